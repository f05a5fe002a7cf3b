"""The codes of programs that are written as TypeScript."""

from __future__ import annotations

from fcbench_action.diagnostics.diagnostic import Code, Stage

TYPESCRIPT_SYNTAX = Code(
    "typescript-syntax",
    Stage.PARSE,
    "the text breaks the grammar of the TypeScript that programs are written in",
)
TYPESCRIPT_FORM = Code(
    "typescript-form", Stage.PARSE, "the text is TypeScript that stands for no node of the language"
)
TYPESCRIPT_LIMIT = Code("typescript-limit", Stage.PARSE, "the text is longer or nests deeper than is read")
