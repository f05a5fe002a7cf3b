"""Small database trees for tests: ``table("todos", "title", "done boolean?", "owner_id -> members")``."""

from __future__ import annotations

import msgspec

from fcbench_action.language.database.nodes import (
    Application,
    File,
    ForeignField,
    GinIndex,
    Model,
    PlainField,
    PlainIndex,
    PrimaryField,
    Relation,
    UniqueIndex,
)


def table(
    name: str,
    *columns: str,
    unique: tuple[str, ...] = (),
    plain: tuple[str, ...] = (),
    gin: tuple[str, ...] = (),
    material: bool = False,
    key: str = "id",
) -> Model:
    """A table. A column is ``name type`` (string by default) or ``name -> target``; ``?`` after it makes it
    nullable, ``!`` unique. Indexes are column names with spaces between them."""
    return Model(
        name=name,
        description=f"A row of {name}.",
        material=material,
        stance="primary",
        primary_field=PrimaryField(name=key, type="uuid", description="Key."),
        foreign_fields=tuple(_foreign(c) for c in columns if "->" in c),
        plain_fields=tuple(_plain(c) for c in columns if "->" not in c),
        unique_indexes=tuple(UniqueIndex(field_names=tuple(u.split()), unique=True) for u in unique),
        plain_indexes=tuple(PlainIndex(field_names=tuple(p.split())) for p in plain),
        gin_indexes=tuple(GinIndex(field_name=g) for g in gin),
    )


def file(*models: Model, name: str = "schema-01-main.prisma", namespace: str = "Main") -> File:
    return File(filename=name, namespace=namespace, models=models)


def application(*models: Model) -> Application:
    return Application(files=(file(*models),))


def as_json(node: object) -> dict:
    """The tree as a model would send it."""
    return msgspec.to_builtins(node)


def _foreign(text: str) -> ForeignField:
    name, target = (part.strip() for part in text.split("->"))
    bare = target.rstrip("?!")
    relation = name.removesuffix("_id").replace("_", "")
    return ForeignField(
        name=name,
        type="uuid",
        description=f"The {relation}.",
        relation=Relation(name=relation, target_model=bare),
        unique="!" in target,
        nullable="?" in target,
    )


def _plain(text: str) -> PlainField:
    name, _, type_ = text.rstrip("?").partition(" ")
    return PlainField(
        name=name, type=type_ or "string", description=f"The {name}.", nullable=text.endswith("?")
    )
