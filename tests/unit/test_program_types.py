"""The types of programs: what is one of what, what assigns to what, and how long that may take."""

from __future__ import annotations

import time

import pytest

from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface import nodes as i
from fcbench_action.language.interface.payload import named
from fcbench_action.language.program.environment import Environment, environment
from fcbench_action.language.program.types import (
    BOOLEAN,
    ERROR,
    INTEGER,
    NEVER,
    NULL,
    NUMBER,
    STRING,
    Array,
    Constant,
    Field,
    Named,
    Object,
    Row,
    Text,
    Type,
    Union,
    assignable,
    constant,
    members,
    nullable,
    show,
    union,
    widened,
    without_null,
)
from tests.interface_trees import closed, document
from tests.interface_trees import nullable as or_null
from tests.program_world import world

WORLD = world()
A, B, ONE = constant("a"), constant("b"), constant(1)
UUID, EMAIL = Text("uuid"), Text("email")


def obj(**fields: Type) -> Object:
    return Object({name: Field(type) for name, type in fields.items()})


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ([A, STRING], STRING),
        ([A, UUID], STRING),
        ([UUID, EMAIL], STRING),
        ([UUID, UUID], UUID),
        ([INTEGER, NUMBER], NUMBER),
        ([ONE, NUMBER], NUMBER),
        ([constant(True), constant(False)], BOOLEAN),
        ([constant(True), BOOLEAN], BOOLEAN),
        ([A, constant("a", fresh=True)], A),
        ([A, NEVER], A),
        ([], NEVER),
        ([A, ERROR], ERROR),
        ([Array(NEVER), Array(STRING)], Array(STRING)),
        ([Array(INTEGER), Array(NUMBER)], Array(NUMBER)),
        ([Array(UUID), Array(EMAIL)], Array(STRING)),
        ([Array(STRING), Array(INTEGER)], Union((Array(STRING), Array(INTEGER)))),
        ([Union((A, NULL)), Union((NULL, B))], Union((A, NULL, B))),
    ],
)
def test_a_union_holds_nothing_twice(types: list[Type], expected: Type) -> None:
    assert union(types) == expected


READ, WRITE = Named("INote.ICreate", "read"), Named("INote.ICreate", "write")


@pytest.mark.parametrize(
    ("actual", "expected", "holds"),
    [
        (INTEGER, NUMBER, True),
        (NUMBER, INTEGER, False),
        (constant(1.0), INTEGER, False),
        (constant(1.0), ONE, False),
        (ONE, constant(1.0), True),
        (UUID, STRING, True),
        (STRING, UUID, True),
        (UUID, EMAIL, False),
        (A, EMAIL, True),
        (NULL, STRING, False),
        (A, union((A, B)), True),
        (union((A, B)), A, False),
        (BOOLEAN, union((constant(True), NULL)), False),
        (Array(INTEGER), Array(nullable(NUMBER)), True),
        (Array(NEVER), Array(A), True),
        (NEVER, A, True),
        (ERROR, A, True),
        (obj(a=STRING, b=INTEGER), obj(a=STRING), True),
        (obj(a=STRING), obj(a=STRING, b=INTEGER), False),
        (obj(a=STRING), Object({"a": Field(STRING), "b": Field(INTEGER, optional=True)}), True),
        (obj(c=STRING), Object({"a": Field(STRING, optional=True)}), False),
        (READ, WRITE, True),
        (WRITE, READ, False),
        (obj(title=STRING, stars=INTEGER), WRITE, True),
        (obj(title=STRING, stars=INTEGER, text=NULL), WRITE, True),
        (obj(title=STRING, stars=INTEGER), READ, False),
        (Row("notes"), obj(id=UUID, title=STRING), True),
        (Row("notes"), Named("INote", "write"), False),
        (Row("notes"), WRITE, True),
        (Row("members"), Named("IMember", "write"), True),
        (Row("members"), STRING, False),
    ],
)
def test_what_assigns_to_what(actual: Type, expected: Type, holds: bool) -> None:
    assert assignable(actual, expected, WORLD) is holds


def test_constants_of_a_literal_are_lost_inside_of_others() -> None:
    fresh = constant("a", fresh=True)
    assert widened(fresh) == STRING
    assert widened(A) == A
    assert widened(union((fresh, NULL))) == union((STRING, NULL))


def test_integers_that_typescript_cannot_tell_apart_are_the_same() -> None:
    assert constant(2**53 + 1) == constant(2**53)
    assert constant(True).unit != constant(1).unit
    assert Constant("number", 1.0).unit == constant(1).unit


def test_types_are_shown_on_one_short_line() -> None:
    assert show(nullable(Array(union((A, constant(2)))))) == '("a" | 2)[] | null'
    assert show(obj(at=Text("date-time"), of=Row("notes"))) == "{ at: string (date-time); of: row of notes }"
    assert show(constant('a"\n\u202e' * 50)).isprintable()
    wide = obj(**{f"p{n}": obj(**{f"q{m}": STRING for m in range(99)}) for n in range(99)})
    assert len(show(wide)) <= 160


def chain(prefix: str, count: int, last: i.Schema) -> dict[str, i.Schema]:
    links: dict[str, i.Schema] = {
        f"{prefix}{n}": closed(next=named(f"{prefix}{n + 1}"), also=or_null(named(f"{prefix}{n + 1}")))
        for n in range(count)
    }
    return {**links, f"{prefix}{count}": closed(value=last)}


def environment_of(**types: i.Schema) -> Environment:
    return environment(Application(files=()), document(**types))


def test_recursive_types_are_compared_by_their_shape() -> None:
    env = environment_of(
        Tree=closed(items=i.Array(items=named("Tree"))),
        Same=closed(items=i.Array(items=named("Same"))),
        Other=closed(items=i.Array(items=or_null(named("Other")))),
    )
    tree, same, other = (Named(name, "read") for name in ("Tree", "Same", "Other"))
    assert assignable(tree, same, env) and assignable(tree, other, env)
    assert not assignable(other, tree, env)


def test_long_chains_of_types_take_no_time() -> None:
    env = environment_of(**chain("A", 1000, i.String()), **chain("B", 1000, i.String()))
    short = environment_of(**chain("A", 20, i.String()), **chain("B", 20, i.Integer()))
    began = time.perf_counter()
    assert not assignable(Named("A0", "read"), Named("B0", "read"), env), "beyond the depth nothing is known"
    assert assignable(Named("A980", "read"), Named("B980", "read"), env)
    assert not assignable(Named("A0", "read"), Named("B0", "read"), short)
    assert time.perf_counter() - began < 1


def test_names_that_mean_nothing_are_errors_and_end() -> None:
    env = environment_of(Loop=named("Loop"), Pair=i.OneOf(one_of=(named("Pair"), i.Null())))
    assert env.resolve(Named("Loop", "read")) == ERROR
    assert env.resolve(Named("Nowhere", "read")) == ERROR
    assert members(Named("Pair", "read"), env) == (NULL,)
    assert without_null(Named("Pair", "read"), env) == NEVER


def test_relations_lead_both_ways() -> None:
    notes = WORLD.tables["notes"].relations
    assert {name: one.table for name, one in notes.items()} == {
        "author": "members",
        "parent": "notes",
        "notes.parent": "notes",
        "tags.note": "tags",
    }
    assert [one.many for one in notes.values()] == [False, False, True, True]


def test_an_actor_is_a_row_where_its_table_is_known() -> None:
    operations = WORLD.operations
    assert operations["get", "/members/me"].predeclared["actor"] == Row("members")
    assert operations["get", "/notes/top"].predeclared["actor"] == NULL
    assert "body" not in operations["get", "/notes/top"].predeclared
    assert operations["post", "/notes"].predeclared["body"] == READ
