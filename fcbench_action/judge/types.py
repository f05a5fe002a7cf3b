"""What the judge reads and what it says."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import msgspec

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.functions.base import Grade
from fcbench_action.judge.channels import TOOL


class Outcome(StrEnum):
    """What a round came to: exactly one (DESIGN section 6)."""

    VALID = "valid"
    COMPILE_ERROR = "compile_error"
    SCHEMA_VIOLATION = "schema_violation"
    INVALID_JSON = "invalid_json"
    TRUNCATED = "truncated"
    WRONG_FUNCTION = "wrong_function"
    NO_CALL = "no_call"
    REFUSAL = "refusal"
    UNSUPPORTED = "unsupported"
    FAULT = "fault"
    UNATTRIBUTABLE = "unattributable"


MODEL_OUTCOMES = frozenset(Outcome) - {Outcome.UNSUPPORTED, Outcome.FAULT, Outcome.UNATTRIBUTABLE}
"""Outcomes that are the model's own; the others are never its score."""


OUTPUT_LIMIT = "output-limit"
"""The note of a reply that took as many tokens as it was allowed, whatever its finish reason says."""

UNPARSED_CALL = "unparsed-call"
"""The note of a reply whose call the server could not parse; its content is what the server quotes of it."""

_AT_LIMIT = frozenset({"length", "max_tokens", "model_length", "max_output_tokens"})
_FILTERED = frozenset({"content_filter", "safety", "refusal"})


class Reply(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a model answered, as far as the judge cares. Hostile text, all of it.

    ``function`` and ``arguments`` are those of the first tool call, absent where there was none;
    ``arguments`` is the text exactly as the server delivered it. ``notes`` names where its form departed
    from the protocol and how that was read (``endpoint.reading`` has the rules). ``channel`` says how the
    answer was asked for; where that is not as a call, it is in ``content``.
    """

    function: str | None = None
    arguments: str | None = None
    content: str | None = None
    refusal: str | None = None
    finish_reason: str | None = None
    call_id: str | None = None
    extra_calls: Annotated[int, msgspec.Meta(ge=0, lt=2**53)] = 0
    notes: tuple[str, ...] = ()
    channel: str = TOOL

    @property
    def stopped_at_limit(self) -> bool:
        """Whether the output limit ended it, as far as server and token count tell."""
        return (self.finish_reason or "").lower() in _AT_LIMIT or OUTPUT_LIMIT in self.notes

    @property
    def was_declined(self) -> bool:
        """Whether the model declined to answer, or a filter did so in its place."""
        return bool(self.refusal) or (self.finish_reason or "").lower() in _FILTERED


class Reading(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The lenient verdict of the same text: its outcome, and the repairs that were needed, by name."""

    outcome: Outcome
    repairs: tuple[str, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """The judgement of one reply.

    ``argument`` is the typed value where the text matched the schema. ``omitted`` counts diagnostics
    beyond the bound. ``feedback`` is what the model is told next; empty where the reply is valid.
    ``grade`` is there only where the outcome is valid, and once it was graded.
    """

    outcome: Outcome
    lenient: Reading
    diagnostics: tuple[Diagnostic, ...] = ()
    omitted: int = 0
    feedback: str = ""
    argument: Any = None
    grade: Grade | None = None
