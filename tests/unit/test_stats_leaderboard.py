"""Leaderboards: who is ranked with whom, and who is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fcbench_action.records.tree import Place
from fcbench_action.records.types import Record, Sampling
from fcbench_action.stats import scorecard
from fcbench_action.stats.leaderboard import Collector, Leaderboard, leaderboards, read_entries
from fcbench_action.stats.runs import RunFacts, mixture
from fcbench_action.stats.scorecard import scorecard_schema
from tests.golden_files import check_golden
from tests.record_builder import case_ref, provenance, record, write_files, write_plan, write_tree

SCHEMA = Path(scorecard.__file__).with_name("scorecard.schema.json")
CASES = [case_ref(module=f"m{n}") for n in range(60)]


def boards(*groups: list[Record]) -> list[Leaderboard]:
    collector = Collector()
    for group in groups:
        for item in group:
            collector.add(item)
    return leaderboards(collector.entries())


def run(model: str, outcome: str = "valid", cases: int = 60, **changes: Any) -> list[Record]:
    source = provenance(model=model, **changes)
    return [record(outcome, case=case, source=source) for case in CASES[:cases]]


def test_the_best_model_comes_first_and_clear_differences_make_groups() -> None:
    worse = [record("no_call", "valid", case=c, source=provenance(model="worse")) for c in CASES]
    (board,) = boards(worse, run("better"), run("equal"))
    assert [(r.scorecard.model, r.ranks, r.group) for r in board.rows] == [
        ("better", (1, 2), 1),
        ("equal", (1, 2), 1),
        ("worse", (3, 3), 2),
    ]


def test_simulated_models_and_other_suites_have_leaderboards_of_their_own() -> None:
    found = boards(
        run("a", suite_version="1.9"),
        run("a", suite_version="1.10"),
        run("b", suite_version="1.10", simulated=True),
        run("a", suite_version="1.10", suite_digest="f" * 64),
        run("a", suite_version="1.10", max_rounds=2),
    )
    versions = [(b.setting.suite_version, b.setting.simulated) for b in found]
    assert versions == [("1.10", False)] * 3 + [("1.9", False), ("1.10", True)]
    assert all(len(board.rows) == 1 for board in found)


def test_more_than_two_percent_faults_are_listed_and_not_ranked() -> None:
    faulty = run("faulty")[:-2] + [
        record("fault", case=case, source=provenance(model="faulty")) for case in CASES[-2:]
    ]
    unsupported = record("unsupported", case=CASES[-1], source=provenance(model="fine"))
    one_fault = [*run("fine")[:-1], unsupported]
    (board,) = boards(faulty, one_fault)
    fine, listed = board.rows
    assert fine.scorecard.model == "fine" and fine.group == 1
    assert listed.not_ranked == ("2 of 60 trials are faults or unsupported (3.3%)",)
    assert listed.ranks is None and listed.group is None and listed.scorecard.overall.score


def test_a_model_that_ran_fewer_cases_is_listed_and_not_ranked() -> None:
    (board,) = boards(run("whole"), run("part", cases=20))
    assert [row.not_ranked for row in board.rows] == [(), ("ran 20 of 60 cases",)]
    assert board.cases == 60


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"channel": "text"}, "the channel text is not ranked"),
        ({"tier": "lite"}, "the tier lite is not ranked"),
        ({"variant": 7}, "variant 7 of the suite is not ranked"),
        ({"tier_cases": 61}, "ran 60 of the 61 cases of the tier"),
    ],
)
def test_only_calls_over_all_of_the_ranked_tier_are_ranked(changes: dict[str, Any], reason: str) -> None:
    ((real,), (simulated,)) = (
        board.rows for board in boards(run("a", **changes), run("a", simulated=True, **changes))
    )
    assert real.not_ranked == (reason,) and real.ranks is None
    assert simulated.not_ranked == ((reason,) if reason.startswith("ran") else ())


def test_a_model_without_any_reply_is_listed_and_not_ranked() -> None:
    (board,) = boards(run("gone", "fault"))
    assert board.rows[0].not_ranked == ("no trial came to a reply",)
    assert board.rows[0].scorecard.overall.score is None


def test_runs_of_one_model_are_one_scorecard_that_names_them() -> None:
    later = [record("valid", case=CASES[0], source=provenance(model="a", run="0b", host="other"))]
    (board,) = boards(run("a", run="0a"), later)
    (row,) = board.rows
    assert [(r.run, r.host, r.trials) for r in row.scorecard.runs] == [
        ("0a", "api.example.com", 60),
        ("0b", "other", 1),
    ]
    assert row.scorecard.overall.trials == 61


def test_tables_come_by_tier_and_then_by_age_and_simulated_ones_last() -> None:
    found = boards(
        run("a", tier="lite", suite_version="2"),
        run("a", tier="smoke", suite_version="2"),
        run("a", tier="full", suite_version="2"),
        run("a", tier="mine", suite_version="3"),
        run("a", suite_version="1"),
        run("a", suite_version="2"),
        run("a", suite_version="2", channel="text"),
        run("a", suite_version="3", simulated=True),
    )
    assert [(b.setting.tier, b.setting.suite_version, b.setting.channel) for b in found] == [
        ("standard", "2", "tool"),
        ("standard", "1", "tool"),
        ("standard", "2", "text"),
        ("full", "2", "tool"),
        ("lite", "2", "tool"),
        ("smoke", "2", "tool"),
        ("mine", "3", "tool"),
        ("standard", "3", "tool"),
    ]


def test_a_simulated_model_that_ran_a_part_stands_below_those_that_ran_all() -> None:
    worse = run("worse", "no_call", simulated=True)
    (board,) = boards(run("part", cases=20, simulated=True), worse)
    assert [row.scorecard.model for row in board.rows] == ["worse", "part"]


def test_what_is_missing_is_said_once(tmp_path: Path) -> None:
    source = provenance(model="part", tier_cases=60)
    items = [record("valid", case=case, source=source) for case in CASES]
    write_files(tmp_path, items[:20])
    place = Place("openai", "part", "todo")
    write_plan(tmp_path, place, items)
    whole = [record("valid", case=case, source=provenance(model="whole", tier_cases=60)) for case in CASES]
    write_files(tmp_path, whole)
    (board,) = leaderboards(read_entries(tmp_path))
    assert [row.not_ranked for row in board.rows] == [(), ("ran 20 of 60 planned trials",)]


OTHERWISE = "publish them under names of their own, PROVIDER/NAME=WIRE-NAME"
FP8, Q4 = {"quantization": "fp8"}, {"quantization": "Q4_K_M"}


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ({"facts": FP8}, {"facts": Q4}, "quantization (Q4_K_M, fp8)"),
        ({"dialect": "full"}, {"dialect": "flat"}, "dialect (flat, full)"),
        ({"sampling": Sampling()}, {"sampling": Sampling(0.7)}, "temperature (0.7, the server's own)"),
        (
            {"sampling": Sampling(max_tokens=1234567)},
            {"sampling": Sampling(max_tokens=1234568)},
            "max_tokens (1234567, 1234568)",
        ),
        (
            {"facts": FP8, "dialect": "full"},
            {"facts": Q4, "dialect": "flat"},
            "quantization (Q4_K_M, fp8) and dialect (flat, full)",
        ),
    ],
)
@pytest.mark.parametrize("simulated", [False, True])
def test_runs_of_different_contestants_are_not_ranked_as_one(
    one: dict[str, Any], other: dict[str, Any], difference: str, simulated: bool
) -> None:
    (board,) = boards(
        run("a", run="0a", simulated=simulated, **one), run("a", run="0b", simulated=simulated, **other)
    )
    (row,) = board.rows
    assert row.not_ranked == (f"its runs differ in {difference}: {OTHERWISE}",) and row.ranks is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"facts": FP8}, {"facts": {"quantization": "FP8"}}),
        ({"facts": FP8}, {"facts": {"engine": "vLLM"}}),
        ({"sampling": Sampling(seed=1)}, {"sampling": Sampling(seed=2)}),
        ({"host": "a"}, {"host": "b"}),
    ],
)
def test_runs_that_differ_in_nothing_that_is_known_are_one_contestant(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    (board,) = boards(run("a", run="0a", **one), run("a", run="0b", **other))
    assert board.rows[0].not_ranked == ()


def facts(given: str = "", told: str = "") -> RunFacts:
    held = [{"quantization": value} if value else {} for value in (given, told)]
    return RunFacts("0a", "", 1, "host", "0.1", "full", Sampling(), *held)


@pytest.mark.parametrize(
    ("runs", "values"),
    [
        ([facts(told="fp8"), facts(told="int4")], "fp8, int4"),
        ([facts(told="fp8 or int4")], "fp8, int4"),
        ([facts("fp8"), facts(told="int4")], "fp8, int4"),
        ([facts("Q4_K_M", "Q4_K - Medium"), facts("Q4_K_M", "Q8_0")], "Q4_K - Medium, Q4_K_M, Q8_0"),
        ([facts("Q4_K_M", "Q4_K - Medium"), facts(told="Q4_K - Medium")], ""),
        ([facts("fp8"), facts(told="fp8"), facts()], ""),
    ],
)
def test_what_was_given_and_what_servers_told_are_held_against_each_other(
    runs: list[RunFacts], values: str
) -> None:
    assert mixture(runs) == ([f"quantization ({values})"] if values else [])


def test_the_published_schema_is_the_one_of_the_scorecards() -> None:
    check_golden(SCHEMA, json.dumps(scorecard_schema(), indent=2) + "\n")
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_text("utf-8")))


def test_a_tree_of_many_models_is_read_into_an_entry_for_each_model_and_suite(tmp_path: Path) -> None:
    entries = read_entries(write_tree(tmp_path))
    assert len(entries) == 10
    assert all(len(entry.trials) == entry.scorecard.overall.trials for entry in entries)
    parts = [card.by_topic for card in (entry.scorecard for entry in entries)]
    assert all(
        sum(m.trials for m in by.values()) == len(e.trials) for by, e in zip(parts, entries, strict=True)
    )
