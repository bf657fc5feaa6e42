"""Spark says what the clock and docflow's objects say: in any session zone, in any order of rows, on any partitions.

One query costs Spark seconds whatever it asks, so many moments and many cases are asked at once.
"""

import warnings
from datetime import UTC, date, datetime, time
from random import Random
from shutil import which

import pyarrow as pa
import pytest
from pyarrow import parquet
from quick_java import OPTIONS
from small_clocks import office
from small_events import around, case_by_case, drawn_records, figures, row_by_row, rows_of, whole

from docflow import Duration, Hours, OfficeTime, Window, WorkingDays, WorkTime, reached
from docflow.bangkok import office_clock
from docflow.errors import HorizonError, OutsideCalendarError, TableError
from docflow.instants import instant, local
from docflow.kpi import FIRST_EVENT, LAST_EVENT, Proportion, done, read
from docflow.worktime import Period, WorkingDayHours

pytestmark = pytest.mark.long

pytest.importorskip("narwhals", reason="narwhals is not installed: Spark is not tested")
pytest.importorskip("pyspark", reason="PySpark is not installed: Spark is not tested")

CLOCKS = {
    "Asia/Bangkok": office_clock(),
    "America/New_York": office("09:00", "17:30", zone="America/New_York", breaks=[(time(12), time(12, 45))]),
    "Europe/London": office("22:00", "06:00", zone="Europe/London", overnight=True),
}
LIMITS = {
    "days": WorkingDays(2),
    "first": WorkingDays(1, counting_first=True),
    "later": WorkingDays(2) | Hours(48),
    "earlier": WorkingDays(1, cut_off=time(15)) & Hours(30),
    "office": OfficeTime(days=2),
    "day_hours": WorkingDayHours(48),
    "month": Period(months=1),
}
YEAR = Window(date(2019, 10, 1), date(2020, 9, 30))
ELSEWHERE = ("UTC", "America/St_Johns", "Pacific/Apia")


@pytest.fixture(scope="module")
def spark():
    if which("java") is None:
        pytest.skip("Java is not installed: Spark is not tested")
    from pyspark.sql import SparkSession  # noqa: PLC0415 - it may not be there

    settings = {
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": 2,
        "spark.ui.enabled": False,
        "spark.ui.showConsoleProgress": False,
    }
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        for name, value in OPTIONS.items():
            patch.setenv(name, value)
        warnings.simplefilter("ignore")  # PySpark about versions of pandas, which nothing here is asked of
        session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    session.stop()


@pytest.fixture
def sends_nothing(spark):
    """Of itself, Spark sends a table that looks small to every process; here it must be told."""
    before = spark.conf.get("spark.sql.autoBroadcastJoinThreshold")
    spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
    yield
    spark.conf.set("spark.sql.autoBroadcastJoinThreshold", before)


def frame_of(spark, columns, zones=("UTC",)):
    """A frame of Spark, cut anew and in another order."""
    table = pa.table(
        {
            name: pa.array(values, pa.timestamp("us", zones[n % len(zones)])) if _moments(values) else pa.array(values)
            for n, (name, values) in enumerate(columns.items())
        }
    )
    return spark.createDataFrame(table).repartition(5)


def _moments(values):
    return any(hasattr(value, "tzinfo") for value in values)


def plan_of(frame):
    return frame._jdf.queryExecution().executedPlan().toString()


def see_only_broadcasts(plan):
    assert plan.count("BroadcastHashJoin") == plan.count("BroadcastExchange") == plan.count("Join") > 1
    assert "Python" not in plan


def edges_of(clock):
    """Openings and closings around the turns of the clocks and of the year."""
    days = [date(2019, 10, 31), date(2019, 11, 4), date(2019, 12, 31), date(2020, 3, 9), date(2020, 3, 30)]
    return [edge for day in days for span in clock.spans_of(day) for edge in span]


def due_of(limit, at, clock):
    try:
        return limit.due_instant(at, clock)
    except (HorizonError, OutsideCalendarError):
        return None


@pytest.mark.parametrize("zone", CLOCKS)
def test_a_sheet_answers_as_the_clock_does(spark, zone):
    clock, random = CLOCKS[zone], Random(zone)  # noqa: S311 - no secret
    sheet = clock.sheet(2019, 2020)
    moments = [*around([*edges_of(clock), sheet.lower]), sheet.upper - 1, sheet.upper + 1]
    moments += [random.randrange(sheet.lower - 10**12, sheet.upper + 10**12) for _ in range(100)]
    pairs = [(at, random.choice(moments)) for at in moments * 3] + [(None, moments[0]), (moments[0], None)]
    columns = {
        "n": range(len(pairs)),
        **{
            name: [None if pair[n] is None else local(pair[n], UTC) for pair in pairs]
            for n, name in enumerate(("a", "b"))
        },
    }
    spark.conf.set("spark.sql.session.timeZone", ELSEWHERE[list(CLOCKS).index(zone)])
    given = frame_of(spark, columns, ("UTC", zone))
    made = sheet.elapsed(given, "a", "b", name="took")
    for name, limit in LIMITS.items():
        made = sheet.due(made, "a", limit, name=name)
    assert made.columns == ["n", "a", "b", "took", *LIMITS]
    found = {row["n"]: row for row in made.toArrow().to_pylist()}

    inside = {at: at is not None and sheet.lower <= at < sheet.upper for pair in pairs for at in pair}
    due = {name: {at: due_of(limit, at, clock) for at in inside if inside[at]} for name, limit in LIMITS.items()}
    answered = 0
    for n, (start, stop) in enumerate(pairs):
        known = inside[start] and inside[stop] and start <= stop
        assert found[n]["took"] == (clock.worked(start, stop) if known else None)
        answered += known
        for name in LIMITS:
            assert (found[n][name] and instant(found[n][name])) == due[name].get(start), (name, start)

    told = sheet.audit(given, "a", "b")
    outside = sum(None not in pair and not (inside[pair[0]] and inside[pair[1]]) for pair in pairs)
    assert (told.pairs, told.empty, told.outside, told.counted) == (len(pairs), 2, outside, answered)
    assert told.reversed == len(pairs) - 2 - outside - answered > 0


MEASURES = {
    "mean": Duration("T", start=reached("came"), stop=reached("went")),
    "promise": Duration("T", start=reached("came"), stop=reached("went"), withdrawn_in=["withdrawn"]).within(
        WorkingDays(2) | Hours(48), fails_if=reached("back")
    ),
    "later": Duration("T", start=reached("came"), stop=reached("went", after_start=True), dated_by="stop"),
    "second": Proportion("S", start=FIRST_EVENT, stop=reached("came", nth=2)),
}
CUT = {
    "capped": Duration("T", start=reached("came", last=True), stop=reached("back")).capped(WorkTime(hours=7)),
    "of a unit": Duration(
        "T", start=reached("came", unit="legal", inside=True), stop=reached("back", "went", last=True, after_start=True)
    ).within(OfficeTime(days=1)),
    "to the end": Duration("T", start=done("came"), stop=LAST_EVENT),
}


@pytest.mark.parametrize(("seed", "as_of"), [(1, None), (2, datetime(2020, 4, 1, 10, tzinfo=UTC))])
def test_measures_and_groups_on_spark_are_those_of_the_records(spark, seed, as_of):
    from docflow.tables import EventTable  # noqa: PLC0415 - narwhals may not be there

    clock = CLOCKS["America/New_York"]
    records = drawn_records(seed, 400, around(edges_of(clock)))
    spark.conf.set("spark.sql.session.timeZone", "Pacific/Apia")
    table = EventTable(
        frame_of(spark, rows_of(records)).repartition(4, "unit"), case="case", activity="activity", at="at", unit="unit"
    )
    measures = MEASURES if as_of is None else CUT
    found = table.read(measures, clock, window=YEAR, as_of=as_of)
    wanted = read(records, clock, measures=measures, window=YEAR, as_of=as_of)
    for name in measures:
        assert whole(found[name]) == whole(wanted[name]), name
    seen = "promise" if as_of is None else "capped"
    assert row_by_row(found[seen].to_arrow()) == case_by_case(wanted[seen])
    if as_of is None:
        last = max(event.at for record in records for event in record.history)
        groups = found["mean"].by("group")
        assert list(groups) == ["group 0", "group 1", "group 2"]
        for n, part in enumerate(groups.values()):
            assert figures(part) == figures(MEASURES["mean"].read(records[n::3], clock, window=YEAR, as_of=last))


@pytest.mark.usefixtures("sends_nothing")
def test_the_small_tables_go_to_every_process_and_the_rows_stay_where_they_are(spark):
    sheet = CLOCKS["Asia/Bangkok"].sheet(2019, 2020)
    given = frame_of(spark, {"a": [local(sheet.lower, UTC)], "b": [local(sheet.upper - 1, UTC)]})
    before = plan_of(given).count("Exchange")
    plan = plan_of(sheet.due(sheet.elapsed(given, "a", "b"), "a", WorkingDays(2) | OfficeTime(days=1)))
    see_only_broadcasts(plan)
    assert plan.count("Exchange") - plan.count("BroadcastExchange") == before


@pytest.mark.usefixtures("sends_nothing")
def test_cases_are_gathered_once_and_joined_to_nothing_large(spark):
    from docflow.tables import EventTable  # noqa: PLC0415 - narwhals may not be there

    records = drawn_records(3, 20)
    given = frame_of(spark, rows_of(records))
    table = EventTable(given, case="case", activity="activity", at="at", unit="unit")
    plan = plan_of(table.read(MEASURES["promise"], CLOCKS["Asia/Bangkok"], window=YEAR).observations)
    see_only_broadcasts(plan)
    assert plan.count("hashpartitioning(case") == 1


def test_moments_of_another_unit_are_read_from_parquet(spark, tmp_path):
    clock = CLOCKS["Europe/London"]
    sheet = clock.sheet(2019, 2020)
    starts = [at // 1000 * 1000 for at in edges_of(clock)]
    columns = {
        "n": pa.array(range(len(starts))),
        "a": pa.array([local(at, UTC) for at in starts], pa.timestamp("ms", "UTC")),
    }
    parquet.write_table(pa.table(columns), tmp_path / "moments.parquet")
    made = sheet.due(spark.read.parquet(str(tmp_path)), "a", OfficeTime(hours=9))
    assert {row["n"]: instant(row["due"]) for row in made.toArrow().to_pylist()} == {
        n: due_of(OfficeTime(hours=9), at, clock) for n, at in enumerate(starts)
    }


def test_moments_without_a_zone_are_refused(spark):
    sheet = CLOCKS["Asia/Bangkok"].sheet(2020, 2020)
    bare = spark.sql("SELECT TIMESTAMP_NTZ '2020-01-06 10:00:00' AS a, TIMESTAMP '2020-01-06 10:00:00' AS b")
    with pytest.raises(TableError, match="the column 'a' holds moments without a zone"):
        sheet.elapsed(bare, "a", "b")


def test_a_name_that_spark_reads_as_a_path_is_refused(spark):
    sheet = CLOCKS["Asia/Bangkok"].sheet(2020, 2020)
    given = frame_of(spark, {"from": [local(sheet.lower, UTC)], "to": [local(sheet.upper, UTC)], "letter.no": ["1"]})
    with pytest.raises(TableError, match="the column 'letter.no' has a point or a backtick in its name"):
        sheet.elapsed(given, "from", "to")
