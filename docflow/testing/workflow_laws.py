"""WorkflowLaws: what must hold of any workflow and of every case of it."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve
from hypothesis import strategies as st

from docflow.errors import MigrationError, RefusedError, WorkflowError
from docflow.instants import instant, local
from docflow.letters import Actor, Case, Correction, Right, engine, events, migrate, replay_events
from docflow.letters.case import case_of
from docflow.letters.entries import said
from docflow.letters.writing import written
from docflow.testing.laws import law, shown
from docflow.testing.letter_data_laws import LetterDataLaws
from docflow.testing.letter_strategies import (
    CORRECTED,
    STRANGER,
    TAKEN,
    Model,
    attempts,
    cases,
    corrections,
    entitled,
    legal,
    reachable,
    words_of,
)
from docflow.testing.route_laws import RouteLaws

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

__all__ = ["WorkflowLaws"]

SECOND = timedelta(seconds=1)


class WorkflowLaws(RouteLaws, LetterDataLaws):
    """The laws of workflows: subclass it with your workflow, and pytest searches for a case that breaks one.

    >>> from docflow.bangkok import COMPLAINT
    >>> from docflow.testing import WorkflowLaws
    >>> class TestOurComplaints(WorkflowLaws):
    ...     workflow = COMPLAINT
    >>> TestOurComplaints().test_the_log_replayed_is_the_case()

    `workflow` is a workflow or a strategy of workflows. `letter` is the letter that is received, or a strategy; name it
    when your guards look at it. Steps are tried by actors who have the rights that the table names, and by others.
    Guards of your own are asked too: they must depend on the case and the step alone, and stand in a module, because
    workflows are pickled.
    """

    @law
    def test_machine_and_table_accept_the_same_steps_and_come_to_the_same_states(self, data: DataObject) -> None:
        """For every state and every trigger, known or not; and nothing else is allowed."""
        workflow = self._workflow(data)
        for state in workflow.states:
            for trigger in (*workflow.triggers, "no such trigger"):
                onward = workflow.destinations(state, trigger)
                assert engine.accepts(workflow, state, trigger) == bool(onward)
                assert (trigger in workflow.allowed(state)) == bool(onward)
                for destination in onward:
                    assert engine.fire(workflow, state, trigger, destination) == destination

    @law
    def test_every_state_is_reached_and_every_letter_can_come_to_an_end(self, data: DataObject) -> None:
        """By the lines alone: the promise of `Workflow` that it has checked this."""
        workflow = self._workflow(data)
        leads = workflow.destinations
        ways = {one: {to for t in workflow.allowed(one) for to in leads(one, t)} for one in workflow.states}
        for state in workflow.states:
            assert state in reachable(workflow.initial, ways)
            assert set(workflow.ends) & reachable(state, ways) if workflow.ends else ways[state]

    @law
    def test_the_log_replayed_is_the_case(self, data: DataObject) -> None:
        """A case's state is the replay of its history, whatever was corrected."""
        case = self._case(data)
        twin = Case(case.workflow, case.letter, case.log)
        assert (twin, twin.history, twin.state) == (case, case.history, case.state)

    @law
    def test_a_history_goes_by_the_table_and_forward_in_time(self, data: DataObject) -> None:
        """Each step leads where the table says, from the receipt on, and none is before the one above it."""
        case = self._case(data)
        shown(TAKEN, len(case.history) > 1 or not case.workflow.transitions)
        assert (case.history[0].trigger, case.history[0].state) == (case.workflow.opening, case.workflow.initial)
        for before, step in pairwise(case.history):
            assert step.state in case.workflow.destinations(before.state, step.trigger)
            assert instant(before.at) <= instant(step.at)

    @law
    def test_a_step_is_taken_or_refused_with_reasons(self, data: DataObject) -> None:
        """`refusals` says nothing exactly when `apply` takes the step; a refusal leaves the case as it was."""
        case = self._case(data)
        before = copy.deepcopy(case)
        entry = data.draw(attempts(case), label="attempt")
        reasons = case.refusals(entry.trigger, **words_of(entry))
        if case.workflow.transitions:
            shown(TAKEN, not reasons or len(case.history) > 1)
        try:
            after = case.apply(entry.trigger, **words_of(entry))
        except RefusedError as error:
            assert reasons
            assert error.refusals == reasons
        else:
            assert reasons == ()
            assert after.log == (*case.log, after.history[-1])
            assert said(after.history[-1]) == said(entry)
            assert after.state in case.workflow.destinations(case.state, entry.trigger)
        assert case == before

    @law
    def test_what_is_allowed_is_what_is_not_refused(self, data: DataObject) -> None:
        """For whoever asks."""
        case = self._case(data)
        entry = data.draw(attempts(case), label="attempt")
        by = words_of(entry)["by"]
        allowed = {trigger for trigger in case.workflow.triggers if not case.refusals(trigger, by=by)}
        assert set(case.allowed(by=by)) == allowed <= set(case.allowed())

    @law
    def test_a_correction_stands_below_what_it_corrects(self, data: DataObject) -> None:
        """The log only grows, by one record for each thing corrected; a refused correction changes nothing."""
        case = self._case(data)
        before = copy.deepcopy(case)
        changes, missed, recorded = data.draw(corrections(case), label="correction")
        head = entitled(case.workflow.may_correct)
        by = data.draw(st.sampled_from((head, head, head, head, STRANGER, Actor(""))), label="by")
        why = data.draw(st.sampled_from((*["a slip of the pen"] * 3, "it was read wrongly", " ")), label="why")
        try:
            after = case.correct(changes, missed=missed, by=by, why=why, recorded=recorded)
        except RefusedError as error:
            assert error.refusals
            shown(CORRECTED, any(isinstance(record, Correction) for record in case.log))
        else:
            shown(CORRECTED, met=True)
            assert why.strip()
            assert by.name
            assert not case.workflow.may_correct or by is not STRANGER or Right() in case.workflow.may_correct
            new = after.log[len(case.log) :]
            assert after.log[: len(case.log)] == case.log
            assert len(new) == len(changes) + len(missed)
            for record in new:
                assert isinstance(record, Correction)
                assert (record.by, record.role, record.unit, record.why) == (by.name, by.role, by.unit, why)
            assert after.as_recorded(recorded - SECOND) == case.as_recorded(recorded - SECOND)
        assert case == before

    @law
    def test_the_past_never_sees_what_came_later(self, data: DataObject) -> None:
        """`as_of` is the history up to a moment, `as_recorded` what was known at it; at the end they are all."""
        case = self._case(data)
        moment = data.draw(attempts(case), label="moment").at
        as_of, known = case.as_of(moment), case.as_recorded(moment)
        seen = () if as_of is None else as_of.history
        for step, same in zip(seen, case.history[: len(seen)], strict=True):
            assert (step.trigger, step.at, step.state) == (same.trigger, same.at, same.state)
        assert as_of is None or Case(case.workflow, as_of.letter, as_of.log) == as_of
        assert all(instant(step.at) <= instant(moment) for step in seen)
        assert all(instant(step.at) > instant(moment) for step in case.history[len(seen) :])
        log = () if known is None else known.log
        assert log == case.log[: len(log)]
        assert all(written(record) <= instant(moment) for record in log)
        assert log == case.log or written(case.log[len(log)]) > instant(moment)
        assert case.as_recorded(local(max(map(written, case.log)), UTC)) == case

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
        """A stream of events, read again, gives the same steps; each row says what it was and when it was known."""
        case = self._case(data)
        rows = tuple(events([case]))
        workflow, places = case.workflow, [case.workflow.nowhere, *(step.state for step in case.history)]
        for row, (before, after), step in zip(rows, pairwise(places), case.history, strict=True):
            known = None if row.recorded is None else case.as_recorded(row.recorded)
            assert known is not None
            assert (row.activity, row.happened, row.actor) in [(s.trigger, s.at, s.by) for s in known.history]
            assert (row.role, row.unit, row.note) == (step.role, step.unit, step.note)
            assert (row.acting_for, row.case) == (step.acting_for, case.number)
            turns = {(False, True): "suspend", (True, False): "resume"}
            usual = turns.get((before in workflow.waiting, after in workflow.waiting), "complete")
            usual = "pi_abort" if after in workflow.cancelled else usual
            gone = step.trigger, before, after
            lines = [one for one in workflow.transitions if (one.trigger, one.source, one.destination) == gone]
            assert row.lifecycle == (next((one.lifecycle for one in lines), None) or usual)
        told = replay_events(case.workflow, rows, [case.letter])
        assert told.refused == ()
        shown(TAKEN, len(case.history) > 1 or not workflow.transitions)
        assert [(*said(s)[:4], *said(s)[5:], s.state) for s in told.cases[0].history] == [
            (*said(s)[:4], *said(s)[5:], s.state) for s in case.history
        ]

    @law
    def test_events_of_the_log_tell_everything(self, data: DataObject) -> None:
        """A stream of the log, read again, gives the same case: notes, units, roles, corrections and who made them."""
        case = self._case(data)
        rows = tuple(events([case], log=True))
        assert [row.recorded for row in rows] == [record.recorded for record in case.log]
        told = replay_events(case.workflow, rows, [case.letter], log=True)
        assert told.refused == ()
        assert told.cases == (case,)
        assert told.cases[0].history == case.history

    @law
    def test_a_new_version_of_the_same_table_moves_every_case(self, data: DataObject) -> None:
        """With the same log and the same history."""
        case = self._case(data)
        new = evolve(case.workflow, version=f"{case.workflow.version}, renewed")
        (moved,) = migrate([case], new)
        assert (moved.workflow, moved.letter, moved.log, moved.history) == (new, case.letter, case.log, case.history)

    @law
    def test_of_many_cases_all_move_to_another_table_or_none(self, data: DataObject) -> None:
        """When one line is gone, those that never went by it move; one that did keeps all, and is named."""
        workflow = self._workflow(data)
        some = [data.draw(cases(workflow, self._letter(data)), label="case") for _ in range(2)]
        gone = data.draw(st.sampled_from([*workflow.transitions, None]), label="line that is gone")
        try:
            new = evolve(workflow, version="less", transitions=[one for one in workflow.transitions if one != gone])
        except WorkflowError:  # the table does not hold together without it
            return
        stuck = [case for case in some if not legal(case, new)]
        try:
            moved = migrate(some, new)
        except MigrationError as error:
            assert [one.number for one in error.stuck] == [case.number for case in stuck]
            assert stuck
        else:
            assert not stuck
            assert [case.log for case in moved] == [case.log for case in some]

    @law
    def test_a_bound_machine_walks_the_same_way(self, data: DataObject) -> None:
        """A `transitions` machine for a model of one's own passes through the same states, and refuses the same."""
        case = self._case(data)
        model = Model()
        shown(TAKEN, len(case.history) > 1 or not case.workflow.transitions)
        engine.machine(case.workflow, model)
        for place, step in enumerate(case.history[1:], 1):
            model.stands(case, place)
            assert model.trigger(step.trigger, **words_of(step))
            assert model.state == step.state
        model.stands(case, len(case.history))
        entry = data.draw(attempts(case), label="attempt")
        at = max(entry.at, case.history[-1].at)
        now = case_of(case.workflow, case.letter, case.history)  # what a guard sees
        words = words_of(evolve(entry, at=at, recorded=None))
        assert model.may_trigger(entry.trigger, **words) != bool(now.refusals(entry.trigger, **words))

    @law
    def test_pauses_lie_apart_and_in_waiting_states(self, data: DataObject) -> None:
        """In order of time; outside them the letter is in a state that does not wait."""
        case = self._case(data)
        until = case.history[-1].at + SECOND
        pauses = case.pauses(until)
        assert all(instant(start) <= instant(stop) for start, stop in pauses)
        assert all(instant(before[1]) <= instant(after[0]) for before, after in pairwise(pauses))
        stops = [*(step.at for step in case.history[1:]), until]
        for step, stop in zip(case.history, stops, strict=True):
            within = any(instant(start) <= instant(step.at) and instant(stop) <= instant(end) for start, end in pauses)
            assert within or step.state not in case.workflow.waiting
            assert not within or step.state in case.workflow.waiting or step.at == stop
