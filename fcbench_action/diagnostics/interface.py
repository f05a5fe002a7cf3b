"""The codes of interface trees."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Severity, Stage

# Names

ENDPOINT_DUPLICATE = Code(
    "endpoint-duplicate", Stage.COMPILE, "two operations answer the same method and path"
)
PATH_SPELLED_DIFFERENTLY = Code(
    "path-spelled-differently", Stage.COMPILE, "two operations name the placeholders of one path differently"
)
OPERATION_NAME_DUPLICATE = Code(
    "operation-name-duplicate",
    Stage.COMPILE,
    "two operations whose paths differ only in placeholders have one name",
)
OPERATION_NAME_INVALID = Code(
    "operation-name-invalid", Stage.COMPILE, "an operation's name is no camelCase word"
)
PATH_INVALID = Code("path-invalid", Stage.COMPILE, "a path is no valid path template")
TYPE_NAME_INVALID = Code("type-name-invalid", Stage.COMPILE, "a type has a name that no type can have")
PROPERTY_NAME_INVALID = Code(
    "property-name-invalid", Stage.COMPILE, "a property has a name that is no identifier"
)
ACTOR_DUPLICATE = Code("actor-duplicate", Stage.COMPILE, "two actors have one name")

# References

REFERENCE_INVALID = Code("reference-invalid", Stage.COMPILE, "a $ref does not point at the components")
TYPE_UNKNOWN = Code("type-unknown", Stage.COMPILE, "a type is used that is not defined")
ACTOR_UNKNOWN = Code("actor-unknown", Stage.COMPILE, "a role is used that no actor has")
PREREQUISITE_UNKNOWN = Code(
    "prerequisite-unknown", Stage.COMPILE, "a prerequisite names an operation that does not exist"
)
PREREQUISITE_CYCLE = Code(
    "prerequisite-cycle", Stage.COMPILE, "operations are prerequisites of each other, so none can be first"
)

# Schemas

SCHEMA_TOO_DEEP = Code("schema-too-deep", Stage.COMPILE, "a schema is nested too deeply")
REQUIRED_UNDECLARED = Code(
    "required-undeclared", Stage.COMPILE, "a required property is not among the properties"
)
REQUIRED_DUPLICATE = Code("required-duplicate", Stage.COMPILE, "a property is listed as required twice")
LIMITS_CONTRADICTORY = Code(
    "limits-contradictory", Stage.COMPILE, "limits exclude each other, so no value is accepted"
)
MULTIPLE_INVALID = Code("multiple-invalid", Stage.COMPILE, "a multipleOf is not greater than zero")
PATTERN_INVALID = Code(
    "pattern-invalid", Stage.COMPILE, "a pattern is no regular expression that RE2 accepts"
)
ONE_OF_TOO_FEW = Code("one-of-too-few", Stage.COMPILE, "a oneOf has fewer than two alternatives")
ONE_OF_AMBIGUOUS = Code(
    "one-of-ambiguous", Stage.COMPILE, "two alternatives of a oneOf cannot be told apart by the value"
)
REFERENCE_LOOP = Code("reference-loop", Stage.COMPILE, "types refer to each other with nothing in between")
TYPE_INFINITE = Code(
    "type-infinite", Stage.COMPILE, "a type requires itself, so that no value of it ever ends"
)

# Operations

PARAMETER_MISSING = Code("parameter-missing", Stage.COMPILE, "a placeholder of the path has no parameter")
PARAMETER_UNEXPECTED = Code(
    "parameter-unexpected", Stage.COMPILE, "a parameter is no placeholder of the path"
)
PARAMETER_DUPLICATE = Code(
    "parameter-duplicate", Stage.COMPILE, "an operation has two parameters of one name"
)
PARAMETER_NOT_SCALAR = Code(
    "parameter-not-scalar", Stage.COMPILE, "a path parameter is no boolean, number or string"
)
BODY_NOT_OBJECT = Code("body-not-object", Stage.COMPILE, "the type of a body is no object")
BODY_UNEXPECTED = Code("body-unexpected", Stage.COMPILE, "a GET operation has a request body")
AUTHORIZATION_CONTRADICTORY = Code(
    "authorization-contradictory",
    Stage.COMPILE,
    "an operation that signs somebody in contradicts its role, method or bodies",
)
OPERATION_MISSING = Code("operation-missing", Stage.COMPILE, "an endpoint that was asked for is not there")
OPERATION_UNEXPECTED = Code("operation-unexpected", Stage.COMPILE, "an operation was not asked for")

# Types

TYPE_MISSING = Code("type-missing", Stage.COMPILE, "a type that was asked for is not there")
TYPE_UNEXPECTED = Code("type-unexpected", Stage.COMPILE, "a type was not asked for")
TYPE_UNUSED = Code(
    "type-unused", Stage.COMPILE, "no operation needs the type, directly or not", Severity.WARNING
)

# Tracing to the database

TRACED_TABLE_UNKNOWN = Code(
    "traced-table-unknown", Stage.COMPILE, "a type presents a table that the database does not have"
)
TRACED_COLUMN_DIFFERS = Code(
    "traced-column-differs",
    Stage.COMPILE,
    "a property bears the name of a column of its table and cannot hold what the column holds",
)
