"""The embedded simulated endpoint, for as long as a run needs one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fcbench_action.endpoint.simulated.server import serve


@asynccontextmanager
async def embedded_url(base_url: str | None) -> AsyncIterator[str]:
    """``base_url`` as it is, or that of an embedded endpoint that lives until the context ends."""
    if base_url is not None:
        yield base_url
        return
    async with serve() as server:
        yield server.base_url
