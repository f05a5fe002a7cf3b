"""What the suite costs: loading it, its memory, rendering all prompts, proving it.

``python -m tests.bench suite`` prints it. Each is measured in a process of its own, so that none is warm.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import msgspec

from fcbench_action.suite.basis import Work, all_work, changed_work
from fcbench_action.suite.files import package, topic_names
from fcbench_action.suite.load import read
from fcbench_action.suite.material import Topic
from fcbench_action.suite.mutants import everything
from fcbench_action.suite.prove import prove

_MEASURED = """
import time
from tests.bench.memory import peak_megabytes
from fcbench_action.suite.load import load
begun = time.process_time()
{work}
print(f"{{time.process_time() - begun:.2f}}", f"{{peak_megabytes():.0f}}")
"""
_WORKS = {
    "loading all of it as it is (limits 1 s, 150 MB)": "load()",
    "loading, with every reference compiled anew": "load(anew=True)",
    "loading and rendering all prompts (limit 2 s)": "[case.prompt for case in load().cases.values()]",
}


def rows() -> list[tuple[str, str]]:
    """What was measured, and the figure."""
    return [*((what, _measured(work)) for what, work in _WORKS.items()), *proof_rows()]


def proof_rows() -> list[tuple[str, str]]:
    """Everything from nothing, on all cores; and again after a change of one operation."""
    jobs = os.cpu_count() or 1
    begun = time.perf_counter()
    built, _ = prove(package(), None, jobs)
    found = [(f"proving {len(built)} cases, {jobs} processes", f"{time.perf_counter() - begun:.0f} s")]
    total = time.perf_counter() - begun
    for name in topic_names(package()):
        (topic,) = read([name], package())
        seconds, count = _tried(topic, all_work(topic), jobs)
        total += seconds
        found.append((f"all mutants of {name} against all tests", f"{seconds:.0f} s for {count:,}"))
        seconds, count = _tried(topic, changed_work(_with_a_change(topic)), jobs)
        found.append((f"those of {name} after a change of one operation", f"{seconds:.1f} s for {count:,}"))
    return [*found, ("all of it from nothing (limit 300 s on 2 cores)", f"{total:.0f} s")]


def _tried(topic: Topic, work: Work, jobs: int) -> tuple[float, int]:
    """Seconds that it takes, and how many mutants it is."""
    begun = time.perf_counter()
    count = len(everything(Path(str(package())) / topic.name, topic, jobs, work))
    return time.perf_counter() - begun, count


def _with_a_change(topic: Topic) -> Topic:
    """As if the operation with the middle number of mutants had been changed."""
    known = topic.mutants.operations
    name = sorted(known, key=lambda one: known[one].mutants)[len(known) // 2]
    operations = {**known, name: msgspec.structs.replace(known[name], text="")}
    return replace(topic, mutants=msgspec.structs.replace(topic.mutants, operations=operations))


def _measured(work: str) -> str:
    script = _MEASURED.format(work=work)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seconds, megabytes = done.stdout.split()
    return f"{seconds} s of processor time, {megabytes} MB at most"
