"""The clock's book: every open span of some years in UTC, sorted, with how much was worked before each.

Two questions answer everything else, and both are one binary search, whatever the span:
`worked(at)`, the working time from the book's beginning to an instant, and its inverses, `reached(amount)` for the
first instant with that much behind it and `left(amount)` for the last.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import CalendarError, NoWorkingDayError, OutsideCalendarError
from docflow.worktime.calendars import hours_on, name_of, runs_overnight
from docflow.worktime.instants import Zone, from_wall, local

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docflow.worktime.calendars import Calendar
    from docflow.worktime.hours import OfficeHours, WeeklyHours

__all__ = ["Timetable", "Timetables"]

LAST_DAY = 12, 31
FIRST_YEAR, LAST_YEAR = 2, 9998  # one year inside what a datetime can hold, so that every zone's edges exist


@frozen(eq=False)
class Timetable:
    """The open spans of the years `first` to `last`; all sequences are in order of time."""

    first: int
    last: int
    lower: int
    """The instant from which the book answers: the first year begins, and no night shift from before it goes on."""
    upper: int
    """The instant at which the last year ends: the book answers up to here."""
    opens: Sequence[int] = field(repr=False)
    closes: Sequence[int] = field(repr=False)
    days: Sequence[int] = field(repr=False)
    """The working days, as proleptic ordinals."""
    day_closes: Sequence[int] = field(repr=False)
    """The last closing of each working day, in their order; a shift over midnight closes on the day after its own."""
    totals: Sequence[int] = field(init=False, repr=False)
    """How much has been worked when each span closes."""

    def __attrs_post_init__(self) -> None:
        lengths = (stop - start for start, stop in zip(self.opens, self.closes, strict=True))
        object.__setattr__(self, "totals", list(accumulate(lengths)))

    def worked(self, at: int) -> int:
        """The working time from the beginning of the book to an instant."""
        span = bisect_right(self.opens, at) - 1
        if span < 0:
            return 0
        left = self.closes[span] - at
        return self.totals[span] - left if left > 0 else self.totals[span]

    def due(self, start: int, amount: int) -> int | None:
        """The first instant by which that much has been worked since another; None when the book ends before."""
        return self.reached(self.worked(start) + amount)

    def reached(self, amount: int) -> int | None:
        """The first instant by which that much has been worked; None when the book ends before."""
        span = bisect_left(self.totals, amount)
        return None if span == len(self.totals) else self.closes[span] - (self.totals[span] - amount)

    def left(self, amount: int) -> int | None:
        """The last instant by which no more than that has been worked; None when it lies before the book."""
        if amount < 0:
            return None
        span = bisect_right(self.totals, amount)
        return self.closes[span] - (self.totals[span] - amount)

    def last_open(self, at: int) -> int | None:
        """The last open instant up to `at`; None when the book begins after it."""
        span = bisect_right(self.opens, at) - 1
        return None if span < 0 else min(at, self.closes[span] - 1)

    def last_close(self, at: int) -> int | None:
        """The last instant up to `at` at which the office closed; None when the book begins after it."""
        span = bisect_right(self.closes, at) - 1
        while span >= 0 and span + 1 < len(self.opens) and self.opens[span + 1] == self.closes[span]:
            span -= 1  # it went on at once
        return None if span < 0 else self.closes[span]

    def open_from(self, at: int) -> int | None:
        """The first open instant from `at` on; None when the book ends before."""
        span = bisect_right(self.closes, at)
        return None if span == len(self.opens) else max(at, self.opens[span])

    def between(self, start: int, stop: int) -> list[tuple[int, int]]:
        """The open spans between two instants, clipped to them; none between an instant and itself."""
        if start == stop:
            return []
        first, last = bisect_right(self.closes, start), bisect_left(self.opens, stop)
        return [(max(self.opens[i], start), min(self.closes[i], stop)) for i in range(first, last)]

    def day_close(self, day: int, n: int, counting_first: bool) -> int | None:  # noqa: FBT001 - `Timetables.find` hands it on
        """The closing of the n-th working day after a day (or from it on); None when the book ends before."""
        position = (bisect_left if counting_first else bisect_right)(self.days, day) + n - 1
        return None if position >= len(self.days) else self.day_closes[position]

    def day_spans(self, start: int, stop: int) -> list[tuple[int, int, int]]:
        """The same, each with the working day it belongs to, as an ordinal."""
        spans = self.between(start, stop)
        return [(self.days[bisect_left(self.day_closes, closes)], opens, closes) for opens, closes in spans]

    @classmethod
    def joined(cls, books: Sequence[Timetable]) -> Timetable:
        """One book of several that follow each other; where a night shift runs into the next book, time counts once."""
        opens: list[int] = []
        closes: list[int] = []
        day_closes: list[int] = []
        for book in books:
            overlap = bool(closes) and book.opens[0] < closes[-1]
            opens += book.opens
            closes += book.closes
            day_closes += book.day_closes
            if overlap:
                opens, closes = _disjoint(opens, closes)
                day_closes = list(accumulate(day_closes, max))
        return cls(
            first=books[0].first,
            last=books[-1].last,
            lower=books[0].lower,
            upper=books[-1].upper,
            opens=opens,
            closes=closes,
            days=[day for book in books for day in book.days],
            day_closes=day_closes,
        )


def _disjoint(opens: list[int], closes: list[int]) -> tuple[list[int], list[int]]:
    """The same open time in spans that follow each other."""
    kept: list[tuple[int, int]] = []
    for since, until in sorted(zip(opens, closes, strict=True)):
        start = max(since, kept[-1][1]) if kept else since
        if start < until:
            kept.append((start, until))
    return [start for start, _ in kept], [close for _, close in kept]


class Timetables:
    """The years that have been needed, each written once, and a book of the last ones that were asked for together."""

    def __init__(self, hours: OfficeHours | WeeklyHours, calendar: Calendar, zone: Zone) -> None:
        self._hours, self._calendar, self._zone = hours, calendar, zone
        # A shift over midnight may begin on the day before an instant; then that day's year is needed too.
        self._night = int(runs_overnight(hours, calendar))
        self._years: dict[int, Timetable] = {}
        self._current: Timetable | None = None
        self._day = 0, local(0, zone).toordinal()
        self._closings: dict[tuple[int, int, bool], int] = {}

    def covering(self, start: int, stop: int) -> Timetable:
        """A book that answers from one instant to another; raises what the calendar raises for years it lacks.

        Only years that the question touches are asked for, so what was asked before never changes an answer.
        """
        book = self._current
        if book is not None and book.lower <= start < book.upper and stop <= book.upper:
            return book
        first = self._year(start, self._night)
        last = self._year(max(start, stop - 1), 0)  # a span ends before its stop
        if book is not None and first <= book.last + 1 and book.first - 1 <= last:
            before = [self._written(year) for year in range(first, book.first)]
            books = [*before, book, *(self._written(year) for year in range(book.last + 1, last + 1))]
        else:
            books = [self._written(year) for year in range(first, last + 1)]
        self._current = book = Timetable.joined(books)  # one assignment: threads see the old book or the new one
        return book

    def find(self, start: int, question: Callable[..., int | None], *said: int | bool) -> int:
        """Ask a book that covers `start`, and books of more and more years, until one knows the answer.

        A night shift of its last day runs past what a book answers for: there the next year may have a word to say.
        """
        book = self.covering(start, start)
        while (answer := question(book, *said)) is None or answer > book.upper:
            self._current = book = Timetable.joined([book, self._written(book.last + 1)])
        return answer

    def find_back(self, start: int, question: Callable[[Timetable], int | None]) -> int:
        """The same with books of years further and further back."""
        book = self.covering(start, start)
        while (answer := question(book)) is None or answer < book.lower:
            self._current = book = Timetable.joined([self._written(book.first - 1), book])
        return answer

    def day_close(self, start: int, n: int, counting_first: bool) -> int:  # noqa: FBT001 - as a book is asked
        """The close of the n-th working day after an instant's date, or from it on.

        A register's letters start on a few hundred days, so each is looked up once.
        """
        key = self.ordinal(start), n, counting_first
        close = self._closings.get(key)
        if close is None:
            close = self._closings[key] = self.find(start, Timetable.day_close, *key)
        return close

    def ordinal(self, at: int) -> int:
        """The number of the zone's date at an instant; indicators ask several times in a row about one start."""
        asked, day = self._day
        if asked != at:
            day = local(at, self._zone).toordinal()
            self._day = at, day  # one assignment: threads see the old pair or the new one
        return day

    def beginning(self, year: int) -> int:
        """The instant from which a book that begins with a year answers."""
        return self._wall(date(_held(year), 1, 1 + self._night), 0)

    def __reduce__(self) -> tuple[type[Timetables], tuple[OfficeHours | WeeklyHours, Calendar, Zone]]:
        return Timetables, (self._hours, self._calendar, self._zone)  # what was written is no part of what is sent

    def _year(self, at: int, days_before: int) -> int:
        there = local(at, self._zone)
        year = _held(there.year)
        new_year_is_near = (there.month, there.day) == LAST_DAY and year < LAST_YEAR
        if new_year_is_near and at >= self._wall(date(year + 1, 1, 1), 0):
            return year + 1 - days_before  # a zone may turn its clocks back over a new year: Arizona did in 1944
        return _held((there - timedelta(days=days_before)).year)

    def _written(self, year: int) -> Timetable:
        if year not in self._years:
            self._years[year] = self._write(_held(year))
        return self._years[year]

    def _write(self, year: int) -> Timetable:
        opens: list[int] = []
        closes: list[int] = []
        days: list[int] = []
        day_closes: list[int] = []
        for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
            day = date.fromordinal(ordinal)
            if not self._calendar.is_working_day(day):
                continue
            hours = hours_on(self._calendar, day) or self._hours.on(day)
            if hours.overnight > self._night:
                raise CalendarError(day, f"hours over midnight, but {name_of(self._calendar)} has no overnight = True")
            walls = [(self._wall(day, since), self._wall(day, until)) for since, until in hours.spans]
            spans = [(start, close) for start, close in walls if start < close]  # a zone may jump over a span, or a day
            if spans:
                opens += [start for start, _ in spans]
                closes += [close for _, close in spans]
                days.append(ordinal)
                day_closes.append(closes[-1])
        if not opens:
            raise NoWorkingDayError(name_of(self._calendar), year)
        if self._night:
            opens, closes = _disjoint(opens, closes)
            day_closes = list(accumulate(day_closes, max))
        return Timetable(
            first=year,
            last=year,
            lower=self.beginning(year),
            upper=self._wall(date(year + 1, 1, 1), 0),
            opens=opens,
            closes=closes,
            days=days,
            day_closes=day_closes,
        )

    def _wall(self, day: date, since_midnight: int) -> int:
        return from_wall(day.year, day.month, day.day, since_midnight, self._zone)


def _held(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendarError("the clock", year, FIRST_YEAR, LAST_YEAR)
    return year
