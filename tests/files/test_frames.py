"""Registers in frames: read as the same register in a file is, with faults where the frame itself counts them."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from docflow import Duration, Transition, Workflow, reached
from docflow.bangkok import office_clock
from docflow.errors import FileError, TableError
from docflow.files import Dates, RegisterForm, Stamp, read_register
from docflow.files.frames import frame_records

DUBLIN = ZoneInfo("Europe/Dublin")
DESK = Workflow("request", initial="open", transitions=[Transition("close", "open", "closed")], final=["closed"])
FORM = RegisterForm(
    {"Ref": "number", "About": "subject", "Opened": Stamp("receive"), "Closed": Stamp("close")},
    dates=Dates(zone=DUBLIN),
)
NINE, TEN = datetime(2026, 1, 5, 9), datetime(2026, 1, 6, 10, 30, 15)
ROWS = {
    "Ref": [101, 102, 103, 104],
    "About": ["Bins", None, "Trees", "Lamps"],
    "Opened": [NINE, NINE, None, TEN],
    "Closed": [TEN, None, TEN, NINE],
}
FRAMES = {
    "pandas": pd.DataFrame,
    "pandas of objects": lambda rows: pd.DataFrame(rows, dtype=object),
    "pandas of another index": lambda rows: pd.DataFrame(rows, index=list("dcba")),
    "polars": pl.DataFrame,
    "pyarrow": pa.table,
}


@pytest.fixture(params=FRAMES.values(), ids=FRAMES)
def frame(request):
    return request.param(ROWS)


def test_a_frame_tells_what_the_same_register_in_a_file_tells(frame, tmp_path):
    file = tmp_path / "requests.csv"
    pd.DataFrame(ROWS).to_csv(file, index=False, date_format="%Y-%m-%d %H:%M:%S")
    of_frame, of_file = read_register(frame, FORM, DESK), read_register(file, FORM, DESK)
    assert of_frame.cases == of_file.cases
    assert [case.number for case in of_frame.cases] == ["101/2026", "102/2026"]
    assert [(fault.row + 2, fault.column, fault.kind) for fault in of_frame.faults] == [
        (fault.row, fault.column, fault.kind) for fault in of_file.faults
    ]


def test_a_fault_names_the_row_as_the_frame_counts_it():
    frame = pd.DataFrame(ROWS, index=list("dcba"))
    faults = read_register(frame, FORM, DESK).faults
    assert list(frame.iloc[[fault.row for fault in faults]]["Ref"]) == [103, 104]


def test_the_places_of_the_cases_bring_what_is_found_back_to_their_rows():
    twice = {name: [*column, column[0]] for name, column in ROWS.items()}  # the last row has a number that was given
    frame = pd.DataFrame(twice, index=list("edcba"))
    read = read_register(frame, FORM, DESK)
    assert (read.places, [fault.row for fault in read.faults]) == ((0, 1), [2, 3, 4])
    found = Duration("closing", start=reached("open"), stop=reached("closed")).read(read.cases, office_clock())
    rows = found.to_pandas().set_axis(frame.index[list(read.places)])
    joined = frame.join(rows[["bin", "number"]])
    assert list(joined["number"].fillna("")) == ["101/2026", "102/2026", "", "", ""]
    assert list(joined["bin"].fillna("")) == ["counted", "unfinished", "", "", ""]


def test_a_column_that_nothing_reads_is_told_of_the_heading(frame):
    form = RegisterForm({"Ref": "number", "Opened": Stamp("receive")}, dates=Dates(zone=DUBLIN))
    notes = read_register(frame, form, DESK).notes
    assert [(note.row, note.column, note.kind) for note in notes] == [
        ("heading", "About", "unread"),
        ("heading", "Closed", "unread"),
    ]
    assert str(notes[0]).startswith("heading, About: is a column that nothing reads; ")


def test_moments_with_a_zone_are_those_moments(frame):
    rows = {**ROWS, "Opened": [each and each.replace(tzinfo=ZoneInfo("Asia/Bangkok")) for each in ROWS["Opened"]]}
    cases = read_register(type_of(frame)(rows), FORM, DESK).cases
    assert cases[0].history[0].at == NINE.replace(tzinfo=ZoneInfo("Asia/Bangkok"))


def type_of(frame):
    return pa.table if isinstance(frame, pa.Table) else type(frame)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pd.Series([1.0, float("nan")]), ["1", ""]),
        (pd.Series([1, None], dtype="Int64"), ["1", ""]),
        (pd.Series(["a", None], dtype="category"), ["a", ""]),
        (pd.Series([pd.NA, pd.NaT, None, float("nan")], dtype=object), ["", "", "", ""]),
        (pd.Series(pd.to_datetime(["2026-01-05", None])), ["2026-01-05 00:00", ""]),
        (pd.Series([pd.Timestamp("2026-01-05 09:00:00.000000001")]), ["2026-01-05 09:00:00.000000001"]),
        (pl.Series([date(2026, 1, 5), None]), ["2026-01-05", ""]),
        (pl.Series([Decimal("1.50")]), ["1.50"]),
        (pl.Series([True, None]), ["true", ""]),
    ],
)
def test_a_cell_is_the_text_that_a_person_would_write(values, texts):
    frame = values.to_frame("x")
    assert [record.cells[0] for record in frame_records(frame, lambda _: True)][1:] == texts


def test_days_alone_are_refused_where_a_time_is_needed():
    frame = pd.DataFrame({**ROWS, "Opened": [date(2026, 1, 5)] * 4})
    assert {fault.column for fault in read_register(frame, FORM, DESK).faults} >= {"Opened"}


def test_what_is_no_frame_of_rows_is_refused_with_the_way_out():
    with pytest.raises(TypeError, match="list is no table that docflow reads"):
        read_register([1], FORM, DESK)
    with pytest.raises(TypeError, match="holds no rows yet; collect it"):
        read_register(pl.LazyFrame(ROWS), FORM, DESK)
    with pytest.raises(TableError, match="'About' cannot be read: a list is no value of a cell"):
        read_register(pd.DataFrame({**ROWS, "About": [[1]] * 4}), FORM, DESK)
    with pytest.raises(FileError, match="the DataFrame: lacks the column Closed; add what is missing$"):
        read_register(pd.DataFrame(ROWS).drop(columns="Closed"), FORM, DESK)


def test_a_path_is_a_path(tmp_path):
    with pytest.raises(FileError, match="no such file|does not exist|is not there"):
        read_register(Path(tmp_path / "nowhere.csv"), FORM, DESK)
