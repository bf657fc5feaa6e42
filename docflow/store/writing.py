"""Writing: what was said at a desk becomes records below the last one, and the head moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen
from sqlalchemy import bindparam, insert, select, update

from docflow.errors import StoreError
from docflow.store.chain import BEGINNING, Head, Record, sealed
from docflow.store.disposal import forget
from docflow.store.folding import Fold
from docflow.store.lines import keep_lines
from docflow.store.shelves import fetched
from docflow.store.statements import say
from docflow.store.tables import HEAD, KEY, LINK, RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from docflow.registry import Book, CaseRegister, RegisterNumber
    from docflow.store.reading import Reader
    from docflow.store.saying import Saying

__all__ = ["Page", "append", "begin"]

_RECORD: Final = insert(RECORD)
_LINK: Final = insert(LINK)
_HEAD: Final = update(HEAD).values({name: bindparam(name) for name in Head._fields})
_LAST_OF_NO_BOOK: Final = select(RECORD.c.hash).where(RECORD.c.unit.is_(None)).order_by(RECORD.c.place.desc()).limit(1)


@frozen
class Page:
    """Where the last unit of work ended. The next one goes on from there, if nobody else wrote between them."""

    reader: Reader
    register: CaseRegister
    """Registers and cases: what was there when the reader began is fetched, what was written since is in it."""
    head: Head
    hashes: Mapping[Book | None, str]
    """The hash of the last record of each book that was written in since."""
    turned: int = 0
    """How many units of work went on from here."""

    @classmethod
    def of(cls, reader: Reader, head: Head) -> Page:
        """A page on which nothing is written yet."""
        return cls(reader, fetched(reader), head, {})


def append(page: Page, said: Saying, at: int, writer: str) -> Page:
    """Write what was said below the last record, as one unit of work; the page that the next one goes on from."""
    records: list[Record] = []
    hashes = dict(page.hashes)
    writing, above = page.head.writing + 1, page.head.hash
    for place, (kind, book, number, content) in enumerate(said.facts, page.head.place + 1):
        before = hashes.get(book) or _last(page.reader, book, number[0])
        record = sealed(place, writing, at, writer, kind, book, number, content, above, before)
        above = hashes[book] = record.hash
        records.append(record)
    head = Head(records[-1].place, writing, at, above)
    connection = page.reader.connection
    if say(connection, _RECORD, records) != len(records):
        problem = (
            "the database does not take all of it; verify() names what keeps it from that, and nothing was written"
        )
        raise StoreError(page.reader.store, "damaged", problem)
    keep_lines(connection, said.register, said.facts, page.head.place)
    naming = [_naming(link, number, records[fact].place) for link, number, fact in said.links]
    if naming:
        connection.execute(_LINK, naming)
    forget(connection, records, page.reader.store)
    if say(connection, _HEAD, [head]) != 1:
        raise StoreError(page.reader.store, "damaged", "it has no head; restore the last backup, and verify it")
    return Page(page.reader, said.register, head, hashes, page.turned + 1)


def begin(connection: Connection, at: int, said: str) -> None:
    """Write the first record, which says what store it is."""
    first = sealed(1, 1, at, "docflow", "store", None, (None, None), said, BEGINNING, BEGINNING)
    connection.execute(_RECORD, [first._asdict()])
    connection.execute(insert(HEAD), {"one": 1, **Head(1, 1, at, first.hash)._asdict()})


def _last(reader: Reader, book: Book | None, year: int | None) -> str:
    """The hash of the last record of a book, which is mostly known since its last number was asked for."""
    if book is None:
        return reader.connection.execute(_LAST_OF_NO_BOOK).scalar_one_or_none() or BEGINNING
    standing = reader.standing(book, year or 0)
    return standing.hash or BEGINNING


def _naming(link: RegisterNumber, number: RegisterNumber, place: int) -> dict[str, Any]:
    columns = (*(f"to_{one}" for one in KEY), *KEY, "place")
    return dict(zip(columns, (*Fold.key(link), *Fold.key(number), place), strict=True))
