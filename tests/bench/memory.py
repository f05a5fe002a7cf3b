"""The most memory that processes held, as Linux counts it for each address space.

``getrusage`` would not do: a process begins with the figure of the one that started it, so a small command
started by a large bench would seem as large.
"""

from __future__ import annotations

import os
import time
from pathlib import Path


def peak_megabytes(process: int | str = "self") -> float:
    """The resident memory of a process at its highest so far; 0 where it has ended."""
    try:
        status = Path("/proc", str(process), "status").read_text()
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0")
    return int(line.split()[1]) / 1024


def watched(process: int) -> tuple[int, float]:
    """Wait for a child to end: its exit code, and the peak of the largest of it and its own children."""
    most = 0.0
    while True:
        family = Path("/proc", str(process), "task", str(process), "children")
        children = family.read_text().split() if family.exists() else []
        most = max(most, *map(peak_megabytes, [process, *children]))
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), most
        time.sleep(0.02)
