"""Extensions: which limit holds on which day, what is told of them, and which are refused."""

import pickle
from datetime import date, datetime

import pytest
from small_clocks import CLOCK, at

from docflow import Hours, WorkingDays, WorkTime
from docflow.errors import AmountError, CalendarError
from docflow.worktime import Before, Extended, Extension, LaterOf, Period

MONDAY = at("2020-01-06 10:00")


def said(limit, announced, withdrawn=None, reason="consult a third party"):
    days = [day and date.fromisoformat(day) for day in (announced, withdrawn)]
    return Extension(limit, reason=reason, source="memo 7/2563", announced=days[0], withdrawn=days[1])


ONCE = Extended(WorkingDays(2), said(WorkingDays(4), "2020-01-07"))
TWICE = Extended(
    WorkingDays(2), [said(WorkingDays(4), "2020-01-07"), said(WorkingDays(9), "2020-01-08", "2020-01-10", "no answer")]
)
DUE = {2: at("2020-01-08 16:30"), 4: at("2020-01-10 16:30"), 9: at("2020-01-17 16:30")}


class TestWhichHolds:
    @pytest.mark.parametrize(
        ("day", "days"),
        [
            ("2020-01-06", 2),
            ("2020-01-07", 4),  # at the end of the day on which it was said
            ("2020-01-08", 9),
            ("2020-01-09", 9),
            ("2020-01-10", 4),  # taken back: the one before it holds again
            ("2021-01-01", 4),
            (None, 4),
        ],
    )
    def test_the_last_one_that_was_known_and_not_taken_back(self, day, days):
        known = day and date.fromisoformat(day)
        assert TWICE.as_known_on(known).due(MONDAY, CLOCK) == DUE[days]
        assert CLOCK.deadline(TWICE, MONDAY).as_known_on(known).due == DUE[days]
        assert TWICE.as_known_on(known).now == WorkingDays(days)

    def test_none_when_all_are_taken_back(self):
        limit = Extended(WorkingDays(2), said(WorkingDays(4), "2020-01-07", "2020-01-07"))
        for day in (None, date(2020, 1, 7), date(2020, 1, 6)):
            assert limit.as_known_on(day).due(MONDAY, CLOCK) == DUE[2]

    def test_of_two_of_one_day_the_one_that_is_given_last(self):
        several = [said(WorkingDays(9), "2020-01-07"), said(WorkingDays(4), "2020-01-07")]
        assert Extended(WorkingDays(2), several).due(MONDAY, CLOCK) == DUE[4]
        assert Extended(WorkingDays(2), several[::-1]).due(MONDAY, CLOCK) == DUE[9]

    def test_whatever_order_they_are_given_in(self):
        assert Extended(WorkingDays(2), TWICE.extensions[::-1]) == TWICE

    def test_an_extension_may_shorten_and_be_of_another_kind(self):
        limit = Extended(WorkingDays(9), said(Hours(3), "2020-01-07"))
        assert limit.due(MONDAY, CLOCK) == at("2020-01-06 13:00")
        assert limit.remaining(MONDAY, at("2020-01-06 12:00"), CLOCK) == WorkTime(hours=1)

    def test_a_deadline_is_known_with_the_calendar_of_the_day(self):
        limit = Extended(WorkingDays(1), said(WorkingDays(2), "2020-03-20"))
        deadline = CLOCK.deadline(limit, at("2020-04-10 10:00"))
        assert deadline.as_known_on(date(2020, 3, 16)).due == at("2020-04-16 16:30"), "before Songkran was put off"
        assert deadline.as_known_on(date(2020, 3, 19)).due == at("2020-04-13 16:30")
        assert deadline.as_known_on(date(2020, 3, 20)).due == deadline.due == at("2020-04-14 16:30")

    def test_inside_other_limits_each_is_known_as_it_was(self):
        joined = (ONCE | Hours(1)) & Period(days=30)
        assert joined.as_known_on(date(2020, 1, 6)).due(MONDAY, CLOCK) == DUE[2]
        assert joined.as_known_on(date(2020, 1, 7)).due(MONDAY, CLOCK) == DUE[4]
        nested = Extended(ONCE, said(WorkingDays(9), "2020-01-09"))
        for day, days in (("2020-01-06", 2), ("2020-01-08", 4), ("2020-01-09", 9)):
            assert nested.as_known_on(date.fromisoformat(day)).due(MONDAY, CLOCK) == DUE[days]
        extended_by_an_extended = Extended(WorkingDays(2), said(ONCE, "2020-01-06"))
        assert extended_by_an_extended.as_known_on(date(2020, 1, 6)).due(MONDAY, CLOCK) == DUE[2]
        assert extended_by_an_extended.due(MONDAY, CLOCK) == DUE[4]

    def test_a_limit_that_is_not_extended_was_always_known(self):
        for limit in (WorkingDays(2), Hours(48), Before(MONDAY, 1)):
            assert limit.as_known_on(date(2000, 1, 1)) is limit

    def test_a_pause_stops_the_clock_of_the_limit_that_holds(self):
        pause = (at("2020-01-06 12:00"), at("2020-01-06 20:00"))
        hours = Extended(WorkingDays(2), said(Hours(10), "2020-01-06"))
        assert hours.due(MONDAY, CLOCK, pauses=[pause]) == at("2020-01-07 04:00")
        assert ONCE.due(MONDAY, CLOCK, pauses=[pause]) == at("2020-01-13 13:00")


class TestWhatIsTold:
    def test_the_limit_that_holds_and_instead_of_which(self):
        assert str(TWICE) == "4 working days, extended from 2 working days"
        assert TWICE.words.th == "4 วันทำการ (ขยายจาก 2 วันทำการ)"
        assert str(TWICE.as_known_on(date(2020, 1, 6))) == "2 working days"
        assert str(CLOCK.deadline(ONCE, MONDAY)) == (
            "4 working days, extended from 2 working days from 2020-01-06 10:00: due 2020-01-10 16:30"
        )

    def test_every_extension_with_its_reason_and_when_it_was_taken_back(self):
        told = CLOCK.deadline(TWICE, MONDAY).explain(MONDAY)
        assert str(told).splitlines()[:4] == [
            "4 working days, extended from 2 working days from 2020-01-06 10:00: due 2020-01-10 16:30",
            "extended on 2020-01-07 to 4 working days: consult a third party [memo 7/2563]",
            "extended on 2020-01-08 to 9 working days: no answer [memo 7/2563], withdrawn on 2020-01-10",
            "2020-01-06 Mon  the day of the start, not counted",
        ]
        assert told.said("th").splitlines()[1:3] == [
            "ขยายเมื่อ 7 ม.ค. 2563 เป็น 4 วันทำการ: consult a third party [memo 7/2563]",
            "ขยายเมื่อ 8 ม.ค. 2563 เป็น 9 วันทำการ: no answer [memo 7/2563] ยกเลิกเมื่อ 10 ม.ค. 2563",
        ]
        assert [one.nth for one in told.days] == [0, 1, 2, 3, 4]

    def test_on_an_earlier_day_nothing_that_came_later(self):
        deadline = CLOCK.deadline(TWICE, MONDAY)
        lines = {
            day: [line for line in str(deadline.as_known_on(day).explain(MONDAY)).splitlines() if "extended on" in line]
            for day in (date(2020, 1, 6), date(2020, 1, 7), date(2020, 1, 9), date(2020, 1, 10))
        }
        first = "extended on 2020-01-07 to 4 working days: consult a third party [memo 7/2563]"
        second = "extended on 2020-01-08 to 9 working days: no answer [memo 7/2563]"
        assert list(lines.values()) == [
            [],
            [first],
            [first, second],
            [first, f"{second}, withdrawn on 2020-01-10"],
        ]


class TestValues:
    def test_it_is_a_value(self):
        again = pickle.loads(pickle.dumps(TWICE))  # noqa: S301 - our own
        assert (again, hash(again), again.due(MONDAY, CLOCK)) == (TWICE, hash(TWICE), DUE[4])
        assert len({TWICE, ONCE, TWICE.as_known_on(date(2020, 1, 6)), WorkingDays(2)}) == 4
        assert Extended(WorkingDays(2)) == Extended(WorkingDays(2), [])
        assert Extended(WorkingDays(2)).due(MONDAY, CLOCK) == DUE[2]

    def test_it_shows_itself(self):
        assert repr(ONCE) == (
            "Extended(limit=WorkingDays(days=2), extensions=(Extension(limit=WorkingDays(days=4), "
            "reason='consult a third party', source='memo 7/2563', announced=datetime.date(2020, 1, 7), "
            "withdrawn=None),))"
        )
        assert repr(ONCE.as_known_on(date(2020, 1, 6))).endswith(", known_on=datetime.date(2020, 1, 6))")

    def test_it_keeps_the_order_of_the_limit_that_holds(self):
        assert ONCE.in_order
        assert LaterOf([ONCE, Hours(1)]).in_order

    @pytest.mark.parametrize(
        ("make", "error", "words"),
        [
            (lambda: said(WorkTime(hours=1), "2020-01-07"), TypeError, "is no limit; give one, such as WorkingDays"),
            (
                lambda: said(WorkingDays(4), "2020-01-07", reason=" "),
                AmountError,
                "without a reason or a source; say why",
            ),
            (lambda: said(WorkingDays(4), "2020-01-07", reason=None), AmountError, "without a reason or a source"),
            (
                lambda: said(WorkingDays(4), "2020-01-07", "2020-01-06"),
                AmountError,
                "is withdrawn on 2020-01-06, before",
            ),
            (
                lambda: Extension(WorkingDays(4), reason="r", source="s", announced="2020-01-07"),
                CalendarError,
                "2020-01-07",
            ),
            (
                lambda: Extension(WorkingDays(4), reason="r", source="s", announced=datetime(2020, 1, 7)),
                CalendarError,
                "2020-01-07",
            ),
            (lambda: Extended(WorkTime(hours=1)), TypeError, "is no limit; give one, such as WorkingDays"),
            (lambda: Extended(WorkingDays(2), WorkingDays(4)), TypeError, "are no extensions; give some, such as "),
            (lambda: Extended(WorkingDays(2), [WorkingDays(4)]), TypeError, "are no extensions; give some"),
            (lambda: ONCE.as_known_on("2020-01-06"), CalendarError, "2020-01-06"),
        ],
    )
    def test_what_says_too_little_is_refused_with_the_way_out(self, make, error, words):
        with pytest.raises(error, match=words):
            make()
