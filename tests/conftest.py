"""What all tests share: where the real artifacts are, and the rule that CI skips nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ARTIFACTS = Path(__file__).parents[2] / "shared" / "data" / "autobe"


@pytest.fixture(scope="session")
def artifacts() -> Path:
    """The folder of real artifacts: ``<provider>/<model>/<topic>/{prisma,document}.json``."""
    if not ARTIFACTS.is_dir():
        pytest.skip("the real artifacts are not beside this checkout")
    return ARTIFACTS


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _must_not_skip() and (skipped := terminalreporter.stats.get("skipped")):
        terminalreporter.write_line(
            f"FCBENCH_NO_SKIP is set, and {len(skipped)} tests were skipped", red=True
        )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if _must_not_skip() and reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = 1


def _must_not_skip() -> bool:
    return os.environ.get("FCBENCH_NO_SKIP") == "1"
