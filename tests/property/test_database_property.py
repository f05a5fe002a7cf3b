"""Whatever tree comes: checking never fails, and what is accepted runs in SQLite and passes Prisma."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fcbench_action.diagnostics import errors, sort
from fcbench_action.language.database import check, emit_erd, emit_prisma, emit_sql, read
from fcbench_action.language.database.arrange import arrange
from fcbench_action.language.database.exercise import ACCEPTED, exercise
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
from fcbench_action.language.database.probe import Insert, Probe
from tests.prisma_oracle import prisma_errors

# Few names, so that they clash often; some are key words, some look like derived names.
TABLES = st.sampled_from(["a", "b", "a_b", "mv_a", "user", "b_of_c", "a_idx", "a_b_c_key", "l" * 63])
COLUMNS = st.sampled_from(["id", "a", "b", "c", "a_b", "b_c", "order", "m" * 63])
RELATIONS = st.sampled_from(["a", "b", "c", "xY", "bOfC", "id"])
TYPES = st.sampled_from(["boolean", "int", "double", "string", "uri", "uuid", "datetime"])
TEXTS = st.text(min_size=1, max_size=12)
COLUMN_LISTS = st.lists(COLUMNS, min_size=1, max_size=3).map(tuple)


def some(strategy: st.SearchStrategy, most: int) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most).map(tuple)


MODELS = st.builds(
    Model,
    name=TABLES,
    description=TEXTS,
    material=st.just(False) | st.booleans(),
    stance=st.sampled_from(["primary", "subsidiary", "snapshot"]),
    primary_field=st.builds(PrimaryField, name=st.just("id"), type=st.just("uuid"), description=TEXTS),
    foreign_fields=some(
        st.builds(
            ForeignField,
            name=COLUMNS,
            type=st.just("uuid"),
            description=TEXTS,
            relation=st.builds(Relation, name=RELATIONS, target_model=TABLES),
            unique=st.booleans(),
            nullable=st.booleans(),
        ),
        2,
    ),
    plain_fields=some(
        st.builds(PlainField, name=COLUMNS, type=TYPES, description=TEXTS, nullable=st.booleans()), 3
    ),
    unique_indexes=some(
        st.builds(UniqueIndex, field_names=COLUMN_LISTS, unique=st.just(True) | st.booleans()), 1
    ),
    plain_indexes=some(st.builds(PlainIndex, field_names=COLUMN_LISTS), 2),
    gin_indexes=some(st.builds(GinIndex, field_name=COLUMNS), 1),
)
FILES = st.builds(
    File,
    filename=st.sampled_from(["a.prisma", "b.prisma"]),
    namespace=st.just("A"),
    models=st.lists(MODELS, min_size=1, max_size=3).map(tuple),
)
APPLICATIONS = st.builds(Application, files=st.lists(FILES, min_size=1, max_size=2).map(tuple))
LAX = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)


PARTS = ("files", "models", "foreignFields", "plainFields", "uniqueIndexes", "plainIndexes", "ginIndexes")


def mended(app: Application) -> Application | None:
    """The tree without the elements that its errors are about; None where nothing is left."""
    while found := errors(check(app)):
        tree = msgspec.json.decode(msgspec.json.encode(app))
        path = found[-1].path
        end = max(at for at, segment in enumerate(path) if segment in PARTS and len(path) > at + 1)
        parent = tree
        for segment in path[: end + 1]:
            parent = parent[segment]
        del parent[path[end + 1]]
        if not tree["files"] or not all(file["models"] for file in tree["files"]):
            return None
        app = msgspec.convert(tree, Application)
    return app


ACCEPTED_APPLICATIONS = APPLICATIONS.map(mended).filter(lambda app: app is not None)


@given(APPLICATIONS, st.integers(0, 2))
@LAX
def test_checking_gives_sorted_diagnostics_at_paths_that_exist(app: Application, given_files: int) -> None:
    plain = msgspec.json.decode(msgspec.json.encode(app))
    diagnostics = check(app, given=given_files)
    assert diagnostics == sort(diagnostics)
    for diagnostic in diagnostics:
        value = plain
        for segment in diagnostic.path:
            value = value[segment]
        assert diagnostic.path[0] == "files" and diagnostic.path[1] >= given_files


@given(ACCEPTED_APPLICATIONS)
@LAX
def test_what_is_accepted_runs_and_each_table_takes_a_first_row(app: Application) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(emit_sql(app))
    names = [model.name for file in app.files for model in file.models]
    probes = [
        Probe(name=name, requirement="", steps=(Insert(table=name, values={}),), expected="accepted")
        for name in names
    ]
    assert {answer.rejection for answer in exercise(app, arrange(probes))} == {ACCEPTED}


def test_what_is_accepted_prisma_accepts() -> None:
    found: dict[str, str] = {}

    @given(ACCEPTED_APPLICATIONS)
    @settings(LAX, max_examples=150)
    def collect(app: Application) -> None:
        found[str(len(found))] = emit_prisma(app)

    collect()
    assert len(set(found.values())) > 50
    verdicts = prisma_errors(found)
    assert {id_: error for id_, error in verdicts.items() if error} == {}


@given(APPLICATIONS)
@LAX
def test_reading_what_was_written_gives_the_same_tree_also_with_properties_that_it_does_not_know(
    app: Application,
) -> None:
    text = msgspec.json.encode(app)
    assert read(text) == app
    extra = msgspec.json.decode(text)
    extra["note"] = 1
    for file in extra["files"]:
        file["more"] = {"files": []}
        for model in file["models"]:
            model["primaryField"]["default"] = None
    assert read(msgspec.json.encode(extra), tolerate_unknown=True) == app


@given(APPLICATIONS)
@LAX
def test_emitters_take_any_tree_even_one_that_does_not_compile(app: Application) -> None:
    for emit in (emit_prisma, emit_sql, emit_erd):
        assert emit(app) == emit(app)
    assert emit_erd(app).count("```") == 2 * len(app.files)
