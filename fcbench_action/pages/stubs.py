"""Which pages there are besides the hand-written ones, and the function that fills each.

A stub is a title and a slot. mkdocs turns it into a page of the theme in a millisecond or two, and the
slot is filled afterwards: no text of a record ever meets the Markdown parser or a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from fcbench_action.diagnostics.registry import CODES
from fcbench_action.pages import cases, codes, leaderboard, models, reference, topics, urls
from fcbench_action.pages.html import Safe, clip
from fcbench_action.pages.load import Site


@dataclass(frozen=True, slots=True)
class Stub:
    """A page made from data. ``url`` ends in a slash; ``markdown`` is text of this project, if it has any.

    ``title`` is hostile; ``searchable`` pages are in the search index, by title.
    """

    url: str
    title: str
    render: Callable[[str], Safe]
    markdown: str = ""
    searchable: bool = False


def stubs(site: Site) -> Iterator[Stub]:
    """Every generated page of the site."""
    suites = site.suites
    yield Stub(urls.TOPICS, "Topics", partial(topics.render_index, suites), searchable=True)
    yield Stub(urls.FUNCTIONS, "Functions", partial(reference.render_index, suites), searchable=True)
    yield Stub(urls.DIAGNOSTICS, "Diagnostics", codes.render_index, searchable=True)
    for name in topics.names(suites):
        fill = partial(topics.render, name, site)
        yield Stub(urls.topic(name), f"Topic {name}", fill, searchable=True)
    for name in reference.names(suites):
        fill = partial(reference.render, name, suites)
        yield Stub(urls.function(name), f"Function {name}", fill, searchable=True)
    for code in CODES.values():
        fill = partial(codes.render, code)
        title = f"Diagnostic {code.name}"
        yield Stub(urls.diagnostic(code.name), title, fill, codes.markdown(code), searchable=True)
    for provider, model in models.names(site):
        name = models.title(provider, model)
        fill = partial(models.render, provider, model, site)
        yield Stub(urls.model(provider, model), name, fill, searchable=True)
    for case_id in sorted({case_id for suite in suites for case_id in suite.cases}):
        yield Stub(urls.case(case_id), case_id, partial(cases.render, case_id, suites))


def slots(site: Site) -> dict[str, Callable[[str], Safe]]:
    """The slots that hand-written pages may name."""
    return {"leaderboard": partial(leaderboard.render, site), "viewer": codes.render_viewer}


def plain_title(title: str) -> str:
    """A title on one line, for the head of a page."""
    return clip(title, 120)
