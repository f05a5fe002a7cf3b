"""What trees look like as TypeScript: golden files, each with a tree and its text."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.program.typescript import (
    emit_operation,
    emit_test,
    parse_operation,
    parse_test,
)
from tests.golden_files import check_golden

FOLDER = Path(__file__).parents[1] / "golden" / "typescript"
FILES = sorted(FOLDER.glob("*.md"))
_PARTS = re.compile(r"(?P<about>.*?)```typescript\n.*?```\n\n```json\n(?P<tree>.*?)```\n", re.DOTALL)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_tree_is_written_as_it_always_was(path: Path) -> None:
    found = _PARTS.fullmatch(path.read_text("utf-8"))
    assert found, "a page is some words, a block of TypeScript, and a block with the tree"
    if '"scenario"' in found["tree"]:
        test = msgspec.json.decode(found["tree"], type=TestProgram)
        text, again = emit_test(test), parse_test(emit_test(test)).program == test
    else:
        operation = msgspec.json.decode(found["tree"], type=OperationProgram)
        text = emit_operation(operation)
        again = parse_operation(text).program == operation
    assert again
    check_golden(path, f"{found['about']}```typescript\n{text}```\n\n```json\n{found['tree']}```\n")


def test_there_are_golden_files() -> None:
    assert len(FILES) >= 6
