"""What the golden files hold, computed anew: the figures of the scripts in examples/, as people get them.

Nothing here looks inside the library: the scripts run as processes, and what they print and write is taken. `FROZEN`
names every golden file and what computes it; `figures` is the one place that knows the keys of `--json`.
"""

import csv
import json
import shutil
import subprocess
import sys
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from registers import as_csv, row
from year_files import write_year

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
SAMPLE = ROOT / "examples" / "data"
REGISTER = "register-2563.csv"
MOST = 200  # damaged cells a file

CELLS = (
    "", "x", "31/02/2563 10:00", "-1", "101", "เช้า", "24:61", "๙๙", "01/10/2570 09:00", "01/10/2500 09:00", "1e309",
    "\u202eabc", "-", "0", "12/13/2562", "2019-10-01T08:42:00+99:99", "29/02/2562 09:00", "[red]<b>",
)  # fmt: skip
"""What stands in damaged cells."""

ROWS = (
    lambda line: '"' + line,
    lambda line: line + ",",
    lambda line: line.replace(",", ',"', 1),
    lambda line: line.rsplit(",", 2)[0],
    lambda line: line + '"',
    lambda line: line[: len(line) // 2],
    lambda line: line + "\n" + line,
    lambda line: line.replace(",", ";"),
    lambda line: "\n" + line,
    lambda line: line.replace(",", '",', 1),
    lambda line: line + ",x",
    lambda line: ",,\n" + line,
    lambda line: "\u00a0" + line.replace(",", " ,"),
    lambda line: line.replace(",", "\t"),
    lambda line: line[: len(line) // 2] + "\x1b[31m" + line[len(line) // 2 :],
    lambda line: line[:0],
)
"""What becomes of damaged rows."""

REFUSED = {
    "no heading": lambda path: path.write_text("", encoding="utf-8"),
    "a heading too few": lambda path: path.write_text(path.read_text("utf-8-sig").split(",", 1)[1], encoding="utf-8"),
    "another encoding": lambda path: path.write_bytes(path.read_text("utf-8-sig").encode("utf-16")),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "bytes of no text": lambda path: path.write_bytes(path.read_bytes() + b"\xff\xfe\x00"),
    "a heading twice": lambda path: path.write_text(
        "{},{}".format(path.read_text("utf-8-sig").split(",", 1)[0], path.read_text("utf-8-sig")), encoding="utf-8"
    ),
}
"""Damages for which no report can be made."""


def script(name, *arguments, status=0):
    """What a script prints; on standard error when it refuses."""
    done = subprocess.run(  # noqa: S603 - our own scripts
        [sys.executable, ROOT / "examples" / f"{name}.py", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={"PATH": "", "PYTHONPATH": str(ROOT), "COLUMNS": "160"},
    )
    assert done.returncode == status, done.stderr
    assert bool(done.stderr) == bool(status), done.stderr
    return done.stderr if status else done.stdout


def annual(folder, *options):
    """The text and the JSON of the yearly report on a folder of records."""
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / "figures.json"
        printed = script("annual_report", "--all", "--data", folder, *options, "--json", file)
        return printed, file.read_text(encoding="utf-8")


# What `--json` holds, put in an order of its own


def fraction(given):
    """An exact value as "3/4", or nothing."""
    if given is None or isinstance(given, int | str):
        return given
    return f"{given['numerator']}/{given['denominator']}"


def plain(one):
    """An indicator's figures without the evidence."""
    return {
        "value": fraction(one["value"]),
        "numerator": fraction(one["numerator"]),
        "denominator": one["denominator"],
        "met": one["met"],
        "bins": {name: count for name, count in one["bins"].items() if count},
    }


def indicators(found):
    """Every indicator, and after each its parts."""
    for number, one in found.items():
        yield number, one
        yield from indicators(one["parts"])


def figures(text):
    """Every figure of the yearly report, by the number of its indicator or work plan."""
    found = json.loads(text)
    return {
        "indicators": {
            number: {
                **plain(one),
                "readings": {
                    name: {"value": fraction(reading["value"]), "bins": {k: n for k, n in reading["bins"].items() if n}}
                    for name, reading in one.get("readings", {}).get("values", {}).items()
                },
                "by_month": {month: plain(part) for month, part in one["by_month"].items()},
                "explained": {language: said.split("\n") for language, said in one["explanation"].items()},
            }
            for number, one in indicators(found["indicators"])
        },
        "as_of_each_month": {
            month: {number: fraction(one["value"]) for number, one in some.items()}
            for month, some in found.get("monthly", {}).items()
        },
        "work_plans": {
            number: {
                "planned": fraction(one["planned"]),
                "actual": fraction(one["earned"]),
                "standing": one["schedule"],
                "by_month": one["earned_by_month"],
                "steps": {step: [each["planned"], each["earned"]] for step, each in one["steps"].items()},
            }
            for number, one in found["work_plans"].items()
        },
    }


def told(text):
    """Every fault and note of the yearly report, and the figures that came out all the same."""
    found = json.loads(text)
    kept = ("row", "column", "kind", "reason", "text")
    files = {REGISTER: found["fault_details"]} | found["record_faults"]
    return {
        "missing": found["missing_files"],
        "rows": found["record_rows"],
        "faults": {file: [" | ".join(str(one[key]) for key in kept) for one in some] for file, some in files.items()},
        "notes": {
            file: [" | ".join(str(one[key]) for key in kept) for one in some]
            for file, some in found["record_notes"].items()
        },
        "figures": figures(text),
    }


def as_text(found):
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


# The folders


def damaged_cells(path):
    """Cells of every second row, or of 200 rows in a long file: each column in turn, each bad cell in turn."""
    heading, *rows = csv.reader(StringIO(path.read_text("utf-8-sig")))
    for n, place in enumerate(range(1, len(rows), max(2, len(rows) // MOST))):
        columns = len(rows[place])
        rows[place][n % columns] = CELLS[(n + n // columns) % len(CELLS)]
    lines = StringIO()
    csv.writer(lines).writerows([heading, *rows])
    path.write_text(lines.getvalue(), encoding="utf-8", newline="")


def damaged_rows(path):
    """Every fourth line, or 100 of a long file, damaged in each way in turn."""
    heading, *lines = path.read_text("utf-8-sig").splitlines()
    for n, place in enumerate(range(2, len(lines), max(4, len(lines) // (MOST // 2)))):
        lines[place] = ROWS[n % len(ROWS)](lines[place])
    path.write_text("\n".join([heading, *lines, ""]), encoding="utf-8")


@cache
def sample_year():
    return annual(SAMPLE, "--monthly")


def small_year():
    """One faultless row a file: it has no fault, and its figures are soon checked by hand."""
    with TemporaryDirectory() as folder:
        write_year(Path(folder))
        (Path(folder) / REGISTER).write_text(as_csv([row(), row(number="8396/2562")]), encoding="utf-8")
        return as_text(told(annual(Path(folder), "--monthly")[1]))


def damaged_year(damage, without=()):
    """The sample year after one damage of every file."""
    with TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(SAMPLE, Path(scratch) / "year"))
        for path in sorted(folder.glob("*.csv")):
            damage(path)
        for file in without:
            (folder / file).unlink()
        return as_text(told(annual(folder)[1]))


def refused():
    """What is said of a folder of which no report can be made."""
    said = {}
    for file in ("complaints.csv", REGISTER):
        for name, damage in REFUSED.items():
            with TemporaryDirectory() as scratch:
                folder = Path(shutil.copytree(SAMPLE, Path(scratch) / "year"))
                damage(folder / file)
                sentence = script("annual_report", "--data", folder, status=2)
                said[f"{file}: {name}"] = sentence.replace(str(folder), "DIR").strip()
    return as_text(said)


@cache
def receipt():
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / "receipt.json"
        printed = script("municipal_receipt", GOLDEN / "receipt-log.csv", "--json", file)
        return printed, file.read_text(encoding="utf-8")


@cache
def pictures(language):
    """The pictures of the sample year, by name."""
    with TemporaryDirectory() as folder:
        script("annual_report", "--language", language, "--pictures", folder)
        return {path.name: path.read_text(encoding="utf-8") for path in Path(folder).glob("*.svg")}


FROZEN = {
    "mean-time-to-hand-over.svg": lambda: pictures("en")["1.5-months.svg"],
    "mean-time-to-hand-over-thai.svg": lambda: pictures("th")["1.5-months.svg"],
    "sample-year.txt": lambda: sample_year()[0],
    "sample-year.json": lambda: sample_year()[1],
    "sample-year-figures.json": lambda: as_text(figures(sample_year()[1])),
    "small-year.json": small_year,
    "damaged-cells.json": lambda: damaged_year(damaged_cells),
    "damaged-rows.json": lambda: damaged_year(damaged_rows, without=("ceremonies.csv", "work-progress.csv")),
    "refused.json": refused,
    "receipt.txt": lambda: receipt()[0],
    "receipt.json": lambda: receipt()[1],
}
"""Every golden file, and what computes its text."""


def place(name):
    """Where it is kept; pictures are shown by pages."""
    return (ROOT / "docs" / "pictures" if name.endswith(".svg") else GOLDEN) / name
