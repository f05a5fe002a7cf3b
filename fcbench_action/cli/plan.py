"""``fcbench plan``: what a run would ask, without asking."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from fcbench_action.cli.files import printed_json
from fcbench_action.cli.run_options import run_options
from fcbench_action.run.options import Options, make_plans, make_tools, read_limits, split
from fcbench_action.run.plan import Plan, estimate
from fcbench_action.sinks import one_line
from fcbench_action.suite.load import load


@click.command("plan")
@run_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the plan.",
)
def command(format_: str, **options: Any) -> None:
    """Print what a run with the same options would ask: cases, calls, tokens. Nothing is asked,
    and no endpoint is needed."""
    chosen = Options(**options)
    read_limits(chosen)
    suite = load(split(chosen.topics) or None, variant=chosen.variant)
    plans = [(one, plan) for one in chosen.each() for plan in make_plans(one, suite)]
    cases = plans[0][1].cases
    sizes = {name: len(msgspec.json.encode(tool)) for name, tool in make_tools(cases).items()}
    described = [_describe(one, plan, sizes) for one, plan in plans]
    if format_ == "json":
        click.echo(printed_json(described))
        return
    for entry in described:
        click.echo(_lines(entry))
    for case in cases:
        click.echo(f"  {case.id}  {one_line(case.title)}")


def _describe(options: Options, plan: Plan, tool_bytes: dict[str, int]) -> dict[str, Any]:
    """One model's part. The run's id depends on the endpoint and on the dialect that it takes, so there is
    none before that is known.
    """
    bounds = estimate(plan, tool_bytes)
    known = plan.provenance.simulated if options.embedded else not options.probes
    return {
        "model": plan.name,
        "run": plan.provenance.run if known else None,
        "suite_version": plan.provenance.suite_version,
        "cases": [case.id for case in plan.cases],
        "trials": bounds.trials,
        "calls": {"min": bounds.min_calls, "max": bounds.max_calls},
        "estimated_tokens": {"min": bounds.min_tokens, "max": bounds.max_tokens},
    }


def _lines(entry: dict[str, Any]) -> str:
    calls, tokens = entry["calls"], entry["estimated_tokens"]
    run = f"run {entry['run']}, " if entry["run"] else ""
    return (
        f"{one_line(entry['model'])}: {run}"
        f"{len(entry['cases'])} cases, {entry['trials']} trials\n"
        f"  {calls['min']:,} calls if every first call is valid, {calls['max']:,} if none ever is\n"
        f"  about {tokens['min']:,} to {tokens['max']:,} tokens, prompts and replies together"
    )
