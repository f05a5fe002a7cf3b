"""``fcbench probe``: what an endpoint takes, found out with a few small calls."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import Any

import click

from fcbench_action.cli.files import printed_json
from fcbench_action.endpoint.channels import CHANNELS
from fcbench_action.endpoint.client import OpenAIEndpoint
from fcbench_action.endpoint.probe import Probed, probe
from fcbench_action.endpoint.retry import Policy
from fcbench_action.errors import GateFailed
from fcbench_action.functions import FUNCTIONS
from fcbench_action.judge.channels import TOOL
from fcbench_action.records.types import Sampling
from fcbench_action.run.embedded import embedded_url
from fcbench_action.run.options import (
    Options,
    check_endpoint,
    find_key,
    make_function_tools,
    read_headers,
    read_targets,
    secret_values,
)
from fcbench_action.run.plan import Target
from fcbench_action.sinks import one_line
from fcbench_action.suite.case import Suite

_NO_SUITE = Suite("", "", {})

Told = dict[str, str]
"""What a server says of itself."""


@click.command("probe")
@click.option("--model", multiple=True, metavar="PROVIDER/NAME[=WIRE-NAME]", help="Model to ask, repeatable.")
@click.option("--base-url", metavar="URL", help="OpenAI-compatible endpoint; the embedded one by default.")
@click.option("--provider", default="local", help="Provider of a model named without one.")
@click.option("--api-key-env", metavar="NAME", help="Environment variable that holds the key.")
@click.option(
    "--channel",
    type=click.Choice(tuple(CHANNELS)),
    default=TOOL,
    show_default=True,
    help="How answers will be asked for.",
)
@click.option("--temperature", type=float, help="Sampling temperature to try.")
@click.option("--max-output-tokens", type=click.IntRange(1), help="Limit of tokens to try.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=120.0,
    show_default=True,
    help="Seconds for one HTTP exchange, to its last byte.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print what was found.",
)
def command(format_: str, **options: Any) -> None:
    """Find out what an endpoint takes, with a few small calls.

    Tools at all, a forced choice, recursion, each keyword of schemas; whether it loses parts of a schema or
    cuts prompts; and the richest dialect that works. A run does the same at its start. Exit code 1 where an
    endpoint takes tools in no dialect.
    """
    chosen = Options(**options)
    targets = read_targets(chosen)
    check_endpoint(chosen, targets)
    found = asyncio.run(_probe_all(chosen, targets))
    if format_ == "json":
        rows = [
            {"model": target.name, **_plain(one), "server": told}
            for target, (one, told) in zip(targets, found, strict=True)
        ]
        click.echo(printed_json(rows))
    else:
        for target, (one, told) in zip(targets, found, strict=True):
            _show(target, one, told)
    if bad := [target for target, (one, _) in zip(targets, found, strict=True) if not one.supported]:
        raise GateFailed(
            f"{one_line(bad[0].name)}: the endpoint takes the channel {chosen.channel} in no dialect; "
            "try another --channel"
        )


async def _probe_all(options: Options, targets: Sequence[Target]) -> list[tuple[Probed, Told]]:
    key = find_key(options, os.environ)
    headers = read_headers(options, os.environ)
    secrets = secret_values(options, headers)
    sampling = Sampling(options.temperature, options.top_p, options.max_output_tokens, options.seed)
    async with embedded_url(options.base_url, _NO_SUITE) as base_url:
        policy = Policy(attempt=options.timeout, total=2 * options.timeout)
        endpoint = OpenAIEndpoint(base_url, key or None, headers=headers, secrets=secrets, policy=policy)
        tools = make_function_tools(FUNCTIONS.values())
        try:
            return [
                (
                    await probe(endpoint.ask, target.wire, tools, sampling, options.channel),
                    await endpoint.describe(target.wire),  # afterwards, when the model is loaded
                )
                for target in targets
            ]
        finally:
            await endpoint.close()


def _plain(found: Probed) -> dict[str, Any]:
    return {
        "supported": found.supported,
        "dialect": found.dialect,
        "dropped": list(found.losses),
        "prompt_tokens": found.prompt_tokens,
        "schema_bytes": found.prompt_bytes,
        "cuts_prompts": found.cut,
        "calls": found.checks,
    }


def _show(target: Target, found: Probed, told: Told) -> None:
    click.echo(f"{one_line(target.name)}: {found.dialect if found.supported else 'unsupported'}")
    for loss in found.losses:
        click.echo(f"  the tool that is sent {loss}")
    for line in found.warnings(target.name):
        click.echo(f"  {line}")
    if found.prompt_tokens is not None:
        click.echo(f"  {found.prompt_tokens:,} prompt tokens for a schema of {found.prompt_bytes:,} bytes")
    for name, fact in sorted(told.items()):
        click.echo(f"  the server says of itself: {one_line(name)} {one_line(fact)}")
    for check in found.checks:
        detail = f": {one_line(check.detail)}" if check.detail else ""
        click.echo(f"    {check.result:8} {one_line(check.tried)}{detail}")
