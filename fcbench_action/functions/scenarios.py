"""``test.scenarios`` plans the tests of a module: who does what in which order, and what each step shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from fcbench_action.diagnostics import Diagnostic, sort
from fcbench_action.diagnostics import plan as codes
from fcbench_action.functions.base import Function, Grade, Prompt, total
from fcbench_action.functions.planning import Statements, agreement, check_statements, overlap
from fcbench_action.functions.prompts import Requirements, head, section
from fcbench_action.language.interface.nodes import Actor, Endpoint, Operation
from fcbench_action.language.near import Nearest, quoted
from fcbench_action.language.node import Node
from fcbench_action.sinks import markdown

Label = Annotated[
    str, Meta(min_length=1, max_length=60, description="A short name of your own, such as otherOwner.")
]
TELLING = frozenset((403, 404, 409))
"""The refusals that operations decide on; the others look at requests alone, and are the same everywhere."""


class Client(Node, frozen=True):
    """Somebody who uses the API in a scenario."""

    name: Label
    actor: Annotated[str | None, Meta(description="The actor that it is; null for who is not signed in.")]


class Step(Node, frozen=True):
    """One request."""

    client: Annotated[str, Meta(description="A client of the scenario, by name.")]
    endpoint: Annotated[Endpoint, Meta(description="The operation, as the task writes it.")]
    refused: Annotated[
        Annotated[int, Meta(ge=400, le=499)] | None,
        Meta(description="The status with which it must be refused; null where it must succeed."),
    ]
    verifies: Annotated[
        Statements,
        Meta(description="The requirements on this operation whose effect is checked with this step."),
    ]


class Scenario(Node, frozen=True):
    """A test on an empty database, from the first account to the last check."""

    name: Label
    clients: Annotated[tuple[Client, ...], Meta(min_length=1, description="Everybody who takes a step.")]
    steps: Annotated[
        tuple[Step, ...],
        Meta(
            min_length=1,
            description="What is asked, in order. What a step needs was made by steps before it.",
        ),
    ]


class ScenarioPlan(Node, frozen=True):
    """The tests of a module, planned: together they show every requirement on every operation."""

    scenarios: Annotated[tuple[Scenario, ...], Meta(min_length=1, description="The scenarios, in any order.")]


Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class ScenariosTask:
    """What one case of ``test.scenarios`` pins.

    ``operations`` are to be tested, ``given`` may be called. ``relevant`` are the statements on each
    operation to be tested, and ``refusals`` the :data:`TELLING` statuses that tests of it should meet.
    ``needs`` are the operations that must have succeeded before one can. ``most`` scenarios are allowed.
    """

    title: str
    summary: str
    module: str
    brief: str
    requirements: Requirements
    conventions: str
    actors: tuple[Actor, ...]
    operations: tuple[Operation, ...]
    given: tuple[Operation, ...]
    relevant: Mapping[Key, Set[str]]
    refusals: Mapping[Key, Set[int]]
    needs: Mapping[Key, Set[Key]]
    most: int
    reference: ScenarioPlan


def prompt(task: ScenariosTask) -> Prompt:
    """What a model is told: requirements, conventions, actors, and the operations."""
    sections = [
        *head(task),
        f"## Conventions\n\n{task.conventions}" if task.conventions else "",
        section("Actors", "", (f"`{a.name}` ({a.kind}): {a.description}" for a in task.actors)),
        section("Operations to test", _OPERATIONS, map(_line, task.operations)),
        section("Other operations", "They may be called to prepare.", map(_line, task.given)),
        f"## Size\n\nAt most {task.most} scenarios.",
    ]
    return Prompt(_SYSTEM, "\n\n".join(filter(None, sections)) + "\n")


_SYSTEM = (
    "You plan the tests of a backend, before they are written. Answer with one call of the function "
    "`test_scenarios` whose argument is complete; text outside the call is not read. The descriptions in the "
    "function's schema are binding. A compiler checks the plan; then it is found out what the tests would "
    "leave untested, and which steps could not be taken."
)
_OPERATIONS = (
    "Every one of them has to succeed in some step, every requirement on it has to be verified by some step "
    "that calls it, and so has every status with which it refuses."
)


def _line(operation: Operation) -> str:
    who = f" by {operation.authorization_role}" if operation.authorization_role else ""
    return f"`{operation.method} {operation.path}`{who}: {operation.description}"


def compile_scenarios(task: ScenariosTask, answer: ScenarioPlan) -> list[Diagnostic]:
    """What is wrong with a plan: names, clients, operations, and steps that could not go as they say."""
    lists = (
        (("scenarios", i, "steps", j, "verifies"), step.verifies)
        for i, scenario in enumerate(answer.scenarios)
        for j, step in enumerate(scenario.steps)
    )
    return sort(
        [
            *_names(task, answer),
            *_clients(task, answer),
            *_steps(task, answer),
            *check_statements(task.requirements, lists),
        ]
    )


def _names(task: ScenariosTask, answer: ScenarioPlan) -> Iterator[Diagnostic]:
    if len(answer.scenarios) > task.most:
        yield codes.TOO_MANY_SCENARIOS.at(
            ("scenarios",),
            "There are more scenarios than the task allows.",
            expected=f"at most {task.most}",
            actual=str(len(answer.scenarios)),
        )
    seen: set[str] = set()
    for index, scenario in enumerate(answer.scenarios):
        if scenario.name in seen:
            yield codes.REPEATED_SCENARIO.at(
                ("scenarios", index, "name"), f"There is a scenario {quoted(scenario.name)} already."
            )
        seen.add(scenario.name)


def _clients(task: ScenariosTask, answer: ScenarioPlan) -> Iterator[Diagnostic]:
    actors = [actor.name for actor in task.actors]
    nearest = Nearest(actors)
    for i, scenario in enumerate(answer.scenarios):
        busy = {step.client for step in scenario.steps}
        seen: set[str] = set()
        for j, client in enumerate(scenario.clients):
            at = ("scenarios", i, "clients", j)
            if client.name in seen:
                yield codes.REPEATED_CLIENT.at(
                    (*at, "name"), f"The scenario has a client {quoted(client.name)} already."
                )
            elif client.name not in busy:
                yield codes.IDLE_CLIENT.at((*at, "name"), f"The client {quoted(client.name)} takes no step.")
            seen.add(client.name)
            if client.actor is not None and client.actor not in actors:
                yield codes.UNKNOWN_PLANNED_ACTOR.at(
                    (*at, "actor"),
                    f"There is no actor {quoted(client.actor)}.{nearest.hint(client.actor)}",
                    expected=", ".join([*actors, "null"]),
                    actual=quoted(client.actor),
                )


def _steps(task: ScenariosTask, answer: ScenarioPlan) -> Iterator[Diagnostic]:
    known = {_key(o): o for o in (*task.operations, *task.given)}
    nearest = Nearest(f"{method} {path}" for method, path in known)
    for i, scenario in enumerate(answer.scenarios):
        clients = {client.name: client for client in reversed(scenario.clients)}
        names = Nearest(clients)
        for j, step in enumerate(scenario.steps):
            at = ("scenarios", i, "steps", j)
            written = f"{step.endpoint.method} {step.endpoint.path}"
            operation = known.get(_called(step))
            if step.client not in clients:
                yield codes.UNKNOWN_CLIENT.at(
                    (*at, "client"),
                    f"The scenario has no client {quoted(step.client)}.{names.hint(step.client)}",
                    expected="a client of the scenario",
                    actual=quoted(step.client),
                )
            if operation is None:
                yield codes.UNKNOWN_STEP.at(
                    (*at, "endpoint"),
                    f"There is no operation {quoted(written)}.{nearest.hint(written)}",
                    expected="an operation of the task",
                    actual=quoted(written),
                )
            elif step.client in clients:
                yield from _possible(step, operation, clients[step.client], (*at, "refused"))


def _possible(
    step: Step, operation: Operation, client: Client, at: tuple[str | int, ...]
) -> Iterator[Diagnostic]:
    """Who is not the operation's actor is refused: with 401 if not signed in, with 403 if somebody else."""
    role = operation.authorization_role
    if role is not None and client.actor != role:
        wanted = 401 if client.actor is None else 403
        if step.refused != wanted:
            yield codes.IMPOSSIBLE_STEP.at(
                at,
                f"The operation is for {role} alone, and {quoted(client.name)} is "
                f"{quoted(client.actor) if client.actor else 'not signed in'}.",
                expected=str(wanted),
                actual="null" if step.refused is None else str(step.refused),
            )
    elif role is not None and step.refused == 401:
        yield codes.IMPOSSIBLE_REFUSAL.at(
            at,
            f"{quoted(client.name)} is signed in as {role}.",
            expected="another status, or null",
            actual="401",
        )


def _key(operation: Operation) -> Key:
    return operation.method, operation.path


def _called(step: Step) -> Key:
    return step.endpoint.method, step.endpoint.path


def grade(task: ScenariosTask, answer: ScenarioPlan) -> Grade:
    """Points for operations that succeed, statements verified, refusals met, and steps that can be taken.

    A step can be taken where all that its operation needs to have happened succeeded before it.
    """
    tested = {_key(operation) for operation in task.operations}
    steps = [(s, step) for s in answer.scenarios for step in s.steps]
    done = {_called(step) for _, step in steps if step.refused is None}
    claimed = {
        f"{_text(_called(step))}: {number}"
        for _, step in steps
        if _called(step) in tested
        for number in step.verifies
    }
    refused = {
        f"{_text(_called(step))}: {step.refused}"
        for _, step in steps
        if _called(step) in tested and step.refused in TELLING
    }
    return total(
        [
            agreement("operations", 1.0, [(_text(key), key in done) for key in sorted(tested)]),
            overlap("statements", 3.0, _pairs(task.relevant), claimed),
            overlap("refusals", 3.0, _pairs(task.refusals), refused),
            agreement("order", 3.0, list(_order(task, answer))),
        ]
    )


def _pairs(of: Mapping[Key, Iterable[object]]) -> set[str]:
    return {f"{_text(key)}: {item}" for key, items in of.items() for item in items}


def _text(key: Key) -> str:
    return f"{key[0]} {key[1]}"


def _order(task: ScenariosTask, answer: ScenarioPlan) -> Iterator[tuple[str, bool]]:
    """For each step that succeeds, whether what it needs came before it."""
    for scenario in answer.scenarios:
        done: set[Key] = set()
        for index, step in enumerate(scenario.steps):
            if step.refused is None:
                key = _called(step)
                yield f"{scenario.name}, step {index + 1}, {_text(key)}", task.needs[key] <= done
                done.add(key)


def emit(answers: dict[str, ScenarioPlan]) -> dict[str, str]:
    """``test/scenarios.md``: a numbered list of steps a scenario."""
    lines = ["# Scenarios", ""]
    for case in sorted(answers):
        for scenario in answers[case].scenarios:
            lines += [f"## {markdown(scenario.name)}", ""]
            lines += [f"{n}. {_told(step)}" for n, step in enumerate(scenario.steps, 1)]
            lines.append("")
    return {"test/scenarios.md": "\n".join(lines)}


def _told(step: Step) -> str:
    fate = f" is refused with {step.refused}" if step.refused is not None else ""
    shows = f" ({markdown(', '.join(step.verifies), 1000)})" if step.verifies else ""
    return f"{markdown(step.client)}: {markdown(_text(_called(step)))}{fate}{shows}"


SCENARIOS = Function(
    name="test.scenarios",
    phase="test",
    title="Plan of tests",
    description="Plans the tests of one module: scenarios of requests, and what each request verifies.",
    argument=ScenarioPlan,
    prompt=prompt,
    compile=compile_scenarios,
    grade=grade,
    emit=emit,
)
