"""Table engines: what differs between them, so that everything else is written once, in narwhals.

A frame in memory (pandas, polars, pyarrow) is computed in numpy. One that only describes a computation (a `LazyFrame`
of polars, a relation of DuckDB, a `DataFrame` of Spark) is told what to compute, and stays a description. What these
three do not do alike stands here: the microseconds of a moment, the moment of microseconds, division by a power of two,
and a small table beside a large one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeAlias

try:
    import narwhals.stable.v2 as nw
except ModuleNotFoundError as missing:
    message = "tables need narwhals; install it with: pip install 'docflow-registry[tables]'"
    raise ModuleNotFoundError(message) from missing

from docflow.errors import FileError, TableError
from docflow.text_file import is_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from os import PathLike

    from numpy.typing import NDArray

    Lazy: TypeAlias = nw.LazyFrame[Any]

__all__ = [
    "FILE",
    "Cut",
    "Engine",
    "described",
    "engine_of",
    "nw",
    "parquet",
    "see_columns",
    "see_moments",
    "see_new",
    "wrapped",
]

FILE: Final = "filename"
"""What DuckDB calls the column with the names of files."""
KINDS: Final = "a frame of pandas, polars or pyarrow, a relation of DuckDB, or a DataFrame of PySpark"


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
        return self._with(frame, {new: ("epoch_us", of, "TIMESTAMPTZ") for new, of in columns.items()})

    def moments(self, frame: Lazy, columns: Mapping[str, str], zone: str) -> Lazy:  # noqa: ARG002 - the session has one
        return self._with(frame, {new: ("make_timestamptz", of, "BIGINT") for new, of in columns.items()})

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
        import pyarrow as pa  # noqa: PLC0415 - DuckDB hands its results over in it

        docflow_small = pa.table(dict(columns))  # noqa: F841 - DuckDB finds it by its name
        # A relation can only be joined to one of its own connection.
        return _lazy(beside.to_native().query("docflow_beside", "SELECT * FROM docflow_small"))

    def _with(self, frame: Lazy, calls: Mapping[str, tuple[str, str, str]]) -> Lazy:
        import duckdb  # noqa: PLC0415 - the same

        made = [
            duckdb.FunctionExpression(function, duckdb.ColumnExpression(of).cast(kind)).alias(new)
            for new, (function, of, kind) in calls.items()
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
    duckdb = _duckdb("events in pandas and pyarrow are read by DuckDB")
    return _lazy(duckdb.connect().from_arrow(frame.to_arrow()))


def parquet(paths: Iterable[str | PathLike[str]], columns: Sequence[str]) -> Any:  # noqa: ANN401 - a relation of DuckDB
    """A relation over Parquet files, and all such files of a folder, with the name of its file beside each row.

    Nothing is fetched: only files of this machine are read. Raises `FileError` for what is not there or no whole
    Parquet file, and for a file without one of the columns, or with other values in it than the first file has.
    """
    duckdb = _duckdb("Parquet files are read by DuckDB")
    files = [each for path in paths for each in _parquet_files(Path(path))]
    connection, first = duckdb.connect(), dict[str, str]()
    for file in files:
        try:
            relation = connection.read_parquet([file])
            kinds = dict(zip(relation.columns, map(str, relation.types), strict=True))
        except duckdb.Error as error:
            said = str(error).splitlines()[0].partition(": ")[2].replace(f"'{file}' ", "")
            raise FileError(file, f"is no whole Parquet file ({said}); write it again") from None
        first = first or kinds
        for column in columns:
            if column not in kinds:
                raise FileError(file, f"lacks the column {column}; it has {', '.join(kinds)}")
            if kinds[column] != first[column]:
                told = f"holds {kinds[column]} in the column {column}, and {files[0]} holds {first[column]}"
                raise FileError(file, f"{told}; write both alike")
        if FILE in kinds:
            raise FileError(file, f"has a column {FILE}, where DuckDB says the name of the file; rename it")
    return connection.read_parquet(files, filename=True, union_by_name=True)


def _parquet_files(path: Path) -> list[str]:
    if not is_there(path):
        raise FileError(str(path), "cannot be read (no such file or directory); check its name, and where it lies")
    found = sorted(map(str, path.rglob("*.parquet"))) if path.is_dir() else [str(path)]
    if not found:
        raise FileError(str(path), "is a folder without a file *.parquet; name another")
    return found


def _duckdb(what: str) -> Any:  # noqa: ANN401 - a module
    try:
        import duckdb  # noqa: PLC0415 - frames of polars and Spark do not need it
    except ModuleNotFoundError as missing:
        need = f"{what}; install it with: pip install 'docflow-registry[tables]'"
        raise ModuleNotFoundError(need) from missing
    return duckdb


def see_moments(frame: Lazy, *columns: str) -> dict[str, str]:
    """The zones of columns that hold moments. Raises `TableError` for one that does not, or that is not there."""
    schema, zones = frame.collect_schema(), dict[str, str]()
    see_columns(schema, *columns)
    for column in columns:
        kind: Any = schema[column]
        if isinstance(kind, nw.Unknown) and frame.implementation.is_duckdb():
            kind = _of_duckdb(frame, column)
        if not isinstance(kind, nw.Datetime):
            way = "make moments of it in your engine, or read the file with docflow.files"
            raise TableError(column, f"holds {kind}, not moments; {way}")
        if kind.time_zone is None:
            way = "say in which zone they were written, such as dt.tz_localize or AT TIME ZONE"
            raise TableError(column, f"holds moments without a zone; {way}")
        zones[column] = kind.time_zone
    return zones


def _of_duckdb(frame: Lazy, column: str) -> Any:  # noqa: ANN401 - a kind, as narwhals or as DuckDB has it
    """The kind of a column; narwhals does not know the moments of nanoseconds."""
    native = frame.to_native()
    kind = str(native.types[native.columns.index(column)])
    return nw.Datetime("ns", "UTC") if kind == "TIMESTAMPTZ_NS" else kind


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
