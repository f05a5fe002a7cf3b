"""Pushing results to a real remote: a bare repository."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from git import Repo

from fcbench_action.errors import BadInput, CorruptResults, EnvironmentFailed
from fcbench_action.publish.git import PUSH_ATTEMPTS, Remote, commit_results, push_results
from fcbench_action.publish.publication import publish
from fcbench_action.publish.pull_request import Repository
from fcbench_action.records.files import read_record_file, record_order, write_record_file
from fcbench_action.records.tree import read_tree, source_files
from fcbench_action.records.types import Record
from tests.record_builder import Model, write_tree

MAIN = Remote("origin", "main")


def fill(results: Path, name: str = "one") -> Path:
    return write_tree(results, models=[Model("acme", name, first=0.5, later=0.5)], trials=1, targets=1)


@pytest.fixture
def bare(tmp_path: Path) -> Repo:
    repo = Repo.init(tmp_path / "remote.git", bare=True, initial_branch="main")
    seed = clone(tmp_path / "seed", repo)
    (tmp_path / "seed" / "NOTES.md").write_text("ours\n")
    seed.git.add("NOTES.md")
    seed.index.commit("Begin")
    seed.git.push("origin", "HEAD:refs/heads/main")
    return repo


def clone(folder: Path, remote: Repo) -> Repo:
    repo = Repo.init(folder, initial_branch="main")
    repo.create_remote("origin", str(remote.git_dir))
    if remote.refs:
        repo.git.pull("--quiet", "origin", "main")
    return repo


def files(repo: Repo, branch: str = "main") -> set[str]:
    return set(repo.git.ls_tree("-r", "--name-only", branch).split("\n"))


def test_a_push_adds_records_and_derived_files_and_leaves_the_checkout_alone(
    bare: Repo, tmp_path: Path
) -> None:
    mine = clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    before = mine.head.commit.hexsha
    pushed = push_results(tmp_path / "mine" / "results", MAIN, "Add results")
    assert pushed.commit == bare.commit("main").hexsha
    assert {"NOTES.md", "results/README.md", "results/acme/one/README.md"} <= files(bare)
    assert mine.head.commit.hexsha == before
    assert not mine.git.diff("--cached", "--name-only")


def test_two_writers_who_push_at_once_both_land(bare: Repo, tmp_path: Path) -> None:
    for name in ("one", "two"):
        clone(tmp_path / name, bare)
        fill(tmp_path / name / "results", name)
    for name in ("one", "two"):
        push_results(tmp_path / name / "results", MAIN, f"Add {name}")
    board = bare.git.show("main:results/README.md")
    assert "acme/one" in board
    assert "acme/two" in board
    assert [c.message for c in bare.iter_commits("main")] == ["Add two", "Add one", "Begin"]


def race(bare: Repo, times: int) -> None:
    """Has somebody else win the first ``times`` pushes: the remote refuses and moves on."""
    hook = Path(bare.git_dir) / "hooks" / "pre-receive"
    hook.write_text(
        "#!/bin/sh\n"
        f'n=$(cat "$GIT_DIR/lost" 2>/dev/null || echo 0); [ "$n" -ge {times} ] && exit 0\n'
        'echo $((n + 1)) > "$GIT_DIR/lost"\n'
        "unset GIT_QUARANTINE_PATH\n"
        "c=$(git commit-tree -p main -m 'Somebody was faster' 'main^{tree}')\n"
        "git update-ref refs/heads/main $c\n"
    )
    hook.chmod(0o755)


def test_a_push_that_loses_a_race_starts_again_from_the_new_head(bare: Repo, tmp_path: Path) -> None:
    clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    race(bare, times=2)
    push_results(tmp_path / "mine" / "results", MAIN, "Add results")
    assert [c.message.strip() for c in bare.iter_commits("main")] == [
        "Add results",
        "Somebody was faster",
        "Somebody was faster",
        "Begin",
    ]


def test_a_push_that_never_wins_gives_up_and_says_what_to_do(bare: Repo, tmp_path: Path) -> None:
    clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    race(bare, times=PUSH_ATTEMPTS + 1)
    with pytest.raises(EnvironmentFailed, match="run the same command again"):
        push_results(tmp_path / "mine" / "results", MAIN, "Add results")


def test_pushing_the_same_results_again_changes_nothing(bare: Repo, tmp_path: Path) -> None:
    clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    push_results(tmp_path / "mine" / "results", MAIN, "Add results")
    head = bare.commit("main").hexsha
    assert push_results(tmp_path / "mine" / "results", MAIN, "Add results").commit is None
    assert bare.commit("main").hexsha == head


def test_a_maintainers_own_words_in_the_readme_survive(bare: Repo, tmp_path: Path) -> None:
    clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    push_results(tmp_path / "mine" / "results", MAIN, "Add results")
    theirs = clone(tmp_path / "theirs", bare)
    readme = tmp_path / "theirs" / "results" / "README.md"
    readme.write_text(readme.read_text() + "\nOur own words.\n")
    theirs.git.commit("--all", "--message", "Say more")
    theirs.git.push("origin", "main")
    fill(tmp_path / "mine" / "results", "two")
    push_results(tmp_path / "mine" / "results", MAIN, "Add more")
    assert "Our own words." in bare.git.show("main:results/README.md")


def rewrite(results: Path, change: Callable[[tuple[Record, ...]], list[Record]]) -> list[Record]:
    """Have the only record file hold other records of the same run, as another machine would write it."""
    (path,) = (p for p in source_files(results) if p.name.endswith(".gz"))
    file = read_record_file(path)
    path.unlink()
    changed = change(file.records)
    write_record_file(path, msgspec.structs.replace(file, records=tuple(changed)))
    return changed


def answered_otherwise(record: Record) -> Record:
    first, *more = record.rounds
    other = msgspec.structs.replace(first, seconds=first.seconds + 1)
    return msgspec.structs.replace(record, rounds=(other, *more))


def test_what_two_machines_asked_of_one_run_lands_once_and_nothing_is_lost(
    bare: Repo, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        clone(tmp_path / name, bare)
        fill(tmp_path / name / "results")
    one = rewrite(tmp_path / "one" / "results", lambda records: list(records[:-2]))
    two = rewrite(
        tmp_path / "two" / "results",
        lambda records: [*map(answered_otherwise, records[1:3]), *records[3:]],
    )
    assert push_results(tmp_path / "one" / "results", MAIN, "Add one").kept == 0
    pushed = push_results(tmp_path / "two" / "results", MAIN, "Add two")
    assert pushed.commit and pushed.kept == 2
    check = clone(tmp_path / "check", bare)
    (topic,) = read_tree(Path(check.working_dir) / "results")
    assert len(topic.files) == 2 and sorted(topic.records(), key=record_order) == [*one, *two[-2:]]
    again = push_results(tmp_path / "two" / "results", MAIN, "Add two")
    assert again.commit is None and again.kept == 2


def test_a_damaged_record_is_refused_by_name(bare: Repo, tmp_path: Path) -> None:
    clone(tmp_path / "mine", bare)
    results = tmp_path / "mine" / "results"
    fill(results)
    push_results(results, MAIN, "Add results")
    record = next(p for p in source_files(results) if p.name.endswith(".gz"))
    record.write_bytes(record.read_bytes() + b"x")
    with pytest.raises(CorruptResults, match=re.escape(record.name)):
        push_results(results, MAIN, "Add results")


def test_a_folder_outside_any_repository_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="git init"):
        commit_results(tmp_path, "Add results")


def test_an_unknown_remote_is_named(bare: Repo, tmp_path: Path) -> None:
    clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    with pytest.raises(BadInput, match="no git remote named 'upstream'"):
        push_results(tmp_path / "mine" / "results", Remote("upstream", "main"), "Add results")


def test_an_unreachable_remote_is_an_environment_error(bare: Repo, tmp_path: Path) -> None:
    repo = clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    repo.remote("origin").set_url(str(tmp_path / "nowhere.git"))
    with pytest.raises(EnvironmentFailed, match="cannot reach the git remote 'origin'"):
        push_results(tmp_path / "mine" / "results", MAIN, "Add results")


def test_a_pull_request_without_a_token_says_what_to_set(bare: Repo, tmp_path: Path) -> None:
    clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    github = Repository("http://127.0.0.1:1", "acme/bench", "")
    with pytest.raises(BadInput, match="GITHUB_TOKEN"):
        publish(tmp_path / "mine" / "results", "pr", Remote("origin", ""), "Add results", github)


@pytest.mark.parametrize("name", ["--force", "../x y", "a..b", "-", "x~1", "HEAD", "refs/heads/main"])
def test_what_is_no_branch_name_is_refused_before_anything_is_asked(
    bare: Repo, tmp_path: Path, name: str
) -> None:
    clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    with pytest.raises(BadInput, match="is no name of a branch"):
        push_results(tmp_path / "mine" / "results", Remote("origin", name), "Add results")
    assert [head.name for head in bare.heads] == ["main"]


def test_a_base_that_the_remote_lacks_is_refused(bare: Repo, tmp_path: Path) -> None:
    clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    with pytest.raises(BadInput, match="no branch 'nowhere'"):
        push_results(tmp_path / "mine" / "results", Remote("origin", "new", base="nowhere"), "Add results")


def test_a_branch_is_not_made_where_its_base_holds_every_record(bare: Repo, tmp_path: Path) -> None:
    clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    push_results(tmp_path / "mine" / "results", MAIN, "Add results")
    pushed = push_results(tmp_path / "mine" / "results", Remote("origin", "new", base="main"), "Add results")
    assert pushed.commit is None
    assert not pushed.branch_exists
    assert [head.name for head in bare.heads] == ["main"]


def test_an_empty_message_is_refused(bare: Repo, tmp_path: Path) -> None:
    clone(tmp_path / "mine", bare)
    fill(tmp_path / "mine" / "results")
    with pytest.raises(BadInput, match="--message"):
        push_results(tmp_path / "mine" / "results", MAIN, " ")
