"""The simulated models: what each gets wrong in a first reply, and how much of it it mends when told.

These are declared, not measured: a profile shows what the benchmark makes of such a model, and says
nothing about any real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PREFIX = "simulated/"


@dataclass(frozen=True, slots=True)
class Profile:
    """A simulated model.

    ``errors``: kind of value error to the chance that a first reply has one, each drawn on its own.
    ``deliveries``: kind of delivery error to the chance that a first reply has it; at most one, so the
    chances add up to 1 at most. ``correction``: the chance that one reported place, or one spoiled
    delivery, is mended in a round.
    """

    name: str
    summary: str
    correction: float = 1.0
    errors: Mapping[str, float] = field(default_factory=dict)
    deliveries: Mapping[str, float] = field(default_factory=dict)


_ALL = (
    Profile(name="flawless", summary="Answers every case with the reference."),
    Profile(
        name="careless",
        summary="Makes every kind of mistake now and then, and mends most of what it is told.",
        correction=0.8,
        errors={
            "missing-property": 0.12,
            "unexpected-property": 0.08,
            "wrong-type": 0.08,
            "misspelled-variant": 0.08,
            "dangling-reference": 0.12,
            "duplicate-name": 0.06,
            "forgotten-constraints": 0.2,
        },
        deliveries={"truncated": 0.03, "no-call": 0.02, "trailing-comma": 0.03},
    ),
    Profile(
        name="stubborn",
        summary="Makes mistakes in half of its replies and rarely mends one.",
        correction=0.2,
        errors={
            "missing-property": 0.15,
            "wrong-type": 0.15,
            "misspelled-variant": 0.1,
            "dangling-reference": 0.2,
            "duplicate-name": 0.1,
        },
    ),
    Profile(
        name="broken-json",
        summary="Knows the answers, and often writes what is almost JSON.",
        correction=0.6,
        errors={"stringified-member": 0.2},
        deliveries={
            "fenced": 0.2,
            "trailing-comma": 0.15,
            "unclosed": 0.15,
            "unquoted-key": 0.05,
            "prefixed": 0.05,
        },
    ),
    Profile(
        name="forgetful",
        summary="Always answers validly, and mostly forgets some of what the requirements ask for.",
        errors={"forgotten-constraints": 0.7},
    ),
    Profile(
        name="chatty",
        summary="Often talks, declines or calls something else instead of the function.",
        correction=0.7,
        errors={"missing-property": 0.05},
        deliveries={"no-call": 0.2, "refusal": 0.05, "wrong-function": 0.1, "truncated": 0.1},
    ),
)

PROFILES: dict[str, Profile] = {PREFIX + profile.name: profile for profile in _ALL}
"""By the name that a request gives as its model."""
