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

TOPICS = pytest.mark.parametrize("topic", read(None, package()), ids=lambda topic: topic.name)


def world(topic: Topic) -> Environment:
    return environment(topic.programs.application, topic.programs.document)


def texts(topic: Topic, kind: str) -> Iterator[tuple[str, str]]:
    for module in topic.modules.values():
        for name, source in module.sources.items():
            if name.startswith(f"{kind}/"):
                yield f"{module.name}/{name}", source.text


@TOPICS
def test_operations_are_written_as_they_are_emitted_and_nothing_is_wrong_with_them(topic: Topic) -> None:
    env = world(topic)
    found = list(texts(topic, "operations"))
    assert len(found) == len(topic.programs.document.operations)
    for name, text in found:
        program = parse_operation(text).program
        assert program is not None, name
        assert emit_operation(program) == text, name
        assert check_operation(program, env) == [], name


@TOPICS
def test_scenarios_are_written_as_they_are_emitted_and_nothing_is_wrong_with_them(topic: Topic) -> None:
    env = world(topic)
    found = list(texts(topic, "scenarios"))
    assert len(found) >= 3 * len(topic.modules)
    for name, text in found:
        program = parse_test(text).program
        assert program is not None, name
        assert emit_test(program) == text, name
        assert check_test(program, env) == [], name


@pytest.mark.slow
@TOPICS
def test_typescript_accepts_every_operation_and_every_scenario(topic: Topic) -> None:
    programs = dict([*texts(topic, "operations"), *texts(topic, "scenarios")])
    refused = typescript_errors(declarations(world(topic)), programs)
    assert {name: found for name, found in refused.items() if found} == {}
