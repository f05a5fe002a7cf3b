"""Records are held against the plan of their run: what is missing, added or changed is found."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fcbench_action.errors import CorruptResults
from fcbench_action.pages.load import load
from fcbench_action.pages.report import scorecards_json, write_report
from fcbench_action.records.files import read_record_file, write_record_file
from fcbench_action.records.plans import RunPlan, facts_name
from fcbench_action.records.tree import read_tree
from fcbench_action.records.types import RecordFile, Sampling
from fcbench_action.run.plan import SEEDS
from fcbench_action.run.rejudge import Checked, rejudge
from fcbench_action.run.session import run
from tests.run_world import TOOLS, Scripted, judge_again, make_suite, plan, session

change = msgspec.structs.replace


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    asyncio.run(run(session(tmp_path, Scripted(), plan(3, 2))))
    return tmp_path


def verify(tree: Path) -> Checked:
    return asyncio.run(rejudge(tree, lambda _: make_suite(3), TOOLS, judge_again))


def only(tree: Path, pattern: str) -> Path:
    (path,) = tree.rglob(pattern)
    return path


def rewrite_records(tree: Path, edit: Callable[[RecordFile], RecordFile]) -> Path:
    path = only(tree, "*.gz")
    file = read_record_file(path)
    path.unlink()
    write_record_file(path, edit(file))
    return path


def rewrite_plan(tree: Path, edit: Callable[[RunPlan], RunPlan]) -> None:
    """As somebody would who knows how the file is named."""
    path = only(tree, "plans/*.json")
    written = edit(msgspec.json.decode(path.read_bytes(), type=RunPlan))
    path.unlink()
    data = msgspec.json.encode(written)
    (path.parent / facts_name(written.provenance.run, data)).write_bytes(data)


def rewrite_line(tree: Path, old: bytes, new: bytes) -> None:
    path = only(tree, "*.gz")
    data = gzip.decompress(path.read_bytes())
    assert old in data
    path.write_bytes(gzip.compress(data.replace(old, new, 1), mtime=0))


def source_change(**fields: Any) -> Callable[[RecordFile], RecordFile]:
    def edit(file: RecordFile) -> RecordFile:
        records = (change(r, provenance=change(r.provenance, **fields)) for r in file.records)
        return change(file, records=tuple(records))

    return edit


def test_a_whole_run_is_whole(tree: Path) -> None:
    assert verify(tree).partial == () and verify(tree).differences == ()


def test_records_that_were_dropped_make_a_run_partial_in_verify_and_unranked_everywhere(tree: Path) -> None:
    rewrite_records(tree, lambda file: change(file, records=file.records[:4]))
    (partial,) = verify(tree).partial
    assert str(partial).endswith("ran 4 of 6 planned trials") and str(partial).startswith("acme/model, run ")
    write_report(tree)
    reason = "ran 4 of 6 planned trials"
    for name in ("README.md", "acme/model/README.md", "acme/model/scorecard.json"):
        assert reason in (tree / name).read_text("utf-8"), name
    (row,) = msgspec.json.decode(scorecards_json(tree))
    assert row["group"] is None and row["ranks"] is None and reason in row["not_ranked"]
    (board,) = load(tree).boards
    assert reason in board.rows[0].not_ranked


def test_a_run_without_any_of_its_records_is_seen_beside_another_one(tree: Path) -> None:
    gone = only(tree, "*.gz")
    asyncio.run(run(session(tree, Scripted(), plan(3, 2, label="again"))))
    gone.unlink()
    assert [(p.ran, p.planned) for p in verify(tree).partial] == [(0, 6)]
    (board,) = load(tree).boards
    assert "ran 6 of 12 planned trials" in board.rows[0].not_ranked


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"simulated": True}, "simulated"),
        ({"suite_version": "2"}, "suite_version"),
        ({"suite_digest": "other"}, "suite_digest"),
        ({"track": "pipeline"}, "track"),
        ({"channel": "text"}, "channel"),
        ({"dialect": "other"}, "dialect"),
        ({"max_rounds": 9}, "max_rounds"),
        ({"host": "elsewhere"}, "host"),
        ({"fcbench_version": "9"}, "fcbench_version"),
        ({"sampling": Sampling(seed=8)}, "sampling"),
        ({"facts": {"a": "b"}}, "facts"),
    ],
)
def test_provenance_is_that_of_the_plan(tree: Path, fields: dict[str, Any], name: str) -> None:
    path = rewrite_records(tree, source_change(**fields))
    with pytest.raises(CorruptResults, match=f"another {name} than the plan") as caught:
        verify(tree)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("fields", [{"host": "elsewhere"}, {"simulated": True}, {"suite_version": "2"}])
def test_a_plan_that_was_changed_with_its_records_is_not_the_one_that_names_the_run(
    tree: Path, fields: dict[str, Any]
) -> None:
    rewrite_records(tree, source_change(**fields))
    rewrite_plan(tree, lambda p: change(p, provenance=change(p.provenance, **fields)))
    found = {d.field for d in verify(tree).differences}
    assert {"run", *fields} - {"host"} <= found
    assert all("\n" not in str(d) and "plans/" in str(d) for d in verify(tree).differences)


@pytest.mark.parametrize("fields", [{"trials": 1}, {"cases": ("toy/m0/toy.answer/0",)}])
def test_a_plan_of_less_does_not_name_the_run_and_leaves_records_unplanned(
    tree: Path, fields: dict[str, Any]
) -> None:
    rewrite_plan(tree, lambda p: change(p, **fields))
    with pytest.raises(CorruptResults, match="is none that its run planned"):
        verify(tree)
    rewrite_plan(tree, lambda p: change(p, cases=p.cases[:1], trials=1))
    rewrite_records(tree, lambda file: change(file, records=file.records[:1]))
    assert [d.field for d in verify(tree).differences] == ["run"]


def test_a_trial_beyond_the_plan_is_refused(tree: Path) -> None:
    rewrite_records(
        tree, lambda file: change(file, records=(*file.records[:-1], change(file.records[-1], trial=7)))
    )
    with pytest.raises(CorruptResults, match=r"trial 7 of .* is none that its run planned"):
        verify(tree)


def test_replies_of_the_simulated_endpoint_do_not_pass_for_real_ones(tree: Path) -> None:
    def edit(file: RecordFile) -> RecordFile:
        first = file.records[0]
        rounds = tuple(change(r, served_model="simulated/careless") for r in first.rounds)
        return change(file, records=(change(first, rounds=rounds), *file.records[1:]))

    rewrite_records(tree, edit)
    assert [(d.field, d.recorded, d.expected) for d in verify(tree).differences] == [
        ("simulated", "false", "true")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"max_rounds":4', b'"max_rounds":1000000000000000000'),
        (b'"max_rounds":4', b'"max_rounds":-1'),
        (b'"max_rounds":4', b'"max_rounds":4,"extra":1'),
        (b'"prompt_tokens":100', b'"prompt_tokens":1' + b"0" * 400),
        (b'"prompt_tokens":100', b'"prompt_tokens":-100'),
        (b'"prompt_tokens":100', b'"prompt_tokens":9007199254740992'),
        (b'"seconds":0.25', b'"seconds":-0.25'),
        (b'"seconds":0.25', b'"seconds":1e999'),
        (b'"seconds":0.25', b'"seconds":0.25,"note":""'),
        (b'"attempts":[{"status":200,"seconds":0.25}]', b'"attempts":[]'),
        (b'"started_at":"1970', b'"started_at":"yesterday'),
        (b'"started_at":"1970-01', b'"started_at":"1970-31'),
        (b'"call_id":"c"', b'"call_id":"c","more":true'),
        (b'"trial":0', b'"trial":0,"score":1'),
        (b'"system":', b'"more":1,"system":'),
        (b'"index":0', b'"index":-1'),
    ],
)
@pytest.mark.parametrize("read", [verify, write_report, load])
def test_what_no_run_writes_is_damage_named_by_file_and_line(
    tree: Path, read: Callable[[Path], Any], old: bytes, new: bytes
) -> None:
    rewrite_line(tree, old, new)
    with pytest.raises(CorruptResults, match=r"\.gz, line 2: "):
        read(tree)


@pytest.mark.parametrize("kind", ["plans", "environments"])
@pytest.mark.parametrize("damage", ["missing", "garbled", "cut", "renamed"])
@pytest.mark.parametrize("read", [verify, write_report, load])
def test_a_missing_or_garbled_plan_or_environment_is_damage(
    tree: Path, read: Callable[[Path], Any], kind: str, damage: str
) -> None:
    path = only(tree, f"{kind}/*.json")
    if damage == "missing":
        path.unlink()
    elif damage == "renamed":
        path.rename(path.with_name(f"other-{path.name[-13:]}"))
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-3])
    else:
        path.unlink()
        (path.parent / facts_name(path.name.partition("-")[0], b"{]")).write_bytes(b"{]")
    with pytest.raises(CorruptResults, match=kind):
        read(tree)


def test_two_plans_of_one_run_are_refused(tree: Path) -> None:
    path = only(tree, "plans/*.json")
    data = path.read_bytes() + b" "
    (path.parent / facts_name(path.name.partition("-")[0], data)).write_bytes(data)
    with pytest.raises(CorruptResults, match="second plan"):
        verify(tree)


def test_another_label_asks_with_other_seeds_and_the_plan_says_which(tree: Path) -> None:
    plain, first, second = plan(3, 2), plan(3, 2, label="a"), plan(3, 2, label="b")
    seeds = [p.provenance.sampling.seed for p in (plain, first, second)]
    assert seeds[0] == 7 and len(set(seeds)) == 3
    assert all(seed is not None and 0 <= seed < SEEDS for seed in seeds)
    endpoint = Scripted()
    asyncio.run(run(session(tree, endpoint, first)))
    assert {ask.sampling.seed for ask in endpoint.asked} == {seeds[1], (seeds[1] or 0) + 1}
    plans = [p for topic in read_tree(tree) for p in topic.plans().values()]
    assert {p.provenance.sampling.seed for p in plans} == {7, seeds[1]}
    assert verify(tree).differences == () and verify(tree).partial == ()
