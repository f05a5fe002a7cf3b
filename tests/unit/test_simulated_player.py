"""The simulated models on the suite itself, judged by the real judge, without a server."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from typing import Any

import msgspec
import pytest

from fcbench_action.endpoint.classify import Answer, classify
from fcbench_action.endpoint.simulated.book import Book
from fcbench_action.endpoint.simulated.delivery import SPOILED
from fcbench_action.endpoint.simulated.errors import KINDS
from fcbench_action.endpoint.simulated.profiles import PROFILES
from fcbench_action.endpoint.simulated.protocol import answer
from fcbench_action.endpoint.transport import Received
from fcbench_action.endpoint.types import Ask
from fcbench_action.endpoint.wire import encode_form, encode_request
from fcbench_action.judge.channels import TEXT, TOOL
from fcbench_action.judge.judge import assess, judge
from fcbench_action.judge.types import Outcome, Reply, Verdict
from fcbench_action.language.schema import export
from fcbench_action.records.types import Sampling, ToolText
from fcbench_action.suite.case import Case, Suite
from fcbench_action.suite.load import load

SEEDS = range(8)
STAGES = {
    "schema": {Outcome.SCHEMA_VIOLATION},
    "compile": {Outcome.COMPILE_ERROR, Outcome.SCHEMA_VIOLATION},
    "grade": {Outcome.VALID},
}


MOST_CASES = {"test": 5, "realize": 5}
"""Cases of one function of a phase, for programs take a while to grade; 12 of any other."""


@cache
def suite() -> Suite:
    """Some cases of each function, evenly spread over all topics and modules."""
    whole = load()
    kept: dict[str, Case] = {}
    for name in dict.fromkeys(case.function.name for case in whole.cases.values()):
        own = [case for case in whole.cases.values() if case.function.name == name]
        count = min(len(own), MOST_CASES.get(own[0].function.phase, 12))
        kept |= {own[at * len(own) // count].id: own[at * len(own) // count] for at in range(count)}
    kept["todo/members/database.tables/accounts"] = whole.cases["todo/members/database.tables/accounts"]
    return Suite(whole.version, whole.digest, kept)


@cache
def book() -> Book:
    return Book(suite().cases.values())


@cache
def tool(function_name: str, channel: str) -> tuple[ToolText, dict[str, Any]]:
    function = next(c.function for c in suite().cases.values() if c.function.name == function_name)
    text = ToolText(function.tool_name, function.description, export(function.argument))
    return text, encode_form(text, "full", channel)


def ask(
    model: str, case: Case, seed: int, last: Reply | None = None, feedback: str = "", channel: str = TOOL
) -> tuple[Reply, list[str]]:
    """One request in bytes and back; the reply, and what the log says was planted."""
    text, raw = tool(case.function.name, channel)
    prompt = case.function.prompt(case.task)
    question = Ask(model, prompt, text, Sampling(seed=seed), last, feedback, channel=channel)
    body = encode_request(question, raw)
    given = answer(book(), body)
    assert given.log["case"] == case.id
    found = classify(Received(given.status, {}, given.body), 0.0)
    assert isinstance(found, Answer)
    return msgspec.structs.replace(found.reply, channel=channel), list(given.log["planted"])


def verdict(case: Case, reply: Reply) -> Verdict:
    """Many replies are the same, and some take a while to grade: each is judged once."""
    key = case.id, msgspec.structs.replace(reply, call_id=None)
    if key not in JUDGED:
        JUDGED[key] = judge(case.function, case.task, reply)
    return JUDGED[key]


JUDGED: dict[tuple[str, Reply], Verdict] = {}


def test_no_two_cases_are_the_same_to_a_model() -> None:
    every = load().cases.values()
    assert len(Book(every)) == len(every)


def test_flawless_is_valid_with_full_marks_on_every_case() -> None:
    for case in suite().cases.values():
        found = verdict(case, ask("simulated/flawless", case, 0)[0])
        assert found.outcome is Outcome.VALID, (case.id, found.diagnostics)
        assert found.grade is not None
        assert found.grade.score == 1.0, (case.id, found.grade)


@cache
def first_replies(model: str) -> list[tuple[Case, int, Reply, list[str]]]:
    return [(case, seed, *ask(model, case, seed)) for case in suite().cases.values() for seed in SEEDS]


@pytest.mark.parametrize("model", PROFILES)
def test_a_profile_makes_its_errors_as_often_as_it_declares(model: str) -> None:
    profile, replies = PROFILES[model], first_replies(model)
    counts = Counter(entry.split(" at ")[0] for *_, planted in replies for entry in planted)
    declared = {**profile.errors, **profile.deliveries}
    assert counts.keys() <= declared.keys()
    for kind, chance in declared.items():
        slack = 4 * math.sqrt(chance * (1 - chance) / len(replies))
        fewest = (
            0.3 * chance if kind in KINDS else chance - slack
        )  # not every case has a place for every kind
        assert fewest <= counts[kind] / len(replies) <= chance + slack, (kind, counts[kind])


@pytest.mark.parametrize("model", PROFILES)
def test_what_is_planted_is_what_the_judge_finds(model: str) -> None:
    for case, _, reply, planted in first_replies(model):
        kinds = [entry.split(" at ")[0] for entry in planted]
        outcome = verdict(case, reply).outcome
        spoiled = [kind for kind in kinds if kind in SPOILED]
        stages = {KINDS[kind].stage for kind in kinds if kind in KINDS}
        if spoiled:
            assert outcome is OUTCOMES[spoiled[0]], (case.id, planted)
        elif "schema" in stages:
            assert outcome is Outcome.SCHEMA_VIOLATION, (case.id, planted)
        elif "compile" in stages:
            assert outcome in STAGES["compile"], (case.id, planted)
        else:
            assert outcome is Outcome.VALID, (case.id, planted)


OUTCOMES = dict.fromkeys(SPOILED, Outcome.INVALID_JSON) | {
    "truncated": Outcome.TRUNCATED,
    "wrong-function": Outcome.WRONG_FUNCTION,
    "no-call": Outcome.NO_CALL,
    "refusal": Outcome.REFUSAL,
}


def test_a_forgetful_model_is_valid_and_loses_marks() -> None:
    scores = []
    for case, _, reply, planted in first_replies("simulated/forgetful"):
        grade = verdict(case, reply).grade
        assert grade is not None
        if planted:
            scores.append(grade.score)
    assert sum(score < 1.0 for score in scores) > len(scores) / 2


def rounds(model: str, case: Case, seed: int, *, told: bool = True) -> list[Verdict]:
    """A whole trial; where ``told`` is false, the feedback says nothing that helps."""
    reply, _ = ask(model, case, seed)
    verdicts = [verdict(case, reply)]
    while verdicts[-1].feedback and len(verdicts) < 5:
        feedback = verdicts[-1].feedback if told else "Something is wrong. Try again."
        reply, _ = ask(model, case, seed, reply, feedback)
        verdicts.append(verdict(case, reply))
    return verdicts


@pytest.mark.parametrize("model", ["simulated/careless", "simulated/stubborn"])
def test_programs_in_typescript_are_mended_from_feedback_on_their_lines(model: str) -> None:
    """What is no TypeScript at all, for a word of it does not exist, is written anew as a whole."""
    programs = [case for case in suite().cases.values() if case.function.phase in MOST_CASES]
    ends, rate = [], PROFILES[model].correction
    for case, seed in ((case, seed) for case in programs for seed in range(16)):
        reply, planted = ask(model, case, seed, channel=TEXT)
        found = assess(case.function, case.task, reply)
        if not found.feedback or planted[0] in SPOILED:
            continue
        for _ in range(4):
            reply, _ = ask(model, case, seed, reply, found.feedback, channel=TEXT)
            found = assess(case.function, case.task, reply)
            if not found.feedback:
                break
        ends.append(found.outcome is Outcome.VALID)
    assert len(ends) > 20
    at_most_one_a_round = 1 - (1 - rate) ** 4
    assert 0.6 * at_most_one_a_round <= sum(ends) / len(ends) <= at_most_one_a_round + 0.2


def wrong_values(model: str) -> list[tuple[Case, int]]:
    return [
        (case, seed)
        for case, seed, reply, _ in first_replies(model)
        if verdict(case, reply).outcome in (Outcome.SCHEMA_VIOLATION, Outcome.COMPILE_ERROR)
    ]


@pytest.mark.parametrize("model", ["simulated/careless", "simulated/stubborn"])
def test_errors_are_mended_from_feedback_at_about_the_declared_rate(model: str) -> None:
    chosen = wrong_values(model)
    ends = [rounds(model, case, seed)[-1].outcome is Outcome.VALID for case, seed in chosen]
    rate = PROFILES[model].correction
    at_most_one_a_round = 1 - (1 - rate) ** 4
    assert sum(ends) / len(ends) <= at_most_one_a_round + 3 * math.sqrt(0.25 / len(ends))
    assert sum(ends) / len(ends) >= 0.6 * at_most_one_a_round


def test_without_feedback_that_names_a_place_nothing_is_mended() -> None:
    chosen = wrong_values("simulated/careless")
    assert chosen
    for case, seed in chosen:
        outcomes = {v.outcome for v in rounds("simulated/careless", case, seed, told=False)}
        assert len(outcomes) == 1
        assert Outcome.VALID not in outcomes


def test_what_is_mended_is_mended_where_the_feedback_says_and_nowhere_else() -> None:
    case = suite().cases["todo/members/database.tables/accounts"]
    value = msgspec.json.decode(msgspec.json.encode(case.task.reference))
    right = value["namespace"], value["models"][0]["stance"]
    value["namespace"], value["models"][0]["stance"] = "Wrong", "primery"
    last = Reply(case.function.tool_name, msgspec.json.encode(value).decode())
    feedback = verdict(case, last).feedback
    seed = next(s for s in range(50) if mended(case, s, last, feedback)["models"][0]["stance"] == right[1])
    assert mended(case, seed, last, feedback)["namespace"] == "Wrong" != right[0]


def mended(case: Case, seed: int, last: Reply, feedback: str) -> dict[str, object]:
    reply, _ = ask("simulated/careless", case, seed, last, feedback)
    value: dict[str, object] = msgspec.json.decode(reply.arguments or "")
    return value


def test_the_same_request_gets_the_same_bytes_and_another_seed_other_ones() -> None:
    case = next(iter(suite().cases.values()))
    same = {ask("simulated/careless", case, 1)[0] for _ in range(3)}
    other = {ask("simulated/stubborn", case, seed)[0].arguments for seed in range(20)}
    assert len(same) == 1
    assert len(other) > 5
