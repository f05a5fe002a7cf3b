"""Texts that would do something to a page that printed them as they are, and a results tree full of them.

Whatever runs sets ``window.pwned``; whatever loads asks ``evil.example``.
"""

from __future__ import annotations

import json
from pathlib import Path

from fcbench_action.diagnostics import Diagnostic, Stage
from fcbench_action.functions.base import Grade, Part, Prompt
from fcbench_action.judge.types import Outcome, Reading, Reply
from fcbench_action.records.tree import Place, open_tree, write_records
from fcbench_action.records.types import (
    FORMAT,
    Attempt,
    Record,
    RecordFile,
    Round,
    Sampling,
    ToolText,
    Usage,
)
from tests.record_builder import case_ref, provenance, write_plan

ATTACKS = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "</pre></td></table><img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "' onmouseover='window.pwned=1' autofocus onfocus='window.pwned=1' x='",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<iframe src=javascript:parent.pwned=1></iframe>",
    "<a href=javascript:window.pwned=1>click</a> [click](javascript:window.pwned=1)",
    "<img src=http://evil.example/a.png> ![i](http://evil.example/b.png)",
    "<link rel=stylesheet href=//evil.example/c.css><style>@import '//evil.example/d.css'</style>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'><base href=http://evil.example/>",
    "<form action=http://evil.example/><button formaction=javascript:window.pwned=1>go</button></form>",
    "<details open ontoggle=window.pwned=1><summary>s</summary></details>",
    "<!-- comment --><!--><script>window.pwned=1</script> --!> ]]> <![CDATA[",
    "{{ config.site_dir }} {% for x in [1] %}{{ x }}{% endfor %} {# note #}",
    '---\ntitle: <script>window.pwned=1</script>\n---\n# heading {: onclick="window.pwned=1" }',
    '<div data-slot="leaderboard"></div><div data-slot="page"></div>',
    "--8<-- 'mkdocs.yml'\n```js\nwindow.pwned=1\n```\n!!! note\n    x",
    "<math><mtext></mtext><mglyph><style><!--</style><img title='--><img src onerror=window.pwned=1>'>",
    "<noscript><p title='</noscript><img src=x onerror=window.pwned=1>'>",
    "<textarea></textarea><title></title><plaintext><xmp>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt; &#60;script&#62; \\u003cscript\\u003e",
    "line\u2028separator\u2029paragraph \u202eevil\u202c \u200fmark \u2066iso\u2069 zero\u200bwidth",
    "null\x00 bell\x07 escape\x1b[31m return\r\n tab\t delete\x7f c1\x9b",
    "lone \ud800 surrogate, emoji \U0001f600, e\u0301",
    "__proto__ constructor toString",
    "javascript:window.pwned=1",
    "-" * 40 + ">" * 40,
)


def plain(text: str) -> bool:
    """Whether every character is shown as it is: no control, no mark, nothing invisible."""
    return text.isprintable() and text.isascii()


def attack_tree(results: Path) -> Path:
    """A results tree in which every text that is not this project's own is an attack."""
    open_tree(results)
    for number, text in enumerate(ATTACKS):
        record = attack_record(number, text)
        place = Place(record.provenance.provider, record.provenance.model, record.case.topic)
        tool = ToolText(
            text, text, {"type": "object", "description": text, "properties": {text: {"enum": [text]}}}
        )
        file = RecordFile(FORMAT, {record.case.function: tool}, (record,))
        write_records(results, place, record.provenance.run, "all", file)
        write_plan(results, place, [record])
    return results


def attack_record(number: int, text: str) -> Record:
    """A trial of three rounds, the last one valid, made of ``text`` wherever a text can be."""
    source = provenance(
        provider=f"p{number}{text}",
        model=f"m{text}",
        run=f"abc{number:04d}",
        simulated=number % 7 == 6,
        suite_version="1" if number % 5 else f"1{text}",
        host=text,
        channel=text if number % 3 == 0 else "tool",
        dialect=text,
        sampling=Sampling(temperature=0.5),
        facts={text: text},
    )
    case = case_ref("todo", text if number % 2 else "todos", "database.tables", f"items-{number}")
    case = type(case)(case.id, case.topic, case.module, case.phase, case.function, text, text)
    rounds = (
        _round(0, Outcome.INVALID_JSON, text),
        _round(1, Outcome.NO_CALL, text),
        _round(2, Outcome.VALID, text),
    )
    grade = Grade(0.5, (Part(text, 1.0, 2.0, (text,)),))
    return Record(source, case, 0, Prompt(text, text), rounds, grade)


def _round(index: int, outcome: Outcome, text: str) -> Round:
    called = outcome is not Outcome.NO_CALL
    arguments = text if outcome is Outcome.INVALID_JSON else json.dumps({text: [text, {"a": text}]})
    found = () if outcome is Outcome.VALID else (_diagnostic(text), _diagnostic(text, "not-json"))
    return Round(
        index,
        outcome,
        (Attempt(200, text, 0.5),),
        Usage(100, 50, 10, 0),
        "2026-01-02T03:04:05Z",
        1.0,
        reply=Reply(text if called else None, arguments if called else None, text, text, text, text, 1),
        lenient=Reading(outcome, (text,)),
        diagnostics=found,
        omitted=3,
        feedback="" if outcome is Outcome.VALID else text,
        detail=text,
        served_model=text,
    )


def _diagnostic(text: str, code: str = "") -> Diagnostic:
    return Diagnostic(code or text, Stage.PARSE, (text, 0, text), text, text, text)
