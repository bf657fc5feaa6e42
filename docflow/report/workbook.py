"""The report as a workbook of Excel: what an office keeps, filters and computes with (the extra `report`)."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from docflow.errors import FileError
from docflow.report.plan import Report
from docflow.report.script import same_file
from docflow.report.words import Voice
from docflow.report.workbook_cells import Book
from docflow.report.workbook_indicators import indicator
from docflow.report.workbook_lists import faults, months, records, work
from docflow.report.workbook_overview import OVERVIEW, overview
from docflow.text import expect
from docflow.whole_file import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.text import Language

__all__ = ["workbook"]


def workbook(
    report: Report, path: str | Path, *, language: Language = "th", source: str | Path | Iterable[str | Path] = ()
) -> None:
    """Write a report as an Excel workbook in one language: whole or not at all, and never over a file that was read.

    >>> from pathlib import Path
    >>> from docflow.report import Report, workbook
    >>> from tempfile import TemporaryDirectory
    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(office_clock())))
    >>> with TemporaryDirectory() as folder:
    ...     workbook(report, f"{folder}/plan.xlsx", language="en")
    ...     print(Path(folder, "plan.xlsx").read_bytes()[:2])
    b'PK'

    Its sheets are an overview, one for each indicator with its parts, the months and the work plans where the report
    has them, every observation, and the faults of the files. Moments are those of the office's wall, typed, in Thai
    with the years of the Buddhist era. Numbers are the nearest floats, and are shown with so many decimals that none
    looks like a target that it misses. No text is taken for a formula, an address or a number. The same report gives
    the same bytes.

    Raises `FileError` for a path that cannot be written or names a `source`, `TypeError` for another language and for
    what is no report, and `ModuleNotFoundError` without XlsxWriter; then what was there is as it was.
    """
    expect(report, Report, "report", "one, such as Report(result=plan.evaluate(...))")
    Voice.of(language)
    path, sources = Path(path), [source] if isinstance(source, str | Path) else list(source)
    if any(same_file(path, each) for each in sources):
        raise FileError(str(path), "is the file that was read; write to another one")
    if path.exists() and not path.is_file():
        raise FileError(str(path), "is no file; a workbook needs one, such as report.xlsx")
    replace(path, lambda file: _fill(file, report, language))


def _fill(file: BinaryIO, report: Report, language: Language) -> None:
    result = report.result
    with TemporaryDirectory() as folder:
        book = Book(file, folder, language, result)
        try:
            _sheets(book, report)
        except BaseException:
            book.drop()
            raise
        book.close()


def _sheets(book: Book, report: Report) -> None:
    result = report.result
    first = book.named(book.called(OVERVIEW))
    names = {whole.indicator.number: book.named(whole.indicator.number) for whole in result}
    sheets = {one.indicator.number: names[whole.indicator.number] for whole in result for one in whole}
    overview(book, result, report.missing, name=first, sheets=sheets)
    for whole in result:
        indicator(book, whole, name=names[whole.indicator.number])
    if report.months:
        months(book, report.months)
    if report.work:
        work(book, report.work)
    records(book, result.all())
    faults(book, report.files)
