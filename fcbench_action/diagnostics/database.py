"""The codes of database trees."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Stage
