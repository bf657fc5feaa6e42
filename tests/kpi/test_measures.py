"""Every kind of measure over a handful of records, each expected number worked out beside it."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from small_office import CLOCK, JANUARY, at, bins, names, reasons, trace

from docflow import (
    Duration,
    Hours,
    Indicator,
    OfficeHours,
    Window,
    WorkClock,
    WorkingDays,
    WorkingWeek,
    WorkTime,
    kpi,
)
from docflow.bangkok import office_clock
from docflow.errors import (
    PlanError,
    ReversedWindowError,
    UnknownReadingError,
)
from docflow.kpi import (
    WANTED,
    WINDOW_CLOSE,
    Bin,
    Context,
    Observation,
    Outcome,
    Proportion,
    Reason,
    Target,
    reached,
    since,
)
from docflow.kpi.bins import Cause
from docflow.kpi.observations import Observations
from docflow.kpi.outcomes import evaluate
from docflow.kpi.results import Result, disputed, merged
from docflow.kpi.shares import Share
from docflow.text import Text
from docflow.worktime import instant

WATCH = Duration("handing over", start=reached("came"), stop=reached("went"))
WENT = Proportion("went", start=reached("came"), stop=reached("went"))
NOON = at("01-31 12:00")


def read(measure, *cases, window=JANUARY, as_of=NOON):
    return measure.read(cases, CLOCK, window=window, as_of=as_of)


def read_all(measures, *cases, window=JANUARY, as_of=NOON):
    return kpi.read(cases, CLOCK, measures=measures, window=window, as_of=as_of)


class TestWindows:
    fiscal = Window(date(2019, 10, 1), date(2020, 9, 30))

    def test_a_part_of_a_year_is_named_by_its_months(self):
        assert self.fiscal.between(11, 8) == Window(date(2019, 11, 1), date(2020, 8, 31))
        assert self.fiscal.between(2, 2) == Window(date(2020, 2, 1), date(2020, 2, 29))
        assert self.fiscal.between(10, 9) == self.fiscal
        assert self.fiscal.between(12, 12) == Window(date(2019, 12, 1), date(2019, 12, 31))

    def test_a_part_never_leaves_a_window_that_begins_or_ends_in_the_middle_of_a_month(self):
        window = Window(date(2020, 1, 15), date(2020, 3, 10))
        assert window.between(1, 3) == window
        assert window.between(2, 3) == Window(date(2020, 2, 1), date(2020, 3, 10))
        assert window.between(1, 2) == Window(date(2020, 1, 15), date(2020, 2, 29))

    def test_a_part_that_ends_before_it_begins_is_refused(self):
        with pytest.raises(ReversedWindowError) as refused:
            self.fiscal.between(8, 11)
        assert str(refused.value) == (
            "the window ends on 2019-11-30, before its first day 2020-08-01; swap the two days"
        )

    @pytest.mark.parametrize(("first", "last", "missing"), [(5, 2, 5), (1, 13, 13), (0, 2, 0)])
    def test_a_month_that_it_does_not_have_is_refused(self, first, last, missing):
        window = Window(date(2020, 1, 1), date(2020, 3, 31))
        with pytest.raises(PlanError) as refused:
            window.between(first, last)
        assert str(refused.value) == f"2020-01-01 – 2020-03-31: has no month {missing}; give one of 1, 2, 3"

    @pytest.mark.parametrize("zone", ["Asia/Bangkok", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
    @pytest.mark.parametrize("window", [JANUARY, Window(date(2020, 1, 15), date(2020, 1, 15))])
    def test_the_offices_date_decides_at_every_hour_around_the_edges(self, zone, window):
        clock = WorkClock(OfficeHours(opens=time(9), closes=time(17)), WorkingWeek(), zone=zone)
        context = Context(clock, window)
        first = datetime.combine(window.first - timedelta(days=5), time(), tzinfo=clock.tz)
        inside = []
        for hour in range(((window.last - window.first).days + 11) * 24):
            wall = (first + timedelta(hours=hour)).replace(fold=0)
            inside.append((wall, context.holds(instant(wall))))
        counted = [wall for wall, within in inside if within]
        assert counted == [wall for wall, _ in inside if window.first <= wall.date() <= window.last]
        assert (counted[0].date(), counted[-1].date(), len(counted) % 24) == (window.first, window.last, 0)

    def test_months_are_named_in_order(self):
        assert Window(date(2019, 11, 30), date(2020, 2, 1)).months() == ("2019-11", "2019-12", "2020-01", "2020-02")


class TestDurations:
    def test_time_is_office_time_and_the_mean_is_over_all(self):
        # 16:30 to 17:00 and 9:00 to 9:15 are 45 minutes; 9:00 to 9:20 are 20; over a weekend 5 + 10 are 15.
        cases = [
            trace("over night", ("came", "01-06 16:30"), ("went", "01-07 09:15")),
            trace("quick", ("came", "01-06 09:00"), ("went", "01-06 09:20")),
            trace("over a weekend", ("came", "01-10 16:55"), ("went", "01-13 09:10")),
        ]
        result = read(WATCH, *cases)
        assert [str(one.elapsed) for one in result.measured] == ["45 min", "20 min", "15 min"]
        assert str(result.total) == "1 h 20 min"
        assert (result.numerator, result.denominator, result.value) == (80, 3, Fraction(80, 3))
        assert result.mean == Fraction(80, 3)
        assert result.median == 20
        assert result.unit == "min"
        assert result.name == "handing over"

    def test_what_is_open_is_unfinished_with_what_it_has_used_up(self):
        result = read(WATCH, trace("1", ("came", "01-31 09:30")))
        assert bins(result) == {"unfinished": ["1"]}
        assert str(result.unfinished[0].elapsed) == "2 h 30 min"
        assert (result.numerator, result.denominator, result.value, result.in_scope) == (0, 0, None, 1)

    def test_no_letter_has_no_percentile_and_no_median(self):
        nothing = read(WATCH)
        assert nothing.percentile(50) is None
        assert nothing.median is None

    @pytest.mark.parametrize(
        ("percent", "minutes"),
        [(1, 1), (25, 1), (26, 2), (50, 2), (Fraction(5001, 100), 3), (75, 3), (75.5, 40), (100, 40)],
    )
    def test_a_percentile_is_the_least_that_so_many_did_not_exceed(self, percent, minutes):
        cases = [trace(str(n), ("came", "01-06 09:00"), ("went", f"01-06 09:{n:02}")) for n in (40, 1, 3, 2)]
        assert read(WATCH, *cases).percentile(percent) == minutes

    @pytest.mark.parametrize("percent", [0, -1, 101, Fraction(10001, 100)])
    def test_a_percentile_lies_between_nothing_and_all(self, percent):
        with pytest.raises(PlanError) as refused:
            read(WATCH).percentile(percent)
        assert str(refused.value) == f"handing over: there is no {percent}th percentile; give one from 1 to 100"

    @pytest.mark.parametrize(
        ("part", "percent"), [(0.9, 90), (0.29, 29), (Fraction(999, 1000), 99.9), (0.005, 0.5), (Fraction(1, 100), 1)]
    )
    def test_a_part_of_one_is_no_percentage(self, part, percent):
        with pytest.raises(PlanError) as refused:
            read(WATCH, trace("1", ("came", "01-06 09:00"), ("went", "01-06 09:20"))).percentile(part)
        assert str(refused.value) == f"handing over: there is no {part}th percentile; did you mean {percent}?"

    def test_the_share_within_a_cap_knows_the_open_ones_that_broke_it(self):
        cases = [
            trace("kept", ("came", "01-06 09:00"), ("went", "01-06 09:15")),
            trace("broken", ("came", "01-06 09:00"), ("went", "01-06 09:16")),
            trace("open and broken", ("came", "01-31 11:45")),
            trace("open", ("came", "01-31 11:46")),
        ]
        assert read(WATCH, *cases).share_within(WorkTime(minutes=15)) == Share(1, 3)
        with pytest.raises(TypeError) as refused:
            read(WATCH).share_within(15)
        assert str(refused.value) == "15 is no amount of working time; give one, such as WorkTime(minutes=15)"

    def test_a_duration_that_stands_still_says_so(self):
        patient = Duration("p", start=reached("came"), stop=reached("went"), pausing=("waiting", "away"))
        assert str(patient) == "p: from came to went, standing still while waiting or away"
        case = trace(
            "1", ("came", "01-06 10:00"), ("waiting", "01-06 11:00"), ("back", "01-06 12:30"), ("went", "01-06 13:00")
        )
        assert str(read(patient, case).total) == "1 h 30 min"

    def test_what_withdraws_a_record_is_handed_on_to_its_proportions(self):
        watch = Duration(
            "w", start=reached("came"), stop=reached("went"), withdrawn_in=("cancelled",), pausing=("waiting",)
        )
        capped = watch.capped(WorkTime(minutes=15))
        for kept in (watch.within(WorkingDays(2)), capped, watch.under({"days": WorkingDays(2)})["days"]):
            assert (kept.name, kept.withdrawn_in, kept.pausing) == ("w", ("cancelled",), ("waiting",))
            assert (kept.start, kept.stop, kept.fails_if) == (watch.start, watch.stop, None)
        case = trace("1", ("came", "01-06 10:00"), ("cancelled", "01-06 11:00"))
        for measure in (watch, watch.within(WorkingDays(2)), capped):
            assert reasons(read(measure, case).excluded) == {"1": "was cancelled before went"}


class TestCaps:
    cap = WATCH.capped(WorkTime(minutes=15))

    def test_working_time_decides_not_a_due_moment(self):
        cases = [
            trace("to the minute", ("came", "01-06 09:00"), ("went", "01-06 09:15")),
            trace("a minute over", ("came", "01-06 09:00"), ("went", "01-06 09:16")),
            trace("at night", ("came", "01-06 16:50"), ("went", "01-06 22:00")),
            trace("open, used up", ("came", "01-31 11:45")),
            trace("open", ("came", "01-31 11:46")),
            trace("never came", ("went", "01-06 09:00")),
        ]
        result = read(self.cap, *cases)
        assert bins(result) == {
            "counted": ["to the minute", "at night"],
            "late": ["a minute over", "open, used up"],
            "running": ["open"],
            "excluded": ["never came"],
        }
        assert (result.numerator, result.denominator, result.value) == (200, 4, 50)
        assert (type(result), type(result.measure), result.unit) == (Result, Proportion, "%")
        assert [str(one.elapsed) for one in result.counted + result.late + result.running] == [
            "15 min", "10 min", "16 min", "15 min", "14 min",
        ]  # fmt: skip  # in the order of the bins

    def test_a_cap_used_up_before_the_calendar_ends_stays_broken_after_it(self):
        old, late = trace("old", ("came", "2027-12-29 09:00")), trace("late", ("came", "2027-12-30 16:25"))
        for as_of, running in (("2027-12-30 16:26", ["late"]), ("2028-02-01 09:00", ["late"])):
            result = self.cap.read([old, late], office_clock(), as_of=at(as_of))
            assert bins(result) == {"late": ["old"], "running": running}
        assert result.running[0].elapsed is None

    def test_what_stopped_in_a_year_that_the_calendar_lacks_is_excluded(self):
        typo = trace("1", ("came", "2020-01-06 09:00"), ("went", "2119-01-06 09:00"))
        (excluded,) = self.cap.read([typo], office_clock()).excluded
        assert excluded.reason.cause is Cause.NO_CALENDAR

    def test_has_its_durations_name_and_reads_as_a_sentence(self):
        assert self.cap.name == "handing over"
        assert str(self.cap) == "handing over: from came to went, in at most 15 min"

    def test_is_working_time(self):
        with pytest.raises(TypeError) as refused:
            WATCH.capped(timedelta(minutes=15))
        assert str(refused.value) == (
            "datetime.timedelta(seconds=900) is no amount of working time; give one, such as WorkTime(minutes=15)"
        )


class TestAlternatives:
    ways = WATCH.under({"days": WorkingDays(1), "hours": Hours(24), "long": Hours(200)})
    cases = (
        # Monday 10:00: a working day ends on Tuesday at 17:00, 24 hours on Tuesday at 10:00.
        trace("both", ("came", "01-06 10:00"), ("went", "01-07 10:00")),
        trace("days only", ("came", "01-06 10:00"), ("went", "01-07 17:00")),
        # Friday 10:00: a working day ends on Monday at 17:00, 24 hours on Saturday at 10:00.
        trace("open", ("came", "01-10 10:00")),
        trace("not begun", ("went", "01-10 10:00")),
    )

    def outcome(self, official, *cases, measures=None, as_of=NOON):
        ways = self.ways if measures is None else measures
        one = Indicator(number="A", title="a", of="letters", measure=ways[official], alternatives=ways)
        year = Window(date(2020, 1, 1), date(2020, 12, 31))
        return evaluate({"letters": cases}, CLOCK, indicators=[one], year=year, as_of=as_of)[0]

    def test_every_reading_is_computed_and_the_official_one_decides(self):
        results = read_all(self.ways, *self.cases, as_of=at("01-13 12:00"))
        assert {name: bins(result) for name, result in results.items()} == {
            "days": {"counted": ["both", "days only"], "running": ["open"], "excluded": ["not begun"]},
            "hours": {"counted": ["both"], "late": ["days only", "open"], "excluded": ["not begun"]},
            "long": {"counted": ["both", "days only"], "running": ["open"], "excluded": ["not begun"]},
        }
        found = self.outcome("hours", *self.cases, as_of=at("01-13 12:00"))
        assert found.result is found.alternatives["hours"]
        assert found.indicator.official == "hours"
        assert {name: bins(one) for name, one in found.alternatives.items()} == {
            name: bins(one) for name, one in results.items()
        }

    def test_the_records_whose_verdict_hangs_on_the_reading_are_named(self):
        results = read_all(self.ways, *self.cases, as_of=at("01-13 12:00"))
        assert disputed(results) == (
            (self.cases[1], {"days": Bin.COUNTED, "hours": Bin.LATE, "long": Bin.COUNTED}),
            (self.cases[2], {"days": Bin.RUNNING, "hours": Bin.LATE, "long": Bin.RUNNING}),
        )
        assert disputed({}) == ()
        found = self.outcome("hours", *self.cases, as_of=at("01-13 12:00"))
        assert found.disputed == disputed(results)

    def test_by_month_each_reading_has_its_own_records(self):
        later = trace("later", ("came", "02-03 09:00"))
        months = self.outcome("hours", *self.cases, later, as_of=at("02-03 10:00")).by_month()
        assert list(months) == ["2020-01", "2020-02"]
        assert all(month.indicator.official == "hours" for month in months.values())
        assert bins(months["2020-01"].alternatives["days"]) == {"counted": ["both", "days only"], "late": ["open"]}
        assert [record.number for record, _ in months["2020-01"].disputed] == ["days only"]
        assert months["2020-02"].disputed == ()
        assert list(months["2020-02"].alternatives) == ["days", "hours", "long"]

    def test_months_are_those_of_the_official_reading(self):
        # Read by what it is wanted by, the record names no moment and is excluded, so it belongs to no month.
        case = trace("1", ("came", "01-06 10:00"), ("went", "01-06 11:00"))
        wanted = Proportion("w", start=reached("came"), stop=reached("went"), limit=WANTED)
        measures = {"plain": WENT, "wanted": wanted}
        for official, months in (("plain", ["2020-01"]), ("wanted", [])):
            assert list(self.outcome(official, case, measures=measures).by_month()) == months
        nothing = self.outcome("plain", case, measures=measures).by_month()["2020-01"].alternatives["wanted"]
        assert (nothing.in_scope, nothing.measure, nothing.value) == (0, wanted, None)

    def test_each_reading_has_its_own_records_of_a_month(self):
        late = Proportion("w", start=reached("taken"), stop=reached("went"))
        case = trace("1", ("came", "01-30 10:00"), ("taken", "02-03 10:00"), ("went", "02-04 10:00"))
        other = trace("2", ("came", "02-03 10:00"), ("taken", "02-04 10:00"))
        months = self.outcome("plain", case, other, measures={"plain": WENT, "late": late}, as_of=at("02-10 10:00"))
        months = months.by_month()
        assert {month: one.alternatives["late"].in_scope for month, one in months.items()} == {
            "2020-01": 0,
            "2020-02": 2,
        }
        assert [len(one.disputed) for one in months.values()] == [1, 1], "who is in one reading only is disputed"

    def test_readings_may_look_at_different_moments(self):
        ways = {
            "last": Proportion("w", start=reached("came"), stop=reached("went", last=True), limit=Hours(24)),
            "first": WATCH.within(Hours(24)),
        }
        case = trace("1", ("came", "01-06 10:00"), ("went", "01-06 11:00"), ("went", "01-08 11:00"))
        results = read_all(ways, case)
        assert (bins(results["last"]), bins(results["first"])) == ({"late": ["1"]}, {"counted": ["1"]})
        assert self.outcome("last", case, measures=ways).result.name == "w"

    def test_the_official_reading_is_one_of_them(self):
        with pytest.raises(UnknownReadingError) as refused:
            Indicator(number="A", title="a", of="letters", measure=WENT, alternatives=self.ways)
        assert str(refused.value) == "'went: from came to went' is none of the readings; choose days, hours, long"


class TestResults:
    letters = (
        trace("1", ("came", "01-06 09:00"), ("went", "01-06 09:30")),
        trace("2", ("came", "02-03 09:00"), ("went", "02-03 09:10")),
        trace("3", ("came", "02-03 09:00")),
        trace("4", ("went", "02-03 09:00")),
    )

    def whole(self, measure=WATCH, **more):
        return measure.read(self.letters, CLOCK, **({"as_of": at("02-03 12:00")} | more))

    def test_the_months_merged_are_the_whole_but_for_what_is_excluded(self):
        whole = self.whole()
        together = merged(whole.by_month().values())
        assert (together.value, together.in_scope, together.bins[Bin.UNFINISHED]) == (20, 3, whole.unfinished)
        assert together.context == whole.context
        assert names(together.observations) == ["1", "2", "3"]
        with pytest.raises(
            PlanError, match="1 is in two of the parts and would count twice; give parts that lie apart"
        ):
            merged([whole, whole])
        for none in (whole, [1], {"Q1": whole}):
            with pytest.raises(TypeError, match="such as result.by_month"):
                merged(none)

    @pytest.mark.parametrize(
        "other",
        [
            {"measure": WENT},
            {"window": JANUARY},
            {"as_of": at("02-03 13:00")},
        ],
    )
    def test_only_parts_of_one_result_are_merged(self, other):
        with pytest.raises(PlanError) as refused:
            merged([self.whole(), self.whole(), self.whole(**other)])
        named = other["measure"].name if "measure" in other else "handing over"
        assert str(refused.value) == f"{named}: only parts of one result can be merged; read them in one context"

    def test_parts_on_two_clocks_are_strangers(self):
        with pytest.raises(PlanError, match="read them in one context"):
            merged([self.whole(), WATCH.read(self.letters, office_clock(), as_of=at("02-03 12:00"))])

    def test_nothing_cannot_be_merged(self):
        with pytest.raises(PlanError) as refused:
            merged([])
        assert str(refused.value) == "merged: there is nothing to merge; give at least one result"

    def test_by_month_a_rate_divides_what_the_month_has(self):
        months = self.whole(WATCH.within(Hours(1))).by_month()
        assert {name: (month.numerator, month.denominator, month.value) for name, month in months.items()} == {
            "2020-01": (100, 1, 100),
            "2020-02": (100, 2, 50),
        }

    def test_the_order_of_the_months_is_that_of_the_calendar(self):
        cases = [trace(day, ("came", f"{day} 09:00")) for day in ("2021-01-04", "2020-12-07", "2020-02-03")]
        assert list(WATCH.read(cases, CLOCK, as_of=at("2021-02-01 09:00")).by_month()) == [
            "2020-02",
            "2020-12",
            "2021-01",
        ]

    def test_shares_never_round_up_to_all(self):
        assert [str(Share(*pair)) for pair in ((1, 3), (0, 3), (3, 3), (99_999, 100_000))] == [
            "33.33 %", "0.00 %", "100.00 %", "99.99 %",
        ]  # fmt: skip  # a table

    def test_shares_are_rounded_once(self):
        assert str(Share(1, 20_001)) == "0.00 %", "0.0049997… is less than half a hundredth"

    def test_an_observation_says_its_due_moment_in_the_zone_of_its_start(self):
        case = type(self.letters[0])(
            "1", (type(self.letters[0].history[0])("came", datetime(2020, 1, 6, 3, tzinfo=UTC)),)
        )
        (found,) = WATCH.within(WorkingDays(1)).read([case], CLOCK, as_of=NOON).late
        assert (found.due.tzinfo, found.due) == (UTC, at("01-07 17:00"))
        assert Observation(case, Bin.EXCLUDED).due is None
        assert Observation(case, Bin.COUNTED, start=NOON).due is None, "without a limit nothing is due"

    def test_an_observation_lies_on_the_offices_day_in_whatever_zone_its_start_is_written(self):
        # Monday the 6th, 20:00 in UTC, is Tuesday the 7th, 3:00 in Bangkok.
        night = datetime(2020, 1, 6, 20, tzinfo=UTC)
        case = type(self.letters[0])("1", (type(self.letters[0].history[0])("came", night),))
        (found,) = WATCH.read([case], CLOCK, as_of=NOON).unfinished
        assert (found.start, found.day) == (night, date(2020, 1, 7))
        assert Observation(case, Bin.COUNTED, start=night).day is None, "no office says what day that is"

    def test_observations_are_a_value_like_the_tuple_of_them(self):
        observations = self.whole().observations
        made = tuple(observations)
        assert (observations, hash(observations)) == (made, hash(made))
        assert repr(observations) == "<Observations: counted 2, unfinished 1, excluded 1>"
        assert observations != list(made), "but they are no list"
        assert (observations[1:3], observations[-1], len(observations)) == (made[1:3], made[-1], 4)
        assert type(observations[1:3]) is Observations
        assert [one.elapsed for one in observations[:2]] == [WorkTime(minutes=30), WorkTime(minutes=10)]
        assert Observations.of(observations) is observations, "they are put together once"
        assert Observations.of(iter(made)) == observations

    def test_a_reason_is_data_and_says_itself(self):
        reason = Reason(Cause.BACKWARDS, (reached("went"), reached("came")))
        assert (reason.cause, reason.particulars, str(reason)) == (
            Cause.BACKWARDS,
            (reached("went"), reached("came")),
            "went before came",
        )
        assert Observation(self.letters[0], Bin.COUNTED).reason is None


class TestTheCloseOfTheWindow:
    trained = Proportion(
        "t", start=since("here"), stop=reached("trained", nth=2), limit=WINDOW_CLOSE, withdrawn_in=("left",)
    )

    def bins(self, moment, *steps):
        result = self.trained.read([trace("1", *steps)], CLOCK, window=JANUARY, as_of=at(moment))
        return [seen.bin for seen in result.observations]

    def test_is_when_the_office_closes_for_the_last_time(self):
        assert self.bins("01-31 16:59", ("here", "01-02 09:00")) == [Bin.RUNNING]
        assert self.bins("01-31 17:00", ("here", "01-02 09:00")) == [Bin.LATE]
        twice = [("here", "01-02 09:00"), ("trained", "01-10 09:00"), ("trained", "01-31 17:00")]
        assert self.bins("01-31 17:00", *twice) == [Bin.COUNTED]

    def test_is_none_without_a_window(self):
        result = self.trained.read([trace("1", ("here", "01-02 09:00"))], CLOCK, as_of=at("01-31 17:00"))
        assert reasons(result.excluded) == {"1": "names no moment by which it is due"}
        assert str(self.trained).endswith("to 2 × trained, by the close of the window")

    def test_who_left_before_coming_again_is_asked_like_the_others(self):
        steps = [("here", "01-06 09:00"), ("left", "01-05 09:00")]
        assert self.bins("01-31 17:00", *steps) == [Bin.LATE]
        assert self.bins("01-31 17:00", ("here", "01-06 09:00"), ("left", "01-07 09:00")) == [Bin.EXCLUDED]


def test_a_window_is_a_window():
    with pytest.raises(TypeError, match="is no window; give one"):
        WENT.read([], CLOCK, window=(date(2020, 1, 1), date(2020, 1, 31)))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Window("2020-01-01", "2020-12-31"),
        lambda: Window(at("01-01 00:00"), at("12-31 00:00")),
        lambda: Indicator(number="A", title="a", of="x", measure=WENT, alternatives={"days": WorkingDays(2)}),
        lambda: Proportion("p", start=reached("a"), stop=reached("b"), limit=Hours(1), cap=WorkTime(hours=1)),
        lambda: Target(99.5, "≥"),
        lambda: Text("ก", None),
    ],
)
def test_what_a_definition_cannot_use_is_refused_where_it_is_given(make):
    with pytest.raises(TypeError):
        make()


def test_pairs_that_are_lists_are_not_kept_by_a_definition():
    pair = ["went", WENT]
    one = Indicator(number="A", title="a", of="letters", measure=WENT, alternatives=[pair])
    pair.clear()
    assert one.alternatives == (("went", WENT),)
    hash(one)


def test_what_is_no_measure_is_refused_where_it_is_read():
    with pytest.raises(TypeError, match="is no measure"):
        read_all({"days": WorkingDays(2)})


def test_what_is_given_to_a_definition_or_a_result_is_not_kept():
    ways, results = {"went": WENT}, {"went": read(WENT)}
    one = Indicator(number="A", title="a", of="letters", measure=WENT, alternatives=ways)
    found = Outcome(one, Context(CLOCK, JANUARY, NOON), results)
    for given in (ways, results):
        given.clear()
    assert (one.alternatives, list(found.results)) == ((("went", WENT),), ["went"])
    hash(one)
    with pytest.raises(ValueError, match="is not a valid Direction"):
        Target(Fraction(95), ">")
