"""LimitLaws: what must hold of every limit on every clock."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Final, cast

from attrs import evolve
from hypothesis import strategies as st

from docflow.instants import local
from docflow.testing.laws import TICK, drawn, in_utc, law, numpy_or_skip, shown
from docflow.testing.strategies import SearchedYears, instants_between, span_of
from docflow.worktime import Before, EarlierOf, Hours, LaterOf, Limit, Verdict, WorkClock, WorkTime, instant
from docflow.worktime.ticks import NO_PAUSES, Pauses

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

__all__ = ["LimitLaws"]

Pairs = list[tuple[datetime, datetime]]
SOME_DAYS: Final = timedelta(days=2)
"""How far the starts that were asked before lie from the one that is proved, at most."""


class LimitLaws(SearchedYears):
    """The laws of limits: subclass it with your limit and clock, and pytest searches for a start that breaks one.

    >>> from docflow import Hours, WorkingDays
    >>> from docflow.bangkok import office_clock
    >>> from docflow.testing import LimitLaws
    >>> class TestOurPromise(LimitLaws):
    ...     limit, clock = WorkingDays(2) | Hours(48), office_clock()
    >>> TestOurPromise().test_no_limit_is_due_earlier_for_a_later_start()

    Both may be strategies. Starts lie in the first half of `years`. The calendar must hold all these years, and is
    asked for no others as long as the limit is shorter than the second half.
    """

    limit: ClassVar[Limit | SearchStrategy[Limit]]
    clock: ClassVar[WorkClock | SearchStrategy[WorkClock]]

    @law
    def test_no_limit_is_due_earlier_for_a_later_start(self, data: DataObject) -> None:
        """For t <= u, due(t) <= due(u), unless the limit says that it keeps no order (`SameTime`)."""
        limit, clock, (start, later) = self._drawn(data, 2)
        shown("a limit that keeps the order of its starts", limit.in_order)
        if not limit.in_order:
            return
        assert in_utc(limit.due(start, clock)) <= in_utc(limit.due(later, clock))

    @law
    def test_the_zone_in_which_a_start_is_written_does_not_matter(self, data: DataObject) -> None:
        """One instant gives one answer, in whatever zone it is written."""
        limit, clock, (start,) = self._drawn(data, 1)
        there = timezone(timedelta(minutes=data.draw(st.integers(-14 * 60, 14 * 60))))
        assert in_utc(limit.due(start.astimezone(there), clock)) == in_utc(limit.due(start, clock))

    @law
    def test_or_is_the_later_and_and_the_earlier(self, data: DataObject) -> None:
        """(a | b).due == max(a.due, b.due) and (a & b).due == min(a.due, b.due), with and without pauses."""
        limit, clock, (start,) = self._drawn(data, 1)
        pauses = self._pauses(data, clock)
        for other in (Hours(1), Hours(1000), limit):  # a shorter one, a longer one, and itself
            dues = [in_utc(each.due(start, clock, pauses=pauses)) for each in (limit, other)]
            for one, two in ((limit, other), (other, limit)):
                assert in_utc((one | two).due(start, clock, pauses=pauses)) == max(dues)
                assert in_utc((one & two).due(start, clock, pauses=pauses)) == min(dues)

    @law
    def test_what_elapsed_and_what_remains_are_the_whole(self, data: DataObject) -> None:
        """With and without pauses; and something remains exactly as long as the promise is running."""
        limit, clock, (start, at, later) = self._drawn(data, 3)
        pauses = self._pauses(data, clock)
        left, less = (limit.remaining(start, moment, clock, pauses=pauses) for moment in (at, later))
        due = limit.due(start, clock, pauses=pauses)
        assert bool(left) == (limit.verdict(start, None, at, clock, pauses=pauses) == Verdict.RUNNING)
        if isinstance(limit, LaterOf | EarlierOf):
            deciding = [one for one in limit.limits if in_utc(one.due(start, clock, pauses=pauses)) == in_utc(due)]
            assert str(left) == str(min(one.remaining(start, at, clock, pauses=pauses) for one in deciding))
        elif not limit.pausable:
            assert left == WorkTime.of(limit.ticks(clock).worked(instant(at), max(instant(at), instant(due))))
        elif less:
            passed = Pauses.of(pauses).worked(instant(at), instant(later), limit.ticks(clock))
            assert str(left) == str(less + WorkTime.of(passed))
            to_come = Pauses.of(pauses).worked(instant(at), instant(due), limit.ticks(clock))
            assert str(left) == str(WorkTime.of(to_come))

    @law
    def test_a_verdict_is_running_until_the_stop_or_the_due_moment_and_then_stands(self, data: DataObject) -> None:
        """Running before the due moment, late from then on; and within when it stopped by the due moment."""
        limit, clock, (start, stop, at) = self._drawn(data, 3)
        due = in_utc(limit.due(start, clock))
        shown("a promise that falls due after its start", due >= start)
        if due < start:  # the day was over before it started in the evening
            return
        for moment in (stop, at, due, max(due - TICK, start)):
            open_yet = limit.verdict(start, None, moment, clock)
            assert open_yet == (Verdict.RUNNING if moment < due else Verdict.LATE)
            done = Verdict.WITHIN if stop <= due else Verdict.LATE
            assert limit.verdict(start, stop, moment, clock) == (done if stop <= moment else open_yet)
        assert limit.verdict(start, due, due, clock) == Verdict.WITHIN
        assert limit.verdict(start, due + TICK, due + TICK, clock) == Verdict.LATE

    @law
    def test_a_warning_is_a_working_moment_before_the_due_moment(self, data: DataObject) -> None:
        """The office is open, nothing is paused, and so much working time is left, or all that there was."""
        limit, clock, (start,) = self._drawn(data, 1)
        pauses = self._pauses(data, clock)
        before = WorkTime(minutes=data.draw(st.integers(1, 3 * 24 * 60), label="minutes before"))
        due = in_utc(limit.due(start, clock, pauses=pauses))
        warning = limit.warning(start, before, clock, pauses=pauses)
        whole = clock.elapsed(start, max(start, due), pauses=pauses)
        shown("a promise with working time in it", warning)
        if warning is None:
            assert not whole
        else:
            assert in_utc(start) <= in_utc(warning) < in_utc(due)
            assert clock.is_open(warning)
            assert not any(in_utc(since) <= in_utc(warning) < in_utc(until) for since, until in pauses)
            assert str(clock.elapsed(warning, due, pauses=pauses)) == str(min(before, whole))

    @law
    def test_a_pause_gives_back_what_it_took_and_hastens_nothing(self, data: DataObject) -> None:
        """A pause before the start, after the due moment or while the limit's clock stands still moves nothing."""
        limit, clock, (early, start, later) = self._drawn(data, 3)
        pauses = self._pauses(data, clock)
        due = limit.due(start, clock)
        moved = limit.due(start, clock, pauses=pauses)
        assert in_utc(due) <= in_utc(moved)
        assert in_utc(moved) <= in_utc(limit.due(start, clock, pauses=[*pauses, (early, later)]))
        assert in_utc(limit.due(start, clock, pauses=[(early, start)])) == in_utc(due)
        after = max(in_utc(due), start)
        assert in_utc(limit.due(start, clock, pauses=[(after, after + timedelta(days=1))])) == in_utc(due)
        if not isinstance(limit, LaterOf | EarlierOf):
            self._see_given_back(limit, clock, start, Pauses.of(pauses))
            closed = [(span.stop, clock.next_open(span.stop)) for span in clock.spans(start, after)[:3]]
            still = [pause for pause in closed if not limit.ticks(clock).worked(*map(instant, pause))]
            assert in_utc(limit.due(start, clock, pauses=still)) == in_utc(due)

    def _see_given_back(self, limit: Limit, clock: WorkClock, start: datetime, pauses: Pauses) -> None:
        """See that what its clock runs until the due moment is the same with and without pauses."""
        begin, ticks = instant(start), limit.ticks(clock)
        due, moved = (limit.due_instant(begin, clock, some) for some in (NO_PAUSES, pauses))
        if not limit.pausable:
            assert due == moved
        elif limit.in_order and begin <= due:  # others go on to the next opening from where they were moved
            given = [WorkTime.of(ticks.worked(begin, due)), WorkTime.of(pauses.worked(begin, moved, ticks))]
            assert str(given[1]) == str(given[0])

    @law
    def test_what_was_asked_before_never_changes_an_answer(self, data: DataObject) -> None:
        """A clock that was asked about other starts of the same days says the same as a new one."""
        limit, clock, (start,) = self._drawn(data, 1)
        first, end = span_of(self.years, clock)
        for way in data.draw(st.lists(st.timedeltas(-SOME_DAYS, SOME_DAYS), max_size=4), label="asked before"):
            limit.due(min(max(start + way, first), first + (end - first) / 2), clock)
        assert in_utc(limit.due(start, clock)) == in_utc(limit.due(start, evolve(clock)))

    @law
    def test_an_explanation_leaves_out_no_day_and_its_time_adds_up(self, data: DataObject) -> None:
        """Day follows day from the start to the due moment; counted and paused time are what the limit's clock says."""
        limit, clock, (start,) = self._drawn(data, 1)
        pauses = self._pauses(data, clock)
        due = instant(limit.due(start, clock, pauses=pauses))
        told = clock.deadline(limit, start, pauses=pauses).explain().days
        assert all(after.day - one.day == timedelta(days=1) for one, after in pairwise(told))
        assert told[0].day <= clock.day_of(start) or isinstance(limit, Before)
        numbers = [one.nth for one in told if one.nth]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        if isinstance(limit, LaterOf | EarlierOf | Before) or due < instant(start):
            return
        assert told[-1].day in {clock.date_of(due), clock.date_of(due - 1)}
        if told[0].nth is None:
            paused = Pauses.of(pauses) if limit.pausable else NO_PAUSES
            running = paused.worked(instant(start), due, limit.ticks(clock))
            counted = sum((one.counted for one in told), WorkTime())
            assert str(WorkTime.of(running)) == str(told[-1].total) == str(counted)
            whole = WorkTime.of(limit.ticks(clock).worked(instant(start), due))
            assert str(counted + sum((one.paused for one in told), WorkTime())) == str(whole)

    @law
    def test_a_column_gives_the_same_as_one_at_a_time(self, data: DataObject) -> None:
        """due_array and verdict_array say what due and verdict say; NaT, and what is before its start, give null."""
        np = numpy_or_skip()
        limit, clock, (at,) = self._drawn(data, 1)
        moments = st.none() | self._moments(clock)
        pairs = data.draw(st.lists(st.tuples(moments, moments), min_size=1, max_size=6), label="starts and stops")
        starts, stops = (list(side) for side in zip(*pairs, strict=True))
        column = np.array(["NaT" if one is None else instant(one) for one in starts], "datetime64[us]")
        found = clock.due_array(column, limit)
        assert [None if np.isnat(due) else local(int(due.astype(int)), UTC) for due in found] == [
            None if one is None else in_utc(limit.due(one, clock)) for one in starts
        ]
        backwards = [
            start is not None and (at < start or (stop is not None and stop < start))
            for start, stop in zip(starts, stops, strict=True)
        ]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore" if any(backwards) else "error")
            verdicts = clock.verdict_array(limit, starts, stops, at=at)
        assert verdicts.tolist() == [
            None if start is None or reversed_pair else str(limit.verdict(start, stop, at, clock))
            for start, stop, reversed_pair in zip(starts, stops, backwards, strict=True)
        ]

    def _drawn(self, data: DataObject, n: int) -> tuple[Limit, WorkClock, list[datetime]]:
        """A limit, a clock and so many moments of the years' first half, in order of time."""
        limit = cast("Limit", drawn(data, self, "limit", Limit))
        clock = cast("WorkClock", drawn(data, self, "clock", WorkClock))
        moments = st.tuples(*[self._moments(clock)] * n).map(sorted)
        return limit, clock, data.draw(moments, label="moments in order of time, the start first")

    def _pauses(self, data: DataObject, clock: WorkClock) -> Pairs:
        edges = data.draw(st.lists(self._moments(clock), max_size=4), label="edges of pauses")
        return [(min(pair), max(pair)) for pair in zip(edges[::2], edges[1::2], strict=False)]

    def _moments(self, clock: WorkClock) -> SearchStrategy[datetime]:
        first, end = span_of(self.years, clock)
        return instants_between(first, first + (end - first) / 2, clock)
