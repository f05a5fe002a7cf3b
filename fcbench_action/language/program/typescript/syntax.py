"""The syntax tree of a text: what it looks like, before anything in it means something."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, NamedTuple, cast

from lark import Lark, Token, Transformer

from fcbench_action.language.program.typescript.tokens import Tokens, UnknownText

MAX_DEPTH = 300
"""Deepest nesting of syntax. The deepest tree that is accepted needs about two levels for each of its own."""

_WITHIN = frozenset({"arguments", "entry"})
"""These are parts of what is around them, and no levels of their own."""

_BINDING = {"??": 1, "||": 2, "&&": 3, "===": 4, "!==": 4, "<": 5, "<=": 5, ">": 5, ">=": 5}
_BINDING |= {"+": 6, "-": 6, "*": 7, "/": 7, "%": 7}


class Misread(Exception):
    """The text is no program. ``at`` is the character where that shows, counted from 0."""

    def __init__(self, at: int, message: str, *, expected: str = "", limit: bool = False) -> None:
        super().__init__(message)
        self.at, self.expected, self.limit = at, expected, limit


class Syntax(NamedTuple):
    """A piece of text: its kind, where it begins, its parts, and how deep it nests."""

    kind: str
    at: int
    parts: tuple[Any, ...]
    depth: int


class _Builder(Transformer[Token, Syntax]):
    """Makes syntax of each rule of the grammar. Children are tokens and syntax, in the rule's order."""

    def test(self, parts: list[Any]) -> Syntax:
        """The scenario and the block, once the words of the head are what they have to be."""
        _expect(parts, "scenario", "test", "api", "Api", "Promise", "void")
        return _made("program", _leaf("string", parts[1]), parts[-1])

    def operation(self, parts: list[Any]) -> Syntax:
        """The key and the block, once the words of the head are what they have to be."""
        _expect(parts, "Key", "operation", "Scope", "Key", "Answer", "Key")
        return _made("program", _leaf("string", parts[1]), parts[-1])

    def names(self, parts: list[Token]) -> Syntax:
        """What an operation takes apart: always the same."""
        _expect(parts, "path", "body", "actor", "db", "now")
        return _made("names", at=_start(parts[0]))

    def block(self, parts: list[Any]) -> Syntax:
        """Statements."""
        return _made("block", *parts[1:], at=_start(parts[0]))

    def constant(self, parts: list[Any]) -> Syntax:
        """``const name = value;``."""
        return _made("constant", _leaf("name", parts[0]), parts[1])

    def annotated(self, parts: list[Any]) -> Syntax:
        """``const name: never[] = [];``."""
        name, annotation, _, value = parts
        _expect([annotation], "never")
        if value.kind != "array" or value.parts:
            raise Misread(value.at, "Only an empty list is declared with a type.", expected="[]")
        return _made("constant", _leaf("name", name), value)

    def effect(self, parts: list[Syntax]) -> Syntax:
        """``value;``."""
        return _made("effect", *parts)

    def awaited(self, parts: list[Syntax]) -> Syntax:
        """``await expression``."""
        return _made("awaited", *parts)

    def choice(self, parts: list[Any]) -> Syntax:
        """``if (condition) block else block``; an ``else if`` is a block of one statement."""
        condition, then, *others = parts[1:]
        blocks = [other if other.kind == "block" else _made("block", other) for other in others]
        return _made("choice", condition, then, *blocks, at=_start(parts[0]))

    def guard(self, parts: list[Any]) -> Syntax:
        """``if (condition) return;``."""
        _, condition, jump = parts
        return _made("choice", condition, _made("block", jump), at=_start(parts[0]))

    def loop(self, parts: list[Any]) -> Syntax:
        """``for (const item of array) block``."""
        start, item, array, block = parts
        return _made("loop", _leaf("name", item), array, block, at=_start(start))

    def throw(self, parts: list[Any]) -> Syntax:
        """``throw new Rejection(...);``."""
        start, name, _, arguments = parts
        _expect([name], "Rejection")
        return _made("throw", *arguments.parts, at=_start(start))

    def leave(self, parts: list[Any]) -> Syntax:
        """``return value;``."""
        return _made("return", *parts[1:], at=_start(parts[0]))

    def conditional(self, parts: list[Syntax]) -> Syntax:
        """``condition ? one : other``."""
        return _made("conditional", *parts)

    def operator(self, parts: list[Token]) -> Token:
        """The sign itself."""
        return parts[0]

    def chain(self, parts: list[Any]) -> Syntax:
        """Operands with operators between them, grouped by how tightly those bind; all bind to the left."""
        operands: list[Syntax] = [parts[0]]
        operators: list[Token] = []
        for operator, operand in zip(parts[1::2], parts[2::2], strict=True):
            while operators and _BINDING[operators[-1].value] >= _BINDING[operator.value]:
                _combine(operands, operators.pop())
            operators.append(operator)
            operands.append(operand)
        while operators:
            _combine(operands, operators.pop())
        return operands[0]

    def prefix(self, parts: list[Any]) -> Syntax:
        """``!operand`` or ``-operand``."""
        return _made("prefix", *parts, at=_start(parts[0]))

    def member(self, parts: list[Any]) -> Syntax:
        """``object.name`` or ``object["name"]``."""
        holder, name = parts[0], parts[-1]
        return _made("member", holder, _leaf("string" if name.type == "STRING" else "name", name))

    def optional(self, parts: list[Any]) -> Syntax:
        """``object?.name`` or ``object?.["name"]``."""
        holder, name = parts[0], parts[-1]
        return _made("optional", holder, _leaf("string" if name.type == "STRING" else "name", name))

    def call(self, parts: list[Any]) -> Syntax:
        """``callee(arguments)``."""
        callee, _, arguments = parts
        return _made("call", callee, *arguments.parts)

    def arguments(self, parts: list[Syntax]) -> Syntax:
        """What stands between the parentheses of a call."""
        return _made("arguments", *parts, at=0)

    def arrow(self, parts: list[Any]) -> Syntax:
        """``(parameter) => body``."""
        return _made("arrow", _leaf("name", parts[1]), parts[2], at=_start(parts[0]))

    def name(self, parts: list[Token]) -> Syntax:
        """An identifier."""
        return _leaf("name", parts[0])

    def string(self, parts: list[Token]) -> Syntax:
        """A string, still with its quotes."""
        return _leaf("string", parts[0])

    def integer(self, parts: list[Token]) -> Syntax:
        """A whole number."""
        return _leaf("integer", parts[0])

    def number(self, parts: list[Token]) -> Syntax:
        """A number with a fraction or an exponent."""
        return _leaf("number", parts[0])

    def word(self, parts: list[Token]) -> Syntax:
        """true, false or null."""
        return _leaf("word", parts[0])

    def parenthesised(self, parts: list[Any]) -> Syntax:
        """``(expression)``."""
        return _made("parenthesised", parts[1], at=_start(parts[0]))

    def array(self, parts: list[Any]) -> Syntax:
        """``[elements]``."""
        return _made("array", *parts[1:], at=_start(parts[0]))

    def object(self, parts: list[Any]) -> Syntax:
        """``{ entries }``."""
        return _made("object", *parts[1:], at=_start(parts[0]))

    def entry(self, parts: list[Any]) -> Syntax:
        """``key: value``."""
        key, value = parts
        return _made("entry", _leaf("string" if key.type == "STRING" else "name", key), value)

    def spread(self, parts: list[Any]) -> Syntax:
        """``...value``."""
        return _made("spread", parts[1], at=_start(parts[0]))

    def template(self, parts: list[Any]) -> Syntax:
        """Pieces of text, still with their signs, and expressions between them."""
        pieces = [part if isinstance(part, Syntax) else _leaf("chunk", part) for part in parts]
        return _made("template", *pieces)


def read_syntax(text: str, start: str) -> Syntax:
    """The syntax of a ``test`` or an ``operation``. Raises Misread, and Lark's UnexpectedInput."""
    try:
        return cast("Syntax", parser().parse(text, start=start))
    except UnknownText as error:
        raise Misread(error.at, str(error)) from error


@cache
def parser() -> Lark:
    """The parser of both kinds of program, made once."""
    grammar = resources.files(__package__).joinpath("grammar.lark").read_text("utf-8")
    return Lark(
        grammar,
        parser="lalr",
        lexer=Tokens,
        transformer=_Builder(),
        start=["test", "operation"],
        strict=False,
    )


def _combine(operands: list[Syntax], operator: Token) -> None:
    right, left = operands.pop(), operands.pop()
    operands.append(_made("binary", left, operator, right))


def _expect(parts: list[Any], *words: str) -> None:
    """The names among the tokens are these, in order."""
    names = [part for part in parts if isinstance(part, Token) and part.type == "NAME"]
    for name, word in zip(names, words, strict=False):
        if name.value != word:
            raise Misread(_start(name), f"Here stands {name.value}.", expected=word)
    if len(names) != len(words):
        raise Misread(_start(parts[-1]), "Names are missing or too many here.", expected=", ".join(words))


def _made(kind: str, *parts: Any, at: int | None = None) -> Syntax:
    """Syntax with its depth. Raises Misread where that is beyond the limit."""
    inner = max((part.depth for part in parts if isinstance(part, Syntax)), default=0)
    depth = inner + (kind not in _WITHIN)
    place = _start(parts[0]) if at is None else at
    if depth > MAX_DEPTH:
        raise Misread(place, f"This nests deeper than {MAX_DEPTH} levels.", limit=True)
    return Syntax(kind, place, parts, depth)


def _leaf(kind: str, token: Token) -> Syntax:
    return Syntax(kind, token.start_pos or 0, (token.value,), 1)


def _start(part: Token | Syntax) -> int:
    return part.at if isinstance(part, Syntax) else part.start_pos or 0
