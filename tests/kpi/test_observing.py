"""One record observed alone, as `read` observes it among many."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from attrs import evolve
from small_office import CLOCK, at, reported, trace

from docflow import Duration, WorkingDays, WorkTime
from docflow.errors import PlanError, RecordError, UnknownReadingError
from docflow.kpi import Context, Indicator, Plan, Reported, Window, each_month, observe, reached, read
from docflow.text import figure

WATCH = Duration("took", start=reached("came"), stop=reached("went"))
OPEN = trace("1", ("came", "01-06 09:00"), ("asked", "02-05 09:00"))


@pytest.mark.parametrize("measure", [WATCH, WATCH.within(WorkingDays(2)), WATCH.capped(WorkTime(minutes=15))])
def test_without_a_moment_a_record_is_seen_up_to_its_last_event(measure):
    (among_many,) = measure.read([OPEN], CLOCK).observations
    assert observe(OPEN, Context(CLOCK), measure=measure) == among_many


def test_what_is_no_record_is_refused():
    with pytest.raises(RecordError, match="neither a case nor a record"):
        observe("1", Context(CLOCK), measure=WATCH)
    with pytest.raises(TypeError, match="is no mapping of measures by name"):
        read([OPEN], CLOCK, measures=[WATCH])
    with pytest.raises(RecordError, match="has no value"):
        observe(OPEN, Context(CLOCK), measure=Reported("1", at=reached("reported")))


def test_every_month_may_be_the_last_that_there_is():
    monthly = each_month("done", after="begun", until="over")
    begun = datetime(9999, 12, 1, 3, tzinfo=UTC)
    record = type(OPEN)("1", [type(OPEN.history[0])("begun", begun)])
    assert monthly.find(record, Context(CLOCK, as_of=datetime(9999, 12, 3, tzinfo=UTC)))[0] == begun


def test_a_sentence_says_its_pauses_whatever_it_asks():
    patient = Duration("p", start=reached("came"), stop=reached("went"), pausing=["away"])
    for measure in (patient, patient.within(WorkingDays(1)), patient.capped(WorkTime(minutes=15))):
        assert "standing still while away" in str(measure)


class TestAlternatives:
    def indicator(self, ways, **more):
        return Indicator(
            **{"number": "1", "title": "one", "of": "letters", "measure": WATCH, "alternatives": ways} | more
        )

    def test_that_are_one_measure_are_told_apart_by_name(self):
        assert self.indicator({"x": WATCH, "y": WATCH}).official == "x"
        assert self.indicator({"x": WATCH, "y": WATCH}, official="y").official == "y"

    def test_are_named_once_and_by_text(self):
        with pytest.raises(PlanError, match="two have one name"):
            self.indicator([("x", WATCH), ("x", WATCH)])
        for wrong in ({"": WATCH}, {3: WATCH}):
            with pytest.raises(TypeError):
                self.indicator(wrong)

    def test_need_one_that_decides(self):
        with pytest.raises(UnknownReadingError):
            self.indicator({"x": WATCH}, official="y")
        with pytest.raises(PlanError, match="no measure that decides"):
            self.indicator({"x": WATCH}, of="", measure=None, parts=[self.indicator({})])


def test_outcomes_can_be_looked_up():
    one = Indicator(number="1", title="one", of="letters", measure=WATCH)
    plan = Plan(
        title="–", year=Window(OPEN.history[0].at.date(), at("12-31 00:00").date()), clock=CLOCK, indicators=[one]
    )
    found = plan.evaluate({"letters": [OPEN]}, as_of=at("03-01 09:00"))
    assert set(found) == {found["1"]}
    with pytest.raises(TypeError, match="no mapping of records by name"):
        plan.months([OPEN])


def test_numbers_are_printed_exactly_however_large():
    assert figure(Fraction(10**400)) == f"{10**400:,}.00"
    assert figure(12 + Fraction(1, 10**20), apart=Fraction(12)) == "12.00000000000000000001"
    assert (figure(Fraction(-1, 1000)), figure(Fraction(-3, 2))) == ("0.00", "-1.50")
    outside = Indicator(number="X", title="–", of="values", measure=Reported("X", at=reached("reported")))
    value = reported("X", "01-06 09:00", Fraction(11999, 1000), unit="%", target=Fraction(12))
    plan = Plan(
        title="–", year=Window(at("01-01 00:00").date(), at("12-31 00:00").date()), clock=CLOCK, indicators=[outside]
    )
    said = plan.evaluate({"values": [value]}, as_of=at("03-01 09:00"))["X"].explain()
    assert said.splitlines()[1] == "11.999 %"


@pytest.mark.parametrize(("language", "said"), [("th", "7 ม.ค. 2563 17.00 น."), ("en", "2020-01-07 17:00")])
def test_an_office_reads_its_own_clock_in_either_language(language, said):
    paris = evolve(CLOCK, zone="Europe/Paris")
    year = Window(date(2020, 1, 1), date(2020, 12, 31))
    took = Indicator(number="1", title="took", of="letters", measure=WATCH)
    plan = Plan(title="one", year=year, clock=paris, indicators=[took])
    outcome = plan.evaluate({"letters": [OPEN]}, as_of=datetime(2020, 1, 7, 16, tzinfo=UTC))["1"]
    assert f"as of {said}" in outcome.explain("en") if language == "en" else f"ณ {said}" in outcome.explain("th")
