"""Comparing models: paired by case, sign-flip permutation over modules, Holm, and rank intervals.

Under the hypothesis that two models are equal, each module's difference is as likely to be positive as
negative. The p value is the share of all 2^G sign patterns whose sum is at least as far from 0 as the
observed one. All patterns are counted, not sampled: the counts of all sums are the coefficients of a
product of polynomials, here one large integer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from fcbench_action.stats.metrics import CaseValue, contributions, strata

SIGNIFICANT = 0.05
_GRID = 1 << 14


def sign_flip(differences: Sequence[float]) -> float:
    """The two-sided p value of the sum of ``differences``; 1 where there are none or all are 0.

    Differences are rounded to a grid of 1/16384 of their total, and sums within the rounding error of the
    observed one count as equal to it, so that ties are ties; that can only enlarge p.
    """
    total = math.fsum(map(abs, differences))
    if total == 0:
        return 1.0
    steps = [round(abs(d) / total * _GRID) for d in differences]
    observed = abs(sum(math.copysign(step, d) for step, d in zip(steps, differences, strict=True)))
    threshold = max(0, math.ceil((sum(steps) + observed - len(steps)) / 2))
    count = len(steps)
    tail = _sums_from(threshold, steps)
    return min(1.0, 2 * tail / (1 << count))


def _sums_from(threshold: int, steps: Sequence[int]) -> int:
    """How many subsets of ``steps`` sum to at least ``threshold``."""
    bits = len(steps) + 1
    product = 1
    for step in steps:
        product += product << (step * bits)
    # The digits of a number to base 2^bits add up to its remainder by 2^bits - 1.
    return (product >> (threshold * bits)) % ((1 << bits) - 1)


def module_differences(one: Mapping[str, CaseValue], other: Mapping[str, CaseValue]) -> list[float]:
    """What each module adds to the difference of the clustered means over common cases, in all its phases
    together: a model that does well with a module in one phase may do so in others for the same reason.
    """
    common = {
        case: CaseValue(one[case].case, one[case].value - other[case].value, 1)
        for case in sorted(one.keys() & other.keys())
    }
    return [*contributions(strata(common)).values()]


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's adjusted p values, in the order of ``p_values``."""
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    adjusted = [1.0] * len(p_values)
    largest = 0.0
    for position, index in enumerate(order):
        largest = max(largest, min(1.0, (len(order) - position) * p_values[index]))
        adjusted[index] = largest
    return adjusted


def rank_intervals(models: Sequence[Mapping[str, CaseValue]]) -> list[tuple[int, int]]:
    """For each model, the best and the worst rank that the comparisons leave open."""
    pairs = [(i, j) for i in range(len(models)) for j in range(i)]
    found = [module_differences(models[i], models[j]) for i, j in pairs]
    adjusted = holm([sign_flip(differences) for differences in found])
    better, worse = [0] * len(models), [0] * len(models)
    for (i, j), differences, p in zip(pairs, found, adjusted, strict=True):
        if p < SIGNIFICANT:
            winner, loser = (i, j) if math.fsum(differences) > 0 else (j, i)
            worse[winner] += 1
            better[loser] += 1
    return [(1 + better[i], len(models) - worse[i]) for i in range(len(models))]


def groups(intervals: Sequence[tuple[int, int]]) -> list[int]:
    """The group of each model, from 1: models whose rank intervals overlap, or form a chain, share one."""
    found = [0] * len(intervals)
    group, end = 0, 0
    for index in sorted(range(len(intervals)), key=lambda i: intervals[i]):
        low, high = intervals[index]
        if low > end:
            group += 1
        end = max(end, high)
        found[index] = group
    return found
