"""The command: what each part prints, the status it ends with, and one sentence for whatever is wrong."""

import json
import re
import shlex
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta
from io import StringIO
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console
from scripts import DATA, ROOT

from docflow import Letter
from docflow.bangkok import COMPLAINT, INCOMING_EXTERNAL_LETTER
from docflow.bangkok import GENERAL_ADMINISTRATION as ADMINISTRATION
from docflow.bangkok.files import RECEIPT_REGISTER
from docflow.command import main
from docflow.command.options import EXAMPLES
from docflow.command.progress import Steps
from docflow.errors import FileError
from docflow.report.words import ENGLISH, THAI
from docflow.store import Store
from docflow.text import Text

pytestmark = pytest.mark.long

MORNING = datetime(2020, 1, 6, 9, tzinfo=ZoneInfo("Asia/Bangkok"))
READ = ("--data", str(DATA))


def asked(capsys, *arguments, status=0):
    assert main(list(map(str, arguments))) == status
    told = capsys.readouterr()
    return told.out if status == 0 else told.err


@pytest.fixture
def office(tmp_path):
    """A store whose one register has lines of two days."""
    path, day = tmp_path / "office.db", [MORNING]
    with Store.create(path, now=lambda: day[-1]) as store:
        for subject in ("<b>ประชุม</b>", "เปิดตลาด"):
            with store.write(by="สมชาย") as desk:
                desk.receive(Letter(number="", subject=subject), unit=ADMINISTRATION, workflow=INCOMING_EXTERNAL_LETTER)
            day.append(MORNING + timedelta(days=1))
    return path


def examples():
    return [line.strip() for lines in EXAMPLES.values() for line in lines]


def test_the_help_shows_the_examples(capsys):
    for part, lines in EXAMPLES.items():
        told = asked(capsys, *filter(None, [part]), "--help")
        assert [f"  python -m docflow {line}" for line in lines] == told.splitlines()[-len(lines) :]


@pytest.mark.parametrize("line", examples())
@pytest.mark.usefixtures("office")
def test_an_example_runs_as_it_stands(line, tmp_path, monkeypatch, capsys):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    told = asked(capsys, *shlex.split(line))
    assert told.strip()
    for name in re.findall(r"[-\w]+\.(?:md|html|json)\b", line):
        assert (tmp_path / name).stat().st_size > 100
    if "--pictures" in line:
        assert {one.suffix for one in (tmp_path / "slides").iterdir()} == {".svg", ".png"}


@pytest.mark.scripts
def test_it_is_a_module_that_runs(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "docflow", "verify", "none\x1b[2J"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("docflow: none\\x1b[2J: there is no file of this name")


@pytest.mark.scripts
def test_who_imports_docflow_imports_neither_the_command_nor_what_draws():
    names = ("docflow.command", "docflow.report", "rich")
    code = f"import sys, docflow; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8", env={"PYTHONPATH": str(ROOT)}
    )
    assert done.stdout == "[]\n"


BAD = {
    "nothing asked": ((), "PART"),
    "no such part": (("repot",), "invalid choice: 'repot'"),
    "a mark that steers": (("report", "--x\x1b[2J"), "\\x1b[2J"),
    "no folder": (("report", "--data", "none"), "none"),
    "a folder that is a file": (("report", "--data", "file"), "file"),
    "an empty folder": (("report", "--data", "."), "register-2563.csv"),
    "a year of the common era": (("report", *READ, "--year", "2020"), "give the Buddhist era"),
    "no year": (("report", *READ, "--year", "x"), "invalid int value: 'x'"),
    "a year of many digits": (("report", *READ, "--year", "9" * 5000), "invalid int value"),
    "no moment": (("report", *READ, "--as-of", "soon"), "soon"),
    "an empty moment": (("report", *READ, "--as-of", ""), "is not a date"),
    "a moment of a year to come": (("report", *READ, "--as-of", "1/1/9999 10:00"), ""),
    "a register that is a folder": (("report", *READ, "--register", "."), "is a directory"),
    "a register with a NUL": (("report", *READ, "--register", "a\0b"), ""),
    "one file for two": (("report", *READ, "--json", "x", "--html", "./x"), "name one file"),
    "over what was read": (
        ("report", *READ, "--markdown", str(DATA / "register-2563.csv")),
        "is the file that was read",
    ),
    "no such language": (("report", *READ, "--language", "fr"), "invalid choice: 'fr'"),
    "no received": (("deadline",), "--received"),
    "no such day": (("deadline", "--received", "31/2/2563 10:00"), "has no day 31"),
    "a stop before its start": (
        ("deadline", "--received", "7/11/2562 10:00", "--as-of", "6/11/2562 10:00"),
        "--as-of is before --rec",
    ),
    "a stop before its receipt": (
        ("deadline", "--received", "7/11/2562 10:00", "--submitted", "6/11/2562 10:00"),
        "--submitted is before --received",
    ),
    "outside the calendar": (("deadline", "--received", "1/2/2580 10:00"), "2018–2027"),
    "half a wait": (("deadline", "--received", "7/11/2562 10:00", "--waiting", "7/11/2562 10:00"), "expected 2"),
    "no such knowledge": (("deadline", "--received", "7/11/2562 10:00", "--known-on", "x"), "x"),
    "no such letter": (("explain", "1/1", *READ), "no row that can be read is of the letter '1/1'"),
    "a long number": (("explain", "9" * 5000, *READ), f"no row that can be read is of the letter '{'9' * 59}…'"),
    "a number that steers": (("explain", "\x1b[2J", *READ), "\\x1b[2J"),
    "no store": (("verify", "none.db"), "there is no file of this name"),
    "a store that is a text": (("verify", "file"), "file"),
    "a store that is a folder": (("verify", "."), "."),
    "a store with a NUL": (("verify", "a\0b"), ""),
    "no server": (("verify", "postgresql://nobody@127.0.0.1:1/none"), "127.0.0.1"),
    "no URL": (("verify", "postgresql://["), ""),
    "no database known": (("verify", "mysql://x/y"), ""),
    "a hash of no page": (("verify", "office.db", "--printed", "xyz"), "xyz"),
    "a page of no store": (("page", "none.db"), "there is no file of this name"),
    "a page of no unit": (("page", "office.db", "--unit", "x"), "no receipt register of x"),
    "a page of no direction": (
        ("page", "office.db", "--direction", "sending"),
        f"it has no sending register; its registers: receipt of {ADMINISTRATION}",
    ),
    "a page of no day": (("page", "office.db", "--day", "1/1/2563"), "nothing was registered on 1 ม.ค. 2563"),
    "a page of a day that is none": (("page", "office.db", "--day", "x"), "x"),
    "a page of no width": (("page", "office.db", "--width", "x"), "from 60 on"),
    "a page of less than no width": (("page", "office.db", "--width", "-3"), "from 60 on"),
    "a page too narrow to be read": (("page", "office.db", "--width", "59"), "from 60 on"),
    "a page of a width of many digits": (("page", "office.db", "--width", "9" * 5000), "from 60 on"),
    "a schema of a file": (("verify", "office.db", "--schema", "x"), "--schema is for a store in PostgreSQL"),
    "a result that would mix": (("report", *READ, "--json", "-"), '"-" is no file'),
    "a folder that is not there": (("report", *READ, "--json", "p1.json", "--workbook", "nodir/x.xlsx"), "nodir"),
    "a workbook that is a folder": (("report", *READ, "--json", "p1.json", "--workbook", "."), "name another file"),
    "pictures in a file": (("report", *READ, "--html", "p1.html", "--pictures", "file"), "name another folder"),
    "pictures below a file": (("report", *READ, "--html", "p1.html", "--pictures", "file/a/b"), "name another folder"),
    "a workbook on a device": (("report", *READ, "--json", "p1.json", "--workbook", "/dev/null"), "is no file"),
    "a store that is not there": (("report", *READ, "--store", "none.db"), "there is no file of this name"),
    "a store and a file": (("report", *READ, "--store", "office.db", "--register", "file"), "leave one out"),
    "a unit of no store": (("report", *READ, "--unit", "x"), "--unit is for letters of a store"),
    "a schema of no store": (("explain", "1/2563", *READ, "--schema", "x"), "--schema is for letters of a store"),
    "a schema of a store's file": (
        ("explain", "1/2563", "--store", "office.db", "--schema", "x"),
        "--schema is for a store in PostgreSQL",
    ),
    "a unit that the store does not have": (
        ("explain", "1/2563", "--store", "office.db", "--unit", "x"),
        f"no receipt register of x; name one with --unit: {ADMINISTRATION}",
    ),
    "a letter that the store does not have": (
        ("explain", "9/2563", "--store", "office.db"),
        "it has no letter from outside of the number '9/2563'",
    ),
    "over the store": (("report", *READ, "--store", "office.db", "--json", "office.db"), "is the file that was read"),
    "a page over the store": (("page", "office.db", "--html", "office.db"), "is the file that was read"),
}


@pytest.mark.parametrize("name", BAD)
def test_whatever_is_wrong_is_told_in_a_sentence(name, tmp_path, office, monkeypatch, capsys):
    arguments, word = BAD[name]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("no store", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    status = main(list(arguments))
    told = capsys.readouterr()
    if word:
        assert status == 2
    assert status in (0, 2)
    if status:
        assert told.out == ""
        *usage, sentence = told.err.splitlines()
        assert not usage or usage[0].startswith("usage: python -m docflow"), "one sentence, on one line"
        assert word in sentence
        assert len(sentence) < 700
    assert "\x1b" not in told.out + told.err
    assert sorted(tmp_path.iterdir()) == before
    assert office.exists()


def test_a_report_is_in_thai_unless_another_language_is_asked_for(capsys):
    thai, english = (asked(capsys, "report", *READ, *more) for more in ((), ("--language", "en")))
    assert "บรรลุ" in thai
    assert not any("\u0e00" <= mark <= "\u0e7f" for mark in english)
    assert "๑๔.๓๗" in asked(capsys, "report", *READ, "--digits", "thai")


def test_a_report_is_a_summary_and_all_of_it_with_all(capsys):
    short, long = (asked(capsys, "report", *READ, "--language", "en", *more) for more in ((), ("--all",)))
    assert len(short.splitlines()) < 70 < len(long.splitlines())
    assert "--all" in short
    assert "31/02/2563 10:00" in long
    assert "31/02/2563 10:00" not in short


def test_a_letter_is_explained_in_each_indicator_that_reads_letters(capsys):
    told = asked(capsys, "explain", "๘๗๓๙/ ๒๕๖๒", *READ, "--language", "en").splitlines()
    assert told[0].startswith("8739/2562 · ")
    assert told[3] == "1.1 A External letters screened and submitted within 2 working days"
    assert told[4] == "  counted · 14 h 41 min of office time used · due 2019-10-08 16:30"
    assert "  2019-10-05 Sat  –  Saturday" in told
    assert "  stopped 2019-10-08 09:20: within the limit" in told
    assert "  excluded · started outside 2019-11-01 – 2020-08-31" in told


def test_why_a_letter_took_its_time_is_told_in_thai(capsys):
    told = asked(capsys, "explain", "9153/2562", *READ)
    assert "  28 พ.ย. 2562  08.30–16.30  8 ชั่วโมง\n" in told
    assert "  30 พ.ย. 2562  –  วันหยุดประจำสัปดาห์\n" in told
    assert not any(word in told for word in ("Saturday", " from ", "counted", "more", " h "))


def test_a_letter_that_lay_for_months_is_not_told_day_by_day_in_full(capsys):
    told = asked(capsys, "explain", "9153/2562", *READ, "--language", "en").splitlines()
    assert sum(line.startswith("  2") for line in told) < 20
    assert any(re.fullmatch(r"  … \d+ more lines", line) for line in told)
    assert told[-1] == "  as above", "what was told of one indicator is not told again of the next"


def test_a_store_is_proven_and_what_was_altered_ends_with_one(capsys, office):
    assert asked(capsys, "verify", office).endswith("all as they were written\n")
    printed = re.search(r"head (\w+)", asked(capsys, "verify", office))[1]
    assert asked(capsys, "verify", office, "--printed", printed)
    assert main(["verify", str(office), "--printed", "0" * 64]) == 1
    before = office.read_bytes()
    place = before.index("เปิดตลาด".encode())
    office.write_bytes(before[:place] + "ปิดตลาดก".encode() + before[place + 24 :])
    assert main(["verify", str(office)]) == 1
    assert "not as they were written" in capsys.readouterr().out


def test_a_page_of_what_was_altered_is_not_printed_as_a_genuine_one(capsys, office, tmp_path):
    before = office.read_bytes()
    place = before.index("เปิดตลาด".encode())
    office.write_bytes(before[:place] + "ปิดตลาดก".encode() + before[place + 24 :])
    told = asked(capsys, "page", office, "--html", tmp_path / "page.html", status=2)
    assert re.search(r"is not as it was written \(record \d+: .*\).*; ask verify", told)
    assert not (tmp_path / "page.html").exists()
    office.write_bytes(before[:4096] + b"\xff" * (len(before) - 4096))
    assert "is damaged" in asked(capsys, "page", office, status=2)


def test_a_store_without_its_guards_ends_with_one_and_says_so(capsys, office):
    database = sqlite3.connect(office)
    database.execute("DROP TRIGGER record_stays")
    database.close()
    assert main(["verify", str(office)]) == 1
    told = capsys.readouterr().out
    assert "all as they were written, but the database does not refuse every change any more (record_stays)" in told
    assert "as it was written and refuses every change: 0 when so, 1 when not" in " ".join(
        asked(capsys, "--help").split()
    )
    assert "it does not refuse every change any more (record_stays)" in asked(capsys, "page", office, status=2)


def test_what_is_left_of_a_deadline_is_not_called_office_time_for_hours_of_the_clock(capsys):
    for language, heading in (("th", "เวลาที่เหลือ"), ("en", "time left")):
        told = asked(capsys, "deadline", "--received", "1/11/2562 16:20", "--language", language)
        assert told.splitlines()[1].endswith(f"  {heading}")


@pytest.mark.usefixtures("office")
def test_pictures_are_written_before_all_else(tmp_path, monkeypatch, capsys):
    def stumble(*_, **__):
        raise FileError("slides", "the disk is full")

    monkeypatch.setattr("docflow.command.annual.write_pictures", stumble)
    names = ("a.json", "a.html", "a.md", "a.xlsx")
    options = zip(("--json", "--html", "--markdown", "--workbook"), (tmp_path / one for one in names), strict=True)
    pictures = ("--pictures", tmp_path / "slides")
    asked(capsys, "report", *READ, *(one for pair in options for one in pair), *pictures, status=2)
    assert [one.name for one in tmp_path.iterdir()] == ["office.db"]


def test_a_page_is_that_of_the_last_day_unless_another_is_asked_for(capsys, office, tmp_path):
    last = asked(capsys, "page", office)
    assert "7 มกราคม 2563" in last
    assert "เปิดตลาด" in last
    assert re.search(r"\n\d+ records, head \w{64}\n$", last)
    first = asked(capsys, "page", office, "--day", "2020-01-06", "--digits", "thai", "--html", tmp_path / "page.html")
    assert "๖ มกราคม ๒๕๖๓" in first
    assert "<td>&lt;b&gt;ประชุม&lt;/b&gt;</td>" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert max(map(len, asked(capsys, "page", office, "--width", 60).splitlines()[:-1])) < 90


def test_a_store_with_several_registers_is_asked_for_one(capsys, office):
    with Store.open(office) as store, store.write(by="สมชาย") as desk:
        desk.receive(Letter(number=""), unit="Other", workflow=INCOMING_EXTERNAL_LETTER)
    assert f"--unit: {ADMINISTRATION}, Other" in asked(capsys, "page", office, status=2)
    assert "Other" in asked(capsys, "page", office, "--unit", "Other")


STEPS = {"hand_over": 5, "screen": 35, "summarize": 65, "submit": 125}
"""The steps of a letter, in minutes since it came."""


@pytest.fixture
def twice(tmp_path):
    """The same letters in a store and in a register's file; the store has others too, of which no file tells."""
    stamps = ["วันเวลารับ (ฝ่ายบริหารงานทั่วไป)", "วันเวลารับ (ส่วนราชการ)", *list(RECEIPT_REGISTER.stamps)[2:]]
    now, rows = [MORNING], []
    path, file = tmp_path / "letters.db", tmp_path / "letters.csv"
    with Store.create(path, now=lambda: now[0]) as store:
        for n, steps in enumerate((4, 2, 0), 1):
            begun = now[0] = MORNING + timedelta(days=n)
            with store.write(by="สมชาย") as desk:
                letter = Letter(number="", subject=f"เรื่องที่ {n}", sender="กระทรวงมหาดไทย")
                number = desk.receive(letter, unit=ADMINISTRATION, workflow=INCOMING_EXTERNAL_LETTER).number
            for trigger, minutes in list(STEPS.items())[:steps]:
                now[0] = begun + timedelta(minutes=minutes)
                with store.write(by="สมชาย") as desk:
                    desk.apply(number, trigger)
            at = [begun, *(begun + timedelta(minutes=minutes) for minutes in list(STEPS.values())[:steps])]
            said = dict(zip(stamps, (one.isoformat() for one in at), strict=False))
            by_field = {"number": str(number), "subject": letter.subject, "sender": letter.sender}
            cells = {column: by_field.get(str(holds), "") for column, holds in RECEIPT_REGISTER.columns.items()} | said
            rows.append(",".join(cells[column] for column in RECEIPT_REGISTER.columns))
        with store.write(by="สมชาย") as desk:
            desk.receive(Letter(number=""), unit="Other", workflow=INCOMING_EXTERNAL_LETTER)
            desk.receive(Letter(number=""), unit=ADMINISTRATION, workflow=COMPLAINT)
            desk.send(Letter(number=""), unit=ADMINISTRATION)
    file.write_text("\n".join((",".join(RECEIPT_REGISTER.columns), *rows)) + "\n", encoding="utf-8")
    return ("--register", file), ("--store", path, "--unit", ADMINISTRATION)


def test_a_store_is_reported_on_as_the_same_letters_in_a_file_are(capsys, twice, tmp_path):
    figures = []
    for n, source in enumerate(twice):
        path = tmp_path / f"{n}.json"
        asked(capsys, "report", *READ, *source, "--json", path)
        figures.append(json.loads(path.read_text(encoding="utf-8")))
    of_file, of_store = figures
    assert (of_file.pop("register"), of_store.pop("register")) == ("letters.csv", "letters.db")
    assert of_file["record_rows"].pop("letters.csv") == of_store["record_rows"].pop("letters.db") == 3
    assert of_file == of_store
    assert (of_store["rows"], of_store["kpi_1_5"]["measured"]) == (3, 2), "the others are no letters of this register"


def test_a_letter_of_a_store_is_explained_as_that_of_a_file_is(capsys, twice):
    for number in ("1/2563", "๒/๒๕๖๓"):
        of_file, of_store = (asked(capsys, "explain", number, *source, "--language", "en") for source in twice)
        assert of_file == of_store
        assert len(of_file.splitlines()) > 8


def test_a_store_that_is_reported_on_is_as_it_was(capsys, twice):
    place = twice[1][1]
    before = place.read_bytes()
    place.chmod(0o444)
    asked(capsys, "report", *READ, *twice[1])
    asked(capsys, "explain", "1/2563", *twice[1])
    assert place.read_bytes() == before
    assert asked(capsys, "verify", place).endswith("all as they were written\n")


def test_of_a_store_with_several_registers_a_report_asks_for_one(capsys, twice):
    told = asked(capsys, "report", *READ, *twice[1][:2], status=2)
    assert told.endswith(f"several receipt registers; name one with --unit: {ADMINISTRATION}, Other\n")


@pytest.mark.parametrize(
    ("part", "module", "needed"), [("report", "rich", "report"), ("verify", "sqlalchemy", "store")]
)
def test_a_package_that_is_not_installed_is_told_with_the_way_to_install_it(part, module, needed, monkeypatch, capsys):
    loaded = (module, "docflow.command.", "docflow.store")
    for name in [name for name in sys.modules if name.startswith(loaded)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    arguments = {"report": READ, "verify": ("x.db",)}[part]
    assert main([part, *arguments], name="mine") == 2
    said = rf"mine: .*{module}[\w.]*,? (which )?is not installed; run: pip install '[-.\w]+\[{needed}\]'\n"
    assert re.fullmatch(said, capsys.readouterr().err, re.IGNORECASE)


def test_without_what_the_command_itself_needs_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.delitem(sys.modules, "docflow.command.commands")
    monkeypatch.setitem(sys.modules, "docflow.command.options", None)
    assert main(["verify", "x.db"], name="mine") == 2
    assert "is not installed; run: pip install '.[report]'" in capsys.readouterr().err


def test_completion_is_printed_by_shtab_or_the_way_to_have_it(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert "pip install '.[completion]'" in asked(capsys, "--print-completion", "bash", status=2)
    monkeypatch.setitem(sys.modules, "shtab", SimpleNamespace(complete=lambda parser, shell: f"{parser.prog} {shell}"))
    assert asked(capsys, "--print-completion", "zsh") == "docflow zsh\n"


class TestProgress:
    def watch(self, voice, path, *, terminal=True):
        console = Console(force_terminal=terminal, record=True, width=80, file=StringIO())
        with Steps(voice, console) as steps:
            steps.begin(Text("อ่านแฟ้ม", "reading"))
            assert list(steps.rows(path)([1, 2])) == [1, 2]
            steps.begin(Text("คำนวณ", "evaluating"))
        return console.export_text()

    def test_each_step_is_named_in_the_language_of_the_report(self, tmp_path, monkeypatch):
        monkeypatch.setattr("docflow.command.progress.LONG_FILE", 0)
        (tmp_path / "in.csv").write_text("No\n1\n2\n", encoding="utf-8")
        assert "evaluating" in self.watch(ENGLISH, tmp_path / "in.csv")
        assert "คำนวณ" in self.watch(THAI, tmp_path / "in.csv")

    def test_nobody_is_shown_anything_where_nobody_looks(self, tmp_path):
        assert self.watch(ENGLISH, tmp_path / "none.csv", terminal=False).strip() == ""

    def test_a_file_that_is_not_there_is_left_to_its_reader(self, tmp_path):
        assert "evaluating" in self.watch(ENGLISH, tmp_path / "none.csv")
