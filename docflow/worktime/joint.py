"""Offices together: the calendar of a clock that runs while any of several clocks does, or while all of them do.

Its days are those of the zone of the first clock. What is open on one of them is found in the spans that each clock has
itself, as instants, so no zone and no change of clocks can be mistaken.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, Self, TypeAlias

from attrs import evolve, field, frozen
from attrs.validators import in_

from docflow.instants import complement, from_wall, merge
from docflow.safe import visible
from docflow.text import expect
from docflow.worktime.adapter import Kind, Note
from docflow.worktime.instant_clock import InstantClock
from docflow.worktime.open_spans import OpenSpans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docflow.instants import Interval

__all__ = ["JointCalendar", "Which"]

Which: TypeAlias = Literal["any", "all"]
KINDS: Final[tuple[Kind, ...]] = ("closure", "holiday", "weekend")
"""What a day is of which offices say several things: the first of these."""
ONE_DAY: Final = timedelta(days=1)


def _clocks(clocks: Iterable[InstantClock]) -> tuple[InstantClock, ...]:
    some = tuple(clocks)
    for clock in some:
        expect(clock, InstantClock, "clock", "one such as office_clock()")
    if not some:
        raise TypeError("no clocks are together; give some, or join them: bangkok | london")
    return some


@frozen
class JointCalendar:
    """The calendar of several offices together: open while any of them is, or while all are; `|` and `&` make it.

    >>> from datetime import date, time
    >>> from docflow import OfficeHours, WorkClock, WorkingWeek
    >>> day = OfficeHours(opens=time(9), closes=time(17))
    >>> bangkok, london = (WorkClock(day, WorkingWeek(), zone=zone) for zone in ("Asia/Bangkok", "Europe/London"))
    >>> print((bangkok | london).calendar.hours_on(date(2023, 8, 1)))
    09:00–23:00
    >>> print((bangkok & london).calendar.hours_on(date(2023, 8, 1)))
    15:00–17:00

    A day is worked when there is any open time on it, from midnight to midnight in the zone of the first clock; a shift
    that goes on over midnight is on both days. Each day has its own hours, so `OfficeTime` counts hours here, not days.
    Decide closures in the calendar of the office that closes.

    It holds the days of which every clock knows every hour. The first and the last day of the years that a clock holds
    may be missing, for elsewhere they are still, or already, in another year: what is asked about them raises what
    that clock raises. Raises `TypeError` for what is no clock, and `ValueError` for what is not "any" or "all".
    """

    clocks: tuple[InstantClock, ...] = field(converter=_clocks)
    """The clocks of the offices; the days are those in the zone of the first."""
    which: Which = field(kw_only=True, validator=in_(("any", "all")))
    """Whether it is enough that any of them is open, or all must be."""

    usual_hours = False

    @classmethod
    def of(cls, which: Which, *clocks: InstantClock) -> Self:
        """The calendar of clocks together; those that are together in the same way already are taken apart."""
        return cls(chain.from_iterable(_parts(which, clock) for clock in clocks), which=which)

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years that the calendar of any of the clocks has not decided yet."""
        return tuple(sorted({year for clock in self.clocks for year in clock.adapted.provisional}))

    @property
    def idle_years(self) -> bool:
        """Whether any of the clocks says that a year without work is meant."""
        return any(clock.adapted.idle_years for clock in self.clocks)

    @property
    def weekdays(self) -> frozenset[int]:
        """All of them: one office's Monday is still another's Sunday."""
        return frozenset(range(7))

    def is_working_day(self, day: date) -> bool:
        """Whether there is any open time on a day."""
        return bool(self._open(day))

    def hours_on(self, day: date) -> OpenSpans:
        """The open time of a day."""
        return OpenSpans(tuple(self._open(day)), zone=self.clocks[0].tz)

    def held_in(self, year: int) -> range:
        """The days of a year of which every clock knows every hour, as `date.toordinal` numbers them."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        span = self._midnight(first), self._midnight(last + ONE_DAY)
        lower, upper = zip(*(clock.held(year, *span) for clock in self.clocks), strict=True)
        while self._midnight(first) < max(lower):
            first += ONE_DAY
        while self._midnight(last + ONE_DAY) > min(upper):
            last -= ONE_DAY
        return range(first.toordinal(), last.toordinal() + 1)

    def notes(self, day: date) -> tuple[Note, ...]:
        """Why offices are closed all day, each after its zone; of a day that is worked, what makes it a special one."""
        if self.is_working_day(day):
            special = [(clock, day) for clock in self.clocks if _is_special(clock, day)]
            return tuple(chain.from_iterable(_notes(*each) for each in special))
        found = tuple(dict.fromkeys(chain.from_iterable(_notes(*each) for each in self._closed(day))))
        alone = "no hours" if self.which == "any" else "not all are open at once"
        return found or (Note(alone, str(self)),)

    def kind_of(self, day: date) -> Kind:
        """What a day is that is not worked, of the offices that are closed all day."""
        found = {clock.adapted.kind_of(there) for clock, there in self._closed(day)}
        return next((kind for kind in KINDS if kind in found), "hours")

    def as_known_on(self, day: date | None) -> Self:
        """The same, each clock with its calendar as it was known at the end of a day."""
        return evolve(self, clocks=[evolve(clock, calendar=clock.adapted.as_known_on(day)) for clock in self.clocks])

    def __str__(self) -> str:
        return visible(f"{self.which} of {', '.join(f'({clock.notice})' for clock in self.clocks)}")

    def _midnight(self, day: date) -> int:
        return from_wall(day.year, day.month, day.day, 0, self.clocks[0].tz)

    def _span(self, day: date) -> Interval:
        return self._midnight(day), self._midnight(day + ONE_DAY)

    def _open(self, day: date) -> list[Interval]:
        """The open spans of a day, as few as possible: none where clocks jump over the day."""
        since, until = self._span(day)
        each = [_spans(clock, since, until) for clock in self.clocks]
        if self.which == "any":
            return merge(chain.from_iterable(each))
        closed = merge(chain.from_iterable(complement(spans, since, until) for spans in each))
        return complement(closed, since, until)

    def _closed(self, day: date) -> Iterator[tuple[InstantClock, date]]:
        """The clocks that stand still all day, each with the dates there which are not worked."""
        since, until = self._span(day)
        for clock in self.clocks:
            if not _spans(clock, since, until):
                first, last = clock.date_of(since), clock.date_of(max(since, until - 1))
                for there in (first + ONE_DAY * n for n in range((last - first).days + 1)):
                    if not clock.adapted.is_working_day(there):
                        yield clock, there


def _parts(which: Which, clock: InstantClock) -> tuple[InstantClock, ...]:
    joint = clock.calendar
    return joint.clocks if isinstance(joint, JointCalendar) and joint.which == which else (clock,)


def _spans(clock: InstantClock, since: int, until: int) -> list[Interval]:
    return clock.index(since, until).between(since, until)


def _is_special(clock: InstantClock, day: date) -> bool:
    """Whether it is worth telling what a day is in an office: it works, or is closed on no mere weekend."""
    return clock.adapted.is_working_day(day) or clock.adapted.kind_of(day) != "weekend"


def _notes(clock: InstantClock, day: date) -> Iterator[Note]:
    """What a clock's calendar notes of a day, after its zone; of offices together, each has its own already."""
    where = "" if isinstance(clock.calendar, JointCalendar) else f"{clock.zone}: "
    for reason, source, thai in clock.adapted.notes(day):
        yield Note(f"{where}{reason}", source, f"{where}{thai}" if thai else "")
