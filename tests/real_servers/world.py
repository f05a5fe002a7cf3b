"""What the tests of real servers share: the servers as they are run, and runs that are small and bounded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fcbench_action.judge.types import MODEL_OUTCOMES
from fcbench_action.records.tree import read_tree
from fcbench_action.records.types import Record
from tests.real_servers.server import MODEL, RealServer

SMALL = "todo/history/database.tables/events"
MOST_TOKENS = 200
CONTEXT = 32768


@dataclass(frozen=True)
class Form:
    """A server, how it makes prompts, and what a probe is to find: the dialects of calls and of json_schema.

    ``keeps_schema`` says that the model is held to a tool's schema and never shown it.
    """

    kind: str
    dialect: str
    json_dialect: str
    options: tuple[str, ...] = ()
    template: bool = True
    keeps_schema: bool = False

    @property
    def plain(self) -> bool:
        """Whether this is the server as it comes."""
        return self.template and not self.options

    def runs_in(self, channel: str = "tool") -> str:
        """The dialect of a run, which is what a probe finds."""
        return {"tool": self.dialect, "json_schema": self.json_dialect, "text": "full"}[channel]


FORMS = {
    "llama-server": Form("llama-server", "choice-required", "full"),
    "llama-cpp-python": Form("llama-cpp-python", "empty-content", "json-object"),
    "llama-cpp-python, chatml-function-calling": Form(
        "llama-cpp-python",
        "no-replay",
        "json-object",
        ("--chat_format", "chatml-function-calling"),
    ),
    "llama-cpp-python, no template": Form(
        "llama-cpp-python",
        "no-replay",
        "json-object",
        template=False,
        keeps_schema=True,
    ),
}
"""llama-server takes a choice by name for none at all. llama-cpp-python refuses null beside a call; two of
its ways to make prompts leave out what tools say; the last, for models without a template, knows no tools."""


@contextmanager
def running(form: Form, models: dict[bool, Path], log: Path, context: int = CONTEXT) -> Iterator[RealServer]:
    """A server that runs and, whatever happens, does not outlive the test."""
    server = RealServer(form.kind, models[form.template], log, ("--n_ctx", str(context), *form.options))
    try:
        server.start()
        yield server
    finally:
        server.kill()


def naming(server: RealServer) -> list[str]:
    return ["--base-url", server.url, "--model", f"local/{MODEL}={MODEL}"]


def asking(server: RealServer, results: Path, *options: str, channel: str = "tool") -> list[str]:
    """The words of a run, which finds its dialect by itself."""
    options = ("--channel", channel, *options)
    bounds = ["--max-output-tokens", str(MOST_TOKENS), "--rounds", "2", "--concurrency", "2"]
    return ["run", *naming(server), "--results", str(results), *bounds, "--quiet", *options]


def records(results: Path) -> list[Record]:
    return [record for topic in read_tree(results) for record in topic.records()]


def check_records(found: list[Record], planned: int, dialect: str) -> None:
    """Every planned trial is there, each round the model's own, with what the server told of it."""
    assert len(found) == planned
    for record in found:
        assert record.provenance.dialect == dialect
        for one in record.rounds:
            assert one.outcome in MODEL_OUTCOMES, (record.case.id, one.outcome, one.detail)
            assert [attempt.status for attempt in one.attempts] == [200]
            assert one.served_model == MODEL
            said = one.reply is not None and (one.reply.arguments or one.reply.content)
            assert one.usage.prompt_tokens and bool(one.usage.completion_tokens) >= bool(said)
            assert (one.usage.completion_tokens or 0) <= MOST_TOKENS
