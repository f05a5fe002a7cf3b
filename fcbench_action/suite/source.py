"""The suite's files, and faults in them that name file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import msgspec
import yaml

from fcbench_action.diagnostics.diagnostic import Path, Segment
from fcbench_action.errors import BadInput

T = TypeVar("T")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACE = re.compile(r" - at `(?:key in )?\$(.*)`$", re.DOTALL)
_SEGMENT = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_BYTE = re.compile(r"\(byte (\d+)\)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the suite, and where. ``line`` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class BrokenSuite(BadInput):
    """The suite's own files cannot be used; ``faults`` says why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        more = len(self.faults) - 1
        rest = f" (and {more} more: fcbench suite check names them all)" if more else ""
        super().__init__(f"the suite is broken: {self.faults[0]}{rest}")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the suite, ``name`` being its path from the folder of topics."""

    name: str
    text: str

    def decode(self, kind: type[T]) -> T:
        """The file's JSON as ``kind``. Raises BrokenSuite at the line of the first error."""
        try:
            return msgspec.json.decode(self.text, type=kind)
        except msgspec.ValidationError as error:
            reason = str(error)
            place = _PLACE.search(reason)
            path = _segments(place.group(1)) if place else ()
            raise BrokenSuite([self.fault(path, _PLACE.sub("", reason))]) from error
        except msgspec.DecodeError as error:
            found = _BYTE.search(str(error))
            before = self.text.encode()[: int(found.group(1))] if found else b""
            raise BrokenSuite([Fault(self.name, before.count(b"\n") + 1, f"no JSON: {error}")]) from error

    def fault(self, path: Path, message: str) -> Fault:
        """``message`` at the line of the JSON value at ``path``, or of the nearest one around it."""
        return Fault(self.name, self._line(path), message)

    def find(self, text: str, message: str) -> Fault:
        """``message`` at the first line that holds ``text``, or at the file's beginning."""
        position = max(self.text.find(text), 0)
        return Fault(self.name, self.text.count("\n", 0, position) + 1, message)

    def _line(self, path: Path) -> int:
        node = _tree(self.text)
        for segment in path:
            inner = _child(node, segment)
            if inner is None:
                break
            node = inner
        return int(node.start_mark.line) + 1 if node is not None else 1


@lru_cache(maxsize=8)
def _tree(text: str) -> yaml.Node | None:
    """The text as nodes that know their lines: JSON is YAML too. Slow, but only faults ask."""
    try:
        tree: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
        return tree
    except yaml.YAMLError:
        return None


def _child(node: yaml.Node | None, segment: Segment) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(segment, int) and segment < len(node.value):
        found: yaml.Node = node.value[segment]
        return found
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == segment), None)
    return None


def _segments(place: str) -> Path:
    return tuple(name or int(index) for name, index in _SEGMENT.findall(place))
