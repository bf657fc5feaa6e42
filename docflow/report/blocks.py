"""Blocks: the parts of which a report is made, whether a page, a terminal or a mail shows it.

Words are a text in one language, or a `Text` in two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import field, frozen

from docflow.text import NO_WORDS, Text, text

if TYPE_CHECKING:
    from docflow.kpi import Bin
    from docflow.report.drawings import Distance, Drawing, Spark

__all__ = [
    "Bins",
    "Block",
    "Cell",
    "Column",
    "Fold",
    "Formula",
    "Grid",
    "Line",
    "Picture",
    "Row",
    "Section",
    "Tile",
    "Tiles",
    "Verdict",
]

Place: TypeAlias = Literal["", "page", "text"]
"""Where something is shown: everywhere, on pages alone, or in terminals and mails alone."""


@frozen
class Verdict:
    """A cell that says whether a target is met, in a word and a sign.

    >>> from docflow.report import Verdict
    >>> Verdict(met=False).words.en, Verdict(met=None).words.en, Verdict(met=None, wanted=False).words.en
    ('not met', 'no value yet', 'no target')
    """

    met: bool | None
    """None while there is no value, or no target."""
    wanted: bool = True
    """Whether there is a target at all."""

    @property
    def words(self) -> Text:
        """The verdict in both languages."""
        if not self.wanted:
            return Text("ไม่มีเป้าหมาย", "no target")
        if self.met is None:
            return Text("ยังไม่มีค่า", "no value yet")
        return Text("บรรลุ", "met") if self.met else Text("ไม่บรรลุ", "not met")


Cell: TypeAlias = "str | Text | Verdict | Distance | Spark"
"""A text, a verdict, or a small picture that stands in a table."""


@frozen
class Column:
    """A column of a `Grid`: its heading, and how its cells stand.

    >>> from docflow.report import Column
    >>> Column("about", words=True).label.en, Column("days").words
    ('about', False)
    """

    label: Text = field(converter=text)
    words: bool = False
    """Whether its cells are words, which stand left and may wrap; else they are numbers, which stand right."""
    on: Place = ""
    """Where the column is shown: everywhere, or on a "page" alone, or as "text" alone, in a terminal or a mail."""


@frozen
class Row:
    """A row of a `Grid`, with a cell for each column.

    >>> from docflow.report import Row, Verdict
    >>> Row(("answered within 5 days", "97 %", Verdict(met=True))).cells[1]
    '97 %'
    """

    cells: tuple[Cell, ...]
    role: Literal["", "whole", "part", "total", "group"] = ""
    """A "part" belongs to the "whole" above it, a "total" stands out, and a "group" is a heading of one cell."""
    anchor: str = ""
    """The anchor of the section that says more of it; "" when none does."""


@frozen
class Grid:
    """A table; its first column says what each row is about.

    >>> from docflow.report import Column, Grid, Row, Section, report_console, shown
    >>> requests = Grid((Column("no."), Column("days")), (Row(("3/2026", "12")), Row(("1/2026", "4"))))
    >>> report_console().print(shown([Section("Open requests", (requests,))], "en"))
    Open requests
    <BLANKLINE>
    no.     days
    ------  ----
    3/2026    12
    1/2026     4
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: Text = field(default=NO_WORDS, converter=text)
    note: Text = field(default=NO_WORDS, converter=text)
    """What stands below the table."""
    wide: bool = False
    """Whether it is the table of all indicators, which a telephone shows as cards: number, title, then the rest."""


@frozen
class Line:
    """A line of words; where it has several lines, each of them begins a new one.

    >>> from docflow.report import Line
    >>> Line("12 letters are late", "warning").words.en
    '12 letters are late'
    """

    words: Text = field(converter=text)
    role: Literal["", "soft", "warning", "fact"] = ""
    """What is "soft" is less important; a "fact" is one of the few findings with which a report opens."""
    lead: Text = field(default=NO_WORDS, converter=text)
    """What the line is about, which stands out before it."""


@frozen
class Fold:
    """Blocks that a page shows when somebody opens them; on paper, in a terminal and in a mail they follow the summary.

    >>> from docflow.report import Fold, Line, Section, report_console, shown
    >>> why = Fold("Why 3/2026 is late", (Line("nobody took it over"),))
    >>> report_console().print(shown([Section("Late letters", (why,))], "en"))
    Late letters
    <BLANKLINE>
    Why 3/2026 is late
    nobody took it over
    """

    summary: Text = field(converter=text)
    blocks: tuple[Block, ...]


@frozen
class Tile:
    """An indicator on the first screen of a report: its number, title and verdict, and the anchor of its section."""

    number: str
    title: Text
    verdict: Verdict
    anchor: str


@frozen
class Tiles:
    """All indicators on the first screen of a report."""

    tiles: tuple[Tile, ...]


@frozen
class Formula:
    """The formula of an indicator in words, the same with numbers, the value that results, and the verdict."""

    words: Text
    over: Text
    """The numerator, or the value where nothing is divided."""
    under: Text
    """The denominator; no words where nothing is divided."""
    value: Text
    target: str
    """How the value compares with the target, as "> 12"; "" without one."""
    verdict: Verdict


@frozen
class Bins:
    """How many records lie in each bin that is not empty."""

    counts: tuple[tuple[Bin, int], ...]


@frozen
class Picture:
    """A drawing with what it shows as its title, and its numbers in a table below it."""

    name: str
    """The name of its file, such as "1.5-months"."""
    title: Text
    """What it shows, as a sentence found from the numbers."""
    what: Text
    """What is drawn, and in which unit."""
    drawing: Drawing
    numbers: Grid
    key: Text = NO_WORDS
    """How the drawing is read, for whoever sees it."""


Block: TypeAlias = Bins | Fold | Formula | Grid | Line | Picture | Tiles
"""A part of a section."""


@frozen
class Section:
    """Blocks under a title; `Report(more=...)` shows sections of your own.

    >>> from docflow.report import Line, Section, report_console, shown
    >>> by_hand = Section("By hand", (Line("3 letters were entered on paper"),))
    >>> report_console().print(shown([by_hand], "en"))
    By hand
    3 letters were entered on paper
    """

    title: Text = field(converter=text)
    blocks: tuple[Block, ...]
    kicker: Text = field(default=NO_WORDS, converter=text)
    """What stands small above the title, such as "Indicator 1.5"."""
    anchor: str = ""
    """Where links lead to it; letters, digits and hyphens."""
    short: Text = field(default=NO_WORDS, converter=text)
    """Its title in the list of contents; no words when it does not stand there."""
