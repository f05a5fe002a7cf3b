"""``fcbench demo``: one command from nothing to a site."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from git import Repo

from fcbench_action.cli import cli
from fcbench_action.errors import BadInput
from tests.run_world import records


@pytest.mark.slow
def test_the_demo_makes_records_a_repository_and_a_site_and_can_be_run_again(tmp_path):
    out = tmp_path / "demo"
    for _ in range(2):
        result = CliRunner().invoke(cli, ["demo", "--out", str(out), "--trials", "1"])
        assert result.exception is None, result.output
        assert str(out / "site") in result.stdout
        with Repo(out / "results") as repo:
            assert len(list(repo.iter_commits())) == 1 and not repo.untracked_files
            assert not any(".fcbench/" in path for path in repo.git.ls_files().splitlines())
        assert (out / "site" / "index.html").is_file()
        assert all(r.provenance.simulated for r in records(out / "results"))


def test_the_demo_never_clears_a_folder_that_it_did_not_make(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    result = CliRunner().invoke(cli, ["demo", "--out", str(tmp_path)])
    assert isinstance(result.exception, BadInput) and str(tmp_path) in str(result.exception)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
