"""examples/on_spark.py as people run it: a year on two cores, and what it says where something is not there."""

import os
from importlib.util import module_from_spec, spec_from_file_location
from shutil import which

import pyarrow as pa
import pytest
from pyarrow import parquet
from scripts import ROOT, refused, run
from small_office import BANGKOK

from docflow.text import months_between

pytestmark = pytest.mark.scripts
SCRIPT = ROOT / "examples" / "on_spark.py"


def here(*arguments, **more):
    """Run with the environment that Java needs."""
    kept = {name: os.environ[name] for name in ("PATH", "JAVA_HOME", "HOME") if name in os.environ}
    return run(SCRIPT, *arguments, **kept | more)


def spark_or_skip():
    for package in ("narwhals", "pyspark"):
        pytest.importorskip(package, reason=f"{package} is not installed: the script is not run")
    if which("java") is None:
        pytest.skip("Java is not installed: the script is not run")


def test_every_figure_is_that_of_docflows_objects(tmp_path):
    spark_or_skip()
    done = here(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    figures = [line for line in done.stdout.splitlines() if line.startswith("1.")]
    assert len(figures) == 9
    assert all(line.endswith("docflow's objects: the same") for line in figures)
    assert "14.34 min  counted 2,939, unfinished 39;" in figures[0]
    assert "9,454 events in " in done.stdout
    assert "9 indicators: " in done.stdout
    assert not list(tmp_path.iterdir()), "nothing is left"


def test_events_of_ones_own_have_columns_of_ones_own(tmp_path):
    spark_or_skip()
    parquet.write_table(pa.table({"letter": ["1/2563"]}), tmp_path / "events.parquet")
    done = here("--events", tmp_path / "events.parquet", "--log", tmp_path / "log")
    assert done.returncode == 2
    assert done.stderr == "on_spark: the column 'case' is not in the table; it has letter\n"
    assert "WARN" in (tmp_path / "log").read_text(encoding="utf-8")


def test_letters_are_made_up_a_month_at_a_time(tmp_path, monkeypatch):
    pytest.importorskip("narwhals", reason="narwhals is not installed: the script is not run")
    found = spec_from_file_location("on_spark", SCRIPT)
    script = module_from_spec(found)
    found.loader.exec_module(script)
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


def test_what_spark_cannot_find_is_a_sentence(tmp_path):
    spark_or_skip()
    done = here("--events", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("on_spark: local[2]: Spark gave up ([PATH_NOT_FOUND]")
    assert done.stderr.count("\n") == 1


def test_without_java_it_says_how_to_get_it():
    for package in ("narwhals", "pyspark"):
        pytest.importorskip(package, reason=f"{package} is not installed: the script is not run")
    assert refused(run(SCRIPT), "Java: it is not installed", "apt-get install openjdk")
    assert refused(here(JAVA_HOME="/nowhere"), "Java: it is not in JAVA_HOME (/nowhere)")


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
    assert refused(here("--to", tmp_path), "it is there already; name a new folder")
