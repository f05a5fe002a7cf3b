"""The state of one run of a program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.language.program.interpreter.database import Database
from fcbench_action.language.program.interpreter.draws import Draws
from fcbench_action.language.program.interpreter.faults import unchecked
from fcbench_action.language.program.interpreter.limits import Meter
from fcbench_action.language.program.statements import OperationKey


class Ended(msgspec.Struct, frozen=True):
    """How an operation ended: what it answers, with the status of a rejection, or None. ``keep`` says whether
    what it wrote stays.
    """

    status: int | None
    value: Any
    keep: bool = True


class Response(msgspec.Struct, frozen=True):
    """What the backend answers. ``diagnostics`` say why, where its status is 500."""

    status: int
    body: Any = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def succeeded(self) -> bool:
        """Whether the operation did what it is for."""
        return 200 <= self.status < 300


Send = Callable[[str, OperationKey, dict[str, Any], Any, Path], Response]
"""Sends a request of a session: to an operation, with path parameters and a body, from a node of the test."""


@dataclass(slots=True)
class Run:
    """One run: its values by slot, what it has used, and its surroundings.

    ``covered`` has a place for each statement. Operations have a ``database`` and ``issue`` tokens for the
    key of an actor; tests ``send`` requests and keep the ``tokens`` of their sessions.
    """

    values: list[Any]
    meter: Meter
    draws: Draws
    covered: bytearray
    database: Database | None = None
    issue: Callable[[str], str] | None = None
    send: Send | None = None
    tokens: dict[str, str] = field(default_factory=dict)


def database_of(run: Run, path: Path) -> Database:
    """The database of an operation. Raises Fault in a test."""
    if run.database is None:
        raise unchecked(path, "There is no database here.")
    return run.database
