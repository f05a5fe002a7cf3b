"""Judging replies: parse (strict, lenient beside it), schema, compile; outcome, diagnostics, feedback."""

from fcbench_action.judge.judge import check_argument, judge
from fcbench_action.judge.marked import parse_paths
from fcbench_action.judge.types import MODEL_OUTCOMES, Outcome, Reading, Reply, Verdict

__all__ = [
    "MODEL_OUTCOMES",
    "Outcome",
    "Reading",
    "Reply",
    "Verdict",
    "check_argument",
    "judge",
    "parse_paths",
]
