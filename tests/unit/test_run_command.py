"""``fcbench run`` as a user meets it: against a real HTTP server on loopback, and killed in the middle."""

from __future__ import annotations

import dataclasses
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from fcbench_action.cli import cli
from fcbench_action.cli.run import notes
from fcbench_action.endpoint.simulated.server import Settings, serve
from fcbench_action.errors import BadInput, EnvironmentFailed, FcbenchError, GateFailed
from fcbench_action.functions.base import Prompt
from fcbench_action.pages.report import write_report
from fcbench_action.records.files import read_record_file, write_record_file
from fcbench_action.records.plans import RunPlan, run_id
from fcbench_action.records.tree import Place, open_tree, write_run_facts
from fcbench_action.records.types import Provenance, Record
from fcbench_action.run.result import ModelResult
from fcbench_action.run.session import Result as RunResult
from fcbench_action.suite.load import load
from tests.run_world import records

MODULE = "todo/members/*"
UNPROBED = ("--dialect", "full")
"""For counting the calls of cases alone; tests/unit/test_run_probe.py counts those of probes."""
change = msgspec.structs.replace


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The simulated endpoint's URL, and the log of its calls."""
    log = tmp_path_factory.mktemp("server") / "calls.jsonl"
    with serve(load(), Settings(log=log)) as url:
        yield url, log


def arguments(results: Path, url: str | None, *more: str, model: str = "simulated/careless") -> list[str]:
    endpoint = ["--base-url", url] if url else []
    return ["run", "--model", model, "--cases", MODULE, "--results", str(results), *endpoint, *more]


def invoke(*args: str) -> Result:
    result = CliRunner().invoke(cli, list(args), env={"FCBENCH_API_KEY": "", "OPENAI_API_KEY": ""})
    if result.exception and not isinstance(result.exception, (SystemExit, FcbenchError)):
        raise result.exception
    return result


def calls(log: Path) -> int:
    return len(log.read_bytes().splitlines()) if log.exists() else 0


def test_a_run_needs_nothing_but_a_simulated_model_and_says_where_its_results_are(tmp_path):
    result = invoke(*arguments(tmp_path, None))
    assert result.exit_code == 0, result.output
    assert "simulated/careless" in result.stdout and f"results are in {tmp_path}" in result.stdout
    assert (tmp_path / "README.md").exists() and records(tmp_path)
    assert all(r.provenance.simulated for r in records(tmp_path))


def test_two_runs_write_the_same_records_whatever_the_concurrency_and_the_port(tmp_path, server):
    invoke(*arguments(tmp_path / "a", None, "--concurrency", "1"))
    invoke(*arguments(tmp_path / "b", server[0], "--concurrency", "32"))
    assert records(tmp_path / "a") == records(tmp_path / "b") != []


def test_the_same_command_again_asks_nothing(tmp_path, server):
    url, log = server
    invoke(*arguments(tmp_path, url))
    before = calls(log)
    result = invoke(*arguments(tmp_path, url, "--format", "json"))
    assert calls(log) == before
    said = json.loads(result.stdout)
    assert said["complete"] and said["run"]["calls"] == 0 and said["scorecards"]


def test_a_budget_stops_with_exit_code_0_and_says_how_to_go_on(tmp_path, server):
    result = invoke(*arguments(tmp_path, server[0], "--max-calls", "5", "--format", "json"))
    assert result.exit_code == 0 and "--max-calls" in result.stderr and "same command again" in result.stderr
    said = json.loads(result.stdout)
    assert not said["complete"] and "5 calls" in said["stopped_by_budget"]


def test_what_verify_judges_again_is_what_was_recorded(tmp_path, server):
    invoke(*arguments(tmp_path, server[0], model="simulated/broken-json"))
    result = invoke("verify", "--results", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "replies" in result.stdout


def written_by_another_suite(results: Path, source: Provenance) -> Provenance:
    """Make the tree's only plan one of another suite, under the name that it then has."""
    (path,) = results.rglob("plans/*.json")
    bare = change(source, suite_version="0.0.1", suite_digest="old")
    plan = change(msgspec.json.decode(path.read_bytes(), type=RunPlan), provenance=bare)
    older = change(bare, run=run_id(plan))
    path.unlink()
    (environment,) = results.rglob("environments/*.json")
    facts = msgspec.json.decode(environment.read_bytes())
    place = Place(older.provider, older.model, path.parents[2].name)
    write_run_facts(results, place, older.run, change(plan, provenance=older), facts)
    return older


def test_verify_wants_all_planned_trials_unless_partial_runs_are_allowed(tmp_path, server):
    invoke(*arguments(tmp_path, server[0], "--rounds", "0"))
    (path,) = tmp_path.rglob("*.gz")
    file = read_record_file(path)
    path.unlink()
    write_record_file(path, change(file, records=file.records[1:]))
    invoke("report", "--results", str(tmp_path))
    result = invoke("verify", "--results", str(tmp_path))
    said = f"ran {len(file.records) - 1} of {len(file.records)} planned trials"
    assert isinstance(result.exception, GateFailed) and said in str(result.exception)
    allowed = invoke("verify", "--results", str(tmp_path), "--allow-partial", "--format", "json")
    assert allowed.exit_code == 0
    assert [p["ran"] for p in json.loads(allowed.stdout)["partial"]] == [len(file.records) - 1]


def test_verify_says_where_records_differ_and_where_it_cannot_judge(tmp_path, server):
    invoke(*arguments(tmp_path, server[0], "--rounds", "0"))
    (path,) = tmp_path.rglob("*.gz")
    file = read_record_file(path)

    def rewrite(*records: Record) -> None:
        path.unlink()
        write_record_file(path, change(file, records=records))

    first = file.records[0]
    rewrite(change(first, prompt=Prompt("other", "prompt")), *file.records[1:])
    result = invoke("verify", "--results", str(tmp_path))
    assert isinstance(result.exception, GateFailed)
    assert f"{path}: {first.case.id}, trial 0: prompt is " in result.stdout
    path.unlink()
    older = written_by_another_suite(tmp_path, first.provenance)
    target = path.with_name(path.name.replace(first.provenance.run, older.run))
    others = tuple(change(record, provenance=older) for record in file.records)
    write_record_file(target, change(file, records=others))
    result = invoke("verify", "--results", str(tmp_path))
    assert isinstance(result.exception, BadInput) and "0.0.1" in str(result.exception)
    target.unlink()
    write_record_file(target, change(file, records=others[1:]))
    result = invoke("verify", "--results", str(tmp_path), "--allow-partial")
    assert isinstance(result.exception, BadInput) and "partial: simulated/" in result.stdout
    assert isinstance(invoke("verify", "--results", str(tmp_path / "absent")).exception, BadInput)


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [
        (["--topics", "tod"], BadInput, "did you mean todo"),
        (["--cases", "nothing/*"], BadInput, "matches no case"),
        (["--max-cost", "1"], BadInput, "--price-input"),
        (["--base-url", "https://api.example.com/v1"], EnvironmentFailed, "FCBENCH_API_KEY"),
        (["--base-url", "http://127.0.0.1:1/v1"], EnvironmentFailed, "127.0.0.1:1"),
        (["--base-url", "nonsense"], BadInput, "nonsense"),
        (["--model", "acme/unknown"], BadInput, "--base-url"),
        (["--model", "simulated/flawlesss"], BadInput, "did you mean simulated/flawless?"),
        (["--model", "simulated/nonsense"], BadInput, "there are simulated/flawless, "),
        (["--price-date", "yesterday"], BadInput, "--price-date 'yesterday' is no day"),
        (["--api-key-env", "NOPE_UNSET"], BadInput, "NOPE_UNSET is not set"),
        (["--model", "x/\udcff"], BadInput, "UTF-8"),
        (["--label", "\udcff"], BadInput, "UTF-8"),
        (["--time-budget", "soon"], BadInput, "soon"),
        (["--config", "absent.yml"], BadInput, "absent.yml"),
    ],
)
def test_bad_input_is_one_line_with_its_exit_code_before_anything_is_asked(tmp_path, more, error, message):
    result = invoke(*arguments(tmp_path, None), *more)
    assert isinstance(result.exception, error) and message in str(result.exception)
    assert "\n" not in str(result.exception)
    assert not list(tmp_path.rglob("*.gz"))


def test_an_unknown_model_stops_and_the_others_go_on(tmp_path, server):
    result = invoke(*arguments(tmp_path, server[0], "--model", "acme/unknown"))
    assert isinstance(result.exception, EnvironmentFailed) and "acme/unknown" in str(result.exception)
    assert {r.provenance.model for r in records(tmp_path)} == {"careless"}


def test_the_key_is_in_no_file_and_in_no_output(tmp_path, server, monkeypatch):
    monkeypatch.setenv("MY_KEY", "sk-secret-9431")
    result = invoke(*arguments(tmp_path, server[0], "--api-key-env", "MY_KEY", "--model", "acme/unknown"))
    assert "9431" not in result.output + str(result.exception)
    assert all(b"9431" not in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_a_key_that_is_a_word_of_the_schema_changes_no_record(tmp_path, server, monkeypatch):
    invoke(*arguments(tmp_path / "without", server[0], model="simulated/flawless"))
    for word in ("function", "required", "database"):
        monkeypatch.setenv("MY_KEY", word)
        invoke(*arguments(tmp_path / word, server[0], "--api-key-env", "MY_KEY", model="simulated/flawless"))
        assert records(tmp_path / word) == records(tmp_path / "without") != []


def test_a_plan_counts_without_asking(tmp_path, server):
    url, log = server
    before = calls(log)
    options = ("--trials", "2", "--dialect", "full", "--format", "json")
    result = invoke("plan", *arguments(tmp_path, url, *options)[1:])
    (entry,) = json.loads(result.stdout)
    assert entry["trials"] == 2 * len(entry["cases"]) == entry["calls"]["min"] == entry["calls"]["max"] // 5
    assert calls(log) == before and not list(tmp_path.iterdir())
    run = json.loads(invoke(*arguments(tmp_path, url, *options)).stdout)
    assert run["run"]["models"][0]["run"] == entry["run"]


def test_a_plan_names_no_run_whose_dialect_a_probe_has_to_find_out(tmp_path, server):
    result = invoke("plan", *arguments(tmp_path, server[0], "--format", "json")[1:])
    assert json.loads(result.stdout)[0]["run"] is None


def test_a_plan_needs_no_endpoint_and_names_no_run_before_it_knows_one():
    result = invoke(
        "plan", "--model", "qwen/qwen3-next-80b-a3b-instruct", "--cases", MODULE, "--format", "json"
    )
    (entry,) = json.loads(result.stdout)
    assert result.exit_code == 0 and entry["calls"]["min"] and entry["run"] is None
    assert "run" not in invoke("plan", "--model", "a/b", "--cases", MODULE).stdout.partition(",")[0]


def test_a_model_that_stops_names_its_cause_once_and_the_server_with_its_port(tmp_path, server):
    result = invoke(*arguments(tmp_path, server[0], model="acme/unknown"))
    cause = "does not know the model"
    assert result.output.count(cause) == 0 and str(result.exception).count(cause) == 1
    assert "the same command goes on" in str(result.exception)
    assert server[0].split("/")[2] in str(result.exception)


def test_faults_that_are_asked_again_are_not_called_counted():
    model = ModelResult("a/b", "r", False, 6, 0, 3, 3, 3, 0, "cannot reach localhost:1")
    result = RunResult((model,), 3, 0, False, None, 1.0, dropped=2, signal=2)
    dropped, faults = notes(result)
    assert "2 replies under way were dropped" in dropped and "asks for those again" in dropped
    assert faults.endswith("the same command asks for them again")
    done = dataclasses.replace(model, stopped=None, finished=6)
    assert "counted" in notes(dataclasses.replace(result, models=(done,)))[-1]


def start(results: Path, url: str, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "fcbench_action", *arguments(results, url, *more)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_calls(log: Path, count: int, process: subprocess.Popen[str]) -> None:
    while calls(log) < count and process.poll() is None:
        time.sleep(0.002)


@pytest.mark.slow
@pytest.mark.parametrize("kill_after", [1, 7, 15])
def test_after_kill_9_the_same_command_asks_only_what_was_not_kept(tmp_path, server, kill_after):
    url, log = server
    whole = tmp_path / "whole"
    invoke(*arguments(whole, url, *UNPROBED))
    needed = sum(len(r.rounds) for r in records(whole))
    results, before = tmp_path / "killed", calls(log)
    process = start(results, url, "--concurrency", "3", *UNPROBED)
    wait_for_calls(log, before + kill_after, process)
    process.kill()
    process.communicate()
    kept = sum(p.read_bytes().count(b'"round":') for p in results.rglob("*.ndjson"))
    asked = calls(log)
    if kept or not list(results.rglob("*.gz")):
        assert invoke(*arguments(results, url, *UNPROBED)).exit_code == 0
        assert calls(log) - asked in (needed - kept, needed - kept + 1), "a torn last line may count as kept"
    assert records(results) == records(whole)


@pytest.mark.slow
def test_an_interrupt_ends_with_130_says_how_to_go_on_and_keeps_what_was_answered(tmp_path):
    log = tmp_path / "calls.jsonl"
    with serve(load(), Settings(log=log, latency=0.2)) as url:
        process = start(tmp_path / "results", url, "--concurrency", "2", "--trials", "3", *UNPROBED)
        wait_for_calls(log, 5, process)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert process.returncode == 130 and "same command again" in said
        asked = calls(log)
    with serve(load(), Settings(log=log)) as url:
        again = arguments(tmp_path / "results", url, "--trials", "3", "--format", "json", *UNPROBED)
        done = json.loads(invoke(*again).stdout)
    assert done["complete"]
    assert asked + done["run"]["calls"] == sum(len(r.rounds) for r in records(tmp_path / "results"))


def test_a_results_folder_that_cannot_be_written_is_refused_before_anything_is_asked(tmp_path, server):
    url, log = server
    before = calls(log)
    (tmp_path / "file").write_text("in the way")
    result = invoke(*arguments(tmp_path / "file", url))
    assert isinstance(result.exception, BadInput) and "not a folder" in str(result.exception)
    assert calls(log) == before


def test_verifying_says_how_much_there_is_and_that_an_empty_tree_shows_nothing(tmp_path):
    open_tree(tmp_path)
    write_report(tmp_path)
    result = invoke("verify", "--results", str(tmp_path))
    assert result.exit_code == 0, result.stdout
    assert "no records, so nothing was verified" in result.stdout
    assert "judging 0 records" in result.stderr
