"""The Content-Security-Policy of a page, with the hashes of the inline scripts that the theme wrote.

The hashes are taken from the rendered page *before* any slot is filled: nothing that comes from
records can ever be among the scripts that a browser is told to trust.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
_HEAD = re.compile(r'<meta charset="utf-8">')
_RULES = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


def protect(page: str) -> str:
    """The page with its policy as the first thing in its head. Raises ValueError where there is no head."""
    scripts = sorted({_digest(body) for body in _inline(page)})
    rules = _RULES.format(hashes="".join(f" '{digest}'" for digest in scripts))
    tag = f'<meta charset="utf-8">\n      <meta http-equiv="Content-Security-Policy" content="{rules}">'
    protected, count = _HEAD.subn(lambda _: tag, page, count=1)
    if not count:
        raise ValueError("the theme's page has no charset line to put its policy after")
    return protected


def _inline(page: str) -> list[str]:
    return [
        found["body"]
        for found in _INLINE.finditer(page)
        if "src=" not in found["attributes"] and "application/json" not in found["attributes"]
    ]


@lru_cache(maxsize=256)
def _digest(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
