"""Proving the suite: everything that ``fcbench suite check`` holds it to, beyond what loading does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from fcbench_action.functions.programs import ProgramTask
from fcbench_action.suite.build import Built, build
from fcbench_action.suite.case import Suite
from fcbench_action.suite.files import TIERS_FILE, contents, read_file, topic_names
from fcbench_action.suite.load import compile_faults, read
from fcbench_action.suite.material import Module, Topic
from fcbench_action.suite.programs import fresh, stale
from fcbench_action.suite.prove_analysis import case_faults, topic_faults
from fcbench_action.suite.prove_programs import program_faults
from fcbench_action.suite.select import read_tiers
from fcbench_action.suite.sent import sent, sizes
from fcbench_action.suite.source import BrokenSuite, Fault, Source
from fcbench_action.suite.version import digest, read_version, version_faults

MOST_TOKENS = 24_000
"""Of prompt and schema together, estimated, so that a model with a context of 32 K can take part."""

LEAST_MATERIAL = 8
"""Probes or payloads that a case needs at least."""

_LONG_TEXT = 24
_LONG_NODE = 60


def prove(
    folder: Traversable,
    topics: Sequence[str] | None = None,
    jobs: int = 1,
    note: Callable[[int, int], object] = lambda _done, _of: None,
) -> tuple[list[Built], list[Fault]]:
    """The cases of ``topics``, or of all, and everything that is wrong with them and their files.

    Where all topics are proven, the version and the tiers are too. ``jobs`` processes prove cases; ``note``
    hears how many are done, of how many. Raises BadInput for an unknown topic.
    """
    faults = list(_repeated_keys(folder, topics or topic_names(folder)))
    try:
        kept = read(topics, folder)
        everything = [fresh(topic) for topic in kept]
        built = [one for topic in everything for one in build(topic)]
    except BrokenSuite as broken:
        return [], [*faults, *broken.faults]
    for topic in everything:
        for module in topic.modules.values():
            faults += _untraced(topic, module, built)
            faults += _idle_terms(module)
        faults += program_faults(topic, built)
        faults += topic_faults(topic)
    faults += [fault for topic in kept for fault in stale(topic)]
    names = tuple(topic.name for topic in kept)
    proofs = _proofs(built) if jobs == 1 else _proofs_by_processes(Path(str(folder)), names, len(built), jobs)
    for done, found in enumerate(proofs, 1):
        faults += found
        note(done, len(built))
    if topics is None:
        faults += _whole(folder, built)
    return built, faults


def _proofs(built: Iterable[Built]) -> Iterator[list[Fault]]:
    """The faults of each case."""
    for one in built:
        yield compile_faults(one) or [
            *_grade(one),
            *_material(one),
            *case_faults(one),
            *_leaks(one),
            *_size(one),
        ]


def _proofs_by_processes(
    folder: Path, topics: tuple[str, ...], count: int, jobs: int
) -> Iterator[list[Fault]]:
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(partial(_proof, folder, topics), range(count), chunksize=_AT_ONCE)


def _proof(folder: Path, topics: tuple[str, ...], index: int) -> list[Fault]:
    return next(_proofs([_built(folder, topics)[index]]))


@lru_cache(maxsize=1)
def _built(folder: Path, topics: tuple[str, ...]) -> list[Built]:
    """The cases of topics; a worker process builds them once."""
    return [one for topic in read(topics, folder) for one in build(fresh(topic))]


_AT_ONCE = 8  # cases that a process proves before it says so; enough for what it takes to say it


def _whole(folder: Traversable, built: list[Built]) -> Iterator[Fault]:
    """Faults of the suite as such."""
    suite = Suite(read_version(folder).version, digest(folder), {one.case.id: one.case for one in built})
    yield from version_faults(folder, suite)
    source = read_file(folder, TIERS_FILE)
    tiers = read_tiers(folder)
    for tier, cases in tiers.items():
        for case in sorted(cases - suite.cases.keys()):
            yield source.find(f'"{case}"', f"the tier {tier} names {case}, which is no case")
    for (small, few), (large, many) in pairwise(tiers.items()):
        for case in sorted(few - many):
            yield source.find(f'"{case}"', f"{case} is in the tier {small} and not in {large}")


def _repeated_keys(folder: Traversable, topics: Sequence[str]) -> Iterator[Fault]:
    """A key that is there twice in one JSON object, of which decoders silently take the last."""
    for name, content in sorted(contents(folder)):
        topic, _, below = name.partition("/")
        if not name.endswith(".json") or (below and topic not in topics):
            continue
        source = Source(name, content.decode("utf-8", "replace"))
        repeated: list[str] = []

        def note(pairs: list[tuple[str, Any]], found: list[str] = repeated) -> None:
            keys = [key for key, _ in pairs]
            found += {key for key in keys if keys.count(key) > 1}

        try:
            json.loads(source.text, object_pairs_hook=note)
        except ValueError:
            continue
        for key in repeated:
            yield source.find(f'"{key}"', f"the key {key} is there twice in one object")


def _untraced(topic: Topic, module: Module, built: list[Built]) -> Iterator[Fault]:
    """Statements that no case is about."""
    cases = [one.case for one in built if (one.case.topic, one.case.module) == (topic.name, module.name)]
    traced = {number for case in cases for number in case.requirements}
    source = module.sources["requirements.md"]
    for number in module.statements:
        if number not in traced:
            yield source.find(f"**{number}.**", f"no case traces to the statement {number}")


def _idle_terms(module: Module) -> Iterator[Fault]:
    """Words of the glossary that no reference uses, which would only mislead."""
    source = module.sources["glossary.json"]
    models = {model.name: model for file in module.database.files for model in file.models}
    for table, terms in module.glossary.tables.items():
        model = models.get(table)
        if model is None:
            yield source.fault(("tables", table), f"no reference declares the table {table}")
            continue
        columns = {model.primary_field.name, *(key.name for key in model.foreign_fields)}
        columns |= {field.name for field in model.plain_fields}
        for column in terms.columns.keys() ^ columns:
            yield source.fault(
                ("tables", table, "columns", column),
                f"{table}.{column} is not in both glossary and reference",
            )
    for name in module.glossary.types.keys() - module.schemas.schemas.keys():
        yield source.fault(("types", name), f"no reference declares the type {name}")
    used = set(_keys(msgspec.to_builtins(module.schemas)))
    for name in module.glossary.properties.keys() - used:
        yield source.fault(("properties", name), f"no reference has the property {name}")


def _grade(one: Built) -> Iterator[Fault]:
    """The reference earns everything; where it does not, a probe or payload contradicts it."""
    grade = one.case.function.grade(one.case.task, one.case.task.reference)
    if grade.score != 1.0:
        misses = [miss for part in grade.parts for miss in part.misses]
        reason = "; ".join(misses[:3]) or "no part says why"
        yield one.declared.fault((), f"{one.case.id}: its reference is graded {grade.score}: {reason}")


def _material(one: Built) -> Iterator[Fault]:
    """Probes and payloads: enough of them, of both kinds, and each for a statement of the case."""
    task, case = one.case.task, one.case
    for kind in ("probes", "payloads", "situations", "sequences", "values"):
        items = getattr(task, kind, None)
        if items is None:
            continue
        if len(items) < LEAST_MATERIAL:
            yield one.declared.fault(
                (kind,), f"{case.id}: {len(items)} {kind}, {LEAST_MATERIAL} are the least"
            )
        for index, item in enumerate(items):
            if item.requirement not in case.requirements:
                yield one.declared.fault(
                    (kind, index, "requirement"),
                    f"{case.id}: {item.requirement or 'nothing'} is no statement of this case",
                )
    yield from _one_sided(one)


def _one_sided(one: Built) -> Iterator[Fault]:
    """Types with payloads of one kind only: a schema that accepts, or refuses, everything would pass."""
    task = one.case.task
    for name in getattr(task, "wanted", ()):
        kinds = {payload.accepted for payload in task.payloads if payload.type == name}
        if kinds != {True, False}:
            yield one.declared.fault(
                ("payloads",), f"{one.case.id}: {name} needs payloads of both kinds, accepted and refused"
            )


def _leaks(one: Built) -> Iterator[Fault]:
    """Pieces of the answer in what the model is sent: nodes, and texts that only the reference has.

    Prompts about programs are not made from the reference, and names that both have in common are the API's.
    """
    if isinstance(one.case.task, ProgramTask):
        return
    told = sent(one.case)
    text = told.system + told.user
    squeezed = re.sub(r"\s+", "", text)
    task = one.case.task
    public = msgspec.json.encode([_public(task), task.requirements, task.brief]).decode()
    reference = msgspec.to_builtins(task.reference)
    for node in _objects(reference):
        compact = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
        if len(compact) >= _LONG_NODE and re.sub(r"\s+", "", compact) in squeezed:
            yield one.declared.fault((), f"{one.case.id}: the prompt holds a node of the answer: {compact}")
    for value in sorted(set(_texts(reference))):
        if len(value) >= _LONG_TEXT and value in text and value not in public:
            yield one.declared.fault((), f"{one.case.id}: the prompt holds a text of the answer: {value}")


def _public(task: Any) -> list[Any]:
    """The names and meanings that a task gives away on purpose."""
    shown = (
        "filename",
        "glossary",
        "types",
        "wanted",
        "properties",
        "helpers",
        "endpoints",
        "files",
        "tables",
        "purposes",
        "words",
        "placeholders",
        "actors",
        "entities",
        "actions",
        "given_terms",
        "given",
        "operations",
        "database",
    )
    return [getattr(task, name) for name in shown if hasattr(task, name)]


def _size(one: Built) -> Iterator[Fault]:
    found = sizes(one.case)
    if found.tokens > MOST_TOKENS:
        yield one.declared.fault(
            (), f"{one.case.id}: about {found.tokens} tokens are sent, {MOST_TOKENS} are the most"
        )


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for inner in _inner(node):
        yield from _objects(inner)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for inner in _inner(node):
        yield from _texts(inner)


def _keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
    for inner in _inner(node):
        yield from _keys(inner)


def _inner(node: Any) -> Iterable[Any]:
    if isinstance(node, dict):
        return node.values()
    return node if isinstance(node, list | tuple) else ()
