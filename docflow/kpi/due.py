"""Limits that a record or a window brings along, beside those of the working clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from docflow.instants import instant
from docflow.worktime import Limit

if TYPE_CHECKING:
    from docflow.kpi.contexts import Context
    from docflow.kpi.observations import Observation

__all__ = ["WANTED", "WINDOW_CLOSE", "AnyLimit", "due_of", "limit"]


@frozen
class _Wanted:
    """The moment by which each record itself is wanted."""

    def __str__(self) -> str:
        return "the moment it is wanted by"


@frozen
class _WindowClose:
    """The moment at which the office closes for the last time in the window."""

    def __str__(self) -> str:
        return "the close of the window"


WANTED: Final = _Wanted()
"""The limit that each record brings along: its `wanted_by`, as of a letter "urgent, within <date time>"."""
WINDOW_CLOSE: Final = _WindowClose()
"""The limit of what has a whole year, such as being trained four times: the last closing time in the window."""

AnyLimit: TypeAlias = Limit | _Wanted | _WindowClose


def limit(given: AnyLimit | None) -> AnyLimit | None:
    """What a measure is given as a limit. Raises `TypeError` for what is none, such as an amount of time."""
    if given is not None and not isinstance(given, AnyLimit):
        raise TypeError(f"{given!r} is no limit; give one, such as OfficeTime(minutes=15)")
    return given


def due_of(limit: AnyLimit, seen: Observation, context: Context) -> int | None:
    """The instant at which an observed record is due; None when it names none, or there is no window.

    Pauses move what the working clock counts, and neither the record's own moment nor the window's close. Raises
    `HorizonError` and `OutsideCalendarError` when the calendar does not hold the moment.
    """
    if isinstance(limit, _WindowClose):
        return context.close
    if isinstance(limit, _Wanted):
        return None if seen.record.wanted_by is None else instant(seen.record.wanted_by)
    return limit.due_instant(seen.begin, context.clock, seen.pauses)
