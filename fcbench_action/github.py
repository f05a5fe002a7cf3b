"""What GitHub Actions passes in and reads back: inputs, outputs, the step summary and annotations.

Inputs arrive as ``FCBENCH_INPUT_<NAME>`` variables that ``action.yml`` sets, never inside a script.
Text that is not ours passes through :mod:`fcbench_action.sinks`, and a log that may hold it stands
between ``::stop-commands::`` and its token.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from fcbench_action.errors import BadInput, EnvironmentFailed
from fcbench_action.sinks import one_line, workflow_value

INPUT_PREFIX = "FCBENCH_INPUT_"
MAX_SUMMARY_BYTES = 1_000_000
"""GitHub drops a step summary over 1 MiB."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """The workflow run that this process is a step of; ``variables`` are its environment."""

    variables: Mapping[str, str]

    @classmethod
    def current(cls) -> Workflow:
        """The one that the process's environment describes."""
        return cls(dict(os.environ))

    def input(self, name: str) -> str:
        """An input's text, stripped; empty where it was not given."""
        return self.variables.get(INPUT_PREFIX + name.upper().replace("-", "_"), "").strip()

    def words(self, name: str) -> list[str]:
        """An input that lists things, separated by white space or commas."""
        return self.input(name).replace(",", " ").split()

    def choice(self, name: str, among: tuple[str, ...]) -> str:
        """An input that is one of ``among``, the first by default. Raises ``BadInput``."""
        value = self.input(name) or among[0]
        if value not in among:
            raise BadInput(f"input {name!r} is {one_line(value)!r}; it must be one of {', '.join(among)}")
        return value

    def required(self, variable: str) -> str:
        """A variable that GitHub sets. Raises ``BadInput`` outside of a workflow."""
        value = self.variables.get(variable, "")
        if not value:
            raise BadInput(f"{variable} is not set; this command runs as a step of a GitHub workflow")
        return value

    def set_outputs(self, outputs: Mapping[str, str]) -> None:
        """Write the step's outputs; values of several lines are delimited by a random mark."""
        mark = f"fcbench-{secrets.token_hex(16)}"
        self._append("GITHUB_OUTPUT", "".join(f"{k}<<{mark}\n{v}\n{mark}\n" for k, v in outputs.items()))

    def add_summary(self, markdown: str) -> None:
        """Append to the step summary, cut at GitHub's limit."""
        data = markdown.encode()
        if len(data) > MAX_SUMMARY_BYTES:
            cut = data[:MAX_SUMMARY_BYTES].rsplit(b"\n", 1)[0].decode("utf-8", "ignore")
            markdown = f"{cut}\n\nThe rest is in the results tree.\n"
        self._append("GITHUB_STEP_SUMMARY", markdown)

    def _append(self, variable: str, text: str) -> None:
        path = self.variables.get(variable)
        if not path:
            return
        try:
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise EnvironmentFailed(f"{variable}: cannot write {path}: {error.strerror}") from error


def annotate(stream: TextIO, kind: str, title: str, message: str) -> None:
    """An annotation: ``kind`` is ``error``, ``warning`` or ``notice``."""
    head = workflow_value(title).replace(":", "%3A").replace(",", "%2C")
    print(f"::{kind} title={head}::{workflow_value(message)}", file=stream, flush=True)


def mask(stream: TextIO, secret: str) -> None:
    """Have the runner hide ``secret`` in everything that is logged from here on."""
    for line in secret.splitlines():
        if line.strip():
            data = line.replace("%", "%25")
            print(f"::add-mask::{data}", file=stream, flush=True)


@contextlib.contextmanager
def no_commands(stream: TextIO) -> Iterator[None]:
    """The runner takes nothing printed inside for a workflow command."""
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}", file=stream, flush=True)
    try:
        yield
    finally:
        print(f"::{token}::", file=stream, flush=True)
