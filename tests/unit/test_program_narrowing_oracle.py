"""What our checker concludes, TypeScript's compiler concludes too; where we are stricter, it is listed."""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path
from random import Random

import pytest

from fcbench_action.diagnostics import errors
from fcbench_action.language.program.check import check_operation
from fcbench_action.language.program.typescript import emit_operation, parse_operation
from fcbench_action.language.program.typescript.declarations import declarations
from tests import program_world
from tests.program_narrowing import narrowing_program, world
from tests.typescript_oracle import typescript_errors

FOLDER = Path(__file__).parents[1] / "golden" / "program"
CASE = re.compile(r"^## ([^\n]*)\n\n```typescript ([a-z]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = "export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {"
WORLDS = {
    "narrowing": (world, "POST /t", "return;"),
    "answers": (partial(world, answers=True), "POST /t", ""),
    "values": (program_world.world, "POST /any", "return {};"),
}
REFUSED = {"accepted": (False, False), "refused": (True, True), "stricter": (True, False)}
"""By the word of a case: whether we refuse it, and whether TypeScript does."""


def cases(file: str) -> dict[str, tuple[str, str]]:
    """By name, the verdict on each program of a file, and its text."""
    _, key, end = WORLDS[file]
    found = CASE.findall(FOLDER.joinpath(f"{file}.md").read_text("utf-8"))
    return {
        name: (verdict, f'type Key = "{key}";\n\n{HEAD}\n{text}{end}\n}}\n') for name, verdict, text in found
    }


@cache
def said(file: str) -> dict[str, list[str]]:
    texts = {name: text for name, (_, text) in cases(file).items()}
    return typescript_errors(declarations(WORLDS[file][0]()), texts)


@pytest.mark.parametrize(("file", "name"), [(file, name) for file in WORLDS for name in cases(file)])
def test_both_judge_as_the_file_says(file: str, name: str) -> None:
    verdict, text = cases(file)[name]
    program = parse_operation(text).program
    assert program is not None
    refused = bool(errors(check_operation(program, WORLDS[file][0]())))
    assert (refused, bool(said(file)[name])) == REFUSED[verdict], said(file)[name]


def test_typescript_accepts_programs_that_are_all_conditions() -> None:
    programs = {str(seed): emit_operation(narrowing_program(Random(seed), 250)) for seed in range(40)}
    assert sum(map(len, programs.values())) > 15_000, "most of what is thought up is refused, not all"
    found = typescript_errors(declarations(world()), programs)
    assert {id_: errors for id_, errors in found.items() if errors} == {}
