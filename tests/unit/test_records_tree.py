"""The results tree: where things lie, and what is refused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fcbench_action.errors import BadInput, CorruptResults
from fcbench_action.records.files import read_record_file, write_record_file
from fcbench_action.records.tree import (
    MARKER,
    Place,
    count_records,
    open_tree,
    read_tree,
    record_path,
    source_files,
)
from fcbench_action.records.types import FORMAT, RecordFile
from tests.record_builder import TOOLS, case_ref, provenance, record, write_files, write_tree

PLACE = Place("openai", "gpt-4.1-mini", "todo")


def test_a_tree_has_every_topic_of_every_model_in_order(tmp_path: Path) -> None:
    topics = read_tree(write_tree(tmp_path))
    places = [topic.place for topic in topics]
    assert places == sorted(places) and len(places) == 14
    assert Place("<script>alert(1)</script>", "../../x | [a](b) `c` \u202e", "todo") in places
    assert count_records(tmp_path) == sum(len(list(topic.records())) for topic in topics) == 540


def test_names_that_differ_by_case_or_length_only_have_folders_of_their_own(tmp_path: Path) -> None:
    names = ["Model", "model", "m" * 300, "m" * 301, ".", "con", "a/b", "x" * 150 + "/" + "Y" * 150]
    for name in names:
        write_files(tmp_path, [record("valid", source=provenance(model=name))])
    assert sorted(topic.place.model for topic in read_tree(tmp_path)) == sorted(names)


def test_the_files_of_a_run_lie_where_the_layout_says(tmp_path: Path) -> None:
    write_files(tmp_path, [record("valid")])
    folder = tmp_path / "openai/gpt-4.1-mini/todo/fcbench"
    assert (folder / "records/5f2c0a7e9b31-all.ndjson.gz").is_file()
    assert len(list((folder / "plans").iterdir())) == len(list((folder / "environments").iterdir())) == 1
    assert (tmp_path / MARKER).read_text() == '{\n  "format": 1\n}\n'


def test_source_files_are_all_that_a_copy_needs(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "tree")
    (tree / "README.md").write_text("mine")
    for path in source_files(tree):
        target = tmp_path / "copy" / path.relative_to(tree)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    assert count_records(tmp_path / "copy") == count_records(tree)
    assert not (tmp_path / "copy/README.md").exists()
    kinds = {path.parent.name for path in source_files(tree)}
    assert kinds == {"tree", "records", "plans", "environments"}


def test_opening_a_tree_twice_changes_nothing(tmp_path: Path) -> None:
    open_tree(tmp_path / "new/results")
    before = (tmp_path / "new/results" / MARKER).stat().st_mtime_ns
    open_tree(tmp_path / "new/results")
    assert (tmp_path / "new/results" / MARKER).stat().st_mtime_ns == before


@pytest.mark.parametrize("act", [open_tree, read_tree])
def test_a_newer_tree_says_to_update(tmp_path: Path, act: object) -> None:
    (tmp_path / MARKER).write_text(f'{{"format": {FORMAT + 1}}}')
    with pytest.raises(CorruptResults, match=f"format {FORMAT + 1}.*update fcbench"):
        act(tmp_path)  # type: ignore[operator]


@pytest.mark.parametrize("text", ["", "{}", '{"format": "1"}', '{"format": true}', "[1]", "[" * 9999, "\x00"])
def test_a_damaged_marker_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / MARKER).write_text(text)
    with pytest.raises(CorruptResults, match=r"fcbench\.json is damaged"):
        read_tree(tmp_path)


def test_a_folder_that_is_no_results_tree_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no results tree"):
        read_tree(tmp_path)
    with pytest.raises(BadInput, match="missing is no results tree"):
        read_tree(tmp_path / "missing")


def test_the_same_trial_of_a_run_in_two_files_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, [record("valid"), record("valid", trial=1)], shard="a")
    write_files(tmp_path, [record("valid", trial=1)], shard="b")
    with pytest.raises(CorruptResults, match=r"-b\.ndjson\.gz repeats trial 1 of todo.*-a\.ndjson\.gz"):
        count_records(tmp_path)


def test_the_same_trial_of_two_runs_is_two_trials(tmp_path: Path) -> None:
    write_files(tmp_path, [record("valid"), record("valid", source=provenance(run="0a"))])
    assert count_records(tmp_path) == 2


@pytest.mark.parametrize(
    "odd",
    [
        record("valid", source=provenance(model="another")),
        record("valid", source=provenance(run="another")),
        record("valid", case=case_ref(topic="bbs")),
    ],
)
def test_a_record_in_the_wrong_place_is_refused(tmp_path: Path, odd: object) -> None:
    (path,) = write_files(tmp_path, [record("valid")])
    assert path == record_path(tmp_path, PLACE, "5f2c0a7e9b31", "all")
    path.unlink()
    write_record_file(path, RecordFile(FORMAT, TOOLS, (odd,)))  # type: ignore[arg-type]
    with pytest.raises(CorruptResults, match="move the file where it belongs"):
        count_records(tmp_path)


def test_files_that_no_run_writes_are_refused_but_hidden_ones_are_not(tmp_path: Path) -> None:
    (path,) = write_files(tmp_path, [record("valid")])
    (path.parent / ".DS_Store").write_text("x")
    (tmp_path / ".git/fcbench/records").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    assert count_records(tmp_path) == 1
    (path.parent / "notes.txt").write_text("x")
    with pytest.raises(CorruptResults, match=r"notes\.txt is no record file"):
        read_tree(tmp_path)


@pytest.mark.parametrize("folder", ["openai/todo", "a/b/c/d", "OpenAI/m/todo", "a/CON/todo", "a/=/todo"])
def test_record_folders_outside_the_layout_are_refused(tmp_path: Path, folder: str) -> None:
    (path,) = write_files(tmp_path, [record("valid")])
    target = tmp_path / folder / "fcbench/records"
    target.mkdir(parents=True)
    shutil.copyfile(path, target / path.name)
    with pytest.raises(CorruptResults, match="move"):
        read_tree(tmp_path)


def test_reading_holds_one_record_at_a_time(tmp_path: Path) -> None:
    (path,) = write_files(tmp_path, [record("valid", trial=n) for n in range(3)])
    (topic,) = read_tree(tmp_path)
    found = topic.records()
    assert next(found) == read_record_file(path).records[0]


def link_root(tree: Path) -> Path:
    tree.rename(tree.with_name("other"))
    tree.symlink_to("other")
    return tree


def link_marker(tree: Path) -> Path:
    return _linked(tree / MARKER)


def link_model(tree: Path) -> Path:
    return _linked(tree / "openai/gpt-4.1-mini")


def link_record(tree: Path) -> Path:
    return _linked(next(tree.rglob("*.ndjson.gz")))


def link_plan(tree: Path) -> Path:
    return _linked(next(tree.rglob("plans/*.json")))


def link_to_nowhere(tree: Path) -> Path:
    (tree / "secret.md").symlink_to("/no/such/file")
    return tree / "secret.md"


def _linked(path: Path) -> Path:
    """Move what is there out of its tree and put a link in its place."""
    (top,) = (folder for folder in path.parents if folder.name == "tree")
    aside = top.with_name(f"aside-{path.name}")
    shutil.move(path, aside)
    path.symlink_to(aside)
    return path


LINKS = [link_root, link_marker, link_model, link_record, link_plan, link_to_nowhere]


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("act", [read_tree, open_tree, count_records, source_files])
def test_a_symbolic_link_anywhere_is_named_and_followed_by_nobody(
    tmp_path: Path, act: object, link: Callable[[Path], Path]
) -> None:
    tree = tmp_path / "tree"
    write_files(tree, [record("valid")])
    path = link(tree)
    with pytest.raises(CorruptResults, match=f"{path.name} is a symbolic link"):
        act(tree)  # type: ignore[operator]


def test_a_tree_that_is_a_repository_keeps_its_git_folder_as_it_is(tmp_path: Path) -> None:
    write_files(tmp_path, [record("valid")])
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/link").symlink_to("elsewhere")
    assert count_records(tmp_path) == 1


def test_what_is_neither_file_nor_folder_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, [record("valid")])
    os.mkfifo(tmp_path / "READ\nME.md")
    with pytest.raises(CorruptResults, match=r"READ\\x0aME\.md is neither a file nor a folder"):
        read_tree(tmp_path)


def test_a_link_is_made_no_results_tree(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "tree").symlink_to("elsewhere")
    with pytest.raises(CorruptResults, match="tree is a symbolic link"):
        open_tree(tmp_path / "tree")
    assert not any((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_file_in_the_place_of_a_tree_is_bad_input(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BadInput, match="file is a file, not a folder"):
        open_tree(tmp_path / place)


def test_nothing_of_a_file_that_is_no_record_file_is_said(tmp_path: Path) -> None:
    (path,) = write_files(tmp_path, [record("valid")])
    path.write_text("root:x:0:0")
    with pytest.raises(CorruptResults, match="it is no gzip file") as caught:
        count_records(tmp_path)
    assert "b'" not in str(caught.value)
