"""Docflow's own figures of each case as attributes of it: bin, working time, due moment, and how they were counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from docflow.errors import HorizonError, OutsideCalendarError, RecordError
from docflow.instants import instant
from docflow.kpi import Result
from docflow.kpi.bins import Bin
from docflow.kpi.knowledge import as_recorded
from docflow.kpi.words import Words
from docflow.safe import visible
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docflow.files.log_values import Plain
    from docflow.kpi import Observation
    from docflow.kpi.records import CaseOrRecord

__all__ = ["Results", "figures"]

Results: TypeAlias = "Mapping[str, Result] | Iterable[Result]"
"""Results by name, such as one for each reading; or results, each by the name of its measure."""


def figures(records: Iterable[CaseOrRecord], results: Results) -> dict[str, dict[str, Plain]]:
    r"""What results say of each record, by its number: columns that begin with `docflow:` and the result's name.

    >>> from datetime import datetime
    >>> from docflow import Event, Record, WorkingDays
    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> nine = datetime.fromisoformat("2019-11-15T09:00+07:00")
    >>> letter = Record("1", [Event("registered", nine), Event("taken_over", nine.replace(minute=7))])
    >>> result = HANDING_OVER.within(WorkingDays(1)).read([letter], office_clock())
    >>> for name, value in figures([letter], {"in a day": result})["1"].items():
    ...     print(name, "=", str(value).replace("; ", ";\n  "))
    docflow:in a day:bin = counted
    docflow:in a day:working_microseconds = 420000000
    docflow:in a day:due = 2019-11-18 16:30:00+07:00
    docflow:in a day:reading = 1.5: from registered to taken_over, within 1 working day
    docflow:in a day:calendar = WorkClock 08:30–16:30, ThaiGovernment(area='bangkok'), Asia/Bangkok;
      as known on 2019-11-15;
      year 2019

    `working_microseconds` is exact: the office time from start to stop, or up to the last moment that was seen, without
    pauses. `reading` is the measure in words, with its limit; `calendar` the clock, the day up to which announcements
    were known, and the years in which the records of the result ran or are due. An excluded record has its bin and
    the reason. The second time that a clock ran is told under the name with ":2", and so on. Raises `RecordError` for
    a record that a result says nothing of, or of which it saw other events or another `wanted_by`, as far as they were
    known to it (attributes may differ: what is known of a record grows); and `TypeError` for what is no result and for
    two of one name.
    """
    found: dict[str, dict[str, Plain]] = {}
    given = {record.number: record for record in records}
    for name, result in _named(results):
        told: set[str] = set()
        reading, calendar = str(result.measure), _calendar(result)
        for seen in result.observations:
            number = seen.record.number
            told.add(number)
            if number in given and not _same(given[number], seen.record, result):
                problem = f"the result {name!r} is of another history of it; read the results of these records"
                raise RecordError(number, problem)
            prefix = f"docflow:{name}:" if seen.nth == 1 else f"docflow:{name}:{seen.nth}:"
            columns = found.setdefault(number, {})
            columns |= {prefix + what: value for what, value in _said(seen, result) if value is not None}
            columns |= {f"{prefix}reading": reading, f"{prefix}calendar": calendar}
        unmeasured = sorted(given.keys() - told)
        if unmeasured:
            problem = f"the result {name!r} says nothing of it; read the measure of the records that are written"
            raise RecordError(unmeasured[0], problem)
    return found


def _same(given: CaseOrRecord, seen: CaseOrRecord, result: Result) -> bool:
    """Whether a record has the history that a result saw, as it was known to it."""
    known_at = result.context.known_at
    then = given if known_at is None or given is seen else as_recorded(given, known_at)
    return then is seen or (then is not None and (then.history, then.wanted_by) == (seen.history, seen.wanted_by))


def _named(results: Results) -> Iterator[tuple[str, Result]]:
    expect(results, Iterable, "mapping of results", 'some by name, such as {"in a day": result}')
    given = results.items() if isinstance(results, Mapping) else [(getattr(one, "name", ""), one) for one in results]
    names: set[str] = set()
    for name, result in given:
        expect(result, Result, "result", "some, such as measure.read(records, clock)")
        if name in names:
            raise TypeError(f"two results are called {name!r}; give them by names of your own: {{'first': result, …}}")
        names.add(name)
        yield name, result


def _said(seen: Observation, result: Result) -> Iterator[tuple[str, Plain | None]]:
    yield "bin", str(seen.bin)
    said = Words("en", result.context.clock.tz)
    yield "reason", None if seen.reason is None else visible(said.reason(seen.reason))
    yield "working_microseconds", _worked(seen)
    yield "due", seen.due


def _worked(seen: Observation) -> int | None:
    """The working time from start to stop, or to the last moment seen; None where the calendar does not reach."""
    if seen.worked is not None or seen.clock is None or seen.start is None:
        return seen.worked
    until = seen.end if seen.end is not None else None if seen.as_of is None else instant(seen.as_of)
    if until is None or until < seen.begin:
        return None
    try:
        return seen.pauses.worked(seen.begin, until, seen.clock)
    except (HorizonError, OutsideCalendarError):
        return None


def _calendar(result: Result) -> str:
    """The clock in words, what was known of its calendar, and the years in which records ran or are due."""
    clock, known = result.context.clock, result.context.known_on
    seen = [one for one in result.observations if one.bin is not Bin.EXCLUDED]
    moments = [at for one in seen for at in (one.begin, one.end, one.due_at) if at is not None]
    years = sorted({clock.date_of(min(moments)).year, clock.date_of(max(moments)).year}) if moments else []
    parts = [
        repr(clock).strip("<>"),
        *([] if known is None else [f"as known on {known}"]),
        *([f"year{'s' * (len(years) > 1)} {'–'.join(map(str, years))}"] if years else []),
        *(f"the holidays of {year} are not all announced" for year in result.provisional),
    ]
    return visible("; ".join(parts))
