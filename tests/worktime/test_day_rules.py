import pickle
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays as peer
import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from workalendar.europe import Netherlands

from docflow import Closure, OfficeCalendar, OfficeHours, ThaiGovernment, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.errors import CalendarError, HoursError, NotAMomentError, NoWorkingDayError, OutsideCalendarError
from docflow.instants import instant
from docflow.worktime import (
    Break,
    ChangedHours,
    DateRange,
    Dates,
    Days,
    EveryOther,
    Eves,
    Holidays,
    MakeUpDay,
    Note,
    NoWeek,
    OfficeTime,
    OneOffHours,
    Shortened,
    WeeklyHours,
    WorkingDayHours,
    Yearly,
)
from docflow.worktime.adapter import CalendarAdapter

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EIGHT = OfficeHours(opens=time(9), closes=time(17))
SIX = OfficeHours(opens=time(9), closes=time(15))
MORNING = OfficeHours(opens=time(9), closes=time(13))
NIGHT = OfficeHours(opens=time(22), closes=time(6), overnight=True)
WEEK = CalendarAdapter(WorkingWeek())
YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
YEARS = [date(2019, 1, 1) + timedelta(days=n) for n in range(8 * 365)]
EVERY_DAY = DateRange(date(2020, 1, 1))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def why(kind, days, *more, reason="the order", **kwargs):
    return kind(days, *more, reason=reason, source="order 7", **kwargs)


def clock(*decisions, hours=EIGHT, base=None, **kwargs):
    office = OfficeCalendar(WorkingWeek() if base is None else base, decisions, **kwargs)
    return WorkClock(hours, office, zone="Europe/Amsterdam")


def hours(office, day):
    return office.days.length(day)


def held(rule, days=YEAR):
    return [day for day in days if rule.holds(day, WEEK)]


# Rules for days


def test_christmas_is_every_25_december_and_no_other_day():  # spatie/opening-hours #20
    assert held(Yearly((12, 25)), YEARS) == [day for day in YEARS if day.strftime("%d.%m.") == "25.12."]


def test_a_range_each_year_runs_over_the_new_year():  # spatie/opening-hours #20
    shut = Yearly((12, 24), (1, 2))
    assert held(shut) == [date(2026, 1, 1), date(2026, 1, 2), *(date(2026, 12, day) for day in range(24, 32))]
    assert held(Yearly((7, 1), (8, 31))) == [day for day in YEAR if day.month in {7, 8}]
    office = clock(why(Closure, shut))
    assert WorkingDays(1).due(at("2026-12-23 10:00"), office) == at("2027-01-04 17:00")


def test_29_february_is_a_day_of_leap_years_alone():
    assert held(Yearly((2, 29)), YEARS) == [date(2020, 2, 29), date(2024, 2, 29)]
    assert held(Yearly((2, 28), (3, 1)))[1:] == [date(2026, 3, 1)]


@pytest.mark.parametrize("days", [(2, 30), (13, 1), (0, 5), (12,), (1, 2, 3), "12-25", 25, None, (12.5, 25)])
def test_a_day_that_no_year_has_is_refused(days):
    with pytest.raises(CalendarError, match=r"is no day of a year; give its month and its day, such as \(12, 25\)"):
        Yearly(days)
    if days is not None:
        with pytest.raises(CalendarError, match="is no day of a year"):
            Yearly((1, 1), days)


def test_alternating_saturdays_go_on_in_both_directions():
    saturdays = EveryOther(date(2020, 1, 4))
    found = held(saturdays, YEARS)
    assert {day.weekday() for day in found} == {5}
    assert {(one - other).days for other, one in pairwise(found)} == {14}
    assert date(2020, 1, 4) in found
    assert min(found) < date(2019, 1, 14)
    assert held(EveryOther(date(2026, 5, 6), weeks=1)) == [day for day in YEAR if day.weekday() == 2]
    assert held(EveryOther(date(2026, 1, 7), weeks=4) & DateRange(date(2026, 6, 1)))[0] == date(2026, 6, 24)


def test_a_range_of_dates_holds_its_first_day_and_its_last():
    march = [day for day in YEAR if day.month == 3]
    assert held(DateRange(date(2026, 3, 1), date(2026, 3, 31))) == march
    assert held(DateRange(date(2026, 3, 1))) == [day for day in YEAR if day.month >= 3]
    assert held(DateRange(None, date(2026, 3, 31))) == [day for day in YEAR if day.month <= 3]
    assert held(DateRange(date(2026, 3, 1), date(2026, 3, 1))) == march[:1]


def test_a_rule_of_ones_own_is_a_line():
    second_friday = Days.of("second Fridays", lambda day: day.weekday() == 4 and 8 <= day.day <= 14)
    found = held(second_friday)
    assert len(found) == 12
    assert all(day.weekday() == 4 and (day - timedelta(days=7)).month == day.month for day in found)
    assert all((day - timedelta(days=14)).month != day.month for day in found)
    assert not clock(why(Closure, second_friday)).days.is_worked(date(2026, 3, 13))


@given(day=st.sampled_from(YEAR))
def test_rules_are_joined_as_sets_are(day):
    summer, odd = Yearly((6, 1), (8, 31)), Days.of("odd", lambda day: day.day % 2 == 1)
    one, other = set(held(summer)), set(held(odd))
    for rule, expected in ((summer & odd, one & other), (summer | odd, one | other), (summer - odd, one - other)):
        assert rule.holds(day, WEEK) == (day in expected)


def test_rules_are_values_and_say_what_they_mean():
    saturdays = EveryOther(date(2020, 1, 4))
    for rule, words in (
        (Yearly((12, 24), (1, 2)), "each 24 December to 2 January"),
        (Dates([date(2026, 3, 2), date(2026, 3, 1)]), "2026-03-01, 2026-03-02"),
        (Dates(YEAR), "365 dates from 2026-01-01 to 2026-12-31"),
        (DateRange(None, date(2026, 2, 28)), "to 2026-02-28"),
        (saturdays, "every 2nd Saturday, such as 2020-01-04"),
        (EveryOther(date(2020, 1, 4), weeks=1), "every Saturday, such as 2020-01-04"),
        (EveryOther(date(2020, 1, 4), weeks=4), "every 4th Saturday, such as 2020-01-04"),
        (
            saturdays - Holidays() | Eves(),
            f"({saturdays} without holidays) or eves of holidays",
        ),
    ):
        assert str(rule) == words
        assert pickle.loads(pickle.dumps(rule)) == rule  # noqa: S301 - our own
        assert hash(pickle.loads(pickle.dumps(rule))) == hash(rule)  # noqa: S301 - our own
    assert saturdays != EveryOther(date(2020, 1, 11))
    assert str(Days.of("odd \x1b[2J", bool)) == "odd \\x1b[2J"


def test_a_rule_tells_on_which_weekdays_its_days_may_fall():
    saturdays, sundays = EveryOther(date(2020, 1, 4)), Dates([date(2020, 1, 5)])
    for rule, weekdays in (
        (saturdays, {5}),
        (saturdays | sundays, {5, 6}),
        (saturdays & sundays, set()),
        (saturdays & Yearly((1, 1), (6, 30)), {5}),
        (Yearly((1, 1)) - saturdays, set(range(7))),
        (Eves(), set(range(7))),
    ):
        assert rule.weekdays == weekdays


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Dates([]), "no dates: make no rule; give some, such as [date(2020, 4, 13)]"),
        (lambda: Dates(["2020-04-13"]), "2020-04-13: is no day; give date(2020, 4, 13)"),
        (lambda: Dates(datetime(2020, 4, 13)), "2020-04-13 00:00:00: is no day; give date(2020, 4, 13)"),
        (lambda: DateRange(None), "a range of dates: has a first or a last day; give DateRange(date(2026, 3, 15))"),
        (lambda: DateRange("March"), "March: is no day; give date(2020, 4, 13)"),
        (
            lambda: DateRange(date(2026, 3, 2), date(2026, 3, 1)),
            "2026-03-02: is after 2026-03-01, the last day; swap the two",
        ),
        (lambda: EveryOther(5), "5: is no day; give date(2020, 4, 13)"),
        (
            lambda: EveryOther(date(2020, 1, 4), weeks=0),
            "0: is no number of weeks; give 2 for every other one, or 1 for each",
        ),
        (lambda: Days.of(" ", bool), "' ': is no name of a rule; say which days it means"),
    ],
)
def test_what_is_no_rule_is_refused_with_the_way_out(make, said):
    with pytest.raises(CalendarError) as caught:
        make()
    assert str(caught.value) == said


def test_rules_are_joined_to_rules_alone():
    for wrong in (lambda: Yearly((1, 1)) & date(2020, 1, 1), lambda: Eves(date(2020, 1, 1))):
        with pytest.raises(TypeError, match=r"is no rule for days; give one, such as Yearly\(\(12, 25\)\)"):
            wrong()
    with pytest.raises(TypeError, match="is no function; give one from a day to whether it is meant"):
        Days.of("Fridays", 4)


# Holidays and their eves


def test_an_eve_is_the_day_before_a_holiday_of_each_library():
    names = peer.country_holidays("NL", years=range(2019, 2028))
    expected = [day for day in YEARS if day + timedelta(days=1) in names and day not in names]
    for calendar in (peer.country_holidays("NL"), OfficeCalendar(peer.country_holidays("NL"))):
        assert [day for day in YEARS if Eves().holds(day, CalendarAdapter(calendar))] == expected
    below = CalendarAdapter(Netherlands())
    assert [day for day in range(20, 32) if Eves().holds(date(2021, 12, day), below)] == [24, 31]  # Saturdays follow


def test_a_holiday_that_the_office_works_on_has_no_eve():
    christmas = OfficeCalendar(Netherlands(), [why(MakeUpDay, date(2026, 12, 25))])
    assert not Eves().holds(date(2026, 12, 24), CalendarAdapter(christmas))
    assert Eves().holds(date(2026, 12, 25), CalendarAdapter(christmas))


def test_a_week_alone_has_no_holidays_and_a_calendar_of_ones_own_tells_them():
    class Mine:
        def is_working_day(self, day):
            return day.weekday() < 5 and day != date(2026, 5, 5)

    assert held(Holidays()) == held(Eves()) == []
    mine = CalendarAdapter(Mine())
    assert Holidays().holds(date(2026, 5, 9), mine)  # nobody said that Saturdays are its weekend
    Mine.weekdays = range(5)
    assert [day for day in YEAR if Eves().holds(day, mine)] == [date(2026, 5, 4)]
    Mine.is_holiday = lambda self, day: day.month == 12  # noqa: ARG005
    assert [day for day in YEAR[-31:] if Holidays().holds(day, mine)] == [
        day for day in YEAR[-31:] if day.weekday() >= 5
    ]


def test_one_hour_less_on_each_holidays_eve():  # zendesk/biz #122
    office = clock(why(Shortened, Eves(), by=WorkTime(hours=1)), base=Netherlands())
    plain = clock(base=Netherlands())
    eves = {
        day for day in YEAR if Netherlands().is_holiday(day + timedelta(days=1)) and not Netherlands().is_holiday(day)
    }
    for day in YEAR:
        less = WorkTime(hours=1) if day in eves and hours(plain, day) else WorkTime()
        assert hours(office, day) == hours(plain, day) - less
    assert not office.is_open(at("2026-12-24 16:00"))
    assert office.is_open(at("2026-12-23 16:00"))


def test_the_last_day_that_a_calendar_holds_is_no_eve_by_guess():
    eves = clock(why(Shortened, Eves(), by=WorkTime(hours=1)), base=ThaiGovernment())
    assert eves.is_open(at("2027-06-01 10:00"))
    assert hours(eves, date(2027, 12, 30)) == WorkTime(hours=7)  # the 31st is a holiday
    with pytest.raises(OutsideCalendarError, match=r"say that it is one: Yearly\(\(12, 31\)\) \| Eves\(\)$"):
        hours(eves, date(2027, 12, 31))
    with pytest.raises(OutsideCalendarError, match="the year 2028 is not in it"):
        eves.is_open(at("2027-12-31 10:00"))
    said = clock(why(Shortened, Yearly((12, 31)) | Eves(), by=WorkTime(hours=1)), base=ThaiGovernment())
    assert said.is_open(at("2027-06-01 10:00"))
    assert hours(said, date(2027, 12, 31)) in {WorkTime(hours=7), WorkTime()}
    with pytest.raises(OutsideCalendarError, match="rows=|table="):
        Eves().holds(date(2010, 1, 1), CalendarAdapter(ThaiGovernment()))
    assert not Eves().holds(date.max, WEEK)


def test_the_eve_of_a_day_that_the_office_keeps_itself_is_named_by_its_rule():
    own = Yearly((12, 5))
    office = clock(why(Closure, own), why(Shortened, Eves(own), by=WorkTime(minutes=90)))
    assert hours(office, date(2025, 12, 4)) == WorkTime(hours=6, minutes=30)
    assert hours(office, date(2025, 12, 5)) == WorkTime()
    assert hours(office, date(2025, 12, 8)) == WorkTime(hours=8)


# Hours that change


def test_a_contract_of_fewer_hours_holds_from_its_day_on():
    office = clock(why(ChangedHours, DateRange(date(2026, 3, 15)), SIX))
    assert office.due(at("2026-03-16 09:00"), WorkTime(hours=6)) == at("2026-03-16 15:00")
    assert office.due(at("2026-03-13 09:00"), WorkTime(hours=8)) == at("2026-03-13 17:00")
    assert office.elapsed(at("2026-03-13 15:00"), at("2026-03-16 17:00")) == WorkTime(hours=8)
    assert OfficeTime(days=1).due(at("2026-03-16 09:00"), office) == at("2026-03-17 11:00")  # a day of the usual hours
    assert not office.is_open(at("2026-03-15 10:00"))  # a Sunday stays one


def test_summer_hours_come_back_each_year_and_the_later_contract_goes_before_them():
    summer = why(ChangedHours, Yearly((7, 1), (8, 31)), WeeklyHours(SIX, friday=MORNING))
    office = clock(summer)
    for year in (2025, 2026):
        first = date(year, 7, 14)
        monday = first - timedelta(days=first.weekday())
        assert [hours(office, monday + timedelta(days=n)).hours for n in range(7)] == [6, 6, 6, 6, 4, 0, 0]
    assert hours(office, date(2026, 9, 1)) == WorkTime(hours=8)
    later = clock(summer, why(ChangedHours, DateRange(date(2026, 1, 1)), MORNING))
    assert hours(later, date(2026, 7, 6)) == hours(later, date(2026, 9, 1)) == WorkTime(hours=4)


def test_changed_hours_leave_a_day_of_its_own_hours_as_it_is():
    party = why(OneOffHours, date(2026, 12, 22), MORNING)
    changed = why(ChangedHours, DateRange(date(2026, 3, 15)), SIX, reason="contract")
    for office in (clock(party, changed), clock(changed, base=OfficeCalendar(WorkingWeek(), [party]))):
        assert hours(office, date(2026, 12, 22)) == WorkTime(hours=4)
        assert hours(office, date(2026, 12, 23)) == WorkTime(hours=6)
        assert office.calendar.notes(date(2026, 12, 22)) == (Note("the order", "order 7"),)
        assert office.calendar.notes(date(2026, 12, 23)) == (Note("contract", "order 7"),)
        assert office.calendar.hours_on(date(2026, 12, 22)) == MORNING
        assert office.calendar.hours_on(date(2026, 12, 23)) == SIX
        assert office.calendar.hours_on(date(2026, 1, 5)) is None


def test_a_made_up_day_has_the_changed_hours_of_its_time():
    office = clock(why(MakeUpDay, date(2026, 3, 21)), why(ChangedHours, DateRange(date(2026, 3, 15)), SIX))
    assert hours(office, date(2026, 3, 21)) == WorkTime(hours=6)


def test_a_saturday_from_nine_to_one_is_open_at_ten():  # frappe/hrms #172
    week = WeeklyHours(EIGHT, saturday=MORNING)
    every = clock(hours=week, base=WorkingWeek(range(6)))
    assert every.is_open(at("2026-03-21 10:00"))
    with pytest.raises(HoursError, match="never works on a Saturday; leave them out, or give a calendar"):
        clock(hours=week)
    other = clock(why(MakeUpDay, EveryOther(date(2026, 3, 21))), hours=week)
    assert other.is_open(at("2026-03-21 10:00"))
    assert not other.is_open(at("2026-03-21 13:00"))
    assert not other.is_open(at("2026-03-28 10:00"))
    assert other.days.why_not(date(2026, 3, 28)).reason == "Saturday"


def test_alternating_saturdays_leave_holidays_closed_when_they_are_taken_out():
    saturdays = EveryOther(date(2026, 12, 12))
    for rule, open_ in ((saturdays, True), (saturdays - Holidays(), False)):
        office = clock(why(MakeUpDay, rule), base=Netherlands())
        assert office.days.is_worked(date(2026, 12, 26)) == open_  # the second day of Christmas
        assert office.days.is_worked(date(2026, 12, 12))


def test_changed_hours_over_midnight_are_announced_by_the_calendar():
    office = clock(why(ChangedHours, Yearly((12, 1), (12, 31)), NIGHT))
    assert office.overnight
    assert office.is_open(at("2021-01-01 05:00"))
    assert not office.is_open(at("2021-01-02 05:00"))
    assert not clock(why(ChangedHours, EVERY_DAY, SIX)).overnight


# What is taken off the hours of a day


def test_a_break_takes_its_time_out_of_whatever_hours_a_day_has():
    drill = why(Break, date(2026, 3, 20), time(10), time(11))
    assert [(a.hour, b.hour) for a, b in clock(drill).days.hours(date(2026, 3, 20))] == [(9, 10), (11, 17)]
    assert hours(clock(drill), date(2026, 3, 19)) == WorkTime(hours=8)
    with_lunch = OfficeHours(opens=time(9), closes=time(17), breaks=((time(10, 30), time(12)),))
    assert hours(clock(drill, hours=with_lunch), date(2026, 3, 20)) == WorkTime(hours=6)
    below = OfficeCalendar(WorkingWeek(), [why(OneOffHours, date(2026, 3, 20), MORNING)])
    assert hours(clock(drill, base=below), date(2026, 3, 20)) == WorkTime(hours=3)
    assert hours(clock(drill, why(OneOffHours, date(2026, 3, 20), MORNING)), date(2026, 3, 20)) == WorkTime(hours=3)
    saturday = why(Break, date(2026, 3, 21), time(10), time(11))
    assert not clock(saturday).days.is_worked(date(2026, 3, 21))


times = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))


@given(opens=times, length=st.integers(1, 96), start=times, stop=times)
def test_after_a_break_every_quarter_of_an_hour_is_open_or_not_by_the_wall(opens, length, start, stop):
    last = opens.hour * 4 + opens.minute // 15 + length
    closes = time(last // 4 % 24, last % 4 * 15)
    if start == stop:
        return
    given = OfficeHours(opens=opens, closes=closes, overnight=last > 96)
    left = why(Break, EVERY_DAY, start, stop).left_of(given)
    quarters = [n for n in range(last - length, last) if not _in_wall(n % 96, start, stop)]
    found = [n for begin, end in left.spans for n in range(begin // QUARTER, end // QUARTER)] if left else []
    assert found == quarters


QUARTER = 15 * 60 * 1_000_000


def _in_wall(quarter, start, stop):
    shown = time(quarter // 4, quarter % 4 * 15)
    return start <= shown < stop if start < stop else shown >= start or shown < stop


def test_a_break_of_the_whole_day_leaves_a_day_that_is_not_worked():
    office = clock(why(Break, date(2026, 3, 20), time(0), time(23, 59), reason="stocktaking"))
    friday = date(2026, 3, 20)
    assert not office.days.is_worked(friday)
    assert str(office.days.why_not(friday)) == "2026-03-20 hours: stocktaking [order 7]"
    assert WorkingDays(1).due(at("2026-03-19 10:00"), office) == at("2026-03-23 17:00")
    assert WorkingDayHours(24).due(at("2026-03-20 10:00"), office) == at("2026-03-24 00:00")  # all of Monday
    skipped = office.explain(at("2026-03-20 08:00"), at("2026-03-20 18:00")).skipped
    assert [str(each) for each in skipped] == ["2026-03-20 Fri  –  no hours are left: stocktaking [order 7]"]
    with pytest.raises(NoWorkingDayError):
        clock(why(Break, EVERY_DAY, time(9), time(17))).is_open(at("2026-03-20 10:00"))


@given(by=st.integers(1, 700), lunch=st.integers(1, 200), late=st.booleans())
def test_a_shortened_day_has_so_much_less_working_time_and_opens_as_before(by, lunch, late):
    start = time(13, 30) if late else time(9, 1)
    stop = (datetime.combine(date.min, start) + timedelta(minutes=lunch)).time()
    given = OfficeHours(opens=time(9), closes=time(17), breaks=((start, stop),))
    office = clock(why(Shortened, date(2026, 3, 20), by=WorkTime(minutes=by)), hours=given)
    minutes = 480 - lunch
    assert hours(office, date(2026, 3, 20)) == WorkTime(minutes=max(0, minutes - by))
    if by < minutes:
        opens, closes = office.days.hours(date(2026, 3, 20))[0][0], office.days.hours(date(2026, 3, 20))[-1][1]
        assert opens == at("2026-03-20 09:00")
        plain = clock(hours=given)
        assert closes == plain.due(at("2026-03-20 09:00"), WorkTime(minutes=minutes - by))


def test_a_night_shift_is_shortened_at_its_end_in_the_morning():
    office = clock(why(Shortened, date(2026, 3, 20), by=WorkTime(hours=7)), hours=NIGHT)
    assert office.next_close(at("2026-03-20 22:30")) == at("2026-03-20 23:00")
    early = clock(why(Break, date(2026, 3, 20), time(21), time(0, 30)), hours=NIGHT)
    assert early.next_open(at("2026-03-20 12:00")) == at("2026-03-21 00:30")
    assert early.day_of(at("2026-03-21 03:00")) == date(2026, 3, 20)


def test_breaks_and_a_shorter_end_are_taken_off_together():
    day = date(2026, 3, 20)
    office = clock(
        why(Shortened, day, by=WorkTime(hours=2)),
        why(Break, day, time(10), time(11)),
        why(Break, day, time(16), time(16, 30)),
        why(OneOffHours, day, OfficeHours(opens=time(8), closes=time(18))),
    )
    assert [f"{a:%H:%M}–{b:%H:%M}" for a, b in office.days.hours(day)] == ["08:00–10:00", "11:00–15:30"]
    assert hours(office, day) == WorkTime(hours=10) - WorkTime(hours=3, minutes=30)


# Which decision holds


def test_a_date_goes_before_a_rule_and_of_two_rules_the_later_one_holds():
    monday = date(2026, 3, 16)
    march, mondays = Yearly((3, 1), (3, 31)), EveryOther(monday, weeks=1)
    for decisions, open_ in (
        ([why(MakeUpDay, monday), why(Closure, march)], True),
        ([why(Closure, march), why(MakeUpDay, monday)], True),
        ([why(Closure, march), why(MakeUpDay, mondays)], True),
        ([why(MakeUpDay, mondays), why(Closure, march)], False),
        ([why(MakeUpDay, Dates([monday])), why(Closure, mondays)], True),
        ([why(MakeUpDay, monday), why(Closure, march, announced=date(2026, 2, 1))], False),
        ([why(MakeUpDay, monday, announced=date(2026, 3, 1)), why(Closure, march, announced=date(2026, 2, 1))], True),
    ):
        assert clock(*decisions, idle_years=True).days.is_worked(monday) == open_


def test_two_decisions_about_one_day_that_agree_are_one():
    friday = date(2026, 3, 20)
    flood, strike = why(Closure, friday, reason="flood"), why(Closure, friday, reason="strike")
    both = OfficeCalendar(WorkingWeek(), [flood, strike, flood])
    assert not both.is_working_day(friday)
    assert set(both.notes(friday)) == {Note("flood", "order 7"), Note("strike", "order 7")}
    assert str(both).endswith("with 1 special day")
    twice = clock(*[why(Shortened, friday, by=WorkTime(hours=1))] * 2)
    assert hours(twice, friday) == WorkTime(hours=7)
    by_rule = clock(why(Shortened, friday, by=WorkTime(hours=1)), why(Shortened, EVERY_DAY, by=WorkTime(hours=2)))
    assert hours(by_rule, friday) == WorkTime(hours=7)
    assert hours(by_rule, date(2026, 3, 19)) == WorkTime(hours=6)
    assert clock(why(OneOffHours, friday, SIX), why(ChangedHours, friday, EIGHT)).days.length(friday) == WorkTime(
        hours=6
    )


@pytest.mark.parametrize(
    "pair",
    [
        (why(Closure, date(2026, 3, 20)), why(MakeUpDay, date(2026, 3, 20))),
        (why(Closure, Dates([date(2026, 3, 19), date(2026, 3, 20)])), why(MakeUpDay, date(2026, 3, 20))),
        (why(OneOffHours, date(2026, 3, 20), SIX), why(OneOffHours, date(2026, 3, 20), EIGHT)),
        (why(OneOffHours, date(2026, 3, 20), SIX), why(MakeUpDay, date(2026, 3, 20))),
        (why(ChangedHours, date(2026, 3, 20), SIX), why(ChangedHours, date(2026, 3, 20), EIGHT)),
        (
            why(Shortened, date(2026, 3, 20), by=WorkTime(hours=1)),
            why(Shortened, date(2026, 3, 20), by=WorkTime(hours=2)),
        ),
    ],
)
def test_decisions_about_one_date_that_contradict_each_other_are_refused(pair):
    with pytest.raises(CalendarError, match="^2026-03-20: is decided twice as of one day; keep one, "):
        clock(*pair)
    clock(pair[0], pair[0], evolve(pair[1], day=date(2026, 3, 21)))
    clock(pair[0], evolve(pair[1], announced=date(2026, 3, 1)))


def test_a_rule_holds_from_the_day_it_became_known_until_it_was_withdrawn():
    ramadan = why(
        ChangedHours,
        DateRange(date(2026, 2, 18), date(2026, 3, 19)),
        SIX,
        announced=date(2026, 2, 10),
        withdrawn=date(2026, 3, 1),
    )
    christmas = why(Closure, Yearly((12, 25)), announced=date(2020, 6, 1))
    office = clock(ramadan, christmas)
    for known, length in ((date(2026, 2, 9), 8), (date(2026, 2, 10), 6), (date(2026, 3, 1), 8), (None, 8)):
        assert hours(office.as_known_on(known), date(2026, 2, 19)) == WorkTime(hours=length)
    assert office.as_known_on(date(2020, 5, 31)).days.is_worked(date(2026, 12, 25))
    assert not office.days.is_worked(date(2026, 12, 25))
    eves = clock(why(Shortened, Eves(), by=WorkTime(hours=1)), base=ThaiGovernment())
    moved = date(2020, 4, 10)  # Songkran, on Monday the 13th, was put off on 17 March
    assert Eves().holds(date(2020, 4, 12), CalendarAdapter(ThaiGovernment(known_on=date(2020, 3, 16))))
    assert hours(eves, moved) == WorkTime(hours=8)


# Kinds of office


def test_a_course_is_a_week_that_is_closed_before_and_after():
    course = clock(
        why(Closure, DateRange(None, date(2026, 2, 28)), reason="before the course"),
        why(Closure, DateRange(date(2026, 7, 1)), reason="after the course"),
        idle_years=True,
    )
    assert course.elapsed(at("2026-06-30 15:00"), at("2027-01-04 09:00")) == WorkTime(hours=2)
    assert course.days.count(date(2026, 1, 1), date(2027, 1, 1)) == np.busday_count("2026-03-01", "2026-07-01")
    assert course.days.why_not(date(2026, 7, 1)).kind == "closure"


def test_an_office_without_a_week_works_on_its_dates_alone():
    fair = [date(2026, 5, 9), date(2026, 5, 10), date(2027, 5, 8)]
    office = clock(
        why(OneOffHours, Dates(fair[:2]), MORNING),
        why(MakeUpDay, fair[2]),
        base=NoWeek(),
        hours=WeeklyHours(EIGHT, saturday=SIX),
    )
    assert office.days.between(date(2025, 1, 1), date(2028, 12, 31)) == tuple(fair)
    assert [hours(office, day).hours for day in fair] == [4, 4, 6]
    assert office.elapsed(at("2025-01-01 00:00"), at("2028-12-31 00:00")) == WorkTime(hours=14)
    off = office.days.why_not(date(2026, 5, 11))
    assert (off.kind, off.reason, off.source) == ("closure", "no work was decided for it", "no working week")
    with pytest.raises(HoursError, match="no working week with 2 special days never works on a Monday"):
        clock(why(MakeUpDay, Dates(fair[:2])), base=NoWeek(), hours=WeeklyHours(EIGHT, monday=SIX))
    for asked in (NoWeek().is_working_day, NoWeek().notes):
        with pytest.raises(NotAMomentError):
            asked("Monday")


def test_several_ranges_a_day_run_over_midnight():
    three = OfficeHours.ranges((time(8), time(12)), (time(13), time(17)), (time(20), time(2)))
    assert three == OfficeHours(
        opens=time(8), closes=time(2), breaks=((time(12), time(13)), (time(17), time(20))), overnight=True
    )
    office = clock(hours=three)
    expected = {*range(8, 12), *range(13, 17), 20, 21, 22, 23, 24, 25}
    monday = instant(at("2026-03-16 00:00"))
    assert {n for n in range(30) if office.worked(monday + n * 4 * QUARTER, monday + (n * 4 + 1) * QUARTER)} == expected
    assert OfficeHours.ranges((time(9), time(17))) == EIGHT
    assert OfficeHours.ranges((time(9), time(12)), (time(12), time(17))) == EIGHT
    for ranges, shown in (
        (((time(20), time(0)), (time(1), time(3))), "20:00–24:00, 01:00 (+1)–03:00 (+1)"),
        (((time(22), time(2)), (time(3), time(6))), "22:00–02:00 (+1), 03:00 (+1)–06:00 (+1)"),
        (((time(8), time(8)),), "08:00–08:00 (+1)"),
        (((time(0), time(6)), (time(18), time(0))), "00:00–06:00, 18:00–24:00"),
    ):
        assert str(OfficeHours.ranges(*ranges)) == shown


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        ([(time(8), time(12)), (time(11), time(17))], "overlap or are out of order; give them in order of time"),
        ([(time(13), time(17)), (time(8), time(12))], "overlap or are out of order; give them in order of time"),
        ([(time(8), time(12)), (time(13), time(9))], "overlap or are out of order; give them in order of time"),
        ([(time(8), time(12)), (time(20), time(2)), (time(1), time(3))], "overlap or are out of order"),
        ([(8, 12)], r"a range is a pair of times, such as \(time\(8\), time\(12\)\)"),
        ([time(8), time(12)], "a range is a pair of times"),
        ([(time(8), time(12), time(13))], "a range is a pair of times"),
        ([], "office hours without ranges: give at least one"),
        ([(time(8, tzinfo=AMSTERDAM), time(12))], "a time on the door has no zone"),
    ],
)
def test_ranges_that_contradict_each_other_are_refused(ranges, said):
    with pytest.raises(HoursError, match=said):
        OfficeHours.ranges(*ranges)


# Why a day is what it is


def test_an_explanation_tells_the_reason_and_the_source_of_each_rule():
    office = clock(
        Closure(Yearly((12, 25)), reason="Christmas", source="statute 3"),
        Shortened(Eves(Yearly((12, 25))), by=WorkTime(hours=1), reason="Christmas Eve", source="agreement 2"),
        ChangedHours(DateRange(date(2025, 12, 24)), SIX, reason="winter hours", source="order 9"),
        MakeUpDay(EveryOther(date(2025, 12, 27)), reason="open Saturday", source="order 5"),
    )
    start, stop = at("2025-12-23 16:00"), at("2025-12-27 10:00")
    assert str(office.explain(start, stop)).splitlines() == [
        "13 h from 2025-12-23 16:00 to 2025-12-27 10:00, Europe/Amsterdam",
        "2025-12-23 Tue  16:00–17:00  1 h",
        "2025-12-24 Wed  09:00–14:00  5 h  winter hours; Christmas Eve [order 9; agreement 2]",
        "2025-12-25 Thu  –  Christmas [statute 3]",
        "2025-12-26 Fri  09:00–15:00  6 h  winter hours [order 9]",
        "2025-12-27 Sat  09:00–10:00  1 h  open Saturday; winter hours [order 5; order 9]",
    ]
    told = str(office.deadline(WorkingDays(3), start).explain(stop)).splitlines()
    assert told[1:6] == [
        "2025-12-23 Tue  the day of the start, not counted",
        "2025-12-24 Wed  working day 1  winter hours [order 9]  Christmas Eve [agreement 2]",
        "2025-12-25 Thu  –  Christmas [statute 3]",
        "2025-12-26 Fri  working day 2  winter hours [order 9]",
        "2025-12-27 Sat  working day 3  open Saturday [order 5]  winter hours [order 9]",
    ]
    assert str(office.days.why_not(date(2031, 12, 25))) == "2031-12-25 closure: Christmas [statute 3]"
    assert str(office.calendar).endswith("Friday with 4 rules")


def test_a_decision_about_a_rule_needs_what_one_about_a_day_needs():
    for wrong, said in (
        (
            lambda: Closure(Yearly((12, 25)), reason=" ", source="order 7"),
            "25 December: needs a reason and a source",
        ),
        (lambda: why(ChangedHours, EVERY_DAY, "9–17"), "from 2020-01-01: its hours are written OfficeHours"),
        (lambda: why(Break, EVERY_DAY, time(9), time(9)), "a break has two different times of the wall"),
        (lambda: why(Break, EVERY_DAY, 9, 10), "a break has two different times of the wall"),
        (lambda: why(Shortened, EVERY_DAY, by=WorkTime()), r"is shortened by some time; give by=WorkTime\(hours=1\)"),
        (lambda: why(Shortened, EVERY_DAY, by=1), r"is shortened by some time; give by=WorkTime\(hours=1\)"),
    ):
        with pytest.raises(CalendarError, match=said):
            wrong()
