"""The suite's TypeScript: in the one form that is written, with nothing for a checker or compiler to say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fcbench_action.language.program.check import check_operation, check_test
from fcbench_action.language.program.environment import Environment, environment
from fcbench_action.language.program.typescript import (
    declarations,
    emit_operation,
    emit_test,
    parse_operation,
    parse_test,
)
from fcbench_action.suite.files import package
from fcbench_action.suite.load import read
from fcbench_action.suite.material import Topic
from tests.typescript_oracle import typescript_errors

(TODO,) = read(["todo"], package())


def world(topic: Topic) -> Environment:
    return environment(topic.programs.application, topic.programs.document)


def texts(topic: Topic, kind: str) -> Iterator[tuple[str, str]]:
    for module in topic.modules.values():
        for name, source in module.sources.items():
            if name.startswith(f"{kind}/"):
                yield f"{module.name}/{name}", source.text


def test_operations_are_written_as_they_are_emitted_and_nothing_is_wrong_with_them() -> None:
    env = world(TODO)
    found = list(texts(TODO, "operations"))
    assert len(found) == len(TODO.programs.document.operations)
    for name, text in found:
        program = parse_operation(text).program
        assert program is not None, name
        assert emit_operation(program) == text, name
        assert check_operation(program, env) == [], name


def test_scenarios_are_written_as_they_are_emitted_and_nothing_is_wrong_with_them() -> None:
    env = world(TODO)
    found = list(texts(TODO, "scenarios"))
    assert len(found) >= 24
    for name, text in found:
        program = parse_test(text).program
        assert program is not None, name
        assert emit_test(program) == text, name
        assert check_test(program, env) == [], name


@pytest.mark.slow
def test_typescript_accepts_every_operation_and_every_scenario() -> None:
    programs = dict([*texts(TODO, "operations"), *texts(TODO, "scenarios")])
    refused = typescript_errors(declarations(world(TODO)), programs)
    assert {name: found for name, found in refused.items() if found} == {}
