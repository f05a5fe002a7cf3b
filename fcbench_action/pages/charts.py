"""Charts as inline SVG of our own. Colours come from classes, so both palettes and print hold.

Each chart has a text alternative, and the page that shows it has the same numbers in a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fcbench_action.pages.html import Safe, el

_WIDTH, _HEIGHT = 640, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 16, 36, 40
"""Room for the labels in the larger of their two sizes, which is the one for phones."""

_BAR = 100
"""Width of bars in their own units: percent."""


@dataclass(frozen=True, slots=True)
class Point:
    """A rate in [0, 1] with its interval, where there is one."""

    value: float
    low: float | None
    high: float | None


def curve(points: Sequence[Point | None], lenient: float | None, *, name: str, label: str) -> Safe:
    """Share of trials valid by each round, the interval as a band.

    ``lenient`` is the share of first calls that a lenient reader accepts.
    """
    known = [(r, p) for r, p in enumerate(points) if p is not None]
    last = max(len(points) - 1, 1)
    parts = [el("text", "% of trials valid", class_="fcb-axis", x=0, y=20), *_grid()]
    parts += _round_labels(len(points), last)
    band = [(r, p.low, p.high) for r, p in known if p.low is not None and p.high is not None]
    if len(band) > 1:
        edge = [_xy(r, high, last) for r, _, high in band] + [
            _xy(r, low, last) for r, low, _ in reversed(band)
        ]
        parts.append(el("polygon", class_="fcb-band", points=" ".join(edge)))
    if lenient is not None:
        parts.append(_dot(0, lenient, last, "fcb-lenient", f"First call read leniently: {lenient:.1%}"))
    parts.append(el("polyline", class_="fcb-line", points=" ".join(_xy(r, p.value, last) for r, p in known)))
    parts += [_dot(r, p.value, last, "fcb-dot", f"By round {r}: {p.value:.1%}") for r, p in known]
    parts += [_value(r, p.value, last) for r, p in known]
    return _svg(parts, name, label, f"0 0 {_WIDTH} {_HEIGHT}", "fcb-curve")


def stacked(shares: Mapping[str, int], *, label: str) -> Safe:
    """One bar of counts side by side; the keys are outcomes, and name the colour classes."""
    total = sum(shares.values())
    parts, x = [], 0.0
    for outcome, count in shares.items():
        width = _BAR * count / total if total else 0.0
        if width:
            title = el("title", f"{outcome.replace('_', ' ')}: {count} of {total}")
            parts.append(
                el("rect", title, class_=f"fcb-o-{outcome}", x=_n(x), y=0, width=_n(width), height=10)
            )
        x += width
    return el(
        "svg",
        parts,
        class_="fcb-stack",
        viewBox=f"0 0 {_BAR} 10",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )


def interval(point: Point, start: float = 0.0) -> Safe:
    """A small bar from ``start`` to 1: the interval as a line, the value as a tick. Decoration beside the
    number. A table whose bars do not start at 0 says so in its caption.
    """

    def at(value: float) -> float:
        return max(value - start, 0.0) / (1 - start) * _BAR

    low = at(point.value if point.low is None else point.low)
    high = at(point.value if point.high is None else point.high)
    return el(
        "svg",
        el("rect", class_="fcb-rail", x=0, y=4, width=_BAR, height=2),
        el(
            "rect",
            class_="fcb-range",
            x=_n(low),
            y=3,
            width=_n(max(high - low, 0.4)),
            height=4,
        ),
        el("rect", class_="fcb-tick", x=_n(max(at(point.value) - 1, 0)), y=0, width=2, height=10),
        class_="fcb-interval",
        viewBox=f"0 0 {_BAR} 10",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


def _svg(parts: Sequence[Safe], name: str, label: str, box: str, class_: str) -> Safe:
    title = el("title", label, id=f"{name}-title")
    return el("svg", title, parts, class_=class_, viewBox=box, role="img", aria_labelledby=f"{name}-title")


def _grid() -> list[Safe]:
    parts = []
    for tenth in (0, 25, 50, 75, 100):
        y = _y(tenth / 100)
        parts.append(el("line", class_="fcb-grid", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y))
        parts.append(el("text", tenth, class_="fcb-axis", x=_LEFT - 8, y=_n(float(y) + 4), text_anchor="end"))
    return parts


def _round_labels(count: int, last: int) -> list[Safe]:
    names = ["first call"] + [f"round {r}" for r in range(1, count)]
    ends = {0: "start", count - 1: "end"}
    return [
        el(
            "text",
            name,
            class_="fcb-axis",
            x=_x(r, last),
            y=_HEIGHT - 14,
            text_anchor=ends.get(r, "middle") if count > 1 else "start",
        )
        for r, name in enumerate(names)
    ]


def _dot(r: int, value: float, last: int, class_: str, title: str) -> Safe:
    return el("circle", el("title", title), class_=class_, cx=_x(r, last), cy=_y(value), r=4)


def _value(r: int, value: float, last: int) -> Safe:
    y = float(_y(value)) + (-10 if value < 0.1 else 20)
    anchor = "start" if r == 0 else "end" if r == last else "middle"
    return el("text", f"{value * 100:.1f}", class_="fcb-value", x=_x(r, last), y=_n(y), text_anchor=anchor)


def _xy(r: int, value: float, last: int) -> str:
    return f"{_x(r, last)},{_y(value)}"


def _x(r: int, last: int) -> str:
    return _n(_LEFT + 6 + (_WIDTH - _LEFT - _RIGHT - 12) * r / last)


def _y(value: float) -> str:
    return _n(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - value))


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
