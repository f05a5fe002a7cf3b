"""Running programs over plain values: compiled to closures, bounded, the same on every run.

``limits`` declares every bound, ``database`` asks SQLite, and the other modules give each node its meaning.
"""

from fcbench_action.language.program.interpreter.database import Database, Template
from fcbench_action.language.program.interpreter.limits import Limits
from fcbench_action.language.program.interpreter.state import Response

__all__ = ["Database", "Limits", "Response", "Template"]
