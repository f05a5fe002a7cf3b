"""A key that a server repeats, however written, is in no word about errors and in no reply that is kept."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote

import pytest

from fcbench_action.endpoint.classify import Again, Answer, Misconfigured, Stop, classify
from fcbench_action.endpoint.secret import hide, is_secret, repeats
from fcbench_action.endpoint.transport import Received
from fcbench_action.judge.types import Reply

KEY = "sk-or-v1-Q7f/x+93&dE=4fGhY2kTz8"

WRITINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "lower": str.lower,
    "backwards": lambda key: key[::-1],
    "json": lambda key: json.dumps(key)[1:-1].replace("/", "\\/"),
    "escaped": lambda key: "".join(f"\\u{ord(c):04x}" for c in key),
    "escaped twice": lambda key: "".join(f"\\\\u{ord(c):04x}" for c in key),
    "half escaped": lambda key: "".join(f"\\u{ord(c):04x}" if n % 3 else c for n, c in enumerate(key)),
    "bytes": lambda key: "".join(f"\\x{ord(c):02x}" for c in key),
    "address": lambda key: quote(key, safe=""),
    "address, all of it": lambda key: "".join(f"%{ord(c):02X}" for c in key),
    "html": html.escape,
    "html, all of it": lambda key: "".join(f"&#{ord(c)};" for c in key),
    "hexadecimal": lambda key: key.encode().hex(),
    "HEXADECIMAL": lambda key: key.encode().hex().upper(),
    "base64": lambda key: base64.b64encode(key.encode()).decode(),
    "base64 url": lambda key: base64.urlsafe_b64encode(key.encode()).decode().rstrip("="),
    "base64 of Bearer": lambda key: base64.b64encode(f"Bearer {key}".encode()).decode(),
    "base64 at 1": lambda key: base64.b64encode(f"x{key}yz".encode()).decode(),
    "zero width": "\u200b".join,
    "zero width, escaped": r"\u200b".join,
    "line feed in the middle": lambda key: f"{key[:9]}\n{key[9:]}",
    "line feed in the middle, escaped": lambda key: rf"{key[:9]}\n{key[9:]}",
    "tabs, escaped twice": r"\\t".join,
    "wide": lambda key: "".join(chr(ord(c) + 0xFEE0) for c in key),
    "spelled with plus": '"+"'.join,
    "base64 in lines": lambda key: "\n".join(
        base64.b64encode(key.encode()).decode()[at : at + 8] for at in range(0, 99, 8)
    ),
    "all but the last four": lambda key: key[:-4],
    "all but the first four": lambda key: key[4:],
    "base64 at 2": lambda key: base64.b64encode(f"xx{key}z".encode()).decode(),
}


SCATTERED = {
    *("zero width", "zero width, escaped", "line feed in the middle", "line feed in the middle, escaped"),
    *("tabs, escaped twice", "wide", "spelled with plus", "base64 in lines"),
}
"""Where the key is in so many pieces that the words around it go too."""


@pytest.mark.parametrize("writing", WRITINGS)
def test_in_words_about_errors_a_key_is_blotted_out_however_it_is_written(writing: str) -> None:
    written = WRITINGS[writing](KEY)
    shown = hide(f"bad key {written}!", KEY)
    if writing in SCATTERED:
        assert "key]" in shown
    else:
        assert shown.startswith("bad key ") and shown.endswith("!") and "[key]" in shown
    assert KEY not in shown and written not in shown


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(
    "member", ["arguments", "content", "function", "refusal", "call_id", "finish_reason"]
)
def test_a_reply_that_repeats_a_key_is_found_out_however_it_is_written(writing: str, member: str) -> None:
    assert repeats(Reply(**{member: f'{{"a": "{WRITINGS[writing](KEY)}"}}'}), KEY)


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("status", [200, 301, 400, 401, 404, 418, 429, 500, 503])
def test_no_finding_holds_a_key_that_a_server_repeats(writing: str, status: int) -> None:
    written = WRITINGS[writing](KEY)
    body = json.dumps({"error": {"message": f"{written} is wrong"}, "model": written}).encode()
    found = classify(Received(status, {"location": f"https://x/?{written}"}, body), 0.0, (KEY,))
    said = (
        found.cause if isinstance(found, Misconfigured) else "" if isinstance(found, Answer) else found.detail
    )
    assert written not in said and KEY not in said


def test_every_secret_is_looked_for() -> None:
    body = json.dumps({"choices": [{"message": {"content": "gateway-token-0123456789"}}]}).encode()
    found = classify(Received(200, {}, body), 0.0, (KEY, "gateway-token-0123456789"))
    assert isinstance(found, Stop) and found.error == "key-in-reply"
    assert isinstance(classify(Received(200, {}, body), 0.0, (KEY,)), Answer)
    found = classify(Received(503, {}, b"gateway-token-0123456789"), 0.0, (KEY, "gateway-token-0123456789"))
    assert isinstance(found, Again) and "[key]" in found.detail


def test_honest_replies_are_left_alone() -> None:
    assert not repeats(Reply(content="sk-or-v1 is how keys begin; base64, %41 &amp; \\u0041"), KEY)
    assert (
        hide("sk-or-v1 is how keys begin: 100 % &amp; more", KEY)
        == "sk-or-v1 is how keys begin: 100 % &amp; more"
    )
    assert not is_secret("AutoBeInterfaceDocument") and is_secret(KEY)


@pytest.mark.parametrize(
    "unit",
    [
        *("x", " ", "\\", r"\u0041", r"\"", "&amp;", "&#65;", "%41", "%25", '{"a":"b\\n"},', "0x41, ", "7"),
        *("sk-or-v1", "&", "&#", "&#x", r"\u00", "\u200b", "\ufb01", "é"),
    ],
)
def test_megabytes_of_hostile_text_are_searched_to_their_end(unit: str) -> None:
    """Where a search looks at a character again and again, this does not end in any reasonable time."""
    text = unit * ((1 << 20) // len(unit))
    assert not repeats(Reply("f", text), KEY) and hide(text, KEY) == text
    assert repeats(Reply("f", text + KEY), KEY)
