"""What people asked of registers in public threads, restated; each test is named after what goes wrong elsewhere."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from docflow import Letter, Registry
from docflow.errors import RegisterError
from docflow.registry import Book, Delivery, pages

BANGKOK = ZoneInfo("Asia/Bangkok")
HEALTH, FINANCE = "สำนักอนามัย", "สำนักการคลัง"


def at(hour, minute=0, day=2, month=1, year=2020):
    return datetime(year, month, day, hour, minute, tzinfo=BANGKOK)


def test_a_typo_in_a_register_line_is_struck_through_signed_and_its_old_value_kept():
    registry, first = Registry().receive(Letter(number="", subject="ขอเชญประชุม"), unit="GA", at=at(9))
    registry, second = registry.forward(first.number, unit="Group", at=at(10))
    before = registry
    registry = registry.correct(first.number, subject="ขอเชิญประชุม", by="สมชาย", why="สะกดผิด", at=at(11))
    for number in (first.number, second.number):  # one letter, however many numbers it has
        assert registry[number].letter.subject == "ขอเชิญประชุม"
        assert registry[number].written.letter.subject == "ขอเชญประชุม"
        (change,) = registry[number].changes
        assert (change.what, change.old, change.new) == ("subject", "ขอเชญประชุม", "ขอเชิญประชุม")
        assert (change.note.by, change.note.why, change.note.at) == ("สมชาย", "สะกดผิด", at(11))
    (page,) = pages(registry.volume(Book("GA"), 2563))
    assert "<td><s>ขอเชญประชุม</s> ขอเชิญประชุม</td>" in page.html()
    assert "<td>แก้เรื่อง: สะกดผิด (สมชาย 2 ม.ค. 2563)</td>" in page.html()
    assert "[ขอเชญประชุม → ขอเชิญประชุม]" in page.text()
    assert registry.as_recorded(at(10, 59)) == before
    with pytest.raises(RegisterError, match="a name is wanted for 1/2563 to be corrected; give it in by="):
        registry.correct(first.number, subject="another", by="", why="a slip", at=at(12))


def test_a_number_is_reserved_and_filled_later_and_leaves_no_gap():
    registry, reserved = Registry().reserve(
        unit="GA", direction="sending", at=at(16, day=31, month=12), by="Somchai", why="the Governor signs tomorrow"
    )
    registry, other = registry.send(Letter(number=""), unit="GA", at=at(16, 30, day=31, month=12))
    assert [one.number for one in registry.reserved] == [reserved.number]
    assert (str(reserved.number), str(other.number)) == ("1/2563", "2/2563")
    registry = registry.fill(reserved.number, Letter(number="", subject="A market"), at=at(9, year=2021), by="Somying")
    assert registry.reserved == ()
    assert (registry[reserved.number].letter.number, registry[reserved.number].letter.subject) == ("1/2563", "A market")
    registry, later = registry.send(Letter(number=""), unit="GA", at=at(9, year=2021))
    assert str(later.number) == "1/2564"


def test_one_letter_to_many_recipients_has_a_status_for_each():
    registry, sent = Registry().send(Letter(number=""), unit="GA", at=at(9), recipients=(HEALTH, FINANCE))
    assert {one: noted.status for one, noted in sent.line.statuses.items()} == dict.fromkeys(
        (HEALTH, FINANCE), Delivery.SENT
    )
    registry = registry.note_status(sent.number, FINANCE, "returned", at=at(10), by="Somchai", why="no such house")
    registry = registry.note_status(sent.number, HEALTH, "delivered", at=at(11), by="Somchai")
    registry = registry.note_status(sent.number, HEALTH, "answered", at=at(9, day=6), by="Somying")
    line = registry[sent.number].line
    assert [(one.status.value, one.at, one.by) for one in line.statuses.values()] == [
        ("answered", at(9, day=6), "Somying"),
        ("returned", at(10), "Somchai"),
    ]
    assert (line.outstanding(), line.outstanding("answered")) == ((FINANCE,), (FINANCE,))
    then = registry.as_recorded(at(12))[sent.number].line
    assert (then.outstanding(), then.outstanding("answered")) == ((FINANCE,), (HEALTH, FINANCE))
