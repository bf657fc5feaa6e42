"""WorkflowLaws: what must hold of any workflow and of every case of it."""

from __future__ import annotations

import copy
import pickle
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, cast

from attrs import evolve

from docflow.errors import RefusedError
from docflow.letters import Actor, Right, Workflow, engine, events, migrate, replay_events
from docflow.letters.steps import EPOCH, Correction, since
from docflow.testing.laws import drawn, law
from docflow.testing.letter_strategies import attempts, cases, corrections

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

    from docflow.letters import Case
    from docflow.letters.log import Record
    from docflow.letters.steps import Act

__all__ = ["WorkflowLaws"]

SECOND = timedelta(seconds=1)


class WorkflowLaws:
    """Subclass it and name your workflow: pytest then searches for a passage that breaks a law.

    >>> from docflow.bangkok import COMPLAINT
    >>> class TestOurComplaints(WorkflowLaws):
    ...     workflow = COMPLAINT
    >>> TestOurComplaints().test_the_log_replayed_is_the_case()

    `workflow` may be a strategy. Steps are tried by actors who have the rights that the table names; guards of your own
    are called with them, so they must be functions of the case and the entry alone.
    """

    workflow: ClassVar[Workflow | SearchStrategy[Workflow]]

    @law
    def test_machine_and_table_accept_the_same_steps_and_come_to_the_same_states(self, data: DataObject) -> None:
        """For every state and every trigger, known or not; and nothing else is allowed."""
        workflow = self._workflow(data)
        for state in workflow.states:
            for trigger in (*workflow.triggers, "no such trigger"):
                onward = workflow.destination(state, trigger)
                assert engine.accepts(workflow, state, trigger) == (onward is not None)
                assert (trigger in workflow.allowed(state)) == (onward is not None)
                if onward is not None:
                    assert engine.fire(workflow, state, trigger) == onward

    @law
    def test_every_state_is_reached_and_every_letter_can_come_to_an_end(self, data: DataObject) -> None:
        """Walking at random for long enough sees every state; from each, some walk ends in a final one."""
        workflow = self._workflow(data)
        ways = {state: {workflow.destination(state, t) for t in workflow.allowed(state)} for state in workflow.states}
        for state in workflow.states:
            assert state in _reached(workflow.initial, ways)
            if workflow.ends:
                assert set(workflow.ends) & _reached(state, ways)
            else:
                assert ways[state]

    @law
    def test_the_log_replayed_is_the_case(self, data: DataObject) -> None:
        """A case's state is the replay of its history, whatever was corrected."""
        case = self._case(data)
        twin = case.workflow.replay(case.letter, case.log)
        assert twin == case
        assert twin.history == case.history
        assert twin.state == case.state

    @law
    def test_a_history_goes_by_the_table_and_forward_in_time(self, data: DataObject) -> None:
        """Each step leads where the table says, from the receipt on, and none is before the one above it."""
        case = self._case(data)
        assert (case.history[0].trigger, case.history[0].state) == (case.workflow.opening, case.workflow.initial)
        for before, step in pairwise(case.history):
            assert case.workflow.destination(before.state, step.trigger) == step.state
            assert since(before.at) <= since(step.at)

    @law
    def test_a_step_is_refused_with_reasons_or_taken_and_a_refusal_leaves_the_case_as_it_was(
        self, data: DataObject
    ) -> None:
        """`refusals` says nothing exactly when `apply` takes the step."""
        case = self._case(data)
        before = copy.deepcopy(case)
        entry = data.draw(attempts(case), label="attempt")
        by = _actor(entry)
        reasons = case.refusals(entry.trigger, at=entry.at, by=by, recorded=entry.recorded)
        try:
            after = case.apply(entry.trigger, at=entry.at, by=by, recorded=entry.recorded)
        except RefusedError as error:
            assert reasons
            assert error.refusals == reasons
        else:
            assert reasons == ()
            assert after.log == (*case.log, after.history[-1])
            assert after.state == case.workflow.destination(case.state, entry.trigger)
        assert case == before

    @law
    def test_what_is_allowed_is_what_is_not_refused(self, data: DataObject) -> None:
        """For whoever asks."""
        case = self._case(data)
        entry = data.draw(attempts(case), label="attempt")
        by = _actor(entry)
        allowed = tuple(trigger for trigger in case.workflow.triggers if not case.refusals(trigger, by=by))
        assert set(case.allowed(by=by)) == set(allowed)
        assert set(allowed) <= set(case.allowed())

    @law
    def test_a_correction_stands_below_what_it_corrects(self, data: DataObject) -> None:
        """The log only grows, by one record for each thing corrected; a refused correction changes nothing."""
        case = self._case(data)
        before = copy.deepcopy(case)
        changes, missed, recorded = data.draw(corrections(case), label="correction")
        head = _entitled(case.workflow)
        try:
            after = case.correct(changes, missed=missed, by=head, why="a slip of the pen", recorded=recorded)
        except RefusedError as error:
            assert error.refusals
        else:
            new = after.log[len(case.log) :]
            assert after.log[: len(case.log)] == case.log
            assert len(new) == len(changes) + len(missed)
            assert all(isinstance(record, Correction) and record.why for record in new)
            assert after.as_recorded(recorded - SECOND) == case.as_recorded(recorded - SECOND)
        assert case == before

    @law
    def test_the_past_never_sees_what_came_later(self, data: DataObject) -> None:
        """`as_of` is the history up to a moment, `as_recorded` what was known at it; at the end they are all."""
        case = self._case(data)
        moment = data.draw(attempts(case), label="moment").at
        as_of, known = case.as_of(moment), case.as_recorded(moment)
        seen = () if as_of is None else as_of.history
        assert [(step.trigger, step.at, step.state) for step in seen] == [
            (step.trigger, step.at, step.state) for step in case.history[: len(seen)]
        ]
        assert as_of is None or case.workflow.replay(as_of.letter, as_of.log) == as_of
        assert all(since(step.at) <= since(moment) for step in seen)
        assert all(since(step.at) > since(moment) for step in case.history[len(seen) :])
        log = () if known is None else known.log
        assert log == case.log[: len(log)]
        assert all(_written(record) <= since(moment) for record in log)
        assert log == case.log or _written(case.log[len(log)]) > since(moment)
        assert case.as_recorded(EPOCH + max(map(_written, case.log))) == case

    @law
    def test_a_case_is_a_value(self, data: DataObject) -> None:
        """Copies and pickles are equal to it, have its hash, and go on as it does."""
        case = self._case(data)
        for twin in (copy.copy(case), copy.deepcopy(case), pickle.loads(pickle.dumps(case))):  # noqa: S301 - our own
            assert twin == case
            assert hash(twin) == hash(case)
            assert twin.history == case.history
            assert twin.allowed() == case.allowed()

    @law
    def test_events_tell_the_history(self, data: DataObject) -> None:
        """A stream of events, read again, gives the same steps."""
        case = self._case(data)
        rows = tuple(events([case]))
        told = replay_events(case.workflow, rows, {case.number: case.letter})
        assert told.refused == ()
        assert [(s.trigger, s.at, s.by, s.role, s.unit, s.state) for s in told.cases[0].history] == [
            (s.trigger, s.at, s.by, s.role, s.unit, s.state) for s in case.history
        ]
        assert [row.happened for row in rows] == [step.at for step in case.history]

    @law
    def test_a_new_version_of_the_same_table_moves_every_case(self, data: DataObject) -> None:
        """With the same log and the same history."""
        case = self._case(data)
        new = evolve(case.workflow, version=f"{case.workflow.version}, renewed")
        (moved,) = migrate([case], new)
        assert (moved.workflow, moved.letter, moved.log, moved.history) == (new, case.letter, case.log, case.history)

    @law
    def test_a_bound_machine_walks_the_same_way(self, data: DataObject) -> None:
        """A `transitions` machine for a model of one's own, made of the same table, passes through the same states."""
        case = self._case(data)
        model = _Model()
        case.workflow.machine(model)
        for step in case.history[1:]:
            assert model.trigger(step.trigger, at=step.at, by=_actor(step))
            assert model.state == step.state
            for trigger in case.workflow.triggers[1:]:
                known = case.workflow.destination(step.state, trigger) is not None
                assert known or not model.may_trigger(trigger, at=step.at, by=_actor(step))

    @law
    def test_pauses_lie_apart_and_in_waiting_states(self, data: DataObject) -> None:
        """In order of time; outside them the letter is in a state that does not wait."""
        case = self._case(data)
        until = case.history[-1].at + SECOND
        pauses = case.pauses(until)
        assert all(since(start) <= since(stop) for start, stop in pauses)
        assert all(since(before[1]) <= since(after[0]) for before, after in pairwise(pauses))
        stops = [*(step.at for step in case.history[1:]), until]
        for step, stop in zip(case.history, stops, strict=True):
            within = any(since(start) <= since(step.at) and since(stop) <= since(end) for start, end in pauses)
            assert within or step.state not in case.workflow.waiting
            assert not within or step.state in case.workflow.waiting or step.at == stop

    def _workflow(self, data: DataObject) -> Workflow:
        return cast("Workflow", drawn(data, self, "workflow"))

    def _case(self, data: DataObject) -> Case:
        return data.draw(cases(self._workflow(data)), label="case")


class _Model:
    """A model as somebody who lives in `transitions` writes one."""

    state: str

    if TYPE_CHECKING:

        def trigger(self, name: str, **said: object) -> bool: ...
        def may_trigger(self, name: str, **said: object) -> bool: ...


def _actor(entry: Act) -> Actor:
    return Actor(entry.by or "", entry.role, entry.unit)


def _written(record: Record) -> timedelta:
    if isinstance(record, Correction) or record.recorded is not None:
        return since(cast("datetime", record.recorded))
    return since(record.at)


def _entitled(workflow: Workflow) -> Actor:
    able = next(iter(workflow.may_correct), Right())
    return Actor("Somsri", able.role, able.unit)


def _reached(state: str, ways: dict[str, set[str | None]]) -> set[str | None]:
    found: set[str | None] = {state}
    for _ in ways:
        found |= {onward for one in found if one is not None for onward in ways[one]}
    return found
