"""A loopback server that answers as the part of GitHub's API does which opens pull requests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class GitHub(HTTPServer):
    """Knows pull requests, and one token."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pulls: list[dict[str, Any]] = []
        self.comments: list[dict[str, Any]] = []
        self.refuses = False
        self.api = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: GitHub

    def do_GET(self) -> None:
        if "/commits/" in self.path:
            commit = self.path.split("/")[-2]
            found = [p for p in self.server.pulls if p.get("head") == {"sha": commit}]
            self.answer(200, found)
            return
        if "/comments" in self.path:
            self.answer(200, self.server.comments)
            return
        query = parse_qs(urlsplit(self.path).query)
        self.answer(
            200,
            [
                p
                for p in self.server.pulls
                if [f"acme:{p['head']}"] == query["head"] and [p["base"]] == query["base"]
            ],
        )

    def do_POST(self) -> None:
        payload = self.payload()
        if self.path.endswith("/comments"):
            number = int(self.path.split("/")[-2])
            known = {"id": len(self.server.comments), "html_url": f"https://github.example/{number}#c"}
            self.server.comments.append(payload | known)
            self.answer(201, self.server.comments[-1])
            return
        if payload["head"] == "gone":
            self.answer(
                422, {"message": "Validation Failed", "errors": [{"message": "head \x1b[31mis gone"}]}
            )
            return
        number = len(self.server.pulls) + 1
        self.server.pulls.append(
            payload | {"number": number, "html_url": f"https://github.example/acme/bench/pull/{number}"}
        )
        self.answer(201, self.server.pulls[-1])

    def do_PATCH(self) -> None:
        number = int(self.path.rsplit("/", 1)[1])
        pull = self.server.comments[number] if "/comments/" in self.path else self.server.pulls[number - 1]
        pull.update(self.payload())
        self.answer(200, pull)

    def payload(self) -> dict[str, Any]:
        return dict(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def answer(self, status: int, body: object) -> None:
        if self.headers["Authorization"] != "Bearer sesame" or self.server.refuses:
            status, body = 403, {"message": "Resource not accessible by integration"}
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[GitHub]:
    """A server that runs until the block ends."""
    server = GitHub()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
