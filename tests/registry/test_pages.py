from datetime import date, datetime
from html.parser import HTMLParser
from unicodedata import category
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from docflow import Letter, Registry
from docflow.registry import Page, pages
from docflow.registry.columns import aligned, wide, wrapped

BANGKOK = ZoneInfo("Asia/Bangkok")
SIGNED = {"by": "สมชาย", "why": "สะกดผิด"}
THAI = st.text(st.sampled_from("กขรม เแัิี่้็ำาะๆ.\u200b(a1"), max_size=40)


def at(hour, minute=0, day=2):
    return datetime(2020, 1, day, hour, minute, tzinfo=BANGKOK)


def one_of_each():
    """Registers whose lines bear every kind of note, and the number of the line that has most of them."""
    letter = Letter(number="", reference="มท 1", dated=date(2019, 12, 30), subject="ประชม", remark="สำเนา")
    registry, one = Registry().send(letter, unit="GA", at=at(9), remark="by hand", recipients=["สำนักอนามัย", "B"])
    registry, kept = registry.reserve(unit="GA", at=at(10), by="สมชาย", why="รอลงนาม")
    registry, _ = registry.reserve(unit="GA", at=at(10), by="สมชาย", why="รอตรวจ")
    registry, gone = registry.send(Letter(number="", recipient="C"), unit="GA", at=at(11), recipients=["D"])
    registry = registry.correct(one.number, subject="ประชุม", dated=None, urgency="urgent", **SIGNED, at=at(12))
    registry = registry.correct(one.number, subject="การประชุม", remark="by post", **SIGNED, at=at(13, day=3))
    registry = registry.note_status(one.number, "สำนักอนามัย", "returned", by="สมหญิง", at=at(14, day=3))
    registry = registry.note_status(one.number, "สำนักอนามัย", "delivered", by="สมหญิง", at=at(14, day=4))
    registry = registry.link(one.number, related=gone.number, by="สมหญิง", at=at(14, day=4))
    registry = registry.fill(kept.number, Letter(number="", subject="ตลาด"), by="สมหญิง", at=at(9, day=5))
    registry = registry.void(gone.number, why="ลงซ้ำ", at=at(12))
    registry = registry.restore(gone.number, by="สมหญิง", why="ไม่ซ้ำ", at=at(13, day=3))
    return pages(registry.volume(one.number.book, 2563))


class TestARowOfAPage:
    def test_says_what_the_line_says_now_and_tells_its_notes_in_the_remark(self):
        (page,) = one_of_each()
        assert page.rows == (
            ("1", "มท 1", "", "", "สำนักอนามัย, B", "การประชุม", "", ("by post · สำเนา · "
             "แก้ลงวันที่, เรื่อง, ชั้นความเร็ว: สะกดผิด (สมชาย 2 ม.ค. 2563) · "
             "แก้เรื่อง, หมายเหตุ: สะกดผิด (สมชาย 3 ม.ค. 2563) · สำนักอนามัย: ถึงผู้รับแล้ว (สมหญิง 4 ม.ค. 2563)")),
            ("2", "", "", "", "", "ตลาด", "", "จองเลข: รอลงนาม (สมชาย) · ลงรายการ (สมหญิง 5 ม.ค. 2563)"),
            ("3", "", "", "", "", "", "", "จองเลข: รอตรวจ (สมชาย)"),
            ("4", "", "", "", "C", "", "", "ยกเลิก: ลงซ้ำ (2 ม.ค. 2563) · เพิกถอนการยกเลิก: ไม่ซ้ำ (สมหญิง 3 ม.ค. 2563)"),
        )  # fmt: skip

    def test_keeps_what_each_cell_said_before(self):
        (page,) = one_of_each()
        assert page.struck[0] == ((), (), ("30 ธ.ค. 2562",), (), (), ("ประชม", "ประชุม"), (), ("by hand",))
        assert set(page.struck[1:]) == {((),) * 8}

    def test_writes_what_was_struck_in_thai_digits_too(self):
        registry, one = Registry().send(Letter(number="", reference="12"), unit="GA", at=at(9))
        registry = registry.correct(one.number, reference="13", **SIGNED, at=at(10))
        (page,) = pages(registry.volume(one.number.book, 2563), digits="thai")
        assert (page.rows[0][1], page.struck[0][1]) == ("๑๓", ("๑๒",))


class Table(HTMLParser):
    """The cells of a table as a browser sees them, what is struck through between bars."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.caption, self.scopes, self.lang, self.open = [], "", [], None, []
        self.feed(html)
        self.close()
        assert not self.open, "every element is closed"

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.open.append(tag)
        if tag == "table":
            self.lang = said["lang"]
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
            self.scopes.append(said.get("scope"))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1] == "caption":
            self.caption += data
        else:
            self.rows[-1][-1] += f"|{data}|" if self.open[-1] == "s" else data


class TestAPageInHtml:
    def test_is_a_table_with_heads_of_rows_and_columns_a_caption_and_its_language(self):
        (page,) = one_of_each()
        table = Table(page.html())
        assert (table.lang, table.caption) == ("th", "ทะเบียนหนังสือส่ง, GA, 2 มกราคม 2563")
        assert table.rows[0] == list(page.headings)
        assert table.scopes == ["col"] * 8 + (["row"] + [None] * 7) * 4
        assert table.rows[1][:7] == ["1", "มท 1", "|30 ธ.ค. 2562| ", "", "สำนักอนามัย, B", "|ประชม| |ประชุม| การประชุม", ""]
        assert table.rows[1][7].startswith("|by hand| by post · สำเนา")
        assert table.rows[2:] == [list(row) for row in page.rows[1:]]

    def test_escapes_every_text(self):
        evil = "<script>&amp;\x1b[2J\"'"
        page = Page(13, evil, evil, date(2020, 1, 2), evil, (evil, evil), ((evil, evil),), ((((), (evil,))),))
        html = page.html()
        assert ("<script>" in html, "\x1b" in html) == (False, False)
        shown = evil.replace("\x1b", r"\x1b")
        assert Table(html).rows == [[shown, shown], [shown, f"|{shown}| {shown}"]]
        assert "\x1b" not in page.text()

    def test_needs_nothing_that_was_struck(self):
        page = Page(13, "A", "GA", date(2020, 1, 2), "2 ม.ค. 2563", ("ที่", "จาก"), (("1", "B"), ("2", "")))
        assert Table(page.html()).rows == [["ที่", "จาก"], ["1", "B"], ["2", ""]]
        assert page.text().split("\n")[2:] == ["ที่ | จาก", "--+----", "1 | B", "2 |"]


class TestAPageAsText:
    def test_shows_what_was_struck_in_brackets(self):
        (page,) = one_of_each()
        text = page.text(width=300)
        lines = text.split("\n")
        assert lines[:2] == ["ทะเบียนหนังสือส่ง, GA, 2 มกราคม 2563", ""]
        assert [line.split(" | ")[0].strip() for line in lines[2:]] == ["เลขทะเบียนส่ง", lines[3], "1", "2", "3", "4"]
        assert "[ประชม → ประชุม → การประชุม]" in lines[4]
        assert "[30 ธ.ค. 2562 → –]" in lines[4]

    def test_has_its_columns_below_one_another_as_they_are_seen(self):
        (page,) = one_of_each()
        for width in (60, 80, 120, 300):
            lines = page.text(width=width).split("\n")[2:]
            rule = lines.pop(next(n for n, line in enumerate(lines) if set(line) <= set("-+")))
            bars = [n for n, mark in enumerate(rule) if mark == "+"]
            assert cell_len(rule) <= width
            for line in lines:
                seen = [cell_len(line[:n]) for n, mark in enumerate(line) if mark == "|"]
                assert seen == bars[: len(seen)]
                assert cell_len(line) <= cell_len(rule)

    def test_begins_no_line_with_a_mark_that_belongs_to_the_letter_before(self):
        (page,) = one_of_each()
        for width in (1, 40, 60, 80):
            for line in page.text(width=width).split("\n")[2:]:
                for cell in line.split("|"):
                    assert not cell.strip() or category(cell.strip()[0]) != "Mn"


@pytest.mark.laws
class TestColumns:
    @given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn", "Co", "Me", "Mc"], max_codepoint=0x0EFF)))
    def test_are_as_wide_as_a_terminal_shows_them(self, text):
        assert wide(text) == cell_len(text)

    @given(THAI, st.integers(1, 20))
    def test_wrap_every_letter_once_and_none_too_far_to_the_right(self, text, width):
        lines = wrapped(text, width)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(line == line.strip(" ") for line in lines)

    @given(st.text(st.sampled_from("กขa( ิ่้\u200b"), max_size=40), st.integers(1, 20))
    def test_are_no_wider_than_asked_where_every_letter_may_begin_a_line(self, text, width):
        assert all(wide(line) <= width for line in wrapped(text, width))

    @given(st.lists(st.tuples(THAI, THAI), min_size=1, max_size=3), st.integers(1, 60))
    def test_hold_every_cell_in_its_column(self, rows, width):
        first, *_ = lines = aligned(rows, width)
        rule = next(line for line in lines if set(line) <= set("-+"))
        bar = rule.index("+")
        left = "".join(line[: _place(line, bar)].strip() for line in lines if line is not rule)
        assert left.replace(" ", "") == "".join(one for one, _ in rows).replace(" ", "")
        assert first


def _place(line, column):
    """Where in a line a column of the screen begins."""
    return next((n for n in range(len(line) + 1) if wide(line[:n]) >= column), len(line))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("ขอเชิญ ประชุม สภา", 9, ["ขอเชิญ", "ประชุม สภา"]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 6, ["one", "two", "three"]),
        ("one two three", 13, ["one two three"]),
        ("ขอ\u200bเชิญ", 3, ["ขอ\u200b", "เชิญ"]),
        ("abcdefg hi", 3, ["abc", "def", "g", "hi"]),
        ("abcdefg hi", 4, ["abcd", "efg", "hi"]),
        ("สำนักอนามัย:", 6, ["สำนักอ", "นามัย:"]),
        ("ในพิธีเปิด", 3, ["ในพิ", "ธีเปิ", "ด"]),
        ("", 5, [""]),
        ("   ", 5, [""]),
        ("文文文", 4, ["文文", "文"]),
    ],
)
def test_words_are_kept_whole_where_they_fit_and_clusters_always(text, width, lines):
    assert wrapped(text, width) == lines


def test_the_widest_columns_give_way_first():
    rows = [("ab", "one two three"), ("c", "four five")]
    assert aligned(rows, 18) == ["ab | one two three", "---+--------------", "c  | four five"]
    assert aligned(rows, 14) == ["ab | one two", "   | three", "---+----------", "c  | four five"]
    assert aligned(rows, 1) == aligned(rows, 5)
    assert aligned([("a", "b")], 1) == ["a | b", "--+--"]
    assert [len(next(line for line in aligned(rows, width) if "+" in line)) for width in range(5, 20)] == [
        *range(5, 19),
        18,
    ]
    assert aligned([("a......", "bbb")], 11) == ["a...... | b", "        | b", "        | b", "--------+--"]
