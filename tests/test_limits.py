from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from docflow import Hours, OfficeTime, WorkingDayHours, WorkingDays
from docflow.bangkok import OFFICIAL_READING, READINGS, office_clock
from docflow.errors import AmountError

BANGKOK = ZoneInfo("Asia/Bangkok")
CLOCK = office_clock()


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


# A Friday at 10:00 before a weekend and two special holidays; worked out by hand for each reading.
@pytest.mark.parametrize(
    ("reading", "due"),
    [
        ("working_days", "2019-11-07 16:30"),  # Wednesday, Thursday
        ("working_days_counting_first", "2019-11-06 16:30"),  # Friday, Wednesday
        ("hours", "2019-11-03 10:00"),
        ("working_day_hours", "2019-11-07 10:00"),  # 14 h of Friday, all of Wednesday, 10 h of Thursday
        ("office_time", "2019-11-07 10:00"),  # 6.5 h of Friday, 8 h of Wednesday, 1.5 h of Thursday
        ("working_days_or_hours", "2019-11-07 16:30"),
    ],
)
def test_a_friday_letter_is_due_at_five_different_moments(reading, due):
    assert READINGS[reading].due(at("2019-11-01 10:00"), CLOCK) == at(due)


# The same for a Saturday night: what counts the first day does not count a day of rest.
@pytest.mark.parametrize(
    ("reading", "due"),
    [
        ("working_days", "2020-01-14 16:30"),
        ("working_days_counting_first", "2020-01-14 16:30"),
        ("hours", "2020-01-13 22:00"),
        ("working_day_hours", "2020-01-15 00:00"),
        ("office_time", "2020-01-14 16:30"),
        ("working_days_or_hours", "2020-01-14 16:30"),
    ],
)
def test_a_saturday_letter_waits_for_monday(reading, due):
    assert READINGS[reading].due(at("2020-01-11 22:00"), CLOCK) == at(due)


def test_the_official_reading_is_the_later_of_two_working_days_and_48_hours():
    assert READINGS[OFFICIAL_READING] == WorkingDays(2) | Hours(48)


def test_or_joins_readings_into_one_flat_list():
    assert (WorkingDays(2) | Hours(48) | OfficeTime(days=2)).limits == (WorkingDays(2), Hours(48), OfficeTime(days=2))
    assert (WorkingDays(2) | (Hours(48) | OfficeTime(days=2))) == (WorkingDays(2) | Hours(48) | OfficeTime(days=2))


def test_or_joins_limits_only():
    with pytest.raises(TypeError):
        WorkingDays(2) | 48


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (WorkingDays(1), "1 working day"),
        (Hours(1), "1 hour"),
        (WorkingDayHours(1), "1 hour of working days"),
        (WorkingDayHours(48), "48 hours of working days"),
        (OfficeTime(days=1, hours=1), "1 day and 1 h of office time"),
        (OfficeTime(minutes=15), "15 min of office time"),
        (WorkingDays(2) | Hours(48), "2 working days or 48 hours"),
    ],
)
def test_a_limit_says_what_it_means(limit, said):
    assert str(limit) == said


@pytest.mark.parametrize(
    "make",
    [
        lambda: Hours(0),
        lambda: Hours(-48),
        lambda: WorkingDayHours(0),
        lambda: WorkingDays("2"),
        OfficeTime,
        lambda: OfficeTime(days=-1),
        lambda: OfficeTime(days=1.5),
        lambda: OfficeTime(minutes=-15),
        lambda: OfficeTime(minutes=0.0000001),
    ],
)
def test_no_time_is_no_promise(make):
    with pytest.raises(AmountError):
        make()


def test_days_of_office_time_are_as_long_as_the_office_is_open():
    assert OfficeTime(days=1).due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-07 10:00")
    assert OfficeTime(days=1, minutes=30).due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-07 10:30")
