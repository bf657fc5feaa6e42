"""How fast a municipality confirms a receipt: a real kind of event log, measured on Dutch office hours.

    python examples/municipal_receipt.py FILE [--json FILE]

FILE is a CSV event log with the columns `case:concept:name`, `concept:name` and `time:timestamp`. Measured is the
working time from the first "Confirmation of receipt" to the first "T05 Print and send confirmation of receipt",
08:30–16:30 in Amsterdam less the Dutch holidays, and "2 working days or 48 hours" under every reading, as of the
log's last event.
"""

from __future__ import annotations

import sys
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

try:
    from rich.table import Table
    from workalendar.europe import Netherlands

    from docflow.bangkok import OFFICIAL_READING, READINGS
    from docflow.exchange import EventLog, read_event_log
    from docflow.kpi import Durations, Readings, Stopwatch, reached
    from docflow.report import fraction_figures, reading_figures
    from docflow.report.script import Arguments, run
    from docflow.report.terminal import fault_table, report_console
    from docflow.report.writing import as_json, write
    from docflow.worktime import OfficeHours, WorkClock
except ModuleNotFoundError as missing:
    sys.exit(f"municipal_receipt: {missing.name} is not installed; run: pip install '.[report]'")

if TYPE_CHECKING:
    from collections.abc import Sequence

CLOCK = WorkClock(OfficeHours(opens=time(8, 30), closes=time(16, 30)), Netherlands(), zone="Europe/Amsterdam")
RECEIPT = Stopwatch(
    "confirmation of receipt",
    start=reached("Confirmation of receipt"),
    stop=reached("T05 Print and send confirmation of receipt"),
)


def figures(log: EventLog, durations: Durations, readings: Readings) -> dict[str, Any]:
    """Every figure as plain data for JSON."""
    days = sorted(one.day for one in durations.places if one.day is not None)
    as_of = None if durations.as_of is None else durations.as_of.astimezone(CLOCK.tz)
    return {
        **reading_figures(readings, [day.isoformat() for day in (days[0], days[-1])] if days else None, as_of),
        "measured": len(durations.measured),
        "unfinished": len(durations.unfinished),
        "mean_minutes": fraction_figures(durations.mean_minutes),
        "median_minutes": fraction_figures(durations.median_minutes),
        "excluded": {one.case.number: one.reason for one in durations.excluded},
        "faults": [{"row": fault.row, "column": fault.column, "reason": fault.reason} for fault in log.faults],
        "notes": [{"row": note.row, "column": note.column, "reason": note.reason} for note in log.notes],
    }


def reading_table(readings: Readings) -> Table:
    """The promise under every reading, for the terminal."""
    table = Table("confirmed within", "in time", "late", "running", "percent")
    for name, rate in readings.results.items():
        row = (
            str(READINGS[name]),
            str(len(rate.counted)),
            str(len(rate.late)),
            str(len(rate.running)),
            str(rate.share),
        )
        table.add_row(*row, style="bold" if name == readings.official else None)
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the log, print the figures, write what was asked for; 2 when something could not be read or written."""

    def job() -> None:
        parser = Arguments(description="Measure a municipality's confirmations of receipt.")
        parser.add_argument("log", metavar="FILE", type=Path, help="the event log (CSV)")
        parser.add_argument("--json", metavar="FILE", type=Path, help="write every figure there")
        options = parser.parse_args(arguments)
        log = read_event_log(options.log)
        durations = RECEIPT.read(log.traces, CLOCK)
        readings = RECEIPT.under(READINGS, official=OFFICIAL_READING).read(log.traces, CLOCK)
        found = figures(log, durations, readings)
        if options.json:
            write(options.json, as_json(found), source=options.log)
        console = report_console()
        console.print(f"{len(log.traces)} cases, {log.events} events, as of {found['as_of']}", soft_wrap=True)
        mean, median = durations.mean_minutes, durations.median_minutes
        if mean is not None and median is not None:
            console.print(
                f"{len(durations.measured)} measured, {len(durations.unfinished)} unfinished; "
                f"mean {float(mean):.1f} min, median {float(median):.1f} min of office time",
                soft_wrap=True,
            )
        console.print(reading_table(readings))
        if log.faults:
            console.print(fault_table("Rows left out", log.faults))
        if log.notes:
            console.print(fault_table("Not read, or read with a doubt", log.notes))

    return run("municipal_receipt", job)


if __name__ == "__main__":
    sys.exit(main())
