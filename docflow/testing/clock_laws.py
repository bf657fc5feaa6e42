"""ClockLaws: what must hold of every clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, cast

from hypothesis import strategies as st

from docflow.errors import NoWorkingDayError
from docflow.instants import local
from docflow.testing.laws import TICK, drawn, in_utc, law, numpy_or_skip, shown
from docflow.testing.moment_laws import MomentLaws
from docflow.testing.strategies import SearchedYears, instants, span_of
from docflow.worktime import Closure, OfficeCalendar, WorkClock, WorkingDays, WorkTime, instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DataObject, SearchStrategy

__all__ = ["ClockLaws"]


class ClockLaws(SearchedYears, MomentLaws):
    """The laws of clocks: subclass it with your clock, and pytest searches for a moment at which a law is broken.

    >>> from docflow.bangkok import office_clock
    >>> from docflow.testing import ClockLaws
    >>> class TestOurClock(ClockLaws):
    ...     clock = office_clock()
    >>> TestOurClock().test_a_way_and_the_rest_are_the_whole()

    `clock` is a clock or a strategy of clocks. `years` are the first and the last year to search; the calendar must
    hold them, and with night shifts the years beside them, and is asked for no others. How many examples each law gets
    is set by the hypothesis profile that is loaded when this module is imported.
    """

    clock: ClassVar[WorkClock | SearchStrategy[WorkClock]]

    @law
    def test_a_way_and_the_rest_are_the_whole(self, data: DataObject) -> None:
        """elapsed(a, c) == elapsed(a, b) + elapsed(b, c)."""
        clock, (a, b, c) = self._drawn(data, 3)
        shown("working time between two moments", clock.elapsed(a, c))
        assert str(clock.elapsed(a, c)) == str(clock.elapsed(a, b) + clock.elapsed(b, c))

    @law
    def test_no_more_time_is_counted_than_passes(self, data: DataObject) -> None:
        """0 <= elapsed(a, b) <= b - a, and nothing between a moment and itself."""
        clock, (a, b) = self._drawn(data, 2)
        assert clock.elapsed(a, b).microseconds * TICK <= b - a
        assert not clock.elapsed(a, a)

    @law
    def test_due_is_the_first_moment_at_which_so_much_has_elapsed(self, data: DataObject) -> None:
        """elapsed(t, due(t, w)) == w, and a microsecond earlier it is less."""
        clock, (start, stop) = self._drawn(data, 2)
        amount = self._amount(data, clock, start, stop)
        shown("an amount of working time", amount)
        due = in_utc(clock.due(start, amount))
        assert start <= due
        assert str(clock.elapsed(start, due)) == str(amount)
        if amount:
            assert clock.elapsed(start, due - TICK) < amount
        else:
            assert clock.is_open(due)

    @law
    def test_due_is_never_earlier_for_a_later_start_or_a_larger_amount(self, data: DataObject) -> None:
        """For t <= u and w <= x, due(t, w) <= due(u, w) and due(t, w) <= due(t, x)."""
        clock, (start, later, stop) = self._drawn(data, 3)
        more, less = sorted((self._amount(data, clock, later, stop) for _ in range(2)), reverse=True)
        assert in_utc(clock.due(start, less)) <= in_utc(clock.due(later, less))
        assert in_utc(clock.due(start, less)) <= in_utc(clock.due(start, more))

    @law
    def test_the_latest_start_is_the_mirror_of_due(self, data: DataObject) -> None:
        """due(t, w) <= d exactly for t before latest_start(d, w), and for that moment too when the office is open."""
        clock, (start, stop, at) = self._drawn(data, 2, free=1)
        amount = self._amount(data, clock, start, stop)
        due = max(in_utc(clock.due(start, amount)), stop)
        latest = in_utc(clock.latest_start(due, amount))
        assert start <= latest
        assert latest <= due
        assert clock.is_open(latest) or (not amount and latest == in_utc(clock.previous_close(due)))
        last = self._last_open(clock)
        for begin in (start, latest - TICK, latest, latest + TICK, at):
            if begin <= last and amount <= clock.elapsed(begin, last):
                fits = begin < latest or (begin == latest and clock.is_open(latest))
                assert (in_utc(clock.due(begin, amount)) <= in_utc(due)) == fits

    @law
    def test_waiting_for_the_office_to_open_costs_nothing(self, data: DataObject) -> None:
        """elapsed(t, next_open(t)) == 0, and due(t, w) == due(next_open(t), w)."""
        clock, (start, stop) = self._drawn(data, 2)
        opens = clock.next_open(start)
        amount = self._amount(data, clock, start, stop)
        assert clock.is_open(opens)
        assert clock.is_open(start) == (in_utc(opens) == in_utc(start))
        assert not clock.elapsed(start, opens)
        assert in_utc(clock.due(start, amount)) == in_utc(clock.due(opens, amount))

    @law
    def test_open_spans_are_in_order_apart_and_sum_to_the_elapsed_time(self, data: DataObject) -> None:
        """The office opens where a span starts and closes where it stops, unless the span was clipped there."""
        clock, (start, stop) = self._drawn(data, 2)
        spans = clock.spans(start, stop)
        turns = [in_utc(turn) for span in spans for turn in span]
        assert all(one < other for one, other in pairwise([in_utc(start) - TICK, *turns, in_utc(stop) + TICK]))
        whole = sum((last - first for first, last in zip(turns[::2], turns[1::2], strict=True)), timedelta())
        assert clock.elapsed(start, stop).microseconds * TICK == whole
        assert all(clock.is_open(span.start) for span in spans)
        assert not any(clock.is_open(span.stop) for span in spans if in_utc(span.stop) < in_utc(stop))

    @law
    def test_the_previous_close_is_the_last_one_there_was(self, data: DataObject) -> None:
        """previous_close(t) == the stop of the last span before t."""
        clock, (at,) = self._drawn(data, 1)
        first = span_of(self.years, clock)[0]
        closings = [span.stop for span in clock.spans(first, at) if not clock.is_open(span.stop)]
        shown("a closing in the years searched", closings)
        if closings:  # else it lies before the years searched
            assert in_utc(clock.previous_close(at)) == in_utc(closings[-1])

    @law
    def test_an_explanation_counts_the_same_and_speaks_of_every_day(self, data: DataObject) -> None:
        """Every date from start to stop is counted, or is skipped with a reason and a source."""
        clock, (start, stop, one, other) = self._drawn(data, 2, free=2)
        pauses = [(min(one, other), max(one, other))]
        explanation = clock.explain(start, stop, pauses=pauses)
        assert str(explanation.elapsed) == str(clock.elapsed(start, stop, pauses=pauses))
        counted, skipped = ({each.day for each in part} for part in (explanation.spans, explanation.skipped))
        last = clock.day_of(max(start, stop - TICK))
        days = (last - clock.day_of(start)).days + 1
        touched = {clock.day_of(start) + timedelta(days=n) for n in range(days)}
        assert touched == counted | skipped
        assert not counted & skipped
        assert all(each.reason and each.source for each in explanation.skipped)
        paused = {each.day for each in explanation.paused}
        lines = 1 + len(explanation.spans) + len(explanation.paused) + len(skipped - paused)
        assert len(str(explanation).splitlines()) == lines

    @law
    def test_a_shift_belongs_to_the_day_on_which_it_opens(self, data: DataObject) -> None:
        """At work or in a break, over midnight too; and `WorkingDays` counts by these days."""
        clock, (start, stop) = self._drawn(data, 2)
        first, last = clock.day_of(start), clock.day_of(stop)
        assert first <= last
        own = start.astimezone(clock.tz).date()
        assert first <= own
        assert clock.overnight or first == own
        for span in clock.explain(start, stop).spans:
            assert clock.day_of(span.start) == span.day == clock.day_of(in_utc(span.stop) - TICK)
            assert clock.calendar.is_working_day(span.day)
        if stop <= span_of(self.years, clock)[1] - timedelta(days=3):
            for at in (start, stop):
                closes = WorkingDays(1, counting_first=True).due(at, clock) if self._at_work(clock, at) else None
                if closes is not None:  # the day is not over, and until its close no other day begins
                    assert at < closes
                    assert clock.day_of(in_utc(closes) - TICK) == clock.day_of(at) <= clock.day_of(closes)

    @law
    def test_closing_one_more_day_never_adds_time(self, data: DataObject) -> None:
        """With one more closure in the calendar, no more time elapses and nothing is due earlier."""
        clock, (start, stop, at) = self._drawn(data, 2, free=1)
        closure = Closure(clock.day_of(at), reason="one more", source="this law")
        closing = WorkClock(clock.hours, OfficeCalendar(clock.calendar, days=[closure]), zone=clock.zone)
        try:
            amount = closing.elapsed(start, stop)
        except NoWorkingDayError:  # the only one of its year
            shown("a year with more than one working day", met=False)
            return
        shown("a year with more than one working day", met=True)
        assert amount <= clock.elapsed(start, stop)
        if amount:
            assert in_utc(clock.due(start, amount)) <= in_utc(closing.due(start, amount)) <= in_utc(stop)

    @law
    def test_paused_time_is_left_out_once_and_closed_time_is_none(self, data: DataObject) -> None:
        """Only time between the pauses counts, in whatever order they are given and however they overlap."""
        clock, (start, a, b, c, d, stop) = self._drawn(data, 6)
        left = clock.elapsed(start, a) + clock.elapsed(d, stop)
        assert str(clock.elapsed(start, stop, pauses=[(c, d), (a, b)])) == str(left + clock.elapsed(b, c))
        assert str(clock.elapsed(start, stop, pauses=[(b, d), (a, c)])) == str(left)
        assert str(clock.elapsed(start, stop, pauses=[(a, d), (b, c)])) == str(left)
        assert str(clock.elapsed(a, d, pauses=[(start, b), (c, stop)])) == str(clock.elapsed(b, c))
        closed = [(span.stop, clock.next_open(span.stop)) for span in clock.spans(start, stop)[:3]]
        assert str(clock.elapsed(start, stop, pauses=closed)) == str(clock.elapsed(start, stop))

    @law
    def test_due_outside_pauses_is_when_so_much_has_elapsed_outside_them(self, data: DataObject) -> None:
        """elapsed(t, due(t, w, p), p) == w; a pause makes nothing due earlier, and one in closed time moves nothing."""
        clock, (start, stop, a, b, c, d) = self._drawn(data, 2, free=4)
        pauses = [(min(a, b), max(a, b)), (min(c, d), max(c, d))]
        amount = self._amount(data, clock, start, stop, pauses=pauses)
        shown("an amount of working time outside the pauses", amount)
        if not amount:
            return
        due = clock.due(start, amount, pauses=pauses)
        assert str(clock.elapsed(start, due, pauses=pauses)) == str(amount)
        assert clock.elapsed(start, in_utc(due) - TICK, pauses=pauses) < amount
        assert in_utc(clock.due(start, amount)) <= in_utc(due)
        closed = [(span.stop, clock.next_open(span.stop)) for span in clock.spans(start, due)[:3]]
        assert in_utc(clock.due(start, amount, pauses=closed)) == in_utc(clock.due(start, amount))

    @law
    def test_what_was_asked_before_never_changes_an_answer(self, data: DataObject) -> None:
        """A new clock and one that was asked about all the years give the same answers."""
        clock, (start, stop) = self._drawn(data, 2)
        amount = self._amount(data, clock, start, stop)
        due = clock.due(start, amount)
        used = self._fresh(clock)
        used.elapsed(span_of(self.years, clock)[0], self._last_open(clock))
        assert self._fresh(clock).spans(start, stop) == used.spans(start, stop)
        assert in_utc(self._fresh(clock).next_open(start)) == in_utc(used.next_open(start))
        assert in_utc(self._fresh(clock).due(start, amount)) == in_utc(used.due(start, amount)) == in_utc(due)
        assert in_utc(self._fresh(clock).latest_start(due, amount)) == in_utc(used.latest_start(due, amount))

    @law
    def test_arrays_give_the_same_integers(self, data: DataObject) -> None:
        """Many at once give the same as one at a time; NaT gives NaT; a reversed pair gives NaT and is counted."""
        np = numpy_or_skip()
        clock = self._clock(data)
        moments = self._moments(clock)
        pairs = data.draw(st.lists(st.tuples(st.none() | moments, st.none() | moments), min_size=1, max_size=8))
        starts, stops = ([each and instant(each) for each in side] for side in zip(*pairs, strict=True))
        given = [np.array(["NaT" if at is None else at for at in side], "datetime64[us]") for side in (starts, stops)]
        found = clock.elapsed_array(*given)
        wanted = [
            None if one is None or other is None or other < one else clock.worked(one, other)
            for one, other in zip(starts, stops, strict=True)
        ]
        assert found.dtype == np.dtype("timedelta64[us]")
        assert [None if np.isnat(each) else int(each.astype(int)) * TICK for each in found] == [
            None if took is None else took * TICK for took in wanted
        ]
        gone = sum(one is None or other is None for one, other in zip(starts, stops, strict=True))
        assert found.reversed == wanted.count(None) - gone
        due = clock.due_array(given[0], found)
        assert [None if np.isnat(each) else local(int(each.astype(int)), UTC) for each in due] == [
            None if amount is None or start is None else local(clock.reached(start, amount), UTC)
            for start, amount in zip(starts, wanted, strict=True)
        ]
        assert clock.elapsed_array(given[0], due).tolist() == found.tolist()
        opens = [None if at is None else clock.is_open(local(at, UTC)) for at in starts]
        assert clock.is_open_array(given[0]).tolist() == opens

    def _clock(self, data: DataObject) -> WorkClock:
        return cast("WorkClock", drawn(data, self, "clock", WorkClock))

    def _at_work(self, clock: WorkClock, at: datetime) -> bool:
        """Whether a moment is in a shift: the office is open, or the day of the shift is before the date."""
        return clock.is_open(at) or clock.day_of(at) < at.astimezone(clock.tz).date()

    def _fresh(self, clock: WorkClock) -> WorkClock:
        """The same clock, not yet asked anything."""
        return type(clock)(clock.hours, clock.calendar, zone=clock.zone)

    def _last_open(self, clock: WorkClock) -> datetime:
        """The last moment of the years at which the office is open: no question about earlier ones leaves the years."""
        return local(clock.latest(instant(span_of(self.years, clock)[1]), 1), UTC)

    def _moments(self, clock: WorkClock) -> SearchStrategy[datetime]:
        last = self._last_open(clock)
        return instants(clock, years=self.years).map(lambda at: min(at, last))

    def _drawn(self, data: DataObject, ordered: int, free: int = 0) -> tuple[WorkClock, list[datetime]]:
        """A clock, so many moments in order of time, and so many more in any order."""
        clock = self._clock(data)
        moments = [data.draw(self._moments(clock), label=f"moment {n}") for n in range(1, ordered + free + 1)]
        return clock, sorted(moments[:ordered]) + moments[ordered:]

    def _amount(
        self,
        data: DataObject,
        clock: WorkClock,
        start: datetime,
        stop: datetime,
        pauses: Sequence[tuple[datetime, datetime]] = (),
    ) -> WorkTime:
        """Working time that fits between two moments, often all of it."""
        most = clock.elapsed(start, stop, pauses=pauses).microseconds
        return WorkTime.of(data.draw(st.just(most) | st.integers(0, most), label="amount in microseconds"))
