"""Folder names for model names: reversible, safe, and apart on every file system."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fcbench_action.errors import CorruptResults
from fcbench_action.records.names import MAX_COMPONENT, decode, encode

WINDOWS_DEVICES = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)}

any_text = st.text(st.characters(codec=None, categories=None), max_size=400)
near_names = st.text(st.sampled_from("aAbBqQ.-_!=+/:cCoOnN é\u0065\u0301\ud800"), max_size=12)
names = st.one_of(
    any_text,
    near_names,
    st.sampled_from(["", "..", ".", "a:b", "CON", "aux.txt", "x.", "x ", "-rf", "\x00", "a/b", "_", "é"]),
    st.integers(250, 1200).map(lambda n: "ab/Q" * (n // 4)),
)


@given(names)
@example("x" * MAX_COMPONENT)
@example("x" * (MAX_COMPONENT + 1))
@example("." * 300)
@example("\U0001f600" * 300)
@example("+/+")
def test_a_name_comes_back_from_its_folder(name: str) -> None:
    assert decode(encode(name)) == name


@given(names)
@example("x" * 99 + ".con")
@example("fcbench")
def test_every_folder_is_safe_on_every_file_system(name: str) -> None:
    components = encode(name).split("/")
    for component in components:
        assert 0 < len(component.encode()) <= MAX_COMPONENT + 2
        assert set(component) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-!=+")
        assert component[0] not in ".-" and component[-1] != "."
        assert component.partition(".")[0] not in WINDOWS_DEVICES
        assert component not in {
            "fcbench",
            "fcbench.json",
            "readme.md",
            "scorecard.json",
            "fcbench-derived.json",
        }
    assert not any(component.endswith("+") for component in components[-1:])


@given(names, names)
@example("Qwen", "qwen")
@example("é", "e\u0301")
@example("straße", "strasse")
@example("_", "")
def test_two_names_stay_apart_where_case_and_unicode_form_are_ignored(one: str, other: str) -> None:
    def folded(folder: str) -> str:
        return unicodedata.normalize("NFC", folder).casefold()

    assert (one == other) == (folded(encode(one)) == folded(encode(other)))


@given(st.text("ab!=+/._-0123q", max_size=20))
def test_a_folder_decodes_only_if_encoding_makes_it(folder: str) -> None:
    try:
        name = decode(folder)
    except CorruptResults:
        return
    assert encode(name) == folder


@pytest.mark.parametrize("name", ["qwen3-next-80b-a3b-instruct", "gpt-4.1-mini", "o3", "llama_3.3", "grok-4"])
def test_usual_names_stay_as_they_are(name: str) -> None:
    assert encode(name) == name


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Qwen3", "!qwen3"),
        ("CON", "!c!o!n"),
        ("con", "=63=on"),
        ("..", "=2e.2e="),
        ("a:b", "a=3a=b"),
        ("../../x", "=2e=.=2f=..=2f=x"),
        ("中文", "=4e2d.6587="),
        ("", "_"),
    ],
)
def test_odd_names_have_these_folders(name: str, folder: str) -> None:
    assert encode(name) == folder
