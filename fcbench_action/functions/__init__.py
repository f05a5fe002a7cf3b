"""The functions of the benchmark, by name."""

from __future__ import annotations

from fcbench_action.functions import (
    analyze,
    database,
    database_components,
    interface,
    interface_endpoints,
    realize,
    scenarios,
    test,
)
from fcbench_action.functions.base import Function

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        analyze.ENTITIES,
        analyze.PERMISSIONS,
        database_components.COMPONENTS,
        database.TABLES,
        interface_endpoints.ENDPOINTS,
        interface.OPERATIONS,
        interface.SCHEMAS,
        scenarios.SCENARIOS,
        test.WRITE,
        realize.OPERATION,
    )
}
"""In the order of the phases."""
