"""Patterns of string schemas. Models write them, so they run on RE2: linear time, bounded memory."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]  # google-re2 ships no types

LONGEST_PATTERN = 300
"""Characters. Longer ones are refused."""

_MEMORY = 1 << 18
"""Bytes that RE2 may use for one pattern; keeps compiling one under about 5 ms."""


def pattern_error(pattern: str) -> str:
    """Why the pattern cannot be used; empty where it can."""
    if len(pattern) > LONGEST_PATTERN:
        return f"is longer than {LONGEST_PATTERN} characters"
    compiled = _compiled(pattern)
    return compiled if isinstance(compiled, str) else ""


def found(pattern: str, text: str) -> bool:
    """Whether the pattern is found somewhere in the text. A pattern that cannot be used is in no text."""
    return _found_in_short(pattern, text) if len(text) <= _SHORT else _found(pattern, text)


def _found(pattern: str, text: str) -> bool:
    if pattern_error(pattern):
        return False
    try:
        return _compiled(pattern).search(text) is not None
    except UnicodeEncodeError:  # a lone surrogate is no character that a pattern could mean
        return False


_SHORT = 100  # characters of a text that is worth remembering: tests send the same ones again and again
_found_in_short = lru_cache(maxsize=4096)(_found)


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> Any:
    """The compiled pattern, or the reason why there is none."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else "unknown reason"
        return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    except UnicodeEncodeError:
        return "holds a lone surrogate"
