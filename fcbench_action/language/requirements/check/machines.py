"""The rules of state machines."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics import requirements as codes
from fcbench_action.language.near import quoted
from fcbench_action.language.requirements.check.scope import Scope, listed
from fcbench_action.language.requirements.conditions import Condition
from fcbench_action.language.requirements.nodes import Entity, Transition


def entities_begin_in_a_state(scope: Scope) -> Iterator[Diagnostic]:
    """An entity with states begins in one of them."""
    for path, entity, known in scope.entities:
        at = (*path, "initialState")
        if entity.initial_state is None and entity.states:
            yield codes.MISSING_INITIAL_STATE.at(
                at,
                f"{quoted(entity.name)} has states, and begins in none of them.",
                expected=listed(known.states),
                actual="null",
            )
        elif entity.initial_state is not None and entity.initial_state not in known.states:
            yield _no_state(scope, at, entity.initial_state, entity)


def transitions_name_states_and_actors(scope: Scope) -> Iterator[Diagnostic]:
    """Transitions go between states of their entity, by actors that are known."""
    for path, entity, known in scope.entities:
        for index, transition in enumerate(entity.transitions):
            at = (*path, "transitions", index)
            places = [((*at, "fromStates", i), s) for i, s in enumerate(transition.from_states)]
            for place, state in [*places, ((*at, "toState"), transition.to_state)]:
                if state not in known.states:
                    yield _no_state(scope, place, state, entity)
            for i, actor in enumerate(transition.actors):
                if actor not in scope.known.actors:
                    yield scope.unknown(
                        codes.UNKNOWN_ACTOR_KIND, (*at, "actors", i), "actor", actor, scope.known.actors
                    )


def _no_state(scope: Scope, path: Path, name: str, entity: Entity) -> Diagnostic:
    states = [state.name for state in entity.states]
    return scope.unknown(codes.UNKNOWN_STATE, path, f"state of {quoted(entity.name)} named", name, states)


def states_can_be_reached(scope: Scope) -> Iterator[Diagnostic]:
    """Transitions lead from the initial state to every other, guards aside."""
    for path, entity, _ in scope.entities:
        if entity.initial_state is None:
            continue
        reached = _reached(entity, entity.initial_state)
        for index, state in enumerate(entity.states):
            if state.name not in reached:
                yield codes.UNREACHABLE_STATE.at(
                    (*path, "states", index, "name"),
                    f"No transitions lead from {quoted(entity.initial_state)} to {quoted(state.name)}.",
                    expected="a transition to it from a state that can be reached",
                    actual=state.name,
                )


def _reached(entity: Entity, initial: str) -> set[str]:
    after: dict[str, list[str]] = {}
    for transition in entity.transitions:
        for state in transition.from_states:
            after.setdefault(state, []).append(transition.to_state)
    reached: set[str] = set()
    pending = [initial]
    while pending:
        state = pending.pop()
        if state not in reached:
            reached.add(state)
            pending += after.get(state, ())
    return reached


def transitions_are_deterministic(scope: Scope) -> Iterator[Diagnostic]:
    """No transition comes after one that always applies where it does: without a guard, or with the same.

    Others are told apart when their guards are evaluated: the first one that holds is taken.
    """
    for path, entity, _ in scope.entities:
        guards: dict[Condition | None, int] = {None: 0}
        before: dict[tuple[str, str, str], set[int]] = {}
        for index, transition in enumerate(entity.transitions):
            guard = guards.setdefault(transition.guard, len(guards))
            keys = list(_keys(transition))
            clash = next((key for key in keys if before.get(key, set()) & {0, guard}), None)
            if clash is not None:
                yield codes.NONDETERMINISTIC_TRANSITION.at(
                    (*path, "transitions", index),
                    f"The event {quoted(clash[0])} of {quoted(clash[2])} in the state {quoted(clash[1])} "
                    "is taken by an earlier transition already.",
                    expected="guards, states or actors that tell the two apart",
                )
            for key in keys:
                before.setdefault(key, set()).add(guard)


def _keys(transition: Transition) -> Iterator[tuple[str, str, str]]:
    for state in transition.from_states:
        for actor in transition.actors:
            yield transition.event, state, actor
