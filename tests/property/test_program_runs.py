"""What the checker accepts runs without a type error, whatever the data, and the same each time."""

from __future__ import annotations

from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from fcbench_action.diagnostics import errors
from fcbench_action.language.program.backend import Backend, Template, run_test
from fcbench_action.language.program.backend.payloads import parameter_text
from fcbench_action.language.program.backend.routes import address
from fcbench_action.language.program.check import check_operation, check_test
from fcbench_action.language.program.interpreter.state import Response
from fcbench_action.language.program.statements import OperationProgram
from tests.program_data import fill, payload
from tests.program_generator import operation_program
from tests.program_generator import test_program as random_test
from tests.program_world import REFERENCE, application, backend, world

WORLD = world()
FAULTS = {
    "division-by-zero",
    "number-overflow",
    "negative-count",
    "reversed-bounds",
    "too-few-elements",
    "not-a-time",
    "constraint-violated",
    "response-mismatch",
    "limit-reached",
}
"""All that an operation which compiles can end with, beside an answer."""


@cache
def template() -> Template:
    return Template(application())


def answer(program: OperationProgram, seed: int) -> Response | None:
    """What the operation answers to a random request, on random rows; None where nobody could ask."""
    random = Random(seed)
    key = (program.operation.method, program.operation.path)
    operation = WORLD.operations[key]
    with Backend(WORLD, {key: program}, template()).open(seed) as front:
        rows = fill(front.database.connection, WORLD, random)
        token = None
        if operation.actor_table is not None:
            if not rows[operation.actor_table]:
                return None
            token = front.issue(random.choice(rows[operation.actor_table])["id"])
        texts = {
            one.name: parameter_text(payload(WORLD.types, one.schema, random))
            for one in operation.node.parameters
        }
        body = payload(WORLD.types, WORLD.types[operation.body], random) if operation.body else None
        return front.request(operation.method, address(operation.path, texts), token, body)


@given(st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_an_operation_that_compiles_meets_no_type_error(seed: int) -> None:
    program = operation_program(Random(seed), WORLD)
    assert not errors(check_operation(program, WORLD))
    for data in range(4):
        found = answer(program, seed + data)
        assert found is None or {one.code for one in found.diagnostics} <= FAULTS
        assert found == answer(program, seed + data)


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_a_test_that_compiles_meets_no_type_error_and_runs_the_same_each_time(seed: int) -> None:
    random = Random(seed)
    realized = dict(backend(REFERENCE).operations)
    for _ in range(8):
        program = operation_program(random, WORLD, 60)
        realized.setdefault((program.operation.method, program.operation.path), program)
    test = random_test(random, WORLD)
    assert not errors(check_test(test, WORLD))
    front = Backend(WORLD, realized, template())
    run = run_test(test, front, seed)
    assert {one.code for one in run.diagnostics} <= FAULTS | {"assertion-failed", "call-failed"}
    assert {one.diagnostic.code for one in run.faults} <= FAULTS
    assert run == run_test(test, front, seed)
