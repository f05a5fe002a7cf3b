"""Judging one reply: stages in order, the first failing one decides; the lenient verdict beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from fcbench_action.diagnostics import Diagnostic, Severity, errors, sort
from fcbench_action.diagnostics import reply as codes
from fcbench_action.functions.base import Function
from fcbench_action.judge import feedback
from fcbench_action.judge.answers import about_typescript, is_typescript, outcome_of, read_typescript
from fcbench_action.judge.channels import TOOL, answer_in, why_empty
from fcbench_action.judge.decode import Decoded, decode, typed
from fcbench_action.judge.lenient import Lenient, mended, read_leniently
from fcbench_action.judge.limits import MAX_DIAGNOSTICS, MAX_EXPECTED
from fcbench_action.judge.marked import cut_path
from fcbench_action.judge.parse import Parsed, parse
from fcbench_action.judge.repairs import Repair
from fcbench_action.judge.shape import shape_of
from fcbench_action.judge.types import UNPARSED_CALL, Outcome, Reading, Reply, Verdict
from fcbench_action.judge.written import has_markup, is_about, without_thoughts, written_calls
from fcbench_action.sinks import one_line


def judge(function: Function, task: Any, reply: Reply) -> Verdict:
    """The verdict on ``reply`` as an answer to ``task``: :func:`assess`, and the grade where it is valid.

    Grading runs programs, which takes many times as long as all the rest.
    """
    verdict = assess(function, task, reply)
    if verdict.outcome is not Outcome.VALID:
        return verdict
    return msgspec.structs.replace(verdict, grade=function.grade(task, verdict.argument))


def assess(function: Function, task: Any, reply: Reply) -> Verdict:
    """The verdict on ``reply`` without its grade: all that decides about the next round.

    A reply without a call is ``truncated`` where it stopped at the output limit, ``refusal`` where the
    model declined, else ``no_call``. Arguments that cannot be read to their end are ``truncated`` where the
    reply stopped at the output limit; a call that is complete is judged like any other, whatever the reason
    for stopping says. Further calls beside the first are not looked at.

    Whatever ``function`` raises is a defect of ours and passes through.
    """
    if reply.channel != TOOL:
        return _answer(function, task, reply)
    if reply.function is None:
        return _without_call(function, task, reply)
    if reply.function != function.tool_name:
        return _other_function(function, task, reply, reply.function)
    return _argument(function, task, reply, reply.arguments or "", function.tool_name)


def _argument(function: Function, task: Any, reply: Reply, text: str, tool: str) -> Verdict:
    decoded = decode(text, function.argument)
    if decoded.argument is None:
        return _not_typed(function, task, reply, text, decoded, tool)
    return _typed(function, task, text, decoded, tool)


def _answer(function: Function, task: Any, reply: Reply) -> Verdict:
    """The verdict on an answer that was asked for as text."""
    text = answer_in(reply.content or "", reply.channel)
    if not text.strip():
        outcome, code = Outcome.NO_CALL, codes.NO_CALL
        if reply.stopped_at_limit:
            outcome, code = Outcome.TRUNCATED, codes.TRUNCATED
        elif reply.was_declined:
            outcome, code = Outcome.REFUSAL, codes.REFUSAL
        missing = why_empty(reply.content or "", reply.channel)
        found = code.at((), missing)
        return Verdict(outcome, Reading(outcome), (found,), 0, feedback.about_no_answer(outcome, missing))
    if is_typescript(function.argument, reply.channel):
        return _program(function, task, reply, text)
    return _argument(function, task, reply, text, "")


def _program(function: Function, task: Any, reply: Reply, text: str) -> Verdict:
    """The verdict on a program in TypeScript. There is no forgiving reading of it."""
    reading = read_typescript(function.argument, text)
    if reading.program is None:
        outcome = Outcome.TRUNCATED if reply.stopped_at_limit else outcome_of(reading)
        told = about_typescript(text, reading, reading.diagnostics, len(reading.diagnostics))
        if outcome is Outcome.TRUNCATED:
            told = feedback.about_no_answer(outcome)
        return Verdict(outcome, Reading(outcome), _bounded(reading.diagnostics), 0, told)
    found = function.compile(task, reading.program)
    kept, omitted = _most_important(found)
    broken = errors(found)
    outcome = Outcome.COMPILE_ERROR if broken else Outcome.VALID
    told = about_typescript(text, reading, tuple(errors(kept)), len(broken)) if broken else ""
    return Verdict(outcome, Reading(outcome), _bounded(kept), omitted, told, reading.program)


def check_argument(function: Function, task: Any, text: str) -> Verdict:
    """The verdict on a call of the right function with these arguments."""
    return judge(function, task, Reply(function=function.tool_name, arguments=text))


def _typed(function: Function, task: Any, text: str, decoded: Decoded, tool: str) -> Verdict:
    """The stages after the schema. Nothing is left to repair, so the lenient outcome is the same."""
    found = function.compile(task, decoded.argument)
    kept, omitted = _most_important(found)
    if not (broken := errors(found)):
        outcome, told = Outcome.VALID, ""
    else:
        outcome = Outcome.COMPILE_ERROR
        parsed = decoded.parsed or parse(text)
        told = feedback.about_value(tool, parsed, kept, len(broken))
    return Verdict(outcome, Reading(outcome), _bounded(kept), omitted, told, decoded.argument)


def _not_typed(
    function: Function, task: Any, reply: Reply, text: str, decoded: Decoded, tool: str
) -> Verdict:
    """The arguments are not of the declared type, or no JSON at all. ``tool`` is empty in answers as text."""
    parsed = decoded.parsed or parse(text)
    found = decoded.diagnostics
    if parsed.position is not None and reply.stopped_at_limit:
        outcome = Outcome.TRUNCATED
        told = feedback.about_call(tool, outcome) if tool else feedback.about_no_answer(outcome)
        found = (codes.TRUNCATED.at((), "The reply was cut off at the output limit."), *found)
    elif parsed.position is not None:
        outcome, told = Outcome.INVALID_JSON, feedback.about_text(tool, text, parsed, found)
    else:
        outcome = Outcome.INVALID_JSON if parsed.diagnostics else Outcome.SCHEMA_VIOLATION
        told = feedback.about_value(tool, parsed, found, len(found) + decoded.omitted)
    lenient = read_leniently(text, shape_of(function.argument), parsed)
    reading = _reading(function, task, lenient, otherwise=outcome)
    return Verdict(outcome, reading, _bounded(found), decoded.omitted, told)


def _reading(function: Function, task: Any, lenient: Lenient | None, *, otherwise: Outcome) -> Reading:
    """What the forgiving harness would have said."""
    if lenient is None:
        return Reading(otherwise)
    repairs = tuple(str(repair) for repair in lenient.repairs)
    decoded = typed(Parsed(lenient.value), function.argument)
    if decoded.argument is None:
        return Reading(Outcome.SCHEMA_VIOLATION, repairs)
    broken = errors(function.compile(task, decoded.argument))
    return Reading(Outcome.COMPILE_ERROR if broken else Outcome.VALID, repairs)


def _without_call(function: Function, task: Any, reply: Reply) -> Verdict:
    if reply.stopped_at_limit:
        outcome, diagnostic = (
            Outcome.TRUNCATED,
            codes.TRUNCATED.at((), "The reply was cut off before any call."),
        )
    elif reply.was_declined:
        outcome, diagnostic = Outcome.REFUSAL, codes.REFUSAL.at((), "The reply declines to answer.")
    else:
        outcome, diagnostic = Outcome.NO_CALL, codes.NO_CALL.at((), "The reply calls no function.")
    unparsed = outcome is Outcome.NO_CALL and UNPARSED_CALL in reply.notes
    told = feedback.about_call(function.tool_name, outcome, unparsed=unparsed)
    return Verdict(outcome, _reading_of_content(function, task, reply, outcome), (diagnostic,), 0, told)


def _reading_of_content(function: Function, task: Any, reply: Reply, outcome: Outcome) -> Reading:
    """A call written into the text counts leniently where it is of the declared type, and else not at all."""
    for lenient in _calls_in(reply.content or "", function):
        found = Lenient(lenient.value, tuple(sorted({*lenient.repairs, Repair.CONTENT})))
        reading = _reading(function, task, found, otherwise=outcome)
        if reading.outcome is not Outcome.SCHEMA_VIOLATION:
            return reading
    return Reading(outcome)


def _calls_in(content: str, function: Function) -> Iterator[Lenient]:
    """What may be the arguments in a text, the likeliest first; thinking aloud is no part of it."""
    text, shape = without_thoughts(content), shape_of(function.argument)
    for call in written_calls(text, function.tool_name):
        if (lenient := mended(call.value, call.repairs, shape)) is not None:
            yield lenient
    lenient = read_leniently(text, shape) if text else None
    if lenient is not None and isinstance(lenient.value, dict):
        markup = (Repair.CALL_MARKUP,) if has_markup(text) else ()
        yield Lenient(lenient.value, (*lenient.repairs, *markup))


def _other_function(function: Function, task: Any, reply: Reply, called: str) -> Verdict:
    outcome, tool = Outcome.WRONG_FUNCTION, function.tool_name
    message = f"The reply calls another function than {tool}."
    diagnostic = codes.WRONG_FUNCTION.at((), message, expected=tool, actual=called)
    told = feedback.about_call(tool, outcome, called)
    reading = Reading(outcome)
    if is_about(called, tool):
        lenient = read_leniently(reply.arguments or "", shape_of(function.argument))
        if lenient is not None:
            lenient = Lenient(lenient.value, tuple(sorted({*lenient.repairs, Repair.FUNCTION_NAME})))
        reading = _reading(function, task, lenient, otherwise=outcome)
    return Verdict(outcome, reading, _bounded([diagnostic]), 0, told)


def _most_important(found: list[Diagnostic]) -> tuple[tuple[Diagnostic, ...], int]:
    """The diagnostics that a verdict keeps, errors before warnings; and how many it leaves out."""
    ranked = sorted(sort(found), key=lambda diagnostic: diagnostic.severity is Severity.WARNING)
    return tuple(sort(ranked[:MAX_DIAGNOSTICS])), max(0, len(ranked) - MAX_DIAGNOSTICS)


def _bounded(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics as a verdict holds them: sorted, keys and texts cut to their bounds."""
    return tuple(
        msgspec.structs.replace(
            diagnostic,
            path=cut_path(diagnostic.path),
            message=one_line(diagnostic.message, MAX_EXPECTED),
            expected=one_line(diagnostic.expected, MAX_EXPECTED),
            actual=one_line(diagnostic.actual, MAX_EXPECTED),
        )
        for diagnostic in sort(found)
    )
