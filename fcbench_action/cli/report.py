"""``fcbench report``: rewrite every derived file of a results tree from its records."""

from __future__ import annotations

from pathlib import Path

import click

from fcbench_action.pages.comparison import comparison
from fcbench_action.pages.report import boards_json, read_boards, write_report
from fcbench_action.records.base import open_base
from fcbench_action.sinks import terminal


@click.command("report")
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    default=Path("results"),
    show_default=True,
    help="Folder of the results tree.",
)
@click.option(
    "--compare",
    "base",
    type=click.Path(path_type=Path),
    help="Results tree to compare with; prints what is new, changed or gone as Markdown. An empty folder "
    "stands for no tree.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to print: one line for people, or the leaderboards for scripts.",
)
def command(results: Path, base: Path | None, form: str) -> None:
    """Rewrite every derived file of a results tree from its records.

    Derived are the leaderboard in README.md, the pages and scorecard.json of each model, and the
    artifacts that its answers compile to. Running it twice changes nothing.
    """
    before = [] if base is None or open_base(results, base).is_empty else read_boards(base)
    report = write_report(results)
    if base:
        click.echo(comparison(before, report.boards), nl=False)
        return
    if form == "json":
        click.echo(boards_json(report.boards))
        return
    changed = f"{report.written} files written, {report.deleted} deleted"
    click.echo(f"{terminal(str(results), lines=False)}: {report.models} models, {changed}")
