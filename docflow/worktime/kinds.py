"""Columns given back as they came: of pandas, polars or pyarrow, with their zone.

None of the three is imported here: whoever gives a column of theirs has loaded it.
"""

from __future__ import annotations

import sys
from collections.abc import Sized
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from docflow.worktime.columns import Column

__all__ = ["as_given", "zone_of"]


def as_given(found: NDArray[Any], zone: str, *given: Column) -> Column:
    """What was found, as a column like the first of those given that is of such a library; else as it is.

    Moments come in that column's own zone, else in `zone`; pandas' index and name stay, and polars' name.
    """
    for column in given:
        make = _maker(column)
        if make is not None and found.ndim == 1:
            return make(column, found, (zone_of(column) or zone) if found.dtype.kind == "M" else None)
    return found


def zone_of(column: Column) -> Any:  # noqa: ANN401 - its name, or a tzinfo, as the library has it
    """The zone of a column's moments; None when it says none."""
    held = getattr(column, "dtype", getattr(column, "type", None))
    held = getattr(held, "pyarrow_dtype", held)
    return getattr(held, "tz", None) or getattr(held, "time_zone", None)  # the second is polars'


def _maker(column: Column) -> Callable[[Column, NDArray[Any], Any], Column] | None:
    """What makes columns of a column's library; None for what is of none, and for a single value."""
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
