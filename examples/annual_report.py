"""The yearly report on the plan of B.E. 2563: every indicator from a folder of records, and the letters in detail.

    python examples/annual_report.py [--data DIR] [--register FILE] [--as-of DATETIME] [--monthly]
                                     [--json FILE] [--html FILE]

DIR holds the office's records, one file a kind (docs/reference/records.md), and the receipt register as
register-2563.csv unless FILE names another. Without options it reads the sample year beside this script, as things
stood when the fiscal year closed.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

try:
    from docflow.bangkok import PLAN_2563, year_end
    from docflow.exchange import RECORD_FILES, read_records, read_register
    from docflow.report import LetterReport, PlanReport, outcome_figures, plan_page
    from docflow.report.plan_terminal import monthly_tables, plan_report
    from docflow.report.script import run, write
    from docflow.report.terminal import letter_report, report_console, tracker
    from docflow.thai import parse_datetime
except ModuleNotFoundError as missing:
    sys.exit(f"annual_report: {missing.name} is not installed; run: pip install '.[report]'")

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = Path(__file__).parent / "data"
REGISTER = "register-2563.csv"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the records, write what was asked for, print the report; 2 when something could not be read or written."""
    parser = argparse.ArgumentParser(description="Report on a year of the plan of B.E. 2563.")
    parser.add_argument("--data", metavar="DIR", type=Path, default=SAMPLE, help="the folder of records (CSV, UTF-8)")
    parser.add_argument("--register", metavar="FILE", type=Path, help=f"the register, if it is not DIR/{REGISTER}")
    parser.add_argument(
        "--as-of", metavar="DATETIME", help='how things stood then, as "30/09/2563 16:30" or "2020-09-30T16:30+07:00"'
    )
    parser.add_argument("--monthly", action="store_true", help="also as things stood at the end of each month")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write every figure there")
    parser.add_argument("--html", metavar="FILE", type=Path, help="write the report there as a page")
    options = parser.parse_args(arguments)
    if options.json is not None and options.json == options.html:
        parser.error("--json and --html name one file; give each its own")

    def job() -> None:
        plan = PLAN_2563
        as_of = parse_datetime(options.as_of) if options.as_of is not None else year_end(plan.clock)
        source = options.register or options.data / REGISTER
        sources = [source, *(options.data / file for file in RECORD_FILES)]
        year = read_records(options.data)
        register = read_register(source, track=tracker(source))
        letters = {"letters": register.cases}
        report = PlanReport.of(plan, letters, year, as_of=as_of)
        letter_figures = LetterReport.within(source.name, register, report.evaluation)
        months = plan.months({**letters, **year.records}, as_of=as_of) if options.monthly else {}
        if options.json:
            figures = {**letter_figures.figures(), **report.figures()}
            if months:
                figures["monthly"] = {
                    month: {one.indicator.number: outcome_figures(one, whole=False) for one in evaluation.all()}
                    for month, evaluation in months.items()
                }
            write(options.json, f"{json.dumps(figures, ensure_ascii=False, indent=1)}\n", source=sources)
        if options.html:
            write(options.html, plan_page(report, letter_figures, months), source=sources)
        console = report_console()
        console.print(plan_report(report))
        if months:
            console.print()
            console.print(monthly_tables(months))
        console.print()
        console.print(letter_report(letter_figures))

    return run("annual_report", job)


if __name__ == "__main__":
    gc.disable()  # a register is values without cycles: searching 100,000 letters for some costs 4 of 11 seconds
    sys.exit(main())
