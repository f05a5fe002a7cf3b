"""Texts that two sides must read alike: replayed arguments, and the paths in feedback."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from fcbench_action.diagnostics import Path, render_path
from fcbench_action.endpoint.simulated.places import read_path
from fcbench_action.endpoint.wire import is_replayable
from fcbench_action.judge.types import Reply

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
)


@given(st.text(max_size=40) | JSON.map(json.dumps) | JSON.map(lambda value: json.dumps({"a": value})))
@example('{"a":1}}')
@example("\ufeff{}")
def test_only_what_servers_can_load_is_replayed_as_a_call(arguments: str) -> None:
    if is_replayable(Reply("f", arguments)):
        assert isinstance(json.loads(arguments), dict)


@given(st.lists(st.text(max_size=8) | st.integers(0, 10**6), max_size=6).map(tuple))
def test_a_path_that_was_rendered_is_read_back(path: Path) -> None:
    assert read_path(render_path(path)) == path


@given(st.text(max_size=60))
def test_reading_a_path_never_raises(text: str) -> None:
    read_path(text)
