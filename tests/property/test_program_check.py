"""The checker accepts what is well typed by construction, and finds every mistake that is planted there."""

from __future__ import annotations

from random import Random
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fcbench_action.diagnostics import errors, render_path, sort
from fcbench_action.language.program import expressions, statements
from fcbench_action.language.program.check import RULES, check_operation, check_test
from fcbench_action.language.program.statements import TestProgram
from tests import program_generator
from tests.program_faults import PLANTS, nodes, plant
from tests.program_mutations import damaged
from tests.program_world import world

SEEDS = st.integers(0, 2**32 - 1)
WORLD = world()
MAKERS = (program_generator.test_program, program_generator.operation_program)


def check(program: Any) -> Any:
    return (check_test if isinstance(program, TestProgram) else check_operation)(program, WORLD)


def shown(program: Any) -> list[str]:
    return [f"{render_path(d.path)} {d.code}: {d.message}" for d in errors(check(program))]


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, make=st.sampled_from(MAKERS))
def test_what_is_well_typed_by_construction_is_accepted(seed: int, make: Any) -> None:
    assert shown(make(Random(seed), WORLD)) == []


def test_every_variant_has_a_rule_and_is_generated() -> None:
    assert set(RULES) == set(get_args(expressions.Expression))
    variants = (
        *get_args(expressions.Expression),
        *get_args(expressions.Where),
        *get_args(statements.Statement),
    )
    missing = {one.__struct_config__.tag for one in variants}
    for seed in range(400):
        for make in MAKERS:
            tree = msgspec.json.decode(msgspec.json.encode(make(Random(seed), WORLD)))
            missing -= {node.get("type") for _, node in nodes(tree)}
        if not missing:
            return
    assert missing == set()


@pytest.mark.parametrize("tag", PLANTS)
def test_every_mistake_is_reported_at_its_place(tag: str) -> None:
    planted = 0
    for seed in range(600):
        random = Random(seed)
        made = plant(random.choice(MAKERS)(random, WORLD, 60), random, tag)
        if made is not None:
            program, fault = made
            found = {(d.path, d.code) for d in check(program)}
            assert (fault.path, fault.code) in found, (seed, fault, shown(program))
            planted += 1
            if planted == 8:
                return
    assert planted, f"no program had a {tag}"


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, make=st.sampled_from(MAKERS), times=st.integers(1, 5))
def test_any_program_at_all_is_checked_the_same_each_time(seed: int, make: Any, times: int) -> None:
    random = Random(seed)
    program = damaged(make(random, WORLD), random, times)
    if program is not None:
        found = check(program)
        assert found == sort(found)
        again = msgspec.json.decode(msgspec.json.encode(program), type=type(program))
        assert check(again) == found
