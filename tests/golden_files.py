"""Golden files: the expected text of a test, rewritten by ``FCBENCH_GOLDEN=1 pytest``."""

from __future__ import annotations

import os
from pathlib import Path


def check_golden(path: Path, actual: str) -> None:
    """Compares ``actual`` with the file at ``path``, or writes it there when golden files are rewritten."""
    if os.environ.get("FCBENCH_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, "utf-8")
    assert path.is_file(), f"{path} is missing; FCBENCH_GOLDEN=1 writes it"
    assert actual == path.read_text("utf-8"), f"{path} differs; FCBENCH_GOLDEN=1 rewrites it"
