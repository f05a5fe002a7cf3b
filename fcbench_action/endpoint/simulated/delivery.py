"""How a simulated model's argument arrives: as a proper call, or spoiled in one of the ways listed here."""

from __future__ import annotations

from dataclasses import dataclass

from fcbench_action.endpoint.simulated.draws import Draws

OTHER_FUNCTION = "submit_answer"
"""What a model calls that calls the wrong function."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A reply as it leaves: a call where ``function`` is there, else ``content`` or ``refusal``."""

    finish_reason: str
    function: str | None = None
    arguments: str = ""
    content: str | None = None
    refusal: str | None = None

    @property
    def text(self) -> str:
        """What the model wrote, whatever the form."""
        return self.arguments or self.content or self.refusal or ""


SPOILED: dict[str, str] = {
    "fenced": "puts the JSON into a Markdown code fence",
    "trailing-comma": "leaves a comma before the last closing bracket",
    "unclosed": "leaves out the last closing brackets",
    "unquoted-key": "writes the first key without quotes",
    "prefixed": "says a sentence before the JSON",
    "truncated": "is cut off by its output limit, which the server reports",
    "wrong-function": f"calls ``{OTHER_FUNCTION}`` instead",
    "no-call": "answers in words",
    "refusal": "declines",
}
"""The kinds of delivery errors, and what a model does that makes one. A reply has one at most."""


def deliver(kind: str | None, function: str, text: str, draws: Draws) -> Delivery:
    """The reply that brings the JSON ``text`` to ``function``, spoiled as ``kind`` says."""
    match kind:
        case None:
            return Delivery("tool_calls", function, text)
        case "truncated":
            return Delivery("length", function, _cut(text, draws))
        case "wrong-function":
            return Delivery("tool_calls", OTHER_FUNCTION, text)
        case "no-call":
            return Delivery("stop", content="The requirements are clear. I will call the function next.")
        case "refusal":
            return Delivery("stop", refusal="I cannot help with that.")
        case _:
            return Delivery("tool_calls", function, _broken(kind, text))


def _cut(text: str, draws: Draws) -> str:
    """Between two and nine tenths of it."""
    return text[: max(1, int(len(text) * (0.2 + 0.7 * draws.chance())))].rstrip(" ")


def _broken(kind: str, text: str) -> str:
    match kind:
        case "fenced":
            return f"```json\n{text}\n```"
        case "trailing-comma":
            return f"{text[:-1]},{text[-1]}"
        case "unclosed":
            return text.rstrip("]}") or "{"
        case "unquoted-key":
            return text.replace('"', "", 2)
        case "prefixed":
            return f"Here is the argument: {text}"
    raise ValueError(kind)
