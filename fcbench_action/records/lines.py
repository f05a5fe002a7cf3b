"""Values as JSON, and back, whatever characters they hold.

msgspec refuses lone surrogates, which JSON can write and hostile servers do send. They are kept as
``\\udXXX`` escapes by the standard library, on those lines only; two that make a pair become one character.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_encoder = msgspec.json.Encoder()


def encode_line(value: Any) -> bytes:
    """``value`` as JSON without line feeds; equal values give equal bytes."""
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:
        builtins = msgspec.to_builtins(value)
        return json.dumps(builtins, separators=(",", ":"), allow_nan=False).encode("ascii")


def encode_pretty(value: Any) -> bytes:
    """``value`` as indented JSON in ASCII, for files that people look into."""
    return json.dumps(msgspec.to_builtins(value), indent=2, allow_nan=False).encode("ascii") + b"\n"


def decode_line(line: bytes, type_: type[T]) -> T:
    """The value that a line holds. Raises ``msgspec.DecodeError`` for anything else, however deep or odd."""
    try:
        return msgspec.json.decode(line, type=type_)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        if b"\\ud" not in line:
            raise
    except (RecursionError, UnicodeDecodeError) as error:
        raise msgspec.DecodeError(str(error)) from error
    try:
        return msgspec.convert(json.loads(line), type_)
    except (ValueError, RecursionError) as error:
        raise msgspec.DecodeError(str(error)) from error
