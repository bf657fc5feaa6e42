"""Every time that a record's clock ran: a stopwatch over its events, also where several came in one minute."""

import pickle
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from small_office import BANGKOK, CLOCK, JANUARY, at, bins, reasons, trace

from docflow import Duration, Hours, OfficeCalendar, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.kpi import (
    FIRST_EVENT,
    LAST_EVENT,
    Context,
    Count,
    Event,
    LimitBy,
    Milestone,
    Proportion,
    Record,
    carriers,
    differences,
    holding,
    observe,
    reached,
    read,
    since,
)
from docflow.kpi.results import disputed, merged
from docflow.letters import Entry, Letter, Transition, Workflow
from docflow.worktime import instant

EACH = Duration("each", start=reached("came"), stop=reached("went"), every=True)
FIRST = evolve(EACH, every=False)


def steps(*states, at_first="01-06 09:00", minutes=10):
    """Events some minutes apart; a state after "=" comes in the minute of the one before."""
    moment, found = at(at_first), []
    for n, state in enumerate(states):
        moment += timedelta(minutes=minutes) if n and not state.startswith("=") else timedelta()
        found.append(Event(state.lstrip("="), moment))
    return Record("1", found)


def times(measure, *records, **asked):
    """Start and stop of each time, as minutes after nine, in the order found."""

    def after_nine(moment):
        return None if moment is None else int((moment - at("01-06 09:00")).total_seconds() // 60)

    result = measure.read(records, CLOCK, **asked)
    return [(after_nine(seen.start), after_nine(seen.stop)) for seen in result.observations]


class TestAStopwatch:
    @pytest.mark.parametrize(
        ("told", "found"),
        [
            (["came"], [(0, None)]),
            (["came", "went"], [(0, 10)]),
            (["went", "came"], [(10, None)]),  # what stops nothing is no stop
            (["went", "came", "went"], [(10, 20)]),
            (["came", "came", "went", "went", "came", "went"], [(0, 20), (40, 50)]),
            (["came", "went", "came"], [(0, 10), (20, None)]),
            (["came", "went", "asked"], [(0, 10)]),
            # In one minute: the order in which they are written counts.
            (["came", "=went", "=came", "=went"], [(0, 0), (0, 0)]),
            (["went", "=came", "=went"], [(0, 0)]),
            (["went", "=came"], [(0, None)]),
            (["came", "=came", "=went", "=went", "=came"], [(0, 0), (0, None)]),
            (["asked", "came", "=went", "=came", "went", "=came"], [(10, 10), (10, 20), (20, None)]),
        ],
    )
    def test_starts_where_it_does_not_run_and_stops_where_it_runs(self, told, found):
        assert times(EACH, steps(*told)) == found

    def test_events_may_share_one_moment_object(self):
        nine = at("01-06 09:00")
        record = Record("1", [Event(state, nine) for state in ("went", "came", "went", "came")])
        assert times(EACH, record) == [(0, 0), (0, None)]

    def test_a_record_that_never_started_is_excluded_once(self):
        for record in (trace("none"), steps("went", "went")):
            (seen,) = EACH.read([record], CLOCK).observations
            assert (seen.bin, seen.nth, str(seen.reason)) == ("excluded", 1, "had not reached came")

    def test_sees_no_later_event(self):
        record = steps("came", "went", "came", "went")
        assert times(EACH, record, as_of=at("01-06 09:29")) == [(0, 10), (20, None)]
        assert times(EACH, record, as_of=at("01-06 09:19")) == [(0, 10)]
        assert times(EACH, record, as_of=at("01-06 08:59")) == [(None, None)]

    def test_one_state_may_start_and_stop_it(self):
        visits = Proportion("visits", start=reached("came"), stop=reached("came"), every=True)
        assert times(visits, steps("came", "came", "=came")) == [(0, 0), (10, 10), (10, 10)]
        pairs = evolve(visits, stop=reached("came", nth=2))
        assert times(pairs, steps("came", "came", "=came", "asked", "came", "came")) == [(0, 10), (10, 30), (40, None)]

    def test_each_record_keeps_its_place_and_its_own_numbers(self):
        one, other = steps("came", "went", "came"), trace("2", ("came", "01-06 10:00"))
        result = EACH.read([other, one], CLOCK)
        assert [(seen.record, seen.nth) for seen in result.observations] == [(other, 1), (one, 1), (one, 2)]
        assert all(seen.record in (one, other) for seen in result.observations)
        assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - our own

    @given(
        told=st.lists(st.tuples(st.sampled_from(("came", "went", "out", "asked")), st.integers(0, 1)), max_size=14),
        out=st.sampled_from(((), ("out",))),
    )
    def test_against_a_walk_over_the_events(self, told, out):
        minute, events, expected, running = 0, [], [], None
        for state, later in told:
            minute += later
            events.append(Event(state, at("01-06 09:00") + timedelta(minutes=minute)))
            if state == "came" and running is None:
                running = minute
            elif state == "went" and running is not None:
                expected.append((running, minute))
                running = None
            elif state in out and running is not None:
                expected.append((None, None))
                running = None
        if running is not None:
            expected.append((running, None))
        measure = evolve(EACH, withdrawn_in=out)
        assert times(measure, Record("1", events)) == (expected or [(None, None)])


class TestMilestonesInsideAnOccurrence:
    def test_look_at_its_own_events_alone(self):
        asked_twice = evolve(EACH, stop=reached("asked", nth=2))
        record = steps("came", "asked", "asked", "asked", "came", "asked", "came", "asked")
        assert times(asked_twice, record) == [(0, 20), (40, 70)]

    def test_of_a_unit_and_after_the_start(self):
        by_a = evolve(EACH, stop=reached("went", unit="A", after_start=True))
        record = trace(
            "1",
            ("came", "01-06 09:00"),
            ("went", "01-06 09:05", "B"),
            ("went", "01-06 09:10", "A"),
            ("came", "01-06 09:20"),
            ("went", "01-06 09:30", "B"),
        )
        assert times(by_a, record) == [(0, 10), (20, None)]

    def test_a_start_may_be_the_second_time_since_the_last_stop(self):
        second = evolve(EACH, start=reached("came", nth=2))
        assert times(second, steps("came", "came", "went", "came", "went", "came", "went")) == [(10, 20), (50, 60)]

    def test_the_last_of_all_takes_the_rest(self):
        last = evolve(EACH, stop=reached("went", last=True))
        assert times(last, steps("came", "went", "came", "went")) == [(0, 30)]
        assert times(last, steps("came", "=went", "=came", "=went")) == [(0, 0)]
        assert times(evolve(EACH, start=FIRST_EVENT, stop=LAST_EVENT), steps("came", "=went", "went")) == [(0, 10)]
        assert times(evolve(EACH, start=reached("came", last=True)), steps("came", "went", "came")) == [(20, None)]

    def test_what_has_to_hold_is_asked_of_all_that_came_after_the_start(self):
        held = evolve(EACH, stop=holding("went"))
        assert times(held, steps("came", "went", "came", "went", "went")) == [(0, 30)]
        assert times(held, steps("came", "went", "asked")) == [(0, None)]

    def test_a_function_sees_the_same_events_with_all_that_they_say(self):
        workflow = Workflow(
            "desk",
            initial="in",
            transitions=(Transition("send", "in", "out"), Transition("fetch", "out", "in")),
        )
        nine = at("01-06 09:00")
        entries = [
            Entry("receive", nine, "Ann"),
            Entry("send", nine, "Ben"),
            Entry("fetch", nine, "Ann"),
            Entry("send", nine, "Ann"),
        ]
        case = workflow.replay(Letter(number="1"), entries)
        by_ann = Milestone.of(
            "by Ann", lambda told: next((e.at for e in told if e.state == "out" and e.by == "Ann"), None)
        )
        each = Duration("desk", start=reached("in"), stop=by_ann, every=True)
        assert times(each, case) == [(0, 0)]
        assert times(evolve(each, stop=reached("out")), case) == [(0, 0), (0, 0)]

    def test_a_function_may_name_a_moment_that_is_no_event(self):
        def an_hour_later(events):
            return next((event.at + timedelta(minutes=15) for event in events if event.state == "came"), None)

        soon = evolve(EACH, stop=Milestone.of("a quarter later", an_hour_later))
        record = steps("came", "came", "came", "came", "came")
        assert times(soon, record, as_of=at("01-06 12:00")) == [(0, 15), (20, 35), (40, 55)]
        starting = evolve(EACH, start=Milestone.of("a quarter later", an_hour_later))
        assert times(starting, steps("came", "went", "went", "went")) == [(15, 20)]
        assert times(starting, steps("came", "went"), as_of=at("01-06 12:00")) == [(15, None)]

    def test_a_function_that_always_says_the_same_ends(self):
        nine = at("01-06 09:00")
        told = enumerate(("came", "went", "came"))
        record = Record("1", [Event(state, nine + timedelta(minutes=n)) for n, state in told])
        first = record.history[0].at
        the_first = evolve(EACH, start=Milestone.of("the first", lambda _: first))
        assert times(the_first, record) == [(0, 1)]
        assert times(evolve(the_first, stop=the_first.start), record) == [(0, 0)]
        assert times(evolve(EACH, stop=the_first.start), record) == [(0, 0), (None, None)]
        always = Milestone.of("always", lambda _: nine)
        stuck = evolve(EACH, start=always)
        assert times(stuck, steps("went", "went", "went")) == [(0, 0)]
        assert times(evolve(EACH, start=always, stop=always), trace("none"), as_of=at("01-06 12:00")) == [(0, 0)]
        earlier = Milestone.of("earlier", lambda _: nine - timedelta(hours=1))
        result = evolve(EACH, stop=earlier).read([steps("came", "asked", "came")], CLOCK)
        assert [str(seen.reason) for seen in result.excluded] == ["earlier before came"] * 2

    def test_who_is_in_a_state_since_long_before_the_window_starts_with_it(self):
        trained = Proportion("trained", start=since("on_staff"), stop=reached("trained"), every=True)
        staff = trace(
            "1", ("on_staff", "2017-05-02 09:00"), ("trained", "2018-01-05 09:00"), ("trained", "01-06 09:00")
        )
        (seen,) = trained.read([staff], CLOCK, window=JANUARY).observations
        assert (seen.start, seen.stop) == (at("01-01 00:00"), at("01-06 09:00"))


class TestWhatBelongsToAnOccurrence:
    def test_a_withdrawal_ends_it_and_the_next_start_begins_another(self):
        measure = evolve(EACH, withdrawn_in=["cancelled"])
        record = steps("came", "cancelled", "came", "went", "cancelled", "came", "cancelled")
        result = measure.read([record], CLOCK)
        assert times(measure, record) == [(None, None), (20, 30), (None, None)]
        assert [seen.nth for seen in result.excluded] == [1, 3]
        assert {str(seen.reason) for seen in result.excluded} == {"was cancelled before went"}
        assert times(measure, record, as_of=at("01-06 09:00")) == [(0, None)]

    def test_what_stops_and_withdraws_at_once_stops(self):
        both = evolve(EACH, withdrawn_in=["went"])
        assert times(both, steps("came", "went", "came", "went")) == [(0, 10), (20, 30)]

    def test_pauses_are_its_own(self):
        measure = evolve(EACH, pausing=["waiting"])
        told = ["came", "waiting", "asked", "went", "came", "waiting", "=asked", "asked", "went", "came", "waiting"]
        result = measure.read([steps(*told)], CLOCK, as_of=at("01-06 10:40"))
        assert [int(seen.elapsed.minutes) for seen in result.observations] == [30 - 10, 30, 20 - 10]
        assert [len(seen.pauses.spans) for seen in result.observations] == [1, 0, 1]

    def test_a_pause_that_runs_when_it_starts_is_counted_from_its_start_on(self):
        late = evolve(EACH, start=Milestone.of("five past", lambda _: at("01-06 09:05")), pausing=["waiting"])
        (seen,) = late.read([steps("waiting", "asked", "went")], CLOCK).observations
        assert (seen.elapsed, len(seen.pauses.spans)) == (WorkTime(minutes=10), 1)
        assert seen.pauses.spans[0][0] == seen.begin

    def test_each_has_its_own_due_moment(self):
        promise = EACH.within(WorkingDays(1))
        record = trace("1", ("came", "01-06 09:00"), ("went", "01-08 10:00"), ("came", "01-09 09:00"))
        result = promise.read([record], CLOCK, as_of=at("01-09 10:00"))
        assert [(seen.bin, f"{seen.due:%m-%d %H:%M}") for seen in result.observations] == [
            ("late", "01-07 17:00"),
            ("running", "01-10 17:00"),
        ]
        assert "late by 1 h of office time" in str(result.late[0].explain())

    def test_what_spoils_it_comes_before_the_next_one_starts(self):
        good = Proportion("good", start=reached("came"), stop=reached("went"), fails_if=reached("returned"), every=True)
        record = steps("returned", "came", "went", "came", "returned", "went", "returned", "came", "went")
        assert [seen.bin for seen in good.read([record], CLOCK).observations] == ["counted", "missed", "counted"]
        assert [seen.bin for seen in good.read([steps("came", "went", "returned")], CLOCK).observations] == ["missed"]

    def test_its_limit_is_chosen_by_the_record_itself(self):
        grades = {}
        promise = EACH.within(LimitBy("grade", lambda record: grades[id(record)]))
        record = steps("came", "went", "came", minutes=90)
        grades[id(record)] = Hours(1)
        result = promise.read([record], CLOCK)
        assert [seen.bin for seen in result.observations] == ["late", "running"]
        assert result.late[0].limit == Hours(1)

    def test_belongs_to_the_window_by_its_own_start(self):
        record = trace("1", ("came", "2019-12-30 09:00"), ("went", "01-06 09:00"), ("came", "01-06 10:00"))
        result = EACH.read([record], CLOCK, window=JANUARY)
        assert [(seen.bin, seen.nth) for seen in result.observations] == [("excluded", 1), ("unfinished", 2)]
        assert result.in_scope == 1
        assert (
            Count(Proportion("n", start=EACH.start, stop=EACH.stop, every=True), months=True)
            .read([steps("came", "went", "came", "went")], CLOCK)
            .value
            == 1
        )


class TestACalendarThatEnds:
    clock = WorkClock(CLOCK.hours, OfficeCalendar(WorkingWeek()), zone="Asia/Bangkok")

    def test_keeps_what_it_can_say(self):
        def until_noon(events):
            if any(event.state == "strange" for event in events):
                CLOCK.date_of(2**62)  # beyond every calendar
            return next((event.at for event in events if event.state == "came"), None)

        measure = evolve(EACH, start=Milestone.of("came", until_noon))
        result = measure.read([steps("came", "went", "came", "went")], CLOCK)
        assert [seen.bin for seen in result.observations] == ["counted", "counted"]
        strange = measure.read([steps("came", "went", "strange", "came")], CLOCK)
        assert bins(strange) == {"excluded": ["1"]}

        def lazy(events):
            first = next(iter(events), None)
            return None if first is None else until_noon([first]) if first.state == "came" else until_noon(events)

        later = evolve(EACH, start=Milestone.of("came", lazy)).read([steps("came", "went", "strange", "came")], CLOCK)
        assert [(seen.bin, seen.nth) for seen in later.observations] == [("counted", 1), ("excluded", 2)]


class TestPairs:
    """What pairs observations with records pairs the second time with the second."""

    told = steps("came", "went", "came", "went", "came", minutes=30)

    def test_a_difference_names_the_occurrence_that_moved(self):
        promise = EACH.capped(WorkTime(minutes=20))
        before = promise.read([self.told], CLOCK, as_of=at("01-06 10:05"))
        after = promise.read([self.told], CLOCK, as_of=at("01-06 11:10"))
        assert bins(before) == {"late": ["1"], "running": ["1"]}
        found = differences(before, after)
        assert [(change.nth, change.because) for change in found.changes] == [
            (2, ("of the moment",)),
            (3, ("of the moment",)),
        ]
        assert str(found).splitlines()[2:] == [
            "1, occurrence 2: running, 5 min → late, 30 min, because of the moment",
            "1, occurrence 3: – → running, 10 min, because of the moment",
        ]
        back = differences(after, before)
        assert [(change.nth, change.after) for change in back.changes][1] == (3, None)

    def test_a_difference_of_records_says_what_was_written(self):
        rewritten = steps("came", "went", "came", "went", "=came", "went", minutes=30)
        found = differences(EACH.read([self.told], CLOCK), EACH.read([rewritten], CLOCK))
        assert [(change.nth, change.because) for change in found.changes] == [
            (3, ("what is written about it changed",)),
        ]
        gone = differences(EACH.read([self.told, evolve(self.told, number="2")], CLOCK), EACH.read([self.told], CLOCK))
        assert [(change.number, change.nth, change.because) for change in gone.changes] == [
            ("2", n, ("the record is not there any more",)) for n in (1, 2, 3)
        ]
        new = differences(EACH.read([], CLOCK), EACH.read([self.told], CLOCK))
        assert [(change.number, change.nth, change.because) for change in new.changes] == [
            ("1", n, ("the record is new",)) for n in (1, 2, 3)
        ]

    def test_a_month_is_compared_by_the_same_occurrences(self):
        record = trace("1", ("came", "01-06 09:00"), ("went", "01-06 10:00"), ("came", "02-03 09:00"))
        one, other = (
            EACH.read([record], CLOCK, as_of=at(day)).by_month()["2020-02"] for day in ("02-03 10:00", "02-03 11:00")
        )
        (change,) = differences(one, other).changes
        assert (change.nth, change.because) == (2, ("of the moment",))
        assert (change.before.worked, change.after.worked) == (60 * 60 * 10**6, 2 * 60 * 60 * 10**6)

    def test_readings_are_disputed_occurrence_by_occurrence(self):
        ways = {"one": EACH.capped(WorkTime(minutes=30)), "two": EACH.capped(WorkTime(minutes=15))}
        record = trace(
            "1", ("came", "01-06 09:00"), ("went", "01-06 09:10"), ("came", "01-06 10:00"), ("went", "01-06 10:20")
        )
        found = disputed(read([record], CLOCK, measures=ways))
        assert found == ((record, {"one": "counted", "two": "late"}),)
        mixed = {"each": ways["two"], "first": evolve(ways["two"], every=False)}
        both = disputed(read([record], CLOCK, measures=mixed))
        assert both == ((record, {"each": "late", "first": "excluded"}),)

    def test_a_letter_carries_the_time_of_all_its_occurrences(self):
        long = trace("long", ("came", "01-06 09:00"), ("went", "01-06 10:00"))
        often = trace(
            "often",
            *[
                (state, f"01-06 {hour}:{minute}")
                for hour in (10, 11, 12)
                for state, minute in (("came", "00"), ("went", "30"))
            ],
        )
        (carrier,) = carriers(EACH.read([long, often], CLOCK))
        assert (carrier.record.number, carrier.elapsed, carrier.share) == (
            "often",
            WorkTime(minutes=90),
            Fraction(3, 5),
        )
        assert carrier.mean_minutes_without == 60
        both = carriers(EACH.read([long, often], CLOCK), part=Fraction(1))
        assert [one.mean_minutes_without for one in both] == [60, 30]

    def test_months_merged_are_the_whole(self):
        record = trace(
            "1", ("came", "01-06 09:00"), ("went", "01-06 10:00"), ("came", "02-03 09:00"), ("went", "02-03 11:00")
        )
        result = EACH.read([record], CLOCK)
        months = result.by_month()
        assert [part.value for part in months.values()] == [60, 120]
        assert merged(months.values()) == result
        assert [seen.nth for seen in merged(months.values()).observations] == [1, 2]
        assert result.observations[1].excluded(None).nth == 2


def test_one_observation_cannot_be_every_occurrence():
    with pytest.raises(
        TypeError, match=r"finds every occurrence; ask measure.read\(\[record\], clock\) for all of them"
    ):
        observe(steps("came"), Context(CLOCK), measure=EACH)


def test_every_is_said_wherever_a_sentence_is():
    assert str(EACH) == "each: each time from came to went"
    assert str(EACH.within(WorkingDays(1))) == "each: each time from came to went, within 1 working day"
    assert str(EACH.capped(WorkTime(minutes=5))) == "each: each time from came to went, in at most 5 min"
    assert str(FIRST) == "each: from came to went"
    assert EACH != FIRST


def test_the_zone_of_a_moment_is_kept():
    paris = timezone(timedelta(hours=1))
    nine = datetime(2020, 1, 6, 3, tzinfo=paris)
    record = Record("1", [Event("came", nine), Event("went", nine), Event("came", nine)])
    assert [seen.start.tzinfo for seen in EACH.read([record], CLOCK).observations] == [paris, paris]
    assert date(2020, 1, 6) == EACH.read([record], CLOCK).observations[0].day
    assert nine.astimezone(BANGKOK).hour == 9


def test_reasons_are_those_of_the_first_alone():
    record = steps("went")
    assert reasons(EACH.read([record], CLOCK).excluded) == reasons(FIRST.read([record], CLOCK).excluded)


class ByTheMomentWanted(Milestone):
    """A milestone of one's own that looks at the record and not at its events alone."""

    def find(self, record, context, start=None):  # noqa: ARG002 - the record says it
        wanted, over = record.wanted_by, record.history[-1].state in record.ends
        return None if wanted is None or over or record.number != "1" else (wanted, instant(wanted))


def test_a_milestone_of_ones_own_sees_what_the_record_names():
    record = Record("1", steps("came", "asked").history, wanted_by=at("01-06 09:30"), ends=("over",))
    wanted = evolve(EACH, stop=ByTheMomentWanted())
    assert times(wanted, record) == [(0, 30)]
    assert (
        times(wanted, evolve(record, wanted_by=None), evolve(record, number="2"), evolve(record, ends=("asked",)))
        == [(0, None)] * 3
    )
