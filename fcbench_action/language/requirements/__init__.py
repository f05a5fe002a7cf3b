"""The requirements tree: actors, entities with states, and permission rules, checked, evaluated, emitted."""

from fcbench_action.language.requirements.check import check
from fcbench_action.language.requirements.emit import emit_entities, emit_permissions

__all__ = ["check", "emit_entities", "emit_permissions"]
