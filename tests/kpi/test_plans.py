"""Plans: what they are asked, and what comes out of them together."""

import pickle
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from small_indicators import MEAN, NOON, QUICK, RATE, SCORED, SLOW, TIMES, WATCH, composite, indicator, plan
from small_office import CLOCK, YEAR, at, bins, trace

from docflow import OfficeHours, Window, WorkClock, WorkingWeek
from docflow.errors import NaiveDatetimeError, PlanError
from docflow.kpi import Indicator, Plan, at_most
from docflow.kpi.outcomes import evaluate
from docflow.text import Text


class TestPlans:
    ours = plan(composite("1", RATE, MEAN), SCORED, TIMES)

    def test_numbers_are_used_once_parts_included(self):
        with pytest.raises(PlanError) as refused:
            plan(RATE, MEAN, RATE, composite("9", MEAN))
        assert str(refused.value) == "our plan: has two indicators numbered A, T; number them apart"

    def test_know_their_indicators_and_the_parts_below_them(self):
        assert [one.number for one in self.ours] == ["1", "A", "T", "S", "N"]
        assert (self.ours["T"], self.ours["S"]) == (MEAN, SCORED)
        with pytest.raises(PlanError) as refused:
            self.ours["7"]
        assert str(refused.value) == "our plan: has no indicator '7'; it has 1, A, T, S, N"

    def test_know_the_records_that_they_read(self):
        assert self.ours.wanted() == ("letters", "answers")

    def test_records_that_nothing_reads_are_refused(self):
        with pytest.raises(PlanError) as refused:
            self.ours.evaluate({"letter": [], "answers": [], "anwsers": []}, as_of=NOON)
        assert str(refused.value) == (
            "our plan: no indicator reads anwsers, letter; the records are named letters, answers"
        )

    def test_are_evaluated_together_over_records_that_come_once(self):
        found = self.ours.evaluate({"letters": iter([QUICK, SLOW])}, as_of=NOON)
        assert [one.indicator.number for one in found] == ["1", "S", "N"]
        assert (found["A"].value, found["T"].value, found["S"].value, found["N"].value) == (50, 965, None, 2)
        assert found["1"].value == Fraction(50 + 965, 2)
        assert found["1"].parts == (found["A"], found["T"])
        with pytest.raises(PlanError, match="has no indicator '7'"):
            found["7"]
        assert (found.plan, found.clock, found.as_of) == (self.ours, CLOCK, NOON)

    def test_say_moments_in_the_zone_of_the_office(self):
        found = self.ours.evaluate({}, as_of=datetime(2020, 1, 31, 5, tzinfo=UTC))
        assert (found.as_of, found.as_of.utcoffset()) == (NOON, timedelta(hours=7))
        assert (found["A"].as_of, found["A"].as_of.utcoffset()) == (NOON, timedelta(hours=7))

    def test_a_naive_moment_is_refused(self):
        with pytest.raises(NaiveDatetimeError):
            self.ours.evaluate({}, as_of=datetime(2020, 1, 31))

    def test_may_be_read_on_another_clock(self):
        late = WorkClock(OfficeHours(opens=time(9), closes=time(18)), WorkingWeek(), zone="Asia/Tokyo")
        found = self.ours.evaluate({"letters": [SLOW]}, as_of=NOON, clock=late)
        assert (found.clock, found["A"].result.context.clock) == (late, late)
        assert found.as_of.tzname() == "JST"
        months = self.ours.months({}, as_of=at("02-10 12:00"), clock=late)
        assert months["2020-01"].as_of.isoformat() == "2020-01-31T23:59:59.999999+09:00"

    def test_report_month_by_month_as_things_stood(self):
        opened = trace("1", ("came", "01-30 10:00"), ("went", "02-03 10:00"))
        months = self.ours.months({"letters": iter([QUICK, opened])}, as_of=at("03-10 12:00"))
        assert list(months) == ["2020-01", "2020-02", "2020-03"]
        assert [one.as_of.isoformat() for one in months.values()] == [
            "2020-01-31T23:59:59.999999+07:00",
            "2020-02-29T23:59:59.999999+07:00",
            "2020-03-10T12:00:00+07:00",
        ]
        assert [bins(one["A"]) for one in months.values()] == [
            {"counted": ["quick"], "running": ["1"]},
            {"counted": ["quick", "1"]},
            {"counted": ["quick", "1"]},
        ]

    def test_without_a_moment_the_whole_year_is_reported(self):
        months = self.ours.months({})
        assert list(months) == [f"2020-{n:02}" for n in range(1, 13)]
        assert months["2020-12"].as_of.isoformat() == "2020-12-31T23:59:59.999999+07:00"

    def test_a_month_begins_at_midnight_and_is_over_with_its_last_microsecond(self):
        for moment, last in (("02-01 00:00", "2020-02"), ("01-31 23:59", "2020-01"), ("01-01 00:00", "2020-01")):
            months = self.ours.months({}, as_of=at(moment))
            assert (list(months)[-1], months[last].as_of) == (last, at(moment))
        over = at("02-01 00:00") - timedelta(microseconds=1)
        assert self.ours.months({}, as_of=over)["2020-01"].as_of == over
        assert self.ours.months({}, as_of=at("2019-12-31 23:59")) == {}

    def test_are_the_same_for_another_year(self):
        next_year = Window(date(2021, 1, 1), date(2021, 12, 31))
        other = self.ours.over(next_year)
        assert (other.year, other.title, other.indicators, other.clock) == (
            next_year, self.ours.title, self.ours.indicators, CLOCK,
        )  # fmt: skip  # a table
        named = self.ours.over(next_year, Text("ปีหน้า", "next year"))
        assert named.title.en == "next year"
        case = trace("1", ("came", "2021-01-04 09:00"), ("went", "2021-01-04 09:05"))
        assert bins(other.evaluate({"letters": [case, QUICK]}, as_of=at("2021-12-31 12:00"))["A"]) == {
            "counted": ["1"],
            "excluded": ["quick"],
        }

    def test_are_values(self):
        assert pickle.loads(pickle.dumps(self.ours)) == self.ours  # noqa: S301 - our own
        assert plan(RATE) == plan(RATE)
        assert hash(plan(RATE)) == hash(plan(RATE))
        assert plan(RATE).indicators == (RATE,)


class TestWhatAPlanIsAskedWhenItIsMade:
    def test_titles_and_targets_are_what_they_say(self):
        for wrong in ({"title": 5}, {"target": 95}):
            with pytest.raises(TypeError):
                Indicator(**{"number": "1", "title": Text("", ""), "of": "letters", "measure": WATCH} | wrong)

    def test_targets_are_exact(self):
        with pytest.raises(TypeError, match="is not exact"):
            at_most(12.1)
        assert at_most(Fraction("12.1")).met(Fraction(121, 10))

    @pytest.mark.parametrize("months", [(8, 3), (13, 14)])
    def test_windows_lie_in_the_year(self, months):
        with pytest.raises(PlanError, match="1: the months 8 to 3 do not follow|1: the months 13 to 14 do not follow"):
            Plan(title=Text("", "ours"), year=YEAR, clock=CLOCK, indicators=[indicator("1", WATCH, months=months)])


def test_records_may_be_walked_through_once_though_a_part_looks_through_another_window():
    both = indicator("1", WATCH, parts=[indicator("2", WATCH, months=(1, 1))])
    (found,) = evaluate({"letters": iter([QUICK])}, CLOCK, indicators=[both], year=YEAR, as_of=NOON)
    assert (found.value, found.parts[0].value) == (10, 10)
