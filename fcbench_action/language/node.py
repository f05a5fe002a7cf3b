"""The base of every node that a model constructs.

A node type is declared once, as a frozen msgspec Struct. Its docstring and the ``description`` of its
fields are part of what a model is sent; the JSON Schema, the decoder, the error paths and the site's
reference pages all derive from the declaration (``language.schema`` exports it).

Python names are snake_case; JSON names are camelCase, and every path uses JSON's.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Node(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename="camel",
    omit_defaults=True,
    gc=False,
):
    """A node without variants.

    A union's members subclass this with ``tag="name"`` and ``tag_field="type"``.
    Every field is required unless it declares a default; constraints and descriptions go into
    ``Annotated[..., msgspec.Meta(description=..., min_length=..., pattern=...)]``.
    """

    absent_variants: ClassVar[frozenset[str]] = frozenset()
    """Tags that no union has below an argument of this type: how two dialects share their nodes."""
