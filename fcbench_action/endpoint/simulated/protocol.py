"""The chat completions protocol as the simulated endpoint speaks it: bytes in, status and bytes out. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from fcbench_action.endpoint.channels import MARK
from fcbench_action.endpoint.probe import SIZED
from fcbench_action.endpoint.simulated.book import Book, key_of
from fcbench_action.endpoint.simulated.delivery import Delivery, deliver
from fcbench_action.endpoint.simulated.draws import Draws
from fcbench_action.endpoint.simulated.filler import fill
from fcbench_action.endpoint.simulated.player import Play, Question, play
from fcbench_action.endpoint.simulated.profiles import PREFIX, PROFILES, Profile
from fcbench_action.endpoint.simulated.refusals import FEEDBACK, lost, refusal
from fcbench_action.endpoint.simulated.texts import as_typescript, recalled
from fcbench_action.functions import FUNCTIONS
from fcbench_action.functions.base import Prompt
from fcbench_action.judge.channels import JSON_SCHEMA, TEXT, TOOL, answer_in

_CREATED = 1_700_000_000  # any other time would make two answers to one request differ
_BYTES_A_TOKEN = 4
_NAMED = re.compile(r"argument of `([A-Za-z0-9_-]+)`")
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a JSON body, and the line that the log gets.

    ``stray`` says that one of the benchmark's functions was asked for, with the words of no case.
    """

    status: int
    body: bytes
    log: Mapping[str, Any]
    stray: bool = False


class _Refused(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def models() -> bytes:
    """The body of ``GET /v1/models``."""
    data = [{"id": name, "object": "model", "created": _CREATED, "owned_by": "fcbench"} for name in PROFILES]
    return _encode({"object": "list", "data": data})


@dataclass(frozen=True, slots=True)
class Manners:
    """What the endpoint refuses, and what of a request it loses (``simulated.refusals`` names both)."""

    refuses: frozenset[str] = frozenset()
    loses: frozenset[str] = frozenset()


def answer(book: Book, body: bytes, manners: Manners = Manners()) -> Answer:
    """The answer to ``POST /v1/chat/completions``. Never raises, whatever the body."""
    try:
        try:
            return _complete(book, _read(body, manners))
        except RecursionError:
            raise _Refused(400, "invalid_json", "the body is nested too deeply") from None
    except _Refused as refused:
        error = {
            "message": str(refused),
            "type": "invalid_request_error",
            "param": None,
            "code": refused.code,
        }
        return Answer(
            refused.status, _encode({"error": error}), {"status": refused.status, "error": str(refused)}
        )


@dataclass(frozen=True, slots=True)
class _Request:
    profile: Profile
    name: str
    prompt: Prompt
    messages: list[dict[str, Any]]
    tool: dict[str, Any] | None
    seed: str
    channel: str = TOOL


def _read(body: bytes, manners: Manners) -> _Request:
    try:
        value = msgspec.json.decode(body)
    except ValueError:
        raise _Refused(400, "invalid_json", "the body is not JSON") from None
    if not isinstance(value, dict):
        raise _Refused(400, "invalid_type", "the body is no JSON object")
    messages = value.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(m, dict) for m in messages):
        raise _Refused(
            400, "missing_required_parameter", "'messages' must be a list of objects, at least one"
        )
    if value.get("stream"):
        raise _Refused(
            400, "unsupported_parameter", "the simulated endpoint does not stream: leave out 'stream'"
        )
    name = value.get("model")
    profile = PROFILES.get(name if isinstance(name, str) and name.startswith(PREFIX) else f"{PREFIX}{name}")
    if profile is None:
        known = ", ".join(PROFILES)
        raise _Refused(404, "model_not_found", f"the model {str(name)[:80]!r} does not exist; known: {known}")
    first = {
        role: _content(next((m for m in messages if m.get("role") == role), {}))
        for role in ("system", "user")
    }
    prompt = Prompt(first["system"].partition(MARK)[0], first["user"])
    tool = _tool(value)
    schema = _schema(value, tool)
    if (name_refused := refusal(value, schema, manners.refuses)) is not None:
        raise _Refused(400, "invalid_request", f"{name_refused!r} is not permitted in a request")
    if FEEDBACK in manners.loses:
        messages = [message for message in messages if message.get("role") != "tool"]
    asked = None if tool is None else {**tool, "parameters": lost(schema, manners.loses)}
    channel = TOOL
    if tool is None and (found := _asked_as_text(value, first["system"])) is not None:
        channel, asked = found[0], {"name": found[1], "parameters": schema}
    return _Request(profile, str(name), prompt, messages, asked, str(value.get("seed")), channel)


def _asked_as_text(value: dict[str, Any], system: str) -> tuple[str, str] | None:
    """Channel and name of the function whose argument is asked for as text, if one is."""
    form = value.get("response_format")
    schema = form.get("json_schema") if isinstance(form, dict) else None
    if isinstance(schema, dict) and isinstance(schema.get("name"), str):
        return JSON_SCHEMA, schema["name"]
    named = _NAMED.search(system.partition(MARK)[2])
    channel = JSON_SCHEMA if isinstance(form, dict) and isinstance(form.get("schema"), dict) else TEXT
    return (channel, named[1]) if named else None


def _schema(value: dict[str, Any], tool: dict[str, Any] | None) -> dict[str, Any]:
    """The schema of a request: that of its tool, or of its response."""
    parameters = tool.get("parameters") if tool is not None else None
    if parameters is None and isinstance(value.get("response_format"), dict):
        form = value["response_format"]
        form = form.get("json_schema", form)
        parameters = form.get("schema") if isinstance(form, dict) else None
    return parameters if isinstance(parameters, dict) else {}


def _tool(value: dict[str, Any]) -> dict[str, Any] | None:
    """The tool that the request forces, else the first one."""
    tools = value.get("tools")
    functions = [t.get("function") for t in tools if isinstance(t, dict)] if isinstance(tools, list) else []
    known = {f["name"]: f for f in functions if isinstance(f, dict) and isinstance(f.get("name"), str)}
    choice = value.get("tool_choice")
    if choice == "none" or not known:
        return None
    if isinstance(choice, dict):
        forced = choice.get("function")
        name = forced.get("name") if isinstance(forced, dict) else None
        if not isinstance(name, str) or name not in known:
            raise _Refused(400, "invalid_value", "'tool_choice' names no function of 'tools'")
        return known[name]
    return next(iter(known.values()))


def _delivered(request: _Request, delivery: Delivery) -> Delivery:
    """The delivery as the request's channel asks for it: as text where it is not a call."""
    if request.channel == TOOL or delivery.function is None:
        return delivery
    text = delivery.arguments
    if request.channel == TEXT:
        text = f"```\n{as_typescript(delivery.function, text)}\n```" + " " * (len(text) - len(text.rstrip()))
    reason = "length" if delivery.finish_reason == "length" else "stop"
    return Delivery(reason, content=text)


def _complete(book: Book, request: _Request) -> Answer:
    if request.tool is None:
        delivery = Delivery("stop", content="This is a simulated model: it only fills functions.")
        return _answered(request, Play(delivery), None, 0)
    parameters = request.tool.get("parameters")
    schema = parameters if isinstance(parameters, dict) else {}
    name = request.tool["name"]
    page = book.find(request.prompt, name)
    if page is None:
        text = _encode(fill(schema)).decode()
        delivery = _delivered(request, deliver(None, name, text, Draws()))
        answered = _answered(request, Play(delivery), None, 0)
        ours = any(name == known.tool_name for known in FUNCTIONS.values())
        return replace(answered, stray=ours and request.prompt != SIZED)
    question = _question(request, name, schema)
    played = play(request.profile, page, question)
    played = replace(played, delivery=_delivered(request, played.delivery))
    return _answered(request, played, page.case, question.round)


def _question(request: _Request, name: str, schema: dict[str, Any]) -> Question:
    key = key_of(request.prompt, name)
    last = next((m for m in reversed(request.messages) if m.get("role") == "assistant"), None)
    if last is None:
        return Question(key, name, schema, request.seed)
    function = _call(last)
    said = function.get("arguments") if function else _content(last)
    called = function.get("name")
    feedback = _content(request.messages[-1]) if request.messages[-1] is not last else ""
    named = None
    if request.channel != TOOL and isinstance(said, str):
        blanks = len(said) - len(said.rstrip(" "))
        said, called = answer_in(said, request.channel).rstrip(), name
        if request.channel == TEXT and (program := recalled(name, said, feedback)) is not None:
            said, named = program
        said += " " * blanks
    return Question(
        key,
        name,
        schema,
        request.seed,
        said if isinstance(said, str) else "",
        called if called else None,
        feedback,
        named,
    )


def _call(message: dict[str, Any]) -> dict[str, Any]:
    calls = message.get("tool_calls")
    first = calls[0] if isinstance(calls, list) and calls else None
    function = first.get("function") if isinstance(first, dict) else None
    return function if isinstance(function, dict) else {}


def _content(message: dict[str, Any]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "".join(p["text"] for p in content if isinstance(p, dict) and isinstance(p.get("text"), str))
    return content if isinstance(content, str) else ""


def _answered(request: _Request, played: Play, case: str | None, number: int) -> Answer:
    usage = _usage(request, played.delivery)
    digest = hashlib.sha256(_encode([request.name, request.messages, request.seed])).hexdigest()
    body = {
        "id": f"chatcmpl-{digest[:24]}",
        "object": "chat.completion",
        "created": _CREATED,
        "model": PREFIX + request.profile.name,
        "choices": [_choice(played.delivery, digest)],
        "usage": usage,
        "system_fingerprint": "fcbench-simulated",
    }
    log = {
        "model": PREFIX + request.profile.name,
        "prompt": key_of(request.prompt, "")[:16],
        "case": case,
        "round": number,
        "planted": played.planted,
        "mended": played.mended,
        "finish_reason": played.delivery.finish_reason,
        "usage": usage,
    }
    return Answer(200, _encode(body), log)


def _choice(delivery: Delivery, digest: str) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": delivery.content, "refusal": delivery.refusal}
    if delivery.function is not None:
        function = {"name": delivery.function, "arguments": delivery.arguments}
        message["tool_calls"] = [{"id": f"call_{digest[24:40]}", "type": "function", "function": function}]
    return {"index": 0, "message": message, "logprobs": None, "finish_reason": delivery.finish_reason}


def _usage(request: _Request, delivery: Delivery) -> dict[str, int]:
    """Tokens, taken to be four bytes each: near enough, and the same everywhere."""
    sent = len(_encode(request.messages)) + len(_encode(request.tool))
    prompt, completion = -(-sent // _BYTES_A_TOKEN), -(-len(delivery.text.encode()) // _BYTES_A_TOKEN)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
