"""What a server says of itself beside its answers: engine and version, context length, quantization, file.

Such facts decide nothing that is asked; they are published, because the same weights served otherwise are
another contestant. Every question is one small request without retries, and a server that does not answer,
or answers nonsense, has said nothing. Servers close by are asked in the ways of the engines that people run
at home; a hosted one is asked for its list of models only.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any

from fcbench_action.records.plans import CONTEXT_LENGTH, ENGINE, QUANTIZATION

MODEL_FILE = "model-file"

Look = Callable[[str], Awaitable[Any]]
"""Gives the JSON at a path, or None: a path with ``/`` in front from the server's root, else below its
base URL."""

Facts = dict[str, str]

_OWNERS = {"vllm": "vLLM", "sglang": "SGLang", "llamacpp": "llama.cpp", "library": "Ollama"}
_CONTEXTS = ("max_model_len", "context_length", "context_window", "max_context_length")
_PRECISION = re.compile(
    r"(?<![a-z0-9])(?:i?q\d(?:_[a-z0-9]+)*|[bf]{1,2}16|f32|fp[48]|mxfp4|nvfp4|int[48]|awq|gptq|[48]bit)"
    r"(?![a-z0-9])",
    re.IGNORECASE,
)
_NEAR = (".local", ".lan", ".internal", ".home.arpa", ".localhost")


def is_near(hostname: str) -> bool:
    """Whether a host is this machine or one of a private network, by its name or address."""
    try:
        address = ip_address(hostname)
    except ValueError:
        return "." not in hostname or hostname.endswith(_NEAR)
    return address.is_loopback or address.is_private


async def serving_facts(look: Look, model: str, found: Facts, *, near: bool) -> None:
    """Put into ``found`` what the server tells of itself and of ``model``, as soon as it is known."""
    found.update(_listed(await look("models"), model))
    if near:
        values = await asyncio.gather(*map(look, _PATHS))
        said = {p: v if isinstance(v, dict) else {} for p, v in zip(_PATHS, values, strict=True)}
        found.update(next(filter(None, (read(said, model, found) for read in _ENGINES)), {}))


def _listed(value: Any, model: str) -> Facts:
    """What the list of models of ``GET /v1/models`` says; some servers send it without its envelope."""
    entry = _entry(value.get("data") if isinstance(value, dict) else value, model)
    owner = _text(entry.get("owned_by"))
    hosted = entry.get("top_provider")  # OpenRouter: what the provider behind it allows
    sizes = [hosted.get("context_length") if isinstance(hosted, dict) else None]
    return _facts(
        engine=_OWNERS.get(owner, ""),
        context=_first(*sizes, *(entry.get(name) for name in _CONTEXTS)),
        quantization=entry.get("quantization"),
    )


Said = dict[str, dict[str, Any]]
"""What a server answered at each of ``_PATHS``; empty where that was no object."""


def _vllm(said: Said, _model: str, listed: Facts) -> Facts:
    """Its list of models says that it is vLLM, ``/version`` which."""
    version = _text(said["/version"].get("version"))
    return {ENGINE: f"vLLM {version}"} if version and listed.get(ENGINE) == _OWNERS["vllm"] else {}


def _llama_server(said: Said, _model: str, _listed: Facts) -> Facts:
    """llama.cpp's own server; the context is that of one slot."""
    props = said["/props"]
    settings = props.get("default_generation_settings")
    if not isinstance(settings, dict):
        return {}
    path = _text(props.get("model_path"))
    return _facts(
        engine=f"llama.cpp {_text(props.get('build_info'))}",
        context=settings.get("n_ctx"),
        quantization=_precision(path),
        file=re.split(r"[/\\]", path)[-1],  # the rest would tell whose machine it is
    )


def _ollama(said: Said, model: str, _listed: Facts) -> Facts:
    """The models that it has loaded, with the context that it gave them."""
    loaded = said["/api/ps"].get("models")
    entry = _entry(loaded, model) or _entry(loaded, f"{model}:latest")
    details = entry.get("details")
    return _facts(
        engine=f"Ollama {_text(said['/api/version'].get('version'))}" if isinstance(loaded, list) else None,
        context=entry.get("context_length"),
        quantization=details.get("quantization_level") if isinstance(details, dict) else None,
    )


def _lm_studio(said: Said, model: str, _listed: Facts) -> Facts:
    entry = _entry(said["/api/v0/models"].get("data"), model)
    return _facts(
        engine="LM Studio" if entry else None,
        context=_first(entry.get("loaded_context_length"), entry.get("max_context_length")),
        quantization=entry.get("quantization"),
    )


def _sglang(said: Said, _model: str, _listed: Facts) -> Facts:
    """Its arguments, and its version among them."""
    info = said["/get_server_info"]
    return _facts(
        engine=f"SGLang {_text(info.get('version'))}" if "model_path" in info else None,
        context=info.get("context_length"),
        quantization=info.get("quantization"),
    )


def _tgi(said: Said, _model: str, _listed: Facts) -> Facts:
    """Hugging Face's text-generation-inference."""
    info = said["/info"]
    engine = f"TGI {_text(info.get('version'))}" if "model_id" in info else None
    return _facts(engine=engine, context=info.get("max_total_tokens"))


_PATHS = (
    *("/version", "/props", "/api/ps", "/api/version", "/api/v0/models"),
    *("/get_server_info", "/info"),
)
_ENGINES: tuple[Callable[[Said, str, Facts], Facts], ...] = (
    *(_vllm, _llama_server, _ollama, _lm_studio),
    *(_sglang, _tgi),
)


def _entry(entries: Any, model: str) -> dict[str, Any]:
    """The entry of a model in a list of models, or the only one there is; empty where there is none."""
    known = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    named = [entry for entry in known if model in (entry.get("id"), entry.get("name"), entry.get("model"))]
    return next(iter(named or (known if len(known) == 1 else [])), {})


def _facts(
    *, engine: object = None, context: object = None, quantization: object = None, file: object = None
) -> Facts:
    """What of these is a fact: a number of tokens, and texts."""
    size = str(context) if type(context) is int and context > 0 else ""
    texts = {ENGINE: _text(engine), QUANTIZATION: _text(quantization), MODEL_FILE: _text(file)}
    return {name: text for name, text in {CONTEXT_LENGTH: size, **texts}.items() if text}


def _first(*values: Any) -> Any:
    return next((value for value in values if value), None)


def _precision(text: str) -> str:
    """The name of a number format in a file's name, such as ``Q4_K_M``; empty where there is none."""
    found = _PRECISION.findall(text)
    return str(found[-1]) if found else ""


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
