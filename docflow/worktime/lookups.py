"""Lookups: tables of a clock beside the rows of a frame, whatever engine it is of.

A table has a row for each bucket of 2**shift microseconds. A row of the frame finds its bucket by subtraction and
division, and the row of the table by a join of equal numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from docflow.engines import engine_of, nw
from docflow.errors import TableError
from docflow.worktime.columns import NAT
from docflow.worktime.tables import Steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docflow.engines import Lazy
    from docflow.worktime.columns import Integers
    from docflow.worktime.tables import Buckets

__all__ = ["TOO_FINE", "look_up", "on_line", "own", "steps_of"]

TOO_FINE: Final = "has edges too close together for a table of these years; ask for fewer years"


def own(name: str) -> str:
    """The name of a column that docflow adds for itself, and takes away again."""
    return f"docflow:{name}"


def steps_of(edges: Integers, values: Integers) -> Steps:
    """A step function without the edges at which nothing changes."""
    changes = np.concatenate([[True], values[1:] != values[:-1]])
    steps = Steps.of(edges[changes], values[changes])
    if steps is None:
        raise TableError("of a limit", TOO_FINE)
    return steps


def look_up(frame: Lazy, steps: Steps, of: str, into: str, lower: int, upper: int) -> Lazy:
    """The value of a step function for a column of integers; null for what is not from `lower` to `upper`."""
    first, last = max(lower, steps.lower), int(steps.edge[-1])
    held = nw.when((nw.col(of) >= first) & (nw.col(of) <= upper)).then(nw.col(of))
    frame = frame.with_columns(held.alias(own("at")))
    frame = frame.with_columns(
        nw.when(nw.col(own("at")) > last).then(last).otherwise(nw.col(own("at"))).alias(own("near"))
    )
    small = {"edge": steps.edge, "before": steps.before, "after": steps.after}
    frame = _beside(frame, own("near"), steps.lower, steps.shift, small)
    value = (
        nw.when(nw.col(own("near")) < nw.col(own("edge"))).then(nw.col(own("before"))).otherwise(nw.col(own("after")))
    )
    if steps.after.dtype.kind == "i":
        frame = frame.with_columns(value.alias(own("value")))
        value = nw.when(nw.col(own("value")) > NAT).then(nw.col(own("value")))
    found = nw.when(~nw.col(own("at")).is_null()).then(value)
    return _without(frame.with_columns(found.alias(into)), "at", "near", "value", *small)


def on_line(frame: Lazy, buckets: Buckets, of: str, into: str, upper: int) -> Lazy:
    """How much has been worked up to each moment of a column; null for what is not in the table."""
    held = (nw.col(of) >= buckets.lower) & (nw.col(of) <= upper)
    frame = frame.with_columns(nw.when(held).then(nw.col(of)).alias(own("at")))
    small = {"base": buckets.base, "opens": buckets.opens, "length": buckets.length}
    frame = _beside(frame, own("at"), buckets.lower, buckets.shift, small)
    runs = nw.col(own("at")) - buckets.lower - nw.col(own("opens"))
    run = nw.when(runs <= 0).then(0).otherwise(nw.min_horizontal(runs, nw.col(own("length"))))
    return _without(frame.with_columns((nw.col(own("base")) + run).alias(into)), "at", *small)


def _beside(frame: Lazy, column: str, lower: int, shift: int, small: Mapping[str, Integers]) -> Lazy:
    """The columns of a small table beside each row of a frame, by the bucket in which a column of integers lies."""
    engine, bucket = engine_of(frame), own("bucket")
    numbered = {bucket: np.arange(len(next(iter(small.values())))), **{own(name): each for name, each in small.items()}}
    frame = engine.buckets(frame, column, bucket, lower=lower, shift=shift)
    return frame.join(engine.small(numbered, beside=frame), on=bucket, how="left").drop(bucket)


def _without(frame: Lazy, *columns: str) -> Lazy:
    return frame.drop(*(own(column) for column in columns), strict=False)
