"""What the runner asks of an endpoint, and what comes back."""

from __future__ import annotations

from typing import Protocol

import msgspec

from fcbench_action.functions.base import Prompt
from fcbench_action.judge.types import Outcome, Reply
from fcbench_action.records.types import Attempt, Sampling, ToolText, Usage


class Ask(msgspec.Struct, frozen=True):
    """One round's question: the prompt, and after round 0 the last reply with its feedback.

    ``dialect`` names what the tool's schema is sent as (``endpoint.dialects``), ``channel`` how the answer is
    asked for (``endpoint.channels``). ``tool`` always holds the full schema.
    """

    model: str
    prompt: Prompt
    tool: ToolText
    sampling: Sampling
    last: Reply | None = None
    feedback: str = ""
    dialect: str = "full"
    channel: str = "tool"


class Exchange(msgspec.Struct, frozen=True):
    """The end of one round's asking.

    Either ``reply`` is there and the judge decides, or ``outcome`` is one of fault, unsupported and
    unattributable, and ``detail`` says in one line what happened.
    """

    attempts: tuple[Attempt, ...]
    usage: Usage
    reply: Reply | None = None
    outcome: Outcome | None = None
    detail: str = ""
    served_model: str | None = None


class Endpoint(Protocol):
    """Anything that answers. Raises ``EnvironmentFailed`` for key, credit, or unknown model."""

    async def ask(self, ask: Ask) -> Exchange:
        """Ask one round's question, with bounded retries."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...
