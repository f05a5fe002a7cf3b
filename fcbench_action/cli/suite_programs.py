"""``fcbench suite programs|test|mutants``: compiling, trying and mutating the suite's own programs."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import click

from fcbench_action.errors import BadInput, GateFailed
from fcbench_action.functions.programs import written
from fcbench_action.language.program.typescript import emit_operation, parse_test
from fcbench_action.sinks import terminal
from fcbench_action.suite import mutants, programs
from fcbench_action.suite.basis import all_work, changed_work
from fcbench_action.suite.files import package, topic_names
from fcbench_action.suite.load import read
from fcbench_action.suite.material import Topic
from fcbench_action.suite.mutants import Noticed
from fcbench_action.suite.place import TextPlace
from fcbench_action.suite.source import BrokenSuite
from fcbench_action.suite.trial import Trial, statements, try_tests

only_topics = click.argument("topics", nargs=-1, metavar="[TOPIC]...")
"""The topics that a command is about; all where none is named. No other topic's files are read."""


jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=lambda: os.cpu_count() or 1, help="Processes; all cores."
)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A line on standard error that says how far something is: rewritten on a terminal, else each tenth."""
    terminal_ = sys.stderr.isatty()
    tenth = 0

    def note(done: int, of: int) -> None:
        nonlocal tenth
        if terminal_:
            click.echo(f"\r{label}: {done} of {of}", err=True, nl=done == of)
        elif done * 10 // of > tenth:
            tenth = done * 10 // of
            click.echo(f"{label}: {done} of {of}", err=True)

    yield note


@click.command("programs")
@only_topics
@click.pass_obj
def compile_(root: Path | None, topics: Sequence[str]) -> None:
    """Compile the TypeScript of TOPICS, or of all: writes reference/programs.json in every module."""
    for folder, topic in _topics(root, topics):
        with _every_fault():
            count = programs.write(folder, topic)
        click.echo(f"{topic.name}: {count} programs")


@click.command("test")
@click.argument("names", nargs=-1, metavar="[TOPIC]... [GLOB]...")
@click.pass_obj
def test(root: Path | None, names: Sequence[str]) -> None:
    """Run the reference tests of topics or of scenarios, such as 'todos/*', against the reference operations.

    Reads the TypeScript as it is now. Exit code 1 where a test fails.
    """
    known = topic_names(root or package())
    topics = [name for name in names if name in known]
    scenarios = [name for name in names if name not in known]
    failed = count = 0
    for _, old in _topics(root, topics):
        with _every_fault():
            topic = programs.fresh(old)
        chosen = [
            n for n in topic.programs.tests if not scenarios or any(fnmatchcase(n, p) for p in scenarios)
        ]
        trial = try_tests(topic.programs, chosen)
        count, failed = count + len(chosen), failed + len(trial.failed)
        for line in (*_failures(topic, trial), *_coverage(topic, trial)):
            click.echo(terminal(line, lines=False))
    if not count:
        raise BadInput("no scenario has such a name")
    if failed:
        raise GateFailed(f"{failed} of {count} tests failed")
    click.echo(f"{count} tests passed")


@click.command("mutants")
@only_topics
@click.option("--anew", is_flag=True, help="Try all, also where nothing that they come from changed.")
@click.option("--dropped", is_flag=True, help="Only show the mutants that no test notices, as differences.")
@click.option(
    "--operations", "chosen", multiple=True, metavar="GLOB", help="With --dropped: such as 'put /lists*'."
)
@jobs_option
@click.pass_obj
def mutate(
    root: Path | None, topics: Sequence[str], anew: bool, dropped: bool, chosen: Sequence[str], jobs: int
) -> None:
    """Find out which mutants each scenario of TOPICS, or of all, notices: writes mutants.json.

    Only tries the mutants of operations that changed, or that a scenario which changed is about.
    """
    if chosen and not dropped:
        raise BadInput("--operations only goes with --dropped: mutants.json is about all of them")
    for folder, old in _topics(root, topics):
        with _every_fault():
            topic = programs.fresh(old)
        work = all_work(topic) if anew or dropped else changed_work(topic)
        if chosen:
            fitting = (k for k in work.operations if any(fnmatchcase(written(k), glob) for glob in chosen))
            work = replace(work, operations=frozenset(fitting))
        with progress(f"{topic.name}: trying mutants of operations") as note:
            found = mutants.everything(folder, topic, jobs, work, note)
        if dropped:
            for line in _differences(topic, found):
                click.echo(terminal(line, lines=False))
        else:
            mutants.write(folder, mutants.listed(topic, found, work))
        missed = sum(not one.scenarios for one in found)
        click.echo(f"{topic.name}: {len(found)} mutants tried, {missed} that no test notices")


def _topics(root: Path | None, chosen: Sequence[str]) -> list[tuple[Path, Topic]]:
    folder = root or Path(str(package()))
    with _every_fault():
        return [(folder / topic.name, topic) for topic in read(chosen or None, folder)]


@contextmanager
def _every_fault() -> Iterator[None]:
    """Names all that is wrong with the texts, each on its line."""
    try:
        yield
    except BrokenSuite as broken:
        for fault in broken.faults:
            click.echo(terminal(str(fault), lines=False))
        raise GateFailed(f"{len(broken.faults)} faults") from broken


def _failures(topic: Topic, trial: Trial) -> Iterator[str]:
    for name, (path, why) in trial.failed.items():
        module, _, scenario = name.partition("/")
        place = TextPlace(topic.modules[module].sources[f"scenarios/{scenario}.ts"], parse_test)
        yield str(place.fault(path, why))


def _coverage(topic: Topic, trial: Trial) -> Iterator[str]:
    ran = every = 0
    for key, program in topic.programs.operations.items():
        places = statements(program)
        missing = [place for place in places if place not in trial.covered.get(key, ())]
        every, ran = every + len(places), ran + len(places) - len(missing)
        if missing:
            yield f"{written(key)}: {len(missing)} of {len(places)} statements never ran"
    of = len(topic.programs.operations)
    covered = len(trial.covered.keys() & topic.programs.operations.keys())
    yield f"{topic.name}: {covered} of {of} operations called, {ran} of {every} statements run"


def _differences(topic: Topic, found: Sequence[Noticed]) -> Iterator[str]:
    for one in found:
        if not one.scenarios:
            yield f"--- {written(one.operation)}: {one.mutant.name}"
            before = emit_operation(topic.programs.operations[one.operation]).splitlines()
            after = emit_operation(one.mutant.program).splitlines()
            changed = difflib.unified_diff(before, after, n=0, lineterm="")
            yield from (line for line in changed if not line.startswith(("---", "+++", "@@")))
