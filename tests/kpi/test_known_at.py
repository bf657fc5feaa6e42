"""Reports as they were printed: what had been recorded and announced at a moment, and what changed since."""

from datetime import date

import pytest
from attrs import evolve
from small_indicators import RATE, composite, indicator, plan
from small_office import CLOCK, JANUARY, YEAR, at, bins, trace

from docflow import Closure, Entry, Event, Letter, OfficeCalendar, Record, WorkClock, WorkingDays, WorkTime, reached
from docflow.bangkok import INCOMING_EXTERNAL_LETTER, office_clock
from docflow.errors import NaiveDatetimeError, RecordError
from docflow.kpi import Context, Duration, LimitBy, differences, observe, read, time_spent
from docflow.kpi.knowledge import as_announced, as_recorded
from docflow.kpi.outcomes import evaluate
from docflow.worktime import Extended, Extension

WATCH = Duration("T", start=reached("came"), stop=reached("went"))
IN_TIME = WATCH.within(WorkingDays(3))
PRINTED = at("01-31 12:00")


def record(number, *steps):
    """Steps are state, moment, and when it was written down if that was later."""
    return Record(
        number, [Event(state, at(text), recorded=at(*late) if late else None) for state, text, *late in steps]
    )


LATE = record("late", ("came", "01-06 09:00"), ("went", "01-07 09:00", "02-03 09:00"))
NEW = record("new", ("came", "01-06 09:00", "02-03 09:00"))


class TestRecords:
    def test_lose_what_was_recorded_later(self):
        then = as_recorded(LATE, PRINTED)
        assert [event.state for event in then.history] == ["came"]
        assert as_recorded(LATE, at("02-03 09:00")) is LATE, "to the moment itself"
        assert as_recorded(NEW, PRINTED) is None
        assert as_recorded(Record("empty", []), PRINTED) is None

    def test_keep_what_else_is_known(self):
        one = evolve(LATE, attributes={"kind": "road"}, wanted_by=at("03-01 09:00"))
        then = as_recorded(one, PRINTED)
        assert (then.attributes, then.wanted_by, then.number) == ({"kind": "road"}, at("03-01 09:00"), "late")

    def test_without_a_time_of_recording_were_written_as_things_happened(self):
        one = trace("1", ("came", "01-06 09:00"), ("went", "02-07 09:00"))
        assert len(as_recorded(one, PRINTED).history) == 1

    def test_written_before_they_happened_are_known_and_not_seen_yet(self):
        planned = Record("1", [Event("came", at("01-06 09:00")), Event("went", at("02-10 09:00"), recorded=PRINTED)])
        result = WATCH.read([planned], CLOCK, known_at=PRINTED)
        assert len(result.observations[0].record.history) == 2
        assert bins(result) == {"unfinished": ["1"]}

    def test_that_are_cases_are_told_as_their_log_told_then(self):
        case = INCOMING_EXTERNAL_LETTER.open(Letter(number="1/2563"), at=at("01-06 09:00"))
        case = case.apply("hand_over", at=at("01-06 14:00"))
        corrected = case.correct(
            {1: Entry("hand_over", at("01-06 10:00"))},
            by="Somying",
            why="read 10.00 as 14.00",
            recorded=at("02-03 09:00"),
        )
        took = Duration("T", start=reached("registered"), stop=reached("taken_over"))
        assert took.read([corrected], CLOCK).value == 60
        assert took.read([corrected], CLOCK, known_at=PRINTED).value == 300
        assert as_recorded(corrected, PRINTED) == case
        assert as_recorded(corrected, at("02-03 09:00")) is corrected
        assert as_recorded(corrected, at("01-05 09:00")) is None


class TestReading:
    def test_sees_up_to_the_moment_of_printing_unless_said_otherwise(self):
        result = IN_TIME.read([LATE, NEW], CLOCK, known_at=PRINTED)
        assert (result.context.known_at, result.context.as_of) == (PRINTED, PRINTED)
        assert bins(result) == {"late": ["late"]}
        before = IN_TIME.read([LATE, NEW], CLOCK, as_of=at("01-07 12:00"), known_at=PRINTED)
        assert bins(before) == {"running": ["late"]}
        today = IN_TIME.read([LATE, NEW], CLOCK, as_of=at("01-07 12:00"))
        assert (bins(today), today.context.known_at) == ({"counted": ["late"], "running": ["new"]}, None)

    def test_of_several_measures_knows_the_same(self):
        found = read([LATE, NEW], CLOCK, measures={"mean": WATCH, "rate": IN_TIME}, window=JANUARY, known_at=PRINTED)
        assert {name: bins(one) for name, one in found.items()} == {
            "mean": {"unfinished": ["late"]},
            "rate": {"late": ["late"]},
        }

    def test_of_one_record_knows_the_same(self):
        context = Context(CLOCK, known_at=PRINTED)
        assert observe(LATE, context, measure=IN_TIME).bin == "late"
        assert observe(LATE, Context(CLOCK), measure=IN_TIME).bin == "counted"
        with pytest.raises(RecordError, match="record new: nothing had been recorded about it by 2020-01-31 12:00"):
            observe(NEW, context, measure=IN_TIME)

    def test_of_time_spent_knows_the_same(self):
        spent = time_spent([LATE, NEW], CLOCK, stop=reached("went"), known_at=at("01-06 12:00"))
        (way,) = spent.open
        assert (way.total, spent.through, spent.excluded) == (WorkTime(hours=3), (), ())
        assert spent.context.known_at == at("01-06 12:00")

    def test_of_a_moment_without_a_zone_is_refused(self):
        naive = PRINTED.replace(tzinfo=None)
        with pytest.raises(NaiveDatetimeError):
            WATCH.read([LATE], CLOCK, known_at=naive)
        with pytest.raises(NaiveDatetimeError):
            plan(RATE).evaluate({"letters": [LATE]}, as_of=PRINTED, known_at=naive)
        for moments in ({"as_of": naive}, {"known_at": naive}):
            with pytest.raises(NaiveDatetimeError):
                Context(CLOCK, **moments)

    def test_still_refuses_what_no_clock_is(self):
        with pytest.raises(TypeError, match="None is no clock"):
            WATCH.read([LATE], None, known_at=PRINTED)


class TestCalendars:
    closed = Closure(date(2020, 1, 8), reason="flood", source="order 1", announced=date(2020, 2, 1))
    flooded = WorkClock(CLOCK.hours, OfficeCalendar(CLOCK.calendar, days=[closed]), zone=CLOCK.zone)
    case = trace("1", ("came", "01-06 09:00"), ("went", "01-10 09:00"))

    def test_are_those_that_had_been_announced(self):
        assert bins(IN_TIME.read([self.case], self.flooded, known_at=PRINTED)) == {"late": ["1"]}
        assert bins(IN_TIME.read([self.case], self.flooded, as_of=PRINTED)) == {"counted": ["1"]}
        on_the_day = at("02-01 00:00")
        assert bins(IN_TIME.read([self.case], self.flooded, known_at=on_the_day)) == {"counted": ["1"]}

    def test_given_as_of_an_earlier_day_know_no_more(self):
        before = self.flooded.as_known_on(date(2020, 1, 20))
        assert as_announced(before, at("03-01 09:00")) is before
        assert as_announced(before, at("01-20 09:00")) is before
        assert as_announced(before, at("01-19 09:00")).calendar.known_on == date(2020, 1, 19)
        assert as_announced(self.flooded, at("03-01 09:00")).calendar.known_on == date(2020, 3, 1)

    def test_that_keep_no_record_stay_with_what_they_have_read(self):
        assert as_announced(CLOCK, PRINTED) is CLOCK

    def test_of_thailand_are_those_of_the_governments_announcements(self):
        # Songkran 2020 was put off on 17 March: until then the 13th of April was a holiday
        came, went = at("04-09 10:00"), at("04-16 09:00")
        letter = Record("1/2563", [Event("came", came), Event("went", went)])
        promise = WATCH.within(WorkingDays(2))
        early = promise.read([letter], office_clock(), as_of=at("04-16 17:00"), known_at=at("03-16 17:00"))
        assert early.observations == ()
        printed = promise.read([letter], office_clock(known_on=date(2020, 3, 16)), known_at=at("04-16 17:00"))
        today = promise.read([letter], office_clock(), known_at=at("04-16 17:00"))
        assert [str(result.observations[0].due)[:16] for result in (printed, today)] == [
            "2020-04-16 16:30",
            "2020-04-13 16:30",
        ]


class TestLimits:
    extension = Extension(WorkingDays(9), reason="a long file", source="order 2", announced=date(2020, 2, 3))
    promise = WATCH.within(Extended(WorkingDays(3), [extension]))
    case = trace("1", ("came", "01-29 09:00"))

    def test_extended_later_were_not_extended_yet(self):
        seen = {"as_of": at("02-05 09:00")}
        assert bins(self.promise.read([self.case], CLOCK, **seen)) == {"running": ["1"]}
        assert bins(self.promise.read([self.case], CLOCK, **seen, known_at=at("02-02 09:00"))) == {"late": ["1"]}
        assert bins(self.promise.read([self.case], CLOCK, **seen, known_at=at("02-03 09:00"))) == {"running": ["1"]}

    def test_of_each_record_are_read_as_they_were_known(self):
        by = WATCH.within(LimitBy("file", lambda _: self.promise.limit))
        assert bins(by.read([self.case], CLOCK, as_of=at("02-05 09:00"), known_at=at("02-02 09:00"))) == {"late": ["1"]}

    def test_are_read_as_known_on_the_day_up_to_which_records_are_seen_when_that_is_earlier(self):
        context = Context(CLOCK, None, at("01-31 09:00"), known_at=at("02-05 09:00"))
        assert context.known_on == date(2020, 1, 31)
        assert Context(CLOCK).known_on is None
        assert Context(CLOCK, known_at=at("02-05 09:00")).known_on == date(2020, 2, 5)


class TestPlans:
    ours = plan(RATE, composite("M", indicator("T", WATCH)))

    def test_are_reported_as_they_were_printed(self):
        printed = self.ours.evaluate({"letters": [LATE, NEW]}, known_at=PRINTED)
        assert printed == self.ours.evaluate({"letters": [as_recorded(LATE, PRINTED)]}, known_at=PRINTED)
        assert (printed.as_of, printed.known_at) == (PRINTED, PRINTED)
        assert [bins(one.result) for one in printed.all() if one.result] == [
            {"late": ["late"]},
            {"unfinished": ["late"]},
        ]
        assert str(printed).splitlines()[0] == (
            "our plan, 2020-01-01 – 2020-12-31, as of 2020-01-31 12:00, as recorded by 2020-01-31 12:00"
        )
        assert printed["A"].explain().splitlines()[-2:] == [
            "2020-01-01 – 2020-12-31, as of 2020-01-31 12:00, as recorded by 2020-01-31 12:00",
            "late 1",
        ]
        assert "ณ 31 ม.ค. 2563 12.00 น. ตามที่บันทึกไว้ ณ 31 ม.ค. 2563 12.00 น." in printed["A"].explain("th")

    def test_are_known_on_one_clock(self):
        ours = evolve(self.ours, clock=TestCalendars.flooded)
        printed = ours.evaluate({"letters": [LATE]}, as_of=at("01-10 09:00"), known_at=PRINTED)
        assert printed.clock.calendar.known_on == date(2020, 1, 31)
        assert {one.context.clock for one in printed.all()} == {printed.clock}
        assert {one.result.context.clock for one in printed.all() if one.result} == {printed.clock}
        (outcome,) = evaluate(
            {"letters": [TestCalendars.case]},
            TestCalendars.flooded,
            indicators=[RATE],
            year=YEAR,
            as_of=PRINTED,
            known_at=PRINTED,
        )
        assert bins(outcome.result) == {"late": ["1"]}
        assert outcome.context.known_at == PRINTED

    def test_without_a_moment_are_refused(self):
        with pytest.raises(TypeError, match="nobody says up to when the records are seen; give as_of=, or known_at="):
            self.ours.evaluate({"letters": [LATE]})

    def test_say_what_changed_since_they_were_printed(self):
        records = {"letters": [LATE, NEW]}
        printed, today = (self.ours.evaluate(records, as_of=PRINTED, known_at=at) for at in (PRINTED, None))
        assert str(printed["A"].difference(today["A"])) == (
            "0 → 50\n"
            "read with all that is recorded instead of as recorded by 2020-01-31 12:00\n"
            "late: late, due 2020-01-09 17:00 → counted, due 2020-01-09 17:00, because of what was recorded later\n"
            "new: – → late, due 2020-01-09 17:00, because of what was recorded later"
        )


class TestDifferences:
    def test_tell_what_came_after_the_report_from_a_late_entry(self):
        after, later = trace("after", ("came", "02-04 09:00")), at("02-05 09:00")
        one, other = (
            IN_TIME.read([LATE, NEW, after], CLOCK, as_of=later, known_at=known) for known in (PRINTED, later)
        )
        assert {change.number: change.because for change in differences(one, other).changes} == {
            "late": ("of what was recorded later",),
            "new": ("of what was recorded later",),
            "after": ("the record is new",),
        }

    def test_name_what_was_recorded_later_in_either_direction(self):
        printed, today = (IN_TIME.read([LATE, NEW], CLOCK, as_of=PRINTED, known_at=known) for known in (PRINTED, None))
        for one, other in ((printed, today), (today, printed)):
            found = differences(one, other)
            assert {change.number: change.because for change in found.changes} == {
                "late": ("of what was recorded later",),
                "new": ("of what was recorded later",),
            }
        assert differences(today, printed).contexts == (
            "as recorded by 2020-01-31 12:00 instead of with all that is recorded",
        )

    def test_between_two_printed_reports_name_it_too(self):
        one, other = (
            IN_TIME.read([LATE, NEW], CLOCK, as_of=PRINTED, known_at=known) for known in (PRINTED, at("02-03 09:00"))
        )
        assert differences(one, other).contexts == (
            "as recorded by 2020-02-03 09:00 instead of as recorded by 2020-01-31 12:00",
        )
        for pair in ((one, other), (other, one)):
            assert {change.because for change in differences(*pair).changes} == {("of what was recorded later",)}

    def test_tell_a_correction_of_todays_data_from_a_late_entry(self):
        printed = IN_TIME.read([LATE], CLOCK, known_at=PRINTED)
        rewritten = record("late", ("came", "01-06 10:00"), ("went", "01-07 09:00", "02-03 09:00"))
        other = IN_TIME.read([rewritten, trace("more", ("came", "01-20 09:00"))], CLOCK, as_of=PRINTED)
        assert {change.number: change.because for change in differences(printed, other).changes} == {
            "late": ("what is written about it changed",),
            "more": ("the record is new",),
        }
        gone = IN_TIME.read([], CLOCK, as_of=PRINTED)
        assert differences(printed, gone).changes[0].because == ("the record is not there any more",)

    def test_name_the_calendar_that_was_announced_later(self):
        case, clock = TestCalendars.case, TestCalendars.flooded
        printed, today = (IN_TIME.read([case], clock, as_of=PRINTED, known_at=known) for known in (PRINTED, None))
        (change,) = differences(printed, today).changes
        assert change.because == ("of the calendar",)

    def test_name_the_limit_that_was_announced_later(self):
        case, promise = TestLimits.case, TestLimits.promise
        printed, today = (
            promise.read([case], CLOCK, as_of=at("02-05 09:00"), known_at=known) for known in (at("02-02 09:00"), None)
        )
        (change,) = differences(printed, today).changes
        assert change.because == ("of what had been announced",)

    def test_name_a_late_entry_beside_the_moment(self):
        came = record("1", ("came", "01-27 09:00"), ("asked", "01-28 09:00", "02-12 09:00"), ("went", "02-10 09:00"))
        slow = WATCH.read([came], CLOCK, known_at=at("01-29 12:00"))
        (change,) = differences(slow, WATCH.read([came], CLOCK)).changes
        assert change.because == ("of the moment and what was recorded later together",)

    def test_name_all_that_had_to_come_together(self):
        came = record("1", ("came", "01-28 09:00"), ("went", "02-10 09:00", "02-12 09:00"))
        printed = IN_TIME.read([came], CLOCK, as_of=at("01-29 12:00"), known_at=at("01-29 12:00"))
        today = IN_TIME.read([came], CLOCK, as_of=at("02-12 12:00"))
        (change,) = differences(printed, today).changes
        assert change.because == ("of the moment",), "late is late, whoever wrote what"
        slow = WATCH.read([came], CLOCK, known_at=at("01-29 12:00"))
        (change,) = differences(slow, WATCH.read([came], CLOCK)).changes
        assert change.because == ("of the moment",), "nothing was announced, and it happened after the first moment"
