"""Carriers: the few records that took most of the time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from docflow.errors import AmountError
from docflow.kpi.bins import Bin
from docflow.kpi.durations import DurationResult
from docflow.text import expect
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from docflow.kpi.records import CaseOrRecord

__all__ = ["Carrier", "carriers"]


@frozen
class Carrier:
    """A record with its part of the time that all measured records took; `carriers` finds them.

    >>> from docflow.kpi import carriers
    >>> from datetime import datetime
    >>> from docflow import Duration, Event, Record, reached
    >>> from docflow.bangkok import office_clock
    >>> from docflow.kpi import carriers
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10"))
    >>> answering = Duration("answering", start=reached("came"), stop=reached("answered"))
    >>> letter = Record("1/2563", [Event("came", nine), Event("answered", ten)])
    >>> [(one.record.number, str(one.elapsed), one.share) for one in carriers(answering.read([letter], office_clock()))]
    [('1/2563', '1 h', Fraction(1, 1))]
    """

    record: CaseOrRecord
    elapsed: WorkTime
    share: Fraction
    """Of the total time, exactly."""
    mean_minutes_without: Fraction | None
    """The mean of the others in minutes; None when there are none."""


def carriers(result: DurationResult, *, part: Fraction = Fraction(1, 2)) -> tuple[Carrier, ...]:
    """The fewest measured records, longest first, that together took at least so much of the total time.

    >>> from datetime import datetime
    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> from docflow.kpi import Event, Record
    >>> nine = datetime.fromisoformat("2019-11-15T09:00+07:00")
    >>> letters = [
    ...     Record(str(n), (Event("registered", nine), Event("taken_over", nine.replace(minute=minutes))))
    ...     for n, minutes in enumerate((3, 40, 5), 1)
    ... ]
    >>> for one in carriers(HANDING_OVER.read(letters, office_clock())):
    ...     print(one.record.number, one.elapsed, one.share, one.mean_minutes_without)
    2 40 min 5/6 4

    Of records that took equally long, those given first come first. Where every occurrence is measured, a record has
    the time of all of its own. When no record took any time, there are no carriers. Raises `AmountError` for what is no
    exact part from 0 to 1, and `TypeError` for what is no result of a `Duration`.
    """
    expect(result, DurationResult, "result of a Duration", "one, such as Duration(...).read(...), or outcome.result")
    if not isinstance(part, int | Fraction) or not 0 <= part <= 1:
        raise AmountError(part, "is no part of the total; give a Fraction from 0 to 1, such as Fraction(1, 2)")
    own_times: dict[int, tuple[CaseOrRecord, list[int]]] = {}
    seen = result.observations
    for record, worked, lies in zip(seen.records, seen.times, seen.bins, strict=True):
        if lies is Bin.COUNTED:
            own_times.setdefault(id(record), (record, []))[1].append(worked or 0)
    measured = seen.tally(Bin.COUNTED)
    took = sorted(((sum(times), len(times), record) for record, times in own_times.values()), key=lambda one: -one[0])
    total, found, carried = sum(own for own, _, _ in took), [], 0
    for own, times, record in took:
        if carried >= part * total:
            break
        carried += own
        others = measured - times
        without = WorkTime.of(total - own).minutes / others if others else None
        found.append(Carrier(record, WorkTime.of(own), Fraction(own, total), without))
    return tuple(found)
