"""PlanLaws: what must hold of any plan, over any records."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from operator import add
from typing import TYPE_CHECKING, ClassVar, cast

from attrs import evolve, frozen
from hypothesis import strategies as st

from docflow.errors import NoWorkingDayError
from docflow.kpi import Bin, Plan, Reported, Window
from docflow.kpi.indicators import Direction
from docflow.testing.judgements import at_once, dated, judgement, moments_near, up_to
from docflow.testing.laws import TICK, applies, drawn, in_utc, shown, wide_law
from docflow.testing.record_strategies import plan_records
from docflow.text import figure
from docflow.worktime import Closure, OfficeCalendar, WorkClock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import DataObject, SearchStrategy

    from docflow.kpi import Observation, Outcome, PlanResult, Result
    from docflow.kpi.records import CaseOrRecord

__all__ = ["PlanLaws"]

Records = dict[str, list["CaseOrRecord"]]


@frozen
class _Asked:
    """One question: a plan, the records, and the moment."""

    plan: Plan
    records: Records
    as_of: datetime

    def evaluation(self) -> PlanResult:
        """The answer."""
        return self.plan.evaluate(self.records, as_of=self.as_of)


class PlanLaws:
    """The laws of plans: subclass it with your plan, and pytest searches for records that break one.

    >>> from docflow.bangkok import PLAN_2563
    >>> from docflow.testing import PlanLaws
    >>> class TestOurPlan(PlanLaws):
    ...     plan = PLAN_2563
    >>> TestOurPlan().test_outcomes_stand_in_the_plans_order()

    `plan` is a plan or a strategy. `records` are records by name, or a strategy of them; without it, those that
    `docflow.testing.plan_records` draws for the plan. The calendar of the plan's clock has to hold the year, and some
    months before and after it.
    """

    plan: ClassVar[Plan | SearchStrategy[Plan]]
    records: ClassVar[Mapping[str, Sequence[CaseOrRecord]] | SearchStrategy[Records] | None] = None

    @wide_law
    def test_outcomes_stand_in_the_plans_order(self, data: DataObject) -> None:
        """One for each indicator, its parts' inside it; and each is found by its number."""
        asked = self._asked(data)
        found = asked.evaluation()
        assert list(found.outcomes) == [one.number for one in asked.plan.indicators]
        assert [one.indicator for one in found.all()] == list(asked.plan)
        for one in found.all():
            assert found[one.indicator.number] is one

    @wide_law
    def test_a_value_is_divided_exactly_and_judged_by_its_target(self, data: DataObject) -> None:
        """Value == numerator / denominator; met exactly on the good side of the target, which is met itself."""
        for one in self._asked(data).evaluation().all():
            assert (one.value is None) == (one.numerator is None or not one.denominator)
            if one.value is not None:
                assert one.value * one.denominator == one.numerator
            if one.target is None or one.value is None:
                assert one.met is None
            elif one.target.direction is Direction.AT_LEAST:
                assert one.met == (one.value - one.target.value >= 0)
            else:
                assert one.met == (one.value - one.target.value <= 0)

    @wide_law
    def test_without_a_measure_an_indicator_is_the_mean_of_its_parts(self, data: DataObject) -> None:
        """(1 + … + n) / n, and without a value as long as a part has none."""
        found = list(self._asked(data).evaluation().all())
        applies("an indicator made of parts", any(one.indicator.measure is None for one in found))
        for one in found:
            if one.indicator.measure is None:
                values = [part.value for part in one.parts]
                known = [value for value in values if value is not None]
                assert one.value == (sum(known) / len(values) if known == values else None)

    @wide_law
    def test_bins_hold_every_record_once(self, data: DataObject) -> None:
        """What an indicator reads is what lies in its bins, under every reading; those of a mean are its parts'."""
        asked = self._asked(data)
        for one in asked.evaluation().all():
            if one.indicator.measure is None:
                parts = [seen for part in one.parts for some in part.bins.values() for seen in some]
                assert sorted(map(id, parts)) == sorted(id(seen) for some in one.bins.values() for seen in some)
                continue
            given = sorted(map(id, asked.records.get(one.indicator.of, ())))
            for result in _results(one):
                found = [id(seen.record) for some in result.bins.values() for seen in some]
                assert sorted(set(found) if result.measure.span.every else found) == given

    @wide_law
    def test_the_order_of_the_records_does_not_matter(self, data: DataObject) -> None:
        """To no value and no observation; of two values reported at one moment the one given later counts."""
        asked = self._asked(data)
        reported = {one.of for one in asked.plan if isinstance(one.measure, Reported)}
        replaced = any(at_once(asked.records.get(name, ())) for name in reported)
        shown("records that do not replace one another", not replaced)
        if replaced:
            return
        mixed = {name: data.draw(st.permutations(some)) for name, some in asked.records.items()}
        other = evolve(asked, records=mixed).evaluation()
        for one, there in zip(asked.evaluation().all(), other.all(), strict=True):
            assert (one.value, one.met) == (there.value, there.met)
            for mine, theirs in zip(_results(one), _results(there), strict=True):
                observations = {(id(seen.record), seen.nth): judgement(seen) for seen in theirs.observations}
                assert {(id(seen.record), seen.nth): judgement(seen) for seen in mine.observations} == observations

    @wide_law
    def test_records_may_come_from_anywhere_once(self, data: DataObject) -> None:
        """From iterators as from lists, though several indicators read the same."""
        asked = self._asked(data)
        once = asked.plan.evaluate({name: iter(some) for name, some in asked.records.items()}, as_of=asked.as_of)
        assert once == asked.evaluation()

    @wide_law
    def test_the_last_monthly_report_is_the_plan_as_of_its_moment(self, data: DataObject) -> None:
        """One report a month, as of its end or of the moment asked for; the last one is what `evaluate` says then."""
        asked = self._asked(data)
        clock, year = asked.plan.clock, asked.plan.year
        reports = asked.plan.months(asked.records, as_of=asked.as_of)
        shown("a month of the plan's year that has begun", reports)
        first_days = {month: date.fromisoformat(f"{month}-01") for month in year.months()}
        today = clock.day_of(asked.as_of)
        assert list(reports) == [month for month, day in first_days.items() if day <= today]
        for month, report in reports.items():
            at = in_utc(report.as_of)
            assert f"{clock.day_of(at):%Y-%m}" == month
            assert at <= asked.as_of
            assert at == asked.as_of or f"{clock.day_of(at + TICK):%Y-%m}" != month
        if reports:
            last = list(reports.values())[-1]
            assert last == evolve(asked, as_of=last.as_of).evaluation()

    @wide_law
    def test_explanations_say_the_value_in_both_languages(self, data: DataObject) -> None:
        """With the number and the title above it, and the parts below."""
        for one in self._asked(data).evaluation().all():
            for language in ("th", "en"):
                said = one.explain(language).splitlines()
                assert said[0] == f"{one.indicator.number} {one.indicator.title.said(language)}"
                line = said[1 + bool(one.indicator.formula.said(language))]
                shown = figure(one.value, apart=None if one.target is None else one.target.value)
                undivided = {figure(one.value)}
                if one.value is not None and one.value.denominator == 1:
                    undivided = {f"{one.value.numerator:,}"}
                assert line.split(" = ")[-1].split()[0] in ({shown} if " = " in line else undivided)
                for part in one.parts:
                    below = [f"  {line}" for line in part.explain(language).splitlines()]
                    assert "\n".join(below) in "\n".join(said)

    @wide_law
    def test_another_years_plan_excludes_what_started_outside_that_year(self, data: DataObject) -> None:
        """Whatever is not excluded has its day, of start or stop, in the indicator's own months in the plan's year."""
        asked = self._asked(data)
        later = data.draw(st.integers(-1, 1), label="years later")
        over = evolve(asked, plan=asked.plan.over(_moved(asked.plan.year, later)))
        for one in over.evaluation().all():
            assert over.plan.year.first <= one.window.first <= one.window.last <= over.plan.year.last
            for result in _results(one):
                for seen in result.observations:
                    if seen.bin is not Bin.EXCLUDED:
                        assert one.window.first <= over.plan.clock.day_of(dated(seen)) <= one.window.last

    @wide_law
    def test_an_outcome_does_not_differ_from_itself(self, data: DataObject) -> None:
        """Evaluated twice, nothing has changed."""
        asked = self._asked(data)
        for one, again in zip(asked.evaluation().all(), asked.evaluation().all(), strict=True):
            found = one.difference(again)
            assert (found.before, found.after, found.contexts, found.changes) == (one.value, one.value, (), ())

    @wide_law
    def test_the_past_never_sees_a_later_step(self, data: DataObject) -> None:
        """As of a moment, records told up to it give the same values, and each the same observation."""
        asked = self._asked(data)
        told: dict[str, list[CaseOrRecord]] = {
            name: [up_to(case, asked.as_of) for case in some] for name, some in asked.records.items()
        }
        past = evolve(asked, records=told).evaluation()
        for one, then in zip(asked.evaluation().all(), past.all(), strict=True):
            assert (one.value, one.met) == (then.value, then.met)
            for mine, theirs in zip(_results(one), _results(then), strict=True):
                assert list(map(judgement, mine.observations)) == list(map(judgement, theirs.observations))

    @wide_law
    def test_a_calendar_moves_only_what_it_dates_or_measures(self, data: DataObject) -> None:
        """Before a closure was announced, only records differ whose due moment or elapsed time it changed."""
        asked = self._asked(data)
        plan, year = asked.plan, asked.plan.year
        steps = [
            plan.clock.day_of(step.at) for some in asked.records.values() for case in some for step in case.history
        ]
        near = st.builds(add, st.sampled_from(steps or [year.first]), st.integers(0, 5).map(timedelta))
        closed = data.draw(near | st.dates(year.first, year.last), label="day closed")
        closure = Closure(closed, reason="one more", source="this law", announced=closed)
        clock = WorkClock(plan.clock.hours, OfficeCalendar(plan.clock.calendar, days=[closure]), zone=plan.clock.zone)
        earlier = clock.as_known_on(closed - timedelta(days=1))
        try:
            before, now = (plan.evaluate(asked.records, as_of=asked.as_of, clock=used) for used in (earlier, clock))
        except NoWorkingDayError:  # the only one of its year
            return
        for one, other in zip(before.all(), now.all(), strict=True):
            if one.result is None or other.result is None:
                continue
            pairs = zip(one.result.observations, other.result.observations, strict=True)
            dated = [pair for pair in pairs if _dated(pair[0]) != _dated(pair[1])]
            found = one.difference(other)
            assert [(change.before, change.after) for change in found.changes] == dated
            assert {change.because for change in found.changes} <= {("of the calendar",)}

    def _asked(self, data: DataObject) -> _Asked:
        plan = cast("Plan", drawn(data, self, "plan", Plan))
        some = data.draw(plan_records(plan, most=2), label="records") if self.records is None else None
        given = dict(cast("Mapping[str, Sequence[CaseOrRecord]]", some or drawn(data, self, "records")))
        around = timedelta(days=60)
        first, last = (datetime.combine(day, time(), tzinfo=plan.clock.tz) for day in (plan.year.first, plan.year.last))
        shown("a record that the plan measures", any(map(given.get, {one.of for one in plan})))
        moments = moments_near([case for cases in given.values() for case in cases], first - around, last + around)
        return _Asked(plan, {name: list(cases) for name, cases in given.items()}, data.draw(moments, label="as of"))


def _results(outcome: Outcome) -> list[Result]:
    """The results under every reading; the mean of parts has none."""
    return list(outcome.results.values())


def _dated(seen: Observation) -> tuple[object, ...]:
    """What an observation owes to the calendar."""
    return seen.due_at, seen.worked, seen.reason


def _moved(year: Window, later: int) -> Window:
    """The same days of another year."""
    first, after = year.first, year.last + timedelta(days=1)
    return Window(*(_years_later(first, later), _years_later(after, later) - timedelta(days=1)))


def _years_later(day: date, n: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + n, day.month, 28 if leap else day.day)
