"""Hostile text, in each place where it may end up."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fcbench_action.sinks import html, markdown, one_line, terminal, workflow_property, workflow_value
from tests.record_builder import HOSTILE

ATTACKS = [
    *HOSTILE,
    "\x1b]0;title\x07\x1b[2J",
    "\u202eexe.gpj\u2066",
    "http://evil.example www.evil.example a@evil.example",
    "1. list\n- item\n> quote\n| a | b |\n```\ncode",
    "[link](javascript:alert(1)) ![image](x) <https://evil.example>",
    "&lt;script&gt; &#60;img&#62;",
    "::stop-commands::x\n::error::y\n##[command]z ::add-mask::1",
    "%0A::error::y%0D",
    ":::::error:::y ###[command]",
    '" onmouseover="alert(1)',
    "\ud800 lone",
    "\u2028line\u2029\x85",
]
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
anything = st.text() | st.sampled_from(ATTACKS)


class Elements(HTMLParser):
    """What a browser would make of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", []))

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(page: str) -> Elements:
    elements = Elements()
    elements.feed(page)
    elements.close()
    return elements


@given(anything)
def test_a_terminal_gets_no_control_character_but_line_feeds_and_tabs(text: str) -> None:
    assert not CONTROL.search(terminal(text).replace("\n", "").replace("\t", ""))
    assert not CONTROL.search(terminal(text, lines=False))
    assert "\n" not in terminal(text, lines=False)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert terminal(text) == text


@given(anything, st.integers(1, 300))
def test_one_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert line.split("\n") == [line]


@given(anything)
def test_html_holds_no_element_and_no_attribute(text: str) -> None:
    inside = parsed(f'<p title="{html(text)}">{html(text)}</p>')
    assert [tag for tag, _ in inside.tags] == ["p"]
    assert [name for name, _ in inside.tags[0][1]] == ["title"]


@given(anything)
def test_markdown_renders_as_its_own_plain_text_and_nothing_else(text: str) -> None:
    page = MarkdownIt("gfm-like", {"linkify": False}).render(f"| a |\n| - |\n| x{markdown(text)} |\n")
    inside = parsed(page)
    assert {tag for tag, _ in inside.tags} <= {"table", "thead", "tbody", "tr", "th", "td"}
    assert inside.text.split() == ["a", *f"x{one_line(text)}".split()]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_in_markdown_becomes_a_link_by_itself(text: str) -> None:
    assert not re.search(r"www\.|://|@", markdown(text), re.IGNORECASE)


@given(anything)
def test_a_workflow_command_holds_no_other_command(text: str) -> None:
    for value in (workflow_value(text), workflow_property(text)):
        assert "\n" not in value
        assert "\r" not in value
        assert "##[" not in value
        assert "::" not in value
        assert not re.search(r"%(?!25|3A|2C)", value)
