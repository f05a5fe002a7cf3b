"""Where each page is, and the links between pages. Permanent: a changed address is a broken citation.

Addresses are relative to the site's root, end in a slash for pages, and are made of segments that
:func:`fcbench_action.records.names.encode` made safe, so no name can leave its folder.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fcbench_action.records.names import encode
from fcbench_action.sinks import url_part

HOME = ""
METHOD = "method/"
VIEWER = "viewer/"
TOPICS = "topics/"
FUNCTIONS = "functions/"
DIAGNOSTICS = "diagnostics/"

_ANCHOR = re.compile(r"[^a-z0-9.]+")


@lru_cache(maxsize=4096)
def model(provider: str, name: str) -> str:
    """The page of one model."""
    return f"models/{encode(provider)}/{encode(name)}/"


def topic(name: str) -> str:
    """The page of one topic."""
    return f"topics/{encode(name)}/"


@lru_cache(maxsize=4096)
def case(case_id: str) -> str:
    """The page of one case; its id has four parts, each a folder."""
    return "cases/" + "".join(f"{encode(part)}/" for part in case_id.split("/"))


def function(name: str) -> str:
    """The reference page of one function's argument."""
    return f"functions/{encode(name)}/"


@lru_cache(maxsize=4096)
def diagnostic(code: str) -> str:
    """The page that explains one code."""
    return f"diagnostics/{encode(code)}/"


def as_sent(version: str) -> str:
    """The id, on a function's page, of the tool as a suite version sent it."""
    return f"sent-{_ANCHOR.sub('-', encode(version))}"


def suite_anchor(version: str) -> str:
    """The id of a suite version's part of a page."""
    return f"suite-{_ANCHOR.sub('-', encode(version))}"


def trial(transcript: str, case_id: str, number: int, round_index: int | None = None) -> str:
    """One trial, or one round of it, in the viewer; ``transcript`` is a path under ``transcripts/``."""
    end = "" if round_index is None else f"/{round_index}"
    return f"{VIEWER}?t={_quoted(transcript)}#{_fragment(case_id)}/{number}{end}"


def relative(target: str, page: str) -> str:
    """The link from ``page`` to ``target``, both from the site's root; names in paths are quoted."""
    path, mark, rest = _split(target)
    return "../" * page.count("/") + (_quoted(path) or ("" if page.count("/") else "./")) + mark + rest


@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    return url_part(path, folders=True)


@lru_cache(maxsize=4096)
def _fragment(case_id: str) -> str:
    return "/".join(url_part(part) for part in case_id.split("/"))


def _split(target: str) -> tuple[str, str, str]:
    places = [i for i in (target.find("?"), target.find("#")) if i >= 0]
    if not places:
        return target, "", ""
    at = min(places)
    return target[:at], target[at], target[at + 1 :]
