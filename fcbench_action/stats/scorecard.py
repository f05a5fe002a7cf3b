"""Scorecards: the measures of one model under one setting, whole and broken down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from fcbench_action.judge.channels import TOOL
from fcbench_action.records.types import Provenance, Sampling
from fcbench_action.stats.metrics import Measures, measure
from fcbench_action.stats.trials import Trial

FORMAT = 1
"""The version of the scorecard files that this code writes."""

MOST_EXCLUDED = 0.02
"""A model with a larger share of faults and unsupported trials is listed, and not ranked."""


RANKED = "standard"
"""The tier that is ranked."""


class Setting(msgspec.Struct, frozen=True, order=True):
    """What two results must share to be compared, or to be one result."""

    suite_version: str
    suite_digest: str
    track: str
    channel: str
    max_rounds: int
    simulated: bool
    tier: str
    tier_cases: int
    variant: str = ""


class RunFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """One run that a scorecard rests on. ``started_at`` is when its first call was made; ``trials`` are
    those that it finished. ``facts`` of the serving were given by whoever ran it, ``told`` by the server.
    """

    run: str
    started_at: str
    trials: int
    host: str
    fcbench_version: str
    dialect: str
    sampling: Sampling
    facts: dict[str, str] = {}
    told: dict[str, str] = {}


class Scorecard(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything that is published about one model under one setting, over all its runs.

    ``not_ranked`` holds the reasons that keep it out of every ranking; none is good.
    """

    provider: str
    model: str
    setting: Setting
    runs: tuple[RunFacts, ...]
    overall: Measures
    by_topic: dict[str, Measures]
    by_phase: dict[str, Measures]
    by_function: dict[str, Measures]
    by_module: dict[str, Measures]
    not_ranked: tuple[str, ...] = ()


class ScorecardFile(msgspec.Struct, frozen=True):
    """The ``scorecard.json`` of a model: one scorecard a setting, sorted by setting."""

    format: int
    scorecards: tuple[Scorecard, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One model under one setting: its scorecard, and the trials that it was reduced from."""

    scorecard: Scorecard
    trials: tuple[Trial, ...]


def setting_of(provenance: Provenance) -> Setting:
    """The setting that a record was made under."""
    return Setting(
        provenance.suite_version,
        provenance.suite_digest,
        provenance.track,
        provenance.channel,
        provenance.max_rounds,
        provenance.simulated,
        provenance.tier,
        provenance.tier_cases,
        "" if provenance.variant is None else str(provenance.variant),
    )


def make_scorecard(
    provider: str,
    model: str,
    setting: Setting,
    runs: Sequence[RunFacts],
    trials: Sequence[Trial],
    planned: Mapping[str, int],
) -> Scorecard:
    """The scorecard of ``trials``, which all share the setting; the order makes no difference.

    ``planned`` is how many trials each run set out to do, by run.
    """
    overall = measure(trials)
    return Scorecard(
        provider,
        model,
        setting,
        tuple(sorted(runs, key=lambda run: (run.started_at, run.run))),
        overall,
        by_topic=_broken_down(trials, lambda t: t.case.topic),
        by_phase=_broken_down(trials, lambda t: t.case.phase),
        by_function=_broken_down(trials, lambda t: t.case.function),
        by_module=_broken_down(trials, lambda t: f"{t.case.topic}/{t.case.module}"),
        not_ranked=(
            *_partial(len(trials), sum(planned.values())),
            *_unranked(setting, overall),
            *_reasons(overall),
        ),
    )


def scorecard_schema() -> dict[str, Any]:
    """The JSON Schema of ``scorecard.json``, published beside this module as ``scorecard.schema.json``."""
    return msgspec.json.schema(ScorecardFile)


def _broken_down(trials: Sequence[Trial], key: Callable[[Trial], str]) -> dict[str, Measures]:
    groups: dict[str, list[Trial]] = {}
    for trial in trials:
        groups.setdefault(key(trial), []).append(trial)
    return {name: measure(group, part=True) for name, group in sorted(groups.items())}


def _partial(ran: int, planned: int) -> list[str]:
    """Whoever left trials out could have chosen which, so they are not ranked, whatever the cause."""
    return [f"ran {ran} of {planned} planned trials"] if ran < planned else []


def _unranked(setting: Setting, overall: Measures) -> list[str]:
    """Only calls of functions over all of the ranked tier are ranked; of what is simulated there is no
    ranking to be kept out of.
    """
    if setting.simulated:
        return []
    if setting.channel != TOOL:
        return [f"the channel {setting.channel} is not ranked"]
    if setting.variant:
        return [f"variant {setting.variant} of the suite is not ranked"]
    if setting.tier != RANKED:
        return [f"the tier {setting.tier} is not ranked"]
    short = overall.cases < setting.tier_cases
    return [f"ran {overall.cases} of the {setting.tier_cases} cases of the tier"] if short else []


def _reasons(overall: Measures) -> list[str]:
    if overall.score is None:
        return ["no trial came to a reply"]
    share = overall.excluded / overall.trials
    if share > MOST_EXCLUDED:
        return [f"{overall.excluded} of {overall.trials} trials are faults or unsupported ({share:.1%})"]
    return []
