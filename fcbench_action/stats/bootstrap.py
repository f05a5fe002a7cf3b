"""The bootstrap interval for a ratio of totals, such as tokens spent for each trial that became valid.

Modules are drawn with replacement, whole, with a fixed seed. The interval is BCa, bias-corrected and
accelerated, of B. Efron, "Better bootstrap confidence intervals", Journal of the American Statistical
Association 82 (1987); the acceleration comes from the ratio's influence values. With few modules bootstrap
intervals are too narrow, so the quantiles are moved outward as T. C. Hesterberg proposes in "What teachers
should know about the bootstrap", The American Statistician 69 (2015): Student's t in place of the normal
one, times sqrt(n / (n - 1)).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from random import Random
from statistics import NormalDist

from fcbench_action.stats.intervals import CONFIDENCE, t_quantile

LEAST_MODULES = 10
"""With fewer there are too few different samples for quantiles so far out."""

SAMPLES = 1999
_SEED = 20_260_101
_NORMAL = NormalDist()


def ratio_interval(pairs: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """The 95 % interval for the sum of first numbers over the sum of second ones, a pair a module.

    No number is below 0. ``None`` where there are fewer than :data:`LEAST_MODULES`, where the ratio is the
    same in all samples, and where it has no upper bound because samples have nothing to divide by.
    """
    if len(pairs) < LEAST_MODULES:
        return None
    ratio = _ratio(pairs)
    samples = sorted(_sampled(pairs))
    if not samples or samples[0] == samples[-1]:
        return None
    below = sum(sample < ratio for sample in samples) + sum(sample == ratio for sample in samples) / 2
    bias = _NORMAL.inv_cdf(min(max(below, 0.5), len(samples) - 0.5) / len(samples))
    reach = t_quantile(1 - (1 - CONFIDENCE) / 2, len(pairs) - 1) * math.sqrt(len(pairs) / (len(pairs) - 1))
    low, high = (_accelerated(bias, _acceleration(pairs, ratio), z) for z in (-reach, reach))
    bounds = _quantile(samples, low), _quantile(samples, high)
    return (min(ratio, bounds[0]), max(ratio, bounds[1])) if math.isfinite(bounds[1]) else None


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    return math.fsum(above for above, _ in pairs) / math.fsum(below for _, below in pairs)


def _sampled(pairs: Sequence[tuple[float, float]]) -> list[float]:
    """The ratio in each sample; infinite where there is nothing to divide by, left out where it is 0 / 0."""
    above, below = [a for a, _ in pairs], [b for _, b in pairs]
    found = []
    for drawn in _draws(len(pairs)):
        total, parts = sum(drawn(above)), sum(drawn(below))
        if parts > 0:
            found.append(total / parts)
        elif total > 0:
            found.append(math.inf)
    return found


@cache
def _draws(modules: int) -> tuple[itemgetter[tuple[float, ...]], ...]:
    """What picks each sample out of a list, a number a module.

    By ``Random.random`` alone, whose numbers Python promises to be the same in every version.
    """
    rng = Random(_SEED)
    return tuple(itemgetter(*(int(rng.random() * modules) for _ in range(modules))) for _ in range(SAMPLES))


def _acceleration(pairs: Sequence[tuple[float, float]], ratio: float) -> float:
    """The skewness of the influence values, which are above - ratio * below up to a factor, by 6."""
    influences = [above - ratio * below for above, below in pairs]
    squares = math.fsum(value**2 for value in influences)
    return math.fsum(value**3 for value in influences) / (6 * squares**1.5) if squares else 0.0


def _accelerated(bias: float, acceleration: float, z: float) -> float:
    """Which share of the samples lies below the bound for the normal quantile ``z``."""
    moved = bias + z
    room = 1 - acceleration * moved
    return _NORMAL.cdf(bias + moved / room) if room > 0 else float(z > 0)


def _quantile(samples: Sequence[float], share: float) -> float:
    place = share * (len(samples) + 1) - 1
    return samples[min(max(round(place), 0), len(samples) - 1)]
