"""What a person sees while a run goes on: a live display on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from fcbench_action.judge.types import Outcome
from fcbench_action.records.types import Round
from fcbench_action.sinks import one_line, terminal

LINE_EVERY = 15.0
"""Seconds between two plain lines."""


class Display(Protocol):
    """Told about everything that happens; whatever it is told about models may be hostile text."""

    def begin(self, model: str, trials: int, done: int) -> None:
        """A model has ``trials`` trials, of which ``done`` are finished already."""

    def round(self, model: str) -> None:
        """A round has been judged and kept."""

    def trial(self, model: str, result: Round) -> None:
        """A trial is finished; ``result`` is its last round."""

    def say(self, text: str) -> None:
        """Something happened that a person should know now."""

    def end(self) -> None:
        """The run is over, however it ended."""


class Quiet:
    """Shows only what must be said."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def begin(self, model: str, trials: int, done: int) -> None:
        """Shows nothing."""

    def round(self, model: str) -> None:
        """Shows nothing."""

    def trial(self, model: str, result: Round) -> None:
        """Shows nothing."""

    def say(self, text: str) -> None:
        """One line."""
        print(terminal(text, lines=False), file=self._stream, flush=True)

    def end(self) -> None:
        """Shows nothing."""


class _Tally:
    """How far one model is."""

    def __init__(self, trials: int, done: int) -> None:
        self.trials = trials
        self.done = done
        self.calls = 0
        self.last: Counter[Outcome] = Counter()

    def __str__(self) -> str:
        valid = self.last[Outcome.VALID]
        faults = self.last[Outcome.FAULT]
        wrong = sum(self.last.values()) - valid - faults
        text = f"{self.calls} calls, {valid} valid, {wrong} not valid"
        return f"{text}, {faults} faults" if faults else text


class Lines(Quiet):
    """Plain lines for logs: when a model begins, now and then, and when all its trials are finished."""

    def __init__(self, stream: TextIO, monotonic: Callable[[], float]) -> None:
        super().__init__(stream)
        self._monotonic = monotonic
        self._tallies: dict[str, _Tally] = {}
        self._next = monotonic() + LINE_EVERY

    def begin(self, model: str, trials: int, done: int) -> None:
        """One line."""
        self._tallies[model] = _Tally(trials, done)
        before = f", {done} of them finished earlier" if done else ""
        self.say(f"{one_line(model)}: {trials} trials{before}")

    def round(self, model: str) -> None:
        """A line where the last one is long ago."""
        self._tallies[model].calls += 1
        if self._monotonic() >= self._next:
            self._line(model)

    def trial(self, model: str, result: Round) -> None:
        """A line where it was the model's last trial."""
        tally = self._tallies[model]
        tally.done += 1
        tally.last[result.outcome] += 1
        if tally.done == tally.trials:
            self._line(model)

    def _line(self, model: str) -> None:
        tally = self._tallies[model]
        self.say(f"{one_line(model)}: {tally.done}/{tally.trials} trials, {tally}")
        self._next = self._monotonic() + LINE_EVERY


class Live:
    """A bar for each model, redrawn in place."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.fields[label]}", markup=False),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[tally]}", markup=False),
            console=console,
        )
        self._tallies: dict[str, _Tally] = {}
        self._tasks: dict[str, TaskID] = {}

    def begin(self, model: str, trials: int, done: int) -> None:
        """Adds the model's bar."""
        self._tallies[model] = _Tally(trials, done)
        self._tasks[model] = self._progress.add_task(
            "", total=trials, completed=done, label=one_line(model, 48), tally=""
        )
        self._progress.start()

    def round(self, model: str) -> None:
        """Counts a call."""
        tally = self._tallies[model]
        tally.calls += 1
        self._progress.update(self._tasks[model], tally=str(tally))

    def trial(self, model: str, result: Round) -> None:
        """Moves the bar."""
        tally = self._tallies[model]
        tally.last[result.outcome] += 1
        self._progress.update(self._tasks[model], advance=1, tally=str(tally))

    def say(self, text: str) -> None:
        """A line above the bars."""
        self._progress.console.print(Text(terminal(text, lines=False)))

    def end(self) -> None:
        """Leaves the bars as they are."""
        self._progress.stop()


def display(stream: TextIO, monotonic: Callable[[], float], *, quiet: bool) -> Display:
    """The display that fits where ``stream`` goes."""
    if quiet:
        return Quiet(stream)
    console = Console(file=stream)
    return Live(console) if console.is_terminal and console.is_interactive else Lines(stream, monotonic)
