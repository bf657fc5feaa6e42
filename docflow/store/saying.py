"""What was said at a desk: facts in their order, made of what is new about lines and cases."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from docflow.errors import StoreError
from docflow.store.data import kind_of, same_workflow, to_text
from docflow.store.folding import Stub
from docflow.store.json_text import written as canonical
from docflow.store.words import is_long, storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docflow.letters import Workflow
    from docflow.registry import Book, CaseRegister, RegisterNumber, Registration, Registry
    from docflow.store.reading import Reader

__all__ = ["Fact", "Link", "Saying", "followed"]

MOST: Final = 999_999_999
"""The greatest running number that is kept: `RegisterNumber.parse` reads nine digits, and every database has them."""
Fact = tuple[str, "Book | None", tuple[int | None, int | None], str]
"""What is to be written: its kind, its book, year and number, and its content."""
Link = tuple["RegisterNumber", "RegisterNumber", int]
"""A line that is named, the one that names it, and which of the facts of the unit of work says so."""


class Saying:
    """The facts of a unit of work so far, and the registers and cases after them."""

    def __init__(self, reader: Reader, register: CaseRegister) -> None:
        self._reader, self.register = reader, register
        self.facts: list[Fact] = []
        self.links: list[Link] = []
        self.disposed: set[RegisterNumber] = set()
        self._new_workflows: dict[tuple[str, int | str], str] = {}

    def known(self, workflow: Workflow) -> list[Fact]:
        """What is to be written so that a workflow is stored. Raises `StoreError` when it is stored otherwise."""
        called = workflow.name, workflow.version
        if self._reader.known.get(called) is workflow:
            return []
        stored = self._new_workflows.get(called) or self._reader.workflow_text(*called)
        if stored is None:
            for state in workflow.states:
                self._see_short("state", state)
            return [("workflow", None, (None, None), to_text(workflow))]
        if not same_workflow(workflow, stored):
            problem = f"the workflow {called[0]!r}, version {called[1]}, is stored otherwise; give yours a new version"
            raise StoreError(self._reader.store, "another workflow", problem)
        if called not in self._new_workflows:
            self._reader.known[called] = workflow
        return []

    def keep(self, register: CaseRegister, facts: Iterable[Fact], links: Iterable[Link] = ()) -> None:
        """Go on from a register, with what is new about it. Until here nothing of it is kept."""
        for fact in facts:
            self.facts.append(fact)
            if fact[0] == "workflow":
                said = json.loads(fact[3])
                self._new_workflows[said["name"], said.get("version", 1)] = fact[3]
        self.links += links
        self.register = register

    def see_place(self, book: Book) -> None:
        """See that a book is kept here. Raises `StoreError`: secret books and open ones have stores of their own."""
        if not storable(book.unit):
            problem = f"no database can hold all that is in {book.unit!r}; call the unit otherwise"
            raise StoreError(self._reader.store, "unwritable", problem)
        self._see_short("unit", book.unit)
        if book.secret is not self._reader.secret:
            here, there = ("secret", "open") if self._reader.secret else ("open", "secret")
            problem = (
                f"the {book} is not kept here, in a store of {here} letters; write it in the store of {there} ones"
            )
            raise StoreError(self._reader.store, "another store", problem)

    def _see_short(self, what: str, name: str) -> None:
        if is_long(name):
            problem = f"the name of a {what} that begins with {name[:20]!r} has more than 1,000 bytes; shorten it"
            raise StoreError(self._reader.store, "unwritable", problem)

    def see_number(self, n: int) -> None:
        """See that a running number can be read again wherever it is written. Raises `StoreError`."""
        if n > MOST:
            problem = f"{n} has more than nine digits; begin at a lower number"
            raise StoreError(self._reader.store, "unwritable", problem)

    def see_there(self, number: RegisterNumber, known: Registration | None = None) -> None:
        """See that a line was not disposed of. Raises `StoreError`."""
        if number in self.disposed or (known is not None and isinstance(known.written, Stub)):
            problem = f"{number} was disposed of, and nothing is written below it; what is new gets a number of its own"
            raise StoreError(self._reader.store, "disposed of", problem)

    def did(self, after: CaseRegister, numbers: Sequence[RegisterNumber], opened: Workflow | None = None) -> None:
        """Keep what is new about some lines and about the case of their letter, in order."""
        before = self.register
        facts: list[Fact] = []
        links: list[Link] = []
        if opened is not None:
            facts += self.known(opened)
        for number in dict.fromkeys(numbers):
            self.see_place(number.book)
            self.see_number(number.n)
            there, known = after.registry[number], _get(before.registry, number)
            if known is not None:
                self.see_there(number, known)
            if there.line.letter is not None:
                self._see_short("unit", there.line.letter.unit)
            named = set() if known is None else set(known.line.links)
            new: list[Any] = [
                *([there.written] if known is None else []),
                *there.notes[len(known.notes) if known else 0 :],
            ]
            for one in new:
                links += [(link, number, len(self.facts) + len(facts)) for link in one.links if link not in named]
                facts.append((kind_of(one), number.book, (number.year, number.n), to_text(one)))
        first = after.registry[numbers[0]].line.first or numbers[0]
        self.see_there(first)
        case, was = after.cases.get(first), None if opened else before.cases.get(first)
        if opened is not None:
            facts.append(followed(first, opened))
        if case is not None:
            records = case.log if was is None else case.log[len(was.log) :]
            facts += [(kind_of(one), first.book, (first.year, first.n), to_text(one)) for one in records]
        self.keep(after, facts, links)


def _get(registry: Registry, number: RegisterNumber) -> Registration | None:
    return registry[number] if number in registry else None  # noqa: SIM401 - it is no dict


def followed(number: RegisterNumber, workflow: Workflow) -> Fact:
    """That a case follows a workflow from here on."""
    return "follows", number.book, (number.year, number.n), _named(workflow.name, workflow.version)


@lru_cache(64)
def _named(name: str, version: int | str) -> str:
    """A workflow by its name; letter after letter follows the same few."""
    return canonical({"version": version, "workflow": name})
