"""The pages of diagnostics: the registry's own Markdown, with its place on the site around it."""

from __future__ import annotations

import re

from fcbench_action.diagnostics import Code, Stage
from fcbench_action.diagnostics.registry import CODES, page
from fcbench_action.pages import urls, widgets
from fcbench_action.pages.html import Safe, el, join, link, section

_FENCE = re.compile(r"^```(\S+)[^\n]*$", re.MULTILINE)

_STAGES = {
    Stage.PARSE: "The reply is no JSON that the function could take.",
    Stage.SCHEMA: "It is JSON, but not of the argument's type.",
    Stage.COMPILE: "It has the right type, and contradicts itself or what it was given.",
    Stage.RUN: "Found by running it. Graded, never fed back.",
}


def render_index(here: str) -> Safe:
    """Every code, by stage."""
    parts = [
        el("h1", "Diagnostics"),
        el(
            "p",
            "What can be wrong with a reply. A finding has one of these codes, an exact path, and says what "
            "was expected and what was there. The same pages are in ",
            el("code", "fcbench explain CODE"),
            ".",
        ),
    ]
    for stage, meaning in _STAGES.items():
        own = sorted((code for code in CODES.values() if code.stage is stage), key=lambda code: code.name)
        if own:
            heads = [widgets.head("Code"), widgets.head("Meaning"), widgets.head("Severity")]
            rows = [_row(code, here) for code in own]
            parts.append(section(f"Stage {stage.value}", widgets.table(meaning, heads, rows)))
    return join(parts)


def render(code: Code, here: str) -> Safe:
    """What goes above the page of one code."""
    return join(
        (
            widgets.crumbs(here, ("Diagnostics", urls.DIAGNOSTICS), (code.name, None)),
            el("p", f"Stage {code.stage.value} · {code.severity.value}", class_="fcb-note"),
        )
    )


def markdown(code: Code) -> str:
    """The page of one code, its fences as mkdocs reads them: one word after the backticks."""
    return _FENCE.sub(r"```\1", page(code))


def render_viewer(_: str) -> Safe:
    """The place that the viewer's script fills; it links to the codes that have a page."""
    return el("div", id="fcb-viewer", data_codes=" ".join(sorted(CODES)), aria_live="polite")


def _row(code: Code, here: str) -> Safe:
    name = link(urls.relative(urls.diagnostic(code.name), here), el("code", code.name))
    return el(
        "tr",
        el("th", name, scope="row"),
        el("td", code.summary[:1].upper() + code.summary[1:]),
        el("td", code.severity.value),
    )
