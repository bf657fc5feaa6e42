"""Lookups: functions of time as small tables, whose rows any engine finds by a join of equal numbers.

Time is cut into buckets of a power of two of microseconds. A row of a table says what a function does in its bucket:
how it begins, and where it bends or steps. A row of a frame finds its bucket by a subtraction and a division.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from attrs import frozen

from docflow.engines import Cut, engine_of, nw
from docflow.errors import HoursError
from docflow.worktime.columns import NAT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from docflow.engines import Lazy
    from docflow.worktime.columns import Integers
    from docflow.worktime.tables import Spans

__all__ = ["Line", "Stairs", "own"]

WIDEST: Final = 36
"""Buckets of 19 hours: office hours of one day bend the line once in most of them."""
FEW: Final = 3
"""So many bends or steps a bucket may have before smaller buckets are tried: each is a column and some arithmetic."""
MOST_ROWS: Final = 1 << 18
MOST_PIECES: Final = 64
NEVER: Final = np.iinfo(np.int64).max
TOO_MANY: Final = "they open and close too often for a table of these years; ask for fewer years"


def own(name: str) -> str:
    """The name of a column that docflow adds for itself, and takes away again."""
    return f"docflow:{name}"


@frozen(eq=False)
class _Table:
    """Buckets from `lower` on, the value at the begin of each, and its pieces: where each begins, and what it says."""

    lower: int
    shift: int
    first: NDArray[Any]
    begins: Integers
    """A row for each piece, a column for each bucket."""
    says: NDArray[Any]

    def _small(self, frame: Lazy) -> Lazy:
        """The table itself, in the engine of a frame."""
        columns: dict[str, NDArray[Any]] = {own("bucket"): np.arange(len(self.first)), own("first"): self.first}
        for n, (begins, says) in enumerate(zip(self.begins, self.says, strict=True)):
            columns |= {own(f"begins {n}"): begins, own(f"says {n}"): says}
        return engine_of(frame).small(columns, beside=frame)

    def _beside(self, frame: Lazy, small: Lazy, of: str, since: int, until: int) -> Lazy:
        """The row of its bucket beside each row of a frame; nothing beside what is not from `since` up to `until`."""
        last = self.lower + (len(self.first) << self.shift) - 1
        cut = Cut(self.lower, self.shift, since=max(since, self.lower), until=until, last=last)
        bucket = own("bucket")
        return engine_of(frame).buckets(frame, of, bucket, cut).join(small, on=bucket, how="left")

    def _drop(self, frame: Lazy) -> Lazy:
        """Without what `_beside` added."""
        pieces = [f"{of} {n}" for n in range(len(self.begins)) for of in ("begins", "says")]
        return frame.drop(*map(own, ("bucket", "first", *pieces)))


class Line(_Table):
    """How much has been worked up to each instant: a line that is level while the office is closed."""

    @classmethod
    def of(cls, spans: Spans, *, name: str) -> Self:
        """The line of some open spans. Raises `HoursError`, with a name, when there are too many in a short time."""
        apart = np.flatnonzero(spans.opens[1:] != spans.closes[:-1])
        opens = np.concatenate([spans.opens[:1], spans.opens[apart + 1]])
        closes = np.concatenate([spans.closes[apart], spans.closes[-1:]])
        lower, length = spans.lower, spans.upper - spans.lower
        for shift in range(WIDEST, 0, -1):
            edges = lower + (np.arange((length >> shift) + 2, dtype=np.int64) << shift)
            turns = np.unique(np.concatenate([edges, opens, closes]).clip(lower, edges[-1]))
            begins, ends = turns[:-1], turns[1:]
            place = np.searchsorted(opens, begins, side="right") - 1
            runs = (place >= 0) & (begins < closes[place])
            pieces = (begins[runs] - lower, (ends - begins)[runs])
            table = _laid_out(*pieces, buckets=len(edges) - 1, shift=shift, name=name)
            if table is not None:
                return cls(lower, shift, spans.worked(edges[:-1]), *table)
        raise HoursError(name, TOO_MANY)

    def look_up(self, frame: Lazy, columns: Mapping[str, str], *, since: int, until: int) -> Lazy:
        """Up to the instants of columns, by the name of the new column; null for what is not from `since` to `until`.

        `until` itself is outside.
        """
        small = self._small(frame)
        for into, of in columns.items():
            frame = self._beside(frame, small, of, since, until)
            worked, at = nw.col(own("first")), nw.col(of) - self.lower
            for n in range(len(self.begins)):
                ran = at - nw.col(own(f"begins {n}"))
                worked += nw.when(ran > 0).then(nw.min_horizontal(ran, nw.col(own(f"says {n}")))).otherwise(0)
            frame = self._drop(frame.with_columns(worked.alias(into)))
        return frame


class Stairs(_Table):
    """A function that has one value from each edge up to the next, such as the close of the next working day."""

    @classmethod
    def of(cls, edges: Integers, values: NDArray[Any], *, name: str) -> Self:
        """The value from each edge on. Raises `HoursError`, with a name, when it changes too often in a short time."""
        changes = np.concatenate([[True], values[1:] != values[:-1]])
        lower = int(edges[0])
        steps, values = edges[changes] - lower, values[changes]
        for shift in range(WIDEST, 0, -1):
            begins = np.arange((int(steps[-1]) >> shift) + 1, dtype=np.int64) << shift
            first = values[np.searchsorted(steps, begins, side="right") - 1]
            inside = steps % (1 << shift) != 0  # what steps as its bucket begins is in the first value
            table = _laid_out(steps[inside], values[inside], buckets=len(begins), shift=shift, name=name)
            if table is not None:
                return cls(lower, shift, first, *table)
        raise HoursError(name, TOO_MANY)

    def look_up(self, frame: Lazy, of: str, into: str, *, since: int, until: int) -> Lazy:
        """At each instant of a column; null for what is not from `since` to before `until`, and where it is NaT."""
        frame = self._beside(frame, self._small(frame), of, since, until)
        value, at = nw.col(own("first")), nw.col(of) - self.lower
        for n in range(len(self.begins)):
            value = nw.when(at >= nw.col(own(f"begins {n}"))).then(nw.col(own(f"says {n}"))).otherwise(value)
        if self.first.dtype.kind == "i":
            value = nw.when(value > NAT).then(value)
        return self._drop(frame.with_columns(value.alias(into)))


def _laid_out(
    begins: Integers, says: NDArray[Any], *, buckets: int, shift: int, name: str
) -> tuple[Integers, NDArray[Any]] | None:
    """Pieces as rows of a table, a column for each bucket; None when smaller buckets would be better."""
    bucket = begins >> shift
    nth = np.arange(len(bucket)) - np.searchsorted(bucket, bucket, side="left")
    most = int(nth.max(initial=0)) + 1
    if most > FEW and buckets * 2 <= MOST_ROWS:
        return None
    if most > MOST_PIECES:
        raise HoursError(name, TOO_MANY)
    table = np.full((most, buckets), NEVER), np.zeros((most, buckets), says.dtype)
    for whole, part in zip(table, (begins, says), strict=True):
        whole[nth, bucket] = part
    return table
