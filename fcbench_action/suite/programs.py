"""The suite's programs: TypeScript that people write, and the trees that are loaded in its place.

Reading TypeScript takes a hundred times as long as reading JSON, so ``fcbench suite programs`` keeps the
trees in ``reference/programs.json``, each with the digest of the text that it comes from. A text that changed
since is a fault wherever the suite is loaded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from fcbench_action.diagnostics import Diagnostic, errors
from fcbench_action.functions.programs import name_of, written
from fcbench_action.language.program.check import check_operation, check_test
from fcbench_action.language.program.environment import Environment, OperationName
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.program.typescript import Reading, parse_operation, parse_test
from fcbench_action.suite.material import Module, ProgramsFile, RealizedText, ScenarioText, Topic
from fcbench_action.suite.source import BrokenSuite, Fault, Source

FILE = "reference/programs.json"
COMMAND = "fcbench suite programs"
MUTATE = "fcbench suite mutants"

_PARSERS: dict[str, Callable[[str], Reading[Any]]] = {"operations": parse_operation, "scenarios": parse_test}
_CAPITAL = re.compile("(?=[A-Z])")


def file_name(operation: OperationName) -> str:
    """What the file of an operation is called: ``put-lists-list-id`` for ``put /lists/{listId}``."""
    method, path = operation
    return "-".join([method, *_CAPITAL.sub("-", re.sub(r"[{}]", "", path)).lower().split("/")[1:]])


def stale(topic: Topic) -> list[Fault]:
    """The texts that no longer are what was compiled or mutated, each with its first error if it has one."""
    faults = [fault for module in topic.modules.values() for fault in _stale(module)]
    return faults or list(_stale_mutants(topic))


def _stale_mutants(topic: Topic) -> Iterator[Fault]:
    texts = {
        written(name_of(one.program.operation)): one.text
        for module in topic.modules.values()
        for one in module.programs.operations.values()
    }
    made = topic.mutants.operations
    for operation in sorted({*texts, *made}):
        if operation not in made or made[operation].text != texts.get(operation):
            yield topic.mutants_source.fault(("operations", operation), f"{operation} changed; run: {MUTATE}")


def _stale(module: Module) -> Iterator[Fault]:
    compiled = _compiled(module)
    for kind, name, source in _texts(module):
        known = compiled.pop((kind, name), None)
        if known is None or known.text != digest_of(source):
            reading = _PARSERS[kind](source.text)
            if reading.program is None:
                yield _unread(source, reading)
            else:
                yield Fault(source.name, 1, f"the text changed since it was compiled; run: {COMMAND}")
    for kind, name in compiled:
        reason = f"there is no {kind}/{name}.ts any more; run: {COMMAND}"
        yield module.sources[FILE].fault((kind, name), reason)


def compiled(topic: Topic) -> dict[str, ProgramsFile]:
    """The programs of each module as their texts say. Raises BrokenSuite with all that is wrong in them."""
    files: dict[str, ProgramsFile] = {}
    faults: list[Fault] = []
    owners: dict[OperationName, str] = {}
    for module in topic.modules.values():
        operations: dict[str, RealizedText] = {}
        scenarios: dict[str, ScenarioText] = {}
        for kind, name, source in _texts(module):
            reading = _PARSERS[kind](source.text)
            program = reading.program
            if program is None:
                faults.append(_unread(source, reading))
                continue
            faults += [
                Fault(source.name, reading.place(d.path)[0], f"{d.code}: {d.message}")
                for d in _errors(program, topic.programs.environment)
            ]
            if isinstance(program, OperationProgram):
                faults += _misplaced(source, name, program, owners)
                operations[name] = RealizedText(digest_of(source), program)
            else:
                scenarios[name] = ScenarioText(digest_of(source), program)
        files[module.name] = ProgramsFile(operations, scenarios)
    if faults:
        raise BrokenSuite(faults)
    return files


def fresh(topic: Topic) -> Topic:
    """The topic with its programs as the texts say. Raises BrokenSuite."""
    files = compiled(topic)
    modules = {name: replace(module, programs=files[name]) for name, module in topic.modules.items()}
    return replace(topic, modules=modules)


def write(folder: Path, topic: Topic) -> int:
    """Compile the topic's texts into ``folder``, which is the topic's; says how many. Raises BrokenSuite."""
    files = compiled(topic)
    for name, file in files.items():
        text = msgspec.json.format(msgspec.json.encode(file), indent=0)
        folder.joinpath(name, FILE).write_bytes(text + b"\n")
    return sum(len(file.operations) + len(file.scenarios) for file in files.values())


def digest_of(source: Source) -> str:
    """What identifies a text."""
    return hashlib.sha256(source.text.encode()).hexdigest()


def _errors(program: OperationProgram | TestProgram, environment: Environment) -> list[Diagnostic]:
    if isinstance(program, OperationProgram):
        return errors(check_operation(program, environment))
    return errors(check_test(program, environment))


def _misplaced(
    source: Source, name: str, program: OperationProgram, owners: dict[OperationName, str]
) -> Iterator[Fault]:
    key = (program.operation.method, program.operation.path)
    if name != file_name(key):
        yield Fault(source.name, 1, f"the file of {written(key)} is called {file_name(key)}.ts")
    if key in owners:
        yield Fault(source.name, 1, f"{written(key)} has a program already: {owners[key]}")
    owners.setdefault(key, source.name)


def _unread(source: Source, reading: Reading[Any]) -> Fault:
    (diagnostic, *_) = reading.diagnostics
    return Fault(source.name, reading.position[0], f"{diagnostic.code}: {diagnostic.message}")


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
