"""``fcbench comment``: say on a pull request what it changes, for reviewers who do not open logs."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from fcbench_action.cli.publish import DEFAULT_API
from fcbench_action.errors import BadInput
from fcbench_action.pages.comparison import UNCHANGED, comparison
from fcbench_action.pages.report import read_boards
from fcbench_action.publish.pull_request import Repository, comment, open_pull_requests
from fcbench_action.records.tree import MARKER
from fcbench_action.sinks import terminal
from fcbench_action.stats.leaderboard import Leaderboard

_VERDICTS = {
    "success": "Every number recomputes from the transcripts.",
    "failure": "**The check failed**: records or derived files are not what the transcripts come to.",
}


@click.command("comment")
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    required=True,
    help="Results tree that is proposed; only read, and nothing in it is run.",
)
@click.option(
    "--base", type=click.Path(path_type=Path), required=True, help="Results tree to compare it with."
)
@click.option("--commit", required=True, help="Head commit of the pull request, in full.")
@click.option("--repository", envvar="GITHUB_REPOSITORY", required=True, help="owner/name on GitHub.")
@click.option("--token-env", default="GITHUB_TOKEN", show_default=True, help="Variable that holds the token.")
@click.option("--conclusion", default="", help="How the verify workflow ended: success, failure ...")
@click.option("--details", default="", help="Address of the verify run, for who wants to know more.")
def command(
    results: Path, base: Path, commit: str, repository: str, token_env: str, conclusion: str, details: str
) -> None:
    """Comment on the open pull requests of a commit: what changes against the base, and whether it verified.

    There is one such comment, which is rewritten, and none where no results change and the check passed.
    Numbers are computed here, from the records; nothing that the pull request says of itself is repeated.
    """
    token = os.environ.get(token_env, "")
    if not token:
        raise BadInput(f"a comment needs a token with 'pull-requests: write': set {token_env}")
    if re.fullmatch(r"[0-9a-f]{40}", commit) is None:
        raise BadInput("--commit wants the 40 hexadecimal digits of a commit")
    github = Repository(os.environ.get("GITHUB_API_URL", DEFAULT_API), repository, token)
    changes = comparison(_boards(base), _boards(results))
    body = f"## What changes\n\n{changes}{_verdict(conclusion, details)}"
    worth = changes != UNCHANGED or conclusion == "failure"
    numbers = open_pull_requests(github, commit)
    for number in numbers:
        said = comment(github, number, body, begin=worth)
        click.echo(terminal(said or "no results change, so nothing is said", lines=False))
    if not numbers:
        click.echo("no open pull request has this commit as its head")


def _boards(results: Path) -> list[Leaderboard]:
    """Most pull requests are about code, and a repository may have no results yet."""
    there = results.is_symlink() or (results / MARKER).exists()
    return read_boards(results) if there else []


def _verdict(conclusion: str, details: str) -> str:
    said = _VERDICTS.get(conclusion, "The transcripts were not verified.")
    where = f" [The run]({details})" if re.fullmatch(r"https://[\w.:/-]+", details, re.ASCII) else ""
    return f"\n{said}{where}\n"
