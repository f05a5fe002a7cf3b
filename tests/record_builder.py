"""Records made up for tests: plausible trees of several models, topics, trials, outcomes and hostile texts.

``record(...)`` makes one trial from the outcomes of its rounds; ``write_tree(folder)`` writes a whole
results tree. Everything is seeded: the same call gives the same bytes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from fcbench_action.diagnostics import Diagnostic, Stage
from fcbench_action.functions.base import Grade, Part, Prompt
from fcbench_action.judge.types import MODEL_OUTCOMES, Outcome, Reading, Reply
from fcbench_action.records.plans import RunPlan
from fcbench_action.records.tree import Place, open_tree, write_records, write_run_facts
from fcbench_action.records.types import (
    FORMAT,
    Attempt,
    CaseRef,
    Provenance,
    Record,
    RecordFile,
    Round,
    Sampling,
    ToolText,
    Usage,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "| --- | [x](javascript:alert(1)) ![i](http://evil.example/i.png) `code` **b** {{ jinja }} {: .attr }",
    "::set-output name=x::y\n##[command]rm\r\x1b[31mred\x1b[0m \u202egnp.exe",
    "<!-- fcbench:leaderboard:end -->\n---\ntitle: x\n---\n# heading\n<img src=x onerror=alert(1)>",
    "$(id) `id` ${x} && \\ ' \" \x00 \ufeff \ud800 \U0001f600",
)

FUNCTIONS = (
    ("database", "database.tables"),
    ("interface", "interface.operations"),
    ("interface", "interface.schemas"),
)
TOOLS = {name: ToolText(name.replace(".", "_"), f"Fill {name}.", {"type": "object"}) for _, name in FUNCTIONS}


@dataclass(frozen=True)
class Model:
    """A made-up model: how often its first call is valid, and each later one."""

    provider: str
    name: str
    first: float
    later: float
    simulated: bool = False
    faults: float = 0.0
    hostile: bool = False
    topics: tuple[str, ...] = ("todo",)
    suite_version: str = "1"


MODELS = (
    Model("openai", "gpt-4.1-mini", 0.9, 0.8, topics=("todo", "bbs")),
    Model("qwen", "qwen3-next-80b-a3b-instruct", 0.5, 0.6, topics=("todo", "bbs")),
    Model("qwen", "Qwen3-Next-80B-A3B-Instruct", 0.0, 0.7, topics=("todo", "bbs")),
    Model("perfect", "one", 1.0, 1.0, topics=("todo", "bbs")),
    Model("never", "valid", 0.0, 0.0, topics=("todo",)),
    Model("flaky", "host", 0.7, 0.7, faults=0.2, topics=("todo", "bbs")),
    Model("<script>alert(1)</script>", "../../x | [a](b) `c` \u202e", 0.4, 0.5, hostile=True),
    Model("simulated", "careless", 0.6, 0.7, simulated=True),
    Model("simulated", "flawless", 1.0, 1.0, simulated=True),
    Model("openai", "gpt-4.1-mini", 0.8, 0.8, suite_version="0"),
)


def case_ref(
    topic: str = "todo", module: str = "todos", function: str = "database.tables", target: str = "items"
) -> CaseRef:
    """A case of the given place; the phase is the function's first word."""
    phase = function.partition(".")[0]
    title = f"{function} for {target} of {module}"
    return CaseRef(f"{topic}/{module}/{function}/{target}", topic, module, phase, function, target, title)


def provenance(provider: str = "openai", model: str = "gpt-4.1-mini", **changes: Any) -> Provenance:
    """Provenance with plausible values for all that ``changes`` does not name."""
    values: dict[str, Any] = {
        "run": "5f2c0a7e9b31",
        "provider": provider,
        "model": model,
        "simulated": False,
        "track": "controlled",
        "suite_version": "1",
        "suite_digest": "0" * 64,
        "fcbench_version": "0.1.0",
        "host": "api.example.com",
        "channel": "tool",
        "dialect": "full",
        "max_rounds": 4,
        "tier": "standard",
        "tier_cases": 0,
        "sampling": Sampling(temperature=0.0),
    }
    return Provenance(**(values | changes))


def valid_arguments(function: str, target: str) -> str:
    """An argument that matches the function's schema; an empty object for a function that is not known."""
    return json.dumps(_ARGUMENTS[function](target) if function in _ARGUMENTS else {})


def record(
    *outcomes: str,
    case: CaseRef | None = None,
    trial: int = 0,
    source: Provenance | None = None,
    score: float = 0.75,
    lenient: Sequence[str] = (),
    tokens: tuple[int | None, int | None] = (1000, 200),
    seconds: float = 1.5,
    text: str | None = None,
    cost: float | None = None,
) -> Record:
    """A trial whose rounds came to ``outcomes``; ``lenient`` are the lenient outcomes, the same if left out.

    ``text`` is put wherever a model's or server's text goes, except into valid arguments.
    """
    case = case or case_ref()
    found = tuple(Outcome(outcome) for outcome in outcomes)
    readings = [Outcome(outcome) for outcome in lenient] or list(found)
    rounds = tuple(
        _round(index, outcome, readings[index], case, Usage(*tokens, cost=cost), seconds, text)
        for index, outcome in enumerate(found)
    )
    grade = (
        Grade(score, (Part("columns", score * 4, 4.0, ("id missing",)),)) if found[-1] == "valid" else None
    )
    prompt = Prompt("You design backends.", f"Requirements of {case.title}." + (text or ""))
    return Record(source or provenance(), case, trial, prompt, rounds, grade)


def write_files(results: Path, records: Iterable[Record], shard: str = "all") -> list[Path]:
    """Write records into a tree, a file for each model, topic and run."""
    open_tree(results)
    groups: dict[tuple[Place, str], list[Record]] = {}
    for item in records:
        place = Place(item.provenance.provider, item.provenance.model, item.case.topic)
        groups.setdefault((place, item.provenance.run), []).append(item)
    paths = []
    for (place, run), items in groups.items():
        used = {item.case.function for item in items}
        tools = {name: tool for name, tool in TOOLS.items() if name in used}
        paths.append(write_records(results, place, run, shard, RecordFile(FORMAT, tools, tuple(items))))
        write_plan(results, place, items)
    return paths


def write_plan(results: Path, place: Place, items: Sequence[Record]) -> None:
    """Write the plan and environment of a run that did exactly ``items``, and what was planned before.

    The run's name is a made-up one, so ``fcbench verify`` would not take it.
    """
    source = items[0].provenance
    folder = results / place.folder / "fcbench"
    known = sorted((folder / "plans").glob(f"{source.run}-*.json"))
    before = [msgspec.json.decode(path.read_bytes(), type=RunPlan) for path in known]
    for path in known:
        path.unlink()
    cases = {item.case.id for item in items}.union(*(plan.cases for plan in before))
    trials = max([item.trial + 1 for item in items] + [plan.trials for plan in before])
    plan = RunPlan(source, source.model, tuple(sorted(cases)), trials)
    write_run_facts(results, place, source.run, plan, {"python": "3.11"})


def model_records(model: Model, seed: int = 0, trials: int = 2, targets: int = 2) -> list[Record]:
    """Every trial of one made-up model: topics x 3 modules x 3 functions x ``targets`` x ``trials``."""
    rng = random.Random(f"{seed}/{model.provider}/{model.name}/{model.suite_version}")
    source = provenance(
        model.provider,
        model.name,
        run=f"{rng.getrandbits(48):012x}",
        simulated=model.simulated,
        suite_version=model.suite_version,
    )
    return [
        _trial(model, rng, source, case_ref(topic, module, function, f"{target}-{module}"), trial)
        for topic in model.topics
        for module in ("members", "todos", "trash")
        for _, function in FUNCTIONS
        for target in ("items", "notes", "tags", "files")[:targets]
        for trial in range(trials)
    ]


def write_tree(
    results: Path, models: Sequence[Model] = MODELS, seed: int = 0, trials: int = 2, targets: int = 2
) -> Path:
    """Write a results tree with the records of ``models``; derived files are left to be written."""
    for model in models:
        write_files(results, model_records(model, seed, trials, targets))
    return results


def _trial(model: Model, rng: random.Random, source: Provenance, case: CaseRef, trial: int) -> Record:
    outcomes: list[str] = []
    for index in range(source.max_rounds + 1):
        if rng.random() < model.faults / 2:
            outcomes.append("fault")
            break
        if rng.random() < (model.later if index else model.first):
            outcomes.append("valid")
            break
        outcomes.append(
            rng.choice(("compile_error", "schema_violation", "invalid_json", "no_call", "truncated"))
        )
    return record(
        *outcomes,
        case=case,
        trial=trial,
        source=source,
        score=rng.choice((0.25, 0.5, 0.75, 1.0)),
        lenient=["valid" if o == "invalid_json" and rng.random() < 0.5 else o for o in outcomes],
        tokens=(rng.randrange(800, 1200), rng.randrange(100, 400)),
        seconds=rng.randrange(1, 40) / 4,
        text=rng.choice(HOSTILE) if model.hostile else None,
    )


def _round(
    index: int,
    outcome: Outcome,
    lenient: Outcome,
    case: CaseRef,
    usage: Usage,
    seconds: float,
    text: str | None,
) -> Round:
    started = f"2026-01-02T03:04:{index * 10:02d}Z"
    if outcome not in MODEL_OUTCOMES:
        detail = text or "the server closed the connection three times"
        attempts = tuple(Attempt(503, "http-503", seconds / 3) for _ in range(3))
        return Round(index, outcome, attempts, Usage(), started, seconds, detail=detail)
    valid = outcome is Outcome.VALID
    return Round(
        index,
        outcome,
        (Attempt(200, None, seconds),),
        usage,
        started,
        seconds,
        reply=_reply(outcome, case, text),
        lenient=Reading(lenient, () if lenient is outcome else ("closed-bracket",)),
        diagnostics=() if valid else (_diagnostic(outcome, text),),
        feedback="" if valid else f"Mend this: {text or 'a column is missing'}",
        served_model=text or "a-model-2026-01-01",
    )


def _reply(outcome: Outcome, case: CaseRef, text: str | None) -> Reply:
    if outcome is Outcome.NO_CALL:
        return Reply(content=text or "Here is the schema you asked for.", finish_reason="stop")
    tool = case.function.replace(".", "_")
    arguments = {
        Outcome.VALID: valid_arguments(case.function, case.target),
        Outcome.INVALID_JSON: '{"files": [' + (text or ""),
        Outcome.TRUNCATED: '{"files": [{"filename": "a',
    }.get(outcome, json.dumps({"note": text or "not what was asked for"}))
    finish = "length" if outcome is Outcome.TRUNCATED else "tool_calls"
    return Reply(tool, arguments, finish_reason=finish, call_id="call_1")


def _diagnostic(outcome: Outcome, text: str | None) -> Diagnostic:
    stage = {Outcome.COMPILE_ERROR: Stage.COMPILE, Outcome.SCHEMA_VIOLATION: Stage.SCHEMA}.get(
        outcome, Stage.PARSE
    )
    code = {Stage.COMPILE: "unknown-table", Stage.SCHEMA: "missing-property"}.get(stage, "not-json")
    message = text or "the property is required"
    return Diagnostic(code, stage, ("models", 0, text or "name"), message, "a name", text or "nothing")


def _tables(target: str) -> dict[str, Any]:
    name = target.replace("-", "_")
    key = {"name": "id", "type": "uuid", "description": "Key."}
    title = {"name": "title", "type": "string", "description": "What it is called.", "nullable": False}
    model = {
        "name": name,
        "description": f"One of the {target}.",
        "material": False,
        "stance": "primary",
        "primaryField": key,
        "foreignFields": [],
        "plainFields": [title],
        "uniqueIndexes": [{"fieldNames": ["title"], "unique": True}],
        "plainIndexes": [],
        "ginIndexes": [],
    }
    return {"filename": f"schema-{target}.prisma", "namespace": "Todos", "models": [model]}


def _operations(target: str) -> dict[str, Any]:
    operation = {
        "method": "post",
        "path": f"/{target}",
        "name": "create",
        "summary": f"Create one of the {target}.",
        "description": f"Creates one of the {target} for the member who asks.",
        "parameters": [],
        "requestBody": {"description": "What to create.", "typeName": "IItem.ICreate"},
        "responseBody": {"description": "What was created.", "typeName": "IItem"},
        "authorizationRole": "member",
        "authorizationType": None,
    }
    return {"operations": [operation]}


def _schemas(target: str) -> dict[str, Any]:
    title = {"type": "string", "description": f"Name of one of the {target}."}
    item = {"type": "object", "properties": {"title": title}, "required": ["title"]}
    return {"schemas": {"IItem": item, "IItem.ICreate": item}}


_ARGUMENTS = {
    "database.tables": _tables,
    "interface.operations": _operations,
    "interface.schemas": _schemas,
}
