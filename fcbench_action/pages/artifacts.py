"""From recorded answers to the files that a person reads: a Prisma schema, an OpenAPI document ..."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import msgspec

from fcbench_action.functions import FUNCTIONS
from fcbench_action.judge.answers import is_typescript, read_typescript
from fcbench_action.judge.channels import answer_in
from fcbench_action.judge.types import Outcome
from fcbench_action.records.names import encode
from fcbench_action.records.types import Record
from fcbench_action.stats.scorecard import Setting, setting_of

_PLAIN_FOLDER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,79}(\.[A-Za-z0-9_-]{1,19}){0,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """The valid answer of one case, as text, and when its trial began."""

    started_at: str
    run: str
    function: str
    text: str
    channel: str


@dataclass(frozen=True, slots=True)
class Artifacts:
    """What the answers of one topic came to: files by path below the topic's folder, and cases left out.

    ``unreadable`` are cases whose recorded answer this version of its function does not read.
    """

    files: dict[str, str]
    cases: int
    unreadable: tuple[str, ...]


@dataclass(slots=True)
class Answers:
    """The valid answers of trial 0 of one topic, by setting and case; where runs differ, the latest's."""

    _found: dict[Setting, dict[str, Answer]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Take in a record of the topic, if it is one that counts."""
        last = record.rounds[-1]
        if record.trial != 0 or last.outcome is not Outcome.VALID or not last.reply:
            return
        answers = self._found.setdefault(setting_of(record.provenance), {})
        answer = Answer(
            record.rounds[0].started_at,
            record.provenance.run,
            record.case.function,
            last.reply.arguments or answer_in(last.reply.content or "", last.reply.channel),
            last.reply.channel,
        )
        known = answers.get(record.case.id)
        if known is None or (known.started_at, known.run) < (answer.started_at, answer.run):
            answers[record.case.id] = answer

    def artifacts(self, setting: Setting) -> Artifacts:
        """The files of the answers under ``setting``; functions that share ``emit`` emit together."""
        together: dict[Any, dict[str, Any]] = {}
        unreadable = []
        for case, answer in sorted(self._found.get(setting, {}).items()):
            function = FUNCTIONS.get(answer.function)
            argument = None if function is None else _decoded(answer, function.argument)
            if function is None or argument is None:
                unreadable.append(case)
            else:
                together.setdefault(function.emit, {})[case] = argument
        files: dict[str, str] = {}
        for emit, arguments in together.items():
            files |= {_safe_path(path): text for path, text in emit(arguments).items()}
        cases = sum(len(arguments) for arguments in together.values())
        return Artifacts(dict(sorted(files.items())), cases, tuple(unreadable))


def _decoded(answer: Answer, argument: type[Any]) -> Any:
    if is_typescript(argument, answer.channel):
        return read_typescript(argument, answer.text).program
    try:
        return msgspec.json.decode(answer.text, type=argument)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _safe_path(path: str) -> str:
    """``path`` with every part that is no ordinary file name encoded as names of models are."""
    return "/".join(part if _PLAIN_FOLDER.fullmatch(part) else encode(part) for part in path.split("/"))
