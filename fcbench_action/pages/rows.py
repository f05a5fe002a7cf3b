"""The rows of a model's cases. There can be tens of thousands of them on a site, so they are kept lean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fcbench_action.pages import urls
from fcbench_action.pages.data import CaseData, Shown
from fcbench_action.pages.html import Safe, clip
from fcbench_action.pages.widgets import outcomes, trial_name
from fcbench_action.sinks import html as escape


def case_rows(cases: Iterable[tuple[CaseData, list[Shown]]], here: str) -> Iterator[Safe]:
    """A row a case: its title, and each trial's number and outcomes."""
    for case, items in cases:
        to = escape(urls.relative(urls.case(case.ref.id), here))
        title = f'<a href="{to}">{escape(clip(case.ref.title))}</a>'
        function = escape(clip(case.ref.function))
        several = len({item.trial.run for item in items}) > 1
        trials = "".join([_trial(item, here, several) for item in sorted(items, key=_order)])
        yield Safe(
            f'<tr><th scope="row">{title}<span class="fcb-ci">{function}</span></th><td>{trials}</td></tr>'
        )


def _trial(item: Shown, here: str, several: bool) -> str:
    trial = item.trial
    place = escape(urls.relative(urls.trial(item.transcript, trial.case.id, trial.number), here))
    name = escape(trial_name(trial, several_runs=several))
    return f'<span class="fcb-trial"><a href="{place}">{name}</a> {outcomes(trial)}</span> '


def _order(item: Shown) -> tuple[int, str]:
    return item.trial.number, item.trial.run
