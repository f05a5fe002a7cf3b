"""The functions of the benchmark, by name."""

from __future__ import annotations

from fcbench_action.functions import database, interface, realize, test
from fcbench_action.functions.base import Function

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        database.TABLES,
        interface.OPERATIONS,
        interface.SCHEMAS,
        test.WRITE,
        realize.OPERATION,
    )
}
"""In the order of the phases."""
