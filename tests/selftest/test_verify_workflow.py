"""The workflow that guards results: its own commands, run here on the checkouts of hostile pull requests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from git import Repo

PROJECT = Path(__file__).parents[2]
WORKFLOW = PROJECT / ".github" / "workflows" / "verify.yml"
MODELS = ("simulated/careless", "simulated/stubborn")
CASES = "todo/members/database.tables/*"

pytestmark = pytest.mark.slow


def fcbench(*arguments: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "fcbench_action", *arguments]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=300)


@dataclass(frozen=True)
class Repository:
    """A repository with results of two models on its main branch, and one of a third to be proposed."""

    folder: Path
    proposal: Path

    def verify(self, home: Path, edit: Callable[[Path], object]) -> str:
        """Which step of the workflow fails for a pull request with this edit; empty where none does."""
        for name in ("base", "proposed"):
            subprocess.run(["git", "clone", "-q", str(self.folder), str(home / name)], check=True)
        proposed = Repo(home / "proposed")
        begun = proposed.head.commit
        edit(home / "proposed")
        if proposed.head.commit == begun:
            proposed.git.add("--all", "--force")
            proposed.index.commit("Propose")
        return _steps(home)


def _steps(home: Path) -> str:
    """Run the commands of the workflow where its checkouts are; what it installs is this Python here."""
    output, summary = home / "output", home / "summary"
    output.touch()
    told = os.environ | {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)}
    for step in yaml.safe_load(WORKFLOW.read_text())["jobs"]["verify"]["steps"]:
        script = step.get("run", "")
        if not script or ("if" in step and "differ=true" not in output.read_text()):
            continue
        if script.startswith("make "):
            _install(home / "base" / ".venv" / "bin")
            continue
        ended = subprocess.run(
            ["bash", "-e", "-c", script], cwd=home, env=told, check=False, capture_output=True, timeout=300
        )
        (home / "log").write_bytes(ended.stdout + ended.stderr)
        if ended.returncode:
            return f"{step['name']}: {ended.returncode}"
    return ""


def _install(folder: Path) -> None:
    folder.mkdir(parents=True)
    command = folder / "fcbench"
    command.write_text(f'#!/bin/sh\nPYTHONPATH={PROJECT} exec {sys.executable} -m fcbench_action "$@"\n')
    command.chmod(0o755)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("repository")
    repo = Repo.init(folder, initial_branch="main")
    asked = ("run", "--cases", CASES, "--quiet", "--rounds", "1", "--results", str(folder / "results"))
    fcbench(*asked, "--model", MODELS[0], "--model", MODELS[1])
    (folder / ".gitignore").write_text(".venv\n")
    repo.git.add("--all")
    repo.index.commit("Begin")
    proposal = tmp_path_factory.mktemp("proposal") / "results"
    shutil.copytree(folder / "results", proposal)
    fcbench(*asked[:-1], str(proposal), "--model", "simulated/chatty")
    shutil.rmtree(proposal / ".fcbench")
    return Repository(folder, proposal)


GUARD = "Verdicts follow"
FULL_WIDTH_ZERO = "\uff10"


def propose(repository: Repository, proposed: Path) -> Path:
    """What ``fcbench publish`` would propose."""
    shutil.rmtree(proposed / "results")
    shutil.copytree(repository.proposal, proposed / "results")
    return proposed / "results"


def lie(readme: Path) -> None:
    text = readme.read_text()
    assert "| " in text
    readme.write_text(text.replace("0.", "9."))


def test_an_honest_proposal_passes_and_is_summed_up(repository: Repository, tmp_path: Path) -> None:
    assert repository.verify(tmp_path, lambda proposed: propose(repository, proposed)) == ""
    summary = (tmp_path / "summary").read_text()
    assert "simulated/chatty" in summary and "| new |" in summary and "careless" not in summary


def test_a_pull_request_without_results_is_left_alone(repository: Repository, tmp_path: Path) -> None:
    assert repository.verify(tmp_path, lambda proposed: (proposed / "code.py").touch()) == ""
    assert not (tmp_path / "summary").exists()


def link_results(repository: Repository, proposed: Path) -> None:
    results = propose(repository, proposed)
    results.rename(proposed / "other")
    results.symlink_to("other")
    lie(proposed / "other/README.md")


def ignore_results(repository: Repository, proposed: Path) -> None:
    results = propose(repository, proposed)
    (results / ".gitignore").write_text("*\n")
    (results / "simulated/chatty/README.md").unlink()


def add_a_page(repository: Repository, proposed: Path) -> None:
    (propose(repository, proposed) / "evil\n::error::x.html").write_text("<script>")


def add_a_journal(repository: Repository, proposed: Path) -> None:
    journal = propose(repository, proposed) / ".fcbench/journal"
    journal.mkdir(parents=True)
    (journal / "forged.ndjson").write_text("{}\n")


def remove_a_model(repository: Repository, proposed: Path) -> None:
    results = propose(repository, proposed)
    shutil.rmtree(results / MODELS[1])
    fcbench("report", "--results", str(results))


def remove_everything(_: Repository, proposed: Path) -> None:
    shutil.rmtree(proposed / "results")


def lie_about_a_model(repository: Repository, proposed: Path) -> None:
    lie(propose(repository, proposed) / "simulated/chatty/README.md")


def lie_under_another_encoding(repository: Repository, proposed: Path) -> None:
    """In git the page holds other digits than its checkout shows."""
    card = propose(repository, proposed) / "simulated/chatty/scorecard.json"
    honest = card.read_text()
    card.write_text(honest.replace("0", FULL_WIDTH_ZERO), "utf-8")
    repo = Repo(proposed)
    repo.git.add("--all", "--force")
    (proposed / ".gitattributes").write_text("scorecard.json text working-tree-encoding=ASCII//TRANSLIT\n")
    repo.git.add(".gitattributes")
    repo.index.commit("Lie")
    card.unlink()
    repo.git.checkout("--force", "HEAD", "--", str(card))
    if card.read_text() != honest:
        pytest.skip("the iconv of this machine writes no digits of full width as plain ones")


@pytest.mark.parametrize(
    "edit",
    [
        *(link_results, ignore_results, add_a_page, add_a_journal),
        *(remove_a_model, remove_everything, lie_about_a_model, lie_under_another_encoding),
    ],
)
def test_a_hostile_proposal_does_not_pass(
    repository: Repository, tmp_path: Path, edit: Callable[[Repository, Path], None]
) -> None:
    failed = repository.verify(tmp_path, lambda proposed: edit(repository, proposed))
    assert failed.startswith(GUARD), (tmp_path / "log").read_text()
    assert not [line for line in (tmp_path / "log").read_text().split("\n") if line.startswith("::")]
