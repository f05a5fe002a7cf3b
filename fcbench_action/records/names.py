"""Folder names for hostile model names: reversible, and safe on every file system.

A folder holds only ``a-z 0-9 . _ -`` and the marks below, so two names that differ by case or by
Unicode form never meet on a file system that ignores such differences:

====================  ==========================================================
``!q``                the capital letter Q
``=3a.4e2d=``         the characters U+003A and U+4E2D, in hexadecimal
``_``                 the empty name
``start+/+rest``      one long name as a chain of folders
====================  ==========================================================

Also in hexadecimal: a dot or hyphen in front, a dot at the end, the first letter of a name that
Windows or the results tree reserves, and a lone ``_``.
"""

from __future__ import annotations

import re
from itertools import groupby

from fcbench_action.errors import CorruptResults

MAX_COMPONENT = 100
"""The longest folder, in characters; longer ones become chains."""

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-")
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_RESERVED_STEMS = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{device}{digit}" for device in ("com", "lpt") for digit in range(10)}
)
_RESERVED = frozenset({"_", "fcbench", "fcbench.json", "readme.md", "scorecard.json", "fcbench-derived.json"})
_TOKEN = re.compile(r"[a-z0-9._-]|!(?P<capital>[a-z])|=(?P<points>[0-9a-f]{1,6}(?:\.[0-9a-f]{1,6})*)=")
_CHAIN = "+/+"


def encode(name: str) -> str:
    """The folder, or chain of folders joined by ``/``, that stands for ``name``."""
    if not name:
        return "_"
    escaped = _escaped_positions(name)
    parts = []
    for kind, run in groupby(enumerate(name), lambda item: _kind(item[1], item[0] in escaped)):
        characters = [character for _, character in run]
        if kind == "points":
            parts.append("=" + ".".join(f"{ord(c):x}" for c in characters) + "=")
        else:
            parts.extend(f"!{c.lower()}" if kind == "capital" else c for c in characters)
    text = "".join(parts)
    return _CHAIN.join(text[i : i + MAX_COMPONENT] for i in range(0, len(text), MAX_COMPONENT))


def decode(folder: str) -> str:
    """The name that :func:`encode` made ``folder`` from.

    Raises ``CorruptResults`` where ``encode`` could not have made it.
    """
    text = folder.replace(_CHAIN, "")
    name = "" if text == "_" else _decoded(text)
    if name is None or encode(name) != folder:
        raise CorruptResults(f"{folder!r} is no folder name of a results tree: rename or move it away")
    return name


def _decoded(text: str) -> str | None:
    characters: list[str] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            return None
        position = token.end()
        if token["points"]:
            points = [int(point, 16) for point in token["points"].split(".")]
            if max(points) > 0x10FFFF:
                return None
            characters.extend(map(chr, points))
        else:
            characters.append(token["capital"].upper() if token["capital"] else token[0])
    return "".join(characters)


def _escaped_positions(name: str) -> frozenset[int]:
    positions = set()
    if name[0] in ".-" or name in _RESERVED or name.partition(".")[0] in _RESERVED_STEMS:
        positions.add(0)
    if name[-1] == ".":
        positions.add(len(name) - 1)
    return frozenset(positions)


def _kind(character: str, escaped: bool) -> str:
    if escaped or character not in _PLAIN | _CAPITALS:
        return "points"
    return "capital" if character in _CAPITALS else "plain"
