"""Several endpoints, adaptive pace, dying servers: the results are the same whatever the order of events."""

from __future__ import annotations

import asyncio
import io
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fcbench_action.endpoint.client import OpenAIEndpoint
from fcbench_action.endpoint.retry import Policy
from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.records.types import Attempt, Record
from fcbench_action.run.pace import Pace, Paced
from fcbench_action.run.progress import Quiet
from fcbench_action.run.result import Result
from fcbench_action.run.session import Server, Session, run
from tests.misbehaving.server import hard_reset, misbehaving, response
from tests.run_world import TOOLS, Scripted, Ticking, judge, judge_again, plan, question, records, scripted

change = msgspec.structs.replace
NAMES = ("acme/one", "acme/two", "other/three")


def world(results: Path, *endpoints: Any, concurrency: int = 8) -> Session:
    """A session over three models, of which the first two share an endpoint where there are only two."""
    servers = [Server(endpoint, concurrency=concurrency) for endpoint in endpoints]
    plans = [(plan(4, name=name), servers[min(n, len(servers) - 1)]) for n, name in enumerate(NAMES)]
    return Session(plans, TOOLS, results, judge, judge_again, Quiet(io.StringIO()), clock=Ticking().clock())


def bare(found: list[Record]) -> list[Record]:
    """Without the attempts, which differ where servers fail."""
    once = (Attempt(200, None, 0.0),)
    return [change(r, rounds=tuple(change(one, attempts=once) for one in r.rounds)) for r in found]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    folder = tmp_path_factory.mktemp("plain")
    assert asyncio.run(run(world(folder, Scripted(), concurrency=1))).complete
    return records(folder)


class Limited(Scripted):
    """Answers in a random order, and now and then says 429 on the way."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        super().__init__(self.answer_or_limit, self.wait)

    async def wait(self, ask: Ask) -> None:
        for _ in range(self.random.randrange(12)):
            await asyncio.sleep(0)

    def answer_or_limit(self, ask: Ask) -> Exchange:
        came = scripted(ask)
        limited = self.random.random() < 0.3
        attempts = (Attempt(429, "http-429", 0.1), *came.attempts) if limited else came.attempts
        return type(came)(attempts, came.usage, came.reply, served_model=came.served_model)


@pytest.mark.parametrize("seed", range(6))
def test_results_do_not_depend_on_the_order_of_answers(
    tmp_path: Path, expected: list[Record], seed: int
) -> None:
    count = seed % 3 + 1
    inner = [Limited(100 * seed + n) for n in range(count)]
    clock = Ticking()
    paced = [Paced(one, Pace(1 + seed, None, None), lambda ask: 10, clock.read) for one in inner]
    assert asyncio.run(run(world(tmp_path, *paced, concurrency=1 + seed))).complete
    assert bare(records(tmp_path)) == bare(expected)
    asked = Counter((ask.model, question(ask)) for one in inner for ask in one.asked)
    assert set(asked.values()) == {1}


def body_of(ask_body: dict[str, Any]) -> bytes:
    """What :func:`scripted` answers, over HTTP: the same for the same question."""
    said = [m for m in ask_body["messages"] if m["role"] == "assistant"]
    last = said[0]["content"] if said else None
    name = f"{ask_body['messages'][1]['content']} {ask_body['seed']}"
    return json.dumps(http_answer(name, last)).encode()


def http_answer(name: str, last: str | None) -> dict[str, Any]:
    """Two bad answers at most, then a good one."""
    wanted = sum(name.encode()) % 3
    so_far = 0 if last is None else int(last.split()[1]) + 1
    text = "good" if so_far >= wanted else f"bad {so_far}"
    call = {"id": "c", "function": {"name": "toy_answer", "arguments": text}}
    return {"model": "m", "choices": [{"message": {"tool_calls": [call]}, "finish_reason": "tool_calls"}]}


async def over_http(results: Path, url: str, **policy: Any) -> Result:
    async def sleep(seconds: float) -> None:
        await asyncio.sleep(0)

    endpoint = OpenAIEndpoint(url, policy=Policy(**policy), sleep=sleep)
    try:
        return await run(world(results, endpoint, concurrency=3))
    finally:
        await endpoint.close()


def test_whichever_exchange_fails_the_results_are_the_same(tmp_path: Path) -> None:
    """The Nth exchange is cut off, for N = 1, 2, ... until there is none; the round is asked once more."""
    whole: list[Record] = []

    async def once(number: int) -> bool:
        requests = 0

        async def behave(writer: asyncio.StreamWriter, _: int) -> None:
            nonlocal requests
            requests += 1
            if requests == number:
                await hard_reset(writer, 0)
            else:
                writer.write(response(200, body_of(server.requests[-1])))

        names = {name.split("/")[1]: behave for name in NAMES} | dict.fromkeys(NAMES, behave)
        async with misbehaving(names) as server:
            folder = tmp_path / str(number)
            assert (await over_http(folder, server.base_url)).complete
            found = bare(records(folder))
            whole[:] = whole or found
            assert found == whole
            bodies = Counter(json.dumps(body, sort_keys=True) for body in server.requests)
            assert max(bodies.values()) <= 2 and sum(n - 1 for n in bodies.values()) == (
                0 < number <= requests
            )
        return number <= requests

    for number in (*range(8), *range(8, 200, 5)):
        if not asyncio.run(once(number)) and number:
            assert number > 20
            return
    pytest.fail("there are more exchanges than that")


SERVER = """
import http.server, json, os, signal, sys
from tests.unit.test_run_scheduling import body_of

port, log, most = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
answered = 0

class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        global answered
        if answered == most:
            os.kill(os.getpid(), signal.SIGKILL)
        body = self.rfile.read(int(self.headers["content-length"]))
        answer = body_of(json.loads(body))
        self.send_response(200)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        with open(log, "ab") as stream:
            stream.write(body + b"\\n")
        answered += 1
        self.wfile.write(answer)

    def log_message(self, *args):
        pass

server = http.server.HTTPServer(("127.0.0.1", port), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
"""


def start(port: int, log: Path, most: int) -> tuple[subprocess.Popen[bytes], int]:
    """A server in a process of its own, which kills itself at the question after ``most`` answers."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port), str(log), str(most)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def test_a_server_process_that_is_killed_and_started_again_loses_and_repeats_nothing(tmp_path: Path) -> None:
    log, port, runs = tmp_path / "log", 0, 0
    results = tmp_path / "results"
    for most in (5, 11, 1000):
        process, port = start(port, log, most)
        try:
            result = asyncio.run(over_http(results, f"http://127.0.0.1:{port}/v1"))
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        assert result.complete == (most == 1000)
        if most < 1000:
            stopped = [model.stopped for model in result.models if model.stopped]
            assert stopped and all("is gone in the middle" in line for line in stopped)
        runs += 1
    asked = Counter(log.read_bytes().splitlines())
    assert runs == 3 and set(asked.values()) == {1}
    whole, port = start(0, tmp_path / "other", 1000)
    try:
        asyncio.run(over_http(tmp_path / "whole", f"http://127.0.0.1:{port}/v1"))
    finally:
        whole.kill()
        whole.wait()
        if whole.stdout is not None:
            whole.stdout.close()
    assert bare(records(results)) == bare(records(tmp_path / "whole"))
    assert all(one.outcome.value != "fault" for record in records(results) for one in record.rounds)
