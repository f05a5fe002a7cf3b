"""The embedded simulated endpoint, for as long as a run needs one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fcbench_action.endpoint.simulated.server import running
from fcbench_action.suite.case import Suite


@asynccontextmanager
async def embedded_url(base_url: str | None, suite: Suite) -> AsyncIterator[str]:
    """``base_url`` as it is, or that of an embedded endpoint that lives until the context ends."""
    if base_url is not None:
        yield base_url
        return
    async with running(suite) as url:
        yield url
