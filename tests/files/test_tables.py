"""Tables of any office: whatever a table is written in, its rows are the same; what is damaged is one sentence."""

import csv
import io
import re
import sys
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from docflow import Transition, Workflow
from docflow.errors import FileError
from docflow.files import (
    Dates,
    Folder,
    RegisterForm,
    Stamp,
    read_cases,
    read_event_log,
    read_register,
    read_register_columns,
    read_table,
    spreadsheet,
)
from docflow.files.csv_records import plain
from docflow.text_file import code_page

LONDON = ZoneInfo("Europe/London")
COLUMNS = ("No", "เรื่อง", "In")
LETTERS = 'aZ09๐๙กขค/ .,;|\t"-=+@\u00a0'
SWAPPED = str.maketrans(",;", ";,")
TABLES = st.lists(st.lists(st.text(LETTERS, max_size=6), min_size=3, max_size=3), max_size=6)
LOAN = Workflow("loan", initial="out", transitions=[Transition("return", "out", "back")])


def as_text(rows, delimiter, encoding):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([COLUMNS, *rows])
    return text.getvalue().encode(encoding)


def as_sheet(rows, heading=COLUMNS, sheets=("Register",)):
    book = openpyxl.Workbook()
    book.active.title, *more = sheets
    for other in more:
        book.create_sheet(other)
    for number, row in enumerate([heading, *rows], 1):
        for column, value in enumerate(row, 1):
            if value not in ("", None):
                cell = book.active.cell(number, column, value)
                cell.data_type = "s" if isinstance(value, str) else cell.data_type
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def as_parquet(columns):
    data = io.BytesIO()
    pq.write_table(pa.table(columns), data)
    return data.getvalue()


def read(path, data, columns=COLUMNS, **how):
    path.write_bytes(data)
    table = read_table(path, columns, **how)
    return list(table.rows), table.notes


def told(fault):
    """What a fault says, whatever the delimiter is."""
    reason = fault.reason.replace("semicolons", "commas").translate(str.maketrans(",;", ".."))
    return fault.row, fault.column, fault.kind, reason


def faults_of(rows):
    return [told(row.fault) for row in rows if row.fault]


def of(rows):
    return [(row.number, row.cells, row.fault) for row in rows]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tables")


class TestTheSameRows:
    def expected(self, rows):
        plainly = [[plain(cell) for cell in row] for row in rows]
        return [(n, dict(zip(COLUMNS, row, strict=True)), None) for n, row in enumerate(plainly, 2) if any(row)]

    @given(
        rows=TABLES,
        delimiter=st.sampled_from([",", ";", "\t", "|"]),
        encoding=st.sampled_from(["utf-8", "utf-8-sig", "windows-874", "cp874", "TIS-620", "utf-16"]),
    )
    def test_are_read_with_any_delimiter_and_code_page(self, folder, rows, delimiter, encoding):
        if encoding == "TIS-620":  # which has no such space
            rows = [[cell.replace("\u00a0", " ") for cell in row] for row in rows]
        data = as_text(rows, delimiter, code_page(encoding))
        found, notes = read(folder / "table.csv", data, delimiter=delimiter, encoding=encoding)
        assert (of(found), notes) == (self.expected(rows), [])

    @given(rows=TABLES)
    @example([["=1+1", "x", "y"]])
    def test_are_read_of_a_sheet(self, folder, rows):
        found, notes = read(folder / "table.xlsx", as_sheet(rows))
        assert (of(found), notes) == (self.expected(rows), [])

    @given(rows=TABLES, shared=st.booleans())
    def test_are_read_of_parquet(self, folder, rows, shared):
        texts = [pa.array([row[n] or None for row in rows], pa.string()) for n in range(3)]
        columns = dict(zip(COLUMNS, [text.dictionary_encode() if shared else text for text in texts], strict=True))
        found, notes = read(folder / "table.parquet", as_parquet(columns))
        assert (of(found), notes) == (self.expected(rows), [])

    @given(days=st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1)), min_size=1, max_size=5))
    def test_make_one_register_whether_dates_are_spelled_or_typed(self, folder, days):
        days = [day.replace(second=0, microsecond=0) for day in days]
        form = RegisterForm(
            {"No": "number", "Dated": "dated", "In": Stamp("receive")},
            dates=Dates(zone=UTC, moment=spelled_moment, day=spelled_day),
        )
        heading = list(form.columns)
        texts = [[f"A{n}", f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y %H:%M}"] for n, day in enumerate(days)]
        typed = [[f"A{n}", day.date(), day] for n, day in enumerate(days)]
        (folder / "text.csv").write_text("\n".join(map(",".join, [heading, *texts])))
        (folder / "sheet.xlsx").write_bytes(as_sheet(typed, heading))
        (folder / "spelled.xlsx").write_bytes(as_sheet(texts, heading))
        columns = dict(zip(heading, zip(*typed, strict=True), strict=True))
        (folder / "one.parquet").write_bytes(as_parquet({name: list(values) for name, values in columns.items()}))
        registers = [
            read_register(folder / file, form, LOAN)
            for file in ("text.csv", "sheet.xlsx", "spelled.xlsx", "one.parquet")
        ]
        assert len(registers[0].cases) == len(days)
        assert all(one == registers[0] for one in registers)
        wide = read_register_columns(folder / "sheet.xlsx", form, LOAN, fields=["dated"])
        assert (wide.numbers, list(wide.letters["dated"])) == (
            [f"A{n}" for n in range(len(days))],
            [day.date() for day in days],
        )


def spelled_moment(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC)


def spelled_day(text):
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone


class TestText:
    def test_with_another_delimiter_says_which_to_give(self, tmp_path):
        with pytest.raises(FileError, match="set apart by ';', save it with commas, or give delimiter=';'"):
            read(tmp_path / "t.csv", as_text([["1", "x", "y"]], ";", "utf-8"))
        with pytest.raises(FileError, match="set apart by ',', save it with semicolons, or give delimiter=','"):
            read(tmp_path / "t.csv", as_text([["1", "x", "y"]], ",", "utf-8"), delimiter=";")

    def test_that_its_code_page_does_not_have_is_told_by_line(self, tmp_path):
        data = as_text([["1", "ก", "y"], ["2", "ข", "y"]], ",", "cp874").replace("ข".encode("cp874"), b"\xfc")
        with pytest.raises(FileError) as caught:
            read(tmp_path / "t.csv", data, encoding="windows-874")
        said = "the byte 0xFC in line 3 is none of cp874; correct it, or read the file in the encoding in which it was"
        assert caught.value.problem.startswith(said)
        with pytest.raises(FileError, match=r"is not UTF-8 text \(line 1\); save it as CSV UTF-8"):
            read(tmp_path / "t.csv", data)

    def test_that_is_cut_within_a_character_is_told_by_its_last_line(self, tmp_path):
        data = as_text([["1", "x", "ก"]], ",", "utf-8")[:-3]
        with pytest.raises(FileError, match=r"is not UTF-8 text \(line 2\)"):
            read(tmp_path / "t.csv", data)

    def test_with_the_mark_of_utf_8_is_read_in_no_other_page(self, tmp_path):
        with pytest.raises(FileError, match="begins with the mark of UTF-8, and is read as cp874; read it as utf-8"):
            read(tmp_path / "t.csv", as_text([], ",", "utf-8-sig"), encoding="cp874")

    def test_with_marks_left_open_loses_one_row_whatever_its_delimiter(self, tmp_path):
        rows = [[f"{n}/2562", "x", "y"] for n in range(1, 6)]
        for delimiter in (",", ";", "|", "\t"):
            data = as_text(rows, delimiter, "utf-8").replace(b"3/2562", b'3/2562"').replace(b"4/2562", b'"4/2562')
            found, _ = read(tmp_path / "t.csv", data, delimiter=delimiter)
            assert [row.number for row in found if row.fault] == [5], delimiter

    @given(
        st.lists(st.lists(st.text('1a/ก,;"\n ', max_size=8), min_size=1, max_size=4).map(",".join), max_size=8),
        st.sampled_from(["", '"', ',"', '",\n1/2,x,"']),
    )
    @example(['7/1,x,"a', "8/1,5", 'q"'], "")
    @example(['"a', '8/1,b",x,y'], "")
    @example(['7/1,x,"a', 'A-7,b"'], "")
    @example(['"a', 'A-7,b",x,y'], "")
    @example(['7/1,x,"a', 'zz b,c"'], "")
    def test_is_judged_alike_whatever_its_delimiter(self, folder, lines, mark):
        text = "\n".join([",".join(COLUMNS), "1/2562,x,y", *lines[:3], mark, *lines[3:]])
        other = text.translate(SWAPPED)
        one, notes = read(folder / "t.csv", text.encode())
        two, noted = read(folder / "t.csv", other.encode(), delimiter=";")
        assert [(row.number, {name: cell.translate(SWAPPED) for name, cell in row.cells.items()}) for row in two] == [
            (row.number, row.cells) for row in one
        ]
        assert faults_of(one) == faults_of(two)
        assert [told(note) for note in notes] == [told(note) for note in noted]

    def test_of_cells_of_two_lines_is_read_wherever_they_stand(self, tmp_path):
        rows = [[f"{n}/2562", "ก\nข", "y"] for n in range(1, 1101)]
        found, _ = read(tmp_path / "t.csv", as_text(rows, ",", "utf-8"))
        assert [(row.cells["No"], row.cells["เรื่อง"]) for row in found] == [(no, cell) for no, cell, _ in rows]

    def test_with_cells_beyond_its_headings_says_what_to_put_in_quotation_marks(self, tmp_path):
        (row,), _ = read(tmp_path / "t.csv", "No;เรื่อง;In\n1;a;b;c".encode(), delimiter=";")
        assert row.fault.reason == "has 4 cells under 3 headings; put cells with semicolons in quotation marks"

    @pytest.mark.parametrize("delimiter", ["", ",,", "a", " ", '"', "\n", None, 5])
    def test_has_a_delimiter_of_one_mark(self, tmp_path, delimiter):
        with pytest.raises(ValueError, match="sets no cells apart; give one mark, such as ',', ';'"):
            read_table(tmp_path / "t.csv", COLUMNS, delimiter=delimiter)

    @pytest.mark.parametrize(
        "encoding", ["", "elvish", "rot13", "unicode_escape", "utf-7", "windows-999", None, "a\0b"]
    )
    def test_has_an_encoding_that_is_one(self, tmp_path, encoding):
        with pytest.raises(ValueError, match="is no encoding of text files; give one such as"):
            read_table(tmp_path / "t.csv", COLUMNS, encoding=encoding)


class TestASheet:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (7, "7"),
            (7.0, "7"),
            (0.1, "0.1"),
            (1e-7, "0.0000001"),
            (1e21, "1000000000000000000000"),
            (True, "true"),
            (date(2026, 1, 5), "2026-01-05"),
            (datetime(2026, 1, 5), "2026-01-05 00:00"),
            (datetime(2026, 1, 5, 9, 40), "2026-01-05 09:40"),
            (datetime(2026, 1, 5, 9, 40, 30), "2026-01-05 09:40:30"),
            (time(8, 30), "08:30"),
            (timedelta(hours=26, minutes=30), "26:30"),
            ("a\u00a0b ", "a b"),
        ],
    )
    def test_says_what_a_cell_means(self, tmp_path, value, text):
        (row,), _ = read(tmp_path / "t.xlsx", as_sheet([["x", value]], ["No", "In"]), ["No", "In"])
        assert row.cells["In"] == text

    @pytest.mark.parametrize(
        ("shown", "text"),
        [
            ("d/m/yyyy", "2019-11-01"),
            ("[$-D07041E]d mmm yyyy", "2019-11-01"),
            ('d "h"', "2019-11-01"),
            ("dd/mm/yyyy hh:mm", "2019-11-01 00:00"),
            ("0.00", "43770"),
            ('0 "days"', "43770"),
        ],
    )
    def test_has_days_and_moments_by_how_it_shows_them(self, tmp_path, shown, text):
        book = openpyxl.Workbook()
        book.active.append(["No"])
        book.active.append([43770])
        book.active["A2"].number_format = shown
        book.save(tmp_path / "t.xlsx")
        assert next(read_table(tmp_path / "t.xlsx", ["No"]).rows).cells == {"No": text}

    def test_has_a_time_also_where_it_shows_the_day_alone(self, tmp_path):
        book = openpyxl.Workbook()
        book.active.append(["No"])
        book.active.append([datetime(2026, 1, 5, 9, 40)])
        book.active["A2"].number_format = "d/m/yyyy"
        book.save(tmp_path / "t.xlsx")
        assert next(read_table(tmp_path / "t.xlsx", ["No"]).rows).cells == {"No": "2026-01-05 09:40"}

    def test_counts_days_from_1904_where_it_says_so(self, tmp_path):
        book = openpyxl.Workbook()
        book.epoch = openpyxl.utils.datetime.MAC_EPOCH
        book.active.append(["No"])
        book.active.append([datetime(2026, 1, 5, 9, 40)])
        book.save(tmp_path / "t.xlsx")
        assert next(read_table(tmp_path / "t.xlsx", ["No"]).rows).cells == {"No": "2026-01-05 09:40"}

    @pytest.mark.parametrize(
        ("value", "text", "said"),
        [
            ("#N/A", "#N/A", "is an error of its sheet"),
            ("=A1", "", "is a formula without a result; open the workbook, let it compute, and save it"),
        ],
    )
    def test_with_a_cell_that_says_nothing_has_a_fault_there(self, tmp_path, value, text, said):
        book = openpyxl.Workbook()
        for row in (["No", "In", "Else"], ["1", value, "x"], ["2", "y", value]):
            book.active.append(row)
        book.save(tmp_path / "t.xlsx")
        one, other = read_table(tmp_path / "t.xlsx", ["No", "In"]).rows
        assert (one.fault.row, one.fault.column, one.fault.kind, one.fault.text) == (2, "In", "unreadable", text)
        assert one.fault.reason.startswith(said)
        assert other.cells == {"No": "2", "In": "y"}, "a column that nothing reads may hold what it likes"

    def test_with_a_date_that_is_none_has_a_fault_there(self, tmp_path):
        book = openpyxl.Workbook()
        for row in (["No"], [-5], [1e9]):
            book.active.append(row)
        for place in ("A2", "A3"):
            book.active[place].number_format = "dd/mm/yyyy"
        book.save(tmp_path / "t.xlsx")
        *_, last = read_table(tmp_path / "t.xlsx", ["No"]).rows
        assert (last.fault.text, last.fault.reason) == (
            "1000000000",
            "is shown as a date, and no date has this number; write the date",
        )

    def test_with_merged_cells_says_where(self, tmp_path):
        book = openpyxl.Workbook()
        for row in (["No", "In"], ["1", "x"], ["2", ""], ["3", "z"]):
            book.active.append(row)
        book.active.merge_cells("B2:B3")
        book.save(tmp_path / "t.xlsx")
        table = read_table(tmp_path / "t.xlsx", ["No", "In"])
        assert [row.cells["In"] for row in table.rows] == ["x", "", "z"]
        (note,) = table.notes
        assert (note.row, note.column, note.kind) == (2, "In", "doubtful")
        assert note.reason.startswith("is merged (B2:B3), and only the first cell holds something")

    def test_that_is_filtered_has_its_hidden_rows_too(self, tmp_path):
        book = openpyxl.Workbook()
        for row in (["No"], ["1"], ["2"]):
            book.active.append(row)
        book.active.row_dimensions[2].hidden = True
        book.save(tmp_path / "t.xlsx")
        assert [row.cells["No"] for row in read_table(tmp_path / "t.xlsx", ["No"]).rows] == ["1", "2"]

    def test_is_named_where_there_are_several(self, tmp_path):
        path = tmp_path / "t.xlsx"
        path.write_bytes(as_sheet([["1", "x", "y"]], sheets=("2025", "2026")))
        assert len(list(read_table(path, COLUMNS, sheet="2025").rows)) == 1
        with pytest.raises(FileError, match="has the sheets 2025, 2026; say which, such as sheet='2025'"):
            read_table(path, COLUMNS)
        with pytest.raises(FileError, match="has no sheet '2027'; it has 2025, 2026"):
            read_table(path, COLUMNS, sheet="2027")
        with pytest.raises(FileError, match="is empty; it needs a row of headings"):
            read_table(path, COLUMNS, sheet="2026")

    def test_whose_headings_are_not_in_row_1_lacks_them(self, tmp_path):
        with pytest.raises(FileError, match="lacks the columns No, เรื่อง, In; add what is missing to row 1"):
            read(tmp_path / "t.xlsx", as_sheet([COLUMNS, ["1", "x", "y"]], ["", "", ""]))

    def test_keeps_what_stands_beyond_its_headings(self, tmp_path):
        (row,), _ = read(tmp_path / "t.xlsx", as_sheet([["1", "x", "y", "", "", "far"]]))
        assert row.fault.reason == "has 4 cells under 3 headings; give each column a heading"

    def test_counts_rows_as_it_numbers_them(self, tmp_path):
        rows, _ = read(tmp_path / "t.xlsx", as_sheet([["", "", ""], ["1", "x", "y"], [], ["2", "x", "y"]]))
        assert [row.number for row in rows] == [3, 5]


class TestADamagedWorkbook:
    WHOLE = as_sheet([["1", "x", datetime(2026, 1, 5)]] * 3)

    def changed(self, change):
        """The workbook with something else in its sheet."""
        data = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.WHOLE)) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.infolist():
                text = old.read(part)
                new.writestr(part.filename, change(text) if "sheet1" in part.filename else text)
        return data.getvalue()

    @given(st.integers(0, len(WHOLE) - 1))
    def test_that_is_cut_short_is_refused(self, folder, size):
        with pytest.raises(FileError, match="is no whole workbook of Excel"):
            read(folder / "cut.xlsx", self.WHOLE[:size])

    @given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
    def test_of_which_a_byte_is_another_is_refused_or_read(self, folder, place, byte):
        data = bytearray(self.WHOLE)
        assume(data[place] != byte)
        data[place] = byte
        try:
            rows, _ = read(folder / "byte.xlsx", bytes(data))
        except FileError:
            return
        assert len(rows) <= 3

    @pytest.mark.parametrize(
        "what", ['<!DOCTYPE a [<!ENTITY b "c">]>', "<!DOCTYPE a>", '<!DOCTYPE a SYSTEM "http://x/">']
    )
    def test_that_declares_entities_is_refused(self, tmp_path, what):
        data = self.changed(
            lambda text: what.encode() + text.partition(b"?>")[2] if b"?>" in text[:60] else what.encode() + text
        )
        with pytest.raises(FileError, match="declares entities in xl/worksheets/sheet1.xml, as no workbook does"):
            read(tmp_path / "t.xlsx", data)

    def test_that_would_fill_the_memory_is_refused_before_it_is_unpacked(self, tmp_path, monkeypatch):
        monkeypatch.setattr(spreadsheet, "MOST_BYTES", 2**20)
        data = self.changed(lambda text: text + b" " * 2**20)
        assert len(data) < 2**14
        with pytest.raises(FileError, match="is over 1 MiB or 10,000 parts when it is unpacked; save its sheet as CSV"):
            read(tmp_path / "t.xlsx", data)

    def test_of_very_many_parts_is_refused(self, tmp_path, monkeypatch):
        monkeypatch.setattr(spreadsheet, "MOST_PARTS", 3)
        with pytest.raises(FileError, match="save its sheet as CSV UTF-8"):
            read(tmp_path / "t.xlsx", self.WHOLE)

    def test_with_a_row_where_no_sheet_has_one_is_refused(self, tmp_path):
        data = self.changed(lambda text: re.sub(rb'r="([A-C]?)4"', rb'r="\g<1>99999999"', text))
        with pytest.raises(FileError, match="has a row 99999999, where no sheet has one"):
            read(tmp_path / "t.xlsx", data)

    def test_with_a_row_far_below_takes_no_time_for_those_between(self, tmp_path):
        data = self.changed(lambda text: re.sub(rb'r="([A-C]?)4"', rb'r="\g<1>1048576"', text))
        rows, _ = read(tmp_path / "t.xlsx", data)
        assert [row.number for row in rows] == [2, 3, 1_048_576]

    def test_is_none_when_it_is_a_text_or_an_archive_of_something_else(self, tmp_path):
        other = io.BytesIO()
        with zipfile.ZipFile(other, "w") as archive:
            archive.writestr("a.txt", "b")
        for data in (b"", b"No,In\n", other.getvalue()):
            with pytest.raises(FileError, match="is no whole workbook of Excel"):
                read(tmp_path / "t.xlsx", data)
        with pytest.raises(FileError, match=r"cannot be read \(no such file or directory\); check its name"):
            read_table(tmp_path / "none.xlsx", COLUMNS)


class TestParquet:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (pa.array([7]), "7"),
            (pa.array([7.0]), "7"),
            (pa.array([0.1]), "0.1"),
            (pa.array([1e300]), str(int(1e300))),
            (pa.array([Decimal("1.50")]), "1.50"),
            (pa.array([True]), "true"),
            (pa.array([date(2026, 1, 5)]), "2026-01-05"),
            (pa.array([datetime(2026, 7, 1, 9)], pa.timestamp("us")), "2026-07-01 09:00"),
            (pa.array([datetime(2026, 7, 1, 9)], pa.timestamp("s", "Europe/London")), "2026-07-01 10:00+01:00"),
            (
                pa.array([datetime(2026, 7, 1, 9, 0, 1, 5)], pa.timestamp("us", "UTC")),
                "2026-07-01 09:00:01.000005+00:00",
            ),
            (pa.array([1_500_000_000], pa.int64()).cast(pa.timestamp("ns")), "1970-01-01 00:00:01.500000"),
            (pa.array([1_001], pa.int64()).cast(pa.timestamp("ns", "+07:00")), "1970-01-01 07:00:00.000001001+07:00"),
            (pa.array([time(8, 30)], pa.time64("us")), "08:30"),
            (pa.array(["ก"], pa.large_string()), "ก"),
        ],
    )
    def test_says_what_a_value_means(self, tmp_path, value, text):
        (row,), _ = read(tmp_path / "t.parquet", as_parquet({"No": value, "In": ["x"]}), ["No"])
        assert row.cells["No"] == text

    def test_has_nothing_for_null(self, tmp_path):
        kinds = (pa.string(), pa.int64(), pa.float64(), pa.timestamp("us", "UTC"), pa.timestamp("ns"), pa.null())
        columns = {str(kind): pa.array([None], kind) for kind in kinds}
        (row,), _ = read(tmp_path / "t.parquet", as_parquet({"No": ["1"], **columns}), ["No", *columns])
        assert row.cells == {"No": "1"} | dict.fromkeys(columns, "")

    @pytest.mark.parametrize(
        ("column", "kind"),
        [
            (pa.array([[1]]), "list<.*: int64>"),
            (pa.array([{"a": 1}]), "struct<a: int64>"),
            (pa.array([b"x"]), "binary"),
            (pa.array([timedelta(1)]), r"duration\[us\]"),
        ],
    )
    def test_with_a_column_of_no_cells_is_refused_where_it_is_needed(self, tmp_path, column, kind):
        data = as_parquet({"No": ["1"], "In": column})
        with pytest.raises(FileError, match=f"its column In holds {kind}; write it as text, a number or a moment"):
            read(tmp_path / "t.parquet", data, ["No", "In"])
        rows, notes = read(tmp_path / "t.parquet", data, ["No"])
        assert ([row.cells for row in rows], [(note.column, note.kind) for note in notes]) == (
            [{"No": "1"}],
            [("In", "unread")],
        )

    def test_of_another_schema_lacks_its_columns_by_name(self, tmp_path):
        with pytest.raises(FileError, match="lacks the columns เรื่อง, In; add what is missing to row 1"):
            read(tmp_path / "t.parquet", as_parquet({"No": ["1"], "Z": ["2"]}))

    def test_leaves_out_blank_rows_as_others_do_and_keeps_those_with_something_in_any_column(self, tmp_path):
        columns = {"No": ["1", None, ""], "In": [None, None, "x"], "More": [None, "", None]}
        rows, notes = read(tmp_path / "t.parquet", as_parquet(columns), ["No"])
        assert ([row.number for row in rows], [note.column for note in notes]) == ([2, 4], ["In"])

    @given(st.data())
    def test_that_is_cut_short_is_refused(self, folder, data):
        whole = as_parquet({"No": ["1"] * 50, "In": ["x"] * 50})
        size = data.draw(st.integers(0, len(whole) - 1))
        with pytest.raises(FileError, match="is no whole Parquet file"):
            read(folder / "cut.parquet", whole[:size], ["No"])

    def test_that_is_not_there_is_told_as_others_are(self, tmp_path):
        with pytest.raises(FileError, match=r"cannot be read \(no such file or directory\); check its name"):
            read_table(tmp_path / "none.parquet", COLUMNS)

    def test_of_naive_times_is_a_log_only_with_a_zone(self, tmp_path):
        columns = {"case:concept:name": ["1"], "concept:name": ["in"], "time:timestamp": [datetime(2026, 7, 1, 9)]}
        path = tmp_path / "log.parquet"
        path.write_bytes(as_parquet(columns))
        (fault,) = read_event_log(path).faults
        assert "offset" in fault.reason
        assert read_event_log(path, zone=LONDON).records[0].history[0].at == datetime(2026, 7, 1, 9, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("package", "file", "extra"),
    [("openpyxl", "t.xlsx", "excel"), ("defusedxml", "t.xlsx", "excel"), ("pyarrow", "t.parquet", "arrow")],
)
def test_a_package_that_is_missing_is_named_with_what_to_install(tmp_path, monkeypatch, package, file, extra):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModuleNotFoundError, match=re.escape(f"pip install 'docflow-registry[{extra}]'")):
        read_table(tmp_path / file, COLUMNS)


def test_the_files_of_a_folder_may_be_of_any_kind(tmp_path):
    form = RegisterForm(
        {"No": "number", "Dated": "dated", "In": Stamp("receive")},
        dates=Dates(zone=LONDON, moment=spelled_moment, day=spelled_day),
    )
    at = datetime(2026, 1, 5, 9, 40)
    (tmp_path / "a.xlsx").write_bytes(as_sheet([["1", at.date(), at]], list(form.columns)))
    (tmp_path / "b.csv").write_bytes("No;Dated;In\n1;05/01/2026;05/01/2026 09:40\n".encode("cp1252"))
    files = dict.fromkeys(["a.xlsx", "b.csv"], tuple(form.columns))
    folder = Folder(tmp_path, files, form.dates, delimiter=";", encoding="cp1252")
    one, other = (read_cases(folder, file, form, LOAN) for file in files)
    assert one == other
    assert one[0].letter.dated == at.date()
