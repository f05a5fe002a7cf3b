"""Interface trees: nodes, checks, and the emitter of OpenAPI."""
