"""Schema dialects: what an endpoint is sent in place of the full JSON Schema. Pure; the judge never sees one.

A dialect is a set of *drops*, things that an endpoint refuses or loses. Its name is ``full``, or the names of
its drops joined by ``+``, such as ``no-recursion+no-const``. Drops are applied in the order of :data:`DROPS`,
and what can be said in words stays as a description, so that a model is told what the schema no longer says.

The last resort is ``object``: the argument is any object, and the schema stands as text in the prompt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from fcbench_action.endpoint import shrinking
from fcbench_action.errors import BadInput
from fcbench_action.records.types import Sampling, ToolText
from fcbench_action.sinks import one_line

JsonSchema = dict[str, Any]

FULL = "full"
OBJECT = "object"
DROPPED = "dropped"
"""The serving fact that says what a dialect leaves out."""

REQUIRED = "choice-required"
AUTO = "choice-auto"
NO_CHOICE = "no-choice"
COMPLETION_TOKENS = "max-completion-tokens"
JSON_OBJECT = "json-object"
EMPTY_CONTENT = "empty-content"
NO_REPLAY = "no-replay"


def _same(schema: JsonSchema) -> JsonSchema:
    return schema


@dataclass(frozen=True, slots=True)
class Drop:
    """One thing that is left out of a request. ``loss`` completes "the tool that was sent ..."."""

    name: str
    loss: str
    apply: Callable[[JsonSchema], JsonSchema] = _same


DROPS: dict[str, Drop] = {
    drop.name: drop
    for drop in (
        Drop(OBJECT, "is any object; its text stands in the prompt", shrinking.any_object),
        Drop("no-any-of", "has one object with all properties for each choice of variants", shrinking.merged),
        Drop("no-defs", "has every definition written out, to a bounded depth", shrinking.inlined),
        Drop("no-recursion", "refers to itself to a bounded depth only", shrinking.unrolled),
        Drop("depth-10", "is cut below ten levels", shrinking.shallow),
        Drop("one-of", "says oneOf for anyOf", shrinking.one_of),
        Drop("no-const", "says enum for const", shrinking.without_const),
        Drop("no-enum", "lists long choices in descriptions", shrinking.without_long_enums),
        Drop("no-pattern", "has patterns in descriptions", shrinking.without("pattern")),
        Drop("no-bounds", "has lengths and bounds in descriptions", shrinking.without(*shrinking.BOUNDS)),
        Drop("no-closed", "does not say that other properties are refused", shrinking.open_objects),
        Drop("no-default", "has no defaults", shrinking.without("default")),
        *(
            Drop(name, loss)
            for name, loss in (
                (REQUIRED, "is not forced by name, but any tool is"),
                (AUTO, "is not forced: the model may answer in words"),
                (NO_CHOICE, "comes without tool_choice: the model may answer in words"),
                ("no-temperature", "comes without the temperature that was set"),
                ("no-top-p", "comes without the top_p that was set"),
                ("no-seed", "comes without a seed"),
                (COMPLETION_TOKENS, "limits max_completion_tokens, not max_tokens"),
                ("no-max-tokens", "comes without the limit of tokens that was set"),
                (JSON_OBJECT, "has its schema in a json_object format, not in a json_schema one"),
                (EMPTY_CONTENT, "comes back with its call beside empty content, not beside null"),
                (NO_REPLAY, "comes back as text, and so does the feedback, not as a call and its result"),
            )
        ),
    )
}
"""In the order in which they are applied; the last ones are about the request, not about the schema."""

_SETTINGS = {
    "no-temperature": "temperature",
    "no-top-p": "top_p",
    "no-seed": "seed",
    "no-max-tokens": "max_tokens",
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """A set of drops, in their order."""

    drops: tuple[Drop, ...]

    @property
    def name(self) -> str:
        """``full``, or the drops joined by ``+``."""
        return "+".join(drop.name for drop in self.drops) or FULL

    @property
    def losses(self) -> tuple[str, ...]:
        """What was dropped, each completing "the tool that was sent ..."."""
        return tuple(drop.loss for drop in self.drops)

    @property
    def facts(self) -> dict[str, str]:
        """What records say of it, beside its name."""
        said = "; ".join(f"the tool that was sent {loss}" for loss in self.losses)
        return {DROPPED: said} if said else {}

    def has(self, name: str) -> bool:
        """Whether a drop of this name is in it."""
        return any(drop.name == name for drop in self.drops)

    def choice(self, tool_name: str) -> Any:
        """What is sent as ``tool_choice``; ``None`` where that is left out."""
        if self.has(NO_CHOICE):
            return None
        if self.has(AUTO):
            return "auto"
        return "required" if self.has(REQUIRED) else {"type": "function", "function": {"name": tool_name}}

    def settings(self, sampling: Sampling) -> dict[str, Any]:
        """The sampling settings as they are sent."""
        found: dict[str, Any] = msgspec.to_builtins(sampling)
        for drop in self.drops:
            found.pop(_SETTINGS.get(drop.name, ""), None)
        if self.has(COMPLETION_TOKENS) and "max_tokens" in found:
            found["max_completion_tokens"] = found.pop("max_tokens")
        return found

    def __call__(self, schema: JsonSchema) -> JsonSchema:
        """The schema in this dialect; ``schema`` itself is left as it is."""
        for drop in self.drops:
            schema = drop.apply(schema)
        return schema


@lru_cache(maxsize=64)
def dialect(name: str) -> Dialect:
    """The dialect of a name, whatever the order of its drops. Raises ``BadInput`` for an unknown one."""
    wanted = set() if name == FULL else set(name.split("+"))
    if unknown := sorted(wanted - DROPS.keys()):
        known = ", ".join([FULL, *DROPS])
        raise BadInput(f"there is no dialect {one_line(unknown[0])!r}: use some of {known}, joined by +")
    return Dialect(tuple(drop for drop in DROPS.values() if drop.name in wanted))


def is_dialect(name: str) -> bool:
    """Whether there is a dialect of this very name, its drops in their order."""
    drops = [] if name == FULL else name.split("+")
    return all(drop in DROPS for drop in drops) and dialect(name).name == name


def spoken(tool: ToolText, name: str) -> ToolText:
    """The tool as it is sent in the dialect of this name."""
    return tool if name == FULL else _spoken(_Key(tool, name))


class _Key:
    """A tool and a dialect, by the tool's identity: a schema takes longer to compare than to look up."""

    def __init__(self, tool: ToolText, name: str) -> None:
        self.tool = tool
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.tool is other.tool and self.name == other.name

    def __hash__(self) -> int:
        return hash((id(self.tool), self.name))


@lru_cache(maxsize=64)
def _spoken(key: _Key) -> ToolText:
    return msgspec.structs.replace(key.tool, parameters=dialect(key.name)(key.tool.parameters))


def keywords(schema: Any) -> Iterator[str]:
    """Every keyword that a schema uses, as often as it does; names of properties are none."""
    for inner in shrinking.walk(schema):
        yield from inner
