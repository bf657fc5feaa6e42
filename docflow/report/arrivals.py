"""When records come: on which days of the week, in which hours, and in or outside of the office's own hours."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from docflow.instants import from_wall, instant, local
from docflow.report.blocks import Column, Grid, Line, Picture, Row, Section
from docflow.report.drawings import Heat
from docflow.report.words import THAI_WEEKDAYS, WEEKDAYS, both
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from docflow.kpi.records import CaseOrRecord
    from docflow.worktime import WorkClock

__all__ = ["arrivals", "first_moments"]

ONE: Final = timedelta(days=1)
LEAST: Final = 30
"""Fewer records show no pattern."""
HOURS: Final = 3
HOUR, DAY = 60, 24
MICROSECONDS: Final = 3_600_000_000


def first_moments(records: Sequence[CaseOrRecord]) -> list[datetime]:
    """When each record came: its first event."""
    return [record.history[0].at for record in records if record.history]


def arrivals(moments: Sequence[datetime], clock: WorkClock) -> Section | None:
    """When records came by weekday and hour of the office's zone; None when they are too few for a pattern.

    >>> from docflow.bangkok import office_clock
    >>> arrivals([], office_clock()) is None
    True
    """
    if len(moments) < LEAST:
        return None
    instants = list(map(instant, moments))
    there = [local(at, clock.tz) for at in instants]
    opens = _opens(clock, sorted({at.date() for at in there}))
    shift = next((round(spans[0][0] * HOUR) % HOUR for spans in opens if spans), 0)  # minutes past the hour
    came = Counter((at.weekday(), (at.hour * HOUR + at.minute - shift) // HOUR) for at in there)
    edges = [
        (round(edge * HOUR) - shift) // HOUR for spans in opens for span in spans for edge in span if 0 < edge < DAY
    ]
    hours = [*edges, *(hour for _, hour in came)]  # from opening to closing, whenever records came
    first, last = min(hours), max(hours)
    counts = tuple(tuple(came[day, hour] for hour in range(first, last + 1)) for day in range(7))
    by_hour = Counter({hour: sum(came[day, hour] for day in range(7)) for hour in range(first, last + 1)})
    start = max(range(first, last + 1), key=lambda hour: sum(by_hour[hour + n] for n in range(HOURS)))
    share = round(100 * sum(by_hour[start + n] for n in range(HOURS)) / len(moments))

    begin, end = start + shift / HOUR, start + shift / HOUR + HOURS
    title = both(
        lambda voice: (
            f"{share} % มาในสามชั่วโมง {voice.hour(begin)}–{voice.hour(end)} น."
            if voice.thai
            else f"{share} % come within the three hours {voice.hour(begin)}–{voice.hour(end)}"
        )
    )
    what = Text("จำนวนรายการตามวันและชั่วโมงที่รับ", "Records by weekday and hour")
    key = Text("เส้นตั้งคือเวลาเปิดและปิดราชการ", "the upright lines are when the office opens and closes")
    columns = (
        Column(Text("วัน", "day"), words=True),
        *(Column(_hour_words(hour + shift / HOUR)) for hour in range(first, last + 1)),
    )
    rows = tuple(
        Row((Text(THAI_WEEKDAYS[day], WEEKDAYS[day]), *(f"{n:,}" if n else "" for n in counts[day])))
        for day in range(7)
    )
    closed = _closed(instants, clock)
    line = Line(
        Text(
            f"{closed:,} จาก {len(moments):,} รายการมานอกเวลาราชการ เวลาของรายการเหล่านี้เริ่มเดินเมื่อเปิดราชการ",
            f"{closed:,} of {len(moments):,} came while the office was closed; their time begins when it opens",
        )
    )
    picture = Picture("arrivals", title, what, Heat(first + shift / HOUR, counts, opens), Grid(columns, rows), key)
    when = Text("รายการมาถึงเมื่อใด", "When records come")
    return Section(when, (picture, line), anchor="arrivals", short=when)


def _hour_words(hour: float) -> Text:
    return both(lambda voice: voice.hour(hour))


def _opens(clock: WorkClock, days: Sequence[date]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """When the office is open on each day of the week, in hours: as on the first such day on which it is open."""
    found: dict[int, tuple[tuple[float, float], ...]] = {}
    for day in days:
        if day.weekday() not in found:
            spans = _on_the_wall(clock, day)
            if spans:
                found[day.weekday()] = spans
    return tuple(found.get(day, ()) for day in range(7))


def _on_the_wall(clock: WorkClock, day: date) -> tuple[tuple[float, float], ...]:
    """The hours from midnight to midnight in which the office is open; those of a shift of the day before too."""
    midnight, following = (from_wall(each.year, each.month, each.day, 0, clock.tz) for each in (day, day + ONE))
    spans = [*clock.spans_of(day - ONE), *clock.spans_of(day)]
    cut = ((max(begin, midnight), min(end, following)) for begin, end in spans)
    return tuple(
        ((begin - midnight) / MICROSECONDS, (end - midnight) / MICROSECONDS) for begin, end in cut if begin < end
    )


def _closed(moments: Sequence[int], clock: WorkClock) -> int:
    """How many came while the office was closed."""
    index = clock.index(min(moments), max(moments))
    return sum(index.open_from(at) != at for at in moments)
