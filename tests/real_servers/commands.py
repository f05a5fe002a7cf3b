"""fcbench as a user runs it, against a real server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 900.0
_KEYS = ("FCBENCH_API_KEY", "OPENAI_API_KEY")


def begin(*words: str) -> subprocess.Popen[str]:
    """The command, under way."""
    environment = {name: value for name, value in os.environ.items() if name not in _KEYS}
    return subprocess.Popen(
        [sys.executable, "-m", "fcbench_action", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=environment,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and all that it said, which is never a traceback."""
    try:
        said, _ = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
        raise AssertionError(f"no end within {LONGEST:.0f} s:\n{said}") from None
    assert "Traceback" not in said, said
    return process.returncode, said


def fcbench(*words: str) -> tuple[int, str]:
    """The command to its end."""
    return finish(begin(*words))
