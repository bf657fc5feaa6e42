"""The clock's book: every open span of some years in UTC, sorted, with how much was worked before each.

Two questions answer everything else, and both are one binary search, whatever the span:
`worked(at)`, the working time from the book's beginning to an instant, and its inverse `reached(amount)`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from docflow.errors import NoWorkingDayError, OutsideCalendarError
from docflow.worktime.instants import Zone, from_wall, local

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docflow.worktime.hours import OfficeHours

__all__ = ["Calendar", "Timetable", "Timetables"]

FIRST_YEAR, LAST_YEAR = 2, 9998  # one year inside what a datetime can hold, so that every zone's edges exist


class Calendar(Protocol):
    """Anything that knows the working days: a workalendar calendar, one of `holidays`, or three lines of your own."""

    def is_working_day(self, day: date, /) -> bool:
        """Whether the office works on that day at all."""


@frozen(eq=False)
class Timetable:
    """The open spans of the years `first` to `last`; all sequences are in order of time."""

    first: int
    last: int
    lower: int
    """The instant at which the first year begins: the book answers from here."""
    upper: int
    """The instant at which the last year ends: the book answers up to here."""
    opens: Sequence[int] = field(repr=False)
    closes: Sequence[int] = field(repr=False)
    days: Sequence[int] = field(repr=False)
    """The working days, as proleptic ordinals."""
    day_closes: Sequence[int] = field(repr=False)
    """The last closing of each working day."""
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

    def reached(self, amount: int) -> int | None:
        """The first instant by which that much has been worked; None when the book ends before."""
        span = bisect_left(self.totals, amount)
        return None if span == len(self.totals) else self.closes[span] - (self.totals[span] - amount)

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

    def day_close(self, day: int, n: int, *, counting_first: bool) -> int | None:
        """The closing of the n-th working day after a day (or from it on); None when the book ends before."""
        position = (bisect_left if counting_first else bisect_right)(self.days, day) + n - 1
        return None if position >= len(self.days) else self.day_closes[position]

    @classmethod
    def joined(cls, books: Sequence[Timetable]) -> Timetable:
        """One book of several that follow each other."""
        return cls(
            first=books[0].first,
            last=books[-1].last,
            lower=books[0].lower,
            upper=books[-1].upper,
            opens=[at for book in books for at in book.opens],
            closes=[at for book in books for at in book.closes],
            days=[day for book in books for day in book.days],
            day_closes=[at for book in books for at in book.day_closes],
        )


class Timetables:
    """The years that have been needed, each written once, and a book of the last ones that were asked for together."""

    def __init__(self, hours: OfficeHours, calendar: Calendar, zone: Zone) -> None:
        self._hours, self._calendar, self._zone = hours, calendar, zone
        self._years: dict[int, Timetable] = {}
        self._current: Timetable | None = None

    def covering(self, start: int, stop: int) -> Timetable:
        """A book that answers from one instant to another; raises what the calendar raises for years it lacks.

        Only years that the question touches are asked for, so what was asked before never changes an answer.
        """
        book = self._current
        if book is not None and book.lower <= start < book.upper and stop <= book.upper:
            return book
        first, last = self._year(start), self._year(max(start, stop - 1))  # a span ends before its stop
        if book is not None and first <= book.last + 1 and book.first - 1 <= last:
            before = [self._written(year) for year in range(first, book.first)]
            books = [*before, book, *(self._written(year) for year in range(book.last + 1, last + 1))]
        else:
            books = [self._written(year) for year in range(first, last + 1)]
        self._current = book = Timetable.joined(books)  # one assignment: threads see the old book or the new one
        return book

    def find(self, start: int, question: Callable[[Timetable], int | None]) -> int:
        """Ask a book that covers `start`, and books of more and more years, until one knows the answer."""
        book = self.covering(start, start)
        while (answer := question(book)) is None:
            self._current = book = Timetable.joined([book, self._written(book.last + 1)])
        return answer

    def __reduce__(self) -> tuple[type[Timetables], tuple[OfficeHours, Calendar, Zone]]:
        return Timetables, (self._hours, self._calendar, self._zone)  # what was written is no part of what is sent

    def _year(self, at: int) -> int:
        return _held(local(at, self._zone).year)

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
            walls = [(self._wall(day, since), self._wall(day, until)) for since, until in self._hours.spans]
            spans = [(start, close) for start, close in walls if start < close]  # a zone may jump over a span, or a day
            if spans:
                opens += [start for start, _ in spans]
                closes += [close for _, close in spans]
                days.append(ordinal)
                day_closes.append(closes[-1])
        if not opens:
            raise NoWorkingDayError(str(self._calendar), year)
        return Timetable(
            first=year,
            last=year,
            lower=self._wall(date(year, 1, 1), 0),
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
