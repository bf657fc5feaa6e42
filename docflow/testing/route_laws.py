"""RouteLaws: what must hold wherever a step could lead to several states, and when two write about one letter."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import evolve
from hypothesis import strategies as st

from docflow.errors import RefusedError
from docflow.letters import Case, hold_and_resume, successor
from docflow.testing.drawn_cases import DrawnCases
from docflow.testing.laws import applies, law, shown
from docflow.testing.letter_strategies import attempts, cases, tried, words_of

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

    from docflow.letters import Entry

__all__ = ["RouteLaws"]

ASIDE: Final = "put aside"
HOLD: Final = "put it aside"
RESUME: Final = "take it up"


class RouteLaws(DrawnCases):
    """The laws about steps with several destinations, holding, and two writers, which `WorkflowLaws` inherits.

    >>> from docflow.bangkok import COMPLAINT
    >>> class TestOurComplaints(RouteLaws):
    ...     workflow = COMPLAINT
    >>> TestOurComplaints().test_no_step_has_two_destinations()
    """

    @law
    def test_no_step_has_two_destinations(self, data: DataObject) -> None:
        """In whatever order the lines of a table are written, a log tells the same history, and a step leads alike."""
        case = self._case(data)
        lines = data.draw(st.permutations(case.workflow.transitions), label="lines in another order")
        twin = Case(evolve(case.workflow, transitions=lines), case.letter, case.log)
        assert twin.history == case.history
        entry = data.draw(attempts(case), label="attempt")
        assert _outcome(twin, entry) == _outcome(case, entry)

    @law
    def test_a_letter_that_is_held_goes_on_where_it_was(self, data: DataObject) -> None:
        """From any state that is not final, however often it is held and whatever is corrected in between."""
        workflow = self._workflow(data)
        underway = [state for state in workflow.states if state not in workflow.ends]
        if not applies("a state in which a letter can be held", underway):
            return
        lines = hold_and_resume(underway, ASIDE, hold=HOLD, resume=RESUME)
        patient = evolve(workflow, transitions=[*workflow.transitions, *lines], waiting=[*workflow.waiting, ASIDE])
        case = data.draw(cases(patient, self._letter(data)), label="case")
        held: list[str] = []
        for before, step in pairwise(case.history):
            if step.trigger == HOLD:
                held.append(before.state)
            elif step.trigger == RESUME:
                assert step.state == held.pop()
        shown("a letter that can be held", case.state in underway)
        if case.state in underway:
            last = case.history[-1].at
            assert case.apply(HOLD, at=last).apply(RESUME, at=last).state == case.state

    @law
    def test_of_two_who_write_at_once_the_second_is_refused(self, data: DataObject) -> None:
        """What one has written goes on from what is there; what another wrote on the same page no longer does."""
        case = self._case(data)
        one, other = (tried(data.draw, case) for _ in range(2))
        assert successor(case, one) == one
        assert successor(one, one) == one
        try:
            written = successor(one, other)
        except RefusedError as error:
            assert error.refusals
            assert other.log[: len(one.log)] != one.log
        else:
            assert written == other
            assert written.log[: len(one.log)] == one.log


def _outcome(case: Case, entry: Entry) -> object:
    """Where a step leads, or the kinds of reasons why not."""
    try:
        return case.apply(entry.trigger, **words_of(entry)).state
    except RefusedError as error:
        return {refusal.kind for refusal in error.refusals}
