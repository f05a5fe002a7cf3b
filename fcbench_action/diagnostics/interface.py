"""The codes of interface trees."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Severity, Stage

# Names

ENDPOINT_DUPLICATE = Code(
    "endpoint-duplicate", Stage.COMPILE, "Two operations answer the same method and path."
)
OPERATION_NAME_DUPLICATE = Code(
    "operation-name-duplicate",
    Stage.COMPILE,
    "Two operations whose paths differ only in placeholders have one name.",
)
OPERATION_NAME_INVALID = Code(
    "operation-name-invalid", Stage.COMPILE, "An operation's name is no camelCase word."
)
PATH_INVALID = Code("path-invalid", Stage.COMPILE, "A path is no valid path template.")
TYPE_NAME_INVALID = Code("type-name-invalid", Stage.COMPILE, "A type has a name that no type can have.")
PROPERTY_NAME_INVALID = Code(
    "property-name-invalid", Stage.COMPILE, "A property has a name that is no identifier."
)
ACTOR_DUPLICATE = Code("actor-duplicate", Stage.COMPILE, "Two actors have one name.")

# References

REFERENCE_INVALID = Code("reference-invalid", Stage.COMPILE, "A $ref does not point at the components.")
TYPE_UNKNOWN = Code("type-unknown", Stage.COMPILE, "A type is used that is not defined.")
ACTOR_UNKNOWN = Code("actor-unknown", Stage.COMPILE, "A role is used that no actor has.")
PREREQUISITE_UNKNOWN = Code(
    "prerequisite-unknown", Stage.COMPILE, "A prerequisite names an operation that does not exist."
)
PREREQUISITE_CYCLE = Code(
    "prerequisite-cycle", Stage.COMPILE, "Operations are prerequisites of each other, so none can be first."
)

# Schemas

SCHEMA_TOO_DEEP = Code("schema-too-deep", Stage.COMPILE, "A schema is nested too deeply.")
REQUIRED_UNDECLARED = Code(
    "required-undeclared", Stage.COMPILE, "A required property is not among the properties."
)
REQUIRED_DUPLICATE = Code("required-duplicate", Stage.COMPILE, "A property is listed as required twice.")
LIMITS_CONTRADICTORY = Code(
    "limits-contradictory", Stage.COMPILE, "Limits exclude each other, so no value is accepted."
)
MULTIPLE_INVALID = Code("multiple-invalid", Stage.COMPILE, "multipleOf is not greater than zero.")
PATTERN_INVALID = Code(
    "pattern-invalid", Stage.COMPILE, "A pattern is no regular expression that RE2 accepts."
)
ONE_OF_TOO_FEW = Code("one-of-too-few", Stage.COMPILE, "A oneOf has fewer than two alternatives.")
ONE_OF_AMBIGUOUS = Code(
    "one-of-ambiguous", Stage.COMPILE, "Two alternatives of a oneOf cannot be told apart by the value."
)
REFERENCE_LOOP = Code("reference-loop", Stage.COMPILE, "Types refer to each other with nothing in between.")
TYPE_INFINITE = Code(
    "type-infinite", Stage.COMPILE, "A type requires itself, so that no value of it ever ends."
)

# Operations

PARAMETER_MISSING = Code("parameter-missing", Stage.COMPILE, "A placeholder of the path has no parameter.")
PARAMETER_UNEXPECTED = Code(
    "parameter-unexpected", Stage.COMPILE, "A parameter is no placeholder of the path."
)
PARAMETER_DUPLICATE = Code(
    "parameter-duplicate", Stage.COMPILE, "An operation has two parameters of one name."
)
PARAMETER_NOT_SCALAR = Code(
    "parameter-not-scalar", Stage.COMPILE, "A path parameter is no boolean, number or string."
)
BODY_NOT_OBJECT = Code("body-not-object", Stage.COMPILE, "The type of a body is no object.")
BODY_UNEXPECTED = Code("body-unexpected", Stage.COMPILE, "A GET operation has a request body.")
AUTHORIZATION_CONTRADICTORY = Code(
    "authorization-contradictory",
    Stage.COMPILE,
    "An operation that signs somebody in contradicts its role, method or bodies.",
)
OPERATION_MISSING = Code("operation-missing", Stage.COMPILE, "An endpoint that was asked for is not there.")
OPERATION_UNEXPECTED = Code("operation-unexpected", Stage.COMPILE, "An operation was not asked for.")

# Types

TYPE_MISSING = Code("type-missing", Stage.COMPILE, "A type that was asked for is not there.")
TYPE_UNEXPECTED = Code("type-unexpected", Stage.COMPILE, "A type was not asked for.")
TYPE_UNUSED = Code(
    "type-unused", Stage.COMPILE, "No operation needs the type, directly or not.", Severity.WARNING
)

# Tracing to the database

TRACED_TABLE_UNKNOWN = Code(
    "traced-table-unknown", Stage.COMPILE, "A type presents a table that the database does not have."
)
TRACED_COLUMN_DIFFERS = Code(
    "traced-column-differs",
    Stage.COMPILE,
    "A property bears the name of a column of its table and cannot hold what the column holds.",
)
