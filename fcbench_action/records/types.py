"""The record of one trial, and the file that holds the trials of one model, topic, run and shard.

Every published number recomputes from records. Reading refuses what no run writes: numbers out of their
range, and fields that the format does not have. The only fields that may differ between two runs that
got the same answers are those named in :data:`TIMING_FIELDS`.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import msgspec

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.functions.base import Grade, Prompt
from fcbench_action.judge.types import Outcome, Reading, Reply

FORMAT = 1
"""The version of the format that this code writes; ``records.migrate`` reads older ones."""

TIMING_FIELDS = ("started_at", "seconds")

MOST_ROUNDS = 32
"""The most feedback rounds that a run may have."""

Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
"""A count that every reader of JSON reads alike."""

Seconds: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=1e9)]
"""A duration; sums of any number of them stay finite."""

MOST_MONEY = 1e9
Money: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=MOST_MONEY)]
"""US dollars; sums of any number of them stay finite."""

_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"
Time: TypeAlias = Annotated[str, msgspec.Meta(pattern=_TIME)]
"""A moment in UTC as RFC 3339 writes it, such as ``2026-01-31T12:00:00Z``."""


class Sampling(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Sampling settings; ``None`` leaves one to the server, and is then not sent at all."""

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: Count | None = None
    seed: Count | None = None


class Usage(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Tokens as the server reported them; ``None`` is unknown, never 0.

    ``cost`` is in US dollars: the server's own figure, or else reported tokens times the prices that the run
    was given.
    """

    prompt_tokens: Count | None = None
    completion_tokens: Count | None = None
    reasoning_tokens: Count | None = None
    cached_tokens: Count | None = None
    cost: Money | None = None


class Attempt(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One HTTP exchange. ``error`` is a short kind such as ``timeout``, ``reset`` or ``http-503``."""

    status: Annotated[int, msgspec.Meta(ge=0, lt=1000)] | None = None
    error: str | None = None
    seconds: Seconds = 0.0


class Round(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One reply of the model and its check.

    ``reply`` is absent exactly where the outcome is a fault, unsupported or unattributable; ``detail``
    then says why. ``feedback`` is what the next round was told, empty where there was nothing to say.
    """

    index: Count
    outcome: Outcome
    attempts: tuple[Attempt, ...]
    usage: Usage
    started_at: Time
    seconds: Seconds
    reply: Reply | None = None
    lenient: Reading | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    omitted: Count = 0
    feedback: str = ""
    detail: str = ""
    served_model: str | None = None


class CaseRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which case it was, with all that statistics and pages group by."""

    id: str
    topic: str
    module: str
    phase: str
    function: str
    target: str
    title: str


class Provenance(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who was asked, how, and by what. ``run`` names the run and is a digest of its plan.

    ``tier`` is the subset of the suite that cases were chosen from, and ``tier_cases`` how many it has.
    ``variant`` is the seed of other words for the same problems, where they were told in other words.
    """

    run: str
    provider: str
    model: str
    simulated: bool
    track: str
    suite_version: str
    suite_digest: str
    fcbench_version: str
    host: str
    channel: str
    dialect: str
    max_rounds: Annotated[int, msgspec.Meta(ge=0, le=MOST_ROUNDS)]
    sampling: Sampling
    tier: str
    tier_cases: Count
    variant: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] | None = None
    facts: dict[str, str] = {}


class Record(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One trial, self-sufficient. ``grade`` is that of the first valid round, if there was one."""

    provenance: Provenance
    case: CaseRef
    trial: Count
    prompt: Prompt
    rounds: tuple[Round, ...]
    grade: Grade | None = None


class ToolText(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A tool as it was sent: wire name, description and JSON Schema.

    ``note`` is what stood about it at the end of the system prompt, where the channel or the dialect wants
    that; files of earlier versions lack it.
    """

    name: str
    description: str
    parameters: dict[str, Any]
    note: str = ""


class RecordFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One immutable file of the results tree: a header line with the tools, then a record a line.

    ``tools`` is by function name. Records are sorted by (case id, trial).
    """

    format: int
    tools: dict[str, ToolText]
    records: tuple[Record, ...]
