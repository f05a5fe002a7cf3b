"""The API key where it must not be: in what a server says back.

A reply is judged as it came, or not at all; no byte of it is ever replaced, for that could change what the
model said. A reply that repeats a secret is refused, and so is in no file. In words about errors, which
nobody judges, the key becomes ``[key]``.
"""

from __future__ import annotations

import re

from fcbench_action.judge.types import Reply

SHORTEST_SECRET = 16
"""Characters. Shorter keys are placeholders such as ``EMPTY`` or ``function``, which honest replies hold."""

_SHORTEST_HIDDEN = 8  # in words about errors; blotting out still shorter ones would leave nothing readable
_PLAIN = re.compile(r"[A-Za-z]+([ ._/-]?[A-Za-z]+)*", re.ASCII)
_HIDDEN = "[key]"


def is_secret(key: str) -> bool:
    """Whether a key looks like one: 16 characters or more, and not only words of letters."""
    return len(key) >= SHORTEST_SECRET and _PLAIN.fullmatch(key) is None


def hide(text: str, key: str) -> str:
    """``text``, which is about an error, with ``[key]`` in place of the key."""
    return text.replace(key, _HIDDEN) if len(key) >= _SHORTEST_HIDDEN else text


def repeats(reply: Reply, key: str) -> bool:
    """Whether the reply repeats a key that looks like a secret."""
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
    return any(text is not None and key in text for text in texts)
