"""The database checks: what they refuse, where, and when they stop. One refusal each stands on its page."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from fcbench_action.diagnostics import Severity, render_path
from fcbench_action.language.database import check
from fcbench_action.language.database.check.graph import circles
from fcbench_action.language.database.nodes import Application
from tests.database_trees import application, file, table

MEMBERS = table("members", "email")


def found(app: Application, **options: int) -> list[str]:
    return [f"{render_path(d.path)} {d.code}" for d in check(app, **options)]


def test_a_sound_application_has_no_diagnostics() -> None:
    todos = table(
        "todos", "title", "done boolean", "member_id -> members", plain=("member_id done",), gin=("title",)
    )
    assert found(application(MEMBERS, todos)) == []


def test_errors_of_names_keep_later_passes_quiet() -> None:
    todos = table("todos", "title", "title", "member_id -> nowhere", plain=("no_such_column",))
    assert found(application(todos)) == ["$.files[0].models[0].plainFields[1].name duplicate-column"]


def test_errors_of_indexes_keep_the_pass_of_relations_quiet() -> None:
    todos = table("todos", "title", "member_id -> nowhere", plain=("no_such_column",))
    assert found(application(todos)) == ["$.files[0].models[0].plainIndexes[0].fieldNames[0] unknown-column"]


def test_warnings_stop_no_later_pass() -> None:
    todos = table("todos", "title", "member_id -> nowhere", unique=("title",), plain=("title",))
    assert [d.severity for d in check(application(todos))] == [Severity.ERROR, Severity.WARNING]


def test_an_unknown_table_is_answered_with_the_name_that_was_probably_meant() -> None:
    (diagnostic,) = check(application(MEMBERS, table("todos", "member_id -> member")))
    assert render_path(diagnostic.path) == "$.files[0].models[1].foreignFields[0].relation.targetModel"
    assert 'did you mean "members"?' in diagnostic.message
    assert diagnostic.expected == "one of members, todos"
    assert diagnostic.actual == "member"


def test_an_unknown_column_is_answered_with_the_name_that_was_probably_meant() -> None:
    (diagnostic,) = check(application(table("todos", "created_at datetime", plain=("createdat",))))
    assert 'did you mean "created_at"?' in diagnostic.message


def test_the_primary_key_shares_the_names_of_the_columns() -> None:
    assert found(application(table("todos", "id uuid"))) == [
        "$.files[0].models[0].plainFields[0].name duplicate-column"
    ]


def test_two_relations_to_one_table_are_fine_under_different_names() -> None:
    assert found(application(MEMBERS, table("mails", "sender_id -> members", "reader_id -> members"))) == []


def test_names_that_clash_only_at_the_other_end_of_a_relation_are_fine() -> None:
    assert found(application(table("members", "todos"), table("todos", "member_id -> members"))) == []


def test_a_nullable_circle_is_fine() -> None:
    teams, players = table("teams", "captain_id -> players?"), table("players", "team_id -> teams")
    assert found(application(teams, players)) == []


def test_each_required_key_on_a_circle_is_reported_and_none_that_only_leads_there() -> None:
    models = (
        table("a", "b_id -> b"),
        table("b", "c_id -> c"),
        table("c", "a_id -> a", "d_id -> d"),
        table("d", "text"),
        table("e", "a_id -> a"),
    )
    assert found(application(*models)) == [
        "$.files[0].models[0].foreignFields[0].nullable required-key-cycle",
        "$.files[0].models[1].foreignFields[0].nullable required-key-cycle",
        "$.files[0].models[2].foreignFields[0].nullable required-key-cycle",
    ]


def test_a_nullable_key_to_the_own_table_is_fine() -> None:
    assert found(application(table("comments", "parent_id -> comments?"))) == []


def test_a_unique_index_in_another_order_is_the_same_but_a_plain_one_is_not() -> None:
    tags = table("tags", "name", "kind", unique=("name kind", "kind name"))
    assert found(application(tags)) == ["$.files[0].models[0].uniqueIndexes[1] duplicate-index"]
    assert found(application(table("tags", "name", "kind", plain=("name kind", "kind name")))) == []


def test_an_index_that_ends_like_another_is_not_redundant() -> None:
    assert found(application(table("tags", "name", "kind", plain=("name kind", "kind")))) == []


def test_given_files_are_referred_to_but_never_spoken_of() -> None:
    broken = file(table("members", "email", "email"), name="schema-01-given.prisma")
    own = file(table("todos", "member_id -> members"), name="schema-02-own.prisma")
    assert found(Application(files=(broken, own)), given=1) == []


def test_what_clashes_with_given_files_is_reported_at_the_other_file() -> None:
    given = file(MEMBERS)
    own = file(MEMBERS, table("todos", "title"))
    assert found(Application(files=(given, own)), given=1) == [
        "$.files[1].filename duplicate-file",
        "$.files[1].models[0].name duplicate-table",
    ]


def test_a_circle_through_a_given_table_is_reported_at_the_own_one() -> None:
    given = file(table("teams", "captain_id -> players"), name="schema-01-given.prisma")
    own = file(table("players", "team_id -> teams"), name="schema-02-own.prisma")
    assert found(Application(files=(given, own)), given=1) == [
        "$.files[1].models[0].foreignFields[0].nullable required-key-cycle"
    ]


@pytest.mark.parametrize("name", ["user", "order", "class", "sqlite_things", "null"])
def test_table_names_that_a_database_or_prisma_keeps_for_itself_are_refused(name: str) -> None:
    assert found(application(table(name, "title"))) == ["$.files[0].models[0].name reserved-table-name"]


@pytest.mark.parametrize("name", ["order", "primary", "class"])
def test_columns_may_have_names_that_only_tables_may_not(name: str) -> None:
    assert found(application(table("todos", name))) == []


def test_the_schema_refuses_names_that_are_not_snake_case() -> None:
    plain = msgspec.to_builtins(application(table("todos", "title")))
    for name in ("Todos", "todos_", "to__dos", "1todos", "todos\n", "", "t" * 64, "tödos"):
        plain["files"][0]["models"][0]["name"] = name
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(plain, Application)


def test_a_chain_of_ten_thousand_tables_is_no_problem() -> None:
    chain = [table(f"t{i}", f"next_id -> t{(i + 1) % 10_000}") for i in range(10_000)]
    assert len(check(application(*chain))) == 10_000


def test_thousands_of_unknown_names_are_all_reported_and_few_are_searched_for() -> None:
    models = [table(f"table_{i}", f"other_id -> tabel_{i}") for i in range(3000)]
    diagnostics = check(application(*models))
    assert len(diagnostics) == 3000
    assert sum("did you mean" in d.message for d in diagnostics) < 100


def test_nodes_on_one_circle_share_a_component_and_others_do_not() -> None:
    graph = {"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": ["e"], "e": ["d"], "f": ["a"]}
    component = circles(graph)
    assert component["a"] == component["b"] == component["c"]
    assert component["d"] == component["e"] != component["a"]
    assert component["f"] not in (component["a"], component["d"])


def test_diagnostics_do_not_depend_on_anything_but_the_tree() -> None:
    app = application(table("todos", "title", plain=("x", "y")), replace(MEMBERS, material=True))
    assert check(app) == check(app)
