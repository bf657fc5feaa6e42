"""Limits that end at a moment of their own: at the same time some days later, at the next opening, before an event."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import DateTextError, HorizonError, OutsideCalendarError
from docflow.instants import instant
from docflow.text import Text
from docflow.thai import format_date
from docflow.worktime.day_limits import DayLimit, a_count
from docflow.worktime.promises import counted
from docflow.worktime.ticks import NO_PAUSES, Pauses

if TYPE_CHECKING:
    from datetime import date, datetime

    from docflow.worktime.moments import Moments

__all__ = ["Before", "NextOpening", "SameTime"]


@frozen(repr=False, cache_hash=True)
class SameTime(DayLimit):
    """The same time of day, so many working days later; when the office is closed then, its next opening.

    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> for hour in (12, 20):
    ...     print(SameTime(1).due(datetime(2020, 1, 6, hour, tz="Asia/Bangkok"), office_clock()))
    2020-01-07 12:00:00+07:00
    2020-01-08 08:30:00+07:00

    A later start may be due earlier: one day after Friday at 16:00 is Monday at 16:00, and one day after Sunday noon is
    Monday noon. Raises `AmountError` unless `days` is 1 or more.
    """

    days: int = field(validator=a_count)

    @property
    def in_order(self) -> bool:
        """Not over a weekend."""
        return False

    @property
    def at_close(self) -> bool:
        """At any time at which the office is open."""
        return False

    def ends(self, start: int, clock: Moments) -> int:
        """The same local time, or the next opening."""
        return _open(self.same_time(start, clock), clock)

    def same_time(self, start: int, clock: Moments) -> int:
        """The same local time, whether the office is open then or not."""
        day = clock.date_of(start)
        there = clock.datetime_of(start)
        later = there.date() + (clock.days.add(day, self.days) - day)
        return clock.at_wall(later, there.time())

    def edges(self, day: date, clock: Moments) -> list[int]:
        """The begin of a day: until the next one it is as much later, but where clocks change."""
        return [clock.day_begin(day)]

    def later(self, begin: int, end: int, clock: Moments) -> int:
        """How much later the same time is for every start in a step; 0 where it is not the same for all of them.

        In no zone do clocks change twice within three days, so they do not change between two instants of one offset.
        """
        last = end - 1
        with suppress(HorizonError, OutsideCalendarError):
            shift = self.same_time(begin, clock) - begin
            one_offset = clock.datetime_of(begin).utcoffset() == clock.datetime_of(last).utcoffset()
            return shift if one_offset and shift == self.same_time(last, clock) - last else 0
        return 0

    def _end(self, start: int, clock: Moments) -> int:
        step = self._step(start, clock)
        if step is not None:
            edges, kept, place = step
            if (shift := kept[place]) is None:
                shift = kept[place] = self.later(edges[place], edges[place + 1], clock)
            if shift:
                return _open(start + shift, clock)
        return self.ends(start, clock)

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """Moved by what was paused, and to the next opening when the office is closed then."""
        due = self._end(start, clock)
        if not pauses.spans:
            return due
        due = _open(self._moved(due, start, clock, pauses), clock)
        for since, until in pauses.spans:
            if since < due < until:
                due = _open(until, clock)
        return due

    def days_counted(self, start: int, clock: Moments) -> tuple[date, ...]:
        """The working days after the start."""
        day = clock.date_of(start)
        return tuple(one for one in clock.days.between(day, clock.days.add(day, self.days)) if one > day)

    @property
    def words(self) -> Text:
        """How many days later."""
        days = "1 working day" if self.days == 1 else f"{self.days} working days"
        return Text(f"เวลาเดียวกันใน {self.days} วันทำการถัดไป", f"the same time {days} later")


@frozen(repr=False, cache_hash=True)
class NextOpening(DayLimit):
    """The next time that the office opens, also while it is open.

    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> print(NextOpening().due(datetime(2019, 11, 1, 10, tz="Asia/Bangkok"), office_clock()))
    2019-11-06 08:30:00+07:00

    It raises what the clock raises (`Limit`).
    """

    @property
    def at_close(self) -> bool:
        """At an opening."""
        return False

    def ends(self, start: int, clock: Moments) -> int:
        """The next opening."""
        return clock.opening_after(start)

    def edges(self, day: date, clock: Moments) -> list[int]:
        """The begin of a day and its openings."""
        return [clock.day_begin(day), *(opens for opens, _ in clock.days.intervals(day))]

    @property
    def words(self) -> Text:
        """By when."""
        return Text("เมื่อเปิดทำการครั้งถัดไป", "the next opening")


@frozen(repr=False)
class Before(DayLimit):
    """The moment of an event, whenever the start was; or the close of the n-th working day before it.

    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> start, meeting = (datetime(2020, 1, day, 10, tz="Asia/Bangkok") for day in (2, 14))
    >>> print(Before(meeting, 3), Before(meeting, 3).due(start, office_clock()), sep=": due ")
    3 working days before 2020-01-14 10:00: due 2020-01-09 16:30:00+07:00

    No pause moves an event. Raises `NotAMomentError` for an event that is no moment, `NaiveDatetimeError` for one
    without a zone, and `AmountError` for days below 0.
    """

    nth_words = Text("วันทำการที่ {} ก่อนเหตุการณ์", "working day {} before the event")
    pausable = False

    event: datetime
    """When the event is, with a zone."""
    days: int = 0
    """How many working days before it; 0 for the event itself."""

    def __attrs_post_init__(self) -> None:
        instant(self.event)
        counted(self, self.days, "days", least=0)

    @property
    def at_close(self) -> bool:
        """Unless it is the event itself."""
        return self.days > 0

    def ends(self, start: int, clock: Moments) -> int:  # noqa: ARG002 - the event decides
        """The event, or the close of the n-th working day before it."""
        event = instant(self.event)
        return clock.closing_by(clock.days.add(clock.date_of(event), -self.days)) if self.days else event

    def edges(self, day: date, clock: Moments) -> list[int]:
        """None within a day: whatever the start, it is the same."""
        return [clock.day_begin(day)]

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:  # noqa: ARG002 - as above
        """Its end; no pause moves it. It is not kept: each letter may have an event of its own."""
        return self.ends(start, clock)

    def days_counted(self, start: int, clock: Moments) -> tuple[date, ...]:  # noqa: ARG002 - as above
        """The working days before the event, the nearest first."""
        event = clock.date_of(instant(self.event))
        return tuple(clock.days.add(event, -n) for n in range(1, self.days + 1))

    @property
    def words(self) -> Text:
        """How many days before which moment."""
        en = day = f"{self.event:%Y-%m-%d}"
        with suppress(DateTextError):  # years before B.E. 2484 began in April and have no such dates
            day = format_date(self.event.date())
        th, en = f"{day} {self.event:%H.%M} น.", f"{en} {self.event:%H:%M}"
        if not self.days:
            return Text(f"ภายใน {th}", f"by {en}")
        days = "1 working day" if self.days == 1 else f"{self.days} working days"
        return Text(f"{self.days} วันทำการก่อน {th}", f"{days} before {en}")


def _open(at: int, clock: Moments) -> int:
    """An instant while the office is open or just closes, else the next opening."""
    before = at - 1  # open then: open still, or it closes just now
    return at if clock.index(before, at).open_from(before) == before else clock.reached(at, 0)
