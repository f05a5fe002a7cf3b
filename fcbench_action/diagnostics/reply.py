"""The codes of parsing a reply and checking it against its schema."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Stage
