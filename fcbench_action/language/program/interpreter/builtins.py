"""The builtins that ``invoke`` calls."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics.run import NOT_A_TIME
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.interpreter.compiler import Compiler, Evaluate, Names, unknown
from fcbench_action.language.program.interpreter.demands import require_count, require_enough
from fcbench_action.language.program.interpreter.faults import Fault, mistyped, unchecked
from fcbench_action.language.program.interpreter.plain import checked
from fcbench_action.language.program.interpreter.state import Run
from fcbench_action.language.program.interpreter.times import milliseconds, time_text
from fcbench_action.sinks import one_line

Builtin = Callable[[Run, Path, list[Any]], Any]
"""Computes from checked arguments, at the path of the call."""

_MOST_SECONDS = 1e12  # more than all years that a time can be in
_SALT = "fcbench\0"
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "s": ((str,), "a string"),
    "n": ((int, float), "a number"),
    "i": ((int,), "an integer"),
    "a": ((list,), "an array"),
}


def invoke(compiler: Compiler, node: nodes.Invoke, path: Path, names: Names) -> Evaluate:
    """A call of a builtin, its arguments checked first."""
    if node.function not in _BUILTINS:
        raise unknown(path, "builtin", node.function)
    signature, builtin = _BUILTINS[node.function]
    if len(signature) != len(node.arguments):
        raise unchecked(path, f"This takes {len(signature)} arguments, not {len(node.arguments)}.")
    arguments = tuple(compiler.each(node.arguments, (*path, "arguments"), names))
    kinds = tuple(_KINDS[letter] for letter in signature)

    def invoke(run: Run) -> Any:
        values = [argument(run) for argument in arguments]
        for at, (value, (types, expected)) in enumerate(zip(values, kinds, strict=True)):
            if type(value) not in types:
                raise mistyped((*path, "arguments", at), expected, value)
        return builtin(run, path, values)

    return invoke


def _lower(run: Run, path: Path, values: list[Any]) -> str:
    return _mapped(run, path, values[0], str.lower)


def _upper(run: Run, path: Path, values: list[Any]) -> str:
    return _mapped(run, path, values[0], str.upper)


def _trim(run: Run, path: Path, values: list[Any]) -> str:
    return _mapped(run, path, values[0], str.strip)


def _mapped(run: Run, path: Path, text: str, change: Callable[[str], str]) -> str:
    run.meter.text(len(text), path)
    changed = change(text)
    if len(changed) > len(text):  # a few characters become two or three
        run.meter.text(len(changed), path)
    return changed


def _starts_with(run: Run, path: Path, values: list[Any]) -> bool:
    run.meter.scan(len(values[1]), path)
    return bool(values[0].startswith(values[1]))


def _ends_with(run: Run, path: Path, values: list[Any]) -> bool:
    run.meter.scan(len(values[1]), path)
    return bool(values[0].endswith(values[1]))


def _contains(run: Run, path: Path, values: list[Any]) -> bool:
    run.meter.scan(len(values[0]), path)
    return bool(values[1] in values[0])


def _split(run: Run, path: Path, values: list[Any]) -> list[str]:
    """Between separators; into characters where the separator is empty."""
    text, separator = values
    run.meter.text(len(text), path)
    run.meter.scan(len(text), path)
    run.meter.array(text.count(separator) + 1 if separator else len(text), path)
    return text.split(separator) if separator else list(text)


def _join(run: Run, path: Path, values: list[Any]) -> str:
    texts, separator = values
    run.meter.step(len(texts), path)
    for at, text in enumerate(texts):
        if type(text) is not str:
            raise mistyped((*path, "arguments", 0, at), "a string", text)
    run.meter.text(sum(map(len, texts)) + len(separator) * max(0, len(texts) - 1), path)
    return str(separator.join(texts))


def _floor(_run: Run, path: Path, values: list[Any]) -> int | float:
    return checked(math.floor(values[0]), path)


def _ceil(_run: Run, path: Path, values: list[Any]) -> int | float:
    return checked(math.ceil(values[0]), path)


def _round(_run: Run, path: Path, values: list[Any]) -> int | float:
    """To the nearest integer; halves go up, as in JavaScript."""
    below = math.floor(values[0])
    return checked(below + (values[0] - below >= 0.5), path)


def _min(_run: Run, _path: Path, values: list[Any]) -> Any:
    return min(values)


def _max(_run: Run, _path: Path, values: list[Any]) -> Any:
    return max(values)


def _abs(_run: Run, path: Path, values: list[Any]) -> int | float:
    return checked(abs(values[0]), path)


def _add_seconds(_run: Run, path: Path, values: list[Any]) -> str:
    moment = time_of(values[0], (*path, "arguments", 0))
    found = time_text(moment + round(values[1] * 1000)) if abs(values[1]) < _MOST_SECONDS else None
    if found is None:
        raise Fault(NOT_A_TIME.at(path, "The result is not within the years 1 to 9999."))
    return found


def _is_before(_run: Run, path: Path, values: list[Any]) -> bool:
    return time_of(values[0], (*path, "arguments", 0)) < time_of(values[1], (*path, "arguments", 1))


def time_of(text: str, path: Path) -> int:
    """The moment that a text names, in milliseconds. Raises Fault where it names none."""
    moment = milliseconds(text)
    if moment is None:
        shown = one_line(text, 60)
        raise Fault(
            NOT_A_TIME.at(path, f"{shown!r} is no time.", expected="a time in RFC 3339", actual=repr(shown))
        )
    return moment


def _uuid(run: Run, _path: Path, _values: list[Any]) -> str:
    return run.draws.uuid()


def _hash_password(run: Run, path: Path, values: list[Any]) -> str:
    """Salted, so that equal passwords have different hashes; too quick to protect real passwords."""
    salt = run.draws.bytes(8).hex()
    return f"{salt}${_digest(run, path, [salt + values[0]])}"


def _verify_password(run: Run, path: Path, values: list[Any]) -> bool:
    salt, _, hashed = values[1].partition("$")
    return bool(_digest(run, path, [salt + values[0]]) == hashed)


def _digest(run: Run, path: Path, values: list[Any]) -> str:
    """64 hexadecimal digits."""
    run.meter.scan(len(values[0]), path)
    return hashlib.sha256((_SALT + values[0]).encode("utf-8", "surrogatepass")).hexdigest()


def _random_text(run: Run, path: Path, values: list[Any]) -> str:
    alphabet, length = values
    require_count(length, (*path, "arguments", 1))
    require_enough(len(alphabet), 1, (*path, "arguments", 0))
    run.meter.text(length, path)
    run.meter.step(length, path)
    return "".join([alphabet[run.draws.below(len(alphabet))] for _ in range(length)])


def _issue_token(run: Run, _path: Path, values: list[Any]) -> str:
    """In a test, a token that no backend knows."""
    return run.issue(values[0]) if run.issue is not None else run.draws.token()


_BUILTINS: dict[str, tuple[str, Builtin]] = {
    "lower": ("s", _lower),
    "upper": ("s", _upper),
    "trim": ("s", _trim),
    "startsWith": ("ss", _starts_with),
    "endsWith": ("ss", _ends_with),
    "contains": ("ss", _contains),
    "split": ("ss", _split),
    "join": ("as", _join),
    "floor": ("n", _floor),
    "ceil": ("n", _ceil),
    "round": ("n", _round),
    "min": ("nn", _min),
    "max": ("nn", _max),
    "abs": ("n", _abs),
    "addSeconds": ("sn", _add_seconds),
    "isBefore": ("ss", _is_before),
    "uuid": ("", _uuid),
    "hashPassword": ("s", _hash_password),
    "verifyPassword": ("ss", _verify_password),
    "issueToken": ("s", _issue_token),
    "digest": ("s", _digest),
    "randomText": ("si", _random_text),
}

HANDLERS: dict[type, Callable[[Compiler, Any, Path, Names], Evaluate]] = {nodes.Invoke: invoke}
