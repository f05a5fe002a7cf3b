"""Calls that a model wrote in a form of its own: names with something around them, calls inside text.

Strictly they are what they look like, another function or no call. Only the lenient reading looks here, and
every form that it forgives has a name in ``judge.repairs``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fcbench_action.judge.channels import TOOL, answer_in
from fcbench_action.judge.limits import MAX_BYTES, MAX_STARTS
from fcbench_action.judge.reader import read_forgivingly
from fcbench_action.judge.repairs import Repair

_PREFIX = re.compile(r"(?:[A-Za-z0-9_]+[.:/])+|functions?__?|<\|[^|<>]*\|>(?:[a-z]+ to=)?(?:functions\.)?")
_SUFFIX = re.compile(r"<.*|:[0-9]+|\(\)|\s*json|\s.*", re.DOTALL)
_LONGEST_NAME = 300

_MARKUP = re.compile(
    r"<\|?/?(?:tool_calls?|function_calls?|tool_use|function=|python_tag|channel\||message\||start\||call\|)"
    r"|\[TOOL_CALLS\]|functools\["
)
_WRAPPED = re.compile(r'[\[{]\s*(?:\{\s*)?"(?:name|function|arguments|parameters|type|tool)"')
_XML = re.compile(r"<function=(?P<name>[^>\n]{1,300})>(?P<body>.*?)(?:</function>|\Z)", re.DOTALL)
_PARAMETER = re.compile(r"<parameter=(?P<name>[^>\n]{1,100})>\n?(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """The arguments of a call in a text, as the value that they come to, and what it took to find them."""

    value: Any
    repairs: tuple[Repair, ...]


def is_about(called: str, tool: str) -> bool:
    """Whether ``called`` is the name of ``tool`` with something around it.

    Observed: ``functions.f`` and ``f<|channel|>commentary`` (ollama/ollama#12132), ``fjson``
    (ggml-org/llama.cpp#15158), ``functions.f:0``, ``default_api:f``, ``f()``, ``a.b`` for ``a_b``.
    """
    if len(called) > _LONGEST_NAME:
        return False
    name = called.strip()
    for spelled in (tool, tool.replace("_", "."), tool.replace("_", "-")):
        at = name.find(spelled)
        if at < 0:
            continue
        before, after = name[:at], name[at + len(spelled) :]
        if _wholly(_PREFIX, before) and _wholly(_SUFFIX, after):
            return True
    return False


def _wholly(pattern: re.Pattern[str], text: str) -> bool:
    return not text or pattern.fullmatch(text) is not None


def without_thoughts(text: str) -> str:
    """The text after the last end of thinking aloud; all of it where there is none."""
    return answer_in(text, TOOL)


def has_markup(text: str) -> bool:
    """Whether a text has the tags or tokens that models put around calls."""
    return _MARKUP.search(text) is not None


def written_calls(text: str, tool: str) -> Iterator[Written]:
    """Calls of ``tool`` that are written out in a text, name and arguments; the likeliest first.

    A bounded number of places is looked at, and the text is no longer than arguments may be.
    """
    if len(text) > MAX_BYTES:
        return
    markup = (Repair.CALL_MARKUP,) if has_markup(text) else ()
    for found, _ in zip(_XML.finditer(text), range(MAX_STARTS), strict=False):
        if found["name"] == tool or is_about(found["name"], tool):
            value = _parameters(found["body"])
            yield Written(value, (Repair.CALL_MARKUP,)) if value else _body(found["body"])
    for found, _ in zip(_WRAPPED.finditer(text), range(MAX_STARTS), strict=False):
        scan = read_forgivingly(text, found.start())
        inner = _unwrapped(scan.value, tool) if scan.position is None else None
        if inner is not None:
            yield Written(inner, (*scan.repairs, *(markup or (Repair.CALL_WRAPPED,))))


def _parameters(body: str) -> dict[str, str]:
    """The texts of ``<parameter=name>`` tags, each up to the end tag that comes next."""
    found = (_PARAMETER.search(piece) for piece in body.split("</parameter>"))
    return {one["name"]: one["value"].removesuffix("\n") for one in found if one is not None}


def _body(body: str) -> Written:
    """A function's tag with plain JSON inside."""
    start = body.find("{")
    scan = read_forgivingly(body, start) if start >= 0 else None
    value = scan.value if scan is not None and scan.position is None else {}
    return Written(value, (*(scan.repairs if scan else ()), Repair.CALL_MARKUP))


def _unwrapped(value: Any, tool: str) -> Any:
    """The arguments inside ``{"name": ..., "arguments": ...}``, where that names the tool; or nothing."""
    if isinstance(value, list):
        value = value[0] if value else None
    for member in ("function", "tool_calls"):
        inner = value.get(member) if isinstance(value, dict) else None
        inner = inner[0] if isinstance(inner, list) and inner else inner
        value = inner if isinstance(inner, dict) else value
    if not isinstance(value, dict):
        return None
    name = next((value[n] for n in ("name", "function", "tool") if isinstance(value.get(n), str)), None)
    if name is None or not (name == tool or is_about(name, tool)):
        return None
    return next((value[n] for n in ("arguments", "parameters", "input") if n in value), None)
