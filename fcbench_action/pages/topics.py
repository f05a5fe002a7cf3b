"""The pages of topics: models against functions, and the topic's cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fcbench_action.pages import urls, widgets
from fcbench_action.pages.data import CaseData, ModelKey, SuiteData
from fcbench_action.pages.html import Child, Safe, clip, el, join, link, section
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


def render(name: str, suites: Iterable[SuiteData], here: str) -> Safe:
    """The page of one topic, a part for each suite version."""
    parts: list[Child] = [
        widgets.crumbs(here, ("Topics", urls.TOPICS), (name, None)),
        el("h1", f"Topic {clip(name)}"),
    ]
    found = [(s, [c for c in s.cases.values() if c.ref.topic == name]) for s in suites]
    for suite, cases in found:
        if cases:
            version = clip(suite.version, 40)
            ordered = sorted(cases, key=lambda case: case.ref.id)
            anchor = urls.suite_anchor(suite.version)
            parts.append(
                section(f"Suite {version}: models and functions", _matrices(ordered, here), anchor=anchor)
            )
            parts.append(section(f"Suite {version}: cases", _cases(ordered, here), anchor=f"cases-{anchor}"))
    return join(parts)


def _matrices(cases: list[CaseData], here: str) -> Safe:
    present = sorted({key for case in cases for key in case.trials})
    groups = [[k for k in present if not k.simulated], [k for k in present if k.simulated]]
    captions = ("", "Simulated, never ranked. ")
    return join(
        _matrix(cases, keys, caption, here) for keys, caption in zip(groups, captions, strict=True) if keys
    )


def _matrix(cases: list[CaseData], keys: list[ModelKey], caption: str, here: str) -> Safe:
    functions = sorted({case.ref.function for case in cases})
    heads = [widgets.head("Model", sort="text")]
    heads += [
        widgets.head(link(urls.relative(urls.function(name), here), clip(name)), sort="number", number=True)
        for name in functions
    ]
    heads += [
        widgets.head("All", sort="number", number=True),
        widgets.head("Trials", sort="number", number=True),
    ]
    rows = [_matrix_row(cases, key, functions, here) for key in keys]
    text = f"{caption}Share of trials valid at the first call, and finally, in percent."
    return widgets.table(text, heads, rows, sortable=True)


def _matrix_row(cases: list[CaseData], key: ModelKey, functions: list[str], here: str) -> Safe:
    def trials(keep: Callable[[CaseData], bool]) -> list[Trial]:
        return [t for case in cases if keep(case) for t in counted(case, key)]

    cells = [_rate(trials(lambda case, name=name: case.ref.function == name)) for name in functions]  # type: ignore[misc]
    every = trials(lambda _: True)
    return el(
        "tr",
        el("th", widgets.model_name(key, here), scope="row"),
        cells,
        _rate(every),
        el("td", len(every), class_="fcb-num"),
    )


def counted(case: CaseData, key: ModelKey) -> list[Trial]:
    """The trials of a model at a case that say something about it."""
    return [item.trial for item in case.trials.get(key, ()) if not item.trial.excluded]


def _rate(trials: list[Trial]) -> Safe:
    if not trials:
        return el("td", widgets.DASH, class_="fcb-num fcb-absent", data_value="")
    first = sum(t.valid_round == 0 for t in trials) / len(trials)
    ever = sum(t.valid_round is not None for t in trials) / len(trials)
    return el(
        "td",
        el("span", widgets.percent(first), class_="fcb-cell"),
        el("span", "→ ", widgets.percent(ever), class_="fcb-ci"),
        class_="fcb-num",
        data_value=f"{first:.6f}",
        title=f"{len(trials)} trials",
    )


def _cases(cases: list[CaseData], here: str) -> Safe:
    heads = [
        widgets.head("Case", sort="text"),
        widgets.head("Module", sort="text"),
        widgets.head("Function", sort="text"),
        widgets.head("First call", sort="number", number=True),
        widgets.head("Final", sort="number", number=True),
        widgets.head("Trials", sort="number", number=True),
    ]
    text = "Every case, with the shares over all models that are not simulated, in percent."
    return widgets.table(text, heads, [_case_row(case, here) for case in cases], sortable=True)


def _case_row(case: CaseData, here: str) -> Safe:
    real = [trial for key in case.trials if not key.simulated for trial in counted(case, key)]
    first = sum(t.valid_round == 0 for t in real)
    ever = sum(t.valid_round is not None for t in real)
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
        *(_share(count, len(real)) for count in (first, ever)),
        el("td", len(real), class_="fcb-num"),
    )


def _share(count: int, total: int) -> Safe:
    if not total:
        return el("td", widgets.DASH, class_="fcb-num fcb-absent", data_value="")
    return el("td", widgets.percent(count / total), class_="fcb-num")
