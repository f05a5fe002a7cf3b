"""Opening pull requests, against a loopback server that answers as GitHub's API does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fcbench_action.errors import EnvironmentFailed
from fcbench_action.publish.pull_request import Repository, open_pull_request
from tests.github_server import GitHub, serving


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving() as server:
        yield server


def offer(github: GitHub, *, token: str = "sesame", head: str = "fcbench/a&b", body: str = "text") -> str:
    repository = Repository(github.api, "acme/bench", token)
    return open_pull_request(repository, head=head, base="main", title="Add results", body=body)


def test_a_pull_request_is_opened_once_and_then_updated(github: GitHub) -> None:
    first = offer(github, body="one")
    second = offer(github, body="two")
    assert first == second == "https://github.example/acme/bench/pull/1"
    assert [p["body"] for p in github.pulls] == ["two"]


def test_a_body_over_the_limit_is_cut(github: GitHub) -> None:
    offer(github, body="x" * 70_000)
    assert len(github.pulls[0]["body"]) == 60_000


def test_a_refusal_names_the_permission_and_hides_the_token(github: GitHub) -> None:
    with pytest.raises(EnvironmentFailed, match="pull-requests: write") as refused:
        offer(github, token="wrong-secret")
    assert "wrong-secret" not in str(refused.value)


def test_the_servers_reason_is_shown_without_its_escapes(github: GitHub) -> None:
    with pytest.raises(EnvironmentFailed, match=r"Validation Failed; head \\x1b\[31mis gone"):
        offer(github, head="gone")


def test_a_dead_api_is_one_line() -> None:
    with pytest.raises(EnvironmentFailed, match="did not answer"):
        open_pull_request(
            Repository("http://127.0.0.1:9", "a/b", "t"), head="h", base="main", title="t", body=""
        )
