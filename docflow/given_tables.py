"""Tables as they are given: which are taken, and what their columns have to hold."""

from __future__ import annotations

from collections import Counter
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docflow.engines import ENGINES, NANOSECONDS, nw
from docflow.errors import FileError, TableError
from docflow.text_file import is_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docflow.engines import Lazy

__all__ = [
    "FILE",
    "described",
    "parquet",
    "see_columns",
    "see_key",
    "see_moments",
    "see_new",
    "see_texts",
    "wrapped",
]

FILE: Final = "filename"
"""What DuckDB calls the column with the names of files."""
OWN: Final = "docflow:"
"""How the names of columns begin that docflow adds and takes away again."""
KINDS: Final = "a frame of pandas, polars or pyarrow, a relation of DuckDB, or a DataFrame of PySpark"
IN_MEMORY: Final = {nw.Implementation.PANDAS, nw.Implementation.POLARS, nw.Implementation.PYARROW}
TEXTS: Final = (nw.String, nw.Categorical, nw.Enum, nw.Unknown)  # of nulls alone narwhals knows no kind
NO_KEYS: Final = (nw.Float32, nw.Float64, nw.List, nw.Array, nw.Struct, nw.Object)


def wrapped(frame: Any) -> nw.DataFrame[Any] | Lazy:  # noqa: ANN401 - whatever is given
    """A frame as narwhals has it. Raises `TypeError` for what is none, or of an engine that is not read."""
    try:
        found: nw.DataFrame[Any] | Lazy = nw.from_native(frame)
        columns = list(found.collect_schema())
    except nw.exceptions.DuplicateError as error:
        raise TypeError(f"a table with a column twice cannot be read: {_first_line(error)}") from None
    except TypeError:
        raise TypeError(f"{type(frame).__name__} is no table that docflow reads; give {KINDS}") from None
    known = ENGINES if isinstance(found, nw.LazyFrame) else IN_MEMORY
    if found.implementation not in known:
        raise TypeError(f"a frame of {found.implementation.value} is no table that docflow reads; give {KINDS}")
    for column in columns:
        if column.casefold().startswith(OWN):
            raise TableError(column, f"has a name as docflow gives to columns of its own ({OWN}…); rename it")
        if found.implementation is nw.Implementation.PYSPARK and ("." in column or "`" in column):
            way = "give it another one, with withColumnRenamed"
            raise TableError(column, f"has a point or a backtick in its name, which Spark reads as a path; {way}")
    return found


def described(frame: nw.DataFrame[Any] | Lazy) -> Lazy:
    """A frame as one that describes a computation: those of pandas and pyarrow are read by DuckDB.

    Raises `ModuleNotFoundError` where that is needed and not installed, `TableError` for two columns whose names differ
    in capitals alone, which are one to DuckDB, and `TypeError` for a column of values of many kinds.
    """
    if isinstance(frame, nw.LazyFrame):
        return frame
    if frame.implementation is nw.Implementation.POLARS:
        return frame.lazy()
    duckdb = _duckdb("events in pandas and pyarrow are read by DuckDB")
    folded = Counter(column.casefold() for column in frame.columns)
    for column in frame.columns:
        if folded[column.casefold()] > 1:
            raise TableError(
                column, "differs from another one in capitals alone, and DuckDB takes them for one; rename it"
            )
    try:
        table = frame.to_arrow()
    except Exception as error:  # noqa: BLE001 - each library and version has errors of its own
        raise TypeError(
            f"this table cannot be read: {_first_line(error)}; give each column values of one kind"
        ) from None
    found: Lazy = nw.from_native(duckdb.connect().from_arrow(table))
    return found


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")


def parquet(paths: Iterable[str | PathLike[str]], columns: Sequence[str]) -> Any:  # noqa: ANN401 - a relation of DuckDB
    """A relation over Parquet files, and all such files of a folder, with the name of its file beside each row.

    Nothing is fetched: only files of this machine are read. Raises `FileError` for what is not there or no whole
    Parquet file, and for a file without one of the columns, or with other values in it than the first file has.
    """
    duckdb = _duckdb("Parquet files are read by DuckDB")
    files = [each for path in paths for each in _parquet_files(path)]
    if not files:
        raise TypeError("there is no file to read; give at least one, or a folder")
    for file, times in Counter(str(Path(file).resolve()) for file in files).items():
        if times > 1:
            raise FileError(file, "is given twice, and its events would count twice; give every file once")
    connection, first = duckdb.connect(), dict[str, str]()
    for file in files:
        try:
            relation = connection.read_parquet([file])
            kinds = dict(zip(relation.columns, map(str, relation.types), strict=True))
        except duckdb.Error as error:
            said = _first_line(error).partition(": ")[2].replace(f"'{file}' ", "")
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
    hive = all("=" in Path(file).parent.name for file in files)  # folders such as month=2019-11 are columns
    return connection.read_parquet(files, filename=True, union_by_name=True, hive_partitioning=hive)


def _parquet_files(given: str | PathLike[str]) -> list[str]:
    if not isinstance(given, str | PathLike):
        raise TypeError(f"{given!r} is no path; give files and folders one by one")
    path = Path(given)
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
    return nw.Datetime("ns", "UTC") if kind == NANOSECONDS else kind


def see_texts(schema: Mapping[str, Any], *columns: str) -> None:
    """See that columns hold texts. Raises `TableError`."""
    see_columns(schema, *columns)
    for column in columns:
        if not isinstance(schema[column], TEXTS):
            raise TableError(column, f"holds {schema[column]}, not texts; make texts of it in your engine")


def see_key(schema: Mapping[str, Any], column: str) -> None:
    """See that a column can tell cases or groups apart. Raises `TableError` for floats, lists and their like."""
    see_columns(schema, column)
    if isinstance(schema[column], NO_KEYS):
        raise TableError(column, f"holds {schema[column]}, which tells nothing apart; give texts or whole numbers")


def see_columns(schema: Mapping[str, Any], *columns: str) -> None:
    """See that a table has these columns. Raises `TableError`."""
    for column in columns:
        if not isinstance(column, str) or column not in schema:
            known = ", ".join(name for name in schema if not name.startswith(OWN))
            raise TableError(column, f"is not in the table; it has {known}")


def see_new(schema: Mapping[str, Any], name: str) -> None:
    """See that a name can be given to a new column. Raises `TableError`.

    To DuckDB and Spark, names that differ in capitals alone are one.
    """
    if not isinstance(name, str) or not name:
        raise TableError(name, 'is no name; give a text, such as name="elapsed"')
    if name.casefold().startswith(OWN):
        raise TableError(name, f"is a name as docflow gives to columns of its own ({OWN}…); give another one")
    if name.casefold() in map(str.casefold, schema):
        raise TableError(name, f"is in the table already; give the new one another name, such as name={name + '_2'!r}")
