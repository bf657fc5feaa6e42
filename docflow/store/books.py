"""Books: what a store tells, as values that are judged again."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve

from docflow.errors import StoreError
from docflow.store.data import from_text
from docflow.store.shelves import fetched

if TYPE_CHECKING:
    from docflow.letters import Case
    from docflow.registry import CaseRegister, RegisterNumber, Registration, Registry
    from docflow.store.chain import Head
    from docflow.store.reading import Reader
    from docflow.thai.table import Holiday
    from docflow.worktime import SpecialDay

__all__ = ["Books"]


class Books:
    """The registers and cases of a store, as they were when reading began, or as they were recorded at a moment.

    `books[number]` fetches one case. `registry` and `register` fetch all, which takes some seconds for a hundred
    thousand letters; what they give are values, which stay when the reading is over.
    """

    def __init__(self, reader: Reader, head: Head | None) -> None:
        self._store, self._reader, self.head = reader.store, reader, head
        """The last record that is seen; None before the first."""
        self._fetched = fetched(reader)
        self._over = False

    def __getitem__(self, number: RegisterNumber) -> Case:
        """The case of a letter, by any of its numbers. Raises `RegisterError` for one that has no case."""
        self._see_open()
        return self._fetched[number]

    def __contains__(self, number: object) -> bool:
        self._see_open()
        return number in self._fetched.registry

    def registration(self, number: RegisterNumber) -> Registration:
        """A line with its notes. Raises `RegisterError` for a number that no register has."""
        self._see_open()
        return self._fetched.registry[number]

    def passage(self, number: RegisterNumber) -> tuple[Registration, ...]:
        """Every registration of a letter, in order of time."""
        self._see_open()
        return self._fetched.registry.passage(number)

    @cached_property
    def register(self) -> CaseRegister:
        """All registers and all cases as one value."""
        self._see_open()
        return self._reader.register()

    @property
    def registry(self) -> Registry:
        """All registers as one value."""
        return self.register.registry

    @property
    def decisions(self) -> tuple[SpecialDay, ...]:
        """What was announced about days, for `OfficeCalendar`; what was announced again as withdrawn says so."""
        return self._announced("decision", withdrawn=None)

    @property
    def holidays(self) -> tuple[Holiday, ...]:
        """The rows of holidays that were announced, for `ThaiGovernment(rows=...)`; the same."""
        return self._announced("holiday", withdrawn=None, withdrawal="")

    def _announced(self, kind: str, **standing: str | None) -> tuple[Any, ...]:
        self._see_open()
        last: dict[object, Any] = {}
        for record in self._reader.of_no_book(kind):
            announced = from_text(kind, record.content or "")
            last[evolve(announced, **standing)] = announced
        return tuple(last.values())

    def close(self) -> None:
        """The reading is over."""
        self._over = True

    def _see_open(self) -> None:
        if self._over:
            raise StoreError(self._store, "over", "this reading is over; begin another with store.read()")
