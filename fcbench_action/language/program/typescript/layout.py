"""Where lines break: flat where it fits, otherwise one part a line, the outermost parts first.

A document is text, or one of the classes here. Each knows its *flat* form, on one line, if that is short
enough to ever be used; so laying out costs time in proportion to the text, however deeply documents nest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

WIDTH = 100
"""Columns that a line should keep to. A name or a text that is longer stays whole."""

INDENT = 2


class Concat:
    """One part after the other. Broken, each part breaks on its own."""

    __slots__ = ("flat", "parts")

    def __init__(self, *parts: Doc) -> None:
        self.parts = parts
        self.flat = _joined("", parts)

    def broken(self, indent: int, _column: int) -> Sequence[tuple[Doc, int]]:
        """The pieces of the broken form, each with its indentation."""
        return [(part, indent) for part in self.parts]


class Listed:
    """Parts between brackets, with commas. Broken, each has a line of its own, and a comma.

    ``hugs`` keeps the last part on the line of the opening bracket where the others fit beside it.
    """

    __slots__ = ("close", "flat", "hugs", "opening", "parts")

    def __init__(
        self, opening: str, parts: Sequence[Doc], close: str, *, pad: str = "", hugs: bool = False
    ) -> None:
        self.opening, self.parts, self.close, self.hugs = opening, parts, close, hugs
        inner = _joined(", ", parts)
        pad = pad if parts else ""
        self.flat = None if inner is None else _short(f"{opening}{pad}{inner}{pad}{close}")

    def broken(self, indent: int, column: int) -> Sequence[tuple[Doc, int]]:
        """The pieces of the broken form, each with its indentation."""
        if not self.parts:
            return [(f"{self.opening}{self.close}", indent)]
        if self.hugs and (first := _joined(", ", self.parts[:-1])) is not None:
            head = f"{self.opening}{first}, " if first else self.opening
            if column + len(head) < WIDTH:
                return [(head, indent), (self.parts[-1], indent), (self.close, indent)]
        inside = indent + INDENT
        pieces: list[tuple[Doc, int]] = [(self.opening, indent)]
        for part in self.parts:
            pieces += [(_line(inside), inside), (part, inside), (",", inside)]
        return [*pieces, (_line(indent), indent), (self.close, indent)]


class Infix:
    """Operands with operators between them. Broken, each operator begins a line, further in."""

    __slots__ = ("first", "flat", "rest")

    def __init__(self, first: Doc, rest: Sequence[tuple[str, Doc]]) -> None:
        self.first, self.rest = first, rest
        inner = _joined(" ", [first, *(part for pair in rest for part in pair)])
        self.flat = inner

    def broken(self, indent: int, _column: int) -> Sequence[tuple[Doc, int]]:
        """The pieces of the broken form, each with its indentation."""
        inside = indent + INDENT
        pieces: list[tuple[Doc, int]] = [(self.first, indent)]
        for operator, operand in self.rest:
            pieces += [(f"{_line(inside)}{operator} ", inside), (operand, inside)]
        return pieces


class Nested:
    """A part that, where it does not fit, begins on a line of its own, further in.

    ``closed`` ends that with a line for what follows.
    """

    __slots__ = ("closed", "flat", "part", "space")

    def __init__(self, part: Doc, *, space: str = "", closed: bool = False) -> None:
        self.part, self.space, self.closed = part, space, closed
        self.flat = _joined(space, ["", part]) if space else flat(part)

    def broken(self, indent: int, _column: int) -> Sequence[tuple[Doc, int]]:
        """The pieces of the broken form, each with its indentation."""
        inside = indent + INDENT
        end: list[tuple[Doc, int]] = [(_line(indent), indent)] if self.closed else []
        return [(_line(inside), inside), (self.part, inside), *end]


Doc: TypeAlias = str | Concat | Listed | Infix | Nested


def flat(doc: Doc) -> str | None:
    """The document on one line, if it is short enough to have one."""
    return _short(doc) if isinstance(doc, str) else doc.flat


def render(doc: Doc, indent: int) -> str:
    """The document as text that begins at column ``indent``."""
    out: list[str] = []
    column = indent
    stack: list[tuple[Doc, int]] = [(doc, indent)]
    while stack:
        piece, inside = stack.pop()
        if not isinstance(piece, str):
            short = piece.flat
            if short is None or column + len(short) + _tail(stack) > WIDTH:
                stack += reversed(piece.broken(inside, column))
                continue
            piece = short
        out.append(piece)
        column = len(piece) - 1 - piece.rfind("\n") if "\n" in piece else column + len(piece)
    return "".join(out)


def _tail(stack: list[tuple[Doc, int]]) -> int:
    """How much text must follow on the same line."""
    width = 0
    for piece, _ in reversed(stack):
        if not isinstance(piece, str) or piece.startswith("\n"):
            break
        width += len(piece)
    return width


def _joined(separator: str, parts: Sequence[Doc]) -> str | None:
    found: list[str] = []
    width = 0
    for part in parts:
        text = part if isinstance(part, str) else part.flat
        if text is None:
            return None
        width += len(text)
        if width > WIDTH:
            return None
        found.append(text)
    return _short(separator.join(found))


def _short(text: str) -> str | None:
    return text if len(text) <= WIDTH and "\n" not in text else None


def _line(indent: int) -> str:
    return "\n" + " " * indent
