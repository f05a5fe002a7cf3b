"""Texts and numbers as literals, and back."""

from __future__ import annotations

import re

_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff"
)
"""What a reader does not see, or sees elsewhere than it stands: controls, marks of direction, line ends."""

_IN_STRING = re.compile(f'[{_HIDDEN}"\\\\]')
_IN_TEMPLATE = re.compile(f"[{_HIDDEN}`\\\\]|\\$(?={{)")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\", "`": "\\`", "$": "\\$"}

_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_MEANING = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_ITSELF = frozenset("\"'`\\$/{")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def write_string(text: str) -> str:
    """A double-quoted string."""
    return f'"{_IN_STRING.sub(_escaped, text)}"' if text else '""'


def write_chunk(text: str) -> str:
    """A text inside a template. It stays the same whatever follows it."""
    return _IN_TEMPLATE.sub(_escaped, text + "{")[:-1]


def read_string(text: str) -> str:
    """What stands between the quotes, its escapes resolved. Raises ValueError, naming a bad escape."""
    if "\\" not in text:
        return text
    found = _ESCAPE.sub(_meaning, text)
    return _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), found)


def write_number(value: float) -> str:
    """A number that reads as no integer; one too large for a double stays too large."""
    text = repr(value)
    return text.replace("inf", "1e999") if "inf" in text else text


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character in _NAMED:
        return _NAMED[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{{{code:x}}}"


def _meaning(match: re.Match[str]) -> str:
    long, four, two, letter = match.groups()
    if letter is None:
        return chr(int(long or four or two, 16))
    if letter in _MEANING:
        return _MEANING[letter]
    if letter in _ITSELF:
        return str(letter)
    raise ValueError(f"\\{letter}")
