"""Cells of a workbook: texts stay texts, numbers and moments are typed, and no name or text can break a file.

One module knows XlsxWriter. Sheets are written row by row, and a row that is written leaves the memory.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Literal, TypeAlias

from attrs import define, field, frozen

from docflow.instants import local
from docflow.kpi.words import Words
from docflow.report.workbook_values import Exact, Link, Shown, clean, cut, pieces, sheet_name, width_of
from docflow.text import Text, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from docflow.kpi import PlanResult
    from docflow.report.workbook_values import Cell
    from docflow.text import Language

__all__ = ["STAMPS", "Area", "Book", "Column", "Kind", "Sheet"]

MISSING: Final = "workbooks need XlsxWriter; install it with: pip install 'docflow-registry[report]'"
MOST_HEADER: Final = 80
"""A header takes 255 characters, the name of the sheet, its own marks and doubled ampersands included."""
NO_WIDTH: Final = "\u2060"
"""A word joiner: it stands between two marks and shows nothing."""
MOST_HEIGHT: Final = 409
A_LINE: Final = 15.75
"""The height of a line of Thai, which has marks above and below."""
DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no zones
FIRST_DAY: Final = 61
"""1 March 1900. Spreadsheets disagree on the days before, for some of them hold 1900 for a leap year."""
A_DAY: Final = 86_400_000_000

Kind: TypeAlias = Literal["text", "words", "number", "count", "moment", "day", "month", "exact"]
NUMBERS: Final = ("number", "count", "exact")
STAMPS: Final[dict[str, Text]] = {
    "moment": Text("[$-107041E]d mmm yyyy h:mm;@", "yyyy-mm-dd hh:mm"),
    "second": Text("[$-107041E]d mmm yyyy h:mm:ss;@", "yyyy-mm-dd hh:mm:ss"),
    "day": Text("[$-107041E]d mmm yyyy;@", "yyyy-mm-dd"),
    "month": Text("[$-107041E]mmm yyyy;@", "yyyy-mm"),
}
"""How moments are shown; in Thai with the years of the Buddhist era, which the code 107041E asks for."""
COUNTS: Final = "#,##0_)"
EXACT: Final = "#,##0.00########_)"
"""As many decimals as there are: of minutes, ten show a microsecond. The end is a space, before what stands beside."""
RED: Final = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
GREEN: Final = {"bg_color": "#C6EFCE", "font_color": "#006100"}
GREY: Final = {"font_color": "#7F7F7F"}
UNDERLINED: Final = {"bottom": 1, "bottom_color": "#D9D9D9"}
TIGHT: Final = 1.05
"""Letters are as wide as figures, about."""
STYLES: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 14},
    "answer": {"bold": True, "font_size": 12},
    "heading": {"bold": True, "bg_color": "#DDEBF7", "bottom": 1, "text_wrap": True, "valign": "top"},
    "soft": GREY,
    "warning": {"font_color": "#9C5700", "bg_color": "#FFEB9C"},
    "row": UNDERLINED,
    "part": UNDERLINED | GREY,
    "total": {"bold": True, "top": 1},
    "": {},
}


@frozen
class Column:
    """A column: its heading, what its cells are, and how wide it is, in characters; as wide as they are for 0."""

    label: Text = field(converter=text)
    kind: Kind = "text"
    width: int = 0


@frozen
class Area:
    """Where the rows of a table stand, counted from 0; there is none when the last is before the first."""

    first: int
    last: int


class Book:
    """A workbook in one language, written to a file that is open."""

    def __init__(self, file: BinaryIO, folder: str, language: Language, result: PlanResult) -> None:
        try:
            from xlsxwriter import Workbook  # noqa: PLC0415 - who writes no workbooks need not have it
        except ModuleNotFoundError as missing:
            raise ModuleNotFoundError(MISSING) from missing
        kept = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.file: Any = Workbook(file, kept | plain)
        self.language, self.zone = language, result.clock.tz
        self.words = Words(language, self.zone)
        self.title = result.plan.title.said(language)
        # Not the moment of writing: the same report gives the same bytes.
        created = result.as_of.astimezone(UTC).replace(tzinfo=None)
        self.file.set_properties({"title": cut(clean(self.title), MOST_HEADER), "created": created})
        self.names: list[str] = []
        self._forms: dict[tuple[object, ...], Any] = {}

    def close(self) -> None:
        """Write all of it; raises `OSError` when the system refuses."""
        from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - it is there by now

        try:
            self.file.close()
        except FileCreateError as error:
            self.drop()
            raise error.args[0] from None

    def drop(self) -> None:
        """Give up what is begun, and close what lies in the folder."""
        for page in self.file.worksheets():
            page.row_data_fh.close()
        self.file.fileclosed = True

    def called(self, words: Text | str) -> str:
        """Words in its language."""
        return text(words).said(self.language)

    def form(self, style: str = "", number: str = "", **more: object) -> Any:  # noqa: ANN401 - a format of XlsxWriter
        """How a cell looks; what is asked for again is made once."""
        key = (style, number, *more.items())
        if key not in self._forms:
            shape = {"num_format": number} if number else {}
            self._forms[key] = self.file.add_format({"valign": "top"} | STYLES[style] | shape | more)
        return self._forms[key]

    def wall(self, at: int) -> datetime:
        """An instant as the clock on the office's wall shows it."""
        return local(at, self.zone).replace(tzinfo=None)

    def stamp(self, style: str, kind: str) -> Any:  # noqa: ANN401 - the same
        """How a day or a moment looks."""
        key = (kind, style)
        if key not in self._forms:
            self._forms[key] = self.form(style, STAMPS[kind].said(self.language), align="left")
        return self._forms[key]

    def named(self, wanted: str) -> str:
        """A name for a sheet to come, which no other one gets."""
        self.names.append(sheet_name(wanted, self.names))
        return self.names[-1]

    def sheet(self, name: str, widths: Sequence[int], *, keep: int = 0) -> Sheet:
        """A new sheet whose columns are so wide, and whose first rows stay in sight."""
        page = self.file.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        page.set_header(f"&L{_in_header(self.title)}&R{_in_header(name)}")
        page.set_footer("&C&P / &N")
        page.freeze_panes(keep, 0)
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        return Sheet(self, page, name, tuple(widths))


def _in_header(given: str) -> str:
    """A text in which no ampersand begins a command of a header.

    XlsxWriter would take the end of `&&G` and of `&&[Picture]` for a picture, and write no header.
    """
    doubled = cut(clean(given), MOST_HEADER).replace("&", "&&")
    return doubled.replace("&G", f"&{NO_WIDTH}G").replace("&[", f"&{NO_WIDTH}[")


@define
class Sheet:
    """A sheet that is written from the top down."""

    book: Book
    page: Any
    """The sheet of XlsxWriter."""
    name: str
    widths: tuple[int, ...]
    at: int = 0
    """The row that is written next, counted from 0."""

    def line(self, words: str, style: str = "") -> None:
        """A line of words over the whole width."""
        said, across = clean(words), sum(self.widths)
        form, size = self.book.form(style, text_wrap=True), STYLES[style].get("font_size", 11) / 11
        lines = max(1, ceil(width_of(said) * TIGHT * size / across))
        self.page.set_row(self.at, min(A_LINE * size * lines, MOST_HEIGHT))
        if len(self.widths) > 1:
            self.page.merge_range(self.at, 0, self.at, len(self.widths) - 1, "", form)
        self.text(0, said, form)
        self.at += 1

    def text(self, place: int, said: str, form: Any) -> None:  # noqa: ANN401 - a format of XlsxWriter
        """A text that is `clean`, as it is: XlsxWriter would take some texts for its own markup."""
        if ("_x" in said or said.startswith("<r>")) and len(parts := pieces(said)) > 1:
            self.page.write_rich_string(self.at, place, *parts, *([] if form is None else [form]))
        else:
            self.page.write_string(self.at, place, said, form)

    def table(self, columns: Sequence[Column], rows: Iterable[tuple[str, Sequence[Cell]]]) -> Area:
        """Headings, and below them rows, each with its style."""
        for place, column in enumerate(columns):
            side = "right" if column.kind in NUMBERS else "left"
            self.text(
                place,
                clean(self.book.called(column.label)),
                self.book.form("heading", align=side, indent=min(place, 1)),
            )
        labels = [width_of(self.book.called(one.label)) for one in columns]
        lines = max(ceil(label * TIGHT / width) for label, width in zip(labels, self.widths, strict=False))
        self.page.set_row(self.at, A_LINE * lines)
        self.at += 1
        first = self.at
        for style, cells in rows:
            self.row(columns, cells, style)
        return Area(first, self.at - 1)

    def row(self, columns: Sequence[Column], cells: Sequence[Cell], style: str = "row") -> None:
        """A row of cells."""
        lines = 1
        for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            if isinstance(cell, str) and cell:
                said, form = clean(cell), None  # a list of many rows is written without looks
                if column.kind == "words":
                    lines = max(lines, ceil(width_of(said) * TIGHT / self.widths[place]))
                    form = self.book.form(style, text_wrap=True)
                elif style:
                    form = self.book.form(style, align="left", indent=min(place, 1))
                self.text(place, said, form)
            elif isinstance(cell, Link):
                form, where = self.book.form(style, underline=1, font_color="#0563C1"), cell.sheet.replace("'", "''")
                self.page.write_url(self.at, place, f"internal:'{where}'!A1", form, clean(cell.said))
                self.text(place, clean(cell.said), form)
            elif cell is None or isinstance(cell, str):
                if style:
                    self.page.write_blank(self.at, place, None, self.book.form(style))
            else:
                self._typed(place, column.kind, cell, style)
        if lines > 1:
            self.page.set_row(self.at, min(A_LINE * lines, MOST_HEIGHT))
        self.at += 1

    def _typed(self, place: int, kind: Kind, cell: int | float | Shown | datetime | date, style: str) -> None:  # noqa: PYI041 - a cell may be either
        if isinstance(cell, Shown):
            self.page.write_number(self.at, place, Exact(cell.value), self.book.form(style, cell.form))
        elif isinstance(cell, int | float):
            form = self.book.form(style, EXACT if kind == "exact" else COUNTS)
            self.page.write_number(self.at, place, Exact(cell) if isinstance(cell, float) else cell, form)
        else:
            self._stamp(place, kind, cell, style)

    def _stamp(self, place: int, kind: Kind, cell: date, style: str) -> None:
        """A day or a moment, typed where every spreadsheet has that day, else in words."""
        at = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - the same
        since = at - DAY_ZERO
        if since.days < FIRST_DAY:
            said = self.book.words.day(at.date()) + (f" {at:%H:%M}" if kind == "moment" else "")
            self.text(place, said, self.book.form(style))
            return
        finer = kind == "moment" and (at.second or at.microsecond)
        within = (since.seconds * 1_000_000 + since.microseconds) / A_DAY
        form = self.book.stamp(style, "second" if finer else kind)
        self.page.write_number(self.at, place, Exact(since.days + within), form)

    def filtered(self, heading: int, area: Area) -> None:
        """Let its reader choose rows by what stands in them."""
        self.page.autofilter(heading, 0, max(area.last, heading), len(self.widths) - 1)

    def judged(self, area: Area, place: int, good: str, *bad: str) -> None:
        """Colour the words of a column that are good, and those that are bad."""
        for said, look in ((good, GREEN), *((one, RED) for one in bad)):
            self._coloured(area, place, {"type": "cell", "criteria": "==", "value": f'"{said}"'}, look)

    def filled(self, area: Area, place: int) -> None:
        """Colour the numbers of a column that are more than nothing."""
        self._coloured(area, place, {"type": "cell", "criteria": ">", "value": 0}, RED)

    def _coloured(self, area: Area, place: int, rule: dict[str, Any], look: dict[str, str]) -> None:
        if area.last >= area.first:
            rule["format"] = self.book.form(**look)
            self.page.conditional_format(area.first, place, area.last, place, rule)

    def printed(self, *, repeated: int | None = None, last: int = 0) -> None:
        """What is printed: all of it, down to a row at least, and a row of headings on each page."""
        self.page.print_area(0, 0, max(self.at - 1, last, 0), len(self.widths) - 1)
        if repeated is not None:
            self.page.repeat_rows(repeated)
        self.page.ignore_errors({"number_stored_as_text": f"A1:{chr(64 + len(self.widths))}{max(self.at, 1)}"})
