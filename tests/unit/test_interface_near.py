"""Near misses in messages."""

from __future__ import annotations

from fcbench_action.language.near import Hints, Nearest, quoted


def test_the_name_that_was_probably_meant_is_found() -> None:
    nearest = Nearest(["IArticle", "IAuthor", "IArticle.ICreate"])
    assert nearest.to("IArtcle") == "IArticle"
    assert nearest.hint("IAuthr") == ' Did you mean "IAuthor"?'


def test_nothing_is_said_where_nothing_is_alike() -> None:
    assert Nearest(["IArticle"]).hint("members") == ""
    assert Nearest([]).hint("members") == ""
    assert Nearest(["IArticle"]).hint("IArticle" * 100) == ""


def test_looking_ends_with_the_budget_that_several_share() -> None:
    hints = Hints(comparisons=3)
    first, second = Nearest(["aaaa", "aaab"], hints), Nearest(["bbbb", "bbba"], hints)
    assert first.to("aaaa") == "aaaa"
    assert second.to("bbbb") is None


def test_a_quoted_name_is_one_short_plain_line() -> None:
    assert quoted("a\nb\x1b[31m") == '"a b\\x1b[31m"'
    assert len(quoted("x" * 10_000)) == 82
