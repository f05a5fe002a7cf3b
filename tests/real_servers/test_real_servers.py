"""fcbench against servers that nobody here wrote, and a model of noise.

What the model says is of no interest; what is: that every trial comes to an outcome of the model's or to one
that the rules name, that what the server counts is kept, and that nothing is lost, repeated or broken.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fcbench_action.judge.types import Outcome
from tests.real_servers.commands import begin, fcbench, finish
from tests.real_servers.server import MODULES, RealServer, is_here, write_model
from tests.real_servers.world import (
    CONTEXT,
    FORMS,
    MOST_TOKENS,
    SMALL,
    Form,
    asking,
    check_records,
    naming,
    records,
    running,
)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Models with and without a chat template; their vocabulary is of the words that cases are told in."""
    folder = tmp_path_factory.mktemp("models")
    code, said = fcbench("suite", "show", SMALL)
    assert code == 0
    text = folder / "shown.txt"
    text.write_text(said, encoding="utf-8")
    return {
        True: write_model(folder / "whole.gguf", text),
        False: write_model(folder / "bare.gguf", text, "--no-template"),
    }


@pytest.fixture(scope="session", params=FORMS.values(), ids=FORMS.keys())
def form(request: pytest.FixtureRequest) -> Form:
    chosen: Form = request.param
    if not is_here(chosen.kind):
        pytest.skip(f"{MODULES[chosen.kind]} is not in the servers' environment")
    return chosen


@pytest.fixture(scope="session")
def server(
    form: Form, models: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealServer]:
    """A server of each form, one after the other."""
    with running(form, models, tmp_path_factory.mktemp("server") / "log") as found:
        yield found


def test_a_probe_finds_what_the_server_takes_and_what_it_loses(form: Form, server: RealServer) -> None:
    words = [*naming(server), "--max-output-tokens", str(MOST_TOKENS), "--format", "json"]
    code, said = fcbench("probe", *words)
    (found,) = json.loads(said)
    assert (code, found["supported"], found["dialect"]) == (0, True, form.dialect), said
    assert found["prompt_tokens"] > 0 and found["cuts_prompts"] is form.keeps_schema, said


def test_a_smoke_run_comes_to_the_models_own_outcomes_and_can_be_verified(
    form: Form, server: RealServer, tmp_path: Path
) -> None:
    chosen = ["--tier", "smoke"] if form.plain else ["--cases", SMALL]
    code, said = fcbench(*asking(server, tmp_path, *chosen, "--rounds", "1"))
    assert code == 0, said
    check_records(records(tmp_path), 5 if form.plain else 1, form.runs_in())
    assert fcbench("verify", "--results", str(tmp_path))[0] == 0


@pytest.mark.parametrize("channel", ["json_schema", "text"])
def test_other_channels_work_too(form: Form, server: RealServer, tmp_path: Path, channel: str) -> None:
    code, said = fcbench(*asking(server, tmp_path, "--cases", SMALL, channel=channel))
    assert code == 0, said
    check_records(records(tmp_path), 1, form.runs_in(channel))
    assert fcbench("verify", "--results", str(tmp_path))[0] == 0


def test_a_prompt_beyond_the_context_is_unsupported(
    form: Form, models: dict[bool, Path], tmp_path: Path
) -> None:
    results = tmp_path / "results"
    with running(form, models, tmp_path / "log", context=1024) as small:
        chosen = ["--cases", SMALL, "--dialect", form.runs_in(), "--max-output-tokens", "20"]
        code, said = fcbench(*asking(small, results, *chosen))
    (record,) = records(results)
    (only,) = record.rounds
    assert (code, only.outcome, len(only.attempts)) == (0, Outcome.UNSUPPORTED, 1), said
    assert "context" in only.detail and "1024" in only.detail


def calls_of(said: str) -> int:
    """How many calls a run says it made; what else it printed stands before or after its JSON."""
    found, _ = json.JSONDecoder().raw_decode(said[said.index("{\n") :])
    calls: int = found["run"]["calls"]
    return calls


def test_a_server_that_is_killed_and_started_again_loses_and_repeats_nothing(
    form: Form, models: dict[bool, Path], tmp_path: Path
) -> None:
    """The question that was under way is asked again, and no other one."""
    if not form.plain:
        pytest.skip("the same server in another form has shown it")
    results = tmp_path / "results"
    chosen = ["--cases", SMALL, "--trials", "4", "--dialect", form.runs_in(), "--concurrency", "1"]
    with running(form, models, tmp_path / "log") as server:
        words = asking(server, results, *chosen, "--format", "json")
        process = begin(*words)
        while rounds(results) < 2 and process.poll() is None:
            time.sleep(0.02)
        server.kill()
        code, said = finish(process)
        assert code == 3 and "is gone in the middle of the run" in said, said
        before = calls_of(said)
        server.start()
        code, said = fcbench(*words)
        assert code == 0, said
    found = records(results)
    check_records(found, 4, form.runs_in())
    total = sum(len(record.rounds) for record in found)
    assert 2 < before < total and before - 1 + calls_of(said) == total
    assert fcbench("verify", "--results", str(results))[0] == 0


def rounds(results: Path) -> int:
    """How many rounds are on the disk."""
    journals = (results / ".fcbench").rglob("*.ndjson") if results.is_dir() else ()
    return sum(journal.read_bytes().count(b'"round":{') for journal in journals)


CALL = {"id": "call00001", "type": "function", "function": {"name": "f", "arguments": "{}"}}
ASKED = [{"role": "system", "content": "S"}, {"role": "user", "content": "U"}]
PARAMETERS = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
TOOL = {"type": "function", "function": {"name": "f", "description": "F", "parameters": PARAMETERS}}
NAMED = {"tools": [TOOL], "tool_choice": {"type": "function", "function": {"name": "f"}}, "max_tokens": 40}
REQUIRED = {**NAMED, "tool_choice": "required"}
JSON_SCHEMA = {"type": "json_schema", "json_schema": {"name": "f", "schema": PARAMETERS}}


def replayed(content: Any) -> list[dict[str, Any]]:
    answer = {"role": "tool", "tool_call_id": "call00001", "content": "no"}
    return [*ASKED, {"role": "assistant", "content": content, "tool_calls": [CALL]}, answer]


LONG = [{"role": "user", "content": "x y " * 40_000}]
SAYS: dict[str, list[tuple[dict[str, Any], int, str]]] = {
    "llama-server": [
        ({"messages": replayed(None), **REQUIRED}, 200, ""),
        ({"messages": replayed(""), **REQUIRED}, 200, ""),
        ({"messages": ASKED, "response_format": JSON_SCHEMA, "max_tokens": 40}, 200, ""),
        ({"messages": LONG, **REQUIRED}, 400, f"exceeds the available context size ({CONTEXT} tokens)"),
    ],
    "llama-cpp-python": [
        ({"messages": replayed(None), **NAMED}, 500, "'loc': ('body', 'messages', 2,"),
        ({"messages": replayed(""), **NAMED}, 200, ""),
        ({"messages": ASKED, "response_format": JSON_SCHEMA}, 500, "Input should be 'text' or 'json_object'"),
        ({"messages": LONG, **NAMED}, 400, f"maximum context length is {CONTEXT} tokens"),
    ],
}
"""Requests, and what each server says to them."""


def test_what_the_server_says_is_still_what_our_tables_quote(form: Form, server: RealServer) -> None:
    """Where this fails, a newer server says something else: tests/misbehaving holds the older words."""
    for body, status, words in SAYS[form.kind]:
        came, said = server.post(body)
        assert came == status and words in said.get("error", {}).get("message", ""), said


def test_a_choice_by_name_forces_a_call_at_one_server_and_nothing_at_the_other(
    form: Form, server: RealServer
) -> None:
    forced = form.kind == "llama-cpp-python"
    for body, called in ((NAMED, forced), (REQUIRED, not forced)):
        _, said = server.post({"messages": ASKED, **body})
        calls = [choice for choice in said.get("choices", ()) if choice["message"].get("tool_calls")]
        assert bool(calls) is called, said
