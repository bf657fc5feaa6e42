import csv
import random
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers import (
    COLUMNS,
    DATED,
    NUMBER,
    RECEIPT,
    REMARK,
    SCREENED,
    SECRETARY,
    SUBJECT,
    SUBMITTED,
    SUMMARIZED,
    TAKEN_OVER,
    URGENCY,
    as_csv,
    row,
)

from docflow import Letter
from docflow.bangkok import GENERAL_ADMINISTRATION
from docflow.bangkok.files import read_register
from docflow.errors import FileError
from docflow.files import Fault
from docflow.letters import Urgency

BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.fixture
def register(tmp_path):
    def read(*rows, text=None, encoding="utf-8", columns=COLUMNS):
        path = tmp_path / "register.csv"
        path.write_bytes((as_csv(rows, columns) if text is None else text).encode(encoding))
        return read_register(path)

    return read


def faults(read):
    return [(fault.row, fault.column, fault.kind) for fault in read.faults]


class TestARegister:
    def test_becomes_cases_of_the_workflow(self, register):
        (case,) = register(row()).cases
        letter = case.letter
        assert (letter.number, letter.sender, letter.unit) == ("8395/2562", "กระทรวงมหาดไทย", SECRETARY)
        assert letter.dated.isoformat() == "2019-09-30"
        assert [(step.trigger, step.state, f"{step.at:%H:%M}", step.unit) for step in case.history] == [
            ("receive", "registered", "08:35", GENERAL_ADMINISTRATION),
            ("hand_over", "taken_over", "08:42", SECRETARY),
            ("screen", "screened", "09:23", None),
            ("summarize", "summarized", "09:40", None),
            ("submit", "submitted", "14:04", None),
        ]
        assert case.history[0].at == datetime(2019, 11, 1, 8, 35, tzinfo=BANGKOK)

    def test_without_anything_wrong_has_no_faults_and_no_notes(self, register):
        read = register(row())
        assert (read.faults, read.notes) == ((), ())
        assert "Case(" not in repr(read), "a register's repr is for people"

    def test_fills_every_field_of_a_letter(self, register):
        (case,) = register(row(urgency="ด่วน", remark="สำเนา")).cases
        assert case.letter == Letter(
            number="8395/2562",
            reference="มท 0505/9289",
            dated=date(2019, 9, 30),
            sender="กระทรวงมหาดไทย",
            recipient="ผู้ว่าราชการกรุงเทพมหานคร",
            subject="ขอเชิญเป็นประธานในพิธี",
            unit=SECRETARY,
            remark="สำเนา",
            urgency=Urgency.URGENT,
        )

    def test_without_a_unit_leaves_the_hand_over_without_one(self, register):
        assert register(row(unit="")).cases[0].history[1].unit is None

    def test_may_have_empty_cells_beyond_its_headings(self, register):
        assert register(text=as_csv([row()]).rstrip("\r\n") + ",,\n").faults == ()

    def test_may_have_a_mark_before_its_headings(self, register):
        assert register(row(), encoding="utf-8-sig") == register(row(), encoding="utf-8")

    def test_may_have_its_columns_in_any_order_and_more_of_them(self, register):
        assert register(row(), columns=[*reversed(COLUMNS), "เบอร์โทร"]).cases == register(row()).cases

    def test_may_have_commas_quotation_marks_and_line_breaks_in_its_cells(self, register):
        subject = 'ขอบคุณ "โครงการคลองสวย", ระยะที่ 2\nต่อ'
        (case,) = register(row(subject=subject)).cases
        assert case.letter.subject == subject

    def test_may_leave_the_last_cells_of_a_row_out(self, register):
        text = as_csv([row(screened="", summarized="", submitted="")]).rstrip("\r\n").rstrip(",")
        assert register(text=text).cases[0].state == "taken_over"

    def test_knows_the_grades_of_urgency(self, register):
        rows = [row(number=f"{n}/2562", urgency=text) for n, text in enumerate(("", "ด่วน", "ด่วนมาก", "ด่วนที่สุด"), 1)]
        assert [case.letter.urgency for case in register(*rows).cases] == list(Urgency)

    def test_without_rows_is_a_register(self, register):
        read = register()
        assert (read.cases, read.faults, read.notes, read.rows) == ((), (), (), 0)

    def test_counts_rows_as_a_spreadsheet_does(self, register):
        blank = dict.fromkeys(COLUMNS, "")
        read = register(row(subject="หนึ่ง\nสอง"), blank, row(number="2/2562", receipt="เช้า"))
        assert faults(read) == [(4, RECEIPT, "unreadable")]
        assert read.rows == 2


class TestAFault:
    @pytest.mark.parametrize("text", ["31/02/2563 10:00", "06/01/2563 24:61", "12/13/2562 10:00", "เช้า", "01/11/2562"])
    @pytest.mark.parametrize("column", [RECEIPT, TAKEN_OVER, SCREENED, SUMMARIZED, SUBMITTED])
    def test_is_a_stamp_that_cannot_be_read_or_does_not_exist(self, register, column, text):
        read = register(row() | {column: text}, row(number="8396/2562"))
        assert faults(read) == [(2, column, "unreadable")]
        assert read.faults[0].text == text
        assert [case.number for case in read.cases] == ["8396/2562"]

    @pytest.mark.parametrize(
        ("column", "text"),
        [
            (TAKEN_OVER, "01/11/2562 08:34"),
            (SCREENED, "01/11/2562 08:41"),
            (SUMMARIZED, "31/10/2562 09:40"),
            (SUBMITTED, "01/11/2562 09:39"),
        ],
    )
    def test_is_a_step_before_the_one_it_follows(self, register, column, text):
        read = register(row() | {column: text})
        assert faults(read) == [(2, column, "reversed")]
        assert "correct whichever is wrong" in read.faults[0].reason
        assert read.cases == ()

    def test_is_not_a_step_in_the_same_minute(self, register):
        assert register(row(taken_over="01/11/2562 08:35")).faults == ()

    def test_is_a_number_used_twice_in_a_register_year_and_the_later_row_has_it(self, register):
        read = register(row(), row(), row(number="๘๓๙๕/๒๕๖๒"), row(number="08395 / 2562"), row(number="8395/2563"))
        assert faults(read) == [(3, NUMBER, "duplicate"), (4, NUMBER, "duplicate"), (5, NUMBER, "duplicate")]
        assert "row 2" in read.faults[0].reason
        assert [case.number for case in read.cases] == ["8395/2562", "8395/2563"]
        (thai,) = register(row(number="๐๘๓๙๕/๒๕๖๒")).cases
        assert thai.number == "8395/2562"

    def test_names_its_letter_also_when_it_is_found_before_the_number_is_read(self, register):
        before, twice = register(row(receipt="เช้า", urgency="x"), row(number="๐๘๓๙๕/๒๕๖๒")).faults
        assert (before.number, twice.number) == ("8395/2562", "8395/2562")
        assert str(before).startswith(f"row 2 (8395/2562), {RECEIPT}: 'เช้า' is not a date")

    def test_of_a_row_whose_number_cannot_be_read_names_none(self, register):
        for text in ("", "เลขที่หนึ่ง", "8395/62"):
            read = register(row(number=text, receipt="เช้า"))
            assert {fault.number for fault in read.faults} == {None}
        assert str(read.faults[0]).startswith("row 2, ")

    def test_is_of_the_letter_that_is_told_also_in_a_note(self, register):
        (note,) = register(row(urgency="x")).notes
        assert (note.number, note.row) == ("8395/2562", 2)

    def test_is_a_number_that_a_faulty_row_used_before(self, register):
        read = register(row(receipt="เช้า"), row())
        assert faults(read) == [(2, RECEIPT, "unreadable"), (3, NUMBER, "duplicate")]

    def test_takes_the_register_year_from_the_receipt_when_the_number_has_none(self, register):
        january = {
            "receipt": "02/01/2563 09:00",
            "taken_over": "02/01/2563 09:05",
            "screened": "",
            "summarized": "",
            "submitted": "",
        }
        read = register(row(number="7"), row(number="7", **january), row(number="7/2563"))
        assert faults(read) == [(4, NUMBER, "duplicate")]
        assert [case.number for case in read.cases] == ["7/2562", "7/2563"]

    @pytest.mark.parametrize("number", ["", "ก", "8395/62", "8395/", "12/34/2562"])
    def test_is_a_number_that_is_none(self, register, number):
        assert faults(register(row(number=number))) == [(2, NUMBER, "unreadable")]

    def test_is_a_missing_receipt(self, register):
        nothing = dict.fromkeys((RECEIPT, TAKEN_OVER, SCREENED, SUMMARIZED, SUBMITTED), "")
        read = register(row() | nothing, row(number="2/2562") | {RECEIPT: ""})
        assert faults(read) == [(2, RECEIPT, "unreadable"), (3, RECEIPT, "unreadable")]
        alone = register(row() | nothing | {RECEIPT: "เช้า"})
        assert [fault.reason[:25] for fault in alone.faults] == ["is not a date and time; w"]

    def test_is_a_step_left_out_before_a_stamped_one(self, register):
        read = register(row(screened="", summarized=""))
        assert faults(read) == [(2, SCREENED, "unreadable")]
        assert f"is empty, though {SUBMITTED} is stamped" in read.faults[0].reason

    def test_does_not_hide_another_in_the_same_row(self, register):
        read = register(row(), row(taken_over="เช้า", submitted="01/11/2562 08:00"))
        assert faults(read) == [(3, TAKEN_OVER, "unreadable"), (3, SUBMITTED, "reversed"), (3, NUMBER, "duplicate")]

    def test_is_a_row_with_more_cells_than_headings(self, register):
        text = as_csv([row(), row(number="2/2562")]).replace(",ขอเชิญเป็นประธานในพิธี,", ",ขอเชิญ,เป็นประธาน,ในพิธี,", 1)
        read = register(text=text)
        assert faults(read) == [(2, "", "unreadable")]
        assert "quotation marks" in read.faults[0].reason
        assert len(read.cases) == 1

    def test_is_a_quotation_mark_left_open_and_the_rows_below_are_still_read(self, register):
        rows = [row(number=f"{n}/2562") for n in range(1, 6)]
        rows[3]["เรื่อง"] = 'ขอบคุณ "คลองสวย"'
        text = as_csv(rows).replace(",ขอเชิญเป็นประธานในพิธี,", ',"ขอเชิญเป็นประธานในพิธี,', 1)
        read = register(text=text)
        assert faults(read) == [(2, "", "unreadable")]
        assert [case.number for case in read.cases] == ["2/2562", "3/2562", "4/2562", "5/2562"]

    def test_is_a_row_that_swallowed_the_next_ones(self, register):
        rows = [row(number=f"{n}/2562", subject=f"เรื่องที่ {n}") for n in range(1, 7)]
        text = as_csv(rows).replace(",เรื่องที่ 2,", ',"เรื่องที่ 2,').replace(",เรื่องที่ 4,", ',จอขนาด 42",')
        read = register(text=text)
        assert faults(read) == [(3, "", "unreadable")]
        assert "left open" in read.faults[0].reason
        assert [case.number for case in read.cases] == ["1/2562", "3/2562", "4/2562", "5/2562", "6/2562"]

    def test_is_a_cell_too_large_or_a_number_too_long_and_nothing_worse(self, register):
        read = register(row(subject="ก" * 200_000), row(number="9" * 5_000 + "/2562"), row())
        assert faults(read) == [(2, "", "unreadable"), (3, NUMBER, "unreadable")]
        assert len(read.cases) == 1

    def test_is_listed_for_every_line_that_would_swallow_all_below_it(self, register):
        assert len(register(text=as_csv([]) + 'a",",b\n' * 2_000).faults) == 2_000

    def test_is_a_row_of_more_lines_than_anybody_writes_into_a_cell(self, register):
        for lines, broken in ((100, False), (101, True)):
            read = register(row(subject="\n".join("ก" * lines)))
            assert ((2, "", "unreadable") in faults(read)) == broken
            assert len(read.cases) == (not broken)

    @pytest.mark.parametrize(
        "receipt", ["1941-01-01T00:00:00+14:00", "2456-12-31T23:00:00Z", "0001-01-01T00:00:00+07:00"]
    )
    def test_is_a_moment_at_the_edge_of_the_era_and_the_rest_is_read(self, register, receipt):
        later = dict.fromkeys(("taken_over", "screened", "summarized", "submitted"), "")
        read = register(row(number="5", receipt=receipt, **later), row())
        assert faults(read) == [(2, RECEIPT, "unreadable")]
        assert len(read.cases) == 1

    def test_is_no_mark_that_nobody_sees(self, register):
        stamps = {"receipt": "01/11/2562\u00a008:35\u200e", "screened": "\u200b", "summarized": "", "submitted": ""}
        unseen = row(number="\u200b8395/2562\u00a0", unit=f"{SECRETARY}\u200b", **stamps)
        read = register(text=as_csv([unseen]).replace(NUMBER, f"\ufeff{NUMBER}\u200b"))
        assert read.faults == ()
        assert (read.cases[0].number, read.cases[0].letter.unit) == ("8395/2562", SECRETARY)
        assert read.cases[0].state == "taken_over"


class TestANote:
    def test_is_a_cell_that_no_figure_needs(self, register):
        read = register(row(dated="31/02/2562", urgency="ด่วนสุด ๆ"))
        assert [(note.row, note.column, note.kind) for note in read.notes] == [
            (2, DATED, "unreadable"),
            (2, URGENCY, "unreadable"),
        ]
        assert read.faults == ()
        (case,) = read.cases
        assert (case.letter.dated, case.letter.urgency) == (None, Urgency.ORDINARY)

    def test_is_a_deadline_that_is_no_moment(self, register):
        read = register(row(urgency="ด่วนภายใน 32 ม.ค. 2563 10.00 น."))
        assert [(note.column, note.reason) for note in read.notes] == [(URGENCY, "ม.ค. 2563 has no day 32; correct it")]
        assert read.cases[0].letter.wanted_by is None


class TestUrgency:
    def test_may_name_the_moment_by_which_the_letter_is_wanted(self, register):
        (case,) = register(row(urgency="ด่วนภายใน ๖ ม.ค. ๒๕๖๓ ๑๐.๐๐ น.")).cases
        assert case.letter.urgency is Urgency.URGENT
        assert case.letter.wanted_by == datetime(2020, 1, 6, 10, tzinfo=BANGKOK)


class TestAFile:
    @pytest.mark.parametrize("column", COLUMNS)
    def test_without_a_column_is_refused_with_its_name(self, register, column):
        with pytest.raises(FileError) as caught:
            register(row(), columns=[one for one in COLUMNS if one != column])
        assert caught.value.problem == f"lacks the column {column}; add what is missing to row 1"

    def test_without_several_columns_is_refused_with_their_names(self, register):
        with pytest.raises(FileError, match="lacks the columns เลขทะเบียนรับ, ที่;"):
            register(row(), columns=COLUMNS[2:])

    def test_that_is_empty_is_refused(self, register):
        for text in ("", "\n\n", "\ufeff", "  \r\n"):
            with pytest.raises(FileError, match="is empty"):
                register(text=text)

    def test_in_another_encoding_is_refused(self, register):
        with pytest.raises(FileError, match="is not UTF-8 text.*save it as CSV UTF-8"):
            register(row(), encoding="cp874")
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            with pytest.raises(FileError, match="is not UTF-8 text but UTF-16"):
                register(row(), encoding=encoding)

    def test_with_semicolons_is_refused_with_what_is_wrong(self, register):
        for mark, said in ((";", "';'"), ("\t", r"'\\t'"), ("|", r"'\|'")):
            with pytest.raises(FileError, match=f"set apart by {said}, save it with commas"):
                register(text=as_csv([row()]).replace(",", mark))

    def test_with_a_column_twice_is_refused(self, register):
        with pytest.raises(FileError, match="twice"):
            register(text=as_csv([row()]).replace("หมายเหตุ", "เลขทะเบียนรับ,หมายเหตุ", 1))

    def test_that_is_a_directory_or_missing_is_refused(self, tmp_path):
        for path, problem in (
            (tmp_path, "cannot be read (is a directory); name a file in it"),
            (tmp_path / "none.csv", "cannot be read (no such file or directory); check its name, and where it lies"),
        ):
            with pytest.raises(FileError) as caught:
                read_register(path)
            assert caught.value.problem == problem

    def test_that_cannot_be_opened_is_refused_with_a_way_out(self, tmp_path):
        loop = tmp_path / "loop.csv"
        loop.symlink_to(loop)
        (tmp_path / "file").touch()
        for path, problem in (
            (loop, "name the file itself"),
            (tmp_path / ("ก" * 300), "shorten its name"),
            (tmp_path / "nul\0.csv", "no name of a file has.*correct it"),
            (tmp_path / "half\ud800.csv", "no name of a file has.*correct it"),
            (tmp_path / "file" / "register.csv", "a part of it is a file"),
        ):
            with pytest.raises(FileError, match=problem):
                read_register(path)

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no file without an end")
    def test_without_an_end_is_refused(self):
        with pytest.raises(FileError, match="does not end within 256 MiB; save it as a file, and read that"):
            read_register("/dev/zero")

    def test_may_have_any_line_ends(self, register):
        text = as_csv([row(), row(number="2/2562", subject="ก\nข")])
        for end in ("\r\n", "\n", "\r"):
            read = register(text=text.replace("\r\n", "\n").replace("\n", end))
            assert (len(read.cases), read.faults) == (2, ())

    def test_says_the_line_that_is_not_utf_8(self, tmp_path):
        path = tmp_path / "register.csv"
        path.write_bytes(as_csv([row(number=f"{n}/2562") for n in range(200)]).encode() + b"8395/2562,\xa1\n")
        with pytest.raises(FileError, match=r"is not UTF-8 text \(line 202\)"):
            read_register(path)

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_is_not_called_utf_16_for_a_mark_in_one_of_its_rows(self, register, end):
        lines = as_csv([row(number="1/2562", subject="a\0b"), row(number="2/2562")]).split("\r\n")
        assert "2/2562" in {case.number for case in register(text=end.join(lines)).cases}

    def test_whose_headings_have_an_open_quotation_mark_is_refused(self, register):
        with pytest.raises(FileError, match="headings cannot be read"):
            register(text='"' + as_csv([row()]))


cells = st.one_of(
    st.sampled_from(
        ["", "เช้า", "01/11/2562 09:00", "02/11/2562 09:00", "31/02/2563 10:00", "8395/2562", '"', "\n", ","]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)


@given(rows=st.lists(st.lists(cells, max_size=16), max_size=6), wild=st.booleans())
def test_every_row_becomes_a_case_or_a_fault_whatever_it_holds(tmp_path_factory, rows, wild):
    path = tmp_path_factory.mktemp("any") / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        if wild:
            file.writelines(",".join(row) + "\n" for row in rows)
        else:
            writer.writerows(rows)
    read = read_register(path)
    assert read.rows == len(read.cases) + len({fault.row for fault in read.faults})
    if not wild and not any("\n" in cell or "\r" in cell for row in rows for cell in row):
        unseen = "\u200b\u200c\u200e\u200f\u2060\ufeff"
        assert read.rows == sum(any(not (mark.isspace() or mark in unseen) for mark in "".join(row)) for row in rows)


PASSAGE = (RECEIPT, TAKEN_OVER, SCREENED, SUMMARIZED, SUBMITTED)
SUBJECTS = ("ขอเชิญเป็นประธาน", 'ขอบคุณ "คลองสวย", ระยะที่ 2', "ขอความอนุเคราะห์\nใช้สถานที่", "")


def damaged(chance, *, marks=2):
    """The lines of a register as they were and with stray quotation marks, and the places of the rows they stand in."""
    wide = chance.choice([0, 0, 3])
    whole = []
    for n in range(1, chance.randrange(3, 9)):
        later = dict.fromkeys(PASSAGE[chance.randrange(1, 6) :], "")
        cells = [*(row(number=f"{n}/2562", subject=chance.choice(SUBJECTS)) | later).values(), ""]
        cells = [cells[list(row()).index(name)] if name in row() else "" for name in COLUMNS] + ["x"] * wide
        cut = chance.choice([len(cells), len(cells), chance.randrange(1, len(cells) + 1)])
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerow(cells[:cut])
        whole.append(text.getvalue())
    hurt, touched = list(whole), set()
    for _ in range(marks):
        n = chance.randrange(len(hurt))
        beside = [place for place, mark in enumerate(hurt[n]) if mark == ","]
        ends = [0, len(hurt[n]) - 1, *beside, *(place + 1 for place in beside)]
        place = chance.choice([*ends, chance.randrange(len(hurt[n]))])
        hurt[n] = f'{hurt[n][:place]}"{hurt[n][place:]}'
        touched.add(n)
    return as_csv([], (*COLUMNS, *map(str, range(wide)))), whole, hurt, touched


def check_damage(path, chance):
    """Rows without a stray mark are read as before, and every line is a row, blank, or in a cell that is told."""
    heading, whole, hurt, touched = damaged(chance)
    path.write_text(heading + "".join(whole), encoding="utf-8", newline="")
    sound = read_register(path)
    before, rows = {case.number: case for case in sound.cases}, sound.rows
    path.write_text(heading + "".join(hurt), encoding="utf-8", newline="")
    read = read_register(path)
    after = {case.number: case for case in read.cases}
    for n in set(range(len(whole))) - touched:
        number = f"{n + 1}/2562"
        assert after.get(number) == before.get(number), "".join(hurt)
    assert after.keys() <= before.keys() | {f"{n + 1}/2562" for n in touched}
    told = sum(note.text.count("\n") for note in read.notes if note.kind == "doubtful")
    assert rows - told <= read.rows <= "".join(hurt).count("\n")


class TestStrayQuotationMarks:
    @pytest.mark.parametrize("seed", range(200))
    def test_cost_no_more_than_the_rows_in_which_they_stand(self, tmp_path, seed):
        check_damage(tmp_path / "register.csv", random.Random(seed))  # noqa: S311 - nothing secret

    def test_in_the_first_row_cost_it_alone_though_no_row_has_shown_yet_how_rows_begin(self, register):
        lines = (
            ",".join(COLUMNS),
            '1/2562,มท 1,,,,"หนึ่ง',
            'สอง",,1 พ.ย. 2562 08.35 น.,"',  # the stray mark of the first row
            "2/2562,มท 2,,,,สาม,,1 พ.ย. 2562 08.35 น.",
            '3/2562,มท 3,,,,สี่,",1 พ.ย. 2562 08.35 น.',
            "4/2562,มท 4,,,,ห้า,,1 พ.ย. 2562 08.35 น.",
        )
        read = register(text="\n".join(lines))
        assert [case.number for case in read.cases] == ["2/2562", "4/2562"]

    def test_alone_in_a_line_cost_no_row_though_every_row_is_unfinished(self, register):
        lines = (
            ",".join(COLUMNS),
            "1/2562,มท 1,,,,หนึ่ง,,1 พ.ย. 2562 08.35 น.",
            '"',
            "2/2562,มท 2,,,,สอง,,1 พ.ย. 2562 08.35 น.",
            '3/2562,มท 3",,',
        )
        read = register(text="\n".join(lines))
        assert [case.number for case in read.cases] == ["1/2562", "2/2562"]

    @given(chance=st.randoms(use_true_random=False))
    def test_cost_no_more_wherever_they_stand(self, tmp_path_factory, chance):
        check_damage(tmp_path_factory.mktemp("damaged") / "register.csv", chance)

    @pytest.mark.parametrize("cells", [1, 2, 8, 13, 14])
    @pytest.mark.parametrize("closed", [0, 1, 5])
    def test_do_not_swallow_a_row_however_short_it_is(self, register, cells, closed):
        short = as_csv([row(number="8396/2562")]).splitlines()[1].split(",")[:cells]
        short[min(closed, cells - 1)] += '"'
        text = as_csv([row(), row(number="8397/2562")]).splitlines()
        text[1] = text[1].replace(",มท", ',"มท')
        read = register(text="\n".join([*text[:2], ",".join(short), text[2], ""]))
        assert read.rows == 3
        assert (read.faults[0].row, read.faults[0].column, read.faults[0].text) == (2, "", text[1])
        assert "looks like a row: 8396/2562" in read.faults[0].reason
        assert read.cases[-1].number == "8397/2562"

    @pytest.mark.parametrize("number", ["", "-", "–", "A-7", "ก12"])
    def test_that_join_a_row_and_one_that_begins_otherwise_are_told(self, register, number):
        """Both rows are short, so that their cells together are no more than a row has."""
        lines = [
            "8395/2562,ที่ 1,,ก,ข,ขอเชิญ,,01/10/2562 09:00,หน่วย,01/10/2562 10:00",
            '8396/2562,ที่ 2,,ก,"ข,ขอเชิญ,,01/10/2562 09:00',
            f'{number}",,,01/10/2562 11:00,หน่วย,01/10/2562 12:00',
            "8397/2562,ที่ 3,,ก,ข,ขอเชิญ,,01/10/2562 13:00",
        ]
        read = register(text="\n".join([",".join(COLUMNS), *lines, ""]))
        told = {note.row for note in read.notes if note.kind == "doubtful"} | {fault.row for fault in read.faults}
        assert 3 in told

    def test_alone_on_two_lines_cost_no_row_between_them(self, register):
        """The row between is short, and begins as no row above does."""
        lines = ["8395/2562,ที่ 1,,ก,ข,ขอเชิญ,,01/10/2562 09:00", '"', "ก12,ที่ 2,,ก,ข,ขอเชิญ,,01/10/2562 10:00", '"']
        read = register(text="\n".join([",".join(COLUMNS), *lines, ""]))
        assert {case.number for case in read.cases} | {fault.text for fault in read.faults} >= {"8395/2562", "ก12"}

    def test_that_join_cells_of_one_row_are_told(self, register):
        text = (
            as_csv([row(subject="ก")]).replace(",ก,", ',"ก,').replace(",1 พ.ย. 2562 08.35 น.", '",1 พ.ย. 2562 08.35 น.')
        )
        read = register(text=text)
        assert [(note.row, note.column, note.kind) for note in read.notes if note.kind == "doubtful"] == [
            (2, "", "doubtful")
        ]
        assert "has 13 cells, and commas for 14 headings" in read.notes[0].reason


class TestACellOfSeveralLines:
    def test_is_read_and_not_told_when_none_of_them_looks_like_a_row(self, register):
        subject = "ขอให้ดำเนินการ\n1. ส่งเอกสาร\n\n2) ชี้แจง\nภายในกำหนด"
        read = register(row(), row(number="2/2562", subject=subject), row(number="3/2562"))
        assert (read.faults, read.notes, read.rows) == ((), (), 3)
        assert read.cases[1].letter.subject == subject

    @pytest.mark.parametrize("line", ["", "...", "a1@b.th", "KT0404/12", "-"])
    def test_is_not_told_for_how_its_last_line_ends(self, register, line):
        """What stands behind the closing mark is the next cell: a break at a cell's end is no row."""
        read = register(row(), row(number="2/2562", subject=f"เรื่อง\n{line}"))
        assert (read.notes, len(read.cases)) == ((), 2)

    def test_is_told_by_the_column_that_has_the_comma(self, register):
        read = register(row(), row(number="2/2562", subject="ก\nข", remark="ข, ค\nง"))
        assert [(note.row, note.column) for note in read.notes] == [(3, REMARK)]
        spaced = register(row(), row(number="2/2562", subject="ก\u00a0ข, ค\nง"))
        assert [(note.row, note.column) for note in spaced.notes] == [(3, "เรื่อง")]

    @pytest.mark.parametrize("line", ["839", "8396 เรื่อง", "ก, ข"])
    def test_is_read_and_told_when_one_of_them_may_be_a_row(self, register, line):
        read = register(row(), row(number="2/2562", subject=f"เรื่อง\n{line}"))
        assert [(note.row, note.column, note.kind) for note in read.notes] == [(3, "เรื่อง", "doubtful")]
        assert line in read.notes[0].reason
        assert read.notes[0].text == f"เรื่อง\n{line}"
        assert len(read.cases) == 2

    def test_is_told_though_its_row_is_at_fault(self, register):
        read = register(row(receipt="เช้า", subject="เรื่อง\n839"))
        assert (faults(read), [note.kind for note in read.notes]) == ([(2, RECEIPT, "unreadable")], ["doubtful"])

    def test_may_be_the_first_of_its_row(self, register):
        columns = [SUBJECT, *(column for column in COLUMNS if column != SUBJECT)]
        read = register(row(subject="ขอเชิญ\nประชุม"), columns=columns)
        assert len(read.cases) == 1

    def test_of_the_headings_holds_no_row(self, register):
        text = (
            as_csv([row()], [*COLUMNS, "โทร"]).replace("โทร", '"โทร', 1).replace("ผู้ว่าราชการกรุงเทพมหานคร,", 'ผู้ว่า",', 1)
        )
        with pytest.raises(FileError, match="headings cannot be read \\(a quotation mark seems to be left open\\)"):
            register(text=text)


class TestAColumnThatNothingReads:
    def test_is_told_once_by_name_when_it_holds_something(self, register):
        rows = [row(number=f"{n}/2562") | {"โทร": call} for n, call in enumerate(("", "0 2", "0 3"), 1)]
        text = as_csv(rows, [*COLUMNS, "โทร", "แฟ้ม"])
        read = register(text=text)
        assert [(note.row, note.column, note.kind) for note in read.notes] == [(1, "โทร", "unread")]
        assert len(read.cases) == 3

    def test_is_told_though_it_has_no_heading(self, register):
        read = register(text=as_csv([row() | {"": "x"}], [*COLUMNS, ""]))
        assert [(note.row, note.column, note.reason[:11]) for note in read.notes] == [(1, "", "(column 15)")]


def test_a_faults_words_steer_nothing_and_its_cell_is_as_it_stands():
    fault = Fault(2, "ที่\u2066\x1b[2J", "unreadable", "is no \u202etime", "\x1b]0;owned\x07")
    assert (fault.column, fault.reason) == (r"ที่\u2066\x1b[2J", r"is no \u202etime")
    assert fault.text == "\x1b]0;owned\x07"
