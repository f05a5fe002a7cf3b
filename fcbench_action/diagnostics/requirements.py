"""The codes of requirements trees."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Severity, Stage

# Names

DUPLICATE_DECLARATION = Code(
    "duplicate-declaration", Stage.COMPILE, "two things of one kind are declared under the same name"
)
REPEATED_ENTRY = Code("repeated-entry", Stage.COMPILE, "a list of names or values holds one of them twice")
MISSING_DECLARATION = Code(
    "missing-declaration", Stage.COMPILE, "something that the task asks for is not declared"
)
UNEXPECTED_DECLARATION = Code(
    "unexpected-declaration", Stage.COMPILE, "something is declared that the task does not ask for"
)
UNKNOWN_ENTITY = Code("unknown-entity", Stage.COMPILE, "an entity is named that is not declared")
UNKNOWN_ACTOR_KIND = Code("unknown-actor-kind", Stage.COMPILE, "a kind of actor is not declared")
UNKNOWN_ATTRIBUTE = Code("unknown-attribute", Stage.COMPILE, "an attribute is read that the entity lacks")
UNKNOWN_RELATION = Code("unknown-relation", Stage.COMPILE, "a relation is followed that the entity lacks")
UNKNOWN_STATE = Code("unknown-state", Stage.COMPILE, "a state is named that the entity lacks")
UNKNOWN_EVENT = Code("unknown-event", Stage.COMPILE, "a transition is of an unknown event")
UNKNOWN_ACTION = Code("unknown-action", Stage.COMPILE, "a rule is about an unknown action")
UNKNOWN_PREDICATE = Code("unknown-predicate", Stage.COMPILE, "a predicate is asked for that is not declared")
UNKNOWN_VARIABLE = Code("unknown-variable", Stage.COMPILE, "a variable is used that no quantifier declares")
UNKNOWN_INPUT = Code("unknown-input", Stage.COMPILE, "an input is used that the action does not have")

# Entities

EMPTY_RANGE = Code("empty-range", Stage.COMPILE, "the least of a range is greater than its greatest")
RELATION_MISMATCH = Code(
    "relation-mismatch", Stage.COMPILE, "a relation to many goes through one that does not lead back"
)
MISSING_INITIAL_STATE = Code(
    "missing-initial-state", Stage.COMPILE, "an entity has states and does not say with which it begins"
)
UNREACHABLE_STATE = Code("unreachable-state", Stage.COMPILE, "no sequence of transitions leads to the state")
NONDETERMINISTIC_TRANSITION = Code(
    "nondeterministic-transition",
    Stage.COMPILE,
    "two transitions apply to the same event, state and actor whatever else holds",
)

# Conditions

WRONG_CARDINALITY = Code(
    "wrong-cardinality", Stage.COMPILE, "a relation to many stands where one to one is needed, or the reverse"
)
WRONG_OPERAND = Code(
    "wrong-operand", Stage.COMPILE, "a value has another type than the condition around it needs"
)
INCOMPARABLE_VALUES = Code(
    "incomparable-values", Stage.COMPILE, "two values are compared that have no common type"
)
UNKNOWN_CHOICE = Code("unknown-choice", Stage.COMPILE, "a choice is compared with a text that it never is")
INCOMPARABLE_THINGS = Code(
    "incomparable-things", Stage.COMPILE, "two things are compared that belong to different entities"
)
WRONG_THING = Code("wrong-thing", Stage.COMPILE, "a predicate is asked about a thing of another entity")
MISSING_SUBJECT = Code(
    "missing-subject", Stage.COMPILE, "the rule of an action that has no subject uses the subject"
)
MIXED_ACCOUNTS = Code(
    "mixed-accounts",
    Stage.COMPILE,
    "kinds of actors have no account, or accounts of different entities",
)
PREDICATE_CYCLE = Code(
    "predicate-cycle", Stage.COMPILE, "predicates are defined by each other, so that none says anything"
)
UNUSED_PREDICATE = Code("unused-predicate", Stage.COMPILE, "no rule asks for the predicate", Severity.WARNING)

# Traces

UNTRACED_STATEMENT = Code(
    "untraced-statement", Stage.COMPILE, "no declaration names the statement, though the task tells it"
)
