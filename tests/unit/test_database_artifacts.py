"""Real trees that many language models made, and that AutoBE's compiler accepted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from fcbench_action.diagnostics import errors, render_path
from fcbench_action.errors import BadInput
from fcbench_action.language.database import check, emit_erd, emit_prisma, emit_sql, read
from fcbench_action.language.database.nodes import Application

REFUSED = {
    # `email` is declared as a required foreign key from sellers to sellers: no first seller could exist.
    "qwen/qwen3-235b-a22b-2507/shopping": [
        "$.files[1].models[1].foreignFields[0].nullable required-self-reference",
        # The group of an option is declared to be another option, and required.
        "$.files[2].models[6].foreignFields[1].nullable required-self-reference",
    ],
    # Each customer must refer to another customer as the user that it belongs to.
    "qwen/qwen3-next-80b-a3b-instruct/shopping": [
        "$.files[1].models[0].foreignFields[0].nullable required-self-reference",
    ],
}
"""What we refuse although AutoBE's compiler did not, and why."""

STRICTLY_READABLE = 13
"""So many of the trees carry nothing beyond our language: no ``default``, ``mappingName`` or index name."""


@pytest.fixture(scope="module")
def texts(artifacts: Path) -> dict[str, bytes]:
    return {
        str(path.parent.relative_to(artifacts)): path.read_bytes()
        for path in sorted(artifacts.glob("*/*/*/prisma.json"))
    }


@pytest.fixture(scope="module")
def trees(texts: dict[str, bytes]) -> dict[str, Application]:
    return {name: read(text, tolerate_unknown=True) for name, text in texts.items()}


def test_every_artifact_is_read_where_unknown_properties_are_tolerated(trees: dict[str, Application]) -> None:
    assert len(trees) == 31
    assert sum(len(file.models) for tree in trees.values() for file in tree.files) == 669


def test_reading_strictly_refuses_unknown_properties_and_names_them(texts: dict[str, bytes]) -> None:
    refusals = []
    for text in texts.values():
        try:
            read(text)
        except BadInput as refusal:
            refusals.append(str(refusal))
    assert len(refusals) == len(texts) - STRICTLY_READABLE
    assert all("unknown field" in text for text in refusals)


def test_each_artifact_compiles_but_for_the_refusals_that_are_explained(
    trees: dict[str, Application],
) -> None:
    refused = {
        name: [f"{render_path(d.path)} {d.code}" for d in errors(check(tree))] for name, tree in trees.items()
    }
    assert {name: found for name, found in refused.items() if found} == REFUSED


def test_sqlite_executes_the_ddl_of_every_artifact(trees: dict[str, Application]) -> None:
    for tree in trees.values():
        with closing(sqlite3.connect(":memory:")) as database:
            database.executescript(emit_sql(tree))
            made = database.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").fetchone()
            assert made[0] == sum(len(file.models) for file in tree.files)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_emitting_gives_the_same_bytes_again(trees: dict[str, Application]) -> None:
    for tree in trees.values():
        again = msgspec.json.decode(msgspec.json.encode(tree), type=Application)
        for emit in (emit_prisma, emit_sql, emit_erd):
            assert emit(tree) == emit(again)


def test_a_text_that_is_no_tree_is_refused_in_one_line() -> None:
    for text in ("", "[]", "{", '{"files": []}', b"\xff", "[" * 100_000, '{"files": 3}'):
        for tolerate in (False, True):
            with pytest.raises(BadInput) as refusal:
                read(text, tolerate_unknown=tolerate)
            assert "\n" not in str(refusal.value)
