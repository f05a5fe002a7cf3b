"""``fcbench verify``: judge every recorded reply again."""

from __future__ import annotations

import asyncio
import sys
from functools import lru_cache
from pathlib import Path

import click

from fcbench_action.cli.files import printed_json
from fcbench_action.cli.verify_files import file_differences, lost_files, notes
from fcbench_action.cli.verify_found import Found
from fcbench_action.records.base import Base, open_base
from fcbench_action.records.tree import check_tree, count_records
from fcbench_action.run.options import make_tools
from fcbench_action.run.rejudge import Checked, rejudge
from fcbench_action.run.workers import Workers
from fcbench_action.sinks import terminal
from fcbench_action.suite.case import Suite
from fcbench_action.suite.load import load


@click.command("verify")
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    default=Path("results"),
    show_default=True,
    help="Folder of the results tree.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print what was found.",
)
@click.option(
    "--base",
    type=click.Path(path_type=Path),
    help="An earlier state of the tree, such as the branch that a pull request goes into: its records must "
    "all be there unchanged, and only what it lacks is judged. An empty folder stands for no tree.",
)
@click.option(
    "--allow-removal",
    is_flag=True,
    help="Accept that files of the base are gone; they are named all the same.",
)
@click.option(
    "--allow-partial",
    is_flag=True,
    help="Accept runs that finished only some of their planned trials; they are named all the same.",
)
def command(results: Path, format_: str, base: Path | None, allow_removal: bool, allow_partial: bool) -> None:
    """Judge every recorded reply again, with no key and no model call, and compare with the records.

    The records are also held against the plans of their runs, and the files of the tree against what runs
    write and `fcbench report` derives; there is nothing else in a tree, but for text around the leaderboard
    in README.md, with --base files that are there too, and at a repository's root whatever lies in no
    provider's folder. Exit code 1 where anything differs or a run
    lacks planned trials, each named; 2 where records are of another version of the suite, which this
    installation cannot judge; 4 for damaged records and symbolic links.
    """
    suite = load()
    check_tree(results)
    before = None if base is None else open_base(results, base)
    lost, remarks = ([], []) if before is None else (lost_files(before), notes(before))
    checked = asyncio.run(_judge_again(results, suite, before))
    found = Found(checked, file_differences(results, before), lost, remarks)
    if format_ == "json":
        click.echo(printed_json(found.plain()))
    else:
        for line in found.lines():
            click.echo(terminal(line, lines=False))
    found.conclude(suite.version, allow_removal=allow_removal, allow_partial=allow_partial)


async def _judge_again(results: Path, suite: Suite, base: Base | None) -> Checked:
    @lru_cache(maxsize=4)
    def told(variant: int | None) -> Suite:
        return suite if variant is None else load(variant=variant)

    tools = make_tools(tuple(suite.cases.values()))
    count = count_records(results)
    label = f"judging {count:,} records again"
    with click.progressbar(length=count, label=label, file=sys.stderr, show_pos=True) as bar:
        async with Workers() as workers:
            before = _never if base is None else base.has
            return await rejudge(results, told, tools, workers.judge, lambda: bar.update(1), before)


def _never(_: Path) -> bool:
    return False
