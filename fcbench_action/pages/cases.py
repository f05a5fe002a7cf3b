"""The page of a case: what is asked, and what every model made of it."""

from __future__ import annotations

from collections.abc import Iterable

from fcbench_action.pages import urls, widgets
from fcbench_action.pages.data import CaseData, ModelKey, Shown, SuiteData
from fcbench_action.pages.html import Child, Safe, clip, el, join, link, pre, section

_MESSAGE = 180


def render(case_id: str, suites: Iterable[SuiteData], here: str) -> Safe:
    """The page of ``case_id``, a part for each suite version that has it, newest first."""
    found = [(suite, suite.cases[case_id]) for suite in suites if case_id in suite.cases]
    newest = found[0][1].ref
    several = len(found) > 1
    return join(
        (
            widgets.crumbs(here, (newest.topic, urls.topic(newest.topic)), (newest.id, None)),
            el("h1", clip(newest.title)),
            el("p", el("code", clip(case_id)), " · module ", clip(newest.module), class_="fcb-note"),
            [_suite(suite, case, here, several) for suite, case in found],
        )
    )


def _suite(suite: SuiteData, case: CaseData, here: str, several: bool) -> Safe:
    version = clip(suite.version, 40)
    real = sorted(key for key in case.trials if not key.simulated)
    simulated = sorted(key for key in case.trials if key.simulated)
    suffix = f" in suite {version}" if several else ""
    anchor = f"-{urls.suite_anchor(suite.version)}" if several else ""
    parts = [section(f"What is asked{suffix}", _question(suite, case, here), anchor=f"asked{anchor}")]
    if real:
        title = f"What the models answered{suffix}"
        parts.append(section(title, _trials(case, real, here), anchor=f"answers{anchor}"))
    if simulated:
        title = f"What the simulated endpoint answered{suffix}"
        parts.append(section(title, _trials(case, simulated, here), anchor=f"simulated{anchor}"))
    return join(parts)


def _question(suite: SuiteData, case: CaseData, here: str) -> Safe:
    name = case.ref.function
    reference = link(urls.relative(urls.function(name), here), el("code", clip(name)))
    sent = urls.relative(f"{urls.function(name)}#{urls.as_sent(suite.version)}", here)
    tool = clip(case.tool.name) if case.tool else "unknown"
    return join(
        (
            el(
                "p",
                ("One call of ", reference, ", on the wire ", el("code", tool), ". "),
                ("Every model gets the texts below and ", link(sent, "the tool with its schema"), "."),
            ),
            el("details", el("summary", "System prompt"), pre(case.prompt.system)),
            el("details", el("summary", "Prompt"), pre(case.prompt.user), open=""),
        )
    )


def _trials(case: CaseData, keys: list[ModelKey], here: str) -> Safe:
    counted = [item.trial for key in keys for item in case.trials[key] if not item.trial.excluded]
    first = sum(trial.valid_round == 0 for trial in counted)
    ever = sum(trial.valid_round is not None for trial in counted)
    caption = (
        f"{len(counted)} trials counted: {first} valid at the first call, {ever} in the end. "
        "A trial's number opens its transcript."
    )
    heads = [
        widgets.head("Model", sort="text"),
        widgets.head("Trial", sort="number", number=True),
        widgets.head("Outcomes, round by round", sort="number"),
        widgets.head("What was wrong with the first call"),
        widgets.head("Errors", sort="number", number=True, title="Findings of the first call"),
        widgets.head("Tokens", sort="number", number=True),
        widgets.head("Grade", sort="number", number=True, title="Of the first valid reply, 0 to 100"),
    ]
    rows = [row for key in keys for row in _rows(key, case.trials[key], here)]
    return widgets.table(caption, heads, rows, sortable=True)


def _rows(key: ModelKey, items: list[Shown], here: str) -> Iterable[Safe]:
    name = widgets.model_name(key, here)
    for item in sorted(items, key=lambda item: (item.trial.number, item.trial.run)):
        trial = item.trial
        place = urls.relative(urls.trial(item.transcript, trial.case.id, trial.number), here)
        end = trial.valid_round
        yield el(
            "tr",
            el("th", name, scope="row"),
            el("td", link(place, f"#{trial.number}"), class_="fcb-num", data_value=trial.number),
            el("td", widgets.outcomes(trial), data_value=99 if end is None else end),
            el("td", widgets.finding(item.finding, here, _MESSAGE) if item.finding else None),
            el("td", item.errors or "", class_="fcb-num"),
            el("td", _tokens(item.tokens), class_="fcb-num", data_value=item.tokens),
            el("td", _grade(trial.grade), class_="fcb-num"),
        )


def _grade(grade: float | None) -> Child:
    return None if grade is None else f"{grade * 100:.0f}"


def _tokens(tokens: int | None) -> Child:
    return None if tokens is None else widgets.number(tokens)
