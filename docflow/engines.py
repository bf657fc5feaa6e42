"""Table engines: what differs between them, so that everything else is written once, in narwhals.

A frame in memory (pandas, polars, pyarrow) is computed in numpy. One that only describes a computation (a `LazyFrame`
of polars, a relation of DuckDB, a `DataFrame` of Spark) is told what to compute, and stays a description. What these
three do not do alike stands here: the microseconds of a moment, the moment of microseconds, division by a power of two,
and a small table beside a large one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

try:
    import narwhals.stable.v2 as nw
except ModuleNotFoundError as missing:
    message = "tables need narwhals; install it with: pip install 'docflow-registry[tables]'"
    raise ModuleNotFoundError(message) from missing

from docflow.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Lazy: TypeAlias = nw.LazyFrame[Any]

__all__ = ["Engine", "described", "engine_of", "nw", "see_columns", "see_moments", "see_new", "wrapped"]

KINDS: Final = "a frame of pandas, polars or pyarrow, a relation of DuckDB, or a DataFrame of PySpark"


class Engine(Protocol):
    """What differs from engine to engine. Each method adds columns to those that a frame has."""

    def ticks(self, frame: Lazy, columns: Mapping[str, str]) -> Lazy:
        """The microseconds since 1970 of moments, by the name of the new column; what is finer is cut off."""
        ...

    def moments(self, frame: Lazy, columns: Mapping[str, str], zone: str) -> Lazy:
        """The moments of microseconds, in a zone where the columns of the engine have one."""
        ...

    def buckets(self, frame: Lazy, column: str, into: str, *, lower: int, shift: int) -> Lazy:
        """In which bucket of 2**shift an integer lies, counted from `lower`, which is not greater."""
        ...

    def small(self, columns: Mapping[str, NDArray[Any]], *, beside: Lazy) -> Lazy:
        """A small table that can be joined to a frame; each process of a cluster gets the whole of it."""
        ...


class _Polars:
    def ticks(self, frame: Lazy, columns: Mapping[str, str]) -> Lazy:
        return frame.with_columns(**{new: nw.col(of).dt.timestamp("us") for new, of in columns.items()})

    def moments(self, frame: Lazy, columns: Mapping[str, str], zone: str) -> Lazy:
        utc = nw.Datetime("us", "UTC")
        made = {new: nw.col(of).cast(utc).dt.convert_time_zone(zone) for new, of in columns.items()}
        return frame.with_columns(**made)

    def buckets(self, frame: Lazy, column: str, into: str, *, lower: int, shift: int) -> Lazy:
        return frame.with_columns(((nw.col(column) - lower) // (1 << shift)).alias(into))

    def small(self, columns: Mapping[str, NDArray[Any]], *, beside: Lazy) -> Lazy:  # noqa: ARG002 - any will do
        import polars as pl  # noqa: PLC0415 - whoever gives such a frame has it

        return _lazy(pl.LazyFrame(columns))


class _DuckDB:
    """Expressions are built, not written: a name of a column is never read as SQL."""

    def ticks(self, frame: Lazy, columns: Mapping[str, str]) -> Lazy:
        return self._with(frame, {new: ("epoch_us", of) for new, of in columns.items()})

    def moments(self, frame: Lazy, columns: Mapping[str, str], zone: str) -> Lazy:  # noqa: ARG002 - the session has one
        return self._with(frame, {new: ("make_timestamptz", of) for new, of in columns.items()})

    def buckets(self, frame: Lazy, column: str, into: str, *, lower: int, shift: int) -> Lazy:
        import duckdb  # noqa: PLC0415 - the same

        since = duckdb.ColumnExpression(column) - duckdb.ConstantExpression(lower)
        bucket = duckdb.FunctionExpression(">>", since, duckdb.ConstantExpression(shift))
        return _lazy(frame.to_native().select(duckdb.StarExpression(), bucket.alias(into)))

    def small(self, columns: Mapping[str, NDArray[Any]], *, beside: Lazy) -> Lazy:
        import pyarrow as pa  # noqa: PLC0415 - DuckDB hands its results over in it

        docflow_small = pa.table(dict(columns))  # noqa: F841 - DuckDB finds it by its name
        # A relation can only be joined to one of its own connection.
        return _lazy(beside.to_native().query("docflow_beside", "SELECT * FROM docflow_small"))

    def _with(self, frame: Lazy, calls: Mapping[str, tuple[str, str]]) -> Lazy:
        import duckdb  # noqa: PLC0415 - the same

        made = [
            duckdb.FunctionExpression(function, duckdb.ColumnExpression(of)).alias(new)
            for new, (function, of) in calls.items()
        ]
        return _lazy(frame.to_native().select(duckdb.StarExpression(), *made))


class _Spark:
    def ticks(self, frame: Lazy, columns: Mapping[str, str]) -> Lazy:
        from pyspark.sql import functions as sql  # noqa: PLC0415 - the same

        made = {new: sql.unix_micros(sql.col(_quoted(of))) for new, of in columns.items()}
        return _lazy(frame.to_native().withColumns(made))

    def moments(self, frame: Lazy, columns: Mapping[str, str], zone: str) -> Lazy:  # noqa: ARG002 - the session has one
        from pyspark.sql import functions as sql  # noqa: PLC0415 - the same

        made = {new: sql.timestamp_micros(sql.col(_quoted(of))) for new, of in columns.items()}
        return _lazy(frame.to_native().withColumns(made))

    def buckets(self, frame: Lazy, column: str, into: str, *, lower: int, shift: int) -> Lazy:
        from pyspark.sql import functions as sql  # noqa: PLC0415 - the same

        bucket = sql.shiftright(sql.col(_quoted(column)) - lower, shift)
        return _lazy(frame.to_native().withColumn(into, bucket))

    def small(self, columns: Mapping[str, NDArray[Any]], *, beside: Lazy) -> Lazy:
        import pyarrow as pa  # noqa: PLC0415 - Spark takes tables in it
        from pyspark.sql import functions as sql  # noqa: PLC0415 - the same

        session = beside.to_native().sparkSession
        return _lazy(sql.broadcast(session.createDataFrame(pa.table(dict(columns)))))


def _lazy(native: Any) -> Lazy:  # noqa: ANN401 - a frame of an engine's own
    found: Lazy = nw.from_native(native)
    return found


def _quoted(name: str) -> str:
    """A name as Spark reads it whole: a point in it is no path."""
    return "`" + name.replace("`", "``") + "`"


ENGINES: Final[dict[nw.Implementation, Engine]] = {
    nw.Implementation.POLARS: _Polars(),
    nw.Implementation.DUCKDB: _DuckDB(),
    nw.Implementation.PYSPARK: _Spark(),
}
IN_MEMORY: Final = {nw.Implementation.PANDAS, nw.Implementation.POLARS, nw.Implementation.PYARROW}


def wrapped(frame: Any) -> nw.DataFrame[Any] | Lazy:  # noqa: ANN401 - whatever is given
    """A frame as narwhals has it. Raises `TypeError` for what is none, or of an engine that is not read."""
    try:
        found: nw.DataFrame[Any] | Lazy = nw.from_native(frame)
    except TypeError:
        raise TypeError(f"{type(frame).__name__} is no table that docflow reads; give {KINDS}") from None
    known = ENGINES if isinstance(found, nw.LazyFrame) else IN_MEMORY
    if found.implementation not in known:
        raise TypeError(f"a frame of {found.implementation.value} is no table that docflow reads; give {KINDS}")
    if found.implementation is nw.Implementation.PYSPARK:
        for column in found.collect_schema():
            if "." in column or "`" in column:
                way = "give it another one, with withColumnRenamed"
                raise TableError(column, f"has a point or a backtick in its name, which Spark reads as a path; {way}")
    return found


def engine_of(frame: Lazy) -> Engine:
    """The engine of a frame that `wrapped` took."""
    return ENGINES[frame.implementation]


def described(frame: nw.DataFrame[Any] | Lazy) -> Lazy:
    """A frame as one that describes a computation: those of pandas and pyarrow are read by DuckDB.

    Raises `ModuleNotFoundError` where that is needed and not installed.
    """
    if isinstance(frame, nw.LazyFrame):
        return frame
    if frame.implementation is nw.Implementation.POLARS:
        return frame.lazy()
    try:
        import duckdb  # noqa: PLC0415 - frames of polars and Spark do not need it
    except ModuleNotFoundError as missing:
        need = (
            "events in pandas and pyarrow are read by DuckDB; install it with: pip install 'docflow-registry[tables]'"
        )
        raise ModuleNotFoundError(need) from missing
    return _lazy(duckdb.connect().from_arrow(frame.to_arrow()))


def see_moments(schema: Mapping[str, Any], *columns: str) -> None:
    """See that a table has these columns and that they hold moments. Raises `TableError`."""
    see_columns(schema, *columns)
    for column in columns:
        kind = schema[column]
        if not isinstance(kind, nw.Datetime):
            way = "make moments of it in your engine, or read the file with docflow.files"
            raise TableError(column, f"holds {kind}, not moments; {way}")
        if kind.time_zone is None:
            way = "say in which zone they were written, such as dt.tz_localize or AT TIME ZONE"
            raise TableError(column, f"holds moments without a zone; {way}")


def see_columns(schema: Mapping[str, Any], *columns: str) -> None:
    """See that a table has these columns. Raises `TableError`."""
    for column in columns:
        if not isinstance(column, str) or column not in schema:
            raise TableError(column, f"is not in the table; it has {', '.join(schema)}")


def see_new(schema: Mapping[str, Any], name: str) -> None:
    """See that a name can be given to a new column. Raises `TableError`."""
    if not isinstance(name, str) or not name:
        raise TableError(name, 'is no name; give a text, such as name="elapsed"')
    if name in schema:
        raise TableError(name, f"is in the table already; give the new one another name, such as name={name + '_2'!r}")
