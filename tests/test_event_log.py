from datetime import UTC, datetime

import pytest

from docflow.errors import FileError
from docflow.exchange import read_event_log
from docflow.kpi import reached

HEADING = "case:concept:name,concept:name,time:timestamp\n"


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
    assert [trace.number for trace in read.traces] == ["b", "a"]
    assert [event.state for event in read.traces[0].history] == [
        "receive",
        "file",
        "send",
    ]  # equal times keep their order
    assert read.traces[0].history[0].at == datetime(2012, 1, 2, 8, 59, tzinfo=UTC)
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
    (trace,) = log(HEADING + "a,x,2012-01-01 10:00:00+01:00\n").traces
    assert trace.history[0].unit is None
    assert reached("x").of(trace, None) == trace.history[0].at
    assert reached("x", unit="here").of(trace, None) is None


def test_a_file_that_is_no_log_is_refused(log):
    with pytest.raises(FileError, match="lacks the column time:timestamp"):
        log("case:concept:name,concept:name\n")
