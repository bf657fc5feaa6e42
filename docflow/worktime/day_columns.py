"""Columns of days: how many working days lie between two, for millions at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from docflow.errors import OutsideCalendarError
from docflow.instants import EPOCH
from docflow.worktime.columns import NAT, as_given, days_of
from docflow.worktime.rows import Refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docflow.worktime.columns import Column, Integers
    from docflow.worktime.instant_clock import InstantClock

__all__ = ["count_array"]

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
FEW = 100
"""So many years are asked for one by one, without looking which of them the rows are in."""


def count_array(
    clock: InstantClock,
    first: Column,
    last: Column,
    counting_first: bool,  # noqa: FBT001 - as `OfficeDays.count_array` hands them on
    counting_last: bool,  # noqa: FBT001 - the same
) -> Column:
    """`OfficeDays.count` of many pairs of days."""
    starts, stops = np.broadcast_arrays(days_of(first), days_of(last))
    shape, (starts, stops) = starts.shape, (starts.reshape(-1), stops.reshape(-1))
    gone = (starts == NAT) | (stops == NAT)
    lacking = ~gone & ((np.minimum(starts, stops) < FIRST) | (np.maximum(starts, stops) > LAST))
    lacking |= ~(gone | lacking) & ~(_of_held_years(clock, starts) & _of_held_years(clock, stops))
    asked = ~(gone | lacking)
    worked, held, lower = _worked(clock, np.concatenate([starts[asked], stops[asked]]))
    out = np.zeros(starts.size, np.int64)
    a, b = starts[asked] - lower, stops[asked] - lower
    lacking[asked] = ~(held[a] & held[b])
    upto = np.concatenate([[0], np.cumsum(worked)])  # so many are worked before a day

    def ahead(a: Integers, b: Integers, counting_first: bool, counting_last: bool) -> Integers:  # noqa: FBT001 - as above
        found: Integers = np.maximum(0, upto[b + counting_last] - upto[a + (not counting_first)])
        return found

    out[asked] = np.where(
        b < a, -ahead(b, a, counting_last, counting_first), ahead(a, b, counting_first, counting_last)
    )
    refused = Refused().more(
        np.flatnonzero(lacking).tolist(),
        lambda row: f"{_said(starts[row])} to {_said(stops[row])}: outside the calendar",
    )
    refused.warn(starts.size)
    found = np.ma.MaskedArray(out, gone | lacking).reshape(shape)
    return as_given(found, clock.zone, first, last)


def _of_held_years(clock: InstantClock, days: Integers) -> NDArray[np.bool_]:
    """The days of years that the calendar holds, so that a date such as 9999-12-31 does not index all years."""
    held = (days >= FIRST) & (days <= LAST)
    if not held.any():
        return held
    first, last = (date.fromordinal(int(each)).year for each in (days[held].min(), days[held].max()))
    if last - first < FEW and all(_holds(clock, year) for year in range(first, last + 1)):
        return held
    years = np.where(
        held, (days - EPOCH.toordinal()).astype("datetime64[D]").astype("datetime64[Y]"), np.datetime64(0, "Y")
    )
    numbers = years.astype(np.int64) + EPOCH.year
    return held & np.isin(numbers, [year for year in np.unique(numbers[held]).tolist() if _holds(clock, year)])


def _holds(clock: InstantClock, year: int) -> bool:
    try:
        clock.working_days(year)
    except OutsideCalendarError:
        return False
    return True


def _worked(clock: InstantClock, days: Integers) -> tuple[NDArray[np.bool_], NDArray[np.bool_], int]:
    """Which days are worked, and which the calendar holds, from the first year to the last; and the first day."""
    if not days.size:
        return np.zeros(1, np.bool_), np.zeros(1, np.bool_), 0
    years = range(date.fromordinal(int(days.min())).year, date.fromordinal(int(days.max())).year + 1)
    lower = date(years[0], 1, 1).toordinal()
    size = date(years[-1], 12, 31).toordinal() - lower + 1
    worked, held = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    for year in years:
        try:
            ordinals = np.array(clock.working_days(year), np.int64)
        except OutsideCalendarError:
            continue
        days_held = clock.adapted.held_in(year)
        worked[ordinals - lower] = True
        held[days_held.start - lower : days_held.stop - lower] = True
    return worked, held, lower


def _said(ordinal: int) -> str:
    return str(np.datetime64(int(ordinal) - EPOCH.toordinal(), "D"))
