"""Names: which words a program cannot use in TypeScript, and how any name at all is written down.

The library's names are in PascalCase, as JavaScript's own ``Math`` and ``Object`` are, and those of programs
in camelCase. So a program loses the words of the language itself, and the two clients, ``api`` and ``db``.
"""

from __future__ import annotations

import re

CLIENTS = frozenset({"api", "db"})
"""What the emitted function gets beside its predeclared names."""

LIBRARY = frozenset(
    {"Assert", "Json", "List", "Math", "Order", "Random", "Rejection", "Security", "Text", "Time"}
    | {"Answer", "Api", "Key", "Promise", "Scope"}
)
"""The namespaces and types that emitted text refers to."""

KEYWORDS = frozenset(
    {
        "async",
        "await",
        "const",
        "else",
        "export",
        "false",
        "for",
        "function",
        "if",
        "import",
        "new",
        "null",
        "of",
        "return",
        "throw",
        "true",
        "type",
    }
)
"""The words that the grammar knows."""

RESERVED = (
    frozenset(
        {
            "arguments",
            "await",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "continue",
            "debugger",
            "default",
            "delete",
            "do",
            "else",
            "enum",
            "eval",
            "export",
            "extends",
            "false",
            "finally",
            "for",
            "function",
            "if",
            "implements",
            "import",
            "in",
            "instanceof",
            "interface",
            "let",
            "new",
            "null",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "static",
            "super",
            "switch",
            "this",
            "throw",
            "true",
            "try",
            "typeof",
            "undefined",
            "var",
            "void",
            "while",
            "with",
            "yield",
        }
    )
    | CLIENTS
    | LIBRARY
)
"""No program may declare these: TypeScript refuses most of them, and the others mean something already."""

_START = re.compile(r"[A-Za-z_$]")
_PART = re.compile(r"[A-Za-z0-9_$]")
_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_TAKEN = KEYWORDS | CLIENTS | LIBRARY
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}")


def is_plain(name: str) -> bool:
    """Whether a name needs no quotes as a property, and no escapes as an identifier but for its meaning."""
    return _PLAIN.fullmatch(name) is not None


def write_name(name: str) -> str:
    """An identifier. What TypeScript would not read as this name is escaped, which no other name reads as."""
    if _PLAIN.fullmatch(name) and name not in _TAKEN:
        return name
    first = _escaped(name[0]) if name in _TAKEN or not _START.fullmatch(name[0]) else name[0]
    return first + "".join(c if _PART.fullmatch(c) else _escaped(c) for c in name[1:])


def read_name(text: str) -> str:
    """The name that an identifier stands for. Raises ValueError for a character that does not exist."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _escaped(character: str) -> str:
    return f"\\u{{{ord(character):x}}}"
