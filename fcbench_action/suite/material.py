"""The types of the suite's files, and the reading of one topic's.

A topic is a folder with ``topic.json`` and a folder a module; see ``README.md`` beside this file. What a
case pins is put together from these by :mod:`fcbench_action.suite.build`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from fcbench_action.functions.analyze_tasks import ActionTerms, EntityTerms
from fcbench_action.functions.interface import Operations, Payload, Schemas
from fcbench_action.functions.interface import Probe as ParameterProbe
from fcbench_action.functions.programs import Programs, name_of
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.database.probe import Probe as DatabaseProbe
from fcbench_action.language.interface.nodes import Actor, Components, Document
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.requirements.nodes import Action, Entity, Predicate, Rule
from fcbench_action.language.requirements.nodes import Actor as AnalyzedActor
from fcbench_action.language.requirements.situation import Sequence, Situation, Values, World
from fcbench_action.suite.files import read_file, read_made
from fcbench_action.suite.source import BrokenSuite, Fault, Source

Name = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")]

TERMS = "terms.json"
REQUIREMENTS = "reference/requirements.json"
WORLDS = "worlds.json"
PROGRAMS = "reference/programs.json"
"""The module's file of programs, which a command makes."""

VOCABULARY = "vocabulary.json"
MUTANTS = "mutants.json"
"""The topic's file of mutants, which a command makes."""

_STATEMENT = re.compile(r"\*\*([A-Z]+-[1-9][0-9]*)\.\*\* ")


class TopicFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``topic.json``: one application, its modules in the order in which they build on each other."""

    title: str
    summary: str
    modules: tuple[Name, ...]
    actors: tuple[Actor, ...]


class TableTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table's meaning, and the meaning of its columns by name."""

    meaning: str
    columns: dict[str, str]


class Glossary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``glossary.json``: names with meanings, so that grading never guesses synonyms. No answers inside."""

    tables: dict[str, TableTerms]
    types: dict[str, str]
    properties: dict[str, str]


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``terms.json``: the glossary of analyses. Meanings say no types, bounds, transitions or conditions."""

    actors: dict[str, str] = {}
    entities: dict[str, EntityTerms] = {}
    actions: dict[str, ActionTerms] = {}


class RequirementsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``reference/requirements.json``: the module as ``language.requirements`` has it.

    ``general`` are statements that hold everywhere: declarations may name them or not.
    """

    general: tuple[str, ...] = ()
    actors: tuple[AnalyzedActor, ...] = ()
    entities: tuple[Entity, ...] = ()
    actions: tuple[Action, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    rules: tuple[Rule, ...] = ()


class CaseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every case says. ``requirements`` are numbers of the module's statements."""

    target: Name
    title: str
    requirements: Annotated[tuple[str, ...], Meta(min_length=1)]


class EntitiesCase(CaseFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case of ``analyze.entities``: entities of ``reference/requirements.json``, by name.

    ``actors`` are of any module; ``given`` are entities of other cases, of any module, that the model is
    shown.
    """

    actors: tuple[str, ...]
    entities: Annotated[tuple[str, ...], Meta(min_length=1)]
    given: tuple[str, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    values: tuple[Values, ...] = ()


class PermissionsCase(CaseFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case of ``analyze.permissions``: actions of ``reference/requirements.json``, by name.

    ``actors`` and ``entities``, of any module, are those that the model is shown.
    """

    actors: tuple[str, ...]
    entities: Annotated[tuple[str, ...], Meta(min_length=1)]
    actions: Annotated[tuple[str, ...], Meta(min_length=1)]
    situations: tuple[Situation, ...]


class TablesCase(CaseFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case of ``database.tables``: one file of ``reference/database.json``, by its file name.

    ``given`` are files that the model is shown beside those that its own needs.
    """

    file: str
    given: tuple[str, ...] = ()
    probes: tuple[DatabaseProbe, ...]


class OperationsCase(CaseFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case of ``interface.operations``: endpoints of ``reference/operations.json``, as ``get /path``.

    ``given`` are endpoints of other cases that the model is shown, ``database`` the files of tables.
    """

    endpoints: tuple[str, ...]
    database: tuple[str, ...]
    given: tuple[str, ...] = ()
    probes: tuple[ParameterProbe, ...] = ()


class Variation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Many payloads in few words: what becomes of an accepted payload when one place of it changes.

    ``of`` is the payload's name. Places are property names and indices with dots between: ``data.0.id``.
    Payloads with a place of ``without`` left out, of ``null`` made null, or of ``refused`` made one of these
    values are refused; with a place of ``accepted`` made one of these values they are accepted.
    """

    type: str
    of: str
    requirement: str
    without: tuple[str, ...] = ()
    null: tuple[str, ...] = ()
    refused: dict[str, tuple[Any, ...]] = {}
    accepted: dict[str, tuple[Any, ...]] = {}


class SchemasCase(CaseFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case of ``interface.schemas``: types of ``reference/schemas.json``, by name.

    ``helpers`` are those of them that an answer may do without; ``database`` are the files of tables.
    """

    types: tuple[str, ...]
    database: tuple[str, ...]
    payloads: tuple[Payload, ...]
    variations: tuple[Variation, ...] = ()
    helpers: tuple[str, ...] = ()


class TestCase(CaseFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case of ``test.write``: ``scenarios/<target>.ts``, which tests what ``scenario`` says in sentences.

    It is about ``endpoints``, written as ``get /path``; ``given`` are others that the model is shown.
    """

    scenario: str
    endpoints: Annotated[tuple[str, ...], Meta(min_length=1)]
    given: tuple[str, ...] = ()


class RealizeCase(CaseFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case of ``realize.operation``: ``operations/<target>.ts``, which realizes ``endpoint``.

    ``database`` are the files of tables that the model is shown.
    """

    endpoint: str
    database: Annotated[tuple[str, ...], Meta(min_length=1)]


class PlanCase(CaseFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case of ``database.components``, ``interface.endpoints`` or ``test.scenarios``: the whole module.

    The reference is what the module's other references have come to.
    """


CASES: dict[str, Any] = {
    "analyze.entities": tuple[EntitiesCase, ...],
    "analyze.permissions": tuple[PermissionsCase, ...],
    "database.components": tuple[PlanCase, ...],
    "database.tables": tuple[TablesCase, ...],
    "interface.endpoints": tuple[PlanCase, ...],
    "interface.operations": tuple[OperationsCase, ...],
    "interface.schemas": tuple[SchemasCase, ...],
    "test.scenarios": tuple[PlanCase, ...],
    "test.write": tuple[TestCase, ...],
    "realize.operation": tuple[RealizeCase, ...],
}
"""The type of ``cases/<function>.json``, by function, in the order of the phases."""


class RealizedText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``operations/<name>.ts`` means; ``text`` is the SHA-256 of that file."""

    text: str
    program: OperationProgram


class ScenarioText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``scenarios/<name>.ts`` means; ``text`` is the SHA-256 of that file."""

    text: str
    program: TestProgram


class ProgramsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``reference/programs.json``: the module's TypeScript as trees, by name, which are quicker to load."""

    operations: dict[str, RealizedText] = {}
    scenarios: dict[str, ScenarioText] = {}


class Made(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many mutants an operation has, and how many of them no test notices.

    ``text`` is the SHA-256 of the TypeScript that this comes from; see :mod:`fcbench_action.suite.basis`.
    """

    text: str
    mutants: int
    dropped: int


class MutantsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``mutants.json``: mutants by operation, and which of them each scenario is answerable for.

    Operations are written as ``get /path``, scenarios as ``module/target``, mutants by their names.
    """

    operations: dict[str, Made] = {}
    scenarios: dict[str, dict[str, tuple[str, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Module:
    """One module's files: ``statements`` by number, ``sources`` by name inside the module's folder.

    ``programs`` may be older than the TypeScript that they come from; see :mod:`.programs`. ``called`` is its
    name as models are told it.
    """

    name: str
    brief: str
    statements: dict[str, str]
    glossary: Glossary
    terms: Terms
    requirements: RequirementsFile
    worlds: dict[str, World]
    database: Application
    operations: Operations
    schemas: Schemas
    programs: ProgramsFile
    cases: dict[str, tuple[Any, ...]]
    sources: dict[str, Source]
    called: str


@dataclass(frozen=True)
class Topic:
    """One topic's files. ``vocabulary`` are nouns and what may take their place, ``variant`` the seed by
    which that happened, if it did; see :mod:`.variant`.
    """

    name: str
    file: TopicFile
    modules: dict[str, Module]
    conventions: str
    mutants: MutantsFile
    source: Source
    mutants_source: Source
    vocabulary: dict[str, tuple[str, ...]]
    variant: int | None = None

    @cached_property
    def programs(self) -> Programs:
        """The references of all programs of the topic, and what they are about."""
        modules = self.modules.values()
        return Programs(
            application=Application(files=tuple(file for m in modules for file in m.database.files)),
            document=Document(
                operations=tuple(o for m in modules for o in m.operations.operations),
                components=Components(
                    schemas={name: s for m in modules for name, s in m.schemas.schemas.items()},
                    authorization=self.file.actors,
                ),
            ),
            operations={
                name_of(one.program.operation): one.program
                for m in modules
                for one in m.programs.operations.values()
            },
            tests={
                f"{m.name}/{name}": one.program for m in modules for name, one in m.programs.scenarios.items()
            },
            conventions=self.conventions,
        )


def read_topic(folder: Traversable) -> Topic:
    """Everything in a topic's folder, decoded. Raises BrokenSuite with every file that cannot be read.

    A module without a file of cases has no cases of that function; what commands make need not be there yet.
    """
    source = read_file(folder, "topic.json", folder.name)
    file = source.decode(TopicFile)
    modules: dict[str, Module] = {}
    faults: list[Fault] = []
    for index, name in enumerate(file.modules):
        if not folder.joinpath(name).is_dir():
            faults.append(source.fault(("modules", index), f"there is no folder for the module {name}"))
            continue
        try:
            modules[name] = _read_module(folder.joinpath(name), f"{folder.name}/{name}")
        except BrokenSuite as broken:
            faults += broken.faults
    if faults:
        raise BrokenSuite(faults)
    conventions = read_file(folder, "conventions.md", folder.name).text.strip()
    mutants = read_made(folder, MUTANTS, folder.name, "{}")
    words = read_made(folder, VOCABULARY, folder.name, "{}").decode(dict[str, tuple[str, ...]])
    return Topic(folder.name, file, modules, conventions, mutants.decode(MutantsFile), source, mutants, words)


def _read_module(folder: Traversable, place: str) -> Module:
    sources = {
        name: read_file(folder, name, place)
        for name in (
            "brief.md",
            "requirements.md",
            "glossary.json",
            "reference/database.json",
            "reference/operations.json",
            "reference/schemas.json",
            *_texts(folder),
        )
    }
    unmade = (PROGRAMS, TERMS, REQUIREMENTS, WORLDS)
    for name, empty in (
        *((name, "{}") for name in unmade),
        *((f"cases/{function}.json", "[]") for function in CASES),
    ):
        sources[name] = read_made(folder, name, place, empty)
    return Module(
        name=folder.name,
        brief=sources["brief.md"].text.strip(),
        statements=_statements(sources["requirements.md"]),
        glossary=sources["glossary.json"].decode(Glossary),
        terms=sources[TERMS].decode(Terms),
        requirements=sources[REQUIREMENTS].decode(RequirementsFile),
        worlds=sources[WORLDS].decode(dict[str, World]),
        database=sources["reference/database.json"].decode(Application),
        operations=sources["reference/operations.json"].decode(Operations),
        schemas=sources["reference/schemas.json"].decode(Schemas),
        programs=sources[PROGRAMS].decode(ProgramsFile),
        cases={f: _cases(sources[f"cases/{f}.json"], kind) for f, kind in CASES.items()},
        sources=sources,
        called=folder.name,
    )


def _texts(folder: Traversable) -> Iterator[str]:
    """The module's TypeScript files, sorted."""
    for kind in ("operations", "scenarios"):
        if (inside := folder.joinpath(kind)).is_dir():
            yield from sorted(f"{kind}/{one.name}" for one in inside.iterdir() if one.name.endswith(".ts"))


def _cases(source: Source, kind: Any) -> tuple[Any, ...]:
    cases: tuple[Any, ...] = source.decode(kind)
    seen: set[str] = set()
    for index, case in enumerate(cases):
        if case.target in seen:
            raise BrokenSuite([source.fault((index, "target"), f"the target {case.target} is there twice")])
        seen.add(case.target)
    return cases


def _statements(source: Source) -> dict[str, str]:
    """The paragraphs that begin with a number in bold, white space folded: ``**M-1.** Whoever joins ...``."""
    statements: dict[str, str] = {}
    for paragraph in re.split(r"\n\s*\n", source.text):
        text = " ".join(paragraph.split())
        found = _STATEMENT.match(text)
        if found is None:
            if text.startswith("**"):
                raise BrokenSuite([source.find(paragraph.strip(), "a statement begins **X-1.** and a space")])
            continue
        number = found.group(1)
        if number in statements:
            raise BrokenSuite([source.find(paragraph.strip(), f"the number {number} is there twice")])
        statements[number] = text[found.end() :]
    return statements
