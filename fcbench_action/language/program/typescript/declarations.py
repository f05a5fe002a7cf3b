"""What emitted programs are compiled against: their interface and their database, as declarations.

A type of the interface is declared twice, as it is read and as it is written: see ``language.program.types``.
So TypeScript can judge what our checker judges.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from fcbench_action.language.program.environment import (
    Column,
    Environment,
    Operation,
    Relation,
    Table,
    schema_type,
)
from fcbench_action.language.program.types import (
    Array,
    Constant,
    Field,
    Form,
    Named,
    Object,
    Row,
    Scalar,
    Text,
    Type,
    Union,
)
from fcbench_action.language.program.typescript.literals import write_number, write_string
from fcbench_action.language.program.typescript.words import RESERVED, is_plain

_FORMS: tuple[tuple[str, Form, str], ...] = (
    (
        "Read",
        "read",
        "Types of the interface as they are read: an optional property is there, and may be null.",
    ),
    (
        "Write",
        "write",
        "Types of the interface as they are written: an optional property may be left out, or null.",
    ),
)
_SCALARS = {"boolean": "boolean", "integer": "number", "number": "number", "null": "null", "never": "never"}
_TYPE_WORDS = frozenset(
    {"any", "bigint", "boolean", "never", "number", "object", "string", "symbol", "undefined", "unknown"}
)
_CONDITIONS = {
    "boolean": "Equality<boolean>",
    "uuid": "Equality<string>",
    "int": "Ordered<number>",
    "double": "Ordered<number>",
    "datetime": "Ordered<string>",
    "string": "Textual",
    "uri": "Textual",
}
"""By the type of a column: which operators it has, and for which values."""


def declarations(environment: Environment) -> str:
    """A declaration file: the library, the types of the interface, rows, the database client, operations."""
    sections = [library()]
    sections += [_types(environment, *form) for form in _FORMS]
    sections += _tables(environment.tables)
    sections.append(_operations(environment))
    return "\n".join(sections)


@cache
def library() -> str:
    """The part that is the same for all."""
    return resources.files(__package__).joinpath("library.d.ts").read_text("utf-8")


def _types(environment: Environment, space: str, form: Form, about: str) -> str:
    lines: list[str] = []
    for name, schema in environment.types.items():
        type = schema_type(schema, form)
        if isinstance(type, Object):
            lines += [f"interface {_declared(name)} {{", *_fields(type.fields.items(), "  "), "}"]
        else:
            lines.append(f"type {_declared(name)} = {_text(type)};")
    return _namespace(space, about, lines)


def _namespace(name: str, about: str, lines: Iterable[str]) -> str:
    return "\n".join(
        [f"/** {about} */", f"declare namespace {name} {{", *(f"  {one}" for one in lines), "}", ""]
    )


def _fields(fields: Iterable[tuple[str, Field]], indent: str) -> list[str]:
    return [f"{indent}{_key(name)}{'?' if one.optional else ''}: {_text(one.type)};" for name, one in fields]


def _text(type: Type, *, outside: bool = False) -> str:
    """A type. From ``outside`` of its namespace a name is given with it."""
    match type:
        case Scalar():
            return _SCALARS.get(type.name, "unknown")
        case Text():
            return "string"
        case Constant():
            return _constant(type.value)
        case Row():
            return f"Row.{_declared(type.table)}"
        case Named():
            space = f"{type.form.title()}." if outside else ""
            return space + _declared(type.name)
        case Array():
            element = _text(type.element, outside=outside)
            return f"({element})[]" if isinstance(type.element, Union) else f"{element}[]"
        case Union():
            return " | ".join(dict.fromkeys(_text(one, outside=outside) for one in type.members))
        case Object():
            fields = (
                f"{_key(name)}{'?' if one.optional else ''}: {_text(one.type, outside=outside)}"
                for name, one in type.fields.items()
            )
            return "{ " + "; ".join(fields) + " }" if type.fields else "{}"


def _constant(value: bool | int | float | str) -> str:
    if isinstance(value, str):
        return write_string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else write_number(value)


def _tables(tables: Mapping[str, Table]) -> list[str]:
    rows: list[str] = []
    conditions: list[str] = []
    clients: list[str] = []
    for table in tables.values():
        name = _declared(table.name)
        rows += [f"interface {name} {{"]
        rows += [f"  {_key(one.name)}: {_text(one.type)};" for one in table.columns.values()]
        rows += ["}"]
        conditions += [f"interface {name} {{", *_condition(table, tables), "}"]
        clients.append(
            f"  {_key(table.name)}: Table<Row.{name}, Where.{name}, New.{name}, {_numbers(table)}>;"
        )
    new = [line for table in tables.values() for line in _new(table)]
    return [
        _namespace("Row", "Rows of the database.", rows),
        _namespace("New", "What a new row is made of.", new),
        _namespace("Where", "Conditions on rows.", conditions),
        "\n".join(["/** The database client. */", "interface Database {", *clients, "}", ""]),
    ]


def _new(table: Table) -> list[str]:
    def field(column: Column) -> str:
        optional = column.nullable or column.name == table.key
        return f"  {_key(column.name)}{'?' if optional else ''}: {_text(column.type)};"

    return [f"interface {_declared(table.name)} {{", *map(field, table.columns.values()), "}"]


def _condition(table: Table, tables: Mapping[str, Table]) -> list[str]:
    own = _declared(table.name)
    lines = [f"  AND?: {own}[];", f"  OR?: {own}[];", f"  NOT?: {own};"]
    for column in table.columns.values():
        null = " | null" if column.nullable else ""
        lines.append(f"  {_key(column.name)}?: {_CONDITIONS[column.kind]}{null};")
    return lines + [_relation(one) for one in table.relations.values() if one.table in tables]


def _relation(relation: Relation) -> str:
    return f"  {_key(relation.name)}?: Related<{_declared(relation.table)}>;"


def _numbers(table: Table) -> str:
    names = [write_string(one.name) for one in table.columns.values() if one.kind in ("int", "double")]
    return " | ".join(names) or "never"


def _operations(environment: Environment) -> str:
    actors = " | ".join(map(write_string, environment.actors)) or "never"
    lines = ["/** Who may call. */", f"type Actor = {actors};", "", "interface Operations {"]
    for operation in environment.operations.values():
        lines.append(f"  {write_string(f'{operation.method.upper()} {operation.path}')}: {{")
        lines += [f"    {name}: {text};" for name, text in _operation(operation).items()]
        lines.append("  };")
    return "\n".join([*lines, "}", ""])


def _operation(operation: Operation) -> dict[str, str]:
    """What a caller sends and gets, and what the backend is given and answers with."""
    path = _text(Object({name: Field(one) for name, one in operation.parameters.items()}), outside=True)
    sent = [f"path: {path}"] if operation.parameters else []
    sent += (
        [f"body: {_text(Named(operation.body, 'write'), outside=True)}"] if operation.body is not None else []
    )
    response = operation.response
    known = {name: _text(type, outside=True) for name, type in operation.predeclared.items()}
    return {
        "request": f"[{{ {'; '.join(sent)} }}]" if sent else "[]",
        "response": "null" if response is None else _text(Named(response, "read"), outside=True),
        "path": known["path"],
        "body": known.get("body", "null"),
        "actor": known["actor"],
        "answer": "void" if response is None else _text(Named(response, "write"), outside=True),
    }


def _key(name: str) -> str:
    return name if is_plain(name) else write_string(name)


def _declared(name: str) -> str:
    """The name of a type or table as one identifier. What no identifier may hold is written as its number."""
    found = "".join(c if is_plain(f"_{c}") else "$" if c == "." else f"${ord(c):x}$" for c in name)
    taken = found in RESERVED or found in _TYPE_WORDS or not is_plain(found)
    return f"${found}" if taken else found
