"""The rules of attribute types."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics import requirements as codes
from fcbench_action.diagnostics.interface import INVALID_PATTERN
from fcbench_action.language.interface.patterns import pattern_error
from fcbench_action.language.requirements.check.scope import Scope
from fcbench_action.language.requirements.values import TextType
from fcbench_action.language.requirements.walk import nodes

_RANGES = (
    ("minimum", "maximum", "maximum"),
    ("min_length", "max_length", "maxLength"),
    ("min_items", "max_items", "maxItems"),
)


def ranges_are_not_empty(scope: Scope) -> Iterator[Diagnostic]:
    """The least of a range is not greater than its greatest."""
    for path, node in nodes(scope.analysis):
        for least, most, shown in _RANGES:
            low, high = getattr(node, least, None), getattr(node, most, None)
            if low is not None and high is not None and low > high:
                yield codes.EMPTY_RANGE.at(
                    (*path, shown),
                    f"No value is at least {low} and at most {high}.",
                    expected=f"at least {low}",
                    actual=str(high),
                )


def patterns_can_be_used(scope: Scope) -> Iterator[Diagnostic]:
    """Patterns are regular expressions of RE2."""
    for path, node in nodes(scope.analysis):
        if isinstance(node, TextType) and node.pattern is not None and (why := pattern_error(node.pattern)):
            yield INVALID_PATTERN.at(
                (*path, "pattern"),
                f"The pattern cannot be used: it {why}."
                if why.startswith(("is ", "holds "))
                else f"The pattern cannot be used: {why}.",
                expected="a regular expression in RE2 syntax",
                actual=node.pattern,
            )
