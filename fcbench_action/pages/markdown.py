"""The Markdown of a results tree: leaderboards, and the pages of a model and of its topics.

Every text that is not ours passes through ``sinks.markdown``, every part of a link through
``sinks.url_part``. Tables of simulated results say so in their first heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fcbench_action.judge.types import Outcome
from fcbench_action.pages import settings
from fcbench_action.pages.artifacts import Artifacts
from fcbench_action.pages.serving import served_as, serving
from fcbench_action.records.names import encode
from fcbench_action.records.types import Sampling
from fcbench_action.sinks import markdown as text
from fcbench_action.sinks import url_part
from fcbench_action.stats.estimate import Estimate
from fcbench_action.stats.leaderboard import Leaderboard, Row
from fcbench_action.stats.metrics import Measures
from fcbench_action.stats.runs import RunFacts
from fcbench_action.stats.scorecard import Entry, Scorecard, Setting, is_ranked
from fcbench_action.stats.trials import Trial

UNKNOWN = "-"
SIMULATED = "simulated"
_DERIVED = "<!-- Written by fcbench from the records; changes made here are overwritten. -->"
_LEGEND = (
    "Shares in %, with 95 % intervals below. **Score**: the mean over all rounds of the share valid "
    "by then, out of 100. **First call** and **By round**: the share valid at once, and by each later round. "
    "Trials are averaged into cases, these into modules, and these into phases. "
    "**Correction**: the share of invalid first calls that feedback mended. **Leniency gap**: first calls "
    "that only a lenient reading accepts. **Semantic** and **Runtime**: how good the answers are, by what "
    "they mean and by what they do when they run, invalid ones counting 0. **Tokens to valid**: all that "
    "were spent, for each trial that became valid, and US dollars where they are known. More measures are "
    "on the models' pages."
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
        "\n".join(f"- {_summary(entry.scorecard, entry.trials, name)}" for entry in entries),
        f"{_link('Records', 'fcbench/records')} of every trial: what was sent, what came, what was wrong.",
    ]
    lines += _artifacts(artifacts, first.setting.simulated)
    for entry in entries:
        setting = entry.scorecard.setting
        lines += [f"## {heading(setting)}", _cases(entry, name)]
    return "\n\n".join(lines) + "\n"


def _summary(card: Scorecard, trials: Iterable[Trial], name: str) -> str:
    measures = card.by_topic[name]
    found = [trial for trial in trials if trial.case.topic == name and not trial.excluded]
    valid = sum(trial.valid_round is not None for trial in found)
    first = sum(trial.valid_round == 0 for trial in found)
    end = f", score {measures.score.value:.1f}" if measures.score else ""
    end += f"; {measures.excluded} left out: faults or unsupported" if measures.excluded else ""
    simulated = f", {SIMULATED}" if card.setting.simulated else ""
    counts = f"{valid} of {len(found)} valid, {first} at the first call"
    return f"{text(settings.name(card.setting))}{simulated}: {counts}{end}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, simulated: bool, texts: int = 1) -> str:
    """A table of cells that are Markdown already; ``texts`` columns of text come first, then numbers."""
    marked = [f"{header[0]} ({SIMULATED})" if simulated else header[0], *header[1:]]
    lines = [marked, ["---"] * texts + ["---:"] * (len(header) - texts), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _board(board: Leaderboard, links: bool) -> str:
    setting = board.setting
    noted = any(row.remarks for row in board.rows)
    notes = ["Not ranked" if is_ranked(setting) else "Remarks"] if noted else []
    rounds = [f"By round {index}" for index in range(1, setting.max_rounds + 1)]
    header = ["Model", *notes, *(["Group"] if is_ranked(setting) else []), "Score", "First call", *rounds]
    header += ["Correction", "Leniency gap", "Semantic", "Runtime", "Tokens to valid"]
    rows = [_board_row(row, links, noted) for row in board.rows]
    size = f"{board.cases} cases, {', '.join(map(text, settings.details(setting)))}."
    shown = table(header, rows, simulated=setting.simulated, texts=1 + len(notes))
    return "\n\n".join([f"### {heading(setting)}", size, shown, settings.remarks(setting)])


def _board_row(row: Row, links: bool, noted: bool) -> list[str]:
    card, measures = row.scorecard, row.scorecard.overall
    folder = "/".join(encode(part) for part in (card.provider, card.model))
    name = _link(f"{card.provider}/{card.model}", f"{folder}/README.md") if links else model_name(card)
    rounds = card.setting.max_rounds + 1
    shares = [
        *(*measures.valid_by_round, *[None] * rounds)[:rounds],
        measures.correction,
        measures.leniency_gap,
        measures.semantic,
        measures.runtime,
    ]
    return [
        _below((name, ", ".join(filter(None, (text(served_as(card)), settings.counted(measures)))))),
        *([text("; ".join(row.remarks), 600)] if noted else []),
        *([_place(row)] if is_ranked(card.setting) else []),
        _below(_score(measures)),
        *(_below(_number(share, 1, 100)) for share in shares),
        _tokens(measures),
    ]


def _place(row: Row) -> str:
    """The group, and the ranks that are open."""
    if row.ranks is None:
        return UNKNOWN
    low, high = row.ranks
    return _below((str(row.group), f"rank {low}" if low == high else f"rank {low}-{high}"))


def _tokens(measures: Measures) -> str:
    value, interval = _number(measures.tokens_to_valid, 0)
    money = measures.money_to_valid
    return _below((value, ", ".join(filter(None, (interval, f"${money.value:.4f}" if money else "")))))


def _scorecard(card: Scorecard) -> list[str]:
    simulated = card.setting.simulated
    lines = [f"## {heading(card.setting)}"]
    if simulated:
        lines.append("**Simulated**: played by the embedded endpoint, not by a language model.")
    if card.not_ranked:
        reasons = text("; ".join(card.not_ranked), 600)
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
        header = (kind.capitalize(), "Cases", "Trials", "Score", "First call", "Final", "Semantic", "Runtime")
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
    if m.reliability is None:
        rows.append(("Reliability", "needs two trials of a case", None))
    numbers = {
        "Prompt tokens, per trial": (m.prompt_tokens, 0, "none told"),
        "Completion tokens, per trial": (m.completion_tokens, 0, "none told"),
        f"Tokens, per trial valid by round {last}": (m.tokens_to_valid, 0, "none told, or none valid"),
        f"US dollars, per trial valid by round {last}": (m.money_to_valid, 4, "no prices given"),
        f"Seconds, per trial valid by round {last}": (m.seconds_to_valid, 1, "none valid"),
    }
    for name, (estimate, digits, missing) in numbers.items():
        rows.append((name, number_cell(estimate, digits) if estimate else missing, estimate))
    return [[name, cell, str(estimate.n if estimate else 0)] for name, cell, estimate in rows]


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
    shares = (measures.first_call, final(measures), measures.semantic, measures.runtime)
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
    header = ("Case", "Title", "Valid by", "Grade")
    return table(header, rows, simulated=entry.scorecard.setting.simulated, texts=4)


def _case(trials: Sequence[Trial]) -> list[str]:
    ordered = sorted(trials, key=lambda trial: (trial.run, trial.number))
    case = ordered[0].case
    grades = [UNKNOWN if trial.grade is None else f"{trial.grade * 100:.0f}" for trial in ordered]
    return [text(case.id), text(case.title), ", ".join(map(_ended, ordered)), ", ".join(grades)]


def _ended(trial: Trial) -> str:
    if trial.valid_round is None:
        return f"never ({trial.end.value.replace('_', ' ')})"
    return "first call" if trial.valid_round == 0 else f"round {trial.valid_round}"


def heading(setting: Setting) -> str:
    """What a heading calls a setting."""
    return f"{text(settings.name(setting))}: {settings.standing(setting)}"


def model_name(card: Scorecard) -> str:
    """A model by its provider and name."""
    return text(f"{card.provider}/{card.model}")


def _link(name: str, path: str) -> str:
    return f"[{text(name)}]({url_part(path, folders=True)})"


def score_cell(measures: Measures) -> str:
    """The score with its interval, and where some failures cannot be attributed, the other bound."""
    return _beside(_score(measures))


def share_cell(estimate: Estimate | None) -> str:
    """A share in percent with its interval."""
    return _beside(_number(estimate, 1, 100))


def number_cell(estimate: Estimate | None, digits: int) -> str:
    """A number with its interval."""
    return _beside(_number(estimate, digits))


def _score(measures: Measures) -> tuple[str, str]:
    value, interval = _number(measures.score, 1)
    if not measures.unattributable:
        return value, interval
    other = _number(measures.score_if_excluded, 1)[0]
    return value, "; ".join(filter(None, (interval, f"{other} without unattributable")))


def _number(estimate: Estimate | None, digits: int, scale: float = 1) -> tuple[str, str]:
    """A number, and its interval where it has one."""
    if estimate is None:
        return UNKNOWN, ""
    value = f"{estimate.value * scale:.{digits}f}"
    if estimate.low is None or estimate.high is None:
        return value, ""
    return value, f"{estimate.low * scale:.{digits}f}-{estimate.high * scale:.{digits}f}"


def _beside(cell: tuple[str, str]) -> str:
    return f"{cell[0]} ({cell[1]})" if cell[1] else cell[0]


def _below(cell: tuple[str, str]) -> str:
    """With its end in small type on a line of its own: tables of many columns are too wide otherwise."""
    return f"{cell[0]}<br><sub>{cell[1]}</sub>" if cell[1] else cell[0]
