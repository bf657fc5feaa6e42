"""One letter's passage through a workflow. Its log only grows: a mistake is corrected by another record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import field, frozen

from docflow.errors import RefusedError
from docflow.instants import instant
from docflow.letters import engine
from docflow.letters.amendments import Amendment, amended, as_received
from docflow.letters.deputies import unappointed
from docflow.letters.entries import Correction, Entry, Refusal, Step, said, signed, step_of
from docflow.letters.history import time_in
from docflow.letters.letter import Letter
from docflow.letters.log import Chronicle
from docflow.letters.process import Process, several
from docflow.letters.writing import groups, known, retold, written
from docflow.safe import visible
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from docflow.letters.entries import Act, Written
    from docflow.letters.log import Told
    from docflow.letters.rights import Actor

__all__ = ["Case", "case_of", "each_case"]

_ACTS: Final = frozenset({Entry, Step})


@frozen(init=False, repr=False)
class Case:
    """A letter and what happened to it; a case never changes, and each step gives a new one.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> nine, ten, two = (datetime(2019, 10, 1, hour, tzinfo=timezone.utc) for hour in (9, 10, 14))
    >>> received = INCOMING_EXTERNAL_LETTER.open(Letter(number="8395/2562"), at=nine)
    >>> received.apply("submit", at=ten)
    Traceback (most recent call last):
        ...
    docflow.errors.RefusedError: cannot submit 8395/2562: it is registered; from here: hand_over, cancel
    >>> case = received.apply("hand_over", at=ten, recorded=two)
    >>> print(case)
    8395/2562, incoming external letter: registered 2019-10-01 09:00, taken_over 2019-10-01 10:00
    >>> case.state, case.as_of(ten).state, case.as_recorded(ten).state
    ('taken_over', 'taken_over', 'registered')

    `Workflow.open` makes the case of a letter that comes in, `Workflow.replay` that of a register's entries. A case
    made from a log, or from a pickle, is judged like one that grew step by step, so every case is legal. `log` and
    `history` are sequences, equal to a tuple of the same items. Raises `RefusedError` for a log that is not legal,
    and `TypeError` for what is no workflow, letter or log.
    """

    workflow: Process
    """The `Workflow` that judges it."""
    letter: Letter
    """The letter as it is known now; a case may also be made with the letter as it was received."""
    log: Sequence[Written]
    """What was written, in the order of writing."""
    _told: Told | None = field(eq=False)
    """The history and the places of its steps, once something was corrected; None while the log is the history."""

    def __init__(
        self,
        workflow: Process,
        letter: Letter,
        log: Iterable[Written],
        told: object = None,  # noqa: ARG002 - `attrs.evolve` hands it on, and it is read from the log again
    ) -> None:
        expect(workflow, Process, "workflow", 'such as Workflow("loan", initial="out", transitions=[...])')
        expect(letter, Letter, "letter", 'such as Letter(number="1/2563")')
        expect(log, Iterable, "log", "its records in order, such as [Entry(workflow.opening, at)]")
        records = tuple(log)
        acts = bool(records) and set(map(type, records)) <= _ACTS  # as most logs are: nothing of them was corrected
        chronicle = Chronicle(workflow, letter if acts else as_received(letter, records), case_of)
        for group in (records,) if acts else groups(records):
            chronicle.write(group)
        if not chronicle.history:
            reason = Refusal("wrong state", "no receipt was entered")
            raise RefusedError(letter.number, workflow.opening, (reason,))
        # Most cases are read, looked at and left as they are: one without corrections keeps nothing beside its log.
        self.__attrs_init__(workflow, chronicle.letter, chronicle.log, chronicle.told() if chronicle.places else None)

    @property
    def history(self) -> Sequence[Step]:
        """Its steps in order of time, as far as is known now; the log itself until something is corrected."""
        return cast("Sequence[Step]", self.log) if self._told is None else self._told.history

    @property
    def received(self) -> Letter:
        """The letter as it was received, before anything of it was amended."""
        return as_received(self.letter, self.log)

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
        """The state of the letter now, to which its last step led."""
        return self.history[-1].state

    @property
    def ends(self) -> tuple[str, ...]:
        """The states of its workflow in which it is over."""
        return self.workflow.ends

    @property
    def cancelled(self) -> tuple[str, ...]:
        """Those of them in which the letter was withdrawn; measures leave it out."""
        return self.workflow.cancelled

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

        `at` is when it happened, and `recorded` when it was written down, if later. A step that happened before the
        last one was left out, and `correct` puts it in. Raises `RefusedError` with every reason, `NaiveDatetimeError`
        and `NotAMomentError`, and `TypeError` for what is no actor; this case stays as it was.
        """
        entry = Entry.made_by(by, trigger, at, unit=unit, recorded=recorded, note=note)
        chronicle, values = self._chronicle(by, at), said(entry)
        step = chronicle.judge().take(*values, record=entry)
        chronicle.add(step_of(*values, engine.fire(self.workflow, self.state, entry.trigger, step.state)))
        return case_of(self.workflow, self.letter, chronicle.log, chronicle.told())

    def allowed(
        self, *, by: str | Actor | None = None, unit: str | None = None, at: datetime | None = None
    ) -> tuple[str, ...]:
        """The triggers that lead on from here by the table; with any argument, those that would not be refused.

        Without `at`, they are asked for at the moment of the last step. Raises as `refusals` does.
        """
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
        """Why `apply` would refuse a step, nothing when it would not; without `at`, at the moment of the last step.

        Raises `NaiveDatetimeError`, `NotAMomentError` and `TypeError` as `apply` does.
        """
        at = self.history[-1].at if at is None else at
        entry = Entry.made_by(by, trigger, at, unit=unit, recorded=recorded, note=note)
        try:
            self._chronicle(by, at).judge().take(*said(entry), record=entry)
        except RefusedError as refused:
            return tuple(refused.refusals)
        return ()

    @cached_property
    def _above(self) -> int:
        """The latest instant at which a record of the log was written; worked out when a step is first added."""
        return max(map(written, self.log))

    def _chronicle(self, by: object, at: datetime) -> Chronicle:
        """The case as a chronicle, to which somebody may add records at a moment."""
        history, places, above = self._told or (self.history, None, self._above)
        against = tuple(unappointed(by, at))
        return Chronicle(self.workflow, self.letter, case_of, self.log, history, places, above, against)

    def correct(
        self,
        changes: Mapping[int, Act | None],
        *,
        missed: Iterable[Act] = (),
        by: str | Actor,
        why: str,
        recorded: datetime,
    ) -> Case:
        """The case after a correction: what was wrong stays in the log, and a record below it says what is right.

        >>> from datetime import datetime, timezone
        >>> from docflow import Entry, Letter
        >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
        >>> nine, ten, two = (datetime(2019, 10, 1, hour, tzinfo=timezone.utc) for hour in (9, 10, 14))
        >>> case = INCOMING_EXTERNAL_LETTER.open(Letter(number="8395/2562"), at=nine).apply("hand_over", at=two)
        >>> print(case.correct({1: Entry("hand_over", ten)}, by="Somying", why="read 10.00 as 14.00", recorded=two))
        8395/2562, incoming external letter: registered 2019-10-01 09:00, taken_over 2019-10-01 10:00

        `changes` says what is different about a record of the log, by its place there (the receipt's is 0): what an
        `Entry` leaves unsaid stays, here who did it and in which unit; `by=None` would say that nobody is known. None
        instead of an entry says that the step had not happened. `missed` are steps that were left out. All are written
        at `recorded` and judged as one: the history that they make must be legal. Raises `RefusedError` with the
        reasons, `NaiveDatetimeError` and `NotAMomentError`, and `TypeError`; this case stays as it was.
        """
        who = Entry.made_by(by, "correct", recorded)
        expect(changes, Mapping, "dict of changes", 'such as {1: Entry("submit", at)}')
        left_out = several(missed, object, 'Entry("submit", at)')
        instead = [*changes.items(), *((None, entry) for entry in left_out)] or [(None, None)]
        corrections = tuple(
            Correction(corrects=place, instead=entry, why=why, recorded=recorded, **signed(who))
            for place, entry in instead
        )
        chronicle = self._chronicle(by, recorded)
        chronicle.correct(corrections, seen=len(self.log))
        return case_of(self.workflow, self.letter, chronicle.log, chronicle.told())

    def amend(self, *, by: str | Actor, why: str, recorded: datetime, **changes: Any) -> Case:  # noqa: ANN401 - a letter's
        """The case after a correction of its letter's own data; the log keeps both what was known and what is right.

        >>> from datetime import datetime, timezone
        >>> from docflow import Letter
        >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
        >>> nine, ten = (datetime(2019, 10, 1, hour, tzinfo=timezone.utc) for hour in (9, 10))
        >>> case = INCOMING_EXTERNAL_LETTER.open(Letter(number="8395/2562", subject="A markt"), at=nine)
        >>> case = case.amend(by="Somying", why="misspelt", recorded=ten, subject="A market", urgency="urgent")
        >>> print(case.log[-1])
        subject: 'A markt' → 'A market', urgency: 'ordinary' → 'urgent', by Somying, because misspelt
        >>> case.letter.subject, case.as_recorded(nine).letter.subject
        ('A market', 'A markt')

        `changes` are fields of the letter, all but its number; of `attributes` those that are named change, and None
        says that there is none. Steps stay as they were judged, by what was known of the letter when they were
        written. Raises `RefusedError` with every reason, what a `Letter` raises, and `TypeError` for what no letter
        has; this case stays as it was.
        """
        who = Entry.made_by(by, "amend", recorded)
        after = amended(self.letter, changes)
        amendment = Amendment(before=self.letter, after=after, why=why, recorded=recorded, **signed(who))
        chronicle = self._chronicle(by, recorded)
        chronicle.amend((amendment,))
        return case_of(self.workflow, chronicle.letter, chronicle.log, chronicle.told())

    def as_of(self, moment: datetime) -> Case | None:
        """The case as it stood at a moment, by what is known now; None before its receipt. Its log is its history."""
        steps = tuple(retold(step for step in self.history if instant(step.at) <= instant(moment)))
        return case_of(self.workflow, self.letter, steps) if steps else None

    def as_recorded(self, moment: datetime) -> Case | None:
        """The case as it was known at a moment, by what had been written by then; None when nothing had."""
        records = known(self.log, moment)
        return Case(self.workflow, self.received, records) if records else None

    def pauses(self, until: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """The spans spent in waiting states up to a moment: `clock.elapsed(start, stop, pauses=case.pauses(stop))`."""
        return time_in(self.workflow.waiting, self.history, until)

    def __reduce__(self) -> tuple[type[Case], tuple[Process, Letter, tuple[Written, ...]]]:
        """A pickle of what was written; it is judged again when it is read."""
        return Case, (self.workflow, self.letter, tuple(self.log))

    def __str__(self) -> str:
        return visible(f"{self.number}, {self.workflow.name}: {', '.join(map(str, self.history))}")

    def __repr__(self) -> str:
        steps = len(self.history)
        return visible(f"<Case {self.number} {self.state!r}, {steps} step{'s' * (steps != 1)}>")


def each_case(cases: Iterable[Case]) -> Iterator[Case]:
    """Cases, one after the other. Raises `TypeError` for one alone, and for what is no case."""
    if isinstance(cases, Case):
        raise TypeError(f"{cases!r} is one case; give several, such as [case]")
    for case in cases:
        expect(case, Case, "case", "such as workflow.open(letter, at=moment)")
        yield case


def case_of(workflow: Process, letter: Letter, log: Sequence[Written], told: Told | None = None) -> Case:
    """A case of what was judged a moment ago, and is not judged again; without `told`, the log is its history."""
    case = Case.__new__(Case)
    case.__attrs_init__(workflow, letter, log, told)
    return case
