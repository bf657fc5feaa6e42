"""Bars and dots: how many took how long, readings side by side, and stages one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.report.canvas import Canvas, Scale, round_number, shortened, ticks, wide
from docflow.report.words import took
from docflow.text import Text

if TYPE_CHECKING:
    from docflow.report.drawings import Dots, Histogram, Stages
    from docflow.report.words import Voice

__all__ = ["dots", "histogram", "stages"]

WIDTH: Final = 440
LEFT: Final = 40
DECIDES: Final = Text("ใช้ตัดสิน", "decides")
HALF: Final = 50


def histogram(drawing: Histogram, voice: Voice) -> str:
    """How many took how long."""
    height, foot = 250, 44
    canvas = Canvas(WIDTH, height, voice)
    bars, more = len(drawing.counts), len(drawing.beyond)
    right = WIDTH - 8 - more * 46
    steps = ticks(0, max([*drawing.counts, *(n for _, n in drawing.beyond), 1]), 5)
    left = max(LEFT, *(wide(voice.say(round_number(step))) + 12 for step in steps))
    across, up = Scale(0, bars, left, right), Scale(0, steps[-1], height - foot, 50)
    canvas.lines((((left, up(step)), (WIDTH - 8, up(step))) for step in steps), "grid")
    for step in steps:
        canvas.text(left - 6, up(step) + 4, round_number(step), "soft", anchor="end")
    for n, count in enumerate(drawing.counts):
        over = drawing.over is not None and n * drawing.width >= drawing.over
        gap = 1 if across(1) - left > 3 else 0  # noqa: PLR2004 - narrower bars have no room between them
        canvas.rect(across(n), up(count), across(1) - left - gap, height - foot - up(count), "bar2" if over else "bar")
    every = max(1, round(5 / drawing.width)) if drawing.width < 5 else 1  # noqa: PLR2004 - a label each five minutes
    while bars / every > 9:  # noqa: PLR2004 - more would not fit
        every *= 2
    for n in range(0, bars + 1, every):
        canvas.text(across(n), height - foot + 16, round_number(n * drawing.width), "soft small", anchor="middle")
    for n, (name, count) in enumerate(drawing.beyond):
        x: float = right + 12 + n * 46
        late = drawing.over is None or bars * drawing.width >= drawing.over
        canvas.rect(
            x, up(count), 32, height - foot - up(count), "miss" if late and drawing.over is not None else "bar2"
        )
        canvas.text(x + 16, up(count) - 6, f"{count:,}", "halo", anchor="middle")
        canvas.text(x + 16, height - foot + 16, name, "soft small", anchor="middle")
    canvas.text(
        (left + right) / 2, height - 8, Text("นาทีราชการ", "minutes of office time"), "soft small", anchor="middle"
    )
    for n, (at, words) in enumerate(sorted(drawing.marks, key=lambda mark: mark[0])):
        inside = at <= bars * drawing.width
        x, y = across(at / drawing.width) if inside else WIDTH - 8, 14 + 16 * (n % 3)
        said = voice.say(words) if inside else f"{voice.say(words)} →"
        if inside:
            canvas.line((x, y + 4), (x, height - foot), "goal dash")
        fits = inside and x + 4 + wide(said) < WIDTH
        canvas.text(x + 4 if fits else x - 4, y + 2, said, "halo", anchor="start" if fits else "end")
    return canvas.svg("picture")


def dots(drawing: Dots, voice: Voice) -> str:
    """Readings side by side."""
    row = 42
    canvas = Canvas(WIDTH, row * len(drawing.rows) + 26, voice)
    known = [float(value) for _, value, _, _ in drawing.rows if value is not None] or [0.0]
    goal = None if drawing.target is None else float(drawing.target.value)
    reach = known if goal is None else [*known, goal]
    steps = ticks(0 if min(reach) < HALF else min(reach) - (max(reach) - min(reach)) / 8, max(reach))
    across = Scale(steps[0], steps[-1], 8, WIDTH - 76)
    foot = row * len(drawing.rows) + 2
    canvas.lines((((across(step), 6), (across(step), foot)) for step in steps), "grid")
    for step in steps:
        canvas.text(across(step), foot + 16, round_number(step), "soft small", anchor="middle")
    if goal is not None:
        canvas.line((across(goal), 2), (across(goal), foot), "goal dash")
    for n, (name, value, written, decides) in enumerate(drawing.rows):
        y = n * row
        if decides:
            canvas.rect(0, y + 2, WIDTH, row - 3, "panel")
        mark = f" – {voice.say(DECIDES)}" if decides else ""
        canvas.text(6, y + 17, f"{shortened(voice.say(name), WIDTH - 110)}{mark}", "bold" if decides else "halo")
        if value is not None:
            if not steps[0]:  # a stem from elsewhere than nought would be no measure of the value
                canvas.line((across(0), y + 30), (across(value), y + 30), "stem")
            if decides:
                canvas.mark(across(value), y + 30, met=None)
            else:
                canvas.ring(across(value), y + 30)
        canvas.text(WIDTH - 6, y + 30, written, "bold" if decides else "", anchor="end")
    return canvas.svg("picture")


def stages(drawing: Stages, voice: Voice) -> str:
    """Stages one after the other, from left to right."""
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
