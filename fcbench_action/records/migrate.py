"""Reading the records of older formats: a step from each format to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fcbench_action.records.types import FORMAT

STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By format: what turns a raw record of that format into one of the next.

Format 1 is the first, so there is no step yet. Raising :data:`FORMAT` to 2 means adding ``STEPS[1]`` here
and a file of format 1 to the tests."""


def migrate(record: dict[str, Any], written_as: int) -> dict[str, Any]:
    """A raw record of format ``written_as`` as one of the current format."""
    for version in range(written_as, FORMAT):
        record = STEPS[version](record)
    return record
