"""Whose fault it was: from what came back, or did not, to what is done about it. Pure, and in one place.

===========================================  ==========================================================
what came                                    what it is
===========================================  ==========================================================
a completion with a message                  :class:`Answer`; the judge decides
one that the server ended over a bad call    :class:`Answer` without a call
an HTTP error that quotes a failed call      :class:`Answer`: the model's own failure, never asked again
401 to 405, 407, 410, used-up quota          :class:`Misconfigured`: stops this model with one line
400, 422 ... about tools, schema, context    :class:`Stop` with ``unsupported``; a 500 about a grammar too
other 4xx                                    :class:`Stop` with ``fault``
408, 409, 425, 429, 498, 499, 5xx, redirects  :class:`Again`, in the end ``fault``
a 500 that says nothing                      :class:`Again`, in the end ``unattributable``
2xx with an error, or no completion in it    as the error's own code says, else :class:`Again`, ``fault``
no whole HTTP answer                         :class:`Again`, in the end ``fault``
a reply that repeats the API key             :class:`Stop` with ``fault``: it can neither be kept nor changed
===========================================  ==========================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from fcbench_action.endpoint import quirks
from fcbench_action.endpoint.reading import (
    Unreadable,
    is_empty,
    parse,
    read_reply,
    read_served_model,
    read_usage,
)
from fcbench_action.endpoint.retry import asked_wait, span
from fcbench_action.endpoint.secret import hide_all, repeats
from fcbench_action.endpoint.transport import Broken, Received
from fcbench_action.judge.types import UNPARSED_CALL, Outcome, Reply
from fcbench_action.records.types import Usage
from fcbench_action.sinks import one_line

_SHOWN = 200
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>")
_SEARCHED = 2000
_READ = 32 << 10
_END = 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 409, 425, 429, 498, 499})
_CODES = frozenset(map(str, range(400, 600)))
_REFUSALS = frozenset({400, 404, 413, 415, 422, 501})


@dataclass(frozen=True, slots=True)
class Answer:
    """The model said something. ``detail`` is there where a server reported it as an error of its own."""

    reply: Reply
    usage: Usage
    served_model: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """Worth trying again, after ``wait`` seconds where the server asked for that; else it is ``outcome``."""

    error: str
    detail: str
    outcome: Outcome = Outcome.FAULT
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """Not worth trying again."""

    error: str
    detail: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Misconfigured:
    """Something that the user has to mend. ``cause`` and ``fix`` are parts of one line."""

    error: str
    cause: str
    fix: str


Finding = Answer | Again | Stop | Misconfigured


def classify(came: Received | Broken, now: float, secrets: Sequence[str] = ()) -> Finding:
    """What an exchange came to. ``now`` is seconds since 1970, for dates in ``Retry-After``.

    ``secrets``, such as the API key, are in no word of what is found, whatever the server repeats.
    """
    if isinstance(came, Broken):
        return Again(came.kind, one_line(hide_all(came.detail, secrets), _SHOWN))
    context = _Context(came, now, secrets)
    if 200 <= came.status < 300:
        finding = _completion(context)
    else:
        finding = _failure(came.status, f"http-{came.status}", _Said.of(came.body), context)
    if isinstance(finding, Answer):
        served = finding.served_model
        finding = replace(finding, served_model=served and hide_all(served, secrets))
    if isinstance(finding, Answer) and any(repeats(finding.reply, secret) for secret in secrets):
        return Stop("key-in-reply", "the reply repeats the API key, and so is not kept", Outcome.FAULT)
    return finding


def unparsed_detail(status: int | None) -> str:
    """What is said beside a reply that an error quotes."""
    return f"HTTP {status}: the server could not parse the model's call"


@dataclass(frozen=True, slots=True)
class _Context:
    came: Received
    now: float
    secrets: Sequence[str]

    def line(self, text: str, limit: int = _SHOWN) -> str:
        """The beginning of what the server says, fit to be shown."""
        short = text if len(text) <= _READ else text[: _READ - _END]
        return one_line(hide_all(short, self.secrets), limit)


@dataclass(frozen=True, slots=True)
class _Said:
    """What an error's body says. ``generation`` is what the model wrote, where the server says so."""

    text: str
    generation: str | None = None
    status: int | None = None

    @staticmethod
    def of(body: bytes) -> _Said:
        try:
            value = parse(body)
        except ValueError:
            return _Said(_page_text(body))
        if isinstance(value, list) and value:
            value = value[0]  # Gemini's compatible endpoint wraps its errors in a list
        return _Said.of_object(value) if isinstance(value, dict) else _Said(_page_text(body))

    @staticmethod
    def of_object(value: dict[str, Any]) -> _Said:
        error = value.get("error")
        inner = error if isinstance(error, dict) else value
        generation = inner.get(quirks.FAILED_GENERATION)
        words = [inner.get(name) for name in ("code", "type", "message", "detail")]
        if isinstance(error, str):
            words.append(error)
        metadata = inner.get("metadata")
        if isinstance(metadata, dict):  # OpenRouter: the text of the provider behind it
            words.append(metadata.get("raw"))
        details = inner.get("details")  # Gemini: how long to wait, as "34s"
        delays = (
            [d.get("retryDelay") for d in details if isinstance(d, dict)] if isinstance(details, list) else []
        )
        words += [f"retry in {delay}" for delay in delays if isinstance(delay, str)]
        text = " ".join(_words(word) for word in words if word)
        code = inner.get("code", inner.get("status_code"))
        code = int(code) if isinstance(code, str) and code in _CODES else code
        return _Said(
            text or ("" if "error" in value else _page_text(str(value).encode("utf-8", "replace"))),
            generation if isinstance(generation, str) else None,
            code if type(code) is int and 400 <= code < 600 else None,
        )


def _words(value: Any) -> str:
    """A text, or what a list or an object in the place of one says; numbers and the like say nothing."""
    if isinstance(value, str):
        return value
    return str(value)[:_SEARCHED] if isinstance(value, list | dict) else ""


def _completion(context: _Context) -> Finding:
    came = context.came
    status = f"HTTP {came.status}"
    if came.cut:
        return Again("too-large", f"the answer is longer than allowed ({len(came.body)} bytes and more)")
    if not came.body.strip():
        return Again("empty-body", f"{status} with an empty body")
    try:
        value = parse(came.body)
    except Unreadable as unreadable:
        why = {"not-json": "no JSON", "not-utf-8": "not UTF-8", "too-deep": "nested too deeply"}
        shown = context.line(_page_text(came.body), 80)
        return Again(unreadable.kind, f"{status} that is {why[unreadable.kind]}: {shown}")
    if not isinstance(value, dict):
        return Again("no-completion", f"{status} with JSON that is no completion")
    choices = value.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if (error := _error_in(value, choice)) is not None:
        said = _Said.of_object(error)
        return _failure(said.status or came.status, "error-in-body", said, context)
    served = read_served_model(value)
    return _answer(choice, value, came.body) or Again(
        "no-completion", f"{status} with a completion that has no message, from {context.line(served or '?')}"
    )


def _answer(choice: Any, value: dict[str, Any], body: bytes) -> Answer | None:
    """The answer of a choice, where it has a message, or where its end is the model's doing."""
    if not isinstance(choice, dict):
        return None
    malformed = _is_malformed(choice)
    if not _has_message(choice):
        if not malformed:
            return None
        choice = {**choice, "message": {}}
    reply = read_reply(choice, body)
    if malformed and reply.function is None:
        reply = msgspec.structs.replace(reply, notes=(*reply.notes, UNPARSED_CALL))
    return Answer(reply, read_usage(value), read_served_model(value))


def _error_in(value: dict[str, Any], choice: Any) -> dict[str, Any] | None:
    """What holds an error in a body whose status says that all is well; nothing where the message counts.

    A message that says something counts, beside whatever error, unless the server says that it broke off.
    """
    reason = choice.get("finish_reason") if isinstance(choice, dict) else None
    broke_off = isinstance(reason, str) and quirks.FAILED_REASON.search(reason) is not None
    if isinstance(choice, dict) and _is_malformed(choice):
        return None
    if _has_message(choice) and not is_empty(choice["message"]) and not broke_off:
        return None
    holders = (value, choice if isinstance(choice, dict) else {})
    found = next((holder for holder in holders if holder.get("error")), None)
    return {"error": {"message": f"finish_reason {reason}"}} if found is None and broke_off else found


def _is_malformed(choice: dict[str, Any]) -> bool:
    """Whether the server, or the provider behind it, says that the model's call was none."""
    reasons = (choice.get("finish_reason"), choice.get("native_finish_reason"))
    return any(isinstance(reason, str) and quirks.MALFORMED_CALL.search(reason) for reason in reasons)


def _has_message(choice: Any) -> bool:
    return isinstance(choice, dict) and isinstance(choice.get("message"), dict)


def _failure(status: int, error: str, said: _Said, context: _Context) -> Finding:
    came = context.came
    generation = _generation(said)
    if generation is not None:
        reply = Reply(content=generation, notes=(UNPARSED_CALL,))
        return Answer(reply, Usage(), detail=unparsed_detail(came.status))
    detail = _detail(status, error, said, context)
    if status in _REDIRECTS:
        target = context.line(came.headers.get("location", "nowhere"), 120)
        return Again(error, f"HTTP {status}: redirects to {target}, which is not followed")
    text = said.text[:_SEARCHED]
    if (mistake := _mistake(status, error, text, detail)) is not None:
        return mistake
    wait = _wait(said, context)
    if status in _PASSING:
        return Again(error, detail, wait=wait)
    refused = quirks.REFUSED_TOOLS.search(text) or quirks.TOO_LONG.search(text)
    if (status in _REFUSALS and refused) or (status >= 500 and quirks.REFUSED_ANYWAY.search(text)):
        return Stop(error, detail, Outcome.UNSUPPORTED)
    if 400 <= status < 500:
        return Stop(error, detail, Outcome.FAULT)
    words = {word for word in re.findall(r"[^\W_]+", _TAG.sub(" ", text.lower())) if word.isalpha()}
    mute = status == 500 and words <= quirks.EMPTY_WORDS
    return Again(error, detail, Outcome.UNATTRIBUTABLE if mute else Outcome.FAULT, wait=wait)


def _wait(said: _Said, context: _Context) -> float | None:
    """How long the server asks to wait, in a header or else in words."""
    asked = asked_wait(context.came.headers, context.now)
    words = quirks.WAIT_IN_TEXT.search(said.text[:_SEARCHED])
    return asked if asked is not None or words is None else span(words["span"].replace(" ", ""))


def _generation(said: _Said) -> str | None:
    """What the model wrote, where the error is about that; empty where the server does not quote it."""
    if said.generation is not None:
        return said.generation
    for wording in quirks.MODEL_FAULTS:
        if (match := wording.pattern.search(said.text)) is not None:
            return match.groupdict().get("raw") or ""
    return None


def _mistake(status: int, error: str, text: str, detail: str) -> Misconfigured | None:
    if status == 401 or (status == 400 and quirks.BAD_KEY.search(text)):
        return Misconfigured(error, f"refuses the API key ({detail})", "give a valid key")
    if status == 402 or (status in (400, 403, 429) and _is_spent(text)):
        return Misconfigured(error, f"has no credit or quota left ({detail})", "top up the account")
    if status == 407:
        fix = "check HTTPS_PROXY and what that proxy wants"
        return Misconfigured(error, f"is behind a proxy that refuses the request ({detail})", fix)
    if status == 403:
        return Misconfigured(error, f"forbids the request ({detail})", "check what the key may use")
    if status == 404 and quirks.NO_TOOL_ENDPOINT.search(text):
        return None
    if status in (404, 410) or (status in (400, 422) and quirks.NO_MODEL.search(text)):
        fix = "check the model's name and the base URL, which mostly ends in /v1"
        return Misconfigured(error, f"does not know the model ({detail})", fix)
    if status == 405:
        fix = "check the base URL, which mostly ends in /v1"
        return Misconfigured(error, f"serves no chat completions there ({detail})", fix)
    return None


def _is_spent(text: str) -> bool:
    """Whether an account's quota is used up, rather than a limit that fills up again by itself."""
    spent = quirks.NO_CREDIT.search(text) is not None
    return spent and ("insufficient_quota" in text or quirks.PER_MINUTE.search(text) is None)


def _detail(status: int, error: str, said: _Said, context: _Context) -> str:
    came = context.came.status
    code = f"HTTP {came}" if status == came else f"HTTP {came} with error {status}"
    text = context.line(said.text)
    return f"{code}: {text}" if text else f"{code} without a text" if error != "error-in-body" else f"{code}"


def _page_text(body: bytes) -> str:
    """The beginning. Where it is cut, so much goes too that no part of a key stands at its end."""
    text = body[:_READ].decode("utf-8", "replace")
    return text if len(body) <= _READ else text[:-_END]
