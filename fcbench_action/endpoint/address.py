"""Base URLs: what a user may give, and how an endpoint is named in messages and records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from fcbench_action.errors import BadInput
from fcbench_action.sinks import one_line


@dataclass(frozen=True, slots=True)
class Address:
    """A checked base URL. ``host`` is what messages and records call it: host and, where given, port."""

    base_url: str
    host: str
    proxy: str | None = None


def parse_address(base_url: str) -> Address:
    """Check a base URL such as ``http://localhost:8000/v1``.

    The proxy is the one that the environment names for it, if any (``HTTPS_PROXY``, ``NO_PROXY`` ...).
    Raises BadInput for anything but http or https, and for credentials, query or fragment in the URL.
    """
    parts = _split(base_url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInput(
            f"base URL {_shown(base_url)} must look like https://host/v1 or http://localhost:8000/v1"
        )
    if "@" in parts.netloc:
        raise BadInput("the base URL holds credentials: take them out and give the key as the API key")
    if parts.query or parts.fragment:
        raise BadInput(f"base URL {_shown(base_url)} has a query or fragment: give it without")
    if any(c.isspace() or not c.isprintable() for c in base_url.strip()):
        raise BadInput(f"base URL {_shown(base_url)} holds blanks or control characters")
    return Address(base_url.strip().rstrip("/"), parts.netloc, _proxy(parts))


def _split(base_url: str) -> SplitResult:
    try:
        parts = urlsplit(base_url)
        _ = parts.port
    except ValueError as error:
        raise BadInput(f"base URL {_shown(base_url)} cannot be read: {error}") from None
    return parts


def _proxy(parts: SplitResult) -> str | None:
    if is_loopback(parts.hostname or "") or proxy_bypass(parts.netloc):
        return None
    return getproxies().get(parts.scheme)


def is_loopback(hostname: str) -> bool:
    """Whether ``hostname`` is this machine by its name or address."""
    try:
        return ip_address(hostname).is_loopback
    except ValueError:
        return hostname == "localhost" or hostname.endswith(".localhost")


def _shown(base_url: str) -> str:
    """The URL for a message, without what may be a password."""
    return repr(one_line(re.split("[?#]", base_url.rsplit("@", 1)[-1])[0]))
