"""Bounded concurrency: workers that pull trials from one ordered queue."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


async def schedule(jobs: Iterable[T], concurrency: int, work: Callable[[T], Awaitable[None]]) -> None:
    """Do every job, at most ``concurrency`` at a time, begun in their order.

    A slow job holds one worker and nobody else. The first exception cancels what is under way and is
    raised as it is, so ``work`` deals itself with whatever must not end the run.
    """
    queue = iter(jobs)
    workers = [asyncio.create_task(_worker(queue, work)) for _ in range(concurrency)]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def _worker(queue: Iterator[T], work: Callable[[T], Awaitable[None]]) -> None:
    for job in queue:
        await work(job)
