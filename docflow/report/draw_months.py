"""Courses over months: a value against its target with its spread, and what was planned against what was earned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.report.canvas import Canvas, Scale, apart, round_number, shortened, ticks, wide
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from docflow.report.drawings import Months, Progress
    from docflow.report.words import Voice

__all__ = ["months", "progress"]

WIDTH: Final = 440
LEFT, FOOT = 40, 34
MOST: Final = 13
"""More months than a year and one have no room for a word each."""
MEAN: Final = Text("เฉลี่ย", "mean")
VALUE: Final = Text("ผล", "value")
MEDIAN: Final = Text("มัธยฐาน", "median")
TARGET: Final = Text("เป้า", "target")
PLANNED: Final = Text("แผน", "planned")
EARNED: Final = Text("ผล", "earned")
HALF: Final = 50
WHOLE: Final = 100


def months(drawing: Months, voice: Voice) -> str:
    """A value month by month."""
    canvas, goal = Canvas(WIDTH, 250, voice), None if drawing.target is None else float(drawing.target.value)
    aim = voice.say(f"{voice.say(TARGET)} {drawing.target}") if goal is not None else ""
    right = WIDTH - max(76, min(wide(aim) + 12, 150))  # where the plot ends, and words begin
    foot = 250 - FOOT
    steps = _steps(drawing, goal)
    left = max(LEFT, *(wide(voice.say(round_number(step))) + 12 for step in steps))
    across = Scale(0, max(len(drawing.months) - 1, 1), left + 18, right - 16)
    up = Scale(steps[0], steps[-1], foot, 22)
    canvas.lines((((left, up(step)), (right, up(step))) for step in steps), "grid")
    for step in steps:
        canvas.text(left - 6, up(step) + 4, round_number(step), "soft", anchor="end")
    labels = []
    edges = zip(drawing.low, drawing.high, strict=True)
    spread = [
        (across(n), up(low), up(high)) for n, (low, high) in enumerate(edges) if low is not None and high is not None
    ]
    if spread:
        there, back = [(x, high) for x, _, high in spread], [(x, low) for x, low, _ in reversed(spread)]
        canvas.area([*there, *back], "band")
        labels.append((spread[-1][1] - 6, "p10–p90", "soft"))
    middle = [(across(n), up(value)) for n, value in enumerate(drawing.middle) if value is not None]
    if middle:
        canvas.curve(middle, "curve median")
        labels.append((middle[-1][1], voice.say(MEDIAN), "soft"))
    if goal is not None:
        canvas.line((left, up(goal)), (right, up(goal)), "goal dash")
        labels.append((up(goal), shortened(aim, WIDTH - right - 6), "bold"))
    points = [(across(n), up(value), value) for n, value in enumerate(drawing.values) if value is not None]
    canvas.curve([(x, y) for x, y, _ in points], "curve")
    told = _told([value for _, _, value in points])
    for n, (x, y, value) in enumerate(points):
        met = None if drawing.target is None else drawing.target.met(value)
        canvas.mark(x, y, met=met, size=4.5 if len(points) <= MOST else 2.5)
        if n in told:
            beside = [points[k][1] for k in (n - 1, n + 1) if 0 <= k < len(points)]
            below = y + 19 < foot and bool(beside) and sum(beside) / len(beside) < y
            canvas.text(x, y + 19 if below else y - 9, _short(value), "halo", anchor="middle")
    if points:
        labels.append((points[-1][1], voice.say(MEAN if drawing.low else VALUE), "bold series"))
    for place, (_, words, kind) in zip(apart([at for at, *_ in labels], 15), labels, strict=True):
        canvas.text(right + 6, place + 4, words, kind)
    _month_names(canvas, drawing.months, across, foot + 18)
    return canvas.svg("picture")


def _steps(drawing: Months, goal: float | None) -> list[float]:
    """The values beside the lines of a grid: from nought on, but for percentages that are all high."""
    lines = (drawing.values, drawing.low, drawing.high)
    reach = [float(each) for line in lines for each in line if each is not None] + ([] if goal is None else [goal])
    low, high = min(reach), max(reach)
    if drawing.unit == "%" and low >= HALF:
        return ticks(low - (high - low) / 8, high)  # room for what is said below the lowest
    return ticks(min(low, 0), max(high, 1))


def _told(values: Sequence[Fraction]) -> set[int]:
    """Which values are written beside their marks: all of a year; of more, the first, the last and the extremes."""
    places = range(len(values))
    if len(values) <= MOST:
        return set(places)
    lowest, highest = min(places, key=values.__getitem__), max(places, key=values.__getitem__)
    return {0, len(values) - 1, lowest, highest}


def progress(drawing: Progress, voice: Voice) -> str:
    """What was planned and what was earned, in percent."""
    height = 190
    canvas = Canvas(WIDTH, height, voice)
    across = Scale(0, max(len(drawing.months) - 1, 1), LEFT + 12, WIDTH - 82)
    up = Scale(0, WHOLE, height - FOOT, 22)
    steps = (0, 25, 50, 75, 100)
    canvas.lines((((LEFT, up(step)), (WIDTH - 64, up(step))) for step in steps), "grid")
    for step in steps:
        canvas.text(LEFT - 6, up(step) + 4, f"{step}", "soft", anchor="end")
    labels = []
    for line, kind, words in ((drawing.planned, "curve plan", PLANNED), (drawing.earned, "curve", EARNED)):
        points = [(across(n), up(value)) for n, value in enumerate(line) if value is not None]
        if points:
            canvas.curve(points, kind)
            labels.append((points[-1][1], words, "soft" if words is PLANNED else "bold series"))
            if words is EARNED:
                canvas.mark(*points[-1], met=None)
    for place, (_, words, kind) in zip(apart([at for at, *_ in labels], 15), labels, strict=True):
        canvas.text(WIDTH - 58, place + 4, words, kind)
    _month_names(canvas, drawing.months, across, height - FOOT + 18)
    return canvas.svg("picture")


def _month_names(canvas: Canvas, months: Sequence[str], across: Scale, y: float) -> None:
    """The months below a picture, as many as there is room for; the year below the first, and below each January."""
    every = -(-len(months) // MOST)
    january = 0.0
    for n, month in enumerate(months):
        name, year = canvas.voice.month(month).rsplit(" ", 1)
        if n % every == 0:
            canvas.text(across(n), y, name, "soft small", anchor="middle")
        if (n == 0 or month.endswith("-01")) and across(n) - january > 30:  # noqa: PLR2004 - a year is as wide
            canvas.text(across(n), y + 14, year, "soft small", anchor="middle")
            january = across(n)


def _short(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.1f}" if value < WHOLE else f"{float(value):,.0f}"
