"""Randomness that no version of Python changes: only the bits of a generator are used."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from random import Random

from fcbench_action.language.program.interpreter.times import time_text

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "le", "mu", "na", "po", "ri", "sa", "te", "vo")
_FIRST_TIME = 1_798_761_600_000  # 2027, after the clock of any test
_TIMES = 10 * 365 * 86_400_000
_UNIT = 2**53
_TOKEN_BYTES = 32


class Draws:
    """A stream of random values, made of the bits that a generator gives so many at a time."""

    def __init__(self, generator: Random) -> None:
        self._generator = generator
        self._bits = generator.getrandbits

    @classmethod
    def seeded(cls, *parts: object) -> Draws:
        """The stream of ``parts``: the same for the same."""
        digest = hashlib.sha256("\0".join(map(str, parts)).encode()).digest()
        return cls(Random(int.from_bytes(digest, "big")))

    def copy(self) -> Draws:
        """A stream of its own that goes on as this one does, which is seeded."""
        generator = Random(0)
        generator.setstate(self._generator.getstate())
        return Draws(generator)

    def goes_on_as(self, other: Draws) -> bool:
        """Whether this stream and another one, both seeded, will give the same."""
        return self._generator.getstate() == other._generator.getstate()

    def below(self, bound: int) -> int:
        """A whole number from 0 up to, not including, ``bound``."""
        size = bound.bit_length()
        while (found := self._bits(size)) >= bound:
            pass
        return found

    def unit(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self._bits(53) / _UNIT

    def letters(self, count: int) -> str:
        """So many lower-case letters."""
        return "".join([_LETTERS[self.below(26)] for _ in range(count)])

    def bytes(self, count: int) -> bytes:
        """So many bytes."""
        return self._bits(8 * count).to_bytes(count, "big")

    def sample(self, length: int, count: int) -> list[int]:
        """``count`` different positions of ``length``, in their order."""
        places = list(range(length))
        for at in range(count):
            other = at + self.below(length - at)
            places[at], places[other] = places[other], places[at]
        return sorted(places[:count])

    def uuid(self) -> str:
        """A UUID of version 4."""
        digits = f"{self._bits(128):032x}"
        variant = "89ab"[int(digits[16], 16) & 3]
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"

    def token(self) -> str:
        """43 characters that say nothing."""
        return urlsafe_b64encode(self.bytes(_TOKEN_BYTES)).decode().rstrip("=")

    def formatted(self, format: str) -> str:
        """A text of a well-known shape; times lie ahead of any test's clock."""
        match format:
            case "uuid":
                return self.uuid()
            case "email":
                return f"{self.letters(10)}@{self.letters(6)}.example"
            case "uri":
                return f"https://{self.letters(8)}.example/{self.letters(8)}"
        time = time_text(_FIRST_TIME + self.below(_TIMES)) or ""
        return time[:10] if format == "date" else time

    def keyword(self, kind: str) -> str:
        """A text of a kind that people write."""
        match kind:
            case "word":
                return self._word()
            case "name":
                return f"{self._word().capitalize()} {self._word().capitalize()}"
            case "title":
                return " ".join([self._word().capitalize(), *self._words(1, 3)])
            case "sentence":
                return self._sentence()
        return " ".join(self._sentence() for _ in range(2 + self.below(3)))

    def _word(self) -> str:
        return "".join([_SYLLABLES[self.below(16)] for _ in range(2 + self.below(2))])

    def _words(self, least: int, most: int) -> list[str]:
        return [self._word() for _ in range(least + self.below(most - least + 1))]

    def _sentence(self) -> str:
        return " ".join([self._word().capitalize(), *self._words(4, 9)]) + "."
