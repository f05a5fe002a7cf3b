"""Random draws that are the same on every machine and in every version of Python."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """A stream of draws that depends on nothing but ``parts``."""

    def __init__(self, *parts: str) -> None:
        text = "\0".join(parts).encode("utf-8", "surrogatepass")
        self._random = random.Random(int.from_bytes(hashlib.sha256(text).digest(), "big"))

    def chance(self) -> float:
        """A number in [0, 1). Everything else derives from it: only ``random()`` never changes."""
        return self._random.random()

    def index(self, size: int) -> int:
        """An index into a sequence of ``size`` > 0."""
        return int(self.chance() * size)

    def pick(self, items: Sequence[T]) -> T:
        """One of ``items``, of which there is at least one."""
        return items[self.index(len(items))]
