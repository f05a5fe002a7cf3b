"""What a model is told after a reply that is not valid: precise, bounded, and the same on any machine.

An answer that was asked for as text has no tool: its name is then empty.

Where the JSON could be read, it is the reply's own JSON with a mark at each error (``judge.marked``, which
also reads the paths back). Otherwise it is the position with an excerpt, or one instruction. Warnings are
not told.
"""

from __future__ import annotations

from fcbench_action.diagnostics import Diagnostic, errors
from fcbench_action.judge.limits import MAX_FEEDBACK, MAX_SHOWN
from fcbench_action.judge.marked import LEFT_OUT, mark, marked_lines, parse_paths
from fcbench_action.judge.parse import Parsed
from fcbench_action.judge.reader import line_and_column
from fcbench_action.judge.types import Outcome
from fcbench_action.sinks import one_line, terminal

__all__ = ["about_call", "about_text", "about_value", "parse_paths"]

_VIEWS = ((12, 200), (4, 80), (0, 40))
"""Members without errors that an object shows, and the length of its texts: the first that fits is taken."""

_IN_TEXT = "You answered in text and called no function."

_BESIDE = 50
"""Characters shown before and after the position in an unreadable text."""


def about_value(tool: str, parsed: Parsed, diagnostics: tuple[Diagnostic, ...], total: int) -> str:
    """The feedback on arguments that could be read: errors at their places, as many as the bound allows.

    ``total`` is how many errors there are.
    """
    found = errors(diagnostics)
    shown = len(found)
    while shown:
        head = _head(tool, shown, total)
        for context, text in _VIEWS:
            lines = marked_lines(parsed.value, found[:shown], context=context, text=text)
            if sum(map(len, lines)) + len(lines) + len(head) <= MAX_FEEDBACK:
                return head + "\n".join(lines) + "\n"
        shown //= 2
    return _list_only(tool, found, total)


def about_text(tool: str, text: str, parsed: Parsed, diagnostics: tuple[Diagnostic, ...]) -> str:
    """The feedback on arguments that are no JSON: where reading stopped, and why."""
    position = parsed.position or 0
    line, column = line_and_column(text, position)
    what = f"The arguments of `{tool}` are" if tool else "Your answer is"
    head = f"{what} not valid JSON: reading stopped at line {line}, column {column}.\n"
    marks = "".join(f"{mark(diagnostic)}\n" for diagnostic in diagnostics)
    excerpt = f"\n{_excerpt(text, position)}\n" if text else ""
    whole = f"{head}{marks}{excerpt}\n{_again(tool)}\n"
    return whole if len(whole) <= MAX_FEEDBACK else f"{head}{_again(tool)}\n"


def about_call(tool: str, outcome: Outcome, called: str | None = None, *, unparsed: bool = False) -> str:
    """The instruction after a reply that made no usable call, or one that the server could not parse."""
    said = {
        Outcome.NO_CALL: "Your call could not be parsed." if unparsed else _IN_TEXT,
        Outcome.REFUSAL: "You declined. Only a function call is asked for, and it does nothing by itself.",
        Outcome.WRONG_FUNCTION: f"You called `{one_line(called or '', MAX_SHOWN)}`, not what is asked for.",
        Outcome.TRUNCATED: (
            "Your reply reached the output limit before the arguments were complete. "
            "Think less, keep descriptions short, and send the whole argument."
        ),
    }[outcome]
    return f"{said}\nCall `{tool}` once, with the complete arguments.\n"


def about_no_answer(outcome: Outcome, missing: str = "") -> str:
    """The instruction after a reply that was asked for as text and holds none that is complete.

    ``missing`` says what was looked for in vain.
    """
    said = {
        Outcome.REFUSAL: "You declined. Only a text is asked for, and it does nothing by itself.",
        Outcome.TRUNCATED: "Your reply reached the output limit before the answer was complete. Think less.",
    }.get(outcome, missing)
    return f"{said}\nAnswer with all that is asked for, as text.\n"


def _head(tool: str, shown: int, total: int) -> str:
    count = "1 error" if total == 1 else f"{total} errors"
    rest = f" The first {shown} of them are marked." if shown < total else ""
    if not tool:
        return (
            f"Your answer was not accepted: {count}.{rest} Below is your own JSON; a comment with its path "
            f"marks each error, and {LEFT_OUT} stands for parts without errors. {_again(tool)}\n\n"
        )
    return (
        f"The call of `{tool}` was not accepted: {count}.{rest} Below are your own arguments; a comment with "
        f"its path marks each error, and {LEFT_OUT} stands for parts without errors. {_again(tool)}\n\n"
    )


def _again(tool: str) -> str:
    if not tool:
        return "Answer again with the complete, corrected JSON."
    return f"Call `{tool}` again with the complete, corrected arguments."


def _list_only(tool: str, found: list[Diagnostic], total: int) -> str:
    """The marks alone, where not even one fits together with its surroundings."""
    head = _head(tool, 0, total)
    lines: list[str] = []
    size = len(head)
    for diagnostic in found:
        line = mark(diagnostic)
        size += len(line) + 1
        if size > MAX_FEEDBACK:
            break
        lines.append(line)
    return head + "".join(f"{line}\n" for line in lines)


def _excerpt(text: str, position: int) -> str:
    """The line of ``position``, cut around it, with a caret under it; quoted, so that it marks nothing."""
    start = max(text.rfind("\n", 0, position) + 1, position - _BESIDE)
    end = text.find("\n", position)
    end = min(len(text) if end < 0 else end, position + _BESIDE)
    before = terminal(text[start:position].replace("\t", " "), lines=False)
    after = terminal(text[position:end].replace("\t", " "), lines=False)
    return f"> {before}{after}\n> {' ' * len(before)}^"
