"""The main job over a folder of records: every indicator, whatever is missing or wrong in it."""

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from registers import as_csv, row
from scripts import ANNUAL, DATA, Page, refused, run, sample_year
from year_files import CELLS, COLUMNS, line, write_year

pytestmark = pytest.mark.scripts

REGISTER = "register-2563.csv"
NUMBERS = [f"1.{n}" for n in range(1, 11)] + ["2.1", "2.2.1", "2.2.2", "3.1(a)", "3.1(b)", "3.2", "3.3", "4.1", "4.2"]


def figures(folder, *options):
    """What the main job writes, as data."""
    file = folder / "figures.json"
    done = run(ANNUAL, *options, "--json", file)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(file.read_text(encoding="utf-8")), done.stdout


@pytest.fixture
def data(tmp_path):
    """A copy of the sample year that may be spoilt, with the first letters of its register."""
    year = Path(shutil.copytree(DATA, tmp_path / "year"))
    heading, *letters = (DATA / REGISTER).read_text(encoding="utf-8").splitlines()
    (year / REGISTER).write_text("\n".join([heading, *letters[:50], ""]), encoding="utf-8")
    return year


@pytest.fixture
def register(tmp_path):
    """A register of one letter."""
    file = tmp_path / REGISTER
    file.write_text(as_csv([row()]), encoding="utf-8")
    return file


class TestTheWholePlan:
    def test_is_there_indicator_by_indicator(self):
        found, printed, _ = sample_year()
        assert list(found["indicators"]) == NUMBERS
        for number, one in found["indicators"].items():
            value = one["value"]
            assert Fraction(value["numerator"], value["denominator"]) == Fraction(
                Fraction(one["numerator"]["numerator"], one["numerator"]["denominator"]) / one["denominator"]
            ), number
            assert one["number"] == number
            assert number in printed
        assert found["indicators"]["1.5"]["value"] == found["kpi_1_5"]["mean_minutes"]
        assert found["kpi_1_1_letters"]["readings"]["hours"]["within"] == 751, "the keys of the first version stand"
        assert list(found["indicators"]["1.1"]["parts"]) == ["1.1 A", "1.1 B"]
        assert found["indicators"]["1.8"]["readings"]["official"] == "working_days"
        assert found["indicators"]["2.1"]["reported_by"] == "สำนักการคลัง"

    def test_has_every_record_in_one_bin_and_every_month(self):
        found, *_ = sample_year()
        rows = found["record_rows"]
        certificates = found["indicators"]["1.8"]
        faulty = {fault["row"] for fault in found["record_faults"]["salary-certificates.csv"]}
        assert sum(certificates["bins"].values()) == rows["salary-certificates.csv"] - len(faulty)
        assert (
            sum(part["bins"]["counted"] for part in certificates["by_month"].values())
            == certificates["bins"]["counted"]
        )

    def test_explains_itself_in_two_languages(self):
        found, *_ = sample_year()
        said = found["indicators"]["1.7"]["explanation"]
        assert "37 × 100 / 40 = 92.50 %" in said["th"]
        assert "target ≥ 90 %: met" in said["en"]

    def test_has_the_work_plans_and_the_meetings(self, tmp_path, register):
        found, _ = figures(tmp_path, "--register", register, "--as-of", "2020-02-28T16:30+07:00")
        assert found["work_plans"]["1.2"]["planned"] == {"numerator": 72, "denominator": 1, "float": 72.0}
        assert found["work_plans"]["1.1 exchange"]["planned"] is None
        assert [one["usual"] for one in found["meetings"]][:2] == ["2019-10-03", "2019-11-07"]

    def test_by_month_is_what_was_known_then(self, tmp_path):
        found, printed, _ = sample_year()
        assert next(iter(found["monthly"])) == "2019-10"
        assert found["monthly"]["2020-09"]["1.8"]["value"] == found["indicators"]["1.8"]["value"]
        january, _ = figures(tmp_path, "--as-of", "2020-01-31T23:59:59+07:00")
        assert found["monthly"]["2020-01"]["1.8"] == {
            key: january["indicators"]["1.8"][key] for key in found["monthly"]["2020-01"]["1.8"]
        }
        assert "…" not in printed.split("ผลสะสม ณ สิ้นแต่ละเดือน")[1].split("แผนปฏิบัติงาน")[0], "no figure is cut off"

    def test_stands_on_the_page_too(self):
        *_, text = sample_year()
        page = Page(text)
        for number in NUMBERS:
            assert number in page.text

    def test_of_a_year_is_a_page_of_less_than_half_a_megabyte(self, tmp_path):
        assert run(ANNUAL, "--html", tmp_path / "page.html").returncode == 0
        assert (tmp_path / "page.html").stat().st_size <= 500_000


class TestAFolder:
    def test_with_a_file_missing_says_so_and_reports_the_rest(self, data, tmp_path):
        (data / "ceremonies.csv").unlink()
        found, printed = figures(tmp_path, "--data", data)
        assert found["missing_files"] == ["ceremonies.csv"]
        assert found["indicators"]["1.7"]["value"] is None
        assert found["indicators"]["1.8"]["value"] is not None
        assert "ceremonies.csv" in printed

    def test_without_training_or_progress_says_nothing_instead_of_nought(self, data, tmp_path):
        for file in ("attendance.csv", "tests.csv", "work-progress.csv"):
            (data / file).unlink()
        found, _ = figures(tmp_path, "--data", data)
        assert [found["indicators"][number]["value"] for number in ("1.1", "1.2")] == [None, None]
        assert found["work_plans"] == {}

    def test_takes_no_progress_of_another_year(self, data, tmp_path):
        entries = data / "work-progress.csv"
        before, _ = figures(tmp_path, "--data", data, "--as-of", "2019-10-01T09:00+07:00")
        entries.write_text(entries.read_text("utf-8") + "1.5,1,31/10/2561,100\n", encoding="utf-8")
        after, _ = figures(tmp_path, "--data", data, "--as-of", "2019-10-01T09:00+07:00")
        assert before["work_plans"] == after["work_plans"]

    def test_with_nothing_but_a_register_has_its_indicators(self, tmp_path):
        folder = tmp_path / "bare"
        folder.mkdir()
        found, _ = figures(tmp_path, "--data", folder, "--register", DATA / "register-2563.csv")
        with_values = [number for number, one in found["indicators"].items() if one["value"] is not None]
        assert with_values == ["1.5"]
        assert found["indicators"]["1.1"]["parts"]["1.1 A"]["value"] is not None

    @pytest.mark.parametrize(
        ("file", "changes", "kind"),
        [
            ("surveys.csv", {"ข้อ 1": "6"}, "unreadable"),
            ("surveys.csv", {"ข้อ 1": "0"}, "unreadable"),
            ("attendance.csv", {"รหัสการอบรม": "KM-77"}, "unknown"),
            ("field-visit-updates.csv", {"วันที่ปรับปรุง": "01/11/2562"}, "reversed"),
            ("field-visits.csv", {"ความก้าวหน้า (ร้อยละ)": "120"}, "unreadable"),
            ("ceremonies.csv", {}, "duplicate"),
        ],
    )
    def test_with_bad_input_lists_it_by_row_and_leaves_it_out_of_every_figure(
        self, tmp_path, register, file, changes, kind
    ):
        good, bad = tmp_path / "good", tmp_path / "bad"
        for folder, rows in ((good, [line(file)]), (bad, [line(file), line(file, changes)])):
            folder.mkdir()
            write_year(folder, {file: rows})
        if changes:  # not what is called alike
            write_year(bad, {file: [line(file), line(file, {COLUMNS[file][0]: other(file), **changes})]})
        one, _ = figures(tmp_path, "--data", good, "--register", register)
        two, printed = figures(tmp_path, "--data", bad, "--register", register, "--all")
        assert [(fault["row"], fault["kind"]) for fault in two["record_faults"][file]] == [(3, kind)]
        assert two["record_faults"][file][0]["reason"]
        assert f"{file}: แถวที่ไม่นับ (1)" in printed
        values = [[each["value"] for each in found["indicators"].values()] for found in (one, two)]
        assert values[0] == values[1]

    def test_that_is_none_is_one_sentence(self, tmp_path):
        assert refused(run(ANNUAL, "--data", tmp_path / "nowhere"), "nowhere", "is not there")
        (tmp_path / "file").write_text("", encoding="utf-8")
        assert refused(run(ANNUAL, "--data", tmp_path / "file"), "is a file")
        assert refused(run(ANNUAL, "--data", tmp_path), "register-2563.csv", "no such file")

    def test_is_never_written_over(self, data):
        before = (data / "staff.csv").read_bytes()
        assert refused(run(ANNUAL, "--data", data, "--json", data / "staff.csv"), "staff.csv", "write to another one")
        assert (data / "staff.csv").read_bytes() == before

    def test_two_results_want_two_files(self, tmp_path):
        done = run(ANNUAL, "--json", tmp_path / "x", "--html", tmp_path / "x")
        assert done.returncode == 2
        assert "give each its own" in done.stderr

    def test_of_another_year_has_nothing_to_say_about_this_one(self, tmp_path, register):
        found, _ = figures(tmp_path, "--register", register, "--as-of", "2019-09-30T16:30+07:00")
        assert all(one["value"] is None for number, one in found["indicators"].items() if number != "1.10")

    def test_does_not_steer_the_terminal_or_the_page(self, tmp_path, register):
        folder = tmp_path / "year"
        folder.mkdir()
        write_year(folder, {"ceremonies.csv": [line("ceremonies.csv", {"วันเวลา": "[red]<b>x</b>\x1b[31m\u202e1"})]})
        page = tmp_path / "page.html"
        done = run(ANNUAL, "--all", "--data", folder, "--register", register, "--html", page)
        assert done.returncode == 0
        assert "[red]<b>x</b>" in done.stdout
        assert "\x1b" not in done.stdout
        written = page.read_text(encoding="utf-8")
        assert "&lt;b&gt;x&lt;/b&gt;" in written
        assert not {"\x1b", "\u202e"} & set(written), "nothing that steers or turns the direction of writing"


def other(file):
    """What a second row of the file is called, where it needs a name of its own."""
    first = CELLS[file][0]
    return {"surveys.csv": "2", "field-visits.csv": "2/2563"}.get(file, first)
