"""Columns of every kind that is taken, and what one says whatever its kind."""

from datetime import UTC

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa


def utc(moments, unit="us"):
    return np.array([at and at.astimezone(UTC).replace(tzinfo=None) for at in moments], f"datetime64[{unit}]")


COLUMNS = {
    "numpy, microseconds": utc,
    "numpy, minutes": lambda moments: utc(moments, "m"),
    "numpy, nanoseconds": lambda moments: utc(moments, "ns"),
    "a list of datetimes": list,
    "numpy, objects": lambda moments: np.array(moments, dtype=object),
    "pandas": pd.Series,
    "pandas, nanoseconds": lambda moments: pd.Series(moments).dt.as_unit("ns"),
    "pandas, an index": pd.DatetimeIndex,
    "pandas, objects": lambda moments: pd.Series(moments, dtype=object),
    "pandas over Arrow": lambda moments: pd.Series(moments).astype(pd.ArrowDtype(pa.timestamp("us", "Asia/Bangkok"))),
    "polars": pl.Series,
    "polars, nanoseconds": lambda moments: pl.Series(moments, dtype=pl.Datetime("ns", "Asia/Bangkok")),
    "polars, milliseconds": lambda moments: pl.Series(moments, dtype=pl.Datetime("ms", "Asia/Bangkok")),
    "pyarrow": lambda moments: pa.array(moments, pa.timestamp("us", "Asia/Bangkok")),
    "pyarrow, chunked": lambda moments: pa.chunked_array([pa.array(moments, pa.timestamp("s", "UTC"))]),
}


def plain(column):
    """What a column says, as values of Python: moments in UTC, a missing one as None."""
    values = column.to_pylist() if hasattr(column, "to_pylist") else list(column)
    if isinstance(column, np.ndarray) and column.dtype.kind in "mM":
        values = column.astype(f"{column.dtype.kind}8[us]").astype(object).tolist()
    values = [None if value is None or value is pd.NaT or value is pd.NA else value for value in values]
    return [
        value and value.astimezone(UTC).replace(tzinfo=None) if getattr(value, "tzinfo", None) else value
        for value in values
    ]


def kind(column):
    """What a column is: a list becomes numpy's."""
    kinds = (pd.Series, pd.Index, pl.Series, pa.Array, pa.ChunkedArray)
    return next((each for each in kinds if isinstance(column, each)), np.ndarray)
