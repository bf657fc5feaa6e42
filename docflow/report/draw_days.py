"""Days: when records come in a week, and one record from day to day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.report.canvas import Canvas, Scale, shortened, wide
from docflow.report.words import THAI_WEEKDAYS, WEEKDAYS
from docflow.text import Text

if TYPE_CHECKING:
    from datetime import date, datetime

    from docflow.report.drawings import Days, Heat, Span
    from docflow.report.words import Voice

__all__ = ["days", "heat"]

WIDTH: Final = 440
DUE: Final = Text("ครบกำหนด", "due")
HEATS: Final = 6


def heat(drawing: Heat, voice: Voice) -> str:
    """When records come in a week: the darker, the more."""
    columns = max(map(len, drawing.counts))
    left, top, cell, row = 38, 22, (WIDTH - 38) / columns, 26
    canvas = Canvas(WIDTH, top + row * 7 + 4, voice)
    most = max(max(each) for each in drawing.counts) or 1
    for n in range(columns):
        hour = drawing.start + n
        if columns <= 12 or n % 2 == 0:  # noqa: PLR2004 - more would not fit
            said = voice.hour(hour)
            canvas.text(left + n * cell + cell / 2, 14, said, "soft tiny", anchor="middle")
    for day, counts in enumerate(drawing.counts):
        y = top + day * row
        canvas.text(0, y + 17, (THAI_WEEKDAYS if voice.thai else WEEKDAYS)[day], "small")
        for n, count in enumerate(counts):
            heat = -(-count * HEATS // most)
            canvas.rect(left + n * cell + 1, y + 1, cell - 2, row - 2, f"heat{heat}")
            if count and cell > 22:  # noqa: PLR2004 - narrower cells have no room for a number
                canvas.text(left + n * cell + cell / 2, y + 17, f"{count:,}", f"small on{heat}", anchor="middle")
    for day, spans in enumerate(drawing.opens):
        for edge in (edge for span in spans for edge in span if 0 < edge < 24):  # noqa: PLR2004 - a shift goes on at midnight
            x = left + (edge - drawing.start) * cell
            if left <= x <= WIDTH:
                canvas.line((x, top + day * row), (x, top + (day + 1) * row), "goal")
    return canvas.svg("picture")


def days(drawing: Days, voice: Voice) -> str:
    """One record, a row for each day."""
    left, width, row = 96.0, 920, 60
    foot = 30 + row * len(drawing.days) + 8
    canvas = Canvas(width, foot + 26 * (bool(drawing.states)), voice)
    edges = [_hour(at, one.day) for one in drawing.days for span in one.open for at in (span.start, span.stop)]
    edges += [_hour(at, day) for day, at, _ in drawing.events]
    first, last = int(min(edges, default=8)), -int(-max(edges, default=17) // 1)
    across = Scale(first, last, left, width - 16)
    for hour in range(first, last + 1, 1 if last - first <= 13 else 2):  # noqa: PLR2004 - more would not fit
        canvas.line((across(hour), 22), (across(hour), foot - 8), "grid")
        canvas.text(across(hour), 14, voice.hour(hour), "soft", anchor="middle")
    for n, one in enumerate(drawing.days):
        y = 28 + n * row
        canvas.text(0, y + 32, voice.weekday(one.day), "bold" if one.closed is None else "soft")
        for span in one.open:
            canvas.rect(*_stretch(span, one.day, across, y, 54), "open")
        if one.closed is not None:
            canvas.rect(left, y + 12, width - 16 - left, 30, "closed")
            why = shortened(voice.say(one.closed), width - left - 60)
            canvas.text((left + width - 16) / 2, y + 32, why, "soft halo", anchor="middle")
        for state, span in one.stays:
            canvas.rect(*_stretch(span, one.day, across, y + 38, 12), f"state{state % 6}")
        for span in one.paused:
            canvas.rect(*_stretch(span, one.day, across, y + 38, 12), "closed")
        ends = [float(left), float(left)]  # where each of the two lines of words ends
        events = [(across(_hour(at, one.day)), at, words) for day, at, words in drawing.events if day == one.day]
        canvas.lines((((x, y + 2), (x, y + 52)) for x, _, _ in events), "tick")
        for x, at, words in events:
            _event(canvas, x, y, f"{voice.say(words)} {voice.time(at)}", ends)
        if drawing.due is not None and drawing.due[0] == one.day:
            due = drawing.due[1]
            x = across(_hour(due, one.day))
            canvas.line((x, y), (x, y + 56), "due")
            said = f"{voice.say(DUE)} {voice.time(due)}"
            line = 0 if ends[0] < x - wide(said) - 10 else 1
            canvas.text(x - 6, y + 15 + 16 * line, said, "miss halo", anchor="end")
    x = left
    for place, called in enumerate(drawing.states):
        name = shortened(voice.say(called), 300)
        canvas.rect(x, foot + 4, 13, 13, f"state{place % 6}")
        canvas.text(x + 19, foot + 15, name)
        x += 19 + wide(name) + 24
    return canvas.svg("picture broad", before=HATCH)


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


HATCH: Final = (
    '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V7" class="hatch"/></pattern></defs>'
)
