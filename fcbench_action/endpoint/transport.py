"""The way out to the network, below the SDK: one exchange, bounded in bytes, with nothing followed.

It reads the whole body itself, as sent and as decompressed, and hands the SDK a status only; the rest
travels beside it. So no parser of the SDK or of its HTTP library ever sees what a server sent, and the
headers that leave are exactly those named here.
"""

from __future__ import annotations

import os
import ssl
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp
import httpx2
from yarl import URL

from fcbench_action import __version__
from fcbench_action.endpoint.address import Address

BODY_BYTES = 16 << 20
"""The most that an answer may be long, in bytes, compressed or not."""
ERROR_BYTES = 64 << 10
"""The most that is kept of the body of an HTTP error."""

_CONNECT_SECONDS = 20.0
_KEEP_SECONDS = 4.0  # below the 5 s after which uvicorn, and so vLLM, drops idle connections
_RECEIVED = "fcbench"
_ANY_WRAPPER = 47  # zlib's number for gzip or zlib, as the data say


@dataclass(frozen=True, slots=True)
class Received:
    """What a server answered: header names in lower case; ``cut`` where the body was longer than allowed."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool = False


class Broken(Exception):
    """An exchange that came to no whole HTTP answer.

    ``kind`` is one of ``connect`` (nobody to talk to), ``reset``, ``closed``, ``timeout``, ``protocol``
    (no HTTP), ``cut`` (the body ended early) and ``encoding``; ``detail`` says more, in our own words or
    those of the operating system.
    """

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


def received(response: httpx2.Response) -> Received:
    """What :class:`Transport` read for this response."""
    found: Received = response.extensions[_RECEIVED]
    return found


class Transport(httpx2.AsyncBaseTransport):
    """Sends the SDK's requests to one address. ``headers`` are the caller's own, such as a gateway's."""

    def __init__(self, address: Address, api_key: str | None, headers: Mapping[str, str]) -> None:
        self._address = address
        self._session: aiohttp.ClientSession | None = None
        self._headers = {
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "Content-Type": "application/json",
            "User-Agent": f"fcbench/{__version__}",
            **headers,
        }
        if api_key is not None:
            self._headers["Authorization"] = f"Bearer {api_key}"

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange. Raises :class:`Broken`."""
        with _translated():
            async with self._open().request(
                request.method,
                URL(str(request.url), encoded=True),
                data=request.content or None,
                headers=self._headers,
                allow_redirects=False,
                proxy=self._address.proxy,
            ) as response:
                answer = await self._read(response)
        return httpx2.Response(answer.status, extensions={_RECEIVED: answer})

    async def aclose(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            secure = self._address.base_url.startswith("https:")
            context: ssl.SSLContext | bool = httpx2.create_ssl_context() if secure else True
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_SECONDS, ssl=context),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session

    async def _read(self, response: aiohttp.ClientResponse) -> Received:
        limit = BODY_BYTES if response.status == 200 else ERROR_BYTES
        body = _Body(response.headers.get("Content-Encoding", ""), limit)
        async for chunk in response.content.iter_any():
            if not body.take(chunk):
                break
        text = body.end()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Received(response.status, headers, text, body.cut)


class _Body:
    """A body as it comes in, decompressed, up to ``limit`` bytes."""

    def __init__(self, encoding: str, limit: int) -> None:
        coding = encoding.strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Broken("encoding", "the body has a compression that nobody asked for")
        self._inflate = None if coding in ("", "identity") else zlib.decompressobj(_ANY_WRAPPER)
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self.cut = False

    def take(self, chunk: bytes) -> bool:
        """Add what came. False once the limit is passed: nothing more need be read."""
        if self._inflate is None:
            return self._keep(chunk)
        while chunk and self._keep(self._inflate.decompress(chunk, self._limit - self._size + 1)):
            chunk = self._inflate.unused_data
            if chunk:  # gzip may come in several members, one after the other
                self._inflate = zlib.decompressobj(_ANY_WRAPPER)
        return not self.cut

    def _keep(self, part: bytes) -> bool:
        self._parts.append(part[: self._limit - self._size])
        self._size += len(part)
        self.cut = self._size > self._limit
        return not self.cut

    def end(self) -> bytes:
        """All of it. Raises :class:`Broken` where a compressed body ended in the middle."""
        if self._inflate is not None and self._size and not self.cut and not self._inflate.eof:
            raise Broken("cut", "the compressed body ended early")
        return b"".join(self._parts)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what the HTTP library raises into :class:`Broken`."""
    try:
        yield
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise Broken("connect", _reason(error)) from error
    except aiohttp.ServerDisconnectedError as error:
        raise Broken("closed", "the server closed the connection without an answer") from error
    except aiohttp.ClientPayloadError as error:
        raise Broken("cut", "the body ended early") from error
    except OSError as error:
        raise Broken("reset", _reason(error)) from error
    except aiohttp.ClientError as error:
        raise Broken("protocol", f"no valid HTTP answer ({type(error).__name__})") from error
    except zlib.error as error:
        raise Broken("encoding", "the compressed body is damaged") from error


def _reason(error: Exception) -> str:
    """The operating system's words; asyncio puts its own, with the address, into ``strerror``."""
    cause = getattr(error, "os_error", error)
    number = getattr(cause, "errno", None)
    if isinstance(number, int) and number > 0:
        return os.strerror(number).lower()
    return (getattr(cause, "strerror", None) or str(cause) or type(cause).__name__).lower()
