"""``fcbench serve``: the backend that a model built, to use it."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import click

from fcbench_action.cli.serving.choice import Choice, recorded, reference
from fcbench_action.cli.serving.server import front_of, running
from fcbench_action.cli.serving.store import open_store
from fcbench_action.errors import BadInput
from fcbench_action.sinks import terminal


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--reference", "topic", metavar="TOPIC", help="Serve the suite's own backend of this topic.")
@click.option("--fill", is_flag=True, help="Take the reference's operation wherever the model has none.")
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the data in this SQLite file; without it they are gone when the server stops.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8400, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
def command(
    folder: Path | None, topic: str | None, fill: bool, database: Path | None, host: str, port: int
) -> None:
    """Serve the backend that a model built, from FOLDER: RESULTS/provider/model/topic.

    Its operations are those that compiled; the others answer 501, or are the reference's with --fill. Tables
    and API are the suite's, as the model was given them. There is a page to try it at /, and its OpenAPI
    document at /openapi.json. Tokens are forgotten when the server stops. Passwords are not kept safe: this
    is for looking at what a model built, not for real users.
    """
    if (folder is None) == (topic is None):
        raise BadInput("name either RESULTS/provider/model/topic, or --reference TOPIC")
    choice = recorded(folder, fill=fill) if folder is not None else reference(topic or "")
    asyncio.run(_serve(choice, database, host, port))


async def _serve(choice: Choice, file: Path | None, host: str, port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    template = choice.programs.backend.template
    connection = open_store(file, template, choice.topic, choice.version)
    try:
        front = front_of(choice, connection)
        async with running(front, choice, host, port, _log) as address:
            click.echo(f"{terminal(choice.title, lines=False)}, at {address} (Ctrl-C stops it)")
            click.echo(f"  {_operations(choice)}; OpenAPI: {address}/openapi.json")
            await stop.wait()
    finally:
        connection.close()


def _operations(choice: Choice) -> str:
    every, there = len(choice.programs.environment.operations), len(choice.operations)
    whose = f", {choice.filled} of them the reference's" if choice.filled and choice.own else ""
    return f"{there} of {every} operations{whose}"


def _log(line: str) -> None:
    click.echo(terminal(line, lines=False), err=True)
