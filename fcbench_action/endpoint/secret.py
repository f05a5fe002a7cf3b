"""The API key where it must not be: in what a server says back.

A reply is judged as it came, or not at all; no byte of it is ever replaced, for that could change what the
model said. A reply that repeats a secret is refused, and so is in no file. In words about errors, which
nobody judges, the key becomes ``[key]``.

Servers repeat keys as they are and as their own layers write them: escaped for JSON, HTML or an address, in
base64 (which looks different at each of three offsets) and in hexadecimal, in any case and backwards.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Iterator
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
_ESCAPE = re.compile(r"\\+u00([0-9a-fA-F]{2})|\\+x([0-9a-fA-F]{2})|\\+([/\"'])")
_HIDDEN = "[key]"


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

    Where escapes hide it, the whole text is read without them.
    """
    if len(key) < _SHORTEST_HIDDEN:
        return text
    pattern = _written(key)
    shown = pattern.sub(_HIDDEN, text)
    for plain in _readings(shown):
        if pattern.search(plain):
            return pattern.sub(_HIDDEN, plain)
    return shown


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
    pattern = _written(key)
    return pattern.search(text) is not None or any(pattern.search(plain) for plain in _readings(text))


def _readings(text: str) -> Iterator[str]:
    """The text without each layer of escapes, and last without blanks and what is not seen."""
    for _ in range(_LAYERS):
        plain = _unescaped(text)
        if plain == text:
            break
        yield (text := plain)
    if _INVISIBLE.search(text):
        yield _INVISIBLE.sub("", text)


def _unescaped(text: str) -> str:
    """The text without one layer each of the escapes of JSON, addresses and HTML, as far as it has any."""
    if "\\" in text:
        text = _ESCAPE.sub(lambda m: m[3] or chr(int(m[1] or m[2], 16)), text)
    if "%" in text:
        text = unquote(text, errors="replace")
    return html.unescape(text) if "&" in text else text


@lru_cache(maxsize=8)
def _written(key: str) -> re.Pattern[str]:
    """All that a key may look like without escapes. Base64 is matched exactly, all else in any case."""
    raw = key.encode()
    plain = (re.escape(key), re.escape(key[::-1]), _BETWEEN_BYTES.join(f"{byte:02x}" for byte in raw))
    encoded = {spelled for offset in range(3) for spelled in _base64_at(raw, offset)}
    exact = "|".join(map(re.escape, sorted(encoded, key=len, reverse=True)))
    return re.compile(f"(?i:{'|'.join(plain)})|{exact}")


def _base64_at(raw: bytes, offset: int) -> set[str]:
    """The characters of base64 that depend on ``raw`` alone, where so many bytes modulo 3 stand before it."""
    first = -(-8 * offset // 6)
    last = 8 * (offset + len(raw)) // 6
    forms = (base64.b64encode, base64.urlsafe_b64encode)
    return {form(b"\0" * offset + raw + b"\0\0").decode()[first:last] for form in forms}
