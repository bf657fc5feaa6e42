"""MeasureLaws: what must hold of any measure, over any cases, on any clock."""

from __future__ import annotations

import pickle
from datetime import timedelta, timezone
from fractions import Fraction
from itertools import chain, pairwise
from typing import TYPE_CHECKING, ClassVar, cast

from attrs import evolve
from hypothesis import strategies as st

from docflow.kpi import Bin, Count, Measure, Proportion, Reported, Window, differences, read
from docflow.kpi.bins import Cause
from docflow.kpi.results import merged
from docflow.testing.group_laws import GroupLaws
from docflow.testing.judgements import (
    Asked,
    at_once,
    bounds,
    by_case,
    dated,
    in_zone,
    judgement,
    lengths,
    may_change,
    moments_near,
    paired,
    quotient,
    up_to,
    weight,
)
from docflow.testing.laws import applies, drawn, law, shown
from docflow.testing.occurrence_laws import OccurrenceLaws
from docflow.testing.period_laws import PeriodLaws
from docflow.testing.record_strategies import records_for
from docflow.testing.strategies import SearchedYears, limits, span_of
from docflow.worktime import WorkClock, WorkTime, instant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from hypothesis.strategies import DataObject, SearchStrategy

    from docflow.kpi.records import CaseOrRecord

__all__ = ["MeasureLaws"]

VERDICTS = (Bin.COUNTED, Bin.LATE, Bin.MISSED)


class MeasureLaws(SearchedYears, OccurrenceLaws, PeriodLaws, GroupLaws):
    """The laws of measures: subclass it with your measure and clock, and pytest searches for cases that break one.

    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> from docflow.testing import MeasureLaws
    >>> class TestOurMean(MeasureLaws):
    ...     measure, clock = HANDING_OVER, office_clock()
    >>> TestOurMean().test_months_make_up_the_whole()

    `measure` is a measure, several by name, or a strategy of either. `cases` are cases, or a strategy of lists of them;
    without it, histories over the states that the measure speaks of are drawn, which start in the first half of
    `years`, so that they fall due within them. The calendar must hold all these years. `window` is a window or a
    strategy; without it, cases of all days count.
    """

    measure: ClassVar[Measure | Mapping[str, Measure] | SearchStrategy[Measure] | SearchStrategy[Mapping[str, Measure]]]
    clock: ClassVar[WorkClock | SearchStrategy[WorkClock]]
    cases: ClassVar[Sequence[CaseOrRecord] | SearchStrategy[list[CaseOrRecord]] | None] = None
    window: ClassVar[Window | SearchStrategy[Window | None] | None] = None

    @law
    def test_a_value_lies_between_its_bounds(self, data: DataObject) -> None:
        """Hits <= total, value == numerator / denominator, and a mean lies between the least and the most."""
        asked = self._asked(data)
        result = asked.result()
        share = result.share
        assert 0 <= share.hits <= share.total <= result.in_scope
        if isinstance(asked.measure, Count):
            assert (result.value, result.denominator) == (result.numerator, 1)
            assert (result.numerator is None) == (not result.in_scope)
            assert 0 <= (result.numerator or 0) <= share.hits
        elif isinstance(asked.measure, Proportion):
            assert (result.numerator, result.denominator) == (Fraction(100 * share.hits), share.total)
        few = bounds(result)
        assert (result.value is None) == (not few)
        if result.value is not None:
            assert min(few) <= result.value <= max(few)
            assert result.value * result.denominator == result.numerator

    @law
    def test_no_case_takes_longer_than_the_wall_says(self, data: DataObject) -> None:
        """0 <= elapsed <= stop - start, and what stops does not stop before it starts."""
        asked = self._asked(data)
        observations = asked.result().observations
        shown("a case that started", any(seen.start for seen in observations))
        for seen in observations:
            if seen.start is not None:
                passed = instant(seen.stop or asked.as_of) - instant(seen.start)
                assert passed >= 0
                assert 0 <= (seen.worked or 0) <= passed

    @law
    def test_the_order_of_the_cases_does_not_matter(self, data: DataObject) -> None:
        """Neither to the value nor to any observation; of two values of one moment the one given later counts."""
        asked = self._asked(data)
        replaced = isinstance(asked.measure, Reported) and at_once(asked.cases)
        if not applies("a measure whose values do not replace one another", not replaced):
            return
        order = data.draw(st.permutations(range(len(asked.cases))), label="order")
        result, other = asked.result(), asked.of([asked.cases[n] for n in order])
        assert quotient(other) == quotient(result)
        own = by_case(result)
        assert other.observations == tuple(seen for n in order for seen in own[n])

    @law
    def test_months_make_up_the_whole(self, data: DataObject) -> None:
        """Every case but the excluded lies in the month of its day, and the months merged are the whole."""
        asked = self._asked(data)
        result = asked.result()
        months = result.by_month()
        shown("a case of some month", months)
        assert list(months) == sorted(months)
        for month, part in months.items():
            for seen in part.observations:
                assert f"{asked.clock.day_of(dated(seen)):%Y-%m}" == month
        parts = [id(seen.record) for part in months.values() for seen in part.observations]
        assert sorted(parts) == sorted(id(seen.record) for seen in result.observations if seen.bin is not Bin.EXCLUDED)
        if months:
            assert quotient(merged(months.values())) == quotient(result)

    @law
    def test_a_case_lies_where_it_would_lie_alone(self, data: DataObject) -> None:
        """Reading all at once is reading them one by one; of reported values, the last one replaces the others."""
        asked = self._asked(data)
        if isinstance(asked.measure, Reported):
            assert len(asked.result().counted) == any(asked.of([case]).counted for case in asked.cases)
        else:
            alone = (asked.of([case]).observations for case in asked.cases)
            assert asked.result().observations == tuple(chain.from_iterable(alone))

    @law
    def test_a_longer_limit_never_loses_a_case(self, data: DataObject) -> None:
        """`limit | other` and a larger cap lower no rate; `limit & other` raises none."""
        asked = self._asked(data)
        other, more = data.draw(limits(), label="other limit"), data.draw(st.integers(0, 5_000), label="more minutes")
        steps = [evolve(asked, measure=one) for one in lengths(asked.measure, other, WorkTime(minutes=more))]
        applies("a measure with a limit or a cap", len(steps) > 1)
        for shorter, longer in pairwise(steps):
            less, most = shorter.result(), longer.result()
            for before, after in zip(less.observations, most.observations, strict=True):
                if after.reason is not None and after.reason.cause is Cause.NO_CALENDAR:
                    return  # it falls due beyond the calendar
                assert before.bin is not Bin.COUNTED or after.bin is Bin.COUNTED
                assert after.bin is not Bin.LATE or before.bin is Bin.LATE
            if less.value is not None and most.value is not None:
                assert less.value <= most.value

    @law
    def test_one_more_case_that_counts_never_lowers_a_rate(self, data: DataObject) -> None:
        """rate(cases) <= rate(cases and one that counts)."""
        asked = self._asked(data)
        result = asked.result()
        if not applies("a rate", isinstance(asked.measure, Count | Proportion)):
            return
        shown("a case that counts", result.counted)
        for n, own in enumerate(by_case(result)):
            without = asked.of([case for m, case in enumerate(asked.cases) if m != n])
            counts = {seen.bin for seen in own if seen.bin in VERDICTS} == {Bin.COUNTED}
            if counts and without.value is not None:
                assert result.value is not None
                assert without.value <= result.value

    @law
    def test_the_past_never_sees_a_later_step(self, data: DataObject) -> None:
        """As of a moment, histories up to it give the same; without one, all is seen up to the latest step."""
        asked = self._asked(data)
        told = asked.of([up_to(case, asked.as_of) for case in asked.cases])
        assert list(map(judgement, told.observations)) == list(map(judgement, asked.result().observations))
        ends = [case.history[-1].at for case in asked.cases if case.history]
        if ends:
            whole = asked.measure.read(asked.cases, asked.clock, window=asked.window)
            assert whole == evolve(asked, as_of=max(ends, key=instant)).result()

    @law
    def test_the_zone_in_which_moments_are_written_does_not_matter(self, data: DataObject) -> None:
        """Instants count, not their spelling; months and days are the office's."""
        asked = self._asked(data)
        there = timezone(timedelta(minutes=data.draw(st.integers(-14 * 60, 14 * 60))))
        for zone in (there, asked.clock.tz):
            moved = evolve(asked, as_of=asked.as_of.astimezone(zone))
            other = moved.of([in_zone(case, zone) for case in asked.cases])
            assert list(map(judgement, other.observations)) == list(map(judgement, asked.result().observations))

    @law
    def test_what_is_excluded_or_missed_says_why(self, data: DataObject) -> None:
        """A reason, and for the excluded neither day nor duration; the others' day lies inside the window."""
        asked = self._asked(data)
        for seen in asked.result().observations:
            assert bool(seen.reason) == (seen.bin in (Bin.EXCLUDED, Bin.MISSED))
            if seen.bin is Bin.EXCLUDED:
                assert (seen.day, seen.due_at, seen.worked) == (None, None, None)
            else:
                assert seen.day is not None
                assert asked.window is None or asked.window.first <= seen.day <= asked.window.last

    @law
    def test_a_verdict_stands(self, data: DataObject) -> None:
        """What was counted stays counted as time goes on, and with a limit what was late never is in time."""
        asked = self._asked(data)
        stands = not (isinstance(asked.measure, Reported) or may_change(asked.measure))
        if not applies("a measure whose verdicts stand", stands):
            return  # a later value replaces it, a last time may come again, a month go by
        later = evolve(asked, as_of=self._moment(data, asked.cases, asked.clock))
        first, second = sorted((asked, later), key=lambda one: instant(one.as_of))
        limited = isinstance(asked.measure, Proportion) and asked.measure.limit is not None
        for before, after in paired(first.result(), second.result()):
            if before is None:  # it ran again
                continue
            assert after is not None
            back = after.reason is not None and after.reason.cause is Cause.FAILED
            if before.bin is Bin.COUNTED and not back:
                assert after.bin is Bin.COUNTED
                assert (after.due_at, after.worked) == (before.due_at, before.worked)
            if before.bin in VERDICTS:
                assert after.bin not in (Bin.RUNNING, Bin.UNFINISHED)
            if limited and before.bin is Bin.LATE:
                assert after.bin is not Bin.COUNTED

    @law
    def test_a_result_is_a_value(self, data: DataObject) -> None:
        """Read again or pickled it is equal, and nothing lies between the two."""
        asked = self._asked(data)
        result = asked.result()
        for twin in (asked.result(), pickle.loads(pickle.dumps(result))):  # noqa: S301 - our own
            assert twin == result
            assert (twin.value, twin.bins) == (result.value, result.bins)
            found = differences(result, twin)
            assert (found.before, found.after, found.contexts, found.changes) == (result.value, result.value, (), ())

    @law
    def test_measures_read_together_are_each_read_alone(self, data: DataObject) -> None:
        """In one pass over the cases or in several."""
        measures = self._measures(data)
        asked = self._asked(data, measures)
        together = read(iter(asked.cases), asked.clock, measures=measures, window=asked.window, as_of=asked.as_of)
        assert together == {name: evolve(asked, measure=one).result() for name, one in measures.items()}

    @law
    def test_differences_between_two_moments_are_the_cases_that_moved(self, data: DataObject) -> None:
        """Each case whose observation changed, in order, with the moment as its cause; and no other."""
        asked = self._asked(data)
        later = evolve(asked, as_of=self._moment(data, asked.cases, asked.clock))
        one, other = asked.result(), later.result()
        found = differences(one, other)
        moved = [pair for pair in paired(one, other) if weight(pair[0]) != weight(pair[1])]
        assert [(change.before, change.after) for change in found.changes] == moved
        assert {change.because for change in found.changes} <= {("of the moment",)}

    def _measures(self, data: DataObject) -> dict[str, Measure]:
        given = drawn(data, self, "measure")
        return {"": given} if isinstance(given, Measure) else dict(cast("Mapping[str, Measure]", given))

    def _asked(self, data: DataObject, measures: Mapping[str, Measure] | None = None) -> Asked:
        """A measure, or one of several, over some cases through the window, as of a moment."""
        readings = list((self._measures(data) if measures is None else measures).values())
        one = data.draw(st.sampled_from(readings), label="reading") if len(readings) > 1 else readings[0]
        clock = cast("WorkClock", drawn(data, self, "clock", WorkClock))
        window = data.draw(self.window, label="window") if isinstance(self.window, st.SearchStrategy) else self.window
        cases = self._cases(data, readings, clock, window)
        shown("a case to measure", cases)
        return Asked(one, cases, clock, window, self._moment(data, cases, clock))

    def _cases(
        self, data: DataObject, readings: list[Measure], clock: WorkClock, window: Window | None
    ) -> tuple[CaseOrRecord, ...]:
        if self.cases is not None:
            return tuple(cast("Sequence[CaseOrRecord]", drawn(data, self, "cases")))
        first, end = span_of(self.years, clock)
        within = Window(first.date(), (first + (end - first) / 2).date())
        if window is not None and within.first <= window.last and window.first <= within.last:  # those of interest
            month = timedelta(days=30)
            within = Window(max(within.first, window.first - month), min(within.last, window.last + month))
        return tuple(data.draw(st.lists(records_for(readings, within, clock), max_size=4), label="cases"))

    def _moment(self, data: DataObject, cases: Sequence[CaseOrRecord], clock: WorkClock) -> datetime:
        return data.draw(moments_near(cases, *span_of(self.years, clock)), label="as of")
