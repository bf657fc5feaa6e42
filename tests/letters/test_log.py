from datetime import timedelta

import pytest
from attrs import evolve
from small_tables import CLERK, EVENING, GUARDED, LETTER, LOAN, NINE, later, opened

from docflow import Letter, Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import RefusedError
from docflow.letters import Case, Entry, events, replay_events


class TestTheLog:
    def test_is_the_history_until_something_is_corrected(self):
        case = opened().apply("hand_over", at=later(1))
        assert case.log is case.history

    def test_is_the_case_and_nobody_puts_a_history_in_by_hand(self):
        case = opened().apply("hand_over", at=later(1))
        other = opened().apply("cancel", at=later(1))
        assert Case(case.workflow, case.letter, list(case.log)) == case == evolve(other, log=case.log)
        assert evolve(other, log=case.log).state == "taken_over"
        with pytest.raises(TypeError, match="history"):
            evolve(case, history=other.history)
        with pytest.raises(TypeError, match="history"):
            Case(case.workflow, case.letter, case.log, history=other.history)

    def test_that_is_not_legal_makes_no_case_however_it_is_tried(self):
        case = opened().apply("hand_over", at=later(1))
        for log in ((), case.log[1:], (*case.log, case.log[0])):
            with pytest.raises(RefusedError):
                Case(case.workflow, case.letter, log)
            with pytest.raises(RefusedError):
                evolve(case, log=log)
        made, said = case.__reduce__()
        with pytest.raises(RefusedError):
            made(*said[:2], case.log[1:])
        with pytest.raises(RefusedError):
            evolve(case, workflow=LOAN)

    def test_is_kept_from_whoever_gave_it(self):
        log = list(opened().log)
        case = Case(INCOMING_EXTERNAL_LETTER, LETTER, log)
        log.clear()
        assert (len(case.log), len(case.history), hash(case)) == (1, 1, hash(opened()))

    def test_keeps_its_corrections_when_the_case_goes_on(self):
        case = opened().apply("hand_over", at=later(1))
        case = case.correct({1: Entry("hand_over", later(2))}, by=CLERK, why="an hour late", recorded=EVENING)
        onward = case.apply("screen", at=EVENING)
        assert onward.log == (*case.log, onward.history[-1])
        assert [step.trigger for step in onward.history] == ["receive", "hand_over", "screen"]

    def test_has_role_and_unit_of_who_corrects(self):
        case = opened().correct({0: Entry("receive", later(-1))}, by=CLERK, why="a slip", recorded=EVENING)
        assert (case.log[-1].by, case.log[-1].role, case.log[-1].unit) == ("Somying", "clerk", "GA")

    @pytest.mark.parametrize("recorded", [later(-1), later(1)])
    def test_that_was_written_before_it_happened_or_before_what_stands_above_is_not_replayed(self, recorded):
        entries = [
            Entry("receive", NINE, recorded=later(3) if recorded > NINE else recorded),
            Entry("hand_over", later(1), recorded=recorded),
        ]
        with pytest.raises(RefusedError) as caught:
            INCOMING_EXTERNAL_LETTER.replay(LETTER, entries)
        assert {refusal.kind for refusal in caught.value.refusals} == {"time runs backwards"}

    def test_begins_with_a_receipt_that_was_not_written_before_it_happened(self):
        with pytest.raises(RefusedError, match="it cannot have been written down"):
            INCOMING_EXTERNAL_LETTER.open(LETTER, at=NINE, recorded=later(-1))

    def test_is_not_replayed_when_a_step_is_written_before_the_correction_above_it(self):
        case = opened().correct({0: Entry("receive", later(-1))}, by=CLERK, why="a slip", recorded=EVENING)
        late = Entry("hand_over", later(1), recorded=later(2))
        with pytest.raises(RefusedError, match="is before the record above it was written"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [*case.log, late])

    def test_is_replayed_when_a_step_and_its_correction_were_written_at_one_moment(self):
        case = opened().apply("hand_over", at=later(1), recorded=EVENING)
        case = case.correct({0: Entry("receive", later(-1))}, by=CLERK, why="a slip", recorded=EVENING)
        twin = INCOMING_EXTERNAL_LETTER.replay(LETTER, case.log)
        assert (twin, twin.history) == (case, case.history)

    def test_with_a_correction_that_is_not_legal_is_not_replayed(self):
        case = opened().apply("hand_over", at=later(1)).correct({1: None}, by=CLERK, why="a slip", recorded=EVENING)
        with pytest.raises(RefusedError, match="cannot correct 8395/2562: record 1 of its log is not in it"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [case.log[0], case.log[2]])

    def test_shows_guards_the_letter_when_it_is_replayed_and_asked_for_what_was_known(self):
        case = GUARDED.open(LETTER, at=NINE).apply("send", at=later(1), unit="Secretary Group")
        assert GUARDED.replay(LETTER, case.log) == case
        assert case.as_recorded(EVENING) == case
        right = Entry("send", later(2), unit="Secretary Group")
        case = case.correct({1: right}, by=CLERK, why="an hour late", recorded=EVENING)
        assert GUARDED.replay(LETTER, case.log) == case.as_recorded(EVENING) == case

    def test_of_the_past_is_of_the_same_letter(self):
        assert opened().as_of(NINE) == opened()


class TestEventsThatWereWrittenLate:
    def test_at_one_moment_are_told_back_as_they_were(self):
        case = opened().apply("hand_over", at=later(1), recorded=EVENING).apply("screen", at=later(2), recorded=EVENING)
        (read,) = replay_events(INCOMING_EXTERNAL_LETTER, events([case]), [LETTER]).cases
        assert read == case
        assert list(events([read])) == list(events([case]))
        assert [step.note for step in read.history] == ["", "", ""]


class TestAHistoryAsALogOfItsOwn:
    table = Workflow(
        "noted",
        initial="registered",
        transitions=[
            Transition("note", "registered", "registered"),
            Transition("check", "registered", "checked"),
            Transition("sign", "checked", "signed"),
        ],
    )

    def test_says_when_a_step_was_written_unless_what_was_put_in_above_it_was_written_later(self):
        hour = timedelta(hours=1)
        case = self.table.open(Letter(number="1"), at=NINE, recorded=NINE + hour).apply("check", at=NINE + 2 * hour)
        case = case.apply("sign", at=NINE + 3 * hour, recorded=NINE + 4 * hour)
        assert case.as_of(NINE + 9 * hour) == case
        case = case.correct({}, missed=[Entry("note", NINE)], by="Somsri", why="left out", recorded=NINE + 5 * hour)
        assert [step.recorded for step in case.history] == [NINE + hour, NINE + 5 * hour, None, NINE + 4 * hour]
        told = case.as_of(NINE + 9 * hour)
        assert [step.recorded for step in told.log] == [NINE + hour, NINE + 5 * hour, None, None]
        assert Case(self.table, told.letter, told.log) == told
        late = self.table.open(Letter(number="1"), at=NINE, recorded=NINE + hour)
        late = late.apply("note", at=NINE, recorded=NINE + hour)
        assert late.as_of(NINE) == late
