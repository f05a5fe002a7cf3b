"""Variants: the same problems in other words, whose references are as good as the suite's own."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fcbench_action.cli.run import execute
from fcbench_action.run.options import Options
from fcbench_action.suite.files import package, topic_names
from fcbench_action.suite.load import load
from fcbench_action.suite.material import read_topic
from fcbench_action.suite.variant import Renaming, forms, renaming

TOPICS = {name: read_topic(package() / name) for name in topic_names(package())}
SEED = 7
OURS = re.compile(r"\(member\)|\d items")
"""Kinds of actors and limits of arrays, which prompts of all topics call so."""
NAMES = Renaming({"list": "folder", "lists": "folders", "reply": "answer", "replies": "answers"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Lists of a list, and no listing.", "Folders of a folder, and no listing."),
        ("todo_lists.list", "todo_folders.folder"),
        ("/lists/{listId}/replies", "/folders/{folderId}/answers"),
        ("IPageITodoList.ISummary", "IPageITodoFolder.ISummary"),
        ("#/components/schemas/ITodoReply", "#/components/schemas/ITodoAnswer"),
        ("MOST_LISTS", "MOST_FOLDERS"),
        ("enlist, Listen, blacklists", "enlist, Listen, blacklists"),
    ],
)
def test_every_spelling_of_a_word_is_replaced_and_nothing_else(text: str, told: str) -> None:
    assert NAMES.text(text) == told


@given(st.integers(0, 2**31 - 1))
def test_a_seed_gives_every_word_another_one_and_no_two_the_same(seed: int) -> None:
    for name, topic in TOPICS.items():
        words = renaming(topic.vocabulary, seed, name).words
        assert len(set(words.values())) == len(words)
        assert not words.keys() & set(words.values())


@pytest.mark.parametrize("name", TOPICS)
def test_no_word_that_may_be_chosen_is_one_of_the_topic_already(name: str) -> None:
    texts = [
        source.text
        for module in TOPICS[name].modules.values()
        for file, source in module.sources.items()
        if not file.endswith("programs.json")
    ]
    spelled = " ".join([*texts, TOPICS[name].source.text, TOPICS[name].conventions])
    used = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", spelled)}
    chosen = {form for others in TOPICS[name].vocabulary.values() for one in others for form in forms(one)}
    assert TOPICS[name].vocabulary and not chosen & used


@pytest.mark.parametrize("name", TOPICS)
def test_references_of_a_variant_compile_and_are_graded_in_full(name: str) -> None:
    own, other = load([name]), load([name], variant=SEED)
    assert own.cases.keys() == other.cases.keys()
    for case in other.cases.values():
        assert case.function.grade(case.task, case.task.reference).score == 1.0, case.id


@pytest.mark.parametrize("name", TOPICS)
def test_the_words_of_a_topic_are_gone_from_all_that_a_model_is_sent(name: str) -> None:
    words = renaming(TOPICS[name].vocabulary, SEED, name).words
    for case in load([name], variant=SEED).cases.values():
        sent = OURS.sub("", case.prompt.system + case.prompt.user)
        told = {w.lower() for w in re.findall(r"[A-Z]?[a-z]+", sent)}
        assert not told & words.keys(), case.id


def test_the_same_seed_tells_the_same() -> None:
    first, second = (load(["todo"], variant=SEED) for _ in range(2))
    assert [case.prompt for case in first.cases.values()] == [case.prompt for case in second.cases.values()]
    assert msgspec.json.encode([case.prompt for case in first.cases.values()]) != msgspec.json.encode(
        [case.prompt for case in load(["todo"]).cases.values()]
    )


def test_simulated_models_score_the_same_in_other_words(tmp_path: Path) -> None:
    scores = []
    for variant in (None, SEED):
        options = Options(
            model=["simulated/careless", "simulated/broken-json"],
            topics=["todo"],
            tier="smoke",
            variant=variant,
            trials=3,
            results=tmp_path / str(variant),
        )
        result, report = execute(options, quiet=True)
        assert result.complete
        scores.append(
            [
                (row.scorecard.model, row.scorecard.overall.score, row.scorecard.overall.valid_by_round)
                for board in report.boards
                for row in board.rows
            ]
        )
    assert scores[0] == scores[1] and len(scores[0]) == 2
