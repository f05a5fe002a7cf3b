from __future__ import annotations

import pytest

from fcbench_action.endpoint.address import parse_address
from fcbench_action.errors import BadInput


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("http://localhost:8000/v1", "localhost:8000"),
        (" https://api.example.com/v1/ ", "api.example.com"),
        ("http://[::1]:8399/v1", "[::1]:8399"),
    ],
)
def test_a_base_url_is_named_by_host_and_port(base_url: str, host: str) -> None:
    address = parse_address(base_url)
    assert address.host == host
    assert address.base_url == base_url.strip().rstrip("/")


@pytest.mark.parametrize(
    "base_url",
    [
        "localhost:8000/v1",
        "ftp://host/v1",
        "file:///etc/passwd",
        "https://",
        "",
        "http://host:port/v1",
        "http://host/v1?key=secret",
        "http://host/v1#x",
        "http://user:secret@host/v1",
        "http://ho st/v1",
        "http://host/v1\nx",
    ],
)
def test_anything_else_is_bad_input_that_shows_no_secret(base_url: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_address(base_url)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_proxy_is_used_as_the_environment_says_and_never_for_loopback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy:3128")
    monkeypatch.setenv("http_proxy", "http://proxy:3128")
    monkeypatch.setenv("no_proxy", "inside.example.com")
    assert parse_address("https://api.example.com/v1").proxy == "http://proxy:3128"
    assert parse_address("https://inside.example.com/v1").proxy is None
    for host in ("localhost", "127.0.0.1:8000", "[::1]:8000", "x.localhost"):
        assert parse_address(f"http://{host}/v1").proxy is None
