"""Rows: the observations of a result in words, one a row."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from docflow.errors import OutsideCalendarError
from docflow.kpi.bins import Bin
from docflow.kpi.groups import doer
from docflow.kpi.tables import Table
from docflow.kpi.words import BINS, Words
from docflow.safe import visible
from docflow.text import Text
from docflow.worktime.amount import MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.kpi.contexts import Context
    from docflow.kpi.observation import Observation
    from docflow.kpi.spans import Span
    from docflow.text import Language
    from docflow.worktime import WorkTime

__all__ = ["OBSERVED", "observed"]

OBSERVED: Final = {
    Text("เลขที่", "number"): str,
    Text("ครั้งที่", "occurrence"): int,
    Text("ผล", "bin"): str,
    Text("เหตุผล", "reason"): str,
    Text("เริ่มนับ", "start"): datetime,
    Text("สิ้นสุด", "stop"): datetime,
    Text("ครบกำหนด", "due"): datetime,
    Text("เวลาที่ใช้ (นาที)", "elapsed_minutes"): float,
    Text("เกินกำหนด (นาที)", "overdue_minutes"): float,
    Text("ส่วนราชการ", "unit"): str,
    Text("ผู้ปฏิบัติ", "person"): str,
}


def observed(
    observations: Iterable[Observation],
    context: Context,
    *,
    span: Span,
    language: Language,
    known: Iterable[tuple[str, Text]] = (),
) -> Table:
    """A row for each observation, in their order; unit and person are those of `by_unit` and `by_person`.

    What starts and stops at one milestone, such as a questionnaire, takes no time. `known` are words for states, in
    which reasons are said.
    """
    stop, lasts = span.stop, span.start != span.stop
    said = Words(language, context.clock.tz, known)
    bins = {each: BINS[each].said(language) for each in Bin}
    unit, person = (doer(of, stop, context.now) for of in ("unit", "by"))
    rows = [
        (
            seen.record.number,
            seen.nth,
            bins[seen.bin],
            None if seen.reason is None else visible(said.reason(seen.reason)),
            None if seen.start is None else seen.begin,
            seen.end,
            seen.due_at,
            _minutes(seen.used) if lasts else None,
            _overdue(seen),
            unit(seen),
            person(seen),
        )
        for seen in observations
    ]
    return Table(OBSERVED, rows, context.clock)


def _overdue(seen: Observation) -> float | None:
    """By how many minutes it is late; None without a due moment, and where the calendar ends before."""
    try:
        return _minutes(seen.overdue)
    except OutsideCalendarError:
        return None


def _minutes(time: WorkTime | None) -> float | None:
    return None if time is None else time.microseconds / MINUTE
