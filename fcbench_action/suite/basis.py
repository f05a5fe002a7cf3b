"""What the list of mutants of an operation depends on: so that what did not change is not tried again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from fcbench_action.functions.programs import name_of, requests, written
from fcbench_action.language.program.environment import OperationName
from fcbench_action.suite.material import Topic


def verifying(topic: Topic) -> dict[OperationName, tuple[str, ...]]:
    """The scenarios that are about each operation that is realized, as ``module/target``."""
    about: dict[str, list[str]] = {}
    for module in topic.modules.values():
        for case in module.cases["test.write"]:
            for endpoint in case.endpoints:
                about.setdefault(endpoint, []).append(f"{module.name}/{case.target}")
    return {key: tuple(about.get(written(key), ())) for key in topic.programs.operations}


def bases(topic: Topic) -> dict[OperationName, str]:
    """A SHA-256 for each operation: of its text, and of those of the scenarios about it and what they call.

    Types and tables are not in it, nor is this package's code: after changes of these, all are tried anew.
    """
    modules = topic.modules.values()
    operations = {
        name_of(one.program.operation): one.text for m in modules for one in m.programs.operations.values()
    }
    scenarios: dict[str, str] = {}
    for module in modules:
        for name, one in module.programs.scenarios.items():
            called = sorted({name_of(request.operation) for request in requests(one.program)})
            texts = [one.text, *(operations.get(key, "") for key in called)]
            scenarios[f"{module.name}/{name}"] = _digest(texts)
    return {
        key: _digest([operations[key], *(part for n in names for part in (n, scenarios.get(n, "")))])
        for key, names in verifying(topic).items()
    }


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Work:
    """Operations whose mutants are to be tried, and the scenarios whose lists come of that."""

    operations: frozenset[OperationName]
    scenarios: frozenset[str]


def all_work(topic: Topic) -> Work:
    """Everything."""
    about = verifying(topic)
    return Work(frozenset(about), frozenset(name for names in about.values() for name in names))


def changed_work(topic: Topic) -> Work:
    """What ``mutants.json`` does not know yet: changed operations, and all others of the same scenarios."""
    about, known = verifying(topic), topic.mutants
    changed = {
        key
        for key, basis in bases(topic).items()
        if (old := known.operations.get(written(key))) is None or old.text != basis
    }
    gone = known.operations.keys() - {written(key) for key in about}
    names = {written(key) for key in changed} | gone
    scenarios = {name for key in changed for name in about[key]}
    scenarios |= {name for name, of in known.scenarios.items() if names & of.keys()}
    again = {key for key, those in about.items() if scenarios.intersection(those)}
    return Work(frozenset(changed | again), frozenset(scenarios))
