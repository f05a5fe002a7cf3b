"""How the pages are laid out: on phones, on paper, without JavaScript, by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MODEL = "models/qwen/qwen3-next-80b-a3b-instruct/"
PHONE = {"width": 360, "height": 740}

CUT_LABELS = """[...document.querySelectorAll('.fcb-curve text')]
    .filter(t => {
        const { x, y, width, height } = t.getBBox();
        return x < 0 || x + width > 640 || y < 0 || y + height > 300;
    })
    .map(t => t.textContent)"""
HIGHER_THAN_THEIR_BOX = """[...document.querySelectorAll('.fcb-scroll')]
    .filter(b => b.scrollHeight > b.clientHeight + 1 && getComputedStyle(b).overflowY !== 'visible').length"""
UNREACHABLE = """[...document.querySelectorAll('table')]
    .filter(t => t.offsetWidth > t.parentElement.clientWidth && t.parentElement.tabIndex !== 0).length"""


@pytest.mark.parametrize("width", [360, 412, 1280])
def test_no_label_of_the_curve_is_cut_off(width: int, visit: Callable[..., Any], site: Path) -> None:
    page = visit(site, viewport={"width": width, "height": 740}).goto(MODEL)
    assert page.locator(".fcb-curve text").count() > 10
    assert page.evaluate(CUT_LABELS) == []


def test_without_javascript_the_heads_of_columns_keep_their_distance(
    visit: Callable[..., Any], site: Path
) -> None:
    seen = visit(site, java_script_enabled=False)
    page = seen.goto("topics/todo/")
    for head in page.locator("th").all():
        assert head.evaluate("e => getComputedStyle(e).paddingLeft") != "0px"
    assert page.locator("th[aria-sort]").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_no_table_scrolls_up_and_down_in_the_page(width: int, visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site, viewport={"width": width, "height": 500})
    for path in ("", MODEL, "topics/todo/"):
        assert seen.goto(path).evaluate(HIGHER_THAN_THEIR_BOX) == 0, path


def test_the_leaderboard_fits_a_laptop_and_its_heads_stay_in_sight(
    visit: Callable[..., Any], site: Path
) -> None:
    page = visit(site, viewport={"width": 1280, "height": 400}).goto("")
    box = page.locator(".fcb-scroll.fcb-fits").first
    box.wait_for()
    assert box.get_attribute("tabindex") is None and box.get_attribute("role") is None
    page.evaluate("window.scrollTo(0, document.querySelector('tbody').getBoundingClientRect().top)")
    heads = page.locator("table").first.locator("thead tr:first-child th")
    tops = heads.evaluate_all("heads => heads.map(e => e.getBoundingClientRect().top)")
    assert all(40 <= top <= 60 for top in tops), tops


def test_what_scrolls_sideways_can_be_reached_by_the_keyboard(visit: Callable[..., Any], site: Path) -> None:
    for options in ({}, {"java_script_enabled": False}):
        seen = visit(site, viewport=PHONE, **options)
        for path in ("", "endpoints/", MODEL):
            assert seen.goto(path).evaluate(UNREACHABLE) == 0, path


def test_on_phones_a_heading_is_followed_by_no_empty_line(visit: Callable[..., Any], site: Path) -> None:
    page = visit(site, viewport=PHONE).goto(MODEL)
    assert page.locator(".headerlink:visible").count() == 0


def test_the_endpoints_page_has_no_navigation_of_one_entry(visit: Callable[..., Any], site: Path) -> None:
    page = visit(site).goto("endpoints/")
    assert not page.locator(".md-sidebar--primary").is_visible()


def test_a_wrong_address_leads_on(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site)
    page = seen.goto("404.html")
    assert page.locator("article a").count() >= 4
    page.locator("article").get_by_role("link", name="diagnostics").click()
    assert page.locator("h1").inner_text() == "Diagnostics"
    seen.assert_clean()


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("todo", "/topics/todo/"),
        ("database.tables", "/functions/database.tables/"),
        ("possibly-null", "/diagnostics/possibly-null/"),
    ],
)
def test_search_finds_topics_functions_and_diagnostics_by_name(
    query: str, place: str, visit: Callable[..., Any], site: Path
) -> None:
    seen = visit(site)
    page = seen.goto("")
    page.locator(".md-search__input").click()
    page.keyboard.type(query)
    page.wait_for_selector(".md-search-result__item")
    assert page.locator(".md-search-result__link").first.evaluate("a => a.pathname") == place
    seen.assert_clean()


def test_a_query_that_the_theme_missed_is_asked_all_the_same(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site)
    page = seen.goto("")
    page.locator(".md-search__input").click()
    # Set without a key: the theme does not notice, as where it was typed before the theme listened.
    page.locator(".md-search__input").fill("gpt-4.1-mini")
    page.wait_for_selector(".md-search-result__item")
    assert page.locator(".md-search__input").input_value() == "gpt-4.1-mini"
    assert page.locator(".md-search").get_attribute("aria-label") == "Search"
    seen.assert_clean()


def test_links_in_text_are_told_by_more_than_colour(visit: Callable[..., Any], site: Path) -> None:
    seen = visit(site)
    for path, place in ((MODEL, ".fcb-crumbs a"), ("run/", "article li a"), ("404.html", "article li a")):
        line = seen.goto(path).locator(place).first.evaluate("a => getComputedStyle(a).textDecorationLine")
        assert line == "underline", path


def test_the_leaderboard_marks_the_column_that_it_comes_sorted_by(
    visit: Callable[..., Any], site: Path
) -> None:
    page = visit(site, java_script_enabled=False).goto("")
    marked = page.locator("table").first.locator("th[aria-sort]")
    assert marked.all_inner_texts() == ["Group"] and marked.get_attribute("aria-sort") == "ascending"
    assert page.locator("th", has_text="First call").count() > 0


def test_no_head_of_a_column_is_empty(visit: Callable[..., Any], site: Path) -> None:
    page = visit(site).goto(MODEL)
    assert "" not in page.locator("th").all_inner_texts()
