import pickle
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays as peer
import pytest
from hypothesis import given
from hypothesis import strategies as st
from workalendar.asia import China
from workalendar.europe import Netherlands

from docflow import Closure, OfficeCalendar, OfficeHours, ThaiGovernment, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.bangkok import office_clock
from docflow.errors import (
    CalendarError,
    ClosingBeforeOpeningError,
    HorizonError,
    HoursError,
    OverlappingBreaksError,
)
from docflow.testing import calendars, instants
from docflow.worktime import MakeUpDay, Note, OneOffHours, SpecialDay, WeeklyHours, WorkingDayHours, instant
from docflow.worktime.adapter import CalendarAdapter

BANGKOK = ZoneInfo("Asia/Bangkok")
DOOR = OfficeHours(opens=time(8, 30), closes=time(16, 30))
MORNING = OfficeHours(opens=time(8, 30), closes=time(12))
NIGHT = OfficeHours(opens=time(22), closes=time(6), overnight=True)
FRIDAY, SATURDAY, MONDAY = date(2020, 3, 20), date(2020, 3, 21), date(2020, 3, 23)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def clock(*days, hours=DOOR, week=range(5), known_on=None):
    return WorkClock(hours, OfficeCalendar(WorkingWeek(week), days, known_on=known_on), zone="Asia/Bangkok")


def decided(kind, day, *more, announced=None, withdrawn=None):
    return kind(day, *more, reason="the flood", source="order 15", announced=announced, withdrawn=withdrawn)


# Hours


def test_friday_may_close_at_noon():
    week = clock(hours=WeeklyHours(DOOR, friday=MORNING))
    assert week.elapsed(at("2020-03-19 16:00"), at("2020-03-23 09:00")) == WorkTime(hours=4, minutes=30)
    assert week.due(at("2020-03-20 11:00"), WorkTime(hours=2)) == at("2020-03-23 09:30")
    assert WorkingDays(1).due(at("2020-03-19 10:00"), week) == at("2020-03-20 12:00")


def test_each_weekday_may_have_its_own_hours():
    names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    own = {name: OfficeHours(opens=time(8), closes=time(9 + n)) for n, name in enumerate(names)}
    week = WeeklyHours(DOOR, **own)
    days = [date(2020, 3, 23 + n) for n in range(7)]
    assert [week.on(day) for day in days] == list(own.values())
    assert [WeeklyHours(DOOR).on(day) for day in days] == [DOOR] * 7
    assert DOOR.on(MONDAY) == DOOR
    assert str(week).startswith("08:30–16:30; Monday 08:00–09:00; Tuesday 08:00–10:00;")
    assert str(week).endswith("Sunday 08:00–15:00")
    assert week.day_length == WorkTime(hours=8)  # a usual one


def test_hours_of_a_week_are_office_hours():
    with pytest.raises(HoursError, match="are written OfficeHours"):
        WeeklyHours(DOOR, friday=(time(8), time(12)))
    with pytest.raises(HoursError, match="are written OfficeHours"):
        WeeklyHours("08:30–16:30")


def test_a_night_shift_belongs_to_the_day_on_which_it_opens():
    night = clock(hours=NIGHT)
    assert night.is_open(at("2020-03-21 05:59"))  # Saturday morning, of Friday's shift
    assert not night.is_open(at("2020-03-21 06:00"))
    assert not night.is_open(at("2020-03-21 23:00"))  # Saturday has no shift of its own
    assert not night.is_open(at("2020-03-23 05:00"))  # nor had Sunday
    assert night.elapsed(at("2020-03-20 12:00"), at("2020-03-24 12:00")) == WorkTime(hours=16)
    assert WorkingDays(1).due(at("2020-03-19 12:00"), night) == at("2020-03-21 06:00")


def test_a_moment_in_a_night_shift_is_of_the_shifts_day_breaks_included_and_any_other_of_its_date():
    breaks = ((time(2), time(2, 30)), (time(23, 45), time(0, 15)))
    night = clock(hours=OfficeHours(opens=time(22), closes=time(6), overnight=True, breaks=breaks))
    for asked, day in (
        ("2020-03-20 21:59", FRIDAY),
        ("2020-03-20 22:00", FRIDAY),
        ("2020-03-21 00:00", FRIDAY),  # at a break
        ("2020-03-21 02:15", FRIDAY),
        ("2020-03-21 05:59", FRIDAY),
        ("2020-03-21 06:00", SATURDAY),
        ("2020-03-21 23:00", SATURDAY),
        ("2020-03-23 02:00", MONDAY),  # Sunday has no shift
    ):
        assert night.day_of(at(asked)) == day
    assert night.day_begin(SATURDAY) == instant(at("2020-03-21 06:00"))
    assert night.day_begin(MONDAY) == instant(at("2020-03-23 00:00"))
    assert night.closing_by(date(2020, 3, 22)) == instant(at("2020-03-21 06:00"))
    assert clock().closing_by(date(2020, 3, 22)) == instant(at("2020-03-20 16:30"))


def test_where_two_days_shifts_overlap_the_earlier_one_has_the_moment():
    # Friday's night has a break from 01:00 to 03:00, and Saturday opens at midnight.
    friday = OfficeHours(opens=time(22), closes=time(6), overnight=True, breaks=((time(1), time(3)),))
    both = clock(
        hours=WeeklyHours(DOOR, friday=friday, saturday=OfficeHours(opens=time(0), closes=time(8))), week=range(6)
    )
    for hour, day in (("02:00", FRIDAY), ("05:59", FRIDAY), ("06:00", SATURDAY), ("07:59", SATURDAY)):
        assert both.day_of(at(f"2020-03-21 {hour}")) == day
    spans = both.explain(at("2020-03-20 22:00"), at("2020-03-21 08:00")).spans
    assert [(span.day, span.stop) for span in spans] == [
        (FRIDAY, at("2020-03-21 01:00")),
        (FRIDAY, at("2020-03-21 06:00")),
        (SATURDAY, at("2020-03-21 08:00")),
    ]
    assert WorkingDays(1, counting_first=True).due(at("2020-03-21 02:00"), both) == at("2020-03-21 06:00")


def test_a_moment_after_midnight_is_explained_by_its_shifts_day_alone():
    explained = clock(hours=NIGHT).explain(at("2020-03-21 02:00"), at("2020-03-21 04:00"))
    assert [span.day for span in explained.spans] == [FRIDAY]
    assert explained.skipped == ()


def test_hours_of_working_days_are_hours_of_the_wall_on_a_clock_with_night_shifts_too():
    night = clock(hours=NIGHT)
    assert WorkingDayHours(2).due(at("2020-03-20 23:00"), night) == at("2020-03-23 01:00")  # Saturday is none


def test_a_night_shift_may_have_breaks_on_either_side_of_midnight():
    breaks = ((time(2), time(2, 30)), (time(23, 45), time(0, 15)))
    hours = OfficeHours(opens=time(22), closes=time(6), overnight=True, breaks=breaks)
    assert str(hours) == "22:00–23:45, 00:15 (+1)–02:00 (+1), 02:30 (+1)–06:00 (+1)"
    assert hours.day_length == WorkTime(hours=7)
    night = clock(hours=hours)
    assert not night.is_open(at("2020-03-21 00:00"))
    assert night.elapsed(at("2020-03-20 23:00"), at("2020-03-21 03:00")) == WorkTime(hours=3)


def test_a_night_shift_of_new_years_eve_is_counted_in_the_new_year():
    night = clock(hours=NIGHT)
    assert night.elapsed(at("2021-01-01 05:00"), at("2021-01-01 07:00")) == WorkTime(hours=1)
    assert night.is_open(at("2021-01-01 05:00"))
    assert night.previous_close(at("2021-01-01 08:00")) == at("2021-01-01 06:00")
    assert night.due(at("2020-12-31 23:00"), WorkTime(hours=6)) == at("2021-01-01 05:00")


def test_a_shift_of_24_hours_closes_when_the_next_one_opens():
    always = clock(hours=OfficeHours(opens=time(8), closes=time(8), overnight=True), week=range(7))
    assert always.elapsed(at("2020-03-20 00:00"), at("2020-03-23 00:00")) == WorkTime(hours=72)
    spans = always.spans(at("2020-03-20 00:00"), at("2020-03-23 00:00"))
    assert [(span.start, span.stop) for span in spans] == [(at("2020-03-20 00:00"), at("2020-03-23 00:00"))]


def test_where_a_shift_runs_into_the_next_days_hours_time_counts_once():
    hours = WeeklyHours(NIGHT, saturday=OfficeHours(opens=time(5), closes=time(12)))
    both = clock(hours=hours, week=range(6))
    assert both.elapsed(at("2020-03-20 22:00"), at("2020-03-21 12:00")) == WorkTime(hours=14)
    # ... in the new year too: 31 December 2021 is a Friday
    assert both.elapsed(at("2021-12-31 22:00"), at("2022-01-01 12:00")) == WorkTime(hours=14)
    assert both.elapsed(at("2022-01-01 05:30"), at("2022-01-01 06:30")) == WorkTime(hours=1)


def test_the_night_into_a_new_year_is_answered_alike_by_a_fresh_clock_and_a_used_one():
    # The shift of Thursday 31 December has a break from 01:00 to 03:00; Friday 1 January opens at midnight.
    thursday = OfficeHours(opens=time(22), closes=time(6), overnight=True, breaks=((time(1), time(3)),))
    hours = WeeklyHours(DOOR, thursday=thursday, friday=OfficeHours(opens=time(0), closes=time(8)))
    eve = at("2020-12-31 22:00")
    for asked_before in ("2020-06-01 10:00", "2021-06-01 10:00", "2022-06-01 10:00"):
        both = clock(hours=hours)
        both.elapsed(at(asked_before), at("2022-06-01 10:00"))
        for _ in range(2):
            assert both.due(eve, WorkTime(hours=4)) == at("2021-01-01 02:00")
            assert both.elapsed(eve, at("2021-01-01 02:00")) == WorkTime(hours=4)
            assert both.latest_start(at("2021-01-01 02:00"), WorkTime(hours=4)) == eve
            assert both.next_open(at("2021-01-01 02:59")) == at("2021-01-01 02:59")
        assert clock(hours=hours).due_array([eve], WorkTime(hours=4)).tolist() == [datetime(2020, 12, 31, 19)]
    # 1 January 2020 is a Wednesday, open from midnight but for 01:00 to 05:00; Tuesday's shift fills that.
    early = OfficeHours(opens=time(0), closes=time(6), breaks=((time(1), time(5)),))
    for asked_before in ("2020-06-01 10:00", "2019-06-01 10:00"):
        both = clock(hours=WeeklyHours(early, tuesday=NIGHT))
        both.elapsed(at(asked_before), at("2020-06-01 10:00"))
        assert both.latest_start(at("2020-01-02 00:30"), WorkTime(hours=2)) == at("2020-01-01 04:30")
        assert both.previous_close(at("2020-01-01 07:00")) == at("2020-01-01 06:00")


def test_an_office_that_closed_long_ago_answers_alike_fresh_and_used():
    always = OfficeCalendar(WorkingWeek(range(7)), [decided(Closure, date(2017, 12, 31))])
    hours = OfficeHours(opens=time(8), closes=time(8), overnight=True)
    for first_question in ("2017-06-01 00:00", "2028-06-01 00:00"):
        office = WorkClock(hours, always, zone="Asia/Bangkok")
        office.elapsed(at(first_question), at("2028-06-02 00:00"))
        with pytest.raises(HorizonError):
            office.previous_close(at("2028-06-02 00:00"))
        assert office.previous_close(at("2027-06-02 00:00")) == at("2017-12-31 08:00")


def test_hours_over_midnight_that_a_calendar_does_not_announce_are_refused():
    class Party(WorkingWeek):
        def hours_on(self, day):
            return NIGHT if day == FRIDAY else None

    with pytest.raises(CalendarError, match="Party has no overnight = True"):
        WorkClock(DOOR, Party(), zone="Asia/Bangkok").is_open(at("2020-03-20 23:00"))
    Party.overnight = True
    assert WorkClock(DOOR, Party(), zone="Asia/Bangkok").is_open(at("2020-03-21 05:00"))
    assert WorkClock(DOOR, Party(), zone="Asia/Bangkok").overnight
    assert not WorkClock(DOOR, WorkingWeek(), zone="Asia/Bangkok").overnight
    assert WorkClock(NIGHT, WorkingWeek(), zone="Asia/Bangkok").overnight


def test_round_the_clock_is_one_span_as_long_as_nothing_is_closed():
    always = clock(hours=OfficeHours(opens=time(0), closes=time(0)))
    spans = always.spans(at("2020-03-16 12:00"), at("2020-03-24 12:00"))
    assert [(span.start, span.stop) for span in spans] == [
        (at("2020-03-16 12:00"), at("2020-03-21 00:00")),
        (at("2020-03-23 00:00"), at("2020-03-24 12:00")),
    ]


def test_the_commonest_contradictions_have_errors_of_their_own():
    with pytest.raises(ClosingBeforeOpeningError, match="overnight=True for a night shift") as caught:
        OfficeHours(opens=time(22), closes=time(6))
    assert (caught.value.opens, caught.value.closes) == (time(22), time(6))
    one, other = (time(12), time(13)), (time(12, 30), time(14))
    with pytest.raises(OverlappingBreaksError, match="12:00:00–13:00:00 and 12:30:00–14:00:00 overlap") as overlap:
        OfficeHours(opens=time(8), closes=time(17), breaks=(other, one))
    assert (overlap.value.first, overlap.value.second) == (one, other)


# Hours that can never be used


@pytest.mark.parametrize(
    ("calendar", "name"),
    [
        (WorkingWeek(), "Monday, Tuesday, Wednesday, Thursday, Friday"),
        (ThaiGovernment(area="bangkok"), "ThaiGovernment(area='bangkok')"),
        (Netherlands(), "workalendar.europe.netherlands.Netherlands"),
        (peer.country_holidays("NL"), "holidays.countries.netherlands.NL"),
        (peer.country_holidays("TH", years=2020), "holidays.countries.thailand.TH"),
        (peer.country_holidays("AE"), "holidays.countries.united_arab_emirates.AE"),
        (OfficeCalendar(WorkingWeek(), [decided(MakeUpDay, date(2020, 3, 22))]), "Monday, Tuesday, Wednesday"),
        (OfficeCalendar(WorkingWeek(), [decided(OneOffHours, SATURDAY, MORNING)]), "Monday, Tuesday, Wednesday"),
    ],
    ids=lambda given: type(given).__name__,
)
def test_hours_of_a_weekday_that_is_never_worked_are_refused_with_the_way_out(calendar, name):
    with pytest.raises(HoursError) as caught:
        WorkClock(WeeklyHours(DOOR, saturday=MORNING), calendar, zone="Asia/Bangkok")
    assert str(caught.value).startswith(f"office hours Saturday 08:30–12:00: {name}")
    assert str(caught.value).endswith(
        "never works on a Saturday; leave them out, or give a calendar with Saturdays, "
        "such as WorkingWeek([0, 1, 2, 3, 4, 5])"
    )


@pytest.mark.parametrize(
    "calendar",
    [
        WorkingWeek(range(6)),
        OfficeCalendar(WorkingWeek(), [decided(MakeUpDay, SATURDAY)]),
        OfficeCalendar(WorkingWeek(), [decided(MakeUpDay, SATURDAY, announced=FRIDAY)]),
        China(),  # its calendar makes up for holidays on Saturdays
        peer.country_holidays("CN"),
        peer.country_holidays("VN"),
        peer.country_holidays("SA"),  # its weekend was another one once
    ],
    ids=lambda given: type(given).__name__,
)
def test_hours_of_a_weekday_that_is_worked_now_and_then_are_kept(calendar):
    office = WorkClock(WeeklyHours(DOOR, saturday=MORNING), calendar, zone="Asia/Bangkok")
    assert office.as_known_on(date(2020, 3, 1)).hours.saturday == MORNING  # when no Saturday was made up yet


def test_a_calendar_that_cannot_be_asked_about_thirty_years_is_believed():
    class Exchange(peer.HolidayBase):
        country = "XX"

        def _populate(self, year):
            if year < 2015:
                raise LookupError(year)

    WorkClock(WeeklyHours(DOOR, saturday=MORNING), Exchange(), zone="Asia/Bangkok")


def test_a_calendar_of_ones_own_says_on_which_weekdays_it_works_or_is_believed():
    class Mine:
        def is_working_day(self, day):
            return day.weekday() < 5

    hours = WeeklyHours(DOOR, saturday=MORNING)
    assert WorkClock(hours, Mine(), zone="Asia/Bangkok").hours == hours
    Mine.weekdays = range(5)
    with pytest.raises(HoursError, match="Mine never works on a Saturday"):
        WorkClock(hours, Mine(), zone="Asia/Bangkok")


def test_a_decision_that_changes_nothing_today_stands():
    """The calendar below may learn of a holiday, or forget one: then it decides."""
    office = clock(decided(Closure, SATURDAY), decided(MakeUpDay, MONDAY), decided(Closure, date(2031, 1, 1)))
    assert not office.calendar.is_working_day(SATURDAY)
    assert office.calendar.is_working_day(MONDAY)
    assert office.calendar.notes(MONDAY) == (Note("the flood", "order 15"),)


# Special days


def test_a_closure_closes_and_a_make_up_day_opens_at_its_usual_hours():
    office = clock(decided(Closure, FRIDAY), decided(MakeUpDay, SATURDAY), hours=WeeklyHours(DOOR, saturday=MORNING))
    assert not office.is_open(at("2020-03-20 10:00"))
    assert office.elapsed(at("2020-03-20 00:00"), at("2020-03-22 00:00")) == WorkTime(hours=3, minutes=30)
    assert WorkingDays(1).due(at("2020-03-19 10:00"), office) == at("2020-03-21 12:00")


def test_one_off_hours_hold_whatever_the_calendar_says():
    office = clock(decided(OneOffHours, SATURDAY, MORNING), decided(OneOffHours, MONDAY, NIGHT))
    assert office.elapsed(at("2020-03-21 00:00"), at("2020-03-22 00:00")) == WorkTime(hours=3, minutes=30)
    assert office.elapsed(at("2020-03-23 00:00"), at("2020-03-24 08:30")) == WorkTime(hours=8)
    assert office.is_open(at("2020-03-24 05:00"))
    # The reading "hours of working days" knows days alone.
    assert office.round_the_clock.elapsed(at("2020-03-21 00:00"), at("2020-03-22 00:00")) == WorkTime(hours=24)


def test_a_decision_holds_from_the_day_it_became_known_until_it_was_withdrawn():
    flood = decided(Closure, FRIDAY, announced=date(2020, 3, 18), withdrawn=date(2020, 3, 20))
    assert [flood.known(date(2020, 3, day)) for day in (17, 18, 19, 20)] == [False, True, True, False]
    assert not flood.known(None)
    for day, open_ in ((17, True), (18, False), (19, False), (20, True)):
        assert clock(flood, known_on=date(2020, 3, day)).is_open(at("2020-03-20 10:00")) == open_
    assert clock(flood).is_open(at("2020-03-20 10:00"))
    assert decided(Closure, FRIDAY).known(date(1900, 1, 1))  # known all along


def test_of_two_decisions_about_a_day_the_later_one_holds():
    days = (
        decided(MakeUpDay, SATURDAY, announced=date(2020, 3, 2)),
        decided(Closure, SATURDAY, announced=date(2020, 3, 9)),
        decided(OneOffHours, SATURDAY, MORNING),
    )
    for known_on, hours in ((date(2020, 3, 1), 3.5), (date(2020, 3, 2), 8), (date(2020, 3, 9), 0), (None, 0)):
        office = clock(*days, known_on=known_on)
        assert office.elapsed(at("2020-03-21 00:00"), at("2020-03-22 00:00")) == WorkTime(hours=hours)


def test_an_offices_own_days_lie_on_top_of_the_national_ones():
    national = ThaiGovernment(area="bangkok")
    summit = date(2019, 11, 4)
    office = OfficeCalendar(national, [decided(MakeUpDay, summit), decided(Closure, date(2019, 11, 6))])
    assert office.is_working_day(summit)
    assert not office.is_working_day(date(2019, 11, 5))
    assert not office.is_working_day(date(2019, 11, 6))
    floor = OfficeCalendar(office, [decided(Closure, summit), decided(OneOffHours, date(2019, 11, 6), MORNING)])
    assert not floor.is_working_day(summit)
    assert floor.hours_on(date(2019, 11, 6)) == MORNING
    assert OfficeCalendar(floor, [decided(MakeUpDay, date(2019, 11, 6))]).hours_on(date(2019, 11, 6)) is None  # usual
    assert OfficeCalendar(floor).hours_on(date(2019, 11, 6)) == MORNING
    assert OfficeCalendar(floor).notes(summit) == (Note("the flood", "order 15"),)


def test_what_was_known_reaches_every_calendar_below():
    songkran, own = date(2020, 4, 13), date(2020, 4, 14)
    office = OfficeCalendar(ThaiGovernment(), [decided(Closure, own, announced=date(2020, 4, 1))])
    for calendar in (office.as_known_on(date(2020, 3, 16)), OfficeCalendar(*office_parts(office, date(2020, 3, 16)))):
        assert not calendar.is_working_day(songkran)
    known = OfficeCalendar(ThaiGovernment(), office.days, known_on=date(2020, 3, 17))
    assert known == office.as_known_on(date(2020, 3, 17))
    assert known.is_working_day(songkran)
    assert known.is_working_day(own)
    assert known.as_known_on(None) == office
    week = WorkingWeek()
    assert CalendarAdapter(week).as_known_on(date(2020, 1, 1)) is week  # it keeps no record
    assert office_clock().as_known_on(date(2020, 3, 16)) == office_clock(known_on=date(2020, 3, 16))
    round_the_clock = WorkClock(DOOR, office, zone="Asia/Bangkok").round_the_clock.as_known_on(date(2020, 3, 16))
    assert not round_the_clock.is_open(at("2020-04-13 23:00"))


def office_parts(office, known_on):
    return CalendarAdapter(office.base).as_known_on(known_on), office.days


def test_a_late_announcement_changes_exactly_the_spans_that_cover_it():
    closing = decided(Closure, FRIDAY, announced=date(2020, 3, 19))
    before, after = clock(closing, known_on=date(2020, 3, 18)), clock(closing)
    for start, stop in (("2020-03-19 10:00", "2020-03-20 08:30"), ("2020-03-20 16:30", "2020-03-23 10:00")):
        assert before.elapsed(at(start), at(stop)) == after.elapsed(at(start), at(stop))
    covering = at("2020-03-20 08:29"), at("2020-03-20 08:31")
    assert before.elapsed(*covering) == WorkTime(minutes=1)
    assert after.elapsed(*covering) == WorkTime()


@given(calendar=calendars(), at=instants(), known=st.dates(date(2019, 1, 1), date(2021, 12, 31)))
def test_an_earlier_calendar_never_knows_a_later_announcement(calendar, at, known):
    kept = [day for day in calendar.days if day.announced is None or day.announced <= known]
    day = at.date()
    assert calendar.as_known_on(known).is_working_day(day) == OfficeCalendar(calendar.base, kept).is_working_day(day)


def test_a_datetime_is_a_day_when_asked_and_none_when_decided():
    office = OfficeCalendar(WorkingWeek(), [decided(Closure, FRIDAY), decided(OneOffHours, MONDAY, MORNING)])
    assert not office.is_working_day(at("2020-03-20 10:00"))
    assert office.hours_on(at("2020-03-23 10:00")) == MORNING
    assert office.notes(at("2020-03-20 10:00")) == (Note("the flood", "order 15"),)
    for wrong in (
        lambda: decided(Closure, at("2020-03-20 10:00")),
        lambda: decided(Closure, "2020-03-20"),
        lambda: decided(Closure, None),
        lambda: decided(Closure, FRIDAY, announced=at("2020-03-20 10:00")),
        lambda: decided(Closure, FRIDAY, withdrawn="2020-03-20"),
        lambda: OfficeCalendar(WorkingWeek(), known_on=at("2020-03-20 10:00")),
    ):
        with pytest.raises(CalendarError, match=r"is no day; give date\(2020, 4, 13\)"):
            wrong()


def test_days_that_contradict_each_other_are_refused():
    for withdrawn in (None, date(2020, 3, 1)):  # before it was withdrawn there were two of them
        with pytest.raises(CalendarError, match="2020-03-20: is decided twice"):
            clock(decided(Closure, FRIDAY, withdrawn=withdrawn), decided(Closure, MONDAY), decided(MakeUpDay, FRIDAY))
    with pytest.raises(CalendarError, match="is decided twice"):
        clock(decided(Closure, FRIDAY, announced=MONDAY), decided(MakeUpDay, FRIDAY, announced=MONDAY))
    for missing in ({"reason": "", "source": "order 15"}, {"reason": "flood", "source": ""}):
        with pytest.raises(CalendarError, match="needs a reason and a source"):
            Closure(FRIDAY, **missing)
    with pytest.raises(TypeError, match="a Closure, a MakeUpDay or OneOffHours"):
        decided(SpecialDay, FRIDAY)
    for nothing in ("TH", None, [FRIDAY]):
        with pytest.raises(CalendarError, match="is no calendar; give one with is_working_day"):
            OfficeCalendar(nothing)
    for missing in (5, "  "):
        with pytest.raises(CalendarError, match="needs a reason and a source"):
            Closure(FRIDAY, reason=missing, source="order 15")
    with pytest.raises(TypeError, match="idle_years"):
        OfficeCalendar(WorkingWeek(), idle_years="yes")
    with pytest.raises(CalendarError, match="is no decision about a day; give Closure"):
        OfficeCalendar(WorkingWeek(), FRIDAY)
    for wrong in ([FRIDAY], ["flood"]):
        with pytest.raises(CalendarError, match="is no decision about a day; give Closure"):
            clock(*wrong)
    assert OfficeCalendar(WorkingWeek(), decided(Closure, FRIDAY)) == OfficeCalendar(
        WorkingWeek(), [decided(Closure, FRIDAY)]
    )
    with pytest.raises(CalendarError, match="withdrawn on 2020-03-01, before 2020-03-02"):
        decided(Closure, FRIDAY, announced=date(2020, 3, 2), withdrawn=date(2020, 3, 1))
    decided(Closure, FRIDAY, announced=date(2020, 3, 2), withdrawn=date(2020, 3, 2))
    with pytest.raises(CalendarError, match="its hours are written OfficeHours"):
        decided(OneOffHours, FRIDAY, "08:30–12:00")


@pytest.mark.parametrize("days", [[], [7], [-1], ["Mon"], [1.0], [True], 5, None])
def test_a_week_is_of_weekdays(days):
    with pytest.raises(CalendarError, match="from 0, Monday, to 6, Sunday"):
        WorkingWeek(days)


def test_calendars_are_values():
    one, other = (OfficeCalendar(WorkingWeek(), [decided(Closure, FRIDAY)]) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own
    assert str(one) == "Monday, Tuesday, Wednesday, Thursday, Friday with 1 special day"


# Why a day is what it is


def test_every_kind_of_calendar_says_why_it_is_closed():
    kings_day, sunday, working = date(2020, 4, 27), date(2020, 4, 26), date(2020, 4, 28)
    for calendar, name in (
        (Netherlands(), "King's day"),
        (peer.country_holidays("NL", language="en_US"), "King's Day"),
    ):
        (note,) = CalendarAdapter(calendar).notes(kings_day)
        assert note.reason == name
        assert note.source.startswith(("workalendar.europe.netherlands.", "holidays.countries.netherlands."))
        assert CalendarAdapter(calendar).notes(sunday)[0].reason == "Sunday"
        assert CalendarAdapter(calendar).notes(working) == ()
    assert CalendarAdapter(WorkingWeek()).notes(sunday) == (
        Note("Sunday", "the working week: Monday, Tuesday, Wednesday, Thursday, Friday"),
    )
    assert CalendarAdapter(WorkingWeek()).notes(working) == ()

    class Mine:
        def is_working_day(self, day):
            return day != working

    assert CalendarAdapter(Mine()).notes(working)[0].reason == "not a working day"
    assert CalendarAdapter(Mine()).notes(sunday) == ()
    assert CalendarAdapter(Mine()).notes(working)[0].source == str(CalendarAdapter(Mine()))
    assert str(CalendarAdapter(Mine())).endswith("Mine")
    assert CalendarAdapter(Mine()).hours_on(working) is None


def test_a_thai_holiday_is_noted_with_its_source():
    (note,) = CalendarAdapter(ThaiGovernment()).notes(date(2020, 7, 27))
    assert note == Note("Substitute for Songkran (1)", "Cabinet resolution 30 Jun 2020", "วันหยุดชดเชยวันสงกรานต์")
    assert CalendarAdapter(ThaiGovernment(known_on=date(2020, 6, 29))).notes(date(2020, 7, 27)) == ()
    assert CalendarAdapter(ThaiGovernment()).notes(date(2020, 4, 18)) == (Note("Saturday", "ThaiGovernment()"),)


def test_the_zone_of_the_clock_decides_which_day_is_special():
    office = clock(decided(Closure, FRIDAY))
    thursday_evening_in_utc = datetime(2020, 3, 19, 18, tzinfo=ZoneInfo("UTC"))  # Friday 01:00 in Bangkok
    assert office.next_open(thursday_evening_in_utc) == at("2020-03-23 08:30")
    assert instant(office.previous_close(thursday_evening_in_utc)) == instant(at("2020-03-19 16:30"))


# Over midnight, at the turn of a year


def test_one_off_hours_over_midnight_of_new_years_eve_are_counted_in_the_new_year():
    count = decided(OneOffHours, date(2020, 12, 31), NIGHT)  # a Thursday
    assert clock(count).elapsed(at("2021-01-01 05:00"), at("2021-01-01 07:00")) == WorkTime(hours=1)
    assert clock(count).previous_close(at("2021-01-01 07:00")) == at("2021-01-01 06:00")
    above = WorkClock(DOOR, OfficeCalendar(OfficeCalendar(WorkingWeek(), [count])), zone="Asia/Bangkok")
    assert above.elapsed(at("2021-01-01 05:00"), at("2021-01-01 07:00")) == WorkTime(hours=1)


def test_a_shift_of_new_years_eve_lasts_into_the_evening_of_an_office_far_in_the_west():
    honolulu = ZoneInfo("Pacific/Honolulu")
    shift = OfficeHours(opens=time(22), closes=time(22), overnight=True)
    fridays = WorkClock(shift, WorkingWeek([4]), zone="Pacific/Honolulu")
    # 31 December 2021 is a Friday; at 20:00 of the next day it is 2 January in UTC.
    assert fridays.is_open(datetime(2022, 1, 1, 20, tzinfo=honolulu))
    assert not fridays.is_open(datetime(2022, 1, 1, 22, tzinfo=honolulu))


def test_a_day_that_lies_inside_the_night_before_closes_with_it():
    inside = WeeklyHours(NIGHT, saturday=OfficeHours(opens=time(5), closes=time(5, 30)))
    for friday in ("2020-03-20", "2021-12-31"):  # within a year, and over the new year
        office = clock(hours=inside, week=range(6))
        start = at(f"{friday} 12:00")
        closes = start.replace(hour=6) + timedelta(days=1)
        assert office.elapsed(start, start + timedelta(days=1)) == WorkTime(hours=8)
        assert WorkingDays(1, counting_first=True).due(start, office) == closes
        assert WorkingDays(1).due(start, office) == closes
        monday = start.replace(hour=6) + timedelta(days=4)
        assert WorkingDays(2).due(start, office) == monday  # the night of Monday ends on Tuesday


def test_a_day_whose_hours_end_with_the_night_before_has_no_span_of_its_own():
    ends_alike = WeeklyHours(NIGHT, saturday=OfficeHours(opens=time(5), closes=time(6)))
    for friday in ("2020-03-20", "2021-12-31"):
        start = at(f"{friday} 12:00")
        explanation = clock(hours=ends_alike, week=range(6)).explain(start, start + timedelta(days=1))
        assert [str(span.elapsed) for span in explanation.spans] == ["8 h"]
        assert [skipped.reason for skipped in explanation.skipped] == ["nothing of its hours, 05:00–06:00"]


# What a refusal says


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: decided(Closure, "2020-03-20"),
            "2020-03-20: is no day; give date(2020, 4, 13), or a rule such as Yearly((4, 13))",
        ),
        (
            lambda: decided(Closure, FRIDAY, announced=date(2020, 3, 2), withdrawn=date(2020, 3, 1)),
            "2020-03-20: is withdrawn on 2020-03-01, before 2020-03-02; correct one",
        ),
        (
            lambda: decided(OneOffHours, FRIDAY, "08:30–12:00"),
            "2020-03-20: its hours are written OfficeHours(opens=..., closes=...)",
        ),
        (
            lambda: decided(OneOffHours, FRIDAY, MORNING, announced=date(2020, 3, 2), withdrawn=date(2020, 3, 1)),
            "2020-03-20: is withdrawn on 2020-03-01, before 2020-03-02; correct one",
        ),
        (
            lambda: clock(decided(Closure, FRIDAY), decided(MakeUpDay, FRIDAY)),
            "2020-03-20: is decided twice as of one day; keep one, or date them apart",
        ),
        (lambda: WorkingWeek([7, 1]), "[7, 1]: is no working week; give numbers from 0, Monday, to 6, Sunday"),
    ],
)
def test_a_calendar_that_contradicts_itself_says_where_and_what_to_do(make, said):
    with pytest.raises(CalendarError) as caught:
        make()
    assert str(caught.value) == said


def test_hours_of_a_week_that_are_none_are_shown():
    with pytest.raises(HoursError) as caught:
        WeeklyHours(DOOR, friday=MONDAY)
    assert str(caught.value) == (
        "office hours datetime.date(2020, 3, 23): hours of a day are written OfficeHours(opens=..., closes=...)"
    )


# Calendars on calendars


def test_a_calendar_below_is_asked_for_the_day_and_nothing_else():
    asked = []

    class Archive(WorkingWeek):
        def as_known_on(self, day):
            asked.append(day)
            return self

    office = OfficeCalendar(Archive(), [decided(Closure, FRIDAY)])
    assert asked == []
    office.as_known_on(date(2020, 3, 18))
    assert set(asked) == {date(2020, 3, 18)}
    asked.clear()
    office.as_known_on(None)
    assert set(asked) == {None}


def test_a_calendar_says_how_many_special_days_it_has():
    week = "Monday, Tuesday, Wednesday, Thursday, Friday"
    assert str(OfficeCalendar(WorkingWeek())) == f"{week} with 0 special days"
    two = OfficeCalendar(WorkingWeek(), [decided(Closure, FRIDAY), decided(MakeUpDay, SATURDAY)])
    assert str(two) == f"{week} with 2 special days"
    assert str(OfficeCalendar(two, [decided(Closure, SATURDAY)])) == f"{week} with 2 special days with 1 special day"


def test_round_the_clock_the_same_days_are_closed_for_the_same_reasons():
    office = clock(decided(Closure, FRIDAY), decided(OneOffHours, MONDAY, MORNING))
    days_only = office.round_the_clock.calendar
    assert days_only.notes(FRIDAY) == (Note("the flood", "order 15"),)
    assert days_only.notes(date(2020, 3, 19)) == ()
    assert str(days_only) == str(office.calendar)
    assert CalendarAdapter(days_only).hours_on(MONDAY) is None
    skipped = office.round_the_clock.explain(at("2020-03-20 10:00"), at("2020-03-20 20:00")).skipped
    assert [(each.day, each.reason, each.source) for each in skipped] == [(FRIDAY, "the flood", "order 15")]


def test_a_calendar_knows_whether_any_of_its_own_hours_run_over_midnight():
    week, closure = WorkingWeek(), decided(Closure, FRIDAY)
    assert not OfficeCalendar(week).overnight
    assert not OfficeCalendar(week, [closure, decided(OneOffHours, MONDAY, MORNING)]).overnight
    night = OfficeCalendar(week, [closure, decided(OneOffHours, MONDAY, NIGHT, announced=date(2020, 3, 10))])
    assert night.overnight
    assert not night.as_known_on(date(2020, 3, 9)).overnight
    assert OfficeCalendar(night, [closure]).overnight


def test_a_calendar_shows_what_it_was_made_of():
    office = OfficeCalendar(WorkingWeek([0]), [decided(Closure, MONDAY)], known_on=date(2020, 3, 1))
    assert repr(office) == (
        "OfficeCalendar(base=WorkingWeek(weekdays=frozenset({0})), days=(Closure(day=datetime.date(2020, 3, 23), "
        "reason='the flood', source='order 15', announced=None, withdrawn=None),), "
        "known_on=datetime.date(2020, 3, 1), idle_years=False)"
    )
    with pytest.raises(TypeError):
        OfficeCalendar(WorkingWeek(), [], date(2020, 3, 1))


def test_hours_of_a_weekday_are_given_by_its_name():
    with pytest.raises(TypeError):
        WeeklyHours(DOOR, MORNING)
