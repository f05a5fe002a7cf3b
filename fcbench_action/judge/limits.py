"""The declared bounds of judging. Reaching one is a diagnostic, never a crash.

Every bound is part of what a record means: changing one changes verdicts, and so needs a new version of
the suite.
"""

from __future__ import annotations

MAX_BYTES = 4 * 1024 * 1024
"""Longest text of an argument, in bytes of UTF-8; the largest real artifact has 0.7 MB."""

MAX_DEPTH = 128
"""Deepest nesting of objects and arrays, the outermost being 1; recursive checks stay far from Python's."""

MAX_DIGITS = 100
"""Most digits of an integer. Any such integer still is a finite double."""

MAX_DIAGNOSTICS = 100
"""Most diagnostics of one verdict; the rest is counted."""

MAX_FEEDBACK = 24_000
"""Longest feedback, in characters: about 6,000 tokens."""

MAX_NEAR_MISSES = 20
"""Most names of one reply for which a near miss is looked for; each takes up to a millisecond."""

MAX_SHOWN = 60
"""Longest name or excerpt of a value in a diagnostic, in characters."""

MAX_KEY = 100
"""Longest key in the path of a diagnostic, in characters."""

MAX_EXPECTED = 600
"""Longest list of what would have been allowed, in characters."""

MAX_STRINGIFIED = 4
"""How many layers of JSON inside strings the lenient reader opens."""

MAX_STARTS = 4
"""At how many places of a text the lenient reader looks for the beginning of the JSON."""
