"""What all measures ask first: when each case's clock started and stopped, as seen from a moment."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.errors import OutsideCalendarError
from docflow.kpi.places import Bin, Kind, Placed, Why
from docflow.letters import time_in
from docflow.worktime import instant
from docflow.worktime.pauses import NO_PAUSES, Pauses

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from docflow.kpi.conditions import Condition
    from docflow.kpi.records import Traced
    from docflow.kpi.windows import View
    from docflow.worktime import WorkClock

__all__ = ["Front", "Passage", "latest", "passage"]

ANOTHER: Final = Why.of(Kind.ANOTHER)


@frozen
class Front:
    """The part of a measure's sentence that says which span of a history it looks at."""

    start: Condition
    stop: Condition
    pausing: tuple[str, ...]
    void: tuple[str, ...]
    windowed: bool = True
    """Whether a case has to start inside the window."""
    number: str | None = None
    """Whose records it is about; None is everybody's."""

    @cached_property
    def not_begun(self) -> Why:
        """Why a case that never started is excluded; one reason serves them all."""
        return Why.of(Kind.NOT_REACHED, self.start)


@frozen
class Passage:
    """A case whose clock started inside the window, in moments and in integers."""

    case: Traced
    clock: WorkClock
    start: datetime
    stop: datetime | None
    begin: int
    end: int | None
    pauses: Pauses

    @property
    def day(self) -> date:
        """The office's day on which its clock started."""
        return self.clock.date_of(self.begin)


def latest(cases: Sequence[Traced]) -> datetime | None:
    """The moment of the last thing that happened to any case."""
    return max((step.at for case in cases for step in case.history), key=instant, default=None)


def passage(front: Front, case: Traced, view: View, as_of: datetime | None) -> Passage | Placed:
    """A case as one span of it, or its place among the excluded with the reason."""
    try:
        begun = _begun(front, case, view)
        if isinstance(begun, Why):
            return Placed(case, Bin.EXCLUDED, why=begun)
        start, begin = begun
        ended = front.stop.find(case, view, begin)
    except OutsideCalendarError as error:
        return _excluded(case, Kind.NO_CALENDAR, str(error))
    stop, end = (None, None) if ended is None else ended
    if end is not None and end < begin:
        return _excluded(case, Kind.BACKWARDS, front.stop, front.start)
    if end is None and front.void:
        for step in case.history:
            at = instant(step.at) if step.state in front.void else None
            if at is not None and at >= begin and (view.now is None or at <= view.now):
                return _excluded(case, Kind.VOID, step.state, front.stop)
    pauses = NO_PAUSES
    if front.pausing:
        pauses = Pauses.of(time_in(front.pausing, case.history, stop or as_of))
    return Passage(case, view.clock, start, stop, begin, end, pauses)


def _begun(front: Front, case: Traced, view: View) -> tuple[datetime, int] | Why:
    """When a case's clock started inside the window, or why it did not."""
    if front.number is not None and case.number != front.number:
        return ANOTHER
    begun = front.start.find(case, view)
    if begun is None:
        return front.not_begun
    return begun if view.holds(begun[1]) or not front.windowed else view.outside


def _excluded(case: Traced, kind: Kind, *particulars: object) -> Placed:
    return Placed(case, Bin.EXCLUDED, why=Why(kind, particulars))
