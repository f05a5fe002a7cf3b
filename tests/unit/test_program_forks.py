"""Runs that share what they have in common go as runs on their own do."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from fcbench_action.functions.programs import SEED, name_of, requests
from fcbench_action.language.program.backend import Variant, run_test, run_variants
from fcbench_action.language.program.mutate import mutants
from fcbench_action.suite.files import package
from fcbench_action.suite.load import read
from fcbench_action.suite.mutants import statement_of
from tests.program_world import REFERENCE, Json, backend, call, invoke, lit, obj, program, props

(TODO,) = read(["todo"], package())
PROGRAMS = TODO.programs
TESTS = 12
MUTANTS = 12


def test_mutants_of_the_suite_fare_as_they_do_on_their_own() -> None:
    random = Random(7)
    outcomes = []
    for name in random.sample(sorted(PROGRAMS.tests), TESTS):
        test = PROGRAMS.tests[name]
        called = sorted({name_of(one.operation) for one in requests(test)})
        made = [
            (key, mutant)
            for key in random.sample(called, min(3, len(called)))
            for mutant in mutants(PROGRAMS.operations[key], PROGRAMS.environment)
        ]
        variants = [
            Variant(PROGRAMS.backend.replaced({key: mutant.program}), key, statement_of(mutant.path))
            for key, mutant in random.sample(made, min(MUTANTS, len(made)))
        ]
        together = run_variants(test, PROGRAMS.backend, variants, SEED)
        alone = [run_test(test, variant.backend, SEED) for variant in variants]
        for found, wanted in zip(together, alone, strict=True):
            assert replace(found, covered={}, spent=0) == replace(wanted, covered={}, spent=0)
            outcomes.append(found.passed)
    assert {True, False} == set(outcomes)


INSERT: Json = {"type": "insert", "table": "admins", "values": props(name=lit("root"))}
REFUSE: Json = {"type": "reject", "status": 418, "message": lit("no")}
COUNTED: Json = {"type": "count", "table": "admins", "where": {"type": "all", "of": []}}
EVERY: Json = {"type": "return", "value": obj(numbers={"type": "arrayLiteral", "elements": [COUNTED]})}
PAGE = "get /pages/{number}/{exact}"
LAST = ("statements", 1)


def differing(first: list[Json], other: list[Json], statement: tuple[str, int] = LAST) -> None:
    """Where two realizations of an operation give the same answer, what comes after tells them apart."""
    everything = {**REFERENCE, PAGE: [EVERY]}
    known, changed = (backend({**everything, "post /any": one}) for one in (first, other))
    asks = {
        "type": "assertRejected",
        "title": "no",
        "status": 418,
        "request": call("x", "post /any", obj())["request"],
    }
    joining = call("alice", "post /members", obj(email=lit("a@example.org"), password=lit("secret")))
    test = program(
        asks, joining, call("alice", PAGE, number=lit(1), exact=lit(True)), sessions=("alice", "x")
    )
    (found,) = run_variants(test, known, [Variant(changed, ("post", "/any"), statement)])
    assert found.trace == run_test(test, changed).trace != run_test(test, known).trace


def test_what_is_kept_and_what_is_undone_part_though_the_answer_is_the_same() -> None:
    differing([INSERT, {**REFUSE, "keep": True}], [INSERT, REFUSE])


def test_what_is_written_with_other_values_parts_though_the_answer_is_the_same() -> None:
    differing([INSERT, {**REFUSE, "keep": True}], [INSERT, INSERT, {**REFUSE, "keep": True}])


def test_what_draws_more_at_random_parts_though_the_answer_is_the_same() -> None:
    drawn: Json = {"type": "declare", "name": "one", "value": invoke("uuid")}
    differing([{**drawn, "value": lit("one")}, REFUSE], [drawn, REFUSE], ("statements", 0))


def test_a_token_that_is_issued_and_not_told_parts() -> None:
    issued: Json = {"type": "declare", "name": "one", "value": invoke("issueToken", lit("x"))}
    differing([{**issued, "value": lit("one")}, REFUSE], [issued, REFUSE], ("statements", 0))


def test_a_statement_that_never_runs_leaves_the_run_as_it_is() -> None:
    known = backend({**REFERENCE, "post /any": [{**REFUSE, "status": 400}, REFUSE]})
    changed = backend({**REFERENCE, "post /any": [{**REFUSE, "status": 400}]})
    test = program(call("alice", "post /any", obj()))
    (found,) = run_variants(test, known, [Variant(changed, ("post", "/any"), LAST)])
    assert found == run_test(test, known)
    assert not found.passed
