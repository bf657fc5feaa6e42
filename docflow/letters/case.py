"""Case: one letter's passage through a workflow, a history that only grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from docflow.errors import NaiveDatetimeError, RefusedError
from docflow.letters import engine

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.letters.letter import Letter
    from docflow.letters.workflow import Workflow

__all__ = ["Case", "Entry", "Refusal", "Step"]

NOWHERE: Final = "not received"


@frozen
class Entry:
    """What a register says was done: the trigger and when it happened, by whom, in which unit."""

    trigger: str
    at: datetime
    by: str | None = None
    unit: str | None = None
    recorded: datetime | None = None
    """When it was written down; None means at once."""


@frozen
class Step:
    """What was done to a letter, and the state it came to."""

    trigger: str
    state: str
    at: datetime
    """When it happened."""
    by: str | None = None
    unit: str | None = None
    recorded: datetime | None = None
    """When it was written down; None means at once."""


@frozen
class Refusal:
    """One reason why a step is refused, as data and as words.

    `kind` is "unknown trigger", "wrong state" or "time runs backwards".
    """

    kind: str
    reason: str

    def __str__(self) -> str:
        return self.reason


@frozen
class Case:
    """A letter and what happened to it, never changed: doing something gives a new case.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> nine, ten = (datetime(2019, 10, 1, hour, tzinfo=timezone.utc) for hour in (9, 10))
    >>> case = INCOMING_EXTERNAL_LETTER.open(Letter(number="8395/2562"), at=nine)
    >>> case.apply("submit", at=ten)
    Traceback (most recent call last):
        ...
    docflow.errors.RefusedError: cannot submit 8395/2562: it is registered; from here: hand_over
    >>> case.apply("hand_over", at=ten).state, case.state
    ('taken_over', 'registered')
    """

    workflow: Workflow
    letter: Letter
    history: tuple[Step, ...]

    @property
    def number(self) -> str:
        """The letter's number."""
        return self.letter.number

    @property
    def state(self) -> str:
        """Where the letter is now: the state its last step came to."""
        return self.history[-1].state

    def apply(
        self,
        trigger: str,
        *,
        at: datetime,
        by: str | None = None,
        unit: str | None = None,
        recorded: datetime | None = None,
    ) -> Case:
        """The case after one more step, which the `transitions` machine must accept.

        Raises `RefusedError` with every reason, and `NaiveDatetimeError` for a moment without a zone; this case
        stays as it was.
        """
        refusals = self.refusals(trigger, at=at, by=by)
        if refusals:
            raise RefusedError(self.number, trigger, refusals)
        state = engine.fire(self.workflow, self.state, trigger)
        return evolve(self, history=(*self.history, _step(Entry(trigger, at, by, unit, recorded), state)))

    def allowed(self, *, by: str | None = None) -> tuple[str, ...]:  # noqa: ARG002 - rights come with roles
        """The triggers that this case would accept now."""
        return self.workflow.allowed(self.state)

    def refusals(
        self,
        trigger: str,
        *,
        at: datetime | None = None,
        by: str | None = None,  # noqa: ARG002 - rights come with roles
    ) -> tuple[Refusal, ...]:
        """Why a step would be refused, nothing when it would not; `at` is judged when it is given."""
        reasons = []
        if not engine.accepts(self.workflow, self.state, trigger):
            reasons.append(_no_such_move(self.workflow, self.state, trigger))
        _aware(at)
        if at is not None and at < self.history[-1].at:
            reasons.append(_backwards(self.history[-1], at))
        return tuple(reasons)


def open_case(workflow: Workflow, letter: Letter, receipt: Entry) -> Case:
    """What `Workflow.open` does."""
    return Case(workflow, letter, (_step(receipt, workflow.initial),))


def replay(workflow: Workflow, letter: Letter, entries: Iterable[Entry]) -> Case:
    """What `Workflow.replay` does."""
    steps: list[Step] = []
    for entry in entries:
        state = steps[-1].state if steps else NOWHERE
        onward = workflow.table.get((state, entry.trigger)) if steps else _received(workflow, entry)
        reasons = [] if onward else [_no_such_move(workflow, state, entry.trigger)]
        if steps and entry.at < steps[-1].at:
            reasons.append(_backwards(steps[-1], entry.at))
        if onward is None or reasons:
            raise RefusedError(letter.number, entry.trigger, tuple(reasons))
        steps.append(_step(entry, onward))
    if not steps:
        raise RefusedError(letter.number, workflow.opening, (Refusal("wrong state", "no receipt was entered"),))
    return Case(workflow, letter, tuple(steps))


def _received(workflow: Workflow, entry: Entry) -> str | None:
    return workflow.initial if entry.trigger == workflow.opening else None


def _step(entry: Entry, state: str) -> Step:
    _aware(entry.at)
    _aware(entry.recorded)
    return Step(entry.trigger, state, entry.at, entry.by, entry.unit, entry.recorded)


def _no_such_move(workflow: Workflow, state: str, trigger: str) -> Refusal:
    known = {line.trigger for line in workflow.transitions}
    if trigger not in known and trigger != workflow.opening:
        return Refusal("unknown trigger", f"the workflow {workflow.name!r} has no step of that name")
    onward = workflow.opening if state == NOWHERE else ", ".join(workflow.allowed(state)) or "nothing"
    return Refusal("wrong state", f"it is {state}; from here: {onward}")


def _backwards(last: Step, at: datetime) -> Refusal:
    return Refusal("time runs backwards", f"{at} is before its last step, {last.trigger} at {last.at}")


def _aware(at: datetime | None) -> None:
    if at is not None and at.utcoffset() is None:
        raise NaiveDatetimeError(at)
