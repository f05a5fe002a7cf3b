"""Literals, names, objects and the way into them."""

from __future__ import annotations

from collections.abc import Sequence

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics import program as codes
from fcbench_action.language.near import quoted
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.check.checker import Checker, expects, reference
from fcbench_action.language.program.check.constants import constant_text
from fcbench_action.language.program.check.narrowing import (
    NO_OUTCOME,
    Equals,
    Outcome,
    Truthy,
    about,
    both,
    kind,
)
from fcbench_action.language.program.types import (
    BOOLEAN,
    ERROR,
    NEVER,
    NULL,
    STRING,
    Array,
    Field,
    Named,
    Object,
    Row,
    Text,
    Type,
    constant,
    has_null,
    members,
    nullable,
    object_of,
    show,
    union,
    widened,
    without_null,
)


def simple(
    _: Checker,
    node: nodes.BooleanLiteral | nodes.IntegerLiteral | nodes.StringLiteral,
    __: Path,
    ___: Type | None,
) -> Type:
    """A boolean, a whole number or a text."""
    return constant(node.value, fresh=True)


def number(_: Checker, node: nodes.NumberLiteral, __: Path, ___: Type | None) -> Type:
    """A number, even if it is whole."""
    return constant(float(node.value), fresh=True)


def null(_: Checker, __: nodes.NullLiteral, ___: Path, ____: Type | None) -> Type:
    """null."""
    return NULL


def array(checker: Checker, node: nodes.ArrayLiteral, path: Path, expected: Type | None) -> Type:
    """A list; its elements conform to what is expected of them."""
    wanted = [one.element for one in _alternatives(checker, expected) if isinstance(one, Array)]
    if not wanted:
        found = [checker.infer(one, (*path, "elements", index)) for index, one in enumerate(node.elements)]
        return Array(union(widened(one) for one in found)) if ERROR not in found else ERROR
    element = union(wanted)
    found = [
        checker.conform(one, (*path, "elements", index), element) for index, one in enumerate(node.elements)
    ]
    if ERROR in found:
        return ERROR
    return Array(element) if len(wanted) == 1 else Array(union(found))


def _alternatives(checker: Checker, expected: Type | None) -> Sequence[Type]:
    wanted = expects(expected)
    return members(wanted, checker.env) if wanted is not None else ()


def object_literal(checker: Checker, node: nodes.ObjectLiteral, path: Path, expected: Type | None) -> Type:
    """An object; where one is expected, it has exactly the properties of that one."""
    at = (*path, "properties")
    kept = unique_properties(checker, node.properties, at)
    candidates = [one for one in _alternatives(checker, expected) if object_of(one, checker.env)]
    if candidates:
        return _conforming(checker, path, kept, candidates)
    fields: dict[str, Field] = {}
    for index, one in kept:
        fields[one.name] = Field(widened(checker.infer(one.value, (*at, index, "value"))))
    return ERROR if any(one.type == ERROR for one in fields.values()) else Object(fields)


def unique_properties(
    checker: Checker, properties: Sequence[nodes.Property], path: Path
) -> list[tuple[int, nodes.Property]]:
    """The first property of each name, with its index; the others are reported."""
    found: dict[str, tuple[int, nodes.Property]] = {}
    for index, one in enumerate(properties):
        if one.name in found:
            checker.report(
                codes.DUPLICATE_PROPERTY,
                (*path, index, "name"),
                f"{quoted(one.name)} is written twice.",
                expected="each name once",
                actual=quoted(one.name),
            )
        elif not one.name.isidentifier() or not one.name.isascii() or one.name == "__proto__":
            checker.report(
                codes.INVALID_NAME,
                (*path, index, "name"),
                f"{quoted(one.name)} is no name of a property.",
                expected="letters, digits and underscores, no digit first",
                actual=quoted(one.name),
            )
        else:
            found[one.name] = index, one
    return list(found.values())


def _conforming(
    checker: Checker,
    path: Path,
    kept: list[tuple[int, nodes.Property]],
    candidates: list[Type],
) -> Type:
    """Checks an object literal against the one of ``candidates`` that it means to be."""
    at = (*path, "properties")
    chosen = _meant(checker, kept, candidates)
    wanted = object_of(chosen, checker.env)
    assert wanted is not None
    before = len(checker.found)
    names = {one.name for _, one in kept}
    for index, one in kept:
        field = wanted.fields.get(one.name)
        if field is None:
            checker.infer(one.value, (*at, index, "value"))
            checker.report(
                codes.EXCESS_PROPERTY,
                (*at, index, "name"),
                f"{show(chosen)} has no property {quoted(one.name)}."
                f"{checker.near(one.name, wanted.fields.keys() - names)}",
                expected="one of " + ", ".join(wanted.fields) if wanted.fields else "no property",
                actual=quoted(one.name),
            )
        else:
            checker.conform(one.value, (*at, index, "value"), field.type)
    missing = [n for n, field in wanted.fields.items() if not field.optional and n not in names]
    if missing:
        checker.report(
            codes.INCOMPLETE_OBJECT,
            at,
            f"{show(chosen)} needs {', '.join(map(quoted, missing))} too.",
            expected=", ".join(missing),
        )
    return chosen if len(checker.found) == before else ERROR


def _meant(checker: Checker, kept: list[tuple[int, nodes.Property]], candidates: list[Type]) -> Type:
    """The candidate that agrees with most constants of the literal, then the one that fits its names best."""
    if len(candidates) == 1:
        return candidates[0]
    given = {one.name: _known_type(checker, one.value) for _, one in kept}

    def rank(candidate: Type) -> tuple[int, int]:
        meant = object_of(candidate, checker.env)
        fields = meant.fields if meant else {}
        clashes = 0
        for name, type in given.items():
            if type is not None and name in fields:
                clashes += not checker.assigns.holds(type, fields[name].type)
        missing = sum(name not in given and not field.optional for name, field in fields.items())
        return clashes, missing + sum(name not in fields for name in given)

    return min(candidates, key=rank)


def _known_type(checker: Checker, node: nodes.Expression) -> Type | None:
    """The type of what can tell objects apart: literals, names, their properties, and a choice of those."""
    if isinstance(node, nodes.BooleanLiteral | nodes.StringLiteral | nodes.IntegerLiteral):
        return constant(node.value)
    if isinstance(node, nodes.NullLiteral):
        return NULL
    if reference(node) is not None:
        return checker.quietly(node)
    if isinstance(node, nodes.Conditional):
        found = [_known_type(checker, one) for one in (node.when_true, node.when_false)]
        known = [one for one in found if one is not None]
        return union(known) if len(known) == len(found) else None
    return None


def merge(checker: Checker, node: nodes.Merge, path: Path, expected: Type | None) -> Type:
    """A copy with some properties replaced or added."""
    kept = unique_properties(checker, node.properties, (*path, "properties"))
    base = checker.infer(node.base, (*path, "base"))
    objects = _objects(checker, base, (*path, "base"))
    candidates = [meant for one in _alternatives(checker, expected) if (meant := object_of(one, checker.env))]
    changed: dict[str, Field] = {}
    for index, one in kept:
        at = (*path, "properties", index)
        if candidates and not any(one.name in each.fields for each in candidates):
            known = {name for each in candidates for name in each.fields}
            checker.report(
                codes.EXCESS_PROPERTY,
                (*at, "name"),
                f"What is expected here has no property {quoted(one.name)}.{checker.near(one.name, known)}",
                expected=show(union(_alternatives(checker, expected))),
                actual=quoted(one.name),
            )
            objects = None
        wanted = union(each.fields[one.name].type for each in candidates if one.name in each.fields)
        if wanted == NEVER:
            changed[one.name] = Field(widened(checker.infer(one.value, (*at, "value"))))
        else:
            changed[one.name] = Field(checker.conform(one.value, (*at, "value"), wanted))
    if objects is None or any(one.type == ERROR for one in changed.values()):
        return ERROR
    return union(Object({**one.fields, **changed}) for one in objects)


def _objects(checker: Checker, type: Type, path: Path) -> list[Object] | None:
    """The objects that a value may be; None, after a report, where it may be anything else."""
    if type == ERROR:
        return None
    parts = members(type, checker.env)
    found = [meant for one in parts if (meant := object_of(one, checker.env))]
    if len(found) == len(parts) and found:
        return found
    _refuse_holder(checker, type, path)
    return None


def _refuse_holder(checker: Checker, type: Type, path: Path) -> None:
    parts = members(without_null(type, checker.env), checker.env)
    objects = parts and all(object_of(one, checker.env) for one in parts)
    checker.report(
        codes.POSSIBLY_NULL if objects else codes.OPERAND_TYPE,
        path,
        "This may be null; check that first." if objects else f"This is {show(type)}, which is no object.",
        expected="an object or row",
        actual=show(type),
    )


def identifier(checker: Checker, node: nodes.Identifier, path: Path, _: Type | None) -> Type:
    """The value of a name."""
    binding = checker.scope.names.get(node.name)
    if binding is None or binding.type is None:
        known = (name for name, one in checker.scope.names.items() if one.type is not None)
        return checker.report(
            codes.UNKNOWN_NAME,
            (*path, "name"),
            f"There is no value named {quoted(node.name)} here.{checker.near(node.name, known)}",
            expected="a name that is declared before",
            actual=quoted(node.name),
        )
    binding.used = True
    found = checker.scope.narrow((node.name,), binding.type)
    return _noted(checker, node, path, found, binding.outcome)


def property_access(checker: Checker, node: nodes.PropertyAccess, path: Path, _: Type | None) -> Type:
    """``object.name``."""
    holder = checker.infer(node.object, (*path, "object"))
    objects = _objects(checker, holder, (*path, "object"))
    if objects is None:
        if (
            inside := reference(node.object)
        ) is not None:  # said once; from here on it is as if it was checked
            checker.scope.assume({inside: Equals(NULL, positive=False)})
        return ERROR
    found = _property(checker, objects, holder, node.name, path)
    where = reference(node)
    if found == ERROR or where is None:
        return found
    return _noted(checker, node, path, checker.scope.narrow(where, found))


def _noted(
    checker: Checker,
    node: nodes.Identifier | nodes.PropertyAccess,
    path: Path,
    found: Type,
    aliased: Outcome = NO_OUTCOME,
) -> Type:
    """Notes what the value says as a condition; reports one that cannot be."""
    if found == NEVER:
        return checker.report(
            codes.IMPOSSIBLE_VALUE,
            path,
            f"By the conditions around it, {quoted(node.name)} has no value here.",
            expected="a value that is possible here",
        )
    if not isinstance(found, Text | Array | Object | Row):
        said = about(reference(node), Truthy(True), Truthy(False))
        checker.outcomes[id(node)] = Outcome(both(aliased.holds, said.holds), both(aliased.fails, said.fails))
    return found


def _property(checker: Checker, objects: list[Object], holder: Type, name: str, path: Path) -> Type:
    fields = [one.fields.get(name) for one in objects]
    found = [one.type for one in fields if one is not None]
    if len(found) == len(fields):
        return union(found)
    known = set(objects[0].fields).intersection(*(one.fields for one in objects))
    return checker.report(
        codes.UNKNOWN_PROPERTY,
        (*path, "name"),
        f"{show(holder)} has no property {quoted(name)}"
        f"{' in all of its forms' if found else ''}.{checker.near(name, known)}",
        expected="one of " + ", ".join(n for n in objects[0].fields if n in known) if known else "",
        actual=quoted(name),
    )


def optional_property(checker: Checker, node: nodes.OptionalProperty, path: Path, _: Type | None) -> Type:
    """``object?.name``."""
    holder = checker.infer(node.object, (*path, "object"))
    if holder == ERROR:
        return ERROR
    some = without_null(holder, checker.env)
    if some == NEVER:
        return checker.report(
            codes.OPERAND_TYPE, (*path, "object"), "This is always null.", expected="an object, or null"
        )
    objects = _objects(checker, some, (*path, "object"))
    if objects is None:
        return ERROR
    found = _property(checker, objects, some, node.name, path)
    return found if some == holder or found == ERROR else nullable(found)


def given(checker: Checker, node: nodes.Given, path: Path, _: Type | None) -> Type:
    """Whether an optional property was given. Only what was read from JSON can tell."""
    holder = checker.infer(node.object, (*path, "object"))
    objects = _objects(checker, holder, (*path, "object"))
    if objects is None or _property(checker, objects, holder, node.name, path) == ERROR:
        return BOOLEAN
    if not any(_may_lack(checker, one, node.name) for one in members(holder, checker.env)):
        checker.report(
            codes.NEVER_ABSENT,
            (*path, "name"),
            f"{quoted(node.name)} is always there.",
            expected="an optional property of a request body",
            actual=quoted(node.name),
        )
    return BOOLEAN


def _may_lack(checker: Checker, type: Type, name: str) -> bool:
    """Whether JSON of this type may lack the property; unknown for objects without a name."""
    if isinstance(type, Named):
        written = object_of(Named(type.name, "write"), checker.env)
        return written is not None and written.fields[name].optional
    meant = None if isinstance(type, Row) else object_of(type, checker.env)
    return meant is not None and has_null(meant.fields[name].type, checker.env)


def template(checker: Checker, node: nodes.Template, path: Path, _: Type | None) -> Type:
    """A text made of strings and numbers; a constant one where all of them are."""
    before = len(checker.found)
    for index, one in enumerate(node.parts):
        at = (*path, "parts", index)
        found = checker.infer(one, at)
        parts = members(found, checker.env)
        if found != ERROR and not all(kind(part) in ("string", "number") for part in parts):
            nulls = NULL in parts and all(kind(part) in ("string", "number", "null") for part in parts)
            checker.report(
                codes.POSSIBLY_NULL if nulls and len(parts) > 1 else codes.OPERAND_TYPE,
                at,
                f"This is {show(found)}, and a text is made of strings and numbers.",
                expected="a string or a number",
                actual=show(found),
            )
    if len(checker.found) > before:
        return ERROR
    text = constant_text(node, checker.scope)
    return constant(text, fresh=True) if text is not None else STRING
