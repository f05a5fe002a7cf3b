"""From syntax to trees: what statements and whole programs mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from fcbench_action.language.program.typescript.library import KEEP
from fcbench_action.language.program.typescript.reading import (
    Reader,
    Tree,
    members_of,
    on_table,
    text_of,
    word_of,
)
from fcbench_action.language.program.typescript.syntax import Misread, Syntax

_ASSERTIONS = {
    "equal": ("assertEqual", ("actual", "expected")),
    "notEqual": ("assertNotEqual", ("actual", "expected")),
    "that": ("assertThat", ("condition",)),
}
_METHODS = ("get", "post", "put", "patch", "delete")


def test_tree(reader: Reader, program: Syntax) -> Tree:
    """A test program."""
    scenario, block = program.parts
    count = 0
    while count < len(block.parts) and _session(block.parts[count]) is not None:
        count += 1
    sessions = [_made_session(reader, one) for one in block.parts[:count]]
    return reader.made(
        program,
        scenario=text_of(scenario),
        sessions=sessions,
        statements=[statement(reader, one) for one in block.parts[count:]],
    )


def operation_tree(reader: Reader, program: Syntax) -> Tree:
    """An operation program."""
    key, block = program.parts
    return reader.made(program, operation=_key(reader, key), statements=_block(reader, block))


def statement(reader: Reader, syntax: Syntax) -> Tree:
    """What a statement means."""
    return _STATEMENTS[syntax.kind](reader, syntax)


def _block(reader: Reader, syntax: Syntax) -> list[Tree]:
    return [statement(reader, one) for one in syntax.parts]


def _session(syntax: Syntax) -> Syntax | None:
    """The actor of ``const name = api.session(actor);``."""
    if syntax.kind != "constant" or syntax.parts[1].kind != "call":
        return None
    callee, *arguments = syntax.parts[1].parts
    if _callee(callee) != ("api", "session"):
        return None
    if len(arguments) != 1:
        raise Misread(callee.at, "A session is for one actor, or for null.", expected='api.session("member")')
    return cast("Syntax", arguments[0])


def _made_session(reader: Reader, syntax: Syntax) -> Tree:
    actor = syntax.parts[1].parts[1]
    guest = actor.kind == "word" and actor.parts[0] == "null"
    return reader.made(syntax, name=text_of(syntax.parts[0]), actor=None if guest else word_of(actor))


def _callee(syntax: Syntax) -> tuple[str, str] | None:
    """The two names of ``holder.method``, as they are written."""
    if syntax.kind != "member" or syntax.parts[0].kind != "name":
        return None
    return syntax.parts[0].parts[0], syntax.parts[1].parts[0]


def _key(reader: Reader, syntax: Syntax) -> Tree:
    method, space, path = word_of(syntax).partition(" ")
    if not space or method.lower() not in _METHODS or method != method.upper():
        raise Misread(syntax.at, "This names no operation.", expected='"GET /path" or another method')
    return reader.made(syntax, method=method.lower(), path=path)


def _constant(reader: Reader, syntax: Syntax) -> Tree:
    name, value = syntax.parts
    bind = text_of(name)
    if value.kind == "awaited":
        return reader.made(syntax, "call", request=_request(reader, value.parts[0]), bind=bind)
    if value.kind == "call":
        called = on_table(value.parts[0])
        if called and called[1] in ("insert", "update"):
            return _written(reader, syntax, value, *called, bind=bind)
        if _callee(value.parts[0]) == ("api", "session"):
            raise Misread(syntax.at, "Sessions are opened before everything else.")
    return reader.made(syntax, "declare", name=bind, value=reader.expression(value))


def _effect(reader: Reader, syntax: Syntax) -> Tree:
    (value,) = syntax.parts
    if value.kind == "awaited":
        return _awaited(reader, syntax, value.parts[0])
    if value.kind == "call":
        callee, *arguments = value.parts
        if (called := on_table(callee)) and called[1] in ("insert", "update", "remove"):
            return _written(reader, syntax, value, *called)
        holder, method = _callee(callee) or ("", "")
        if holder == "Assert":
            return _assertion(reader, syntax, method, arguments)
        if method == "authenticate":
            _exactly(callee, arguments, 1, "the token")
            session = text_of(callee.parts[0])
            return reader.made(syntax, "authenticate", session=session, token=reader.expression(arguments[0]))
    raise Misread(syntax.at, "An expression alone does nothing.", expected="a statement")


def _awaited(reader: Reader, syntax: Syntax, call: Syntax) -> Tree:
    if call.kind == "call" and _callee(call.parts[0]) == ("Assert", "rejected"):
        callee, *arguments = call.parts
        _exactly(callee, arguments, 3, "a title, a status and a call")
        title, status, request = arguments
        return reader.made(
            syntax,
            "assertRejected",
            title=word_of(title),
            request=_request(reader, request),
            status=_status(status),
        )
    return reader.made(syntax, "call", request=_request(reader, call))


def _request(reader: Reader, syntax: Syntax) -> Tree:
    callee = syntax.parts[0] if syntax.kind == "call" else syntax
    if syntax.kind != "call" or (_callee(callee) or ("", ""))[1] != "call":
        raise Misread(
            syntax.at, "Only calls of a session are waited for.", expected='session.call("GET /path")'
        )
    arguments = syntax.parts[1:]
    if not 1 <= len(arguments) <= 2:
        raise Misread(callee.at, "A call takes an operation, and what it sends if it sends something.")
    request: Tree = {
        "session": text_of(callee.parts[0]),
        "operation": _key(reader, arguments[0]),
        "pathParameters": [],
    }
    if len(arguments) == 2:
        if arguments[1].kind != "object":
            raise Misread(
                arguments[1].at, "What a call sends is an object.", expected="{ path: ..., body: ... }"
            )
        sent = members_of(arguments[1], (), ("path", "body"))
        if "path" in sent:
            request["pathParameters"] = _values(reader, sent["path"])
        if "body" in sent:
            request["body"] = reader.expression(sent["body"])
    return reader.made(syntax, **request)


def _assertion(reader: Reader, syntax: Syntax, method: str, arguments: Sequence[Syntax]) -> Tree:
    if method not in _ASSERTIONS:
        expected = "one of " + ", ".join(_ASSERTIONS) + "; or rejected, after await"
        raise Misread(syntax.at, "There is no such assertion.", expected=expected)
    tag, fields = _ASSERTIONS[method]
    _exactly(syntax, arguments, len(fields) + 1, "a title, and " + " and ".join(fields))
    values = {name: reader.expression(one) for name, one in zip(fields, arguments[1:], strict=True)}
    return reader.made(syntax, tag, title=word_of(arguments[0]), **values)


def _written(reader: Reader, syntax: Syntax, call: Syntax, table: str, method: str, **members: str) -> Tree:
    required = {"insert": ("data",), "update": ("where", "data"), "remove": ("where",)}[method]
    arguments = call.parts[1:]
    options = reader.options(arguments, required[0], *required[1:])
    if len(options) < len(required):
        raise Misread(arguments[0].at, f"{required[-1]} is missing.", expected=f"{required[-1]}: ...")
    found: Tree = {"table": table, **members}
    if "where" in options:
        found["where"] = reader.where(options["where"])
    if "data" in options:
        found["values"] = _values(reader, options["data"])
    return reader.made(syntax, method, **found)


def _values(reader: Reader, syntax: Syntax) -> list[Tree]:
    if syntax.kind != "object":
        raise Misread(syntax.at, "These are values by name.", expected="{ name: value }")
    return reader.properties(syntax.parts)


def _choice(reader: Reader, syntax: Syntax) -> Tree:
    condition, then, *others = syntax.parts
    members = {"condition": reader.expression(condition), "then": _block(reader, then)}
    if others and others[0].parts:
        members["else"] = _block(reader, others[0])
    return reader.made(syntax, "if", **members)


def _loop(reader: Reader, syntax: Syntax) -> Tree:
    item, array, block = syntax.parts
    return reader.made(
        syntax, "forEach", array=reader.expression(array), item=text_of(item), body=_block(reader, block)
    )


def _throw(reader: Reader, syntax: Syntax) -> Tree:
    if len(syntax.parts) != 3:
        _exactly(syntax, syntax.parts, 2, "a status and a message")
    status, message, *keep = syntax.parts
    if keep and (keep[0].kind != "string" or text_of(keep[0]) != KEEP):
        raise Misread(
            keep[0].at, "This says nothing about what was written.", expected=f'"{KEEP}" or nothing'
        )
    members = {"keep": True} if keep else {}
    return reader.made(
        syntax, "reject", status=_status(status), message=reader.expression(message), **members
    )


def _return(reader: Reader, syntax: Syntax) -> Tree:
    value = {"value": reader.expression(syntax.parts[0])} if syntax.parts else {}
    return reader.made(syntax, "return", **value)


def _status(syntax: Syntax) -> int:
    if syntax.kind != "integer" or len(syntax.parts[0]) != 3:
        raise Misread(syntax.at, "This is no status.", expected="a number from 400 to 499")
    return int(syntax.parts[0])


def _exactly(syntax: Syntax, arguments: Sequence[Syntax], count: int, what: str) -> None:
    if len(arguments) != count:
        raise Misread(syntax.at, f"This takes {count} arguments, not {len(arguments)}.", expected=what)


_STATEMENTS: dict[str, Callable[[Reader, Syntax], Tree]] = {
    "constant": _constant,
    "effect": _effect,
    "choice": _choice,
    "loop": _loop,
    "throw": _throw,
    "return": _return,
}
