"""Which mutants a scenario is answerable for: those of its operations that its reference test notices."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path as Folder
from typing import Any

import msgspec

from fcbench_action.diagnostics import Path
from fcbench_action.functions.programs import SEED, Programs, written
from fcbench_action.language.program.backend import Variant, run_variants
from fcbench_action.language.program.environment import OperationName
from fcbench_action.language.program.mutate import Mutant, mutants
from fcbench_action.language.program.statements import Call, TestProgram
from fcbench_action.suite.basis import Work, bases, verifying
from fcbench_action.suite.material import MUTANTS, Made, MutantsFile, Topic, read_topic
from fcbench_action.suite.programs import fresh

MOST_LISTED = 24
"""Mutants that one scenario is answerable for at most, so that grading a test stays quick."""

MOST_NOTICING = 2
"""Scenarios that are answerable for one mutant at most."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A mutant of an operation, and the scenarios that notice it, each with the kind of its statement."""

    operation: OperationName
    mutant: Mutant
    scenarios: Mapping[str, type]


def noticed(programs: Programs, operation: OperationName, scenarios: Iterable[str]) -> list[Noticed]:
    """Every mutant of an operation, and up to :data:`MOST_NOTICING` of the scenarios whose tests notice it.

    Runs are deterministic, so a test that never runs the statement that was changed does not notice.
    """
    reach = {
        name: programs.run(programs.tests[name]).covered.get(operation, frozenset()) for name in scenarios
    }
    tried = []
    for index, mutant in enumerate(mutants(programs.operations[operation], programs.environment)):
        reached = [name for name, places in reach.items() if statement_of(mutant.path) in places]
        turn = index % len(reached) if reached else 0  # so that all of them get their share
        backend = programs.backend.replaced({operation: mutant.program})
        variant = Variant(backend, operation, statement_of(mutant.path))
        tried.append(_Tried(mutant, variant, deque([*reached[turn:], *reached[:turn]])))
    while _next_round(programs, tried):
        pass
    return [Noticed(operation, one.mutant, one.scenarios) for one in tried]


@dataclass(slots=True)
class _Tried:
    """A mutant, the scenarios that are yet to be tried on it, and those that noticed it."""

    mutant: Mutant
    variant: Variant
    rest: deque[str]
    scenarios: dict[str, type] = field(default_factory=dict)


def _next_round(programs: Programs, tried: list[_Tried]) -> bool:
    """Tries the next scenario on each mutant that needs one; says whether there was any."""
    turns: dict[str, list[_Tried]] = {}
    for one in tried:
        if one.rest and len(one.scenarios) < MOST_NOTICING:
            turns.setdefault(one.rest.popleft(), []).append(one)
    for name, those in turns.items():
        test = programs.tests[name]
        variants = [one.variant for one in those]
        for one, run in zip(those, run_variants(test, programs.backend, variants, SEED), strict=True):
            if not run.passed:
                one.scenarios[name] = _kind_at(test, run.diagnostics[0].path)
    return bool(turns)


def _kind_at(test: TestProgram, path: Path) -> type:
    """The kind of the statement at a place of a test."""
    found: Any = test
    for name in statement_of(path):
        found = (
            found[name] if isinstance(name, int) else getattr(found, "otherwise" if name == "else" else name)
        )
    return type(found)


def statement_of(path: Path) -> Path:
    """The innermost statement around a place in an operation."""
    end = 0
    for at in range(0, len(path) - 1, 2):
        if path[at] not in _BLOCKS or not isinstance(path[at + 1], int):
            break
        end = at + 2
    return path[:end]


_BLOCKS = frozenset({"statements", "then", "else", "body"})


def everything(
    folder: Folder,
    topic: Topic,
    jobs: int,
    work: Work,
    note: Callable[[int, int], object] = lambda _done, _of: None,
) -> list[Noticed]:
    """Every mutant of some operations of a topic, in ``folder``, by that many processes.

    ``note`` hears how many operations are done, of how many.
    """
    those = sorted((key, names) for key, names in verifying(topic).items() if key in work.operations)
    found: list[Noticed] = []
    if jobs == 1 or len(those) < 2:
        for done, one in enumerate(those, 1):
            found += noticed(topic.programs, *one)
            note(done, len(those))
        return found
    with ProcessPoolExecutor(jobs) as pool:
        for done, some in enumerate(pool.map(partial(_noticed, folder), those), 1):
            found += some
            note(done, len(those))
    return found


def _noticed(folder: Folder, work: tuple[OperationName, tuple[str, ...]]) -> list[Noticed]:
    return noticed(_read(folder).programs, *work)


@lru_cache(maxsize=1)
def _read(folder: Folder) -> Topic:
    """A worker process reads the topic once."""
    return fresh(read_topic(folder))


def listed(topic: Topic, found: Iterable[Noticed], work: Work) -> MutantsFile:
    """What ``mutants.json`` says of the mutants that were found: the first of each operator before others.

    Of operations and scenarios that ``work`` left out, it says what it said before.
    """
    made: Counter[OperationName] = Counter()
    dropped: Counter[OperationName] = Counter()
    answerable: dict[str, list[Noticed]] = {}
    for one in found:
        made[one.operation] += 1
        dropped[one.operation] += not one.scenarios
        for scenario in one.scenarios:
            answerable.setdefault(scenario, []).append(one)
    operations = {
        written(key): Made(basis, made[key], dropped[key])
        if key in work.operations
        else topic.mutants.operations[written(key)]
        for key, basis in sorted(bases(topic).items())
    }
    scenarios = {name: of for name, of in topic.mutants.scenarios.items() if name not in work.scenarios}
    scenarios |= {
        name: _by_operation(_chosen(name, of)) for name, of in answerable.items() if name in work.scenarios
    }
    return MutantsFile(operations, dict(sorted(scenarios.items())))


def _chosen(scenario: str, found: list[Noticed]) -> list[Noticed]:
    """The first of each operator that is noticed at each kind of statement, before the second of any."""
    rank: Counter[tuple[OperationName, str, type]] = Counter()
    ranked = []
    for one in found:
        kind = one.scenarios[scenario]
        like = (one.operation, one.mutant.operator, kind)
        ranked.append((rank[like], kind is Call, one))
        rank[like] += 1
    return [one for *_, one in sorted(ranked, key=lambda entry: entry[:2])][:MOST_LISTED]


def _by_operation(found: list[Noticed]) -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda one: (one.operation, one.mutant.name)):
        names.setdefault(written(one.operation), []).append(one.mutant.name)
    return {operation: tuple(of) for operation, of in names.items()}


def write(folder: Folder, file: MutantsFile) -> None:
    """Write the ``mutants.json`` of a topic into its folder."""
    text = msgspec.json.format(msgspec.json.encode(file), indent=1)
    folder.joinpath(MUTANTS).write_bytes(text + b"\n")
