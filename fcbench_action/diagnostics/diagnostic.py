"""One finding about a reply, the place it is about, and the code that names its kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import msgspec

Segment = str | int
Path = tuple[Segment, ...]
"""Where in an argument: property names and array indices from the root, in JSON's own names."""


class Stage(StrEnum):
    """The stage of judging that found it; the first failing stage ends the judging."""

    PARSE = "parse"
    SCHEMA = "schema"
    COMPILE = "compile"
    RUN = "run"


class Severity(StrEnum):
    """Errors fail a reply; warnings are shown and never fail it."""

    ERROR = "error"
    WARNING = "warning"


class Diagnostic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One finding. Scores read ``code`` and ``stage``; only people and models read the texts.

    ``expected`` and ``actual`` are short and finish the sentences "expected ..." and "got ...";
    either may be empty where it would say nothing. ``message`` is one sentence that stands alone.
    """

    code: str
    stage: Stage
    path: Path
    message: str
    expected: str = ""
    actual: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic: declared once, explained by ``docs/<name>.md`` beside the registry."""

    name: str
    stage: Stage
    summary: str
    severity: Severity = Severity.ERROR

    def at(self, path: Path, message: str, *, expected: str = "", actual: str = "") -> Diagnostic:
        """The diagnostic of this code at ``path``."""
        return Diagnostic(self.name, self.stage, path, message, expected, actual, self.severity)


_PLAIN_KEY = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*", re.ASCII)


def render_path(path: Path) -> str:
    """``$.files[0].models``; keys that are no identifiers are quoted as JSON: ``$["a b"]``."""
    parts = ["$"]
    for segment in path:
        if isinstance(segment, int):
            parts.append(f"[{segment}]")
        elif _PLAIN_KEY.fullmatch(segment):
            parts.append(f".{segment}")
        else:
            parts.append(f"[{_quoted(segment)}]")
    return "".join(parts)


def _quoted(key: str) -> str:
    try:
        return msgspec.json.encode(key).decode()
    except UnicodeEncodeError:  # a lone surrogate, which JSON can write and UTF-8 cannot
        return json.dumps(key, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def sort(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By (path, code), indices as numbers: the one order in which diagnostics are ever shown."""
    return sorted(diagnostics, key=_order)


def errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those that fail a reply."""
    return [d for d in diagnostics if d.severity is Severity.ERROR]


def _order(diagnostic: Diagnostic) -> tuple[list[tuple[int, int, str]], str, str]:
    place = [(0, s, "") if isinstance(s, int) else (1, 0, s) for s in diagnostic.path]
    return place, diagnostic.code, diagnostic.message
