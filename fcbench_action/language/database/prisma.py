"""Emits a Prisma schema for PostgreSQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from fcbench_action import sinks
from fcbench_action.language.database.names import Names, TableNames, constraint_names, default_name, tables
from fcbench_action.language.database.nodes import LONGEST_NAME, Application, ForeignField, Model, PlainField

_TYPES = {
    "boolean": ("Boolean", "@db.Boolean"),
    "int": ("Int", "@db.Integer"),
    "double": ("Float", "@db.DoublePrecision"),
    "string": ("String", "@db.Text"),
    "uri": ("String", "@db.Text"),
    "uuid": ("String", "@db.Uuid"),
    "datetime": ("DateTime", "@db.Timestamptz(3)"),
}
_COMMENT = 2000
"""Longest comment, in characters; artifacts are for reading."""


@dataclass(frozen=True, slots=True)
class _Opposite:
    """The other end of a relation: a field of the target that holds what refers to it."""

    name: str
    source: str
    relation: str
    is_one: bool


def emit_prisma(application: Application) -> str:
    """The schema of an application, always the same for the same one; Prisma's own validator accepts it.

    A foreign key whose target is not there keeps its column and loses its relation, with a comment.
    """
    known = {model.name: model.primary_field.name for model in tables(application)}
    opposites = _opposites(application)
    names = iter(constraint_names(application))
    blocks = list(_head(application))
    for file in application.files:
        blocks.append(f"// {_comment(file.namespace)} ({_comment(file.filename)})")
        blocks += [
            "\n".join(_model(model, next(names), known, opposites[model.name])) for model in file.models
        ]
    return "\n\n".join(blocks) + "\n"


def _head(application: Application) -> Iterator[str]:
    searches_text = any(model.gin_indexes for model in tables(application))
    preview = '  previewFeatures = ["postgresqlExtensions"]\n' if searches_text else ""
    extensions = "  extensions = [pg_trgm]\n" if searches_text else ""
    yield f'generator client {{\n  provider = "prisma-client-js"\n{preview}}}'
    yield f'datasource db {{\n  provider = "postgresql"\n{extensions}}}'


def _opposites(application: Application) -> dict[str, list[_Opposite]]:
    """The other ends of all relations, by target: named after their source, unlike all else there."""
    taken = {model.name: Names(set(_field_names(model))) for model in tables(application)}
    found: dict[str, list[_Opposite]] = defaultdict(list)
    for model in tables(application):
        often = Counter(key.relation.target_model for key in model.foreign_fields)
        for key in model.foreign_fields:
            target = key.relation.target_model
            if target in taken:
                long = f"{model.name}_of_{key.relation.name}"
                name = taken[target].claim(model.name if often[target] == 1 else long)
                found[target].append(_Opposite(name, model.name, _relation_name(model, key), key.unique))
    return found


def _field_names(model: Model) -> Iterator[str]:
    yield model.primary_field.name
    for key in model.foreign_fields:
        yield key.name
        yield key.relation.name
    for column in model.plain_fields:
        yield column.name


def _model(
    model: Model, names: TableNames, known: dict[str, str], opposites: list[_Opposite]
) -> Iterator[str]:
    yield f"/// {_comment(model.description)}"
    if model.material:
        yield "/// (a materialized view)"
    yield f"model {model.name} {{"
    yield from _columns(model, names)
    relations = list(_relations(model, names, known, opposites))
    yield from ["", *relations] if relations else []
    indexes = list(_indexes(model, names))
    yield from ["", *indexes] if indexes else []
    yield "}"


def _columns(model: Model, names: TableNames) -> Iterator[str]:
    key = model.primary_field
    yield f"  /// {_comment(key.description)}"
    yield f"  {key.name} String @id{_map(names.primary, [model.name], 'pkey', alone=True)} @db.Uuid"
    for field, unique_name in zip(model.foreign_fields, names.foreign_unique, strict=True):
        yield f"  /// {_comment(field.description)}"
        unique = ""
        if field.unique:
            unique = f" @unique{_map(unique_name, [model.name, field.name], 'key', alone=True)}"
        yield f"  {field.name} String{_optional(field)}{unique} @db.Uuid"
    for column in model.plain_fields:
        type_, native = _TYPES[column.type]
        yield f"  /// {_comment(column.description)}"
        yield f"  {column.name} {type_}{_optional(column)} {native}"


def _relations(
    model: Model, names: TableNames, known: dict[str, str], opposites: list[_Opposite]
) -> Iterator[str]:
    for key, name in zip(model.foreign_fields, names.foreign, strict=True):
        target = key.relation.target_model
        if target not in known:
            yield f"  // left out: {key.relation.name} refers to {target}, which is not here"
            continue
        yield (
            f"  {key.relation.name} {target}{_optional(key)} "
            f'@relation("{_relation_name(model, key)}", fields: [{key.name}], references: [{known[target]}], '
            f"onDelete: {'SetNull' if key.nullable else 'Cascade'}, onUpdate: Cascade"
            f"{_map(name, [model.name, key.name], 'fkey')})"
        )
    for opposite in opposites:
        many = "?" if opposite.is_one else "[]"
        yield f'  {opposite.name} {opposite.source}{many} @relation("{opposite.relation}")'


def _indexes(model: Model, names: TableNames) -> Iterator[str]:
    for unique, name in zip(model.unique_indexes, names.unique, strict=True):
        map_ = _map(name, [model.name, *unique.field_names], "key")
        yield f"  @@unique([{', '.join(unique.field_names)}]{map_})"
    for plain, name in zip(model.plain_indexes, names.plain, strict=True):
        map_ = _map(name, [model.name, *plain.field_names], "idx")
        yield f"  @@index([{', '.join(plain.field_names)}]{map_})"
    for gin, name in zip(model.gin_indexes, names.gin, strict=True):
        map_ = _map(name, [model.name, gin.field_name], "idx")
        yield f'  @@index([{gin.field_name}(ops: raw("gin_trgm_ops"))], type: Gin{map_})'


def _map(name: str, parts: list[str], kind: str, *, alone: bool = False) -> str:
    """The argument that names a constraint, where it is not the name that Prisma would choose anyway."""
    if name == default_name(parts[0], parts[1:], kind) and len(name) <= LONGEST_NAME:
        return ""
    return f'(map: "{name}")' if alone else f', map: "{name}"'


def _relation_name(model: Model, key: ForeignField) -> str:
    """Unlike any other relation's: neither tables nor columns hold a dot."""
    return f"{model.name}.{key.name}"


def _optional(field: ForeignField | PlainField) -> str:
    return "?" if field.nullable else ""


def _comment(text: str) -> str:
    return sinks.one_line(text, _COMMENT)
