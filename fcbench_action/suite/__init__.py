"""The suite: cases and their references, as data."""
