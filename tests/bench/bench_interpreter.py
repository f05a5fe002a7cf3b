"""How fast programs run: a reference test with its fresh database, what reaches a limit, and plain steps.

``python -m tests.bench interpreter`` prints it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from fcbench_action.language.program.backend import Template, run_test
from fcbench_action.language.program.interpreter.limits import TEST
from fcbench_action.suite.files import package, topic_names
from fcbench_action.suite.load import read
from tests.program_world import Json, backend, call, lit, obj, program, var

MOST_MILLISECONDS = 10.0
"""That a reference test may take, its fresh database included."""


def rows() -> list[tuple[str, str]]:
    """What was measured, and the figure."""
    return [row for topic in topic_names(package()) for row in topic_rows(topic)] + limit_rows()


def topic_rows(name: str) -> list[tuple[str, str]]:
    (topic,) = read([name], package())
    programs = topic.programs
    template = programs.backend.template
    found = [(f"a fresh database of {name}", f"{_milliseconds(lambda: _lend(template)):.3f} ms")]
    times = {
        test: _milliseconds(lambda t=tree: run_test(t, programs.backend))
        for test, tree in programs.tests.items()
    }
    if times:
        slowest = max(times, key=lambda test: times[test])
        mean = sum(times.values()) / len(times)
        found.append(
            (
                f"a reference test of {name}, fresh database included (limit {MOST_MILLISECONDS:.0f} ms)",
                f"{mean:.1f} ms on average of {len(times)}, {times[slowest]:.1f} ms at most ({slowest})",
            )
        )
    return found


def limit_rows() -> list[tuple[str, str]]:
    front = backend({"post /any": [*loops(), {"type": "return", "value": obj()}]})
    endless = program(*(call("alice", "post /any", obj()) for _ in range(9)))
    seconds = _milliseconds(lambda: run_test(endless, front), repeat=3) / 1000
    return [
        ("a test that loops without end, up to its limit", f"{seconds * 1000:.0f} ms"),
        ("steps", f"{TEST.steps / seconds / 1e6:.0f} million a second"),
    ]


def loops() -> list[Json]:
    """A million passes of a loop, if nobody stops it."""
    text = {"type": "invoke", "function": "randomText", "arguments": [lit("ab"), lit(1000)]}
    many = {"type": "invoke", "function": "split", "arguments": [text, lit("")]}
    added = {
        "type": "arithmetic",
        "operator": "+",
        "left": {"type": "length", "of": var("b")},
        "right": lit(1),
    }
    inner: Json = {"type": "declare", "name": "c", "value": added}
    for item in ("b", "a"):
        inner = {"type": "forEach", "array": var("many"), "item": item, "body": [inner]}
    return [{"type": "declare", "name": "many", "value": many}, inner]


def _lend(template: Template) -> None:
    with template.lent() as connection:
        connection.execute("SELECT 1")


def _milliseconds(work: Callable[[], Any], repeat: int = 7) -> float:
    """The best of several, of processor time."""
    best = float("inf")
    for _ in range(repeat):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best * 1000
