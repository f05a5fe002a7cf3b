"""Diagnostics: what is wrong with a reply, where, and what was expected instead."""

from fcbench_action.diagnostics.diagnostic import (
    Code,
    Diagnostic,
    Path,
    Segment,
    Severity,
    Stage,
    errors,
    render_path,
    sort,
)

__all__ = [
    "Code",
    "Diagnostic",
    "Path",
    "Segment",
    "Severity",
    "Stage",
    "errors",
    "render_path",
    "sort",
]
