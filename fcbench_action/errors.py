"""The errors that end a command: one line for the user, and an exit code that means something.

What a model gets wrong is never one of these; that is a diagnostic.
"""

from __future__ import annotations

from typing import ClassVar


class FcbenchError(Exception):
    """Ends the command with ``fcbench: error: <message>`` and :attr:`exit_code`.

    The message is one line that names the thing, the cause and the fix.
    """

    exit_code: ClassVar[int] = 1


class GateFailed(FcbenchError):
    """A check that the user asked for came out negative (exit 1)."""

    exit_code = 1


class BadInput(FcbenchError):
    """An option, a config or an input file is wrong (exit 2)."""

    exit_code = 2


class EnvironmentFailed(FcbenchError):
    """The surroundings failed: key refused, host unreachable, disk full, push rejected (exit 3)."""

    exit_code = 3


class CorruptResults(FcbenchError):
    """A results file is damaged, or of a newer format than this version reads (exit 4)."""

    exit_code = 4
