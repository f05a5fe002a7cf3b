"""A server on loopback that breaks the protocol, one behaviour a model name."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import struct
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

Behaviour = Callable[[asyncio.StreamWriter, int], Awaitable[None]]
"""Answers the n-th request (from 0) for its model."""


def completion(
    arguments: Any = '{"a":1}', *, name: str = "f", finish_reason: Any = "tool_calls", **more: Any
) -> dict[str, Any]:
    function = {"name": name, "arguments": arguments}
    message = {"role": "assistant", "content": None, "tool_calls": [{"id": "c", "function": function}]}
    return {"model": "served", "choices": [{"message": message, "finish_reason": finish_reason}], **more}


def response(status: int, body: bytes, *headers: str) -> bytes:
    head = [f"HTTP/1.1 {status} X", f"content-length: {len(body)}", *headers, "", ""]
    return "\r\n".join(head).encode() + body


def says(status: int, value: Any, *headers: str) -> Behaviour:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()

    async def behave(writer: asyncio.StreamWriter, number: int) -> None:
        writer.write(response(status, body, *headers))

    return behave


def after(*first: Behaviour, good: Behaviour | None = None) -> Behaviour:
    """These one after the other, then a good answer."""
    good = good or says(200, completion())

    async def behave(writer: asyncio.StreamWriter, number: int) -> None:
        await (first[number] if number < len(first) else good)(writer, number)

    return behave


async def reset(writer: asyncio.StreamWriter, number: int) -> None:
    writer.transport.abort()


async def hard_reset(writer: asyncio.StreamWriter, number: int) -> None:
    """Ends the connection with RST in place of FIN."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def close(writer: asyncio.StreamWriter, number: int) -> None:
    writer.close()


async def garbage(writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(b"220 mail.example.com ESMTP\r\n\r\n")
    writer.close()


async def half_a_body(writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(response(200, b'{"choices":[').replace(b"length: 12", b"length: 999"))
    writer.close()


async def drip(writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 100000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.005)


async def endless(writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n")
    chunk = b" " * 65536
    while not writer.is_closing():
        writer.write(b"10000\r\n" + chunk + b"\r\n")
        await writer.drain()


@cache
def gzip_bomb() -> bytes:
    """A quarter of a megabyte that unfolds to a thousand times as much."""
    return gzip.compress(b" " * (256 << 20), 9)


def raw(*parts: bytes, leave_open: bool = False) -> Behaviour:
    """These bytes and nothing else, then the end of the connection."""

    async def behave(writer: asyncio.StreamWriter, number: int) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
        if not leave_open:
            writer.close()

    return behave


async def silent(writer: asyncio.StreamWriter, number: int) -> None:
    """Takes the request and never says a word."""
    while not writer.is_closing():
        await asyncio.sleep(0.01)


async def dripping_head(writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(b"HTTP/1.1 200 X\r\n")
    while not writer.is_closing():
        writer.write(b"x-more: 1\r\n")
        await writer.drain()
        await asyncio.sleep(0.005)


async def endless_head(writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(b"HTTP/1.1 200 X\r\nx-long: ")
    while not writer.is_closing():
        writer.write(b"x" * 65536)
        await writer.drain()


async def endless_gzip(writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(b"HTTP/1.1 200 X\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n")
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    chunk = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    writer.write(b"%x\r\n" % len(head) + head + b"\r\n")
    while not writer.is_closing():
        writer.write(b"%x\r\n" % len(chunk) + chunk + b"\r\n")
        await writer.drain()


@dataclass
class Misbehaving:
    """``behaviours`` by model name, and of ``pages`` by path, for what is asked with GET; 404 elsewhere.

    ``requests`` are the bodies that came, ``heads`` their request heads.
    """

    behaviours: dict[str, Behaviour]
    pages: dict[str, Behaviour] = field(default_factory=dict)
    base_url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing():
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                method, path, _ = head.split(" ", 2)
                if method == "GET":
                    await self.pages.get(path, says(404, {"detail": "Not Found"}))(writer, 0)
                    await writer.drain()
                    continue
                lengths = [line for line in head.split("\r\n") if line.lower().startswith("content-length")]
                body = json.loads(await reader.readexactly(int(lengths[0].split(":")[1])))
                self.heads.append(head)
                self.requests.append(body)
                number = self.counts[body["model"]]
                self.counts[body["model"]] += 1
                await self.behaviours[body["model"]](writer, number)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            """The client has gone, or the test is over."""
        finally:
            writer.close()


@asynccontextmanager
async def misbehaving(
    behaviours: dict[str, Behaviour], pages: dict[str, Behaviour] | None = None
) -> AsyncIterator[Misbehaving]:
    server = Misbehaving(behaviours, pages or {})
    listener = await asyncio.start_server(server.handle, "127.0.0.1", 0)
    server.base_url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/v1"
    try:
        yield server
    finally:
        listener.close()
