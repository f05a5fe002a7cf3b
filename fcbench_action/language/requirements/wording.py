"""Conditions as a person reads them: short, in infix, with brackets where they help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fcbench_action.language.requirements import conditions as c

LONGEST = 4_000
"""Characters of one condition; the rest is left out."""

_MORE = " ..."


def condition_text(condition: c.Condition) -> str:
    """A condition on one line. The names in it are as hostile as those of the tree."""
    writer = _Writer()
    writer.write(condition)
    text = "".join(writer.parts)
    return text if writer.left >= 0 else text[:LONGEST] + _MORE


class _Writer:
    """Collects the pieces of a text, until there are enough."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.left = LONGEST

    def say(self, text: str) -> None:
        """Add a piece."""
        if self.left >= 0:
            self.parts.append(text)
            self.left -= len(text)

    def write(self, node: Any) -> None:
        """Add a thing, a value or a condition."""
        if self.left >= 0:
            _WRITE[type(node)](self, node)

    def phrase(self, *pieces: Any) -> None:
        """Add texts and nodes one after the other."""
        for piece in pieces:
            if isinstance(piece, str):
                self.say(piece)
            else:
                self.write(piece)

    def joined(self, nodes: tuple[Any, ...], word: str, empty: str) -> None:
        """Add nodes with a word between them, in brackets."""
        if not nodes:
            self.say(empty)
        elif len(nodes) == 1:
            self.write(nodes[0])
        else:
            self.say("(")
            for index, node in enumerate(nodes):
                self.phrase(*((word,) if index else ()), node)
            self.say(")")


def _names(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _many(word: str) -> Callable[[_Writer, Any], None]:
    return lambda w, n: w.phrase(word, n.variable, " of ", n.of, ".", n.relation, " with ", n.where)


_WRITE: dict[type, Callable[[_Writer, Any], None]] = {
    c.WhoAsks: lambda w, n: w.say(f"the {_names(n.kinds)}"),
    c.Subject: lambda w, _: w.say("it"),
    c.Variable: lambda w, n: w.say(n.name),
    c.ThingInput: lambda w, n: w.say(f"given {n.name}"),
    c.Related: lambda w, n: w.phrase(n.of, ".", n.relation),
    c.BooleanLiteral: lambda w, n: w.say(str(n.value).lower()),
    c.IntegerLiteral: lambda w, n: w.say(str(n.value)),
    c.NumberLiteral: lambda w, n: w.say(str(n.value)),
    c.TextLiteral: lambda w, n: w.say(f'"{n.value[:200]}"'),
    c.AttributeValue: lambda w, n: w.phrase(n.of, ".", n.name),
    c.ValueInput: lambda w, n: w.say(f"given {n.name}"),
    c.Now: lambda w, _: w.say("now"),
    c.Shift: lambda w, n: w.phrase(
        "(", n.moment, f" {'+' if n.amount >= 0 else '-'} {abs(n.amount)} {n.unit})"
    ),
    c.Arithmetic: lambda w, n: w.phrase("(", n.left, f" {n.operator} ", n.right, ")"),
    c.Count: _many("the number of "),
    c.Total: lambda w, n: w.phrase(
        "the sum over ", n.variable, " of ", n.of, ".", n.relation, " of ", n.value
    ),
    c.All: lambda w, n: w.joined(n.of, " and ", "always"),
    c.Any: lambda w, n: w.joined(n.of, " or ", "never"),
    c.Not: lambda w, n: w.phrase("not ", n.condition),
    c.Implies: lambda w, n: w.phrase("(", n.conclusion, " where ", n.premise, ")"),
    c.ActorIs: lambda w, n: w.say(f"who asks is {_names(n.kinds)}"),
    c.InState: lambda w, n: w.phrase(n.thing, f" is {_names(n.states)}"),
    c.Same: lambda w, n: w.phrase(n.left, " is ", n.right),
    c.ThingThere: lambda w, n: w.phrase("there is ", n.thing),
    c.ValueThere: lambda w, n: w.phrase("there is ", n.value),
    c.IsTrue: lambda w, n: w.write(n.value),
    c.Compare: lambda w, n: w.phrase(n.left, f" {n.operator} ", n.right),
    c.IsOneOf: lambda w, n: w.phrase(n.value, " is one of ", *_listed(n.options)),
    c.Contains: lambda w, n: w.phrase(n.list, " contains ", n.element),
    c.Some: _many("there is "),
    c.Every: lambda w, n: w.phrase("each ", n.variable, " of ", n.of, ".", n.relation, " has ", n.where),
    c.Holds: lambda w, n: w.phrase(f"{n.predicate}(", n.thing, ")"),
}


def _listed(options: tuple[c.Value, ...]) -> list[Any]:
    return [piece for index, option in enumerate(options) for piece in (", " if index else "", option)]
