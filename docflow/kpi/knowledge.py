"""Knowledge: records and clocks as they were known at a moment, so that a printed report can be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from docflow.instants import instant, local
from docflow.kpi.contexts import A_CLOCK
from docflow.kpi.records import Record
from docflow.letters.writing import written
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.kpi.records import CaseOrRecord
    from docflow.worktime import WorkClock

__all__ = ["as_announced", "as_known", "as_recorded"]


def as_recorded(record: CaseOrRecord, moment: datetime) -> CaseOrRecord | None:
    """A case or record as it was known at a moment; None when nothing had been written about it.

    >>> from datetime import datetime
    >>> from docflow import Event, Record
    >>> nine, ten, two = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10", "14"))
    >>> letter = Record("1/2563", [Event("came", nine), Event("answered", ten, recorded=two)])
    >>> as_recorded(letter, ten), as_recorded(letter, two)
    (<Record 1/2563 'came', 1 event>, <Record 1/2563 'answered', 2 events>)

    Of a case, corrections count from when they were written. A case or record of which all was known stays the same.
    """
    at = instant(moment)
    if not isinstance(record, Record):
        return record if all(written(each) <= at for each in record.log) else record.as_recorded(moment)
    known = tuple(event for event in record.history if instant(event.recorded or event.at) <= at)
    if not known:
        return None
    return record if len(known) == len(record.history) else evolve(record, history=known)


def as_announced(clock: WorkClock, moment: datetime) -> WorkClock:
    """A clock with its calendar as it was announced by the date of a moment on the office's wall.

    A calendar that is itself given as of an earlier day stays as it is: nobody knew more then.
    """
    expect(clock, *A_CLOCK)
    day, given = local(instant(moment), clock.tz).date(), getattr(clock.calendar, "known_on", None)
    if given is not None and given <= day:
        return clock
    then = clock.as_known_on(day)
    return clock if then == clock else then  # one that changes nothing keeps the years that it has read


def as_known(
    records: Iterable[CaseOrRecord], clock: WorkClock, *, as_of: datetime | None, known_at: datetime
) -> tuple[tuple[CaseOrRecord, ...], WorkClock, datetime]:
    """Records, clock and last moment seen, as they were known at a moment; without `as_of`, nothing later is seen."""
    then = (as_recorded(record, known_at) for record in records)
    kept = tuple(record for record in then if record is not None)
    return kept, as_announced(clock, known_at), known_at if as_of is None else as_of
