"""A register read into columns holds what `read_register` finds in it: the same cases, faults and notes."""

import subprocess
import sys
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve, fields_dict
from hypothesis import example, given
from hypothesis import strategies as st
from registers import (
    COLUMNS,
    DATED,
    NUMBER,
    RECEIPT,
    SCREENED,
    SECRETARY,
    SUBJECT,
    SUBMITTED,
    SUMMARIZED,
    TAKEN_OVER,
    UNIT,
    URGENCY,
    WHOLE,
    as_csv,
    row,
)

from docflow import Letter, Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.bangkok.files import RECEIPT_REGISTER
from docflow.errors import LetterError, WorkflowError
from docflow.files import Dates, RegisterForm, Stamp, read_register, read_register_columns
from docflow.instants import instant
from docflow.letters import Attribute, Right

LONDON = ZoneInfo("Europe/London")
FIELDS = [each for each in fields_dict(Letter) if each not in {"number", "attributes"}]
REQUEST = Workflow(
    "request",
    initial="received",
    transitions=(
        Transition("ask", "received", "unclear"),
        Transition("clarify", "unclear", "received"),
        Transition("answer", "received", "answered"),
    ),
)
DESK = RegisterForm(
    {
        "No": "number",
        "From": "sender",
        "In": Stamp("receive", unit="Front  desk"),
        "Asked": Stamp("ask"),
        "Clarified": Stamp("clarify"),
        "Team": "recipient",
        "Unit": "unit",
        "Urgency": "urgency",
        "Answered": Stamp("answer", unit_in="Team"),
        "Wanted by": "wanted_by",
        "Place": lambda text: {"remark": text.upper(), "secrecy": text} if text != "soon" else {"wanted_by": text},
    },
    dates=Dates(zone=LONDON),
    required={"From": "who asks"},
    always={"origin": "internal"},
)
DESK_ROW = {"No": "7", "From": "A. Smith", "In": "2026-03-27 09:00"}
MOMENTS = [
    "",
    "soon",
    "2026-03-27 00:00",
    "2026-03-27 09:00",
    "2026-03-27 09:00+01:00",
    "2026-03-28 10:00",
    "2026-03-28",
    "1970-01-01 00:00Z",
    "2026-10-25 01:50",
    "2026-10-25T01:10Z",
]
DESK_CELLS = {
    "No": ["", "7", "07", "7/2025", "A-1", "x\u2028y", "8", "9"],
    "From": ["A. Smith", "B. Jones", ""],
    "In": MOMENTS,
    "Asked": MOMENTS,
    "Clarified": MOMENTS,
    "Answered": MOMENTS,
    "Team": ["", "Roads", " Parks  and  Trees", "a\x01b"],
    "Unit": ["", "Registry", "a\x01b"],
    "Urgency": ["", "urgent", "at once"],
    "Wanted by": MOMENTS,
    "Place": ["", "open", "secret", "cellar", "soon"],
}
TEXTS = {
    NUMBER: ["", "8395/2562", "8396/2562", "8397", "๘๓๙๕/๒๕๖๒", "08395 / 2562", "8395/2563", "A-7"],
    RECEIPT: ["", "01/11/2562 08:35", "1 พ.ย. 2562 08.35 น.", "เช้า", "01/11/2563 08:35", "31/02/2563 10:00"],
    DATED: ["", "30 ก.ย. 2562", "เมื่อวาน"],
    URGENCY: ["", "ด่วน", "ด่วนมาก", "เร็ว", "ด่วนภายใน 6 ม.ค. 2563 10.00 น."],
    UNIT: ["", SECRETARY, "  กลุ่ม  งาน", "a\x01b"],
    SUBJECT: ["", "ขอเชิญ"],
} | {
    column: ["", "01/11/2562 08:42", "01/11/2562 08:34", "2019-11-02T08:42:00+07:00", "01/11/2562", "x"]
    for column in (TAKEN_OVER, SCREENED, SUMMARIZED, SUBMITTED)
}


def damaged(whole, cells):
    """Rows of a register, each whole but for a few of its cells."""
    a_cell = st.one_of(*(st.tuples(st.just(column), st.sampled_from(texts)) for column, texts in cells.items()))
    return st.lists(st.lists(a_cell, max_size=5).map(lambda changed: whole | dict(changed)), max_size=8)


def of_cases(cases):
    """What the cases of a register say."""
    return [
        (
            case.number,
            {each: said(getattr(case.letter, each)) for each in FIELDS},
            [(step.trigger, step.state, instant(step.at), step.unit) for step in case.history],
        )
        for case in cases
    ]


def said(value):
    return instant(value) if isinstance(value, datetime) else getattr(value, "value", value)


def of_columns(read):
    """The same of columns, by their events as they leave for other programs."""
    cases = {}
    for event in read.to_arrow().to_pylist():
        letter = {each: said(event[f"letter_{each}"]) for each in read.letters}
        _, kept, history = cases.setdefault(event["case"], (event["case"], letter, []))
        assert kept == letter
        history.append((event["trigger"], event["activity"], instant(event["at"]), event["unit"]))
    return list(cases.values())


def agree(path, form, workflow):
    one, other = read_register(path, form, workflow), read_register_columns(path, form, workflow, fields=FIELDS)
    assert (other.faults, other.notes, other.rows, other.cases) == (one.faults, one.notes, one.rows, len(one.cases))
    assert of_columns(other) == of_cases(one.cases)
    assert (other.numbers, other.states) == ([case.number for case in one.cases], [case.state for case in one.cases])
    for column, stamp in form.stamps.items():
        happened = [[instant(step.at) for step in case.history if step.trigger == stamp.trigger] for case in one.cases]
        found = other.at(column)
        assert all(at is None or at in steps for at, steps in zip(found, happened, strict=True))
        assert other.wide()[column].cast("int64").to_pylist() == found
    return other


@given(damaged(WHOLE, TEXTS))
def test_any_register_of_the_office_says_the_same_in_columns(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("register") / "register.csv"
    path.write_text(as_csv(rows), encoding="utf-8", newline="")
    agree(path, RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER)


@example([DESK_ROW | {"Answered": "2026-03-28 10:00"}], "complete")
@example([DESK_ROW | {"Wanted by": "2026-03-27 08:00"}], "plain")
@example([DESK_ROW | {"In": "2026-10-25 01:50", "Asked": "2026-10-25T01:10Z"}], "plain")
@example([DESK_ROW], "attributes")
@example([DESK_ROW | {"Place": "cellar"}, DESK_ROW | {"No": "8", "Place": "soon"}], "plain")
@given(damaged(DESK_ROW, DESK_CELLS), st.sampled_from(["plain", "guarded", "rights", "attributes", "complete"]))
def test_any_register_of_a_desk_says_the_same_in_columns(tmp_path_factory, rows, kind):
    path = tmp_path_factory.mktemp("register") / "desk.csv"
    path.write_text(as_csv(rows, DESK.columns), encoding="utf-8", newline="")
    agree(path, evolve(DESK, complete=kind == "complete"), KINDS.get(kind, REQUEST))


def answered_late(case, act):
    return None if instant(act.at) - instant(case.history[0].at) > 86_400_000_000 else "that is too early"


def answered_early(case, act):
    return None if answered_late(case, act) else "that is too late"


KINDS = {
    "guarded": evolve(
        REQUEST,
        transitions=(
            *REQUEST.transitions[:2],
            Transition("answer", "received", "answered late", guards=[answered_late]),
            Transition("answer", "received", "answered", guards=[answered_early]),
        ),
    ),
    "rights": REQUEST.permitting({"answer": [Right(unit="Roads")]}),
    "attributes": evolve(REQUEST, attributes=[Attribute("pages", int, required=True)]),
}


def test_rows_that_cannot_be_told_apart_and_columns_that_nothing_reads_are_told_in_their_order(tmp_path):
    path = tmp_path / "register.csv"
    rows = [row(number=f"{n}/2562", urgency="เร็ว" if n % 3 else "") for n in range(1, 8)]
    text = as_csv(rows, [*COLUMNS, "ชั้น"]).replace(",\r\n", ",A\r\n", 4).replace("5/2562,", '5/2562,"')
    path.write_text(text, encoding="utf-8", newline="")
    read = agree(path, RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER)
    assert read.notes
    assert any("cannot be told apart" in fault.reason for fault in read.faults)


def test_the_sample_year_says_the_same_in_columns():
    read = agree("examples/data/register-2563.csv", RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER)
    assert repr(read) == "<RegisterColumns: 2978 cases of 3000 rows, 22 faults, 0 notes>"


def test_guards_choose_the_state_in_columns_too(tmp_path):
    path = tmp_path / "desk.csv"
    rows = [
        DESK_ROW | {"No": str(n), "Answered": f"2026-03-{day} 10:00"} for n, day in ((1, 27), (2, 28), (3, 27), (4, 30))
    ]
    path.write_text(as_csv(rows, DESK.columns), encoding="utf-8")
    read = agree(path, DESK, KINDS["guarded"])
    assert read.states == ["answered", "answered late", "answered", "answered late"]


def test_a_row_without_its_first_stamp_is_at_fault_though_another_column_records_that_step(tmp_path):
    form = RegisterForm(
        {"No": "number", "In": Stamp("receive"), "In again": Stamp("receive")}, dates=Dates(zone=LONDON)
    )
    path = tmp_path / "desk.csv"
    path.write_text("No,In,In again\n1,,2026-03-27 09:00\n2,2026-03-27 09:00,\n")
    read = agree(path, form, REQUEST)
    assert [(fault.row, fault.column) for fault in read.faults] == [(2, "In")]


def test_a_unit_that_cannot_be_read_is_a_fault_where_its_step_happened(tmp_path):
    path = tmp_path / "desk.csv"
    rows = [DESK_ROW | {"Team": "a\x01b"}, DESK_ROW | {"No": "8", "Team": "a\x01b", "Answered": "2026-03-28 10:00"}]
    path.write_text(as_csv(rows, DESK.columns), encoding="utf-8")
    read = agree(path, DESK, REQUEST)
    assert [(fault.row, fault.column, fault.kind) for fault in read.faults] == [(3, "Team", "unreadable")]


def test_where_clocks_go_back_the_later_moment_is_the_later_one_whatever_they_show(tmp_path):
    path = tmp_path / "desk.csv"
    rows = [DESK_ROW | {"In": "2026-10-25 01:50", "Asked": "2026-10-25T01:10Z"}]
    path.write_text(as_csv(rows, DESK.columns), encoding="utf-8")
    read = agree(path, DESK, REQUEST)
    assert (read.faults, read.states) == ((), ["unclear"])


def test_each_distinct_text_is_read_once(tmp_path):
    seen = []

    def moment(text):
        seen.append(text)
        return datetime.fromisoformat(text).replace(tzinfo=LONDON)

    path = tmp_path / "desk.csv"
    path.write_text(as_csv([DESK_ROW | {"No": str(n)} for n in range(50)], DESK.columns), encoding="utf-8")
    form = evolve(DESK, dates=Dates(zone=LONDON, moment=moment))
    for read in (read_register, read_register_columns):
        seen.clear()
        read(path, form, REQUEST)
        assert seen == ["2026-03-27 09:00"]


def test_the_workflow_is_asked_once_about_each_passage(tmp_path, monkeypatch):
    path = tmp_path / "register.csv"
    path.write_text(as_csv([row(number=f"{n}/2562") for n in range(1, 50)]), encoding="utf-8", newline="")
    monkeypatch.setattr(RegisterForm, "case", None)  # no row is read by itself
    read = read_register_columns(path, RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER)
    assert (read.cases, len(read.passages)) == (49, 1)


def test_texts_and_values_of_many_rows_are_one_object(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(as_csv([row(number=f"{n}/2562") for n in range(1, 4)]), encoding="utf-8", newline="")
    read = read_register_columns(path, RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER, fields=["subject", "dated", "unit"])
    assert [len({id(value) for value in values}) for values in read.letters.values()] == [1, 1, 1]
    assert read.letters["dated"][0] == date(2019, 9, 30)


class TestSeveralFiles:
    def files(self, tmp_path, **registers):
        paths = []
        for called, numbers in registers.items():
            path = tmp_path / f"{called}.csv"
            path.write_text(as_csv([DESK_ROW | {"No": n} for n in numbers], DESK.columns), encoding="utf-8")
            paths.append(path)
        return paths

    def test_are_read_as_one_register(self, tmp_path):
        paths = self.files(tmp_path, may=["1", "2"], june=["3"])
        read = read_register_columns(paths, DESK, REQUEST)
        assert (read.numbers, read.rows, read.faults) == (["1/2026", "2/2026", "3/2026"], 3, ())

    def test_with_one_number_twice_are_named_both(self, tmp_path):
        may, june, july = self.files(tmp_path, may=["1", "2"], june=["2"], july=["4", "2", "4"])
        read = read_register_columns([may, june, july], DESK, REQUEST)
        assert read.numbers == ["1/2026", "2/2026", "4/2026"]
        assert [(fault.file, fault.row, fault.kind, fault.reason) for fault in read.faults] == [
            (str(june), 2, "duplicate", f"was given in row 3 of {may} already; keep one of the two"),
            (str(july), 3, "duplicate", f"was given in row 3 of {may} already; keep one of the two"),
            (str(july), 4, "duplicate", "was given in row 2 already; keep one of the two"),
        ]

    def test_of_which_one_is_read_alone_name_no_file(self, tmp_path):
        (path,) = self.files(tmp_path, may=["1", "1"])
        assert [fault.file for fault in read_register_columns([path], DESK, REQUEST).faults] == [""]

    def test_may_be_none(self):
        read = read_register_columns([], DESK, REQUEST)
        assert (read.cases, read.rows, read.to_arrow().num_rows) == (0, 0, 0)


class TestOtherPrograms:
    @pytest.fixture
    def read(self, tmp_path):
        path = tmp_path / "desk.csv"
        rows = [DESK_ROW | {"No": str(n), "Team": "Roads", "Answered": "2026-03-28 10:00"} for n in range(1, 6)]
        path.write_text(as_csv(rows, DESK.columns), encoding="utf-8")
        return read_register_columns(path, DESK, REQUEST, fields=["sender", "wanted_by"])

    def test_polars_reads_the_stream(self, read):
        frame = pl.DataFrame(read)
        assert frame.schema["at"] == pl.Datetime("us", "UTC")
        assert frame.row(1) == (
            "1/2026",
            "answered",
            "answer",
            datetime(2026, 3, 28, 10, tzinfo=UTC),
            "Roads",
            "A. Smith",
            None,
        )
        assert frame.row(0)[4] == "Front desk"

    def test_duckdb_reads_the_stream(self, read):  # noqa: ARG002 - duckdb finds it by its name
        found = duckdb.sql('select activity, count(*), max("at") from read group by all order by all').fetchall()
        assert [(state, n) for state, n, _ in found] == [("answered", 5), ("received", 5)]

    def test_pyarrow_and_pandas_read_the_stream(self, read):
        frame = pa.table(read).to_pandas()
        assert len(frame) == 10
        assert str(frame["at"].dt.tz) == "UTC"

    def test_a_long_register_comes_in_batches(self, read, monkeypatch):
        monkeypatch.setattr("docflow.files.register_columns.BATCH", 2)
        batches = list(read.events())
        assert [batch.num_rows for batch in batches] == [4, 4, 2]
        assert [case for batch in batches for case in batch["case"].to_pylist()][::2] == read.numbers

    def test_without_pyarrow_the_columns_are_there_and_a_sentence_says_what_is_missing(self, read, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        assert read.at("Asked") == [None] * 5
        with pytest.raises(ModuleNotFoundError, match="install it with: pip install pyarrow"):
            read.to_arrow()


def test_a_field_that_is_no_column_is_refused(tmp_path):
    for given_field in ("subjekt", "number", "attributes"):
        with pytest.raises(LetterError, match=f"'{given_field}' is no column of a register's letters"):
            read_register_columns(tmp_path, DESK, REQUEST, fields=[given_field])
    with pytest.raises(TypeError, match="'sender' is one field"):
        read_register_columns(tmp_path, DESK, REQUEST, fields="sender")


def test_a_form_of_another_workflow_is_refused(tmp_path):
    with pytest.raises(WorkflowError, match="it has no step"):
        read_register_columns(tmp_path / "none.csv", RECEIPT_REGISTER, REQUEST)


def test_the_readers_are_loaded_without_the_packages_that_they_may_need():
    code = (
        "import sys, docflow, docflow.files\n"
        "assert not {'pyarrow', 'openpyxl', 'defusedxml', 'pandas', 'polars', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code
