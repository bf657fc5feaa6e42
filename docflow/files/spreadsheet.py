"""The rows of an Excel sheet as records of texts: what each cell means, and not how its sheet happens to show it."""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager, suppress
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from zipfile import BadZipFile, ZipFile

from docflow.errors import FileError
from docflow.files.csv_records import Cells
from docflow.files.typed import text_of
from docflow.files.xml_pieces import feed
from docflow.text_file import opened

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["SPREADSHEET", "sheet_records"]

SPREADSHEET: Final = frozenset({".xlsx", ".xlsm"})
MOST_BYTES: Final = 2**29
"""What the parts of a workbook may hold together when they are unpacked."""
MOST_PARTS: Final = 10_000
MOST_ROWS: Final = 2**20
MOST_COLUMNS: Final = 2**14
IN_A_CELL: Final = 16
"""The elements of a cell, at most, on average over the widest row."""
MOST_ELEMENTS: Final = 2**23
"""What a part may have of elements beside its rows: those of shared texts, and what colours cells."""
AT_ONCE: Final = 2**18
WIDE: Final = (
    f"has a row of more than {MOST_COLUMNS:,} cells, or more beside its rows, than workbooks have; save it anew"
)
MISSING: Final = (
    "sheets of Excel need openpyxl and defusedxml; install them with: pip install 'docflow-registry[excel]'"
)
NOT_WHOLE: Final = "is no whole workbook of Excel ({}); save it again as .xlsx, or as CSV UTF-8"
NO_RESULT: Final = "is a formula without a result; open the workbook, let it compute, and save it"
AN_ERROR: Final = "is an error of its sheet; correct the formula, or write what is meant"
NO_DATE: Final = "is shown as a date, and no date has this number; write the date"
MERGED: Final = "is merged ({}), and only the first cell holds something; unmerge it, and fill each"
_HIDDEN_SIGNS: Final = re.compile(r'"[^"]*"|\[\$[^\]]*\]|[\\_*].')
_TIMED: Final = re.compile("[hs]", re.IGNORECASE)
_FORMULA: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"


def sheet_records(path: str | os.PathLike[str], sheet: str, tell: Callable[[int, int, str], None]) -> Iterator[Cells]:
    """The rows of a sheet, the first of which is row 1; `tell` takes the row, the place and what is doubtful there.

    Formulas are not computed: their last results are read. Rows that a filter hides are rows. Raises `FileError` for
    what is no whole workbook, for one whose parts do not stay within 512 MiB or declare entities, for a row of more
    than 16,384 cells, and where no sheet or several could be meant.
    """
    try:
        import defusedxml.sax  # noqa: PLC0415 - who reads no sheets need not have it
        import openpyxl  # noqa: PLC0415 - the same
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(MISSING) from missing

    with opened(path) as file:
        with _whole(path):
            _check(str(path), file, defusedxml)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of styles that are missing, and of what is not read here
                book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            chosen = _sheet(str(path), book.worksheets, sheet)
            part = chosen._get_source()  # noqa: SLF001 - where the sheet lies
            parser = _parser()(part, chosen._shared_strings, data_only=True, epoch=book.epoch)  # noqa: SLF001 - its texts
            rows, reading = parser.parse(), _Reading(str(path), book)
        with part:
            yield from reading.records(rows)
        for area in parser.merged_cells.mergeCell if parser.merged_cells else ():
            if area.max_row > 1:
                tell(max(area.min_row, 2), area.min_col - 1, MERGED.format(area.coord))


def _parser() -> Any:  # noqa: ANN401 - a class of openpyxl, which ships no types
    from openpyxl.worksheet._reader import WorkSheetParser  # noqa: PLC0415 - it is there by now

    class Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl ships no types
        """Cells as they are written, with their formats, and formulas that were never computed."""

        def parse_cell(self, element: Any) -> dict[str, Any]:  # noqa: ANN401 - an element of XML
            cell: dict[str, Any] = super().parse_cell(element)
            if cell["value"] is None and element.find(_FORMULA) is not None:
                cell |= {"data_type": "f"}
            return cell

        def parse_formatting(self, element: Any) -> None:  # noqa: ANN401 - what only colours cells is left out
            pass

        parse_extensions = parse_column_dimensions = parse_sheet_protection = parse_formatting

    return Parser


class _Reading:
    """What the cells of a workbook mean."""

    def __init__(self, path: str, book: Any) -> None:  # noqa: ANN401 - an openpyxl.Workbook
        self.path = path
        from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - it is there by now

        custom = dict(enumerate(book._number_formats, 164))  # noqa: SLF001 - of cells that are not made
        shown = [custom.get(style.numFmtId) or BUILTIN_FORMATS.get(style.numFmtId, "") for style in book._cell_styles]  # noqa: SLF001
        dated, spans = book._date_formats, book._timedelta_formats  # noqa: SLF001 - the same
        self.epoch = book.epoch
        self.kinds: Mapping[int, str] = {
            style: "span" if style in spans else "moment" if _TIMED.search(_HIDDEN_SIGNS.sub("", code)) else "day"
            for style, code in enumerate(shown)
            if style in dated
        }

    def records(self, rows: Iterator[tuple[int, list[dict[str, Any]]]]) -> Iterator[Cells]:
        """Each row as a record; cells beyond the headings take the first place there."""
        width = 0
        while True:
            with _whole(self.path):
                row = next(rows, None)
                if row is None:
                    break
                number, record = row[0], self._record(*row, width)
            if number > MOST_ROWS:
                raise FileError(self.path, f"has a row {number}, where no sheet has one; save it again as .xlsx")
            if not width:
                if number > 1 or not record.cells:
                    record = Cells(1, [""], "")
                width = len(record.cells)
            yield record
        if not width:
            raise FileError(self.path, "is empty; it needs a row of headings, and rows below it")

    def _record(self, number: int, found: list[dict[str, Any]], width: int) -> Cells:
        cells: list[str] = []
        wrong: dict[int, str] = {}
        for cell in found:
            text, problem = self._text(cell)
            if not text and not problem:
                continue
            if cell["column"] > MOST_COLUMNS:
                raise FileError(self.path, WIDE)
            place = min(cell["column"] - 1, width) if width else cell["column"] - 1
            cells += [""] * (place + 1 - len(cells))
            cells[place] = text
            if problem:
                wrong[place] = problem
        return Cells(number, cells, "", wrong=wrong)

    def _text(self, cell: Mapping[str, Any]) -> tuple[str, str]:
        """A cell as a text, and what is wrong with it."""
        value, kind = cell["value"], cell["data_type"]
        if kind == "f":
            return "", NO_RESULT
        if kind == "e":
            return str(value), AN_ERROR
        as_date = self.kinds.get(cell["style_id"]) if kind == "n" and value is not None else None
        if as_date is None:
            return text_of(value), ""
        from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 - it is there by now

        with suppress(OverflowError, ValueError):
            found = from_excel(value, self.epoch, timedelta=as_date == "span")
            if as_date == "day" and isinstance(found, datetime) and found.time() == time():
                found = found.date()
            return text_of(found), ""
        return text_of(value), NO_DATE


def _sheet(path: str, sheets: list[Any], name: str) -> Any:  # noqa: ANN401 - openpyxl ships no types
    """The sheet that is meant."""
    names = [one.title for one in sheets]
    if name and name not in names:
        raise FileError(path, f"has no sheet {name!r}; it has {', '.join(names) or 'none'}")
    if not name and len(sheets) != 1:
        said = f"has the sheets {', '.join(names)}; say which, such as sheet={names[0]!r}" if names else "has no sheet"
        raise FileError(path, said)
    return sheets[names.index(name) if name else 0]


def _check(path: str, file: Any, defusedxml: Any) -> None:  # noqa: ANN401 - a file and a module
    """Refuse a workbook that would fill the memory, and one whose parts declare anything: none has reason to."""
    archive = ZipFile(file)
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MOST_BYTES or len(parts) > MOST_PARTS:
        most = f"{MOST_BYTES >> 20} MiB or {MOST_PARTS:,} parts"
        raise FileError(path, f"is over {most} when it is unpacked; save its sheet as CSV UTF-8")
    for part in parts:
        with archive.open(part) as opened, suppress(SAXException):  # pictures are no XML
            parser, handler = defusedxml.sax.make_parser(), _Count(path)
            parser.forbid_dtd = True
            parser.setContentHandler(handler)
            try:
                feed(path, parser, handler, iter(partial(opened.read, AT_ONCE), b""))
            except defusedxml.DefusedXmlException:
                problem = f"declares entities in {part.filename}, as no workbook does; save it anew"
                raise FileError(path, problem) from None


class _Count(ContentHandler):
    """Counts the elements of a part, and of each of its rows: readers hold a row whole."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.moved, self.inside = path, False, False
        self.row = self.beside = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: ANN401, ARG002, N802 - sax calls it so
        """Count an element."""
        self.moved = True
        if name.rpartition(":")[2] == "row":
            self.inside, self.row = True, 0
        if self.inside:
            self.row += 1
        else:
            self.beside += 1
        if self.row > MOST_COLUMNS * IN_A_CELL or self.beside > MOST_ELEMENTS:
            raise FileError(self.path, WIDE)

    def endElement(self, name: str) -> None:  # noqa: N802 - sax calls it so
        """End a row."""
        self.moved = True
        if name.rpartition(":")[2] == "row":
            self.inside = False


@contextmanager
def _whole(path: str | os.PathLike[str]) -> Iterator[None]:
    """An archive that is cut short, or damaged, goes wrong in many ways; all of them are one `FileError`."""
    try:
        yield
    except (FileError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a damaged part makes of its readers
        why = str(error) if isinstance(error, BadZipFile) else type(error).__name__
        raise FileError(str(path), NOT_WHOLE.format(why)) from None
