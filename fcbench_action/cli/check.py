"""``fcbench check``: one reply to one case, judged exactly as a run would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from fcbench_action.cli.files import printed_json, read_text
from fcbench_action.cli.variant import variant_option
from fcbench_action.diagnostics import Diagnostic, errors, render_path
from fcbench_action.functions.base import Grade
from fcbench_action.judge.judge import check_argument
from fcbench_action.judge.types import Outcome, Verdict
from fcbench_action.sinks import one_line, terminal
from fcbench_action.suite.case import Case
from fcbench_action.suite.load import find, load


@click.command("check")
@click.argument("case")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print the verdict.",
)
@click.option("--feedback", is_flag=True, help="Print only what the model would be told next.")
@variant_option
def command(case: str, file: Path, format_: str, feedback: bool, variant: int | None) -> None:
    """Judge the arguments in FILE (- for standard input) as a reply to CASE.

    Prints outcome, diagnostics, the lenient verdict and the grade. Exit code 0 where the reply is valid, 1
    where it is not, 2 where the case or the file does not exist.

    With --format json: an object of case, outcome, valid, lenient (outcome, repairs), diagnostics (code,
    stage, path, place, message, expected, actual, severity), omitted, grade (score, parts of name, earned,
    possible and misses; null unless valid) and feedback.
    """
    found = find(load(variant=variant), case)
    verdict = check_argument(found.function, found.task, read_text(file))
    if feedback:
        click.echo(terminal(verdict.feedback))
    elif format_ == "json":
        click.echo(printed_json(_report(found, verdict)))
    else:
        click.echo("\n".join(_lines(found, verdict)))
    if verdict.outcome is not Outcome.VALID:
        raise SystemExit(1)


def _report(case: Case, verdict: Verdict) -> dict[str, Any]:
    return {
        "case": case.id,
        "outcome": verdict.outcome,
        "valid": verdict.outcome is Outcome.VALID,
        "lenient": {"outcome": verdict.lenient.outcome, "repairs": verdict.lenient.repairs},
        "diagnostics": [
            {**msgspec.to_builtins(diagnostic), "place": render_path(diagnostic.path)}
            for diagnostic in verdict.diagnostics
        ],
        "omitted": verdict.omitted,
        "grade": verdict.grade,
        "feedback": verdict.feedback,
    }


def _lines(case: Case, verdict: Verdict) -> list[str]:
    lines = [f"{case.id}: {verdict.outcome}"]
    for diagnostic in verdict.diagnostics:
        lines += _diagnostic(diagnostic)
    if verdict.omitted:
        lines.append(f"... and {verdict.omitted} more")
    failed = len(errors(verdict.diagnostics)) + verdict.omitted
    if failed:
        lines.append(f"{failed} error{'s' * (failed != 1)}")
    repairs = f" after {', '.join(verdict.lenient.repairs)}" if verdict.lenient.repairs else ""
    lines.append(f"lenient: {verdict.lenient.outcome}{repairs}")
    return lines + _grade(verdict.grade)


def _diagnostic(diagnostic: Diagnostic) -> list[str]:
    place = one_line(render_path(diagnostic.path), 300)
    lines = [f"  {place}: {diagnostic.severity} [{diagnostic.code}] {one_line(diagnostic.message, 500)}"]
    for word, text in (("expected", diagnostic.expected), ("got", diagnostic.actual)):
        if text:
            lines.append(f"    {word} {one_line(text, 300)}")
    return lines


def _grade(grade: Grade | None) -> list[str]:
    if grade is None:
        return []
    lines = [f"grade: {grade.score:.3f}"]
    for part in grade.parts:
        lines.append(f"  {one_line(part.name)}: {part.earned:g} of {part.possible:g}")
        lines += [f"    {one_line(miss, 300)}" for miss in part.misses]
    return lines
