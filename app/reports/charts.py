"""Charts as SVG text: one question each, drawn by plain functions.

Lengths in the drawing's own units, of which a chart is `WIDTH` wide; on paper one is about a
quarter of a millimetre. Colours are attributes, so that paper has them without a style
sheet, and classes, so that a page may have others in the dark.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 360.0
ROW, BAR, GAP = 24.0, 12.0, 8.0
SIZE = 11.0
FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
"""For where no style sheet says otherwise; paper has the font that it embeds instead."""
LATIN, WIDE = 0.58, 1.0
"""How wide a letter is, in its size: the average of a Latin one, and a Chinese one."""
COLOURS = {
    "brand": "#0B6E5B",
    "soft": "#9CC9BD",
    "ink": "#14211D",
    "quiet": "#566660",
    "line": "#DAD8D0",
}
LABELS = 0.42
"""The share of a chart's width that names of bars may take."""
HEIGHT = 118.0
MOST_LABELS = 7
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its name: how long, and what is written behind it.

    `value` None draws no bar: what is written stands in its place. `before`: where a mark
    stands, for what it was the last time.
    """

    name: str
    value: float | None
    shown: str
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns that stand together, and what stands under them."""

    name: str
    first: float
    second: float


def bars(title: str, found: Sequence[Bar], *, most: float | None = None) -> str:
    """Return lying bars, one under the other; the longest is `most`, or the greatest value."""
    left = min(WIDTH * LABELS, max((_width(bar.name) for bar in found), default=0) + GAP)
    known = [bar for bar in found if bar.value is not None]
    right = max((_width(bar.shown) for bar in known), default=0) + GAP
    room = WIDTH - left - right
    top = most or max((bar.value or 0 for bar in found), default=0) or 1
    drawn = []
    for position, bar in enumerate(found):
        middle = position * ROW + ROW / 2
        drawn.append(_words(left - GAP, middle + 4, fitted(bar.name, left - GAP), "ink", "end"))
        drawn.append(_box(left, middle - BAR / 2, room, BAR, "line", faint=True))
        long = room * min(bar.value or 0, top) / top
        if bar.value is not None and long > 0:
            drawn.append(_box(left, middle - BAR / 2, max(long, 2), BAR, "brand"))
        if bar.before is not None:
            at = left + room * min(bar.before, top) / top
            drawn.append(_line((at, middle - BAR / 2 - 3), (at, middle + BAR / 2 + 3), "ink", 1.6))
        if bar.value is None:
            drawn.append(_words(left + GAP / 2, middle + 4, bar.shown, "quiet"))
        else:
            drawn.append(_words(left + room + GAP / 2, middle + 4, bar.shown, "ink"))
    return _drawing(title, max(len(found), 1) * ROW, drawn)


def columns(title: str, found: Sequence[Pair], legend: tuple[str, str]) -> str:
    """Return standing columns in pairs over time, with three lines to read them by."""
    top = nice(max((max(pair.first, pair.second) for pair in found), default=0))
    base, head = HEIGHT - 18, 22.0
    left = _width(f"{top:g}") + GAP
    step = (WIDTH - left) / max(len(found), 1)
    wide = min(step * 0.38, 14)
    drawn = [*_legend(legend)]
    for share in (0, 0.5, 1):
        at = base - (base - head) * share
        drawn.append(_line((left, at), (WIDTH, at), "line", 0.8))
        drawn.append(_words(left - GAP / 2, at + 4, f"{top * share:g}", "quiet", "end"))
    every = max(1, -(-len(found) // MOST_LABELS))
    for position, pair in enumerate(found):
        middle = left + step * (position + 0.5)
        for value, x, colour in (
            (pair.first, middle - wide, "soft"),
            (pair.second, middle, "brand"),
        ):
            high = (base - head) * value / top
            if high > 0:
                drawn.append(_box(x, base - high, wide, high, colour))
        if position % every == 0:
            anchor = "end" if middle > WIDTH - 2 * SIZE else "middle"
            drawn.append(_words(middle, HEIGHT - 4, pair.name, "quiet", anchor))
    return _drawing(title, HEIGHT, drawn)


def dots(title: str, found: Sequence[tuple[str, float]], own: str) -> str:
    """Return one scale from 0 to 100 % with a dot for each share, one's own named and full."""
    line, left, right = 34.0, GAP, WIDTH - GAP
    drawn = [_line((left, line), (right, line), "line", 1.2)]
    for share in (0, 0.25, 0.5, 0.75, 1):
        at = left + (right - left) * share
        drawn.append(_line((at, line - 4), (at, line + 4), "line", 1.2))
        drawn.append(_words(at, line + 20, f"{share:.0%}", "quiet", _anchor(share)))
    for name, value in sorted(found, key=lambda pair: pair[0] == own):
        at = left + (right - left) * min(max(value, 0), 1)
        if name == own:
            drawn.append(_dot(at, line, 6.5, "brand"))
            drawn.append(_words(at, line - 14, f"{name} {value:.0%}", "ink", _anchor(value)))
        else:
            drawn.append(_dot(at, line, 5, "soft"))
    return _drawing(title, 58, drawn)


def nice(most: float) -> float:
    """Return the top of a scale: the next even, round number that half of is whole."""
    if most <= 2:  # noqa: PLR2004 the least scale that has a whole middle
        return 2.0
    tens = 10.0 ** (len(str(int(most))) - 1)
    steps = (tens * factor for factor in (1, 2, 4, 6, 8, 10))
    return next(step for step in steps if step >= most)


def fitted(words: str, room: float) -> str:
    """Return words cut to a width, with dots for what is missing."""
    if _width(words) <= room + 0.01:  # as wide as itself, whatever floats say
        return words
    while words and _width(words + "…") > room:
        words = words[:-1]
    return words.rstrip() + "…"


def _width(words: str) -> float:
    """Return about how wide words are, by kinds of letters: nobody here can measure them."""
    wide = sum(unicodedata.east_asian_width(letter) in "WFA" for letter in words)
    return round(SIZE * (wide * WIDE + (len(words) - wide) * LATIN), 2)


def _anchor(share: float) -> str:
    return "start" if share < 0.1 else "end" if share > 0.9 else "middle"  # noqa: PLR2004 edges


def _legend(names: tuple[str, str]) -> list[str]:
    drawn, at = [], 0.0
    for name, colour in zip(names, ("soft", "brand"), strict=True):
        drawn.append(_box(at, 2, 9, 9, colour))
        drawn.append(_words(at + 13, 10.5, name, "quiet"))
        at += 13 + _width(name) + 14
    return drawn


def _box(x: float, y: float, wide: float, high: float, colour: str, *, faint: bool = False) -> str:
    veil = ' fill-opacity="0.45"' if faint else ""
    corner = min(2, wide / 4)
    return (
        f'<rect class="c-{colour}" fill="{COLOURS[colour]}"{veil} '
        f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="{corner:.1f}"/>'
    )


def _dot(x: float, y: float, radius: float, colour: str) -> str:
    return (
        f'<circle class="c-{colour}" fill="{COLOURS[colour]}" '
        f'cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    )


def _line(start: Spot, end: Spot, colour: str, wide: float) -> str:
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line class="s-{colour}" stroke="{COLOURS[colour]}" stroke-width="{wide:.1f}" '
        f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
    )


def _words(x: float, y: float, words: str, colour: str, anchor: str = "start") -> str:
    return (
        f'<text class="c-{colour}" fill="{COLOURS[colour]}" font-size="{SIZE:g}" '
        f'text-anchor="{anchor}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'
    )


def _drawing(title: str, high: float, drawn: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {high:g}" role="img" '
        f'aria-label="{escape(title)}" font-family="{escape(FONT)}">{"".join(drawn)}</svg>'
    )
