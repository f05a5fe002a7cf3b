"""From a topic's files to the tasks of programs."""

from __future__ import annotations

from fcbench_action.functions.programs import written
from fcbench_action.functions.realize import RealizationTask
from fcbench_action.functions.test import ScenarioTask
from fcbench_action.language.database.names import tables
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.program.environment import OperationName
from fcbench_action.language.program.typescript import parse_operation, parse_test
from fcbench_action.suite.material import Module, RealizeCase, TestCase, Topic
from fcbench_action.suite.place import Missing, TextPlace, head, known
from fcbench_action.suite.programs import file_name

_TEXT = "file of TypeScript called"


def scenario_task(topic: Topic, module: Module, case: TestCase) -> tuple[ScenarioTask, TextPlace]:
    """The task of a case of ``test.write``. Raises Missing."""
    source = known(module.sources, f"scenarios/{case.target}.ts", ("target",), _TEXT)
    endpoints = _endpoints(topic)
    answerable = topic.mutants.scenarios.get(f"{module.name}/{case.target}", {})
    task = ScenarioTask(
        **head(topic, module, case),
        actors=topic.file.actors,
        name=case.title,
        scenario=case.scenario,
        about=tuple(known(endpoints, e, ("endpoints", i), "endpoint") for i, e in enumerate(case.endpoints)),
        given=tuple(known(endpoints, e, ("given", i), "endpoint") for i, e in enumerate(case.given)),
        programs=topic.programs,
        reference=module.programs.scenarios[case.target].program,
        mutants={endpoints[e]: names for e, names in answerable.items() if e in endpoints},
    )
    return task, TextPlace(source, parse_test)


def realization_task(topic: Topic, module: Module, case: RealizeCase) -> tuple[RealizationTask, TextPlace]:
    """The task of a case of ``realize.operation``. Raises Missing."""
    operation = known(_endpoints(topic), case.endpoint, ("endpoint",), "endpoint")
    if topic.variant is None and case.target != file_name(operation):
        raise Missing(("target",), f"the target of {case.endpoint} is {file_name(operation)}")
    source = known(module.sources, f"operations/{case.target}.ts", ("target",), _TEXT)
    verifying = _verifying(topic, case.endpoint)
    callers = topic.programs.callers.get(operation, ())
    task = RealizationTask(
        **head(topic, module, case),
        actors=topic.file.actors,
        operation=operation,
        tables=_tables(topic, case.database),
        programs=topic.programs,
        reference=module.programs.operations[case.target].program,
        tests=verifying,
        others=tuple(name for name in callers if name not in verifying),
    )
    return task, TextPlace(source, parse_operation)


def _verifying(topic: Topic, endpoint: str) -> tuple[str, ...]:
    """The scenarios that are about an operation, as ``module/target``."""
    return tuple(
        f"{module.name}/{case.target}"
        for module in topic.modules.values()
        for case in module.cases["test.write"]
        if endpoint in case.endpoints
    )


def _endpoints(topic: Topic) -> dict[str, OperationName]:
    return {written(name): name for name in topic.programs.environment.operations}


def _tables(topic: Topic, filenames: tuple[str, ...]) -> tuple[str, ...]:
    files = {file.filename: file for m in topic.modules.values() for file in m.database.files}
    chosen = [known(files, name, ("database", i), "file of tables") for i, name in enumerate(filenames)]
    return tuple(model.name for model in tables(Application(files=tuple(chosen))))
