"""Publishing: git and pull requests."""
