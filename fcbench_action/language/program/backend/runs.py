"""Running a test against a backend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics.run import LIMIT_REACHED
from fcbench_action.language.program.backend.front import Backend, Front
from fcbench_action.language.program.backend.payloads import Refused, parameter_text
from fcbench_action.language.program.backend.routes import address
from fcbench_action.language.program.environment import OperationName
from fcbench_action.language.program.interpreter.draws import Draws
from fcbench_action.language.program.interpreter.faults import Fault
from fcbench_action.language.program.interpreter.limits import MOST_REQUESTS, TEST, Meter, exceeded
from fcbench_action.language.program.interpreter.programs import run_statements
from fcbench_action.language.program.interpreter.state import Response, Run
from fcbench_action.language.program.statements import OperationKey, TestProgram


class Exchange(msgspec.Struct, frozen=True):
    """One request of a test, and its answer."""

    session: str
    method: str
    path: str
    body: Any
    status: int
    answer: Any


class OperationFault(msgspec.Struct, frozen=True):
    """A diagnostic of an operation; its path is within that operation's program."""

    operation: OperationName
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class TestRun:
    """How a test went. It passed where it came to its end.

    ``diagnostics`` say why it did not: one, at the node of the test. ``faults`` are those of the operations
    that it called. ``covered`` has each operation that began, with its statements that ran. ``spent`` is the
    greatest share of any limit of a test that was used; a little more than 1 where one was reached.
    """

    passed: bool
    diagnostics: tuple[Diagnostic, ...]
    faults: tuple[OperationFault, ...]
    trace: tuple[Exchange, ...]
    covered: Mapping[OperationName, frozenset[Path]]
    spent: float


def run_test(program: TestProgram, backend: Backend, seed: int = 0) -> TestRun:
    """Runs a test against a server of its own. The same arguments give the same run."""
    with backend.open(seed) as front:
        return run_client(program, Client(front), seed)


def run_client(program: TestProgram, client: Client, seed: int) -> TestRun:
    """Runs a test whose requests a client of its own sends."""
    front = client.front
    failures: tuple[Diagnostic, ...] = ()
    try:
        compiled = front.backend.compiled_test(program)
        covered = bytearray(len(compiled.places))
        run = Run([], client.meter, Draws.seeded("test", seed), covered, send=client.send)
        client.tokens = run.tokens
        run_statements(compiled, run)
    except Fault as fault:
        failures = (fault.diagnostic,)
    return TestRun(
        passed=not failures,
        diagnostics=failures,
        faults=tuple(client.faults),
        trace=tuple(client.trace),
        covered={name: front.statements(name) for name in front.covered},
        spent=client.meter.share,
    )


@dataclass(slots=True)
class Client:
    """Sends the requests of one test, and keeps what was said."""

    front: Front
    meter: Meter = field(default_factory=lambda: Meter(TEST))
    tokens: Mapping[str, str] = field(default_factory=dict)
    trace: list[Exchange] = field(default_factory=list)
    faults: list[OperationFault] = field(default_factory=list)

    def send(
        self, session: str, operation: OperationKey, parameters: dict[str, Any], body: Any, path: Path
    ) -> Response:
        """Sends one request."""
        if len(self.trace) >= MOST_REQUESTS:
            raise exceeded("requests", MOST_REQUESTS, path)
        texts = {name: parameter_text(value) for name, value in parameters.items()}
        place = address(operation.path, texts)
        body = self._written(operation, body, path)
        response = self.ask(operation.method, place, self.tokens.get(session), body)
        exchange = Exchange(session, operation.method, place, body, response.status, response.body)
        return self.note(exchange, operation, response, self.front.meter, path)

    def ask(self, method: str, place: str, token: str | None, body: Any) -> Response:
        """What the server answers."""
        return self.front.request(method, place, token, body)

    def note(
        self, exchange: Exchange, operation: OperationKey, response: Response, meter: Meter, path: Path
    ) -> Response:
        """Keeps what was said, and counts what it took; gives the response."""
        self.trace.append(exchange)
        name = (operation.method, operation.path)
        self.faults += (OperationFault(name, one) for one in response.diagnostics)
        self.meter.add(meter, path)
        return response

    def _written(self, operation: OperationKey, body: Any, path: Path) -> Any:
        """The body as JSON has it: null properties that may be absent, but not be null, are."""
        backend = self.front.backend
        type_name = backend.environment.operations[operation.method, operation.path].body
        if type_name is None:
            return None
        try:
            return backend.payloads.sent(type_name, body)
        except Refused as refused:
            raise Fault(LIMIT_REACHED.at((*path, "body"), f"This is refused: {refused}.")) from None
