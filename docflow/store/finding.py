"""Finding: lines of a store by number, by words in any field, by where they stand, and by when they are due."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from attrs import field, frozen
from sqlalchemy import false, func, select, union_all

from docflow.instants import instant
from docflow.letters.letter import name
from docflow.store.lines import INDEXED
from docflow.store.tables import KEY, LINE, LINE_WORDS
from docflow.store.words import SHORT, storable, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Column, ColumnElement, Select

    from docflow.registry import CaseRegister, RegisterNumber, Registration
    from docflow.store.asking import Asked
    from docflow.store.reading import Reader

__all__ = ["Found", "find"]

_FIRST: Final = func.coalesce(LINE.c.first, LINE.c.place)
_LINES: Final[Select[Any]] = select(*(LINE.c[one] for one in KEY), LINE.c.place, _FIRST)
_NEWER: Final = LINE.alias("newer")
_OPERATORS: Final = re.compile(r"[\\%_]")


@frozen(repr=False)
class Found:
    """A page of the lines that were found, and how many there are in all.

    >>> from tempfile import TemporaryDirectory
    >>> from docflow.store import Store
    >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/office.db") as office, office.read() as books:
    ...     print(books.find("market"))
    0 lines, page 1 of 1
    """

    lines: tuple[Registration, ...]
    """The lines of this page as they are now: the newest first, or the soonest due."""
    total: int
    """How many lines there are on all pages."""
    page: int = field(default=1, kw_only=True)
    """Which page this is; the first is 1."""
    size: int = field(default=50, kw_only=True)
    """How many lines a page has at most."""

    @property
    def pages(self) -> int:
        """How many pages there are; one when nothing was found."""
        return max(1, -(-self.total // self.size))

    def __str__(self) -> str:
        return f"{self.total:,} line{'s' * (self.total != 1)}, page {self.page} of {self.pages}"

    def __repr__(self) -> str:
        return f"<Found: {self}>"


def find(asked: Asked, reader: Reader, register: CaseRegister, seen: int) -> Found:
    """The lines that are asked for; `seen` is the instant up to which they are seen."""
    where = list(_conditions(asked, reader.connection.dialect.name))
    above = (asked.page - 1) * asked.size
    if asked.promise is not None:
        due = _promised(asked, reader, register, where, seen)
        page, total = due[above : above + asked.size], len(due)
    else:
        order = [LINE.c.place.desc()] if asked.due_by is None else [LINE.c.wanted_by, LINE.c.place]
        some = _LINES.where(*where).order_by(*order).limit(asked.size).offset(above)
        page = [_Seen(*row) for row in reader.connection.execute(some)]
        total = reader.connection.execute(select(func.count()).select_from(LINE).where(*where)).scalar_one()
    reader.fetch([one.place for one in page])
    lines = tuple(register.registry[one.number(reader)] for one in page)
    return Found(lines, total, page=asked.page, size=asked.size)


class _Seen(NamedTuple):
    """A line that was found, and the place of the first line of its letter."""

    unit: str
    direction: str
    year: int
    n: int
    place: int
    first: int

    def number(self, reader: Reader) -> RegisterNumber:
        """Its number."""
        return reader.number(*self[:4])


def _promised(
    asked: Asked, reader: Reader, register: CaseRegister, where: Iterable[ColumnElement[bool]], seen: int
) -> list[_Seen]:
    """The lines whose letters a promise makes due by a moment, the soonest first."""
    lines: dict[int, list[_Seen]] = {}
    for row in reader.connection.execute(_LINES.where(*where).order_by(_FIRST, LINE.c.place)):
        one = _Seen(*row)
        lines.setdefault(one.first, []).append(one)
    reader.fetch(sorted({place for first, some in lines.items() for place in (first, some[0].place)}))
    cases = {first: register[some[0].number(reader)] for first, some in lines.items()}
    of = {id(case): first for first, case in cases.items()}
    return [one for case in asked.due(cases.values(), seen) for one in lines[of[case]]]


def _conditions(asked: Asked, engine: str) -> Iterator[ColumnElement[bool]]:
    """What each line that is asked for says."""
    named = {LINE.c.unit: asked.unit, LINE.c.responsible: asked.responsible}
    exactly = {column: name(text) for column, text in named.items() if text is not None}
    if asked.state is not None:
        exactly[LINE.c.state] = asked.state
    within = {LINE.c.words: asked.words, LINE.c.sender: asked.sender or "", LINE.c.subject: asked.subject or ""}
    parts = {column: words_of(text) for column, text in within.items()}
    every = tuple(dict.fromkeys(word for words in parts.values() for word in words))
    if not all(map(storable, (*exactly.values(), *every))):
        yield false()  # what no line can hold
        return
    if asked.numbered is not None:
        said = zip((LINE.c.n, LINE.c.year, LINE.c.direction), asked.numbered, strict=True)
        yield from (column == value for column, value in said if value is not None)
    yield from (column == text for column, text in exactly.items())
    if asked.due_by is not None or asked.over is not None:
        yield LINE.c.over == bool(asked.over)
    if asked.due_by is not None and asked.promise is None:
        yield LINE.c.wanted_by <= instant(asked.due_by)
    yield from {"sqlite": _in_sqlite, "postgresql": _in_postgresql}[engine](parts, every)


def _in_sqlite(parts: dict[Column[Any], tuple[str, ...]], every: Iterable[str]) -> Iterator[ColumnElement[bool]]:
    """Words in SQLite: the index gives the lines that have all parts of a word, and those are looked through."""
    trigrams = dict.fromkeys(word[at : at + SHORT] for word in every for at in range(len(word) - SHORT + 1))
    if trigrams:
        quoted = " AND ".join('"' + one.replace('"', '""') + '"' for one in trigrams)
        indexed = select(LINE_WORDS.c.rowid).where(LINE_WORDS.c.line_words.op("MATCH")(quoted))
        newer = select(_NEWER.c.place).where(_NEWER.c.place > select(INDEXED).scalar_subquery())
        yield LINE.c.place.in_(union_all(indexed, newer))
    yield from (func.instr(column, word) > 0 for column, words in parts.items() for word in words)


def _in_postgresql(parts: dict[Column[Any], tuple[str, ...]], every: Iterable[str]) -> Iterator[ColumnElement[bool]]:
    """Words in PostgreSQL: the index is asked for all of them, also for those that have to stand in one column."""
    for column, words in (parts | {LINE.c.words: tuple(every)}).items():
        yield from (column.like(f"%{_OPERATORS.sub(_escaped, word)}%") for word in words)


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
