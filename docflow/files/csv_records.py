"""The lines of a CSV file as records; a stray quotation mark costs no more than the row in which it stands.

A quotation mark that somebody forgot to close joins a row with those below it. Marks alone do not show that, so the
lines are looked at. When a line inside a cell looks like a row, such as "8396/2562,…" below "8395/2562,…", the row in
which the cell opens is at fault, and the lines below it are rows. When it only may be one, the cell is read as it is,
and the doubt is told.
"""

from __future__ import annotations

import csv
import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["SOMETHING", "Cells", "as_heading", "pieces", "plain", "read_records"]

MOST_LINES: Final = 100  # of one record; more are a quotation mark left open
AT_ONCE: Final = 1_000  # lines; those of one record and more
FEW_CELLS: Final = 3  # of an unfinished row; fewer may be a piece of a broken one, and show nothing
MOST_LETTERS: Final = 40  # of a first cell; more say nothing more about how rows begin
SOMETHING: Final = "…"
"""What stands for a cell of a column that nothing reads, so that the column is told to hold something."""
_UNSEEN: Final = re.compile("[\u200b\u200c\u200e\u200f\u2060\ufeff]")
_ENDS: Final = re.compile("\r\n|\r|\n")
_WORD: Final = re.compile(r"[^\s!-/:-@\[-`{-~]+")
_CODE: Final = re.compile(r"\S*[0-9๐-๙]\S*")
"""A code with a number in it, such as "A-7" or "ก12", whatever the rows above begin with."""
_LISTED: Final = re.compile(r"[0-9๐-๙]{1,3}[.)]\s*[^0-9๐-๙\s]")
"""A line of a list, "1. …" or "2) …", which begins with a digit as rows do and is none."""


@frozen
class Cells:
    """The cells of one row, or why they cannot be told apart."""

    number: int
    """Where it stands, as a spreadsheet counts rows."""
    cells: Sequence[str]
    line: str
    """Its first line, as it stands in the file."""
    problem: str = ""
    """Why it has no cells; then the lines below its first are records of their own."""
    doubtful: str = ""
    """A line of a cell that may be a row; or its own line, when marks may have made one cell of several."""
    wrong: Mapping[int, str] = field(factory=dict)
    """Why a cell, by its place, says nothing though it is not empty; in a sheet it may be a formula that failed."""


def read_records(lines: Iterable[str], mark: str = ",") -> Iterator[Cells]:
    """The records of a file, the first of which is its headings; every line is in exactly one of them.

    A `mark` sets its cells apart.
    """
    place, number, width = 0, 0, 0
    coming, ahead = iter(lines), list[str]()
    beginnings = _Beginnings(mark)
    while True:
        if len(ahead) - place < MOST_LINES:
            ahead, place = [*ahead[place:], *islice(coming, AT_ONCE)], 0
        if place == len(ahead):
            break
        number += 1
        line = ahead[place]
        cells, below, problem = _record(ahead, place, mark)
        doubtful = ""
        if below and not problem:
            problem, doubtful = _judged(cells, line, below, width, beginnings)
        elif len(cells) < width <= line.count(mark) + 1:
            doubtful = line.strip("\r\n")
        if problem:
            cells, below = [], []
        elif len(cells) >= min(width, FEW_CELLS) > 0 and not below:
            beginnings.learn(line)
        width = width or len(cells)
        place += 1 + len(below)
        yield Cells(number, cells, line.rstrip("\r\n"), problem, doubtful)


def plain(cell: str) -> str:
    """A cell as it looks: without marks that take no room, with ordinary spaces, and none around it."""
    return _UNSEEN.sub("", cell).replace("\u00a0", " ").strip() if cell else cell


def as_heading(cell: str) -> str:
    """A heading as columns are looked up by: as it looks, with one space between its words.

    >>> as_heading(" Date  received ")
    'Date received'
    """
    return " ".join(plain(cell).split())


def pieces(cell: str) -> list[str]:
    """The lines of a cell."""
    return _ENDS.split(cell)


def _record(lines: Sequence[str], place: int, mark: str) -> tuple[list[str], Sequence[str], str]:
    """The cells that begin at a line, the lines below it that they take in, and what is wrong with their marks."""
    reader = csv.reader(lines[place : place + MOST_LINES], delimiter=mark, strict=True)
    try:
        cells = next(reader)
    except csv.Error as error:
        return [], [], str(error)
    return cells, lines[place + 1 : place + reader.line_num], ""


def _judged(
    cells: Sequence[str], line: str, below: Sequence[str], width: int, beginnings: _Beginnings
) -> tuple[str, str]:
    """What is wrong with a record of several lines, and otherwise which of them may be a row."""
    opened, mark = "a quotation mark seems to be left open", beginnings.mark
    broken = [pieces(cell) for cell in cells if "\n" in cell or "\r" in cell]
    inside = [piece for several in broken for piece in several[1:]]
    if not width:  # headings: no row above shows how rows begin
        return (opened if any(mark in piece for piece in inside) else ""), ""
    holds_others = inside and mark in inside[-1]  # the last line, which then closes a first cell
    last = len(below) if holds_others else len(below) - 1
    for place, one in enumerate(below):
        cells_alone = _cells_alone(one, mark) if place < last else 0
        if beginnings.are_of_a_row(line, one) or cells_alone >= (FEW_CELLS if beginnings.are_of_one(one) else width):
            beginnings.learn(one)  # the broken row's own lines below are asked next, and may be the first of the file
            return f"{opened}, for this line below it looks like a row: {plain(one)[:MOST_LETTERS]}", ""
    if any(map(plain, cells[width:])) or len(cells) < width <= line.count(mark) + 1:
        return opened, ""
    commas = next((plain(piece) for several in broken for piece in several if mark in piece), "")
    return "", next((plain(one) for one in below if beginnings.may_be_of_a_row(line, one)), commas)


def _cells_alone(line: str, mark: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=mark)))
    except csv.Error:
        return line.count(mark) + 1


@define
class _Beginnings:
    """How the rows of a file begin: what sort of character, and what shape, the cells of its first column have."""

    mark: str
    sorts: set[str] = field(factory=set)
    shapes: set[str] = field(factory=set)

    def learn(self, line: str) -> None:
        """Take a row as it should be."""
        first = self._first_cell(line)
        self.sorts.add(_sort(first))
        self.shapes.add(_shape(first))

    def are_of_a_row(self, opening: str, line: str) -> bool:
        """Whether a line begins with a number or code shaped like those of rows; all words have one shape."""
        shape = _shape(self._first_cell(line))
        return "0" in shape and (shape in self.shapes or shape == _shape(self._first_cell(opening)))

    def may_be_of_a_row(self, opening: str, line: str) -> bool:
        """Whether a line begins with the same sort of character as rows do, with a code, or with an empty cell."""
        first = self._first_cell(line)
        if not plain(line) or _LISTED.match(first):
            return False
        if self.mark in line.partition('"')[0] and self.are_of_one(line):
            return True
        return _sort(first) in self.sorts or _sort(first) == _sort(self._first_cell(opening))

    def are_of_one(self, line: str) -> bool:
        """Whether a line begins with a code or an empty cell, as rows do whatever those above began with."""
        first = self._first_cell(line)
        return bool(_CODE.fullmatch(first)) or not any(map(str.isalnum, first))

    def _first_cell(self, line: str) -> str:
        return plain(line.partition(self.mark)[0].replace('"', ""))[:MOST_LETTERS]


def _sort(first: str) -> str:
    sign = first[:1]
    return "0" if sign.isdecimal() else "a" if sign.isascii() and sign.isalpha() else "ก" if sign.isalpha() else sign


def _shape(first: str) -> str:
    """A text with "0" for each word that holds a digit and "a" for each other word, after the sort of its first sign.

    >>> _shape("8395/2562"), _shape("๘๓๙๕ / ๒๕๖๒"), _shape("P01"), _shape("KM-1"), _shape("ขอเชิญ")
    ('0:0/0', '0:0/0', 'a:0', 'a:a-0', 'ก:a')
    """
    words = _WORD.sub(lambda word: "0" if any(map(str.isdecimal, word[0])) else "a", first)
    return f"{_sort(first)}:{''.join(words.split())}"
