"""A JSON value pretty-printed, the faulty places marked by comments, the rest left out as far as needed.

A mark is a line's end, or a line of its own::

    // <-- $.files[0].name: expected a string, got nothing (The property "name" is required.)

It begins with :data:`MARK`, then the path as :func:`shown_path` writes it, a colon and a space. Nothing in
the value can make a line that looks like one: texts stay inside JSON strings, on their line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fcbench_action.diagnostics import Diagnostic, Path, Segment, render_path
from fcbench_action.judge.limits import MAX_EXPECTED, MAX_KEY
from fcbench_action.sinks import one_line

MARK = "// <-- "

LEFT_OUT = "..."
"""Stands for what has no error and is left out."""

_PATH = r'\$(?:\.[A-Za-z_$][A-Za-z0-9_$]*|\[[0-9]+\]|\["(?:[^"\\]|\\.)*"\])*'
_TEXT = r'"(?:[^"\\]|\\.)*+"'
_MARKED = re.compile(rf" *+(?:{_TEXT}: )?+(?:(?:{_TEXT}|[-+.0-9a-zA-Z]++|[\[{{]),?+ )?+{MARK}({_PATH}): ")
_UNSAFE = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


@dataclass(slots=True)
class _Place:
    """A place of the value on the way to diagnostics: those about itself, and the places inside."""

    own: list[Diagnostic] = field(default_factory=list)
    inside: dict[Segment, _Place] = field(default_factory=dict)
    absent: list[Diagnostic] = field(default_factory=list)


def marked_lines(value: Any, diagnostics: Iterable[Diagnostic], *, context: int, text: int) -> list[str]:
    """The lines of ``value``, a mark for each diagnostic at its place, or in the nearest object there is.

    ``context`` is how many members without errors an object shows, ``text`` where strings are cut.
    """
    root = _Place()
    for diagnostic in diagnostics:
        _put(root, value, diagnostic)
    return list(_Printer(context, text).lines(value, root, "", "", ""))


def mark(diagnostic: Diagnostic) -> str:
    """The comment of a diagnostic, on one line: what was expected and found, then why if that says more."""
    expected, actual, message = (
        one_line(text, MAX_EXPECTED) for text in (diagnostic.expected, diagnostic.actual, diagnostic.message)
    )
    facts = [f"expected {expected}"] * bool(expected) + [f"got {actual}"] * bool(actual)
    if not facts:
        words = message
    elif expected in message and actual in message:
        words = ", ".join(facts)
    else:
        words = f"{', '.join(facts)} ({message})"
    return f"{MARK}{shown_path(diagnostic.path)}: {words}"


def shown_path(path: Path) -> str:
    """``path`` as marks show it: long keys cut, and characters that could break or hide a line escaped."""
    return _safe(render_path(cut_path(path)))


def cut_path(path: Path) -> Path:
    """``path`` with its keys cut to the length that records and marks have room for."""
    return tuple(s if isinstance(s, int) or len(s) <= MAX_KEY else s[: MAX_KEY - 1] + "\u2026" for s in path)


def parse_paths(feedback: str) -> list[str]:
    """The paths of all marks in a feedback text, in order, as :func:`shown_path` wrote them."""
    return [match[1] for line in feedback.split("\n") if (match := _MARKED.match(line))]


def _put(root: _Place, value: Any, diagnostic: Diagnostic) -> None:
    place = root
    for segment in diagnostic.path:
        if not _holds(value, segment):
            place.absent.append(diagnostic)
            return
        value = value[segment]
        place = place.inside.setdefault(segment, _Place())
    place.own.append(diagnostic)


def _holds(value: Any, segment: Segment) -> bool:
    if isinstance(segment, int):
        return isinstance(value, list) and 0 <= segment < len(value)
    return isinstance(value, dict) and segment in value


@dataclass(frozen=True, slots=True)
class _Printer:
    context: int
    text: int

    def lines(self, value: Any, place: _Place, indent: str, lead: str, tail: str) -> Iterator[str]:
        """The lines of one value; ``lead`` is its key, ``tail`` the comma after it."""
        is_scalar = not isinstance(value, dict | list)
        first, *others = [mark(d) for d in (*place.own, *(place.absent if is_scalar else ()))] or [""]
        trailing = f" {first}" if first else ""
        if is_scalar:
            yield f"{indent}{lead}{self.scalar(value)}{tail}{trailing}"
            yield from (f"{indent}{other}" for other in others)
            return
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        inner = indent + "  "
        yield f"{indent}{lead}{opening}{trailing}"
        yield from (f"{inner}{other}" for other in others)
        yield from (
            self.object(value, place, inner) if isinstance(value, dict) else self.array(value, place, inner)
        )
        yield from (f"{inner}{mark(diagnostic)}" for diagnostic in place.absent)
        yield f"{indent}{closing}{tail}"

    def object(self, value: dict[str, Any], place: _Place, indent: str) -> Iterator[str]:
        left, skipped = self.context, False
        for number, (name, member) in enumerate(value.items(), 1):
            comma = "," if number < len(value) else ""
            lead = f"{self.scalar(name)}: "
            if (inside := place.inside.get(name)) is not None:
                yield from self.lines(member, inside, indent, lead, comma)
                skipped = False
            elif left > 0:
                left -= 1
                yield f"{indent}{lead}{self.whole(member)}{comma}"
            elif not skipped:
                skipped = True
                yield indent + LEFT_OUT

    def array(self, value: list[Any], place: _Place, indent: str) -> Iterator[str]:
        after = 0
        for index in sorted(i for i in place.inside if isinstance(i, int)):
            if index > after:
                yield indent + LEFT_OUT
            comma = "," if index < len(value) - 1 else ""
            yield from self.lines(value[index], place.inside[index], indent, "", comma)
            after = index + 1
        if after < len(value):
            yield indent + LEFT_OUT

    def whole(self, value: Any) -> str:
        """A member without errors, on one line."""
        if isinstance(value, dict):
            return f"{{ {LEFT_OUT} }}" if value else "{}"
        if isinstance(value, list):
            return f"[ {LEFT_OUT} ]" if value else "[]"
        return self.scalar(value)

    def scalar(self, value: Any) -> str:
        if isinstance(value, str) and len(value) > self.text:
            value = value[: self.text] + LEFT_OUT
        return _safe(json.dumps(value, ensure_ascii=False))


def _safe(written: str) -> str:
    """JSON with the characters escaped that could break or hide a line."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
