"""When a failed exchange is tried again: the only retries there are. Pure; nobody sleeps here."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

_UNITS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_NUMBER = re.compile(r"[0-9]{1,13}(\.[0-9]{1,9})?", re.ASCII)
_RESET = re.compile(r"(x-)?ratelimit-reset(-|$)")
_SPAN = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|[dhms])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Policy:
    """How often and how long. All times in seconds.

    ``tries`` counts the first one. ``first_wait`` doubles at each failure, up to ``longest_wait``, which
    also bounds what a server may ask for. ``attempt`` bounds one exchange from first to last byte, and
    ``total`` a whole round with its waits.
    """

    tries: int = 6
    first_wait: float = 1.0
    longest_wait: float = 60.0
    attempt: float = 600.0
    total: float = 1200.0


FIRST_CONTACT = Policy(tries=3, longest_wait=2.0)
"""While nobody has answered at all: long enough for a server that is just starting, no longer."""


def next_wait(
    policy: Policy, failures: int, spent: float, asked: float | None, spread: float
) -> float | None:
    """Seconds to wait before trying again after ``failures`` failures, or ``None`` to give up.

    ``spent`` is the time since the round began, ``asked`` what the server asked for. ``spread`` in [0, 1)
    shortens our own waits by up to half, so that many callers do not return at the same moment; what a
    server asked for is never shortened, and lengthened by up to a quarter.
    """
    if failures >= policy.tries:
        return None
    own = min(policy.first_wait * 2.0 ** (failures - 1), policy.longest_wait) * (1 - spread / 2)
    wait = own if asked is None else min(max(asked * (1 + spread / 4), own), policy.longest_wait)
    return wait if spent + wait < policy.total else None


def asked_wait(headers: Mapping[str, str], now: float) -> float | None:
    """How long a server asks to wait, in seconds, or ``None`` where it does not say or says nonsense.

    Read in this order: ``retry-after-ms``, ``retry-after`` as seconds or as a date, and the longest of
    the ``x-ratelimit-reset-*`` of limits that are used up. Nothing negative, infinite or otherwise odd is a
    wait. ``now`` is seconds since 1970.
    """
    found = [
        _number(headers.get("retry-after-ms"), 0.001),
        _number(headers.get("retry-after"), 1.0),
        _date(headers.get("retry-after"), now),
        _resets(headers, now),
    ]
    return next((wait for wait in found if wait is not None), None)


def _number(text: str | None, unit: float) -> float | None:
    if text is None or not _NUMBER.fullmatch(text.strip()):
        return None
    return float(text) * unit


def _date(text: str | None, now: float) -> float | None:
    if text is None:
        return None
    try:
        date = parsedate_to_datetime(text)
        wait = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return max(wait, 0.0) if math.isfinite(wait) else None


def _resets(headers: Mapping[str, str], now: float) -> float | None:
    """OpenAI and Groq write spans such as ``1m30.5s`` there, one header for each limit; others write seconds,
    and OpenRouter the moment, in milliseconds since 1970.
    """
    waits = [
        span(value) if _NUMBER.fullmatch(value.strip()) is None else _moment(float(value), now)
        for name, value in headers.items()
        if _RESET.match(name) and headers.get(name.replace("reset", "remaining", 1), "0").strip() == "0"
    ]
    return max((wait for wait in waits if wait is not None), default=None)


def _moment(number: float, now: float) -> float:
    """Seconds to wait: the number itself, or until the moment that it is, in (milli)seconds since 1970."""
    for unit in (1.0, 0.001):
        if now / 2 < number * unit < now * 2:
            return max(number * unit - now, 0.0)
    return number


def span(text: str) -> float | None:
    """Seconds of a span such as ``1m30.5s``, or ``None`` where the text is none."""
    if not re.fullmatch(rf"(?:{_SPAN.pattern}){{1,5}}", text.strip(), re.ASCII):
        return None
    return sum(float(number) * _UNITS[unit] for number, unit in _SPAN.findall(text))
