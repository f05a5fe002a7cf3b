"""Scorecards: the measures of one model under one setting, whole and broken down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from fcbench_action.judge.channels import TOOL
from fcbench_action.records.types import Provenance
from fcbench_action.stats.metrics import Measures, measure
from fcbench_action.stats.runs import RunFacts, mixture
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


class Scorecard(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything that is published about one model under one setting, over all its runs.

    ``planned`` is how many trials its runs set out to do. ``not_ranked`` holds the reasons that keep it out
    of every ranking; none is good.
    """

    provider: str
    model: str
    setting: Setting
    runs: tuple[RunFacts, ...]
    planned: int
    overall: Measures
    by_topic: dict[str, Measures]
    by_phase: dict[str, Measures]
    by_function: dict[str, Measures]
    by_module: dict[str, Measures]
    not_ranked: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every trial that was planned, and every case of the tier, is in it."""
        return self.overall.trials >= self.planned and self.overall.cases >= self.setting.tier_cases


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
    intended = sum(planned.values())
    return Scorecard(
        provider,
        model,
        setting,
        tuple(sorted(runs, key=lambda run: (run.started_at, run.run))),
        intended,
        overall,
        by_topic=_broken_down(trials, lambda t: t.case.topic),
        by_phase=_broken_down(trials, lambda t: t.case.phase),
        by_function=_broken_down(trials, lambda t: t.case.function),
        by_module=_broken_down(trials, lambda t: f"{t.case.topic}/{t.case.module}"),
        not_ranked=(
            *_partial(overall, intended, setting),
            *_mixed(runs),
            *unranked(setting),
            *_reasons(overall),
        ),
    )


def is_ranked(setting: Setting) -> bool:
    """Whether there is a ranking under the setting: of real models, asked for calls of functions, over all
    of the ranked tier in the suite's own words.
    """
    return not setting.simulated and not unranked(setting)


def scorecard_schema() -> dict[str, Any]:
    """The JSON Schema of ``scorecard.json``, published beside this module as ``scorecard.schema.json``."""
    return msgspec.json.schema(ScorecardFile)


def _broken_down(trials: Sequence[Trial], key: Callable[[Trial], str]) -> dict[str, Measures]:
    groups: dict[str, list[Trial]] = {}
    for trial in trials:
        groups.setdefault(key(trial), []).append(trial)
    return {name: measure(group, part=True) for name, group in sorted(groups.items())}


def _partial(overall: Measures, planned: int, setting: Setting) -> list[str]:
    """Whoever left trials or cases out could have chosen which, so they are not ranked, whatever the cause.
    Said once: what is missing of the plan is missing of the tier.
    """
    if overall.trials < planned:
        return [f"ran {overall.trials} of {planned} planned trials"]
    if overall.cases < setting.tier_cases:
        return [f"ran {overall.cases} of the {setting.tier_cases} cases of the tier"]
    return []


def _mixed(runs: Sequence[RunFacts]) -> list[str]:
    """The average over several contestants is nobody's result."""
    if not (found := mixture(runs)):
        return []
    fix = "publish them under names of their own, PROVIDER/NAME=WIRE-NAME"
    return [f"its runs differ in {' and '.join(found)}: {fix}"]


def unranked(setting: Setting) -> list[str]:
    """Why nothing is ranked under the setting. Of what is simulated there is no ranking to be kept out of."""
    if setting.simulated:
        return []
    if setting.channel != TOOL:
        return [f"the channel {setting.channel} is not ranked"]
    if setting.variant:
        return [f"variant {setting.variant} of the suite is not ranked"]
    return [f"the tier {setting.tier} is not ranked"] if setting.tier != RANKED else []


def _reasons(overall: Measures) -> list[str]:
    if overall.score is None:
        return ["no trial came to a reply"]
    share = overall.excluded / overall.trials
    if share > MOST_EXCLUDED:
        return [f"{overall.excluded} of {overall.trials} trials are faults or unsupported ({share:.1%})"]
    return []
