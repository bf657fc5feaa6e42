"""Offices together: a clock that runs while any of several is open, or while all are.

The oracle is a walk from minute to minute that looks at the clock on each wall. Moments are compared as instants.
"""

import operator
import pickle
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small_clocks import WEEKDAYS, at, closed, door, office
from workalendar.europe import Netherlands

from docflow import (
    Hours,
    OfficeCalendar,
    OfficeHours,
    OfficeTime,
    ThaiGovernment,
    WorkClock,
    WorkingDays,
    WorkingWeek,
    WorkTime,
)
from docflow.bangkok import office_clock
from docflow.errors import AmountError, CalendarError, HorizonError, NoWorkingDayError, OutsideCalendarError
from docflow.testing import ClockLaws, LimitLaws, instants, joint_clocks
from docflow.worktime import (
    Break,
    ChangedHours,
    EveryOther,
    Eves,
    JointCalendar,
    MakeUpDay,
    OneOffHours,
    RowsWarning,
    Shortened,
    WeeklyHours,
    WorkingDayHours,
    Yearly,
    instant,
)

BANGKOK = office("09:00", "17:00")
LONDON = office("09:00", "17:00", zone="Europe/London")
NEW_YORK = office("09:00", "17:00", zone="America/New_York")
AUCKLAND = office("09:00", "17:00", zone="Pacific/Auckland")
THAI = office("09:00", "17:00", ThaiGovernment(area="bangkok"))  # holds 2018 to 2027


def utc(text):
    return at(text, "UTC")


def whole_day(text, zone):
    return at(f"{text} 00:00", zone), at(f"{text} 00:00", zone) + timedelta(days=1)


class TestOpenInEitherOrInBoth:
    def test_london_or_new_york_are_open_13_hours_of_a_summer_day(self):  # amazon-connect-admin-guide #24
        assert (LONDON | NEW_YORK).elapsed(*whole_day("2023-08-01", "Europe/London")) == WorkTime(hours=13)

    def test_london_and_new_york_are_open_at_once_for_3(self):
        both = LONDON & NEW_YORK
        assert both.elapsed(*whole_day("2023-08-01", "Europe/London")) == WorkTime(hours=3)
        assert both.next_open(at("2023-08-01 09:00", "Europe/London")) == at("2023-08-01 14:00", "Europe/London")

    def test_and_for_4_while_only_new_york_has_summer_time(self):
        assert (LONDON & NEW_YORK).elapsed(*whole_day("2023-03-20", "Europe/London")) == WorkTime(hours=4)

    def test_three_offices_follow_the_sun(self):
        desk = BANGKOK | LONDON | NEW_YORK
        assert desk.elapsed(utc("2023-08-01 00:00"), utc("2023-08-02 00:00")) == WorkTime(hours=19)
        received = at("2023-08-01 16:00")
        assert desk.due(received, WorkTime(hours=12)) == at("2023-08-02 04:00")  # New York closes
        assert desk.due(received, WorkTime(hours=13)) == at("2023-08-02 10:00")

    def test_hours_over_midnight_are_one_span_and_lie_on_two_days(self):
        desk = BANGKOK | LONDON | NEW_YORK
        assert desk.open_span(at("2023-08-02 00:00")) == (at("2023-08-01 09:00"), at("2023-08-02 04:00"))
        assert [str(each) for each in desk.explain(at("2023-08-01 23:00"), at("2023-08-02 01:00")).spans] == [
            "2023-08-01 Tue  23:00–00:00 (+1)  1 h",
            "2023-08-02 Wed  00:00–01:00  1 h",
        ]
        assert not desk.overnight

    def test_three_offices_are_never_open_at_once(self):
        with pytest.raises(NoWorkingDayError, match="all of .* has no working day in 2023"):
            (BANGKOK & LONDON & NEW_YORK).next_open(at("2023-08-01 09:00"))

    def test_unless_that_is_meant_and_then_a_search_gives_up(self):
        never = LONDON & AUCKLAND
        meant = WorkClock(never.hours, OfficeCalendar(never.calendar, idle_years=True), zone=never.zone)
        assert meant.elapsed(utc("2023-01-01 00:00"), utc("2024-01-01 00:00")) == WorkTime()
        with pytest.raises(HorizonError, match="does not open for more than 10 years"):
            meant.next_open(utc("2023-01-01 00:00"))

    def test_an_idle_year_of_one_office_is_idle_for_both_and_not_for_either(self):
        class Course:
            idle_years = True

            def is_working_day(self, day):
                return day.year == 2023

        course = office("09:00", "17:00", Course())
        year = at("2024-01-01 00:00"), at("2025-01-01 00:00")
        assert (course & BANGKOK).elapsed(*year) == WorkTime()
        assert (course | BANGKOK).elapsed(*year) == BANGKOK.elapsed(*year)


class TestAsAValue:
    def test_answers_are_in_the_zone_of_the_left_one(self):
        start = utc("2023-08-05 00:00")
        assert (BANGKOK | LONDON).next_open(start).timezone_name == "Asia/Bangkok"
        assert (LONDON | BANGKOK).next_open(start).timezone_name == "Europe/London"
        assert instant((BANGKOK | LONDON).next_open(start)) == instant((LONDON | BANGKOK).next_open(start))

    def test_a_chain_is_flat_wherever_its_brackets_are(self):
        for desk in (BANGKOK | LONDON | NEW_YORK, BANGKOK | (LONDON | NEW_YORK)):
            assert desk.calendar == JointCalendar([BANGKOK, LONDON, NEW_YORK], which="any")
        assert ((BANGKOK | LONDON) & NEW_YORK).calendar.clocks == (BANGKOK | LONDON, NEW_YORK)

    def test_clocks_of_the_same_offices_are_equal(self):
        assert (BANGKOK | LONDON) == (BANGKOK | LONDON)
        assert (BANGKOK | LONDON) != (BANGKOK & LONDON)
        assert pickle.loads(pickle.dumps(BANGKOK | LONDON)) == (BANGKOK | LONDON)  # noqa: S301 - our own
        assert hash(BANGKOK | LONDON) == hash(BANGKOK | LONDON)

    def test_it_shows_its_offices_and_no_hours_of_its_own(self):
        days = "Monday, Tuesday, Wednesday, Thursday, Friday"
        first, second = f"(09:00–17:00, {days}, Asia/Bangkok)", f"(09:00–17:00, {days}, Europe/London)"
        assert repr(BANGKOK & LONDON) == f"<WorkClock all of {first}, {second}, Asia/Bangkok>"

    @pytest.mark.parametrize("other", [3, None, WorkingDays(2), WEEKDAYS])
    def test_what_is_no_clock_is_refused(self, other):
        with pytest.raises(TypeError):
            BANGKOK | other
        with pytest.raises(TypeError):
            BANGKOK & other
        with pytest.raises(TypeError):
            JointCalendar([BANGKOK, other], which="any")

    def test_no_offices_and_no_way_to_join_them_are_refused(self):
        with pytest.raises(TypeError, match="no clocks are together; give some"):
            JointCalendar([], which="any")
        with pytest.raises(ValueError, match="which"):
            JointCalendar([BANGKOK], which="some")

    def test_its_hours_are_not_taken_for_those_of_another_zone(self):
        elsewhere = WorkClock(door("09:00", "17:00"), (BANGKOK | LONDON).calendar, zone="UTC")
        with pytest.raises(
            CalendarError, match="its hours are those of a day in Asia/Bangkok; give the clock that zone"
        ):
            elsewhere.is_open(utc("2023-08-01 09:00"))

    def test_it_knows_what_its_offices_knew_and_which_years_they_have_not_decided(self):
        either = LONDON | THAI
        songkran = at("2020-04-13 09:00")  # a holiday until the cabinet moved it
        assert either.is_open(songkran)
        assert not either.as_known_on(date(2020, 3, 16)).is_open(songkran)
        assert either.provisional == THAI.provisional == (2027,)


class TestDays:
    def test_working_days_are_those_on_which_it_opens(self):
        friday = at("2023-08-04 10:00")
        late = BANGKOK | NEW_YORK  # New York's Friday ends on Bangkok's Saturday, at 04:00
        assert late.days.between(date(2023, 8, 4), date(2023, 8, 7)) == (
            date(2023, 8, 4),
            date(2023, 8, 5),
            date(2023, 8, 7),
        )
        assert WorkingDays(1).due(friday, late) == at("2023-08-05 04:00")
        assert WorkingDays(1).due(friday, BANGKOK & LONDON) == at("2023-08-07 17:00")

    def test_hours_of_working_days_run_all_24_hours_of_the_days_on_which_it_opens(self):
        friday = at("2023-08-04 12:00")
        assert WorkingDayHours(24).due(friday, BANGKOK & LONDON) == at("2023-08-07 12:00")
        assert WorkingDayHours(24).due(friday, BANGKOK | NEW_YORK) == at("2023-08-05 12:00")

    def test_a_day_of_office_time_has_no_length(self):
        with pytest.raises(AmountError, match="no day is as long as another on any of .*; give hours"):
            OfficeTime(days=1).due(at("2023-08-01 09:00"), BANGKOK | LONDON)
        assert OfficeTime(hours=3).due(at("2023-08-01 16:00"), BANGKOK | LONDON) == at("2023-08-01 19:00")

    def test_an_office_may_decide_about_its_days_on_top(self):
        either = BANGKOK | LONDON
        words = {"reason": "party", "source": "an order"}
        decided = [
            closed("2023-08-01"),
            OneOffHours(date(2023, 8, 2), door("20:00", "22:00"), **words),
            OneOffHours(date(2023, 8, 3), door("22:30", "06:00", overnight=True), **words),
            MakeUpDay(date(2023, 8, 6), **words),
        ]
        clock = WorkClock(either.hours, OfficeCalendar(either.calendar, days=decided), zone=either.zone)
        hours = [
            [f"{edge:%H:%M}" for span in clock.days.hours(date(2023, 8, day)) for edge in span] for day in range(1, 7)
        ]
        assert hours == [
            [],
            ["20:00", "22:00"],
            ["22:30", "06:00"],
            ["09:00", "23:00"],
            [],
            ["00:00", "00:00"],  # the usual hours of a joint clock: all day
        ]

    def test_a_day_that_a_zone_jumped_over_is_not_worked(self):
        samoa = office("09:00", "17:00", zone="Pacific/Apia") | LONDON
        assert not samoa.days.is_worked(date(2011, 12, 30))
        assert samoa.days.why_not(date(2011, 12, 30)).reason
        assert samoa.elapsed(*whole_day("2011-12-31", "Pacific/Apia")) > WorkTime()


NEW_YORKS_WEEKEND = "America/New_York: Saturday; America/New_York: Sunday"  # Bangkok's Sunday is on both


class TestWhy:
    def test_a_day_on_which_none_is_open_tells_each_office_and_its_reason(self):
        explanation = (BANGKOK | NEW_YORK).explain(at("2023-08-04 16:00"), at("2023-08-07 10:00"))
        assert str(explanation).splitlines() == [
            "10 h from 2023-08-04 16:00 to 2023-08-07 10:00, Asia/Bangkok",
            "2023-08-04 Fri  16:00–17:00  1 h",
            "2023-08-04 Fri  20:00–00:00 (+1)  4 h",
            "2023-08-05 Sat  00:00–04:00  4 h",
            f"2023-08-06 Sun  –  Asia/Bangkok: Sunday; {NEW_YORKS_WEEKEND}",
            "2023-08-07 Mon  09:00–10:00  1 h",
        ]

    def test_of_both_only_those_who_are_closed_give_a_reason(self):
        why = (THAI & LONDON).days.why_not(date(2019, 11, 4))
        assert (why.kind, why.reason) == (
            "holiday",
            "Asia/Bangkok: Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi)",
        )

    def test_where_they_work_and_do_not_meet_it_says_so(self):
        early = office("06:00", "08:00", OfficeCalendar(WEEKDAYS, days=[
            OneOffHours(date(2023, 8, 1), door("08:00", "10:00"), reason="late", source="an order"),
        ]))  # fmt: skip
        why = (early & BANGKOK).days.why_not(date(2023, 8, 2))
        assert (why.kind, why.reason) == ("hours", "not all are open at once")
        assert (early & BANGKOK).days.is_worked(date(2023, 8, 1))

    def test_a_day_on_which_one_has_a_holiday_tells_it(self):
        monday = (THAI | LONDON).explain(at("2024-01-01 00:00"), at("2024-01-02 00:00"))
        assert str(monday).splitlines()[1] == (
            "2024-01-01 Mon  16:00–00:00 (+1)  8 h  "
            "Asia/Bangkok: New Year's Day [Standing order of the Office of the Prime Minister]"
        )

    def test_a_part_of_a_day_in_which_none_is_open_tells_the_hours_of_the_day(self):
        skipped = (BANGKOK | NEW_YORK).explain(at("2023-08-05 05:00"), at("2023-08-05 20:00")).skipped
        assert [str(each) for each in skipped] == [
            "2023-08-05 Sat  –  nothing of its hours, 00:00–04:00 [the office hours]"
        ]

    def test_a_deadline_tells_it_in_thai_too(self):
        told = (THAI | LONDON).deadline(OfficeTime(hours=1), at("2023-08-06 00:00")).explain().said("th")
        assert told.splitlines()[1:3] == [
            "6 ส.ค. 2566 อา.  –  Asia/Bangkok: วันอาทิตย์  Europe/London: วันเสาร์  Europe/London: วันอาทิตย์",
            "7 ส.ค. 2566 จ.  1 ชั่วโมง รวม 1 ชั่วโมง",
        ]

    def test_offices_together_in_another_way_each_say_where_they_are_once(self):
        why = ((BANGKOK | LONDON) & NEW_YORK).days.why_not(date(2023, 8, 6))
        assert why.reason == (
            f"Asia/Bangkok: Sunday; Europe/London: Saturday; Europe/London: Sunday; {NEW_YORKS_WEEKEND}"
        )


NEW_YEARS_EVE = at("2027-12-31 00:00", "Europe/London")
THE_EVENING_BEFORE = NEW_YEARS_EVE - timedelta(hours=6)
BEYOND = [
    lambda clock: clock.is_open(NEW_YEARS_EVE),
    lambda clock: clock.is_open(NEW_YEARS_EVE + timedelta(hours=20)),
    lambda clock: clock.elapsed(NEW_YEARS_EVE - timedelta(days=9), NEW_YEARS_EVE + timedelta(seconds=1)),
    lambda clock: clock.due(THE_EVENING_BEFORE, WorkTime(hours=1)),
    lambda clock: clock.next_opening(THE_EVENING_BEFORE),
    lambda clock: clock.round_the_clock.is_open(NEW_YEARS_EVE),
    lambda clock: clock.explain(THE_EVENING_BEFORE, NEW_YEARS_EVE + timedelta(hours=1)),
    lambda clock: WorkingDays(1).due(THE_EVENING_BEFORE, clock),
    lambda clock: clock.closing_by(date(2027, 12, 31)),
    lambda clock: clock.month_over(instant(THE_EVENING_BEFORE)),
    lambda clock: clock.days.is_worked(date(2027, 12, 31)),
    lambda clock: clock.days.why_not(date(2027, 12, 31)),
    lambda clock: clock.days.hours(date(2027, 12, 31)),
    lambda clock: clock.days.add(date(2027, 12, 30), 1),
    lambda clock: clock.days.count(date(2027, 12, 1), date(2027, 12, 31)),
    lambda clock: clock.days.between(date(2027, 12, 1), date(2027, 12, 31)),
    lambda clock: clock.days.nth(2027, 12, -1),
]


class TestYearsThatACalendarHolds:
    """THAI holds 2018 to 2027. London's last day of 2027 is in Bangkok's 2028 from 17:00 on; New York's 1 January 2018
    is in Bangkok's from the first moment, and Bangkok's is in New York's 2017 until noon."""

    def test_within_all_of_its_own_years_it_answers_when_others_hold_theirs(self):
        clock = THAI | NEW_YORK
        assert clock.elapsed(at("2018-01-01 00:00"), at("2018-01-02 00:00")) == WorkTime(
            hours=3
        )  # New York, from 21:00
        assert clock.days.count(date(2018, 1, 1), date(2027, 12, 31)) > 2000

    @pytest.mark.parametrize("clock", [LONDON | THAI, LONDON & THAI])
    def test_up_to_the_last_day_of_which_every_hour_is_known_it_answers(self, clock):
        assert clock.elapsed(NEW_YEARS_EVE - timedelta(days=1), NEW_YEARS_EVE) > WorkTime()
        assert clock.days.is_worked(date(2027, 12, 30))
        assert clock.days.add(date(2027, 12, 31), -1) == date(2027, 12, 30)
        assert clock.days.nth(2027, 11, -1) == date(2027, 11, 30)

    @pytest.mark.parametrize("clock", [LONDON | THAI, LONDON & THAI])
    @pytest.mark.parametrize("question", BEYOND)
    def test_a_day_of_which_an_hour_is_not_known_is_refused(self, clock, question):
        with pytest.raises(OutsideCalendarError, match="holds the years 2018–2027 and the year 2028 is not in it"):
            question(clock)

    @pytest.mark.parametrize("clock", [LONDON | THAI, LONDON & THAI])
    def test_in_a_column_it_is_a_null_that_is_named(self, clock):
        day = date(2027, 12, 31)
        for ask in (
            lambda: clock.due_array([THE_EVENING_BEFORE], WorkTime(hours=1)),
            lambda: clock.due_array([THE_EVENING_BEFORE], WorkingDays(1)),
            lambda: clock.elapsed_array([THE_EVENING_BEFORE], [NEW_YEARS_EVE + timedelta(hours=1)]),
            lambda: clock.is_open_array([NEW_YEARS_EVE]),
            lambda: clock.days.count_array([date(2027, 12, 1)], [day]),
        ):
            with pytest.warns(RowsWarning, match="^1 of 1 rows has no answer and is null: row 0: "):
                assert ask().tolist() == [None]

    def test_the_first_day_of_which_an_hour_is_not_known_is_refused(self):
        night = office("22:00", "06:00", ThaiGovernment(area="bangkok"), overnight=True)  # holds from 2 January 2018
        clock = night | LONDON
        with pytest.raises(OutsideCalendarError, match="the year 2017 is not in it"):
            clock.is_open(at("2018-01-01 23:00"))
        with pytest.raises(OutsideCalendarError, match="the year 2017 is not in it"):
            clock.days.count(date(2018, 1, 1), date(2018, 1, 5))
        with pytest.raises(OutsideCalendarError, match="the year 2017 is not in it"):
            clock.previous_close(at("2018-01-02 10:00"))
        assert clock.elapsed(at("2018-01-02 00:00"), at("2018-01-03 00:00")) == WorkTime(hours=8)  # London, from 16:00

    def test_a_year_that_one_office_does_not_hold_is_refused(self):
        with pytest.raises(OutsideCalendarError, match="the year 2028 is not in it"):
            (THAI | LONDON).is_open(at("2028-06-01 09:00"))

    def test_what_another_calendar_raises_is_raised_only_where_it_is_asked(self):
        class Until2023:
            def is_working_day(self, day):
                if day.year > 2023:
                    raise KeyError(day.year)
                return day.weekday() < 5

        clock = LONDON & office("09:00", "17:00", Until2023())
        assert clock.elapsed(*whole_day("2023-12-29", "Europe/London")) == WorkTime(hours=1)
        with pytest.raises(KeyError, match="2024"):
            clock.is_open(at("2023-12-31 10:00", "Europe/London"))


# The oracle: every minute, with a look at the clock on each wall.

DOORS = [(7, 12), (9, 17), (8, 0), (22, 6), (13, 7)]
ZONES = ["Asia/Bangkok", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"]
plain_offices = st.tuples(
    st.sampled_from(ZONES), st.sampled_from(DOORS), st.sets(st.integers(0, 6), min_size=4).map(sorted)
)


def made(zone, turns, week):
    opens, closes = map(time, turns)
    hours = door(f"{opens}", f"{closes}", overnight=turns[1] != 0 and closes < opens)
    return WorkClock(hours, WorkingWeek(week), zone=zone)


def somebody_is_there(moment, zone, turns, week):
    wall = moment.astimezone(ZoneInfo(zone))
    opens, closes = turns[0], turns[1] or 24
    today, yesterday = wall.weekday() in week, (wall.weekday() - 1) % 7 in week
    if opens < closes:
        return today and opens <= wall.hour < closes
    return (today and wall.hour >= opens) or (yesterday and wall.hour < closes)


@pytest.mark.laws
@given(
    offices=st.lists(plain_offices, min_size=2, max_size=3),
    day=st.sampled_from(
        [date(2023, 3, 11), date(2023, 3, 25), date(2023, 10, 28), date(2023, 11, 4), date(2023, 12, 31)]
    )
    | st.dates(date(2023, 1, 1), date(2023, 12, 1)),
    minutes=st.integers(0, 3 * 1440),
)
def test_offices_together_count_the_minutes_that_their_walls_show(offices, day, minutes):
    start = datetime(day.year, day.month, day.day, 0, 7, tzinfo=UTC)
    walls = [[somebody_is_there(start + timedelta(minutes=n), *each) for each in offices] for n in range(minutes)]
    some = [made(*each) for each in offices]
    either, both = some[0], some[0]
    for clock in some[1:]:
        either, both = either | clock, both & clock
    stop = start + timedelta(minutes=minutes)
    assert either.elapsed(start, stop) == WorkTime(minutes=sum(map(any, walls)))
    try:
        assert both.elapsed(start, stop) == WorkTime(minutes=sum(map(all, walls)))
    except NoWorkingDayError:
        assert not any(map(all, walls))


# The laws. They draw from a few offices of every kind, so that what a clock knows of its years serves many examples.


def decided(zone, hours, *days, week=range(5)):
    return WorkClock(hours, OfficeCalendar(WorkingWeek(week), days), zone=zone)


def ruled(kind, days, *more, **known):
    return kind(days, *more, reason="a rule", source="an order", **known)


NIGHT = OfficeHours(opens=time(22), closes=time(6), breaks=((time(1), time(2)),), overnight=True)
LUNCH = OfficeHours(opens=time(8, 30), closes=time(16, 30), breaks=((time(12), time(13)),))
SHORT = OfficeHours(opens=time(9), closes=time(15))
OFFICES = [
    decided("Asia/Bangkok", LUNCH, closed("2020-03-20")),
    LONDON,
    decided("America/New_York", NIGHT, week=range(7)),
    decided("Australia/Lord_Howe", WeeklyHours(LUNCH, friday=SHORT)),
    decided("America/Sao_Paulo", NIGHT, ruled(MakeUpDay, EveryOther(date(2020, 1, 4)))),
    decided("Africa/Casablanca", OfficeHours(opens=time(0), closes=time(0)), week=range(6)),
    decided("Pacific/Apia", LUNCH, ruled(ChangedHours, Yearly((6, 1), (8, 31)), SHORT)),
    decided("America/St_Johns", SHORT, ruled(Break, Yearly((1, 1), (12, 31)), time(11), time(11, 30)), week=range(6)),
    decided("UTC", OfficeHours(opens=time(0), closes=time(0)), week=range(7)),
    WorkClock(
        LUNCH, OfficeCalendar(Netherlands(), [ruled(Shortened, Eves(), by=WorkTime(hours=1))]), zone="Europe/Amsterdam"
    ),
]
YEARS = (2019, 2020)
either, both = cache(operator.or_), cache(operator.and_)


@cache
def meet(a, b):
    """Whether two offices are open at once at some time in each year, the years beside included."""
    try:
        return all(both(a, b).working_days(year) for year in range(YEARS[0] - 1, YEARS[1] + 2))
    except NoWorkingDayError:
        return False


pairs = st.tuples(st.sampled_from(OFFICES), st.sampled_from(OFFICES)).filter(lambda pair: meet(*pair))
joints = pairs.flatmap(lambda pair: st.sampled_from([both(*pair), either(*pair), either(both(*pair), LONDON)]))


@pytest.mark.laws
class TestOfficesTogether(ClockLaws):
    years = YEARS
    clock = joints


@pytest.mark.laws
class TestPromisesOfOfficesTogether(LimitLaws):
    years = YEARS
    clock = joints
    limit = st.sampled_from([WorkingDays(2) | Hours(48), WorkingDayHours(30), OfficeTime(hours=9), WorkingDays(1)])


@pytest.mark.laws
@settings(max_examples=10)
@given(joint_clocks(years=YEARS), st.data())
def test_any_offices_together_count_a_way_and_the_rest(clock, data):
    start, between, stop = sorted(data.draw(st.tuples(*[instants(clock, years=YEARS)] * 3)))
    assert clock.elapsed(start, stop) == clock.elapsed(start, between) + clock.elapsed(between, stop)


def when(question, at):
    """The instant that a question gives, or "never": an office may stay open for good."""
    try:
        return instant(question(at))
    except HorizonError:
        return "never"


@st.composite
def pairs_and_moments(draw):
    a, b = draw(pairs)
    return a, b, *sorted(draw(st.tuples(instants(a, years=YEARS), instants(b, years=YEARS))))


@pytest.mark.laws
class TestLawsOfSets:
    @given(pairs_and_moments())
    def test_either_and_both_add_up_to_one_and_the_other(self, drawn):
        a, b, start, stop = drawn
        assume(start.year >= 2019)  # with night shifts too
        together = either(a, b).elapsed(start, stop) + both(a, b).elapsed(start, stop)
        assert together == a.elapsed(start, stop) + b.elapsed(start, stop)

    @given(pairs_and_moments())
    def test_either_is_open_longest_and_both_shortest(self, drawn):
        a, b, start, stop = drawn
        for one in (a, b):
            assert both(a, b).elapsed(start, stop) <= one.elapsed(start, stop) <= either(a, b).elapsed(start, stop)

    @given(pairs_and_moments())
    def test_one_moment_is_open_in_either_or_in_both_as_it_is_in_each(self, drawn):
        a, b, *moments = drawn
        for moment in moments:
            assert either(a, b).is_open(moment) == (a.is_open(moment) or b.is_open(moment))
            assert both(a, b).is_open(moment) == (a.is_open(moment) and b.is_open(moment))

    @given(pairs_and_moments())
    def test_the_order_of_offices_changes_nothing_but_the_zone(self, drawn):
        a, b, start, stop = drawn
        for one, other in ((either(a, b), either(b, a)), (both(a, b), both(b, a))):
            assert one.elapsed(start, stop) == other.elapsed(start, stop)
            assert instant(one.next_open(start)) == instant(other.next_open(start))
            assert when(one.previous_close, stop) == when(other.previous_close, stop)
            assert [[*map(instant, span)] for span in one.spans(start, stop)] == [
                [*map(instant, span)] for span in other.spans(start, stop)
            ]

    @given(pairs_and_moments())
    def test_an_office_with_itself_counts_as_it_does_alone(self, drawn):
        a, _, start, stop = drawn
        for twice in (either(a, a), both(a, a)):
            assert twice.spans(start, stop) == a.spans(start, stop)
            assert when(twice.next_opening, start) == when(a.next_opening, start)
            assert twice.due(start, WorkTime(hours=3)) == a.due(start, WorkTime(hours=3))

    @given(pairs_and_moments(), st.sampled_from(OFFICES))
    def test_brackets_change_nothing(self, drawn, c):
        a, b, start, stop = drawn
        assert (
            both(a, either(a, c)).elapsed(start, stop)
            == a.elapsed(start, stop)
            == either(a, both(a, b)).elapsed(start, stop)
        )


def test_columns_give_the_same_integers():
    np = pytest.importorskip("numpy")
    desk = BANGKOK | LONDON | office_clock()
    starts = np.datetime64("2023-01-01T00:00", "us") + np.arange(2000) * np.timedelta64(313, "m")
    amounts = np.full(2000, np.timedelta64(95, "m"))
    due = desk.due_array(starts, amounts)
    assert due.astype(np.int64).tolist() == [
        desk.reached(int(start), 95 * 60_000_000) for start in starts.astype(np.int64)
    ]
    assert (desk.elapsed_array(starts, due) == amounts).all()
