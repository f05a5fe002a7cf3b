"""What is wrong with the reply itself: the model's own, asked once, judged strictly, and read forgivingly."""

from __future__ import annotations

import json
from typing import Any

from fcbench_action.judge.types import Outcome
from tests.misbehaving.server import completion, says
from tests.misbehaving.table import GOOD, WHOLE, Misbehaviour, once

_CALL = f'{{"name": "test_root", "arguments": {WHOLE}}}'
_GROQ = "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details."
_LLAMA = "Failed to parse input at pos 395: "
_VLLM = (
    "1 validation error for list[function-wrap[__log_extra_fields__()]]\n  Invalid JSON: EOF while parsing "
    'an object at line 1 column 9 [type=json_invalid, input_value=\'[{"name": "test_root"\', input_type=str]'
)


def _said(name: str, does: str, status: int, error: Any, **more: Any) -> Misbehaviour:
    """A server that reports the model's own failure as an error."""
    body = {"error": error} if not isinstance(error, list) else error
    return Misbehaviour(
        name, does, once(says(status, body)), Outcome.NO_CALL, 1, f"http-{status}", "unparsed-call", **more
    )


REPORTED = (
    _said(
        "groq",
        "says HTTP 400 with failed_generation",
        400,
        {"message": _GROQ, "code": "tool_use_failed", "failed_generation": "<function>oops"},
    ),
    _said(
        "groq-valid",
        "says HTTP 400 with a failed_generation that would have done",
        400,
        {"message": _GROQ, "failed_generation": f"<tool_call>{_CALL}</tool_call>"},
        lenient=Outcome.VALID,
        repairs="call-markup content",
    ),
    _said(
        "groq-empty",
        "says HTTP 400 with an empty failed_generation",
        400,
        {"message": _GROQ, "failed_generation": ""},
    ),
    _said(
        "groq-mute",
        "says HTTP 400 that the call failed, quoting nothing",
        400,
        {"message": _GROQ, "code": "tool_use_failed"},
    ),
    _said(
        "groq-json",
        "says HTTP 400 that the JSON failed",
        400,
        {"message": "Failed to validate JSON", "code": "json_validate_failed", "failed_generation": "{"},
    ),
    _said(
        "ollama",
        "says HTTP 500 that quotes a call it could not parse",
        500,
        "error parsing tool call: raw='{\"tree\": [1, 2', err=unexpected end of JSON input",
    ),
    _said(
        "ollama-mute",
        "says HTTP 500 that it could not parse a call",
        500,
        {"message": "tool call parsing failed"},
    ),
    _said(
        "ollama-json",
        "says HTTP 500 that JSON ended early",
        500,
        {"message": "failed to parse JSON: unexpected end of JSON input"},
    ),
    _said(
        "llama",
        "says HTTP 500 that quotes the whole generation",
        500,
        {"code": 500, "message": f"{_LLAMA}<|tool_call_start|>[f(q='x')]<|tool_call_end|>"},
    ),
    _said(
        "llama-valid",
        "says HTTP 500 that quotes a generation which would have done",
        500,
        {"message": f"{_LLAMA}<tool_call>{_CALL}</tool_call>"},
        lenient=Outcome.VALID,
        repairs="call-markup content",
    ),
    _said(
        "llama-peg",
        "says HTTP 500 that the output has not its format",
        500,
        {"message": "The model produced output that does not match the expected peg-native format"},
    ),
    _said(
        "llama-arguments",
        "says HTTP 500 that arguments are no JSON",
        500,
        {"message": "Failed to parse tool call arguments as JSON: [json.exception.parse_error.101]"},
    ),
    _said(
        "vllm",
        "says HTTP 400 that a forced call is cut",
        400,
        {"message": _VLLM, "type": "BadRequestError", "code": 400},
    ),
    _said(
        "ollama-xml",
        "says HTTP 500 that a call is no XML",
        500,
        "XML syntax error on line 8: element <function> closed by </parameter>",
    ),
    _said(
        "ollama-element",
        "says HTTP 500 that a call has the wrong element",
        500,
        "expected element type <function> but have <parameter>",
    ),
    _said(
        "ollama-character",
        "says HTTP 500 that a call has the wrong character",
        500,
        "invalid character '}' looking for beginning of object key string",
    ),
    _said(
        "llama-json",
        "says HTTP 500 in the words of its JSON library",
        500,
        {"code": 500, "message": "[json.exception.parse_error.101] parse error at line 1, column 131"},
    ),
    _said(
        "vllm-required",
        "says HTTP 500 that calls are not of their type",
        500,
        {"message": "1 validation error for list[FunctionDefinition]\n  Invalid JSON: EOF while parsing"},
    ),
    _said(
        "harmony-header",
        "says HTTP 500 over a header of gpt-oss",
        500,
        {"message": 'unexpected tokens remaining in message header: Some("to=functions.f")', "code": 500},
    ),
    _said(
        "harmony-start",
        "says HTTP 500 over a token of gpt-oss",
        500,
        {"message": "Unexpected token 12606 while expecting start token 200006", "code": 500},
    ),
    _said(
        "sglang",
        "says HTTP 400 that it could not read a call",
        400,
        {"message": "Failed to parse fc related info to json format!", "code": 400},
    ),
    _said(
        "tgi",
        "says HTTP 422 that it could not read a call",
        422,
        "Tool error: Failed to parse generated text: EOF while parsing a value",
    ),
    _said(
        "bedrock",
        "says HTTP 424 that the model wrote no valid call",
        424,
        {"message": "Model produced invalid sequence as part of ToolUse. Please refer to the guide."},
    ),
    _said(
        "openai-invalid",
        "says HTTP 500 that the model wrote invalid content",
        500,
        {
            "message": "The model produced invalid content. Consider modifying your prompt.",
            "type": "model_error",
        },
    ),
    _said(
        "by-the-model",
        "says HTTP 500 that the model made invalid arguments",
        500,
        {"message": "Invalid function call arguments generated by the model"},
    ),
    _said(
        "other-words",
        "says HTTP 502 that it could not parse a tool call",
        502,
        {"message": "Upstream error: could not parse the tool call"},
    ),
    Misbehaviour(
        "ollama-in-200",
        "says the same as HTTP 200",
        once(says(200, {"error": "error parsing tool call: raw='{', err=x"})),
        Outcome.NO_CALL,
        notes="unparsed-call",
    ),
    Misbehaviour(
        "native-malformed",
        "breaks off, because its provider gave up on a malformed call",
        once(
            says(
                200,
                {
                    "choices": [
                        {
                            "finish_reason": "error",
                            "native_finish_reason": "MALFORMED_FUNCTION_CALL",
                            "message": {"role": "assistant", "content": ""},
                            "error": {"code": 502, "message": "Provider returned error"},
                        }
                    ]
                },
            )
        ),
        Outcome.NO_CALL,
        notes="unparsed-call",
    ),
    Misbehaviour(
        "gemini",
        "gives up on a malformed call, with a null message",
        once(says(200, {"choices": [{"finish_reason": "MALFORMED_FUNCTION_CALL", "message": None}]})),
        Outcome.NO_CALL,
        notes="unparsed-call",
    ),
    Misbehaviour(
        "gemini-empty",
        "gives up on a malformed call, with an empty message",
        once(
            says(
                200,
                {
                    "choices": [
                        {
                            "finish_reason": "function_call_filter: MALFORMED_FUNCTION_CALL",
                            "message": {"role": "assistant"},
                        }
                    ]
                },
            )
        ),
        Outcome.NO_CALL,
        notes="unparsed-call",
    ),
)


def _arguments(name: str, does: str, arguments: Any, outcome: Outcome, **more: Any) -> Misbehaviour:
    fields = {k: more.pop(k) for k in ("finish_reason", "usage") if k in more}
    return Misbehaviour(
        name, does, once(says(200, completion(arguments, name="test_root", **fields))), outcome, **more
    )


_INVALID, _SCHEMA, _VALID = Outcome.INVALID_JSON, Outcome.SCHEMA_VIOLATION, Outcome.VALID

ARGUMENTS = (
    _arguments("object", "sends arguments as an object", GOOD, _VALID, notes="arguments-value"),
    _arguments("array", "sends arguments as an array", [GOOD], _SCHEMA, notes="arguments-value"),
    _arguments("number", "sends arguments as a number", 7, _SCHEMA, notes="arguments-value"),
    _arguments("null-arguments", "sends null arguments", None, _INVALID, notes="no-arguments"),
    _arguments("empty-arguments", "sends an empty text", "", _INVALID),
    _arguments(
        "double",
        "encodes the arguments twice",
        json.dumps(WHOLE),
        _SCHEMA,
        lenient=_VALID,
        repairs="stringified",
    ),
    _arguments("triple", "encodes them three times", json.dumps(json.dumps(WHOLE)), _SCHEMA, lenient=_SCHEMA),
    _arguments(
        "member",
        "encodes a member twice",
        json.dumps({**GOOD, "tree": json.dumps(GOOD["tree"])}),
        _SCHEMA,
        lenient=_VALID,
        repairs="stringified",
    ),
    _arguments(
        "garbage",
        "adds words after the JSON",
        WHOLE + " Done!",
        _INVALID,
        lenient=_VALID,
        repairs="surrounding-text",
    ),
    _arguments(
        "token",
        "leaves an end token after the JSON",
        WHOLE + "<|im_end|>",
        _INVALID,
        lenient=_VALID,
        repairs="surrounding-text",
    ),
    _arguments(
        "bracket",
        "adds a bracket too many",
        WHOLE + "}",
        _INVALID,
        lenient=_VALID,
        repairs="surrounding-text",
    ),
    _arguments(
        "fence",
        "puts the JSON into a fence",
        f"```json\n{WHOLE}\n```",
        _INVALID,
        lenient=_VALID,
        repairs="fence",
    ),
    _arguments(
        "tag",
        "puts the JSON into a tag",
        f"<arguments>{WHOLE}</arguments>",
        _INVALID,
        lenient=_VALID,
        repairs="surrounding-text",
    ),
    _arguments(
        "two", "sends two documents", WHOLE + WHOLE, _INVALID, lenient=_VALID, repairs="surrounding-text"
    ),
    _arguments(
        "python",
        "writes True for true",
        WHOLE.replace("true", "True"),
        _INVALID,
        lenient=_VALID,
        repairs="python-literal",
    ),
    _arguments(
        "quotes",
        "writes single quotes",
        WHOLE.replace('"', "'"),
        _INVALID,
        lenient=_VALID,
        repairs="single-quotes",
    ),
    _arguments(
        "bare-keys",
        "writes keys without quotes",
        WHOLE.replace('"flag"', "flag"),
        _INVALID,
        lenient=_VALID,
        repairs="unquoted-key",
    ),
    _arguments(
        "comma",
        "leaves a comma at the end",
        WHOLE.replace("true}", "true,}"),
        _INVALID,
        lenient=_VALID,
        repairs="trailing-comma",
    ),
    _arguments(
        "comment",
        "writes a comment",
        WHOLE.replace("{", "{ // the tree\n", 1),
        _INVALID,
        lenient=_VALID,
        repairs="comment",
    ),
    _arguments("open", "leaves a bracket open", WHOLE[:-1], _INVALID, lenient=_VALID, repairs="unclosed"),
    _arguments(
        "text-number",
        "writes a number as text",
        WHOLE.replace("4", '"4"'),
        _SCHEMA,
        lenient=_VALID,
        repairs="number-in-string",
    ),
    _arguments(
        "text-boolean",
        "writes a truth value as text",
        WHOLE.replace("true", '"true"'),
        _SCHEMA,
        lenient=_VALID,
        repairs="boolean-in-string",
    ),
    _arguments("nan", "writes NaN", WHOLE.replace("1.5", "NaN"), _INVALID),
    _arguments("infinity", "writes -Infinity", WHOLE.replace("1.5", "-Infinity"), _INVALID),
    _arguments(
        "nan-value",
        "sends an object with NaN",
        {**GOOD, "tree": float("nan")},
        _INVALID,
        notes="arguments-value",
    ),
    _arguments("digits", "writes an integer of 10,000 digits", WHOLE.replace("4", "9" * 10_000), _INVALID),
    _arguments("huge", "writes 1e999", WHOLE.replace("1.5", "1e999"), _INVALID),
    _arguments(
        "surrogate", "writes half a surrogate pair as an escape", WHOLE.replace("number", "\\ud800"), _INVALID
    ),
    _arguments("raw-surrogate", "sends half a surrogate pair", WHOLE.replace("number", "\ud800"), _INVALID),
    _arguments("nul", "writes NUL as an escape", WHOLE.replace("number", "\\u0000"), _INVALID),
    _arguments(
        "raw-nul",
        "sends NUL",
        WHOLE.replace("number", "\0"),
        _INVALID,
        lenient=_SCHEMA,
        repairs="control-character",
    ),
    _arguments(
        "bom",
        "begins with a byte order mark",
        "\ufeff" + WHOLE,
        _INVALID,
        lenient=_VALID,
        repairs="byte-order-mark",
    ),
    _arguments(
        "duplicate",
        "repeats a key",
        WHOLE[:-1] + ', "flag": false}',
        _INVALID,
        lenient=Outcome.COMPILE_ERROR,
        repairs="duplicate-key",
    ),
    _arguments(
        "newline",
        "writes a raw line feed into a text",
        WHOLE.replace("number", "num\nber"),
        _INVALID,
        lenient=_SCHEMA,
        repairs="control-character",
    ),
    _arguments("deep", "nests 100,000 objects", '{"tree":' * 100_000 + "1" + "}" * 100_000, _INVALID),
    _arguments("deep-arrays", "opens 100,000 arrays", "[" * 100_000, _INVALID),
    _arguments("keys", "sends 200,000 keys", json.dumps({f"k{n}": n for n in range(200_000)}), _SCHEMA),
    _arguments("long", "sends 5 MB", json.dumps({**GOOD, "title": "x" * 5_000_000}), _INVALID),
    _arguments("scalar", "sends a number as text", "42", _SCHEMA),
    _arguments("null-text", "sends the text null", "null", _SCHEMA),
    _arguments("words", "sends words", "I would rather not", _INVALID),
    _arguments("other-type", "leaves a property out", json.dumps({"tree": GOOD["tree"]}), _SCHEMA),
    _arguments(
        "uncompiled",
        "sends what does not compile",
        json.dumps({**GOOD, "flag": False}),
        Outcome.COMPILE_ERROR,
    ),
    _arguments("cut", "cuts the call and says length", WHOLE[:30], Outcome.TRUNCATED, finish_reason="length"),
    _arguments("cut-lie", "cuts the call and says tool_calls", WHOLE[:30], _INVALID),
    _arguments(
        "cut-counted",
        "does so, and counts as many tokens as were allowed",
        WHOLE[:30],
        Outcome.TRUNCATED,
        usage={"completion_tokens": 4096},
        notes="output-limit",
    ),
    _arguments("length-lie", "says length of a whole call", WHOLE, _VALID, finish_reason="length"),
    _arguments("stop-lie", "says stop of a call", WHOLE, _VALID, finish_reason="stop"),
    _arguments("null-reason", "gives no reason for stopping", WHOLE, _VALID, finish_reason=None),
    _arguments("odd-reason", "gives an object as reason for stopping", WHOLE, _VALID, finish_reason={"a": 1}),
)
