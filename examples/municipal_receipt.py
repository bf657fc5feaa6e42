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
from typing import TYPE_CHECKING, Any, Literal

try:
    from workalendar.europe import Netherlands

    from docflow.bangkok import OFFICIAL_READING, READINGS
    from docflow.files import EventLog, read_event_log
    from docflow.kpi import Duration, DurationResult, Result, reached, read
    from docflow.report import ENGLISH, Column, Grid, Row, Section, faults_grid, report_console, several, shown
    from docflow.report.figures import fraction_figures, reading_figures, reasons
    from docflow.report.script import Arguments, as_json, run, write
    from docflow.text import text
    from docflow.worktime import OfficeHours, WorkClock
except ModuleNotFoundError as missing:
    sys.exit(f"municipal_receipt: {missing.name} is not installed; run: pip install '.[report]'")

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLOCK = WorkClock(OfficeHours(opens=time(8, 30), closes=time(16, 30)), Netherlands(), zone="Europe/Amsterdam")
RECEIPT = Duration(
    "confirmation of receipt",
    start=reached("Confirmation of receipt"),
    stop=reached("T05 Print and send confirmation of receipt"),
)


IN_TIME = RECEIPT.under(READINGS)


def figures(log: EventLog, durations: DurationResult, readings: dict[str, Result]) -> dict[str, Any]:
    """Every figure as plain data for JSON."""
    days = sorted(one.day for one in durations.observations if one.day is not None)
    as_of = None if durations.context.as_of is None else durations.context.as_of.astimezone(CLOCK.tz)
    return {
        **reading_figures(
            readings, window=[day.isoformat() for day in (days[0], days[-1])] if days else None, as_of=as_of
        ),
        "measured": len(durations.measured),
        "unfinished": len(durations.unfinished),
        "mean_minutes": fraction_figures(durations.mean),
        "median_minutes": fraction_figures(durations.median),
        "excluded": {one.record.number: str(one.reason) for one in durations.excluded},
        "faults": [{"row": fault.row, "column": fault.column, "reason": fault.reason} for fault in log.faults],
        "notes": [{"row": note.row, "column": note.column, "reason": note.reason} for note in log.notes],
    }


def sections(log: EventLog, readings: dict[str, Result]) -> Iterator[Section]:
    """The promise under every reading, and what was not read, for the terminal."""
    columns = (Column("confirmed within", words=True), *map(Column, ("in time", "late", "running", "percent")))
    rows = []
    for name, rate in readings.items():
        counts = (str(len(some)) for some in (rate.counted, rate.late, rate.running))
        role: Literal["total", ""] = "total" if name == OFFICIAL_READING else ""
        rows.append(Row((str(READINGS[name]), *counts, str(rate.share)), role))
    yield Section("", (Grid(columns, tuple(rows)),))
    for title, faults in (("Rows left out", log.faults), ("Not read, or read with a doubt", log.notes)):
        if faults:
            yield Section("", (faults_grid(faults, title=text(title), rest="--json lists all"),))


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the log, print the figures, write what was asked for; 2 when something could not be read or written."""

    def job() -> None:
        parser = Arguments(description="Measure a municipality's confirmations of receipt.")
        parser.add_argument("log", metavar="FILE", type=Path, help="the event log (CSV, UTF-8)")
        parser.add_output("--json", help="write every figure there")
        options = parser.parse_args(arguments)
        console = report_console()  # first, for it needs a package, and nothing is written without
        log = read_event_log(options.log)
        durations = RECEIPT.read(log.records, CLOCK)
        readings = read(log.records, CLOCK, measures=IN_TIME)
        found = figures(log, durations, readings)
        if options.json:
            write(options.json, as_json(found), source=options.log)
        counted = f"{several(len(log.records), 'case')}, {several(log.events, 'event')}"
        as_of = durations.context.as_of
        then = "" if as_of is None else f", as of {ENGLISH.moment(as_of.astimezone(CLOCK.tz))}"
        console.print(f"{counted}{then}", soft_wrap=True)
        mean, median = durations.mean, durations.median
        if mean is not None and median is not None:
            console.print(
                f"{len(durations.measured)} measured, {len(durations.unfinished)} unfinished; "
                f"mean {float(mean):.1f} min, median {float(median):.1f} min of office time",
                soft_wrap=True,
            )
        for reason, numbers in reasons(durations.excluded).items():
            console.print(f"{several(len(numbers), 'case')} excluded: {reason}", soft_wrap=True, markup=False)
        console.print(shown(sections(log, readings), ENGLISH))

    return run("municipal_receipt", job)


if __name__ == "__main__":
    sys.exit(main())
