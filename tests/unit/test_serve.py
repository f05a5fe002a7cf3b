from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
from click.testing import CliRunner

from fcbench_action.cli.serve import command
from fcbench_action.cli.serving.choice import Choice, recorded, reference
from fcbench_action.cli.serving.server import front_of, running
from fcbench_action.cli.serving.store import open_store
from fcbench_action.errors import BadInput, EnvironmentFailed
from fcbench_action.functions.programs import Programs
from fcbench_action.judge.types import Outcome, Reply
from fcbench_action.records.types import Record
from fcbench_action.suite.files import package
from fcbench_action.suite.version import digest, read_version
from tests.program_world import REFERENCE, application, backend, document, lit, obj
from tests.record_builder import case_ref, provenance, record, write_files

Ask = Callable[..., Awaitable[tuple[int, Any]]]
FAULTY = [{"type": "return", "value": obj(code=lit("far too long"))}]


@pytest.fixture(scope="module")
def choice() -> Choice:
    operations = dict(backend({**REFERENCE, "post /any": FAULTY}).operations)
    programs = Programs(application(), document(), operations, {})
    return Choice("Notes <b>", "notes", "1", programs, operations, len(operations), 0)


def visit(choice: Choice, work: Callable[[Ask], Awaitable[Any]], file: Path | None = None) -> Any:
    """What ``work`` gives, while the backend is served to it."""

    async def serve() -> Any:
        connection = open_store(file, choice.programs.backend.template, choice.topic, choice.version)
        with closing(connection):
            front = front_of(choice, connection)
            async with (
                running(front, choice, "127.0.0.1", 0, lambda _: None) as address,
                aiohttp.ClientSession(address) as session,
            ):

                async def ask(method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
                    async with session.request(method, path, json=body, **more) as response:
                        text = await response.text()
                        return response.status, json.loads(text) if text else None

                ask.session = session  # type: ignore[attr-defined]
                return await work(ask)

    return asyncio.run(serve())


JOIN = {"email": "ann@example.org", "password": "secret"}


def test_a_backend_is_used_over_http(choice: Choice) -> None:
    async def work(ask: Ask) -> None:
        status, joined = await ask("POST", "/members", JOIN)
        assert status == 201
        headers = {"Authorization": f"Bearer {joined['token']}"}
        status, note = await ask("POST", "/notes", {"title": "milk", "stars": 2}, headers=headers)
        assert status == 201 and note["created_at"] > "2025"
        assert (await ask("GET", f"/notes/{note['id']}", headers=headers)) == (200, note)
        assert (await ask("GET", f"/notes/{note['id']}"))[0] == 401
        assert (await ask("GET", "/nothing"))[0] == 404
        assert (await ask("GET", "/members/me"))[0] == 501

    visit(choice, work)


def test_what_is_no_json_is_refused_and_a_fault_says_why(choice: Choice) -> None:
    async def work(ask: Ask) -> None:
        kind = {"Content-Type": "application/json"}
        for data, headers, status in (
            (b"{", kind, 400),
            (b'{"a": 1, "a": 2}', kind, 400),
            (b"[" * 100_000, kind, 400),
            (b"\xff", kind, 400),
            (b"{}", {"Content-Type": "text/plain"}, 415),
            (b" " * (5 << 20), kind, 413),
        ):
            assert (await ask("POST", "/members", data=data, headers=headers))[0] == status, data[:20]
        status, body = await ask("POST", "/any", {})
        assert status == 500 and body["diagnostics"][0]["code"] == "response-mismatch"

    visit(choice, work)


def test_the_page_and_the_openapi_document_are_served_under_a_policy(choice: Choice) -> None:
    async def work(ask: Any) -> None:
        assert (await ask("GET", "/openapi.json"))[1]["info"]["title"] == "Notes <b>"
        assert "post /notes" in (await ask("GET", "/-/realized.json"))[1]
        for path in ("/", "/-/page.js", "/-/page.css"):
            async with ask.session.get(path) as response:
                text = await response.text()
            assert response.status == 200
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            assert "Notes" not in text, "what others wrote comes in by textContent only"
            assert "http" not in text.replace("https://example.org/", ""), "no other host"
            assert "innerHTML" not in text and "style=" not in text

    visit(choice, work)


def test_data_stay_in_a_file(choice: Choice, tmp_path: Path) -> None:
    file = tmp_path / "notes.sqlite"

    async def work(ask: Ask) -> int:
        return (await ask("POST", "/members", JOIN))[0]

    assert [visit(choice, work, file) for _ in range(2)] == [201, 409]


def store(choice: Choice, file: Path, **changes: str) -> sqlite3.Connection:
    names = {"topic": choice.topic, "version": choice.version, **changes}
    return open_store(file, choice.programs.backend.template, **names)


def test_a_database_of_another_suite_or_topic_is_refused(choice: Choice, tmp_path: Path) -> None:
    file = tmp_path / "notes.sqlite"
    store(choice, file).close()
    with pytest.raises(BadInput, match=r"notes, suite 1; this is notes, suite 2; name a new file"):
        store(choice, file, version="2")
    with pytest.raises(BadInput, match="this is other"):
        store(choice, file, topic="other")


def test_a_database_that_is_in_use_is_refused(choice: Choice, tmp_path: Path) -> None:
    file = tmp_path / "notes.sqlite"
    with closing(store(choice, file)), pytest.raises(EnvironmentFailed, match="is locked"):
        store(choice, file)


def test_files_that_are_something_else_are_refused_and_left_alone(choice: Choice, tmp_path: Path) -> None:
    text, other = tmp_path / "text", tmp_path / "other.sqlite"
    text.write_text("no database" * 1000)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t (x)")
    before = [file.read_bytes() for file in (text, other)]
    with pytest.raises(BadInput, match="no SQLite database"):
        store(choice, text)
    with pytest.raises(BadInput, match="something else"):
        store(choice, other)
    with pytest.raises(EnvironmentFailed, match="cannot be used"):
        store(choice, tmp_path / "missing" / "file.sqlite")
    assert [file.read_bytes() for file in (text, other)] == before


def test_a_port_in_use_is_one_clear_line(choice: Choice) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        async def serve() -> None:
            connection = choice.programs.backend.template.copy()
            async with running(front_of(choice, connection), choice, "127.0.0.1", port, print):
                pass

        with pytest.raises(EnvironmentFailed, match=rf"127.0.0.1:{port}: address already in use; choose"):
            asyncio.run(serve())


def realized(statements: list[Any], outcome: Outcome = Outcome.VALID, **changes: Any) -> Record:
    """A record of `get /labels`."""
    program = {"operation": {"method": "get", "path": "/labels"}, "statements": statements}
    source = {"suite_digest": digest(package()), "suite_version": read_version(package()).version}
    case = case_ref(function="realize.operation", target="get-labels")
    made = record(str(outcome), case=case, source=provenance(**{**source, **changes}))
    last = msgspec.structs.replace(made.rounds[-1], reply=Reply(arguments=json.dumps(program)))
    return msgspec.structs.replace(made, rounds=(*made.rounds[:-1], last))


REJECT = [{"type": "reject", "status": 418, "message": lit("mine")}]


def place(results: Path) -> Path:
    return next(results.rglob("fcbench/records")).parents[1]


def test_a_models_valid_operations_are_served(tmp_path: Path) -> None:
    write_files(tmp_path, [realized(REJECT)])
    found = recorded(place(tmp_path), fill=False)
    assert list(found.operations) == [("get", "/labels")] and (found.own, found.filled) == (1, 0)
    assert found.topic == "todo" and found.title.startswith("Todo: ")
    filled = recorded(place(tmp_path), fill=True)
    assert set(filled.operations) == {*found.programs.operations, ("get", "/labels")}


def test_answers_that_are_not_valid_are_not_served(tmp_path: Path) -> None:
    write_files(tmp_path, [realized(REJECT, Outcome.COMPILE_ERROR)])
    with pytest.raises(BadInput, match="no operation that compiles; add --fill"):
        recorded(place(tmp_path), fill=False)


def test_records_of_another_suite_are_refused(tmp_path: Path) -> None:
    write_files(tmp_path, [realized(REJECT, suite_digest="0" * 64, suite_version="0.9")])
    with pytest.raises(BadInput, match=r"of suite 0\.9, and this fcbench has suite"):
        recorded(place(tmp_path), fill=True)


def test_folders_without_records_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not within a results tree"):
        recorded(tmp_path / "a", fill=True)
    write_files(tmp_path, [realized(REJECT)])
    with pytest.raises(BadInput, match="holds no records"):
        recorded(tmp_path / "a", fill=True)
    one = place(tmp_path).relative_to(tmp_path)
    with pytest.raises(
        BadInput, match=f"is a whole results tree: name one topic of one model, such as .*/{one}"
    ):
        recorded(tmp_path, fill=True)


def test_the_reference_of_a_topic_is_served() -> None:
    found = reference("todo")
    assert found.operations == found.programs.operations
    with pytest.raises(BadInput, match="no topic"):
        reference("nothing")


@pytest.mark.parametrize("arguments", [[], ["folder", "--reference", "todo"]])
def test_the_command_wants_a_folder_or_a_reference(arguments: list[str]) -> None:
    result = CliRunner().invoke(command, arguments)
    assert isinstance(result.exception, BadInput) and "name either" in str(result.exception)
