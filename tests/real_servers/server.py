"""Starts, kills and starts again a real server over a model made here."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PYTHON = os.environ.get("FCBENCH_REAL_SERVERS", "")
"""The Python of the servers' environment."""

MODEL = "noise"
"""The name that servers give the model."""

HERE = Path(__file__).parent
KINDS: dict[str, tuple[str, ...]] = {
    "llama-server": (str(HERE / "llama_server.py"),),
    "llama-cpp-python": ("-m", "llama_cpp.server", "--logits_all", "false"),
}
"""What Python runs for a server. Both understand the same options as far as they are used here."""
MODULES = {"llama-server": "xllamacpp", "llama-cpp-python": "llama_cpp.server"}
"""Without this there is no such server."""

LONGEST_START = 120.0


def is_here(kind: str) -> bool:
    """Whether the servers' environment has this one."""
    words = [PYTHON, "-c", f"import {MODULES[kind]}"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def write_model(path: Path, text: Path, *options: str) -> Path:
    """The model, written in the servers' environment."""
    words = [PYTHON, str(HERE / "model.py"), str(path), "--text", str(text), *options]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    return path


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass
class RealServer:
    """One server at one port; ``options`` are those of its command line. Its log grows over restarts."""

    kind: str
    model: Path
    log: Path
    options: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def said(self) -> str:
        """All that it printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        place = ["--host", "127.0.0.1", "--port", str(self.port)]
        named = ["--model", str(self.model), "--model_alias", MODEL]
        with self.log.open("ab") as log:
            words = [PYTHON, *KINDS[self.kind], *place, *named, *self.options]
            self.process = subprocess.Popen(words, stdout=log, stderr=log)
        give_up = time.monotonic() + LONGEST_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.kill()
                raise RuntimeError(f"the server did not start:\n{self.said[-4000:]}")
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/models", timeout=5) as answer:
                return bool(json.load(answer)["data"][0]["id"] == MODEL)
        except (OSError, ValueError):
            return False

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def post(self, body: dict[str, Any], timeout: float = 300.0) -> tuple[int, Any]:
        """One request of our own making: status and body."""
        request = urllib.request.Request(
            f"{self.url}/chat/completions",
            data=json.dumps({"model": MODEL, **body}).encode(),
            headers={"content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
