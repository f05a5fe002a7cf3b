"""Where the answer is in a reply that was not asked for as a call. Everything after that is the same judge.

The whole content is the answer; in the channel ``text`` it is the last fenced block, where there is one.
"""

from __future__ import annotations

import re
from typing import Final

TOOL: Final = "tool"
JSON_SCHEMA: Final = "json_schema"
TEXT: Final = "text"

_ENDS = ("</think>", "</thinking>")
_FENCE = re.compile(r"^[ \t]*```[^\n`]*$", re.MULTILINE)


def answer_in(content: str, channel: str) -> str:
    """The text of the answer, thinking aloud left out."""
    text = _after_thinking(content)
    if channel != TEXT:
        return text
    fences = list(_FENCE.finditer(text))
    if len(fences) < 2:
        return text[fences[0].end() + 1 :] if fences else text
    begin, end = fences[-2:] if len(fences) % 2 == 0 else (fences[-1], None)
    return text[begin.end() + 1 : end.start() if end else None]


def why_empty(content: str, channel: str) -> str:
    """Why nothing was found where :func:`answer_in` looks, as a sentence."""
    if channel == TEXT and _FENCE.search(_after_thinking(content)):
        return "The answer is looked for in the last fenced code block, and that one is empty."
    return "Nothing follows the thinking." if content.strip() else "The reply holds no text."


def _after_thinking(content: str) -> str:
    return content[max(content.rfind(end) + len(end) if end in content else 0 for end in _ENDS) :]
