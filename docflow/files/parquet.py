"""The rows of a Parquet file as records of texts, batch by batch; its names are row 1."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from docflow.errors import FileError
from docflow.files.csv_records import SOMETHING, Cells, as_heading
from docflow.files.opened import FREE, LONGEST, Measure
from docflow.files.typed import text_of
from docflow.text_file import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["PARQUET", "parquet_records"]

PARQUET: Final = frozenset({".parquet", ".pq"})
ROWS: Final = 4_096
"""Of a batch: what is held at once is no more, however long the file is."""
WIDE: Final = 2**26
"""The bytes of a column in a batch, where each cell has as many as any other."""
MISSING: Final = "Parquet files need pyarrow; install it with: pip install 'docflow-registry[arrow]'"
NOT_WHOLE: Final = "is no whole Parquet file ({}); write it again, or save it as CSV UTF-8"
NOTHING: Final[Mapping[int, str]] = MappingProxyType({})
NO_MOMENT: Final = "is a day or a moment that no calendar has; correct it"
TIMES: Final = 1_000
"""So much more may its cells say than the file takes: columns of one text are packed to almost nothing."""


def parquet_records(path: str | os.PathLike[str], read: Callable[[str], bool]) -> Iterator[Cells]:
    """The names of a file's columns as row 1, and below them its rows; of columns that are not `read`, what is there.

    Texts are read as the file has them, each once where it stands in a dictionary. Raises `FileError` for what is no
    whole Parquet file; for a column that is read and holds no cells (lists, records, bytes, spans of time), or moments
    of a zone that nobody knows; for a text of more than 2²¹ characters; and for a file that says more than 64 MiB and
    a thousand times what it takes on the disk.
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
            size = os.fstat(data.fileno()).st_size
            measure = Measure(str(path), max(FREE, TIMES * size))
            leaves = [file.schema.column(place) for place in range(len(file.schema))]
            groups = map(file.metadata.row_group, range(file.metadata.num_row_groups))
            largest = max((group.total_byte_size for group in groups), default=0)
        names = [as_heading(name) for name in file.schema_arrow.names]
        for name, column in zip(names, file.schema_arrow, strict=True):
            if read(name) and not _holds_cells(pa.types, column.type):
                problem = f"its column {name} holds {column.type}; write it as text, a number or a moment"
                raise FileError(str(path), problem)
            if read(name) and pa.types.is_timestamp(column.type) and not _known(pa, column.type):
                raise FileError(
                    str(path), f"its column {name} is of the zone {column.type.tz}, which nobody knows; use UTC"
                )
        yield Cells(1, names, "")
        measure.see(largest)
        with _whole(path, pa):
            texts = [
                one.path for one in leaves if one.physical_type == "BYTE_ARRAY" and one.logical_type.type != "DECIMAL"
            ]
            file = pq.ParquetFile(data, metadata=file.metadata, read_dictionary=texts)
        widest = max((one.length for one in leaves), default=0)
        number, batches = 1, file.iter_batches(max(1, min(ROWS, WIDE // max(widest, 1))), use_threads=False)
        while True:
            with _whole(path, pa):
                batch = next(batches, None)
                if batch is None:
                    break
                wrong: dict[int, dict[int, str]] = {}
                columns = [
                    _texts(pa, pc, column, partial(_tell, wrong, place)) if read(name) else _marks(pa, pc, column)
                    for place, (name, column) in enumerate(zip(names, batch.columns, strict=True))
                ]
            for said in columns:
                measure.add(sum(map(len, said)), len(said) - said.count(""))
                if max(map(len, said), default=0) > LONGEST:
                    raise FileError(str(path), f"holds a text of more than {LONGEST:,} characters; shorten it")
            for row, cells in enumerate(zip(*columns, strict=True)):
                number += 1
                yield Cells(number, cells, "", wrong=wrong.get(row, NOTHING))


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


def _known(pa: Any, kind: Any) -> bool:  # noqa: ANN401 - pyarrow ships no types
    """Whether moments of a column have a zone that is known here, or none."""
    try:
        pa.scalar(0, kind).as_py()
    except (LookupError, ValueError):
        return False
    return True


def _tell(wrong: dict[int, dict[int, str]], place: int, row: int, reason: str) -> None:
    wrong.setdefault(row, {})[place] = reason


def _texts(pa: Any, pc: Any, column: Any, tell: Callable[[int, str], None]) -> Sequence[str]:  # noqa: ANN401
    """The cells of a column as texts, a moment in the zone of its column."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _spread(pa, pc, column, lambda used: _texts(pa, pc, used, lambda _, __: None))
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        texts = _nanoseconds(pa, column)
    else:
        if pa.types.is_time(kind) and kind == pa.time64("ns"):
            column = column.cast(pa.time64("us"), safe=False)
        texts = [text_of(value) for value in _values(column, tell)]
    return texts


def _spread(pa: Any, pc: Any, column: Any, read: Callable[[Any], Sequence[str]]) -> Sequence[str]:  # noqa: ANN401 - pyarrow ships no types
    """The cells of a column that has a dictionary, each text of which is read once and shared."""
    places = column.indices.cast(pa.int32()).fill_null(-1)
    used = places.unique()
    said = dict(
        zip(used.to_pylist(), read(column.dictionary.take(pc.if_else(pc.less(used, 0), None, used))), strict=True)
    )
    numbers = memoryview(places.buffers()[1]).cast("b").cast("i")
    return [said[place] for place in numbers[places.offset : places.offset + len(places)]]


def _values(column: Any, tell: Callable[[int, str], None]) -> Sequence[Any]:  # noqa: ANN401 - pyarrow ships no types
    """The values of a column; of a day or a moment that no calendar has, its number."""
    try:
        return column.to_pylist()  # type: ignore[no-any-return]
    except (OverflowError, ValueError):
        pass
    found = []
    for row, one in enumerate(column):
        try:
            found.append(one.as_py())
        except (OverflowError, ValueError):
            found.append(one.value)
            tell(row, NO_MOMENT)
    return found


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
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _spread(pa, pc, column, lambda used: _marks(pa, pc, used))
    filled = pc.is_valid(column)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        filled = pc.and_(filled, pc.fill_null(pc.not_equal(column, ""), False))  # noqa: FBT003 - pyarrow's signature
    elif pa.types.is_floating(kind):
        filled = pc.and_not(filled, pc.fill_null(pc.is_nan(column), False))  # noqa: FBT003 - the same
    return [SOMETHING if one else "" for one in filled.to_pylist()]


@contextmanager
def _whole(path: str | os.PathLike[str], pa: Any) -> Iterator[None]:  # noqa: ANN401 - pyarrow ships no types
    """A file that is cut short, or damaged, is one `FileError`, whatever pyarrow makes of it."""
    try:
        yield
    except FileError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        why = str(error).partition(". ")[0].partition("\n")[0]
        raise FileError(str(path), NOT_WHOLE.format(why)) from None
