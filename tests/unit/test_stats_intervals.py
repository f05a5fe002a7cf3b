"""Intervals: quantiles against scipy, and what an interval does at the ends and with modules in common."""

from __future__ import annotations

import math
import statistics

import pytest
from scipy import special, stats

from fcbench_action.stats.intervals import (
    Strata,
    clustered_mean,
    clustered_wilson,
    incomplete_beta,
    t_quantile,
)


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5, 9, 30, 95, 400, 5000])
def test_t_quantiles_agree_with_scipy_to_nine_digits(degrees: int) -> None:
    for probability in (0.001, 0.025, 0.3, 0.5, 0.6, 0.9, 0.95, 0.975, 0.995, 0.99999):
        expected = stats.t.ppf(probability, degrees)
        assert t_quantile(probability, degrees) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_incomplete_beta_function_agrees_with_scipy() -> None:
    for a in (0.5, 1, 2.5, 40):
        for b in (0.5, 1, 7):
            for x in (0.0, 1e-9, 0.2, 0.5, 0.93, 1.0):
                assert incomplete_beta(a, b, x) == pytest.approx(special.betainc(a, b, x), rel=1e-10)


def strata(*phases: list[float]) -> Strata:
    """Phases with the means of their modules, which are named by their order."""
    return {str(s): {str(m): mean for m, mean in enumerate(means)} for s, means in enumerate(phases)}


def test_the_mean_weighs_strata_equally_whatever_their_number_of_clusters() -> None:
    assert clustered_mean(strata([1.0, 0.0], [0.25, 0.25, 0.25, 0.25])) == 0.375


def width(found: tuple[float, float] | None) -> float:
    assert found is not None
    return found[1] - found[0]


def test_in_the_middle_the_interval_of_one_phase_is_the_t_interval_up_to_its_shrinking() -> None:
    means = [0.48, 0.5, 0.52, 0.5] * 5
    error = math.sqrt(statistics.variance(means) / len(means))
    expected = 2 * t_quantile(0.975, 19) * error
    assert width(clustered_wilson(strata(means), 160)) == pytest.approx(expected, rel=1e-3)


def test_modules_that_are_hard_in_all_phases_count_as_one_and_opposite_ones_cancel_out() -> None:
    means = [0.4, 0.45, 0.5, 0.55, 0.6]
    one = width(clustered_wilson(strata(means), 20))
    assert width(clustered_wilson(strata(means, means, means), 60)) == pytest.approx(one)
    assert width(clustered_wilson(strata(means, [*means[:0:-1], 0.42]), 60)) < one / 2


def test_with_one_cluster_in_a_stratum_there_is_no_interval() -> None:
    assert clustered_wilson(strata([0.5, 0.7], [0.6]), 9) is None
    assert clustered_wilson(strata([0.5]), 9) is None


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_at_the_ends_the_interval_still_has_width_and_stays_inside(value: float) -> None:
    few = clustered_wilson(strata(*[[value] * 3] * 2), 24) or (0, 0)
    many = clustered_wilson(strata(*[[value] * 20] * 5), 400) or (0, 0)
    assert 0 <= few[0] <= value <= few[1] <= 1
    assert few[1] - few[0] == pytest.approx(1 - 1 / (1 + 1.96**2 / 24), rel=1e-3)
    assert 0.005 < many[1] - many[0] < 0.02
