"""Texts that are the same in every run. TypeScript's compiler computes them, and knows them for constants."""

from __future__ import annotations

from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.check.scope import Scope
from fcbench_action.language.program.interpreter.values import number_text

Value = str | float


def constant_value(node: nodes.Expression, scope: Scope) -> Value | None:
    """The text or number that an expression always is, as far as TypeScript computes it; None for others."""
    match node:
        case nodes.StringLiteral():
            return node.value
        case nodes.IntegerLiteral() | nodes.NumberLiteral():
            return float(node.value)
        case nodes.Identifier():
            binding = scope.names.get(node.name)
            return binding.constant if binding else None
        case nodes.Negate():
            value = constant_value(node.operand, scope)
            return -value if isinstance(value, float) else None
        case nodes.Arithmetic():
            return _computed(
                node.operator, constant_value(node.left, scope), constant_value(node.right, scope)
            )
        case nodes.Template():
            return constant_text(node, scope)
    return None


def constant_text(node: nodes.Template, scope: Scope) -> str | None:
    """The text that a template always is; None where it depends on anything."""
    parts: list[str] = []
    for one in node.parts:
        value = constant_value(one, scope)
        if value is None:
            return None
        parts.append(value if isinstance(value, str) else number_text(value))
    return "".join(parts)


def _computed(operator: str, left: Value | None, right: Value | None) -> float | None:
    if not isinstance(left, float) or not isinstance(right, float):
        return None
    if operator in "/%":
        return left / right if operator == "/" and right else None
    value = left + right if operator == "+" else left - right if operator == "-" else left * right
    return value if abs(value) < float("inf") else None
