"""A run against a server that breaks the protocol in every way that we know of, one a model name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from fcbench_action.endpoint.client import OpenAIEndpoint
from fcbench_action.endpoint.dialects import DROPS
from fcbench_action.endpoint.reading import NOTES
from fcbench_action.endpoint.retry import Policy
from fcbench_action.functions.base import Function
from fcbench_action.judge import Outcome, judge
from fcbench_action.judge.types import MODEL_OUTCOMES, Reply, Verdict
from fcbench_action.records.tree import read_tree
from fcbench_action.records.types import Record, Sampling, ToolText, Usage
from fcbench_action.run.plan import Settings, Target, make_plan
from fcbench_action.run.rejudge import Checked, rejudge
from fcbench_action.run.result import ModelResult
from fcbench_action.run.session import run
from fcbench_action.suite.case import Case, Suite
from tests.golden_files import check_golden
from tests.misbehaving.calls import CALLS, USAGE, WRITTEN
from tests.misbehaving.configuration import CONFIGURATION
from tests.misbehaving.faults import BODIES, CONNECTION, STATUSES, UNSUPPORTED, WAITS
from tests.misbehaving.replies import ARGUMENTS, REPORTED
from tests.misbehaving.server import misbehaving
from tests.misbehaving.table import Misbehaviour, markdown
from tests.run_world import Task, session
from tests.unit.test_judge_verdicts import FUNCTION

GROUPS = (
    ("The server reports the model's failure as an error of its own", REPORTED),
    ("Arguments", ARGUMENTS),
    ("Calls", CALLS),
    ("Calls written as text, and no calls", WRITTEN),
    ("Token counts", USAGE),
    ("Connections", CONNECTION),
    ("Bodies", BODIES),
    ("Statuses", STATUSES),
    ("Waits that are asked for", WAITS),
    ("Requests that are refused", UNSUPPORTED),
    ("Configuration", CONFIGURATION),
)
ALL = {row.name: row for _, rows in GROUPS for row in rows}
PAGE = Path(__file__).parents[2] / "site" / "endpoints.md"
BEGIN, END = "<!-- the table of misbehaviour: make golden writes it -->\n", "<!-- end of the table -->\n"


@dataclass
class World:
    """What came of one run over all of them."""

    results: dict[str, ModelResult]
    records: dict[str, Record]
    requests: dict[str, int]
    waited: list[float]
    checked: Checked


def judged(case: Case, reply: Reply) -> Verdict:
    return judge(case.function, case.task, reply)


async def judged_again(case: Case, reply: Callable[[], Reply]) -> Verdict:
    return judged(case, reply())


def suite_of(function: Function) -> Suite:
    case = Case("toy/m/test.root/1", "toy", "m", function, "1", "One", (), Task("1"))
    return Suite("1", "digest", {case.id: case})


async def run_all(results: Path, rows: list[Misbehaviour], policy: Policy) -> World:
    suite, waited = suite_of(FUNCTION), []
    tools = {FUNCTION.name: ToolText(FUNCTION.tool_name, "Fills.", {"type": "object"})}
    settings = Settings(max_rounds=1, sampling=Sampling(max_tokens=4096))

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async with misbehaving({row.name: row.behave for row in rows}) as server:
        endpoint = OpenAIEndpoint(server.base_url, "sk-0123456789abcdef", policy=policy, sleep=sleep)
        plans = [
            make_plan(suite, Target("odd", name, name), tuple(suite.cases.values()), settings, "localhost")
            for name in server.behaviours
        ]
        begun = session(results, endpoint, *plans, judge=judged, grader=judged_again, concurrency=8)
        result = await run(replace(begun, tools=tools))
        await endpoint.close()
    records = {r.provenance.model: r for topic in read_tree(results) for r in topic.records()}
    named = {model.name.removeprefix("odd/"): model for model in result.models}
    checked = await rejudge(results, lambda _: suite, tools, judged_again)
    return World(named, records, dict(server.counts), waited, checked)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, World]]:
    """Those that never end get an attempt of a fifth of a second each; all others may take their time."""
    found = {}
    for slow, policy in ((False, Policy()), (True, Policy(attempt=0.2))):
        rows = [row for row in ALL.values() if row.slow is slow]
        ran = asyncio.run(run_all(tmp_path_factory.mktemp("results"), rows, policy))
        found |= {row.name: ran for row in rows}
    yield found


@pytest.mark.parametrize("name", ALL)
def test_each_misbehaviour_comes_to_what_its_table_says(world: dict[str, World], name: str) -> None:
    row, ran = ALL[name], world[name]
    result = ran.results[name]
    if row.stops:
        assert result.stopped is not None and row.stops in result.stopped and "\n" not in result.stopped
        assert ran.requests[name] == 1 and name not in ran.records
        return
    assert result.stopped is None
    first, *later = ran.records[name].rounds
    assert (first.outcome, len(first.attempts)) == (row.outcome, row.requests)
    assert first.attempts[0].error == row.error
    if first.reply is None:
        assert row.outcome not in MODEL_OUTCOMES and first.detail and not later
        return
    assert first.lenient is not None
    assert first.lenient.outcome is (row.lenient or row.outcome)
    assert " ".join(first.lenient.repairs) == row.repairs
    assert " ".join(first.reply.notes) == row.notes and set(first.reply.notes) <= NOTES.keys()
    if row.outcome is not Outcome.VALID:
        assert first.feedback
        assert [later_round.outcome for later_round in later] in ([Outcome.VALID], [row.outcome])
    assert ran.requests[name] == row.requests + len(later)


def test_verification_raises_no_alarm_over_what_came_of_them(world: dict[str, World]) -> None:
    for ran in world.values():
        assert ran.checked.records == len(ran.records)
        assert [str(difference) for difference in ran.checked.differences] == []


@pytest.mark.parametrize("name", [row.name for row in USAGE])
def test_tokens_that_nobody_counted_are_unknown(world: dict[str, World], name: str) -> None:
    assert world[name].records[name].rounds[0].usage == Usage()


def test_the_model_that_answered_is_recorded_whatever_was_asked_for(world: dict[str, World]) -> None:
    served = {
        name: world[name].records[name].rounds[0].served_model for name in ("other-model", "nameless-model")
    }
    assert served == {"other-model": "gpt-0-mini", "nameless-model": None}


def test_waits_are_bounded_whatever_servers_ask_for(world: dict[str, World]) -> None:
    waited = world["reset"].waited
    assert len(waited) > 100
    assert all(0 < wait <= Policy().longest_wait for wait in waited)


def test_names_are_unique_and_there_are_many_of_them() -> None:
    assert len(ALL) == sum(len(rows) for _, rows in GROUPS) >= 200


def between(begin: str, end: str) -> tuple[str, str]:
    """What stands on the page before and after the part that a test writes, its markers included."""
    before, found, rest = PAGE.read_text("utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    assert found and ended
    return before + found, ended + after


def test_the_page_for_readers_lists_every_drop() -> None:
    before, after = between("<!-- the drops: make golden writes them -->\n", "<!-- end of the drops -->\n")
    rows = "".join(f"| `{drop.name}` | {drop.loss} |\n" for drop in DROPS.values())
    check_golden(PAGE, f"{before}\n| drop | the tool that is sent |\n|---|---|\n{rows}\n{after}")


def test_the_page_for_readers_holds_the_table() -> None:
    before, after = between(BEGIN, END)
    noted = "### Notes\n\n" + "".join(f"- `{note}`: {meaning}\n" for note, meaning in NOTES.items())
    check_golden(PAGE, f"{before}\n{markdown(GROUPS)}{noted}\n{after}")
