"""Proving the suite's programs: that all are there, are what their texts say, and verify one another."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.functions.programs import written
from fcbench_action.suite.basis import verifying
from fcbench_action.suite.build import Built
from fcbench_action.suite.material import PROGRAMS, Module, Topic
from fcbench_action.suite.place import Place
from fcbench_action.suite.programs import COMMAND, compiled, file_name
from fcbench_action.suite.source import BrokenSuite, Fault

LEAST_MUTANTS = 3
"""Mutants that a scenario is answerable for at least."""


def program_faults(topic: Topic, built: list[Built]) -> Iterator[Fault]:
    """What is wrong with a topic's programs, beside what each case says of its own."""
    yield from _other_texts(topic)
    yield from _unrealized(topic)
    yield from _unverified(topic)
    for module in topic.modules.values():
        yield from _without_case(module)
    for one in built:
        if one.case.topic == topic.name and one.case.function.name == "test.write":
            yield from _idle_scenario(one)


def _other_texts(topic: Topic) -> Iterator[Fault]:
    """Trees that are not what their texts say, though they name those very texts."""
    try:
        files = compiled(topic)
    except BrokenSuite as broken:
        yield from broken.faults
        return
    for name, module in topic.modules.items():
        if files[name] != module.programs:
            yield module.sources[PROGRAMS].fault((), f"a tree is not what its text says; run: {COMMAND}")


def _unrealized(topic: Topic) -> Iterator[Fault]:
    for module in topic.modules.values():
        for index, operation in enumerate(module.operations.operations):
            key = (operation.method, operation.path)
            if key not in topic.programs.operations:
                place = Place(module.sources["reference/operations.json"], ("operations", index))
                yield place.fault((), f"{written(key)} has no operations/{file_name(key)}.ts")


def _unverified(topic: Topic) -> Iterator[Fault]:
    for key, scenarios in verifying(topic).items():
        if not scenarios:
            place = topic.mutants_source.fault(("operations", written(key)), "")
            yield Fault(place.file, place.line, f"no scenario is about {written(key)}")


def _without_case(module: Module) -> Iterator[Fault]:
    for kind, function in (("scenarios", "test.write"), ("operations", "realize.operation")):
        targets = {case.target for case in module.cases[function]}
        for path, source in module.sources.items():
            folder, _, name = path.removesuffix(".ts").partition("/")
            if path.endswith(".ts") and folder == kind and name not in targets:
                yield Fault(source.name, 1, f"cases/{function}.json has no case {name}")


def _idle_scenario(one: Built) -> Iterator[Fault]:
    count = len(one.case.task.listed)
    if count < LEAST_MUTANTS:
        yield one.declared.fault(
            (), f"{one.case.id}: answerable for {count} mutants, {LEAST_MUTANTS} are the least"
        )
