"""Conditions: total on whatever compiles, and true to the laws of logic."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fcbench_action.diagnostics import errors, sort
from fcbench_action.functions import FUNCTIONS
from fcbench_action.functions.analyze_tasks import Entities, Permissions
from fcbench_action.language.requirements import check
from fcbench_action.language.requirements.accept import accepts
from fcbench_action.language.requirements.conditions import Condition
from fcbench_action.language.requirements.evaluate import Around, View
from fcbench_action.language.requirements.known import Known
from fcbench_action.language.requirements.machine import play
from fcbench_action.language.requirements.nodes import Analysis
from fcbench_action.language.requirements.situation import Sequence, Step
from fcbench_action.language.requirements.values import ValueType
from tests.judge_trees import values_of
from tests.requirements_world import (
    BOOK,
    IT,
    ME,
    WORLD,
    analysis,
    attribute,
    compare,
    entities_task,
    in_state,
    permissions_task,
    related,
    same,
    with_condition,
)

slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
few = settings(slowly, max_examples=15)
OPERATORS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
KINDS = st.sampled_from(["all", "any", "not", "implies", "some", "every", "leaf"])
STATES = [state["name"] for state in BOOK["states"]]
WHO = st.sampled_from([("reader", "ann"), ("reader", "bob"), ("clerk", None), ("nobody", "ann")])
SUBJECTS = st.sampled_from(["emma", "dune", "ulysses", "ann", None, "nothing"])


def books(depth: int) -> st.SearchStrategy[Any]:
    """Things that are books."""
    return st.sampled_from([IT, *({"type": "variable", "name": f"v{i}"} for i in range(depth))])


def readers(depth: int) -> st.SearchStrategy[Any]:
    """Things that are readers."""
    return st.one_of(st.just(ME), books(depth).map(lambda book: related(book, "borrower")))


def numbers(depth: int) -> st.SearchStrategy[Any]:
    """Values that are numbers."""
    plain = st.one_of(
        st.integers(-3, 40).map(lambda value: {"type": "integerLiteral", "value": value}),
        readers(depth).map(lambda reader: attribute(reader, "age")),
    )
    both = st.tuples(plain, plain, st.sampled_from("+-*"))
    return st.one_of(
        plain, both.map(lambda b: {"type": "arithmetic", "operator": b[2], "left": b[0], "right": b[1]})
    )


def leaves(depth: int) -> st.SearchStrategy[Any]:
    """Conditions that hold no other."""
    return st.one_of(
        st.sampled_from([{"type": "all", "of": []}, {"type": "any", "of": []}]),
        st.just({"type": "actorIs", "kinds": ["reader"]}),
        st.builds(in_state, books(depth), st.sampled_from(STATES)),
        st.builds(same, readers(depth), readers(depth)),
        st.builds(compare, numbers(depth), OPERATORS, numbers(depth)),
        st.builds(lambda book: compare(attribute(book, "due_at"), "<", {"type": "now"}), books(depth)),
        readers(depth).map(lambda reader: {"type": "thingThere", "thing": reader}),
    )


@st.composite
def conditions(draw: st.DrawFn, depth: int = 0, size: int = 3) -> Any:
    """Conditions about a book that compile, inside ``depth`` quantifiers."""
    kind = (
        draw(st.sampled_from(["leaf", "all", "any", "not", "implies", "some", "every"])) if size else "leaf"
    )
    if kind == "leaf":
        return draw(leaves(depth))
    inner = conditions(depth, size - 1)
    if kind in ("all", "any"):
        return {"type": kind, "of": draw(st.lists(inner, max_size=3))}
    if kind == "not":
        return {"type": "not", "condition": draw(inner)}
    if kind == "implies":
        return {"type": "implies", "premise": draw(inner), "conclusion": draw(inner)}
    return {
        "type": kind,
        "of": draw(readers(depth)),
        "relation": "loans",
        "variable": f"v{depth}",
        "where": draw(conditions(depth + 1, size - 1)),
    }


def negation(condition: Any) -> Any:
    """What holds exactly where a condition does not, by the laws of logic, without a ``not`` at its top."""
    kind = condition["type"]
    if kind in ("all", "any"):
        return {"type": "any" if kind == "all" else "all", "of": [negation(one) for one in condition["of"]]}
    if kind == "not":
        return condition["condition"]
    if kind == "implies":
        return {"type": "all", "of": [condition["premise"], negation(condition["conclusion"])]}
    if kind in ("some", "every"):
        turned = "every" if kind == "some" else "some"
        return {**condition, "type": turned, "where": negation(condition["where"])}
    if kind == "compare" and condition["operator"] in ("==", "!="):
        return {**condition, "operator": "!=" if condition["operator"] == "==" else "=="}
    return {"type": "not", "condition": condition}


def decided(condition: Any, who: tuple[str, str | None], subject: str | None) -> bool | None:
    view = View(Known(analysis()), WORLD, *who)
    return view.decide(msgspec.convert(condition, Condition), Around(subject, {}))


@given(conditions(), WHO, SUBJECTS)
@slowly
def test_every_condition_that_compiles_is_decided_and_its_negation_the_other_way(
    condition: Any, who: tuple[str, str | None], subject: str | None
) -> None:
    assert not errors(check(with_condition(condition)))
    assert not errors(check(with_condition(negation(condition))))
    verdict = decided(condition, who, subject)
    assert verdict is not None
    assert decided(negation(condition), who, subject) is (not verdict)
    assert decided({"type": "not", "condition": condition}, who, subject) is (not verdict)


@given(conditions(), WHO, st.sampled_from(["emma", "dune", "ulysses"]))
@slowly
def test_a_predicate_says_what_its_condition_says(
    condition: Any, who: tuple[str, str | None], subject: str
) -> None:
    predicate = {"name": "it_is_so", "entity": "book", "condition": condition}
    asked = {"type": "holds", "predicate": "it_is_so", "thing": IT}
    known = Known(analysis(predicates=[predicate]))
    assert not errors(check(with_condition(asked, predicates=[predicate])))
    view = View(known, WORLD, *who)
    verdict = view.decide(msgspec.convert(asked, Condition), Around(subject, {}))
    assert verdict is decided(condition, who, subject)


@given(conditions(), WHO, st.sampled_from(["emma", "dune", "ulysses"]), st.sampled_from(["shelved", "lent"]))
@slowly
def test_a_transition_is_taken_exactly_where_its_guard_holds(
    guard: Any, who: tuple[str, str | None], subject: str, state: str
) -> None:
    lend = {**BOOK["transitions"][0], "fromStates": STATES, "guard": guard, "actors": ["reader", "clerk"]}
    book = {**BOOK, "transitions": [lend]}
    known = Known(analysis(entities=[analysis().entities[0], book]))
    step = Step(event="lend", actor=who[0], account=who[1])
    sequence = Sequence(
        name="", requirement="", world="", subject=subject, start=state, ends="", steps=(step,)
    )
    outcome = play(known, WORLD, sequence)
    here = msgspec.structs.replace(WORLD.things[subject], state=state)
    world = msgspec.structs.replace(WORLD, things={**WORLD.things, subject: here})
    holds = View(known, world, *who).decide(msgspec.convert(guard, Condition), Around(subject, {}))
    assert (outcome.refused_at is None) is (bool(holds) and who[0] != "nobody")


@pytest.mark.parametrize(("argument", "name"), [(Entities, "entities"), (Permissions, "permissions")])
@given(data=st.data())
@few
def test_whatever_the_schema_accepts_is_compiled_graded_and_emitted(
    argument: type[Any], name: str, data: st.DataObject
) -> None:
    answer = msgspec.convert(data.draw(values_of(argument)), argument)
    function, task = FUNCTIONS[f"analyze.{name}"], TASKS[name]
    found = function.compile(task, answer)
    assert found == sort(found) and found == function.compile(task, answer)
    if not errors(found):
        assert 0.0 <= function.grade(task, answer).score <= 1.0
    function.emit({"a": answer, "b": task.reference})


TASKS: dict[str, Any] = {"entities": entities_task(), "permissions": permissions_task()}


@given(data=st.data())
@few
def test_any_analysis_is_checked_whatever_it_says(data: st.DataObject) -> None:
    whole = msgspec.convert(data.draw(values_of(Analysis, 4)), Analysis)
    found = check(whole)
    assert found == sort(found)
    assert all(diagnostic.stage == "compile" for diagnostic in found)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(data=st.data(), value=JSON)
@few
def test_a_type_accepts_or_refuses_any_value(data: st.DataObject, value: Any) -> None:
    entity = data.draw(values_of(Entities))
    for declared in entity["entities"]:
        for one in declared["attributes"]:
            verdict = accepts(msgspec.convert(one["holds"], ValueType), value)
            assert verdict in (True, False) and not (value is None and verdict)
