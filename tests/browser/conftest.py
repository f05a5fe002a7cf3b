"""A real browser on a site made of made-up records, served on the loopback interface."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from fcbench_action.pages.build import build_site
from tests.attacks import attack_tree
from tests.record_builder import write_tree

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (e) => violations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass
class Visit:
    """A page, and everything that must not have happened on it."""

    page: Any
    origin: str
    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def goto(self, path: str) -> Any:
        self.page.goto(self.origin + path, wait_until="load")
        return self.page

    def assert_clean(self) -> None:
        assert self.console == []
        assert self.foreign == []
        assert self.missing == []
        assert self.dialogs == []
        assert self.page.evaluate("window.violations") == []
        assert self.page.evaluate("window.pwned") is None


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    servers: dict[Path, ThreadingHTTPServer] = {}

    def start(folder: Path) -> str:
        if folder in servers:
            return f"http://127.0.0.1:{servers[folder].server_port}/"
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers[folder] = server
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the made-up models."""
    folder = tmp_path_factory.mktemp("site")
    build_site(write_tree(folder / "results"), folder / "out")
    return folder / "out"


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of records that are nothing but attacks."""
    folder = tmp_path_factory.mktemp("attacked")
    build_site(attack_tree(folder / "results"), folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for one file of tests: while it is open, its thread has a running event loop."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: apt-get install chromium")
    if sync_playwright is None:
        pytest.skip("playwright is not installed: make setup")
    with sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS.split())
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Any, serve: Callable[[Path], str]) -> Iterator[Callable[..., Visit]]:
    """``visit(folder, **context)`` opens a watched page on a folder."""
    contexts = []

    def start(folder: Path, **options: Any) -> Visit:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        if options.get("java_script_enabled", True):
            context.add_init_script(WATCH)
        page = context.new_page()
        seen = Visit(page, serve(folder))
        page.on("console", lambda message: seen.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: seen.console.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda r: None if _own(r.url, seen.origin) else seen.foreign.append(r.url))
        page.on("response", lambda r: seen.missing.append(r.url) if r.status >= 400 else None)
        return seen

    yield start
    for context in contexts:
        context.close()


def _own(url: str, origin: str) -> bool:
    return url.startswith((origin, "data:", "blob:" + origin))
