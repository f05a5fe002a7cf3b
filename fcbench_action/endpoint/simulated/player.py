"""A simulated model's answer to one request: the whole of it, a pure function of the request.

In its first reply a model means the reference with the value errors that its profile draws, and delivers
that properly or spoiled. Told what is wrong, it mends each place that the feedback names at the profile's
rate, by putting there what the reference has there; what the feedback does not name stays as it is.
After a spoiled delivery it delivers the same again, properly at that rate.

It has no memory: how many rounds there were, it reads from the blanks at the end of its own last text.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import msgspec

from fcbench_action.diagnostics import Path, Segment, render_path
from fcbench_action.endpoint.simulated.book import Page
from fcbench_action.endpoint.simulated.delivery import Delivery, deliver
from fcbench_action.endpoint.simulated.draws import Draws
from fcbench_action.endpoint.simulated.errors import KINDS
from fcbench_action.endpoint.simulated.places import at, places, put, read_path
from fcbench_action.endpoint.simulated.profiles import Profile
from fcbench_action.judge.feedback import parse_paths


@dataclass(frozen=True, slots=True)
class Question:
    """What a request asks. ``key`` stands for its prompt; ``said`` is the model's own last text, if any.

    ``called`` is the function whose arguments that text was, if it was a call. ``named`` are the places that
    the feedback names, where it names them otherwise than by their paths.
    """

    key: str
    function: str
    schema: dict[str, Any]
    seed: str
    said: str | None = None
    called: str | None = None
    feedback: str = ""
    named: tuple[Path, ...] | None = None

    @property
    def places_named(self) -> set[Path]:
        """The places that the feedback names."""
        if self.named is not None:
            return set(self.named)
        return {path for shown in parse_paths(self.feedback) if (path := read_path(shown)) is not None}

    @property
    def round(self) -> int:
        """0 for a first reply."""
        return 0 if self.said is None else 1 + len(self.said) - len(self.said.rstrip(" "))


@dataclass(frozen=True, slots=True)
class Play:
    """A reply, and what was done to it: errors as ``kind at path``, and the places that were mended."""

    delivery: Delivery
    planted: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


def play(profile: Profile, page: Page, question: Question) -> Play:
    """The reply of ``profile`` to ``question``, which is about the case of ``page``."""
    draws = _draws(profile, page, question, question.round)
    kind = _delivery_kind(profile, _draws(profile, page, question, 0))
    said = _json(question.said) if question.called == question.function else None
    if said is not None:
        value, mended = _mend(said, page, question.places_named, profile.correction, draws)
        return Play(_marked(deliver(None, question.function, _text(value), draws), question), (), mended)
    value, planted = _meant(profile, page, question)
    if question.round and question.feedback and draws.chance() < profile.correction:
        kind = None
    if kind is not None:
        planted = (kind, *planted)
    return Play(_marked(deliver(kind, question.function, _text(value), draws), question), planted)


def _draws(profile: Profile, page: Page, question: Question, number: int) -> Draws:
    return Draws(profile.name, page.case, question.seed, str(number))


def _delivery_kind(profile: Profile, draws: Draws) -> str | None:
    chance = draws.chance()
    for kind, share in profile.deliveries.items():
        if chance < share:
            return kind
        chance -= share
    return None


def _meant(profile: Profile, page: Page, question: Question) -> tuple[Any, tuple[str, ...]]:
    """What the model takes for right: the reference with the errors drawn for the first reply."""
    value = page.answer()
    planted = []
    for kind in KINDS.values():
        draws = Draws(profile.name, page.case, question.seed, kind.name)
        if draws.chance() < profile.errors.get(kind.name, 0.0):
            path = kind.plant(value, places(value, question.schema), draws)
            planted += [] if path is None else [f"{kind.name} at {render_path(path)}"]
    return value, tuple(planted)


def _mend(said: Any, page: Page, named: set[Path], rate: float, draws: Draws) -> tuple[Any, tuple[str, ...]]:
    """Put right what the feedback names; of the places that need it, each with the chance ``rate``."""
    reference = page.answer()
    mended = []
    for path in sorted(named, key=lambda one: (_position(said, one), render_path(one))):
        if draws.chance() < rate:
            said = _put_right(said, reference, path)
            mended.append(render_path(path))
    return said, tuple(mended)


def _position(value: Any, path: Path) -> tuple[int, ...]:
    """Where a path leads in the order of the text, whatever things are called."""
    found = []
    for segment in path:
        if isinstance(value, dict) and segment in value:
            found.append(list(value).index(segment))
        elif isinstance(value, list) and isinstance(segment, int) and segment < len(value):
            found.append(segment)
        else:
            break
        value = value[segment]
    return tuple(found)


def _put_right(said: Any, reference: Any, path: Path) -> Any:
    """Take over what the reference has at ``path``, or at the nearest place above where the two differ.

    A property that the reference lacks is left out.
    """
    while path:
        try:
            theirs, ours = at(reference, path[:-1]), at(said, path[:-1])
            if isinstance(theirs, dict) and path[-1] not in theirs and path[-1] in ours:
                del ours[path[-1]]
                return said
            right = at(reference, path)
            if not (_has(ours, path[-1]) and ours[path[-1]] == right):
                put(said, path, copy.deepcopy(right))
                return said
        except (LookupError, TypeError):
            pass
        path = path[:-1]
    return reference


def _has(value: Any, segment: Segment) -> bool:
    return segment in value if isinstance(value, dict) else int(segment) < len(value)


def _json(text: str | None) -> Any:
    """The object that a text is the JSON of, or ``None``."""
    try:
        value = msgspec.json.decode(text or "")
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _marked(delivery: Delivery, question: Question) -> Delivery:
    """One blank more for each round that there was."""
    blanks = " " * question.round
    return Delivery(
        delivery.finish_reason,
        delivery.function,
        delivery.arguments + blanks if delivery.arguments else "",
        delivery.content + blanks if delivery.content else None,
        delivery.refusal + blanks if delivery.refusal else None,
    )
