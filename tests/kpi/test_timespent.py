from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st
from oracle import by_day
from scripts import DATA

from docflow import Letter, OfficeHours, Window, WorkClock, WorkTime, reached
from docflow.bangkok import HANDING_OVER, INCOMING_EXTERNAL_LETTER, office_clock
from docflow.bangkok.files import read_records
from docflow.errors import AmountError, NaiveDatetimeError
from docflow.kpi import (
    ENDED,
    FIRST_EVENT,
    Bin,
    Context,
    DurationResult,
    Event,
    Milestone,
    Observation,
    Record,
    carriers,
    time_spent,
)
from docflow.kpi.bins import Cause
from docflow.letters import Entry
from docflow.worktime import instant

CLOCK = office_clock()
SCREENED = reached("screened")
STEPS = ("receive", "hand_over", "screen", "summarize", "submit", "order", "act", "reopen")
STATES = ("registered", "taken_over", "screened", "summarized", "submitted", "ordered", "acted_on", "taken_over")


class EveryDay:
    def is_working_day(self, day):  # noqa: ARG002 - every one of them
        return True


@frozen
class DayAfter(Milestone):
    """A milestone that no step names."""

    when: datetime

    def find(self, record, context, start=None):  # noqa: ARG002 - whatever happened
        return self.when, instant(self.when)

    def __str__(self):
        return "the day after"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Bangkok"))


def case(number, *moments, units=(None,) * 8):
    entries = [Entry(step, moment, unit=unit) for step, moment, unit in zip(STEPS, moments, units, strict=False)]
    return INCOMING_EXTERNAL_LETTER.replay(Letter(number=number), entries)


def stamped(number, *texts, units=(None,) * 8):
    return case(number, *map(at, texts), units=units)


@st.composite
def registers(draw):
    """A few letters of the fiscal year, each as far as it has come, through hands that name their unit or do not."""
    starts = st.datetimes(datetime(2019, 10, 1), datetime(2020, 9, 1), timezones=st.just(UTC))
    cases = []
    for number in range(draw(st.integers(0, 6))):
        moments = [draw(starts)]
        for gap in draw(st.lists(st.sampled_from([0, 1]) | st.integers(0, 5_000), max_size=7)):
            moments.append(moments[-1] + timedelta(minutes=gap))
        units = [draw(st.sampled_from([None, "registry", "group"])) for _ in moments]
        cases.append(case(str(number), *moments, units=units))
    return cases


as_ofs = st.datetimes(datetime(2019, 10, 1), datetime(2020, 9, 20), timezones=st.just(UTC))
bounds = st.builds(reached, st.sampled_from(STATES), last=st.booleans())
DAY = tuple(f"2020-01-06 {time}" for time in ("09:00", "09:10", "10:00", "12:00", "13:00", "15:00", "16:00"))


class TestOneLetter:
    def test_spends_its_time_state_by_state(self):
        (one,) = time_spent([stamped("1", *DAY)], CLOCK).through
        assert [(span.state, str(span.elapsed)) for span in one.stays] == [
            ("registered", "10 min"),
            ("taken_over", "50 min"),
            ("screened", "2 h"),
            ("summarized", "1 h"),
            ("submitted", "2 h"),
            ("ordered", "1 h"),
        ]
        assert (one.start, one.stop, one.total) == (at(DAY[0]), at(DAY[-1]), WorkTime(hours=7))

    def test_only_the_office_clock_counts(self):
        (one,) = time_spent([stamped("1", "2020-01-03 16:00", "2020-01-06 09:00", *[DAY[-1]] * 5)], CLOCK).through
        assert one.by_stage() == {"taken_over": WorkTime(hours=7), "registered": WorkTime(hours=1)}

    def test_is_in_the_unit_of_the_latest_step_that_named_one(self):
        letter = stamped("1", *DAY, units=(None, "registry", None, "group", None, "registry", None))
        (one,) = time_spent([letter], CLOCK).through
        assert [span.unit for span in one.stays] == [None, "registry", "registry", "group", "group", "registry"]
        assert list(one.by_unit().items()) == [
            ("registry", WorkTime(hours=3, minutes=50)),
            ("group", WorkTime(hours=3)),
            (None, WorkTime(minutes=10)),
        ]

    def test_between_two_moments_keeps_the_unit_named_before(self):
        letter = stamped("1", *DAY, units=("registry", "group", *[None] * 5))
        (one,) = time_spent([letter], CLOCK, start=reached("screened"), stop=reached("submitted")).through
        assert [(span.state, span.unit) for span in one.stays] == [("screened", "group"), ("summarized", "group")]
        assert (one.start, one.stop, one.total) == (at(DAY[2]), at(DAY[4]), WorkTime(hours=3))

    def test_that_came_twice_to_a_state_has_its_time_there_together(self):
        entries = [
            Entry("receive", at("2020-01-06 09:00")),
            Entry("hand_over", at("2020-01-06 10:00")),
            Entry("ask_sender", at("2020-01-06 11:00")),
            Entry("sender_answers", at("2020-01-06 13:00")),
            Entry("screen", at("2020-01-06 16:00")),
        ]
        letter = INCOMING_EXTERNAL_LETTER.replay(Letter(number="1"), entries)
        (one,) = time_spent([letter], CLOCK, stop=reached("screened")).through
        assert list(one.by_stage().items()) == [
            ("taken_over", WorkTime(hours=4)),
            ("awaiting_sender", WorkTime(hours=2)),
            ("registered", WorkTime(hours=1)),
        ]

    def test_seen_from_late_on_to_its_end_is_not_backwards(self):
        (one,) = time_spent([stamped("1", *DAY)], CLOCK, start=reached("submitted")).through
        assert (one.start, one.stop, str(one.total)) == (at(DAY[4]), at(DAY[6]), "3 h")
        assert one.day == date(2020, 1, 6)
        (last,) = time_spent([stamped("1", *DAY)], CLOCK, start=reached("acted_on")).through
        assert (last.start, last.stop, last.stays) == (at(DAY[6]), at(DAY[6]), ())

    def test_whose_start_comes_after_its_end_is_excluded(self):
        after = time_spent([stamped("1", *DAY)], CLOCK, start=DayAfter(at("2020-01-07 09:00")))
        assert [str(one.reason) for one in after.excluded] == ["its end before the day after"]

    def test_is_cut_where_the_hour_that_comes_twice_comes_again(self):
        # Amsterdam, 25 October 2020: 02:50 in summer time is twenty minutes before 02:10 in winter time.
        amsterdam = ZoneInfo("Europe/Amsterdam")
        walls = (("a", 1, 0, 0), ("b", 2, 50, 0), ("c", 2, 10, 1), ("d", 2, 50, 1))
        night = [
            Event(state, datetime(2020, 10, 25, hour, minute, tzinfo=amsterdam, fold=fold))
            for state, hour, minute, fold in walls
        ]
        always = WorkClock(OfficeHours(opens=time(0), closes=time(0)), EveryDay(), zone="Europe/Amsterdam")
        for start, stop, spans in (
            ("a", "c", [("a", "1 h 50 min"), ("b", "20 min")]),
            ("c", "d", [("c", "40 min")]),
        ):
            (one,) = time_spent([Record("1", tuple(night))], always, start=reached(start), stop=reached(stop)).through
            assert [(span.state, str(span.elapsed)) for span in one.stays] == spans

    def test_that_was_as_long_in_no_unit_as_in_one_names_the_one_first(self):
        (one,) = time_spent(
            [stamped("1", *DAY[:2], "2020-01-06 09:20", units=(None, "A", "A"))], CLOCK, stop=SCREENED
        ).through
        assert [(unit, str(elapsed)) for unit, elapsed in one.by_unit().items()] == [("A", "10 min"), (None, "10 min")]

    def test_that_passed_a_state_in_no_time_leaves_no_span_there(self):
        letter = stamped("1", DAY[0], DAY[0], DAY[2])
        (one,) = time_spent([letter], CLOCK, stop=reached("screened")).through
        assert [span.state for span in one.stays] == ["taken_over"]


class TestOpenLetters:
    def test_are_seen_up_to_the_moment_and_kept_apart(self):
        open_, through = stamped("open", *DAY[:3]), stamped("through", *DAY)
        result = time_spent([open_, through], CLOCK, as_of=at("2020-01-07 09:00"))
        assert [one.record for one in result.through] == [through]
        (one,) = result.open
        assert (one.record, one.stop, one.by_stage()["screened"]) == (open_, at("2020-01-07 09:00"), WorkTime(hours=7))
        assert result.total == WorkTime(hours=7)
        assert evolve(result, through=result.open).total == WorkTime(hours=8)

    def test_have_not_reached_the_stop(self):
        letters = [stamped("short", *DAY[:3]), stamped("long", *DAY[:4])]
        result = time_spent(letters, CLOCK, stop=reached("summarized"))
        assert [one.record.number for one in result.open] == ["short"]
        assert [one.record.number for one in result.through] == ["long"]

    def test_are_open_again_once_reopened(self):
        letter = stamped("1", *DAY, "2020-01-06 16:20")
        assert [one.total for one in time_spent([letter], CLOCK, as_of=at(DAY[-1])).through] == [WorkTime(hours=7)]
        (one,) = time_spent([letter], CLOCK, as_of=at("2020-01-06 16:30")).open
        assert one.by_stage()["acted_on"] == WorkTime(minutes=20)
        assert one.by_stage()["taken_over"] == WorkTime(minutes=60)

    def test_a_cancelled_letter_is_through(self):
        letter = stamped("1", *DAY[:2]).apply("cancel", at=at("2020-01-06 11:00"))
        (one,) = time_spent([letter], CLOCK, as_of=at("2020-01-08 09:00")).through
        assert one.total == WorkTime(hours=2)

    def test_plain_records_know_no_end(self):
        record = Record("1", (Event("registered", at(DAY[0])), Event("acted_on", at(DAY[1]))))
        assert len(time_spent([record], CLOCK).open) == 1
        assert len(time_spent([record], CLOCK, stop=reached("acted_on")).through) == 1

    def test_plain_records_out_of_order_leave_no_gaps(self):
        events = [Event("taken_over", at(DAY[2])), Event("registered", at(DAY[0])), Event("submitted", at(DAY[3]))]
        (one,) = time_spent([Record("1", tuple(events))], CLOCK, stop=reached("submitted")).through
        assert one.by_stage() == {"taken_over": WorkTime(hours=2), "registered": WorkTime(hours=1)}
        assert one.total == CLOCK.elapsed(one.start, one.stop)

    def test_plain_records_may_say_what_ends_them(self):
        record = Record("1", (Event("registered", at(DAY[0])), Event("acted_on", at(DAY[1]))), ends=["acted_on"])
        assert len(time_spent([record], CLOCK).through) == 1

    def test_field_visits_end_as_their_cases_do(self):
        visits = read_records(DATA).records["visits"]
        result, cases = time_spent(visits, CLOCK), time_spent([visit.case for visit in visits], CLOCK)
        assert (len(result.through), len(result.open)) == (25, 19)
        assert (result.by_stage(), result.by_unit()) == (cases.by_stage(), cases.by_unit())


class TestExcludedLetters:
    def test_say_why(self):
        letters = [
            stamped("not started", *DAY[:1]),
            stamped("outside", "2020-02-06 09:00", "2020-02-06 09:00"),
            stamped("typo", DAY[0], DAY[1], "2119-01-06 09:00"),
            Record("empty", ()),
        ]
        window = Window(date(2020, 1, 1), date(2020, 1, 31))
        result = time_spent(letters, CLOCK, window=window, start=reached("taken_over"), stop=reached("screened"))
        assert (result.in_scope, result.through, result.open) == (0, (), ())
        assert [one.record.number for one in result.excluded] == ["not started", "outside", "typo", "empty"]
        reasons = [str(one.reason) for one in result.excluded]
        assert reasons[:2] == ["had not reached taken_over", "started outside 2020-01-01 – 2020-01-31"]
        assert "holds the years 2018–2027" in reasons[2]
        assert (result.context.window, result.context.as_of) == (window, at("2119-01-06 09:00"))
        assert reasons[3] == "had not reached taken_over"

    def test_a_letter_of_a_lacking_year_is_none_that_took_no_time(self):
        letter = stamped("typo", *["2119-01-06 09:00"] * 7)
        (excluded,) = time_spent([letter], CLOCK).excluded
        assert "the year 2119 is not in it" in str(excluded.reason)
        halfway = time_spent([stamped("typo", DAY[0], "2119-01-06 09:00")], CLOCK, stop=reached("taken_over"))
        assert [(one.bin, one.reason.cause) for one in (excluded, *halfway.excluded)] == [
            (Bin.EXCLUDED, Cause.NO_CALENDAR)
        ] * 2

    def test_a_letter_that_stops_before_it_starts(self):
        (excluded,) = time_spent(
            [stamped("1", *DAY)], CLOCK, start=reached("screened"), stop=reached("registered")
        ).excluded
        assert str(excluded.reason) == "registered before screened"
        (excluded,) = time_spent([Record("empty", ())], CLOCK, as_of=at(DAY[0])).excluded
        assert str(excluded.reason) == "had not reached its first event"

    def test_belong_to_the_window_of_the_offices_day(self):
        late = case("1", datetime(2019, 11, 30, 18, tzinfo=UTC))  # 1 December in Bangkok
        assert time_spent([late], CLOCK, window=Window(date(2019, 12, 1), date(2019, 12, 31))).in_scope == 1
        assert time_spent([late], CLOCK, window=Window(date(2019, 11, 1), date(2019, 11, 30))).in_scope == 0

    def test_naive_moments_are_refused(self):
        with pytest.raises(NaiveDatetimeError):
            time_spent([], CLOCK, as_of=datetime(2020, 1, 1))


class TestFigures:
    result = time_spent([stamped("1", *DAY), stamped("2", *[DAY[0]] * 2, *[DAY[1]] * 5)], CLOCK)

    def test_are_over_all_letters_that_are_through(self):
        assert self.result.total == WorkTime(hours=7, minutes=10)
        assert list(self.result.by_stage())[:3] == ["screened", "submitted", "ordered"]
        assert self.result.by_stage()["taken_over"] == WorkTime(minutes=60)

    def test_a_mean_is_over_the_letters_that_never_were_there_too(self):
        assert self.result.mean_minutes_by_stage()["registered"] == 5
        assert sum(self.result.mean_minutes_by_stage().values()) == self.result.total.minutes / 2

    def test_shares_are_exact(self):
        assert self.result.share_by_stage()["screened"] == Fraction(120, 430)
        assert self.result.share_by_unit() == {None: 1}

    def test_of_no_time_have_no_value(self):
        night = time_spent([stamped("1", "2020-01-06 20:00", *["2020-01-06 21:00"] * 6)], CLOCK)
        assert night.by_stage() == {"registered": WorkTime()}
        assert night.share_by_stage() == {"registered": None}

    def test_of_nothing_are_nothing(self):
        nothing = time_spent([], CLOCK)
        assert (nothing.in_scope, nothing.total, nothing.by_stage(), nothing.context.as_of) == (0, WorkTime(), {}, None)
        assert nothing.mean_minutes_by_stage() == nothing.share_by_unit() == {}


class TestLaws:
    @given(cases=registers(), as_of=as_ofs, start=st.just(FIRST_EVENT) | bounds, stop=st.just(ENDED) | bounds)
    def test_parts_add_up_to_what_the_clock_says(self, cases, as_of, start, stop):
        result = time_spent(cases, CLOCK, as_of=as_of, start=start, stop=stop)
        for one in (*result.through, *result.open):
            assert one.total == CLOCK.elapsed(one.start, one.stop)
            assert sum(one.by_stage().values(), WorkTime()) == one.total
            assert sum(one.by_unit().values(), WorkTime()) == one.total
            assert one.total.microseconds == by_day(one.start, one.stop) // timedelta(microseconds=1)
        whole = sum((one.total for one in result.through), WorkTime())
        assert result.total == whole
        for parts, shares in (
            (result.by_stage(), result.share_by_stage()),
            (result.by_unit(), result.share_by_unit()),
        ):
            assert sum(parts.values(), WorkTime()) == whole
            assert list(parts.values()) == sorted(parts.values(), reverse=True)
            if whole:
                assert sum(shares.values()) == 1
        if result.through:
            assert sum(result.mean_minutes_by_stage().values()) == whole.minutes / len(result.through)

    @given(cases=registers(), as_of=as_ofs, start=st.just(FIRST_EVENT) | bounds, stop=st.just(ENDED) | bounds)
    def test_spans_follow_one_another_without_gaps(self, cases, as_of, start, stop):
        result = time_spent(cases, CLOCK, as_of=as_of, start=start, stop=stop)
        for one in (*result.through, *result.open):
            edges = [one.start, *(span.stop for span in one.stays)]
            assert [span.start for span in one.stays] == edges[:-1]
            assert edges[-1] == one.stop
            assert all(span.start < span.stop for span in one.stays)

    @given(
        cases=registers(), as_of=st.none() | as_ofs, start=st.just(FIRST_EVENT) | bounds, stop=st.just(ENDED) | bounds
    )
    def test_every_letter_is_in_exactly_one_bin(self, cases, as_of, start, stop):
        result = time_spent(cases, CLOCK, as_of=as_of, start=start, stop=stop)
        bins = [one.record.number for bin_ in (result.through, result.open, result.excluded) for one in bin_]
        assert sorted(bins) == [one.number for one in cases]
        assert result.in_scope == len(cases) - len(result.excluded)

    @given(cases=registers(), as_of=as_ofs, seed=st.randoms())
    def test_the_order_of_the_letters_does_not_show(self, cases, as_of, seed):
        shuffled = list(cases)
        seed.shuffle(shuffled)
        one, other = (time_spent(some, CLOCK, as_of=as_of) for some in (cases, shuffled))
        assert list(one.by_stage().items()) == list(other.by_stage().items())
        assert list(one.share_by_unit().items()) == list(other.share_by_unit().items())
        opened = [sorted(each.open, key=lambda way: way.record.number) for each in (one, other)]
        assert opened[0] == opened[1]

    @given(cases=registers(), as_of=as_ofs, start=st.just(FIRST_EVENT) | bounds, stop=st.just(ENDED) | bounds)
    def test_as_of_the_past_no_later_step_is_seen(self, cases, as_of, start, stop):
        now = time_spent(cases, CLOCK, as_of=as_of, start=start, stop=stop)
        then = [known for known in (one.as_of(as_of) for one in cases) if known is not None]
        rewound = time_spent(then, CLOCK, as_of=as_of, start=start, stop=stop)
        for told, known in ((now.through, rewound.through), (now.open, rewound.open)):
            assert [(one.record.number, one.stays) for one in told] == [(one.record.number, one.stays) for one in known]
        assert all(span.stop <= as_of for one in (*now.through, *now.open) for span in one.stays)

    @given(cases=registers(), as_of=as_ofs)
    def test_between_a_stopwatchs_moments_the_total_is_what_the_stopwatch_reads(self, cases, as_of):
        result = time_spent(cases, CLOCK, as_of=as_of, start=HANDING_OVER.start, stop=HANDING_OVER.stop)
        read = HANDING_OVER.read(cases, CLOCK, as_of=as_of)
        assert [(one.record, one.total) for one in result.through] == [
            (one.record, one.elapsed) for one in read.measured
        ]
        assert [(one.record, one.total) for one in result.open] == [
            (one.record, one.elapsed) for one in read.unfinished
        ]
        assert result.total == read.total


def measured(*minutes):
    seen = (
        Observation(Record(str(n), ()), Bin.COUNTED, worked=WorkTime(minutes=each).microseconds)
        for n, each in enumerate(minutes)
    )
    return DurationResult(HANDING_OVER, Context(CLOCK), seen)


class TestCarriers:
    def test_are_the_fewest_letters_that_took_half_of_the_time(self):
        found = carriers(measured(10, 30, 5, 35, 20))
        assert [(one.record.number, one.elapsed.minutes, one.share) for one in found] == [
            ("3", 35, Fraction(35, 100)),
            ("1", 30, Fraction(30, 100)),
        ]
        assert [one.mean_minutes_without for one in found] == [Fraction(65, 4), Fraction(70, 4)]

    def test_are_no_more_once_the_part_is_reached_exactly(self):
        assert [one.record.number for one in carriers(measured(50, 30, 20))] == ["0"]
        assert [one.record.number for one in carriers(measured(50, 30, 20), part=Fraction(51, 100))] == ["0", "1"]

    def test_of_the_whole_are_all_that_took_any_time(self):
        assert [one.record.number for one in carriers(measured(5, 0, 7), part=1)] == ["2", "0"]

    def test_of_equal_time_come_in_the_order_given(self):
        assert [one.record.number for one in carriers(measured(10, 10, 10, 10))] == ["0", "1"]

    def test_the_only_letter_leaves_no_mean(self):
        assert [(one.share, one.mean_minutes_without) for one in carriers(measured(7))] == [(1, None)]

    def test_of_no_time_or_no_letters_there_are_none(self):
        assert carriers(measured(0, 0)) == carriers(measured()) == carriers(measured(5), part=Fraction(0)) == ()

    @pytest.mark.parametrize("part", [0.5, -1, Fraction(3, 2)])
    def test_a_part_is_an_exact_one_of_the_whole(self, part):
        with pytest.raises(AmountError) as refused:
            carriers(measured(5), part=part)
        assert str(refused.value) == (
            f"{part!r} is no part of the total; give a Fraction from 0 to 1, such as Fraction(1, 2)"
        )

    @given(minutes=st.lists(st.integers(0, 50), max_size=12), part=st.fractions(0, 1))
    def test_no_fewer_would_do_and_none_is_shorter_than_one_left_out(self, minutes, part):
        found, total = carriers(measured(*minutes), part=part), sum(minutes)
        held = [one.elapsed.minutes for one in found]
        assert sum(held) >= part * total
        assert not held or sum(held[:-1]) < part * total
        assert held == sorted(minutes, reverse=True)[: len(held)]
        for one in found:
            rest = [each for n, each in enumerate(minutes) if str(n) != one.record.number]
            assert one.mean_minutes_without == (Fraction(sum(rest), len(rest)) if rest else None)


def test_a_record_that_ended_without_the_stop_is_seen_up_to_its_end():
    at = datetime.fromisoformat
    begun, ended = Event("registered", at("2020-01-06T09:00+07:00")), Event("discarded", at("2020-01-06T11:00+07:00"))
    record = Record("1/2563", [begun, ended], ends=("discarded",))
    year_later = at("2021-01-06T09:00+07:00")
    (way,) = time_spent([record], office_clock(), stop=reached("submitted"), as_of=year_later).open
    assert (way.stop, way.total, way.over) == (ended.at, WorkTime(hours=2), False)
    (still,) = time_spent([evolve(record, ends=())], office_clock(), stop=reached("submitted"), as_of=year_later).open
    assert still.stop == year_later
