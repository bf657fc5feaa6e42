"""MomentLaws: what must hold of every clock's openings, closings, working days and zones; `ClockLaws` has them."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from docflow.testing.laws import TICK, in_utc, law, numpy_or_skip, shown
from docflow.worktime import instant

if TYPE_CHECKING:
    from datetime import datetime

    from hypothesis.strategies import DataObject

    from docflow.worktime import WorkClock, WorkTime

__all__ = ["MomentLaws"]


class MomentLaws:
    """The laws of openings and closings around a moment, and of working days, which `ClockLaws` inherits."""

    def _drawn(self, data: DataObject, ordered: int, free: int = 0) -> tuple[WorkClock, list[datetime]]:
        """A clock and moments, as `ClockLaws` draws them."""
        raise NotImplementedError

    def _amount(self, data: DataObject, clock: WorkClock, start: datetime, stop: datetime) -> WorkTime:
        """Working time that fits between two moments, as `ClockLaws` draws it."""
        raise NotImplementedError

    @law
    def test_the_zone_in_which_a_moment_is_written_does_not_matter(self, data: DataObject) -> None:
        """One instant gives one answer, in whatever zone it is written, and answers are in the zone of the clock."""
        clock, (start, stop) = self._drawn(data, 2)
        amount = self._amount(data, clock, start, stop)
        there = timezone(timedelta(minutes=data.draw(st.integers(-14 * 60, 14 * 60))))
        spans = clock.spans(start, stop)
        shown("two open spans between two moments", len(spans) > 1)
        for zone in (there, clock.tz):
            begin, end = start.astimezone(zone), stop.astimezone(zone)
            assert str(clock.elapsed(begin, stop)) == str(clock.elapsed(start, end)) == str(clock.elapsed(start, stop))
            assert in_utc(clock.due(begin, amount)) == in_utc(clock.due(start, amount))
            if amount:
                assert in_utc(clock.latest_start(end, amount)) == in_utc(clock.latest_start(stop, amount))
            assert clock.is_open(begin) == clock.is_open(start)
            assert clock.day_of(begin) == clock.day_of(start)
            if len(spans) > 1:  # else it may open or close outside the years searched
                for ask in (clock.next_open, clock.next_opening, clock.next_close):
                    assert in_utc(ask(begin)) == in_utc(ask(start))
                    assert ask(begin).tzinfo == clock.tz
                for ask in (clock.previous_open, clock.previous_close):
                    assert in_utc(ask(end)) == in_utc(ask(stop))
                    assert ask(end).tzinfo == clock.tz
        assert clock.due(start, amount).tzinfo == clock.tz

    @law
    def test_from_within_an_open_span_its_edges_are_the_nearest(self, data: DataObject) -> None:
        """previous_open(t) == start and next_close(t) == stop, for every t from the start until before the stop."""
        clock, (a, b) = self._drawn(data, 2)
        spans = clock.spans(a, b)[1:-1]  # the outer ones may be clipped
        shown("a whole span between two moments", spans)
        for span in spans[:3]:
            first, last = instant(span.start), instant(span.stop)
            at = span.start + TICK * data.draw(st.integers(0, last - first - 1), label="microseconds into it")
            assert clock.open_span(at) == span
            assert (clock.previous_open(at), clock.next_close(at)) == span
            assert clock.next_spans(span.start, 1) == clock.previous_spans(span.stop, 1) == (span,)
            assert clock.previous_close(span.stop) == span.stop
            assert clock.open_span(span.stop) is None

    @law
    def test_between_two_open_spans_the_office_is_closed(self, data: DataObject) -> None:
        """next_opening(t) is where the closed span stops, and open and closed spans share the time out."""
        clock, (a, b) = self._drawn(data, 2)
        open_spans, closed_spans = clock.spans(a, b), clock.closed_spans(a, b)
        edges = sorted([*open_spans, *closed_spans])
        assert [in_utc(stop) for _, stop in edges[:-1]] == [in_utc(start) for start, _ in edges[1:]]
        assert sum((stop - start for start, stop in edges), timedelta()) == b - a
        for closes, opens in closed_spans[1:-1][:3]:
            assert (clock.next_opening(closes), clock.next_open(closes)) == (opens, opens)
            assert clock.previous_close(opens - TICK) == closes
            assert clock.next_opening(closes - TICK) == opens, "also while it is open"

    @law
    def test_a_difference_is_the_elapsed_time_with_a_sign(self, data: DataObject) -> None:
        """difference(a, b) == -difference(b, a)."""
        clock, (a, b) = self._drawn(data, 2)
        worked = timedelta(microseconds=clock.elapsed(a, b).microseconds)
        assert clock.difference(a, b) == worked
        assert clock.difference(b, a) == -worked

    @law
    def test_working_days_are_counted_as_they_are_added(self, data: DataObject) -> None:
        """count(a, b) working days after a is the last one up to b; so many before it is where a was."""
        clock, (a, b) = self._drawn(data, 2)
        first, last, days = clock.day_of(a), clock.day_of(b), clock.days
        worked = days.between(first, last)
        shown("a working day between two moments", worked)
        after = [day for day in worked if day > first]
        assert (
            days.count(first, last) == len(after) == -days.count(last, first, counting_first=True, counting_last=False)
        )
        for n, day in list(enumerate(after, 1))[-3:]:
            assert days.add(first, n) == day
            assert days.count(first, day) == n
            assert days.count(day, first) == -n + days.is_worked(day) - days.is_worked(first)
        if worked:
            assert days.roll(first) == worked[0] == days.roll(worked[0])
            assert days.roll(last, "preceding") == worked[-1] == days.roll(worked[-1], "modified following")

    @law
    def test_columns_of_days_give_the_same_as_one_at_a_time(self, data: DataObject) -> None:
        """count_array(a, b) says what count(a, b) says, whichever end counts, also backwards."""
        numpy_or_skip()
        clock, (a, b, c) = self._drawn(data, 1, free=2)
        first, *others = (clock.day_of(at) for at in (a, b, c))
        firsts, lasts = [first, others[0], None], [others[0], first, others[1]]
        for ends in ({}, {"counting_first": True}, {"counting_first": True, "counting_last": False}):
            one_by_one = [
                None if one is None else clock.days.count(one, last, **ends)
                for one, last in zip(firsts, lasts, strict=True)
            ]
            assert clock.days.count_array(firsts, lasts, **ends).tolist() == one_by_one

    @law
    def test_a_day_is_worked_or_says_why_not(self, data: DataObject) -> None:
        """A working day has hours as long as the time between its opening and its closing, another day a reason."""
        clock, (at,) = self._drawn(data, 1)
        day = clock.day_of(at)
        hours, why = clock.days.hours(day), clock.days.why_not(day)
        assert clock.days.is_worked(day) == bool(hours) == (why is None)
        assert why is None or (why.day == day and why.reason and why.source)
        shown("a day that is worked", hours)
        assert clock.days.length(day).microseconds == sum(instant(stop) - instant(start) for start, stop in hours)
        for start, _ in hours:
            assert (start, clock.is_open(start), clock.day_of(start)) == (start, True, day)
