"""Columns of moments and amounts as integers of microseconds, chunk by chunk, wherever they come from.

numpy's `datetime64` of any unit is UTC (what is finer than a microsecond is cut off); columns of pandas, polars and
pyarrow have to be aware; and any sequence of single values serves. NaT and None are the smallest integer.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from docflow.errors import NaiveSeriesError, OutsideCalendarError
from docflow.worktime.amount import WorkTime
from docflow.worktime.instants import EPOCH, instant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Column = Any
    """numpy datetime64 or timedelta64, a column of pandas, polars or pyarrow, or a sequence of single values."""

__all__ = ["CHUNK", "NAT", "amounts_of", "chunks", "moments_of"]

CHUNK: Final = 1 << 14
"""Rows at a time: what they need fits into a processor's cache."""
NAT: Final = np.iinfo(np.int64).min
COARSE_UNITS: Final = {"Y", "M", "W", "D", "h", "m", "s", "ms"}


def chunks(shape: tuple[int, ...], *columns: NDArray[Any]) -> Iterator[tuple[slice, Integers, Integers]]:
    """Rows of two columns as integers of microseconds, so many at a time, and where they stand in the flat result."""
    flat = [np.broadcast_to(column, shape) for column in columns]  # views, whatever is repeated
    if len(shape) != 1:
        flat = [column.reshape(-1) for column in flat]
    whole = [integers(column) if np.datetime_data(column.dtype) == ("us", 1) else None for column in flat]
    for first in range(0, len(flat[0]), CHUNK):
        rows = slice(first, first + CHUNK)
        one, other = (
            integers(column[rows]) if ready is None else ready[rows] for column, ready in zip(flat, whole, strict=True)
        )
        yield rows, one, other


def integers(column: NDArray[Any]) -> Integers:
    """Microseconds, NaT as the smallest of all; refuses what they cannot hold."""
    finer = column.astype(f"{column.dtype.kind}8[us]", copy=False)
    if np.datetime_data(column.dtype)[0] in COARSE_UNITS:  # numpy lets what does not fit wrap around
        wrapped = (finer.astype(column.dtype) != column) & ~np.isnat(column)
        if wrapped.any():
            year = EPOCH.year + int(column[wrapped][0].astype(f"{column.dtype.kind}8[Y]").astype(np.int64))
            raise OutsideCalendarError("time as Python keeps it", year, MINYEAR, MAXYEAR)
    whole: Integers = finer.view(np.int64)
    return whole


def moments_of(column: Column) -> NDArray[np.datetime64]:
    """Moments in UTC. Raises `NaiveSeriesError` for a column that has no zone but could have one."""
    if isinstance(column, np.ndarray | np.datetime64) and column.dtype.kind == "M":
        return np.asarray(column)
    kind = str(getattr(column, "dtype", getattr(column, "type", "")))
    if kind.lower().startswith(("datetime", "timestamp")):  # pandas, polars or pyarrow
        if _zone(column) is None:
            raise NaiveSeriesError(kind)
        return np.asarray(column, dtype="datetime64[us]")
    if isinstance(column, datetime):
        return np.array(instant(column)).view("datetime64[us]")
    instants = [NAT if at is None or at != at else instant(at) for at in column]  # noqa: PLR0124 - NaT differs from itself
    return np.array(instants, np.int64).view("datetime64[us]")


def _zone(column: Column) -> object:
    """The zone of a column: pandas and pyarrow call it tz, polars time_zone, pandas over Arrow hides it one deeper."""
    kind = getattr(column, "dtype", None) or column.type
    kind = getattr(kind, "pyarrow_dtype", kind)
    return getattr(kind, "tz", None) or getattr(kind, "time_zone", None)


def amounts_of(column: Column) -> NDArray[np.timedelta64]:
    """Amounts of working time. Raises `TypeError` for a sequence of anything else."""
    if isinstance(column, WorkTime):
        return np.array(column.microseconds).view("timedelta64[us]")
    kind = str(getattr(column, "dtype", getattr(column, "type", "")))
    if isinstance(column, np.ndarray | np.timedelta64) and column.dtype.kind == "m":
        return np.asarray(column)
    if kind.lower().startswith(("timedelta", "duration")):  # pandas, polars or pyarrow
        return np.asarray(column, dtype="timedelta64[us]")
    column = list(column)
    wrong = next((each for each in column if each is not None and not isinstance(each, WorkTime)), None)
    if wrong is not None:
        raise TypeError(f"{wrong!r} is not working time; give a WorkTime, or timedelta64")
    return np.array([NAT if each is None else each.microseconds for each in column], np.int64).view("timedelta64[us]")
