"""What changed from one outcome to another and why, record by record."""

from datetime import UTC, date, time
from fractions import Fraction

import pytest
from small_indicators import (
    BACK,
    MEAN,
    NOON,
    OLD,
    OPEN,
    OUTSIDE,
    QUICK,
    RATE,
    SCORED,
    SLOW,
    STRANGE,
    WATCH,
    composite,
    indicator,
    outcome,
)
from small_office import CLOCK, JANUARY, YEAR, at, reported, response, trace

from docflow import (
    Duration,
    Entry,
    Hours,
    Letter,
    OfficeHours,
    Transition,
    Window,
    WorkClock,
    Workflow,
    WorkingDays,
    WorkingWeek,
)
from docflow.bangkok import office_clock
from docflow.errors import PlanError
from docflow.kpi import (
    WANTED,
    Bin,
    Event,
    Proportion,
    Record,
    Reported,
    differences,
    reached,
)
from docflow.kpi.outcomes import evaluate


class TestDifferences:
    in_time = WATCH.within(WorkingDays(3))

    def read(self, *records, measure=None, clock=CLOCK, window=None, as_of=NOON):
        return (measure or self.in_time).read(records, clock, window=window, as_of=as_of)

    def test_of_the_same_are_none(self):
        same = differences(self.read(QUICK), self.read(QUICK))
        assert (same.before, same.after, same.contexts, same.changes) == (100, 100, (), ())
        assert str(same) == "100 → 100"

    def test_a_later_moment_makes_what_was_open_late(self):
        opened = trace("1", ("came", "01-06 10:00"))
        change = differences(self.read(opened, QUICK, as_of=at("01-07 12:00")), self.read(opened, QUICK))
        assert str(change) == (
            "100 → 50\n"
            "read as of 2020-01-31 12:00 instead of 2020-01-07 12:00\n"
            "1: running, due 2020-01-09 17:00 → late, due 2020-01-09 17:00, because of the moment"
        )
        (moved,) = change.changes
        assert (moved.number, moved.before.bin, moved.after.bin, moved.because) == (
            "1", Bin.RUNNING, Bin.LATE, ("of the moment",),
        )  # fmt: skip  # a table

    def test_no_moment_is_said_as_such(self):
        change = differences(self.read(as_of=None), self.read(QUICK, as_of=None))
        assert str(change).splitlines()[:2] == [
            "– → 100",
            "read as of 2020-01-06 09:10 instead of no moment, which moved nothing",
        ]
        assert differences(self.read(QUICK, as_of=None), self.read(as_of=None)).contexts == (
            "as of no moment instead of 2020-01-06 09:10",
        )

    def test_what_became_known_of_the_holidays(self):
        # Songkran 2020 was put off on 17 March: Monday 13 to Wednesday 15 April became working days.
        before, after = office_clock(known_on=date(2020, 3, 16)), office_clock()
        case = trace("1", ("came", "2020-04-10 10:00"), ("went", "2020-04-17 09:00"))
        change = differences(self.read(case, clock=before, as_of=None), self.read(case, clock=after, as_of=None))
        assert str(change) == (
            "100 → 0\n"
            "read on another calendar: ThaiGovernment(area='bangkok')\n"
            "1: counted, due 2020-04-20 16:30 → late, due 2020-04-15 16:30, because of the calendar"
        )
        back = differences(self.read(case, clock=after, as_of=None), self.read(case, clock=before, as_of=None))
        assert (back.before, back.after, back.changes[0].because) == (0, 100, ("of the calendar",))

    def test_other_hours_are_another_clock_and_not_another_calendar(self):
        longer = WorkClock(OfficeHours(opens=time(9), closes=time(18)), WorkingWeek(), zone="Asia/Bangkok")
        change = differences(self.read(SLOW), self.read(SLOW, clock=longer))
        assert change.contexts == (f"on another clock: {longer}",)
        assert str(change.changes[0]) == (
            "slow: late, due 2020-01-09 17:00 → counted, due 2020-01-09 18:00, because of the clock"
        )

    def test_another_reading(self):
        thursday = trace("1", ("came", "01-06 09:00"), ("went", "01-09 09:00"))
        change = differences(self.read(thursday), self.read(thursday, measure=WATCH.within(Hours(24))))
        assert str(change) == (
            "100 → 0\n"
            "read as T: from came to went, within 24 hours instead of T: from came to went, within 3 working days\n"
            "1: counted, due 2020-01-09 17:00 → late, due 2020-01-07 09:00, because of the reading"
        )

    def test_another_window(self):
        change = differences(self.read(QUICK, OLD, window=YEAR), self.read(QUICK, OLD, window=JANUARY))
        assert change.contexts == ("through the window 2020-01-01 – 2020-01-31 instead of 2020-01-01 – 2020-12-31",)
        (moved,) = change.changes
        assert str(moved) == (
            "old: excluded (started outside 2020-01-01 – 2020-12-31) → "
            "excluded (started outside 2020-01-01 – 2020-01-31), because of the window"
        )

        february = Window(date(2020, 2, 1), date(2020, 2, 29))
        (moved,) = differences(self.read(QUICK, window=JANUARY), self.read(QUICK, window=february)).changes
        assert (moved.before.bin, moved.after.bin, moved.because) == (Bin.COUNTED, Bin.EXCLUDED, ("of the window",))

    def test_a_changed_record(self):
        corrected = trace("quick", ("came", "01-06 09:00"), ("went", "01-06 09:40"))
        change = differences(self.read(QUICK, SLOW, measure=WATCH), self.read(corrected, SLOW, measure=WATCH))
        # Slow took 9:00 to 17:00 four times, which is 1920 minutes: (10 + 1920) / 2, then (40 + 1920) / 2.
        assert (
            str(change)
            == "965 → 980\nquick: counted, 10 min → counted, 40 min, because what is written about it changed"
        )

    def test_a_new_and_a_gone_record(self):
        change = differences(self.read(QUICK), self.read(SLOW))
        assert str(change) == (
            "100 → 0\n"
            "quick: counted, due 2020-01-09 17:00 → –, because the record is not there any more\n"
            "slow: – → late, due 2020-01-09 17:00, because the record is new"
        )

    def test_an_unfinished_record_says_what_it_has_used_up(self):
        change = differences(self.read(measure=WATCH), self.read(OPEN, measure=WATCH))
        assert str(change.changes[0]) == "open: – → unfinished, 3 h 30 min, because the record is new"

    def test_a_cause_that_is_enough_alone_is_named_alone(self):
        opened = trace("1", ("came", "01-06 10:00"))
        written = trace("1", ("came", "01-03 10:00"))
        change = differences(self.read(opened, as_of=at("01-08 18:00")), self.read(written))
        # Due on Thursday the 9th; as of the 31st it is late, but only what came on the 3rd was due on the 8th.
        assert change.changes[0].because == ("what is written about it changed",)
        assert str(change).endswith("because what is written about it changed")

    def test_what_was_written_and_has_come_since_is_named_with_the_moment(self):
        # The old record had not gone by the later moment either, and of the new one that was not to be seen before.
        old = trace("1", ("came", "01-06 10:00"))
        new = trace("1", ("came", "01-06 10:00"), ("went", "01-09 16:00"))
        change = differences(self.read(old, as_of=at("01-07 12:00")), self.read(new, as_of=at("01-09 16:30")))
        assert str(change).splitlines()[-1] == (
            "1: running, due 2020-01-09 17:00 → counted, due 2020-01-09 17:00, "
            "because of the moment and what is written about it together"
        )

    def test_of_everything_that_differs_only_the_cause_is_named(self):
        longer = WorkClock(OfficeHours(opens=time(9), closes=time(18)), WorkingWeek(), zone="Asia/Bangkok")
        case = trace("1", ("came", "01-06 10:00"), ("went", "01-08 10:00"))
        waits = Proportion("T", start=reached("came"), stop=reached("went"), waits=True)
        as_well = Proportion("T too", start=reached("came"), stop=reached("went"), waits=True)
        before = self.read(case, measure=waits, window=JANUARY, as_of=at("01-07 12:00"))
        change = differences(before, self.read(case, measure=as_well, clock=longer, window=YEAR))
        assert len(change.contexts) == 4
        assert change.changes[0].because == ("of the moment",)
        whole = Window(date(2019, 12, 1), date(2020, 12, 31))
        before = self.read(OLD, measure=waits, window=JANUARY, as_of=at("01-07 12:00"))
        change = differences(before, self.read(OLD, measure=as_well, clock=longer, window=whole))
        assert change.changes[0].because == ("of the window",)

    def test_contexts_that_only_do_it_together_are_named_without_the_record(self):
        # Returned after it went: only a reading that minds, at a moment that has seen it, calls it missed.
        case = trace("1", ("came", "01-06 10:00"), ("went", "01-07 10:00"), ("returned", "01-20 10:00"))
        lenient = Proportion("T", start=reached("came"), stop=reached("went"))
        strict = Proportion("T", start=reached("came"), stop=reached("went"), fails_if=reached("returned"))
        before = self.read(case, measure=lenient, as_of=at("01-10 12:00"))
        change = differences(before, self.read(case, measure=strict))
        assert str(change).splitlines()[-1] == (
            "1: counted → missed (had reached returned), because of the reading and the moment together"
        )

    def test_records_of_one_number_are_compared_in_order(self):
        twice = [trace("7", ("came", "01-06 09:00"), ("went", day)) for day in ("01-06 10:00", "01-20 10:00")]
        change = differences(
            self.read(*twice), self.read(twice[0], trace("7", *[("came", "01-06 09:00"), ("went", "01-07 09:00")]))
        )
        assert [str(one) for one in change.changes] == [
            "7: late, due 2020-01-09 17:00 → counted, due 2020-01-09 17:00, because what is written about it changed"
        ]
        fewer = differences(self.read(*twice), self.read(twice[0]))
        assert [(one.number, one.after) for one in fewer.changes] == [("7", None)]

    def test_records_of_one_number_that_stayed_the_same_are_found_wherever_they_stand(self):
        late, early = (trace("7", ("came", "01-06 09:00"), ("went", day)) for day in ("01-20 10:00", "01-06 10:00"))
        assert differences(self.read(late, early), self.read(early, late)).changes == ()
        (gone,) = differences(self.read(late, early), self.read(early)).changes
        assert (gone.before.record, gone.after) == (late, None)

    def test_changes_stand_in_the_order_of_the_first_records_and_then_in_that_of_the_new_ones(self):
        def opened(number):
            return trace(number, ("came", "01-06 09:00"))

        change = differences(self.read(QUICK, BACK), self.read(opened("back"), opened("quick")))
        assert [one.number for one in change.changes] == ["quick", "back"]
        # Of the two numbered quick the third is the one that was there; the second and the first are new.
        change = differences(self.read(QUICK), self.read(OPEN, opened("quick"), QUICK))
        assert [(one.number, one.before) for one in change.changes] == [("open", None), ("quick", None)]

    def test_what_is_read_again_in_another_zone_is_no_change(self):
        utc = Record("quick", tuple(Event(step.state, step.at.astimezone(UTC)) for step in QUICK.history))
        for measure in (WATCH, self.in_time):
            assert differences(self.read(QUICK, measure=measure), self.read(utc, measure=measure)).changes == ()

    def test_scores_and_reported_values_are_part_of_what_is_written(self):
        score, value = SCORED.measure, OUTSIDE.measure
        pairs = [
            (score, response("1", "01-06 09:00", a=4), response("1", "01-06 09:00", a=5), "4 → 5"),
            (
                value,
                reported("X", "01-06 09:00", Fraction(1, 3)),
                reported("X", "01-06 09:00", Fraction(7)),
                "0.33 → 7",
            ),
        ]
        for measure, one, other, said in pairs:
            change = differences(self.read(one, measure=measure), self.read(other, measure=measure))
            assert str(change).splitlines()[0] == said
            assert [each.because for each in change.changes] == [("what is written about it changed",)]

    @pytest.mark.parametrize(
        "other", [{"value": Fraction(4)}, {"unit": "points"}, {"target": Fraction(2)}, {"source": "the office"}]
    )
    def test_whatever_is_reported_with_a_value_is_part_of_it(self, other):
        before = {"value": Fraction(7, 2), "unit": "%", "target": Fraction(1), "source": "the treasury"}
        one, two = (
            self.read(reported("X", "01-06 09:00", **said), measure=OUTSIDE.measure)
            for said in (before, before | other)
        )
        (change,) = differences(one, two).changes
        after = "4" if "value" in other else "3.50"
        assert str(change) == f"X: counted, 3.50 → counted, {after}, because what is written about it changed"

    def test_a_reason_alone_is_a_change(self):
        unknown, known = STRANGE, trace("strange", ("came", "2019-12-30 09:00"))
        change = differences(self.read(unknown, window=JANUARY), self.read(known, window=JANUARY))
        assert str(change.changes[0]).startswith("strange: excluded (had not reached came) → excluded (started outside")

    def test_outcomes_of_one_indicator_are_compared(self):
        change = outcome(RATE, QUICK).difference(outcome(RATE, QUICK, SLOW))
        assert str(change).splitlines()[0] == "100 → 50"
        with pytest.raises(PlanError) as refused:
            outcome(RATE).difference(outcome(MEAN))
        assert str(refused.value) == "A: cannot be compared with T; compare outcomes of one indicator"

    def test_a_composites_difference_is_that_of_its_parts(self):
        both = composite("AB", RATE, MEAN)
        one, other = (
            evaluate({"letters": letters}, CLOCK, indicators=[both], year=YEAR, as_of=as_of)[0]
            for letters, as_of in (([QUICK], NOON), ([QUICK, BACK], at("02-03 12:00")))
        )
        change = one.difference(other)
        # The means of 100 and 10, and then of 50 and 10.
        assert str(change).splitlines() == [
            "55 → 30",
            "read as of 2020-02-03 12:00 instead of 2020-01-31 12:00, which moved nothing",
            "A: 100 → 50",
            "read as of 2020-02-03 12:00 instead of 2020-01-31 12:00, which moved nothing",
            "back: – → missed (had reached returned), due 2020-01-10 17:00, because the record is new",
            "T: 10 → 10",
            "read as of 2020-02-03 12:00 instead of 2020-01-31 12:00, which moved nothing",
            # From Tuesday the 7th, 9:00, to Monday 3 February, noon: 19 days of eight hours, and three hours.
            "back: – → unfinished, 155 h, because the record is new",
        ]
        assert [change.number for change in change.changes] == ["back", "back"]
        with pytest.raises(PlanError, match="compare outcomes of one indicator"):
            one.difference(evaluate({}, CLOCK, indicators=[composite("AB", RATE)], year=YEAR, as_of=NOON)[0])

    def test_a_measure_that_was_a_composite_before_is_compared_by_its_parts(self):
        before, after = composite("AB", RATE), indicator("AB", RATE.measure, parts=(RATE,))
        records = {"letters": [QUICK]}, {"letters": [QUICK, SLOW]}
        one, other = (
            evaluate(some, CLOCK, indicators=[each], year=YEAR, as_of=NOON)[0]
            for each, some in zip((before, after), records, strict=True)
        )
        for here, there, said in ((one, other, "100 → 50"), (other, one, "50 → 100")):
            change = here.difference(there)
            assert str(change).splitlines()[0] == said
            assert [each.number for each in change.changes] == ["slow"]


def test_of_many_records_with_one_number_equal_ones_are_paired_in_their_order():
    values = [reported("2.1", "01-06 09:00", Fraction(n % 2)) for n in range(6)]
    measure = Reported("2.1", at=reached("reported"))
    before, after = (measure.read(some, CLOCK) for some in (values, values[::-1][1:]))
    gone = [change for change in differences(before, after).changes if change.after is None]
    assert len(gone) == 1


PERMIT = Workflow(
    "permit",
    initial="came",
    transitions=(Transition("check", "came", "checked"), Transition("send", "checked", "went")),
)


class TestCorrections:
    promise = WATCH.within(WorkingDays(3))
    written = (
        PERMIT.open(Letter(number="1/2563"), at=at("01-06 09:00"))
        .apply("check", at=at("01-07 10:00"))
        .apply("send", at=at("01-13 10:00"))
    )
    right = written.correct(
        {2: Entry("send", at("01-09 15:00"))}, by="Somsri", why="the post book says so", recorded=at("01-20 11:00")
    )
    said = "record 2: send 2020-01-09 15:00, by Somsri, because the post book says so"

    def read(self, case, **more):
        return self.promise.read([case], CLOCK, **more)

    def test_say_who_corrected_what_and_why(self):
        found = differences(self.read(self.written, as_of=NOON), self.read(self.right, as_of=NOON))
        assert str(found) == (
            "0 → 100\n"
            "1/2563: late, due 2020-01-09 17:00 → counted, due 2020-01-09 17:00, "
            "because what is written about it changed\n"
            f"  written 2020-01-20 11:00: {self.said}"
        )
        assert found.changes[0].corrections == (self.right.log[3],)
        assert "\n" not in repr(found.changes[0])

    def test_are_those_written_between_two_moments_in_either_direction(self):
        again = self.right.correct(
            {1: Entry("check", at("01-07 11:00"))}, by="Ann", why="a slip", recorded=at("01-27 09:00")
        )
        before, after, later = (
            self.read(again, known_at=at(day), as_of=NOON) for day in ("01-19 12:00", "01-20 12:00", "01-28 12:00")
        )
        (change,) = differences(before, after).changes
        assert (change.because, change.corrections) == (("of what was recorded later",), (again.log[3],))
        (change,) = differences(before, later).changes
        assert change.corrections == tuple(again.log[3:])
        (change,) = differences(later, before).changes
        assert change.corrections == tuple(again.log[3:])
        assert str(change).splitlines()[1] == f"  written 2020-01-20 11:00, not known to the second: {self.said}"
        assert differences(after, later).changes == ()

    def test_of_the_letters_own_data_are_said_too(self):
        wanted = Proportion("W", start=reached("came"), stop=reached("went"), limit=WANTED)
        case = PERMIT.open(Letter(number="1/2563", wanted_by=at("01-08 12:00")), at=at("01-06 09:00"))
        amended = case.amend(by="Ann", why="the sender called", recorded=at("01-07 09:00"), wanted_by=at("02-10 12:00"))
        (change,) = differences(*(wanted.read([each], CLOCK, as_of=NOON) for each in (case, amended))).changes
        assert change.corrections == (amended.log[1],)
        assert str(change).endswith("by Ann, because the sender called")

    def test_of_two_that_were_written_apart_both_are_said(self):
        other = self.written.correct({2: None}, by="Ann", why="it was not sent", recorded=at("01-21 09:00"))
        (change,) = differences(self.read(self.right, as_of=NOON), self.read(other, as_of=NOON)).changes
        assert change.corrections == (self.right.log[3], other.log[3])

    def test_that_have_no_part_in_it_are_not_said(self):
        case = PERMIT.open(Letter(number="1/2563"), at=at("01-06 09:00"))
        case = case.apply("check", at=at("01-07 10:00"))
        other = case.correct({1: Entry("check", at("01-07 11:00"))}, by="Ann", why="a slip", recorded=at("01-08 09:00"))
        (change,) = differences(self.read(case, as_of=at("01-08 12:00")), self.read(other, as_of=NOON)).changes
        assert (change.because, change.corrections) == (("of the moment",), ())

    def test_a_later_step_is_no_correction(self):
        opened = PERMIT.open(Letter(number="1/2563"), at=at("01-06 09:00"))
        sent = opened.apply("check", at=at("01-07 10:00")).apply("send", at=at("01-08 10:00"))
        (change,) = differences(self.read(opened, as_of=NOON), self.read(sent, as_of=NOON)).changes
        assert (change.because, change.corrections) == (("what is written about it changed",), ())

    def test_a_record_has_none(self):
        other = trace("quick", ("came", "01-06 09:00"))
        (change,) = differences(*(self.read(each, as_of=NOON) for each in (QUICK, other))).changes
        assert change.corrections == ()


class TestCausesTogether:
    """Of what makes a change only together, nothing is named without which it would come about too."""

    late = Record("1", [Event("came", at("01-06 10:00")), Event("went", at("01-09 16:00"), recorded=at("01-20 09:00"))])

    @pytest.mark.parametrize("window", [JANUARY, YEAR, None])
    def test_what_has_no_part_is_not_named(self, window):
        longer = WorkClock(OfficeHours(opens=time(9), closes=time(18)), WorkingWeek(), zone="Asia/Bangkok")
        first = WATCH.within(WorkingDays(3)).read([self.late], CLOCK, window=JANUARY, known_at=at("01-08 12:00"))
        second = WATCH.within(WorkingDays(3)).read([self.late], longer, window=window, known_at=at("01-20 12:00"))
        # Counted, and due at six: the clock and the moment are needed; the window is not, and nothing was entered late.
        found = differences(first, second)
        assert [change.because for change in found.changes] == [("of the clock and the moment together",)]
        assert [words.split(" ")[0] for words in found.idle] == ([] if window == JANUARY else ["through"])
        assert str(found).count("which moved nothing") == len(found.idle)

    def test_what_moved_nothing_says_so_of_all_parts_or_not_at_all(self):
        both = composite("AB", RATE, MEAN)
        opened = trace("1", ("came", "01-06 10:00"))
        one, other = (
            evaluate({"letters": [QUICK, opened]}, CLOCK, indicators=[both], year=YEAR, as_of=as_of)[0]
            for as_of in (at("01-07 12:00"), NOON)
        )
        found = one.difference(other)
        assert found.contexts == ("as of 2020-01-31 12:00 instead of 2020-01-07 12:00",)
        assert found.idle == ()
        done = (
            evaluate({"letters": [QUICK]}, CLOCK, indicators=[both], year=YEAR, as_of=as_of)[0]
            for as_of in (at("01-07 12:00"), NOON)
        )
        assert next(done).difference(next(done)).idle == found.contexts


def test_many_changes_are_counted_by_what_moved_them_and_the_first_are_told():
    letters = [trace(f"{n}", ("came", "01-06 09:00")) for n in range(25)]
    letters += [trace("done", ("came", "01-06 09:00"), ("went", "01-07 09:00"))]
    promise = Duration("p", start=reached("came"), stop=reached("went")).within(WorkingDays(2))
    early, late = (promise.read(letters, CLOCK, as_of=at(moment)) for moment in ("01-06 10:00", "01-31 12:00"))
    found = differences(early, late)
    assert found.moves == {"running → late, because of the moment": 25, "running → counted, because of the moment": 1}
    lines = str(found).splitlines()
    assert lines[2:4] == [
        "25 × running → late, because of the moment",
        "1 × running → counted, because of the moment",
    ]
    assert (len(lines), lines[-1]) == (25, "… and 6 more: all are in its changes")
