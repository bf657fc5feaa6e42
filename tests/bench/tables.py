"""What indicators in working time cost over tables, beside the same in wall-clock time: python tests/bench/tables.py.

Needs docflow-registry[tables] and polars. Everything runs side by side in one process, and each figure is the best of
some rounds; quote the ratios, not the seconds. The aims are those the project set itself.

The other side of each ratio is written by hand in the engine itself, with the same checks and the same answer: events
without a case or a moment, the first and the last moment, and for each month and bin how many cases there are and their
time together. It counts 48 hours and time on the wall, and knows no office.
"""

import gc
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from time import perf_counter

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

from docflow import Duration, Hours, WorkingDays, reached
from docflow.bangkok import office_clock
from docflow.instants import instant
from docflow.kpi import Event, Record
from docflow.tables import EventTable

CASES = 1_000_000
STATES = ("registered", "taken_over", "screened", "summarized", "submitted", "ordered")
CLOCK = office_clock()
ROUNDS = 4
TENTH = CASES // 10
TIME = Duration("time", start=reached("registered"), stop=reached("submitted"))
PROMISE = TIME.within(WorkingDays(2) | Hours(48))
DURATION_BY_HAND = """
    CASE WHEN start IS NULL OR stop < start THEN 'excluded' WHEN stop IS NULL THEN 'unfinished' ELSE 'counted' END"""
LIMIT_BY_HAND = """
    CASE WHEN start IS NULL OR stop < start THEN 'excluded'
         WHEN coalesce(stop, $last) > start + INTERVAL 48 HOUR THEN 'late'
         WHEN stop IS NULL THEN 'running' ELSE 'counted' END"""
IMPORTS = """
from time import perf_counter
begin = perf_counter()
import docflow
import sys
engines = {"narwhals", "duckdb", "polars", "pandas", "pyarrow", "pyspark", "numpy"}
print(perf_counter() - begin, len(sys.modules), *engines & {*sys.modules})
"""


def events(cases):
    """A year of events in the order of time, of which one letter in ten lacks the last two."""
    random, begin = np.random.default_rng(2563), instant(datetime(2019, 10, 1, tzinfo=CLOCK.tz))
    at = random.integers(0, 24 * 3600 * 10**6, (cases, len(STATES)))
    at[:, 0] = begin + random.integers(0, 360 * 24 * 3600 * 10**6, cases)
    at, n = at.cumsum(axis=1).ravel(), np.arange(cases * len(STATES))
    there = np.argsort(at)
    case, step = np.divmod(n[there], len(STATES))
    held = (case % 10 > 0) | (step < 4)
    case, step, at = case[held], step[held], at[there][held]
    numbers = pa.array([f"{n}/2563" for n in range(cases)])
    return pa.table(
        {
            "case": numbers.take(pa.array(case)),
            "activity": pa.array(STATES).take(pa.array(step)),
            "at": pa.array(at.view("datetime64[us]"), pa.timestamp("us", "UTC")),
        }
    )


def side_by_side(*jobs):
    """Seconds of the best round of each job, which take turns."""
    best = [float("inf")] * len(jobs)
    for _ in range(ROUNDS):
        for n, job in enumerate(jobs):
            gc.collect()
            begin = perf_counter()
            job()
            best[n] = min(best[n], perf_counter() - begin)
    return best


def duckdb_by_hand(connection, bins):
    (checked,) = connection.execute("""
        SELECT count(*), count(*) FILTER (WHERE "case" IS NULL), count(*) FILTER (WHERE "at" IS NULL),
               min("at"), max("at") FROM events
    """).fetchall()
    assert checked[1:3] == (0, 0)
    return connection.execute(
        f"""
        WITH cases AS (
            SELECT "case", min("at") FILTER (WHERE activity = 'registered') AS start,
                   min("at") FILTER (WHERE activity = 'submitted') AS stop
            FROM events GROUP BY "case")
        SELECT date_trunc('month', start) AS month, {bins} AS bin, count(*), sum(epoch_us(stop) - epoch_us(start))
        FROM cases WHERE $last IS NOT NULL GROUP BY ALL
        """,  # noqa: S608 - our own words
        {"last": checked[4]},
    ).fetchall()


def polars_by_hand(frame, *, limit):
    lazy, at = frame.lazy(), pl.col("at")
    checks = (pl.len(), pl.col("case").null_count().alias("lacks"), at.null_count(), at.min().alias("first"))
    checked = lazy.select(*checks, at.max().alias("last")).collect()
    assert checked["lacks"].item() == 0
    start, stop = pl.col("start"), pl.col("stop")
    cases = lazy.group_by("case").agg(
        start=at.filter(pl.col("activity") == "registered").min(),
        stop=at.filter(pl.col("activity") == "submitted").min(),
    )
    excluded = pl.when(start.is_null() | (stop < start)).then(pl.lit("excluded"))
    if limit:
        late = stop.fill_null(checked["last"].item()) > start + timedelta(hours=48)
        bins = excluded.when(late).then(pl.lit("late")).when(stop.is_null()).then(pl.lit("running"))
    else:
        bins = excluded.when(stop.is_null()).then(pl.lit("unfinished"))
    month = start.dt.convert_time_zone("Asia/Bangkok").dt.truncate("1mo")
    judged = cases.with_columns(
        bin=bins.otherwise(pl.lit("counted")), month=month, took=(stop - start).dt.total_microseconds()
    )
    return judged.group_by("month", "bin").agg(pl.len(), pl.col("took").sum()).collect()


def read(frame, measure):
    return EventTable(frame, case="case", activity="activity", at="at").read(measure, CLOCK)


def ratios(table, connection):
    """Print the ratios, and give the seconds of the duration on DuckDB."""
    frame, seconds = pl.from_arrow(table), []
    print(
        f"\n{CASES:,} cases, {table.num_rows:,} events{'working time':>26}{'by hand, on the wall':>24}{'ratio':>8}  aim"
    )
    for name, measure, given, hand in (
        ("DuckDB, a duration", TIME, "duckdb", lambda: duckdb_by_hand(connection, DURATION_BY_HAND)),
        ("DuckDB, a promise", PROMISE, "duckdb", lambda: duckdb_by_hand(connection, LIMIT_BY_HAND)),
        ("polars, a duration", TIME, "polars", lambda: polars_by_hand(frame, limit=False)),
        ("polars, a promise", PROMISE, "polars", lambda: polars_by_hand(frame, limit=True)),
    ):
        lazy = connection.table("events") if given == "duckdb" else frame.lazy()
        took, plain = side_by_side(lambda: read(lazy, measure), hand)
        print(f"{name:46}{took:8.2f} s{plain:22.2f} s{took / plain:8.2f}  ≤ 1.3")
        seconds.append(took)
    return seconds[0]


def objects(table):
    """Records of rows, and what a measure reads of them: the seconds of each, and the result."""
    rows = list(zip(*(table[name].to_pylist() for name in ("case", "activity", "at")), strict=True))
    begin = perf_counter()
    histories = defaultdict(list)
    for case, activity, at in rows:
        histories[case].append(Event(activity, at))
    records = [Record(case, history) for case, history in histories.items()]
    built = perf_counter()
    last = max(event.at for record in records for event in record.history)
    result = TIME.read(records, CLOCK, as_of=last.astimezone(UTC))
    return built - begin, perf_counter() - built, result


def against_objects(whole):
    tenth = events(TENTH)
    built, took, result = objects(tenth)
    same = read(tenth, TIME)
    assert same.value == result.value
    assert same.bins == {lies: len(some) for lies, some in result.bins.items()}
    times = CASES / TENTH
    print(f"\n{'on DuckDB, ≤ 4 s':46}{whole:8.2f} s")
    print(f"{'docflow objects, of a tenth × 10: building':46}{built * times:8.2f} s")
    print(f"{'docflow objects, of a tenth × 10: reading':46}{took * times:8.2f} s")
    print(f"{'objects by DuckDB, ≥ 10 ×':46}{(built + took) * times / whole:8.1f} ×")


def importing():
    found = [subprocess.check_output([sys.executable, "-c", IMPORTS], text=True).split() for _ in range(5)]  # noqa: S603 - our own words
    seconds, modules, *engines = min(found, key=lambda each: float(each[0]))
    print(f"\n{'import docflow':46}{float(seconds):8.2f} s, {modules} modules; engines among them: {engines or 'none'}")


def main():
    importing()
    table, connection = events(CASES), duckdb.connect()
    connection.execute("SET TimeZone = 'Asia/Bangkok'")
    connection.from_arrow(table).create("events")
    whole = ratios(table, connection)
    against_objects(whole)


if __name__ == "__main__":
    main()
