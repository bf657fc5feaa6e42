"""Table engines: what differs between them, so that everything else is written once, in narwhals.

A frame in memory (pandas, polars, pyarrow) is computed in numpy. One that only describes a computation (a `LazyFrame`
of polars, a relation of DuckDB, a `DataFrame` of Spark) is told what to compute, and stays a description. What these
three do not do alike stands here: the microseconds of a moment, the moment of microseconds, division by a power of two,
and a small table beside a large one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeAlias

try:
    import narwhals.stable.v2 as nw
except ModuleNotFoundError as missing:
    message = "tables need narwhals; install it with: pip install 'docflow-registry[tables]'"
    raise ModuleNotFoundError(message) from missing


if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Lazy: TypeAlias = nw.LazyFrame[Any]

__all__ = ["ENGINES", "Cut", "Engine", "engine_of", "nw"]


NANOSECONDS: Final = "TIMESTAMPTZ_NS"
"""What DuckDB calls moments with a zone that are finer than a microsecond."""


class Cut(NamedTuple):
    """How integers are cut into buckets of 2**shift, the first of which begins at `lower`."""

    lower: int
    shift: int
    since: int
    """What is less is in none; it is not less than `lower`."""
    until: int
    """What is not less than this is in none."""
    last: int
    """The last bucket holds this, and everything after it."""


class Engine(Protocol):
    """What differs from engine to engine. Each method adds columns to those that a frame has."""

    def ticks(self, frame: Lazy, columns: Mapping[str, str]) -> Lazy:
        """The microseconds since 1970 of moments, by the name of the new column; what is finer is cut off."""
        ...

    def moments(self, frame: Lazy, columns: Mapping[str, str], zone: str) -> Lazy:
        """The moments of microseconds, in a zone where the columns of the engine have one."""
        ...

    def buckets(self, frame: Lazy, column: str, into: str, cut: Cut) -> Lazy:
        """In which bucket each integer lies; null for what no bucket holds."""
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

    def buckets(self, frame: Lazy, column: str, into: str, cut: Cut) -> Lazy:
        at = nw.col(column)
        bucket = (nw.min_horizontal(at, nw.lit(cut.last, nw.Int64)) - cut.lower) // (1 << cut.shift)
        return frame.with_columns(nw.when((at >= cut.since) & (at < cut.until)).then(bucket).alias(into))

    def small(self, columns: Mapping[str, NDArray[Any]], *, beside: Lazy) -> Lazy:  # noqa: ARG002 - any will do
        import polars as pl  # noqa: PLC0415 - whoever gives such a frame has it

        return _lazy(pl.LazyFrame(columns))


class _DuckDB:
    """Expressions are built, not written: a name of a column is never read as SQL."""

    def ticks(self, frame: Lazy, columns: Mapping[str, str]) -> Lazy:
        import duckdb  # noqa: PLC0415 - the same

        native = frame.to_native()
        kinds = dict(zip(native.columns, map(str, native.types), strict=True))
        call, made = duckdb.FunctionExpression, []
        for new, of in columns.items():
            at = duckdb.ColumnExpression(of)
            if kinds[of] == NANOSECONDS:  # a cast would round them
                at = call("make_timestamp_ns", call("epoch_ns", at))
            made.append(call("epoch_us", at).alias(new))
        return _lazy(native.select(duckdb.StarExpression(), *made))

    def moments(self, frame: Lazy, columns: Mapping[str, str], zone: str) -> Lazy:  # noqa: ARG002 - the session has one
        import duckdb  # noqa: PLC0415 - the same

        made = [
            duckdb.FunctionExpression("make_timestamptz", duckdb.ColumnExpression(of).cast("BIGINT")).alias(new)
            for new, of in columns.items()
        ]
        return _lazy(frame.to_native().select(duckdb.StarExpression(), *made))

    def buckets(self, frame: Lazy, column: str, into: str, cut: Cut) -> Lazy:
        import duckdb  # noqa: PLC0415 - the same

        def constant(value: int) -> Any:  # noqa: ANN401 - an expression
            return duckdb.ConstantExpression(value).cast("BIGINT")

        at = duckdb.ColumnExpression(column)
        since = duckdb.FunctionExpression("least", at, constant(cut.last)) - constant(cut.lower)
        bucket = duckdb.FunctionExpression(">>", since, constant(cut.shift))
        held = (at >= constant(cut.since)) & (at < constant(cut.until))
        made = duckdb.CaseExpression(held, bucket).alias(into)
        return _lazy(frame.to_native().select(duckdb.StarExpression(), made))

    def small(self, columns: Mapping[str, NDArray[Any]], *, beside: Lazy) -> Lazy:
        import duckdb  # noqa: PLC0415 - the same
        import pyarrow as pa  # noqa: PLC0415 - DuckDB hands its results over in it

        docflow_small_table_of_a_clock = pa.table(dict(columns))  # DuckDB finds it by its name
        # A relation can only be joined to one of its own connection.
        try:
            found = beside.to_native().query("docflow_beside", "SELECT * FROM docflow_small_table_of_a_clock")
        except duckdb.Error:  # the connection does not look for tables in Python: it is told the numbers
            listed = (f'unnest({values.tolist()}) AS "{name}"' for name, values in columns.items())
            found = beside.to_native().query("docflow_beside", f"SELECT {', '.join(listed)}")
        del docflow_small_table_of_a_clock
        return _lazy(found)


class _Spark:
    def ticks(self, frame: Lazy, columns: Mapping[str, str]) -> Lazy:
        from pyspark.sql import functions as sql  # noqa: PLC0415 - the same

        made = {new: sql.unix_micros(sql.col(_quoted(of))) for new, of in columns.items()}
        return _lazy(frame.to_native().withColumns(made))

    def moments(self, frame: Lazy, columns: Mapping[str, str], zone: str) -> Lazy:  # noqa: ARG002 - the session has one
        from pyspark.sql import functions as sql  # noqa: PLC0415 - the same

        made = {new: sql.timestamp_micros(sql.col(_quoted(of))) for new, of in columns.items()}
        return _lazy(frame.to_native().withColumns(made))

    def buckets(self, frame: Lazy, column: str, into: str, cut: Cut) -> Lazy:
        from pyspark.sql import functions as sql  # noqa: PLC0415 - the same

        at = sql.col(_quoted(column))
        bucket = sql.shiftright(sql.least(at, sql.lit(cut.last)) - cut.lower, cut.shift)
        held = (at >= cut.since) & (at < cut.until)
        return _lazy(frame.to_native().withColumn(into, sql.when(held, bucket)))

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


def engine_of(frame: Lazy) -> Engine:
    """The engine of a frame that `wrapped` took."""
    return ENGINES[frame.implementation]
