"""Logs of objects: events of several objects, attributes that change, and files that are none or damaged."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from docflow.errors import FileError
from docflow.files import read_object_log, write_object_log
from docflow.kpi import Event, Record

LOG = {
    "objectTypes": [
        {
            "name": "letter",
            "attributes": [{"name": "status", "type": "string"}, {"name": "fee", "type": "float"}],
        },
        {"name": "meeting", "attributes": []},
        {"name": "officer", "attributes": []},
    ],
    "eventTypes": [{"name": "put on the agenda", "attributes": [{"name": "org:group", "type": "string"}]}],
    "objects": [
        {
            "id": "1/2563",
            "type": "letter",
            "attributes": [
                {"name": "status", "time": "2020-01-07T09:00:00Z", "value": "answered"},
                {"name": "status", "time": "1970-01-01T00:00:00Z", "value": "new"},
                {"name": "fee", "time": "1970-01-01T00:00:00Z", "value": 12.5},
            ],
        },
        {"id": "2/2563", "type": "letter"},
        {"id": "Monday", "type": "meeting", "attributes": None},
        {"id": "Somchai", "type": "officer"},
    ],
    "events": [
        {
            "id": "e2",
            "type": "decide",
            "time": "2020-01-06 10:00:00",
            "relationships": [
                {"objectId": "1/2563", "qualifier": "subject"},
                {"objectId": "1/2563", "qualifier": "again"},
                {"objectId": "Monday", "qualifier": "where"},
            ],
        },
        {
            "id": "e1",
            "type": "put on the agenda",
            "time": "2020-01-06T09:00:00+07:00",
            "attributes": [{"name": "org:group", "value": "registry"}, {"name": "note", "value": None}],
            "relationships": [
                {"objectId": "1/2563", "qualifier": "subject"},
                {"objectId": "2/2563", "qualifier": "subject"},
                {"objectId": "Monday", "qualifier": "agenda"},
                {"objectId": "Somchai", "qualifier": "org:resource"},
            ],
        },
    ],
}


@pytest.fixture
def read(tmp_path):
    def reading(log, of="letter", **asked):
        path = tmp_path / "log.json"
        path.write_bytes(log if isinstance(log, bytes) else json.dumps(log).encode())
        return read_object_log(path, of, **asked)

    return reading


def test_a_record_for_each_object_of_the_type_with_the_events_it_is_related_to(read):
    log = read(LOG)
    assert [(one.number, [event.state for event in one.history]) for one in log.records] == [
        ("1/2563", ["put on the agenda", "decide"]),
        ("2/2563", ["put on the agenda"]),
    ]
    first = log.records[0].history[0]
    assert (first.unit, first.by, first.at) == ("registry", "Somchai", datetime(2020, 1, 6, 2, tzinfo=UTC))
    assert log.records[0].history[1].at == datetime(2020, 1, 6, 10, tzinfo=UTC)
    assert dict(log.records[0].attributes) == {"status": "answered", "fee": 12.5}
    assert (log.events, log.faults, log.notes) == (3, (), ())
    (meeting,) = read(LOG, "meeting").records
    assert [event.state for event in meeting.history] == ["put on the agenda", "decide"]


def test_units_persons_zones_and_kinds_are_as_one_says(read):
    log = read(LOG, unit="agenda", person="where", zone=ZoneInfo("Asia/Bangkok"), kinds={"fee": Decimal})
    assert [(one.state, one.unit, one.by, f"{one.at:%H:%M%z}") for one in log.records[0].history] == [
        ("put on the agenda", "Monday", None, "09:00+0700"),
        ("decide", None, "Monday", "10:00+0700"),
    ]
    assert repr(log.records[0].attributes["fee"]) == "Decimal('12.5')"


def test_what_cannot_be_read_is_told_by_event_and_object(read):
    bad = json.loads(json.dumps(LOG))
    bad["events"][0]["time"] = "soon"
    bad["events"][1]["relationships"][2]["objectId"] = "Tuesday"
    bad["objects"][0]["attributes"][2]["value"] = "much"
    log = read(bad)
    (fault,) = log.faults
    assert (fault.row, fault.column, fault.text) == (1, "time:timestamp", "soon")
    assert fault.reason.endswith("(event e2)")
    assert [(note.column, note.kind, note.text) for note in log.notes] == [
        ("case:concept:name", "unknown", "Tuesday"),
        ("case:fee", "unreadable", "much"),
    ]
    assert log.notes[1].reason.endswith("(object 1/2563)")


RECORD = Record(
    "1", [Event("asked", datetime(2020, 1, 6, 9, tzinfo=UTC))], attributes={"status": "new", "fee": 1, "paid": False}
)


@pytest.fixture
def base(tmp_path):
    """A sound database, and a way to change it."""
    path = tmp_path / "log.sqlite"
    write_object_log(path, [RECORD], of="letter")

    def change(*statements):
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return path

    return change


def test_in_a_database_an_attribute_that_changed_has_its_last_value(base):
    path = base(
        "INSERT INTO object_letter VALUES ('1', '2020-02-01 00:00:00', 'status', 'answered', 9, NULL)",
        "INSERT INTO object_letter VALUES ('1', '2020-01-07 00:00:00', 'status', 'read', NULL, NULL)",
    )
    (found,) = read_object_log(path, "letter").records
    assert dict(found.attributes) == {"status": "answered", "fee": 1, "paid": False}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"", "is empty; name the file that holds the log"),
        (b"case,activity", "is no whole JSON ("),
        (json.dumps(LOG).encode()[:-5], "is no whole JSON ("),
        (b"[" * 100_000, "export it again"),
        (b'{"objects": [], "events": [], "objectTypes": [{"name": NaN}]}', "NaN is no number"),
        (b'{"events": [' + b"9" * 5000 + b"]}", "is no whole JSON ("),
        (b"\xff\xfe{", "is no whole JSON ("),
        (b"[]", "is no OCEL 2.0: the log has no list of objectTypes; name a log of objects"),
        (b'{"ocel:global-log": {}}', "is no OCEL 2.0: the log has no list of objectTypes"),
        ({**LOG, "events": {"e1": {}}}, "is no OCEL 2.0: the log has no list of events"),
        ({**LOG, "events": [{"type": "x"}]}, "is no OCEL 2.0: an event has no id"),
        ({**LOG, "events": [{"id": "e", "time": "x"}]}, "is no OCEL 2.0: the event e has no type"),
        ({**LOG, "objects": [{"id": "o", "type": 1.5}]}, "is no OCEL 2.0: the object o has no type"),
        ({**LOG, "objects": [{"id": "o", "type": "x", "attributes": "a"}]}, "the object o has no list of attributes"),
        (
            LOG | {"objects": [], "objectTypes": []},
            "has no objects of the type 'letter'; it has nothing; name one of them",
        ),
    ],
)
def test_json_that_is_no_log_is_refused_in_a_sentence(read, given, sentence):
    with pytest.raises(FileError) as refused:
        read(given)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_type_that_the_file_does_not_have_is_told_with_those_that_it_has(read, base):
    with pytest.raises(
        FileError, match="has no objects of the type 'order'; it has letter, meeting, officer; name one"
    ):
        read(LOG, "order")
    with pytest.raises(FileError, match="has no objects of the type 'order'; it has letter; name one"):
        read_object_log(base(), "order")


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["DROP TABLE event_object"], "is no OCEL 2.0: it has no table 'event_object'; name a log of objects"),
        (["DROP TABLE event_asked"], "it has no table 'event_asked'"),
        (["DELETE FROM event_map_type"], "is no OCEL 2.0: no table is named for the type 'asked'; export it again"),
        (["ALTER TABLE event DROP COLUMN ocel_type"], "its table 'event' has no column 'ocel_type'"),
        (["UPDATE object_letter SET status = x'00ff'"], "holds bytes in its table 'object_letter', where text should"),
        (["UPDATE event SET ocel_type = CAST(x'ff' AS TEXT)"], "cannot be read as SQLite ("),
        (
            ["ALTER TABLE event_object RENAME TO e", "CREATE VIEW event_object AS SELECT * FROM e"],
            "it has no table 'event_object'",
        ),
        (
            ["ALTER TABLE object_letter ADD COLUMN x TEXT AS (hex(zeroblob(400000000)))"],
            "computes columns of its table 'object_letter', as no log does; export it again",
        ),
    ],
)
def test_a_database_that_is_no_log_is_refused_in_a_sentence(base, statements, sentence):
    path = base(*statements)
    with pytest.raises(FileError) as refused:
        read_object_log(path, "letter")
    assert sentence in str(refused.value)


def test_a_table_of_a_module_is_not_read(base):
    path = base(
        "ALTER TABLE object_object RENAME TO o",
        "ALTER TABLE event_object RENAME TO e",
        "CREATE VIRTUAL TABLE event_object USING fts5(ocel_event_id, ocel_object_id, ocel_qualifier)",
    )
    with pytest.raises(FileError, match="it has no table 'event_object'"):
        read_object_log(path, "letter")


def test_a_database_that_is_cut_or_damaged_is_refused_and_never_changed(base):
    path = base()
    whole = path.read_bytes()
    for damaged in (
        whole[:5000],
        whole[:4096] + b"\xff" * 4096 + whole[8192:],
        whole[:100] + b"\xff" * 40 + whole[140:],
    ):
        path.write_bytes(damaged)
        with pytest.raises(FileError, match="cannot be read as SQLite|is no OCEL 2.0"):
            read_object_log(path, "letter")
        assert path.read_bytes() == damaged
    path.write_bytes(whole)
    path.chmod(0o444)
    before = sorted(path.parent.iterdir())
    assert read_object_log(path, "letter").records == (RECORD,)
    assert (sorted(path.parent.iterdir()), path.read_bytes()) == (before, whole)


def test_a_database_that_is_being_written_is_refused(base):
    path = base()
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE object SET ocel_id = '2'")
        writer.commit()
        with pytest.raises(
            FileError, match="is still being written, for log.sqlite-wal is not empty; close the program"
        ):
            read_object_log(path, "letter")


def test_a_database_that_is_half_written_is_refused_and_one_that_is_only_locked_is_read(base):
    path = base()
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        assert read_object_log(path, "letter").records == (RECORD,)
        writer.execute("UPDATE object SET ocel_id = '2'")
        with pytest.raises(FileError, match="is still being written, for log.sqlite-journal is not empty; close the"):
            read_object_log(path, "letter")


def test_reading_leaves_nothing_beside_a_database_with_a_journal_of_its_own(base):
    path = base("PRAGMA journal_mode = WAL")
    whole = path.read_bytes()
    assert read_object_log(path, "letter").records == (RECORD,)
    assert ([file.name for file in path.parent.iterdir()], path.read_bytes()) == ([path.name], whole)


def test_json_has_what_the_standard_asks_for(tmp_path):
    write_object_log(tmp_path / "log.json", [RECORD], of="letter")
    since = {"time": "1970-01-01T00:00:00+00:00"}
    kinds = [
        {"name": name, "type": kind} for name, kind in (("status", "string"), ("fee", "integer"), ("paid", "boolean"))
    ]
    values = [{"name": "status", **since, "value": "new"}, {"name": "fee", **since, "value": 1}]
    assert json.loads((tmp_path / "log.json").read_text(encoding="utf-8")) == {
        "objectTypes": [{"name": "letter", "attributes": kinds}],
        "eventTypes": [{"name": "asked", "attributes": [{"name": "lifecycle:transition", "type": "string"}]}],
        "objects": [
            {
                "id": "1",
                "type": "letter",
                "attributes": [*values, {"name": "paid", **since, "value": False}],
                "relationships": [],
            }
        ],
        "events": [
            {
                "id": "e1",
                "type": "asked",
                "time": "2020-01-06T09:00:00+00:00",
                "attributes": [{"name": "lifecycle:transition", "value": "complete"}],
                "relationships": [{"objectId": "1", "qualifier": "letter"}],
            }
        ],
    }


@pytest.mark.parametrize("name", ["log #1?.sqlite", "log%20.json", "บันทึก.db"])
def test_names_of_files_are_taken_as_they_are(tmp_path, name):
    write_object_log(tmp_path / name, [RECORD], of="letter")
    assert read_object_log(tmp_path / name, "letter").records == (RECORD,)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_types_of_any_name_have_tables_of_their_own(tmp_path):
    at = datetime(2020, 1, 6, 9, tzinfo=UTC)
    names = ("รับ", "ส่ง", "a b", "ab", "AB", "object", "map_type", '"; DROP TABLE event; --')
    record = Record("1", [Event(name, at) for name in names], attributes={'fee "x"': 1})
    for of in ("จดหมาย", 'let"ter', "map_type", "object"):
        write_object_log(tmp_path / "log.sqlite", [record], of=of)
        assert read_object_log(tmp_path / "log.sqlite", of).records == (record,)


@pytest.mark.parametrize("attributes", [{"fee": 1, "FEE": 2}, {"ocel_time": "x"}, {"a\0b": 1}])
def test_names_that_a_database_cannot_tell_apart_are_refused_and_json_holds_them(tmp_path, attributes):
    record = Record("1", RECORD.history, attributes=attributes)
    with pytest.raises(FileError, match=r"cannot be written as SQLite \(.*\); rename the attributes, or write JSON"):
        write_object_log(tmp_path / "log.sqlite", [record], of="letter")
    assert list(tmp_path.iterdir()) == []
    write_object_log(tmp_path / "log.json", [record], of="letter")
    assert read_object_log(tmp_path / "log.json", "letter").records == (record,)


def test_an_attribute_of_several_kinds_is_text(tmp_path):
    records = [Record(str(n), RECORD.history, attributes={"fee": fee}) for n, fee in enumerate((1, "two", 2**70))]
    numbers = [Record(str(n), RECORD.history, attributes={"fee": fee}) for n, fee in enumerate((1, 2.5, True))]
    for suffix in (".json", ".sqlite"):
        for given, told in ((records, ["1", "two", str(2**70)]), (numbers, ["1", "2.5", "true"])):
            write_object_log(tmp_path / f"log{suffix}", given, of="letter")
            found = read_object_log(tmp_path / f"log{suffix}", "letter").records
            assert [one.attributes["fee"] for one in found] == told


def test_what_is_no_type_no_zone_and_no_ending_is_refused(tmp_path):
    with pytest.raises(TypeError, match="is no type of object; give one text"):
        write_object_log(tmp_path / "log.json", [RECORD], of=None)
    with pytest.raises(TypeError, match="is no type of object"):
        read_object_log(tmp_path / "log.json", 5)
    with pytest.raises(TypeError, match="'Asia/Bangkok' is no time zone"):
        read_object_log(tmp_path / "log.json", "letter", zone="Asia/Bangkok")
    with pytest.raises(FileError, match="has no ending that says what to write; choose one of .json, .sqlite"):
        write_object_log(tmp_path / "log.xml", [RECORD], of="letter")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["json", "sqlite"])
def test_of_two_events_or_objects_of_one_name_the_first_counts(read, tmp_path, form):
    twice = json.loads(json.dumps(LOG))
    twice["events"].append(dict(LOG["events"][1], type="again"))
    twice["objects"].append({"id": "1/2563", "type": "letter", "attributes": [{"name": "fee", "value": 99}]})
    if form == "json":
        log = read(twice)
    else:
        path = tmp_path / "log.sqlite"
        write_object_log(path, read(LOG).records, of="letter")
        with closing(sqlite3.connect(path)) as base:
            for table in ("event", "object"):
                base.execute(f"CREATE TABLE more AS SELECT * FROM {table}")  # noqa: S608 - a name of this test
                base.execute(f"DROP TABLE {table}")
                base.execute(f"ALTER TABLE more RENAME TO {table}")
            base.execute("INSERT INTO event SELECT ocel_id, 'decide' FROM event WHERE ocel_type LIKE 'put%' LIMIT 1")
            base.execute("INSERT INTO object VALUES ('1/2563', 'letter')")
            base.commit()
        log = read_object_log(path, "letter")
    assert [[event.state for event in one.history] for one in log.records] == [
        ["put on the agenda", "decide"],
        ["put on the agenda"],
    ]
    assert log.records[0].attributes["fee"] == 12.5
    assert [(fault.column, fault.kind, fault.reason.partition(";")[0]) for fault in log.faults] == [
        ("case:concept:name", "duplicate", "is the name of an object above too, which counts"),
        ("concept:name", "duplicate", "is the name of an event above too, which counts"),
    ]
    assert log.faults[0].text == "1/2563"
