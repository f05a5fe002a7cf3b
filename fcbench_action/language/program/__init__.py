"""Programs: tests and operations as syntax trees, their types, their TypeScript, and their running."""
