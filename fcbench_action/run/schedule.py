"""Bounded concurrency: workers that pull trials from one ordered queue."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


async def schedule(jobs: AsyncIterator[T], concurrency: int, work: Callable[[T], Awaitable[None]]) -> None:
    """Do every job, at most ``concurrency`` at a time, begun in their order; more may come meanwhile.

    A slow job holds one worker and nobody else. The first exception cancels what is under way and is
    raised as it is, so ``work`` deals itself with whatever must not end the run.
    """
    turn = asyncio.Lock()
    await together(_worker(jobs, turn, work) for _ in range(concurrency))


async def together(works: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Do all of it at once. The first exception cancels the rest and is raised as it is."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def one_by_one(works: Iterable[Coroutine[Any, Any, None]], patience: float) -> None:
    """Do one after the other, but wait no longer than ``patience`` seconds for one before the next begins."""
    tasks: list[asyncio.Task[None]] = []
    try:
        for work in works:
            tasks.append(asyncio.create_task(work))
            for ended in (await asyncio.wait(tasks[-1:], timeout=patience))[0]:
                ended.result()
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _worker(jobs: AsyncIterator[T], turn: asyncio.Lock, work: Callable[[T], Awaitable[None]]) -> None:
    while True:
        async with turn:
            try:
                job = await anext(jobs)
            except StopAsyncIteration:
                return
        await work(job)
