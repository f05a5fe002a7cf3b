"""What a simulated model knows by heart: the suite's references, found by what any model is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from fcbench_action.functions.base import Prompt
from fcbench_action.suite.case import Case


@dataclass(frozen=True, slots=True)
class Page:
    """One case as a simulated model sees it. ``reference`` is the JSON text of the suite's own answer."""

    case: str
    reference: bytes

    def answer(self) -> Any:
        """The reference as a fresh JSON value, to be spoiled at will."""
        return msgspec.json.decode(self.reference)


class Book:
    """Cases by prompt and tool."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._pages = {
            key_of(case.prompt, case.function.tool_name): Page(
                case.id, msgspec.json.encode(case.task.reference)
            )
            for case in cases
        }

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, prompt: Prompt, tool_name: str) -> Page | None:
        """The case that has this prompt and tool."""
        return self._pages.get(key_of(prompt, tool_name))


def key_of(prompt: Prompt, tool_name: str) -> str:
    """A digest of all that identifies a case in a request."""
    text = "\0".join((prompt.system, prompt.user, tool_name))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
