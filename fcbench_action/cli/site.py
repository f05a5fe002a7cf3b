"""``fcbench site``: the whole site from a results tree."""

from __future__ import annotations

import re
from pathlib import Path

import click

from fcbench_action.pages.build import build_site
from fcbench_action.sinks import terminal


def _address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise click.BadParameter("give an address such as https://me.github.io/repo/")
    return value or None


@click.command(name="site")
@click.option("--results", type=click.Path(path_type=Path), required=True, help="The results tree to show.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="Where to write the site; an earlier site there is replaced.",
)
@click.option(
    "--site-url",
    envvar="FCBENCH_SITE_URL",
    callback=_address,
    help="Where the site will be, such as https://me.github.io/repo/. Only the page for wrong addresses "
    "needs it, and only where that is not the root of a host.",
)
def command(results: Path, out: Path, site_url: str | None) -> None:
    """Build the site from a results tree: no key, no suite, no network."""
    pages = build_site(results, out, site_url)
    place = terminal(str(out), lines=False)
    click.echo(f"{pages} pages in {place}")
    click.echo(f"Look at them with: python -m http.server --directory {place}")
