"""The pages of topics: models against functions, a table a setting, and the topic's cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fcbench_action.pages import settings, urls, widgets
from fcbench_action.pages.data import Asked, CaseData, SuiteData
from fcbench_action.pages.html import Child, Safe, clip, el, join, link, section
from fcbench_action.pages.load import Site
from fcbench_action.stats.estimate import Estimate
from fcbench_action.stats.leaderboard import Leaderboard, Row
from fcbench_action.stats.metrics import first_and_final
from fcbench_action.stats.trials import Trial


def names(suites: Iterable[SuiteData]) -> list[str]:
    """Every topic that was ever asked about."""
    return sorted({case.ref.topic for suite in suites for case in suite.cases.values()})


def render_index(suites: list[SuiteData], here: str) -> Safe:
    """The list of topics."""
    rows = []
    for name in names(suites):
        cases = {case.ref.id: case.ref for suite in suites for case in suite.cases.values()}
        own = [ref for ref in cases.values() if ref.topic == name]
        rows.append(
            el(
                "tr",
                el("th", link(urls.relative(urls.topic(name), here), clip(name)), scope="row"),
                el("td", ", ".join(clip(m) for m in sorted({ref.module for ref in own}))),
                el("td", ", ".join(clip(f) for f in sorted({ref.function for ref in own}))),
                el("td", len(own), class_="fcb-num"),
            )
        )
    heads = [
        widgets.head("Topic"),
        widgets.head("Modules"),
        widgets.head("Functions"),
        widgets.head("Cases", number=True),
    ]
    lead = el(
        "p", "A topic is one application. Its modules carry the statistics; the topic only groups them."
    )
    if not rows:
        return join((el("h1", "Topics"), lead, el("p", "No records yet.", class_="fcb-empty")))
    return join((el("h1", "Topics"), lead, widgets.table("Topics with records", heads, rows)))


def render(name: str, site: Site, here: str) -> Safe:
    """The page of one topic: a part for each setting that it was asked under, then its cases."""
    parts: list[Child] = [
        widgets.crumbs(here, ("Topics", urls.TOPICS), (name, None)),
        el("h1", f"Topic {clip(name)}"),
    ]
    own = {suite.version: _cases_of(name, suite) for suite in site.suites}
    boards = [board for board in site.boards if _rows_of(name, board)]
    parts += [_matrix(name, board, own[board.setting.suite_version], here) for board in boards]
    for suite in site.suites:
        if cases := own[suite.version]:
            board = next(board for board in boards if board.setting.suite_version == suite.version)
            parts.append(_cases(cases, suite, board, here))
    return join(parts)


def _cases_of(name: str, suite: SuiteData) -> list[CaseData]:
    return [case for _, case in sorted(suite.cases.items()) if case.ref.topic == name]


def _rows_of(name: str, board: Leaderboard) -> list[Row]:
    return [row for row in board.rows if name in row.scorecard.by_topic]


def _matrix(name: str, board: Leaderboard, cases: Sequence[CaseData], here: str) -> Safe:
    rows = [(row, _by_function(row, cases)) for row in _rows_of(name, board)]
    functions = sorted({function for _, trials in rows for function in trials})
    heads = [widgets.head("Model", sort="text")]
    heads += [
        widgets.head(clip(text), sort="number", number=True)
        for text in (*functions, "All", "Score", "Trials")
    ]
    places = [link(urls.relative(urls.function(f), here), el("code", clip(f))) for f in functions]
    links = [(", " if number else "", place) for number, place in enumerate(places)]
    text = "Share of trials valid at the first call, and finally, in percent; weighed as on models' pages."
    caption = f"Simulated, never ranked. {text}" if board.setting.simulated else text
    return section(
        settings.title(board.setting),
        el("p", " · ".join(settings.details(board.setting)), class_="fcb-note"),
        widgets.table(
            caption, heads, [_row(name, row, trials, functions, here) for row, trials in rows], sortable=True
        ),
        el("p", "Functions: ", links, ".", class_="fcb-note"),
        anchor=settings.anchor(board.setting),
    )


def _by_function(row: Row, cases: Sequence[CaseData]) -> dict[str, list[Trial]]:
    card = row.scorecard
    asked = Asked(card.setting, card.provider, card.model)
    found: dict[str, list[Trial]] = {}
    for case in cases:
        if asked in case.trials:
            found.setdefault(case.ref.function, []).extend(case.counted(asked))
    return found


def _row(name: str, row: Row, trials: dict[str, list[Trial]], functions: Sequence[str], here: str) -> Safe:
    card, whole = row.scorecard, row.scorecard.by_topic[name]
    asked = Asked(card.setting, card.provider, card.model)
    remark = el("span", "not comparable", class_="fcb-ci") if row.remarks else None
    last = whole.valid_by_round[-1] if whole.valid_by_round else None
    return el(
        "tr",
        el("th", widgets.model_name(asked, here), remark, scope="row"),
        [_rate(*first_and_final(trials.get(function, []))) for function in functions],
        _rate(whole.first_call, last),
        widgets.estimate_cell(whole.score, scale=1, strong=True),
        el("td", whole.trials - whole.excluded, class_="fcb-num"),
    )


def _rate(first: Estimate | None, final: Estimate | None) -> Safe:
    if first is None or final is None:
        return el("td", widgets.DASH, class_="fcb-num fcb-absent", data_value="")
    return el(
        "td",
        el("span", widgets.percent(first.value), class_="fcb-cell"),
        el("span", "→ ", widgets.percent(final.value), class_="fcb-ci"),
        class_="fcb-num",
        data_value=f"{first.value:.6f}",
        title=f"{first.n} trials",
    )


def _cases(cases: Sequence[CaseData], suite: SuiteData, board: Leaderboard, here: str) -> Safe:
    """Every case, with the shares of those who were asked as on the first board: real ones if there are."""
    alike = settings.apart_from_tier(board.setting)
    counted = {asked for asked in suite.asked if settings.apart_from_tier(asked.setting) == alike}
    heads = [widgets.head(text, sort="text") for text in ("Case", "Module", "Function")]
    heads += [widgets.head(text, sort="number", number=True) for text in ("First call", "Final", "Trials")]
    who = " that were asked with " + ", ".join(unusual) if (unusual := settings.traits(alike)[1:]) else ""
    caption = (
        f"Every case, with the shares over the trials of all {'simulated ' if alike.simulated else ''}models"
        f"{who}, in percent. What was asked under other settings is on the pages of models and cases."
    )
    return section(
        f"Suite {clip(suite.version, 40)}: cases{', simulated' if alike.simulated else ''}",
        widgets.table(caption, heads, [_case_row(case, counted, here) for case in cases], sortable=True),
        anchor=f"cases-{urls.suite_anchor(suite.version)}",
    )


def _case_row(case: CaseData, counted: set[Asked], here: str) -> Safe:
    trials = [trial for asked in case.trials if asked in counted for trial in case.counted(asked)]
    first = sum(t.valid_round == 0 for t in trials)
    ever = sum(t.valid_round is not None for t in trials)
    return el(
        "tr",
        el(
            "th",
            link(urls.relative(urls.case(case.ref.id), here), clip(case.ref.title)),
            el("span", clip(case.ref.id), class_="fcb-ci"),
            scope="row",
        ),
        el("td", clip(case.ref.module)),
        el("td", clip(case.ref.function)),
        *(_share(count, len(trials)) for count in (first, ever)),
        el("td", len(trials), class_="fcb-num"),
    )


def _share(count: int, total: int) -> Safe:
    if not total:
        return el("td", widgets.DASH, class_="fcb-num fcb-absent", data_value="")
    return el("td", widgets.percent(count / total), class_="fcb-num")
