"""Hostile text, in each place where it may end up."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fcbench_action.sinks import (
    html,
    json_text,
    markdown,
    mermaid,
    one_line,
    terminal,
    url_part,
    workflow_property,
    workflow_value,
)
from tests.attack_texts import TEXTS
from tests.record_builder import HOSTILE

ATTACKS = [
    *HOSTILE,
    *TEXTS,
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
UNSEEN = "\u200b"
"""Keeps GitHub from finding a mention or a reference."""
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


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters=":[")))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert terminal(text) == text


@given(anything, st.booleans())
def test_nothing_printed_is_a_workflow_command(text: str, lines: bool) -> None:
    printed = terminal(text, lines=lines)
    assert "##[" not in printed
    assert not any(line.lstrip().startswith("::") for line in printed.splitlines())
    assert terminal(printed, lines=lines) == printed


@given(st.dictionaries(anything, anything, max_size=4))
def test_json_that_is_printed_means_the_same_and_does_nothing(value: dict[str, str]) -> None:
    printed = json_text(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(printed) == json.loads(json.dumps(value))
    assert not CONTROL.search(printed.replace("\n", "")) and "##[" not in printed
    assert not any(line.lstrip().startswith("::") for line in printed.splitlines())


@given(anything)
def test_a_name_in_a_diagram_and_a_part_of_an_address_hold_nothing_but_letters_and_escapes(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_]+", mermaid(text), re.ASCII)
    assert re.fullmatch(r"(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*", url_part(text), re.ASCII)


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
    assert inside.text.replace(UNSEEN, "").split() == ["a", *f"x{one_line(text)}".split()]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_in_markdown_becomes_a_link_by_itself(text: str) -> None:
    assert not re.search(r"www\.|://|@", markdown(text), re.IGNORECASE)
    shown = unescape(markdown(text))
    assert not re.search(rf"[@#](?!{UNSEEN})|gh-\d", shown, re.IGNORECASE)


@given(anything)
def test_a_workflow_command_holds_no_other_command(text: str) -> None:
    for value in (workflow_value(text), workflow_property(text)):
        assert "\n" not in value
        assert "\r" not in value
        assert "##[" not in value
        assert "::" not in value
        assert not re.search(r"%(?!25|3A|2C)", value)
