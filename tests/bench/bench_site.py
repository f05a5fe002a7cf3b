"""How fast the site is built, against plain mkdocs-material with as many short pages.

``python -m tests.bench.bench_site`` prints it. Figures are CPU seconds per 100 pages, so that a busy machine
does not show.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from fcbench_action.pages.build import build_site
from fcbench_action.pages.load import load
from tests.record_builder import Model, write_tree

TOPICS = ("todo", "bbs", "reddit", "shopping")
MODELS = 25
PLAIN = "site_name: plain\ntheme: {name: material, font: false}\nplugins: [search]\n"


def rows() -> list[tuple[str, str]]:
    """What was measured, and the figure."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        results = write_tree(base / "results", _models(), trials=2, targets=3)
        reading = _cpu(lambda: load(results))
        pages = 0

        def site() -> None:
            nonlocal pages
            pages = build_site(results, base / "out")

        ours = _cpu(site)
        in_nav, hidden = (_plain(base / name, pages, nav) for name, nav in (("nav", True), ("hidden", False)))
        size = sum(p.stat().st_size for p in (base / "out").rglob("*.html")) / pages
    trials = MODELS * len(TOPICS) * 54
    per_100 = 100 / pages
    return [
        (f"site: read records, score {trials:,} trials", f"{reading:.2f} s"),
        (f"site: {pages} pages, without that", f"{(ours - reading) * per_100:.2f} s per 100 pages"),
        (
            "site: plain mkdocs-material, every page in its navigation",
            f"{in_nav * per_100:.2f} s per 100 pages",
        ),
        (
            "site: plain mkdocs-material, one page in its navigation",
            f"{hidden * per_100:.2f} s per 100 pages",
        ),
        (
            "site: ours / plain",
            f"{(ours - reading) / in_nav:.2f} (or {(ours - reading) / hidden:.2f}, one page in it)",
        ),
        ("site: average page", f"{size / 1000:.0f} kB"),
    ]


def _models() -> list[Model]:
    return [
        Model(f"p{i % 5}", f"model-{i}", 0.2 + 0.7 * i / MODELS, 0.6, topics=TOPICS) for i in range(MODELS)
    ]


def _plain(folder: Path, pages: int, nav: bool) -> float:
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# Home\n\nA short page.\n")
    for number in range(pages - 1):
        (docs / f"page{number}.md").write_text(f"# Page {number}\n\nA short page.\n")
    config = folder / "mkdocs.yml"
    config.write_text(PLAIN if nav else f"{PLAIN}nav: [index.md]\nnot_in_nav: '/page*.md'\n")
    return _cpu(lambda: build(load_config(str(config))))


def _cpu(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


if __name__ == "__main__":
    for name, figure in rows():
        print(f"{name:<60} {figure}")
