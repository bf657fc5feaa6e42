"""When a letter was due, how it stands, and why: every reading of "2 working days or 48 hours", and the days counted.

    python examples/explain_deadline.py [--received DATETIME] [--submitted DATETIME] [--as-of DATETIME]
                                        [--waiting FROM TO] [--known-on DATE] [--language en|th]

Moments are written "1/11/2562 16:20" or "2019-11-01T16:20+07:00"; `--waiting` is a time in which the sender had to
act and the letter's clock stood still, and may be given several times. Without `--as-of` the letter stands as when it
was submitted; one that was not stands as when it was received. The days are those until it is due under the official
reading. Without options it was received on a Friday before a weekend and two special holidays.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

try:
    from docflow import WorkTime
    from docflow.bangkok import OFFICIAL_READING, READINGS, office_clock
    from docflow.report.script import Arguments, run
    from docflow.thai import parse_date, parse_datetime
except ModuleNotFoundError as missing:
    sys.exit(f"explain_deadline: {missing.name} is not installed; run: pip install .")

if TYPE_CHECKING:
    from collections.abc import Sequence

WARNING = WorkTime(hours=4)
"""How much office time before the due moment the registry wants to be warned."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the explanation; 2 when a moment could not be read."""

    def job() -> None:
        parser = Arguments(description="Explain when a letter was due and how it stands.")
        parser.add_argument("--received", metavar="DATETIME", help='when it came, as "1/11/2562 16:20"')
        parser.add_argument("--submitted", metavar="DATETIME", help="left out while it has not been submitted")
        parser.add_argument(
            "--as-of",
            metavar="DATETIME",
            help="how things stood then",
        )
        parser.add_argument(
            "--waiting",
            metavar=("FROM", "TO"),
            nargs=2,
            action="append",
            default=[],
            help="when the sender had to act; may be given several times",
        )
        parser.add_argument("--known-on", metavar="DATE", help="with the holidays as they were known on that day")
        parser.add_argument("--language", choices=("en", "th"), default="en", help="in which to tell the days")
        options = parser.parse_args(arguments)
        clock = office_clock(known_on=parse_date(options.known_on) if options.known_on else None)
        received = parse_datetime(options.received or "1/11/2562 16:20")
        submitted = parse_datetime(options.submitted) if options.submitted else None
        pauses = [(parse_datetime(since), parse_datetime(until)) for since, until in options.waiting]
        asked = options.as_of or ("" if options.received else "6/11/2562 08:32")
        as_of = parse_datetime(asked) if asked else submitted or received
        unsure, lines = set(), [f"received {received:%Y-%m-%d %H:%M}, as of {as_of:%Y-%m-%d %H:%M}"]
        for name, limit in READINGS.items():
            due = limit.due(received, clock, pauses=pauses)
            verdict = limit.verdict(received, submitted, as_of, clock, pauses=pauses)
            left = limit.remaining(received, as_of, clock, pauses=pauses)
            official = "  ← official" if name == OFFICIAL_READING else ""
            lines.append(f"due {due:%Y-%m-%d %H:%M}  {verdict:7}  {left!s:>14} left  {limit}{official}")
            unsure |= {due.year} & set(clock.provisional)
        print("\n".join(lines))
        warning = READINGS[OFFICIAL_READING].warning(received, WARNING, clock, pauses=pauses)
        print(f"warn {warning:%Y-%m-%d %H:%M}, {WARNING} of office time before it is due" if warning else "no warning")
        for year in sorted(unsure):
            print(f"provisional: the holidays of {year} are not all announced; what is due then may move")
        print()
        deadline = clock.deadline(READINGS[OFFICIAL_READING], received, pauses=pauses)
        stop = submitted if submitted and submitted <= as_of else None
        print(deadline.explain(at=as_of, stop=stop).said(options.language))

    return run("explain_deadline", job)


if __name__ == "__main__":
    sys.exit(main())
