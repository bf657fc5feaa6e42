"""Days: from when to when moments belong to a window, and to which month each belongs, as tables that engines join."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from docflow.errors import HorizonError, OutsideCalendarError
from docflow.instants import Interval, merge, midnights
from docflow.text import month_of, months_between
from docflow.worktime.lookups import Stairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.kpi import Context
    from docflow.worktime import WorkClock

__all__ = ["months", "within"]

BEFORE, AFTER = -(2**62), 2**62
"""Instants before and after all others."""


def within(context: Context) -> list[Interval] | None:
    """The spans of time that belong to the window of a context, each without its end; None without a window."""
    window = context.window
    if window is None:
        return None
    begins = sorted({BEFORE, *_edges([window.first, _next(window.last)], context.clock), AFTER})
    return merge((since, until) for since, until in pairwise(begins) if context.holds(since))


def months(clock: WorkClock, lower: int, upper: int) -> Stairs:
    """The month of each moment ("2019-11") from one instant to another; empty where the calendar does not say."""
    first, last = (clock.datetime_of(at).date() for at in (lower, upper))
    days = [date.fromisoformat(f"{month}-01") for month in months_between(month_of(first), month_of(_next(last)))]
    edges = [lower, *(edge for edge in _edges(days, clock) if lower < edge <= upper)]
    named = [_month(edge, clock) for edge in edges]
    return Stairs.of(np.array(edges), np.array(named), name="months")


def _month(at: int, clock: WorkClock) -> str:
    try:
        return month_of(clock.date_of(at))
    except (HorizonError, OutsideCalendarError):
        return ""


def _edges(days: Iterable[date], clock: WorkClock) -> list[int]:
    """Every instant around the begin of some days at which one moment may be of another day than the next."""
    found: set[int] = set()
    for day in days:
        found.update(midnights(day, clock.tz))
        if clock.overnight:
            with suppress(HorizonError, OutsideCalendarError):
                found.add(clock.day_begin(day))
                for one in (day - timedelta(days=1), day):
                    found.update(edge for span in clock.spans_of(one) for edge in span)
    return sorted(found)


def _next(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)
