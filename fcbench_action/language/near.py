"""Names in messages: quoted, and with the known name that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import chain

from fcbench_action.sinks import one_line

_COMPARISONS = 5_000
_LONGEST = 100
_SHOWN = 80
_ALIKE = 0.7


class Hints:
    """The bound of looking for near misses: so many names are compared in one check, and then no more."""

    def __init__(self, comparisons: int = _COMPARISONS) -> None:
        self._left = comparisons

    def take(self, comparisons: int) -> bool:
        """Whether that many are left; they are not left after that."""
        if comparisons > self._left:
            return False
        self._left -= comparisons
        return True


class Nearest:
    """Near misses among some names. Without ``hints``, the bound is this object's own."""

    def __init__(self, names: Iterable[str], hints: Hints | None = None) -> None:
        self._by_length: dict[int, list[str]] = {}
        for name in sorted(set(names)):
            self._by_length.setdefault(len(name), []).append(name)
        self._hints = hints or Hints()

    def to(self, name: str) -> str | None:
        """The known name most like ``name``, if any is like it and the bound allows to look."""
        if len(name) > _LONGEST:
            return None
        room = 2 + len(name) // 3
        lists = [self._by_length.get(size, []) for size in range(len(name) - room, len(name) + room + 1)]
        if not self._hints.take(sum(map(len, lists))):
            return None
        found = difflib.get_close_matches(name, chain.from_iterable(lists), 1, _ALIKE)
        return found[0] if found else None

    def hint(self, name: str) -> str:
        """`` Did you mean "x"?`` to end a message with, or nothing."""
        near = self.to(name)
        return f" Did you mean {quoted(near)}?" if near else ""


def quoted(text: str) -> str:
    """A name for a message: quoted, on one line, cut where it is long."""
    return f'"{one_line(text, _SHOWN)}"'
