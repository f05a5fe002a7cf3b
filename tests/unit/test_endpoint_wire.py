from __future__ import annotations

import msgspec
import pytest

from fcbench_action.endpoint.types import Ask
from fcbench_action.endpoint.wire import encode_form, encode_request, messages
from fcbench_action.functions.base import Prompt
from fcbench_action.judge.types import Reply
from fcbench_action.records.types import Sampling, ToolText

TOOL = ToolText("f", "fills", {"type": "object", "additionalProperties": False})


def after(reply: Reply | None, feedback: str = "mend it") -> list[dict[str, object]]:
    return messages(Ask("m", Prompt("S", "U"), TOOL, Sampling(), reply, feedback))


def test_the_first_request_is_the_prompt_alone() -> None:
    assert after(None) == [{"role": "system", "content": "S"}, {"role": "user", "content": "U"}]


def test_a_call_is_replayed_as_a_call_with_an_id_of_our_own() -> None:
    said = after(Reply("f", '{"a":1}', call_id="chatcmpl-random"))
    assert [m["role"] for m in said] == ["system", "user", "assistant", "tool"]
    call = {"id": "call00001", "type": "function", "function": {"name": "f", "arguments": '{"a":1}'}}
    assert said[2]["tool_calls"] == [call]
    assert said[3] == {"role": "tool", "tool_call_id": "call00001", "content": "mend it"}


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (Reply("f", '{"a":'), '{"a":'),
        (Reply("f", "[1]"), "[1]"),
        (Reply("f", "{} {}"), "{} {}"),
        (Reply("f", '{"a":NaN}'), '{"a":NaN}'),
        (Reply("f", '{"a":' * 10_000), '{"a":' * 10_000),
        (Reply("f", '{"a":"\ud800"}'), '{"a":"\ufffd"}'),
        (Reply("bad name!", "{}"), "{}"),
        (Reply("f", ""), "(no text)"),
        (Reply(content="I would rather talk"), "I would rather talk"),
        (Reply(refusal="no"), "no"),
        (Reply(), "(no text)"),
    ],
)
def test_what_servers_could_not_parse_again_is_replayed_as_text(reply: Reply, text: str) -> None:
    assert after(reply)[2:] == [
        {"role": "assistant", "content": text},
        {"role": "user", "content": "mend it"},
    ]


@pytest.mark.parametrize("reply", [Reply("f", f'{{"a":"{"x" * 300_000}"}}'), Reply(content="x" * 3_000_000)])
def test_of_a_reply_that_would_fill_any_context_the_beginning_is_replayed_as_text(reply: Reply) -> None:
    said = after(reply)[2]
    assert said["role"] == "assistant" and 20_000 < len(str(said["content"])) < 20_100
    assert "left out" in str(said["content"])


def test_settings_that_are_not_given_are_not_sent() -> None:
    ask = Ask("m", Prompt("S", "U"), TOOL, Sampling(temperature=0.0, seed=0))
    sent = msgspec.json.decode(encode_request(ask, encode_form(TOOL, "full", "tool")))
    assert sent.keys() == {"model", "messages", "tools", "tool_choice", "temperature", "seed"}
    assert sent["tools"][0]["function"]["parameters"] == TOOL.parameters


def test_a_dialect_says_in_what_form_a_call_comes_back() -> None:
    last = Reply("f", '{"a":1}')

    def replayed(dialect: str) -> list[dict[str, object]]:
        return messages(Ask("m", Prompt("S", "U"), TOOL, Sampling(), last, "mend it", dialect))[2:]

    assert [m["content"] for m in replayed("full")] == [None, "mend it"]
    assert [m["content"] for m in replayed("empty-content")] == ["", "mend it"]
    assert replayed("no-replay") == [
        {"role": "assistant", "content": '{"a":1}'},
        {"role": "user", "content": "mend it"},
    ]


def test_a_dialect_says_in_what_form_a_schema_for_text_is_given() -> None:
    ask = Ask("m", Prompt("S", "U"), TOOL, Sampling(), dialect="json-object", channel="json_schema")
    sent = msgspec.json.decode(encode_request(ask, encode_form(TOOL, ask.dialect, ask.channel)))
    assert sent["response_format"] == {"type": "json_object", "schema": TOOL.parameters}
