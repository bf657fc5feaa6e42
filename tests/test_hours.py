from datetime import UTC, time

import pytest

from docflow import OfficeHours, WorkTime
from docflow.errors import HoursError

NOON, ONE = time(12), time(13)


def test_the_plans_day_is_eight_hours():
    assert OfficeHours(opens=time(8, 30), closes=time(16, 30)).day_length == WorkTime(hours=8)


def test_a_lunch_break_is_a_setting():
    hours = OfficeHours(opens=time(8, 30), closes=time(16, 30), breaks=((NOON, ONE),))
    assert hours.day_length == WorkTime(hours=7)
    assert str(hours) == "08:30–12:00, 13:00–16:30"


def test_breaks_may_be_given_in_any_order_and_touch_each_other_and_the_door():
    hours = OfficeHours(
        opens=time(8), closes=time(17), breaks=((ONE, time(14)), (NOON, ONE), (time(8), time(9)), (time(16), time(17)))
    )
    assert str(hours) == "09:00–12:00, 14:00–16:00"


def test_hours_are_values_however_their_breaks_are_given():
    listed = OfficeHours(opens=time(8), closes=time(17), breaks=[[NOON, ONE]])
    assert listed == OfficeHours(opens=time(8), closes=time(17), breaks=((NOON, ONE),))
    assert hash(listed) == hash(OfficeHours(opens=time(8), closes=time(17), breaks=((NOON, ONE),)))


def test_seconds_on_the_door_count_and_are_shown():
    assert OfficeHours(opens=time(8, 0, 30), closes=time(9)).day_length == WorkTime(minutes=59, seconds=30)
    assert str(OfficeHours(opens=time(8, 30, 30), closes=time(17, 0, 0, 250_000))) == "08:30:30–17:00:00.25"


def test_closing_at_midnight_is_the_end_of_the_day():
    assert OfficeHours(opens=time(0), closes=time(0)).day_length == WorkTime(hours=24)
    assert str(OfficeHours(opens=time(22), closes=time(0))) == "22:00–24:00"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"opens": time(16, 30), "closes": time(8, 30)}, "closes before it opens, or as it opens; swap"),
        ({"opens": time(8, 30), "closes": time(8, 30)}, "closes before it opens"),
        ({"opens": time(8), "closes": time(17), "breaks": ((ONE, NOON),)}, "ends before it begins"),
        ({"opens": time(8), "closes": time(17), "breaks": ((NOON, NOON),)}, "ends before it begins"),
        ({"opens": time(8), "closes": time(17), "breaks": ((time(7), time(9)),)}, "leaves the hours"),
        ({"opens": time(8), "closes": time(17), "breaks": ((NOON, ONE), (time(12, 30), time(14)))}, "overlap"),
        ({"opens": time(8), "closes": time(17), "breaks": ((time(16), time(18)),)}, "leaves the hours"),
        ({"opens": time(8), "closes": time(17), "breaks": ((time(8), time(17)),)}, "the whole day"),
        ({"opens": time(8), "closes": time(17), "overnight": True}, "leave overnight=True out"),
        ({"opens": time(22), "closes": time(6), "overnight": True, "breaks": ((NOON, ONE),)}, "leaves the hours"),
        ({"opens": time(8), "closes": time(17), "breaks": ((NOON, ONE, time(14)),)}, "is a pair of times"),
        ({"opens": time(8), "closes": time(17), "breaks": ((NOON,),)}, "is a pair of times"),
        ({"opens": time(8), "closes": time(17), "breaks": (NOON, ONE)}, "is a pair of times"),
        ({"opens": "8:30", "closes": time(17)}, r"time\(8, 30\)"),
        ({"opens": time(8, tzinfo=UTC), "closes": time(17)}, "has no zone"),
    ],
)
def test_hours_that_contradict_themselves_are_refused(given, problem):
    with pytest.raises(HoursError, match=problem):
        OfficeHours(**given)
