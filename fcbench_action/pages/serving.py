"""What is known of how a model was served, in words."""

from __future__ import annotations

from fcbench_action.records.plans import ENGINE, QUANTIZATION, WANTED_FACTS
from fcbench_action.stats.runs import RunFacts, known
from fcbench_action.stats.scorecard import Scorecard


def serving(run: RunFacts, simulated: bool) -> str:
    """The facts that whoever ran it gave, those that the server told of itself, and what nobody said.

    Where both speak of the same thing, both stand there. For simulated models there is nothing to know.
    """
    lines = [f"{name}: {fact}" for name, fact in sorted(run.facts.items())]
    lines += [f"{name}: {fact} (told by the server)" for name, fact in sorted(run.told.items())]
    said = run.facts.keys() | run.told.keys()
    lines += [f"{name}: unknown" for name in WANTED_FACTS if name not in said and not simulated]
    return "; ".join(lines) or "-"


def served_as(card: Scorecard) -> str:
    """Quantization and engine, as far as they are known: what belongs to the name of open weights."""
    found = [{known(run, fact) for run in card.runs} - {None} for fact in (QUANTIZATION, ENGINE)]
    return ", ".join(" or ".join(sorted(filter(None, values))) for values in found if values)
