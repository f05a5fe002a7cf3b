"""How servers word things in their errors, as data: each with what was observed, and where.

A new wording is a new line here and a recorded body in the tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fcbench_action.judge.types import Outcome


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern in an error's text. A group ``raw`` holds what the model had written, where it is quoted."""

    server: str
    pattern: re.Pattern[str]
    source: str


def _wording(server: str, pattern: str, source: str) -> Wording:
    return Wording(server, _pattern(pattern), source)


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE | re.DOTALL)


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
        r"model produced output that does not match the expected \S+ format",
        "ggml-org/llama.cpp#27025, #25072: HTTP 500 of its newer parsers, which quote nothing",
    ),
    _wording(
        "llama-server",
        r"failed to parse tool call arguments as json",
        "vxcontrol/pentagi#313: HTTP 500; our own requests never replay a call that is no JSON",
    ),
    _wording(
        "vLLM",
        r"validation errors? for list\[function-wrap\[_*log_extra_fields_*\(\)\]\]"
        r"(?:.{0,2000}?input_value='(?P<raw>.{0,2000}?)', input_type)?",
        "kubernetes-sigs/inference-perf#695, speakleash/bielik-tools#9: HTTP 400 where a forced call is cut "
        "or no JSON; what is quoted has its middle left out",
    ),
    _wording(
        "Groq",
        r"failed to call a function\b",
        "groq/groq-typescript#28, #103: HTTP 400, tool_use_failed; see FAILED_GENERATION",
    ),
    _wording(
        "Ollama",
        r"xml syntax error on line \d+|expected element type <\w+> but have <\w+>",
        "ollama/ollama#14834, #16810, continuedev/continue#10896: HTTP 500 of the parsers for Qwen and GLM",
    ),
    _wording(
        "Ollama",
        r"invalid character '.{1,8}' (?:looking for beginning of|after|in (?:string|numeric|literal))",
        "Go's words for a call that is no JSON; every request of ours is JSON",
    ),
    _wording(
        "llama-server",
        r"\[json\.exception\.parse_error\.\d+\]",
        "continuedev/continue#7491: what its JSON library says of a call that it cannot read",
    ),
    _wording(
        "vLLM",
        r"validation errors? for list\[functiondefinition\]",
        "vllm/entrypoints/openai/serving_chat.py: calls under tool_choice required are read as this type",
    ),
    _wording(
        "vLLM and others with openai-harmony",
        r"unexpected tokens? (?:remaining in message header|\d+ while expecting start token)",
        "vllm-project/vllm#51977, #23567, #22519, openai/harmony#60: HTTP 500 or 400 over what gpt-oss wrote",
    ),
    _wording(
        "SGLang",
        r"failed to parse fc related info to json",
        "sgl-project/sglang#4300: HTTP 400 over a call that its parser refused",
    ),
    _wording(
        "TGI",
        r"tool error: failed to parse generated text",
        "huggingface/text-generation-inference#2353: HTTP 422",
    ),
    _wording(
        "Bedrock",
        r"model produced invalid sequence as part of tool ?use",
        "strands-agents/harness-sdk#649, SEMOSS/Semoss#2892: HTTP 424, ModelErrorException",
    ),
    _wording(
        "OpenAI",
        r"the model produced invalid content",
        "BerriAI/litellm#8020, langchain-ai/langchain#23407: HTTP 500 of type model_error",
    ),
    _wording(
        "any",
        r"\binvalid (?:tool|function)[ _-]?calls?(?: arguments)? (?:was |were )?(?:generated|produced) by",
        "the model's doing in so many words",
    ),
    _wording(
        "any",
        r"\b(?:failed|unable|error|could not|cannot)\b[^.\n]{0,40}\bpars(?:e|ing)\b[^.\n]{0,40}"
        r"\b(?:tool|function)[ _-]?calls?\b"
        r"|\b(?:tool|function)[ _-]?calls?\b[^.\n]{0,60}\b(?:failed to|could not be|cannot be) parsed?\b",
        "the same said in other words; no request of ours holds a call that cannot be parsed",
    ),
)
"""Errors that report what the model wrote: the model's outcome, never asked again for free."""

FAILED_GENERATION = "failed_generation"
"""The member of Groq's error object that holds what the model wrote (may be empty)."""

MALFORMED_CALL = _pattern(r"malformed_function_call|unexpected_tool_call")
"""In ``finish_reason``: Gemini gave up on the model's call, and sends a message without it, or none at all
(googleapis/python-genai#1836, langchain-ai/langchain-google#725). The model's own failure."""

FAILED_REASON = _pattern(r"^(?:error|abort(?:ed)?|cancel(?:l)?ed|insufficient_system_resource)$")
"""In ``finish_reason``: OpenRouter's word for a provider that broke off in the middle, that of vLLM and
SGLang for a request that was taken off the engine, and DeepSeek's for one that its load interrupted."""

NO_MODEL = _pattern(
    r"model_not_found",
    r"model\b.{0,200}\b(?:not found|does not exist|not available|is not a valid model)",
    r"is not a valid model",
    r"unknown model",
    r"invalid model",
    r"model_decommissioned",
    r"model\b.{0,200}\b(?:decommissioned|deprecated|retired|discontinued|shut ?down)",
)
"""OpenAI, vLLM and Ollama say so with 404, OpenRouter and Groq (of models that it no longer has) with 400."""

BAD_KEY = _pattern(r"invalid_api_key", r"(?:incorrect|invalid) api key", r"api key (?:not valid|not found)")
"""Gemini's compatible endpoint says so with 400."""

NO_CREDIT = _pattern(
    r"insufficient_quota",
    r"exceeded your current quota",
    r"quota (?:is |was |has been )?(?:exceeded|exhausted|used up)",
    r"billing",
    r"insufficient (?:credits?|balance|funds)",
    r"credit balance",
    r"credits? (?:is |are |has been |have been )?(?:exhausted|used up|depleted)",
    r"(?:out of|no|not enough) credits?\b",
    r"credits?_exhausted",
)
"""OpenAI says so with 429, where waiting would help nothing; Anthropic's compatible endpoint with 400."""

PER_MINUTE = _pattern(r"per[ _-]?(?:second|minute|hour)", r"retry in", r"retrydelay", r"\b[rt]p[ms]\b")
"""A quota that fills up again: Gemini words its limits a minute like those of an account."""

REFUSED_TOOLS = _pattern(
    r"\btools?\b|tool_choice|tool use|function|schema|\$ref|\$defs|grammar|anyof|oneof|additionalproperties"
    r"|response_format|json mode|structured output",
    r"(?:unsupported|unrecognized|unknown) (?:request )?(?:parameter|value|argument|field)",
    r"extra (?:inputs|fields) (?:are )?not permitted",
    r"\bmax_(?:completion_)?tokens\b|\btemperature\b|\btop_p\b|\bseed\b",
    r"failed to initialize samplers",
)
"""In a 400 or 422: the request's tool settings, schema or sampling are what the endpoint does not take.

llama-server names no grammar where one fails as it starts: it said "Failed to initialize samplers:
std::exception" (xllamacpp 2026.10.11549) where a tokenizer puts a blank before the first word.
"""

REFUSED_ANYWAY = _pattern(
    r"json schema conversion failed",
    r"unrecognized schema",
    r"(?:failed to parse|error parsing|invalid|unsupported) grammar",
    r"error resolving ref",
    r"does not support tools",
    r"tool choice must be",
    r"validation errors?:\s+\{'type': '\w+', 'loc': \('body',",
)
"""The same as a 500: llama-server until late 2025 (ggml-org/llama.cpp#17572), mlx-openai-server (#49).

The last is FastAPI's word for a request that is not of the declared type. The server of llama-cpp-python
wraps it into a 500 (abetlen/llama-cpp-python#1805, ggml-org/llama.cpp#23463): 0.3.36 refuses null beside a
call that is replayed, and response_format json_schema.
"""

TOO_LONG = _pattern(
    r"context[ _](?:length|window|size)",
    r"maximum context",
    r"too many tokens",
    r"(?:prompt|input|request) (?:is )?too (?:long|large)",
    r"must (?:have|be) (?:less than|<=?) \d+",
)
"""The request does not fit into the model's context: Text Generation Inference says with 422 what inputs must
have less than, Groq with 413 that a request is too large for the account's limit a minute."""

NO_TOOL_ENDPOINT = _pattern(r"support\w*\s+(?:for\s+)?tool")
"""OpenRouter says with 404 that no provider of a model supports tools; Ollama says it with 400."""

WAIT_IN_TEXT = re.compile(
    r"(?:try again|retry)(?: after| in)?:? (?P<span>(?:[0-9]{1,6}(?:\.[0-9]{1,9})?(?:ms|[dhms]) ?){1,4})",
    re.IGNORECASE | re.ASCII,
)
"""OpenAI, Groq and Gemini say in the error's text how long to wait, not always in a header."""

EMPTY_WORDS = frozenset(
    {"http", "https", "500", "internal", "server", "error", "errors", "unknown", "none", "null", "api", "an"}
    | {"occurred", "code", "type", "message", "status", "something", "went", "wrong", "unexpected", "sorry"}
    | {"please", "try", "again", "later", "internalservererror", "internal_server_error", "the", "exception"}
    | {
        "had",
        "while",
        "processing",
        "your",
        "request",
        "about",
        "that",
        "reference",
        "id",
        "nginx",
        "openresty",
    }
)
"""A 500 whose text has no other words, but for those with digits that stand for this very request, tells no
more than its number."""

REFUSING_OUTCOMES = frozenset({Outcome.UNSUPPORTED, Outcome.UNATTRIBUTABLE})
REFUSING_STATUSES = frozenset({400, 404, 413, 415, 422, 500, 501})
"""What a probe takes for a refusal of its request: whoever takes a simpler one refused this one."""

REFUSED_PARTS: dict[str, re.Pattern[str]] = {
    "no-recursion": _pattern(r"recurs", r"circular", r"cyclic"),
    "no-defs": _pattern(r"\$ref", r"\$defs", r"\brefs?\b", r"definitions"),
    "no-any-of": _pattern(r"any_?of", r"one_?of"),
    "no-const": _pattern(r"\bconst\b"),
    "no-enum": _pattern(r"\benums?\b"),
    "no-pattern": _pattern(r"\bpattern\b", r"regex"),
    "no-bounds": _pattern(r"m(?:in|ax)(?:imum|Length|Items|Properties)", r"multipleOf", r"exclusiveM"),
    "no-closed": _pattern(r"additional_?properties", r"propertyNames"),
    "no-default": _pattern(r"\bdefault\b"),
    "depth-10": _pattern(r"nesting", r"depth", r"levels", r"too deep"),
    "choice-required": _pattern(r"tool_?choice.{0,80}(?:object|named|function|type)", r"named tool"),
    "choice-auto": _pattern(r"tool.?choice must be .?auto", r"only .?auto", r"support\w* .?auto"),
    "no-temperature": _pattern(r"temperature"),
    "no-top-p": _pattern(r"top_p"),
    "no-seed": _pattern(r"\bseed\b"),
    "max-completion-tokens": _pattern(r"max_completion_tokens"),
    "json-object": _pattern(r"json_object", r"\bjson_schema\W+(?:is )?not\b", r"response_format\W{0,4}type"),
}
"""Words in an error, and what is left out of the next request because of them.

OpenAI: 'max_tokens' is not supported with this model, use 'max_completion_tokens'; 'temperature' does not
support 0.2 (decolua/9router#560). llama-server: JSON schema conversion failed, unrecognized schema, and a
large maxLength that fails as "failed to parse grammar" (ggml-org/llama.cpp#26596). mlx-openai-server: tool
choice must be 'auto' (#49). NIM: "auto" tool choice requires a parser (vierisid/jarvis#195). Ollama dropped
nested properties and $defs without a word (ollama/ollama#13472, #10091), which the canary sees. Servers that
take a schema only in a json_object format: ik_llama.cpp (#778), and llama-cpp-python 0.3.36.
"""
