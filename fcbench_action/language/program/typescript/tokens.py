"""The words, signs and texts of a program's TypeScript.

Our own lexer, because a `}` either closes braces or goes on with a template, which only their nesting tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark import Token
from lark.common import LexerConf
from lark.lexer import Lexer

from fcbench_action.language.program.typescript.words import KEYWORDS

Misreading = tuple[int, str]

_NAME = r"(?:[A-Za-z_$]|\\u\{[0-9a-fA-F]{1,6}\})(?:[A-Za-z0-9_$]|\\u\{[0-9a-fA-F]{1,6}\})*+"
_CHUNK = r"(?:[^`\\$]|\\.|\$(?!\{))*+"
_TOKEN = re.compile(
    r"(?P<space>(?:[ \t\r\n]|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)++)"
    rf"|(?P<NAME>{_NAME})"
    r'|(?P<STRING>"(?:[^"\\\n\r]|\\[^\n\r])*+")'
    r"|(?P<NUMBER>(?:0|[1-9][0-9]*+)(?:\.[0-9]++(?:[eE][+-]?[0-9]++)?|[eE][+-]?[0-9]++))(?![\w$.])"
    r"|(?P<INTEGER>0|[1-9][0-9]*+)(?![\w$.])"
    r"|(?P<OPERATOR>===|!==|<=|>=|&&|\|\||\?\?|[+*/%])"
    r"|(?P<sign>\.\.\.|\?\.|=>|[()\[\]{},.:;?=!<>-])"
    rf"|(?P<template>`{_CHUNK}(?:`|\$\{{))",
    re.DOTALL,
)
_GOES_ON = re.compile(rf"}}{_CHUNK}(?:`|\$\{{)", re.DOTALL)

_SIGNS = {
    "...": "SPREAD",
    "?.": "_OPTIONAL",
    "=>": "_ARROW",
    "(": "LPAR",
    ")": "_RPAR",
    "[": "LSQB",
    "]": "_RSQB",
    "{": "LBRACE",
    "}": "_RBRACE",
    ",": "_COMMA",
    ".": "_DOT",
    ":": "_COLON",
    ";": "_SEMICOLON",
    "?": "_QUESTION",
    "=": "_EQUAL",
    "!": "BANG",
    "<": "_LESS",
    ">": "_MORE",
    "-": "MINUS",
}
_KEPT = {"true", "false", "null", "throw", "return"}
_WORDS = {word: word.upper() if word in _KEPT else f"_{word.upper()}" for word in KEYWORDS}

SHOWN: dict[str, str] = {
    **{type_: f"'{sign}'" for sign, type_ in _SIGNS.items()},
    **{type_: f"'{word}'" for word, type_ in _WORDS.items()},
    "NAME": "a name",
    "STRING": "a string",
    "INTEGER": "a number",
    "NUMBER": "a number",
    "OPERATOR": "an operator",
    "TEMPLATE": "a template",
    "TEMPLATE_HEAD": "a template",
    "TEMPLATE_MIDDLE": "the rest of the template",
    "TEMPLATE_TAIL": "the rest of the template",
    "ARROW_LPAR": "an arrow",
    "$END": "the end of the text",
}
"""What each kind of token is called in a diagnostic."""


class UnknownText(Exception):
    """No token begins at ``at``."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at


class Tokens(Lexer):
    """The lexer that the grammar is read with."""

    def __init__(self, lexer_conf: LexerConf | None = None) -> None:
        del lexer_conf

    def lex(self, text: str) -> Iterator[Token]:  # type: ignore[override]
        """The tokens of ``text`` in order. Raises UnknownText."""
        return iter(tokens(text))


def tokens(text: str) -> list[Token]:
    """The tokens of ``text``. Raises UnknownText."""
    found: list[Token] = []
    braces: list[bool] = []
    at, end = 0, len(text)
    while at < end:
        if text[at] == "}" and braces and braces.pop():
            match = _GOES_ON.match(text, at)
            kind = "template"
        else:
            match = _TOKEN.match(text, at)
            kind = match.lastgroup or "" if match else ""
        if match is None:
            raise UnknownText(at, _trouble(text, at))
        if kind != "space":
            found.append(_token(kind, match[0], at, found, braces))
        at = match.end()
    return found


def _token(kind: str, value: str, at: int, before: list[Token], braces: list[bool]) -> Token:
    if kind == "NAME":
        if value in _WORDS and not (before and before[-1].type in ("_DOT", "_OPTIONAL")):
            kind = _WORDS[value]
    elif kind == "sign":
        kind = _SIGNS[value]
        if value == "{":
            braces.append(False)
        elif value == "=>":
            _mark_arrow(before)
        elif value == ":":
            _mark_key(before)
    elif kind == "template":
        opens = value.endswith("${")
        if opens:
            braces.append(True)
        if value[0] == "`":
            kind = "TEMPLATE_HEAD" if opens else "TEMPLATE"
        else:
            kind = "TEMPLATE_MIDDLE" if opens else "TEMPLATE_TAIL"
    return Token(kind, value, at)


def _mark_arrow(before: list[Token]) -> None:
    """``(name) =>``: only here is the parenthesis that of a parameter."""
    if len(before) > 2 and [token.type for token in before[-3:]] == ["LPAR", "NAME", "_RPAR"]:
        before[-3].type = "ARROW_LPAR"


def _mark_key(before: list[Token]) -> None:
    """``{ if: 1 }``: a property may be called like a word of the language."""
    if len(before) > 1 and before[-1].value in _WORDS and before[-2].type in ("LBRACE", "_COMMA"):
        before[-1].type = "NAME"


def _trouble(text: str, at: int) -> str:
    character = text[at]
    if text.startswith("/*", at):
        return "This comment never ends."
    if character in '"`}':
        return "This text never ends."
    if character.isdigit():
        return "This is no number as the language writes it."
    return f"No token begins with the character U+{ord(character):04X}."
