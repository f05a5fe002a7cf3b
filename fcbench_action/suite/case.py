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
    """

    id: str
    topic: str
    module: str
    function: Function
    target: str
    title: str
    requirements: tuple[str, ...]
    task: Any

    @cached_property
    def prompt(self) -> Prompt:
        """What a model is sent for it; written once for all trials."""
        return self.function.prompt(self.task)


@dataclass(frozen=True, slots=True)
class Suite:
    """A frozen, versioned set of cases by id.

    ``digest`` is over every file of the suite, also where only some of its cases are here.
    """

    version: str
    digest: str
    cases: dict[str, Case]
