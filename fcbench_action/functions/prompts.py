"""What prompts of all functions have in common: how they begin, and their sections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

Requirements = tuple[tuple[str, str], ...]
"""Numbered statements: (number, text) pairs."""


class Told(Protocol):
    """What every task tells first: the application, its module, and statements about it."""

    @property
    def title(self) -> str:
        """Of the application."""

    @property
    def summary(self) -> str:
        """Of the application."""

    @property
    def module(self) -> str:
        """Its name."""

    @property
    def brief(self) -> str:
        """What the module is about."""

    @property
    def requirements(self) -> Requirements:
        """The statements that the case tells."""


def head(task: Told) -> list[str]:
    """The sections that every prompt begins with."""
    return [
        f"# {task.title}\n\n{task.summary}",
        f"## Module: {task.module}\n\n{task.brief}",
        "## Requirements\n\n" + "\n".join(f"{number}. {text}" for number, text in task.requirements),
    ]


def section(title: str, intro: str, items: Iterable[str]) -> str:
    """A section with a list; nothing where there are no items."""
    lines = "\n".join(f"- {item}" for item in items)
    return "\n\n".join(filter(None, [f"## {title}", intro, lines])) if lines else ""
