"""Plans, targets, options, budgets and the key: what a run is told, and what it makes of it."""

from __future__ import annotations

from typing import Any

import pytest

from fcbench_action.errors import BadInput, EnvironmentFailed
from fcbench_action.run.budget import Limits, parse_duration
from fcbench_action.run.options import (
    Options,
    check_endpoint,
    find_key,
    make_plans,
    make_tools,
    read_limits,
    read_targets,
)
from fcbench_action.run.plan import estimate, parse_target
from tests.run_world import make_suite, plan


def options(**changes: Any) -> Options:
    defaults = {"model": ["acme/model"], "base_url": "http://localhost:8000/v1", "tier": "full"}
    return Options(**{**defaults, **changes})


@pytest.mark.parametrize(
    ("text", "provider", "model", "wire"),
    [
        ("qwen/qwen3-next", "qwen", "qwen3-next", "qwen/qwen3-next"),
        ("openrouter/qwen/qwen3", "openrouter", "qwen/qwen3", "openrouter/qwen/qwen3"),
        ("llama3:8b", "local", "llama3:8b", "llama3:8b"),
        ("meta/llama3=llama3:8b", "meta", "llama3", "llama3:8b"),
        ("meta/llama3=a=b", "meta", "llama3", "a=b"),
    ],
)
def test_a_model_has_a_public_name_and_one_on_the_wire(text, provider, model, wire):
    target = parse_target(text, "local")
    assert (target.provider, target.model, target.wire) == (provider, model, wire)


@pytest.mark.parametrize("text", ["", "/", "a/", "/b", "a/b=", "=x", "\x1b[31m/"])
def test_what_is_no_model_name_is_refused_in_one_line(text):
    with pytest.raises(BadInput) as caught:
        parse_target(text, "local")
    assert "\n" not in str(caught.value) and "\x1b" not in str(caught.value)


def test_the_same_options_make_the_same_run_and_a_port_makes_no_difference():
    suite = make_suite()
    (first,) = make_plans(options(), suite)
    (again,) = make_plans(options(base_url="http://localhost:9/v1", concurrency=99, max_calls=5), suite)
    (other,) = make_plans(options(base_url="http://127.0.0.1:8000/v1"), suite)
    assert first.provenance == again.provenance and first.provenance.host == "localhost"
    assert first.provenance.run != other.provenance.run


def test_filters_choose_cases():
    (chosen,) = make_plans(options(cases=["toy/m0/*,*/5"], topics=["toy"]), make_suite())
    assert [case.target for case in chosen.cases] == ["0", "2", "4", "5"]


def test_models_are_given_once_and_real_ones_need_an_endpoint():
    assert [target.model for target in read_targets(options(model=["a/b,c", " a/d "]))] == ["b,c", "d"]
    with pytest.raises(BadInput, match="twice"):
        read_targets(options(model=["a/b", "a/b=other"]))
    with pytest.raises(BadInput, match="--model"):
        read_targets(options(model=[]))
    mixed = options(model=["simulated/flawless", "a/b"], base_url=None)
    with pytest.raises(BadInput, match="add --base-url"):
        check_endpoint(mixed, read_targets(mixed))
    simulated = options(model=["simulated/flawless"], base_url=None)
    check_endpoint(simulated, read_targets(simulated))


@pytest.mark.parametrize("model", ["simulated/flawlesss", "acme/real=simulated/flawles"])
def test_a_simulated_model_that_the_embedded_endpoint_lacks_is_refused_with_the_near_miss(model):
    with pytest.raises(BadInput, match="did you mean simulated/flawless"):
        read_targets(options(model=[model], base_url=None))
    assert read_targets(options(model=[model]))


@pytest.mark.parametrize("changes", [{"model": ["x/\udcff"]}, {"label": "\udcff"}])
def test_what_utf_8_cannot_hold_is_refused_in_one_line(changes):
    with pytest.raises(BadInput, match=r"\\udcff.*not UTF-8") as caught:
        make_plans(options(**changes), make_suite())
    str(caught.value).encode()


def test_a_simulated_model_stays_simulated_under_any_other_name():
    assert parse_target("acme/real=simulated/flawless", "local").simulated
    assert parse_target("simulated/real=acme/model", "local").simulated
    assert not parse_target("acme/simulated", "local").simulated


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://x/v1", "http://", "http://u:p@h/v1", "http://h:99999/v1"]
)
def test_a_wrong_base_url_is_refused_without_showing_a_password(url):
    with pytest.raises(BadInput) as caught:
        make_plans(options(base_url=url), make_suite())
    assert "u:p" not in str(caught.value)


def test_the_key_comes_from_the_environment_and_only_this_machine_needs_none():
    remote = options(base_url="https://api.example.com/v1")
    assert find_key(remote, {"FCBENCH_API_KEY": "a", "OPENAI_API_KEY": "b"}) == "a"
    assert find_key(remote, {"OPENAI_API_KEY": "b"}) == "b"
    with pytest.raises(EnvironmentFailed, match=r"api\.example\.com.*FCBENCH_API_KEY"):
        find_key(remote, {"FCBENCH_API_KEY": " "})
    for host in ("localhost", "127.0.0.1", "[::1]", "a.localhost"):
        assert find_key(options(base_url=f"http://{host}:1/v1"), {}) == ""


@pytest.mark.parametrize("url", ["https://x.example/v1", "http://localhost:1/v1", None])
def test_a_named_variable_must_be_set_and_what_may_be_a_key_is_not_shown(url):
    with pytest.raises(BadInput, match="MY_KEY is not set"):
        find_key(options(base_url=url, api_key_env="MY_KEY"), {"OPENAI_API_KEY": "b", "MY_KEY": " "})
    for key in ("sk-0123456789", "gsk_0123456789abcdef", "", "a b"):
        with pytest.raises(BadInput, match="--api-key-env") as caught:
            find_key(options(base_url=url, api_key_env=key), {})
        assert "0123" not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "models.localhost"])
def test_a_server_on_this_machine_is_not_sent_the_key_of_another_service(host):
    local = options(base_url=f"http://{host}:8000/v1")
    assert find_key(local, {"OPENAI_API_KEY": "b"}) == ""
    assert find_key(local, {"OPENAI_API_KEY": "b", "FCBENCH_API_KEY": "a"}) == "a"
    named = options(base_url=local.base_url, api_key_env="OPENAI_API_KEY")
    assert find_key(named, {"OPENAI_API_KEY": "b"}) == "b"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("30m", 1800), ("2h", 7200), ("1h30m", 5400), ("1.5h", 5400)],
)
def test_durations_are_read(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "x", "-5m", "5 m", "1d", "٣m", "nan", "0"])
def test_other_durations_are_refused(text):
    with pytest.raises(BadInput):
        parse_duration(text)


def test_a_money_budget_needs_prices():
    with pytest.raises(BadInput, match="--price-input"):
        read_limits(options(max_cost=1.0))
    assert read_limits(options(max_cost=1.0, price_input=1.0, price_output=2.0)).max_cost == 1.0
    assert read_limits(options(time_budget="1m")) == Limits(seconds=60)


def test_an_estimate_is_between_all_valid_and_none_valid():
    made = plan(4, 3)
    bounds = estimate(made, dict.fromkeys(make_tools(made.cases), 700))
    assert (bounds.cases, bounds.trials, bounds.min_calls, bounds.max_calls) == (4, 12, 12, 60)
    assert 12 * 200 < bounds.min_tokens < bounds.max_tokens


@pytest.mark.parametrize("day", ["2026-99-99", "yesterday", "20260131"])
def test_the_day_of_prices_is_a_day(day):
    with pytest.raises(BadInput, match="--price-date"):
        read_limits(options(price_input=1.0, price_output=2.0, price_date=day))
