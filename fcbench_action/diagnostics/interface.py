"""The codes of interface trees."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Stage
