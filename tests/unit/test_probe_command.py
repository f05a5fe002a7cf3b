"""``fcbench probe`` as a user meets it, against endpoints that refuse and lose things over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from click.testing import CliRunner, Result

from fcbench_action.cli import cli
from fcbench_action.endpoint.simulated.protocol import Manners
from fcbench_action.endpoint.simulated.server import Settings, serve
from fcbench_action.errors import GateFailed
from fcbench_action.suite.case import Suite


@contextmanager
def picky(*refuses: str, loses: tuple[str, ...] = ()) -> Iterator[str]:
    manners = Manners(frozenset(refuses), frozenset(loses))
    with serve(Suite("", "", {}), Settings(manners=manners)) as url:
        yield url


def probe(*arguments: str) -> Result:
    words = ["probe", "--model", "simulated/flawless", *arguments]
    return CliRunner().invoke(cli, words, env={"FCBENCH_API_KEY": "", "OPENAI_API_KEY": ""})


def test_what_an_endpoint_takes_is_told_with_every_call() -> None:
    with picky("recursion", "const") as url:
        result = probe("--base-url", url)
    assert result.exit_code == 0, result.output
    assert "simulated/flawless: no-recursion+no-const" in result.output
    assert "the tool that is sent says enum for const" in result.output
    assert "refused  full: HTTP 400" in result.output


@pytest.mark.parametrize(("loses", "dialect"), [((), "full"), (("$defs",), "no-defs")])
def test_scripts_get_it_as_json(loses: tuple[str, ...], dialect: str) -> None:
    with picky(loses=loses) as url:
        result = probe("--base-url", url, "--format", "json")
    (found,) = json.loads(result.stdout)
    assert (found["model"], found["dialect"]) == ("simulated/flawless", dialect)
    assert found["supported"] and found["prompt_tokens"] > 1000 and not found["cuts_prompts"]
    assert bool(found["dropped"]) is (dialect != "full")
    assert found["calls"][0] == {
        "tried": "full",
        "result": "taken" if dialect == "full" else "lost",
        "detail": "",
    }


def test_an_endpoint_that_takes_no_tools_fails_the_gate_and_another_channel_may_do() -> None:
    with picky("tools") as url:
        result = probe("--base-url", url)
        other = probe("--base-url", url, "--channel", "json_schema")
    assert isinstance(result.exception, GateFailed) and "--channel" in str(result.exception)
    assert other.exit_code == 0 and "simulated/flawless: full" in other.output


def test_the_embedded_endpoint_needs_no_address() -> None:
    assert "simulated/flawless: full" in probe().output
