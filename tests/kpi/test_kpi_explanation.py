"""What an outcome says of itself, line by line, in both languages."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from attrs import evolve
from small_indicators import (
    BACK,
    MEAN,
    NOON,
    OLD,
    OPEN,
    OUTSIDE,
    QUICK,
    RATE,
    READ_TWICE,
    SCORED,
    SLOW,
    STRANGE,
    TIMES,
    WATCH,
    composite,
    indicator,
    outcome,
)
from small_office import CLOCK, YEAR, at, reported, response, trace

from docflow import Duration, Hours, Record, Window
from docflow.bangkok import office_clock
from docflow.errors import PlanError
from docflow.kpi import ENDED, WANTED, Bin, Event, Proportion, Score, at_least, each_month, holding, reached, since
from docflow.kpi.bins import Cause
from docflow.kpi.outcomes import evaluate
from docflow.kpi.words import BINS, CAUSES, UNITS, unit_name
from docflow.text import Text, figure

WORDS = {
    "came": Text("รับเรื่อง", "received"),
    "went": Text("ส่งออก", "sent out"),
    "kept": Text("เก็บ", "filed"),
    "told": Text("แจ้ง", "told"),
    "A": Text("กลุ่ม ก", "group A"),
}


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
            "read as days: 100.00 % ★ official",
            "read as hours: 50.00 %",
            "records whose bin depends on the reading: 1",
        ]
        assert found.explain("th").splitlines()[4:] == [
            "วิธีนับ days: 100.00 % ★ ใช้ตัดสิน",
            "วิธีนับ hours: 50.00 %",
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
            Record("3", (), scores=()),
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
        (found,) = evaluate(records, CLOCK, indicators=[both], year=YEAR, as_of=NOON)
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
        (half,) = evaluate({"letters": [QUICK]}, CLOCK, indicators=[both], year=YEAR, as_of=NOON)
        assert half.explain().splitlines()[1:3] == ["(100.00 + –) / 2 = –", "target ≥ 50: no value yet"]

    def test_moments_are_said_as_the_clock_of_the_office_shows_them(self):
        assert "as of 2020-01-31 12:00" in outcome(MEAN, as_of=datetime(2020, 1, 31, 5, tzinfo=UTC)).explain()

    def test_there_is_no_third_language(self):
        with pytest.raises(PlanError, match="no words are kept in the language 'de'"):
            outcome(MEAN).explain("de")

    @pytest.mark.parametrize(
        ("measure", "case", "english", "thai"),
        [
            (WATCH, trace("1", ("came", "01-07 09:00"), ("went", "01-06 09:00")), "went before came", "went ก่อน came"),
            (
                Duration("w", start=reached("came"), stop=reached("went"), withdrawn_in=("cancelled",)),
                trace("1", ("came", "01-06 09:00"), ("cancelled", "01-07 09:00")),
                "was cancelled before went",
                "cancelled ก่อน went",
            ),
            (Score("S", at=reached("answered")), response("1", "01-06 09:00"), "scores no item", "ไม่มีคะแนน"),
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
            (reached("went", "kept"), "sent out or filed", "ส่งออก หรือ เก็บ"),
            (reached("went", "gone", last=True), "last sent out or gone", "ส่งออก หรือ goneครั้งสุดท้าย"),
            (ENDED, "its end", "การสิ้นสุดเรื่อง"),
            (reached("went", inside=True), "sent out inside the window", "ส่งออก ภายในช่วงเวลา"),
            (since("went"), "sent out in or before the window", "ส่งออก ในหรือก่อนช่วงเวลา"),
            (
                since("went", unit="A"),
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
        rate = Proportion("A", start=reached("came"), stop=moment)
        for words in (WORDS, list(WORDS.items())):
            found = outcome(
                indicator("A", rate, words=words), trace("1", ("came", "01-06 09:00")), as_of=at("03-02 09:00")
            )
            assert found.explain().splitlines()[-1] == f"  missed 1: had not reached {english}"
            assert found.explain("th").splitlines()[-1] == f"  ไม่ผ่าน 1: ยังไม่ถึง {thai}"

    def test_a_measure_of_ones_own_may_give_no_reason(self):
        class Strict(Proportion):
            def judge(self, seen, context):  # noqa: ARG002 - nobody will do
                return Bin.MISSED, None, None, None

        strict = indicator("A", Strict("A", start=reached("came"), stop=reached("went")))
        assert outcome(strict, QUICK, OLD).explain().splitlines()[-2:] == [
            "missed 1 · excluded 1",
            "  excluded 1: started outside 2020-01-01 – 2020-12-31",
        ]

    def test_readings_are_said_in_the_words_of_the_indicator(self):
        named = evolve(READ_TWICE, words={"days": Text("วันทำการ", "working days")})
        assert outcome(named, QUICK).explain().splitlines()[4:6] == [
            "read as working days: 100.00 % ★ official",
            "read as hours: 100.00 %",
        ]
        assert outcome(named, QUICK).explain("th").splitlines()[4] == "วิธีนับ วันทำการ: 100.00 % ★ ใช้ตัดสิน"

    def test_what_came_only_before_the_start_is_not_said_never_to_have_come(self):
        exam = indicator("A", Proportion("A", start=reached("came"), stop=reached("went", after_start=True)))
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
        assert set(CAUSES) == set(Cause)
        assert set(BINS) == set(Bin)
        assert set(UNITS) >= {"min", "times", "points", "level"}
        assert (unit_name("%"), unit_name("")) == (Text("%", "%"), Text("", ""))
        for cause, thai in CAUSES.items():
            assert thai.count("{}") == cause.value.count("{}"), cause

    def test_what_names_no_moment_is_said_in_thai(self):
        wanted = indicator("A", Proportion("A", start=reached("came"), stop=reached("went"), limit=WANTED))
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
