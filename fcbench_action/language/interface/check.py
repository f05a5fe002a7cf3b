"""The compiler's front door: is this interface sound?"""

from __future__ import annotations

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.interface.rules import examine
from fcbench_action.language.interface.rules.scope import Scope


def check(document: Document, database: Application | None = None) -> list[Diagnostic]:
    """Everything wrong with ``document``, and with its tracing where a ``database`` is given.

    Sorted; empty or warnings only where the interface compiles. Never raises, takes time linear in the
    document's size but for oneOf alternatives, which are compared within a bound.
    """
    actors = document.components.authorization
    return examine(
        Scope(
            operations=document.operations,
            schemas=document.components.schemas,
            actors=actors or None,
            database=database,
        )
    )
