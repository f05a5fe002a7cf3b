"""Reading the files that a user names on the command line, and writing what scripts read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from fcbench_action.errors import BadInput
from fcbench_action.records.lines import encode_pretty
from fcbench_action.sinks import json_text

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; far beyond every limit of the judge."""


def read_text(file: Path) -> str:
    """The text of ``file``, or of standard input where it is ``-``. Raises ``BadInput``."""
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with file.open("rb") as stream:
                data = stream.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise BadInput(f"{file}: larger than {LARGEST_FILE // 2**20} MiB; is this the right file?")
        return data.decode("utf-8")
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror or error}; name a file that can be read") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{file}: not UTF-8 text (byte {error.start}); save it as UTF-8") from error


def printed_json(value: Any) -> str:
    """``value`` as indented JSON that can be printed, whatever characters it holds."""
    return json_text(encode_pretty(value).decode().rstrip("\n"))
