"""Variants of a topic: the same problems in other words, so that remembered answers can be told from work.

``vocabulary.json`` of a topic lists nouns, and other nouns that could take their place. A seed chooses one
for each, and all the topic's material is told in the chosen words: requirements, glossaries, references,
tests, probes, payloads. Ids of cases stay, so that results can be laid beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from random import Random
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from fcbench_action.suite.material import Module, ProgramsFile, Topic

Vocabulary = dict[str, tuple[str, ...]]
"""A noun in the singular to the nouns that may take its place; ``person/people`` says an odd plural."""

_MOST_SEEDS = 1 << 31


@dataclass(frozen=True)
class Renaming:
    """Words to words, in lower case, singular and plural; every spelling of an identifier follows."""

    words: Mapping[str, str]

    def text(self, text: str) -> str:
        """The text with the words replaced, as in ``Lists``, ``listId``, ``todo_lists``, ``ITodoList``."""
        return self._pattern.sub(self._replaced, text) if self.words else text

    @property
    def _pattern(self) -> re.Pattern[str]:
        return _pattern(tuple(sorted(self.words, key=lambda word: (-len(word), word))))

    def _replaced(self, match: re.Match[str]) -> str:
        found = match.group()
        other = self.words[found.lower()]
        if found.islower():
            return other
        return other.upper() if found.isupper() and len(found) > 1 else other[0].upper() + other[1:]


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Words where they stand alone or begin with a capital inside an identifier."""
    lower = "|".join(words)
    capital = "|".join(word[0].upper() + word[1:] for word in words)
    upper = "|".join(word.upper() for word in words)
    return re.compile(
        rf"(?<![A-Za-z])(?:{lower})(?![a-z])|(?:{capital})(?![a-z])|(?<![A-Za-z])(?:{upper})(?![A-Za-z])"
    )


def renaming(vocabulary: Vocabulary, seed: int, topic: str) -> Renaming:
    """The words that ``seed`` chooses; the same on every machine."""
    random = Random(f"{seed % _MOST_SEEDS}/{topic}")
    words: dict[str, str] = {}
    for noun in sorted(vocabulary):
        one, many = forms(noun)
        other, others = forms(random.choice(vocabulary[noun]))
        words |= {one: other, many: others}
    return Renaming(words)


def forms(noun: str) -> tuple[str, str]:
    """Singular and plural of a noun."""
    one, slash, many = noun.partition("/")
    if slash:
        return one, many
    if one.endswith(("s", "x", "ch", "sh")):
        return one, f"{one}es"
    if one.endswith("y") and one[-2] not in "aeiou":
        return one, f"{one[:-1]}ies"
    return one, f"{one}s"


def varied(topic: Topic, seed: int) -> Topic:
    """The topic in the words that ``seed`` chooses. Its names, and those of cases and files, stay."""
    names = renaming(topic.vocabulary, seed, topic.name)
    tell = _teller(names)
    mutants = topic.mutants
    return replace(
        topic,
        file=msgspec.structs.replace(tell(topic.file), modules=topic.file.modules),
        modules={name: _module(module, names, tell) for name, module in topic.modules.items()},
        conventions=names.text(topic.conventions),
        mutants=msgspec.structs.replace(
            mutants,
            operations={names.text(one): made for one, made in mutants.operations.items()},
            scenarios={
                scenario: {names.text(one): listed for one, listed in by_operation.items()}
                for scenario, by_operation in mutants.scenarios.items()
            },
        ),
        variant=seed,
    )


def _module(module: Module, names: Renaming, tell: Callable[[Any], Any]) -> Module:
    told = {
        part: tell(getattr(module, part))
        for part in ("glossary", "terms", "requirements", "worlds", "database", "operations", "schemas")
    }
    return replace(
        module,
        **told,
        called=names.text(module.called),
        brief=names.text(module.brief),
        statements={number: names.text(text) for number, text in module.statements.items()},
        programs=_programs(module.programs, tell),
        cases={
            function: tuple(msgspec.structs.replace(tell(case), target=case.target) for case in cases)
            for function, cases in module.cases.items()
        },
    )


def _programs(programs: ProgramsFile, tell: Callable[[Any], Any]) -> ProgramsFile:
    return ProgramsFile(
        **{
            kind: {
                name: msgspec.structs.replace(one, program=tell(one.program))
                for name, one in getattr(programs, kind).items()
            }
            for kind in ("operations", "scenarios")
        }
    )


def _teller(names: Renaming) -> Callable[[Any], Any]:
    """A function that tells a value in other words: every text in it, but for words of our own formats."""
    known: dict[str, str] = {}

    def tell(value: Any) -> Any:
        if isinstance(value, str):
            if value not in known:
                known[value] = names.text(value)
            return known[value]
        if isinstance(value, tuple):
            return tuple([tell(item) for item in value])
        if isinstance(value, list):
            return [tell(item) for item in value]
        if isinstance(value, Mapping):
            return {tell(key): tell(item) for key, item in value.items()}
        if isinstance(value, msgspec.Struct):
            return msgspec.structs.replace(value, **_told(value, tell))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **_told(value, tell))
        return value

    return tell


def _told(value: Any, tell: Callable[[Any], Any]) -> dict[str, Any]:
    kind: Any = type(value)
    return {name: tell(getattr(value, name)) for name in _free(kind)}


@cache
def _free(kind: Any) -> tuple[str, ...]:
    """The fields that hold texts of the topic, or hold what holds them: not those of fixed words."""
    names = (
        kind.__struct_fields__ if issubclass(kind, msgspec.Struct) else tuple(f.name for f in fields(kind))
    )
    hints = get_type_hints(kind, include_extras=True)
    return tuple(name for name in names if not _fixed(hints[name]))


def _fixed(hint: Any) -> bool:
    """Whether a type is of fixed words, numbers and truth values alone."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _fixed(get_args(hint)[0])
    if origin is Literal:
        return True
    if origin is Union or type(hint).__name__ == "UnionType":
        return all(_fixed(one) for one in get_args(hint))
    return hint in (bool, int, float, type(None))
