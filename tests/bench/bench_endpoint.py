"""The endpoint alone against the bare client: the same requests, answers of 2 KB and 200 KB.

The server is a process of its own that answers with bytes made before. CPU times are of the asking process.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import openai
from aiohttp import web

from fcbench_action.endpoint.client import OpenAIEndpoint
from fcbench_action.endpoint.types import Ask
from fcbench_action.functions import FUNCTIONS
from fcbench_action.functions.base import Prompt
from fcbench_action.language.schema import export
from fcbench_action.records.types import Sampling, ToolText

SIZES = {"2 KB": 2_000, "200 KB": 200_000}
PROMPT = Prompt("You design the database of a backend." * 10, "The requirements. " * 200)


def rows() -> list[tuple[str, str]]:
    """What was measured, and the figure. The whole harness has 1.25 of the bare client; this is its share."""
    with server() as url:
        return [
            (
                f"CPU per call, {name} argument, concurrency {concurrency}, endpoint / bare client",
                _ratio(*asyncio.run(compared(url, str(size), concurrency))),
            )
            for name, size in SIZES.items()
            for concurrency in (1, 16, 64)
        ]


def _ratio(ours: float, bare: float) -> str:
    return f"{ours:.2f} / {bare:.2f} ms = {ours / bare:.2f}"


async def compared(url: str, model: str, concurrency: int) -> tuple[float, float]:
    """CPU milliseconds per call, ours and the bare client's: the better of three turns, taken in turn."""
    function = FUNCTIONS["database.tables"]
    tool = ToolText(function.tool_name, function.description, export(function.argument))
    endpoint = OpenAIEndpoint(url)
    client = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
    question = Ask(model, PROMPT, tool, Sampling(seed=0))

    async def ours() -> None:
        exchange = await endpoint.ask(question)
        if exchange.reply is None:
            raise RuntimeError(exchange.detail)

    async def bare() -> None:
        await client.chat.completions.create(
            model=model,
            messages=[{"role": "system", "content": PROMPT.system}, {"role": "user", "content": PROMPT.user}],
            tools=[
                {
                    "type": "function",
                    "function": {
                        "name": tool.name,
                        "description": tool.description,
                        "parameters": tool.parameters,
                    },
                }
            ],
            tool_choice={"type": "function", "function": {"name": tool.name}},
            seed=0,
        )

    turns = [(await spent(ours, concurrency), await spent(bare, concurrency)) for _ in range(3)]
    await endpoint.close()
    await client.close()
    return min(turn[0] for turn in turns), min(turn[1] for turn in turns)


async def spent(call: Callable[[], Awaitable[None]], concurrency: int, calls: int = 128) -> float:
    """CPU milliseconds per call, after a round that opens the connections."""
    await asyncio.gather(*(call() for _ in range(concurrency)))
    left = iter(range(calls))

    async def worker() -> None:
        for _ in left:
            await call()

    begun = time.process_time()
    await asyncio.gather(*(worker() for _ in range(concurrency)))
    return 1000 * (time.process_time() - begun) / calls


@contextmanager
def server() -> Iterator[str]:
    """A server that answers with an argument as long as the model's name says."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    there.close()  # so that a server that fails ends the wait below
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection) -> None:
    asyncio.run(_answer(pipe))


async def _answer(pipe: Connection) -> None:
    bodies = {str(size): _completion(size) for size in SIZES.values()}

    async def chat(request: web.Request) -> web.Response:
        asked = json.loads(await request.read())
        return web.Response(body=bodies[asked["model"]], content_type="application/json")

    application = web.Application()
    application.router.add_post("/v1/chat/completions", chat)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    pipe.send(f"http://127.0.0.1:{runner.addresses[0][1]}/v1")
    await asyncio.Event().wait()


def _completion(size: int) -> bytes:
    items = [{"name": f"column_{n}", "description": "What the value means."} for n in range(size // 62)]
    call = {"name": FUNCTIONS["database.tables"].tool_name, "arguments": json.dumps({"items": items})}
    message = {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "call_0", "type": "function", "function": call}],
    }
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    head = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
    return json.dumps({**head, "choices": [choice], "usage": usage}).encode()
