"""What the checker says of programs, as files that people read.

A file is ``tests/golden/program/check/<topic>.md``: cases, each a title, a program, and what is said of it.
The first line of its fence is ``typescript operation GET /notes/top`` or ``typescript test``, in the world of
``tests/program_world.py``; the program is its statements alone. In tests, ``guest``, ``alice`` (a member) and
``root`` (an admin) are sessions where they occur.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fcbench_action.diagnostics import Diagnostic, render_path
from tests.golden_files import check_golden
from tests.program_pages import checked

FOLDER = Path(__file__).parents[1] / "golden" / "program" / "check"
CASE = re.compile(r"^```typescript (\S+) ?([^\n]*)\n(.*?)^```\n(?:\n```diagnostics\n.*?^```\n)?", re.M | re.S)
SESSIONS = {"guest": "null", "alice": '"member"', "root": '"admin"'}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_programs_are_judged_as_their_files_say(path: Path) -> None:
    check_golden(path, CASE.sub(_judged, path.read_text("utf-8")))


def _judged(case: re.Match[str]) -> str:
    kind, key, statements = case[1], case[2], case[3]
    said = "".join(map(_shown, checked(kind, _program(kind, key, statements))))
    return f"```typescript {kind}{' ' * bool(key)}{key}\n{statements}```\n\n```diagnostics\n{said}```\n"


def _program(kind: str, key: str, statements: str) -> str:
    if kind == "operation":
        head = "export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {"
        return f'type Key = "{key}";\n{head}\n{statements}}}\n'
    sessions = "".join(
        f"const {name} = api.session({actor});\n"
        for name, actor in SESSIONS.items()
        if re.search(rf"\b{name}\.", statements)
    )
    head = "export async function test(api: Api): Promise<void> {"
    sessions = sessions or "const guest = api.session(null);\n"
    return f'export const scenario = "A scenario.";\n{head}\n{sessions}{statements}}}\n'


def _shown(diagnostic: Diagnostic) -> str:
    mark = "" if diagnostic.severity == "error" else f" ({diagnostic.severity})"
    return f"{render_path(diagnostic.path)} {diagnostic.code}{mark}\n    {diagnostic.message}\n"
