"""The suite's programs: TypeScript that people write, and the trees that are loaded in its place.

Reading TypeScript takes a hundred times as long as reading JSON, so ``fcbench suite programs`` keeps the
trees in ``reference/programs.json``, each with the digest of the text that it comes from. A text that changed
since is read again whenever the suite is loaded; ``fcbench suite check`` insists that none did.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from fcbench_action.diagnostics import Diagnostic, errors
from fcbench_action.functions.programs import name_of, written
from fcbench_action.language.program.check import check_operation, check_test
from fcbench_action.language.program.environment import Environment, OperationName
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.program.typescript import Reading, parse_operation, parse_test
from fcbench_action.suite.basis import bases
from fcbench_action.suite.material import PROGRAMS, Module, ProgramsFile, RealizedText, ScenarioText, Topic
from fcbench_action.suite.source import BrokenSuite, Fault, Source

COMMAND = "fcbench suite programs"
MUTATE = "fcbench suite mutants"

_PARSERS: dict[str, Callable[[str], Reading[Any]]] = {"operations": parse_operation, "scenarios": parse_test}
_CAPITAL = re.compile("(?=[A-Z])")


def file_name(operation: OperationName) -> str:
    """What the file of an operation is called: ``put-lists-list-id`` for ``put /lists/{listId}``."""
    method, path = operation
    return "-".join([method, *_CAPITAL.sub("-", re.sub(r"[{}]", "", path)).lower().split("/")[1:]])


def stale(topic: Topic) -> Iterator[Fault]:
    """The texts that no longer are what was compiled, and the operations that were mutated before."""
    for module in topic.modules.values():
        known = _compiled(module)
        for kind, name, source in _texts(module):
            old = known.pop((kind, name), None)
            if old is None or old.text != digest_of(source):
                yield Fault(source.name, 1, f"the text changed since it was compiled; run: {COMMAND}")
        for kind, name in known:
            yield module.sources[PROGRAMS].fault(
                (kind, name), f"there is no {kind}/{name}.ts; run: {COMMAND}"
            )
    texts = {written(key): basis for key, basis in bases(topic).items()}
    made = topic.mutants.operations
    for operation in sorted({*texts, *made}):
        if operation not in made or made[operation].text != texts.get(operation):
            reason = f"{operation} changed, or a scenario about it, or what that calls; run: {MUTATE}"
            yield topic.mutants_source.fault(("operations", operation), reason)


def compiled(topic: Topic, *, again: bool = True) -> dict[str, ProgramsFile]:
    """The programs of each module as their texts say. Raises BrokenSuite with all that is wrong in them.

    Unless all are to be compiled ``again``, only those are that changed.
    """
    reader = _Reader(topic, again)
    files = {name: reader.module(module) for name, module in topic.modules.items()}
    if reader.faults:
        raise BrokenSuite(reader.faults)
    return files


@dataclass(slots=True)
class _Reader:
    """Reads the texts of a topic and notes what is wrong with them."""

    topic: Topic
    again: bool
    faults: list[Fault] = field(default_factory=list)
    owners: dict[OperationName, str] = field(default_factory=dict)

    def module(self, module: Module) -> ProgramsFile:
        known = {} if self.again else _compiled(module)
        operations: dict[str, RealizedText] = {}
        scenarios: dict[str, ScenarioText] = {}
        for kind, name, source in _texts(module):
            old = known.get((kind, name))
            unchanged = old is not None and old.text == digest_of(source)
            program = old.program if old is not None and unchanged else self._read(kind, source)
            if isinstance(program, OperationProgram):
                self._place(source, name, program)
                operations[name] = RealizedText(digest_of(source), program)
            elif program is not None:
                scenarios[name] = ScenarioText(digest_of(source), program)
        return ProgramsFile(operations, scenarios)

    def _read(self, kind: str, source: Source) -> OperationProgram | TestProgram | None:
        reading = _PARSERS[kind](source.text)
        program: OperationProgram | TestProgram | None = reading.program
        if program is None:
            (diagnostic, *_) = reading.diagnostics
            reason = f"{diagnostic.code}: {diagnostic.message}"
            self.faults.append(Fault(source.name, reading.position[0], reason))
            return None
        self.faults += (
            Fault(source.name, reading.place(d.path)[0], f"{d.code}: {d.message}")
            for d in _errors(program, self.topic.programs.environment)
        )
        return program

    def _place(self, source: Source, name: str, program: OperationProgram) -> None:
        key = name_of(program.operation)
        if name != file_name(key):
            reason = f"the file of {written(key)} is called {file_name(key)}.ts"
            self.faults.append(Fault(source.name, 1, reason))
        if key in self.owners:
            reason = f"{written(key)} has a program already: {self.owners[key]}"
            self.faults.append(Fault(source.name, 1, reason))
        self.owners.setdefault(key, source.name)


def fresh(topic: Topic) -> Topic:
    """The topic with its programs as the texts say. Raises BrokenSuite."""
    files = compiled(topic, again=False)
    modules = {name: replace(module, programs=files[name]) for name, module in topic.modules.items()}
    return replace(topic, modules=modules)


def write(folder: Path, topic: Topic) -> int:
    """Compile the topic's texts into ``folder``, which is the topic's; says how many. Raises BrokenSuite."""
    files = compiled(topic)
    for name, file in files.items():
        text = msgspec.json.format(msgspec.json.encode(file), indent=0)
        folder.joinpath(name, PROGRAMS).write_bytes(text + b"\n")
    return sum(len(file.operations) + len(file.scenarios) for file in files.values())


def digest_of(source: Source) -> str:
    """What identifies a text."""
    return hashlib.sha256(source.text.encode()).hexdigest()


def _errors(program: OperationProgram | TestProgram, environment: Environment) -> list[Diagnostic]:
    if isinstance(program, OperationProgram):
        return errors(check_operation(program, environment))
    return errors(check_test(program, environment))


def _compiled(module: Module) -> dict[tuple[str, str], RealizedText | ScenarioText]:
    programs = module.programs
    return {("operations", name): one for name, one in programs.operations.items()} | {
        ("scenarios", name): one for name, one in programs.scenarios.items()
    }


def _texts(module: Module) -> Iterator[tuple[str, str, Source]]:
    """Kind, name and source of each of the module's TypeScript files."""
    for path, source in module.sources.items():
        if path.endswith(".ts"):
            kind, _, name = path.removesuffix(".ts").partition("/")
            yield kind, name, source
