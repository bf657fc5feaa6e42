"""Drawings as SVG: each picture of a report, in one voice; the page and the files of slides have the same ones."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from docflow.report.canvas import Canvas, Scale, apart, shortened, ticks, wide
from docflow.report.drawings import (
    Days,
    Distance,
    Dots,
    Heat,
    Histogram,
    Months,
    Progress,
    Spark,
    Stages,
)
from docflow.report.words import THAI_WEEKDAYS, WEEKDAYS, Voice, took
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from fractions import Fraction

    from docflow.report.drawings import Span

__all__ = ["drawn", "states_key"]

WIDTH: Final = 440
LEFT, FOOT = 40, 34
MEAN: Final = Text("เฉลี่ย", "mean")
VALUE: Final = Text("ผล", "value")
MEDIAN: Final = Text("มัธยฐาน", "median")
TARGET: Final = Text("เป้า", "target")
PLANNED: Final = Text("แผน", "planned")
EARNED: Final = Text("ผล", "earned")
DECIDES: Final = Text("ใช้ตัดสิน", "decides")
DUE: Final = Text("ครบกำหนด", "due")
HEATS: Final = 6
HALF: Final = 50
WHOLE: Final = 100


@singledispatch
def drawn(drawing: object, voice: Voice) -> Markup:
    """A drawing as an SVG element.

    >>> from docflow.report.drawings import Stages
    >>> from docflow.report.words import ENGLISH
    >>> str(drawn(Stages(((Text("", "screened"), 30.0),)), ENGLISH)).startswith("<svg")
    True

    Raises `TypeError` for what is no drawing.
    """
    raise TypeError(f"{drawing!r} is no drawing; give one of docflow.report.drawings")


@drawn.register
def _spark(drawing: Spark, voice: Voice) -> Markup:
    canvas = Canvas(132, 28, voice)
    known = [value for value in drawing.values if value is not None]
    goal = None if drawing.target is None else float(drawing.target.value)
    low, high = min(known), max(known)
    if goal is not None and low - (high - low) <= goal <= high + (high - low):
        low, high = min(low, goal), max(high, goal)
    across, up = Scale(0, max(len(drawing.values) - 1, 1), 5, 127), Scale(low, high, 23, 5)
    if low == high:
        up = Scale(low - 1, high + 1, 23, 5)
    if goal is not None and low <= goal <= high:
        canvas.line((2, up(goal)), (130, up(goal)), "goal dash")
    points = [(across(n), up(value), value) for n, value in enumerate(drawing.values) if value is not None]
    canvas.curve([(x, y) for x, y, _ in points], "curve thin")
    for n, (x, y, value) in enumerate(points):  # the months that missed the target, and the last
        met = None if drawing.target is None else drawing.target.met(value)
        if met is False or n == len(points) - 1:
            canvas.mark(x, y, met=met, size=2.2)
    return canvas.svg("spark")


@drawn.register
def _distance(drawing: Distance, voice: Voice) -> Markup:
    canvas = Canvas(132, 22, voice)
    scale = Scale(0, drawing.most, 6, 126)
    canvas.line((6, 11), (126, 11), "track")
    if drawing.target is not None:
        goal = scale(float(drawing.target.value))
        least = drawing.target.direction.value == "≥"
        start, stop = (goal, 128) if least else (4, goal)
        canvas.rect(start, 6, max(stop - start, 2), 10, "zone")
        if drawing.value is not None:
            canvas.line((scale(drawing.value), 11), (goal, 11), "gap")
        canvas.line((goal, 2), (goal, 20), "goal")
    if drawing.value is not None:
        met = None if drawing.target is None else drawing.target.met(drawing.value)
        canvas.mark(scale(drawing.value), 11, met=met)
    return canvas.svg("distance")


@drawn.register
def _months(drawing: Months, voice: Voice) -> Markup:
    height, labels = 250, []
    canvas = Canvas(WIDTH, height, voice)
    goal = None if drawing.target is None else float(drawing.target.value)
    shown = [each for line in (drawing.values, drawing.low, drawing.high) for each in line if each is not None]
    reach = shown if goal is None else [*shown, goal]
    low = min(reach) if drawing.unit == "%" and min(reach) >= HALF else 0
    high = min(WHOLE, max(reach)) if drawing.unit == "%" else max(*reach, 1)
    steps = ticks(low, high)
    across = Scale(0, max(len(drawing.months) - 1, 1), LEFT + 18, WIDTH - 84)
    up = Scale(steps[0], steps[-1], height - FOOT, 22)
    canvas.lines((((LEFT, up(step)), (WIDTH - 66, up(step))) for step in steps), "grid")
    for step in steps:
        canvas.text(LEFT - 6, up(step) + 4, f"{step:,g}", "soft", anchor="end")
    spread = [
        (across(n), up(least), up(most))
        for n, (least, most) in enumerate(zip(drawing.low, drawing.high, strict=True))
        if least is not None and most is not None
    ]
    if spread:
        there, back = [(x, most) for x, _, most in spread], [(x, least) for x, least, _ in reversed(spread)]
        canvas.area([*there, *back], "band")
        labels.append((spread[-1][1] - 6, "p10–p90", "soft"))
    middle = [(across(n), up(value)) for n, value in enumerate(drawing.middle) if value is not None]
    if middle:
        canvas.curve(middle, "curve median")
        labels.append((middle[-1][1], voice.say(MEDIAN), "soft"))
    if goal is not None and drawing.target is not None:
        canvas.line((LEFT, up(goal)), (WIDTH - 66, up(goal)), "goal dash")
        labels.append((up(goal), f"{voice.say(TARGET)} {drawing.target}", "bold"))
    points = [(across(n), up(value), value) for n, value in enumerate(drawing.values) if value is not None]
    canvas.curve([(x, y) for x, y, _ in points], "curve")
    for n, (x, y, value) in enumerate(points):
        met = None if drawing.target is None else drawing.target.met(value)
        canvas.mark(x, y, met=met)
        beside = [points[k][1] for k in (n - 1, n + 1) if 0 <= k < len(points)]
        below = y + 19 < height - FOOT and bool(beside) and sum(beside) / len(beside) < y
        canvas.text(x, y + 19 if below else y - 9, _short(value), "halo", anchor="middle")
    if points:
        labels.append((points[-1][1], voice.say(MEAN if drawing.low else VALUE), "bold series"))
    for place, (_, words, kind) in zip(apart([at for at, *_ in labels], 15), labels, strict=True):
        canvas.text(WIDTH - 60, place + 4, words, kind)
    _month_names(canvas, drawing.months, across, height - FOOT + 18)
    return canvas.svg("picture")


def _month_names(canvas: Canvas, months: Sequence[str], across: Scale, y: float) -> None:
    """The months below a picture; the year below the first one, and below each January."""
    for n, month in enumerate(months):
        name, year = canvas.voice.month(month).rsplit(" ", 1)
        if len(months) <= 13 or n % 3 == 0:  # noqa: PLR2004 - a year and a month
            canvas.text(across(n), y, name, "soft small", anchor="middle")
        if n == 0 or month.endswith("-01"):
            canvas.text(across(n), y + 14, year, "soft small", anchor="middle")


@drawn.register
def _histogram(drawing: Histogram, voice: Voice) -> Markup:
    height, foot = 250, 44
    canvas = Canvas(WIDTH, height, voice)
    bars, more = len(drawing.counts), len(drawing.beyond)
    right = WIDTH - 8 - more * 46
    steps = ticks(0, max([*drawing.counts, *(n for _, n in drawing.beyond), 1]), 5)
    across, up = Scale(0, bars, LEFT, right), Scale(0, steps[-1], height - foot, 50)
    canvas.lines((((LEFT, up(step)), (WIDTH - 8, up(step))) for step in steps), "grid")
    for step in steps:
        canvas.text(LEFT - 6, up(step) + 4, f"{step:,g}", "soft", anchor="end")
    for n, count in enumerate(drawing.counts):
        over = drawing.over is not None and n * drawing.width >= drawing.over
        gap = 1 if across(1) - LEFT > 3 else 0  # noqa: PLR2004 - narrower bars have no room between them
        canvas.rect(across(n), up(count), across(1) - LEFT - gap, height - foot - up(count), "bar2" if over else "bar")
    every = max(1, round(5 / drawing.width)) if drawing.width < 5 else 1  # noqa: PLR2004 - a label each five minutes
    while bars / every > 9:  # noqa: PLR2004 - more would not fit
        every *= 2
    for n in range(0, bars + 1, every):
        canvas.text(across(n), height - foot + 16, f"{n * drawing.width:,g}", "soft small", anchor="middle")
    for n, (name, count) in enumerate(drawing.beyond):
        x = right + 12 + n * 46
        canvas.rect(x, up(count), 32, height - foot - up(count), "miss")
        canvas.text(x + 16, up(count) - 6, f"{count:,}", "halo", anchor="middle")
        canvas.text(x + 16, height - foot + 16, name, "soft small", anchor="middle")
    canvas.text(
        (LEFT + right) / 2, height - 8, Text("นาทีราชการ", "minutes of office time"), "soft small", anchor="middle"
    )
    for n, (at, words) in enumerate(sorted(drawing.marks, key=lambda mark: mark[0])):
        x, y = across(at / drawing.width), 14 + 16 * (n % 3)
        said = voice.say(words)
        canvas.line((x, y + 4), (x, height - foot), "goal dash")
        fits = x + 4 + wide(said) < WIDTH
        canvas.text(x + 4 if fits else x - 4, y + 2, said, "halo", anchor="start" if fits else "end")
    return canvas.svg("picture")


@drawn.register
def _dots(drawing: Dots, voice: Voice) -> Markup:
    row = 42
    canvas = Canvas(WIDTH, row * len(drawing.rows) + 26, voice)
    known = [value for _, value, _, _ in drawing.rows if value is not None] or [0]
    goal = None if drawing.target is None else float(drawing.target.value)
    reach = known if goal is None else [*known, goal]
    steps = ticks(0 if min(reach) < HALF else min(reach) - (max(reach) - min(reach)) / 8, max(reach))
    across = Scale(steps[0], steps[-1], 8, WIDTH - 76)
    foot = row * len(drawing.rows) + 2
    canvas.lines((((across(step), 6), (across(step), foot)) for step in steps), "grid")
    for step in steps:
        canvas.text(across(step), foot + 16, f"{step:,g}", "soft small", anchor="middle")
    if goal is not None:
        canvas.line((across(goal), 2), (across(goal), foot), "goal dash")
    for n, (name, value, written, decides) in enumerate(drawing.rows):
        y = n * row
        if decides:
            canvas.rect(0, y + 2, WIDTH, row - 3, "panel")
        mark = f" – {voice.say(DECIDES)}" if decides else ""
        canvas.text(6, y + 17, f"{shortened(voice.say(name), WIDTH - 110)}{mark}", "bold" if decides else "halo")
        if value is not None:
            canvas.line((across(steps[0]), y + 30), (across(value), y + 30), "stem")
            if decides:
                canvas.mark(across(value), y + 30, met=None)
            else:
                canvas.ring(across(value), y + 30)
        canvas.text(WIDTH - 6, y + 30, written, "bold" if decides else "", anchor="end")
    return canvas.svg("picture")


@drawn.register
def _stages(drawing: Stages, voice: Voice) -> Markup:
    row, total = 44, sum(minutes for _, minutes in drawing.rows)
    canvas = Canvas(WIDTH, row * len(drawing.rows) + 24, voice)
    across, before = Scale(0, total, 8, WIDTH - 12), 0.0
    foot = row * len(drawing.rows) + 2
    hours = total / 60
    for step in ticks(0, hours if hours >= 2 else total, 7):  # noqa: PLR2004 - less than two hours are said in minutes
        minutes = step * 60 if hours >= 2 else step  # noqa: PLR2004 - the same
        if minutes <= total:
            canvas.line((across(minutes), 2), (across(minutes), foot), "grid")
            near = across(minutes) > WIDTH - 40
            canvas.text(
                WIDTH if near else max(across(minutes), 16),
                foot + 16,
                took(minutes, voice),
                "soft small",
                anchor="end" if near else "middle",
            )
    for n, (name, minutes) in enumerate(drawing.rows):
        y = n * row
        said = took(minutes, voice)
        canvas.text(6, y + 16, shortened(voice.say(name), WIDTH - 30 - wide(said)))
        canvas.text(WIDTH - 6, y + 16, said, "bold", anchor="end")
        width = max(across(before + minutes) - across(before), 1.5)
        canvas.rect(across(before), y + 22, width, 14, f"state{n % 6}")
        before += minutes
    return canvas.svg("picture")


@drawn.register
def _heat(drawing: Heat, voice: Voice) -> Markup:
    columns = max(map(len, drawing.counts))
    left, top, cell, row = 38, 22, (WIDTH - 38) / columns, 26
    canvas = Canvas(WIDTH, top + row * 7 + 4, voice)
    most = max(max(each) for each in drawing.counts) or 1
    for n in range(columns):
        hour = drawing.start + n
        if columns <= 12 or n % 2 == 0:  # noqa: PLR2004 - more would not fit
            minute = f"{int(hour * 60) % 60:02}"
            said = f"{int(hour)}{'.' if voice.thai else ':'}{minute}"
            canvas.text(left + n * cell + cell / 2, 14, said, "soft tiny", anchor="middle")
    for day, counts in enumerate(drawing.counts):
        y = top + day * row
        canvas.text(0, y + 17, (THAI_WEEKDAYS if voice.thai else WEEKDAYS)[day], "small")
        for n, count in enumerate(counts):
            heat = -(-count * HEATS // most)
            canvas.rect(left + n * cell + 1, y + 1, cell - 2, row - 2, f"heat{heat}")
            if count and cell > 22:  # noqa: PLR2004 - narrower cells have no room for a number
                canvas.text(left + n * cell + cell / 2, y + 17, f"{count:,}", f"small on{heat}", anchor="middle")
    for day, hours in enumerate(drawing.opens):
        if hours is not None:
            x = left + (hours[0] - drawing.start) * cell
            canvas.line((x, top + day * row), (x, top + (day + 1) * row), "goal")
            x = left + (hours[1] - drawing.start) * cell
            canvas.line((x, top + day * row), (x, top + (day + 1) * row), "goal")
    return canvas.svg("picture")


@drawn.register
def _progress(drawing: Progress, voice: Voice) -> Markup:
    height = 190
    canvas = Canvas(WIDTH, height, voice)
    across = Scale(0, max(len(drawing.months) - 1, 1), LEFT + 12, WIDTH - 66)
    up = Scale(0, WHOLE, height - FOOT, 14)
    steps = (0, 25, 50, 75, 100)
    canvas.lines((((LEFT, up(step)), (WIDTH - 54, up(step))) for step in steps), "grid")
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
        canvas.text(WIDTH - 48, place + 4, words, kind)
    _month_names(canvas, drawing.months, across, height - FOOT + 18)
    return canvas.svg("picture")


@drawn.register
def _days(drawing: Days, voice: Voice) -> Markup:
    left, width, row = 96, 920, 60
    canvas = Canvas(width, 30 + row * len(drawing.days) + 8, voice)
    edges = [_hour(at, one.day) for one in drawing.days for span in one.open for at in (span.start, span.stop)]
    edges += [_hour(at, at.date()) for at, _ in drawing.events]
    first, last = int(min(edges, default=8)), -int(-max(edges, default=17) // 1)
    across = Scale(first, last, left, width - 16)
    for hour in range(first, last + 1, 1 if last - first <= 13 else 2):  # noqa: PLR2004 - more would not fit
        canvas.line((across(hour), 22), (across(hour), canvas.height - 8), "grid")
        canvas.text(across(hour), 14, f"{hour:02}{'.' if voice.thai else ':'}00", "soft", anchor="middle")
    for n, one in enumerate(drawing.days):
        y = 28 + n * row
        canvas.text(0, y + 32, voice.weekday(one.day), "bold" if one.closed is None else "soft")
        for span in one.open:
            canvas.rect(*_stretch(span, one.day, across, y, 54), "open")
        if one.closed is not None:
            canvas.rect(left, y + 12, width - 16 - left, 30, "closed")
            words = shortened(voice.say(one.closed), width - left - 60)
            canvas.text((left + width - 16) / 2, y + 32, words, "soft halo", anchor="middle")
        for state, span in one.stays:
            canvas.rect(*_stretch(span, one.day, across, y + 38, 12), f"state{state % 6}")
        for span in one.paused:
            canvas.rect(*_stretch(span, one.day, across, y + 38, 12), "closed")
        ends = [float(left), float(left)]  # where each of the two lines of words ends
        events = [(across(_hour(at, one.day)), at, words) for at, words in drawing.events if at.date() == one.day]
        canvas.lines((((x, y + 2), (x, y + 52)) for x, _, _ in events), "tick")
        for x, at, words in events:
            _event(canvas, x, y, f"{voice.say(words)} {voice.time(at)}", ends)
        if drawing.due is not None and drawing.due.date() == one.day:
            x = across(_hour(drawing.due, one.day))
            canvas.line((x, y), (x, y + 56), "due")
            said = f"{voice.say(DUE)} {voice.time(drawing.due)}"
            line = 0 if ends[0] < x - wide(said) - 10 else 1
            canvas.text(x - 6, y + 15 + 16 * line, said, "miss halo", anchor="end")
    return canvas.svg("picture broad", before=HATCH)


HATCH: Final = (
    '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V7" class="hatch"/></pattern></defs>'
)


def _event(canvas: Canvas, x: float, y: float, said: str, ends: list[float]) -> None:
    """What happened, beside its tick: on the first of two lines where it stands on nothing, else on the other."""
    room = wide(said, 12) + 8
    right = x + room < canvas.width
    begins = x + 4 if right else x - room
    line = 0 if begins >= ends[0] else 1
    canvas.text(x + 4 if right else x - 4, y + 15 + 16 * line, said, "halo small", anchor="start" if right else "end")
    ends[line] = max(ends[line], begins + room)


def _stretch(span: Span, day: date, across: Scale, y: float, height: float) -> tuple[float, float, float, float]:
    start, stop = across(_hour(span.start, day)), across(_hour(span.stop, day))
    return start, y, max(stop - start, 1.0), height


def _hour(at: datetime, day: date) -> float:
    """The hours since the day began, on the clock on the wall; more than 24 after midnight."""
    return (at.toordinal() - day.toordinal()) * 24 + at.hour + at.minute / 60 + at.second / 3600


def states_key(states: Sequence[Text]) -> list[tuple[str, Text]]:
    """The classes of states and what they are called, for the key beside a picture."""
    return [(f"state{n % 6}", state) for n, state in enumerate(states)]


def _short(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.1f}" if value < WHOLE else f"{float(value):,.0f}"
