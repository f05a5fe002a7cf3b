"""What programs are about: the types and operations of an interface, and the tables of a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fcbench_action.language.database.names import tables as models
from fcbench_action.language.database.nodes import Application, Model, PlainType
from fcbench_action.language.interface import nodes
from fcbench_action.language.interface.nodes import Document, Schema
from fcbench_action.language.interface.walk import MOST_LINKS, target, walk
from fcbench_action.language.program.types import (
    BOOLEAN,
    ERROR,
    INTEGER,
    NULL,
    NUMBER,
    Array,
    Field,
    Form,
    Named,
    Object,
    Row,
    Text,
    Type,
    constant,
    has_null,
    nullable,
    union,
)

COLUMN_TYPES: dict[PlainType, Type] = {
    "boolean": BOOLEAN,
    "int": INTEGER,
    "double": NUMBER,
    "string": Text(),
    "uri": Text("uri"),
    "uuid": Text("uuid"),
    "datetime": Text("date-time"),
}
"""The type of a value in a column that is not null."""

OperationName = tuple[str, str]
"""Method in lower case, and path as documented."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``kind`` is the database's type; ``type`` is the program's, null included."""

    name: str
    kind: PlainType
    type: Type
    nullable: bool
    unique: bool = False
    target: str | None = None

    @property
    def value(self) -> Type:
        """The type of what it holds where it is not null."""
        return COLUMN_TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class Relation:
    """A way from the rows of one table to those of another.

    ``column`` is the foreign key: of this table where the relation is its own, of the ``table`` led to
    where that one refers to this. ``many`` says whether more than one row may be at the other end.
    """

    name: str
    table: str
    column: str
    own: bool
    many: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table: columns by name in order of declaration, the key first; relations by name, its own first."""

    name: str
    key: str
    columns: Mapping[str, Column]
    relations: Mapping[str, Relation]

    @property
    def row(self) -> Row:
        """The type of its rows."""
        return Row(self.name)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the interface.

    ``body`` is what a caller writes and ``response`` what the backend answers with, each None where there is
    none. ``role`` is who may call it, None for anybody, and ``actor_table`` the table of those accounts.
    """

    method: str
    path: str
    parameters: Mapping[str, Type]
    body: str | None
    response: str | None
    role: str | None
    actor_table: str | None
    node: nodes.Operation

    @property
    def name(self) -> OperationName:
        """What it is called by."""
        return self.method, self.path

    @property
    def predeclared(self) -> dict[str, Type]:
        """The names that its program knows from the start."""
        found: dict[str, Type] = {"path": Object({n: Field(t) for n, t in self.parameters.items()})}
        if self.body is not None:
            found["body"] = Named(self.body, "read")
        found["actor"] = Row(self.actor_table) if self.actor_table is not None else NULL
        return {**found, "now": Text("date-time")}


@dataclass(frozen=True)
class Environment:
    """Everything that a program may name. ``actors`` maps each to the table of its accounts, or None."""

    types: Mapping[str, Schema]
    operations: Mapping[OperationName, Operation]
    tables: Mapping[str, Table]
    actors: Mapping[str, str | None]
    meanings: dict[Named | Row, Type] = field(default_factory=dict, repr=False, compare=False)

    def resolve(self, type: Named | Row) -> Type:
        """What a name or a row stands for: an object, a union, a scalar; never a name. ERROR where nothing is
        known of it, or it only stands for itself.
        """
        if type not in self.meanings:
            self.meanings[type] = self._row(type) if isinstance(type, Row) else self._named(type)
        return self.meanings[type]

    @cached_property
    def nullable_properties(self) -> frozenset[str]:
        """The names of properties that may be null, or left out, in at least one type of the interface."""
        objects = [
            visit.schema
            for schema in self.types.values()
            for visit in walk((), schema)
            if isinstance(visit.schema, nodes.Object)
        ]
        return frozenset(
            name
            for one in objects
            for name, inner in one.properties.items()
            if name not in one.required or has_null(schema_type(inner, "read"), self)
        )

    def _row(self, row: Row) -> Type:
        table = self.tables.get(row.table)
        if table is None:
            return ERROR
        return Object({name: Field(column.type) for name, column in table.columns.items()})

    def _named(self, named: Named) -> Type:
        meant: Type = named
        for _ in range(MOST_LINKS):
            if not isinstance(meant, Named):
                return meant
            schema = self.types.get(meant.name)
            if schema is None:
                return ERROR
            meant = schema_type(schema, meant.form)
        return ERROR


def environment(application: Application, document: Document) -> Environment:
    """What programs over ``document`` and ``application`` can name. Both must compile without errors."""
    actors = {actor.name: actor.table for actor in document.components.authorization}
    declared = {table.name: table for table in models(application)}
    return Environment(
        types=document.components.schemas,
        operations={
            (node.method, node.path): _operation(node, actors, declared) for node in document.operations
        },
        tables=_tables(declared),
        actors=actors,
    )


def schema_type(schema: Schema, form: Form) -> Type:
    """The type of what a schema accepts. Limits, patterns and further properties are no part of it."""
    match schema:
        case nodes.Constant():
            return constant(schema.const)
        case nodes.Boolean():
            return BOOLEAN
        case nodes.Integer():
            return INTEGER
        case nodes.Number():
            return NUMBER
        case nodes.String():
            return Text(schema.format)
        case nodes.Null():
            return NULL
        case nodes.Array():
            return Array(schema_type(schema.items, form))
        case nodes.Reference():
            return Named(target(schema), form)
        case nodes.OneOf():
            return union(schema_type(one, form) for one in schema.one_of)
        case nodes.Object():
            return Object(
                {
                    name: _field(schema_type(one, form), name in schema.required, form)
                    for name, one in schema.properties.items()
                }
            )


def _field(type: Type, required: bool, form: Form) -> Field:
    return Field(type) if required else Field(nullable(type), optional=form == "write")


def _operation(
    node: nodes.Operation, actors: Mapping[str, str | None], declared: Mapping[str, Model]
) -> Operation:
    role = node.authorization_role
    table = actors.get(role) if role is not None else None
    return Operation(
        method=node.method,
        path=node.path,
        parameters={one.name: schema_type(one.schema, "read") for one in node.parameters},
        body=node.request_body.type_name if node.request_body else None,
        response=node.response_body.type_name if node.response_body else None,
        role=role,
        actor_table=table if table in declared else None,
        node=node,
    )


def _tables(declared: Mapping[str, Model]) -> dict[str, Table]:
    relations: dict[str, dict[str, Relation]] = {name: {} for name in declared}
    for model in declared.values():
        for key in model.foreign_fields:
            to = key.relation.target_model
            own = Relation(key.relation.name, to, key.name, own=True, many=False)
            relations[model.name][own.name] = own
    for model in declared.values():
        for key in model.foreign_fields:
            if (other := relations.get(key.relation.target_model)) is not None:
                name = f"{model.name}.{key.relation.name}"
                other[name] = Relation(name, model.name, key.name, own=False, many=not key.unique)
    return {
        name: Table(name, model.primary_field.name, _columns(model), relations[name])
        for name, model in declared.items()
    }


def _columns(model: Model) -> dict[str, Column]:
    key = model.primary_field
    found = {key.name: Column(key.name, "uuid", COLUMN_TYPES["uuid"], nullable=False, unique=True)}
    for foreign in model.foreign_fields:
        found[foreign.name] = Column(
            foreign.name,
            "uuid",
            _column_type("uuid", foreign.nullable),
            nullable=foreign.nullable,
            unique=foreign.unique,
            target=foreign.relation.target_model,
        )
    for plain in model.plain_fields:
        found[plain.name] = Column(
            plain.name, plain.type, _column_type(plain.type, plain.nullable), nullable=plain.nullable
        )
    return found


def _column_type(kind: PlainType, nulls: bool) -> Type:
    return nullable(COLUMN_TYPES[kind]) if nulls else COLUMN_TYPES[kind]
