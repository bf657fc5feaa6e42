"""What twice as many records cost each figure and each report: ratios, of which none may reach 2.5.

python tests/bench/figures.py
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parent))

from attrs import evolve
from doubling import doubling

from docflow.bangkok import PLAN_2563, office_clock, year_end
from docflow.bangkok.files import YearRecords
from docflow.bangkok.report import LetterReport, year_report
from docflow.files import Fault, RegisterFile
from docflow.kpi import Duration, Event, Plan, Record, Value, carriers, differences, reached, time_spent
from docflow.report import Report, page
from docflow.report.figures import outcome_figures
from docflow.report.script import as_json
from docflow.text import Text
from docflow.workplans import StepProgress, WorkPlan, WorkStep

MOST = 2.5
BANGKOK = ZoneInfo("Asia/Bangkok")
FIRST = datetime(2019, 11, 1, 9, tzinfo=BANGKOK)
CLOCK = office_clock()
END = year_end(CLOCK)
WATCH = PLAN_2563["1.5"].measure
STATES = ("registered", "taken_over", "screened", "submitted")


def moment(n: int) -> datetime:
    """A minute between November and August."""
    return FIRST + timedelta(minutes=n * 7919 % 430_000)


def letters(count: int) -> list[Record]:
    """So many letters, each with a number of its own."""
    return [
        Record(f"{n}/2563", [Event(state, moment(n) + timedelta(minutes=n % 50 * k)) for k, state in enumerate(STATES)])
        for n in range(count)
    ]


def values(count: int) -> list[Record]:
    """So many values of one indicator: records that share a number."""
    return [
        Record("2.1", [Event("reported", moment(n))], value=Value(Fraction(n), source="–", unit="%"))
        for n in range(count)
    ]


def answers(count: int) -> list[Record]:
    """One questionnaire of very many items."""
    return [Record("1", [Event("answered", FIRST)], scores=[(f"item {n}", n % 5 + 1) for n in range(count)])]


def compared(records: list) -> object:
    """A result and another, in which every record was written anew a minute later."""
    measure = PLAN_2563["2.1"].measure if records[0].value is not None else WATCH
    later = [
        evolve(one, history=[evolve(step, at=step.at + timedelta(minutes=1)) for step in one.history])
        for one in records
    ]
    return str(differences(measure.read(records, CLOCK, as_of=END), measure.read(later, CLOCK, as_of=END)))


def same_but_one(records: list) -> object:
    """A result and another, in which one record of many with one number is gone."""
    measure = PLAN_2563["2.1"].measure
    return differences(measure.read(records, CLOCK, as_of=END), measure.read(records[::-1][1:], CLOCK, as_of=END))


def tours(count: int) -> list[Record]:
    """One letter that goes round and round, waiting at every turn."""
    steps = [Event(("registered", "waiting")[n % 2], FIRST + timedelta(minutes=n)) for n in range(count)]
    return [Record("1", [*steps, Event("submitted", END - timedelta(days=1))])]


def plan_of_many(count: int) -> object:
    """A plan with very many indicators, each asked for by its number."""
    one = PLAN_2563["1.7"]
    plan = Plan(
        title=Text("–", "–"),
        year=PLAN_2563.year,
        clock=CLOCK,
        indicators=[evolve(one, number=str(n)) for n in range(count)],
    )
    evaluation = plan.evaluate({}, as_of=END)
    return [(plan[str(n)], evaluation[str(n)]) for n in range(count)]


def work(count: int) -> object:
    """A work plan of very many steps over very many months, with an entry for each step."""
    months = [f"{1 + n // 12:04}-{n % 12 + 1:02}" for n in range(count)]
    share = Fraction(100, count)
    steps = [WorkStep(str(n), "–", share, [(months[n], share)]) for n in range(count)]
    plan = WorkPlan("1", "–", owner="–", months=months, steps=steps, source="–")
    entries = [StepProgress("1", str(n), FIRST, 50) for n in range(count)]
    return plan.planned(), plan.progress(entries, as_of=END, clock=CLOCK).earned


def report(count: int) -> tuple[Report, LetterReport]:
    """The report of a year with so many letters and faults."""
    faults = tuple(Fault(n, "a column", "unreadable", "is no date; correct it", "x" * 80) for n in range(count))
    read = RegisterFile((), faults, faults, count)
    result = PLAN_2563.evaluate({"letters": letters(count)}, as_of=END)
    found = LetterReport.of("register.csv", read, result)
    return year_report(result, YearRecords({}, (), (), {"staff.csv": read}, ()), letters=found), found


WAITING = Duration("waiting", start=reached("registered"), stop=reached("submitted"), pausing=["waiting"])
JOBS = {
    "the whole plan over letters": (lambda some: PLAN_2563.evaluate({"letters": some}, as_of=END), 5_000, letters),
    "its outcomes as data": (lambda found: [outcome_figures(one) for one in found[0].result], 3_000, report),
    "months": (lambda some: WATCH.read(some, CLOCK, as_of=END).by_month(), 10_000, letters),
    "time spent": (lambda some: time_spent(some, CLOCK, as_of=END).by_stage(), 3_000, letters),
    "time spent by one long history": (lambda some: time_spent(some, CLOCK, stop=reached("submitted")), 12_000, tours),
    "pauses of one long history": (lambda some: WAITING.read(some, CLOCK), 12_000, tours),
    "carriers": (lambda some: carriers(WATCH.read(some, CLOCK, as_of=END)), 10_000, letters),
    "items of a questionnaire": (lambda some: PLAN_2563["1.3 (2)"].measure.read(some, CLOCK).value, 20_000, answers),
    "differences of letters": (compared, 2_000, letters),
    "differences of one number": (compared, 2_000, values),
    "one of many of one number gone": (same_but_one, 2_000, values),
    "a plan of many indicators": (plan_of_many, 1_000, int),
    "a work plan of many steps": (work, 1_500, int),
    "events out of order": (lambda n: Record("1", tours(n)[0].history[::-1]), 10_000, int),
    "the report as a page": (lambda found: page(found[0]), 3_000, report),
    "the letters as JSON": (lambda found: as_json({**found[0].figures(), **found[1].figures()}), 2_000, report),
}


def main() -> int:
    """Print the ratios; 1 when one of them is too large."""
    found = {name: doubling(job, n, given=given) for name, (job, n, given) in JOBS.items()}
    for name, ratio in found.items():
        print(f"{name:32} {ratio:5.2f} ×{'' if ratio < MOST else '  too much'}")
    return int(max(found.values()) >= MOST)


if __name__ == "__main__":
    sys.exit(main())
