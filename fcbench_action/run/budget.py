"""What a run may spend before it stops by itself, cleanly and resumably.

A budget counts what this invocation asks, not what an earlier one of the same run did. Calls are counted
when they are asked, so their limit is never passed. Tokens and money are known only afterwards: until then a
call under way counts as what it will probably need, and while that leaves no room for another one, nothing
more is asked. So a limit is passed by about one call at most.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from fcbench_action.errors import BadInput
from fcbench_action.records.types import Usage

_DURATION = re.compile(r"(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds; ``None`` is none. Money is in US dollars."""

    max_calls: int | None = None
    max_tokens: int | None = None
    max_cost: float | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars per million tokens, as an endpoint had them on the day ``as_of``, if anybody said."""

    input: float
    output: float
    as_of: str = ""

    def of(self, prompt: int, completion: int) -> float:
        """What so many tokens cost."""
        return (prompt * self.input + completion * self.output) / 1e6


@dataclass(frozen=True, slots=True)
class Reserved:
    """The tokens that a call under way will probably need."""

    prompt: int = 0
    completion: int = 0
    cost: float = 0.0


class Budget:
    """Counts what is spent; :meth:`exceeded` and :meth:`full` are asked before each call."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self.calls = 0
        self.prompt_tokens = 0
        self.completion_tokens = 0
        self.estimated = False
        """Whether some tokens are a rough count, because the endpoint reported none."""
        self.cost: float | None = None
        """US dollars so far; ``None`` where no call had a known price."""
        self._answers = 0
        self._under_way: list[Reserved] = []
        self._limits = limits
        self._monotonic = monotonic
        self._started = monotonic()

    @property
    def tokens(self) -> int:
        """Prompt and completion tokens together."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def seconds(self) -> float:
        """Since the budget was opened."""
        return self._monotonic() - self._started

    def exceeded(self) -> str | None:
        """Which bound is reached, as the end of "stopped: ..."; ``None`` while there is room for a call."""
        limits, cost = self._limits, self.cost
        if limits.max_calls is not None and self.calls >= limits.max_calls:
            return f"the budget of {limits.max_calls} calls is spent (--max-calls)"
        if limits.max_tokens is not None and self.tokens >= limits.max_tokens:
            return f"the budget of {limits.max_tokens} tokens is spent (--max-tokens)"
        if limits.max_cost is not None and cost is not None and cost >= limits.max_cost:
            return f"the budget of {limits.max_cost:g} USD is spent (--max-cost)"
        if limits.seconds is not None and self.seconds >= limits.seconds:
            return f"the time of {limits.seconds:g} s is over (--time-budget)"
        return None

    def full(self) -> bool:
        """Whether the calls under way will probably spend what is left of tokens or money."""
        prompt = self.prompt_tokens + sum(one.prompt for one in self._under_way)
        completion = self.completion_tokens + sum(one.completion for one in self._under_way)
        tokens, money = self._limits.max_tokens, self._limits.max_cost
        cost = (self.cost or 0.0) + sum(one.cost for one in self._under_way)
        return (tokens is not None and prompt + completion >= tokens) or (money is not None and cost >= money)

    def asked(self, estimate: Callable[[], int], prices: Prices | None = None) -> Reserved:
        """A call is about to be made, whose prompt has about so many tokens. :meth:`ended` must follow.

        Its reply is expected to be as long as those before it were; the first ones as long as the prompt.
        """
        self.calls += 1
        reserved = Reserved()
        if self._limits.max_tokens is not None or self._limits.max_cost is not None:
            prompt = estimate()
            completion = self.completion_tokens // self._answers if self._answers else prompt
            reserved = Reserved(prompt, completion, prices.of(prompt, completion) if prices else 0.0)
        self._under_way.append(reserved)
        return reserved

    def ended(self, reserved: Reserved) -> None:
        """The call that this was reserved for is over, answered or not."""
        self._under_way.remove(reserved)

    def answered(
        self, usage: Usage, estimate: Callable[[], tuple[int, int]], prices: Prices | None = None
    ) -> None:
        """A call came back. ``estimate`` counts prompt and completion where the endpoint did not.

        It costs what the endpoint says, or else what its tokens do by ``prices``.
        """
        prompt, completion = usage.prompt_tokens, usage.completion_tokens
        if prompt is None or completion is None:
            self.estimated = True
            rough_prompt, rough_completion = estimate()
            prompt = rough_prompt if prompt is None else prompt
            completion = rough_completion if completion is None else completion
        self._answers += 1
        self.prompt_tokens += prompt
        self.completion_tokens += completion
        cost = usage.cost
        if cost is None and prices is not None:
            cost = prices.of(prompt, completion)
        if cost is not None:
            self.cost = (self.cost or 0.0) + cost


def parse_duration(text: str) -> float:
    """Seconds of ``90``, ``90s``, ``30m``, ``2h`` or ``1h30m``. Raises ``BadInput``."""
    match = _DURATION.fullmatch(text.strip())
    hours, minutes, seconds = (float(part or 0) for part in match.groups()) if match else (0, 0, 0)
    if total := hours * 3600 + minutes * 60 + seconds:
        return total
    raise BadInput(f"--time-budget {text!r} is no duration: write for example 90s, 30m or 1h30m")
