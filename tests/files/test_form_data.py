"""A register's form as data, and spellings of dates as patterns; what is wrong with either is told."""

import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from registers import as_csv, row

from docflow import Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.bangkok.files import RECEIPT_REGISTER
from docflow.errors import DateTextError, FileError, FormError
from docflow.files import Dates, RegisterForm, Stamp, form_of, read_form, read_register, spelled
from docflow.files.spellings import Spelling
from docflow.instants import instant
from docflow.letters import Origin
from docflow.thai import format_date, format_datetime

BANGKOK, LONDON = ZoneInfo("Asia/Bangkok"), ZoneInfo("Europe/London")
LOAN = Workflow("loan", initial="out", transitions=[Transition("return", "out", "back")])
DESK = {
    "columns": {"No": "number", "In": {"step": "receive"}},
    "dates": {"zone": "Europe/London"},
}
TOML = """
running = "1/2563"
complete = true
delimiter = ";"
encoding = "windows-874"

[dates]
zone = "Asia/Bangkok"
moments = ["%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M น."]
days = "%d/%m/%Y"
era = "buddhist"

[columns]
"เลข" = "number"
"เรื่อง" = "subject"
"รับ" = { step = "receive", unit = "Registry" }
"หน่วย" = "unit"
"คืน" = { step = "return", unit_in = "หน่วย" }
"ความเร็ว" = { reader = "urgency" }

[required]
"เรื่อง" = "the subject"

[always]
origin = "internal"
"""


def urgency(text):
    return {"urgency": text}


def test_a_form_in_a_file_reads_the_register_that_it_describes(tmp_path):
    (tmp_path / "form.toml").write_text(TOML, encoding="utf-8")
    form = read_form(tmp_path / "form.toml", readers={"urgency": urgency})
    text = (
        "เลข;เรื่อง;รับ;หน่วย;คืน;ความเร็ว\n"
        "1/2563;ป้าย;๒/๑/๒๕๖๓ ๐๙.๑๒ น.;กอง;03/01/2563 10:00;urgent\n"
        "2/2563;;02/01/2563 09:15;;;\n"
    )
    (tmp_path / "register.csv").write_bytes(text.encode("cp874"))
    read = read_register(tmp_path / "register.csv", form, LOAN)
    (case,) = read.cases
    assert [(step.state, step.at, step.unit) for step in case.history] == [
        ("out", datetime(2020, 1, 2, 9, 12, tzinfo=BANGKOK), "Registry"),
        ("back", datetime(2020, 1, 3, 10, 0, tzinfo=BANGKOK), "กอง"),
    ]
    assert (case.number, case.letter.subject, case.letter.origin) == ("1/2563", "ป้าย", Origin.INTERNAL)
    assert [(fault.row, fault.column, fault.reason) for fault in read.faults] == [
        (3, "เรื่อง", "is empty; enter the subject")
    ]


def test_the_offices_own_form_can_be_written_down(tmp_path):
    columns = {
        column: {"step": holds.trigger}
        | ({"unit": holds.unit} if holds.unit else {})
        | ({"unit_in": holds.unit_in} if holds.unit_in else {})
        if isinstance(holds, Stamp)
        else holds
        if isinstance(holds, str)
        else {"reader": "urgency"}
        for column, holds in RECEIPT_REGISTER.columns.items()
    }
    reader = next(holds for holds in RECEIPT_REGISTER.columns.values() if callable(holds))
    data = {"columns": columns, "dates": "thai", "running": "8395/2562", "complete": True}
    (tmp_path / "form.json").write_text(json.dumps(data), encoding="utf-8")
    form = read_form(tmp_path / "form.json", dates={"thai": RECEIPT_REGISTER.dates}, readers={"urgency": reader})
    assert form == RECEIPT_REGISTER
    (tmp_path / "register.csv").write_text(as_csv([row()]), encoding="utf-8", newline="")
    one, other = (
        read_register(tmp_path / "register.csv", each, INCOMING_EXTERNAL_LETTER) for each in (form, RECEIPT_REGISTER)
    )
    assert one == other


def test_what_is_left_out_is_as_in_a_form():
    form = form_of(DESK)
    made = RegisterForm({"No": "number", "In": Stamp("receive")}, dates=form.dates)
    assert form == made
    assert form.dates.moment("2026-07-01 09:00") == datetime(2026, 7, 1, 9, tzinfo=LONDON)


def changed(**keys):
    return {key: value for key, value in (DESK | keys).items() if value is not None}


def column(holds):
    return changed(columns=DESK["columns"] | {"About": holds})


def dates(**keys):
    return changed(dates=DESK["dates"] | keys)


@pytest.mark.parametrize(
    ("data", "key", "said"),
    [
        (5, "form", "is 5, which is no table of keys and values"),
        (changed(columns=None), "columns", "is no table; give the columns with what each holds"),
        (changed(columns=["No"]), "columns", "is no table"),
        (changed(columns={"No": "number"}), "columns", "no column is stamped"),
        (changed(columns={"In": {"step": "receive"}}), "columns", "0 columns hold the number"),
        (changed(colums={}), "colums", "is no key here; did you mean 'columns'?"),
        (changed(zzz=1), "zzz", "is no key here; choose columns, dates, required"),
        ({**DESK, 5: 1}, "form", "has the key 5; write keys as text"),
        (column("subjekt"), "columns.About", "holds 'subjekt', which is no field of a letter; did you mean 'subject'?"),
        (column("zzz"), "columns.About", "which is no field of a letter; choose number, reference"),
        (column(5), "columns.About", "is 5, which is no table of keys and values"),
        (column({}), "columns.About", "says neither which step it stamps nor which reader reads it"),
        (column({"unit": "x"}), "columns.About", "says neither which step"),
        (column({"step": "return", "reader": "x"}), "columns.About", "says neither which step"),
        (column({"step": ""}), "columns.About", "is no step"),
        (column({"step": 5}), "columns.About.step", "is 5; write a text in quotation marks"),
        (column({"stp": "return"}), "columns.About.stp", "is no key here; did you mean 'step'?"),
        (column({"step": "return", "unit": "x", "unit_in": "No"}), "columns.About", "give one of the two"),
        (column({"step": "return", "unit_in": "Team"}), "columns", "'Team' is no column of the form"),
        (
            column({"reader": "x"}),
            "columns.About.reader",
            "names 'x', and nothing is given under that name; give it when",
        ),
        (column({"reader": 5}), "columns.About.reader", "is 5; write a text"),
        (changed(dates=None), "dates", "is missing; give at least the zone"),
        (
            changed(dates="thai"),
            "dates",
            "names 'thai', and nothing is given under that name; give it when the form is",
        ),
        (changed(dates=5), "dates", "is 5, which is no table"),
        (changed(dates={}), "dates.zone", "is missing; give the zone"),
        (dates(zone="Atlantis"), "dates.zone", "is 'Atlantis', and no zone is called so"),
        (dates(zone="../../etc/passwd"), "dates.zone", "no zone is called so"),
        (dates(zone=7), "dates.zone", "is 7; write a text"),
        (dates(era="reiwa"), "dates.era", "is 'reiwa'; choose common or buddhist"),
        (dates(era=5), "dates.era", "is 5; write a text"),
        (dates(moments="%d/%m/%y %H:%M"), "dates.moments", "has %y, which is not read here; use %d, %m, %Y"),
        (dates(moments="%d/%m/%Y"), "dates.moments", "has no time of day, as a moment has"),
        (dates(moments="%d/%m/%Y %H"), "dates.moments", "names no whole time"),
        (dates(moments="%d/%m/%Y %d %H:%M"), "dates.moments", "names no whole day, or a part of it twice"),
        (dates(moments=[]), "dates.moments", "is []; write a pattern"),
        (dates(moments=[5]), "dates.moments", "is 5; write a text"),
        (dates(days="%d/%m/%Y %H:%M"), "dates.days", "has a time of day, as no day has"),
        (dates(days="tomorrow"), "dates.days", "names no whole day"),
        (dates(days="%d/%m/%Y%"), "dates.days", "has %, which is not read here"),
        (changed(required={"Abuot": "x"}), "required", "is no column of the form with a field of the letter"),
        (changed(required="About"), "required", "is 'About', which is no table"),
        (changed(always={"zed": 1}), "always", "is no field of a letter"),
        (changed(always={"secrecy": "hush"}), "always", "'hush' is no secrecy"),
        (changed(always={"subject": 5}), "always", "is no text"),
        (changed(always={"number": "5"}), "always", "is said twice"),
        (changed(running="A-1"), "running", "'A-1' is no running number"),
        (changed(complete="yes"), "complete", "is 'yes'; write true or false"),
        (changed(complete=1), "complete", "is 1; write true or false"),
        (changed(delimiter="ab"), "delimiter", "'ab' sets no cells apart"),
        (changed(encoding="klingon"), "encoding", "'klingon' is no encoding of text files"),
        (changed(sheet=2026), "sheet", "is 2026; write a text"),
    ],
)
def test_a_mistake_in_a_form_is_told_by_its_key(tmp_path, data, key, said):
    with pytest.raises(FormError) as caught:
        form_of(data)
    assert caught.value.key == key
    assert said in caught.value.problem
    if not isinstance(data, dict) or all(isinstance(each, str) for each in data):
        path = tmp_path / "form.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        with pytest.raises(FileError, match=f"^{re.escape(f'{path}: {key}: ')}"):
            read_form(path)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("form.toml", b"columns = ", "is no TOML in UTF-8"),
        ("form.json", b"{", "is no JSON in UTF-8"),
        ("form.json", b"[" * 100_000, "is no JSON in UTF-8"),
        ("form.toml", b"\xff", "is no TOML in UTF-8"),
        ("form.toml", b"", "columns: is no table"),
        ("form.toml", b"#" * (2**20 + 1), "is no form, for it is over 1 MiB"),
    ],
)
def test_a_file_that_is_no_form_is_refused(tmp_path, file, text, said):
    (tmp_path / file).write_bytes(text)
    with pytest.raises(FileError, match=said):
        read_form(tmp_path / file)


def test_a_form_that_is_not_there_is_told_as_other_files_are(tmp_path):
    with pytest.raises(FileError, match="check its name, and where it lies"):
        read_form(tmp_path / "form.toml")


MOMENTS = st.datetimes(datetime(1941, 1, 1), datetime(2456, 12, 31, 23, 59)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
PATTERNS = st.permutations(["%d", "%m", "%Y", "%H:%M"]).flatmap(
    lambda parts: st.lists(
        st.sampled_from(["/", " ", ".", " at (", "+*", "%%", "[", "น. "]), min_size=3, max_size=3
    ).map(lambda marks: "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True)))
)


@given(MOMENTS, PATTERNS)
def test_a_moment_that_is_written_by_a_pattern_is_read_by_it(at, pattern):
    text = at.strftime(pattern.replace("%Y", f"{at.year:04}"))
    assert spelled(BANGKOK, [pattern]).moment(text) == at.replace(tzinfo=BANGKOK)


@given(MOMENTS.filter(lambda at: at.year + 543 < 3000))
def test_a_moment_of_the_buddhist_era_is_what_thai_dates_say(at):
    there = at.replace(tzinfo=BANGKOK)
    read = spelled(BANGKOK, ["%d/%m/%Y %H:%M"], ["%d/%m/%Y"], era="buddhist")
    for digits in ("arabic", "thai"):
        assert read.moment(format_datetime(there, "slashes", digits=digits)) == there
        assert read.day(format_date(at.date(), "slashes", digits=digits)) == at.date()
    assert read.year(at.date()) == at.year + 543


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/02/2026 09:00", "has a day or a time that does not exist; correct it"),
        ("01/02/2026 24:00", "has a day or a time that does not exist; correct it"),
        ("01/02/2569 09:00", "its year 2569 is before 1941 or after 2456; correct it, or its era"),
        ("29/03/2026 01:30", "does not exist in Europe/London, whose clocks jump over it; correct it"),
        ("01/02/2026", "has no time of day; write it like 31/12/2026 09:05"),
        ("soon", "is no date and time; write it like 31/12/2026 09:05"),
        ("01/02/2026 09:00x", "is no date and time"),
        ("2026-02-01 09:00", "is no date and time"),
    ],
)
def test_a_text_that_is_not_written_so_says_how_to_write_it(text, said):
    with pytest.raises(DateTextError) as caught:
        spelled(LONDON, ["%d/%m/%Y %H:%M"], ["%d/%m/%Y"]).moment(text)
    assert said in caught.value.problem


def test_of_a_time_that_comes_twice_the_first_is_meant():
    at = spelled(LONDON, ["%d/%m/%Y %H:%M"]).moment("25/10/2026 01:30")
    assert instant(at) == instant(datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("UTC")))


def test_an_era_that_nobody_counts_is_refused_with_those_that_are():
    said = "^'thai' is no era in which years are counted here; choose common or buddhist$"
    with pytest.raises(ValueError, match=said):
        spelled(LONDON, era="thai")


def test_several_spellings_are_tried_in_their_order():
    read = spelled(LONDON, ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "iso"], ["iso", "%d.%m.%Y"])
    assert [read.moment(text).isoformat() for text in ("1/2/2026 9:00", "1/2/2026 9:00:05", "2026-07-01T09:00Z")] == [
        "2026-02-01T09:00:00+00:00",
        "2026-01-02T09:00:05+00:00",
        "2026-07-01T10:00:00+01:00",
    ]
    assert read.day("1.2.2026") == read.day("2026-02-01") == date(2026, 2, 1)
    assert read.begin("1.2.2026") == datetime(2026, 2, 1, tzinfo=LONDON)


def test_an_example_of_a_spelling_can_be_read():
    for pattern in ("%d/%m/%Y", "%Y%%%m%%%d", "(%d.%m.%Y)"):
        assert Spelling(pattern).numbers(Spelling(pattern).example(543)) == {"day": 31, "month": 12, "year": 2569}


def test_typed_cells_are_read_in_iso_whatever_the_office_writes():
    office = Dates(zone=BANGKOK, moment=RECEIPT_REGISTER.dates.moment, day=RECEIPT_REGISTER.dates.day)
    typed = office.for_one_reading(typed=True)
    assert typed.moment("2019-11-01 08:35") == datetime(2019, 11, 1, 8, 35, tzinfo=BANGKOK)
    assert typed.moment("1 พ.ย. 2562 08.35 น.") == datetime(2019, 11, 1, 8, 35, tzinfo=BANGKOK)
    assert typed.day("2019-11-01 00:00") == typed.day("1/11/2562") == date(2019, 11, 1)
    for read in (office, office.for_one_reading()):
        with pytest.raises(DateTextError, match="ISO time without an offset"):
            read.moment("2019-11-01 08:35")


def test_a_reading_reads_a_text_once_and_what_cannot_be_read_each_time():
    seen = []

    def moment(text):
        seen.append(text)
        return datetime.fromisoformat(text).replace(tzinfo=LONDON) + timedelta(0)

    reading = Dates(zone=LONDON, moment=moment).for_one_reading()
    for text in ("2026-07-01", "x", "2026-07-01", "x"):
        try:
            reading.moment(text)
        except DateTextError:
            continue
    assert seen == ["2026-07-01", "x", "x"]
    assert evolve(reading).moment("2026-07-01") is reading.moment("2026-07-01")


class TestPatternsWithoutMarks:
    """Where nothing stands between numbers, two digits say which is which."""

    BANGKOK = ZoneInfo("Asia/Bangkok")

    @pytest.mark.parametrize("pattern", ["%d%m%Y", "%Y%m%d", "%d%m/%Y", "%d0%m/%Y"])
    def test_one_digit_is_none(self, pattern):
        dates = spelled(self.BANGKOK, days=[pattern])
        whole = date(2019, 11, 1)
        assert dates.day(whole.strftime(pattern)) == whole
        for text in ("1112019", "2019111", "111/2019", "101/2019", "11/2019"):
            with pytest.raises(DateTextError, match="is no date; write it like"):
                dates.day(text)

    def test_a_time_right_behind_a_day_has_two_digits(self):
        dates = spelled(self.BANGKOK, ["%d/%m/%Y%H:%M"])
        assert f"{dates.moment('1/2/201909:05'):%d %H}" == "01 09"
        with pytest.raises(DateTextError):
            dates.moment("1/2/20199:05")

    @pytest.mark.parametrize("text", ["๑/10/2562", "1/๑๐/๒๕๖๒", "๑/١٠/๒๕๖๒"])
    def test_digits_of_two_scripts_are_refused(self, text):
        dates = spelled(self.BANGKOK, ["%d/%m/%Y %H:%M"], ["%d/%m/%Y"], era="buddhist")
        assert dates.day("๑/๑๐/๒๕๖๒") == date(2019, 10, 1)
        with pytest.raises(DateTextError, match="mixes digits of two scripts; write it in one of them"):
            dates.day(text)
