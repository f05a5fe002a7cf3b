"""What is known at a place of a program: the names, and what conditions have said of them.

Both change as the checker walks, and are put back when it leaves a block, from a list of what was changed;
so a block costs what it declares, not what is known around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from fcbench_action.diagnostics import Path
from fcbench_action.language.program.check.narrowing import (
    NO_OUTCOME,
    Chain,
    Facts,
    Narrowing,
    Outcome,
    Reference,
    narrowed,
)
from fcbench_action.language.program.types import Resolver, Type

DEEPEST_ALIAS = 5
"""Names of conditions that TypeScript follows to the condition, one behind the other."""


@dataclass(slots=True)
class Binding:
    """A declared name. ``type`` is None for what is no value, such as a session.

    ``outcome`` is what a named condition says, through ``aliases`` other names; ``constant`` the text or
    number of a name for a literal, ``actor`` whom a session plays.
    """

    name: str
    path: Path
    type: Type | None
    must_be_used: bool = True
    used: bool = False
    outcome: Outcome = NO_OUTCOME
    aliases: int = 0
    constant: str | float | None = None
    actor: str | None = None


@dataclass(slots=True, eq=False)
class Fact:
    """What was said of a reference, after what was said ``before``. ``level`` counts the arrows around."""

    before: Fact | None
    step: Narrowing
    level: int
    known: dict[Type, Type] = field(default_factory=dict)

    def narrow(self, type: Type, env: Resolver) -> Type:
        """What is left of ``type``; remembered, so that each step is taken once."""
        steps: list[Fact] = []
        fact: Fact | None = self
        left = type
        while fact is not None:
            if type in fact.known:
                left = fact.known[type]
                break
            steps.append(fact)
            fact = fact.before
        for one in reversed(steps):
            left = one.known[type] = narrowed(left, one.step, env)
        return left


@dataclass(slots=True)
class Scope:
    """Names and facts."""

    env: Resolver
    names: dict[str, Binding] = field(default_factory=dict)
    facts: dict[Reference, Fact] = field(default_factory=dict)
    changes: list[tuple[Reference, Fact | None]] = field(default_factory=list)
    level: int = 0

    def narrow(self, reference: Reference, type: Type) -> Type:
        """What a reference that is declared as ``type`` is known to be."""
        fact = self._fact(reference)
        return type if fact is None else fact.narrow(type, self.env)

    def _fact(self, reference: Reference) -> Fact | None:
        """As in TypeScript, an arrow forgets what was said of properties: only whole names stay narrowed."""
        fact = self.facts.get(reference)
        return None if fact is not None and len(reference) > 1 and fact.level != self.level else fact

    def assume(self, facts: Facts) -> None:
        """From here on, ``facts`` hold, as far as they are about names that are known here."""
        for reference, step in facts.items():
            if reference[0] in self.names:
                self.changes.append((reference, self.facts.get(reference)))
                self.facts[reference] = Fact(self._fact(reference), step, self.level)

    def learned(self, mark: int) -> Facts:
        """What has been assumed since ``changes`` had ``mark`` entries."""
        steps: dict[Reference, list[Narrowing]] = {}
        for reference, _ in self.changes[mark:]:
            steps.setdefault(reference, [])
        for reference, found in steps.items():
            first = next(before for changed, before in self.changes[mark:] if changed == reference)
            fact: Fact | None = self.facts[reference]
            while fact is not None and fact is not first:
                found.append(fact.step)
                fact = fact.before
        return {reference: Chain(tuple(reversed(found))) for reference, found in steps.items()}

    @contextmanager
    def assuming(self, facts: Facts) -> Iterator[int]:
        """A block in which ``facts`` hold. Gives the mark for :meth:`learned`; all is put back at its end."""
        mark = len(self.changes)
        self.assume(facts)
        yield mark
        while len(self.changes) > mark:
            reference, before = self.changes.pop()
            if before is None:
                del self.facts[reference]
            else:
                self.facts[reference] = before

    @contextmanager
    def inside_arrow(self, parameter: Binding | None) -> Iterator[None]:
        """The body of an arrow."""
        with self.assuming({}):
            self.level += 1
            if parameter is not None:
                self.names[parameter.name] = parameter
            yield
            if parameter is not None:
                del self.names[parameter.name]
            self.level -= 1
