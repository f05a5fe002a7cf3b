"""Neutralising hostile text for each place it may end up in.

Whatever a model, a server, a model's name or a pull request says passes through the function of its
sink, and only through that one. What has no function here has no business with such text: shells,
scripts and file names (``records.names`` makes those).
"""

from __future__ import annotations

import html as _html
import re
import unicodedata
from urllib.parse import quote

_NO_WORD = re.compile(r"[^A-Za-z0-9_]")
_COMMAND = re.compile(r"(?m)^([ \t]*):(?=:)|##\[")
_REFERENCE = re.compile(r"[@#]|gh-(?=\d)", re.IGNORECASE)
_NO_REFERENCE = "\u200b"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def terminal(text: str, *, lines: bool = True) -> str:
    """For a terminal or a log: controls, escapes and direction marks become visible ``\\xNN`` text.

    So does what makes a workflow command of a line, ``::`` at its start and ``##[`` anywhere: GitHub's runner
    reads whatever a step prints. Line feeds and tabs stay where ``lines`` is true; otherwise it is one line.
    """
    plain = "".join(c if (lines and c in "\n\t") or _is_plain(c) else _visible(c) for c in text)
    return _COMMAND.sub(lambda m: "##\\x5b" if m[1] is None else f"{m[1]}\\x3a", plain)


def json_text(text: str) -> str:
    """For JSON that is printed: the same JSON in printable characters, and no workflow command in it.

    JSON holds such characters in strings only, where an escape means the same.
    """
    plain = "".join(c if c == "\n" or _is_plain(c) else _json_escape(c) for c in text)
    return plain.replace("##[", "##\\u005b")


def one_line(text: str, limit: int = 200) -> str:
    """One plain line of at most ``limit`` characters."""
    plain = terminal(" ".join(text.split()), lines=False)
    return plain if len(plain) <= limit else plain[: limit - 1] + "\u2026"


def html(text: str) -> str:
    """For HTML text and quoted attributes. Characters that no page may hold become U+FFFD."""
    if not (text.isascii() and text.replace("\n", "").replace("\t", "").isprintable()):
        text = "".join(c if c in "\n\t" or _is_plain(c) else "\ufffd" for c in text)
    return _html.escape(text, quote=True)


def url_part(text: str, *, folders: bool = False) -> str:
    """For one part of an address; a slash stays as it is only where ``folders`` is true.

    A lone surrogate, which no address can hold, becomes U+FFFD, as it does in browsers.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return quote(whole, safe="/" if folders else "")


def markdown(text: str, limit: int = 200) -> str:
    """For a Markdown table cell or sentence: every character that Markdown or HTML could read is an entity.

    Dots stay, but where GitHub would make a link of them. GitHub looks for mentions, references and mail
    addresses when entities are characters again; an invisible space after the mark keeps it from finding any.
    """
    plain = _REFERENCE.sub(lambda mark: mark[0] + _NO_REFERENCE, one_line(text, limit))
    kept = " ,-/" if "www" in plain.casefold() else " ,-/."
    return "".join(c if c.isalnum() or c in kept else f"&#{ord(c)};" for c in plain)


def mermaid(text: str) -> str:
    """For a name in a Mermaid diagram: one word of ASCII letters, digits and underscores."""
    return _NO_WORD.sub("_", text) or "_"


def workflow_value(text: str) -> str:
    """For the message of a GitHub workflow command such as ``::error::``."""
    escaped = one_line(text, 1000).replace("%", "%25")
    return re.sub(":(?=:)", ": ", escaped.replace("##[", "# #["))


def workflow_property(text: str) -> str:
    """For a property of a GitHub workflow command such as ``file=``."""
    return workflow_value(text).replace(":", "%3A").replace(",", "%2C")


def _is_plain(c: str) -> bool:
    return c.isprintable() and c not in _BIDI and unicodedata.category(c) != "Cf"


def _json_escape(c: str) -> str:
    units = c.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def _visible(c: str) -> str:
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
