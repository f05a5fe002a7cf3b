"""How fast one server is asked: its limits of requests and tokens, and fewer calls at once where it refuses.

A server that says 429 or 503 has too much to do: half as many calls go on at once, and one more again after
as many answers without such a word as go on at once (additive increase, multiplicative decrease, as in TCP).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fcbench_action.endpoint.types import Ask, Endpoint, Exchange

MINUTE = 60.0
OVERLOADED = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Pace:
    """Upper bounds; ``None`` is none. ``concurrency`` is of calls under way at once."""

    concurrency: int = 8
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None


class Paced:
    """An endpoint that is asked no faster than a pace allows, over any minute.

    What an exchange was tried again counts as requests when it is over; those tries have waits of their own.
    ``tokens_of`` estimates what a question needs before its usage is known.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        pace: Pace,
        tokens_of: Callable[[Ask], int],
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.limit = pace.concurrency
        """How many calls may go on at once now."""
        self._endpoint = endpoint
        self._pace = pace
        self._tokens_of = tokens_of
        self._monotonic = monotonic
        self._sleep = sleep
        self._under_way = 0
        self._undisturbed = 0
        self._asked: deque[_Asked] = deque()
        self._turn = asyncio.Lock()
        self._ended = asyncio.Condition()

    async def ask(self, ask: Ask) -> Exchange:
        """Ask when it is time. Raises what the endpoint raises."""
        async with self._turn:  # first come, first served
            async with self._ended:
                await self._ended.wait_for(lambda: self._under_way < self.limit)
            entry = await self._time_to_ask(self._tokens_of(ask))
            self._under_way += 1
        try:
            exchange = await self._endpoint.ask(ask)
            self._learn(exchange, entry)
            self._asked += [_Asked(self._monotonic(), 0) for _ in exchange.attempts[1:]]
        finally:
            self._under_way -= 1
            async with self._ended:
                self._ended.notify_all()
        return exchange

    async def close(self) -> None:
        """Close the endpoint."""
        await self._endpoint.close()

    async def _time_to_ask(self, tokens: int) -> _Asked:
        """Wait until the last minute has room for one more question, and count it."""
        while (wait := self._wait(tokens)) > 0:
            await self._sleep(wait)
        entry = _Asked(self._monotonic(), tokens)
        self._asked.append(entry)
        return entry

    def _wait(self, tokens: int) -> float:
        """Seconds until enough of the last minute is gone; a question larger than the limit goes alone."""
        now = self._monotonic()
        while self._asked and self._asked[0].at <= now - MINUTE:
            self._asked.popleft()
        requests, most = self._pace.requests_per_minute, self._pace.tokens_per_minute
        if requests is not None and len(self._asked) >= requests:
            return self._asked[-requests].at + MINUTE - now
        spent = sum(one.tokens for one in self._asked)
        if most is None or not self._asked or spent + tokens <= most:
            return 0.0
        for one in self._asked:
            spent -= one.tokens
            if spent + tokens <= most:
                return one.at + MINUTE - now
        return self._asked[-1].at + MINUTE - now

    def _learn(self, exchange: Exchange, entry: _Asked) -> None:
        usage = exchange.usage
        if usage.prompt_tokens is not None and usage.completion_tokens is not None:
            entry.tokens = usage.prompt_tokens + usage.completion_tokens
        if any(attempt.status in OVERLOADED for attempt in exchange.attempts):
            self.limit = max(1, self.limit // 2)
            self._undisturbed = 0
            return
        self._undisturbed += 1
        if self._undisturbed >= self.limit and self.limit < self._pace.concurrency:
            self.limit += 1
            self._undisturbed = 0


@dataclass(slots=True)
class _Asked:
    """A question of the last minute."""

    at: float
    tokens: int
