"""EventTable: the library's own measures over tables of events, and what it refuses."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import ClassVar

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve
from pyarrow import parquet
from small_clocks import CLOCK, office
from small_frames import FRAMES, NAMES, arrow, event, records_of, table_of

from docflow import Duration, Hours, OfficeTime, Proportion, Window, WorkingDays, WorkTime, reached
from docflow.bangkok import HANDING_OVER, SCREENING
from docflow.errors import FileError, MomentError, PlanError, TableError
from docflow.kpi import ENDED, WANTED, Bin, Count, LimitBy, Milestone, Score, done, each_month, holding, read, since
from docflow.tables import EventTable, TableResult, merged
from docflow.worktime import SameTime

pytestmark = pytest.mark.long

TOOK = Duration("took", start=reached("in"), stop=reached("out"))
ROWS = [
    event("1", "in", "2020-01-06T09:00", "a"),
    event("1", "out", "2020-01-06T10:00", "b"),
    event("2", "in", "2020-01-31T16:00", "a"),
    event("2", "out", "2020-02-03T09:00", "a"),
    event("3", "in", "2020-02-03T09:30", "b"),
    event("3", "void", "2020-02-03T09:31", "b"),
    event("4", "out", "2020-02-03T10:00", "b"),
]


def minutes(result):
    return {month: part.value for month, part in result.by_month().items()}


@pytest.mark.parametrize("kind", FRAMES)
def test_a_mean_by_month_counted_by_hand(kind):
    result = table_of(ROWS, kind).read(TOOK, CLOCK)
    assert (result.value, result.unit, result.denominator) == (60, "min", 2)
    assert result.bins == {**dict.fromkeys(Bin, 0), Bin.COUNTED: 2, Bin.UNFINISHED: 1, Bin.EXCLUDED: 1}
    assert minutes(result) == {"2020-01": 60, "2020-02": None}
    assert (result.in_scope, result.name, str(result.share)) == (3, "took", "100.00 %")


@pytest.mark.parametrize("kind", FRAMES)
def test_what_became_of_each_case_as_a_table(kind):
    table = table_of(ROWS, kind)
    result = table.read(evolve(TOOK, withdrawn_in=("void",)).within(OfficeTime(minutes=60)), CLOCK)
    rows = sorted(result.to_arrow().to_pylist(), key=lambda row: row["case"])
    assert [(row["case"], row["bin"], row["cause"], row["month"]) for row in rows] == [
        ("1", "counted", "", "2020-01"),
        ("2", "counted", "", "2020-01"),
        ("3", "excluded", "withdrawn", None),
        ("4", "excluded", "not_reached", None),
    ]
    assert [row["due"] for row in rows] == [
        datetime.fromisoformat("2020-01-06T10:00+07:00"),
        datetime.fromisoformat("2020-02-03T09:00+07:00"),
        None,
        None,
    ]
    assert pl.DataFrame(result).height == 4  # by Arrow's protocol
    lazy = result.observations
    assert isinstance(lazy, pl.LazyFrame if kind.startswith("polars") else duckdb.DuckDBPyRelation)


@pytest.mark.parametrize("kind", FRAMES)
def test_parts_by_a_column_add_up(kind):
    rows = arrow([event(f"{n}", "in", f"2020-01-0{6 + n % 3}T09:00") for n in range(7)])
    rows = rows.append_column("sender", pa.array([None if n == 3 else ("x", "y")[n % 2] for n in range(7)]))
    result = EventTable(FRAMES[kind](rows), **NAMES).read(
        Proportion("p", start=reached("in"), stop=reached("in")), CLOCK
    )
    parts = result.by("sender")
    assert [(sender, part.bins[Bin.COUNTED]) for sender, part in parts.items()] == [("x", 4), ("y", 2), (None, 1)]
    assert merged(parts.values()).bins == result.bins
    with pytest.raises(PlanError, match="has no table of its own; ask the result that was read"):
        parts["x"].by("sender")


class TestAsRecords:
    """The rules one by one; the laws search all of them."""

    MEASURES: ClassVar = {
        "duration": TOOK,
        "promise": TOOK.within(WorkingDays(1) | Hours(20)),
        "cap": TOOK.capped(WorkTime(minutes=45)),
        "fails": TOOK.within(WorkingDays(9), fails_if=reached("void", after_start=True)),
        "fails, capped": evolve(TOOK.capped(WorkTime(minutes=45)), fails_if=done("void")),
        "out": evolve(TOOK, withdrawn_in=("void", "lost")),
        "by stop": evolve(TOOK, dated_by="stop"),
        "times": Count(TOOK.within(Hours(20)), months=True),
    }

    @pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
    @pytest.mark.parametrize("window", [None, Window(date(2020, 2, 1), date(2020, 2, 29))], ids=["any", "February"])
    @pytest.mark.parametrize("as_of", [None, "2020-02-03T08:45+07:00"])
    def test_tables_say_what_records_say(self, measure, window, as_of):
        as_of = as_of and datetime.fromisoformat(as_of)
        wanted = read(records_of(ROWS), CLOCK, measures={"": measure}, window=window, as_of=as_of)[""]
        found = table_of(ROWS, "DuckDB").read(measure, CLOCK, window=window, as_of=as_of)
        assert found.bins == {lies: len(some) for lies, some in wanted.bins.items()}
        assert (found.value, found.numerator, found.denominator, found.unit) == (
            wanted.value,
            wanted.numerator,
            wanted.denominator,
            wanted.unit,
        )
        assert minutes(found) == minutes(wanted)

    def test_the_calendar_ends_before_the_events(self):
        clock = evolve(CLOCK, calendar=CLOCK.calendar)
        rows = [
            event("1", "in", "2026-12-30T16:00"),
            event("1", "out", "2035-01-05T09:00"),
            event("2", "in", "2035-01-05T09:00"),
            event("3", "in", "2026-12-01T09:00"),
        ]
        for measure in (*self.MEASURES.values(), TOOK.within(WorkingDays(5000)), TOOK.capped(WorkTime(hours=10_000))):
            wanted = read(records_of(rows), clock, measures={"": measure})[""]
            found = table_of(rows).read(measure, clock)
            assert found.bins == {lies: len(some) for lies, some in wanted.bins.items()}, measure

    def test_no_year_is_in_the_calendar(self):
        rows = [event("1", "in", "1890-01-06T16:00"), event("1", "out", "1890-01-07T09:00")]
        assert table_of(rows).read(TOOK, CLOCK).bins[Bin.EXCLUDED] == 1
        assert table_of(rows).read(Proportion("p", start=reached("in"), stop=reached("out")), CLOCK).value == 100


def test_sums_of_more_than_64_bits():
    """A hundred million cases of a century each, counted as one case of each by its weight."""
    clock = office("00:00", "00:00", zone="UTC")
    rows = [event(f"{n}", act, f"{year}-01-06T09:00") for n in range(40) for act, year in (("in", 1900), ("out", 2090))]
    result = table_of(rows).read(TOOK, clock)
    one = clock.elapsed(rows[0][2], rows[1][2]).microseconds
    assert result.numerator == Fraction(40 * one, 60_000_000)
    assert sum(line.time for line in result.counts.lines) == 40 * one


@pytest.mark.parametrize("kind", FRAMES)
def test_percentiles_are_those_of_records(kind):
    rows = [
        row
        for n in range(1, 16)
        for row in (
            event(f"{n}", "in", "2020-01-06T09:00"),
            event(f"{n}", "out", f"2020-01-06T{9 + n // 3:02}:{n * 7 % 60:02}"),
        )
    ]
    wanted, found = TOOK.read(records_of(rows), CLOCK), table_of(rows, kind).read(TOOK, CLOCK)
    assert [found.percentile(one) for one in (1, 50, 90, 99.9, 100)] == [
        wanted.percentile(one) for one in (1, 50, 90, 99.9, 100)
    ]
    assert found.median == wanted.median
    assert table_of(rows[:-2], kind).read(TOOK, CLOCK).median == TOOK.read(records_of(rows[:-2]), CLOCK).median


def test_percentiles_that_there_are_not():
    result = table_of(ROWS).read(TOOK, CLOCK)
    with pytest.raises(PlanError, match="did you mean 90"):
        result.percentile(0.9)
    with pytest.raises(PlanError, match="measures no time, so it has no percentiles; read the duration"):
        table_of(ROWS).read(TOOK.within(Hours(1)), CLOCK).percentile(90)
    with pytest.raises(PlanError, match="has no table of its own"):
        result.by_month()["2020-01"].percentile(90)
    nothing = table_of([]).read(TOOK, CLOCK)
    assert (nothing.median, nothing.percentile(90)) == (None, None)


@pytest.mark.parametrize("kind", FRAMES)
def test_what_takes_just_the_cap_is_in_time(kind):
    result = table_of(ROWS[:2], kind).read(TOOK.capped(WorkTime(minutes=60)), CLOCK)
    assert result.bins[Bin.COUNTED] == 1


class TestMerged:
    def test_years_make_up_the_whole(self):
        at = datetime(2020, 3, 1, tzinfo=UTC)
        parts = [table_of(rows).read(TOOK, CLOCK, as_of=at) for rows in (ROWS[:2], ROWS[2:4], ROWS[4:])]
        whole = table_of(ROWS).read(TOOK, CLOCK, as_of=at)
        both = merged(parts)
        assert (both.counts, both.value, minutes(both)) == (whole.counts, whole.value, minutes(whole))

    def test_only_results_of_one_measure_in_one_context(self):
        one, other = (table_of(rows).read(TOOK, CLOCK) for rows in (ROWS[:2], ROWS[2:4]))
        with pytest.raises(PlanError, match="with the same window= and as_of="):
            merged([one, other])
        with pytest.raises(PlanError, match="nothing to merge"):
            merged([])
        with pytest.raises(TypeError, match="result of a table"):
            merged([1])


class TestRefused:
    @pytest.mark.parametrize(
        ("measure", "why"),
        [
            (evolve(TOOK, every=True), "every time that the clock ran"),
            (evolve(TOOK, pausing=("waiting",)), "stands still in some states"),
            (TOOK.within(WANTED), "its limit differs from case to case"),
            (TOOK.within(LimitBy("kind", lambda _: None, otherwise=Hours(1))), "its limit differs from case to case"),
            (evolve(TOOK, stop=holding("out")), "out and still so"),
            (evolve(TOOK, start=since("in")), "in or before the window"),
            (evolve(TOOK, stop=each_month("a", after="in", until="out")), "every month until out"),
            (evolve(TOOK, stop=ENDED), "its end"),
            (evolve(TOOK, stop=Milestone.of("answered in writing", lambda _: None)), "answered in writing"),
            (Score("confidence", at=reached("in")), "durations, proportions and counts"),
        ],
    )
    def test_what_tables_cannot_say_is_refused_by_its_name(self, measure, why):
        with pytest.raises(PlanError, match="cannot be read from a table") as refused:
            table_of(ROWS).read(measure, CLOCK)
        assert why in str(refused.value)
        assert "measure.read(records, clock)" in str(refused.value)

    def test_a_unit_that_no_column_says(self):
        measure = evolve(TOOK, start=reached("in", unit="a"))
        assert table_of(ROWS).read(measure, CLOCK).bins[Bin.COUNTED] == 2
        with pytest.raises(PlanError, match="name the column: unit="):
            table_of(ROWS, unit=None).read(measure, CLOCK)

    @pytest.mark.parametrize("kind", FRAMES)
    def test_columns_that_cannot_be(self, kind):
        with pytest.raises(TableError, match="'sender' is not in the table; it has case, activity, at, unit"):
            table_of(ROWS, kind, unit="sender")
        with pytest.raises(TableError, match="'activity' holds String, not moments"):
            table_of(ROWS, kind, at="activity")
        naive = arrow(ROWS).set_column(2, "at", pa.array([None] * len(ROWS), pa.timestamp("us")))
        with pytest.raises(TableError, match="'at' holds moments without a zone"):
            EventTable(FRAMES[kind](naive), **NAMES)
        with pytest.raises(TypeError, match="is one activity; give all of them"):
            table_of(ROWS, kind, activities="in")

    @pytest.mark.parametrize(("n", "column"), [(0, "case"), (2, "at")])
    def test_events_without_a_case_or_a_moment(self, n, column):
        row = list(ROWS[0])
        row[n] = None
        with pytest.raises(TableError, match=rf"'{column}' is empty in 1 of 8 events; fill it, or leave them out"):
            table_of([*ROWS, tuple(row)]).read(TOOK, CLOCK)

    def test_activities_that_there_are_not(self):
        known = ("in", "out", "void")
        assert table_of(ROWS, activities=known).read(TOOK, CLOCK).value == 60
        with pytest.raises(MomentError, match="the moment 'ouz': is no activity of this table; did you mean 'out'"):
            table_of(ROWS, activities=known).read(evolve(TOOK, stop=reached("ouz")), CLOCK)
        with pytest.raises(MomentError, match="the moment 'void': is the activity of some events and none of those"):
            table_of(ROWS, activities=("in", "out")).read(TOOK, CLOCK)

    def test_a_misspelled_activity_is_warned_of(self):
        with pytest.warns(UserWarning, match="no event of this table is ouz; did you mean 'out'"):
            assert table_of(ROWS).read(evolve(TOOK, stop=reached("ouz")), CLOCK).value is None

    def test_years_that_cannot_be_right(self):
        rows = [*ROWS, event("9", "in", "0001-01-06T09:00")]
        with pytest.raises(TableError, match=r"'at' reaches from the year 1 to 2020; leave out the events"):
            table_of(rows).read(TOOK, office("09:00", "17:00"))

    def test_groups_that_a_case_does_not_have(self):
        result = table_of(ROWS).read(TOOK, CLOCK)
        with pytest.raises(TableError, match="'unit' has two values in 1 cases, such as 1"):
            result.by("unit")
        with pytest.raises(TableError, match="'sender' is not in the table"):
            result.by("sender")

    def test_what_is_no_measure(self):
        for given in (7, {"a": 7}):
            with pytest.raises(TypeError, match="measure"):
                table_of(ROWS).read(given, CLOCK)


class TestNames:
    @pytest.mark.parametrize("kind", FRAMES)
    def test_names_that_docflow_gives_itself(self, kind):
        for name in ("docflow:begin", "DocFlow:at"):
            frame = FRAMES[kind](arrow(ROWS).rename_columns([name, "activity", "at", "unit"]))
            with pytest.raises(TableError, match="a name as docflow gives to columns of its own"):
                EventTable(frame, **{**NAMES, "case": name})
            with pytest.raises(TableError, match="a name as docflow gives to columns of its own"):
                CLOCK.sheet(2020, 2020).elapsed(frame, "at", "at")

    def test_names_that_differ_in_capitals_alone(self):
        rows = arrow(ROWS).append_column("At", pa.array(["x"] * len(ROWS)))
        for kind in ("pyarrow", "pandas"):
            with pytest.raises(TableError, match="differs from another one in capitals alone"):
                EventTable(FRAMES[kind](rows), **NAMES)
        assert EventTable(pl.from_arrow(rows), **NAMES).read(TOOK, CLOCK).value == 60

    @pytest.mark.parametrize("kind", FRAMES)
    def test_columns_of_other_kinds(self, kind):
        numbers = pa.array(range(len(ROWS)))
        for place, name in ((1, "activity"), (3, "unit")):
            with pytest.raises(TableError, match=f"'{name}' holds Int64, not texts"):
                EventTable(FRAMES[kind](arrow(ROWS).set_column(place, name, numbers)), **NAMES)
        with pytest.raises(TableError, match="'case' holds Float64, which tells nothing apart"):
            EventTable(FRAMES[kind](arrow(ROWS).set_column(0, "case", numbers.cast(pa.float64()))), **NAMES)
        lists = arrow(ROWS).append_column("tags", pa.array([["x"]] * len(ROWS)))
        with pytest.raises(TableError, match="'tags' holds .*, which tells nothing apart"):
            EventTable(FRAMES[kind](lists), **NAMES).read(TOOK, CLOCK).by("tags")
        whole = arrow(ROWS).set_column(0, "case", pa.array([int(row[0]) for row in ROWS]))
        assert EventTable(FRAMES[kind](whole), **NAMES).read(TOOK, CLOCK).value == 60

    def test_a_pandas_column_of_many_kinds(self):
        frame = arrow(ROWS).to_pandas()
        frame["odd"] = ["x", 7, *([None] * (len(ROWS) - 2))]
        with pytest.raises(TypeError, match="this table cannot be read: .*give each column values of one kind"):
            EventTable(frame, **NAMES)


@pytest.mark.parametrize("kind", FRAMES)
def test_columns_that_are_called_as_the_observations_are(kind):
    for name in ("start", "Due", "bin", "elapsed", "case"):
        table = EventTable(
            FRAMES[kind](arrow(ROWS).rename_columns([name, "month", "stop", "cause"])),
            case=name,
            activity="month",
            at="stop",
            unit="cause",
        )
        seen = table.read(TOOK.within(Hours(1)), CLOCK).to_arrow()
        assert sorted(seen["case"].to_pylist()) == ["1", "2", "3", "4"]
        assert seen.column_names == ["case", "bin", "cause", "start", "stop", "due", "elapsed", "month"]


@pytest.mark.parametrize("kind", FRAMES)
def test_a_trigger_that_is_empty_is_the_activity(kind):
    rows = arrow(ROWS[:2]).append_column("trigger", pa.array(["send", None]))
    measure = Duration("x", start=done("send"), stop=done("out"))
    result = EventTable(FRAMES[kind](rows), **NAMES, trigger="trigger").read(measure, CLOCK)
    assert result.value == 60


@pytest.mark.parametrize("kind", FRAMES)
def test_nanoseconds_are_cut_off_and_not_rounded(kind):
    start = 1_578_277_800_000_000_000
    at = pa.array([start, start + 3_600_000_000_999], pa.int64()).cast(pa.timestamp("ns", "UTC"))
    table = EventTable(FRAMES[kind](arrow(ROWS[:2]).set_column(2, "at", at)), **NAMES)
    assert table.read(TOOK, CLOCK).value == 60
    assert table.read(TOOK.within(Hours(1)), CLOCK).value == 100


class TestDuckDB:
    @pytest.mark.parametrize("locked", ["enable_external_access", "python_enable_replacements"])
    def test_a_connection_that_does_not_look_for_tables_in_python(self, locked):
        connection = duckdb.connect()
        connection.register("events", arrow(ROWS))
        connection.execute("CREATE TABLE kept AS SELECT * FROM events")
        connection.execute(f"SET {locked} = false")
        assert EventTable(connection.table("kept"), **NAMES).read(TOOK, CLOCK).value == 60

    @pytest.mark.parametrize(
        ("at", "why"),
        [("infinity", "is empty in 1 of 1 events"), ("12000-01-01", "holds moments outside the years 1 to 9999")],
    )
    def test_moments_that_python_does_not_have(self, at, why):
        relation = duckdb.connect().sql(f"SELECT 'in' AS activity, '1' AS number, '{at}'::TIMESTAMPTZ AS moment")
        with pytest.raises(TableError, match=f"'moment' {why}"):
            EventTable(relation, case="number", activity="activity", at="moment").read(TOOK, CLOCK)


def test_a_limit_of_the_start_itself_is_refused_by_the_measures_name():
    with pytest.raises(PlanError, match="took.* cannot be read from a table: when the same time 1 working day later"):
        table_of(ROWS, "polars").read(TOOK.within(SameTime(1) | Hours(2)), CLOCK)


def test_as_of_far_ahead():
    far = datetime(2500, 1, 1, tzinfo=UTC)
    for measure in TestAsRecords.MEASURES.values():
        wanted = read(records_of(ROWS), CLOCK, measures={"": measure}, as_of=far)[""]
        found = table_of(ROWS).read(measure, CLOCK, as_of=far)
        assert found.bins == {lies: len(some) for lies, some in wanted.bins.items()}
    with pytest.raises(PlanError, match="is more than 200 years after the first event; give an earlier as_of="):
        table_of(ROWS).read(TOOK, office("09:00", "17:00"), as_of=far)


class TestParquet:
    @pytest.fixture
    def folder(self, tmp_path):
        for name, rows in (("one", ROWS[:3]), ("two", ROWS[3:])):
            (tmp_path / name).mkdir()
            parquet.write_table(arrow(rows), tmp_path / name / "events.parquet")
        return tmp_path

    def test_a_folder_of_files(self, folder):
        table = EventTable.parquet(folder, **NAMES, split=True)
        assert table.read(TOOK, CLOCK).value == 60
        void = EventTable.parquet(folder, **NAMES, split=True, cancelled=["void"]).read(TOOK, CLOCK)
        assert [int(read.bins[Bin.EXCLUDED]) for read in (table.read(TOOK, CLOCK), void)] == [1, 2]
        with pytest.raises(TypeError, match="'void' is one state; give several"):
            EventTable.parquet(folder, **NAMES, cancelled="void")

    def test_folders_that_are_named_after_a_value_are_a_column(self, tmp_path):
        for month, rows in (("2020-01", ROWS[:4]), ("2020-02", ROWS[4:])):
            (tmp_path / f"month={month}").mkdir()
            parquet.write_table(arrow(rows), tmp_path / f"month={month}" / "events.parquet")
        parts = EventTable.parquet(tmp_path, **NAMES).read(TOOK, CLOCK).by("month")
        assert [part.bins[Bin.COUNTED] for part in parts.values()] == [2, 0]

    def test_a_case_of_two_files_is_refused(self, folder):
        table = EventTable.parquet(folder / "one", folder / "two" / "events.parquet", **NAMES)
        with pytest.raises(TableError, match="'filename' has two values in 1 cases, such as 2.*split=True"):
            table.read(TOOK, CLOCK)

    def test_another_schema(self, folder):
        other = arrow(ROWS).set_column(2, "at", pa.array(["2020"] * len(ROWS)))
        parquet.write_table(other, folder / "two" / "more.parquet")
        with pytest.raises(FileError, match="more.parquet: holds VARCHAR in the column at, and .*write both alike"):
            EventTable.parquet(folder, **NAMES)
        parquet.write_table(arrow(ROWS).drop_columns(["unit"]), folder / "two" / "more.parquet")
        with pytest.raises(FileError, match="more.parquet: lacks the column unit; it has case, activity, at"):
            EventTable.parquet(folder, **NAMES)

    def test_what_is_no_parquet(self, folder):
        whole = (folder / "one" / "events.parquet").read_bytes()
        for data in (b"", b"case,activity", whole[:-9], whole[:100]):
            (folder / "bad.parquet").write_bytes(data)
            with pytest.raises(FileError, match="bad.parquet: is no whole Parquet file") as refused:
                EventTable.parquet(folder / "bad.parquet", **NAMES)
            assert "\n" not in str(refused.value)
        for path in ("none.parquet", "https://localhost/a.parquet", "s3://a/b.parquet"):
            with pytest.raises(FileError, match="no such file or directory"):
                EventTable.parquet(path, **NAMES)
        with pytest.raises(FileError, match="is given twice, and its events would count twice"):
            EventTable.parquet(folder / "one", folder / "one" / "events.parquet", **NAMES)
        with pytest.raises(TypeError, match="there is no file to read; give at least one"):
            EventTable.parquet(**NAMES)
        with pytest.raises(TypeError, match="is no path; give files and folders one by one"):
            EventTable.parquet([folder], **NAMES)
        (folder / "empty").mkdir()
        with pytest.raises(FileError, match="is a folder without a file"):
            EventTable.parquet(folder / "empty", **NAMES)


def test_the_plans_own_measures():
    rows = [
        event("1", "registered", "2019-11-15T09:00"),
        event("1", "taken_over", "2019-11-15T09:07"),
        event("1", "submitted", "2019-11-18T16:30"),
    ]
    found = table_of(rows).read({"1.5": HANDING_OVER, "1.1": SCREENING}, CLOCK)
    assert list(found) == ["1.5", "1.1"]
    assert repr(found["1.5"]) == "<TableResult 1.5: 7 min; counted 1>"
    assert isinstance(found["1.1"], TableResult)


@pytest.mark.parametrize("measure", TestAsRecords.MEASURES.values(), ids=TestAsRecords.MEASURES)
def test_nothing_is_read_of_nothing(measure):
    assert len(table_of([]).read(measure, CLOCK).counts) == 0
    never = [event("1", "in", "1890-01-06T16:00"), event("1", "out", "1890-01-06T17:00")]
    wanted = read(records_of(never), CLOCK, measures={"": measure})[""]
    found = table_of(never).read(measure, CLOCK)
    assert found.bins == {lies: len(some) for lies, some in wanted.bins.items()}


def test_an_empty_table():
    result = table_of([]).read(TOOK, CLOCK)
    assert (result.value, result.by_month(), repr(result)) == (None, {}, "<TableResult took: – min; no cases>")
    assert result.to_arrow().num_rows == 0
