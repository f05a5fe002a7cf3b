"""The table of whose fault it was. Bodies are as servers were observed to send them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fcbench_action.endpoint.classify import Again, Answer, Misconfigured, Stop, classify
from fcbench_action.endpoint.transport import Broken, Received
from fcbench_action.judge.types import Outcome


def came(status: int, value: Any, cut: bool = False, **headers: str) -> Received:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Received(status, {k.replace("_", "-"): v for k, v in headers.items()}, body, cut)


def error(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, **more}}


GROQ = "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details."
LLAMA = (
    "Failed to parse input at pos 395: <|tool_call_start|>[search(q='Mexico')]<|tool_call_end|>",
    "<|tool_call_start|>[search(q='Mexico')]<|tool_call_end|>",
)
OLLAMA = ("error parsing tool call: raw='{\"input\":\"x\"}]', err=invalid character ']'", '{"input":"x"}]')


@pytest.mark.parametrize(
    ("received", "content"),
    [
        (came(400, error(GROQ, code="tool_use_failed", failed_generation="<tool-use>{}")), "<tool-use>{}"),
        (came(400, error(GROQ, code="tool_use_failed", failed_generation="")), ""),
        (came(400, error(GROQ)), ""),
        (came(500, {"error": OLLAMA[0]}), OLLAMA[1]),
        (came(500, error(LLAMA[0], code=500, type="server_error")), LLAMA[1]),
        (came(500, error("failed to parse JSON: unexpected end of JSON input")), ""),
        (came(200, error(OLLAMA[0])), OLLAMA[1]),
    ],
)
def test_a_servers_report_of_a_broken_call_is_the_models_answer(received: Received, content: str) -> None:
    found = classify(received, 0.0)
    assert isinstance(found, Answer)
    assert found.reply.function is None
    assert found.reply.content == content
    assert found.usage.prompt_tokens is None
    assert found.detail


@pytest.mark.parametrize(
    "received",
    [
        came(401, b""),
        came(401, error("Incorrect API key provided")),
        came(400, [error("API key not valid. Please pass a valid API key.", code=400)]),
        came(402, error("Insufficient credits")),
        came(403, b"<html>forbidden</html>"),
        came(404, error("model 'x' not found, try pulling it first")),
        came(404, b"404 page not found"),
        came(400, error("x is not a valid model ID")),
        came(405, b"Method Not Allowed"),
        came(429, error("You exceeded your current quota", code="insufficient_quota")),
    ],
)
def test_what_the_user_has_to_mend_is_misconfigured(received: Received) -> None:
    assert isinstance(classify(received, 0.0), Misconfigured)


@pytest.mark.parametrize(
    ("received", "outcome"),
    [
        (came(400, error("x does not support tools")), Outcome.UNSUPPORTED),
        (came(404, error("No endpoints found that support tool use.")), Outcome.UNSUPPORTED),
        (came(400, error("Invalid schema for function 'f': '$ref' is not permitted")), Outcome.UNSUPPORTED),
        (came(422, {"detail": [{"loc": ["body", "tool_choice"], "msg": "bad"}]}), Outcome.UNSUPPORTED),
        (came(400, error("maximum context length is 4096 tokens")), Outcome.UNSUPPORTED),
        (came(400, error("temperature must be 1")), Outcome.UNSUPPORTED),
        (came(400, error("the moon is full")), Outcome.FAULT),
        (came(418, b"teapot"), Outcome.FAULT),
    ],
)
def test_a_request_that_is_refused_for_good_is_not_sent_again(received: Received, outcome: Outcome) -> None:
    found = classify(received, 0.0)
    assert isinstance(found, Stop)
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("received", "outcome"),
    [
        (came(408, b""), Outcome.FAULT),
        (came(409, b""), Outcome.FAULT),
        (came(429, error("Rate limit reached")), Outcome.FAULT),
        (came(500, error("CUDA out of memory")), Outcome.FAULT),
        (came(502, b"<html><h1>502 Bad Gateway</h1></html>"), Outcome.FAULT),
        (came(529, b""), Outcome.FAULT),
        (came(204, b""), Outcome.FAULT),
        (came(308, b"", location="https://elsewhere/v1"), Outcome.FAULT),
        (came(500, b""), Outcome.UNATTRIBUTABLE),
        (came(500, b"Internal Server Error"), Outcome.UNATTRIBUTABLE),
        (came(500, error("Internal server error", code=500)), Outcome.UNATTRIBUTABLE),
        (came(500, {"error": None}), Outcome.UNATTRIBUTABLE),
        (came(200, error("Provider returned error", code=502)), Outcome.FAULT),
        (came(200, {"choices": [{"error": {"code": 502, "message": "x"}, "message": None}]}), Outcome.FAULT),
        (came(200, {"choices": []}), Outcome.FAULT),
        (came(200, b"\xff\xfe\x00"), Outcome.FAULT),
        (came(200, b"[" * 100_000), Outcome.FAULT),
        (came(200, b'{"choices"', cut=True), Outcome.FAULT),
        (Broken("timeout", "too slow"), Outcome.FAULT),
    ],
)
def test_what_may_pass_is_tried_again(received: Received | Broken, outcome: Outcome) -> None:
    found = classify(received, 0.0)
    assert isinstance(found, Again)
    assert found.outcome is outcome


def test_an_error_beside_a_message_does_not_hide_the_message() -> None:
    found = classify(came(200, {"error": {}, "choices": [{"message": {"content": "hi"}}]}), 0.0)
    assert isinstance(found, Answer)
    assert found.reply.content == "hi"


def test_a_key_error_inside_a_good_status_is_misconfigured_too() -> None:
    assert isinstance(classify(came(200, error("No auth credentials found", code=401)), 0.0), Misconfigured)


def test_the_wait_that_a_server_asks_for_is_passed_on() -> None:
    found = classify(came(429, b"", retry_after="12"), 0.0)
    assert isinstance(found, Again)
    assert found.wait == 12


@given(st.integers(100, 999), st.binary(max_size=400))
def test_no_answer_of_a_server_raises_or_makes_more_than_one_line(status: int, body: bytes) -> None:
    found = classify(Received(status, {}, body), 0.0)
    assert not isinstance(found, Answer) or status == 200 or found.detail
    detail = found.cause if isinstance(found, Misconfigured) else found.detail
    assert "\n" not in detail
    assert len(detail) < 400


NAMES = (
    "choices",
    "message",
    "tool_calls",
    "function",
    "name",
    "arguments",
    "content",
    "error",
    "code",
    "id",
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(_JSON)
def test_no_json_of_a_server_raises(value: Any) -> None:
    for status in (200, 400, 500):
        classify(came(status, {"choices": [value], "usage": value, "error": value}), 0.0)
        classify(came(status, {"choices": [{"message": value}]}), 0.0)
        classify(came(status, {"choices": [{"message": {"tool_calls": value, "content": value}}]}), 0.0)
