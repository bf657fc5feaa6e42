import copy
import pickle
from datetime import timedelta, timezone
from enum import StrEnum

import pendulum
import pytest
from attrs import evolve
from small_tables import CLERK, EVENING, GUARDED, LETTER, LOAN, NINE, for_its_unit, later, opened, table

from docflow import Actor, Right, Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import LetterError, MigrationError, NaiveDatetimeError, RefusedError
from docflow.letters import Entry, Step, migrate


class TestARefusal:
    def test_names_the_record_that_was_refused(self):
        with pytest.raises(RefusedError) as caught:
            opened().apply("submit", at=later(1), by=CLERK, recorded=later(2), note="by hand")
        assert caught.value.record == Entry("submit", later(1), "Somying", "GA", later(2), "clerk", "by hand")

    def test_of_a_correction_names_it(self):
        case = opened().apply("hand_over", at=later(1)).apply("screen", at=later(2))
        for change, said in (({9: None}, {}), ({2: None}, {"why": " "})):
            with pytest.raises(RefusedError) as caught:
                case.correct(change, **{"by": CLERK, "why": "a slip", "recorded": EVENING} | said)
            assert (caught.value.number, caught.value.trigger) == ("8395/2562", "correct")
            assert (caught.value.record.corrects, caught.value.record.by) == (next(iter(change)), "Somying")
        with pytest.raises(RefusedError) as caught:
            case.correct({1: None}, by=CLERK, why="a slip", recorded=EVENING)
        assert (caught.value.trigger, caught.value.record.trigger) == ("correct", "screen")  # what would not be legal

    def test_of_a_correction_that_would_leave_nothing_says_so(self):
        with pytest.raises(RefusedError) as caught:
            opened().correct({0: None}, by=CLERK, why="a slip", recorded=EVENING)
        assert str(caught.value) == (
            "cannot correct 8395/2562: then nothing would have happened to it; cancel the letter instead"
        )

    def test_has_the_reasons_of_the_table_beside_those_of_the_writing(self):
        kinds = [refusal.kind for refusal in opened().refusals("submit", at=later(2), recorded=later(1))]
        assert kinds == ["wrong state", "time runs backwards"]
        assert [refusal.kind for refusal in opened().refusals("submit", at=later(1), recorded=later(2))] == [
            "wrong state"
        ]

    def test_tells_moments_in_the_zone_of_what_was_to_be_written(self):
        bangkok = timezone(timedelta(hours=7))
        case = opened().apply("hand_over", at=later(1), recorded=EVENING)
        (refusal,) = case.refusals("screen", at=later(2), recorded=later(3).astimezone(bangkok))
        assert str(refusal) == (
            "2019-10-01 19:00:00+07:00 is before the record above it was written, at 2019-10-02 01:00:00+07:00"
        )

    def test_of_a_guard_that_answers_wrongly_names_the_guard(self):
        class Guard:
            def __call__(self, _case, _entry):
                return 1

            def __repr__(self):
                return "the doorkeeper"

        def asks(_case, _entry):
            return 1

        for guard, name in ((Guard(), "the doorkeeper"), (asks, asks.__qualname__)):
            line = Transition("go", "a", "b", guards=[guard])
            case = Workflow("w", initial="a", transitions=[line]).open(LETTER, at=NINE)
            with pytest.raises(TypeError) as caught:
                case.apply("go", at=NINE)
            assert str(caught.value) == (
                f"the guard {name} gave 1; it gives a reason in words to refuse, None to let pass"
            )


class TestWhatIsAllowed:
    def test_is_asked_for_the_unit_and_the_moment_that_are_named(self):
        case = GUARDED.open(LETTER, at=NINE)
        assert case.allowed(unit="Secretary Group") == ("send",)
        assert case.allowed(unit="Complaints") == ()
        assert opened().allowed(at=later(1)) == ("hand_over", "cancel")
        assert opened().allowed(at=later(-1)) == ()


class TestACorrectionThatIsRefused:
    @pytest.mark.parametrize(
        ("changes", "why", "reason"),
        [
            ({}, "a slip", "it names neither a step to correct nor one that was left out"),
            ({0: Entry("receive", NINE)}, " ", "a correction says why; name the reason"),
        ],
    )
    def test_says_what_is_wrong(self, changes, why, reason):
        with pytest.raises(RefusedError) as caught:
            opened().correct(changes, by=CLERK, why=why, recorded=EVENING)
        assert [refusal.reason for refusal in caught.value.refusals] == [reason]

    def test_for_want_of_a_right_names_every_right(self):
        workflow = evolve(LOAN, may_correct=[Right("head"), Right("registrar", "GA")])
        with pytest.raises(RefusedError) as caught:
            workflow.open(LETTER, at=NINE).correct({0: None}, by="Somchai", why="a slip", recorded=EVENING)
        assert caught.value.refusals[0].reason == "Somchai may not; it takes head or registrar of GA"


class TestStepsOfOneStamp:
    def test_are_read_in_the_order_that_is_legal_when_they_were_left_out_in_another(self):
        case = opened().apply("hand_over", at=later(1)).apply("screen", at=later(3))
        missed = [Entry("sender_answers", later(2)), Entry("ask_sender", later(2))]
        case = case.correct({}, missed=missed, by=CLERK, why="left out", recorded=EVENING)
        assert [step.trigger for step in case.history] == [
            "receive",
            "hand_over",
            "ask_sender",
            "sender_answers",
            "screen",
        ]

    def test_stay_in_their_places_when_one_of_them_is_corrected(self):
        workflow = table(("remind", "lent", "lent"), ("return", "lent", "back"))
        case = workflow.open(LETTER, at=NINE)
        for by in ("A", "B", "C"):
            case = case.apply("remind", at=later(1), by=by)
        case = case.correct({2: Entry("remind", later(1), "D")}, by=CLERK, why="who it was", recorded=EVENING)
        assert [step.by for step in case.history] == [None, "A", "D", "C"]


class TestAStep:
    def test_has_a_state_given_by_name(self):
        with pytest.raises(TypeError):
            Step("go", NINE)
        with pytest.raises(TypeError):
            Step("go", NINE, None, None, None, None, "", "a")

    def test_happened_at_a_moment_of_any_library(self):
        moment = pendulum.datetime(2019, 10, 1, 9)
        assert INCOMING_EXTERNAL_LETTER.open(LETTER, at=moment) == INCOMING_EXTERNAL_LETTER.open(LETTER, at=NINE)

    def test_did_not_happen_at_what_is_no_moment(self):
        with pytest.raises(TypeError):
            Entry("receive", "2019-10-01")
        with pytest.raises(NaiveDatetimeError) as caught:
            Entry("receive", NINE.replace(tzinfo=None))
        assert caught.value.moment == NINE.replace(tzinfo=None)

    def test_of_an_actor_without_role_and_unit_says_neither(self):
        actor = Actor("Somchai")
        assert (actor.role, actor.unit) == (None, None)
        assert Entry.made_by(actor, "receive", NINE) == Entry("receive", NINE, "Somchai", None, None, None, "")

    def test_of_a_mere_name_says_that_nothing_more_is_known(self):
        assert Entry.made_by("Somchai", "receive", NINE) == Entry("receive", NINE, "Somchai", None, None, None, "")

    def test_that_leaves_things_unsaid_is_not_one_that_says_there_is_nothing(self):
        unsaid, nothing = Entry("receive", NINE), Entry("receive", NINE, None, None, None, None, "")
        assert unsaid != nothing
        assert (repr(unsaid.by), bool(unsaid.by), nothing.by) == ("UNSAID", False, None)
        for twin in (copy.deepcopy(unsaid), pickle.loads(pickle.dumps(unsaid)), evolve(unsaid)):  # noqa: S301 - our own
            assert twin == unsaid
        first, second = (LOAN.replay(LETTER, [entry]) for entry in (unsaid, nothing))
        assert first == second
        assert first.history[0] == Step("receive", NINE, state="shelved")

    @pytest.mark.parametrize("each", ["by", "unit", "role", "note", "trigger"])
    def test_is_told_in_text(self, each):
        for made in (Entry, Step):
            said = {"trigger": "receive", "at": NINE} | ({"state": "shelved"} if made is Step else {})
            for wrong in (5, b"Somchai", True, ["Somchai"]):
                with pytest.raises(TypeError, match="is no text; write it as text"):
                    made(**said | {each: wrong})
            with pytest.raises(TypeError):
                evolve(made(**said), **{each: 5})
        for wrong in (0, "", "2019-10-01", 1.5):
            with pytest.raises(TypeError, match="is no moment"):
                Entry("receive", NINE, recorded=wrong)

    def test_is_done_by_names_as_names_are_compared(self):
        class Role(StrEnum):
            CLERK = "clerk"

        entry = Entry("receive", NINE, " Somchai  Dee ", "GA ", role=Role.CLERK)
        assert (entry.by, entry.unit, entry.role, type(entry.role)) == ("Somchai Dee", "GA", "clerk", str)
        assert Actor("Somchai ", " clerk", "GA\u00a0") == Actor("Somchai", "clerk", "GA")
        assert Right(" clerk", "GA ").covers(Entry("receive", NINE, "A", "GA", role="clerk"))
        for unseen in ("GA\u200e", "G\x00A", "\u202eGA", "GA\x1b[31m"):
            for made, said in ((Actor, (unseen,)), (Right, (unseen,)), (Entry, ("receive", NINE, unseen))):
                with pytest.raises(LetterError, match="has a character that nobody sees, U\\+"):
                    made(*said)
        with pytest.raises(LetterError, match="say None for any"):
            Right("")
        with pytest.raises(TypeError, match="does not act for 'Secretary'"):
            Entry.made_by(CLERK, "receive", NINE, unit="Secretary")
        assert Entry.made_by(CLERK, "receive", NINE, unit=" GA").unit == "GA"


class TestALetterThatCannotMove:
    def test_for_its_correction_says_when_that_was_written(self):
        case = LOAN.open(LETTER, at=NINE).apply("lend", at=later(1))
        case = case.correct({1: Entry("lend", later(2))}, by="Somchai", why="an hour late", recorded=EVENING)
        strict = evolve(LOAN, may_correct=[Right("head")])
        with pytest.raises(MigrationError) as caught:
            migrate([case], strict)
        assert [str(stuck) for stuck in caught.value.stuck] == [
            "8395/2562 (correct at 2019-10-01 18:00:00+00:00: Somchai may not; it takes head)"
        ]

    def test_says_every_reason(self):
        case = LOAN.open(LETTER, at=NINE).apply("lend", at=later(1))
        lines = [
            Transition("lend", "shelved", "lent", may=[Right("head")], guards=[for_its_unit]),
            *LOAN.transitions[1:],
        ]
        with pytest.raises(MigrationError) as caught:
            migrate([case], evolve(LOAN, transitions=lines))
        assert [str(stuck) for stuck in caught.value.stuck] == [
            (
                "8395/2562 (lend at 2019-10-01 10:00:00+00:00: nobody named may not; it takes head; "
                "the letter is for Secretary Group)"
            )
        ]
