"""The page of a case: what is asked, and what every model made of it."""

from __future__ import annotations

from collections.abc import Iterable

from fcbench_action.pages import settings, urls, widgets
from fcbench_action.pages.data import Asked, CaseData, Shown, SuiteData, Wording
from fcbench_action.pages.html import Child, Safe, clip, el, join, link, pre, section
from fcbench_action.stats.leaderboard import precedence
from fcbench_action.stats.scorecard import Setting

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
    asked = sorted(case.trials, key=lambda asked: (precedence(asked.setting), asked))
    real = [one for one in asked if not one.setting.simulated]
    simulated = [one for one in asked if one.setting.simulated]
    labels = settings.labels(one.setting for one in asked)
    suffix = f" in suite {version}" if several else ""
    anchor = f"-{urls.suite_anchor(suite.version)}" if several else ""
    parts = [section(f"What is asked{suffix}", _question(suite, case, here), anchor=f"asked{anchor}")]
    if real:
        title = f"What the models answered{suffix}"
        parts.append(section(title, _trials(case, real, labels, here), anchor=f"answers{anchor}"))
    if simulated:
        title = f"What the simulated endpoint answered{suffix}"
        parts.append(section(title, _trials(case, simulated, labels, here), anchor=f"simulated{anchor}"))
    return join(parts)


def _question(suite: SuiteData, case: CaseData, here: str) -> Safe:
    """The suite's own words first, then every other telling, each marked as what it is."""
    name = case.ref.function
    reference = link(urls.relative(urls.function(name), here), el("code", clip(name)))
    schema = link(
        urls.relative(f"{urls.function(name)}#{urls.as_sent(suite.version)}", here),
        "the tool with its schema",
    )
    tool = clip(case.tool.name) if case.tool else "unknown"
    told = case.tellings
    same = ("Every model gets the texts below and ", schema, ".")
    other = ("Every model gets ", schema, ", and the suite's own words unless its row names a variant.")
    return join(
        (
            el(
                "p",
                ("One call of ", reference, ", on the wire ", el("code", tool), ". "),
                same if len(told) == 1 and not told[0].variant else other,
            ),
            [_telling(words, first=number == 0, alone=len(told) == 1) for number, words in enumerate(told)],
        )
    )


def _telling(told: Wording, *, first: bool, alone: bool) -> Safe:
    variant = f"In the words of variant {clip(told.variant, 20)}: "
    own = "In the suite's own words: " if first else f"In those of suite digest {clip(told.digest, 12)}: "
    mark = variant if told.variant else own
    return join(
        (
            None if alone and not told.variant else el("p", mark, el("em", clip(told.ref.title))),
            el("details", el("summary", "System prompt"), pre(told.prompt.system)),
            el("details", el("summary", "Prompt"), pre(told.prompt.user), open="" if first else None),
        )
    )


def _trials(case: CaseData, asked: list[Asked], labels: dict[Setting, str], here: str) -> Safe:
    counted = [trial for one in asked for trial in case.counted(one)]
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
    rows = [row for one in asked for row in _rows(one, case.trials[one], here, labels[one.setting])]
    return widgets.table(caption, heads, rows, sortable=True)


def _rows(asked: Asked, items: list[Shown], here: str, label: str) -> Iterable[Safe]:
    name = (widgets.model_name(asked, here), el("span", label, class_="fcb-ci"))
    several_runs = len({item.trial.run for item in items}) > 1
    for item in sorted(items, key=lambda item: (item.trial.number, item.trial.run)):
        trial = item.trial
        place = urls.relative(urls.trial(item.transcript, trial.case.id, trial.number), here)
        text = widgets.trial_name(trial, several_runs=several_runs)
        end = trial.valid_round
        yield el(
            "tr",
            el("th", name, scope="row"),
            el("td", link(place, text), class_="fcb-num", data_value=trial.number),
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
