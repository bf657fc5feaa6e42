"""XES as other programs write it, and files that are none, damaged, or made to do harm."""

import gzip
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from scripts import ROOT

from docflow.errors import FileError
from docflow.files import LogColumns, opened, read_event_log

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">'
TIME = '<date key="time:timestamp" value="2020-01-06T09:00:00.000+07:00"/>'


def event(activity="a", time=TIME, more=""):
    return f'<event><string key="concept:name" value="{activity}"/>{time}{more}</event>'


def trace(name="7", *events, more=""):
    return f'<trace><string key="concept:name" value="{name}"/>{more}{"".join(events)}</trace>'


@pytest.fixture
def log(tmp_path):
    def read(text, *, name="log.xes", **asked):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else f"{HEAD}{text}</log>".encode())
        return read_event_log(path, **asked)

    return read


def test_a_trace_is_a_record_and_its_attributes_have_their_kinds(log):
    more = (
        '<string key="channel" value="counter"/><int key="pages" value="3"/><float key="fee" value="12.50"/>'
        '<boolean key="paid" value="true"/><date key="asked" value="2020-01-05T09:00:00Z"/><id key="uuid" value="x-1"/>'
    )
    who = '<string key="org:group" value="registry"/><string key="org:resource" value="Somchai  P."/>'
    read = log(trace("7", event(more=who), more=more), kinds={"fee": Decimal})
    (record,) = read.records
    assert dict(record.attributes) == {
        "channel": "counter",
        "pages": 3,
        "fee": Decimal("12.50"),
        "paid": True,
        "asked": datetime(2020, 1, 5, 9, tzinfo=UTC),
        "uuid": "x-1",
    }
    assert isinstance(record.attributes["fee"], Decimal)
    (only,) = record.history
    assert (record.number, only.state, only.trigger, only.unit, only.by) == ("7", "a", "a", "registry", "Somchai P.")
    assert only.at == datetime(2020, 1, 6, 2, tzinfo=UTC)
    assert only.at.utcoffset().total_seconds() == 7 * 3600
    assert (read.events, read.faults, read.notes) == (1, (), ())


def test_what_the_file_declares_global_stands_for_what_is_left_out(log):
    given = (
        '<global scope="trace"><string key="concept:name" value="nobody"/><string key="kind" value="letter"/></global>'
        '<global scope="event"><string key="org:group" value="registry"/><string key="concept:name" value="some step"/>'
        '<date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>'
    )
    own = '<string key="org:group" value="budget"/>'
    named = trace("7", event(), event("b", more=own), f"<event>{TIME}</event>", event("no time", time=""))
    read = log(given + named + f"<trace>{event()}</trace>")
    (record,) = read.records
    assert [(one.state, one.unit) for one in record.history] == [
        ("a", "registry"),
        ("b", "budget"),
        ("some step", "registry"),
    ]
    assert record.attributes == {"kind": "letter"}
    assert [(fault.row, fault.column) for fault in read.faults] == [(4, "time:timestamp"), (5, "case:concept:name")]


def test_faults_say_which_event_of_which_trace(log):
    bad = '<date key="time:timestamp" value="soon"/>'
    read = log(trace("7", event(), event("b", bad)) + trace("", event("c")) + trace("8", event("")) + event("d"))
    assert [record.number for record in read.records] == ["7", "8"]
    assert [(fault.row, fault.column, fault.text) for fault in read.faults] == [
        (2, "time:timestamp", "soon"),
        (3, "case:concept:name", ""),
        (4, "concept:name", ""),
        (5, "case:concept:name", ""),
    ]
    places = [fault.reason.rpartition("(")[2] for fault in read.faults]
    assert places == [
        "event 2 of trace 1)",
        "event 1 of trace 2)",
        "event 1 of trace 3)",
        "an event outside any trace)",
    ]


def test_a_trace_without_events_is_a_record_and_one_without_name_and_events_a_fault(log):
    read = log(trace("7") + trace(" "))
    assert [(record.number, record.history) for record in read.records] == [("7", ())]
    assert [fault.column for fault in read.faults] == ["case:concept:name"]


def test_attributes_in_attributes_and_lists_say_nothing_of_the_trace(log):
    inner = '<string key="channel" value="no"/>'
    more = f'<string key="fee" value="12">{inner}</string><list key="l"><values>{inner}</values>{inner}</list>'
    more += f'<container key="c">{inner}</container>'
    (record,) = log(trace("7", event(), more=more)).records
    assert record.attributes == {"fee": "12"}


def test_what_stands_where_the_standard_has_nothing_is_passed_over(log):
    odd = f"<trace>{event('in an event')}</trace>{event('in an event')}<global>{TIME}</global>"
    read = log(trace("7", event("a", more=odd), more=f'<string key="l" value="x">{event("in a text")}</string>'))
    assert [(one.number, [step.state for step in one.history]) for one in read.records] == [("7", ["a"])]
    assert (read.events, read.faults, dict(read.records[0].attributes)) == (1, (), {"l": "x"})


def test_two_traces_of_one_name_are_one_record_and_that_is_noted(log):
    read = log(
        trace("7", event(), more='<string key="kind" value="x"/>')
        + trace("7", event("b"), more='<string key="kind" value="y"/>')
    )
    assert [(record.number, len(record.history)) for record in read.records] == [("7", 2)]
    assert read.records[0].attributes == {"kind": "x"}
    assert [(note.column, note.kind) for note in read.notes] == [
        ("case:concept:name", "doubtful"),
        ("case:kind", "doubtful"),
    ]


def test_an_attribute_that_cannot_be_read_is_noted_and_left_out(log):
    more = '<int key="pages" value="three"/><date key="asked" value="soon"/><float key="fee" value="INF"/>'
    read = log(trace("7", event(), more=more + '<boolean key="paid" value="perhaps"/><string key="kind" value="x"/>'))
    assert read.records[0].attributes == {"kind": "x"}
    assert [(note.column, note.text) for note in read.notes] == [
        ("case:pages", "three"),
        ("case:asked", "soon"),
        ("case:fee", "INF"),
        ("case:paid", "perhaps"),
    ]
    assert read.notes[0].reason == "is no whole number; correct it, or declare another kind (trace 1)"


def test_what_of_events_is_not_read_is_noted_once(log):
    more = '<string key="cost" value="3"/><string key="lifecycle:transition" value="complete"/>'
    start = '<string key="lifecycle:transition" value="start"/>'
    read = log(trace("7", event(more=more), event(more=more), event(more=start)))
    assert [(note.row, note.column, note.kind) for note in read.notes] == [
        (1, "cost", "unread"),
        (3, "lifecycle:transition", "unread"),
    ]
    assert "starts and ends all count as events" in read.notes[1].reason


def test_keys_are_called_as_the_columns_of_a_table_and_starts_are_kept_apart(log):
    moved = trace("7", event(more='<string key="lifecycle:transition" value="START"/>'))
    (record,) = log(moved, columns=LogColumns(lifecycle="lifecycle:transition")).records
    assert [(one.state, one.trigger) for one in record.history] == [("a+start", "a")]
    began = event(time='<date key="begun" value="2020-01-06T08:00:00"/><date key="done" value="2020-01-06T09:00:00"/>')
    own = f'<trace><string key="ticket" value="9"/>{began}</trace>'
    named = LogColumns(case="ticket", time="done", start="begun")
    (record,) = log(own, columns=named, zone=ZoneInfo("Asia/Bangkok")).records
    assert (record.number, [f"{one.state} {one.at:%H:%M%z}" for one in record.history]) == (
        "9",
        ["a+start 08:00+0700", "a+complete 09:00+0700"],
    )


def test_what_is_packed_is_known_by_its_bytes(log):
    whole = f"{HEAD}{trace('7', event())}</log>".encode()
    assert [
        log(text, name=name).events
        for text, name in ((gzip.compress(whole), "a.xes.gz"), (gzip.compress(whole), "a.xes"), (whole, "b.xes.gz"))
    ] == [1, 1, 1]


def test_other_encodings_and_prefixes_are_read(log):
    head = "<?xml version='1.0' encoding='utf-16'?><x:log xmlns:x='http://www.xes-standard.org/'>"
    text = f"{head}{trace('๗', event('ส่ง'))}</x:log>"
    (record,) = log(text.replace("<trace", "<x:trace").replace("</trace", "</x:trace").encode("utf-16")).records
    assert (record.number, record.history[0].state) == ("๗", "ส่ง")


WHOLE = f"{HEAD}{trace('7', event())}</log>".encode()
LAUGHS = '<!DOCTYPE log [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
PACKED = gzip.compress(WHOLE * 50, mtime=0)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"", "is empty; name the file that holds the log"),
        (b"case,activity\n1,a\n", "is no whole XML (line 1: "),
        (WHOLE[:-9], "is no whole XML (line 2: unclosed token"),
        (WHOLE[:-6], "is no whole XML (line 2: no element found"),
        (WHOLE.replace(b"</trace>", b""), "is no whole XML (line 2: mismatched tag"),
        (b"<html><body/></html>", "is XML and no XES: it begins with <html> and not with <log>; name a log"),
        (f"{LAUGHS}]><log>&i;</log>".encode(), "declares a document type or entities, which no XES has"),
        (b"<!DOCTYPE log><log/>", "declares a document type or entities, which no XES has"),
        (b'<!DOCTYPE log SYSTEM "http://localhost/log.dtd"><log/>', "take its DOCTYPE out"),
        (b'<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log>&x;</log>', "can fill a memory or fetch files"),
        (b"<log>" + b"<x>" * 200 + b"</x>" * 200 + b"</log>", "has elements more than 100 deep"),
        (b'<?xml version="1.0" encoding="klingon"?><log/>', "cannot be read as XML ("),
        (b'<?xml version="1.0" encoding="utf-32"?><log/>', "XML"),
        (PACKED[:-12], "breaks off before its end; get it once more"),
        (PACKED[:40], "breaks off before its end"),
        (PACKED[:20] + b"\xff" * 40 + PACKED[60:], "is damaged ("),
        (PACKED[:-8] + b"\0" * 8, "is damaged (crc check failed"),
        (b"\x1f\x8bno archive at all", "is damaged ("),
    ],
)
def test_a_file_that_is_no_xes_is_refused_in_a_sentence(log, given, sentence):
    with pytest.raises(FileError) as refused:
        log(given)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path):
    (tmp_path / "folder.xes").mkdir()
    for name, words in (("none.xes", "no such file"), ("folder.xes", "is a directory"), ("a\0b.xes", "its name holds")):
        with pytest.raises(FileError, match=words):
            read_event_log(tmp_path / name)


def test_what_unpacks_to_more_than_a_log_is_refused_before_it_fills_the_memory(log, monkeypatch):
    many = trace("7", event() * 4_000)
    packed = gzip.compress(f"{HEAD}{many}</log>".encode())
    assert log(packed).events == 4_000
    monkeypatch.setattr(opened, "FREE", 2**16)
    with pytest.raises(
        FileError, match="unpacks to more than a log can hold, as a file does that is made to fill a me"
    ):
        log(packed)
    monkeypatch.setattr(opened, "TIMES", 10_000)
    assert log(packed).events == 4_000
    monkeypatch.setattr(opened, "MOST", 2**18)
    with pytest.raises(FileError, match="unpack it yourself if you trust it"):
        log(packed)


def test_without_defusedxml_a_sentence_says_what_to_install(log, monkeypatch):
    monkeypatch.setitem(sys.modules, "defusedxml.sax", None)
    with pytest.raises(ModuleNotFoundError, match=r"install it with: pip install 'docflow-registry\[xes\]'"):
        log(WHOLE)


def test_files_load_no_reader_before_one_is_used():
    code = (
        "import sys, docflow.files\n"
        "assert not set(sys.modules) & {'defusedxml', 'pyarrow', 'pandas', 'polars', 'numpy', 'openpyxl', 'pm4py'}\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)  # noqa: S603 - our own code


@pytest.mark.parametrize("kinds", [{"fee": list}, {"fee": "int"}])
def test_what_is_no_kind_is_refused(log, kinds):
    with pytest.raises(
        TypeError, match="is no kind of the attribute 'fee'; choose bool, int, float, str, datetime, date"
    ):
        log(WHOLE, kinds=kinds)
