from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fcbench_action.language.program.backend import Backend, Front, TestRun, run_test
from tests.program_world import (
    EVERYTHING,
    REFERENCE,
    Json,
    backend,
    call,
    field,
    invoke,
    lit,
    obj,
    program,
    props,
    request,
    var,
)

ECHO: list[Json] = [{"type": "return", "value": var("body")}]
ADMIN: list[Json] = [
    {"type": "insert", "table": "admins", "values": props(name=lit("root")), "bind": "admin"},
    {
        "type": "return",
        "value": obj(
            member=obj(id=var("admin.id"), email=lit("root")), token=invoke("issueToken", var("admin.id"))
        ),
    },
]
LEAVE: list[Json] = [
    {"type": "remove", "table": "members", "where": EVERYTHING},
    {"type": "return"},
]


@pytest.fixture
def front() -> Iterator[Front]:
    operations = {**REFERENCE, "post /any": ECHO, "post /admins": ADMIN, "delete /members": LEAVE}
    with backend(operations).open() as front:
        yield front


def join(front: Front, email: str = "ann@example.org") -> str:
    answer = front.request("post", "/members", None, {"email": email, "password": "secret"})
    assert answer.status == 201
    return str(answer.body["token"])


def note(**more: Any) -> dict[str, Any]:
    return {"title": "milk", "stars": 1, **more}


def test_a_request_goes_through_route_program_actor_path_and_body_in_this_order(front: Front) -> None:
    token = join(front)
    unknown = "00000000-0000-4000-8000-000000000000"
    asked: list[tuple[int, tuple[Any, ...]]] = [
        (404, ("get", "/nothing")),
        (404, ("get", "/notes/")),
        (404, ("get", "notes")),
        (404, ("get", "/" * 9_000)),
        (405, ("put", "/notes/bad")),
        (501, ("get", "/members/me")),
        (401, ("get", "/notes/bad")),
        (401, ("get", "/notes/bad", "made up")),
        (400, ("get", "/notes/bad", token)),
        (404, ("get", f"/notes/{unknown}", token)),
        (401, ("post", "/notes", None, {})),
        (422, ("post", "/notes", token, {})),
        (422, ("post", "/notes", token, note(extra=1))),
        (422, ("post", "/notes", token, None)),
        (201, ("post", "/notes", token, note())),
    ]
    assert [front.request(*arguments).status for _, arguments in asked] == [status for status, _ in asked]


def test_a_route_with_a_word_wins_over_one_with_a_placeholder(front: Front) -> None:
    assert front.request("get", "/notes/top").status == 501
    assert front.request("get", "/notes/%74op").status == 501


def test_tokens_are_for_one_kind_of_actor_and_end_with_the_account(front: Front) -> None:
    member = join(front)
    admin = front.request("post", "/admins").body["token"]
    assert front.request("delete", "/members").status == 401
    assert front.request("delete", "/members", member).status == 403
    assert front.request("post", "/notes", admin, note()).status == 403
    assert front.request("delete", "/members", admin).status == 204
    assert front.request("post", "/notes", member, note()).status == 401


@pytest.mark.parametrize(
    ("number", "exact", "status"),
    [
        ("7", "true", 200),
        ("-7", "false", 200),
        ("7.0", "true", 200),
        ("07", "true", 400),
        ("1e2", "true", 200),
        ("x", "true", 400),
        ("7", "1", 400),
    ],
)
def test_placeholders_are_read_as_their_types(number: str, exact: str, status: int) -> None:
    shown = {
        "type": "conditional",
        "condition": var("path.exact"),
        "whenTrue": lit("yes"),
        "whenFalse": lit("no"),
    }
    numbers = {"type": "arrayLiteral", "elements": [var("path.number")]}
    realized = backend(
        {"get /pages/{number}/{exact}": [{"type": "return", "value": obj(text=shown, numbers=numbers)}]}
    )
    with realized.open() as front:
        answer = front.request("get", f"/pages/{number}/{exact}")
    assert answer.status == status
    if status == 200:
        assert answer.body == {"text": "yes" if exact == "true" else "no", "numbers": [int(float(number))]}


def test_bodies_come_in_one_form(front: Front) -> None:
    token = join(front)
    body = note(stars=3.0, due_at="2026-01-01t02:00:00.5+02:00", weight=2)
    made = front.request("post", "/notes", token, body).body
    assert (made["stars"], made["due_at"], made["weight"]) == (3, "2026-01-01T00:00:00.500Z", 2.0)
    assert type(made["stars"]) is int
    upper = front.request("get", f"/notes/{made['id'].upper()}", token)
    assert upper.status == 200 and upper.body == made


@pytest.mark.parametrize(
    "body",
    [
        {"numbers": [2**63]},
        {"numbers": [-(2**63) - 1]},
        {"numbers": [1e19]},
        {"text": "\ud800"},
        {"numbers": list(range(30_000))},
        [],
        "text",
    ],
    ids=["2**63", "-2**63-1", "1e19", "surrogate", "too many", "array", "string"],
)
def test_what_no_program_could_hold_is_refused(front: Front, body: Any) -> None:
    assert front.request("post", "/any", None, body).status == 422


def test_responses_have_what_their_type_has(front: Front) -> None:
    """The row of a member has a hash, which is no property of IMember; the note has no text."""
    token = join(front)
    made = front.request("post", "/notes", token, note()).body
    assert made["author"].keys() == {"id", "email"}
    assert "text" not in made and "children" not in made and made["weight"] is None and made["due_at"] is None
    assert front.request("post", "/any", None, {"text": "a"}).body == {"text": "a"}


def test_a_response_that_breaks_a_limit_is_a_fault_and_undoes_what_was_written() -> None:
    wrong = [*ADMIN[:1], {"type": "return", "value": obj(code=lit("too long"))}]
    found = [{"type": "return", "value": obj(numbers=counted("admins"))}]
    with backend({"post /any": wrong, "get /pages/{number}/{exact}": found}).open() as front:
        answer = front.request("post", "/any", None, {})
        assert answer.status == 500 and [one.code for one in answer.diagnostics] == ["response-mismatch"]
        assert front.request("get", "/pages/1/true").body == {"numbers": [0]}


def counted(table: str) -> Json:
    return {"type": "arrayLiteral", "elements": [{"type": "count", "table": table, "where": EVERYTHING}]}


@pytest.mark.parametrize(("keep", "rows"), [(False, 0), (True, 1)])
def test_a_rejection_undoes_what_was_written_unless_it_is_to_be_kept(keep: bool, rows: int) -> None:
    rejecting = [*ADMIN[:1], {"type": "reject", "status": 418, "message": lit("no"), "keep": keep}]
    found = [{"type": "return", "value": obj(numbers=counted("admins"))}]
    with backend({"post /any": rejecting, "get /pages/{number}/{exact}": found}).open() as front:
        answer = front.request("post", "/any", None, {})
        assert (answer.status, answer.body) == (418, {"message": "no"})
        assert front.request("get", "/pages/1/true").body == {"numbers": [rows]}


def test_a_violated_constraint_is_a_fault_at_its_statement(front: Front) -> None:
    token = join(front)
    assert front.request("post", "/notes", token, note()).status == 201
    again = front.request("post", "/notes", token, note())
    assert again.status == 500 and again.diagnostics[0].code == "constraint-violated"
    assert again.diagnostics[0].path == ("statements", 0)
    assert again.body == {"message": "The operation failed."}
    assert front.request("post", "/notes", token, note(title="bread")).status == 201


def test_the_clock_goes_on_by_a_second_from_request_to_request(front: Front) -> None:
    token = join(front)
    times = [front.request("post", "/notes", token, note(title=t)).body["created_at"] for t in "ab"]
    assert times == ["2026-01-01T00:00:01.000Z", "2026-01-01T00:00:02.000Z"]


def test_updating_gives_the_changed_rows_and_removing_takes_what_belongs_to_them() -> None:
    change = [
        {
            "type": "update",
            "table": "notes",
            "where": field("stars", "greater", lit(1)),
            "values": props(rating=lit(5), pinned=lit(True)),
            "bind": "changed",
        },
        {"type": "return", "value": obj(numbers=over("changed", "rating"))},
    ]
    drop = [
        {"type": "remove", "table": "notes", "where": field("title", "equals", lit("a"))},
        {"type": "return", "value": obj(numbers=over_all("stars"))},
    ]
    operations = {**REFERENCE, "post /any": change, "get /pages/{number}/{exact}": drop}
    with backend(operations).open() as front:
        token = join(front)
        first = front.request("post", "/notes", token, note(title="a", stars=1)).body
        front.request("post", "/notes", token, note(title="b", stars=2, parent=first["id"]))
        front.request("post", "/notes", token, note(title="c", stars=3, parent=first["id"]))
        assert front.request("post", "/any", None, {}).body == {"numbers": [5, 5]}
        assert sorted(front.request("get", "/pages/1/true").body["numbers"]) == [2, 3]


def over(array: str, name: str) -> Json:
    return {"type": "map", "array": var(array), "arrow": {"parameter": "x", "body": var(f"x.{name}")}}


def over_all(name: str) -> Json:
    every = {"type": "findMany", "table": "notes", "where": EVERYTHING, "orderBy": []}
    return {"type": "map", "array": every, "arrow": {"parameter": "x", "body": var(f"x.{name}")}}


def test_other_programs_leave_the_backend_as_it_was() -> None:
    first = backend({"post /any": ECHO})
    second = first.replaced({("post", "/any"): backend({"post /any": LEAVE[1:]}).operations["post", "/any"]})
    answers = []
    for one in (first, second, first):
        with one.open() as front:
            answers.append(front.request("post", "/any", None, {"text": "a"}).status)
    assert answers == [201, 500, 201]  # the other gives nothing


GUEST = {"type": "assertRejected", "title": "guests see nothing", "status": 401}


def story(*more: Json) -> TestRun:
    start = [
        call("alice", "post /members", obj(email=lit("a@example.org"), password=lit("p")), "joined"),
        {"type": "authenticate", "session": "alice", "token": var("joined.token")},
        call("alice", "post /notes", obj(title=lit("milk"), stars=lit(2), text=lit(None)), "note"),
    ]
    return run_test(program(*start, *more), reference())


def reference() -> Backend:
    return backend({**REFERENCE, "post /any": ECHO})


def test_a_test_passes_where_it_comes_to_its_end_and_says_what_it_covered() -> None:
    seen = call("alice", "get /notes/{noteId}", None, "seen", noteId=var("note.id"))
    same = {"type": "assertEqual", "title": "same", "actual": var("seen"), "expected": var("note")}
    refused = {**GUEST, "request": request("bob", "get /notes/{noteId}", noteId=var("note.id"))}
    run = story(seen, same, refused)
    assert run.passed and run.diagnostics == () and run.faults == ()
    assert [exchange.status for exchange in run.trace] == [201, 201, 200, 401]
    assert run.covered["get", "/notes/{noteId}"] == {("statements", 0), ("statements", 1), ("statements", 2)}
    assert ("statements", 0, "then", 0) not in run.covered["post", "/members"]
    assert 0 < run.spent < 0.01


@pytest.mark.parametrize(
    ("statement", "code", "texts"),
    [
        (
            {"type": "assertEqual", "title": "two", "actual": var("note.stars"), "expected": lit(3)},
            "assertion-failed",
            ["two", "3", "2"],
        ),
        (
            {"type": "assertNotEqual", "title": "other", "actual": var("note.stars"), "expected": lit(2)},
            "assertion-failed",
            ["other", "anything but 2"],
        ),
        (
            {"type": "assertThat", "title": "pinned", "condition": var("note.pinned")},
            "assertion-failed",
            ["pinned", "true", "false"],
        ),
        (
            {**GUEST, "request": request("alice", "get /notes/{noteId}", noteId=var("note.id"))},
            "assertion-failed",
            ["GET /notes/{noteId} answers 200", "status 401", "status 200"],
        ),
        (
            call("bob", "post /notes", obj(title=lit("x"), stars=lit(1))),
            "call-failed",
            ["POST /notes answers 401", "Sign in first", "status 401"],
        ),
        (
            call("alice", "post /notes", obj(title=lit("milk"), stars=lit(1))),
            "call-failed",
            ["500", "constraint-violated"],
        ),
    ],
)
def test_a_test_that_fails_says_why_at_its_statement(statement: Json, code: str, texts: list[str]) -> None:
    run = story(statement)
    (found,) = run.diagnostics
    assert not run.passed and found.code == code and found.path == ("statements", 3)
    shown = f"{found.message} {found.expected} {found.actual}"
    assert all(text in shown for text in texts), shown


def test_faults_of_operations_are_told_with_their_operation() -> None:
    run = story(call("alice", "post /notes", obj(title=lit("milk"), stars=lit(1))))
    assert [(fault.operation, fault.diagnostic.code) for fault in run.faults] == [
        (("post", "/notes"), "constraint-violated")
    ]


def test_two_runs_are_equal_and_another_seed_gives_other_data() -> None:
    random = program(
        call("alice", "post /any", obj(text={"type": "randomKeyword", "kind": "paragraph"}), "answer"),
        {"type": "assertNotEqual", "title": "text", "actual": var("answer.text"), "expected": lit("")},
    )
    runs = [run_test(random, reference(), seed) for seed in (1, 1, 2)]
    assert runs[0] == runs[1] and runs[0].trace != runs[2].trace


def test_tests_begin_with_an_empty_database_each() -> None:
    assert story().passed and story().passed


def test_a_program_that_was_not_checked_ends_with_a_diagnostic() -> None:
    unknown = [{"type": "return", "value": var("nothing")}]
    with backend({"post /any": unknown}).open() as front:
        answer = front.request("post", "/any", None, {})
    assert (answer.status, answer.diagnostics[0].code) == (500, "unchecked-program")
    run = run_test(program(call("alice", "get /nowhere")), backend({}))
    assert run.diagnostics[0].code == "unchecked-program"
