"""Intervals for clustered means in [0, 1] and for ratios, and the quantiles that they need.

Modules are the clusters and phases the strata. A module is one cluster in all its phases, for what makes it
hard in one makes it hard in others: with w = 1 / number of phases, and G the modules of a phase, a module
deviates from the mean by the sum over its phases of w (its mean - the phase's mean) / sqrt(G (G - 1)), and
SE^2 is the sum of the squares of these. Where phases have nothing to do with each other, that is on average
the textbook's sum over phases of w^2 s^2 / G. Student's t has one degree of freedom less than modules.

The interval has Wilson's form with n replaced by the effective sample size p(1 - p) / SE^2, and the
normal quantile by that of t. It cannot leave [0, 1]. Where no two modules differ, there is no
error to estimate: n is then the number of cases, and the quantile the normal one. See P. S. Kott, "A note
on Wilson coverage intervals for proportions estimated from complex samples", Survey Methodology 43 (2017),
and C. Franco et al., "Comparative study of confidence intervals for proportions in complex sample
surveys", Journal of Survey Statistics and Methodology 7 (2019), who recommend it over the alternatives.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from statistics import NormalDist

CONFIDENCE = 0.95

Strata = Mapping[str, Mapping[str, float]]
"""By phase, the mean of each of its modules by name."""


def clustered_mean(strata: Strata) -> float:
    """The mean over strata, weighing equally, of the mean over their clusters."""
    return _mean([_mean([*clusters.values()]) for clusters in strata.values()])


def clustered_wilson(strata: Strata, cases: int) -> tuple[float, float] | None:
    """The 95 % interval for :func:`clustered_mean`, within [0, 1]; ``None`` where a stratum has one cluster.

    ``strata`` holds cluster means in [0, 1]; ``cases`` is how many cases they rest on.
    """
    if any(len(clusters) < 2 for clusters in strata.values()):
        return None
    mean, deviations = clustered_mean(strata), _deviations(strata)
    squared_error = math.fsum(deviation**2 for deviation in deviations)
    spread = mean * (1 - mean)
    if squared_error > 1e-12 and spread > 1e-12:
        return wilson(mean, spread / squared_error, t_quantile(_UPPER, len(deviations) - 1))
    return wilson(mean, cases)


def wilson(share: float, size: float, quantile: float | None = None) -> tuple[float, float]:
    """Wilson's 95 % interval for a share of ``size``; ``quantile`` is the normal one unless given.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927).
    """
    q = NormalDist().inv_cdf(_UPPER) if quantile is None else quantile
    centre = (share + q * q / (2 * size)) / (1 + q * q / size)
    half = q / (1 + q * q / size) * math.sqrt(share * (1 - share) / size + q * q / (4 * size * size))
    return min(share, max(0.0, centre - half)), max(share, min(1.0, centre + half))


_UPPER = 1 - (1 - CONFIDENCE) / 2


def _deviations(strata: Strata) -> list[float]:
    """By how much each module takes the mean up or down, such that the squares sum to SE^2."""
    found: dict[str, float] = {}
    for clusters in strata.values():
        mean = _mean([*clusters.values()])
        weight = len(strata) * math.sqrt(len(clusters) * (len(clusters) - 1))
        for name, value in clusters.items():
            found[name] = found.get(name, 0.0) + (value - mean) / weight
    return [*found.values()]


@cache
def t_quantile(probability: float, degrees: int) -> float:
    """Where Student's t with ``degrees`` >= 1 has ``probability`` in (0, 1) below it, by bisection."""
    if probability < 0.5:
        return -t_quantile(1 - probability, degrees)
    low, high = 0.0, 1.0
    while t_below(high, degrees) < probability:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if t_below(middle, degrees) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def t_below(t: float, degrees: int) -> float:
    """The probability that Student's t with ``degrees`` is at most ``t`` >= 0."""
    return 1 - incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularized incomplete beta function I_x(a, b), by its continued fraction.

    NIST Digital Library of Mathematical Functions, 8.17.22, evaluated by Lentz's method.
    """
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    log_front = a * math.log(x) + b * math.log1p(-x)
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return math.exp(log_front - log_beta) / a * _beta_fraction(a, b, x)


def _beta_fraction(a: float, b: float, x: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1 / ((1 - (a + b) * x / (a + 1)) or tiny)
    result = d
    for m in range(1, 1000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / ((1 + step * d) or tiny)
            c = (1 + step / c) or tiny
            result *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return result


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)
