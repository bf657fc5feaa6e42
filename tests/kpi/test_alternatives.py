"""Sentences that can be read in several ways, and the rates of letters under each of them."""

import pickle
from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import nth_working_close
from stamped_letters import CLOCK, as_ofs, at, registers, stamped

from docflow import (
    Duration,
    Event,
    Hours,
    Indicator,
    Letter,
    OfficeHours,
    OfficeTime,
    Record,
    Window,
    WorkClock,
    WorkingDays,
    WorkingWeek,
    reached,
)
from docflow.bangkok import (
    CAP,
    FISCAL_YEAR,
    HANDING_OVER,
    INCOMING_EXTERNAL_LETTER,
    PLAN_2563,
    READINGS,
    SCREENING,
    SCREENING_IN_TIME,
    SECRETARY_GROUP,
    year_end,
)
from docflow.errors import NaiveDatetimeError, ReversedWindowError, UnknownReadingError
from docflow.kpi import Context, read
from docflow.kpi.milestones import Reached
from docflow.kpi.outcomes import evaluate
from docflow.kpi.results import disputed
from docflow.kpi.shares import Share
from docflow.letters import Entry

readings = pytest.mark.parametrize("limit", READINGS.values(), ids=list(READINGS))


class TestRates:
    def test_done_late_open_and_running(self):
        friday = at("2020-01-10 16:30")
        letters = [
            stamped("in time", *["2020-01-06 09:00"] * 4, "2020-01-08 16:30"),
            stamped("a minute late", *["2020-01-06 09:00"] * 4, "2020-01-08 16:31"),
            stamped("open, due as of now", *["2020-01-08 09:00"] * 2),
            stamped("open, not due", *["2020-01-09 09:00"] * 2),
            stamped("not taken over", "2020-01-09 09:00"),
        ]
        rate = SCREENING.within(WorkingDays(2)).read(letters, CLOCK, as_of=friday)
        assert [one.record.number for one in rate.counted] == ["in time"]
        assert [one.record.number for one in rate.late] == ["a minute late", "open, due as of now"]
        assert [one.record.number for one in rate.running] == ["open, not due"]
        assert [one.record.number for one in rate.excluded] == ["not taken over"]
        assert rate.share == Share(1, 3)
        assert rate.in_scope == 4

    def test_by_month_every_letter_is_in_its_own_month_and_the_months_in_order(self):
        letters = [
            stamped("done", *["2019-12-16 09:00"] * 5),
            stamped("running", *["2020-01-09 09:00"] * 2),
            stamped("late", *["2019-10-15 09:00"] * 2),
        ]
        rate = SCREENING.within(WorkingDays(2)).read(letters, CLOCK, as_of=at("2020-01-09 10:00"))
        months = {name: (len(m.counted), len(m.late), len(m.running)) for name, m in rate.by_month().items()}
        assert list(months.items()) == [("2019-10", (0, 1, 0)), ("2019-12", (1, 0, 0)), ("2020-01", (0, 0, 1))]
        handed = HANDING_OVER.read(letters, CLOCK)
        assert list(handed.by_month()) == ["2019-10", "2019-12", "2020-01"]

    def test_only_the_secretary_groups_own_registration_counts(self):
        (excluded,) = (
            SCREENING.within(Hours(48))
            .read([stamped("1", "2020-01-06 09:00", "2020-01-06 10:00", unit="elsewhere")], CLOCK)
            .excluded
        )
        assert str(excluded.reason) == f"had not reached taken_over by {SECRETARY_GROUP}"

    def test_the_first_time_counts_unless_the_last_is_asked_for(self):
        entries = [
            Entry("receive", at("2020-01-06 09:00")),
            Entry("hand_over", at("2020-01-06 10:00")),
            Entry("ask_sender", at("2020-01-06 11:00")),
            Entry("sender_answers", at("2020-01-07 11:00")),
        ]
        letter = INCOMING_EXTERNAL_LETTER.replay(Letter(number="1"), entries)
        first, last = reached("taken_over"), reached("taken_over", last=True)
        for milestone, as_of, when in (
            (first, None, "2020-01-06 10:00"),
            (last, None, "2020-01-07 11:00"),
            (last, at("2020-01-07 10:59"), "2020-01-06 10:00"),
        ):
            assert milestone.find(letter, Context(CLOCK, as_of=as_of))[0] == at(when)
        assert str(last) == "last taken_over"

    def test_without_a_moment_things_stand_as_of_the_last_step(self):
        letters = [stamped("open", *["2020-01-06 09:00"] * 2), stamped("later", "2020-01-08 16:30")]
        assert SCREENING.within(WorkingDays(2)).read(letters, CLOCK).context.as_of == at("2020-01-08 16:30")
        assert len(SCREENING.within(WorkingDays(2)).read(letters, CLOCK).late) == 1
        assert SCREENING.within(WorkingDays(2)).read([], CLOCK).context.as_of is None

    def test_a_limit_is_a_limit(self):
        with pytest.raises(TypeError, match="is no limit"):
            SCREENING.within(CAP)

    def test_the_official_reading_is_one_of_the_readings(self):
        ways = SCREENING.under({"hours": Hours(48)})
        with pytest.raises(UnknownReadingError, match="choose hours"):
            Indicator(number="A", title="–", of="letters", measure=SCREENING.within(WorkingDays(2)), alternatives=ways)
        one = Indicator(number="A", title="–", of="letters", measure=ways["hours"], alternatives=ways)
        assert one.official == "hours"

    def test_readings_are_values(self):
        assert SCREENING.under(READINGS) == SCREENING_IN_TIME
        for one in SCREENING_IN_TIME.values():
            again = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own
            assert (again, hash(again)) == (one, hash(one))

    def test_letters_of_one_number_are_told_apart(self):
        flips = stamped("7", *["2020-01-06 09:00"] * 4, "2020-01-08 16:30")
        late = stamped("7", *["2020-01-06 09:00"] * 4, "2020-02-06 16:30")
        ((record, bins),) = disputed(read([flips, late], CLOCK, measures=SCREENING_IN_TIME))
        assert record is flips
        assert bins["working_days"] == "counted"
        assert bins["hours"] == "late"

    def test_a_naive_moment_is_refused(self):
        with pytest.raises(NaiveDatetimeError):
            Record("1", (Event("registered", datetime(2020, 1, 1)),))
        with pytest.raises(NaiveDatetimeError):
            SCREENING.within(Hours(48)).read([], CLOCK, as_of=datetime(2020, 1, 1))

    @readings
    @given(cases=registers(), as_of=as_ofs)
    def test_every_letter_is_in_exactly_one_bin(self, limit, cases, as_of):
        rate = SCREENING.within(limit).read(cases, CLOCK, as_of=as_of)
        bins = [one.record for bin_ in (rate.counted, rate.late, rate.running, rate.excluded) for one in bin_]
        assert sorted(bins, key=lambda one: one.number) == cases
        assert rate.share.hits <= rate.share.total
        assert sum(month.in_scope for month in rate.by_month().values()) == rate.in_scope

    @given(cases=registers(), as_of=as_ofs)
    def test_the_verdicts_agree_with_a_walk_over_days(self, cases, as_of):
        rate = SCREENING.within(WorkingDays(2)).read(cases, CLOCK, as_of=as_of)
        verdicts = {"counted": set(), "late": set(), "running": set()}
        for one in cases:
            seen = {step.trigger: step for step in one.history if step.at <= as_of}
            if "hand_over" not in seen or seen["hand_over"].unit != SECRETARY_GROUP:
                continue
            due = nth_working_close(seen["hand_over"].at, 2)
            done = seen.get("submit")
            verdict = ("counted" if done.at <= due else "late") if done else "late" if due <= as_of else "running"
            verdicts[verdict].add(one.number)
        assert {name: {one.record.number for one in getattr(rate, name)} for name in verdicts} == verdicts

    @given(cases=registers(), as_of=as_ofs, hours=st.integers(1, 100))
    def test_a_longer_limit_never_loses_a_letter(self, cases, as_of, hours):
        short, long = (SCREENING.within(Hours(n)).read(cases, CLOCK, as_of=as_of) for n in (hours, hours + 1))
        assert {one.record for one in short.counted} <= {one.record for one in long.counted}
        assert {one.record for one in long.late} <= {one.record for one in short.late}

    @given(cases=registers(), as_of=as_ofs)
    def test_the_readings_in_one_pass_are_the_rates_one_by_one(self, cases, as_of):
        together = read(cases, CLOCK, measures=SCREENING_IN_TIME, as_of=as_of)
        assert list(together) == list(READINGS)
        for name, limit in READINGS.items():
            assert together[name] == SCREENING.within(limit).read(cases, CLOCK, as_of=as_of)
        for _, bins in disputed(together):
            assert len(set(bins.values())) > 1
            assert set(bins) == set(READINGS)

    @given(cases=registers(), as_of=as_ofs)
    def test_the_plan_decides_by_the_later_of_the_two(self, cases, as_of):
        (one,) = (each for whole in PLAN_2563.indicators for each in whole if each.number == "1.1 A")
        (found,) = evaluate({"letters": cases}, CLOCK, indicators=[one], year=FISCAL_YEAR, as_of=as_of)
        together = read(cases, CLOCK, measures=SCREENING_IN_TIME, window=FISCAL_YEAR, as_of=as_of)
        assert found.alternatives == together
        assert found.result == together["working_days_or_hours"]
        assert found.disputed == disputed(together)
        (whole,) = evaluate({"letters": cases}, CLOCK, indicators=[PLAN_2563["1.1"]], year=FISCAL_YEAR, as_of=as_of)
        assert whole.disputed == found.disputed, "a mean has those of its parts"


class TestWords:
    def test_definitions_are_given_by_name(self):
        assert Reached("registered") == reached("registered")
        for make in (lambda: Reached("x", True), lambda: Duration("s", reached("b"), start=reached("a"))):  # noqa: FBT003
            with pytest.raises(TypeError):
                make()

    def test_definitions_read_as_sentences(self):
        assert str(HANDING_OVER) == "1.5: from registered to taken_over"
        assert str(HANDING_OVER.within(OfficeTime(minutes=15))) == (
            "1.5: from registered to taken_over, within 15 min of office time"
        )

    def test_a_share_that_is_not_all_never_looks_like_all(self):
        assert str(Share(199_999, 200_000)) == "99.99 %"
        assert str(Share(200_000, 200_000)) == "100.00 %"

    def test_a_share_of_nothing_has_no_value(self):
        assert Share(0, 0).fraction is None
        assert Share(0, 0).percent is None
        assert str(Share(0, 0)) == "–"
        assert Share(1, 3).percent == Fraction(100, 3)

    def test_a_window_ends_after_it_begins(self):
        with pytest.raises(ReversedWindowError, match="swap the two days"):
            Window(date(2020, 1, 2), date(2020, 1, 1))
        day = date(2020, 1, 1)
        window = Window(day, day)
        assert window.months() == ("2020-01",)
        assert [day + timedelta(days=n) in window for n in (-1, 0, 1)] == [False, True, False]

    def test_the_year_ends_when_the_office_closes_on_its_last_day(self):
        assert year_end(CLOCK) == at("2020-09-30 16:30")

    def test_the_year_of_a_night_office_ends_when_its_last_shift_does(self):
        nights = WorkClock(
            OfficeHours(opens=time(22), closes=time(6), overnight=True), WorkingWeek(range(7)), zone="Asia/Bangkok"
        )
        window = Window(date(2020, 1, 1), date(2020, 12, 31))
        assert year_end(nights, window) == at("2021-01-01 06:00")
        case = Record("1", [Event("came", at("2021-01-01 01:00")), Event("went", at("2021-01-01 02:00"))])
        watch = Duration("took", start=reached("came"), stop=reached("went"))
        assert watch.read([case], nights, window=window, as_of=year_end(nights, window)).value == 60
