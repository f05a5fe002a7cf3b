"""Programs as TypeScript, in both directions, and the declarations that they are compiled against."""

from fcbench_action.language.program.typescript.declarations import declarations
from fcbench_action.language.program.typescript.emit import emit_operation, emit_test
from fcbench_action.language.program.typescript.parse import Reading, parse_operation, parse_test

__all__ = ["Reading", "declarations", "emit_operation", "emit_test", "parse_operation", "parse_test"]
