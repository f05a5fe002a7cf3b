"""The codes of running programs. They come from hidden material, so they are graded and never fed back."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Stage

ASSERTION_FAILED = Code("assertion-failed", Stage.RUN, "what a test asserts does not hold")
CALL_FAILED = Code("call-failed", Stage.RUN, "an operation that a test calls does not succeed")

DIVISION_BY_ZERO = Code("division-by-zero", Stage.RUN, "a number is divided by zero")
NUMBER_OVERFLOW = Code(
    "number-overflow", Stage.RUN, "a result is no integer of 64 bits, or no number that is finite"
)
NEGATIVE_COUNT = Code("negative-count", Stage.RUN, "a count, length or position is less than zero")
REVERSED_BOUNDS = Code("reversed-bounds", Stage.RUN, "a lower bound is greater than its upper bound")
TOO_FEW_ELEMENTS = Code("too-few-elements", Stage.RUN, "more is picked at random from an array than it holds")
NOT_A_TIME = Code("not-a-time", Stage.RUN, "a text that is used as a time is none, or one out of range")

CONSTRAINT_VIOLATED = Code("constraint-violated", Stage.RUN, "a write breaks a constraint of the database")
RESPONSE_MISMATCH = Code(
    "response-mismatch", Stage.RUN, "an operation returns what its response type does not accept"
)

LIMIT_REACHED = Code("limit-reached", Stage.RUN, "a program takes more steps, rows or memory than it may")
UNCHECKED_PROGRAM = Code("unchecked-program", Stage.RUN, "a program does what no program does that compiles")
