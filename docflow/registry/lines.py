"""Lines: what a register says of a letter beside its number, and how each note below changes that."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, evolve, field, frozen

from docflow.errors import LetterError, RegisterError
from docflow.instants import instant, zoned
from docflow.letters import Letter
from docflow.letters.letter import maybe_name, member, plain
from docflow.registry.notes import (
    LETTERS_REMARK,
    OF_LINE,
    Corrected,
    Delivery,
    Filled,
    Linked,
    Note,
    Restored,
    Tracked,
    Void,
    names,
    numbers,
    wanting,
)

if TYPE_CHECKING:
    from datetime import datetime

    from docflow.registry.numbers import RegisterNumber

__all__ = ["Change", "Line", "Registration"]

ONWARD: Final = (Delivery.SENT, Delivery.DELIVERED, Delivery.REGISTERED, Delivery.ANSWERED)
"""The way of a letter to its recipient; one that was refused or returned is not on it."""


@frozen(kw_only=True)
class Line:
    """What a register says of a letter beside its number; a `Registry` writes it.

    >>> from datetime import datetime
    >>> from docflow import Letter, Registry
    >>> nine = datetime.fromisoformat("2020-01-02T09:00+07:00")
    >>> registry, first = Registry().receive(Letter(number=""), unit="GA", at=nine, by="Somchai", remark="by hand")
    >>> first.line.by, first.line.remark, first.line.replies_to
    ('Somchai', 'by hand', ())

    A line never changes; a note below it gives a new one (`noted`). Raises `NaiveDatetimeError` and `NotAMomentError`
    for the stamp, `LetterError` for a name with characters that nobody sees, and `TypeError` for what is no letter, no
    register number or no text.
    """

    letter: Letter | None
    """None while the number is only reserved."""
    at: datetime
    """The moment of the stamp (form 12)."""
    by: str | None = field(default=None, converter=maybe_name)
    """Who registered it."""
    first: RegisterNumber | None = None
    """The letter's first registration, when another unit had registered it before."""
    replies_to: tuple[RegisterNumber, ...] = field(default=(), converter=numbers)
    related: tuple[RegisterNumber, ...] = field(default=(), converter=numbers)
    action: str = field(default="", converter=plain)
    """What is to be done with the letter (การปฏิบัติ)."""
    remark: str = field(default="", converter=plain)
    """The remark of this line; the letter has one of its own."""
    recipients: tuple[str, ...] = field(default=(), converter=names)
    reserved: str = field(default="", converter=plain)
    """Why the number was reserved before there was a letter."""
    void: Void | None = None
    """The note that the number is void, while it is."""
    filled: Filled | None = None
    """The note of the letter for which the number had been reserved."""
    tracked: tuple[Tracked, ...] = ()
    """The last note about each recipient of whom something was noted."""

    def __attrs_post_init__(self) -> None:
        zoned(self.at)
        if not isinstance(self.letter, Letter) and (self.letter is not None or not self.reserved.strip()):
            raise TypeError(f'{self.letter!r} is no letter; give such as Letter(number="", subject="A market")')
        numbers(self.first)
        if self.void is not None and not isinstance(self.void, Void):
            raise TypeError(f"{self.void!r} is no note that a number is void; declare it void in the registry")

    @property
    def links(self) -> tuple[RegisterNumber, ...]:
        """Every number that it names, each once."""
        return numbers((*numbers(self.first), *self.replies_to, *self.related))

    @property
    def since(self) -> datetime | None:
        """When its letter was registered: at the stamp, or when the number was filled; None while it is reserved."""
        if self.letter is None:
            return None
        return self.at if self.filled is None else self.filled.at

    @property
    def statuses(self) -> dict[str, Tracked]:
        """How far the letter has come to each recipient, by name, with who noted that and when; at first it is sent."""
        at = self.since
        if at is None:
            return {}
        by = self.by if self.filled is None else self.filled.by
        sent = {one: Tracked(recipient=one, status=Delivery.SENT, at=at, by=by) for one in self.recipients}
        return sent | {one.recipient: one for one in self.tracked}

    def outstanding(self, until: Delivery | str = Delivery.DELIVERED) -> tuple[str, ...]:
        """The recipients whose letter has not come as far as `until`; those who refused or returned it are among them.

        A void number has none. Raises `LetterError` for a status that is not on a letter's way.
        """
        goal = member(Delivery, until)
        if goal not in ONWARD:
            known = ", ".join(repr(one.value) for one in ONWARD[1:])
            raise LetterError(goal.value, f"is nothing that a letter comes to on its way; choose {known}")
        there = ONWARD[ONWARD.index(goal) :]
        return tuple(one for one, last in self.statuses.items() if last.status not in there and self.void is None)

    def value(self, which: str) -> Any:  # noqa: ANN401 - of whatever field
        """The present value of what may be corrected, by the name under which `Registry.correct` takes it."""
        return getattr(self if which in OF_LINE else self.letter, "remark" if which == LETTERS_REMARK else which)

    def noted(self, note: Note) -> Line:
        """The line as a note below it makes it; nothing is judged. Raises `TypeError` for what is no note."""
        match note:
            case Void():
                return evolve(self, void=note)
            case Restored():
                return evolve(self, void=None)
            case Corrected(of_letter=right, of_line=more):
                return evolve(self, letter=self.letter and evolve(self.letter, **right), **more)
            case Filled(said=said):
                return evolve(self, filled=note, **said)
            case Linked(replies_to=replies_to, related=related):
                return evolve(
                    self,
                    replies_to=numbers((*self.replies_to, *replies_to)),
                    related=numbers((*self.related, *related)),
                )
            case Tracked(recipient=recipient):
                others = (one for one in self.tracked if one.recipient != recipient)
                return evolve(self, tracked=(*others, note))
        raise TypeError(f"{note!r} is no note; the registry writes them")

    def refusal(self, note: Note, number: RegisterNumber) -> tuple[str, str] | None:
        """Why a note cannot be written below the line: the kind and the words of the refusal, or None."""
        lacking = wanting(number, note.done, note.needs, by=note.by, why=note.why)
        return self._against_number(note, number) or self._against_content(note, number) or lacking

    def _against_number(self, note: Note, number: RegisterNumber) -> tuple[str, str] | None:
        match note:
            case Void() if self.void is not None:
                return "void number", f"{number} is void already ({self.void.why}); there is nothing to do"
            case Restored() if self.void is None:
                return "nothing to do", f"{number} is not void; there is nothing to take back"
            case Filled() if self.letter is not None:
                return "duplicate number", f"{number} has a letter already; reserve a number, or correct this one"
            case Filled() if self.void is not None:
                return "void number", f"{number} is void ({self.void.why}); reserve another, or restore it"
        if number in note.links:
            return "no such number", f"{number} cannot be linked to itself; name another"
        return None

    def _against_content(self, note: Note, number: RegisterNumber) -> tuple[str, str] | None:
        match note:
            case Corrected() | Linked() | Tracked() if self.letter is None:
                return "reserved number", f"{number} is reserved and has no letter yet; fill it first"
            case Corrected(values=values) if same := [one for one, right in values if self.value(one) == right]:
                return "nothing to do", f"{number} says so already; correct what is wrong, not {', '.join(same)}"
            case Linked() if self.noted(note) == self:
                return "nothing to do", f"{number} is linked so already; name what it is not linked to"
            case Tracked(recipient=one) if one not in self.recipients:
                known = f"choose {', '.join(self.recipients)}" if self.recipients else "it names no recipients"
                return "no such recipient", f"{number} was not sent to {one!r}; {known}"
            case Tracked(recipient=one, status=status) if self.statuses[one].status is status:
                since = self.statuses[one].at
                return "nothing to do", f"{number} is {status.value} to {one!r} since {since}; there is nothing new"
        return None


@frozen
class Change:
    """A value of a line that was corrected; `Registration.changes` lists them.

    >>> from datetime import datetime
    >>> from docflow import Letter, Registry
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
    >>> registry, first = Registry().receive(Letter(number="", subject="A maket"), unit="GA", at=nine)
    >>> registry = registry.correct(first.number, subject="A market", by="Somchai", why="a slip", at=ten)
    >>> (change,) = registry[first.number].changes
    >>> print(change.what, change.old, change.new, change.note.why, sep=", ")
    subject, A maket, A market, a slip
    """

    what: str
    """The name under which `Registry.correct` takes it."""
    old: Any
    new: Any
    note: Corrected
    """Who corrected it, why and when."""


@frozen
class Registration:
    """A line of a register with its number: as it is now, as it was first written, and the notes below it.

    >>> from datetime import datetime
    >>> from docflow import Letter, Registry
    >>> nine = datetime.fromisoformat("2020-01-02T09:00+07:00")
    >>> registry, first = Registry().receive(Letter(number="", subject="A maket"), unit="GA", at=nine)
    >>> registry = registry.correct(first.number, subject="A market", by="Somchai", why="a slip", at=nine)
    >>> one = registry[first.number]
    >>> print(one.number, one.letter.subject, one.written.letter.subject, one.notes[0].by, sep=", ")
    1/2563, A market, A maket, Somchai
    """

    number: RegisterNumber
    line: Line
    """The line as it is now."""
    written: Line = Factory(lambda self: self.line, takes_self=True)
    """The line as it was first written."""
    notes: tuple[Note, ...] = ()
    """The notes below it, in the order of writing."""

    @property
    def letter(self) -> Letter:
        """The letter as it is known now. Raises `RegisterError` while the number is reserved and has no letter."""
        if self.line.letter is None:
            problem = f"{self.number} is reserved and has no letter yet; fill it first"
            raise RegisterError(str(self.number.book), "reserved number", problem)
        return self.line.letter

    @property
    def at(self) -> datetime:
        """The moment of the stamp."""
        return self.line.at

    def as_recorded(self, moment: datetime) -> Registration | None:
        """The registration as it was known at a moment; None when it had not been written by then."""
        at = instant(moment)
        if instant(self.at) > at:
            return None
        notes = tuple(note for note in self.notes if instant(note.at) <= at)
        return Registration(self.number, reduce(Line.noted, notes, self.written), self.written, notes)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every value that was corrected, in the order of writing."""
        found, line = [], self.written
        for note in self.notes:
            if isinstance(note, Corrected):
                found += [Change(which, line.value(which), right, note) for which, right in note.values]
            line = line.noted(note)
        return tuple(found)
