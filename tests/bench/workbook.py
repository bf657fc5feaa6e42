"""What a workbook of 100,000 observations costs: python tests/bench/workbook.py.

Each is written in a process of its own, whose time and most memory are told: the report, and beside it the same cells
by XlsxWriter alone, which is what no workbook can be cheaper than. The aims are 15 seconds and 300 MB, where what the
process held before it wrote is told apart; the ratio of the two times shows what is docflow's own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from docflow.bangkok import PLAN_2563, year_end
from docflow.kpi import Event, Plan, Record
from docflow.report import Report, workbook

LETTERS = 100_000
AIM, MOST = 15.0, 300.0
FIRST = datetime(2019, 11, 1, 9, tzinfo=ZoneInfo("Asia/Bangkok"))
STATES = ("registered", "taken_over", "screened", "submitted")


def report() -> Report:
    """One indicator over so many letters."""
    plan = Plan(
        title=PLAN_2563.title,
        year=PLAN_2563.year,
        clock=PLAN_2563.clock,
        indicators=[PLAN_2563["1.5 (15 min)"]],
    )
    letters = []
    for n in range(LETTERS):
        at = FIRST + timedelta(minutes=n * 7919 % 430_000)
        steps = [
            Event(state, at + timedelta(minutes=n % 50 * k), unit=f"unit {n % 7}", by=f"clerk {n % 31}")
            for k, state in enumerate(STATES)
        ]
        letters.append(Record(f"{n}/2563", steps))
    return Report(result=plan.evaluate({"letters": letters}, as_of=year_end(plan.clock, plan.year)))


def most() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def whole(path: Path) -> tuple[float, float]:
    """Time and memory of the report's workbook."""
    given = report()
    before, since = most(), process_time()
    workbook(given, path)
    return process_time() - since, most() - before


def alone(path: Path) -> tuple[float, float]:
    """Time and memory of the same cells, typed as they are and with the same formats."""
    (outcome,) = report().result.all()
    rows = outcome.result.to_rows("th")
    before, since = most(), process_time()
    book = Workbook(path, {"constant_memory": True})
    sheet, stamp = book.add_worksheet(), book.add_format({"num_format": "[$-107041E]d mmm yyyy h:mm;@"})
    for n, row in enumerate(rows):
        sheet.write_string(n, 0, outcome.indicator.number)
        for place, cell in enumerate(row.values(), 1):
            if isinstance(cell, datetime):
                sheet.write_datetime(n, place, cell.replace(tzinfo=None), stamp)
            elif isinstance(cell, str):
                sheet.write_string(n, place, cell)
            elif cell is not None:
                sheet.write_number(n, place, cell)
    book.close()
    return process_time() - since, most() - before


def main() -> None:
    """Write both, each in a process of its own, and compare."""
    if len(sys.argv) > 1:
        way, path = sys.argv[1:]
        took, held = {"whole": whole, "alone": alone}[way](Path(path))
        print(took, held, most())
        return
    found = {}
    with TemporaryDirectory() as folder:
        for way in ("whole", "alone"):
            command = [sys.executable, __file__, way, f"{folder}/{way}.xlsx"]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - itself
            took, held, most_held = map(float, said.split())
            found[way] = took
            size = Path(folder, f"{way}.xlsx").stat().st_size / 2**20
            print(f"{way}: {took:5.1f} s, {held:4.0f} MB more, {most_held:4.0f} MB in all, {size:.1f} MB on the disk")
            if way == "whole":
                print(f"aims: {'kept' if took <= AIM and held <= MOST else 'broken'} ({AIM:.0f} s, {MOST:.0f} MB more)")
    print(f"ratio: {found['whole'] / found['alone']:.2f}")


if __name__ == "__main__":
    main()
