"""A small analysis and the two tasks made of it: people borrow books, and pay for what they lose."""

from __future__ import annotations

from typing import Any

import msgspec

from fcbench_action.functions.analyze_tasks import (
    ActionTerms,
    Entities,
    EntitiesTask,
    EntityTerms,
    Permissions,
    PermissionsTask,
)
from fcbench_action.language.requirements.nodes import Analysis
from fcbench_action.language.requirements.situation import Sequence, Situation, Step, Values, World

IT: dict[str, Any] = {"type": "subject"}
ME: dict[str, Any] = {"type": "actor", "kinds": ["reader"]}
ALWAYS: dict[str, Any] = {"type": "all", "of": []}


def related(of: Any, relation: str) -> dict[str, Any]:
    return {"type": "related", "of": of, "relation": relation}


def same(left: Any, right: Any) -> dict[str, Any]:
    return {"type": "same", "left": left, "right": right}


def in_state(thing: Any, *states: str) -> dict[str, Any]:
    return {"type": "inState", "thing": thing, "states": list(states)}


def attribute(of: Any, name: str) -> dict[str, Any]:
    return {"type": "attribute", "of": of, "name": name}


def compare(left: Any, operator: str, right: Any) -> dict[str, Any]:
    return {"type": "compare", "operator": operator, "left": left, "right": right}


def both(*parts: Any) -> dict[str, Any]:
    return {"type": "all", "of": list(parts)}


READER = {
    "name": "reader",
    "description": "Somebody with a card.",
    "statements": ["B-1"],
    "attributes": [
        {"name": "age", "description": "Years.", "holds": {"type": "integer", "minimum": 0}, "nullable": True}
    ],
    "relations": [{"type": "toMany", "name": "loans", "target": "book", "through": "borrower"}],
    "states": [],
    "initialState": None,
    "transitions": [],
}
BOOK = {
    "name": "book",
    "description": "A book.",
    "statements": ["B-2"],
    "attributes": [
        {
            "name": "title",
            "description": "Its title.",
            "holds": {"type": "text", "minLength": 1, "maxLength": 100},
            "nullable": False,
        },
        {
            "name": "kind",
            "description": "What sort of book it is.",
            "holds": {"type": "choice", "values": ["novel", "manual"]},
            "nullable": False,
        },
        {"name": "due_at", "description": "When it is due.", "holds": {"type": "moment"}, "nullable": True},
    ],
    "relations": [{"type": "toOne", "name": "borrower", "target": "reader", "optional": True}],
    "states": [
        {"name": "shelved", "description": "It can be borrowed."},
        {"name": "lent", "description": "Somebody has it."},
        {"name": "lost", "description": "Nobody has it."},
    ],
    "initialState": "shelved",
    "transitions": [
        {
            "event": "lend",
            "fromStates": ["shelved"],
            "toState": "lent",
            "actors": ["reader"],
            "statements": ["B-3"],
        },
        {
            "event": "give_back",
            "fromStates": ["lent"],
            "toState": "shelved",
            "actors": ["reader"],
            "statements": ["B-3"],
        },
        {
            "event": "give_up",
            "fromStates": ["lent"],
            "toState": "lost",
            "actors": ["clerk"],
            "statements": ["B-4"],
            "guard": compare(attribute(IT, "due_at"), "<", {"type": "now"}),
        },
    ],
}
ACTORS = [
    {"name": "reader", "account": "reader", "description": "Whoever reads."},
    {"name": "clerk", "account": None, "description": "Whoever works there."},
]
ACTION = {"name": "lend_book", "subject": "book", "inputs": []}
RULE = {
    "action": "lend_book",
    "condition": both(
        in_state(IT, "shelved"),
        compare(
            {
                "type": "count",
                "of": ME,
                "relation": "loans",
                "variable": "b",
                "where": in_state({"type": "variable", "name": "b"}, "lent"),
            },
            "<",
            {"type": "integerLiteral", "value": 2},
        ),
        {"type": "actorIs", "kinds": ["reader"]},
    ),
    "statements": ["B-3"],
}


def analysis(**parts: Any) -> Analysis:
    """The analysis as JSON has it, with some parts replaced."""
    whole = {"actors": ACTORS, "entities": [READER, BOOK], "actions": [ACTION], "predicates": [], "rules": []}
    return msgspec.convert({**whole, **parts}, Analysis)


def with_condition(condition: Any, **parts: Any) -> Analysis:
    """The analysis with one rule, of this condition."""
    return analysis(rules=[{**RULE, "condition": condition}], **parts)


WORLD = msgspec.convert(
    {
        "at": "2026-03-01T12:00:00Z",
        "things": {
            "ann": {"entity": "reader", "attributes": {"age": 30}},
            "bob": {"entity": "reader"},
            "emma": {"entity": "book", "attributes": {"title": "Emma", "kind": "novel"}},
            "dune": {"entity": "book", "state": "lent", "related": {"borrower": "ann"}},
            "ulysses": {
                "entity": "book",
                "state": "lent",
                "attributes": {"due_at": "2026-02-01T00:00:00Z"},
                "related": {"borrower": "ann"},
            },
        },
    },
    World,
)
REQUIREMENTS = (
    ("B-1", "Readers have a card and an age, which may be unknown."),
    ("B-2", "A book has a title of 1 to 100 characters and a kind, and is due while it is lent."),
    ("B-3", "A reader borrows a book that is on its shelf, two at most, and gives it back."),
    ("B-4", "A clerk gives a book up that is overdue."),
    ("B-5", "Everything is in the library."),
)


SEQUENCES = (
    Sequence(
        name="a book comes back",
        requirement="B-3",
        world="library",
        subject="emma",
        steps=(Step(event="lend", actor="reader"), Step(event="give_back", actor="reader")),
        ends="shelved",
        refused=(Step(event="give_back", actor="reader"), Step(event="lend", actor="clerk")),
    ),
    Sequence(
        name="an overdue book is given up",
        requirement="B-4",
        world="library",
        subject="ulysses",
        start="lent",
        steps=(Step(event="give_up", actor="clerk"),),
        ends="lost",
        refused=(Step(event="give_back", actor="reader"),),
    ),
    Sequence(
        name="others are not",
        requirement="B-4",
        world="library",
        subject="dune",
        start="lent",
        ends="lent",
        refused=(Step(event="give_up", actor="clerk"), Step(event="lend", actor="reader")),
    ),
)


def entities_task() -> EntitiesTask:
    """The task to declare books and readers."""
    return EntitiesTask(
        title="Library",
        summary="A library.",
        module="books",
        brief="Books are lent.",
        requirements=REQUIREMENTS,
        general=("B-5",),
        conventions="- Books are not sold.",
        actors={"reader": "Whoever reads.", "clerk": "Whoever works there."},
        entities={
            "reader": EntityTerms("A person.", attributes={"age": "Years."}, relations={"loans": "Books."}),
            "book": EntityTerms(
                "A book.",
                attributes={"title": "Title.", "kind": "Kind.", "due_at": "When it is due."},
                relations={"borrower": "Who has it."},
                states={"shelved": "On its shelf.", "lent": "With a reader.", "lost": "Gone."},
                events={"lend": "Borrowed.", "give_back": "Given back.", "give_up": "Given up."},
            ),
        },
        given=Analysis(),
        given_terms={},
        reference=msgspec.convert({"actors": ACTORS, "entities": [READER, BOOK]}, Entities),
        worlds={"library": WORLD},
        sequences=SEQUENCES,
        values=(
            Values(
                entity="book",
                attribute="title",
                requirement="B-2",
                accepted=("x", "x" * 100),
                refused=("", "x" * 101, None, 5),
            ),
        ),
    )


def permissions_task() -> PermissionsTask:
    """The task to say who may borrow a book."""
    return PermissionsTask(
        title="Library",
        summary="A library.",
        module="books",
        brief="Books are lent.",
        requirements=tuple(one for one in REQUIREMENTS if one[0] in ("B-3", "B-5")),
        general=("B-5",),
        conventions="- Whoever is no reader borrows nothing.",
        actors={"reader": "Whoever reads.", "clerk": "Whoever works there."},
        actions={"lend_book": ActionTerms("Borrow the book.")},
        given=analysis(),
        given_terms=entities_task().entities,
        reference=msgspec.convert({"predicates": [], "rules": [RULE]}, Permissions),
        worlds={"library": WORLD},
        situations=(
            Situation(
                name="a reader borrows",
                requirement="B-3",
                world="library",
                actor="reader",
                account="bob",
                subject="emma",
                allowed=("lend_book",),
            ),
            Situation(
                name="what is lent is not lent",
                requirement="B-3",
                world="library",
                actor="reader",
                account="bob",
                subject="dune",
                refused=("lend_book",),
            ),
            Situation(
                name="a third book",
                requirement="B-3",
                world="library",
                actor="reader",
                account="ann",
                subject="emma",
                refused=("lend_book",),
            ),
            Situation(
                name="a clerk does not borrow",
                requirement="B-3",
                world="library",
                actor="clerk",
                subject="emma",
                refused=("lend_book",),
            ),
        ),
    )
