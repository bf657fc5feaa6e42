"""How long the whole plan of B.E. 2563 takes over 100,000 letters and 100,000 other records that lie in memory.

    python tests/bench/plan.py

Beside it stands how old letters are at the year's end, by the clock and by the tests' oracle, which walks from day to
day as a spreadsheet of business hours would; the ratio is what a timetable that is written once is worth.
"""

from __future__ import annotations

import random
import resource
import sys
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[1]))

from oracle import by_day

from docflow import Entry, Letter
from docflow.bangkok import (
    COMPLAINT,
    COUNCIL_DOCUMENTS,
    FIELD_VISIT,
    INCOMING_EXTERNAL_LETTER,
    INTERNAL_LETTER,
    PLAN_2563,
    POLICY_COORDINATION,
    SALARY_CERTIFICATE,
    SECRETARY_GROUP,
    year_end,
)
from docflow.kpi import Event, Record, Value

LETTERS, OTHERS = 100_000, 100_000
BANGKOK = ZoneInfo("Asia/Bangkok")
CHANCE = random.Random(2563)
FIRST = datetime(2019, 10, 1, 8, 30, tzinfo=BANGKOK)


def some_moment() -> datetime:
    """A minute of the fiscal year."""
    return FIRST + timedelta(minutes=CHANCE.randrange(520_000))


def moments(count: int, most: int) -> list[datetime]:
    """So many minutes one after the other, the later ones at most so many minutes apart."""
    found = [some_moment()]
    while len(found) < count:
        found.append(found[-1] + timedelta(minutes=CHANCE.randrange(1, most)))
    return found


def case(workflow, number, triggers, most, unit=None):
    """A case as far as it happens to have come."""
    taken = triggers[: CHANCE.choice([len(triggers)] * 9 + [max(1, len(triggers) - 1)])]
    times = moments(len(taken), most)
    entries = [Entry(trigger, at, unit=unit) for trigger, at in zip(taken, times, strict=True)]
    return workflow.replay(Letter(number=str(number), wanted_by=times[0] + timedelta(days=5)), entries)


def records() -> dict[str, list[object]]:
    """Letters, and as many other records of ten kinds."""
    steps = ("receive", "hand_over", "screen", "summarize", "submit")
    each = OTHERS // 10
    found: dict[str, list[object]] = {
        "letters": [case(INCOMING_EXTERNAL_LETTER, n, steps, 900, SECRETARY_GROUP) for n in range(LETTERS)],
        "internal letters": [
            case(INTERNAL_LETTER, n, ("receive", "screen", "submit", "sign"), 900) for n in range(each)
        ],
        "complaints": [
            case(COMPLAINT, n, ("receive", "coordinate", "inspect", "submit", "order", "forward", "resolve"), 5_000)
            for n in range(each)
        ],
        "certificates": [
            case(SALARY_CERTIFICATE, n, ("request", "prepare", "submit", "sign"), 2_000) for n in range(each)
        ],
        "council documents": [
            case(COUNCIL_DOCUMENTS, n, ("call_meeting", "compile", "deliver"), 5_000) for n in range(each)
        ],
        "visits": [case(FIELD_VISIT, n, ("visit", "record", "follow_up", "follow_up"), 40_000) for n in range(each)],
    }
    for name, states in (("ceremonies", ("held", "attended")), ("reimbursements", ("claimed", "reimbursed"))):
        found[name] = [
            Record(str(n), tuple(map(Event, states, moments(2, 9_000))), wanted_by=FIRST + timedelta(days=300))
            for n in range(each)
        ]
    found["staff"] = [
        Record(
            str(n),
            tuple(
                Event(state, at, CHANCE.choice([SECRETARY_GROUP, POLICY_COORDINATION]))
                for state, at in zip(
                    ("on_staff", *["attended_exchange"] * 5, "attended_qr", "passed_qr"),
                    moments(8, 60_000),
                    strict=True,
                )
            ),
        )
        for n in range(each)
    ]
    found["responses"] = [
        Record(
            str(n), (Event("answered", some_moment()),), scores=tuple((f"item {k}", 1 + (n + k) % 5) for k in range(10))
        )
        for n in range(each)
    ]
    found["reported values"] = [
        Record("2.1", [Event("reported", some_moment())], value=Value(Fraction(n, 100), source="–", unit="%"))
        for n in range(each)
    ]
    return found


def best(question, times=3):
    """The shortest of some runs, in seconds."""
    found = []
    for _ in range(times):
        start = process_time()
        question()
        found.append(process_time() - start)
    return min(found)


def main() -> None:
    """Print the figures."""
    start = process_time()
    held = records()
    others = sum(map(len, held.values())) - LETTERS
    print(f"{LETTERS:,} letters and {others:,} other records made: {process_time() - start:.1f} s")
    as_of = year_end(PLAN_2563.clock)
    whole = best(lambda: PLAN_2563.evaluate(held, as_of=as_of))
    print(f"the whole plan, {len(list(PLAN_2563))} indicators and parts, every reading: {whole:.2f} s (aim: 3)")
    print(f"the most memory in use: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB (aim: 1,024)")
    starts = [one.history[0].at for one in held["letters"][:2_000]]
    clock = PLAN_2563.clock
    ours = best(lambda: [clock.elapsed(start, max(start, as_of)) for start in starts])
    theirs = best(lambda: [by_day(start, max(start, as_of)) for start in starts])
    print(
        f"the age of {len(starts):,} letters at the year's end: {theirs / ours:.0f} × as long, walked from day to day"
    )


if __name__ == "__main__":
    main()
