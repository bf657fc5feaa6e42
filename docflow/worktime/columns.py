"""Columns of moments and amounts as integers of microseconds, chunk by chunk.

It takes numpy's `datetime64` of any unit, which is UTC (what is finer than a microsecond is cut off), columns of
pandas, polars and pyarrow with a time zone, and sequences of single values. NaT, NA and None are the smallest integer.
Results come back in the kind of column that was given, with its zone; numbers and words with nulls as masked arrays of
numpy, or as the nullable kinds of pandas. Neither pandas nor polars nor pyarrow is imported
here: where such a column is given, its library is loaded already.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sized
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from docflow.errors import NaiveSeriesError
from docflow.instants import EPOCH, YEAR, instant, missing
from docflow.instants import day as given_day
from docflow.worktime.amount import DAY, HOUR, MINUTE, SECOND, microseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Column = Any
    """numpy datetime64 or timedelta64, a column of pandas, polars or pyarrow, or a sequence of single values."""
    Integers = NDArray[np.int64]

__all__ = [
    "BEYOND",
    "CHUNK",
    "NAT",
    "amounts_of",
    "as_given",
    "chunks",
    "days_of",
    "integers",
    "moments_of",
]

CHUNK: Final = 1 << 14
"""So many rows are counted at a time: they fit into the cache of a processor."""
NAT: Final = np.iinfo(np.int64).min
BEYOND: Final = 1 << 59
"""More microseconds than lie between any two datetimes; a longer amount is taken as this one."""
FARTHEST: Final = 290_000 * YEAR
"""So far from 1970 lies what is farther; microseconds in 64 bits hold little more, and no calendar holds so much."""
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
    """The column in microseconds, NaT as the smallest integer; what they cannot hold is taken as `FARTHEST`."""
    unit, times = np.datetime_data(column.dtype)
    if unit in MICROSECONDS and not as_is(column):
        # Asked before the conversion: what does not fit is a wrong value in some versions of numpy, an error in others.
        native = column.astype(column.dtype.newbyteorder("="), copy=False)
        units, most = native.view(np.int64), int(FARTHEST / (MICROSECONDS[unit] * times))
        far = ((units > most) | (units < -most)) & ~np.isnat(native)
        if far.any():
            column = np.where(far, np.sign(units) * most, units).view(native.dtype)
    whole: Integers = column.astype(f"{column.dtype.kind}8[us]", copy=False).view(np.int64)
    return whole


def moments_of(column: Column) -> NDArray[np.datetime64]:
    """Moments in UTC. Raises `NaiveSeriesError` for a column that has no zone but could have one."""
    return _read(column, "datetime64", ("datetime", "timestamp"), _moment)


def amounts_of(column: Column) -> NDArray[np.timedelta64]:
    """Amounts of working time. Raises `TypeError` for a sequence of anything else."""
    return _read(column, "timedelta64", ("timedelta", "duration"), _amount)


def days_of(column: Column) -> Integers:
    """Days as `date.toordinal` numbers them, NAT where there is none; of moments, the dates that are written.

    Raises `TypeError` for a column of moments with a zone: which date is meant, the zone has to say.
    """
    if hasattr(column, "as_py"):  # one value of pyarrow's
        column = column.as_py()
    held = str(dtype_of(column)).lower()
    if zone_of(column) is not None:
        raise TypeError(f"a column of {held} holds moments, not days; give the dates, such as column.dt.date")
    if held.startswith(("datetime", "timestamp", "date")):
        over_arrow = hasattr(getattr(column, "dtype", None), "pyarrow_dtype")  # pandas would give objects
        days = np.asarray(sys.modules["pyarrow"].array(column) if over_arrow else _unmasked(column), "datetime64[D]")
    else:
        given = column.to_pylist() if hasattr(column, "to_pylist") else column
        single = not isinstance(given, Iterable) or isinstance(given, str)
        found = np.array([_day(each) for each in ([given] if single else given)], np.int64)
        return found.reshape(()) if single else found
    return np.where(np.isnat(days), NAT, days.astype(np.int64) + EPOCH.toordinal())


def _day(given: Any) -> int:  # noqa: ANN401 - whatever a sequence holds
    if missing(given):
        return NAT
    if isinstance(given, np.datetime64):
        return int(given.astype("datetime64[D]").astype(np.int64)) + EPOCH.toordinal()
    if isinstance(given, datetime) and given.tzinfo is not None:
        raise TypeError(f"{given} is a moment, not a day; give its date there, such as clock.day_of(moment)")
    return given_day(given).toordinal()


def _unmasked(column: Column) -> Column:
    """A masked array of numpy with NaT for what is masked; any other column as it is."""
    if not isinstance(column, np.ma.MaskedArray):
        return column
    return np.where(np.ma.getmaskarray(column), np.array("NaT", column.dtype), column.data)


def _read(column: Column, kind: str, names: tuple[str, ...], single: Callable[[Any], int]) -> NDArray[Any]:
    if hasattr(column, "as_py"):  # one value of pyarrow's
        column = column.as_py()
    if isinstance(column, np.ndarray | np.generic) and column.dtype.name.startswith(kind):
        return np.asarray(_unmasked(column))
    held = dtype_of(column)
    if str(held).lower().startswith(names):  # a column of pandas, polars or pyarrow
        naive = kind == "datetime64" and zone_of(column) is None
        # pandas and pyarrow call it unit, polars time_unit.
        unit = getattr(held, "unit", None) or getattr(held, "time_unit", None) or np.datetime_data(held)[0]
        read = np.asarray(column, dtype=f"{kind}[{unit}]")
        if naive and not np.isnat(read).all():  # nulls alone are in no zone
            raise NaiveSeriesError(str(held))
        return read
    if hasattr(column, "to_pylist"):  # its single values are pyarrow's own
        column = column.to_pylist()
    if not isinstance(column, Iterable) or isinstance(column, str):
        return np.array(single(column)).view(f"{kind}[us]")
    return np.array([_row(single, row, each) for row, each in enumerate(column)], np.int64).view(f"{kind}[us]")


def _row(single: Callable[[Any], int], row: int, each: Any) -> int:  # noqa: ANN401 - whatever a sequence holds
    """One value; an error names its row."""
    try:
        return single(each)
    except (TypeError, ValueError) as error:
        error.add_note(f"in row {row}")
        raise


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


def as_given(found: NDArray[Any], zone: str, *given: Column) -> Column:
    """The result as a column like the first one given that is of such a library; else as it is.

    Moments are in the zone of that column, else in `zone`. A pandas column keeps its index and its name, a
    polars column its name.
    """
    for column in given:
        make = _maker(column)
        if make is not None and found.ndim == 1:
            return make(column, found, (zone_of(column) or zone) if found.dtype.kind == "M" else None)
    return found


def zone_of(column: Column) -> Any:  # noqa: ANN401 - its name, or a tzinfo, as the library has it
    """The zone of a column of moments; None when it has none."""
    kind = dtype_of(column)
    return getattr(kind, "tz", None) or getattr(kind, "time_zone", None)  # the second is polars'


def dtype_of(column: Column) -> Any:  # noqa: ANN401 - each library has its own
    """The type of the values of a column, as its library says it; None for what is no column."""
    kind = getattr(column, "dtype", getattr(column, "type", None))  # the second is pyarrow's
    return getattr(kind, "pyarrow_dtype", kind)


def _maker(column: Column) -> Callable[[Column, NDArray[Any], Any], Column] | None:
    """The function that makes columns of the same library; None for other columns and for single values."""
    if not isinstance(column, Sized):
        return None
    libraries = {kind.__module__.partition(".")[0] for kind in type(column).__mro__}
    return next((make for name, make in MAKERS.items() if name in libraries), None)


def _pandas(column: Column, found: NDArray[Any], zone: Any) -> Column:  # noqa: ANN401 - as it is kept
    pandas = sys.modules["pandas"]
    kinds = {"M": f"timestamp[us, tz={zone}]", "m": "duration[us]", "b": "bool", "i": "int64", "U": "large_string"}
    kind = f"{kinds[found.dtype.kind]}[pyarrow]" if hasattr(column.dtype, "pyarrow_dtype") else None
    if isinstance(found, np.ma.MaskedArray):
        nullable = {"b": "boolean", "i": "Int64", "U": "string"}
        values = pandas.Index(pandas.array(found.tolist(), dtype=kind or nullable[found.dtype.kind]))
    else:
        values = pandas.Index(found)
        if zone is not None:
            values = values.tz_localize("UTC").tz_convert(zone)
        values = values if kind is None else values.astype(kind)
    if isinstance(column, pandas.Series):
        index = column.index if len(column) == len(found) else None
        return pandas.Series(values.array, index=index, name=column.name)
    return values.rename(column.name) if isinstance(column, pandas.Index) else values.array


def _polars(column: Column, found: NDArray[Any], zone: Any) -> Column:  # noqa: ANN401 - as it is kept
    polars = sys.modules["polars"]
    kinds = {"b": polars.Boolean, "i": polars.Int64, "U": polars.String}  # said, for nulls alone have none
    values = polars.Series(column.name, _nullable(found), kinds.get(found.dtype.kind))
    return values if zone is None else values.dt.replace_time_zone("UTC").dt.convert_time_zone(zone)


def _pyarrow(column: Column, found: NDArray[Any], zone: Any) -> Column:  # noqa: ANN401 - as it is kept
    pyarrow = sys.modules["pyarrow"]
    kinds = {"b": pyarrow.bool_(), "i": pyarrow.int64(), "U": pyarrow.string()}  # said, for nulls alone have none
    kind = kinds.get(found.dtype.kind) if zone is None else pyarrow.timestamp("us", tz=zone)
    values = pyarrow.array(_nullable(found), kind)
    return pyarrow.chunked_array([values]) if isinstance(column, pyarrow.ChunkedArray) else values


def _nullable(found: NDArray[Any]) -> Any:  # noqa: ANN401 - what the other libraries read
    return found.tolist() if isinstance(found, np.ma.MaskedArray) else found


MAKERS: Final = {"pandas": _pandas, "polars": _polars, "pyarrow": _pyarrow}
