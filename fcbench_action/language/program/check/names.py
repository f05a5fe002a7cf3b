"""Names that a program declares."""

from __future__ import annotations

import re

from fcbench_action.diagnostics import program as codes
from fcbench_action.language.near import quoted
from fcbench_action.language.program.check.checker import Checker
from fcbench_action.language.program.check.scope import Binding
from fcbench_action.language.program.typescript.words import RESERVED

PREDECLARED = frozenset({"path", "body", "actor", "now"})
"""What an operation's program knows from the start, or would if there were one."""

_CAMEL_CASE = re.compile(r"[a-z][a-zA-Z0-9]*", re.ASCII)
_MEANS_SOMETHING = RESERVED | {"undefined"}


def can_declare(checker: Checker, binding: Binding) -> bool:
    """Whether the name is to be made known. A bad one is too, unless it means something already."""
    if _is_sound(checker, binding):
        return checker.is_free(binding)
    return binding.name not in checker.scope.names


def _is_sound(checker: Checker, binding: Binding) -> bool:
    """Whether a name can be declared at all; reports it where not."""
    if not _CAMEL_CASE.fullmatch(binding.name):
        checker.report(
            codes.INVALID_NAME,
            binding.path,
            f"{quoted(binding.name)} is no name in camelCase.",
            expected="a lower-case letter, then letters and digits",
            actual=quoted(binding.name),
        )
        return False
    if binding.name in _MEANS_SOMETHING or (checker.in_operation and binding.name in PREDECLARED):
        checker.report(
            codes.RESERVED_NAME,
            binding.path,
            f"{quoted(binding.name)} means something already.",
            expected="another name",
            actual=quoted(binding.name),
        )
        return False
    return True
