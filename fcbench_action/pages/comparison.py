"""What a results tree has that another one has not: for the reviewer of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fcbench_action.pages.markdown import (
    UNKNOWN,
    final,
    heading,
    model_name,
    number_cell,
    score_cell,
    share_cell,
    table,
)
from fcbench_action.sinks import markdown as text
from fcbench_action.stats.leaderboard import Leaderboard
from fcbench_action.stats.scorecard import Scorecard, Setting

_HEADER = ("Model", "Trials", "Score", "Change", "First call", "Final", "Tokens to valid")
UNCHANGED = "No model's results changed.\n"
Key = tuple[Setting, str, str]


def comparison(before: Iterable[Leaderboard], after: Iterable[Leaderboard]) -> str:
    """Markdown: a table a setting, with the models that are new, gone or changed, and what there is to
    remark, such as trials that a run lacks; a change is of the score.

    A setting holds the suite's version and digest, so nothing is compared across suites.
    """
    old, new = _cards(before), _cards(after)
    changed = [key for key in {**new, **old} if old.get(key) != new.get(key)]
    if not changed:
        return UNCHANGED
    sections = []
    for setting in dict.fromkeys(key[0] for key in changed):
        rows = [_row(old.get(key), new.get(key)) for key in changed if key[0] == setting]
        sections.append(f"### {heading(setting)}")
        sections.append(table(_HEADER, rows, simulated=setting.simulated))
        if noted := [_remarks(new[key]) for key in changed if key[0] == setting and _noted(new.get(key))]:
            sections.append("\n".join(noted))
    return "\n\n".join(sections) + "\n"


def _cards(boards: Iterable[Leaderboard]) -> dict[Key, Scorecard]:
    return {
        (board.setting, row.scorecard.provider, row.scorecard.model): row.scorecard
        for board in boards
        for row in board.rows
    }


def _row(old: Scorecard | None, new: Scorecard | None) -> Sequence[str]:
    card = new or old
    assert card is not None  # a key of one of the two
    if new is None:
        return [model_name(card), *[UNKNOWN] * 2, "gone", *[UNKNOWN] * 3]
    m = new.overall
    return [
        model_name(card),
        str(m.trials),
        score_cell(m),
        _change(old, new),
        share_cell(m.first_call),
        share_cell(final(m)),
        number_cell(m.tokens_to_valid, 0),
    ]


def _noted(card: Scorecard | None) -> bool:
    return card is not None and bool(card.not_ranked)


def _remarks(card: Scorecard) -> str:
    """What keeps a model out of rankings, trials that its runs lack first of all."""
    return f"- {model_name(card)}: {text('; '.join(card.not_ranked))}"


def _change(old: Scorecard | None, new: Scorecard) -> str:
    if old is None:
        return "new"
    then, now = old.overall.score, new.overall.score
    if then is None or now is None:
        return UNKNOWN
    return f"{now.value - then.value:+.1f} over {new.overall.trials - old.overall.trials:+d} trials"
