"""How fast judging is: text to accepted typed nodes, and all errors of a bad argument.

``python -m tests.bench.bench_judge`` prints it. The texts are the real artifacts, written again without the
properties that our trees do not have, and a generated deep tree.
"""

from __future__ import annotations

import gc
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import msgspec

from fcbench_action.judge.decode import decode
from fcbench_action.judge.explain import explain
from fcbench_action.judge.shape import shape_of
from fcbench_action.language import database
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.interface.read import normalise
from fcbench_action.language.node import Node
from fcbench_action.language.schema import JsonSchema, export
from tests.conftest import ARTIFACTS

Corpus = list[tuple[str, type[Node]]]


def rows() -> list[tuple[str, str]]:
    """What was measured, and the figure."""
    found: list[tuple[str, str]] = []
    for name, corpus in (
        ("databases", databases()),
        ("interfaces", interfaces()),
        ("deep tree", [deep_tree()]),
    ):
        if corpus:
            found += accept_rows(name, corpus)
        else:
            found.append((f"accept path, {name}", "skipped: the real artifacts are not here"))
    return found + error_rows()


def databases() -> Corpus:
    """Every real database tree in its own order of properties, without those that ours does not have."""
    trees = [(p, database.read(p.read_bytes(), tolerate_unknown=True)) for p in _files("prisma")]
    return [(_text(_common(json.loads(p.read_bytes()), _json(tree))), Application) for p, tree in trees]


def interfaces() -> Corpus:
    """Every real document in its own order of properties, in our form."""
    trees = [normalise(json.loads(p.read_bytes()), tolerate_unknown=True) for p in _files("document")]
    return [(_text(tree), Document) for tree in trees]


def deep_tree() -> tuple[str, type[Node]]:
    """A document whose schemas nest up to twenty levels, about 1 MB."""
    draw = random.Random(7)

    def schema(levels: int) -> dict[str, Any]:
        kind = draw.choice(["array", "object", "oneOf"]) if levels else "string"
        if kind == "array":
            return {"type": kind, "items": schema(levels - 1)}
        if kind == "object":
            return {"type": kind, "properties": {n: schema(levels - 1) for n in "ab"}, "required": ["a"]}
        if kind == "oneOf":
            return {"type": kind, "oneOf": [schema(levels - 1), {"type": "null"}]}
        return {"type": kind, "minLength": 1, "maxLength": 20}

    schemas = {f"Type{n}": schema(20) for n in range(12)}
    document = {"operations": [], "components": {"schemas": schemas}}
    return json.dumps(document, separators=(",", ":")), Document


def accept_rows(name: str, corpus: Corpus) -> list[tuple[str, str]]:
    size = sum(len(text.encode()) for text, _ in corpus) / 1e6
    plain = _seconds(_each(lambda text, _: json.loads(text), corpus))
    ours = _seconds(_each(decode, corpus))
    sample = [
        (json.loads(text), _with_if_then(export(argument))) for text, argument in corpus if len(text) < 30_000
    ]
    found = [
        (
            f"accept path, {name} ({size:.1f} MB)",
            f"{size / ours:.0f} MB/s, {plain / ours:.2f} x json.loads ({size / plain:.0f} MB/s)",
        )
    ]
    if sample:
        validators = [(jsonschema.Draft202012Validator(schema), value) for value, schema in sample]
        theirs = _seconds(lambda: [validator.is_valid(value) for validator, value in validators], repeat=2)
        again = _seconds(lambda: [decode(t, a) for t, a in corpus if len(t) < 30_000])
        found.append(
            (f"accept path, {name}, against jsonschema with if/then", f"{theirs / again:.0f} x as fast")
        )
    return found


def error_rows() -> list[tuple[str, str]]:
    found = []
    for name, value in bad_arguments().items():
        text = json.dumps(value)
        count = explain(value, shape_of(Document), limit=10**9)
        seconds = _seconds(lambda text=text: decode(text, Document))
        found.append(
            (
                f"all errors of {name} ({len(text) / 1000:.0f} KB)",
                f"{seconds * 1000:.1f} ms, {len(count.diagnostics):,} errors",
            )
        )
    return found


def bad_arguments() -> dict[str, Any]:
    """Arguments of 100 KB with an error at every place, of several kinds."""
    typo = {"type": "strin", "minLength": "1"}
    wrong = {"type": "string", "minLength": -1, "format": "url", "descripton": "x"}
    return {
        "wrong items": {"operations": [1] * 33_000, "components": {"schemas": {}}},
        "empty operations": {"operations": [{}] * 25_000, "components": {"schemas": {}}},
        "misspelt variants": {
            "operations": [],
            "components": {"schemas": {f"T{n}": typo for n in range(2_200)}},
        },
        "bad members": {"operations": [], "components": {"schemas": {f"T{n}": wrong for n in range(1_200)}}},
    }


def _with_if_then(schema: JsonSchema) -> JsonSchema:
    """The schema with each union as a chain of if/then on the tag, jsonschema's quickest form."""
    defs = schema.get("$defs", {})
    changed = dict(defs)
    for name, inner in defs.items():
        refs = [option["$ref"] for option in inner.get("anyOf", ()) if "$ref" in option]
        if len(refs) < 2:
            continue
        tags = [defs[ref.removeprefix("#/$defs/")]["properties"]["type"]["const"] for ref in refs]
        changed[name] = {
            "required": ["type"],
            "properties": {"type": {"enum": tags}},
            "allOf": [
                {"if": {"properties": {"type": {"const": tag}}}, "then": {"$ref": ref}}
                for tag, ref in zip(tags, refs, strict=True)
            ],
        }
    return {**schema, "$defs": changed}


def _files(kind: str) -> list[Path]:
    return sorted(ARTIFACTS.rglob(f"{kind}.json"))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json(tree: Node) -> Any:
    return msgspec.json.decode(msgspec.json.encode(tree))


def _common(value: Any, known: Any) -> Any:
    """``value`` without the members that ``known`` lacks, in the order of ``value``."""
    if isinstance(value, dict):
        return {name: _common(member, known[name]) for name, member in value.items() if name in known}
    if isinstance(value, list):
        return [_common(item, k) for item, k in zip(value, known, strict=True)]
    return value


def _seconds(work: Callable[[], Any], repeat: int = 9) -> float:
    """The best of several, in CPU seconds."""
    best = float("inf")
    for _ in range(repeat):
        gc.collect()
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def _each(work: Callable[..., Any], corpus: Corpus) -> Callable[[], None]:
    """Work on each text, keeping nothing."""

    def run() -> None:
        for text, argument in corpus:
            work(text, argument)

    return run


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:60} {figure}")
