"""What a report costs: python tests/bench/report.py.

The sample year as people get it, a whole process that reads 3,000 letters and writes the page (aims: 3 s and 500 kB);
and the page of 100,000 letters and as many other records beside the evaluation that it shows (aims: at most 1.3 times
as long, and 2 MB).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent))

from plan import best, records

from docflow.bangkok import PLAN_2563, year_end
from docflow.report import Report, page

ROOT = Path(__file__).parents[2]
RUNS = 5


def sample_year() -> None:
    """The command as people run it, in processes of its own."""
    with TemporaryDirectory() as folder:
        written, times = Path(folder) / "page.html", []
        for _ in range(RUNS):
            start = perf_counter()
            subprocess.run(  # noqa: S603 - our own script
                [sys.executable, ROOT / "examples" / "annual_report.py", "--html", written],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            times.append(perf_counter() - start)
        size = written.stat().st_size
    said = ", ".join(f"{one:.2f}" for one in sorted(times))
    print(f"3,000 letters, a whole process: {said} s (aim: 3); the page {size:,} bytes (aim: 500,000)")


def large() -> None:
    """The page of many letters beside their evaluation."""
    held, as_of = records(), year_end(PLAN_2563.clock)
    evaluated = best(lambda: PLAN_2563.evaluate(held, as_of=as_of))
    written = best(lambda: page(Report(result=PLAN_2563.evaluate(held, as_of=as_of)))) - evaluated
    size = len(page(Report(result=PLAN_2563.evaluate(held, as_of=as_of))).encode())
    print(
        f"100,000 letters and 100,000 other records: evaluated in {evaluated:.2f} s, the page in {written:.2f} s more,"
    )
    print(f"{written / evaluated:.2f} times the evaluation (aim: 1.3); the page {size:,} bytes (aim: 2,000,000)")


if __name__ == "__main__":
    sample_year()
    large()
