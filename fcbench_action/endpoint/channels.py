"""Channels: how an answer is asked for, and where in the reply it is. The judge is the same for all.

``tool``         a call of one forced function; the only channel that is ranked
``json_schema``  text under ``response_format``, which servers decode under the schema's grammar
``text``         text as the model likes; the schema stands in the prompt, or for programs their TypeScript

So the price of function calling, and of constrained decoding, can be read off by comparing tables.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fcbench_action.endpoint.dialects import OBJECT, dialect, spoken
from fcbench_action.endpoint.program_text import EXAMPLES, told
from fcbench_action.judge.channels import JSON_SCHEMA, TEXT, TOOL
from fcbench_action.records.types import ToolText

CHANNELS: Mapping[str, str] = {
    TOOL: "a call of one forced function; ranked",
    JSON_SCHEMA: "JSON text that the endpoint decodes under the schema (response_format)",
    TEXT: "text: JSON, or TypeScript for programs; the schema stands in the prompt",
}

MARK = "\n\n## How to answer\n\n"
"""Begins what is added to a prompt; nothing before it differs between channels and dialects."""


def writes_programs(tool: ToolText) -> bool:
    """Whether what a tool takes is a program, which people write as TypeScript."""
    return tool.name in EXAMPLES


def answer_note(tool: ToolText, channel: str, *, hidden: bool) -> str:
    """What is added to the system prompt; empty where the tool says it all.

    ``hidden`` says that the tool could not have the schema, which then stands in the prompt.
    """
    if channel == TEXT and writes_programs(tool):
        return MARK + _text_of_programs(tool)
    if channel == TEXT:
        return MARK + _text_of_json(tool)
    if channel == JSON_SCHEMA:
        return (
            f"{MARK}{tool.description}\nCall no function: your whole answer is the argument of `{tool.name}`."
        )
    if hidden:
        return f"{MARK}Call `{tool.name}`. The tool itself does not show what it takes: {_schema(tool)}"
    return ""


def as_sent(tool: ToolText, channel: str, dialect_name: str) -> ToolText:
    """The tool as records hold it: in its dialect, with what was added to the prompt."""
    note = answer_note(tool, channel, hidden=dialect(dialect_name).has(OBJECT))
    return msgspec.structs.replace(spoken(tool, dialect_name), note=note)


def _text_of_json(tool: ToolText) -> str:
    return (
        f"{tool.description}\nCall no function: answer with what would be the argument of `{tool.name}`, "
        f"as JSON in one fenced code block, ```json. {_schema(tool)}"
    )


def _text_of_programs(tool: ToolText) -> str:
    return (
        f"{tool.description}\nCall no function: answer with what would be the argument of `{tool.name}`, the "
        f"program, as TypeScript in one fenced code block, ```ts.\n\n{told(tool.name)}"
    )


def _schema(tool: ToolText) -> str:
    text = msgspec.json.encode(tool.parameters).decode()
    return f"It is one JSON object that this JSON Schema accepts:\n\n{text}"
