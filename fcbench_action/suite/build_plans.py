"""From a topic's files to the tasks of planning: what the references of other functions have come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fcbench_action.functions.database_components import (
    Component,
    ComponentPlan,
    ComponentsTask,
    Need,
    PlannedTable,
)
from fcbench_action.functions.interface_endpoints import EndpointPlan, EndpointsTask, plan_of
from fcbench_action.functions.programs import calls, name_of
from fcbench_action.functions.scenarios import (
    TELLING,
    Client,
    Scenario,
    ScenarioPlan,
    ScenariosTask,
    Step,
)
from fcbench_action.language.database.nodes import Model
from fcbench_action.language.interface.nodes import Endpoint, Operation
from fcbench_action.language.program.environment import OperationName
from fcbench_action.language.program.statements import TestProgram
from fcbench_action.suite.material import Module, PlanCase, Topic
from fcbench_action.suite.place import Missing, Place, endpoint, head

_SPARE_SCENARIOS = 2
"""How many times as many scenarios as the reference a plan may have."""


def components_task(topic: Topic, module: Module, case: PlanCase) -> tuple[ComponentsTask, Place]:
    """The task of a case of ``database.components``. Raises Missing."""
    terms = module.glossary.tables
    served = {one.file: one.requirements for one in module.cases["database.tables"]}
    reference = ComponentPlan(
        components=tuple(
            Component(
                filename=file.filename,
                tables=tuple(PlannedTable(name=m.name, needs=_needs(m)) for m in file.models),
                statements=_told(case, served.get(file.filename, ())),
            )
            for file in module.database.files
        )
    )
    task = ComponentsTask(
        **head(topic, module, case),
        files={file.filename: file.namespace for file in module.database.files},
        tables={name: terms[name].meaning for name in sorted(terms)},
        given={
            name: one.meaning
            for other in _before(topic, module)
            for name, one in sorted(other.glossary.tables.items())
        },
        reference=reference,
    )
    return task, Place(module.sources["reference/database.json"])


def _needs(model: Model) -> tuple[Need, ...]:
    required: dict[str, bool] = {}
    for key in model.foreign_fields:
        target = key.relation.target_model
        required[target] = required.get(target, False) or not key.nullable
    return tuple(Need(table=table, required=must) for table, must in required.items())


def endpoints_task(topic: Topic, module: Module, case: PlanCase) -> tuple[EndpointsTask, Place]:
    """The task of a case of ``interface.endpoints``. Raises Missing."""
    operations = module.operations.operations
    decisive = _decisive(module)
    names = [_slug(operation.summary) for operation in operations]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Missing((), f"two operations of the module have the same summary: {twice}")
    parts = sorted({part for o in operations for part in o.path.strip("/").split("/")})
    task = EndpointsTask(
        **head(topic, module, case),
        actors=topic.file.actors,
        purposes={name: o.description for name, o in sorted(zip(names, operations, strict=True))},
        words=tuple(part for part in parts if not part.startswith("{")),
        placeholders=tuple(part[1:-1] for part in parts if part.startswith("{")),
        given=tuple(o for other in _before(topic, module) for o in other.operations.operations),
        reference=EndpointPlan(
            endpoints=tuple(
                plan_of(name, operation, _told(case, decisive.get(endpoint(operation), ())))
                for name, operation in zip(names, operations, strict=True)
            )
        ),
    )
    return task, Place(module.sources["reference/operations.json"])


def _slug(summary: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", summary.lower()))


def scenarios_task(topic: Topic, module: Module, case: PlanCase) -> tuple[ScenariosTask, Place]:
    """The task of a case of ``test.scenarios``. Raises Missing."""
    texts = module.programs.scenarios  # a case of test.write that lacks its text says so itself
    written = [one.target for one in module.cases["test.write"] if one.target in texts]
    programs = {name: texts[name].program for name in written}
    succeeding = {name_of(r.operation) for p in programs.values() for r, status in calls(p) if status is None}
    tested = [o for o in module.operations.operations if (o.method, o.path) in succeeding]
    decisive = _decisive(module)
    relevant: dict[OperationName, frozenset[str]] = {
        (o.method, o.path): frozenset(_told(case, decisive.get(endpoint(o), ()))) for o in tested
    }
    reference = ScenarioPlan(
        scenarios=tuple(_scenario(name, program, relevant) for name, program in programs.items())
    )
    everywhere: dict[OperationName, Operation] = {(o.method, o.path): o for o in _every_operation(topic)}
    used = {_called(step) for scenario in reference.scenarios for step in scenario.steps}
    given = [everywhere[key] for key in sorted(used - relevant.keys())]
    task = ScenariosTask(
        **head(topic, module, case),
        conventions=topic.conventions,
        actors=topic.file.actors,
        operations=tuple(tested),
        given=tuple(given),
        relevant=relevant,
        refusals=_refusals(reference, relevant.keys()),
        needs=_needed(reference, [*tested, *given]),
        most=_SPARE_SCENARIOS * len(programs),
        reference=reference,
    )
    return task, Place(module.sources["cases/test.write.json"])


def _refusals(plan: ScenarioPlan, keys: Iterable[OperationName]) -> dict[OperationName, set[int]]:
    found: dict[OperationName, set[int]] = {key: set() for key in keys}
    for scenario in plan.scenarios:
        for step in scenario.steps:
            if step.refused in TELLING and step.refused is not None and _called(step) in found:
                found[_called(step)].add(step.refused)
    return found


def _needed(plan: ScenarioPlan, operations: Iterable[Operation]) -> dict[OperationName, set[OperationName]]:
    """The prerequisites of operations, without those that a step of the reference does without."""
    needs: dict[OperationName, set[OperationName]] = {
        (o.method, o.path): {(p.endpoint.method, p.endpoint.path) for p in o.prerequisites}
        for o in operations
    }
    for scenario in plan.scenarios:
        done: set[OperationName] = set()
        for step in scenario.steps:
            if step.refused is None:
                needs[_called(step)] &= done
                done.add(_called(step))
    return needs


def _called(step: Step) -> OperationName:
    return step.endpoint.method, step.endpoint.path


def _scenario(name: str, program: TestProgram, relevant: dict[OperationName, frozenset[str]]) -> Scenario:
    """What a reference test comes to: each kind of step once, which verifies at its first success."""
    steps: dict[Step, None] = {}
    verified: set[OperationName] = set()
    for request, status in calls(program):
        key = name_of(request.operation)
        first = status is None and key not in verified
        step = Step(
            client=request.session,
            endpoint=Endpoint(method=request.operation.method, path=request.operation.path),
            refused=status,
            verifies=tuple(sorted(relevant.get(key, ()))) if first else (),
        )
        if first:
            verified.add(key)
        steps.setdefault(step)
    busy = {step.client for step in steps}
    return Scenario(
        name=name,
        clients=tuple(Client(name=s.name, actor=s.actor) for s in program.sessions if s.name in busy),
        steps=tuple(steps),
    )


def _decisive(module: Module) -> dict[str, tuple[str, ...]]:
    """The statements that say what an operation does, by endpoint."""
    return {one.endpoint: one.requirements for one in module.cases["realize.operation"]}


def _told(case: PlanCase, numbers: Iterable[str]) -> tuple[str, ...]:
    """Those of the statements that the case tells."""
    return tuple(number for number in numbers if number in case.requirements)


def _before(topic: Topic, module: Module) -> Iterator[Module]:
    """The modules on which this one builds."""
    for other in topic.modules.values():
        if other.name == module.name:
            return
        yield other


def _every_operation(topic: Topic) -> Iterator[Operation]:
    for module in topic.modules.values():
        yield from module.operations.operations
