"""The small parts that several pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from fcbench_action.diagnostics import Diagnostic, render_path
from fcbench_action.diagnostics.registry import CODES
from fcbench_action.judge.types import Outcome
from fcbench_action.pages import urls
from fcbench_action.pages.data import Asked
from fcbench_action.pages.html import Child, Safe, breakable, clip, el, join, link, scroll
from fcbench_action.stats.estimate import Estimate
from fcbench_action.stats.trials import Trial

DASH = "\N{EN DASH}"
"""What stands where a number is not known."""

SIMULATED = el(
    "span",
    "simulated",
    class_="fcb-badge fcb-badge--simulated",
    title="Answers of the embedded endpoint, which plays errors at declared rates",
)


def crumbs(here: str, *steps: tuple[str, str | None]) -> Safe:
    """The way from the leaderboard to this page: (text, address or None) pairs."""
    parts = [link(urls.relative(urls.HOME, here), "Leaderboard")]
    parts += [
        el("span", clip(text, 120))
        if to is None
        else el("span", link(urls.relative(to, here), clip(text, 120)))
        for text, to in steps
    ]
    return el("nav", parts, class_="fcb-crumbs", aria_label="Where this page is")


@lru_cache(maxsize=64)
def outcome(value: Outcome) -> Safe:
    """An outcome with its colour; the word always stands beside it."""
    return el("span", value.value.replace("_", " "), class_=f"fcb-outcome fcb-o-{value.value}")


def legend(outcomes: Iterable[Outcome]) -> Safe:
    """The outcomes that a chart shows."""
    return el("div", [outcome(value) for value in outcomes], class_="fcb-legend", aria_hidden="true")


def model_name(asked: Asked, here: str) -> Safe:
    """A model's name as a link, marked where it is simulated."""
    to = urls.relative(urls.model(asked.provider, asked.model), here)
    name = link(to, breakable(clip(asked.name, 200)), class_="fcb-name")
    return join((name, " ", SIMULATED)) if asked.setting.simulated else name


def trial_name(trial: Trial, *, several_runs: bool) -> str:
    """What a link to a trial says. Trials are numbered from 0 in each run."""
    return f"{clip(trial.run, 40)} #{trial.number}" if several_runs else f"#{trial.number}"


def outcomes(trial: Trial) -> Safe:
    """The outcomes of a trial, round by round."""
    return el("span", [outcome(value) for value in trial.outcomes], class_="fcb-rounds")


def finding(diagnostic: Diagnostic, here: str, limit: int) -> Safe:
    """A diagnostic's code, and its place and message exactly as they are."""
    text = f"{render_path(diagnostic.path)[:limit]}\n{diagnostic.message[:limit]}"
    code: Child = clip(diagnostic.code, 80)
    if diagnostic.code in CODES:
        code = link(urls.relative(urls.diagnostic(diagnostic.code), here), code)
    return join((code, el("pre", text, class_="fcb-text")))


def table(
    caption: str,
    head: Sequence[Child],
    body: Iterable[Child],
    *,
    sortable: bool = False,
    id_: str | None = None,
) -> Safe:
    """A table in its scrolling box: ``head`` are cells, or rows where a row of group heads is needed;
    ``body`` are rows, or whole bodies.
    """
    rows = list(body)
    first = rows[0] if rows else None
    whole = isinstance(first, Safe) and first.startswith("<tbody")
    heads = head if isinstance(head[0], Safe) and head[0].startswith("<tr") else [el("tr", head)]
    return scroll(
        el(
            "table",
            el("caption", caption),
            el("thead", heads),
            rows if whole else el("tbody", rows),
            class_="fcb-table",
            id=id_,
            data_sortable="" if sortable else None,
        )
    )


def head(
    text: Child,
    *,
    sort: str | None = None,
    order: str | None = None,
    number: bool = False,
    title: str | None = None,
    class_: str = "",
    rowspan: int | None = None,
    colspan: int | None = None,
) -> Safe:
    """A column's head; ``sort`` is ``text`` or ``number`` where the column can be sorted by, and ``order``
    is ``ascending`` or ``descending`` where the rows come sorted by it.
    """
    return el(
        "th",
        breakable(text) if type(text) is str else text,
        scope="col" if colspan is None else "colgroup",
        class_=" ".join(filter(None, ("fcb-num" if number else "", class_))) or None,
        title=title,
        data_sort=sort,
        aria_sort=order,
        rowspan=rowspan,
        colspan=colspan,
    )


def facts(items: Iterable[tuple[str, Child, Child]]) -> Safe:
    """A row of figures: what it is, the figure, and a word under it."""
    parts = [el("div", el("dt", name), el("dd", value, el("small", under))) for name, value, under in items]
    return el("dl", parts, class_="fcb-facts")


def estimate_cell(
    found: Estimate | None, *, scale: float = 100, digits: int = 1, strong: bool = False
) -> Safe:
    """A number cell: the value times ``scale``, its interval in small type under it; a dash for unknown."""
    if found is None:
        return el("td", DASH, class_="fcb-num fcb-absent", data_value="")
    value = f"{found.value * scale:.{digits}f}"
    return el(
        "td",
        el("span", value, class_="fcb-strong") if strong else value,
        interval_text(found, scale, digits),
        class_="fcb-num",
        data_value=f"{found.value:.6f}",
    )


def interval_text(found: Estimate, scale: float = 100, digits: int = 1) -> Child:
    """The interval in small type, ``low\N{EN DASH}high``; nothing where there is none."""
    if found.low is None or found.high is None:
        return None
    return el(
        "span", f"{found.low * scale:.{digits}f}\N{EN DASH}{found.high * scale:.{digits}f}", class_="fcb-ci"
    )


def amount(found: Estimate | None) -> str:
    """A count such as tokens, or a dash where it is not known."""
    return DASH if found is None else compact(found.value)


def amount_cell(found: Estimate | None, *, dollars: Estimate | None = None) -> Safe:
    """A cell with a count such as tokens, its interval under it, and what that cost where it is known."""
    if found is None:
        return el("td", DASH, class_="fcb-num fcb-absent", data_value="")
    interval = el("span", amount_range(found), class_="fcb-ci") if found.low is not None else None
    cost = el("span", f"${compact(dollars.value)}", class_="fcb-ci") if dollars else None
    return el("td", compact(found.value), interval, cost, class_="fcb-num", data_value=f"{found.value:.6f}")


def amount_range(found: Estimate | None) -> str:
    """The interval of a count, ``1.2k\N{EN DASH}1.5k``; empty where there is none."""
    if found is None or found.low is None or found.high is None:
        return ""
    return f"{compact(found.low)}\N{EN DASH}{compact(found.high)}"


def number(value: int) -> str:
    """Thousands apart: ``12,345``."""
    return f"{value:,}"


def compact(value: float) -> str:
    """A count in three digits and a unit: ``950``, ``12.0k``, ``1.25M``; the bounds of a range look alike."""
    scaled, unit = float(f"{value:.2e}"), ""
    for larger in ("k", "M", "G"):
        if scaled >= 1000:
            scaled, unit = scaled / 1000, larger
    return f"{scaled:#.3g}".removesuffix(".") + unit if scaled else "0"


def percent(value: float) -> str:
    """A share in [0, 1] as ``12.3``."""
    return f"{value * 100:.1f}"
