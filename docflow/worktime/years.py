"""The years that a clock has needed, each indexed once, and how a question is followed from year to year.

A question goes forward or back, year by year, until the index of these years holds the answer. It ends with
`HorizonError` when nothing that it looks for comes in ten years, such as an opening of an office that was closed down.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from docflow.errors import CalendarError, HorizonError, NoWorkingDayError, OutsideCalendarError
from docflow.instants import Zone, from_wall, local, moment
from docflow.worktime.index import HORIZON, HORIZON_YEARS, Index, without_overlap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docflow.instants import Interval
    from docflow.worktime.adapter import CalendarAdapter
    from docflow.worktime.hours import OfficeHours, WeeklyHours

__all__ = ["DUE", "LATEST", "OPEN_FROM", "Question", "Years"]

LAST_DAY: Final = 12, 31
FIRST_YEAR, LAST_YEAR = 2, 9998  # one year inside what a datetime can hold, so that every zone's edges exist
MANY_YEARS: Final = 64
"""An index of more years is not made longer: whoever asks year after year would copy all of it each time."""


Edge: TypeAlias = "Callable[[Index, int], int | None]"
"""Where an index has the next opening or closing after an instant."""


class Question(NamedTuple):
    """Something that is looked for through the years."""

    answer: Callable[..., int | None]
    """The answer in an index; None when it lies beyond."""
    missing: Callable[..., int]
    """How much of what is counted (working time, working days) lies beyond an index that has no answer."""
    held: Callable[[Index], int]
    """How much of it a year holds: years are joined to the index once they hold all that is missing."""
    event: Literal["does not open", "does not close", "was not open", "did not close"]
    """What the error says when nothing was found."""


def _work(index: Index) -> int:
    return index.totals[-1] if index.totals else 0


def _days(index: Index) -> int:
    return len(index.days)


def _one(*_: object) -> int:
    return 1


DUE: Final = Question(
    Index.due, lambda index, start, amount: amount - _work(index) + index.worked(start), _work, "does not open"
)
LATEST: Final = Question(
    Index.latest, lambda index, due, amount: max(1, amount) - index.worked(due), _work, "was not open"
)
OPEN_FROM: Final = Question(Index.open_from, _one, _days, "does not open")
CLOSE_BY: Final = Question(Index.close_by, _one, _days, "was not open")
LAST_CLOSE: Final = Question(Index.last_close, _one, _days, "was not open")
DAY_CLOSE: Final = Question(
    Index.day_close,
    lambda index, day, n, first: index.days_before(day, first) + n - len(index.days),
    _days,
    "does not open",
)


class Years:
    """The index of each year that has been needed, and one of the years that were last asked for together."""

    def __init__(self, hours: OfficeHours | WeeklyHours, calendar: CalendarAdapter, zone: Zone) -> None:
        self._hours, self._calendar, self._zone = hours, calendar, zone
        # A shift over midnight may begin on the day before an instant; then that day's year is needed too.
        self._night = int(hours.overnight or calendar.overnight)
        self._indexed: dict[int, Index] = {}
        self._current: Index | None = None
        self._day: tuple[int | None, int] = None, 0
        self._closings: dict[tuple[int, int, bool], int] = {}

    def covering(self, start: int, stop: int) -> Index:
        """An index that answers from one instant to another; raises what the calendar raises for years it lacks.

        The calendar is asked only for the years of the question: what was asked before never changes an answer.
        """
        index = self._current
        if index is not None and index.lower <= start < index.upper and stop <= index.upper:
            return index
        first = self._year(start, self._night)
        last = self._year(max(start, stop - 1), 0)  # a span ends before its stop
        if index is not None and first <= index.last + 1 and index.first - 1 <= last and _short(index):
            before = [self._index(year) for year in range(first, index.first)]
            parts = [*before, index, *(self._index(year) for year in range(index.last + 1, last + 1))]
        else:
            parts = [self._index(year) for year in range(first, last + 1)]
        self._current = index = Index.joined(parts)  # one assignment: threads see the old index or the new one
        return index

    def find(self, start: int, question: Question, *said: int) -> int:
        """The answer to a question from `start` on, in as many years as it takes.

        An answer after the end of the index is in a night shift of the last day; the next year may change it. Raises
        `HorizonError` when the office stays closed for longer than the horizon on the way.
        """
        index = self.covering(start, start)
        while True:
            answer = question.answer(index, *said)
            for closed, opens in index.gaps:
                if start < opens and (answer is None or opens <= answer) and opens - max(start, closed) > HORIZON:
                    raise self._given_up(max(start, closed), question)
            if answer is not None and answer <= index.upper:
                return answer
            missing, more = question.missing(index, *said), list[Index]()
            closed = index.closes[-1] if index.closes else start
            while not more or (missing > 0 and more[-1].upper - max(start, closed) <= HORIZON):
                more.append(year := self._index(index.last + 1 + len(more)))
                missing -= question.held(year)
                closed = year.closes[-1] if year.closes else closed
            years = range(self._year(start, self._night), index.last + 1)
            self._current = index = Index.joined([*self._parts(index, years), *more])

    def find_back(self, start: int, question: Question, *said: int) -> int:
        """The answer to a question from `start` back."""
        index = self.covering(start, start)
        while True:
            answer = question.answer(index, *said)
            for closes, opened in reversed(index.gaps):
                if closes < start and (answer is None or answer <= closes) and min(start, opened) - closes > HORIZON:
                    raise self._given_up(min(start, opened), question)
            if answer is not None and answer >= index.lower:
                return answer
            missing, more = question.missing(index, *said), list[Index]()
            opened = index.opens[0] if index.opens else start
            while not more or (missing > 0 and min(start, opened) - more[-1].lower <= HORIZON):
                more.append(year := self._index(index.first - 1 - len(more)))
                missing -= question.held(year)
                opened = year.opens[0] if year.opens else opened
            years = range(index.first, self._year(start, 0) + 1)
            self._current = index = Index.joined([*reversed(more), *self._parts(index, years)])

    def next_edge(self, at: int, edge: Edge) -> int:
        """The first instant after another at which the office closes, or opens."""

        def answer(index: Index) -> int | None:
            found, opened = edge(index, at), index.open_from(at)
            if opened is not None and opened + HORIZON <= index.upper and (found is None or found > opened + HORIZON):
                closed = index.next_close(opened)
                never = closed is None or closed > opened + HORIZON
                raise self._given_up(opened, OPEN_FROM._replace(event="does not close" if never else "does not open"))
            return found

        return self.find(at, OPEN_FROM._replace(answer=answer))

    def last_edge(self, at: int, edge: Edge) -> int:
        """The last instant up to another at which the office closed, or opened."""

        def answer(index: Index) -> int | None:
            found = edge(index, at)
            if index.lower <= at - HORIZON and (found is None or found < at - HORIZON):
                was_open = index.worked(at) > index.worked(at - HORIZON)
                raise self._given_up(at, LAST_CLOSE._replace(event="did not close") if was_open else LAST_CLOSE)
            return found

        return self.find_back(at, LAST_CLOSE._replace(answer=answer))

    def day_close(self, start: int, n: int, counting_first: bool) -> int:  # noqa: FBT001 - as an index is asked
        """The close of the n-th working day after an instant's day, or from it on.

        The letters of a register start on a few hundred days, so each answer is kept.
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

    def working_days(self, year: int) -> Sequence[int]:
        """The working days of a year."""
        return self._index(year).days

    def ordinal(self, at: int) -> int:
        """The number of an instant's day: of the working day whose shift holds it, else of the zone's date.

        The last answer is kept, because indicators ask several times in a row about one start.
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

    def _parts(self, index: Index, years: range) -> list[Index]:
        """An index to join others to; of a long one, only the years of the question."""
        return [index] if _short(index) else [self._index(year) for year in years]

    def _given_up(self, at: int, question: Question) -> HorizonError:
        return HorizonError(moment(at, self._zone), question.event, HORIZON_YEARS)

    def _year(self, at: int, days_before: int) -> int:
        there = local(at, self._zone)
        year = _held(there.year)
        new_year_is_near = (there.month, there.day) == LAST_DAY and year < LAST_YEAR
        if new_year_is_near and at >= self._wall(date(year + 1, 1, 1), 0):
            return year + 1 - days_before  # a zone may turn its clocks back over a new year: Arizona did in 1944
        return _held((there - timedelta(days=days_before)).year)

    def _index(self, year: int) -> Index:
        index = self._indexed.get(year)
        if index is None:
            index = self._indexed[year] = self._made(_held(year))
        return index

    def _made(self, year: int) -> Index:
        """The index of one year, from its calendar and its hours."""
        ordinals = range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
        shifts = {day: spans for day in ordinals if (spans := self._spans(date.fromordinal(day)))}
        if not shifts and not self._calendar.idle_years:
            raise NoWorkingDayError(str(self._calendar), year)
        opens, closes, day_closes = without_overlap(
            (span for spans in shifts.values() for span in spans), (spans[-1][1] for spans in shifts.values())
        )
        return Index(
            first=year,
            last=year,
            lower=self._wall(date(year, 1, 1 + self._night), 0),
            upper=self._wall(date(year + 1, 1, 1), 0),
            opens=opens,
            closes=closes,
            days=list(shifts),
            day_opens=[spans[0][0] for spans in shifts.values()],
            day_closes=day_closes,
            idle=not shifts,
        )

    def _spans(self, day: date) -> list[Interval]:
        """The open spans of a day; none when it is not worked, or no hours are left."""
        if not self._calendar.is_working_day(day):
            return []
        hours = self._calendar.hours_of(day, self._hours)
        if hours is None:
            return []
        if hours.overnight > self._night:
            raise CalendarError(day, f"hours over midnight, but {self._calendar} has no overnight = True")
        walls = [(self._wall(day, since), self._wall(day, until)) for since, until in hours.spans]
        return [(opens, closes) for opens, closes in walls if opens < closes]  # clocks may jump over a span, or a day

    def _wall(self, day: date, since_midnight: int) -> int:
        return from_wall(day.year, day.month, day.day, since_midnight, self._zone)


def _short(index: Index) -> bool:
    return index.last - index.first < MANY_YEARS


def _held(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendarError("the clock", year, FIRST_YEAR, LAST_YEAR)
    return year
