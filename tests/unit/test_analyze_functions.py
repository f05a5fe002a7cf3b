"""``analyze.entities`` and ``analyze.permissions``: what is asked, compiles, earns and is emitted."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fcbench_action.diagnostics import errors
from fcbench_action.functions import FUNCTIONS
from fcbench_action.functions.analyze_tasks import Entities, Permissions
from fcbench_action.functions.base import Grade
from fcbench_action.judge import check_argument
from fcbench_action.judge.types import Outcome
from fcbench_action.language.requirements import check
from fcbench_action.language.requirements.nodes import Analysis
from fcbench_action.language.requirements.wording import LONGEST, condition_text
from tests.golden_files import check_golden
from tests.requirements_world import (
    ACTORS,
    ALWAYS,
    BOOK,
    IT,
    READER,
    RULE,
    analysis,
    entities_task,
    in_state,
    permissions_task,
    with_condition,
)

GOLDEN = Path(__file__).parents[1] / "golden/requirements"
ENTITIES, PERMISSIONS = FUNCTIONS["analyze.entities"], FUNCTIONS["analyze.permissions"]
ENOUGH = 15.0
"""Seconds that any grade may take at most, on a slow machine."""


def graded(book: dict[str, Any], reader: dict[str, Any] = READER) -> Grade:
    """The grade of an answer with these entities, which has to compile."""
    answer = msgspec.convert({"actors": ACTORS, "entities": [reader, book]}, Entities)
    assert not errors(ENTITIES.compile(entities_task(), answer))
    return ENTITIES.grade(entities_task(), answer)


def allowed(condition: Any, statements: list[str] = RULE["statements"]) -> Grade:
    """The grade of an answer with this rule, which has to compile."""
    rule = {"action": "lend_book", "condition": condition, "statements": statements}
    answer = msgspec.convert({"predicates": [], "rules": [rule]}, Permissions)
    assert not errors(PERMISSIONS.compile(permissions_task(), answer))
    return PERMISSIONS.grade(permissions_task(), answer)


def part(grade: Grade, name: str) -> float:
    """The share of a part's points that was earned."""
    found = next(one for one in grade.parts if one.name == name)
    return found.earned / found.possible


def transitions(**changed: Any) -> dict[str, Any]:
    """The book, with some parts of its first transition changed."""
    first, *others = BOOK["transitions"]
    return {**BOOK, "transitions": [{**first, **changed}, *others]}


@pytest.mark.parametrize(
    ("function", "task"), [(ENTITIES, entities_task()), (PERMISSIONS, permissions_task())]
)
def test_references_are_valid_and_earn_everything(function: Any, task: Any) -> None:
    verdict = check_argument(function, task, msgspec.json.encode(task.reference).decode())
    assert verdict.outcome is Outcome.VALID and not verdict.diagnostics
    assert verdict.grade is not None and verdict.grade.score == 1.0


def test_prompts_tell_requirements_and_names_and_nothing_that_is_asked_for() -> None:
    prompts = [ENTITIES.prompt(entities_task()), PERMISSIONS.prompt(permissions_task())]
    check_golden(GOLDEN / "prompts.md", "\n---\n\n".join(f"{p.system}\n\n{p.user}" for p in prompts))


def test_pages_show_diagrams_rules_and_traces() -> None:
    pages = {
        **ENTITIES.emit({"t/m/analyze.entities/x": entities_task().reference}),
        **PERMISSIONS.emit({"t/m/analyze.permissions/x": permissions_task().reference}),
    }
    assert list(pages) == ["docs/entities.md", "docs/permissions.md"]
    check_golden(GOLDEN / "pages.md", "\n---\n\n".join(pages.values()))


def test_entities_of_several_cases_come_on_one_page_once_each() -> None:
    answers = {f"t/m/analyze.entities/{name}": entities_task().reference for name in "ab"}
    (page,) = ENTITIES.emit(answers).values()
    assert page.count("## book") == 1 and page.count("## reader") == 1


def test_texts_of_a_model_break_out_of_no_page() -> None:
    hostile = "</td><script>alert(1)</script> | [x](javascript:1) ``` --> \n# title"
    book = {**BOOK, "description": hostile}
    (page,) = ENTITIES.emit({"x": msgspec.convert({"actors": ACTORS, "entities": [book]}, Entities)}).values()
    text = {
        "type": "compare",
        "operator": "==",
        "left": {"type": "attribute", "of": IT, "name": "title"},
        "right": {"type": "textLiteral", "value": hostile},
    }
    rule = {"action": "lend_book", "condition": text, "statements": [hostile[:20]]}
    (other,) = PERMISSIONS.emit(
        {"x": msgspec.convert({"predicates": [], "rules": [rule]}, Permissions)}
    ).values()
    for shown in (page, other):
        assert "<script" not in shown and "[x](" not in shown and "\n# title" not in shown
        assert shown.count("```") == page.count("```mermaid") * 2 * (shown is page)


@pytest.mark.parametrize(
    "book",
    [
        {
            **BOOK,
            "transitions": [*BOOK["transitions"], {**BOOK["transitions"][1], "fromStates": ["shelved"]}],
        },
        transitions(fromStates=["shelved", "lent"]),
        transitions(actors=["clerk"]),
        {**BOOK, "initialState": "lent"},
        {**BOOK, "transitions": [*BOOK["transitions"][:2], {**BOOK["transitions"][2], "guard": None}]},
    ],
)
def test_a_machine_that_goes_elsewhere_earns_less_for_sequences(book: dict[str, Any]) -> None:
    grade = graded(book)
    assert part(grade, "sequences") < 1.0 and grade.score < 1.0
    assert part(grade, "values") == part(grade, "relations") == 1.0


def test_attributes_are_graded_by_their_values_their_types_and_whether_they_may_lack() -> None:
    title, kind, due = BOOK["attributes"]
    loose = {**BOOK, "attributes": [{**title, "holds": {"type": "text"}}, kind, due]}
    assert part(graded(loose), "values") < 1.0 and part(graded(loose), "types") == 1.0
    other = {**BOOK, "attributes": [title, {**kind, "holds": {"type": "text"}}, due]}
    assert part(graded(other), "types") < 1.0
    lacking = {**BOOK, "attributes": [title, {**kind, "nullable": True}, due]}
    assert part(graded(lacking), "nullability") < 1.0
    required = {**BOOK, "relations": [{**BOOK["relations"][0], "optional": False}]}
    assert part(graded(required), "relations") < 1.0


def test_traces_are_graded_general_statements_aside() -> None:
    assert graded({**BOOK, "statements": ["B-2", "B-5"]}).score == 1.0
    assert part(graded({**BOOK, "statements": ["B-1", "B-2"]}), "traces") < 1.0
    assert part(allowed(RULE["condition"], ["B-3", "B-5"]), "traces") == 1.0


def test_a_rule_earns_the_share_rightly_allowed_plus_the_share_rightly_refused_less_one() -> None:
    assert part(allowed(RULE["condition"]), "situations") == 1.0
    assert part(allowed(ALWAYS), "situations") == 0.0
    assert part(allowed({"type": "any", "of": []}), "situations") == 0.0
    shelved_only = allowed(in_state(IT, "shelved"))
    assert part(shelved_only, "situations") == pytest.approx(1 + 1 / 3 - 1, abs=1e-6)
    assert next(one for one in shelved_only.parts if one.name == "situations").misses == (
        "B-3, a third book: lend_book is allowed",
        "B-3, a clerk does not borrow: lend_book is allowed",
    )


def codes(found: list[Any]) -> list[str]:
    return [diagnostic.code for diagnostic in found]


def test_nothing_is_said_of_what_is_given_and_names_may_not_clash_with_it() -> None:
    broken = analysis(entities=[{**BOOK, "initialState": None}], actors=[])
    assert check(Analysis(), broken) == []
    assert codes(check(analysis(entities=[READER], actors=[]), analysis(actors=ACTORS[1:]))) == [
        "duplicate-declaration",
        "duplicate-declaration",
    ]


def test_a_name_that_is_wrong_comes_with_the_one_that_was_meant() -> None:
    (found,) = check(with_condition(in_state(IT, "shelfed")))
    assert found.path == ("rules", 0, "condition", "states", 0)
    assert found.code == "unknown-state" and 'Did you mean "shelved"?' in found.message
    assert found.expected == "one of lent, lost, shelved"


def test_one_mistake_below_many_others_is_told_once() -> None:
    unknown = {"type": "variable", "name": "x"}
    deep = {
        "type": "compare",
        "operator": "<",
        "left": {"type": "attribute", "of": {"type": "related", "of": unknown, "relation": "y"}, "name": "z"},
        "right": {"type": "now"},
    }
    assert codes(check(with_condition(deep))) == ["unknown-variable"]


def test_conditions_as_deep_as_replies_may_be_are_checked_shown_and_decided() -> None:
    condition: Any = in_state(IT, "shelved")
    for _ in range(110):
        condition = {"type": "not", "condition": condition}
    predicates = [
        {
            "name": f"p{i}",
            "entity": "book",
            "condition": _around({"type": "holds", "predicate": f"p{i + 1}", "thing": IT}, 100),
        }
        for i in range(100)
    ]
    predicates.append({"name": "p100", "entity": "book", "condition": condition})
    rule = {**RULE, "condition": _around({"type": "holds", "predicate": "p0", "thing": IT}, 100)}
    answer = msgspec.convert({"predicates": predicates, "rules": [rule]}, Permissions)
    assert not errors(PERMISSIONS.compile(permissions_task(), answer))
    began = time.perf_counter()
    assert part(PERMISSIONS.grade(permissions_task(), answer), "situations") >= 0.0
    assert time.perf_counter() - began < ENOUGH
    assert PERMISSIONS.emit({"x": answer})["docs/permissions.md"].count("| p") == 101


def _around(condition: Any, depth: int) -> Any:
    for _ in range(depth):
        condition = {"type": "not", "condition": condition}
    return condition


def test_a_huge_answer_is_checked_and_graded_in_bounded_time() -> None:
    some: Any = in_state({"type": "variable", "name": "v0"}, "lent")
    for i in range(30):
        some = {
            "type": "every",
            "of": {"type": "actor", "kinds": ["reader"]},
            "relation": "loans",
            "variable": f"v{i}",
            "where": some,
        }
    wide = {"type": "all", "of": [some] * 200}
    answer = msgspec.convert({"predicates": [], "rules": [{**RULE, "condition": wide}]}, Permissions)
    began = time.perf_counter()
    PERMISSIONS.compile(permissions_task(), answer)
    grade = PERMISSIONS.grade(permissions_task(), answer)
    assert time.perf_counter() - began < ENOUGH
    assert part(grade, "situations") < 1.0
    assert len(condition_text(answer.rules[0].condition)) < LONGEST + 10
