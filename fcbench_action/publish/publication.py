"""What is done with new results, by strategy: pushed to a branch, or offered in a pull request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from fcbench_action.endpoint.secret import hide_all
from fcbench_action.errors import BadInput, EnvironmentFailed, FcbenchError
from fcbench_action.pages.report import summary
from fcbench_action.publish.git import Remote, open_repository, push_results
from fcbench_action.publish.pull_request import Repository, open_pull_request
from fcbench_action.records.tree import source_files

STRATEGIES = ("commit", "push", "pr")


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing came to. ``commit`` is ``None`` where ``branch`` already held every record."""

    branch: str
    commit: str | None
    pull_request: str | None = None


def publish(
    results: Path, strategy: str, remote: Remote, message: str, github: Repository | None = None
) -> Publication:
    """Push the records below ``results``; for ``pr`` to a branch of their own, and open a pull request.

    An empty ``remote.branch`` becomes the one checked out, or for ``pr`` one named by the newest run.
    Raises ``BadInput`` where ``pr`` has no GitHub repository and token, and what pushing raises; whatever
    servers say, no token is in it.
    """
    tokens = [token for token in (remote.token, github.token if github else None) if token]
    try:
        done = _publish(results, strategy, remote, message, github)
    except FcbenchError as error:
        raise type(error)(hide_all(str(error), tokens)) from None
    return replace(done, pull_request=done.pull_request and hide_all(done.pull_request, tokens))


def _publish(
    results: Path, strategy: str, remote: Remote, message: str, github: Repository | None
) -> Publication:
    if strategy == "push":
        target = replace(remote, branch=remote.branch or _checked_out(results))
        pushed = push_results(results, target, message)
        return Publication(pushed.branch, pushed.commit)
    if github is None:
        raise BadInput(
            "a pull request needs a repository and a token: set GITHUB_REPOSITORY and GITHUB_TOKEN"
        )
    base = remote.base or _checked_out(results)
    target = replace(remote, branch=remote.branch or _run_branch(results), base=base)
    if target.branch == base:
        raise BadInput(f"a pull request cannot go from branch {base!r} into itself; name another --branch")
    pushed = push_results(results, target, message)
    if not pushed.branch_exists:
        return Publication(base, None)
    body = f"## What changes\n\n{pushed.changes}\n## These results\n\n{summary(results)}"
    url = open_pull_request(github, head=pushed.branch, base=base, title=message, body=body)
    return Publication(pushed.branch, pushed.commit, url)


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
    return f"fcbench/{newest.name.split('.')[0]}"
