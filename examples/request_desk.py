"""A second office: a desk that answers requests for information within 20 working days.

    python examples/request_desk.py [FILE] [--as-of DATETIME] [--json FILE] [--html FILE]

FILE is the desk's own register (CSV, UTF-8), in local time; without it, the sample beside this script is reported.
While the desk waits for a clarification, its clock stands still. This is all that an office of its own has to write:
its hours, its workflow, the form of its register, and its plan.
"""

from __future__ import annotations

import sys
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

try:
    from workalendar.europe import UnitedKingdom

    from docflow.files import Dates, RegisterForm, Stamp, read_register
    from docflow.kpi import Duration, Indicator, Plan, Window, at_least, at_most, reached
    from docflow.letters import Transition, Workflow, from_each
    from docflow.report import ENGLISH, Report, page, report_console, terminal
    from docflow.report.script import Arguments, as_json, run, write
    from docflow.worktime import OfficeHours, WorkClock, WorkingDays
except ModuleNotFoundError as missing:
    sys.exit(f"request_desk: {missing.name} is not installed; run: pip install '.[report]'")

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = Path(__file__).parent / "data" / "requests.csv"
CLOCK = WorkClock(OfficeHours(opens=time(9), closes=time(17)), UnitedKingdom(), zone="Europe/London")

REQUEST = Workflow(
    "information request",
    initial="received",
    transitions=(
        Transition("ask", "received", "waiting"),
        Transition("clarify", "waiting", "received"),
        Transition("answer", "received", "answered"),
        *from_each("withdraw", ("received", "waiting"), "withdrawn"),
    ),
    waiting=("waiting",),
    final=("answered",),
    cancelled=("withdrawn",),
)

FORM = RegisterForm(
    {
        "Request": "number",
        "From": "sender",
        "About": "subject",
        "Received": Stamp("receive"),
        "Clarification asked": Stamp("ask"),
        "Clarified": Stamp("clarify"),
        "Answered": Stamp("answer"),
        "Withdrawn": Stamp("withdraw"),
    },
    dates=Dates(zone=CLOCK.tz),
)

ANSWERING = Duration(
    "answering",
    start=reached("received"),
    stop=reached("answered"),
    pausing=REQUEST.waiting,
)

PLAN = Plan(
    title="Requests for information, January to March 2026",
    year=Window(date(2026, 1, 1), date(2026, 3, 31)),
    clock=CLOCK,
    indicators=[
        Indicator(
            number="1",
            title="Answered within 20 working days",
            of="requests",
            measure=ANSWERING.within(WorkingDays(20)),
            formula="requests answered in time × 100 / all that were due",
            target=at_least(90),
        ),
        Indicator(
            number="2",
            title="Mean working time to an answer, at most 40 hours",
            of="requests",
            measure=ANSWERING,
            target=at_most(40 * 60),
        ),
    ],
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the requests, print the report, write what was asked for; 2 when something could not be read or written."""

    def job() -> None:
        parser = Arguments(description="Report on requests for information.")
        parser.add_argument("register", metavar="FILE", nargs="?", type=Path, default=SAMPLE, help="the register (CSV)")
        parser.add_argument("--as-of", metavar="DATETIME", default="2026-03-31 17:00", help="as things stood then")
        parser.add_output("--json", help="write every figure there")
        parser.add_output("--html", help="write the report there as a page")
        options = parser.parse_args(arguments)
        console = report_console()  # first, for it needs a package, and nothing is written without
        read = read_register(options.register, FORM, REQUEST)
        result = PLAN.evaluate({"requests": read.cases}, as_of=FORM.dates.moment(options.as_of))
        report = Report(result=result, files={options.register.name: read}, office="Records and information desk")
        if options.json:
            write(options.json, as_json(report.figures(["en"])), source=options.register)
        if options.html:
            write(options.html, page(report, ["en"]), source=options.register)
        console.print(terminal(report, ENGLISH, whole=True))

    return run("request_desk", job)


if __name__ == "__main__":
    sys.exit(main())
