"""Logs that are written: what stands in them, docflow's own figures too, and what is refused and leaves no trace."""

import csv
import gzip
import os
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docflow import Letter, WorkingDays
from docflow.bangkok import INCOMING_EXTERNAL_LETTER, office_clock
from docflow.errors import FileError, RecordError
from docflow.files import read_event_log, read_object_log, write_event_log, write_object_log
from docflow.kpi import Event, Record, Window, reached
from docflow.kpi.measures import Duration
from docflow.testing import records

FRIDAY = datetime.fromisoformat("2019-11-15T09:00+07:00")
MONDAY = datetime.fromisoformat("2019-11-18T16:31:00.000001+07:00")
ALL = (".xes", ".xes.gz", ".csv", ".parquet", ".json", ".sqlite")
CLOCK = office_clock()


def letter(number="1", stop=MONDAY, **more):
    return Record(number, [Event("registered", FRIDAY), Event("taken_over", stop)], **more)


def write(path, records, **asked):
    """As a log of events, or of objects."""
    if path.suffix in (".json", ".sqlite"):
        write_object_log(path, records, of="letter", **asked)
    else:
        write_event_log(path, records, **asked)


def read(path, **asked):
    """The records of what was written."""
    if path.suffix in (".json", ".sqlite"):
        return read_object_log(path, "letter", **asked).records
    return read_event_log(path, **asked).records


def test_xes_has_what_the_standard_asks_for(tmp_path):
    write_event_log(tmp_path / "log.xes", [letter(attributes={"fee": 12, "on": date(2020, 1, 6), "x": '<&"\n'})])
    text = (tmp_path / "log.xes").read_text(encoding="utf-8")
    for line in (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">',
        '  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>',
        '  <global scope="event">',
        '  <classifier name="Activity" keys="concept:name"/>',
        '    <int key="fee" value="12"/>',
        '    <string key="on" value="2020-01-06"/>',
        '    <string key="x" value=\'&lt;&amp;"&#10;\'/>',
        '      <date key="time:timestamp" value="2019-11-15T09:00:00+07:00"/>',
        '      <date key="time:timestamp" value="2019-11-18T16:31:00.000001+07:00"/>',
        '      <string key="lifecycle:transition" value="complete"/>',
    ):
        assert f"{line}\n" in text


def test_a_table_has_the_columns_that_are_needed(tmp_path):
    one = Record("1", [Event("asked", FRIDAY, "registry", by="Somchai")], attributes={"kind": "x"})
    other = Record("2", [Event("review+start", FRIDAY, trigger="review", recorded=MONDAY)], wanted_by=MONDAY)
    write_event_log(tmp_path / "log.csv", [one, other], zone=UTC)
    nine, past_four = "2019-11-15T02:00:00+00:00", "2019-11-18T09:31:00.000001+00:00"
    with (tmp_path / "log.csv").open(encoding="utf-8", newline="") as file:
        assert list(zip(*csv.reader(file), strict=True)) == [
            ("case:concept:name", "1", "2"),
            ("concept:name", "asked", "review"),
            ("time:timestamp", nine, nine),
            ("org:group", "registry", ""),
            ("org:resource", "Somchai", ""),
            ("docflow:state", "", "review+start"),
            ("docflow:recorded", "", past_four),
            ("lifecycle:transition", "complete", "start"),
            ("case:kind", "x", ""),
            ("case:docflow:wanted_by", "", past_four),
        ]
    write_event_log(tmp_path / "log.csv", [letter()])
    assert (
        (tmp_path / "log.csv").read_text(encoding="utf-8").startswith("case:concept:name,concept:name,time:timestamp\n")
    )


def test_what_a_spreadsheet_would_compute_is_text_in_a_csv_file(tmp_path):
    record = Record("=1+1", [Event("@SUM(A1)", FRIDAY, by="\x1b[2J")], attributes={"+a": "-1", "n": -1})
    write_event_log(tmp_path / "log.csv", [record])
    with (tmp_path / "log.csv").open(encoding="utf-8", newline="") as file:
        headings, row = csv.reader(file)
    assert headings[-2:] == ["case:+a", "case:n"]
    assert row == ["'=1+1", "'@SUM(A1)", "2019-11-15T09:00:00+07:00", "\\x1b[2J", "'-1", "-1"]


def test_a_parquet_file_has_columns_of_their_kinds(tmp_path):
    said = {"fee": 12, "paid": True, "part": Fraction(1, 2), "asked": FRIDAY}
    given = [letter(attributes=said), letter("2", wanted_by=MONDAY, attributes={"fee": 2**70})]
    write_event_log(tmp_path / "log.parquet", given, zone=ZoneInfo("Asia/Bangkok"))
    table = pq.read_table(tmp_path / "log.parquet")
    assert {name: str(kind) for name, kind in zip(table.schema.names, table.schema.types, strict=True)} == {
        "case:concept:name": "string",
        "concept:name": "string",
        "time:timestamp": "timestamp[us, tz=Asia/Bangkok]",
        "case:fee": "string",
        "case:paid": "bool",
        "case:part": "string",
        "case:asked": "timestamp[us, tz=Asia/Bangkok]",
        "case:docflow:wanted_by": "timestamp[us, tz=Asia/Bangkok]",
    }
    rows = table.to_pylist()
    assert [(row["case:concept:name"], row["concept:name"], row["time:timestamp"]) for row in rows] == [
        (number, state, at) for number in "12" for state, at in (("registered", FRIDAY), ("taken_over", MONDAY))
    ]
    assert [(row["case:fee"], row["case:part"], row["case:paid"]) for row in rows[1:3]] == [
        ("12", "1/2", True),
        (str(2**70), None, None),
    ]
    write_event_log(tmp_path / "log.parquet", [letter()])
    assert str(pq.read_table(tmp_path / "log.parquet").schema.field("time:timestamp").type) == "timestamp[us, tz=UTC]"


def test_a_case_is_told_with_its_letter_and_the_lifecycle_of_its_workflow(tmp_path):
    case = INCOMING_EXTERNAL_LETTER.open(
        Letter(number="8395/2562", subject="Market", secrecy="secret", dated=date(2019, 11, 1)), at=FRIDAY, by="Somchai"
    ).apply("hand_over", at=MONDAY, unit="budget")
    for suffix in (".xes", ".json"):
        write(tmp_path / f"log{suffix}", [case])
        (found,) = read(tmp_path / f"log{suffix}", kinds={"dated": date})
        assert [(one.state, one.trigger, one.unit, one.by) for one in found.history] == [
            (step.state, step.trigger, step.unit, step.by) for step in case.history
        ]
        assert (found.attributes["subject"], found.attributes["secrecy"]) == ("Market", "secret")
        assert found.attributes["dated"] == date(2019, 11, 1)
        assert "remark" not in found.attributes


class TestFigures:
    """Docflow's own figures stand among the attributes of each case."""

    DURATION = Duration("handing over", start=reached("registered"), stop=reached("taken_over"))
    LETTERS = (letter(), letter("2", FRIDAY + timedelta(minutes=7)), Record("3", [Event("registered", MONDAY)]))

    def results(self, given):
        return {
            "time": self.DURATION.read(given, CLOCK),
            "in a day": self.DURATION.within(WorkingDays(1)).read(given, CLOCK),
        }

    @pytest.mark.parametrize("suffix", [one for one in ALL if one != ".parquet"])
    def test_they_are_exact_in_every_form(self, tmp_path, suffix):
        path = tmp_path / f"log{suffix}"
        results = self.results(self.LETTERS)
        write(path, self.LETTERS, results=results)
        kinds = {f"docflow:{name}:working_microseconds": int for name in results}
        kinds |= {"docflow:in a day:due": datetime}
        one, two, three = (found.attributes for found in read(path, kinds=kinds))
        assert (
            one["docflow:time:working_microseconds"] == 15 * 3_600_000_000 + 1_800_000_000
        )  # not the minute after 16:30
        assert two["docflow:in a day:working_microseconds"] == 7 * 60_000_000
        assert one["docflow:in a day:due"] == datetime.fromisoformat("2019-11-18T16:30+07:00")
        assert [each["docflow:in a day:bin"] for each in (one, two, three)] == ["late", "counted", "running"]
        assert [each["docflow:time:bin"] for each in (one, two, three)] == ["counted", "counted", "unfinished"]
        assert one["docflow:in a day:reading"] == str(results["in a day"].measure)
        clock = "WorkClock 08:30–16:30, ThaiGovernment(area='bangkok'), Asia/Bangkok"
        assert one["docflow:time:calendar"] == f"{clock}; as known on 2019-11-18; year 2019"

    @given(st.lists(records(["registered", "taken_over"], clock=CLOCK), max_size=4, unique_by=lambda one: one.number))
    def test_the_figures_of_a_case_are_those_of_its_observation(self, given):
        told = [one for one in given if one.number.strip()]
        results = self.results(told)
        path = Path(self.folder, "log.xes")
        write_event_log(path, told, results=results)
        found = read_event_log(path).records
        for record, got in zip(told, found, strict=True):
            assert (got.history, got.wanted_by) == (record.history, record.wanted_by)
            assert {name for name in got.attributes if not name.startswith("docflow:")} == set(record.attributes)
        for name, result in results.items():
            for seen, got in zip(result.observations, found, strict=True):
                said = {
                    key: got.attributes.get(f"docflow:{name}:{key}") for key in ("bin", "working_microseconds", "due")
                }
                assert (said["bin"], said["due"]) == (str(seen.bin), seen.due)
                if seen.start is not None and seen.stop is not None:
                    assert said["working_microseconds"] == CLOCK.elapsed(seen.start, seen.stop).microseconds

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        type(self).folder = tmp_path

    def test_each_time_of_a_loop_has_figures_of_its_own_and_an_excluded_record_its_reason(self, tmp_path):
        every = Duration("loop", start=reached("a"), stop=reached("b"), every=True)
        hours = [FRIDAY + timedelta(hours=n) for n in range(4)]
        looped = Record("1", [Event(state, at) for state, at in zip("abab", hours, strict=True)])
        other = Record("2", [Event("c", FRIDAY)])
        write_event_log(tmp_path / "log.xes", [looped, other], results=[every.read([looped, other], CLOCK)])
        one, two = (found.attributes for found in read_event_log(tmp_path / "log.xes").records)
        assert [one[f"docflow:loop:{nth}working_microseconds"] for nth in ("", "2:")] == [3_600_000_000] * 2
        assert (two["docflow:loop:bin"], two["docflow:loop:reason"]) == ("excluded", "had not reached a")

    def test_pauses_and_what_was_known_are_told(self, tmp_path):
        paused = Duration("p", start=reached("a"), stop=reached("c"), pausing=("b",)).within(WorkingDays(1))
        history = [Event("a", FRIDAY), Event("b", FRIDAY + timedelta(hours=1)), Event("a", FRIDAY + timedelta(hours=2))]
        record = Record("1", [*history, Event("c", FRIDAY + timedelta(hours=2, minutes=30))])
        context = {
            "window": Window(date(2019, 10, 1), date(2020, 9, 30)),
            "as_of": MONDAY,
            "known_at": FRIDAY + timedelta(hours=3),
        }
        result = paused.read([record], CLOCK, **context)
        write_event_log(tmp_path / "log.xes", [record], results=[result])
        (found,) = read_event_log(tmp_path / "log.xes").records
        assert found.attributes["docflow:p:working_microseconds"] == 90 * 60_000_000
        assert "standing still while b" in found.attributes["docflow:p:reading"]
        assert "as known on 2019-11-15" in found.attributes["docflow:p:calendar"]

    def test_what_is_open_has_worked_up_to_the_last_moment_seen(self, tmp_path):
        given = [Record("3", [Event("registered", FRIDAY)])]
        result = self.DURATION.within(WorkingDays(9)).read(given, CLOCK, as_of=FRIDAY + timedelta(hours=2))
        write_event_log(tmp_path / "log.xes", given, results=[result])
        (found,) = read_event_log(tmp_path / "log.xes").records
        assert found.attributes["docflow:handing over:bin"] == "running"
        assert found.attributes["docflow:handing over:working_microseconds"] == 2 * 3_600_000_000

    def test_results_of_other_records_of_one_name_and_none_are_refused(self, tmp_path):
        path, result = tmp_path / "log.xes", self.DURATION.read([letter()], CLOCK)
        with pytest.raises(
            RecordError, match="record 2: the result 'handing over' says nothing of it; read the measure"
        ):
            write_event_log(path, [letter(), letter("2")], results=[result])
        with pytest.raises(TypeError, match="two results are called 'handing over'; give them by names of your own"):
            write_event_log(path, [letter()], results=[result, result])
        with pytest.raises(TypeError, match="is no result; give some"):
            write_event_log(path, [letter()], results=[self.DURATION])
        with pytest.raises(TypeError, match="is no mapping of results; give some by name"):
            write_event_log(path, [letter()], results=5)
        assert list(tmp_path.iterdir()) == []


HALF = "half \ud800"


@pytest.mark.parametrize("suffix", ALL)
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            [letter(), letter("2"), letter("1")],
            "record 1: is the number of two records, which a log would make one; ren",
        ),
        ([letter(" ")], "record ' ': has no number, by which a log tells cases apart; give it one"),
        (
            [letter(attributes={"x": ("a", "b")})],
            "record 1: its x is ('a', 'b'), which no log can hold; give a text, a",
        ),
        ([letter(attributes={"x": float("nan")})], "record 1: its x is nan, which no log can hold"),
        (
            [letter(attributes={"x": datetime(2020, 1, 6)})],
            "which no log can hold; give a text, a number, yes or no, a",
        ),
        (
            [letter(attributes={"concept:name": "x"})],
            "its attribute 'concept:name' is called as no attribute of a log c",
        ),
        ([letter(attributes={"": "x"})], "its attribute '' is called as no attribute of a log can be; rename it"),
        (
            [letter(attributes={"x": HALF})],
            "record 1: its x holds half a character, which no file can hold; correct it",
        ),
        ([letter(attributes={HALF: "x"})], "holds half a character"),
        ([letter(HALF)], "its concept:name holds half a character"),
        ([Record("1", [Event(HALF, FRIDAY)])], "its concept:name holds half a character"),
        ([5], "5: it is neither a case nor a record"),
    ],
)
def test_what_no_log_can_tell_is_refused_and_nothing_is_written(tmp_path, suffix, given, sentence):
    path = tmp_path / f"log{suffix}"
    with pytest.raises(RecordError) as refused:
        write(path, given)
    assert sentence in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mark", ["\0", "\x1b", "\x0b", "\ufffe", "\uffff"])
@pytest.mark.parametrize("where", ["number", "state", "name", "value"])
def test_a_character_that_xml_cannot_hold_is_refused_and_the_old_file_stays(tmp_path, mark, where):
    said = {"name": {f"x{mark}": "y"}, "value": {"x": f"y{mark}"}}.get(where, {})
    number, state = (f"x{mark}" if where == one else "x" for one in ("number", "state"))
    record = Record(number, [Event(state, FRIDAY)], attributes=said)
    for name in ("log.xes", "log.xes.gz"):
        (tmp_path / name).write_text("old")
        with pytest.raises(FileError, match="which no XML can hold; take it out, or write another kind of file"):
            write_event_log(tmp_path / name, [letter("first"), record])
        assert (tmp_path / name).read_text() == "old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["log.xes", "log.xes.gz"]
    write_object_log(tmp_path / "log.json", [record], of="letter")
    assert read_object_log(tmp_path / "log.json", "letter").records == (record,)


@pytest.mark.parametrize("suffix", ALL)
def test_what_fails_on_the_way_leaves_the_old_file_whole(tmp_path, monkeypatch, suffix):
    path = tmp_path / f"log{suffix}"
    path.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match=r"cannot be written \(no space left on device\); name another file"):
        write(path, [letter()])
    assert ([file.name for file in tmp_path.iterdir()], path.read_text()) == ([path.name], "old")


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_table_refuses_a_record_without_events_and_xes_takes_it(tmp_path, suffix):
    with pytest.raises(RecordError, match="record 2: it has no event, and a table tells only events; leave it out, or"):
        write_event_log(tmp_path / f"log{suffix}", [letter(), Record("2", [])])
    assert list(tmp_path.iterdir()) == []
    write_event_log(tmp_path / "log.xes", [Record("2", [])])
    assert read_event_log(tmp_path / "log.xes").records == (Record("2", []),)


def test_two_columns_of_one_name_are_refused(tmp_path):
    record = letter(attributes={"a\n": 1, "a\\n": 2})
    with pytest.raises(FileError, match=r"two columns would be called case:a\\n; rename one of the attributes"):
        write_event_log(tmp_path / "log.csv", [record])
    assert list(tmp_path.iterdir()) == []


def test_another_ending_and_what_is_no_zone_are_refused(tmp_path):
    for name in ("log", "log.xlsx", "log.gz", "xes"):
        with pytest.raises(FileError, match="has no ending that says what to write; choose one of .xes, .xes.gz, .csv"):
            write_event_log(tmp_path / name, [letter()])
    with pytest.raises(TypeError, match="'Asia/Bangkok' is no time zone"):
        write_event_log(tmp_path / "log.csv", [letter()], zone="Asia/Bangkok")
    with pytest.raises(FileError, match="cannot be written"):
        write_event_log(tmp_path / "none" / "log.csv", [letter()])
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError, match="pip install pyarrow"):
        write_event_log(tmp_path / "log.parquet", [letter()])
    assert list(tmp_path.iterdir()) == []


def test_an_offset_of_seconds_is_written_in_utc_and_a_large_ending_is_known(tmp_path):
    odd = datetime(2020, 1, 6, 9, tzinfo=timezone(timedelta(hours=6, minutes=42, seconds=4)))
    record = Record("1", [Event("a", odd)])
    write_event_log(tmp_path / "LOG.XES.GZ", [record])
    assert (tmp_path / "LOG.XES.GZ").read_bytes()[4:8] == bytes(4)  # no time of writing: one log, one file
    assert b'value="2020-01-06T02:17:56+00:00"' in gzip.decompress((tmp_path / "LOG.XES.GZ").read_bytes())
    assert read_event_log(tmp_path / "LOG.XES.GZ").records == (record,)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize(
    ("one", "other"),
    [("1", " 1"), ("1", "1\u200b"), ("1 2", "1\u00a02"), ("=1", "'=1"), ("a\x1b", "a\\x1b")],
)
def test_two_cases_that_a_table_reads_back_alike_are_refused(tmp_path, suffix, one, other):
    path, given = tmp_path / f"log{suffix}", [letter(one), letter(other)]
    if suffix == ".parquet" and other in ("'=1", "a\\x1b"):  # which this form keeps apart
        write_event_log(path, given)
        assert read_event_log(path).records == tuple(given)
        return
    sentence = f"its case:concept:name {other!r} comes back from a table as {one!r} does; rename it, or write XES"
    with pytest.raises(RecordError) as refused:
        write_event_log(path, given)
    assert (refused.value.number, refused.value.problem) == (other, sentence)
    assert list(tmp_path.iterdir()) == []
    write_event_log(tmp_path / "log.xes", [letter(one.replace("\x1b", "")), letter("2")])


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (Event("b\u200b", FRIDAY), "its concept:name 'b\\u200b' comes back from a table as 'b' does"),
        (Event("b\u200b", FRIDAY, trigger="x"), "its docflow:state 'b\\u200b' comes back from a table as 'b' does"),
        (Event("b", FRIDAY, "\u200b"), "its org:group '\\u200b' comes back from a table as nothing; rename it"),
        (Event("b", FRIDAY, by="\u2060"), "its org:resource '\\u2060' comes back from a table as nothing; rename it"),
    ],
)
def test_names_that_a_table_would_make_one_or_lose_are_refused(tmp_path, suffix, event, problem):
    with pytest.raises(RecordError) as refused:
        write_event_log(tmp_path / f"log{suffix}", [Record("1", [Event("b", FRIDAY), event])])
    assert refused.value.problem.startswith(problem)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_two_attributes_whose_headings_are_read_alike_are_refused(tmp_path, suffix):
    with pytest.raises(FileError, match="two columns would be called case:a b; rename one of the attributes"):
        write_event_log(tmp_path / f"log{suffix}", [letter(attributes={"a b": "x", "a  b": "y"})])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".json", ".sqlite"])
def test_a_log_without_objects_is_read_as_one(tmp_path, suffix):
    write_object_log(tmp_path / f"log{suffix}", [], of="letter")
    assert read_object_log(tmp_path / f"log{suffix}", "letter").records == ()
    with pytest.raises(FileError, match="has no objects of the type 'order'; it has letter"):
        read_object_log(tmp_path / f"log{suffix}", "order")


class TestResultsOfOtherHistories:
    """Figures are of the records that are written, or refused."""

    DURATION = Duration("d", start=reached("registered"), stop=reached("taken_over"))
    CASE = INCOMING_EXTERNAL_LETTER.open(Letter(number="1"), at=FRIDAY).apply("hand_over", at=MONDAY, unit="budget")

    @pytest.mark.parametrize(
        "seen",
        [
            letter(stop=FRIDAY),
            letter(wanted_by=MONDAY),
            Record("1", letter().history[:1]),
            Record("1", [Event("registered", FRIDAY, "budget"), letter().history[1]]),
        ],
    )
    def test_of_one_number_are_refused(self, tmp_path, seen):
        result = self.DURATION.read([seen], CLOCK)
        with pytest.raises(RecordError, match="the result 'd' is of another history of it; read the results of these"):
            write_event_log(tmp_path / "log.xes", [letter()], results=[result])
        assert list(tmp_path.iterdir()) == []
        write_event_log(tmp_path / "log.xes", [letter("2")], results=[self.DURATION.read([seen, letter("2")], CLOCK)])

    def test_what_else_is_known_of_a_record_may_have_grown(self, tmp_path):
        result = self.DURATION.read([letter()], CLOCK)
        write_event_log(tmp_path / "log.xes", [letter(attributes={"kind": "x"})], results=[result])
        write_event_log(tmp_path / "log.xes", read_event_log(tmp_path / "log.xes").records, results={"again": result})

    def test_what_was_known_is_compared_as_it_was_known(self, tmp_path):
        late = Record("1", [*letter().history, Event("closed", MONDAY, recorded=MONDAY + timedelta(days=9))])
        known = {
            "known_at": MONDAY + timedelta(days=1),
            "as_of": MONDAY,
            "window": Window(date(2019, 1, 1), date(2019, 12, 31)),
        }
        earlier = INCOMING_EXTERNAL_LETTER.open(Letter(number="1"), at=FRIDAY - timedelta(hours=1))
        for mine, other in ((late, letter(stop=FRIDAY)), (self.CASE, earlier)):
            result = self.DURATION.read([mine], CLOCK, **known)
            write_event_log(tmp_path / "log.xes", [mine], results=[result])
            with pytest.raises(RecordError, match="is of another history of it"):
                write_event_log(tmp_path / "log.xes", [other], results=[result])
