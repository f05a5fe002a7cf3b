"""Hostile texts are shown as they are, and do nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fcbench_action.pages import urls
from tests.attacks import ATTACKS, attack_record, plain

HANDLERS = """[...document.querySelectorAll('article *')]
    .flatMap((e) => [...e.attributes]).map((a) => a.name).filter((name) => /^on/i.test(name))"""
OTHER_SCHEMES = """[...document.querySelectorAll('a[href]')]
    .map((a) => new URL(a.href).protocol).filter((scheme) => scheme !== 'http:')"""
TEXT = "document.querySelector('article').textContent"


def pages(site: Path) -> list[str]:
    """Every page that shows records."""
    found = [
        p.parent.relative_to(site)
        for kind in ("models", "cases", "topics")
        for p in (site / kind).rglob("index.html")
    ]
    return ["", *(f"{quote(str(path))}/" for path in sorted(found)), "functions/database.tables/"]


def test_no_attack_runs_loads_or_leaves_its_place_on_any_page(
    visit: Callable[..., Any], attacked: Path
) -> None:
    seen = visit(attacked)
    for path in pages(attacked):
        page = seen.goto(path)
        seen.assert_clean()
        assert (
            page.locator("article iframe, article form, article base, article img, article style").count()
            == 0
        )
        assert page.locator("article script, article link, article [style], article meta").count() == 0
        assert page.evaluate(HANDLERS) == []
        assert page.evaluate(OTHER_SCHEMES) == []


def test_case_pages_show_every_plain_attack_as_it_is(visit: Callable[..., Any], attacked: Path) -> None:
    seen = visit(attacked)
    for number, attack in enumerate(ATTACKS):
        page = seen.goto(quote(urls.case(attack_record(number, attack).case.id)))
        text = page.evaluate(TEXT)
        assert not plain(attack) or text.count(attack) >= 4, attack
        assert not re.search(
            "[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2028\u2029\x00-\x08\x0b-\x1f\x7f-\x9f]", text
        )


def test_the_leaderboard_names_every_attacker_once(visit: Callable[..., Any], attacked: Path) -> None:
    page = visit(attacked).goto("")
    text = page.evaluate(TEXT)
    for number, attack in enumerate(ATTACKS):
        if plain(attack) and len(attack) < 80:
            assert f"p{number}{attack}/m{attack}" in text


def test_the_viewer_shows_attacks_as_text(visit: Callable[..., Any], attacked: Path) -> None:
    seen = visit(attacked)
    files = sorted((attacked / "transcripts").rglob("*.ndjson.gz"))
    assert len(files) == len(ATTACKS)
    for file in files:
        number = int(file.name[3:7])
        case_id = attack_record(number, ATTACKS[number]).case.id
        page = seen.goto(urls.trial(str(file.relative_to(attacked / "transcripts")), case_id, 0))
        page.wait_for_selector("#fcb-viewer[data-ready]")
        assert page.locator("#fcb-viewer").get_attribute("data-ready") == "true", page.locator(
            "#fcb-viewer"
        ).inner_text()
        attack = ATTACKS[number]
        text = page.evaluate("document.getElementById('fcb-viewer').textContent")
        assert not plain(attack) or text.count(attack) >= 10
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029]", text)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        seen.assert_clean()


def test_searching_for_an_attack_shows_it_as_text(visit: Callable[..., Any], attacked: Path) -> None:
    seen = visit(attacked)
    page = seen.goto("")
    page.locator(".md-search__input").click()
    for word in ("p0", "p1", "p3"):
        page.locator(".md-search__input").fill("")
        page.keyboard.type(word)
        page.wait_for_selector(".md-search-result__item")
        assert (
            page.locator(
                ".md-search-result script, .md-search-result iframe, .md-search-result svg[onload]"
            ).count()
            == 0
        )
    seen.assert_clean()


def test_only_scripts_of_the_theme_are_ever_trusted(attacked: Path) -> None:
    trusted: set[str] = set()
    for file in attacked.rglob("*.html"):
        (policy,) = re.findall(
            r'http-equiv="Content-Security-Policy" content="([^"]*)"', file.read_text("utf-8")
        )
        assert "unsafe" not in policy
        trusted |= set(re.findall("'sha256-[^']*'", policy))
    # One script differs by the depth of the page, as it holds the way to the root.
    assert 3 <= len(trusted) <= 12


def test_transcripts_are_copied_byte_for_byte(attacked: Path, tmp_path: Path) -> None:
    results = attacked.parent / "results"
    records = {p.name: p.read_bytes() for p in results.rglob("*.ndjson.gz")}
    copies = {p.name: p.read_bytes() for p in (attacked / "transcripts").rglob("*.ndjson.gz")}
    assert copies == records and json.dumps(len(records)) == str(len(ATTACKS))
