import pickle
import sys
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays as peer
import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from workalendar.europe import Netherlands

from docflow import Closure, OfficeCalendar, OfficeHours, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.errors import CalendarError, FileError, HoursError, OutsideCalendarError
from docflow.worktime import (
    ByClosingDay,
    Eves,
    HolidayList,
    MakeUpDay,
    Note,
    OneOffHours,
    Shortened,
    WeeklyHours,
    WorkingDayHours,
    Yearly,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EIGHT = OfficeHours(opens=time(9), closes=time(17))
NEW_YEAR, CHRISTMAS = date(2026, 1, 1), date(2026, 12, 25)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def clock(calendar, hours=EIGHT):
    return WorkClock(hours, calendar, zone="Europe/Amsterdam")


# Lists of dates

days_of_two_years = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(days=st.sets(days_of_two_years, max_size=30), week=st.sets(st.integers(0, 6), min_size=1), data=st.data())
def test_working_days_of_a_list_are_counted_as_numpy_counts_them(days, week, data):
    first, last = sorted(data.draw(days_of_two_years) for _ in range(2))
    mask = [n in week for n in range(7)]
    expected = np.busday_count(first, last, weekmask=mask, holidays=sorted(days))
    banks = np.busdaycalendar(weekmask=mask, holidays=sorted(days))
    for calendar in (
        HolidayList(days, week=WorkingWeek(week), years=(2025, 2026)),
        HolidayList.from_numpy(banks, years=(2025, 2026)),
    ):
        listed = OfficeCalendar(calendar, idle_years=True)
        assert clock(listed).days.count(first, last, counting_first=True, counting_last=False) == expected


def test_holidays_are_given_as_names_by_date_a_list_a_set_or_pairs():
    named = HolidayList({CHRISTMAS: "Christmas", NEW_YEAR: "New Year"}, source="order 2")
    assert named.notes(CHRISTMAS) == (Note("Christmas", "order 2"),)
    assert named.notes(date(2026, 1, 3))[0].reason == "Saturday"
    assert named.notes(date(2026, 1, 5)) == ()
    assert HolidayList([(NEW_YEAR, "New Year"), (CHRISTMAS, "Christmas")], source="order 2") == named
    assert evolve(named, source="order 2") == named
    assert HolidayList([CHRISTMAS, NEW_YEAR]) == HolidayList({NEW_YEAR, CHRISTMAS})
    assert HolidayList([CHRISTMAS]).notes(CHRISTMAS) == (Note("holiday", "a list of holidays"),)
    assert pickle.loads(pickle.dumps(named)) == named  # noqa: S301 - our own
    assert hash(evolve(named)) == hash(named)
    assert str(named) == "order 2"


def test_a_list_of_one_year_says_nothing_about_the_next():
    listed = clock(HolidayList([NEW_YEAR, CHRISTMAS], source="order 2"))
    assert listed.days.is_worked(date(2026, 12, 31))
    with pytest.raises(OutsideCalendarError) as caught:
        listed.days.is_worked(date(2027, 1, 4))
    assert str(caught.value) == (
        "order 2 holds the years 2026–2026 and the year 2027 is not in it; give its holidays too, "
        "or say years=(2026, 2027) when it has none"
    )
    longer = clock(HolidayList([NEW_YEAR, CHRISTMAS], years=(2025, 2027)))
    assert longer.days.is_worked(date(2027, 1, 1))
    assert longer.days.is_worked(date(2025, 1, 1))
    assert clock(HolidayList([], years=[2025, 2027])).days.is_worked(date(2027, 1, 1))
    assert HolidayList([NEW_YEAR, date(2028, 1, 1)]).years == (2026, 2028)


def test_a_listed_day_is_a_holiday_and_has_an_eve_also_on_a_weekend():
    saturday = date(2026, 12, 26)
    listed = HolidayList([CHRISTMAS, saturday], years=(2026, 2027))
    assert clock(listed).days.why_not(CHRISTMAS).kind == "holiday"
    assert clock(listed).days.why_not(saturday).kind == "weekend"
    hour = WorkTime(hours=1)
    office = OfficeCalendar(
        HolidayList([date(2026, 5, 2)], years=(2026, 2027)),
        [Shortened(Eves(), by=hour, reason="eve", source="order 7")],
    )
    with pytest.raises(OutsideCalendarError, match="say that it is one"):
        clock(office).days.length(date(2027, 12, 31))
    assert clock(office).days.length(date(2026, 5, 1)) == WorkTime(hours=7)


def test_hours_of_a_weekday_that_no_week_has_are_refused():
    with pytest.raises(HoursError, match="order 2 never works on a Saturday"):
        clock(HolidayList([CHRISTMAS], source="order 2"), WeeklyHours(EIGHT, saturday=EIGHT))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: HolidayList([]), "a list without holidays: holds no year; say which, such as years=(2020, 2030)"),
        (lambda: HolidayList(5), "5: is no list of holidays; give dates, or a dict of their names by date"),
        (lambda: HolidayList(["2026-12-25"]), "2026-12-25: is no day; give date(2020, 4, 13)"),
        (lambda: HolidayList([datetime(2026, 12, 25)]), "2026-12-25 00:00:00: is no day; give date(2020, 4, 13)"),
        (lambda: HolidayList({CHRISTMAS: " "}), "2026-12-25: is called ' '; give it a name, such as \"New Year\""),
        (
            lambda: HolidayList([CHRISTMAS], years=2026),
            "2026: are no years; give the first and the last one, such as years=(2020, 2030)",
        ),
        (
            lambda: HolidayList([CHRISTMAS], years=(2027, 2026)),
            "(2027, 2026): are no years; give the first and the last one, such as years=(2020, 2030)",
        ),
        (
            lambda: HolidayList.from_numpy([CHRISTMAS]),
            "[datetime.date(2026, 12, 25)]: is no calendar of numpy; give numpy.busdaycalendar(holidays=[...])",
        ),
    ],
)
def test_what_is_no_list_is_refused_with_the_way_out(make, said):
    with pytest.raises(CalendarError) as caught:
        make()
    assert str(caught.value) == said


def test_calendars_of_numpy_hold_the_years_of_their_holidays_alone():
    banks = HolidayList.from_numpy(np.busdaycalendar(weekmask="Sun Mon", holidays=["2026-01-05", "2026-01-11"]))
    assert banks.years == (2026, 2026)
    assert banks.week == WorkingWeek([0, 6])
    assert banks.notes(date(2026, 1, 5)) == (Note("holiday", "numpy.busdaycalendar"),)


@pytest.mark.parametrize(
    ("calendar", "names"),
    [
        (peer.country_holidays("NL"), peer.country_holidays("NL", years=2026)),
        (Netherlands(), Netherlands().holidays(2026)),
    ],
    ids=["holidays", "workalendar"],
)
def test_calendars_of_other_libraries_serve_as_they_are(calendar, names):
    dutch, listed = clock(calendar), clock(HolidayList(names))
    assert dutch.due(at("2026-04-24 16:00"), WorkTime(hours=2)) == at("2026-04-28 10:00")  # King's day is a Monday
    year = date(2026, 1, 1), date(2026, 12, 31)
    assert dutch.days.between(*year) == listed.days.between(*year)


# Calendar files


def ics(tmp_path, *events, name="office.ics"):
    body = "".join("BEGIN:VEVENT\n" + event.strip() + "\nEND:VEVENT\n" for event in events)
    path = tmp_path / name
    path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{body}END:VCALENDAR\n", encoding="utf-8")
    return path


def event(start, end="", name="Christmas", more=""):
    until = f"DTEND;VALUE=DATE:{end}\n" if end else ""
    return f"DTSTART;VALUE=DATE:{start}\n{until}SUMMARY:{name}\n{more}"


def test_an_event_of_whole_days_is_a_holiday_and_its_end_is_not(tmp_path):
    listed = HolidayList.from_ics(ics(tmp_path, event("20261224", "20261227"), event("20260501", name="Labour\\, day")))
    expected = {date(2026, 5, 1): "Labour, day"} | {date(2026, 12, day): "Christmas" for day in (24, 25, 26)}
    assert dict(listed.holidays) == expected
    assert listed.years == (2026, 2026)
    assert listed.notes(CHRISTMAS) == (Note("Christmas", "office.ics"),)
    two_years = HolidayList.from_ics(ics(tmp_path, event("20261231", "20270102")), source="council")
    assert two_years.years == (2026, 2027)
    assert str(two_years) == "council"


def test_an_event_that_repeats_is_a_holiday_of_the_years_that_are_asked_for(tmp_path):
    yearly = ics(tmp_path, event("20201225", more="RRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20271225"))
    listed = HolidayList.from_ics(str(yearly), years=(2026, 2029), week=WorkingWeek(range(6)))
    assert [day for day, _ in listed.holidays] == [date(year, 12, 25) for year in (2026, 2028, 2029)]
    assert listed.years == (2026, 2029)
    assert listed.is_working_day(date(2026, 1, 3))
    with pytest.raises(CalendarError) as caught:
        HolidayList.from_ics(yearly)
    assert str(caught.value) == f"{yearly}: repeats Christmas; say for which years, such as years=(2020, 2030)"


def test_two_events_of_one_day_are_one_holiday_with_both_names(tmp_path):
    path = ics(tmp_path, event("20261225"), event("20261225"), event("20261225", "20261225", "Ascension"))
    assert HolidayList.from_ics(path).notes(CHRISTMAS)[0].reason == "Christmas; Ascension"


def test_cancelled_events_are_left_out_and_names_cannot_steer_a_terminal(tmp_path):
    cancelled = event("20260501", more="STATUS:CANCELLED")
    listed = HolidayList.from_ics(
        ics(tmp_path, cancelled, event("20261225", name="\x1b[2JX"), event("20261226", name=""))
    )
    assert listed.holidays == ((CHRISTMAS, "\\x1b[2JX"), (date(2026, 12, 26), "holiday"))


def test_an_empty_calendar_holds_the_years_that_are_given(tmp_path):
    assert HolidayList.from_ics(ics(tmp_path), years=(2026, 2026)).is_working_day(CHRISTMAS)
    with pytest.raises(CalendarError, match="holds no year; say which"):
        HolidayList.from_ics(ics(tmp_path))


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (
            ["DTSTART:20260501T090000Z\nDTEND:20260501T100000Z\nSUMMARY:Meeting"],
            r"has Meeting at 2026-05-01 09:00:00\+00:00; a holiday is a whole day, so take that out of it$",
        ),
        ([event("20260503", "20260501")], "has Christmas from 2026-05-03 to 2026-05-01; correct its end$"),
        ([event("2026xx01")], "is no calendar file that can be read .*; give an .ics file, or its days as a list$"),
        (["SUMMARY:nothing"], "is no calendar file that can be read"),
    ],
)
def test_events_that_are_no_whole_days_are_refused_by_the_name_of_the_file(tmp_path, events, said):
    path = ics(tmp_path, *events)
    for years in (None, (2026, 2026)):
        with pytest.raises(CalendarError, match=said) as caught:
            HolidayList.from_ics(path, years=years)
        assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize(
    "data", [b"", b"date,name\n2026-12-25,Christmas\n", b"\xff\xfe\x00\x01", b"PK\x03\x04", b"\n\n"]
)
def test_a_file_that_is_no_calendar_is_refused_by_name(tmp_path, data):
    path = tmp_path / "holidays.csv"
    path.write_bytes(data)
    with pytest.raises(CalendarError, match="is no calendar file") as caught:
        HolidayList.from_ics(path, years=(2026, 2026))
    assert str(caught.value).startswith(f"{path}: ")
    with pytest.raises(FileError, match="cannot be read"):
        HolidayList.from_ics(tmp_path / "missing.ics")
    with pytest.raises(TypeError, match="is no path of a file"):
        HolidayList.from_ics(data)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = ics(tmp_path, event("20261225"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert HolidayList.from_ics(path).holidays == ((CHRISTMAS, "Christmas"),)


def test_without_icalendar_it_is_said_what_to_install(monkeypatch, tmp_path):
    monkeypatch.delitem(sys.modules, "docflow.worktime.ics", raising=False)
    monkeypatch.delattr("docflow.worktime.ics", raising=False)
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'docflow-registry\[ics\]'"):
        HolidayList.from_ics(ics(tmp_path, event("20261225")))


# Shifts that are named by the day on which they close

SHIFT = OfficeHours(opens=time(17), closes=time(16, 30), overnight=True)


def closing(*decisions, hours=SHIFT, base=None):
    return clock(ByClosingDay(OfficeCalendar(base or WorkingWeek(range(7)), decisions)), hours)


def closed(day, reason="holiday"):
    return Closure(day, reason=reason, source="order 7")


def test_a_shift_that_opens_on_christmas_is_judged_by_the_day_on_which_it_closes():  # quanta #23
    christmas, boxing = date(2025, 12, 25), date(2025, 12, 26)
    assert closing().is_open(at("2025-12-25 18:00"))
    assert closing(closed(christmas)).is_open(at("2025-12-25 18:00"))
    assert not closing(closed(christmas)).is_open(at("2025-12-24 18:00"))
    assert not closing(closed(boxing)).is_open(at("2025-12-25 18:00"))
    assert not closing(closed(boxing)).is_open(at("2025-12-26 16:00"))
    assert closing(closed(boxing)).is_open(at("2025-12-26 17:00"))


def test_a_week_of_closings_opens_on_sunday_evening_and_not_on_friday():
    week = clock(ByClosingDay(WorkingWeek()), SHIFT)
    hour = timedelta(hours=1)
    monday = at("2026-03-16 00:30")
    for n in range(7 * 24):
        moment = monday + n * hour
        closes = (moment + timedelta(hours=7, minutes=0)).date()  # a shift that opens at 17 is named by the next day
        wall = moment.hour * 60 + moment.minute
        assert week.is_open(moment) == (closes.weekday() < 5 and not 16 * 60 + 30 <= wall < 17 * 60)
    assert week.days.why_not(date(2026, 3, 20)).reason == "Saturday"  # the shift that opens on Friday


def test_hours_and_reasons_are_those_of_the_day_of_closing():
    monday = OfficeHours(opens=time(20), closes=time(4), overnight=True)
    hours = WeeklyHours(SHIFT, monday=monday)
    office = closing(closed(date(2026, 12, 25), "Christmas"), hours=hours, base=WorkingWeek())
    assert office.next_open(at("2026-12-26 12:00")) == at("2026-12-27 20:00")  # Sunday's shift closes on Monday
    skipped = office.explain(at("2026-12-24 18:00"), at("2026-12-25 09:00")).skipped
    assert [(each.day, each.reason) for each in skipped] == [
        (date(2026, 12, 24), "Christmas"),
        (date(2026, 12, 25), "Saturday"),
    ]
    assert office.days.why_not(date(2026, 12, 24)).kind == "closure"
    assert office.days.why_not(date(2026, 12, 25)).kind == "weekend"
    assert WorkingDays(2).due(at("2026-12-23 12:00"), office) == at("2026-12-28 04:00")
    assert str(ByClosingDay(WorkingWeek([0]))) == "Monday by closing day"
    with pytest.raises(HoursError, match="never works on a Saturday"):
        closing(base=WorkingWeek(), hours=WeeklyHours(SHIFT, saturday=SHIFT))


def test_a_calendar_by_closing_day_knows_what_the_calendar_below_knows():
    tuesday = date(2026, 3, 17)
    late = Closure(tuesday, reason="flood", source="order 8", announced=date(2026, 3, 10))
    office = closing(late, base=WorkingWeek())
    assert not office.is_open(at("2026-03-16 18:00"))
    assert office.as_known_on(date(2026, 3, 9)).is_open(at("2026-03-16 18:00"))
    assert ByClosingDay(OfficeCalendar(WorkingWeek(), idle_years=True)).idle_years
    assert not ByClosingDay(WorkingWeek()).idle_years
    night = OneOffHours(tuesday, SHIFT, reason="night", source="order 9")
    assert ByClosingDay(OfficeCalendar(WorkingWeek(), [night])).overnight
    assert not ByClosingDay(WorkingWeek()).overnight
    assert ByClosingDay(Netherlands()).is_holiday(date(2026, 12, 24))
    made_up = MakeUpDay(Yearly((3, 21)), reason="fair", source="order 9")
    assert closing(made_up, base=WorkingWeek()).is_open(at("2026-03-20 18:00"))
    assert WorkingDayHours(1).due(at("2026-03-20 18:00"), closing(base=WorkingWeek())) == at("2026-03-22 01:00")
    with pytest.raises(CalendarError, match="is no calendar"):
        ByClosingDay(tuesday)


def test_a_day_with_two_names_is_called_by_both():
    day = date(2026, 12, 5)
    twice = HolidayList([(day, "Father's Day"), (day, "National Day"), (day, "National Day")])
    assert twice.notes(day)[0].reason == "Father's Day; National Day"


@pytest.mark.parametrize("wrong", ["2026-01-01", [(date(2026, 1, 1), "x", "y")], [(date(2026, 1, 1),)]])
def test_what_is_no_list_of_dates_is_refused_whole(wrong):
    with pytest.raises(CalendarError, match=r"^('2026-01-01'|\(datetime.date\(2026, 1, 1\),.*): is no "):
        HolidayList(wrong)


def test_a_holiday_outside_the_years_of_its_list_is_refused():
    with pytest.raises(CalendarError, match=r"2030-01-01 New Year: outside the years 2026–2028.*years=\(2026, 2030\)"):
        HolidayList({date(2030, 1, 1): "New Year"}, years=(2026, 2028))


def test_hours_that_do_not_run_over_midnight_cannot_be_named_by_their_closing():
    with pytest.raises(CalendarError, match="has the hours 09:00–17:00, which do not close on the next day"):
        closing(hours=EIGHT).is_open(at("2026-03-16 18:00"))
