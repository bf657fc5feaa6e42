import pickle
from datetime import UTC, date, datetime, timedelta

import holidays as peer
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from oracle import HOLIDAYS_2563
from workalendar.registry import registry

from docflow.errors import OutsideCalendarError, UnknownAreaError
from docflow.thai import ThaiGovernment, holiday_table

BANGKOK = ThaiGovernment(area="bangkok")
YEARS = range(2018, 2027)
in_table = st.dates(min_value=date(2018, 1, 1), max_value=date(2026, 12, 31))


class Closed(ThaiGovernment):
    """An office of its own."""


def every_day(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("day", every_day(date(2019, 10, 1), date(2020, 9, 30)), ids=str)
def test_fiscal_year_2563_day_by_day(day):
    assert BANGKOK.is_working_day(day) == (day.weekday() < 5 and day not in HOLIDAYS_2563)


def test_fiscal_year_2563_by_month():
    worked = [day for day in every_day(date(2019, 10, 1), date(2020, 9, 30)) if BANGKOK.is_working_day(day)]
    by_month = [sum(day.month == month for day in worked) for month in (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)]
    assert by_month == [21, 19, 19, 22, 19, 22, 21, 18, 21, 19, 20, 20]
    assert sum(by_month) == 241
    assert sum(by_month[1:11]) == 200


# The weekday holidays of later years, as the facts behind the plan list them.
LISTED = {
    2024: "1-1 2-26 4-8 4-12 4-15 4-16 5-6 5-10 5-22 6-3 7-22 7-29 8-12 10-14 10-23 12-5 12-10 12-30 12-31",
    2025: "1-1 2-12 4-7 4-14 4-15 4-16 5-5 5-9 5-12 6-2 6-3 7-10 7-11 7-28 8-11 8-12 10-13 10-23 12-5 12-10 12-31",
    2026: "1-1 1-2 3-3 4-6 4-13 4-14 4-15 5-4 5-13 6-1 6-3 7-28 7-29 7-30 8-12 10-13 10-23 12-7 12-10 12-31",
}


@pytest.mark.parametrize("year", LISTED)
def test_later_years_date_by_date(year):
    listed = {date(year, *map(int, day.split("-"))) for day in LISTED[year].split()}
    assert {day for day in BANGKOK.holidays_set(year) if day.weekday() < 5} == listed


def test_the_holidays_package_differs_in_known_weekdays_and_no_others():
    others = peer.country_holidays("TH", years=YEARS, categories=("public", "government"), language="en_US")
    theirs = {day for day in others if day.weekday() < 5}
    ours = {day for year in YEARS for day in BANGKOK.holidays_set(year) if day.weekday() < 5}
    only_ours = {
        "2018-04-12": "special, cabinet 27 Feb 2018",
        "2019-04-12": "special, cabinet 12 Feb 2019",
        "2019-11-04": "Bangkok only: the ASEAN summit",
        "2019-11-05": "Bangkok only: the ASEAN summit",
        "2021-10-22": "moved from 25 October, cabinet 29 Dec 2020",
        "2022-11-16": "Bangkok only: APEC",
        "2022-11-17": "Bangkok only: APEC",
        "2022-11-18": "Bangkok only: APEC",
    }
    labour_days = {
        day.isoformat() for day, name in others.items() if "Labor Day" in name and day.weekday() < 5 and day not in ours
    }
    only_theirs = labour_days | {
        "2020-12-07",  # moved to 11 December, cabinet 22 Sep 2020
        "2021-10-25",  # moved to 22 October
        "2023-01-03",  # not in the official lists
    }
    assert len(labour_days) == 9  # 1 May on weekdays of seven years, and the substitutes of 2021 and 2022
    assert {day.isoformat() for day in ours - theirs} == set(only_ours)
    assert {day.isoformat() for day in theirs - ours} == only_theirs


@pytest.mark.parametrize(
    ("day", "known_on", "works"),
    [
        ("2020-04-13", "2020-03-16", False),  # Songkran as everybody expected it
        ("2020-04-13", "2020-03-17", True),  # postponed that day
        ("2020-07-27", "2020-06-29", True),
        ("2020-07-27", "2020-06-30", False),  # its first substitute
        ("2020-09-04", "2020-08-12", True),
        ("2020-09-04", "2020-08-13", False),
        ("2019-11-04", "2019-10-14", True),
        ("2019-11-04", "2019-10-15", False),  # the summit
        ("2020-12-07", "2020-09-21", False),
        ("2020-12-07", "2020-09-22", True),  # moved
        ("2020-12-11", "2020-09-21", True),
        ("2020-12-11", "2020-09-22", False),
    ],
)
def test_the_calendar_is_known_as_it_was_announced(day, known_on, works):
    calendar = ThaiGovernment(area="bangkok", known_on=date.fromisoformat(known_on))
    assert calendar.is_working_day(date.fromisoformat(day)) is works


@given(day=in_table, early=in_table, late=in_table)
def test_an_earlier_known_on_never_knows_a_later_announcement(day, early, late):
    early, late = sorted((early, late))
    for row in ThaiGovernment(area="bangkok", known_on=early).rows(day.year):
        assert row.announced is None or row.announced <= early
    then, later = (ThaiGovernment(area="bangkok", known_on=on).is_working_day(day) for on in (early, late))
    if then != later:
        news = [at for row in holiday_table() if row.day == day for at in (row.announced, row.withdrawn) if at]
        assert any(early < at <= late for at in news)


@given(day=in_table)
def test_the_calendar_known_on_the_last_day_is_the_calendar(day):
    known = ThaiGovernment(area="bangkok", known_on=date(2026, 12, 31))
    assert known.is_working_day(day) == BANGKOK.is_working_day(day)


@given(day=in_table)
def test_bangkok_rests_whenever_the_country_does(day):
    if BANGKOK.is_working_day(day):
        assert ThaiGovernment().is_working_day(day)


def test_only_bangkok_rested_for_the_summits():
    differs = {day for year in YEARS for day in BANGKOK.holidays_set(year) - ThaiGovernment().holidays_set(year)}
    assert sorted(day.isoformat() for day in differs) == [
        "2019-11-04",
        "2019-11-05",
        "2022-11-16",
        "2022-11-17",
        "2022-11-18",
    ]


def test_officials_work_on_labour_day():
    assert BANGKOK.is_working_day(date(2020, 5, 1))


@pytest.mark.parametrize("day", [date(2017, 12, 31), date(2027, 1, 1), date(2027, 1, 2)])  # the last a Saturday
def test_a_day_outside_the_table_is_refused(day):
    with pytest.raises(OutsideCalendarError, match="holds the years 2018–2026") as caught:
        BANGKOK.is_working_day(day)
    assert (caught.value.year, caught.value.first, caught.value.last) == (day.year, 2018, 2026)
    assert caught.value.calendar == "ThaiGovernment(area='bangkok')"


def test_the_calendar_holds_the_years_of_its_table_even_of_a_single_row(monkeypatch):
    only = holiday_table()[:1]
    monkeypatch.setattr("docflow.thai.holidays.holiday_table", lambda: only)
    assert ThaiGovernment().holidays_set(2018) == {date(2018, 1, 1)}
    with pytest.raises(OutsideCalendarError, match="holds the years 2018–2018"):
        ThaiGovernment().holidays_set(2019)


def test_workalendar_cannot_step_out_of_the_table():
    with pytest.raises(OutsideCalendarError):
        BANGKOK.add_working_days(date(2026, 12, 30), 5)
    with pytest.raises(OutsideCalendarError):
        BANGKOK.get_working_days_delta(date(2017, 12, 1), date(2018, 2, 1))


def test_no_year_does_not_mean_this_year():
    with pytest.raises(OutsideCalendarError, match="no year was given"):
        BANGKOK.holidays()
    with pytest.raises(OutsideCalendarError, match="no year was given"):
        BANGKOK.holidays_set()


def test_an_unknown_area_is_refused():
    with pytest.raises(UnknownAreaError, match="area 'phuket'; choose bangkok, or None"):
        ThaiGovernment(area="phuket")


@pytest.mark.parametrize("moment", [datetime(2020, 4, 1, tzinfo=UTC), "2020-04-01"])
def test_known_on_is_a_day(moment):
    with pytest.raises(TypeError, match="known_on is a day"):
        ThaiGovernment(known_on=moment)


def test_a_day_more_or_less_can_be_asked_for_as_in_any_workalendar_calendar():
    monday, new_year = date(2020, 1, 6), date(2020, 1, 1)
    assert BANGKOK.is_working_day(new_year, extra_working_days=[new_year])
    assert not BANGKOK.is_working_day(monday, extra_holidays=[monday])
    assert BANGKOK.is_working_day(monday, [monday], [monday])  # workalendar: what is worked extra goes first


def test_an_office_with_a_holiday_more_is_another_calendar():
    assert Closed() != ThaiGovernment()
    assert pickle.loads(pickle.dumps(Closed(area="bangkok"))) == Closed(area="bangkok")  # noqa: S301 - our own
    with pytest.raises(AttributeError):
        BANGKOK.known_on = date(2020, 1, 1)


def test_a_calendar_keeps_what_was_known_when_it_is_pickled():
    known = ThaiGovernment(area="bangkok", known_on=date(2020, 3, 16))
    assert pickle.loads(pickle.dumps(known)) == known != BANGKOK  # noqa: S301 - our own


def test_workalendar_finds_it_as_th():
    assert registry.get("TH") is ThaiGovernment


def test_what_the_calendar_hands_out_is_the_callers_own():
    BANGKOK.holidays(2020).clear()
    BANGKOK.holidays_set(2020).clear()
    assert len(BANGKOK.holidays(2020)) == len(ThaiGovernment(area="bangkok").holidays(2020)) > 15


@pytest.mark.parametrize("year", YEARS)
def test_each_holiday_is_listed_once_for_each_of_its_reasons(year):
    assert sorted(BANGKOK.holidays(year)) == sorted((row.day, row.english) for row in BANGKOK.rows(year))


def test_equal_calendars_are_equal_and_say_what_they_are():
    assert ThaiGovernment(area="bangkok") == BANGKOK != ThaiGovernment()
    assert hash(ThaiGovernment(area="bangkok")) == hash(BANGKOK)
    assert repr(BANGKOK) == "ThaiGovernment(area='bangkok')"
    known = ThaiGovernment(area="bangkok", known_on=date(2020, 3, 16))
    assert repr(known) == "ThaiGovernment(area='bangkok', known_on=datetime.date(2020, 3, 16))"
    assert repr(Closed()) == "Closed()"


def test_calendars_that_differ_are_found_apart_in_a_cache():
    known = ThaiGovernment(known_on=date(2020, 3, 16))
    assert len({hash(calendar) for calendar in (BANGKOK, ThaiGovernment(), Closed(), known)}) == 4


def test_every_row_of_the_table_is_sourced_and_consistent():
    table = holiday_table()
    assert [row.day for row in table] == sorted(row.day for row in table)
    for row in table:
        assert row.english
        assert row.thai
        assert row.source
        assert bool(row.withdrawal) == bool(row.withdrawn)
        assert row.sureness in {"H", "M", "L"}
        assert row.kind in {"fixed", "lunar", "substitute", "special", "ploughing"}
        assert row.announced is None or row.announced < row.day
        assert row.withdrawn is None or (row.announced or date.min) <= row.withdrawn < row.day
        assert row.kind != "special" or row.announced is not None
    live = [(row.day, row.english) for row in table if row.withdrawn is None]
    assert len(live) == len(set(live))


def test_a_withdrawn_holiday_is_noted_where_people_expect_it():
    songkran = date(2020, 4, 13)
    order = "Standing order of the Office of the Prime Minister"
    moved = "Cabinet resolution 17 Mar 2020 (Songkran postponed; notice of the Secretariat of the Cabinet)"
    for known_on, noted in (
        (date(2020, 3, 16), [("Songkran", order)]),
        (date(2020, 3, 17), [("no holiday: Songkran was withdrawn on 2020-03-17", moved)]),
        (None, [("no holiday: Songkran was withdrawn on 2020-03-17", moved)]),
    ):
        for area in (None, "bangkok"):
            assert list(ThaiGovernment(area=area, known_on=known_on).notes(songkran)) == noted
    assert ThaiGovernment().notes(date(2020, 4, 16)) == ()
    with pytest.raises(OutsideCalendarError):
        ThaiGovernment().notes(date(2017, 4, 13))


def test_a_regional_holiday_is_noted_in_its_area_alone():
    summit = date(2019, 11, 4)
    assert ThaiGovernment().notes(summit) == ()
    assert [note.source for note in ThaiGovernment(area="bangkok").notes(summit)] == ["Cabinet resolution 15 Oct 2019"]
    assert ThaiGovernment(area="bangkok", known_on=date(2019, 10, 14)).notes(summit) == ()


def test_a_day_of_rest_is_never_noted_as_no_holiday(monkeypatch):
    saturday, monday = date(2020, 4, 11), date(2020, 4, 13)
    rows = tuple(evolve(row, day=day) for row in holiday_table() if row.day == monday for day in (saturday, monday))
    regional = evolve(rows[0], day=date(2020, 4, 14), area="bangkok")
    monkeypatch.setattr("docflow.thai.holidays.holiday_table", lambda: (*rows, regional))
    assert ThaiGovernment().notes(saturday) == ()
    assert len(ThaiGovernment().notes(monday)) == 1
    assert ThaiGovernment().notes(regional.day) == ()
    assert len(ThaiGovernment(area="bangkok").notes(regional.day)) == 1


def test_as_known_on_keeps_the_area():
    known = ThaiGovernment(area="bangkok").as_known_on(date(2020, 3, 16))
    assert known == ThaiGovernment(area="bangkok", known_on=date(2020, 3, 16))
    assert known.as_known_on(None) == ThaiGovernment(area="bangkok")
