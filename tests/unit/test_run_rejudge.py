"""Judging again: what was changed in a record, or by a judge, is found and named."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fcbench_action.functions.base import Grade, Prompt
from fcbench_action.judge.types import Outcome, Reading, Reply
from fcbench_action.records.files import read_record_file, write_record_file
from fcbench_action.records.types import Attempt, Record, ToolText
from fcbench_action.run.rejudge import Checked, rejudge
from fcbench_action.run.session import run
from fcbench_action.run.workers import WorkerFailed
from tests.run_world import FUNCTION, TOOLS, Scripted, judge_again, make_suite, plan, session

change = msgspec.structs.replace


@pytest.fixture
def tree(tmp_path) -> Path:
    asyncio.run(run(session(tmp_path, Scripted(), plan(3, 1))))
    return tmp_path


def check(tree: Path, **others: Any) -> Checked:
    return asyncio.run(
        rejudge(
            tree,
            lambda _: others.get("suite", make_suite(3)),
            others.get("tools", TOOLS),
            others.get("judge", judge_again),
            before=others.get("before", lambda _: False),
        )
    )


def rewrite(tree: Path, edit) -> Record:
    """Replace the tree's first record by what ``edit`` makes of it."""
    (path,) = tree.rglob("*.gz")
    file = read_record_file(path)
    path.unlink()
    write_record_file(path, change(file, records=(edit(file.records[0]), *file.records[1:])))
    return file.records[0]


def test_untouched_records_are_confirmed(tree):
    checked = check(tree)
    assert checked.differences == () and checked.others == {} and checked.records == 3
    assert checked.replies == sum(
        len(r.rounds) for p in tree.rglob("*.gz") for r in read_record_file(p).records
    )


def last_round(**fields: Any):
    return lambda record: change(record, rounds=(*record.rounds[:-1], change(record.rounds[-1], **fields)))


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (last_round(lenient=Reading(Outcome.NO_CALL)), "lenient"),
        (last_round(omitted=3), "omitted"),
        (last_round(feedback="other"), "feedback"),
        (lambda r: change(r, grade=Grade(1.0, ())), "grade"),
        (lambda r: change(r, prompt=Prompt("a", "b")), "prompt"),
        (lambda r: change(r, case=change(r.case, title="other")), "case"),
        (
            lambda r: change(r, rounds=(change(r.rounds[0], reply=Reply("f", "worse")), *r.rounds[1:])),
            "feedback",
        ),
    ],
)
def test_each_changed_field_is_named_with_file_case_trial_and_round(tree, edit, field):
    before = rewrite(tree, edit)
    found = check(tree).differences
    assert {(d.case, d.trial) for d in found} == {(before.case.id, 0)}
    assert field in {d.field for d in found}
    assert all(str(d.file) in str(d) and f"{d.field} is " in str(d) and "\n" not in str(d) for d in found)


def test_a_valid_round_recorded_as_invalid_is_found(tree):
    def spoil(record: Record) -> Record:
        rounds = (*record.rounds[:-1], change(record.rounds[-1], outcome=Outcome.COMPILE_ERROR))
        return change(record, rounds=rounds, grade=None)

    rewrite(tree, spoil)
    assert {"outcome", "grade", "the trial's end"} <= {d.field for d in check(tree).differences}


def test_a_trial_that_was_cut_short_is_found(tree):
    def cut(record: Record) -> Record:
        return change(record, rounds=record.rounds[:1], grade=None)

    first = rewrite(tree, cut)
    assert len(first.rounds) > 1
    assert [d.field for d in check(tree).differences if "end" in d.field] == ["the trial's end"]


def test_a_model_outcome_without_its_reply_is_found(tree):
    def forget(record: Record) -> Record:
        blank = change(record.rounds[0], outcome=Outcome.NO_CALL, reply=None)
        return change(record, rounds=(blank,), grade=None)

    rewrite(tree, forget)
    assert "reply" in {d.field for d in check(tree).differences}


FAILED = Attempt(503, "http-503", 0.1)


@pytest.mark.parametrize(
    ("attempts", "places"),
    [
        ((Attempt(500, None, 0.1),), ["attempt 1"]),
        ((Attempt(None, None, 0.1),), ["attempt 1"]),
        ((FAILED,), ["attempt 1"]),
        ((Attempt(None, "reset", 0.1),), ["attempt 1"]),
        ((Attempt(200, None, 0.1), Attempt(200, None, 0.1)), ["attempt 1"]),
        ((FAILED, Attempt(200, None, 0.1)), []),
        ((Attempt(200, "no-completion", 0.1), Attempt(201, None, 0.1)), []),
    ],
)
def test_a_reply_comes_of_the_last_attempt_and_of_no_other(tree, attempts, places):
    rewrite(tree, last_round(attempts=attempts))
    assert [d.field for d in check(tree).differences] == places


def test_a_fault_whose_last_attempt_went_well_is_found_unless_judging_failed(tree):
    def spoil(detail: str):
        blank = {"outcome": Outcome.FAULT, "reply": None, "lenient": None, "diagnostics": (), "feedback": ""}
        return lambda record: change(
            record, rounds=(change(record.rounds[0], detail=detail, **blank),), grade=None
        )

    rewrite(tree, spoil("HTTP 503: busy"))
    assert [d.field for d in check(tree).differences] == ["attempt 1"]
    rewrite(tree, spoil("harness: RuntimeError"))
    assert check(tree).differences == ()


def test_a_round_without_a_reply_holds_no_judgement(tree):
    def spoil(record: Record) -> Record:
        blank = change(record.rounds[0], outcome=Outcome.FAULT, reply=None, attempts=(FAILED,), detail="x")
        return change(record, rounds=(change(blank, feedback="more", omitted=2),), grade=None)

    rewrite(tree, spoil)
    assert {"lenient", "feedback", "omitted"} <= {d.field for d in check(tree).differences}


def test_a_tool_that_no_record_needs_and_a_file_without_records_are_found(tree):
    (path,) = tree.rglob("*.gz")
    file = read_record_file(path)
    for tools, records in (({**file.tools, "more": ToolText("x", "y", {})}, file.records), ({}, ())):
        path.unlink()
        write_record_file(path, change(file, tools=tools, records=records))
        assert [d.field for d in check(tree).differences] == ["tools"]


def test_files_that_were_judged_before_are_counted_and_not_judged_again(tree):
    rewrite(tree, last_round(feedback="other"))

    async def never(case, reply):
        raise AssertionError("asked the judge")

    checked = check(tree, judge=never, before=lambda path: path.name.endswith(".ndjson.gz"))
    assert (checked.kept, checked.records, checked.replies, checked.differences) == (3, 0, 0, ())


def test_a_changed_tool_and_a_broken_judge_are_found(tree):
    other = {FUNCTION.name: ToolText("toy_answer", "Other.", {})}
    assert {d.field for d in check(tree, tools=other).differences} == {"tool"}

    async def broken(case, reply):
        raise WorkerFailed("RuntimeError")

    assert {"outcome", "detail"} <= {d.field for d in check(tree, judge=broken).differences}


def test_records_of_another_suite_version_are_counted_and_not_judged(tree):
    suite = make_suite(3)
    newer = type(suite)("2", "other digest", suite.cases)
    checked = check(tree, suite=newer)
    assert checked.others == {"1 (digest)": 3} and checked.records == 0 and checked.differences == ()


def test_a_case_that_the_suite_does_not_have_is_found(tree):
    suite = make_suite(3)
    fewer = type(suite)("1", "digest", dict(list(suite.cases.items())[1:]))
    assert [d.field for d in check(tree, suite=fewer).differences] == ["cases", "case"]
