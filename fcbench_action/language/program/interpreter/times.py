"""Times: texts in RFC 3339, computed with as whole milliseconds since 1970 in UTC, years 1 to 9999."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from fcbench_action.language.interface.formats import is_date_time

_EPOCH = datetime(1970, 1, 1)
_MILLISECOND = timedelta(milliseconds=1)


@lru_cache(maxsize=4096)
def milliseconds(text: str) -> int | None:
    """The moment that a text names, parts of a millisecond cut off; None where it names none."""
    if not is_date_time(text):
        return None
    moment = datetime.fromisoformat(text.upper())
    offset = moment.utcoffset() or timedelta()
    return (moment.replace(tzinfo=None) - _EPOCH) // _MILLISECOND - offset // _MILLISECOND


def time_text(moment: int) -> str | None:
    """``2026-01-01T00:00:00.000Z``; None where the year has not four digits."""
    try:
        return (_EPOCH + moment * _MILLISECOND).isoformat(timespec="milliseconds") + "Z"
    except OverflowError:
        return None


@lru_cache(maxsize=4096)
def canonical(text: str) -> str | None:
    """The moment that a text names, written in the one way: in UTC, with milliseconds. None where none."""
    moment = milliseconds(text)
    return None if moment is None else time_text(moment)
