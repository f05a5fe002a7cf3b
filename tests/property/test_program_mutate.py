"""Mutants of random programs."""

from __future__ import annotations

from itertools import islice
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from fcbench_action.diagnostics import errors
from fcbench_action.language.program.check import check_operation
from fcbench_action.language.program.mutate import mutants, remake
from tests.program_generator import operation_program
from tests.program_world import world

WORLD = world()
MOST = 60


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_mutants_are_sound_distinct_and_found_again_by_their_names(seed: int) -> None:
    program = operation_program(Random(seed), WORLD, 80)
    found = list(islice(mutants(program, WORLD), MOST))
    assert found == list(islice(mutants(program, WORLD), MOST))
    assert all(not errors(check_operation(one.program, WORLD)) for one in found)
    texts = {msgspec.json.encode(one) for one in (program, *(mutant.program for mutant in found))}
    assert len(texts) == len(found) + 1
    again = remake(program, WORLD, frozenset(one.name for one in found))
    assert again == {one.name: one for one in found}
