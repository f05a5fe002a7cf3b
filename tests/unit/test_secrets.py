"""A server that repeats the key everywhere: nothing that is written or said afterwards holds it."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from git import Repo

from fcbench_action.cli import main
from fcbench_action.endpoint.client import OpenAIEndpoint
from fcbench_action.endpoint.retry import Policy
from fcbench_action.errors import BadInput, EnvironmentFailed
from fcbench_action.pages.report import summary, write_report
from fcbench_action.publish.git import Remote, commit_results, init_repository
from fcbench_action.publish.publication import publish
from fcbench_action.publish.pull_request import Repository
from fcbench_action.records.tree import open_tree
from fcbench_action.records.types import ToolText
from fcbench_action.run.config import read_config
from fcbench_action.run.plan import Settings, Target, make_plan
from fcbench_action.run.session import run
from tests.misbehaving.server import Behaviour, Misbehaving, completion, misbehaving, says
from tests.run_world import session
from tests.unit.test_endpoint_secret import WRITINGS
from tests.unit.test_judge_verdicts import FUNCTION
from tests.unit.test_misbehaving_endpoints import judged, judged_again, suite_of

KEY = "sk-or-v1-Q7f8x93ZdE4fGh2Kp5"
GATEWAY = "gw9Tz4Vb7Nm2Qc8L"
BASIC_PASSWORD = "pw6Yh3Jk9Rd5Wf1S"
SECRETS = (KEY, GATEWAY, BASIC_PASSWORD)
WINDOW = 10
"""Characters; as many of a key in a row are a leak too."""
WRITTEN = {
    **{name: WRITINGS[name] for name in ("plain", "upper", "backwards", "escaped", "base64", "base64 at 1")},
    **{name: WRITINGS[name] for name in ("address, all of it", "html, all of it", "HEXADECIMAL")},
    "escaped for an address, then for HTML": lambda key: "".join(f"&#37;{ord(c):02x}" for c in key),
    "twice an address": lambda key: "".join(f"%25{ord(c):02x}" for c in key),
    "base64 in lines": lambda key: "\n".join(_pieces(base64.b64encode(key.encode()).decode())),
    "with blanks": " ".join,
    "with NUL": "\0".join,
    "hexadecimal with blanks": lambda key: key.encode().hex(" "),
    "hexadecimal with commas": lambda key: ", ".join(f"0x{ord(c):02x}" for c in key),
}


def _pieces(text: str) -> Iterator[str]:
    return (text[i : i + 7] for i in range(0, len(text), 7))


def told(text: str) -> dict[str, Behaviour]:
    """Every place in which a server may repeat ``text``."""
    error = {"error": {"message": f"bad {text} key", "type": text, "code": text}}
    raw = text.encode("utf-8", "surrogatepass")
    header = json.dumps(text)[1:-1]
    statuses = (400, 401, 402, 403, 404, 405, 413, 422, 429, 500, 503)
    places = {f"status-{status}": says(status, error) for status in statuses}
    replies: dict[str, dict[str, Any]] = {
        "arguments": completion(json.dumps({"a": text})),
        "member": completion(json.dumps({text: 1})),
        "arguments-value": completion({"a": text}),
        "function": completion(name=text),
        "finish-reason": completion(finish_reason=text),
        "served-model": {**completion(), "model": text},
        "fingerprint": completion(system_fingerprint=text, id=text, usage={text: text}),
        "error-in-body": {"error": {"message": text, "code": 500}},
        "text-error": {"error": text},
        "unknown-error": {"detail": [text], "code": 400},
    }
    messages: dict[str, dict[str, Any]] = {
        "content": {"content": text},
        "refusal": {"content": None, "refusal": text},
        "thinking": {"content": "no", "reasoning_content": text},
        "call-id": {"tool_calls": [{"id": text, "function": {"name": "f", "arguments": "{}"}}]},
        "legacy": {"function_call": {"name": "f", "arguments": text}},
    }
    for name, message in messages.items():
        replies[name] = {"model": "served", "choices": [{"message": message, "finish_reason": "stop"}]}
    places |= {name: says(200, value) for name, value in replies.items()}
    places |= {
        "generation": says(400, {"error": {"message": "failed", "failed_generation": text}}),
        "page": says(502, b"<html><title>" + raw + b"</title>" + raw),
        "far-in-a-page": says(502, b" " * 1995 + raw),
        "farther-in-a-page": says(502, b" " * 32760 + raw),
        "no-json": says(200, raw),
        "location": says(302, b"", f"location: https://evil.example/?key={header}"),
        "header": says(503, b"", f"x-key: {header}", f"retry-after: {header}"),
    }
    return places


def leaks(data: bytes) -> list[str]:
    """Which secrets, in which writing, are in the data as a whole or for a good part."""
    found = []
    for secret in SECRETS:
        forms = {"plain": secret, "backwards": secret[::-1], "hexadecimal": secret.encode().hex()}
        forms |= {
            f"base64 at {n}": base64.b64encode(b"x" * n + secret.encode())[4:].decode() for n in range(3)
        }
        for name, form in forms.items():
            size = WINDOW * (2 if name == "hexadecimal" else 1)
            pieces = {form[i : i + size].lower() for i in range(len(form) - size + 1)}
            text = data.decode("latin-1").lower()
            found += [f"{secret} {name}: {piece}" for piece in pieces if piece in text]
        found += [f"{secret} {name}" for name, write in WRITTEN.items() if write(secret).encode() in data]
    return found


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below the folder and its name, unpacked where it is packed; git's objects too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield str(path), gzip.decompress(data) if path.suffix == ".gz" else data
            yield f"the name of {path}", str(path.relative_to(folder)).encode()
    if (folder / ".git").exists():
        git = ["git", "-C", str(folder), "cat-file", "--batch", "--batch-all-objects"]
        yield "git", subprocess.run(git, capture_output=True, check=True).stdout


async def run_against(results: Path, server: Misbehaving, names: list[str], seen: list[str]) -> None:
    suite = suite_of(FUNCTION)
    tools = {FUNCTION.name: ToolText(FUNCTION.tool_name, "Fills.", {"type": "object"})}

    async def sleep(seconds: float) -> None:
        """Nobody waits."""

    endpoint = OpenAIEndpoint(
        server.base_url,
        KEY,
        headers={"X-Gateway": GATEWAY},
        secrets=[GATEWAY],
        policy=Policy(tries=2),
        sleep=sleep,
    )
    plans = [
        make_plan(
            suite, Target("odd", name, name), tuple(suite.cases.values()), Settings(max_rounds=1), "localhost"
        )
        for name in names
    ]
    begun = session(results, endpoint, *plans, judge=judged, grader=judged_again, concurrency=8)
    result = await run(replace(begun, tools=tools))
    await endpoint.close()
    seen += [f"{model.stopped}" for model in result.models] + [f"{result.last_fault}"]


def test_a_leak_would_be_found_however_it_is_written() -> None:
    for write in WRITTEN.values():
        assert leaks(f"x{write(KEY)}y".encode())
    assert leaks(f"x{KEY[5:16]}y".encode()) and not leaks(b"sk-or-v1- is how keys begin")


def test_no_file_of_a_run_holds_what_a_server_repeats(tmp_path: Path) -> None:
    """A third of all places and writings, each place with each third writing, for all would take long."""
    behaviours = {
        f"{place}-{row}": behaviour
        for row, write in enumerate(WRITTEN.values())
        for column, (place, behaviour) in enumerate(told(write((KEY, GATEWAY)[row % 2])).items())
        if (row + column) % 3 == 0
    }
    seen: list[str] = []

    async def work() -> None:
        async with misbehaving(behaviours) as server:
            await run_against(tmp_path, server, list(behaviours), seen)

    asyncio.run(work())
    assert not leaks("\n".join(seen).encode())
    write_report(tmp_path)
    init_repository(tmp_path)
    assert commit_results(tmp_path, "Results")
    places = list(files(tmp_path))
    assert len(places) > 500 and places[-1][0] == "git"
    assert {name: bad for name, data in places if (bad := leaks(data))} == {}
    assert not leaks(summary(tmp_path).encode())


COMMANDS = {
    "run": ("run", "--cases", "todo/members/database.tables/accounts", "--rounds", "0"),
    "probe": ("probe",),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_a_command_says_holds_what_a_server_repeats(tmp_path: Path, command: str) -> None:
    """As a process of its own, with a traceback where there would be one, and headers of a config."""
    names = ("status-401", "content", "served-model") if command == "run" else ("status-401", "content")
    basic = "Basic " + base64.b64encode(f"user:{BASIC_PASSWORD}".encode()).decode()
    config = tmp_path / "fcbench.yml"
    secret_text = f"{KEY} {GATEWAY} {BASIC_PASSWORD}" if command == "run" else KEY
    variables = {
        "FCBENCH_API_KEY": KEY,
        "GATEWAY": f"Bearer {GATEWAY}",
        "BASIC": basic,
        "FCBENCH_DEBUG": "1",
        "OPENAI_LOG": "debug",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
    }

    async def work() -> list[bytes]:
        places = told(secret_text)
        behaviours = {f"odd/{name}": places[name] for name in names}
        said: list[bytes] = []
        async with misbehaving(behaviours) as server:
            headers = {"X-Gateway": "GATEWAY", "X-Basic": "BASIC"}
            entry = {"model": list(behaviours), "base-url": server.base_url}
            entry |= {"headers-env": headers, "dialect": "full"}
            config.write_text(json.dumps({"endpoints": [entry]}))
            more = ["--config", str(config), "--results", str(tmp_path / "results")]
            if command == "probe":
                more = [f"--base-url={server.base_url}", *(f"--model={name}" for name in behaviours)]
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "fcbench_action", *COMMANDS[command], *more),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env={**os.environ, **variables},
            )
            said += await process.communicate()
            assert process.returncode in (1, 3), said
            heads = "".join(server.heads)
            assert KEY in heads and (command == "probe" or (GATEWAY in heads and basic in heads))
        return said

    said = asyncio.run(work())
    config.unlink()
    assert any(said) and not any(map(leaks, said)), said
    assert {name: bad for name, data in files(tmp_path) if (bad := leaks(data))} == {}


def test_nothing_of_a_whole_action_holds_what_a_server_repeats(tmp_path: Path) -> None:
    """Records, pages, the site, what was pushed, outputs, summary and log, but for the words that hide it."""
    places = ("content", "thinking", "served-model", "fingerprint", "finish-reason", "status-400", "call-id")
    remote = Repo.init(tmp_path / "remote.git", bare=True, initial_branch="main")
    checkout = Repo.init(tmp_path / "checkout", initial_branch="main")
    checkout.git.commit("--allow-empty", "--message", "Begin")
    checkout.create_remote("origin", str(remote.git_dir)).push("main")
    inputs = {
        "API_KEY": KEY,
        "TOKEN": "",
        "MODELS": " ".join(f"odd/{name}" for name in places),
        "CASES": COMMANDS["run"][2],
        "ROUNDS": "1",
        "DIALECT": "full",
        "COMMIT_STRATEGY": "push",
        "SITE_PATH": "site",
    }
    variables = {f"FCBENCH_INPUT_{name}": value for name, value in inputs.items()}
    variables |= {"GITHUB_OUTPUT": "../output", "GITHUB_STEP_SUMMARY": "../summary", "FCBENCH_DEBUG": "1"}

    async def work() -> bytes:
        told_places = told(f"{KEY} and {KEY[::-1]}")
        behaviours = {f"odd/{name}": told_places[name] for name in places}
        pages = {"/v1/models": says(200, {"data": [{"owned_by": KEY, "quantization": KEY}]})}
        async with misbehaving(behaviours, pages) as server:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "fcbench_action", "action"),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                cwd=tmp_path / "checkout",
                env={**os.environ, **variables, "FCBENCH_INPUT_BASE_URL": server.base_url},
            )
            said, _ = await process.communicate()
            assert all(KEY in head for head in server.heads) and len(server.heads) > len(places)
        return said

    said = asyncio.run(work()).replace(f"::add-mask::{KEY}".encode(), b"")
    assert b"Traceback" not in said and not leaks(said), said
    places_written = list(files(tmp_path)) + list(files(tmp_path / "checkout"))
    assert {name: bad for name, data in places_written if (bad := leaks(data))} == {}
    pushed = remote.git.ls_tree("-r", "--name-only", "main")
    assert all(f"results/odd/{name}/" in pushed for name in places)
    assert (tmp_path / "checkout" / "site" / "index.html").exists()
    assert (tmp_path / "output").exists() and (tmp_path / "summary").exists()


MISTAKES = (
    f"api-key-env: [{KEY}]",
    f"api-key: {KEY}",
    f"{KEY}: 1",
    f"{KEY}: 1\n{KEY}: 1",
    f"trials: {KEY}",
    f"a: *{KEY}",
    f"a: !{KEY} b",
    f"endpoints: [{{model: a/b, base-url: x, api-key: {KEY}}}]",
    f"endpoints: [{{model: a/b, base-url: x, {KEY}: 1}}]",
    f"endpoints: [{{model: a/b, base-url: x, headers: {{Authorization: [{KEY}]}}}}]",
    f"endpoints: [{{model: a/b, base-url: x, headers-env: [{KEY}]}}]",
    f"endpoints: {KEY}",
    KEY,
    f"a: '{KEY}",
    f"a: {{{KEY}",
)


@pytest.mark.parametrize("text", MISTAKES)
def test_a_key_at_a_wrong_place_of_a_config_is_not_shown(tmp_path: Path, text: str) -> None:
    config = tmp_path / "c.yml"
    config.write_text(text)
    with pytest.raises(BadInput) as complaint:
        read_config(config)
    assert not leaks(str(complaint.value).encode()), complaint.value


@pytest.mark.parametrize(
    "words",
    [
        ("--api-key", KEY),
        (f"--api-key={KEY}",),
        ("--trials", KEY),
        ("--tier", KEY),
        ("--base-url", f"http://user:{KEY}@host/v1"),
        ("--base-url", f"http://host/v1?key={KEY}"),
        ("--base-url", f"http://host/v1#{KEY}"),
        (KEY,),
    ],
)
def test_a_key_at_a_wrong_place_of_a_command_line_is_not_shown(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fcbench", "plan", "--model", "a/b", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert ended.value.code == 2 and said.err
    assert not leaks((said.out + said.err).encode()), said.err


def test_no_word_of_a_git_host_shows_the_token(tmp_path: Path) -> None:
    repo = init_repository(tmp_path)
    repo.git.commit("--allow-empty", "--message", "Begin")
    github = Repository(f"http://127.0.0.1:1/{KEY}", "acme/bench", KEY)
    repo.create_remote("origin", f"/nowhere/{KEY}")
    write_report_of_nothing(tmp_path)
    for strategy in ("push", "pr"):
        with pytest.raises(EnvironmentFailed) as failed:
            publish(tmp_path, strategy, Remote("origin", "there", "main", KEY), "Results", github)
        assert not leaks(str(failed.value).encode())


def write_report_of_nothing(results: Path) -> None:
    """A results tree without records."""
    open_tree(results)
    write_report(results)
