from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from docflow import Closure, OfficeCalendar, OfficeHours, WorkClock, WorkingWeek, WorkTime
from docflow.bangkok import office_clock
from docflow.errors import NaiveDatetimeError, ReversedSpanError
from docflow.worktime import MakeUpDay, Note, OneOffHours, WeeklyHours

BANGKOK = ZoneInfo("Asia/Bangkok")
CLOCK = office_clock()
DOOR = OfficeHours(opens=time(8, 30), closes=time(16, 30), breaks=((time(12), time(13)),))
NIGHT = OfficeHours(opens=time(22), closes=time(6), overnight=True)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def test_each_day_skipped_has_its_reason_and_its_source():
    explanation = CLOCK.explain(at("2019-11-01 16:20"), at("2019-11-06 08:32"))
    assert explanation.elapsed == WorkTime(minutes=12)
    assert [(span.day.day, span.start, span.stop, str(span.elapsed)) for span in explanation.spans] == [
        (1, at("2019-11-01 16:20"), at("2019-11-01 16:30"), "10 min"),
        (6, at("2019-11-06 08:30"), at("2019-11-06 08:32"), "2 min"),
    ]
    summit = "Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi)"
    assert [(skipped.day.day, skipped.reason, skipped.source) for skipped in explanation.skipped] == [
        (2, "Saturday", "ThaiGovernment(area='bangkok')"),
        (3, "Sunday", "ThaiGovernment(area='bangkok')"),
        (4, summit, "Cabinet resolution 15 Oct 2019"),
        (5, summit, "Cabinet resolution 15 Oct 2019"),
    ]
    assert (explanation.start, explanation.stop, explanation.zone) == (
        at("2019-11-01 16:20"),
        at("2019-11-06 08:32"),
        "Asia/Bangkok",
    )
    assert explanation.paused == ()


def test_a_working_day_of_which_nothing_counts_is_explained_too():
    explanation = CLOCK.explain(at("2020-01-06 20:00"), at("2020-01-07 08:42"))
    assert [str(skipped) for skipped in explanation.skipped] == [
        "2020-01-06 Mon  –  nothing of its hours, 08:30–16:30 [the office hours]"
    ]


def test_a_special_day_of_which_nothing_counts_keeps_its_reason():
    morning = OfficeHours(opens=time(8, 30), closes=time(12))
    eve = OneOffHours(date(2020, 4, 10), morning, reason="eve of Songkran", source="order 20/2563")
    office = WorkClock(DOOR, OfficeCalendar(WorkingWeek(), [eve]), zone="Asia/Bangkok")
    skipped = office.explain(at("2020-04-10 13:00"), at("2020-04-10 17:00")).skipped
    assert [(each.reason, each.source) for each in skipped] == [
        ("nothing of its hours, 08:30–12:00: eve of Songkran", "order 20/2563")
    ]


def test_it_prints_a_line_a_span_or_day_in_order():
    office = WorkClock(
        DOOR,
        OfficeCalendar(
            WorkingWeek(),
            [
                Closure(date(2020, 3, 20), reason="flood", source="order 15/2563"),
                MakeUpDay(date(2020, 3, 21), reason="for the flood", source="order 16/2563"),
                OneOffHours(date(2020, 3, 23), NIGHT, reason="the count", source="order 17/2563"),
            ],
        ),
        zone="Asia/Bangkok",
    )
    pauses = [(at("2020-03-21 10:00"), at("2020-03-21 14:00")), (at("2020-03-22 10:00"), at("2020-03-22 11:00"))]
    explanation = office.explain(at("2020-03-19 16:29:30"), at("2020-03-24 09:00:00.5"), pauses=pauses)
    assert str(explanation).splitlines() == [
        "12 h 30 min 30.5 s from 2020-03-19 16:29:30 to 2020-03-24 09:00:00.500000, Asia/Bangkok",
        "2020-03-19 Thu  16:29:30–16:30  30 s",
        "2020-03-20 Fri  –  flood [order 15/2563]",
        "2020-03-21 Sat  08:30–10:00  1 h 30 min  for the flood [order 16/2563]",
        "2020-03-21 Sat  10:00–12:00  paused",
        "2020-03-21 Sat  13:00–14:00  paused",
        "2020-03-21 Sat  14:00–16:30  2 h 30 min  for the flood [order 16/2563]",
        "2020-03-22 Sun  –  Sunday",
        "2020-03-23 Mon  22:00–06:00 (+1)  8 h  the count [order 17/2563]",
        "2020-03-24 Tue  08:30–09:00:00.500000  30 min 0.5 s",
    ]


def test_a_day_that_was_paused_as_a_whole_is_skipped_for_that():
    whole = at("2020-01-06 08:00"), at("2020-01-06 17:00")
    explanation = CLOCK.explain(at("2020-01-06 08:30"), at("2020-01-07 00:00"), pauses=[whole])
    assert explanation.elapsed == WorkTime()
    assert [(skipped.day.day, skipped.reason, skipped.source) for skipped in explanation.skipped] == [
        (6, "paused", "its pauses")
    ]
    assert [(pause.start, pause.stop) for pause in explanation.paused] == [
        (at("2020-01-06 08:30"), at("2020-01-06 16:30"))
    ]
    assert str(explanation).splitlines()[1:] == ["2020-01-06 Mon  08:30–16:30  paused"]


def test_a_moment_explains_its_own_day():
    explanation = CLOCK.explain(at("2020-01-04 10:00"), at("2020-01-04 10:00"))
    assert str(explanation).splitlines() == [
        "0 min from 2020-01-04 10:00 to 2020-01-04 10:00, Asia/Bangkok",
        "2020-01-04 Sat  –  Saturday",
    ]


def test_what_counts_after_midnight_belongs_to_the_shift_that_began_before():
    night = WorkClock(NIGHT, OfficeCalendar(WorkingWeek()), zone="Asia/Bangkok")
    explanation = night.explain(at("2020-03-21 02:00"), at("2020-03-21 12:00"))
    assert str(explanation).splitlines()[1:] == [
        "2020-03-20 Fri  02:00 (+1)–06:00 (+1)  4 h",
        "2020-03-21 Sat  –  Saturday",
    ]


def test_two_reasons_for_one_day_are_both_named():
    class Doubled(WorkingWeek):
        def is_working_day(self, day):
            return day.weekday() != 0

        def notes(self, day):
            return Closure(day, reason="one", source="book"), Closure(day, reason="other", source="book")

    skipped = WorkClock(DOOR, Doubled(), zone="UTC").explain(at("2020-03-23 08:00"), at("2020-03-23 20:00")).skipped
    assert [(each.reason, each.source) for each in skipped] == [("one; other", "book")]


def test_an_explanation_shows_in_one_line():
    explanation = CLOCK.explain(at("2019-11-01 16:20"), at("2019-11-06 08:32"))
    assert repr(explanation) == "<Explanation: 12 min from 2019-11-01 16:20 to 2019-11-06 08:32, Asia/Bangkok>"


def test_what_cannot_be_counted_cannot_be_explained():
    with pytest.raises(ReversedSpanError):
        CLOCK.explain(at("2020-01-07 10:00"), at("2020-01-06 10:00"))
    with pytest.raises(NaiveDatetimeError):
        CLOCK.explain(at("2020-01-06 10:00"), datetime(2020, 1, 7, 10))
    with pytest.raises(ReversedSpanError):
        CLOCK.explain(
            at("2020-01-06 10:00"), at("2020-01-07 10:00"), pauses=[(at("2020-01-06 12:00"), at("2020-01-06 11:00"))]
        )


def test_a_reversed_span_that_cannot_be_explained_is_named():
    start, stop = at("2020-01-07 10:00"), at("2020-01-06 10:00")
    with pytest.raises(ReversedSpanError) as caught:
        CLOCK.explain(start, stop)
    assert (caught.value.start, caught.value.stop) == (start, stop)


def test_a_microsecond_of_a_new_day_is_explained_too():
    sunday, midnight = at("2020-01-05 23:00"), at("2020-01-06 00:00")
    explanation = CLOCK.explain(sunday, midnight)
    assert [skipped.day.day for skipped in explanation.skipped] == [5]
    explanation = CLOCK.explain(sunday, midnight + timedelta(microseconds=1))
    assert [str(skipped) for skipped in explanation.skipped] == [
        "2020-01-05 Sun  –  Sunday",
        "2020-01-06 Mon  –  nothing of its hours, 08:30–16:30 [the office hours]",
    ]


def test_a_working_day_of_which_nothing_counts_is_explained_with_its_own_hours():
    morning, evening = OfficeHours(opens=time(8, 30), closes=time(12)), OfficeHours(opens=time(17), closes=time(20))
    party = OneOffHours(date(2020, 3, 23), morning, reason="party", source="order 61")
    office = WorkClock(WeeklyHours(DOOR, tuesday=evening), OfficeCalendar(WorkingWeek(), [party]), zone="Asia/Bangkok")
    skipped = office.explain(at("2020-03-23 12:00"), at("2020-03-24 17:00")).skipped
    assert [(each.reason, each.source) for each in skipped] == [
        ("nothing of its hours, 08:30–12:00: party", "order 61"),
        ("nothing of its hours, 17:00–20:00", "the office hours"),
    ]


def test_reasons_of_two_sources_name_both_and_one_without_a_source_none():
    class Noted(WorkingWeek):
        def is_working_day(self, day):
            return day.weekday() > 1

        def notes(self, day):
            reasons = {0: [("one", "book"), ("other", "order 1")], 1: [("rest", "")]}[day.weekday()]
            return tuple(Note(reason, source) for reason, source in reasons)

    explanation = WorkClock(DOOR, Noted(), zone="Asia/Bangkok").explain(at("2020-03-23 08:00"), at("2020-03-24 20:00"))
    assert str(explanation).splitlines()[1:] == [
        "2020-03-23 Mon  –  one; other [book; order 1]",
        "2020-03-24 Tue  –  rest",
    ]
