"""How far the work plans have come, month by month, and the orders that move the monthly meetings."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from docflow.bangkok.meetings import MeetingOrder
from docflow.bangkok.work_plans import WORK_PLANS
from docflow.thai import fiscal_year
from docflow.workplans import StepProgress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from fractions import Fraction

    from docflow.files import Folder, Line
    from docflow.workplans import WorkPlan

__all__ = ["PLAN_FILES", "read_meeting_orders", "read_progress"]

PLAN: Final = "กิจกรรม"
STEP: Final = "ขั้นตอน"
ENTERED: Final = "วันที่"
DONE: Final = "ร้อยละของขั้นตอน"
USUAL: Final = "วันตามกำหนด"
HELD: Final = "วันประชุมจริง"
ORDER: Final = "คำสั่ง"

PLAN_FILES: Final = {
    "work-progress.csv": (PLAN, STEP, ENTERED, DONE),
    "meeting-exceptions.csv": (USUAL, HELD, ORDER),
}
PLANS: Final = {plan.number: plan for plan in WORK_PLANS}
THURSDAY: Final = 3
WEEK: Final = 7
_STEP: Final = re.compile("0*([1-9][0-9]?)(?: ?[-–] ?0*([1-9][0-9]?))?")


def read_progress(folder: Folder) -> Iterator[StepProgress]:
    """How much of each step of a work plan was done, in order of time; it never becomes less."""
    entered: list[tuple[datetime, Line, StepProgress]] = []
    for line in folder.sheet("work-progress.csv"):
        plan, at = line.one_of(PLAN, PLANS, "unknown"), line.moment(ENTERED)
        step = None if plan is None else _step(line, plan)
        percent = line.percent(DONE) if line.needed(DONE, "how much is done, in percent") else None
        if plan is not None and step is not None and at is not None:
            line.once(ENTERED, plan.number, step, at)
            if line.sound and percent is not None:
                entered.append((at, line, StepProgress(plan.number, step, at, percent)))
    most: dict[tuple[str, str], Fraction] = {}
    for _, line, one in sorted(entered, key=itemgetter(0)):  # rows may stand in any order
        before = most.get((one.plan, one.step), one.percent)
        if one.percent < before:
            wrong = f"is less than the {float(before):g} entered before it; correct whichever is wrong"
            line.fault(DONE, "reversed", wrong)
        else:
            most[one.plan, one.step] = one.percent
            yield one


def read_meeting_orders(folder: Folder) -> Iterator[MeetingOrder]:
    """The Governor's orders that move a monthly meeting from its first Thursday, or call it off."""
    for line in folder.sheet("meeting-exceptions.csv"):
        line.needed(USUAL, "the first Thursday that the order is about")
        usual, held = line.day(USUAL), line.day(HELD)
        order = line.needed(ORDER, "the order")
        if usual is not None:
            line.once(USUAL, usual)
            if usual.weekday() != THURSDAY or usual.day > WEEK:
                line.fault(USUAL, "unknown", "is not the first Thursday of a month, so no meeting was due on it")
            elif held is not None and fiscal_year(held) != fiscal_year(usual):
                line.fault(HELD, "unknown", "is in another fiscal year; a meeting is moved within its own")
        if line.sound and usual is not None:
            yield MeetingOrder(usual, held, order)


def _step(line: Line, plan: WorkPlan) -> str | None:
    match = _STEP.fullmatch(line.text(STEP))
    step = None if match is None else "-".join(number for number in match.groups() if number)
    known = [each.number for each in plan.steps]
    if step not in known:
        reason = f"is no step of the plan {plan.number}; write one of {', '.join(known)}"
        line.fault(STEP, "unreadable" if step is None else "unknown", reason)
        return None
    return step
