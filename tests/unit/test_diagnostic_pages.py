"""Every diagnostic code has a page, and the example of every page really gives that code.

A page is ``fcbench_action/diagnostics/docs/<code>.md``::

    # the-code

    One to three sentences: what it means and why it matters.

    ## Example

    ```json database
    {"files": []}
    ```

    ```diagnostics
    $.files the-code
    ```

    ## How to mend it

    What to send instead.

The first line of the example's fence says how it is read, then as what:

- ``json`` or ``text``: the arguments of a call. Use ``text`` where they are no JSON.
- ``typescript``: a program as TypeScript.
- ``reply``: a whole reply, the JSON of ``judge.types.Reply``, that never comes as far as compiling.

As what:

- ``database``: a whole database application, checked by ``language.database.check``
- ``interface``: a whole document, checked by ``language.interface.check``, against the database of a second
  block ``json database`` if the page has one
- a case's id, such as ``todo/todos/database.tables/items``: judged as a call in that case
- a function's name, such as ``database.tables``, for ``reply``
- ``requirements``: a whole analysis, checked by ``language.requirements.check``
- ``analyze entities`` and ``analyze permissions``: judged as a call in the tasks of
  ``tests/requirements_world.py``
- ``operation`` and ``test``, for ``typescript``: read and checked, in the world of ``tests/program_world.py``
- ``plan components``, ``plan endpoints`` and ``plan scenarios``: judged as a call in the tasks of
  ``tests/plan_world.py``
- ``run operation`` and ``run test``, for ``typescript``: run as ``tests/program_pages.py`` says
- ``times=N`` after it repeats the text N times.

The block ``diagnostics`` lists path and code of all errors and warnings that come out, a line each, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

import msgspec
import pytest

from fcbench_action.diagnostics import Diagnostic, render_path, sort
from fcbench_action.diagnostics.registry import CODES, page
from fcbench_action.functions import FUNCTIONS
from fcbench_action.judge import Reply, check_argument, judge
from fcbench_action.judge.decode import decode
from fcbench_action.language import database, interface, requirements
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.requirements.nodes import Analysis
from fcbench_action.suite.load import find, load
from tests.plan_world import TASKS
from tests.program_pages import checked, outcome
from tests.requirements_world import entities_task, permissions_task

FENCE = re.compile(r"^```(\S+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANALYSES = {
    "entities": (FUNCTIONS["analyze.entities"], entities_task()),
    "permissions": (FUNCTIONS["analyze.permissions"], permissions_task()),
}
SECTIONS = ["## Example", "## How to mend it"]


@dataclass(frozen=True)
class Block:
    """A fenced block: how it is read, as what, and its text."""

    kind: str
    info: str
    text: str


def blocks(text: str) -> list[Block]:
    return [Block(kind, info.strip(), body) for kind, info, body in FENCE.findall(text)]


def reported(examples: list[Block]) -> list[Diagnostic]:
    example, *others = examples
    subject, *options = example.info.split()
    if subject in ("operation", "test"):
        return checked(subject, example.text * (int(options[0].removeprefix("times=")) if options else 1))
    if subject == "run":
        return outcome(options[0], example.text)
    if subject == "analyze":
        return list(check_argument(*ANALYSES[options[0]], example.text).diagnostics)
    if subject == "plan":
        return list(check_argument(*TASKS[options[0]], example.text).diagnostics)
    if example.kind == "reply":
        reply = msgspec.json.decode(example.text, type=Reply)
        return list(judge(FUNCTIONS[subject], None, reply).diagnostics)
    text = example.text.removesuffix("\n")
    for option in options:
        text *= int(option.removeprefix("times="))
    if "/" in subject:
        case = find(load([subject.split("/")[0]]), subject)
        return list(check_argument(case.function, case.task, text).diagnostics)
    if subject == "requirements":
        analysis = decode(text, Analysis)
        return list(analysis.diagnostics) or requirements.check(analysis.argument)
    decoded = decode(text, Application if subject == "database" else Document)
    if decoded.diagnostics:
        return list(decoded.diagnostics)
    if subject == "database":
        return database.check(decoded.argument)
    given = [other.text for other in others if other.info == "database"]
    reference = msgspec.json.decode(given[0], type=Application) if given else None
    return interface.check(decoded.argument, reference)


@pytest.mark.parametrize("name", CODES)
def test_every_code_has_a_page_whose_example_reports_it(name: str) -> None:
    text = page(CODES[name])
    assert text.startswith(f"# {name}\n\n"), "the title is the code"
    assert [line for line in text.splitlines() if line.startswith("## ")] == SECTIONS
    assert len(CODES[name].summary) < 100 and CODES[name].summary[0].islower()
    *examples, expected = blocks(text)
    assert expected.kind == "diagnostics"
    found = [f"{render_path(d.path)} {d.code}" for d in sort(reported(examples))]
    assert found == expected.text.splitlines()
    assert any(line.endswith(f" {name}") for line in found)


def test_every_page_belongs_to_a_code() -> None:
    folder = resources.files("fcbench_action.diagnostics") / "docs"
    assert {p.name for p in folder.iterdir()} == {f"{name}.md" for name in CODES}
