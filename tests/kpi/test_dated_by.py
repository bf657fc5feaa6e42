"""Dated by the stop: records belong to the window and the month of the day on which their clock stopped."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from small_office import CLOCK, JANUARY, YEAR, at, bins, names, reasons, trace

from docflow import Duration, Indicator, OfficeHours, Plan, Proportion, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.errors import PlanError
from docflow.kpi import Count, Event, Record, differences, each_month, observe, reached, read, since
from docflow.kpi.contexts import Context
from docflow.kpi.spans import Span

CAME, WENT = reached("came"), reached("went")
BY_START = Duration("took", start=CAME, stop=WENT, withdrawn_in=("dropped",))
BY_STOP = Duration("took", start=CAME, stop=WENT, withdrawn_in=("dropped",), dated_by="stop")
LETTERS = (
    trace("before", ("came", "2019-12-30 09:00"), ("went", "01-02 09:00")),
    trace("inside", ("came", "01-06 09:00"), ("went", "01-06 10:00")),
    trace("after", ("came", "01-30 09:00"), ("went", "02-03 09:00")),
    trace("open", ("came", "01-06 09:00")),
    trace("dropped", ("came", "01-06 09:00"), ("dropped", "01-07 09:00")),
    trace("backwards", ("went", "01-06 09:00"), ("came", "01-07 09:00")),
    trace("backwards, and outside", ("went", "2019-12-06 09:00"), ("came", "01-07 09:00")),
    trace("not begun", ("went", "01-06 09:00")),
)
NOON = at("02-10 12:00")


def test_the_window_holds_what_stopped_in_it_and_says_why_the_rest_is_excluded():
    result = BY_STOP.read(LETTERS, CLOCK, window=JANUARY, as_of=NOON)
    assert bins(result)["counted"] == ["before", "inside"]
    assert reasons(result.excluded) == {
        "after": "stopped outside 2020-01-01 – 2020-01-31",
        "open": "had not reached went",
        "dropped": "was dropped before went",
        "backwards": "went before came",
        "backwards, and outside": "stopped outside 2020-01-01 – 2020-01-31",
        "not begun": "had not reached came",
    }


def test_by_the_start_everything_is_as_it_was():
    result = BY_START.read(LETTERS, CLOCK, window=JANUARY, as_of=NOON)
    assert bins(result)["counted"] == ["inside", "after"]
    assert bins(result)["unfinished"] == ["open"]
    assert reasons(result.excluded)["before"] == "started outside 2020-01-01 – 2020-01-31"
    assert list(result.by_month()) == ["2020-01"]


def test_day_and_month_are_those_of_the_stop():
    result = BY_STOP.read(LETTERS[:3], CLOCK, window=YEAR)
    assert [str(seen.day) for seen in result.observations] == ["2020-01-02", "2020-01-06", "2020-02-03"]
    assert {month: names(part.counted) for month, part in result.by_month().items()} == {
        "2020-01": ["before", "inside"],
        "2020-02": ["after"],
    }
    assert str(result.by_month()["2020-02"].observations[0].day) == "2020-02-03", "a part dates as the whole does"
    assert str(observe(LETTERS[2], Context(CLOCK), measure=BY_STOP).day) == "2020-02-03"


def test_a_stop_in_the_small_hours_belongs_to_the_day_of_its_shift():
    nights = WorkClock(OfficeHours(opens=time(22), closes=time(6), overnight=True), WorkingWeek(), zone="Asia/Bangkok")
    stopped = trace("1", ("came", "01-30 23:00"), ("went", "02-01 05:00"))  # Friday's shift ends on Saturday
    result = BY_STOP.read([stopped], nights, window=JANUARY)
    assert list(result.by_month()) == ["2020-01"]


def test_the_zone_in_which_the_stop_is_written_does_not_matter():
    there = datetime(2020, 1, 31, 20, tzinfo=ZoneInfo("America/New_York"))  # 1 February in Bangkok
    record = Record("1", [Event("came", at("01-06 09:00")), Event("went", there)])
    assert reasons(BY_STOP.read([record], CLOCK, window=JANUARY).excluded) == {
        "1": "stopped outside 2020-01-01 – 2020-01-31"
    }


def test_a_stop_that_is_not_seen_yet_has_not_come():
    result = BY_STOP.read(LETTERS[:3], CLOCK, window=YEAR, as_of=at("02-02 12:00"))
    assert bins(result) == {"counted": ["before", "inside"], "excluded": ["after"]}
    assert reasons(result.excluded) == {"after": "had not reached went"}


def test_what_stops_as_it_starts_took_no_time_and_is_not_backwards():
    at_once = trace("1", ("came", "01-06 09:00"), ("went", "01-06 09:00"))
    assert [seen.elapsed for seen in BY_STOP.read([at_once], CLOCK, window=JANUARY).counted] == [WorkTime()]


def test_limit_cap_and_readings_hand_it_on():
    for measure in (
        BY_STOP.within(WorkingDays(1)),
        BY_STOP.capped(WorkTime(hours=8)),
        BY_STOP.under({"a day": WorkingDays(1)})["a day"],
        Count(BY_STOP.within(WorkingDays(1))).proportion,
    ):
        assert measure.dated_by == measure.span.dated_by == "stop"
    assert BY_START.within(WorkingDays(1)).dated_by == "start"
    result = BY_STOP.within(WorkingDays(1)).read(LETTERS[:3], CLOCK, window=JANUARY)
    assert bins(result) == {"counted": ["inside"], "late": ["before"], "excluded": ["after"]}


def test_months_with_one_are_the_months_of_the_stop():
    answered = Proportion("answered", start=CAME, stop=WENT, dated_by="stop")
    assert Count(answered, months=True).read(LETTERS[:3], CLOCK, window=YEAR).value == 2


def test_it_says_so():
    assert str(BY_STOP) == "took: from came to went, by the day of its stop"
    assert (
        str(BY_STOP.within(WorkingDays(1))) == "took: from came to went, within 1 working day, by the day of its stop"
    )
    assert str(BY_START) == "took: from came to went"


@pytest.mark.parametrize("given", ["end", None, ["stop"], "Stop"])
def test_another_moment_is_refused_with_the_way_out(given):
    said = 'is no moment by which records are dated; give "start", or "stop" for what was finished in a window$'
    for make in (
        lambda: Duration("took", start=CAME, stop=WENT, dated_by=given),
        lambda: Proportion("took", start=CAME, stop=WENT, dated_by=given),
    ):
        with pytest.raises(PlanError, match=said):
            make()


def test_readings_by_start_and_by_stop_are_read_apart():
    both = read(LETTERS, CLOCK, measures={"start": BY_START, "stop": BY_STOP}, window=JANUARY, as_of=NOON)
    assert {name: names(result.counted) for name, result in both.items()} == {
        "start": ["inside", "after"],
        "stop": ["before", "inside"],
    }
    assert both["start"].observations[1] != both["stop"].observations[1], "they speak of two days"


def test_what_a_span_asks_of_no_window_is_asked_of_none_by_the_stop():
    anywhere = Span(CAME, WENT, windowed=False, dated_by="stop")

    class Anywhere(Duration):
        span = anywhere

    result = Anywhere("took", start=CAME, stop=WENT).read(LETTERS[:3], CLOCK, window=JANUARY)
    assert names(result.counted) == ["before", "inside", "after"]


def test_differences_name_the_reading_and_see_a_stop_in_another_month():
    one, other = (measure.read(LETTERS[1:3], CLOCK, window=YEAR) for measure in (BY_START, BY_STOP))
    found = differences(one, other)
    assert found.contexts == ("as took: from came to went, by the day of its stop instead of took: from came to went",)
    assert [(change.number, change.because) for change in found.changes] == [("after", ("of the reading",))]
    later = trace("inside", ("came", "01-06 09:00"), ("went", "02-06 09:00"))
    stops = differences(other, BY_STOP.read([later, LETTERS[2]], CLOCK, window=YEAR))
    assert [change.number for change in stops.changes] == ["inside"]


class TestAnOutcome:
    @staticmethod
    def outcome(measure, window=JANUARY):
        answered = Indicator(number="A", title="answered", of="letters", measure=measure)
        plan = Plan(title="a plan", year=window, clock=CLOCK, indicators=[answered])
        return plan.evaluate({"letters": LETTERS[:4]}, as_of=NOON)["A"]

    def test_explains_by_which_day_it_counts_in_both_languages(self):
        said = self.outcome(BY_STOP).explain()
        assert "\n2020-01-01 – 2020-01-31, by the day of the stop, as of 2020-02-10 12:00\n" in said
        assert "  excluded 1: stopped outside 2020-01-01 – 2020-01-31" in said
        thai = self.outcome(BY_STOP).explain("th")
        assert "1 ม.ค. 2563 – 31 ม.ค. 2563 นับตามวันที่สิ้นสุด ณ 10 ก.พ. 2563 12.00 น." in thai
        assert "สิ้นสุดนอกช่วง 1 ม.ค. 2563 – 31 ม.ค. 2563" in thai
        assert "by the day" not in self.outcome(BY_START).explain()

    def test_has_the_months_of_the_stop(self):
        months = self.outcome(BY_STOP, YEAR).by_month()
        assert {month: names(part.result.counted) for month, part in months.items()} == {
            "2020-01": ["before", "inside"],
            "2020-02": ["after"],
        }

    def test_of_what_counts_from_the_windows_beginning_has_months_by_the_stop_only(self):
        trained = Duration("trained", start=since("came"), stop=WENT)
        assert self.outcome(trained, YEAR).by_month() == {}
        by_stop = Duration("trained", start=since("came"), stop=WENT, dated_by="stop")
        assert list(self.outcome(by_stop, YEAR).by_month()) == ["2020-01", "2020-02"]


def test_a_stop_that_is_kept_up_every_month_is_dated_when_it_began():
    kept = Proportion("kept", start=CAME, stop=each_month("seen", after="filed", until="closed"), dated_by="stop")
    record = trace("1", ("came", "01-06 09:00"), ("filed", "02-03 09:00"), ("seen", "03-02 09:00"), ("closed", "03-31"))
    assert list(kept.read([record], CLOCK, window=YEAR).by_month()) == ["2020-02"]
