"""A deadline as a value: the answers of its limit, and by how much it is overdue."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_clocks import CLOCK, at, office

from docflow import OfficeTime, WorkingDays, WorkTime
from docflow.errors import AmountError, NaiveDatetimeError, ReversedSpanError
from docflow.instants import instant
from docflow.testing import clocks, instants, limits
from docflow.worktime import Deadline, Hours

MONDAY = at("2020-01-06 10:00")


@st.composite
def deadlines(draw):
    """A deadline, a moment after its start, and its pauses."""
    clock = draw(clocks(years=(2019, 2023)))
    start = draw(instants(clock, years=(2020, 2020)))
    gap, length = (draw(st.timedeltas(timedelta(0), timedelta(days=9))) for _ in range(2))
    pauses = [(start + gap, start + gap + length)] * draw(st.booleans())
    return clock.deadline(draw(limits()), start, pauses=pauses), start + draw(
        st.timedeltas(timedelta(0), timedelta(90))
    )


class TestLaws:
    @given(deadlines())
    def test_it_answers_as_its_limit_does(self, asked):
        deadline, now = asked
        limit, start, clock, pauses = deadline.limit, deadline.start, deadline.clock, deadline.pauses
        assert deadline.due == limit.due(start, clock, pauses=pauses)
        assert deadline.verdict(at=now) == limit.verdict(start, None, now, clock, pauses=pauses)
        assert deadline.verdict(at=now, stop=now) == limit.verdict(start, now, now, clock, pauses=pauses)
        assert deadline.remaining(at=now) == limit.remaining(start, now, clock, pauses=pauses)
        for before in (WorkTime(minutes=1), WorkTime(hours=30)):
            assert deadline.warning(before) == limit.warning(start, before, clock, pauses=pauses)

    @given(deadlines())
    def test_it_is_overdue_or_has_time_left_or_neither(self, asked):
        deadline, now = asked
        overdue = deadline.overdue(at=now)
        assert not (overdue and deadline.remaining(at=now))
        if now <= deadline.due:
            assert not overdue
        else:
            assert overdue == deadline.clock.elapsed(deadline.due, now, pauses=deadline.pauses)

    @given(deadlines(), st.fractions(Fraction(1, 100), Fraction(99, 100)))
    def test_a_warning_leaves_the_part_that_is_said(self, asked, part):
        deadline, _ = asked
        warned = deadline.warning(part)
        clock, pauses = deadline.clock, deadline.pauses
        if deadline.due <= deadline.start or not (whole := clock.elapsed(deadline.start, deadline.due, pauses=pauses)):
            assert warned is None
            return
        assert deadline.start <= warned < deadline.due
        left = clock.elapsed(warned, deadline.due, pauses=pauses)
        assert abs(left.microseconds - part * whole.microseconds) <= 1

    @given(deadlines())
    def test_it_is_a_value(self, asked):
        deadline, _ = asked
        twin = Deadline(deadline.limit, deadline.start, clock=deadline.clock, pauses=deadline.pauses)
        assert (twin, hash(twin), twin.due) == (deadline, hash(deadline), deadline.due)


class TestWarnings:
    def test_when_four_fifths_of_two_office_days_are_used(self):
        nine_to_five = office("09:00", "17:00").deadline(OfficeTime(days=2), MONDAY)
        assert nine_to_five.warning(Fraction(1, 5)) == at("2020-01-07 14:48")

    def test_working_days_before(self):
        deadline = CLOCK.deadline(WorkingDays(5), MONDAY)  # due on Monday the 13th
        assert deadline.warning(1) == at("2020-01-10 08:30")
        assert deadline.warning(9) == MONDAY, "not before it began"

    def test_of_a_limit_without_office_time_there_is_none(self):
        night = CLOCK.deadline(Hours(1), at("2020-01-06 20:00"))
        assert [night.warning(before) for before in (1, Fraction(1, 2), WorkTime(hours=1))] == [None, None, None]


def test_it_is_printed_as_a_sentence():
    assert str(CLOCK.deadline(WorkingDays(2), MONDAY)) == "2 working days from 2020-01-06 10:00: due 2020-01-08 16:30"


class TestRefusals:
    def test_one_pause_that_is_in_no_list(self):
        for ask in (
            lambda: CLOCK.deadline(WorkingDays(2), MONDAY, pauses=(MONDAY, MONDAY)),
            lambda: CLOCK.elapsed(MONDAY, MONDAY, pauses=(MONDAY, MONDAY)),
            lambda: CLOCK.elapsed(MONDAY, MONDAY, pauses=MONDAY),
            lambda: CLOCK.elapsed(MONDAY, MONDAY, pauses=[(MONDAY,)]),
        ):
            with pytest.raises(TypeError, match=r"pauses are pairs of moments; give such as \[\(since, until\)\]"):
                ask()

    def test_what_is_no_limit_and_no_moment(self):
        with pytest.raises(TypeError, match="is no limit; give one, such as WorkingDays"):
            CLOCK.deadline(WorkTime(hours=2), MONDAY)
        with pytest.raises(NaiveDatetimeError):
            CLOCK.deadline(WorkingDays(2), MONDAY.replace(tzinfo=None))

    def test_a_moment_before_the_start(self):
        deadline = CLOCK.deadline(WorkingDays(2), MONDAY)
        early = MONDAY - timedelta(minutes=1)
        for ask in (
            lambda: deadline.verdict(at=early),
            lambda: deadline.verdict(at=MONDAY, stop=early),
            lambda: deadline.remaining(at=early),
            lambda: deadline.overdue(at=early),
        ):
            with pytest.raises(ReversedSpanError):
                ask()

    @pytest.mark.parametrize("before", [0, -1, True, Fraction(0), Fraction(1), Fraction(3, 2), WorkTime()])
    def test_no_warning_at_all(self, before):
        with pytest.raises(AmountError):
            CLOCK.deadline(WorkingDays(2), MONDAY).warning(before)

    def test_a_warning_is_an_amount(self):
        with pytest.raises(TypeError, match="is not working time"):
            CLOCK.deadline(WorkingDays(2), MONDAY).warning(timedelta(hours=1))


def test_the_due_moment_is_the_end_of_the_last_day_where_no_pause_moves_it():
    assert instant(CLOCK.deadline(WorkingDays(2), MONDAY).due) == instant(at("2020-01-08 16:30"))
