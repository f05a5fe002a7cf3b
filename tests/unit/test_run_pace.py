"""Pace: limits per minute, and fewer calls at once where a server has too much to do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.judge.types import Reply
from fcbench_action.records.types import Attempt, Sampling, ToolText, Usage
from fcbench_action.run.pace import Pace, Paced
from tests.run_world import Scripted

ASK = Ask("m", None, ToolText("t", "", {}), Sampling())  # type: ignore[arg-type]


@dataclass
class Clock:
    """Time that passes only by sleeping."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def answer(status: int = 200, tokens: int | None = None) -> Exchange:
    usage = Usage() if tokens is None else Usage(tokens, 0)
    return Exchange((Attempt(status),), usage, Reply())


def asked(pace: Pace, count: int, answers: Any, tokens: int = 10) -> tuple[Clock, list[float], Paced]:
    """Ask ``count`` questions at once; gives when each was asked."""
    clock, moments = Clock(), []

    endpoint = Scripted(lambda _: next(answers), before=lambda _: moments.append(clock.now))
    paced = Paced(endpoint, pace, lambda _: tokens, clock.read, clock.sleep)

    async def everything() -> None:
        await asyncio.gather(*(paced.ask(ASK) for _ in range(count)))

    asyncio.run(everything())
    return clock, moments, paced


def forever(exchange: Exchange) -> Any:
    while True:
        yield exchange


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_no_minute_has_more_requests_than_allowed(limit: int) -> None:
    _, moments, _ = asked(Pace(requests_per_minute=limit), 20, forever(answer()))
    for moment in moments:
        assert sum(moment <= other < moment + 60 for other in moments) <= limit
    assert moments[-1] == 1000 + 60 * ((20 - 1) // limit)


def test_tries_after_the_first_count_as_requests_too() -> None:
    tried = Exchange((Attempt(500), Attempt(500), Attempt(200)), Usage(), Reply())
    _, moments, _ = asked(Pace(concurrency=1, requests_per_minute=3), 4, forever(tried))
    assert moments == [1000, 1060, 1120, 1180]


def test_no_minute_has_more_tokens_than_allowed_and_reported_ones_count() -> None:
    pace = Pace(concurrency=1, tokens_per_minute=100)
    _, moments, _ = asked(pace, 9, forever(answer(tokens=50)), tokens=10)
    assert [moments.count(moment) for moment in dict.fromkeys(moments)] == [2, 2, 2, 2, 1]


def test_a_question_larger_than_the_limit_is_asked_alone() -> None:
    _, moments, _ = asked(Pace(tokens_per_minute=100), 3, forever(answer()), tokens=500)
    assert moments == [1000, 1060, 1120]


def test_without_limits_nobody_waits() -> None:
    clock, moments, _ = asked(Pace(concurrency=4), 50, forever(answer()))
    assert clock.slept == [] and len(moments) == 50


@pytest.mark.parametrize("status", [429, 503])
def test_refusals_halve_the_calls_at_once_and_answers_bring_them_back(status: int) -> None:
    _, _, paced = asked(Pace(concurrency=16), 3, iter([answer(status)] * 3))
    assert paced.limit == 2
    _, _, paced = asked(Pace(concurrency=16), 40, iter([answer(status)] * 20 + [answer()] * 20))
    assert 1 < paced.limit < 16
    _, _, paced = asked(Pace(concurrency=4), 60, iter([answer(status)] * 20 + [answer()] * 40))
    assert paced.limit == 4


def test_never_more_calls_at_once_than_allowed() -> None:
    endpoint = Scripted(lambda _: answer())
    paced = Paced(endpoint, Pace(concurrency=3), lambda _: 1, Clock().read)

    async def everything() -> None:
        await asyncio.gather(*(paced.ask(ASK) for _ in range(30)))

    asyncio.run(everything())
    assert endpoint.most_at_once == 3


def test_what_the_endpoint_raises_is_raised_and_frees_its_place() -> None:
    def broken(_: Ask) -> Exchange:
        raise ValueError

    paced = Paced(Scripted(broken), Pace(concurrency=1), lambda _: 1, Clock().read)

    async def twice() -> None:
        for _ in range(2):
            with pytest.raises(ValueError):
                await paced.ask(ASK)

    asyncio.run(asyncio.wait_for(twice(), 5))
