"""The registers of all units as one value: what is written gives a new registry, and what is refused changes none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Unpack

from attrs import evolve, frozen

from docflow.errors import RegisterError
from docflow.letters import Letter, Secrecy
from docflow.registry.keywords import Content, Said
from docflow.registry.lines import Line, Registration
from docflow.registry.notes import Corrected, Delivery, Filled, Linked, Note, Restored, Tracked, Void, wanting
from docflow.registry.numbers import Book, Direction, RegisterNumber
from docflow.registry.shelf import Shelf
from docflow.registry.volume import Volume, year_of

if TYPE_CHECKING:
    from datetime import datetime

    from docflow.registry.keywords import Correctable
    from docflow.registry.notes import Numbers

__all__ = ["Registry"]

FIXED: Final = {
    "number": "it is the letter's name everywhere",
    "secrecy": "secret letters have books of their own",
}
"""What of a letter is never corrected, and why."""


@frozen(init=False, repr=False)
class Registry(Shelf):
    """The receipt and sending registers of the units of an office; numbers start again each Buddhist calendar year.

    >>> from datetime import datetime
    >>> from docflow import Letter
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
    >>> registry, first = Registry().receive(Letter(number="", subject="A market"), unit="Administration", at=nine)
    >>> registry, second = registry.forward(first.number, unit="Secretary Group", at=ten)
    >>> registry, reply = registry.send(
    ...     Letter(number="", subject="Re: a market"), unit="Secretary Group", at=ten, replies_to=second.number
    ... )
    >>> [f"{each.number} {each.number.book.unit}" for each in registry.passage(first.number)]
    ['1/2563 Administration', '1/2563 Secretary Group']
    >>> [str(each.number) for each in registry.replies(first.number)]
    ['1/2563']

    A registry never changes; each method gives a new one. The number of a line is its place in the book, so no number
    is left out or given twice. A letter with an empty number takes the first number that it is given. Letters of any
    grade of secrecy but open go to the secret book of their unit. Stamps are moments, and their year is that of Thai
    time. Source: correspondence regulation B.E. 2526, forms 12–14.

    `registry[number]` is the `Registration` under a number, `number in registry` says whether it was given, and
    iteration goes through all registrations. `receive`, `send`, `forward` and `reserve` write a line. What was written
    stays: `void`, `restore`, `correct`, `fill`, `link` and `note_status` write a note below a line. Each raises
    `RegisterError` for a number that no register has, without a name or a reason where one is wanted, and for a note
    from before what stands there; `NaiveDatetimeError` and `NotAMomentError`; and `TypeError` for what is no
    `RegisterNumber`.
    """

    def receive(
        self, letter: Letter, *, unit: str, at: datetime, n: int | None = None, **said: Unpack[Said]
    ) -> tuple[Registry, Registration]:
        """Register a letter that has come in under the unit's next receipt number; `n` may say which that must be.

        What else may be said of it: `replies_to` and `related` (register numbers), `action`, `remark`, and `by`, who
        registers it. Raises `RegisterError` for a number that was given or is void or would leave a gap, for a stamp
        before the book's last one, and for a link to a number that no register has; `NaiveDatetimeError` and
        `NotAMomentError`; and `TypeError` for what is no letter and for a keyword that is not known.
        """
        return self._register(letter, unit, Direction.RECEIPT, at, n, said)

    def send(
        self, letter: Letter, *, unit: str, at: datetime, n: int | None = None, **said: Unpack[Said]
    ) -> tuple[Registry, Registration]:
        """Register a letter that goes out under the unit's next sending number; takes and raises what `receive` does.

        With `recipients`, the names of those it goes to, each of them has a status, which `note_status` changes.
        """
        return self._register(letter, unit, Direction.SENDING, at, n, said)

    def forward(
        self, number: RegisterNumber, *, unit: str, at: datetime, n: int | None = None, **said: Unpack[Said]
    ) -> tuple[Registry, Registration]:
        """Register a letter in another unit to which it has come, under a number of that unit.

        Takes and raises what `receive` does, and `RegisterError` for a number that is void.
        """
        there = self[number]
        if there.line.void is not None:
            problem = f"{number} is void ({there.line.void.why}); forward the letter by another number"
            raise RegisterError(str(number.book), "void number", problem)
        return self._register(there.letter, unit, Direction.RECEIPT, at, n, said, there.line.first or number)

    def reserve(
        self,
        *,
        unit: str,
        at: datetime,
        by: str,
        why: str,
        direction: Direction | str = Direction.SENDING,
        secret: bool = False,
        n: int | None = None,
    ) -> tuple[Registry, Registration]:
        """Take a unit's next number for a letter that is not there yet; `fill` says later which it is.

        >>> from datetime import datetime
        >>> from docflow import Letter
        >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
        >>> registry, held = Registry().reserve(unit="Administration", at=nine, by="Somchai", why="it is being typed")
        >>> registry = registry.fill(held.number, Letter(number="", subject="A market"), at=ten, by="Somchai")
        >>> print(held.number, registry[held.number].letter.subject, sep=", ")
        1/2563, A market

        The stamp is that of the reservation, also when the number is filled in another year. Raises as `receive` does,
        and `RegisterError` without a name or a reason.
        """
        book = Book(unit, direction, secret)
        volume = self.volume(book, year_of(at))
        problem = wanting(volume.next_number, "reserved", ("why", "by"), by=by, why=why)
        if problem is not None:
            raise RegisterError(str(book), *problem)
        return self._write(Line(letter=None, at=at, by=by, reserved=why), volume, n)

    def fill(
        self, number: RegisterNumber, letter: Letter, *, at: datetime, by: str, why: str = "", **said: Unpack[Content]
    ) -> Registry:
        """Say which letter a reserved number is for; `said` as for `send`, without `by`.

        Raises `RegisterError` when the number is void or has a letter, and `TypeError` for what is no letter.
        """
        _known(said, Content)
        if isinstance(letter, Letter) and not letter.number:
            letter = evolve(letter, number=str(number))
        return self._note(number, Filled(letter=letter, at=at, by=by, why=why, **said))

    def void(self, number: RegisterNumber, *, why: str, at: datetime, by: str | None = None) -> Registry:
        """Declare a number void: it keeps its place, with the reason, and is never used again.

        >>> from datetime import datetime
        >>> from docflow import Letter
        >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
        >>> registry, first = Registry().receive(Letter(number="", subject="A market"), unit="Administration", at=nine)
        >>> registry = registry.void(first.number, why="written twice", at=ten, by="Somchai")
        >>> print(registry[first.number].line.void.why, registry.volume(first.number.book, 2563).next_number, sep=", ")
        written twice, 2/2563

        Raises `RegisterError` for a number that no register has or that is void already, and without a reason.
        """
        return self._note(number, Void(by=by, why=why, at=at))

    def restore(self, number: RegisterNumber, *, by: str, why: str, at: datetime) -> Registry:
        """Take back that a number is void; that it was stays readable. Raises `RegisterError` when it is not void."""
        return self._note(number, Restored(by=by, why=why, at=at))

    def correct(
        self, number: RegisterNumber, /, *, by: str, why: str, at: datetime, **right: Unpack[Correctable]
    ) -> Registry:
        """Say what is right where a line is wrong: `correct(number, subject="A market", by=…, why=…, at=…)`.

        What is said of the letter is corrected in every unit that registered it; `action` and `remark` are those of the
        one line, and `letter_remark` is the letter's own. Of `attributes` those that are named change, and None leaves
        one out. What is right already is left out. Raises `RegisterError` for what can never be corrected, and when
        nothing is wrong; `LetterError` for a value that no letter has.
        """
        there = self[number]
        for which in (one for one in FIXED if one in right):
            problem = f"the {which} of {number} cannot be corrected, for {FIXED[which]}; "
            way = "declare it void and register the letter anew"
            raise RegisterError(str(number.book), "not correctable", problem + way)
        if there.line.letter is not None and isinstance(right.get("attributes"), Mapping):  # those not named stay
            right["attributes"] = {**there.line.letter.attributes, **right["attributes"]}
        note = Corrected(by=by, why=why, at=at, values=right)
        if there.line.letter is not None:
            wrong = [(which, value) for which, value in note.values if there.line.value(which) != value]
            note = evolve(note, values=wrong or note.values)
        registry, shared = self._note(number, note), note.for_other_lines()
        if shared is not None:
            for one in self.passage(number):
                registry = registry if one.number == number else registry._note(one.number, shared)  # noqa: SLF001 - its own kind
        return registry

    def link(
        self,
        number: RegisterNumber,
        *,
        at: datetime,
        by: str,
        replies_to: Numbers = None,
        related: Numbers = None,
        why: str = "",
    ) -> Registry:
        """Say later that a letter replies to others, or is related to them, all of them given by then.

        Raises `RegisterError` for a number that no register had by then, and when there is nothing new to link.
        """
        return self._note(number, Linked(replies_to=replies_to, related=related, at=at, by=by, why=why))

    def note_status(
        self, number: RegisterNumber, recipient: str, status: Delivery | str, *, at: datetime, by: str, why: str = ""
    ) -> Registry:
        """Note how far a letter has come on its way to one of its recipients.

        >>> from datetime import datetime
        >>> from docflow import Letter
        >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
        >>> letter = Letter(number="", subject="Flood drill")
        >>> registry, sent = Registry().send(letter, unit="Administration", at=nine, recipients=["Health", "Parks"])
        >>> registry = registry.note_status(sent.number, "Health", "delivered", at=ten, by="Somchai")
        >>> registry[sent.number].line.outstanding()
        ('Parks',)

        `status` is a `Delivery` or its text. Raises `RegisterError` for who is no recipient of it and for a status that
        is noted already, and `LetterError` for what is no status.
        """
        return self._note(number, Tracked(recipient=recipient, status=status, at=at, by=by, why=why))

    def starting_at(self, book: Book, year: int, n: int) -> Registry:
        """The registry with a book whose numbers begin at `n` in a year, for an office that leaves paper amid a year.

        >>> from docflow.registry import Book
        >>> registry = Registry().starting_at(Book("Administration"), 2563, 120)
        >>> print(registry.volume(Book("Administration"), 2563).next_number)
        120/2563

        Raises `RegisterError` when the book has lines of that year, and for what is no year or no number.
        """
        volume = self.volume(book, year)
        if volume.lines:
            problem = f"its volume of {year} cannot begin at {n}: it has {len(volume.lines)} lines"
            raise RegisterError(str(book), "duplicate number", problem)
        return self._with(evolve(volume, first=n))

    def _register(
        self,
        letter: Letter,
        unit: str,
        direction: Direction,
        at: datetime,
        n: int | None,
        said: Said,
        first: RegisterNumber | None = None,
    ) -> tuple[Registry, Registration]:
        """Write a line with a letter, which says whether the book is secret and may be called by its number."""
        _known(said, Said)
        book = Book(unit, direction, isinstance(letter, Letter) and letter.secrecy is not Secrecy.OPEN)
        volume = self.volume(book, year_of(at))
        if isinstance(letter, Letter) and not letter.number:
            letter = evolve(letter, number=str(volume.next_number))
        return self._write(Line(letter=letter, at=at, first=first, **said), volume, n)

    def _write(self, line: Line, volume: Volume, n: int | None) -> tuple[Registry, Registration]:
        begun, book = self._begun(volume.book, volume.year), volume.book
        if begun is not None and begun > volume.year:
            problem = f"{line.at} is in {volume.year}, and the volume of {begun} has begun; register it now"
            raise RegisterError(str(book), "time runs backwards", problem)
        number = volume.next_number
        self._judge(line, (), book)
        return self._with(volume.write(line, n=n), dict.fromkeys(line.links, number)), Registration(number, line)

    def _note(self, number: RegisterNumber, note: Note) -> Registry:
        """Write a note below a line, and keep in mind what the line names now that it did not name before."""
        there = self[number]
        volume = self.volume(number.book, number.year).note(number.n, note)
        self._judge_links(note.links, note.at, number.book)
        before = set(there.line.links) if note.links else ()
        return self._with(volume, {link: number for link in note.links if link not in before})


def _known(said: Content, which: type[Content]) -> None:
    known = which.__annotations__
    unknown = sorted(set(said) - set(known))
    if unknown:
        raise TypeError(f"{', '.join(unknown)} cannot be said of a registration; {', '.join(known)} can")
