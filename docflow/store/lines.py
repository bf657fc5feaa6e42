"""Lines as they are now: what is found is looked up in one row for each, which the records tell and nothing else.

The rows are written with the records of a unit of work, made anew from all records after an upgrade, and compared with
them by `verify`. So they can be lost without any loss.
"""

from __future__ import annotations

from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, or_, select, text, update

from docflow.instants import EPOCH, instant
from docflow.letters import Letter
from docflow.registry import Line, RegisterNumber
from docflow.store.folding import LOG, Folder
from docflow.store.reading import LAST
from docflow.store.statements import say
from docflow.store.tables import LINE
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
_KEY: Final = ("unit", "direction", "year", "n")
_THIS: Final = [LINE.c[one] == bindparam(f"of_{one}") for one in _KEY]
_PLACE: Final = select(LINE.c.place).where(*_THIS)
_THERE: Final = select(LINE.c.place, LINE.c.words).where(*_THIS)
_INSERT: Final = insert(LINE)
_NAMES: Final = tuple(column.name for column in LINE.c)
_UPDATE: Final = update(LINE).where(*_THIS)
_MOVE: Final = update(LINE).where(or_(*(column == _PLACE.scalar_subquery() for column in (LINE.c.place, LINE.c.first))))
_SOME: Final = select(LINE).where(LINE.c.place > bindparam("above")).order_by(LINE.c.place).limit(5000)
INDEXED: Final = text("coalesce((SELECT rowid FROM line_words ORDER BY rowid DESC LIMIT 1), 0)")
"""The last line that the index of words has taken."""
_INDEX: Final = text(
    f"INSERT INTO line_words(rowid, words) SELECT place, words FROM line WHERE place > {INDEXED} ORDER BY place"  # noqa: S608 - no value is in it
)
_LEAVE_OUT: Final = text("INSERT INTO line_words(line_words, rowid, words) VALUES ('delete', :place, :words)")
_TAKE_IN: Final = text("INSERT INTO line_words(rowid, words) VALUES (:place, :words)")
_WRITE_ANEW: Final = text("INSERT INTO line_words(line_words) VALUES ('optimize')")
_FORGET: Final = text("INSERT INTO line_words(line_words) VALUES ('delete-all')")


def _key(number: RegisterNumber) -> Row:
    return {"unit": number.book.unit, "direction": number.book.direction.value, "year": number.year, "n": number.n}


def _this(number: RegisterNumber) -> Row:
    return {f"of_{name}": value for name, value in _key(number).items()}


def _said(line: Line) -> Row:
    """What a line says, in the columns of its row."""
    letter = line.letter
    texts = [*line.recipients, line.action, line.remark, line.reserved]
    row: Row = {
        "void": line.void is not None,
        "reserved": letter is None,
        "dated": None,
        "urgency": None,
        "wanted_by": None,
        "retention": None,
        "responsible": None,
        "sender": "",
        "subject": "",
    }
    if letter is not None:
        row["dated"] = letter.dated and letter.dated.isoformat()
        row["urgency"], row["retention"] = letter.urgency.value, letter.retention.value
        row["wanted_by"] = letter.wanted_by and instant(letter.wanted_by)
        row["sender"], row["subject"] = folded(letter.sender), folded(letter.subject)
        row["responsible"] = letter.unit or None
        texts = [letter.number, letter.reference, letter.recipient, letter.unit, letter.remark, *texts]
    row["words"] = "\n".join(filter(None, (row["sender"], row["subject"], *map(folded, texts))))
    return row


def _stands(case: Case | None) -> Row:
    """Where a letter stands, in the columns of its lines."""
    if case is None:
        return {"workflow": None, "state": None, "over": None}
    return {"workflow": case.workflow.name, "state": case.state, "over": case.is_final}


def keep_lines(connection: Connection, register: CaseRegister, facts: Iterable[Fact], above: int) -> None:
    """Write the rows of what a unit of work said, whose first record stands below the place `above`."""
    said = _Said(facts, above)
    for number, place in said.new.items():
        line = register.registry[number].line
        row = _row(number, place, _first(connection, line, said.new), line, register.cases)
        say(connection, _INSERT, [row])
    for number in said.moved.difference(said.new):
        connection.execute(_MOVE, _this(number) | _stands(register.cases.get(number)))
    for number, kind in said.noted.items():
        if number not in said.new:
            _note(connection, register, number, kind)
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
    number: RegisterNumber, place: int, first: int | None, line: Line, cases: Mapping[RegisterNumber, Case]
) -> Row:
    case = cases.get(line.first or number)
    return {"place": place, **_key(number), "first": first, **_said(line), **_stands(case)}


def _note(connection: Connection, register: CaseRegister, number: RegisterNumber, kind: str) -> None:
    """Let the row of a line say what a note below it says."""
    gone = kind == "disposed"
    row = _disposed(number) if gone else _said(register.registry[number].line)
    place, words = connection.execute(_THERE, _this(number)).one()
    connection.execute(_UPDATE, _this(number) | row)
    if connection.dialect.name != "sqlite" or words == row["words"] or place > connection.scalar(select(INDEXED)):
        return
    connection.execute(_LEAVE_OUT, {"place": place, "words": words})
    connection.execute(_TAKE_IN, {"place": place, "words": row["words"]})
    if gone:  # until then the old words stand in the index, and only a mark says that they are no longer meant
        connection.execute(_WRITE_ANEW)


def _disposed(number: RegisterNumber) -> Row:
    """What the row of a line says whose content was disposed of."""
    stub = Line(letter=Letter(number=str(number)), at=EPOCH)
    return _said(stub) | _stands(None) | {"first": None, "void": True}


def _told(folder: Folder, register: CaseRegister) -> Iterator[Row]:
    """The rows that all records tell, in order of place."""
    for key, told in folder.told.items():
        line, number = told.line, folder.number(key)
        if line is not None:
            first = None if line.first is None else folder.told[folder.key(line.first)].place
            yield _row(number, told.place, first, line, register.cases)


def make_lines(reader: Reader) -> None:
    """Make all rows anew of what the records tell. Raises what they raise when they are judged."""
    connection, folder = reader.connection, Folder(reader.store, secret=reader.secret)
    for record in reader.every_record():
        folder.take(record)
    told = _told(folder, folder.register(reader.workflow))
    connection.execute(delete(LINE))
    while rows := list(islice(told, BATCH)):
        connection.execute(_INSERT, rows)
    index_anew(connection)


def index_anew(connection: Connection) -> None:
    """Make the index of words anew, of the lines that are there."""
    if connection.dialect.name == "sqlite":
        connection.execute(_FORGET)
        connection.execute(_INDEX)


def first_wrong(connection: Connection, folder: Folder, register: CaseRegister) -> int | None:
    """The place of the first line whose row says something else than its records; None when all say the same."""
    for told, kept in zip_longest(_told(folder, register), _kept(connection)):
        expected = None if told is None else tuple(map(told.__getitem__, _NAMES))
        if kept is None or expected != kept:
            return min(int(one[0]) for one in (kept, expected) if one is not None)
    return None


def _kept(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """The rows that are kept, in order of place."""
    above = -LAST
    while True:
        rows = connection.execute(_SOME, {"above": above})
        some = rows.cursor.fetchall()  # the driver's own rows, as for records
        rows.close()
        if not some:
            return
        yield from map(tuple, some)
        above = some[-1][0]
