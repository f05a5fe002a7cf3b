"""From syntax to trees: what expressions and conditions on rows mean.

Trees are made as JSON values; the node types check them in the end, as they check what models send.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from fcbench_action.language.program.typescript import library
from fcbench_action.language.program.typescript.library import Form
from fcbench_action.language.program.typescript.literals import read_string
from fcbench_action.language.program.typescript.syntax import Misread, Syntax
from fcbench_action.language.program.typescript.words import CLIENTS, LIBRARY, read_name

Tree = dict[str, Any]

_METHODS = {form.name: form for form in library.METHODS}
_FUNCTIONS = {form.name: form for form in library.FUNCTIONS}
_BUILTINS = {name: word for word, name in library.BUILTINS.items()}
_OPERATORS = {word: operator for operator, word in library.OPERATORS.items()}
_KINDS = {"&&": "logical", "||": "logical", "??": "logical"}
_KINDS |= dict.fromkeys(("===", "!==", "<", "<=", ">", ">="), "compare")
_KINDS |= dict.fromkeys("+-*/%", "arithmetic")
_READS = {"findFirst": "findOne", "findMany": "findMany", "count": "count", "exists": "exists"}
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_MOST_DIGITS = 19
"""Of an integer of 64 bits."""

MAX_NESTING = 128
"""Deepest nesting of a tree as JSON, as for the arguments of a call."""

Marks = dict[int, int]
"""Where each structure of a tree begins in the text, by its ``id``."""


class Reader:
    """Makes trees of syntax, and remembers where each structure came from. ``absent`` are the other dialect's
    tags, for which it raises Misread as for all that is not in the language.
    """

    def __init__(self, absent: frozenset[str]) -> None:
        self.absent = absent
        self.marks: Marks = {}
        self._depth = 0

    def made(self, syntax: Syntax, tag: str | None = None, /, **members: Any) -> Tree:
        """A structure, where it stands."""
        if tag in self.absent:
            raise Misread(syntax.at, f"{tag} does not belong to this kind of program.")
        tree = members if tag is None else {"type": tag, **members}
        self.marks[id(tree)] = syntax.at
        return tree

    def expression(self, syntax: Syntax) -> Tree:
        """What an expression means."""
        while syntax.kind == "parenthesised":
            syntax = syntax.parts[0]
        read = _EXPRESSIONS.get(syntax.kind)
        if read is None:
            raise Misread(syntax.at, _UNWANTED[syntax.kind], expected="an expression")
        self._enter(syntax)
        tree = read(self, syntax)
        self._depth -= 1
        return tree

    def _enter(self, syntax: Syntax) -> None:
        """Refuses what is nested deeper than any tree may be, before Python does."""
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise Misread(syntax.at, f"The tree nests deeper than {MAX_NESTING} levels.", limit=True)

    def properties(self, entries: Sequence[Syntax]) -> list[Tree]:
        """Names with their values."""
        return [self._named(entry) for entry in entries]

    def _named(self, entry: Syntax) -> Tree:
        if entry.kind != "entry":
            raise Misread(
                entry.at, "Three dots stand only at the beginning of an object.", expected="a property"
            )
        key, value = entry.parts
        return self.made(entry, name=text_of(key), value=self.expression(value))

    def arrow(self, syntax: Syntax) -> Tree:
        """A function of one parameter."""
        if syntax.kind != "arrow":
            raise Misread(syntax.at, "Here stands no function.", expected="(name) => value")
        parameter, body = syntax.parts
        return self.made(syntax, parameter=text_of(parameter), body=self.expression(body))

    def _name(self, syntax: Syntax) -> Tree:
        name = syntax.parts[0]
        if name in CLIENTS or name in LIBRARY:
            raise Misread(syntax.at, f"{name} is no value.", expected=f"a call of something in {name}")
        return self.made(syntax, "identifier", name=text_of(syntax))

    def _string(self, syntax: Syntax) -> Tree:
        return self.made(syntax, "stringLiteral", value=text_of(syntax))

    def _integer(self, syntax: Syntax, sign: str = "") -> Tree:
        digits = syntax.parts[0]
        if len(digits) > _MOST_DIGITS:
            raise Misread(syntax.at, "This number is too large.", expected="an integer of 64 bits")
        return self.made(syntax, "integerLiteral", value=int(sign + digits))

    def _number(self, syntax: Syntax, sign: str = "") -> Tree:
        value = float(sign + syntax.parts[0])
        if math.isinf(value):
            raise Misread(syntax.at, "This number is too large.", expected="a finite number")
        return self.made(syntax, "numberLiteral", value=value)

    def _word(self, syntax: Syntax) -> Tree:
        word = syntax.parts[0]
        if word == "null":
            return self.made(syntax, "nullLiteral")
        return self.made(syntax, "booleanLiteral", value=word == "true")

    def _array(self, syntax: Syntax) -> Tree:
        return self.made(syntax, "arrayLiteral", elements=[self.expression(one) for one in syntax.parts])

    def _object(self, syntax: Syntax) -> Tree:
        if syntax.parts and syntax.parts[0].kind == "spread":
            base, *others = syntax.parts
            return self.made(
                syntax, "merge", base=self.expression(base.parts[0]), properties=self.properties(others)
            )
        return self.made(syntax, "objectLiteral", properties=self.properties(syntax.parts))

    def _template(self, syntax: Syntax) -> Tree:
        parts = []
        for piece in syntax.parts:
            if piece.kind != "chunk":
                parts.append(self.expression(piece))
            elif text := text_of(piece):
                parts.append(self.made(piece, "stringLiteral", value=text))
        return self.made(syntax, "template", parts=parts)

    def _member(self, syntax: Syntax) -> Tree:
        holder, name = syntax.parts
        if holder.kind == "optional":
            raise Misread(
                holder.at,
                "An optional chain needs a default and parentheses before it goes on.",
                expected="(a?.b ?? null).c",
            )
        if name.kind == "name" and name.parts[0] == "length":
            return self.made(syntax, "length", of=self.expression(holder))
        return self.made(syntax, "property", object=self.expression(holder), name=text_of(name))

    def _bare_chain(self, syntax: Syntax) -> Tree:
        raise Misread(
            syntax.at,
            "An optional chain gives undefined, so it needs a default.",
            expected="?? null after it",
        )

    def _chain(self, syntax: Syntax) -> Tree:
        holder, name = syntax.parts
        inner = self._chain(holder) if holder.kind == "optional" else self.expression(holder)
        return self.made(syntax, "optionalProperty", object=inner, name=text_of(name))

    def _prefix(self, syntax: Syntax) -> Tree:
        sign, operand = syntax.parts
        if sign == "!":
            return self.made(syntax, "not", operand=self.expression(operand))
        if operand.kind in ("integer", "number"):
            read = self._integer if operand.kind == "integer" else self._number
            return read(operand._replace(at=syntax.at), "-")
        return self.made(syntax, "negate", operand=self.expression(operand))

    def _binary(self, syntax: Syntax) -> Tree:
        left, operator, right = syntax.parts
        sign = str(operator)
        kind = _KINDS[sign]
        if sign != "??":
            _refuse_mix(sign, left, right)
            return self.made(
                syntax, kind, operator=sign, left=self.expression(left), right=self.expression(right)
            )
        _refuse_default_of_logical(left, right)
        if left.kind == "optional":
            if right.kind == "word" and right.parts[0] == "null":
                return self._chain(left)
            holder = self._chain(left)
        else:
            holder = self.expression(left)
        return self.made(syntax, kind, operator=sign, left=holder, right=self.expression(right))

    def _conditional(self, syntax: Syntax) -> Tree:
        condition, one, other = syntax.parts
        return self.made(
            syntax,
            "conditional",
            condition=self.expression(condition),
            whenTrue=self.expression(one),
            whenFalse=self.expression(other),
        )

    def _call(self, syntax: Syntax) -> Tree:
        callee, *arguments = syntax.parts
        if (called := on_table(callee)) is not None:
            return self._read(syntax, *called, arguments)
        if callee.kind != "member":
            raise Misread(
                callee.at, "This is no function of the language.", expected="a function or a method"
            )
        holder, name = callee.parts
        word = name.parts[0]
        if holder.kind != "name" or holder.parts[0] not in LIBRARY:
            return self._formed(syntax, _method(name), [holder, *arguments])
        function = f"{holder.parts[0]}.{word}"
        if function == library.LESS and len(arguments) == 2:
            left, right = map(self.expression, arguments)
            return self.made(syntax, "compare", operator="<", left=left, right=right)
        if function in _BUILTINS:
            values = [self.expression(one) for one in arguments]
            return self.made(syntax, "invoke", function=_BUILTINS[function], arguments=values)
        return self._formed(syntax, _function(name, function), arguments)

    def _formed(self, syntax: Syntax, form: Form, given: list[Syntax]) -> Tree:
        members: Tree = {}
        rest = list(given)
        for argument in form.arguments:
            if argument.kind == "rest":
                members[argument.key] = [self.expression(one) for one in rest]
                rest.clear()
            elif rest:
                read = {"word": word_of, "arrow": self.arrow}.get(argument.kind, self.expression)
                members[argument.key] = read(rest.pop(0))
            elif not argument.optional:
                raise Misread(syntax.at, f"{form.name} lacks its {argument.key}.")
        if rest:
            raise Misread(rest[0].at, f"{form.name} takes fewer arguments.")
        return self.made(syntax, form.tag, **members)

    def _read(self, syntax: Syntax, table: str, method: str, arguments: list[Syntax]) -> Tree:
        if method in library.AGGREGATES:
            if len(arguments) != 2:
                raise Misread(syntax.at, f"{method} takes a column and a condition.")
            where = self.where(self.options(arguments[1:], "where")["where"])
            return self.made(
                syntax, "aggregate", table=table, where=where, function=method, field=word_of(arguments[0])
            )
        tag = _READS.get(method)
        if tag is None:
            known = ", ".join(sorted((*_READS, *library.AGGREGATES)))
            raise Misread(
                syntax.at, "Tables have no such method that is an expression.", expected=f"one of {known}"
            )
        allowed = {"findOne": ("orderBy",), "findMany": ("orderBy", "skip", "take")}.get(tag, ())
        options = self.options(arguments, "where", *allowed)
        members: Tree = {"table": table, "where": self.where(options["where"])}
        if "orderBy" in options or tag == "findMany":
            members["orderBy"] = self._order(options["orderBy"]) if "orderBy" in options else []
        members |= {key: self.expression(options[key]) for key in ("skip", "take") if key in options}
        return self.made(syntax, tag, **members)

    def options(self, arguments: Sequence[Syntax], required: str, *optional: str) -> dict[str, Syntax]:
        """The members of the one object that a method of a table takes."""
        (argument,) = arguments if len(arguments) == 1 else (None,)
        if argument is None or argument.kind != "object":
            at = arguments[0].at if arguments else -1
            raise Misread(at, "A method of a table takes one object.", expected=f"{{ {required}: ... }}")
        return members_of(argument, (required,), optional)

    def _order(self, syntax: Syntax) -> list[Tree]:
        if syntax.kind != "array":
            raise Misread(syntax.at, "An order is a list.", expected='[{ column: "asc" }]')
        keys = []
        for one in syntax.parts:
            if one.kind != "object" or len(one.parts) != 1 or one.parts[0].kind != "entry":
                raise Misread(one.at, "Each key of an order is one object.", expected='{ column: "asc" }')
            name, direction = one.parts[0].parts
            keys.append(self.made(one, name=text_of(name), direction=word_of(direction)))
        return keys

    def where(self, syntax: Syntax) -> Tree:
        """A condition on rows. Several members of one object must all hold."""
        if syntax.kind != "object" or any(one.kind != "entry" for one in syntax.parts):
            raise Misread(
                syntax.at, "A condition on rows is an object.", expected="{ column: { equals: value } }"
            )
        if not syntax.parts:
            raise Misread(
                syntax.at, "A condition on rows says something.", expected="{ AND: [] } for all rows"
            )
        self._enter(syntax)
        found = [self._condition(one) for one in syntax.parts]
        self._depth -= 1
        return found[0] if len(found) == 1 else self.made(syntax, "all", of=found)

    def _condition(self, entry: Syntax) -> Tree:
        key, value = entry.parts
        name = text_of(key)
        if key.kind == "name" and name in library.JUNCTIONS:
            if value.kind != "array":
                raise Misread(value.at, f"{name} takes a list of conditions.", expected="[")
            return self.made(entry, library.JUNCTIONS[name], of=[self.where(one) for one in value.parts])
        if key.kind == "name" and name == library.NEGATION:
            return self.made(entry, "negation", of=self.where(value))
        if value.kind == "word" and value.parts[0] == "null":
            return self.made(entry, "isNull", name=name)
        return self._compared(entry, name, value)

    def _compared(self, entry: Syntax, name: str, value: Syntax) -> Tree:
        if value.kind == "object" and len(value.parts) == 1 and value.parts[0].kind == "entry":
            operator, operand = value.parts[0].parts
            word = text_of(operator)
            if word in library.QUANTIFIERS:
                return self.made(entry, "related", relation=name, quantifier=word, where=self.where(operand))
            if word in _OPERATORS:
                return self.made(
                    entry, "field", name=name, operator=_OPERATORS[word], value=self.expression(operand)
                )
        expected = "null, or an object with one of " + ", ".join((*_OPERATORS, *sorted(library.QUANTIFIERS)))
        raise Misread(value.at, "This is no condition on a column or relation.", expected=expected)


def _method(name: Syntax) -> Form:
    form = _METHODS.get(name.parts[0])
    if form is None:
        expected = "one of " + ", ".join(sorted(_METHODS))
        raise Misread(name.at, "The language has no such method.", expected=expected)
    return form


def _function(name: Syntax, function: str) -> Form:
    form = _FUNCTIONS.get(function)
    if form is None:
        space = function.split(".")[0]
        known = sorted(one for one in (*_FUNCTIONS, *_BUILTINS) if one.startswith(f"{space}."))
        expected = "one of " + ", ".join(known)
        raise Misread(name.at, f"{space} has no such function.", expected=expected)
    return form


def text_of(syntax: Syntax) -> str:
    """The text of a name, a string, or a piece of a template."""
    raw = syntax.parts[0]
    try:
        if syntax.kind == "name":
            found = read_name(raw)
        elif syntax.kind == "chunk":
            found = read_string(raw[1 : -2 if raw.endswith("${") else -1].replace("\r\n", "\n"))
        else:
            found = read_string(raw[1:-1])
    except ValueError as error:
        raise Misread(syntax.at, "Here is an escape that stands for nothing.") from error
    if _NO_TEXT.search(found):
        raise Misread(syntax.at, "Here is U+0000 or half of a surrogate pair, which no JSON text may hold.")
    return found


def word_of(syntax: Syntax) -> str:
    """The text of a string that must be written as one."""
    if syntax.kind != "string":
        raise Misread(syntax.at, "Only a plain string may stand here.", expected="a string in quotes")
    return text_of(syntax)


def members_of(syntax: Syntax, required: Sequence[str], optional: Sequence[str]) -> dict[str, Syntax]:
    """The values of an object by key; the keys are fixed, and each stands once at most."""
    found: dict[str, Syntax] = {}
    for entry in syntax.parts:
        name = text_of(entry.parts[0]) if entry.kind == "entry" else "..."
        if name in found or name not in (*required, *optional):
            allowed = ", ".join((*required, *optional))
            raise Misread(entry.at, "This does not belong here.", expected=f"each of {allowed} once at most")
        found[name] = entry.parts[1]
    for name in required:
        if name not in found:
            raise Misread(syntax.at, f"{name} is missing.", expected=f"{name}: ...")
    return found


def on_table(callee: Syntax) -> tuple[str, str] | None:
    """Table and method of ``db.table.method``."""
    if callee.kind != "member" or callee.parts[0].kind != "member":
        return None
    (client, table), method = callee.parts[0].parts, callee.parts[1]
    if client.kind != "name" or client.parts[0] != "db":
        return None
    return text_of(table), text_of(method)


def _refuse_mix(sign: str, left: Syntax, right: Syntax) -> None:
    if sign not in ("&&", "||"):
        return
    for side in (left, right):
        if side.kind == "binary" and side.parts[1] == "??":
            raise Misread(side.at, f"{sign} and ?? do not mix without parentheses.")


def _refuse_default_of_logical(left: Syntax, right: Syntax) -> None:
    for side in (left, right):
        if side.kind == "binary" and side.parts[1] in ("&&", "||"):
            raise Misread(side.at, f"?? and {side.parts[1]} do not mix without parentheses.")


_EXPRESSIONS: dict[str, Callable[[Reader, Syntax], Tree]] = {
    "name": Reader._name,
    "string": Reader._string,
    "integer": Reader._integer,
    "number": Reader._number,
    "word": Reader._word,
    "array": Reader._array,
    "object": Reader._object,
    "template": Reader._template,
    "member": Reader._member,
    "optional": Reader._bare_chain,
    "prefix": Reader._prefix,
    "binary": Reader._binary,
    "conditional": Reader._conditional,
    "call": Reader._call,
}
_UNWANTED = {"arrow": "A function stands only as an argument that asks for one."}
