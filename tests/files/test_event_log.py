from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from docflow.bangkok import office_clock
from docflow.errors import FileError
from docflow.files import LogColumns, read_event_log
from docflow.kpi import Context, reached

HEADING = "case:concept:name,concept:name,time:timestamp\n"


def when(milestone, record):
    """When a record came to a milestone, whatever the clock."""
    found = milestone.find(record, Context(office_clock()))
    return None if found is None else found[0]


@pytest.fixture
def log(tmp_path):
    def read(text, **asked):
        path = tmp_path / "log.csv"
        path.write_text(text, encoding="utf-8")
        return read_event_log(path, **asked)

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
    assert [fault.number for fault in read.faults] == [None, "a", "a", "a"], "the case, where the row names one"
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
    assert lifecycle.startswith("is not read: starts and ends all count as events; keep the rows that should count, or")
    assert lifecycle.endswith('name the column: LogColumns(lifecycle="lifecycle:transition")')
    assert (
        start == "is not read: an event is its case, its activity, its time, "
        "its unit (org:group) and its person (org:resource)"
    )
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


class TestOtherColumns:
    """Logs that are not written as the standard says: other names, starts told apart, times without a zone."""

    ROWS = "Ticket,Task,Begun,Done,Team\n7,review,2020-01-06 09:00,2020-01-06 10:30,A\n7,sign,,2020-01-06 11:00,\n"
    NAMES = LogColumns(case="Ticket", activity="Task", time="Done", start="Begun", unit="Team")
    BANGKOK = ZoneInfo("Asia/Bangkok")

    def test_a_start_column_gives_two_events_and_an_empty_start_none(self, log):
        read = log(self.ROWS, columns=self.NAMES, zone=self.BANGKOK)
        (trace,) = read.records
        assert (trace.number, read.events, read.faults, read.notes) == ("7", 3, (), ())
        assert [(event.state, event.trigger, event.unit, f"{event.at:%H:%M%z}") for event in trace.history] == [
            ("review+start", "review", "A", "09:00+0700"),
            ("review+complete", "review", "A", "10:30+0700"),
            ("sign+complete", "sign", None, "11:00+0700"),
        ]

    def test_a_lifecycle_column_keeps_starts_and_ends_apart(self, log):
        rows = "2012-01-01 10:00:00Z,START\na,x,2012-01-01 11:00:00Z,complete\na,x,2012-01-01 12:00:00Z,"
        read = log(
            HEADING.replace("\n", ",lifecycle:transition\n") + f"a,x,{rows}\n",
            columns=LogColumns(lifecycle="lifecycle:transition"),
        )
        assert [event.state for event in read.records[0].history] == ["x+start", "x+complete"]
        (fault,) = read.faults
        assert (fault.row, fault.column, fault.kind) == (4, "lifecycle:transition", "unreadable")
        assert fault.reason == "is empty; an event needs a case and an activity, and whether the row starts it"
        assert read.notes == ()

    def test_an_end_before_its_start_is_a_fault_of_its_row(self, log):
        rows = (
            "Ticket,Task,Begun,Done\n7,x,2020-01-06 09:00Z,2020-01-06 10:00+02:00\n7,y,2020-01-06 9,2020-01-06 10:00Z\n"
        )
        reversed_, unreadable = log(rows + "7,z,2020-01-06 09:00Z,2020-01-06 09:00Z\n", columns=self.NAMES).faults
        assert (reversed_.row, reversed_.column, reversed_.kind) == (2, "Done", "reversed")
        assert reversed_.reason == "is before its start in Begun; correct one of them"
        assert (unreadable.row, unreadable.column, unreadable.text) == (3, "Begun", "2020-01-06 9")

    def test_without_a_zone_a_time_without_an_offset_is_a_fault_that_says_what_to_append(self, log):
        read = log(self.ROWS, columns=self.NAMES)
        assert (read.events, [fault.column for fault in read.faults]) == (0, ["Begun", "Done"])
        assert "without an offset; append that of its place, such as +07:00 or Z" in read.faults[0].reason

    def test_an_offset_that_is_written_counts_beside_a_zone_that_is_given(self, log):
        rows = "a,x,2020-01-06 09:00:00.1234567+02:00\na,y,2020-01-06 15:00:00.1234567\n"
        read = log(HEADING + rows, zone=self.BANGKOK)
        first, second = read.records[0].history
        assert (f"{first.at:%H:%M%z}", f"{second.at:%H:%M%z}") == ("14:00+0700", "15:00+0700")
        assert [note.row for note in read.notes] == [2]

    def test_a_column_that_is_named_and_missing_is_told(self, log):
        with pytest.raises(FileError, match="lacks the columns Ticket, Task, Done, Begun"):
            log(HEADING, columns=self.NAMES)
        with pytest.raises(FileError, match="lacks the column Step;"):
            log(HEADING, columns=LogColumns(lifecycle="Step"))

    def test_what_is_no_heading_no_zone_and_both_columns_at_once_are_refused(self, log):
        with pytest.raises(TypeError, match="5 is no heading of a column; give one text"):
            LogColumns(case=5)
        with pytest.raises(TypeError, match="name start= or lifecycle=, not both"):
            LogColumns(start="Begun", lifecycle="Step")
        with pytest.raises(TypeError, match="'Asia/Bangkok' is no time zone; give one, such as ZoneInfo"):
            log(self.ROWS, columns=self.NAMES, zone="Asia/Bangkok")
        with pytest.raises(TypeError, match="names of columns"):
            log(self.ROWS, columns={"case": "Ticket"})


class TestWhatIsSaidOfTheCase:
    """Columns that begin with `case:`, and those that are declared, are attributes of the record."""

    HEAD = HEADING.replace("\n", ",org:resource,case:kind,case:fee,Pages,Pages left\n")
    FIRST = "a,x,2012-01-01 10:00:00Z,Somchai,letter,12.50,3,\n"

    def test_they_are_texts_unless_their_kind_is_declared(self, log):
        read = log(self.HEAD + self.FIRST)
        assert (read.records[0].attributes, read.records[0].history[0].by) == (
            {"kind": "letter", "fee": "12.50"},
            "Somchai",
        )
        assert [note.column for note in read.notes] == ["Pages"]
        declared = log(self.HEAD + self.FIRST, kinds={"fee": Decimal, "Pages": int})
        assert (dict(declared.records[0].attributes), declared.notes) == (
            {"kind": "letter", "fee": Decimal("12.50"), "Pages": 3},
            (),
        )

    def test_the_first_value_of_a_case_counts_and_another_one_is_noted(self, log):
        read = log(
            self.HEAD + self.FIRST + "a,y,2012-01-01 11:00:00Z,,,99,,\na,y,2012-01-01 12:00:00Z,,letter,12.50,,\n"
        )
        assert read.records[0].attributes == {"kind": "letter", "fee": "12.50"}
        (note,) = [note for note in read.notes if note.kind == "doubtful"]
        assert (note.row, note.column, note.text) == (3, "case:fee", "99")
        assert note.reason == "is told otherwise above of the same case, which counts; correct one of them"

    def test_a_value_of_another_kind_is_noted_and_the_event_is_read(self, log):
        read = log(self.HEAD + self.FIRST, kinds={"kind": int})
        assert (read.events, read.faults, dict(read.records[0].attributes)) == (1, (), {"fee": "12.50"})
        (note,) = [note for note in read.notes if note.kind == "unreadable"]
        assert (note.row, note.column, note.text) == (2, "case:kind", "letter")

    def test_a_row_at_fault_says_nothing_of_its_case(self, log):
        read = log(self.HEAD + "a,x,soon,Somchai,letter,12.50,3,\n" + "a,x,2012-01-01 10:00:00Z,,,,,\n")
        assert (read.records[0].attributes, len(read.faults)) == ({}, 1)

    def test_docflow_says_itself_which_state_and_when_it_was_written_down(self, log):
        head = HEADING.replace("\n", ",docflow:state,docflow:recorded,lifecycle:transition,case:docflow:wanted_by\n")
        rows = "a,hand_over,2012-01-01 10:00:00Z,taken_over,2012-01-02 10:00:00Z,start,2012-01-03 10:00:00Z\n"
        read = log(head + rows + "a,send,2012-01-01 11:00:00Z,,soon,,\n")
        (record,) = read.records
        assert [(event.state, event.trigger, event.recorded.day) for event in record.history] == [
            ("taken_over", "hand_over", 2)
        ]
        assert (record.wanted_by.day, dict(record.attributes), read.notes) == (3, {}, ())
        assert [(fault.row, fault.column) for fault in read.faults] == [(3, "docflow:recorded")]


@pytest.mark.parametrize(
    ("kind", "sound", "wrong"),
    [
        (bool, ("TRUE", True), "yes"),
        (int, ("-12", -12), "1_000"),
        (float, ("1e3", 1000.0), "nan"),
        (Decimal, ("1.50", Decimal("1.50")), "1e99999"),
        (Fraction, ("7/2", Fraction(7, 2)), "7/0"),
        (date, ("2020-02-29", date(2020, 2, 29)), "2019-02-29"),
        (datetime, ("2020-01-06T09:00Z", datetime(2020, 1, 6, 9, tzinfo=UTC)), "2020-01-06 09:00"),
    ],
)
def test_each_kind_is_read_exactly_or_noted(log, kind, sound, wrong):
    for text, value in (sound, (wrong, None)):
        read = log(HEADING.replace("\n", ",case:it\n") + f"a,x,2012-01-01 10:00:00Z,{text}\n", kinds={"it": kind})
        found = read.records[0].attributes.get("it")
        assert (found, type(found), len(read.notes)) == (value, type(value), value is None)


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_a_wrong_delimiter_is_told_for_the_headings_of_the_standard_too(log, mark):
    text = HEADING.replace(",", mark) + mark.join(("1", "a", "2012-01-01 10:00:00Z\n"))
    with pytest.raises(FileError) as refused:
        log(text)
    assert f"its cells are set apart by {mark!r}" in str(refused.value)
    assert f"or give delimiter={mark!r}" in str(refused.value)
    assert log(text, delimiter=mark).events == 1


NINE = datetime(2020, 1, 6, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *((f"2020-01-06T09:00:00{offset}", 7) for offset in ("+7", "+7:00", " +7", "UTC+7", " UTC+07:00", " GMT+0700")),
        *((f"2020-01-06T09:00:00{offset}", -3) for offset in ("\u22123", "\u221203:00", " UTC\u22123")),
        *((f"2020-01-06 09:00{offset}", 0) for offset in ("z", " z", "GMT", " GMT", " UTC", "Z")),
        ("2020-01-06T09:00:00+07:00[Asia/Bangkok]", 7),
        ("2020-01-06T09:00:00Z[UTC]", 0),
        ("2020-07-06T09:00:00+02:00[Europe/Paris]", 2),
        ("2020/01/06 09:00:00+07:00", 7),
        ("2020-01-06  09:00:00,000+07:00", 7),
    ],
)
def test_offsets_and_days_as_people_write_them_mean_one_moment(log, text, hours):
    month = int(text[5:7])
    read = log(HEADING + f'a,x,"{text}"\n')
    assert (read.faults, read.notes) == ((), ())
    assert read.records[0].history[0].at == datetime(2020, month, 6, 9 - hours, tzinfo=UTC)


def test_a_comma_stands_before_a_fraction_as_a_point_does(log):
    read = log(HEADING + 'a,x,"2020-01-06T09:00:00,1234567+07:00"\n')
    assert read.records[0].history[0].at == NINE.replace(microsecond=123456)
    assert [note.kind for note in read.notes] == ["doubtful"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "2020-01-06T09:00:00+07:00[Asia/Tokyo]",
            "names the zone Asia/Tokyo, which has another offset then; correct one",
        ),
        ("2020-01-06T09:00:00+02:00[Europe/Paris]", "names the zone Europe/Paris, which has another offset then"),
        ("2020-01-06T09:00:00+07:00[Mars/X]", "names the zone Mars/X, which nobody knows; leave it out"),
        ("2020-01-06T09:00:00+07:00[Asia]", "names the zone Asia, which nobody knows; leave it out"),
        ("2020-01-06T09:00:00+07:00[../x]", "is not a time with an offset"),
        ("2020-01-06T09:00:00[Asia/Bangkok]", "is not a time with an offset"),
        ("2020-01-06T09:00:00+700", "is not a time with an offset"),
        ("2020-01-06T09:00:00 ICT", "is not a time with an offset"),
        ("2020-01-06T09:00:00+24", "does not exist"),
        ("06/01/2020 09:00+07:00", "is not a time with an offset"),
        ("2020/01-06 09:00+07:00", "is not a time with an offset"),
        ("2020-01-06-07", "is not a time with an offset"),
        ("2020/01/06 09:00", "without an offset"),
    ],
)
def test_what_may_mean_two_moments_is_a_fault(log, text, reason):
    (fault,) = log(HEADING + f'a,x,"{text}"\n').faults
    assert (fault.text, reason in fault.reason) == (text, True), fault.reason
