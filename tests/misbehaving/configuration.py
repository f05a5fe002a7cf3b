"""What the user has to mend: it stops that model at once, in one line, and no other."""

from __future__ import annotations

from typing import Any

from tests.misbehaving.server import says
from tests.misbehaving.table import Misbehaviour


def _stops(name: str, does: str, words: str, status: int, body: Any, *headers: str) -> Misbehaviour:
    return Misbehaviour(name, does, says(status, body, *headers), None, 1, stops=words)


def _error(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, **more}}


CONFIGURATION = (
    _stops("bad-key", "says HTTP 401", "refuses the API key", 401, _error("Incorrect API key provided")),
    _stops("bad-key-mute", "says HTTP 401 and nothing", "refuses the API key", 401, b""),
    _stops(
        "bad-key-400",
        "says HTTP 400 that the key is not valid",
        "refuses the API key",
        400,
        [_error("API key not valid. Please pass a valid API key.", code=400)],
    ),
    _stops(
        "bad-key-200",
        "says HTTP 200 with error 401",
        "refuses the API key",
        200,
        _error("No auth credentials found", code=401),
    ),
    _stops("no-credit", "says HTTP 402", "no credit or quota left", 402, _error("Insufficient credits")),
    _stops(
        "no-quota",
        "says HTTP 429 that the quota is used up",
        "no credit or quota left",
        429,
        _error("You exceeded your current quota", code="insufficient_quota"),
    ),
    _stops(
        "no-quota-wait",
        "says so, and to wait",
        "no credit or quota left",
        429,
        _error("quota", code="insufficient_quota"),
        "retry-after: 20",
    ),
    _stops(
        "no-balance",
        "says HTTP 400 that the balance is too low",
        "no credit or quota left",
        400,
        _error("Your credit balance is too low to access the API."),
    ),
    _stops(
        "credit-exhausted",
        "says HTTP 429 that the credits are used up",
        "no credit or quota left",
        429,
        _error("Your account has run out of credits.", code="credit_exhausted"),
    ),
    _stops(
        "decommissioned",
        "says HTTP 400 that the model is no longer there",
        "does not know the model",
        400,
        _error("The model `x` has been decommissioned.", code="model_decommissioned"),
    ),
    _stops("gone", "says HTTP 410", "does not know the model", 410, _error("this model is deprecated")),
    _stops("proxy", "says HTTP 407", "is behind a proxy", 407, b""),
    _stops("forbidden", "says HTTP 403", "forbids the request", 403, b"<html>forbidden</html>"),
    _stops(
        "region",
        "says HTTP 403 that the region is not served",
        "forbids the request",
        403,
        _error("Country, region, or territory not supported"),
    ),
    _stops(
        "no-model",
        "says HTTP 404",
        "does not know the model",
        404,
        _error("model 'x' not found, try pulling it first"),
    ),
    _stops("no-page", "says HTTP 404 with a page", "does not know the model", 404, b"404 page not found"),
    _stops(
        "no-model-400",
        "says HTTP 400 that the model is unknown",
        "does not know the model",
        400,
        _error("x is not a valid model ID"),
    ),
    _stops("no-post", "says HTTP 405", "serves no chat completions", 405, b"Method Not Allowed"),
)
