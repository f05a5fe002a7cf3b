"""The ``fcbench`` command. Each subcommand lives in a module of its name and is imported when used."""

from __future__ import annotations

import os
import sys

import click

from fcbench_action import __version__
from fcbench_action.cli.ending import DEBUG_VARIABLE, NobodyReads, end
from fcbench_action.cli.lazy import LazyGroup
from fcbench_action.errors import FcbenchError

COMMANDS: dict[str, str] = {
    "run": "Run the benchmark against an endpoint and write records.",
    "probe": "Find out what an endpoint takes, with a few small calls.",
    "plan": "Print what a run would ask, without asking.",
    "report": "Rewrite every derived file of a results tree from its records.",
    "verify": "Judge every recorded reply again and compare with what the records say.",
    "site": "Build the site from a results tree.",
    "publish": "Commit a results tree and push it or open a pull request.",
    "comment": "Say on a pull request what it changes, for its reviewers.",
    "action": "Run as the GitHub Action; action.yml calls this.",
    "demo": "Run everything on the embedded endpoint: records, results repository, site.",
    "simulate": "Serve the embedded simulated endpoint.",
    "serve": "Serve the backend that a model built, with a page to try it.",
    "suite": "List the suite's cases, show what a model is sent, check the suite.",
    "check": "Judge one reply to one case exactly as a run would.",
    "compile": "Compile a tree or a program and print diagnostics or emit it.",
    "explain": "Explain a diagnostic code.",
}
"""Name and one-line help; the module is ``fcbench_action.cli.<name>``, its command ``command``."""


_EXPECTED = (FcbenchError, OSError, NobodyReads, click.ClickException, click.Abort)


@click.group(cls=LazyGroup, commands_help=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fcbench")
def cli() -> None:
    """A hardcore function-calling benchmark: compiler syntax trees through tool calls."""


def main() -> None:
    """Run the command line; whatever goes wrong becomes one line and an exit code."""
    try:
        code = cli.main(prog_name="fcbench", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except Exception as error:  # the last place that can say it in one line
        if os.environ.get(DEBUG_VARIABLE) == "1" and not isinstance(error, _EXPECTED):
            raise
        code = end(error)
    sys.exit(code)
