"""A library, planned: three small tasks of planning, for the examples of diagnostics and for tests."""

from __future__ import annotations

from typing import Any

from fcbench_action.functions.base import Function
from fcbench_action.functions.database_components import (
    COMPONENTS,
    Component,
    ComponentPlan,
    ComponentsTask,
    Need,
    PlannedTable,
)
from fcbench_action.functions.interface_endpoints import ENDPOINTS, EndpointPlan, EndpointsTask, plan_of
from fcbench_action.functions.scenarios import (
    SCENARIOS,
    Client,
    Scenario,
    ScenarioPlan,
    ScenariosTask,
    Step,
)
from fcbench_action.language.interface.nodes import Actor, Endpoint, Method, Operation, Prerequisite

HEAD: dict[str, Any] = {
    "title": "Library",
    "summary": "A place to borrow books.",
    "module": "loans",
    "brief": "Who has which book.",
    "requirements": (
        ("L-1", "A loan is of one copy of a book."),
        ("L-2", "A copy may have followed another one, which is then kept."),
    ),
}
READER = Actor(name="reader", kind="member", description="Somebody who borrows.", table="readers")
CLERK = Actor(name="clerk", kind="admin", description="Somebody at the desk.", table="clerks")


def _operation(method: Method, path: str, summary: str, role: str | None, *before: Operation) -> Operation:
    return Operation(
        method=method,
        path=path,
        name="at",
        summary=summary,
        description=f"{summary}.",
        parameters=(),
        request_body=None,
        response_body=None,
        authorization_role=role,
        authorization_type=None,
        prerequisites=tuple(
            Prerequisite(endpoint=Endpoint(method=o.method, path=o.path), description="First.")
            for o in before
        ),
    )


JOIN = _operation("post", "/readers", "Join", None)
LEND = _operation("post", "/books/{bookId}/loans", "Lend a book", "clerk", JOIN)
LOOK = _operation("get", "/loans/{loanId}", "Look at a loan", "reader", LEND)

COMPONENTS_TASK = ComponentsTask(
    **HEAD,
    files={"copies.prisma": "Copies", "loans.prisma": "Loans"},
    tables={"copies": "A thing on a shelf.", "loans": "That somebody has a copy."},
    given={"readers": "Somebody who borrows."},
    reference=ComponentPlan(
        components=(
            Component(
                filename="copies.prisma",
                tables=(PlannedTable(name="copies", needs=(Need(table="copies", required=False),)),),
                statements=("L-2",),
            ),
            Component(
                filename="loans.prisma",
                tables=(
                    PlannedTable(
                        name="loans",
                        needs=(Need(table="copies", required=True), Need(table="readers", required=True)),
                    ),
                ),
                statements=("L-1",),
            ),
        )
    ),
)
ENDPOINTS_TASK = EndpointsTask(
    **HEAD,
    actors=(READER, CLERK),
    purposes={"lend": "Lends a book.", "look": "Shows a loan."},
    words=("books", "loans"),
    placeholders=("bookId", "loanId"),
    given=(JOIN,),
    reference=EndpointPlan(endpoints=(plan_of("lend", LEND, ("L-1",)), plan_of("look", LOOK, ()))),
)


def _step(
    client: str, operation: Operation, refused: int | None = None, verifies: tuple[str, ...] = ()
) -> Step:
    endpoint = Endpoint(method=operation.method, path=operation.path)
    return Step(client=client, endpoint=endpoint, refused=refused, verifies=verifies)


LEND_KEY, LOOK_KEY, JOIN_KEY = ((o.method, o.path) for o in (LEND, LOOK, JOIN))
SCENARIOS_TASK = ScenariosTask(
    **HEAD,
    conventions="",
    actors=(READER, CLERK),
    operations=(LEND, LOOK),
    given=(JOIN,),
    relevant={LEND_KEY: {"L-1"}, LOOK_KEY: {"L-2"}},
    refusals={LEND_KEY: {403, 404}, LOOK_KEY: set()},
    needs={JOIN_KEY: set(), LEND_KEY: {JOIN_KEY}, LOOK_KEY: {LEND_KEY}},
    most=2,
    reference=ScenarioPlan(
        scenarios=(
            Scenario(
                name="lending",
                clients=(Client(name="ann", actor="reader"), Client(name="bob", actor="clerk")),
                steps=(
                    _step("ann", JOIN),
                    _step("ann", LEND, 403),
                    _step("bob", LEND, 404),
                    _step("bob", LEND, None, ("L-1",)),
                    _step("ann", LOOK, None, ("L-2",)),
                ),
            ),
        )
    ),
)

TASKS: dict[str, tuple[Function, Any]] = {
    "components": (COMPONENTS, COMPONENTS_TASK),
    "endpoints": (ENDPOINTS, ENDPOINTS_TASK),
    "scenarios": (SCENARIOS, SCENARIOS_TASK),
}
