"""A click group that imports a subcommand only when it is used, so that ``fcbench --help`` is instant."""

from __future__ import annotations

import importlib
from typing import Any

import click

from fcbench_action.cli.ending import NobodyReads


class LazyGroup(click.Group):
    """Subcommands are modules of :mod:`fcbench_action.cli`, each with a ``command``."""

    def __init__(self, *args: Any, commands_help: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._help = commands_help

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which they are helpful."""
        return list(self._help)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; ``None`` where there is none."""
        if cmd_name not in self._help:
            return None
        command: click.Command = importlib.import_module(f"fcbench_action.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name and help of each, none of them imported."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._help.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """What the subcommand returns. Raises ``NobodyReads`` where its output is a closed pipe."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise NobodyReads from error
