"""Columns of moments and amounts as integers of microseconds, chunk by chunk.

Taken are numpy's `datetime64` of any unit, which is UTC (what is finer than a microsecond is cut off), columns of
pandas, polars and pyarrow with a time zone, and sequences of single values. NaT, NA and None are the smallest integer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from docflow.errors import NaiveSeriesError, OutsideCalendarError
from docflow.instants import EPOCH, YEAR, instant, missing
from docflow.worktime.amount import DAY, HOUR, MINUTE, SECOND, microseconds
from docflow.worktime.kinds import dtype_of, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from docflow.worktime.kinds import Column

    Integers = NDArray[np.int64]

__all__ = ["BEYOND", "CHUNK", "NAT", "amounts_of", "chunks", "moments_of"]

CHUNK: Final = 1 << 14
"""So many rows are counted at a time: they fit into the cache of a processor."""
NAT: Final = np.iinfo(np.int64).min
BEYOND: Final = 1 << 59
"""More microseconds than lie between any two datetimes; a longer amount is taken as this one."""
MICROSECONDS: Final = {
    "Y": YEAR,
    "M": YEAR / 12,
    "W": 7 * DAY,
    "D": DAY,
    "h": HOUR,
    "m": MINUTE,
    "s": SECOND,
    "ms": SECOND // 1000,
    "us": 1,
}
"""How many there are in each of numpy's units, on average; all finer units fit."""


def chunks(shape: tuple[int, ...], part: slice, *columns: NDArray[Any]) -> Iterator[tuple[slice, Integers, Integers]]:
    """A part of the rows as integers of microseconds, chunk by chunk, each with its place in the whole."""
    views = [np.broadcast_to(column, shape) for column in columns]  # what is repeated takes no memory
    flat = [view if view.ndim == 1 else view.reshape(-1) if view.flags.c_contiguous else view.flat for view in views]
    whole = [integers(view) if isinstance(view, np.ndarray) and as_is(view) else None for view in flat]
    for first in range(part.start, part.stop, CHUNK):
        rows = slice(first, min(first + CHUNK, part.stop))
        one, other = (
            integers(np.asarray(column[rows])) if ready is None else ready[rows]
            for column, ready in zip(flat, whole, strict=True)
        )
        yield rows, one, other


def as_is(column: NDArray[Any]) -> bool:
    """Whether a column holds microseconds already, so that it can be read as integers without a copy."""
    return column.dtype.isnative and np.datetime_data(column.dtype) == ("us", 1)


def integers(column: NDArray[Any]) -> Integers:
    """The column in microseconds, NaT as the smallest integer; refuses what they cannot hold."""
    unit, times = np.datetime_data(column.dtype)
    if unit in MICROSECONDS and not as_is(column):
        # Asked before the conversion: what does not fit is a wrong value in some versions of numpy, an error in others.
        native = column.astype(column.dtype.newbyteorder("="), copy=False)
        years = native.view(np.int64) * (MICROSECONDS[unit] * times / YEAR)
        far = (np.abs(years) > MAXYEAR) & ~np.isnat(column)
        if far.any():
            raise OutsideCalendarError("time as Python keeps it", EPOCH.year + round(years[far][0]), MINYEAR, MAXYEAR)
    whole: Integers = column.astype(f"{column.dtype.kind}8[us]", copy=False).view(np.int64)
    return whole


def moments_of(column: Column) -> NDArray[np.datetime64]:
    """Moments in UTC. Raises `NaiveSeriesError` for a column that has no zone but could have one."""
    return _read(column, "datetime64", ("datetime", "timestamp"), _moment)


def amounts_of(column: Column) -> NDArray[np.timedelta64]:
    """Amounts of working time. Raises `TypeError` for a sequence of anything else."""
    return _read(column, "timedelta64", ("timedelta", "duration"), _amount)


def _read(column: Column, kind: str, names: tuple[str, ...], single: Callable[[Any], int]) -> NDArray[Any]:
    if hasattr(column, "as_py"):  # one value of pyarrow's
        column = column.as_py()
    if isinstance(column, np.ndarray | np.generic) and column.dtype.name.startswith(kind):
        if isinstance(column, np.ma.MaskedArray):
            column = np.where(np.ma.getmaskarray(column), np.array("NaT", column.dtype), column.data)
        return np.asarray(column)
    held = dtype_of(column)
    if str(held).lower().startswith(names):  # a column of pandas, polars or pyarrow
        if kind == "datetime64" and zone_of(column) is None:
            raise NaiveSeriesError(str(held))
        # pandas and pyarrow call it unit, polars time_unit.
        unit = getattr(held, "unit", None) or getattr(held, "time_unit", None) or np.datetime_data(held)[0]
        return np.asarray(column, dtype=f"{kind}[{unit}]")
    if hasattr(column, "to_pylist"):  # its single values are pyarrow's own
        column = column.to_pylist()
    if not isinstance(column, Iterable) or isinstance(column, str):
        return np.array(single(column)).view(f"{kind}[us]")
    return np.array([single(each) for each in column], np.int64).view(f"{kind}[us]")


def _moment(at: Any) -> int:  # noqa: ANN401 - whatever a sequence holds
    if missing(at):
        return NAT
    if isinstance(at, np.datetime64):
        return int(integers(np.array([at]))[0])
    return instant(at)


def _amount(amount: Any) -> int:  # noqa: ANN401 - whatever a sequence holds
    if missing(amount):
        return NAT
    if isinstance(amount, np.timedelta64):
        return int(integers(np.array([amount]))[0])
    return min(microseconds(amount), BEYOND)
