"""Channels: the same case asked for as a call, as constrained JSON and as text, judged by the same judge."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from fcbench_action.endpoint.channels import CHANNELS, MARK, answer_note, as_sent
from fcbench_action.endpoint.program_text import EXAMPLES
from fcbench_action.endpoint.types import Ask
from fcbench_action.endpoint.wire import encode_form, encode_request
from fcbench_action.functions import FUNCTIONS
from fcbench_action.functions.base import Prompt
from fcbench_action.judge import Outcome, judge
from fcbench_action.judge.answers import is_typescript, read_typescript
from fcbench_action.judge.channels import answer_in
from fcbench_action.judge.types import Reply
from fcbench_action.language.schema import export
from fcbench_action.records.types import Sampling, ToolText
from tests.unit.test_judge_verdicts import FUNCTION, GOOD, WHOLE

TOOL = ToolText("f", "Fills.", {"type": "object", "properties": {"a": {"type": "string"}}})


def sent(channel: str, tool: ToolText = TOOL, dialect: str = "full") -> dict[str, Any]:
    ask = Ask("m", Prompt("S", "U"), tool, Sampling(), dialect=dialect, channel=channel)
    body: dict[str, Any] = msgspec.json.decode(encode_request(ask, encode_form(tool, dialect, channel)))
    return body


def test_a_call_is_asked_for_with_a_tool_and_an_untouched_prompt() -> None:
    body = sent("tool")
    assert body["tools"] and body["tool_choice"] and body["messages"][0]["content"] == "S"


def test_constrained_json_is_asked_for_with_a_response_format_and_no_tool() -> None:
    body = sent("json_schema")
    assert body["response_format"]["json_schema"] == {"name": "f", "schema": TOOL.parameters}
    assert "tools" not in body and "tool_choice" not in body
    assert body["messages"][0]["content"].startswith(f"S{MARK}")


def test_text_is_asked_for_with_the_schema_in_the_prompt_and_nothing_else() -> None:
    body = sent("text")
    assert body.keys() == {"model", "messages"}
    assert json.dumps(TOOL.parameters, separators=(",", ":")) in body["messages"][0]["content"]


def test_a_tool_that_may_have_no_schema_has_it_in_the_prompt() -> None:
    body = sent("tool", dialect="object")
    assert body["tools"][0]["function"]["parameters"] == {"type": "object", "properties": {}}
    assert json.dumps(TOOL.parameters, separators=(",", ":")) in body["messages"][0]["content"]


@pytest.mark.parametrize("name", ["test.write", "realize.operation"])
def test_programs_are_asked_for_as_typescript_whose_example_can_be_read(name: str) -> None:
    function = FUNCTIONS[name]
    schema = json.loads(json.dumps(export(function.argument)))
    tool = ToolText(function.tool_name, function.description, schema)
    note = answer_note(tool, "text", hidden=False)
    assert "```ts" in note and "$defs" not in note and "declare namespace List" in note
    assert is_typescript(function.argument, "text") and not is_typescript(function.argument, "json_schema")
    reading = read_typescript(function.argument, EXAMPLES[tool.name])
    assert reading.program is not None, reading.diagnostics


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("{}", "{}"),
        ("```json\n{}\n```", "{}\n"),
        ("Here:\n```json\n{}\n```\nDone.", "{}\n"),
        ("```\n1\n```\nor\n```json\n{}\n```", "{}\n"),
        ("<think>```\n1\n```</think>{}", "{}"),
        ("```json\n{", "{"),
        ("```", ""),
    ],
)
def test_the_answer_is_the_last_fenced_block_or_all_of_the_text(content: str, answer: str) -> None:
    assert answer_in(content, "text") == answer
    assert answer_in("```json\n{}\n```", "json_schema") == "```json\n{}\n```"


@pytest.mark.parametrize(
    ("content", "channel", "said"),
    [
        (f"```\n```json\n{WHOLE}\n```\n```", "text", "last fenced code block, and that one is empty"),
        ("", "text", "holds no text"),
        ("", "json_schema", "holds no text"),
        ("<think>1</think>\n", "text", "Nothing follows the thinking"),
    ],
)
def test_a_reply_without_an_answer_is_told_where_it_was_looked_for(
    content: str, channel: str, said: str
) -> None:
    verdict = judge(FUNCTION, None, Reply(content=content, channel=channel))
    assert verdict.outcome is Outcome.NO_CALL and [d.code for d in verdict.diagnostics] == ["no-call"]
    assert said in verdict.diagnostics[0].message and said in verdict.feedback


@pytest.mark.parametrize(
    ("channel", "dialect", "is_noted"),
    [
        ("tool", "full", False),
        ("tool", "no-const", False),
        ("tool", "object", True),
        ("json_schema", "full", True),
        ("text", "full", True),
    ],
)
def test_records_hold_what_was_added_to_the_prompt(channel: str, dialect: str, is_noted: bool) -> None:
    recorded = as_sent(TOOL, channel, dialect)
    assert sent(channel, dialect=dialect)["messages"][0]["content"] == "S" + recorded.note
    assert bool(recorded.note) is is_noted
    assert (b'"note"' in msgspec.json.encode(recorded)) is is_noted


@pytest.mark.parametrize("channel", ["json_schema", "text"])
@pytest.mark.parametrize(
    ("reply", "outcome", "lenient"),
    [
        (Reply(content=WHOLE), Outcome.VALID, Outcome.VALID),
        (Reply(content=WHOLE[:-1]), Outcome.INVALID_JSON, Outcome.VALID),
        (Reply(content=WHOLE[:-1], finish_reason="length"), Outcome.TRUNCATED, Outcome.VALID),
        (Reply(content=json.dumps({**GOOD, "flag": "true"})), Outcome.SCHEMA_VIOLATION, Outcome.VALID),
        (Reply(content=json.dumps({**GOOD, "flag": False})), Outcome.COMPILE_ERROR, Outcome.COMPILE_ERROR),
        (Reply(content=""), Outcome.NO_CALL, Outcome.NO_CALL),
        (Reply(content=None, finish_reason="length"), Outcome.TRUNCATED, Outcome.TRUNCATED),
        (Reply(refusal="No."), Outcome.REFUSAL, Outcome.REFUSAL),
        (Reply(function="test_root", arguments=WHOLE), Outcome.NO_CALL, Outcome.NO_CALL),
    ],
)
def test_an_answer_as_text_is_judged_like_the_arguments_of_a_call(
    reply: Reply, outcome: Outcome, lenient: Outcome, channel: str
) -> None:
    verdict = judge(FUNCTION, None, msgspec.structs.replace(reply, channel=channel))
    assert (verdict.outcome, verdict.lenient.outcome) == (outcome, lenient)
    assert (verdict.feedback == "") is (outcome is Outcome.VALID)
    assert "Call `" not in verdict.feedback and "test_root" not in verdict.feedback


def test_a_fence_is_part_of_asking_for_text_and_a_mistake_under_a_schema() -> None:
    fenced = f"Sure:\n```json\n{WHOLE}\n```"
    assert judge(FUNCTION, None, Reply(content=fenced, channel="text")).outcome is Outcome.VALID
    verdict = judge(FUNCTION, None, Reply(content=fenced, channel="json_schema"))
    assert (verdict.outcome, verdict.lenient.outcome) == (Outcome.INVALID_JSON, Outcome.VALID)


def test_every_channel_says_what_it_is() -> None:
    assert list(CHANNELS) == ["tool", "json_schema", "text"] and all(CHANNELS.values())
