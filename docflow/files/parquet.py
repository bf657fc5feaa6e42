"""The rows of a Parquet file as records of texts, batch by batch; its names are row 1."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from docflow.errors import FileError
from docflow.files.csv_records import Cells, plain
from docflow.files.typed import text_of
from docflow.text_file import opened

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["PARQUET", "parquet_records"]

PARQUET: Final = frozenset({".parquet", ".pq"})
ROWS: Final = 8_192
"""Of a batch: what is held at once is no more, however long the file is."""
MISSING: Final = "Parquet files need pyarrow; install it with: pip install 'docflow-registry[arrow]'"
NOT_WHOLE: Final = "is no whole Parquet file ({}); write it again, or save it as CSV UTF-8"
SOMETHING: Final = "…"
"""Of a column that nothing reads: that it holds something."""


def parquet_records(path: str | os.PathLike[str], read: Callable[[str], bool]) -> Iterator[Cells]:
    """The names of a file's columns as row 1, and below them its rows; of columns that are not `read`, what is there.

    Raises `FileError` for what is no whole Parquet file, and for a column that is read and holds no cells: lists,
    records, bytes, spans of time.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - who reads no Parquet need not have it
        import pyarrow.compute as pc  # noqa: PLC0415 - the same
        import pyarrow.parquet as pq  # noqa: PLC0415 - the same
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(MISSING) from missing
    with opened(path) as data:
        with _whole(path, pa):
            file = pq.ParquetFile(data)
        names = [" ".join(plain(name).split()) for name in file.schema_arrow.names]
        for name, column in zip(names, file.schema_arrow, strict=True):
            if read(name) and not _holds_cells(pa.types, column.type):
                said = f"its column {name} holds {column.type}; write it as text, a number or a moment"
                raise FileError(str(path), said)
        yield Cells(1, names, "")
        number, batches = 1, file.iter_batches(ROWS, use_threads=False)
        while True:
            with _whole(path, pa):
                batch = next(batches, None)
                if batch is None:
                    break
                columns = [
                    _texts(pa, column) if read(name) else _marks(pa, pc, column)
                    for name, column in zip(names, batch.columns, strict=True)
                ]
            for cells in zip(*columns, strict=True):
                number += 1
                yield Cells(number, cells, "")


def _holds_cells(types: Any, kind: Any) -> bool:  # noqa: ANN401 - pyarrow ships no types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return any(
        is_one(kind)
        for is_one in (
            types.is_string,
            types.is_large_string,
            types.is_string_view,
            types.is_boolean,
            types.is_integer,
            types.is_floating,
            types.is_decimal,
            types.is_date,
            types.is_time,
            types.is_timestamp,
            types.is_null,
        )
    )


def _texts(pa: Any, column: Any) -> Sequence[str]:  # noqa: ANN401 - pyarrow ships no types
    """The cells of a column as texts, a moment in the zone of its column."""
    kind = column.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        return _nanoseconds(pa, column)
    if pa.types.is_time(kind) and kind == pa.time64("ns"):
        column = column.cast(pa.time64("us"), safe=False)
    return [text_of(value) for value in column.to_pylist()]


def _nanoseconds(pa: Any, column: Any) -> Sequence[str]:  # noqa: ANN401 - pyarrow ships no types
    """Moments finer than a microsecond: their last digits stand behind the others, so that a reader can tell."""
    ticks = column.cast(pa.int64()).to_pylist()
    micros = pa.array([None if one is None else one // 1000 for one in ticks], pa.int64())
    texts = []
    for at, tick in zip(micros.cast(pa.timestamp("us", column.type.tz)).to_pylist(), ticks, strict=True):
        if at is None or not tick % 1000:
            texts.append(text_of(at))
            continue
        whole = at.isoformat(" ", "microseconds")
        texts.append(f"{whole[:26]}{tick % 1000:03}{whole[26:]}")
    return texts


def _marks(pa: Any, pc: Any, column: Any) -> Sequence[str]:  # noqa: ANN401 - pyarrow ships no types
    """Of a column that nothing reads, where it holds something."""
    column = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    filled = pc.is_valid(column)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        filled = pc.and_(filled, pc.fill_null(pc.not_equal(column, ""), False))  # noqa: FBT003 - pyarrow's signature
    return [SOMETHING if one else "" for one in filled.to_pylist()]


@contextmanager
def _whole(path: str | os.PathLike[str], pa: Any) -> Iterator[None]:  # noqa: ANN401 - pyarrow ships no types
    """A file that is cut short, or damaged, is one `FileError`, whatever pyarrow makes of it."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError) as error:
        why = str(error).partition(". ")[0].partition("\n")[0]
        raise FileError(str(path), NOT_WHOLE.format(why)) from None
