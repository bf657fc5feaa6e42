"""Lines as they are now: what is found is looked up in one row for each, which the records tell and nothing else.

The rows are written with the records of a unit of work, made anew from all records after an upgrade, and compared with
them by `verify`. So they can be lost without any loss.
"""

from __future__ import annotations

from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, literal_column, or_, select, text, update

from docflow.errors import StoreError
from docflow.instants import EPOCH, instant
from docflow.letters import Letter
from docflow.registry import Line, RegisterNumber
from docflow.store.folding import LOG, Fold
from docflow.store.reading import LAST
from docflow.store.statements import ask, say
from docflow.store.tables import KEY, LINE
from docflow.store.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from docflow.letters import Case
    from docflow.registry import CaseRegister
    from docflow.store.reading import Reader
    from docflow.store.saying import Fact

__all__ = ["INDEXED", "first_wrong", "index_anew", "keep_lines", "make_lines"]

Row = dict[str, Any]
BATCH: Final = 1024
"""The index of words in SQLite takes what is new when so many records are new. Until then a search looks through the
newest lines one by one, which is quick, while to index a single line costs as much as to write it."""
_THIS: Final = [LINE.c[one] == bindparam(f"of_{one}") for one in KEY]
_PLACE: Final = select(LINE.c.place).where(*_THIS)
_THERE: Final = select(LINE.c.place, LINE.c.words).where(*_THIS)
_INSERT: Final = insert(LINE)
_NAMES: Final = tuple(column.name for column in LINE.c)
_SAID: Final = _NAMES[_NAMES.index("void") : _NAMES.index("words") + 1]
_STANDS: Final = _NAMES[_NAMES.index("workflow") :]
_UPDATE: Final = update(LINE).where(*_THIS)
_MOVE: Final = update(LINE).where(or_(*(column == _PLACE.scalar_subquery() for column in (LINE.c.place, LINE.c.first))))
_SOME: Final = select(LINE).where(LINE.c.place > bindparam("above")).order_by(LINE.c.place).limit(5000)
_LAST: Final = select(func.coalesce(func.max(LINE.c.place), 0)).scalar_subquery()
INDEXED: Final[ColumnElement[int]] = literal_column(
    "coalesce((SELECT rowid FROM line_words ORDER BY rowid DESC LIMIT 1), 0)"
)
"""The last line that the index of words has taken."""
_INDEX: Final = text(
    f"INSERT INTO line_words(rowid, words) SELECT place, words FROM line WHERE place > {INDEXED} ORDER BY place"  # noqa: S608 - no value is in it
)
_LEAVE_OUT: Final = text("INSERT INTO line_words(line_words, rowid, words) VALUES ('delete', :place, :words)")
_TAKE_IN: Final = text("INSERT INTO line_words(rowid, words) VALUES (:place, :words)")
_WRITE_ANEW: Final = text("INSERT INTO line_words(line_words) VALUES ('optimize')")
_FORGET: Final = text("INSERT INTO line_words(line_words) VALUES ('delete-all')")


def _this(number: RegisterNumber) -> Row:
    return {f"of_{name}": value for name, value in zip(KEY, Fold.key(number), strict=True)}


def _said(line: Line) -> tuple[Any, ...]:
    """What a line says, in the order of `_SAID`."""
    letter, void = line.letter, line.void is not None
    texts = [*line.recipients, line.action, line.remark, line.reserved]
    if letter is None:
        return void, True, None, None, None, None, None, "", "", _words(texts)
    sender, subject = folded(letter.sender), folded(letter.subject)
    texts = [letter.number, letter.reference, letter.recipient, letter.unit, letter.remark, *texts]
    words = "\n".join(filter(None, (sender, subject, _words(texts))))
    dated, wanted_by = letter.dated and letter.dated.isoformat(), letter.wanted_by and instant(letter.wanted_by)
    urgency, retention = letter.urgency.value, letter.retention.value
    return void, False, dated, urgency, wanted_by, retention, letter.unit or None, sender, subject, words


def _words(texts: Iterable[str]) -> str:
    return "\n".join(folded(one) for one in texts if one)


def _stands(case: Case | None) -> tuple[Any, ...]:
    """Where a letter stands, in the order of `_STANDS`."""
    return (None, None, None) if case is None else (case.workflow.name, case.state, case.is_final)


def _standing(case: Case | None) -> Row:
    return dict(zip(_STANDS, _stands(case), strict=True))


def keep_lines(connection: Connection, register: CaseRegister, facts: Iterable[Fact], above: int) -> None:
    """Write the rows of what a unit of work said, whose first record stands below the place `above`."""
    said = _Said(facts, above)
    for number, place in said.new.items():
        line = register.registry[number].line
        case = register.cases.get(line.first or number)
        row = _row(Fold.key(number), place, _first(connection, line, said.new), line, case)
        say(connection, _INSERT, [row])
    for number in said.moved.difference(said.new):
        connection.execute(_MOVE, _this(number) | _standing(register.cases.get(number)))
    for number, kind in said.noted.items():
        if number not in said.new:
            _note(connection, register, number, kind)
    if "disposed" in said.noted.values() and connection.dialect.name == "sqlite":
        connection.execute(_WRITE_ANEW)  # the old words stand in the index, only marked as gone
    if connection.dialect.name == "sqlite" and above // BATCH != said.last // BATCH:
        connection.execute(_INDEX)


class _Said:
    """Of which lines and cases a unit of work said something."""

    def __init__(self, facts: Iterable[Fact], above: int) -> None:
        self.new: dict[RegisterNumber, int] = {}
        self.noted: dict[RegisterNumber, str] = {}
        self.moved: set[RegisterNumber] = set()
        self.last = above
        of, number = None, None
        for self.last, (kind, book, (year, n), _) in enumerate(facts, above + 1):
            if book is None or year is None or n is None:
                continue
            if number is None or (book, year, n) != of:  # mostly, several facts follow each other about one
                of, number = (book, year, n), RegisterNumber(book, year, n)
            if kind == "line":
                self.new[number] = self.last
            elif kind == "follows" or kind in LOG:
                self.moved.add(number)
            else:
                self.noted[number] = kind


def _first(connection: Connection, line: Line, new: Mapping[RegisterNumber, int]) -> int | None:
    """The place of the first line of a letter that was forwarded."""
    if line.first is None:
        return None
    return new.get(line.first) or connection.execute(_PLACE, _this(line.first)).scalar_one_or_none()


def _row(
    number: tuple[str, str, int, int], place: int, first: int | None, line: Line, case: Case | None
) -> tuple[Any, ...]:
    """The row of a line, in the order of the table's columns."""
    return place, *number, first, *_said(line), *_stands(case)


def _note(connection: Connection, register: CaseRegister, number: RegisterNumber, kind: str) -> None:
    """Let the row of a line say what a note below it says."""
    gone = kind == "disposed"
    row = _disposed(number) if gone else dict(zip(_SAID, _said(register.registry[number].line), strict=True))
    there = connection.execute(_THERE, _this(number)).one_or_none()
    if there is None:
        problem = "lines that letters are found by are missing; nothing was written, call reindex() and do it again"
        raise StoreError(str(number.book), "damaged", problem)
    place, words = there
    connection.execute(_UPDATE, _this(number) | row)
    if connection.dialect.name != "sqlite" or words == row["words"] or place > connection.scalar(select(INDEXED)):
        return
    connection.execute(_LEAVE_OUT, {"place": place, "words": words})
    connection.execute(_TAKE_IN, {"place": place, "words": row["words"]})


def _disposed(number: RegisterNumber) -> Row:
    """What the row of a line says whose content was disposed of."""
    stub = Line(letter=Letter(number=str(number)), at=EPOCH)
    said = dict(zip(_SAID, _said(stub), strict=True))
    return said | _standing(None) | {"first": None, "void": True}


def _told(fold: Fold, register: CaseRegister) -> Iterator[tuple[Any, ...]]:
    """The rows that all records tell, in order of place."""
    cases = {fold.key(number): case for number, case in register.cases.items()}
    for key, told in fold.told.items():
        line = told.line
        if line is not None:
            first = None if line.first is None else fold.key(line.first)
            yield _row(key, told.place, first and fold.told[first].place, line, cases.get(first or key))


def make_lines(reader: Reader) -> None:
    """Make all rows anew of what the records tell. Raises what they raise when they are judged."""
    connection, fold = reader.connection, Fold(reader.store, secret=reader.secret)
    for record in reader.every_record():
        fold.take(record)
    told = _told(fold, fold.register(reader.workflow))
    connection.execute(delete(LINE))
    while rows := [dict(zip(_NAMES, row, strict=True)) for row in islice(told, BATCH)]:
        connection.execute(_INSERT, rows)
    index_anew(connection)


def index_anew(connection: Connection) -> None:
    """Make the index of words anew, of the lines that are there."""
    if connection.dialect.name == "sqlite":
        connection.execute(_FORGET)
        connection.execute(_INDEX)


def first_wrong(connection: Connection, fold: Fold, register: CaseRegister) -> int | None:
    """The place of the first line whose row says something else than its records; None when all say the same."""
    for expected, kept in zip_longest(_told(fold, register), _kept(connection)):
        if expected != kept:
            return min(int(one[0]) for one in (kept, expected) if one is not None)
    ahead = connection.dialect.name == "sqlite" and connection.scalar(select(INDEXED > _LAST))
    return 1 if ahead else None  # else no later line would ever be taken into the index of words


def _kept(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """The rows that are kept, in order of place."""
    above = -LAST
    while True:
        some = ask(connection, _SOME, {"above": above})
        if not some:
            return
        yield from some
        above = some[-1][0]
