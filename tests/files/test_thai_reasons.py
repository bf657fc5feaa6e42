"""What a report says in Thai of what is wrong with a row: every reason has Thai words, and the English ones stay."""

import ast
import csv
import re
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import frozen
import pytest
from hypothesis import given
from hypothesis import strategies as st

import docflow
from docflow.bangkok.files import read_records, read_register
from docflow.errors import DateTextError
from docflow.files import Dates, Fault, Line, Row
from docflow.files.histories import PlacedRow
from docflow.files.spellings import spelled
from docflow.files.thai_reasons import in_thai
from docflow.files.written_times import read_time
from docflow.iso import parse_iso, parse_iso_date
from docflow.registry.grades import parse_urgency
from docflow.report.quality import faults_grid
from docflow.text import Text
from docflow.thai import parse_date, parse_datetime

LEADS = ("อ่านไม่ได้: ", "โปรดตรวจสอบ: ")
"""What stands before a reason that is English only."""
ROOT = Path(docflow.__file__).parent
LONDON = ZoneInfo("Europe/London")
PLACE = re.compile(r"\{(\w*)\}")
PYTHONS = ("unexpected end", "expected after", "field larger", "line contains")
"""What Python's csv says, of which docflow makes no words."""


def table():
    with (ROOT / "files" / "reasons.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


SENTENCES = [row for row in table() if row["kind"] == "reason"]
ENGLISH = [row["english"] for row in SENTENCES]


def filled(sentence, particulars):
    """A sentence with particulars in its places, one after the other."""
    given_ones = iter(particulars)
    return PLACE.sub(lambda _: next(given_ones), sentence)


@pytest.mark.parametrize("row", SENTENCES, ids=ENGLISH)
def test_a_sentence_of_the_table_is_found_with_its_particulars_and_no_other_takes_its_place(row):
    places = PLACE.findall(row["english"])
    inner = ("is over 100 percent; correct it", "เกินร้อยละ 100; โปรดแก้ไข")
    told = [inner if place == "reason" else (f"<{n}>", f"<{n}>") for n, place in enumerate(places)]
    english, thai = (filled(row[column], [one[n] for one in told]) for n, column in enumerate(("english", "thai")))
    assert in_thai(english, "unreadable") == thai


def test_every_sentence_is_thai_has_the_same_places_and_stands_once():
    rows = table()
    assert len({(row["kind"], row["english"]) for row in rows}) == len(rows)
    for row in rows:
        assert len(PLACE.findall(row["english"])) == row["thai"].count("{}"), row
        assert re.search("[ก-๙]", row["thai"]), row


def test_no_sentence_of_the_table_is_said_by_nobody():
    """A reason whose English words change would be English in a Thai report; its line of the table is then stale."""
    said = set()
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    sources = "\n".join(said)
    for row in table():
        for piece in re.split(r"\{\w*\}|[;,] |[():]", row["english"]):
            words = piece.strip(" ',.+?")
            if len(words) > 3 and not words.startswith(PYTHONS):
                assert words in sources, row["english"]


@pytest.mark.parametrize("damage", [frozen.damaged_cells, frozen.damaged_rows])
def test_every_fault_of_damaged_files_is_told_in_thai(damage, tmp_path):
    folder = Path(shutil.copytree(frozen.SAMPLE, tmp_path / "year"))
    for path in sorted(folder.glob("*.csv")):
        damage(path)
    year, register = read_records(folder), read_register(folder / frozen.REGISTER)
    by_file = [*year.faults.values(), *year.notes.values(), register.faults, register.notes]
    faults = [fault for several in by_file for fault in several]
    assert len(faults) > 300
    for fault in faults:
        assert fault.words.en == fault.reason
        assert not fault.words.th.startswith(LEADS)
        assert not re.search("enter|write|correct|check", fault.words.th.replace(fault.text, ""))


READERS = {
    "Thai day": parse_date,
    "Thai moment": parse_datetime,
    "ISO day": parse_iso_date,
    "ISO moment": parse_iso,
    "ISO moment there": lambda text: parse_iso(text, LONDON),
    "urgency": parse_urgency,
    "time of a log": lambda text: read_time(text, LONDON),
    "spelled moment": spelled(LONDON, ["%d/%m/%Y %H:%M"], ["%d/%m/%Y"], era="buddhist").moment,
    "spelled day": spelled(LONDON, ["%d/%m/%Y %H:%M"], ["%d/%m/%Y"], era="buddhist").day,
}
WRONG = [
    "", "soon", "2026-07-01", "2026-07-01 09:00", "2569-07-01 09:00", "1900-07-01 09:00", "2026-02-30 09:00",
    "2026-03-29 01:30", "2026-07-01 09:00:00.1234567", "2026-07-01T09:00:00+01:00[Mars/Olympus]",
    "2026-07-01T09:00:00+03:00[Europe/London]", "31/02/2563", "31/02/2563 09:00", "1/13/2563", "1 มค 2563 09.00 น.",
    "1/10/2020", "1/10/2400 09:00", "1/10/3100", "1/10/2563 24:61", "1/๑๐/2563 09:00", "29/03/2569 01:30", "ด่วนจัง",
    "2456-12-31T23:59:00-12:00",
]  # fmt: skip
BITS = [
    "0",
    "1",
    "12",
    "31",
    "2026",
    "2563",
    "1900",
    "9",
    "/",
    "-",
    ":",
    ".",
    " ",
    "T",
    "Z",
    "+07:00",
    "ม.ค.",
    "๑๒",
    "x",
]


def refusals(text):
    """What each reader finds wrong with a text."""
    for read in READERS.values():
        try:
            read(text)
        except DateTextError as error:
            yield error.problem


@pytest.mark.parametrize("text", [*WRONG, 7])
def test_what_is_wrong_with_a_date_is_told_in_thai(text):
    problems = (
        [*refusals(text)]
        if isinstance(text, str)
        else ["is no text; leave out what has none, and give a date as it is written"]
    )
    for problem in problems:
        assert not in_thai(problem, "unreadable").startswith(LEADS)


@given(st.lists(st.sampled_from(BITS), max_size=9).map("".join))
def test_whatever_readers_of_dates_refuse_is_told_in_thai(text):
    for problem in refusals(text):
        assert not in_thai(problem, "unreadable").startswith(LEADS)


def test_what_the_table_does_not_have_stays_english_behind_a_thai_word():
    assert Fault(2, "Received", "unreadable", "week 54 is none").words.th == "อ่านไม่ได้: week 54 is none"
    assert Fault(2, "Received", "doubtful", "week 54 is none").words.th == "โปรดตรวจสอบ: week 54 is none"


def test_particulars_that_are_words_are_thai_too():
    assert in_thai("is empty; enter its number", "unreadable") == "ว่าง; โปรดกรอก เลขของรายการ"
    assert in_thai("may be 5/2562 or 5/2563; write the year too", "unknown") == "อาจเป็น 5/2562 หรือ 5/2563; โปรดเขียนปีด้วย"


def test_a_list_of_many_is_told_in_thai_too():
    choices = [f"plan {n}" for n in range(150)]
    said = in_thai(f"is empty; enter {' or '.join(choices)}", "unreadable")
    assert said == f"ว่าง; โปรดกรอก {' หรือ '.join(choices)}"


@pytest.mark.parametrize("again", [", ", " (event ", "it is a; from here: ", " has no day ", " is refused: "])
def test_a_reason_that_somebody_filled_a_cell_for_is_not_looked_up(again):
    long = f"is before {again * 30_000}"
    assert in_thai(long, "unreadable") == f"อ่านไม่ได้: {long}"
    assert in_thai(f"is refused: {again * 80}", "unreadable").startswith(LEADS)


def test_a_reason_with_its_place_stays_english_when_the_reason_does():
    assert in_thai("week 54 is none (event e7)", "unreadable") == "อ่านไม่ได้: week 54 is none (event e7)"


def test_an_office_says_its_own_reasons_in_both_languages():
    line = Line(Row(2, {"No": "7", "Floor": ""}), Dates(zone=LONDON), used={})
    line.fault("No", "unknown", Text("ไม่มีในสมุด", "is in no book"))
    line.needed("Floor", Text("ชั้นของอาคาร", "the floor"))
    own, empty = line.faults
    assert (own.reason, own.words.th) == ("is in no book", "ไม่มีในสมุด")
    assert (empty.reason, empty.words.th) == ("is empty; enter the floor", "ว่าง; โปรดกรอก ชั้นของอาคาร")
    assert own == Fault(2, "No", "unknown", "is in no book", "7")


def test_a_place_of_a_log_is_told_with_a_reason_in_either_language():
    row = PlacedRow(3, {}, place="event e7")
    assert row.fault_at("case", "unreadable", "is over 100 percent; correct it").words.th == (
        "เกินร้อยละ 100; โปรดแก้ไข (เหตุการณ์ e7)"
    )
    assert row.fault_at("case", "unknown", Text("ไม่มี", "is none")).words == Text("ไม่มี (event e7)", "is none (event e7)")


def test_a_thai_report_shows_the_thai_reason():
    grid = faults_grid([Fault(4, "ลงวันที่", "unreadable", "there is no month 13; dates are written day, month, year")])
    (row,) = grid.rows
    assert (
        Text("ไม่มีเดือนที่ 13; วันที่เขียนเป็น วัน/เดือน/ปี", "there is no month 13; dates are written day, month, year")
        in row.cells
    )
