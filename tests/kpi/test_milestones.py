"""Milestones of a history: reached, done, since, each month, holding."""

from datetime import UTC, date, datetime, timedelta

import pytest
from small_office import CLOCK, JANUARY, at, bins, reasons, trace

from docflow import (
    Duration,
    Window,
    WorkingDays,
)
from docflow.errors import (
    MomentError,
    NameOfStateError,
)
from docflow.kpi import (
    ENDED,
    FIRST_EVENT,
    LAST_EVENT,
    Bin,
    Context,
    Event,
    Proportion,
    Record,
    Score,
    done,
    each_month,
    holding,
    reached,
    since,
)
from docflow.letters import Entry, Letter, Transition, Workflow
from docflow.worktime import instant

NOON = at("01-31 12:00")


def seen(milestone, case, *, window=None, now=None):
    """When a case came to a milestone, as seen in a context; None when it did not."""
    found = milestone.find(case, Context(CLOCK, window, None if now is None else at(now)))
    if found is None:
        return None
    when, same = found
    assert same == instant(when), "the moment and its instant are one"
    return when


def read(measure, *cases, window=JANUARY, as_of=NOON):
    return measure.read(cases, CLOCK, window=window, as_of=as_of)


class TestReached:
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

    def test_a_state_is_found_as_a_history_stood(self):
        def when(milestone, as_of):
            found = milestone.find(self.asked_thrice, Context(CLOCK, as_of=as_of))
            return None if found is None else found[0]

        assert when(reached("asked", last=True), at("01-31 09:00")) == at("01-07 09:00")
        assert when(reached("asked", last=True), None) == at("02-03 09:00")
        assert when(reached("left"), at("01-07 09:00")) is None

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

    def test_milestones_read_as_words(self):
        words = [
            reached("asked"),
            reached("asked", unit="A"),
            reached("asked", last=True),
            reached("asked", nth=2, unit="A", inside=True),
            done("ask", last=True, unit="A"),
            since("on_staff"),
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


class TestOneOfSeveral:
    told = trace(
        "1",
        ("closed", "01-06 09:00", "B"),
        ("replied", "01-07 09:00", "A"),
        ("closed", "01-08 09:00", "A"),
        ("filed", "01-09 09:00"),
    )

    def test_the_first_the_second_and_the_last_of_any_are_told_apart(self):
        assert seen(reached("replied", "closed"), self.told) == at("01-06 09:00")
        assert seen(reached("replied", "closed", nth=3), self.told) == at("01-08 09:00")
        assert seen(reached("replied", "closed", last=True), self.told) == at("01-08 09:00")
        assert seen(reached("replied", "closed", unit="A"), self.told) == at("01-07 09:00")
        assert seen(reached("paid", "filed"), self.told) == at("01-09 09:00")
        assert seen(reached("paid", "sent"), self.told) is None

    def test_steps_take_the_same_options(self):
        asked = Record("1", [Event("open", at(f"01-{day} 09:00"), trigger=trigger) for day, trigger in DONE])
        assert seen(done("reply", "close"), asked) == at("01-07 09:00")
        assert seen(done("reply", "close", nth=2), asked) == at("01-08 09:00")
        assert seen(done("reply", last=True), asked) == at("01-09 09:00")
        later = done("reply", after_start=True).find(asked, Context(CLOCK), instant(at("01-08 10:00")))
        assert later == (at("01-09 09:00"), instant(at("01-09 09:00")))
        first_week = Window(date(2020, 1, 8), date(2020, 1, 8))
        assert seen(done("reply", "close", inside=True), asked, window=first_week) == at("01-08 09:00")

    def test_are_said_and_asked_of_workflows(self):
        both, steps = reached("replied", "closed"), done("reply", "close", last=True)
        assert (both.states, both.steps, steps.states, steps.steps) == (
            ("replied", "closed"),
            (),
            (),
            ("reply", "close"),
        )
        assert [str(one) for one in (both, steps, reached("a", "b", nth=2, unit="U"))] == [
            "replied or closed",
            "last reply or close",
            "2 × a or b by U",
        ]
        assert reached(" replied ", "replied") == reached("replied")

    def test_a_misspelled_one_is_refused_as_one_alone_is(self):
        workflow = Workflow("desk", initial="open", transitions=(Transition("close", "open", "closed"),))
        case = workflow.replay(Letter(number="1"), [Entry("receive", at("01-06 09:00"))])
        with pytest.raises(MomentError, match="no workflow of these cases has such a state; did you mean 'closed'?"):
            Duration("x", start=reached("open"), stop=reached("closed", "closd")).read([case], CLOCK)

    def test_none_at_all_is_refused(self):
        for nothing in (reached, done):
            with pytest.raises(MomentError, match="nothing can come to it; name a state or a step"):
                nothing()

    def test_several_in_one_text_are_refused_with_how_to_give_them(self):
        with pytest.raises(NameOfStateError, match=r'several one by one: reached\("replied", "closed"\)'):
            reached(("replied", "closed"))


DONE = (("06", "ask"), ("07", "close"), ("08", "reply"), ("09", "reply"))


class TestTheEdgesOfAHistory:
    told = trace("1", ("came", "01-06 09:00"), ("went", "01-07 09:00"), ("came", "01-08 09:00"))

    def test_are_the_first_event_and_the_last_one_that_is_seen(self):
        assert seen(FIRST_EVENT, self.told) == at("01-06 09:00")
        assert seen(LAST_EVENT, self.told) == at("01-08 09:00")
        assert seen(LAST_EVENT, self.told, now="01-07 10:00") == at("01-07 09:00")
        assert seen(FIRST_EVENT, self.told, now="01-05 10:00") is None
        assert seen(LAST_EVENT, trace("nothing")) is None

    def test_the_end_comes_once_the_last_event_is_an_end(self):
        over = Record("1", self.told.history, ends=("went",))
        assert seen(ENDED, over) is None, "it was reopened"
        assert seen(ENDED, over, now="01-07 10:00") == at("01-07 09:00")
        assert seen(ENDED, self.told) is None, "nobody can say"

    def test_name_no_states_and_read_as_words(self):
        edges = (FIRST_EVENT, LAST_EVENT, ENDED)
        assert [one.states + one.steps for one in edges] == [(), (), ()]
        assert [str(one) for one in edges] == ["its first event", "its last event", "its end"]


class TestSince:
    came_long_ago = trace("1", ("on_staff", "2017-05-02 09:00", "A"))

    def test_what_began_before_the_window_begins_with_it(self):
        moment = seen(since("on_staff"), self.came_long_ago, window=JANUARY)
        assert moment == at("01-01 00:00")
        assert moment.utcoffset() == timedelta(hours=7), "in the office's zone"

    def test_what_begins_inside_or_after_the_window_begins_when_it_does(self):
        for day in ("01-01 00:00", "01-01 09:00", "01-15 09:00", "02-03 09:00"):
            case = trace("1", ("on_staff", day))
            assert seen(since("on_staff"), case, window=JANUARY) == at(day)

    def test_without_a_window_it_began_when_it_did(self):
        assert seen(since("on_staff"), self.came_long_ago) == at("2017-05-02 09:00")

    def test_counts_one_units_people_only(self):
        assert seen(since("on_staff", unit="A"), self.came_long_ago, window=JANUARY) == at("01-01 00:00")
        assert seen(since("on_staff", unit="B"), self.came_long_ago, window=JANUARY) is None

    def test_of_somebody_who_has_not_come_yet_is_nothing(self):
        case = trace("1", ("on_staff", "01-15 09:00"))
        assert seen(since("on_staff"), case, window=JANUARY, now="01-14 09:00") is None

    def test_before_the_window_opens_nothing_stands_in_it(self):
        staff = Proportion("trained", start=since("on_staff"), stop=reached("attended"))
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
        visits = Proportion("visits", start=reached("recorded"), stop=self.kept)
        assert bins(visits.read([case], CLOCK, as_of=late)) == {"missed": ["1"]}

    def test_of_what_was_never_recorded_is_nothing(self):
        assert seen(self.kept, trace("1", ("followed_up", "01-15 09:00")), now="01-31 09:00") is None

    def test_reads_as_words(self):
        assert str(self.kept) == "recorded, then followed_up every month until closed and still so"


class TestHolding:
    resolved = Proportion("r", start=reached("came"), stop=holding("resolved", "surveyed"))

    def test_is_lost_by_what_moves_on_and_found_again_later(self):
        steps = [("came", "01-06 09:00"), ("resolved", "01-07 09:00"), ("surveyed", "01-08 09:00")]
        reopened = [*steps, ("came", "01-09 09:00")]
        again = [*reopened, ("resolved", "01-10 09:00")]
        for told, stop in ((steps, "01-07 09:00"), (reopened, None), (again, "01-10 09:00")):
            (found,) = read(self.resolved, trace("1", *told)).observations
            assert found.stop == (None if stop is None else at(stop))
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
        exam = Proportion("e", start=reached("trained"), stop=reached("passed", after_start=True))
        old = trace("1", ("passed", "01-03 09:00"), ("trained", "01-06 09:00"))
        assert [one.bin for one in read(exam, old).observations] == [Bin.MISSED]
        new = trace("1", ("passed", "01-03 09:00"), ("trained", "01-06 09:00"), ("passed", "01-06 09:00"))
        assert read(exam, new).counted[0].stop == at("01-06 09:00")
        assert str(exam) == "e: from trained to passed after the start"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Proportion("x", start="came", stop=reached("went")),
        lambda: Proportion("x", start=reached("came"), stop="went"),
        lambda: Proportion("x", start=reached("came"), stop=reached("went"), fails_if="went"),
        lambda: Duration("x", start="came", stop=reached("went")),
        lambda: Score("x", at="came"),
    ],
)
def test_the_name_of_a_state_is_no_milestone(make):
    with pytest.raises(TypeError, match=r"is no milestone; give one, such as reached\('(came|went)'\)"):
        make()


@pytest.mark.parametrize("wrong", [None, 5, WorkingDays(2), at("01-06 09:00")])
def test_what_cannot_be_found_in_a_history_is_no_milestone(wrong):
    with pytest.raises(TypeError) as refused:
        Proportion("x", start=wrong, stop=reached("went"))
    assert str(refused.value).endswith(" is no milestone; give one, such as reached('submitted')")


def test_nothing_cannot_be_held():
    with pytest.raises(MomentError, match="name a state at least"):
        holding()
