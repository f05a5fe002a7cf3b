"""The codes of programs: tests and operations."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Severity, Stage

# Names

UNKNOWN_NAME = Code("unknown-name", Stage.COMPILE, "a name is used that is not declared here")
DUPLICATE_NAME = Code("duplicate-name", Stage.COMPILE, "a name is declared where it already means something")
RESERVED_NAME = Code("reserved-name", Stage.COMPILE, "a declared name is a word of TypeScript or predeclared")
INVALID_NAME = Code("invalid-name", Stage.COMPILE, "a name is no camelCase identifier")
UNUSED_NAME = Code("unused-name", Stage.COMPILE, "a declared name is never used", Severity.WARNING)

# Values and their types

TYPE_MISMATCH = Code("type-mismatch", Stage.COMPILE, "a value has another type than its place takes")
POSSIBLY_NULL = Code("possibly-null", Stage.COMPILE, "a value may be null where null is not taken")
UNKNOWN_PROPERTY = Code("unknown-property", Stage.COMPILE, "a property is read that the value does not have")
INCOMPLETE_OBJECT = Code("incomplete-object", Stage.COMPILE, "an object lacks a property that its type needs")
EXCESS_PROPERTY = Code(
    "excess-property", Stage.COMPILE, "an object has a property that its type does not know"
)
DUPLICATE_PROPERTY = Code("duplicate-property", Stage.COMPILE, "a property is written twice")
IMPOSSIBLE_VALUE = Code(
    "impossible-value", Stage.COMPILE, "a value is used where the conditions around it leave none"
)
NEVER_ABSENT = Code(
    "never-absent", Stage.COMPILE, "a property is asked whether it was given that always is there"
)
TYPE_TOO_LARGE = Code("type-too-large", Stage.COMPILE, "the type of a value has too many parts")

# Operators

OPERAND_TYPE = Code("operand-type", Stage.COMPILE, "an operator or function is given what it does not take")
ARGUMENT_COUNT = Code(
    "argument-count", Stage.COMPILE, "a builtin is called with too few or too many arguments"
)
CONDITION_TYPE = Code(
    "condition-type", Stage.COMPILE, "a condition is neither a boolean nor a nullable object"
)
CONSTANT_CONDITION = Code("constant-condition", Stage.COMPILE, "a condition always comes out the same")
IMPOSSIBLE_COMPARISON = Code(
    "impossible-comparison", Stage.COMPILE, "two values are compared that can never be equal"
)
COMPARED_OBJECTS = Code(
    "compared-objects", Stage.COMPILE, "objects or arrays are compared where only simple values can be"
)
NEEDLESS_DEFAULT = Code(
    "needless-default", Stage.COMPILE, "a default stands beside a value that is never, or always, null"
)

# Statements

UNREACHABLE_STATEMENT = Code("unreachable-statement", Stage.COMPILE, "a statement can never run")
PROGRAM_TOO_DEEP = Code("program-too-deep", Stage.COMPILE, "a program is nested too deeply")
TOO_MANY_BRANCHES = Code("too-many-branches", Stage.COMPILE, "a program has too many conditions")

# Tests

UNUSED_SESSION = Code("unused-session", Stage.COMPILE, "a session of a test makes no request")
UNKNOWN_SESSION = Code("unknown-session", Stage.COMPILE, "a session is used that the test does not declare")
UNKNOWN_SESSION_ACTOR = Code(
    "unknown-session-actor", Stage.COMPILE, "a session plays an actor that the interface does not have"
)
WRONG_ACTOR = Code("wrong-actor", Stage.COMPILE, "a session calls what is for another actor")
UNKNOWN_OPERATION = Code("unknown-operation", Stage.COMPILE, "an operation is named that does not exist")
MISSING_PATH_PARAMETER = Code(
    "missing-path-parameter", Stage.COMPILE, "a placeholder of the path is given no value"
)
UNKNOWN_PATH_PARAMETER = Code(
    "unknown-path-parameter", Stage.COMPILE, "a value is given for what is no placeholder of the path"
)
MISSING_REQUEST_BODY = Code("missing-request-body", Stage.COMPILE, "a request lacks the body that it needs")
NEEDLESS_REQUEST_BODY = Code(
    "needless-request-body", Stage.COMPILE, "a request has a body where the operation takes none"
)
NOTHING_TO_BIND = Code("nothing-to-bind", Stage.COMPILE, "a response is named where there is none")
TEST_WITHOUT_REQUEST = Code("test-without-request", Stage.COMPILE, "a test makes no request")
TEST_WITHOUT_ASSERTION = Code("test-without-assertion", Stage.COMPILE, "a test asserts nothing")

# Operations

MISSING_RETURN = Code("missing-return", Stage.COMPILE, "a way through an operation ends without an answer")
MISSING_RESPONSE = Code("missing-response", Stage.COMPILE, "a return lacks the response that is documented")
NEEDLESS_RESPONSE = Code(
    "needless-response", Stage.COMPILE, "a return has a value where the operation answers with none"
)
NO_SUCH_TABLE = Code("no-such-table", Stage.COMPILE, "a program names a table that the database lacks")
NO_SUCH_COLUMN = Code("no-such-column", Stage.COMPILE, "a program names a column that the table lacks")
NO_SUCH_RELATION = Code("no-such-relation", Stage.COMPILE, "a program names a relation that the table lacks")
COLUMN_OPERATOR = Code(
    "column-operator", Stage.COMPILE, "a column is asked for what columns of its type cannot do"
)
NEVER_NULL = Code("never-null", Stage.COMPILE, "a column is asked for null that never is")
INCOMPLETE_ROW = Code("incomplete-row", Stage.COMPILE, "a new row lacks the value of a required column")

# What the task asks for

WRONG_SCENARIO = Code("wrong-scenario", Stage.COMPILE, "the test names another scenario than the task")
UNTESTED_OPERATION = Code(
    "untested-operation", Stage.COMPILE, "the test never calls an operation that its scenario is about"
)
WRONG_OPERATION = Code(
    "wrong-operation", Stage.COMPILE, "the program is for another operation than the one asked for"
)
