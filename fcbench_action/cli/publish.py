"""``fcbench publish``: a results tree into git, and a pull request for it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from fcbench_action.publish.git import Remote, commit_results
from fcbench_action.publish.publication import STRATEGIES, Publication, publish
from fcbench_action.publish.pull_request import Repository
from fcbench_action.sinks import terminal

DEFAULT_API = "https://api.github.com"


@click.command("publish")
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    default=Path("results"),
    show_default=True,
    help="Folder of the results tree, inside a git repository.",
)
@click.option(
    "--strategy",
    type=click.Choice(STRATEGIES),
    default="commit",
    show_default=True,
    help="commit: on the branch checked out. push: to a remote branch. pr: to its own, with a pull request.",
)
@click.option("--remote", default="origin", show_default=True, help="Remote to push to.")
@click.option(
    "--branch", help="Branch to push to: for push the one checked out, for pr one named by the newest run."
)
@click.option(
    "--base", help="Branch that a new branch grows from and a pull request goes into; the one checked out."
)
@click.option("--repository", envvar="GITHUB_REPOSITORY", help="owner/name on GitHub, for pr.")
@click.option("--token-env", default="GITHUB_TOKEN", show_default=True, help="Variable that holds the token.")
@click.option(
    "--message", default="Add benchmark results", show_default=True, help="Commit message and title."
)
def command(
    results: Path,
    strategy: str,
    remote: str,
    branch: str | None,
    base: str | None,
    repository: str | None,
    token_env: str,
    message: str,
) -> None:
    """Commit a results tree, and push it or open a pull request."""
    token = os.environ.get(token_env) or None
    if strategy == "commit":
        commit = commit_results(results, message)
        click.echo(f"committed {commit[:12]}" if commit else "nothing new to commit")
        return
    target = Remote(remote, branch or "", base, token)
    api = os.environ.get("GITHUB_API_URL", DEFAULT_API)
    github = Repository(api, repository or "", token or "")
    click.echo(terminal(describe(publish(results, strategy, target, message, github)), lines=False))


def describe(publication: Publication) -> str:
    """One line for a person."""
    stays = f"; of {publication.kept} trials it had answers already, which stay" if publication.kept else ""
    if publication.commit is None:
        return f"nothing new: branch {publication.branch} already holds every trial{stays}"
    where = f"pushed {publication.commit[:12]} to branch {publication.branch}{stays}"
    return f"{where}: {publication.pull_request}" if publication.pull_request else where
