from __future__ import annotations

from typing import Any

import pytest

from fcbench_action.endpoint.reading import parse, read_reply, read_usage
from fcbench_action.judge.types import Reply
from fcbench_action.records.types import Usage


def call(name: Any = "f", arguments: Any = "{}", **more: Any) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "arguments": arguments}, **more}


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ({"tool_calls": [call(id="x")]}, Reply("f", "{}", call_id="x")),
        ({"tool_calls": [call(), call("g")]}, Reply("f", "{}", extra_calls=1)),
        ({"tool_calls": [call(id=None, arguments=None)]}, Reply("f", "")),
        ({"tool_calls": [call(arguments={"a": 1})]}, Reply("f", '{"a":1}', notes=("arguments-value",))),
        ({"tool_calls": [{"function": None}]}, Reply("", "")),
        ({"function_call": {"name": "f", "arguments": "{}"}}, Reply("f", "{}", notes=("function-call",))),
        ({"tool_calls": [], "function_call": None, "content": "no"}, Reply(content="no")),
        (
            {"tool_calls": "what", "content": [{"type": "text", "text": "a"}, {"text": "b"}, 3]},
            Reply(content="ab"),
        ),
        ({"content": None, "refusal": "I decline"}, Reply(refusal="I decline")),
        ({"content": "thinking", "tool_calls": [call()]}, Reply("f", "{}", content="thinking")),
    ],
)
def test_a_message_is_read_by_the_documented_rules(message: dict[str, Any], reply: Reply) -> None:
    assert read_reply(message, None) == reply


def test_the_reason_for_stopping_is_kept_as_the_server_gave_it() -> None:
    assert read_reply({"content": ""}, "length").finish_reason == "length"
    assert read_reply({"content": ""}, {"odd": 1}).finish_reason is None


@pytest.mark.parametrize("count", [None, -1, 1.5, True, "12", 2**60, [], {}])
def test_a_count_that_is_none_is_unknown_and_never_zero(count: Any) -> None:
    usage = {"prompt_tokens": count, "completion_tokens": 3, "prompt_tokens_details": count}
    assert read_usage({"usage": usage}) == Usage(completion_tokens=3)
    assert read_usage({"usage": count}) == Usage()


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'\xef\xbb\xbf{"a":1}', {"a": 1}),
        (b'{"a":"\\ud800x"}', {"a": "\ufffdx"}),
        (b'{"a":"\xff"}', {"a": "\ufffd"}),
    ],
)
def test_bodies_that_strict_readers_refuse_are_read_where_they_can_be(body: bytes, value: Any) -> None:
    assert parse(body) == value


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 200_000, b"9" * 5000, b"nope"])
def test_bodies_that_nobody_can_read_are_value_errors(body: bytes) -> None:
    with pytest.raises(ValueError):
        parse(body)
