"""Every kind of measure over a handful of records, each expected number worked out beside it."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import permutations
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from small_office import CLOCK, JANUARY, at, bins, names, reasons, reported, response, trace

from docflow import (
    Hours,
    OfficeHours,
    OfficeTime,
    Stopwatch,
    Window,
    WorkClock,
    WorkingDays,
    WorkingWeek,
    WorkTime,
)
from docflow.bangkok import INCOMING_EXTERNAL_LETTER, office_clock
from docflow.errors import (
    MomentError,
    NameOfStateError,
    PlanError,
    RecordError,
    ReversedWindowError,
    UnknownReadingError,
)
from docflow.kpi import (
    WANTED,
    WINDOW_CLOSE,
    Bin,
    Capped,
    Count,
    Disputed,
    Entered,
    Event,
    External,
    Kind,
    Placed,
    Promise,
    Proportion,
    Rate,
    Readings,
    Response,
    Score,
    Scores,
    Share,
    Tally,
    Target,
    Text,
    Trace,
    Why,
    done,
    each_month,
    holding,
    merged,
    reached,
    stages,
    standing,
)
from docflow.kpi.evidence import Places
from docflow.kpi.windows import View
from docflow.letters import Entry, Letter, Transition, Workflow
from docflow.worktime import instant

WATCH = Stopwatch("handing over", start=reached("came"), stop=reached("went"))
WENT = Proportion("went", of=reached("came"), hit=reached("went"))
NOON = at("01-31 12:00")


def seen(moment, case, *, window=None, now=None):
    """When a condition came true of a case, as seen from a view; None when it did not."""
    found = moment.find(case, View(CLOCK, window, None if now is None else instant(at(now))))
    if found is None:
        return None
    when, same = found
    assert same == instant(when), "the moment and its instant are one"
    return when


def read(measure, *cases, window=JANUARY, as_of=NOON):
    return measure.read(cases, CLOCK, window=window, as_of=as_of)


class TestMoments:
    asked_thrice = trace(
        "1",
        ("asked", "01-06 09:00", "A"),
        ("asked", "01-07 09:00", "B"),
        ("left", "01-08 09:00"),
        ("asked", "02-03 09:00", "A"),
    )

    def test_the_first_the_second_and_the_last_time_are_told_apart(self):
        case = self.asked_thrice
        assert seen(reached("asked"), case) == at("01-06 09:00")
        assert seen(reached("asked", nth=2), case) == at("01-07 09:00")
        assert seen(reached("asked", nth=3), case) == at("02-03 09:00")
        assert seen(reached("asked", nth=4), case) is None
        assert seen(reached("asked", last=True), case) == at("02-03 09:00")

    def test_the_time_of_one_unit_is_counted_by_itself(self):
        case = self.asked_thrice
        assert seen(reached("asked", unit="B"), case) == at("01-07 09:00")
        assert seen(reached("asked", unit="A", nth=2), case) == at("02-03 09:00")
        assert seen(reached("asked", unit="A", last=True), case) == at("02-03 09:00")
        assert seen(reached("asked", unit="C"), case) is None

    def test_inside_the_window_only_what_happened_there_counts(self):
        case = self.asked_thrice
        february = Window(date(2020, 2, 1), date(2020, 2, 29))
        assert seen(reached("asked", inside=True), case, window=february) == at("02-03 09:00")
        assert seen(reached("asked", inside=True, nth=2), case, window=february) is None
        assert seen(reached("asked", inside=True, last=True), case, window=JANUARY) == at("01-07 09:00")
        assert seen(reached("asked"), case, window=february) == at("01-06 09:00"), "unless it is asked for"
        assert seen(reached("asked", last=True), case, window=JANUARY) == at("02-03 09:00")
        assert seen(reached("asked", nth=2), case, window=february) == at("01-07 09:00")
        assert seen(reached("asked", inside=True), case) == at("01-06 09:00"), "without a window everything is inside"

    def test_what_happens_at_the_moment_is_seen_and_what_comes_after_is_not(self):
        case = self.asked_thrice
        assert seen(reached("left"), case, now="01-08 09:00") == at("01-08 09:00")
        assert seen(reached("left"), case, now="01-08 08:59") is None
        assert seen(reached("asked", last=True), case, now="01-31 09:00") == at("01-07 09:00")

    def test_a_moment_as_a_history_stood_needs_no_clock(self):
        assert reached("asked", last=True).of(self.asked_thrice, at("01-31 09:00")) == at("01-07 09:00")
        assert reached("asked", last=True).of(self.asked_thrice, None) == at("02-03 09:00")
        assert reached("left").of(self.asked_thrice, at("01-07 09:00")) is None

    def test_a_later_unseen_step_does_not_hide_an_earlier_one_written_after_it(self):
        case = trace("1", ("came", "01-08 09:00"), ("came", "01-06 09:00"))
        assert seen(reached("came"), case, now="01-07 09:00") == at("01-06 09:00")

    def test_a_step_done_is_not_a_state_reached(self):
        workflow = Workflow(
            "two ways",
            initial="open",
            transitions=(Transition("ask", "open", "open"), Transition("answer", "open", "open")),
        )
        entries = [Entry("receive", at("01-06 09:00")), Entry("ask", at("01-07 09:00"), unit="A")]
        entries += [Entry("answer", at("01-08 09:00")), Entry("ask", at("01-09 09:00"), unit="B")]
        case = workflow.replay(Letter(number="1"), entries)
        assert seen(done("ask"), case) == at("01-07 09:00")
        assert seen(done("ask", last=True), case) == at("01-09 09:00")
        assert seen(done("ask", unit="B"), case) == at("01-09 09:00")
        assert seen(done("answer"), case) == at("01-08 09:00")
        assert seen(done("open"), case) is None, "that is a state"
        assert seen(reached("open"), case) == at("01-06 09:00")

    def test_a_record_without_triggers_is_asked_for_its_state(self):
        assert seen(done("left"), self.asked_thrice) == at("01-08 09:00")

    def test_moments_read_as_words(self):
        words = [
            reached("asked"),
            reached("asked", unit="A"),
            reached("asked", last=True),
            reached("asked", nth=2, unit="A", inside=True),
            done("ask", last=True, unit="A"),
            standing("on_staff"),
        ]
        assert [str(one) for one in words] == [
            "asked",
            "asked by A",
            "last asked",
            "2 × asked by A inside the window",
            "last ask by A",
            "on_staff in or before the window",
        ]

    @pytest.mark.parametrize("nth", [0, -1, 1.5, "2"])
    def test_a_time_that_never_comes_is_refused(self, nth):
        with pytest.raises(MomentError) as refused:
            reached("asked", nth=nth)
        assert str(refused.value) == f"the moment 'asked': nth={nth!r} never comes; give 1 or more"

    def test_the_second_and_the_last_contradict_each_other(self):
        with pytest.raises(MomentError) as refused:
            reached("asked", nth=2, last=True)
        assert str(refused.value) == "the moment 'asked': nth=2 and last=True contradict each other; say one"
        assert seen(reached("asked", nth=1, last=True), self.asked_thrice) == at("02-03 09:00"), "the first may be it"


class TestStanding:
    came_long_ago = trace("1", ("on_staff", "2017-05-02 09:00", "A"))

    def test_what_began_before_the_window_begins_with_it(self):
        moment = seen(standing("on_staff"), self.came_long_ago, window=JANUARY)
        assert moment == at("01-01 00:00")
        assert moment.utcoffset() == timedelta(hours=7), "in the office's zone"

    def test_what_begins_inside_or_after_the_window_begins_when_it_does(self):
        for day in ("01-01 00:00", "01-01 09:00", "01-15 09:00", "02-03 09:00"):
            case = trace("1", ("on_staff", day))
            assert seen(standing("on_staff"), case, window=JANUARY) == at(day)

    def test_without_a_window_it_began_when_it_did(self):
        assert seen(standing("on_staff"), self.came_long_ago) == at("2017-05-02 09:00")

    def test_counts_one_units_people_only(self):
        assert seen(standing("on_staff", unit="A"), self.came_long_ago, window=JANUARY) == at("01-01 00:00")
        assert seen(standing("on_staff", unit="B"), self.came_long_ago, window=JANUARY) is None

    def test_of_somebody_who_has_not_come_yet_is_nothing(self):
        case = trace("1", ("on_staff", "01-15 09:00"))
        assert seen(standing("on_staff"), case, window=JANUARY, now="01-14 09:00") is None

    def test_before_the_window_opens_nothing_stands_in_it(self):
        staff = Proportion("trained", of=standing("on_staff"), hit=reached("attended"))
        result = read(staff, self.came_long_ago, as_of=at("2019-12-31 12:00"))
        assert bins(result) == {"excluded": ["1"]}
        opened = read(staff, self.came_long_ago, as_of=at("01-01 00:00"))
        assert bins(opened) == {"missed": ["1"]}


class TestEachMonth:
    kept = each_month("followed_up", after="recorded", until="closed")

    def visit(self, *updates, closed=None):
        steps = [("recorded", "01-15 09:00"), *(("followed_up", day) for day in updates)]
        return trace("1", *steps, *([("closed", closed)] if closed else []))

    @pytest.mark.parametrize(
        ("updates", "now", "kept"),
        [
            ([], "01-31 23:00", True),  # the month of the record asks for nothing
            ([], "02-28 16:59", True),  # the month that is not over may still keep it
            ([], "02-28 17:00", False),  # the office will not open in it again: the 29th is a Saturday
            ([], "03-01 00:00", False),  # February went by
            (["02-29 23:59"], "03-31 16:00", True),
            (["02-10 09:00"], "04-01 00:00", False),  # March went by
            (["02-10 09:00", "03-10 09:00"], "04-30 09:00", True),
            (["03-10 09:00", "02-10 09:00"], "04-30 09:00", True),  # in whatever order they are written
            (["01-20 09:00", "03-10 09:00"], "03-31 09:00", False),  # twice in a month does not make up for another
            (["02-10 09:00", "03-10 09:00"], "03-09 09:00", True),  # what comes later is not needed yet
        ],
    )
    def test_a_month_that_went_by_without_it_breaks_it(self, updates, now, kept):
        found = seen(self.kept, self.visit(*updates), now=now)
        assert found == (at("01-15 09:00") if kept else None)

    def test_a_later_update_is_not_seen_before_it_comes(self):
        february_late = self.visit("03-01 08:00")
        assert seen(self.kept, february_late, now="03-01 07:00") is None

    def test_whatever_else_happens_in_a_month_is_no_update(self):
        visit = trace("1", ("recorded", "01-15 09:00"), ("noted", "02-10 09:00"))
        assert seen(self.kept, visit, now="03-01 09:00") is None

    def test_once_closed_nothing_is_asked_for(self):
        closed = self.visit("02-10 09:00", closed="03-05 09:00")
        for now in ("03-31 09:00", "04-30 09:00", "12-31 09:00"):
            assert seen(self.kept, closed, now=now) == at("01-15 09:00")

    def test_a_month_missed_before_the_closing_breaks_it_still(self):
        assert seen(self.kept, self.visit(closed="03-05 09:00"), now="03-31 09:00") is None

    def test_a_closing_that_is_not_seen_yet_closes_nothing(self):
        assert seen(self.kept, self.visit(closed="04-05 09:00"), now="03-31 09:00") is None

    def test_months_beyond_the_window_ask_for_nothing(self):
        two_months = Window(date(2020, 1, 1), date(2020, 2, 29))
        case = self.visit("02-10 09:00")
        for now in ("04-01 09:00", "2021-04-01 09:00"):
            assert seen(self.kept, case, window=two_months, now=now) == at("01-15 09:00")
        assert seen(self.kept, self.visit(), window=two_months, now="03-01 00:00") is None, "but its own months do"
        assert seen(self.kept, self.visit(), window=two_months, now="02-28 12:00") == at("01-15 09:00")
        half = Window(date(2020, 1, 1), date(2020, 2, 15))
        assert seen(self.kept, self.visit(), window=half, now="02-20 12:00") == at("01-15 09:00"), "it is not over"
        assert seen(self.kept, self.visit(), window=half, now="03-01 12:00") is None

    def test_over_the_turn_of_a_year(self):
        steps = [("recorded", "2019-11-15 09:00"), ("followed_up", "2019-12-10 09:00")]
        assert seen(self.kept, trace("1", *steps), now="01-31 16:00") == at("2019-11-15 09:00")
        assert seen(self.kept, trace("1", *steps), now="02-01 00:00") is None
        steps.append(("followed_up", "01-10 09:00"))
        assert seen(self.kept, trace("1", *steps), now="02-28 16:00") == at("2019-11-15 09:00")

    def test_without_a_moment_the_last_step_says_what_month_it_is(self):
        assert seen(self.kept, self.visit("03-10 09:00")) is None
        assert seen(self.kept, self.visit("02-10 09:00", "03-10 09:00")) == at("01-15 09:00")

    def test_months_are_the_offices(self):
        # 29 February, 20:00 in UTC, is 1 March in Bangkok: February went by.
        case = trace("1", ("recorded", "01-15 09:00"))
        assert seen(self.kept, case, now="03-01 03:00") is None
        late = datetime(2020, 2, 29, 20, tzinfo=UTC)
        visits = Proportion("visits", of=reached("recorded"), hit=self.kept)
        assert bins(visits.read([case], CLOCK, as_of=late)) == {"missed": ["1"]}

    def test_of_what_was_never_recorded_is_nothing(self):
        assert seen(self.kept, trace("1", ("followed_up", "01-15 09:00")), now="01-31 09:00") is None

    def test_reads_as_words(self):
        assert str(self.kept) == "recorded, then followed_up every month until closed and still so"


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
        view = View(clock, window)
        first = datetime.combine(window.first - timedelta(days=5), time(), tzinfo=clock.tz)
        inside = []
        for hour in range(((window.last - window.first).days + 11) * 24):
            wall = (first + timedelta(hours=hour)).replace(fold=0)
            inside.append((wall, view.holds(instant(wall))))
        counted = [wall for wall, within in inside if within]
        assert counted == [wall for wall, _ in inside if window.first <= wall.date() <= window.last]
        assert (counted[0].date(), counted[-1].date(), len(counted) % 24) == (window.first, window.last, 0)

    def test_months_are_named_in_order(self):
        assert Window(date(2019, 11, 30), date(2020, 2, 1)).months() == ("2019-11", "2019-12", "2020-01", "2020-02")


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
        assert result.counted_in == "%"

    def test_what_may_wait_is_running_until_it_is_done(self):
        waits = Proportion("went", of=reached("came"), hit=reached("went"), waits=True)
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
        assert [place.due for place in result.places] == [at("01-08 17:00")] * 3 + [at("01-09 17:00")]
        assert [place.stop for place in result.late] == [None, None], "the last minute is not seen yet"
        assert bins(read(promise, *cases, as_of=at("01-08 16:59"))) == {"running": names(result.places)}
        assert read(promise, *cases).late[0].stop == at("01-08 17:01")

    def test_what_reached_the_other_state_has_missed_whatever_else_it_did(self):
        correct = Proportion("correct", of=reached("came"), hit=reached("went"), unless=reached("returned"))
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
        prompt = WATCH.within(WorkingDays(2), unless=reached("returned"))
        case = trace("1", ("came", "01-06 10:00"), ("returned", "01-07 09:00"), ("went", "01-08 09:00"))
        (missed,) = read(prompt, case).missed
        assert (missed.due, missed.stop) == (at("01-08 17:00"), at("01-08 09:00"))
        assert str(prompt) == "handing over: from came to went, within 2 working days, unless returned"

    def test_what_each_case_is_wanted_by_decides(self):
        wanted = Proportion("delivered", of=reached("called"), hit=reached("delivered"), limit=WANTED)
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

    def test_what_was_void_before_it_was_done_is_excluded(self):
        rate = Proportion("went", of=reached("came"), hit=reached("went"), void=("withdrawn", "cancelled"))
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
        assert [place.why.kind for place in result.excluded] == [
            Kind.NOT_REACHED, Kind.OUTSIDE, Kind.BACKWARDS, Kind.NO_CALENDAR,
        ]  # fmt: skip  # in the order of the cases
        assert all(place.day is None for place in result.excluded)

    def test_without_a_window_every_moment_that_has_a_date_at_the_office_is_seen(self):
        # At 16:59 in UTC it is 23:59 of the last day that Python knows in Bangkok; a minute later it is no day at all.
        last, beyond = (datetime(9999, 12, 31, *time_, tzinfo=UTC) for time_ in ((16, 59), (17, 0)))
        first = datetime(1, 1, 2, tzinfo=UTC)
        event, record = type(trace("", ("came", "01-06 09:00")).history[0]), type(trace(""))
        cases = [record(name, (event("came", moment),)) for name, moment in (("1", first), ("2", last), ("3", beyond))]
        result = WENT.read(cases, CLOCK)
        assert bins(result) == {"missed": ["1", "2"], "excluded": ["3"]}
        assert result.excluded[0].why.kind is Kind.NO_CALENDAR

    def test_a_moment_of_ones_own_may_find_no_calendar(self):
        class Asks:
            def find(self, case, view, since=None):  # noqa: ARG002 - it asks nobody
                view.clock.calendar.is_working_day(case.history[-1].at.date())
                return case.history[-1].at, instant(case.history[-1].at)

        case = trace("1", ("came", "01-06 09:00"), ("went", "2119-01-06 09:00"))
        result = Proportion("p", of=reached("came"), hit=Asks()).read([case], office_clock(), window=JANUARY)
        (excluded,) = result.excluded
        assert (excluded.case, excluded.why.kind) == (case, Kind.NO_CALENDAR)
        assert excluded.reason == (
            "ThaiGovernment(area='bangkok') holds the years 2018–2027 and the year 2119 is not in it; "
            "ask inside them, or add the year with "
            'ThaiGovernment(table=holiday_table("holidays-2119.csv"))'
        )

    def test_a_record_that_knows_no_wish_names_none(self):
        wanted = Proportion("delivered", of=reached("came"), hit=reached("went"), limit=WANTED)
        assert reasons(read(wanted, trace("1", ("came", "01-06 09:00"))).excluded) == {
            "1": "names no moment by which it is due"
        }

    def test_each_place_keeps_when_the_clock_started_and_stopped(self):
        answered, value = response("1", "01-06 09:00", a=5), reported("2.1", "01-06 09:00", Fraction(1))
        missed = read(WENT, trace("1", ("came", "01-06 09:00"))).places
        scored = read(Score("s", of=reached("answered")), answered).places
        entered = read(External("2.1", of=reached("reported")), value).places
        counted = read(WENT, trace("1", ("came", "01-06 09:00"), ("went", "01-06 09:00"))).places
        for (place,), stop in ((missed, None), *((some, at("01-06 09:00")) for some in (scored, entered, counted))):
            assert (place.day, place.start, place.stop) == (date(2020, 1, 6), at("01-06 09:00"), stop)

    def test_done_at_the_moment_it_came_is_not_backwards(self):
        assert bins(read(WENT, trace("1", ("came", "01-07 09:00"), ("went", "01-07 09:00")))) == {"counted": ["1"]}

    @pytest.mark.parametrize("limit", [WorkTime(minutes=15), timedelta(days=2), 2, "2 days"])
    def test_an_amount_of_time_is_no_limit(self, limit):
        for made in (
            lambda: WATCH.within(limit),
            lambda: Proportion("went", of=reached("came"), hit=reached("went"), limit=limit),
        ):
            with pytest.raises(TypeError) as refused:
                made()
            assert str(refused.value) == f"{limit!r} is no limit; give one, such as OfficeTime(minutes=15)"

    def test_states_are_given_as_several(self):
        for name in ("void", "pausing"):
            with pytest.raises(TypeError) as refused:
                Proportion("went", of=reached("came"), hit=reached("went"), **{name: "withdrawn"})
            assert str(refused.value) == "'withdrawn' is one state; give several, such as ('withdrawn',)"

    def test_waiting_for_others_moves_the_due_moment(self):
        # Three office hours from 10:00, an hour of which it waited: due at 14:00.
        rate = Proportion(
            "went", of=reached("came"), hit=reached("went"), limit=OfficeTime(hours=3), pausing=["waiting"]
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
            "went", of=reached("came"), hit=reached("went"), limit=OfficeTime(hours=3), pausing=["waiting"]
        )
        case = trace(
            "1", ("came", "01-06 10:00"), ("went", "01-06 11:00"), ("waiting", "01-06 11:30"), ("back", "01-06 12:00")
        )
        (kept,) = read(rate, case).counted
        assert kept.due == at("01-06 13:00")


class TestStopwatches:
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
        assert result.mean_minutes == Fraction(80, 3)
        assert result.median_minutes == 20
        assert result.counted_in == "min"
        assert result.name == "handing over"

    def test_what_is_open_is_unfinished_with_what_it_has_used_up(self):
        result = read(WATCH, trace("1", ("came", "01-31 09:30")))
        assert bins(result) == {"unfinished": ["1"]}
        assert str(result.unfinished[0].elapsed) == "2 h 30 min"
        assert (result.numerator, result.denominator, result.value, result.letters) == (0, 0, None, 1)

    def test_no_letter_has_no_percentile_and_no_median(self):
        nothing = read(WATCH)
        assert nothing.percentile_minutes(50) is None
        assert nothing.median_minutes is None

    @pytest.mark.parametrize(
        ("percent", "minutes"),
        [(Fraction(1, 100), 1), (25, 1), (26, 2), (50, 2), (Fraction(5001, 100), 3), (75, 3), (75.5, 40), (100, 40)],
    )
    def test_a_percentile_is_the_least_that_so_many_did_not_exceed(self, percent, minutes):
        cases = [trace(str(n), ("came", "01-06 09:00"), ("went", f"01-06 09:{n:02}")) for n in (40, 1, 3, 2)]
        assert read(WATCH, *cases).percentile_minutes(percent) == minutes

    @pytest.mark.parametrize("percent", [0, -1, 101, Fraction(10001, 100)])
    def test_a_percentile_lies_between_nothing_and_all(self, percent):
        with pytest.raises(PlanError) as refused:
            read(WATCH).percentile_minutes(percent)
        assert str(refused.value) == (
            f"handing over: there is no {percent}th percentile; give one above 0 and up to 100"
        )

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
        assert str(refused.value) == "15 is not working time; give a WorkTime, such as WorkTime(minutes=15)"

    def test_a_stopwatch_that_stands_still_says_so(self):
        patient = Stopwatch("p", start=reached("came"), stop=reached("went"), pausing=("waiting", "away"))
        assert str(patient) == "p: from came to went, standing still while waiting or away"
        case = trace(
            "1", ("came", "01-06 10:00"), ("waiting", "01-06 11:00"), ("back", "01-06 12:30"), ("went", "01-06 13:00")
        )
        assert str(read(patient, case).total) == "1 h 30 min"

    def test_what_makes_it_void_is_handed_on_to_its_promises(self):
        watch = Stopwatch("w", start=reached("came"), stop=reached("went"), void=("cancelled",), pausing=("waiting",))
        promise = watch.within(WorkingDays(2))
        assert (promise.name, promise.void, promise.pausing) == ("w", ("cancelled",), ("waiting",))
        assert (promise.of, promise.hit, promise.unless) == (watch.start, watch.stop, None)
        case = trace("1", ("came", "01-06 10:00"), ("cancelled", "01-06 11:00"))
        for measure in (watch, promise, watch.capped(WorkTime(minutes=15))):
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
        assert type(result) is Rate
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
        assert excluded.why.kind is Kind.NO_CALENDAR

    def test_has_its_stopwatchs_name_and_reads_as_a_sentence(self):
        assert self.cap.name == "handing over"
        assert str(self.cap) == "handing over: from came to went, in at most 15 min"

    def test_is_working_time(self):
        with pytest.raises(TypeError) as refused:
            WATCH.capped(timedelta(minutes=15))
        assert str(refused.value) == (
            "datetime.timedelta(seconds=900) is not working time; give a WorkTime, such as WorkTime(minutes=15)"
        )


class TestCounts:
    paid = Proportion("paid", of=reached("claimed"), hit=reached("paid"))

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
        assert (type(times), times.counted_in, times.name) == (Tally, "times", "paid")
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
    confidence = Score("confidence", of=reached("answered"))

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
        assert (type(result), result.counted_in) == (Scores, "points")

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


class TestValuesFromOutside:
    budget = External("2.1", of=reached("reported"))

    def test_the_last_one_reported_counts(self):
        values = [
            reported("2.1", "01-10 09:00", Fraction(60), source="the second"),
            reported("2.1", "01-06 09:00", Fraction(50), source="the first"),
            reported("2.2", "01-20 09:00", Fraction(99)),
            reported("2.1", "02-10 09:00", Fraction(70), source="unseen"),
        ]
        result = read(self.budget, *values)
        assert (result.value, result.denominator, result.source) == (60, 1, "the second")
        assert reasons(result.excluded) == {
            "2.1": "had not reached reported",
            "2.2": "is of another indicator",
        }
        assert [(one.case.source, one.reason) for one in result.excluded] == [
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
        utc = type(early)(
            "2.1", (type(event)("reported", datetime(2020, 1, 6, 3, tzinfo=UTC)),), value=Fraction(2), source=""
        )
        for values in ([early, utc], [utc, early]):  # 03:00 in UTC is 10:00 in Bangkok
            assert read(self.budget, *values).value == 2

    def test_without_one_there_is_neither_value_nor_source(self):
        nothing = read(self.budget, reported("2.2", "01-06 09:00", Fraction(1)))
        assert type(nothing) is Entered
        assert (nothing.value, nothing.source, nothing.target, nothing.counted_in, nothing.reported) == (
            None, None, None, "", None,
        )  # fmt: skip  # a table

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
        assert result.excluded[0].reason == "is of another year"

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
        assert (result.counted_in, result.target) == ("points", 5)


class TestPromises:
    promise = WATCH.under({"days": WorkingDays(1), "hours": Hours(24), "long": Hours(200)}, official="hours")
    cases = (
        # Monday 10:00: a working day ends on Tuesday at 17:00, 24 hours on Tuesday at 10:00.
        trace("both", ("came", "01-06 10:00"), ("went", "01-07 10:00")),
        trace("days only", ("came", "01-06 10:00"), ("went", "01-07 17:00")),
        # Friday 10:00: a working day ends on Monday at 17:00, 24 hours on Saturday at 10:00.
        trace("open", ("came", "01-10 10:00")),
        trace("not begun", ("went", "01-10 10:00")),
    )

    def test_every_reading_is_computed_and_the_official_one_decides(self):
        readings = read(self.promise, *self.cases, as_of=at("01-13 12:00"))
        assert {name: bins(result) for name, result in readings.results.items()} == {
            "days": {"counted": ["both", "days only"], "running": ["open"], "excluded": ["not begun"]},
            "hours": {"counted": ["both"], "late": ["days only", "open"], "excluded": ["not begun"]},
            "long": {"counted": ["both", "days only"], "running": ["open"], "excluded": ["not begun"]},
        }
        assert readings.result is readings.results["hours"]
        assert readings.official == "hours"

    def test_the_records_whose_verdict_hangs_on_the_reading_are_named(self):
        readings = read(self.promise, *self.cases, as_of=at("01-13 12:00"))
        assert readings.changed() == (
            Disputed(self.cases[1], {"days": Bin.COUNTED, "hours": Bin.LATE, "long": Bin.COUNTED}),
            Disputed(self.cases[2], {"days": Bin.RUNNING, "hours": Bin.LATE, "long": Bin.RUNNING}),
        )

    def test_by_month_each_reading_has_its_own_records(self):
        wide = read(
            self.promise, *self.cases, trace("later", ("came", "02-03 09:00")), window=None, as_of=at("02-03 10:00")
        )
        months = wide.by_month()
        assert list(months) == ["2020-01", "2020-02"]
        assert all(month.official == "hours" for month in months.values())
        assert bins(months["2020-01"].results["days"]) == {"counted": ["both", "days only"], "late": ["open"]}
        assert [one.case.number for one in months["2020-01"].changed()] == ["days only"]
        assert months["2020-02"].changed() == ()
        assert list(months["2020-02"].results) == ["days", "hours", "long"]

    def test_months_are_those_of_the_official_reading(self):
        # Read by what it is wanted by, the record names no moment and is excluded, so it belongs to no month.
        case = trace("1", ("came", "01-06 10:00"), ("went", "01-06 11:00"))
        wanted = Proportion("w", of=reached("came"), hit=reached("went"), limit=WANTED)
        measures = {"plain": WENT, "wanted": wanted}
        for official, months in (("plain", ["2020-01"]), ("wanted", [])):
            readings = read(Promise.of(measures, official=official), case)
            assert list(readings.by_month()) == months
        months = read(Promise.of(measures, official="plain"), case).by_month()
        nothing = months["2020-01"].results["wanted"]
        assert (nothing.letters, nothing.measure, nothing.value) == (0, wanted, None)

    def test_readings_may_look_at_different_moments(self):
        promise = Promise.of(
            {
                "last": Proportion("w", of=reached("came"), hit=reached("went", last=True), limit=Hours(24)),
                "first": WATCH.within(Hours(24)),
            },
            official="last",
        )
        case = trace("1", ("came", "01-06 10:00"), ("went", "01-06 11:00"), ("went", "01-08 11:00"))
        readings = read(promise, case)
        assert (bins(readings.results["last"]), bins(readings.results["first"])) == (
            {"late": ["1"]},
            {"counted": ["1"]},
        )
        assert promise.name == "w"

    def test_the_official_reading_is_one_of_them(self):
        with pytest.raises(UnknownReadingError) as refused:
            WATCH.under({"days": WorkingDays(1), "hours": Hours(24)}, official="weeks")
        assert str(refused.value) == "'weeks' is none of the readings; choose days, hours"


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
        assert (together.value, together.letters, together.bins[Bin.UNFINISHED]) == (20, 3, whole.unfinished)
        assert (together.window, together.as_of, together.clock) == (whole.window, whole.as_of, whole.clock)
        assert names(together.places) == ["1", "2", "3"]
        assert names(merged([whole, whole]).places) == ["1", "2", "3", "4"] * 2

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

    def test_a_place_says_its_due_moment_in_the_zone_of_its_start(self):
        case = type(self.letters[0])(
            "1", (type(self.letters[0].history[0])("came", datetime(2020, 1, 6, 3, tzinfo=UTC)),)
        )
        (placed,) = WATCH.within(WorkingDays(1)).read([case], CLOCK, as_of=NOON).late
        assert (placed.due.tzinfo, placed.due) == (UTC, at("01-07 17:00"))
        assert Placed(case, Bin.EXCLUDED).due is None
        assert Placed(case, Bin.COUNTED, start=NOON).due is None, "without a limit nothing is due"

    def test_a_place_lies_on_the_offices_day_in_whatever_zone_its_start_is_written(self):
        # Monday the 6th, 20:00 in UTC, is Tuesday the 7th, 3:00 in Bangkok.
        night = datetime(2020, 1, 6, 20, tzinfo=UTC)
        case = type(self.letters[0])("1", (type(self.letters[0].history[0])("came", night),))
        (placed,) = WATCH.read([case], CLOCK, as_of=NOON).unfinished
        assert (placed.start, placed.day) == (night, date(2020, 1, 7))
        assert Placed(case, Bin.COUNTED, start=night).day is None, "no office says what day that is"

    def test_places_are_a_value_like_the_tuple_of_them(self):
        places = self.whole().places
        made = tuple(places)
        assert (places, hash(places), repr(places)) == (made, hash(made), repr(made))
        assert places != list(made), "but they are no list"
        assert (places[1:3], places[-1], len(places)) == (made[1:3], made[-1], 4)
        assert type(places[1:3]) is Places
        assert [one.elapsed for one in places[:2]] == [WorkTime(minutes=30), WorkTime(minutes=10)]
        assert Places.of(places) is places, "they are put together once"
        assert Places.of(iter(made)) == places

    def test_a_reason_is_data_and_says_itself(self):
        why = Why.of(Kind.BACKWARDS, reached("went"), reached("came"))
        assert (why.kind, why.particulars, str(why)) == (
            Kind.BACKWARDS,
            (reached("went"), reached("came")),
            "went before came",
        )
        assert Placed(self.letters[0], Bin.COUNTED).reason == ""

    def test_readings_know_their_official_result(self):
        result = self.whole()
        assert Readings("b", {"a": self.whole(WENT), "b": result}).result is result


class TestHolding:
    resolved = Proportion("r", of=reached("came"), hit=holding("resolved", "surveyed"))

    def test_is_lost_by_what_moves_on_and_found_again_later(self):
        steps = [("came", "01-06 09:00"), ("resolved", "01-07 09:00"), ("surveyed", "01-08 09:00")]
        reopened = [*steps, ("came", "01-09 09:00")]
        again = [*reopened, ("resolved", "01-10 09:00")]
        for told, stop in ((steps, "01-07 09:00"), (reopened, None), (again, "01-10 09:00")):
            (place,) = read(self.resolved, trace("1", *told)).places
            assert place.stop == (None if stop is None else at(stop))
        assert reasons(read(self.resolved, trace("1", *reopened)).missed) == {
            "1": "had not reached resolved or surveyed and still so"
        }

    def test_sees_no_later_step(self):
        case = trace("1", ("came", "01-06 09:00"), ("resolved", "01-07 09:00"), ("came", "01-09 09:00"))
        assert read(self.resolved, case, as_of=at("01-08 09:00")).value == 100

    def test_counts_from_the_start_on_and_not_before_it(self):
        at_once = trace("1", ("came", "01-06 09:00"), ("resolved", "01-06 09:00"))
        assert read(self.resolved, at_once).counted[0].stop == at("01-06 09:00")
        before = trace("1", ("resolved", "01-05 09:00"), ("came", "01-06 09:00"))
        assert bins(read(self.resolved, before)) == {"missed": ["1"]}

    def test_may_be_how_a_history_begins(self):
        begun = trace("1", ("resolved", "01-07 09:00"), ("surveyed", "01-08 09:00"))
        assert seen(holding("resolved", "surveyed"), begun) == at("01-07 09:00")
        assert seen(holding("surveyed"), begun) == at("01-08 09:00")
        assert seen(holding("resolved"), begun) is None
        assert seen(holding("resolved"), begun, now="01-07 09:00") == at("01-07 09:00")
        assert seen(holding("resolved"), trace("2")) is None


class TestAfterTheStart:
    def test_an_earlier_pass_hides_no_later_one(self):
        exam = Proportion("e", of=reached("trained"), hit=reached("passed", after_start=True))
        old = trace("1", ("passed", "01-03 09:00"), ("trained", "01-06 09:00"))
        assert [place.bin for place in read(exam, old).places] == [Bin.MISSED]
        new = trace("1", ("passed", "01-03 09:00"), ("trained", "01-06 09:00"), ("passed", "01-06 09:00"))
        assert read(exam, new).counted[0].stop == at("01-06 09:00")
        assert str(exam) == "e: from trained to passed after the start"


class TestTheCloseOfTheWindow:
    trained = Proportion("t", of=standing("here"), hit=reached("trained", nth=2), limit=WINDOW_CLOSE, void=("left",))

    def bins(self, moment, *steps):
        result = self.trained.read([trace("1", *steps)], CLOCK, window=JANUARY, as_of=at(moment))
        return [place.bin for place in result.places]

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


@pytest.mark.parametrize(
    "make",
    [
        lambda: Proportion("x", of="came", hit=reached("went")),
        lambda: Proportion("x", of=reached("came"), hit="went"),
        lambda: Proportion("x", of=reached("came"), hit=reached("went"), unless="went"),
        lambda: Stopwatch("x", start="came", stop=reached("went")),
        lambda: Score("x", of="came"),
    ],
)
def test_the_name_of_a_state_is_no_moment(make):
    with pytest.raises(TypeError, match=r"is no moment of a history; give one, such as reached\('(came|went)'\)"):
        make()


def test_a_count_is_of_a_proportion():
    with pytest.raises(TypeError, match="Proportion"):
        Count(Stopwatch("x", start=reached("came"), stop=reached("went")))


@pytest.mark.parametrize("wrong", [None, 5, WorkingDays(2), at("01-06 09:00")])
def test_what_cannot_be_found_in_a_history_is_no_moment(wrong):
    with pytest.raises(TypeError) as refused:
        Proportion("x", of=wrong, hit=reached("went"))
    assert str(refused.value).startswith(f"{wrong!r} is no moment of a history; give one, such as reached(")


class TestRecords:
    """What is measured declares everything that any measure asks of it, and tells it in order of time."""

    steps = (("went", "01-06 10:00"), ("came", "01-06 09:00"), ("moved", "01-06 09:00"))

    def test_a_trace_is_in_order_of_time_whatever_order_its_events_are_given_in(self):
        for given in permutations(self.steps):
            assert WATCH.read([trace("1", *given)], CLOCK).mean_minutes == 60

    def test_events_of_one_moment_stay_in_the_order_given(self):
        for moved in ("b", "c", "a"), ("a", "b", "c"):
            given = [(state, "01-06 09:00") for state in moved]
            found = trace("1", ("last", "01-06 09:01"), *given).history
            assert [event.state for event in found] == [*moved, "last"]

    def test_the_hour_that_comes_twice_does_not_disorder_a_trace(self):
        rome = ZoneInfo("Europe/Rome")
        first, again = (datetime(2020, 10, 25, 2, 45 - 30 * fold, tzinfo=rome, fold=fold) for fold in (0, 1))
        found = Trace("1", [Event("later", again), Event("first", first)]).history
        assert [event.state for event in found] == ["first", "later"]

    def test_lists_given_to_a_record_are_not_kept(self):
        events, items, ends = list(trace("1", *self.steps).history), [("a", 5)], ["went"]
        one = Response("1", events, scores=items, ends=ends)
        for given in (events, items, ends):
            given.clear()
        assert (len(one.history), one.scores, one.ends) == (3, (("a", 5),), ("went",))
        hash(one)

    def test_a_class_of_ones_own_that_declares_too_little_is_refused_and_not_taken_for_unfinished(self):
        record = SimpleNamespace(number="1", history=trace("1", ("came", "01-06 09:00")).history)
        problem = "record 1: a SimpleNamespace has no ends, wanted_by; declare what docflow.kpi.Traced does"
        for reading in (lambda: read(WENT, record), lambda: stages([record], CLOCK)):
            with pytest.raises(RecordError, match=problem):
                reading()

    def test_steps_that_declare_too_little_are_refused(self):
        step = SimpleNamespace(state="came", at=at("01-06 09:00"), unit=None)
        record = SimpleNamespace(number="1", history=[step], ends=(), wanted_by=None)
        with pytest.raises(RecordError, match="a SimpleNamespace has no trigger; declare what"):
            read(Proportion("p", of=reached("came"), hit=done("go")), record)

    def test_a_class_of_ones_own_that_is_out_of_order_is_refused(self):
        history = trace("1", *self.steps).history
        record = SimpleNamespace(number="1", history=history[::-1], ends=(), wanted_by=None)
        with pytest.raises(RecordError, match="record 1: its history is not in order of time; sort it"):
            read(WENT, record)
        record.history = history
        assert bins(read(WENT, record)) == {"counted": ["1"]}

    def test_answers_are_read_of_records_that_declare_them(self):
        for measure, kind in ((Score("s", of=reached("a")), "Response"), (External("1", of=reached("a")), "Reported")):
            with pytest.raises(RecordError, match=f"record 1: a Trace is no {kind}; give those here"):
                read(measure, trace("1", ("came", "01-06 09:00")))

    def test_what_is_no_event_or_no_score_is_refused(self):
        with pytest.raises(TypeError, match="is no event; give Event"):
            Trace("1", [("came", at("01-06 09:00"))])
        with pytest.raises(TypeError, match="4.5 is no score of 'a'"):
            response("1", "01-06 09:00", a=4.5)


@pytest.mark.parametrize("wrong", [("a", "b"), ["a"], {"a"}, None, 5, b"a", "", "  "])
@pytest.mark.parametrize(
    "make",
    [
        reached,
        done,
        holding,
        lambda name: holding("a", name),
        standing,
        lambda name: each_month(name, after="a", until="b"),
        lambda name: each_month("a", after=name, until="b"),
        lambda name: each_month("a", after="a", until=name),
        lambda name: Event(name, at("01-06 09:00")),
        lambda name: Stopwatch("x", start=reached("a"), stop=reached("b"), pausing=[name]),
        lambda name: Proportion("x", of=reached("a"), hit=reached("b"), void=[name]),
        lambda name: Stopwatch(name, start=reached("a"), stop=reached("b")),
        lambda name: Proportion(name, of=reached("a"), hit=reached("b")),
        lambda name: Score(name, of=reached("a")),
        lambda name: External(name, of=reached("a")),
    ],
)
def test_what_is_no_name_matches_nothing_and_is_refused(make, wrong):
    with pytest.raises(NameOfStateError, match="give one, such as") as refused:
        make(wrong)
    assert isinstance(refused.value, MomentError)
    assert isinstance(refused.value, TypeError)


@pytest.mark.parametrize("wrong", [("a", "b"), 5, ""])
def test_what_is_no_name_of_a_unit_is_refused(wrong):
    for make in (reached, done, standing, lambda state, unit: Event(state, at("01-06 09:00"), unit)):
        with pytest.raises(NameOfStateError):
            make("came", unit=wrong)


def test_names_are_compared_as_cases_have_them():
    """A space too many is no other state and no other unit."""
    case = INCOMING_EXTERNAL_LETTER.open(Letter(number="1/2563"), at=at("01-06 09:00"), unit="A  B ")
    case = case.apply("hand_over", at=at("01-06 10:00"), unit=" A B")
    event = Trace(
        "1", [Event(" registered", at("01-06 09:00"), "A B"), Event("taken_over ", at("01-06 10:00"), " A  B")]
    )
    for start, stop in (
        (reached(" registered ", unit="A  B"), reached("taken_over ", unit=" A B ")),
        (standing("registered\u00a0", unit="A  B"), holding(" taken_over", "other ")),
    ):
        watch = Stopwatch("x", start=start, stop=stop, pausing=[" awaiting_sender "])
        assert watch.pausing == ("awaiting_sender",)
        for one in (case, event):
            assert watch.read([one], CLOCK, as_of=at("01-06 12:00")).letters == 1
            assert [place.bin for place in watch.read([one], CLOCK, as_of=at("01-06 12:00")).places] == [Bin.COUNTED]
    assert done(" hand_over ") == done("hand_over")


@pytest.mark.parametrize("wrong", [("received ", "GA"), ("received", "General  Administration")])
def test_a_record_of_ones_own_whose_names_no_milestone_could_have_is_refused(wrong):
    state, unit = wrong
    step = SimpleNamespace(state=state, trigger="receive", at=at("01-06 09:00"), unit=unit)
    record = SimpleNamespace(number="1", history=(step,), ends=(), wanted_by=None)
    watch = Stopwatch("x", start=reached("received"), stop=reached("answered"))
    with pytest.raises(RecordError, match="record 1: the name .* has blanks too many; write '"):
        watch.read([record], CLOCK)


def test_events_share_the_text_of_their_unit():
    unit = str(b"General Administration", "ascii")  # a text of its own
    assert Event("x", at("01-06 09:00"), unit).unit is unit


def test_nothing_cannot_be_held():
    with pytest.raises(MomentError, match="name a state at least"):
        holding()


def test_a_window_is_a_window():
    with pytest.raises(TypeError, match="is no window; give Window"):
        WENT.read([], CLOCK, window=(date(2020, 1, 1), date(2020, 1, 31)))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Window("2020-01-01", "2020-12-31"),
        lambda: Window(at("01-01 00:00"), at("12-31 00:00")),
        lambda: Promise.of({"days": WorkingDays(2)}, official="days"),
        lambda: Capped(WENT, WorkTime(minutes=15)),
        lambda: Target(99.5, "≥"),
        lambda: Text("ก", None),
    ],
)
def test_what_a_definition_cannot_use_is_refused_where_it_is_given(make):
    with pytest.raises(TypeError):
        make()


def test_what_is_given_to_a_definition_or_a_result_is_not_kept():
    measures, results = [("went", WENT)], {"went": read(WENT)}
    promise, readings = Promise(measures, "went"), Readings("went", results)
    for given in (measures, results):
        given.clear()
    assert (promise.name, list(readings.results)) == ("went", ["went"])
    hash(promise)
    with pytest.raises(ValueError, match="is not a valid Direction"):
        Target(Fraction(95), ">")
