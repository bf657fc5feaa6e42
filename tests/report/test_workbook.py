"""The report as a workbook, read back by openpyxl, by a plain reader of its XML, and by LibreOffice."""

import csv
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from attrs import evolve
from defusedxml import ElementTree
from hypothesis import example, given
from hypothesis import strategies as st

from docflow import (
    Duration,
    Event,
    Indicator,
    OfficeHours,
    Plan,
    Record,
    Window,
    WorkClock,
    WorkingDays,
    WorkingWeek,
    at_least,
    reached,
)
from docflow.bangkok import PLAN_2563, year_end
from docflow.bangkok.files import read_records, read_register
from docflow.bangkok.report import year_report
from docflow.errors import FileError
from docflow.files import Fault, RegisterFile
from docflow.kpi import Bin
from docflow.report import Report, workbook, workbook_lists
from docflow.report.workbook_values import Shown, clean, sheet_name, shown, width_of

pytestmark = pytest.mark.long

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
THAI_BINS = ("นับ", "ล่าช้า", "ไม่ผ่าน", "ยังไม่ครบกำหนด", "ยังไม่แล้วเสร็จ", "ไม่นับในตัวชี้วัดนี้")
ROME = ZoneInfo("Europe/Rome")
HOSTILE = (
    "=1+1",
    "+SUM(A1:A9)",
    "-2",
    "@cmd",
    '=HYPERLINK("http://a.example","x")',
    "http://a.example/?a=b&c=<d>",
    "mailto:a@example.org",
    "internal:Overview!A1",
    "12",
    "1e5",
    "</t></is></c><c><f>1+1</f></c>",
    "<r><t>bold</t></r>",
    "<r></r>",
    "_x0041_",
    "_x0041_x0042_",
    "_x005F_x0041_x0042_x0043_",
    "{=1}",
    "'quoted'",
    "a\x00b\x1b[2J",
    "\u202eright to left",
    "\ufffe\uffff",
    "\ud800",
    "&amp; ]]> <!-- -->",
    "  spaces  ",
    "line\nline\ttab\r",
    "ที่" * 2_500,
    "x" * 40_000,
    "😀" * 20_000,
    "[]:*?/\\",
    "History",
    "A1",
    "R1C1",
    "&P &[Tab]",
)


def small(number="A", letter="1/2020", title="answered in time", unit=None, files=None, at=None, least=90):
    """A plan of one indicator over two letters, one in time and one late."""
    answering = Duration("A", start=reached("received"), stop=reached("answered"))
    monday = at or datetime(2020, 1, 13, 10, 0, 30, tzinfo=ROME)
    days = (1, 20)
    plan = Plan(
        title=title,
        year=Window(date(monday.year, 1, 1), date(monday.year, 12, 31)),
        clock=WorkClock(OfficeHours(opens=time(9), closes=time(17)), WorkingWeek(), zone="Europe/Rome"),
        indicators=[
            Indicator(
                number=number,
                title=title,
                of="letters",
                measure=answering.within(WorkingDays(3)),
                target=at_least(least),
            )
        ],
    )
    letters = [
        Record(letter, [Event("received", monday), Event("answered", monday + timedelta(days=n), unit=unit)])
        for n in days
    ]
    result = plan.evaluate({"letters": letters}, as_of=monday + timedelta(days=40))
    return Report(result=result, files=files or {})


def made(report, language="en"):
    with TemporaryDirectory() as folder:
        workbook(report, f"{folder}/a.xlsx", language=language)
        return Path(folder, "a.xlsx").read_bytes()


def read(whole):
    return openpyxl.load_workbook(BytesIO(whole))


def decoded(said):
    """A text as readers of the format understand it: from left to right, each escape once."""
    return re.sub("_x([0-9a-fA-F]{4})_", lambda found: chr(int(found[1], 16)), said)


def plain(whole):
    """Every cell of every sheet by a reader that shares no code: texts, and numbers as floats."""
    found = {}
    with ZipFile(BytesIO(whole)) as parts:
        names = [one.get("name") for one in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(f"{SPACE}sheet")]
        for n, name in enumerate(names, 1):
            sheet = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{n}.xml"))
            assert not list(sheet.iter(f"{SPACE}f"))
            cells = {}
            for cell in sheet.iter(f"{SPACE}c"):
                text = "".join(decoded(one.text or "") for one in cell.iter(f"{SPACE}t"))
                number = cell.find(f"{SPACE}v")
                if cell.get("t") == "inlineStr":
                    cells[cell.get("r")] = text
                elif number is not None:
                    assert cell.get("t") is None
                    cells[cell.get("r")] = float(number.text)
            found[name] = cells
        for part in parts.namelist():
            assert b"TargetMode" not in parts.read(part)
    return found


def header(whole):
    """What is printed above the first sheet, as it is written."""
    with ZipFile(BytesIO(whole)) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    return next(sheet.iter(f"{SPACE}oddHeader")).text


@pytest.fixture(scope="module")
def year():
    records, register = read_records("examples/data"), read_register("examples/data/register-2563.csv")
    result = PLAN_2563.evaluate(
        {**records.records, "letters": register.cases}, as_of=year_end(PLAN_2563.clock, PLAN_2563.year)
    )
    report = year_report(result, records)
    return evolve(report, files={**report.files, "register-2563.csv": register}, missing=("lost.csv",))


@pytest.fixture(scope="module")
def books(year):
    return {language: made(year, language) for language in ("th", "en")}


def overview_rows(sheet):
    rows = list(sheet.iter_rows())
    heading = next(n for n, row in enumerate(rows) if row[0].value in {"ที่", "no."})
    return rows[heading], rows[heading + 1 :]


class TestTheOverview:
    def test_answers_first(self, books):
        thai, english = (read(books[language]).worksheets[0] for language in ("th", "en"))
        assert (thai.title, english.title) == ("ภาพรวม", "Overview")
        assert (thai["A2"].value, english["A2"].value) == ("บรรลุเป้าหมาย 7 จาก 18 ตัวชี้วัด", "met 7 of 18")

    def test_says_every_figure_as_the_plan_has_it(self, year, books):
        _, rows = overview_rows(read(books["en"]).worksheets[0])
        words = {True: "met", False: "not met", None: "no value yet"}
        for outcome, row in zip(year.result.all(), rows, strict=False):
            number, title, value, unit, target, verdict, margin, percent, *bins = (cell.value for cell in row)
            assert (number, title) == (outcome.indicator.number, outcome.indicator.title.en)
            assert value == float(outcome.value)
            assert (unit or "") == outcome.unit
            assert bins == [len(outcome.bins[each]) for each in Bin]
            if outcome.target is None:
                assert (target, verdict, margin, percent) == (None, "no target", None, None)
                continue
            sign = 1 if outcome.target.direction == "≥" else -1
            assert target == float(outcome.target.value)
            assert row[4].number_format.startswith(f'"{outcome.target.direction} "')
            assert verdict == words[outcome.met]
            assert margin == float(sign * (outcome.value - outcome.target.value))
            assert (percent >= 100) == outcome.met
        assert len(list(year.result.all())) == len([row for row in rows if row[0].value])

    def test_can_be_filtered_read_and_printed(self, books):
        sheet = read(books["en"]).worksheets[0]
        heading, _ = overview_rows(sheet)
        first = heading[0].row
        assert sheet.auto_filter.ref == f"A{first}:N{first + 24}"
        assert sheet.freeze_panes == f"C{first + 1}"
        assert sheet.print_title_rows == f"${first}:${first}"
        assert sheet.print_area.startswith("'Overview'!$A$1:$N$")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
            "landscape",
            9,
            None,
        )
        assert sheet.oddFooter.center.text == "&P / &N"
        assert len(sheet._charts) == 1
        coloured = {str(area.sqref) for area in sheet.conditional_formatting}
        assert coloured == {f"{column}{first + 1}:{column}{first + 24}" for column in "FJK"}

    def test_says_which_file_is_missing(self, books):
        cells = [row[0].value for row in read(books["th"]).worksheets[0].iter_rows(max_row=8)]
        assert any("lost.csv" in one for one in cells if one)

    @pytest.mark.parametrize(("least", "most"), [(90, 110), (40, 130), (1, 200)])
    def test_its_chart_always_shows_the_line_of_100(self, least, most):
        """One of two letters is in time, so the result is 50 %."""
        chart = read(made(small(least=least))).worksheets[0]._charts[0]
        assert (chart.y_axis.scaling.max, chart.x_axis.crossesAt or chart.y_axis.crossesAt) == (most, 100)
        assert chart.y_axis.scaling.min < 100 < most

    @pytest.mark.parametrize("language", ["th", "en"])
    def test_its_chart_says_that_who_just_reaches_the_line_has_met(self, books, language):
        (chart,) = read(books[language]).worksheets[0]._charts
        said = "".join(run.t for part in chart.title.tx.rich.p for run in part.r)
        assert {"th": "ถึงเส้น 100 หรือเหนือเส้นบรรลุ", "en": "at or above the line of 100 is met"}[language] in said


class TestTheSheets:
    def test_there_is_one_for_each_indicator(self, year, books):
        names = [one.title for one in read(books["th"]).worksheets]
        numbers = [one.indicator.number.replace("/", "-") for one in year.result]
        assert names == ["ภาพรวม", *numbers, "แผนปฏิบัติงาน", "รายการ", "ข้อบกพร่องของแฟ้ม"]

    @pytest.mark.parametrize("language", ["th", "en"])
    def test_each_explains_its_result(self, year, books, language):
        book = read(books[language])
        for whole in year.result:
            said = [row[0].value for row in book[whole.indicator.number].iter_rows()]
            for one in whole:
                assert clean(f"{one.indicator.number} {one.indicator.title.said(language)}") in said
                parts = {line.strip() for part in one.parts for line in part.explain(language).splitlines()}
                own = [line for line in one.explain(language).splitlines() if line.strip() not in parts]
                assert set(own) <= set(said)

    def test_months_are_typed_and_add_up(self, year, books):
        sheet, outcome = read(books["th"])["1.5"], year.result["1.5"]
        rows = list(sheet.iter_rows())
        start = next(n for n, row in enumerate(rows) if row[0].value == "เดือน") + 1
        months = outcome.by_month()
        for row, month in zip(rows[start:], outcome.window.months(), strict=False):
            assert row[0].value == datetime.fromisoformat(f"{month}-01")
            assert row[0].number_format == "[$-107041E]mmm yyyy;@"
            if month in months:
                assert row[1].value == float(months[month].value)
                assert [cell.value for cell in row[5:11]] == [len(some) for some in months[month].bins.values()]
        assert len(sheet._charts) == 2

    def test_readings_stand_side_by_side(self, year, books):
        outcome = year.result["1.1 A"]
        rows = [[cell.value for cell in row] for row in read(books["en"])["1.1"].iter_rows()]
        start = next(n for n, row in enumerate(rows) if row[0] == "reading") + 1
        for row, (name, result) in zip(rows[start:], outcome.alternatives.items(), strict=False):
            mark = " ★ decides" if name == outcome.indicator.official else ""
            assert row[0] == outcome.indicator.called(name).en + mark
            assert row[1] == float(result.value)
            assert row[5:11] == [len(some) for some in result.bins.values()]


class TestTheRecords:
    @pytest.mark.parametrize(("language", "form"), [("th", "[$-107041E]d mmm yyyy h:mm;@"), ("en", "yyyy-mm-dd hh:mm")])
    def test_have_every_observation_once(self, year, books, language, form):
        bins = dict(zip(Bin, THAI_BINS, strict=True)) if language == "th" else {each: each.value for each in Bin}
        sheet = read(books[language])["รายการ" if language == "th" else "Records"]

        def wall(at):
            return None if at is None else at.astimezone(year.result.clock.tz).replace(tzinfo=None)

        def asks_a_moment(result):
            return result.measure.span.start == result.measure.span.stop

        expected = Counter(
            (
                one.indicator.number,
                seen.record.number,
                seen.nth,
                bins[seen.bin],
                wall(seen.start),
                wall(seen.stop),
                wall(seen.due),
                None if seen.used is None or asks_a_moment(one.result) else float(seen.used.minutes),
            )
            for one in year.result.all()
            if one.result is not None
            for seen in one.result.observations
        )
        rows = list(sheet.iter_rows(min_row=2))
        found = Counter(tuple(cell.value for cell in row[:4] + row[5:9]) for row in rows)
        assert found == expected
        stamps = {cell.number_format for row in rows for cell in row[5:8] if cell.value is not None}
        assert stamps == {form}
        assert sheet.auto_filter.ref == f"A1:L{len(rows) + 1}"
        assert sheet.freeze_panes == "A2"

    def test_say_why_in_the_words_of_the_indicator(self, books):
        reasons = {row[4].value for row in read(books["th"])["รายการ"].iter_rows(min_row=2)}
        assert any("ส่วนราชการที่รับผิดชอบลงรับแล้ว" in one for one in reasons if one)
        assert not any("taken_over" in one for one in reasons if one)

    def test_go_on_on_another_sheet(self, monkeypatch):
        monkeypatch.setattr(workbook_lists, "MOST_ROWS", 1)
        book = read(made(small()))
        assert [one.title for one in book.worksheets] == ["Overview", "A", "Records", "Records (2)", "Faults"]
        assert [book[name]["D2"].value for name in ("Records", "Records (2)")] == ["counted", "late"]
        assert book["Records (2)"].max_row == 2

    def test_show_seconds_where_there_are_some(self):
        (cell,) = (read(made(small()))["Records"]["F2"],)
        assert (cell.value, cell.number_format) == (datetime(2020, 1, 13, 10, 0, 30), "yyyy-mm-dd hh:mm:ss")

    def test_write_days_that_sheets_disagree_on_as_text(self):
        sheet = read(made(small(at=datetime(1900, 2, 13, 10, tzinfo=ROME))))["Records"]
        assert sheet["F2"].value == "1900-02-13 10:00"
        assert sheet["G3"].value == datetime(1900, 3, 5, 10)


class TestTheMonths:
    def test_tell_how_each_indicator_stood_when_they_were_over(self):
        short = evolve(PLAN_2563, indicators=[PLAN_2563["1.7"], PLAN_2563["1.2"]])
        records = {name: some for name, some in read_records("examples/data").records.items() if name in short.wanted()}
        as_of = year_end(PLAN_2563.clock, PLAN_2563.year)
        ends = short.months(records, as_of=as_of)
        book = read(made(Report(result=short.evaluate(records, as_of=as_of), months=ends)))
        rows = [[cell.value for cell in row] for row in book["By month"].iter_rows(min_row=2)]
        assert [row[0] for row in rows] == [datetime.fromisoformat(f"{month}-01") for month in ends for _ in range(2)]
        for row, outcome in zip(rows, (one for result in ends.values() for one in result.all()), strict=True):
            assert row[1] == outcome.indicator.number
            assert row[3] == (None if outcome.value is None else float(outcome.value))
            assert row[7:] == [len(outcome.bins[each]) for each in Bin if each is not Bin.EXCLUDED]
        headings = [cell.value for cell in book["By month"][1]]
        assert headings[-1] == "unfinished", "what had not come yet is not told as excluded"


class TestTheFaults:
    def test_are_all_there(self, year, books):
        rows = list(read(books["en"])["Faults"].iter_rows(min_row=2, values_only=True))
        expected = [
            (one.file or file, one.row, one.number, one.column, one.kind, said, one.words.en, clean(one.text) or None)
            for file, have in year.files.items()
            for said, some in (("row left out", have.faults), ("to check, still counted", have.notes))
            for one in some
        ]
        assert rows == expected
        assert expected

    def test_of_a_heading_say_so_in_the_place_of_a_row(self):
        note = Fault("heading", "About", "unread", "is a column that nothing reads")
        files = {"frame": RegisterFile(cases=(), faults=(), notes=(note,), rows=1)}
        (row,) = read(made(small(files=files)))["Faults"].iter_rows(min_row=2, values_only=True)
        assert row[1:4] == ("heading", None, "About")


class TestHostileTexts:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_stay_texts_wherever_they_stand(self, text):
        fault = Fault(2, text, "unreadable", text, text=text, number=text)
        files = {text: RegisterFile(cases=(), faults=(fault,), notes=(), rows=1)}
        given = evolve(small(letter=text, title=text, unit=text, files=files), missing=(text,))
        record = given.result["A"].result.observations.records[0]  # it has stripped its own texts
        cells, harmless = plain(made(given)), plain(made(small(files={})))
        records = list(cells)[2]
        assert cells[records]["B2"] == clean(record.number)
        assert cells[records]["K2"] == clean(record.history[-1].unit)
        assert clean(text) in cells["Faults"].values()
        figures = [one for one in cells[records].values() if isinstance(one, float)]
        assert figures == [one for one in harmless["Records"].values() if isinstance(one, float)]

    @pytest.mark.parametrize("text", HOSTILE)
    def test_make_no_bad_sheet_of_an_indicator(self, text):
        whole = made(small(number=text))
        cells = plain(whole)
        assert cells[next(iter(cells))]["A5"] == clean(text)
        read(whole)

    @pytest.mark.filterwarnings("error")
    @pytest.mark.parametrize("title", ["Roads&Gardens 2025", "&G", "&&G", "a &[Picture] b", "&" * 90, "&G" * 60])
    def test_stand_in_the_printed_header(self, title):
        left = header(made(small(title=title))).removeprefix("&L").partition("&ROverview")[0]
        assert "&" not in left.replace("&&", "")
        seen = left.replace("&&", "&").replace("\u2060", "")
        assert seen == title or (seen[-1] == "…" and title.startswith(seen[:-1]))

    @given(st.text())
    @example("_x0041_x0042_x0043_")
    @example("<r>_x0041_x0042_</r>")
    def test_are_read_as_they_are_shown(self, text):
        assert plain(made(small(letter=f"{text}x")))["Records"]["B2"] == clean(f"{text}x")

    def test_a_text_that_fits_no_cell_ends_in_an_ellipsis(self):
        for text in ("x" * 40_000, "😀" * 20_000):
            kept = clean(text)
            assert len(kept.encode("utf-16-le")) // 2 in {32_766, 32_767}
            assert kept.endswith("…")
            assert text.startswith(kept[:-1])


class TestNames:
    @given(st.lists(st.text() | st.sampled_from(HOSTILE), max_size=8))
    def test_of_sheets_are_legal_and_differ(self, wanted):
        names = []
        for one in wanted:
            names.append(sheet_name(one, names))
        assert len({one.casefold() for one in names}) == len(names)
        for name in names:
            assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
            assert not set(name) & set("[]:*?/\\")
            assert not name.startswith("'")
            assert not name.endswith("'")
            assert name.casefold() != "history"


class TestNumbers:
    @given(st.fractions(0, 200, max_denominator=10**7), st.fractions(0, 200, max_denominator=1000))
    @example(Fraction(2399, 200), Fraction(12))
    @example(Fraction(12) + Fraction(1, 10**13), Fraction(12))
    def test_never_look_like_what_they_are_not(self, value, target):
        cell = shown(value, target)
        if isinstance(cell, str):
            assert Fraction(cell) == value
            return
        assert isinstance(cell, Shown)
        assert cell.value == float(value)
        places = Decimal(1).scaleb(-len(cell.form.partition(".")[2]))
        seen = Decimal(f"{cell.value:.15g}").quantize(places, ROUND_HALF_UP)  # as sheets round
        assert (Fraction(seen) == target) <= (value == target)

    def test_thai_marks_take_no_width(self):
        assert width_of("ที่นี่") == 2
        assert width_of("漢字") == 4


class TestTheFile:
    @pytest.mark.parametrize("language", ["th", "en"])
    def test_is_the_same_twice(self, year, books, language):
        assert made(year, language) == books[language]

    def test_tells_no_time_but_that_of_the_report(self):
        book = read(made(small()))
        assert book.properties.created == datetime(2020, 2, 22, 10, 0, 30, tzinfo=ROME).astimezone(UTC).replace(
            tzinfo=None
        )

    def test_is_not_written_over_what_was_read(self, tmp_path):
        path = tmp_path / "register.xlsx"
        path.write_bytes(b"records")
        with pytest.raises(FileError, match="write to another one"):
            workbook(small(), path, source=[path])
        assert path.read_bytes() == b"records"

    def test_is_whole_or_as_it_was(self, tmp_path, monkeypatch):
        path = tmp_path / "a.xlsx"
        path.write_bytes(b"before")

        def stumble(*_):
            raise RuntimeError("stumbled")

        monkeypatch.setattr("docflow.report.workbook_lists._width", stumble)
        with pytest.raises(RuntimeError, match="stumbled"):
            workbook(small(), path)
        assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]
        assert path.read_bytes() == b"before"

    def test_a_disk_that_refuses_is_told(self, tmp_path):
        with pytest.raises(FileError, match="cannot be written"):
            workbook(small(), tmp_path / "nowhere" / "a.xlsx")
        with pytest.raises(FileError, match="is no file"):
            workbook(small(), tmp_path)

    def test_speaks_thai_or_english(self, tmp_path):
        with pytest.raises(TypeError, match='\'de\' is no language; give "th" or "en"'):
            workbook(small(), tmp_path / "a.xlsx", language="de")
        with pytest.raises(TypeError, match="no report"):
            workbook(small().result, tmp_path / "a.xlsx")
        assert not list(tmp_path.iterdir())

    def test_says_what_to_install(self, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        with pytest.raises(ModuleNotFoundError, match=r"docflow-registry\[report\]"):
            workbook(small(), tmp_path / "a.xlsx")
        assert not list(tmp_path.iterdir())

    def test_an_empty_plan_has_all_its_sheets(self):
        report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(PLAN_2563.clock, PLAN_2563.year)))
        book = read(made(report))
        assert book["Overview"]["A2"].value == "met 0 of 10 (10 without a value yet)"
        assert book["Records"].max_row == 1


@pytest.mark.scripts
class TestLibreOffice:
    def test_opens_it_and_shows_the_buddhist_era(self, tmp_path):
        office = which("soffice")
        if office is None:
            pytest.skip("LibreOffice is not installed here: no soffice is on the path")
        workbook(small(letter="=1+1", title="<r>_x0041_</r>"), tmp_path / "a.xlsx", language="th")
        form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
        home = f"-env:UserInstallation=file://{tmp_path}/home"
        command = [office, home, "--headless", "--convert-to", form, "--outdir", tmp_path, tmp_path / "a.xlsx"]
        subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603 - no input
        with (tmp_path / "a-รายการ.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert [row[1] for row in rows[1:]] == ["=1+1", "=1+1"]
        assert rows[1][5] == "13 ม.ค. 2563 10:00:30"
        with (tmp_path / "a-ภาพรวม.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file))[0] == "<r>_x0041_</r>"
