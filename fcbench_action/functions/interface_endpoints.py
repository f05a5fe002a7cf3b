"""``interface.endpoints`` plans the API of a module: an endpoint for every purpose, and who may call it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from fcbench_action.diagnostics import Diagnostic, sort
from fcbench_action.diagnostics import plan as codes
from fcbench_action.functions.base import Function, Grade, Part, Prompt, total
from fcbench_action.functions.planning import Statements, check_statements, overlap
from fcbench_action.functions.prompts import Requirements, head, section
from fcbench_action.language.interface.nodes import Actor, Method, Operation
from fcbench_action.language.near import Nearest, quoted
from fcbench_action.language.node import Node
from fcbench_action.sinks import markdown

Text = Annotated[str, Meta(min_length=1, max_length=100)]


class Word(Node, frozen=True, tag="word", tag_field="type"):
    """A part of the path that is always the same."""

    name: Annotated[Text, Meta(description="One of the words that the task gives.")]


class Placeholder(Node, frozen=True, tag="placeholder", tag_field="type"):
    """A part of the path that says which one is meant."""

    name: Annotated[Text, Meta(description="One of the placeholders that the task gives, without braces.")]


Segment = Word | Placeholder
"""What stands between two slashes of a path."""


class PlannedEndpoint(Node, frozen=True):
    """How one purpose is served."""

    purpose: Annotated[Text, Meta(description="A purpose of the task, by its name.")]
    method: Annotated[Method, Meta(description="The HTTP method.")]
    path: Annotated[
        tuple[Segment, ...],
        Meta(min_length=1, max_length=20, description="The path, from left to right. It begins with a word."),
    ]
    actor: Annotated[
        str | None,
        Meta(description="The one actor who may call it; null where nobody needs to be signed in."),
    ]
    statements: Annotated[
        Statements, Meta(description="The requirements that say what it takes, does, gives or refuses.")
    ]


class EndpointPlan(Node, frozen=True):
    """The API of a module, planned: an endpoint for every purpose, and no other."""

    endpoints: Annotated[tuple[PlannedEndpoint, ...], Meta(description="The endpoints, in any order.")]


@dataclass(frozen=True, kw_only=True)
class EndpointsTask:
    """What one case of ``interface.endpoints`` pins.

    ``purposes`` are names with what each is for; paths are made of ``words`` and ``placeholders``. ``given``
    are endpoints of other modules, which show the manner.
    """

    title: str
    summary: str
    module: str
    brief: str
    requirements: Requirements
    actors: tuple[Actor, ...]
    purposes: Mapping[str, str]
    words: tuple[str, ...]
    placeholders: tuple[str, ...]
    given: tuple[Operation, ...]
    reference: EndpointPlan


def prompt(task: EndpointsTask) -> Prompt:
    """What a model is told: requirements, actors, purposes, and what paths are made of."""
    words = ", ".join(f"`{word}`" for word in task.words)
    names = ", ".join(f"`{name}`" for name in task.placeholders)
    others = (f"{o.method} {o.path}: {o.summary}" for o in task.given)
    sections = [
        *head(task),
        section("Actors", "", (f"`{a.name}` ({a.kind}): {a.description}" for a in task.actors)),
        section("Purposes", _PURPOSES, (f"`{name}`: {about}" for name, about in task.purposes.items())),
        f"## Paths\n\n{_MANNER}\n\nWords: {words}.\n\nPlaceholders: {names or 'none'}.",
        section("Endpoints that exist already", "", others),
    ]
    return Prompt(_SYSTEM, "\n\n".join(filter(None, sections)) + "\n")


_SYSTEM = (
    "You plan the HTTP API of a backend, before its operations are specified. Answer with one call of the "
    "function `interface_endpoints` whose argument is complete; text outside the call is not read. The "
    "descriptions in the function's schema are binding. A compiler checks the plan; then it is compared with "
    "the API."
)
_PURPOSES = "Each needs exactly one endpoint."
_MANNER = (
    "`get` reads one thing, or all of something, without a body. `patch` searches: its body says which "
    "records are wanted, and which page of them. `post` makes something new each time it is sent, or does "
    "something once. `put` creates or changes something so that sending it twice does no more than sending "
    "it once. `delete` removes. What exists within one other thing only is made and searched below the path "
    "of that, as in `get /books/{bookId}/pages/{number}`; what belongs to the one who asks lies below `me` "
    "where that is among the words. Paths are made of these parts and no others; a part may be used many "
    "times, or never."
)


def compile_endpoints(task: EndpointsTask, answer: EndpointPlan) -> list[Diagnostic]:
    """What is wrong with a plan: purposes, parts of paths, actors, endpoints that are the same."""
    lists = (
        (("endpoints", i, "statements"), endpoint.statements) for i, endpoint in enumerate(answer.endpoints)
    )
    return sort(
        [
            *_purposes(task, answer),
            *_paths(task, answer),
            *_taken(task, answer),
            *_actors(task, answer),
            *check_statements(task.requirements, lists),
        ]
    )


def _purposes(task: EndpointsTask, answer: EndpointPlan) -> Iterator[Diagnostic]:
    nearest, seen = Nearest(task.purposes), set[str]()
    for index, endpoint in enumerate(answer.endpoints):
        name, path = endpoint.purpose, ("endpoints", index, "purpose")
        if name not in task.purposes:
            yield codes.UNKNOWN_PURPOSE.at(
                path,
                f"The task names no purpose {quoted(name)}.{nearest.hint(name)}",
                expected="a purpose of the task",
                actual=quoted(name),
            )
        elif name in seen:
            yield codes.REPEATED_PURPOSE.at(path, f"The purpose {quoted(name)} has an endpoint already.")
        seen.add(name)
    for name in task.purposes:
        if name not in seen:
            yield codes.MISSING_PURPOSE.at(
                ("endpoints",),
                f"The purpose {quoted(name)} has no endpoint.",
                expected=f"an endpoint whose purpose is {name}",
            )


def _paths(task: EndpointsTask, answer: EndpointPlan) -> Iterator[Diagnostic]:
    words, placeholders = Nearest(task.words), Nearest(task.placeholders)
    for i, endpoint in enumerate(answer.endpoints):
        at = ("endpoints", i, "path")
        if not isinstance(endpoint.path[0], Word):
            yield codes.PATH_START.at(
                (*at, 0, "type"), "The path does not begin with a word.", expected="word"
            )
        seen: set[str] = set()
        for j, segment in enumerate(endpoint.path):
            place, name = (*at, j, "name"), segment.name
            of_words = isinstance(segment, Word)
            if name not in (task.words if of_words else task.placeholders):
                kind = "word" if of_words else "placeholder"
                near = (words if of_words else placeholders).hint(name)
                yield codes.UNKNOWN_WORD.at(
                    place,
                    f"The task gives no {kind} {quoted(name)}.{near}",
                    expected=f"a {kind} of the task",
                    actual=quoted(name),
                )
            elif not of_words and name in seen:
                yield codes.REPEATED_PLACEHOLDER.at(place, f"The path has {quoted(name)} already.")
            if not of_words:
                seen.add(name)


def _taken(task: EndpointsTask, answer: EndpointPlan) -> Iterator[Diagnostic]:
    """Requests tell endpoints apart by method and words alone."""
    seen = {(o.method, _shape_of(o.path)) for o in task.given}
    for index, endpoint in enumerate(answer.endpoints):
        key = (endpoint.method, _shape(endpoint))
        if key in seen:
            yield codes.TAKEN_ENDPOINT.at(
                ("endpoints", index, "path"),
                f"{endpoint.method} {quoted(_written(endpoint))} is taken, whatever placeholders are called.",
                expected="another method or path",
            )
        seen.add(key)


def _actors(task: EndpointsTask, answer: EndpointPlan) -> Iterator[Diagnostic]:
    names = [actor.name for actor in task.actors]
    nearest = Nearest(names)
    for index, endpoint in enumerate(answer.endpoints):
        if endpoint.actor is not None and endpoint.actor not in names:
            yield codes.UNKNOWN_PLANNED_ACTOR.at(
                ("endpoints", index, "actor"),
                f"There is no actor {quoted(endpoint.actor)}.{nearest.hint(endpoint.actor)}",
                expected=", ".join([*names, "null"]),
                actual=quoted(endpoint.actor),
            )


def _shape(endpoint: PlannedEndpoint) -> str:
    return "/".join(part.name if isinstance(part, Word) else "{}" for part in endpoint.path)


def _shape_of(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.strip("/").split("/"))


def _written(endpoint: PlannedEndpoint) -> str:
    parts = (part.name if isinstance(part, Word) else f"{{{part.name}}}" for part in endpoint.path)
    return "/" + "/".join(parts)


def plan_of(purpose: str, operation: Operation, statements: tuple[str, ...]) -> PlannedEndpoint:
    """The plan that an operation is the outcome of."""
    parts = operation.path.strip("/").split("/")
    return PlannedEndpoint(
        purpose=purpose,
        method=operation.method,
        path=tuple(Placeholder(name=p[1:-1]) if p.startswith("{") else Word(name=p) for p in parts),
        actor=operation.authorization_role,
        statements=statements,
    )


def grade(task: EndpointsTask, answer: EndpointPlan) -> Grade:
    """Points for each purpose: method, actor, the path's last word and placeholders, and its requirements.

    `post` and `put` count as one, and so do paths that lead the same way through other words: requirements
    often leave either open.
    """
    made = {endpoint.purpose: endpoint for endpoint in answer.endpoints}
    return total(
        part
        for wanted in task.reference.endpoints
        if wanted.purpose in made
        for part in _parts(wanted, made[wanted.purpose])
    )


def _parts(wanted: PlannedEndpoint, made: PlannedEndpoint) -> Iterator[Part]:
    name = wanted.purpose
    yield _same(f"{name}: method", 1.0, _kind(wanted.method), _kind(made.method))
    yield _same(f"{name}: actor", 1.0, wanted.actor or "null", made.actor or "null")
    yield _same(f"{name}: last word", 1.0, _last(wanted), _last(made))
    yield _same(f"{name}: placeholders", 1.0, _identified(wanted), _identified(made))
    yield overlap(f"{name}: statements", 0.5, set(wanted.statements), set(made.statements))


def _same(name: str, worth: float, wanted: str, made: str) -> Part:
    if wanted == made:
        return Part(name, worth, worth)
    return Part(name, 0.0, worth, (f"expected {wanted}, got {made}",))


def _kind(method: Method) -> str:
    return "post or put" if method in ("post", "put") else method


def _identified(endpoint: PlannedEndpoint) -> str:
    return ", ".join(part.name for part in endpoint.path if isinstance(part, Placeholder)) or "none"


def _last(endpoint: PlannedEndpoint) -> str:
    return [part.name for part in endpoint.path if isinstance(part, Word)][-1]


def emit(answers: dict[str, EndpointPlan]) -> dict[str, str]:
    """``api/endpoints.md``: a row an endpoint."""
    lines = ["# Endpoints", "", "| purpose | endpoint | actor | requirements |", "| --- | --- | --- | --- |"]
    for case in sorted(answers):
        for one in answers[case].endpoints:
            told = (one.purpose, f"{one.method} {_written(one)}", one.actor or "anybody")
            lines.append(
                f"| {' | '.join(map(markdown, told))} | {markdown(', '.join(one.statements), 1000)} |"
            )
    return {"api/endpoints.md": "\n".join([*lines, ""])}


ENDPOINTS = Function(
    name="interface.endpoints",
    phase="interface",
    title="Plan of an API",
    description="Plans the API of one module: method, path and actor of an endpoint for each purpose.",
    argument=EndpointPlan,
    prompt=prompt,
    compile=compile_endpoints,
    grade=grade,
    emit=emit,
)
