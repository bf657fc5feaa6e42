"""Days: when records come in a week, and one record from day to day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.report.canvas import Canvas, Scale, shortened, wide
from docflow.report.words import THAI_WEEKDAYS, WEEKDAYS
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from docflow.report.drawings import Days, Heat, Span
    from docflow.report.words import Voice

__all__ = ["days", "heat", "states_key"]

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


def days(drawing: Days, voice: Voice) -> str:
    """One record, a row for each day."""
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
            why = shortened(voice.say(one.closed), width - left - 60)
            canvas.text((left + width - 16) / 2, y + 32, why, "soft halo", anchor="middle")
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


def states_key(states: Sequence[Text]) -> list[tuple[str, Text]]:
    """The classes of states and what they are called, for the key beside a picture."""
    return [(f"state{n % 6}", state) for n, state in enumerate(states)]
