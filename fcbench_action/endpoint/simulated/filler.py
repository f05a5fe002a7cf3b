"""A small value of any JSON Schema: what a simulated model says to a prompt that it does not know."""

from __future__ import annotations

from typing import Any

from fcbench_action.endpoint.simulated.places import resolve

_DEEPEST = 12
_MOST = 2_000
_SIMPLE = {"integer": 0, "number": 0, "boolean": False, "null": None}


def fill(schema: dict[str, Any]) -> Any:
    """The least value that the schema's types, required properties, lengths and bounds ask for.

    Patterns and formats are not met. Bounded whatever the schema.
    """
    return _Filler(schema).value(schema, 0)


class _Filler:
    def __init__(self, root: dict[str, Any]) -> None:
        self._root = root
        self._left = _MOST

    def value(self, schema: Any, depth: int) -> Any:
        self._left -= 1
        here = resolve(schema, self._root)
        if self._left < 0 or depth > _DEEPEST:
            return None
        for word in ("const", "default"):
            if word in here:
                return here[word]
        for word in ("enum", "anyOf", "oneOf", "allOf"):
            if isinstance(here.get(word), list) and here[word]:
                return here[word][0] if word == "enum" else self._least(here[word], depth)
        return self._typed(here, depth)

    def _least(self, options: list[Any], depth: int) -> Any:
        """The alternative that refers to the fewest others, lest it never ends."""
        return self.value(min(options, key=lambda o: len(_required(resolve(o, self._root)))), depth + 1)

    def _typed(self, here: dict[str, Any], depth: int) -> Any:
        kind = here.get("type", "object" if "properties" in here else "string")
        kind = kind[0] if isinstance(kind, list) and kind else kind
        if kind == "object":
            properties = here.get("properties")
            named = properties if isinstance(properties, dict) else {}
            return {name: self.value(named.get(name, {}), depth + 1) for name in _required(here)}
        if kind == "array":
            return [self.value(here.get("items"), depth + 1) for _ in range(_size(here.get("minItems")))]
        if kind in ("integer", "number"):
            least = here.get("minimum", here.get("exclusiveMinimum", -1))
            return 0 if not isinstance(least, int | float) or least <= 0 else int(least) + 1
        return (
            _SIMPLE.get(kind, "x" * max(1, _size(here.get("minLength")))) if isinstance(kind, str) else None
        )


def _required(schema: dict[str, Any]) -> list[str]:
    names = schema.get("required")
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _size(value: Any) -> int:
    return min(value, 100) if type(value) is int and value > 0 else 0
