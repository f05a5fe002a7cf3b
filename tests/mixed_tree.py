"""A results tree in which settings are mixed: tiers, channels, variants, runs, and simulated models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from fcbench_action.functions.base import Prompt
from fcbench_action.records.types import CaseRef, Record
from tests.record_builder import case_ref, provenance, record, write_files

MODULES = ("members", "todos", "trash")
FUNCTIONS = ("database.tables", "interface.operations", "interface.schemas", "realize.operation")
VARIANT = 7
FP8 = {"quantization": "fp8", "engine": "vLLM 0.11"}


def cases(tier: str) -> Iterator[CaseRef]:
    """Those of the standard tier, a module of which has two of one function; the first of each in lite."""
    for module in MODULES:
        for function in FUNCTIONS:
            yield case_ref("todo", module, function, f"items-{module}")
        if tier == "standard" and module == "todos":
            yield case_ref("todo", module, FUNCTIONS[0], "notes")


def asked(
    model: str, first: str, *, run: str, trials: int = 1, tier: str = "standard", **changes: Any
) -> list[Record]:
    """Every case of the tier, first valid or else ``first`` in one module."""
    found = [*cases(tier)]
    source = provenance("acme", model, run=run, tier=tier, tier_cases=len(found), **changes)
    return [
        _trial(case, trial, first if case.module == "todos" else "valid", source)
        for case in found
        for trial in range(trials)
    ]


def _trial(case: CaseRef, trial: int, first: str, source: Any) -> Record:
    if source.variant is not None:
        case = msgspec.structs.replace(case, title=f"{case.title}, in other words")
    found = record(*dict.fromkeys((first, "valid")), case=case, trial=trial, source=source)
    return msgspec.structs.replace(found, prompt=Prompt("You design backends.", f"Do this: {case.title}."))


def write_mixed_tree(results: Path) -> Path:
    """One model under four settings, in two runs of one of them, beside another and a simulated one."""
    for records in (
        asked("large", "no_call", run="0a", trials=2, facts=FP8),
        asked("large", "valid", run="0b", trials=2, facts=FP8),
        asked("large", "no_call", run="0c", tier="lite"),
        asked("large", "no_call", run="0d", channel="text"),
        asked("large", "no_call", run="00", variant=VARIANT),
        asked("other", "valid", run="0f"),
        asked("played", "no_call", run="1a", simulated=True),
        asked("played", "valid", run="1b", simulated=True, tier="lite"),
    ):
        write_files(results, records)
    return results
