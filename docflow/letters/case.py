"""Case: one letter's passage through a workflow, a history that only grows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from docflow.errors import NaiveDatetimeError, RefusedError
from docflow.letters import engine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docflow.letters.letter import Letter
    from docflow.letters.workflow import Workflow

__all__ = ["Case", "Entry", "Refusal", "Step"]


@frozen
class Entry:
    """What a register says was done: the trigger and when it happened, by whom, in which unit.

    Raises `NaiveDatetimeError` for a moment without a zone.
    """

    trigger: str
    at: datetime
    """When it happened."""
    by: str | None = None
    unit: str | None = None
    recorded: datetime | None = None
    """When it was written down; None means at once."""

    def __attrs_post_init__(self) -> None:
        for moment in (self.at, self.recorded):
            if moment is not None and moment.utcoffset() is None:
                raise NaiveDatetimeError(moment)

    def leading_to(self, state: str) -> Step:
        """The step that this entry is, once it is known where it leads."""
        return Step(self.trigger, self.at, self.by, self.unit, self.recorded, state=state)


@frozen
class Step(Entry):
    """What was done to a letter, and the state it came to."""

    state: str = field(kw_only=True)


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

    `Workflow.open` and `Workflow.replay` make cases, and only legal ones.
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
        entry = Entry(trigger, at, by, unit, recorded)
        refusals = self.refusals(trigger, at=at, by=by)
        if refusals:
            raise RefusedError(self.number, trigger, refusals)
        step = entry.leading_to(engine.fire(self.workflow, self.state, trigger))
        return evolve(self, history=(*self.history, step))

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
            reasons.append(self.workflow.refusal(self.state, trigger))
        if at is not None:
            reasons += backwards(self.history, Entry(trigger, at))
        return tuple(reasons)


def _utc(at: datetime) -> datetime:
    """Datetimes of one zone compare by the wall clock, which repeats an hour every autumn; in UTC they do not."""
    return datetime.astimezone(at, UTC)


def backwards(history: Sequence[Step], entry: Entry) -> list[Refusal]:
    """The refusal of an entry from before the last step, if it is one."""
    if not history or _utc(entry.at) >= _utc(history[-1].at):
        return []
    last = history[-1]
    return [Refusal("time runs backwards", f"{entry.at} is before its last step, {last.trigger} at {last.at}")]
