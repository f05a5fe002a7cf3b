"""Wrong analyses made from references by one deliberate defect each, to see whether grading notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from fcbench_action.functions.analyze_tasks import Entities, Permissions

Mutant = tuple[str, Any]
"""What was done, in words, and the answer."""

Change = tuple[tuple[Any, ...], Any, str]
"""A place, its new value, and what was done."""

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_BOUNDS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "distinct")


def wrong_permissions(reference: Permissions) -> Iterator[Mutant]:
    """Rules and predicates with one part of their conditions dropped, turned or exchanged."""
    plain = msgspec.json.decode(msgspec.json.encode(reference))
    for group, key in (("predicates", "name"), ("rules", "action")):
        for index, one in enumerate(plain[group]):
            for place, value, words in _conditions((group, index, "condition"), one["condition"]):
                answer = msgspec.convert(put(plain, place, value), Permissions)
                yield f"{one[key]}: {words}", answer
    for index, rule in enumerate(plain["rules"]):
        for word, kind in (("always", "all"), ("never", "any")):
            whole = put(plain, ("rules", index, "condition"), {"type": kind, "of": []})
            yield f"{rule['action']}: {word}", msgspec.convert(whole, Permissions)


def wrong_entities(reference: Entities) -> Iterator[Mutant]:
    """Entities with one transition, guard, attribute or relation changed."""
    plain = msgspec.json.decode(msgspec.json.encode(reference))
    kinds = [actor["name"] for actor in plain["actors"]]
    for index, entity in enumerate(plain["entities"]):
        at = ("entities", index)
        for change in (*_machine(at, entity, kinds), *_attributes(at, entity), *_relations(at, entity)):
            place, value, words = change
            yield f"{entity['name']}: {words}", msgspec.convert(put(plain, place, value), Entities)


def _machine(at: tuple[Any, ...], entity: Any, kinds: list[str]) -> Iterator[Change]:
    states = [state["name"] for state in entity["states"]]
    for state in states:
        if state != entity["initialState"]:
            yield (*at, "initialState"), state, f"begins {state}"
    transitions = entity["transitions"]
    for i, one in enumerate(transitions):
        place, said = (*at, "transitions", i), f"{one['event']} in {', '.join(one['fromStates'])}"
        yield (*at, "transitions"), [t for j, t in enumerate(transitions) if j != i], f"no {said}"
        for state in states:
            if state != one["toState"]:
                yield (*place, "toState"), state, f"{said} leads to {state}"
            if all(state not in t["fromStates"] for t in transitions if t["event"] == one["event"]):
                yield (*place, "fromStates"), [*one["fromStates"], state], f"{said} also in {state}"
        for kind in ("fromStates", "actors"):
            for name in one[kind] if len(one[kind]) > 1 else ():
                left = [other for other in one[kind] if other != name]
                yield (*place, kind), left, f"{said} not {name}"
        for kind in kinds:
            if kind not in one["actors"]:
                yield (*place, "actors"), [*one["actors"], kind], f"{said} also by {kind}"
        if one.get("guard"):
            yield (*place, "guard"), None, f"{said} without its guard"
            for where, value, words in _conditions((*place, "guard"), one["guard"]):
                yield where, value, f"{said}: {words}"


def _attributes(at: tuple[Any, ...], entity: Any) -> Iterator[Change]:
    for i, one in enumerate(entity["attributes"]):
        place = (*at, "attributes", i)
        yield (*place, "nullable"), not one["nullable"], f"{one['name']} nullable turned"
        other = {"type": "text"} if one["holds"]["type"] != "text" else {"type": "integer"}
        yield (*place, "holds"), other, f"{one['name']} of another type"
        for bound in _BOUNDS:
            if bound in one["holds"]:
                holds = {key: value for key, value in one["holds"].items() if key != bound}
                yield (*place, "holds"), holds, f"{one['name']} without {bound}"
        for value in one["holds"].get("values", ())[1:]:
            left = [v for v in one["holds"]["values"] if v != value]
            yield (*place, "holds", "values"), left, f"{one['name']} never {value}"


def _relations(at: tuple[Any, ...], entity: Any) -> Iterator[Change]:
    for i, one in enumerate(entity["relations"]):
        if one["type"] == "toOne":
            turned = not one["optional"]
            yield (*at, "relations", i, "optional"), turned, f"{one['name']} optional turned"


def _conditions(place: tuple[Any, ...], node: Any) -> Iterator[Change]:
    """Every change of one node of a condition."""
    yield from _changed_here(place, node)
    for key, inner in node.items():
        if isinstance(inner, dict):
            yield from _conditions((*place, key), inner)
        elif isinstance(inner, list):
            for index, one in enumerate(inner):
                if isinstance(one, dict):
                    yield from _conditions((*place, key, index), one)


def _changed_here(place: tuple[Any, ...], node: Any) -> Iterator[Change]:
    kind = node["type"]
    if kind in ("all", "any") and len(node["of"]) > 1:
        for index, part in enumerate(node["of"]):
            left = [other for i, other in enumerate(node["of"]) if i != index]
            yield (*place, "of"), left, f"drops {_short(part)}"
        yield (*place, "type"), "any" if kind == "all" else "all", f"{kind} turned: {_short(node)}"
    elif kind == "not":
        yield place, node["condition"], f"not dropped: {_short(node)}"
    elif kind == "implies":
        yield place, node["conclusion"], f"premise dropped: {_short(node)}"
        yield place, {"type": "all", "of": []}, f"dropped: {_short(node)}"
    elif kind == "compare":
        yield (*place, "operator"), _OPPOSITE[node["operator"]], f"turned: {_short(node)}"
    elif kind in ("some", "every"):
        yield (*place, "type"), "every" if kind == "some" else "some", f"{kind} turned: {_short(node)}"
        yield (*place, "where"), {"type": "all", "of": []}, f"anyone: {_short(node)}"
    elif kind == "inState" and len(node["states"]) > 1:
        for state in node["states"]:
            left = [other for other in node["states"] if other != state]
            yield (*place, "states"), left, f"not {state}: {_short(node)}"
    elif kind in ("actorIs", "actor") and len(node["kinds"]) > 1:
        for name in node["kinds"]:
            left = [other for other in node["kinds"] if other != name]
            yield (*place, "kinds"), left, f"not {name}: {_short(node)}"


def _short(node: Any) -> str:
    return msgspec.json.encode(node).decode()[:200]


def put(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    """A copy of a value with another one at a place, which need not be there yet."""
    if not place:
        return new
    head, rest = place[0], place[1:]
    if isinstance(value, list):
        return [put(item, rest, new) if index == head else item for index, item in enumerate(value)]
    return {**value, head: put(value.get(head), rest, new)}
