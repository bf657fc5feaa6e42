"""LetterDataLaws: what must hold of a letter's receipt, its data, and who acts for whom; `WorkflowLaws` has them."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from attrs import evolve, fields
from hypothesis import strategies as st

from docflow.errors import RefusedError
from docflow.instants import local
from docflow.letters import Actor, Case, Deputy, Letter, events, replay_events
from docflow.letters.writing import written
from docflow.testing.drawn_cases import DrawnCases
from docflow.testing.laws import in_utc, law, shown
from docflow.testing.letter_data_strategies import PRINCIPAL, amendments, attributes, fits, fitted, misfits
from docflow.testing.letter_strategies import HOUR, OPENED, STRANGER, attempts, entitled, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hypothesis.strategies import DataObject

    from docflow.letters.letter import Value
    from docflow.letters.process import Process

__all__ = ["LetterDataLaws"]

DEPUTED = "a step that a deputy takes"
AMENDED = "an amendment that is made"
FIELDS = [one.name for one in fields(Letter)]


class LetterDataLaws(DrawnCases):
    """The laws about receipts, deputies, amendments and attributes, which `WorkflowLaws` inherits."""

    @law
    def test_nobody_opens_a_case_without_the_right(self, data: DataObject) -> None:
        """A stranger and nobody may open one exactly when anybody may."""
        workflow = self._workflow(data)
        letter = data.draw(fitted(workflow, self._letter(data)), label="letter")
        for by in (STRANGER, Actor("")):
            try:
                case = workflow.open(letter, at=OPENED, by=by)
            except RefusedError as error:
                assert workflow.may_open
                assert {refusal.kind for refusal in error.refusals} <= {"wrong role", "wrong unit"}
            else:
                assert case.state == workflow.initial
                assert not workflow.may_open or any(right.covers(case.history[0]) for right in workflow.may_open)

    @law
    def test_both_names_of_a_deputy_are_kept(self, data: DataObject) -> None:
        """In log, streams and pickles; in the period a deputy may what the other may, and outside it nothing."""
        case = self._case(data)
        entry = data.draw(attempts(case), label="attempt")
        person = Actor(PRINCIPAL, entry.role, entry.unit)
        since = in_utc(entry.at) + data.draw(st.sampled_from((-2, -2, -1, 0, 0, 1)), label="since") * HOUR
        until = data.draw(st.none() | st.sampled_from((1, 2, 3)).map(lambda n: since + n * HOUR), label="until")
        deputy = Deputy("Somying", acts_for=person, since=since, until=until)
        acts = since <= in_utc(entry.at) and (until is None or in_utc(entry.at) < until)
        words = words_of(entry)
        own, reasons = (
            {one.kind for one in case.refusals(entry.trigger, **words | {"by": by})} for by in (person, deputy)
        )
        assert reasons - {"guard"} == own - {"guard"} | (set() if acts else {"no deputy then"})
        if reasons:
            shown(DEPUTED, not case.workflow.transitions)
            return
        shown(DEPUTED, met=True)
        after = case.apply(entry.trigger, **words | {"by": deputy})
        told = [
            replay_events(case.workflow, events([after], log=log), [case.letter], log=log).cases[0]
            for log in ((True, False) if after.log == after.history else (True,))
        ]
        for one in (after, *told, pickle.loads(pickle.dumps(after)), Case(after.workflow, after.letter, after.log)):  # noqa: S301 - our own
            step = one.history[-1]
            assert (step.by, step.acting_for) == ("Somying", PRINCIPAL)
            assert (step.role, step.unit) == (entry.role, entry.unit)

    @law
    def test_what_was_known_of_a_letter_never_changes(self, data: DataObject) -> None:
        """`as_recorded` knows no later amendment, and the letter now is what was received with all that was amended."""
        case = self._case(data)
        known: list[tuple[datetime, Case]] = []
        for _ in range(data.draw(st.integers(1, 3), label="amendments")):
            changes = data.draw(amendments(case), label="changes")
            recorded = _latest(case) + data.draw(st.integers(0, 2), label="hours later") * HOUR
            expected = {called: getattr(case.letter, called) for called in FIELDS} | changes
            named = {**case.letter.attributes, **changes.get("attributes", {})}
            expected["attributes"] = {called: value for called, value in named.items() if value is not None}
            before = case
            try:
                case = case.amend(
                    by=entitled(case.workflow.may_correct), why="a slip of the pen", recorded=recorded, **changes
                )
            except RefusedError:
                continue
            assert {called: getattr(case.letter, called) for called in FIELDS} == expected
            assert (case.history, case.log[:-1]) == (before.history, before.log)
            assert case.received == before.received
            known.append((recorded, before))
        shown(AMENDED, known)
        for recorded, before in known:
            moment = recorded - timedelta(microseconds=1)
            assert case.as_recorded(moment) == before.as_recorded(moment)
        assert case.as_recorded(_latest(case)) == case
        rows = tuple(events([case], log=True))
        for letter in (case.received, case.letter):
            assert Case(case.workflow, letter, case.log) == case
            assert replay_events(case.workflow, rows, [letter], log=True).cases == (case,)
        twin = pickle.loads(pickle.dumps(case))  # noqa: S301 - our own
        assert (twin, twin.letter, twin.received) == (case, case.letter, case.received)

    @law
    def test_an_amendment_is_made_or_refused_with_reasons(self, data: DataObject) -> None:
        """A name with the right to correct, a reason, a difference, and a letter as declared; else all stays."""
        case = self._case(data)
        before = copy.deepcopy(case)
        changes = data.draw(amendments(case), label="changes")
        head = entitled(case.workflow.may_correct)
        by = data.draw(st.sampled_from((head, head, head, STRANGER, Actor(""))), label="by")
        why = data.draw(st.sampled_from((*["a slip of the pen"] * 3, " ")), label="why")
        recorded = _latest(case) + data.draw(st.sampled_from((0, 0, 1, -1)), label="hours later") * HOUR
        given = {**case.letter.attributes, **changes.get("attributes", {})}
        given = {called: value for called, value in given.items() if value is not None}
        other = changes | ({"attributes": given} if "attributes" in changes else {})
        may = case.workflow.may_correct
        legal = (
            bool(why.strip() and by.name)
            and (not may or any(right.role in (None, by.role) and right.unit in (None, by.unit) for right in may))
            and recorded >= _latest(case)
            and any(getattr(case.letter, called) != value for called, value in other.items())
            and _as_declared(case.workflow, given)
        )
        try:
            after = case.amend(by=by, why=why, recorded=recorded, **changes)
        except RefusedError as error:
            assert error.refusals
            assert not legal
        else:
            assert legal
            assert len(after.log) == len(case.log) + 1
            assert (after.log[-1].by, after.log[-1].role, after.log[-1].unit) == (by.name, by.role, by.unit)
        assert (case, case.letter, case.log) == (before, before.letter, before.log)

    @law
    def test_attributes_are_what_was_declared(self, data: DataObject) -> None:
        """A letter is received exactly when each is declared, of its kind, among the choices, and none is missing."""
        workflow = self._workflow(data)
        letter = data.draw(fitted(workflow, self._letter(data)), label="letter")
        declared = workflow.attributes
        given = data.draw(attributes(declared) | misfits(declared), label="attributes")
        try:
            case = workflow.open(evolve(letter, attributes=given), at=OPENED, by=entitled(workflow.may_open))
        except RefusedError as error:
            kinds = {refusal.kind for refusal in error.refusals}
            assert kinds <= {"unknown attribute", "wrong attribute", "missing attribute"}
            assert not _as_declared(workflow, given)
        else:
            assert _as_declared(workflow, given)
            assert {called: (type(value), value) for called, value in case.letter.attributes.items()} == {
                called: (type(value), value) for called, value in given.items()
            }


def _latest(case: Case) -> datetime:
    return local(max(map(written, case.log)), UTC)


def _as_declared(workflow: Process, given: Mapping[str, Value]) -> bool:
    known = {one.name: one for one in workflow.attributes}
    needed = {one.name for one in workflow.attributes if one.required}
    return needed <= set(given) <= set(known) and all(fits(known[called], value) for called, value in given.items())
