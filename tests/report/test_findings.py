"""What a report finds from its numbers: the answer, what a mean hides, what is far from its target, what is missing."""

from datetime import datetime, time
from fractions import Fraction

from attrs import evolve
from small_indicators import MEAN, NOON, OPEN, QUICK, RATE, SLOW, TIMES, WATCH, composite, indicator, plan
from small_office import CLOCK, YEAR, at, trace

from docflow import OfficeHours, WorkClock, WorkingWeek
from docflow.bangkok import PLAN_2563, WORK_PLANS, year_end
from docflow.files import Fault, RegisterFile
from docflow.kpi import Event, Record, at_least, at_most, reached, time_spent
from docflow.report import Report, WorkDone
from docflow.report.arrivals import arrivals
from docflow.report.blocks import Bins, Fold, Formula, Grid, Line, Picture, Tiles
from docflow.report.durations import distribution, stages
from docflow.report.one_record import telling
from docflow.report.seen import Seen
from docflow.report.words import THAI
from docflow.report.work import work_plans
from docflow.text import Text
from docflow.worktime import WorkingDays

STEPS = WATCH.within(WorkingDays(3))


def report(*indicators, records=(QUICK, SLOW, OPEN), as_of=NOON, **more):
    return Report(result=plan(*indicators).evaluate({"letters": records}, as_of=as_of), **more)


def seen(one, *records, as_of=NOON):
    return Seen(plan(one).evaluate({"letters": records}, as_of=as_of)[one.number])


def glance(found):
    return list(found.sections())[1]


def facts(found):
    return [(one.lead.en, one.words.en) for one in glance(found).blocks if isinstance(one, Line) and one.role == "fact"]


def took(number, minutes):
    """A letter of a Monday that took so many minutes from nine on."""
    return trace(number, ("came", "01-06 09:00"), ("went", f"01-06 {9 + minutes // 60:02}:{minutes % 60:02}"))


class TestTheAnswer:
    def test_is_how_many_of_those_with_a_target_are_met(self):
        met = indicator("M", WATCH.within(WorkingDays(30)), target=at_least(50))
        assert (
            glance(report(RATE, met, evolve(TIMES, target=None))).title.en == "1 of 2 indicators with a target are met"
        )
        two = evolve(met, number="N")
        assert glance(report(RATE, met, two)).title.th == "บรรลุ 2 จาก 3 ตัวชี้วัดที่มีเป้าหมาย"

    def test_says_how_many_have_no_value_yet(self):
        assert (
            glance(report(RATE, records=())).title.en == "0 of 1 indicators with a target is met (1 with no value yet)"
        )

    def test_does_not_count_parts_or_what_has_no_target(self):
        assert glance(report(composite("AB", RATE, evolve(MEAN, target=None)))).title.en == "no indicator has a target"

    def test_has_a_tile_and_a_row_for_each(self):
        blocks = glance(report(composite("AB", RATE, MEAN), TIMES)).blocks
        (tiles,) = (one for one in blocks if isinstance(one, Tiles))
        (table,) = (one for one in blocks if isinstance(one, Grid))
        assert [tile.number for tile in tiles.tiles] == ["AB", "N"]
        assert [(row.cells[0], row.role) for row in table.rows] == [
            ("AB", "whole"),
            ("A", "part"),
            ("T", "part"),
            ("N", "whole"),
        ]


class TestFacts:
    def test_a_mean_says_what_it_hides(self):
        few = [took(f"{n}", 5) for n in range(40)] + [took("long", 400)]
        ((lead, words),) = facts(report(MEAN, records=few))
        assert lead == "T"
        mean = Fraction(40 * 5 + 400, 41)
        assert words == (
            f"The mean is {float(mean):.2f} min, over the target of 12 min; half took 5 min or less, "
            "yet the 1 that took 6 h 40 min or more used 67 % of all time"
        )

    def test_those_that_took_as_long_as_the_last_carrier_carry_too(self):
        equal = [took(f"{n}", 5) for n in range(90)] + [took(f"long {n}", 400) for n in range(6)]
        ((_, words),) = facts(report(MEAN, records=equal))
        assert words.endswith("yet the 6 that took 6 h 40 min or more used 84 % of all time")

    def test_of_what_is_measured_each_time_no_record_is_said_to_carry_the_mean(self):
        again = trace(
            "again",
            *[pair for n in range(6, 10) for pair in (("came", f"01-{n:02} 09:00"), ("went", f"01-{n:02} 16:00"))],
        )
        one = seen(evolve(MEAN, measure=evolve(WATCH, every=True)), again, *(took(f"{n}", 5) for n in range(90)))
        assert one.carried.en == ""

    def test_readings_in_different_units_have_no_range(self):
        ways = {"share": STEPS, "mean": WATCH}
        ((_, words),) = facts(report(indicator("R", WATCH, alternatives=ways)))[:1] or [("", "")]
        assert "all readings give" not in words

    def test_what_misses_its_target_says_by_how_much_and_how_often(self):
        ((lead, words),) = facts(report(RATE))
        assert (lead, words) == ("A", "number A: 50.00 %, 40 percentage points from its target ≥ 90")

    def test_rows_left_out_come_last(self):
        file = RegisterFile(cases=(), faults=(Fault(3, "Received", "unreadable", "is no day", "x"),), notes=(), rows=9)
        found = facts(report(RATE, files={"in.csv": file}))
        assert found[-1] == ("Data", "9 rows were read, 1 of them left out; the end of the report says which and why")

    def test_files_without_rows_are_not_called_complete(self):
        file = RegisterFile(cases=(), faults=(), notes=(), rows=0)
        assert facts(report(RATE, records=(), files={"in.csv": file}))[-1] == (
            "Data",
            "the files that were read have no rows",
        )

    def test_are_three_at_most(self):
        several = [evolve(RATE, number=f"{n}") for n in range(6)]
        assert len(facts(report(*several))) == 3

    def test_are_none_when_there_is_nothing_to_say(self):
        assert facts(report(evolve(RATE, target=None))) == []


class TestAnIndicator:
    def section(self, one, *records, **more):
        return next(each for each in report(one, records=records, **more).sections() if each.kicker.en)

    def test_has_its_formula_filled_in(self):
        blocks = self.section(RATE, QUICK, SLOW, OPEN).blocks
        (formula,) = (one for one in blocks if isinstance(one, Formula))
        assert (formula.over.en, formula.under.en, formula.value.en) == ("1 × 100", "2 records", "50.00 %")
        assert (formula.target, formula.verdict.met) == ("< 90", False)

    def test_has_every_record_in_one_part_of_its_bar(self):
        (bins,) = (one for one in self.section(RATE, QUICK, SLOW, OPEN).blocks if isinstance(one, Bins))
        assert sum(n for _, n in bins.counts) == 3

    def test_that_is_the_mean_of_others_does_not_add_up_their_records(self):
        section = next(each for each in report(composite("AB", RATE, MEAN)).sections() if each.kicker.en)
        assert not [one for one in section.blocks if isinstance(one, Bins)]

    def test_the_numbers_of_a_column_have_as_many_decimals_as_each_other(self):
        later = trace("later", ("came", "02-03 09:00"), ("went", "02-03 09:05:30"))
        section = self.section(MEAN, SLOW, later, as_of=at("03-01 09:00"))
        (picture, *_) = (one for one in section.blocks if isinstance(one, Picture))
        assert [row.cells[2] for row in picture.numbers.rows] == ["1,920.00", "5.50", "962.75"]

    def test_names_what_is_late_and_says_why_day_by_day(self):
        (fold,) = (one for one in self.section(RATE, QUICK, SLOW).blocks if isinstance(one, Fold))
        assert fold.summary.en == "1 late, the most overdue first"
        table, told = fold.blocks
        assert table.rows[0].cells[0] == "slow"
        assert told.words.en.splitlines()[-1] == "stopped 2020-01-09 17:01: late, but by no office time yet"
        assert told.words.th.splitlines()[1].endswith("ครบกำหนด 9 ม.ค. 2563 17.00 น.")

    def test_names_what_is_due_next(self):
        (fold,) = (one for one in self.section(RATE, QUICK, OPEN).blocks if isinstance(one, Fold))
        assert fold.summary.en == "1 still open and in time, the next due first"
        assert fold.blocks[0].rows[0].cells[0] == "open"

    def test_explains_what_it_leaves_out_in_the_language_of_the_edition(self):
        stranger = trace("strange", ("went", "01-06 09:00"))
        lines = [one.words for one in self.section(RATE, QUICK, stranger).blocks if isinstance(one, Line)]
        assert Text("ไม่นับในตัวชี้วัดนี้ 1 รายการ: ยังไม่ถึง came", "excluded 1: had not reached came") in lines

    def test_that_all_readings_say_the_same_is_a_line_and_no_picture(self):
        ways = WATCH.under({"three": WorkingDays(3), "four": WorkingDays(4)})
        blocks = self.section(indicator("R", ways["three"], alternatives=ways), QUICK).blocks
        assert "all 2 readings say the same: three, four" in [one.words.en for one in blocks if isinstance(one, Line)]
        assert not [one for one in blocks if isinstance(one, Picture)]

    def test_readings_of_one_value_that_disagree_on_records_are_not_said_to_be_the_same(self):
        one = trace("one", ("came", "01-06 09:00"), ("read", "01-07 09:00"), ("went", "01-20 09:00"))
        other = trace("other", ("came", "01-06 09:00"), ("went", "01-07 09:00"), ("read", "01-20 09:00"))
        ways = {"went": STEPS, "read": evolve(STEPS, stop=reached("read"))}
        blocks = self.section(indicator("R", STEPS, alternatives=ways), one, other).blocks
        assert not [each for each in blocks if isinstance(each, Line) and "readings say the same" in each.words.en]
        (picture,) = (each for each in blocks if isinstance(each, Picture) and "readings" in each.name)
        assert picture.title.en == "2 ways to count; the verdict on 2 records depends on them"

    def test_what_is_late_is_told_by_the_clock_on_the_office_s_wall(self):
        came, went = (datetime.fromisoformat(f"2020-01-{day}:00+00:00") for day in ("06T02:00", "20T02:00"))
        blocks = self.section(RATE, Record("far", [Event("came", came), Event("went", went)])).blocks
        (fold,) = (one for one in blocks if isinstance(one, Fold))
        assert [cell.en for cell in fold.blocks[0].rows[0].cells[1:4]] == [
            "6 Jan 2020 09:00",
            "9 Jan 2020 17:00",
            "20 Jan 2020 09:00",
        ]

    def test_readings_that_differ_are_drawn_side_by_side(self):
        ways = WATCH.under({"three": WorkingDays(3), "thirty": WorkingDays(30)})
        (picture,) = [
            one
            for one in self.section(indicator("R", ways["three"], alternatives=ways), QUICK, SLOW).blocks
            if isinstance(one, Picture)
        ]
        assert picture.title.en == "The 2 ways to count differ by up to 50 percentage points"
        assert [(value, decides) for _, value, _, decides in picture.drawing.rows] == [(50, True), (100, False)]

    def test_its_months_say_in_how_many_the_target_was_missed(self):
        later = trace("later", ("came", "02-03 09:00"), ("went", "02-03 09:05"))
        pictures = [
            one for one in self.section(MEAN, SLOW, later, as_of=at("03-01 09:00")).blocks if isinstance(one, Picture)
        ]
        assert pictures[0].title.en == "Not met (≤ 12) in 1 of 2 months"
        assert pictures[0].drawing.values == (Fraction(4 * 8 * 60), Fraction(5))


class TestDurations:
    def test_a_histogram_holds_every_measured_record_once(self):
        one = seen(MEAN, *(took(f"{n}", n) for n in range(1, 100)), OPEN)
        drawing = distribution(one).drawing
        assert sum(drawing.counts) + sum(n for _, n in drawing.beyond) == 99
        bars = [sum(n // drawing.width == bar for n in range(1, 100)) for bar in range(len(drawing.counts))]
        assert list(drawing.counts) == bars

    def test_few_records_are_no_distribution(self):
        assert distribution(seen(MEAN, QUICK, SLOW)) is None

    def test_the_stages_add_up_as_time_spent_has_them(self):
        ways = [
            trace(
                f"{n}",
                ("came", "01-06 09:00"),
                ("read", f"01-06 1{n % 4}:30"),
                ("noted", f"01-07 1{n % 5}:15"),
                ("went", f"01-08 1{n % 6}:00"),
            )
            for n in range(12)
        ]
        one = seen(indicator("A", STEPS), *ways)
        spent = time_spent(ways, CLOCK, window=YEAR, as_of=NOON, start=reached("came"), stop=reached("went"))
        drawn = {words.en: minutes for words, minutes in stages(one).drawing.rows}
        assert drawn == {state: float(mean) for state, mean in spent.mean_minutes_by_stage().items()}
        assert list(drawn) == ["came", "read", "noted"]

    def test_a_long_procedure_has_no_more_bars_than_there_is_room_for(self):
        one = seen(
            MEAN,
            *(
                trace(f"{n}", ("came", "01-06 09:00"), ("went", f"0{2 + n % 7}-{1 + n % 28:02} 12:00"))
                for n in range(60)
            ),
            as_of=at("12-01 12:00"),
        )
        drawing = distribution(one).drawing
        assert len(drawing.counts) <= 30
        assert sum(drawing.counts) + sum(n for _, n in drawing.beyond) == 60


class TestArrivals:
    def test_are_counted_by_the_day_and_hour_on_the_wall(self):
        moments = [at(f"01-{6 + n % 7:02} {8 + n % 9:02}:30") for n in range(63)]
        section = arrivals(moments, CLOCK)
        heat = section.blocks[0].drawing
        for day, counts in enumerate(heat.counts):
            for n, count in enumerate(counts):
                hour = heat.start + n
                assert count == sum(one.weekday() == day and hour <= one.hour + 0.5 < hour + 1 for one in moments)
        outside = sum(one.weekday() > 4 or not 9 <= one.hour + 0.5 < 17 for one in moments)
        assert section.blocks[1].words.en.startswith(f"{outside} of 63 came while the office was closed")

    def test_an_office_that_works_at_night_is_open_before_and_after_midnight(self):
        night = WorkClock(
            OfficeHours(opens=time(22), closes=time(6), overnight=True), WorkingWeek(), zone="Asia/Bangkok"
        )
        heat = arrivals([at(f"01-{6 + n % 7:02} 23:00") for n in range(63)], night).blocks[0].drawing
        assert heat.opens == (((22.0, 24.0),), *[((0.0, 6.0), (22.0, 24.0))] * 4, ((0.0, 6.0),), ())

    def test_hours_begin_when_the_office_opens_to_the_minute(self):
        odd = WorkClock(OfficeHours(opens=time(8, 20), closes=time(16, 20)), WorkingWeek(), zone="Asia/Bangkok")
        heat = arrivals([at("01-06 16:20")] * 15 + [at("01-06 08:19")] * 15, odd).blocks[0].drawing
        assert (heat.counts[0][0], heat.counts[0][-1], len(heat.counts[0])) == (15, 15, 10)
        assert THAI.hour(heat.start) == "07.20"

    def test_of_few_records_are_no_pattern(self):
        assert arrivals([at("01-06 09:00")] * 29, CLOCK) is None


class TestOneRecord:
    def test_is_one_over_closed_days_with_the_reason_of_each(self):
        over = trace("over", ("came", "01-10 15:00"), ("read", "01-13 10:00"), ("went", "01-14 11:00"))
        found = report(indicator("A", STEPS, target=at_most(12)), records=(QUICK, over))
        section = next(each for each in found.sections() if each.anchor == "one-record")
        drawing = section.blocks[0].drawing
        assert section.title.en == "Number over"
        assert {one.day.day: one.closed and one.closed.en for one in drawing.days if one.closed} == {
            11: "Saturday",
            12: "Sunday",
        }
        assert [(words.en, moment.hour) for _, moment, words in drawing.events] == [
            ("came", 15),
            ("read", 10),
            ("went", 11),
        ]
        assert (
            sum((span.stop - span.start).total_seconds() for day in drawing.days for _, span in day.stays) == 12 * 3600
        )

    def test_is_told_by_the_clock_on_the_office_s_wall_without_its_pauses(self):
        utc = [
            ("came", "2020-01-10T08:00+00:00"),
            ("held", "2020-01-13T02:00+00:00"),
            ("read", "2020-01-13T06:00+00:00"),
            ("went", "2020-01-14T04:00+00:00"),
        ]
        over = Record("over", [Event(state, datetime.fromisoformat(moment)) for state, moment in utc])
        waits = evolve(STEPS, pausing=("held",))
        section = next(
            one for one in report(indicator("A", waits), records=(over,)).sections() if one.anchor == "one-record"
        )
        assert (
            section.blocks[0].title.en
            == "It took 8 h of office time over 4 days of the calendar, in time: it was due 16 Jan 2020 13:00"
        )
        assert section.blocks[0].numbers.rows[0].cells[0].en == "10 Jan 2020 15:00"

    def test_of_a_night_lies_on_the_day_of_its_shift(self):
        night = WorkClock(
            OfficeHours(opens=time(22), closes=time(6), overnight=True), WorkingWeek(), zone="Asia/Bangkok"
        )
        over = trace("over", ("came", "01-08 03:00"), ("went", "01-09 02:00"))
        made = evolve(plan(indicator("A", STEPS)), clock=night)
        found = Report(result=made.evaluate({"letters": [over]}, as_of=NOON))
        section = next(one for one in found.sections() if one.anchor == "one-record")
        assert [day.day for day, _, _ in section.blocks[0].drawing.events] == [7, 8]

    def test_is_none_without_a_promise(self):
        assert telling([seen(MEAN, QUICK, SLOW)]) is None


class TestWorkPlans:
    def done(self, lacks):
        made = PLAN_2563.evaluate({}, as_of=year_end(PLAN_2563.clock))
        one = WorkDone.of(WORK_PLANS[1], [], made)
        return evolve(one, earned={month: points - lacks for month, points in one.plan.planned().items()})

    def test_that_lack_what_nobody_can_see_are_not_behind(self):
        (_, picture) = work_plans([self.done(Fraction(1, 100))]).blocks
        assert picture.title.en.endswith("not behind in any month")

    def test_that_are_behind_say_in_how_many_months_and_by_how_much(self):
        (_, picture) = work_plans([self.done(Fraction(3, 2))]).blocks
        assert picture.title.en.endswith("behind in 12 of 12 months, by 1.50 percentage points at most")
        assert picture.title.th.endswith("ช้ากว่าแผนใน 12 จาก 12 เดือน มากที่สุด 1.50 จุดร้อยละ")
