"""Frames: a table for pyarrow, pandas or polars, each imported when it is first asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from docflow.instants import local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Typed", "arrow", "pandas", "polars", "pyarrow"]

Typed: TypeAlias = "Mapping[str, tuple[type, Sequence[Any]]]"
"""Columns by name, each with its kind; moments are integers of microseconds, and None stands for nothing."""
MISSING: Final = "frames of {0} need it; install it with: pip install {0}"


def pyarrow() -> Any:  # noqa: ANN401 - a module
    """The module pyarrow. Raises `ModuleNotFoundError` where it is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - who does not ask for frames need not have it
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(MISSING.format("pyarrow")) from missing
    return pa


def arrow(columns: Typed, zone: str) -> Any:  # noqa: ANN401 - a pyarrow.Table
    """A table of pyarrow. Raises `ModuleNotFoundError` where that is not installed."""
    pa = pyarrow()
    kinds = {
        str: pa.string(),
        float: pa.float64(),
        int: pa.int64(),
        bool: pa.bool_(),
        date: pa.date32(),
        datetime: pa.timestamp("us", tz=zone),
    }
    return pa.table({name: pa.array(values, kinds[kind]) for name, (kind, values) in columns.items()})


def pandas(columns: Typed, zone: str) -> Any:  # noqa: ANN401 - a pandas.DataFrame
    """A frame of pandas. Raises `ModuleNotFoundError` where that is not installed."""
    try:
        import pandas as pd  # noqa: PLC0415 - the same
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(MISSING.format("pandas")) from missing
    kinds = {str: "string", float: "float64", int: "int64", bool: "boolean", date: "datetime64[s]"}

    def series(kind: type, values: Sequence[Any]) -> Any:  # noqa: ANN401 - a pandas.Series
        if kind is not datetime:
            return pd.Series(values, dtype=kinds[kind])
        moments = [None if at is None else local(at, UTC) for at in values]
        return pd.Series(moments, dtype="datetime64[us, UTC]").dt.tz_convert(zone)

    return pd.DataFrame({name: series(*column) for name, column in columns.items()})


def polars(columns: Typed, zone: str) -> Any:  # noqa: ANN401 - a polars.DataFrame
    """A frame of polars. Raises `ModuleNotFoundError` where that is not installed."""
    try:
        import polars as pl  # noqa: PLC0415 - the same
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(MISSING.format("polars")) from missing
    kinds = {str: pl.String, float: pl.Float64, int: pl.Int64, bool: pl.Boolean, date: pl.Date}

    def series(name: str, kind: type, values: Sequence[Any]) -> pl.Series:
        if kind is not datetime:
            return pl.Series(name, values, kinds[kind])
        return pl.Series(name, values, pl.Int64).cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(zone)

    return pl.DataFrame([series(name, *column) for name, column in columns.items()])
