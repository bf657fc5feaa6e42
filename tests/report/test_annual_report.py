"""The yearly report as people run it: good files and bad ones."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from registers import as_csv, row
from scripts import ANNUAL, DESK, MUNICIPAL, ROOT, SAMPLE, SCRIPTS, refused, run, sample_year, year_of

from docflow.bangkok.files import read_register

pytestmark = pytest.mark.scripts

# The year's figures, computed independently of docflow from the same rows: they came with the register.
READINGS = {
    "working_days": (1091, 93, 5, 92.1453),
    "working_days_counting_first": (778, 407, 4, 65.654),
    "hours": (751, 433, 5, 63.4291),
    "working_day_hours": (1047, 137, 5, 88.4291),
    "office_time": (1047, 137, 5, 88.4291),
    "working_days_or_hours": (1091, 93, 5, 92.1453),
}
EXPECTED = {
    "rows": 3000,
    "faults": {
        "unreadable": [176, 203, 653, 1324, 1722, 1879, 1994, 2300, 2327, 2499],
        "reversed": [265, 1309, 1607, 2366, 2533, 2998],
        "duplicate": [298, 316, 641, 798, 841, 874],
    },
    "kpi_1_5": {
        "window": ["2019-11-01", "2020-08-31"],
        "in_scope": 2516,
        "measured": 2478,
        "unfinished": 38,
        "mean_minutes": {"numerator": 17810, "denominator": 1239, "float": 14.37449556093624},
        "within_15_minutes": 2129,
        "monthly_mean_minutes": {
            "2019-11": 19.791836734693877,
            "2019-12": 10.530864197530864,
            "2020-01": 12.931558935361217,
            "2020-02": 15.097959183673469,
            "2020-03": 17.249122807017542,
            "2020-04": 15.571942446043165,
            "2020-05": 9.835616438356164,
            "2020-06": 10.868312757201647,
            "2020-07": 14.336363636363636,
            "2020-08": 16.531645569620252,
        },
    },
    "kpi_1_1_letters": {
        "window": ["2019-10-01", "2020-09-30"],
        "as_of": "2020-09-30T16:30:00+07:00",
        "in_scope": 1189,
        "readings": {
            name: dict(zip(("within", "late", "running", "percent"), figures, strict=True))
            for name, figures in READINGS.items()
        },
    },
}


class TestTheAnnualReport:
    @pytest.mark.parametrize("lines", ["\n", "\r\n"])
    @pytest.mark.parametrize("mark", [True, False])
    def test_of_the_sample_year_has_the_expected_figures_key_by_key(self, tmp_path, lines, mark):
        text = SAMPLE.read_text(encoding="utf-8-sig").replace("\n", lines)
        register = tmp_path / "register.csv"
        register.write_bytes(text.encode("utf-8-sig" if mark else "utf-8"))
        done = run(ANNUAL, "--register", register, "--json", tmp_path / "figures.json")
        assert (done.returncode, done.stderr) == (0, "")
        figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
        assert {key: figures[key] for key in EXPECTED} == EXPECTED

    def test_has_the_cap_by_month_and_over_the_window(self):
        figures, *_ = sample_year()
        share = figures["kpi_1_5_within_15_minutes"]
        assert share == {"within": 2129, "late": 387, "percent": 84.6184}  # 2,478 measured and 38 long open
        months = figures["kpi_1_5_by_month"].values()
        assert sum(month["within_15_minutes"]["within"] for month in months) == 2129
        assert sum(month["in_scope"] for month in months) == 2516

    def test_needs_no_options_and_no_particular_folder(self, tmp_path):
        done = run(ANNUAL, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert "14.37 นาที" in done.stdout
        whole = run(ANNUAL, "--all", cwd=tmp_path)
        for words in (
            "14.37",
            "84.62 %",
            "92.15 %",
            "65.65 %",
            "พ.ย. 2562",
            "31/02/2563 10:00",
            "30 ก.ย. 2563 16.30 น.",
        ):
            assert words in whole.stdout
        assert list(tmp_path.iterdir()) == []

    def test_prints_thai_whatever_the_terminal_was_set_to(self, tmp_path):
        data = year_of(tmp_path, 2563)
        for settings in ({"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX"}):
            done = run(ANNUAL, "--data", data, **settings)
            assert (done.returncode, done.stderr) == (0, "")
            assert "แผนปฏิบัติราชการประจำปี" in done.stdout

    def test_as_of_the_past_does_not_see_later_steps(self, tmp_path):
        done = run(ANNUAL, "--as-of", "31/01/2563 16:30", "--json", tmp_path / "figures.json")
        assert done.returncode == 0
        figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
        assert figures["kpi_1_1_letters"]["as_of"] == "2020-01-31T16:30:00+07:00"
        assert list(figures["kpi_1_5"]["monthly_mean_minutes"]) == ["2019-11", "2019-12", "2020-01"]
        whole = EXPECTED["kpi_1_5"]["monthly_mean_minutes"]
        assert figures["kpi_1_5"]["monthly_mean_minutes"]["2019-11"] == whole["2019-11"]
        assert figures["kpi_1_1_letters"]["in_scope"] < EXPECTED["kpi_1_1_letters"]["in_scope"]

    def test_lists_the_letters_whose_verdict_depends_on_the_reading(self):
        figures, *_ = sample_year()
        changed = figures["kpi_1_1_disputed"]
        assert len(changed) == 473  # as the other program counts them: tests/bangkok/test_plan.py
        assert all(set(verdicts) == set(READINGS) and len(set(verdicts.values())) > 1 for verdicts in changed.values())

    def test_of_an_empty_year_has_no_values_and_says_so(self, tmp_path):
        register = tmp_path / "register.csv"
        register.write_text(as_csv([]), encoding="utf-8")
        done = run(
            ANNUAL, "--register", register, "--json", tmp_path / "figures.json", "--html", tmp_path / "page.html"
        )
        assert (done.returncode, done.stderr) == (0, "")
        figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
        assert figures["kpi_1_5"]["mean_minutes"] is None
        assert figures["kpi_1_1_letters"]["readings"]["hours"]["percent"] is None
        assert "–" in done.stdout

    def test_of_a_register_with_faults_only_still_lists_them(self, tmp_path):
        register = tmp_path / "register.csv"
        register.write_text(as_csv([row(receipt="เช้า[/bold]")] * 40), encoding="utf-8")
        done = run(ANNUAL, "--register", register, "--all", "--language", "en", "--json", tmp_path / "figures.json")
        assert (done.returncode, done.stderr) == (0, "")
        assert "เช้า[/bold]" in done.stdout
        assert "54 more (--json lists all)" in done.stdout
        figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
        assert figures["faults"]["unreadable"] == list(range(2, 42))
        assert figures["faults"]["duplicate"] == list(range(3, 42))
        assert len(figures["fault_details"]) == 79

    def test_names_units_that_the_office_does_not_have(self, tmp_path):
        register = tmp_path / "register.csv"
        register.write_text(as_csv([row(unit="กลุ่มงานเลขานุการ")]), encoding="utf-8")
        told = run(ANNUAL, "--register", register, "--all").stdout.splitlines()
        assert "กลุ่มงานเลขานุการ 1" in [" ".join(line.split()) for line in told]

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("none.csv", None, "no such file"),
            ("empty.csv", b"", "is empty"),
            ("thai.csv", "เลขทะเบียนรับ".encode("cp874"), "is not UTF-8 text"),
            ("book.xlsx", b"PK\x03\x04\x14\x00\x06\x00\xff", "is no whole"),
            ("other.csv", b"a,b,c\n1,2,3\n", "lacks the columns"),
            ("short.csv", as_csv([row()]).replace("วันเวลากลั่นกรอง", "อื่น").encode(), "lacks the column วันเวลากลั่นกรอง"),
        ],
    )
    def test_of_a_file_that_cannot_be_read_says_why_in_one_sentence(self, tmp_path, name, content, words):
        register = tmp_path / name
        if content is not None:
            register.write_bytes(content)
        assert refused(run(ANNUAL, "--register", register, "--json", tmp_path / "figures.json"), name, words)
        assert not (tmp_path / "figures.json").exists()

    def test_of_a_directory_says_so(self, tmp_path):
        assert refused(run(ANNUAL, "--register", tmp_path), "is a directory")

    def test_that_cannot_be_written_says_where(self, tmp_path):
        data, file = year_of(tmp_path, 2563), tmp_path / "none" / "figures.json"
        assert refused(run(ANNUAL, "--data", data, "--json", file), "figures.json", "cannot be written")
        assert refused(run(ANNUAL, "--data", data, "--html", tmp_path), "cannot be written")

    def test_is_never_written_over_the_register(self, tmp_path):
        register = tmp_path / "register.csv"
        register.write_text(as_csv([row()]), encoding="utf-8")
        (tmp_path / "link").symlink_to(register)
        for option, file in (("--json", register), ("--html", register), ("--json", tmp_path / "link")):
            assert refused(run(ANNUAL, "--register", register, option, file), "is the file that was read")
        assert read_register(register).rows == 1

    def test_that_cannot_be_written_whole_leaves_what_was_there(self, tmp_path):
        old = tmp_path / "figures.json"
        old.write_text("old", encoding="utf-8")
        code = (
            "import resource, runpy, signal, sys\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))\n"
            f"sys.argv = ['annual_report', '--json', {str(old)!r}]\n"
            f"runpy.run_path({str(ANNUAL)!r}, run_name='__main__')\n"
        )
        assert refused(run("-c", code), "figures.json", "file too large")
        assert old.read_text(encoding="utf-8") == "old"
        assert [file.name for file in tmp_path.iterdir()] == ["figures.json"]

    def test_that_nobody_reads_to_its_end_is_no_fault(self):
        process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, ANNUAL],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"PYTHONPATH": str(ROOT)},
        )
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
        process.stderr.close()

    def test_that_cannot_be_printed_says_so(self):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(  # noqa: S603 - our own script
                [sys.executable, ANNUAL],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                env={"PYTHONPATH": str(ROOT)},
            )
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
        assert b"cannot be printed (no space left on device)" in done.stderr

    def test_without_the_packages_it_draws_with_says_what_to_install(self, tmp_path):
        (tmp_path / "rich").mkdir()
        (tmp_path / "rich" / "__init__.py").write_text("raise ModuleNotFoundError('no', name='rich')")
        needs = "reports in a terminal need rich; install it with: pip install 'docflow-registry[report]'"
        lacks = "rich is not installed; run: pip install '.[report]'"
        for said, script, *arguments in ((lacks, ANNUAL), (needs, MUNICIPAL, "log.csv")):
            done = run(script, *arguments, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
            assert done.returncode == 2
            assert done.stderr.endswith(f": {said}\n")

    def test_of_a_file_whose_name_is_no_text(self, tmp_path):
        register = os.fsencode(tmp_path) + b"/\xff\x1b[31m\n.csv"
        Path(os.fsdecode(register)).write_text(as_csv([row()]), encoding="utf-8")
        files = ("--json", tmp_path / "figures.json", "--html", tmp_path / "page.html")
        done = run(ANNUAL, "--register", os.fsdecode(register), *files)
        assert (done.returncode, done.stderr) == (0, "")
        assert "\x1b" not in done.stdout
        assert refused(run(ANNUAL, "--register", os.fsdecode(register) + "x"), "no such file")

    def test_does_not_steer_the_terminal(self, tmp_path):
        register = tmp_path / "register.csv"
        evil = "\x1b]0;owned\x07\x1b[2J"
        register.write_text(as_csv([row(receipt=evil), row(number="2/2562", unit=evil)]), encoding="utf-8")
        done = run(ANNUAL, "--register", register, "--html", tmp_path / "page.html")
        assert done.returncode == 0
        assert not {"\x1b", "\x07"} & set(done.stdout + (tmp_path / "page.html").read_text(encoding="utf-8"))

    def test_shows_every_figure_in_a_narrow_terminal(self):
        printed = run(ANNUAL, COLUMNS="20").stdout
        assert all(words in printed for words in ("14.37", "84.62 %", "92.15 %"))

    @pytest.mark.parametrize("columns", ["²", "0", "-5", "", "x", "99999999999"])
    def test_is_printed_whatever_the_terminal_calls_its_width(self, tmp_path, columns):
        data = year_of(tmp_path, 2563)
        done = run(ANNUAL, "--data", data, COLUMNS=columns, LINES=columns)
        assert (done.returncode, done.stderr) == (0, "")
        assert 80 <= max(map(len, done.stdout.splitlines())) <= 400

    def test_of_another_year_prints_that_years_windows(self, tmp_path):
        stamps = {"receipt": "2 พ.ย. 2563 08.35 น.", "taken_over": "02/11/2563 08:42"}
        stamps |= dict.fromkeys(("screened", "summarized", "submitted"), "")
        data = year_of(tmp_path, 2564, row(**stamps))
        page = tmp_path / "page.html"
        done = run(ANNUAL, "--all", "--year", 2564, "--data", data, "--json", tmp_path / "figures.json", "--html", page)
        assert (done.returncode, done.stderr) == (0, "")
        figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
        assert figures["kpi_1_5"]["window"] == ["2020-11-01", "2021-08-31"]
        assert figures["kpi_1_1_letters"]["window"] == ["2020-10-01", "2021-09-30"]
        assert (figures["kpi_1_5"]["in_scope"], figures["kpi_1_5"]["mean_minutes"]["float"]) == (1, 7)
        for shown in (done.stdout, page.read_text(encoding="utf-8")):
            assert "พ.ศ. 2564" in shown
            assert "พ.ย. 2563 – 31 ส.ค. 2564" in shown
            assert not any(words in shown for words in ("พ.ย. 2562", "พ.ศ. 2562", "B.E. 2563", "2019", "2562 –"))

    def test_of_a_year_whose_holidays_are_not_all_announced_says_so(self, tmp_path):
        page = tmp_path / "page.html"
        options = ("--as-of", "2027-01-05T16:30+07:00", "--json", tmp_path / "figures.json", "--html", page)
        data = year_of(tmp_path, 2570)
        thai, english = (
            run(ANNUAL, "--year", 2570, "--data", data, *options, "--language", each) for each in ("th", "en")
        )
        assert (thai.returncode, thai.stderr, english.returncode, english.stderr) == (0, "", 0, "")
        both = page.read_text(encoding="utf-8")
        for shown, words in (
            (thai.stdout + both, "พ.ศ. 2570 ยังประกาศไม่ครบ"),
            (english.stdout + both, "the holidays of 2027 are not all announced"),
        ):
            assert words in " ".join(shown.split())
        assert json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["plan"]["provisional"] == [2027]
        assert "ยังประกาศไม่ครบ" not in sample_year()[1]

    @pytest.mark.parametrize("year", [2020, 2483, 3000, 99999999])
    def test_of_no_year_of_the_buddhist_era_says_so(self, year):
        assert refused(run(ANNUAL, "--year", year), "give the Buddhist era, such as 2563 for 2020")

    @pytest.mark.parametrize("script", [ANNUAL, DESK])
    def test_of_one_file_named_twice_writes_nothing(self, script, tmp_path):
        (tmp_path / "link").symlink_to("page")
        for json_file, html in (
            ("./page", "page"),
            ("page", "link"),
            ("x/../page", "page"),
            (tmp_path / "page", "page"),
        ):
            done = run(script, "--json", json_file, "--html", html, cwd=tmp_path)
            assert (done.returncode, done.stdout) == (2, "")
            assert "--json and --html name one file; give each its own" in done.stderr
        assert [file.name for file in tmp_path.iterdir()] == ["link"]

    def test_says_how_it_is_used_whatever_the_terminal_was_set_to(self):
        for script in SCRIPTS:
            done = run(script, "--help", PYTHONIOENCODING="ascii")
            assert (done.returncode, done.stderr) == (0, "")
            assert "usage:" in done.stdout

    @pytest.mark.parametrize("closed", ["stdout", "stderr"])
    def test_without_an_output_is_no_traceback(self, tmp_path, closed):
        data = year_of(tmp_path, 2563)
        command = f"{sys.executable} {ANNUAL} --data {data} {'>&-' if closed == 'stdout' else '2>&-'}"
        done = subprocess.run(  # noqa: S602 - our own script, whose output only a shell can close
            command, shell=True, capture_output=True, check=False, env={"PYTHONPATH": str(ROOT)}
        )
        assert (done.returncode, done.stderr) == (0, b"")

    def test_is_not_lost_for_one_year_mistyped(self, tmp_path):
        register = tmp_path / "register.csv"
        late = dict.fromkeys(("screened", "summarized", "submitted"), "")
        register.write_text(
            as_csv([row(), row(number="2/2562", taken_over="01/11/2572 09:00", **late)]), encoding="utf-8"
        )
        options = ("--as-of", "01/01/2575 09:00", "--json", tmp_path / "figures.json")
        done = run(ANNUAL, "--register", register, *options)
        assert (done.returncode, done.stderr) == (0, "")
        figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
        assert figures["kpi_1_5"]["measured"] == 1
        ((reason, numbers),) = figures["kpi_1_5_excluded"].items()
        assert "holds the years 2018–2027" in reason
        assert numbers == ["2/2562"]

    def test_as_of_no_moment_says_how_to_write_one(self):
        assert refused(run(ANNUAL, "--as-of", "31/02/2563 16:30"), "31/02/2563", "has no day 31")
        assert refused(run(ANNUAL, "--as-of", "2020-09-30T16:30"), "without an offset")
        assert refused(run(ANNUAL, "--as-of", ""), "is not a date and time")
        assert refused(run(ANNUAL, "--as-of", "0001-01-01T00:00+14:00"), "before 1941")

    def test_says_how_many_letters_lie_outside_its_window(self, tmp_path):
        """They are of a year that the calendar does not hold, as it happens."""
        register = tmp_path / "register.csv"
        late = dict.fromkeys(("taken_over", "screened", "summarized", "submitted"), "")
        register.write_text(as_csv([row(receipt="01/02/2560 09:00", **late)]), encoding="utf-8")
        done = run(ANNUAL, "--register", register, "--all", "--language", "en")
        assert (done.returncode, done.stderr) == (0, "")
        assert "excluded 1: started outside 2019-11-01 – 2020-08-31" in done.stdout
