from datetime import UTC, datetime

import pytest

from docflow.bangkok import office_clock
from docflow.errors import FileError
from docflow.files import read_event_log
from docflow.kpi import Context, reached

HEADING = "case:concept:name,concept:name,time:timestamp\n"


def when(milestone, record):
    """When a record came to a milestone, whatever the clock."""
    found = milestone.find(record, Context(office_clock()))
    return None if found is None else found[0]


@pytest.fixture
def log(tmp_path):
    def read(text):
        path = tmp_path / "log.csv"
        path.write_text(text, encoding="utf-8")
        return read_event_log(path)

    return read


def test_events_become_traces_in_order_of_time(log):
    read = log(
        HEADING + "b,send,2012-01-02 10:00:00.644000+01:00\na,receive,2012-01-01 10:00:00+01:00\n"
        "b,receive,2012-01-02 08:59:00Z\nb,file,2012-01-02 09:59:00+01:00\n"
    )
    assert [trace.number for trace in read.records] == ["b", "a"]
    assert [event.state for event in read.records[0].history] == [
        "receive",
        "file",
        "send",
    ]  # equal times keep their order
    assert read.records[0].history[0].at == datetime(2012, 1, 2, 8, 59, tzinfo=UTC)
    assert (read.events, read.faults) == (4, ())


def test_a_row_that_cannot_be_read_is_a_fault_and_the_rest_is_read(log):
    read = log(
        HEADING + ",receive,2012-01-01 10:00:00+01:00\na,,2012-01-01 10:00:00+01:00\na,receive,yesterday\n"
        "a,receive,2012-01-01 10:00:00\na,receive,2012-01-01 10:00:00+01:00\n"
    )
    assert [(fault.row, fault.column) for fault in read.faults] == [
        (2, "case:concept:name"),
        (3, "concept:name"),
        (4, "time:timestamp"),
        (5, "time:timestamp"),
    ]
    assert read.events == 1


def test_a_row_with_too_many_cells_is_a_fault_like_any_other(log):
    read = log(HEADING + "a,x,2012-01-01 10:00:00+01:00,more\na,x,2012-01-01 10:00:00+01:00\n")
    assert [(fault.row, fault.column, fault.kind) for fault in read.faults] == [(2, "", "unreadable")]
    assert read.events == 1


def test_a_fault_says_what_stands_there_and_what_to_write(log):
    empty, wrong = log(HEADING + "a,,2012-01-01 10:00:00+01:00\na,x,2012W011T10+01\n").faults
    assert (empty.kind, empty.reason) == ("unreadable", "is empty; an event needs a case and an activity")
    assert (wrong.kind, wrong.text) == ("unreadable", "2012W011T10+01")
    assert wrong.reason == "is not a time with an offset; write it like 2011-10-11 13:45:40+02:00"


def test_events_of_a_log_name_no_unit(log):
    (trace,) = log(HEADING + "a,x,2012-01-01 10:00:00+01:00\n").records
    assert trace.history[0].unit is None
    assert when(reached("x"), trace) == trace.history[0].at
    assert when(reached("x", unit="here"), trace) is None


def test_a_file_that_is_no_log_is_refused(log):
    with pytest.raises(FileError, match="lacks the column time:timestamp"):
        log("case:concept:name,concept:name\n")


def test_the_group_of_an_event_is_its_unit(log):
    (trace,) = log(
        HEADING.replace("\n", ",org:group\n") + "a,x,2012-01-01 10:00:00Z,G1\na,y,2012-01-01 11:00:00Z,\n"
    ).records
    assert [event.unit for event in trace.history] == ["G1", None]
    assert when(reached("x", unit="G1"), trace) == trace.history[0].at


def test_columns_that_are_not_read_are_told_once_by_name(log):
    read = log(
        HEADING.replace("\n", ",lifecycle:transition,start_timestamp,empty\n")
        + "a,x,2012-01-01 10:00:00Z,start,2012-01-01 09:00:00Z,\na,x,2012-01-01 11:00:00Z,complete,,\n"
    )
    assert [(note.row, note.column, note.kind) for note in read.notes] == [
        (1, "lifecycle:transition", "unread"),
        (1, "start_timestamp", "unread"),
    ]
    lifecycle, start = (str(note.reason) for note in read.notes)
    assert lifecycle == "is not read: starts and ends all count as events; keep the rows that should count"
    assert start == "is not read: an event is its case, its activity, its time and its unit (org:group)"
    assert read.events == 2


@pytest.mark.parametrize("offset", ["Z", "+00", "+0000", "+00:00", " UTC", "UTC", " +00:00", " Z"])
@pytest.mark.parametrize("fraction", ["", ".4", ".453003", ".4530030", ".453003000"])
def test_every_offset_that_databases_write_is_read(log, offset, fraction):
    read = log(HEADING + f"a,x,2021-09-03 12:51:09{fraction}{offset}\n")
    assert (read.faults, read.notes) == ((), ())
    micros = int(f"{fraction[1:7]:0<6}")
    assert read.records[0].history[0].at == datetime(2021, 9, 3, 12, 51, 9, micros, tzinfo=UTC)


def test_what_is_finer_than_a_microsecond_is_cut_off_and_told_once(log):
    read = log(HEADING + "".join(f"a,x,2021-09-03T12:51:09.453003{n}Z\n" for n in range(4)))
    assert [(note.row, note.column, note.kind, note.text) for note in read.notes] == [
        (3, "time:timestamp", "doubtful", "2021-09-03T12:51:09.4530031Z")
    ]
    assert {event.at.microsecond for event in read.records[0].history} == {453003}
    assert read.events == 4


@pytest.mark.parametrize(
    ("time", "reason"),
    [
        ("9999-12-31 23:59:59-12:00", "counts the Buddhist era"),
        ("2564-09-03 12:51:09+07:00", "counts the Buddhist era"),
        ("0001-01-01 00:00:00+14:00", "is before 1941 or after 2456"),
        ("2021-09-03 12:51:09+07:60", "is not a time with an offset"),
        ("2021-09-03 12:51:09+24", "does not exist"),
    ],
)
def test_a_far_year_and_an_impossible_offset_are_faults(log, time, reason):
    (fault,) = log(HEADING + f"a,x,{time}\n").faults
    assert reason in fault.reason


def test_a_stray_quotation_mark_loses_no_event(log):
    read = log(HEADING + 'case-1,"x,2012-01-01 10:00:00Z\ncase-2,y",2012-01-01 10:00:00Z\ncase-3,z,2012-01-01 10:00Z\n')
    assert [(fault.row, fault.column) for fault in read.faults] == [(2, "")]
    assert [trace.number for trace in read.records] == ["case-2", "case-3"]
