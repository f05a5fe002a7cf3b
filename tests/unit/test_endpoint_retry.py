from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fcbench_action.endpoint.retry import Policy, asked_wait, next_wait

NOW = 1_445_412_450.0  # Wed, 21 Oct 2015 07:27:30 GMT


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "30"}, 30),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 30),
        ({"retry-after": "Wed, 21 Oct 2015 07:00:00 GMT"}, 0),
        ({"retry-after-ms": "250", "retry-after": "30"}, 0.25),
        ({"x-ratelimit-reset-requests": "6s", "x-ratelimit-reset-tokens": "1m2.5s"}, 62.5),
        ({"x-ratelimit-reset-tokens": "120ms"}, 0.12),
        ({"x-ratelimit-reset-requests": "1d", "x-ratelimit-remaining-requests": "99"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "1e3"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "9" * 400}, None),
        ({"retry-after": "Wed, 99 Oct 99999 07:28:00 GMT"}, None),
        ({"x-ratelimit-reset-tokens": "later"}, None),
    ],
)
def test_what_a_server_asks_for_is_understood_or_ignored(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert asked_wait(headers, NOW) == seconds


@given(st.text(max_size=40))
def test_no_retry_after_raises_or_is_negative(text: str) -> None:
    wait = asked_wait({"retry-after": text, "retry-after-ms": text, "x-ratelimit-reset-x": text}, NOW)
    assert wait is None or wait >= 0


def test_waits_double_up_to_the_longest() -> None:
    policy = Policy(tries=9, first_wait=1, longest_wait=10)
    assert [next_wait(policy, n, 0, None, 0.0) for n in range(1, 9)] == [1, 2, 4, 8, 10, 10, 10, 10]


def test_callers_are_spread_but_never_return_before_they_were_asked_to() -> None:
    assert next_wait(Policy(), 1, 0, None, 0.5) == 0.75
    assert next_wait(Policy(), 1, 0, 20, 0.0) == 20
    assert next_wait(Policy(), 1, 0, 20, 0.9) == pytest.approx(24.5)


def test_a_server_that_asks_for_a_day_gets_the_longest_wait() -> None:
    assert next_wait(Policy(longest_wait=60), 1, 0, 86400, 0.3) == 60


def test_tries_and_total_time_are_bounded() -> None:
    assert next_wait(Policy(tries=3), 3, 0, None, 0.0) is None
    assert next_wait(Policy(total=100), 1, 99.5, None, 0.0) is None
    assert next_wait(Policy(total=100), 1, 50, 60, 0.0) is None
