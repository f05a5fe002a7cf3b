"""The database tree: files of tables, their columns, relations and indexes.

Property names are those of AutoBE's published database trees, so that its artifacts can be read. What
those trees may carry beyond this (``default``, ``mappingName``, index names) is no part of the language:
defaults belong to programs, and names of constraints are derived.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from fcbench_action.language.node import Node
from fcbench_action.language.schema import exact

SNAKE_CASE = exact(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
CAMEL_CASE = exact(r"^[a-z][a-zA-Z0-9]*$")
LONGEST_NAME = 63
"""PostgreSQL cuts longer identifiers off, in bytes; names here are ASCII."""
MOST_INDEX_COLUMNS = 32
"""PostgreSQL's limit."""
MOST_FOREIGN_FIELDS, MOST_PLAIN_FIELDS = 500, 1000
"""Together with the key less than PostgreSQL's limit of 1,600 columns."""

PlainType = Literal["boolean", "int", "double", "string", "uri", "uuid", "datetime"]
Stance = Literal["primary", "subsidiary", "snapshot"]

FieldName = Annotated[str, Meta(pattern=SNAKE_CASE, max_length=LONGEST_NAME)]
Description = Annotated[str, Meta(min_length=1)]


class PrimaryField(Node, frozen=True):
    """The primary key: one UUID column."""

    name: Annotated[FieldName, Meta(description="Name of the key column, usually `id`.")]
    type: Annotated[Literal["uuid"], Meta(description="Keys are always UUIDs.")]
    description: Annotated[Description, Meta(description="What the key identifies.")]


class Relation(Node, frozen=True):
    """Which table a foreign key refers to, and what the relation is called."""

    name: Annotated[
        str,
        Meta(
            pattern=CAMEL_CASE,
            max_length=LONGEST_NAME,
            description=(
                "Name of the relation in camelCase, such as `author` for the column `author_id`. "
                "Differs from every column and every other relation of the table."
            ),
        ),
    ]
    target_model: Annotated[
        FieldName,
        Meta(description="Name of the table referred to, in any of the files; it may be the same table."),
    ]


class ForeignField(Node, frozen=True):
    """A foreign key column, referring to the primary key of another row.

    Deleting that row deletes this row too where the column is required, and sets the column to null
    where it is nullable.
    """

    name: Annotated[FieldName, Meta(description="Name of the column in snake_case, such as `author_id`.")]
    type: Annotated[Literal["uuid"], Meta(description="Foreign keys have the type of keys.")]
    description: Annotated[Description, Meta(description="What the reference means.")]
    relation: Annotated[Relation, Meta(description="The table referred to.")]
    unique: Annotated[
        bool,
        Meta(
            description=(
                "True: at most one row refers to the same target (one to one). False: any number may. "
                "A column that is unique here needs no unique index of its own."
            )
        ),
    ]
    nullable: Annotated[bool, Meta(description="True if a row may refer to nothing.")]


class PlainField(Node, frozen=True):
    """A column that holds a value of its own and refers to no table."""

    name: Annotated[FieldName, Meta(description="Name of the column in snake_case.")]
    type: Annotated[
        PlainType,
        Meta(
            description=(
                "Type of the value. `int`: a whole number, also for money in its smallest unit. "
                "`double`: any number. `uri`: an absolute URI. `uuid`: an identifier that is no foreign key. "
                "`datetime`: an instant, RFC 3339 in UTC. `string`: any other text."
            )
        ),
    ]
    description: Annotated[Description, Meta(description="What the value means.")]
    nullable: Annotated[bool, Meta(description="True if a row may lack the value.")]


class UniqueIndex(Node, frozen=True):
    """A set of columns whose combination of values occurs once at most; rows with a null never clash."""

    field_names: Annotated[
        tuple[FieldName, ...],
        Meta(
            min_length=1,
            max_length=MOST_INDEX_COLUMNS,
            description="Columns of this table, each once; the most selective for look-ups first.",
        ),
    ]
    unique: Annotated[bool, Meta(description="Always true.")]


class PlainIndex(Node, frozen=True):
    """An index for look-ups and sorting, which allows duplicates."""

    field_names: Annotated[
        tuple[FieldName, ...],
        Meta(
            min_length=1,
            max_length=MOST_INDEX_COLUMNS,
            description=(
                "Columns of this table, each once, in the order of the look-up. Leave out what the beginning "
                "of another index already serves."
            ),
        ),
    ]


class GinIndex(Node, frozen=True):
    """A trigram index for searching inside the text of one column."""

    field_name: Annotated[FieldName, Meta(description="A plain column of type string.")]


class Model(Node, frozen=True):
    """A table."""

    name: Annotated[
        FieldName,
        Meta(
            description=(
                "Name of the table in snake_case and plural, different from every other table of the "
                "application. A materialized view begins with `mv_`, and nothing else does."
            )
        ),
    ]
    description: Annotated[Description, Meta(description="What one row stands for.")]
    material: Annotated[
        bool,
        Meta(description="True for a materialized view, which only caches what other tables hold."),
    ]
    stance: Annotated[
        Stance,
        Meta(
            description=(
                "`primary`: users manage its rows on their own. `subsidiary`: its rows live as parts of "
                "another table's rows. `snapshot`: its rows keep an earlier state and never change."
            )
        ),
    ]
    primary_field: Annotated[PrimaryField, Meta(description="The primary key.")]
    foreign_fields: Annotated[
        tuple[ForeignField, ...], Meta(max_length=MOST_FOREIGN_FIELDS, description="The foreign keys.")
    ]
    plain_fields: Annotated[
        tuple[PlainField, ...], Meta(max_length=MOST_PLAIN_FIELDS, description="All other columns.")
    ]
    unique_indexes: Annotated[
        tuple[UniqueIndex, ...], Meta(description="Unique sets of columns; not the primary key.")
    ]
    plain_indexes: Annotated[tuple[PlainIndex, ...], Meta(description="Indexes for look-ups.")]
    gin_indexes: Annotated[tuple[GinIndex, ...], Meta(description="Indexes for text search.")]


class File(Node, frozen=True):
    """One file of the database schema: the tables of one namespace."""

    filename: Annotated[
        str,
        Meta(
            pattern=exact(r"^[a-z0-9]+([._-][a-z0-9]+)*[.]prisma$"),
            max_length=120,
            description="Name of the file, such as `schema-02-todos.prisma`; each file has its own.",
        ),
    ]
    namespace: Annotated[
        str,
        Meta(
            pattern=exact(r"^[A-Z][a-zA-Z0-9]*$"),
            max_length=LONGEST_NAME,
            description="Name of the part of the application, in PascalCase.",
        ),
    ]
    models: Annotated[tuple[Model, ...], Meta(min_length=1, description="The tables.")]


class Application(Node, frozen=True):
    """A whole database schema."""

    files: Annotated[
        tuple[File, ...],
        Meta(min_length=1, description="The files; tables may refer to each other across them."),
    ]
