"""The leaderboard: one table a setting, simulated rows in tables of their own."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from fcbench_action.pages import charts, settings, widgets
from fcbench_action.pages.data import Asked
from fcbench_action.pages.html import Child, Safe, clip, el, join, section
from fcbench_action.pages.load import Site
from fcbench_action.pages.serving import served_as
from fcbench_action.stats.estimate import Estimate
from fcbench_action.stats.leaderboard import Leaderboard, Row
from fcbench_action.stats.metrics import Measures
from fcbench_action.stats.scorecard import is_ranked

_NONE_YET = (
    "There are no results here yet: no model has been asked, so there is nothing to show and nothing is "
    "made up. Results appear when the site is built from a results tree."
)


def render(site: Site, here: str) -> Safe:
    """Every leaderboard of the site, real models first."""
    real = [board for board in site.boards if not board.setting.simulated]
    simulated = [board for board in site.boards if board.setting.simulated]
    if not site.boards:
        return el("p", _NONE_YET, class_="fcb-empty")
    parts: list[Child] = [_board(board, here) for board in real]
    if not real:
        parts.append(
            el("p", "No real model has been asked yet. What follows is simulated.", class_="fcb-empty")
        )
    if simulated:
        notice = (
            "These rows are ",
            widgets.SIMULATED,
            ": a program that plays the suite's own answers and makes errors at declared rates. They show "
            "that the harness works. They say nothing about any model and are in no ranking.",
        )
        parts.append(
            section("Simulated", el("p", notice, class_="fcb-notice"), [_board(b, here) for b in simulated])
        )
    return join(parts)


def _board(board: Leaderboard, here: str) -> Safe:
    setting = board.setting
    anchor = settings.anchor(setting)
    start = _start(board)
    models = len(board.rows)
    caption = (
        f"{models} {'model' if models == 1 else 'models'}, {board.cases} cases. "
        "Rates in percent with 95 % intervals. "
        f"Sorted by {'group, then score' if is_ranked(setting) else 'score'}."
        f"{f' The bars of scores begin at {start}.' if start else ''}"
    )
    bodies = [_body(list(rows), setting.max_rounds, start, here) for _, rows in groupby(board.rows, _group)]
    heads = _heads(setting.max_rounds, groups=is_ranked(setting))
    return section(
        settings.title(setting),
        el("p", " · ".join(settings.details(setting)), class_="fcb-note"),
        widgets.table(caption, heads, bodies, sortable=True, id_=f"table-{anchor}"),
        el("p", settings.remarks(setting), class_="fcb-note"),
        level=3 if setting.simulated else 2,
        anchor=anchor,
    )


def _start(board: Leaderboard) -> int:
    """Where the bars of scores begin: the ten below all bounds, so that intervals can be told apart."""
    scores = [found for row in board.rows if (found := row.scorecard.overall.score) is not None]
    lowest = min((score.value if score.low is None else score.low for score in scores), default=0)
    return min(int(max(lowest, 0) // 10) * 10, 90)


def _group(row: Row) -> tuple[bool, int | None]:
    """What cannot be compared is ruled off from the rest, also where there is no ranking."""
    return bool(row.remarks), row.group


_COLUMNS = (
    ("Correction", "Share of failed first calls that feedback repaired"),
    ("Leniency gap", "First calls that only a lenient reader accepts"),
    ("Semantic", "How good the answers are, invalid ones counting 0"),
    ("Runtime", "How well programs run, invalid ones counting 0"),
    ("Tokens to valid", "All tokens spent per trial that became valid, and US dollars where they are known"),
)


def _heads(rounds: int, *, groups: bool) -> list[Safe]:
    def tall(text: str, title: str, order: str | None = None) -> Safe:
        return widgets.head(text, sort="number", order=order, number=True, title=title, rowspan=2)

    names = ["First call", *(f"{r}" for r in range(1, rounds + 1))]
    top = [
        tall("Group", "Models of one group cannot be told apart", "ascending") if groups else None,
        widgets.head("Model", sort="text", class_="fcb-pin", rowspan=2),
        tall("Score", "Area under the correction curve, 0 to 100", None if groups else "descending"),
        widgets.head("By round, %", colspan=rounds + 1, class_="fcb-span"),
        [tall(text, title) for text, title in _COLUMNS],
    ]
    below = [widgets.head(name, sort="number", number=True) for name in names]
    return [el("tr", top, class_="fcb-group"), el("tr", below)]


def _body(rows: list[Row], rounds: int, start: int, here: str) -> Safe:
    return el("tbody", [_row(row, rounds, start, here) for row in rows], class_="fcb-tier")


def _row(row: Row, rounds: int, start: int, here: str) -> Safe:
    card = row.scorecard
    asked = Asked(card.setting, card.provider, card.model)
    measures = card.overall
    by_round: Iterable[Estimate | None] = (*measures.valid_by_round, *[None] * (rounds + 1))[: rounds + 1]
    return el(
        "tr",
        _group_cell(row) if is_ranked(card.setting) else None,
        el("th", widgets.model_name(asked, here), _below(row), scope="row", class_="fcb-pin"),
        _score(measures, start),
        [widgets.estimate_cell(found) for found in by_round],
        widgets.estimate_cell(measures.correction),
        widgets.estimate_cell(measures.leniency_gap),
        widgets.estimate_cell(measures.semantic),
        widgets.estimate_cell(measures.runtime),
        widgets.amount_cell(measures.tokens_to_valid, dollars=measures.money_to_valid),
    )


def _group_cell(row: Row) -> Safe:
    if row.group is None:
        return el("td", widgets.DASH, class_="fcb-num fcb-absent", data_value="", title="Not ranked")
    best, worst = row.ranks or (0, 0)
    rank = f"rank {best}" if best == worst else f"rank {best}\N{EN DASH}{worst}"
    return el("td", row.group, el("span", rank, class_="fcb-ci"), class_="fcb-num", data_value=row.group)


def _below(row: Row) -> Child:
    """What stands under the name: how it was served, how often it was asked, and what keeps it from being
    compared.
    """
    start = "not ranked: " if is_ranked(row.scorecard.setting) else ""
    remarks = f"{start}{clip('; '.join(row.remarks), 600)}" if row.remarks else ""
    lines = filter(None, (clip(served_as(row.scorecard)), settings.counted(row.scorecard.overall), remarks))
    return [el("span", line, class_="fcb-ci fcb-wrap") for line in lines]


def _score(measures: Measures, start: int) -> Safe:
    found = measures.score
    if found is None:
        return widgets.estimate_cell(None)
    other = None
    if measures.score_if_excluded is not None:
        text = f"{measures.score_if_excluded.value:.1f} without {measures.unattributable} unattributable"
        other = el("span", text, class_="fcb-ci fcb-wrap")
    return el(
        "td",
        el("span", f"{found.value:.1f}", class_="fcb-strong"),
        _bar(found, start),
        widgets.interval_text(found, 1),
        other,
        class_="fcb-num fcb-score",
        data_value=f"{found.value:.6f}",
    )


def _bar(score: Estimate, start: int) -> Safe:
    low, high = (None if bound is None else bound / 100 for bound in (score.low, score.high))
    return charts.interval(charts.Point(score.value / 100, low, high), start / 100)
