"""Functions over arrays, with arrows, and the builtins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics import program as codes
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.check.checker import Checker, expects, reference
from fcbench_action.language.program.check.names import can_declare
from fcbench_action.language.program.check.narrowing import (
    NO_OUTCOME,
    NOTHING,
    Elements,
    Outcome,
    comparable_members,
    kind,
    narrowed,
)
from fcbench_action.language.program.check.operators import numeric, wider
from fcbench_action.language.program.check.scope import Binding
from fcbench_action.language.program.types import (
    BOOLEAN,
    ERROR,
    INTEGER,
    NEVER,
    NULL,
    NUMBER,
    STRING,
    Array,
    Field,
    Object,
    Text,
    Type,
    Union,
    members,
    nullable,
    returned,
    show,
    union,
    without_null,
)

DATE_TIME = Text("date-time")


def arrow(
    checker: Checker, node: nodes.Arrow, path: Path, element: Type, check: Callable[[Path], Type]
) -> Type:
    """What ``check`` makes of the body's path, where the parameter is of type ``element``."""
    binding = Binding(node.parameter, (*path, "parameter"), element, must_be_used=False)
    known = can_declare(checker, binding)
    with checker.scope.inside_arrow(binding if known else None):
        return check((*path, "body"))


def mapped(checker: Checker, node: nodes.Map, path: Path, expected: Type | None) -> Type:
    """Every element made into another."""
    element = checker.array(node.array, (*path, "array"))
    wanted = _expected_element(checker, expected)

    def body(at: Path) -> Type:
        if wanted is None:
            return checker.infer(node.arrow.body, at)
        return wanted if checker.conform(node.arrow.body, at, wanted) != ERROR else ERROR

    return _array_of(arrow(checker, node.arrow, (*path, "arrow"), element, body), element)


def _expected_element(checker: Checker, expected: Type | None) -> Type | None:
    wanted = expects(expected)
    if wanted is None:
        return None
    found = [one.element for one in members(wanted, checker.env) if isinstance(one, Array)]
    return found[0] if len(found) == 1 else None


def _array_of(found: Type, *needed: Type) -> Type:
    return ERROR if ERROR in (found, *needed) else Array(returned(found))


def repeat(checker: Checker, node: nodes.Repeat, path: Path, expected: Type | None) -> Type:
    """An array made from positions."""
    checker.conform(node.count, (*path, "count"), INTEGER, codes.OPERAND_TYPE)
    wanted = _expected_element(checker, expected)

    def body(at: Path) -> Type:
        if wanted is None:
            return checker.infer(node.arrow.body, at)
        return wanted if checker.conform(node.arrow.body, at, wanted) != ERROR else ERROR

    return _array_of(arrow(checker, node.arrow, (*path, "arrow"), INTEGER, body))


Predicate = nodes.Filter | nodes.Find | nodes.Some | nodes.Every


def _predicate(checker: Checker, node: Predicate, path: Path) -> tuple[Type, Outcome]:
    """The type of the elements, and what the arrow says of its parameter."""
    element = checker.array(node.array, (*path, "array"))
    said = NO_OUTCOME

    def body(at: Path) -> Type:
        nonlocal said
        said = checker.decision(node.arrow.body, at)
        return BOOLEAN

    arrow(checker, node.arrow, (*path, "arrow"), element, body)
    return element, said


def _certain(checker: Checker, node: Predicate, element: Type, said: Outcome) -> Type | None:
    """What the elements are for which the arrow holds, where holding means just that; None elsewhere.

    TypeScript makes of such an arrow a function that tells types apart.
    """
    name = (node.arrow.parameter,)
    if element in (ERROR, BOOLEAN) or name not in said.holds or name not in said.fails:
        return None
    kept = narrowed(element, said.holds[name], checker.env)
    back = narrowed(kept, said.fails[name], checker.env)
    return kept if kept != element and back == NEVER else None


def filtered(checker: Checker, node: nodes.Filter, path: Path, _: Type | None) -> Type:
    """The elements for which the arrow holds."""
    element, said = _predicate(checker, node, path)
    kept = _certain(checker, node, element, said)
    return ERROR if element == ERROR else Array(element if kept is None else kept)


def found(checker: Checker, node: nodes.Find, path: Path, _: Type | None) -> Type:
    """The first element for which the arrow holds, or null."""
    element, _said = _predicate(checker, node, path)
    return ERROR if element == ERROR else nullable(element)


def some(checker: Checker, node: nodes.Some, path: Path, _: Type | None) -> Type:
    """Whether the arrow holds for an element."""
    _predicate(checker, node, path)
    return BOOLEAN


def every(checker: Checker, node: nodes.Every, path: Path, _: Type | None) -> Type:
    """Whether the arrow holds for all elements; it may say what they are."""
    element, said = _predicate(checker, node, path)
    kept = _certain(checker, node, element, said)
    place = reference(node.array)
    if kept is not None and place is not None:
        checker.outcomes[id(node)] = Outcome({place: Elements(kept)}, NOTHING)
    return BOOLEAN


def _arrowed(
    checker: Checker, node: nodes.Sort | nodes.Sum | nodes.GroupCount, path: Path
) -> tuple[Type, Type]:
    """The type of the elements, and of what the arrow makes of them."""
    element = checker.array(node.array, (*path, "array"))
    body = node.arrow.body
    found = arrow(checker, node.arrow, (*path, "arrow"), element, lambda at: checker.infer(body, at))
    return element, found


def sort(checker: Checker, node: nodes.Sort, path: Path, _: Type | None) -> Type:
    """The elements in order of a number or a string."""
    element, key = _arrowed(checker, node, path)
    if ERROR in (element, key):
        return ERROR
    kinds = {kind(one) for one in members(key, checker.env)}
    wanted = STRING if kinds - {"null"} == {"string"} else NUMBER
    words = "a number or a string"
    at = (*path, "arrow", "body")
    return Array(element) if checker.fits(key, at, wanted, codes.OPERAND_TYPE, words) else ERROR


def total(checker: Checker, node: nodes.Sum, path: Path, _: Type | None) -> Type:
    """The sum of numbers made of the elements."""
    element = checker.array(node.array, (*path, "array"))
    body = node.arrow.body
    found = arrow(checker, node.arrow, (*path, "arrow"), element, lambda at: numeric(checker, body, at))
    return ERROR if element == ERROR else found


def group_count(checker: Checker, node: nodes.GroupCount, path: Path, _: Type | None) -> Type:
    """How often each text occurs."""
    element, key = _arrowed(checker, node, path)
    if ERROR in (element, key) or not checker.fits(key, (*path, "arrow", "body"), STRING, codes.OPERAND_TYPE):
        return ERROR
    return Array(Object({"key": Field(STRING), "count": Field(INTEGER)}))


def length(checker: Checker, node: nodes.Length, path: Path, _: Type | None) -> Type:
    """The number of elements or characters."""
    of = checker.infer(node.of, (*path, "of"))
    parts = members(of, checker.env)
    if of == ERROR or all(kind(one) == "string" for one in parts):
        return INTEGER
    if len(parts) == 1 and isinstance(parts[0], Array):
        return INTEGER
    sized = all(kind(one) in ("string", "array", "null") for one in parts) and len(parts) > 1
    return checker.report(
        codes.POSSIBLY_NULL if sized and NULL in parts else codes.OPERAND_TYPE,
        (*path, "of"),
        f"This is {show(of)}; arrays and strings have a length.",
        expected="an array or a string",
        actual=show(of),
    )


def element(checker: Checker, node: nodes.Element, path: Path, expected: Type | None) -> Type:
    """The element at a position, or null. What is expected of it is expected of what an arrow makes."""
    wanted = expects(expected) if isinstance(node.array, nodes.Map) else None
    array = Array(without_null(wanted, checker.env)) if wanted is not None else None
    found = checker.array(node.array, (*path, "array"), array)
    checker.conform(node.index, (*path, "index"), INTEGER, codes.OPERAND_TYPE)
    return ERROR if found == ERROR else nullable(found)


def includes(checker: Checker, node: nodes.Includes, path: Path, _: Type | None) -> Type:
    """Whether an array of simple values holds one."""
    of = checker.array(node.array, (*path, "array"))
    if of == ERROR:
        checker.infer(node.value, (*path, "value"))
    elif _are_simple(checker, of, (*path, "array")):
        value = checker.conform(node.value, (*path, "value"), of)
        if value != ERROR and not comparable_members(members(of, checker.env), members(value, checker.env)):
            checker.report(
                codes.IMPOSSIBLE_COMPARISON,
                (*path, "value"),
                f"An array of {show(of)} never holds {show(value)}.",
                expected=show(of),
                actual=show(value),
            )
    return BOOLEAN


def _are_simple(checker: Checker, type: Type, path: Path) -> bool:
    """Whether values can be compared for being equal; reports it where not."""
    if all(kind(one) not in ("object", "array") for one in members(type, checker.env)):
        return True
    checker.report(
        codes.COMPARED_OBJECTS,
        path,
        f"This is an array of {show(type)}; only simple values are compared.",
        expected="an array of strings, numbers or booleans",
        actual=f"an array of {show(type)}",
    )
    return False


def sliced(checker: Checker, node: nodes.Slice, path: Path, _: Type | None) -> Type:
    """The elements between two positions."""
    found = checker.array(node.array, (*path, "array"))
    for name, one in (("start", node.start), ("end", node.end)):
        if one is not None:
            checker.conform(one, (*path, name), INTEGER, codes.OPERAND_TYPE)
    return ERROR if found == ERROR else Array(found)


def concat(checker: Checker, node: nodes.Concat, path: Path, _: Type | None) -> Type:
    """Arrays one after the other: of one element type, to which all others assign.

    That type comes from arrays that are no literals, if there are any, and never from what is expected of
    the whole: TypeScript takes it from the arguments alone.
    """
    places = [(one, (*path, "arrays", index)) for index, one in enumerate(node.arrays)]
    literals = [place for place in places if isinstance(place[0], nodes.ArrayLiteral)]
    firm = [place for place in places if not isinstance(place[0], nodes.ArrayLiteral)] or places
    found = [checker.array(one, at) for one, at in firm]
    if ERROR in found:
        return ERROR
    element = _common(checker, found)
    if element == NEVER:  # nothing but empty arrays: the literals say what it is
        element = _common(checker, [checker.array(one, at) for one, at in literals] or found)
        return ERROR if element == ERROR else Array(element)
    fits = [checker.fits(Array(one), at, Array(element)) for one, (_, at) in zip(found, firm, strict=True)]
    if firm is not places:
        fits += [checker.conform(one, at, Array(element)) != ERROR for one, at in literals]
    return Array(element) if all(fits) else ERROR


def _common(checker: Checker, types: list[Type]) -> Type:
    """The one to which all others assign, or what TypeScript takes them all for; else the first."""
    for one in types:
        if all(checker.assigns.holds(other, one) for other in types):
            return one
    merged = union(types)
    return types[0] if isinstance(merged, Union) else merged


def distinct(checker: Checker, node: nodes.Distinct, path: Path, _: Type | None) -> Type:
    """Each simple value once."""
    found = checker.array(node.array, (*path, "array"))
    if found == ERROR or not _are_simple(checker, found, (*path, "array")):
        return ERROR
    return Array(found)


@dataclass(frozen=True, slots=True)
class Signature:
    """What a builtin takes, in order, and gives; a result of None is as wide as the numbers that it takes."""

    takes: tuple[Type, ...]
    gives: Type | None


BUILTINS: dict[str, Signature] = {
    "lower": Signature((STRING,), STRING),
    "upper": Signature((STRING,), STRING),
    "trim": Signature((STRING,), STRING),
    "startsWith": Signature((STRING, STRING), BOOLEAN),
    "endsWith": Signature((STRING, STRING), BOOLEAN),
    "contains": Signature((STRING, STRING), BOOLEAN),
    "split": Signature((STRING, STRING), Array(STRING)),
    "join": Signature((Array(STRING), STRING), STRING),
    "floor": Signature((NUMBER,), INTEGER),
    "ceil": Signature((NUMBER,), INTEGER),
    "round": Signature((NUMBER,), INTEGER),
    "min": Signature((NUMBER, NUMBER), None),
    "max": Signature((NUMBER, NUMBER), None),
    "abs": Signature((NUMBER,), None),
    "addSeconds": Signature((DATE_TIME, INTEGER), DATE_TIME),
    "isBefore": Signature((DATE_TIME, DATE_TIME), BOOLEAN),
    "uuid": Signature((), Text("uuid")),
    "hashPassword": Signature((STRING,), STRING),
    "verifyPassword": Signature((STRING, STRING), BOOLEAN),
    "issueToken": Signature((STRING,), STRING),
    "digest": Signature((STRING,), STRING),
    "randomText": Signature((STRING, INTEGER), STRING),
}


def invoke(checker: Checker, node: nodes.Invoke, path: Path, _: Type | None) -> Type:
    """A call of a builtin."""
    signature = BUILTINS[node.function]
    places = [(one, (*path, "arguments", index)) for index, one in enumerate(node.arguments)]
    if len(places) != len(signature.takes):
        for one, at in places:
            checker.infer(one, at)
        wanted = ", ".join(map(show, signature.takes))
        return checker.report(
            codes.ARGUMENT_COUNT,
            (*path, "arguments"),
            f"{node.function}({wanted}) takes {len(signature.takes)}, not {len(places)}.",
            expected=f"{len(signature.takes)} arguments",
            actual=f"{len(places)}",
        )
    if signature.gives is not None:
        for (one, at), wanted_type in zip(places, signature.takes, strict=True):
            checker.conform(one, at, wanted_type, codes.OPERAND_TYPE)
        return signature.gives
    widths = [numeric(checker, one, at) for one, at in places]
    return wider(widths[0], widths[-1])
