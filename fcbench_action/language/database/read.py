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
        if not tolerate_unknown:
            return msgspec.json.decode(text, type=Application)
        return msgspec.convert(_known(msgspec.json.decode(text), Application), Application)
    except RecursionError:
        raise BadInput("the database tree is nested too deeply") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(f"no database tree: {error}") from None


def _known(value: Any, type_: Any) -> Any:
    """``value`` without the properties that ``type_`` does not declare, all the way down."""
    return _drop(value, msgspec.inspect.type_info(type_))


def _drop(value: Any, info: msgspec.inspect.Type) -> Any:
    while isinstance(info, msgspec.inspect.Metadata):
        info = info.type
    if isinstance(value, dict) and isinstance(info, msgspec.inspect.StructType):
        fields = {field.encode_name: field.type for field in info.fields}
        return {key: _drop(item, fields[key]) for key, item in value.items() if key in fields}
    if isinstance(value, list) and isinstance(info, msgspec.inspect.VarTupleType):
        return [_drop(item, info.item_type) for item in value]
    return value
