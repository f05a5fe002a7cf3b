"""``fcbench simulate``: the embedded endpoint on its own, for trying other clients."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import click

from fcbench_action.cli.variant import variant_option
from fcbench_action.endpoint.simulated.profiles import PROFILES
from fcbench_action.endpoint.simulated.protocol import Manners
from fcbench_action.endpoint.simulated.refusals import LOSSES, REFUSALS
from fcbench_action.endpoint.simulated.server import Settings, running
from fcbench_action.suite.load import load


@click.command(epilog="Models: " + ", ".join(PROFILES))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8399, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option(
    "--log",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Append a JSON line for each request: model, case, round, what was planted and mended, usage.",
)
@click.option(
    "--latency",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help="Seconds that each answer takes.",
)
@variant_option
@click.option(
    "--refuse",
    multiple=True,
    type=click.Choice(REFUSALS),
    help="Refuse requests that have this with HTTP 400, as real endpoints do; repeatable.",
)
@click.option(
    "--lose",
    multiple=True,
    type=click.Choice(LOSSES),
    help="Lose this of every request without a word, as real endpoints do; repeatable.",
)
def command(
    host: str,
    port: int,
    log: Path | None,
    latency: float,
    variant: int | None,
    refuse: tuple[str, ...],
    lose: tuple[str, ...],
) -> None:
    """Serve the embedded simulated endpoint until it is interrupted.

    It speaks /v1/chat/completions with tools, and /v1/models. No key is needed. Its models play the suite's
    references with the errors that each declares. An answer depends on its request only.
    """
    manners = Manners(frozenset(refuse), frozenset(lose))
    asyncio.run(_serve(Settings(host, port, latency, log, manners), variant))


async def _serve(settings: Settings, variant: int | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(load(variant=variant), settings) as base_url:
        click.echo(f"simulated endpoint at {base_url} (Ctrl-C stops it)")
        for profile in PROFILES.values():
            click.echo(f"  simulated/{profile.name}: {profile.summary}")
        await stop.wait()
