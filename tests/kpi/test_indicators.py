"""Indicators and plans: what came out, what they say of it line by line, and what changed and why."""

from datetime import date
from fractions import Fraction

import pytest
from attrs import fields
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
    plan,
)
from small_office import CLOCK, YEAR, at, bins, names, reported, response, trace

from docflow import Duration, Hours, OfficeTime, Window, WorkingDays
from docflow.errors import PlanError
from docflow.kpi import (
    Bin,
    Change,
    Count,
    Difference,
    Event,
    Indicator,
    Plan,
    Proportion,
    Record,
    Reported,
    Score,
    Target,
    Value,
    at_least,
    at_most,
    reached,
)
from docflow.kpi.indicators import Direction
from docflow.kpi.milestones import Reached
from docflow.kpi.outcomes import evaluate
from docflow.kpi.timespent import WayThrough
from docflow.text import Text
from docflow.workplans import StepProgress, WorkPlan, WorkStep


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
        assert (found.met, found.target, found.unit) == (False, at_least(90), "%")
        assert bins(found) == {
            "counted": ["quick"],
            "late": ["slow"],
            "missed": ["back"],
            "running": ["open"],
            "excluded": ["strange", "old"],
        }
        assert (found.alternatives, found.parts) == ({}, ())

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
        found = evaluate({"others": [QUICK]}, CLOCK, indicators=[RATE], year=YEAR, as_of=NOON)[0]
        assert (found.value, found.denominator, bins(found)) == (None, 0, {})

    def test_records_may_come_once(self):
        found = evaluate({"letters": iter([QUICK])}, CLOCK, indicators=[READ_TWICE], year=YEAR, as_of=NOON)[0]
        assert [len(result.observations) for result in found.alternatives.values()] == [1, 1]

    def test_the_official_reading_is_its_result(self):
        found = outcome(READ_TWICE, QUICK, SLOW)
        assert found.result is found.alternatives["days"]
        assert (found.value, found.alternatives["hours"].value) == (50, 50)

    def test_by_month_keeps_window_moment_and_readings(self):
        february = trace("2", ("came", "02-03 09:00"), ("went", "02-03 09:05"))
        found = outcome(READ_TWICE, february, QUICK, STRANGE, as_of=at("03-02 12:00"))
        months = found.by_month()
        assert list(months) == ["2020-01", "2020-02"]
        assert names(months["2020-01"].bins[Bin.COUNTED]) == ["quick"]
        assert all(
            (one.window, one.as_of, one.indicator) == (YEAR, at("03-02 12:00"), READ_TWICE) for one in months.values()
        )
        assert [names(one.observations) for one in months["2020-02"].alternatives.values()] == [["2"], ["2"]]
        assert {month: one.alternatives for month, one in outcome(MEAN, QUICK).by_month().items()} == {"2020-01": {}}

    def test_a_target_may_come_with_the_value(self):
        value = reported("X", "01-06 09:00", Fraction(4), target=Fraction(5), unit="points")
        found = outcome(OUTSIDE, value)
        assert (found.target, found.met, found.unit) == (at_least(5), False, "points")
        own = indicator("X", Reported("X", at=reached("reported")), of="values", target=at_least(3))
        assert (outcome(own, value).target, outcome(own, value).met) == (at_least(3), True), "the plan's own goes first"
        assert outcome(OUTSIDE, reported("X", "01-06 09:00", Fraction(4))).target is None
        assert outcome(OUTSIDE).target is None


class TestComposites:
    halves = composite("AB", RATE, SCORED, target=at_least(50))

    def evaluate(self, letters=(), answers=(), as_of=NOON):
        return evaluate(
            {"letters": letters, "answers": answers}, CLOCK, indicators=[self.halves], year=YEAR, as_of=as_of
        )[0]

    def test_are_the_mean_of_their_parts(self):
        found = self.evaluate([QUICK, SLOW], [response("1", "01-06 09:00", a=5)])
        assert (found.numerator, found.denominator, found.value) == (55, 2, Fraction(55, 2))
        assert (found.result, found.alternatives, found.met, found.unit) == (None, {}, False, "")
        assert [part.value for part in found.parts] == [50, 5]

    @pytest.mark.parametrize(
        ("letters", "answers"), [([QUICK], []), ([], [response("1", "01-06 09:00", a=5)]), ([], [])]
    )
    def test_have_no_value_while_a_part_has_none(self, letters, answers):
        found = self.evaluate(letters, answers)
        assert (found.numerator, found.denominator, found.value, found.met) == (None, 2, None, None)

    def test_of_nothing_but_zeroes_are_zero_and_not_unknown(self):
        zero = composite("AB", RATE, indicator("B", RATE.measure))
        found = evaluate({"letters": [SLOW]}, CLOCK, indicators=[zero], year=YEAR, as_of=NOON)[0]
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
        with pytest.raises(PlanError) as refused:
            composite("AB", RATE, of="letters")
        assert str(refused.value) == "AB: is a mean of its parts, which reads no records; take of='letters' away"

    def test_a_composite_has_parts(self):
        with pytest.raises(PlanError) as refused:
            composite("AB")
        assert str(refused.value) == "AB: has neither a measure nor parts; give measure=..., or parts=[...]"

    def test_are_given_by_name_and_read_as_number_and_title(self):
        with pytest.raises(TypeError):
            Indicator("A", Text("", ""), "letters", WATCH)
        assert str(RATE) == "A number A"

    def test_take_parts_from_anywhere(self):
        assert composite("AB", *[RATE, MEAN]).parts == (RATE, MEAN)
        listed = Indicator(number="AB", title=Text("", ""), parts=iter([RATE, MEAN]))
        assert listed.parts == (RATE, MEAN)


def test_a_years_number_of_times_is_no_target_of_a_month():
    paid = Count(Proportion("paid", start=reached("came"), stop=reached("went")))
    found = evaluate(
        {"letters": [QUICK]}, CLOCK, indicators=[indicator("1", paid, target=at_least(12))], year=YEAR, as_of=NOON
    )[0]
    assert (found.value, found.met) == (1, False)
    (month,) = found.by_month().values()
    assert (month.value, month.target, month.met) == (1, None, None)


class TestWhatIsShownBeside:
    both = indicator("1", WATCH.within(WorkingDays(3)), parts=[SCORED])

    def evaluate(self, score):
        records = {"letters": [QUICK], "answers": [response("1", "01-06 09:00", a=score)]}
        return evaluate(records, CLOCK, indicators=[self.both], year=YEAR, as_of=NOON)[0]

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
    rate = indicator("1", Proportion("1", start=reached("came"), stop=reached("went")), target=at_least(95))
    found = evaluate({"letters": cases}, CLOCK, indicators=[rate], year=YEAR, as_of=NOON)[0]
    assert "20,000 × 100 / 20,001 = 99.995 %" in found.explain()


class TestForms:
    """What reads like a form is filled in by name, and whatever holds several keeps them as a value."""

    @pytest.mark.parametrize(
        ("made", "by_position"),
        [
            (Event, "state at unit"),
            (Record, "number history"),
            (Value, "amount"),
            (Reached, "names"),
            (Duration, "name"),
            (Proportion, "name"),
            (Count, "proportion"),
            (Score, "name"),
            (Reported, "name"),
            (Indicator, ""),
            (Plan, ""),
            (WorkPlan, "number title"),
            (WorkStep, "number title weight shares"),
            (StepProgress, "plan step at percent"),
            (WayThrough, "record day start stop stays"),
        ],
    )
    def test_only_what_needs_no_name_is_given_by_position(self, made, by_position):
        assert [each.name for each in fields(made) if each.init and not each.kw_only] == by_position.split()

    def test_what_need_not_be_said(self):
        assert Record("1", ()).wanted_by is None
        assert Event("came", NOON).unit is None
        value = Value(Fraction(1), source="")
        assert (value.unit, value.target, value.covers) == ("", None, None)
        assert (WATCH.pausing, WATCH.withdrawn_in) == ((), None)
        rate = Proportion("p", start=reached("a"), stop=reached("b"))
        assert (rate.limit, rate.fails_if, rate.waits, rate.pausing, rate.withdrawn_in) == (None, None, False, (), None)
        assert Count(rate).months is False
        bare = Indicator(number="1", title=Text("", ""), of="x", measure=rate)
        assert (bare.parts, bare.target, bare.months, bare.owner, bare.source) == ((), None, None, "", "")
        assert (bare.definition, bare.formula) == (Text("", ""), Text("", ""))

    def test_several_may_be_given_as_a_list_and_are_kept_as_a_value(self):
        several = {"pausing": ["away"], "withdrawn_in": ["gone"]}
        step = WorkStep("1", "–", 100, {"2020-01": 100})
        values = [
            Duration("w", start=reached("a"), stop=reached("b"), **several),
            Proportion("p", start=reached("a"), stop=reached("b"), **several),
            composite("AB", *[RATE]),
            Plan(title=Text("", ""), year=YEAR, clock=CLOCK, indicators=[RATE]),
            WorkPlan("1", "–", owner="", months=["2020-01"], steps=[step], source=""),
        ]
        assert len(set(values)) == len(values), "they can be told apart and looked up"
        assert (values[0].pausing, values[0].withdrawn_in) == (("away",), ("gone",))
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


def test_an_outcome_names_its_bins_as_its_result_does_and_has_those_of_its_parts():
    one, whole = outcome(RATE, QUICK, SLOW, OPEN), outcome(composite("AB", RATE), QUICK, SLOW, OPEN)
    for name in ("counted", "late", "missed", "running", "unfinished", "excluded"):
        assert getattr(one, name) == getattr(one.result, name) == one.bins[Bin[name.upper()]]
        assert getattr(whole, name) == tuple(seen for part in whole.parts for seen in getattr(part, name))
    assert one.late
    assert whole.result is None
    assert list(one.observations) == list(one.result.observations)
    assert list(whole.observations) == [seen for part in whole.parts for seen in part.observations]


def test_the_months_of_a_plan_are_one_table_in_which_each_row_is_that_months_outcome():
    result = plan(RATE, MEAN).evaluate({RATE.of: [QUICK, SLOW, OPEN]}, as_of=NOON)
    rows = result.monthly.to_rows()
    spread = {"median", "percentile_90"}
    assert [{name: row[name] for name in row if name not in spread} for row in rows] == [
        {"month": month, **part.to_rows()[0]} for one in result for month, part in one.by_month().items()
    ]
    assert rows
    assert result.monthly.to_csv().splitlines()[0].startswith("month,number,title,")
    assert result.monthly.to_csv("th").splitlines()[0].startswith("เดือน,ตัวชี้วัด,")
    assert list(result.monthly.to_pandas()["month"]) == [row["month"] for row in rows]


def test_the_months_of_a_plan_have_the_median_and_the_percentile_of_durations_alone_and_last():
    went = [trace(str(n), ("came", "01-06 09:00"), ("went", f"01-06 {9 + n}:00")) for n in (1, 2, 6)]
    waits = trace("waits", ("came", "02-03 09:00"))
    rows = plan(RATE, MEAN, TIMES).evaluate({RATE.of: [*went, waits]}, as_of=at("02-03 10:00")).monthly.to_rows()
    assert [(row["number"], row["month"], row["value"], row["median"], row["percentile_90"]) for row in rows] == [
        ("A", "2020-01", 100.0, None, None),
        ("A", "2020-02", None, None, None),
        ("T", "2020-01", 180.0, 120.0, 360.0),
        ("T", "2020-02", None, None, None),
        ("N", "2020-01", 3.0, None, None),
        ("N", "2020-02", 0.0, None, None),
    ]
    assert list(rows[0])[-2:] == ["median", "percentile_90"], "columns that were there before keep their places"


class TestOutcomesInParts:
    letters = tuple(
        Record(number, trace(number, *steps).history, attributes={"sender": sender})
        for number, sender, *steps in [
            ("1", "court", ("came", "01-06 09:00"), ("went", "01-07 10:00")),
            ("2", "police", ("came", "01-06 09:00"), ("went", "01-15 10:00")),
            ("3", "court", ("came", "02-03 09:00"), ("went", "02-06 10:00")),  # three days, and more than 24 hours
            ("4", "", ("went", "01-06 09:00")),
        ]
    )

    def asked(self, one):
        letters = {"letters": self.letters}
        return evaluate(letters, CLOCK, indicators=[one], year=YEAR, as_of=at("03-02 12:00"))[0]

    def test_are_what_its_result_in_parts_is_with_the_target_and_every_reading(self):
        for one in (RATE, READ_TWICE):
            found = self.asked(one)
            parts = found.by("sender")
            assert {sender: part.value for sender, part in parts.items()} == {"court": 100, "police": 0, None: None}
            assert {sender: part.result for sender, part in parts.items()} == found.result.by("sender")
            assert {part.indicator for part in parts.values()} == {one}
            assert {part.context for part in parts.values()} == {found.context}
        hours = {sender: part.alternatives["hours"].value for sender, part in parts.items()}
        assert hours == {"court": 0, "police": 0, None: None}
        assert self.asked(RATE).by("sender")["court"].met

    def test_by_a_function_a_unit_or_a_person_as_a_result(self):
        found = self.asked(RATE)
        for split in ("by_unit", "by_person"):
            assert {key: part.result for key, part in getattr(found, split)().items()} == getattr(found.result, split)()
        assert list(found.by(lambda record: record.number < "2")) == [True, False]
        with pytest.raises(PlanError, match="did you mean 'sender'"):
            found.by("senders")

    def test_by_period_are_empty_ones_too_and_a_mean_of_parts_has_them(self):
        for one in (RATE, composite("AB", RATE)):
            found = self.asked(one)
            values = {name: part.value for name, part in found.by_period(found.window.quarters()).items()}
            assert values == {"Q1": Fraction(200, 3), "Q2": None, "Q3": None, "Q4": None}

    def test_of_a_number_of_times_have_no_target_for_it_is_the_years(self):
        assert {part.target for part in self.asked(TIMES).by("sender").values()} == {None}
        assert self.asked(TIMES).target == at_least(12)

    def test_of_a_mean_of_parts_are_asked_of_its_parts(self):
        whole = self.asked(composite("AB", RATE, MEAN))
        for ask, said in [
            (lambda: whole.by("sender"), "by(...)"),
            (whole.by_unit, "by_unit()"),
            (whole.by_person, "by_person()"),
        ]:
            with pytest.raises(PlanError) as refused:
                ask()
            assert str(refused.value) == (
                "AB: is a mean of its parts, and reads no records itself; "
                f"ask a part, such as result['A'].{said}; it has A, T"
            )
        assert whole.parts[0].by("sender")


@pytest.mark.parametrize("asked", ["as_of", "known_at"])
def test_a_moment_in_a_year_of_the_buddhist_era_is_refused(asked):
    with pytest.raises(PlanError, match="up to the year 2563; if that is the Buddhist era, it is 2020 here"):
        plan(RATE).evaluate({}, **{asked: at("2020-03-01 12:00").replace(year=2563)})


def test_what_remains_is_what_the_deadline_says_pauses_and_all():
    came, asked, told_back = at("2020-01-06 09:00"), at("2020-01-06 10:00"), at("2020-01-06 12:00")
    record = Record("1", [Event("came", came), Event("waiting", asked), Event("back", told_back)])
    for limit in (WorkingDays(2), OfficeTime(hours=8), Hours(4)):
        promise = Duration("answering", start=reached("came"), stop=reached("answered"), pausing=["waiting"]).within(
            limit
        )
        for now in (at("2020-01-06 11:00"), at("2020-01-06 13:00"), at("2020-01-20 13:00")):
            (seen,) = promise.read([record], CLOCK, as_of=now).observations
            pauses = [(asked, min(told_back, now))]
            assert seen.remaining == CLOCK.deadline(limit, came, pauses=pauses).remaining(now)
    (open_ended,) = Duration("it", start=reached("came"), stop=reached("answered")).read([record], CLOCK).observations
    assert open_ended.remaining is None
