"""The requirements tree: actors, entities with states, and permission rules, checked, evaluated, emitted."""
