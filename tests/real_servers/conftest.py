"""Nothing is collected here unless FCBENCH_REAL_SERVERS names a Python that has real servers: README.md."""

from __future__ import annotations

from tests.real_servers.server import PYTHON

collect_ignore_glob = [] if PYTHON else ["test_*.py"]
