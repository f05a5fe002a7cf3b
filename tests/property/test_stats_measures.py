"""What holds of the measures of any trials."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fcbench_action.stats.estimate import Estimate
from fcbench_action.stats.leaderboard import Collector, leaderboards
from fcbench_action.stats.metrics import Measures, measure
from fcbench_action.stats.trials import Trial, reduce
from tests.record_builder import case_ref, provenance, record

FAILURES = st.sampled_from(["compile_error", "schema_violation", "invalid_json", "no_call", "refusal"])
ENDS = st.sampled_from(["valid", "valid", "fault", "unsupported", "unattributable"])


@st.composite
def outcomes(draw: st.DrawFn) -> tuple[str, ...]:
    failures = draw(st.lists(FAILURES, max_size=5))
    return tuple(failures) if len(failures) == 5 else (*failures, draw(ENDS))


@st.composite
def trials(draw: st.DrawFn) -> list[Trial]:
    places = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["todo", "bbs"]),
                st.sampled_from(["a", "b", "c"]),
                st.sampled_from(["database.tables", "interface.schemas"]),
                st.integers(0, 2),
            ),
            unique=True,
            max_size=14,
        )
    )
    return [
        reduce(
            record(
                *draw(outcomes()),
                case=case_ref(topic, module, function),
                trial=number,
                score=draw(st.floats(0, 1)),
                tokens=draw(st.sampled_from([(10, 5), (None, 5), (7, None)])),
            )
        )
        for topic, module, function, number in places
    ]


def shares(found: Measures) -> list[Estimate]:
    names = [
        "first_call",
        "correction",
        "first_call_lenient",
        "leniency_gap",
        "semantic",
        "semantic_of_valid",
    ]
    some = [getattr(found, name) for name in (*names, "runtime", "reliability")]
    return [estimate for estimate in (*some, *found.valid_by_round) if estimate is not None]


@given(trials())
@settings(max_examples=150, deadline=None)
def test_counts_reconcile_rates_grow_and_shares_stay_inside(found: list[Trial]) -> None:
    result = measure(found)
    assert all(sum(counts.values()) == result.trials == len(found) for counts in result.outcomes)
    ended = [
        found_counts.get("fault", 0) + found_counts.get("unsupported", 0) for found_counts in result.outcomes
    ]
    assert not ended or ended[-1] == result.excluded
    valid = [counts.get("valid", 0) for counts in result.outcomes]
    assert valid == sorted(valid)
    rates = [estimate.value for estimate in result.valid_by_round if estimate]
    assert rates == sorted(rates)
    if result.score:
        assert result.first_call and rates
        assert 100 * rates[0] - 1e-3 <= result.score.value <= 100 * rates[-1] + 1e-3
    for estimate in shares(result):
        assert 0 <= estimate.value <= 1
        if estimate.low is not None and estimate.high is not None:
            assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
    if result.score_if_excluded and result.score:
        assert result.score.value <= result.score_if_excluded.value + 1e-6


@given(trials(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_of_trials_makes_no_difference(found: list[Trial], rng: object) -> None:
    shuffled = list(found)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert measure(shuffled) == measure(found)


@given(st.lists(st.tuples(st.sampled_from("abcd"), outcomes(), st.booleans()), max_size=12), st.data())
@settings(max_examples=60, deadline=None)
def test_leaderboards_hold_every_model_once_and_depend_on_no_order(
    wanted: list[tuple[str, tuple[str, ...], bool]], data: st.DataObject
) -> None:
    records = [
        record(*found, case=case_ref(module=f"m{n}"), source=provenance(model=model, simulated=simulated))
        for n, (model, found, simulated) in enumerate(wanted)
    ]
    boards = [build(records), build(data.draw(st.permutations(records)))]
    assert boards[0] == boards[1]
    for board in boards[0]:
        assert {row.scorecard.setting for row in board.rows} == {board.setting}
        unranked = [bool(row.not_ranked) or board.setting.simulated for row in board.rows]
        assert [row.group is None for row in board.rows] == unranked
        assert [row.ranks is None for row in board.rows] == unranked
    shown = [(r.scorecard.model, r.scorecard.setting.simulated) for b in boards[0] for r in b.rows]
    assert sorted(shown) == sorted({(model, simulated) for model, _, simulated in wanted})


def build(records: list) -> list:  # type: ignore[type-arg]
    collector = Collector()
    for item in records:
        collector.add(item)
    return leaderboards(collector.entries())
