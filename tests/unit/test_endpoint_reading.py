from __future__ import annotations

import math
from typing import Any

import pytest

from fcbench_action.endpoint.reading import NOTES, Unreadable, noting_limit, parse, read_reply, read_usage
from fcbench_action.judge.types import Reply
from fcbench_action.records.types import Usage


def call(name: Any = "f", arguments: Any = "{}", **more: Any) -> dict[str, Any]:
    return {"type": "function", "id": "x", "function": {"name": name, "arguments": arguments}, **more}


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ({"tool_calls": [call()]}, Reply("f", "{}", call_id="x")),
        ({"tool_calls": [call(), call("g")]}, Reply("f", "{}", call_id="x", extra_calls=1)),
        ({"tool_calls": [call(id=None, arguments=None)]}, Reply("f", "", notes=("no-arguments", "no-id"))),
        ({"tool_calls": [call(id=7)]}, Reply("f", "{}", notes=("no-id",))),
        (
            {"tool_calls": [call(arguments={"a": float("nan")})]},
            Reply("f", '{"a": NaN}', call_id="x", notes=("arguments-value",)),
        ),
        ({"tool_calls": call()}, Reply("f", "{}", call_id="x", notes=("single-call",))),
        (
            {"tool_calls": [{"id": "x", "name": "f", "arguments": "{}"}]},
            Reply("f", "{}", call_id="x", notes=("bare-call",)),
        ),
        ({"tool_calls": [{"function": None}]}, Reply("", "", notes=("no-arguments", "no-id"))),
        ({"function_call": {"name": "f", "arguments": "{}"}}, Reply("f", "{}", notes=("function-call",))),
        ({"tool_calls": [], "function_call": None, "content": "no"}, Reply(content="no")),
        (
            {"tool_calls": "what", "content": [{"type": "text", "text": "a"}, {"text": "b"}, 3]},
            Reply(content="ab", notes=("content-parts",)),
        ),
        ({"content": None, "refusal": "I decline"}, Reply(refusal="I decline")),
        ({"content": "hm", "tool_calls": [call()]}, Reply("f", "{}", content="hm", call_id="x")),
        (
            {"reasoning_content": "f({})", "content": None},
            Reply(notes=("reasoning",)),
        ),
    ],
)
def test_a_message_is_read_by_the_documented_rules(message: dict[str, Any], reply: Reply) -> None:
    found = read_reply({"message": message})
    assert found == reply
    assert set(found.notes) <= NOTES.keys()


@pytest.mark.parametrize(
    "arguments", ['{"a": 1, "a": 2}', '{"a": ' + "9" * 10_000 + "}", '{ "a" :1e400}', '["\u00e9"]', "true"]
)
def test_arguments_that_are_no_text_are_kept_byte_for_byte(arguments: str) -> None:
    body = f'{{"choices": [{{"message": {{"tool_calls": [{{"function": {{"arguments": {arguments}}}}}]}}}}]}}'
    reply = read_reply(parse(body.encode())["choices"][0], body.encode())
    assert reply.arguments == arguments


def test_the_reason_for_stopping_is_kept_as_the_server_gave_it() -> None:
    assert read_reply({"message": {"content": ""}, "finish_reason": "length"}).finish_reason == "length"
    assert read_reply({"message": {"content": ""}, "finish_reason": {"odd": 1}}).finish_reason is None


@pytest.mark.parametrize(("spent", "most", "noted"), [(9, 9, True), (10, 9, True), (8, 9, False)])
def test_a_reply_that_took_all_the_tokens_it_may_is_noted_whatever_its_reason(
    spent: int, most: int, noted: bool
) -> None:
    reply = noting_limit(Reply("f", "{", finish_reason="stop"), Usage(completion_tokens=spent), most)
    assert reply.stopped_at_limit is noted
    assert noting_limit(reply, Usage(), most) is reply


@pytest.mark.parametrize("count", [None, 0, -1, 1.5, True, "12", 2**60, [], {}])
def test_a_count_that_is_none_is_unknown_and_never_zero(count: Any) -> None:
    usage = {"prompt_tokens": count, "completion_tokens": 3, "prompt_tokens_details": count}
    assert read_usage({"usage": usage}) == Usage(completion_tokens=3)
    assert read_usage({"usage": count}) == Usage()


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'\xef\xbb\xbf{"a":1}', {"a": 1}),
        (b'{"a":"\\ud800x"}', {"a": "\ud800x"}),
        (b'{"a":-Infinity}', {"a": -math.inf}),
        (b'{"a":' + b"9" * 5000 + b"}", {"a": math.inf}),
    ],
)
def test_bodies_that_strict_readers_refuse_are_read_where_they_can_be(body: bytes, value: Any) -> None:
    assert parse(body) == value


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"nope", "not-json"),
        (b'{"a":"\xff"}', "not-utf-8"),
        ('{"a":1}'.encode("utf-16"), "not-utf-8"),
        (b"[" * 200_000, "too-deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "too-deep"),
        (b"[]" * 300 + b"[" * 256, "not-json"),
    ],
)
def test_bodies_that_nobody_can_read_say_why(body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(body)
    assert caught.value.kind == kind
