"""How pages speak of a setting: in headings, in small type, and in links to what belongs to it.

What comes from here is plain text on one line; whoever prints it escapes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

import msgspec

from fcbench_action.judge.channels import JSON_SCHEMA, TEXT, TOOL
from fcbench_action.pages.html import slug
from fcbench_action.sinks import one_line
from fcbench_action.stats.metrics import Measures
from fcbench_action.stats.scorecard import Setting, is_ranked

_TRACK = "controlled"
_ROUNDS = 4
"""What is usual is not said in headings."""

VALIDITY = (
    "The score counts what is valid, and no more: an answer that compiles and does nothing scores like one "
    "that works; Semantic and Runtime tell them apart."
)
GROUPS = "Models of one group cannot be told apart: their ranks overlap, and the order within means nothing."


def remarks(setting: Setting) -> str:
    """What stands right under a leaderboard."""
    return f"{VALIDITY} {GROUPS}" if is_ranked(setting) else VALIDITY


def counted(found: Measures) -> str:
    """How many trials count, and how many do not: faults and unsupported ones."""
    left_out = f", {found.excluded} left out" if found.excluded else ""
    return f"{found.trials - found.excluded} trials{left_out}"


def title(setting: Setting) -> str:
    """The heading of what belongs to a setting."""
    return f"{name(setting)}: {standing(setting)}"


def name(setting: Setting) -> str:
    """The suite's version, the tier, and all that is unusual."""
    return ", ".join((f"Suite {one_line(setting.suite_version, 40)}", *traits(setting)))


def standing(setting: Setting) -> str:
    """Whether there is a ranking."""
    if setting.simulated:
        return "simulated"
    return "ranked" if is_ranked(setting) else "not ranked"


def traits(setting: Setting) -> list[str]:
    """The tier, and all that is unusual."""
    return [
        f"{one_line(setting.tier, 40)} tier",
        *([f"{one_line(setting.track, 40)} track"] if setting.track != _TRACK else []),
        *([channel(setting)] if setting.channel != TOOL else []),
        *([f"variant {one_line(setting.variant, 20)}"] if setting.variant else []),
        *([rounds(setting)] if setting.max_rounds != _ROUNDS else []),
    ]


def labels(found: Iterable[Setting]) -> dict[Setting, str]:
    """What stands in small type at rows of these settings, by setting."""
    settings = set(found)
    several = len({setting.suite_digest for setting in settings}) > 1
    return {
        setting: " · ".join((*traits(setting), *([f"suite digest {_digest(setting)}"] if several else [])))
        for setting in settings
    }


def details(setting: Setting) -> list[str]:
    """All that the heading may leave out."""
    track = f"{one_line(setting.track, 40)} track"
    return [track, channel(setting), rounds(setting), f"suite digest {_digest(setting)}"]


def channel(setting: Setting) -> str:
    """How answers were asked for."""
    known = {TOOL: "function calls", JSON_SCHEMA: "JSON under a schema", TEXT: "answers as text"}
    return known.get(setting.channel) or f"channel {one_line(setting.channel, 40)}"


def rounds(setting: Setting) -> str:
    """The bound of the rounds."""
    return "1 feedback round" if setting.max_rounds == 1 else f"{setting.max_rounds} feedback rounds"


def anchor(setting: Setting) -> str:
    """The id of what belongs to a setting, the same on every page and in every build.

    The words are for people. The digest at its end is of all fields, so no two settings share an id.
    """
    kind = "simulated" if setting.simulated else "suite"
    words = (setting.suite_version, setting.tier, setting.channel, setting.variant)
    digest = hashlib.sha256(json.dumps(msgspec.structs.astuple(setting)).encode()).hexdigest()[:8]
    return "-".join([kind, *(slug(word)[:40] for word in words if word), digest])


def apart_from_tier(setting: Setting) -> Setting:
    """What two trials of one case must share to be asked alike: tiers only choose among cases."""
    return msgspec.structs.replace(setting, tier="", tier_cases=0)


def _digest(setting: Setting) -> str:
    return one_line(setting.suite_digest)[:12]
