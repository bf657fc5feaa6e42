"""Case: one letter's passage through a workflow; what is written about it is never taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import RefusedError, visible
from docflow.letters import engine
from docflow.letters.history import refusals, time_in, walk
from docflow.letters.log import corrected, known, read, written
from docflow.letters.steps import Act, Correction, Entry, row_of, since, step_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from docflow.letters.letter import Letter
    from docflow.letters.log import Record
    from docflow.letters.rights import Actor
    from docflow.letters.steps import Refusal, Step
    from docflow.letters.workflow import Workflow

__all__ = ["Case"]


@frozen(repr=False)
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
    docflow.errors.RefusedError: cannot submit 8395/2562: it is registered; from here: hand_over, cancel
    >>> case.apply("hand_over", at=ten)
    Case(8395/2562, incoming external letter: registered 2019-10-01 09:00, taken_over 2019-10-01 10:00)

    `Workflow.open` and `Workflow.replay` make cases, and only legal ones.
    """

    workflow: Workflow
    letter: Letter
    log: tuple[Record, ...]
    """What was written, in the order of writing."""
    history: tuple[Step, ...] = field(eq=False)
    """What happened, in order of time, as far as is known now; the log itself until something is corrected."""

    @property
    def number(self) -> str:
        """The letter's number."""
        return self.letter.number

    @property
    def wanted_by(self) -> datetime | None:
        """The moment by which the letter itself is wanted."""
        return self.letter.wanted_by

    @property
    def state(self) -> str:
        """Where the letter is now: the state its last step came to."""
        return self.history[-1].state

    @property
    def ends(self) -> tuple[str, ...]:
        """The states of its workflow in which it is over."""
        return self.workflow.ends

    @property
    def is_final(self) -> bool:
        """Whether its passage is over."""
        return self.state in self.workflow.ends

    def apply(
        self,
        trigger: str,
        *,
        at: datetime,
        by: str | Actor | None = None,
        unit: str | None = None,
        recorded: datetime | None = None,
        note: str = "",
    ) -> Case:
        """The case after one more step, which the `transitions` machine must accept.

        A step that is written down later than it happened says when in `recorded`; one that happened before the last
        step was left out, and `correct` puts it in its place. Raises `RefusedError` with every reason, and
        `NaiveDatetimeError` for a moment without a zone; this case stays as it was.
        """
        entry = Entry.made_by(by, trigger, at, unit=unit, recorded=recorded, note=note)
        reasons = self._refusals(entry)
        if reasons:
            raise RefusedError(self.number, trigger, reasons, entry)
        step = step_of(row_of(entry), engine.fire(self.workflow, self.state, trigger))
        history = (*self.history, step)
        log = history if self.log is self.history else (*self.log, step)
        return Case(self.workflow, self.letter, log, history)

    def allowed(
        self, *, by: str | Actor | None = None, unit: str | None = None, at: datetime | None = None
    ) -> tuple[str, ...]:
        """The triggers that lead on from here by the table; for who is named, those that would not be refused."""
        onward = self.workflow.allowed(self.state)
        if by is None and unit is None and at is None:
            return onward
        return tuple(trigger for trigger in onward if not self.refusals(trigger, by=by, unit=unit, at=at))

    def refusals(
        self,
        trigger: str,
        *,
        at: datetime | None = None,
        by: str | Actor | None = None,
        unit: str | None = None,
        recorded: datetime | None = None,
        note: str = "",
    ) -> tuple[Refusal, ...]:
        """Why `apply` would refuse a step, nothing when it would not; without `at`, at the moment of its last step."""
        at = self.history[-1].at if at is None else at
        return self._refusals(Entry.made_by(by, trigger, at, unit=unit, recorded=recorded, note=note))

    def _refusals(self, entry: Act) -> tuple[Refusal, ...]:
        accepted = engine.accepts(self.workflow, self.state, entry.trigger)
        above = written(self.log)
        return refusals(self.workflow, self.letter, self.history, entry, above=above, known=accepted)

    def correct(
        self,
        changes: Mapping[int, Act | None],
        *,
        missed: Iterable[Act] = (),
        by: str | Actor,
        why: str,
        recorded: datetime,
    ) -> Case:
        """The case with steps corrected in the open: what was wrong stays in the log, below it stands what is right.

        >>> from datetime import datetime, timezone
        >>> from docflow import Letter
        >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
        >>> nine, ten, two = (datetime(2019, 10, 1, hour, tzinfo=timezone.utc) for hour in (9, 10, 14))
        >>> case = INCOMING_EXTERNAL_LETTER.open(Letter(number="8395/2562"), at=nine).apply("hand_over", at=two)
        >>> case.correct({1: Entry("hand_over", ten)}, by="Somying", why="read 10.00 as 14.00", recorded=two)
        Case(8395/2562, incoming external letter: registered 2019-10-01 09:00, taken_over 2019-10-01 10:00)

        `changes` says what stands instead of a record of the log, by its place there (the receipt's is 0), or None when
        nothing had happened; `missed` are steps that were left out. All are written at `recorded` and judged as one:
        the history that they make must be legal. Raises `RefusedError` with the reasons, and `NaiveDatetimeError`; this
        case stays as it was.
        """
        missed = tuple(missed)
        wrong = [entry for entry in (*changes.values(), *missed) if not isinstance(entry, Act | None)]
        if wrong:
            raise TypeError(f"{wrong[0]!r} is nothing that happened; give an Entry, or None to strike a step")
        who = Entry.made_by(by, "correct", recorded)
        instead = [*changes.items(), *((None, entry) for entry in missed)] or [(None, None)]
        corrections = tuple(
            Correction(
                corrects=place, instead=entry, by=who.by, role=who.role, unit=who.unit, why=why, recorded=recorded
            )
            for place, entry in instead
        )
        log, history = corrected(self.workflow, self.letter, self.log, corrections, seen=len(self.log))
        return Case(self.workflow, self.letter, log, history)

    def as_of(self, moment: datetime) -> Case | None:
        """The case as it was at a moment, as far as is known now; None before its receipt. Its log is its history."""
        now = since(moment)
        rows = [row_of(step) for step in self.history if since(step.at) <= now]
        log = tuple(walk(self.workflow, self.letter, rows, told=True))
        return Case(self.workflow, self.letter, log, log) if log else None

    def as_recorded(self, moment: datetime) -> Case | None:
        """The case as it was known at a moment: what had been written by then; None when nothing had."""
        records = known(self.log, moment)
        return Case(self.workflow, self.letter, *read(self.workflow, self.letter, records)) if records else None

    def pauses(self, until: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """The spans spent waiting up to a moment, as clocks and limits take them: `clock.elapsed(..., pauses=...)`."""
        return time_in(self.workflow.waiting, self.history, until)

    def __repr__(self) -> str:
        steps = ", ".join(map(str, self.history))
        return visible(f"Case({self.number}, {self.workflow.name}: {steps})")
