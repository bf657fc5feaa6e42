"""The years that a clock has needed, each indexed once, and how a question is followed from year to year.

A question goes forward or back, year by year, until the index of these years holds the answer. It ends with
`HorizonError` when nothing that it looks for comes in ten years, such as an opening of an office that was closed down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from docflow.errors import CalendarError, HorizonError, NoWorkingDayError, OutsideCalendarError
from docflow.instants import Zone, from_wall, local, merge, moment
from docflow.worktime.index import HORIZON, HORIZON_YEARS, Index, without_overlap
from docflow.worktime.questions import CLOSE_BY, DAY_CLOSE, LAST_CLOSE, OPEN_FROM, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docflow.instants import Interval
    from docflow.worktime.adapter import CalendarAdapter
    from docflow.worktime.hours import OfficeHours, WeeklyHours

__all__ = ["Years", "held_year"]

LAST_DAY: Final = 12, 31
FIRST_YEAR, LAST_YEAR = 2, 9998  # one year inside what a datetime can hold, so that every zone's edges exist
MANY_YEARS: Final = 64
"""An index of more years is not made longer: to ask year after year would copy all of it each time."""


Edge: TypeAlias = "Callable[[Index, int], int | None]"
"""Where an index has the next opening or closing after an instant."""


class Years:
    """The index of each year that has been needed, and one of the years that were last asked for together."""

    def __init__(self, hours: OfficeHours | WeeklyHours, calendar: CalendarAdapter, zone: Zone) -> None:
        self._hours, self._calendar, self._zone = hours, calendar, zone
        # A shift over midnight may begin on the day before an instant; then that day's year is needed too.
        self._night = int(hours.overnight or calendar.overnight)
        self._indexed: dict[int, Index] = {}
        self._held: dict[int, range] = {}
        self._current: Index | None = None
        self._day: tuple[int | None, int] = None, 0

    def covering(self, start: int, stop: int) -> Index:
        """An index that answers from one instant to another; raises what the calendar raises for years it lacks.

        The calendar is asked only for the years of the question: what was asked before never changes an answer.
        """
        index = self._current
        if index is not None and index.lower <= start < index.upper and stop <= index.upper:
            return index
        end = max(start, stop - 1)  # a span ends before its stop
        first, last = self._year(start, self._night), self._year(end, 0)
        # Where a calendar lacks the first or last days of a year, the year before or after raises what it raises.
        first -= start < self._index(first).lower
        if index is not None and first <= index.last + 1 and index.first - 1 <= last and _short(index):
            before = [self._index(year) for year in range(first, index.first)]
            parts = [*before, index, *(self._index(year) for year in range(index.last + 1, last + 1))]
        else:
            parts = [self._index(year) for year in range(first, last + 1)]
        if end >= parts[-1].upper:
            parts.append(self._index(parts[-1].last + 1))
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
        index = self.covering(at, at)
        near = edge(index, at)
        if near is not None and not index.idle and near < index.upper and near - at <= HORIZON:
            return near

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
        index = self.covering(at, at)
        near = edge(index, at)
        if near is not None and not index.idle and near > index.lower and at - near <= HORIZON:
            return near

        def answer(index: Index) -> int | None:
            found = edge(index, at)
            if index.lower <= at - HORIZON and (found is None or found < at - HORIZON):
                was_open = index.worked(at) > index.worked(at - HORIZON)
                raise self._given_up(at, LAST_CLOSE._replace(event="did not close") if was_open else LAST_CLOSE)
            return found

        return self.find_back(at, LAST_CLOSE._replace(answer=answer))

    def day_close(self, start: int, n: int, counting_first: bool) -> int:  # noqa: FBT001 - as an index is asked
        """The close of the n-th working day after an instant's day, or from it on."""
        return self.find(start, DAY_CLOSE, self.ordinal(start), n, counting_first)

    def close_by(self, day: date) -> int:
        """The close of the last working day up to a day."""
        self.see(day)
        index = self._index(day.year)
        position = bisect_right(index.days, day.toordinal()) - 1
        if position > 0 and not self._night:
            return index.day_closes[position]
        return self.find_back(self._wall(day + timedelta(days=1), 0) - 1, CLOSE_BY, day.toordinal())

    def working_days(self, year: int) -> Sequence[int]:
        """The working days of a year."""
        return self._index(year).days

    def see(self, day: date) -> None:
        """Raise what the calendar raises when it has no answer for a day."""
        held, asked = self._days_held(held_year(day.year)), day.toordinal()
        if asked not in held:
            if self._calendar.is_working_day(day):
                self._calendar.hours_of(day, self._hours)  # a rule that needs the next year says what to do
            self._index(day.year - 1 if asked < held.start else day.year + 1)

    def held(self, year: int, since: int, until: int) -> Interval:
        """The part of a span around a year for which there is an answer; the years beside it need not be held."""
        index = self._index(year)
        lower, upper = index.lower, index.upper
        if since < lower:
            with suppress(Exception):  # a calendar raises what it likes for a year that it does not hold
                lower = self._index(year - 1).lower
        if upper < until:
            with suppress(Exception):
                upper = self._index(year + 1).upper
        return max(since, lower), min(until, upper)

    def ordinal(self, at: int) -> int:
        """The number of an instant's day: the zone's date, or that of an earlier shift until it closes.

        The last answer is kept, because indicators ask several times in a row about one start.
        """
        asked, day = self._day
        if asked != at:
            day = local(at, self._zone).toordinal()
            shift = self.covering(at, at).not_closed(at) if self._night else None
            if shift is not None:
                day = min(day, shift)
            self._day = at, day  # one assignment: threads see the old pair or the new one
        return day

    def day_begin(self, day: date) -> int:
        """The first instant of a day: its midnight, or the close of a night shift that goes on then."""
        midnight = self._wall(day, 0)
        closes = self.covering(midnight - 1, midnight).close_by(day.toordinal() - 1) if self._night else None
        return midnight if closes is None else max(midnight, closes)

    def spans_of(self, day: date) -> list[Interval]:
        """The open spans of a day, as few as possible; without what the shift before it still has."""
        index = self._index(held_year(day.year))
        position = bisect_left(index.days, day.toordinal())
        if position == len(index.days) or index.days[position] != day.toordinal():
            return []
        if not self._night:
            return merge(index.between(index.day_opens[position], index.day_closes[position]))
        begin, end = self.day_begin(day), self.close_by(day)
        spans = self.covering(begin, end).day_spans(begin, end)
        return merge((opens, closes) for of, opens, closes in spans if of == day.toordinal())

    def span(self, year: int) -> Interval:
        """From when to when the index of a year answers."""
        index = self._index(held_year(year))
        return index.lower, index.upper

    def _parts(self, index: Index, years: range) -> list[Index]:
        """An index to join others to; of a long one, only the years of the question."""
        return [index] if _short(index) else [self._index(year) for year in years]

    def _given_up(self, at: int, question: Question) -> HorizonError:
        return HorizonError(moment(at, self._zone), question.event, HORIZON_YEARS)

    def _year(self, at: int, days_before: int) -> int:
        there = local(at, self._zone)
        year = held_year(there.year)
        new_year_is_near = (there.month, there.day) == LAST_DAY and year < LAST_YEAR
        if new_year_is_near and at >= self._wall(date(year + 1, 1, 1), 0):
            return year + 1 - days_before  # a zone may turn its clocks back over a new year: Arizona did in 1944
        return held_year((there - timedelta(days=days_before)).year)

    def _index(self, year: int) -> Index:
        index = self._indexed.get(year)
        if index is None:
            index = self._indexed[year] = self._made(held_year(year))
        return index

    def _days_held(self, year: int) -> range:
        """The days of a year of which the calendar has an answer; it is asked once."""
        held = self._held.get(year)
        if held is None:
            held = self._held[year] = self._calendar.held_in(year)
        return held

    def _made(self, year: int) -> Index:
        """The index of one year, from its calendar and its hours."""
        held = self._days_held(year)
        shifts = {day: spans for day in held if (spans := self._spans(date.fromordinal(day)))}
        if not shifts and not self._calendar.idle_years:
            raise NoWorkingDayError(str(self._calendar), year)
        opens, closes, day_closes = without_overlap(
            (span for spans in shifts.values() for span in spans), (spans[-1][1] for spans in shifts.values())
        )
        return Index(
            first=year,
            last=year,
            lower=self._wall(date.fromordinal(held.start + self._night), 0),
            upper=self._wall(date.fromordinal(held.stop), 0),
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
        return hours.spans_on(day, self._zone)

    def _wall(self, day: date, since_midnight: int) -> int:
        return from_wall(day.year, day.month, day.day, since_midnight, self._zone)


def _short(index: Index) -> bool:
    return index.last - index.first < MANY_YEARS


def held_year(year: int) -> int:
    """A year that the clock can hold. Raises `OutsideCalendarError`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendarError("the clock", year, FIRST_YEAR, LAST_YEAR)
    return year
