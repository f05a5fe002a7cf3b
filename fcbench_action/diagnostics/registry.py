"""Every diagnostic code there is, by name, with the page that explains it.

A code is declared once, in the module of its area; its page is ``docs/<name>.md``.
``tests/unit/test_diagnostic_pages.py`` runs the example of every page.
"""

from __future__ import annotations

from importlib import resources
from types import ModuleType

from fcbench_action.diagnostics import (
    database,
    interface,
    plan,
    program,
    reply,
    requirements,
    run,
    typescript,
)
from fcbench_action.diagnostics.diagnostic import Code

AREAS: tuple[ModuleType, ...] = (reply, requirements, database, interface, plan, program, run, typescript)
"""The modules that declare codes; add a module here when a new area comes."""

CODES: dict[str, Code] = {
    code.name: code for area in AREAS for code in vars(area).values() if isinstance(code, Code)
}


def page(code: Code) -> str:
    """The Markdown page that explains ``code``: what it means, an example, how to mend it."""
    return resources.files(__package__).joinpath("docs", f"{code.name}.md").read_text("utf-8")
