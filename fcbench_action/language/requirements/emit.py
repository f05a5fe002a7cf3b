"""Emits what a person reads: entities with state diagrams, rules, and which statement led to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fcbench_action.language.requirements.describe import leads, type_text
from fcbench_action.language.requirements.nodes import Analysis, Entity
from fcbench_action.language.requirements.wording import LONGEST, condition_text
from fcbench_action.sinks import markdown, mermaid

_LONG = 1_000


def emit_entities(analysis: Analysis) -> str:
    """A Markdown page: actors, each entity with its attributes, relations and states, and the traces."""
    parts = ["# Entities", "## Actors", _table(("Actor", "Account", "Who"), _actors(analysis))]
    for entity in analysis.entities:
        parts += list(_entity(entity))
    return _page([*parts, "## Traces", _traces(_entity_traces(analysis))])


def emit_permissions(cases: Sequence[tuple[str, Analysis]]) -> str:
    """A Markdown page: for each case its predicates and rules, and the traces of all."""
    parts = ["# Permissions"]
    traces: list[tuple[str, tuple[str, ...]]] = []
    for case, analysis in cases:
        parts.append(f"## {_cell(case)}")
        if analysis.predicates:
            predicates = (
                (_cell(one.name), _cell(one.entity), _cell(condition_text(one.condition), LONGEST + 10))
                for one in analysis.predicates
            )
            parts.append(_table(("Predicate", "About", "Holds where"), predicates))
        rules = (
            (
                _cell(one.action),
                _cell(condition_text(one.condition), LONGEST + 10),
                _cell(", ".join(one.statements)),
            )
            for one in analysis.rules
        )
        parts.append(_table(("Action", "Allowed where", "Statements"), rules))
        traces += [(rule.action, rule.statements) for rule in analysis.rules]
    return _page([*parts, "## Traces", _traces(traces)])


def _actors(analysis: Analysis) -> Iterator[tuple[str, ...]]:
    for actor in analysis.actors:
        yield _cell(actor.name), _cell(actor.account or "none"), _cell(actor.description, _LONG)


def _entity(entity: Entity) -> Iterator[str]:
    yield f"## {_cell(entity.name)}"
    yield _cell(entity.description, _LONG)
    if entity.attributes:
        attributes = (
            (
                _cell(one.name),
                _cell(type_text(one.holds) + (" or null" if one.nullable else "")),
                _cell(one.description, _LONG),
            )
            for one in entity.attributes
        )
        yield _table(("Attribute", "Values", "Meaning"), attributes)
    if entity.relations:
        yield _table(
            ("Relation", "Leads to"),
            ((_cell(one.name), _cell(leads(one).replace("`", ""))) for one in entity.relations),
        )
    if entity.states:
        yield "\n".join(["```mermaid", "stateDiagram-v2", *_diagram(entity), "```"])
        yield _table(
            ("State", "Meaning"), ((_cell(one.name), _cell(one.description, _LONG)) for one in entity.states)
        )
    if entity.transitions:
        yield _table(("Event", "From", "To", "Actors", "Guard", "Statements"), _transitions(entity))


def _diagram(entity: Entity) -> Iterator[str]:
    for state in entity.states:
        yield f"  {_drawn(state.name)} : {mermaid(state.name)}"
    if entity.initial_state is not None:
        yield f"  [*] --> {_drawn(entity.initial_state)}"
    for transition in entity.transitions:
        for source in transition.from_states:
            yield f"  {_drawn(source)} --> {_drawn(transition.to_state)} : {mermaid(transition.event)}"


def _drawn(state: str) -> str:
    """A state's name in the diagram, which is no key word of Mermaid's."""
    return f"s_{mermaid(state)}"


def _transitions(entity: Entity) -> Iterator[tuple[str, ...]]:
    for one in entity.transitions:
        yield (
            _cell(one.event),
            _cell(", ".join(one.from_states)),
            _cell(one.to_state),
            _cell(", ".join(one.actors)),
            _cell(condition_text(one.guard), LONGEST + 10) if one.guard is not None else "",
            _cell(", ".join(one.statements)),
        )


def _entity_traces(analysis: Analysis) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entity in analysis.entities:
        yield entity.name, entity.statements
        for transition in entity.transitions:
            yield f"{entity.name}: {transition.event}", transition.statements


def _traces(declared: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """Which declarations each statement led to."""
    led: dict[str, list[str]] = {}
    for name, statements in declared:
        for statement in dict.fromkeys(statements):
            if name not in led.setdefault(statement, []):
                led[statement].append(name)
    rows = ((_cell(s), _cell(", ".join(led[s]), LONGEST)) for s in sorted(led, key=_in_order))
    return _table(("Statement", "Led to"), rows)


def _in_order(statement: str) -> tuple[str, int, str]:
    prefix, _, number = statement.rpartition("-")
    return prefix, int(number) if number.isascii() and number.isdigit() else 0, statement


def _cell(text: str, limit: int = 200) -> str:
    return markdown(text, limit)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
