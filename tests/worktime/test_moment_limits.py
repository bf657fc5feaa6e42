"""The same time some days later, the next opening, before an event: by hand, by a walk, and where clocks change."""

import pickle
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from small_clocks import CLOCK, at, office

from docflow import Hours, WorkingWeek, WorkTime
from docflow.errors import (
    AmountError,
    HorizonError,
    NaiveDatetimeError,
    NegativeAmountError,
    NotAMomentError,
    OutsideCalendarError,
)
from docflow.worktime import Before, NextOpening, SameTime

MONDAY = at("2020-01-06 10:00")
MEETING = at("2020-01-14 10:00")  # a Tuesday
AMSTERDAM = "Europe/Amsterdam"
EVERY_HOUR = office("00:00", "00:00", WorkingWeek(range(7)), zone=AMSTERDAM)


class TestTheSameTime:
    @pytest.mark.parametrize(
        ("start", "days", "due"),
        [
            ("2020-01-06 12:00", 1, "2020-01-07 12:00"),
            ("2020-01-06 08:30", 1, "2020-01-07 08:30"),
            ("2020-01-06 16:30", 1, "2020-01-07 16:30"),  # closing time is kept, as a close is due then
            ("2020-01-06 16:31", 1, "2020-01-08 08:30"),
            ("2020-01-06 20:00", 1, "2020-01-08 08:30"),
            ("2020-01-06 06:00", 1, "2020-01-07 08:30"),
            ("2020-01-10 16:00", 1, "2020-01-13 16:00"),  # over a weekend
            ("2020-01-12 12:00", 1, "2020-01-13 12:00"),  # a Sunday
            ("2019-11-01 10:00", 2, "2019-11-07 10:00"),  # over a weekend and two holidays
        ],
    )
    def test_of_a_later_day_is_kept_or_put_off_to_the_next_opening(self, start, days, due):
        assert SameTime(days).due(at(start), CLOCK) == at(due)

    def test_a_walk_from_day_to_day_comes_to_the_same(self):
        random = np.random.default_rng(5)
        for n in range(300):
            start = at("2018-02-01 00:00") + timedelta(minutes=int(random.integers(60 * 24 * 3500)))
            day, left = start.date(), 1 + n % 4
            while left:
                day += timedelta(days=1)
                left -= CLOCK.calendar.is_working_day(day)
            wanted = datetime.combine(day, start.timetz())
            while not (CLOCK.calendar.is_working_day(wanted.date()) and time(8, 30) <= wanted.time() <= time(16, 30)):
                wanted += timedelta(minutes=1)
            assert SameTime(1 + n % 4).due(start, CLOCK) == wanted

    def test_keeps_no_order_over_a_weekend(self):
        assert not SameTime(1).in_order
        assert SameTime(1).due(at("2020-01-10 16:00"), CLOCK) > SameTime(1).due(at("2020-01-12 12:00"), CLOCK)
        assert (SameTime(1) | Hours(1)).in_order is False

    def test_that_the_clocks_jump_over_is_the_jump(self):
        due = SameTime(1).due(at("2020-03-28 02:30", AMSTERDAM), EVERY_HOUR)
        assert due.astimezone(UTC) == datetime(2020, 3, 29, 1, tzinfo=UTC)

    def test_that_comes_twice_is_its_first_coming_and_from_either_one_the_day_after_it_is_one(self):
        first, second = (datetime(2020, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
        assert SameTime(1).due(at("2020-10-24 02:30", AMSTERDAM), EVERY_HOUR).astimezone(UTC) == first
        for start in (first, second):
            assert SameTime(1).due(start, EVERY_HOUR) == at("2020-10-26 02:30", AMSTERDAM)

    def test_of_a_night_shift_moves_from_shift_to_shift(self):
        night = office("22:00", "06:00", overnight=True)
        assert SameTime(1).due(at("2020-01-06 23:00"), night) == at("2020-01-07 23:00")
        assert SameTime(1).due(at("2020-01-07 02:00"), night) == at("2020-01-08 02:00")  # both of Monday's shift
        assert SameTime(1).due(at("2020-01-11 02:00"), night) == at("2020-01-14 02:00")  # Friday's shift, Monday's
        assert SameTime(1).due(at("2020-01-07 12:00"), night) == at("2020-01-08 22:00")

    def test_is_known_on_the_first_days_that_the_calendar_holds(self):
        assert SameTime(1).due(at("2018-01-02 07:00"), CLOCK) == at("2018-01-03 08:30")
        assert SameTime(1).due(at("2018-01-02 12:00"), CLOCK) == at("2018-01-03 12:00")

    def test_a_pause_moves_it_on_the_wall_and_then_to_an_opening(self):
        noon = at("2020-01-06 12:00")
        for hours, due in ((2, "2020-01-07 14:00"), (4, "2020-01-07 16:00"), (6, "2020-01-08 08:30")):
            pause = (at("2020-01-06 13:00"), at("2020-01-06 13:00") + timedelta(hours=hours))
            assert SameTime(1).due(noon, CLOCK, pauses=[pause]) == at(due)
        assert SameTime(1).remaining(noon, at("2020-01-07 10:00"), CLOCK) == WorkTime(hours=2)

    def test_says_each_working_day_that_it_counts(self):
        told = CLOCK.deadline(SameTime(1), at("2020-01-06 20:00")).explain(at("2020-01-06 20:00"))
        assert str(told).splitlines() == [
            "the same time 1 working day later from 2020-01-06 20:00: due 2020-01-08 08:30",
            "2020-01-06 Mon  the day of the start, not counted",
            "2020-01-07 Tue  working day 1",
            "2020-01-08 Wed  due",
            "open at 2020-01-06 20:00: running, 36 h 30 min left",
        ]


class TestTheNextOpening:
    @pytest.mark.parametrize(
        ("start", "due"),
        [
            ("2020-01-06 08:29", "2020-01-06 08:30"),
            ("2020-01-06 08:30", "2020-01-07 08:30"),
            ("2020-01-06 10:00", "2020-01-07 08:30"),
            ("2020-01-11 10:00", "2020-01-13 08:30"),
            ("2019-11-01 16:30", "2019-11-06 08:30"),
        ],
    )
    def test_comes_after_the_start_also_while_it_is_open(self, start, due):
        assert NextOpening().due(at(start), CLOCK) == at(due)
        assert NextOpening().due(at(start), CLOCK) == CLOCK.next_opening(at(start))

    def test_after_a_break_is_an_opening(self):
        broken = office("09:00", "17:00", breaks=[(time(12), time(13))])
        assert NextOpening().due(at("2020-01-06 10:00"), broken) == at("2020-01-06 13:00")

    def test_that_clocks_jump_over_is_the_jump(self):
        early = office("02:30", "10:00", WorkingWeek(range(7)), zone=AMSTERDAM)
        due = NextOpening().due(at("2020-03-28 12:00", AMSTERDAM), early)
        assert due.astimezone(UTC) == datetime(2020, 3, 29, 1, tzinfo=UTC)

    def test_a_pause_moves_it_on_the_wall(self):
        pause = (at("2020-01-06 12:00"), at("2020-01-06 13:00"))
        assert NextOpening().due(MONDAY, CLOCK, pauses=[pause]) == at("2020-01-07 09:30")

    def test_of_an_office_that_never_closes_is_given_up_in_a_sentence(self):
        with pytest.raises(HorizonError, match="the office does not close for more than 10 years after"):
            NextOpening().due(MONDAY, EVERY_HOUR)

    def test_says_the_days_until_then(self):
        told = CLOCK.deadline(NextOpening(), at("2020-01-10 20:00")).explain(at("2020-01-10 20:00"))
        assert told.said("th").splitlines() == [
            "เมื่อเปิดทำการครั้งถัดไป นับจาก 10 ม.ค. 2563 20.00 น.: ครบกำหนด 13 ม.ค. 2563 08.30 น.",
            "10 ม.ค. 2563 ศ.  วันเริ่ม ไม่นับ",
            "11 ม.ค. 2563 ส.  –  วันเสาร์",
            "12 ม.ค. 2563 อา.  –  วันอาทิตย์",
            "13 ม.ค. 2563 จ.  ครบกำหนด",
            "ณ 10 ม.ค. 2563 20.00 น. ยังไม่แล้วเสร็จ: ยังไม่ครบกำหนด เหลือ 60 ชั่วโมง 30 นาที",
        ]


class TestBeforeAnEvent:
    @pytest.mark.parametrize(
        ("days", "due"),
        [
            (0, "2020-01-14 10:00"),
            (1, "2020-01-13 16:30"),
            (2, "2020-01-10 16:30"),
            (3, "2020-01-09 16:30"),
            (9, "2020-01-01 16:30"),
        ],
    )
    def test_is_the_event_itself_or_the_close_of_a_working_day_before(self, days, due):
        wanted = at(due) if days < 9 else at("2019-12-27 16:30")  # 1 January and the days before it were holidays
        for start in (at("2019-12-02 10:00"), MONDAY, at("2020-02-01 10:00")):
            assert Before(MEETING, days).due(start, CLOCK) == wanted

    def test_an_event_on_a_day_of_rest_is_after_the_friday(self):
        assert Before(at("2020-01-12 10:00"), 1).due(MONDAY, CLOCK) == at("2020-01-10 16:30")

    def test_an_event_in_a_night_shift_is_on_the_day_on_which_the_shift_opened(self):
        night = office("22:00", "06:00", overnight=True)
        assert Before(at("2020-01-08 02:00"), 1).due(MONDAY, night) == at("2020-01-07 06:00")  # the end of Monday's

    def test_an_event_of_another_zone_is_on_its_day_here(self):
        evening = at("2020-01-13 20:00", "America/New_York")  # 08:00 of Tuesday in Bangkok
        assert Before(evening, 1).due(MONDAY, CLOCK) == at("2020-01-13 16:30")

    def test_an_event_of_long_ago_has_no_thai_date_and_is_said_all_the_same(self):
        long_ago = Before(datetime(1939, 5, 5, 12, tzinfo=UTC), 1)
        assert str(long_ago) == "1 working day before 1939-05-05 12:00"
        assert long_ago.words.th == "1 วันทำการก่อน 1939-05-05 12.00 น."

    def test_no_pause_moves_it(self):
        pause = (at("2020-01-07 08:30"), at("2020-01-08 16:30"))
        for limit in (Before(MEETING), Before(MEETING, 3)):
            assert limit.due(MONDAY, CLOCK, pauses=[pause]) == limit.due(MONDAY, CLOCK)
            now = at("2020-01-07 12:00")
            assert limit.remaining(MONDAY, now, CLOCK, pauses=[pause]) == limit.remaining(MONDAY, now, CLOCK)

    def test_what_is_left_is_time_on_the_wall_until_an_event_and_office_time_until_a_close(self):
        monday = at("2020-01-13 10:00")
        assert Before(MEETING).remaining(monday, monday, CLOCK) == WorkTime(hours=24)
        assert Before(MEETING, 1).remaining(monday, monday, CLOCK) == WorkTime(hours=6, minutes=30)

    def test_a_start_after_it_is_late_at_once_and_has_nothing_left(self):
        late = CLOCK.deadline(Before(MEETING), at("2020-01-15 10:00"))
        assert late.due == MEETING
        now = at("2020-01-15 12:00")
        assert (late.verdict(late.start), late.verdict(now, stop=now)) == ("late", "late")
        assert (late.remaining(now), late.overdue(now)) == (WorkTime(), WorkTime(hours=10))
        assert (late.warning(1), late.warning(WorkTime(hours=1))) == (None, None)
        assert str(late.explain()).splitlines() == [
            "by 2020-01-14 10:00 from 2020-01-15 10:00: due 2020-01-14 10:00",
            "2020-01-15 Wed  the day of the start, not counted",
        ]

    def test_it_is_warned_of_as_any_other(self):
        deadline = CLOCK.deadline(Before(MEETING), MONDAY)
        assert deadline.warning(WorkTime(hours=2)) == at("2020-01-13 16:00")
        assert deadline.warning(1) == at("2020-01-13 08:30")

    def test_it_joins_other_limits(self):
        by_the_meeting = Hours(400) & Before(MEETING, 1)
        assert by_the_meeting.due(MONDAY, CLOCK) == at("2020-01-13 16:30")
        assert str(by_the_meeting) == "400 hours and 1 working day before 2020-01-14 10:00"

    def test_before_the_years_of_the_calendar_it_is_refused(self):
        for days in (10_000, 10**9):
            with pytest.raises(OutsideCalendarError, match="is not in it"):
                Before(MEETING, days).due(MONDAY, CLOCK)
        with pytest.raises(OutsideCalendarError, match="the clock holds the years 2–9998 and the year -"):
            Before(MEETING, 10**9).due(MONDAY, office("09:00", "17:00"))


class TestValues:
    @pytest.mark.parametrize(
        ("limit", "en", "th", "shown"),
        [
            (SameTime(1), "the same time 1 working day later", "เวลาเดียวกันใน 1 วันทำการถัดไป", "SameTime(days=1)"),
            (SameTime(3), "the same time 3 working days later", "เวลาเดียวกันใน 3 วันทำการถัดไป", "SameTime(days=3)"),
            (NextOpening(), "the next opening", "เมื่อเปิดทำการครั้งถัดไป", "NextOpening()"),
            (Before(MEETING), "by 2020-01-14 10:00", "ภายใน 14 ม.ค. 2563 10.00 น.", f"Before(event={MEETING!r})"),
            (
                Before(MEETING, 3),
                "3 working days before 2020-01-14 10:00",
                "3 วันทำการก่อน 14 ม.ค. 2563 10.00 น.",
                f"Before(event={MEETING!r}, days=3)",
            ),
            (
                Before(MEETING, 1),
                "1 working day before 2020-01-14 10:00",
                "1 วันทำการก่อน 14 ม.ค. 2563 10.00 น.",
                f"Before(event={MEETING!r}, days=1)",
            ),
        ],
    )
    def test_a_limit_says_itself_in_both_languages_and_shows_what_is_not_as_usual(self, limit, en, th, shown):
        assert (str(limit), limit.words.th, repr(limit)) == (en, th, shown)
        again = pickle.loads(pickle.dumps(limit))  # noqa: S301 - our own
        assert (again, hash(again), again.due(MONDAY, CLOCK)) == (limit, hash(limit), limit.due(MONDAY, CLOCK))

    def test_one_moment_is_one_event_in_whatever_zone(self):
        same = Before(MEETING.astimezone(ZoneInfo("Europe/London")))
        assert (same, hash(same)) == (Before(MEETING), hash(Before(MEETING)))
        assert len({SameTime(1), SameTime(2), NextOpening(), Before(MEETING), Before(MEETING, 1)}) == 5

    @pytest.mark.parametrize(
        ("make", "error", "said"),
        [
            (lambda: SameTime(0), AmountError, "0 days of SameTime is no promise; give 1 or more"),
            (lambda: SameTime(1.0), AmountError, "1.0 days of SameTime is no promise; give 1 or more"),
            (lambda: SameTime(-1), NegativeAmountError, "-1 days of SameTime is negative; give 1 or more"),
            (lambda: Before(MEETING, -1), NegativeAmountError, "-1 days of Before is negative"),
            (lambda: Before(MEETING, True), AmountError, "True days of Before is no promise"),  # noqa: FBT003 - refused
            (
                lambda: Before(MEETING.replace(tzinfo=None)),
                NaiveDatetimeError,
                "has no time zone; give it the office's",
            ),
            (lambda: Before("2020-01-14"), NotAMomentError, "'2020-01-14' is no moment"),
            (lambda: Before(MEETING.date()), NotAMomentError, "is no moment; give an aware datetime"),
            (lambda: Before(pd.NaT), NotAMomentError, "is no moment"),
        ],
    )
    def test_what_is_no_limit_is_refused_with_the_way_out(self, make, error, said):
        with pytest.raises(error, match=said):
            make()

    @pytest.mark.parametrize("limit", [SameTime(10**9), SameTime(10**30)], ids=str)
    def test_far_years_are_refused_in_a_sentence_and_at_once(self, limit):
        with pytest.raises(OutsideCalendarError, match="the clock holds the years 2–9998 and the year [0-9]+ is not"):
            limit.due(MONDAY, office("09:00", "17:00"))


def test_days_before_an_event_are_explained_back_from_it():
    friday = at("2019-11-08 10:00")
    waited = (at("2019-10-29 09:00"), at("2019-10-30 09:00"))  # no pause moves an event
    told = CLOCK.deadline(Before(friday, 4), at("2019-10-28 10:00"), pauses=[waited]).explain()
    assert [(one.day.day, one.nth) for one in told.days] == [
        (31, 4), (1, 3), (2, 0), (3, 0), (4, 0), (5, 0), (6, 2), (7, 1), (8, 0)
    ]  # fmt: skip
    lines = str(told).splitlines()
    assert lines[1] == "2019-10-31 Thu  working day 4 before the event"
    assert "ASEAN Summit" in lines[5]
    assert lines[-1] == "2019-11-08 Fri  the day of the event"
    assert "วันทำการที่ 4 ก่อนเหตุการณ์" in told.said("th")
