"""From the JSON of a chat completion to what the judge and the record need. Pure, and believes nothing.

The rules, each fixed whatever the server; what :data:`NOTES` names is written down beside the reply:

- The first choice counts, and in it the first tool call; further ones are counted in ``extra_calls``.
- Arguments are the text as delivered, to the last character: lone surrogates, NUL and all.
- Absent or null arguments are an empty text, and so not JSON.
- Content that comes in parts is their texts, joined.
- Thinking beside the reply is no part of it, and a call in there is none.
- A token count that is no whole number from 1 on is unknown; so is a count of 0, for no prompt is empty and
  a server that counts nothing says 0.
"""

from __future__ import annotations

import json
from itertools import accumulate
from typing import Any

import msgspec

from fcbench_action.judge.skeleton import brackets
from fcbench_action.judge.types import OUTPUT_LIMIT, UNPARSED_CALL, Reply
from fcbench_action.records.types import MOST_MONEY, Usage

DEEPEST = 256
"""Levels of nesting that a body may have: those of a completion, and as many arguments as are judged."""

FUNCTION_CALL = "function-call"
ARGUMENTS_VALUE = "arguments-value"
NO_ARGUMENTS = "no-arguments"
BARE_CALL = "bare-call"
SINGLE_CALL = "single-call"
NO_ID = "no-id"
CONTENT_PARTS = "content-parts"
REASONING = "reasoning"

NOTES: dict[str, str] = {
    FUNCTION_CALL: "the call stood in the legacy member function_call, and there were no tool_calls",
    ARGUMENTS_VALUE: "the arguments came as a JSON value, not as text; they are judged as that value's text",
    NO_ARGUMENTS: "the call had no arguments, or null; they are judged as an empty text",
    BARE_CALL: "name and arguments stood in the call itself, without the member function",
    SINGLE_CALL: "tool_calls was one call, not a list of calls",
    NO_ID: "the call had no id that is text; a fixed one stands in the conversation",
    CONTENT_PARTS: "the content came in parts, which are joined",
    REASONING: "the server sent the model's thinking beside the reply; it is not kept and not judged",
    UNPARSED_CALL: "the server could not parse the model's call; what it quotes of it is read as content",
    OUTPUT_LIMIT: "the tokens reached the limit that was asked for, whatever finish_reason says",
}
"""What a reply's notes say about its form."""

_THINKING = ("reasoning_content", "reasoning", "thinking", "reasoning_details")
_SIGNED = bytes.maketrans(b"[]", b"\x01\xff")


class Unreadable(ValueError):
    """A body that is no JSON value within bounds. ``kind`` is ``not-utf-8``, ``not-json`` or ``too-deep``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def parse(body: bytes) -> Any:
    """The JSON value of a body. Raises :class:`Unreadable`.

    What strict readers rightly refuse and servers write all the same - NaN, lone surrogates, numbers beyond
    all bounds, a byte order mark - is read too.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not-utf-8") from None
    if _is_deep(body):
        raise Unreadable("too-deep")
    try:
        return msgspec.json.decode(text)
    except ValueError:
        pass
    try:
        return json.loads(text, parse_int=_integer)
    except (ValueError, RecursionError):
        raise Unreadable("not-json") from None


def read_reply(choice: dict[str, Any], body: bytes = b"") -> Reply:
    """The reply that a choice comes to. ``body`` is what it was read from, for arguments that are no text."""
    message = choice["message"]
    notes: list[str] = []
    calls = _calls(message, notes)
    function = _function(message, calls, notes)
    name = None if function is None else _text(function.get("name")) or ""
    arguments = None if function is None else _arguments(function.get("arguments"), body, notes)
    call_id = _text(calls[0].get("id")) if calls else None
    if calls and not call_id:
        notes.append(NO_ID)
    if isinstance(message.get("content"), list):
        notes.append(CONTENT_PARTS)
    if any(message.get(member) for member in _THINKING):
        notes.append(REASONING)
    return Reply(
        function=name,
        arguments=arguments,
        content=_content(message.get("content")),
        refusal=_text(message.get("refusal")),
        finish_reason=_text(choice.get("finish_reason")),
        call_id=call_id,
        extra_calls=max(len(calls) - 1, 0),
        notes=tuple(notes),
    )


def noting_limit(reply: Reply, usage: Usage, most_tokens: int | None) -> Reply:
    """The reply, with a note where it took as many tokens as it was allowed."""
    if most_tokens is None or usage.completion_tokens is None or usage.completion_tokens < most_tokens:
        return reply
    return msgspec.structs.replace(reply, notes=(*reply.notes, OUTPUT_LIMIT))


def is_empty(message: dict[str, Any]) -> bool:
    """Whether a message says nothing at all, neither text nor call."""
    members = ("content", "tool_calls", "function_call", "refusal")
    return not any(message.get(member) for member in members)


def read_usage(completion: dict[str, Any]) -> Usage:
    """The tokens that the server reports."""
    usage = _dict(completion.get("usage"))
    details, cached = usage.get("completion_tokens_details"), usage.get("prompt_tokens_details")
    return Usage(
        prompt_tokens=_count(usage.get("prompt_tokens"), 1),
        completion_tokens=_count(usage.get("completion_tokens"), 1),
        reasoning_tokens=_count(_dict(details).get("reasoning_tokens")),
        cached_tokens=_count(_dict(cached).get("cached_tokens")),
        cost=_money(usage.get("cost")),
    )


def read_served_model(completion: dict[str, Any]) -> str | None:
    """The model that the server says it used."""
    return _text(completion.get("model")) or None


def _calls(message: dict[str, Any], notes: list[str]) -> list[dict[str, Any]]:
    calls = message.get("tool_calls")
    if isinstance(calls, dict):
        notes.append(SINGLE_CALL)
        return [calls]
    return [call for call in _list(calls) if isinstance(call, dict)]


def _function(
    message: dict[str, Any], calls: list[dict[str, Any]], notes: list[str]
) -> dict[str, Any] | None:
    """Name and arguments of the call that counts, if there is one."""
    if calls:
        if "function" not in calls[0] and "name" in calls[0]:
            notes.append(BARE_CALL)
            return calls[0]
        return _dict(calls[0].get("function"))
    if isinstance(message.get("function_call"), dict):
        notes.append(FUNCTION_CALL)
        return _dict(message["function_call"])
    return None


def _arguments(value: Any, body: bytes, notes: list[str]) -> str:
    if isinstance(value, str):
        return value
    notes.append(NO_ARGUMENTS if value is None else ARGUMENTS_VALUE)
    if value is None:
        return ""
    return _as_sent(body) or json.dumps(value, ensure_ascii=False)


class _SentFunction(msgspec.Struct):
    arguments: msgspec.Raw


class _SentCall(msgspec.Struct):
    function: _SentFunction


class _SentMessage(msgspec.Struct):
    tool_calls: list[_SentCall]


class _SentChoice(msgspec.Struct):
    message: _SentMessage


class _SentCompletion(msgspec.Struct):
    choices: list[_SentChoice]


def _as_sent(body: bytes) -> str | None:
    """The arguments of the first call, byte for byte, so that repeated keys and long numbers are still there;
    nothing where the body is not formed as it should be.
    """
    try:
        completion = msgspec.json.decode(body, type=_SentCompletion)
        return bytes(completion.choices[0].message.tool_calls[0].function.arguments).decode()
    except (ValueError, IndexError, RecursionError):
        return None


def _content(value: Any) -> str | None:
    if not isinstance(value, list):
        return _text(value)
    return "".join(_text(_dict(part).get("text")) or "" for part in value)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _count(value: Any, least: int = 0) -> int | None:
    """Counts beyond 2**53 are nonsense too, and would not survive every JSON reader."""
    return value if type(value) is int and least <= value < 1 << 53 else None


def _money(value: Any) -> float | None:
    """US dollars, as OpenRouter reports them."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_MONEY:
        return None
    return float(value)


def _integer(digits: str) -> int | float:
    """Python refuses to read more than some thousand digits, which here is no reason to lose a reply."""
    return int(digits) if len(digits) < 400 else float(digits)


def _is_deep(body: bytes) -> bool:
    """Whether a body nests deeper than :data:`DEEPEST`, told from its brackets alone and in one pass."""
    kept = brackets(body)
    if len(kept) <= DEEPEST:
        return False
    steps = memoryview(kept.translate(_SIGNED)).cast("b")
    return max(accumulate(steps)) > DEEPEST
