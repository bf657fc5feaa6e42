"""Openings and closings around any moment, against the open spans of the weeks around it."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small_clocks import CLOCK, at, closed, door, office

from docflow import OfficeHours, WorkClock, WorkingWeek
from docflow.errors import AmountError, HorizonError, NaiveDatetimeError, ReversedSpanError
from docflow.instants import instant
from docflow.testing import clocks, instants
from docflow.worktime import OfficeCalendar

WEEKS = timedelta(weeks=6)
ALL_DAY = OfficeHours(opens=time(0), closes=time(0))


@st.composite
def asked(draw):
    """A clock, a moment, and the clock's open spans around it as pairs of instants."""
    clock = draw(clocks(years=(2019, 2022)))
    when = draw(instants(clock, years=(2020, 2021)))
    assume(date(2020, 3, 1) < when.date() < date(2021, 10, 1))
    spans = clock.spans(when - WEEKS, when + WEEKS)
    return (
        clock,
        when,
        [(instant(opens), instant(closes)) for opens, closes in spans[1:-1]],
    )  # the outer ones may be cut


@pytest.mark.laws
class TestLaws:
    @given(asked())
    def test_every_edge_is_the_nearest_one(self, given):
        clock, when, spans = given
        now = instant(when)
        for ask, edges in (
            (clock.next_close, [closes for _, closes in spans if closes > now][:1]),
            (clock.next_opening, [opens for opens, _ in spans if opens > now][:1]),
            (clock.previous_close, [closes for _, closes in spans if closes <= now][-1:]),
            (clock.previous_open, [opens for opens, _ in spans if opens <= now][-1:]),
        ):
            assume(edges)
            assert instant(ask(when)) == edges[0]

    @given(asked())
    def test_a_moment_lies_in_one_open_span_or_in_none(self, given):
        clock, when, spans = given
        assume(spans and spans[0][0] <= instant(when) < spans[-1][1])
        found = [(opens, closes) for opens, closes in spans if opens <= instant(when) < closes]
        one = clock.open_span(when)
        assert ([] if one is None else [tuple(map(instant, one))]) == found
        assert clock.is_open(when) == bool(found)

    @given(asked(), st.integers(0, 8))
    def test_spans_ahead_and_back_are_those_between(self, given, n):
        clock, when, spans = given
        now = instant(when)
        ahead = [(max(opens, now), closes) for opens, closes in spans if closes > now]
        back = [(opens, min(closes, now)) for opens, closes in spans if opens < now]
        assume(len(ahead) >= n <= len(back))
        assert [tuple(map(instant, one)) for one in clock.next_spans(when, n)] == ahead[:n]
        assert [tuple(map(instant, one)) for one in clock.previous_spans(when, n)] == back[len(back) - n :]

    @given(asked(), st.timedeltas(timedelta(0), WEEKS))
    def test_open_and_closed_spans_share_the_time_out(self, given, ahead):
        clock, when, _ = given
        parts = sorted([*clock.spans(when, when + ahead), *clock.closed_spans(when, when + ahead)])
        edges = [instant(when), *(instant(stop) for _, stop in parts)]
        assert [instant(start) for start, _ in parts] == edges[:-1]
        assert edges[-1] == instant(when + ahead)

    @given(asked(), st.timedeltas(-WEEKS, WEEKS))
    def test_a_difference_has_a_sign(self, given, other):
        clock, when, _ = given
        start, stop = sorted([when, when + other])
        worked = timedelta(microseconds=clock.elapsed(start, stop).microseconds)
        assert clock.difference(start, stop) == worked == -clock.difference(stop, start)


class TestEdges:
    def test_at_an_edge_the_moment_itself_has_come(self):
        opens, closes = at("2020-01-06 08:30"), at("2020-01-06 16:30")
        assert (CLOCK.previous_open(opens), CLOCK.previous_close(closes)) == (opens, closes)
        assert (CLOCK.next_close(closes), CLOCK.next_opening(opens)) == (at("2020-01-07 16:30"), at("2020-01-07 08:30"))

    def test_a_closing_at_midnight_that_opens_at_once_is_none(self):
        clock = WorkClock(ALL_DAY, WorkingWeek(), zone="Asia/Bangkok")
        wednesday = at("2020-01-08 12:00")
        assert clock.open_span(wednesday) == (at("2020-01-06 00:00"), at("2020-01-11 00:00"))
        new_year = at("2019-12-31 12:00")
        assert clock.open_span(new_year) == (at("2019-12-30 00:00"), at("2020-01-04 00:00")), "a year is no edge"

    def test_an_office_that_is_always_open_has_no_edges(self):
        clock = WorkClock(ALL_DAY, WorkingWeek(range(7)), zone="UTC")
        for ask, event in (
            (clock.next_close, "does not close"),
            (clock.next_opening, "does not close"),
            (clock.previous_close, "did not close"),
            (clock.previous_open, "did not close"),
        ):
            with pytest.raises(HorizonError, match=f"the office {event} for more than 10 years"):
                ask(at("2020-01-08 12:00"))

    def test_an_office_that_opens_for_good_is_given_up(self):
        clock = WorkClock(ALL_DAY, OfficeCalendar(WorkingWeek(range(7)), [closed("2020-01-06")]), zone="Asia/Bangkok")
        with pytest.raises(HorizonError, match="does not close for more than 10 years after 2020-01-07"):
            clock.next_close(at("2020-01-06 10:00"))
        assert clock.next_opening(at("2020-01-06 10:00")) == at("2020-01-07 00:00")

    def test_an_office_that_closes_for_good_is_given_up(self):
        class Course:
            idle_years = True

            def is_working_day(self, day):
                return day <= date(2020, 1, 31)

        clock = WorkClock(door("09:00", "17:00"), Course(), zone="Asia/Bangkok")
        with pytest.raises(HorizonError, match="does not open for more than 10 years"):
            clock.next_opening(at("2020-01-31 10:00"))
        assert clock.next_close(at("2020-01-31 10:00")) == at("2020-01-31 17:00")

    def test_holidays_and_breaks_are_closed(self):
        clock = WorkClock(
            door("09:00", "17:00", breaks=[(time(12), time(13))]),
            OfficeCalendar(WorkingWeek(), [closed("2020-01-07")]),
            zone="Asia/Bangkok",
        )
        assert clock.open_span(at("2020-01-06 12:30")) is None
        assert clock.next_close(at("2020-01-06 17:00")) == at("2020-01-08 12:00")
        assert clock.previous_open(at("2020-01-08 08:00")) == at("2020-01-06 13:00")

    def test_a_night_shift_over_the_new_year(self):
        clock = office("22:00", "06:00", overnight=True)
        assert clock.open_span(at("2020-01-01 02:00")) == (at("2019-12-31 22:00"), at("2020-01-01 06:00"))

    def test_answers_come_in_the_zone_of_the_clock(self):
        assert str(CLOCK.next_close(datetime.fromisoformat("2020-01-06T09:00Z"))) == "2020-01-06 16:30:00+07:00"


class TestRefusals:
    def test_moments_have_zones_and_spans_a_direction(self):
        for ask in (CLOCK.next_close, CLOCK.next_opening, CLOCK.previous_open, CLOCK.open_span):
            with pytest.raises(NaiveDatetimeError):
                ask(datetime(2020, 1, 6, 9))
        with pytest.raises(ReversedSpanError):
            CLOCK.closed_spans(at("2020-01-07 09:00"), at("2020-01-06 09:00"))

    def test_a_number_of_spans_is_whole(self):
        for ask in (CLOCK.next_spans, CLOCK.previous_spans):
            for wrong in (-1, 1.5, True):
                with pytest.raises(AmountError, match="is no number of spans"):
                    ask(at("2020-01-06 09:00"), wrong)


class TestWhatPeopleAsk:
    def test_done_two_hours_before_it_was_planned(self):
        assert CLOCK.difference(at("2020-01-07 09:30"), at("2020-01-06 15:30")) == -timedelta(hours=2)

    def test_the_next_working_day_at_nine(self):
        clock = office("09:00", "17:00")
        assert clock.next_opening(at("2020-01-06 10:00")) == at("2020-01-07 09:00")
        assert clock.next_opening(at("2020-01-05 10:00")) == at("2020-01-06 09:00")
