"""Results in the kind of column that was given: of pandas, polars or pyarrow, with its zone.

None of the three is imported here: whoever gives such a column has loaded its library.
"""

from __future__ import annotations

import sys
from collections.abc import Sized
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Column = Any
    """numpy datetime64 or timedelta64, a column of pandas, polars or pyarrow, or a sequence of single values."""

__all__ = ["as_given", "dtype_of", "zone_of"]


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
    values = pandas.Index(found)
    if zone is not None:
        values = values.tz_localize("UTC").tz_convert(zone)
    if hasattr(column.dtype, "pyarrow_dtype"):
        kinds = {"M": f"timestamp[us, tz={zone}]", "m": "duration[us]", "b": "bool"}
        values = values.astype(f"{kinds[found.dtype.kind]}[pyarrow]")
    if isinstance(column, pandas.Series):
        index = column.index if len(column) == len(found) else None
        return pandas.Series(values.array, index=index, name=column.name)
    return values.rename(column.name) if isinstance(column, pandas.Index) else values.array


def _polars(column: Column, found: NDArray[Any], zone: Any) -> Column:  # noqa: ANN401 - as it is kept
    values = sys.modules["polars"].Series(column.name, found)
    return values if zone is None else values.dt.replace_time_zone("UTC").dt.convert_time_zone(zone)


def _pyarrow(column: Column, found: NDArray[Any], zone: Any) -> Column:  # noqa: ANN401 - as it is kept
    pyarrow = sys.modules["pyarrow"]
    values = pyarrow.array(found, None if zone is None else pyarrow.timestamp("us", tz=zone))
    return pyarrow.chunked_array([values]) if isinstance(column, pyarrow.ChunkedArray) else values


MAKERS: Final = {"pandas": _pandas, "polars": _polars, "pyarrow": _pyarrow}
