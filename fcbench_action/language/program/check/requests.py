"""What only tests do: requests of sessions, and assertions."""

from __future__ import annotations

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics import program as codes
from fcbench_action.language.near import quoted
from fcbench_action.language.program import statements as nodes
from fcbench_action.language.program.check.checker import Checker
from fcbench_action.language.program.check.names import can_declare
from fcbench_action.language.program.check.narrowing import comparable_members
from fcbench_action.language.program.check.scope import Binding
from fcbench_action.language.program.check.values import unique_properties
from fcbench_action.language.program.environment import Operation
from fcbench_action.language.program.types import (
    ERROR,
    NULL,
    STRING,
    Array,
    Named,
    Type,
    members,
    object_of,
    show,
    widened,
)


def operation_of(checker: Checker, key: nodes.OperationKey, path: Path) -> Operation | None:
    """The operation of that method and path; reported where there is none."""
    found = checker.env.operations.get((key.method, key.path))
    if found is None:
        name = f"{key.method} {key.path}"
        known = [" ".join(one) for one in checker.env.operations]
        checker.report(
            codes.UNKNOWN_OPERATION,
            path,
            f"There is no operation {quoted(name)}.{checker.near(name, known)}",
            expected="method and path of an operation of the interface",
            actual=quoted(name),
        )
    return found


def request(checker: Checker, node: nodes.Request, path: Path, *, rejected: bool) -> Type | None:
    """Checks a request. Gives the type of its response, None where there is none.

    Where it is to be ``rejected``, any actor may try.
    """
    session = session_of(checker, node.session, (*path, "session"))
    if session is not None:
        session.used = True
    operation = operation_of(checker, node.operation, (*path, "operation"))
    if operation is None:
        for index, one in enumerate(node.path_parameters):
            checker.infer(one.value, (*path, "pathParameters", index, "value"))
        if node.body is not None:
            checker.infer(node.body, (*path, "body"))
        return ERROR
    if session is not None and not rejected:
        _may_call(checker, session, operation, (*path, "session"))
    _path_parameters(checker, node, path, operation)
    _body(checker, node, path, operation)
    return Named(operation.response, "read") if operation.response is not None else None


def session_of(checker: Checker, name: str, path: Path) -> Binding | None:
    """The session of that name; reported where there is none."""
    found = checker.scope.names.get(name)
    if found is not None and found.type is None:
        return found
    known = (name for name, one in checker.scope.names.items() if one.type is None)
    checker.report(
        codes.UNKNOWN_SESSION,
        path,
        f"There is no session {quoted(name)}.{checker.near(name, known)}",
        expected="a session of the program",
        actual=quoted(name),
    )
    return None


def _may_call(checker: Checker, session: Binding, operation: Operation, path: Path) -> None:
    role = operation.role
    if (
        role is None
        or role == session.actor
        or (session.actor is not None and session.actor not in checker.env.actors)
    ):
        return
    plays = "a guest" if session.actor is None else quoted(session.actor)
    checker.report(
        codes.WRONG_ACTOR,
        path,
        f"{operation.method} {operation.path} is for {quoted(role)}; session {quoted(session.name)} "
        f"is {plays}. Assert that the request is rejected, or use another session.",
        expected=f"a session of {quoted(role)}",
        actual=plays,
    )


def _path_parameters(checker: Checker, node: nodes.Request, path: Path, operation: Operation) -> None:
    at = (*path, "pathParameters")
    given = unique_properties(checker, node.path_parameters, at)
    for index, one in given:
        wanted = operation.parameters.get(one.name)
        if wanted is None:
            checker.infer(one.value, (*at, index, "value"))
            checker.report(
                codes.UNKNOWN_PATH_PARAMETER,
                (*at, index, "name"),
                f"{operation.path} has no {quoted(one.name)}.{checker.near(one.name, operation.parameters)}",
                expected="one of " + ", ".join(operation.parameters) if operation.parameters else "none",
                actual=quoted(one.name),
            )
        else:
            checker.conform(one.value, (*at, index, "value"), wanted)
    names = {one.name for one in node.path_parameters}
    missing = [name for name in operation.parameters if name not in names]
    if missing:
        checker.report(
            codes.MISSING_PATH_PARAMETER,
            at,
            f"{operation.path} needs {', '.join(map(quoted, missing))}.",
            expected=", ".join(missing),
        )


def _body(checker: Checker, node: nodes.Request, path: Path, operation: Operation) -> None:
    name = f"{operation.method} {operation.path}"
    if node.body is None:
        if operation.body is not None:
            checker.report(codes.MISSING_REQUEST_BODY, path, f"{name} needs a body.", expected=operation.body)
    elif operation.body is None:
        checker.infer(node.body, (*path, "body"))
        checker.report(
            codes.NEEDLESS_REQUEST_BODY, (*path, "body"), f"{name} takes no body.", expected="no body"
        )
    else:
        checker.conform(node.body, (*path, "body"), Named(operation.body, "write"))


def call(checker: Checker, node: nodes.Call, path: Path) -> None:
    """A request that succeeds."""
    found = request(checker, node.request, (*path, "request"), rejected=False)
    if node.bind is None:
        return
    if found is None:
        key = node.request.operation
        checker.report(
            codes.NOTHING_TO_BIND,
            (*path, "bind"),
            f"{key.method} {key.path} answers with nothing that could be named.",
            expected="no name",
            actual=quoted(node.bind),
        )
    bind(checker, node.bind, (*path, "bind"), found or ERROR)


def bind(checker: Checker, name: str | None, path: Path, type: Type) -> None:
    """A name for what a statement gives, if it has one."""
    if name is not None and can_declare(checker, one := Binding(name, path, type)):
        checker.scope.names[name] = one


def authenticate(checker: Checker, node: nodes.Authenticate, path: Path) -> None:
    """A session gets a token."""
    session_of(checker, node.session, (*path, "session"))
    checker.conform(node.token, (*path, "token"), STRING)


def assert_equal(checker: Checker, node: nodes.AssertEqual | nodes.AssertNotEqual, path: Path) -> None:
    """Two values that can be equal: simple ones, or objects one of which assigns to the other."""
    actual = checker.infer(node.actual, (*path, "actual"))
    wanted = widened(actual)
    expected = checker.infer(node.expected, (*path, "expected"), wanted)
    if ERROR not in (actual, expected) and not _can_equal(checker, actual, expected):
        checker.report(
            codes.IMPOSSIBLE_COMPARISON,
            (*path, "expected"),
            f"{show(actual)} and {show(expected)} are never equal.",
            expected=show(wanted),
            actual=show(expected),
        )


def _can_equal(checker: Checker, actual: Type, expected: Type) -> bool:
    lefts, rights = members(actual, checker.env), members(expected, checker.env)
    if NULL in lefts and NULL in rights:
        return True
    for one in lefts:
        for other in rights:
            structured = [isinstance(t, Array) or object_of(t, checker.env) is not None for t in (one, other)]
            if all(structured):
                if checker.assigns.holds(one, other) or checker.assigns.holds(other, one):
                    return True
            elif not any(structured) and comparable_members((one,), (other,)):
                return True
    return False


def assert_that(checker: Checker, node: nodes.AssertThat, path: Path) -> None:
    """A condition that may hold and may fail. What it says is not known afterwards."""
    checker.decision(node.condition, (*path, "condition"))


def assert_rejected(checker: Checker, node: nodes.AssertRejected, path: Path) -> None:
    """A request that fails with a status."""
    request(checker, node.request, (*path, "request"), rejected=True)
