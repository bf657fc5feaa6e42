"""A register of one's own: an English information-request desk reads its file by a form of a few lines."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from docflow import Transition, Workflow
from docflow.errors import DateTextError, FileError, LetterError, WorkflowError
from docflow.files import Dates, Folder, RegisterForm, Stamp, read_cases, read_register, read_table
from docflow.letters import Secrecy, Urgency

LONDON = ZoneInfo("Europe/London")
REQUEST = Workflow(
    "information request",
    initial="received",
    transitions=(
        Transition("ask", "received", "awaiting_clarification"),
        Transition("clarify", "awaiting_clarification", "received"),
        Transition("answer", "received", "answered"),
    ),
    waiting=("awaiting_clarification",),
)
DESK = RegisterForm(
    {
        "Request no": "number",
        "Asked by": "sender",
        "About": "subject",
        "Urgency": "urgency",
        "Received": Stamp("receive", unit="Front desk"),
        "Clarification asked": Stamp("ask"),
        "Clarified": Stamp("clarify"),
        "Team": "unit",
        "Answered": Stamp("answer", unit_in="Team"),
        "Wanted by": "wanted_by",
    },
    required={"About": "what is asked"},
    dates=Dates(zone=LONDON),
)
HEADINGS = "Request no,Asked by,About,Urgency,Received,Clarification asked,Clarified,Team,Answered,Wanted by\n"


@pytest.fixture
def desk(tmp_path):
    def read(*rows, heading=HEADINGS, form=DESK, workflow=REQUEST):
        path = tmp_path / "requests.csv"
        path.write_text(heading + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return read_register(path, form, workflow)

    return read


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_a_row_is_a_case_of_the_desks_own_workflow(desk):
    read = desk(
        "7,A. Smith,Street lamps,urgent,2026-03-27 09:00,2026-03-27 11:00,2026-03-30 10:00,Highways,2026-04-02T15:00Z,"
        "2026-04-10 17:00"
    )
    (case,) = read.cases
    assert (read.faults, read.notes, read.rows) == ((), (), 1)
    assert (case.number, case.letter.subject, case.letter.urgency) == ("7/2026", "Street lamps", Urgency.URGENT)
    assert case.wanted_by == at("2026-04-10T17:00")
    assert [(step.state, step.at, step.unit) for step in case.history] == [
        ("received", at("2026-03-27T09:00"), "Front desk"),
        ("awaiting_clarification", at("2026-03-27T11:00"), None),
        ("received", at("2026-03-30T10:00"), None),
        ("answered", at("2026-04-02T16:00"), "Highways"),  # an offset is converted to the desk's zone
    ]


def test_the_clocks_pause_while_the_desk_waits_and_what_does_not_happen_is_left_empty(desk):
    read = desk("7,,Lamps,,2026-03-27 09:00,2026-03-27 11:00,,,,", "8,,Trees,,2026-03-27 09:00,,,,2026-03-27 12:00,")
    assert [case.state for case in read.cases] == ["awaiting_clarification", "answered"]
    assert [case.state in REQUEST.waiting for case in read.cases] == [True, False]


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (
            "7,,Lamps,,yesterday,,,,,",
            [("Received", "unreadable", "is not a date and time; write it like 2011-10-11 13:45")],
        ),
        (
            "7,,Lamps,,2026-03-27,,,,,",
            [("Received", "unreadable", "has no time of day; write it like 2011-10-11 13:45")],
        ),
        (
            "7,,Lamps,,2026-03-29 01:30,,,,,",
            [("Received", "unreadable", "does not exist in Europe/London, whose clocks jump over it; correct it")],
        ),
        (
            "7,,Lamps,,,,,,,",
            [("Received", "unreadable", "is empty; enter the day and time; the record begins with it")],
        ),
        (
            "7,,Lamps,,2026-03-27 09:00,,,,2026-03-26 09:00,",
            [("Answered", "reversed", "is before Received, 2026-03-27 09:00; correct whichever is wrong")],
        ),
        (
            "7,,Lamps,,2026-03-27 09:00,,2026-03-28 09:00,,,",
            [
                (
                    "Clarified",
                    "unreadable",
                    "clarify is refused: it is received; from here: ask, answer; enter what is missing before it",
                )
            ],
        ),
        (
            "7,,Lamps,,2026-03-27 09:00,,,,,2026-03-26 09:00",
            [("Wanted by", "reversed", "is before Received, 2026-03-27 09:00; correct whichever is wrong")],
        ),
        (
            ",,,,2026-03-27 09:00,,,,,",
            [
                ("Request no", "unreadable", "is empty; enter its number"),
                ("About", "unreadable", "is empty; enter what is asked"),
            ],
        ),
        (
            "7,,Lamps,,2026-03-27 09:00,,,a\x01b,,",
            [("Team", "unreadable", "has a character that nobody sees, U+0001; leave it out of a name")],
        ),
    ],
)
def test_a_fault_says_where_it_stands_and_what_to_do(desk, row, faults):
    read = desk("6/2026,,Trees,,2026-03-27 08:00,,,,,", row)
    assert [(fault.row, fault.column, fault.kind, fault.reason) for fault in read.faults] == [
        (3, *fault) for fault in faults
    ]
    assert [case.number for case in read.cases] == ["6/2026"]


def test_a_number_is_used_once_in_a_year_and_begins_anew_with_it(desk):
    read = desk(
        *(
            f"{n},,Lamps,,{day} 09:00,,,,,"
            for n, day in (("7", "2026-03-27"), ("07", "2026-03-28"), ("7", "2027-01-04"))
        )
    )
    assert [(fault.row, fault.column, fault.kind) for fault in read.faults] == [(3, "Request no", "duplicate")]
    assert [case.number for case in read.cases] == ["7/2026", "7/2027"]


def test_a_cell_that_no_figure_needs_is_noted_and_the_case_measured(desk):
    read = desk("7,,Lamps,at once,2026-03-27 09:00,,,,,soon")
    assert [(note.row, note.column) for note in read.notes] == [(2, "Urgency"), (2, "Wanted by")]
    assert (read.faults, read.cases[0].letter.urgency, read.cases[0].wanted_by) == ((), Urgency.ORDINARY, None)


def test_every_letter_of_a_register_may_have_a_field_alike(desk):
    form = RegisterForm({"No": "number", "In": Stamp("receive")}, always={"secrecy": "secret"}, dates=DESK.dates)
    (case,) = desk("7,2026-03-27 09:00", heading="No,In\n", form=form).cases
    assert case.letter.secrecy is Secrecy.SECRET


def test_a_file_without_a_column_of_the_form_is_refused(desk):
    with pytest.raises(FileError, match="lacks the columns Asked by, About"):
        desk(heading=HEADINGS.replace("Asked by,About,", ""))


def test_a_form_that_cannot_be_is_refused_when_it_is_made():
    dates = DESK.dates
    with pytest.raises(LetterError, match="'topic' is no field of a letter; choose number, reference, dated"):
        RegisterForm({"No": "number", "About": "topic", "In": Stamp("receive")}, dates=dates)
    with pytest.raises(TypeError, match='0 columns hold the number; let one do so, such as {"No": "number"}'):
        RegisterForm({"In": Stamp("receive")}, dates=dates)
    with pytest.raises(TypeError, match="no column is stamped"):
        RegisterForm({"No": "number"}, dates=dates)


def test_a_form_of_another_workflow_is_refused(desk):
    loan = Workflow("loan", initial="out", transitions=[Transition("bring_back", "out", "back")])
    with pytest.raises(
        WorkflowError,
        match="it has no step 'ask', which the column 'Clarification asked' records; choose receive, bring_back",
    ):
        desk(workflow=loan)


@pytest.mark.parametrize("columns", [{"Out": Stamp("answer")}, {"Out": Stamp("answer"), "In": Stamp("receive")}])
def test_a_form_that_does_not_begin_as_its_workflow_does_is_refused(desk, tmp_path, columns):
    form = RegisterForm({"No": "number", **columns}, dates=DESK.dates)
    said = "it begins with 'receive', and the form's first stamp, 'Out', records 'answer'; put a column with Stamp"
    with pytest.raises(WorkflowError, match=said):
        desk(heading="No,Out,In\n", form=form)
    with pytest.raises(WorkflowError, match=said):
        read_cases(Folder(tmp_path, {}, DESK.dates), "in.csv", form, REQUEST)


def test_a_unit_is_named_or_written_in_a_column():
    with pytest.raises(LetterError, match="'Desk' is no unit where the column 'Team' names it; give one of the two"):
        Stamp("answer", unit="Desk", unit_in="Team")


def test_columns_are_a_list_and_a_sheet_is_one_of_the_folders_files(tmp_path):
    with pytest.raises(TypeError, match="'Request' is one text; give the columns in a list"):
        read_table(tmp_path / "in.csv", "Request")
    with pytest.raises(FileError, match="is none of the folder's files; choose in.csv, out.csv"):
        Folder(str(tmp_path), {"in.csv": [], "out.csv": []}, DESK.dates).sheet("other.csv")


@pytest.mark.parametrize("trigger", ["", "  ", None, 5])
def test_a_stamp_records_a_step(trigger):
    with pytest.raises(LetterError, match="is no step; name the one that the column records"):
        Stamp(trigger)


def test_the_plan_is_loaded_without_the_readers_of_files():
    code = "import sys, docflow.bangkok; assert not {'docflow.files', 'docflow.bangkok.files'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"columns": {"No": "number", "In": Stamp("receive"), "X": 5}}, TypeError, "the column 'X' holds 5"),
        ({"columns": {"No": "number", "In": Stamp("receive", unit_in="Y")}}, LetterError, "is no column of the form"),
        (
            {"required": {"Y": "a slip"}},
            LetterError,
            "'Y' is no column of the form with .* it has none, so require nothing",
        ),
        ({"required": {"In": "a day"}}, LetterError, "'In' is no column of the form with a field of the letter"),
        ({"required": ["subject"]}, TypeError, r"\['subject'\] says nothing of any column; map each to what it holds"),
        ({"dates": "d/m/Y"}, TypeError, r"'d/m/Y' is no way in which dates are written; give Dates\(zone=\.\.\.\)"),
        *(
            (
                {"columns": {"No": "number", "In": Stamp("receive"), heading: "subject"}},
                LetterError,
                "is no heading as it",
            )
            for heading in (" About", "About ", "", "About  it", 5, "\ufeffAbout")
        ),
        ({"always": "internal"}, TypeError, "'internal' says nothing of any column"),
        ({"running": " 1 "}, LetterError, "' 1 ' is no running number; give one as it is written"),
        ({"running": "A-1"}, LetterError, "'A-1' is no running number"),
        ({"always": {"zed": 1}}, LetterError, "is no field of a letter"),
        ({"always": {"number": "9"}}, LetterError, "'number' is said twice, by two columns or by a column and"),
        (
            {"columns": {"No": "number", "In": Stamp("receive"), "A": "subject", "B": "subject"}},
            LetterError,
            "'subject' is said twice",
        ),
    ],
)
def test_a_form_that_cannot_be_filled_in_is_refused_when_it_is_made(wrong, error, words):
    given = {"columns": {"No": "number", "In": Stamp("receive")}, "dates": Dates(zone=LONDON)} | wrong
    with pytest.raises(error, match=words):
        RegisterForm(**given)


def test_what_a_form_is_made_of_is_not_kept():
    columns = {"No": "number", "In": Stamp("receive")}
    form = RegisterForm(columns, dates=Dates(zone=LONDON))
    columns.clear()
    assert list(form.columns) == ["No", "In"]


@pytest.mark.parametrize(
    ("parser", "said"),
    [
        (lambda text: datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=UTC), "day is out of range"),
        (lambda text: datetime(2026, 2, 3), "no zone"),  # noqa: ARG005 - the fault that is tested
        (lambda text: None, "found None, which is no datetime"),  # noqa: ARG005 - the fault that is tested
        (lambda text: datetime.now(UTC).date(), "which is no datetime"),  # noqa: ARG005
        (lambda text: datetime(2026, 3, 29, 1, 30, tzinfo=LONDON), "whose clocks jump over it"),  # noqa: ARG005
        (lambda text: text.split(" ")[1], "IndexError: list index out of range"),
        (lambda text: re.match("x", text).group(), "AttributeError"),
    ],
)
def test_what_goes_wrong_in_a_parser_of_ones_own_is_a_fault_of_the_text(desk, parser, said):
    dates = Dates(zone=UTC, moment=parser)
    with pytest.raises(DateTextError, match=said):
        dates.begin("31/02/2026")
    form = RegisterForm({"No": "number", "In": Stamp("receive")}, dates=dates)
    (fault,) = desk("7,31/02/2026", heading="No,In\n", form=form).faults
    assert (fault.row, fault.column) == (2, "In")
    assert said in fault.reason


@pytest.mark.parametrize(
    ("parser", "said"),
    [
        (lambda text: datetime.strptime(text, "%d/%m/%Y"), r"found a moment, not a day; let it give moment\.date\(\)"),  # noqa: DTZ007
        (lambda text: None, "found None, which is no date"),  # noqa: ARG005 - the fault that is tested
    ],
)
def test_a_parser_of_days_gives_days(parser, said):
    with pytest.raises(DateTextError, match=said):
        Dates(zone=UTC, day=parser).day("28/02/2026")


def test_a_zone_is_a_zone_and_the_year_of_a_number_is_found_by_a_function():
    with pytest.raises(
        TypeError, match=r"Dates\(zone='Europe/Paris'\): this is no time zone; give ZoneInfo\('Europe/Paris'\)"
    ):
        Dates(zone="Europe/Paris")
    with pytest.raises(TypeError, match=r"Dates\(zone=None\): this is no time zone; give .* clock\.tz"):
        Dates(zone=None)
    with pytest.raises(TypeError):
        Dates(zone=UTC, year=2026)


def test_a_parser_is_something_that_can_be_called():
    with pytest.raises(TypeError):
        Dates(zone=UTC, moment="%d/%m/%Y")


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (lambda text: {"subject": int(text)}, "invalid literal for int"),
        (lambda text: {"subjekt": text}, "is no field of a letter; choose number"),
        (lambda text: text.missing, "AttributeError"),
        (lambda text: None, "TypeError"),  # noqa: ARG005 - the fault that is tested
    ],
)
def test_a_reader_of_ones_own_that_stumbles_leaves_a_note_and_loses_no_row(desk, reader, said):
    columns = {"No": "number", "In": Stamp("receive"), "About": reader}
    form = RegisterForm(columns, dates=Dates(zone=LONDON))
    read = desk("7,2026-01-05 10:00,x", heading="No,In,About\n", form=form)
    assert [case.number for case in read.cases] == ["7/2026"]
    (note,) = read.notes
    assert (note.column, note.row) == ("About", 2)
    assert said in note.reason
