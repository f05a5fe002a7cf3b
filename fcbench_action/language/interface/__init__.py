"""Interface trees: nodes, checks, and the emitter of OpenAPI."""

from fcbench_action.language.interface.check import check
from fcbench_action.language.interface.openapi import emit_openapi
from fcbench_action.language.interface.read import normalise, read

__all__ = ["check", "emit_openapi", "normalise", "read"]
