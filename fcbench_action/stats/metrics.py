"""The measures of a group of trials, as the method page defines them.

With v(r) = 1 where a trial is strictly valid by round r: cases are averaged over their trials, modules
over their cases, and phases over their modules; phases weigh equally. Faults and unsupported trials are
in no score and in every count. An unattributable trial counts as the model's failure; where there are
any, ``score_if_excluded`` is the score without them, so that both bounds are published.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import msgspec

from fcbench_action.judge.types import Outcome
from fcbench_action.records.types import CaseRef
from fcbench_action.stats.bootstrap import LEAST_MODULES, ratio_interval
from fcbench_action.stats.estimate import Estimate, Method, rounded
from fcbench_action.stats.intervals import Strata, clustered_mean, clustered_wilson, wilson
from fcbench_action.stats.trials import Trial

Value: TypeAlias = Callable[[Trial], float | None]
"""What a trial contributes to a mean, in [0, 1]; ``None`` leaves it out."""

SEMANTIC_PHASES = frozenset({"analyze", "database", "interface"})
"""Phases graded by what the answer means; the others are graded by running it."""

LEAST_ROOM = 0.05
"""Correction is only estimated where at least this share of first calls is left to correct."""


@dataclass(frozen=True, slots=True)
class CaseValue:
    """A case's mean over the ``n`` trials that count."""

    case: CaseRef
    value: float
    n: int


class Measures(msgspec.Struct, frozen=True, omit_defaults=True):
    """Every measure of one group of trials; what cannot be known is absent.

    Shares are in [0, 1], ``score`` in [0, 100], money in US dollars, seconds are wall time of rounds.
    ``outcomes`` and ``valid_by_round`` have an entry a round, 0 to R; each entry of ``outcomes`` adds up to
    ``trials``.
    """

    cases: int
    modules: int
    trials: int
    excluded: int
    unattributable: int
    outcomes: tuple[dict[str, int], ...]
    first_call: Estimate | None = None
    valid_by_round: tuple[Estimate | None, ...] = ()
    score: Estimate | None = None
    score_if_excluded: Estimate | None = None
    correction: Estimate | None = None
    first_call_lenient: Estimate | None = None
    leniency_gap: Estimate | None = None
    semantic: Estimate | None = None
    semantic_of_valid: Estimate | None = None
    runtime: Estimate | None = None
    runtime_of_valid: Estimate | None = None
    reliability: Estimate | None = None
    reliability_k: int | None = None
    prompt_tokens: Estimate | None = None
    completion_tokens: Estimate | None = None
    tokens_to_valid: Estimate | None = None
    money_to_valid: Estimate | None = None
    seconds_to_valid: Estimate | None = None


def measure(trials: Sequence[Trial], *, part: bool = False) -> Measures:
    """The measures of ``trials``, which share their number of rounds; the order makes no difference.

    Ratios of a ``part`` have no intervals, for nobody shows them and drawing samples takes its time.
    """
    rounds = max((trial.max_rounds for trial in trials), default=0) + 1
    scored = [trial for trial in trials if not trial.excluded]
    blameless = [trial for trial in scored if trial.end is not Outcome.UNATTRIBUTABLE]
    by_round = tuple(_mean(scored, partial(valid_by, index=index)) for index in range(rounds))
    k = most_trials(scored)
    return Measures(
        cases=len({trial.case.id for trial in trials}),
        modules=len({(trial.case.topic, trial.case.module) for trial in trials}),
        trials=len(trials),
        excluded=len(trials) - len(scored),
        unattributable=len(scored) - len(blameless),
        outcomes=outcome_counts(trials, rounds),
        first_call=by_round[0],
        valid_by_round=by_round,
        score=_mean(scored, calls_saved, 100),
        score_if_excluded=_mean(blameless, calls_saved, 100) if len(blameless) < len(scored) else None,
        correction=correction(scored, part=part),
        first_call_lenient=_mean(scored, lenient_first),
        leniency_gap=_mean(scored, leniency),
        semantic=_mean(_graded(scored, semantic=True), grade_or_zero),
        semantic_of_valid=_mean(_graded(scored, semantic=True), grade),
        runtime=_mean(_graded(scored, semantic=False), grade_or_zero),
        runtime_of_valid=_mean(_graded(scored, semantic=False), grade),
        reliability=estimate_mean(pass_all(scored, k)) if k else None,
        reliability_k=k,
        prompt_tokens=_ratio(scored, lambda t: t.prompt_tokens, lambda _: 1, part),
        completion_tokens=_ratio(scored, lambda t: t.completion_tokens, lambda _: 1, part),
        tokens_to_valid=_ratio(scored, _tokens, _is_valid, part),
        money_to_valid=_ratio(_priced(blameless), lambda t: t.cost, _is_valid, part),
        seconds_to_valid=_ratio(scored, lambda t: t.seconds, _is_valid, part),
    )


def valid_by(trial: Trial, index: int) -> float:
    """v(r): 1 where the trial is valid by round ``index``."""
    return float(trial.valid_round is not None and trial.valid_round <= index)


def first_and_final(trials: Sequence[Trial]) -> tuple[Estimate | None, Estimate | None]:
    """The shares valid at the first call and in the end, as :func:`measure` has them, and nothing else."""
    scored = [trial for trial in trials if not trial.excluded]
    return _mean(scored, partial(valid_by, index=0)), _mean(scored, lambda t: valid_by(t, t.max_rounds))


def calls_saved(trial: Trial) -> float:
    """The mean of v(r) over the rounds 0..R: 1 where the first call is valid, 0 where none is."""
    rounds = trial.max_rounds + 1
    return 0.0 if trial.valid_round is None else (rounds - trial.valid_round) / rounds


def lenient_first(trial: Trial) -> float:
    """1 where the lenient reading of the first call is valid. No reply to read is not valid."""
    return float(bool(trial.lenient_first))


def leniency(trial: Trial) -> float:
    """1 where only the lenient reading of the first call is valid."""
    return float(bool(trial.lenient_first) and not valid_by(trial, 0))


def grade(trial: Trial) -> float | None:
    """The grade of a valid trial."""
    return trial.grade


def grade_or_zero(trial: Trial) -> float:
    """The grade, where an invalid trial has 0."""
    return trial.grade or 0.0


def per_case(trials: Iterable[Trial], value: Value) -> dict[str, CaseValue]:
    """By case id, the mean of ``value`` over the case's trials."""
    values: dict[str, list[float]] = {}
    refs: dict[str, CaseRef] = {}
    for trial in trials:
        contribution = value(trial)
        if contribution is not None:
            values.setdefault(trial.case.id, []).append(contribution)
            refs[trial.case.id] = trial.case
    return {
        case: CaseValue(refs[case], math.fsum(found) / len(found), len(found))
        for case, found in sorted(values.items())
    }


def pass_all(trials: Iterable[Trial], k: int) -> dict[str, CaseValue]:
    """By case id, the chance that ``k`` trials drawn from the case's are all valid on the first call.

    C(c, k) / C(n, k) for c of n; cases with fewer than ``k`` trials are left out.
    """
    means = per_case(trials, lambda trial: valid_by(trial, 0))
    return {
        case: CaseValue(m.case, math.comb(round(m.value * m.n), k) / math.comb(m.n, k), m.n)
        for case, m in means.items()
        if m.n >= k
    }


def most_trials(trials: Iterable[Trial]) -> int | None:
    """The k of pass^k: the most trials that any case has; ``None`` below two."""
    most = max(Counter(trial.case.id for trial in trials).values(), default=0)
    return most if most > 1 else None


def outcome_counts(trials: Iterable[Trial], rounds: int) -> tuple[dict[str, int], ...]:
    """For each round, how many trials stand at which outcome; every entry adds up to the trials."""
    found = list(trials)
    counters = [Counter(trial.outcome_by(index) for trial in found) for index in range(rounds)]
    return tuple({outcome.value: c[outcome] for outcome in Outcome if c[outcome]} for c in counters)


def correction(trials: Sequence[Trial], *, part: bool = False) -> Estimate | None:
    """(V@R - FCV) / (1 - FCV): the share of invalid first calls that feedback mended.

    Where it is the same in all modules, say 1, there is nothing to draw samples from: the interval is then
    Wilson's over the cases that had something to mend.
    """
    invalid = per_case(trials, lambda trial: 1 - valid_by(trial, 0))
    mended = per_case(trials, lambda trial: valid_by(trial, trial.max_rounds) - valid_by(trial, 0))
    room = strata(invalid)
    if not invalid or clustered_mean(room) < LEAST_ROOM:
        return None
    value = clustered_mean(strata(mended)) / clustered_mean(room)
    n = sum(item.n for item in invalid.values())
    if part:
        return _with_interval(value, n, None, Method.NO_INTERVAL_RATIO)
    pairs = [*zip(contributions(strata(mended)).values(), contributions(room).values(), strict=True)]
    interval, method = ratio_interval(pairs), Method.BCA_BOOTSTRAP
    if interval is None and len(pairs) >= LEAST_MODULES:
        interval, method = wilson(value, sum(c.value > 0 for c in invalid.values())), Method.WILSON
    return _with_interval(value, n, interval, method)


def contributions(phases: Strata) -> dict[str, float]:
    """What each module, in all its phases together, adds to the clustered mean."""
    found: dict[str, float] = {}
    for modules in phases.values():
        for name, value in modules.items():
            found[name] = found.get(name, 0.0) + value / (len(phases) * len(modules))
    return found


def _with_interval(value: float, n: int, interval: tuple[float, float] | None, method: Method) -> Estimate:
    if interval is None:
        return Estimate(rounded(value), n, Method.NO_INTERVAL_RATIO)
    low, high = map(rounded, interval)
    return Estimate(rounded(value), n, method, low, high)


def strata(cases: Mapping[str, CaseValue]) -> dict[str, dict[str, float]]:
    """Module means by phase, both in sorted order."""
    phases: dict[str, dict[str, list[float]]] = {}
    for item in cases.values():
        modules = phases.setdefault(item.case.phase, {})
        modules.setdefault(_module(item.case), []).append(item.value)
    return {
        phase: {name: math.fsum(values) / len(values) for name, values in sorted(modules.items())}
        for phase, modules in sorted(phases.items())
    }


def _module(case: CaseRef) -> str:
    return f"{case.topic}/{case.module}"


def estimate_mean(cases: Mapping[str, CaseValue], scale: float = 1) -> Estimate | None:
    """The clustered mean of case values in [0, 1], times ``scale``; ``None`` where there are none."""
    if not cases:
        return None
    means = strata(cases)
    value = rounded(clustered_mean(means) * scale)
    n = sum(item.n for item in cases.values())
    interval = clustered_wilson(means, len(cases))
    if interval is None:
        return Estimate(value, n, Method.NO_INTERVAL_ONE_MODULE)
    low, high = (rounded(bound * scale) for bound in interval)
    return Estimate(value, n, Method.CLUSTERED_WILSON, low, high)


def _mean(trials: Iterable[Trial], value: Value, scale: float = 1) -> Estimate | None:
    return estimate_mean(per_case(trials, value), scale)


def _ratio(
    trials: Iterable[Trial],
    above: Callable[[Trial], float | None],
    below: Callable[[Trial], int],
    part: bool,
) -> Estimate | None:
    """Total of ``above`` over total of ``below``, over the trials where ``above`` is known."""
    modules: dict[str, list[tuple[float, int]]] = {}
    for trial in trials:
        if (amount := above(trial)) is not None:
            modules.setdefault(_module(trial.case), []).append((amount, below(trial)))
    pairs = [
        (math.fsum(amount for amount, _ in found), float(sum(count for _, count in found)))
        for _, found in sorted(modules.items())
    ]
    count = math.fsum(parts for _, parts in pairs)
    if not count:
        return None
    value = math.fsum(amount for amount, _ in pairs) / count
    n = sum(map(len, modules.values()))
    return _with_interval(value, n, None if part else ratio_interval(pairs), Method.BCA_BOOTSTRAP)


def _priced(trials: Sequence[Trial]) -> Sequence[Trial]:
    """All or none: where what any trial cost is unknown, what is known need not be like the rest."""
    return trials if all(trial.cost is not None for trial in trials) else ()


def _graded(trials: Iterable[Trial], *, semantic: bool) -> list[Trial]:
    return [trial for trial in trials if (trial.case.phase in SEMANTIC_PHASES) is semantic]


def _tokens(trial: Trial) -> int | None:
    if trial.prompt_tokens is None or trial.completion_tokens is None:
        return None
    return trial.prompt_tokens + trial.completion_tokens


def _is_valid(trial: Trial) -> int:
    return int(trial.end is Outcome.VALID)
