"""fcbench: a hardcore function-calling benchmark, its GitHub Action and its site."""

__version__ = "0.1.0"
