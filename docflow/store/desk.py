"""A desk: a unit of work, in which letters are received, numbered, forwarded and corrected, all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from docflow.errors import StoreError
from docflow.instants import instant
from docflow.letters import Case, Workflow, migrate
from docflow.letters.writing import written
from docflow.registry import Book
from docflow.registry.case_register import signed_by
from docflow.registry.notes import numbers as several
from docflow.store.data import kind_of, to_text
from docflow.store.disposal import to_dispose
from docflow.store.json_text import written as canonical
from docflow.store.saying import Saying, followed
from docflow.text import expect
from docflow.thai.dates import in_thailand
from docflow.thai.table import Holiday
from docflow.worktime.decisions import SpecialDay

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from docflow.letters import Act, Letter
    from docflow.letters.rights import Actor
    from docflow.registry import CaseRegister, Delivery, Direction, RegisterNumber, Registration
    from docflow.registry.keywords import Content, Correctable
    from docflow.registry.notes import Numbers
    from docflow.registry.registry import Registry
    from docflow.store.reading import Reader

__all__ = ["Desk"]


class Desk:
    """One unit of work: what is written between the beginning and the end of a `with store.write(by=...)`.

    >>> from tempfile import TemporaryDirectory
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.store import Store
    >>> folder = TemporaryDirectory()
    >>> office = Store.create(f"{folder.name}/office.db")
    >>> with office.write(by="Somchai") as desk:
    ...     line = desk.receive(Letter(number="", sender="Smith"), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
    ...     there = desk.forward(line.number, unit="Finance", action="to advise")
    ...     case = desk.apply(there.number, "hand_over", note="carried by hand")
    ...     right = desk.correct(line.number, sender="Smythe", why="misread")
    ...     reply = desk.reserve(unit="GA", why="the reply to Smythe")
    >>> case.state, right.letter.sender, reply.number.n
    ('taken_over', 'Smythe', 1)
    >>> office.close()
    >>> folder.cleanup()

    Each method does what the one of this name in `CaseRegister` or `Registry` does, and takes no moment of writing:
    that is the store's, the same for all of one unit of work. What is refused is refused as there, by `RegisterError`
    or `RefusedError`, and leaves the unit of work as it was. Raises `StoreError` too: "another store" for a secret
    letter in an open store, or the other way round; "another workflow" for one that is stored otherwise; "disposed of";
    "unwritable" for what no database can hold; and "over" when the block has ended.
    """

    def __init__(self, reader: Reader, register: CaseRegister, at: datetime, by: str | Actor) -> None:
        self.at, self.by = at, by
        """When this unit of work is written, and who writes."""
        self._store, self._saying = reader.store, Saying(reader, register)
        self._over = False

    def close(self) -> Saying:
        """End the unit of work, and give what was said."""
        self._over = True
        return self._saying

    def __getitem__(self, number: RegisterNumber) -> Case:
        """The case of a letter, by any of its numbers. Raises `RegisterError` for one that has no case."""
        case = self._open()[number]
        self._saying.see_there(number)
        return case

    def registration(self, number: RegisterNumber) -> Registration:
        """A line as it is now. Raises `RegisterError` for a number that no register has."""
        there = self._open().registry[number]
        self._saying.see_there(number)
        return there

    def receive(
        self, letter: Letter, *, unit: str, workflow: Workflow, n: int | None = None, **said: Unpack[Content]
    ) -> Registration:
        """Register a letter that has come in under the unit's next number, and open its case."""
        register, line = self._open().receive(letter, unit=unit, at=self.at, workflow=workflow, by=self.by, n=n, **said)
        self._saying.did(register, [line.number], opened=workflow)
        return line

    def send(self, letter: Letter, *, unit: str, n: int | None = None, **said: Unpack[Content]) -> Registration:
        """Register a letter that goes out under the unit's next sending number."""
        registry, line = self._open().registry.send(letter, unit=unit, at=self.at, n=n, by=self._name, **said)
        self._wrote(registry, line.number)
        return line

    def reserve(
        self,
        *,
        unit: str,
        why: str,
        direction: Direction | str = "sending",
        secret: bool = False,
        n: int | None = None,
    ) -> Registration:
        """Take a unit's next number for a letter that is not there yet; `fill` says later which it is."""
        registry, line = self._open().registry.reserve(
            unit=unit, at=self.at, by=self._name, why=why, direction=direction, secret=secret, n=n
        )
        self._wrote(registry, line.number)
        return line

    def fill(
        self,
        number: RegisterNumber,
        letter: Letter,
        *,
        workflow: Workflow | None = None,
        why: str = "",
        **said: Unpack[Content],
    ) -> Registration:
        """Say which letter a reserved number is for; with a workflow, also open its case."""
        register = self._open()
        expect(workflow, (Workflow, type(None)), "workflow", "the one that the letter follows, or leave it out")
        if workflow is None:
            registry = register.registry.fill(number, letter, at=self.at, by=self._name, why=why, **said)
            self._wrote(registry, number)
        else:
            filled = register.fill(number, letter, at=self.at, by=self.by, workflow=workflow, why=why, **said)
            self._saying.did(filled, [number], opened=workflow)
        return self.registration(number)

    def forward(
        self, number: RegisterNumber, *, unit: str, n: int | None = None, **said: Unpack[Content]
    ) -> Registration:
        """Register a letter in another unit; its case stays one."""
        register, line = self._open().forward(number, unit=unit, at=self.at, by=self.by, n=n, **said)
        self._saying.did(register, [line.number])
        return line

    def apply(
        self,
        number: RegisterNumber,
        trigger: str,
        *,
        at: datetime | None = None,
        by: str | Actor | None = None,
        unit: str | None = None,
        note: str = "",
    ) -> Case:
        """Take a step with a letter, by any of its numbers; `at` and `by` say so where it was earlier or by another."""
        when, recorded = (self.at, None) if at is None else (at, self.at)
        who = self.by if by is None else by
        register = self._open().apply(number, trigger, at=when, by=who, unit=unit, recorded=recorded, note=note)
        self._saying.did(register, [number])
        return register[number]

    def correct(self, number: RegisterNumber, /, *, why: str, **right: Unpack[Correctable]) -> Registration:
        """Say what is right where a line is wrong, in the register and in the case at once."""
        after = self._open().correct(number, by=self.by, why=why, at=self.at, **right)
        self._saying.did(after, [number, *(one.number for one in after.registry.passage(number))])
        return self.registration(number)

    def correct_case(
        self, number: RegisterNumber, changes: Mapping[int, Act | None], *, missed: Iterable[Act] = (), why: str
    ) -> Case:
        """Say what really happened to a letter, as `Case.correct` does."""
        case = self[number].correct(changes, missed=missed, by=self.by, why=why, recorded=self.at)
        return self.with_case(number, case)

    def with_case(self, number: RegisterNumber, case: Case) -> Case:
        """Write what a case has more than the one that is stored. Raises `RefusedError` when it does not go on from it.

        So two may work on one letter at once: the second is told what the first wrote meanwhile. What is new says that
        it was written now, as `desk.at` does: a step in `at` or in `recorded`. Raises `StoreError` where it does not.
        """
        register = self._open()
        expect(case, Case, "case", "one that goes on from desk[number]")
        if case.workflow != register[number].workflow:
            problem = f"{number} follows {register[number].workflow!r}, and not {case.workflow!r}; migrate() moves it"
            raise StoreError(self._store, "another workflow", problem)
        after = register.with_case(number, case)
        for record in case.log[len(register[number].log) :]:
            if written(record) != instant(self.at):
                problem = f"a record of {number} says that it was written at another moment than now, {self.at}"
                raise StoreError(self._store, "another moment", f"{problem}; say recorded=desk.at")
        self._saying.did(after, [number])
        return case

    def void(self, number: RegisterNumber, *, why: str, trigger: str | None = None) -> Registration:
        """Declare a number void; `trigger` is the step that ends the case when it was the letter's last number."""
        self._saying.did(self._open().void(number, why=why, at=self.at, by=self.by, trigger=trigger), [number])
        return self.registration(number)

    def restore(self, number: RegisterNumber, *, why: str) -> Registration:
        """Take back that a number is void; where that had ended the case, it goes on."""
        self._saying.did(self._open().restore(number, by=self.by, why=why, at=self.at), [number])
        return self.registration(number)

    def link(
        self, number: RegisterNumber, *, replies_to: Numbers = None, related: Numbers = None, why: str = ""
    ) -> Registration:
        """Say later that a letter replies to others, or is related to them."""
        registry = self._open().registry
        self._wrote(
            registry.link(number, at=self.at, by=self._name, replies_to=replies_to, related=related, why=why), number
        )
        return self.registration(number)

    def note_status(
        self, number: RegisterNumber, recipient: str, status: Delivery | str, *, why: str = ""
    ) -> Registration:
        """Note how far a letter has come on its way to one of its recipients."""
        registry = self._open().registry
        self._wrote(registry.note_status(number, recipient, status, at=self.at, by=self._name, why=why), number)
        return self.registration(number)

    def starting_at(self, book: Book, year: int, n: int) -> None:
        """Let a book begin a year at a number, for an office that comes from paper in its midst."""
        register = self._open()
        expect(book, Book, "book", 'such as Book("General Administration")')
        begun = register.after(register.registry.starting_at(book, year, n))
        self._saying.see_place(book)
        self._saying.see_number(n)
        self._saying.keep(begun, [("begins", book, (year, None), canonical({"first": n}))])

    def migrate(self, numbers: Numbers, workflow: Workflow) -> None:
        """Move cases to a new definition of their workflow, all of them or none. Raises `MigrationError`."""
        register = self._open()
        expect(workflow, Workflow, "workflow", "the new definition as the second")
        firsts = list(dict.fromkeys(register.registry[one].line.first or one for one in several(numbers)))
        for number in firsts:
            self._saying.see_there(number)
        moved = migrate([register[number] for number in firsts], workflow)
        for number, case in zip(firsts, moved, strict=True):
            register = register.after(register.registry, number, case)
        self._saying.keep(register, [*self._saying.known(workflow), *(followed(number, workflow) for number in firsts)])

    def dispose(self, numbers: Numbers, *, why: str) -> None:
        """Dispose of letters by a decision: when the block has ended, their words are gone.

        Each is named by any of its numbers, and all its lines go, in every unit, with their notes and its case. What
        stays are the numbers and stamps, who wrote when, and who disposed of it when and why: the numbers are void, the
        chain holds, and others still name them. Also `as_recorded` tells no more of them, of no moment. A backup that
        was made before still has the words, and so have an export and a printed page: dispose of those too. In
        PostgreSQL they lie on the server's disk until `office.sweep()` is called, or it needs the space; its own log
        and copies keep them as long as whoever runs it has set.

        Raises `StoreError` of the kind "kept" for a letter whose case goes on or whose time of keeping is not over, and
        `RegisterError` without a reason. What may be disposed of is in `books.disposable(day)`.

        Source: correspondence regulation B.E. 2526, on keeping and destroying.
        """
        register = self._open()
        gone = to_dispose(register, numbers, why, in_thailand(self.at).date(), self._store)
        for number in gone:
            self._saying.see_there(number)
        said = canonical({"why": why.strip()})
        self._saying.keep(register, [("disposed", number.book, (number.year, number.n), said) for number in gone])
        self._saying.disposed.update(gone)

    def announce(self, decision: SpecialDay | Holiday) -> None:
        """Keep what was decided about a day, so that later clocks know it: a decision, or a row of a holiday table.

        What is taken back is announced once more, with the day on which it was `withdrawn`.
        """
        expect(decision, (SpecialDay, Holiday), "decision about a day", 'such as Closure(day, reason="…", source="…")')
        self._saying.keep(self._open(), [(kind_of(decision), None, (None, None), to_text(decision))])

    @property
    def _name(self) -> str:
        return signed_by(self.by, self.at) or ""

    def _open(self) -> CaseRegister:
        if self._over:
            raise StoreError(self._store, "over", "this unit of work is over; begin another with store.write(by=...)")
        return self._saying.register

    def _wrote(self, registry: Registry, number: RegisterNumber) -> None:
        self._saying.did(self._open().after(registry), [number])
