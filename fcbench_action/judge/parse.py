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
_TWO_DIGITS = b"00"
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
    return parse_plain(text, plain_bytes(text))


def parse_plain(text: str, raw: bytes | None) -> Parsed:
    """The same, where ``raw`` is what :func:`plain_bytes` makes of the text."""
    value = DOUBT if raw is None else parse_fast(raw)
    return parse_exactly(text) if isinstance(value, Doubt) else Parsed(value)


def parse_fast(raw: bytes) -> Any:
    """The value of plain bytes that surely are strict JSON within bounds, or :data:`DOUBT`; fast.

    msgspec refuses all bad syntax and lone surrogates, but keeps the last of duplicate keys silently.
    """
    try:
        value = msgspec.json.decode(raw)
        again = msgspec.json.encode(value)
    except (msgspec.MsgspecError, RecursionError):
        return DOUBT
    return value if is_lossless(raw, again) and not may_be_too_long(raw) and not is_deep(value) else DOUBT


def plain_bytes(text: str) -> bytes | None:
    """``text`` as UTF-8; nothing where it is too long, or holds what only the exact reader judges.

    That is lone surrogates, U+0000, and quotes written in hexadecimal, which would upset counting quotes.
    """
    if len(text) > MAX_BYTES:
        return None
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return None
    odd = b"\\" in raw and b"\\u00" in raw and (b"\\u0000" in raw or b"\\u0022" in raw)
    return None if odd or len(raw) > MAX_BYTES else raw


def is_lossless(raw: bytes, again: bytes) -> bool:
    """Whether ``raw`` has no duplicate keys, given what its value (or nodes) is when encoded ``again``.

    Each string costs two quotes, so there are fewer of them where a member got lost, and encoding adds none.
    Nodes also lose members that say what is the default anyway. Sure only when it says yes.
    """
    return again == raw or again.count(b'"') == raw.count(b'"')


def may_be_too_long(raw: bytes) -> bool:
    """Whether more digits may stand in a row than an integer may have. Sure only when it says no.

    Such a run covers two neighbours of a sample; where a sample has two digits, all bytes are looked at.
    """
    if _TWO_DIGITS not in raw[:: MAX_DIGITS // 2].translate(_ZEROS):
        return False
    return _TOO_MANY_DIGITS in raw.translate(_ZEROS)


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
