"""Calls that stand elsewhere or otherwise than they should, and what is beside them."""

from __future__ import annotations

import json
from typing import Any

from fcbench_action.judge.types import Outcome
from tests.misbehaving.server import Behaviour, says
from tests.misbehaving.table import GOOD, WHOLE, Misbehaviour, once

_CALL = f'{{"name": "test_root", "arguments": {WHOLE}}}'
_INVALID, _SCHEMA, _VALID = Outcome.INVALID_JSON, Outcome.SCHEMA_VIOLATION, Outcome.VALID


def _message(message: dict[str, Any], finish_reason: Any = "stop", **more: Any) -> Behaviour:
    return once(says(200, {"choices": [{"message": message, "finish_reason": finish_reason}], **more}))


def _call(name: Any = "test_root", arguments: Any = WHOLE, **more: Any) -> dict[str, Any]:
    return {"id": "c1", "type": "function", "function": {"name": name, "arguments": arguments}, **more}


def _named(name: str, called: str, lenient: Outcome | None = Outcome.VALID) -> Misbehaviour:
    return Misbehaviour(
        name,
        f"calls `{called.replace('|', chr(92) + '|')}`",
        _message({"tool_calls": [_call(called)]}),
        Outcome.WRONG_FUNCTION,
        lenient=lenient,
        repairs="function-name" if lenient else "",
    )


CALLS = (
    Misbehaviour(
        "function-call",
        "uses the legacy function_call",
        _message({"function_call": _call()["function"]}),
        _VALID,
        notes="function-call",
    ),
    Misbehaviour(
        "both-calls",
        "sends function_call and tool_calls",
        _message({"function_call": {"name": "x", "arguments": "{"}, "tool_calls": [_call()]}),
        _VALID,
    ),
    Misbehaviour(
        "parallel",
        "calls twice, first rightly",
        _message({"tool_calls": [_call(), _call(arguments="{")]}),
        _VALID,
    ),
    Misbehaviour(
        "parallel-wrong",
        "calls twice, first wrongly",
        _message({"tool_calls": [_call(arguments="{"), _call()]}),
        _INVALID,
    ),
    Misbehaviour(
        "parallel-other",
        "calls twice, first another function",
        _message({"tool_calls": [_call("search"), _call()]}),
        Outcome.WRONG_FUNCTION,
    ),
    Misbehaviour(
        "null-call", "sends null before the call", _message({"tool_calls": [None, _call()]}), _VALID
    ),
    Misbehaviour(
        "single-call",
        "sends one call, not a list",
        _message({"tool_calls": _call()}),
        _VALID,
        notes="single-call",
    ),
    Misbehaviour(
        "bare-call",
        "leaves out the member function",
        _message({"tool_calls": [{"id": "c1", "name": "test_root", "arguments": WHOLE}]}),
        _VALID,
        notes="bare-call",
    ),
    Misbehaviour(
        "empty-call",
        "sends a call of nothing",
        _message({"tool_calls": [{}]}),
        Outcome.WRONG_FUNCTION,
        notes="no-arguments no-id",
    ),
    Misbehaviour(
        "null-id", "sends a null id", _message({"tool_calls": [_call(id=None)]}), _VALID, notes="no-id"
    ),
    Misbehaviour(
        "number-id", "sends a number as id", _message({"tool_calls": [_call(id=7)]}), _VALID, notes="no-id"
    ),
    Misbehaviour(
        "no-type",
        "leaves out the call's type",
        _message({"tool_calls": [{"id": "c1", "function": _call()["function"]}]}),
        _VALID,
    ),
    Misbehaviour(
        "reasoning",
        "sends thinking beside the call",
        _message({"reasoning_content": "hm", "tool_calls": [_call()]}),
        _VALID,
        notes="reasoning",
    ),
    Misbehaviour(
        "reasoned-call",
        "sends the call inside the thinking only",
        _message({"reasoning_content": WHOLE, "content": None}),
        Outcome.NO_CALL,
        notes="reasoning",
    ),
    Misbehaviour(
        "content-beside",
        "sends text beside the call",
        _message({"content": "Here you are.", "tool_calls": [_call()]}),
        _VALID,
    ),
    Misbehaviour(
        "other-model",
        "answers with another model",
        _message({"tool_calls": [_call()]}, model="gpt-0-mini"),
        _VALID,
    ),
    Misbehaviour(
        "nameless-model",
        "does not say which model answers",
        _message({"tool_calls": [_call()]}, model=None),
        _VALID,
    ),
    Misbehaviour(
        "error-beside",
        "puts an error object beside a whole call",
        _message({"tool_calls": [_call()]}, error={"message": "warning"}),
        _VALID,
    ),
    _named("prefixed", "functions.test_root"),
    _named("numbered", "functions.test_root:0"),
    _named("harmony-suffix", "test_root<|channel|>commentary"),
    _named("glued", "test_rootjson"),
    _named("dotted", "test.root"),
    _named("blank-after", "test_root "),
    _named("module", "default_api:test_root"),
    _named("other", "search", None),
    _named("longer", "test_root_again", None),
    _named("no-name", "", None),
)


def _written(name: str, does: str, content: Any, repairs: str, **more: Any) -> Misbehaviour:
    lenient = Outcome.VALID if repairs else None
    behave = _message({"role": "assistant", "content": content})
    return Misbehaviour(name, does, behave, Outcome.NO_CALL, lenient=lenient, repairs=repairs, **more)


WRITTEN = (
    _written("words-only", "answers in words", "I will call the function next.", ""),
    _written("nothing", "answers nothing", "", ""),
    _written("null-content", "answers null", None, ""),
    _written(
        "tool-call-tag",
        "writes `<tool_call>` around JSON",
        f"<tool_call>\n{_CALL}\n</tool_call>",
        "call-markup content",
    ),
    _written(
        "qwen-xml",
        "writes Qwen's XML",
        f"<tool_call>\n<function=test_root>\n<parameter=tree>\n{json.dumps(GOOD['tree'])}\n</parameter>\n<parameter=detail>\n{json.dumps(GOOD['detail'])}\n</parameter>\n<parameter=flag>\ntrue\n</parameter>\n</function>\n</tool_call>",
        "boolean-in-string call-markup content stringified",
    ),
    _written("mistral", "writes `[TOOL_CALLS]`", f"[TOOL_CALLS][{_CALL}]", "call-markup content"),
    _written(
        "python-tag",
        "writes Llama's python tag",
        f"<|python_tag|>{_CALL.replace('arguments', 'parameters')}",
        "call-markup content",
    ),
    _written(
        "harmony",
        "writes harmony tokens",
        f"<|channel|>commentary to=functions.test_root <|constrain|>json<|message|>{WHOLE}<|call|>",
        "call-markup content surrounding-text",
    ),
    _written("fenced", "writes fenced JSON", f"```json\n{WHOLE}\n```", "content fence"),
    _written(
        "fenced-prose",
        "writes fenced JSON with a sentence before",
        f"Here:\n```json\n{WHOLE}\n```",
        "content fence surrounding-text",
    ),
    _written("bare-json", "writes JSON", WHOLE, "content"),
    _written("wrapped-json", "writes JSON with name and arguments", _CALL, "call-wrapped content"),
    _written(
        "thought",
        "thinks aloud, then writes JSON",
        f"<think>{{}} {{}} {{}} {{}} {{}}</think>{WHOLE}",
        "content",
    ),
    _written(
        "parts",
        "writes JSON as parts of content",
        [{"type": "text", "text": WHOLE[:9]}, {"text": WHOLE[9:]}],
        "content",
        notes="content-parts",
    ),
    _written(
        "other-tag",
        "writes a call of another function",
        '<tool_call>{"name": "search", "arguments": {}}</tool_call>',
        "",
    ),
    Misbehaviour(
        "refusal",
        "declines",
        _message({"refusal": "I cannot help with that.", "content": None}),
        Outcome.REFUSAL,
    ),
    Misbehaviour(
        "filter", "filters the content", _message({"content": None}, "content_filter"), Outcome.REFUSAL
    ),
    Misbehaviour(
        "cut-words",
        "cuts words and says length",
        _message({"content": "Let me thi"}, "length"),
        Outcome.TRUNCATED,
    ),
    Misbehaviour(
        "cut-gemini",
        "cuts words and says MAX_TOKENS",
        _message({"content": "Let me thi"}, "MAX_TOKENS"),
        Outcome.TRUNCATED,
    ),
)


def _usage(name: str, does: str, usage: Any) -> Misbehaviour:
    return Misbehaviour(
        f"usage-{name}", f"{does}: unknown, never 0", _message({"tool_calls": [_call()]}, usage=usage), _VALID
    )


USAGE = (
    _usage("null", "sends null usage", None),
    _usage("empty", "sends empty usage", {}),
    _usage("text", "sends usage as text", "a lot"),
    _usage("list", "sends usage as a list", [1, 2]),
    _usage("zero", "counts 0 tokens", {"prompt_tokens": 0, "completion_tokens": 0}),
    _usage("negative", "counts negative tokens", {"prompt_tokens": -1, "completion_tokens": -9}),
    _usage("fraction", "counts fractions", {"prompt_tokens": 1.5, "completion_tokens": "9"}),
    _usage("nan", "counts NaN", {"prompt_tokens": float("nan"), "completion_tokens": float("inf")}),
    _usage("true", "counts true", {"prompt_tokens": True, "completion_tokens": None}),
    _usage("digits", "counts 10,000 digits", {"prompt_tokens": 10**4000, "completion_tokens": 2**70}),
)
