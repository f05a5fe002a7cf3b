"""The OpenAI-compatible endpoint: one question, one answer, every attempt counted and bounded.

The SDK sends; it neither retries, nor follows, nor reads. Whether an exchange is tried again is decided
in ``retry``, whose fault it was in ``classify``, what is sent in ``wire``.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx2
import msgspec
import openai

from fcbench_action.endpoint.address import parse_address
from fcbench_action.endpoint.classify import Again, Answer, Finding, Misconfigured, classify
from fcbench_action.endpoint.reading import Unreadable, noting_limit, parse
from fcbench_action.endpoint.retry import FIRST_CONTACT, Policy, next_wait
from fcbench_action.endpoint.secret import hide_all
from fcbench_action.endpoint.serving import is_near, serving_facts
from fcbench_action.endpoint.transport import Broken, Received, Transport, received
from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.endpoint.wire import encode_form, encode_request
from fcbench_action.errors import BadInput, EnvironmentFailed
from fcbench_action.judge.types import Reply
from fcbench_action.records.types import Attempt, ToolText, Usage
from fcbench_action.sinks import one_line

PATH = "/chat/completions"

DESCRIBED_SECONDS = 5.0
"""What asking a server about itself may take, all its questions together."""

LOOK_SECONDS = 2.0
"""What one of them may take; the others are asked all the same."""

_FACT = 100


class OpenAIEndpoint:
    """Asks one server for chat completions, not streamed: with one forced tool, or as the channel says.

    ``api_key`` is taken as given, never from the environment; without one, no authorization is sent.
    ``secrets`` are values of ``headers`` that, like the key, may be in nothing that a server says back.
    ``sleep``, ``now`` (seconds since 1970) and ``elapsed`` (monotonic seconds) are there for tests.
    Raises BadInput for a base URL, key or header that cannot be sent.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        secrets: Sequence[str] = (),
        policy: Policy = Policy(),  # noqa: B008 - frozen
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        now: Callable[[], float] = time.time,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        address = parse_address(base_url)
        _check_headers({"Authorization": api_key or "", **(headers or {})})
        self.host = address.host
        self._secrets = tuple(secret for secret in (api_key, *secrets) if secret)
        self._policy = policy
        self._sleep = sleep
        self._now = now
        self._elapsed = elapsed
        self._met = False
        self._forms: dict[tuple[str, str, str], tuple[ToolText, dict[str, Any]]] = {}
        self._base_url = address.base_url
        self._transport = Transport(address, api_key or None, headers or {})
        self._client = openai.AsyncOpenAI(
            api_key=api_key or "none",  # only the transport decides what is sent
            base_url=address.base_url,
            max_retries=0,
            timeout=None,
            http_client=httpx2.AsyncClient(transport=self._transport, follow_redirects=False, timeout=None),
        )

    async def ask(self, ask: Ask) -> Exchange:
        """Ask until there is an answer, or the policy gives up.

        Raises ``EnvironmentFailed``, in one line without the key, for what the user has to mend: key, credit,
        unknown model, and a host that cannot be reached, never or no longer.
        """
        body = encode_request(ask, self._form(ask))
        spread = zlib.crc32(body) / 2**32
        attempts: list[Attempt] = []
        begun = self._elapsed()
        while True:
            finding, attempt = await self._attempt(body, begun)
            attempts.append(attempt)
            if not isinstance(finding, Again):
                return self._end(finding, ask, attempts)
            policy = self._policy if self._met else FIRST_CONTACT
            spent = self._elapsed() - begun
            wait = next_wait(policy, len(attempts), spent, finding.wait, spread)
            if wait is None:
                return self._give_up(finding, attempts)
            await self._sleep(wait)

    async def describe(self, model: str) -> dict[str, str]:
        """What the server tells of itself and of a model, by the names of ``endpoint.serving``.

        Bounded in time and never a failure: a server that says nothing of that kind is asked all the same.
        """
        found: dict[str, str] = {}
        hostname = urlsplit(self._base_url).hostname or ""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DESCRIBED_SECONDS):
                await serving_facts(self._look, model, found, near=is_near(hostname))
        return {name: one_line(hide_all(text, self._secrets), _FACT) for name, text in found.items()}

    async def close(self) -> None:
        """Close all connections."""
        await self._client.close()

    async def _look(self, path: str) -> Any:
        """The JSON at a path, without the retries of questions; None for anything else."""
        root = re.sub(r"/v\d+$", "", self._base_url) if path.startswith("/") else f"{self._base_url}/"
        try:
            request = httpx2.Request("GET", root + path)
            async with asyncio.timeout(LOOK_SECONDS):
                came = received(await self._transport.handle_async_request(request))
            return parse(came.body) if came.status == 200 and not came.cut else None
        except (Broken, Unreadable, TimeoutError):
            return None

    async def _attempt(self, body: bytes, begun: float) -> tuple[Finding, Attempt]:
        started = self._elapsed()
        limit = min(self._policy.attempt, self._policy.total - (started - begun))
        try:
            async with asyncio.timeout(limit):
                came: Received | Broken = await self._send(body)
        except Broken as broken:
            came = broken
        except TimeoutError:
            came = Broken("timeout", f"no whole answer within {limit:.0f} s")
        status = came.status if isinstance(came, Received) else None
        self._met = self._met or not (isinstance(came, Broken) and came.kind == "connect")
        finding = classify(came, self._now(), self._secrets)
        well = isinstance(finding, Answer) and status is not None and status < 300
        error = None if well else _error(finding, status)
        return finding, Attempt(status, error, round(self._elapsed() - started, 6))

    async def _send(self, body: bytes) -> Received:
        try:
            response = await self._client.post(PATH, cast_to=httpx2.Response, content=body)
        except openai.APIStatusError as error:
            response = error.response
        return received(response)

    def _form(self, ask: Ask) -> dict[str, Any]:
        """What asks for the form of the answer, encoded once for many calls."""
        key = (ask.tool.name, ask.dialect, ask.channel)
        known = self._forms.get(key)
        if known is None or known[0] is not ask.tool:
            form = encode_form(ask.tool, ask.dialect, ask.channel)
            known = self._forms[key] = (ask.tool, form)
        return known[1]

    def _end(self, finding: Finding, ask: Ask, attempts: list[Attempt]) -> Exchange:
        if isinstance(finding, Misconfigured):
            raise EnvironmentFailed(
                f"{self.host} {finding.cause}, asked for {one_line(ask.model)}: {finding.fix}"
            )
        if isinstance(finding, Answer):
            return Exchange(
                tuple(attempts),
                finding.usage,
                reply=_asked_for(ask, finding),
                detail=finding.detail,
                served_model=finding.served_model,
            )
        return Exchange(tuple(attempts), Usage(), outcome=finding.outcome, detail=finding.detail)

    def _give_up(self, finding: Again, attempts: list[Attempt]) -> Exchange:
        if not self._met:
            raise EnvironmentFailed(
                f"cannot reach {self.host}: {finding.detail}; start the server or correct the base URL"
            )
        if finding.error == "connect":  # every further trial would end in a fault, and none of them is one
            raise EnvironmentFailed(
                f"{self.host} is gone in the middle of the run: {finding.detail}; start it again and go on"
            )
        return Exchange(tuple(attempts), Usage(), outcome=finding.outcome, detail=finding.detail)


def _asked_for(ask: Ask, answer: Answer) -> Reply:
    """The reply with what only its question tells."""
    reply = noting_limit(answer.reply, answer.usage, ask.sampling.max_tokens)
    return msgspec.structs.replace(reply, channel=ask.channel)


def _error(finding: Finding, status: int | None) -> str:
    return f"http-{status}" if isinstance(finding, Answer) else finding.error


def _check_headers(headers: Mapping[str, str]) -> None:
    """A line feed in a header would make another header."""
    for name, value in headers.items():
        what = "the API key" if name == "Authorization" else f"header {one_line(name, 60)}"
        if not (value.isascii() and (value.isprintable() or not value)) or value != value.strip():
            raise BadInput(
                f"{what} holds blanks at its ends, line breaks or characters beyond ASCII: mend it"
            )
