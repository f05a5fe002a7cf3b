"""How commands end: one line, the right exit code, and never a traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from fcbench_action import cli as package
from fcbench_action.endpoint.simulated.server import Settings, serve
from fcbench_action.errors import BadInput
from fcbench_action.suite.load import load

FCBENCH = (sys.executable, "-m", "fcbench_action")


@pytest.fixture
def fcbench(monkeypatch, capsys) -> Callable[..., tuple[int, str]]:
    """Run the command in this process; gives its exit code and what it says on standard error."""

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["fcbench", *arguments])
        with pytest.raises(SystemExit) as ended:
            package.main()
        return ended.value.code or 0, capsys.readouterr().err

    return run


def shell(line: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "FCBENCH": " ".join(FCBENCH)}
    command = ["bash", "-c", line]
    return subprocess.run(command, capture_output=True, env=environment, timeout=60, check=False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--nope"], "no such option '--nope'; see 'fcbench run --help'"),
        (["run", "--max-call", "3"], "no such option '--max-call'; did you mean '--max-calls'?"),
        (
            ["run", "--max-calls", "0"],
            "invalid value for '--max-calls': 0 is not in the range x>=1; see 'fcbench run --help'",
        ),
        (["run", "--trials", "abc"], "invalid value for '--trials': 'abc' is no whole number; see"),
        (["run", "--timeout", "soon"], "invalid value for '--timeout': 'soon' is no number; see"),
        (
            ["suite", "--root", "tests", "list"],
            "--root tests holds no suite, neither topics nor version.json",
        ),
        (["publish", "--results", "nowhere"], "nowhere: there is no such folder"),
        (["publish", "--results", "nowhere", "--strategy", "push"], "nowhere: there is no such folder"),
        (["simulate", "--port", "99999"], "99999 is not in the range 0<=x<=65535"),
        (["frobnicate"], "no such command 'frobnicate'; see 'fcbench --help'"),
        (["reprot"], "no such command 'reprot'; did you mean 'report'?"),
        (["suite", "show"], "missing argument 'CASE'"),
    ],
)
def test_a_wrong_command_line_is_one_line_with_exit_code_2(fcbench, arguments, said):
    code, error = fcbench(*arguments)
    assert code == 2 and said in error
    assert error.startswith("fcbench: error: ") and error.count("\n") == 1


def test_help_and_version_end_with_0_and_no_command_with_the_help(fcbench):
    assert fcbench("--help") == (0, "")
    assert fcbench("run", "--help") == (0, "")
    assert fcbench("--version") == (0, "")
    code, error = fcbench()
    assert code == 2 and "Commands:" in error


@pytest.mark.parametrize(
    ("failure", "code", "said"),
    [
        (KeyError("secret\nthing"), 70, "fcbench: internal error: KeyError: "),
        (RecursionError("deep"), 70, "please report it"),
        (OSError(28, "No space left on device"), 3, "error: input or output failed: No space left on device"),
        (OSError(5, "Input/output error", "a/file"), 3, "a/file: Input/output error"),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
        (KeyboardInterrupt(), 130, ""),
        (BadInput("this\nand that"), 2, "fcbench: error: this and that"),
    ],
)
def test_whatever_breaks_is_at_most_one_line(fcbench, monkeypatch, failure, code, said):
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr("fcbench_action.cli.ending.os.dup2", lambda *_: None)
    monkeypatch.setattr("click.Group.invoke", fail)
    monkeypatch.delenv("FCBENCH_DEBUG", raising=False)
    ended, error = fcbench("suite", "list")
    assert ended == code and said in error and error.strip().count("\n") == 0


def test_an_internal_error_shows_its_traceback_where_that_is_asked_for(fcbench, monkeypatch):
    def fail(*_: object) -> None:
        raise KeyError("thing")

    monkeypatch.setattr("click.Group.invoke", fail)
    monkeypatch.setenv("FCBENCH_DEBUG", "1")
    with pytest.raises(KeyError):
        fcbench("suite", "list")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "command", ["suite list", "plan --model simulated/flawless", "--help", "explain duplicate-table"]
)
def test_an_output_on_a_full_disk_is_one_line_with_exit_code_3(command):
    ended = shell(f"$FCBENCH {command} > /dev/full")
    assert ended.returncode == 3
    assert ended.stderr.startswith(b"fcbench: error: ") and ended.stderr.count(b"\n") == 1
    assert b"No space left on device" in ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_run_whose_table_cannot_be_printed_keeps_its_records(tmp_path):
    options = f"--model simulated/flawless --functions database.tables --quiet --results {tmp_path}"
    ended = shell(f"$FCBENCH run {options} > /dev/full")
    assert ended.returncode == 3 and ended.stderr.count(b"\n") == 1
    assert list(tmp_path.rglob("*.gz"))


def test_a_closed_pipe_ends_a_command_quietly():
    ended = shell("set -o pipefail; $FCBENCH suite list | head -1")
    assert ended.stderr == b"" and ended.stdout.count(b"\n") == 1
    assert ended.returncode in (0, 141)


def test_a_port_that_is_taken_is_one_line(fcbench):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in (("simulate",), ("serve", "--reference", "todo")):
            code, error = fcbench(*command, "--port", str(port))
            assert code == 3 and error.count("\n") == 1
            assert f"cannot listen on 127.0.0.1:{port}: address already in use; choose another" in error


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_simulated_endpoint_whose_log_is_full_says_so_once_and_answers(capsys):
    with serve(load(), Settings(log=Path("/dev/full"))) as url:
        for _ in range(2):
            request = urllib.request.Request(f"{url}/chat/completions", b"{}", method="POST")
            with pytest.raises(urllib.error.HTTPError) as answered:
                urllib.request.urlopen(request)
            assert answered.value.code == 400
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "cannot write the log /dev/full: No space left on device" in said
