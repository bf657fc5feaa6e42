"""Reading: what the records of a store tell, one letter at a time."""

from __future__ import annotations

import json
import os
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select

from docflow.errors import RefusedError, RegisterError, StoreError
from docflow.registry import Book, RegisterNumber
from docflow.store.chain import Record
from docflow.store.collecting import many_stay
from docflow.store.data import from_text, same_workflow
from docflow.store.folding import NAMED, Fold
from docflow.store.statements import ask
from docflow.store.tables import KEY, LINE, LINK, RECORD
from docflow.store.words import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Select

    from docflow.letters import Case, Workflow
    from docflow.registry import CaseRegister, Registration

__all__ = ["LAST", "Reader", "is_secret"]

_OF_NUMBER: Final = (
    *(RECORD.c[one] == bindparam(f"of_{one}") for one in KEY),
    RECORD.c.place <= bindparam("upto"),
)
_RECORDS: Final = select(RECORD).where(*_OF_NUMBER).order_by(RECORD.c.place)
_OF_VOLUME: Final = (*_OF_NUMBER[:3], _OF_NUMBER[4])
_OF_BOOK: Final = (*_OF_NUMBER[:2], _OF_NUMBER[4])
_STANDING: Final = select(
    select(func.min(RECORD.c.n)).where(*_OF_VOLUME).scalar_subquery(),
    select(func.max(RECORD.c.n)).where(*_OF_VOLUME).scalar_subquery(),
    select(func.max(RECORD.c.year)).where(*_OF_BOOK, RECORD.c.n.is_not(None)).scalar_subquery(),
    select(RECORD.c.hash).where(*_OF_BOOK).order_by(RECORD.c.place.desc()).limit(1).scalar_subquery(),
)
"""How a book stands: the first and the last number of a year, the last year with lines, the hash of its last record."""
_BEGINS: Final = (
    select(RECORD.c.content).where(*_OF_VOLUME, RECORD.c.n.is_(None)).order_by(RECORD.c.place.desc()).limit(1)
)
_BEGUN: Final = select(func.min(RECORD.c.place)).where(
    *_OF_VOLUME, or_(RECORD.c.n.is_(None), RECORD.c.n == bindparam("of_n"))
)
_NAMING: Final = (
    select(*(LINK.c[one] for one in KEY))
    .where(
        *(LINK.c[f"to_{one}"] == bindparam(f"of_{one}") for one in KEY),
        LINK.c.place <= bindparam("upto"),
    )
    .order_by(LINK.c.place)
)
_CASES: Final = (
    select(*(RECORD.c[one] for one in KEY))
    .where(RECORD.c.kind == "follows", RECORD.c.content.is_not(None), RECORD.c.place <= bindparam("upto"))
    .order_by(RECORD.c.place)
)
_OF_NO_BOOK: Final = (
    select(RECORD)
    .where(RECORD.c.unit.is_(None), RECORD.c.kind == bindparam("of_kind"), RECORD.c.place <= bindparam("upto"))
    .order_by(RECORD.c.place)
)
_RECORD: Final = partial(tuple.__new__, Record)
"""As `Record._make`, which takes twice as long."""
LAST: Final = 2**62
"""Behind every place."""
_SOME: Final = (
    select(RECORD)
    .where(RECORD.c.place > bindparam("above"), RECORD.c.place <= bindparam("upto"))
    .order_by(RECORD.c.place)
    .limit(bindparam("page"))
)
_OF_LINES: Final = (
    select(RECORD)
    .join(LINE, and_(*(RECORD.c[one] == LINE.c[one] for one in KEY)))
    .where(LINE.c.place.in_(bindparam("lines", expanding=True)), RECORD.c.place <= bindparam("upto"))
    .order_by(RECORD.c.place)
)


class Standing(NamedTuple):
    """How a book stands in a year."""

    first: int | None
    last: int | None
    last_year: int | None
    hash: str | None


class Reader:
    """What is told by the records of a store up to a place. Each letter is fetched once."""

    def __init__(
        self,
        store: str,
        connection: Connection,
        upto: int,
        *,
        secret: bool,
        workflows: Iterable[Workflow],
        known: dict[tuple[str, int | str], Workflow],
    ) -> None:
        self.store, self.connection, self.upto, self.secret = store, connection, upto, secret
        self.given = {(one.name, one.version): one for one in workflows}
        self._fetched: dict[RegisterNumber, Fold] = {}
        self._standing: dict[tuple[Book, int], Standing] = {}
        self.known = known
        """Workflows that are stored as they are here; a store keeps them in mind, for none is ever changed."""
        self._texts: dict[tuple[str, int | str], str] | None = None
        self.told: Callable[[], AbstractContextManager[None]] = nullcontext
        """How what the database says is told; as the driver says it, where nobody says otherwise."""

    @property
    def connection(self) -> Connection:
        """Where it reads. Raises `StoreError` in a child of the process that opened it."""
        if os.getpid() != self._process:
            raise StoreError(self.store, "over", "the process before the fork reads and writes here; begin anew")
        return self._connection

    @connection.setter
    def connection(self, connection: Connection) -> None:
        self._connection, self._process = connection, os.getpid()

    def _rows(self, statement: Select[Any], values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with self.told():
            return ask(self.connection, statement, values)

    def _where(self, book: Book, year: int | None = None, n: int | None = None) -> dict[str, Any]:
        of = {"of_unit": book.unit, "of_direction": book.direction.value, "upto": self.upto}
        return of | ({} if year is None else {"of_year": year}) | ({} if n is None else {"of_n": n})

    def _mine(self, book: Book) -> bool:
        """Whether a book may be here: those of another grade, or whose name no database can hold, are not."""
        return book.secret is self.secret and storable(book.unit)

    def extent(self, book: Book, year: int) -> tuple[int, int]:
        """The first number of a volume, and the next one."""
        if not self._mine(book):
            return 1, 1
        standing = self.standing(book, year)
        if standing.first is not None and standing.last is not None:
            return standing.first, standing.last + 1
        begins = self._rows(_BEGINS, self._where(book, year))
        first = self._said(begins[0][0], "first")["first"] if begins else 1
        return first, first

    def standing(self, book: Book, year: int) -> Standing:
        """How a book stands in a year."""
        found = self._standing.get((book, year))
        if found is None:
            found = Standing(*self._rows(_STANDING, self._where(book, year))[0])
            self._standing[book, year] = found
        return found

    def begun(self, book: Book, year: int) -> int | None:
        """The place of the record that began a volume; None when none has."""
        first = self.standing(book, year).first if self._mine(book) else None
        where = self._where(book, year, 0 if first is None else first)
        found: int | None = self._rows(_BEGUN, where)[0][0]
        return found

    def last_year(self, book: Book, year: int) -> int | None:
        """The last year in which a book has lines, asked for while one of its years is looked at."""
        return self.standing(book, year).last_year if self._mine(book) else None

    def registration(self, number: RegisterNumber) -> Registration:
        """A line that is there, with its notes. Raises `StoreError` when its records tell none."""
        return self._folded(number).registration(number)

    def naming(self, number: RegisterNumber) -> Sequence[RegisterNumber]:
        """The lines that name a line."""
        if not self._mine(number.book):
            return []
        rows = self._rows(_NAMING, self._where(number.book, number.year, number.n))
        return [self.number(*row) for row in rows]

    def number(self, unit: str, direction: str, year: int, n: int) -> RegisterNumber:
        """A number of this store, whose books are all open or all secret."""
        return RegisterNumber(Book(unit, direction, self.secret), year, n)

    def case(self, number: RegisterNumber) -> Case | None:
        """The case of a letter by its first number, judged again; None when it has none."""
        with self._can_have_been():
            return self._folded(number).case(number, self.workflow)

    def register(self) -> CaseRegister:
        """All registers and cases, judged as a whole."""
        fold = Fold(self.store, secret=self.secret)
        with many_stay(), closing(self.every_record()) as records:
            for record in records:
                fold.take(record)
            with self._can_have_been():
                return fold.register(self.workflow)

    @contextmanager
    def _can_have_been(self) -> Iterator[None]:
        """What the rules refuse of records was never written by a store: somebody altered them."""
        try:
            yield
        except (RefusedError, RegisterError) as error:
            raise StoreError(self.store, "damaged", f"what it tells can never have been ({error}){NAMED}") from None

    def every_record(self, page: int = 5000) -> Generator[Record]:
        """Every record, in order of place; so many are fetched at once."""
        above = -LAST
        while True:
            some = self._rows(_SOME, {"above": above, "upto": self.upto, "page": page})
            if not some:
                return
            yield from map(_RECORD, some)
            above = some[-1][0]

    def fetch(self, places: Sequence[int]) -> None:
        """Fetch lines by their places, some hundred at once, with the cases that they opened."""
        for begin in range(0, len(places), 500):
            asked = {"lines": list(places[begin : begin + 500]), "upto": self.upto}
            found: dict[Any, Fold] = {}
            with self.told():
                rows = self.connection.execute(_OF_LINES, asked).all()
            for row in rows:
                record = Record(*row)
                fold = found.setdefault(record.number, Fold(self.store, secret=self.secret))
                fold.take(record)
            self._fetched |= {self.number(*key): fold for key, fold in found.items()}

    def _folded(self, number: RegisterNumber) -> Fold:
        found = self._fetched.get(number)
        if found is None:
            found = self._fetched[number] = Fold(self.store, secret=self.secret)
            if self._mine(number.book):
                where = self._where(number.book, number.year, number.n)
                for row in self._rows(_RECORDS, where):
                    found.take(Record(*row))
        return found

    def numbers_of_cases(self) -> Iterator[RegisterNumber]:
        """The numbers of all cases, in order of receipt."""
        rows = self._rows(_CASES, {"upto": self.upto})
        return iter(dict.fromkeys(self.number(*row) for row in rows))

    def of_no_book(self, kind: str) -> list[Record]:
        """The records of a kind that belong to no book, such as workflows and decisions."""
        return [Record(*row) for row in self._rows(_OF_NO_BOOK, {"of_kind": kind, "upto": self.upto})]

    def workflow_text(self, name: str, version: int | str) -> str | None:
        """What is stored of a workflow; None when it is not."""
        if self._texts is None:
            texts = (record.content for record in self.of_no_book("workflow") if record.content is not None)
            said = {text: self._said(text, "name") for text in texts}
            self._texts = {(one["name"], one.get("version", 1)): text for text, one in said.items()}
        return self._texts.get((name, version))

    def _said(self, text: str, wanted: str) -> dict[str, Any]:
        """What a content says. Raises `StoreError` when it does not say what is wanted."""
        try:
            said = json.loads(text)
        except ValueError:
            said = None
        if not isinstance(said, dict) or wanted not in said:
            problem = "a record of it cannot be read; verify() names what is broken, and the last backup has it"
            raise StoreError(self.store, "damaged", problem)
        return said

    def learn(self, text: str) -> None:
        """Know a workflow that was written since this reader began."""
        said = json.loads(text)
        if self._texts is not None:
            self._texts[said["name"], said.get("version", 1)] = text

    def workflow(self, name: str, version: int | str) -> Workflow:
        """A workflow that is stored: the one that was given when the store was opened, or as the store tells it."""
        found = self.known.get((name, version))
        if found is not None:
            return found
        text, given = self.workflow_text(name, version), self.given.get((name, version))
        if text is None:
            raise StoreError(self.store, "damaged", f"a case follows {name!r}, version {version}, which is not stored")
        if given is not None and not same_workflow(given, text):
            problem = f"the workflow {name!r}, version {version}, is stored otherwise; give a changed one a new version"
            raise StoreError(self.store, "another workflow", problem)
        found = given or from_text("workflow", text)
        self.known[name, version] = found
        return found


def is_secret(connection: Connection, name: str) -> bool:
    """Whether a store is one of secret letters, as its first record says. Raises `StoreError` when it says nothing."""
    first = connection.execute(select(RECORD).where(RECORD.c.place == 1)).one_or_none()
    record = None if first is None else Record(*first)
    said: Any = None
    if record is not None and record.kind == "store":
        with suppress(ValueError, TypeError):  # it may be damaged, and no text
            said = json.loads(record.content or "")
    if not isinstance(said, dict) or not isinstance(said.get("secret"), bool):
        raise StoreError(name, "damaged", "its first record is not that of a store; restore the last backup")
    return said["secret"] is True
