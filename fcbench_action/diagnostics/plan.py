"""The codes of plans: which tables, endpoints and scenarios a module will have."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Stage

UNKNOWN_STATEMENT = Code(
    "unknown-statement", Stage.COMPILE, "a number is none of the requirements that the task tells"
)
REPEATED_STATEMENT = Code("repeated-statement", Stage.COMPILE, "one list names a requirement twice")

MISSING_COMPONENT = Code("missing-component", Stage.COMPILE, "a file that the task asks for is not planned")
UNKNOWN_COMPONENT = Code("unknown-component", Stage.COMPILE, "a file is planned that the task does not name")
REPEATED_COMPONENT = Code("repeated-component", Stage.COMPILE, "a file is planned twice")
MISPLACED_TABLE = Code("misplaced-table", Stage.COMPILE, "a table is planned in two places")
UNPLANNED_TABLE = Code("unplanned-table", Stage.COMPILE, "a table that the task asks for is in no file")
UNKNOWN_PLANNED_TABLE = Code(
    "unknown-planned-table", Stage.COMPILE, "a plan names a table that neither the task asks for nor exists"
)
REPEATED_NEED = Code("repeated-need", Stage.COMPILE, "a table names the same other table twice")
NEED_CIRCLE = Code(
    "need-circle", Stage.COMPILE, "tables require each other in a circle, so none gets a first row"
)

MISSING_PURPOSE = Code("missing-purpose", Stage.COMPILE, "a purpose of the task has no endpoint")
UNKNOWN_PURPOSE = Code(
    "unknown-purpose", Stage.COMPILE, "an endpoint serves a purpose that the task does not name"
)
REPEATED_PURPOSE = Code("repeated-purpose", Stage.COMPILE, "a purpose has two endpoints")
TAKEN_ENDPOINT = Code("taken-endpoint", Stage.COMPILE, "two endpoints cannot be told apart by a request")
UNKNOWN_WORD = Code("unknown-word", Stage.COMPILE, "a path is made of a word that the task does not give")
PATH_START = Code("path-start", Stage.COMPILE, "a path does not begin with a word")
REPEATED_PLACEHOLDER = Code("repeated-placeholder", Stage.COMPILE, "a path has a placeholder twice")
UNKNOWN_PLANNED_ACTOR = Code(
    "unknown-planned-actor", Stage.COMPILE, "a plan names an actor that the application does not have"
)

REPEATED_SCENARIO = Code("repeated-scenario", Stage.COMPILE, "two scenarios have the same name")
TOO_MANY_SCENARIOS = Code(
    "too-many-scenarios", Stage.COMPILE, "a plan has more scenarios than the task allows"
)
REPEATED_CLIENT = Code("repeated-client", Stage.COMPILE, "two clients of a scenario have the same name")
UNKNOWN_CLIENT = Code("unknown-client", Stage.COMPILE, "a step is taken by a client that the scenario lacks")
IDLE_CLIENT = Code("idle-client", Stage.COMPILE, "a client of a scenario takes no step")
UNKNOWN_STEP = Code("unknown-step", Stage.COMPILE, "a step calls an operation that the API does not have")
IMPOSSIBLE_STEP = Code(
    "impossible-step", Stage.COMPILE, "a step succeeds although the operation is for another actor"
)
IMPOSSIBLE_REFUSAL = Code(
    "impossible-refusal", Stage.COMPILE, "a step is refused for who asks although the operation is for them"
)
