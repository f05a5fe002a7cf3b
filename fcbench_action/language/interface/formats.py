"""The formats of strings, checked for what they say and not only for their looks.

uuid: RFC 9562, any version. date-time and date: RFC 3339, days that exist, offset required, no leap
seconds (which neither JavaScript nor Python can hold). email: the pattern of HTML's email inputs, with a
dotted domain. uri: RFC 3986, with a scheme, ASCII only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII | re.IGNORECASE
)
_LONGEST_TIME = len("2024-02-29T09:30:00.123456789+00:00")
_LOCAL = re.compile(r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL = re.compile(r"[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_LONGEST_EMAIL = 254


def is_uuid(text: str) -> bool:
    """``123e4567-e89b-12d3-a456-426614174000``, upper or lower case."""
    return _UUID.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """``2024-02-29``."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(group) for group in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_date_time(text: str) -> bool:
    """``2024-02-29T09:30:00Z``, with up to nine digits of a second and any offset."""
    return len(text) <= _LONGEST_TIME and _is_date_time(text)


@lru_cache(maxsize=4096)  # times come again and again: in each answer of a test
def _is_date_time(text: str) -> bool:
    return text[10:11] in ("T", "t") and is_date(text[:10]) and _TIME.fullmatch(text[11:]) is not None


def is_email(text: str) -> bool:
    """``name@example.org``."""
    local, at, domain = text.rpartition("@")
    labels = domain.split(".")
    return (
        len(text) <= _LONGEST_EMAIL
        and bool(at)
        and _LOCAL.fullmatch(local) is not None
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
    )


def is_uri(text: str) -> bool:
    """``https://example.org/a?b#c``, or any other scheme."""
    if _URI.fullmatch(text) is None or text.count("#") > 1:
        return False
    scheme, _, rest = text.partition(":")
    if scheme.lower() in ("http", "https"):
        return rest.startswith("//") and rest[2:3] not in ("", "/", "?", "#", ":")
    return True


FORMATS: dict[str, Callable[[str], bool]] = {
    "uuid": is_uuid,
    "date-time": is_date_time,
    "date": is_date,
    "email": is_email,
    "uri": is_uri,
}
"""By the name that a string schema gives. No text has two of these formats."""
