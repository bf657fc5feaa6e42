"""A page of a register, as the regulation's forms have it: as data, as text in columns and as a table in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from attrs import frozen

from docflow.registry.columns import aligned
from docflow.safe import visible

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Page"]


@frozen
class Page:
    """One day of a register as the regulation's form has it: a row for each line, a cell for each heading.

    >>> from datetime import datetime
    >>> from docflow import Letter, Registry
    >>> from docflow.registry import pages
    >>> nine = datetime.fromisoformat("2020-01-02T09:00+07:00")
    >>> registry, _ = Registry().receive(Letter(number="", subject="ขอเชิญประชุม"), unit="ฝ่ายบริหารงานทั่วไป", at=nine)
    >>> (page,) = pages(registry.volumes[0])
    >>> page.form, page.date, page.headings[:2], page.rows[0][:2]
    (13, '2 มกราคม 2563', ('เลขทะเบียนรับ', 'ที่'), ('1', ''))

    `pages` makes it. Source: correspondence regulation B.E. 2526, forms 13 and 14.
    """

    form: int
    """The number of the form: 13 for letters that come in, 14 for letters that go out."""
    title: str
    unit: str
    day: date
    date: str
    """The day as the page shows it."""
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """What each cell says now."""
    struck: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """For each cell, what it said before it was corrected, the oldest first."""

    def text(self, *, width: int = 120) -> str:
        """The page as text in columns; what was corrected stands as [old → new], and the remark says by whom.

        >>> from datetime import date
        >>> page = Page(13, "Receipts", "GA", date(2020, 1, 2), "2 ม.ค. 2563", ("ที่", "เรื่อง"), (("1", "ประชุม"),),
        ...             ((((), ("ประชม",))),))
        >>> print(page.text())
        Receipts, GA, 2 ม.ค. 2563
        <BLANKLINE>
        ที่ | เรื่อง
        --+----------------
        1 | [ประชม → ประชุม]

        Columns wrap so that the page is no wider than `width` characters, unless there are too many columns for that.
        """
        rows = [[_in_brackets(cell, olds) for cell, olds in row] for row in self._cells()]
        return "\n".join((self._caption(), "", *aligned([[*map(visible, self.headings)], *rows], width)))

    def html(self) -> str:
        """The page as a table; what was corrected stands as `<s>old</s> new`, and the remark says by whom.

        >>> from datetime import date
        >>> page = Page(13, "Receipts", "GA", date(2020, 1, 2), "2 ม.ค. 2563", ("ที่",), (("<1>",),))
        >>> print(page.html())
        <table lang="th"><caption>Receipts, GA, 2 ม.ค. 2563</caption><thead><tr><th scope="col">ที่</th></tr></thead><tbody><tr><th scope="row">&lt;1&gt;</th></tr></tbody></table>

        It is a table for a page of your own, whose style it takes. Every text in it is escaped.
        """  # noqa: E501 - a table is one line
        table = Element("table", lang="th")
        SubElement(table, "caption").text = self._caption()
        headings = SubElement(SubElement(table, "thead"), "tr")
        for heading in self.headings:
            SubElement(headings, "th", scope="col").text = visible(heading)
        body = SubElement(table, "tbody")
        for row in self._cells():
            line = SubElement(body, "tr")
            for n, (cell, olds) in enumerate(row):
                there = SubElement(line, "td") if n else SubElement(line, "th", scope="row")
                for old in olds:
                    gone = SubElement(there, "s")
                    gone.text, gone.tail = old, " "
                if olds:
                    gone.tail = f" {cell}"
                else:
                    there.text = cell
        return tostring(table, encoding="unicode", method="html")

    def _caption(self) -> str:
        return visible(f"{self.title}, {self.unit}, {self.date}")

    def _cells(self) -> list[list[tuple[str, tuple[str, ...]]]]:
        """Each cell with what it said before."""
        nothing: tuple[tuple[str, ...], ...] = ((),) * len(self.headings)
        struck = self.struck or (nothing,) * len(self.rows)
        return [
            [(visible(cell), tuple(map(visible, olds))) for cell, olds in zip(row, before, strict=True)]
            for row, before in zip(self.rows, struck, strict=True)
        ]


def _in_brackets(cell: str, olds: tuple[str, ...]) -> str:
    return f"[{' → '.join((*olds, cell or '–'))}]" if olds else cell
