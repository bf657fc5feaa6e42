"""What a reader of the indicators stumbled over once."""

from datetime import timedelta
from fractions import Fraction

import pytest
from small_office import CLOCK, at

from docflow import Duration, Event, Record, WorkTime, reached
from docflow.errors import RecordError
from docflow.kpi import Milestone, time_spent


def test_nobody_holds_what_is_over_until_somebody_takes_it_up_again():
    stamps = ("opened", "01-06 09:00", "Ann"), ("closed", "01-06 10:00", "Bob")
    again = ("opened", "01-07 09:00", "Ann"), ("closed", "01-07 11:00", "Bob")
    steps = [Event(state, at(moment), "desk", by=by) for state, moment, by in (*stamps, *again)]
    spent = time_spent([Record("1", steps, ends=("closed",))], CLOCK)
    assert {who: time.minutes for who, time in spent.by_person().items()} == {None: 420, "Ann": 180}
    assert {unit: time.minutes for unit, time in spent.by_unit().items()} == {None: 420, "desk": 180}


def test_a_record_without_events_spends_no_time():
    nine = Milestone.of("nine o'clock", lambda _: at("01-06 09:00"))
    found = time_spent([Record("1", [])], CLOCK, as_of=at("01-06 12:00"), start=nine)
    assert (found.total, found.in_scope) == (WorkTime(), 1)


def test_a_percentage_with_a_decimal_point_is_read_as_it_is_written():
    nine = at("01-06 09:00")
    records = [
        Record(str(n), [Event("came", nine), Event("went", nine + timedelta(seconds=n))]) for n in range(1, 1001)
    ]
    result = Duration("took", start=reached("came"), stop=reached("went")).read(records, CLOCK)
    assert result.percentile(99.9) == result.percentile(Fraction(999, 10)) == Fraction(999, 60)
    with pytest.raises(TypeError, match="True is no percentage"):
        result.percentile(True)  # noqa: FBT003 - what is refused


def test_a_function_that_stumbles_is_told_with_the_record_and_the_milestone():
    second = Milestone.of("second reminder", lambda events: events[1].at)
    measure = Duration("took", start=second, stop=reached("went"))
    with pytest.raises(RecordError, match="record 7: its second reminder cannot be told: IndexError.*correct the func"):
        measure.read([Record("7", [Event("came", at("01-06 09:00"))])], CLOCK)
