import copy
import pickle
from datetime import UTC, datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from transitions import MachineError

from docflow import Letter, Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import LetterError, NaiveDatetimeError, RefusedError, WorkflowError
from docflow.letters import (
    Case,
    Entry,
    Origin,
    Refusal,
    Retention,
    Secrecy,
    Step,
    Urgency,
    engine,
    events,
    from_each,
    migrate,
    replay_events,
    time_in,
)

NINE = datetime(2019, 10, 1, 9, tzinfo=UTC)
LETTER = Letter(number="8395/2562")
TRIGGERS = sorted({line.trigger for line in INCOMING_EXTERNAL_LETTER.transitions})


def opened():
    return INCOMING_EXTERNAL_LETTER.open(LETTER, at=NINE, by="Somchai", unit="GA")


def later(hours):
    return NINE + timedelta(hours=hours)


@st.composite
def workflows(draw):
    """Random tables over a few states, every state within reach."""
    names = ["a", "b", "=", "*", "c"][: draw(st.integers(1, 5))]
    lines = draw(
        st.lists(
            st.tuples(st.sampled_from(["go", "stop", "turn"]), st.sampled_from(names), st.sampled_from(names)),
            unique_by=lambda line: line[:2],
        )
    )
    try:
        return Workflow("drawn", initial="a", transitions=tuple(Transition(*line) for line in lines))
    except WorkflowError:
        return Workflow("drawn", initial="a", transitions=tuple(Transition(t, "a", "a") for t in ("go", "stop")))


class TestAWorkflow:
    def test_has_the_states_its_table_names(self):
        assert INCOMING_EXTERNAL_LETTER.states[:3] == ("registered", "taken_over", "awaiting_sender")
        assert INCOMING_EXTERNAL_LETTER.allowed("taken_over") == ("ask_sender", "screen", "cancel")
        assert INCOMING_EXTERNAL_LETTER.allowed("cancelled") == ()

    def test_leads_from_receipt_to_submission_as_the_plan_says(self):
        case = opened()
        for n, trigger in enumerate(("hand_over", "ask_sender", "sender_answers", "screen", "summarize", "submit"), 1):
            case = case.apply(trigger, at=later(n))
        assert case.state == "submitted"
        assert [step.state for step in case.history] == [
            "registered",
            "taken_over",
            "awaiting_sender",
            "taken_over",
            "screened",
            "summarized",
            "submitted",
        ]

    @pytest.mark.parametrize(
        ("lines", "problem"),
        [
            ([("go", "a", "b"), ("go", "a", "c")], "'go' leads from 'a' to 'b' and to 'c', and no guards tell which"),
            ([("go", "b", "c")], "no way leads from 'a' to 'b', 'c'"),
            ([("go", "a", "")], "a name in it is empty"),
            ([("", "a", "b")], "a name in it is empty"),
            ([("go", "a", "*")], "no state can be called \\*"),
            ([("go", "a", "=")], "no state can be called ="),
            ([("receive", "a", "b")], "'receive' opens a case"),
            ([("go", "a", "not received")], "no state can be called not received"),
            ([("state", "a", "b")], "'state' would be two things on one model"),
            ([("trigger", "a", "b")], "'trigger' would be two things"),
            ([("is_b", "a", "b")], "'is_b' would be two things"),
            ([("go", "a", "b"), ("may_go", "a", "b")], "'may_go' would be two things"),
            ([("__init__", "a", "b")], "'__init__' would be two things"),
        ],
    )
    def test_that_contradicts_itself_is_refused_when_defined(self, lines, problem):
        with pytest.raises(WorkflowError, match=problem):
            Workflow("wrong", initial="a", transitions=tuple(Transition(*line) for line in lines))

    @pytest.mark.parametrize(
        ("marks", "problem"),
        [
            ({"final": ["done"]}, "nothing leads on from 'lost'; add a line, or name it final"),
            ({"cancelled": ["lost"], "final": ["nowhere"]}, "'nowhere' is final, but no line leads there"),
            ({"cancelled": ["lost"], "final": ["done"], "waiting": ["wait"]}, "'wait' is waiting, but no line"),
            ({"final": ["done", "lost"], "waiting": ["lost"]}, "'lost' is waiting and final"),
            ({"final": ["lost", "done"], "cancelled": ["gone"]}, "'gone' is cancelled, but no line leads there"),
        ],
    )
    def test_that_marks_its_states_wrongly_is_refused(self, marks, problem):
        lines = [Transition("go", "a", "done"), Transition("lose", "a", "lost")]
        with pytest.raises(WorkflowError, match=problem):
            Workflow("wrong", initial="a", transitions=lines, **marks)

    def test_from_which_a_letter_could_never_come_to_an_end_is_refused(self):
        lines = [
            Transition("finish", "a", "done"),
            Transition("turn", "a", "b"),
            Transition("turn", "b", "c"),
            Transition("turn", "c", "b"),
        ]
        with pytest.raises(WorkflowError, match="no way leads from 'b', 'c' to a final state; add one"):
            Workflow("wrong", initial="a", transitions=lines)
        lines.append(Transition("finish", "c", "done"))
        assert Workflow("right", initial="a", transitions=lines).ends == ("done",)

    def test_takes_what_leads_nowhere_for_its_ends_unless_they_are_named(self):
        lines = [Transition("go", "a", "done"), Transition("lose", "a", "lost"), Transition("again", "done", "a")]
        assert Workflow("w", initial="a", transitions=lines).ends == ("lost",)
        named = Workflow("w", initial="a", transitions=lines, final=["done"], cancelled=["lost"])
        assert named.ends == ("done", "lost")
        grown = evolve(
            Workflow("w", initial="a", transitions=lines[:2]), transitions=[*lines, Transition("z", "lost", "z")]
        )
        assert grown.ends == ("z",)

    def test_calls_nothing_by_two_names_that_look_alike(self):
        lines = [Transition(" go", "a ", "b\t"), Transition("back", "b", "a\u00a0")]
        workflow = Workflow(" w ", initial=" a", transitions=lines, waiting=["b "], opening="receive ")
        assert (workflow.name, workflow.states, workflow.triggers) == ("w", ("a", "b"), ("receive", "go", "back"))
        assert workflow.waiting == ("b",)
        with pytest.raises(WorkflowError, match="a name in it is empty"):
            evolve(workflow, initial="  ")
        with pytest.raises(TypeError, match="5 is no name"):
            evolve(workflow, name=5)
        for version in (1.0, True, None):
            with pytest.raises(WorkflowError, match="its version is .*; give a whole number or a text"):
                evolve(workflow, version=version)

    @pytest.mark.parametrize("written", ["go ", "\tgo", "go\u00a0", "go\n", "go\u3000", "go\u2003fast"])
    def test_takes_every_step_by_the_name_with_which_it_was_written(self, written):
        workflow = Workflow("w", initial="a", transitions=[Transition(written, "a", "b")])
        case = workflow.open(Letter(number="1/2563"), at=NINE)
        told = workflow.replay(case.letter, [*case.log, Entry(written, NINE)])
        assert case.apply(written, at=NINE).state == told.state == "b"

    def test_takes_no_single_name_for_several(self):
        with pytest.raises(TypeError, match="'done' is one name; give several"):
            Workflow("w", initial="a", transitions=[Transition("go", "a", "done")], final="done")

    def test_never_takes_text_for_a_guard(self):
        guarded = Transition("go", "a", "b", guards=["__import__('os').system('true')"])
        with pytest.raises(WorkflowError, match="is no function, and text is never evaluated"):
            Workflow("wrong", initial="a", transitions=[guarded])

    def test_knows_the_lifecycle_of_event_logs(self):
        wrong = Transition("go", "a", "b", lifecycle="finished")
        with pytest.raises(WorkflowError, match="'finished' is no XES lifecycle transition; use one of schedule"):
            Workflow("wrong", initial="a", transitions=[wrong])
        moves = [
            ("registered", "hand_over", "assign"),
            ("taken_over", "ask_sender", "suspend"),
            ("awaiting_sender", "sender_answers", "resume"),
            ("awaiting_sender", "cancel", "pi_abort"),
            ("summarized", "submit", "complete"),
            ("not received", "receive", "complete"),
        ]
        for source, trigger, lifecycle in moves:
            assert INCOMING_EXTERNAL_LETTER.lifecycle(source, trigger) == lifecycle

    @pytest.mark.parametrize("empty", [{"initial": ""}, {"opening": ""}, {"name": ""}])
    def test_without_a_name_is_refused(self, empty):
        with pytest.raises(WorkflowError, match="a name in it is empty"):
            Workflow(**{"name": "wrong", "initial": "a", "transitions": ()} | empty)

    def test_may_be_given_its_lines_in_a_list(self):
        lines = [Transition("go", "a", "b")]
        assert Workflow("w", initial="a", transitions=lines) == Workflow("w", initial="a", transitions=tuple(lines))
        assert Workflow("w", initial="a", transitions=lines).open(LETTER, at=NINE).apply("go", at=NINE).state == "b"

    def test_of_one_state_is_a_workflow(self):
        assert Workflow("archive", initial="kept", transitions=()).states == ("kept",)

    def test_says_how_large_it_is_and_prints_as_its_table(self):
        workflow = Workflow("w", initial="a", transitions=[Transition("go", "a", "b")])
        assert repr(workflow) == "<Workflow 'w', version 1: states 2, transitions 1>"
        assert str(workflow) == "w, version 1: receive → a; go: a → b"

    @pytest.mark.parametrize("name", ["events", "to_b", "add_model", "model", "ขั้นตอน", "ก ข", "for", "go!", "3"])
    def test_may_call_its_triggers_and_states_what_it_likes(self, name):
        workflow = Workflow("w", initial="a", transitions=[Transition(name, "a", name), Transition("back", name, "a")])
        case = workflow.open(LETTER, at=NINE).apply(name, at=NINE)
        assert case == workflow.replay(LETTER, [Entry("receive", NINE), Entry(name, NINE)])
        assert case.apply("back", at=NINE).state == "a"

    def test_is_defined_by_name(self):
        for make in (
            lambda: Workflow("w", "a", transitions=()),
            lambda: Workflow("w", (), initial="a", transitions=()),
        ):
            with pytest.raises(TypeError):
                make()


class TestALetter:
    def test_needs_a_number_and_says_nothing_that_is_not_known(self):
        assert Letter(number="1/2563") == Letter(
            number="1/2563",
            reference="",
            dated=None,
            sender="",
            recipient="",
            subject="",
            unit="",
            remark="",
            origin=Origin.EXTERNAL,
            urgency=Urgency.ORDINARY,
            wanted_by=None,
            secrecy=Secrecy.OPEN,
            retention=Retention.USUAL,
        )
        with pytest.raises(TypeError):
            Letter("1/2563")

    def test_takes_grades_as_they_are_written_and_no_others(self):
        said = {"origin": "internal", "urgency": "most urgent", "secrecy": "open", "retention": "permanent"}
        letter = Letter(number="1/2563", **said)
        assert (letter.origin, letter.urgency) == (Origin.INTERNAL, Urgency.MOST_URGENT)
        assert (letter.secrecy, letter.retention) == (Secrecy.OPEN, Retention.PERMANENT)
        assert evolve(letter, secrecy="secret").secrecy is Secrecy.SECRET
        for grade in said:
            for wrong in ("very", 1, None, True, ["open"], Urgency, "OPEN"):
                with pytest.raises(LetterError, match=f"is no {grade}; choose '"):
                    Letter(number="1/2563", **{grade: wrong})

    def test_says_nothing_that_cannot_be_said_of_one(self):
        for wrong in (1, None, True, b"1/2563", ["1"]):
            for field in ("number", "reference", "sender", "recipient", "subject", "unit", "remark"):
                with pytest.raises(TypeError, match="is no text; write it as text"):
                    Letter(**{"number": "1/2563", field: wrong})
        assert Letter(number=" 1/2563 ", unit="GA  North ") == Letter(number="1/2563", unit="GA North")
        with pytest.raises(LetterError, match="a character that nobody sees"):
            Letter(number="1/2563\x1b[2J")
        for wrong in (NINE, "2019-10-01", 5):
            with pytest.raises(LetterError, match="is no day that a letter carries"):
                Letter(number="1/2563", dated=wrong)
        with pytest.raises(NaiveDatetimeError):
            Letter(number="1/2563", wanted_by=datetime(2019, 10, 1))
        with pytest.raises(NaiveDatetimeError):
            evolve(Letter(number="1/2563"), wanted_by=datetime(2019, 10, 1))

    def test_has_the_grades_of_the_regulation(self):
        assert [grade.value for grade in Urgency] == ["ordinary", "urgent", "very urgent", "most urgent"]
        assert [grade.value for grade in Secrecy] == ["open", "confidential", "secret", "top secret"]
        assert [origin.value for origin in Origin] == ["external", "internal"]


class TestACase:
    def test_starts_with_the_receipt(self):
        assert opened().history == (Step("receive", NINE, "Somchai", "GA", state="registered"),)
        assert opened().state == "registered"
        assert opened().allowed(by="anyone") == ("hand_over", "cancel")

    def test_grows_into_a_new_case_and_stays_as_it_was(self):
        before = opened()
        after = before.apply("hand_over", at=later(1), by="Somying", unit="Secretary", recorded=later(20))
        assert before == opened()
        assert after.history[-1] == Step("hand_over", later(1), "Somying", "Secretary", later(20), state="taken_over")

    def test_refuses_a_step_that_its_state_does_not_lead_to(self):
        case = opened()
        with pytest.raises(RefusedError) as caught:
            case.apply("submit", at=later(1))
        assert str(caught.value) == "cannot submit 8395/2562: it is registered; from here: hand_over, cancel"
        assert caught.value.refusals == (Refusal("wrong state", "it is registered; from here: hand_over, cancel"),)
        assert case == opened()

    def test_refuses_a_step_nobody_ever_heard_of(self):
        (refusal,) = opened().refusals("shred", at=later(1))
        assert refusal.kind == "unknown trigger"
        way = "it is registered; from here: hand_over, cancel"
        assert str(refusal) == f"the workflow 'incoming external letter' has no step of that name; {way}"
        (refusal,) = opened().refusals("hand_ovr", at=later(1))
        assert str(refusal).endswith(f"has no step of that name; did you mean 'hand_over'? {way}")

    def test_refuses_a_step_before_its_last_one_and_says_every_reason(self):
        kinds = [refusal.kind for refusal in opened().refusals("submit", by="Somying", at=later(-1))]
        assert kinds == ["wrong state", "time runs backwards"]
        assert opened().refusals("hand_over", at=NINE) == ()
        assert opened().refusals("hand_over") == ()

    def test_at_its_end_leads_nowhere(self):
        case = opened()
        assert not case.is_final
        case = case.apply("cancel", at=later(1))
        (refusal,) = case.refusals("act")
        assert str(refusal) == "it is cancelled; from here: nothing"
        assert case.is_final

    @pytest.mark.parametrize("step", ["open", "apply", "recorded", "replay", "ask"])
    def test_refuses_moments_without_a_zone(self, step):
        naive = datetime(2019, 10, 1, 9)
        with pytest.raises(NaiveDatetimeError):
            {
                "open": lambda: INCOMING_EXTERNAL_LETTER.open(LETTER, at=naive),
                "apply": lambda: opened().apply("hand_over", at=naive),
                "recorded": lambda: opened().apply("hand_over", at=later(1), recorded=naive),
                "replay": lambda: INCOMING_EXTERNAL_LETTER.replay(LETTER, [Entry("receive", naive)]),
                "ask": lambda: opened().refusals("hand_over", at=naive),
            }[step]()

    def test_knows_the_hour_that_comes_twice(self):
        amsterdam = ZoneInfo("Europe/Amsterdam")
        first, second = (
            datetime(2020, 10, 25, 2, 50, tzinfo=amsterdam),
            datetime(2020, 10, 25, 2, 10, tzinfo=amsterdam, fold=1),
        )
        case = INCOMING_EXTERNAL_LETTER.open(LETTER, at=first)
        assert case.refusals("hand_over", at=second) == ()
        late = INCOMING_EXTERNAL_LETTER.open(LETTER, at=second)
        assert [refusal.kind for refusal in late.refusals("hand_over", at=first)] == ["time runs backwards"]

    def test_is_a_value(self):
        case = opened().apply("hand_over", at=later(1))
        for twin in (copy.copy(case), copy.deepcopy(case), pickle.loads(pickle.dumps(case))):  # noqa: S301 - our own
            assert twin == case
            assert hash(twin) == hash(case)
            assert twin.apply("screen", at=later(2)).state == "screened"

    def test_may_be_driven_from_many_threads_at_once(self):
        seen = []

        def drive():
            for _ in range(200):
                case = opened()
                for n, trigger in enumerate(("hand_over", "screen", "summarize", "submit"), 1):
                    case = case.apply(trigger, at=later(n))
                seen.append(case.state)

        threads = [Thread(target=drive) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert seen == ["submitted"] * 800


class TestMachineAndTable:
    @given(workflow=workflows(), triggers=st.lists(st.sampled_from(["go", "stop", "turn", "receive"])))
    def test_accept_the_same_steps_and_come_to_the_same_states(self, workflow, triggers):
        state = workflow.initial
        for trigger in triggers:
            onward = workflow.destinations(state, trigger)
            assert engine.accepts(workflow, state, trigger) == bool(onward)
            for other in set(workflow.states).difference(onward):
                with pytest.raises((MachineError, KeyError)):
                    engine.fire(workflow, state, trigger, other)
            for destination in onward:
                assert engine.fire(workflow, state, trigger, destination) == destination
            state = onward[-1] if onward else state

    @given(attempts=st.lists(st.tuples(st.sampled_from([*TRIGGERS, "receive", "shred"]), st.integers(-2, 5))))
    def test_tell_the_same_case_whatever_is_attempted(self, attempts):
        case, entries, at = opened(), [Entry("receive", NINE, "Somchai", "GA")], NINE
        for trigger, hours in attempts:
            when = at + timedelta(hours=hours)
            entry = Entry(trigger, when)
            refusals = case.refusals(trigger, at=when)
            if refusals:
                with pytest.raises(RefusedError) as driven:
                    case.apply(trigger, at=when)
                with pytest.raises(RefusedError) as replayed:
                    INCOMING_EXTERNAL_LETTER.replay(LETTER, [*entries, entry])
                assert driven.value.refusals == replayed.value.refusals == refusals
            else:
                case, at = case.apply(trigger, at=when), when
                entries.append(entry)
            assert INCOMING_EXTERNAL_LETTER.replay(LETTER, entries) == case

    def test_allow_nothing_before_the_receipt(self):
        with pytest.raises(RefusedError, match="it is not received; from here: receive"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [Entry("submit", NINE)])
        with pytest.raises(RefusedError) as nothing:
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [])
        assert nothing.value.refusals == (Refusal("wrong state", "no receipt was entered"),)
        with pytest.raises(RefusedError, match="it is registered"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [Entry("receive", NINE), Entry("receive", NINE)])


def cancelled_from(sources):
    return from_each("cancel", sources, "cancelled")


# What was given instead of what is wanted, and a part of what the refusal says.
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda case: case.workflow.open(NINE, at=LETTER), "this Letter is no moment; give an aware datetime"),
        (lambda case: case.workflow.replay(LETTER, case.log[0]), "is no log; give its records in order"),
        (lambda case: case.workflow.replay(case.log, LETTER), "is no letter; give such as Letter(number="),
        (lambda _: Case("loan", LETTER, [Entry("receive", NINE)]), "'loan' is no workflow; give such as Workflow("),
        (lambda case: case.correct([1], by="A", why="b", recorded=NINE), "[1] is no dict of changes; give such as {1:"),
        (lambda case: case.correct({}, missed=case.log[0], by="A", why="b", recorded=NINE), "is not several; give"),
        (lambda case: migrate(case.workflow, [case]), "is no workflow; give the new definition as the second"),
        (lambda case: migrate(case, case.workflow), "<Case 8395/2562 'registered', 1 step> is one case; give several"),
        (lambda case: migrate([LETTER], case.workflow), "this Letter is no case; give such as workflow.open("),
        (lambda case: list(events(case)), "is one case; give several, such as [case]"),
        (lambda _: list(events([LETTER])), "this Letter is no case"),
        (lambda case: replay_events([], case.workflow), "[] is no workflow; give it first, then the rows"),
        (lambda case: time_in("registered", case.history), "'registered' is one state; give several"),
        (lambda _: cancelled_from("registered"), "'registered' is one name; give several, such as ('registered',)"),
    ],
)
def test_what_stands_in_the_wrong_place_is_refused_with_the_way_out(asked, said):
    with pytest.raises(TypeError) as refused:
        asked(opened())
    assert said in str(refused.value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda table: table.allowed("registerd"), "it has no state 'registerd'; it has registered, taken_over,"),
        (
            lambda table: table.lifecycle("registered", "submit"),
            "'submit' does not lead from 'registered'; name",
        ),
    ],
)
def test_a_table_refuses_to_tell_of_what_it_does_not_have(asked, said):
    with pytest.raises(WorkflowError) as refused:
        asked(INCOMING_EXTERNAL_LETTER)
    assert said in str(refused.value)
