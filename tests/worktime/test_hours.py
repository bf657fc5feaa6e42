from datetime import UTC, time

import pytest

from docflow import OfficeHours, WorkTime
from docflow.errors import HoursError, OverlappingBreaksError

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
        ({"opens": time(8), "closes": time(17), "breaks": NOON}, "is a pair of times"),
        ({"opens": time(22), "closes": time(6), "overnight": "yes"}, "overnight is 'yes'; say overnight=True"),
        ({"opens": "8:30", "closes": time(17)}, r"time\(8, 30\)"),
        ({"opens": time(8, tzinfo=UTC), "closes": time(17)}, "has no zone"),
    ],
)
def test_hours_that_contradict_themselves_are_refused(given, problem):
    with pytest.raises(HoursError, match=problem):
        OfficeHours(**given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"opens": "8:30"}, "8:30–17:00:00: its times are written time(8, 30)"),
        ({"breaks": ((NOON, "13:00"),)}, "08:00:00–17:00:00: its times are written time(8, 30)"),
        (
            {"closes": time(17, tzinfo=UTC)},
            "08:00:00–17:00:00+00:00: a time on the door has no zone; take the tzinfo off, the clock has its own",
        ),
        (
            {"opens": time(18)},
            (
                "18:00:00–17:00:00: the office closes before it opens, or as it opens; swap the times, or say "
                "overnight=True for a night shift"
            ),
        ),
        (
            {"overnight": True},
            "08:00:00–17:00:00: it closes on the day on which it opens; leave overnight=True out",
        ),
        ({"breaks": ((ONE, NOON),)}, "08:00:00–17:00:00: a break ends before it begins; swap its two times"),
        (
            {"breaks": ((NOON, time(14)), (ONE, time(15)))},
            "08:00:00–17:00:00: the breaks 12:00:00–14:00:00 and 13:00:00–15:00:00 overlap; make them one",
        ),
        (
            {"breaks": ((time(7), time(9)),)},
            "08:00:00–17:00:00: a break leaves the hours; open later or close earlier instead",
        ),
        (
            {"breaks": ((time(8), NOON), (NOON, time(17)))},
            "08:00:00–17:00:00: breaks take up the whole day; leave some time to work in",
        ),
    ],
)
def test_hours_that_contradict_themselves_say_how_and_what_to_do(given, said):
    with pytest.raises(HoursError) as caught:
        OfficeHours(**{"opens": time(8), "closes": time(17), **given})
    assert str(caught.value) == f"office hours {said}"


def test_a_break_may_last_until_midnight_and_come_first():
    evening = OfficeHours(opens=time(8), closes=time(0), breaks=((time(20), time(0)), (NOON, ONE)))
    assert str(evening) == "08:00–12:00, 13:00–20:00"
    night = OfficeHours(opens=time(22), closes=time(6), overnight=True, breaks=((time(22), time(22, 30)),))
    assert str(night) == "22:30–06:00 (+1)"


def test_a_break_inside_another_is_named_second():
    outer, inner = (NOON, time(14)), (time(12, 30), ONE)
    for breaks in ((outer, inner), (inner, outer)):
        with pytest.raises(OverlappingBreaksError) as caught:
            OfficeHours(opens=time(8), closes=time(17), breaks=breaks)
        assert (caught.value.first, caught.value.second) == (outer, inner)
