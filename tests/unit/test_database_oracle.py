"""What our database compiler accepts, Prisma's own validator accepts."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

import msgspec
import pytest

from fcbench_action.diagnostics import errors
from fcbench_action.functions.database import TABLES
from fcbench_action.language.database import check, emit_prisma, emit_sql, read
from fcbench_action.language.database.nodes import Application
from fcbench_action.suite.load import load
from tests.database_mutations import MUTATIONS
from tests.golden_files import check_golden
from tests.prisma_oracle import prisma_errors

GOLDEN = Path(__file__).parents[1] / "golden" / "database" / "oracle_counts.txt"
SMALL, TIMES = 60_000, 3
"""Artifacts of up to so many bytes are damaged, so many times in each way; larger ones only take longer."""


@pytest.fixture(scope="session")
def trees(artifacts: Path) -> dict[str, Application]:
    return {
        str(path.parent.relative_to(artifacts)): read(path.read_bytes(), tolerate_unknown=True)
        for path in sorted(artifacts.glob("*/*/*/prisma.json"))
    }


def damaged(trees: dict[str, Application]) -> dict[str, Application]:
    """Variants by ``<mutation>/<artifact>/<number>``, always the same ones; most are broken."""
    found: dict[str, Application] = {}
    for name, tree in trees.items():
        text = msgspec.json.encode(tree)
        if len(text) > SMALL:
            continue
        for mutation in MUTATIONS:
            for number in range(TIMES):
                id_ = f"{mutation.__name__}/{name}/{number}"
                variant = msgspec.json.decode(text)
                if mutation(variant, Random(id_)):
                    found[id_] = msgspec.convert(variant, Application)
    return found


def test_prisma_accepts_what_we_emit_for_every_artifact(trees: dict[str, Application]) -> None:
    verdicts = prisma_errors({name: emit_prisma(tree) for name, tree in trees.items()})
    assert {name: error for name, error in verdicts.items() if error} == {}
    assert len(verdicts) == 31


def test_what_we_accept_of_damaged_artifacts_prisma_and_sqlite_accept(trees: dict[str, Application]) -> None:
    variants = damaged({name: tree for name, tree in trees.items() if not errors(check(tree))})
    verdicts = prisma_errors({id_: emit_prisma(tree) for id_, tree in variants.items()})
    counts: dict[str, Counter[str]] = {}
    for id_, tree in variants.items():
        ours, theirs = not errors(check(tree)), verdicts[id_] is None
        counts.setdefault(id_.split("/")[0], Counter())[f"{ours} {theirs}"] += 1
        if ours:
            assert theirs, f"{id_}: we accept, Prisma says {verdicts[id_]}"
            with closing(sqlite3.connect(":memory:")) as database:
                database.executescript(emit_sql(tree))
    check_golden(GOLDEN, _report(counts))


def test_prisma_and_sqlite_accept_the_database_of_every_topic_and_each_case_alone() -> None:
    cases = [case for case in load().cases.values() if case.function is TABLES]
    answers = {case.id: case.task.reference for case in cases}
    parts = {case.id: {case.id: answers[case.id]} for case in cases}
    for topic in {case.topic for case in cases}:
        parts[topic] = {id_: file for id_, file in answers.items() if id_.startswith(f"{topic}/")}
    emitted = {name: TABLES.emit(part) for name, part in parts.items()}
    assert emitted
    verdicts = prisma_errors({name: files["database/schema.prisma"] for name, files in emitted.items()})
    assert {name: error for name, error in verdicts.items() if error} == {}
    for files in emitted.values():
        with closing(sqlite3.connect(":memory:")) as database:
            database.executescript(files["database/schema.sql"])


def _report(counts: dict[str, Counter[str]]) -> str:
    head = "variants of real trees by damage both accept both refuse only we refuse\n"
    lines = [_line(name, count) for name, count in counts.items()]
    return head + "".join([*lines, _line("all", sum(counts.values(), Counter()))])


def _line(name: str, count: Counter[str]) -> str:
    return f"{name:<32} {count['True True']:>11} {count['False False']:>11} {count['False True']:>14}\n"
