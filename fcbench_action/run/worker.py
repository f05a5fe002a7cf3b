"""A process that judges replies, grading included; ``run.workers`` starts it and talks to it.

Questions come on the standard input and answers go to the standard output, each with its length before
it. The process ends when its input does, so none outlives the process that started it, however that ends.
"""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

import msgspec

from fcbench_action.judge.judge import judge
from fcbench_action.judge.types import Reply, Verdict
from fcbench_action.records.lines import decode_line, encode_line
from fcbench_action.suite.case import Case
from fcbench_action.suite.load import load

LENGTH = 4
"""Bytes of a message's length, which come before it, the highest first."""

NICENESS = 5
"""Behind the process that asks models: its next question comes before a grade."""


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which reply to judge, as an answer to which case."""

    case: str
    reply: Reply
    variant: int | None = None


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The verdict without the argument, or the kind of error that judging ended in."""

    verdict: Verdict | None = None
    error: str = ""


class _Cases:
    """Cases by id and variant. A topic is loaded when one of its cases is first asked for."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int | None], Case] = {}

    def get(self, case: str, variant: int | None) -> Case:
        """The case. Raises KeyError."""
        if (case, variant) not in self._known:
            suite = load([case.partition("/")[0]], variant=variant)
            self._known |= {(name, variant): one for name, one in suite.cases.items()}
        return self._known[case, variant]


def main() -> None:
    """Answer until there are no more questions."""
    os.nice(NICENESS)
    cases = _Cases()
    while (question := _read(sys.stdin.buffer)) is not None:
        _tell(framed(encode_line(_answer(cases, decode_line(question, Question)))))


def _tell(answer: bytes) -> None:
    """Hand an answer over. Where whoever asked was killed meanwhile, end at once and say nothing: there is
    nobody to tell, and Python would complain about the lost answer once more when it exits.
    """
    try:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except ConnectionError:
        os._exit(0)


def framed(message: bytes) -> bytes:
    """The message with its length before it."""
    return len(message).to_bytes(LENGTH, "big") + message


def _read(stream: BinaryIO) -> bytes | None:
    """The next message, or nothing where the stream ends."""
    length = stream.read(LENGTH)
    if len(length) < LENGTH:
        return None
    wanted = int.from_bytes(length, "big")
    message = stream.read(wanted)
    return message if len(message) == wanted else None


def _answer(cases: _Cases, question: Question) -> Answer:
    try:
        case = cases.get(question.case, question.variant)
        verdict = judge(case.function, case.task, question.reply)
    except Exception as error:  # noqa: BLE001 - whatever breaks in the judge is told to whoever asked
        return Answer(error=type(error).__name__)
    return Answer(msgspec.structs.replace(verdict, argument=None))


if __name__ == "__main__":
    main()
