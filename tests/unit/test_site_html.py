"""The parts that pages are made of."""

from __future__ import annotations

import base64
import hashlib
import re
from xml.etree import ElementTree

import pytest

from fcbench_action.pages import charts, urls
from fcbench_action.pages.csp import protect
from fcbench_action.pages.html import Safe, breakable, clip, el, join, pre, prose, slug
from fcbench_action.pages.widgets import compact
from tests.attacks import ATTACKS

PAGE = '<html><head><meta charset="utf-8"><script>theme()</script></head><body>{}</body></html>'


def digest(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_never_becomes_markup(attack: str) -> None:
    for markup in (el("p", attack, title=attack), join(attack), pre(attack), prose(attack), join([[attack]])):
        bare = re.sub('</?(p|pre|code)( [a-z]+="[^"<>]*")*>', "", markup)
        assert "<" not in bare and ">" not in bare
        assert not re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\ud800-\udfff]", markup
        )


def test_only_what_was_built_here_is_left_as_it_is() -> None:
    assert el("p", Safe("<b>"), "<b>", 3, None) == "<p><b>&lt;b&gt;3</p>"
    assert el("td", class_="a", aria_label="b", data_value=None) == '<td class="a" aria-label="b"></td>'
    assert el("br") == "<br>"


def test_long_texts_are_cut_and_say_so() -> None:
    assert "… 5 more characters" in pre("x" * 25, limit=20)
    assert len(clip("x" * 1000)) == 160


def test_names_may_be_broken_after_their_separators_only() -> None:
    parts = breakable("qwen/qwen3-80b:free gpt-4.1 test.write <b>").split("<wbr>")
    assert parts == ["qwen/", "qwen3-", "80b:", "free gpt-", "4.1 test.", "write &lt;b&gt;"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.0216, "0.0216"),
        (46, "46.0"),
        (950, "950"),
        (999.7, "1.00k"),
        (9100, "9.10k"),
        (16_840, "16.8k"),
        (999_999, "1.00M"),
        (2e9, "2.00G"),
    ],
)
def test_amounts_have_three_digits_whatever_they_end_in(value: float, text: str) -> None:
    assert compact(value) == text


def test_slugs_are_letters_digits_and_hyphens() -> None:
    assert [slug(text) for text in ("By topic & module", "<x>", "%%")] == ["by-topic-module", "x", "x"]


def test_the_policy_trusts_the_scripts_of_the_theme_and_none_besides() -> None:
    page = protect(
        PAGE.format('<script id="c" type="application/json">{}</script><script src="a.js"></script>')
    )
    assert re.findall("'(sha256-[^']*)'", page) == [digest("theme()")]
    assert "unsafe" not in page and "default-src 'none'" in page
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_page_without_a_head_is_refused() -> None:
    with pytest.raises(ValueError, match="no charset"):
        protect("<html></html>")


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_name_leaves_its_folder(attack: str) -> None:
    for url in (
        urls.model(attack, attack),
        urls.topic(attack),
        urls.case(f"a/{attack}/b/c"),
        urls.diagnostic(attack),
    ):
        parts = url.rstrip("/").split("/")
        assert not {"", ".", ".."} & set(parts)
        assert re.fullmatch("[a-z0-9._=!+/-]+", url)


def test_links_between_pages_are_relative() -> None:
    assert urls.relative(urls.model("a", "b"), urls.HOME) == "models/a/b/"
    assert urls.relative(urls.HOME, urls.model("a", "b")) == "../../../"
    assert urls.relative(urls.HOME, urls.HOME) == "./"
    assert urls.relative(urls.model("A", "b"), urls.TOPICS) == "../models/%21a/b/"


def test_links_into_the_viewer_name_file_case_trial_and_round() -> None:
    link = urls.trial("p/m/todo/1-all.ndjson.gz", "todo/todos/database.tables/items", 1, 2)
    assert link == "viewer/?t=p/m/todo/1-all.ndjson.gz#todo/todos/database.tables/items/1/2"
    assert urls.relative(link, "models/p/m/") == f"../../../{link}"
    assert "+" not in urls.trial("a+/+b/m/t/f.ndjson.gz", "a/b/c/d", 0)


POINTS = [charts.Point(0.0, None, None), None, charts.Point(0.5, 0.25, 0.75), charts.Point(1.0, 0.9, 1.0)]


@pytest.mark.parametrize("points", [POINTS, POINTS[:1], [], [None, None]])
def test_charts_are_well_formed_and_stay_inside_their_box(points: list[charts.Point | None]) -> None:
    root = ElementTree.fromstring(charts.curve(points, 0.6, name="c", label="A & B"))
    assert root[0].text == "A & B" and root.attrib["aria-labelledby"] == root[0].attrib["id"]
    assert len(root.findall("circle")) == sum(p is not None for p in points) + 1
    for circle in root.findall("circle"):
        assert 0 <= float(circle.attrib["cx"]) <= 640 and 0 <= float(circle.attrib["cy"]) <= 300


def test_a_stacked_bar_is_as_wide_as_its_counts() -> None:
    root = ElementTree.fromstring(charts.stacked({"valid": 3, "no_call": 0, "fault": 1}, label="x"))
    bars = root.findall("rect")
    assert [(b.attrib["class"], b.attrib["x"], b.attrib["width"]) for b in bars] == [
        ("fcb-o-valid", "0", "75"),
        ("fcb-o-fault", "75", "25"),
    ]
    assert ElementTree.fromstring(charts.stacked({}, label="x")).findall("rect") == []


def test_the_bar_of_an_interval_may_begin_above_zero() -> None:
    rail, interval, tick = ElementTree.fromstring(charts.interval(charts.Point(0.9, 0.75, 1.0), 0.5))
    assert (rail.attrib["x"], rail.attrib["width"]) == ("0", "100")
    assert (interval.attrib["x"], interval.attrib["width"], tick.attrib["x"]) == ("50", "50", "79")
