import asyncio
import pickle

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from small_tables import LETTER, NINE, later
from transitions import Machine, MachineError
from transitions.extensions import HierarchicalMachine
from transitions.extensions.asyncio import AsyncMachine

from docflow import Actor, Right, Transition, Workflow
from docflow.errors import LetterError, MigrationError, RefusedError, WorkflowError
from docflow.letters import Approval, HeldIn, Refusal, approvals, engine, events, hold_and_resume, migrate, needs_a_note


def noted(_case, act):
    return None if act.note else "nothing is noted"


def not_noted(_case, act):
    return "something is noted" if act.note else None


def given_a_unit(_case, act):
    return None if act.unit else "no unit is named"


def fork(*, states=("noted", "plain"), **more):
    lines = [Transition("go", "new", state, guards=[g]) for state, g in zip(states, (noted, not_noted), strict=True)]
    return Workflow("fork", initial="new", transitions=lines, **more)


class TestAStepWithTwoDestinations:
    def test_is_one_trigger_that_is_allowed_once(self):
        workflow = fork()
        assert workflow.allowed("new") == workflow.open(LETTER, at=NINE).allowed() == ("go",)
        assert workflow.triggers == ("receive", "go")
        assert workflow.destinations("new", "go") == ("noted", "plain")
        assert workflow.destinations("noted", "go") == workflow.destinations("new", "receive") == ()
        assert workflow.destinations(workflow.nowhere, "receive") == ("new",)

    def test_grants_its_right_on_every_line(self):
        strict = fork().permitting({"go": [Right("clerk")]})
        assert [line.may for line in strict.transitions] == [(Right("clerk"),)] * 2
        case = strict.open(LETTER, at=NINE)
        assert case.apply("go", at=NINE, by=Actor("Malee", "clerk")).state == "plain"
        assert [one.kind for one in case.refusals("go", by="Malee")] == ["wrong role", "guard"]

    def test_goes_by_the_line_that_its_actor_may_take(self):
        lines = [
            Transition("go", "new", "a", guards=[noted], may=[Right("head")]),
            Transition("go", "new", "b", guards=[given_a_unit]),
        ]
        case = Workflow("rights", initial="new", transitions=lines).open(LETTER, at=NINE)
        clerk, head = (Actor("Malee", role, "GA") for role in ("clerk", "head"))
        assert case.apply("go", at=NINE, by=clerk, note="x").state == "b"
        assert [one.kind for one in case.refusals("go", by=head, note="x")] == ["ambiguous"]

    def test_tells_the_same_reason_once(self):
        lines = [Transition("go", "new", s, guards=[given_a_unit, g]) for s, g in (("a", noted), ("b", not_noted))]
        case = Workflow("twice", initial="new", transitions=lines).open(LETTER, at=NINE)
        assert [str(one) for one in case.refusals("go")] == ["no unit is named", "nothing is noted"]
        assert [str(one) for one in case.refusals("go", note="x")] == ["no unit is named", "something is noted"]

    def test_is_told_with_reasons_of_time(self):
        case = fork().open(LETTER, at=NINE)
        assert [one.kind for one in case.refusals("go", at=later(-1))] == ["time runs backwards"]

    def test_shows_each_guard_the_step_that_it_would_be(self):
        seen = []

        def look(_case, act):
            seen.append(act.state)

        lines = [Transition("go", "new", s, guards=[look, g]) for s, g in (("a", noted), ("b", not_noted))]
        Workflow("seen", initial="new", transitions=lines).open(LETTER, at=NINE).refusals("go")
        assert seen == ["a", "b"]

    def test_has_a_lifecycle_for_each(self):
        lines = [*fork(states=("wait", "plain")).transitions, Transition("on", "wait", "plain")]
        workflow = Workflow("waits", initial="new", transitions=lines, waiting=["wait"])
        assert [workflow.lifecycle("new", "go", to) for to in ("wait", "plain")] == ["suspend", "complete"]
        assert workflow.lifecycle("wait", "on") == workflow.lifecycle("wait", "on", "plain") == "resume"
        case = workflow.open(LETTER, at=NINE).apply("go", at=NINE, note="x")
        assert [row.lifecycle for row in events([case])] == ["complete", "suspend"]
        for destination, problem in (
            (None, "'go' leads from 'new' to 'wait' or 'plain'; name the one that is meant"),
            ("new", "'go' leads from 'new' to 'wait' or 'plain'; name the one that is meant"),
        ):
            with pytest.raises(WorkflowError) as caught:
                workflow.lifecycle("new", "go", destination)
            assert caught.value.problem == problem

    def test_is_drawn_with_what_tells_them_apart(self):
        lines = [
            *fork().transitions,
            Transition("end", "noted", "over", guards=[noted]),
            *hold_and_resume(("new", "noted")),
        ]
        workflow = Workflow("drawn", initial="new", transitions=lines)
        drawn = workflow.dot()
        assert workflow.states == ("new", "noted", "plain", "over", "on hold")
        assert 's0 -> s1 [label="go [noted]"]' in drawn
        assert 's0 -> s2 [label="go [not noted]"]' in drawn
        assert 's1 -> s3 [label="end"]' in drawn
        assert 's4 -> s1 [label="resume [held while noted]"]' in drawn
        assert "s0 --> s2: ไป #91;ไม่มี#93;" in workflow.mermaid({"go": "ไป", "not_noted": "ไม่มี"})

    def test_moves_to_another_table_that_leads_there_as_well(self):
        case = fork().open(LETTER, at=NINE).apply("go", at=NINE, note="x")
        (moved,) = migrate([case], fork(states=("a", "b")))
        assert moved.state == "a"
        with pytest.raises(MigrationError, match="something is noted"):
            migrate([case], evolve(fork(), transitions=fork().transitions[1:]))

    def test_cannot_lead_twice_to_one_state(self):
        lines = [Transition("go", "new", "a", guards=[guard]) for guard in (noted, not_noted)]
        with pytest.raises(WorkflowError) as caught:
            Workflow("same", initial="new", transitions=lines)
        assert caught.value.problem == ("'go' leads from 'new' to 'a' twice; keep one line, or name the steps apart")

    def test_is_looked_at_line_by_line_when_there_are_three(self):
        lines = [Transition("go", "new", s, guards=[g]) for s, g in zip("abc", (noted, not_noted, noted), strict=True)]
        with pytest.raises(WorkflowError, match="'go' leads from 'new' to 'a' and to 'c', and no guards tell"):
            Workflow("three", initial="new", transitions=lines)


class Desk:
    letter = LETTER


class TestAMachineOfSuchATable:
    @pytest.mark.parametrize("cls", [Machine, HierarchicalMachine])
    @pytest.mark.parametrize(("note", "state"), [("x", "noted"), ("", "plain")])
    def test_leads_where_the_guards_say(self, cls, note, state):
        desk = Desk()
        fork().machine(desk, cls=cls)
        assert desk.may_go(at=NINE, note=note)
        assert (desk.go(at=NINE, note=note), desk.state) == (True, state)

    def test_leads_there_when_it_awaits(self):
        async def told():
            desk = Desk()
            fork().machine(desk, cls=AsyncMachine)
            return await desk.go(at=NINE), desk.state

        assert asyncio.run(told()) == (True, "plain")

    def test_leads_nowhere_where_both_would_do(self):
        lines = [Transition("go", "new", s, guards=[g]) for s, g in (("a", noted), ("b", given_a_unit))]
        desk = Desk()
        Workflow("both", initial="new", transitions=lines).machine(desk)
        both = {"at": NINE, "note": "x", "unit": "GA"}
        assert (desk.may_go(**both), desk.go(**both), desk.state) == (False, False, "new")
        assert (desk.go(**both | {"note": ""}), desk.state) == (True, "b")

    def test_makes_no_move_that_is_not_meant(self):
        with pytest.raises(MachineError, match="go does not lead from new to new"):
            engine.fire(fork(), "new", "go", "new")
        assert engine.fire(fork(), "new", "go", "plain") == "plain"


HELD = ("a", "b")
LINES = [Transition("go", "a", "b"), Transition("end", "b", "c"), *hold_and_resume(HELD)]


class TestHoldingALetter:
    def test_may_be_called_otherwise(self):
        lines = hold_and_resume(("a",), "parked", hold="park", resume="drive")
        assert lines == (
            Transition("park", "a", "parked"),
            Transition("drive", "parked", "a", guards=(HeldIn("a", by="park"),)),
        )

    def test_of_one_that_came_there_otherwise_is_told(self):
        workflow = Workflow("w", initial="a", transitions=[*LINES, Transition("lose", "b", "on hold")])
        case = workflow.open(LETTER, at=NINE).apply("hold", at=NINE).apply("resume", at=NINE).apply("go", at=NINE)
        lost = case.apply("lose", at=NINE)
        assert lost.refusals("resume") == (Refusal("guard", "it was not put there by 'hold'"),)
        guard = HeldIn("a", by="hold")
        assert guard(case.apply("hold", at=NINE), evolve(case.history[-1], trigger="resume")) == (
            "it was held while b, not while a"
        )

    def test_in_two_ways_at_once_leads_back_by_both(self):
        lines = [*LINES, *hold_and_resume((*HELD, "on hold"), "aside", hold="put", resume="take")]
        case = Workflow("w", initial="a", transitions=lines).open(LETTER, at=NINE)
        for trigger in ("go", "hold", "put", "take", "resume"):
            case = case.apply(trigger, at=NINE)
        assert [step.state for step in case.history] == ["a", "b", "on hold", "aside", "on hold", "b"]

    def test_opens_no_way_that_was_not_there(self):
        stray = [Transition("end", "c", "d"), Transition("end", "a", "z"), *hold_and_resume(("a", "c"))]
        with pytest.raises(WorkflowError, match="no way leads from 'a' to 'c', 'd'; add one or drop it"):
            Workflow("w", initial="a", transitions=stray)
        circle = [Transition("go", "a", "b"), Transition("go", "b", "a"), Transition("end", "x", "z")]
        circle += [Transition("enter", "start", "a"), Transition("leave", "start", "x"), *hold_and_resume(("a", "x"))]
        with pytest.raises(WorkflowError, match="no way leads from 'a', 'b' to a final state; add one"):
            Workflow("w", initial="start", transitions=circle)

    @pytest.mark.parametrize(
        ("guard", "problem"),
        [
            (
                HeldIn("x", by="hold"),
                (
                    "'leave' asks whether a letter was held while 'x', and 'hold' does not lead from there to 'b'; "
                    "correct the names"
                ),
            ),
            (
                HeldIn("a", by="end"),
                (
                    "'leave' asks whether a letter was held while 'a', and 'end' does not lead from there to 'b'; "
                    "correct the names"
                ),
            ),
            (
                Approval(need=1, since="submit", last=True),
                "nothing is counted since 'submit', as 'leave' asks; name a step of the table",
            ),
        ],
    )
    def test_or_approving_it_names_what_the_table_has(self, guard, problem):
        with pytest.raises(WorkflowError) as caught:
            Workflow("w", initial="a", transitions=[*LINES, Transition("leave", "b", "d", guards=[guard])])
        assert caught.value.problem == problem

    def test_and_approving_it_are_values(self):
        for guard in (HeldIn(" a ", by="hold "), Approval(need=2, since=" submit", last=True)):
            assert pickle.loads(pickle.dumps(guard)) == guard  # noqa: S301 - our own
        assert HeldIn(" a ", by="hold ") == HeldIn("a", by="hold")
        assert repr(Approval(need=2, since=" submit", last=True)) == "Approval(need=2, since='submit', last=True)"


PEOPLE = ("Somchai", "Somying", "Malee")


def by_hand(need, deeds):
    """What becomes of a permit, told by a set of names: the states, with what is refused left out."""
    state, given, told = "draft", set(), []
    for trigger, by in deeds:
        if trigger == "submit" and state == "draft":
            state, given = "submitted", set()
        elif trigger == "send_back" and state == "submitted":
            state = "draft"
        elif trigger == "hold" and state == "submitted":
            state = "on hold"
        elif trigger == "resume" and state == "on hold":
            state = "submitted"
        elif trigger == "approve" and state == "submitted" and by and by not in given:
            given.add(by)
            state = "approved" if len(given) == need else "submitted"
        else:
            continue
        told.append((trigger, by, state))
    return told


class TestApprovals:
    @given(
        need=st.integers(1, 3),
        deeds=st.lists(
            st.tuples(
                st.sampled_from(("submit", "send_back", "hold", "resume", *["approve"] * 4)),
                st.sampled_from((None, *PEOPLE)),
            ),
            max_size=25,
        ),
    )
    def test_are_what_a_set_of_names_tells(self, need, deeds):
        workflow = Workflow(
            "permit",
            initial="draft",
            transitions=[
                Transition("submit", "draft", "submitted"),
                Transition("send_back", "submitted", "draft"),
                *approvals("approve", "submitted", "approved", need=need, since="submit"),
                *hold_and_resume(("submitted",)),
            ],
        )
        case = workflow.open(LETTER, at=NINE)
        for trigger, by in deeds:
            try:
                case = case.apply(trigger, at=NINE, by=by)
            except RefusedError:
                continue
        assert [(step.trigger, step.by, step.state) for step in case.history[1:]] == by_hand(need, deeds)
        assert workflow.replay(LETTER, case.log) == case

    def test_of_one_person_need_one_line(self):
        (line,) = approvals("approve", "a", "b", need=1, since="submit", may=iter([Right("head")]))
        assert (line.source, line.destination, line.may) == ("a", "b", (Right("head"),))
        both = approvals("approve", "a", "b", need=2, since="submit", may=iter([Right("head")]))
        assert [each.may for each in both] == [(Right("head"),)] * 2

    def test_before_anything_was_submitted_or_by_nobody_are_refused(self):
        lines = [*approvals("approve", "a", "b", need=2, since="submit"), Transition("submit", "a", "a")]
        case = Workflow("w", initial="a", transitions=lines).open(LETTER, at=NINE)
        none = "it counts since the last 'submit', and there was none; do that first"
        assert case.refusals("approve", by="Malee") == (Refusal("guard", none),)
        assert case.refusals("approve") == (Refusal("guard", "an approval says by whom; name who gives it"),)

    def test_say_how_many_there_are(self):
        guard = Approval(need=3, since="submit", last=True)
        lines = [Transition("submit", "a", "b"), *approvals("approve", "b", "c", need=3, since="submit")]
        case = Workflow("w", initial="a", transitions=lines).open(LETTER, at=NINE).apply("submit", at=NINE)
        case = case.apply("approve", at=NINE, by="Malee")
        assert guard(case, evolve(case.history[-1], by="Somchai")) == "that makes 2 of 3"

    def test_of_nobody_are_no_approvals(self):
        with pytest.raises(LetterError, match="0 people approve nothing; give 1 or more"):
            approvals("approve", "a", "b", need=0, since="submit")
        with pytest.raises(TypeError, match="'2' is no number; give how many must do it, such as need=2"):
            approvals("approve", "a", "b", need="2", since="submit")


def test_a_note_is_asked_for_in_words_by_a_machine_too():
    desk = Desk()
    Workflow("w", initial="a", transitions=[Transition("reject", "a", "b", guards=[needs_a_note])]).machine(desk)
    assert (desk.reject(at=NINE), desk.reject(at=NINE, note="no plan"), desk.state) == (False, True, "b")


def test_a_letter_that_is_held_twice_under_one_name_comes_back_twice():
    lines = [*hold_and_resume(("a",), "aside"), *hold_and_resume(("aside",), "locked")]
    case = Workflow("nested", initial="a", transitions=[Transition("end", "a", "z"), *lines]).open(LETTER, at=NINE)
    for trigger, state in (
        ("hold", "aside"),
        ("hold", "locked"),
        ("resume", "aside"),
        ("resume", "a"),
        ("hold", "aside"),
    ):
        case = case.apply(trigger, at=NINE)
        assert case.state == state


def test_a_model_without_a_history_is_told_so():
    class Desk:
        letter = LETTER

    desk = Desk()
    workflow = Workflow("held", initial="a", transitions=[Transition("end", "a", "z"), *hold_and_resume(("a",))])
    workflow.machine(desk)
    desk.hold(at=NINE)
    with pytest.raises(TypeError, match="a Desk has no history, by which this step is judged; give it one, or a Case"):
        desk.resume(at=NINE)
