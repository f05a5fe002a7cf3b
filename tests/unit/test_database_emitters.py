"""The emitters of database trees: Prisma, SQLite and Mermaid."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from fcbench_action.language.database import emit_erd, emit_prisma, emit_sql, read
from fcbench_action.language.database.nodes import Application, PlainField
from fcbench_action.language.database.sql import constraints
from tests.database_trees import application, file, table
from tests.golden_files import check_golden
from tests.prisma_oracle import prisma_errors

GOLDEN = Path(__file__).parents[1] / "golden" / "database"
HOSTILE = (
    "x */\n}\nmodel evil { id Int @id }\n```\n<script>alert(1)</script> "
    "\u202e\u2028 -- '; DROP TABLE a; \x1b[31m"
)


@pytest.mark.parametrize(("emit", "name"), [(emit_prisma, "prisma"), (emit_sql, "sql"), (emit_erd, "md")])
def test_the_tree_of_a_small_shop_becomes_the_expected_text(emit, name: str) -> None:
    tree = read((GOLDEN / "shop.json").read_text("utf-8"))
    check_golden(GOLDEN / f"shop.{name}", emit(tree))


def executed(app: Application) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(emit_sql(app))
    return database


def test_the_constraints_alone_declare_the_same_schema_but_for_indexes_that_allow_duplicates() -> None:
    app = read((GOLDEN / "shop.json").read_text("utf-8"))
    with closing(executed(app)) as one, closing(sqlite3.connect(":memory:")) as other:
        for statement in constraints(app):
            other.execute(statement)
        query = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '%_idx' ORDER BY name"
        assert one.execute(query).fetchall() == other.execute(query).fetchall()


def hostile() -> Application:
    todos = table("todos", "title", "todo_id -> todos?", plain=("title",))
    column = PlainField(name="note", type="string", description=HOSTILE, nullable=True)
    todos = replace(todos, description=HOSTILE, plain_fields=(*todos.plain_fields, column))
    return Application(files=(replace(file(todos), filename="a\nb.prisma", namespace=HOSTILE),))


def test_hostile_texts_stay_in_their_comments_in_prisma() -> None:
    schema = emit_prisma(hostile())
    assert [
        line for line in schema.splitlines() if "evil" in line and not line.lstrip().startswith("//")
    ] == []
    assert prisma_errors({"hostile": schema}) == {"hostile": None}


def test_hostile_texts_stay_in_their_comments_in_sql() -> None:
    with closing(executed(hostile())) as database:
        names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    assert names == [("todos",)]


def test_hostile_texts_and_names_cannot_leave_their_place_in_the_diagram() -> None:
    app = hostile()
    evil = replace(app.files[0].models[0], name='a" { }\n```\n<script>')
    page = emit_erd(Application(files=(replace(app.files[0], models=(evil,)),)))
    assert "<" not in page
    assert page.count("```") == 2
    assert "\x1b" not in page and "\u202e" not in page


def test_a_name_with_a_quote_cannot_leave_its_identifier_in_sql() -> None:
    evil = replace(table("todos", "title"), name='a" (id); DROP TABLE b; --')
    with closing(executed(application(evil))) as database:
        assert database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall() == [
            (evil.name,)
        ]


def test_a_relation_without_its_target_is_left_out_with_a_comment() -> None:
    app = application(table("todos", "member_id -> members"))
    schema, ddl = emit_prisma(app), emit_sql(app)
    assert "// left out: member refers to members, which is not here" in schema
    assert "-- left out: member_id refers to members, which is not here" in ddl
    assert "REFERENCES" not in ddl
    assert prisma_errors({"dangling": schema}) == {"dangling": None}


def test_indexes_of_different_tables_never_share_a_name() -> None:
    app = application(table("a", "b_c", plain=("b_c",)), table("a_b", "c", plain=("c",)))
    with closing(executed(app)) as database:
        names = database.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'a_b_c_idx%'").fetchall()
    assert len(names) == 2 and ("a_b_c_idx",) in names
    assert prisma_errors({"collision": emit_prisma(app)}) == {"collision": None}


def test_names_of_constraints_stay_within_the_limit_of_postgresql() -> None:
    long = "a" * 63
    app = application(table(long, long, f"{'b' * 60}_id -> {long}?", plain=(long,)))
    names = [part.split('"')[0] for part in emit_prisma(app).split('map: "')[1:]]
    assert names and all(len(name) <= 63 for name in names)
    assert prisma_errors({"long": emit_prisma(app)}) == {"long": None}


def test_the_other_end_of_a_relation_gets_a_name_that_is_free() -> None:
    app = application(
        table("members", "todos"), table("todos", "owner_id -> members", "helper_id -> members")
    )
    taken = application(table("members", "todos", "todos_x"), table("todos", "todos_id -> members"))
    assert prisma_errors({"a": emit_prisma(app), "b": emit_prisma(taken)}) == {"a": None, "b": None}


def test_deleting_a_row_takes_what_requires_it_and_empties_what_does_not() -> None:
    app = application(
        table("members", "email"),
        table("todos", "owner_id -> members", "helper_id -> members?"),
    )
    ann, bob = ("00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b")
    with closing(executed(app)) as database:
        database.execute("INSERT INTO members VALUES (?, 'a'), (?, 'b')", (ann, bob))
        database.execute("INSERT INTO todos VALUES (?, ?, ?), (?, ?, ?)", (ann, ann, bob, bob, bob, None))
        database.execute("DELETE FROM members WHERE id = ?", (bob,))
        assert database.execute("SELECT id, owner_id, helper_id FROM todos").fetchall() == [(ann, ann, None)]


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        ("boolean", [0, 1, True], [2, "yes"]),
        ("int", [0, -5], ["x", 1.5]),
        ("double", [0, 1.5], ["x"]),
        ("uri", ["https://example.com", "urn:a"], ["no uri", ""]),
        ("uuid", ["00000000-0000-4000-8000-000000000000"], ["1", ""]),
        ("datetime", ["2025-01-31T12:00:00.000Z"], ["yesterday", "2025-01-31"]),
        ("string", ["", "x"], []),
    ],
)
def test_columns_take_values_of_their_type_only(type_: str, good: list, bad: list) -> None:
    key = "00000000-0000-4000-8000-{:012x}"
    with closing(executed(application(table("things", f"value {type_}")))) as database:
        for n, value in enumerate(good):
            database.execute("INSERT INTO things VALUES (?, ?)", (key.format(n), value))
        for value in [*bad, None]:
            with pytest.raises(sqlite3.IntegrityError):
                database.execute("INSERT INTO things VALUES (?, ?)", (key.format(99), value))


@pytest.mark.parametrize("type_", ["boolean", "int", "double", "string", "uri", "uuid", "datetime"])
def test_nullable_columns_of_every_type_take_null(type_: str) -> None:
    with closing(executed(application(table("things", f"value {type_}?")))) as database:
        database.execute("INSERT INTO things VALUES ('00000000-0000-4000-8000-000000000000', NULL)")
