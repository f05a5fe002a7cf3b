"""The mkdocs plugin ``fcbench``: adds a stub for each page that comes from data, and fills the slots.

So plain ``mkdocs build`` and ``mkdocs serve`` make the same site as ``fcbench site``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from fcbench_action.errors import FcbenchError
from fcbench_action.pages.csp import protect
from fcbench_action.pages.html import Safe, scroll
from fcbench_action.pages.load import Site, load
from fcbench_action.pages.stubs import Stub, plain_title, slots, stubs
from fcbench_action.sinks import html as escape

MARKER = ".fcbench-site"
"""The file that says that a folder holds a site of ours, which the next build may replace."""

_SLOT = re.compile(r'<div data-slot="([a-z]+)"></div>')
_OWN = '<div data-slot="page"></div>'
_TABLE = re.compile("<table>(.*?)</table>", re.DOTALL)
_UNNAMED = 'class="md-search" data-md-component="search" role="dialog"'


class FcbenchConfig(Config):  # type: ignore[no-untyped-call] # mkdocs has no types there
    """Options of the plugin in ``mkdocs.yml``."""

    results = config_options.Type(str, default="")
    """The results tree; without one the site says that there are no results yet."""


class FcbenchPlugin(BasePlugin[FcbenchConfig]):  # type: ignore[no-untyped-call]
    """Holds the data of one build. ``site`` may be given; otherwise it is loaded from ``results``."""

    def __init__(self) -> None:
        self.site: Site | None = None
        self._stubs: dict[str, Stub] = {}
        self._texts: dict[str, str] = {}
        self.pages = 0
        self._slots: dict[str, Callable[[str], Safe]] = {}

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the results before mkdocs empties the output folder."""
        if self.site is None:
            self._load(config)
        # A site map holds the day of the build, and nobody needs one for pages that link to each other.
        config.theme.static_templates.discard("sitemap.xml")
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Mark the output folder as ours; mkdocs leaves hidden files there when it empties the folder."""
        marker = Path(config.site_dir, MARKER)
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.write_text("Made by fcbench; the next build replaces this folder.\n", "utf-8")

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a stub for each generated page, and the transcripts."""
        site = self._site()
        self._slots = slots(site)
        self._stubs = {f"{stub.url}index.md": stub for stub in stubs(site)}
        for uri, stub in self._stubs.items():
            content = f"{_OWN}\n\n{stub.markdown}"
            files.append(File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
        if unwanted := files.get_file_from_path("sitemap.xml"):
            files.remove(unwanted)
        for name, source in site.transcripts.items():
            uri = f"transcripts/{name}"
            level = InclusionLevel.INCLUDED
            files.append(File.generated(config, uri, abs_src_path=str(source), inclusion=level))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Give a stub its title, which templates print as it is, and keep cases out of the search index."""
        if stub := self._stubs.get(page.file.src_uri):
            page.meta["title"] = escape(plain_title(stub.title))
            page.meta["hide"] = ["navigation", "toc"]
            page.meta["search"] = {"exclude": not stub.searchable}
        return markdown

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """Give tables of Markdown their scrolling box, and keep a stub's own text out of the search index: of
        such a page only the title is there.
        """
        html = _TABLE.sub(lambda found: scroll(Safe(f'<table class="fcb-table">{found[1]}</table>')), html)
        uri = page.file.src_uri
        if uri not in self._stubs:
            return html
        self._texts[uri] = html.removeprefix(_OWN)
        return _OWN

    def on_post_template(self, output_content: str, *, template_name: str, **_: Any) -> str:
        """Protect the theme's own pages, such as the one for addresses that do not exist."""
        return protect(_named(output_content)) if template_name.endswith(".html") else output_content

    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Write the page's policy, then fill its slots: nothing in a slot is ever trusted as a script."""
        uri = page.file.src_uri
        here = uri.removesuffix("index.md") if uri.endswith("index.md") else uri.removesuffix(".md") + "/"
        own = self._stubs.get(uri)

        def fill(found: re.Match[str]) -> str:
            return own.render(here) + self._texts[uri] if own else self._slots[found[1]](here)

        self.pages += 1
        return _SLOT.sub(fill, protect(_named(output)))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Build again when records change."""
        results = self._results(config)
        if results.is_dir():
            server.watch(str(results))
        return server

    def _load(self, config: MkDocsConfig) -> None:
        results = self._results(config)
        try:
            self.site = load(results) if self.config.results and results.exists() else Site()
        except FcbenchError as error:
            raise PluginError(str(error)) from error

    def _results(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path or ".").parent / self.config.results

    def _site(self) -> Site:
        if self.site is None:
            raise PluginError("the results were not loaded: on_config did not run")
        return self.site


def _named(page: str) -> str:
    """The theme's page with a name for its search dialog, which has none."""
    return page.replace(_UNNAMED, f'{_UNNAMED} aria-label="Search"')
