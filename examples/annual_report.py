"""The yearly report on incoming external letters, from the register: indicators 1.5 and 1.1 A of the plan of B.E. 2563.

    python examples/annual_report.py [--register FILE] [--as-of DATETIME] [--json FILE] [--html FILE]

Without options it reads the sample year beside this script, as things stood when the fiscal year closed.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

try:
    from docflow.bangkok import office_clock, year_end
    from docflow.exchange import read_register
    from docflow.report import LetterReport, letter_page
    from docflow.report.script import run, write
    from docflow.report.terminal import letter_report, report_console, tracker
    from docflow.thai import parse_datetime
except ModuleNotFoundError as missing:
    sys.exit(f"annual_report: {missing.name} is not installed; run: pip install '.[report]'")

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = Path(__file__).parent / "data" / "register-2563.csv"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the register, write what was asked for, print the report; 2 when something could not be read or written."""
    parser = argparse.ArgumentParser(description="Report on a year of incoming external letters.")
    parser.add_argument("--register", metavar="FILE", type=Path, default=SAMPLE, help="the register (CSV, UTF-8)")
    parser.add_argument(
        "--as-of", metavar="DATETIME", help='how things stood then, as "30/09/2563 16:30" or "2020-09-30T16:30+07:00"'
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="write every figure there")
    parser.add_argument("--html", metavar="FILE", type=Path, help="write the report there as a page")
    options = parser.parse_args(arguments)

    def job() -> None:
        clock = office_clock()
        as_of = parse_datetime(options.as_of) if options.as_of is not None else year_end(clock)
        register = read_register(options.register, track=tracker(options.register))
        report = LetterReport.of(options.register.name, register, clock, as_of=as_of)
        if options.json:
            figures = json.dumps(report.figures(), ensure_ascii=False, indent=1)
            write(options.json, f"{figures}\n", source=options.register)
        if options.html:
            write(options.html, letter_page(report), source=options.register)
        report_console().print(letter_report(report))

    return run("annual_report", job)


if __name__ == "__main__":
    gc.disable()  # a register is values without cycles: searching 100,000 letters for some costs 4 of 11 seconds
    sys.exit(main())
