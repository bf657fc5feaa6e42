"""One record from its start to its stop: when the office was open, where the record lay, and why days do not count."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from docflow.instants import instant, moment
from docflow.kpi import Bin, Duration, Proportion, time_spent
from docflow.report.blocks import Column, Grid, Picture, Row, Section
from docflow.report.drawings import Day, Days, Span
from docflow.report.words import both, moment_words, took
from docflow.text import Text
from docflow.worktime import WorkTime
from docflow.worktime.hours import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from docflow.kpi import Observation
    from docflow.report.seen import Seen
    from docflow.worktime import WorkClock

__all__ = ["one_record", "telling"]

LOOKED_AT: Final = 400
LONGEST: Final = timedelta(days=12)
WHAT: Final = Text("เวลาของรายการ วันต่อวัน", "Its time from day to day")
KEY: Final = Text(
    "แต่ละแถวคือหนึ่งวัน พื้นอ่อนคือเวลาราชการ ลายเส้นคือวันปิดพร้อมเหตุ แถบสีคือขั้นที่รายการอยู่",
    "each row is a day; the light ground is office time, hatched days are closed and say why, bars are the stages",
)
THAI_WEEKDAYS: Final = ("วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์")


def telling(seen: Iterable[Seen]) -> tuple[Seen, Observation] | None:
    """The record to show: one with a due moment and few days, of which as many as possible were closed.

    One whose verdict depends on the reading is preferred.
    """
    found: list[tuple[int, Seen, Observation]] = []
    for one in seen:
        if one.result is None or not isinstance(one.result.measure, Proportion):
            continue
        disputed = {id(record) for record, _ in one.outcome.disputed}
        for lies in (Bin.COUNTED, Bin.LATE):
            for each in _short(one, lies):
                closed = _closed_days(each)
                found.append((100 * (id(each.record) in disputed) + closed, one, each))
    if not found:
        return None
    _, which, best = max(found, key=lambda each: each[0])
    return which, best


def _short(one: Seen, lies: Bin) -> list[Observation]:
    """The first records of a bin that stopped after a few days and had a due moment."""
    some = islice(one.some(lies), LOOKED_AT)
    return [
        each
        for each in some
        if each.stop is not None and each.start is not None and each.due is not None
        if timedelta(days=1) < max(each.stop, each.due) - each.start < LONGEST
    ]


def _closed_days(one: Observation) -> int:
    assert one.clock is not None and one.start is not None and one.stop is not None  # noqa: PT018, S101 - as `_short` has seen
    days = _days_between(one.clock.day_of(one.start), one.clock.day_of(one.stop))
    return sum(not one.clock.spans_of(day) for day in days)


def _days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def one_record(seen: Seen, one: Observation) -> Section:
    """The section on one record, day by day."""
    clock = one.clock
    assert clock is not None  # noqa: S101 - it has a start
    start, stop, due = (None if at is None else at.astimezone(clock.tz) for at in (one.start, one.stop, one.due))
    assert start is not None and stop is not None and due is not None  # noqa: PT018, S101 - as `telling` chooses
    result = seen.result
    assert result is not None and isinstance(result.measure, Duration | Proportion)  # noqa: PT018, S101 - the same
    measure = result.measure
    spent = time_spent([one.record], clock, as_of=max(stop, due), start=measure.start, stop=measure.stop)
    stays = spent.through[0].stays if spent.through else ()
    states = list(dict.fromkeys(stay.state for stay in stays))
    days = []
    for day in _days_between(clock.day_of(start), clock.day_of(max(stop, due))):
        spans = clock.spans_of(day)
        open_ = tuple(Span(moment(since, clock.tz), moment(until, clock.tz)) for since, until in spans)
        cut = tuple(
            (states.index(stay.state), Span(moment(since, clock.tz), moment(until, clock.tz)))
            for stay in stays
            for since, until in _within(instant(stay.start), instant(stay.stop), spans)
        )
        paused = tuple(
            Span(moment(since, clock.tz), moment(until, clock.tz))
            for begin, end in one.pauses.spans
            for since, until in _within(begin, end, spans)
        )
        days.append(Day(day, open_, cut, paused, None if spans else _why(day, clock)))
    events = [event for event in one.record.history if instant(start) <= instant(event.at) <= instant(stop)]
    named = tuple((event.at.astimezone(clock.tz), seen.called(event.state)) for event in events)
    placed = tuple((clock.day_of(at), at, words) for at, words in named)
    drawing = Days(tuple(days), tuple(seen.called(state) for state in states), placed, (clock.day_of(due), due))
    picture = Picture("one-record", _finding(one, start, stop, due), WHAT, drawing, _numbers(named), KEY)
    title = Text(f"เลขที่ {one.record.number}", f"Number {one.record.number}")
    return Section(
        title,
        (picture,),
        kicker=Text("หนึ่งรายการ นับเวลาอย่างไร", "One record: how its time is counted"),
        anchor="one-record",
        short=Text("หนึ่งรายการ", "One record"),
    )


def _finding(one: Observation, start: datetime, stop: datetime, due: datetime) -> Text:
    clock = one.clock
    assert clock is not None  # noqa: S101 - it has a start
    worked = float(WorkTime.of(one.pauses.worked(instant(start), instant(stop), clock)).minutes)
    days = (clock.day_of(stop) - clock.day_of(start)).days
    kept = stop <= due
    return both(
        lambda voice: (
            f"ใช้เวลาราชการ {took(worked, voice)} ในช่วง {days} วันตามปฏิทิน "
            f"{'ทันก่อนครบกำหนด' if kept else 'เกินกำหนด'} {voice.moment(due)}"
            if voice.thai
            else f"It took {took(worked, voice)} of office time over {days} days of the calendar, "
            f"{'in time: it was due' if kept else 'late: it was due'} {voice.moment(due)}"
        )
    )


def _numbers(events: Sequence[tuple[datetime, Text]]) -> Grid:
    columns = (Column(Text("เวลา", "time"), words=True), Column(Text("ขั้น", "event"), words=True))
    rows = tuple(Row((moment_words(at), words)) for at, words in events)
    return Grid(columns, rows)


def _within(since: int, until: int, spans: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """The parts of a stretch that lie within spans."""
    for begin, end in spans:
        if max(since, begin) < min(until, end):
            yield max(since, begin), min(until, end)


def _why(day: date, clock: WorkClock) -> Text:
    """Why the office was closed on a day."""
    notes = clock.notes(day)
    if not notes:
        return Text("ปิด", "closed")
    note = notes[-1]
    if note.reason in WEEKDAYS:
        return Text(THAI_WEEKDAYS[WEEKDAYS.index(note.reason)], note.reason)
    return Text(note.thai or note.reason, note.reason)
