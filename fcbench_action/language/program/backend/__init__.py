"""A backend in process: routes, sessions and payloads around operation programs, and tests run against it."""

from fcbench_action.language.program.backend.forks import Variant, run_variants
from fcbench_action.language.program.backend.front import Backend, Front
from fcbench_action.language.program.backend.runs import Exchange, OperationFault, TestRun, run_test
from fcbench_action.language.program.interpreter.database import Template
from fcbench_action.language.program.interpreter.state import Response

__all__ = [
    "Backend",
    "Exchange",
    "Front",
    "OperationFault",
    "Response",
    "Template",
    "TestRun",
    "Variant",
    "run_test",
    "run_variants",
]
