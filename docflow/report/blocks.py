"""Blocks: what a report says, whether a page or a terminal shows it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import field, frozen

from docflow.text import NO_WORDS, Text, text

__all__ = ["Bar", "Block", "Cell", "Column", "Details", "Grid", "Line", "Row", "Section"]

Role: TypeAlias = Literal["", "soft", "warning", "title"]
Place: TypeAlias = Literal["", "page", "terminal"]
"""Where a block is shown; "" is on pages and in terminals."""


@frozen
class Bar:
    """A part of the longest bar of its column, from 0 to 1; pages draw it."""

    part: float
    good: bool = False


Cell: TypeAlias = "str | Text | bool | Bar | None"
"""A text; the same in several languages, one below the other; or whether a target is met (None: nobody knows)."""


@frozen
class Column:
    """A column of a grid: its heading, and how its cells stand."""

    label: Text = field(converter=text)
    words: bool = False
    """Whether its cells are words, which stand left and may wrap."""
    on: Place = ""


@frozen
class Row:
    """A row of a grid; a `part` belongs to the row above, a `total` stands out."""

    cells: tuple[Cell, ...]
    role: Literal["", "whole", "part", "total"] = ""


@frozen
class Grid:
    """A table with a title, and a note below it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: Text = field(default=NO_WORDS, converter=text)
    note: Text = field(default=NO_WORDS, converter=text)
    note_on: Place = ""
    on: Place = ""


@frozen
class Line:
    """A line of words."""

    words: Text = field(converter=text)
    role: Role = ""
    on: Place = ""


@frozen
class Details:
    """Lines that a page shows when somebody opens them; a terminal leaves them out."""

    summary: str
    lines: tuple[Text, ...]


Block: TypeAlias = Grid | Line | Details


@frozen
class Section:
    """Blocks under a title.

    >>> section = Section("By hand", (Line("entered on paper", "soft"),))
    >>> section.title.en, section.blocks[0].words.en
    ('By hand', 'entered on paper')
    """

    title: Text = field(converter=text)
    blocks: tuple[Block, ...]
    on: Place = ""
