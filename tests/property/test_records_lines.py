"""Values as lines of JSON: nothing that a server can send is lost on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fcbench_action.judge.types import Reply
from fcbench_action.records.lines import decode_line, encode_line


def paired(text: str) -> str:
    """Two surrogates that make a pair are one character in JSON."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


any_text = st.text(st.characters(codec=None, categories=None), max_size=60).map(paired)
replies = st.builds(Reply, function=any_text | st.none(), arguments=any_text, content=any_text)


@given(replies)
def test_a_value_comes_back_from_its_line(reply: Reply) -> None:
    line = encode_line(reply)
    assert b"\n" not in line and decode_line(line, Reply) == reply
