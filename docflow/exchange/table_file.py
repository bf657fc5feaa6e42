"""A CSV file as numbered rows, the way a spreadsheet numbers them; one broken row does not lose the others."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Fault", "Row", "read_rows"]

MOST_LINES: Final = 100  # of one row; more are a quotation mark left open
_UNSEEN: Final = re.compile("[\u200b\u200c\u200e\u200f\u2060\ufeff]")


@frozen
class Fault:
    """Something wrong in a row, where it stands and what to do about it.

    `row` counts as a spreadsheet does, the heading being row 1; `kind` is "unreadable" (no sense can be made of the
    cell, or it is impossible), "reversed" (earlier than the step before it), "duplicate" (a number used twice) or
    "unknown" (it names what no sound row of another file has, or what no list of the office holds).
    """

    row: int
    column: str
    kind: str
    reason: str
    text: str = ""
    """The cell as it stands in the file."""


@frozen
class Row:
    """A row's cells by column, or the fault that keeps them from being read."""

    number: int
    cells: dict[str, str]
    fault: Fault | None = None

    def fault_at(self, column: str, kind: str, reason: str) -> Fault:
        """What is wrong with one of its cells."""
        return Fault(self.number, column, kind, reason, self.cells[column])


def read_rows(path: str | Path, columns: Sequence[str], *, also: str = "") -> Iterator[Row]:
    """The rows of a comma-separated UTF-8 file (with or without a mark) that has at least these columns, in any order.

    With `also`, the columns whose headings start with it are read too, and there must be one.

    Blank rows are counted and left out; cells missing at a row's end are empty. A row whose quotation marks do not
    match is a fault, and each line below its first is a row again; so is a row that seems to have swallowed the next,
    by a cell of several lines that holds the commas of a whole row. Raises `FileError` for a file that cannot be read
    as a whole: missing, a directory, empty, not UTF-8, or without a column.
    """
    lines = _lines(path)
    records = _records(lines)
    number, heading, problem = next(records, (1, [], None))
    names = [" ".join(_plain(name).split()) for name in heading]
    columns = (*columns, *(dict.fromkeys(name for name in names if also and name.startswith(also))))
    _check_heading(str(path), names, columns, problem, lines[number - 1 : number])
    if also and not any(column.startswith(also) for column in columns):
        raise FileError(str(path), f"has no column whose heading starts with {also}; add one to row 1")
    wanted = [(names.index(column), column) for column in columns]
    for number, cells, problem in records:
        if problem is not None:
            reason = f"its cells cannot be told apart ({problem}); check its quotation marks"
            yield Row(number, {}, Fault(number, "", "unreadable", reason))
            continue
        plain = [_plain(cell) for cell in cells]
        beyond = plain[len(names) :]
        if any(beyond):
            reason = f"has {len(cells)} cells under {len(names)} headings; put cells with commas in quotation marks"
            yield Row(number, {}, Fault(number, "", "unreadable", reason, ",".join(beyond)))
        elif any(plain):
            plain += [""] * (len(names) - len(plain))
            yield Row(number, {column: plain[place] for place, column in wanted})


def _lines(path: str | Path) -> list[str]:
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            lines = list(file)
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 text (byte {error.start}); save it as CSV UTF-8"
        raise FileError(str(path), problem) from None
    except OSError as error:
        problem = f"cannot be read ({(error.strerror or str(error)).lower()})"
        raise FileError(str(path), problem) from None
    if not any(line.strip() for line in lines):
        raise FileError(str(path), "is empty; it needs a row of headings and the register's rows below")
    return lines


def _check_heading(
    path: str, names: Sequence[str], columns: Sequence[str], problem: str | None, line: Sequence[str]
) -> None:
    if problem is not None:
        raise FileError(path, f"its headings cannot be read ({problem})")
    missing = [column for column in columns if column not in names]
    if missing:
        one = "".join(line)
        apart = next((mark for mark in (";", "\t", "|") if one.count(mark) >= len(columns) - 1), None)
        hint = (
            f"; its cells are set apart by {apart!r}, save it with commas"
            if apart
            else "; add what is missing to row 1"
        )
        raise FileError(path, f"lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}{hint}")
    twice = sorted({column for column in columns if names.count(column) > 1})
    if twice:
        raise FileError(path, f"has the column {', '.join(twice)} twice; leave one")


def _records(lines: Sequence[str]) -> Iterator[tuple[int, list[str], str | None]]:
    """Number, cells and problem of each record; after a broken one, reading goes on at the line below its first."""
    place, number, width = 0, 0, 0
    while place < len(lines):
        number += 1
        reader = csv.reader(lines[place : place + MOST_LINES], strict=True)
        try:
            cells, problem = next(reader), None
        except csv.Error as error:
            cells, problem = [], str(error)
        if width and any(_swallows(cell, width) for cell in cells):
            cells, problem = [], "a quotation mark seems to be left open"
        width = width or len(cells)
        place += 1 if problem else reader.line_num
        yield number, cells, problem


def _plain(cell: str) -> str:
    """A cell as it looks: without marks that take no room, with ordinary spaces, and none around it."""
    return _UNSEEN.sub("", cell).replace("\u00a0", " ").strip() if cell else cell


def _swallows(cell: str, width: int) -> bool:
    return cell.count(",") >= width - 1 and ("\n" in cell or "\r" in cell)
