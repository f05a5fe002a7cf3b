"""The page of a served backend, as people who try it meet it; all that others wrote is an attack."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fcbench_action.cli.serving.choice import Choice
from fcbench_action.cli.serving.server import front_of, running
from fcbench_action.functions.programs import Programs
from fcbench_action.language.interface.nodes import Document
from tests.program_world import REFERENCE, application, backend, document, lit, obj

ATTACK = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
ECHO = [{"type": "return", "value": obj(text=lit(ATTACK))}]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    operations = dict(backend({**REFERENCE, "post /any": ECHO}).operations)
    tree = msgspec.to_builtins(document())
    for operation in tree["operations"]:
        operation["summary"] = operation["description"] = ATTACK
    programs = Programs(application(), msgspec.convert(tree, Document), operations, {})
    choice = Choice(ATTACK, "notes", "1", programs, operations, len(operations), 0)
    started: Future[tuple[str, Any, asyncio.Event]] = Future()

    async def work() -> None:
        stop = asyncio.Event()
        front = front_of(choice, programs.backend.template.copy())
        async with running(front, choice, "127.0.0.1", 0, lambda _: None) as url:
            started.set_result((url, asyncio.get_running_loop(), stop))
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(work()), daemon=True)
    thread.start()
    url, loop, stop = started.result(timeout=10)
    yield f"{url}/"
    loop.call_soon_threadsafe(stop.set)
    thread.join(timeout=10)


@pytest.fixture
def page(visit: Callable[..., Any], address: str, tmp_path: Path) -> Iterator[Any]:
    seen = visit(tmp_path)
    seen.origin = address
    page = seen.goto("")
    page.locator("nav li").first.wait_for()
    yield page
    seen.assert_clean()


def choose(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def send(page: Any) -> None:
    page.get_by_role("button", name="Send").click()
    page.locator("#status:not(:empty)").wait_for()


def test_somebody_joins_signs_in_and_uses_the_backend(page: Any) -> None:
    choose(page, "POST /members")
    send(page)
    assert page.locator("#status").inner_text().startswith("201")
    page.get_by_role("button", name="Sign in with token").click()
    choose(page, "POST /notes")
    send(page)
    note = msgspec.json.decode(page.locator("#answer").inner_text())
    assert note["author"]["email"] == "ann@example.org"
    choose(page, "GET /notes/{noteId}")
    page.locator("#parameters input").fill(note["id"])
    send(page)
    assert msgspec.json.decode(page.locator("#answer").inner_text()) == note


def test_what_others_wrote_is_text(page: Any) -> None:
    assert page.locator("h1").inner_text() == ATTACK
    choose(page, "POST /any")
    send(page)
    assert "onerror" in page.locator("#answer").inner_text()
    assert page.locator("img").count() == 0
    assert page.locator("#description").inner_text() == ATTACK


def test_operations_are_found_by_a_part_of_their_names(page: Any) -> None:
    page.get_by_label("Find").fill("noteid")
    shown = page.locator("nav li:visible").all_inner_texts()
    assert shown and all("noteId" in text for text in shown)
