"""Indicators and plans: what came out, what they say of it line by line, and what changed and why."""

import pickle
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from attrs import evolve, fields
from small_office import BANGKOK, CLOCK, JANUARY, YEAR, at, bins, names, reported, response, trace

from docflow import Hours, OfficeHours, Stopwatch, Window, WorkClock, WorkingDays, WorkingWeek
from docflow.bangkok import PLAN_2563, office_clock, plan_of, year_end
from docflow.errors import NaiveDatetimeError, PlanError
from docflow.kpi import (
    WANTED,
    Bin,
    Composite,
    Count,
    Direction,
    Event,
    External,
    Indicator,
    Kind,
    Moment,
    Plan,
    Proportion,
    Reported,
    Response,
    Score,
    Staged,
    StepProgress,
    Target,
    Text,
    Trace,
    WorkPlan,
    WorkStep,
    at_least,
    at_most,
    differences,
    each_month,
    holding,
    reached,
    standing,
)
from docflow.kpi.differences import Change, Difference
from docflow.kpi.words import BINS, REASONS, UNITS, figure

WATCH = Stopwatch("T", start=reached("came"), stop=reached("went"))
NOON = at("01-31 12:00")
QUICK = trace("quick", ("came", "01-06 09:00"), ("went", "01-06 09:10"))
SLOW = trace("slow", ("came", "01-06 09:00"), ("went", "01-09 17:01"))
OPEN = trace("open", ("came", "01-30 16:30"))
STRANGE = trace("strange", ("went", "01-06 09:00"))
BACK = trace("back", ("came", "01-07 09:00"), ("returned", "01-07 10:00"))
OLD = trace("old", ("came", "2019-12-30 09:00"))


def indicator(number, measure, of="letters", **more):
    return Indicator(number=number, title=Text(f"ที่ {number}", f"number {number}"), of=of, measure=measure, **more)


def composite(number, *parts, **more):
    return Indicator(number=number, title=Text("รวม", "together"), measure=Composite(), parts=parts, **more)


RATE = indicator(
    "A",
    WATCH.within(WorkingDays(3), unless=reached("returned")),
    formula=Text("ทันเวลา × 100 / ทั้งหมด", "in time × 100 / all"),
    target=at_least(90),
)
MEAN = indicator("T", WATCH, formula=Text("T = ΣT / N", "T = ΣT / N"), target=at_most(12))
READ_TWICE = indicator("R", WATCH.under({"days": WorkingDays(3), "hours": Hours(24)}, official="days"))
TIMES = indicator("N", Count(Proportion("N", of=reached("came"), hit=reached("went"))), target=at_least(12))
SCORED = indicator("S", Score("S", of=reached("answered")), of="answers", target=at_least(4))
OUTSIDE = indicator("X", External("X", of=reached("reported")), of="values")
WORDS = {
    "came": Text("รับเรื่อง", "received"),
    "went": Text("ส่งออก", "sent out"),
    "kept": Text("เก็บ", "filed"),
    "told": Text("แจ้ง", "told"),
    "A": Text("กลุ่ม ก", "group A"),
}


def outcome(indicator, *records, as_of=NOON, clock=CLOCK, year=YEAR):
    return indicator.evaluate({indicator.of: records}, clock, year=year, as_of=as_of)


def plan(*indicators, **more):
    return Plan(title=Text("แผน", "our plan"), year=YEAR, clock=CLOCK, indicators=indicators, **more)


class TestTargets:
    @pytest.mark.parametrize(
        ("target", "value", "met"),
        [
            (at_least(90), 90, True),
            (at_least(90), Fraction(8999, 100), False),
            (at_least(90), 91, True),
            (at_most(12), 12, True),
            (at_most(12), Fraction(1201, 100), False),
            (at_most(12), 11, True),
            (at_most(12), None, None),
            (at_least(90), None, None),
        ],
    )
    def test_are_met_from_the_value_on(self, target, value, met):
        assert target.met(value) is met

    def test_are_exact_values(self):
        assert at_least(95) == Target(Fraction(95), Direction.AT_LEAST)
        assert at_most(Fraction(25, 2)) == Target(Fraction(25, 2), Direction.AT_MOST)
        assert (type(at_least(95).value), type(at_most(12).value)) == (Fraction, Fraction)

    def test_words_are_in_thai_or_in_english(self):
        words = Text("หนังสือ", "letter")
        assert (words.said("th"), words.said("en")) == ("หนังสือ", "letter")
        with pytest.raises(PlanError) as refused:
            words.said("de")
        assert str(refused.value) == 'letter: no words are kept in the language \'de\'; ask for "th" or "en"'


class TestOutcomes:
    def test_a_rate_has_numerator_denominator_value_and_verdict(self):
        found = outcome(RATE, QUICK, SLOW, OPEN, STRANGE, BACK, OLD)
        assert (found.numerator, found.denominator, found.value) == (100, 3, Fraction(100, 3))
        assert (found.met, found.target, found.counted_in) == (False, at_least(90), "%")
        assert bins(found) == {
            "counted": ["quick"],
            "late": ["slow"],
            "missed": ["back"],
            "running": ["open"],
            "excluded": ["strange", "old"],
        }
        assert (found.readings, found.parts) == (None, ())

    def test_met_is_unknown_without_a_value_or_a_target(self):
        assert outcome(RATE).met is None
        assert outcome(READ_TWICE, QUICK).met is None
        assert (outcome(RATE, QUICK).met, outcome(MEAN, QUICK).met) == (True, True)

    def test_looks_through_the_months_of_its_own_window(self):
        narrow = indicator("A", WATCH, months=(2, 3))
        february = trace("2", ("came", "02-03 09:00"), ("went", "02-03 09:05"))
        found = outcome(narrow, QUICK, february, as_of=at("04-01 12:00"))
        assert found.window == Window(date(2020, 2, 1), date(2020, 3, 31))
        assert bins(found) == {"counted": ["2"], "excluded": ["quick"]}
        assert outcome(MEAN, QUICK).window == YEAR

    def test_records_that_are_not_there_are_as_good_as_none(self):
        found = RATE.evaluate({"others": [QUICK]}, CLOCK, year=YEAR, as_of=NOON)
        assert (found.value, found.denominator, bins(found)) == (None, 0, {})

    def test_records_may_come_once(self):
        found = READ_TWICE.evaluate({"letters": iter([QUICK])}, CLOCK, year=YEAR, as_of=NOON)
        assert [len(result.places) for result in found.readings.results.values()] == [1, 1]

    def test_the_official_reading_is_its_result(self):
        found = outcome(READ_TWICE, QUICK, SLOW)
        assert found.result is found.readings.results["days"]
        assert (found.value, found.readings.results["hours"].value) == (50, 50)

    def test_by_month_keeps_window_moment_and_readings(self):
        february = trace("2", ("came", "02-03 09:00"), ("went", "02-03 09:05"))
        found = outcome(READ_TWICE, february, QUICK, STRANGE, as_of=at("03-02 12:00"))
        months = found.by_month()
        assert list(months) == ["2020-01", "2020-02"]
        assert names(months["2020-01"].bins[Bin.COUNTED]) == ["quick"]
        assert all(
            (one.window, one.as_of, one.indicator) == (YEAR, at("03-02 12:00"), READ_TWICE) for one in months.values()
        )
        assert [names(one.places) for one in months["2020-02"].readings.results.values()] == [["2"], ["2"]]
        assert {month: one.readings for month, one in outcome(MEAN, QUICK).by_month().items()} == {"2020-01": None}

    def test_a_target_may_come_with_the_value(self):
        value = reported("X", "01-06 09:00", Fraction(4), target=Fraction(5), unit="points")
        found = outcome(OUTSIDE, value)
        assert (found.target, found.met, found.counted_in) == (at_least(5), False, "points")
        own = indicator("X", External("X", of=reached("reported")), of="values", target=at_least(3))
        assert (outcome(own, value).target, outcome(own, value).met) == (at_least(3), True), "the plan's own goes first"
        assert outcome(OUTSIDE, reported("X", "01-06 09:00", Fraction(4))).target is None
        assert outcome(OUTSIDE).target is None


class TestComposites:
    halves = composite("AB", RATE, SCORED, target=at_least(50))

    def evaluate(self, letters=(), answers=(), as_of=NOON):
        return self.halves.evaluate({"letters": letters, "answers": answers}, CLOCK, year=YEAR, as_of=as_of)

    def test_are_the_mean_of_their_parts(self):
        found = self.evaluate([QUICK, SLOW], [response("1", "01-06 09:00", a=5)])
        assert (found.numerator, found.denominator, found.value) == (55, 2, Fraction(55, 2))
        assert (found.result, found.readings, found.met, found.counted_in) == (None, None, False, "")
        assert [part.value for part in found.parts] == [50, 5]

    @pytest.mark.parametrize(
        ("letters", "answers"), [([QUICK], []), ([], [response("1", "01-06 09:00", a=5)]), ([], [])]
    )
    def test_have_no_value_while_a_part_has_none(self, letters, answers):
        found = self.evaluate(letters, answers)
        assert (found.numerator, found.denominator, found.value, found.met) == (None, 2, None, None)

    def test_of_nothing_but_zeroes_are_zero_and_not_unknown(self):
        zero = composite("AB", RATE, indicator("B", RATE.measure))
        found = zero.evaluate({"letters": [SLOW]}, CLOCK, year=YEAR, as_of=NOON)
        assert (found.numerator, found.value) == (0, 0)

    def test_hold_the_records_of_their_parts(self):
        found = self.evaluate([QUICK, STRANGE], [response("1", "01-06 09:00", a=5)])
        assert bins(found) == {"counted": ["quick", "1"], "excluded": ["strange"]}
        assert list(found.bins) == list(Bin)

    def test_by_month_need_all_their_parts(self):
        february = trace("2", ("came", "02-03 09:00"), ("went", "02-03 09:05"))
        answers = [response("1", "02-03 09:00", a=4), response("2", "03-03 09:00", a=4)]
        months = self.evaluate([QUICK, february], answers, as_of=at("04-01 12:00")).by_month()
        assert {month: one.value for month, one in months.items()} == {"2020-02": 52}
        assert (months["2020-02"].window, months["2020-02"].as_of) == (YEAR, at("04-01 12:00"))
        assert months["2020-02"].indicator is self.halves
        assert [part.value for part in months["2020-02"].parts] == [100, 4]

    def test_months_follow_the_calendar(self):
        months = range(1, 13)
        letters = [trace(str(n), ("came", f"{n:02}-03 09:00"), ("went", f"{n:02}-03 09:05")) for n in reversed(months)]
        answers = [response(str(n), f"{n:02}-03 09:00", a=4) for n in months]
        found = self.evaluate(letters, answers, as_of=at("12-31 12:00")).by_month()
        assert list(found) == [f"2020-{n:02}" for n in months]

    def test_parts_beside_a_measure_do_not_change_it(self):
        both = indicator("A", RATE.measure, parts=(MEAN,))
        found = outcome(both, QUICK)
        assert (found.value, [part.value for part in found.parts]) == (100, [10])
        assert found.by_month()["2020-01"].parts == ()


class TestDefinitions:
    def test_a_composite_reads_no_records(self):
        for made in (
            lambda: composite("AB", RATE, of="letters"),
            lambda: Indicator(number="AB", title=Text("", ""), measure=WATCH),
        ):
            with pytest.raises(PlanError) as refused:
                made()
            assert str(refused.value) == (
                "AB: a composite reads no records, and any other measure says which; give `of`, or take it away"
            )

    def test_a_composite_has_parts(self):
        with pytest.raises(PlanError) as refused:
            composite("AB")
        assert str(refused.value) == "AB: is the mean of nothing; give it parts"

    def test_are_given_by_name_and_read_as_number_and_title(self):
        with pytest.raises(TypeError):
            Indicator("A", Text("", ""), "letters", WATCH)
        assert str(RATE) == "A number A"

    def test_take_parts_from_anywhere(self):
        assert composite("AB", *[RATE, MEAN]).parts == (RATE, MEAN)
        listed = Indicator(number="AB", title=Text("", ""), measure=Composite(), parts=iter([RATE, MEAN]))
        assert listed.parts == (RATE, MEAN)


class TestExplanations:
    def test_a_rate_shows_every_bin_and_every_reason(self):
        found = outcome(RATE, QUICK, SLOW, OPEN, STRANGE, BACK, OLD)
        assert found.explain().splitlines() == [
            "A number A",
            "in time × 100 / all",
            "1 × 100 / 3 = 33.33 %",
            "target ≥ 90 %: not met",
            "2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "counted 1 · late 1 · missed 1 · running 1 · excluded 2",
            "  missed 1: had reached returned",
            "  excluded 1: had not reached came",
            "  excluded 1: started outside 2020-01-01 – 2020-12-31",
        ]
        assert found.explain("th").splitlines() == [
            "A ที่ A",
            "ทันเวลา × 100 / ทั้งหมด",
            "1 × 100 / 3 = 33.33 %",
            "เป้าหมาย ≥ 90 %: ไม่บรรลุ",
            "1 ม.ค. 2563 – 31 ธ.ค. 2563 ณ 31 ม.ค. 2563 12.00 น.",
            "นับ 1 · ล่าช้า 1 · ไม่ผ่าน 1 · ยังไม่ครบกำหนด 1 · ไม่นับในตัวชี้วัดนี้ 2",
            "  ไม่ผ่าน 1: เคยถึง returned",
            "  ไม่นับในตัวชี้วัดนี้ 1: ยังไม่ถึง came",
            "  ไม่นับในตัวชี้วัดนี้ 1: เริ่มนับนอกช่วง 1 ม.ค. 2563 – 31 ธ.ค. 2563",
        ]

    def test_a_mean_shows_the_sum_and_the_number(self):
        # 10 minutes, and 3 × 8 hours and no more (17:00 closes) = 1440 minutes: 1450 / 2 = 725.
        wait = trace("wait", ("came", "01-31 11:59"))
        found = outcome(MEAN, QUICK, trace("days", ("came", "01-06 17:00"), ("went", "01-09 17:00")), wait)
        assert found.explain().splitlines() == [
            "T number T",
            "T = ΣT / N",
            "1,450 / 2 = 725.00 min",
            "target ≤ 12 min: not met",
            "2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "counted 2 · unfinished 1",
        ]
        assert found.explain("th").splitlines() == [
            "T ที่ T",
            "T = ΣT / N",
            "1,450 / 2 = 725.00 นาที",
            "เป้าหมาย ≤ 12 นาที: ไม่บรรลุ",
            "1 ม.ค. 2563 – 31 ธ.ค. 2563 ณ 31 ม.ค. 2563 12.00 น.",
            "นับ 2 · ยังไม่แล้วเสร็จ 1",
        ]

    def test_a_mean_that_fails_by_little_does_not_look_as_if_it_were_met(self):
        # Twelve minutes 999 times, thirteen once: 12.001.
        letters = [QUICK.__class__(str(n), (QUICK.history[0], Event("went", at("01-06 09:12")))) for n in range(999)]
        letters.append(trace("1000", ("came", "01-06 09:00"), ("went", "01-06 09:13")))
        lines = outcome(MEAN, *letters).explain().splitlines()
        assert lines[2:4] == ["12,001 / 1,000 = 12.001 min", "target ≤ 12 min: not met"]
        assert lines[5] == "counted 1,000"

    def test_a_mean_without_a_target_is_told_from_nothing(self):
        # One minute 999 times and two minutes once: 1.001.
        letters = [trace(str(n), ("came", "01-06 09:00"), ("went", "01-06 09:01")) for n in range(999)]
        letters.append(trace("999", ("came", "01-06 09:00"), ("went", "01-06 09:02")))
        assert outcome(indicator("T", WATCH), *letters).explain().splitlines()[1] == "1,001 / 1,000 = 1.00 min"

    def test_only_of_percent_is_a_hundred_all(self):
        # A hundred minutes 249 times and 99 minutes once: 24,999 / 250 = 99.996.
        letters = [trace(str(n), ("came", "01-06 09:00"), ("went", "01-06 10:40")) for n in range(249)]
        letters.append(trace("249", ("came", "01-06 09:00"), ("went", "01-06 10:39")))
        assert outcome(indicator("T", WATCH), *letters).explain().splitlines()[1] == "24,999 / 250 = 100.00 min"

    def test_nothing_says_so(self):
        assert outcome(MEAN).explain().splitlines()[2:] == [
            "0 / 0 = – min",
            "target ≤ 12 min: no value yet",
            "2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "no records",
        ]
        assert outcome(MEAN).explain("th").splitlines()[2:] == [
            "0 / 0 = – นาที",
            "เป้าหมาย ≤ 12 นาที: ยังไม่มีค่า",
            "1 ม.ค. 2563 – 31 ธ.ค. 2563 ณ 31 ม.ค. 2563 12.00 น.",
            "ไม่มีรายการ",
        ]

    def test_readings_show_what_hangs_on_them(self):
        # Monday 9:00 to Thursday 9:00: within three working days, and not within 24 hours.
        thursday = trace("thursday", ("came", "01-06 09:00"), ("went", "01-09 09:00"))
        found = outcome(READ_TWICE, QUICK, thursday)
        assert found.explain().splitlines() == [
            "R number R",
            "2 × 100 / 2 = 100.00 %",
            "2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "counted 2",
            "read as days: 100.00 ★ official",
            "read as hours: 50.00",
            "1 records whose bin depends on the reading",
        ]
        assert found.explain("th").splitlines()[4:] == [
            "วิธีนับ days: 100.00 ★ ใช้ตัดสิน",
            "วิธีนับ hours: 50.00",
            "1 รายการที่ผลต่างกันตามวิธีนับ",
        ]

    def test_a_count_is_not_divided(self):
        assert outcome(TIMES, QUICK, SLOW, OPEN).explain().splitlines() == [
            "N number N",
            "2 times",
            "target ≥ 12 times: not met",
            "2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "counted 2 · missed 1",
            "  missed 1: had not reached went",
        ]
        assert outcome(TIMES, QUICK, SLOW, OPEN).explain("th").splitlines() == [
            "N ที่ N",
            "2 ครั้ง",
            "เป้าหมาย ≥ 12 ครั้ง: ไม่บรรลุ",
            "1 ม.ค. 2563 – 31 ธ.ค. 2563 ณ 31 ม.ค. 2563 12.00 น.",
            "นับ 2 · ไม่ผ่าน 1",
            "  ไม่ผ่าน 1: ยังไม่ถึง went",
        ]

    def test_scores_show_the_mean_of_each_item(self):
        answers = [
            response("1", "01-06 09:00", a=5, b=2),
            response("2", "01-06 09:00", a=4, b=2),
            Response("3", (), scores=()),
        ]
        assert outcome(SCORED, *answers).explain().splitlines() == [
            "S number S",
            "(4.50 + 2.00) / 2 = 3.25 points",
            "target ≥ 4 points: not met",
            "2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "counted 2 · excluded 1",
            "  excluded 1: had not reached answered",
        ]
        assert outcome(SCORED, *answers).explain("th").splitlines()[1:3] == [
            "(4.50 + 2.00) / 2 = 3.25 คะแนน",
            "เป้าหมาย ≥ 4 คะแนน: ไม่บรรลุ",
        ]

    def test_of_many_items_the_first_twelve_are_shown(self):
        for items, shown in ((12, " + ".join(["5.00"] * 12)), (13, " + ".join([*["5.00"] * 12, "…"]))):
            answers = [response("1", "01-06 09:00", **{f"item{n}": 5 for n in range(items)})]
            assert outcome(SCORED, *answers).explain().splitlines()[1] == f"({shown}) / {items} = 5.00 points"

    def test_a_value_from_outside_says_who_reported_it_and_when(self):
        value = reported("X", "01-06 09:00", Fraction("93.85"), unit="%", target=Fraction(92), source="the treasury")
        other = reported("Y", "01-06 09:00", Fraction(1))
        earlier = reported("X", "01-05 09:00", Fraction(1))
        assert outcome(OUTSIDE, earlier, value, other).explain().splitlines() == [
            "X number X",
            "93.85 %",
            "source the treasury, reported 2020-01-06",
            "target ≥ 92 %: met",
            "2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "counted 1 · excluded 2",
            "  excluded 1: was replaced by a later value",
            "  excluded 1: is of another indicator",
        ]
        assert outcome(OUTSIDE, earlier, value, other).explain("th").splitlines() == [
            "X ที่ X",
            "93.85 %",
            "ที่มา the treasury วันที่ 6 ม.ค. 2563",
            "เป้าหมาย ≥ 92 %: บรรลุ",
            "1 ม.ค. 2563 – 31 ธ.ค. 2563 ณ 31 ม.ค. 2563 12.00 น.",
            "นับ 1 · ไม่นับในตัวชี้วัดนี้ 2",
            "  ไม่นับในตัวชี้วัดนี้ 1: มีค่าที่รายงานภายหลัง",
            "  ไม่นับในตัวชี้วัดนี้ 1: เป็นค่าของตัวชี้วัดอื่น",
        ]

    def test_a_value_that_nobody_has_reported_is_none(self):
        assert outcome(OUTSIDE).explain().splitlines() == [
            "X number X",
            "– = –",
            "2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "no records",
        ]

    def test_a_level_has_no_unit_but_its_name(self):
        for unit, said in (("level", ("4 level", "4 ระดับ")), ("", ("4", "4")), ("points", ("4 points", "4 คะแนน"))):
            found = outcome(OUTSIDE, reported("X", "01-06 09:00", Fraction(4), unit=unit))
            assert (found.explain().splitlines()[1], found.explain("th").splitlines()[1]) == said

    def test_a_composite_shows_its_parts_below_it(self):
        both = composite("AB", indicator("A", WATCH.within(Hours(1))), SCORED, target=at_least(50))
        records = {"letters": [QUICK, SLOW], "answers": [response("1", "01-06 09:00", a=5)]}
        found = both.evaluate(records, CLOCK, year=YEAR, as_of=NOON)
        assert found.explain().splitlines() == [
            "AB together",
            "(50.00 + 5.00) / 2 = 27.50",
            "target ≥ 50: not met",
            "2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "  A number A",
            "  1 × 100 / 2 = 50.00 %",
            "  2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "  counted 1 · late 1",
            "  S number S",
            "  (5.00) / 1 = 5.00 points",
            "  target ≥ 4 points: met",
            "  2020-01-01 – 2020-12-31, as of 2020-01-31 12:00",
            "  counted 1",
        ]
        assert found.explain("th").splitlines()[:2] == ["AB รวม", "(50.00 + 5.00) / 2 = 27.50"]
        half = both.evaluate({"letters": [QUICK]}, CLOCK, year=YEAR, as_of=NOON)
        assert half.explain().splitlines()[1:3] == ["(100.00 + –) / 2 = –", "target ≥ 50: no value yet"]

    def test_moments_are_said_in_the_zone_in_which_they_are_given(self):
        assert "as of 2020-01-31 05:00" in outcome(MEAN, as_of=datetime(2020, 1, 31, 5, tzinfo=UTC)).explain()

    def test_there_is_no_third_language(self):
        with pytest.raises(PlanError, match="no words are kept in the language 'de'"):
            outcome(MEAN).explain("de")

    @pytest.mark.parametrize(
        ("measure", "case", "english", "thai"),
        [
            (WATCH, trace("1", ("came", "01-07 09:00"), ("went", "01-06 09:00")), "went before came", "went ก่อน came"),
            (
                Stopwatch("w", start=reached("came"), stop=reached("went"), void=("cancelled",)),
                trace("1", ("came", "01-06 09:00"), ("cancelled", "01-07 09:00")),
                "was cancelled before went",
                "cancelled ก่อน went",
            ),
            (Score("S", of=reached("answered")), response("1", "01-06 09:00"), "scores no item", "ไม่มีคะแนน"),
        ],
    )
    def test_every_reason_is_said_in_both_languages(self, measure, case, english, thai):
        found = outcome(indicator("A", measure), case)
        assert found.explain().splitlines()[-1] == f"  excluded 1: {english}"
        assert found.explain("th").splitlines()[-1] == f"  ไม่นับในตัวชี้วัดนี้ 1: {thai}"

    @pytest.mark.parametrize(
        ("moment", "english", "thai"),
        [
            (reached("went"), "sent out", "ส่งออก"),
            (reached("went", unit="A"), "sent out by group A", "ส่งออก โดยกลุ่ม ก"),
            (reached("went", unit="B"), "sent out by B", "ส่งออก โดยB"),
            (reached("gone", last=True), "last gone", "goneครั้งสุดท้าย"),
            (reached("went", nth=2), "2 × sent out", "ส่งออก 2 ครั้ง"),
            (reached("went", inside=True), "sent out inside the window", "ส่งออก ภายในช่วงเวลา"),
            (standing("went"), "sent out in or before the window", "ส่งออก ในหรือก่อนช่วงเวลา"),
            (
                standing("went", unit="A"),
                "sent out by group A in or before the window",
                "ส่งออก โดยกลุ่ม ก ในหรือก่อนช่วงเวลา",
            ),
            (holding("went", "kept"), "sent out or filed and still so", "ส่งออก หรือ เก็บและยังคงอยู่"),
            (
                each_month("told", after="came", until="went"),
                "received, then told every month until sent out and still so",
                "รับเรื่อง แล้วแจ้งทุกเดือนจนส่งออกและยังคงอยู่",
            ),
        ],
    )
    def test_reasons_are_said_in_the_words_of_the_indicator(self, moment, english, thai):
        rate = Proportion("A", of=reached("came"), hit=moment)
        for words in (WORDS, list(WORDS.items())):
            found = outcome(
                indicator("A", rate, words=words), trace("1", ("came", "01-06 09:00")), as_of=at("03-02 09:00")
            )
            assert found.explain().splitlines()[-1] == f"  missed 1: had not reached {english}"
            assert found.explain("th").splitlines()[-1] == f"  ไม่ผ่าน 1: ยังไม่ถึง {thai}"

    def test_a_measure_of_ones_own_may_give_no_reason(self):
        class Strict(Proportion):
            def judge(self, one, view):  # noqa: ARG002 - nobody will do
                return Bin.MISSED, None, None

        strict = indicator("A", Strict("A", of=reached("came"), hit=reached("went")))
        assert outcome(strict, QUICK, OLD).explain().splitlines()[-2:] == [
            "missed 1 · excluded 1",
            "  excluded 1: started outside 2020-01-01 – 2020-12-31",
        ]

    def test_readings_are_said_in_the_words_of_the_indicator(self):
        named = indicator("R", READ_TWICE.measure, words={"days": Text("วันทำการ", "working days")})
        assert outcome(named, QUICK).explain().splitlines()[4:6] == [
            "read as working days: 100.00 ★ official",
            "read as hours: 100.00",
        ]
        assert outcome(named, QUICK).explain("th").splitlines()[4] == "วิธีนับ วันทำการ: 100.00 ★ ใช้ตัดสิน"

    def test_what_came_only_before_the_start_is_not_said_never_to_have_come(self):
        exam = indicator("A", Proportion("A", of=reached("came"), hit=reached("went", after_start=True)))
        found = outcome(exam, trace("1", ("went", "01-03 09:00"), ("came", "01-06 09:00")))
        assert found.explain().splitlines()[-1] == "  missed 1: had not reached went after the start"
        assert found.explain("th").splitlines()[-1] == "  ไม่ผ่าน 1: ยังไม่ถึง went หลังเริ่มนับ"

    def test_a_year_that_the_calendar_lacks_is_said_in_both_languages(self):
        window = Window(date(2016, 1, 1), date(2016, 12, 31))
        case = trace("1", ("came", "2016-01-06 09:00"), ("went", "2016-01-06 10:00"))
        found = outcome(MEAN, case, clock=office_clock(), year=window, as_of=at("2016-02-01 09:00"))
        lacks = (
            "ThaiGovernment(area='bangkok') holds the years 2018–2027 and the year 2016 is not in it; "
            "ask inside them, or add the year with "
            'ThaiGovernment(table=holiday_table("holidays-2016.csv"))'
        )
        assert found.explain().splitlines()[-1] == f"  excluded 1: {lacks}"
        assert found.explain("th").splitlines()[-1] == f"  ไม่นับในตัวชี้วัดนี้ 1: อยู่นอกปฏิทิน ({lacks})"

    def test_every_kind_of_reason_bin_and_unit_has_words(self):
        assert set(REASONS) == set(Kind)
        assert set(BINS) == set(Bin)
        assert set(UNITS) >= {"%", "min", "times", "points", "level", ""}
        for kind, thai in REASONS.items():
            assert thai.count("{}") == kind.value.count("{}"), kind

    def test_what_names_no_moment_is_said_in_thai(self):
        wanted = indicator("A", Proportion("A", of=reached("came"), hit=reached("went"), limit=WANTED))
        assert outcome(wanted, QUICK).explain("th").splitlines()[-1] == "  ไม่นับในตัวชี้วัดนี้ 1: ไม่ได้ระบุกำหนด"

    @pytest.mark.parametrize(
        ("value", "apart", "said"),
        [
            (None, None, "–"),
            (Fraction(2, 3), None, "0.67"),
            (Fraction(123456), None, "123,456.00"),
            (Fraction(12), Fraction(12), "12.00"),
            (Fraction(12001, 1000), Fraction(12), "12.001"),
            (Fraction(1200001, 100000), Fraction(12), "12.00001"),
            (Fraction(11999, 1000), Fraction(12), "11.999"),
            (Fraction(12001, 1000), None, "12.00"),
            (Fraction(1201, 100), Fraction(12), "12.01"),
        ],
    )
    def test_a_figure_has_as_many_decimals_as_tell_it_from_its_target(self, value, apart, said):
        assert figure(value, apart=apart) == said


class TestDifferences:
    promise = WATCH.within(WorkingDays(3))

    def read(self, *records, measure=None, clock=CLOCK, window=None, as_of=NOON):
        return (measure or self.promise).read(records, clock, window=window, as_of=as_of)

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
            "read as of 2020-01-06 09:10 instead of no moment",
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
        waits = Proportion("T", of=reached("came"), hit=reached("went"), waits=True)
        as_well = Proportion("T too", of=reached("came"), hit=reached("went"), waits=True)
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
        lenient = Proportion("T", of=reached("came"), hit=reached("went"))
        strict = Proportion("T", of=reached("came"), hit=reached("went"), unless=reached("returned"))
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
        assert (gone.before.case, gone.after) == (late, None)

    def test_changes_stand_in_the_order_of_the_first_records_and_then_in_that_of_the_new_ones(self):
        def opened(number):
            return trace(number, ("came", "01-06 09:00"))

        change = differences(self.read(QUICK, BACK), self.read(opened("back"), opened("quick")))
        assert [one.number for one in change.changes] == ["quick", "back"]
        # Of the two numbered quick the third is the one that was there; the second and the first are new.
        change = differences(self.read(QUICK), self.read(OPEN, opened("quick"), QUICK))
        assert [(one.number, one.before) for one in change.changes] == [("open", None), ("quick", None)]

    def test_what_is_read_again_in_another_zone_is_no_change(self):
        utc = Trace("quick", tuple(Event(step.state, step.at.astimezone(UTC)) for step in QUICK.history))
        for measure in (WATCH, self.promise):
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
            both.evaluate({"letters": letters}, CLOCK, year=YEAR, as_of=as_of)
            for letters, as_of in (([QUICK], NOON), ([QUICK, BACK], at("02-03 12:00")))
        )
        change = one.difference(other)
        # The means of 100 and 10, and then of 50 and 10.
        assert str(change).splitlines() == [
            "55 → 30",
            "read as of 2020-02-03 12:00 instead of 2020-01-31 12:00",
            "A: 100 → 50",
            "read as of 2020-02-03 12:00 instead of 2020-01-31 12:00",
            "back: – → missed (had reached returned), due 2020-01-10 17:00, because the record is new",
            "T: 10 → 10",
            "read as of 2020-02-03 12:00 instead of 2020-01-31 12:00",
            # From Tuesday the 7th, 9:00, to Monday 3 February, noon: 19 days of eight hours, and three hours.
            "back: – → unfinished, 155 h, because the record is new",
        ]
        assert [change.number for change in change.changes] == ["back", "back"]
        with pytest.raises(PlanError, match="compare outcomes of one indicator"):
            one.difference(composite("AB", RATE).evaluate({}, CLOCK, year=YEAR, as_of=NOON))

    def test_a_measure_that_was_a_composite_before_is_compared_by_its_parts(self):
        before, after = composite("AB", RATE), indicator("AB", RATE.measure, parts=(RATE,))
        records = {"letters": [QUICK]}, {"letters": [QUICK, SLOW]}
        one, other = (
            each.evaluate(some, CLOCK, year=YEAR, as_of=NOON)
            for each, some in zip((before, after), records, strict=True)
        )
        for here, there, said in ((one, other, "100 → 50"), (other, one, "50 → 100")):
            change = here.difference(there)
            assert str(change).splitlines()[0] == said
            assert [each.number for each in change.changes] == ["slow"]


class TestPlans:
    ours = plan(composite("1", RATE, MEAN), SCORED, TIMES)

    def test_numbers_are_used_once_parts_included(self):
        with pytest.raises(PlanError) as refused:
            plan(RATE, MEAN, RATE, composite("9", MEAN))
        assert str(refused.value) == "our plan: has two indicators numbered A, T; number them apart"

    def test_know_their_indicators_and_the_parts_below_them(self):
        assert [one.number for one in self.ours] == ["1", "A", "T", "S", "N"]
        assert (self.ours["T"], self.ours["S"]) == (MEAN, SCORED)
        with pytest.raises(PlanError) as refused:
            self.ours["7"]
        assert str(refused.value) == "our plan: has no indicator '7'; it has 1, A, T, S, N"

    def test_know_the_records_that_they_read(self):
        assert self.ours.wanted() == ("letters", "answers")

    def test_records_that_nothing_reads_are_refused(self):
        with pytest.raises(PlanError) as refused:
            self.ours.evaluate({"letter": [], "answers": [], "anwsers": []}, as_of=NOON)
        assert str(refused.value) == (
            "our plan: no indicator reads anwsers, letter; the records are named letters, answers"
        )

    def test_are_evaluated_together_over_records_that_come_once(self):
        found = self.ours.evaluate({"letters": iter([QUICK, SLOW])}, as_of=NOON)
        assert [one.indicator.number for one in found] == ["1", "S", "N"]
        assert (found["A"].value, found["T"].value, found["S"].value, found["N"].value) == (50, 965, None, 2)
        assert found["1"].value == Fraction(50 + 965, 2)
        assert found["1"].parts == (found["A"], found["T"])
        with pytest.raises(PlanError, match="has no indicator '7'"):
            found["7"]
        assert (found.plan, found.clock, found.as_of) == (self.ours, CLOCK, NOON)

    def test_say_moments_in_the_zone_of_the_office(self):
        found = self.ours.evaluate({}, as_of=datetime(2020, 1, 31, 5, tzinfo=UTC))
        assert (found.as_of, found.as_of.utcoffset()) == (NOON, timedelta(hours=7))
        assert (found["A"].as_of, found["A"].as_of.utcoffset()) == (NOON, timedelta(hours=7))

    def test_a_naive_moment_is_refused(self):
        with pytest.raises(NaiveDatetimeError):
            self.ours.evaluate({}, as_of=datetime(2020, 1, 31))

    def test_may_be_read_on_another_clock(self):
        late = WorkClock(OfficeHours(opens=time(9), closes=time(18)), WorkingWeek(), zone="Asia/Tokyo")
        found = self.ours.evaluate({"letters": [SLOW]}, as_of=NOON, clock=late)
        assert (found.clock, found["A"].result.clock) == (late, late)
        assert found.as_of.tzname() == "JST"
        months = self.ours.months({}, as_of=at("02-10 12:00"), clock=late)
        assert months["2020-01"].as_of.isoformat() == "2020-01-31T23:59:59.999999+09:00"

    def test_report_month_by_month_as_things_stood(self):
        opened = trace("1", ("came", "01-30 10:00"), ("went", "02-03 10:00"))
        months = self.ours.months({"letters": iter([QUICK, opened])}, as_of=at("03-10 12:00"))
        assert list(months) == ["2020-01", "2020-02", "2020-03"]
        assert [one.as_of.isoformat() for one in months.values()] == [
            "2020-01-31T23:59:59.999999+07:00",
            "2020-02-29T23:59:59.999999+07:00",
            "2020-03-10T12:00:00+07:00",
        ]
        assert [bins(one["A"]) for one in months.values()] == [
            {"counted": ["quick"], "running": ["1"]},
            {"counted": ["quick", "1"]},
            {"counted": ["quick", "1"]},
        ]

    def test_without_a_moment_the_whole_year_is_reported(self):
        months = self.ours.months({})
        assert list(months) == [f"2020-{n:02}" for n in range(1, 13)]
        assert months["2020-12"].as_of.isoformat() == "2020-12-31T23:59:59.999999+07:00"

    def test_a_month_begins_at_midnight_and_is_over_with_its_last_microsecond(self):
        for moment, last in (("02-01 00:00", "2020-02"), ("01-31 23:59", "2020-01"), ("01-01 00:00", "2020-01")):
            months = self.ours.months({}, as_of=at(moment))
            assert (list(months)[-1], months[last].as_of) == (last, at(moment))
        over = at("02-01 00:00") - timedelta(microseconds=1)
        assert self.ours.months({}, as_of=over)["2020-01"].as_of == over
        assert self.ours.months({}, as_of=at("2019-12-31 23:59")) == {}

    def test_are_the_same_for_another_year(self):
        next_year = Window(date(2021, 1, 1), date(2021, 12, 31))
        other = self.ours.over(next_year)
        assert (other.year, other.title, other.indicators, other.clock) == (
            next_year, self.ours.title, self.ours.indicators, CLOCK,
        )  # fmt: skip  # a table
        named = self.ours.over(next_year, Text("ปีหน้า", "next year"))
        assert named.title.en == "next year"
        case = trace("1", ("came", "2021-01-04 09:00"), ("went", "2021-01-04 09:05"))
        assert bins(other.evaluate({"letters": [case, QUICK]}, as_of=at("2021-12-31 12:00"))["A"]) == {
            "counted": ["1"],
            "excluded": ["quick"],
        }

    def test_are_values(self):
        assert pickle.loads(pickle.dumps(self.ours)) == self.ours  # noqa: S301 - our own
        assert plan(RATE) == plan(RATE)
        assert hash(plan(RATE)) == hash(plan(RATE))
        assert plan(RATE).indicators == (RATE,)


def step(state, text, unit=None):
    return Event(state, datetime.fromisoformat(text).replace(tzinfo=BANGKOK), unit)


class TestTheOfficesPlan:
    """Indicators of B.E. 2563 whose readings and reasons the sample year does not tell apart."""

    end = year_end(office_clock())

    def evaluate(self, **records):
        return PLAN_2563.evaluate({name.replace("_", " "): some for name, some in records.items()}, as_of=self.end)

    def test_says_which_years_it_rests_on_whose_holidays_are_not_all_announced(self):
        took = Stopwatch("took", start=reached("came"), stop=reached("went"))
        report = Indicator(number="1", title=Text("–", "–"), of="letters", measure=took.within(WorkingDays(7)))
        quarter = Window(date(2026, 10, 1), date(2026, 12, 31))
        ours = Plan(title=Text("–", "–"), year=quarter, clock=office_clock(), indicators=[report])
        for came, went, years in (
            ("2026-12-14 10:00", "2026-12-15 10:00", ()),
            ("2026-12-28 10:00", "2026-12-29 10:00", (2027,)),  # the day it is due is in the year to come
            ("2026-12-14 10:00", "2027-01-04 10:00", (2027,)),
        ):
            letter = Trace("1/2569", [step("came", came), step("went", went)])
            found = ours.evaluate({"letters": [letter]}, as_of=datetime(2027, 1, 5, 9, tzinfo=BANGKOK))
            assert found["1"].provisional == found.provisional == years
            said = "! the holidays of 2027 are not all announced: figures may change"
            assert (said in found["1"].explain().splitlines()) == bool(years)
            assert ("พ.ศ. 2570 ยังประกาศไม่ครบ" in found["1"].explain("th")) == bool(years)
        waiting = Trace("2/2569", [step("came", "2026-12-28 10:00")])
        found = ours.evaluate({"letters": [waiting]}, as_of=datetime(2026, 12, 29, 9, tzinfo=BANGKOK))
        assert found["1"].provisional == (2027,), "it is due on a day of next year, which has not begun"
        wanted = evolve(report, measure=took.within(WANTED))
        letter = evolve(letter, wanted_by=datetime.max.replace(tzinfo=UTC))
        found = evolve(ours, indicators=[wanted]).evaluate({"letters": [letter]}, as_of=self.end.replace(year=2027))
        assert found["1"].provisional == (), "no calendar has a say in a moment that the letter names"
        assert evolve(ours, year=plan_of(2570).year).evaluate({}, as_of=self.end).provisional == (2027,)
        assert evolve(ours, year=plan_of(2569).year).evaluate({}, as_of=self.end).provisional == ()

    def test_has_the_indicators_of_the_plan(self):
        assert [one.number for one in PLAN_2563.indicators] == [
            "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10",
            "2.1", "2.2.1", "2.2.2", "3.1(a)", "3.1(b)", "3.2", "3.3", "4.1", "4.2",
        ]  # fmt: skip  # as in the plan
        assert {one.number: str(one.target.direction) + str(one.target.value) for one in PLAN_2563 if one.target} == {
            "1.1": "≥100", "1.1 B": "≥80", "1.2": "≥90", "1.3": "≥100", "1.4": "≥100", "1.5": "≤12", "1.6": "≥95",
            "1.7": "≥90", "1.8": "≥100", "1.9": "≥100", "1.10": "≥12",
        }  # fmt: skip  # a table

    def test_certificates_are_told_apart_by_the_reading_of_three_working_days(self):
        # Wednesday 8 January, 13:00: the third working day after is Monday the 13th, the third with it Friday the 10th,
        # and 24 office hours end on Monday at 13:00.
        def asked(number, submitted):
            return Trace(number, (step("requested", "2020-01-08T13:00"), step("submitted", submitted)))

        found = self.evaluate(
            certificates=[
                asked("fri", "2020-01-10T16:30"),
                asked("mon", "2020-01-13T13:00"),
                asked("13:01", "2020-01-13T13:01"),
            ]
        )["1.8"]
        counted = {name: names(result.counted) for name, result in found.readings.results.items()}
        assert counted == {
            "working_days": ["fri", "mon", "13:01"],
            "working_days_counting_first": ["fri"],
            "office_time": ["fri", "mon"],
        }
        assert (found.value, found.met) == (100, True)

    def test_council_documents_are_complete_when_the_last_of_them_is_there(self):
        meets = datetime(2020, 1, 20, 10, tzinfo=BANGKOK)
        history = (
            step("meeting_called", "2020-01-06T09:00"),
            step("delivered", "2020-01-15T09:00"),
            step("compiled", "2020-01-16T09:00"),
            step("delivered", "2020-01-20T10:01"),
        )
        for told in (history, history[:-1]):  # the supplement came too late, or never
            found = self.evaluate(council_documents=[Trace("1", told, wanted_by=meets)])["1.9"]
            assert {name: result.value for name, result in found.readings.results.items()} == {
                "complete": 0,
                "first_delivery": 100,
            }
            assert found.value == 0

    def test_reimbursements_are_counted_by_times_or_by_months(self):
        claims = [
            Trace(
                str(n),
                (step("worked", "2020-01-01T00:00"), step("reimbursed", f"2020-01-{n:02}T10:00")),
                wanted_by=datetime(2020, 1, 31, 16, 30, tzinfo=BANGKOK),
            )
            for n in (6, 7)
        ]
        found = self.evaluate(reimbursements=claims)["1.10"]
        assert {name: result.value for name, result in found.readings.results.items()} == {"times": 2, "months": 1}

    def test_a_letter_that_came_back_from_the_governor_was_not_correct(self):
        histories = {
            "clean": ["screened", "submitted"],
            "corrected before": ["screened", "awaiting_correction", "screened", "submitted"],
            "waiting": ["screened"],
        }
        letters = [
            Trace(name, tuple(step(state, f"2020-01-06T{9 + n:02}:00") for n, state in enumerate(states)))
            for name, states in histories.items()
        ]
        back = Trace(
            "sent back",
            (
                step("screened", "2020-01-06T09:00"),
                step("submitted", "2020-01-06T10:00"),
                step("send_back", "2020-01-06T11:00"),
            ),
        )
        found = self.evaluate(internal_letters=[*letters, back])["1.6"]
        assert {name: bins(result) for name, result in found.readings.results.items()} == {
            "as_presented": {"counted": ["clean", "corrected before"], "missed": ["sent back"], "running": ["waiting"]},
            "at_first_check": {
                "counted": ["clean", "sent back"],
                "missed": ["corrected before"],
                "running": ["waiting"],
            },
        }

    def test_of_another_year_has_its_own_window_and_title(self):
        other = plan_of(2564)
        assert other.year == Window(date(2020, 10, 1), date(2021, 9, 30))
        assert "2564" in other.title.th
        assert "B.E. 2564" in other.title.en
        assert [one.number for one in other] == [one.number for one in PLAN_2563]
        assert other.indicators[:10] == PLAN_2563.indicators[:10]
        assert "พ.ศ. 2563" in other["2.2.2"].title.th, "two of the others are about the year before"
        letter = Trace("1", (step("registered", "2020-11-16T09:00"), step("taken_over", "2020-11-16T09:10")))
        found = other.evaluate({"letters": [letter]}, as_of=datetime(2021, 9, 30, 16, 30, tzinfo=BANGKOK))["1.5"]
        assert (found.value, found.window) == (10, Window(date(2020, 11, 1), date(2021, 8, 31)))

    def test_explains_every_indicator_in_both_languages(self):
        for one in self.evaluate():
            english, thai = one.explain(), one.explain("th")
            assert english.splitlines()[0] == str(one.indicator)
            assert thai.splitlines()[0] == f"{one.indicator.number} {one.indicator.title.th}"
            assert len(english.splitlines()) == len(thai.splitlines())


class TestWhatAPlanIsAskedWhenItIsMade:
    def test_titles_and_targets_are_what_they_say(self):
        for wrong in ({"title": "mean"}, {"target": 95}):
            with pytest.raises(TypeError):
                Indicator(**{"number": "1", "title": Text("", ""), "of": "letters", "measure": WATCH} | wrong)

    def test_targets_are_exact(self):
        with pytest.raises(TypeError, match="is not exact"):
            at_most(12.1)
        assert at_most(Fraction("12.1")).met(Fraction(121, 10))

    @pytest.mark.parametrize("months", [(8, 3), (13, 14)])
    def test_windows_lie_in_the_year(self, months):
        with pytest.raises(PlanError, match="1: the months 8 to 3 do not follow|has no month 13"):
            Plan(title=Text("", "ours"), year=YEAR, clock=CLOCK, indicators=[indicator("1", WATCH, months=months)])


def test_records_may_be_walked_through_once_though_a_part_looks_through_another_window():
    both = indicator("1", WATCH, parts=[indicator("2", WATCH, months=(1, 1))])
    found = both.evaluate({"letters": iter([QUICK])}, CLOCK, year=YEAR, as_of=NOON)
    assert (found.value, found.parts[0].value) == (10, 10)


def test_a_years_number_of_times_is_no_target_of_a_month():
    paid = Count(Proportion("paid", of=reached("came"), hit=reached("went")))
    found = indicator("1", paid, target=at_least(12)).evaluate({"letters": [QUICK]}, CLOCK, year=YEAR, as_of=NOON)
    assert (found.value, found.met) == (1, False)
    (month,) = found.by_month().values()
    assert (month.value, month.target, month.met) == (1, None, None)


class TestWhatIsShownBeside:
    both = indicator("1", WATCH.within(WorkingDays(3)), parts=[SCORED])

    def evaluate(self, score):
        records = {"letters": [QUICK], "answers": [response("1", "01-06 09:00", a=score)]}
        return self.both.evaluate(records, CLOCK, year=YEAR, as_of=NOON)

    def test_is_told_of_a_difference(self):
        found = self.evaluate(5).difference(self.evaluate(1))
        assert found.changes == ()
        assert str(found).splitlines() == [
            "100 → 100",
            "S: 5 → 1",
            "1: counted → counted, because what is written about it changed",
        ]
        assert str(self.evaluate(5).difference(self.evaluate(5))) == "100 → 100"

    def test_is_shown_when_its_value_or_a_record_of_it_changed(self):
        nothing = Difference(Fraction(5), Fraction(5), (), ())
        value = Difference(Fraction(5), Fraction(1), (), ())
        record = Difference(Fraction(5), Fraction(5), (), (Change("7", None, None, ("the record is new",)),))
        beside = (("S", nothing), ("T", value), ("U", record))
        assert str(Difference(Fraction(1), Fraction(1), (), (), beside)).splitlines() == [
            "1 → 1",
            "T: 5 → 1",
            "U: 5 → 5",
            "7: – → –, because the record is new",
        ]


def test_what_is_not_all_never_looks_like_all():
    cases = [trace(str(n), ("came", "01-06 09:00"), *([("went", "01-06 09:10")] if n else [])) for n in range(20_001)]
    rate = indicator("1", Proportion("1", of=reached("came"), hit=reached("went")), target=at_least(95))
    found = rate.evaluate({"letters": cases}, CLOCK, year=YEAR, as_of=NOON)
    assert "20,000 × 100 / 20,001 = 99.995 %" in found.explain()


class TestForms:
    """What reads like a form is filled in by name, and whatever holds several keeps them as a value."""

    @pytest.mark.parametrize(
        ("made", "by_position"),
        [
            (Event, "state at unit"),
            (Trace, "number history"),
            (Response, "number history"),
            (Reported, "number history"),
            (Moment, "state"),
            (Stopwatch, "name"),
            (Proportion, "name"),
            (Count, "proportion"),
            (Score, "name"),
            (External, "name"),
            (Indicator, ""),
            (Plan, ""),
            (WorkPlan, "number title_th title_en"),
            (WorkStep, "number title_th title_en weight shares"),
            (StepProgress, "plan step at percent"),
            (Staged, "case day start stop spans"),
        ],
    )
    def test_only_what_needs_no_name_is_given_by_position(self, made, by_position):
        assert [each.name for each in fields(made) if each.init and not each.kw_only] == by_position.split()

    def test_what_need_not_be_said(self):
        assert Trace("1", ()).wanted_by is None
        assert Event("came", NOON).unit is None
        value = Reported("X", (), value=Fraction(1), source="")
        assert (value.unit, value.target, value.wanted_by) == ("", None, None)
        assert (WATCH.pausing, WATCH.void) == ((), ())
        rate = Proportion("p", of=reached("a"), hit=reached("b"))
        assert (rate.limit, rate.unless, rate.waits, rate.pausing, rate.void) == (None, None, False, (), ())
        assert Count(rate).months is False
        bare = Indicator(number="1", title=Text("", ""), of="x", measure=rate)
        assert (bare.parts, bare.target, bare.months, bare.unit, bare.source) == ((), None, None, "", "")
        assert (bare.definition, bare.formula) == (Text("", ""), Text("", ""))

    def test_several_may_be_given_as_a_list_and_are_kept_as_a_value(self):
        several = {"pausing": ["away"], "void": ["gone"]}
        step = WorkStep("1", "–", "–", 100, {"2020-01": 100})
        values = [
            Stopwatch("w", start=reached("a"), stop=reached("b"), **several),
            Proportion("p", of=reached("a"), hit=reached("b"), **several),
            composite("AB", *[RATE]),
            Plan(title=Text("", ""), year=YEAR, clock=CLOCK, indicators=[RATE]),
            WorkPlan("1", "–", "–", unit="", months=["2020-01"], steps=[step], source=""),
        ]
        assert len(set(values)) == len(values), "they can be told apart and looked up"
        assert (values[0].pausing, values[0].void) == (("away",), ("gone",))
        assert (values[4].months, values[4].steps) == (("2020-01",), (step,))
        assert type(StepProgress("1", "1", NOON, 50).percent) is Fraction
        with pytest.raises(TypeError, match="0.5 is not exact"):
            StepProgress("1", "1", NOON, 0.5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"months": (11,)},
        {"months": ("11", "8")},
        {"number": 5},
        {"number": ""},
        {"of": ["letters"]},
        {"parts": ["1.1"]},
    ],
)
def test_an_indicator_is_made_of_what_it_can_use(wrong):
    given = {"number": "1", "title": Text("ก", "a"), "of": "letters", "measure": SCORED.measure}
    with pytest.raises(TypeError):
        Indicator(**given | wrong)


def test_lists_given_to_an_indicator_or_a_plan_are_not_kept():
    months = [2, 8]
    one = Indicator(number="1", title=Text("ก", "a"), of="letters", measure=SCORED.measure, months=months)
    indicators = [one]
    plan = Plan(title=Text("ก", "a"), year=YEAR, clock=CLOCK, indicators=indicators)
    months.clear()
    indicators.clear()
    assert (one.months, plan["1"]) == ((2, 8), one)
    hash(one)


def test_of_many_records_with_one_number_equal_ones_are_paired_in_their_order():
    values = [reported("2.1", "01-06 09:00", Fraction(n % 2)) for n in range(6)]
    measure = External("2.1", of=reached("reported"))
    before, after = (measure.read(some, CLOCK) for some in (values, values[::-1][1:]))
    gone = [change for change in differences(before, after).changes if change.after is None]
    assert len(gone) == 1
