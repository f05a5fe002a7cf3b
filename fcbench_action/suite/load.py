"""Loading the suite: reading its files, building the cases, proving that changed references compile."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from importlib.resources.abc import Traversable

from fcbench_action.diagnostics import errors, render_path, sort
from fcbench_action.errors import BadInput
from fcbench_action.sinks import one_line
from fcbench_action.suite.build import Built, build
from fcbench_action.suite.case import Case, Suite
from fcbench_action.suite.files import package, topic_names
from fcbench_action.suite.material import Topic, read_topic
from fcbench_action.suite.programs import fresh
from fcbench_action.suite.source import BrokenSuite, Fault
from fcbench_action.suite.variant import varied
from fcbench_action.suite.version import digest, read_version


def load(
    topics: Sequence[str] | None = None,
    root: Traversable | None = None,
    *,
    anew: bool = False,
    variant: int | None = None,
) -> Suite:
    """The suite's cases of ``topics``, or of all.

    ``version`` and ``digest`` are those of the whole suite, whatever is chosen. ``root`` is another folder of
    topics than this package's. References are compiled ``anew``, or where the files are not those of the
    version: of those it is known that all compile, for nothing else is given a version. ``variant`` is the
    seed of other words for the same problems; those are compiled always.

    Raises BadInput for an unknown topic, and BrokenSuite where a file cannot be used or a reference does not
    compile.
    """
    folder = root or package()
    frozen, found = read_version(folder), digest(folder)
    known = not anew and variant is None and found == frozen.digest
    cases: dict[str, Case] = {}
    faults: list[Fault] = []
    for name in _chosen(topics, folder):  # one after the other: a topic's files are let go before the next's
        topic = fresh(read_topic(folder.joinpath(name)))
        for built in build(topic if variant is None else varied(topic, variant)):
            faults += [] if known else compile_faults(built)
            cases[built.case.id] = built.case
    if faults:
        raise BrokenSuite(faults)
    return Suite(frozen.version, found, cases, variant)


def read(topics: Sequence[str] | None, folder: Traversable) -> list[Topic]:
    """The files of ``topics``, or of all. Raises as :func:`load` does."""
    return [read_topic(folder.joinpath(name)) for name in _chosen(topics, folder)]


def _chosen(topics: Sequence[str] | None, folder: Traversable) -> list[str]:
    known = topic_names(folder)
    for name in topics or ():
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
            raise BadInput(f"there is no topic {one_line(name)!r}; {hint}")
    return [name for name in known if topics is None or name in topics]


def compile_faults(built: Built) -> list[Fault]:
    """Why the reference of a case does not compile; empty where it does."""
    task = built.case.task
    found = errors(built.case.function.compile(task, task.reference))
    return [
        built.reference.fault(d.path, f"{built.case.id}: {d.code} at {render_path(d.path)}: {d.message}")
        for d in sort(found)
    ]


def find(suite: Suite, case: str) -> Case:
    """The case of that id. Raises BadInput with near misses."""
    if case in suite.cases:
        return suite.cases[case]
    near = get_close_matches(case, suite.cases, n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(near)}?" if near else "'fcbench suite list' names them all"
    raise BadInput(f"there is no case {one_line(case)!r}; {hint}")
