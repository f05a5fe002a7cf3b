"""Types and relations in a few words."""

from __future__ import annotations

from fcbench_action.language.requirements.nodes import Relation, ToOne
from fcbench_action.language.requirements.values import (
    ChoiceType,
    IntegerType,
    ListType,
    NumberType,
    TextType,
    UriType,
    ValueType,
)


def leads(relation: Relation) -> str:
    """Where a relation leads, in a few words."""
    if isinstance(relation, ToOne):
        return f"{'one or no' if relation.optional else 'one'} `{relation.target}`"
    return f"many `{relation.target}`"


def type_text(holds: ValueType) -> str:
    """A type in a few words."""
    match holds:
        case ChoiceType():
            return f"one of {', '.join(holds.values)}"
        case ListType():
            return f"list ({type_text(holds.of)}){_range(holds.min_items, holds.max_items, 'values')}"
        case TextType():
            return f"text{_range(holds.min_length, holds.max_length, 'characters')}"
        case UriType():
            return f"uri{_range(None, holds.max_length, 'characters')}"
        case IntegerType() | NumberType():
            return f"{holds.__struct_config__.tag}{_range(holds.minimum, holds.maximum, '')}"
        case _:
            return str(holds.__struct_config__.tag)


def _range(least: float | None, most: float | None, unit: str) -> str:
    of = f" {unit}" if unit else ""
    if least is None and most is None:
        return ""
    if most is None:
        return f" of at least {least}{of}"
    return f" of {least} to {most}{of}" if least is not None else f" of {most}{of} at most"
