"""The years that a clock has needed, each written once, and how far a question is followed through them.

A question goes forward or back year by year until enough of them are there to hold its answer, and these are joined
once. It ends where nothing of what it looks for comes for longer than the horizon of ten years.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from docflow.errors import CalendarError, HorizonError, NoWorkingDayError, OutsideCalendarError
from docflow.instants import Zone, from_wall, local, moment
from docflow.worktime.calendars import has_idle_years, hours_on, name_of, runs_overnight
from docflow.worktime.timetable import HORIZON, HORIZON_YEARS, Timetable, disjoint

if TYPE_CHECKING:
    from collections.abc import Callable

    from docflow.worktime.calendars import Calendar
    from docflow.worktime.hours import OfficeHours, WeeklyHours

__all__ = ["DUE", "LATEST", "OPEN_FROM", "Question", "Timetables"]

LAST_DAY = 12, 31
FIRST_YEAR, LAST_YEAR = 2, 9998  # one year inside what a datetime can hold, so that every zone's edges exist
MANY_YEARS: Final = 64
"""A book of more years is not lengthened: whoever asks year after year would copy all of it each time."""


class Question(NamedTuple):
    """Something that is looked for through the years."""

    answer: Callable[..., int | None]
    """Its answer in a book; None when the book lacks it."""
    lack: Callable[..., int]
    """How much of what it counts the book lacks then."""
    held: Callable[[Timetable], int]
    """How much of that a year holds at most: as long as years hold less than is lacking, none is joined."""
    event: str
    """What does not come for years when a search is given up."""


def _work(year: Timetable) -> int:
    return year.totals[-1] if year.totals else 0


def _days(year: Timetable) -> int:
    return len(year.days)


def _one(*_: object) -> int:
    return 1


DUE: Final = Question(
    Timetable.due, lambda book, start, amount: amount - _work(book) + book.worked(start), _work, "does not open"
)
LATEST: Final = Question(
    Timetable.latest, lambda book, due, amount: max(1, amount) - book.worked(due), _work, "was not open"
)
OPEN_FROM: Final = Question(Timetable.open_from, _one, _days, "does not open")
CLOSE_BY: Final = Question(Timetable.close_by, _one, _days, "was not open")
LAST_CLOSE: Final = Question(Timetable.last_close, _one, _days, "was not open")
DAY_CLOSE: Final = Question(
    Timetable.day_close,
    lambda book, day, n, first: book.position(day, first) + n - len(book.days),
    _days,
    "does not open",
)


class Timetables:
    """The years that have been needed, each written once, and a book of the last ones that were asked for together."""

    def __init__(self, hours: OfficeHours | WeeklyHours, calendar: Calendar, zone: Zone) -> None:
        self._hours, self._calendar, self._zone = hours, calendar, zone
        # A shift over midnight may begin on the day before an instant; then that day's year is needed too.
        self._night = int(runs_overnight(hours, calendar))
        self._years: dict[int, Timetable] = {}
        self._current: Timetable | None = None
        self._day: tuple[int | None, int] = None, 0
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
        if book is not None and first <= book.last + 1 and book.first - 1 <= last and _short(book):
            before = [self._written(year) for year in range(first, book.first)]
            books = [*before, book, *(self._written(year) for year in range(book.last + 1, last + 1))]
        else:
            books = [self._written(year) for year in range(first, last + 1)]
        self._current = book = Timetable.joined(books)  # one assignment: threads see the old book or the new one
        return book

    def find(self, start: int, question: Question, *said: int) -> int:
        """Ask a book that covers `start`, and books of more and more years, until one knows the answer.

        A night shift of its last day runs past what a book answers for: there the next year may have a word to say.
        Raises `HorizonError` when the office stays closed for longer than the horizon on the way.
        """
        book = self.covering(start, start)
        while True:
            answer = question.answer(book, *said)
            for closed, opens in book.gaps:
                if start < opens and (answer is None or opens <= answer) and opens - max(start, closed) > HORIZON:
                    raise self._beyond(max(start, closed), question)
            if answer is not None and answer <= book.upper:
                return answer
            lack, more = question.lack(book, *said), list[Timetable]()
            closed = book.closes[-1] if book.closes else start
            while not more or (lack > 0 and more[-1].upper - max(start, closed) <= HORIZON):
                more.append(year := self._written(book.last + 1 + len(more)))
                lack -= question.held(year)
                closed = year.closes[-1] if year.closes else closed
            years = range(self._year(start, self._night), book.last + 1)
            self._current = book = Timetable.joined([*self._parts(book, years), *more])

    def find_back(self, start: int, question: Question, *said: int) -> int:
        """The same with books of years further and further back."""
        book = self.covering(start, start)
        while True:
            answer = question.answer(book, *said)
            for closes, opened in reversed(book.gaps):
                if closes < start and (answer is None or answer <= closes) and min(start, opened) - closes > HORIZON:
                    raise self._beyond(min(start, opened), question)
            if answer is not None and answer >= book.lower:
                return answer
            lack, more = question.lack(book, *said), list[Timetable]()
            opened = book.opens[0] if book.opens else start
            while not more or (lack > 0 and min(start, opened) - more[-1].lower <= HORIZON):
                more.append(year := self._written(book.first - 1 - len(more)))
                lack -= question.held(year)
                opened = year.opens[0] if year.opens else opened
            years = range(book.first, self._year(start, 0) + 1)
            self._current = book = Timetable.joined([*reversed(more), *self._parts(book, years)])

    def last_close(self, at: int) -> int:
        """The last instant up to another at which the office closed."""

        def answer(book: Timetable) -> int | None:
            closed = book.last_close(at)
            if book.lower <= at - HORIZON and (closed is None or closed < at - HORIZON):
                always_open = book.open_from(at) == at
                raise self._beyond(at, LAST_CLOSE._replace(event="did not close") if always_open else LAST_CLOSE)
            return closed

        return self.find_back(at, LAST_CLOSE._replace(answer=answer))

    def day_close(self, start: int, n: int, counting_first: bool) -> int:  # noqa: FBT001 - as a book is asked
        """The close of the n-th working day after an instant's day, or from it on.

        A register's letters start on a few hundred days, so each is looked up once.
        """
        key = self.ordinal(start), n, counting_first
        close = self._closings.get(key)
        if close is None:
            close = self._closings[key] = self.find(start, DAY_CLOSE, *key)
        return close

    def close_by(self, day: date) -> int:
        """The close of the last working day up to a day."""
        _held(day.year)
        return self.find_back(self._wall(day + timedelta(days=1), 0) - 1, CLOSE_BY, day.toordinal())

    def ordinal(self, at: int) -> int:
        """The number of an instant's day: of the working day whose shift holds it, else of the zone's date.

        Indicators ask several times in a row about one start.
        """
        asked, day = self._day
        if asked != at:
            shift = self.covering(at, at).shift(at) if self._night else None
            day = local(at, self._zone).toordinal() if shift is None else shift
            self._day = at, day  # one assignment: threads see the old pair or the new one
        return day

    def day_begin(self, day: date) -> int:
        """The first instant of a day: its midnight, or the close of a night shift that goes on then."""
        midnight = self._wall(day, 0)
        closes = self.covering(midnight - 1, midnight).close_by(day.toordinal() - 1) if self._night else None
        return midnight if closes is None else max(midnight, closes)

    def __reduce__(self) -> tuple[type[Timetables], tuple[OfficeHours | WeeklyHours, Calendar, Zone]]:
        return Timetables, (self._hours, self._calendar, self._zone)  # what was written is no part of what is sent

    def _parts(self, book: Timetable, years: range) -> list[Timetable]:
        """A book to join others to; of a long one only the years that a question touches."""
        return [book] if _short(book) else [self._written(year) for year in years]

    def _beyond(self, at: int, question: Question) -> HorizonError:
        return HorizonError(moment(at, self._zone), question.event, HORIZON_YEARS)

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
        day_opens: list[int] = []
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
                day_opens.append(spans[0][0])
                day_closes.append(closes[-1])
        if not opens and not has_idle_years(self._calendar):
            raise NoWorkingDayError(name_of(self._calendar), year)
        if self._night:
            opens, closes = disjoint(opens, closes)
            day_closes = list(accumulate(day_closes, max))
        return Timetable(
            first=year,
            last=year,
            lower=self._wall(date(year, 1, 1 + self._night), 0),
            upper=self._wall(date(year + 1, 1, 1), 0),
            opens=opens,
            closes=closes,
            days=days,
            day_opens=day_opens,
            day_closes=day_closes,
            idle=not opens,
        )

    def _wall(self, day: date, since_midnight: int) -> int:
        return from_wall(day.year, day.month, day.day, since_midnight, self._zone)


def _short(book: Timetable) -> bool:
    return book.last - book.first < MANY_YEARS


def _held(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendarError("the clock", year, FIRST_YEAR, LAST_YEAR)
    return year
