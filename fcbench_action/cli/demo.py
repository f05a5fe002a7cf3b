"""``fcbench demo``: everything at once on the embedded endpoint, without a key."""

from __future__ import annotations

import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from fcbench_action.cli.run import conclude, execute, notes, show_table
from fcbench_action.endpoint.simulated.profiles import PROFILES
from fcbench_action.errors import BadInput, EnvironmentFailed
from fcbench_action.pages.build import build_site
from fcbench_action.publish.git import commit_results, init_repository
from fcbench_action.run.options import MOST_TRIALS, Options

MARKER = ".fcbench-demo"
"""In a folder that an earlier demo made, and this one may clear."""

TIER = "lite"
"""Enough cases for every page to show something, and done in seconds."""


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build/demo"),
    show_default=True,
    help="Folder to write results and site into; an earlier demo there is replaced.",
)
@click.option(
    "--trials",
    type=click.IntRange(1, MOST_TRIALS),
    default=2,
    show_default=True,
    help="Repetitions of each case.",
)
@click.option(
    "--concurrency", type=click.IntRange(1, 1024), default=16, show_default=True, help="Calls at once."
)
@click.option("--serve", is_flag=True, help="Serve the site until interrupted.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8400, show_default=True, help="Port for --serve."
)
def command(out: Path, trials: int, concurrency: int, serve: bool, port: int) -> None:
    """Run everything on the embedded endpoint: records, results repository, site.

    The models are simulated: they play the suite's own answers with declared, seeded mistakes. Everything
    made from them says so.
    """
    results, site = out / "results", out / "site"
    _clear(out)
    repository = init_repository(results)
    repository.close()
    options = Options(
        model=list(PROFILES), tier=TIER, trials=trials, concurrency=concurrency, results=results
    )
    result, report = execute(options, quiet=False)
    show_table(result, report)
    for note in notes(result):
        click.echo(f"fcbench: {note}", err=True)
    conclude(result)
    commit = commit_results(results, "Add results of simulated models")
    pages = build_site(results, site)
    click.echo(f"results: {results}, a git repository" + (f" at commit {commit[:12]}" if commit else ""))
    click.echo(f"site:    {site}, {pages} pages")
    if serve:
        _serve(site, port)
    else:
        click.echo(f"open it: python3 -m http.server --bind 127.0.0.1 --directory {site} {port}")
        click.echo(f"         then http://127.0.0.1:{port}/ in a browser")


def _clear(out: Path) -> None:
    """Make room for a demo. Raises ``BadInput`` for a folder that no demo made."""
    try:
        if out.exists() and not (out / MARKER).is_file() and (not out.is_dir() or any(out.iterdir())):
            raise BadInput(f"--out {out} holds something that no demo made: choose an empty or new folder")
        for made in (out / "results", out / "site"):
            if made.exists():
                shutil.rmtree(made)
        out.mkdir(parents=True, exist_ok=True)
        (out / MARKER).touch()
        (out / "results").mkdir()
    except OSError as error:
        raise EnvironmentFailed(f"cannot write {out}: {error.strerror or error}") from error


def _serve(site: Path, port: int) -> None:
    """Serve ``site`` on loopback until interrupted. Raises ``EnvironmentFailed`` where the port is taken."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise EnvironmentFailed(
            f"cannot listen on port {port}: {error.strerror or error}; choose another with --port"
        ) from error
    with server:
        click.echo(f"serving: http://127.0.0.1:{server.server_address[1]}/ (Ctrl-C to stop)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped")
