"""Which operation a request is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from fcbench_action.language.program.environment import OperationName
from fcbench_action.sinks import url_part

LONGEST_PATH = 8_000
"""Characters of a path that is asked for."""


@dataclass(frozen=True, slots=True)
class Route:
    """A documented path, its segments, and the methods that it has."""

    path: str
    segments: tuple[str, ...]
    methods: frozenset[str]

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """The texts at the placeholders; None where it is another path."""
        found = {}
        for ours, theirs in zip(self.segments, segments, strict=True):
            if ours.startswith("{"):
                if not theirs:
                    return None
                found[ours[1:-1]] = theirs
            elif ours != theirs:
                return None
        return found


class Routes:
    """The routes of an interface. Of several that match, the one with a word before placeholders wins."""

    def __init__(self, operations: Iterable[OperationName]) -> None:
        methods: dict[str, set[str]] = {}
        for method, path in operations:
            methods.setdefault(path, set()).add(method)
        self._by_start: dict[tuple[int, str | None], list[Route]] = {}
        for path, known in methods.items():
            route = Route(path, tuple(path.split("/")[1:]), frozenset(known))
            first = None if route.segments[0].startswith("{") else route.segments[0]
            self._by_start.setdefault((len(route.segments), first), []).append(route)
        for routes in self._by_start.values():
            routes.sort(key=lambda route: [one.startswith("{") for one in route.segments])

    def find(self, method: str, path: str) -> tuple[OperationName | None, dict[str, str], bool]:
        """The operation, the texts of its placeholders, and whether the path is known with any method."""
        if len(path) > LONGEST_PATH or not path.startswith("/"):
            return None, {}, False
        segments = tuple(unquote(part) for part in path[1:].split("/"))
        known = False
        for route in (*self._routes(len(segments), segments[0]), *self._routes(len(segments), None)):
            texts = route.match(segments)
            if texts is not None:
                if method in route.methods:
                    return (method, route.path), texts, True
                known = True
        return None, {}, known

    def _routes(self, length: int, first: str | None) -> Sequence[Route]:
        return self._by_start.get((length, first), ())


def address(path: str, texts: dict[str, str]) -> str:
    """The path to ask for: a documented path, its placeholders filled."""
    parts = []
    for segment in path.split("/"):
        if segment.startswith("{"):
            parts.append(url_part(texts.get(segment[1:-1], "")))
        else:
            parts.append(segment)
    return "/".join(parts)
