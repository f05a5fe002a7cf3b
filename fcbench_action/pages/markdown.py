"""The Markdown of a results tree: leaderboards, and the pages of a model and of its topics.

Every text that is not ours passes through ``sinks.markdown``, every part of a link through
``sinks.url_part``. Tables of simulated results say so in their first heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fcbench_action.judge.types import Outcome
from fcbench_action.pages.artifacts import Artifacts
from fcbench_action.pages.serving import serving
from fcbench_action.records.names import encode
from fcbench_action.records.types import Sampling
from fcbench_action.sinks import markdown as text
from fcbench_action.sinks import url_part
from fcbench_action.stats.estimate import Estimate
from fcbench_action.stats.leaderboard import Leaderboard, Row
from fcbench_action.stats.metrics import Measures
from fcbench_action.stats.scorecard import Entry, RunFacts, Scorecard, Setting
from fcbench_action.stats.trials import Trial

UNKNOWN = "-"
SIMULATED = "simulated"
_DERIVED = "<!-- Written by fcbench from the records; changes made here are overwritten. -->"
_LEGEND = (
    "Shares in %, with 95 % intervals in parentheses. **Score**: the mean over all rounds of the share valid "
    "by then, out of 100. **First call** and **Final**: the share valid at once, and by the last round. "
    "Trials are averaged into cases, these into modules, and these into phases. "
    "**Correction**: the share of invalid first calls that feedback mended. **Leniency gap**: first calls "
    "that only a lenient reading accepts. **Semantic** and **Runtime**: how good the answers are, by what "
    "they mean and by what they do when they run, invalid ones counting 0. **Reliability**: the chance that "
    "every trial of a case is valid at once. **To valid**: all that was spent, for each trial that became "
    "valid; **$** are US dollars. Models that share a **tier** cannot be told apart; simulated ones have "
    "none."
)


def leaderboards(boards: Sequence[Leaderboard], *, links: bool = True) -> str:
    """Every leaderboard, a section each; with links to the models' pages where ``links`` is true."""
    if not boards:
        return "No results yet.\n"
    sections = [_board(board, links) for board in boards]
    return "\n\n".join([*sections, _LEGEND]) + "\n"


def model(entries: Sequence[Entry], topics: Mapping[str, str], *, up: int) -> str:
    """The page of one model. ``topics`` maps names to folders below it; the root is ``up`` folders above."""
    first = entries[0].scorecard
    lines = [_DERIVED, f"# {model_name(first)}", f"[All models]({'../' * up}README.md)"]
    lines.append("Topics: " + ", ".join(_link(name, f"{below}/README.md") for name, below in topics.items()))
    for entry in entries:
        lines += _scorecard(entry.scorecard)
    return "\n\n".join(lines) + "\n"


def topic(name: str, entries: Sequence[Entry], artifacts: Artifacts, *, up: int) -> str:
    """The page of one topic of one model; the model's page is ``up`` folders above."""
    first = entries[0].scorecard
    lines = [
        _DERIVED,
        f"# {text(name)}: {model_name(first)}",
        f"[{model_name(first)}]({'../' * up}README.md)",
    ]
    lines += _artifacts(artifacts, first.setting.simulated)
    for entry in entries:
        setting = entry.scorecard.setting
        lines += [f"## {setting_name(setting)}", _cases(entry, name)]
    return "\n\n".join(lines) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, simulated: bool, texts: int = 1) -> str:
    """A table of cells that are Markdown already; ``texts`` columns of text come first, then numbers."""
    marked = [f"{header[0]} ({SIMULATED})" if simulated else header[0], *header[1:]]
    lines = [marked, ["---"] * texts + ["---:"] * (len(header) - texts), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_NUMBERS = (
    "Score",
    "First call",
    "Final",
    "Correction",
    "Leniency gap",
    "Semantic",
    "Runtime",
    "Reliability",
    "Tokens to valid",
    "$ to valid",
    "Seconds to valid",
)


def _board(board: Leaderboard, links: bool) -> str:
    setting = board.setting
    noted = any(row.not_ranked for row in board.rows)
    header = ["Model", *([] if setting.simulated else ["Tier", "Rank"]), *_NUMBERS]
    header += ["Remarks" if setting.simulated else "Not ranked"] if noted else []
    rows = [
        _board_row(row, links) + ([text("; ".join(row.not_ranked))] if noted else []) for row in board.rows
    ]
    digest = text(setting.suite_digest[:12])
    size = f"{board.cases} cases of suite {digest}, at most {setting.max_rounds} feedback rounds."
    return "\n\n".join(
        [f"### {setting_name(setting)}", size, table(header, rows, simulated=setting.simulated)]
    )


def _board_row(row: Row, links: bool) -> list[str]:
    card, measures = row.scorecard, row.scorecard.overall
    folder = "/".join(encode(part) for part in (card.provider, card.model))
    return [
        _link(f"{card.provider}/{card.model}", f"{folder}/README.md") if links else model_name(card),
        *([] if card.setting.simulated else _place(row)),
        score_cell(measures),
        share_cell(measures.first_call),
        share_cell(final(measures)),
        share_cell(measures.correction),
        share_cell(measures.leniency_gap),
        share_cell(measures.semantic),
        share_cell(measures.runtime),
        share_cell(measures.reliability),
        number_cell(measures.tokens_to_valid, 0),
        number_cell(measures.money_to_valid, 4),
        number_cell(measures.seconds_to_valid, 1),
    ]


def _place(row: Row) -> list[str]:
    """Tier and rank; of what is simulated there is neither."""
    if row.ranks is None:
        return [UNKNOWN, UNKNOWN]
    low, high = row.ranks
    return [str(row.tier), str(low) if low == high else f"{low}-{high}"]


def _scorecard(card: Scorecard) -> list[str]:
    simulated = card.setting.simulated
    lines = [f"## {setting_name(card.setting)}"]
    if simulated:
        lines.append("**Simulated**: played by the embedded endpoint, not by a language model.")
    if card.not_ranked:
        reasons = text("; ".join(card.not_ranked))
        lines.append(f"{'Remarks' if simulated else 'Not ranked'}: {reasons}.")
    lines += ["### What ran", _runs(card)]
    lines += ["### Scorecard", table(("Measure", "Value", "Trials"), _measures(card), simulated=simulated)]
    lines += ["### Outcomes by round", _outcomes(card.overall, simulated)]
    groups = {
        "topic": card.by_topic,
        "phase": card.by_phase,
        "function": card.by_function,
        "module": card.by_module,
    }
    for kind, measures in groups.items():
        header = (kind.capitalize(), "Cases", "Trials", "Score", "First call", "Final", "Semantic")
        rows = [_group(name, group) for name, group in measures.items()]
        lines += [f"### By {kind}", table(header, rows, simulated=simulated)]
    return lines


_RUN_HEADER = ("Run", "Began", "Trials", "Host", "fcbench", "Dialect", "Sampling", "Serving facts")


def _runs(card: Scorecard) -> str:
    simulated = card.setting.simulated
    rows = [_run(run, simulated) for run in card.runs]
    return table(_RUN_HEADER, rows, simulated=simulated, texts=8)


def _run(run: RunFacts, simulated: bool) -> list[str]:
    names = (run.run, run.started_at)
    others = (run.host, run.fcbench_version, run.dialect, _sampling(run.sampling))
    return [*map(text, names), str(run.trials), *map(text, (*others, serving(run, simulated)))]


def _sampling(sampling: Sampling) -> str:
    fields = ("temperature", "top_p", "max_tokens", "seed")
    values = [(name, getattr(sampling, name)) for name in fields]
    return (
        ", ".join(f"{n}: {v if isinstance(v, int) else f'{v:g}'}" for n, v in values if v is not None)
        or "the server's own"
    )


def _measures(card: Scorecard) -> list[list[str]]:
    m = card.overall
    last = card.setting.max_rounds
    rows: list[tuple[str, str, Estimate | None]] = [("Score", score_cell(m), m.score)]
    rows += [("First call", share_cell(m.first_call), m.first_call)]
    rows += [
        ("Final" if index == last else f"By round {index}", share_cell(estimate), estimate)
        for index, estimate in enumerate(m.valid_by_round[1:], 1)
    ]
    shares = {
        "Correction": m.correction,
        "First call, lenient reading": m.first_call_lenient,
        "Leniency gap": m.leniency_gap,
        "Semantic, invalid counting 0": m.semantic,
        "Semantic of valid answers": m.semantic_of_valid,
        "Runtime, invalid counting 0": m.runtime,
        "Runtime of valid answers": m.runtime_of_valid,
        f"Reliability, all of {m.reliability_k} first calls valid": m.reliability,
    }
    rows += [(name, share_cell(estimate), estimate) for name, estimate in shares.items() if estimate]
    numbers = {
        "Prompt tokens, per trial": (m.prompt_tokens, 0),
        "Completion tokens, per trial": (m.completion_tokens, 0),
        f"Tokens, per trial valid by round {last}": (m.tokens_to_valid, 0),
        f"US dollars, per trial valid by round {last}": (m.money_to_valid, 4),
        f"Seconds, per trial valid by round {last}": (m.seconds_to_valid, 1),
    }
    rows += [(name, number_cell(estimate, digits), estimate) for name, (estimate, digits) in numbers.items()]
    return [[name, cell, str(estimate.n) if estimate else UNKNOWN] for name, cell, estimate in rows]


def _outcomes(measures: Measures, simulated: bool) -> str:
    rounds = measures.outcomes
    present = [outcome for outcome in Outcome if any(outcome.value in counts for counts in rounds)]
    header = ["Outcome", *("First call" if r == 0 else f"Round {r}" for r in range(len(rounds)))]
    rows = [
        [outcome.value.replace("_", " "), *(str(counts.get(outcome.value, 0)) for counts in rounds)]
        for outcome in present
    ]
    total = ["**Trials**", *(str(sum(counts.values())) for counts in rounds)]
    return table(header, [*rows, total], simulated=simulated)


def _group(name: str, measures: Measures) -> list[str]:
    shares = (measures.first_call, final(measures), measures.semantic)
    cells = (score_cell(measures), *map(share_cell, shares))
    return [text(name), str(measures.cases), str(measures.trials), *cells]


def final(measures: Measures) -> Estimate | None:
    """The share valid by the last round."""
    return measures.valid_by_round[-1] if measures.valid_by_round else None


def _artifacts(artifacts: Artifacts, simulated: bool) -> list[str]:
    if not artifacts.files and not artifacts.unreadable:
        return ["No valid answer on the first trial, so there is no artifact."]
    source = f"What {artifacts.cases} valid answers of the first trial compile to"
    lines = ["## Artifacts", f"{source} ({SIMULATED}):" if simulated else f"{source}:"]
    if artifacts.files:
        lines.append("\n".join(f"- {_link(path, path)}" for path in artifacts.files))
    if artifacts.unreadable:
        names = ", ".join(map(text, artifacts.unreadable))
        lines.append(f"Left out, because this version of fcbench reads their answers no more: {names}.")
    return lines


def _cases(entry: Entry, name: str) -> str:
    cases: dict[str, list[Trial]] = {}
    for trial in entry.trials:
        if trial.case.topic == name:
            cases.setdefault(trial.case.id, []).append(trial)
    rows = [_case(trials) for _, trials in sorted(cases.items())]
    header = ("Case", "Title", "Trials", "Grade")
    return table(header, rows, simulated=entry.scorecard.setting.simulated, texts=4)


def _case(trials: Sequence[Trial]) -> list[str]:
    ordered = sorted(trials, key=lambda trial: (trial.run, trial.number))
    case = ordered[0].case
    grades = [UNKNOWN if trial.grade is None else f"{trial.grade * 100:.0f}" for trial in ordered]
    return [text(case.id), text(case.title), ", ".join(map(_ended, ordered)), ", ".join(grades)]


def _ended(trial: Trial) -> str:
    if trial.valid_round is None:
        return trial.end.value.replace("_", " ")
    return "first call" if trial.valid_round == 0 else f"round {trial.valid_round}"


def setting_name(setting: Setting) -> str:
    """What a heading calls a setting."""
    parts = [f"Suite {text(setting.suite_version)}", f"{text(setting.tier)} tier"]
    parts += [f"variant {text(setting.variant)}"] if setting.variant else []
    parts.append(f"{text(setting.track)} track")
    parts += [f"channel {text(setting.channel)}"] if setting.channel != "tool" else []
    return ", ".join([*parts, *([SIMULATED] if setting.simulated else [])])


def model_name(card: Scorecard) -> str:
    """A model by its provider and name."""
    return text(f"{card.provider}/{card.model}")


def _link(name: str, path: str) -> str:
    return f"[{text(name)}]({url_part(path, folders=True)})"


def score_cell(measures: Measures) -> str:
    """The score with its interval, and where some failures cannot be attributed, the other bound."""
    cell = _interval(measures.score, 1)
    if measures.unattributable:
        other = measures.score_if_excluded
        cell += f"; {UNKNOWN if other is None else f'{other.value:.1f}'} without unattributable"
    return cell


def share_cell(estimate: Estimate | None) -> str:
    """A share in percent with its interval."""
    return _interval(estimate, 100)


def _interval(estimate: Estimate | None, scale: float) -> str:
    if estimate is None:
        return UNKNOWN
    value = f"{estimate.value * scale:.1f}"
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({estimate.low * scale:.1f}-{estimate.high * scale:.1f})"


def number_cell(estimate: Estimate | None, digits: int) -> str:
    """A number with its interval."""
    if estimate is None:
        return UNKNOWN
    value = f"{estimate.value:.{digits}f}"
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({estimate.low:.{digits}f}-{estimate.high:.{digits}f})"
