"""Cases: the fixed problems of a suite, and the suite that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fcbench_action.functions.base import Function, Prompt


@dataclass(frozen=True)
class Case:
    """One fixed problem: function x topic x module x target.

    ``id`` is ``topic/module/function/target``, for example ``todo/todos/database.tables/items``.
    ``task`` is of the function's own task type; ``task.reference`` is the suite's own answer.
    ``variant`` is the seed of the words in which it is told, if they are not the suite's own.
    """

    id: str
    topic: str
    module: str
    function: Function
    target: str
    title: str
    requirements: tuple[str, ...]
    task: Any
    variant: int | None = None

    @cached_property
    def prompt(self) -> Prompt:
        """What a model is sent for it; written once for all trials."""
        return self.function.prompt(self.task)


@dataclass(frozen=True, slots=True)
class Suite:
    """A frozen, versioned set of cases by id.

    ``digest`` is over every file of the suite, also where only some of its cases are here. ``variant``
    is the seed of the words in which the cases are told, if they are not the suite's own.
    """

    version: str
    digest: str
    cases: dict[str, Case]
    variant: int | None = None
