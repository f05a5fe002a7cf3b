"""The lenient reading: what a forgiving harness would have made of the same text.

First the text: fences, prose, comments and slips of syntax (``judge.reader``). Then the value, walked along
its shape: strings that hold the JSON of what should stand there. Every repair is named, and a text that
strict reading takes needs none. Linear in the text: it begins at a bounded number of places, and strings
inside strings shrink.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from fcbench_action.diagnostics.reply import DUPLICATE_KEY
from fcbench_action.judge.explain import looks_like_json
from fcbench_action.judge.limits import MAX_BYTES, MAX_DEPTH, MAX_DIGITS, MAX_STARTS, MAX_STRINGIFIED
from fcbench_action.judge.parse import WHITESPACE, Parsed, is_deep, parse
from fcbench_action.judge.reader import Scan, read_forgivingly
from fcbench_action.judge.repairs import Repair
from fcbench_action.judge.shape import TAG, Object, Shape

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*+)")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")
_FENCE = re.compile(r"```[A-Za-z0-9]*+[ \t]*+(?:\r?\n|(?=[{\[]))")
_BOOLEANS = {"true": True, "false": False, "True": True, "False": False}


@dataclass(frozen=True, slots=True)
class Lenient:
    """A JSON value, and the repairs without which it would not be one of the shape, sorted."""

    value: Any
    repairs: tuple[Repair, ...] = ()


def read_leniently(text: str, shape: Shape, parsed: Parsed | None = None) -> Lenient | None:
    """The value of ``text`` after every named repair, whether or not it is of the shape then.

    ``parsed`` is what strict reading makes of the text, where that is known already. There is no result
    where no repair makes JSON of the text, or where it breaks a bound.
    """
    found = _from_text(text, shape, parsed or parse(text))
    if found is None:
        return None
    return mended(found.value, found.repairs, shape)


def mended(value: Any, repairs: tuple[Repair, ...], shape: Shape) -> Lenient | None:
    """A value that was found by other means, with its strings mended along the shape."""
    mending = _Mending(set(repairs))
    value = mending.mend(value, shape, 1)
    return None if is_deep(value) else Lenient(value, tuple(sorted(mending.repairs)))


def _from_text(text: str, shape: Shape, parsed: Parsed) -> Lenient | None:
    if (
        parsed.position is None
        and not parsed.omitted
        and all(d.code == DUPLICATE_KEY.name for d in parsed.diagnostics)
    ):
        return Lenient(parsed.value, (Repair.DUPLICATE_KEY,) if parsed.diagnostics else ())
    if len(text) > MAX_BYTES:
        return None
    for start in _starts(text):
        scan = read_forgivingly(text, start)
        if scan.position is None and _is_promising(scan.value, shape):
            return Lenient(scan.value, (*scan.repairs, *_around(text, start, scan.end)))
    return None


def _starts(text: str) -> list[int]:
    """Where the JSON may begin: at the text's beginning, in fences, at the first braces."""
    beginning = len(text) - len(text.lstrip(WHITESPACE + "\ufeff"))
    starts = [beginning] if text[beginning : beginning + 1] in ("{", '"', "'") else []
    starts += [fence.end() for fence, _ in zip(_FENCE.finditer(text), range(MAX_STARTS), strict=False)]
    at = -1
    while len(starts) < MAX_STARTS and (at := text.find("{", at + 1)) >= 0:
        starts.append(at)
    return list(dict.fromkeys(starts))[:MAX_STARTS]


def _is_promising(value: Any, shape: Shape) -> bool:
    """Whether a value found in a text looks like the argument: it has one of its properties."""
    if isinstance(value, str):
        return looks_like_json(value)
    known = shape.object.properties.keys() if shape.object else {TAG}
    return isinstance(value, dict) and bool(value.keys() & known)


def _around(text: str, start: int, end: int) -> list[Repair]:
    """What the text before and after the JSON makes of it."""
    before, after = text[:start], text[end:]
    repairs = [Repair.BYTE_ORDER_MARK] if before.startswith("\ufeff") else []
    before, after = before.strip(WHITESPACE + "\ufeff"), after.strip(WHITESPACE)
    if "```" in before or "```" in after:
        repairs.append(Repair.FENCE)
    if re.sub(r"```[A-Za-z0-9]*+$", "", before) or after.removeprefix("```"):
        repairs.append(Repair.SURROUNDING_TEXT)
    return repairs


class _Mending:
    """The walk along the shape, and the repairs that it needed."""

    def __init__(self, repairs: set[Repair]) -> None:
        self.repairs = repairs
        self.layers = 0

    def mend(self, value: Any, shape: Shape, depth: int) -> Any:
        """``value`` with its strings mended; itself where nothing is to mend."""
        if depth > MAX_DEPTH:
            return value
        if isinstance(value, dict):
            tag = value.get(TAG)
            declared = shape.variants.get(tag) if isinstance(tag, str) else None
            declared = declared or shape.object
            return self.members(value, declared, depth) if declared else value
        if isinstance(value, list) and shape.array is not None:
            items = shape.array.items
            return [self.mend(item, items, depth + 1) for item in value]
        if isinstance(value, str) and "string" not in shape.scalars:
            return self.string(value, shape, depth)
        return value

    def members(self, value: dict[str, Any], declared: Object, depth: int) -> dict[str, Any]:
        mended = {}
        for name, member in value.items():
            shape = declared.properties.get(name, declared.others)
            mended[name] = member if shape is None else self.mend(member, shape, depth + 1)
        return mended

    def string(self, text: str, shape: Shape, depth: int) -> Any:
        """What the string holds, where the shape has no place for a string."""
        if shape.takes_containers and looks_like_json(text) and self.layers < MAX_STRINGIFIED:
            return self.stringified(text, shape, depth)
        bare = text.strip(WHITESPACE)
        if "boolean" in shape.scalars and bare in _BOOLEANS:
            self.repairs.add(Repair.BOOLEAN_IN_STRING)
            return _BOOLEANS[bare]
        if ("integer" in shape.scalars or "number" in shape.scalars) and len(bare) <= MAX_DIGITS:
            number = _number(bare, shape)
            if number is not None:
                self.repairs.add(Repair.NUMBER_IN_STRING)
                return number
        return text

    def stringified(self, text: str, shape: Shape, depth: int) -> Any:
        scan = _whole(text)
        if scan is None or not isinstance(scan.value, dict | list):
            return text
        self.repairs |= {Repair.STRINGIFIED, *scan.repairs}
        self.layers += 1
        mended = self.mend(scan.value, shape, depth)
        self.layers -= 1
        return mended


def _whole(text: str) -> Scan | None:
    """The forgiving reading of a text that holds nothing but its JSON."""
    scan = read_forgivingly(text, 0)
    return scan if scan.position is None and not text[scan.end :].strip(WHITESPACE) else None


def _number(text: str, shape: Shape) -> int | float | None:
    if _INTEGER.fullmatch(text):
        return int(text)
    if "number" in shape.scalars and _NUMBER.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return None
