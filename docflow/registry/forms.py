"""Pages of the receipt and sending registers (forms 13 and 14) and the receipt stamp (form 12), as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.registry.numbers import Direction
from docflow.registry.volume import Registration, Volume
from docflow.safe import visible
from docflow.text import expect
from docflow.thai import format_date
from docflow.thai.dates import Digits, in_digits, in_thailand

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Page", "pages", "stamp"]

_REST: Final = ("ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
_FORMS: Final = {
    Direction.RECEIPT: (13, "ทะเบียนหนังสือรับ", ("เลขทะเบียนรับ", *_REST)),
    Direction.SENDING: (14, "ทะเบียนหนังสือส่ง", ("เลขทะเบียนส่ง", *_REST)),
}


@frozen
class Page:
    """One day of a register as a page of the regulation's form: a row for each letter, a cell for each heading."""

    form: int
    title: str
    unit: str
    day: date
    date: str
    """The day as the page shows it."""
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def pages(volume: Volume, *, digits: Digits = "arabic") -> tuple[Page, ...]:
    """The pages of a volume, one for each day on which something was registered.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> from docflow.registry import Book, Registry
    >>> registry, _ = Registry().receive(
    ...     Letter(number="", reference="มท 0505/1", sender="กระทรวงมหาดไทย", subject="ขอเชิญประชุม"),
    ...     unit="ฝ่ายบริหารงานทั่วไป", at=datetime(2020, 1, 2, 2, tzinfo=timezone.utc),
    ... )
    >>> (page,) = pages(registry.volume(Book("ฝ่ายบริหารงานทั่วไป"), 2563), digits="thai")
    >>> page.title, page.date, page.rows
    ('ทะเบียนหนังสือรับ', '๒ มกราคม ๒๕๖๓', (('๑', 'มท ๐๕๐๕/๑', '', 'กระทรวงมหาดไทย', '', 'ขอเชิญประชุม', '', ''),))

    A void number keeps its row, and the remark says why it is void. Cells are made `docflow.safe.visible`, because a
    page is printed.
    """
    expect(volume, Volume, "volume of a register", "such as registry.volume(book, 2563)")
    form, title, headings = _FORMS[volume.book.direction]
    days: dict[date, list[tuple[str, ...]]] = {}
    for one in volume:
        days.setdefault(in_thailand(one.at).date(), []).append(
            tuple(in_digits(visible(cell), digits) for cell in _row(one))
        )
    title += " (ลับ)" * volume.book.secret
    return tuple(
        Page(form, title, volume.book.unit, day, format_date(day, "long", digits=digits), headings, tuple(rows))
        for day, rows in days.items()
    )


def stamp(registration: Registration, *, digits: Digits = "arabic") -> tuple[str, str, str]:
    """The receipt stamp: number, date and time.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> from docflow.registry import Registry
    >>> _, first = Registry().receive(Letter(number=""), unit="GA", at=datetime(2020, 1, 2, 2, tzinfo=timezone.utc))
    >>> stamp(first)
    ('เลขรับ 1', 'วันที่ 2 ม.ค. 2563', 'เวลา 09.00 น.')
    """
    expect(registration, Registration, "registration", "such as registry[number]")
    local = in_thailand(registration.at)
    word = "เลขรับ" if registration.number.book.direction is Direction.RECEIPT else "เลขส่ง"
    texts = f"{word} {registration.number.n}", f"วันที่ {format_date(local)}", f"เวลา {local:%H.%M} น."
    number, day, time = (in_digits(text, digits) for text in texts)
    return number, day, time


def _row(one: Registration) -> tuple[str, ...]:
    letter, void = one.letter, one.line.void
    dated = "" if letter.dated is None else format_date(letter.dated)
    note = "" if void is None else f"ยกเลิก: {void.why}"
    remark = " · ".join(filter(None, (one.line.remark, letter.remark, note)))
    number = str(one.number.n)
    return number, letter.reference, dated, letter.sender, letter.recipient, letter.subject, one.line.action, remark
