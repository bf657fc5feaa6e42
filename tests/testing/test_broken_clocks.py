"""The shipped laws bite: for every one of them there is a broken clock or limit that it catches."""

import re
from datetime import UTC, datetime, time, timedelta
from unittest import SkipTest

import numpy as np
import pytest
from attrs import evolve
from searching import WITH_ENOUGH_EXAMPLES, found_first, kinds, laws_of, search

from docflow import Hours, OfficeHours, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.bangkok import office_clock
from docflow.errors import AmountError, OutsideCalendarError
from docflow.testing import (
    ClockLaws,
    LimitLaws,
    MeasureLaws,
    TableLaws,
    calendars,
    clocks,
    instants,
    limits,
    office_hours,
)
from docflow.worktime import NO_PAUSES, Limit, Verdict
from docflow.worktime.days import OfficeDays

pytestmark = pytest.mark.meta

OFFICE = office_clock()
TICK = timedelta(microseconds=1)
DAY = 86_400_000_000
HOUR = 3_600_000_000


def broken(**methods):
    """A clock like the office's with some methods replaced; they are given the true clock to start from."""

    def replaced(method):
        return lambda self, *given, **named: method(OFFICE, *given, **named)  # noqa: ARG005 - the broken one itself

    kind = type("Broken", (WorkClock,), {name: replaced(method) for name, method in methods.items()})
    return kind(OFFICE.hours, OFFICE.calendar, zone=OFFICE.zone)


class Remembering(WorkClock):
    """It takes a moment of a year that nobody asked about yet for an open one."""

    def next_open(self, at):
        return super().next_open(at) if self._years._indexed else at


class ByTheWall(WorkClock):
    """It takes the date on the wall for the day of a night shift."""

    def day_of(self, at):
        return at.astimezone(self.tz).date()


class BothEnds(OfficeDays):
    """It counts the first day too."""

    def count(self, first, last, *, counting_first=True, counting_last=True):
        return super().count(first, last, counting_first=counting_first, counting_last=counting_last)


class CountingBoth(WorkClock):
    @property
    def days(self):
        return BothEnds(self)


class OneMore(OfficeDays):
    """Its columns count one day more than it counts itself."""

    def count_array(self, first, last, **ends):
        return super().count_array(first, last, **ends) + 1


class CountingOneMore(WorkClock):
    @property
    def days(self):
        return OneMore(self)


class Silent(OfficeDays):
    """It never says why."""

    def why_not(self, day):  # noqa: ARG002 - whatever the day
        return None


class Speechless(WorkClock):
    @property
    def days(self):
        return Silent(self)


def of_any_zone(clock, start, stop, pauses=()):  # noqa: ARG001
    start, stop = (each.replace(tzinfo=UTC) for each in (start, stop))
    return clock.elapsed(min(start, stop), max(start, stop))


def skipping_a_day_at_closing(clock, start, amount, pauses=()):
    due = clock.due(start, amount, pauses=pauses)
    return due if clock.is_open(due) else clock.next_open(due)


def before_opening(clock, due, amount):
    latest = clock.latest_start(due, amount)
    return latest if clock.is_open(latest - TICK) else clock.previous_close(latest)


BROKEN_CLOCKS = {
    "test_a_way_and_the_rest_are_the_whole": broken(
        elapsed=lambda clock, a, b, pauses=(): clock.elapsed(a, b, pauses=pauses) + WorkTime(minutes=int(a < b))
    ),
    "test_no_more_time_is_counted_than_passes": broken(
        elapsed=lambda clock, a, b, pauses=(): 4 * clock.elapsed(a, b, pauses=pauses)
    ),
    "test_due_is_the_first_moment_at_which_so_much_has_elapsed": broken(due=skipping_a_day_at_closing),
    "test_due_is_never_earlier_for_a_later_start_or_a_larger_amount": broken(
        due=lambda clock, start, amount: clock.due(start, WorkTime.of(amount.microseconds % 14_400_000_000))
    ),
    "test_the_latest_start_is_the_mirror_of_due": broken(latest_start=before_opening),
    "test_waiting_for_the_office_to_open_costs_nothing": broken(next_open=lambda clock, at: clock.next_open(at) + TICK),
    "test_open_spans_are_in_order_apart_and_sum_to_the_elapsed_time": broken(
        spans=lambda clock, a, b: [span._replace(stop=span.stop + TICK) for span in clock.spans(a, b)]
    ),
    "test_the_previous_close_is_the_last_one_there_was": broken(
        previous_close=lambda clock, at: clock.previous_close(at - TICK)
    ),
    "test_an_explanation_counts_the_same_and_speaks_of_every_day": broken(
        explain=lambda clock, a, b, pauses=(): evolve(clock.explain(a, b, pauses=pauses), skipped=())
    ),
    "test_a_shift_belongs_to_the_day_on_which_it_opens": ByTheWall(
        OfficeHours(opens=time(22), closes=time(6), overnight=True), WorkingWeek(), zone="Asia/Bangkok"
    ),
    "test_the_zone_in_which_a_moment_is_written_does_not_matter": broken(elapsed=of_any_zone),
    "test_closing_one_more_day_never_adds_time": broken(elapsed=lambda *_: WorkTime()),
    "test_paused_time_is_left_out_once_and_closed_time_is_none": broken(
        elapsed=lambda clock, a, b, pauses=(): clock.elapsed(a, b)  # noqa: ARG005 - forgets them
    ),
    "test_due_outside_pauses_is_when_so_much_has_elapsed_outside_them": broken(
        due=lambda clock, start, amount, pauses=(): clock.due(start, amount)  # noqa: ARG005 - forgets them
    ),
    "test_what_was_asked_before_never_changes_an_answer": Remembering(OFFICE.hours, OFFICE.calendar, zone=OFFICE.zone),
    "test_from_within_an_open_span_its_edges_are_the_nearest": broken(next_close=lambda clock, at: clock.next_open(at)),
    "test_between_two_open_spans_the_office_is_closed": broken(next_opening=lambda clock, at: clock.next_open(at)),
    "test_a_difference_is_the_elapsed_time_with_a_sign": broken(
        difference=lambda clock, a, b: abs(clock.difference(a, b))
    ),
    "test_working_days_are_counted_as_they_are_added": CountingBoth(OFFICE.hours, OFFICE.calendar, zone=OFFICE.zone),
    "test_columns_of_days_give_the_same_as_one_at_a_time": CountingOneMore(
        OFFICE.hours, OFFICE.calendar, zone=OFFICE.zone
    ),
    "test_a_day_is_worked_or_says_why_not": Speechless(OFFICE.hours, OFFICE.calendar, zone=OFFICE.zone),
    "test_arrays_give_the_same_integers": broken(
        elapsed_array=lambda clock, starts, stops: clock.elapsed_array(starts, stops) + np.timedelta64(1, "us")
    ),
}


class Promise(Limit):
    def due_instant(self, start, clock, pauses=()):
        return WorkingDays(2).due_instant(start, clock, *filter(None, [pauses]))


class Nearest(Promise):
    def due_instant(self, start, clock, pauses=()):  # noqa: ARG002
        return start + 2 * DAY - 2 * (start % DAY)


class OfTheWall(Promise):
    def due(self, start, clock, *, pauses=()):
        return super().due(start.replace(tzinfo=UTC), clock, pauses=pauses)


class Second(Promise):
    def __or__(self, other):
        return other


class Forgetful(Promise):
    def remaining(self, start, at, clock, *, pauses=()):  # noqa: ARG002
        return super().remaining(start, at, clock)


class Generous(Promise):
    def verdict(self, start, stop, at, clock):
        found = super().verdict(start, stop, at, clock)
        return Verdict.RUNNING if at == self.due(start, clock) and found == Verdict.LATE else found


class AtMidnight(Promise):
    def warning(self, start, before, clock, *, pauses=()):  # noqa: ARG002
        return self.due(start, clock, pauses=pauses).start_of("day")


class Hurried(Promise):
    def due_instant(self, start, clock, pauses=()):
        return super().due_instant(start, clock) - bool(pauses and pauses.spans)


class Lagging(Promise):
    """One at a time it is due later than in a column."""

    def due(self, start, clock, *, pauses=()):
        return super().due(start, clock, pauses=pauses) + TICK


class OfAnotherClock(Promise):
    """It explains itself by the clock on the wall, and is counted on the office's."""

    def deciding(self, start, clock, pauses=()):  # noqa: ARG002
        return (Hours(1),)


class FirstOfTheDay(Promise):
    """It says for a whole day what it said of the first start that it was asked about."""

    def due_instant(self, start, clock, pauses=()):  # noqa: ARG002
        return clock.kept.setdefault(start // DAY, start + DAY)


class Doubling(Limit):
    """It gives back twice what a pause took."""

    def due_instant(self, start, clock, pauses=NO_PAUSES):
        plain, moved = clock.reached(start, 4 * HOUR), pauses.due(start, 4 * HOUR, clock)
        return clock.reached(moved, clock.worked(plain, moved)) if plain < moved else moved


class DayForAMinute(Limit):
    """It gives back a working day for whatever a pause took."""

    def due_instant(self, start, clock, pauses=NO_PAUSES):
        plain, moved = clock.reached(start, 4 * HOUR), pauses.due(start, 4 * HOUR, clock)
        return clock.reached(moved, 8 * HOUR) if plain < moved else moved


BROKEN_LIMITS = {
    "test_no_limit_is_due_earlier_for_a_later_start": Nearest(),
    "test_the_zone_in_which_a_start_is_written_does_not_matter": OfTheWall(),
    "test_or_is_the_later_and_and_the_earlier": Second(),
    "test_what_elapsed_and_what_remains_are_the_whole": Forgetful(),
    "test_a_verdict_is_running_until_the_stop_or_the_due_moment_and_then_stands": Generous(),
    "test_a_warning_is_a_working_moment_before_the_due_moment": AtMidnight(),
    "test_a_pause_gives_back_what_it_took_and_hastens_nothing": Hurried(),
    "test_what_was_asked_before_never_changes_an_answer": FirstOfTheDay(),
    "test_an_explanation_leaves_out_no_day_and_its_time_adds_up": OfAnotherClock(),
    "test_a_column_gives_the_same_as_one_at_a_time": Lagging(),
}


def of_the_wall(question):
    """A question that takes the time of a moment for one in UTC, in whatever zone it is written."""
    return lambda clock, at: getattr(clock, question)(at.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    "question",
    ["is_open", "day_of", "next_open", "next_opening", "next_close", "previous_open", "previous_close"],
)
def test_a_clock_that_ignores_the_zone_of_a_moment_is_caught(question):
    laws = type("Laws", (ClockLaws,), {"clock": broken(**{question: of_the_wall(question)})})()
    with pytest.raises(AssertionError):
        search(laws, "test_the_zone_in_which_a_moment_is_written_does_not_matter")


@pytest.mark.parametrize("laws", [ClockLaws, LimitLaws, MeasureLaws, TableLaws])
@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2021, 2019), r"end before they begin; write years = \(2019, 2021\)"),
        (2020, r"are no years of Laws; give the first and the last, such as years = \(2019, 2021\)"),
        ((2019, 2020, 2021), "are no years of Laws"),
        (("2019", "2021"), "are no years of Laws"),
        ((0, 2021), "are no years of Laws"),
        (None, "are no years of Laws"),
    ],
)
def test_years_that_cannot_be_searched_are_refused_where_the_class_is_written(laws, years, said):
    with pytest.raises(AmountError, match=said):
        type("Laws", (laws,), {"years": years})
    assert type("Laws", (laws,), {"years": (2020, 2020)}).years == (2020, 2020)


def test_years_that_cannot_be_drawn_from_are_refused():
    for draw in (instants, calendars, clocks):
        with pytest.raises(AmountError, match="write years = "):
            draw(years=(2021, 2019))


@pytest.mark.parametrize(
    ("base", "name"),
    [
        (ClockLaws, "test_a_way_and_the_rest_are_the_whole"),
        (ClockLaws, "test_due_is_never_earlier_for_a_later_start_or_a_larger_amount"),
        (ClockLaws, "test_the_previous_close_is_the_last_one_there_was"),
        (ClockLaws, "test_paused_time_is_left_out_once_and_closed_time_is_none"),
        (LimitLaws, "test_no_limit_is_due_earlier_for_a_later_start"),
        (LimitLaws, "test_a_pause_gives_back_what_it_took_and_hastens_nothing"),
        (LimitLaws, "test_an_explanation_leaves_out_no_day_and_its_time_adds_up"),
        (LimitLaws, "test_a_column_gives_the_same_as_one_at_a_time"),
    ],
)
def test_a_law_that_fails_shows_moments_and_amounts_that_can_be_read(base, name):
    broken_one = (
        {"clock": BROKEN_CLOCKS[name]} if base is ClockLaws else {"clock": OFFICE, "limit": BROKEN_LIMITS[name]}
    )
    with pytest.raises(AssertionError) as failed:
        search(type("Laws", (base,), broken_one)(), name)
    assert not re.search(r"\b\d{9,}\b", str(failed.value))


def test_every_law_has_something_that_breaks_it():
    assert laws_of(ClockLaws) == set(BROKEN_CLOCKS)
    assert laws_of(LimitLaws) == set(BROKEN_LIMITS)


@pytest.mark.parametrize("name", BROKEN_CLOCKS)
def test_a_broken_clock_is_caught(name):
    laws = type("Laws", (ClockLaws,), {"clock": BROKEN_CLOCKS[name]})()
    with pytest.raises(AssertionError):
        search(laws, name)


@pytest.mark.parametrize("limit", [Doubling(), DayForAMinute()], ids=["twice", "a day"])
def test_a_limit_that_gives_back_more_than_a_pause_took_is_caught(limit):
    laws = type("Laws", (LimitLaws,), {"clock": OFFICE, "limit": limit})()
    with pytest.raises(AssertionError):
        search(laws, "test_a_pause_gives_back_what_it_took_and_hastens_nothing")


@pytest.mark.parametrize("name", BROKEN_LIMITS)
def test_a_broken_limit_is_caught(name):
    laws = type("Laws", (LimitLaws,), {"clock": OFFICE, "limit": BROKEN_LIMITS[name]})()
    with pytest.raises(AssertionError):
        search(laws, name)


@pytest.mark.parametrize("kind", [ClockLaws, LimitLaws])
def test_laws_without_a_clock_say_what_is_missing(kind):
    with pytest.raises(TypeError, match=r"Laws has no (clock|limit); give it one"):
        search(type("Laws", (kind,), {})(), min(laws_of(kind)))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ClockLaws, {}),
        (LimitLaws, {"clock": OFFICE}),
        (ClockLaws, {"clock": OFFICE, "years": (2010, 2011)}),
        (LimitLaws, {"clock": OFFICE, "limit": WorkingDays(2), "years": (2010, 2011)}),
    ],
)
def test_a_fault_of_the_class_is_told_once_and_not_in_every_law(kind, said, monkeypatch):
    found_first(monkeypatch, kind)
    laws, told, skipped = type("Laws", (kind,), said)(), [], []
    for law in sorted(laws_of(kind)):
        try:
            getattr(laws, law)()
        except (TypeError, OutsideCalendarError) as error:
            told.append(error)
        except SkipTest as reason:
            skipped.append(str(reason))
    assert len(told) == 1
    assert len(skipped) == len(laws_of(kind)) - 1
    assert all("has a fault that test_" in reason for reason in skipped)
    assert told[0].__notes__[-1].startswith("the law: ")


class Never(Limit):
    """It is due before it starts."""

    def due_instant(self, start, clock, pauses=()):  # noqa: ARG002
        return start - DAY


@WITH_ENOUGH_EXAMPLES
@pytest.mark.parametrize(
    ("law", "never"),
    [
        (
            "test_a_verdict_is_running_until_the_stop_or_the_due_moment_and_then_stands",
            "a promise that falls due after its start",
        ),
        ("test_a_warning_is_a_working_moment_before_the_due_moment", "a promise with working time in it"),
    ],
)
def test_a_limit_law_that_never_met_what_it_speaks_of_fails_and_says_so(law, never):
    laws = type("Laws", (LimitLaws,), {"clock": OFFICE, "limit": Never()})()
    with pytest.raises(AssertionError, match=f"there never was {never}"):
        getattr(laws, law)()


@WITH_ENOUGH_EXAMPLES
@pytest.mark.parametrize(
    "law",
    [
        "test_a_way_and_the_rest_are_the_whole",
        "test_due_is_the_first_moment_at_which_so_much_has_elapsed",
        "test_the_previous_close_is_the_last_one_there_was",
        "test_due_outside_pauses_is_when_so_much_has_elapsed_outside_them",
    ],
)
def test_a_clock_law_that_never_met_what_it_speaks_of_fails_and_says_so(law):
    nothing = broken(
        elapsed=lambda *_, **__: WorkTime(), spans=lambda *_: (), due=lambda clock, at, *_: clock.next_open(at)
    )
    laws = type("Laws", (ClockLaws,), {"clock": nothing})()
    with pytest.raises(AssertionError, match="this law has proved nothing: in [0-9]+ examples there never was"):
        getattr(laws, law)()


def test_hours_of_every_kind_are_drawn():
    def kind_of(hours):
        usual = getattr(hours, "usual", hours)
        yield type(hours).__name__
        yield "with breaks" if usual.breaks else "without"
        yield "overnight" if usual.overnight else "by day"
        if usual.day_length == WorkTime(hours=24):
            yield "round the clock"

    wanted = {"OfficeHours", "WeeklyHours", "with breaks", "without", "overnight", "by day", "round the clock"}
    assert kinds(office_hours(), kind_of, wanted) == wanted


def test_calendars_with_every_kind_of_day_are_drawn_and_all_of_them_work():
    def kind_of(calendar):
        assert any(calendar.is_working_day(datetime(2020, 1, day).date()) for day in range(1, 32))
        yield from (type(special).__name__ for special in calendar.days)
        yield from (type(special.day).__name__ for special in calendar.days)

    decisions = {"Closure", "MakeUpDay", "OneOffHours", "ChangedHours", "Break", "Shortened"}
    wanted = decisions | {"date", "Yearly", "DateRange", "EveryOther", "Eves", "Joined"}
    assert kinds(calendars(), kind_of, wanted) == wanted


def test_clocks_in_every_zone_and_limits_of_every_reading_are_drawn():
    zones = {"UTC", "America/New_York", "Australia/Lord_Howe"}
    assert zones < kinds(clocks(), lambda clock: [clock.zone], zones)
    of_time, of_days = {"Hours", "WorkingDayHours", "OfficeTime"}, {"WorkingDays", "Period", "SameTime", "NextOpening"}
    wanted = {*of_time, *of_days, "LaterOf", "EarlierOf"}
    assert kinds(limits(), lambda limit: [type(limit).__name__], wanted) == wanted


def test_moments_lie_in_the_years_given_and_often_where_the_office_opens_or_closes():
    def kind_of(at):
        assert at.astimezone(OFFICE.tz).year == 2020
        assert at.utcoffset() == timedelta()
        turn = OFFICE.is_open(at) != OFFICE.is_open(at - TICK)
        yield "a turn" if turn else "anywhere"

    wanted = {"a turn", "anywhere"}
    assert kinds(instants(OFFICE, years=(2020, 2020)), kind_of, wanted) == wanted
