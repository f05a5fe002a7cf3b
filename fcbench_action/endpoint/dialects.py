"""Schema dialects: what an endpoint is sent in place of the full JSON Schema.

A dialect is a pure function from schema to schema. The judge always uses the full one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Dialect = Callable[[dict[str, Any]], dict[str, Any]]


def full(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema as it is."""
    return schema


DIALECTS: dict[str, Dialect] = {"full": full}
"""By name, the richest first."""
