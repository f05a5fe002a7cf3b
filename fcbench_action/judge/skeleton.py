"""How deep encoded JSON nests, at the speed of bytes: the brackets alone, peeled layer by layer."""

from __future__ import annotations

_AS_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_OTHERS = bytes(byte for byte in range(256) if byte not in b'[]{}"')


def is_deeper(encoded: bytes, depth: int) -> bool:
    """Whether well-formed JSON nests deeper than ``depth``, its outermost container being 1.

    Each pass removes the innermost pairs, so there are as many passes as levels.
    """
    left = brackets(encoded)
    for _ in range(depth):
        if not left:
            return False
        left = left.replace(b"[]", b"")
    return bool(left)


def brackets(encoded: bytes) -> bytes:
    """The brackets and braces of JSON outside its texts, in their order, all written as ``[`` and ``]``.

    Only they and quotes are kept at first, so most texts become two quotes and vanish; what then stands
    inside quotes is no bracket.
    """
    kept = _without_escapes(encoded).translate(_AS_ONE_KIND, _OTHERS).replace(b'""', b"")
    return b"".join(kept.split(b'"')[::2])


def _without_escapes(encoded: bytes) -> bytes:
    """The bytes without escaped backslashes and quotes, so that every quote left begins or ends a text.

    In a run of backslashes each second one is escaped, from the left, which is the order of ``replace``.
    """
    return encoded.replace(b"\\\\", b"").replace(b'\\"', b"")
