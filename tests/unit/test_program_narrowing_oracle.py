"""What our checker concludes from conditions, TypeScript's compiler concludes too."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random

import pytest

from fcbench_action.diagnostics import errors
from fcbench_action.language.program.check import check_operation
from fcbench_action.language.program.typescript import emit_operation, parse_operation
from fcbench_action.language.program.typescript.declarations import declarations
from tests.program_narrowing import narrowing_program, world
from tests.typescript_oracle import typescript_errors

FILE = Path(__file__).parents[1] / "golden" / "program" / "narrowing.md"
CASE = re.compile(r"^## ([^\n]*)\n\n```typescript (refused|accepted)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CASES = {name: (verdict, text) for name, verdict, text in CASE.findall(FILE.read_text("utf-8"))}
HEAD = "export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {"


def text_of(name: str) -> str:
    return f'type Key = "POST /t";\n\n{HEAD}\n{CASES[name][1]}return;\n}}\n'


@cache
def said() -> dict[str, list[str]]:
    return typescript_errors(declarations(world()), {name: text_of(name) for name in CASES})


@pytest.mark.parametrize("name", CASES)
def test_both_judge_alike(name: str) -> None:
    program = parse_operation(text_of(name)).program
    assert program is not None
    refused = CASES[name][0] == "refused"
    assert bool(errors(check_operation(program, world()))) is refused
    assert bool(said()[name]) is refused, said()[name]


def test_typescript_accepts_programs_that_are_all_conditions() -> None:
    programs = {str(seed): emit_operation(narrowing_program(Random(seed), 250)) for seed in range(40)}
    assert sum(map(len, programs.values())) > 15_000, "most of what is thought up is refused, not all"
    found = typescript_errors(declarations(world()), programs)
    assert {id_: errors for id_, errors in found.items() if errors} == {}
