"""What the table of misbehaviour is made of, and how it is told to readers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fcbench_action.judge.types import Outcome
from tests.misbehaving.server import Behaviour, after, completion, says

GOOD: dict[str, Any] = {"tree": {"type": "number", "value": 1.5}, "detail": {"count": 4}, "flag": True}
WHOLE = json.dumps(GOOD)
"""An argument that is right."""


@dataclass(frozen=True)
class Misbehaviour:
    """What a server does at a trial's first request (or at every one), and what is made of it.

    ``requests`` are those of the first round; ``error`` is the kind that its first attempt is recorded with.
    ``stops`` is a piece of the line that stops the model. ``lenient`` is the forgiving verdict where it
    differs from the outcome, with its ``repairs``.
    """

    name: str
    does: str
    behave: Behaviour
    outcome: Outcome | None
    requests: int = 1
    error: str | None = None
    notes: str = ""
    lenient: Outcome | None = None
    repairs: str = ""
    stops: str = ""
    slow: bool = False


def once(behaviour: Behaviour) -> Behaviour:
    """Misbehaves at the first request, then answers well."""
    return after(behaviour, good=says(200, completion(WHOLE, name="test_root")))


def markdown(groups: Iterable[tuple[str, Iterable[Misbehaviour]]]) -> str:
    """The table as the site's page shows it."""
    lines: list[str] = []
    for title, rows in groups:
        lines += [f"### {title}", "", "| The server | Outcome | Requests | Recorded | Forgiving |"]
        lines += ["|---|---|---|---|---|", *map(_row, rows), ""]
    return "\n".join(lines)


def _row(row: Misbehaviour) -> str:
    outcome = f"`{row.outcome}`" if row.outcome else "stops the model"
    recorded = " ".join(f"`{word}`" for word in [*row.notes.split(), row.error] if word)
    lenient = f"`{row.lenient}`" if row.lenient else ""
    repairs = ", ".join(row.repairs.split())
    forgiving = f"{lenient} ({repairs})" if repairs else lenient
    return f"| {row.does} | {outcome} | {row.requests} | {recorded} | {forgiving} |"
