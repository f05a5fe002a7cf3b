"""Time, as the runner sees it; tests bring their own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """``now`` dates things in UTC; ``monotonic`` measures them in seconds."""

    now: Callable[[], datetime] = _utc
    monotonic: Callable[[], float] = time.monotonic

    def stamp(self) -> str:
        """The present as records write it: ``2026-01-31T12:00:00Z``."""
        return self.now().strftime("%Y-%m-%dT%H:%M:%SZ")
