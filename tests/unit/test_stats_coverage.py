"""Intervals and comparisons against simulated models whose truth is known.

Coverage is counted over as many simulated runs as make its own standard error about half a point.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from fcbench_action.stats.bootstrap import LEAST_MODULES, ratio_interval
from fcbench_action.stats.compare import rank_intervals, sign_flip
from fcbench_action.stats.intervals import Strata, clustered_wilson
from fcbench_action.stats.metrics import CaseValue
from tests.record_builder import case_ref
from tests.simulated_trials import REAL, Effects, Floats, Shape, Trials, chances, first_calls, trials

TRUTH = 4000
"""Simulated runs whose mean is taken for the truth."""


def as_strata(means: Floats) -> Strata:
    return {str(s): {str(m): float(mean) for m, mean in enumerate(row)} for s, row in enumerate(means)}


@pytest.mark.parametrize("rate", [0.5, 0.8, 0.95])
@pytest.mark.parametrize(
    ("shape", "most"), [(REAL, 0.97), (Shape(5, 8), 0.975), (Shape(5, 3), 0.99), (Shape(1, 3, 8), 0.995)]
)
def test_the_interval_of_a_mean_covers_the_truth_in_about_95_of_100_runs(
    shape: Shape, most: float, rate: float
) -> None:
    """Few modules near 1 leave so few possible results that covering a little more cannot be helped."""
    rng = np.random.default_rng(20260101)
    truth = float(np.mean(chances(rng, TRUTH, shape, rate, Effects())[0]))
    runs = 1500
    found = first_calls(rng, chances(rng, runs, shape, rate, Effects())[0], shape.trials).mean(axis=(3, 4))
    covered = 0
    for means in found:
        low, high = clustered_wilson(as_strata(means), shape.phases * shape.modules * shape.cases) or (1, 0)
        covered += low <= truth <= high
    assert 0.93 <= covered / runs <= most


def pairs_of(above: Floats, below: Floats) -> Iterator[list[tuple[float, float]]]:
    """Each run's pairs for a ratio, by module."""
    for tops, bottoms in zip(above.sum(axis=(1, 3, 4)), below.sum(axis=(1, 3, 4)), strict=True):
        yield list(zip(tops.tolist(), bottoms.tolist(), strict=True))


RATIOS = {
    "correction": lambda found: (found.final - found.first, 1 - found.first),
    "tokens to valid": lambda found: (found.tokens, found.final),
}


@pytest.mark.parametrize("shape", [REAL, Shape(5, LEAST_MODULES)])
@pytest.mark.parametrize("ratio", RATIOS)
def test_the_interval_of_a_ratio_covers_the_truth_in_about_95_of_100_runs(ratio: str, shape: Shape) -> None:
    rng = np.random.default_rng(7)

    def simulated(runs: int) -> Trials:
        return trials(rng, chances(rng, runs, shape, 0.75, Effects())[0], shape)

    above, below = RATIOS[ratio](simulated(TRUTH))
    truth = float(above.sum() / below.sum())
    runs = 1500
    intervals = [ratio_interval(pairs) for pairs in pairs_of(*RATIOS[ratio](simulated(runs)))]
    assert None not in intervals
    covered = sum(low <= truth <= high for low, high in filter(None, intervals))
    assert 0.93 <= covered / runs <= 0.97


def test_a_ratio_over_few_modules_has_no_interval_rather_than_one_that_is_too_narrow() -> None:
    pairs = [(1.0 + n, 2.0) for n in range(LEAST_MODULES)]
    assert ratio_interval(pairs) is not None
    assert ratio_interval(pairs[:-1]) is None


def test_a_ratio_that_is_the_same_in_every_sample_has_no_interval() -> None:
    assert ratio_interval([(3.0, 2.0)] * 20) is None


def test_a_ratio_that_has_no_upper_bound_has_no_interval() -> None:
    assert ratio_interval([(100.0, 1.0), *[(100.0, 0.0)] * 19]) is None


def test_the_interval_of_a_share_stays_inside_and_holds_the_share() -> None:
    for seed in range(50):
        rng = np.random.default_rng(seed)
        below = rng.integers(1, 4, 20).astype(float)
        above = np.minimum(below, rng.integers(0, 4, 20))
        interval = ratio_interval(list(zip(above.tolist(), below.tolist(), strict=True)))
        if interval is not None:
            assert 0 <= interval[0] <= above.sum() / below.sum() <= interval[1] <= 1


def compared(effects: Effects, shape: Shape, gap: float, runs: int, seed: int) -> float:
    """How often two models are told apart whose true first-call rates differ by ``gap``."""
    rng = np.random.default_rng(seed)
    one, other = chances(rng, runs, shape, 0.6, effects, models=2)
    better = np.clip(other + gap, 0, 1)
    difference = (first_calls(rng, better, shape.trials) - first_calls(rng, one, shape.trials)).mean(
        axis=(3, 4)
    )
    return float(np.mean([sign_flip(found.sum(axis=0).tolist()) < 0.05 for found in difference]))


MODEST = Effects(taste=0.5, taste_in_phase=0.3)


@pytest.mark.parametrize("shape", [REAL, Shape(5, 8), Shape(5, 3), Shape(2, 12)])
@pytest.mark.parametrize("effects", [Effects(), MODEST])
def test_equal_models_are_told_apart_in_at_most_5_of_100_comparisons(shape: Shape, effects: Effects) -> None:
    """Also where each model has its own favourite modules, in all phases."""
    runs = 800
    assert compared(effects, shape, 0.0, runs, 3) <= 0.05 + 2 * (0.05 * 0.95 / runs) ** 0.5


def test_a_gap_of_8_points_is_mostly_found_in_the_ranked_tier_and_seldom_with_a_quarter_of_it() -> None:
    effects = Effects(taste_in_phase=0.5)
    assert compared(effects, REAL, 0.08, 400, 5) >= 0.75
    assert compared(effects, Shape(5, 5), 0.08, 400, 5) <= 0.4


def test_of_five_equal_models_hardly_ever_any_pair_is_told_apart() -> None:
    """The family of all comparisons, as the leaderboard makes them: cases in, ranks out."""
    rng = np.random.default_rng(11)
    shape, runs, wrong = Shape(5, 10), 120, 0
    refs = [
        [
            [case_ref(module=f"m{m}", function=name, target=str(c)) for c in range(shape.cases)]
            for m in range(10)
        ]
        for name in ("database.tables", "interface.schemas", "test.write", "realize.operation", "analyze.x")
    ]
    models = chances(rng, runs, shape, 0.6, MODEST, models=5)
    values = [first_calls(rng, chance, shape.trials).mean(axis=4) for chance in models]
    for run in range(runs):
        cases = [
            {
                ref.id: CaseValue(ref, float(found[run, s, m, c]), shape.trials)
                for s, modules in enumerate(refs)
                for m, row in enumerate(modules)
                for c, ref in enumerate(row)
            }
            for found in values
        ]
        wrong += rank_intervals(cases) != [(1, 5)] * 5
    assert wrong / runs <= 0.05 + 2 * (0.05 * 0.95 / runs) ** 0.5
