"""The HTTP server around a :class:`Front`: it reads requests, and writes what the front answers."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import resources
from random import SystemRandom
from typing import Any

import msgspec
from aiohttp import web

from fcbench_action.cli.serving.choice import Choice
from fcbench_action.diagnostics import render_path
from fcbench_action.errors import EnvironmentFailed
from fcbench_action.judge.parse import parse
from fcbench_action.language.interface.openapi import emit_openapi
from fcbench_action.language.program.backend import Backend, Front, Response
from fcbench_action.language.program.interpreter.database import Database
from fcbench_action.language.program.interpreter.draws import Draws

LARGEST_BODY = 4 << 20
"""Bytes of a request."""

_PAGE = {
    "/": ("index.html", "text/html"),
    "/-/page.js": ("page.js", "text/javascript"),
    "/-/page.css": ("page.css", "text/css"),
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_LAST_SECONDS = 1.0

Log = Callable[[str], None]


def front_of(choice: Choice, connection: sqlite3.Connection) -> Front:
    """The backend on a real clock, with randomness that nobody can guess."""
    programs = choice.programs
    backend = Backend(programs.environment, choice.operations, programs.backend.template)
    return Front(backend, Database(connection), Draws(SystemRandom()), _now)


def _now() -> int:
    return time.time_ns() // 1_000_000


@asynccontextmanager
async def running(front: Front, choice: Choice, host: str, port: int, log: Log) -> AsyncIterator[str]:
    """Serve on the running loop while the context is open; gives the address. Raises EnvironmentFailed.

    Requests are answered one after the other: each is bounded in what it may do.
    """
    runner = web.AppRunner(_application(front, choice, log), access_log=None, shutdown_timeout=_LAST_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = (error.strerror or str(error)).rpartition(": ")[2]
            raise EnvironmentFailed(
                f"cannot listen on {host}:{port}: {reason}; choose another with --port or --host"
            ) from None
        at, number = runner.addresses[0][:2]
        yield f"http://{f'[{at}]' if ':' in at else at}:{number}"
    finally:
        await runner.cleanup()


def _application(front: Front, choice: Choice, log: Log) -> web.Application:
    openapi = emit_openapi(choice.document, choice.title).encode()
    realized = msgspec.json.encode([f"{method} {path}" for method, path in sorted(choice.operations)])
    fixed = {path: (_file(name), kind) for path, (name, kind) in _PAGE.items()}
    fixed |= {
        "/openapi.json": (openapi, "application/json"),
        "/-/realized.json": (realized, "application/json"),
        "/favicon.ico": (b"", "image/x-icon"),
    }

    async def answer(request: web.Request) -> web.Response:
        path = request.raw_path.partition("?")[0]
        if request.method == "GET" and path in fixed:
            body, kind = fixed[path]
            return web.Response(body=body, content_type=kind, charset="utf-8")
        found = await _asked(front, request, path)
        log(f"{request.method} {path} {found.status}")
        for one in found.diagnostics:
            log(f"  {one.code} at {render_path(one.path)}: {one.message}")
        return _written(found)

    application = web.Application(client_max_size=LARGEST_BODY, middlewares=[_protected])
    application.router.add_route("*", "/{path:.*}", answer)
    return application


@web.middleware
async def _protected(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        response = await handler(request)
    except web.HTTPException as error:
        response = _written(Response(error.status, {"message": error.reason}))
    response.headers.update(_HEADERS)
    return response


async def _asked(front: Front, request: web.Request, path: str) -> Response:
    """What the front answers; 400 where the body is no JSON, 415 where it does not say that it is."""
    body: Any = None
    raw = await request.read()
    if raw:
        if request.content_type != "application/json":
            return Response(415, {"message": "Send JSON, with the content type application/json."})
        parsed = parse(raw.decode("utf-8", "replace"))
        if parsed.diagnostics:
            return Response(400, {"message": f"The body is no JSON: {parsed.diagnostics[0].message}"})
        body = parsed.value
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    given = token.strip() if scheme.lower() == "bearer" else None
    try:
        return front.request(request.method.lower(), path, given, body)
    except sqlite3.Error as error:
        return Response(503, {"message": f"The database cannot be used: {error}."})


def _written(response: Response) -> web.Response:
    if response.status == 204:
        return web.Response(status=204)
    body = response.body
    if response.diagnostics:
        why = [
            {"code": one.code, "path": render_path(one.path), "message": one.message}
            for one in response.diagnostics
        ]
        body = {**body, "diagnostics": why}
    return web.Response(
        status=response.status, body=msgspec.json.encode(body), content_type="application/json"
    )


def _file(name: str) -> bytes:
    return resources.files(__package__).joinpath("page", name).read_bytes()
