"""Leaderboards: who is ranked with whom, and who is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fcbench_action.records.types import Record
from fcbench_action.stats import scorecard
from fcbench_action.stats.leaderboard import Collector, Leaderboard, leaderboards, read_entries
from fcbench_action.stats.scorecard import scorecard_schema
from tests.golden_files import check_golden
from tests.record_builder import case_ref, provenance, record, write_tree

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


def test_the_best_model_comes_first_and_clear_differences_make_tiers() -> None:
    worse = [record("no_call", "valid", case=c, source=provenance(model="worse")) for c in CASES]
    (board,) = boards(worse, run("better"), run("equal"))
    assert [(r.scorecard.model, r.ranks, r.tier) for r in board.rows] == [
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
    assert fine.scorecard.model == "fine" and fine.tier == 1
    assert listed.not_ranked == ("2 of 60 trials are faults or unsupported (3.3%)",)
    assert listed.ranks is None and listed.tier is None and listed.scorecard.overall.score


def test_a_model_that_ran_fewer_cases_is_listed_and_not_ranked() -> None:
    (board,) = boards(run("whole"), run("part", cases=20))
    assert [row.not_ranked for row in board.rows] == [(), ("ran 20 of 60 cases",)]
    assert board.cases == 60


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"channel": "text"}, "the channel text is not ranked"),
        ({"tier": "lite"}, "the tier lite is not ranked"),
        ({"tier_cases": 61}, "ran 60 of the 61 cases of the tier"),
    ],
)
def test_only_calls_over_all_of_the_ranked_tier_are_ranked(changes: dict[str, Any], reason: str) -> None:
    ((real,), (simulated,)) = (
        board.rows for board in boards(run("a", **changes), run("a", simulated=True, **changes))
    )
    assert real.not_ranked == (reason,) and real.ranks is None
    assert simulated.not_ranked == ()


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
