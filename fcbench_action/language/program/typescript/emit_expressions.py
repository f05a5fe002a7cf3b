"""Expressions and conditions on rows, as TypeScript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from fcbench_action.language.node import Node
from fcbench_action.language.program import expressions as e
from fcbench_action.language.program.typescript.layout import Concat, Doc, Infix, Listed, Nested
from fcbench_action.language.program.typescript.library import (
    BUILTINS,
    FUNCTIONS,
    LESS,
    METHODS,
    NEGATION,
    OPERATORS,
    Form,
)
from fcbench_action.language.program.typescript.literals import write_chunk, write_number, write_string
from fcbench_action.language.program.typescript.words import is_plain, write_name

OBJECT, CONDITIONAL, DEFAULT, OR, AND, EQUALITY, RELATION, SUM, PRODUCT, UNARY, POSTFIX = range(11)
"""How tightly expressions bind. Object literals bind least, so that none begins an arrow's body or is used
without parentheses."""

_LOGICAL = {"??": DEFAULT, "||": OR, "&&": AND}
_ARITHMETIC = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "%": PRODUCT}
_COMPARE = {"===": EQUALITY, "!==": EQUALITY}
_UNARY = (e.Not, e.Negate, e.IntegerLiteral, e.NumberLiteral)


def write(node: e.Expression, least: int = OBJECT) -> Doc:
    """The expression, in parentheses where it binds less tightly than ``least``."""
    doc = _WRITERS[type(node)](node)
    return parenthesised(doc) if binding(node) < least else doc


def binding(node: e.Expression) -> int:
    """How tightly the expression binds."""
    match node:
        case e.ObjectLiteral() | e.Merge():
            return OBJECT
        case e.Conditional():
            return CONDITIONAL
        case e.OptionalProperty():
            return DEFAULT
        case e.Logical():
            return _LOGICAL[node.operator]
        case e.Compare():
            return _COMPARE.get(node.operator, RELATION)
        case e.Arithmetic():
            return _ARITHMETIC[node.operator]
    return UNARY if isinstance(node, _UNARY) else POSTFIX


def parenthesised(doc: Doc) -> Doc:
    """``(doc)``."""
    if isinstance(doc, Infix):
        return Concat("(", Nested(doc, closed=True), ")")
    return Concat("(", doc, ")")


def call(callee: Doc, arguments: Sequence[Doc]) -> Doc:
    """``callee(arguments)``. A last argument that has brackets of its own stays beside what comes before."""
    hugs = bool(arguments) and _hugs(arguments[-1])
    return Concat(callee, Listed("(", arguments, ")", hugs=hugs))


def braces(members: Sequence[Doc]) -> Doc:
    """``{ members }``."""
    return Listed("{", members, "}", pad=" ")


def member(name: str, value: Doc) -> Doc:
    """``name: value``, the name in quotes where it needs them."""
    return Concat(f"{name if is_plain(name) else write_string(name)}: ", value)


def properties(items: Iterable[e.Property]) -> list[Doc]:
    """The members of an object."""
    return [member(one.name, write(one.value)) for one in items]


def items(nodes: Iterable[e.Expression]) -> list[Doc]:
    """Expressions between commas."""
    return [_item(node) for node in nodes]


def member_access(holder: Doc, name: str) -> Doc:
    """``holder.name``; ``length`` is written in brackets, as `.length` is a node of its own."""
    plain = is_plain(name) and name != "length"
    return Concat(holder, f".{name}" if plain else f"[{write_string(name)}]")


def _item(node: e.Expression) -> Doc:
    """An expression before a comma. ``a < b, c > (d)`` would be a call with type arguments."""
    doc = write(node)
    return parenthesised(doc) if _ends_in_less(node) else doc


def _ends_in_less(node: e.Expression) -> bool:
    while True:
        match node:
            case e.Compare():
                if node.operator == "<":
                    return True
                node = node.right
            case e.Logical() | e.Arithmetic():
                node = node.right
            case e.Conditional():
                node = node.when_false
            case e.Not() | e.Negate():
                node = node.operand
            case _:
                return False


def _hugs(doc: Doc) -> bool:
    """Whether it looks well when it begins on the line of an opening bracket and is broken inside."""
    while isinstance(doc, Concat):
        doc = doc.parts[-2] if doc.parts[-1] == ")" and len(doc.parts) > 2 else doc.parts[-1]
    return isinstance(doc, Listed)


def _name(node: e.Identifier) -> Doc:
    return write_name(node.name)


def _array(node: e.ArrayLiteral) -> Doc:
    return Listed("[", items(node.elements), "]")


def _object(node: e.ObjectLiteral) -> Doc:
    return braces(properties(node.properties))


def _merge(node: e.Merge) -> Doc:
    return braces([Concat("...", write(node.base)), *properties(node.properties)])


def _template(node: e.Template) -> Doc:
    """Texts stand for themselves, but for an empty one, and one after another: those would be lost."""
    parts: list[Doc] = ["`"]
    after_text = False
    for part in node.parts:
        if isinstance(part, e.StringLiteral) and part.value and not after_text:
            parts.append(write_chunk(part.value))
            after_text = True
        else:
            parts += ["${", write(part), "}"]
            after_text = False
    return Concat(*parts, "`")


def _property(node: e.PropertyAccess) -> Doc:
    return member_access(write(node.object, POSTFIX), node.name)


def _optional(node: e.OptionalProperty) -> Doc:
    """JavaScript gives undefined where the object is null; so a chain of these always has a default."""
    return Infix(_chain(node), [("??", "null")])


def _chain(node: e.OptionalProperty) -> Doc:
    holder = node.object
    before = _chain(holder) if isinstance(holder, e.OptionalProperty) else write(holder, POSTFIX)
    return Concat(before, f"?.{node.name}" if is_plain(node.name) else f"?.[{write_string(node.name)}]")


def _not(node: e.Not) -> Doc:
    return Concat("!", write(node.operand, UNARY))


def _negate(node: e.Negate) -> Doc:
    """``-5`` is a literal, and ``-(5)`` the negation of one."""
    plain = isinstance(node.operand, e.Negate | e.IntegerLiteral | e.NumberLiteral)
    return Concat("-", write(node.operand, POSTFIX if plain else UNARY))


def _compare(node: e.Compare) -> Doc:
    """Comparisons do not chain: ``a < b > c`` would be something else."""
    level = _COMPARE.get(node.operator, RELATION) + 1
    if node.operator == "<" and _opens(node.right, level) and _has_greater(node.right):
        return call(LESS, items((node.left, node.right)))
    return Infix(write(node.left, level), [(node.operator, write(node.right, level))])


def _opens(node: e.Expression, least: int) -> bool:
    """Whether an expression begins with a bracket or a template."""
    while binding(node) >= least:
        match node:
            case e.ArrayLiteral() | e.Template():
                return True
            case e.Arithmetic():
                node, least = node.left, binding(node)
            case e.PropertyAccess():
                node, least = node.object, POSTFIX
            case e.Length():
                node, least = node.of, POSTFIX
            case e.Map() | e.Filter() | e.Some() | e.Every() | e.Includes() | e.Slice():
                node, least = node.array, POSTFIX
            case _:
                return False
    return True


def _has_greater(node: e.Expression) -> bool:
    """Whether ``>`` stands inside. Behind ``a < (`` it could be taken for the end of type arguments."""
    rest: list[Any] = [node]
    while rest:
        one = rest.pop()
        if isinstance(one, e.Compare) and one.operator == ">":
            return True
        if isinstance(one, Node):
            rest += [getattr(one, name) for name in one.__struct_fields__]
        elif isinstance(one, tuple):
            rest += one
    return False


def _left_associative(node: e.Arithmetic | e.Logical) -> Doc:
    """Operators that bind alike, from the left, laid out as one chain."""
    level = binding(node)
    tighter = EQUALITY if level == DEFAULT else level + 1
    rest: list[tuple[str, Doc]] = []
    inner = node
    while True:
        rest.append((inner.operator, write(inner.right, tighter)))
        left = inner.left
        if not isinstance(left, e.Arithmetic | e.Logical) or binding(left) != level:
            break
        inner = left
    first = _defaulted(left, inner.right) if level == DEFAULT else write(left, level)
    return Infix(first, rest[::-1])


def _defaulted(left: e.Expression, right: e.Expression) -> Doc:
    """The left of ``??``, which does not mix with ``&&`` and ``||``. An optional chain there needs no other
    default, unless it would read as the chain alone.
    """
    if isinstance(left, e.OptionalProperty) and not isinstance(right, e.NullLiteral):
        return _chain(left)
    return write(left, EQUALITY)


def _conditional(node: e.Conditional) -> Doc:
    return Infix(
        write(node.condition, DEFAULT), [("?", write(node.when_true)), (":", write(node.when_false))]
    )


def _arrow(node: e.Arrow) -> Doc:
    head = f"({write_name(node.parameter)}) =>"
    body = write(node.body, CONDITIONAL)
    if isinstance(body, Infix):
        return Concat(head, Nested(body, space=" "))
    return Concat(f"{head} ", body)


def _length(node: e.Length) -> Doc:
    return Concat(write(node.of, POSTFIX), ".length")


def _invoke(node: e.Invoke) -> Doc:
    return call(BUILTINS[node.function], items(node.arguments))


def _called(form: Form) -> Callable[[Any], Doc]:
    is_method = "." not in form.name

    def write_call(node: Node) -> Doc:
        written: list[Doc] = []
        for argument in form.arguments[is_method:]:
            value = getattr(node, argument.field)
            if argument.kind == "rest":
                written += items(value)
            elif value is not None:
                written.append(_ARGUMENTS[argument.kind](value))
        if not is_method:
            return call(form.name, written)
        holder = getattr(node, form.arguments[0].field)
        return call(Concat(write(holder, POSTFIX), f".{form.name}"), written)

    return write_call


_ARGUMENTS: dict[str, Callable[[Any], Doc]] = {"value": _item, "arrow": _arrow, "word": write_string}


def table(name: str) -> Doc:
    """A table of the database client."""
    return member_access("db", name)


def where(node: e.Where) -> Doc:
    """A condition on rows, as an object."""
    match node:
        case e.All():
            if _reads_as_one(node.of):
                return braces([_condition(one) for one in node.of])
            return braces([member("AND", Listed("[", [where(one) for one in node.of], "]"))])
        case e.Any():
            return braces([member("OR", Listed("[", [where(one) for one in node.of], "]"))])
        case e.Negation():
            return braces([member(NEGATION, where(node.of))])
    return braces([_condition(node)])


def _reads_as_one(nodes: Sequence[e.Where]) -> bool:
    """Whether several conditions can be members of one object: about different things, and none nested."""
    names = [_subject(node) for node in nodes]
    return len(names) > 1 and None not in names and len(set(names)) == len(names)


def _subject(node: e.Where) -> str | None:
    if isinstance(node, e.Related):
        return node.relation
    return node.name if isinstance(node, e.FieldCondition | e.IsNull) else None


def _condition(node: e.Where) -> Doc:
    match node:
        case e.FieldCondition():
            return _column(node.name, braces([member(OPERATORS[node.operator], write(node.value))]))
        case e.IsNull():
            return _column(node.name, "null")
    related = cast("e.Related", node)
    return _column(related.relation, braces([member(related.quantifier, where(related.where))]))


def _column(name: str, value: Doc) -> Doc:
    """A column called like a junction is written in quotes."""
    return (
        Concat(f"{write_string(name)}: ", value) if name in ("AND", "OR", NEGATION) else member(name, value)
    )


def order(keys: Sequence[e.OrderBy]) -> Doc:
    """The value of ``orderBy``."""
    return Listed("[", [braces([member(key.name, write_string(key.direction))]) for key in keys], "]")


def _read(node: e.FindOne | e.FindMany) -> Doc:
    members = [member("where", where(node.where))]
    if node.order_by:
        members.append(member("orderBy", order(node.order_by)))
    if isinstance(node, e.FindMany):
        bounds = (("skip", node.skip), ("take", node.take))
        members += [member(name, write(value)) for name, value in bounds if value is not None]
    method = "findMany" if isinstance(node, e.FindMany) else "findFirst"
    return call(Concat(table(node.table), f".{method}"), [braces(members)])


def _measured(node: e.Count | e.Exists) -> Doc:
    method = "count" if isinstance(node, e.Count) else "exists"
    return call(Concat(table(node.table), f".{method}"), [braces([member("where", where(node.where))])])


def _aggregate(node: e.Aggregate) -> Doc:
    condition = braces([member("where", where(node.where))])
    return call(Concat(table(node.table), f".{node.function}"), [write_string(node.field), condition])


_WRITERS: dict[type, Callable[[Any], Doc]] = {
    e.BooleanLiteral: lambda node: "true" if node.value else "false",
    e.IntegerLiteral: lambda node: str(node.value),
    e.NumberLiteral: lambda node: write_number(node.value),
    e.StringLiteral: lambda node: write_string(node.value),
    e.NullLiteral: lambda _: "null",
    e.ArrayLiteral: _array,
    e.ObjectLiteral: _object,
    e.Template: _template,
    e.Identifier: _name,
    e.PropertyAccess: _property,
    e.OptionalProperty: _optional,
    e.Merge: _merge,
    e.Not: _not,
    e.Negate: _negate,
    e.Arithmetic: _left_associative,
    e.Compare: _compare,
    e.Logical: _left_associative,
    e.Conditional: _conditional,
    e.Length: _length,
    e.Invoke: _invoke,
    e.FindOne: _read,
    e.FindMany: _read,
    e.Count: _measured,
    e.Exists: _measured,
    e.Aggregate: _aggregate,
    **{form.node: _called(form) for form in (*METHODS, *FUNCTIONS)},
}
