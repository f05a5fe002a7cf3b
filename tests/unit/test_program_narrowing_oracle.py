"""What our checker concludes from conditions, TypeScript's compiler concludes too."""

from __future__ import annotations

from random import Random

from fcbench_action.language.program.typescript import emit_operation
from fcbench_action.language.program.typescript.declarations import declarations
from tests.program_narrowing import narrowing_program, world
from tests.typescript_oracle import typescript_errors


def test_typescript_accepts_programs_that_are_all_conditions() -> None:
    programs = {str(seed): emit_operation(narrowing_program(Random(seed), 250)) for seed in range(40)}
    assert sum(map(len, programs.values())) > 15_000, "most of what is thought up is refused, not all"
    assert {
        id_: found for id_, found in typescript_errors(declarations(world()), programs).items() if found
    } == {}
