"""Situations and sequences: data that rules and state machines are asked with.

A **world** is some things by name, and the present moment::

    {"at": "2026-03-01T12:00:00Z",
     "things": {"ann": {"entity": "member"},
                "bob": {"entity": "member"},
                "home": {"entity": "list", "attributes": {"name": "Home"}, "related": {"owner": "ann"}}}}

- A thing is in the state given, otherwise in its entity's initial state.
- An attribute that is not mentioned is null where it may be, and has some plain value of its type otherwise.
- ``related`` gives relations to one; what is not mentioned is related to nothing. Relations to many follow.
- Changes are to some things: what they mention is replaced, and everything else stays as it was.

A **situation** asks rules: may this actor do that to this subject? It holds for several actions at once::

    {"name": "whoever owns a list may rename and remove it", "requirement": "T-37", "world": "sharing",
     "actor": "member", "account": "ann", "subject": "home",
     "allowed": ["rename_list", "remove_list"], "refused": ["leave_list"]}

A **sequence** asks a state machine. The subject begins in the state ``start``, otherwise in the initial
one; the steps are taken and lead to the state ``ends``; from there each step of ``refused``, on its own,
is refused::

    {"name": "an invitation is accepted once", "requirement": "T-39",
     "world": "sharing", "subject": "bobs_share",
     "steps": [{"event": "accept", "actor": "member"}], "ends": "accepted",
     "refused": [{"event": "accept", "actor": "member"}]}

A step may say when it is (``at``), the ``account`` of who acts, and ``changes`` of the world that come
before it and stay.

**Values** ask the type of an attribute: these it must accept, those refuse, null included.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace


class KnownThing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thing of a world. Values by attribute, and names of other things, or null, by relation to one."""

    entity: str
    state: str | None = None
    attributes: dict[str, Any] = {}
    related: dict[str, str | None] = {}


class World(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Things by name, at a moment (RFC 3339)."""

    things: dict[str, KnownThing]
    at: str = "2026-03-01T12:00:00Z"


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is different about a thing."""

    state: str | None = None
    attributes: dict[str, Any] = {}
    related: dict[str, str | None] = {}


class Situation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who asks for what. ``allowed`` and ``refused`` are actions; ``account`` and ``subject`` are things.

    Inputs are values, or names of things, by input. ``name`` says what holds, as a sentence.
    """

    name: str
    requirement: str
    world: str
    actor: str
    account: str | None = None
    subject: str | None = None
    inputs: dict[str, Any] = {}
    at: str | None = None
    changes: dict[str, Change] = {}
    allowed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An event that somebody of the kind ``actor`` tries to bring about."""

    event: str
    actor: str
    account: str | None = None
    at: str | None = None
    changes: dict[str, Change] = {}


class Sequence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Events that happen to the thing ``subject`` one after the other."""

    name: str
    requirement: str
    world: str
    subject: str
    start: str | None = None
    steps: tuple[Step, ...] = ()
    ends: str
    refused: tuple[Step, ...] = ()


class Values(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Values that an attribute accepts or refuses."""

    entity: str
    attribute: str
    requirement: str
    accepted: tuple[Any, ...] = ()
    refused: tuple[Any, ...] = ()


def changed(world: World, changes: Mapping[str, Change], at: str | None = None) -> World:
    """The world with some things changed, and perhaps at another moment. Changes of unknown things are
    none."""
    things = dict(world.things)
    for name, change in changes.items():
        if (thing := things.get(name)) is not None:
            things[name] = replace(
                thing,
                state=change.state or thing.state,
                attributes={**thing.attributes, **change.attributes},
                related={**thing.related, **change.related},
            )
    return World(things, at or world.at)
