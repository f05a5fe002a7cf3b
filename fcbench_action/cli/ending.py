"""How a command ends when it does not end well: one line for the user, and an exit code that says why."""

from __future__ import annotations

import difflib
import os
import re
import sys
from contextlib import suppress

import click

from fcbench_action.endpoint.secret import hide_lookalikes
from fcbench_action.errors import BadInput, EnvironmentFailed, FcbenchError
from fcbench_action.sinks import one_line, terminal

INTERNAL = 70
"""The exit code of an error in fcbench itself."""

PIPE_CLOSED = 141
"""Nobody reads the output any more: as for a tool that SIGPIPE ends."""

INTERRUPTED = 130

DEBUG_VARIABLE = "FCBENCH_DEBUG"
"""Set to 1, an error in fcbench itself shows its traceback."""

_CLICKS_NUMBER = re.compile(r"is not a valid (integer|float)(?: range)?(?=\.?$)")
"""What click says of a text where a number should be, after the range that it would have to be in."""

_NEAR = 0.8  # of 1.0: a slip of the hand, not merely some letters in common


class NobodyReads(Exception):
    """The output is a pipe that was closed. Apart from ``OSError``, which click would make an exit with 1."""


def end(error: Exception) -> int:
    """Say in one line on standard error why the command ends; returns its exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    if isinstance(error, click.ClickException):
        return _say(f"error: {_usage(error)}", error.exit_code)
    if isinstance(error, click.Abort):
        return INTERRUPTED
    if isinstance(error, FcbenchError):
        said = hide_lookalikes(str(error)) if isinstance(error, BadInput) else str(error)
        return _say(f"error: {said}", error.exit_code)
    if isinstance(error, NobodyReads | BrokenPipeError):
        _let_go(sys.stdout)
        _let_go(sys.stderr)
        return PIPE_CLOSED
    if isinstance(error, OSError):
        return _system(error)
    said = one_line(f"{type(error).__name__}: {error}")
    return _say(f"internal error: {said}; please report it, with what {DEBUG_VARIABLE}=1 shows", INTERNAL)


def _system(error: OSError) -> int:
    """Something that no code nearer to it expected, most often an output that cannot be written."""
    _let_go(sys.stdout)
    where = f"{error.filename}: " if error.filename else ""
    reason = error.strerror or str(error) or type(error).__name__
    return _say(
        f"error: input or output failed: {where}{reason}; mend that and run the same command again",
        EnvironmentFailed.exit_code,
    )


def _usage(error: click.ClickException) -> str:
    """What click says about a command line, with a near miss only where it is one."""
    message = hide_lookalikes(error.message if isinstance(error, _NAMED) else error.format_message())
    message = _CLICKS_NUMBER.sub(
        lambda m: "is no whole number" if m[1] == "integer" else "is no number", message
    )
    message = message[:1].lower() + message[1:].rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    if near := _near(error, context):
        return f"{message}; did you mean {near[0]!r}?"
    return f"{message}; see '{context.command_path if context else 'fcbench'} --help'"


def _near(error: click.ClickException, context: click.Context | None) -> list[str]:
    if isinstance(error, click.NoSuchOption):
        return difflib.get_close_matches(error.option_name, error.possibilities or (), 1, _NEAR)
    if isinstance(error, click.exceptions.NoSuchCommand) and context is not None:
        group = context.command
        names = group.list_commands(context) if isinstance(group, click.Group) else ()
        return difflib.get_close_matches(error.command_name, names, 1, _NEAR)
    return []


_NAMED = (click.NoSuchOption, click.exceptions.NoSuchCommand)


def _say(text: str, exit_code: int) -> int:
    with suppress(OSError, ValueError):  # there is nobody left to be told
        print(f"fcbench: {terminal(one_line(text, 2000), lines=False)}", file=sys.stderr, flush=True)
    return exit_code


def _let_go(stream: object) -> None:
    """Send what a stream still holds nowhere, or Python would complain once more when it exits."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[attr-defined]
        os.close(nowhere)
