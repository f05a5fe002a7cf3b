"""Names in messages: quoted, and with the known name that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from fcbench_action.sinks import one_line

_MOST_QUERIES = 20
_MOST_NAMES = 500
_LONGEST = 100
_SHOWN = 80


class Nearest:
    """Near misses among some names. Bounded: answers the first questions, and says nothing after that."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({name for name in names if len(name) <= _LONGEST})[:_MOST_NAMES]
        self._left = _MOST_QUERIES

    def to(self, name: str) -> str | None:
        """The known name most like ``name``, if any is like it at all."""
        if self._left <= 0 or len(name) > _LONGEST:
            return None
        self._left -= 1
        found = difflib.get_close_matches(name, self._names, 1)
        return found[0] if found else None

    def hint(self, name: str) -> str:
        """`` Did you mean "x"?`` to end a message with, or nothing."""
        near = self.to(name)
        return f" Did you mean {quoted(near)}?" if near else ""


def quoted(text: str) -> str:
    """A name for a message: quoted, on one line, cut where it is long."""
    return f'"{one_line(text, _SHOWN)}"'
