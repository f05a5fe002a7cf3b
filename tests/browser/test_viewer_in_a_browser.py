"""The viewer on replies that were judged: what was sent, what came, where it is wrong, what changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fcbench_action.endpoint.channels import as_sent
from fcbench_action.functions import FUNCTIONS
from fcbench_action.functions.base import Function
from fcbench_action.judge.channels import answer_in
from fcbench_action.judge.judge import assess
from fcbench_action.judge.types import Outcome, Reply
from fcbench_action.pages.build import build_site
from fcbench_action.records.tree import Place, open_tree, write_records
from fcbench_action.records.types import FORMAT, CaseRef, Record, RecordFile, ToolText
from tests.record_builder import case_ref, provenance, record, write_plan
from tests.unit.test_judge_verdicts import FUNCTION, GOOD, WHOLE

PROGRAM = FUNCTIONS["test.write"]
LINES = [
    'export const scenario = "\U0001f600";',
    "",
    "export async function test(api: Api): Promise<void> {",
    '  const ann = api.session("member");',
    "  let broken = 1;",
    "}",
]
TYPESCRIPT = "\n".join(LINES)
MENDED = TYPESCRIPT.replace("let broken = 1;", "const broken = 1 +;")
TOOLS = {
    "database.tables": ToolText("test_root", "Fills a root.", {"type": "object"}),
    "test.write": ToolText("test_write", "Writes a test.", {"type": "object", "title": "Test"}),
}
CUT = WHOLE[:-1] + ",}"
WRONG = json.dumps({**GOOD, "flag": "true"})


def trial(function: Function, case: CaseRef, channel: str, replies: Sequence[Reply], run: str) -> Record:
    """A trial of these replies, each judged."""
    source = provenance("m", "m", channel=channel, run=run)
    rounds = []
    empty = record(*["no_call"] * len(replies), case=case, source=source)
    for blank, sent in zip(empty.rounds, replies, strict=True):
        reply = msgspec.structs.replace(sent, channel=channel)
        verdict = assess(function, None, reply)
        assert verdict.outcome is not Outcome.VALID
        told = {name: getattr(verdict, name) for name in ("outcome", "lenient", "diagnostics", "feedback")}
        rounds.append(msgspec.structs.replace(blank, reply=reply, **told))
    return msgspec.structs.replace(empty, rounds=tuple(rounds))


def call(text: str) -> Reply:
    return Reply(FUNCTION.tool_name, text, finish_reason="tool_calls")


def said(text: str) -> Reply:
    return Reply(content=text, finish_reason="stop")


TREE = case_ref()
TEST = case_ref(function="test.write")
TRIALS = {
    "tool": [trial(FUNCTION, TREE, "tool", [call(CUT), call(WRONG), call(WRONG)], "a" * 12)],
    "text": [
        trial(FUNCTION, TREE, "text", [said(f"So:\n```json\n{WRONG}\n```"), said(CUT)], "b" * 12),
        trial(
            PROGRAM,
            TEST,
            "text",
            [said(f"```\n```ts\n{TYPESCRIPT}\n```\n```")]
            + [said(f"Here:\n```ts\n{text}\n```") for text in (TYPESCRIPT, MENDED)],
            "b" * 12,
        ),
    ],
    "json_schema": [trial(FUNCTION, TREE, "json_schema", [said(f"```json\n{WRONG}\n```")], "c" * 12)],
    "old": [trial(FUNCTION, TREE, "text", [said(WRONG)], "d" * 12)],
}


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judged")
    results = folder / "results"
    open_tree(results)
    for name, records in TRIALS.items():
        place = Place("m", "m", "todo")
        run, channel = records[0].provenance.run, records[0].provenance.channel
        used = {item.case.function: TOOLS[item.case.function] for item in records}
        tools = {key: tool if name == "old" else as_sent(tool, channel, "full") for key, tool in used.items()}
        write_records(results, place, run, "all", RecordFile(FORMAT, tools, tuple(records)))
        write_plan(results, place, records)
    build_site(results, folder / "out")
    return folder / "out"


@pytest.fixture
def view(visit: Callable[..., Any], judged: Path) -> Callable[..., Any]:
    """``view(name, case)`` opens a trial."""

    def open_(name: str, case: CaseRef = TREE, place: str = "", **options: Any) -> Any:
        seen = visit(judged, **options)
        run = TRIALS[name][0].provenance.run
        page = seen.goto(f"viewer/?t=m/m/todo/{run}-all.ndjson.gz#{case.id}/0{place}")
        page.wait_for_selector("#fcb-viewer[data-ready=true]")
        seen.assert_clean()
        return page

    return open_


def summaries(page: Any, number: int = 0) -> list[str]:
    texts: list[str] = page.locator(".fcb-round").nth(number).locator("summary").all_inner_texts()
    return texts


def test_the_title_is_the_case_and_the_way_there_stands_above(view: Callable[..., Any]) -> None:
    page = view("text", TEST)
    assert page.locator("h1").all_inner_texts() == [TEST.title]
    assert page.locator("nav.fcb-crumbs + *, div:has(> nav.fcb-crumbs) + h1").count() == 1
    assert "answers as text" in page.locator("article").inner_text()


def test_a_call_is_sent_with_its_tool_and_nothing_is_added(view: Callable[..., Any]) -> None:
    assert summaries(view("tool"))[:3] == [
        "System prompt",
        "Prompt",
        "Tool test_root: description and schema",
    ]


def test_in_text_no_tool_is_sent_and_the_prompt_says_how_to_answer(view: Callable[..., Any]) -> None:
    page = view("text", TEST)
    found = summaries(page)
    assert not [text for text in found if text.startswith(("Tool", "Schema"))]
    assert "Added to the system prompt: how to answer" in found
    assert "as TypeScript in one fenced code block" in page.locator(".fcb-round").first.inner_text()


def test_under_a_schema_that_schema_is_shown_and_the_note(view: Callable[..., Any]) -> None:
    found = summaries(view("json_schema"))
    assert "Schema that the answer is decoded under, test_root" in found
    assert "Added to the system prompt: how to answer" in found


def test_files_of_earlier_versions_say_that_they_lack_the_note(view: Callable[..., Any]) -> None:
    assert "an earlier version wrote it" in view("old").locator(".fcb-round").first.inner_text()


def test_an_answer_in_text_is_laid_out_with_its_faults_marked(view: Callable[..., Any]) -> None:
    page = view("text")
    first = page.locator(".fcb-round").first
    assert "answer as text" in first.inner_text() and "no tool call" not in first.inner_text()
    assert first.locator(".fcb-faulty").all_inner_texts()[0].strip().startswith('"flag": "true"')
    assert "The whole text, of which the part above was judged" in summaries(page)


def test_a_program_in_text_is_numbered_and_its_faulty_line_marked(view: Callable[..., Any]) -> None:
    second = view("text", TEST).locator(".fcb-round").nth(1)
    assert second.locator(".fcb-json li").count() == len(LINES) + 1
    marked = second.locator(".fcb-faulty")
    assert marked.count() == 1 and "let broken" in marked.inner_text()


def test_an_answer_in_two_fences_is_shown_and_said_to_be_looked_for_elsewhere(
    view: Callable[..., Any],
) -> None:
    first = view("text", TEST).locator(".fcb-round").first
    assert first.locator("pre", has_text="let broken").is_visible()
    assert "the last fenced code block, and that one is empty" in first.inner_text()


def test_the_place_where_reading_stopped_is_marked_and_in_sight(view: Callable[..., Any]) -> None:
    for page in (view("tool"), view("tool", viewport={"width": 360, "height": 740})):
        mark = page.locator(".fcb-round").first.locator("mark.fcb-here")
        assert mark.inner_text() == "," and "json-syntax" in mark.get_attribute("title")
        inside = mark.evaluate(
            "m => { const [a, b] = [m, m.closest('pre')].map(e => e.getBoundingClientRect());"
            " return a.top >= b.top && a.bottom <= b.bottom }"
        )
        assert inside


def test_changes_name_places_with_what_was_and_what_is(view: Callable[..., Any]) -> None:
    page = view("tool")
    rounds = page.locator(".fcb-round")
    assert rounds.first.locator("h3", has_text="Changed").count() == 0
    assert "1 of 1 finding gone" in rounds.nth(1).inner_text()
    assert "Nothing: the same answer again." in rounds.nth(2).inner_text()
    lines = view("text", TEST).locator(".fcb-round").nth(2).locator(".fcb-changes li")
    assert lines.count() == 1
    assert lines.locator("code").inner_text() == "line 5"
    assert lines.locator("del").inner_text() == "let broken = 1;"
    assert lines.locator("ins").inner_text() == "const broken = 1 +;"


CHANGES: list[tuple[str, str, list[list[str | None]]]] = [
    ('{"a":1}', '{ "a": 1 }', []),
    ('{"a":1}', '{"a":1.0}', [["$.a", "1", "1.0"]]),
    ('{"a":1,"b":2}', '{"b":2,"c":3}', [["$.a", "1", None], ["$.c", None, "3"]]),
    ("[1,2,3]", "[0,1,2,3]", [["$[0]", None, "0"]]),
    ('[{"n":1},{"n":2},{"n":3}]', '[{"n":1},{"n":3}]', [["$[1]", '{"n":2}', None]]),
    ('{"x":[{"n":1,"v":[1]},5]}', '{"x":[{"n":1,"v":[2]},5]}', [["$.x[0].v[0]", "1", "2"]]),
    ('{"a":1,"a":2}', '{"a":1,"a":3}', [["$.a", "2", "3"]]),
    ('{"a b":{}}', '{"a b":[]}', [['$["a b"]', "{}", "[]"]]),
    ('{"a":1,}', '{"a":1}', [["character 7", ",", None]]),
    ("a\nb\nc\nd", "a\nc\nD", [["line 2", "b", None], ["line 3", "d", "D"]]),
    ("same", "same", []),
]


def test_what_changed_between_two_texts(view: Callable[..., Any]) -> None:
    page = view("tool")
    for before, after, expected in CHANGES:
        found = page.evaluate("([a, b]) => fcbenchChanges.changes(a, b)", [before, after])
        assert [[one["place"], one.get("was"), one.get("is")] for one in found] == expected, before


def test_the_viewer_finds_the_answer_where_the_judge_does(view: Callable[..., Any]) -> None:
    page = view("tool")
    for content in (
        "{}",
        "```json\n{}\n```",
        "Here:\n```json\n{}\n```\nDone.",
        "```\n1\n```\nor\n```json\n{}\n```",
        "<think>```\n1\n```</think>{}",
        "```json\n{",
        "```",
        "```\n```json\n{}\n```\n```",
        "  ```ts\nx\n\t```\r\n`` `\n",
        "a\u2028```\n\u2029{}\n```",
        "```a`b\n{}\n```",
        "",
    ):
        for channel in ("text", "json_schema"):
            found = page.evaluate("([t, c]) => fcbenchReply.answerIn(t, c)", [content, channel])
            assert found == answer_in(content, channel), content


def test_columns_are_counted_in_characters(view: Callable[..., Any]) -> None:
    script = "t => fcbenchReply.offset(t, { line: 2, column: 3 })"
    assert view("tool").evaluate(script, "x\n\U0001f600ab") == 5
    assert view("tool").evaluate(script, "x") is None


def test_the_strip_of_rounds_stays_in_sight_and_leads_to_each(view: Callable[..., Any]) -> None:
    page = view("tool")
    strip = page.locator(".fcb-strip")
    assert [text.split() for text in strip.locator("li").all_inner_texts()] == [
        ["0", "invalid", "json"],
        ["1", "schema", "violation"],
        ["2", "schema", "violation"],
    ]
    page.locator(".fcb-round details").first.evaluate("d => { d.open = true }")
    strip.get_by_role("link").nth(2).click()
    page.wait_for_function("document.querySelector('[data-round=\"2\"]').getBoundingClientRect().top < 300")
    assert strip.evaluate("e => e.getBoundingClientRect().top") < 60
    assert page.locator(".fcb-round details").first.evaluate("d => d.open"), "the page was made anew"


def test_on_phones_carets_stay_under_their_column_and_marks_have_lines_of_their_own(
    view: Callable[..., Any],
) -> None:
    page = view("tool", viewport={"width": 360, "height": 740})
    excerpt = page.locator(".fcb-excerpt").first
    assert excerpt.inner_text().rstrip("\n").count("\n") == 1
    assert excerpt.evaluate("e => getComputedStyle(e).whiteSpace") == "pre"
    assert page.locator(".fcb-mark").first.evaluate("e => getComputedStyle(e).display") == "block"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_forgiving_verdict_is_shown_only_where_it_differs(view: Callable[..., Any]) -> None:
    texts = view("tool").locator(".fcb-round").all_inner_texts()
    assert ["lenient" in text for text in texts] == [True, True, True]
    assert "lenient" not in view("text", TEST).locator(".fcb-round").nth(1).inner_text()
