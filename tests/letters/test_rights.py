from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from docflow import Actor, Letter, Right, Transition, Workflow
from docflow.bangkok import (
    GENERAL_ADMINISTRATION,
    INCOMING_EXTERNAL_LETTER,
    RIGHTS,
    SECRETARY_GROUP,
    WORKFLOWS,
    with_rights,
)
from docflow.errors import RefusedError, WorkflowError
from docflow.letters import Entry, Refusal

NINE = datetime(2019, 10, 1, 9, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
LETTER = Letter(number="8395/2562", unit=SECRETARY_GROUP)
REGISTRAR = Actor("Somchai", "registrar", GENERAL_ADMINISTRATION)
OTHER_REGISTRAR = Actor("Somying", "registrar", SECRETARY_GROUP)
OFFICER = Actor("Somsak", "officer", SECRETARY_GROUP)


def meant_for_this_unit(case, entry):
    """A guard as an office writes one: the letter goes to the unit that is named responsible for it."""
    return None if entry.unit == case.letter.unit else f"the letter is for {case.letter.unit}"


def not_twice(case, entry):
    done = [step for step in case.history if step.trigger == entry.trigger]
    return f"it was handed over at {done[-1].at:%H:%M} already" if done else None


def table(*guards, may=()):
    return Workflow(
        "guarded",
        initial="registered",
        transitions=[
            Transition("hand_over", "registered", "taken_over", guards=guards, may=may),
            Transition("return", "taken_over", "registered"),
        ],
    )


class TestRights:
    strict = with_rights(INCOMING_EXTERNAL_LETTER)

    def test_say_who_may_do_what(self):
        case = self.strict.open(LETTER, at=NINE, by=REGISTRAR)
        assert case.allowed() == ("hand_over", "cancel")
        assert case.allowed(by=REGISTRAR) == ("hand_over", "cancel")
        assert case.allowed(by=OTHER_REGISTRAR) == ("hand_over",)
        assert case.allowed(by=OFFICER) == case.allowed(by="Somchai") == ()

    def test_refuse_who_has_another_role(self):
        case = self.strict.open(LETTER, at=NINE, by=REGISTRAR)
        with pytest.raises(RefusedError) as caught:
            case.apply("hand_over", at=TEN, by=OFFICER)
        (refusal,) = caught.value.refusals
        assert refusal.kind == "wrong role"
        assert str(refusal) == f"Somsak (officer of {SECRETARY_GROUP}) may not; it takes registrar"
        assert case.state == "registered"

    def test_refuse_who_has_the_role_in_another_unit(self):
        with pytest.raises(RefusedError) as caught:
            self.strict.open(LETTER, at=NINE, by=OTHER_REGISTRAR)
        assert [refusal.kind for refusal in caught.value.refusals] == ["wrong unit"]

    def test_refuse_who_is_not_named_and_who_is_only_a_name(self):
        case = self.strict.open(LETTER, at=NINE, by=REGISTRAR)
        for by in (None, "Somchai"):
            (refusal,) = case.refusals("hand_over", at=TEN, by=by)
            assert refusal.kind == "wrong role"
        assert "nobody named may not" in str(case.refusals("hand_over")[0])

    def test_may_be_of_a_unit_whatever_the_role(self):
        case = table(may=[Right(unit="A")]).open(LETTER, at=NINE)
        assert case.refusals("hand_over", by=Actor("Somchai", "driver", "A")) == ()
        assert [refusal.kind for refusal in case.refusals("hand_over", by=Actor("Somchai", "driver", "B"))] == [
            "wrong unit"
        ]
        assert case.apply("hand_over", at=TEN, by="Somchai", unit="A").state == "taken_over"

    def test_cannot_be_got_round_by_naming_another_unit(self):
        case = table(may=[Right("clerk", "A")]).open(LETTER, at=NINE)
        with pytest.raises(TypeError, match="Somchai \\(clerk of B\\) does not act for 'A'"):
            case.apply("hand_over", at=TEN, by=Actor("Somchai", "clerk", "B"), unit="A")

    def test_are_nobodys_who_is_not_named(self):
        case = table(may=[Right(unit="A")]).open(LETTER, at=NINE)
        for by in (None, "", Actor("", "clerk", "A"), Actor("  ", "clerk", "A")):
            assert [refusal.kind for refusal in case.refusals("hand_over", by=by, unit="A")] == ["wrong unit"]

    @pytest.mark.parametrize("may", ["officer", ["officer"], [Actor("x")], Right("officer"), 3])
    def test_that_are_none_are_refused_when_they_are_given(self, may):
        with pytest.raises(TypeError, match='Right\\("registrar"\\)'):
            Transition("go", "a", "b", may=may)
        with pytest.raises(TypeError, match='Right\\("registrar"\\)'):
            evolve(table(), may_correct=may)

    def test_hold_when_a_register_is_replayed(self):
        entries = [Entry("receive", NINE, "Somchai", GENERAL_ADMINISTRATION, role="registrar"), Entry("hand_over", TEN)]
        with pytest.raises(RefusedError, match="cannot hand_over 8395/2562: nobody named may not"):
            self.strict.replay(LETTER, entries)
        entries[1] = Entry("hand_over", TEN, "Somying", SECRETARY_GROUP, role="registrar")
        assert self.strict.replay(LETTER, entries).history[-1].role == "registrar"

    def test_are_told_with_every_other_reason(self):
        case = self.strict.open(LETTER, at=TEN, by=REGISTRAR)
        kinds = [refusal.kind for refusal in case.refusals("hand_over", at=NINE, by=OFFICER)]
        assert kinds == ["wrong role", "time runs backwards"]

    def test_are_given_to_triggers_that_exist(self):
        with pytest.raises(WorkflowError, match="it has no trigger 'shred'; grant what it has"):
            INCOMING_EXTERNAL_LETTER.permitting({"shred": [Right("registrar")]})

    @pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
    def test_of_the_office_are_named_for_every_step_of_every_process(self, workflow):
        assert set(RIGHTS[workflow.name]) == set(workflow.triggers)
        strict = with_rights(workflow)
        assert strict.may_open
        assert all(line.may for line in strict.transitions)
        assert strict.may_correct
        assert [line.destination for line in strict.transitions] == [line.destination for line in workflow.transitions]

    def test_of_the_office_keep_everybody_else_from_correcting(self):
        case = self.strict.open(LETTER, at=NINE, by=REGISTRAR)
        forged = [Entry("hand_over", TEN, "The Governor", role="registrar")]
        for by in ("Somchai", OFFICER):
            with pytest.raises(RefusedError) as caught:
                case.correct({}, missed=forged, by=by, why="x", recorded=TEN)
            assert [refusal.kind for refusal in caught.value.refusals] == ["wrong role"]
        assert case.correct({}, missed=forged, by=REGISTRAR, why="left out", recorded=TEN).state == "taken_over"
        with pytest.raises(WorkflowError, match="the office's rights are those of incoming external letter, internal"):
            with_rights(table())

    def test_that_are_not_named_again_stay(self):
        again = self.strict.permitting({"reopen": [Right("registrar")]})
        assert (again.may_correct, again.may_open) == (self.strict.may_correct, self.strict.may_open)
        assert again.permitting({}, may_correct=[]).may_correct == ()

    def test_say_who_may_correct(self):
        workflow = evolve(table(), may_correct=[Right("head")])
        case = workflow.open(LETTER, at=NINE, by="Somchai")
        change = {0: Entry("receive", NINE - timedelta(minutes=1))}
        with pytest.raises(RefusedError) as caught:
            case.correct(change, by=REGISTRAR, why="a minute late", recorded=TEN)
        assert [refusal.kind for refusal in caught.value.refusals] == ["wrong role"]
        assert (
            case.correct(change, by=Actor("Somsri", "head"), why="a minute late", recorded=TEN).log[-1].role == "head"
        )


class TestAGuard:
    def test_gives_the_reason_why_not(self):
        case = table(meant_for_this_unit).open(LETTER, at=NINE)
        assert case.refusals("hand_over", unit="Complaints") == (
            Refusal("guard", f"the letter is for {SECRETARY_GROUP}"),
        )
        assert case.refusals("hand_over", unit=SECRETARY_GROUP) == ()
        with pytest.raises(RefusedError, match="cannot hand_over 8395/2562: the letter is for"):
            case.apply("hand_over", at=TEN)

    def test_is_asked_together_with_the_others(self):
        case = table(meant_for_this_unit, not_twice).open(LETTER, at=NINE)
        case = case.apply("hand_over", at=TEN, unit=SECRETARY_GROUP).apply("return", at=TEN)
        reasons = [str(refusal) for refusal in case.refusals("hand_over", at=TEN, unit="Complaints")]
        assert reasons == [f"the letter is for {SECRETARY_GROUP}", "it was handed over at 10:00 already"]
        assert case.allowed() == ("hand_over",)
        assert case.allowed(unit=SECRETARY_GROUP) == ()

    def test_sees_the_case_as_it_stood_when_a_register_is_replayed(self):
        seen = []

        def look(case, entry):
            seen.append((case.state, len(case.history), entry.trigger))

        entries = [Entry(trigger, NINE) for trigger in ("receive", "hand_over", "return", "hand_over")]
        table(look).replay(LETTER, entries)
        assert seen == [("registered", 1, "hand_over"), ("registered", 3, "hand_over")]
        with pytest.raises(RefusedError, match="it was handed over at 09:00 already"):
            table(not_twice).replay(LETTER, entries)

    @pytest.mark.parametrize("answer", [True, False, 0, "", ["no"]])
    def test_answers_in_words_or_with_none(self, answer):
        case = table(lambda _case, _entry: answer).open(LETTER, at=NINE)
        with pytest.raises(TypeError, match="it gives a reason in words to refuse, None to let pass"):
            case.apply("hand_over", at=TEN)
        assert case.state == "registered"

    def test_that_breaks_changes_nothing(self):
        case = table(lambda _case, _entry: 1 / 0).open(LETTER, at=NINE)
        with pytest.raises(ZeroDivisionError):
            case.apply("hand_over", at=TEN)
        assert case == table(*case.workflow.transitions[0].guards).open(LETTER, at=NINE)


class TestAnActor:
    def test_says_who_acts_and_as_what(self):
        assert str(Actor("Somying")) == "Somying"
        assert str(Actor("Somying", "registrar")) == "Somying (registrar)"
        assert str(Actor("Somying", unit="GA")) == "Somying (GA)"
        assert str(Right()) == "anybody"

    def test_leaves_role_and_unit_in_the_step(self):
        step = table().open(LETTER, at=NINE, by=Actor("Somying", "clerk", "GA"), note="by messenger").history[0]
        assert (step.by, step.role, step.unit, step.note) == ("Somying", "clerk", "GA", "by messenger")

    def test_without_a_unit_acts_where_it_is_said(self):
        step = table().open(LETTER, at=NINE, by=Actor("Somying", "clerk"), unit="GA").history[0]
        assert (step.role, step.unit) == ("clerk", "GA")
