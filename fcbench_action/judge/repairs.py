"""The repairs of the lenient reading, by name. Records and statistics count them."""

from __future__ import annotations

from enum import StrEnum


class Repair(StrEnum):
    """One kind of forgiveness. What is not named here is not forgiven."""

    BYTE_ORDER_MARK = "byte-order-mark"  # dropped at the beginning
    FENCE = "fence"  # the JSON was taken out of a Markdown fence
    SURROUNDING_TEXT = "surrounding-text"  # prose before or after the JSON was dropped
    COMMENT = "comment"  # // ..., # ... and /* ... */ were dropped
    TRAILING_COMMA = "trailing-comma"  # a comma before a closing bracket was dropped
    UNCLOSED = "unclosed"  # brackets that were open at the end were closed
    SINGLE_QUOTES = "single-quotes"  # 'text' was read as "text"
    UNQUOTED_KEY = "unquoted-key"  # {key: ...} was read as {"key": ...}
    PYTHON_LITERAL = "python-literal"  # None, True, False were read as null, true, false
    CONTROL_CHARACTER = "control-character"  # a raw line break or tab in a string was kept
    BAD_ESCAPE = "bad-escape"  # a backslash before a character that needs none was kept as text
    DUPLICATE_KEY = "duplicate-key"  # the last of equal keys was taken
    STRINGIFIED = "stringified"  # an object or array was read out of a string of JSON
    NUMBER_IN_STRING = "number-in-string"  # "42" was read as 42
    BOOLEAN_IN_STRING = "boolean-in-string"  # "true" was read as true
    CONTENT = "content"  # the call was read out of the reply's text, for there was no call
    FUNCTION_NAME = "function-name"  # what stood around the function's name was dropped
    CALL_MARKUP = "call-markup"  # the call was read out of tags or tokens such as <tool_call>
    CALL_WRAPPED = "call-wrapped"  # the call was read out of {"name": ..., "arguments": ...} in the text
