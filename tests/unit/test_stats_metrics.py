"""Measures of hand-made trials, each computed by hand."""

from __future__ import annotations

import pytest

from fcbench_action.records.types import Record
from fcbench_action.stats.estimate import Method
from fcbench_action.stats.metrics import Measures, measure
from fcbench_action.stats.trials import reduce
from tests.record_builder import case_ref, provenance, record

A, B = case_ref(module="a"), case_ref(module="b")


def measures(*records: Record) -> Measures:
    return measure([reduce(item) for item in records])


def test_first_call_final_and_score_count_the_round_that_was_valid() -> None:
    found = measures(
        record("valid", case=A),
        record("no_call", "compile_error", "valid", case=A, trial=1),
        record(*["schema_violation"] * 5, case=B),
        record("no_call", "valid", case=B, trial=1),
    )
    assert [e and e.value for e in found.valid_by_round] == [0.25, 0.5, 0.75, 0.75, 0.75]
    assert found.first_call == found.valid_by_round[0]
    assert found.score and found.score.value == 60.0 == 100 * sum((0.25, 0.5, 0.75, 0.75, 0.75)) / 5
    assert found.correction and found.correction.value == pytest.approx(0.5 / 0.75, abs=1e-6)
    assert (found.cases, found.modules, found.trials) == (2, 2, 4)


def test_each_round_counts_every_trial_once() -> None:
    found = measures(
        record("valid"),
        record("no_call", "fault", trial=1),
        record("truncated", "refusal", "valid", trial=2),
        record("unsupported", trial=3),
    )
    assert found.outcomes[0] == {"valid": 1, "truncated": 1, "no_call": 1, "unsupported": 1}
    assert found.outcomes[1] == {"valid": 1, "refusal": 1, "unsupported": 1, "fault": 1}
    assert found.outcomes[4] == {"valid": 2, "unsupported": 1, "fault": 1}
    assert all(sum(counts.values()) == 4 for counts in found.outcomes)


def test_phases_weigh_equally_whatever_their_number_of_cases() -> None:
    interface = [case_ref(function="interface.schemas", target=t) for t in "abc"]
    found = measures(record("valid", case=A), *(record(*["no_call"] * 5, case=c) for c in interface))
    assert found.first_call and found.first_call.value == 0.5


def test_modules_weigh_equally_within_a_phase_and_trials_within_a_case() -> None:
    found = measures(
        record("valid", case=case_ref(module="a", target="x")),
        *(record("no_call", "valid", case=case_ref(module="b", target=t)) for t in "xyz"),
        record("valid", case=case_ref(module="b", target="x"), trial=1),
    )
    assert found.first_call and found.first_call.value == pytest.approx((1 + 0.5 / 3) / 2, abs=1e-6)


def test_faults_and_unsupported_trials_are_in_no_score() -> None:
    found = measures(record("valid"), record("fault", trial=1), record("no_call", "unsupported", trial=2))
    assert found.excluded == 2 and found.trials == 3
    assert found.first_call and found.first_call.value == 1.0 and found.first_call.n == 1


def test_where_every_trial_is_excluded_nothing_is_known_and_nothing_is_zero() -> None:
    found = measures(record("fault"), record("unsupported", trial=1))
    assert found.score is found.first_call is found.semantic is found.tokens_to_valid is None
    assert found.valid_by_round == (None,) * 5 and found.outcomes[0] == {"unsupported": 1, "fault": 1}
    assert measure([]).score is None


def test_an_unattributable_trial_gives_both_bounds() -> None:
    found = measures(record("valid"), record("unattributable", trial=1))
    assert found.score and found.score.value == 50.0 and found.unattributable == 1
    assert found.score_if_excluded and found.score_if_excluded.value == 100.0
    assert measures(record("valid")).score_if_excluded is None


def test_correction_is_absent_where_there_is_little_to_correct() -> None:
    cases = [case_ref(target=f"t{n}") for n in range(40)]
    almost = [record(*(("valid",) if n else ("no_call", "valid")), case=c) for n, c in enumerate(cases)]
    assert measures(*almost).correction is None
    assert measures(*almost[:20]).correction is not None


def test_the_leniency_gap_counts_calls_that_only_the_lenient_reading_accepts() -> None:
    found = measures(
        record("invalid_json", "valid", lenient=("valid", "valid")),
        record("valid", trial=1),
        record("invalid_json", "valid", lenient=("compile_error", "valid"), trial=2),
        record("no_call", "valid", trial=3),
    )
    assert found.first_call_lenient and found.first_call_lenient.value == 0.5
    assert found.leniency_gap and found.leniency_gap.value == 0.25


def test_grades_count_invalid_answers_as_zero_and_are_told_apart_by_kind_of_phase() -> None:
    found = measures(
        record("valid", score=0.5),
        record(*["no_call"] * 5, trial=1),
        record("valid", score=1.0, case=case_ref(function="realize.operation")),
    )
    assert found.semantic and found.semantic.value == 0.25
    assert found.semantic_of_valid and found.semantic_of_valid.value == 0.5
    assert found.runtime and found.runtime.value == 1.0
    assert measures(record("valid")).runtime is None


def test_reliability_is_the_chance_that_all_trials_of_a_case_are_valid_at_once() -> None:
    outcomes = (("valid",), ("valid",), ("no_call", "valid"))
    found = measures(
        *(record(*o, case=A, trial=n) for n, o in enumerate(outcomes)),
        *(record("valid", case=B, trial=n) for n in range(3)),
        *(record("valid", case=case_ref(target="once"), trial=n) for n in range(2)),
    )
    assert found.reliability_k == 3
    assert found.reliability and found.reliability.value == 0.5
    assert measures(record("valid")).reliability is None


def test_tokens_to_valid_are_all_that_was_spent_for_each_valid_trial() -> None:
    found = measures(
        record("valid", tokens=(100, 10), seconds=1.0),
        record(*["no_call"] * 5, tokens=(100, 10), seconds=2.0, trial=1),
    )
    assert found.tokens_to_valid and found.tokens_to_valid.value == 660.0
    assert found.seconds_to_valid and found.seconds_to_valid.value == 11.0
    assert found.prompt_tokens and found.prompt_tokens.value == 300.0
    assert found.tokens_to_valid.method is Method.NO_INTERVAL_RATIO


def test_money_to_valid_is_what_all_trials_cost_and_absent_where_any_of_that_is_unknown() -> None:
    known = [record("no_call", "valid", cost=0.25), record(*["no_call"] * 5, cost=0.25, trial=1)]
    found = measures(*known)
    assert found.money_to_valid and (found.money_to_valid.value, found.money_to_valid.n) == (1.75, 2)
    assert measures(*known, record("valid", trial=2)).money_to_valid is None
    with_faults = measures(*known, record("fault", trial=2), record("unattributable", trial=3))
    assert with_faults.money_to_valid == found.money_to_valid


def test_ratios_over_enough_modules_have_intervals_and_the_same_ones_each_time() -> None:
    records = [
        record(
            *(["no_call"] * (n % 3) + ["valid"] if n % 5 else ["no_call"] * 5),
            case=case_ref(module=f"m{n}"),
            tokens=(100 + n, 10),
            cost=0.01 * n,
        )
        for n in range(12)
    ]
    found = measures(*records)
    for ratio in (found.tokens_to_valid, found.money_to_valid, found.seconds_to_valid, found.correction):
        assert ratio and ratio.method is Method.BCA_BOOTSTRAP
        assert ratio.low is not None and ratio.high is not None and ratio.low < ratio.value < ratio.high
    assert measures(*reversed(records)) == found


def test_correction_of_everything_has_an_interval_that_is_no_point() -> None:
    found = measures(*(record("no_call", "valid", case=case_ref(module=f"m{n}")) for n in range(12)))
    assert found.correction and (found.correction.value, found.correction.high) == (1.0, 1.0)
    assert found.correction.method is Method.WILSON and 0.7 < (found.correction.low or 0) < 0.8


def test_unknown_tokens_are_left_out_and_never_zero() -> None:
    found = measures(record("valid", tokens=(None, 10)), record("valid", tokens=(100, 10), trial=1))
    assert found.prompt_tokens and (found.prompt_tokens.value, found.prompt_tokens.n) == (100.0, 1)
    assert found.completion_tokens and found.completion_tokens.n == 2
    assert found.tokens_to_valid and (found.tokens_to_valid.value, found.tokens_to_valid.n) == (110.0, 1)
    assert measures(record("valid", tokens=(None, None))).tokens_to_valid is None
    assert measures(record(*["no_call"] * 5)).tokens_to_valid is None


def test_the_interval_says_why_it_is_absent() -> None:
    one = measures(record("valid"))
    assert one.score and one.score.low is None and one.score.method is Method.NO_INTERVAL_ONE_MODULE
    two = measures(record("valid", case=A), record("no_call", "valid", case=B))
    assert two.score and two.score.method is Method.CLUSTERED_WILSON and two.score.low is not None


def test_fewer_feedback_rounds_give_fewer_rates() -> None:
    found = measures(record("no_call", "valid", source=provenance(max_rounds=1)))
    assert [e and e.value for e in found.valid_by_round] == [0.0, 1.0]
    assert found.score and found.score.value == 50.0
