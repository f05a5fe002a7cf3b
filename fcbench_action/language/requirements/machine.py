"""State machines: what an event does to a thing, and sequences of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fcbench_action.language.requirements.evaluate import Around, Budget, View
from fcbench_action.language.requirements.known import Known
from fcbench_action.language.requirements.situation import Change, Sequence, Step, World, changed

REFUSED = None
"""Where an event leads that no transition takes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a sequence: the state after its steps, or the first step that was refused.

    ``refusals`` says of each step of ``refused`` whether it is; empty where a step before was refused.
    """

    state: str | None
    refused_at: int | None
    refusals: tuple[bool, ...] = ()


def play(known: Known, world: World, sequence: Sequence, budget: Budget | None = None) -> Outcome:
    """A sequence in a world. Budget is counted in nodes; where it is spent, guards do not hold."""
    budget = budget or Budget()
    thing = world.things.get(sequence.subject)
    entity = thing and known.entities.get(thing.entity)
    if not entity:
        return Outcome(None, 0)
    state = sequence.start or entity.entity.initial_state
    for index, step in enumerate(sequence.steps):
        world = changed(world, step.changes, step.at)
        after = next_state(known, world, sequence.subject, state, step, budget)
        if after is REFUSED:
            return Outcome(state, index)
        state = after
    refusals = tuple(
        next_state(known, changed(world, s.changes, s.at), sequence.subject, state, s, budget) is REFUSED
        for s in sequence.refused
    )
    return Outcome(state, None, refusals)


def next_state(
    known: Known, world: World, subject: str, state: str | None, step: Step, budget: Budget
) -> str | None:
    """The state after an event that happens to ``subject`` in ``state``; REFUSED where no transition
    applies."""
    here = changed(world, {subject: Change(state=state)})
    view = View(known, here, step.actor, step.account, budget)
    return next(_targets(view, subject, state, step), REFUSED)


def _targets(view: View, subject: str, state: str | None, step: Step) -> Iterator[str]:
    entity = view.known.entities[view.world.things[subject].entity]
    for transition in entity.entity.transitions:
        applies = (
            transition.event == step.event
            and state in transition.from_states
            and step.actor in transition.actors
        )
        if applies and (
            transition.guard is None or view.decide(transition.guard, Around(subject, {})) is True
        ):
            yield transition.to_state
