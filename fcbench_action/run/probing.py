"""The probe at the start of a run: its answers on disk as they come, and the plan that it leads to.

A probe's calls are as repeatable as any others: what was answered is kept beside the run's journal and never
asked again, so the same command finds the same dialect, the same plan, and so the same run.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from fcbench_action.endpoint.dialects import DROPPED
from fcbench_action.endpoint.probe import Asker, Probed, is_refusal, probe
from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.errors import EnvironmentFailed
from fcbench_action.records.disk import Disk, write_all
from fcbench_action.records.journal import ignore_by_git, seal, unseal
from fcbench_action.records.lines import decode_line, encode_line
from fcbench_action.records.plans import read_plans, run_id
from fcbench_action.records.tree import Place
from fcbench_action.records.types import ToolText
from fcbench_action.run.plan import Plan

UNKNOWN = "auto"
"""The dialect of a plan that waits for its probe."""


class _Answered(msgspec.Struct, frozen=True):
    """One answered call of a probe; ``question`` is a digest of it."""

    question: str
    exchange: Exchange


class ProbeJournal:
    """The answered calls of one probe. Each is on the disk before the next is asked; faults are not kept."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path = path
        self._disk = disk
        self._known = self._read()

    def asking(self, ask: Asker) -> Asker:
        """``ask``, but for what was answered before."""

        async def once(question: Ask) -> Exchange:
            digest = hashlib.sha256(encode_line(question)).hexdigest()
            if digest not in self._known:
                exchange = await ask(question)
                if exchange.reply is None and not is_refusal(exchange):
                    return exchange
                self._keep(_Answered(digest, exchange))
            return self._known[digest]

        return once

    def _read(self) -> dict[str, Exchange]:
        """What whole lines say; a torn one was never acknowledged, and a damaged one is asked again."""
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise EnvironmentFailed(f"cannot read {self._path}: {error.strerror or error}") from error
        known: dict[str, Exchange] = {}
        for line in lines:
            payload = unseal(line)
            if payload is not None:
                answered = decode_line(payload, _Answered)
                known[answered.question] = answered.exchange
        return known

    def _keep(self, answered: _Answered) -> None:
        self._known[answered.question] = answered.exchange
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            ignore_by_git(self._path.parents[1])
            with self._path.open("ab") as stream:
                write_all(self._disk, stream.fileno(), b"\n" + seal(encode_line(answered)))
                self._disk.sync(stream.fileno())
        except OSError as error:
            raise EnvironmentFailed(
                f"cannot write {self._path}: {error.strerror or error}; free some space or choose another "
                "folder with --results"
            ) from error


def with_dialect(plan: Plan, name: str, facts: Mapping[str, str]) -> Plan:
    """The plan in a dialect: another run than in any other one."""
    known = {**plan.provenance.facts, **facts}
    provenance = msgspec.structs.replace(
        plan.provenance, run="", dialect=name, facts=dict(sorted(known.items()))
    )
    bare = dataclasses.replace(plan, provenance=provenance)
    named = msgspec.structs.replace(provenance, run=run_id(bare.written()))
    return dataclasses.replace(bare, provenance=named)


def recorded(plan: Plan, results: Path) -> Plan | None:
    """The plan in the dialect that its run has records in already, if it has any.

    A results tree may have come without the journals of the machine that began the run; and a model that
    answers a probe otherwise than before must not begin another one. Raises what ``read_plans`` raises.
    """
    for topic in dict.fromkeys(case.topic for case in plan.cases):
        place = Place(plan.provenance.provider, plan.provenance.model, topic)
        for written in read_plans(results / place.folder / "fcbench").values():
            source = written.provenance
            dropped = {name: fact for name, fact in source.facts.items() if name == DROPPED}
            named = with_dialect(plan, source.dialect, dropped)
            if named.written() == written:
                return named
    return None


async def probed(
    plan: Plan, ask: Asker, tools: Mapping[str, ToolText], results: Path, disk: Disk
) -> tuple[Plan, Probed]:
    """The plan in the richest dialect that works, and how that was found.

    Raises ``EnvironmentFailed`` for what the user has to mend, and where answers cannot be kept.
    """
    path = results / ".fcbench" / "probes" / f"{with_dialect(plan, UNKNOWN, {}).provenance.run}.ndjson"
    needed = {case.function.name: tools[case.function.name] for case in plan.cases}
    source = plan.provenance
    asking = ProbeJournal(path, disk).asking(ask)
    found = await probe(asking, plan.wire, needed, source.sampling, source.channel)
    return with_dialect(plan, found.dialect, found.facts), found
