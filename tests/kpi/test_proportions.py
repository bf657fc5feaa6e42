"""Proportions, counts, scores and values that others report."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from small_office import CLOCK, JANUARY, at, bins, names, reasons, reported, response, trace

from docflow import (
    Duration,
    OfficeTime,
    Window,
    WorkingDays,
    WorkTime,
)
from docflow.bangkok import office_clock
from docflow.kpi import WANTED, Count, Milestone, Proportion, Reported, Score, reached
from docflow.kpi.bins import Cause
from docflow.kpi.results import Result, merged
from docflow.worktime import instant

WATCH = Duration("handing over", start=reached("came"), stop=reached("went"))
WENT = Proportion("went", start=reached("came"), stop=reached("went"))
NOON = at("01-31 12:00")


def read(measure, *cases, window=JANUARY, as_of=NOON):
    return measure.read(cases, CLOCK, window=window, as_of=as_of)


class TestProportions:
    def test_what_was_done_is_counted_and_what_was_not_has_missed(self):
        result = read(
            WENT,
            trace("done", ("came", "01-06 09:00"), ("went", "01-07 09:00")),
            trace("open", ("came", "01-06 09:00")),
        )
        assert bins(result) == {"counted": ["done"], "missed": ["open"]}
        assert reasons(result.missed) == {"open": "had not reached went"}
        assert (result.numerator, result.denominator, result.value) == (100, 2, 50)
        assert result.unit == "%"

    def test_what_may_wait_is_running_until_it_is_done(self):
        waits = Proportion("went", start=reached("came"), stop=reached("went"), waits=True)
        result = read(
            waits,
            trace("done", ("came", "01-06 09:00"), ("went", "01-07 09:00")),
            trace("open", ("came", "01-06 09:00")),
        )
        assert bins(result) == {"counted": ["done"], "running": ["open"]}
        assert (result.denominator, result.value) == (1, 100)

    def test_with_a_limit_the_due_moment_decides(self):
        # Two working days after Monday the 6th end on Wednesday the 8th at 17:00.
        promise = WATCH.within(WorkingDays(2))
        cases = [
            trace("kept", ("came", "01-06 10:00"), ("went", "01-08 17:00")),
            trace("broken", ("came", "01-06 10:00"), ("went", "01-08 17:01")),
            trace("open and due", ("came", "01-06 10:00")),
            trace("open and not due", ("came", "01-07 10:00")),
        ]
        result = read(promise, *cases, as_of=at("01-08 17:00"))
        assert bins(result) == {
            "counted": ["kept"],
            "late": ["broken", "open and due"],
            "running": ["open and not due"],
        }
        assert [seen.due for seen in result.observations] == [at("01-08 17:00")] * 3 + [at("01-09 17:00")]
        assert [seen.stop for seen in result.late] == [None, None], "the last minute is not seen yet"
        assert bins(read(promise, *cases, as_of=at("01-08 16:59"))) == {"running": names(result.observations)}
        assert read(promise, *cases).late[0].stop == at("01-08 17:01")

    def test_what_reached_the_other_state_has_missed_whatever_else_it_did(self):
        correct = Proportion("correct", start=reached("came"), stop=reached("went"), fails_if=reached("returned"))
        cases = [
            trace("returned and done", ("came", "01-06 09:00"), ("returned", "01-07 09:00"), ("went", "01-08 09:00")),
            trace("done and returned", ("came", "01-06 09:00"), ("went", "01-07 09:00"), ("returned", "01-08 09:00")),
            trace("returned", ("came", "01-06 09:00"), ("returned", "01-07 09:00")),
            trace("done", ("came", "01-06 09:00"), ("went", "01-07 09:00")),
        ]
        result = read(correct, *cases)
        assert bins(result) == {"counted": ["done"], "missed": names(result.missed)}
        assert reasons(result.missed) == dict.fromkeys(
            ["returned and done", "done and returned", "returned"], "had reached returned"
        )
        assert bins(read(correct, cases[1], as_of=at("01-07 12:00"))) == {"counted": ["done and returned"]}, "not yet"

    def test_in_time_and_returned_has_missed_and_keeps_its_due_moment(self):
        prompt = WATCH.within(WorkingDays(2), fails_if=reached("returned"))
        case = trace("1", ("came", "01-06 10:00"), ("returned", "01-07 09:00"), ("went", "01-08 09:00"))
        (missed,) = read(prompt, case).missed
        assert (missed.due, missed.stop) == (at("01-08 17:00"), at("01-08 09:00"))
        assert str(prompt) == "handing over: from came to went, within 2 working days, unless returned"

    def test_what_each_case_is_wanted_by_decides(self):
        wanted = Proportion("delivered", start=reached("called"), stop=reached("delivered"), limit=WANTED)
        cases = [
            trace("to the minute", ("called", "01-06 09:00"), ("delivered", "01-10 10:00"), wanted_by="01-10 10:00"),
            trace("a minute late", ("called", "01-06 09:00"), ("delivered", "01-10 10:01"), wanted_by="01-10 10:00"),
            trace("open", ("called", "01-06 09:00"), wanted_by="01-10 10:00"),
            trace("open, not due", ("called", "01-06 09:00"), wanted_by="02-10 10:00"),
            trace("whenever", ("called", "01-06 09:00"), ("delivered", "01-06 10:00")),
        ]
        result = read(wanted, *cases)
        assert bins(result) == {
            "counted": ["to the minute"],
            "late": ["a minute late", "open"],
            "running": ["open, not due"],
            "excluded": ["whenever"],
        }
        assert reasons(result.excluded) == {"whenever": "names no moment by which it is due"}
        assert result.counted[0].due == at("01-10 10:00")
        assert str(wanted) == "delivered: from called to delivered, by the moment it is wanted by"

    def test_what_was_withdrawn_before_it_was_done_is_excluded(self):
        rate = Proportion("went", start=reached("came"), stop=reached("went"), withdrawn_in=("withdrawn", "cancelled"))
        cases = [
            trace("withdrawn", ("came", "01-06 09:00"), ("withdrawn", "01-07 09:00")),
            trace("cancelled", ("came", "01-06 09:00"), ("cancelled", "01-07 09:00")),
            trace("done first", ("came", "01-06 09:00"), ("went", "01-07 09:00"), ("withdrawn", "01-08 09:00")),
            trace("withdrawn later", ("came", "01-06 09:00"), ("withdrawn", "02-07 09:00")),
        ]
        result = read(rate, *cases)
        assert bins(result) == {
            "counted": ["done first"],
            "missed": ["withdrawn later"],
            "excluded": ["withdrawn", "cancelled"],
        }
        assert reasons(result.excluded) == {
            "withdrawn": "was withdrawn before went",
            "cancelled": "was cancelled before went",
        }
        assert bins(read(rate, cases[0], as_of=at("01-07 09:00"))) == {"excluded": ["withdrawn"]}, "from that moment on"
        at_once = trace("at once", ("came", "01-06 09:00"), ("withdrawn", "01-06 09:00"))
        assert bins(read(rate, at_once)) == {"excluded": ["at once"]}
        before = trace("before", ("withdrawn", "01-05 09:00"), ("came", "01-06 09:00"))
        assert bins(read(rate, before)) == {"missed": ["before"]}

    def test_each_exclusion_says_why(self):
        lacking = office_clock()  # its calendar begins in 2018
        window = Window(date(2015, 1, 1), date(2020, 1, 31))
        cases = [
            trace("never began", ("went", "01-06 09:00")),
            trace("began too late", ("came", "02-03 09:00"), ("went", "02-03 10:00")),
            trace("backwards", ("came", "01-07 09:00"), ("went", "01-06 09:00")),
            trace("long ago", ("came", "2016-01-06 09:00"), ("went", "2016-01-06 10:00")),
        ]
        result = WATCH.within(WorkingDays(2)).read(cases, lacking, window=window, as_of=at("03-31 12:00"))
        assert reasons(result.excluded) == {
            "never began": "had not reached came",
            "began too late": "started outside 2015-01-01 – 2020-01-31",
            "backwards": "went before came",
            "long ago": (
                "ThaiGovernment(area='bangkok') holds the years 2018–2027 and the year 2016 is not in it; "
                "ask inside them, or add the year with "
                'ThaiGovernment(table=holiday_table("holidays-2016.csv"))'
            ),
        }
        assert [seen.reason.cause for seen in result.excluded] == [
            Cause.NOT_REACHED, Cause.OUTSIDE, Cause.BACKWARDS, Cause.NO_CALENDAR,
        ]  # fmt: skip  # in the order of the cases
        assert all(seen.day is None for seen in result.excluded)

    def test_without_a_window_every_moment_that_has_a_date_at_the_office_is_seen(self):
        # At 16:59 in UTC it is 23:59 of the last day that Python knows in Bangkok; a minute later it is no day at all.
        last, beyond = (datetime(9999, 12, 31, *time_, tzinfo=UTC) for time_ in ((16, 59), (17, 0)))
        first = datetime(1, 1, 2, tzinfo=UTC)
        event, record = type(trace("", ("came", "01-06 09:00")).history[0]), type(trace(""))
        cases = [record(name, (event("came", moment),)) for name, moment in (("1", first), ("2", last), ("3", beyond))]
        result = WENT.read(cases, CLOCK)
        assert bins(result) == {"missed": ["1", "2"], "excluded": ["3"]}
        assert result.excluded[0].reason.cause is Cause.NO_CALENDAR

    def test_a_milestone_of_ones_own_may_find_no_calendar(self):
        class Asks(Milestone):
            def find(self, record, context, start=None):  # noqa: ARG002 - it asks nobody
                context.clock.calendar.is_working_day(record.history[-1].at.date())
                return record.history[-1].at, instant(record.history[-1].at)

            def __str__(self):
                return "asked"

        case = trace("1", ("came", "01-06 09:00"), ("went", "2119-01-06 09:00"))
        result = Proportion("p", start=reached("came"), stop=Asks()).read([case], office_clock(), window=JANUARY)
        (excluded,) = result.excluded
        assert (excluded.record, excluded.reason.cause) == (case, Cause.NO_CALENDAR)
        assert str(excluded.reason) == (
            "ThaiGovernment(area='bangkok') holds the years 2018–2027 and the year 2119 is not in it; "
            "ask inside them, or add the year with "
            'ThaiGovernment(table=holiday_table("holidays-2119.csv"))'
        )

    def test_a_record_that_knows_no_wish_names_none(self):
        wanted = Proportion("delivered", start=reached("came"), stop=reached("went"), limit=WANTED)
        assert reasons(read(wanted, trace("1", ("came", "01-06 09:00"))).excluded) == {
            "1": "names no moment by which it is due"
        }

    def test_each_observation_keeps_when_the_clock_started_and_stopped(self):
        answered, value = response("1", "01-06 09:00", a=5), reported("2.1", "01-06 09:00", Fraction(1))
        missed = read(WENT, trace("1", ("came", "01-06 09:00"))).observations
        scored = read(Score("s", at=reached("answered")), answered).observations
        told = read(Reported("2.1", at=reached("reported")), value).observations
        counted = read(WENT, trace("1", ("came", "01-06 09:00"), ("went", "01-06 09:00"))).observations
        for (seen,), stop in ((missed, None), *((some, at("01-06 09:00")) for some in (scored, told, counted))):
            assert (seen.day, seen.start, seen.stop) == (date(2020, 1, 6), at("01-06 09:00"), stop)

    def test_done_at_the_moment_it_came_is_not_backwards(self):
        assert bins(read(WENT, trace("1", ("came", "01-07 09:00"), ("went", "01-07 09:00")))) == {"counted": ["1"]}

    @pytest.mark.parametrize("limit", [WorkTime(minutes=15), timedelta(days=2), 2, "2 days"])
    def test_an_amount_of_time_is_no_limit(self, limit):
        for made in (
            lambda: WATCH.within(limit),
            lambda: Proportion("went", start=reached("came"), stop=reached("went"), limit=limit),
        ):
            with pytest.raises(TypeError) as refused:
                made()
            assert str(refused.value) == f"{limit!r} is no limit; give one, such as OfficeTime(minutes=15)"

    def test_states_are_given_as_several(self):
        for name in ("withdrawn_in", "pausing"):
            with pytest.raises(TypeError) as refused:
                Proportion("went", start=reached("came"), stop=reached("went"), **{name: "withdrawn"})
            assert str(refused.value) == "'withdrawn' is one state; give several, such as ('withdrawn',)"

    def test_waiting_for_others_moves_the_due_moment(self):
        # Three office hours from 10:00, an hour of which it waited: due at 14:00.
        rate = Proportion(
            "went", start=reached("came"), stop=reached("went"), limit=OfficeTime(hours=3), pausing=["waiting"]
        )
        case = trace(
            "1",
            ("came", "01-06 10:00"),
            ("waiting", "01-06 11:00"),
            ("came back", "01-06 12:00"),
            ("went", "01-06 14:00"),
        )
        (kept,) = read(rate, case).counted
        assert kept.due == at("01-06 14:00")

    def test_waiting_after_it_was_done_moves_nothing(self):
        rate = Proportion(
            "went", start=reached("came"), stop=reached("went"), limit=OfficeTime(hours=3), pausing=["waiting"]
        )
        case = trace(
            "1", ("came", "01-06 10:00"), ("went", "01-06 11:00"), ("waiting", "01-06 11:30"), ("back", "01-06 12:00")
        )
        (kept,) = read(rate, case).counted
        assert kept.due == at("01-06 13:00")


class TestCounts:
    paid = Proportion("paid", start=reached("claimed"), stop=reached("paid"))

    def test_times_and_months_are_told_apart(self):
        cases = [
            trace("1", ("claimed", "01-06 09:00"), ("paid", "01-07 09:00")),
            trace("2", ("claimed", "01-20 09:00"), ("paid", "02-03 09:00")),
            trace("3", ("claimed", "02-03 09:00"), ("paid", "02-04 09:00")),
            trace("4", ("claimed", "03-03 09:00")),
        ]
        times, months = (
            read(Count(self.paid, months=months), *cases, window=None, as_of=at("03-31 09:00"))
            for months in (False, True)
        )
        assert (times.numerator, times.denominator, times.value) == (3, 1, 3)
        assert (months.numerator, months.denominator, months.value) == (2, 1, 2)
        assert bins(times) == bins(months) == {"counted": ["1", "2", "3"], "missed": ["4"]}
        assert (type(times), type(times.measure), times.unit, times.name) == (Result, Count, "times", "paid")
        assert {name: month.value for name, month in times.by_month().items()} == {
            "2020-01": 2, "2020-02": 1, "2020-03": 0,
        }  # fmt: skip  # a table
        assert {name: month.value for name, month in months.by_month().items()} == {
            "2020-01": 1, "2020-02": 1, "2020-03": 0,
        }  # fmt: skip  # a table

    def test_months_of_two_years_are_two(self):
        cases = [
            trace("1", ("claimed", "2019-01-06 09:00"), ("paid", "2019-01-07 09:00")),
            trace("2", ("claimed", "01-06 09:00"), ("paid", "01-07 09:00")),
        ]
        assert read(Count(self.paid, months=True), *cases, window=None).value == 2

    def test_of_no_records_is_unknown_and_of_others_nothing(self):
        for count in (Count(self.paid), Count(self.paid, months=True)):
            assert read(count).value is None
            assert read(count, trace("1", ("paid", "01-06 10:00"))).value is None, "it was never claimed"
            assert read(count, trace("1", ("claimed", "01-06 10:00"))).value == 0


class TestScores:
    confidence = Score("confidence", at=reached("answered"))

    def test_the_score_is_the_mean_over_items_not_over_answers(self):
        # Item a: (5 + 4 + 3) / 3 = 4; item b, answered once: 2. The mean over items is 3, that over answers 14 / 4.
        answers = [
            response("1", "01-06 09:00", a=5, b=2),
            response("2", "01-06 09:00", a=4),
            response("3", "01-07 09:00", a=3),
        ]
        result = read(self.confidence, *answers)
        assert result.items == {"a": 4, "b": 2}
        assert (result.numerator, result.denominator, result.value) == (6, 2, 3)
        assert result.frequencies == {"a": {5: 1, 4: 1, 3: 1}, "b": {2: 1}}
        assert (type(result), type(result.measure), result.unit) == (Result, Score, "points")

    def test_a_questionnaire_that_scores_nothing_is_excluded(self):
        result = read(self.confidence, response("1", "01-06 09:00"))
        assert reasons(result.excluded) == {"1": "scores no item"}
        assert (result.value, result.denominator) == (None, 0)

    def test_what_is_excluded_scores_nothing(self):
        result = read(self.confidence, response("1", "01-06 09:00", a=5), response("2", "02-06 09:00", a=1, b=1))
        assert (result.value, result.items) == (5, {"a": 5})

    def test_frequencies_add_up(self):
        answers = [response(str(n), "01-06 09:00", a=score) for n, score in enumerate((5, 5, 4))]
        assert read(self.confidence, *answers).frequencies == {"a": {5: 2, 4: 1}}
        assert read(self.confidence, *answers).value == Fraction(14, 3)


class TestReportedValues:
    budget = Reported("2.1", at=reached("reported"))

    def test_the_last_one_reported_counts(self):
        values = [
            reported("2.1", "01-10 09:00", Fraction(60), source="the second"),
            reported("2.1", "01-06 09:00", Fraction(50), source="the first"),
            reported("2.2", "01-20 09:00", Fraction(99)),
            reported("2.1", "02-10 09:00", Fraction(70), source="unseen"),
        ]
        result = read(self.budget, *values)
        assert (result.value, result.denominator, result.reported.source) == (60, 1, "the second")
        assert reasons(result.excluded) == {
            "2.1": "had not reached reported",
            "2.2": "is of another indicator",
        }
        assert [(one.record.value.source, str(one.reason)) for one in result.excluded] == [
            ("the first", "was replaced by a later value"),
            ("the treasury", "is of another indicator"),
            ("unseen", "had not reached reported"),
        ]
        assert result.excluded[0].day is None, "what is excluded belongs to no month"

    def test_of_two_at_one_moment_the_one_given_later_counts(self):
        values = [reported("2.1", "01-06 09:00", Fraction(n), source=str(n)) for n in (7, 8)]
        assert read(self.budget, *values).value == 8
        assert read(self.budget, *reversed(values)).value == 7

    def test_instants_decide_which_is_later(self):
        early = reported("2.1", "01-06 09:00", Fraction(1))
        (event,) = early.history
        at_ten = evolve(event, at=datetime(2020, 1, 6, 3, tzinfo=UTC))
        utc = evolve(early, history=[at_ten], value=evolve(early.value, amount=Fraction(2)))
        for values in ([early, utc], [utc, early]):  # 03:00 in UTC is 10:00 in Bangkok
            assert read(self.budget, *values).value == 2

    def test_without_one_there_is_neither_value_nor_source(self):
        nothing = read(self.budget, reported("2.2", "01-06 09:00", Fraction(1)))
        assert (type(nothing), type(nothing.measure)) == (Result, Reported)
        assert (nothing.value, nothing.unit, nothing.reported) == (None, "", None)

    def test_is_of_the_year_it_covers_whenever_it_was_reported(self):
        this, last = (Window(date(year, 1, 1), date(year, 1, 31)) for year in (2020, 2019))
        values = [
            reported("2.1", "01-06 09:00", Fraction(1), covers=last),
            reported("2.1", "02-06 09:00", Fraction(2), covers=this),
            reported("2.1", "02-07 09:00", Fraction(3)),
        ]
        result = self.budget.read(values, CLOCK, window=JANUARY, as_of=at("03-01 12:00"))
        assert result.value == 2
        assert reasons(result.excluded) == {"2.1": "started outside 2020-01-01 – 2020-01-31"}
        assert str(result.excluded[0].reason) == "is of another year"

    def test_without_a_window_a_value_of_any_year_counts(self):
        value = reported("2.1", "01-06 09:00", Fraction(1), covers=Window(date(2019, 1, 1), date(2019, 12, 31)))
        assert read(self.budget, value, window=None).value == 1

    def test_of_a_year_counts_in_an_indicator_of_some_of_its_months(self):
        whole, months = Window(date(2019, 10, 1), date(2020, 9, 30)), Window(date(2019, 11, 1), date(2020, 8, 31))
        value = reported("2.1", "2020-10-15 09:00", Fraction(5), covers=whole)
        assert self.budget.read([value], CLOCK, window=months, as_of=at("12-01 12:00")).value == 5

    def test_of_two_months_merged_the_later_counts(self):
        values = [reported("2.1", moment, Fraction(n)) for n, moment in ((1, "01-06 09:00"), (2, "02-06 09:00"))]
        parts = [self.budget.read([value], CLOCK, as_of=at("03-01 12:00")) for value in values]
        assert merged(parts).value == merged(parts[::-1]).value == 2

    def test_says_unit_and_target_itself(self):
        result = read(self.budget, reported("2.1", "01-06 09:00", Fraction(4), unit="points", target=Fraction(5)))
        assert (result.unit, result.reported.target) == ("points", 5)


def test_a_count_is_of_a_proportion():
    with pytest.raises(TypeError, match="Proportion"):
        Count(Duration("x", start=reached("came"), stop=reached("went")))
