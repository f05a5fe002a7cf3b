"""``fcbench verify``: judge every recorded reply again."""

from __future__ import annotations

import asyncio
import sys
from functools import lru_cache
from pathlib import Path

import click

from fcbench_action.cli.files import printed_json
from fcbench_action.errors import BadInput, GateFailed
from fcbench_action.records.tree import count_records
from fcbench_action.run.options import make_tools
from fcbench_action.run.rejudge import Checked, rejudge
from fcbench_action.run.workers import Workers
from fcbench_action.sinks import one_line, terminal
from fcbench_action.suite.case import Suite
from fcbench_action.suite.load import load

SHOWN = 50
"""Differences printed, at most; ``--format json`` has them all."""


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
    "--allow-partial",
    is_flag=True,
    help="Accept runs that finished only some of their planned trials; they are named all the same.",
)
def command(results: Path, format_: str, allow_partial: bool) -> None:
    """Judge every recorded reply again, with no key and no model call, and compare with the records.

    The records are also held against the plans of their runs. Exit code 1 where anything differs or a run
    lacks planned trials, each named; 2 where records are of another version of
    the suite, which this installation cannot judge; 4 for damaged records.
    """
    suite = load()
    checked = asyncio.run(_judge_again(results, suite))
    if format_ == "json":
        click.echo(printed_json(_plain(checked)))
    else:
        for difference in checked.differences[:SHOWN]:
            click.echo(terminal(str(difference), lines=False))
        for partial in checked.partial[:SHOWN]:
            click.echo(terminal(f"partial: {partial}", lines=False))
        click.echo(f"judged {checked.replies} replies of {checked.records} records again")
        if not checked.records and not checked.others:
            click.echo("the tree holds no records, so nothing was verified")
    _conclude(checked, suite.version, allow_partial)


async def _judge_again(results: Path, suite: Suite) -> Checked:
    @lru_cache(maxsize=4)
    def told(variant: int | None) -> Suite:
        return suite if variant is None else load(variant=variant)

    tools = make_tools(tuple(suite.cases.values()))
    count = count_records(results)
    label = f"judging {count:,} records again"
    with click.progressbar(length=count, label=label, file=sys.stderr, show_pos=True) as bar:
        async with Workers() as workers:
            return await rejudge(results, told, tools, workers.judge, lambda: bar.update(1))


def _conclude(checked: Checked, version: str, allow_partial: bool) -> None:
    if checked.differences:
        raise GateFailed(
            f"{len(checked.differences)} differences between records and judge: these were not written "
            "by this version of fcbench, or were changed afterwards"
        )
    if checked.others:
        found = ", ".join(f"{count} of {one_line(name)}" for name, count in checked.others.items())
        raise BadInput(
            f"records of another version of the suite cannot be judged with version {version}: {found}; "
            "install the fcbench that wrote them"
        )
    if checked.partial and not allow_partial:
        raise GateFailed(
            f"{len(checked.partial)} runs lack planned trials, the first is {checked.partial[0]}: run the "
            "same command again to finish it, or pass --allow-partial where a budget stopped it"
        )


def _plain(checked: Checked) -> dict[str, object]:
    return {
        "records": checked.records,
        "replies": checked.replies,
        "not_verifiable": checked.others,
        "partial": [
            {"model": p.model, "run": p.run, "ran": p.ran, "planned": p.planned} for p in checked.partial
        ],
        "differences": [
            {
                "file": str(d.file),
                "case": d.case,
                "trial": d.trial,
                "round": int(d.place) if d.place else None,
                "field": d.field,
                "recorded": d.recorded,
                "expected": d.expected,
            }
            for d in checked.differences
        ],
    }
