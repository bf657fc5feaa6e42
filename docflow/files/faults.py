"""Faults: what is wrong in a row of a file, where it stands, of which letter, and what to do about it."""

from __future__ import annotations

from typing import Final, Literal

from attrs import field, frozen

from docflow.files.thai_reasons import in_thai
from docflow.safe import visible
from docflow.text import Text

__all__ = ["OF_HEADING", "Fault"]

LONG: Final = 60
"""Letters of a cell that a fault prints."""
OF_HEADING: Final = "heading"
"""The row of a note about a heading of a frame, where -1 would be its last row."""


@frozen
class Fault:
    """Something wrong in a row, where it stands and what to do about it.

    >>> fault = Fault(9, "Received", "unreadable", "is not a date; write it like 2011-10-11", text="soon")
    >>> print(fault)
    row 9, Received: 'soon' is not a date; write it like 2011-10-11
    >>> fault.words.th
    'ไม่ใช่วันที่; เขียน เช่น 2011-10-11'

    `row` counts as a spreadsheet does, the heading being row 1, and in a frame as its own `iloc` does; `kind` is
    "unreadable" (no sense can be made of the cell, or it is impossible), "reversed" (earlier than the step before it),
    "duplicate" (a number used twice) or "unknown" (it names what no sound row of another file has, or what no list of
    the office holds). A note may also be "doubtful" (the cell is read, though it may mean something else) or "unread"
    (a column that nothing reads).
    """

    row: int | Literal["heading"]
    """Where the row stands in the file; "heading" of the names of a frame's columns, which are no row of it."""
    column: str = field(converter=visible)
    """The heading of its column; empty for what is wrong with the row as a whole."""
    kind: str
    """One of the words above."""
    reason: str = field(converter=visible)
    """What is wrong and what to do about it, in English."""
    text: str = ""
    """The cell as it stands, control characters too; of a row whose cells cannot be told apart, its first line."""
    file: str = field(default="", kw_only=True, converter=visible)
    """Which file it is, where several are read as one."""
    number: str | None = field(default=None, kw_only=True)
    """What the record of the row is called, such as "8395/2562"; None where nothing says so, or it cannot be read."""
    thai: str = field(default="", kw_only=True, converter=visible, eq=False, repr=False)
    """The reason in Thai, where an office has reasons of its own."""

    @property
    def words(self) -> Text:
        """The reason as a report says it, in Thai and in English."""
        return Text(self.thai or in_thai(self.reason, self.kind), self.reason)

    def __str__(self) -> str:
        row = f"row {self.row}" if self.row != OF_HEADING else OF_HEADING
        called = f" ({visible(self.number)})" if self.number else ""
        text = self.text if len(self.text) <= LONG else f"{self.text[:LONG]}…"
        where = ", ".join(filter(None, (self.file, f"{row}{called}", self.column)))
        return f"{where}: {text!r} {self.reason}" if text else f"{where}: {self.reason}"
