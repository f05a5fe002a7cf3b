"""The reference pages of functions, derived from the schema that is exported from the node types."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from fcbench_action.functions import FUNCTIONS
from fcbench_action.functions.base import Function
from fcbench_action.language.schema import export
from fcbench_action.pages import urls, widgets
from fcbench_action.pages.data import SuiteData
from fcbench_action.pages.html import Child, Safe, clip, el, join, link, pre, prose, section, slug
from fcbench_action.records.types import ToolText

_REF = "#/$defs/"
_LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minProperties": "at least {} properties",
    "maxProperties": "at most {} properties",
}
_SCHEMA_LIMIT = 200_000


def names(suites: Iterable[SuiteData]) -> list[str]:
    """The benchmark's functions in the order of the phases, then those that only old records know."""
    recorded = {case.ref.function for suite in suites for case in suite.cases.values()}
    return [*FUNCTIONS, *sorted(recorded - FUNCTIONS.keys())]


def render_index(suites: Iterable[SuiteData], here: str) -> Safe:
    """The list of functions."""
    heads = [widgets.head(text) for text in ("Function", "Phase", "It asks for")]
    heads.append(widgets.head("Schema, kB", number=True))
    rows = []
    for name in names(suites):
        function = FUNCTIONS.get(name)
        size = f"{len(json.dumps(export(function.argument))) / 1000:.1f}" if function else ""
        rows.append(
            el(
                "tr",
                el("th", link(urls.relative(urls.function(name), here), el("code", clip(name))), scope="row"),
                el("td", function.phase if function else ""),
                el("td", function.title if function else "No longer part of the benchmark."),
                el("td", size, class_="fcb-num"),
            )
        )
    lead = (
        "A function is one callable that a model must fill. Its argument type is declared once; "
        "the schema that is sent, the checks and these pages derive from it."
    )
    return join(
        (el("h1", "Functions"), el("p", lead), widgets.table("Functions of the benchmark", heads, rows))
    )


def render(name: str, suites: Iterable[SuiteData], here: str) -> Safe:
    """The page of one function: what it is, its argument type by type, and the tool as it was sent."""
    function = FUNCTIONS.get(name)
    parts: list[Child] = [
        widgets.crumbs(here, ("Functions", urls.FUNCTIONS), (name, None)),
        el("h1", el("code", clip(name))),
    ]
    if function:
        parts.append(_argument(function))
    sent = [(suite.version, tool) for suite in suites if (tool := _tool(suite, name))]
    parts += [_sent(version, tool) for version, tool in sent]
    return join(parts)


def _argument(function: Function) -> Safe:
    schema = export(function.argument)
    definitions: dict[str, Any] = schema.get("$defs", {})
    root = {key: value for key, value in schema.items() if key != "$defs"}
    top = function.argument.__name__ if "$ref" not in root else root["$ref"].removeprefix(_REF)
    types = {top: root, **definitions} if "$ref" not in root else definitions
    toc = [el("li", link(f"#{_anchor(name)}", el("code", name))) for name in types]
    return join(
        (
            el("p", prose(function.description), class_="fcb-lead"),
            section(
                "Argument",
                el("p", f"{len(types)} types. The argument is ", _reference(top), "."),
                el("details", el("summary", "All types"), el("ul", toc)),
            ),
            [_type(name, body) for name, body in types.items()],
        )
    )


def _type(name: str, body: dict[str, Any]) -> Safe:
    parts: list[Child] = []
    if text := body.get("description"):
        parts.append(el("p", prose(text)))
    if variants := body.get("anyOf") or body.get("oneOf"):
        parts.append(el("p", "One of:"))
        parts.append(el("ul", [el("li", _kind(variant)) for variant in variants]))
    if properties := body.get("properties"):
        parts.append(_properties(name, properties, set(body.get("required", ()))))
    elif not variants:
        parts.append(el("p", _kind(body), " ", _limits(body)))
    return section(name, parts, level=3, anchor=_anchor(name))


def _properties(name: str, properties: dict[str, Any], required: set[str]) -> Safe:
    heads = [widgets.head(text) for text in ("Property", "Type", "Meaning")]
    rows = [
        el(
            "tr",
            el(
                "th",
                el("code", key),
                el("span", "" if key in required else "optional", class_="fcb-ci"),
                scope="row",
            ),
            el("td", _kind(value)),
            el("td", prose(value.get("description", "")), el("span", _limits(value), class_="fcb-ci")),
        )
        for key, value in properties.items()
    ]
    return widgets.table(f"Properties of {name}", heads, rows)


def _kind(schema: dict[str, Any]) -> Safe:
    if "$ref" in schema:
        return _reference(schema["$ref"].removeprefix(_REF))
    if "const" in schema:
        return el("code", json.dumps(schema["const"]))
    if "enum" in schema:
        return join(_between([el("code", json.dumps(value)) for value in schema["enum"]], " | "))
    if variants := schema.get("anyOf") or schema.get("oneOf"):
        return join(_between([_kind(variant) for variant in variants], " | "))
    if "items" in schema:
        return join(("array of ", _kind(schema["items"])))
    if isinstance(extra := schema.get("additionalProperties"), dict):
        return join(("object, each value ", _kind(extra)))
    kinds = schema.get("type", "anything")
    return join(" | ".join(kinds) if isinstance(kinds, list) else str(kinds))


def _limits(schema: dict[str, Any]) -> Safe:
    texts: list[Child] = [_limit(text, schema[key]) for key, text in _LIMITS.items() if key in schema]
    if "pattern" in schema:
        texts.append(join(("matches ", el("code", schema["pattern"]))))
    if "default" in schema:
        texts.append(join(("default ", el("code", json.dumps(schema["default"])))))
    return join(_between(texts, ", "))


def _limit(text: str, value: int | float) -> str:
    said = text.format(value)
    return said.removesuffix("s").replace("propertie", "property") if value == 1 else said


def _between(parts: list[Any], mark: str) -> list[Child]:
    return [piece for i, part in enumerate(parts) for piece in ((mark, part) if i else (part,))]


def _reference(name: str) -> Safe:
    return link(f"#{_anchor(name)}", el("code", name))


def _anchor(name: str) -> str:
    return f"type-{slug(name)}"


def _tool(suite: SuiteData, name: str) -> ToolText | None:
    return next((case.tool for case in suite.cases.values() if case.tool and case.ref.function == name), None)


def _sent(version: str, tool: ToolText) -> Safe:
    text = json.dumps(tool.parameters, indent=2, ensure_ascii=False)
    return section(
        f"As suite {clip(version, 40)} sent it",
        el("p", "On the wire it is called ", el("code", clip(tool.name)), " and described so:"),
        pre(tool.description),
        el(
            "details",
            el("summary", f"JSON Schema, {len(text):,} characters laid out"),
            pre(text, _SCHEMA_LIMIT),
        ),
        anchor=urls.as_sent(version),
    )
