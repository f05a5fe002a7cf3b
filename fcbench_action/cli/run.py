"""``fcbench run``: ask, judge, record, report."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from fcbench_action.cli.files import printed_json
from fcbench_action.cli.run_options import run_options
from fcbench_action.endpoint.client import OpenAIEndpoint
from fcbench_action.endpoint.retry import Policy
from fcbench_action.errors import EnvironmentFailed
from fcbench_action.pages.report import Report, boards_json, write_report
from fcbench_action.records.tree import MARKER, read_tree
from fcbench_action.run.clock import Clock
from fcbench_action.run.embedded import embedded_url
from fcbench_action.run.options import (
    Options,
    check_targets,
    find_key,
    make_plans,
    make_tools,
    read_headers,
    read_limits,
    read_prices,
    secret_values,
    split,
)
from fcbench_action.run.pace import Pace, Paced
from fcbench_action.run.plan import Plan
from fcbench_action.run.progress import display
from fcbench_action.run.result import ModelResult, Result
from fcbench_action.run.session import Server, Session, prompt_tokens, run
from fcbench_action.run.trial import assess_reply
from fcbench_action.run.workers import Workers
from fcbench_action.sinks import one_line, terminal
from fcbench_action.stats.estimate import Estimate
from fcbench_action.stats.leaderboard import Row
from fcbench_action.suite.case import Suite
from fcbench_action.suite.load import load

RETRY_SECONDS = 120.0
"""What a round may take beyond two exchanges, for waits between its retries."""

LOG_WIDTH = 160
"""Columns of a table that no terminal shows."""


@click.command("run")
@run_options
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the result: a table for people, or JSON for scripts.",
)
def command(quiet: bool, format_: str, **options: Any) -> None:
    """Run the benchmark against an endpoint and write records, scores and tables.

    Each round is on disk before the next is asked for: after an interrupt, a crash or a spent budget, the
    same command goes on where it stopped and asks for nothing twice. Exit codes: 0 fine, also where a
    budget stopped the run; 2 bad input; 3 a key, a host or a disk failed, or every trial ended in a fault;
    4 damaged results; 130 and 143 after an interrupt.
    """
    chosen = Options(**options)
    result, report = execute(chosen, quiet=quiet)
    if format_ == "json":
        click.echo(_json(result, report))
    else:
        show_table(result, report)
        click.echo(f"results are in {terminal(str(chosen.results), lines=False)}")
    for note in notes(result):
        click.echo(f"fcbench: {note}", err=True)
    conclude(result)


def planned(options: Options) -> list[tuple[Plan, bool]]:
    """What a run would ask, each plan with whether its dialect is still to be found out."""
    each = options.each()
    check_targets(each)
    suite = load(split(options.topics) or None, variant=options.variant)
    return [(plan, one.probes) for one in each for plan in make_plans(one, suite)]


def execute(options: Options, *, quiet: bool) -> tuple[Result, Report]:
    """Run what the options ask for and rewrite what derives from the records."""
    limits = read_limits(options)
    each = options.each()
    check_targets(each)
    if (options.results / MARKER).exists():
        read_tree(options.results)  # what is wrong with it is told before anything is paid for
    suite = load(split(options.topics) or None, variant=options.variant)
    plans = [make_plans(one, suite) for one in each]
    keys = [(find_key(one, os.environ), read_headers(one, os.environ)) for one in each]
    clock = Clock()

    async def session() -> Result:
        async with AsyncExitStack() as stack:
            workers = await stack.enter_async_context(Workers())
            servers = [
                await _server(one, *known, suite, clock, stack) for one, known in zip(each, keys, strict=True)
            ]
            return await run(
                Session(
                    plans=[(p, server) for own, server in zip(plans, servers, strict=True) for p in own],
                    tools=make_tools([case for own in plans for case in own[0].cases]),
                    results=options.results,
                    judge=assess_reply,
                    grader=workers.judge,
                    display=display(sys.stderr, clock.monotonic, quiet=quiet),
                    limits=limits,
                    clock=clock,
                )
            )

    result = asyncio.run(session())
    return result, write_report(options.results)


async def _server(
    options: Options,
    key: str,
    headers: dict[str, str],
    suite: Suite,
    clock: Clock,
    stack: AsyncExitStack,
) -> Server:
    """The server that the options name, open until the stack is."""
    base_url = await stack.enter_async_context(embedded_url(options.base_url, suite))
    policy = Policy(attempt=options.timeout, total=2 * options.timeout + RETRY_SECONDS)
    secrets = secret_values(options, headers)
    endpoint = OpenAIEndpoint(base_url, key or None, headers=headers, secrets=secrets, policy=policy)
    stack.push_async_callback(endpoint.close)
    pace = Pace(options.concurrency, options.requests_per_minute, options.tokens_per_minute)
    return Server(
        endpoint=Paced(endpoint, pace, prompt_tokens, clock.monotonic),
        address=f"{options.name} ({endpoint.host})" if options.name else endpoint.host,
        concurrency=options.concurrency,
        prices=read_prices(options),
        probe=options.probes,
        describe=None if options.embedded else endpoint.describe,
    )


def notes(result: Result) -> list[str]:
    """What a person should know beyond the numbers, a line each."""
    lines = []
    again = "run the same command again to go on; nothing is asked twice"
    if result.dropped:
        lines.append(
            f"interrupted: {result.dropped} replies under way were dropped; run the same command again to go "
            "on, which asks for those again"
        )
    elif result.signal is not None:
        lines.append(f"interrupted: {again}")
    elif result.budget is not None:
        lines.append(f"stopped: {result.budget}; {again}, with this budget anew")
    if result.tokens_estimated:
        lines.append("the endpoint did not report all tokens; the budgets counted an estimate")
    lines += [_faults(model) for model in result.models if model.faults]
    return lines


def _faults(model: ModelResult) -> str:
    what = f"warning: {model.faults} of {model.finished} trials of {one_line(model.name)} ended in a fault"
    if model.complete:
        return f"{what}, which is counted and in no score"
    return f"{what}; the same command asks for them again"


def conclude(result: Result) -> None:
    """End the command as the run ended: returns where all is well.

    Raises ``EnvironmentFailed`` for what the user has to mend, and click's ``Exit`` after a signal.
    """
    if result.trouble is not None and not result.complete:
        raise EnvironmentFailed(
            f"{result.trouble}; every reply so far is kept: mend that and run the same command again"
        )
    stopped = [model for model in result.models if model.stopped is not None]
    if stopped:
        more = f" (and {len(stopped) - 1} more models)" if len(stopped) > 1 else ""
        raise EnvironmentFailed(
            f"{one_line(stopped[0].name)} was stopped: {stopped[0].stopped}{more}; "
            "every reply so far is kept: the same command goes on from there"
        )
    if result.signal is not None:
        raise click.exceptions.Exit(128 + result.signal)
    finished = sum(model.finished for model in result.models)
    again = "the same command again"
    if finished and finished == sum(model.faults for model in result.models):
        raise EnvironmentFailed(
            f"all {finished} trials ended in a fault, the last with: {one_line(result.last_fault or '')}; "
            f"look at the endpoint, then run {'again with another --label' if result.complete else again}"
        )


def show_table(result: Result, report: Report) -> None:
    """The scores of the models of this run, as a table on standard output."""
    rows = {known.run: row for row in _rows(report) for known in row.scorecard.runs}
    table = Table(box=None, pad_edge=False)
    table.add_column("model", overflow="fold")
    for name in ("first call", "final", "score", "trials", "new calls", "new records"):
        table.add_column(name, justify="right")
    for model in result.models:
        trials = f"{model.finished_before + model.finished}/{model.trials}"
        table.add_row(
            Text(one_line(model.name, 60)),
            *_scores(rows.get(model.run)),
            trials,
            str(model.calls),
            str(model.records),
        )
    Console(highlight=False, width=None if sys.stdout.isatty() else LOG_WIDTH).print(table)
    cost = "" if result.cost is None else f", {result.cost:.4f} USD"
    about = "about " if result.tokens_estimated else ""
    click.echo(f"{result.calls} calls, {about}{result.tokens:,} tokens{cost}, {result.seconds:.1f} s")


def _rows(report: Report) -> Iterator[Row]:
    """Every row of the report; a model's newest suite version comes last."""
    return (row for board in reversed(report.boards) for row in board.rows)


def _scores(row: Row | None) -> tuple[str, str, str]:
    if row is None:
        return "-", "-", "-"
    overall = row.scorecard.overall
    last = overall.valid_by_round[-1] if overall.valid_by_round else None
    return _percent(overall.first_call), _percent(last), _number(overall.score)


def _percent(estimate: Estimate | None) -> str:
    return "-" if estimate is None else f"{100 * estimate.value:.1f} %"


def _number(estimate: Estimate | None) -> str:
    return "-" if estimate is None else f"{estimate.value:.1f}"


def _json(result: Result, report: Report) -> str:
    content = {
        "complete": result.complete,
        "stopped_by_budget": result.budget,
        "run": result,
        "scorecards": msgspec.json.decode(boards_json(report.boards)),
    }
    return printed_json(content)
