"""A day at the registry: two letters are numbered, one goes its way, a refusal explains itself, a mistake is corrected.

    python examples/registry_day.py

It shows the words of the library in the order in which an office needs them, and prints what each of them answers.
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

try:
    from docflow import Actor, Entry, Letter, Registry
    from docflow.bangkok import (
        GENERAL_ADMINISTRATION,
        INCOMING_EXTERNAL_LETTER,
        OFFICER,
        REGISTRAR,
        SECRETARY_GROUP,
        UNITS,
        office_clock,
        title,
        with_rights,
    )
    from docflow.errors import RefusedError
    from docflow.letters import events
    from docflow.registry import Book, pages, stamp
    from docflow.report.script import Arguments, run
except ModuleNotFoundError as missing:
    sys.exit(f"registry_day: {missing.name} is not installed; run: pip install .")

if TYPE_CHECKING:
    from collections.abc import Sequence

BANGKOK = ZoneInfo("Asia/Bangkok")
SOMCHAI = Actor("Somchai", REGISTRAR, GENERAL_ADMINISTRATION)
SOMYING = Actor("Somying", REGISTRAR, SECRETARY_GROUP)
SOMSAK = Actor("Somsak", OFFICER, SECRETARY_GROUP)


def at(hour: int, minute: int, day: int = 2) -> datetime:
    """A moment of January 2563."""
    return datetime(2020, 1, day, hour, minute, tzinfo=BANGKOK)


def tell(arguments: Sequence[str] | None) -> None:
    """Tell the day."""
    Arguments(description="Tell a day at the registry.").parse_args(arguments)
    # Numbers: each unit's book has its own, and one letter may bear several.
    registry = Registry()
    market = Letter(number="", reference="มท 0505/9289", sender="กระทรวงมหาดไทย", subject="ขอเชิญเป็นประธานในพิธี")
    registry, first = registry.receive(market, unit=GENERAL_ADMINISTRATION, at=at(9, 12), by=SOMCHAI.name)
    registry, twice = registry.receive(market, unit=GENERAL_ADMINISTRATION, at=at(9, 15), by=SOMCHAI.name)
    registry = registry.void(twice.number, by=SOMCHAI.name, why="ลงทะเบียนซ้ำ", at=at(9, 16))
    registry, _ = registry.forward(first.number, unit=SECRETARY_GROUP, at=at(9, 24), by=SOMYING.name)
    print("Stamped:", ", ".join(stamp(first, digits="thai")))
    for one in registry.passage(first.number):
        print(f"  {one.number} in the {UNITS[one.number.book.unit]}'s book")
    for page in pages(registry.volume(Book(GENERAL_ADMINISTRATION), 2563)):
        print(f"{page.title} วันที่ {page.date}")
        for row in page.rows:
            print("  " + " | ".join(filter(None, row)))

    # The passage: who may do what, and why not.
    workflow = with_rights(INCOMING_EXTERNAL_LETTER)
    case = workflow.open(first.letter, at=first.at, by=SOMCHAI)
    case = case.apply("hand_over", at=at(9, 42), by=SOMYING)
    try:
        case.apply("submit", at=at(9, 0), by=SOMSAK)
    except RefusedError as error:
        print(error)
    case = case.apply("ask_sender", at=at(10, 0), by=SOMSAK, note="no date is named")
    case = case.apply("sender_answers", at=at(11, 0, day=3), by=SOMSAK)
    for trigger, when in (("screen", (11, 30)), ("summarize", (14, 0)), ("submit", (15, 0))):
        case = case.apply(trigger, at=at(*when, day=3), by=SOMSAK, recorded=at(8, 35, day=6))  # typed on Monday
    print(f"{case.number} is {case.state} after {len(case.history)} steps")

    # The clock pauses while the sender has the letter.
    clock, now = office_clock(), at(8, 40, day=6)
    print(f"{clock.elapsed(case.history[1].at, now)} in the unit,", end=" ")
    print(f"{clock.elapsed(case.history[1].at, now, pauses=case.pauses(now))} without waiting for the sender")

    # A mistake is corrected in the open: 09.42 was 09.24.
    corrected = case.correct(
        {1: Entry("hand_over", at(9, 24))},
        by=SOMCHAI,
        why="09.42 was 09.24",
        recorded=at(9, 0, day=6),
    )
    for known in (at(8, 0, day=6), at(8, 40, day=6), at(9, 0, day=6)):
        then = corrected.as_recorded(known)
        if then is not None:
            print(f"known on {known:%d %b %H:%M}: {then.state}, handed over at {then.history[1].at:%H:%M}")

    # And the whole of it as rows for tables and process mining.
    for event in events([corrected]):
        print(f"{event.happened:%d %b %H:%M}  {event.lifecycle:8}  {title(event.activity):34}{event.actor}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it as a script."""
    return run("registry_day", lambda: tell(arguments))


if __name__ == "__main__":
    sys.exit(main())
