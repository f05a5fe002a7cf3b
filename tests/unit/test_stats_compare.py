"""Comparisons: the counted permutation distribution against one by hand, Holm, rank intervals, groups."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from scipy import stats

from fcbench_action.stats.compare import groups, holm, module_differences, rank_intervals, sign_flip
from fcbench_action.stats.metrics import CaseValue, per_case, valid_by
from fcbench_action.stats.trials import reduce
from tests.record_builder import case_ref, record


def by_enumeration(differences: list[float]) -> float:
    observed = abs(sum(differences)) - 1e-9
    patterns = list(itertools.product((1, -1), repeat=len(differences)))
    sums = [sum(s * d for s, d in zip(signs, differences, strict=True)) for signs in patterns]
    return sum(abs(total) >= observed for total in sums) / len(patterns)


@pytest.mark.parametrize("seed", range(20))
def test_the_p_value_is_the_share_of_all_sign_patterns(seed: int) -> None:
    rng = random.Random(seed)
    differences = [
        rng.choice((0.0, 0.25, -0.25, 0.5, 1 / 3, rng.gauss(0.2, 1))) for _ in range(rng.randint(1, 11))
    ]
    expected = by_enumeration(differences)
    assert expected - 1e-12 <= sign_flip(differences) <= expected + 4 / 2 ** len(differences)


def test_scipy_agrees_on_a_larger_example() -> None:
    rng = random.Random(5)
    differences = [rng.gauss(0.25, 1) for _ in range(40)]
    found = stats.permutation_test(
        (differences,), sum, permutation_type="samples", n_resamples=20_000, rng=1, vectorized=False
    )
    assert sign_flip(differences) == pytest.approx(found.pvalue, abs=0.015)


def test_equal_models_are_not_told_apart() -> None:
    assert sign_flip([]) == sign_flip([0.0, 0.0]) == 1.0
    assert sign_flip([0.5]) == 1.0
    assert sign_flip([0.5, -0.5]) == 1.0


def test_the_sign_of_all_differences_makes_no_difference() -> None:
    differences = [0.1, 0.4, -0.2, 0.3, 0.0]
    assert sign_flip(differences) == sign_flip([-d for d in differences]) < 1


def test_equal_models_are_declared_different_in_at_most_5_of_100_comparisons() -> None:
    rng = random.Random(7)
    runs = 600
    found = sum(sign_flip([rng.gauss(0, 1) for _ in range(40)]) < 0.05 for _ in range(runs))
    assert found / runs <= 0.05 + 2 * (0.05 * 0.95 / runs) ** 0.5


def test_a_comparison_over_a_hundred_modules_takes_milliseconds() -> None:
    rng = random.Random(1)
    differences = [rng.gauss(0.1, 1) for _ in range(100)]
    start = time.process_time()
    sign_flip(differences)
    assert time.process_time() - start < 0.2


def test_holm_multiplies_the_smallest_most_and_keeps_the_order() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def values(first: float, modules: int = 12, noise: int = 0) -> dict[str, CaseValue]:
    rng = random.Random(noise)
    cases = [case_ref(module=f"m{i}") for i in range(modules)]
    return {case.id: CaseValue(case, first + rng.uniform(-0.05, 0.05), 1) for case in cases}


def test_clear_differences_fix_the_ranks_and_equal_models_share_a_tier() -> None:
    models = [values(0.9), values(0.5, noise=1), values(0.5, noise=2), values(0.1)]
    ranks = rank_intervals(models)
    assert ranks == [(1, 1), (2, 3), (2, 3), (4, 4)]
    assert groups(ranks) == [1, 2, 2, 3]


def test_with_few_modules_nothing_can_be_told_apart() -> None:
    ranks = rank_intervals([values(0.9, 3), values(0.1, 3)])
    assert ranks == [(1, 2), (1, 2)] and groups(ranks) == [1, 1]


def test_chains_of_overlapping_rank_intervals_are_one_group() -> None:
    assert groups([(1, 2), (2, 3), (3, 3), (4, 4)]) == [1, 1, 1, 2]
    assert groups([]) == []
    assert groups([(4, 4), (1, 3), (1, 3), (1, 3)]) == [2, 1, 1, 1]


def test_only_cases_that_both_models_answered_are_compared() -> None:
    one = per_case([reduce(record("valid", case=case_ref(target=t))) for t in "ab"], lambda t: valid_by(t, 0))
    other = per_case(
        [reduce(record("no_call", case=case_ref(target=t))) for t in "bc"], lambda t: valid_by(t, 0)
    )
    assert module_differences(one, other) == [1.0]
    assert module_differences(one, {}) == []
