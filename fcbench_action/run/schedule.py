"""Bounded concurrency: workers that pull trials from one ordered queue."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")


async def schedule(jobs: Iterable[T], concurrency: int, work: Callable[[T], Awaitable[None]]) -> None:
    """Do every job, at most ``concurrency`` at a time, begun in their order.

    A slow job holds one worker and nobody else. The first exception cancels what is under way and is
    raised as it is, so ``work`` deals itself with whatever must not end the run.
    """
    queue = iter(jobs)
    await together(_worker(queue, work) for _ in range(concurrency))


async def together(works: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Do all of it at once. The first exception cancels the rest and is raised as it is."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _worker(queue: Iterator[T], work: Callable[[T], Awaitable[None]]) -> None:
    for job in queue:
        await work(job)
