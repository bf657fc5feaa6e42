"""What people asked for in public about state machines and letters, each named after what goes wrong."""

import pickle

import pytest
from attrs import evolve
from small_tables import LETTER, NINE, later

from docflow import Actor, Right, Transition, Workflow
from docflow.errors import RefusedError, WorkflowError
from docflow.letters import (
    Circulation,
    Deputy,
    Entry,
    Refusal,
    approvals,
    circulate,
    events,
    from_each,
    hold_and_resume,
    migrate,
    needs_a_note,
    replay_events,
    successor,
)


def is_urgent(case, _entry):
    return None if case.letter.urgency.value != "ordinary" else "it is ordinary"


def is_ordinary(case, _entry):
    return None if case.letter.urgency.value == "ordinary" else "it is urgent"


def is_for_a_unit(case, _entry):
    return None if case.letter.unit else "no unit is named"


URGENT = evolve(LETTER, urgency="urgent")
FAST_OR_SLOW = (
    Transition("file", "new", "express", guards=[is_urgent]),
    Transition("file", "new", "pile", guards=[is_ordinary]),
)


class TestOneTriggerWithTwoDestinations:  # aasm #362
    workflow = Workflow("sorting", initial="new", transitions=FAST_OR_SLOW)

    def test_leads_where_the_guards_say(self):
        assert self.workflow.open(LETTER, at=NINE).apply("file", at=NINE).state == "pile"
        assert self.workflow.open(URGENT, at=NINE).apply("file", at=NINE).state == "express"

    def test_leads_there_whichever_line_is_written_first(self):
        turned = evolve(self.workflow, transitions=FAST_OR_SLOW[::-1])
        assert turned.open(LETTER, at=NINE).apply("file", at=NINE).state == "pile"

    def test_is_refused_as_ambiguous_where_both_would_do(self):
        lines = FAST_OR_SLOW[0], evolve(FAST_OR_SLOW[1], guards=[is_for_a_unit])
        case = Workflow("sorting", initial="new", transitions=lines).open(URGENT, at=NINE)
        with pytest.raises(RefusedError) as caught:
            case.apply("file", at=NINE)
        assert caught.value.refusals == (
            Refusal(
                "ambiguous",
                "from 'new' it could lead to 'express' and to 'pile'; "
                "the guards of these lines must exclude each other",
            ),
        )
        assert case.state == "new"

    def test_is_refused_with_every_reason_where_neither_would_do(self):
        lines = FAST_OR_SLOW[0], evolve(FAST_OR_SLOW[1], guards=[is_for_a_unit])
        case = Workflow("sorting", initial="new", transitions=lines).open(evolve(LETTER, unit=""), at=NINE)
        assert [str(reason) for reason in case.refusals("file")] == ["it is ordinary", "no unit is named"]

    @pytest.mark.parametrize(
        ("guards", "others"),
        [([], []), ([is_urgent], []), ([is_urgent], [is_urgent]), ([is_urgent], [is_for_a_unit, is_urgent])],
    )
    def test_that_overlap_for_certain_is_refused_when_it_is_written(self, guards, others):
        lines = [Transition("file", "new", "a", guards=guards), Transition("file", "new", "b", guards=others)]
        for table in (lines, lines[::-1]):
            with pytest.raises(
                WorkflowError, match="'file' leads from 'new' to '[ab]' and to '[ab]', and no guards tell"
            ):
                Workflow("sorting", initial="new", transitions=table)

    def test_is_not_told_apart_by_rights_alone(self):
        lines = [Transition("file", "new", state, may=[Right(role)]) for state, role in (("a", "clerk"), ("b", "head"))]
        with pytest.raises(WorkflowError, match="no guards tell which"):
            Workflow("sorting", initial="new", transitions=lines)


UNDERWAY = ("registered", "taken over", "screened")
PATIENT = Workflow(
    "patient",
    initial="registered",
    transitions=[
        Transition("take", "registered", "taken over"),
        Transition("screen", "taken over", "screened"),
        Transition("finish", "screened", "done"),
        Transition("remind", "on hold", "on hold"),
        *hold_and_resume(UNDERWAY),
        *from_each("cancel", (*UNDERWAY, "on hold"), "cancelled"),
    ],
    waiting=["on hold"],
    cancelled=["cancelled"],
    final=["done"],
)


def passed(workflow, *triggers, letter=LETTER):
    case = workflow.open(letter, at=NINE)
    for hour, trigger in enumerate(triggers, 1):
        case = case.apply(trigger, at=later(hour))
    return case


class TestALetterOnHold:  # xstate #188
    @pytest.mark.parametrize("way", [(), ("take",), ("take", "screen")])
    def test_goes_on_in_the_state_in_which_it_was(self, way):
        before = passed(PATIENT, *way)
        assert passed(PATIENT, *way, "hold", "resume").state == before.state

    def test_goes_on_there_each_time_when_it_is_held_twice(self):
        case = passed(
            PATIENT, "hold", "resume", "take", "hold", "remind", "remind", "resume", "screen", "hold", "resume"
        )
        assert case.state == "screened"

    def test_goes_on_where_a_correction_says_that_it_was(self):
        case = passed(PATIENT, "take", "screen", "hold", "resume")
        right = case.correct({2: None}, by="Somying", why="not screened yet", recorded=later(9))
        assert [step.state for step in right.history] == ["registered", "taken over", "on hold", "taken over"]
        assert PATIENT.replay(LETTER, right.log) == right
        assert pickle.loads(pickle.dumps(right)) == right  # noqa: S301 - our own

    def test_goes_on_there_when_its_log_or_its_events_are_read_again(self):
        case = passed(PATIENT, "take", "hold", "resume", "screen", "hold", "resume")
        assert PATIENT.replay(LETTER, case.log) == case
        told = replay_events(PATIENT, events([case]), [LETTER])
        assert [one.history for one in told.cases] == [case.history]
        assert [row.lifecycle for row in events([case])][2:4] == ["suspend", "resume"]

    def test_is_not_waited_for(self):
        case = passed(PATIENT, "take", "hold", "resume")
        assert case.pauses(later(9)) == ((later(2), later(3)),)

    def test_may_be_cancelled_there(self):
        assert passed(PATIENT, "take", "hold").allowed() == ("remind", "resume", "cancel")
        assert passed(PATIENT, "take", "hold", "cancel").is_final


HEADS = [Actor(person, "head", unit) for person, unit in (("Somchai", "A"), ("Somying", "B"), ("Malee", "C"))]
TWO_OF_THREE = Workflow(
    "permit",
    initial="draft",
    transitions=[
        Transition("submit", "draft", "submitted"),
        Transition("send_back", "submitted", "draft"),
        *approvals("approve", "submitted", "approved", need=2, since="submit", may=[Right("head", u) for u in "ABC"]),
    ],
)


def approved(case, *people):
    for person in people:
        case = case.apply("approve", at=NINE, by=person)
    return case


class TestTwoOfThreeApprovals:  # python-statemachine #267
    submitted = TWO_OF_THREE.open(LETTER, at=NINE).apply("submit", at=NINE)

    @pytest.mark.parametrize("first", HEADS)
    @pytest.mark.parametrize("second", HEADS)
    def test_may_come_in_any_order_and_not_from_one_person_twice(self, first, second):
        once = approved(self.submitted, first)
        assert once.state == "submitted"
        if first == second:
            reason = f"{first.name} has done so already; it takes 2 people"
            assert once.refusals("approve", by=second) == (Refusal("guard", reason),)
        else:
            assert approved(once, second).state == "approved"

    def test_come_from_two_people_who_speak_for_two(self):
        somchai, somying, _ = HEADS
        for_somying, for_somchai = (Deputy("Anan", acts_for=one, since=NINE) for one in (somying, somchai))
        once = approved(self.submitted, for_somying)
        for by, name in ((somying, "Somying"), (for_somchai, "Anan")):
            assert [str(why) for why in once.refusals("approve", by=by)] == [
                f"{name} has done so already; it takes 2 people"
            ]
        assert approved(once, somchai).state == "approved"

    def test_count_no_more_after_it_was_sent_back(self):
        again = approved(self.submitted, HEADS[0]).apply("send_back", at=NINE).apply("submit", at=NINE)
        once = approved(again, HEADS[1])
        assert once.state == "submitted"
        assert approved(once, HEADS[0]).state == "approved"

    def test_count_no_more_when_a_correction_strikes_one(self):
        case = approved(self.submitted, *HEADS[:2])
        assert case.correct({2: None}, by="Somsri", why="not hers", recorded=NINE).state == "submitted"

    def test_come_from_those_who_have_the_right(self):
        lacking, *_ = self.submitted.refusals("approve", by="Somsak")
        assert lacking == Refusal("wrong role", "Somsak may not; it takes head of A or head of B or head of C")


OPINION = Workflow(
    "opinion",
    initial="asked",
    transitions=[
        Transition("remind", "asked", "asked"),
        Transition("close", "asked", "closed"),
        Transition("reopen", "closed", "asked"),
    ],
    final=["closed"],
)


class TestALetterToSeveralUnits:  # ActionPack PR 186
    sent = circulate(OPINION.open(LETTER, at=NINE), ("Works", "Parks", "Health"), closing="close", at=later(1))

    def test_tells_who_is_outstanding_and_when_each_has_answered(self):
        some = self.sent.apply("answer", unit="Parks", at=later(2)).apply("answer", unit="Works", at=later(4))
        assert some.outstanding == ("Health",)
        assert some.answers == {"Works": later(4), "Parks": later(2)}
        assert (some.done, some.parent.state) == (None, "asked")

    def test_is_done_at_the_moment_at_which_the_last_has_answered(self):
        every = self.sent
        for hour, unit in ((5, "Works"), (3, "Parks"), (4, "Health")):  # written down in another order than it happened
            every = every.apply("answer", unit=unit, at=later(hour))
        assert (every.outstanding, every.done) == ((), later(5))
        assert (every.parent.state, every.parent.history[-1].at) == ("closed", later(5))

    def test_cannot_be_closed_before(self):
        some = self.sent.apply("answer", unit="Parks", at=later(2))
        with pytest.raises(RefusedError) as caught:
            some.apply("close", at=later(3))
        assert [reason.kind for reason in caught.value.refusals] == ["outstanding"]
        assert str(caught.value) == (
            "cannot close 8395/2562: Works, Health had not answered at 2019-10-01 12:00:00+00:00; "
            "it is closed when all have, or are released"
        )
        with pytest.raises(RefusedError):
            Circulation(some.parent.apply("close", at=later(3)), some.parts, closing="close")


class TestARejection:  # civic-client #1393
    workflow = Workflow(
        "decision",
        initial="submitted",
        transitions=[Transition("reject", "submitted", "rejected", guards=[needs_a_note])],
    )
    case = workflow.open(LETTER, at=NINE)

    @pytest.mark.parametrize("note", ["", " ", "\n\t"])
    def test_without_a_written_reason_is_refused(self, note):
        reason = "it needs a written reason; say it in the note"
        assert self.case.refusals("reject", note=note) == (Refusal("guard", reason),)

    def test_keeps_its_reason_in_the_events_and_in_what_is_read_of_them(self):
        case = self.case.apply("reject", at=NINE, by="Somying", note="the plan is missing")
        for log in (False, True):
            rows = list(events([case], log=log))
            assert [row.note for row in rows] == ["", "the plan is missing"]
            (again,) = replay_events(self.workflow, rows, [LETTER], log=log).cases
            assert again.history[-1].note == "the plan is missing"
            without = [*rows[:-1], rows[-1]._replace(note="")]
            assert replay_events(self.workflow, without, [LETTER], log=log).cases == ()

    def test_keeps_its_reason_when_it_is_corrected_and_moved(self):
        case = self.case.apply("reject", at=NINE, note="the plan is missing")
        moved = case.correct({1: Entry("reject", later(1))}, by="Somying", why="an hour later", recorded=later(2))
        assert moved.history[-1].note == "the plan is missing"
        with pytest.raises(RefusedError, match="then reject would be refused: it needs a written reason"):
            case.correct({1: Entry("reject", NINE, note="")}, by="Somying", why="x", recorded=later(2))
        (there,) = migrate([moved], evolve(self.workflow, version=2))
        assert there.history[-1].note == "the plan is missing"


class TestTwoWritersAtOnce:  # django-fsm #46
    case = PATIENT.open(LETTER, at=NINE)
    one = case.apply("take", at=later(1), by="Somying")
    other = case.apply("cancel", at=later(1), by="Somchai")

    @pytest.mark.parametrize(("first", "second"), [(one, other), (other, one)])
    def test_are_not_both_stored(self, first, second):
        shelf = successor(self.case, first)
        with pytest.raises(RefusedError) as caught:
            successor(shelf, second)
        assert [reason.kind for reason in caught.value.refusals] == ["written meanwhile"]
        done = first.log[1]
        assert str(caught.value) == (
            f"cannot write 8395/2562: meanwhile {done.by} wrote {done.trigger}; "
            f"look at it as it stands now, and do it again"
        )
        assert caught.value.record == done

    def test_are_not_both_stored_when_one_corrects(self):
        slip = {0: Entry("receive", later(-1))}
        corrected = self.case.correct(slip, by="Somsri", why="an hour early", recorded=later(1))
        with pytest.raises(RefusedError, match="meanwhile Somsri wrote a correction"):
            successor(successor(self.case, corrected), self.one)

    def test_lose_nothing_when_the_second_looks_again(self):
        shelf = successor(self.case, self.one)
        shelf = successor(shelf, shelf.apply("cancel", at=later(2), by="Somchai"))
        assert [step.trigger for step in shelf.history] == ["receive", "take", "cancel"]
        assert successor(shelf, shelf) == shelf

    def test_do_not_overwrite_each_other_with_what_is_older(self):
        with pytest.raises(RefusedError, match="meanwhile somebody wrote take"):
            successor(self.case.apply("take", at=NINE), self.case)
        with pytest.raises(RefusedError, match="cannot write 8395/2562: 1/2563 stands in its place; store it under"):
            successor(self.case, PATIENT.open(evolve(LETTER, number="1/2563"), at=NINE))
        with pytest.raises(TypeError, match="is no case; give what is stored, and then what should be"):
            successor(self.case.log, self.case)
