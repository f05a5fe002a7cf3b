"""What kinds of values there are for conditions, and which can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from fcbench_action.language.requirements.values import (
    BooleanType,
    ChoiceType,
    DayType,
    IntegerType,
    ListType,
    MomentType,
    NumberType,
    ValueType,
)

ORDERED = ("number", "moment", "day")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value. ``choices`` are the texts of a choice, or the one of a literal; ``of`` is a list's."""

    name: str
    choices: frozenset[str] | None = None
    of: Kind | None = None

    def __str__(self) -> str:
        return f"list of {self.of}s" if self.of is not None else self.name


BOOLEAN, NUMBER, TEXT, MOMENT, DAY = map(Kind, ("boolean", "number", "text", "moment", "day"))


def kind_of(holds: ValueType) -> Kind:
    """The kind of an attribute's values."""
    match holds:
        case BooleanType():
            return BOOLEAN
        case IntegerType() | NumberType():
            return NUMBER
        case MomentType():
            return MOMENT
        case DayType():
            return DAY
        case ChoiceType():
            return Kind("choice", frozenset(holds.values))
        case ListType():
            return Kind("list", of=kind_of(holds.of))
        case _:
            return TEXT


def literal(text: str) -> Kind:
    """The kind of a text that is written down: it may be one of a choice."""
    return Kind("text", frozenset((text,)))


def comparable(left: Kind, right: Kind) -> bool:
    """Whether two kinds have a common type, be it that their choices have nothing in common."""
    textual = ("text", "choice")
    if left.of is not None and right.of is not None:
        return comparable(left.of, right.of)
    return left.name == right.name or (left.name in textual and right.name in textual)


def exclusive(left: Kind, right: Kind) -> bool:
    """Whether two comparable kinds are never equal, for a choice never is the other's texts."""
    if left.choices is None or right.choices is None or "choice" not in (left.name, right.name):
        return False
    return not left.choices & right.choices
