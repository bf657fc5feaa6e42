from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docflow import Closure, OfficeCalendar, ThaiGovernment, WorkingWeek
from docflow.bangkok import Meeting, MeetingOrder, meetings
from docflow.errors import CalendarError, MeetingError, OutsideCalendarError
from docflow.thai import fiscal_year_span

# Read off a calendar on the wall.
FIRST_THURSDAYS = [
    date(*day)
    for day in (
        (2019, 10, 3),
        (2019, 11, 7),
        (2019, 12, 5),
        (2020, 1, 2),
        (2020, 2, 6),
        (2020, 3, 5),
        (2020, 4, 2),
        (2020, 5, 7),
        (2020, 6, 4),
        (2020, 7, 2),
        (2020, 8, 6),
        (2020, 9, 3),
    )
]


def test_the_agency_heads_meet_on_the_first_thursday_of_every_month():
    assert [meeting.usual for meeting in meetings(2563)] == FIRST_THURSDAYS
    assert [meeting.held for meeting in meetings(2563)] == FIRST_THURSDAYS
    assert {meeting.reason for meeting in meetings(2563)} == {""}


def test_a_holiday_moves_no_meeting_and_is_noted():
    noted = {meeting.held: meeting.closed for meeting in meetings(2563) if meeting.closed}
    (day,) = noted  # the one first Thursday of that year that was a holiday
    assert day == date(2019, 12, 5)
    assert noted[day] == "; ".join(note.reason for note in ThaiGovernment().notes(day))
    assert "Birthday" in noted[day]


def test_the_governor_may_move_a_meeting():
    order = MeetingOrder(date(2019, 12, 5), date(2019, 12, 12), "the fifth is a holiday")
    december = meetings(2563, [order])[2]
    assert december == Meeting(date(2019, 12, 5), date(2019, 12, 12), "the fifth is a holiday", "")


def test_a_meeting_moved_to_a_closed_day_is_noted_by_the_day_it_is_held():
    saturday = MeetingOrder(date(2019, 10, 3), date(2019, 10, 5), "the flood")
    assert meetings(2563, [saturday])[0].closed == "Saturday"


def test_a_holiday_that_was_withdrawn_closes_nothing():
    songkran = MeetingOrder(date(2020, 4, 2), date(2020, 4, 13), "the epidemic")
    assert ThaiGovernment().notes(date(2020, 4, 13))  # it is said of the day that it is no holiday
    assert meetings(2563, [songkran])[6].closed == ""


def test_a_meeting_called_off_is_not_held_and_notes_no_holiday():
    order = MeetingOrder(date(2019, 12, 5), None, "no matters")
    assert meetings(2563, [order])[2] == Meeting(date(2019, 12, 5), None, "no matters", "")


def test_a_meeting_may_move_into_another_month_of_the_year():
    order = MeetingOrder(date(2020, 4, 2), date(2020, 5, 14), "the epidemic")
    assert meetings(2563, iter([order]))[6].held == date(2020, 5, 14)


def test_the_offices_own_closures_are_noted_when_its_calendar_is_given():
    flood = Closure(date(2019, 11, 7), reason="flood", source="order 15")
    calendar = OfficeCalendar(WorkingWeek(), days=[flood])
    assert [one.closed for one in meetings(2563, calendar=calendar)[1:3]] == ["flood", ""]


def test_an_order_about_a_day_that_is_no_first_thursday_is_refused_with_those_that_are():
    for usual in (date(2019, 12, 12), date(2020, 10, 1)):  # the latter is one of the next fiscal year
        with pytest.raises(MeetingError, match="no first Thursday of fiscal year 2563; choose 2019-10-03, ") as caught:
            meetings(2563, [MeetingOrder(usual, None, "")])
        assert caught.value.usual == usual


def test_two_orders_about_one_day_are_refused():
    order = MeetingOrder(date(2019, 12, 5), None, "")
    with pytest.raises(MeetingError, match="2019-12-05 is ordered about twice; keep"):
        meetings(2563, [order, order])


@pytest.mark.parametrize("held", [date(2019, 9, 30), date(2020, 10, 1)])
def test_a_meeting_does_not_leave_its_fiscal_year(held):
    with pytest.raises(MeetingError, match="give a day of 2019-10-01 – 2020-09-30, or None"):
        meetings(2563, [MeetingOrder(date(2019, 12, 5), held, "")])


@pytest.mark.parametrize("held", [date(2019, 10, 1), date(2020, 9, 30)])
def test_the_first_and_the_last_day_belong_to_the_year(held):
    assert meetings(2563, [MeetingOrder(date(2019, 12, 5), held, "")])[2].held == held


def test_a_day_is_a_date():
    with pytest.raises(CalendarError):
        MeetingOrder(datetime(2019, 12, 5), None, "")
    with pytest.raises(CalendarError):
        MeetingOrder(date(2019, 12, 5), "2019-12-12", "")


def test_a_year_that_the_calendar_lacks_is_refused():
    with pytest.raises(OutsideCalendarError):
        meetings(2580)


@given(year=st.integers(2500, 2900))
def test_twelve_thursdays_none_of_which_has_one_before_it_in_its_month(year):
    days = [meeting.held for meeting in meetings(year, calendar=WorkingWeek())]
    first, last = fiscal_year_span(year)
    assert len({(day.year, day.month) for day in days}) == len(days) == 12
    assert first <= days[0]
    assert days[-1] <= last
    for day in days:
        assert f"{day:%A}" == "Thursday"
        assert (day - timedelta(days=7)).month != day.month


@given(kept=st.sets(st.sampled_from(FIRST_THURSDAYS)), shift=st.integers(-2, 20))
def test_orders_change_their_own_meetings_and_no_others(kept, shift):
    orders = [MeetingOrder(day, day + timedelta(days=shift), "ordered") for day in FIRST_THURSDAYS if day not in kept]
    for usual, one in zip(meetings(2563), meetings(2563, orders), strict=True):
        if one.usual in kept:
            assert one == usual
        else:
            assert (one.held, one.reason) == (one.usual + timedelta(days=shift), "ordered")
