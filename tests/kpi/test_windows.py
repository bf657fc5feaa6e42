"""Who has stood somewhere since before the window counts from its beginning on, and not before it has begun."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from docflow import Duration, OfficeHours, Window, WorkClock, WorkingDays, WorkingWeek, WorkTime, reached
from docflow.bangkok import SECRETARY_GROUP, office_clock, plan_of
from docflow.kpi import Bin, Context, Event, Indicator, Plan, Record, at_least, since
from docflow.kpi.bins import Cause
from docflow.text import Text
from docflow.worktime import instant

BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.mark.parametrize(
    ("as_of", "bin_", "cause"),
    [
        (datetime(2020, 9, 30, 23, 59, 59, 999_999, tzinfo=BANGKOK), Bin.EXCLUDED, Cause.NOT_REACHED),
        (datetime(2020, 10, 1, tzinfo=BANGKOK), Bin.RUNNING, None),
    ],
)
def test_nobody_has_missed_the_trainings_of_a_year_that_has_not_begun(as_of, bin_, cause):
    member = Record("1", (Event("on_staff", datetime(2017, 1, 1, tzinfo=BANGKOK), SECRETARY_GROUP),))
    trained = plan_of(2564).evaluate({"staff": [member]}, as_of=as_of)["1.1 B"].result
    (seen,) = trained.observations
    assert (seen.bin, seen.reason and seen.reason.cause) == (bin_, cause)


@pytest.mark.parametrize(
    ("steps", "bin_"),
    [
        ([("on_staff", 2015, SECRETARY_GROUP)], Bin.RUNNING),
        ([("on_staff", 2015, SECRETARY_GROUP), ("left", 2018, SECRETARY_GROUP)], Bin.EXCLUDED),
        ([("on_staff", 2015, SECRETARY_GROUP), ("left", 2018, None), ("on_staff", 2019, SECRETARY_GROUP)], Bin.RUNNING),
        ([("on_staff", 2015, SECRETARY_GROUP), ("on_staff", 2018, "elsewhere")], Bin.EXCLUDED),
        ([("on_staff", 2015, "elsewhere"), ("on_staff", 2018, SECRETARY_GROUP)], Bin.RUNNING),
        ([("on_staff", 2015, SECRETARY_GROUP), ("left", 2020, SECRETARY_GROUP)], Bin.EXCLUDED),
        ([("on_staff", 2020, SECRETARY_GROUP)], Bin.RUNNING),
    ],
)
def test_who_stands_there_when_the_year_begins_or_comes_in_it_is_asked(steps, bin_):
    history = tuple(Event(state, datetime(year, 2, 1, tzinfo=BANGKOK), unit) for state, year, unit in steps)
    member = Record("1", history)
    trained = plan_of(2563).evaluate({"staff": [member]}, as_of=datetime(2020, 3, 1, tzinfo=BANGKOK))["1.1 B"].result
    assert [seen.bin for seen in trained.observations] == [bin_]


NIGHTS = WorkClock(OfficeHours(opens=time(22), closes=time(6), overnight=True), WorkingWeek(), zone="Asia/Bangkok")
APRIL = Window(date(2020, 4, 1), date(2020, 4, 30))  # from a Wednesday to a Thursday


def night(day, hour, minute=0):
    return datetime(2020, day // 100, day % 100, hour, minute, tzinfo=BANGKOK)


def test_a_window_of_nights_begins_when_the_shift_before_it_is_over_and_closes_with_its_own_last():
    context = Context(NIGHTS, APRIL)
    for at, inside in (
        (night(401, 2), False),
        (night(401, 6), True),
        (night(501, 5, 59), True),
        (night(501, 6), False),
    ):
        assert context.holds(instant(at)) == inside
    assert context.close == instant(night(501, 6))
    stood = Record("1", (Event("on_staff", night(201, 3)),))
    assert since("on_staff").find(stood, context) == (night(401, 6), instant(night(401, 6)))


@pytest.mark.parametrize(("at", "over"), [((501, 2), False), ((430, 12), False), ((501, 6), True)])
def test_a_month_of_nights_is_over_when_its_last_shift_is(at, over):
    assert Context(NIGHTS, None, night(*at)).month_over == (over and night(*at).month == 4)
    assert NIGHTS.day_of(night(*at)).month == (5 if over else 4)


def test_a_case_of_a_night_belongs_to_the_day_and_the_month_of_the_shift():
    watch = Duration("answering", start=reached("came"), stop=reached("went"))
    case = Record("1", (Event("came", night(501, 2)), Event("went", night(501, 5))))
    result = watch.read([case], NIGHTS, window=APRIL, as_of=night(601, 12))
    assert [(seen.day, seen.elapsed) for seen in result.counted] == [(date(2020, 4, 30), WorkTime(hours=3))]
    assert list(result.by_month()) == ["2020-04"]
    answered = Indicator(
        number="A",
        title=Text("ตอบ", "answered"),
        of="letters",
        measure=watch.within(WorkingDays(1)),
        target=at_least(90),
    )
    plan = Plan(
        title=Text("กลางคืน", "nights"),
        year=Window(date(2020, 4, 1), date(2020, 5, 31)),
        clock=NIGHTS,
        indicators=[answered],
    )
    months = plan.months({"letters": [case]}, as_of=night(601, 12))
    assert [(name, month.as_of) for name, month in months.items()] == [
        ("2020-04", night(501, 6) - timedelta(microseconds=1)),
        ("2020-05", night(530, 6) + timedelta(days=1, hours=18) - timedelta(microseconds=1)),  # a Sunday ends May
    ]


def test_an_office_open_round_the_clock_closes_its_window_with_the_windows_last_day():
    always = WorkClock(OfficeHours(opens=time(0), closes=time(0)), WorkingWeek(range(7)), zone="Asia/Bangkok")
    assert Context(always, APRIL).close == instant(night(501, 0))


def test_a_letter_due_after_the_last_day_of_a_course_is_excluded_with_the_reason():
    class Course:
        idle_years = True

        def is_working_day(self, day):
            return day.year == 2020

    clock = WorkClock(OfficeHours(opens=time(9), closes=time(17)), Course(), zone="Asia/Bangkok")
    case = Record("1", (Event("came", night(1231, 10)),))
    promise = Duration("answering", start=reached("came"), stop=reached("went")).within(WorkingDays(2))
    (seen,) = promise.read([case], clock, as_of=night(1231, 12)).observations
    assert seen.bin is Bin.EXCLUDED
    assert "does not open for more than 10 years" in str(seen.reason)
    assert Context(clock, None, night(1231, 18)).month_over


def test_the_last_month_that_a_calendar_holds_is_over_when_the_office_has_closed():
    office, last = office_clock(), datetime(2027, 12, 30, 16, tzinfo=ZoneInfo("Asia/Bangkok"))
    assert [Context(office, None, last.replace(hour=hour)).month_over for hour in (16, 17)] == [False, True]
    assert not Context(office, None, last.replace(year=2030)).month_over, "of a year that it lacks nobody can say"
