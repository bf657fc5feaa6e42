"""Dating: whether a record belongs to the day on which its clock started, or to the one on which it stopped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from docflow.errors import PlanError
from docflow.kpi.bins import Cause, Reason
from docflow.safe import brief

if TYPE_CHECKING:
    from docflow.kpi.contexts import Window

__all__ = ["DatedBy", "outside", "start_or_stop"]

DatedBy: TypeAlias = Literal["start", "stop"]
"""By which of its moments a record belongs to a window, a month and a period."""


def start_or_stop(_: object, attribute: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature
    """See that records are dated by one of the two. Raises `PlanError`."""
    if given not in ("start", "stop"):
        way = 'give "start", or "stop" for what was finished in a window'
        raise PlanError(brief(given), f"is no moment by which records are dated; {way}")


@cache
def outside(window: Window | None, dated_by: DatedBy = "start") -> Reason:
    """Why a record of a day outside a window is excluded; all of them share this one."""
    return Reason(Cause.OUTSIDE if dated_by == "start" else Cause.STOPPED_OUTSIDE, (window,))
