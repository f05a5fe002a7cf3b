"""What reviewers are told on a pull request, against a loopback server that answers as GitHub's API does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fcbench_action.cli import cli
from fcbench_action.errors import BadInput, CorruptResults
from fcbench_action.publish.pull_request import COMMENT
from fcbench_action.records.tree import open_tree, source_files
from tests.github_server import GitHub, serving
from tests.record_builder import Model, write_tree

HEAD = "a" * 40


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving() as server:
        server.pulls = [
            {"number": 1, "state": "open", "head": {"sha": HEAD}},
            {"number": 2, "state": "closed", "head": {"sha": HEAD}},
            {"number": 3, "state": "open", "head": {"sha": "b" * 40}},
        ]
        yield server


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    """A base without results, and a proposed tree with one model."""
    open_tree(tmp_path / "base")
    open_tree(tmp_path / "proposed")
    models = [Model("acme", "one", first=0.5, later=0.5)]
    write_tree(tmp_path / "proposed", models=models, trials=1, targets=1)
    return tmp_path


def told(trees: Path, github: GitHub, *more: str, token: str = "sesame") -> Result:
    folders = ["--results", str(trees / "proposed"), "--base", str(trees / "base")]
    options = ["--commit", HEAD, "--repository", "acme/bench", *more]
    variables = {"GITHUB_TOKEN": token, "GITHUB_API_URL": github.api}
    return CliRunner().invoke(cli, ["comment", *folders, *options], env=variables)


def test_the_open_pull_request_of_the_commit_gets_one_comment_that_is_rewritten(
    trees: Path, github: GitHub
) -> None:
    first = told(trees, github, "--conclusion", "failure", "--details", "https://github.example/run/1")
    assert first.output == "https://github.example/1#c\n", first.output
    (comment,) = github.comments
    assert comment["body"].startswith(COMMENT) and "acme/one" in comment["body"]
    assert "**The check failed**" in comment["body"] and "(https://github.example/run/1)" in comment["body"]
    told(trees, github, "--conclusion", "success")
    (comment,) = github.comments
    assert "Every number recomputes" in comment["body"]


def test_a_pull_request_that_changes_no_results_gets_no_comment(trees: Path, github: GitHub) -> None:
    shutil.rmtree(trees / "proposed")
    assert "nothing is said" in told(trees, github, "--conclusion", "success").output
    shutil.rmtree(trees / "base")
    assert "nothing is said" in told(trees, github, "--conclusion", "success").output
    assert not github.comments
    told(trees, github, "--conclusion", "failure")
    assert "The check failed" in github.comments[0]["body"]
    told(trees, github, "--conclusion", "success")
    assert "Every number recomputes" in github.comments[0]["body"]


def test_a_tree_that_is_a_link_is_named_and_not_commented_on(trees: Path, github: GitHub) -> None:
    (trees / "proposed").rename(trees / "other")
    (trees / "proposed").symlink_to("other")
    assert isinstance(told(trees, github).exception, CorruptResults) and not github.comments


def test_what_somebody_else_wrote_is_left_alone(trees: Path, github: GitHub) -> None:
    github.comments = [{"id": 0, "body": "Looks good."}]
    told(trees, github)
    assert github.comments[0]["body"] == "Looks good." and len(github.comments) == 2


def test_hostile_words_of_a_workflow_are_not_repeated(trees: Path, github: GitHub) -> None:
    told(trees, github, "--conclusion", "<b>fine</b>", "--details", "javascript:alert(1)")
    body = github.comments[0]["body"]
    assert "not verified" in body and "<b>" not in body and "javascript" not in body


def test_without_a_token_or_with_half_a_commit_nothing_is_asked(trees: Path, github: GitHub) -> None:
    assert isinstance(told(trees, github, token="").exception, BadInput)
    assert isinstance(told(trees, github, "--commit", "abc").exception, BadInput)
    assert not github.comments


def test_a_damaged_tree_is_named_and_not_commented_on(trees: Path, github: GitHub) -> None:
    record = next(path for path in source_files(trees / "proposed") if path.suffix == ".gz")
    record.write_bytes(b"no record")
    assert isinstance(told(trees, github).exception, CorruptResults)
    assert not github.comments
