"""``fcbench action``: what ``action.yml`` runs. It turns inputs into the same commands that a laptop runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from fcbench_action.cli.publish import DEFAULT_API
from fcbench_action.errors import BadInput, EnvironmentFailed, FcbenchError
from fcbench_action.github import Workflow, annotate, mask, no_commands
from fcbench_action.pages.report import scorecards_json, summary
from fcbench_action.publish.git import Remote
from fcbench_action.publish.publication import Publication, publish
from fcbench_action.publish.pull_request import Repository
from fcbench_action.records.tree import count_records
from fcbench_action.sinks import one_line

STRATEGIES = ("none", "push", "pr")
RUN_OPTIONS = {
    "config": "--config",
    "channel": "--channel",
    "dialect": "--dialect",
    "base-url": "--base-url",
    "tier": "--tier",
    "variant": "--variant",
    "trials": "--trials",
    "rounds": "--rounds",
    "concurrency": "--concurrency",
    "temperature": "--temperature",
    "max-output-tokens": "--max-output-tokens",
    "max-calls": "--max-calls",
    "max-tokens": "--max-tokens",
    "max-cost": "--max-cost",
    "price-input": "--price-input",
    "price-output": "--price-output",
    "time-budget": "--time-budget",
}
"""Inputs that are passed to ``fcbench run`` as they are, where they are given."""
REPEATED_OPTIONS = {
    "models": "--model",
    "topics": "--topics",
    "phases": "--phases",
    "functions": "--functions",
    "cases": "--cases",
}
"""Inputs that list things, and the option that takes one of them."""


@click.command("action")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Run as the GitHub Action: inputs from FCBENCH_INPUT_* variables, outputs to the workflow."""
    workflow = Workflow.current()
    try:
        exit_code = _run_and_publish(ctx, workflow)
    except FcbenchError as error:
        annotate(sys.stdout, "error", "fcbench", str(error))
        raise
    sys.exit(exit_code)


def _run_and_publish(ctx: click.Context, workflow: Workflow) -> int:
    """Whatever the run came to, what it got is published; its exit code is the step's."""
    strategy = workflow.choice("commit-strategy", STRATEGIES)
    results = Path(workflow.input("results-path") or "results")
    if not results.resolve().is_relative_to(Path.cwd().resolve()):
        raise BadInput(
            f"input 'results-path' is {one_line(str(results))!r}; it must lie inside the repository"
        )
    failure = _benchmark(ctx, workflow, results)
    publication = _publish(workflow, strategy, results) if results.is_dir() else None
    site = _site(ctx, workflow, results)
    _report(workflow, results, publication, site)
    if failure is not None:
        raise failure
    return 0


def _benchmark(ctx: click.Context, workflow: Workflow, results: Path) -> FcbenchError | None:
    if key := workflow.input("api-key"):
        mask(sys.stdout, key)
        os.environ["FCBENCH_API_KEY"] = key
    try:
        _command(ctx, run_arguments(workflow, results))
    except BadInput:
        raise
    except FcbenchError as error:
        return error
    return None


def run_arguments(workflow: Workflow, results: Path) -> list[str]:
    """The ``fcbench run`` command line that the inputs ask for."""
    arguments = ["run", f"--results={results}"]
    for name, option in REPEATED_OPTIONS.items():
        arguments += [f"{option}={word}" for word in workflow.words(name)]
    for name, option in RUN_OPTIONS.items():
        if value := workflow.input(name):
            arguments.append(f"{option}={value}")
    return arguments


def _command(ctx: click.Context, arguments: Sequence[str]) -> None:
    """Run another subcommand of ours. Raises what it raises; click's own complaints as ``BadInput``."""
    group = ctx.find_root().command
    with no_commands(sys.stdout):
        try:
            code = group.main(list(arguments), prog_name="fcbench", standalone_mode=False)
        except click.ClickException as error:
            raise BadInput(one_line(error.format_message())) from error
    if code:
        raise EnvironmentFailed(f"fcbench {arguments[0]} ended with exit code {code}")


def _publish(workflow: Workflow, strategy: str, results: Path) -> Publication | None:
    if strategy == "none":
        return None
    token = workflow.input("token")
    if token:
        mask(sys.stdout, token)
    remote = Remote("origin", workflow.input("branch"), workflow.input("base") or None, token or None)
    github = None
    if strategy == "pr":
        api = workflow.variables.get("GITHUB_API_URL", DEFAULT_API)
        github = Repository(api, workflow.required("GITHUB_REPOSITORY"), token)
    return publish(results, strategy, remote, "Add benchmark results", github)


def _site(ctx: click.Context, workflow: Workflow, results: Path) -> str:
    site = workflow.input("site-path")
    if site:
        _command(ctx, ["site", f"--results={results}", f"--out={site}"])
    return site


def _report(workflow: Workflow, results: Path, publication: Publication | None, site: str) -> None:
    there = results.is_dir()
    workflow.set_outputs(
        {
            "results-path": str(results),
            "records": str(count_records(results) if there else 0),
            "scorecards": scorecards_json(results) if there else "[]",
            "branch": publication.branch if publication else "",
            "commit": (publication.commit or "") if publication else "",
            "pull-request-url": (publication.pull_request or "") if publication else "",
            "site-path": site,
        }
    )
    if there:
        workflow.add_summary(summary(results))
    if publication and publication.pull_request:
        annotate(sys.stdout, "notice", "fcbench", f"results are in {publication.pull_request}")
