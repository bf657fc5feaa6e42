"""A year's letters on Spark: the plan's indicators of time over partitioned Parquet, on a cluster one can start.

    python examples/on_spark.py [--master URL] [--letters NUMBER] [--to FOLDER] [--log FILE] [--as-of DATETIME]
    python examples/on_spark.py --events FOLDER [--case NAME] [--activity NAME] [--at NAME] [--unit NAME] ...

Without options it writes the events of the sample year beside this script as Parquet, a folder for each month, starts
Spark on two cores of this machine, and prints the indicators of the fiscal year B.E. 2563 beside those that docflow's
own objects give for the same letters. `--letters` makes up so many letters instead, a month at a time. `--master`
names a cluster, such as spark://host:7077; what is read there lies where all its machines see it (`--events`, `--to`).
The clock travels as small tables: workers need neither docflow nor Python. The exit status is 1 when a figure differs.
"""

from __future__ import annotations

import os
import re
import socket
import sys
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from shutil import rmtree, which
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Event, Thread
from time import perf_counter
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

try:
    from docflow.bangkok import (
        CAP,
        FISCAL_YEAR,
        HANDING_OVER,
        MEAN_TARGET,
        SCREENING_IN_TIME,
        SECRETARY_GROUP,
        office_clock,
        year_end,
    )
    from docflow.bangkok.files import read_register
    from docflow.errors import FileError
    from docflow.report import several
    from docflow.report.script import Arguments, run, write
    from docflow.text import month_of, months_between, number, visible
    from docflow.thai import parse_datetime
except ModuleNotFoundError as missing:
    sys.exit(f"on_spark: {missing.name} is not installed; run: pip install '.[spark]'")

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pyarrow import Table
    from pyspark.sql import DataFrame, SparkSession

    from docflow.kpi import Bin, Measure, Result
    from docflow.letters import Case
    from docflow.tables import TableResult

    AnyResult: TypeAlias = TableResult | Result

SAMPLE = Path(__file__).parent / "data" / "register-2563.csv"
CLOCK = office_clock()
MEASURES: Final[Mapping[str, Measure]] = {
    "1.5 handing over, mean": HANDING_OVER,
    f"1.5 within {MEAN_TARGET}": HANDING_OVER.capped(MEAN_TARGET),
    f"1.5 within {CAP}": HANDING_OVER.capped(CAP),
    **{f"1.1 A within {one.limit}": one for one in SCREENING_IN_TIME.values()},
}
STATES = ("registered", "taken_over", "screened", "summarized", "submitted", "ordered")
STEP = 24 * 3600 * 10**6
"""At most so many microseconds lie between two events of a letter that is made up."""
PART = 200_000
"""So many letters are made up at a time: under half a gigabyte of memory."""
TASK = 3_000_000
"""At most so many events are brought together in one task: they fit into the memory that Spark starts with."""
SOMETIMES = 5
"""So many seconds lie between two lines of progress."""
PATIENCE = 3
"""So many seconds a master has to answer."""
ADDRESS = r"(?:[^\s\[\]:/,]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}"
MASTER = re.compile(rf"local(?:\[(?:\*|[1-9]\d*)(?:,[1-9]\d*)?\])?|spark://{ADDRESS}(?:,{ADDRESS})*|k8s://\S+|yarn")
INSTALL = "run: pip install '.[spark]'"
JAVA = "on Debian: sudo apt-get install openjdk-17-jre-headless"


def main(arguments: Sequence[str] | None = None) -> int:
    """Find or make the events, measure them, print the figures.

    Gives 1 when a figure is not that of docflow's objects, and 2 when something could not be read or started.
    """
    return run("on_spark", lambda: report(arguments))


def options_of(arguments: Sequence[str] | None) -> Namespace:
    """What was asked for."""
    parser = Arguments(description="The plan's indicators of time, measured on Spark.")
    parser.add_argument("--master", metavar="URL", default="local[2]", help="the cluster: spark://host:7077 (local[2])")
    parser.add_argument("--events", metavar="FOLDER", help="measure the events in this Parquet, and make none")
    for column in ("case", "activity", "at", "unit"):
        parser.add_argument(f"--{column}", metavar="NAME", default=column, help=f"its column ({column})")
    parser.add_argument("--letters", metavar="NUMBER", type=int, help="make up so many letters")
    parser.add_argument("--to", metavar="FOLDER", type=Path, help="make the events in this new folder and keep them")
    parser.add_argument("--as-of", metavar="DATETIME", help='how things stood then, as "30/09/2563 16:30"')
    parser.add_output("--log", help="write what Spark says there, or nowhere")
    options: Namespace = parser.parse_args(arguments)
    if not MASTER.fullmatch(options.master):
        parser.error(f"--master {options.master!r} is no cluster; give local[2], spark://host:7077, k8s://... or yarn")
    if options.events is not None and (options.to is not None or options.letters is not None):
        parser.error("--events measures what is there; leave out --to and --letters")
    if options.letters is not None and options.letters < 1:
        parser.error(f"--letters {options.letters} is none; give a number from 1")
    return options


def report(arguments: Sequence[str] | None) -> None:
    """Do what was asked for."""
    options = options_of(arguments)
    as_of = parse_datetime(options.as_of) if options.as_of is not None else year_end(CLOCK)
    if options.events is not None:
        see_events(options.events)
    see_packages()
    see_master(options.master)
    with TemporaryDirectory() as scratch:
        letters, events = (None, options.events) if options.events else made(options, Path(scratch) / "events")
        found = measured(options, events, as_of)
    differ = print_figures(found, letters, as_of)
    if differ:
        print(f"not the same as docflow's objects: {', '.join(differ)}")
        sys.exit(1)


def see_events(events: str) -> None:
    """See that there are files to read on this machine; in other places Spark alone can look."""
    if "://" in events or any(mark in events for mark in "*?[{"):
        return
    if not events or not Path(events).exists():
        way = "name a folder of this machine, or say where it lies, such as hdfs://host/folder"
        raise FileError(events or "--events", f"there is no such file or folder; {way}")
    files = (path.relative_to(events) for path in Path(events).rglob("*") if path.is_file())
    shown = (path for path in files if not any(part.startswith(("_", ".")) for part in path.parts))  # as Spark reads
    if Path(events).is_dir() and not any(shown):
        raise FileError(events, "is a folder without events; name one with files of Parquet")


def see_packages() -> None:
    """See that there is what Spark needs, before anything is made."""
    try:
        for name in ("narwhals", "pyarrow", "pyspark"):
            import_module(name)  # after the arguments, so that help needs none of them
    except ModuleNotFoundError as missing:
        raise FileError(str(missing.name), f"it is not installed; {INSTALL}") from None
    home = os.environ.get("JAVA_HOME")
    if not which(str(Path(home) / "bin" / "java") if home else "java"):
        where = f"in JAVA_HOME ({home})" if home else "installed"
        raise FileError("Java", f"it is not {where}, and Spark needs version 17 or later; {JAVA}")


def see_master(master: str) -> None:
    """See that one of the masters answers, of which Spark would say nothing for minutes; others are left to Spark."""
    addresses = re.findall(ADDRESS, master) if master.startswith("spark://") else []
    for address in addresses:
        host, _, port = address.rpartition(":")
        with (
            suppress(OSError, OverflowError, UnicodeError),
            socket.create_connection((host.strip("[]"), int(port)), PATIENCE),
        ):
            return
    if addresses:
        raise FileError(master, f"nobody answers at {' or '.join(addresses)}; start a cluster there, or name another")


# The events


def made(options: Namespace, folder: Path) -> tuple[tuple[Case, ...] | None, str]:
    """Make the events, and give the letters they are of, when there are so few that docflow's objects can be asked."""
    folder = options.to or folder
    if folder.exists():
        raise FileError(str(folder), "it is there already; name a new folder")
    part = folder.with_name(f".docflow-{folder.name}.part")  # it has its name when it is whole
    part.mkdir(parents=True)
    try:
        cases = written(part, options.letters)
        part.rename(folder)
    except BaseException:
        rmtree(part)
        raise
    files = list(folder.rglob("*.parquet"))
    size = sum(file.stat().st_size for file in files) / 1e6
    print(
        f"{several(options.letters or len(cases or ()), 'letter')} written to {several(len(files), 'file')} "
        f"in {several(len(list(folder.iterdir())), 'folder')}, one a month: {size:,.1f} MB of Parquet"
    )
    return cases, str(folder)


def written(folder: Path, letters: int | None) -> tuple[Case, ...] | None:
    """Write the events of so many letters that are made up; without a number, those of the sample year, and give it."""
    if letters is None:
        cases = tuple(read_register(SAMPLE).cases)
        write_cases(folder, cases)
        return cases
    for month, first, count in parts_of(letters):
        write_part(folder, month, f"{first}", drawn(month, first, count))
    return None


def write_cases(folder: Path, cases: Sequence[Case]) -> None:
    """The events of cases, by the month in which each happened."""
    import pyarrow as pa  # noqa: PLC0415 - seen before

    months: dict[str, list[tuple[Any, ...]]] = {}
    for case in cases:
        for step in case.history:
            months.setdefault(month_of(step.at), []).append((case.number, step.state, step.at, step.unit))
    for month, rows in months.items():
        numbers, states, moments, units = zip(*rows, strict=True)
        at = pa.array(moments, pa.timestamp("us", "UTC"))
        write_part(folder, month, "0", pa.table({"case": numbers, "activity": states, "at": at, "unit": units}))


def parts_of(letters: int) -> Iterator[tuple[str, int, int]]:
    """Parts of so many letters, as many in each month of the year: the month, the first number, and how many."""
    months = months_between(month_of(FISCAL_YEAR.first), month_of(FISCAL_YEAR.last))
    for n, month in enumerate(months):
        last = letters * (n + 1) // len(months)
        for first in range(letters * n // len(months), last, PART):
            yield month, first, min(PART, last - first)


def drawn(month: str, first: int, count: int) -> Table:
    """Letters that nobody sent, six events each, received in the first 28 days of a month."""
    import numpy as np  # noqa: PLC0415 - pyarrow brings it
    import pyarrow as pa  # noqa: PLC0415 - seen before

    random, begin = np.random.default_rng(first), datetime.fromisoformat(f"{month}-01").replace(tzinfo=CLOCK.tz)
    steps = random.integers(0, STEP, (count, len(STATES)))
    steps[:, 0] = int(begin.timestamp()) * 10**6 + random.integers(0, 28 * 24 * 3600 * 10**6, count)
    numbers = [f"{n}/2563" for n in range(first, first + count)]
    return pa.table(
        {
            "case": pa.array(numbers).take(pa.array(np.repeat(np.arange(count), len(STATES)))),
            "activity": pa.array(STATES).take(pa.array(np.tile(np.arange(len(STATES)), count))),
            "at": pa.array(steps.cumsum(axis=1).ravel().view("datetime64[us]"), pa.timestamp("us", "UTC")),
            "unit": pa.array([SECRETARY_GROUP]).take(pa.array(np.zeros(count * len(STATES), int))),
        }
    )


def write_part(folder: Path, month: str, name: str, table: Table) -> None:
    """A file in the folder of a month, as Spark reads partitions."""
    from pyarrow import parquet  # noqa: PLC0415 - seen before

    (folder / f"month={month}").mkdir(parents=True, exist_ok=True)
    parquet.write_table(table, folder / f"month={month}" / f"{name}.parquet")


# Spark


@contextmanager
def kept(log: Path | None) -> Iterator[IO[bytes]]:
    """What Spark says while it runs; in the end it is written to a file, if one is named."""
    with TemporaryFile() as said:
        try:
            yield said
        finally:
            if log is not None:
                said.seek(0)
                write(log, said.read().decode("utf-8", errors="replace"))


@contextmanager
def spark_at(master: str, said: IO[bytes]) -> Iterator[SparkSession]:
    """A session without a console and without a web page; stopped at the end."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - seen before

    builder = SparkSession.builder.master(master).appName("docflow")
    settings: dict[str, str | bool | float | None] = {"spark.ui.enabled": False, "spark.ui.showConsoleProgress": False}
    if master.startswith("local"):  # it talks to nobody
        settings |= {"spark.driver.host": "localhost", "spark.driver.bindAddress": "127.0.0.1"}
    started = perf_counter()
    with elsewhere(said), told_by_spark(master), said_meanwhile(lambda: f"Spark is starting at {master}"):
        spark = builder.config(map=settings).getOrCreate()
    print(f"Spark {spark.version} started at {master}, {perf_counter() - started:.1f} s")
    try:
        yield spark
    finally:
        spark.stop()


@contextmanager
def elsewhere(said: IO[bytes]) -> Iterator[None]:
    """What a process that is started in here says on its standard error goes to a file."""
    before = os.dup(2)
    os.dup2(said.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


@contextmanager
def told_by_spark(what: str) -> Iterator[None]:
    """What Spark cannot do is a sentence, about the cluster or the events."""
    from py4j.protocol import Py4JError, Py4JJavaError  # noqa: PLC0415 - PySpark brings it
    from pyspark.errors import PySparkException  # noqa: PLC0415 - seen before

    try:
        yield
    except (PySparkException, Py4JError) as error:
        said = str(error.java_exception if isinstance(error, Py4JJavaError) else error).partition("\n")[0]
        raise FileError(what, f"Spark gave up ({said}); --log FILE keeps what it says") from None


def measured(options: Namespace, events: str, as_of: datetime) -> dict[str, TableResult]:
    """Start Spark, and read every measure there."""
    with kept(options.log) as said, spark_at(options.master, said) as spark:
        with told_by_spark(events), followed(spark, "events"):
            frame = events_of(spark, events)
        with told_by_spark(options.master):
            return read_of(spark, frame, options, as_of)


def events_of(spark: SparkSession, folder: str) -> DataFrame:
    """The events, described, and cut into tasks."""
    started = perf_counter()
    frame = spark.read.parquet(folder)
    rows, parts = frame.count(), frame.rdd.getNumPartitions()
    spark.conf.set("spark.sql.shuffle.partitions", max(2 * spark.sparkContext.defaultParallelism, -(-rows // TASK)))
    print(f"{several(rows, 'event')} in {folder}, read in {several(parts, 'part')}, {perf_counter() - started:.1f} s")
    return frame


def read_of(spark: SparkSession, frame: DataFrame, options: Namespace, as_of: datetime) -> dict[str, TableResult]:
    """Read every measure of the events, and say how it goes on."""
    from docflow.tables import EventTable  # noqa: PLC0415 - it needs narwhals

    table = EventTable(frame, case=options.case, activity=options.activity, at=options.at, unit=options.unit)
    started = perf_counter()
    with followed(spark, "indicators"):
        found = table.read(MEASURES, CLOCK, window=FISCAL_YEAR, as_of=as_of)
    stages, done, _ = progress(spark, "indicators")
    took = perf_counter() - started
    print(f"{several(len(found), 'indicator')}: {several(stages, 'stage')}, {several(done, 'task')}, {took:.1f} s\n")
    return found


@contextmanager
def followed(spark: SparkSession, group: str) -> Iterator[None]:
    """Say every few seconds how many tasks are done of those that are known so far."""
    spark.sparkContext.setJobGroup(group, group)

    def how_far() -> str:
        stages, ready, known = progress(spark, group)
        if not stages and spark.sparkContext.statusTracker().getJobIdsForGroup(group):
            return f"waiting for executors of {spark.sparkContext.master}"
        return f"{ready} of {known} tasks, {several(stages, 'stage')}"

    with said_meanwhile(how_far):
        yield


@contextmanager
def said_meanwhile(what: Callable[[], str]) -> Iterator[None]:
    """Say something every few seconds."""
    done, since = Event(), perf_counter()

    def watch() -> None:
        while not done.wait(SOMETIMES):
            with suppress(Exception):  # whoever waits is told what broke
                print(f"  {perf_counter() - since:.0f} s: {what()}", flush=True)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def progress(spark: SparkSession, group: str) -> tuple[int, int, int]:
    """How many stages of a group began, how many tasks are done, and how many those stages have."""
    tracker = spark.sparkContext.statusTracker()
    jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup(group)]
    stages = {stage: tracker.getStageInfo(stage) for job in jobs if job for stage in job.stageIds}
    begun = [stage for stage in stages.values() if stage and (stage.numActiveTasks or stage.numCompletedTasks)]
    return len(begun), sum(one.numCompletedTasks for one in begun), sum(one.numTasks for one in begun)


# The figures


def print_figures(found: Mapping[str, TableResult], letters: Sequence[Case] | None, as_of: datetime) -> list[str]:
    """Each figure, and beside it whether docflow's objects say the same of the same letters: value, bins and months.

    Gives the names of those that differ.
    """
    print(f"{FISCAL_YEAR.first} – {FISCAL_YEAR.last}, as of {as_of:%Y-%m-%d %H:%M}")
    width, differ = max(map(len, found)), list[str]()
    for name, result in found.items():
        beside = ""
        if letters is not None:
            other = result.measure.read(letters, CLOCK, window=result.context.window, as_of=as_of)
            same = whole(result) == whole(other)
            beside = "; docflow's objects: " + ("the same" if same else told(other))
            differ += [] if same else [name]
        print(visible(f"{name:{width}}  {told(result)}{beside}"))
    return differ


def told(result: AnyResult) -> str:
    """A value, and how many letters lie in each bin."""
    bins = ", ".join(f"{lies} {n:,}" for lies, n in counts(result).items() if n) or "no letters"
    return f"{number(result.value):>6} {result.unit:3}  {bins}"


def counts(result: AnyResult) -> dict[Bin, int]:
    """How many letters lie in each bin."""
    return {lies: some if isinstance(some, int) else len(some) for lies, some in result.bins.items()}


def whole(result: AnyResult) -> list[object]:
    """All that is compared: the value and the bins, and those of each month."""
    months = result.by_month()
    return [result.value, counts(result), {month: (part.value, counts(part)) for month, part in months.items()}]


if __name__ == "__main__":
    sys.exit(main())
