"""The site as a reader meets it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fcbench_action.diagnostics import render_path
from tests.attacks import ATTACKS

MODEL = "models/qwen/qwen3-next-80b-a3b-instruct/"
CASE = "cases/todo/todos/database.tables/items-todos/"
KINDS = ["", "topics/", "topics/todo/", "functions/", "functions/database.tables/", "diagnostics/"]
KINDS += ["diagnostics/missing-property/", MODEL, CASE, "method/", "run/", "404.html"]

SCORES = "[...document.querySelector('table').querySelectorAll('td.fcb-score')].map(c => +c.dataset.value)"
LOOKS = """[
    getComputedStyle(document.body).backgroundColor,
    getComputedStyle(document.querySelector('.fcb-line')).stroke,
]"""


def transcript(site: Path, model: str = "never/valid") -> str:
    (found,) = (site / "transcripts" / model / "todo").iterdir()
    return str(found.relative_to(site / "transcripts"))


def viewer(
    site: Path, place: str = "todo/todos/database.tables/items-todos/0", model: str = "never/valid"
) -> str:
    return f"viewer/?t={transcript(site, model)}#{place}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_loads_without_errors_violations_or_other_hosts(
    scheme: str, visit: Callable[..., Any], site: Path
) -> None:
    seen = visit(site, color_scheme=scheme)
    for path in [*KINDS, viewer(site)]:
        seen.goto(path)
        assert seen.page.locator("h1").count() == 1, path
        seen.assert_clean()


def test_no_page_is_wider_than_a_phone(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site, viewport={"width": 360, "height": 740})
    for path in [*KINDS, viewer(site)]:
        page = seen.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_every_link_of_the_site_leads_somewhere(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site)
    queue, known = [""], {""}
    while queue:
        page = seen.goto(queue.pop())
        hrefs = page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)")
        for href in hrefs:
            path = href.removeprefix(seen.origin).split("#")[0].split("?")[0]
            assert href.startswith(seen.origin), href
            if path not in known:
                known.add(path)
                # Of the many cases and codes, a few stand for all: their links are made by the same code.
                if (path.count("/") < 4 and not path.startswith("diagnostics/")) or path == CASE:
                    queue.append(path)
    absent = [
        p
        for p in known
        if not (site / (f"{_unquoted(p)}index.html" if p == "" or p.endswith("/") else p)).is_file()
    ]
    assert absent == []
    seen.assert_clean()


def _unquoted(path: str) -> str:
    return re.sub("%([0-9A-Fa-f]{2})", lambda m: chr(int(m[1], 16)), path)


def test_a_click_sorts_and_a_second_click_turns_the_order_round(
    visit: Callable[..., Any], site: Path
) -> None:
    seen = visit(site)
    page = seen.goto("")
    head = page.locator("table").first.locator("th", has_text="Score").first
    head.locator("button").click()
    scores = page.evaluate(SCORES)
    assert scores == sorted(scores, reverse=True) and head.get_attribute("aria-sort") == "descending"
    head.locator("button").click()
    scores = page.evaluate(SCORES)
    assert scores == sorted(scores) and head.get_attribute("aria-sort") == "ascending"


def test_the_keyboard_sorts_too_and_unknown_values_stay_last(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site)
    page = seen.goto("")
    head = page.locator("table").first.locator("th", has_text="Correction").first
    head.locator("button").focus()
    for order in ("descending", "ascending"):
        page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == order
        rows = page.locator("table").first.locator("tbody tr")
        assert "perfect/one" in rows.last.inner_text()


def test_sorting_a_column_below_the_group_head_reads_that_column(
    visit: Callable[..., Any], site: Path
) -> None:
    seen = visit(site)
    page = seen.goto("")
    page.locator("table").first.locator("th button", has_text="first call").click()
    values = page.eval_on_selector_all(
        "table:first-of-type tbody tr", "rows => rows.map(r => +r.cells[3].dataset.value)"
    )
    count = page.locator("table").first.locator("tbody tr").count()
    assert values[:count] == sorted(values[:count], reverse=True)


def test_simulated_rows_are_in_a_table_of_their_own_and_marked(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site)
    page = seen.goto("")
    for table in page.locator("table").all():
        rows = table.locator("tbody tr").all_inner_texts()
        marked = [("simulated/" in row, "simulated" in row.replace("simulated/", "")) for row in rows]
        assert set(marked) in ({(True, True)}, {(False, False)})
    page = seen.goto("models/simulated/careless/")
    assert page.locator("h1 .fcb-badge--simulated").is_visible()


def test_the_viewer_shows_what_was_sent_what_came_what_was_wrong_and_what_came_next(
    visit: Callable[..., Any], site: Path
) -> None:
    seen = visit(site)
    page = seen.goto(viewer(site))
    page.wait_for_selector("#fcb-viewer[data-ready=true]")
    rounds = page.locator(".fcb-round")
    assert rounds.count() == 5
    for heading in ("What was sent", "What came", "What was wrong", "What came next"):
        assert rounds.first.get_by_role("heading", name=heading, exact=True).count() == 1
    assert "Requirements of database.tables" in rounds.first.inner_text()
    assert "Mend this: a column is missing" in rounds.nth(1).inner_text()
    assert (
        "1 finding" in rounds.first.inner_text() and "the property is required" in rounds.first.inner_text()
    )
    seen.assert_clean()


def test_a_link_to_a_round_opens_the_viewer_at_that_round(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site)
    page = seen.goto(viewer(site) + "/3")
    page.wait_for_selector("#fcb-viewer[data-ready=true]")
    top = page.locator(".fcb-round").nth(3).evaluate("e => e.getBoundingClientRect().top")
    assert 0 <= top < 300


def test_the_viewer_steps_to_the_next_trial(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site)
    page = seen.goto(viewer(site))
    page.get_by_role("link", name="next").click()
    page.wait_for_url("**/1")
    assert "trial 1" in page.locator(".fcb-crumbs").inner_text()
    seen.assert_clean()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?t=",
        "?t=../../../index.html",
        "?t=a/../b/c.ndjson.gz",
        "?t=//evil.example/a/b.ndjson.gz",
        "?t=a/b/c/d",
    ],
)
def test_the_viewer_opens_transcripts_only_and_says_so_otherwise(
    query: str, visit: Callable[..., Any], site: Path
) -> None:
    seen = visit(site)
    page = seen.goto(f"viewer/{query}#a/b/c/d/0")
    page.wait_for_selector("#fcb-viewer[data-ready=failed]")
    assert "names no transcript" in page.locator("#fcb-viewer").inner_text()
    seen.assert_clean()


def test_the_viewer_says_when_a_transcript_or_trial_does_not_exist(
    visit: Callable[..., Any], site: Path
) -> None:
    seen = visit(site)
    page = seen.goto("viewer/?t=no/such/model/x.ndjson.gz")
    page.wait_for_selector("#fcb-viewer[data-ready=failed]")
    assert "no such transcript" in page.locator("#fcb-viewer").inner_text()
    page = seen.goto(viewer(site, "todo/no/such/case/7"))
    page.wait_for_selector("#fcb-viewer[data-ready=failed]")
    assert "no such trial" in page.locator("#fcb-viewer").inner_text()


def test_arguments_are_laid_out_without_losing_digits_escapes_or_repeated_keys(
    visit: Callable[..., Any], site: Path
) -> None:
    page = visit(site).goto(viewer(site))
    text = r'{"a":1.50000000000000000001,"a":[],"b":{"c d":["\u0041",{}]},"":12345678901234567890}'
    lines = page.evaluate("t => fcbenchJson.layout(t)", text)
    assert "".join(line["text"].strip() for line in lines).replace(": ", ":") == text
    assert [line["path"] for line in lines][1:5] == ["$.a", "$.a", "$.b", '$.b["c d"]']
    for hopeless in ('{"a": [', "[" * 100_000 + "]" * 100_000, "[" + "1," * 2_000_000 + "1]"):
        assert page.evaluate("t => fcbenchJson.layout(t)", hopeless) is None


def test_the_viewer_writes_paths_as_diagnostics_do(visit: Callable[..., Any], site: Path) -> None:
    page = visit(site).goto(viewer(site))
    for attack in (*ATTACKS, "", "plain", "$a_1", "1a", "a b", 'quo"te', "back\\slash", "\u00e9", "\u4e2d"):
        path = ("files", 0, attack, 12, attack)
        sent = json.dumps(path)  # escapes, as a lone surrogate could not be handed over otherwise
        shown = page.evaluate("text => fcbenchJson.renderPath(JSON.parse(text))", sent)
        assert shown == render_path(path)


def test_the_palette_toggle_turns_the_page_and_its_charts_dark(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site, color_scheme="light")
    page = seen.goto(MODEL)
    light = page.evaluate(LOOKS)
    page.locator("label[for^=__palette]:visible").click()
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    dark = page.evaluate(LOOKS)
    assert light[0] != dark[0] and light[1] != dark[1]
    seen.assert_clean()


def test_on_paper_the_dark_palette_is_light_and_tables_fit(visit: Callable[..., Any], site: Path) -> None:
    a4 = {"width": 703, "height": 1032}  # in CSS pixels, without the margins
    seen = visit(site, color_scheme="dark", viewport=a4)
    for path in ("", MODEL, "topics/todo/"):
        page = seen.goto(path)
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        widest = (
            "Math.max(...[...document.querySelectorAll('table')].map(t => t.getBoundingClientRect().right))"
        )
        assert page.evaluate(widest) <= 703, path


def test_without_javascript_everything_but_sorting_and_the_viewer_is_there(
    visit: Callable[..., Any], site: Path
) -> None:
    seen = visit(site, java_script_enabled=False)
    page = seen.goto("")
    assert page.locator("table").first.locator("tbody tr").count() == 7
    page.get_by_role("link", name="qwen/qwen3-next-80b-a3b-instruct", exact=True).first.click()
    page.locator("svg.fcb-curve").wait_for(state="visible")
    page = seen.goto(CASE)
    assert page.locator(".fcb-outcome").count() > 10
    assert "the property is required" in page.locator("table pre").last.inner_text()
    page = seen.goto(viewer(site))
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    assert seen.foreign == [] and seen.missing == []


def test_search_finds_a_model_and_no_case(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site)
    page = seen.goto("")
    page.locator(".md-search__input").click()
    page.keyboard.type("gpt-4.1-mini")
    page.wait_for_selector(".md-search-result__item")
    links = page.eval_on_selector_all(".md-search-result__link", "links => links.map(a => a.pathname)")
    assert "/models/openai/gpt-4.1-mini/" in links
    assert not [link for link in links if link.startswith("/cases/")]
    seen.assert_clean()


def test_charts_have_a_name_and_tables_a_caption(visit: Callable[..., Any], site: Path) -> None:
    page = visit(site).goto(MODEL)
    assert page.locator("svg[role=img]:not([aria-label]):not([aria-labelledby])").count() == 0
    assert page.locator("table.fcb-table:not(:has(caption))").count() == 0
    assert page.locator("table.fcb-table th:not([scope])").count() == 0


def test_headings_carry_links_that_lead_to_themselves(visit: Callable[..., Any], site: Path) -> None:
    page = visit(site).goto(MODEL)
    broken = page.eval_on_selector_all(
        "a.headerlink", "l => l.filter(a => !document.querySelector(a.getAttribute('href')))"
    )
    assert broken == []
    ids = page.eval_on_selector_all("[id]", "e => e.map(x => x.id)")
    assert len(ids) == len(set(ids))
