"""Pages of the receipt and sending registers (forms 13 and 14) and the receipt stamp (form 12), as data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from docflow.registry.lines import Registration
from docflow.registry.notes import Corrected, Delivery, Filled, Note, Restored, Void
from docflow.registry.numbers import Direction
from docflow.registry.page import Page
from docflow.registry.volume import Volume
from docflow.safe import visible
from docflow.text import expect
from docflow.thai import format_date
from docflow.thai.dates import Digits, in_digits, in_thailand

if TYPE_CHECKING:
    from docflow.registry.lines import Line

__all__ = ["pages", "stamp"]

_REST: Final = ("ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
_FORMS: Final = {
    Direction.RECEIPT: (13, "ทะเบียนหนังสือรับ", ("เลขทะเบียนรับ", *_REST)),
    Direction.SENDING: (14, "ทะเบียนหนังสือส่ง", ("เลขทะเบียนส่ง", *_REST)),
}
_FIELDS: Final = {
    "reference": "ที่",
    "dated": "ลงวันที่",
    "sender": "จาก",
    "recipient": "ถึง",
    "subject": "เรื่อง",
    "action": "การปฏิบัติ",
    "remark": "หมายเหตุ",
    "letter_remark": "หมายเหตุ",
    "unit": "ส่วนราชการที่รับผิดชอบ",
    "origin": "แหล่งที่มา",
    "urgency": "ชั้นความเร็ว",
    "wanted_by": "ภายในกำหนด",
    "retention": "อายุการเก็บ",
    "attributes": "ข้อมูลเพิ่มเติม",
}
"""Where what may be corrected stands on the forms; the last six have no cell there, and are told in the remark."""
_STATUSES: Final = {
    Delivery.SENT: "ส่งแล้ว",
    Delivery.DELIVERED: "ถึงผู้รับแล้ว",
    Delivery.REGISTERED: "ลงรับแล้ว",
    Delivery.ANSWERED: "ตอบแล้ว",
    Delivery.REFUSED: "ไม่รับ",
    Delivery.RETURNED: "ส่งคืน",
}


def pages(volume: Volume, *, digits: Digits = "arabic") -> tuple[Page, ...]:
    """The pages of a volume, one for each day on which something was registered.

    >>> from datetime import datetime
    >>> from docflow import Letter
    >>> from docflow.registry import Book, Registry
    >>> registry, _ = Registry().receive(
    ...     Letter(number="", reference="มท 0505/1", sender="กระทรวงมหาดไทย", subject="ขอเชิญประชุม"),
    ...     unit="ฝ่ายบริหารงานทั่วไป", at=datetime.fromisoformat("2020-01-02T09:00+07:00"),
    ... )
    >>> (page,) = pages(registry.volume(Book("ฝ่ายบริหารงานทั่วไป"), 2563), digits="thai")
    >>> page.title, page.date, page.rows
    ('ทะเบียนหนังสือรับ', '๒ มกราคม ๒๕๖๓', (('๑', 'มท ๐๕๐๕/๑', '', 'กระทรวงมหาดไทย', '', 'ขอเชิญประชุม', '', ''),))

    A number that is void or reserved keeps its row, and the remark tells each note below it: who, when and why. Links
    stand on no form. Marks that nobody sees are spelt out, because a page is printed. Raises `TypeError` for what is no
    volume, and `ValueError` for digits other than "arabic" and "thai". Source: correspondence regulation B.E. 2526,
    forms 13 and 14.
    """
    expect(volume, Volume, "volume of a register", "such as registry.volume(book, 2563)")
    form, title, headings = _FORMS[volume.book.direction]
    days: dict[date, list[Registration]] = {}
    for one in volume:
        days.setdefault(in_thailand(one.at).date(), []).append(one)
    title += " (ลับ)" * volume.book.secret

    def written(cells: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(visible(in_digits(cell, digits)) for cell in cells)

    return tuple(
        Page(
            form,
            title,
            volume.book.unit,
            day,
            format_date(day, "long", digits=digits),
            headings,
            tuple(written(_row(one)) for one in lines),
            tuple(tuple(map(written, _struck(one, headings))) for one in lines),
        )
        for day, lines in days.items()
    )


def stamp(registration: Registration, *, digits: Digits = "arabic") -> tuple[str, str, str]:
    """The receipt stamp of a registration: number, date and time.

    >>> from datetime import datetime
    >>> from docflow import Letter, Registry
    >>> nine = datetime.fromisoformat("2020-01-02T09:00+07:00")
    >>> _, first = Registry().receive(Letter(number=""), unit="GA", at=nine)
    >>> stamp(first)
    ('เลขรับ 1', 'วันที่ 2 ม.ค. 2563', 'เวลา 09.00 น.')

    Raises `TypeError` for what is no registration, and `ValueError` for digits other than "arabic" and "thai". Source:
    correspondence regulation B.E. 2526, form 12.
    """
    expect(registration, Registration, "registration", "such as registry[number]")
    local = in_thailand(registration.at)
    word = "เลขรับ" if registration.number.book.direction is Direction.RECEIPT else "เลขส่ง"
    texts = f"{word} {registration.number.n}", f"วันที่ {format_date(local)}", f"เวลา {local:%H.%M} น."
    number, day, time = (in_digits(text, digits) for text in texts)
    return number, day, time


def _row(one: Registration) -> tuple[str, ...]:
    line, letter, number = one.line, one.line.letter, str(one.number.n)
    if letter is None:
        return number, "", "", "", "", "", line.action, _remark(one)
    recipients = letter.recipient or ", ".join(line.recipients)
    dated = _said(letter.dated)
    return number, letter.reference, dated, letter.sender, recipients, letter.subject, line.action, _remark(one)


def _struck(one: Registration, headings: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What each cell said before it was corrected."""
    olds: dict[str, list[str]] = {}
    for change in one.changes:
        if said := _said(change.old):
            olds.setdefault(_FIELDS[change.what], []).append(said)
    return tuple(tuple(olds.get(heading, ())) for heading in headings)


def _said(value: object) -> str:
    """A value as a cell says it; what has no cell is said nowhere."""
    return "" if value is None else format_date(value) if isinstance(value, date) else str(value)


def _remark(one: Registration) -> str:
    line = one.line
    reserved = f"จองเลข: {line.reserved} ({line.by})" if line.reserved else ""
    remark = "" if line.letter is None else line.letter.remark
    return " · ".join(filter(None, (line.remark, remark, reserved, *map(_told, one.notes), *_statuses(line))))


def _told(note: Note) -> str:
    """A note as the remark tells it, with who wrote it and when; `_statuses` tells those about recipients."""
    match note:
        case Void():
            done = "ยกเลิก"
        case Restored():
            done = "เพิกถอนการยกเลิก"
        case Corrected(values=values):
            done = f"แก้{', '.join(dict.fromkeys(_FIELDS[which] for which, _ in values))}"
        case Filled():
            done = "ลงรายการ"
        case _:
            return ""
    return f"{done}{': ' * bool(note.why)}{note.why} ({_signed(note)})"


def _statuses(line: Line) -> list[str]:
    """How far the letter is with each recipient of whom something was noted."""
    noted = {one.recipient for one in line.tracked}
    last = (one for name, one in line.statuses.items() if name in noted)
    return [f"{one.recipient}: {_STATUSES[one.status]} ({_signed(one)})" for one in last]


def _signed(note: Note) -> str:
    return " ".join(filter(None, (note.by, format_date(in_thailand(note.at)))))
