"""What the suite costs: loading it, its memory, rendering all prompts, proving it.

``python -m tests.bench suite`` prints it. Each is measured in a process of its own, so that none is warm.
"""

from __future__ import annotations

import subprocess
import sys

_MEASURED = """
import resource, time
from fcbench_action.suite.load import load
begun = time.process_time()
{work}
print(f"{{time.process_time() - begun:.2f}}", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
_WORKS = {
    "loading all of it as it is (limits 1 s, 150 MB)": "load()",
    "loading, with every reference compiled anew": "load(anew=True)",
    "loading and rendering all prompts (limit 2 s)": "[case.prompt for case in load().cases.values()]",
}


def rows() -> list[tuple[str, str]]:
    """What was measured, and the figure."""
    return [(what, _measured(work)) for what, work in _WORKS.items()]


def _measured(work: str) -> str:
    script = _MEASURED.format(work=work)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seconds, megabytes = done.stdout.split()
    return f"{seconds} s of processor time, {megabytes} MB at most"
