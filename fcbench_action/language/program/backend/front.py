"""The front of a backend: what a web server would do around its operations, in process.

A request goes through these, and the first that fails answers: the route (404, 405), a program for it (501),
who asks (401 without a token that was issued and whose actor still exists, 403 with one of another kind of
actor), the placeholders of the path (400), the body (422), the operation (the status of its rejection, or 500
with diagnostics where it faults), and its response (500 where its type does not accept it). All that an
operation writes is one transaction, undone unless its response is sent or its rejection says to keep it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from fcbench_action.diagnostics import Path, render_path
from fcbench_action.diagnostics.run import RESPONSE_MISMATCH
from fcbench_action.language.interface.openapi import success_status
from fcbench_action.language.program.backend.payloads import Payloads, Refused
from fcbench_action.language.program.backend.routes import Routes
from fcbench_action.language.program.environment import Environment, Operation, OperationName
from fcbench_action.language.program.interpreter.database import Database, Rows, Template
from fcbench_action.language.program.interpreter.draws import Draws
from fcbench_action.language.program.interpreter.faults import Fault
from fcbench_action.language.program.interpreter.limits import REQUEST, Limits, Meter
from fcbench_action.language.program.interpreter.programs import (
    Compiled,
    Scope,
    compile_operation,
    compile_test,
    run_operation,
)
from fcbench_action.language.program.interpreter.state import Ended, Response, Run
from fcbench_action.language.program.interpreter.times import time_text
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.sinks import one_line

FIRST_MOMENT = 1_767_225_600_000
"""When the first request of every test comes: 2026-01-01T00:00:00.000Z."""

BETWEEN_REQUESTS = 1_000
"""Milliseconds from one request to the next, so that what they make can be told apart by its time."""

MOST_TESTS = 200
"""Compiled tests that are remembered: a test runs against many mutants."""

Clock = Callable[[], int]
"""Gives the moment of a request, in milliseconds since 1970."""


class Backend:
    """The operations of an application, ready to run; each :meth:`open` is a server with its own database."""

    def __init__(
        self,
        environment: Environment,
        operations: Mapping[OperationName, OperationProgram],
        template: Template,
        limits: Limits = REQUEST,
    ) -> None:
        self.environment = environment
        self.operations = dict(operations)
        self.template = template
        self.limits = limits
        self.routes = Routes(environment.operations)
        self.payloads = Payloads(environment.types)
        self.rows = {name: Rows(environment.tables[name]) for name in _account_tables(environment)}
        self._compiled: dict[OperationName, Compiled] = {}
        self._tests: dict[int, tuple[TestProgram, Compiled]] = {}

    def replaced(self, operations: Mapping[OperationName, OperationProgram]) -> Backend:
        """The same with other programs for some operations; what is compiled already stays so."""
        other = Backend.__new__(Backend)
        other.environment, other.template = self.environment, self.template
        other.limits, other.routes = self.limits, self.routes
        other.payloads, other.rows = self.payloads, self.rows
        other.operations = {**self.operations, **operations}
        other._tests = self._tests
        other._compiled = {name: one for name, one in self._compiled.items() if name not in operations}
        return other

    def compiled(self, name: OperationName) -> Compiled:
        """The program of an operation, which must be there. Raises Fault where it was not checked."""
        if name not in self._compiled:
            self._compiled[name] = compile_operation(self.operations[name], self.environment)
        return self._compiled[name]

    def compiled_test(self, program: TestProgram) -> Compiled:
        """A test against this interface; the latest are remembered. Raises Fault where it was not checked."""
        known = self._tests.get(id(program))
        if known is not None and known[0] is program:
            return known[1]
        compiled = compile_test(program, self.environment)
        if len(self._tests) >= MOST_TESTS:
            self._tests.clear()
        self._tests[id(program)] = program, compiled
        return compiled

    @contextmanager
    def open(self, seed: int = 0) -> Iterator[Front]:
        """A server with an empty database, a fixed clock and randomness by ``seed``."""
        with self.template.lent() as connection:
            yield Front(self, Database(connection), Draws.seeded("backend", seed), ticking())


def _account_tables(environment: Environment) -> list[str]:
    return [name for name in environment.actors.values() if name is not None and name in environment.tables]


def ticking(after: int = 0) -> Clock:
    """The clock of a test: :data:`FIRST_MOMENT`, and later by :data:`BETWEEN_REQUESTS` each time.

    So many requests came ``after`` the first moment already.
    """
    moment = FIRST_MOMENT + (after - 1) * BETWEEN_REQUESTS

    def tick() -> int:
        nonlocal moment
        moment += BETWEEN_REQUESTS
        return moment

    return tick


@dataclass(slots=True)
class _Refusal(Exception):
    """Ends a request before its operation runs, or after it."""

    response: Response


@dataclass(slots=True)
class Front:
    """A running backend. ``tokens``, each with the key of its actor, live as long as it does; ``covered``
    marks the statements that ran.
    """

    backend: Backend
    database: Database
    draws: Draws
    clock: Clock
    covered: dict[OperationName, bytearray] = field(default_factory=dict)
    meter: Meter = field(init=False)
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.meter = Meter(self.backend.limits)

    def forked(self, backend: Backend, database: Database, requests: int) -> Front:
        """A server that goes on as this one would after so many requests of a test, with another backend."""
        return Front(backend, database, self.draws.copy(), ticking(requests), tokens=dict(self.tokens))

    def request(self, method: str, path: str, token: str | None = None, body: Any = None) -> Response:
        """Answers a request. ``method`` is in lower case, ``path`` as in an address, ``body`` parsed JSON."""
        self.meter = Meter(self.backend.limits)
        moment = self.clock()
        try:
            name, texts = self._route(method, path)
            operation = self.backend.environment.operations[name]
            actor = self._actor(operation, token)
            scope = Scope(
                path=self._parameters(operation, texts),
                body=self._body(operation, body),
                actor=actor,
                time=time_text(moment) or "",
            )
            return self._answer(operation, scope)
        except _Refusal as refusal:
            return refusal.response
        except Fault as fault:
            return Response(500, error("The operation failed."), (fault.diagnostic,))

    def statements(self, name: OperationName) -> frozenset[Path]:
        """The statements of an operation that have run."""
        if name not in self.covered:
            return frozenset()
        places = self.backend.compiled(name).places
        return frozenset(place for place, ran in zip(places, self.covered[name], strict=True) if ran)

    def _route(self, method: str, path: str) -> tuple[OperationName, dict[str, str]]:
        name, texts, known = self.backend.routes.find(method, path)
        if name is None:
            reason = "This path has no such method." if known else "There is nothing at this path."
            raise _refused(405 if known else 404, reason)
        if name not in self.backend.operations:
            raise _refused(501, "This operation is not realized.")
        return name, texts

    def _actor(self, operation: Operation, token: str | None) -> dict[str, Any] | None:
        """The row of who asks, for operations that are not for everybody."""
        if operation.actor_table is None:
            return None
        key = self.tokens.get(token) if token is not None else None
        if key is None:
            raise _refused(401, "Sign in first.")
        row = self._row(operation.actor_table, key)
        if row is not None:
            return row
        for table in self.backend.environment.actors.values():
            if table is not None and table != operation.actor_table and self._row(table, key) is not None:
                raise _refused(403, "This is not for your kind of account.")
        raise _refused(401, "This account does not exist any more.")

    def _row(self, name: str, key: str) -> dict[str, Any] | None:
        rows = self.backend.rows.get(name)
        return None if rows is None else self.database.by_key(rows, key)

    def _parameters(self, operation: Operation, texts: Mapping[str, str]) -> dict[str, Any]:
        found = {}
        for one in operation.node.parameters:
            try:
                found[one.name] = self.backend.payloads.parameter(one.schema, texts.get(one.name, ""))
            except Refused as refused:
                raise _refused(400, f"{one.name} {refused}.") from None
        return found

    def _body(self, operation: Operation, body: Any) -> Any:
        if operation.body is None:
            return None
        try:
            return self.backend.payloads.read(operation.body, body)
        except Refused as refused:
            place = render_path(refused.why.path)
            raise _refused(422, f"{place} {refused}.") from None

    def _answer(self, operation: Operation, scope: Scope) -> Response:
        compiled = self.backend.compiled(operation.name)
        covered = self.covered.setdefault(operation.name, bytearray(len(compiled.places)))
        run = Run([], self.meter, self.draws, covered, self.database, self.issue)
        with self.database.transaction():
            ended = run_operation(compiled, scope, run)
            if ended.status is None:
                return self._succeeded(operation, ended)
            response = Response(ended.status, error(ended.value))
            if not ended.keep:
                raise _Refusal(response)
            return response

    def _succeeded(self, operation: Operation, ended: Ended) -> Response:
        status = success_status(operation.node)
        if operation.response is None:
            return Response(status)
        try:
            body = self.backend.payloads.write(operation.response, ended.value)
        except Refused as refused:
            place = one_line(render_path(refused.why.path), 200)
            message = f"The response is no {operation.response}: {place} {one_line(str(refused))}."
            raise Fault(RESPONSE_MISMATCH.at((), message, expected=operation.response)) from None
        return Response(status, body)

    def issue(self, key: str) -> str:
        """A token for an actor."""
        token = self.draws.token()
        self.tokens[token] = key.lower()
        return token


def error(message: str) -> dict[str, Any]:
    """The body of an error."""
    return {"message": message}


def _refused(status: int, message: str) -> _Refusal:
    return _Refusal(Response(status, error(message)))
