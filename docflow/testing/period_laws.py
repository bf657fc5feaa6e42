"""PeriodLaws: what must hold of the days by which records count, and of those that are open; MeasureLaws has them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from attrs import evolve
from hypothesis import strategies as st

from docflow.errors import PlanError
from docflow.kpi import Bin, Count, Duration, Proportion, Window, ageing, due_by
from docflow.kpi.results import merged
from docflow.testing.judgements import Asked, dated
from docflow.testing.laws import applies, law, shown
from docflow.worktime import WorkTime, instant, moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hypothesis.strategies import DataObject, SearchStrategy

    from docflow.kpi import Measure, Observation, Result
    from docflow.kpi.dating import DatedBy

__all__ = ["PeriodLaws"]

DAY: Final = timedelta(days=1)


class PeriodLaws:
    """The laws of periods, of records dated by their stop, and of open ones, which `MeasureLaws` inherits."""

    def _asked(self, data: DataObject, measures: Mapping[str, Measure] | None = None) -> Asked:
        raise NotImplementedError

    @law
    def test_periods_make_up_the_whole(self, data: DataObject) -> None:
        """The periods of a window hold each of its days once, and their results merged are the whole."""
        asked = self._asked(data)
        result = asked.result()
        window = asked.window or data.draw(_around(result, asked), label="window")
        periods = data.draw(_periods(window), label="periods")
        days = [day for period in periods.values() for day in _days(period)]
        assert days == list(_days(window))
        parts = result.by_period(periods)
        assert list(parts) == list(periods)
        for name, part in parts.items():
            for seen in part.observations:
                assert asked.clock.day_of(dated(seen)) in periods[name]
        seen_in_parts = [id(seen.record) for part in parts.values() for seen in part.observations]
        in_scope = [id(seen.record) for seen in result.observations if seen.bin is not Bin.EXCLUDED]
        shown("a case of some period", in_scope)
        assert sorted(seen_in_parts) == sorted(in_scope)
        whole = merged(parts.values())
        if in_scope:
            assert (whole.value, whole.numerator, whole.denominator) == (
                result.value,
                result.numerator,
                result.denominator,
            )

    @law
    def test_what_is_dated_by_its_stop_lies_in_the_month_of_its_stop(self, data: DataObject) -> None:
        """Of what stopped nothing else changes, and what is open is left out."""
        asked = evolve(self._asked(data), window=None)
        both = [evolve(asked, measure=one) for by in ("start", "stop") if (one := _dated_by(asked.measure, by))]
        if not applies("a measure of what starts and stops", both):
            return
        by_start, by_stop = (one.result() for one in both)
        shown("a case that stopped", any(seen.stop for seen in by_start.observations))
        for before, seen in zip(by_start.observations, by_stop.observations, strict=True):
            if before.stop is None:
                assert seen.bin is Bin.EXCLUDED
            else:
                assert seen.day == asked.clock.day_of(before.stop)
                assert (seen.bin, seen.due_at, seen.worked) == (before.bin, before.due_at, before.worked)
        for month, part in by_stop.by_month().items():
            for seen in part.observations:
                assert seen.stop is not None
                assert f"{asked.clock.day_of(seen.stop):%Y-%m}" == month

    @law
    def test_bands_of_age_hold_each_open_case_once(self, data: DataObject) -> None:
        """In the order given, and each in the band of the working time that it has used up."""
        asked = self._asked(data)
        asked = evolve(asked, measure=_dated_by(asked.measure, "start") or asked.measure)
        result = asked.result()
        edges = data.draw(_edges, label="edges")
        bands = ageing(result, edges)
        opened = [seen for seen in result.observations if seen.start is not None and seen.stop is None]
        assert len(bands) == len(edges) + 1
        found = [seen for part in bands.values() for seen in part.observations]
        assert sorted(id(seen.record) for seen in found) == sorted(id(seen.record) for seen in opened)
        for n, part in enumerate(bands.values()):
            for seen in part.observations:
                used = _used(seen, asked)
                assert n == 0 or edges[n - 1] <= used
                assert n == len(edges) or used < edges[n]

    @law
    def test_a_later_moment_has_all_that_is_due_by_an_earlier_one(self, data: DataObject) -> None:
        """In the order in which it is due: what is open, whether it is overdue or not, and nothing else."""
        asked = self._asked(data)
        asked = evolve(asked, measure=_dated_by(asked.measure, "start") or asked.measure)
        result = asked.result()
        if not applies("a measure with a limit", _limited(asked.measure)):
            return
        opened = [seen for seen in result.observations if seen.start is not None and seen.stop is None]
        near = [seen.due_at for seen in opened if seen.due_at is not None] or [instant(asked.as_of)]
        anywhere = st.builds(lambda at, after: at + after, st.sampled_from(near), st.sampled_from((0, -1, 1, 10**12)))
        first, last = sorted(data.draw(st.tuples(anywhere, anywhere), label="moments"))
        earlier, later = (due_by(result, moment(at, asked.clock.tz)) for at in (first, last))
        assert later[: len(earlier)] == earlier
        for at, found in ((first, earlier), (last, later)):
            wanted = [id(seen.record) for seen in opened if seen.due_at is not None and seen.due_at <= at]
            assert sorted(id(seen.record) for seen in found) == sorted(wanted)
        for seen in later:
            late = seen.due_at is not None and seen.due_at <= instant(asked.as_of)
            assert seen.bin is Bin.MISSED or late == (seen.bin is Bin.LATE)
            assert late or seen.overdue == WorkTime()


def _dated_by(measure: Measure, by: DatedBy) -> Measure | None:
    """The measure dated by a moment; None where it has but one."""
    if isinstance(measure, Count):
        return evolve(measure, proportion=evolve(measure.proportion, dated_by=by))
    return evolve(measure, dated_by=by) if isinstance(measure, Duration | Proportion) else None


def _limited(measure: Measure) -> bool:
    return isinstance(rate := getattr(measure, "proportion", measure), Proportion) and rate.limit is not None


def _used(seen: Observation, asked: Asked) -> WorkTime:
    assert seen.start is not None
    pauses = [(moment(since, asked.clock.tz), moment(until, asked.clock.tz)) for since, until in seen.pauses.spans]
    return asked.clock.elapsed(seen.start, asked.as_of, pauses=pauses)


def _days(window: Window) -> list[date]:
    return [window.first + n * DAY for n in range((window.last - window.first).days + 1)]


def _around(result: Result, asked: Asked) -> SearchStrategy[Window]:
    """Windows that hold the day of every record of a result."""
    days = [seen.day for seen in result.observations if seen.day is not None] or [asked.clock.day_of(asked.as_of)]
    more = st.integers(0, 400)
    return st.builds(lambda before, after: Window(min(days) - before * DAY, max(days) + after * DAY), more, more)


@st.composite
def _periods(draw: st.DrawFn, window: Window) -> dict[str, Window]:
    """Periods of a window: its own of any kind that it has, or some that are cut anywhere."""
    patterns = st.sampled_from(((4, 4, 5), (4, 5, 4), (5, 4, 4)))
    kind = draw(st.sampled_from(("quarters", "weeks", "four four five", "cut anywhere")))
    try:
        if kind == "quarters":
            return window.quarters()
        if kind == "four four five":
            return window.four_four_five(draw(patterns))
    except PlanError:  # it is no year
        kind = "weeks"
    if kind == "weeks":
        return window.weeks(begins=draw(st.integers(0, 6)))
    ends = draw(st.sets(st.sampled_from(_days(window)), max_size=4).map(lambda some: sorted({*some, window.last})))
    starts = [window.first, *(end + DAY for end in ends[:-1])]
    return {f"from {first}": Window(first, last) for first, last in zip(starts, ends, strict=True)}


_edges: Final = st.sets(st.integers(1, 5_000), min_size=1, max_size=4).map(
    lambda some: [WorkTime(minutes=minutes) for minutes in sorted(some)]
)
