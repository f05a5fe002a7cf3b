"""Probing an endpoint that refuses, loses or breaks things: the simulated one, through its bytes."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fcbench_action.endpoint.classify import Answer, Misconfigured, classify
from fcbench_action.endpoint.dialects import dialect, spoken
from fcbench_action.endpoint.probe import DEEP, TOP, Probed, probe
from fcbench_action.endpoint.simulated.book import Book
from fcbench_action.endpoint.simulated.protocol import Manners, answer
from fcbench_action.endpoint.simulated.refusals import refusal
from fcbench_action.endpoint.transport import Received
from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.endpoint.wire import encode_form, encode_request
from fcbench_action.errors import EnvironmentFailed
from fcbench_action.functions import FUNCTIONS
from fcbench_action.judge.types import Outcome, Reply
from fcbench_action.language.schema import export
from fcbench_action.records.disk import Disk
from fcbench_action.records.types import Attempt, Sampling, ToolText, Usage
from fcbench_action.run.plan import Settings, Target, make_plan
from fcbench_action.run.probing import probed
from tests.run_world import make_suite

FUNCTION = FUNCTIONS["realize.operation"]
TOOLS = {
    FUNCTION.name: ToolText(
        FUNCTION.tool_name, "Realizes.", json.loads(json.dumps(export(FUNCTION.argument)))
    )
}
SAMPLING = Sampling(temperature=0.2, max_tokens=4096, seed=7)


class Simulated:
    """The simulated endpoint without a network in between; counts what it is asked."""

    def __init__(self, *refuses: str, loses: tuple[str, ...] = (), status: int | None = None) -> None:
        self.manners = Manners(frozenset(refuses), frozenset(loses))
        self.status = status
        self.asked: list[Ask] = []

    async def __call__(self, ask: Ask) -> Exchange:
        self.asked.append(ask)
        body = encode_request(ask, encode_form(ask.tool, ask.dialect, ask.channel))
        given = answer(Book([]), body, self.manners)
        status = self.status if self.status and given.status != 200 else given.status
        found = classify(Received(status, {}, given.body), 0.0)
        if isinstance(found, Misconfigured):
            raise EnvironmentFailed(found.cause)
        if isinstance(found, Answer):
            return Exchange((Attempt(status),), found.usage, found.reply)
        return Exchange((Attempt(status, found.error),), Usage(), outcome=found.outcome, detail=found.detail)


def run(endpoint: Any, sampling: Sampling = SAMPLING, channel: str = "tool") -> Probed:
    return asyncio.run(probe(endpoint, "simulated/flawless", TOOLS, sampling, channel))


def test_an_endpoint_that_takes_everything_is_asked_four_times() -> None:
    endpoint = Simulated()
    found = run(endpoint)
    assert (found.dialect, found.supported, found.facts) == ("full", True, {})
    assert [check.result for check in found.checks] == ["taken"] * 4 and len(endpoint.asked) == 4
    assert found.prompt_tokens is not None and not found.cut


@pytest.mark.parametrize(
    ("refused", "name"),
    [
        (["recursion"], "no-recursion"),
        (["$ref"], "no-defs"),
        (["$defs"], "no-defs"),
        (["anyOf"], "one-of"),
        (["anyOf", "oneOf"], "no-any-of"),
        (["const"], "no-const"),
        (["pattern"], "no-pattern"),
        (["additionalProperties"], "no-closed"),
        (["default"], "no-default"),
        (["maxLength"], "no-bounds"),
        (["enum"], "no-enum"),
        (["tool_choice"], "choice-required"),
        (["tool_choice", "required"], "choice-auto"),
        (["any tool_choice"], "no-choice"),
        (["temperature"], "no-temperature"),
        (["max_tokens"], "max-completion-tokens"),
        (["seed"], "no-seed"),
        (["const", "pattern"], "no-const+no-pattern"),
        (["$defs", "depth"], "depth-10"),
        (["$defs", "anyOf", "const", "temperature"], "one-of+no-defs+no-const+no-temperature"),
        (["schema"], "object"),
    ],
)
@pytest.mark.parametrize("status", [400, 422, 500])
def test_of_what_is_refused_only_that_is_left_out(refused: list[str], name: str, status: int) -> None:
    found = run(Simulated(*refused, status=status))
    assert found.supported and len(found.checks) < 30
    assert set(found.dialect.split("+")) == set(name.split("+"))
    assert found.facts["dropped"]
    sent = spoken(TOOLS[FUNCTION.name], found.dialect).parameters
    assert refusal({}, sent, refused) is None


@pytest.mark.parametrize(("lost", "name"), [(("$defs",), "no-defs"), (("nested",), "object")])
def test_what_is_lost_without_a_word_the_canary_tells(lost: tuple[str, ...], name: str) -> None:
    found = run(Simulated(loses=lost))
    assert found.checks[0].result == "lost"
    assert found.dialect == name or (name == "object" and dialect(found.dialect))


@pytest.mark.parametrize(
    ("refused", "name"),
    [
        (["null content"], "empty-content"),
        (["empty content"], "full"),
        (["null content", "empty content"], "no-replay"),
        (["tool messages"], "no-replay"),
        (["const", "null content"], "no-const+empty-content"),
    ],
)
@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_call_is_replayed_in_the_first_form_that_is_taken(
    refused: list[str], name: str, status: int
) -> None:
    found = run(Simulated(*refused, status=status))
    assert (found.dialect, found.supported) == (name, True)
    assert found.checks[-1].result == "taken"


def test_feedback_that_never_reaches_the_model_shows_in_the_tokens() -> None:
    found = run(Simulated(loses=("tool messages",)))
    assert found.dialect == "no-replay"
    assert [check.result for check in found.checks] == ["taken"] * 2 + ["lost"] * 2 + ["taken"] * 2


def test_tokens_that_become_fewer_tell_nothing_of_feedback() -> None:
    """Some servers count only what they did not have of the last prompt."""
    counts = iter((700, 9_000, 500, 600))

    async def ask(_: Ask) -> Exchange:
        usage = Usage(prompt_tokens=next(counts))
        return Exchange((Attempt(200),), usage, Reply("fcbench_probe", f"{TOP} {DEEP}"))

    assert run(ask).dialect == "full"


def test_a_fault_at_the_replay_tells_nothing_of_it() -> None:
    class Busy(Simulated):
        async def __call__(self, ask: Ask) -> Exchange:
            if ask.last is not None:
                return Exchange((Attempt(503),), Usage(), outcome=Outcome.FAULT, detail="busy")
            return await super().__call__(ask)

    found = run(Busy())
    assert (found.dialect, found.checks[-2].result) == ("full", "failed")


class Chatty(Simulated):
    """Answers in words where that is asked for, unless a call is forced in one of these ways."""

    def __init__(self, *forces: type) -> None:
        super().__init__()
        self.forces = forces

    async def __call__(self, ask: Ask) -> Exchange:
        exchange = await super().__call__(ask)
        choice = dialect(ask.dialect).choice(ask.tool.name)
        if "call none" in ask.prompt.user and not isinstance(choice, self.forces):
            return Exchange((Attempt(200),), Usage(), Reply(content="Hello"))
        return exchange


@pytest.mark.parametrize(
    ("forces", "name", "results"),
    [
        ((dict, str), "full", ["taken"]),
        ((str,), "choice-required", ["unforced", "taken"]),
        ((), "full", ["unforced", "unforced"]),
    ],
)
def test_a_choice_by_name_that_forces_nothing_is_made_otherwise_where_that_helps(
    forces: tuple[type, ...], name: str, results: list[str]
) -> None:
    """llama-server takes a choice by name for none at all, and says nothing of it."""
    found = run(Chatty(*forces))
    assert (found.dialect, [check.result for check in found.checks[3:]]) == (name, results)


def test_a_schema_for_text_is_given_in_the_older_form_where_only_that_is_taken() -> None:
    found = run(Simulated("json_schema"), channel="json_schema")
    assert (found.dialect, found.supported) == ("json-object", True)
    assert [check.result for check in found.checks[:2]] == ["refused", "taken"]


def test_an_older_form_that_is_refused_too_is_in_nobodys_way() -> None:
    class Strict(Simulated):
        """Refuses the older form in words that tell nothing, and a keyword in the newer one."""

        async def __call__(self, ask: Ask) -> Exchange:
            if dialect(ask.dialect).has("json-object"):
                attempts = (Attempt(400, "http-400"),)
                return Exchange(attempts, Usage(), outcome=Outcome.UNSUPPORTED, detail="no such schema")
            came = await super().__call__(ask)
            return came if came.reply else msgspec.structs.replace(came, detail="no")

    found = run(Strict("const"), channel="json_schema")
    assert (found.dialect, found.supported) == ("no-const", True)


def test_an_endpoint_that_takes_no_tools_in_any_way_is_unsupported() -> None:
    found = run(Simulated("tools"))
    assert (found.dialect, found.supported) == ("full", False)
    assert run(Simulated("response_format"), channel="json_schema").supported is False
    assert run(Simulated("tools"), channel="json_schema").dialect == "full"


def test_an_endpoint_that_falls_over_everything_has_refused_nothing() -> None:
    found = run(Simulated("tools", status=500))
    assert (found.dialect, found.supported) == ("full", True)


def test_text_needs_no_probe() -> None:
    endpoint = Simulated("tools")
    assert run(endpoint, channel="text") == Probed("full", ()) and not endpoint.asked


def replying(*texts: str, prompt_tokens: int | None = None) -> Any:
    answers = iter(texts)

    async def ask(_: Ask) -> Exchange:
        usage = Usage(prompt_tokens=prompt_tokens)
        return Exchange((Attempt(200),), usage, Reply("fcbench_probe", next(answers, texts[-1])))

    return ask


def test_a_model_that_copies_neither_word_tells_nothing_and_gets_the_full_schema() -> None:
    assert run(replying("{}")).dialect == "full"


def test_a_model_that_never_copies_the_deep_word_gets_the_full_schema_after_a_bounded_search() -> None:
    found = run(replying(f'{{"top": "{TOP}"}}'))
    assert (found.dialect, found.supported) == ("full", True) and len(found.checks) < 30


def test_a_fault_ends_the_probe_at_once() -> None:
    async def ask(_: Ask) -> Exchange:
        return Exchange((Attempt(503, "http-503"),), Usage(), outcome=Outcome.FAULT, detail="busy")

    found = run(ask)
    assert (found.dialect, [check.result for check in found.checks]) == ("full", ["failed"])


def test_a_prompt_that_was_cut_shows_in_the_tokens() -> None:
    assert run(replying(f"{TOP} {DEEP}", prompt_tokens=512)).cut
    assert not run(replying(f"{TOP} {DEEP}", prompt_tokens=9_000)).cut
    assert not run(replying(f"{TOP} {DEEP}")).cut


def toy_plan() -> Any:
    suite = make_suite(1)
    target = Target("simulated", "flawless", "simulated/flawless")
    return make_plan(suite, target, tuple(suite.cases.values()), Settings(sampling=SAMPLING), "localhost")


def find(folder: Path, endpoint: Any) -> Any:
    tools = {"toy.answer": ToolText("toy_answer", "Answers.", TOOLS[FUNCTION.name].parameters)}
    return asyncio.run(probed(toy_plan(), endpoint, tools, folder, Disk()))


def test_a_probe_that_was_answered_is_never_asked_again_and_leads_to_the_same_run(tmp_path: Path) -> None:
    first = Simulated("$defs", "anyOf")
    plan, found = find(tmp_path, first)
    again = Simulated("$defs", "anyOf")
    assert find(tmp_path, again) == (plan, found) and not again.asked
    assert plan.provenance.dialect == found.dialect != "full"
    assert plan.provenance.facts == found.facts
    assert plan.provenance.run not in ("", toy_plan().provenance.run)
    assert find(tmp_path / "other", Simulated("$defs", "anyOf")) == (plan, found)


@pytest.mark.parametrize("dies_at", range(1, 8))
def test_a_probe_that_dies_goes_on_where_it_was(tmp_path: Path, dies_at: int) -> None:
    whole, _ = find(tmp_path / "whole", Simulated("$defs", "anyOf"))

    class Dying(Simulated):
        async def __call__(self, ask: Ask) -> Exchange:
            if len(self.asked) == dies_at:
                raise EnvironmentFailed("gone")
            return await super().__call__(ask)

    first, second = Dying("$defs", "anyOf"), Simulated("$defs", "anyOf")
    try:
        find(tmp_path / "cut", first)
    except EnvironmentFailed:
        """It died."""
    journal = next((tmp_path / "cut" / ".fcbench" / "probes").glob("*"))
    journal.write_bytes(journal.read_bytes() + b'\n{"crc":"00000000","entry":{"que')
    plan, found = find(tmp_path / "cut", second)
    assert plan == whole
    assert len(first.asked) + len(second.asked) == len({check.tried for check in found.checks})


def test_a_fault_is_asked_again_by_the_next_run(tmp_path: Path) -> None:
    async def busy(_: Ask) -> Exchange:
        return Exchange((Attempt(None, "reset"),), Usage(), outcome=Outcome.FAULT, detail="reset")

    assert find(tmp_path, busy)[1].checks[0].result == "failed"
    assert find(tmp_path, Simulated())[1].checks[0].result == "taken"
