"""The strict reading: text to JSON value, or diagnostics of stage parse.

Two readers of one language. The fast one is msgspec with three checks of its result, and answers only
where nothing is in doubt; the exact one (``judge.reader``) knows positions and paths, and decides the rest.
Neither recurses on the text, and both hold the bounds of ``judge.limits``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import msgspec

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics.reply import BYTE_ORDER_MARK, EMPTY_TEXT, TEXT_TOO_LARGE
from fcbench_action.judge.limits import MAX_BYTES, MAX_DEPTH, MAX_DIGITS
from fcbench_action.judge.reader import Scan, read

WHITESPACE = " \t\n\r"

_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_TOO_MANY_DIGITS = b"0" * (MAX_DIGITS + 1)
_CONTAINERS = {dict, list}


class Doubt:
    """No value: the fast reader leaves the text to the exact one."""


DOUBT: Final = Doubt()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text came to: ``value`` counts only where there are no diagnostics, or only such with a path
    (duplicate keys and the like) and ``position`` is absent.

    ``position`` is the character at which reading had to stop, counted from 0.
    """

    value: Any = None
    diagnostics: tuple[Diagnostic, ...] = ()
    omitted: int = 0
    position: int | None = None


def parse(text: str) -> Parsed:
    """Read one JSON value, exactly as RFC 8259 has it, within the declared bounds.

    Beyond the grammar, keys are unique within an object, strings hold neither lone surrogates nor
    U+0000, and numbers are finite.
    """
    value = parse_fast(text)
    if not isinstance(value, Doubt):
        return Parsed(value)
    return parse_exactly(text)


def parse_fast(text: str) -> Any:
    """The value of a text that is surely strict JSON within bounds, or :data:`DOUBT`. Fast, and never wrong.

    msgspec refuses all bad syntax and lone surrogates, but keeps the last of duplicate keys silently. Each
    string costs two quotes, so encoding the value again yields fewer of them where a member got lost; an
    escaped quote written in hexadecimal would upset the count and counts as doubt.
    """
    if len(text) > MAX_BYTES:
        return DOUBT
    try:
        raw = text.encode()
        if len(raw) > MAX_BYTES or b"\\u0022" in raw or b"\\u0000" in raw:
            return DOUBT
        value = msgspec.json.decode(raw)
        again = msgspec.json.encode(value)
    except (UnicodeEncodeError, msgspec.MsgspecError, RecursionError):
        return DOUBT
    if again.count(b'"') != raw.count(b'"') or _TOO_MANY_DIGITS in raw.translate(_ZEROS):
        return DOUBT
    return DOUBT if is_deep(value) else value


def parse_exactly(text: str) -> Parsed:
    """The same reading by our own reader, which knows what is wrong, and where."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        message = f"The arguments have {size:,} bytes; at most {MAX_BYTES:,} are read."
        return _refused(TEXT_TOO_LARGE.at((), message, expected=f"at most {MAX_BYTES:,} bytes"), 0)
    if text.startswith("\ufeff"):
        message = "The arguments begin with a byte order mark (U+FEFF), which JSON does not allow."
        return _refused(BYTE_ORDER_MARK.at((), message, expected="{"), 0)
    if not text.strip(WHITESPACE):
        return _refused(EMPTY_TEXT.at((), "The arguments are empty.", expected="a JSON object"), 0)
    scan: Scan = read(text)
    return Parsed(scan.value, scan.diagnostics, scan.omitted, scan.position)


def _refused(diagnostic: Diagnostic, position: int) -> Parsed:
    return Parsed(None, (diagnostic,), 0, position)


def is_deep(value: Any) -> bool:
    """Whether a value nests deeper than :data:`MAX_DEPTH`."""
    level: list[Any] = [value] if value.__class__ in _CONTAINERS else []
    for _ in range(MAX_DEPTH):
        if not level:
            return False
        level = [
            v for c in level for v in (c.values() if c.__class__ is dict else c) if v.__class__ in _CONTAINERS
        ]
    return bool(level)
