"""The codes of interface trees."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Severity, Stage

# Names

DUPLICATE_ENDPOINT = Code(
    "duplicate-endpoint", Stage.COMPILE, "two operations answer the same method and path"
)
INCONSISTENT_PATH = Code(
    "inconsistent-path", Stage.COMPILE, "two operations name the placeholders of one path differently"
)
DUPLICATE_OPERATION_NAME = Code(
    "duplicate-operation-name",
    Stage.COMPILE,
    "two operations whose paths differ only in placeholders have one name",
)
INVALID_OPERATION_NAME = Code(
    "invalid-operation-name", Stage.COMPILE, "an operation's name is no camelCase word"
)
INVALID_PATH = Code("invalid-path", Stage.COMPILE, "a path is no valid path template")
INVALID_TYPE_NAME = Code("invalid-type-name", Stage.COMPILE, "a type has a name that no type can have")
INVALID_PROPERTY_NAME = Code(
    "invalid-property-name", Stage.COMPILE, "a property has a name that is no identifier"
)
DUPLICATE_ACTOR = Code("duplicate-actor", Stage.COMPILE, "two actors have one name")

# References

INVALID_REFERENCE = Code("invalid-reference", Stage.COMPILE, "a $ref does not point at the components")
UNKNOWN_TYPE = Code("unknown-type", Stage.COMPILE, "a type is used that is not defined")
UNKNOWN_ACTOR = Code("unknown-actor", Stage.COMPILE, "a role is used that no actor has")
UNKNOWN_PREREQUISITE = Code(
    "unknown-prerequisite", Stage.COMPILE, "a prerequisite names an operation that does not exist"
)
PREREQUISITE_CYCLE = Code(
    "prerequisite-cycle", Stage.COMPILE, "operations are prerequisites of each other, so none can be first"
)

# Schemas

SCHEMA_TOO_DEEP = Code("schema-too-deep", Stage.COMPILE, "a schema is nested too deeply")
UNDECLARED_REQUIRED_PROPERTY = Code(
    "undeclared-required-property", Stage.COMPILE, "a required property is not among the properties"
)
REPEATED_REQUIRED_PROPERTY = Code(
    "repeated-required-property", Stage.COMPILE, "a property is listed as required twice"
)
CONTRADICTORY_LIMITS = Code(
    "contradictory-limits", Stage.COMPILE, "limits exclude each other, so no value is accepted"
)
INVALID_MULTIPLE = Code("invalid-multiple", Stage.COMPILE, "a multipleOf is not greater than zero")
INVALID_PATTERN = Code(
    "invalid-pattern", Stage.COMPILE, "a pattern is no regular expression that RE2 accepts"
)
TOO_FEW_ALTERNATIVES = Code("too-few-alternatives", Stage.COMPILE, "a oneOf has fewer than two alternatives")
AMBIGUOUS_ALTERNATIVES = Code(
    "ambiguous-alternatives", Stage.COMPILE, "two alternatives of a oneOf cannot be told apart by the value"
)
REFERENCE_LOOP = Code("reference-loop", Stage.COMPILE, "types refer to each other with nothing in between")
INFINITE_TYPE = Code(
    "infinite-type", Stage.COMPILE, "a type requires itself, so that no value of it ever ends"
)

# Operations

MISSING_PARAMETER = Code("missing-parameter", Stage.COMPILE, "a placeholder of the path has no parameter")
UNEXPECTED_PARAMETER = Code(
    "unexpected-parameter", Stage.COMPILE, "a parameter is no placeholder of the path"
)
DUPLICATE_PARAMETER = Code(
    "duplicate-parameter", Stage.COMPILE, "an operation has two parameters of one name"
)
NON_SCALAR_PARAMETER = Code(
    "non-scalar-parameter", Stage.COMPILE, "a path parameter is no boolean, number or string"
)
NON_OBJECT_BODY = Code("non-object-body", Stage.COMPILE, "the type of a body is no object")
UNEXPECTED_BODY = Code("unexpected-body", Stage.COMPILE, "a GET operation has a request body")
CONTRADICTORY_AUTHORIZATION = Code(
    "contradictory-authorization",
    Stage.COMPILE,
    "an operation that signs somebody in contradicts its role, method or bodies",
)
MISSING_OPERATION = Code("missing-operation", Stage.COMPILE, "an endpoint that was asked for is not there")
UNEXPECTED_OPERATION = Code("unexpected-operation", Stage.COMPILE, "an operation was not asked for")

# Types

MISSING_TYPE = Code("missing-type", Stage.COMPILE, "a type that was asked for is not there")
UNEXPECTED_TYPE = Code("unexpected-type", Stage.COMPILE, "a type was not asked for")
UNUSED_TYPE = Code(
    "unused-type", Stage.COMPILE, "no operation needs the type, directly or not", Severity.WARNING
)

# Tracing to the database

UNTRACEABLE_TABLE = Code(
    "untraceable-table", Stage.COMPILE, "a type presents a table that the database does not have"
)
MISMATCHED_COLUMN = Code(
    "mismatched-column",
    Stage.COMPILE,
    "a property bears the name of a column of its table and cannot hold what the column holds",
)
