"""Conditions on a world: what holds, what is missing, and that nothing takes for ever."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from fcbench_action.language.requirements.accept import accepts, milliseconds, plain_value
from fcbench_action.language.requirements.conditions import Condition
from fcbench_action.language.requirements.evaluate import Around, Budget, View
from fcbench_action.language.requirements.known import Known
from fcbench_action.language.requirements.machine import play
from fcbench_action.language.requirements.situation import Change, Sequence, Step, changed
from fcbench_action.language.requirements.values import ValueType
from tests.requirements_world import (
    ALWAYS,
    IT,
    ME,
    WORLD,
    analysis,
    attribute,
    both,
    compare,
    in_state,
    related,
    same,
)

NEVER = {"type": "any", "of": []}
OWNER = related(IT, "borrower")
TITLE, DUE, AGE = attribute(IT, "title"), attribute(IT, "due_at"), attribute(ME, "age")
NOW = {"type": "now"}


def text(value: str) -> dict[str, Any]:
    return {"type": "textLiteral", "value": value}


def number(value: int) -> dict[str, Any]:
    return {"type": "integerLiteral", "value": value}


def arithmetic(left: Any, operator: str, right: Any) -> dict[str, Any]:
    return {"type": "arithmetic", "operator": operator, "left": left, "right": right}


def loans(kind: str, where: Any, of: Any = ME) -> dict[str, Any]:
    return {"type": kind, "of": of, "relation": "loans", "variable": "b", "where": where}


B = {"type": "variable", "name": "b"}
ANN, BOB, CLERK = ("reader", "ann"), ("reader", "bob"), ("clerk", None)
HOLDS: list[tuple[str, tuple[str, str | None], Any, bool]] = [
    ("emma", ANN, ALWAYS, True),
    ("emma", ANN, NEVER, False),
    ("emma", ANN, both(ALWAYS, NEVER), False),
    ("emma", ANN, {"type": "any", "of": [NEVER, ALWAYS]}, True),
    ("emma", ANN, {"type": "not", "condition": NEVER}, True),
    ("emma", ANN, {"type": "implies", "premise": NEVER, "conclusion": NEVER}, True),
    ("emma", ANN, {"type": "implies", "premise": ALWAYS, "conclusion": NEVER}, False),
    ("emma", ANN, {"type": "actorIs", "kinds": ["clerk", "reader"]}, True),
    ("emma", CLERK, {"type": "actorIs", "kinds": ["reader"]}, False),
    ("emma", ANN, in_state(IT, "shelved"), True),
    ("dune", ANN, in_state(IT, "shelved"), False),
    ("emma", ANN, in_state(OWNER, "shelved"), False),
    ("dune", ANN, same(OWNER, ME), True),
    ("dune", BOB, same(OWNER, ME), False),
    ("dune", CLERK, same(OWNER, ME), False),
    ("emma", CLERK, same(OWNER, ME), False),
    ("dune", BOB, {"type": "thingThere", "thing": OWNER}, True),
    ("emma", BOB, {"type": "thingThere", "thing": OWNER}, False),
    ("emma", CLERK, {"type": "thingThere", "thing": ME}, False),
    ("ulysses", BOB, {"type": "valueThere", "value": DUE}, True),
    ("dune", BOB, {"type": "valueThere", "value": DUE}, False),
    ("emma", ANN, compare(TITLE, "==", text("Emma")), True),
    ("emma", ANN, compare(TITLE, "!=", text("Emma")), False),
    ("emma", ANN, compare(attribute(OWNER, "age"), "==", AGE), False),
    ("emma", BOB, compare(attribute(OWNER, "age"), "==", AGE), True),
    ("emma", BOB, compare(AGE, "!=", number(1)), True),
    ("emma", BOB, compare(AGE, "<", number(1)), False),
    ("emma", BOB, compare(AGE, ">=", number(1)), False),
    ("emma", ANN, compare(AGE, ">=", number(30)), True),
    ("ulysses", ANN, compare(DUE, "<", NOW), True),
    (
        "ulysses",
        ANN,
        compare({"type": "shift", "moment": DUE, "amount": 29, "unit": "days"}, ">", NOW),
        True,
    ),
    ("dune", ANN, compare(DUE, "<", NOW), False),
    ("dune", ANN, compare(DUE, ">", NOW), False),
    ("dune", ANN, compare({"type": "shift", "moment": DUE, "amount": 1, "unit": "days"}, "==", DUE), True),
    ("emma", ANN, {"type": "isOneOf", "value": TITLE, "options": [text("Dune"), text("Emma")]}, True),
    ("emma", BOB, {"type": "isOneOf", "value": AGE, "options": [attribute(OWNER, "age")]}, False),
    ("emma", ANN, loans("some", compare(attribute(B, "title"), "==", text("a"))), True),
    ("emma", BOB, loans("some", ALWAYS), False),
    ("emma", BOB, loans("every", NEVER), True),
    ("emma", ANN, loans("every", in_state(B, "lent")), True),
    ("emma", ANN, loans("every", {"type": "valueThere", "value": attribute(B, "due_at")}), False),
    ("emma", CLERK, loans("every", NEVER), True),
    ("emma", ANN, compare(loans("count", ALWAYS), "==", number(2)), True),
    ("emma", CLERK, compare(loans("count", ALWAYS), "==", number(0)), True),
    ("dune", BOB, compare(loans("count", same(B, IT), OWNER), "==", number(1)), True),
    ("emma", ANN, compare(arithmetic(AGE, "-", number(28)), "==", number(2)), True),
    ("emma", ANN, compare(arithmetic(AGE, "*", number(2)), ">", arithmetic(AGE, "+", number(29))), True),
    (
        "emma",
        ANN,
        {"type": "valueThere", "value": arithmetic(number(2**62), "*", number(2))},
        False,
    ),
    ("emma", BOB, {"type": "valueThere", "value": arithmetic(AGE, "+", number(1))}, False),
]


@pytest.mark.parametrize(("subject", "who", "condition", "expected"), HOLDS)
def test_a_condition_holds_as_its_description_says(
    subject: str, who: tuple[str, str | None], condition: Any, expected: bool
) -> None:
    view = View(Known(analysis()), WORLD, *who)
    assert view.decide(msgspec.convert(condition, Condition), Around(subject, {})) is expected


def chain(length: int) -> list[dict[str, Any]]:
    """Predicates, each of which asks twice for the next."""
    twice = [
        both({"type": "holds", "predicate": f"p{i + 1}", "thing": IT}, in_state(IT, "shelved"))
        for i in range(length)
    ]
    asked = [
        {"type": "any", "of": [one, {"type": "not", "condition": {"type": "not", "condition": one}}]}
        for one in twice
    ]
    conditions = [*asked, in_state(IT, "shelved")]
    return [{"name": f"p{i}", "entity": "book", "condition": c} for i, c in enumerate(conditions)]


def test_predicates_that_build_on_each_other_by_hundreds_are_asked_once_each() -> None:
    known = Known(analysis(predicates=chain(499)))
    condition = msgspec.convert({"type": "holds", "predicate": "p0", "thing": IT}, Condition)
    budget = Budget(100_000)
    assert View(known, WORLD, *ANN, budget).decide(condition, Around("emma", {})) is True
    assert View(known, WORLD, *ANN).decide(condition, Around("dune", {})) is False
    assert budget.left > 50_000


def test_a_condition_that_takes_too_long_stays_undecided() -> None:
    condition: Any = ALWAYS
    for i in range(40):
        condition = {**loans("every", condition), "variable": f"v{i}"}
    view = View(Known(analysis()), WORLD, *ANN)
    assert view.decide(msgspec.convert(condition, Condition), Around("emma", {})) is None


def test_what_an_attribute_lacks_in_the_world_is_null_or_some_value_of_its_type() -> None:
    view = View(Known(analysis()), WORLD, *ANN)
    assert view.attribute("emma", "due_at") is None
    assert view.attribute("dune", "title") == "a" and view.attribute("dune", "kind") == "novel"
    assert view.attribute("dune", "nothing") is None and view.attribute("nothing", "title") is None


ACCEPTED: list[tuple[Any, list[Any], list[Any]]] = [
    ({"type": "boolean"}, [True, False], [0, None, "true"]),
    ({"type": "integer", "minimum": 1, "maximum": 3}, [1, 3, 2.0], [0, 4, 1.5, True, "1", None]),
    ({"type": "number", "maximum": 1}, [-5, 0.5, 1], [1.1, float("nan"), float("inf"), True]),
    ({"type": "text", "minLength": 2, "maxLength": 3}, ["ab", "abc"], ["a", "abcd", 5, None]),
    ({"type": "text", "pattern": "^a"}, ["a", "ab"], ["", "ba"]),
    ({"type": "text", "pattern": "("}, [], ["", "("]),
    ({"type": "choice", "values": ["a", "b"]}, ["a"], ["c", "", ["a"], None]),
    ({"type": "moment"}, ["2026-03-01T12:00:00Z"], ["2026-03-01", "2026-02-30T00:00:00Z", 5]),
    ({"type": "day"}, ["2024-02-29"], ["2026-02-29", "2026-03-01T12:00:00Z"]),
    (
        {"type": "uri", "maxLength": 25},
        ["https://example.com/"],
        ["example.com", "https://example.com/abcdef"],
    ),
    ({"type": "identifier"}, ["123e4567-e89b-12d3-a456-426614174000"], ["x", ""]),
    (
        {"type": "list", "of": {"type": "integer"}, "minItems": 1, "maxItems": 2, "distinct": True},
        [[1], [1, 2]],
        [[], [1, 1], [1, 2, 3], ["1"], 1, [None]],
    ),
]


@pytest.mark.parametrize(("holds", "accepted", "refused"), ACCEPTED)
def test_a_type_accepts_its_values_and_no_others(holds: Any, accepted: list[Any], refused: list[Any]) -> None:
    declared = msgspec.convert(holds, ValueType)
    assert [value for value in accepted if not accepts(declared, value)] == []
    assert [value for value in refused if accepts(declared, value)] == []
    plain_value(declared)


def test_moments_are_compared_as_moments_whatever_their_offset() -> None:
    assert milliseconds("2026-03-01T12:00:00Z") == milliseconds("2026-03-01T14:00:00.000+02:00")
    assert milliseconds("1970-01-01T00:00:00.0015Z") == 1
    assert milliseconds("0001-01-01T00:00:00+14:00") is not None and milliseconds("x") is None


def sequence(**parts: Any) -> Sequence:
    return msgspec.convert(
        {"name": "", "requirement": "", "world": "", "subject": "emma", "ends": "", **parts}, Sequence
    )


LEND, BACK = Step(event="lend", actor="reader"), Step(event="give_back", actor="reader")
GIVE_UP = Step(event="give_up", actor="clerk")


def test_a_sequence_leads_from_the_initial_state_to_another() -> None:
    outcome = play(Known(analysis()), WORLD, sequence(steps=[LEND, BACK, LEND], refused=[LEND, BACK]))
    assert (outcome.state, outcome.refused_at) == ("lent", None)
    assert outcome.refusals == (True, False)


def test_a_sequence_ends_at_the_first_event_that_is_refused() -> None:
    known = Known(analysis())
    outcome = play(known, WORLD, sequence(steps=[LEND, LEND, BACK], refused=[LEND]))
    assert (outcome.state, outcome.refused_at, outcome.refusals) == ("lent", 1, ())
    by_clerk = msgspec.structs.replace(LEND, actor="clerk")
    assert play(known, WORLD, sequence(steps=[by_clerk])).refused_at == 0
    assert play(known, WORLD, sequence(subject="nobody", steps=[LEND])).refused_at == 0


def test_guards_see_the_changes_that_come_before_their_step() -> None:
    known = Known(analysis())
    overdue = {"emma": Change(attributes={"due_at": "2026-02-01T00:00:00Z"})}
    late = msgspec.structs.replace(GIVE_UP, changes=overdue)
    assert play(known, WORLD, sequence(steps=[LEND, GIVE_UP])).refused_at == 1
    assert play(known, WORLD, sequence(steps=[LEND, late])).state == "lost"
    assert play(known, WORLD, sequence(subject="ulysses", start="lent", steps=[GIVE_UP])).state == "lost"


def test_changes_replace_what_they_mention_and_nothing_else() -> None:
    change = Change(state="lost", attributes={"kind": "manual"}, related={"borrower": None})
    after = changed(WORLD, {"dune": change, "nobody": change}, "2027-01-01T00:00:00Z")
    assert after.at == "2027-01-01T00:00:00Z" and after.things.keys() == WORLD.things.keys()
    dune = after.things["dune"]
    assert (dune.state, dune.attributes, dune.related) == ("lost", {"kind": "manual"}, {"borrower": None})
    assert after.things["ulysses"] == WORLD.things["ulysses"]
