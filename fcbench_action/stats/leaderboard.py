"""From a results tree to entries, and from entries to leaderboards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from fcbench_action.judge.channels import TOOL
from fcbench_action.records.tree import Topic, read_tree
from fcbench_action.records.types import Record
from fcbench_action.stats.compare import groups, rank_intervals
from fcbench_action.stats.metrics import CaseValue, calls_saved, per_case
from fcbench_action.stats.runs import RunFacts
from fcbench_action.stats.scorecard import (
    RANKED,
    Entry,
    Scorecard,
    Setting,
    is_ranked,
    make_scorecard,
    setting_of,
    unranked,
)
from fcbench_action.stats.trials import Trial, first_started, reduce

_TIERS = (RANKED, "full", "lite", "smoke")
"""The tiers in the order in which they are shown; any other comes last."""


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """A model's line. ``ranks`` and ``group`` are there exactly where ``not_ranked`` is empty and the model
    is real: what is simulated is in no ranking, not even among itself.
    """

    scorecard: Scorecard
    ranks: tuple[int, int] | None = None
    group: int | None = None
    not_ranked: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What keeps the model from being compared with others under its setting: its reasons but the
        setting's own, which all of them share.
        """
        shared = unranked(self.scorecard.setting)
        return tuple(reason for reason in self.not_ranked if reason not in shared)


class Leaderboard(msgspec.Struct, frozen=True):
    """The models of one setting: those that can be compared by score, then the others, with what keeps
    them from it, by score. ``cases`` is of all.
    """

    setting: Setting
    cases: int
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Collector:
    """Gathers records, in any order, into the entries of their models and settings."""

    _trials: dict[tuple[str, str, Setting], list[Trial]] = field(default_factory=dict)
    _runs: dict[tuple[str, str, Setting], dict[str, RunFacts]] = field(default_factory=dict)
    _planned: dict[tuple[str, str, Setting], dict[str, int]] = field(default_factory=dict)

    _told: dict[str, dict[str, str]] = field(default_factory=dict)

    def expect(self, topic: Topic) -> None:
        """Take in what the runs of a topic set out to do, and what servers told of themselves.

        What was taken in before with another topic makes no difference.
        """
        for run, facts in topic.told_facts().items():
            self._told.setdefault(run, {}).update(facts)
        for plan in topic.plans().values():
            source = plan.provenance
            key = (source.provider, source.model, setting_of(source))
            self._planned.setdefault(key, {})[source.run] = plan.size

    def add(self, record: Record) -> None:
        """Take one record in."""
        provenance = record.provenance
        key = (provenance.provider, provenance.model, setting_of(provenance))
        self._trials.setdefault(key, []).append(reduce(record))
        runs = self._runs.setdefault(key, {})
        started = first_started(record.rounds)
        known = runs.get(provenance.run)
        runs[provenance.run] = RunFacts(
            provenance.run,
            min(known.started_at, started) if known else started,
            known.trials + 1 if known else 1,
            provenance.host,
            provenance.fcbench_version,
            provenance.dialect,
            provenance.sampling,
            provenance.facts,
            self._told.get(provenance.run, {}),
        )

    def entries(self) -> list[Entry]:
        """An entry for each model and setting so far, sorted by provider, model and setting."""
        return [
            Entry(
                make_scorecard(*key, list(self._runs[key].values()), trials, self._planned.get(key, {})),
                tuple(trials),
            )
            for key, trials in sorted(self._trials.items())
        ]


def read_entries(results: Path) -> list[Entry]:
    """The entries of a results tree. Raises what ``records.tree.read_tree`` and its records raise."""
    collector = Collector()
    for topic in read_tree(results):
        collector.expect(topic)
        for record in topic.records():
            collector.add(record)
    return collector.entries()


def leaderboards(entries: Iterable[Entry]) -> list[Leaderboard]:
    """A leaderboard for each setting, in the order of :func:`in_order`."""
    found: dict[Setting, list[Entry]] = {}
    for entry in in_order(entries):
        found.setdefault(entry.scorecard.setting, []).append(entry)
    return [_leaderboard(setting, own) for setting, own in found.items()]


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries in the order in which settings are shown: real before simulated, ranked before others, then by
    tier, newer suites before older ones, calls before other channels.
    """
    found = sorted(
        entries, key=lambda entry: (entry.scorecard.setting.channel != TOOL, entry.scorecard.setting)
    )
    found.sort(key=lambda entry: _natural(entry.scorecard.setting.suite_version), reverse=True)
    return sorted(found, key=lambda entry: precedence(entry.scorecard.setting))


def precedence(setting: Setting) -> tuple[bool, bool, int]:
    """Sorts settings of one suite: real ones first, ranked ones first, then by tier."""
    place = _TIERS.index(setting.tier) if setting.tier in _TIERS else len(_TIERS)
    return setting.simulated, not is_ranked(setting), place


def _leaderboard(setting: Setting, entries: Sequence[Entry]) -> Leaderboard:
    cases = {trial.case.id for entry in entries for trial in entry.trials}
    reasons = [(entry, _reasons(entry, len(cases))) for entry in entries]
    ranked = [entry for entry, found in reasons if not found and not setting.simulated]
    others = [Row(e.scorecard, not_ranked=found) for e, found in reasons if found or setting.simulated]
    return Leaderboard(setting, len(cases), tuple(sorted([*_ranked(ranked), *others], key=_order)))


def _ranked(entries: Sequence[Entry]) -> list[Row]:
    intervals = rank_intervals([_case_scores(entry) for entry in entries])
    return [
        Row(entry.scorecard, interval, group)
        for entry, interval, group in zip(entries, intervals, groups(intervals), strict=True)
    ]


def _reasons(entry: Entry, all_cases: int) -> tuple[str, ...]:
    """Why a model cannot be compared here: its own reasons, and cases that others answered."""
    card = entry.scorecard
    own = card.overall.cases
    missing = (f"ran {own} of {all_cases} cases",) if card.whole and own < all_cases else ()
    return (*card.not_ranked, *missing)


def _case_scores(entry: Entry) -> dict[str, CaseValue]:
    return per_case((trial for trial in entry.trials if not trial.excluded), calls_saved)


def _order(row: Row) -> tuple[bool, float, str, str]:
    score = row.scorecard.overall.score
    value = -score.value if score else 1.0
    return bool(row.remarks), value, row.scorecard.provider, row.scorecard.model


def _natural(version: str) -> list[tuple[int, str]]:
    """Versions by their numbers: 1.10 is newer than 1.9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", version)]
