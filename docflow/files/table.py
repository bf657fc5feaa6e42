"""A file as numbered rows, the way a spreadsheet numbers them; one broken row does not lose the others."""

from __future__ import annotations

from collections import Counter
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeGuard

from attrs import field, frozen

from docflow.errors import FileError
from docflow.files.csv_records import Cells, as_heading, pieces, plain, read_records
from docflow.files.faults import OF_HEADING, Fault
from docflow.files.frames import HEADING, frame_records
from docflow.files.parquet import PARQUET, parquet_records
from docflow.files.spreadsheet import SPREADSHEET, sheet_records
from docflow.text import Text
from docflow.text_file import code_page, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from docflow.letters import Case

__all__ = ["RegisterFile", "Row", "Table", "check_writing", "is_typed", "read_table"]

MARKS: Final = (",", ";", "\t", "|")
"""What usually sets cells apart."""
SAID: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}


@frozen
class RegisterFile:
    """What a register file holds: the cases that can be measured, and every fault of the others.

    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.bangkok.files import RECEIPT_REGISTER
    >>> from docflow.files import read_register
    >>> read = read_register("examples/data/register-2563.csv", RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER)
    >>> read.rows, len(read.cases), len(read.faults), read.cases[0].letter.number
    (3000, 2978, 22, '8701/2562')
    """

    cases: tuple[Case, ...] = field(repr=False)
    """Those of the rows without a fault, in the order of the rows."""
    faults: tuple[Fault, ...]
    """What keeps a row out of every figure."""
    notes: tuple[Fault, ...]
    """Cells that no figure needs and that could not be read, cells that may have taken a row in, unread columns."""
    rows: int
    """How many rows the file has below its headings, blank ones aside; each gave a case or at least one fault."""
    places: tuple[int, ...] = field(default=(), repr=False)
    """The row of each case, as faults name rows: of a frame, `frame.iloc[list(read.places)]` are those of `cases`."""


@frozen
class Row:
    """A row's cells by column (every one that is needed), or the fault that keeps them from being read.

    >>> from docflow.files import read_table
    >>> row = next(read_table("examples/data/requests.csv", ["Request", "Answered"]).rows)
    >>> row.number, row.cells["Answered"], row.fault
    (2, '2026-01-09 11:05', None)
    """

    number: int
    """Where it stands in the file, as a spreadsheet counts; the headings are row 1."""
    cells: dict[str, str]
    """The text of each column that is read; "" where the cell is empty, and no column at all where there is a fault."""
    fault: Fault | None = None
    """Why its cells cannot be told apart; None for most rows."""

    def fault_at(self, column: str, kind: str, reason: Text | str) -> Fault:
        """What is wrong with one of its cells; a reason of the office's own says it in both languages.

        >>> Row(2, {"No": "7", "Received": "soon"}).fault_at("Received", "unreadable", "is no date").text
        'soon'
        """
        if isinstance(reason, Text):
            return Fault(self.number, column, kind, reason.en, self.cells.get(column, ""), thai=reason.th)
        return Fault(self.number, column, kind, reason, self.cells.get(column, ""))


@frozen
class Table:
    """The rows of a file, to be read once, and what is to be told of the file beside them.

    >>> from docflow.files import read_table
    >>> table = read_table("examples/data/requests.csv", ["Request", "Received"])
    >>> rows = list(table.rows)
    >>> table.columns, len(rows), table.notes[0].column
    (('Request', 'Received'), 14, 'From')
    """

    columns: tuple[str, ...]
    """The columns that are read."""
    rows: Iterator[Row]
    """Read one by one, as they are asked for."""
    notes: list[Fault] = field(factory=list)
    """Grows while the rows are read: cells that may be rows, and columns that hold something and are not read."""


def read_table(
    path: object,
    columns: Sequence[str],
    *,
    also: Callable[[str], bool] = lambda _: False,
    delimiter: str = ",",
    encoding: str = "utf-8",
    sheet: str = "",
) -> Table:
    """Read the rows of a table that has at least these columns, in any order: a CSV, Excel or Parquet file, or a frame.

    >>> next(read_table("examples/data/requests.csv", ["Request", "Received"]).rows)
    Row(number=2, cells={'Request': '1/2026', 'Received': '2026-01-05 09:40'}, fault=None)

    It reads these columns, and where they are filled, those whose headings are `also` wanted. Blank rows are counted
    and left out; cells missing at a row's end are empty. A row whose quotation marks do not match is a fault, and each
    line below its first is a row again; so is a row of which a cell seems to have swallowed others.

    Text has its `delimiter` and `encoding` (with or without a mark); neither is guessed, and a wrong delimiter is told.
    An `.xlsx` file has a `sheet`, to be named where there are several; a `.parquet` file has its names as row 1. A
    frame is of pandas, polars or pyarrow; its rows are counted from 0, as its own `iloc` counts them, and a note about
    one of its names says "heading". Their cells become the text that a person would write: days and times in ISO 8601
    with the offset that the file or frame names, 7.0 as "7", nothing as "". A cell of a sheet with an error, or a
    formula without a result, is a fault of its row.

    Raises `FileError` for a file that cannot be read as a whole: missing, a directory, empty, cut short, in another
    encoding, or without a column; `ModuleNotFoundError` where openpyxl or pyarrow is not installed; `ValueError` for a
    delimiter or an encoding that is none; and `TypeError` for one text in the place of the columns.
    """
    if isinstance(columns, str):
        raise TypeError(f"{columns!r} is one text; give the columns in a list: [{columns!r}]")
    check_writing(delimiter, encoding)
    notes: list[Fault] = []
    names: list[str] = []
    mark, kind, where = "", _ending(path), f"{path}" if is_path(path) else f"the {type(path).__name__}"

    def wanted(name: str) -> bool:
        return name in columns or also(name)

    def tell(number: int, place: int, reason: str) -> None:
        notes.append(Fault(number, names[place] if place < len(names) else "", "doubtful", reason))

    if not is_path(path):
        records = frame_records(path, wanted)
    elif kind in SPREADSHEET:
        records = sheet_records(path, sheet, tell)
    elif kind in PARQUET:
        records = parquet_records(path, wanted)
    else:
        mark = delimiter
        records = read_records(read_lines(path, encoding), mark)
    heading = next(records)
    names += map(as_heading, heading.cells)
    more = dict.fromkeys(name for name in names if name not in columns and also(name))
    both = (*columns, *more)
    _check_heading(where, names, both, heading, mark, len(columns))
    return Table(both, _rows(records, heading, names, both, more.keys(), notes, mark), notes)


def is_path(source: object) -> TypeGuard[str | PathLike[str]]:
    """Whether a source of rows is the path of a file; what is none is a frame."""
    return isinstance(source, str | PathLike)


def is_typed(source: object) -> bool:
    """Whether a source has numbers, days and moments as such, as a frame has; a text has only their spellings."""
    return not is_path(source) or _ending(source) in SPREADSHEET | PARQUET


def _ending(source: object) -> str:
    return Path(source).suffix.lower() if is_path(source) else ""


def check_writing(delimiter: str, encoding: str) -> None:
    """Raise `ValueError` for a delimiter or an encoding that no text file has."""
    if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter.isalnum() or delimiter in ' "\r\n':
        known = ", ".join(map(repr, MARKS))
        raise ValueError(f"{delimiter!r} sets no cells apart; give one mark, such as {known}")
    code_page(encoding)


def _rows(
    records: Iterable[Cells],
    heading: Cells,
    names: Sequence[str],
    columns: Sequence[str],
    also: AbstractSet[str],
    notes: list[Fault],
    mark: str,
) -> Iterator[Row]:
    places = {name: place for place, name in enumerate(names)}
    needed = [(places[column], column) for column in columns if column not in also]
    more = {places[column]: column for column in also}
    read = {places[column]: column for column in columns}
    unread = {place: name for place, name in enumerate(names) if place not in read}
    for record in records:
        if record.problem:
            reason = f"its cells cannot be told apart ({record.problem}); check its quotation marks"
            yield Row(record.number, {}, Fault(record.number, "", "unreadable", reason, record.line))
            continue
        cells = [plain(cell) for cell in record.cells]
        beyond = cells[len(names) :]
        wrong = next((place for place in record.wrong if place in read), None) if record.wrong else None
        if any(beyond):
            way = f"put cells with {SAID.get(mark, mark)} in quotation marks" if mark else "give each column a heading"
            reason = f"has {len(cells)} cells under {len(names)} headings; {way}"
            yield Row(record.number, {}, Fault(record.number, "", "unreadable", reason, (mark or ",").join(beyond)))
        elif wrong is not None:
            fault = Fault(record.number, read[wrong], "unreadable", record.wrong[wrong], record.cells[wrong])
            yield Row(record.number, {}, fault)
        elif any(cells):
            if record.doubtful:
                notes.append(_doubt(record, names, SAID.get(mark, mark)))
            filled = [place for place, cell in enumerate(cells) if cell] if more or unread else []
            notes += [_unread(heading, place, unread.pop(place)) for place in filled if place in unread]
            found = {column: cells[place] if place < len(cells) else "" for place, column in needed}
            found |= {more[place]: cells[place] for place in filled if place in more}
            yield Row(record.number, found)


def _doubt(record: Cells, names: Sequence[str], marks: str) -> Fault:
    several = [(name, cell, pieces(cell)) for name, cell in zip(names, record.cells, strict=False)]
    later = [(name, cell, line) for name, cell, lines in several for line in lines[1:]]
    first = [(name, cell, lines[0]) for name, cell, lines in several if len(lines) > 1]
    same = [one for one in (*later, *first) if plain(one[2]) == record.doubtful]
    for name, cell, line in [*same, *later, *first]:
        if plain(line) and plain(line) in record.doubtful:
            reason = (
                f"has a line that may be a row of its own, or hold cells: {record.doubtful}; if so, correct the marks"
            )
            return Fault(record.number, name, "doubtful", reason, cell)
    reason = f"has {len(record.cells)} cells, and {marks} for {len(names)} headings; check its quotation marks"
    return Fault(record.number, "", "doubtful", reason, record.line)


def _unread(heading: Cells, place: int, name: str) -> Fault:
    which = "is a column that nothing reads" if name else f"(column {place + 1}) has no heading, and nothing reads it"
    row: int | Literal["heading"] = OF_HEADING if heading.number == HEADING else heading.number
    return Fault(row, name, "unread", f"{which}; if it should count, give it the heading of a column that is read")


def _check_heading(
    path: str, names: Sequence[str], columns: Sequence[str], heading: Cells, mark: str, needed: int
) -> None:
    if heading.problem:
        raise FileError(path, f"its headings cannot be read ({heading.problem}); check the quotation marks of row 1")
    count = Counter(names)
    missing = [column for column in columns if not count[column]]
    if missing:
        others = [other for other in MARKS if mark and other != mark]
        apart = next((other for other in others if heading.line.count(other) >= needed - 1), None)
        hint = "add what is missing" if heading.number == HEADING else "add what is missing to row 1"
        if apart and needed > 1:
            way = f"save it with {SAID.get(mark, mark)}, or give delimiter={apart!r}"
            hint = f"its cells are set apart by {apart!r}, {way}"
        raise FileError(path, f"lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}; {hint}")
    twice = sorted(column for column in columns if count[column] > 1)
    if twice:
        raise FileError(path, f"has the column {', '.join(twice)} twice; leave one")
