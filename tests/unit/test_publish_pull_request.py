"""Opening pull requests, against a loopback server that answers as GitHub's API does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from fcbench_action.errors import EnvironmentFailed
from fcbench_action.publish.pull_request import Repository, open_pull_request


class GitHub(HTTPServer):
    """Knows pull requests, and one token."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pulls: list[dict[str, Any]] = []
        self.api = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: GitHub

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self.answer(
            200,
            [
                p
                for p in self.server.pulls
                if [f"results:{p['head']}"] == query["head"] and [p["base"]] == query["base"]
            ],
        )

    def do_POST(self) -> None:
        payload = self.payload()
        if payload["head"] == "gone":
            self.answer(
                422, {"message": "Validation Failed", "errors": [{"message": "head \x1b[31mis gone"}]}
            )
            return
        number = len(self.server.pulls) + 1
        self.server.pulls.append(
            payload | {"number": number, "html_url": f"https://github.example/results/r/pull/{number}"}
        )
        self.answer(201, self.server.pulls[-1])

    def do_PATCH(self) -> None:
        pull = self.server.pulls[int(self.path.rsplit("/", 1)[1]) - 1]
        pull.update(self.payload())
        self.answer(200, pull)

    def payload(self) -> dict[str, Any]:
        return dict(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def answer(self, status: int, body: object) -> None:
        if self.headers["Authorization"] != "Bearer sesame":
            status, body = 403, {"message": "Resource not accessible by integration"}
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def github() -> Iterator[GitHub]:
    server = GitHub()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def offer(github: GitHub, *, token: str = "sesame", head: str = "fcbench/a&b", body: str = "text") -> str:
    repository = Repository(github.api, "results/r", token)
    return open_pull_request(repository, head=head, base="main", title="Add results", body=body)


def test_a_pull_request_is_opened_once_and_then_updated(github: GitHub) -> None:
    first = offer(github, body="one")
    second = offer(github, body="two")
    assert first == second == "https://github.example/results/r/pull/1"
    assert [p["body"] for p in github.pulls] == ["two"]


def test_a_body_over_the_limit_is_cut(github: GitHub) -> None:
    offer(github, body="x" * 70_000)
    assert len(github.pulls[0]["body"]) == 60_000


def test_a_refusal_names_the_permission_and_hides_the_token(github: GitHub) -> None:
    with pytest.raises(EnvironmentFailed, match="pull-requests: write") as refused:
        offer(github, token="wrong-secret")
    assert "wrong-secret" not in str(refused.value)


def test_the_servers_reason_is_shown_without_its_escapes(github: GitHub) -> None:
    with pytest.raises(EnvironmentFailed, match=r"Validation Failed; head \\x1b\[31mis gone"):
        offer(github, head="gone")


def test_a_dead_api_is_one_line() -> None:
    with pytest.raises(EnvironmentFailed, match="did not answer"):
        open_pull_request(
            Repository("http://127.0.0.1:9", "a/b", "t"), head="h", base="main", title="t", body=""
        )
