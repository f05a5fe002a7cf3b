from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from fcbench_action.endpoint.client import OpenAIEndpoint
from fcbench_action.endpoint.retry import Policy
from fcbench_action.endpoint.transport import BODY_BYTES
from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.errors import BadInput, EnvironmentFailed
from fcbench_action.functions.base import Prompt
from fcbench_action.judge.types import Outcome
from fcbench_action.records.types import Sampling, ToolText, Usage
from tests.misbehaving.server import (
    Behaviour,
    Misbehaving,
    after,
    close,
    completion,
    drip,
    endless,
    garbage,
    gzip_bomb,
    half_a_body,
    misbehaving,
    reset,
    says,
)

TOOL = ToolText("f", "fills", {"type": "object"})
KEY = "sk-0123456789abcdef"


def question(model: str = "m", **more: Any) -> Ask:
    return Ask(model, Prompt("be exact", "fill it"), TOOL, more.pop("sampling", Sampling()), **more)


def run(
    behaviour: Behaviour,
    *,
    key: str | None = KEY,
    policy: Policy | None = None,
    headers: Mapping[str, str] | None = None,
    ask: Ask | None = None,
) -> tuple[Exchange, Misbehaving, list[float]]:
    """One question to a server that behaves so; nobody sleeps, the waits are returned."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def main() -> tuple[Exchange, Misbehaving, list[float]]:
        async with misbehaving({"m": behaviour}) as server:
            endpoint = OpenAIEndpoint(
                server.base_url, key, policy=policy or Policy(), headers=headers, sleep=sleep
            )
            try:
                return await endpoint.ask(ask or question()), server, waits
            finally:
                await endpoint.close()

    return asyncio.run(main())


def test_a_good_answer_takes_one_attempt_and_reports_what_the_server_said() -> None:
    usage = {"prompt_tokens": 7, "completion_tokens": 5, "completion_tokens_details": {"reasoning_tokens": 2}}
    exchange, server, waits = run(says(200, completion('{"b":2}', usage=usage)))
    assert exchange.reply is not None
    assert (exchange.reply.function, exchange.reply.arguments) == ("f", '{"b":2}')
    assert exchange.usage == Usage(7, 5, 2)
    assert exchange.served_model == "served"
    assert [(a.status, a.error) for a in exchange.attempts] == [(200, None)]
    assert not waits
    sent = server.requests[0]
    assert sent["tool_choice"] == {"type": "function", "function": {"name": "f"}}
    assert [tool["function"]["name"] for tool in sent["tools"]] == ["f"]
    assert not {"stream", "temperature", "seed"} & sent.keys()


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (reset, "closed"),
        (close, "closed"),
        (garbage, "protocol"),
        (half_a_body, "cut"),
        (says(200, b""), "empty-body"),
        (says(200, b"<html><title>502</title>"), "not-json"),
        (says(200, {"error": {"message": "overloaded", "code": 503}}), "error-in-body"),
        (says(200, {"object": "chat.completion"}), "no-completion"),
        (says(200, {"choices": None}), "no-completion"),
        (says(200, {"choices": [{"message": None}]}), "no-completion"),
        (says(200, "just a string"), "no-completion"),
        (says(503, b"busy"), "http-503"),
        (says(429, {"error": {"message": "slow down"}}), "http-429"),
        (says(302, b"", "location: http://127.0.0.1:1/elsewhere"), "http-302"),
        (says(200, b"no gzip at all", "content-encoding: gzip"), "encoding"),
    ],
)
def test_a_fault_is_tried_again_and_the_answer_that_follows_counts(behaviour: Behaviour, error: str) -> None:
    exchange, _, waits = run(after(behaviour, behaviour))
    assert exchange.reply is not None
    assert [a.error for a in exchange.attempts] == [error, error, None]
    assert len(waits) == 2


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [(says(503, b"busy"), Outcome.FAULT), (says(500, b""), Outcome.UNATTRIBUTABLE), (reset, Outcome.FAULT)],
)
def test_what_never_works_ends_after_a_bounded_number_of_attempts(
    behaviour: Behaviour, outcome: Outcome
) -> None:
    exchange, server, waits = run(after(says(503, b"warming up"), *[behaviour] * 20))
    assert exchange.outcome is outcome
    assert exchange.reply is None
    assert exchange.usage == Usage()
    assert len(exchange.attempts) == len(server.requests) == Policy().tries
    assert sum(waits) <= Policy().total


def test_a_dripping_body_ends_at_the_deadline_of_the_attempt() -> None:
    exchange, _, _ = run(after(drip), policy=Policy(attempt=0.1))
    assert [a.error for a in exchange.attempts] == ["timeout", None]
    assert exchange.attempts[0].seconds < 2


def test_an_endless_body_is_cut_at_the_bound() -> None:
    exchange, _, _ = run(after(endless))
    assert [a.error for a in exchange.attempts] == ["too-large", None]


def test_a_compressed_body_is_bounded_as_it_unfolds() -> None:
    bomb = gzip_bomb()
    assert len(bomb) < BODY_BYTES / 16
    for status in (200, 503):
        exchange, _, _ = run(after(says(status, bomb, "content-encoding: gzip")))
        assert exchange.reply is not None


def test_a_call_that_the_server_could_not_parse_is_the_models_and_asked_once() -> None:
    text = "error parsing tool call: raw='{\"a\": [1, 2', err=unexpected end of JSON input"
    exchange, server, _ = run(says(500, {"error": {"message": text}}))
    assert exchange.reply is not None
    assert exchange.reply.content == '{"a": [1, 2'
    assert exchange.attempts[0].error == "http-500"
    assert len(server.requests) == 1


def test_retry_after_is_waited_for() -> None:
    _, _, waits = run(after(says(429, b"", "retry-after: 17"), says(503, b"", "retry-after: 90000")))
    assert 17 <= waits[0] <= 17 * 1.25
    assert waits[1] == Policy().longest_wait


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (says(401, {"error": {"message": f"Incorrect API key provided: {KEY}"}}), "refuses the API key"),
        (says(402, b""), "no credit"),
        (says(429, {"error": {"code": "insufficient_quota", "message": "quota"}}), "no credit"),
        (says(403, b"no"), "forbids"),
        (says(404, {"error": {"message": "The model `m` does not exist"}}), "does not know the model"),
        (says(400, {"error": {"message": "m is not a valid model ID"}}), "does not know the model"),
        (says(405, b""), "no chat completions"),
    ],
)
def test_a_configuration_error_is_one_line_that_names_host_model_and_fix(
    behaviour: Behaviour, words: str
) -> None:
    with pytest.raises(EnvironmentFailed) as caught:
        run(behaviour)
    message = str(caught.value)
    assert words in message
    assert "127.0.0.1:" in message
    assert " m: " in message
    assert "\n" not in message
    assert KEY not in message


def test_a_host_where_nobody_listens_is_an_environment_error_after_a_few_tries() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        waits: list[float] = []

        async def sleep(seconds: float) -> None:
            waits.append(seconds)

        async def main() -> None:
            endpoint = OpenAIEndpoint(f"http://127.0.0.1:{port}/v1", sleep=sleep)
            try:
                await endpoint.ask(question())
            finally:
                await endpoint.close()

        with pytest.raises(EnvironmentFailed, match=rf"cannot reach 127\.0\.0\.1:{port}: .*refused"):
            asyncio.run(main())
    assert len(waits) == 2


def test_a_server_that_dies_later_is_an_environment_error_for_no_trial_is_to_blame() -> None:
    async def no_sleep(_: float) -> None:
        return

    async def main() -> None:
        async with misbehaving({"m": says(200, completion(), "connection: close")}) as server:
            endpoint = OpenAIEndpoint(server.base_url, sleep=no_sleep)
            first = await endpoint.ask(question())
            assert first.reply is not None
        with pytest.raises(EnvironmentFailed, match="is gone in the middle of the run"):
            await endpoint.ask(question())
        await endpoint.close()

    asyncio.run(main())


def test_only_the_headers_that_are_needed_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody-else")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: of-somebody-else")
    _, server, _ = run(says(200, completion()), key=None, headers={"X-Title": "fcbench"})
    names = {line.split(":")[0].lower() for line in server.heads[0].split("\r\n")[1:] if line}
    assert names == {
        "host",
        "accept",
        "accept-encoding",
        "content-type",
        "content-length",
        "user-agent",
        "x-title",
    }
    assert "somebody-else" not in server.heads[0]


def test_a_key_is_sent_as_bearer_and_blotted_out_of_what_a_server_says_about_errors() -> None:
    exchange, server, _ = run(after(says(500, f"oops {KEY}".encode()), says(200, completion(model=KEY))))
    assert f"authorization: bearer {KEY}" in server.heads[0].lower()
    assert exchange.reply is not None and exchange.served_model == "[key]"
    assert KEY.encode() not in msgspec.json.encode(exchange)
    for behaviour in (
        says(418, f"oops {KEY}".encode(), f"x-echo: {KEY}"),
        says(200, f"{'x' * 70}{KEY}".encode()),
        says(418, {"said": "x" * 190 + KEY}),
        says(302, b"", f"location: https://elsewhere.example/?{KEY}"),
    ):
        exchange, _, _ = run(behaviour)
        untimed = msgspec.structs.replace(exchange, attempts=())  # seconds may hold any digits
        assert b"0123" not in msgspec.json.encode(untimed)


@pytest.mark.parametrize("field", ["arguments", "content", "name", "id"])
def test_a_reply_that_repeats_a_secret_key_is_refused_as_a_fault_and_kept_nowhere(field: str) -> None:
    call = {"id": "c", "function": {"name": "f", "arguments": "{}"}}
    message = {"content": "hm", "tool_calls": [call]}
    holder = {"content": message, "id": call}.get(field, call["function"])
    holder[field] = f"my key is {KEY}!"
    exchange, _, _ = run(says(200, {"choices": [{"message": message}]}))
    assert exchange.reply is None and exchange.outcome is Outcome.FAULT
    assert "repeats the API key" in exchange.detail and len(exchange.attempts) == 1
    assert KEY.encode() not in msgspec.json.encode(exchange)


@pytest.mark.parametrize("key", ["function", "none", "EMPTY", "properties", "AutoBeInterfaceDocument"])
def test_a_key_that_is_a_word_leaves_every_reply_as_it_came(key: str) -> None:
    text = json.dumps({"said": f"{key} {key}"})
    exchange, _, _ = run(says(200, completion(text)), key=key)
    assert exchange.reply is not None and exchange.reply.arguments == text
    quoted = {"error": {"message": "failed", "failed_generation": f"<{key}>"}}
    exchange, _, _ = run(says(400, quoted), key=key)
    assert exchange.reply is not None and exchange.reply.content == f"<{key}>"


@pytest.mark.parametrize("key", ["a\nb", "a b ", "kéy", "a\r\nX-Evil: 1"])
def test_a_key_that_no_header_can_hold_is_bad_input_and_not_shown(key: str) -> None:
    with pytest.raises(BadInput) as caught:
        OpenAIEndpoint("http://localhost/v1", key)
    assert key not in str(caught.value)


def test_tool_and_body_are_the_same_bytes_for_the_same_question() -> None:
    ask = question(sampling=Sampling(seed=3, temperature=0.5, max_tokens=9))
    _, first, _ = run(says(200, completion()), ask=ask)
    _, second, _ = run(says(200, completion()), ask=ask)
    assert first.requests == second.requests
    assert (first.requests[0]["seed"], first.requests[0]["temperature"]) == (3, 0.5)
