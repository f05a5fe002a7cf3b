"""What the documents promise exists: commands, options, targets, files, inputs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from fcbench_action.cli import COMMANDS, cli
from fcbench_action.cli.action import REPEATED_OPTIONS, RUN_OPTIONS

PROJECT = Path(__file__).parents[2]
DOCUMENTS = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "site/run.md",
    "site/method.md",
]
COMMAND = re.compile(r"(?:\$ )?(fcbench [^#]*?)\s*(?:#.*)?")
TARGET = re.compile(r"\bmake ([a-z-]+)\b(?! sure)")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def text_of(document: str) -> str:
    return (PROJECT / document).read_text("utf-8")


def commands() -> list[tuple[str, str]]:
    return [
        (document, match[1])
        for document in DOCUMENTS
        for line in code_lines(text_of(document).replace("\\\n", " "))
        if (match := COMMAND.fullmatch(line.strip()))
    ]


def code_lines(text: str) -> list[str]:
    """The lines of indented and of fenced code."""
    found, fenced = [], False
    for line in text.split("\n"):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            found.append(line)
    return found


def resolve(words: list[str]) -> tuple[click.Command, list[str]]:
    """The subcommand that the words name, and the words left over."""
    command: click.Command = cli
    while isinstance(command, click.Group) and words:
        found = command.get_command(click.Context(command), words[0])
        if found is None:
            break
        command, words = found, words[1:]
    return command, words


@pytest.mark.parametrize(("document", "line"), commands())
def test_every_command_that_a_document_shows_exists_with_its_options(document: str, line: str) -> None:
    words = shlex.split(line)[1:]
    command, rest = resolve(words)
    assert command is not cli or words[0].startswith("-"), f"{document}: {line}"
    known = {name for parameter in command.params for name in parameter.opts + parameter.secondary_opts}
    used = {word.split("=")[0] for word in rest if word.startswith("--")}
    assert used <= known | {"--help"}, f"{document}: {line}"


def test_the_readme_shows_how_to_run_and_to_look() -> None:
    shown = {line.split()[1] for document, line in commands() if document == "README.md"}
    assert {"run", "site", "check", "compile", "simulate", "report", "verify"} <= shown


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_a_document_names_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    assert set(TARGET.findall(text_of(document))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS[:4])
def test_every_relative_link_of_a_document_leads_somewhere(document: str) -> None:
    for link in LINK.findall(text_of(document)):
        assert (PROJECT / document).parent.joinpath(link).exists(), link


def test_every_command_has_the_help_that_the_list_gives() -> None:
    for name in COMMANDS:
        command, _ = resolve([name])
        assert command.help, name
        missing = [
            p.name for p in command.params if isinstance(p, click.Option) and not p.help and not p.hidden
        ]
        assert not missing, name


def test_every_input_of_the_action_reaches_the_command() -> None:
    action = yaml.safe_load(text_of("action.yml"))
    passed = action["runs"]["steps"][0]["env"]
    for name in action["inputs"]:
        variable = "FCBENCH_INPUT_" + name.upper().replace("-", "_")
        assert passed[variable] == "${{ inputs." + name + " }}"
    assert len(passed) == len(action["inputs"]) + 1
    assert set(RUN_OPTIONS) | set(REPEATED_OPTIONS) <= set(action["inputs"])


def test_every_output_of_the_action_is_set_by_the_command() -> None:
    action = yaml.safe_load(text_of("action.yml"))
    source = text_of("fcbench_action/cli/action.py")
    assert all(f'"{name}":' in source for name in action["outputs"])


def test_every_option_that_the_action_passes_is_one_of_run() -> None:
    command, _ = resolve(["run"])
    known = {name for parameter in command.params for name in parameter.opts}
    assert {*RUN_OPTIONS.values(), *REPEATED_OPTIONS.values(), "--results"} <= known
