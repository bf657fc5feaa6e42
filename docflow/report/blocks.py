"""Blocks: what a report says, whether a page, a terminal or a mail shows it; their words are in both languages."""

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
    """Whether a target is met, in a word and a sign; None of a target that has no value yet.

    >>> Verdict(met=False).words.en, Verdict(met=None, wanted=False).words.en
    ('not met', 'no target')
    """

    met: bool | None
    wanted: bool = True
    """Whether there is a target at all."""

    @property
    def words(self) -> Text:
        """What is said of it."""
        if not self.wanted:
            return Text("ไม่มีเป้าหมาย", "no target")
        if self.met is None:
            return Text("ยังไม่มีค่า", "no value yet")
        return Text("บรรลุ", "met") if self.met else Text("ไม่บรรลุ", "not met")


Cell: TypeAlias = "str | Text | Verdict | Distance | Spark"
"""A text, a verdict, or a small picture that stands in a table."""


@frozen
class Column:
    """A column of a grid: its heading, and how its cells stand."""

    label: Text = field(converter=text)
    words: bool = False
    """Whether its cells are words, which stand left and may wrap."""
    on: Place = ""


@frozen
class Row:
    """A row of a grid; a `part` belongs to the row above, a `total` stands out, a `group` is a heading of one cell."""

    cells: tuple[Cell, ...]
    role: Literal["", "whole", "part", "total", "group"] = ""
    anchor: str = ""
    """The anchor of the section that says more of it; "" when none does."""


@frozen
class Grid:
    """A table with a title, and a note below it; its first column says what each row is about."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: Text = field(default=NO_WORDS, converter=text)
    note: Text = field(default=NO_WORDS, converter=text)
    wide: bool = False
    """Whether it is the table of all indicators, which a telephone shows as cards: number, title, then the rest."""


@frozen
class Line:
    """A line of words; a `fact` is one of the few findings a report opens with."""

    words: Text = field(converter=text)
    role: Literal["", "soft", "warning", "fact"] = ""
    lead: Text = field(default=NO_WORDS, converter=text)
    """What the line is about, which stands out before it."""


@frozen
class Fold:
    """Blocks that a page shows when somebody opens them, and paper always; a terminal when it is asked for all."""

    summary: Text = field(converter=text)
    blocks: tuple[Block, ...]


@frozen
class Tile:
    """An indicator at a glance; it leads to the section that says more."""

    number: str
    title: Text
    verdict: Verdict
    anchor: str


@frozen
class Tiles:
    """Every indicator at a glance."""

    tiles: tuple[Tile, ...]


@frozen
class Formula:
    """The plan's formula, the same with the numbers filled in, what came out, and the verdict."""

    words: Text
    over: Text
    """What is divided, or the value where nothing is."""
    under: Text
    """What it is divided by; no words where nothing is."""
    value: Text
    target: str
    """As "> 12": how the value stands to the target; "" without one."""
    verdict: Verdict


@frozen
class Bins:
    """How many records lie in each bin, the empty ones aside."""

    counts: tuple[tuple[Bin, int], ...]


@frozen
class Picture:
    """A drawing with what it shows as its title, and its numbers in a table below it."""

    name: str
    """As its file is called, such as "1.5-months"."""
    title: Text
    """What it shows, as a sentence found from the numbers."""
    what: Text
    """What is drawn, and in which unit."""
    drawing: Drawing
    numbers: Grid
    key: Text = NO_WORDS
    """How the drawing is read, for whoever sees it."""


Block: TypeAlias = Bins | Fold | Formula | Grid | Line | Picture | Tiles


@frozen
class Section:
    """Blocks under a title.

    >>> section = Section("By hand", (Line("entered on paper", "soft"),))
    >>> section.title.en, section.blocks[0].words.en
    ('By hand', 'entered on paper')
    """

    title: Text = field(converter=text)
    blocks: tuple[Block, ...]
    kicker: Text = field(default=NO_WORDS, converter=text)
    """What stands small above the title, such as "Indicator 1.5"."""
    anchor: str = ""
    """Where links lead to it; letters, digits and hyphens."""
    short: Text = field(default=NO_WORDS, converter=text)
    """What it is called in the list of contents; no words when it does not stand there."""
