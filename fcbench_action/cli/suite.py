"""``fcbench suite``: what the suite holds, what a model is sent, and whether all of it is sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import msgspec

from fcbench_action.cli import suite_programs
from fcbench_action.cli.variant import variant_option
from fcbench_action.errors import BadInput, GateFailed
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.sinks import terminal
from fcbench_action.suite.case import Case, Suite
from fcbench_action.suite.files import package, topic_names
from fcbench_action.suite.load import find, load, read
from fcbench_action.suite.prove import prove
from fcbench_action.suite.select import FULL, read_tiers, select
from fcbench_action.suite.sent import sent, sizes
from fcbench_action.suite.tiers import write as write_tiers
from fcbench_action.suite.variant import varied
from fcbench_action.suite.version import VERSION_FILE, digest, freeze

_topics = click.option(
    "--topics", multiple=True, metavar="TOPIC", help="Topics, repeatable or comma-separated; all by default."
)
_format = click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print it.",
)


@click.group("suite")
@click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Another folder of topics than the built-in one.",
)
@click.pass_context
def command(ctx: click.Context, root: Path | None) -> None:
    """List the suite's cases, show what a model is sent, check the suite."""
    if root is not None and not _holds_suite(root):
        raise BadInput(
            f"--root {root} holds no suite, neither topics nor {VERSION_FILE}: name a folder that does"
        )
    ctx.obj = root


def _holds_suite(root: Path) -> bool:
    try:
        return root.joinpath(VERSION_FILE).is_file() or bool(topic_names(root))
    except OSError:
        return False


command.add_command(suite_programs.compile_)
command.add_command(suite_programs.test)
command.add_command(suite_programs.mutate)


@command.command("list")
@_topics
@click.option("--phases", multiple=True, metavar="PHASE", help="Phases, such as database.")
@click.option("--functions", multiple=True, metavar="FUNCTION", help="Functions, such as database.tables.")
@click.option("--cases", multiple=True, metavar="GLOB", help="Case ids, such as 'todo/*/database.tables/*'.")
@click.option(
    "--tier", default=FULL, show_default=True, metavar="[smoke|lite|standard|full]", help="Tier of cases."
)
@_format
@click.pass_obj
def list_(
    root: Path | None,
    topics: Sequence[str],
    phases: Sequence[str],
    functions: Sequence[str],
    cases: Sequence[str],
    tier: str,
    format_: str,
) -> None:
    """List cases with what each sends: bytes of prompt and schema, and an estimate of tokens."""
    chosen = select(
        load(None, root),
        topics=split(topics),
        phases=split(phases),
        functions=split(functions),
        cases=split(cases),
        tier=tier,
        root=root,
    )
    rows = [_row(case) for case in chosen.cases.values()]
    if format_ == "json":
        described = {"version": chosen.version, "digest": chosen.digest, "cases": rows}
        click.echo(msgspec.json.format(msgspec.json.encode(described), indent=2))
        return
    width = max(len(row["id"]) for row in rows)
    click.echo(f"{'case':<{width}}  prompt bytes  schema bytes  about tokens  title")
    for row in rows:
        numbers = "  ".join(f"{row[name]:>12,}" for name in ("prompt_bytes", "schema_bytes", "tokens"))
        click.echo(f"{row['id']:<{width}}  {numbers}  {row['title']}")
    click.echo(_summary(chosen, root))


@command.command("show")
@click.argument("case")
@click.option(
    "--reference", is_flag=True, help="Print the suite's own answer instead, as 'fcbench check' takes it."
)
@click.option(
    "--document",
    type=click.Choice(("database", "interface")),
    help="Print the whole database or API of its topic instead, as 'fcbench compile' takes it.",
)
@variant_option
@_format
@click.pass_obj
def show(
    root: Path | None, case: str, reference: bool, document: str | None, variant: int | None, format_: str
) -> None:
    """Print exactly what a model is sent for CASE."""
    found = find(load(None, root, variant=variant), case)
    if reference or document:
        click.echo(_indented(_document(root, found, document) if document else found.task.reference))
        return
    told = sent(found)
    if format_ == "json":
        click.echo(_indented(told))
        return
    click.echo(f"--- system\n{told.system}\n\n--- user\n{told.user.rstrip()}\n")
    click.echo(f"--- tool {told.tool}\n{told.description}\n\n--- parameters\n{_indented(told.parameters)}")


@command.command("check")
@suite_programs.only_topics
@suite_programs.jobs_option
@click.pass_obj
def check(root: Path | None, topics: Sequence[str], jobs: int) -> None:
    """Prove the TOPICS, or all: references compile and earn 1.0, probes and payloads agree, nothing leaks.

    Version and tiers are proven where all topics are. Each fault is named with file and line; exit code 1
    where there is one.
    """
    with suite_programs.progress("proving cases") as note:
        built, faults = prove(root or package(), topics or None, jobs, note)
    for fault in faults:
        click.echo(terminal(str(fault), lines=False))
    if faults:
        raise GateFailed(f"the suite has {len(faults)} fault{'s' * (len(faults) != 1)}")
    click.echo(f"{len(built)} cases, no fault")


@command.command("freeze")
@click.argument("version")
@click.option(
    "--unpublished", is_flag=True, help="Nothing was published under this version yet: take it again."
)
@click.pass_obj
def freeze_(root: Path | None, version: str, unpublished: bool) -> None:
    """Give the suite as it is now the version VERSION: writes tiers.json and version.json."""
    folder = root or Path(str(package()))
    suite = load(None, root, anew=True)
    write_tiers(folder, suite)
    suite = replace(suite, digest=digest(folder))
    freeze(folder, suite, version, unpublished=unpublished)
    click.echo(f"suite {version}: {suite.digest}")


def split(values: Sequence[str]) -> list[str]:
    """The values of a repeatable option, each of which may hold several between commas."""
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _row(case: Case) -> dict[str, Any]:
    found = sizes(case)
    return {
        "id": case.id,
        "title": case.title,
        "phase": case.function.phase,
        "function": case.function.name,
        "prompt_bytes": found.prompt_bytes,
        "schema_bytes": found.schema_bytes,
        "tokens": found.tokens,
    }


def _summary(chosen: Suite, root: Path | None) -> str:
    modules = {(case.topic, case.module) for case in chosen.cases.values()}
    topics = ", ".join(sorted({topic for topic, _ in modules}))
    tiers = ", ".join(f"{name} ({len(cases)})" for name, cases in read_tiers(root or package()).items())
    count = f"{len(chosen.cases)} cases in {len(modules)} modules of {topics}"
    return f"suite {chosen.version}: {count}; tiers: {tiers}"


def _document(root: Path | None, case: Case, kind: str) -> Application | Document:
    (topic,) = read([case.topic], root or package())
    if case.variant is not None:
        topic = varied(topic, case.variant)
    return topic.programs.application if kind == "database" else topic.programs.document


def _indented(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
