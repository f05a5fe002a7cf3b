"""Our own JSON reader: exact positions and paths, every finding, and on demand forgiving.

One grammar with two attitudes. Wherever a text leaves JSON in a way that has a name, the reader *slips*:
read strictly, that ends the reading with a diagnostic that says so; read forgivingly, the repair is noted
and the reading goes on. It keeps its own stack, so that no nesting exhausts Python's, and visits each
character a bounded number of times.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from fcbench_action.diagnostics import Code, Diagnostic, Path, Segment, sort
from fcbench_action.diagnostics import reply as codes
from fcbench_action.judge.limits import MAX_DEPTH, MAX_DIAGNOSTICS, MAX_DIGITS, MAX_SHOWN
from fcbench_action.judge.repairs import Repair
from fcbench_action.sinks import one_line

_SPACE = re.compile(r"[ \t\n\r]*+")
_COMMENT = re.compile(r"//[^\n]*+|#[^\n]*+|/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+"')
_LOOSE = {
    quote: re.compile(rf"{quote}([^{quote}\\]*+(?:\\.[^{quote}\\]*+)*+){quote}", re.DOTALL) for quote in "\"'"
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?([eE][+-]?[0-9]++)?")
_WORD = re.compile(r"-?[A-Za-z_$][A-Za-z0-9_$]*+")
_ESCAPE = re.compile(r'\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]|\\(.)|([\x00-\x1f"])', re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f]")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_LITERALS: dict[str, Any] = {"true": True, "false": False, "null": None}
_PYTHON: dict[str, Any] = {"True": True, "False": False, "None": None}
_NOT_FINITE = {"NaN", "Infinity", "-Infinity", "-NaN"}
_CLOSERS = {"{": "}", "[": "]"}


class _Opened:
    """A container has been opened, and its first value comes next."""


_OPENED: Final = _Opened()


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read. ``position`` is where reading had to stop, absent where it reached the end of a value.

    ``end`` is the position after the value. ``repairs`` are in the order of their names.
    """

    value: Any
    diagnostics: tuple[Diagnostic, ...]
    omitted: int
    position: int | None
    end: int
    repairs: tuple[Repair, ...]


def read(text: str) -> Scan:
    """The strict reading of the whole of ``text``."""
    reader = _Reader(text, forgiving=False)
    return reader.reading(0, whole=True)


def read_forgivingly(text: str, start: int) -> Scan:
    """The forgiving reading of the one value that begins at ``start``; what follows it is not looked at."""
    reader = _Reader(text, forgiving=True)
    return reader.reading(start, whole=False)


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """Both counted from 1, columns in characters."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


class _Stop(Exception):
    """The text cannot be read on."""

    def __init__(self, diagnostic: Diagnostic, position: int) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
        self.position = position


class _Reader:
    """The state of one reading: where it is, and the containers and keys that it is inside of."""

    def __init__(self, text: str, *, forgiving: bool) -> None:
        self.text = text
        self.forgiving = forgiving
        self.pos = 0
        self.stack: list[dict[str, Any] | list[Any]] = []
        self.keys: list[Segment | None] = []
        self.findings: list[Diagnostic] = []
        self.omitted = 0
        self.repairs: set[Repair] = set()
        self.may_hold_no_text = "\\u" in text or _SURROGATE.search(text) is not None

    def reading(self, start: int, *, whole: bool) -> Scan:
        self.pos = start
        value: Any = None
        position: int | None = None
        try:
            value = self.value()
            if whole:
                self.expect_end()
        except _Stop as stop:
            position = stop.position
            self.findings.append(stop.diagnostic)
        repairs = tuple(sorted(self.repairs))
        return Scan(value, tuple(sort(self.findings)), self.omitted, position, self.pos, repairs)

    # What may come

    def value(self) -> Any:
        """The value at the current position, however deep."""
        while True:
            value = self.begin()
            if value is _OPENED:
                continue
            while self.stack:
                self.attach(value)
                if self.another():
                    break
                value = self.close()
            else:
                return value

    def begin(self) -> Any:
        """A scalar or an empty container, or :data:`_OPENED` with the position at a first value."""
        expected = "a value" if self.stack else "a JSON object"
        char = self.peek(expected)
        if char in _CLOSERS:
            return self.open(char)
        if char == '"':
            return self.string('"')
        if number := _NUMBER.match(self.text, self.pos):
            return self.number(number)
        if word := _WORD.match(self.text, self.pos):
            return self.word(word[0])
        if char == "'":
            self.slip(Repair.SINGLE_QUOTES, "A text stands in single quotes; JSON has double quotes only.")
            return self.string("'")
        return self.unexpected(expected)

    def open(self, char: str) -> Any:
        if len(self.stack) >= MAX_DEPTH:
            message = f"Objects and arrays nest deeper than {MAX_DEPTH} levels."
            self.stop(codes.NESTED_TOO_DEEP, message, expected=f"at most {MAX_DEPTH} levels")
        self.pos += 1
        self.stack.append({} if char == "{" else [])
        self.keys.append(None if char == "{" else 0)
        if self.at_closer_or_forgiven_end():
            return self.close()
        if char == "{":
            self.key()
        return _OPENED

    def close(self) -> Any:
        if self.pos < len(self.text):
            self.pos += 1
        self.keys.pop()
        return self.stack.pop()

    def attach(self, value: Any) -> None:
        container = self.stack[-1]
        if isinstance(container, dict):
            container[str(self.keys[-1])] = value
        else:
            container.append(value)

    def another(self) -> bool:
        """Whether another member follows; then the position is at its value, else at the closing bracket."""
        if self.at_closer_or_forgiven_end():
            return False
        comma = self.pos
        if self.text[comma] != ",":
            return bool(self.unexpected(f"a comma or {self.closer}"))
        self.pos += 1
        if self.at_closer_or_forgiven_end():
            self.slip(Repair.TRAILING_COMMA, f"A comma stands before {self.closer}.", at=comma)
            return False
        if isinstance(self.stack[-1], dict):
            self.key()
        else:
            self.keys[-1] = len(self.stack[-1])
        return True

    def key(self) -> None:
        """A key and its colon."""
        self.keys[-1] = None
        char = self.peek("a key")
        if char == '"':
            key = self.string('"')
        elif char == "'":
            self.slip(Repair.SINGLE_QUOTES, "A key stands in single quotes; JSON has double quotes only.")
            key = self.string("'")
        elif (word := _WORD.match(self.text, self.pos)) and char != "-":
            self.slip(Repair.UNQUOTED_KEY, f"The key {_shown(word[0])} stands without quotes.")
            self.pos = word.end()
            key = word[0]
        else:
            self.unexpected("a key in double quotes")
        self.keys[-1] = key
        if key in self.stack[-1]:
            self.find(codes.DUPLICATE_KEY, f"The key {_shown(key)} occurs twice in the same object.")
            self.repairs.add(Repair.DUPLICATE_KEY)
        if self.peek("a colon") != ":":
            self.unexpected("a colon")
        self.pos += 1

    def expect_end(self) -> None:
        self.skip()
        if self.pos < len(self.text):
            message = f"The JSON is complete, and more text follows at {self.place(self.pos)}: {self.ahead()}"
            self.stop(codes.TEXT_AFTER_JSON, message, expected="the end", actual=self.ahead())

    # Scalars

    def string(self, quote: str) -> str:
        strict = _STRING.match(self.text, self.pos) if quote == '"' else None
        if strict is None:
            value = self.loose_string(quote)
        else:
            value = self.unescaped(strict[0])
            self.pos = strict.end()
        if self.may_hold_no_text and (bad := _NO_TEXT.search(value)):
            self.find_no_text(bad[0])
            value = _NO_TEXT.sub("\ufffd", value)
        return value

    def unescaped(self, token: str) -> str:
        if "\\" not in token:
            return token[1:-1]
        try:
            return str(json.loads(token))
        except json.JSONDecodeError as error:
            at = self.pos + error.pos
            escape = _shown(self.text[at : at + 2])
            self.slip(Repair.BAD_ESCAPE, f"The escape {escape} does not exist in JSON.", at=at)
            return _loosely(token[1:-1])

    def loose_string(self, quote: str) -> str:
        """A string in single quotes, with raw control characters, or without an end."""
        match = _LOOSE[quote].match(self.text, self.pos)
        if match is None:
            message = f"The text ends inside the string that begins at {self.place(self.pos)}."
            self.stop(codes.JSON_UNCLOSED, message, at=len(self.text), expected=quote, actual="the end")
        if control := _CONTROL.search(match[1]):
            at = match.start(1) + control.start()
            message = (
                f"A string holds a raw control character (U+{ord(control[0]):04X}); write it as an escape."
            )
            self.slip(Repair.CONTROL_CHARACTER, message, at=at)
        body = match[1]
        if any(escape[1] not in (None, "'") for escape in _ESCAPE.finditer(body)):
            self.slip(Repair.BAD_ESCAPE, "A string holds an escape that does not exist in JSON.")
        self.pos = match.end()
        return _loosely(body)

    def find_no_text(self, char: str) -> None:
        if char == "\x00":
            self.find(codes.NUL_CHARACTER, "A string holds the character U+0000.", fatal=True)
        else:
            message = f"A string holds U+{ord(char):04X}, half of a surrogate pair without its other half."
            self.find(codes.LONE_SURROGATE, message, fatal=True)

    def number(self, match: re.Match[str]) -> int | float:
        token = match[0]
        digits = len(token) - token.startswith("-")
        if match[1] is None and match[2] is None:
            if digits > MAX_DIGITS:
                message = f"An integer has {digits:,} digits; at most {MAX_DIGITS} are read."
                self.find(codes.NUMBER_TOO_LONG, message, fatal=True, expected=f"at most {MAX_DIGITS} digits")
                token = "0"
            self.pos = match.end()
            return int(token)
        number = float(token)
        if math.isinf(number):
            message = f"The number {_shown(token)} is larger than any double."
            self.find(codes.NUMBER_OUT_OF_RANGE, message, fatal=True, expected="a finite number")
            number = 0.0
        self.pos = match.end()
        return number

    def word(self, word: str) -> Any:
        if word in _NOT_FINITE:
            self.find(
                codes.NAN_OR_INFINITY, f"{word} is no JSON number.", fatal=True, expected="a finite number"
            )
        elif word in _PYTHON:
            self.slip(Repair.PYTHON_LITERAL, f"{word} is Python; JSON writes {_json(_PYTHON[word])}.")
        elif word not in _LITERALS:
            self.unexpected("a value" if self.stack else "a JSON object")
        self.pos += len(word)
        return {**_LITERALS, **_PYTHON}.get(word)

    # Where we are

    @property
    def closer(self) -> str:
        return "}" if isinstance(self.stack[-1], dict) else "]"

    def skip(self) -> None:
        """Over white space and forgiven comments."""
        while True:
            self.pos = _SPACE.match(self.text, self.pos).end()  # type: ignore[union-attr]  # it matches anything
            if self.pos >= len(self.text) or self.text[self.pos] not in "/#":
                return
            comment = _COMMENT.match(self.text, self.pos)
            if comment is None:
                return
            self.slip(Repair.COMMENT, "A comment stands in the JSON, which has none.")
            self.pos = comment.end()

    def peek(self, expected: str) -> str:
        self.skip()
        if self.pos >= len(self.text):
            message = f"The text ends where {expected} is expected."
            self.stop(codes.JSON_UNCLOSED, message, expected=expected, actual="the end")
        return self.text[self.pos]

    def at_closer_or_forgiven_end(self) -> bool:
        self.skip()
        if self.pos < len(self.text):
            return self.text[self.pos] == self.closer
        if not self.forgiving:
            self.stop(
                codes.JSON_UNCLOSED,
                f"The text ends before {self.closer}.",
                expected=self.closer,
                actual="the end",
            )
        self.repairs.add(Repair.UNCLOSED)
        return True

    def place(self, position: int) -> str:
        line, column = line_and_column(self.text, position)
        return f"line {line}, column {column}"

    def ahead(self) -> str:
        return one_line(self.text[self.pos : self.pos + MAX_SHOWN], 30)

    @property
    def path(self) -> Path:
        return tuple(key for key in self.keys if key is not None)

    # What is wrong

    def slip(self, repair: Repair, message: str, *, at: int | None = None) -> None:
        """Note a repair; read strictly, this is the end."""
        if not self.forgiving:
            self.stop(codes.JSON_SYNTAX, message, at=at)
        self.repairs.add(repair)

    def find(
        self, code: Code, message: str, *, fatal: bool = False, expected: str = "", actual: str = ""
    ) -> None:
        """A finding after which strict reading goes on; ``fatal`` ones end a forgiving reading."""
        diagnostic = code.at(self.path, message, expected=expected, actual=actual)
        if self.forgiving and fatal:
            raise _Stop(diagnostic, self.pos)
        if len(self.findings) < MAX_DIAGNOSTICS:
            self.findings.append(diagnostic)
        else:
            self.omitted += 1

    def unexpected(self, expected: str) -> NoReturn:
        actual = self.ahead()
        message = f"Unexpected text at {self.place(self.pos)}."
        self.stop(codes.JSON_SYNTAX, message, expected=expected, actual=actual)

    def stop(
        self, code: Code, message: str, *, at: int | None = None, expected: str = "", actual: str = ""
    ) -> NoReturn:
        position = self.pos if at is None else at
        raise _Stop(code.at(self.path, message, expected=expected, actual=actual), position)


def _loosely(body: str) -> str:
    """The text of a string's body whatever its quotes; raw controls and unknown escapes stay as they are."""
    return str(json.loads(f'"{_ESCAPE.sub(_mended_escape, body)}"'))


def _mended_escape(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1] if match[1] == "'" else "\\\\" + json.dumps(match[1])[1:-1]
    if match[2] is not None:
        return json.dumps(match[2])[1:-1]
    return match[0]


def _shown(text: str) -> str:
    return one_line(text, MAX_SHOWN)


def _json(value: Any) -> str:
    return json.dumps(value)
