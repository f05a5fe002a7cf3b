"""Single schema nodes: limits that make sense, patterns that compile, properties that exist."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics import interface as codes
from fcbench_action.language.interface.nodes import Array, Integer, Number, Object, OneOf, String
from fcbench_action.language.interface.patterns import pattern_error
from fcbench_action.language.interface.rules.scope import Scope
from fcbench_action.language.interface.walk import DEEPEST_SCHEMA, Visit, children
from fcbench_action.language.near import Hints, Nearest, quoted

MOST_PATTERNS = 100
"""Different patterns of one interface; compiling one takes a few milliseconds."""

_FORMAT_LENGTHS = {"uuid": (36, 36), "date": (10, 10), "date-time": (20, 35)}


def schemas_are_shallow(scope: Scope) -> Iterator[Diagnostic]:
    """No schema is nested deeper than the walk goes."""
    for visit in scope.visits:
        if visit.level == DEEPEST_SCHEMA and children(visit.schema):
            yield codes.SCHEMA_TOO_DEEP.at(
                visit.path,
                f"The schema is nested deeper than {DEEPEST_SCHEMA} levels.",
                expected=f"at most {DEEPEST_SCHEMA} levels; name the inner parts as types of their own",
            )


def required_properties_are_declared(scope: Scope) -> Iterator[Diagnostic]:
    """``required`` lists properties of the object, each once."""
    for visit in scope.visits:
        if isinstance(visit.schema, Object):
            yield from _required(visit, visit.schema, scope.hints)


def _required(visit: Visit, schema: Object, hints: Hints) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    nearest: Nearest | None = None
    for index, name in enumerate(schema.required):
        at = (*visit.path, "required", index)
        if name in seen:
            yield codes.REPEATED_REQUIRED_PROPERTY.at(
                at, f"{quoted(name)} is required twice.", expected="each name once", actual=quoted(name)
            )
        elif name not in schema.properties:
            nearest = nearest or Nearest(schema.properties, hints)
            yield codes.UNDECLARED_REQUIRED_PROPERTY.at(
                at,
                f"{quoted(name)} is required and not among the properties.{nearest.hint(name)}",
                expected="a name that is a key of properties",
                actual=quoted(name),
            )
        seen.add(name)


def limits_agree(scope: Scope) -> Iterator[Diagnostic]:
    """Some value lies within the limits."""
    for visit in scope.visits:
        schema = visit.schema
        if isinstance(schema, Integer | Number):
            step = schema.multiple_of
            if step is not None and step <= 0:
                yield codes.INVALID_MULTIPLE.at(
                    (*visit.path, "multipleOf"),
                    f"multipleOf is {step}, and only positive numbers have multiples to speak of.",
                    expected="a number greater than 0",
                    actual=str(step),
                )
                continue
        wrong = _contradiction(visit)
        if wrong:
            yield codes.CONTRADICTORY_LIMITS.at(
                visit.path, f"No value is within the limits: {wrong}.", expected="limits that leave room"
            )


def _contradiction(visit: Visit) -> str:
    match visit.schema:
        case Integer():
            return _no_integer(visit.schema)
        case Number():
            return _no_number(visit.schema)
        case String(format=format_, min_length=least, max_length=most):
            shortest, longest = _FORMAT_LENGTHS.get(format_ or "", (0, None))
            if most is not None and most < shortest:
                return f"a {format_} has at least {shortest} characters, and maxLength is {most}"
            if longest is not None and least is not None and least > longest:
                return f"a {format_} has at most {longest} characters, and minLength is {least}"
            return _crossed("minLength", least, "maxLength", most)
        case Array(min_items=least, max_items=most):
            return _crossed("minItems", least, "maxItems", most)
    return ""


def _crossed(low_name: str, low: float | None, high_name: str, high: float | None) -> str:
    if low is not None and high is not None and low > high:
        return f"{low_name} is {low}, and {high_name} is {high}"
    return ""


def _no_integer(schema: Integer) -> str:
    lows = [n for n in (schema.minimum, _plus(schema.exclusive_minimum, 1)) if n is not None]
    highs = [n for n in (schema.maximum, _plus(schema.exclusive_maximum, -1)) if n is not None]
    if not lows or not highs:
        return ""
    low, high, step = max(lows), min(highs), schema.multiple_of
    if low > high:
        return f"the least integer would be {low} and the greatest {high}"
    if step is not None and high // step * step < low:
        return f"there is no multiple of {step} from {low} to {high}"
    return ""


def _plus(number: int | None, more: int) -> int | None:
    return None if number is None else number + more


def _no_number(schema: Number) -> str:
    lows = (("minimum", schema.minimum), ("exclusiveMinimum", schema.exclusive_minimum))
    highs = (("maximum", schema.maximum), ("exclusiveMaximum", schema.exclusive_maximum))
    for low_name, low in lows:
        for high_name, high in highs:
            touching = low == high and (low_name, high_name) != ("minimum", "maximum")
            if low is not None and high is not None and (low > high or touching):
                return f"{low_name} is {low}, and {high_name} is {high}"
    return ""


def patterns_compile(scope: Scope) -> Iterator[Diagnostic]:
    """RE2 accepts every pattern, and there are not too many of them to try."""
    errors: dict[str, str] = {}
    for visit in scope.visits:
        pattern = visit.schema.pattern if isinstance(visit.schema, String) else None
        if pattern is None:
            continue
        if pattern not in errors:
            many = f"is beyond the first {MOST_PATTERNS} different patterns"
            errors[pattern] = pattern_error(pattern) if len(errors) < MOST_PATTERNS else many
        if errors[pattern]:
            yield codes.INVALID_PATTERN.at(
                (*visit.path, "pattern"),
                f"The pattern {quoted(pattern)} cannot be used: {errors[pattern]}.",
                expected="a regular expression of RE2, which has no lookaround and no backreferences",
                actual=quoted(pattern),
            )


def alternatives_are_two(scope: Scope) -> Iterator[Diagnostic]:
    """A oneOf leaves a choice."""
    for visit in scope.visits:
        if isinstance(visit.schema, OneOf) and len(visit.schema.one_of) < 2:
            yield codes.TOO_FEW_ALTERNATIVES.at(
                (*visit.path, "oneOf"),
                "A oneOf of fewer than two alternatives offers no choice.",
                expected="two or more alternatives; write a single one in place of the oneOf",
                actual=f"{len(visit.schema.one_of)}",
            )
