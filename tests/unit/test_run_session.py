"""A run: what is asked, what is kept, what stops it, and what it comes to."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.errors import EnvironmentFailed
from fcbench_action.judge.types import Outcome, Reply
from fcbench_action.records.disk import Disk
from fcbench_action.records.types import Attempt, Usage
from fcbench_action.run.budget import Limits, Prices
from fcbench_action.run.result import Result
from fcbench_action.run.session import run
from tests.run_world import Scripted, judge, plan, question, records, scripted, session


def finish(results: Path, endpoint: Scripted, *plans, **changes) -> Result:
    return asyncio.run(run(session(results, endpoint, *plans, **changes)))


def reference(folder: Path, *plans) -> list:
    finish(folder, Scripted(), *plans)
    return records(folder)


def test_a_run_asks_every_trial_until_it_is_valid_or_its_rounds_are_spent(tmp_path):
    endpoint = Scripted()
    result = finish(tmp_path, endpoint, plan())
    found = records(tmp_path)
    assert result.complete and len(found) == 12
    assert result.calls == len(endpoint.asked) == sum(len(r.rounds) for r in found)
    for record in found:
        outcomes = [r.outcome for r in record.rounds]
        assert set(outcomes[:-1]) <= {Outcome.INVALID_JSON}
        assert outcomes[-1] is Outcome.VALID or len(outcomes) == 5
        assert (record.grade is not None) == (outcomes[-1] is Outcome.VALID)


def test_each_round_is_told_the_last_reply_and_its_feedback(tmp_path):
    endpoint = Scripted()
    finish(tmp_path, endpoint, plan(1, 1))
    for before, after in zip(endpoint.asked, endpoint.asked[1:], strict=False):
        reply = scripted(before).reply
        assert after.last == reply
        assert after.feedback == f"not good: {reply.arguments}"


def test_repetitions_of_a_case_differ_in_their_seed(tmp_path):
    endpoint = Scripted()
    finish(tmp_path, endpoint, plan(1, 3))
    assert {ask.sampling.seed for ask in endpoint.asked} == {7, 8, 9}


def test_the_records_do_not_depend_on_the_concurrency(tmp_path):
    one, many = tmp_path / "one", tmp_path / "many"
    finish(one, Scripted(), plan(), concurrency=1)
    endpoint = Scripted()
    finish(many, endpoint, plan(), concurrency=5)
    assert endpoint.most_at_once == 5
    assert records(one) == records(many)
    (a,), (b,) = (sorted(p.rglob("*.gz")) for p in (one, many))
    assert a.name == b.name


def test_a_finished_run_asks_nothing_again_and_changes_no_file(tmp_path):
    finish(tmp_path, Scripted(), plan())
    before = {p: p.read_bytes() for p in tmp_path.rglob("*.gz")}
    endpoint = Scripted()
    result = finish(tmp_path, endpoint, plan())
    assert endpoint.asked == [] and result.complete and result.models[0].records == 0
    assert {p: p.read_bytes() for p in tmp_path.rglob("*.gz")} == before


def test_a_slow_trial_holds_up_no_other(tmp_path):
    gate = asyncio.Event()

    async def first_waits(ask: Ask):
        if ask.prompt.user == "case 0" and ask.sampling.seed == 7 and ask.last is None:
            await gate.wait()

    others = len({question(a) for a in _all_questions(tmp_path / "count")}) - 1

    class Opening(Scripted):
        async def ask(self, ask: Ask) -> Exchange:
            if (
                len({question(a) for a in self.asked if a.prompt.user != "case 0" or a.sampling.seed != 7})
                >= others - 6
            ):
                gate.set()
            return await super().ask(ask)

    assert finish(tmp_path / "run", Opening(before=first_waits), plan(), concurrency=2).complete


def test_replies_that_come_together_do_not_hold_up_the_next_questions(tmp_path):
    together = asyncio.Barrier(12)
    events: list[str] = []

    async def first_questions_wait(ask: Ask) -> None:
        events.append("ask again" if ask.last else "ask")
        if ask.last is None:
            await together.wait()

    kept = threading.Event()

    class Noting(Disk):
        def sync(self, descriptor: int) -> None:
            if "judge" in events:
                kept.set()

    def slow_judge(case, reply):
        if "judge" in events:
            kept.wait(2)
        events.append("judge")
        return judge(case, reply)

    endpoint = Scripted(before=first_questions_wait)
    finish(tmp_path, endpoint, plan(), concurrency=12, judge=slow_judge, disk=Noting())
    assert events[:12] == ["ask"] * 12
    assert events[: events.index("ask again")].count("judge") < 12


def _all_questions(folder: Path) -> list[Ask]:
    endpoint = Scripted()
    finish(folder, endpoint, plan())
    return endpoint.asked


@pytest.mark.parametrize("stop_after", range(1, 30, 3))
def test_a_call_budget_stops_exactly_and_the_same_command_goes_on(tmp_path, stop_after):
    endpoint = Scripted()
    result = finish(tmp_path / "run", endpoint, plan(), limits=Limits(max_calls=stop_after))
    assert len(endpoint.asked) == stop_after == result.calls
    assert not result.complete and "--max-calls" in result.budget
    assert finish(tmp_path / "run", endpoint, plan()).complete
    assert max(Counter(map(question, endpoint.asked)).values()) == 1
    assert records(tmp_path / "run") == reference(tmp_path / "whole", plan())


def test_token_and_money_budgets_count_what_the_endpoint_reports(tmp_path):
    endpoint = Scripted()
    result = finish(tmp_path / "t", endpoint, plan(), limits=Limits(max_tokens=500), concurrency=1)
    assert result.tokens == 550 and result.calls == 5 and not result.tokens_estimated
    terms = {"prices": Prices(1.0, 10.0), "concurrency": 1}
    result = finish(tmp_path / "c", Scripted(), plan(), limits=Limits(max_cost=0.001), **terms)
    assert result.calls == 5 and result.cost == pytest.approx(0.001)


@pytest.mark.parametrize("concurrency", [1, 8])
@pytest.mark.parametrize("limit", [1, 200, 500])
def test_a_token_or_money_budget_is_passed_by_one_call_at_most_whatever_the_concurrency(
    tmp_path, limit, concurrency
):
    def unreported(ask: Ask) -> Exchange:  # so that calls need what is expected of them
        return msgspec.structs.replace(scripted(ask), usage=Usage())

    money = Limits(max_cost=limit / 1e6)
    for number, limits in enumerate((Limits(max_tokens=limit), money)):
        folder, endpoint = tmp_path / str(number), Scripted(unreported)
        terms = {"prices": Prices(1.0, 1.0), "concurrency": concurrency}
        result = finish(folder, endpoint, plan(), limits=limits, **terms)
        assert limit <= result.tokens < limit + 60 and result.budget
        assert limit > 1 or result.calls == 1
        assert finish(folder, endpoint, plan()).complete
        assert max(Counter(map(question, endpoint.asked)).values()) == 1


def test_a_budget_with_room_for_several_calls_lets_them_be_under_way_together(tmp_path):
    endpoint = Scripted()
    finish(tmp_path, endpoint, plan(), limits=Limits(max_tokens=100_000), concurrency=8)
    assert endpoint.most_at_once == 8


def test_tokens_that_nobody_reported_are_estimated_for_the_budget(tmp_path):
    def silent(ask: Ask) -> Exchange:
        return Exchange((Attempt(200),), Usage(), Reply("f", "good"))

    result = finish(tmp_path, Scripted(silent), plan(), limits=Limits(max_tokens=100), concurrency=1)
    assert result.budget and result.tokens_estimated
    assert records(tmp_path)[0].rounds[0].usage == Usage()


def test_a_time_budget_stops_the_run(tmp_path):
    result = finish(tmp_path, Scripted(), plan(), limits=Limits(seconds=30))
    assert "--time-budget" in result.budget and 0 < result.calls < 30


def fault_for(user: str, error: str = "http-503"):
    def answer(ask: Ask) -> Exchange:
        if ask.prompt.user == user:
            return Exchange((Attempt(503, error),), Usage(), outcome=Outcome.FAULT, detail="busy")
        return scripted(ask)

    return answer


def test_a_fault_ends_its_trial_and_is_recorded_when_the_run_gets_through(tmp_path):
    result = finish(tmp_path, Scripted(fault_for("case 3")), plan())
    faulty = [r for r in records(tmp_path) if r.rounds[-1].outcome is Outcome.FAULT]
    assert {r.case.target for r in faulty} == {"3"} and result.models[0].faults == 2 and result.complete
    assert all(r.rounds[-1].detail == "busy" and r.rounds[-1].reply is None for r in faulty)


def test_a_fault_of_a_run_that_stopped_is_asked_again(tmp_path):
    limits = Limits(max_calls=12)
    finish(tmp_path / "run", Scripted(fault_for("case 0")), plan(), limits=limits, concurrency=1)
    assert finish(tmp_path / "run", Scripted(), plan()).complete
    assert records(tmp_path / "run") == reference(tmp_path / "whole", plan())


def test_an_endpoint_that_cannot_be_reached_stops_its_model_and_is_asked_again_later(tmp_path):
    def refuse(ask: Ask) -> Exchange:
        return Exchange((Attempt(None, "connect"),), Usage(), outcome=Outcome.FAULT, detail="refused")

    endpoint = Scripted(refuse)
    result = finish(tmp_path / "run", endpoint, plan(), concurrency=1, address="localhost:8000")
    assert result.models[0].stopped and "localhost:8000" in result.models[0].stopped
    assert not result.models[0].complete
    assert len(endpoint.asked) == 3 and not list(tmp_path.rglob("*.gz"))
    assert finish(tmp_path / "run", Scripted(), plan()).complete
    assert records(tmp_path / "run") == reference(tmp_path / "whole", plan())


def test_a_refused_key_stops_its_model_and_the_others_go_on(tmp_path):
    def refuse(ask: Ask) -> Exchange:
        if ask.model == "acme/locked":
            raise EnvironmentFailed("key refused")
        return scripted(ask)

    result = finish(tmp_path, Scripted(refuse), plan(name="acme/locked"), plan(name="acme/open"))
    locked, other = result.models
    assert locked.stopped == "key refused" and locked.records == 0
    assert other.stopped is None and other.records == 12


@pytest.mark.parametrize("outcome", [Outcome.UNSUPPORTED, Outcome.UNATTRIBUTABLE])
def test_what_is_nobodys_score_ends_the_trial_too(tmp_path, outcome):
    def answer(ask: Ask) -> Exchange:
        return Exchange((Attempt(400, "http-400"),), Usage(), outcome=outcome, detail="no tools")

    endpoint = Scripted(answer)
    finish(tmp_path, endpoint, plan(2, 1))
    assert [len(r.rounds) for r in records(tmp_path)] == [1, 1] and len(endpoint.asked) == 2


def test_a_judge_that_breaks_is_a_fault_that_names_the_exception_and_nothing_more(tmp_path):
    def broken(case, reply):
        if case.target == "1":
            raise KeyError("secret of the harness")
        return judge(case, reply)

    finish(tmp_path, Scripted(), plan(2, 1), judge=broken)
    last = records(tmp_path)[1].rounds[-1]
    assert last.outcome is Outcome.FAULT and last.detail == "harness: KeyError" and last.reply is None


def test_hostile_replies_survive_the_journal_and_the_records(tmp_path):
    text = "\ud800\x00\n\u2028\x1b[31m" + "9" * 5000

    def answer(ask: Ask) -> Exchange:
        return Exchange((Attempt(200),), Usage(), Reply("f", text))

    finish(tmp_path, Scripted(answer), plan(1, 1))
    assert records(tmp_path)[0].rounds[0].reply.arguments == text


def test_the_label_the_suite_and_the_settings_each_make_another_run():
    runs = {
        plan().provenance.run,
        plan(label="again").provenance.run,
        plan(max_rounds=2).provenance.run,
        plan(5).provenance.run,
        plan(trials=1).provenance.run,
        plan(name="acme/other").provenance.run,
    }
    assert len(runs) == 6 and plan().provenance.run in runs


def test_a_results_folder_that_is_read_only_is_not_called_full(tmp_path):
    finish(tmp_path, Scripted(), plan(1, 1))

    class ReadOnly(Disk):
        def write(self, descriptor: int, data: memoryview) -> int:
            raise OSError(30, "Read-only file system")

    with pytest.raises(EnvironmentFailed, match="Read-only file system; make it writable") as caught:
        finish(tmp_path, Scripted(), plan(2, 1), disk=ReadOnly())
    assert "free some space" not in str(caught.value)


def test_prices_that_costs_were_counted_by_are_kept_beside_the_records(tmp_path):
    finish(tmp_path, Scripted(), plan(), prices=Prices(0.5, 1.5, "2026-01-31"))
    kept = [json.loads(path.read_text()) for path in tmp_path.rglob("environments/*.json")]
    assert kept and all(one["price-output"] == "1.5" and one["price-date"] == "2026-01-31" for one in kept)
    assert {r.usage.cost for record in records(tmp_path) for r in record.rounds} == {6.5e-05}
