"""The lenient reader forgives what it names, takes whatever strict reading takes, and stays bounded."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fcbench_action.judge.decode import decode
from fcbench_action.judge.lenient import read_leniently
from fcbench_action.judge.limits import MAX_BYTES
from fcbench_action.judge.parse import parse
from fcbench_action.judge.shape import shape_of
from fcbench_action.language.interface.nodes import Document
from tests.judge_trees import Root, mutated, values_of

SHAPE = shape_of(Root)
GOOD = {
    "tree": {"type": "list", "items": [{"type": "number", "value": 1.5, "step": 3}]},
    "detail": {"count": 4},
    "flag": True,
    "title": 'It\'s "quoted" \\ // no comment',
}
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


def read(text: str) -> tuple[Any, list[str]]:
    lenient = read_leniently(text, SHAPE)
    return (None, ["unreadable"]) if lenient is None else (lenient.value, [str(r) for r in lenient.repairs])


@given(values_of(Root))
@slowly
def test_what_strict_reading_accepts_needs_no_repair(value: Any) -> None:
    for text in (json.dumps(value), json.dumps(value, indent=1, ensure_ascii=False)):
        assert decode(text, Root).argument is not None
        assert read(text) == (value, [])


@given(mutated(Root))
@slowly
def test_a_value_that_is_json_is_never_unreadable(value: Any) -> None:
    text = json.dumps(value)
    if not parse(text).diagnostics:
        assert read_leniently(text, SHAPE) is not None


def literal(value: Any) -> str:
    return repr(value)


WHOLE = json.dumps(GOOD)
PRETTY = json.dumps(GOOD, indent=2)
CASES = {
    "a fence": (f"```json\n{PRETTY}\n```", "fence"),
    "a fence without a language": (f"```\n{WHOLE}```", "fence"),
    "prose around a fence": (f"Here it is:\n```json\n{WHOLE}\n```\nDone.", "fence surrounding-text"),
    "prose before": (f"Sure! {WHOLE}", "surrounding-text"),
    "prose with braces before": (f"I use {{placeholders}} and {{}}: {WHOLE}", "surrounding-text"),
    "prose after": (f"{WHOLE} I hope this helps }}", "surrounding-text"),
    "a byte order mark": ("\ufeff" + WHOLE, "byte-order-mark"),
    "comments": (PRETTY.replace('"flag"', '// a\n # b\n /* c\n */ "flag"'), "comment"),
    "trailing commas": (PRETTY.replace("\n}", ",\n}").replace("\n    ]", ",\n    ]"), "trailing-comma"),
    "open brackets": (PRETTY.removesuffix("\n}"), "unclosed"),
    "Python": (
        "{'tree': {'type': 'list', 'items': [{'type': 'number', 'value': 1.5, 'step': 3}]}, "
        "'detail': {'count': 4}, 'flag': True, 'title': 'It\\'s \"quoted\" \\\\ // no comment'}",
        "python-literal single-quotes",
    ),
    "keys without quotes": (
        WHOLE.replace('"flag":', "flag:").replace('"count":', "count :"),
        "unquoted-key",
    ),
    "a stringified member": (json.dumps({**GOOD, "tree": json.dumps(GOOD["tree"])}), "stringified"),
    "a stringified document": (json.dumps(WHOLE), "stringified"),
    "strings in strings": (
        json.dumps(json.dumps({**GOOD, "tree": json.dumps(GOOD["tree"])})),
        "stringified",
    ),
    "numbers and booleans in strings": (
        WHOLE.replace("4", '"4"').replace("1.5", '" 1.5 "').replace("true", '"true"'),
        "boolean-in-string number-in-string",
    ),
    "duplicate keys": (WHOLE.replace('"flag"', '"flag": false, "flag"'), "duplicate-key"),
    "all at once": (
        "Sure:\n```json\n"
        + PRETTY.replace('"flag": true', "flag: 'true', // yes").replace("4", '"4"').rstrip("}\n"),
        "boolean-in-string comment fence number-in-string single-quotes surrounding-text "
        "unclosed unquoted-key",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_slip_is_repaired_and_named(name: str) -> None:
    text, repairs = CASES[name]
    assert read(text) == (GOOD, repairs.split())


def test_raw_line_breaks_and_needless_escapes_in_strings_are_kept() -> None:
    text = WHOLE.replace(json.dumps(GOOD["title"]), '"a\nb \\d \\\' \\" c"')
    value, repairs = read(text)
    assert value["title"] == "a\nb \\d ' \" c"
    assert repairs == ["bad-escape", "control-character"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing here",
        "{",
        '{"tree": ',
        '{"tree": NaN}',
        '{"tree": "\\ud800"}',
        '{"flag": tru',
        '{"a" 1}',
        "[1, 2",
    ],
)
def test_what_has_no_repair_is_unreadable(text: str) -> None:
    assert read_leniently(text, SHAPE) is None


WORDS = r"""{"tree": { } [ ] , : " ' \ // /* */ # ```json ``` key True null 1 "[1]" "{\"a\":"""
OTHERS = ("\n", "\x00", "\ud800", "\ufeff", " ")
SLIPS = st.lists(st.sampled_from([*WORDS.split(), *OTHERS]), max_size=30).map("".join)


@given(SLIPS)
@settings(deadline=None, max_examples=300)
@example("{" * 50)
@example('{"tree":"{\\"tree\\":\\"{\\\\\\"tree')
def test_no_text_raises(text: str) -> None:
    read_leniently(text, SHAPE)
    read_leniently(text, shape_of(Document))


def nested_strings(layers: int) -> str:
    text = json.dumps(GOOD)
    for _ in range(layers):
        text = json.dumps({"tree": text})
    return text


HUGE = {
    "openings": '{"tree":[' * 100_000,
    "braces": "{" * 1_000_000,
    "quotes": '"' * 1_000_000,
    "backslashes": '{"a":"' + "\\" * 1_000_000,
    "unclosed comments": "{/*" * 300_000,
    "comments": "{" + "//\n" * 300_000,
    "fences": "```json\n{" * 100_000,
    "strings in strings": nested_strings(12),
    "escaped strings": json.dumps({"tree": "[" + '"a\\" ' * 100_000 + "]"}),
    "single quotes": "{'" * 300_000,
    "duplicate keys": "{" + '"a":1,' * 100_000 + '"a":1}',
    "unquoted keys": "{" + "a:1," * 200_000,
    "bad escapes": '{"a":"' + "\\d" * 300_000 + '"}',
    "too large": "{" * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("name", HUGE)
def test_time_is_bounded_whatever_the_text(name: str) -> None:
    begun = time.process_time()
    read_leniently(HUGE[name], SHAPE)
    parse(HUGE[name])
    assert time.process_time() - begun < 20
