"""What the rules look at: an analysis, what it may refer to, and hints for names that are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fcbench_action.diagnostics import Code, Diagnostic, Path
from fcbench_action.language.near import Hints, Nearest, quoted
from fcbench_action.language.requirements.known import Known, KnownEntity, together
from fcbench_action.language.requirements.nodes import Analysis, Entity

_SHOWN = 20


@dataclass(frozen=True)
class Scope:
    """``analysis`` is checked; ``known`` also has what is given."""

    analysis: Analysis
    given: Analysis
    known: Known
    hints: Hints = field(default_factory=Hints)

    @property
    def entities(self) -> Iterator[tuple[Path, Entity, KnownEntity]]:
        """The entities to check, with their paths and with what is known of them."""
        for index, entity in enumerate(self.analysis.entities):
            yield ("entities", index), entity, KnownEntity(entity)

    def unknown(self, code: Code, path: Path, kind: str, name: str, names: Iterable[str]) -> Diagnostic:
        """``kind`` such as "state" has no ``name``; ``names`` are those there are."""
        known = sorted(names)
        hint = Nearest(known, self.hints).hint(name)
        return code.at(
            path,
            f"There is no {kind} {quoted(name)}.{hint}",
            expected=listed(known),
            actual=name,
        )


def listed(names: Iterable[str]) -> str:
    """What would have been allowed, not too many."""
    known = sorted(names)
    if not known:
        return "nothing: there is none"
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return f"one of {', '.join(known[:_SHOWN])}{more}" if len(known) > 1 else known[0]


def scope_of(analysis: Analysis, given: Analysis) -> Scope:
    """The scope of a check."""
    return Scope(analysis, given, Known(together(given, analysis)))
