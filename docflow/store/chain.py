"""The chain: each record carries the hash of its content and of the records above it, so no change goes unseen."""

from __future__ import annotations

import json
import re
import secrets
from functools import lru_cache
from hashlib import sha256
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docflow.instants import moment
from docflow.safe import brief
from docflow.thai.dates import THAI_TIME

if TYPE_CHECKING:
    from datetime import datetime

    from docflow.registry import Book

__all__ = ["BEGINNING", "Head", "Record", "digest_of", "hash_on", "sealed"]

_HASH: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
BEGINNING: Final = "0" * 64
"""What stands above the first record, and above the first one of each book."""


class Head(NamedTuple):
    """The last record of a store: its place, its unit of work, when it was written, and its hash.

    >>> from tempfile import TemporaryDirectory
    >>> from docflow.store import Store
    >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/office.db") as office:
    ...     head = office.head
    >>> head.place, str(head).startswith("1 record, head ")
    (1, True)

    Printed on the page of a day, the hash proves later that nothing up to this record was altered since.
    """

    place: int
    """How many records there are, this one among them."""
    writing: int
    """In which unit of work it was written; the first is 1."""
    written: int
    """When it was written, in microseconds since 1970, UTC."""
    hash: str
    """The SHA-256 of this record and those above it, in 64 hexadecimal digits."""

    @property
    def at(self) -> datetime:
        """When it was written, in Thai time."""
        return moment(self.written, THAI_TIME)

    def __str__(self) -> str:
        return f"{self.place} record{'s' * (self.place != 1)}, head {self.hash}"


def hash_on(printed: str | Head) -> str:
    """The hash on a page, which may stand there as a head prints it. Raises `TypeError` for what has none.

    >>> hash_on("3 records, head " + "AB" * 32) == "ab" * 32
    True
    """
    if isinstance(printed, Head):
        return printed.hash
    found = _HASH.search(printed.lower()) if isinstance(printed, str) else None
    if found is None:
        raise TypeError(f"{brief(printed)} is no hash; give the 64 digits that stand on the page")
    return found[0]


class Record(NamedTuple):
    """A row of the table of records, column by column."""

    place: int
    writing: int
    written: int
    writer: str
    kind: str
    unit: str | None
    direction: str | None
    year: int | None
    n: int | None
    salt: str | None
    content: str | None
    digest: str
    before: str
    before_in_book: str
    hash: str

    @property
    def proper_hash(self) -> str:
        """The hash that it must have: of all its columns but salt and content, for which their digest stands.

        So the content can be disposed of, and the chain still holds.
        """
        return hash_of(self[:9], self.digest, self.before, self.before_in_book)

    @property
    def number(self) -> Any:  # noqa: ANN401 - of a line, or with nothing in it
        """Unit, direction, year and number of its line: the columns of `tables.KEY`."""
        return self[5:9]


_quoted: Final = json.JSONEncoder(ensure_ascii=False).encode
_WHOLE: Final = frozenset({int, NoneType})


@lru_cache(4096)
def _named(*texts: str | None) -> str:
    """Texts as JSON writes them, one on a line; the same few stand in all records."""
    return "\n".join(map(_quoted, texts))


def hash_of(envelope: tuple[Any, ...], digest: str, before: str, before_in_book: str) -> str:
    """The hash of the columns, one on a line: texts as JSON writes them, so that none can look like two.

    Raises `TypeError` for a text in the place of a number, which would be written in the same way, and for bytes.
    """
    place, writing, written, writer, kind, unit, direction, year, n = envelope
    if not (type(place) is type(writing) is type(written) is int and type(year) in _WHOLE and type(n) in _WHOLE):
        raise TypeError(place, writing, written, year, n)
    of = f"{place}\n{writing}\n{written}\n{_named(writer, kind, unit, direction)}"
    number = f"{'null' if year is None else year}\n{'null' if n is None else n}"
    return sha256(f"{of}\n{number}\n{digest}\n{before}\n{before_in_book}".encode()).hexdigest()


def digest_of(salt: str, content: str) -> str:
    """The hash of a content. With the salt gone too, nobody can guess what it was and try.

    >>> digest_of("00", "{}")[:16]
    '97f83f00fe7900b0'
    """
    return sha256(f"{salt}\n{content}".encode()).hexdigest()


def sealed(  # noqa: PLR0913, PLR0917 - the columns of a record
    place: int,
    writing: int,
    written: int,
    writer: str,
    kind: str,
    book: Book | None,
    number: tuple[int | None, int | None],
    content: str,
    before: str,
    before_in_book: str,
) -> Record:
    """A record with its hashes, to be written below the one whose hash is `before`."""
    salt = secrets.token_hex(16)
    digest = digest_of(salt, content)
    unit, direction = (None, None) if book is None else (book.unit, book.direction.value)
    envelope = place, writing, written, writer, kind, unit, direction, *number
    return Record(
        *envelope, salt, content, digest, before, before_in_book, hash_of(envelope, digest, before, before_in_book)
    )
