"""What a run was to do and what it ran in: the two readable files beside its records.

A plan is written once and holds all that decides what is asked, so a run's id recomputes from it, and
records can be held against it: none too many, none changed, and what is missing can be counted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from fcbench_action.errors import CorruptResults, EnvironmentFailed
from fcbench_action.records.lines import decode_line, encode_line
from fcbench_action.records.types import Provenance

MAX_BYTES = 64 << 20
"""The longest plan or environment that is read."""

ENGINE = "engine"
QUANTIZATION = "quantization"
CONTEXT_LENGTH = "context-length"
WANTED_FACTS = (ENGINE, QUANTIZATION, CONTEXT_LENGTH)
"""Facts of the serving without which a result of open weights says little."""

OR = " or "
"""Between the facts that one run was told, where its server changed."""

_FIX = "put it back from git or from a copy"
_TOLD = "server-"
_NAME = re.compile(r"(?P<run>[a-z0-9]+)-(?P<digest>[0-9a-f]{8})\.json")
T = TypeVar("T")


class RunPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a run set out to ask: each of ``cases``, in all its topics, ``trials`` times."""

    provenance: Provenance
    model_on_the_wire: str
    cases: tuple[str, ...]
    trials: Annotated[int, msgspec.Meta(ge=1, lt=2**31)]
    label: str = ""

    @property
    def size(self) -> int:
        """How many trials are planned."""
        return len(self.cases) * self.trials


def run_id(plan: RunPlan) -> str:
    """The id of the run that does ``plan``: a digest of all of it but the id itself."""
    bare = msgspec.structs.replace(plan, provenance=msgspec.structs.replace(plan.provenance, run=""))
    return hashlib.sha256(encode_line(bare)).hexdigest()[:12]


def facts_name(run: str, data: bytes) -> str:
    """The name of a plan's or environment's file: its run, and a digest of its content."""
    return f"{run}-{hashlib.sha256(data).hexdigest()[:8]}.json"


def read_plans(folder: Path) -> dict[Path, RunPlan]:
    """Every plan in a topic's ``fcbench`` folder, one a run.

    Raises ``CorruptResults`` for damage and ``EnvironmentFailed`` where a file cannot be read.
    """
    plans: dict[Path, RunPlan] = {}
    runs: dict[str, Path] = {}
    for path, run, plan in _read(folder / "plans", RunPlan):
        if plan.provenance.run != run or len(set(plan.cases)) < len(plan.cases):
            raise CorruptResults(f"{path} is no plan of run {run}: {_FIX}")
        if run in runs:
            raise CorruptResults(f"{path} is a second plan of run {run}, after {runs[run].name}: {_FIX}")
        runs[run] = path
        plans[path] = plan
    return plans


def check_facts(folder: Path, runs: Iterable[str]) -> None:
    """See that each of ``runs`` has its plan and an environment in a topic's ``fcbench`` folder.

    Raises what :func:`read_plans` raises, and ``CorruptResults`` where one is missing.
    """
    planned = {plan.provenance.run for plan in read_plans(folder).values()}
    described = {run for _, run, _ in _read(folder / "environments", dict[str, str])}
    for run in runs:
        for kind, found in (("plans", planned), ("environments", described)):
            if run not in found:
                raise CorruptResults(f"{folder / kind} has no file of run {run}, which has records: {_FIX}")


def told_facts(served: Mapping[str, str]) -> dict[str, str]:
    """What a server told of itself, as an environment holds it."""
    return {f"{_TOLD}{name}": fact for name, fact in sorted(served.items())}


def read_told_facts(folder: Path) -> dict[str, dict[str, str]]:
    """What servers told of themselves in each run of a topic's ``fcbench`` folder, by run.

    A run that went on with another server, or after an update, has what each told, in their order as text.
    Raises what :func:`read_plans` raises.
    """
    told: dict[str, dict[str, set[str]]] = {}
    for _, run, environment in _read(folder / "environments", dict[str, str]):
        own = told.setdefault(run, {})
        for name, fact in environment.items():
            if name.startswith(_TOLD):
                own.setdefault(name.removeprefix(_TOLD), set()).add(fact)
    return {
        run: {name: OR.join(sorted(facts)) for name, facts in sorted(own.items())}
        for run, own in told.items()
    }


def _read(folder: Path, type_: type[T]) -> list[tuple[Path, str, T]]:
    """Path, run and content of each file, sorted; names that begin with a dot are left alone."""
    found = []
    for path in sorted(folder.glob("[!.]*.json")):
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except IsADirectoryError as error:
            raise CorruptResults(f"{path} is a folder where a file should be: move it away") from error
        except OSError as error:
            raise EnvironmentFailed(f"cannot read {path}: {error.strerror or error}") from error
        name = _NAME.fullmatch(path.name)
        if name is None or facts_name(name["run"], data) != path.name:
            raise CorruptResults(f"{path} does not hold what its name is a digest of: {_FIX}")
        try:
            found.append((path, name["run"], decode_line(data, type_)))
        except msgspec.DecodeError as error:
            raise CorruptResults(f"{path} is damaged ({error}): {_FIX}") from error
    return found
