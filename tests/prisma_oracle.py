"""Prisma's own validator, as a judge beside our database compiler."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "oracles"


def prisma_errors(schemas: dict[str, str]) -> dict[str, str | None]:
    """What Prisma says about each schema, by id; None where it accepts."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if not (FOLDER / "node_modules" / "@prisma" / "prisma-schema-wasm").is_dir():
        pytest.skip("Prisma's validator is not installed; 'npm ci --prefix tests/oracles' does it")
    lines = "".join(json.dumps({"id": id_, "schema": schema}) + "\n" for id_, schema in schemas.items())
    done = subprocess.run(
        ["node", "prisma.mjs"],
        cwd=FOLDER,
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    return {verdict["id"]: verdict["error"] for verdict in verdicts}
