"""Systematic damage to database trees: each mutation changes a tree of plain JSON values in place.

A mutation returns False where the tree offers nothing to change.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

Tree = dict[str, Any]
Mutation = Callable[[Tree, Random], bool]


def models(tree: Tree) -> list[Tree]:
    return [model for file in tree["files"] for model in file["models"]]


def pick(tree: Tree, random: Random, part: str) -> tuple[Tree, Tree] | None:
    """A random element of that part of a table, with its table."""
    found = [(model, item) for model in models(tree) for item in model[part]]
    return random.choice(found) if found else None


def target_misspelt(tree: Tree, random: Random) -> bool:
    if found := pick(tree, random, "foreignFields"):
        found[1]["relation"]["targetModel"] += "x"
    return bool(found)


def target_table_removed(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "foreignFields")
    for file in tree["files"]:
        if found:
            target = found[1]["relation"]["targetModel"]
            file["models"] = [m for m in file["models"] if m["name"] != target] or file["models"]
    return bool(found)


def indexed_column_removed(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "plainIndexes")
    if found:
        model, index = found
        for part in ("plainFields", "foreignFields"):
            model[part] = [c for c in model[part] if c["name"] != index["fieldNames"][0]]
    return bool(found)


def any_column_removed(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "plainFields")
    if found:
        found[0]["plainFields"].remove(found[1])
    return bool(found)


def column_twice(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "plainFields")
    if found:
        found[0]["plainFields"].append(copy.deepcopy(found[1]))
    return bool(found)


def foreign_key_twice(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "foreignFields")
    if found:
        found[0]["foreignFields"].append(copy.deepcopy(found[1]))
    return bool(found)


def column_named_as_key(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "plainFields")
    if found:
        found[1]["name"] = found[0]["primaryField"]["name"]
    return bool(found)


def table_twice(tree: Tree, random: Random) -> bool:
    file = random.choice(tree["files"])
    file["models"].append(copy.deepcopy(random.choice(models(tree))))
    return True


def table_reserved(tree: Tree, random: Random) -> bool:
    words = ["delete", "class", "new", "user", "order", "async", "table", "public", "sqlite_x"]
    rename_table(tree, random.choice(models(tree))["name"], random.choice(words))
    return True


def table_and_column_share_name(tree: Tree, random: Random) -> bool:
    """The other end of a relation would have the name of a column."""
    found = pick(tree, random, "foreignFields")
    if found:
        target = next(m for m in models(tree) if m["name"] == found[1]["relation"]["targetModel"])
        target["plainFields"].append(
            {"name": found[0]["name"], "type": "string", "description": "Clash.", "nullable": True}
        )
    return bool(found)


def relation_named_as_column(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "foreignFields")
    if found:
        found[1]["relation"]["name"] = found[0]["primaryField"]["name"]
    return bool(found)


def relation_name_twice(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "foreignFields")
    if found:
        twin = copy.deepcopy(found[1])
        twin["name"] = "twin_of_" + twin["name"][:40]
        found[0]["foreignFields"].append(twin)
    return bool(found)


def second_key_to_the_same_table(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "foreignFields")
    if found:
        twin = copy.deepcopy(found[1])
        twin["name"] = "twin_of_" + twin["name"][:40]
        twin["relation"]["name"] = "twinOf" + twin["relation"]["name"].capitalize()[:40]
        found[0]["foreignFields"].append(twin)
    return bool(found)


def relation_named_as_table(tree: Tree, random: Random) -> bool:
    """A relation with the name that the other end of a self reference would have."""
    plain_names = [model["name"] for model in models(tree) if "_" not in model["name"]]
    model = random.choice(models(tree))
    rename_table(tree, model["name"], name := plain_names[0] if plain_names else "nodes")
    model["foreignFields"].append(foreign("parent_node_id", name, "nodes", nullable=True))
    return True


def self_reference(tree: Tree, random: Random) -> bool:
    model = random.choice(models(tree))
    nullable = random.random() < 0.5
    model["foreignFields"].append(foreign("twin_row_id", model["name"], "twinRow", nullable=nullable))
    return True


def required_circle(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "foreignFields")
    if found:
        found[1]["nullable"] = False
        target = next(m for m in models(tree) if m["name"] == found[1]["relation"]["targetModel"])
        target["foreignFields"].append(foreign("back_row_id", found[0]["name"], "backRow", nullable=False))
    return bool(found)


def nullability_flipped(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, random.choice(["plainFields", "foreignFields"]))
    if found:
        found[1]["nullable"] = not found[1]["nullable"]
    return bool(found)


def uniqueness_flipped(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "foreignFields")
    if found:
        found[1]["unique"] = not found[1]["unique"]
    return bool(found)


def type_changed(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, "plainFields")
    if found:
        types = ["boolean", "int", "double", "string", "uri", "uuid", "datetime"]
        found[1]["type"] = random.choice(types)
    return bool(found)


def index_on_unknown_column(tree: Tree, random: Random) -> bool:
    model = random.choice(models(tree))
    part = random.choice(["uniqueIndexes", "plainIndexes"])
    model[part].append({"fieldNames": ["no_such_column"], **({"unique": True} if part[0] == "u" else {})})
    return True


def index_repeats_column(tree: Tree, random: Random) -> bool:
    if found := pick(tree, random, random.choice(["uniqueIndexes", "plainIndexes"])):
        found[1]["fieldNames"].append(found[1]["fieldNames"][0])
    return bool(found)


def index_twice(tree: Tree, random: Random) -> bool:
    part = random.choice(["uniqueIndexes", "plainIndexes", "ginIndexes"])
    if found := pick(tree, random, part):
        found[0][part].append(copy.deepcopy(found[1]))
    return bool(found)


def index_extended(tree: Tree, random: Random) -> bool:
    """A second index that begins like the first."""
    if found := pick(tree, random, "plainIndexes"):
        names = found[1]["fieldNames"]
        spare = [c["name"] for c in found[0]["plainFields"] if c["name"] not in names]
        found[0]["plainIndexes"].append({"fieldNames": [*names, *spare[:1]]})
    return bool(found)


def index_both_plain_and_unique(tree: Tree, random: Random) -> bool:
    if found := pick(tree, random, "uniqueIndexes"):
        found[0]["plainIndexes"].append({"fieldNames": list(found[1]["fieldNames"])})
    return bool(found)


def unique_index_not_unique(tree: Tree, random: Random) -> bool:
    if found := pick(tree, random, "uniqueIndexes"):
        found[1]["unique"] = False
    return bool(found)


def text_search_on_any_column(tree: Tree, random: Random) -> bool:
    found = pick(tree, random, random.choice(["plainFields", "foreignFields"]))
    if found:
        found[0]["ginIndexes"].append({"fieldName": found[1]["name"]})
    return bool(found)


def long_table_name(tree: Tree, random: Random) -> bool:
    """Constraint names would be cut, and then be equal."""
    for model in random.sample(models(tree), min(2, len(models(tree)))):
        rename_table(tree, model["name"], (model["name"] + "_" + "long" * 20)[:62] + random.choice("abcdef"))
    return len({model["name"] for model in models(tree)}) == len(models(tree))


def index_names_collide(tree: Tree, random: Random) -> bool:
    """``a_b`` with column ``c`` and ``a`` with column ``b_c`` make the same default index name."""
    if not (found := pick(tree, random, "plainIndexes")):
        return False
    model, index = found
    head, _, tail = model["name"].rpartition("_")
    if not head or any(m["name"] == head for m in models(tree)):
        return False
    twin = copy.deepcopy(model) | {"name": head, "foreignFields": [], "uniqueIndexes": [], "ginIndexes": []}
    joined = f"{tail}_{'_'.join(index['fieldNames'])}"[:63].rstrip("_")
    twin["plainFields"] = [{"name": joined, "type": "string", "description": "Twin.", "nullable": True}]
    twin["plainIndexes"] = [{"fieldNames": [joined]}]
    tree["files"][0]["models"].append(twin)
    return True


def view_flag_flipped(tree: Tree, random: Random) -> bool:
    model = random.choice(models(tree))
    model["material"] = not model["material"]
    return True


def view_as_target(tree: Tree, random: Random) -> bool:
    if found := pick(tree, random, "foreignFields"):
        name = found[1]["relation"]["targetModel"]
        next(m for m in models(tree) if m["name"] == name)["material"] = True
        rename_table(tree, name, "mv_" + name.removeprefix("mv_"))
    return bool(found)


def description_hostile(tree: Tree, random: Random) -> bool:
    hostile = [
        "*/ } model x { }",
        "x\n}\nmodel evil {\n  id Int @id\n}",
        '"""',
        "\u2028}\u202e//",
        "`'; DROP",
    ]
    for model in models(tree):
        model["description"] = random.choice(hostile)
        model["primaryField"]["description"] = random.choice(hostile)
    return True


def file_twice(tree: Tree, random: Random) -> bool:
    tree["files"].append(copy.deepcopy(random.choice(tree["files"])))
    return True


def foreign(name: str, target: str, relation: str, *, nullable: bool) -> Tree:
    return {
        "name": name,
        "type": "uuid",
        "description": "Added.",
        "relation": {"name": relation, "targetModel": target},
        "unique": False,
        "nullable": nullable,
    }


def rename_table(tree: Tree, old: str, new: str) -> None:
    """Renames a table together with all that refers to it."""
    for model in models(tree):
        if model["name"] == old:
            model["name"] = new
        for key in model["foreignFields"]:
            if key["relation"]["targetModel"] == old:
                key["relation"]["targetModel"] = new


MUTATIONS: tuple[Mutation, ...] = (
    target_misspelt,
    target_table_removed,
    indexed_column_removed,
    any_column_removed,
    column_twice,
    foreign_key_twice,
    column_named_as_key,
    table_twice,
    table_reserved,
    table_and_column_share_name,
    relation_named_as_column,
    relation_name_twice,
    second_key_to_the_same_table,
    relation_named_as_table,
    self_reference,
    required_circle,
    nullability_flipped,
    uniqueness_flipped,
    type_changed,
    index_on_unknown_column,
    index_repeats_column,
    index_twice,
    index_extended,
    index_both_plain_and_unique,
    unique_index_not_unique,
    text_search_on_any_column,
    long_table_name,
    index_names_collide,
    view_flag_flipped,
    view_as_target,
    description_hostile,
    file_twice,
)
