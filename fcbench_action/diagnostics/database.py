"""The codes of database trees."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Severity, Stage

DUPLICATE_FILE = Code("duplicate-file", Stage.COMPILE, "two files have the same name")
DUPLICATE_TABLE = Code("duplicate-table", Stage.COMPILE, "two tables have the same name")
DUPLICATE_COLUMN = Code("duplicate-column", Stage.COMPILE, "two columns of a table have the same name")
DUPLICATE_RELATION = Code("duplicate-relation", Stage.COMPILE, "two relations of a table have the same name")
RELATION_COLUMN_CLASH = Code(
    "relation-column-clash", Stage.COMPILE, "a relation is named like a column of its table"
)
RESERVED_TABLE_NAME = Code(
    "reserved-table-name", Stage.COMPILE, "a table is named by a word that Prisma or SQL keeps for itself"
)
VIEW_PREFIX = Code(
    "view-prefix", Stage.COMPILE, "a materialized view lacks the prefix mv_, or an ordinary table has it"
)

UNKNOWN_COLUMN = Code("unknown-column", Stage.COMPILE, "an index names a column that the table lacks")
REPEATED_COLUMN = Code("repeated-column", Stage.COMPILE, "an index names one column twice")
UNIQUE_INDEX_NOT_UNIQUE = Code(
    "unique-index-not-unique", Stage.COMPILE, "a unique index says that it is not unique"
)
TEXT_INDEX_TYPE = Code("text-index-type", Stage.COMPILE, "a text search index is on a column of another type")
DUPLICATE_INDEX = Code("duplicate-index", Stage.COMPILE, "an index is declared twice")
REDUNDANT_INDEX = Code(
    "redundant-index", Stage.COMPILE, "an index is the beginning of another plain index of the table"
)
COVERED_INDEX = Code(
    "covered-index",
    Stage.COMPILE,
    "an index is the beginning of a unique one, which serves the same look-ups",
    Severity.WARNING,
)
COVERED_UNIQUE_INDEX = Code(
    "covered-unique-index",
    Stage.COMPILE,
    "a unique index contains a column that is unique already",
    Severity.WARNING,
)

UNKNOWN_TABLE = Code("unknown-table", Stage.COMPILE, "a foreign key refers to a table that does not exist")
VIEW_AS_TARGET = Code("view-as-target", Stage.COMPILE, "a foreign key refers to a materialized view")
REQUIRED_SELF_REFERENCE = Code(
    "required-self-reference", Stage.COMPILE, "each row must refer to an earlier row of the same table"
)
REQUIRED_KEY_CYCLE = Code(
    "required-key-cycle",
    Stage.COMPILE,
    "required foreign keys form a circle, so no first row can be inserted",
)

WRONG_FILENAME = Code("wrong-filename", Stage.COMPILE, "the file is not named as the task says")
WRONG_NAMESPACE = Code("wrong-namespace", Stage.COMPILE, "the namespace is not the one that the task says")
MISSING_TABLE = Code("missing-table", Stage.COMPILE, "a table that the task asks for is not declared")
UNEXPECTED_TABLE = Code(
    "unexpected-table", Stage.COMPILE, "a table is declared that the task does not ask for"
)
MISSING_COLUMN = Code("missing-column", Stage.COMPILE, "a table lacks a column that the task asks for")
