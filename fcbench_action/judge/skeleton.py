"""How deep encoded JSON nests, at the speed of bytes: the brackets alone, peeled layer by layer."""

from __future__ import annotations

_AS_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_OTHERS = bytes(byte for byte in range(256) if byte not in b'[]{}"')


def is_deeper(encoded: bytes, depth: int) -> bool:
    """Whether well-formed JSON nests deeper than ``depth``, its outermost container being 1.

    Only brackets and quotes are kept, so most texts become two quotes and vanish; what then stands inside
    quotes is no bracket. Each pass removes the innermost pairs, so there are as many passes as levels.
    """
    kept = _without_escapes(encoded).translate(_AS_ONE_KIND, _OTHERS).replace(b'""', b"")
    brackets = b"".join(kept.split(b'"')[::2])
    for _ in range(depth):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)


def _without_escapes(encoded: bytes) -> bytes:
    """The bytes without backslashes and what they escape, so that every quote left begins or ends a text."""
    first, *pieces = encoded.split(b"\\")
    kept = [first]
    after_backslash = False
    for piece in pieces:
        if after_backslash:
            kept.append(piece)
        elif piece:
            kept.append(piece[1:])
        after_backslash = not piece and not after_backslash
    return b"".join(kept)
