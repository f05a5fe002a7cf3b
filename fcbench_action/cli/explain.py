"""``fcbench explain``: what a diagnostic code means, with an example."""

from __future__ import annotations

import difflib

import click

from fcbench_action.diagnostics.registry import CODES, page
from fcbench_action.errors import BadInput
from fcbench_action.sinks import one_line


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a diagnostic CODE; without one, list them all."""
    if code is None:
        click.echo(_list())
    elif code in CODES:
        click.echo(page(CODES[code]).rstrip())
    else:
        near = difflib.get_close_matches(code, CODES, 3)
        hint = f"did you mean {' or '.join(near)}?" if near else "'fcbench explain' lists them"
        raise BadInput(f"no diagnostic code {one_line(code)!r}; {hint}")


def _list() -> str:
    width = max(map(len, CODES), default=0)
    lines = []
    for stage in dict.fromkeys(code.stage for code in CODES.values()):
        lines.append(f"{stage}:")
        rows = [code for code in CODES.values() if code.stage is stage]
        lines += [f"  {code.name:<{width}}  {code.summary}" for code in rows]
    return "\n".join(lines)
