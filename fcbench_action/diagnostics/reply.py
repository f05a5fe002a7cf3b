"""The codes of parsing a reply and checking it against its schema."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Stage

NO_CALL = Code("no-call", Stage.PARSE, "the reply calls no function")
WRONG_FUNCTION = Code(
    "wrong-function", Stage.PARSE, "the reply calls another function than the one asked for"
)
REFUSAL = Code("refusal", Stage.PARSE, "the reply declines to answer")
TRUNCATED = Code("truncated", Stage.PARSE, "the reply was cut off at the output limit before its JSON ended")

EMPTY_TEXT = Code("empty-text", Stage.PARSE, "the arguments are an empty text")
TEXT_TOO_LARGE = Code("text-too-large", Stage.PARSE, "the arguments have more bytes than are read")
BYTE_ORDER_MARK = Code("byte-order-mark", Stage.PARSE, "the arguments begin with a byte order mark")
JSON_SYNTAX = Code("json-syntax", Stage.PARSE, "the arguments break the grammar of JSON")
JSON_UNCLOSED = Code("json-unclosed", Stage.PARSE, "the text ends before the JSON does")
TEXT_AFTER_JSON = Code("text-after-json", Stage.PARSE, "the JSON is complete, and more text follows")
NESTED_TOO_DEEP = Code("nested-too-deep", Stage.PARSE, "objects and arrays nest deeper than is read")
NAN_OR_INFINITY = Code(
    "nan-or-infinity", Stage.PARSE, "a number is NaN or Infinity, which JSON does not have"
)
NUMBER_TOO_LONG = Code("number-too-long", Stage.PARSE, "an integer has more digits than are read")
NUMBER_OUT_OF_RANGE = Code("number-out-of-range", Stage.PARSE, "a number is larger than any double")
DUPLICATE_KEY = Code("duplicate-key", Stage.PARSE, "an object has the same key twice")
LONE_SURROGATE = Code("lone-surrogate", Stage.PARSE, "a string holds half of a surrogate pair")
NUL_CHARACTER = Code("nul-character", Stage.PARSE, "a string holds the character U+0000")

WRONG_TYPE = Code("wrong-type", Stage.SCHEMA, "a value has another type than declared")
JSON_IN_STRING = Code("json-in-string", Stage.SCHEMA, "an object or array was sent as a string of JSON")
MISSING_PROPERTY = Code("missing-property", Stage.SCHEMA, "a required property is absent")
UNEXPECTED_PROPERTY = Code(
    "unexpected-property", Stage.SCHEMA, "an object has a property that is not declared"
)
MISSING_VARIANT = Code("missing-variant", Stage.SCHEMA, "a node does not say which variant it is")
UNKNOWN_VARIANT = Code("unknown-variant", Stage.SCHEMA, "a node names a variant that does not exist here")
VALUE_NOT_ALLOWED = Code("value-not-allowed", Stage.SCHEMA, "a value is none of those that are allowed")
PATTERN_MISMATCH = Code("pattern-mismatch", Stage.SCHEMA, "a text does not match its pattern")
TEXT_LENGTH = Code("text-length", Stage.SCHEMA, "a text is too short or too long")
NUMBER_BOUNDS = Code("number-bounds", Stage.SCHEMA, "a number is too small, too large or no multiple")
ITEM_COUNT = Code("item-count", Stage.SCHEMA, "an array or object has too few or too many entries")
