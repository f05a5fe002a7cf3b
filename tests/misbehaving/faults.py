"""Faults of servers and networks: tried again, and in the end nobody's score."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

from fcbench_action.endpoint.retry import Policy
from fcbench_action.judge.types import Outcome
from tests.misbehaving.server import (
    Behaviour,
    close,
    completion,
    drip,
    dripping_head,
    endless,
    endless_gzip,
    endless_head,
    garbage,
    gzip_bomb,
    half_a_body,
    hard_reset,
    raw,
    reset,
    says,
    silent,
)
from tests.misbehaving.table import Misbehaviour, once

TRIES = Policy().tries
_GOOD = completion("{}", name="test_root")
_BODY = json.dumps(_GOOD).encode()
_LLAMA_CPP_PYTHON = (
    "1 validation error:\n  {'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': "
    "\"Input should be 'text' or 'json_object'\", 'input': 'json_schema', 'ctx': {'expected': "
    "\"'text' or 'json_object'\"}}\n\n  File \"app.py\", line 376, in create_chat_completion"
)
_PAGE = b"<!DOCTYPE html><html><title>502 Bad Gateway</title><h1>nginx</h1></html>"
_DEEP_ARGUMENTS = (
    b'{"choices":[{"message":{"tool_calls":[{"function":{"name":"test_root","arguments":%s}}]}}]}'
)


def _passing(name: str, does: str, behaviour: Behaviour, error: str, slow: bool = False) -> Misbehaviour:
    """A fault that is over when it is asked again."""
    return Misbehaviour(name, does, once(behaviour), Outcome.VALID, 2, error, slow=slow)


def _lasting(
    name: str,
    does: str,
    behaviour: Behaviour,
    error: str,
    outcome: Outcome = Outcome.FAULT,
    slow: bool = False,
) -> Misbehaviour:
    return Misbehaviour(name, does, behaviour, outcome, TRIES, error, slow=slow)


def _error(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, **more}}


CONNECTION = (
    _passing("reset", "resets the connection (RST)", hard_reset, "reset"),
    _passing("abort", "drops the connection without an answer", reset, "closed"),
    _passing("close", "closes the connection without an answer", close, "closed"),
    _lasting("always-close", "closes every connection", close, "closed"),
    _passing("silent", "takes the request and says nothing", silent, "timeout", slow=True),
    _passing("dripping-head", "drips headers without end", dripping_head, "timeout", slow=True),
    _passing("dripping-body", "drips its body, a blank at a time", drip, "timeout", slow=True),
    _lasting("always-drips", "drips every body", drip, "timeout", slow=True),
    _passing("endless-head", "sends a header without end", endless_head, "protocol"),
    _passing("endless-body", "sends a body without end", endless, "too-large"),
    _passing("endless-gzip", "sends a compressed body without end", endless_gzip, "too-large"),
    _passing(
        "gzip-bomb",
        "sends a quarter of a megabyte that unfolds to 256 MB",
        says(200, gzip_bomb(), "content-encoding: gzip"),
        "too-large",
    ),
    _passing(
        "gzip-bomb-503",
        "sends the same with HTTP 503",
        says(503, gzip_bomb(), "content-encoding: gzip"),
        "http-503",
    ),
    _passing("cut-body", "cuts its body short", half_a_body, "cut"),
    _passing(
        "cut-chunks",
        "cuts a chunked body short",
        raw(b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"),
        "cut",
    ),
    _passing(
        "cut-gzip",
        "cuts a compressed body short",
        says(200, gzip.compress(_BODY * 50)[:80], "content-encoding: gzip"),
        "cut",
    ),
    _passing("damaged-gzip", "calls plain text gzip", says(200, _BODY, "content-encoding: gzip"), "encoding"),
    _passing(
        "unasked-compression",
        "compresses as nobody asked it to",
        says(200, b"\x28\xb5\x2f\xfd", "content-encoding: zstd"),
        "encoding",
    ),
    _passing("no-http", "speaks another protocol", garbage, "protocol"),
    _passing("odd-status", "sends a status line that is none", raw(b"HTTP/1.1 abc def\r\n\r\n"), "protocol"),
    _passing(
        "bad-chunks",
        "writes lengths of chunks that are no numbers",
        raw(b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
        "protocol",
    ),
    _passing(
        "bad-length",
        "gives a length that is no number",
        raw(b"HTTP/1.1 200 X\r\ncontent-length: -5\r\n\r\n{}"),
        "protocol",
    ),
    Misbehaviour(
        "deflate",
        "compresses with deflate, which is asked for",
        says(200, zlib.compress(_BODY), "content-encoding: deflate"),
        Outcome.SCHEMA_VIOLATION,
    ),
)

BODIES = (
    _passing("empty", "says HTTP 200 with an empty body", says(200, b""), "empty-body"),
    _passing("blank", "says HTTP 200 with blanks", says(200, b" \r\n\r\n "), "empty-body"),
    _passing("no-content", "says HTTP 204", says(204, b""), "empty-body"),
    _lasting("always-empty", "says HTTP 200 with an empty body, always", says(200, b""), "empty-body"),
    _passing(
        "html", "sends an HTML page as HTTP 200", says(200, _PAGE, "content-type: text/html"), "not-json"
    ),
    _passing("plain", "sends words", says(200, b"upstream timed out"), "not-json"),
    _passing("half-json", "sends half a JSON value, as if it were whole", says(200, _BODY[:40]), "not-json"),
    _passing("two-bodies", "sends two JSON values", says(200, _BODY + _BODY), "not-json"),
    _passing(
        "stream", "streams though nobody asked it to", says(200, b"data: " + _BODY + b"\n\n"), "not-json"
    ),
    _passing("not-utf-8", "sends bytes that are no UTF-8", says(200, b'{"choices":"\xff\xfe"}'), "not-utf-8"),
    _passing("utf-16", "sends UTF-16", says(200, json.dumps(_GOOD).encode("utf-16")), "not-utf-8"),
    _passing("deep-body", "nests 100,000 arrays", says(200, b"[" * 100_000 + b"]" * 100_000), "too-deep"),
    _passing(
        "deep-arguments-value",
        "sends arguments as an object 100,000 deep",
        says(200, _DEEP_ARGUMENTS % (b'{"a":' * 100_000 + b"1" + b"}" * 100_000)),
        "too-deep",
    ),
    _passing("string", "sends a JSON string", says(200, b'"hello"'), "no-completion"),
    _passing("null", "sends null", says(200, b"null"), "no-completion"),
    _passing("list", "sends a list", says(200, b"[]"), "no-completion"),
    _passing("empty-object", "sends {}", says(200, b"{}"), "no-completion"),
    _passing("no-choices", "leaves choices out", says(200, {"object": "chat.completion"}), "no-completion"),
    _passing("null-choices", "sends null choices", says(200, {"choices": None}), "no-completion"),
    _passing("empty-choices", "sends empty choices", says(200, {"choices": []}), "no-completion"),
    _passing("text-choices", "sends choices that are text", says(200, {"choices": "none"}), "no-completion"),
    _passing("null-choice", "sends [null] as choices", says(200, {"choices": [None]}), "no-completion"),
    _passing("no-message", "sends a choice without message", says(200, {"choices": [{}]}), "no-completion"),
    _passing(
        "null-message", "sends a null message", says(200, {"choices": [{"message": None}]}), "no-completion"
    ),
    _passing(
        "text-message",
        "sends a message that is text",
        says(200, {"choices": [{"message": "hi"}]}),
        "no-completion",
    ),
    _passing(
        "delta",
        "sends a delta in place of a message",
        says(200, {"choices": [{"delta": {}}]}),
        "no-completion",
    ),
    _passing(
        "legacy-text",
        "answers like the older completions",
        says(200, {"choices": [{"text": "{}"}]}),
        "no-completion",
    ),
    _passing(
        "error-in-200",
        "says HTTP 200 with an error object",
        says(200, _error("overloaded", code=503)),
        "error-in-body",
    ),
    _passing(
        "error-text-in-200",
        "says HTTP 200 with an error text",
        says(200, {"error": "overloaded"}),
        "error-in-body",
    ),
    _passing(
        "rate-limit-in-200",
        "says HTTP 200 with error 429",
        says(200, _error("slow", code="429")),
        "error-in-body",
    ),
    _lasting(
        "always-error-in-200",
        "says HTTP 200 with an error object, always",
        says(200, _error("overloaded")),
        "error-in-body",
    ),
    _passing(
        "error-in-choice",
        "puts an error into the choice, beside an empty message",
        says(200, {"choices": [{"error": {"code": 502, "message": "gone"}, "message": {"content": ""}}]}),
        "error-in-body",
    ),
    _passing(
        "off-engine",
        "takes the request off its engine",
        says(200, {"choices": [{"finish_reason": "abort", "message": {"content": ""}}]}),
        "error-in-body",
    ),
    _passing(
        "no-resource",
        "breaks off under load, in the middle of a call",
        says(200, completion('{"tree"', finish_reason="insufficient_system_resource")),
        "error-in-body",
    ),
    _passing(
        "broke-off",
        "says finish_reason error beside half a message",
        says(200, {"choices": [{"finish_reason": "error", "message": {"content": "Let me"}}]}),
        "error-in-body",
    ),
)

STATUSES = (
    *(
        _passing(f"status-{status}", f"says HTTP {status}", says(status, _error("busy")), f"http-{status}")
        for status in (408, 409, 425, 429, 498, 499, 502, 503, 504, 507, 520, 522, 524, 529, 599)
    ),
    _passing(
        "page-502", "says HTTP 502 with a page", says(502, _PAGE, "content-type: text/html"), "http-502"
    ),
    _passing("said-500", "says HTTP 500 and why", says(500, _error("CUDA out of memory")), "http-500"),
    _lasting("always-503", "says HTTP 503, always", says(503, b"busy"), "http-503"),
    _lasting("always-429", "says HTTP 429, always", says(429, _error("slow down")), "http-429"),
    _lasting(
        "always-said-500", "says HTTP 500 and why, always", says(500, _error("worker died")), "http-500"
    ),
    *(
        _lasting(
            f"mute-500-{number}",
            f"says HTTP 500 and {what}, always",
            says(500, body),
            "http-500",
            Outcome.UNATTRIBUTABLE,
        )
        for number, (what, body) in enumerate(
            (
                ("nothing", b""),
                ("its own name", b"Internal Server Error"),
                ("the same in JSON", _error("Internal server error", type="server_error", code=500)),
                ("null", {"error": None}),
                ("a page of its own name", b"<html><h1>500 Internal Server Error</h1></html>"),
                ("a page of nginx", b"<center><h1>500 Internal Server Error</h1></center><hr>nginx"),
                ("a number for support", b"Internal Server Error. Reference: 4f1c2a5e"),
                ("that it is sorry", _error("The server had an error while processing your request. Sorry!")),
                ("that something went wrong", {"error": "Something went wrong, please try again later."}),
            )
        )
    ),
    _passing("mute-500-once", "says HTTP 500 and nothing, once", says(500, b""), "http-500"),
    *(
        _passing(
            f"redirect-{status}",
            f"redirects with HTTP {status}",
            says(status, b"", "location: https://elsewhere.example/v1"),
            f"http-{status}",
        )
        for status in (301, 302, 303, 307, 308)
    ),
    _lasting(
        "redirect-loop",
        "redirects to itself, always",
        says(307, b"", "location: /v1/chat/completions"),
        "http-307",
    ),
    _passing("redirect-nowhere", "redirects without saying where", says(302, b""), "http-302"),
    Misbehaviour("created", "says HTTP 201 with a completion", says(201, _GOOD), Outcome.SCHEMA_VIOLATION),
    Misbehaviour(
        "teapot", "refuses for good, with HTTP 418", says(418, b"teapot"), Outcome.FAULT, 1, "http-418"
    ),
)

_WAITS: tuple[tuple[str, str], ...] = (
    ("seconds", "retry-after: 7"),
    ("milliseconds", "retry-after-ms: 1500"),
    ("a date", "retry-after: Wed, 21 Oct 2065 07:28:00 GMT"),
    ("a date that is past", "retry-after: Wed, 21 Oct 2015 07:28:00 GMT"),
    ("a span", "x-ratelimit-reset-tokens: 1m30.5s"),
    ("a moment in milliseconds", "x-ratelimit-reset: 1893456000000"),
    ("a negative number", "retry-after: -5"),
    ("nan", "retry-after: nan"),
    ("inf", "retry-after: inf"),
    ("1e9", "retry-after: 1e9"),
    ("a day", "retry-after: 86400"),
    ("a number of 400 digits", "retry-after: " + "9" * 400),
    ("words", "retry-after: soon"),
    ("nothing", "retry-after:"),
    ("a date that no calendar has", "retry-after: Wed, 99 Oct 2065 07:28:00 GMT"),
)

WAITS = tuple(
    _passing(f"wait-{number}", f"says HTTP 429 and to wait for {what}", says(429, b"", header), "http-429")
    for number, (what, header) in enumerate(_WAITS)
)

UNSUPPORTED = tuple(
    Misbehaviour(name, does, says(status, body), Outcome.UNSUPPORTED, 1, f"http-{status}")
    for name, does, status, body in (
        ("no-tools", "says that the model takes no tools", 400, _error("x does not support tools")),
        (
            "no-tools-404",
            "says the same with HTTP 404",
            404,
            _error("No endpoints found that support tool use."),
        ),
        (
            "no-max-tokens",
            "refuses max_tokens",
            400,
            _error("Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens'."),
        ),
        (
            "inputs-too-long",
            "says HTTP 422 that inputs are long",
            422,
            _error("`inputs` must have less than 9 tokens"),
        ),
        (
            "too-large-413",
            "says HTTP 413",
            413,
            _error("Request too large for model on tokens per minute (TPM)"),
        ),
        (
            "choice-in-object",
            "refuses the choice of a tool, in an object",
            422,
            {"message": {"detail": [{"loc": ["body", "tool_choice"], "msg": "Input should be 'any'"}]}},
        ),
        ("no-ref", "refuses $ref", 400, _error("Invalid schema for function 'f': '$ref' is not permitted")),
        ("no-choice", "refuses the choice of a tool", 422, {"detail": [{"loc": ["body", "tool_choice"]}]}),
        (
            "no-grammar",
            "cannot make a grammar of the schema",
            400,
            _error("Failed to initialize samplers: failed to parse grammar"),
        ),
        (
            "no-grammar-500",
            "says the same with HTTP 500",
            500,
            _error("JSON schema conversion failed: Unrecognized schema: {}"),
        ),
        (
            "no-samplers",
            "cannot start to follow a grammar",
            400,
            _error("Failed to initialize samplers: std::exception", code=400, type="invalid_request_error"),
        ),
        (
            "not-valid-500",
            "says HTTP 500 that the request is not of the declared type",
            500,
            _error(_LLAMA_CPP_PYTHON, type="internal_server_error", param=None, code=None),
        ),
        (
            "too-long-llama-server",
            "has too short a context, and says how long the request is",
            400,
            {
                "error": {
                    "code": 400,
                    "message": "request (160173 tokens) exceeds the available context size (32768 tokens), "
                    "try increasing it",
                    "type": "exceed_context_size_error",
                    "n_prompt_tokens": 160173,
                    "n_ctx": 32768,
                }
            },
        ),
        (
            "too-long-llama-cpp-python",
            "has too short a context, and counts what was asked for",
            400,
            _error(
                "This model's maximum context length is 32768 tokens. However, you requested 160217 tokens "
                "(160017 in the messages, 200 in the completion). Please reduce the length of the messages "
                "or completion.",
                type="invalid_request_error",
                param="messages",
                code="context_length_exceeded",
            ),
        ),
        ("too-long", "has too short a context", 400, _error("maximum context length is 4096 tokens")),
    )
)
