"""Finding out, with a few small calls, the richest dialect that an endpoint takes and does not lose.

The first call asks for everything at once, with a *canary*: two words that stand only in the schema, one at
its top and one deep inside, past recursion, definitions, variants and a constant. A model that echoes the
first and not the second was not shown the whole schema. Where the endpoint refuses, or loses, what the error
names is left out first; if that is not enough, everything is, and then put back piece by piece, dearest
first, as long as it works. Then comes one call of real size.

A call and its feedback are replayed in every round but the first, so an endpoint that refuses that, or never
shows a tool's answer to the model, would spoil them all. The tokens that it counts tell the latter. Last, a
model that is asked for words, with a call forced, tells whether the endpoint forces it.

What a call came to depends on its answer only, so the same answers give the same dialect.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from fcbench_action.endpoint import quirks
from fcbench_action.endpoint.dialects import (
    AUTO,
    COMPLETION_TOKENS,
    DROPS,
    EMPTY_CONTENT,
    FULL,
    JSON_OBJECT,
    NO_CHOICE,
    NO_REPLAY,
    OBJECT,
    REQUIRED,
    dialect,
    spoken,
)
from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.functions.base import Prompt
from fcbench_action.judge.channels import JSON_SCHEMA, TEXT, TOOL
from fcbench_action.judge.types import Reply
from fcbench_action.records.types import Sampling, ToolText
from fcbench_action.sinks import one_line

Asker = Callable[[Ask], Awaitable[Exchange]]

TOP = "amber-kestrel-41"
DEEP = "violet-otter-97"
"""The words of the canary."""

TOOL_NAME = "fcbench_probe"

BYTES_A_TOKEN = 12
"""A prompt of which a token holds more bytes than this was cut: text has three or four, blanks a few more."""

_REQUEST_DROPS = (
    *(NO_CHOICE, AUTO, REQUIRED),
    *("no-temperature", "no-top-p", "no-seed"),
    *("no-max-tokens", COMPLETION_TOKENS),
)
_KEYWORD_DROPS = ("no-closed", "no-pattern", "no-bounds", "no-default", "no-const", "no-enum")
_SHAPE_DROPS = ("no-any-of", "depth-10", "no-defs", "no-recursion")
_REPLAY_DROPS = ((), (EMPTY_CONTENT,), (NO_REPLAY,))
"""No form of a replayed call is taken everywhere. LM Studio (lmstudio-bug-tracker#261), mistral-common (#324)
and llama-cpp-python 0.3.36 refused null beside it, Bedrock behind a gateway an empty text (opencode#17395).
Two formats of llama-cpp-python, chatml-function-calling and llama-2, leave out of a prompt what tools say."""
_MOST_HINTS = 8
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Check:
    """One call of a probe: what was tried, and what it came to.

    That is ``taken``, ``lost``, ``refused``, ``silent`` or ``failed``; ``unforced`` where words came in place
    of a forced call.
    """

    tried: str
    result: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Probed:
    """What a probe found. ``dialect`` is ``full`` too where nothing works, or nothing could be told."""

    dialect: str
    checks: tuple[Check, ...]
    supported: bool = True
    prompt_tokens: int | None = None
    prompt_bytes: int | None = None

    @property
    def facts(self) -> dict[str, str]:
        """What records say of it: only what follows from the dialect, so that equal plans have equal ids."""
        return dialect(self.dialect).facts

    @property
    def losses(self) -> tuple[str, ...]:
        """What was dropped, each completing "the tool that was sent ..."."""
        return dialect(self.dialect).losses

    def warnings(self, model: str) -> list[str]:
        """What a person should know before the run goes on, a line each."""
        name, lines = one_line(model), []
        if not self.supported:
            lines.append(f"{name}: the endpoint takes this channel in no dialect; its cases are unsupported")
        if self.dialect != FULL:
            lines.append(f"{name}: the endpoint does not take the full schema; it is sent as {self.dialect}")
        if self.cut:
            sizes = f"{self.prompt_tokens} tokens for {self.prompt_bytes} bytes"
            why = "it cuts prompts and needs more context, or keeps the schema from the model"
            lines.append(f"{name}: the endpoint counts {sizes}: {why}")
        return lines

    @property
    def cut(self) -> bool:
        """Whether the endpoint counted far fewer tokens than a prompt of that size has.

        It cut it, or it holds the model to a schema that it does not show.
        """
        if self.prompt_tokens is None or self.prompt_bytes is None:
            return False
        return self.prompt_tokens * BYTES_A_TOKEN < self.prompt_bytes


@dataclass(slots=True)
class _Session:
    """The calls of one probe."""

    ask: Asker
    model: str
    sampling: Sampling
    channel: str
    checks: list[Check] = field(default_factory=list)
    lossy: bool = False
    counted: dict[str, int | None] = field(default_factory=dict)

    async def asks(self, prompt: Prompt, tool: ToolText, name: str, **more: Any) -> Exchange:
        """One call in a dialect."""
        asked = Ask(self.model, prompt, tool, self.sampling, dialect=name, channel=self.channel, **more)
        return await self.ask(asked)

    async def tries(self, name: str) -> Check:
        """Ask for the canary in a dialect."""
        exchange = await self.asks(_PROMPT, CANARY, name)
        self.counted[name] = exchange.usage.prompt_tokens
        check = Check(name, *_result(exchange))
        self.checks.append(check)
        return check

    async def works(self, drops: Iterable[str]) -> bool:
        """Whether a dialect of these drops does what is looked for."""
        return self.is_well(await self.tries(_name(drops)))

    def is_well(self, check: Check) -> bool:
        """Whether a call did what is looked for: a model that copies no word at all tells nothing bad."""
        return check.result == "taken" or (check.result == "silent" and not self.lossy)


async def probe(
    ask: Asker, model: str, tools: Mapping[str, ToolText], sampling: Sampling, channel: str = TOOL
) -> Probed:
    """The richest dialect that works for ``model``, seen through calls of ``ask``.

    ``tools`` are those that will be sent; the largest of them is tried at its full size. Raises what ``ask``
    raises, such as ``EnvironmentFailed`` for a key that is refused.
    """
    session = _Session(ask, model, sampling, channel)
    if channel == TEXT:
        return Probed(FULL, ())
    first = await session.tries(FULL)
    if first.result in ("failed", "silent", "taken"):
        found: frozenset[str] | None = frozenset()
    else:
        session.lossy = first.result == "lost"
        found = await _search(session, first)
    if found is None:  # a server that falls over everything has refused nothing
        broken = first.detail.startswith("HTTP 5")
        return Probed(FULL, tuple(session.checks), supported=session.lossy or broken)
    if first.result == "failed":
        return Probed(FULL, tuple(session.checks))
    sized = await _at_full_size(session, found, tools)
    name = sized.dialect
    if channel == TOOL:
        name = await _forced(session, await _replayed(session, name))
    return replace(sized, dialect=name, checks=tuple(session.checks))


async def _search(session: _Session, first: Check) -> frozenset[str] | None:
    """The fewest drops that work, or nothing where none do."""
    kept = await _as_told(session, first) or await _piece_by_piece(session)
    if kept is not None and "no-any-of" in kept:
        other = {*kept, "one-of"} - {"no-any-of"}
        kept = other if await session.works(other) else kept
    return None if kept is None else frozenset(kept)


async def _as_told(session: _Session, check: Check) -> set[str] | None:
    """What errors name is left out, until nothing is refused any more or an error names nothing new."""
    kept: set[str] = set()
    for _ in range(_MOST_HINTS):
        new = ({"no-defs"} if check.result == "lost" else _hints(check.detail)) - kept
        if not new:
            return None
        kept |= new
        check = await session.tries(_name(kept))
        if session.is_well(check):
            await _put_back(session, kept, tuple(sorted(kept)) if len(kept) > 1 else ())
            return kept
    return None


async def _piece_by_piece(session: _Session) -> set[str] | None:
    """Everything is left out, and put back as long as it works."""
    kept = {OBJECT, *_SHAPE_DROPS, *_KEYWORD_DROPS, *_REQUEST_DROPS}
    if not await session.works(kept):
        kept.add(JSON_OBJECT)  # no less than the usual form, only another one: some take this, some that
        if session.channel != JSON_SCHEMA or not await session.works(kept):
            return None
    for group in ((OBJECT,), _REQUEST_DROPS, _KEYWORD_DROPS, _SHAPE_DROPS):
        if await session.works(kept - set(group)):
            kept -= set(group)
        else:
            await _put_back(session, kept, group if len(group) > 1 else ())
    return kept


async def _put_back(session: _Session, kept: set[str], group: tuple[str, ...]) -> None:
    """Take drops out of ``kept`` again, one after the other, where it works without."""
    for name in group:
        if name in kept and await session.works(kept - {name}):
            kept.discard(name)


async def _at_full_size(session: _Session, found: frozenset[str], tools: Mapping[str, ToolText]) -> Probed:
    """The largest real schema as it will be sent, and poorer dialects where the endpoint refuses it."""
    poorer = [found, *(found | {name} for name in ("no-recursion", "no-defs", "no-any-of", OBJECT))]
    name, tokens, size = _name(found), None, None
    for drops in dict.fromkeys(poorer):
        tool = max(tools.values(), key=lambda one: len(_encoded(spoken(one, _name(drops)))), default=None)
        if tool is None:
            break
        exchange = await session.asks(SIZED, tool, _name(drops))
        refused = exchange.reply is None and is_refusal(exchange)
        result = "refused" if refused else "failed" if exchange.reply is None else "taken"
        tried = f"{_name(drops)}, {tool.name}"
        session.checks.append(Check(tried, result, _detail(exchange)))
        if not refused:
            name = _name(drops)
            tokens, size = exchange.usage.prompt_tokens, len(_encoded(spoken(tool, name)))
            break
    return Probed(name, tuple(session.checks), True, tokens, size)


async def _replayed(session: _Session, name: str) -> str:
    """The dialect with the first form of a replayed call that is neither refused nor lost."""
    for drops in _REPLAY_DROPS:
        tried = _name({*_drops(name), *drops})
        exchange = await session.asks(_PROMPT, CANARY, tried, last=_LAST, feedback=_FEEDBACK)
        if exchange.reply is None:
            result = "refused" if is_refusal(exchange) else "failed"
        else:
            result = "lost" if _is_lost(session.counted.get(name), exchange.usage.prompt_tokens) else "taken"
        session.checks.append(Check(f"{tried}, a call and its feedback", result, _detail(exchange)))
        if result in ("taken", "failed"):
            return tried if result == "taken" else name
    return name


async def _forced(session: _Session, name: str) -> str:
    """The dialect that forces the call, where one does: with a single tool, any tool is that one.

    llama-server takes a choice by name for none at all, without a word (ggml-org/llama.cpp#26535, #26849).
    """
    if _drops(name) & {NO_CHOICE, AUTO, REQUIRED}:
        return name
    for tried in (name, _name({*_drops(name), REQUIRED})):
        exchange = await session.asks(_IN_WORDS, CANARY, tried)
        if exchange.reply is None:
            result = "refused" if is_refusal(exchange) else "failed"
        else:
            result = "taken" if exchange.reply.function is not None else "unforced"
        session.checks.append(Check(f"{tried}, a call against the prompt", result, _detail(exchange)))
        if result != "unforced":
            return tried if result == "taken" else name
    return name


def _is_lost(before: int | None, after: int | None) -> bool:
    """Whether the tokens of a prompt hardly grew by the feedback.

    Where they became fewer, the endpoint counts in a way of its own, such as what it had not kept of the
    last prompt, and that tells nothing.
    """
    if before is None or after is None:
        return False
    return 0 <= after - before < len(_FEEDBACK) / BYTES_A_TOKEN


def _detail(exchange: Exchange) -> str:
    return one_line(exchange.detail, _SHOWN)


def _result(exchange: Exchange) -> tuple[str, str]:
    detail = _detail(exchange)
    if exchange.reply is None:
        return ("refused" if is_refusal(exchange) else "failed"), detail
    said = _said(exchange.reply)
    if DEEP in said:
        return "taken", detail
    return ("lost" if TOP in said else "silent"), detail


def _said(reply: Reply) -> str:
    return f"{reply.arguments or ''} {reply.content or ''}"


def is_refusal(exchange: Exchange) -> bool:
    """Whether the endpoint refused the request for good, or fell over it without a word."""
    status = exchange.attempts[-1].status if exchange.attempts else None
    if status is None or exchange.reply is not None:
        return False
    return exchange.outcome in quirks.REFUSING_OUTCOMES or status in quirks.REFUSING_STATUSES


def _hints(detail: str) -> set[str]:
    """What an error says that it is about."""
    return {drop for drop, pattern in quirks.REFUSED_PARTS.items() if pattern.search(detail)}


def _drops(name: str) -> set[str]:
    return {drop.name for drop in dialect(name).drops}


def _name(drops: Iterable[str]) -> str:
    chosen = set(drops)
    return "+".join(name for name in DROPS if name in chosen) or FULL


def _encoded(tool: ToolText) -> bytes:
    return msgspec.json.encode(tool)


def _canary() -> dict[str, Any]:
    """A small schema with everything that ours have."""
    word = {"type": "string", "description": "The word that stands in this schema.", "const": DEEP}
    leaf = {
        "type": "object",
        "properties": {"type": {"type": "string", "const": "leaf"}, "word": word},
        "required": ["type", "word"],
        "additionalProperties": False,
    }
    branch = {
        "type": "object",
        "properties": {
            "type": {"type": "string", "const": "branch"},
            "word": word,
            "children": {"type": "array", "items": {"$ref": "#/$defs/Node"}, "minItems": 1, "maxItems": 9},
        },
        "required": ["type", "word", "children"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "description": "Two words and a tree.",
        "properties": {
            "top": {"type": "string", "description": "The word that stands in this schema.", "enum": [TOP]},
            "tree": {"description": "A tree of one leaf.", "$ref": "#/$defs/Node"},
            "name": {"type": "string", "pattern": "^[a-z]+$", "minLength": 1, "maxLength": 9, "default": "x"},
            "letter": {"type": "string", "enum": [chr(97 + n) for n in range(20)], "default": "a"},
            "size": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}], "default": None},
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        },
        "required": ["top", "tree"],
        "additionalProperties": False,
        "$defs": {
            "Branch": branch,
            "Leaf": leaf,
            "Node": {"anyOf": [{"$ref": "#/$defs/Leaf"}, {"$ref": "#/$defs/Branch"}]},
        },
    }


CANARY = ToolText(TOOL_NAME, "Takes two words, which its schema names, and a tree.", _canary())
"""The tool of a probe."""

_PROMPT = Prompt(
    "You fill functions exactly as their schema says.",
    f"Call {TOOL_NAME} once. Its schema gives the only allowed value of `top` and of the leaf's `word`: copy "
    "both. The tree is a single leaf. Leave everything else out.",
)
SIZED = Prompt(
    "You fill functions exactly as their schema says.",
    "This is a trial of the connection. Call the function once with the smallest argument that it accepts.",
)
"""What a probe asks a real function for, to see whether its whole schema is taken."""
_IN_WORDS = Prompt(
    "You answer in words.",
    "Say hello, in one word and nothing else. No function is needed for that, so call none.",
)
_LAST = Reply(function=TOOL_NAME, arguments="{}")
_FEEDBACK = "\n".join(
    [
        f"The argument of `{TOOL_NAME}` is not what its schema says. What is missing, and where:",
        *(
            f"{n}. Something is missing here; once more, copy the two words of the schema."
            for n in range(1, 31)
        ),
        "Call the function again with a complete argument.",
    ]
)
"""As long as short feedback is, so that its tokens can be told from those of a chat template's marks."""
