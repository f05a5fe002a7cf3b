"""From the JSON of a chat completion to what the judge and the record need. Pure, and believes nothing.

The rules, each fixed whatever the server:

- The first choice counts, and in it the first tool call; further ones are counted in ``extra_calls``.
- A legacy ``function_call`` counts as the call where there are no ``tool_calls`` (note ``function-call``).
- Arguments that come as a JSON value in place of a text are written as text (note ``arguments-value``):
  the server has read them already, so the model's own text is lost, and they are judged as they stand.
- Absent or null arguments are an empty text, and so not JSON.
- Content that comes in parts is their texts, joined.
- A token count that is no whole number from 0 on is unknown.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from fcbench_action.judge.types import Reply
from fcbench_action.records.types import Usage


def parse(body: bytes) -> Any:
    """The JSON value of a body. Raises ValueError for what is none, or is nested too deeply.

    What msgspec rightly refuses and servers write all the same - NaN, lone surrogates, bytes that are not
    UTF-8, huge integers - is read by Python's own reader; such characters become U+FFFD.
    """
    try:
        return msgspec.json.decode(body)
    except ValueError:
        pass
    except RecursionError:
        raise ValueError("nested too deeply") from None
    try:
        text = body.decode("utf-8-sig", "replace")
        return _without_surrogates(json.loads(text))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def read_reply(message: dict[str, Any], finish_reason: Any) -> Reply:
    """The reply that a choice's message comes to."""
    calls = [call for call in _list(message.get("tool_calls")) if isinstance(call, dict)]
    function = _dict(calls[0].get("function")) if calls else {}
    notes: tuple[str, ...] = ()
    if not calls and isinstance(message.get("function_call"), dict):
        function, notes = message["function_call"], ("function-call",)
    name = _text(function.get("name")) or ("" if calls else None)
    arguments = function.get("arguments")
    if name is not None and not isinstance(arguments, str):
        notes = notes if arguments is None else (*notes, "arguments-value")
        arguments = "" if arguments is None else msgspec.json.encode(arguments).decode()
    return Reply(
        function=name,
        arguments=arguments if name is not None else None,
        content=_content(message.get("content")),
        refusal=_text(message.get("refusal")),
        finish_reason=_text(finish_reason),
        call_id=_text(calls[0].get("id")) if calls else None,
        extra_calls=max(len(calls) - 1, 0),
        notes=notes,
    )


def read_usage(completion: dict[str, Any]) -> Usage:
    """The tokens that the server reports."""
    usage = _dict(completion.get("usage"))
    return Usage(
        prompt_tokens=_count(usage.get("prompt_tokens")),
        completion_tokens=_count(usage.get("completion_tokens")),
        reasoning_tokens=_count(_dict(usage.get("completion_tokens_details")).get("reasoning_tokens")),
        cached_tokens=_count(_dict(usage.get("prompt_tokens_details")).get("cached_tokens")),
    )


def read_served_model(completion: dict[str, Any]) -> str | None:
    """The model that the server says it used."""
    return _text(completion.get("model")) or None


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


def _count(value: Any) -> int | None:
    """Counts beyond 2**53 are nonsense too, and would not survive every JSON reader."""
    return value if type(value) is int and 0 <= value < 1 << 53 else None


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    return value
