"""Files that are made to fill a memory, or that say less than they seem to: each is refused in a sentence."""

import gzip
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from docflow.errors import FileError, RecordError
from docflow.files import read_event_log, read_object_log, read_table, write_event_log, write_object_log
from docflow.files.opened import LONGEST
from docflow.kpi import Event, Record

pytestmark = pytest.mark.long

HEADINGS = ("case:concept:name", "concept:name", "time:timestamp")
NINE = datetime(2020, 1, 6, 9, tzinfo=UTC)
MIB = 2**20
TOO_MUCH = "says so much more than it takes on the disk"


def parquet(path, cases=("1",), activities=None, times=None, *, dictionary=True, **more):
    """A file with some rows; what is not given is said of each."""
    n = len(cases)
    columns = (pa.array(cases), pa.array(activities or ["a"] * n), pa.array([NINE] * n) if times is None else times)
    more = {name: pa.array(values) for name, values in more.items()}
    pq.write_table(
        pa.table(dict(zip(HEADINGS, columns, strict=True)) | more), path, compression="zstd", use_dictionary=dictionary
    )
    return path


@pytest.fixture
def base(tmp_path):
    """A sound database with 200 objects, changed by statements."""

    def made(*statements):
        path = tmp_path / "log.sqlite"
        write_object_log(path, [Record(str(n), [Event("asked", NINE)]) for n in range(200)], of="letter")
        with closing(sqlite3.connect(path)) as base:
            for statement in statements:
                base.execute(statement)
            base.commit()
        return path

    return made


class TestDatabases:
    """A database is small, and what it says may be large."""

    @pytest.mark.parametrize("kind", ["VIRTUAL", "STORED"])
    def test_columns_that_are_computed_are_refused_before_anything_is(self, base, kind):
        path = base(
            "ALTER TABLE object_letter RENAME TO o",
            f"CREATE TABLE object_letter (ocel_id, ocel_time, x TEXT AS (printf('%.*c', 9, 'x')) {kind})",
        )
        with pytest.raises(FileError, match="computes columns of its table 'object_letter', as no log does; export it"):
            read_object_log(path, "letter")

    def test_a_default_that_all_rows_share_is_counted_for_each(self, base):
        path = base("ALTER TABLE object_letter ADD COLUMN x TEXT DEFAULT '" + "x" * (MIB // 2) + "'")
        assert path.stat().st_size < MIB
        with pytest.raises(FileError, match=TOO_MUCH):
            read_object_log(path, "letter")

    def test_a_large_file_may_say_as_much_as_it_holds(self, base):
        log = read_object_log(base("UPDATE object_letter SET ocel_time = printf('%.*c', 1048576, 'x')"), "letter")
        assert len(log.records) == 200

    @pytest.mark.parametrize("ending", ["-wal", "-journal"])
    def test_what_lies_beside_the_target_of_a_link_counts(self, base, tmp_path, ending):
        path, link = base(), tmp_path / "links" / "log.db"
        link.parent.mkdir()
        link.symlink_to(path)
        assert len(read_object_log(link, "letter").records) == 200
        path.with_name(path.name + ending).write_bytes(b"x")
        with pytest.raises(FileError, match=f"is still being written, for log.sqlite{ending} is not empty"):
            read_object_log(link, "letter")


class TestParquet:
    """A small file of Parquet may have rows and texts without number."""

    LONG = "x" * MIB

    @pytest.mark.parametrize("where", ["activities", "other", "case:note", "nested"])
    @pytest.mark.parametrize("dictionary", [True, False])
    def test_texts_that_are_written_once_and_meant_often_are_refused(self, tmp_path, where, dictionary):
        said = [[self.LONG]] * 300 if where == "nested" else [self.LONG] * 300
        path = parquet(tmp_path / "log.parquet", ["1"] * 300, dictionary=dictionary, **{where: said})
        assert path.stat().st_size < MIB
        if dictionary and where in ("other", "nested"):  # which nothing reads, and a dictionary holds once
            assert read_event_log(path).events == 300
            return
        with pytest.raises(FileError, match=TOO_MUCH):
            read_event_log(path)

    def test_rows_without_number_are_refused(self, tmp_path):
        path = parquet(tmp_path / "log.parquet", ["1"] * 3_000_000, times=pa.array(["2020-01-06T09:00Z"] * 3_000_000))
        table = read_table(path, HEADINGS)
        with pytest.raises(FileError, match=TOO_MUCH):
            sum(1 for _ in table.rows)

    def test_a_text_that_is_too_long_is_refused(self, tmp_path):
        path = parquet(tmp_path / "log.parquet", activities=["x" * (LONGEST + 1)])
        with pytest.raises(FileError, match="holds a text of more than 2,097,152 characters; shorten it"):
            read_event_log(path)
        parquet(path, activities=["x" * LONGEST])
        assert read_event_log(path).faults == ()

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            (pa.timestamp("us", "UTC"), str(9 * 10**18)),
            (pa.timestamp("ms", "Asia/Bangkok"), str(9 * 10**18)),
            (pa.date32(), str(2**31 - 1)),
        ],
    )
    def test_a_moment_that_no_calendar_has_is_a_fault_of_its_row(self, tmp_path, kind, text):
        times = pa.array([0, int(text), None], pa.int32() if kind == pa.date32() else pa.int64()).cast(kind)
        read = read_event_log(parquet(tmp_path / "log.parquet", ["1", "2", "3"], times=times))
        told = {fault.row: (fault.column, fault.text, fault.reason) for fault in read.faults}
        assert told[3] == (HEADINGS[2], text, "is a day or a moment that no calendar has; correct it")

    def test_a_zone_that_nobody_knows_is_refused_where_it_is_read(self, tmp_path):
        times = pa.array([0], pa.timestamp("us", "Mars/X"))
        with pytest.raises(FileError, match="its column time:timestamp is of the zone Mars/X, which nobody knows; use"):
            read_event_log(parquet(tmp_path / "log.parquet", times=times))
        path = tmp_path / "other.parquet"
        pq.write_table(pq.read_table(parquet(path)).append_column("other", times), path)
        assert [note.column for note in read_event_log(path).notes] == ["other"]

    def test_what_is_no_number_is_nothing(self, tmp_path):
        read = read_event_log(parquet(tmp_path / "log.parquet", [float("nan"), 7.0, None]))
        assert [record.number for record in read.records] == ["7"]
        assert [(fault.row, fault.column, fault.text) for fault in read.faults] == [
            (2, HEADINGS[0], ""),
            (4, HEADINGS[0], ""),
        ]


class TestXes:
    """One piece of XML is held until its end is read, so it has an end."""

    def xes(self, path, piece):
        text = b'<log><trace><string key="concept:name" value="1"/>' + piece + b"</trace></log>"
        path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
        return path

    @pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
    @pytest.mark.parametrize(
        "piece",
        [b'<string key="a" value="%s"/>', b"<%s/>", b"<!-- %s -->", b"<?x %s?>"],
        ids=["value", "name", "comment", "instruction"],
    )
    def test_one_that_is_too_long_is_refused(self, tmp_path, name, piece):
        with pytest.raises(FileError, match="holds a piece of XML of more than 16 MiB, which nobody writes; shorten"):
            read_event_log(self.xes(tmp_path / name, piece % (b"a" * (17 * MIB))))

    def test_it_is_refused_long_before_its_end(self, tmp_path, monkeypatch):
        fed = []
        monkeypatch.setattr("docflow.files.xes.chunks", lambda _: (fed.append(n) or b"<log a='" for n in range(10**9)))
        monkeypatch.setattr("docflow.files.xml_pieces.LONGEST", 10**3)
        with pytest.raises(FileError):
            read_event_log(tmp_path / "log.xes")
        assert len(fed) < 200

    def test_many_and_text_between_them_are_read(self, tmp_path):
        piece = b'<string key="a" value="%s"/>' % (b"a" * (MIB // 2)) + b" " * 18 * MIB
        assert read_event_log(self.xes(tmp_path / "log.xes", piece * 2)).records[0].attributes["a"] == "a" * (MIB // 2)

    @pytest.mark.parametrize("page", ["windows-874", "TIS-620", "windows-1252", "cp1252"])
    def test_a_code_page_that_the_file_declares_is_read(self, tmp_path, page):
        letter, python = ("é", "cp1252") if "1252" in page else ("ก", "cp874")
        text = f'<?xml version="1.0" encoding="{page}"?>'
        text += f'<log><trace><string key="concept:name" value="{letter}"/></trace></log>'
        (tmp_path / "log.xes").write_bytes(text.encode(python))
        assert [one.number for one in read_event_log(tmp_path / "log.xes").records] == [letter]
        (tmp_path / "log.xes").write_bytes(text.replace(page, "windows-9999").encode(python))
        with pytest.raises(FileError, match="cannot be read as XML"):
            read_event_log(tmp_path / "log.xes")


def workbook(path, row):
    """A workbook whose sheet is written by hand."""
    book = openpyxl.Workbook()
    book.save(path.with_suffix(".whole"))
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, row)
    with ZipFile(path.with_suffix(".whole")) as whole, ZipFile(path, "w", ZIP_DEFLATED) as made:
        for name in whole.namelist():
            made.writestr(name, body if "sheet1" in name else whole.read(name))
    return path


@pytest.mark.parametrize(
    "row",
    [
        b"<row>" + b"<c><v>1</v></c>" * (2**14 + 1) + b"</row>",
        b"<row>" + b"<c/>" * 10**6,  # not even the end of the row is waited for
        b'<row r="1"><c r="XFE1"><v>1</v></c></row>',
        b"<row/><row>" + b"<x/>" * 10**6 + b"</row>",
    ],
    ids=["cells", "unfinished", "column", "elements"],
)
def test_a_row_that_is_wider_than_any_sheet_is_refused(tmp_path, row):
    with pytest.raises(
        FileError, match="has a row of more than 16,384 cells, or more beside its rows, than workbooks have"
    ):
        read_event_log(workbook(tmp_path / "log.xlsx", row))


def test_the_widest_row_of_a_sheet_is_read(tmp_path):
    cells = b"".join(b"<c t='inlineStr'><is><t>%d</t></is></c>" % n for n in range(2**14))
    with pytest.raises(FileError, match="lacks the columns case:concept:name"):
        read_event_log(workbook(tmp_path / "log.xlsx", b"<row>" + cells + b"</row>"))


@pytest.mark.parametrize("suffix", [".xes", ".csv", ".parquet", ".json", ".sqlite"])
def test_what_is_written_is_never_too_long_to_be_read(tmp_path, suffix):
    def write(text):
        record = Record("1", [Event("a", NINE)], attributes={"x": text})
        if suffix in (".json", ".sqlite"):
            write_object_log(tmp_path / f"log{suffix}", [record], of="letter")
            return read_object_log(tmp_path / f"log{suffix}", "letter").records == (record,)
        write_event_log(tmp_path / f"log{suffix}", [record])
        return read_event_log(tmp_path / f"log{suffix}").records == (record,)

    assert write('"' * (2**17 if suffix == ".csv" else LONGEST))
    with pytest.raises((FileError, RecordError), match=r"is longer than the [0-9,]+ characters that"):
        write('"' * (2**17 + 1 if suffix == ".csv" else LONGEST + 1))


def test_rows_are_counted_each_by_itself(tmp_path, monkeypatch):
    monkeypatch.setattr("docflow.files.spreadsheet.MOST_COLUMNS", 8)
    book = openpyxl.Workbook()
    for row in [HEADINGS, *[("1", "a", "2020-01-06T09:00Z")] * 200]:
        book.active.append(row)
    book.save(tmp_path / "log.xlsx")
    assert read_event_log(tmp_path / "log.xlsx").events == 200
