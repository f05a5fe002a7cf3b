"""Intervals: quantiles against scipy, coverage against simulated data with known truth."""

from __future__ import annotations

import math
import random
import statistics

import pytest
from scipy import special, stats

from fcbench_action.stats.intervals import clustered_mean, clustered_wilson, incomplete_beta, t_quantile


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


def test_the_mean_weighs_strata_equally_whatever_their_number_of_clusters() -> None:
    assert clustered_mean([[1.0, 0.0], [0.25, 0.25, 0.25, 0.25]]) == 0.375


def test_in_the_middle_the_interval_is_the_t_interval_up_to_its_shrinking() -> None:
    strata = [[0.48, 0.5, 0.52, 0.5] * 5, [0.49, 0.51, 0.5, 0.5] * 5]
    error = math.sqrt(sum(statistics.variance(s) / len(s) for s in strata)) / 2
    low, high = clustered_wilson(strata, 160) or (0, 0)
    assert high - low == pytest.approx(2 * t_quantile(0.975, 38) * error, rel=1e-3)


def test_with_one_cluster_in_a_stratum_there_is_no_interval() -> None:
    assert clustered_wilson([[0.5, 0.7], [0.6]], 9) is None
    assert clustered_wilson([[0.5]], 9) is None


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_at_the_ends_the_interval_still_has_width_and_stays_inside(value: float) -> None:
    few = clustered_wilson([[value] * 3] * 2, 24) or (0, 0)
    many = clustered_wilson([[value] * 20] * 5, 400) or (0, 0)
    assert 0 <= few[0] <= value <= few[1] <= 1
    assert few[1] - few[0] == pytest.approx(1 - 1 / (1 + 1.96**2 / 24), rel=1e-3)
    assert 0.005 < many[1] - many[0] < 0.02


@pytest.mark.parametrize("first_call", [0.5, 0.9, 0.97])
@pytest.mark.parametrize(("phases", "modules", "most"), [(5, 20, 0.97), (5, 12, 0.97), (2, 6, 0.985)])
def test_the_interval_covers_the_truth_in_about_95_of_100_runs(
    phases: int, modules: int, most: float, first_call: float
) -> None:
    """Few modules near 1 leave so few possible results that covering a little more cannot be helped."""
    rng = random.Random(20260101)
    shape, cases = 6.0, 4

    def module_mean() -> float:
        p = rng.betavariate(first_call * shape, (1 - first_call) * shape)
        return sum(rng.random() < p for _ in range(cases)) / cases

    covered, runs = 0, 1500
    for _ in range(runs):
        strata = [[module_mean() for _ in range(modules)] for _ in range(phases)]
        low, high = clustered_wilson(strata, phases * modules * cases) or (1, 0)
        covered += low <= first_call <= high
    assert 0.93 <= covered / runs <= most
