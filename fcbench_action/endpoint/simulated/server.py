"""The simulated endpoint as an HTTP server."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from fcbench_action.endpoint.simulated.book import Book
from fcbench_action.endpoint.simulated.protocol import Manners, answer, models
from fcbench_action.errors import EnvironmentFailed
from fcbench_action.sinks import terminal
from fcbench_action.suite.case import Suite

REQUEST_BYTES = 64 << 20
"""The longest request that is read; it holds the model's last argument."""

_STRAY = (
    "fcbench: warning: asked about none of the cases that this endpoint knows, so it answers with nonsense; "
    "start it with the --variant of the run, and from the same version of fcbench"
)
_BACKLOG = 1024
_LAST_SECONDS = 1.0  # for answers under way when the server is stopped


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen (port 0: any free one), how many seconds each answer takes, where to log, and what to
    refuse or lose.
    """

    host: str = "127.0.0.1"
    port: int = 0
    latency: float = 0.0
    log: Path | None = None
    manners: Manners = Manners()  # noqa: RUF009 - frozen


class _Log:
    """A file with a line a request. Raises EnvironmentFailed where it cannot be opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._broken = False
        try:
            with path.open("ab"):
                pass
        except OSError as error:
            raise EnvironmentFailed(f"{self._why(error)}; choose another") from None

    def append(self, line: bytes) -> None:
        """Add a line. A log that fails later says so once; the requests are answered all the same."""
        try:
            with self._path.open("ab") as file:
                file.write(line)
        except OSError as error:
            if not self._broken:
                print(f"fcbench: warning: {self._why(error)}; requests are answered", file=sys.stderr)
            self._broken = True

    def _why(self, error: OSError) -> str:
        return f"cannot write the log {terminal(str(self._path), lines=False)}: {error.strerror or error}"


@contextmanager
def serve(suite: Suite, settings: Settings = Settings()) -> Iterator[str]:
    """:func:`running` in a thread of its own. Gives the base URL, such as ``http://127.0.0.1:8399/v1``."""
    started: Future[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def work() -> None:
        stop = asyncio.Event()
        async with running(suite, settings) as base_url:
            started.set_result((base_url, asyncio.get_running_loop(), stop))
            await stop.wait()

    with ThreadPoolExecutor(1, "simulated-endpoint") as threads:
        ended = threads.submit(lambda: asyncio.run(work()))
        both: set[Future[Any]] = {started, ended}
        wait(both, return_when=FIRST_COMPLETED)
        if not started.done():
            ended.result()
        base_url, loop, stop = started.result()
        try:
            yield base_url
        finally:
            loop.call_soon_threadsafe(stop.set)
            ended.result()


@asynccontextmanager
async def running(suite: Suite, settings: Settings = Settings()) -> AsyncIterator[str]:
    """Serve ``suite`` on the running loop while the context is open; gives the base URL.

    Raises EnvironmentFailed where it cannot listen or log.
    """
    log = _Log(settings.log) if settings.log is not None else None
    application = _application(Book(suite.cases.values()), settings, log)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_LAST_SECONDS)
    await runner.setup()
    try:
        await _listen(runner, settings)
        host, port = runner.addresses[0][:2]
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}/v1"
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port, backlog=_BACKLOG).start()
    except OSError as error:
        reason = (error.strerror or str(error)).rpartition(": ")[2]
        place = f"{settings.host}:{settings.port}"
        raise EnvironmentFailed(f"cannot listen on {place}: {reason}; choose another port or host") from None


def _application(book: Book, settings: Settings, log: _Log | None) -> web.Application:
    strays = 0

    async def chat(request: web.Request) -> web.Response:
        nonlocal strays
        given = answer(book, await request.read(), settings.manners)
        strays += given.stray
        if given.stray and strays == 1:
            print(_STRAY, file=sys.stderr, flush=True)
        if log is not None:
            log.append(msgspec.json.encode(given.log) + b"\n")
        if settings.latency:
            await asyncio.sleep(settings.latency)
        return web.Response(status=given.status, body=given.body, content_type="application/json")

    async def listing(_: web.Request) -> web.Response:
        return web.Response(body=models(), content_type="application/json")

    application = web.Application(client_max_size=REQUEST_BYTES)
    application.router.add_post("/v1/chat/completions", chat)
    application.router.add_get("/v1/models", listing)
    return application
