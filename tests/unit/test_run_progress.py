"""What is shown while a run goes on: little, and nothing that a model's name could abuse."""

from __future__ import annotations

import io

from rich.console import Console

from fcbench_action.judge.types import Outcome
from fcbench_action.records.types import Round, Usage
from fcbench_action.run.progress import LINE_EVERY, Lines, Live, Quiet, display

HOSTILE = "acme/\x1b[2J[bold]x[/bold]\n::error::boo"


def result(outcome: Outcome) -> Round:
    return Round(0, outcome, (), Usage(), "", 0.0)


def play(shown, model: str = HOSTILE) -> None:
    shown.begin(model, 3, 1)
    for outcome in (Outcome.VALID, Outcome.FAULT):
        shown.round(model)
        shown.trial(model, result(outcome))
    shown.say(f"stopped {model}")
    shown.end()


def test_plain_lines_say_begin_and_end_and_now_and_then_how_far_it_is():
    now = [0.0]
    stream = io.StringIO()
    lines = Lines(stream, lambda: now[0])
    lines.begin("acme/model", 100, 10)
    for _ in range(50):
        now[0] += LINE_EVERY / 10
        lines.round("acme/model")
        lines.trial("acme/model", result(Outcome.VALID))
    text = stream.getvalue().splitlines()
    assert text[0] == "acme/model: 100 trials, 10 of them finished earlier"
    assert text[1] == "acme/model: 19/100 trials, 10 calls, 9 valid, 0 not valid"
    assert len(text) == 6


def test_hostile_names_stay_on_their_line_as_plain_text():
    for make in (
        lambda s: Lines(s, lambda: 0.0),
        Quiet,
        lambda s: Live(Console(file=s, force_terminal=False)),
    ):
        stream = io.StringIO()
        play(make(stream))
        assert "\x1b" not in stream.getvalue()
        assert not any(line.startswith("::") for line in stream.getvalue().splitlines())
    assert "[bold]x[/bold]" in stream.getvalue()


def test_the_live_display_emits_only_its_own_escapes():
    stream = io.StringIO()
    play(Live(Console(file=stream, force_terminal=True, width=200)))
    assert "\x1b[2J" not in stream.getvalue() and "\\x1b" in stream.getvalue()


def test_the_display_fits_its_stream():
    assert isinstance(display(io.StringIO(), lambda: 0.0, quiet=False), Lines)
    assert isinstance(display(io.StringIO(), lambda: 0.0, quiet=True), Quiet)
