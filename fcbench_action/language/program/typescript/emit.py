"""Programs as TypeScript: one text for each tree, and no two trees with the same text.

The database client answers at once, without promises, as that of ``node:sqlite`` does: reads are expressions,
and stand in arrows too, where ``await`` could not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fcbench_action.language.program import expressions as e
from fcbench_action.language.program import statements as s
from fcbench_action.language.program.typescript.emit_expressions import (
    braces,
    call,
    items,
    member,
    properties,
    table,
    where,
    write,
)
from fcbench_action.language.program.typescript.layout import (
    INDENT,
    WIDTH,
    Concat,
    Doc,
    Infix,
    Nested,
    render,
)
from fcbench_action.language.program.typescript.library import KEEP
from fcbench_action.language.program.typescript.literals import write_string
from fcbench_action.language.program.typescript.words import write_name

TEST_HEAD = "export async function test(api: Api): Promise<void> {"
OPERATION_HEAD = "export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {"


def emit_test(program: s.TestProgram) -> str:
    """The test as a module that exports its scenario and the function to run. Declarations are global."""
    sessions = (
        f"  const {write_name(one.name)} = api.session({_actor(one.actor)});" for one in program.sessions
    )
    lines = [f"export const scenario = {write_string(program.scenario)};", "", TEST_HEAD, *sessions]
    lines += _block(program.statements, INDENT)
    return "\n".join([*lines, "}", ""])


def emit_operation(program: s.OperationProgram) -> str:
    """The operation as a module that names its key and exports what to run. Declarations are global."""
    lines = [f"type Key = {_key(program.operation)};", "", OPERATION_HEAD]
    lines += _block(program.statements, INDENT)
    return "\n".join([*lines, "}", ""])


def _actor(actor: str | None) -> str:
    return "null" if actor is None else write_string(actor)


def _key(operation: s.OperationKey) -> str:
    return write_string(f"{operation.method.upper()} {operation.path}")


def _block(statements: Iterable[s.Statement], indent: int) -> list[str]:
    lines: list[str] = []
    for statement in statements:
        if isinstance(statement, s.If):
            lines += _if(statement, indent)
        elif isinstance(statement, s.ForEach):
            lines += _for_each(statement, indent)
        else:
            lines.append(_line(_SIMPLE[type(statement)](statement), indent))
    return lines


def _line(doc: Doc, indent: int) -> str:
    return " " * indent + render(doc, indent)


def _for_each(node: s.ForEach, indent: int) -> list[str]:
    head = Concat(f"for (const {write_name(node.item)} of ", _condition(node.array), ") {")
    return [_line(head, indent), *_block(node.body, indent + INDENT), " " * indent + "}"]


def _if(node: s.If, indent: int) -> list[str]:
    """A guard, if it fits on one line; otherwise blocks, a chain of ``else if`` being flat."""
    if guard := _guard(node, indent):
        return [guard]
    lines: list[str] = []
    opening = "if ("
    while True:
        lines.append(_line(Concat(opening, _condition(node.condition), ") {"), indent))
        lines += _block(node.then, indent + INDENT)
        if not (len(node.otherwise) == 1 and isinstance(node.otherwise[0], s.If)):
            break
        node, opening = node.otherwise[0], "} else if ("
    if node.otherwise:
        lines += [" " * indent + "} else {", *_block(node.otherwise, indent + INDENT)]
    return [*lines, " " * indent + "}"]


def _guard(node: s.If, indent: int) -> str | None:
    if node.otherwise or len(node.then) != 1 or not isinstance(only := node.then[0], s.Reject | s.Return):
        return None
    doc = Concat("if (", write(node.condition), ") ", _SIMPLE[type(only)](only))
    fits = doc.flat is not None and indent + len(doc.flat) <= WIDTH
    return _line(doc, indent) if fits else None


def _condition(node: e.Expression) -> Doc:
    doc = write(node)
    return Nested(doc, closed=True) if isinstance(doc, Infix) else doc


def _declare(node: s.Declare) -> Doc:
    """TypeScript gives an empty list no type of its own accord."""
    empty = isinstance(node.value, e.ArrayLiteral) and not node.value.elements
    return Concat(f"const {write_name(node.name)}{': never[]' if empty else ''} = ", write(node.value), ";")


def _call(node: s.Call) -> Doc:
    return _bound(node.bind, Concat("await ", _request(node.request)))


def _request(node: s.Request) -> Doc:
    parts: list[Doc] = []
    if node.path_parameters:
        parts.append(member("path", braces(properties(node.path_parameters))))
    if node.body is not None:
        parts.append(member("body", write(node.body)))
    arguments: list[Doc] = [_key(node.operation), *([braces(parts)] if parts else [])]
    return call(f"{write_name(node.session)}.call", arguments)


def _authenticate(node: s.Authenticate) -> Doc:
    return _statement(call(f"{write_name(node.session)}.authenticate", items([node.token])))


def _assertion(method: str, *fields: str) -> Callable[[Any], Doc]:
    def write_assertion(node: Any) -> Doc:
        values = items(getattr(node, field) for field in fields)
        return _statement(call(f"Assert.{method}", [write_string(node.title), *values]))

    return write_assertion


def _assert_rejected(node: s.AssertRejected) -> Doc:
    arguments: list[Doc] = [write_string(node.title), str(node.status), _request(node.request)]
    return _statement(Concat("await ", call("Assert.rejected", arguments)))


def _insert(node: s.Insert) -> Doc:
    data = braces([member("data", braces(properties(node.values)))])
    return _bound(node.bind, call(Concat(table(node.table), ".insert"), [data]))


def _update(node: s.Update) -> Doc:
    parts = [member("where", where(node.where)), member("data", braces(properties(node.values)))]
    return _bound(node.bind, call(Concat(table(node.table), ".update"), [braces(parts)]))


def _remove(node: s.Remove) -> Doc:
    condition = braces([member("where", where(node.where))])
    return _statement(call(Concat(table(node.table), ".remove"), [condition]))


def _reject(node: s.Reject) -> Doc:
    keep: list[Doc] = [write_string(KEEP)] if node.keep else []
    return _statement(call("throw new Rejection", [str(node.status), *items([node.message]), *keep]))


def _return(node: s.Return) -> Doc:
    return "return;" if node.value is None else _statement(Concat("return ", write(node.value)))


def _bound(name: str | None, value: Doc) -> Doc:
    return _statement(value if name is None else Concat(f"const {write_name(name)} = ", value))


def _statement(doc: Doc) -> Doc:
    return Concat(doc, ";")


_SIMPLE: dict[type, Callable[[Any], Doc]] = {
    s.Declare: _declare,
    s.Call: _call,
    s.Authenticate: _authenticate,
    s.AssertEqual: _assertion("equal", "actual", "expected"),
    s.AssertNotEqual: _assertion("notEqual", "actual", "expected"),
    s.AssertThat: _assertion("that", "condition"),
    s.AssertRejected: _assert_rejected,
    s.Insert: _insert,
    s.Update: _update,
    s.Remove: _remove,
    s.Reject: _reject,
    s.Return: _return,
}
