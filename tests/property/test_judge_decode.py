"""The short way of decoding says what the long way says."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fcbench_action.functions import FUNCTIONS
from fcbench_action.judge.decode import decode, decode_fast
from fcbench_action.judge.explain import explain
from fcbench_action.judge.limits import MAX_DEPTH
from fcbench_action.judge.parse import is_deep, parse_exactly, plain_bytes
from fcbench_action.judge.shape import shape_of, traits_of
from fcbench_action.judge.skeleton import is_deeper
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.node import Node
from tests.judge_trees import Dialect, Root, mutated, values_of

ARGUMENTS = list(
    dict.fromkeys([Root, Dialect, Application, Document, *(f.argument for f in FUNCTIONS.values())])
)
every_argument = pytest.mark.parametrize("argument", ARGUMENTS, ids=lambda argument: argument.__name__)
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=40)


def written(draw: st.DrawFn, value: Any) -> str:
    """JSON in odd but valid spelling, some members written twice."""
    gap = draw(st.sampled_from(["", "", " ", "\n\t"]))
    if isinstance(value, dict):
        members = [(name, member) for name, member in value.items() for _ in range(draw(copies()))]
        inner = [f"{text(draw, name)}{gap}:{gap}{written(draw, member)}" for name, member in members]
        return "{" + gap + f",{gap}".join(inner) + "}"
    if isinstance(value, list):
        return "[" + gap + f",{gap}".join(written(draw, item) for item in value) + gap + "]"
    return text(draw, value) if isinstance(value, str) else json.dumps(value)


def copies() -> st.SearchStrategy[int]:
    return st.sampled_from([1] * 30 + [2])


def text(draw: st.DrawFn, value: str) -> str:
    how = draw(st.sampled_from(["plain", "plain", "ascii", "hexadecimal"]))
    if how == "hexadecimal" and value.isascii():
        return '"' + "".join(f"\\u{ord(c):04x}" for c in value) + '"'
    return json.dumps(value, ensure_ascii=how == "ascii")


@every_argument
@given(data=st.data())
@slowly
def test_both_ways_of_decoding_agree(argument: type[Node], data: st.DataObject) -> None:
    value = data.draw(values_of(argument) | mutated(argument))
    source = st.composite(lambda draw: written(draw, value))()
    both_ways_agree(data.draw(source), argument)


def both_ways_agree(source: str, argument: type[Node]) -> None:
    parsed = parse_exactly(source)
    valid = not parsed.diagnostics and not explain(parsed.value, shape_of(argument)).diagnostics
    decoded = decode(source, argument)
    assert (decoded.argument is not None) == valid
    assert (not decoded.diagnostics) == valid
    raw = plain_bytes(source)
    fast = decode_fast(raw, argument) if raw is not None else None
    if fast is not None:
        assert valid and fast == msgspec.convert(parsed.value, argument) == decoded.argument


@pytest.mark.parametrize(
    "members",
    [
        '"title":"x","title":""',
        '"title":"","title":"x"',
        '"title":"","title":""',
        '"title":"\\u0022\\u0022","title":"x"',
        '"title":"\\u0000"',
        '"title":"\\u0022"',
        '"title":"{[","flag":true',
    ],
)
def test_members_that_are_lost_in_decoding_are_found(members: str) -> None:
    tree = '{"type":"text","text":"a","name":"a"}'
    both_ways_agree(f'{{"tree":{tree},"detail":{{"count":1}},"flag":true,{members}}}', Root)


def test_an_ordinary_argument_takes_the_short_way() -> None:
    source = '{"tree":{"type":"text","text":"a","name":"a"},"detail":{"count":1},"flag":true}'
    assert decode_fast(source.encode(), Root) is not None
    assert decode_fast(json.dumps(json.loads(source), indent=2).encode(), Root) is not None


@pytest.mark.parametrize("extra", [0, 1])
def test_the_bound_on_nesting_is_exact_on_the_short_way(extra: int) -> None:
    lists = MAX_DEPTH - 2 + extra
    assert lists % 2 == extra
    deep = '{"count":1,"moreDetails":[' * (lists // 2) + '{"count":1}' + "]}" * (lists // 2)
    tree = '{"type":"text","text":"a","name":"a"}'
    source = f'{{"tree":{tree},"detail":{deep},"flag":true}}'
    depth = 1 + 2 * (lists // 2) + 1
    assert (decode(source, Root).argument is not None) == (depth <= MAX_DEPTH)
    deeper = source.replace('{"count":1}]', '{"count":1,"moreDetails":[{"count":1}]}]')
    assert [d.code for d in decode(deeper, Root).diagnostics] == ["nested-too-deep"]


@every_argument
def test_encoding_never_adds_a_member_that_the_text_did_not_have(argument: type[Node]) -> None:
    """The short way counts on it: defaults are shared objects, or empty and made by their own type."""
    pending: list[Any] = [msgspec.inspect.type_info(argument)]
    met = set()
    while pending:
        info = pending.pop()
        if isinstance(info, msgspec.inspect.StructType) and info.cls not in met:
            met.add(info.cls)
            for field in info.fields:
                assert field.default_factory in (
                    msgspec.inspect.NODEFAULT,
                    msgspec.NODEFAULT,
                    list,
                    dict,
                    set,
                )
                pending.append(field.type)
        pending += [
            getattr(info, name) for name in ("type", "item_type", "value_type") if hasattr(info, name)
        ]
        pending += getattr(info, "types", ())


NESTED = st.recursive(
    st.none() | st.integers() | st.text(st.sampled_from('[]{}"\\ab,:'), max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text('[]{}"\\', max_size=3), inner, max_size=3)
    ),
    max_leaves=20,
)


@given(NESTED, st.integers(0, 8))
@example([[]], 1)
@example({"\\": '\\"[', "[": [{}]}, 2)
def test_the_skeleton_is_as_deep_as_the_value(value: Any, depth: int) -> None:
    assert is_deeper(json.dumps(value).encode(), depth) == (depth_of(value) > depth)


def depth_of(value: Any) -> int:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if members is None else 1 + max(map(depth_of, members), default=0)


def test_depth_is_counted_alike_everywhere() -> None:
    for depth in (MAX_DEPTH, MAX_DEPTH + 1):
        value = json.loads("[" * depth + "]" * depth)
        assert is_deep(value) == is_deeper(json.dumps(value).encode(), MAX_DEPTH) == (depth > MAX_DEPTH)


def test_traits_know_which_types_contain_themselves() -> None:
    assert traits_of(Application).nesting < 20 and not traits_of(Application).numbers
    assert traits_of(Document).nesting == float("inf") and traits_of(Document).null_defaults


@pytest.mark.parametrize(
    ("tree", "codes"),
    [
        ('{"type":"list","items":[{"type":"number","value":1}]}', []),
        ('{"type":"list","items":[{"type":"map","members":{}}]}', ["unknown-variant"]),
        ('{"type":"list","items":[{"members":{},"type" : "map"}]}', ["unknown-variant"]),
        ('{"type":"text","text":"a","name":"a"}', ["unknown-variant"]),
    ],
)
def test_a_dialect_refuses_the_variants_that_it_lacks(tree: str, codes: list[str]) -> None:
    for title in ("plain", '{\\"type\\":\\"map\\"}'):
        decoded = decode(f'{{"tree":{tree},"title":"{title}"}}', Dialect)
        assert [d.code for d in decoded.diagnostics] == codes
        assert (decoded.argument is None) == bool(codes)
