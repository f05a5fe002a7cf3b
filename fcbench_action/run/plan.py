"""What a run will ask: one plan a model, fixed before anything is asked.

The run's id is a digest of everything that decides what is asked, so that the same command finds the
same run again, and another suite, model or setting begins another one.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from fcbench_action import __version__
from fcbench_action.errors import BadInput
from fcbench_action.records.plans import RunPlan, run_id
from fcbench_action.records.types import CaseRef, Provenance, Sampling
from fcbench_action.sinks import one_line
from fcbench_action.suite.case import Case, Suite

SIMULATED_PROVIDER = "simulated"
"""Models of this provider are played by the embedded endpoint, and marked everywhere."""

WHOLE = "all"
"""The shard of a run that is not divided between machines."""

SEEDS = 1 << 31
"""Seeds of labelled runs lie below, so that every server takes them."""

_BYTES_PER_TOKEN = 3.5
"""JSON Schema and JSON arguments, measured roughly over public tokenizers; for estimates only."""


class Target(msgspec.Struct, frozen=True):
    """A model under test: its public name, and the name that its endpoint knows it by."""

    provider: str
    model: str
    wire: str

    @property
    def name(self) -> str:
        """``provider/model``, as published."""
        return f"{self.provider}/{self.model}"

    @property
    def simulated(self) -> bool:
        """Whether the embedded endpoint plays it, under whatever name it is published."""
        return SIMULATED_PROVIDER in (self.provider, self.wire.partition("/")[0])


class Settings(msgspec.Struct, frozen=True):
    """What is the same for every model of a run. ``max_rounds`` counts the feedback rounds only;
    ``tier_cases`` are all that the tier has, chosen or not; 0 for the tier that has no bounds."""

    trials: int = 1
    max_rounds: int = 4
    sampling: Sampling = Sampling()
    track: str = "controlled"
    channel: str = "tool"
    dialect: str = "full"
    tier: str = "standard"
    tier_cases: int = 0
    label: str = ""
    facts: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Plan:
    """One model's run: who is asked and how, which cases in which order, how often."""

    provenance: Provenance
    wire: str
    cases: tuple[Case, ...]
    trials: int
    shard: str = WHOLE
    label: str = ""

    @property
    def name(self) -> str:
        """The model's public name, ``provider/model``."""
        return f"{self.provenance.provider}/{self.provenance.model}"

    def written(self) -> RunPlan:
        """The plan as it is written beside the records."""
        cases = tuple(case.id for case in self.cases)
        return RunPlan(self.provenance, self.wire, cases, self.trials, self.label)

    def work(self) -> Iterator[tuple[Case, int]]:
        """Every trial in the order in which they begin: all cases once, then all cases again."""
        return ((case, trial) for trial in range(self.trials) for case in self.cases)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Bounds of what a plan asks. Tokens are rough and count a reference-sized reply."""

    cases: int
    trials: int
    min_calls: int
    max_calls: int
    min_tokens: int
    max_tokens: int


def parse_target(text: str, default_provider: str) -> Target:
    """Read ``PROVIDER/NAME`` or ``PROVIDER/NAME=WIRE-NAME``; a name without provider gets the default one.

    Without ``=`` the endpoint is sent the text as it stands. Raises ``BadInput``.
    """
    public, equals, wire = text.partition("=")
    provider, slash, model = public.partition("/")
    if not slash:
        provider, model = default_provider, public
    if not provider or not model or (equals and not wire):
        raise BadInput(
            f"--model {one_line(text)!r} is no model name: write PROVIDER/NAME, or PROVIDER/NAME=WIRE-NAME"
        )
    return Target(provider, model, wire if equals else public)


def make_plan(suite: Suite, target: Target, cases: tuple[Case, ...], settings: Settings, host: str) -> Plan:
    """The plan of one model; ``host`` is the endpoint's name without port."""
    provenance = Provenance(
        run="",
        provider=target.provider,
        model=target.model,
        simulated=target.simulated,
        track=settings.track,
        suite_version=suite.version,
        suite_digest=suite.digest,
        fcbench_version=__version__,
        host=host,
        channel=settings.channel,
        dialect=settings.dialect,
        tier=settings.tier,
        tier_cases=settings.tier_cases,
        variant=suite.variant,
        facts=settings.facts,
        max_rounds=settings.max_rounds,
        sampling=labelled(settings.sampling, settings.label),
    )
    plan = Plan(provenance, target.wire, cases, settings.trials, label=settings.label)
    named = msgspec.structs.replace(provenance, run=run_id(plan.written()))
    return dataclasses.replace(plan, provenance=named)


def labelled(sampling: Sampling, label: str) -> Sampling:
    """The sampling of a labelled run: its seed begins elsewhere, or the run would repeat another one."""
    if sampling.seed is None or not label:
        return sampling
    digest = hashlib.sha256(label.encode("utf-8", "surrogatepass")).digest()
    seed = (sampling.seed + int.from_bytes(digest[:4], "big")) % SEEDS
    return msgspec.structs.replace(sampling, seed=seed)


def trial_sampling(sampling: Sampling, trial: int) -> Sampling:
    """The sampling of one trial: repetitions differ in their seed, or they would repeat nothing."""
    if sampling.seed is None:
        return sampling
    return msgspec.structs.replace(sampling, seed=sampling.seed + trial)


def case_ref(case: Case) -> CaseRef:
    """What a record says about its case."""
    return CaseRef(
        case.id, case.topic, case.module, case.function.phase, case.function.name, case.target, case.title
    )


def estimate(plan: Plan, tool_bytes: dict[str, int]) -> Estimate:
    """Between every first call valid and no call ever valid; ``tool_bytes`` is by function name."""
    first = again = 0
    for case in plan.cases:
        prompt = case.prompt
        sent = len(prompt.system.encode()) + len(prompt.user.encode()) + tool_bytes[case.function.name]
        answer = len(msgspec.json.encode(case.task.reference))
        first += sent + answer
        again += sent + 3 * answer
    rounds, trials = plan.provenance.max_rounds, plan.trials
    return Estimate(
        cases=len(plan.cases),
        trials=len(plan.cases) * trials,
        min_calls=len(plan.cases) * trials,
        max_calls=len(plan.cases) * trials * (rounds + 1),
        min_tokens=_tokens(first * trials),
        max_tokens=_tokens((first + again * rounds) * trials),
    )


def estimated_tokens(*texts: str | None) -> int:
    """A rough count for texts whose tokens nobody reported; used by budgets, never published."""
    return _tokens(sum(len(text.encode("utf-8", "replace")) for text in texts if text))


def _tokens(size: int) -> int:
    return round(size / _BYTES_PER_TOKEN)
