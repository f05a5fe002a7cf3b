"""What a run came to, as commands tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelResult:
    """How one model's run went: what this invocation did, and why it stopped early, if it did."""

    name: str
    run: str
    simulated: bool
    trials: int
    finished_before: int
    finished: int
    faults: int
    calls: int
    records: int
    stopped: str | None

    @property
    def complete(self) -> bool:
        """Whether every planned trial is finished and recorded, faults included."""
        return self.stopped is None and self.finished_before + self.finished >= self.trials


@dataclass(frozen=True, slots=True)
class Result:
    """How a run went. ``budget`` says which limit stopped it, ``signal`` which signal did, ``trouble`` what
    the disk refused. ``dropped`` counts the replies that a second signal did not wait for.
    """

    models: tuple[ModelResult, ...]
    calls: int
    tokens: int
    tokens_estimated: bool
    cost: float | None
    seconds: float
    budget: str | None = None
    trouble: str | None = None
    signal: int | None = None
    last_fault: str | None = None
    dropped: int = 0

    @property
    def complete(self) -> bool:
        """Whether every planned trial is finished."""
        return all(m.finished_before + m.finished >= m.trials for m in self.models)
