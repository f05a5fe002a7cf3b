"""Building HTML from hostile text: whatever is not :class:`Safe` is escaped on its way in.

No style attribute is ever written (the pages' policy refuses them); looks come from classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from fcbench_action.sinks import html as escape
from fcbench_action.sinks import one_line


class Safe(str):
    """Markup made by this package; any other text is hostile."""

    __slots__ = ()


Child: TypeAlias = "str | int | Iterable[Child] | None"
"""What an element may hold: markup, text to escape, numbers, any iterable of those, or nothing."""

_VOID = frozenset({"br", "col", "hr", "wbr"})
_SLUG = re.compile(r"[^a-z0-9]+")
_BREAKS = re.compile(r"(?<=[/_:-])(?=[^/_:-])|(?<=\.)(?=[A-Za-z])")


def el(name: str, *children: Child, **attributes: str | int | None) -> Safe:
    """An element. ``class_`` is ``class``, other underscores are hyphens; attributes of None are left out."""
    start = f"<{name}{_attributes(attributes)}>"
    return Safe(start if name in _VOID else f"{start}{join(children)}</{name}>")


def join(children: Child) -> Safe:
    """The children one after another, escaped where they are not markup."""
    if children is None:
        return Safe("")
    if isinstance(children, Safe):
        return children
    if isinstance(children, str):
        return Safe(escape(children))
    if isinstance(children, int):
        return Safe(str(children))
    return Safe("".join([join(child) for child in children]))


def link(href: str, *children: Child, **attributes: str | int | None) -> Safe:
    """An anchor. ``href`` comes from :mod:`.urls` or is a constant, never from a model."""
    return el("a", *children, href=href, **attributes)


def pre(text: str, limit: int = 20_000) -> Safe:
    """Text that somebody else wrote, as it is; cut after ``limit`` characters, and then says so."""
    if len(text) <= limit:
        return el("pre", text, class_="fcb-text", tabindex=0)
    cut = f"\n… {len(text) - limit:,} more characters"
    return el("pre", text[:limit], el("span", cut, class_="fcb-quiet"), class_="fcb-text", tabindex=0)


def clip(text: str, limit: int = 160) -> str:
    """One line of at most ``limit`` characters, controls made visible; still to be escaped."""
    return one_line(text, limit)


def breakable(text: str) -> Safe:
    """A name that may be broken after its slashes, hyphens and the like, where browsers see one long word."""
    return join([[el("wbr") if i else None, part] for i, part in enumerate(_BREAKS.split(text))])


def slug(text: str) -> str:
    """An id made of ``text``: lower case letters, digits and hyphens."""
    return _SLUG.sub("-", text.lower()).strip("-") or "x"


def prose(text: str) -> Safe:
    """A text of this project's own in which backticks, single or double, mark code."""
    pieces = text.replace("``", "`").split("`")
    return join([el("code", piece) if i % 2 else piece for i, piece in enumerate(pieces)])


def scroll(table: Safe) -> Safe:
    """The container that scrolls sideways in place of the page."""
    return el(
        "div", table, class_="fcb-scroll", tabindex=0, role="group", aria_label="Table, scrolls sideways"
    )


def section(title: str, *children: Child, level: int = 2, anchor: str | None = None) -> Safe:
    """A heading with a permanent link, and what follows it."""
    name = anchor or slug(title)
    mark = link(f"#{name}", "#", class_="headerlink", title="Permanent link")
    return join((el(f"h{level}", title, mark, id=name), *children))


def _attributes(attributes: dict[str, str | int | None]) -> str:
    return "".join(
        [
            f' {"class" if name == "class_" else name.replace("_", "-")}="{escape(str(value))}"'
            for name, value in attributes.items()
            if value is not None
        ]
    )
