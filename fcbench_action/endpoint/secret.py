"""The API key where it must not be: in what a server says back.

A reply is judged as it came, or not at all; no byte of it is ever replaced, for that could change what the
model said. A reply that repeats a secret is refused, and so is in no file. In words about errors, which
nobody judges, the key becomes ``[key]``.

Servers repeat keys as they are and as their own layers write them: escaped for JSON, HTML or an address, in
base64 (which looks different at each of three offsets) and in hexadecimal, in any case and backwards, with
anything between the characters that is neither letter nor digit. Texts may be hostile and have megabytes, so
all of this takes time in proportion to their length: what hides characters is undone layer by layer, then
everything but letters and digits is dropped, and what is left is searched for plain sequences of bytes.
"""

from __future__ import annotations

import base64
import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

from fcbench_action.judge.types import Reply

SHORTEST_SECRET = 8
"""Characters. Shorter keys are placeholders such as ``EMPTY`` or ``none``, which honest replies hold."""

_SHORTEST_HIDDEN = 8  # in words about errors; blotting out still shorter ones would leave nothing readable
_PLAIN = re.compile(r"[A-Za-z]+([ ._/-]?[A-Za-z]+)*", re.ASCII)
_MARKED = re.compile(
    r"(sk|pk|rk|key|token|secret|gsk|xai|hf|nvapi|ghp|ghs|glpat|github_pat|aiza)[_-]", re.IGNORECASE
)
_LOOKALIKE = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_MARKED.pattern}[\w.+/=-]{{6,}}|[A-Za-z0-9]{{24,}})", re.I | re.ASCII
)
_BETWEEN_BYTES = r"[\s:,.-]{0,2}(?:0x)?"
_INVISIBLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_LAYERS = 4
_BACKSLASHES = re.compile(r"\\{2,}")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_SHORT = {f"\\{letter}": "\n" for letter in "nrtbf0"} | {f"\\{sign}": sign for sign in "/\"'"}
_CHARACTER = re.compile(r"&#(?:x0{0,8}([0-9a-f]{2})|0{0,8}([0-9]{2,3}));?", re.IGNORECASE)
_ALIKE = bytes.maketrans(bytes(range(65, 91)), bytes(range(97, 123)))
_DROPPED = bytes(set(range(256)) - set(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_LONG = 1 << 20  # characters up to which names of HTML are looked up, which takes long
_DISTINCT = 16  # letters and digits of a key; fewer may stand in honest texts, if only those are looked at
_PARTS = 24  # of a key so long, all but four characters at an end are as good as all
_HIDDEN = "[key]"
_ALL_HIDDEN = "[words that repeat the key]"


def is_secret(key: str) -> bool:
    """Whether a key looks like one: 8 characters or more, and not only words of letters; or with the mark in
    front that keys have, such as ``sk-``.
    """
    return len(key) >= SHORTEST_SECRET and (_PLAIN.fullmatch(key) is None or _MARKED.match(key) is not None)


def hide_lookalikes(text: str) -> str:
    """``text``, a complaint about what a user wrote, without what may be a key at a wrong place."""
    return _LOOKALIKE.sub(lambda m: "[not shown]" if re.search(r"\d", m[0]) else m[0], text)


def secrets_of(header: str) -> list[str]:
    """What must not be told of a header's value: all of it, and of ``Bearer`` or ``Basic`` what follows."""
    scheme, _, rest = header.partition(" ")
    found = [header, *([rest.strip()] if rest.strip() else [])]
    if scheme.lower() == "basic":
        try:
            plain = base64.b64decode(rest, validate=True).decode()
        except ValueError:
            return found
        found += [plain, *([plain.partition(":")[2]] if plain.partition(":")[2] else [])]
    return found


def hide(text: str, key: str) -> str:
    """``text``, which is about an error, with ``[key]`` in place of the key, however it is written.

    Where escapes hide it, the whole text is read without them; where it cannot be cut out, all is hidden.
    """
    if len(key) < _SHORTEST_HIDDEN or not _holds(text, key):
        return text
    pattern = _written(key)
    for plain in (text, _unescaped(text), _INVISIBLE.sub("", _unescaped(text))):
        shown = pattern.sub(_HIDDEN, plain)
        if not _holds(shown, key):
            return shown
    return _ALL_HIDDEN


def hide_all(text: str, secrets: Iterable[str]) -> str:
    """:func:`hide`, for each of several."""
    for secret in secrets:
        text = hide(text, secret)
    return text


def repeats(reply: Reply, key: str) -> bool:
    """Whether the reply repeats a key that looks like a secret, however it is written."""
    if not is_secret(key):
        return False
    texts = (
        reply.arguments,
        reply.content,
        reply.function,
        reply.refusal,
        reply.call_id,
        reply.finish_reason,
    )
    return any(text is not None and _holds(text, key) for text in texts)


def _holds(text: str, key: str) -> bool:
    """Whether the key is in the text as it stands, or in what its escapes mean."""
    plain = _unescaped(text)
    return any(_is_in(one, key) for one in ((text,) if plain == text else (text, plain)))


def _is_in(text: str, key: str) -> bool:
    letters, encoded = _needles(key)
    folded = _folded(text)
    if any(needle in folded for needle in encoded) or encoded[0] in folded.replace(b"0x", b""):
        return True
    if letters:
        return any(needle in folded for needle in letters)
    lowered = text.lower()
    return key.lower() in lowered or key[::-1].lower() in lowered


def _folded(text: str) -> bytes:
    """The letters and digits of a text alone, all in lower case; wide forms count as what they look like."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.encode("ascii", "ignore").translate(_ALIKE, _DROPPED)


@lru_cache(maxsize=8)
def _needles(key: str) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """What of a key is searched for in folded texts: its letters and digits, unless these are too few to be
    told from honest words; and its encodings, hexadecimal first.
    """
    folded, raw = _folded(key), key.encode()
    parts = (folded[:-4], folded[4:]) if len(folded) >= _PARTS else (folded,)
    letters = (*parts, *(part[::-1] for part in parts)) if len(folded) >= _DISTINCT else ()
    spelled = {_folded(form) for offset in range(3) for form in _base64_at(raw, offset)}
    return letters, (raw.hex().encode(), *sorted(spelled))


def _unescaped(text: str) -> str:
    """The text without the escapes of JSON, addresses and HTML, layer by layer."""
    for _ in range(_LAYERS):
        plain = _without_layer(text)
        if plain == text:
            break
        text = plain
    return text


def _without_layer(text: str) -> str:
    """No pattern here has to look at a character more than a few times, whatever stands around it."""
    if "\\" in text:
        text = _BACKSLASHES.sub(r"\\", text)
        for escape, meant in _SHORT.items():
            text = text.replace(escape, meant)
        if "\\u" in text or "\\x" in text:
            text = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), text)
    if "%" in text:
        text = unquote(text, errors="replace")
    if "&" in text:
        text = _CHARACTER.sub(lambda m: chr(int(m[1], 16) if m[1] else int(m[2])), text)
        text = text.replace("&amp;", "&")
        text = html.unescape(text) if len(text) < _LONG else text
    return text


@lru_cache(maxsize=8)
def _written(key: str) -> re.Pattern[str]:
    """All that a key may look like without escapes. Base64 is matched exactly, all else in any case."""
    raw = key.encode()
    parts = (key, key[:-4], key[4:]) if len(_folded(key)) >= _PARTS else (key,)
    plain = [re.escape(written) for part in parts for written in (part, part[::-1])]
    plain.append(_BETWEEN_BYTES.join(f"{byte:02x}" for byte in raw))
    encoded = {spelled for offset in range(3) for spelled in _base64_at(raw, offset)}
    exact = "|".join(map(re.escape, sorted(encoded, key=len, reverse=True)))
    return re.compile(f"(?i:{'|'.join(plain)})|{exact}")


def _base64_at(raw: bytes, offset: int) -> set[str]:
    """The characters of base64 that depend on ``raw`` alone, where so many bytes modulo 3 stand before it."""
    first = -(-8 * offset // 6)
    last = 8 * (offset + len(raw)) // 6
    forms = (base64.b64encode, base64.urlsafe_b64encode)
    return {form(b"\0" * offset + raw + b"\0\0").decode()[first:last] for form in forms}
