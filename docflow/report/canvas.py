"""A canvas: shapes and words as SVG whose colours are names; every word is escaped."""

from __future__ import annotations

import unicodedata
from html import escape
from itertools import pairwise
from math import floor, log10
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from docflow.report.words import Voice
    from docflow.text import Text

__all__ = ["Canvas", "Scale", "apart", "round_number", "shortened", "ticks", "wide"]

Anchor = Literal["start", "middle", "end"]
WIDTH_OF_MARK: Final = 6.9  # of 13 px; a little more than most marks need
SIDES: Final = {"start": "", "middle": "m", "end": "e"}
"""The classes of the sides on which words stand: shorter than an attribute at each of a thousand words."""
NO_WIDTH: Final = ("Mn", "Me", "Cf")


class Canvas:
    """An SVG that is being drawn: shapes say which class they are of, and the style sheet says what that looks like.

    >>> from docflow.report.words import ENGLISH
    >>> canvas = Canvas(40, 20, ENGLISH)
    >>> canvas.text(2, 12, "a < b")
    >>> print(canvas.svg())
    <svg viewBox="0 0 40 20" aria-hidden="true"><text x="2" y="12">a &lt; b</text></svg>
    """

    def __init__(self, width: float, height: float, voice: Voice) -> None:
        self.width, self.height, self.voice = width, height, voice
        self._drawn: list[str] = []

    def line(self, start: tuple[float, float], stop: tuple[float, float], kind: str) -> None:
        """A straight line."""
        (x1, y1), (x2, y2) = start, stop
        self._drawn.append(f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" class="{kind}"/>')

    def lines(self, pairs: Iterable[tuple[tuple[float, float], tuple[float, float]]], kind: str) -> None:
        """Several straight lines of one kind."""
        way = "".join(f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" for (x1, y1), (x2, y2) in pairs)
        self._drawn.append(f'<path d="{way}" class="{kind}"/>')

    def rect(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """A filled rectangle; one of no width is not drawn."""
        if width > 0 and height > 0:
            shape = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
            self._drawn.append(f'<rect {shape} class="{kind}"/>')

    def curve(self, points: Iterable[tuple[float, float]], kind: str) -> None:
        """A line through points."""
        self._drawn.append(f'<polyline points="{_points(points)}" class="{kind}"/>')

    def area(self, points: Iterable[tuple[float, float]], kind: str) -> None:
        """A filled area."""
        self._drawn.append(f'<polygon points="{_points(points)}" class="{kind}"/>')

    def mark(self, x: float, y: float, *, met: bool | None, size: float = 4.5) -> None:
        """A value: a disc when it meets its target, a diamond when it does not; shape and colour say the same."""
        if met is False:
            s, at = _n(size * 1.2), f"M{_n(x)} {_n(y - size * 1.2)}"
            self._drawn.append(f'<path d="{at}l{s} {s}l-{s} {s}l-{s}-{s}z" class="miss"/>')
        else:
            kind = "met" if met else "plain"
            self._drawn.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(size)}" class="{kind}"/>')

    def ring(self, x: float, y: float, size: float = 4.5) -> None:
        """A value that does not decide."""
        self._drawn.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(size)}" class="ring"/>')

    def text(self, x: float, y: float, words: Text | str, kind: str = "", *, anchor: Anchor = "start") -> None:
        """Words, with their foot at a place."""
        kinds = f"{kind} {SIDES[anchor]}".strip()
        looks = f' class="{kinds}"' if kinds else ""
        self._drawn.append(f'<text x="{_n(x)}" y="{_n(y)}"{looks}>{escape(self.voice.say(words))}</text>')

    def svg(self, kind: str = "", *, before: str = "") -> str:
        """All that was drawn. A page hides it from screen readers: the title and the table below say the same."""
        looks = f' class="{kind}"' if kind else ""
        size = f'viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
        return f'<svg {size}{looks} aria-hidden="true">{before}{"".join(self._drawn)}</svg>'


class Scale:
    """A scale from values to places, straight.

    >>> Scale(0, 10, 100, 200)(5), Scale(3, 3, 0, 50)(3)
    (150.0, 0.0)
    """

    def __init__(self, low: float | Fraction, high: float | Fraction, start: float, stop: float) -> None:
        self.low, self.high, self.start, self.stop = float(low), float(high), start, stop

    def __call__(self, value: float | Fraction) -> float:
        """The place of a value; values outside lie on the edge."""
        if self.high <= self.low:
            return float(self.start)
        part = (min(max(float(value), self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + part * (self.stop - self.start)


def ticks(low: float | Fraction, high: float | Fraction, most: int = 6) -> list[float]:
    """Round values that cover a range, evenly apart.

    >>> ticks(0, 19.5), ticks(62.9, 91.7)
    ([0, 5, 10, 15, 20], [60, 70, 80, 90, 100])
    """
    low, high = float(low), float(high)
    reach = (high - low) or abs(high) or 1
    power: float = 10.0 ** floor(log10(reach / most))
    step = next(power * each for each in (1, 2, 5, 10, 20) if reach / (power * each) <= most - 1)
    first = floor(low / step + 1e-9)
    found: list[float] = []
    while not found or found[-1] < high - step * 1e-9:
        found.append(round((first + len(found)) * step, 9))
    return [int(each) if each == int(each) else each for each in found]


def apart(places: Sequence[float], least: float) -> list[float]:
    """The same places, moved so that neighbours are at least so far apart, in the order given.

    >>> apart([10, 12, 40], 8)
    [7.0, 15.0, 40.0]
    """
    order = sorted(range(len(places)), key=lambda n: places[n])
    found = [float(each) for each in places]
    for _ in range(len(places) * 4):
        for one, other in pairwise(order):
            lacks = least - (found[other] - found[one])
            if lacks > 1e-6:  # noqa: PLR2004 - as good as nothing
                found[one] -= lacks / 2
                found[other] += lacks / 2
    return [round(each, 1) for each in found]


def wide(words: str, size: float = 13) -> float:
    """About how wide words are; Thai vowels and tones above and below the line take no room.

    >>> wide("นาที") == wide("นาท")
    True
    """
    marks = sum(1.25 if "๐" <= mark <= "๙" else unicodedata.category(mark) not in NO_WIDTH for mark in words)
    return marks * WIDTH_OF_MARK * size / 13


def round_number(value: float) -> str:
    """A round value as it stands beside a line of a grid.

    >>> round_number(1_500_000), round_number(0.5), round_number(20)
    ('1,500,000', '0.5', '20')
    """
    return f"{value:,.12g}"


def shortened(words: str, room: float, size: float = 13) -> str:
    """The beginning of words that fits into some room, whole if all of it does.

    >>> shortened("a long name", 40), shortened("short", 40)
    ('a lo…', 'short')
    """
    if wide(words, size) <= room:
        return words
    kept = words[: int(room / WIDTH_OF_MARK) * 2]
    while kept and wide(kept + "…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _n(value: float) -> str:
    """A coordinate in as few characters as a tenth of a pixel needs."""
    said = f"{value:.1f}"
    return said.removesuffix(".0").replace("-0.0", "0") if said != "-0.0" else "0"


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
