"""The yearly report on the office's plan: every indicator from a folder of records, and the letters in detail.

    python examples/annual_report.py [--year YEAR] [--data DIR] [--register FILE] [--as-of DATETIME]
                                     [--monthly] [--json FILE] [--html FILE]

YEAR is a fiscal year of the Buddhist era, 2563 unless it is given. DIR holds the office's records, one file a kind
(docs/reference/records.md), and the receipt register as register-YEAR.csv unless FILE names another. Without options
it reads the sample year beside this script, as things stood when the fiscal year closed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

try:
    from docflow.bangkok import plan_of, year_end
    from docflow.bangkok.files import RECORD_FILES, read_records, read_register
    from docflow.bangkok.report import LetterReport, meeting_figures, year_report
    from docflow.report import page
    from docflow.report.script import Arguments, as_json, run, write
    from docflow.report.terminal import report_console, terminal, tracker
    from docflow.thai import parse_datetime
except ModuleNotFoundError as missing:
    sys.exit(f"annual_report: {missing.name} is not installed; run: pip install '.[report]'")

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

SAMPLE = Path(__file__).parent / "data"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the records, write what was asked for, print the report; 2 when something could not be read or written."""
    return run("annual_report", lambda: report(arguments))


def options_of(arguments: Sequence[str] | None) -> Namespace:
    """What was asked for."""
    parser = Arguments(description="Report on a year of the office's plan.")
    parser.add_argument("--year", metavar="YEAR", type=int, default=2563, help="the fiscal year, Buddhist era (2563)")
    parser.add_argument("--data", metavar="DIR", type=Path, default=SAMPLE, help="the folder of records (CSV, UTF-8)")
    parser.add_argument(
        "--register", metavar="FILE", type=Path, help="the register, if it is not DIR/register-YEAR.csv"
    )
    parser.add_argument(
        "--as-of", metavar="DATETIME", help='how things stood then, as "30/09/2563 16:30" or "2020-09-30T16:30+07:00"'
    )
    parser.add_argument("--monthly", action="store_true", help="also as things stood at the end of each month")
    parser.add_output("--json", help="write every figure there")
    parser.add_output("--html", help="write the report there as a page")
    return parser.asked(arguments)


def report(arguments: Sequence[str] | None) -> None:
    """Do what was asked for."""
    options = options_of(arguments)
    plan = plan_of(options.year)
    as_of = parse_datetime(options.as_of) if options.as_of is not None else year_end(plan.clock, plan.year)
    source = options.register or options.data / f"register-{options.year}.csv"
    sources = [source, *(options.data / file for file in RECORD_FILES)]
    year = read_records(options.data)
    register = read_register(source, track=tracker(source))
    records = {"letters": register.cases, **year.records}
    result = plan.evaluate(records, as_of=as_of)
    months = plan.months(records, as_of=as_of) if options.monthly else {}
    letters = LetterReport.of(source.name, register, result)
    found = year_report(result, year, letters=letters, months=months, rest="--json lists all")
    if options.json:
        figures = {**letters.figures(), **found.figures(), "meetings": meeting_figures(result, year)}
        write(options.json, as_json(figures), source=sources)
    if options.html:
        write(options.html, page(found), source=sources)
    report_console().print(terminal(found))


if __name__ == "__main__":
    sys.exit(main())
