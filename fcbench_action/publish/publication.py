"""What is done with new results, by strategy: pushed to a branch, or offered in a pull request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from git import Repo

from fcbench_action.endpoint.secret import hide_all
from fcbench_action.errors import BadInput, EnvironmentFailed, FcbenchError
from fcbench_action.pages.report import summary
from fcbench_action.publish.git import (
    Remote,
    check_folder,
    check_remote,
    open_repository,
    push_results,
    remote_branches,
)
from fcbench_action.publish.pull_request import Repository, open_pull_request
from fcbench_action.records.tree import source_files
from fcbench_action.sinks import one_line

STRATEGIES = ("commit", "push", "pr")

RUN_BRANCHES = "fcbench/"
"""What the names of branches begin with that runs name."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing came to. ``commit`` is ``None`` where ``branch`` already held every record.

    ``kept`` is how many trials the branch had already from elsewhere, with other answers; those stay.
    """

    branch: str
    commit: str | None
    pull_request: str | None = None
    kept: int = 0


class NotOffered(EnvironmentFailed):
    """The branch was pushed, as ``publication`` says, but GitHub opened no pull request for it."""

    def __init__(self, message: str, publication: Publication) -> None:
        super().__init__(message)
        self.publication = publication


def prepare(results: Path, strategy: str, remote: Remote, github: Repository | None = None) -> Remote:
    """The remote with the names of its branches filled in, seen to be there before anything is paid for.

    ``results`` need not be there yet. For ``pr`` the branch may stay empty: then the run names it. Raises
    ``BadInput`` and ``EnvironmentFailed`` for all that would keep :func:`publish` from pushing.
    """
    repo = open_repository(results)
    check_remote(repo, remote)
    if strategy == "push":
        remote = replace(remote, branch=remote.branch or _checked_out(results))
        branches = _branches(repo, remote)
        if remote.branch not in branches and not repo.head.is_valid():
            raise BadInput(f"{repo.working_dir}: the repository has no commit yet; make one first")
        return remote
    _check_github(github)
    remote = replace(remote, base=remote.base or _checked_out(results))
    _check_target(remote)
    if remote.base not in _branches(repo, remote):
        raise BadInput(
            f"{remote.name!r} has no branch {one_line(remote.base or '')!r} for a pull request to go into; "
            "see --base"
        )
    return remote


def publish(
    results: Path, strategy: str, remote: Remote, message: str, github: Repository | None = None
) -> Publication:
    """Push the records below ``results``; for ``pr`` to a branch of their own, and open a pull request.

    An empty ``remote.branch`` becomes the one checked out, or for ``pr`` one named by the newest run.
    Raises ``BadInput`` where ``pr`` has no GitHub repository and token, what pushing raises, and
    :class:`NotOffered`; whatever servers say, no token is in it.
    """
    tokens = [token for token in (remote.token, github.token if github else None) if token]
    try:
        done = _publish(results, strategy, remote, message, github)
    except NotOffered as error:
        raise NotOffered(hide_all(str(error), tokens), error.publication) from None
    except FcbenchError as error:
        raise type(error)(hide_all(str(error), tokens)) from None
    return replace(done, pull_request=done.pull_request and hide_all(done.pull_request, tokens))


def _publish(
    results: Path, strategy: str, remote: Remote, message: str, github: Repository | None
) -> Publication:
    check_folder(results)
    if strategy == "push":
        target = replace(remote, branch=remote.branch or _checked_out(results))
        pushed = push_results(results, target, message)
        return Publication(pushed.branch, pushed.commit, kept=pushed.kept)
    known = _check_github(github)
    base = remote.base or _checked_out(results)
    target = replace(remote, branch=remote.branch or _run_branch(results), base=base)
    _check_target(target)
    pushed = push_results(results, target, message)
    if not pushed.branch_exists:
        return Publication(base, None, kept=pushed.kept)
    done = Publication(pushed.branch, pushed.commit, kept=pushed.kept)
    body = f"## What changes\n\n{pushed.changes}\n## These results\n\n{summary(results)}"
    try:
        url = open_pull_request(known, head=pushed.branch, base=base, title=message, body=body)
    except EnvironmentFailed as error:
        raise NotOffered(f"{error}; branch {pushed.branch!r} holds the results", done) from error
    return replace(done, pull_request=url)


def _check_github(github: Repository | None) -> Repository:
    if github is None or not github.name:
        raise BadInput("a pull request needs a repository: set GITHUB_REPOSITORY to owner/name")
    if not github.token:
        raise BadInput("a pull request needs a token with 'pull-requests: write': set GITHUB_TOKEN")
    return github


def _check_target(remote: Remote) -> None:
    if remote.branch == remote.base:
        raise BadInput(
            f"a pull request cannot go from branch {remote.base!r} into itself; name another --branch"
        )


def _branches(repo: Repo, remote: Remote) -> dict[str, str]:
    try:
        return remote_branches(repo, remote)
    except EnvironmentFailed as error:
        raise EnvironmentFailed(hide_all(str(error), [remote.token] if remote.token else [])) from None


def _checked_out(results: Path) -> str:
    repo = open_repository(results)
    if repo.head.is_detached:
        raise BadInput(f"{repo.working_dir}: no branch is checked out; name one with --branch and --base")
    return str(repo.active_branch.name)


def _run_branch(results: Path) -> str:
    """Named by the run of the record file that was written last."""
    records = [p for p in source_files(results) if p.name.endswith(".ndjson.gz")]
    if not records:
        raise EnvironmentFailed(f"{results}: no records here to publish; run 'fcbench run' first")
    newest = max(records, key=lambda p: (p.stat().st_mtime_ns, p.name))
    return f"{RUN_BRANCHES}{newest.name.split('.')[0]}"
