"""What a function of the benchmark is: an argument type and four plain functions over a task.

A *task* is everything that one case of a function pins: requirements, glossary, reference inputs of
earlier phases, the reference answer, and the material of its grading. Each function has its own
frozen task type (see the phase modules); ``suite`` builds tasks from data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.language.node import Node


class Prompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model is sent for a case, beside the tool itself."""

    system: str
    user: str


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One graded aspect: ``earned`` of ``possible`` points, with the probes that went wrong."""

    name: str
    earned: float
    possible: float
    misses: tuple[str, ...] = ()


class Grade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How good a valid answer is, 0..1. Never shown to the model."""

    score: float
    parts: tuple[Part, ...]


def total(parts: Iterable[Part]) -> Grade:
    """The grade of all parts together: points earned by points possible, 0..1.

    A part of which nothing is possible counts for nothing, and is left out.
    """
    counted = tuple(part for part in parts if part.possible)
    possible = sum(part.possible for part in counted)
    score = sum(part.earned for part in counted) / possible if possible else 1.0
    return Grade(round(score, 6), counted)


@dataclass(frozen=True, slots=True)
class Function:
    """One callable that a model must fill.

    ``prompt(task)`` is what a model is sent. ``compile(task, argument)`` returns diagnostics of stage
    compile, and none where the answer compiles. ``grade(task, argument)`` is called on answers that
    compile. ``emit(arguments)`` turns the answers of several cases of one topic, by case id, into the
    artifact files that a person reads, path to text; it must tolerate that some cases are missing. All
    four are pure and bounded, whatever the argument.
    """

    name: str
    phase: str
    title: str
    description: str
    argument: type[Node]
    prompt: Callable[[Any], Prompt]
    compile: Callable[[Any, Any], list[Diagnostic]]
    grade: Callable[[Any, Any], Grade]
    emit: Callable[[dict[str, Any]], dict[str, str]]

    @property
    def tool_name(self) -> str:
        """The name on the wire, where dots are not allowed: ``database_tables``."""
        return self.name.replace(".", "_")
