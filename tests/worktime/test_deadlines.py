"""A deadline as a value: the answers of its limit, and by how much it is overdue."""

from datetime import UTC, date, time, timedelta
from fractions import Fraction
from itertools import pairwise

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_clocks import CLOCK, at, closes, office

from docflow import OfficeTime, WorkingDays, WorkTime
from docflow.bangkok import office_clock
from docflow.errors import AmountError, NaiveDatetimeError, NotAMomentError, ReversedSpanError
from docflow.instants import instant
from docflow.testing import clocks, instants, limits
from docflow.worktime import Deadline, EarlierOf, Extended, Extension, Hours, LaterOf, Limit, Period, SameTime
from docflow.worktime.hours import WEEKDAYS

MONDAY = at("2020-01-06 10:00")


@st.composite
def deadlines(draw):
    """A deadline, a moment after its start, and its pauses."""
    clock = draw(clocks(years=(2019, 2023)).filter(closes))
    start = draw(instants(clock, years=(2020, 2020)))
    gap, length = (draw(st.timedeltas(timedelta(0), timedelta(days=9))) for _ in range(2))
    pauses = [(start + gap, start + gap + length)] * draw(st.booleans())
    return clock.deadline(draw(limits()), start, pauses=pauses), start + draw(
        st.timedeltas(timedelta(0), timedelta(90))
    )


@pytest.mark.laws
class TestLaws:
    @given(deadlines())
    def test_it_answers_as_its_limit_does(self, asked):
        deadline, now = asked
        limit, start, clock, pauses = deadline.limit, deadline.start, deadline.clock, deadline.pauses
        assert deadline.due == limit.due(start, clock, pauses=pauses)
        assert deadline.verdict(now) == limit.verdict(start, None, now, clock, pauses=pauses)
        assert deadline.verdict(now, stop=now) == limit.verdict(start, now, now, clock, pauses=pauses)
        assert (
            deadline.remaining(now) == deadline.remaining(at=now) == limit.remaining(start, now, clock, pauses=pauses)
        )
        for before in (WorkTime(minutes=1), WorkTime(hours=30)):
            assert deadline.warning(before) == limit.warning(start, before, clock, pauses=pauses)

    @given(deadlines())
    def test_it_is_overdue_or_has_time_left_or_neither(self, asked):
        deadline, now = asked
        overdue = deadline.overdue(now)
        assert not (overdue and deadline.remaining(now))
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
    def test_when_four_fifths_of_two_office_days_are_used(self):  # f0rm #89
        nine_to_five = office("09:00", "17:00").deadline(OfficeTime(days=2), MONDAY)
        assert nine_to_five.warning(Fraction(1, 5)) == at("2020-01-07 14:48")

    def test_working_days_before(self):
        deadline = CLOCK.deadline(WorkingDays(5), MONDAY)  # due on Monday the 13th
        assert deadline.warning(1) == at("2020-01-10 08:30")
        assert deadline.warning(9) == MONDAY, "not before it began"

    def test_working_days_before_the_end_of_a_night_shift_are_counted_from_its_day(self):
        night = office("22:00", "06:00", overnight=True).deadline(WorkingDays(2), at("2020-01-06 22:00"))
        assert night.due == at("2020-01-09 06:00"), "the close of Wednesday's shift"
        assert night.warning(1) == at("2020-01-07 22:00")
        midnight = office("16:00", "00:00").deadline(WorkingDays(2), at("2020-01-06 17:00"))
        assert (midnight.due, midnight.warning(1)) == (at("2020-01-09 00:00"), at("2020-01-07 16:00"))

    def test_a_day_that_is_paused_is_a_day_before_all_the_same(self):
        waited = (at("2020-01-06 12:00"), at("2020-01-11 12:00"))
        deadline = CLOCK.deadline(Hours(30), MONDAY, pauses=[waited])
        assert deadline.due == at("2020-01-12 16:00"), "a Sunday"
        assert deadline.warning(1) == at("2020-01-10 08:30")

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
            lambda: deadline.verdict(early),
            lambda: deadline.verdict(MONDAY, stop=early),
            lambda: deadline.remaining(early),
            lambda: deadline.overdue(early),
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


class TestExplanations:
    def test_a_pause_after_the_due_moment_is_told_where_it_is_left_out(self):
        start, at = (pendulum.datetime(2020, 1, day, 10, tz="Asia/Bangkok") for day in (6, 8))
        waits = [(at.subtract(hours=1), at)]
        told = office_clock().deadline(WorkingDays(1), start, pauses=waits).explain(at)
        assert str(told).splitlines()[-1] == (
            "open at 2020-01-08 10:00: late by 30 min of office time, without 1 h paused since"
        )
        assert told.said("th").splitlines()[-1].endswith(" ไม่รวมที่หยุดนับ 1 ชั่วโมง")
        plain = office_clock().deadline(WorkingDays(1), start).explain(at)
        assert str(plain).splitlines()[-1] == "open at 2020-01-08 10:00: late by 1 h 30 min of office time"

    @pytest.mark.laws
    @given(deadlines())
    def test_every_day_from_the_start_to_the_due_moment_is_told_once(self, asked):
        deadline, now = asked
        told = deadline.explain(now)
        days = [one.day for one in told.days]
        assert days[0] == deadline.clock.day_of(deadline.start)
        assert all(after - before == timedelta(days=1) for before, after in pairwise(days))
        assert told.at == now
        special = sum(bool(one.pauses) or any(note.reason not in WEEKDAYS for note in one.notes) for one in told.days)
        most = 16 + 2 * special if len(days) <= 92 else 16  # each of them, and what lies between two in one line
        assert len(str(told).splitlines()) <= most + 10, "two lines more, and one for each of several limits"

    @pytest.mark.laws
    @given(deadlines())
    def test_a_working_day_that_does_not_count_says_why(self, asked):
        deadline, _ = asked
        for language, bare in (("en", "  not counted"), ("th", "  ไม่นับ")):
            assert not any(line.endswith(bare) for line in deadline.explain().said(language).splitlines())

    @pytest.mark.laws
    @given(deadlines())
    def test_what_pauses_took_before_the_end_is_given_back_after_it(self, asked):
        deadline, _ = asked
        limit = deadline.limit.deciding(instant(deadline.start), deadline.clock, deadline.paused)[0]
        begin, end = instant(deadline.start), limit.due_instant(instant(deadline.start), deadline.clock)
        told, ticks = deadline.explain().days, limit.ticks(deadline.clock)
        back = sum(one.given_back.microseconds for one in told)
        took = ticks.worked(begin, end) - deadline.paused.worked(begin, end, ticks) if begin < end else 0
        if told[0].nth is None:
            assert not back
        elif isinstance(limit, WorkingDays) and any(
            one.paused and not one.nth and not one.given_back for one in told[not limit.counting_first :]
        ):  # a later day has the number of one that was paused from its opening to its close
            assert back <= sum(one.paused.microseconds for one in told)
        else:
            assert back == took

    @pytest.mark.laws
    @given(deadlines())
    def test_what_counts_adds_up_to_the_limit(self, asked):
        deadline, _ = asked
        limit, told = deadline.limit, deadline.explain()
        days = limit.days_counted(instant(deadline.start), deadline.clock)
        if isinstance(limit, LaterOf | EarlierOf):
            return
        if days is not None:
            nths = [one.nth for one in told.days if one.nth]
            assert nths == list(range(1, len(nths) + 1))
            assert len(nths) == len(days) or getattr(limit, "roll", "") in (
                "preceding",
                "modified following",
                "modified preceding",
            )
            assert not any(one.counted for one in told.days)
        else:
            begin, due = instant(deadline.start), instant(deadline.due)
            amount = deadline.paused.worked(begin, due, limit.ticks(deadline.clock))
            assert sum(one.counted for one in told.days).microseconds == amount
            assert told.days[-1].total.microseconds == amount

    def test_of_several_limits_the_one_that_decides_is_told_by_day(self):
        told = CLOCK.deadline(WorkingDays(2) | Hours(48), MONDAY).explain(MONDAY)
        assert str(told).splitlines() == [
            "2 working days or 48 hours from 2020-01-06 10:00: due 2020-01-08 16:30",
            "read as 2 working days: 2020-01-08 16:30 ★ decides",
            "read as 48 hours: 2020-01-08 10:00",
            "2020-01-06 Mon  the day of the start, not counted",
            "2020-01-07 Tue  working day 1",
            "2020-01-08 Wed  working day 2",
            "open at 2020-01-06 10:00: running, 22 h 30 min left",
        ]

    def test_thai_says_the_same_in_thai(self):
        friday, (summit,) = at("2019-11-01 10:00"), CLOCK.adapted.notes(date(2019, 11, 4))
        told = CLOCK.deadline(WorkingDays(2) | Hours(48), friday).explain(stop=at("2019-11-08 10:00"))
        assert told.said("th").splitlines() == [
            "2 วันทำการ หรือ 48 ชั่วโมง นับจาก 1 พ.ย. 2562 10.00 น.: ครบกำหนด 7 พ.ย. 2562 16.30 น.",
            "วิธีนับ 2 วันทำการ: 7 พ.ย. 2562 16.30 น. ★ ใช้ตัดสิน",
            "วิธีนับ 48 ชั่วโมง: 3 พ.ย. 2562 10.00 น.",
            "1 พ.ย. 2562 ศ.  วันเริ่ม ไม่นับ",
            "2 พ.ย. 2562 ส.  –  วันเสาร์",
            "3 พ.ย. 2562 อา.  –  วันอาทิตย์",
            f"4 พ.ย. 2562 จ.  –  {summit.thai} [Cabinet resolution 15 Oct 2019]",
            f"5 พ.ย. 2562 อ.  –  {summit.thai} [Cabinet resolution 15 Oct 2019]",
            "6 พ.ย. 2562 พ.  วันทำการที่ 1",
            "7 พ.ย. 2562 พฤ.  วันทำการที่ 2",
            "แล้วเสร็จ 8 พ.ย. 2562 10.00 น.: เกินกำหนดเป็นเวลาราชการ 1 ชั่วโมง 30 นาที",
        ]

    def test_a_pause_is_told_on_its_day(self):
        waited = (at("2020-01-07 09:00"), at("2020-01-07 11:00"))
        told = CLOCK.deadline(OfficeTime(hours=8), MONDAY, pauses=[waited]).explain()
        assert str(told).splitlines()[1:] == [
            "2020-01-06 Mon  6 h 30 min, 6 h 30 min in all",
            "2020-01-07 Tue  1 h 30 min, 8 h in all  paused 2 h, from 09:00 until 11:00",
        ]

    def test_a_long_pause_is_told_day_by_day(self):
        waited = (at("2020-01-07 09:00"), at("2020-01-21 09:00"))
        told = CLOCK.deadline(WorkingDays(2), MONDAY, pauses=[waited]).explain()
        assert str(told).splitlines()[1:] == [
            "2020-01-06 Mon  the day of the start, not counted",
            "2020-01-07 Tue  working day 1  paused 7 h 30 min, from 09:00",
            *(f"2020-01-{day}  paused 8 h, all day" for day in ("08 Wed", "09 Thu", "10 Fri")),
            "2020-01-11 Sat  –  Saturday",
            "2020-01-12 Sun  –  Sunday",
            *(f"2020-01-{day}  paused 8 h, all day" for day in ("13 Mon", "14 Tue", "15 Wed", "16 Thu", "17 Fri")),
            "2020-01-18 Sat  –  Saturday",
            "2020-01-19 Sun  –  Sunday",
            "2020-01-20 Mon  paused 8 h, all day",
            "2020-01-21 Tue  working day 2  paused 30 min, until 09:00",
            "2020-01-22 Wed  due, 8 h given back",
        ]
        thai = told.said("th").splitlines()
        assert thai[2] == "7 ม.ค. 2563 อ.  วันทำการที่ 1  หยุดนับ 7 ชั่วโมง 30 นาที ตั้งแต่ 09.00 น."
        assert thai[3] == "8 ม.ค. 2563 พ.  หยุดนับ 8 ชั่วโมง ทั้งวัน"
        assert thai[-2:] == [
            "21 ม.ค. 2563 อ.  วันทำการที่ 2  หยุดนับ 30 นาที ถึง 09.00 น.",
            "22 ม.ค. 2563 พ.  ครบกำหนด ชดเชยเวลาหยุดนับ 8 ชั่วโมง",
        ]

    def test_what_parts_of_days_took_is_given_back_after_the_last_one(self):
        waited = [(at(f"2020-01-0{day} 10:00"), at(f"2020-01-0{day} 15:00")) for day in (6, 7, 8)]
        told = CLOCK.deadline(WorkingDays(2), MONDAY, pauses=waited).explain()
        assert str(told).splitlines()[1:] == [
            "2020-01-06 Mon  the day of the start, not counted  paused 5 h, from 10:00 until 15:00",
            "2020-01-07 Tue  working day 1  paused 5 h, from 10:00 until 15:00",
            "2020-01-08 Wed  working day 2  paused 5 h, from 10:00 until 15:00",
            "2020-01-09 Thu  8 h given back",
            "2020-01-10 Fri  due, 7 h given back",
        ]

    def test_where_a_pause_moves_by_its_whole_length_each_day_keeps_its_number(self):
        waited = (at("2020-01-09 00:00"), at("2020-01-10 00:00"))
        told = CLOCK.deadline(WorkingDays(2, by="opening"), at("2020-01-08 10:00"), pauses=[waited]).explain()
        assert str(told).splitlines()[1:] == [
            "2020-01-08 Wed  the day of the start, not counted",
            "2020-01-09 Thu  working day 1  paused 24 h, from 00:00 until 2020-01-10 00:00",
            "2020-01-10 Fri  working day 2, 15 h 30 min given back",
            "2020-01-11 Sat  due, 8 h 30 min given back  Saturday",
        ]

    def test_it_keeps_its_number_where_a_later_day_could_have_it_too(self):
        waited = (at("2020-01-07 00:00"), at("2020-01-08 00:00"))
        told = CLOCK.deadline(WorkingDays(2, by="opening"), MONDAY, pauses=[waited]).explain()
        assert str(told).splitlines()[2:] == [
            "2020-01-07 Tue  working day 1  paused 24 h, from 00:00 until 2020-01-08 00:00",
            "2020-01-08 Wed  working day 2, 15 h 30 min given back",
            "2020-01-09 Thu  due, 8 h 30 min given back",
        ]

    def test_no_more_is_given_back_than_was_taken_when_it_goes_on_to_an_opening(self):
        waited = (at("2020-01-09 00:00"), at("2020-01-10 00:00"))
        told = CLOCK.deadline(SameTime(2), at("2020-01-08 10:00"), pauses=[waited]).explain()
        assert sum((one.given_back for one in told.days), WorkTime()) == WorkTime(hours=24)
        assert str(told).splitlines()[3:] == [
            "2020-01-10 Fri  working day 2, 14 h given back",
            "2020-01-11 Sat  10 h given back  Saturday",
            "2020-01-12 Sun  –  Sunday",
            "2020-01-13 Mon  due",
        ]

    def test_a_period_that_rolled_before_a_pause_moved_it_says_so(self):
        waited = (at("2020-01-09 00:00"), at("2020-01-10 00:00"))
        told = CLOCK.deadline(Period(days=3), at("2020-01-08 10:00"), pauses=[waited]).explain()
        assert str(told).splitlines()[4:] == [
            "2020-01-11 Sat  day 3  Saturday",
            "2020-01-12 Sun  –  Sunday",
            "2020-01-13 Mon  rolled from a day of rest",
            "2020-01-14 Tue  due, 8 h given back",
        ]

    def test_a_day_that_a_limit_in_hours_does_not_count_says_that_it_was_paused(self):
        waited = (at("2020-01-07 08:00"), at("2020-01-08 08:00"))
        told = CLOCK.deadline(OfficeTime(hours=8), MONDAY, pauses=[waited]).explain()
        assert str(told).splitlines()[2] == "2020-01-07 Tue  paused 8 h, from 08:00 until 2020-01-08 08:00"

    def test_of_many_pauses_on_a_day_it_says_how_many(self):
        waited = [(at(f"2020-01-07 {hour}:00"), at(f"2020-01-07 {hour}:10")) for hour in (10, 11, 12, 13)]
        deadline = CLOCK.deadline(OfficeTime(hours=8), MONDAY, pauses=waited)
        assert str(deadline.explain()).splitlines()[2].endswith("  paused 10 min, 4 times") is False
        assert (
            str(CLOCK.deadline(OfficeTime(hours=14), MONDAY, pauses=waited).explain())
            .splitlines()[2]
            .endswith("  paused 40 min, 4 times")
        )

    def test_long_stretches_are_shortened(self):
        lines = str(CLOCK.deadline(WorkingDays(60), MONDAY).explain(MONDAY)).splitlines()
        together = [line for line in lines if line.startswith("… ")]
        assert lines[6] == together[0]
        assert len(lines) < 20
        assert sum("working day" in line for line in lines[1:-1]) + sum(int(line.split()[4]) for line in together) == 60

    def test_a_limit_of_ones_own_says_itself(self):
        class AtOnce(Limit):
            def due_instant(self, start, clock, pauses=None):  # noqa: ARG002 - whatever they are
                return start

            def __str__(self):
                return "at once"

        assert CLOCK.deadline(AtOnce(), MONDAY).explain().said("th").startswith("at once นับจาก 6 ม.ค. 2563")


def test_an_explanation_is_of_a_moment_after_the_start_and_shows_in_one_line():
    deadline = CLOCK.deadline(WorkingDays(2), MONDAY)
    assert repr(deadline.explain()) == (
        "<DeadlineExplanation: 2 working days from 2020-01-06 10:00: due 2020-01-08 16:30>"
    )
    with pytest.raises(NotAMomentError, match="'2020-01-07' is no moment"):
        deadline.explain("2020-01-07")
    with pytest.raises(ReversedSpanError):
        deadline.explain(stop=at("2020-01-06 09:59"))


class TestWhatACriticFound:
    def test_a_day_that_was_paused_whole_does_not_count_and_a_later_one_does(self):
        waited = (at("2020-01-08 08:30"), at("2020-01-08 16:30"))
        told = CLOCK.deadline(WorkingDays(2), MONDAY, pauses=[waited]).explain()
        assert str(told).splitlines()[1:] == [
            "2020-01-06 Mon  the day of the start, not counted",
            "2020-01-07 Tue  working day 1",
            "2020-01-08 Wed  paused 8 h, from 08:30 until 16:30",
            "2020-01-09 Thu  working day 2",
        ]

    def test_pauses_in_the_days_that_are_not_told_are_told_together(self):
        waited = (at("2020-01-20 09:00"), at("2020-03-02 09:00"))
        deadline = CLOCK.deadline(WorkingDays(30), MONDAY, pauses=[waited])
        told = deadline.explain()
        assert "\n… 18 more days, 0 of them counted  paused 112 h\n" in str(told)
        assert "\n… อีก 18 วัน นับ 0 วัน  หยุดนับ 112 ชั่วโมง\n" in told.said("th")
        assert max(one.nth for one in told.days) == 30
        assert told.days[-1].day == deadline.due.date()
        ends = CLOCK.deadline(WorkingDays(90), MONDAY, pauses=[waited]).explain()
        assert f"  paused {CLOCK.elapsed(*waited)}, from 2020-01-20 09:00 until 2020-03-02 09:00\n" in str(ends)

    def test_the_day_of_a_deadline_at_an_opening_is_told_and_warned_of(self):
        always = office("00:00", "00:00")
        deadline = always.deadline(WorkingDays(3, by="opening"), at("2020-01-06 00:00"))
        assert deadline.due == at("2020-01-09 00:00")
        assert [one.nth for one in deadline.explain().days] == [0, 1, 2, 3]
        assert deadline.warning(1) == at("2020-01-08 00:00")

    def test_a_midnight_is_the_time_of_the_day_that_it_begins_unless_it_closes_one(self):
        by_midnight = WorkingDays(2, by=time(0))
        deadline = CLOCK.deadline(by_midnight, MONDAY)
        assert deadline.due == at("2020-01-08 00:00")
        assert [one.nth for one in deadline.explain().days] == [0, 1, 2]
        evenings = office("16:00", "00:00").deadline(by_midnight, MONDAY)
        assert evenings.due == at("2020-01-09 00:00")
        assert [one.nth for one in evenings.explain().days] == [0, 1, 2]

    def test_a_stop_after_the_moment_has_not_come(self):
        deadline, now = CLOCK.deadline(WorkingDays(2), MONDAY), at("2020-01-07 10:00")
        told = str(deadline.explain(now, stop=at("2020-01-08 10:00")))
        assert told.splitlines()[-1].startswith("open at 2020-01-07 10:00: running, ")
        assert deadline.verdict(now, stop=at("2020-01-08 10:00")) == "running"

    def test_what_is_late_after_hours_is_late_by_no_office_time_yet(self):
        sunday = at("2020-01-12 10:00")
        told = CLOCK.deadline(Hours(24), at("2020-01-10 10:00")).explain(stop=sunday)
        assert str(told).splitlines()[-1] == "stopped 2020-01-12 10:00: late, but by no office time yet"

    def test_seconds_are_told_where_they_decide(self):
        start = at("2020-01-06 10:00")
        told = CLOCK.deadline(OfficeTime(hours=1), start).explain(stop=start + timedelta(hours=1, seconds=30))
        assert str(told).splitlines()[-1] == "stopped 2020-01-06 11:00:30: late by 30 s of office time"

    def test_a_start_elsewhere_is_printed_by_the_wall_of_the_office(self):
        there = MONDAY.astimezone(UTC)
        assert str(CLOCK.deadline(WorkingDays(2), there)) == str(CLOCK.deadline(WorkingDays(2), MONDAY))

    def test_the_same_time_is_never_due_inside_a_pause(self):
        pauses = [
            (at("2020-01-07 22:00"), at("2020-01-08 12:00")),
            (at("2020-01-08 23:00"), at("2020-01-09 12:00")),
        ]
        deadline = CLOCK.deadline(SameTime(1), at("2020-01-06 20:00"), pauses=pauses)
        assert deadline.due == at("2020-01-09 12:00")

    def test_an_extension_in_a_join_keeps_its_brackets_its_reason_and_its_source(self):
        longer = Extension(WorkingDays(5), reason="consult", source="memo 7", announced=date(2020, 1, 7))
        promise = Extended(Hours(2), longer) | Hours(1)
        assert str(promise) == "(5 working days, extended from 2 hours) or 1 hour"
        assert "extended on 2020-01-07 to 5 working days: consult [memo 7]" in str(
            CLOCK.deadline(promise, MONDAY).explain()
        )
