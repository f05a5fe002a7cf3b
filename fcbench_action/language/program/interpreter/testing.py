"""Statements of tests: requests, and what must hold."""

from __future__ import annotations

from typing import Any

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics.run import ASSERTION_FAILED, CALL_FAILED
from fcbench_action.language.program import statements as nodes
from fcbench_action.language.program.interpreter.compiler import Compiler, Execute, Names, unknown
from fcbench_action.language.program.interpreter.demands import text_of
from fcbench_action.language.program.interpreter.faults import Fault, unchecked
from fcbench_action.language.program.interpreter.plain import properties
from fcbench_action.language.program.interpreter.state import Response, Run
from fcbench_action.language.program.interpreter.statements import SHARED, Handler
from fcbench_action.language.program.interpreter.values import equal, excerpt, truth
from fcbench_action.sinks import one_line


def call(compiler: Compiler, node: nodes.Call, path: Path, names: Names) -> Execute:
    """A request that must succeed."""
    send = _request(compiler, node.request, (*path, "request"), names)
    slot = None if node.bind is None else compiler.declare(node.bind, names)

    def call(run: Run) -> None:
        response = send(run)
        if not response.succeeded:
            raise Fault(
                CALL_FAILED.at(
                    path, _told(node.request, response), expected="success", actual=_status(response)
                )
            )
        if slot is not None:
            run.values[slot] = response.body

    return call


def assert_rejected(compiler: Compiler, node: nodes.AssertRejected, path: Path, names: Names) -> Execute:
    """A request that must be answered with a certain error."""
    send = _request(compiler, node.request, (*path, "request"), names)

    def assert_rejected(run: Run) -> None:
        response = send(run)
        if response.status != node.status:
            raise Fault(
                _failed(
                    node.title,
                    path,
                    _told(node.request, response),
                    f"status {node.status}",
                    _status(response),
                )
            )

    return assert_rejected


def authenticate(compiler: Compiler, node: nodes.Authenticate, path: Path, names: Names) -> Execute:
    """From here on, the session sends this token."""
    token = text_of(compiler, node.token, (*path, "token"), names)

    def authenticate(run: Run) -> None:
        run.tokens[node.session] = token(run)

    return authenticate


def assert_equal(compiler: Compiler, node: nodes.AssertEqual, path: Path, names: Names) -> Execute:
    """Two values that must be the same."""
    return _comparison(compiler, node, path, names, same=True)


def assert_not_equal(compiler: Compiler, node: nodes.AssertNotEqual, path: Path, names: Names) -> Execute:
    """Two values that must differ."""
    return _comparison(compiler, node, path, names, same=False)


def _comparison(
    compiler: Compiler,
    node: nodes.AssertEqual | nodes.AssertNotEqual,
    path: Path,
    names: Names,
    *,
    same: bool,
) -> Execute:
    actual = compiler.expression(node.actual, (*path, "actual"), names)
    expected = compiler.expression(node.expected, (*path, "expected"), names)

    def comparison(run: Run) -> None:
        found, wanted = actual(run), expected(run)
        if equal(found, wanted, run.meter, path) != same:
            shown = excerpt(wanted)
            raise Fault(
                _failed(node.title, path, "", shown if same else f"anything but {shown}", excerpt(found))
            )

    return comparison


def assert_that(compiler: Compiler, node: nodes.AssertThat, path: Path, names: Names) -> Execute:
    """A condition that must hold."""
    condition = compiler.expression(node.condition, (*path, "condition"), names)

    def assert_that(run: Run) -> None:
        found = condition(run)
        if not truth(found):
            raise Fault(_failed(node.title, path, "", "true", excerpt(found)))

    return assert_that


def _request(compiler: Compiler, node: nodes.Request, path: Path, names: Names) -> Any:
    operation = compiler.environment.operations.get((node.operation.method, node.operation.path))
    if operation is None:
        raise unknown((*path, "operation"), "operation", f"{node.operation.method} {node.operation.path}")
    given = properties(compiler, node.path_parameters, (*path, "pathParameters"), names)
    body = compiler.optional(node.body, (*path, "body"), names)

    def request(run: Run) -> Response:
        if run.send is None:
            raise unchecked(path, "Only tests send requests.")
        parameters = {name: value(run) for name, value in given}
        return run.send(node.session, node.operation, parameters, body(run) if body else None, path)

    return request


def _failed(title: str, path: Path, told: str, expected: str, actual: str) -> Diagnostic:
    message = f"This does not hold: {one_line(title)}."
    return ASSERTION_FAILED.at(
        path,
        f"{message} {told}" if told else message,
        expected=one_line(expected, 320),
        actual=one_line(actual, 320),
    )


def _told(request: nodes.Request, response: Response) -> str:
    asked = f"{request.operation.method.upper()} {request.operation.path}"
    answer = one_line(excerpt(response.body), 320)
    why = "".join(f" {one.code}: {one.message}" for one in response.diagnostics[:1])
    return f"{one_line(asked)} answers {response.status}: {answer}.{why}"


def _status(response: Response) -> str:
    return f"status {response.status}"


TESTS: dict[type, Handler] = {
    **SHARED,
    nodes.Call: call,
    nodes.Authenticate: authenticate,
    nodes.AssertEqual: assert_equal,
    nodes.AssertNotEqual: assert_not_equal,
    nodes.AssertThat: assert_that,
    nodes.AssertRejected: assert_rejected,
}
