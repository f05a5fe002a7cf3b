"""Building the site: what comes out, what is refused, and that nothing changes without a reason."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from fcbench_action.cli.site import command
from fcbench_action.diagnostics.registry import CODES
from fcbench_action.errors import BadInput, CorruptResults, EnvironmentFailed, FcbenchError
from fcbench_action.pages.build import build_site
from fcbench_action.pages.plugin import MARKER
from tests.record_builder import MODELS, write_tree

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tree(
        tmp_path_factory.mktemp("tree") / "results", MODELS[:3] + MODELS[6:], trials=1, targets=1
    )


@pytest.fixture(scope="module")
def built(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "out"
    build_site(results, out)
    return out


def test_building_twice_gives_the_same_bytes(results: Path, built: Path, tmp_path: Path) -> None:
    build_site(results, tmp_path / "again")
    assert contents(tmp_path / "again") == contents(built)


def test_plain_mkdocs_makes_the_same_site(
    results: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FCBENCH_RESULTS", str(results))
    build(load_config(str(CONFIG), site_dir=str(tmp_path / "plain")))
    assert contents(tmp_path / "plain") == contents(built)


def test_without_results_plain_mkdocs_says_that_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FCBENCH_RESULTS", str(tmp_path / "absent"))
    build(load_config(str(CONFIG), site_dir=str(tmp_path / "empty")))
    home = (tmp_path / "empty" / "index.html").read_text("utf-8")
    assert "no results here yet" in home and "<table" not in home
    assert not (tmp_path / "empty" / "models").exists()


def test_an_earlier_site_is_replaced_whole(results: Path, built: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built, out)
    (out / "models" / "gone").mkdir()
    (out / "models" / "gone" / "index.html").write_text("stale")
    build_site(results, out)
    assert contents(out) == contents(built)


def test_there_is_a_page_for_every_model_topic_case_function_and_code(built: Path) -> None:
    pages = {str(p.parent.relative_to(built)) for p in built.rglob("index.html")}
    assert {"models/openai/gpt-4.1-mini", "models/qwen/qwen3-next-80b-a3b-instruct", "topics/todo"} <= pages
    assert {"models/qwen/!qwen3-!next-80!b-!a3!b-!instruct", "models/simulated/flawless"} <= pages
    assert {f"diagnostics/{code}" for code in CODES} <= pages
    assert {"functions/database.tables", "cases/todo/todos/database.tables/items-todos"} <= pages


def test_no_page_names_another_host(built: Path) -> None:
    for page in built.rglob("*.html"):
        text = page.read_text("utf-8")
        for mark in ('src="http', 'href="http', "src='http", "url(http", 'src="//', 'href="//'):
            assert mark not in text, page


def test_hand_written_pages_are_searched_in_full_and_the_others_but_cases_by_title(built: Path) -> None:
    index = json.loads((built / "search" / "search_index.json").read_text("utf-8"))["docs"]
    texts = {entry["location"]: (entry["title"], entry["text"]) for entry in index}
    assert texts["method/"][1]
    assert texts["models/openai/gpt-4.1-mini/"] == ("openai/gpt-4.1-mini", "")
    assert texts["topics/todo/"] == ("Topic todo", "")
    assert texts["functions/database.tables/"] == ("Function database.tables", "")
    assert texts["diagnostics/missing-property/"] == ("Diagnostic missing-property", "")
    assert not [place for place in texts if place.startswith(("cases/", "diagnostics/missing-property/#"))]


def test_the_text_of_a_diagnostic_is_on_its_page(built: Path) -> None:
    page = (built / "diagnostics" / "missing-property" / "index.html").read_text("utf-8")
    assert page.count("<h1") == 1 and "<pre>" in page


def test_the_page_for_wrong_addresses_leads_into_the_site_wherever_that_is(
    results: Path, built: Path, tmp_path: Path
) -> None:
    assert 'href="/topics/"' in (built / "404.html").read_text("utf-8")
    arguments = ["--results", str(results), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(command, [*arguments, "--site-url", "https://me.github.io/repo"])
    assert done.exit_code == 0
    page = (tmp_path / "out" / "404.html").read_text("utf-8")
    assert 'href="/repo/topics/"' in page and 'href="/repo/assets/fcbench.css"' in page
    assert 'href="/topics/"' not in page


@pytest.mark.parametrize("address", ["me.github.io", "javascript:x", "https://a b/", 'https://a/?"'])
def test_an_address_that_is_none_is_refused(address: str, results: Path, tmp_path: Path) -> None:
    arguments = ["--results", str(results), "--out", str(tmp_path / "out"), "--site-url", address]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 2 and "such as https://" in done.output


def test_a_corrupt_record_is_named_and_the_site_that_was_there_stays(
    results: Path, built: Path, tmp_path: Path
) -> None:
    copy, out = tmp_path / "results", tmp_path / "out"
    shutil.copytree(results, copy)
    shutil.copytree(built, out)
    victim = next(copy.rglob("*.ndjson.gz"))
    victim.write_bytes(gzip.compress(gzip.decompress(victim.read_bytes())[:-20]))
    with pytest.raises(CorruptResults, match=victim.name):
        build_site(copy, out)
    assert contents(out) == contents(built)


def test_a_trial_that_is_there_twice_is_named(results: Path, tmp_path: Path) -> None:
    copy = tmp_path / "results"
    shutil.copytree(results, copy)
    file = next(copy.rglob("*.ndjson.gz"))
    shutil.copy(file, file.with_name(file.name.replace("-all", "-more")))
    with pytest.raises(CorruptResults, match="repeats trial"):
        build_site(copy, tmp_path / "out")


def test_a_missing_results_folder_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no results folder"):
        build_site(tmp_path / "absent", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_results_tree_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no results tree"):
        build_site(tmp_path, tmp_path.parent / f"{tmp_path.name}-out")


def test_a_folder_with_other_things_in_it_is_never_emptied(results: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(BadInput, match="not empty"):
        build_site(results, tmp_path)
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


@pytest.mark.parametrize("place", [".", "site", ".."])
def test_results_and_site_may_not_lie_in_one_another(place: str, results: Path) -> None:
    with pytest.raises(BadInput, match="in one another"):
        build_site(results, results / place)


def test_an_output_that_is_a_file_is_bad_input(results: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(BadInput, match="is a file"):
        build_site(results, tmp_path / "out")


def test_a_build_that_failed_half_way_can_be_repeated(
    results: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr("fcbench_action.pages.plugin.protect", lambda page: _disk_full())
        with pytest.raises(FcbenchError, match="No space left"):
            build_site(results, out)
    assert (out / MARKER).exists()
    build_site(results, out)
    assert contents(out) == contents(built)


def _disk_full() -> str:
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_told_by_what_of_the_site_could_not_be_written(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = tmp_path / "out/assets/main.css"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "/packages/material/main.css", None, str(asset))

    monkeypatch.setattr("fcbench_action.pages.build.build.build", full)
    with pytest.raises(EnvironmentFailed, match=f"site in {asset}: No space left") as caught:
        build_site(results, tmp_path / "out")
    assert "packages" not in str(caught.value)


def test_the_command_says_where_the_site_is_and_how_to_look_at_it(results: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["--results", str(results), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert f"pages in {tmp_path / 'out'}" in done.output and "python -m http.server" in done.output
