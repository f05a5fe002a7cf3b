"""``fcbench site``: the whole site from a results tree."""

from __future__ import annotations

from pathlib import Path

import click

from fcbench_action.pages.build import build_site
from fcbench_action.sinks import terminal


@click.command(name="site")
@click.option("--results", type=click.Path(path_type=Path), required=True, help="The results tree to show.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="Where to write the site; an earlier site there is replaced.",
)
def command(results: Path, out: Path) -> None:
    """Build the site from a results tree: no key, no suite, no network."""
    pages = build_site(results, out)
    place = terminal(str(out), lines=False)
    click.echo(f"{pages} pages in {place}")
    click.echo(f"Look at them with: python -m http.server --directory {place}")
