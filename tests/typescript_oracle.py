"""TypeScript's own compiler, as a judge beside our checker."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "oracles"
COMPILER = FOLDER / "node_modules" / "typescript" / "bin" / "tsc"
OPTIONS = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "noEmit": True,
    "target": "es2023",
    "lib": ["es2023"],
    "module": "esnext",
    "moduleDetection": "force",
    "types": [],
    "pretty": False,
}
_ERROR = re.compile(
    r"^(?:(?P<file>[^(\n]+)\((?P<line>\d+),(?P<column>\d+)\): )?error (?P<text>TS\d+: .*)$", re.M
)


def typescript_errors(
    declarations: str, programs: Mapping[str, str], *, only_syntax: bool = False
) -> dict[str, list[str]]:
    """What ``tsc --strict`` says about each program, by id, as ``line:column TS...``; empty where it accepts.

    The declarations themselves are judged under the id ``declarations``. Where any program breaks the
    grammar, TypeScript says nothing of types.
    """
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if not COMPILER.is_file():
        pytest.skip("TypeScript is not installed; 'npm ci --prefix tests/oracles' does it")
    files = {f"p{number}.ts": id_ for number, id_ in enumerate(programs)}
    found: dict[str, list[str]] = {id_: [] for id_ in programs}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, id_ in files.items():
            folder.joinpath(file).write_text(programs[id_], "utf-8", newline="")
        folder.joinpath("declarations.d.ts").write_text(declarations, "utf-8")
        config = {"compilerOptions": {**OPTIONS, "noCheck": only_syntax}, "include": ["*.ts"]}
        folder.joinpath("tsconfig.json").write_text(json.dumps(config), "utf-8")
        done = subprocess.run(
            ["node", str(COMPILER), "-p", str(folder)],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
    for error in _ERROR.finditer(done.stdout):
        id_ = files.get(error["file"] or "", "declarations")
        found.setdefault(id_, []).append(f"{error['line']}:{error['column']} {error['text']}")
    assert bool(done.returncode) == any(found.values()), done.stdout + done.stderr
    return found
