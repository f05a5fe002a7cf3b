"""``fcbench action``: what ``action.yml`` runs. It turns inputs into the same commands that a laptop runs."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from fcbench_action.cli.publish import DEFAULT_API, describe
from fcbench_action.cli.run import command as run_command
from fcbench_action.cli.run import planned
from fcbench_action.cli.run_options import parsed_options
from fcbench_action.errors import BadInput, EnvironmentFailed, FcbenchError
from fcbench_action.github import Workflow, annotate, mask, no_commands
from fcbench_action.pages.report import scorecards_json, summary
from fcbench_action.publish.adoption import adopt
from fcbench_action.publish.git import Remote
from fcbench_action.publish.publication import NotOffered, Publication, prepare, publish
from fcbench_action.publish.pull_request import Repository
from fcbench_action.records.tree import MARKER, count_records
from fcbench_action.sinks import one_line, terminal

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
        _run_and_publish(ctx, workflow)
    except FcbenchError as error:
        error.args = (_by_inputs(str(error)),)
        annotate(sys.stdout, "error", "fcbench", str(error))
        raise
    except OSError as error:
        annotate(sys.stdout, "error", "fcbench", one_line(str(error)))
        raise


def _run_and_publish(ctx: click.Context, workflow: Workflow) -> None:
    """Whatever the run came to, what it got is published and reported; then the first failure is raised."""
    strategy = workflow.choice("commit-strategy", STRATEGIES)
    results = _inside(workflow, "results-path", "results")
    _inside(workflow, "config", "")
    target = _target(workflow, strategy)
    names = _prepare(workflow, results, target)
    failures = [_attempt(lambda: _command(ctx, run_arguments(workflow, results)), FcbenchError)]
    publication = None
    if target is not None and (results / MARKER).exists():
        publication, failure = _publish(results, target)
        failures.append(failure)
    failures.append(_attempt(lambda: _site(ctx, workflow, results), FcbenchError))
    _report(workflow, results, names, publication)
    for failure in filter(None, failures):
        raise failure


def _inside(workflow: Workflow, name: str, default: str) -> Path:
    """The path that an input names. Raises ``BadInput`` for one outside the repository's own files."""
    path = Path(workflow.input(name) or default)
    here, there = Path.cwd().resolve(), path.resolve()
    if not there.is_relative_to(here) or ".git" in there.relative_to(here).parts:
        raise BadInput(
            f"input {name!r} is {one_line(str(path))!r}; it must lie inside the repository, not in its .git"
        )
    return path


@dataclass(frozen=True, slots=True)
class _Target:
    """Where results go."""

    strategy: str
    remote: Remote
    github: Repository | None


def _target(workflow: Workflow, strategy: str) -> _Target | None:
    if strategy == "none":
        return None
    if token := workflow.input("token"):
        mask(sys.stdout, token)
    branch, base = (workflow.input(name).removeprefix("refs/heads/") for name in ("branch", "base"))
    remote = Remote("origin", branch, base or None, token or None)
    github = None
    if strategy == "pr":
        api = workflow.variables.get("GITHUB_API_URL", DEFAULT_API)
        github = Repository(api, workflow.required("GITHUB_REPOSITORY"), token)
    return _Target(strategy, remote, github)


def _prepare(workflow: Workflow, results: Path, target: _Target | None) -> frozenset[str]:
    """See before anything is paid for that all inputs can be used, and bring what the remote has of the
    same runs. Returns the names of the models that will be asked.
    """
    if key := workflow.input("api-key"):
        mask(sys.stdout, key)
        os.environ["FCBENCH_API_KEY"] = key
    with no_commands(sys.stdout), _as_bad_input():
        plans = planned(parsed_options(run_command, run_arguments(workflow, results)[1:]))
        if target is not None:
            remote = prepare(results, target.strategy, target.remote, target.github)
            if came := adopt(results, plans, remote):
                click.echo(f"the repository has {came} records of this run already; it goes on from there")
    return frozenset(plan.name for plan, _ in plans)


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
    with no_commands(sys.stdout), _as_bad_input():
        code = group.main(list(arguments), prog_name="fcbench", standalone_mode=False)
    if code:
        raise EnvironmentFailed(f"fcbench {arguments[0]} ended with exit code {code}")


@contextmanager
def _as_bad_input() -> Iterator[None]:
    try:
        yield
    except click.ClickException as error:
        raise BadInput(one_line(error.format_message())) from error


def _attempt(work: Callable[[], object], expected: type[FcbenchError]) -> FcbenchError | None:
    """The failure that ``work`` ended in, if it did, so that what comes after it is done all the same."""
    try:
        work()
    except expected as error:
        return error
    return None


def _publish(results: Path, target: _Target) -> tuple[Publication | None, FcbenchError | None]:
    """What publishing came to, also where it failed half-way."""
    try:
        done = publish(results, target.strategy, target.remote, "Add benchmark results", target.github)
    except NotOffered as error:
        return error.publication, error
    except FcbenchError as error:
        return None, error
    with no_commands(sys.stdout):
        click.echo(terminal(describe(done), lines=False))
    return done, None


def _site(ctx: click.Context, workflow: Workflow, results: Path) -> None:
    if site := workflow.input("site-path"):
        _command(ctx, ["site", f"--results={results}", f"--out={site}"])


def _report(
    workflow: Workflow, results: Path, names: frozenset[str], publication: Publication | None
) -> None:
    there = (results / MARKER).exists()
    pushed = publication if publication and publication.commit else None
    site = workflow.input("site-path")
    workflow.set_outputs(
        {
            "results-path": str(results),
            "records": str(count_records(results) if there else 0),
            "scorecards": scorecards_json(results, names) if there else "[]",
            "branch": pushed.branch if pushed else "",
            "commit": (pushed.commit or "") if pushed else "",
            "pull-request-url": (publication.pull_request or "") if publication else "",
            "site-path": site if site and Path(site).is_dir() else "",
        }
    )
    if there:
        workflow.add_summary(summary(results, names))
    if publication and publication.pull_request:
        annotate(sys.stdout, "notice", "fcbench", f"results are in {publication.pull_request}")


def _by_inputs(message: str) -> str:
    """The message in the words of a workflow: inputs in the place of options and variables."""
    named = {**RUN_OPTIONS, **REPEATED_OPTIONS, "branch": "--branch", "base": "--base"}
    for name, option in sorted(named.items(), key=lambda one: -len(one[1])):
        message = re.sub(rf"(['\"]?){option}\b(?![\w-])\1", f"input '{name}'", message)
    message = message.replace("the environment variable FCBENCH_API_KEY", "the input 'api-key'")
    return message.replace("set GITHUB_TOKEN", "set the input 'token'")
