"""The page of a model: its scorecards, what became of its calls, and each of its cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fcbench_action.judge.types import Outcome
from fcbench_action.pages import charts, settings, urls, widgets
from fcbench_action.pages.data import Asked, CaseData, Shown
from fcbench_action.pages.html import Child, Safe, breakable, clip, el, join, link, section
from fcbench_action.pages.load import Site
from fcbench_action.pages.rows import case_rows
from fcbench_action.pages.serving import served_as, serving
from fcbench_action.stats.estimate import Estimate
from fcbench_action.stats.metrics import Measures
from fcbench_action.stats.runs import RunFacts
from fcbench_action.stats.scorecard import Scorecard


def names(site: Site) -> list[tuple[str, str]]:
    """Provider and name of every model there is, each once."""
    return sorted({(card.provider, card.model) for card in site.scorecards})


def title(provider: str, model: str) -> str:
    """A model's name as the user wrote it."""
    return f"{provider}/{model}" if provider else model


def render(provider: str, model: str, site: Site, here: str) -> Safe:
    """The page of one model, a part for each setting that it was asked under."""
    order = {board.setting: place for place, board in enumerate(site.boards)}
    cards = [card for card in site.scorecards if (card.provider, card.model) == (provider, model)]
    cards.sort(key=lambda card: order[card.setting])
    name = title(provider, model)
    simulated = all(card.setting.simulated for card in cards)
    parts: list[Child] = [
        widgets.crumbs(here, (name, None)),
        el("h1", el("span", clip(name), class_="fcb-name"), " ", widgets.SIMULATED if simulated else None),
    ]
    mixed = len({card.setting.simulated for card in cards}) > 1
    for card in cards:
        badge = widgets.SIMULATED if mixed and card.setting.simulated else None
        parts.append(_card(card, badge, site, here))
    return join(parts)


def _card(card: Scorecard, badge: Safe | None, site: Site, here: str) -> Safe:
    setting, id_ = card.setting, settings.anchor(card.setting)
    asked = Asked(setting, card.provider, card.model)
    cases = [
        pair for suite in site.suites if suite.version == setting.suite_version for pair in suite.of(asked)
    ]
    asked_of = f"{card.overall.trials} trials at {card.overall.cases} cases"
    summary = (
        (badge, " ") if badge else None,
        " · ".join((*settings.details(setting), asked_of, *filter(None, [clip(served_as(card))]))),
    )
    notice = None
    if card.not_ranked:
        start = "Remarks" if setting.simulated else "Not ranked"
        notice = el("p", f"{start}: {clip('; '.join(card.not_ranked), 600)}.", class_="fcb-notice")
    return section(
        settings.title(setting),
        el("p", summary, class_="fcb-note"),
        notice,
        _figures(card.overall),
        _correction(card.overall, id_),
        _outcomes(card.by_function, id_, here),
        _slices(card, id_, here),
        _cases(cases, id_, here),
        _runs(card.runs, card.setting.simulated, id_),
        anchor=id_,
    )


_NONE = "no trial that counts"
_NONE_VALID = "no valid answer"


def _figures(found: Measures) -> Safe:
    last = found.valid_by_round[-1] if found.valid_by_round else None
    tokens = "all tokens spent per valid trial"
    money = "all US dollars spent per valid trial"
    items = [
        ("Score", *_figure(found.score, _NONE, 1)),
        ("First call, %", *_figure(found.first_call, _NONE)),
        ("Final, %", *_figure(last, _NONE)),
        ("Correction, %", *_figure(found.correction, "hardly a first call failed" if last else _NONE)),
        ("First call, lenient, %", *_figure(found.first_call_lenient, _NONE)),
        ("Leniency gap, points", *_figure(found.leniency_gap, _NONE)),
        ("Semantic, %", *_figure(found.semantic, "no case of these phases")),
        ("Semantic of valid ones, %", *_figure(found.semantic_of_valid, _NONE_VALID)),
        ("Runtime, %", *_figure(found.runtime, "no case of these phases")),
        ("Runtime of valid ones, %", *_figure(found.runtime_of_valid, _NONE_VALID)),
        (
            f"Reliability, pass^{found.reliability_k or 'k'}, %",
            *_figure(found.reliability, "needs two trials of a case"),
        ),
        ("Tokens to valid", *_amount(found.tokens_to_valid, tokens, "none told, or none valid")),
        ("Money to valid, $", *_amount(found.money_to_valid, money, "no prices given")),
        ("Seconds to valid", *_amount(found.seconds_to_valid, "depends on provider and hour", _NONE_VALID)),
        ("Trials that count", str(found.trials - found.excluded), f"{found.excluded} faults or unsupported"),
    ]
    return widgets.facts(items)


def _figure(found: Estimate | None, missing: str, scale: float = 100) -> tuple[str, str]:
    if found is None:
        return widgets.DASH, missing
    value = f"{found.value * scale:.1f}"
    if found.low is None or found.high is None:
        return value, f"no interval, {found.n} trials"
    return value, f"{found.low * scale:.1f}\N{EN DASH}{found.high * scale:.1f}, {found.n} trials"


def _amount(found: Estimate | None, meaning: str, missing: str) -> tuple[str, str]:
    if found is None:
        return widgets.DASH, missing
    return widgets.amount(found), ", ".join(filter(None, (widgets.amount_range(found), meaning)))


def _correction(found: Measures, id_: str) -> Safe:
    points = [None if e is None else charts.Point(e.value, e.low, e.high) for e in found.valid_by_round]
    known = [f"{e.value:.1%} by round {r}" for r, e in enumerate(found.valid_by_round) if e is not None]
    lenient = found.first_call_lenient.value if found.first_call_lenient else None
    chart = charts.curve(
        points, lenient, name=f"{id_}-curve", label=f"Share of trials valid: {', '.join(known) or 'unknown'}"
    )
    heads = [widgets.head("Round")]
    heads += [widgets.head(t, number=True) for t in ("By round, %", "95 % interval", "Trials")]
    rows = [_round_row(r, e) for r, e in enumerate(found.valid_by_round)]
    note = (
        "The line is the strict verdict and the band its interval; "
        "the open circle is the first call read leniently."
    )
    return section(
        "Correction curve",
        el(
            "div",
            el("figure", chart, el("figcaption", note, class_="fcb-note"), class_="fcb-figure"),
            widgets.table("The same in numbers", heads, rows),
            class_="fcb-beside",
        ),
        level=3,
        anchor=f"{id_}-correction",
    )


def _round_row(index: int, found: Estimate | None) -> Safe:
    name = "0, the first call" if index == 0 else str(index)
    if found is None:
        return el(
            "tr", el("th", name, scope="row"), *[el("td", widgets.DASH, class_="fcb-num fcb-absent")] * 3
        )
    interval = (
        widgets.DASH
        if found.low is None or found.high is None
        else f"{found.low:.1%} \N{EN DASH} {found.high:.1%}"
    )
    return el(
        "tr",
        el("th", name, scope="row"),
        el("td", widgets.percent(found.value), class_="fcb-num"),
        el("td", interval.replace("%", ""), class_="fcb-num"),
        el("td", found.n, class_="fcb-num"),
    )


def _outcomes(by_function: Mapping[str, Measures], id_: str, here: str) -> Safe:
    present = {name for found in by_function.values() for counts in found.outcomes for name in counts}
    shown = [outcome for outcome in Outcome if outcome.value in present]
    heads = [
        widgets.head("Function"),
        widgets.head("By round", number=True),
        widgets.head("Share", class_="fcb-bar"),
    ]
    heads += [widgets.head(outcome.value.replace("_", " "), number=True) for outcome in shown]
    heads.append(widgets.head("Trials", number=True))
    bodies = [
        el(
            "tbody",
            [
                _outcome_row(name, r, counts, shown, len(found.outcomes), here)
                for r, counts in enumerate(found.outcomes)
            ],
            class_="fcb-tier",
        )
        for name, found in by_function.items()
    ]
    caption = "Where the trials stood after each round. Each line adds up to all trials, faults included."
    return section(
        "Outcomes by function and round",
        widgets.legend(shown),
        widgets.table(caption, heads, bodies),
        level=3,
        anchor=f"{id_}-outcomes",
    )


def _outcome_row(
    name: str, index: int, counts: Mapping[str, int], shown: Sequence[Outcome], rounds: int, here: str
) -> Safe:
    ordered = {outcome.value: counts.get(outcome.value, 0) for outcome in shown}
    spoken = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in ordered.items() if count)
    to = urls.relative(urls.function(name), here)
    first = (
        el("th", link(to, breakable(clip(name))), scope="rowgroup", rowspan=rounds) if index == 0 else None
    )
    return el(
        "tr",
        first,
        el("td", index, class_="fcb-num"),
        el("td", charts.stacked(ordered, label=f"{clip(name)} by round {index}: {spoken}"), class_="fcb-bar"),
        [
            el("td", count or el("span", "0", class_="fcb-quiet"), class_="fcb-num")
            for count in ordered.values()
        ],
        el("td", sum(ordered.values()), class_="fcb-num"),
    )


def _slices(card: Scorecard, id_: str, here: str) -> Safe:
    topics = {name: link(urls.relative(urls.topic(name), here), clip(name)) for name in card.by_topic}
    functions = {f: link(urls.relative(urls.function(f), here), clip(f)) for f in card.by_function}
    modules = "Modules, on whose differences the intervals rest"
    by_phase = (
        _slice_table("Phases, which weigh equally in every measure", "Phase", card.by_phase, {}),
        _slice_table("Functions", "Function", card.by_function, functions),
    )
    by_topic = (
        _slice_table("Topics", "Topic", card.by_topic, topics),
        _slice_table(modules, "Module", card.by_module, {}),
    )
    return join(
        (
            section("By phase and function", by_phase, level=3, anchor=f"{id_}-phases"),
            section("By topic and module", by_topic, level=3, anchor=f"{id_}-modules"),
        )
    )


def _slice_table(caption: str, name: str, slices: Mapping[str, Measures], links: Mapping[str, Safe]) -> Safe:
    heads = [widgets.head(name, sort="text")]
    titles = ("Score", "First call, %", "Final, %", "Leniency gap", "Semantic", "Runtime", "Trials")
    heads += [widgets.head(text, sort="number", number=True) for text in titles]
    rows = [
        el(
            "tr",
            el("th", links.get(key, clip(key)), scope="row"),
            widgets.estimate_cell(found.score, scale=1, strong=True),
            widgets.estimate_cell(found.first_call),
            widgets.estimate_cell(found.valid_by_round[-1] if found.valid_by_round else None),
            widgets.estimate_cell(found.leniency_gap),
            widgets.estimate_cell(found.semantic),
            widgets.estimate_cell(found.runtime),
            el("td", found.trials - found.excluded, class_="fcb-num"),
        )
        for key, found in slices.items()
    ]
    return widgets.table(caption, heads, rows, sortable=True)


def _cases(cases: Sequence[tuple[CaseData, list[Shown]]], id_: str, here: str) -> Safe:
    heads = [widgets.head("Case"), widgets.head("Trials, with the outcome of every round")]
    parts = []
    for topic in sorted({case.ref.topic for case, _ in cases}):
        own = [(case, items) for case, items in cases if case.ref.topic == topic]
        parts.append(
            widgets.table(f"{clip(topic)}: a number opens the transcript", heads, case_rows(own, here))
        )
    return section("Cases", parts, level=3, anchor=f"{id_}-cases")


def _runs(runs: Sequence[RunFacts], simulated: bool, id_: str) -> Safe:
    heads = [
        widgets.head(t) for t in ("Run", "Started", "Host", "Dialect", "Serving facts", "Sampling", "fcbench")
    ]
    heads.append(widgets.head("Trials", number=True))
    rows = [
        el(
            "tr",
            el("th", el("code", clip(run.run, 40)), scope="row"),
            el("td", clip(run.started_at, 40)),
            el("td", clip(run.host, 80)),
            el("td", clip(run.dialect, 120)),
            el("td", clip(serving(run, simulated), 1000)),
            el("td", _sampling(run)),
            el("td", clip(run.fcbench_version, 40)),
            el("td", run.trials, class_="fcb-num"),
        )
        for run in runs
    ]
    return section(
        "Runs", widgets.table("Where these numbers come from", heads, rows), level=3, anchor=f"{id_}-runs"
    )


def _sampling(run: RunFacts) -> str:
    sampling = run.sampling
    values = {
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "max_tokens": sampling.max_tokens,
        "seed": sampling.seed,
    }
    return (
        ", ".join(f"{name} {value}" for name, value in values.items() if value is not None)
        or "the server's own"
    )
