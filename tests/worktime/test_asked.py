"""What people ask for and stumble over in public threads, restated for this clock; each test names its source.

Others are tested where their subject is: shifts named by their opening (`test_peers_clock`) or their closing
(`test_holiday_lists`), a course that is over (`test_clock`), offices together (`test_joint`), dates (`test_days`),
rules (`test_day_rules`), warnings (`test_deadlines`), and holidays that differ by row (`test_limit_columns`).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays as peer
import numpy as np
import pandas as pd
import polars as pl
import pytest
from small_clocks import at, closed, door, office
from small_columns import plain
from workalendar.europe import UnitedKingdom

from docflow import Hours, OfficeTime, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.errors import NaiveDatetimeError, NotAMomentError
from docflow.worktime import ChangedHours, DateRange, OfficeCalendar, Period, SameTime

NINE_TO_FIVE = office("09:00", "17:00")
WEEK = {
    name: at(f"2020-01-{6 + n:02} 00:00") for n, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
}
LIMITS = (WorkingDays(2), WorkingDays(1, by="opening"), Period(days=19), SameTime(1), Hours(48), OfficeTime(hours=2))


def on(text):
    """A day of the second week of 2020 and a time, as in "Mon 12:00"."""
    day, clock = text.split()
    return datetime.combine(WEEK[day], time.fromisoformat(clock), WEEK[day].tzinfo)


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_an_invalid_moment_gives_no_invalid_answer(limit):  # moment-business-time #31
    for wrong in ("not a date", float("nan"), None, pd.NaT, 1_577_836_800):
        for ask in (
            lambda: limit.due(wrong, NINE_TO_FIVE),  # noqa: B023 - asked at once
            lambda: NINE_TO_FIVE.deadline(limit, wrong),  # noqa: B023 - asked at once
            lambda: NINE_TO_FIVE.due(wrong, WorkTime(hours=1)),  # noqa: B023 - asked at once
            lambda: NINE_TO_FIVE.next_open(wrong),  # noqa: B023 - asked at once
        ):
            with pytest.raises(NotAMomentError, match="is no moment; give an aware datetime"):
                ask()
    with pytest.raises(NaiveDatetimeError, match="has no time zone; give it the office's, such as"):
        limit.due(datetime(2020, 1, 6, 12), NINE_TO_FIVE)


def test_one_day_later_is_the_same_time_and_not_the_close():  # zendesk/biz #14
    sunday = on("Mon 12:00") - timedelta(days=1)
    for start, due in ((on("Mon 12:00"), "Tue 12:00"), (on("Mon 20:00"), "Wed 09:00"), (sunday, "Mon 12:00")):
        assert SameTime(1).due(start, NINE_TO_FIVE) == on(due)


@pytest.mark.parametrize(("asked", "answer"), [("2020-01-06 10:00", "Tue 09:00"), ("2020-01-05 12:00", "Mon 09:00")])
def test_the_next_working_day_at_nine_is_not_today_and_not_the_day_after_next(asked, answer):
    # zendesk/biz #82, #108
    for limit in (WorkingDays(1, by="opening"), WorkingDays(1, by=time(9))):
        assert limit.due(at(asked), NINE_TO_FIVE) == on(answer)


def test_what_comes_after_closing_is_received_the_next_day():  # DateTimeExtensions #71
    until_one = office("08:00", "13:00")
    assert WorkingDays(2, cut_off="close").due(on("Mon 14:00"), until_one) == on("Thu 13:00")
    assert WorkingDays(2, cut_off="close").due(on("Mon 12:59"), until_one) == on("Wed 13:00")
    assert WorkingDays(2).due(on("Mon 14:00"), until_one) == on("Wed 13:00"), "as the law counts"


@pytest.mark.parametrize(
    "calendar",
    [peer.country_holidays("GB", subdiv="ENG"), UnitedKingdom()],
    ids=["holidays", "workalendar"],
)
def test_calendar_days_that_end_on_good_friday_go_on_to_tuesday(calendar):  # cmc-claim-store PR 39
    court = WorkClock(door("10:00", "16:00"), calendar, zone="Europe/London")
    received = at("2018-03-11 12:00", "Europe/London")
    assert Period(days=19).due(received, court) == at("2018-04-03 16:00", "Europe/London")
    assert Period(days=19, roll=None).due(received, court) == at("2018-03-31 00:00", "Europe/London")
    assert Period(days=19, roll="preceding").due(received, court) == at("2018-03-29 16:00", "Europe/London")


def test_two_working_days_for_a_column_need_no_loop():  # polars #25942
    received = pl.DataFrame({"received": [on("Mon 10:00"), on("Fri 20:00"), None]})
    due = received.with_columns(
        due=pl.col("received").map_batches(lambda rows: NINE_TO_FIVE.due_array(rows, WorkingDays(2)))
    )
    assert due["due"].to_list() == [on("Wed 17:00"), on("Tue 17:00") + timedelta(weeks=1), None]


def test_a_day_of_fewer_hours_ends_when_the_office_closes():  # praxiszeit #415
    monday = at("2026-03-16 09:00")
    fewer = ChangedHours(DateRange(date(2026, 3, 15)), door("09:00", "15:00"), reason="contract", source="order 7")
    since = office("09:00", "17:00", OfficeCalendar(WorkingWeek(), [fewer]))
    assert WorkingDays(1, counting_first=True).due(monday, since) == at("2026-03-16 15:00")
    assert since.due(monday, since.days.length(monday.date())) == at("2026-03-16 15:00")
    # An office day is as long as the hours on the door. With today's there, the longer ones are what is decided.
    more = ChangedHours(DateRange(None, date(2026, 3, 14)), door("09:00", "17:00"), reason="contract", source="order 6")
    until = office("09:00", "15:00", OfficeCalendar(WorkingWeek(), [more]))
    assert OfficeTime(days=1).due(monday, until) == at("2026-03-16 15:00")
    assert until.days.length(date(2026, 3, 13)) == WorkTime(hours=8)


def test_done_before_planned_is_minus_two_hours_and_no_error():  # businesstimedelta #12
    planned, done = on("Tue 11:00"), on("Tue 09:00")
    assert NINE_TO_FIVE.difference(planned, done) == timedelta(hours=-2)
    assert NINE_TO_FIVE.difference(done, planned) == timedelta(hours=2)
    assert NINE_TO_FIVE.difference(on("Tue 10:00"), on("Mon 16:00")) == timedelta(hours=-2), "the night is not counted"


def test_columns_of_pandas_with_gaps_and_zones_come_back_as_columns():  # pandas users
    moments = [on("Mon 10:00"), None, on("Fri 20:00")]
    due = [on("Wed 17:00"), None, on("Tue 17:00") + timedelta(weeks=1)]
    london = ZoneInfo("Europe/London")
    for nothing in (None, pd.NaT, pd.NA, np.nan):
        objects = pd.Series([moments[0], nothing, moments[2]], index=[3, 1, 2], dtype=object, name="received")
        found = NINE_TO_FIVE.due_array(objects, WorkingDays(2))
        assert [None if each is pd.NaT else each for each in found] == due
        assert (list(found.index), found.name) == ([3, 1, 2], "received")
    aware = pd.Series(moments, name="received").dt.tz_convert(london)
    found = NINE_TO_FIVE.due_array(aware, WorkingDays(2))
    assert str(found.dtype.tz) == "Europe/London"
    assert plain(found) == [each and each.astimezone(UTC).replace(tzinfo=None) for each in due]
    frame = pd.DataFrame({"received": aware, "due": found})
    frame["left"] = NINE_TO_FIVE.elapsed_array(frame["received"], frame["due"])
    assert frame["left"].dropna().dt.total_seconds().div(3600).tolist() == [23, 16]


@pytest.mark.parametrize(
    "start",
    ["2020-01-08 10:00", "2020-01-08 23:00", "2020-01-12 10:00", "2020-01-11 12:00"],
    ids=["a holiday", "its night", "a Sunday", "Saturday noon"],
)
def test_one_working_day_after_a_day_of_rest_is_one_and_not_two(start):  # business_time #196
    clock = office("09:00", "17:00", OfficeCalendar(WorkingWeek(), [closed("2020-01-08")]))
    wanted = "2020-01-09 17:00" if start < "2020-01-09" else "2020-01-13 17:00"
    assert WorkingDays(1).due(at(start), clock) == at(wanted)
    assert WorkingDays(1, counting_first=True).due(at(start), clock) == at(wanted)
