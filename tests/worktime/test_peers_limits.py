"""What went wrong elsewhere with pauses, warnings and the length of a day; the comments say where it was reported."""

from itertools import pairwise

import pytest
from small_clocks import CLOCK, WEEKDAYS, at, closed, office

from docflow import Hours, OfficeCalendar, OfficeTime, WorkingDays, WorkTime
from docflow.worktime import Verdict, WorkingDayHours

pytestmark = pytest.mark.peers

# Pauses and due moments


def test_a_pause_over_a_weekend_moves_no_due_moment():  # frappe/helpdesk PR #2449
    weekend = [(at("2020-01-10 16:30"), at("2020-01-13 08:30"))]
    friday, saturday = at("2020-01-10 10:00"), at("2020-01-11 10:00")
    # 6.5 h of Friday and 1.5 h of Monday; the creation and the hold's 64 hours together would make it Monday 16:30.
    assert OfficeTime(hours=8).due(friday, CLOCK, pauses=weekend) == at("2020-01-13 10:00")
    assert OfficeTime(hours=8).due(saturday, CLOCK, pauses=weekend) == at("2020-01-13 16:30")
    assert WorkingDays(2).due(friday, CLOCK, pauses=weekend) == at("2020-01-14 16:30")


def test_a_pause_in_office_hours_moves_the_due_moment_by_itself():  # frappe/helpdesk #1675
    monday, pause = at("2020-01-06 10:00"), [(at("2020-01-06 11:00"), at("2020-01-06 12:30"))]
    assert OfficeTime(hours=4).due(monday, CLOCK) == at("2020-01-06 14:00")
    assert OfficeTime(hours=4).due(monday, CLOCK, pauses=pause) == at("2020-01-06 15:30")


def test_what_waits_for_somebody_else_is_not_overdue():  # osTicket #3034
    monday, waits, now = at("2020-01-06 10:00"), at("2020-01-06 13:00"), at("2020-01-08 13:00")
    limit = OfficeTime(hours=4)  # 3 h are over when the waiting begins
    assert limit.verdict(monday, None, now, CLOCK) is Verdict.LATE
    assert limit.verdict(monday, None, now, CLOCK, pauses=[(waits, now)]) is Verdict.RUNNING
    assert limit.remaining(monday, now, CLOCK, pauses=[(waits, now)]) == WorkTime(hours=1)


def test_a_target_in_days_is_not_lengthened_by_the_weekend_in_a_pause():  # glpi #10594, PR #14937
    friday = at("2020-01-10 10:00")
    pause = [(at("2020-01-10 15:00"), at("2020-01-13 10:00"))]  # 67 hours, 3 of them in the office
    assert OfficeTime(days=1).due(friday, CLOCK, pauses=pause) == at("2020-01-13 13:00")
    assert WorkingDays(1).due(friday, CLOCK, pauses=pause) == at("2020-01-14 11:30")


@pytest.mark.parametrize(
    ("now", "pauses", "elapsed", "remaining"),
    [
        ("2020-01-10 15:00", [], 300, 180),
        ("2020-01-13 09:00", [], 420, 60),
        ("2020-01-12 12:00", [("2020-01-10 16:30", "2020-01-13 08:30")], 390, 90),  # over the weekend alone
        ("2020-01-13 09:00", [("2020-01-10 15:00", "2020-01-13 10:00")], 300, 180),  # within the pause
        ("2020-01-13 11:00", [("2020-01-10 15:00", "2020-01-13 10:00")], 360, 120),
        (
            "2020-01-13 11:00",  # two that overlap, 2 h together
            [("2020-01-10 12:00", "2020-01-10 13:00"), ("2020-01-10 12:30", "2020-01-10 14:00")],
            420,
            60,
        ),
        ("2020-01-13 09:30", [("2020-01-09 09:00", "2020-01-10 11:00")], 390, 90),  # from before the start
    ],
)
def test_what_elapsed_and_what_remains_are_the_target_under_every_pause(now, pauses, elapsed, remaining):
    # glpi #10594, PR #14937
    friday, spans = at("2020-01-10 10:00"), [(at(since), at(until)) for since, until in pauses]
    counted = CLOCK.elapsed(friday, at(now), pauses=spans)
    left = OfficeTime(days=1).remaining(friday, at(now), CLOCK, pauses=spans)
    assert (counted, left) == (WorkTime(minutes=elapsed), WorkTime(minutes=remaining))
    assert counted + left == WorkTime(hours=8)


def test_a_new_target_does_not_forget_the_earlier_pauses():  # glpi #15605
    monday, held = at("2020-01-06 10:00"), [(at("2020-01-06 11:00"), at("2020-01-08 11:00"))]
    now = at("2020-01-08 11:30")
    assert OfficeTime(hours=4).due(monday, CLOCK, pauses=held) == at("2020-01-08 14:00")
    assert OfficeTime(hours=2).due(monday, CLOCK, pauses=held) == at("2020-01-08 12:00")  # not Monday 12:00
    assert OfficeTime(hours=2).verdict(monday, None, now, CLOCK, pauses=held) is Verdict.RUNNING
    assert OfficeTime(hours=2).remaining(monday, now, CLOCK, pauses=held) == WorkTime(minutes=30)


# Warnings and reminders


@pytest.mark.parametrize(
    ("start", "promised", "due", "warning"),
    [
        ("2020-01-06 10:00", 240, "2020-01-06 14:00", "2020-01-06 13:00"),
        ("2020-01-06 17:00", 240, "2020-01-07 11:00", "2020-01-07 10:00"),  # was Tuesday 00:00
        ("2020-01-06 17:00", 90, "2020-01-07 08:30", "2020-01-06 17:30"),  # the hour before lies on Monday
    ],
)
def test_a_warning_before_a_due_moment_of_tomorrow_is_not_at_midnight(start, promised, due, warning):  # glpi PR #22678
    desk, limit = office("08:00", "18:00"), OfficeTime(minutes=promised)
    assert limit.due(at(start), desk) == at(due)
    assert limit.warning(at(start), WorkTime(hours=1), desk) == at(warning)


def test_no_reminder_comes_at_midnight_or_on_a_weekend():  # zammad #4432, getprobo/probo #1591
    friday, hour, day = at("2020-01-10 15:00"), WorkTime(hours=1), WorkTime(hours=8)
    # Three steps went out on Saturday, Sunday and Monday.
    reminders = [WorkingDays(n).warning(friday, day, CLOCK) for n in (1, 2, 3)]
    assert reminders == [at("2020-01-13 08:30"), at("2020-01-14 08:30"), at("2020-01-15 08:30")]
    assert Hours(48).warning(friday, hour, CLOCK) == at("2020-01-10 15:30")  # due on Sunday at 15:00
    assert Hours(9).warning(friday, hour, CLOCK) == at("2020-01-10 15:30")  # due at midnight
    assert Hours(24).warning(at("2020-01-11 15:00"), hour, CLOCK) is None  # no working moment from then to Sunday


# How long a day or 48 hours are


def test_a_working_day_is_not_24_hours_of_office_time():  # jmix #790
    assert OfficeTime(days=1).due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-07 10:00")  # was 3 days later
    assert OfficeTime(hours=24).due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-09 10:00")


def test_32_office_hours_are_not_a_day_and_a_third():  # pm4py #559, bupaR #26
    desk = office("08:00", "16:00")
    elapsed = desk.elapsed(at("2026-01-05 08:00"), at("2026-01-08 16:00"))  # Monday to Thursday, 80 h on the wall
    assert elapsed == WorkTime(hours=32)
    assert elapsed / desk.hours.day_length == 4  # was 1.33
    assert str(elapsed) == "32 h"


def test_48_hours_say_which_hours_they_are():  # moment-business-time #33
    desk, thursday = office("09:00", "17:00", zone="Europe/Amsterdam"), at("2018-09-06 12:55:49", "Europe/Amsterdam")
    assert OfficeTime(hours=48).due(thursday, desk) == at("2018-09-14 12:55:49", "Europe/Amsterdam")  # what came
    assert WorkingDayHours(48).due(thursday, desk) == at("2018-09-10 12:55:49", "Europe/Amsterdam")  # was expected
    assert Hours(48).due(thursday, desk) == at("2018-09-08 12:55:49", "Europe/Amsterdam")


def test_many_hours_do_not_end_too_early():  # moment-business-time #3
    desk, friday = office("09:00", "17:00"), at("2015-05-01 09:00")
    assert desk.due(friday, WorkTime(hours=19)) == at("2015-05-05 12:00")  # 8 + 8 + 3
    assert desk.due(friday, WorkTime(hours=108)) == at("2015-05-20 13:00")  # 13 days: 1, 5, 5 and 2; then 4 h


def test_more_hours_are_never_due_earlier():  # pandas #29901
    desk = office("09:00", "17:00", OfficeCalendar(WEEKDAYS, [closed("2014-01-20")]))
    friday = at("2014-01-17 13:00")
    assert desk.due(friday, WorkTime(hours=8)) == at("2014-01-21 13:00")  # was the holiday itself
    assert desk.due(friday, WorkTime(hours=9)) == at("2014-01-21 14:00")  # was ten days later
    assert desk.due(friday, WorkTime(hours=16)) == at("2014-01-22 13:00")  # was a day earlier
    dues = [desk.due(friday, WorkTime(hours=n)) for n in range(1, 30)]
    assert all(one < other for one, other in pairwise(dues))
