"""The office's plain records: each kind read, each fault told, nothing lost between the two."""

import random
import re
from datetime import date, datetime, time
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers import as_csv
from scripts import ROOT
from year_files import CELLS, COLUMNS, KIND, line, write_year

from docflow.bangkok import SECRETARY_GROUP, MeetingOrder, office_clock
from docflow.bangkok.files import RECORD_FILES, read_records
from docflow.bangkok.files.dated import CLOSES
from docflow.errors import FileError
from docflow.letters import Origin
from docflow.workplans import StepProgress

BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.fixture
def year(tmp_path):
    """Read a folder in which one file holds the good row with some changes, once for each of them."""

    def read(file=None, *changes, **others):
        rows = {file: [line(file, change) for change in changes]} if file else {}
        return read_records(write_year(tmp_path, rows | others.get("rows", {})))

    return read


def told(read, file):
    return [(fault.row, fault.column, fault.kind) for fault in read.faults.get(file, ())]


def passage(record):
    return [(step.state, f"{step.at:%d/%m %H:%M}") for step in record.history]


class TestAFolder:
    def test_that_is_whole_gives_a_record_of_every_kind_and_no_fault(self, year):
        read = year()
        assert {kind: len(records) for kind, records in read.records.items()} == dict.fromkeys(KIND.values(), 1)
        assert (read.faults, read.notes, read.missing) == ({}, {}, ())
        assert read.rows == dict.fromkeys(RECORD_FILES, 1)

    @pytest.mark.parametrize("file", RECORD_FILES)
    def test_without_a_file_says_which_and_has_every_kind_all_the_same(self, tmp_path, file):
        read = read_records(write_year(tmp_path, without=(file,)))
        assert read.missing == (file,)
        assert set(read.records) == set(KIND.values())
        assert file not in read.rows
        if file in KIND:
            assert read.records[KIND[file]] == ()

    def test_that_is_empty_has_no_records(self, tmp_path):
        read = read_records(tmp_path)
        assert set(read.missing) == set(RECORD_FILES)
        assert (set(read.records.values()), read.progress, read.meeting_exceptions) == ({()}, (), ())

    def test_that_is_none_is_refused(self, tmp_path):
        (tmp_path / "file").touch()
        for folder, problem in (("none", "is not there"), ("file", "is a file")):
            with pytest.raises(FileError, match=f"{problem}; name the folder"):
                read_records(tmp_path / folder)

    def test_that_nobody_can_look_into_is_refused(self, tmp_path):
        loop = tmp_path / "loop"
        loop.symlink_to(loop)
        (tmp_path / "file").touch()
        for folder in (loop, tmp_path / ("ก" * 300), tmp_path / "nul\0", tmp_path / "file" / "year"):
            with pytest.raises(FileError, match="cannot be read"):
                read_records(folder)

    def test_with_a_link_that_leads_nowhere_lacks_no_file_but_is_refused(self, tmp_path):
        for there in ("complaints.csv", "none.csv"):
            write_year(tmp_path, without=("complaints.csv",))
            (tmp_path / "complaints.csv").symlink_to(tmp_path / there)
            with pytest.raises(FileError, match="complaints.csv: cannot be read"):
                read_records(tmp_path)
            (tmp_path / "complaints.csv").unlink()

    def test_with_a_column_that_nothing_reads_says_so(self, tmp_path):
        write_year(tmp_path)
        columns = (*COLUMNS["surveys.csv"], "ข้อเสนอแนะ")
        (tmp_path / "surveys.csv").write_text(
            as_csv([line("surveys.csv", {"ข้อเสนอแนะ": "ดี"})], columns), encoding="utf-8"
        )
        read = read_records(tmp_path)
        assert [(note.row, note.column, note.kind) for note in read.notes["surveys.csv"]] == [
            (1, "ข้อเสนอแนะ", "unread")
        ]
        assert read.faults == {}

    @pytest.mark.parametrize("file", RECORD_FILES)
    def test_with_a_file_without_its_headings_is_refused(self, tmp_path, file):
        for column in RECORD_FILES[file]:
            text = as_csv([line(file)], [one for one in COLUMNS[file] if one != column])
            write_year(tmp_path)
            (tmp_path / file).write_text(text, encoding="utf-8")
            with pytest.raises(FileError, match=rf"{file}: lacks the column {re.escape(column)};"):
                read_records(tmp_path)

    @pytest.mark.parametrize("file", RECORD_FILES)
    def test_tells_of_rows_whose_cells_cannot_be_told_apart(self, tmp_path, file):
        write_year(tmp_path)
        with (tmp_path / file).open("a", encoding="utf-8") as text:
            text.write('"open,\n')
        read = read_records(tmp_path)
        assert told(read, file) == [(3, "", "unreadable")]
        assert read.rows[file] == 2


def documented():
    """The headings and whether each may be empty, by file, as the reference has them."""
    text = (ROOT / "docs" / "reference" / "records.md").read_text(encoding="utf-8")
    for section in text.split("\n## ")[1:]:
        file, _, body = section.partition("\n")
        if file.endswith(".csv"):
            rows = re.findall(r"^\| (.*?) \| .* \| (.*?) \|$", body, re.MULTILINE)
            yield file, dict(rows[1:])


class TestTheReference:
    def test_names_every_file_with_its_headings(self):
        files = {file: tuple(headings) for file, headings in documented()}
        assert files.pop("surveys.csv") == (*RECORD_FILES["surveys.csv"], "ข้อ…")
        assert files == {file: columns for file, columns in RECORD_FILES.items() if file != "surveys.csv"}

    @pytest.mark.parametrize("file", RECORD_FILES)
    def test_says_which_cells_must_not_be_empty(self, year, file):
        for heading, empty in dict(documented())[file].items():
            if heading in COLUMNS[file] and empty in {"no", "yes"}:
                faults = told(year(file, {heading: ""}), file)
                assert ((2, heading, "unreadable") in faults) == (empty == "no"), heading
                assert bool(faults) == (empty == "no"), heading


NUMBERED = {file: RECORD_FILES[file][0] for file in (*KIND, "training-sessions.csv") if file != "external-values.csv"}
DATED = [
    ("staff.csv", "วันที่เริ่มปฏิบัติงาน"),
    ("training-sessions.csv", "วันเวลา"),
    ("tests.csv", "วันเวลาทดสอบ"),
    ("internal-letters.csv", "วันเวลาลงนาม"),
    ("complaints.csv", "วันเวลาลงพื้นที่"),
    ("surveys.csv", "วันที่ตอบ"),
    ("field-visits.csv", "วันที่บันทึกในฐานข้อมูล"),
    ("field-visit-updates.csv", "วันที่ปรับปรุง"),
    ("salary-certificates.csv", "วันเวลาเสนอลงนาม"),
    ("council-documents.csv", "วันเวลาแจ้งนัด"),
    ("ceremonies.csv", "วันเวลา"),
    ("reimbursements.csv", "กำหนดแล้วเสร็จ"),
    ("external-values.csv", "วันที่"),
    ("work-progress.csv", "วันที่"),
    ("meeting-exceptions.csv", "วันตามกำหนด"),
]
PERCENTAGES = [
    ("tests.csv", "คะแนน (ร้อยละ)"),
    ("field-visits.csv", "ความก้าวหน้า (ร้อยละ)"),
    ("field-visit-updates.csv", "ความก้าวหน้า (ร้อยละ)"),
    ("work-progress.csv", "ร้อยละของขั้นตอน"),
    ("external-values.csv", "ค่า"),
    ("external-values.csv", "ค่าเป้าหมาย"),
]


class TestAFault:
    @pytest.mark.parametrize("file", NUMBERED)
    def test_is_a_number_used_twice_and_the_later_row_has_it(self, year, file):
        number = CELLS[file][0]
        twice = {NUMBERED[file]: f" {number.translate(str.maketrans('0123456789', '๐๑๒๓๔๕๖๗๘๙'))} ".replace("/", " / ")}
        read = year(file, {}, twice)
        assert told(read, file) == [(3, NUMBERED[file], "duplicate")]
        assert "in row 2 already" in read.faults[file][0].reason
        if file in KIND:
            assert len(read.records[KIND[file]]) == 1

    def test_is_a_number_that_a_faulty_row_used_before(self, year):
        read = year("ceremonies.csv", {"เลขที่": "1/2562", "วันเวลา": "เช้า"}, {})
        assert told(read, "ceremonies.csv") == [(2, "วันเวลา", "unreadable"), (3, "เลขที่", "duplicate")]
        assert read.records["ceremonies"] == ()

    @pytest.mark.parametrize(("file", "column"), DATED)
    def test_is_a_date_that_does_not_exist(self, year, file, column):
        text = "31/02/2563 09:00" if column.startswith("วันเวลา") else "31/02/2563"
        read = year(file, {column: text})
        (fault,) = read.faults[file]
        assert (fault.row, fault.column, fault.kind, fault.text) == (2, column, "unreadable", text)
        assert fault.reason == "ก.พ. 2563 has no day 31; correct it"
        if file in KIND:
            assert read.records[KIND[file]] == ()

    @pytest.mark.parametrize("text", ["100.01", "-1", "1e1", "ครึ่ง", "1,5"])
    @pytest.mark.parametrize(("file", "column"), PERCENTAGES)
    def test_is_a_percentage_outside_0_to_100(self, year, file, column, text):
        assert told(year(file, {column: text}), file) == [(2, column, "unreadable")]

    @pytest.mark.parametrize("text", ["0", "100", "๑๐๐", "99.99"])
    @pytest.mark.parametrize(("file", "column"), PERCENTAGES)
    def test_is_no_percentage_from_0_to_100(self, year, file, column, text):
        assert told(year(file, {column: text}), file) == []

    def test_does_not_hide_another_in_the_same_row(self, year):
        bad = {"เลขที่": "1/2562", "วันเวลา": "เช้า", "ผู้บริหารได้รับการอำนวยความสะดวก": "อาจจะ"}
        read = year("ceremonies.csv", {}, bad)
        assert sorted(told(read, "ceremonies.csv")) == sorted(
            [
                (3, "เลขที่", "duplicate"),
                (3, "วันเวลา", "unreadable"),
                (3, "ผู้บริหารได้รับการอำนวยความสะดวก", "unreadable"),
            ]
        )


class TestStaff:
    def test_become_traces_of_their_training_and_tests(self, year):
        sessions = [
            ("KM-1", "การกรองงานหนังสือภายนอก", "20/11/2562 09:00"),
            ("QR-1", "การจัดทำ QR  Code", "12/02/2563 13:00"),
        ]
        rows = {
            "training-sessions.csv": [
                dict(zip(COLUMNS["training-sessions.csv"], one, strict=True)) for one in sessions
            ],
            "attendance.csv": [line("attendance.csv", {"รหัสการอบรม": code}) for code in ("QR-1", "KM-1")],
            "tests.csv": [
                line("tests.csv", {"วันเวลาทดสอบ": "28/02/2563 10:00"}),
                line("tests.csv", {"ผล (ผ่าน/ไม่ผ่าน)": "ไม่ผ่าน"}),
            ],
        }
        (person,) = year("staff.csv", {"วันที่พ้นจากหน้าที่": "1 ก.ค. 2563"}, rows=rows).records["staff"]
        assert person.number == "P01"
        assert passage(person) == [
            ("on_staff", "01/10 00:00"),
            ("attended_exchange", "20/11 09:00"),
            ("attended_qr", "12/02 13:00"),
            ("failed_qr", "27/02 10:00"),
            ("passed_qr", "28/02 10:00"),
            ("left", "01/07 00:00"),
        ]
        assert {event.unit for event in person.history} == {SECRETARY_GROUP}

    def test_of_a_unit_that_nobody_knows_are_noted_and_counted(self, year):
        read = year("staff.csv", {"ส่วนราชการ": "กลุ่มงานเลขา"})
        assert [(note.row, note.column) for note in read.notes["staff.csv"]] == [(2, "ส่วนราชการ")]
        assert len(read.records["staff"]) == 1

    def test_cannot_leave_before_they_came(self, year):
        assert told(year("staff.csv", {"วันที่พ้นจากหน้าที่": "30 ก.ย. 2560"}), "staff.csv") == [
            (2, "วันที่พ้นจากหน้าที่", "reversed")
        ]

    def test_are_not_trained_in_a_course_of_another_name(self, year):
        read = year("training-sessions.csv", {"หลักสูตร": "การเขียนหนังสือ"})
        assert told(read, "training-sessions.csv") == [(2, "หลักสูตร", "unknown")]
        assert told(read, "attendance.csv") == [(2, "รหัสการอบรม", "unknown")]
        assert "is row 2 of training-sessions.csv, which is left out" in read.faults["attendance.csv"][0].reason
        assert [event.state for event in read.records["staff"][0].history] == ["on_staff", "passed_qr"]

    def test_attend_no_unknown_session_and_nobody_unknown_attends(self, year):
        read = year("attendance.csv", {"รหัสการอบรม": "KM-9", "รหัสบุคลากร": "P99"})
        assert told(read, "attendance.csv") == [(2, "รหัสการอบรม", "unknown"), (2, "รหัสบุคลากร", "unknown")]
        assert "is in no row of staff.csv" in read.faults["attendance.csv"][1].reason

    def test_attend_a_session_once(self, year):
        read = year("attendance.csv", {}, {"รหัสบุคลากร": "P๐๑"})
        assert told(read, "attendance.csv") == [(3, "รหัสการอบรม", "duplicate")]
        assert [event.state for event in read.records["staff"][0].history].count("attended_exchange") == 1

    @pytest.mark.parametrize(
        "stay",
        [{"วันที่เริ่มปฏิบัติงาน": "1 มี.ค. 2563"}, {"วันที่พ้นจากหน้าที่": "20/11/2562 08:59"}],
        ids=["came later", "had left"],
    )
    def test_attend_and_are_tested_while_they_are_on_the_staff(self, year, stay):
        read = year("staff.csv", stay)
        assert told(read, "attendance.csv") == [(2, "รหัสการอบรม", "reversed")]
        assert told(read, "tests.csv") == [(2, "วันเวลาทดสอบ", "reversed")]
        assert {event.state for event in read.records["staff"][0].history} <= {"on_staff", "left"}

    def test_may_be_trained_and_tested_at_the_moment_they_come_and_leave(self, year):
        stay = {"วันที่เริ่มปฏิบัติงาน": "20/11/2562 09:00", "วันที่พ้นจากหน้าที่": "27/02/2563 10:00"}
        read = year("staff.csv", stay)
        assert read.faults == {}
        states = [event.state for event in read.records["staff"][0].history]
        assert states == ["on_staff", "attended_exchange", "passed_qr", "left"]

    def test_that_are_left_out_are_not_noted_as_well(self, year):
        assert year("staff.csv", {"ส่วนราชการ": "กลุ่มงานเลขา", "วันที่เริ่มปฏิบัติงาน": "เช้า"}).notes == {}

    def test_are_tested_once_at_a_time_by_a_known_code_with_a_known_result(self, year):
        read = year(
            "tests.csv", {}, {}, {"รหัสบุคลากร": "P99"}, {"วันเวลาทดสอบ": "28/02/2563 09:00", "ผล (ผ่าน/ไม่ผ่าน)": "ดี"}
        )
        assert told(read, "tests.csv") == [
            (3, "วันเวลาทดสอบ", "duplicate"),
            (4, "รหัสบุคลากร", "unknown"),
            (5, "ผล (ผ่าน/ไม่ผ่าน)", "unreadable"),
        ]


class TestCases:
    def test_of_internal_letters_know_corrections_and_what_was_sent_back(self, year):
        stamps = ["09:00", "10:00", "10:10", "11:00", "11:30", "12:00", "13:00", "14:00", "15:00"]
        columns = COLUMNS["internal-letters.csv"][3:]
        changes = {column: f"01/10/2562 {at}" for column, at in zip(columns, stamps, strict=True)}
        (case,) = year("internal-letters.csv", changes).records["internal letters"]
        assert case.letter.origin is Origin.INTERNAL
        assert (case.letter.sender, case.letter.subject) == ("สำนักการโยธา", "ขออนุมัติ")
        assert [step.state for step in case.history] == [
            "registered", "screened", "awaiting_correction", "registered", "screened",
            "submitted", "screened", "submitted", "signed",
        ]  # fmt: skip
        assert [f"{step.at:%H:%M}" for step in case.history] == stamps

    @pytest.mark.parametrize(
        ("file", "emptied", "column"),
        [
            ("internal-letters.csv", "วันเวลาตรวจ", "วันเวลาเสนอผู้ว่าราชการ"),
            ("complaints.csv", "วันเวลาประสานนัดหมาย", "วันเวลาลงพื้นที่"),
            ("salary-certificates.csv", "วันเวลาจัดทำ", "วันเวลาเสนอลงนาม"),
            ("council-documents.csv", "วันเวลารวบรวม", "วันเวลาจัดส่ง"),
        ],
    )
    def test_are_none_when_the_workflow_refuses_a_step_and_its_column_says_so(self, year, file, emptied, column):
        read = year(file, {emptied: ""})
        assert told(read, file) == [(2, column, "unreadable")]
        assert "is refused: it is" in read.faults[file][0].reason
        assert read.records[KIND[file]] == ()

    def test_are_refused_at_the_second_of_two_equal_steps(self, year):
        read = year("internal-letters.csv", {"วันเวลาเสนอใหม่": "01/10/2562 11:00"})
        assert told(read, "internal-letters.csv") == [(2, "วันเวลาเสนอใหม่", "unreadable")]

    @pytest.mark.parametrize("file", ["internal-letters.csv", "complaints.csv", "salary-certificates.csv"])
    def test_go_forward_in_time(self, year, file):
        stamped = [column for column, cell in zip(COLUMNS[file], CELLS[file], strict=True) if "/2562 " in cell]
        for column in stamped[1:]:
            read = year(file, {column: "30/09/2562 09:00"})
            assert (2, column, "reversed") in told(read, file)
            assert read.records[KIND[file]] == ()

    def test_of_complaints_go_to_their_end_or_are_withdrawn(self, year):
        later = dict.fromkeys(COLUMNS["complaints.csv"][4:9], "")
        read = year("complaints.csv", {}, {"เลขรับเรื่อง": "2", "วันเวลาถอนเรื่อง": "03/10/2562 09:00"} | later)
        assert [case.state for case in read.records["complaints"]] == ["resolved", "withdrawn"]
        assert read.records["complaints"][0].letter.subject == "ทางเท้าชำรุด"

    def test_of_certificates_say_who_asked(self, year):
        assert year().records["certificates"][0].letter.sender == "สมชาย"

    def test_of_certificates_may_be_open_or_called_off(self, year):
        later = dict.fromkeys(COLUMNS["salary-certificates.csv"][3:6], "")
        read = year("salary-certificates.csv", later, {"เลขที่คำขอ": "2", "วันเวลายกเลิก": "01/10/2562 10:00"} | later)
        assert [case.state for case in read.records["certificates"]] == ["requested", "cancelled"]

    def test_of_council_documents_are_wanted_by_the_meeting(self, year):
        more = {"วันเวลารวบรวมเพิ่มเติม": "07/10/2562 09:00", "วันเวลาจัดส่งเพิ่มเติม": "08/10/2562 09:00"}
        (case,) = year("council-documents.csv", more).records["council documents"]
        assert case.letter.wanted_by == datetime(2019, 10, 9, 10, tzinfo=BANGKOK)
        assert [step.state for step in case.history] == [
            "meeting_called",
            "compiled",
            "delivered",
            "compiled",
            "delivered",
        ]

    def test_of_council_documents_belong_to_a_meeting_after_its_call(self, year):
        read = year("council-documents.csv", {"วันเวลาประชุม": "30/09/2562 10:00"})
        assert told(read, "council-documents.csv") == [(2, "วันเวลาประชุม", "reversed")]
        assert year("council-documents.csv", {"วันเวลาประชุม": "01/10/2562 09:00"}).faults == {}


class TestResponses:
    def test_hold_the_scores_that_were_given(self, year):
        read = year("surveys.csv", {}, {"เลขแบบสอบถาม": "2", "เลขรับเรื่อง": "", "ข้อ 1": ""})
        assert [response.scores for response in read.records["responses"]] == [
            (("ข้อ 1", 5), ("ข้อ 2", 4)),
            (("ข้อ 2", 4),),
        ]
        assert passage(read.records["responses"][0]) == [("answered", "01/11 00:00")]

    def test_score_a_digit_however_many_zeroes_stand_before_it(self, year):
        assert year("surveys.csv", {"ข้อ 2": "0" * 5_000 + "4"}).records["responses"][0].scores[1] == ("ข้อ 2", 4)

    @pytest.mark.parametrize("score", ["6", "0", "๖", "4.5", "-1", "ดีมาก"])
    def test_score_on_the_five_step_scale(self, year, score):
        read = year("surveys.csv", {"ข้อ 2": score})
        assert told(read, "surveys.csv") == [(2, "ข้อ 2", "unreadable")]
        assert "five-step scale" in read.faults["surveys.csv"][0].reason
        assert read.records["responses"] == ()

    def test_are_about_known_complaints(self, year):
        read = year("surveys.csv", {"เลขรับเรื่อง": "๑ / ๒๕๖๒"}, {"เลขแบบสอบถาม": "2", "เลขรับเรื่อง": "9/2562"})
        assert told(read, "surveys.csv") == [(3, "เลขรับเรื่อง", "unknown")]
        faulty = year("complaints.csv", {"วันเวลารับเรื่อง": "เช้า"}, {})
        assert told(faulty, "surveys.csv") == [(2, "เลขรับเรื่อง", "unknown")]
        assert "is row 2 of complaints.csv, which is left out" in faulty.faults["surveys.csv"][0].reason

    def test_need_an_item(self, tmp_path):
        write_year(tmp_path)
        (tmp_path / "surveys.csv").write_text(
            as_csv([line("surveys.csv")], COLUMNS["surveys.csv"][:3]), encoding="utf-8"
        )
        with pytest.raises(FileError, match="has no items; head their columns ข้อ 1, ข้อ 2 and so on"):
            read_records(tmp_path)

    def test_have_items_whose_headings_begin_so_and_no_others(self, tmp_path):
        write_year(tmp_path)
        text = as_csv([line("surveys.csv", {"หมายเหตุข้อ 1": "ดี"})], (*COLUMNS["surveys.csv"], "หมายเหตุข้อ 1"))
        (tmp_path / "surveys.csv").write_text(text, encoding="utf-8")
        (response,) = read_records(tmp_path).records["responses"]
        assert response.scores == (("ข้อ 1", 5), ("ข้อ 2", 4))

    def test_have_each_item_once(self, tmp_path):
        write_year(tmp_path)
        text = as_csv([line("surveys.csv")], COLUMNS["surveys.csv"]).replace("ข้อ 2", "ข้อ 1")
        (tmp_path / "surveys.csv").write_text(text, encoding="utf-8")
        with pytest.raises(FileError, match="has the column ข้อ 1 twice"):
            read_records(tmp_path)


def updates(*rows):
    return {
        "field-visit-updates.csv": [dict(zip(COLUMNS["field-visit-updates.csv"], row, strict=True)) for row in rows]
    }


class TestVisits:
    def test_hold_the_six_columns_and_what_was_last_known(self, year):
        (visit,) = year().records["visits"]
        assert (visit.number, visit.project, visit.order) == ("1/2563", "คลองแสนแสบ: ล่าช้า", "เร่งรัด")
        assert (visit.result, visit.progress, visit.obstacle) == ("รับไปดำเนินการ", Fraction(125, 2), "ฝนตก")
        assert visit.contact == "คุณมาลี"
        assert passage(visit) == [
            ("visited", "04/11 00:00"),
            ("recorded", "06/11 00:00"),
            ("followed_up", "20/12 00:00"),
        ]

    def test_are_followed_up_in_order_of_time_until_they_are_done(self, year):
        rows = updates(["1/2563", "20/02/2563", "100", ""], ["๑/๒๕๖๓", "20/01/2563", "70", "น้ำท่วม"])
        (visit,) = year(rows=rows).records["visits"]
        assert [state for state, _ in passage(visit)] == ["visited", "recorded", "followed_up", "followed_up", "closed"]
        assert visit.history[-1].at == visit.history[-2].at
        assert (visit.progress, visit.obstacle) == (100, "น้ำท่วม")

    def test_that_are_done_when_they_are_recorded_are_closed(self, year):
        (visit,) = year("field-visits.csv", {"ความก้าวหน้า (ร้อยละ)": "100"}, rows=updates()).records["visits"]
        assert visit.case.state == "closed"

    @pytest.mark.parametrize("column", COLUMNS["field-visits.csv"][2:8])
    def test_with_a_column_empty_are_noted_and_counted_as_not_recorded(self, year, column):
        read = year("field-visits.csv", {column: ""}, rows=updates())
        assert [(note.row, note.column) for note in read.notes["field-visits.csv"]] == [(2, column)]
        assert [visit.case.state for visit in read.records["visits"]] == ["visited"]
        assert read.faults == {}

    def test_that_are_not_recorded_are_counted_without_a_note(self, year):
        empty = {"ชื่อ/เบอร์ติดต่อ ผู้ประสานงาน": "", "ความก้าวหน้า (ร้อยละ)": "", "วันที่บันทึกในฐานข้อมูล": ""}
        read = year("field-visits.csv", empty, rows=updates())
        (visit,) = read.records["visits"]
        assert (visit.case.state, visit.progress, read.notes, read.faults) == ("visited", None, {}, {})

    def test_are_recorded_after_they_happened(self, year):
        read = year("field-visits.csv", {"วันที่บันทึกในฐานข้อมูล": "01/11/2562"})
        assert told(read, "field-visits.csv") == [(2, "วันที่บันทึกในฐานข้อมูล", "reversed")]
        assert told(read, "field-visit-updates.csv") == [(2, "เลขที่", "unknown")]

    def test_are_updated_after_they_were_recorded_and_before_they_are_done(self, year):
        rows = updates(
            ["1/2563", "01/11/2562", "50", ""],
            ["1/2563", "05/11/2562", "50", ""],
            ["2/2563", "20/12/2562", "50", ""],
            ["1/2563", "20/12/2562", "100", ""],
            ["1/2563", "20/12/2562", "60", ""],
            ["1/2563", "21/12/2562", "60", ""],
        )
        read = year(rows=rows)
        assert told(read, "field-visit-updates.csv") == [
            (2, "วันที่ปรับปรุง", "reversed"),
            (3, "วันที่ปรับปรุง", "reversed"),
            (4, "เลขที่", "unknown"),
            (6, "วันที่ปรับปรุง", "duplicate"),
            (7, "วันที่ปรับปรุง", "unreadable"),
        ]
        assert read.records["visits"][0].progress == 100

    def test_may_be_recorded_and_updated_on_their_day(self, year):
        rows = updates(["1/2563", "04/11/2562", "50", ""])
        read = year("field-visits.csv", {"วันที่บันทึกในฐานข้อมูล": "04/11/2562"}, rows=rows)
        assert read.faults == {}
        assert [state for state, _ in passage(read.records["visits"][0])] == ["visited", "recorded", "followed_up"]

    def test_that_are_not_recorded_have_no_updates(self, year):
        read = year("field-visits.csv", {"วันที่บันทึกในฐานข้อมูล": ""})
        assert told(read, "field-visit-updates.csv") == [(2, "วันที่ปรับปรุง", "reversed")]
        assert "before the visit was recorded" in read.faults["field-visit-updates.csv"][0].reason


class TestDatedRecords:
    def test_of_ceremonies_say_whether_the_executives_were_attended(self, year):
        read = year("ceremonies.csv", {}, {"เลขที่": "2", "ผู้บริหารได้รับการอำนวยความสะดวก": "ไม่ใช่"})
        assert [passage(one) for one in read.records["ceremonies"]] == [
            [("held", "12/10 07:00"), ("attended", "12/10 07:00")],
            [("held", "12/10 07:00")],
        ]

    def test_of_reimbursements_are_wanted_by_the_close_of_a_day_or_by_a_moment(self, year):
        more = {"เลขที่": "2", "กำหนดแล้วเสร็จ": "31/10/2562 12:00", "วันที่ส่งคืนแก้ไข": "25/10/2562"}
        day, moment = year("reimbursements.csv", {}, more).records["reimbursements"]
        assert day.wanted_by == datetime(2019, 10, 31, 16, 30, tzinfo=BANGKOK)
        assert moment.wanted_by == datetime(2019, 10, 31, 12, tzinfo=BANGKOK)
        assert passage(day)[0] == ("worked", "01/10 00:00")
        assert [state for state, _ in passage(day)] == ["worked", "claimed", "reimbursed"]
        assert [state for state, _ in passage(moment)] == ["worked", "claimed", "returned", "reimbursed"]
        assert office_clock().hours.on(date(2019, 10, 31)).closes == CLOSES == time(16, 30)

    def test_of_reimbursements_go_forward_in_time(self, year):
        read = year("reimbursements.csv", {"วันที่ส่งคืนแก้ไข": "31/10/2562"})
        assert told(read, "reimbursements.csv") == [(2, "วันที่เบิกจ่าย", "reversed")]


class TestReportedValues:
    def test_are_kept_exactly_with_their_source_and_target(self, year):
        thai = {"ตัวชี้วัด": "๓.๑ (ข)", "ค่า": "๔.๑๘๒", "หน่วยนับ": "คะแนน", "ค่าเป้าหมาย": ""}
        first, second = year("external-values.csv", {}, thai).records["reported values"]
        assert (first.number, first.value.amount, first.value.target, first.value.source) == (
            "2.1",
            Fraction(1877, 20),
            92,
            "สำนักการคลัง",
        )
        assert (second.number, second.value.amount, second.value.target) == ("3.1(b)", Fraction(4182, 1000), None)
        assert passage(first) == [("reported", "30/09 00:00")]

    def test_may_be_over_100_when_they_are_no_percentages(self, year):
        assert (
            year("external-values.csv", {"ค่า": "104", "หน่วยนับ": "คะแนน"}).records["reported values"][0].value.amount
            == 104
        )

    def test_are_of_an_indicator_that_others_compute_and_one_a_day(self, year):
        again, later = {"ตัวชี้วัด": "3.1 (ก)"}, {"ตัวชี้วัด": "3.1(a)", "วันที่": "1/9/2563"}
        read = year("external-values.csv", {"ตัวชี้วัด": "1.5"}, {"ตัวชี้วัด": "3.1(A)"}, again, later)
        assert told(read, "external-values.csv") == [(2, "ตัวชี้วัด", "unknown"), (4, "วันที่", "duplicate")]
        assert [one.number for one in read.records["reported values"]] == ["3.1(a)", "3.1(a)"]

    def test_have_a_unit_of_three(self, year):
        assert told(year("external-values.csv", {"หน่วยนับ": "บาท"}), "external-values.csv") == [
            (2, "หน่วยนับ", "unreadable")
        ]


class TestCouncilMeetings:
    def test_say_when_on_their_day_they_begin(self, year):
        read = year("council-documents.csv", {"วันเวลาประชุม": "25/12/2562"})
        assert [(f.column, f.reason[:22]) for f in read.faults["council-documents.csv"]] == [
            ("วันเวลาประชุม", "has no time of day; wr")
        ]


class TestProgress:
    def test_is_read_in_order_of_time(self, year):
        read = year(
            "work-progress.csv", {"วันที่": "29/11/2562", "ร้อยละของขั้นตอน": "๑๖.๖๗"}, {"กิจกรรม": "๑.๓", "ขั้นตอน": "๐๒"}
        )
        october, november = (datetime(2019, month, day, tzinfo=BANGKOK) for month, day in ((10, 31), (11, 29)))
        assert read.progress == (
            StepProgress("1.3", "2", october, Fraction(833, 100)),
            StepProgress("1.3", "2", november, Fraction(1667, 100)),
        )

    def test_is_of_a_step_that_the_plan_has(self, year):
        read = year(
            "work-progress.csv", {"กิจกรรม": "1.5", "ขั้นตอน": "2"}, {"กิจกรรม": "1.5", "ขั้นตอน": "๒ – ๕"}, {"ขั้นตอน": "สอง"}
        )
        assert told(read, "work-progress.csv") == [(2, "ขั้นตอน", "unknown"), (4, "ขั้นตอน", "unreadable")]
        assert "write one of 1, 2-5, 6" in read.faults["work-progress.csv"][0].reason
        assert [one.step for one in read.progress] == ["2-5"]

    def test_never_becomes_less(self, year):
        changes = [
            {"วันที่": f"{day}/10/2562", "ร้อยละของขั้นตอน": done} for day, done in ((31, "40"), (30, "50"), (29, "40"))
        ]
        read = year("work-progress.csv", *changes, {"กิจกรรม": "1.5", "ขั้นตอน": "2–5"})
        assert told(read, "work-progress.csv") == [(2, "ร้อยละของขั้นตอน", "reversed")]
        assert len(read.progress) == 3

    def test_is_of_a_step_of_a_plan_and_entered_once_at_a_time(self, year):
        changes = [{}, {}, {"กิจกรรม": "1.6"}, {"ขั้นตอน": "สอง"}, {"ขั้นตอน": "0"}]
        assert told(year("work-progress.csv", *changes), "work-progress.csv") == [
            (3, "วันที่", "duplicate"),
            (4, "กิจกรรม", "unknown"),
            (5, "ขั้นตอน", "unreadable"),
            (6, "ขั้นตอน", "unreadable"),
        ]


class TestMeetingOrders:
    def test_move_a_meeting_or_call_it_off(self, year):
        off = [{"วันตามกำหนด": day, "วันประชุมจริง": ""} for day in ("02/04/2563", "07/05/2563")]
        read = year("meeting-exceptions.csv", {}, *off)
        assert read.meeting_exceptions == (
            MeetingOrder(date(2019, 12, 5), date(2019, 12, 12), "คำสั่งที่ 1/2562"),
            MeetingOrder(date(2020, 4, 2), None, "คำสั่งที่ 1/2562"),
            MeetingOrder(date(2020, 5, 7), None, "คำสั่งที่ 1/2562"),
        )
        assert read.notes == {}

    def test_are_given_once_a_meeting(self, year):
        read = year("meeting-exceptions.csv", {}, {"วันตามกำหนด": "05/12/2562"})
        assert told(read, "meeting-exceptions.csv") == [(3, "วันตามกำหนด", "duplicate")]

    @pytest.mark.parametrize(
        ("column", "day"), [("วันตามกำหนด", "04/12/2562"), ("วันตามกำหนด", "12/12/2562"), ("วันประชุมจริง", "1/10/2563")]
    )
    def test_are_of_a_meeting_that_is_due_and_stays_in_its_year(self, year, column, day):
        read = year("meeting-exceptions.csv", {column: day})
        assert told(read, "meeting-exceptions.csv") == [(2, column, "unknown")]
        assert read.meeting_exceptions == ()


WILD = st.one_of(
    st.sampled_from(sorted({cell for cells in CELLS.values() for cell in cells})),
    st.sampled_from(["เช้า", "31/02/2563", "30/09/2562", "100", "120", '"', "\n", ",", "๕"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)


@st.composite
def wild_rows(draw, file):
    """Rows that are good but for a few cells, now and then all of them."""
    columns = COLUMNS[file]
    changes = st.dictionaries(st.sampled_from(columns), WILD, max_size=draw(st.sampled_from([1, 2, len(columns)])))
    return [line(file, change) for change in draw(st.lists(changes, max_size=5))]


def counted(read):
    """How many rows of each file stand in the records."""
    events = [event.state for trace in read.records["staff"] for event in trace.history]
    counts = {file: len(read.records[kind]) for file, kind in KIND.items()}
    counts["attendance.csv"] = sum(state.startswith("attended") for state in events)
    counts["tests.csv"] = sum(state.endswith("ed_qr") and not state.startswith("attended") for state in events)
    counts["field-visit-updates.csv"] = sum(
        step.trigger == "follow_up" for visit in read.records["visits"] for step in visit.history
    )
    counts["work-progress.csv"] = len(read.progress)
    counts["meeting-exceptions.csv"] = len(read.meeting_exceptions)
    return counts


@given(data=st.data())
def test_every_row_gives_a_record_or_a_fault_and_never_both(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("year")
    rows = {file: data.draw(wild_rows(file), label=file) for file in data.draw(st.sets(st.sampled_from(list(COLUMNS))))}
    read = read_records(write_year(folder, rows))
    for file, number in counted(read).items():
        faulty = {fault.row for fault in read.faults.get(file, ())}
        assert number + len(faulty) == read.rows[file], file
    for trace in read.records["staff"]:
        assert list(trace.history) == sorted(trace.history, key=lambda event: event.at)


@pytest.mark.parametrize("file", RECORD_FILES)
def test_two_stray_quotation_marks_lose_no_row_of_any_file(tmp_path, file):
    heading, *sample = (ROOT / "examples" / "data" / file).read_text(encoding="utf-8").splitlines()
    chance = random.Random(file)  # noqa: S311 - nothing secret
    for _ in range(40):
        rows = chance.sample(sample, min(len(sample), 6))
        rows = [",".join(one.split(",")[: chance.choice([99, 99, chance.randrange(1, 9)])]) for one in rows]
        rows = [one for one in rows if one.strip(",")]
        for _ in range(2):
            n = chance.randrange(len(rows))
            ends = [0, len(rows[n]), *(place.start() + k for place in re.finditer(",", rows[n]) for k in (0, 1))]
            place = chance.choice(ends)
            rows[n] = f'{rows[n][:place]}"{rows[n][place:]}'
        (tmp_path / file).write_text("\n".join([heading, *rows, ""]), encoding="utf-8")
        read = read_records(tmp_path)
        told = sum(note.text.count("\n") for note in read.notes.get(file, ()) if note.kind == "doubtful")
        assert read.rows[file] + told == len(rows), rows


class TestOtherSpellings:
    """One thing written in two ways is one thing, and what cannot be known is not guessed."""

    def test_of_a_session_are_one_session(self, year):
        sessions = [
            line("training-sessions.csv", {"รหัสการอบรม": "1/2563", "วันเวลา": "20/01/2563 09:00"}),
            line("training-sessions.csv", {"รหัสการอบรม": "2/2563", "วันเวลา": "21/01/2563 09:00"}),
        ]
        attended = [line("attendance.csv", {"รหัสการอบรม": code}) for code in ("1/2563", "1", "๐๑/๒๕๖๓", "2")]
        read = year(rows={"training-sessions.csv": sessions, "attendance.csv": attended})
        assert told(read, "attendance.csv") == [(3, "รหัสการอบรม", "duplicate"), (4, "รหัสการอบรม", "duplicate")]

    @pytest.mark.parametrize("month", ["ตุลาคม 2562", "ตุลาคม ๒๕๖๒", "ต.ค. 2562", "10/2562", "๑๐/๒๕๖๒"])
    def test_of_a_month_are_one_month(self, year, month):
        (claim,) = year("reimbursements.csv", {"ประจำเดือน": month}).records["reimbursements"]
        assert passage(claim)[0] == ("worked", "01/10 00:00")

    def test_of_a_day_without_a_time_come_no_earlier_than_what_has_one(self, year):
        read = year("field-visits.csv", {"วันเดือนปีการลงพื้นที่": "04/11/2562 10:00", "วันที่บันทึกในฐานข้อมูล": "04/11/2562"})
        (visit,) = read.records["visits"]
        assert "field-visits.csv" not in read.faults
        assert passage(visit)[:2] == [("visited", "04/11 10:00"), ("recorded", "04/11 10:00")]
        early = year("field-visits.csv", {"วันเดือนปีการลงพื้นที่": "04/11/2562 10:00", "วันที่บันทึกในฐานข้อมูล": "03/11/2562"})
        assert told(early, "field-visits.csv") == [(2, "วันที่บันทึกในฐานข้อมูล", "reversed")]

    def test_of_a_number_in_two_calendar_years_are_two_records(self, year):
        later = {heading: cell.replace("/2562", "/2563") for heading, cell in line("salary-certificates.csv").items()}
        read = year("salary-certificates.csv", {"เลขที่คำขอ": "15"}, later | {"เลขที่คำขอ": "015"})
        assert [case.number for case in read.records["certificates"]] == ["15/2562", "15/2563"]

    def test_that_name_a_number_of_several_years_must_say_the_year(self, year):
        visits = [
            line("field-visits.csv", {"เลขที่": f"7/{each}", "วันเดือนปีการลงพื้นที่": f"05/01/{each}", "วันที่บันทึกในฐานข้อมูล": ""})
            for each in (2562, 2563)
        ]
        updates = [line("field-visit-updates.csv", {"เลขที่": "7"})]
        read = year(rows={"field-visits.csv": visits, "field-visit-updates.csv": updates})
        (fault,) = read.faults["field-visit-updates.csv"]
        assert (fault.kind, fault.reason) == ("unknown", "may be 7/2562 or 7/2563; write the year too")


class TestAMissingFile:
    def test_of_training_leaves_nobody_to_judge(self, tmp_path):
        for file in ("training-sessions.csv", "attendance.csv"):
            folder = tmp_path / file
            folder.mkdir()
            read = read_records(write_year(folder, without={file}))
            assert (read.missing, read.records["staff"]) == ((file,), ())

    def test_of_tests_leaves_only_the_other_course(self, tmp_path):
        rows = {"training-sessions.csv": [line("training-sessions.csv", {"หลักสูตร": "การจัดทำ QR Code"})]}
        (person,) = read_records(write_year(tmp_path, rows, without={"tests.csv"})).records["staff"]
        assert [state for state, _ in passage(person)] == ["on_staff"]

    def test_of_complaints_is_no_fault_of_the_questionnaires(self, tmp_path):
        read = read_records(write_year(tmp_path, without={"complaints.csv"}))
        assert "surveys.csv" not in read.faults
        assert len(read.records["responses"]) == 1
