"""PM4Py reads what docflow writes, and docflow what PM4Py writes: the same cases, events and variants."""

from collections import Counter
from datetime import datetime

import pytest
from scripts import ROOT

from docflow import WorkTime
from docflow.bangkok import office_clock
from docflow.files import read_event_log, read_object_log, write_event_log, write_object_log
from docflow.kpi import Event, Record, reached
from docflow.kpi.measures import Duration

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]  # the warnings are PM4Py's own
RECEIPTS = ROOT / "tests" / "golden" / "receipt-log.csv"


@pytest.fixture(scope="module")
def pm4py():
    reason = "PM4Py is not installed, so nobody but docflow read these logs; install docflow-registry[dev]"
    return pytest.importorskip("pm4py", reason=reason, exc_type=ImportError)


@pytest.fixture(scope="module")
def records():
    return read_event_log(RECEIPTS).records


def variants(records):
    """How often each sequence of activities comes."""
    return Counter(tuple(event.trigger for event in record.history) for record in records)


def same(found, records, *, to="microseconds"):
    """Whether records tell the same, in whatever order and zone; PM4Py cuts the seconds of its JSON."""

    def told(record):
        cut = {"microsecond": 0} if to == "seconds" else {}
        return record.number, [(event.state, event.at.replace(**cut), event.unit, event.by) for event in record.history]

    return sorted(map(told, found)) == sorted(map(told, records))


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_pm4py_finds_the_same_cases_and_variants_in_xes(pm4py, records, tmp_path, name):
    write_event_log(tmp_path / name, records)
    read = pm4py.read_xes(str(tmp_path / name))
    assert (len(read), read["case:concept:name"].nunique()) == (1236, 205)
    assert pm4py.get_variants(read) == dict(variants(records))
    at = {number: list(times) for number, times in read.groupby("case:concept:name")["time:timestamp"]}
    assert at == {record.number: [event.at for event in record.history] for record in records}


def test_pm4py_finds_the_same_in_a_table_as_in_the_log_that_was_read(pm4py, records, tmp_path):
    pandas = pytest.importorskip("pandas", reason="PM4Py reads tables by pandas")
    write_event_log(tmp_path / "log.csv", records)
    write_event_log(tmp_path / "log.parquet", records)
    given = pm4py.get_variants(pm4py.format_dataframe(pandas.read_csv(RECEIPTS)))
    for frame in (pandas.read_csv(tmp_path / "log.csv"), pandas.read_parquet(tmp_path / "log.parquet")):
        assert pm4py.get_variants(pm4py.format_dataframe(frame)) == given == dict(variants(records))


def test_pm4py_finds_units_persons_attributes_and_figures(pm4py, tmp_path):
    nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00:00.000001+07:00") for hour in ("09", "10"))
    given = [Event("asked", nine, "registry", by="สมชาย"), Event("answered", ten)]
    record = Record("1/2563", given, attributes={"fee": 12, "part": 0.5, "paid": True, "asked": nine})
    waiting = Duration("waiting", start=reached("asked"), stop=reached("answered")).capped(WorkTime(hours=2))
    write_event_log(tmp_path / "log.xes", [record], results=[waiting.read([record], office_clock())])
    first = pm4py.read_xes(str(tmp_path / "log.xes")).to_dict("records")[0]
    assert (first["case:concept:name"], first["concept:name"], first["time:timestamp"]) == ("1/2563", "asked", nine)
    assert (first["org:group"], first["org:resource"], first["lifecycle:transition"]) == (
        "registry",
        "สมชาย",
        "complete",
    )
    assert (first["case:fee"], first["case:part"], first["case:paid"]) == (12, 0.5, True)
    assert first["case:asked"] == nine
    assert first["case:docflow:waiting:bin"] == "counted"
    assert first["case:docflow:waiting:working_microseconds"] == 3_600_000_000
    assert first["case:docflow:waiting:reading"] == str(waiting)


def test_docflow_reads_the_xes_of_pm4py(pm4py, records, tmp_path):
    write_event_log(tmp_path / "ours.xes", records)
    pm4py.write_xes(pm4py.read_xes(str(tmp_path / "ours.xes")), str(tmp_path / "theirs.xes"))
    read = read_event_log(tmp_path / "theirs.xes")
    assert (read.faults, read.notes, read.records) == ((), (), records)


@pytest.mark.parametrize("name", ["log.json", "log.sqlite"])
def test_pm4py_and_docflow_read_the_objects_of_each_other(pm4py, records, tmp_path, name):
    ours, theirs = tmp_path / name, tmp_path / f"theirs-{name}"
    write_object_log(ours, records, of="application")
    kind = name.rpartition(".")[2]
    objects = getattr(pm4py, f"read_ocel2_{kind}")(str(ours))
    flat = pm4py.format_dataframe(pm4py.ocel_flattening(objects, "application"))
    assert pm4py.get_variants(flat) == dict(variants(records))
    getattr(pm4py, f"write_ocel2_{kind}")(objects, str(theirs))
    read = read_object_log(theirs, "application")
    assert (read.faults, read.notes, read.events) == ((), (), 1236)
    assert same(read.records, records, to="seconds" if kind == "json" else "microseconds")


@pytest.mark.usefixtures("pm4py")
def test_a_database_of_objects_keeps_every_rule_of_the_standard(records, tmp_path):
    from pm4py.objects.ocel.validation import ocel20_rel_validation as rules  # noqa: PLC0415 - if it is there

    write_object_log(tmp_path / "log.sqlite", records, of="application")
    kept, broken = rules.apply(str(tmp_path / "log.sqlite"))
    assert (len(kept), broken) == (24, [])
