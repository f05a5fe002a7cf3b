"""Which nodes are written as calls, and how: one table for both directions.

Methods are those that JavaScript's arrays have and that mean the same there. Everything else is a function of
the library: what JavaScript answers with undefined (the language has none), what it does in place, or lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from fcbench_action.language.node import Node
from fcbench_action.language.program import expressions as e
from fcbench_action.language.program.leaves import Builtin

Kind = Literal["value", "arrow", "word", "rest"]
"""What an argument is: an expression, an arrow, one of a few words as a string, or all the arguments left."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: the field of the node that it fills."""

    field: str
    kind: Kind = "value"
    optional: bool = False

    @property
    def key(self) -> str:
        """The field's name in JSON."""
        first, *others = self.field.split("_")
        return first + "".join(word.title() for word in others)


@dataclass(frozen=True, slots=True)
class Form:
    """How a node is called: the name of the function or method, and its arguments.

    A method's first argument stands before its dot.
    """

    node: type[Node]
    name: str
    arguments: tuple[Argument, ...]

    @property
    def tag(self) -> str:
        """The node's tag in JSON."""
        return str(self.node.__struct_config__.tag)


_ARRAY, _ARROW = Argument("array"), Argument("arrow", "arrow")

METHODS: tuple[Form, ...] = (
    Form(e.Map, "map", (_ARRAY, _ARROW)),
    Form(e.Filter, "filter", (_ARRAY, _ARROW)),
    Form(e.Some, "some", (_ARRAY, _ARROW)),
    Form(e.Every, "every", (_ARRAY, _ARROW)),
    Form(e.Includes, "includes", (_ARRAY, Argument("value"))),
    Form(e.Slice, "slice", (_ARRAY, Argument("start"), Argument("end", optional=True))),
)

FUNCTIONS: tuple[Form, ...] = (
    Form(e.Given, "Json.has", (Argument("object"), Argument("name", "word"))),
    Form(e.Element, "List.at", (_ARRAY, Argument("index"))),
    Form(e.Find, "List.find", (_ARRAY, _ARROW)),
    Form(e.Sort, "List.sortBy", (_ARRAY, _ARROW, Argument("direction", "word"))),
    Form(e.Sum, "List.sum", (_ARRAY, _ARROW)),
    Form(e.GroupCount, "List.countBy", (_ARRAY, _ARROW)),
    Form(e.Concat, "List.concat", (Argument("arrays", "rest"),)),
    Form(e.Distinct, "List.distinct", (_ARRAY,)),
    Form(e.Repeat, "List.repeat", (Argument("count"), _ARROW)),
    Form(e.RandomBoolean, "Random.boolean", ()),
    Form(e.RandomInteger, "Random.integer", (Argument("minimum"), Argument("maximum"))),
    Form(e.RandomNumber, "Random.number", (Argument("minimum"), Argument("maximum"))),
    Form(e.RandomString, "Random.string", (Argument("min_length"), Argument("max_length"))),
    Form(e.RandomFormat, "Random.format", (Argument("format", "word"),)),
    Form(e.RandomKeyword, "Random.keyword", (Argument("kind", "word"),)),
    Form(e.RandomPick, "Random.pick", (_ARRAY,)),
    Form(e.RandomSample, "Random.sample", (_ARRAY, Argument("count"))),
)

_NAMESPACES = {
    "Text": "lower upper trim startsWith endsWith contains split join",
    "Math": "floor ceil round min max abs",
    "Time": "addSeconds isBefore",
    "Security": "uuid hashPassword verifyPassword issueToken digest randomText",
}

BUILTINS: dict[str, str] = {
    word: f"{space}.{word}" for space, words in _NAMESPACES.items() for word in words.split()
}
"""The function of an ``invoke`` node, and what it is called."""

OPERATORS: dict[str, str] = {
    "equals": "equals",
    "notEquals": "not",
    "less": "lt",
    "lessOrEqual": "lte",
    "greater": "gt",
    "greaterOrEqual": "gte",
    "contains": "contains",
    "startsWith": "startsWith",
    "in": "in",
}
"""The operator of a condition on a column, and Prisma's word for it."""

QUANTIFIERS = frozenset({"some", "none", "every"})
LESS = "Order.less"
"""The comparison `<` where the operator would be read as the beginning of type arguments."""
JUNCTIONS = {"AND": "all", "OR": "any"}
NEGATION = "NOT"
KEEP = "keep"
"""The third argument of a rejection that undoes nothing."""
AGGREGATES = ("sum", "average", "minimum", "maximum")


def forms() -> Iterator[Form]:
    """Every node that is written as a call of the library or of a method."""
    yield from METHODS
    yield from FUNCTIONS


def builtin_names() -> frozenset[str]:
    """What ``invoke`` may call."""
    return frozenset(get_args(Builtin))
