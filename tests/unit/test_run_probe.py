"""A probe at the start of a run: its calls count, its answers stay, its dialect is in plan and records."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fcbench_action.endpoint.probe import TOOL_NAME
from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.errors import EnvironmentFailed
from fcbench_action.judge.types import Outcome
from fcbench_action.records.tree import read_tree
from fcbench_action.records.types import Attempt, Usage
from fcbench_action.run import session as run_session
from fcbench_action.run.budget import Limits
from fcbench_action.run.result import Result
from fcbench_action.run.session import run
from tests.run_world import Scripted, plan, records, session
from tests.unit.test_endpoint_probe import Simulated


class Picky(Scripted):
    """Answers cases by the script, and probes as the simulated endpoint does that refuses some things."""

    def __init__(self, *refuses: str, fails: str = "") -> None:
        super().__init__()
        self.simulated = Simulated(*refuses)
        self.fails = fails
        self.probes = 0

    async def ask(self, ask: Ask) -> Exchange:
        if self.fails:
            self.asked.append(ask)
            raise EnvironmentFailed(self.fails)
        if ask.tool.name == TOOL_NAME or "trial of the connection" in ask.prompt.user:
            self.probes += 1
            return await self.simulated(msgspec.structs.replace(ask, model="simulated/flawless"))
        return await super().ask(ask)


def finish(results: Path, endpoint: Any, **changes: Any) -> Result:
    return asyncio.run(run(session(results, endpoint, plan(2, 1), probe=True, **changes)))


def test_the_dialect_that_works_is_in_plan_and_records_with_what_was_dropped(tmp_path: Path) -> None:
    endpoint = Picky("$defs", "const")
    result = finish(tmp_path, endpoint)
    assert result.complete and result.models[0].run != plan(2, 1).provenance.run
    (topic,) = read_tree(tmp_path)
    (written,) = topic.plans().values()
    for provenance in [written.provenance, *(record.provenance for record in records(tmp_path))]:
        assert provenance.dialect == "no-defs+no-const" and "written out" in provenance.facts["dropped"]
    assert {ask.dialect for ask in endpoint.asked} == {"no-defs+no-const"}


def test_an_endpoint_that_takes_everything_has_the_run_that_it_has_without_a_probe(tmp_path: Path) -> None:
    probed, plain = Picky(), Picky()
    one = finish(tmp_path / "probed", probed)
    asyncio.run(run(session(tmp_path / "plain", plain, plan(2, 1))))
    assert (probed.probes, plain.probes) == (4, 0)
    assert records(tmp_path / "probed") == records(tmp_path / "plain")
    assert one.models[0].run == plan(2, 1).provenance.run


def test_probes_count_as_calls_and_tokens(tmp_path: Path) -> None:
    endpoint = Picky("anyOf")
    result = finish(tmp_path, endpoint)
    assert result.calls == result.models[0].calls == endpoint.probes + len(endpoint.asked)
    assert result.tokens > 110 * len(endpoint.asked)


@pytest.mark.parametrize("most", range(1, 12))
def test_a_budget_that_ends_in_a_probe_goes_on_there_later(tmp_path: Path, most: int) -> None:
    first, second = Picky("$defs", "anyOf"), Picky("$defs", "anyOf")
    cut = finish(tmp_path / "cut", first, limits=Limits(max_calls=most), concurrency=1)
    assert cut.calls == most and cut.budget
    assert finish(tmp_path / "cut", second).complete
    whole = Picky("$defs", "anyOf")
    finish(tmp_path / "whole", whole)
    assert records(tmp_path / "cut") == records(tmp_path / "whole")
    assert first.probes + second.probes == whole.probes
    assert len(first.asked) + len(second.asked) == len(whole.asked)


def test_a_finished_run_asks_nothing_at_all(tmp_path: Path) -> None:
    finish(tmp_path, Picky("pattern"))
    again = Picky("pattern")
    assert finish(tmp_path, again).complete
    assert (again.probes, again.asked) == (0, [])


def test_a_run_with_records_keeps_its_dialect_also_where_its_journals_are_gone(tmp_path: Path) -> None:
    finish(tmp_path, Picky("pattern"), limits=Limits(max_calls=8), concurrency=1)
    assert 0 < len(records(tmp_path)) < 2
    shutil.rmtree(tmp_path / ".fcbench")
    other = Picky("anyOf")
    assert finish(tmp_path, other).complete
    assert other.probes == 0 and {r.provenance.dialect for r in records(tmp_path)} == {"no-pattern"}


def test_a_refused_key_stops_the_model_at_the_first_call_of_its_probe(tmp_path: Path) -> None:
    endpoint = Picky(fails="localhost refuses the API key")
    result = finish(tmp_path, endpoint)
    assert result.models[0].stopped == "localhost refuses the API key" and len(endpoint.asked) == 1
    assert not list(tmp_path.rglob("*.gz"))


def test_where_nothing_works_every_case_is_unsupported_and_nobodys_score(tmp_path: Path) -> None:
    def refuse(ask: Ask) -> Exchange:
        attempts = (Attempt(400, "http-400"),)
        return Exchange(attempts, Usage(), outcome=Outcome.UNSUPPORTED, detail="x does not support tools")

    endpoint = Picky("tools")
    endpoint.answer = refuse
    assert finish(tmp_path, endpoint).complete
    assert {r.rounds[-1].outcome for r in records(tmp_path)} == {Outcome.UNSUPPORTED}
    assert all(r.provenance.dialect == "full" for r in records(tmp_path))


class Hanging(Picky):
    """Says nothing about one model until the other has been asked about a case."""

    def __init__(self) -> None:
        super().__init__()
        self.released = asyncio.Event()

    async def ask(self, ask: Ask) -> Exchange:
        if ask.model == "acme/hangs":
            await self.released.wait()
        elif ask.prompt.user.startswith("case "):
            self.released.set()
        return await super().ask(ask)


def test_a_model_whose_probe_hangs_holds_up_no_other_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_session, "PATIENCE", 0.05)
    plans = [plan(2, 1, name) for name in ("acme/hangs", "acme/quick")]

    async def work() -> Result:
        return await run(session(tmp_path, Hanging(), *plans, probe=True))

    result = asyncio.run(asyncio.wait_for(work(), 60))
    assert result.complete and [model.name for model in result.models] == ["acme/hangs", "acme/quick"]
