"""The command behind the action, with the variables of a workflow: what it publishes, prints and returns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from git import Repo

from fcbench_action.cli import cli
from fcbench_action.endpoint.simulated.server import serve
from fcbench_action.errors import BadInput, CorruptResults, EnvironmentFailed
from fcbench_action.suite.load import load
from tests.github_server import GitHub, serving

CASE = "todo/members/database.tables/accounts"


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving() as server:
        yield server


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A clone with a bare remote, as the current folder."""
    remote = Repo.init(tmp_path / "remote.git", bare=True, initial_branch="main")
    repo = Repo.init(tmp_path / "clone", initial_branch="main")
    repo.git.commit("--allow-empty", "--message", "Begin")
    repo.create_remote("origin", str(remote.git_dir))
    repo.git.push("origin", "main")
    monkeypatch.chdir(tmp_path / "clone")
    return repo


def act(folder: Path, **variables: str) -> Result:
    """Run the command with these inputs; names in capitals are variables as they are."""
    defaults = {"models": "simulated/careless", "cases": CASE, "trials": "2"}
    inputs = {k: v for k, v in (defaults | variables).items() if k.islower()}
    environment = {f"FCBENCH_INPUT_{k.upper()}": v for k, v in inputs.items()}
    environment |= {k: v for k, v in variables.items() if k.isupper()}
    files = {"GITHUB_OUTPUT": str(folder / "output"), "GITHUB_STEP_SUMMARY": str(folder / "summary")}
    return CliRunner().invoke(cli, ["action"], env=environment | files)


def outputs(folder: Path) -> dict[str, str]:
    lines = iter((folder / "output").read_text().split("\n"))
    found = {}
    for line in lines:
        if "<<" in line:
            name, mark = line.split("<<")
            value = []
            while (next_line := next(lines)) != mark:
                value.append(next_line)
            found[name] = "\n".join(value)
    return found


def test_without_publishing_it_writes_records_outputs_and_a_summary(checkout: Repo, tmp_path: Path) -> None:
    result = act(tmp_path)
    assert result.exit_code == 0, result.output
    assert outputs(tmp_path)["records"] == "2"
    assert outputs(tmp_path)["commit"] == ""
    assert "simulated/careless" in (tmp_path / "summary").read_text()
    assert not checkout.git.ls_files()


def test_results_come_as_a_pull_request_that_says_what_changes(
    checkout: Repo, tmp_path: Path, github: GitHub
) -> None:
    inputs = {"commit_strategy": "pr", "token": "sesame"}
    variables = {"GITHUB_REPOSITORY": "acme/bench", "GITHUB_API_URL": github.api}
    result = act(tmp_path, **inputs, **variables)
    assert result.exit_code == 0, result.output
    (pull,) = github.pulls
    assert pull["base"] == "main"
    assert pull["head"].startswith("fcbench/")
    assert "| new |" in pull["body"]
    assert outputs(tmp_path)["pull-request-url"] == pull["html_url"]
    assert outputs(tmp_path)["branch"] == pull["head"]
    assert f"::notice title=fcbench::results are in {pull['html_url'].replace('::', ': :')}" in result.output
    assert "sesame" not in result.output.replace("::add-mask::sesame", "")


def test_two_models_of_one_run_share_one_pull_request(checkout: Repo, tmp_path: Path, github: GitHub) -> None:
    result = act(
        tmp_path,
        models="simulated/careless simulated/flawless",
        commit_strategy="pr",
        token="sesame",
        GITHUB_REPOSITORY="acme/bench",
        GITHUB_API_URL=github.api,
    )
    assert result.exit_code == 0, result.output
    assert len(github.pulls) == 1
    assert github.pulls[0]["body"].count("| new |") == 2


def test_what_was_paid_for_is_published_even_where_the_run_failed(checkout: Repo, tmp_path: Path) -> None:
    act(tmp_path)
    with serve(load()) as url:
        result = act(tmp_path, models="acme/unheard-of", base_url=url, commit_strategy="push")
    assert isinstance(result.exception, EnvironmentFailed)
    remote = Repo(str(checkout.remote("origin").url))
    assert "results/simulated/careless/README.md" in remote.git.ls_tree("-r", "--name-only", "main")


def test_a_key_is_masked_and_written_nowhere(checkout: Repo, tmp_path: Path) -> None:
    result = act(tmp_path, api_key="sk-very-secret")
    assert "::add-mask::sk-very-secret" in result.output
    written = [p for p in tmp_path.rglob("*") if p.is_file() and b"sk-very-secret" in p.read_bytes()]
    assert not written


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"commit_strategy": "yes"}, "commit-strategy"),
        ({"topics": "tudu"}, "tudu"),
        ({"models": ""}, "model"),
        ({"trials": "many"}, "many"),
        ({"time_budget": "soon"}, "soon"),
        ({"results_path": "../../outside"}, "results-path"),
    ],
)
def test_a_wrong_input_is_one_annotation(
    checkout: Repo, tmp_path: Path, inputs: dict[str, str], said: str
) -> None:
    result = act(tmp_path, **inputs)
    assert isinstance(result.exception, BadInput)
    annotations = [line for line in result.output.split("\n") if line.startswith("::error")]
    assert len(annotations) == 1
    assert said in annotations[0]


def test_a_second_run_of_the_same_results_opens_no_empty_pull_request(
    checkout: Repo, tmp_path: Path, github: GitHub
) -> None:
    act(tmp_path, commit_strategy="push")
    variables = {"GITHUB_REPOSITORY": "acme/bench", "GITHUB_API_URL": github.api}
    result = act(tmp_path, commit_strategy="pr", token="sesame", **variables)
    assert result.exit_code == 0, result.output
    assert not github.pulls


def pull_request(github: GitHub) -> dict[str, str]:
    return {
        "commit_strategy": "pr",
        "token": "sesame",
        "GITHUB_REPOSITORY": "acme/bench",
        "GITHUB_API_URL": github.api,
    }


def fresh_checkout(old: Repo, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As each workflow begins: on a machine that has the default branch and nothing else."""
    Repo.clone_from(str(old.remote("origin").url), folder, branch="main")
    monkeypatch.chdir(folder)


@pytest.mark.parametrize("strategy", ["pr", "push"])
def test_a_run_goes_on_on_a_fresh_machine_where_its_unmerged_branch_or_a_newer_head_left_off(
    checkout: Repo, tmp_path: Path, github: GitHub, monkeypatch: pytest.MonkeyPatch, strategy: str
) -> None:
    inputs = {**pull_request(github), "commit_strategy": strategy, "cases": "todo/members/database.tables/*"}
    fresh_checkout(checkout, tmp_path / "second", monkeypatch)  # as it is now, before anything is pushed
    first, second = tmp_path / "clone", tmp_path / "second"
    results = []
    for folder, budget in ((first, {"max_calls": "3"}), (second, {}), (second, {})):
        monkeypatch.chdir(folder)
        results.append(act(tmp_path, **inputs, **budget))
        assert results[-1].exit_code == 0, results[-1].output
    assert "it goes on from there" in results[1].output
    assert " 0 calls" in results[2].output or "\n0 calls" in results[2].output
    branch = github.pulls[0]["head"] if strategy == "pr" else "main"
    remote = Repo(str(checkout.remote("origin").url))
    names = remote.git.ls_tree("-r", "--name-only", branch).split("\n")
    parts = [name for name in names if name.endswith(".gz")]
    assert len(parts) == 2 and len({name.split("-")[0] for name in parts}) == 1
    assert len(github.pulls) == (strategy == "pr")


def test_only_records_of_the_same_run_are_taken_from_branches_that_wait(
    checkout: Repo, tmp_path: Path, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(tmp_path, **pull_request(github))
    fresh_checkout(checkout, tmp_path / "second", monkeypatch)
    result = act(tmp_path, **pull_request(github), rounds="0")
    assert result.exit_code == 0, result.output
    assert "it goes on from there" not in result.output
    first, second = github.pulls
    assert first["head"] != second["head"]
    remote = Repo(str(checkout.remote("origin").url))
    files = remote.git.ls_tree("-r", "--name-only", second["head"])
    assert first["head"].removeprefix("fcbench/") not in files


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"branch": "a b..c~^:"}, "is no name of a branch"),
        ({"branch": "main"}, "cannot go from branch 'main' into itself"),
        ({"base": "nope"}, "has no branch 'nope'"),
        ({"token": ""}, "needs a token"),
        ({"GITHUB_REPOSITORY": ""}, "GITHUB_REPOSITORY"),
        ({"results_path": ".git/results"}, "input 'results-path'"),
        ({"config": "/etc/passwd"}, "input 'config'"),
        ({"trials": "many"}, "input 'trials'"),
        ({"models": ""}, "input 'models'"),
    ],
)
def test_what_would_keep_results_from_being_published_is_told_before_anything_is_asked(
    checkout: Repo, tmp_path: Path, github: GitHub, inputs: dict[str, str], said: str
) -> None:
    result = act(tmp_path, **{**pull_request(github), **inputs})
    assert isinstance(result.exception, BadInput)
    assert said in str(result.exception) and "--" not in str(result.exception)
    assert not Path("results").exists() and not github.pulls
    assert [head.name for head in Repo(str(checkout.remote("origin").url)).heads] == ["main"]


def test_a_remote_that_is_gone_or_a_checkout_of_no_branch_is_told_before_anything_is_asked(
    checkout: Repo, tmp_path: Path
) -> None:
    checkout.git.checkout("--detach")
    result = act(tmp_path, commit_strategy="push")
    assert isinstance(result.exception, BadInput) and "input 'branch'" in str(result.exception)
    checkout.git.checkout("main")
    checkout.remote("origin").set_url(str(tmp_path / "nowhere.git"))
    result = act(tmp_path, commit_strategy="push")
    assert isinstance(result.exception, EnvironmentFailed)
    assert not Path("results").exists()


def test_where_github_refuses_the_pull_request_the_branch_that_holds_the_results_is_told(
    checkout: Repo, tmp_path: Path, github: GitHub
) -> None:
    github.refuses = True
    result = act(tmp_path, **pull_request(github))
    assert isinstance(result.exception, EnvironmentFailed)
    told = outputs(tmp_path)
    remote = Repo(str(checkout.remote("origin").url))
    assert remote.commit(told["branch"]).hexsha == told["commit"] and told["pull-request-url"] == ""
    assert told["branch"] in str(result.exception) and told["records"] == "2"
    assert "simulated/careless" in (tmp_path / "summary").read_text()


def test_outputs_are_of_the_models_asked_and_of_what_was_pushed(checkout: Repo, tmp_path: Path) -> None:
    act(tmp_path, commit_strategy="push")
    for _ in range(2):
        (tmp_path / "output").unlink()
        act(tmp_path, models="simulated/stubborn", commit_strategy="push")
    told = outputs(tmp_path)
    assert [row["model"] for row in json.loads(told["scorecards"])] == ["stubborn"]
    assert (told["branch"], told["commit"]) == ("", "")  # the second time there was nothing new
    assert told["records"] == "4"


def test_what_is_wrong_with_the_tree_is_told_before_anything_is_asked(checkout: Repo, tmp_path: Path) -> None:
    act(tmp_path)
    stray = Path("results/stray/fcbench/records/x.gz")
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"")
    (tmp_path / "output").unlink()
    result = act(tmp_path, models="simulated/stubborn")
    assert isinstance(result.exception, CorruptResults) and "stray" in str(result.exception)
    assert not Path("results/simulated/stubborn").exists()


def test_a_repository_that_is_a_results_tree_keeps_its_own_files_and_links(
    checkout: Repo, tmp_path: Path
) -> None:
    Path("NOTES.md").write_text("ours")
    Path("docs").symlink_to("NOTES.md")
    checkout.git.add("--all")
    checkout.index.commit("Say more")
    result = act(tmp_path, results_path=".", commit_strategy="push", branch="refs/heads/main")
    assert result.exit_code == 0, result.output
    remote = Repo(str(checkout.remote("origin").url))
    files = remote.git.ls_tree("-r", "--name-only", "main")
    assert "simulated/careless/README.md" in files and [head.name for head in remote.heads] == ["main"]
    assert CliRunner().invoke(cli, ["verify", "--results", "."]).exit_code == 0
