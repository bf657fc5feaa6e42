"""examples/on_spark.py as people run it: a year on two cores, and what it says where something is not there."""

import json
import os
import socket
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from shutil import which
from threading import Event
from types import SimpleNamespace

import pyarrow as pa
import pytest
from pyarrow import parquet
from quick_java import OPTIONS
from scripts import ROOT, refused, run
from small_office import BANGKOK

from docflow.text import months_between

pytestmark = pytest.mark.scripts
SCRIPT = ROOT / "examples" / "on_spark.py"
SEVERAL = """
import json, sys
import on_spark
for n, arguments in enumerate(json.loads(sys.argv[1])):
    if n == 1:
        on_spark.MEASURES = dict([*on_spark.MEASURES.items()][:1])
    print(f"status {on_spark.main(arguments)}\\f", end="", flush=True)
    print("\\f", end="", file=sys.stderr, flush=True)
"""
"""The script, run several times in one process, so that Java starts once; all but the first time with one measure."""


def here(*arguments, **more):
    """Run with the environment that Java needs."""
    kept = {name: os.environ[name] for name in ("PATH", "JAVA_HOME", "HOME") if name in os.environ}
    return run(*arguments, **kept | OPTIONS | more)


def loaded():
    pytest.importorskip("narwhals", reason="narwhals is not installed: the script is not run")
    found = spec_from_file_location("on_spark", SCRIPT)
    script = module_from_spec(found)
    found.loader.exec_module(script)
    return script


def spark_or_skip():
    for package in ("narwhals", "pyspark"):
        pytest.importorskip(package, reason=f"{package} is not installed: the script is not run")
    if which("java") is None:
        pytest.skip("Java is not installed: the script is not run")


def said_by(folder, *runs):
    """What the script says, and complains of, when it is run so in an empty folder."""
    path = os.pathsep.join((str(ROOT), str(SCRIPT.parent)))
    done = here("-c", SEVERAL, json.dumps([[str(one) for one in each] for each in runs]), cwd=folder, PYTHONPATH=path)
    assert done.returncode == 0, done.stderr
    return zip(done.stdout.split("\f")[:-1], done.stderr.split("\f")[:-1], strict=True)


def test_it_measures_the_year_and_events_of_ones_own(tmp_path):
    spark_or_skip()
    empty, own, lacking, broken = (tmp_path / name for name in ("empty", "own", "lacking.parquet", "broken"))
    for folder in (empty, own, broken):
        folder.mkdir()
    at = [datetime(2020, 1, 6, hour, tzinfo=UTC) for hour in (3, 4)]
    columns = {"letter": ["1/2563"] * 2, "state": ["registered", "taken_over"], "when": at, "who": ["ROS"] * 2}
    parquet.write_table(pa.table(columns), own / "events.parquet")
    parquet.write_table(pa.table({"letter": ["1/2563"]}), lacking)
    (broken / "events.parquet").write_text("no Parquet", encoding="utf-8")
    named = ("--case", "letter", "--activity", "state", "--at", "when", "--unit", "who", "--as-of", "30/01/2563 16:30")
    year, other, lacks, breaks = said_by(
        empty,
        ["--log", tmp_path / "log"],
        ["--events", own, *named],
        ["--events", lacking],
        ["--events", broken],
    )

    said, complained = year
    assert (complained, said.splitlines()[-1]) == ("", "status 0")
    figures = [line for line in said.splitlines() if line.startswith("1.")]
    assert len(figures) == 9
    assert all(line.endswith("docflow's objects: the same") for line in figures)
    assert "14.34 min  counted 2,939, unfinished 39;" in figures[0]
    assert "9,454 events in " in said
    assert "9 indicators: " in said
    assert not list(empty.iterdir()), "nothing is left"

    said, complained = other
    assert (complained, said.splitlines()[-1]) == ("", "status 0")
    assert said.splitlines()[-2].split() == ["1.5", "handing", "over,", "mean", "60", "min", "counted", "1"]
    assert "as of 2020-01-30 16:30" in said

    assert lacks[0].endswith("status 2")
    assert lacks[1] == "on_spark: the column 'case' is not in the table; it has letter\n"
    assert "WARN" in (tmp_path / "log").read_text(encoding="utf-8")

    assert breaks[0].endswith("status 2")
    assert breaks[1].startswith(f"on_spark: {broken}: Spark gave up (")
    assert breaks[1].count("\n") == 1


def test_a_figure_that_differs_is_the_last_that_is_said(monkeypatch, capsys):
    script = loaded()

    def measured(_, __, as_of):
        letters = script.read_register(script.SAMPLE).cases
        read = {
            name: measure.read(letters, script.CLOCK, window=script.FISCAL_YEAR, as_of=as_of) for name, measure in few
        }
        return read | {"one": few[0][1].read(letters[1:], script.CLOCK, window=script.FISCAL_YEAR, as_of=as_of)}

    few = [*script.MEASURES.items()][:2]
    monkeypatch.setattr(script, "measured", measured)
    monkeypatch.setattr(script, "see_packages", lambda: None)
    assert script.main([]) == 1
    *_, first, second, differs, last = capsys.readouterr().out.splitlines()
    assert first.endswith("docflow's objects: the same")
    assert second.endswith("docflow's objects: the same")
    assert "docflow's objects:  14.34 min  counted 2,939, unfinished 39" in differs
    assert last == "not the same as docflow's objects: one"


def test_while_it_waits_for_executors_it_says_so(monkeypatch, capsys):
    script, said, jobs = loaded(), Event(), []
    tracker = SimpleNamespace(getJobIdsForGroup=lambda _: jobs)
    context = SimpleNamespace(setJobGroup=lambda *_: None, statusTracker=lambda: tracker, master="spark://far:7077")
    answers = iter([(0, 0, 0), (0, 0, 0), (1, 3, 7)])

    def progress(*_):
        found = next(answers, None)
        if found is None:
            said.set()
            raise RuntimeError("Spark is gone")
        return found

    def known(_):
        jobs.append(7)
        return jobs[1:]

    tracker.getJobIdsForGroup = known
    monkeypatch.setattr(script, "SOMETIMES", 0.001)
    monkeypatch.setattr(script, "progress", progress)
    with script.followed(SimpleNamespace(sparkContext=context), "events"):
        assert said.wait(30)
    assert [line.partition(": ")[2] for line in capsys.readouterr().out.splitlines()] == [
        "0 of 0 tasks, 0 stages",
        "waiting for executors of spark://far:7077",
        "3 of 7 tasks, 1 stage",
    ]


def test_letters_are_made_up_a_month_at_a_time(tmp_path, monkeypatch):
    script = loaded()
    monkeypatch.setattr(script, "PART", 3)
    assert script.made(script.options_of(["--letters", "50"]), tmp_path / "made") == (None, str(tmp_path / "made"))
    months = {path.name: list(path.iterdir()) for path in (tmp_path / "made").iterdir()}
    assert sorted(months) == [f"month={month}" for month in months_between("2019-10", "2020-09")]
    assert {len(files) for files in months.values()} == {2}, "four or five letters a month, three to a file"
    for month, files in months.items():
        rows = [row for file in files for row in parquet.ParquetFile(file).read().to_pylist()]
        assert {f"{row['at'].astimezone(BANGKOK):month=%Y-%m}" for row in rows if row["activity"] == "registered"} == {
            month
        }
    rows = [row for files in months.values() for file in files for row in parquet.ParquetFile(file).read().to_pylist()]
    assert {row["case"] for row in rows} == {f"{n}/2563" for n in range(50)}
    assert len(rows) == 50 * 6


@pytest.fixture
def ports():
    """A port of this machine where somebody answers, and one where nobody does."""
    with socket.create_server(("127.0.0.1", 0)) as heard:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            deaf = closed.getsockname()[1]
        yield heard.getsockname()[1], deaf


def test_a_cluster_that_does_not_answer_is_told_before_anything_is_written(tmp_path, monkeypatch, capsys, ports):
    script, (_, deaf) = loaded(), ports
    monkeypatch.setattr(script, "see_packages", lambda: None)
    master = f"spark://127.0.0.1:{deaf},[::1]:99999,a..b:1"
    assert script.main(["--master", master, "--to", str(tmp_path / "events")]) == 2
    told = f"nobody answers at 127.0.0.1:{deaf} or [::1]:99999 or a..b:1; start a cluster there, or name another"
    assert capsys.readouterr() == ("", f"on_spark: {master}: {told}\n")
    assert not list(tmp_path.iterdir())


def test_one_of_several_masters_answers(ports):
    heard, deaf = ports
    loaded().see_master(f"spark://127.0.0.1:{deaf},127.0.0.1:{heard}")


@pytest.mark.parametrize(
    "master", ["local", "local[4]", "local[*]", "local[2,3]", "spark://a:1,[::1]:2", "k8s://https://host:443", "yarn"]
)
def test_a_master_is_spelled_as_spark_spells_it(master):
    assert loaded().options_of(["--master", master]).master == master


@pytest.mark.parametrize(
    "master", ["", "bogus", "local[0]", "local[2", "locals", "spark://host", "spark://a:1,b", "k8s://", "yarn://a"]
)
def test_another_master_is_a_sentence(master, capsys):
    with pytest.raises(SystemExit, match="2"):
        loaded().options_of(["--master", master])
    told = f"--master {master!r} is no cluster; give local[2], spark://host:7077, k8s://... or yarn\n"
    assert capsys.readouterr().err.endswith(told)


def test_events_that_are_not_there_are_told_before_spark_starts(tmp_path):
    for name in ("nowhere", ""):
        done = run(SCRIPT, "--events", name, cwd=tmp_path)
        assert refused(done, f"on_spark: {name or '--events'}: there is no such file or folder; name")
    for path in ("_SUCCESS", ".part-0.parquet.crc", "_temporary/0/part-0.parquet"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("", encoding="utf-8")
    assert refused(run(SCRIPT, "--events", tmp_path), f"on_spark: {tmp_path}: is a folder without events; name one")


def test_events_elsewhere_are_left_to_spark(tmp_path):
    for events in ("s3a://registry/events", str(tmp_path / "*" / "*.parquet")):
        loaded().see_events(events)


def test_without_java_it_says_how_to_get_it():
    for package in ("narwhals", "pyspark"):
        pytest.importorskip(package, reason=f"{package} is not installed: the script is not run")
    assert refused(run(SCRIPT), "Java: it is not installed", "apt-get install openjdk")
    assert refused(here(SCRIPT, JAVA_HOME="/nowhere"), "Java: it is not in JAVA_HOME (/nowhere)")


def test_without_pyspark_it_says_what_to_install(tmp_path):
    (tmp_path / "pyspark.py").write_text("raise ModuleNotFoundError(name='pyspark')", encoding="utf-8")
    assert refused(run(SCRIPT, PYTHONPATH=f"{tmp_path}:{ROOT}"), "pyspark: it is not installed", "pip install")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--letters", "0"], "give a number from 1"),
        (["--events", "there", "--letters", "7"], "leave out --to and --letters"),
        (["--as-of", "soon"], "soon"),
    ],
)
def test_a_wrong_option_is_a_sentence(arguments, word):
    done = run(SCRIPT, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_there_is_not_written_to(tmp_path):
    spark_or_skip()
    assert refused(here(SCRIPT, "--to", tmp_path), "it is there already; name a new folder")
