"""A round's question as the bytes of a chat completion request. Pure.

The conversation is the original prompt, and after round 0 the last reply with its feedback; nothing
older. Its form does not depend on anything that a server made up, such as the ids of calls.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from fcbench_action.endpoint.channels import answer_note
from fcbench_action.endpoint.dialects import EMPTY_CONTENT, JSON_OBJECT, NO_REPLAY, OBJECT, dialect, spoken
from fcbench_action.endpoint.types import Ask
from fcbench_action.judge.channels import JSON_SCHEMA, TEXT
from fcbench_action.judge.types import Reply
from fcbench_action.records.types import ToolText

CALL_ID = "call00001"
"""Of the one call that is ever replayed; nine letters and digits, as Mistral's servers demand."""
NO_TEXT = "(no text)"
"""Stands where a reply had no text at all: servers refuse empty messages."""

LONGEST_REPLAY = 200_000
"""Characters of a last reply that are sent back as they are. Of a longer one only the beginning is: the whole
would fill any context, and the server's refusal would count for nobody."""

_SHOWN = 20_000
_CUT = "\n(the rest of this reply is left out: it was {} characters long)"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_encode = msgspec.json.Encoder().encode


def encode_form(tool: ToolText, dialect_name: str, channel: str) -> dict[str, Any]:
    """The members of a request that ask for the form of the answer: one tool and no choice, or a schema, or
    nothing. What is large in them is encoded already.
    """
    chosen, sent = dialect(dialect_name), spoken(tool, dialect_name)
    if channel == TEXT:
        return {}
    if channel == JSON_SCHEMA:
        if chosen.has(JSON_OBJECT):
            schema = msgspec.Raw(_encode(sent.parameters))
            return {"response_format": {"type": "json_object", "schema": schema}}
        form = msgspec.Raw(_encode({"name": tool.name, "schema": sent.parameters}))
        return {"response_format": {"type": "json_schema", "json_schema": form}}
    function = {"name": tool.name, "description": tool.description, "parameters": sent.parameters}
    tools = msgspec.Raw(_encode([{"type": "function", "function": function}]))
    choice = chosen.choice(tool.name)
    return {"tools": tools} if choice is None else {"tools": tools, "tool_choice": choice}


def encode_request(ask: Ask, form: dict[str, Any]) -> bytes:
    """The body of the request. ``form`` comes from :func:`encode_form`."""
    settings = dialect(ask.dialect).settings(ask.sampling)
    return _encode({"model": ask.model, "messages": messages(ask), **form, **settings})


def messages(ask: Ask) -> list[dict[str, Any]]:
    """The conversation.

    The last reply is replayed as the call it was, where its arguments are a JSON object and its name is
    one that a tool can have. Otherwise it is replayed as text and the feedback comes from the user:
    servers parse the arguments of past calls for their chat templates and fail on broken ones. Of the
    content beside a call, some servers refuse null, others an empty text: the dialect says which is sent.
    """
    chosen = dialect(ask.dialect)
    note = answer_note(ask.tool, ask.channel, hidden=chosen.has(OBJECT))
    prompt = [
        {"role": "system", "content": ask.prompt.system + note},
        {"role": "user", "content": ask.prompt.user},
    ]
    if ask.last is None:
        return prompt
    if is_replayable(ask.last) and not chosen.has(NO_REPLAY):
        function = {"name": ask.last.function, "arguments": ask.last.arguments}
        call = {"id": CALL_ID, "type": "function", "function": function}
        return [
            *prompt,
            {"role": "assistant", "content": "" if chosen.has(EMPTY_CONTENT) else None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": CALL_ID, "content": ask.feedback or NO_TEXT},
        ]
    said = ask.last.arguments or ask.last.content or ask.last.refusal or NO_TEXT
    if len(said) > LONGEST_REPLAY:
        said = said[:_SHOWN] + _CUT.format(len(said))
    return [
        *prompt,
        {"role": "assistant", "content": _encodable(said)},
        {"role": "user", "content": _encodable(ask.feedback or NO_TEXT)},
    ]


def _encodable(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which no request can hold."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def is_replayable(reply: Reply) -> bool:
    """Whether a reply can stand in a conversation as a call."""
    if reply.function is None or reply.arguments is None or not _NAME.fullmatch(reply.function):
        return False
    if len(reply.arguments) > LONGEST_REPLAY:
        return False
    try:
        msgspec.json.decode(reply.arguments, type=dict[str, msgspec.Raw])
    except (ValueError, RecursionError):
        return False
    return True
