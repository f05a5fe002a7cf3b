"""Reads a database tree from text, for people who compile trees by hand.

The judge does not read this way: it decodes and explains (``judge``), and tolerates nothing.
"""

from __future__ import annotations

from typing import Any

import msgspec

from fcbench_action.errors import BadInput
from fcbench_action.language.database.nodes import Application


def read(text: str | bytes, *, tolerate_unknown: bool = False) -> Application:
    """The application that ``text`` holds as JSON.

    ``tolerate_unknown`` accepts and drops properties that the language does not have, as AutoBE's published
    trees carry them. Raises :class:`BadInput` where the text is no database tree.
    """
    try:
        return msgspec.convert(
            normalise(msgspec.json.decode(text), tolerate_unknown=tolerate_unknown), Application
        )
    except RecursionError:
        raise BadInput("the database tree is nested too deeply") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(f"no database tree: {error}") from None


def normalise(value: Any, *, tolerate_unknown: bool = False) -> Any:
    """A JSON value as the language has it: with ``tolerate_unknown`` without the properties that it lacks."""
    return _drop(value, msgspec.inspect.type_info(Application)) if tolerate_unknown else value


def _drop(value: Any, info: msgspec.inspect.Type) -> Any:
    while isinstance(info, msgspec.inspect.Metadata):
        info = info.type
    if isinstance(value, dict) and isinstance(info, msgspec.inspect.StructType):
        fields = {field.encode_name: field.type for field in info.fields}
        return {key: _drop(item, fields[key]) for key, item in value.items() if key in fields}
    if isinstance(value, list) and isinstance(info, msgspec.inspect.VarTupleType):
        return [_drop(item, info.item_type) for item in value]
    return value
