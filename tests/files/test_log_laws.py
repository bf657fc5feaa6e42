"""What is written as a log is read back as it was, in every form, and all forms say the same."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logged import IN_XES, anything, in_a_table, in_xml, logs

from docflow.errors import RecordError
from docflow.files import read_event_log, read_object_log, write_event_log, write_object_log
from docflow.kpi import Event, Record

pytestmark = pytest.mark.laws
XES = (".xes", ".xes.gz")
OBJECTS = (".json", ".sqlite")
TABLES = (".csv", ".parquet")
NINE = datetime(2020, 1, 6, 9, tzinfo=UTC)


def back(suffix, records, kinds=None, zone=None):
    """The log that is read of what was written."""
    asked = {} if kinds is None else {"kinds": kinds}
    with TemporaryDirectory() as folder:
        path = Path(folder, f"log{suffix}")
        if suffix in OBJECTS:
            write_object_log(path, records, of="letter", zone=zone)
            return read_object_log(path, "letter", **asked)
        write_event_log(path, records, zone=zone)
        return read_event_log(path, **asked)


def told(log):
    """Records with what equality does not see: of True and 1, or 2 and 2.0, which kind it is."""
    return [(one, {name: type(value) for name, value in one.attributes.items()}) for one in log]


def sure(suffix, given, *, declared):
    records, kinds = given
    log = back(suffix, records, kinds if declared else None)
    assert (log.faults, log.notes) == ((), ())
    assert told(log.records) == told(records)
    assert log.events == sum(len(record.history) for record in records)


@pytest.mark.parametrize("suffix", XES)
@given(logs(in_xml))
def test_xes_gives_the_same_records(suffix, given):
    sure(suffix, given, declared=True)


@given(logs(in_xml, IN_XES))
def test_xes_declares_kinds_itself(given):
    sure(".xes", given, declared=False)


@pytest.mark.parametrize("suffix", OBJECTS)
@given(logs(anything.map(lambda text: text.replace("\0", ""))))
def test_objects_give_the_same_records(suffix, given):
    sure(suffix, given, declared=True)


@pytest.mark.parametrize("suffix", OBJECTS)
@given(logs(in_a_table, IN_XES))
def test_objects_declare_kinds_themselves(suffix, given):
    sure(suffix, given, declared=False)


@pytest.mark.parametrize("suffix", TABLES)
@given(logs(in_a_table, empty=False))
def test_a_table_gives_the_same_records(suffix, given):
    sure(suffix, given, declared=True)


@pytest.mark.parametrize("suffix", TABLES)
@given(st.lists(anything.filter(str.strip), max_size=4, unique=True), anything.filter(str.strip))
def test_a_table_never_makes_one_of_two_cases(suffix, numbers, state):
    """Whatever they are called: each is read again, or the writer refuses."""
    records = [Record(number, [Event(state, NINE)]) for number in numbers]
    try:
        log = back(suffix, records)
    except RecordError:
        return
    assert (len(log.records), log.events, log.faults) == (len(records), len(records), ())


@given(logs(in_a_table, empty=False), st.sampled_from([None, ZoneInfo("Asia/Bangkok")]))
def test_all_forms_say_the_same(given, zone):
    records, kinds = given
    found = [back(suffix, records, kinds, zone) for suffix in (*XES, *OBJECTS, *TABLES)]
    assert all(one.records == tuple(records) for one in found)


@given(logs(in_a_table, empty=False))
def test_what_was_read_is_written_as_the_same_bytes(given):
    records, kinds = given
    with TemporaryDirectory() as folder:
        for suffix in (*XES, ".csv"):
            one, other = Path(folder, f"one{suffix}"), Path(folder, f"other{suffix}")
            write_event_log(one, records)
            write_event_log(other, read_event_log(one, kinds=kinds).records)
            assert one.read_bytes() == other.read_bytes()
