"""How servers word things in their errors, as data: each with what was observed, and where.

A new wording is a new line here and a recorded body in the tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern in an error's text. A group ``raw`` holds what the model had written, where it is quoted."""

    server: str
    pattern: re.Pattern[str]
    source: str


def _wording(server: str, pattern: str, source: str) -> Wording:
    return Wording(server, re.compile(pattern, re.IGNORECASE | re.DOTALL), source)


MODEL_FAULTS: tuple[Wording, ...] = (
    _wording(
        "Ollama",
        r"error parsing tool call(?:: raw='(?P<raw>.*)', err=.*)?",
        "ollama/ollama#17638, #12884: HTTP 500 that quotes a call of the model's which its parser refused",
    ),
    _wording(
        "Ollama",
        r"tool call parsing failed|failed to parse json: .{0,300}(?:end of json input|invalid character)",
        "ollama/ollama#14492: HTTP 500, from the parsers of single model families",
    ),
    _wording(
        "llama-server",
        r"failed to parse input at pos \d+: (?P<raw>.*)",
        "ggml-org/llama.cpp#23838, #24644: HTTP 500 that quotes the whole generation",
    ),
    _wording(
        "llama-server",
        r"failed to parse tool call arguments as json",
        "vxcontrol/pentagi#313: HTTP 500; our own requests never replay a call that is no JSON",
    ),
    _wording(
        "Groq",
        r"failed to call a function\b",
        "groq/groq-typescript#28, #103: HTTP 400, tool_use_failed; see FAILED_GENERATION",
    ),
)
"""Errors that report what the model wrote: the model's outcome, never asked again for free."""

FAILED_GENERATION = "failed_generation"
"""The member of Groq's error object that holds what the model wrote (may be empty)."""

NO_MODEL = re.compile(
    r"model_not_found|model\b.{0,200}\b(not found|does not exist|not available|is not a valid model)"
    r"|is not a valid model|unknown model|invalid model",
    re.IGNORECASE | re.DOTALL,
)
"""OpenAI, vLLM and Ollama say so with 404, OpenRouter with 400."""

BAD_KEY = re.compile(
    r"invalid_api_key|(incorrect|invalid) api key|api key (not valid|not found)", re.IGNORECASE
)
"""Gemini's compatible endpoint says so with 400."""

NO_CREDIT = re.compile(
    r"insufficient_quota|exceeded your current quota|billing|insufficient (credits|balance)", re.IGNORECASE
)
"""OpenAI says so with 429, where waiting would help nothing."""

REFUSED_TOOLS = re.compile(
    r"\btools?\b|tool_choice|tool use|function|schema|\$ref|\$defs|grammar|anyof|oneof|additionalproperties",
    re.IGNORECASE,
)
"""In a 400 or 422: the request's tool settings or schema are what the endpoint does not take."""

TOO_LONG = re.compile(
    r"context[ _](length|window|size)|maximum context|too many tokens|prompt is too long", re.IGNORECASE
)
"""The request does not fit into the model's context."""

NO_TOOL_ENDPOINT = re.compile(r"support\w*\s+(for\s+)?tool", re.IGNORECASE)
"""OpenRouter says with 404 that no provider of a model supports tools; Ollama says it with 400."""

EMPTY_WORDS = frozenset(
    {"http", "https", "500", "internal", "server", "error", "errors", "unknown", "none", "null", "api", "an"}
    | {"occurred", "code", "type", "message", "status"}
)
"""A 500 whose text has no other words tells no more than its number."""
