"""The order of writing: what is judged at once, when each record was written, and who may write what is right."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from docflow.instants import instant
from docflow.letters.amendments import Amendment
from docflow.letters.entries import Act, Correction, Refusal, said, step_of
from docflow.letters.history import unwritable
from docflow.letters.rights import infringement
from docflow.safe import brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from docflow.letters.entries import Step, Written
    from docflow.letters.process import Process

__all__ = ["as_written", "groups", "known", "retold", "written"]


def groups(records: Iterable[Written]) -> Iterator[Sequence[Written]]:
    """The records of a log by what is judged at once: acts or amendments in a row, or the corrections of one moment."""
    return (tuple(run) for _, run in groupby(records, _set))


def _set(record: Written) -> int | type:
    """When a correction was written, for those of one moment are judged as one; of any other record, what it is."""
    if isinstance(record, Correction):
        return instant(record.recorded)
    if isinstance(record, Act):
        return Act
    if isinstance(record, Amendment):
        return Amendment
    raise TypeError(f"{brief(record)} is no record of a log; give entries, steps, corrections and amendments")


def written(record: Written) -> int:
    """When a record was written; an act that does not say it, when it happened."""
    return instant(record.recorded or record.at if isinstance(record, Act) else record.recorded)


def known(log: Sequence[Written], moment: datetime) -> tuple[Written, ...]:
    """The records of a log that had been written at a moment."""
    at = instant(moment)
    late = (place for place, record in enumerate(log) if written(record) > at)
    return tuple(log[: next(late, len(log))])


def retold(history: Iterable[Step]) -> Iterator[Step]:
    """A history as a log of its own: what was written before the step above it was written with that."""
    above = None
    for step in history:
        at = written(step)
        if above is not None and step.recorded is not None and at < above:
            values = said(step)
            yield step_of(*values[:4], None, *values[5:], step.state)
        else:
            yield step
        above = at if above is None else max(at, above)


def as_written(process: Process, record: Correction | Amendment, above: int) -> Iterator[Refusal]:
    """Why a correction or an amendment could not be written so, whatever it says."""
    what = "a correction" if isinstance(record, Correction) else "an amendment"
    if not (record.why or "").strip():
        yield Refusal("no reason given", f"{what} says why; name the reason")
    if not (record.by or "").strip():
        yield Refusal("nobody named", f"{what} says by whom; name who makes it")
    lacking = infringement(process.may_correct, record)
    if lacking is not None:
        yield Refusal(*lacking)
    instead = record.instead if isinstance(record, Correction) else None
    yield from unwritable(record.recorded, record.recorded if instead is None else instead.at, above)
