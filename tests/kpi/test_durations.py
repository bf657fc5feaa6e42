from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import by_day
from stamped_letters import CLOCK, as_ofs, at, case, registers, stamped

from docflow import (
    Duration,
    Letter,
    OfficeHours,
    OfficeTime,
    Window,
    WorkClock,
    WorkingDays,
    WorkTime,
    reached,
)
from docflow.bangkok import (
    CAP,
    HANDING_OVER,
    INCOMING_EXTERNAL_LETTER,
    SCREENING,
)
from docflow.errors import NaiveDatetimeError
from docflow.kpi.shares import Share
from docflow.letters import Entry


class EveryDay:
    def is_working_day(self, day):  # noqa: ARG002 - every one of them
        return True


class TestDurations:
    def test_the_mean_is_over_letters_never_over_months(self):
        quick = [stamped(str(n), "2019-11-15 09:00", "2019-11-15 09:03") for n in range(3)]
        slow = [stamped("slow", "2019-12-16 09:00", "2019-12-16 09:30")]
        result = HANDING_OVER.read(quick + slow, CLOCK)
        assert result.mean == Fraction(39, 4)
        by_month = {month: part.mean for month, part in result.by_month().items()}
        assert by_month == {"2019-11": 3, "2019-12": 30}

    def test_nothing_is_rounded(self):
        letters = [stamped(str(n), "2019-11-15 09:00", f"2019-11-15 09:0{n}") for n in (1, 2, 2)]
        assert HANDING_OVER.read(letters, CLOCK).mean == Fraction(5, 3)

    def test_a_letter_handed_over_in_the_same_minute_took_no_time(self):
        result = HANDING_OVER.read([stamped("1", "2019-11-15 09:00", "2019-11-15 09:00")], CLOCK)
        assert (result.mean, result.share_within(CAP)) == (0, Share(1, 1))

    def test_letters_may_come_from_anywhere_once(self):
        assert HANDING_OVER.read(iter([stamped("1", "2019-11-15 09:00")]), CLOCK).in_scope == 1

    def test_the_median_lies_in_the_middle(self):
        letters = [stamped(str(n), "2019-11-15 09:00", f"2019-11-15 09:{n:02}") for n in (1, 2, 3, 50)]
        assert HANDING_OVER.read(letters[:3], CLOCK).median == 2
        assert HANDING_OVER.read(letters, CLOCK).median == Fraction(5, 2)

    def test_a_letter_not_yet_handed_over_is_unfinished_and_counted(self):
        result = HANDING_OVER.read([stamped("1", "2019-11-15 09:00")], CLOCK)
        assert (result.in_scope, len(result.measured), len(result.unfinished)) == (1, 0, 1)
        assert result.mean is None
        assert result.median is None

    def test_a_letter_belongs_to_the_window_in_which_its_clock_started(self):
        window = Window(date(2019, 11, 1), date(2019, 11, 30))
        inside = stamped("in", "2019-11-29 16:00", "2019-12-02 09:00")
        outside = stamped("out", "2019-10-31 16:00", "2019-11-01 09:00")
        result = HANDING_OVER.read([inside, outside], CLOCK, window=window)
        assert [timed.record for timed in result.measured] == [inside]
        assert [(one.record, str(one.reason)) for one in result.excluded] == [
            (outside, "started outside 2019-11-01 – 2019-11-30")
        ]

    def test_the_day_a_letter_belongs_to_is_the_offices(self):
        # 18:00 in UTC on the 30th is the 1st in Bangkok.
        late = case("1", datetime(2019, 11, 30, 18, tzinfo=UTC))
        assert list(HANDING_OVER.read([late], CLOCK).by_month()) == ["2019-12"]

    def test_an_open_letter_has_broken_the_cap_once_it_has_used_it_up(self):
        letters = [stamped("in time", "2019-11-15 09:00", "2019-11-15 09:15"), stamped("open", "2019-11-15 16:20")]
        for as_of, share in (("2019-11-18 08:34", Share(1, 1)), ("2019-11-18 08:35", Share(1, 2))):
            result = HANDING_OVER.read(letters, CLOCK, as_of=at(as_of))
            assert result.share_within(CAP) == share
        assert result.unfinished[0].elapsed == CAP

    def test_a_letter_of_a_year_the_calendar_lacks_is_excluded_and_the_others_measured(self):
        good, open_ = stamped("good", "2019-11-15 09:00", "2019-11-15 09:15"), stamped("open", "2019-11-15 09:00")
        typo = stamped("typo", "2019-11-15 09:00", "2119-11-15 09:15")
        result = HANDING_OVER.read([good, open_, typo], CLOCK)
        assert [timed.record for timed in result.measured] == [good]
        assert [(one.record, one.elapsed) for one in result.unfinished] == [(open_, None)]
        assert [(one.record, str(one.reason)) for one in result.excluded] == [
            (
                typo,
                (
                    "ThaiGovernment(area='bangkok') holds the years 2018–2027 and the year 2028 is not in it; "
                    "ask inside them, or add the year with "
                    'ThaiGovernment(table=holiday_table("holidays-2028.csv"))'
                ),
            )
        ]
        assert result.share_within(CAP) == Share(1, 2), "the open one had used it up before the calendar ended"
        old = stamped("old", "2017-11-15 09:00", "2017-11-15 09:15")
        rate = SCREENING.within(WorkingDays(2)).read([old, stamped("new", *["2019-11-15 09:00"] * 5)], CLOCK)
        assert [one.record for one in rate.excluded] == [old]
        assert len(rate.counted) == 1

    def test_a_naive_moment_is_refused(self):
        for letters in ([], [stamped("1", "2019-11-15 09:00")]):
            with pytest.raises(NaiveDatetimeError):
                HANDING_OVER.read(letters, CLOCK, as_of=datetime(2020, 1, 1))

    def test_a_cap_is_working_time(self):
        with pytest.raises(TypeError, match="such as WorkTime"):
            HANDING_OVER.read([], CLOCK).share_within(timedelta(minutes=15))

    def test_a_cap_and_a_mean_are_two_promises(self):
        letters = [stamped(str(n), "2019-11-15 09:00", f"2019-11-15 09:{n:02}") for n in (1, 15, 16)]
        result = HANDING_OVER.read(letters, CLOCK)
        assert result.mean <= 12
        assert result.share_within(CAP) == Share(2, 3)

    def test_the_hour_that_comes_twice_is_an_hour(self):
        amsterdam = ZoneInfo("Europe/Amsterdam")
        first, second = (
            datetime(2020, 10, 25, 2, minute, tzinfo=amsterdam, fold=fold) for minute, fold in ((50, 0), (10, 1))
        )
        always = WorkClock(OfficeHours(opens=time(0), closes=time(0)), EveryDay(), zone="Europe/Amsterdam")
        result = HANDING_OVER.read([case("1", first, second)], always, as_of=second)
        assert result.mean == 20
        assert len(HANDING_OVER.read([case("1", first, second)], always, as_of=first).unfinished) == 1

    def test_a_stop_before_its_start_is_excluded_with_the_reason(self):
        back = Duration("back", start=reached("screened"), stop=reached("taken_over"))
        letter = stamped("1", "2019-11-15 09:00", "2019-11-15 09:10", "2019-11-15 09:20")
        (excluded,) = back.read([letter], CLOCK).excluded
        assert str(excluded.reason) == "taken_over before screened"

    @given(cases=registers(), as_of=as_ofs)
    def test_every_letter_is_in_exactly_one_bin(self, cases, as_of):
        result = HANDING_OVER.read(cases, CLOCK, as_of=as_of)
        bins = [one.record for bin_ in (result.measured, result.unfinished, result.excluded) for one in bin_]
        assert sorted(bins, key=lambda one: one.number) == cases

    @given(cases=registers())
    def test_the_figures_agree_with_a_walk_over_days(self, cases):
        result = HANDING_OVER.read(cases, CLOCK)
        walked = [by_day(one.history[0].at, one.history[1].at) for one in cases if len(one.history) > 1]
        minutes = [Fraction(span // timedelta(microseconds=1), 60_000_000) for span in walked]
        assert len(result.measured) == len(minutes)
        if minutes:
            assert result.mean == sum(minutes) / len(minutes)
            assert result.median == median(minutes)
            assert result.share_within(CAP).hits == sum(one <= 15 for one in minutes)
        now = timedelta(minutes=15)
        late = sum(by_day(one.history[0].at, result.context.as_of) >= now for one in cases if len(one.history) == 1)
        assert result.share_within(CAP).total == len(minutes) + late

    @given(cases=registers(), seed=st.randoms())
    def test_the_order_of_the_letters_does_not_matter(self, cases, seed):
        shuffled = list(cases)
        seed.shuffle(shuffled)
        one, other = (HANDING_OVER.read(some, CLOCK) for some in (cases, shuffled))
        assert (one.mean, one.median, one.context.as_of) == (
            other.mean,
            other.median,
            other.context.as_of,
        )

    @given(cases=registers(), as_of=as_ofs)
    def test_the_months_make_up_the_whole(self, cases, as_of):
        whole = HANDING_OVER.read(cases, CLOCK, as_of=as_of)
        months = whole.by_month().values()
        assert sum((month.total for month in months), WorkTime()) == whole.total
        assert sum(month.in_scope for month in months) == whole.in_scope

    @given(cases=registers(), as_of=as_ofs)
    def test_a_result_as_of_the_past_never_sees_a_later_step(self, cases, as_of):
        result = HANDING_OVER.read(cases, CLOCK, as_of=as_of)
        assert all(timed.stop <= as_of for timed in result.measured)
        assert all(one.start <= as_of for one in result.unfinished)


class TestPausing:
    """Letters that waited for their sender, measured with and without that time."""

    watch = Duration("in the unit", start=reached("taken_over"), stop=reached("submitted"))
    patient = Duration(
        "in the unit",
        start=reached("taken_over"),
        stop=reached("submitted"),
        pausing=INCOMING_EXTERNAL_LETTER.waiting,
    )

    def waited(self, *stamps):
        triggers = ("receive", "hand_over", "ask_sender", "sender_answers", "screen", "summarize", "submit")
        entries = [Entry(trigger, at(stamp)) for trigger, stamp in zip(triggers, stamps, strict=False)]
        return INCOMING_EXTERNAL_LETTER.replay(Letter(number="1/2563"), entries)

    whole = ("2020-01-06 09:00",) * 2 + ("2020-01-06 10:00", "2020-01-08 10:00") + ("2020-01-08 11:00",) * 3

    def test_gives_back_the_time_in_the_states_it_names(self):
        case = self.waited(*self.whole)
        assert [str(timed.elapsed) for timed in self.watch.read([case], CLOCK).measured] == ["18 h"]
        assert [str(timed.elapsed) for timed in self.patient.read([case], CLOCK).measured] == ["2 h"]

    def test_moves_the_due_moment(self):
        case = self.waited(*self.whole)
        limit = OfficeTime(hours=3)
        assert len(self.watch.within(limit).read([case], CLOCK).late) == 1
        (kept,) = self.patient.within(limit).read([case], CLOCK).counted
        assert str(kept.due) == "2020-01-08 12:00:00+07:00"

    def test_goes_on_while_the_letter_waits(self):
        case = self.waited(*self.whole[:3])
        for moment in ("2020-01-07 16:00", "2020-03-02 16:00"):
            rate = self.patient.within(OfficeTime(hours=3)).read([case], CLOCK, as_of=at(moment))
            assert (len(rate.running), len(rate.late)) == (1, 0)
            (waiting,) = self.patient.read([case], CLOCK, as_of=at(moment)).unfinished
            assert str(waiting.elapsed) == "1 h"
        assert len(self.watch.within(OfficeTime(hours=3)).read([case], CLOCK, as_of=at("2020-01-07 16:00")).late) == 1

    def test_that_came_after_the_end_moves_nothing(self):
        case = self.waited(*self.whole)
        for trigger, moment in (
            ("order", "2020-01-08 12:00"),
            ("act", "2020-01-09 09:00"),
            ("reopen", "2020-01-10 09:00"),
            ("ask_sender", "2020-01-10 10:00"),
        ):
            case = case.apply(trigger, at=at(moment))
        (kept,) = self.patient.within(OfficeTime(hours=3)).read([case], CLOCK, as_of=at("2020-02-03 09:00")).counted
        assert str(kept.due) == "2020-01-08 12:00:00+07:00"

    def test_takes_no_single_state_for_several(self):
        with pytest.raises(TypeError, match="'awaiting_sender' is one state; give several"):
            Duration("x", start=reached("a"), stop=reached("b"), pausing="awaiting_sender")

    def test_is_part_of_the_sentence(self):
        assert str(self.patient).endswith("from taken_over to submitted, standing still while awaiting_sender")
        assert self.patient != self.watch

    @given(letters=registers(), as_of=as_ofs)
    def test_of_nothing_changes_nothing(self, letters, as_of):
        still = Duration("1.5", start=HANDING_OVER.start, stop=HANDING_OVER.stop, pausing=["awaiting_sender"])
        patient, plain = (watch.read(letters, CLOCK, as_of=as_of) for watch in (still, HANDING_OVER))
        assert patient.observations == plain.observations
