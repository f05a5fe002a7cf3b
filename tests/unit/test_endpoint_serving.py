"""What servers tell of themselves: each engine's own way, as recorded, and nothing from anybody else's."""

from __future__ import annotations

import asyncio
import html
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fcbench_action.endpoint import client
from fcbench_action.endpoint.client import OpenAIEndpoint
from fcbench_action.endpoint.serving import is_near, serving_facts
from fcbench_action.pages.report import write_report
from fcbench_action.run.budget import Limits
from fcbench_action.run.plan import Plan
from fcbench_action.run.progress import Quiet
from fcbench_action.run.session import run
from tests.misbehaving.server import (
    Behaviour,
    drip,
    endless,
    endless_gzip,
    garbage,
    half_a_body,
    misbehaving,
    reset,
    says,
    silent,
)
from tests.run_world import Scripted, plan, session

MODEL = "qwen/qwen3-4b"

# Shapes as the projects' own documentation or running servers show them, shortened.
VLLM = {"data": [{"id": MODEL, "owned_by": "vllm", "root": "/data/qwen3", "max_model_len": 32768}]}
LLAMA = {
    "models": {"data": [{"id": "/home/me/models/Qwen3-4B-Q4_K_M.gguf", "owned_by": "llamacpp"}]},
    "/props": {
        "default_generation_settings": {"n_ctx": 16384},
        "model_path": "/home/me/models/Qwen3-4B-Q4_K_M.gguf",
        "build_info": "b8681-Debian",
    },
}
OLLAMA = {
    "models": {"data": [{"id": f"{MODEL}:latest", "owned_by": "library"}, {"id": "other"}]},
    "/api/version": {"version": "0.13.1"},
    "/api/ps": {
        "models": [
            {
                "name": f"{MODEL}:latest",
                "details": {"quantization_level": "Q4_K_M"},
                "context_length": 4096,
            }
        ]
    },
}
LM_STUDIO = {
    "/api/v0/models": {
        "data": [
            {"id": MODEL, "quantization": "4bit", "max_context_length": 32768, "loaded_context_length": 8192},
            {"id": "other", "quantization": "8bit"},
        ]
    }
}
SGLANG = {
    "/get_server_info": {
        "model_path": "Qwen/Qwen3-4B",
        "version": "0.5.4",
        "quantization": "fp8",
        "context_length": 40960,
    }
}
OPEN_ROUTER = {
    "data": [
        {"id": "other", "context_length": 1},
        {"id": MODEL, "context_length": 262144, "top_provider": {"context_length": 131072}},
    ]
}


def told(pages: Mapping[str, Any], *, near: bool = True) -> dict[str, str]:
    found: dict[str, str] = {}

    async def look(path: str) -> Any:
        return pages.get(path)

    asyncio.run(serving_facts(look, MODEL, found, near=near))
    return found


@pytest.mark.parametrize(
    ("pages", "facts"),
    [
        (
            {"models": VLLM, "/version": {"version": "0.11.0"}},
            {"engine": "vLLM 0.11.0", "context-length": "32768"},
        ),
        (
            LLAMA,
            {
                "engine": "llama.cpp b8681-Debian",
                "context-length": "16384",
                "quantization": "Q4_K_M",
                "model-file": "Qwen3-4B-Q4_K_M.gguf",
            },
        ),
        (OLLAMA, {"engine": "Ollama 0.13.1", "context-length": "4096", "quantization": "Q4_K_M"}),
        (LM_STUDIO, {"engine": "LM Studio", "context-length": "8192", "quantization": "4bit"}),
        (SGLANG, {"engine": "SGLang 0.5.4", "context-length": "40960", "quantization": "fp8"}),
        (
            {"/info": {"model_id": "a/b", "version": "3.3.5", "max_total_tokens": 4096}},
            {"engine": "TGI 3.3.5", "context-length": "4096"},
        ),
        ({"models": OPEN_ROUTER}, {"context-length": "131072"}),
        ({"models": OPEN_ROUTER["data"]}, {"context-length": "131072"}),
        ({"models": {"data": [{"id": MODEL, "context_window": 8192}]}}, {"context-length": "8192"}),
    ],
)
def test_each_engine_is_understood(pages: Mapping[str, Any], facts: dict[str, str]) -> None:
    assert told(pages) == facts


def test_a_hosted_endpoint_is_asked_for_its_models_only() -> None:
    asked: list[str] = []

    async def look(path: str) -> Any:
        asked.append(path)
        return VLLM

    asyncio.run(serving_facts(look, MODEL, {}, near=False))
    assert asked == ["models"]


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        "no",
        7,
        {"data": None},
        {"data": [None, 1, {}]},
        {"models": [{}]},
        {"models": [{"name": MODEL, "details": 4, "context_length": "many"}]},
        {"default_generation_settings": 1, "model_path": []},
        {"default_generation_settings": {"n_ctx": -1}, "model_path": 3, "build_info": None},
        {"data": [{"id": MODEL, "max_model_len": True, "owned_by": ["vllm"], "quantization": {}}]},
        {"model_path": 1, "version": {}, "context_length": 1.5, "quantization": None},
        {"model_id": None, "version": [], "max_total_tokens": -4},
    ],
)
def test_nonsense_is_no_fact_and_no_failure(value: Any) -> None:
    pages = ("models", "/version", "/props", "/api/ps", "/api/version", "/api/v0/models", "/get_server_info")
    numbers = {fact for name, fact in told(dict.fromkeys(pages, value)).items() if name != "engine"}
    assert not numbers


@pytest.mark.parametrize(
    ("hostname", "near"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("gpu-box", True),
        ("gpu.local", True),
        ("192.168.1.7", True),
        ("10.0.0.2", True),
        ("api.openai.com", False),
        ("8.8.8.8", False),
    ],
)
def test_own_networks_are_told_from_the_world(hostname: str, near: bool) -> None:
    assert is_near(hostname) is near


def test_facts_come_over_http_without_secrets_and_in_one_short_line() -> None:
    key = "sk-or-v1-Q7f8x93ZdE4fGh2Kp5"
    hostile = {"data": [{"id": MODEL, "owned_by": "vllm", "quantization": f"\x1b[31m{key}\n" + "x" * 500}]}

    async def work() -> dict[str, str]:
        async with misbehaving({}, pages={"/v1/models": says(200, hostile)}) as server:
            endpoint = OpenAIEndpoint(server.base_url, key)
            try:
                return await endpoint.describe(MODEL)
            finally:
                await endpoint.close()

    facts = asyncio.run(work())
    assert facts["engine"] == "vLLM"
    assert key not in json.dumps(facts) and "\x1b" not in facts["quantization"]
    assert len(facts["quantization"]) <= 110


@pytest.mark.parametrize("behaviour", [drip, silent, endless, endless_gzip, half_a_body, garbage, reset])
def test_a_server_that_never_comes_to_an_end_has_said_nothing(
    behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "DESCRIBED_SECONDS", 0.3)

    async def work() -> dict[str, str]:
        async with misbehaving({}, pages={"/v1/models": behaviour, "/props": behaviour}) as server:
            endpoint = OpenAIEndpoint(server.base_url, None)
            try:
                return await endpoint.describe(MODEL)
            finally:
                await endpoint.close()

    assert asyncio.run(work()) == {}


@dataclass
class Server:
    """Tells the next of these facts each time it is asked about a model."""

    facts: list[dict[str, str]]
    asked: list[str] = field(default_factory=list)

    async def describe(self, model: str) -> dict[str, str]:
        self.asked.append(model)
        return self.facts[len(self.asked) - 1]


def ran(results: Path, server: Server, plan: Plan, **changes: Any) -> str:
    """What the run says."""
    said = io.StringIO()
    changes |= {"describe": server.describe, "display": Quiet(said)}
    asyncio.run(run(session(results, Scripted(), plan, **changes)))
    return said.getvalue()


def page_of(results: Path) -> str:
    """The model's page as a person reads it."""
    return html.unescape(results.joinpath("acme/model/README.md").read_text())


def test_what_a_server_tells_is_published_beside_what_the_user_gave(tmp_path: Path) -> None:
    server = Server([{"engine": "vLLM 0.11.0", "context-length": "32768"}])
    said = ran(tmp_path, server, plan(facts={"quantization": "fp8"}))
    assert said == "" and server.asked == ["acme/model"]
    write_report(tmp_path)
    page = page_of(tmp_path)
    assert "quantization: fp8; context-length: 32768 (told by the server); engine: vLLM 0.11.0 (told" in page


def test_what_nobody_told_is_asked_for_and_published_as_unknown(tmp_path: Path) -> None:
    said = ran(tmp_path, Server([{"engine": "Ollama"}]), plan())
    assert "does not tell quantization, context-length: give such facts with --fact quantization=..." in said
    write_report(tmp_path)
    page = page_of(tmp_path)
    assert "quantization: unknown; context-length: unknown" in page


def test_a_run_that_goes_on_after_an_update_of_the_server_has_both_facts(tmp_path: Path) -> None:
    server = Server([{"engine": "vLLM 1"}, {"engine": "vLLM 2"}])
    for limits in (Limits(max_calls=20), Limits()):
        ran(tmp_path, server, plan(), limits=limits)
    ran(tmp_path, server, plan())
    assert len(server.asked) == 2  # nothing was left for the third to ask about
    write_report(tmp_path)
    page = page_of(tmp_path)
    assert "engine: vLLM 1 or vLLM 2 (told by the server)" in page


def test_hostile_facts_are_text_on_pages(tmp_path: Path) -> None:
    ran(tmp_path, Server([{"engine": "<script>alert(1)</script>|`x`[y](javascript:z)"}]), plan())
    write_report(tmp_path)
    text = tmp_path.joinpath("acme/model/README.md").read_text()
    assert "<script" not in text and "](javascript" not in text
