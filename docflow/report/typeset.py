"""Lines and tables set in columns, as wide as asked: Thai wraps between its clusters, and no figure is cut short."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING, Final, TypeAlias

from docflow.registry.columns import wide, wrapped
from docflow.report.plain import is_left, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docflow.report.blocks import Cell, Grid, Row
    from docflow.report.words import Voice

__all__ = ["Piece", "indented", "screen_width", "table"]

Piece: TypeAlias = "tuple[str, Cell | None, str]"
"""A part of a line: its text, the cell that it belongs to, and the role of its row."""
NARROWEST: Final = 80  # a narrower terminal wraps the lines; fewer columns would drop figures
WIDEST: Final = 400
GAP: Final = "  "
LEAST_WORDS: Final = 16
LEAST_TITLES: Final = 28
"""How narrow a column of words becomes before a table is told in two; the second is that of the indicators' titles."""
HEADING: Final = 10
MOST_NUMBERS: Final = 24
"""What is wider than this is no number, whatever its column, and wraps."""


def screen_width() -> int:
    """How wide the terminal is, within reason, whatever it says of itself.

    >>> 80 <= screen_width() <= 400
    True
    """
    return min(max(get_terminal_size().columns, NARROWEST), WIDEST)


def indented(text: str, width: int, first: str = "", *, hang: str = "") -> Iterator[str]:
    r"""Lines of words within a width, each indented as it is written, the first behind a mark.

    What a line goes on with stands below its beginning, or further right by what is to `hang`.

    >>> list(indented("read as\n  the next working days", 14, "• "))
    ['• read as', '  the next', '  working days']
    """
    for line in text.split("\n"):
        words = line.lstrip(" ")
        lead, hung = " " * min(len(line) - len(words), width // 2), False
        for one in wrapped(words, width - len(lead) - len(first)):
            yield f"{lead}{first}{one}"
            lead, first = lead + " " * len(first) + hang * (not hung), ""
            hung = True


def table(grid: Grid, voice: Voice, width: int) -> Iterator[list[Piece]]:
    """A table, line by line; one that is too wide is told in several, each with the first column and a blank between.

    The table of all indicators stays one: what does not fit beside the titles is left out, for it is told of each.

    >>> from docflow.report.blocks import Column, Grid, Row
    >>> from docflow.report.words import ENGLISH
    >>> grid = Grid((Column("no.", words=True), Column("mean")), (Row(("1.5", "14.37 min")),))
    >>> for line in table(grid, ENGLISH, 80):
    ...     print("".join(text for text, *_ in line))
    no.       mean
    ---  ---------
    1.5  14.37 min
    """
    setting = _Setting(grid, voice)
    parts = setting.parts(width)
    for n, places in enumerate(parts[:1] if grid.wide else parts):
        if n:
            yield []
        yield from setting.lines(places, width)


class _Setting:
    """A table's cells in one language, and how wide they are."""

    def __init__(self, grid: Grid, voice: Voice) -> None:
        places = range(len(grid.columns))
        self.headings = [voice.say(column.label) for column in grid.columns]
        self.words = [column.words for column in grid.columns]
        titles = 1 if grid.wide else 0
        self.rows: list[tuple[Row, list[str]]] = []
        for row in grid.rows:
            cells = [said(cell, voice) for cell in row.cells]
            if row.role == "part":
                cells[titles] = f"{GAP}{cells[titles]}"
            self.rows.append((row, cells))
        self.left = [is_left(grid, n) for n in places]
        self.widest = [self._widest(n) for n in places]
        least = LEAST_TITLES if grid.wide else LEAST_WORDS
        self.least = [
            min(widest, least if words else MOST_NUMBERS) for widest, words in zip(self.widest, self.words, strict=True)
        ]

    def parts(self, width: int) -> list[list[int]]:
        """The columns of each table: all of them where they fit, else some at a time beside the first."""
        found = [[0]]
        for n in range(1, len(self.headings)):
            taken = sum(self.least[place] + len(GAP) for place in found[-1]) + self.least[n]
            if taken > width and len(found[-1]) > 1:
                found.append([0])
            found[-1].append(n)
        return found

    def lines(self, places: Sequence[int], width: int) -> Iterator[list[Piece]]:
        """One table: its headings, a rule, and its rows."""
        widths = self._widths(places, width)
        yield from self._row([self.headings[n] for n in places], [None] * len(places), "head", places, widths)
        yield [(GAP.join("-" * each for each in widths), None, "rule")]
        for row, cells in self.rows:
            if row.role == "group":
                for line in indented(cells[0], width):
                    yield [(line, None, row.role)]
                continue
            if row.role == "total":
                yield [(GAP.join("-" * each for each in widths), None, "rule")]
            shown = [row.cells[n] if len(row.cells) > n else None for n in places]
            yield from self._row([cells[n] for n in places], shown, row.role, places, widths)

    def _row(
        self, texts: list[str], cells: Sequence[Cell | None], role: str, places: Sequence[int], widths: Sequence[int]
    ) -> Iterator[list[Piece]]:
        each = [list(indented(text.replace("\n", " "), width)) for text, width in zip(texts, widths, strict=True)]
        for n in range(max(map(len, each))):
            line: list[Piece] = []
            for lines, cell, place, width in zip(each, cells, places, widths, strict=True):
                text = lines[n] if n < len(lines) else ""
                blank, gap = " " * (width - wide(text)), GAP if line else ""
                line.append((f"{gap}{text}{blank}" if self.left[place] else f"{gap}{blank}{text}", cell, role))
            yield line

    def _widths(self, places: Sequence[int], width: int) -> list[int]:
        """How wide each column is: as it wants, the widest words narrower until all fit."""
        widths, least = [min(self.widest[n], width) for n in places], [self.least[n] for n in places]
        while sum(widths) + len(GAP) * (len(widths) - 1) > width:
            narrower = [n for n in range(len(widths)) if widths[n] > least[n]]
            if not narrower:
                break
            widths[max(narrower, key=lambda n: (self.words[places[n]], widths[n]))] -= 1
        return widths

    def _widest(self, n: int) -> int:
        """How wide a column wants to be: its cells on a line each; a long heading of numbers wraps between words."""
        heading = wide(self.headings[n])
        if not self.words[n]:
            heading = max(min(heading, HEADING), *map(wide, self.headings[n].split()), 1)
        return max(heading, *(wide(cells[n]) for row, cells in self.rows if row.role != "group"), 1)
