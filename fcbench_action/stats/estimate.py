"""An estimate: a value with its interval, or no interval and the reason why.

What is unknown is absent (``None``): never NaN, and never 0.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Method(StrEnum):
    """How the interval came about, or why there is none."""

    CLUSTERED_WILSON = "clustered-wilson"
    BCA_BOOTSTRAP = "bca-bootstrap"
    WILSON = "wilson"
    NO_INTERVAL_RATIO = "none: a ratio of totals"
    NO_INTERVAL_ONE_MODULE = "none: a phase has one module only"


class Estimate(msgspec.Struct, frozen=True, omit_defaults=True):
    """``value`` over ``n`` trials, between ``low`` and ``high`` with 95 % confidence.

    Rounded to six decimals, so that every machine writes the same bytes.
    """

    value: float
    n: int
    method: Method
    low: float | None = None
    high: float | None = None


def rounded(value: float) -> float:
    """``value`` as it is published; never a negative zero."""
    return round(value, 6) + 0.0
