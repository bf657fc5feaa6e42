"""The rows of a frame in memory (pandas, polars, pyarrow) as records of texts, as if it had been written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docflow.errors import TableError
from docflow.files.csv_records import SOMETHING, Cells, as_heading
from docflow.files.typed import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["HEADING", "frame_records"]

HEADING: Final = -1
"""The row of the names; the rows of a frame are counted from 0, as its own `iloc` counts them."""


def frame_records(frame: object, read: Callable[[str], bool]) -> Iterator[Cells]:
    """The names of a frame's columns, and its rows, counted from 0; of columns that are not `read`, what is there.

    Cells become the text that a person would write, as those of an Excel or Parquet file do; what is missing (None,
    NaN, NaT, NA) is empty. Raises `TypeError` for what is no frame in memory, `TableError` for a column that is read
    and holds what is no cell (lists, bytes), and `ModuleNotFoundError` without narwhals.
    """
    from docflow.engines import nw  # noqa: PLC0415 - who reads files need not have narwhals
    from docflow.given_tables import wrapped  # noqa: PLC0415 - the same

    given = wrapped(frame)
    if isinstance(given, nw.LazyFrame):
        raise TypeError(
            f"{type(frame).__name__} holds no rows yet; collect it into a frame of pandas, polars or pyarrow"
        )
    names = [as_heading(name) for name in given.columns]
    yield Cells(HEADING, names, "")
    columns = [_texts(given[own], name, read(name)) for own, name in zip(given.columns, names, strict=True)]
    for row, cells in enumerate(zip(*columns, strict=True)):
        yield Cells(row, cells, "")


def _texts(column: Any, name: str, read: bool) -> list[str]:  # noqa: ANN401, FBT001 - a series of any engine
    missing = column.is_null().to_list()
    if not read:
        return ["" if none else SOMETHING for none in missing]
    try:
        return ["" if none else text_of(cell) for none, cell in zip(missing, column.to_list(), strict=True)]
    except TypeError as error:
        raise TableError(name, f"cannot be read: {error}") from None
