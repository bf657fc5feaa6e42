import csv
import pickle
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import holidays as peer
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from oracle import HOLIDAYS_2563
from workalendar.registry import registry

from docflow import Closure, OfficeCalendar, WorkingDays, WorkTime
from docflow.bangkok import office_clock
from docflow.errors import CalendarError, FileError, OutsideCalendarError, UnknownAreaError
from docflow.thai import Holiday, ThaiGovernment, holiday_table, table
from docflow.thai.table import COLUMNS

BANGKOK = ThaiGovernment(area="bangkok")
YEARS = range(2018, 2028)
in_table = st.dates(min_value=date(2018, 1, 1), max_value=date(2027, 12, 31))
PROVINCES = list(table._provinces())


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
    assert by_month == [21, 19, 18, 22, 19, 22, 21, 18, 21, 19, 20, 20]
    assert sum(by_month) == 240
    assert sum(by_month[1:11]) == 199


# The weekday holidays of later years, as the facts behind the plan list them.
LISTED = {
    2024: "1-1 2-26 4-8 4-12 4-15 4-16 5-6 5-10 5-22 6-3 7-22 7-29 8-12 10-14 10-23 12-5 12-10 12-30 12-31",
    2025: "1-1 2-12 4-7 4-14 4-15 4-16 5-5 5-9 5-12 6-2 6-3 7-10 7-11 7-28 8-11 8-12 10-13 10-23 12-5 12-10 12-31",
    2026: "1-1 1-2 3-3 4-6 4-13 4-14 4-15 5-4 5-13 6-1 6-3 7-28 7-29 7-30 8-12 10-13 10-16 10-23 12-7 12-10 12-31",
    2027: "1-1 2-22 4-6 4-13 4-14 4-15 5-4 5-20 6-3 7-19 7-20 7-28 8-12 10-13 10-25 12-6 12-10 12-31",  # provisional
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
        "2019-12-30": "special, cabinet 29 Oct 2019; banks worked",
        "2021-10-21": "the Centre only, cabinet 29 Dec 2020",
        "2021-10-22": "moved from 25 October, cabinet 29 Dec 2020",
        "2022-11-16": "Bangkok only: APEC",
        "2022-11-17": "Bangkok only: APEC",
        "2022-11-18": "Bangkok only: APEC",
        "2026-10-16": "Bangkok only, cabinet 19 May 2026",
    }
    labour_days = {
        day.isoformat() for day, name in others.items() if "Labor Day" in name and day.weekday() < 5 and day not in ours
    }
    only_theirs = labour_days | {
        "2020-12-07",  # moved to 11 December, cabinet 22 Sep 2020
        "2021-10-25",  # moved to 22 October
        "2023-01-03",  # not in the official lists
    }
    assert len(labour_days) == 10  # 1 May on weekdays of seven years, and the substitutes of 2021, 2022 and 2027
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
        ("2019-12-30", "2019-10-28", True),
        ("2019-12-30", "2019-10-29", False),  # the year's last Monday
        ("2021-10-21", "2020-12-28", True),
        ("2021-10-21", "2020-12-29", False),  # the regional holiday
        ("2026-10-16", "2026-05-18", True),
        ("2026-10-16", "2026-05-19", False),
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
    known = ThaiGovernment(area="bangkok", known_on=date(2027, 12, 31))
    assert known.is_working_day(day) == BANGKOK.is_working_day(day)


@given(day=in_table)
def test_bangkok_rests_whenever_the_country_does(day):
    if BANGKOK.is_working_day(day):
        assert ThaiGovernment().is_working_day(day)


# The weekdays that an office somewhere rested and the country did not, written down from the cabinet's resolutions; of
# the five southern provinces those of two years, from the notices of their governors.
REGIONAL = {
    "bangkok": "2019-11-04 2019-11-05 2021-10-21 2022-11-16 2022-11-17 2022-11-18 2026-10-16",
    "nonthaburi": "2019-11-04 2019-11-05 2021-10-21 2022-11-16 2022-11-17 2022-11-18",
    "samut prakan": "2021-10-21 2022-11-16 2022-11-17 2022-11-18",
    "kanchanaburi": "2021-10-21",
    "central": "2021-10-21",
    "rayong": "2021-12-28",
    "nakhon sawan": "2021-03-26",
    "khon kaen": "",  # its regional day, 10 May 2021, was that of the ploughing ceremony too
    "phuket": "2021-10-06",
}


@pytest.mark.parametrize("area", REGIONAL)
def test_an_office_has_the_days_of_its_province_and_of_its_region(area):
    here = ThaiGovernment(area=area)
    differs = {day for year in YEARS for day in here.holidays_set(year) - ThaiGovernment().holidays_set(year)}
    assert sorted(day.isoformat() for day in differs) == REGIONAL[area].split()


@pytest.mark.parametrize("area", ["pattani", "yala", "narathiwat", "satun", "songkhla"])
def test_the_southern_border_has_chinese_new_year_and_both_eids(area):
    here = ThaiGovernment(area=area)
    for year, days in {
        2020: "1-25 1-27 5-24 5-25 7-31",  # a Saturday and a Sunday with substitutes
        2022: "2-1 5-2 7-10 7-11",
        2025: "1-29 3-31 6-7 6-9",
    }.items():
        differs = here.holidays_set(year) - ThaiGovernment(area="south").holidays_set(year)
        assert differs == {date(year, *map(int, day.split("-"))) for day in days.split()}


def test_every_province_lies_in_one_region():
    assert len(PROVINCES) == len(set(PROVINCES)) == 77
    sizes = [sum(region in table.places_of(province) for province in PROVINCES) for region in table.REGIONS]
    assert dict(zip(table.REGIONS, sizes, strict=True)) == {
        "central": 18, "east": 8, "north": 17, "north-east": 20, "south": 14,
    }  # fmt: skip  # a table


@given(area=st.sampled_from(PROVINCES), day=in_table)
def test_an_office_rests_whenever_its_region_does_and_a_region_whenever_the_country_does(area, day):
    (region,) = table.places_of(area) - {area}
    if ThaiGovernment(area=area).is_working_day(day):
        assert ThaiGovernment(area=region).is_working_day(day)
    if ThaiGovernment(area=region).is_working_day(day):
        assert ThaiGovernment().is_working_day(day)


def test_an_area_may_be_named_in_thai():
    assert ThaiGovernment(area="กรุงเทพมหานคร") == BANGKOK
    assert ThaiGovernment(area="ภาคใต้").area == "south"


def test_officials_work_on_labour_day():
    assert BANGKOK.is_working_day(date(2020, 5, 1))


@pytest.mark.parametrize("day", [date(2017, 12, 31), date(2028, 1, 1), date(2028, 1, 3)])  # the second a Saturday
def test_a_day_outside_the_table_is_refused_and_the_error_names_the_way(day):
    with pytest.raises(OutsideCalendarError, match="holds the years 2018–2027") as caught:
        BANGKOK.is_working_day(day)
    assert (caught.value.year, caught.value.first, caught.value.last) == (day.year, 2018, 2027)
    assert caught.value.calendar == "ThaiGovernment(area='bangkok')"
    assert f'ThaiGovernment(table=holiday_table("holidays-{day.year}.csv"))' in str(caught.value)


def test_workalendar_cannot_step_out_of_the_table():
    with pytest.raises(OutsideCalendarError):
        BANGKOK.add_working_days(date(2027, 12, 30), 5)
    with pytest.raises(OutsideCalendarError):
        BANGKOK.get_working_days_delta(date(2017, 12, 1), date(2018, 2, 1))


def test_no_year_does_not_mean_this_year():
    with pytest.raises(OutsideCalendarError, match="no year was given"):
        BANGKOK.holidays()
    with pytest.raises(OutsideCalendarError, match="no year was given"):
        BANGKOK.holidays_set()


@pytest.mark.parametrize(
    ("area", "nearest"),
    [
        ("Bangkok", "'bangkok'"),
        ("phukett", "'phuket'"),
        ("Samut-Prakan", "'samut prakan'"),
        ("กรุงเทพ", "'bangkok'"),
        ("nakorn sawan", "'nakhon sawan'"),
    ],
)
def test_an_unknown_area_is_refused_with_the_nearest_names(area, nearest):
    with pytest.raises(UnknownAreaError, match=f"is called '{area}'; did you mean {nearest}") as caught:
        ThaiGovernment(area=area)
    assert 1 <= len(caught.value.nearest) <= 3


@pytest.mark.parametrize("area", ["", "atlantis", 5])
def test_an_area_like_none_is_told_what_an_area_is(area):
    with pytest.raises(UnknownAreaError, match="a province such as 'bangkok', a region such as 'south', or None"):
        ThaiGovernment(area=area)


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
        assert row.evidence
        assert row.sureness in {"H", "M", "L", "P"}
        assert (row.sureness == "P") == (row.day.year == 2027), "a year is provisional as a whole"
        if row.sureness == "H" and (row.announced or row.withdrawn):
            assert row.evidence.count(";") >= 1, "the decision itself, and two who tell of it"
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
            assert [note[:2] for note in ThaiGovernment(area=area, known_on=known_on).notes(songkran)] == noted
    assert ThaiGovernment().notes(date(2020, 4, 16)) == ()
    with pytest.raises(OutsideCalendarError):
        ThaiGovernment().notes(date(2017, 4, 13))


def test_a_regional_holiday_is_noted_in_its_area_alone():
    summit = date(2019, 11, 4)
    assert ThaiGovernment().notes(summit) == ()
    assert [note.source for note in ThaiGovernment(area="bangkok").notes(summit)] == ["Cabinet resolution 15 Oct 2019"]
    assert ThaiGovernment(area="bangkok", known_on=date(2019, 10, 14)).notes(summit) == ()


def test_a_day_of_rest_is_never_noted_as_no_holiday():
    saturday, tuesday = date(2020, 4, 18), date(2020, 4, 21)
    (moved,) = (row for row in holiday_table() if row.day == date(2020, 4, 13))
    rows = (evolve(moved, day=saturday), evolve(moved, day=tuesday, area="bangkok"))
    assert ThaiGovernment(rows=rows).notes(saturday) == ()
    assert ThaiGovernment(rows=rows).notes(tuesday) == ()
    assert len(ThaiGovernment(area="bangkok", rows=rows).notes(tuesday)) == 1


def test_as_known_on_keeps_the_area():
    known = ThaiGovernment(area="bangkok").as_known_on(date(2020, 3, 16))
    assert known == ThaiGovernment(area="bangkok", known_on=date(2020, 3, 16))
    assert known.as_known_on(None) == ThaiGovernment(area="bangkok")


# 2027, reckoned


def at(text):
    return datetime.fromisoformat(f"{text}+07:00")


def test_a_limit_runs_into_a_year_that_is_not_decided_yet():
    # 29 and 30 December, then New Year's Eve, New Year's Day and a weekend; 4 to 8 January.
    clock = office_clock()
    due = WorkingDays(7).due(at("2026-12-28T10:00"), clock)
    assert due == at("2027-01-08T16:30")
    assert due.year in clock.provisional


def test_a_moment_has_the_notes_of_its_day():
    assert BANGKOK.notes(datetime(2020, 1, 1, 9)) == BANGKOK.notes(date(2020, 1, 1)) != ()


def test_only_a_year_that_is_reckoned_is_provisional():
    assert BANGKOK.provisional == ThaiGovernment(known_on=date(2020, 3, 16)).provisional == (2027,)
    clock = office_clock()
    assert clock.provisional == clock.round_the_clock.provisional == (2027,)
    closure = Closure(date(2027, 1, 5), reason="flood", source="order 1")
    assert OfficeCalendar(BANGKOK, closure).provisional == (2027,)


def test_an_explanation_says_of_every_day_of_a_provisional_year_that_it_is():
    said = office_clock().explain(at("2026-12-30T16:00"), at("2027-01-04T09:00"))
    reasons = {span.day: span.reason for span in said.spans} | {skipped.day: skipped.reason for skipped in said.skipped}
    assert reasons == {
        date(2026, 12, 30): "",
        date(2026, 12, 31): "New Year's Eve",
        date(2027, 1, 1): "New Year's Day (provisional)",
        date(2027, 1, 2): "Saturday",
        date(2027, 1, 3): "Sunday",
        date(2027, 1, 4): "provisional: the holidays of 2027 are not all announced",
    }
    assert said.elapsed == WorkTime(hours=1)


def full_moons(months):
    """Days from the full moon of the first of these months to that of the one after the last."""
    return sum(29 if month % 2 else 30 for month in months)


def test_the_lunar_days_of_2027_follow_from_those_of_2026_by_the_rule_of_the_thai_calendar():
    # 2026 has two eighth months of 30 days (อธิกมาส), and 2027 has twelve months (ปกติมาส): odd ones have 29 days, even
    # ones 30. From the full moon of one month to that of the next lie as many days as the first of them has.
    days = {
        row.english: row.day for row in holiday_table() if row.day.year == 2026 and row.kind == "lunar" and not row.area
    }
    makha = days["Asarnha Bucha"] + timedelta(days=full_moons([8, 9, 10, 11, 12, 1, 2]))
    visakha = makha + timedelta(days=full_moons([3, 4, 5]))
    asarnha = visakha + timedelta(days=full_moons([6, 7]))
    assert {row.english: row.day for row in ThaiGovernment().rows(2027) if row.kind == "lunar"} == {
        "Makha Bucha": makha,
        "Visakha Bucha": visakha,
        "Asarnha Bucha": asarnha,
        "Khao Phansa": asarnha + timedelta(days=1),
    }


@pytest.mark.parametrize("year", YEARS)
def test_the_day_of_a_full_moon_is_near_the_moon(year):
    first, month = (
        datetime(2000, 1, 21, 4, 40, tzinfo=UTC),
        timedelta(days=29.530588853),
    )  # an eclipse, and the mean month
    for row in holiday_table():
        if row.day.year == year and row.english in {"Makha Bucha", "Visakha Bucha", "Asarnha Bucha"}:
            age = (datetime(*row.day.timetuple()[:3], 5, tzinfo=UTC) - first) % month  # at noon in Bangkok
            assert min(age, month - age) < timedelta(days=2), row.day


def test_a_holiday_of_2027_on_a_weekend_is_made_up_for_on_the_next_working_day():
    rows = ThaiGovernment(area="yala").rows(2027)
    rest = {row.day for row in rows if row.kind != "substitute"}
    made_up = set()
    for day in rest:
        if day.weekday() > 4:
            after = (day + timedelta(days=n) for n in range(1, 9))
            made_up.add(next(one for one in after if one.weekday() < 5 and one not in rest))
    assert {row.day for row in rows if row.kind == "substitute"} == made_up


# An office's own rows and tables


def row_of(text, **cells):
    return Holiday(date.fromisoformat(text), "Founding day", source="order 7", **cells)


def whole_year(year, *days):
    return [row_of(f"{year}-01-01"), *(row_of(f"{year}-{day}") for day in days)]


def test_an_office_adds_single_days_of_its_own():
    founding = row_of("2026-03-06", announced=date(2026, 2, 1))
    office = ThaiGovernment(area="bangkok", rows=[founding])
    assert not office.is_working_day(founding.day)
    assert office.as_known_on(date(2026, 1, 31)).is_working_day(founding.day)
    assert office.notes(founding.day) == (("Founding day", "order 7", "Founding day"),)
    assert office.holidays_set(2026) == BANGKOK.holidays_set(2026) | {founding.day}
    assert office.holidays_set(2025) == BANGKOK.holidays_set(2025)
    assert office_clock(rows=[founding]).calendar == office


def test_a_given_table_has_its_years_whole_and_leaves_the_others():
    office = ThaiGovernment(table=whole_year(2027, "02-22"))
    assert office.holidays_set(2027) == {date(2027, 1, 1), date(2027, 2, 22)}
    assert office.provisional == (), "what is given has been decided"
    assert office.notes(date(2027, 1, 5)) == ()
    assert office.holidays_set(2026) == ThaiGovernment().holidays_set(2026)
    later = ThaiGovernment(table=[*whole_year(2029), *whole_year(2028, "04-13")])
    assert not later.is_working_day(date(2028, 4, 13))
    with pytest.raises(OutsideCalendarError, match="2018–2029"):
        later.is_working_day(date(2030, 1, 2))


def test_a_table_of_ones_own_may_be_provisional_too():
    years = ThaiGovernment(table=[evolve(row, sureness="P") for row in whole_year(2028)]).provisional
    assert years == (2027, 2028)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"table": [row_of("2027-03-05")]}, "2027: a table gives whole years, and this one lacks New Year's Day"),
        ({"table": whole_year(2029)}, "2028: no table has this year, though one has a later one"),
        (
            {"rows": [row_of("2028-03-03")]},
            "2028-03-03: the holidays of 2028 are not held; give the whole year by table",
        ),
        ({"rows": [date(2027, 3, 5)]}, "2027-03-05: is no row of a table"),
    ],
)
def test_years_that_would_be_half_held_are_refused(given, words):
    with pytest.raises(CalendarError, match=words):
        ThaiGovernment(**given)


def test_calendars_of_other_rows_are_other_calendars():
    founding, table = row_of("2026-03-06"), whole_year(2027)
    office = ThaiGovernment(area="bangkok", table=table, rows=[founding])
    same = ThaiGovernment(area="bangkok", table=iter(table), rows=iter([founding]))
    assert office == same
    assert hash(office) == hash(same)
    assert len({office, BANGKOK, ThaiGovernment(area="bangkok", rows=[founding])}) == 3
    assert pickle.loads(pickle.dumps(office)) == office  # noqa: S301 - our own
    assert repr(office) == "ThaiGovernment(area='bangkok', table=<2027>, rows=<1>)"
    known = office.as_known_on(date(2026, 1, 1))
    assert known != office
    assert known.as_known_on(None) == office
    assert pickle.loads(pickle.dumps(Closed(rows=[founding]))) == Closed(rows=[founding])  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"english": ""}, "needs its english"),
        ({"source": ""}, "needs its source"),
        ({"day": datetime(2027, 3, 5, tzinfo=UTC)}, "day has to be one"),
        ({"announced": "2027-03-05"}, "announced has to be one"),
        ({"kind": "speciel"}, "kind 'speciel' is none; choose fixed, lunar"),
        ({"sureness": "X"}, "sureness 'X' is none"),
        ({"withdrawn": date(2027, 3, 1)}, "withdrawn and withdrawal go together"),
        ({"withdrawal": "order 8"}, "withdrawn and withdrawal go together"),
        (
            {"announced": date(2027, 3, 2), "withdrawn": date(2027, 3, 1), "withdrawal": "order 8"},
            "before it was announced",
        ),
    ],
)
def test_a_holiday_that_contradicts_itself_is_refused(cells, words):
    with pytest.raises(CalendarError, match=words):
        Holiday(**{"day": date(2027, 3, 5), "english": "Founding day", "source": "order 7", **cells})


def test_a_holiday_of_an_unknown_place_is_refused():
    assert row_of("2027-03-05", area="bangkok; nonthaburi").area == ("bangkok", "nonthaburi")
    with pytest.raises(UnknownAreaError, match="did you mean 'nonthaburi'"):
        row_of("2027-03-05", area="bangkok; nontaburi")


def written(folder, text, encoding="utf-8"):
    file = folder / "holidays.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_a_table_written_out_and_read_again_is_the_same(tmp_path):
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in reversed(holiday_table()):
        cells = [getattr(row, "day" if column == "date" else column) for column in COLUMNS]
        writer.writerow("; ".join(cell) if isinstance(cell, tuple) else cell for cell in cells)
    again = holiday_table(written(tmp_path, text.getvalue(), "utf-8-sig"))
    by_name = sorted(holiday_table(), key=lambda row: (row.day, row.english))
    assert sorted(again, key=lambda row: (row.day, row.english)) == by_name
    assert [row.day for row in again] == [row.day for row in holiday_table()]


def test_a_file_needs_only_the_columns_that_it_uses(tmp_path):
    file = written(tmp_path, "source,date,english\norder 7,2028-01-01,New Year\n\norder 8,2028-03-03,Founding day\n")
    assert [row.day.month for row in holiday_table(file)] == [1, 3]
    assert not ThaiGovernment(table=holiday_table(file)).is_working_day(date(2028, 3, 3))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty; it needs a row of headings"),
        ("date,english\n", "lacks source"),
        ("date,english,source,places\n", "has places; its columns are date"),
        ("date,english,source,date\n", "has one column twice"),
        ('date,english,source\n2027-01-01,"New Year,order 7\n', "a quotation mark that is not closed"),
        ('date,english,source\n2027-01-01,"New\nYear",order 7\n', "row 2: a cell of several lines"),
        ("date,english,source\n2027-01-01,New Year\n", "row 2: 2 cells under 3 headings"),
        ("date,english,source\n2027-02-30,New Year,order 7\n", "row 2: date '2027-02-30' is no day"),
        ("date,english,source\n2570-01-01,New Year,order 7\n", "of the Buddhist era; write 2027-01-01"),
        ("date,english,source\n,New Year,order 7\n", "row 2: date is empty"),
        ("date,english,source,kind\n2027-01-01,New Year,order 7,x\n", "row 2: 2027-01-01: kind 'x' is none"),
        ("date,english,source,area\n2027-01-01,New Year,order 7,phukett\n", "row 2: no province .* mean 'phuket'"),
        ("date,english,source\nx,a,b\n2027-01-01,a,b\ny,a,b\n", "has 2 rows to correct: row 2: .*; row 4: "),
        ("date,english,source\n" + "x,a,b\n" * 40, "has 40 rows to correct.*and 30 more"),
    ],
)
def test_the_faults_of_a_file_are_told_by_row(tmp_path, text, words):
    with pytest.raises(FileError, match=words) as caught:
        holiday_table(written(tmp_path, text))
    assert str(tmp_path) in str(caught.value)


def test_a_file_that_cannot_be_read_is_no_traceback(tmp_path):
    for file in (tmp_path, tmp_path / "none.csv", "a\0b"):
        with pytest.raises(FileError, match="cannot be read"):
            holiday_table(file)
    with pytest.raises(FileError, match=r"is not UTF-8 text \(line 1\)"):
        holiday_table(written(tmp_path, "วันหยุด", "cp874"))
    with pytest.raises(FileError, match="but UTF-16, or no text at all; save it as CSV UTF-8"):
        holiday_table(written(tmp_path, "date,english,source", "utf-16"))
