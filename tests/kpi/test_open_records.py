"""What is open: its age, when it is due, and by how much office time it is overdue."""

from datetime import date
from fractions import Fraction

import pytest
from small_office import CLOCK, JANUARY, YEAR, at, bins, names, response, trace

from docflow import Duration, OfficeTime, Proportion, WorkingDays, WorkTime, reached
from docflow.bangkok import office_clock
from docflow.errors import AmountError, NaiveDatetimeError, OutsideCalendarError, PlanError, RecordError
from docflow.kpi import Count, Milestone, Score, ageing, due_by, overdue

CAME, WENT = reached("came"), reached("went")
TOOK = Duration("took", start=CAME, stop=WENT, pausing=("asked",))
NOON = at("01-10 12:00")  # a Friday
EIGHT, FORTY = WorkTime(hours=8), WorkTime(hours=40)
LETTERS = (
    trace("old", ("came", "01-02 09:00")),  # 7 days of 8 hours, less 5 hours
    trace("fresh", ("came", "01-10 09:00")),
    trace("done", ("came", "01-06 09:00"), ("went", "01-10 11:00")),
    trace("outside", ("came", "2019-12-30 09:00")),
    trace("waits", ("came", "01-06 09:00"), ("asked", "01-06 17:00")),  # exactly 8 hours
    trace("failed", ("came", "01-08 09:00"), ("lost", "01-08 10:00")),  # 19 hours
)


class TestAgeing:
    @pytest.mark.parametrize(
        ("measure", "kinds"),
        [
            (TOOK, {"unfinished"}),
            (TOOK.within(WorkingDays(4)), {"late", "running"}),
            (TOOK.within(WorkingDays(4), fails_if=reached("lost")), {"late", "running", "missed"}),
            (TOOK.capped(WorkTime(hours=30)), {"late", "running"}),
            (Proportion("p", start=CAME, stop=WENT, pausing=("asked",)), {"missed"}),
            (Proportion("p", start=CAME, stop=WENT, pausing=("asked",), waits=True), {"running"}),
            (Count(Proportion("p", start=CAME, stop=WENT, pausing=("asked",))), {"missed"}),
        ],
    )
    def test_open_is_what_has_not_stopped_in_whatever_bin_it_lies(self, measure, kinds):
        bands = ageing(measure.read(LETTERS, CLOCK, window=JANUARY, as_of=NOON), (EIGHT, FORTY))
        assert {band: names(part.observations) for band, part in bands.items()} == {
            "under 8 h": ["fresh"],
            "8 h to under 40 h": ["waits", "failed"],
            "40 h and more": ["old"],
        }
        assert {lies for part in bands.values() for lies in bins(part)} == kinds

    def test_a_band_is_a_result_that_can_be_asked_like_any(self):
        result = TOOK.within(WorkingDays(4)).read(LETTERS, CLOCK, window=JANUARY, as_of=NOON)
        old = ageing(result, (FORTY,))["40 h and more"]
        assert (type(old), old.context, old.measure) == (type(result), result.context, result.measure)
        assert [str(one.overdue) for one in old.late] == ["11 h"]  # due on the 8th at 17:00
        by_month = {month: ageing(part, (EIGHT,)) for month, part in result.by_month().items()}
        assert {band: len(part.observations) for band, part in by_month["2020-01"].items()} == {
            "under 8 h": 1,
            "8 h and more": 3,
        }

    def test_the_bands_of_nothing_are_empty(self):
        for records in ([], [LETTERS[2]]):
            bands = ageing(TOOK.read(records, CLOCK), (EIGHT,))
            assert [len(part.observations) for part in bands.values()] == [0, 0]
        scored = Score("s", at=reached("answered")).read([response("1", "01-06 09:00", first=5)], CLOCK)
        assert [len(part.observations) for part in ageing(scored, (EIGHT,)).values()] == [0, 0]

    @pytest.mark.parametrize("edges", [(), (WorkTime(),), (FORTY, EIGHT), (EIGHT, EIGHT)])
    def test_edges_that_do_not_grow_are_refused(self, edges):
        with pytest.raises(AmountError, match="are no edges of bands; give some that grow, such as"):
            ageing(TOOK.read([], CLOCK), edges)

    def test_wrong_kinds_are_refused_with_the_way_out(self):
        result = TOOK.read([], CLOCK)
        with pytest.raises(TypeError, match="8 is no amount of working time; give one, such as WorkTime"):
            ageing(result, (8,))
        with pytest.raises(TypeError, match="is no list of edges; give some, such as"):
            ageing(result, EIGHT)
        with pytest.raises(TypeError, match="is no result; give one"):
            ageing(TOOK, (EIGHT,))

    def test_what_is_dated_by_the_stop_leaves_out_the_open_and_is_refused(self):
        by_stop = Duration("took", start=CAME, stop=WENT, dated_by="stop")
        said = 'took: is dated by the stop, and leaves out what is open; ask one with dated_by="start"$'
        with pytest.raises(PlanError, match=said):
            ageing(by_stop.read(LETTERS, CLOCK), (EIGHT,))
        with pytest.raises(PlanError, match=said):
            due_by(by_stop.within(WorkingDays(1)).read(LETTERS, CLOCK), NOON)

    def test_an_age_beyond_the_calendar_is_not_guessed(self):
        late = trace("1", ("came", "2027-12-30 09:00"))
        beyond = at("2028-01-04 09:00")
        for measure in (TOOK, Proportion("p", start=CAME, stop=WENT)):
            with pytest.raises(OutsideCalendarError):
                ageing(measure.read([late], office_clock(), as_of=beyond), (EIGHT,))

    def test_of_a_record_without_events_nobody_knows_up_to_when_it_is_open(self):
        start = Milestone.of("always", lambda _: at("01-06 09:00"))
        for measure in (Duration("took", start=start, stop=WENT), Proportion("p", start=start, stop=WENT)):
            with pytest.raises(
                RecordError, match="^record 1: is open, and nobody says up to when it was seen; read it"
            ):
                ageing(measure.read([trace("1")], CLOCK), (EIGHT,))


class TestDueBy:
    promise = TOOK.within(WorkingDays(4))
    result = promise.read(LETTERS, CLOCK, window=JANUARY, as_of=NOON)

    def test_the_soonest_comes_first_and_what_is_overdue_is_there_and_says_so(self):
        # "waits" has stood still for three days and three hours since the 6th, so it is due so much after the 10th.
        assert [(one.record.number, one.due) for one in due_by(self.result, at("01-31 12:00"))] == [
            ("old", at("01-08 17:00")),
            ("failed", at("01-14 17:00")),
            ("waits", at("01-16 12:00")),
            ("fresh", at("01-16 17:00")),
        ]
        assert [one.record.number for one in due_by(self.result, NOON) if one.overdue > WorkTime()] == ["old"]

    def test_what_waits_is_due_as_if_it_went_on_at_once_and_says_that_it_stands_still(self):
        waits = LETTERS[4]  # asked at the close of the 6th, with three days left
        for as_of, due in (
            ("01-07 12:00", "01-13 12:00"),
            ("01-08 12:00", "01-14 12:00"),
            ("01-10 10:00", "01-16 10:00"),
        ):
            result = self.promise.read([waits], CLOCK, as_of=at(as_of))
            (seen,) = due_by(result, at(due))
            assert (seen.due, seen.stands_still) == (at(due), True)
            assert due_by(result, at(due).replace(hour=8)) == ()
        went_on = trace(
            "went on", *((step.state, f"{step.at:%m-%d %H:%M}") for step in waits.history), ("back", "01-10 10:00")
        )
        (seen,) = due_by(self.promise.read([went_on], CLOCK, as_of=NOON), at("01-16 10:00"))
        assert (seen.due, seen.stands_still) == (at("01-16 10:00"), False), "it went on: the bound was the due moment"

    def test_only_what_is_open_and_paused_now_stands_still(self):
        seen = {one.record.number: one.stands_still for one in self.result.observations}
        assert seen == dict.fromkeys(names(self.result.observations), False) | {"waits": True}
        stopped = trace("1", ("came", "01-06 09:00"), ("asked", "01-06 17:00"), ("went", "01-07 10:00"))
        (done,) = self.promise.read([stopped], CLOCK, as_of=at("01-07 10:00")).observations
        assert (done.pauses.spans != (), done.stands_still) == (True, False)

    def test_the_moment_itself_belongs_to_it(self):
        assert names(due_by(self.result, at("01-14 17:00"))) == ["old", "failed"]
        assert names(due_by(self.result, at("01-14 16:59"))) == ["old"]
        assert due_by(self.result, at("01-08 16:59")) == ()

    def test_what_is_done_is_not_due_though_it_was_late(self):
        done = self.promise.read([trace("1", ("came", "01-02 09:00"), ("went", "01-10 09:00"))], CLOCK)
        assert names(done.late) == ["1"]
        assert due_by(done, NOON) == ()

    def test_of_two_at_once_the_one_given_first_comes_first(self):
        twins = [trace(name, ("came", "01-06 09:00")) for name in ("b", "a")]
        assert names(due_by(self.promise.read(twins, CLOCK), at("01-10 17:00"))) == ["b", "a"]

    def test_the_end_of_the_next_working_day_and_of_the_week(self):
        days = CLOCK.days
        tomorrow = days.hours(days.add(CLOCK.day_of(NOON), 1))[-1][1]
        assert tomorrow == at("01-13 17:00")
        assert names(due_by(self.result, tomorrow)) == ["old"]
        friday = days.hours(days.roll(date(2020, 1, 19), "preceding"))[-1][1]
        assert names(due_by(self.result, friday)) == ["old", "failed", "waits", "fresh"]

    def test_what_promises_nothing_is_refused_with_the_way_out(self):
        said = "gives its records no due moment; ask a result of a measure with a limit, such as duration.within"
        for measure in (TOOK, TOOK.capped(EIGHT), Proportion("took", start=CAME, stop=WENT)):
            result = measure.read(LETTERS, CLOCK, window=JANUARY, as_of=NOON)
            with pytest.raises(PlanError, match=f"^took: {said}"):
                due_by(result, NOON)
            with pytest.raises(PlanError, match=f"^took: {said}"):
                overdue(result)

    def test_wrong_kinds_are_refused(self):
        with pytest.raises(TypeError, match="is no result; give one"):
            due_by(self.promise, NOON)
        with pytest.raises(NaiveDatetimeError):
            due_by(self.result, NOON.replace(tzinfo=None))

    def test_nothing_is_due_of_nothing(self):
        assert due_by(self.promise.read([], CLOCK), NOON) == ()


class TestOverdue:
    def test_an_observation_without_a_due_moment_has_none(self):
        result = TOOK.read(LETTERS, CLOCK, window=JANUARY, as_of=NOON)
        assert {one.overdue for one in result.observations} == {None}

    def test_of_what_nobody_has_seen_since_nothing_is_overdue(self):
        promise = Duration("took", start=Milestone.of("always", lambda _: at("01-06 09:00")), stop=WENT)
        (one,) = promise.within(WorkingDays(1)).read([trace("1")], CLOCK).observations
        assert (one.as_of, one.due, one.overdue) == (None, at("01-07 17:00"), WorkTime())

    def test_it_is_counted_up_to_the_stop_or_to_the_last_moment_seen(self):
        promise = TOOK.within(OfficeTime(hours=8))
        letters = (
            trace("stopped", ("came", "01-06 09:00"), ("went", "01-07 10:30")),
            trace("open", ("came", "01-08 09:00")),
            trace("at the last moment", ("came", "01-06 09:00"), ("went", "01-06 17:00")),
        )
        later = promise.read(letters, CLOCK, window=JANUARY, as_of=NOON)
        assert [str(one.overdue) for one in later.observations] == ["1 h 30 min", "11 h", "0 min"]
        found = overdue(later)
        assert (names(found.late), str(found.total), found.mean_minutes) == (["open", "stopped"], "12 h 30 min", 375)

    def test_pauses_after_the_due_moment_are_not_counted(self):
        paused = trace(
            "1", ("came", "01-06 09:00"), ("asked", "01-07 10:00"), ("back", "01-07 12:00"), ("went", "01-07 13:00")
        )
        (one,) = TOOK.within(OfficeTime(hours=8)).read([paused], CLOCK).observations
        deadline = CLOCK.deadline(
            OfficeTime(hours=8), at("01-06 09:00"), pauses=[(at("01-07 10:00"), at("01-07 12:00"))]
        )
        assert one.overdue == deadline.overdue(at("01-07 13:00")) == WorkTime(hours=2)

    def test_what_is_dated_by_the_stop_is_overdue_too(self):
        by_stop = Duration("took", start=CAME, stop=WENT, dated_by="stop").within(OfficeTime(hours=8))
        late = trace("1", ("came", "01-30 09:00"), ("went", "02-03 10:00"))
        result = by_stop.read([late], CLOCK, window=YEAR)
        assert overdue(result.by_month()["2020-02"]).total == WorkTime(hours=9)

    def test_nothing_late_has_no_mean(self):
        found = overdue(TOOK.within(WorkingDays(5)).read(LETTERS[1:3], CLOCK, as_of=NOON))
        assert (found.late, found.total, found.mean_minutes) == ((), WorkTime(), None)

    def test_a_mean_is_exact(self):
        promise = TOOK.within(OfficeTime(hours=8))
        letters = [trace(str(n), ("came", "01-06 09:00"), ("went", f"01-07 09:0{n}")) for n in (1, 2, 5)]
        found = overdue(promise.read(letters, CLOCK))
        assert (names(found.late), found.mean_minutes) == (["5", "2", "1"], Fraction(8, 3))

    def test_one_that_failed_and_came_late_says_its_lateness_but_is_missed_and_not_late(self):
        promise = TOOK.within(OfficeTime(hours=8), fails_if=reached("lost"))
        result = promise.read(
            [trace("1", ("came", "01-06 09:00"), ("lost", "01-06 10:00"), ("went", "01-07 10:00"))], CLOCK
        )
        assert [str(one.overdue) for one in result.missed] == ["1 h"]
        assert overdue(result).late == ()

    def test_a_lateness_beyond_the_calendar_is_not_guessed(self):
        late = trace("1", ("came", "2027-12-30 08:30"), ("went", "2028-01-04 09:00"))
        result = TOOK.within(OfficeTime(hours=1)).read([late], office_clock())
        assert names(result.late) == ["1"]
        with pytest.raises(OutsideCalendarError):
            overdue(result)
