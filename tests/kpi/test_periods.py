"""Periods: quarters, weeks, four-four-five and one's own hold each day once, and the parts add up to the whole."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_office import CLOCK, YEAR, names, trace

from docflow import Duration, Window, reached
from docflow.bangkok import FISCAL_YEAR
from docflow.errors import NameOfStateError, PlanError, RecordError
from docflow.kpi.results import merged
from docflow.thai import fiscal_year_span

TOOK = Duration("took", start=reached("came"), stop=reached("went"))
LETTERS = [
    trace("new year", ("came", "01-01 09:00"), ("went", "01-02 10:00")),
    trace("end of March", ("came", "03-31 23:59"), ("went", "04-01 10:00")),
    trace("April", ("came", "04-01 00:00")),
    trace("December", ("came", "12-31 23:59")),
    trace("never", ("went", "01-06 09:00")),
]


def days(window):
    return [window.first + timedelta(n) for n in range((window.last - window.first).days + 1)]


def said(periods):
    return {name: str(window) for name, window in periods.items()}


windows = st.builds(
    lambda first, n: Window(first, first + timedelta(n)),
    st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    st.integers(0, 800),
)


class TestQuarters:
    def test_those_of_the_thai_fiscal_year_begin_in_october(self):
        assert Window(*fiscal_year_span(2563)) == FISCAL_YEAR
        assert said(FISCAL_YEAR.quarters()) == {
            "Q1": "2019-10-01 – 2019-12-31",
            "Q2": "2020-01-01 – 2020-03-31",
            "Q3": "2020-04-01 – 2020-06-30",
            "Q4": "2020-07-01 – 2020-09-30",
        }

    def test_a_window_that_begins_and_ends_inside_a_month_has_shorter_ones(self):
        assert said(Window(date(2020, 1, 15), date(2020, 7, 2)).quarters()) == {
            "Q1": "2020-01-15 – 2020-03-31",
            "Q2": "2020-04-01 – 2020-06-30",
            "Q3": "2020-07-01 – 2020-07-02",
        }

    def test_one_day_is_one_quarter(self):
        assert said(Window(date(2020, 5, 5), date(2020, 5, 5)).quarters()) == {"Q1": "2020-05-05 – 2020-05-05"}

    def test_a_fifth_quarter_is_refused(self):
        with pytest.raises(
            PlanError,
            match="^2020-01-15 – 2021-01-15: touches 13 months, and a year has four quarters; take twelve months",
        ):
            Window(date(2020, 1, 15), date(2021, 1, 15)).quarters()

    def test_a_year_that_begins_amid_a_month_has_quarters_from_its_day(self):
        assert said(Window(date(2025, 4, 6), date(2026, 4, 5)).quarters()) == {
            "Q1": "2025-04-06 – 2025-07-05",
            "Q2": "2025-07-06 – 2025-10-05",
            "Q3": "2025-10-06 – 2026-01-05",
            "Q4": "2026-01-06 – 2026-04-05",
        }
        assert said(Window(date(2019, 8, 31), date(2020, 8, 30)).quarters())["Q3"] == "2020-02-29 – 2020-05-30"

    @given(windows)
    def test_they_hold_each_day_once(self, window):
        months = (window.last.year - window.first.year) * 12 + window.last.month - window.first.month + 1
        if months > 13 or (months == 13 and window.last.day >= window.first.day):
            with pytest.raises(PlanError):
                window.quarters()
            return
        quarters = window.quarters()
        assert [day for one in quarters.values() for day in days(one)] == days(window)
        assert list(quarters) == [f"Q{n}" for n in range(1, min(4, (months + 2) // 3) + 1)]
        if months > 12:  # a year from amid a month: each begins on its day, or on a shorter month's last
            begins = [(one.first.day, (one.first + timedelta(1)).day) for one in quarters.values()]
            assert all(day == window.first.day or (day < window.first.day and after == 1) for day, after in begins)


class TestWeeks:
    def test_they_begin_on_monday_and_the_first_and_the_last_may_be_short(self):
        weeks = FISCAL_YEAR.weeks()
        assert (len(weeks), str(weeks["W01"]), str(weeks["W53"])) == (
            53,
            "2019-10-01 – 2019-10-06",
            "2020-09-28 – 2020-09-30",
        )

    def test_a_window_that_begins_on_the_first_day_of_a_week_has_a_whole_first_week(self):
        monday = Window(date(2020, 1, 6), date(2020, 1, 19))
        assert said(monday.weeks()) == {"W01": "2020-01-06 – 2020-01-12", "W02": "2020-01-13 – 2020-01-19"}
        assert said(monday.weeks(begins=6)) == {
            "W01": "2020-01-06 – 2020-01-11",
            "W02": "2020-01-12 – 2020-01-18",
            "W03": "2020-01-19 – 2020-01-19",
        }

    @pytest.mark.parametrize("begins", [-1, 7, "Monday", None])
    def test_what_is_no_weekday_is_refused(self, begins):
        with pytest.raises(PlanError, match=f"no week begins on {begins!r}; give 0, Monday, to 6, Sunday$"):
            YEAR.weeks(begins=begins)

    @given(windows, st.integers(0, 6))
    def test_they_hold_each_day_once_and_begin_on_that_day(self, window, begins):
        weeks = window.weeks(begins=begins)
        assert [day for one in weeks.values() for day in days(one)] == days(window)
        assert list(weeks) == [f"W{n:02}" for n in range(1, len(weeks) + 1)]
        for n, week in enumerate(weeks.values()):
            assert n == 0 or week.first.weekday() == begins
            assert n == len(weeks) - 1 or (week.last + timedelta(1)).weekday() == begins
            assert len(days(week)) <= 7

    def test_the_last_days_of_the_calendar_have_weeks(self):
        end = Window(date(9999, 12, 26), date.max)  # from a Sunday to a Friday
        assert said(end.weeks()) == {"W01": "9999-12-26 – 9999-12-26", "W02": "9999-12-27 – 9999-12-31"}


class TestFourFourFive:
    @pytest.mark.parametrize("pattern", [(4, 4, 5), (4, 5, 4), (5, 4, 4), [5, 4, 4]])
    def test_quarters_have_thirteen_weeks_and_the_last_period_takes_what_is_left(self, pattern):
        periods = FISCAL_YEAR.four_four_five(pattern)  # 366 days
        assert list(periods) == [f"P{n:02}" for n in range(1, 13)]
        lengths = [len(days(one)) for one in periods.values()]
        assert lengths == [*(7 * n for n in (*pattern, *pattern, *pattern, *pattern[:2])), 7 * pattern[2] + 2]
        assert [day for one in periods.values() for day in days(one)] == days(FISCAL_YEAR)

    def test_it_is_four_and_four_and_five_unless_said(self):
        assert FISCAL_YEAR.four_four_five() == FISCAL_YEAR.four_four_five((4, 4, 5))

    @pytest.mark.parametrize(("weeks", "last"), [(52, 35), (53, 42)])
    def test_a_year_has_52_or_53_weeks(self, weeks, last):
        first = date(2020, 1, 6)
        periods = Window(first, first + timedelta(7 * weeks - 1)).four_four_five()
        assert len(days(periods["P12"])) == last

    @pytest.mark.parametrize("n", [7 * 52 - 1, 7 * 53 + 1])
    def test_less_than_52_and_more_than_53_weeks_are_refused(self, n):
        with pytest.raises(PlanError, match=f"has {n} days, and four quarters of thirteen weeks have 364 to 371; take"):
            Window(date(2020, 1, 6), date(2020, 1, 5) + timedelta(n)).four_four_five()

    @pytest.mark.parametrize("pattern", [(4, 4, 4), (5, 5, 3), (4, 4), "4-4-5", 445, None])
    def test_another_pattern_is_refused(self, pattern):
        way = r"give \(4, 4, 5\) or \(4, 5, 4\) or \(5, 4, 4\)$"
        with pytest.raises(PlanError, match=f"is no pattern of a quarter of thirteen weeks; {way}"):
            YEAR.four_four_five(pattern)


class TestAResultByPeriod:
    result = TOOK.read(LETTERS, CLOCK, window=YEAR)

    def test_each_record_lies_in_the_period_of_its_day_and_what_is_excluded_in_none(self):
        parts = self.result.by_period(YEAR.quarters())
        assert {name: names(part.observations) for name, part in parts.items()} == {
            "Q1": ["new year", "end of March"],
            "Q2": ["April"],
            "Q3": [],
            "Q4": ["December"],
        }
        assert parts["Q1"].mean == (8 + 1 + 1) * 60 / 2
        assert (parts["Q3"].value, parts["Q3"].context) == (None, self.result.context)
        whole = merged(parts.values())
        assert (whole.value, names(whole.observations)) == (self.result.value, names(self.result.observations)[:-1])

    def test_by_the_stop_the_period_is_that_of_the_stop(self):
        by_stop = Duration("took", start=reached("came"), stop=reached("went"), dated_by="stop")
        parts = by_stop.read(LETTERS, CLOCK, window=YEAR).by_period(YEAR.quarters())
        assert [names(part.observations) for part in parts.values()] == [["new year"], ["end of March"], [], []]

    def test_periods_of_ones_own_may_be_in_any_order_and_leave_days_out_that_no_record_has(self):
        own = {
            "later": Window(date(2020, 4, 1), date(2020, 12, 31)),
            "first": Window(date(2020, 1, 1), date(2020, 1, 31)),
            "March": Window(date(2020, 3, 1), date(2020, 3, 31)),
        }
        parts = self.result.by_period(own)
        assert {name: names(part.observations) for name, part in parts.items()} == {
            "later": ["April", "December"],
            "first": ["new year"],
            "March": ["end of March"],
        }
        assert list(parts) == list(own)

    def test_a_record_that_lies_in_none_is_refused_by_name(self):
        for own in (
            {"half": Window(date(2020, 1, 1), date(2020, 3, 30))},
            {"half": Window(date(2020, 1, 1), date(2020, 3, 30)), "rest": Window(date(2020, 4, 1), date(2020, 12, 31))},
        ):
            with pytest.raises(
                RecordError,
                match=f"^record end of March: belongs to 2020-03-31, which lies in none of {', '.join(own)}; give one",
            ):
                self.result.by_period(own)
        with pytest.raises(RecordError, match="^record new year: .* none of later; give one that holds it$"):
            self.result.by_period({"later": Window(date(2020, 1, 2), date(2020, 12, 31))})
        with pytest.raises(RecordError, match="^record new year: .* none of no periods; "):
            self.result.by_period({})

    def test_periods_that_overlap_are_refused(self):
        own = {
            "one": Window(date(2020, 3, 31), date(2020, 12, 31)),
            "two": Window(date(2020, 1, 1), date(2020, 3, 31)),
        }
        with pytest.raises(PlanError, match="^two and one: overlap on 2020-03-31, and its records would count twice; "):
            self.result.by_period(own)

    def test_what_are_no_periods_is_refused_with_the_way_out(self):
        with pytest.raises(
            TypeError, match=r"is no mapping of periods by name; give some, such as window.quarters\(\)"
        ):
            self.result.by_period(list(YEAR.quarters().values()))
        with pytest.raises(TypeError, match="is no window; give one, such as Window"):
            self.result.by_period({"one": (date(2020, 1, 1), date(2020, 3, 31))})
        with pytest.raises(NameOfStateError):
            self.result.by_period({1: YEAR})
