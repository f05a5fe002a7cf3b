"""Running one test against many backends, each of which differs from a first one in one statement.

Runs are deterministic. So the test runs against the first backend, and each request in which such a
statement runs is tried on those that differ in it, in a state that is undone afterwards. Where one of them
answers the same, writes the same and draws the same random bits, it is where the first one is. Where it does
not, the run forks: the test begins anew, its first requests are answered with what was answered already, and
the others go to a server that has the same database, clock and randomness as the first one has at this point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from fcbench_action.diagnostics import Path
from fcbench_action.language.program.backend.front import Backend, Front
from fcbench_action.language.program.backend.runs import Client, Exchange, TestRun, run_client
from fcbench_action.language.program.environment import OperationName
from fcbench_action.language.program.interpreter.draws import Draws
from fcbench_action.language.program.interpreter.limits import Meter
from fcbench_action.language.program.interpreter.state import Response
from fcbench_action.language.program.statements import OperationKey, TestProgram


@dataclass(frozen=True, slots=True)
class Variant:
    """A backend that differs from another in one statement, by its path, of one operation."""

    backend: Backend
    operation: OperationName
    statement: Path


def run_variants(
    program: TestProgram, backend: Backend, variants: Sequence[Variant], seed: int = 0
) -> list[TestRun]:
    """How a test goes on each variant of ``backend``: as :func:`run_test` says, but for two things.

    ``covered`` lacks what ran before the fork, and requests before it count for ``spent`` as they do on
    ``backend``. Forks nest in the run that they come from: for tests that are known not to nest deep.
    """
    with backend.open(seed) as front:
        recording = _Recording(front)
        reference = run_client(program, recording, seed)
    with backend.open(seed) as front:
        forking = _Forking(front, program, seed, recording.steps, variants)
        run_client(program, forking, seed)
    return [forking.found.get(index, reference) for index in range(len(variants))]


@dataclass(frozen=True, slots=True)
class _After:
    """What a request left behind, but for its answer."""

    written: list[object]
    draws: Draws
    tokens: dict[str, str]

    def same(self, other: _After) -> bool:
        """Whether two requests that began in the same state left the same behind."""
        alike = self.written == other.written and self.tokens == other.tokens
        return alike and self.draws.goes_on_as(other.draws)


@dataclass(frozen=True, slots=True)
class _Step:
    """A request of a run: what was said, what it took, what it left behind, and the statements that ran."""

    exchange: Exchange
    response: Response
    meter: Meter
    after: _After
    operation: OperationName
    ran: frozenset[Path]


class _Recording(Client):
    """Keeps every step of a run."""

    def __init__(self, front: Front) -> None:
        super().__init__(front)
        self.steps: list[_Step] = []

    def ask(self, method: str, place: str, token: str | None, body: Any) -> Response:
        self.front.database.log = []
        self.front.covered = {}
        return super().ask(method, place, token, body)

    def note(
        self, exchange: Exchange, operation: OperationKey, response: Response, meter: Meter, path: Path
    ) -> Response:
        name = operation.method, operation.path
        after = _after(self.front)
        self.steps.append(_Step(exchange, response, meter, after, name, self.front.statements(name)))
        return super().note(exchange, operation, response, meter, path)


class _Forking(Client):
    """Repeats the run of ``steps``, and forks where variants part from it. ``found`` has those that did."""

    def __init__(
        self,
        front: Front,
        program: TestProgram,
        seed: int,
        steps: Sequence[_Step],
        variants: Sequence[Variant],
    ) -> None:
        super().__init__(front)
        self.found: dict[int, TestRun] = {}
        self._program, self._seed, self._steps, self._variants = program, seed, steps, variants

    def ask(self, method: str, place: str, token: str | None, body: Any) -> Response:
        step = self._steps[len(self.trace)]
        for index, one in enumerate(self._variants):
            if index in self.found or one.operation != step.operation or one.statement not in step.ran:
                continue
            if not self._goes_along(one.backend, step, token):
                self.found[index] = self._forked(one.backend)
        return super().ask(method, place, token, body)

    def _goes_along(self, backend: Backend, step: _Step, token: str | None) -> bool:
        """Whether another backend does the same in this step."""
        said = step.exchange
        with self.front.database.undone() as database:
            database.log = []
            front = self.front.forked(backend, database, len(self.trace))
            response = front.request(said.method, said.path, token, said.body)
            return _same(response, step.response) and _after(front).same(step.after)

    def _forked(self, backend: Backend) -> TestRun:
        with self.front.database.undone() as database:
            front = self.front.forked(backend, database, len(self.trace))
            return run_client(self._program, _Fork(front, self._steps[: len(self.trace)]), self._seed)


class _Fork(Client):
    """Answers the first requests with what is ``known``, and sends the others."""

    def __init__(self, front: Front, known: Sequence[_Step]) -> None:
        super().__init__(front)
        self._known = known

    def send(
        self, session: str, operation: OperationKey, parameters: dict[str, Any], body: Any, path: Path
    ) -> Response:
        if len(self.trace) < len(self._known):
            step = self._known[len(self.trace)]
            return self.note(step.exchange, operation, step.response, step.meter, path)
        return super().send(session, operation, parameters, body, path)


def _after(front: Front) -> _After:
    return _After(front.database.log or [], front.draws.copy(), dict(front.tokens))


def _same(one: Response, other: Response) -> bool:
    """Whether two answers are the same to the letter: 1 is not true."""
    return msgspec.json.encode(one) == msgspec.json.encode(other)
