"""Commits results and pushes them, whoever else pushes at the same time.

Record files are immutable, trials are known by their run, case and number (``merging``), and every other
file is derived. A push therefore never merges lines: it takes the remote branch as it is now, adds the
records that it lacks, writes the derived files anew, commits, and pushes; where the remote has moved on in
the meantime, it starts again. All of that happens in a temporary worktree: the user's own checkout, index and
branch are left alone.
"""

from __future__ import annotations

import base64
import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from git import Actor, GitCommandError, InvalidGitRepositoryError, NoSuchPathError, Repo

from fcbench_action.errors import BadInput, EnvironmentFailed
from fcbench_action.pages.comparison import comparison
from fcbench_action.pages.report import read_boards, write_report
from fcbench_action.publish.merging import bring
from fcbench_action.records.tree import MARKER
from fcbench_action.sinks import one_line

IDENTITY = Actor("fcbench", "fcbench@users.noreply.github.com")
"""Who commits where git has no identity configured."""

PUSH_ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push came to. ``commit`` is ``None`` where every record was there already.

    ``changes`` says in Markdown what is new or changed against the commit that it grew from;
    ``branch_exists`` whether the remote has the branch now; ``kept`` how many trials it had already from
    elsewhere, with other answers, which stay as they are.
    """

    branch: str
    commit: str | None
    changes: str
    branch_exists: bool
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Remote:
    """Where to push: a remote's name, the branch, the branch it grows from, and a token for HTTPS."""

    name: str
    branch: str
    base: str | None = None
    token: str | None = None


def init_repository(path: Path) -> Repo:
    """The repository at ``path``, made where there is none. Raises ``EnvironmentFailed``."""
    try:
        return Repo(path) if (path / ".git").exists() else Repo.init(path, initial_branch="main")
    except (GitCommandError, OSError) as error:
        raise EnvironmentFailed(f"{path}: git cannot make a repository here: {_reason(error)}") from error


def commit_results(results: Path, message: str) -> str | None:
    """Commit everything below ``results`` on the branch that is checked out there.

    Returns the commit, or ``None`` where nothing changed.
    Raises ``BadInput`` where ``results`` is no folder or in no repository.
    """
    check_folder(results)
    repo = open_repository(results)
    _check_message(message)
    with _explained(f"{results}: git cannot commit"):
        repo.git.add("--", str(results.resolve()))
        if repo.head.is_valid() and not repo.git.diff("--cached", "--name-only"):
            return None
        return _commit(repo, message)


def check_folder(results: Path) -> None:
    """Raises ``BadInput`` where there is no folder of results, inside a repository or not."""
    if not results.is_dir():
        raise BadInput(f"{results}: there is no such folder; name the one that 'fcbench run' wrote")


def push_results(results: Path, remote: Remote, message: str) -> Pushed:
    """Bring the records below ``results`` to ``remote``'s branch as one commit.

    Raises ``BadInput`` for a folder outside any repository and for names of remotes and branches that are
    none, ``CorruptResults`` for damaged records on either side, and ``EnvironmentFailed`` where the push is
    refused.
    """
    repo = open_repository(results)
    _check_message(message)
    check_remote(repo, remote)
    inside = place_in(repo, results)
    environment = _environment(repo.remote(remote.name).url, remote.token)
    with repo.git.custom_environment(**environment):
        for _ in range(PUSH_ATTEMPTS):
            start, on_branch = _start(repo, remote)
            with _worktree(repo, start) as tree:
                target = Path(tree.working_dir) / inside
                before = read_boards(target) if (target / MARKER).exists() else []
                kept = bring(results, target)
                changes = comparison(before, write_report(target).boards)
                commit = _commit_all(tree, target, message, environment)
                if commit is None:
                    return Pushed(remote.branch, None, changes, on_branch, kept)
                if _push(tree, remote, refresh=on_branch):
                    return Pushed(remote.branch, commit, changes, True, kept)
    raise EnvironmentFailed(
        f"branch {one_line(remote.branch)!r} moved at each of {PUSH_ATTEMPTS} pushes; "
        "run the same command again"
    )


def check_remote(repo: Repo, remote: Remote) -> None:
    """Raises ``BadInput`` where the remote is none of the repository's, or a name is none of a branch."""
    for branch in filter(None, (remote.branch, remote.base)):
        _check_branch(repo, branch)
    if remote.name not in [r.name for r in repo.remotes]:
        raise BadInput(
            f"{repo.working_dir}: no git remote named {one_line(remote.name)!r}; see 'git remote -v'"
        )


def place_in(repo: Repo, results: Path) -> Path:
    """The results folder, there already or not, from the repository's root."""
    return results.resolve().relative_to(Path(repo.working_dir).resolve())


def remote_branches(repo: Repo, remote: Remote) -> dict[str, str]:
    """The commit of each branch of the remote. Raises ``EnvironmentFailed`` where it cannot be reached."""
    environment = _environment(repo.remote(remote.name).url, remote.token)
    with (
        repo.git.custom_environment(**environment),
        _explained(f"cannot reach the git remote {remote.name!r}"),
    ):
        heads = str(repo.git.ls_remote("--heads", remote.name))
    found = (line.partition("\t") for line in heads.splitlines())
    return {name.removeprefix("refs/heads/"): commit for commit, _, name in found}


@contextlib.contextmanager
def branch_with(repo: Repo, remote: Remote, branch: str, places: Sequence[str]) -> Iterator[Path | None]:
    """A checkout of the remote's branch for as long as the context is open, if any of ``places`` is on it.

    Raises ``EnvironmentFailed`` where the remote cannot be reached.
    """
    environment = _environment(repo.remote(remote.name).url, remote.token)
    with repo.git.custom_environment(**environment):
        there = _fetch(repo, remote.name, branch)
    commit = repo.commit("FETCH_HEAD").hexsha if there else ""
    if not commit or not repo.git.ls_tree("-r", "--name-only", commit, "--", *places):
        yield None
        return
    with _worktree(repo, commit) as tree:
        yield Path(tree.working_dir)


def open_repository(results: Path) -> Repo:
    """The repository that holds ``results``, or would hold it. Raises ``BadInput``."""
    while not results.exists() and results != results.parent:
        results = results.parent
    try:
        return Repo(results, search_parent_directories=True)
    except (InvalidGitRepositoryError, NoSuchPathError) as error:
        raise BadInput(f"{results}: not inside a git repository; run 'git init' there first") from error


def _start(repo: Repo, remote: Remote) -> tuple[str, bool]:
    """The commit to grow from, and whether that is the remote branch's own head."""
    if _fetch(repo, remote.name, remote.branch):
        return repo.commit("FETCH_HEAD").hexsha, True
    if remote.base:
        if not _fetch(repo, remote.name, remote.base):
            raise BadInput(
                f"{remote.name!r} has no branch {one_line(remote.base)!r} to grow from; see --base"
            )
        return repo.commit("FETCH_HEAD").hexsha, False
    if not repo.head.is_valid():
        raise BadInput(f"{repo.working_dir}: the repository has no commit yet; make one before publishing")
    return repo.head.commit.hexsha, False


def _check_branch(repo: Repo, name: str) -> None:
    try:
        repo.git.check_ref_format(f"refs/heads/{name}")
    except GitCommandError as error:
        raise BadInput(
            f"{one_line(name)!r} is no name of a branch; see 'git help check-ref-format'"
        ) from error
    if name == "HEAD" or name.startswith("refs/"):
        raise BadInput(f"{one_line(name)!r} is no name of a branch; name it without refs/heads/")
    if name.startswith("-"):
        raise BadInput(f"{one_line(name)!r} is no name of a branch; it begins like an option")


def _fetch(repo: Repo, remote: str, branch: str) -> bool:
    with _explained(f"cannot reach the git remote {remote!r}"):
        if not repo.git.ls_remote("--heads", remote, f"refs/heads/{branch}"):
            return False
        repo.git.fetch("--no-tags", "--quiet", remote, f"refs/heads/{branch}")
    return True


@contextlib.contextmanager
def _worktree(repo: Repo, start: str) -> Iterator[Repo]:
    folder = Path(tempfile.mkdtemp(prefix="fcbench-publish-"))
    try:
        with _explained("git cannot make a temporary worktree"):
            repo.git.worktree("add", "--detach", "--quiet", str(folder / "tree"), start)
        yield Repo(folder / "tree")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        repo.git.worktree("prune")


def _commit_all(tree: Repo, target: Path, message: str, environment: dict[str, str]) -> str | None:
    with tree.git.custom_environment(**environment), _explained("git cannot commit the results"):
        tree.git.add("--", str(target))
        return _commit(tree, message) if tree.git.diff("--cached", "--name-only") else None


def _check_message(message: str) -> None:
    if not message.strip():
        raise BadInput("a commit needs a message; give one with --message")


def _commit(repo: Repo, message: str) -> str:
    with repo.config_reader() as config:
        known = config.has_option("user", "email")
    actor = None if known else IDENTITY
    return repo.index.commit(message, author=actor, committer=actor).hexsha


def _push(tree: Repo, remote: Remote, *, refresh: bool) -> bool:
    """Whether the remote took it; ``False`` where somebody else was faster."""
    try:
        tree.git.push("--quiet", remote.name, f"HEAD:refs/heads/{remote.branch}")
    except GitCommandError as error:
        text = str(error.stderr)
        if any(word in text for word in ("fetch first", "non-fast-forward", "cannot lock ref", "stale info")):
            return False
        if refresh and "already exists" in text:
            return False
        raise EnvironmentFailed(
            f"the push to {remote.name!r}, branch {one_line(remote.branch)!r}, was refused: "
            f"{_reason(error)}; the token needs 'contents: write', and the branch must not be protected "
            "against it"
        ) from error
    return True


def _environment(url: str, token: str | None) -> dict[str, str]:
    """The token reaches git by its environment only: never by argument, URL or file.

    The empty first value drops the header that a checkout step may have left in the repository's config.
    """
    plain = {"GIT_TERMINAL_PROMPT": "0"}
    parts = urlsplit(url)
    if not token or parts.scheme not in ("http", "https"):
        return plain
    key = f"http.{parts.scheme}://{parts.netloc}/.extraheader"
    basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return plain | {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": key,
        "GIT_CONFIG_VALUE_0": "",
        "GIT_CONFIG_KEY_1": key,
        "GIT_CONFIG_VALUE_1": f"AUTHORIZATION: basic {basic}",
    }


@contextlib.contextmanager
def _explained(what: str) -> Iterator[None]:
    try:
        yield
    except GitCommandError as error:
        raise EnvironmentFailed(f"{what}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    text = str(error.stderr) if isinstance(error, GitCommandError) else str(error)
    return one_line(text.removeprefix("\n  stderr: ").strip("' \n") or "no reason given")
