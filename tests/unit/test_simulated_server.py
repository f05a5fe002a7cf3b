from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest

from fcbench_action.endpoint.probe import SIZED
from fcbench_action.endpoint.simulated.filler import fill
from fcbench_action.endpoint.simulated.profiles import PROFILES
from fcbench_action.endpoint.simulated.server import Settings, serve
from fcbench_action.errors import EnvironmentFailed
from fcbench_action.language.schema import export
from fcbench_action.suite.load import load


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("simulated") / "calls.jsonl"


@pytest.fixture(scope="module")
def base_url(log: Path) -> Iterator[str]:
    with serve(load(), Settings(log=log)) as url:
        yield url


def send(base_url: str, body: Any, path: str = "/chat/completions") -> tuple[int, Any]:
    parts = urlsplit(base_url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(
            "GET" if body is None else "POST", parts.path + path, text if body is not None else None
        )
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def request(**more: Any) -> dict[str, Any]:
    return {"model": "simulated/flawless", "messages": [{"role": "user", "content": "hi"}], **more}


def test_models_are_listed(base_url: str) -> None:
    status, listing = send(base_url, None, "/models")
    assert status == 200
    assert [m["id"] for m in listing["data"]] == list(PROFILES)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "invalid_json"),
        (b"[]", 400, "invalid_type"),
        (b'{"a":' * 100_000, 400, "invalid_json"),
        ({"model": "simulated/flawless"}, 400, "missing_required_parameter"),
        (request(messages=[]), 400, "missing_required_parameter"),
        (request(messages=["hi"]), 400, "missing_required_parameter"),
        (request(stream=True), 400, "unsupported_parameter"),
        (request(model="gpt-4o"), 404, "model_not_found"),
        (request(model=None), 404, "model_not_found"),
        (request(model={"a": 1}), 404, "model_not_found"),
        (
            request(tools=[{"function": {"name": "f"}}], tool_choice={"function": {"name": "g"}}),
            400,
            "invalid_value",
        ),
    ],
)
def test_a_request_that_is_wrong_gets_an_error_like_openais(
    base_url: str, body: Any, status: int, code: str
) -> None:
    found, answer = send(base_url, body)
    assert found == status
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]


def test_an_unknown_prompt_with_a_tool_gets_a_plausible_call(base_url: str) -> None:
    schema = {
        "type": "object",
        "required": ["name", "kind", "tags", "size"],
        "properties": {
            "name": {"type": "string", "minLength": 3},
            "kind": {"enum": ["a", "b"]},
            "tags": {"type": "array", "items": {"type": "boolean"}, "minItems": 2},
            "size": {"$ref": "#/$defs/size"},
        },
        "$defs": {"size": {"anyOf": [{"type": "integer", "minimum": 4}, {"type": "null"}]}},
    }
    tool = {"type": "function", "function": {"name": "save", "parameters": schema}}
    status, answer = send(base_url, request(tools=[tool]))
    assert status == 200
    call = answer["choices"][0]["message"]["tool_calls"][0]["function"]
    assert call["name"] == "save"
    jsonschema.validate(json.loads(call["arguments"]), schema)
    assert answer["system_fingerprint"] == "fcbench-simulated"
    assert answer["usage"]["completion_tokens"] > 0


def test_without_tools_it_answers_in_words(base_url: str) -> None:
    status, answer = send(base_url, request())
    assert status == 200
    assert answer["choices"][0]["message"]["content"]
    assert answer["choices"][0]["finish_reason"] == "stop"


def test_every_request_is_one_line_of_the_log(base_url: str, log: Path) -> None:
    case = next(iter(load().cases.values()))
    prompt = case.function.prompt(case.task)
    tool = {"function": {"name": case.function.tool_name, "parameters": export(case.function.argument)}}
    messages = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
    before = len(log.read_text().splitlines())
    send(base_url, request(model="flawless", messages=messages, tools=[tool]))
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert len(lines) == before + 1
    assert lines[-1]["case"] == case.id
    assert lines[-1]["model"] == "simulated/flawless"
    assert (lines[-1]["round"], lines[-1]["planted"]) == (0, [])
    assert lines[-1]["usage"]["prompt_tokens"] > 500


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}},
        {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/n"}}, "$defs": {"n": 5}},
        {
            "$ref": "#/$defs/n",
            "$defs": {
                "n": {
                    "type": "object",
                    "required": [*"abcdefghij"],
                    "properties": {name: {"$ref": "#/$defs/n"} for name in "abcdefghij"},
                }
            },
        },
        {"type": "array", "minItems": 10**9, "items": {"type": "array", "minItems": 10**9}},
        {"type": ["object"], "required": "abc", "properties": [], "anyOf": {}},
    ],
)
def test_filling_is_bounded_whatever_the_schema(schema: dict[str, Any]) -> None:
    assert len(json.dumps(fill(schema))) < 100_000


def test_a_port_that_is_taken_is_one_clear_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(EnvironmentFailed, match=f"cannot listen on 127.0.0.1:{port}"),
            serve(load(), Settings(port=port)),
        ):
            pass


def test_a_log_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    with (
        pytest.raises(EnvironmentFailed, match="cannot write the log"),
        serve(load(), Settings(log=tmp_path / "no" / "such" / "folder")),
    ):
        pass


def test_the_command_says_where_it_serves_and_stops_on_a_signal() -> None:
    command = [sys.executable, "-m", "fcbench_action", "simulate", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        base_url = line.split(" at ")[1].split(" ")[0]
        status, _ = send(base_url, None, "/models")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert status == 200


def test_who_asks_about_cases_that_it_does_not_know_is_told_of_variants_once(
    base_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    case = next(iter(load(["todo"], variant=7).cases.values()))
    prompt, told = case.prompt, load(["todo"]).cases[case.id].prompt
    tool = {"function": {"name": case.function.tool_name, "parameters": export(case.function.argument)}}
    for asked in (told, SIZED, prompt, prompt):
        messages = [{"role": "system", "content": asked.system}, {"role": "user", "content": asked.user}]
        assert send(base_url, request(messages=messages, tools=[tool]))[0] == 200
        if asked in (told, SIZED):  # a case of its own, and what every run begins with
            assert capfd.readouterr().err == ""
    assert capfd.readouterr().err.count("--variant") == 1
