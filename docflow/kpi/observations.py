"""Observations: what was found of all records of a result, kept as columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar, overload

from attrs import evolve, frozen

from docflow.kpi.bins import Bin
from docflow.kpi.observation import Observation
from docflow.text import month_of, months_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from docflow.kpi.bins import Reason
    from docflow.kpi.dating import DatedBy
    from docflow.kpi.records import CaseOrRecord
    from docflow.worktime import Limit, WorkClock
    from docflow.worktime.ticks import Pauses

__all__ = ["Observations"]

T = TypeVar("T")


@frozen(eq=False, repr=False)
class Observations(Sequence[Observation]):
    """The observations of all records, in the order in which the records were given, and of each in order of time.

    >>> from datetime import datetime
    >>> from docflow import Duration, Event, Record, reached
    >>> from docflow.bangkok import office_clock
    >>> nine = datetime.fromisoformat("2020-01-06T09:00+07:00")
    >>> answering = Duration("answering", start=reached("asked"), stop=reached("answered"))
    >>> letters = [Record("1/2563", [Event("asked", nine)]), Record("2/2563", [])]
    >>> found = answering.read(letters, office_clock()).observations
    >>> found, found[0].bin.value, [seen.record.number for seen in found]
    (<Observations: unfinished 1, excluded 1>, 'unfinished', ['1/2563', '2/2563'])

    It is a sequence, `result.observations`: it has a length, places and slices, which are observations again. Raises
    `IndexError` for a place that it does not have.

    They are kept as columns and made one by one when somebody looks: an indicator over 100,000 letters under six
    readings asks mostly how many lie in each bin. The readings share the columns of what they looked at.
    """

    clock: WorkClock | None
    records: Sequence[CaseOrRecord]
    starts: Sequence[datetime | None]
    stops: Sequence[datetime | None]
    begins: Sequence[int]
    ends: Sequence[int | None]
    pauses: Sequence[Pauses]
    bins: Sequence[Bin]
    reasons: Sequence[Reason | None]
    dues: Sequence[int | None]
    times: Sequence[int | None]
    limit_of: Callable[[CaseOrRecord], Limit | None] | None = None
    as_of: datetime | None = None
    dated_by: DatedBy = "start"
    nths: Sequence[int] | None = None
    """Which of its record's occurrences each is; None where each record has but one."""

    @classmethod
    def of(cls, given: Iterable[Observation]) -> Observations:
        """Observations as columns."""
        if isinstance(given, Observations):
            return given
        made = tuple(given)
        return cls(
            next((one.clock for one in made if one.clock is not None), None),
            [one.record for one in made],
            [one.start for one in made],
            [one.stop for one in made],
            [one.begin for one in made],
            [one.end for one in made],
            [one.pauses for one in made],
            [one.bin for one in made],
            [one.reason for one in made],
            [one.due_at for one in made],
            [one.worked for one in made],
            next((one.limit_of for one in made if one.limit_of is not None), None),
            next((one.as_of for one in made if one.as_of is not None), None),
            next((one.dated_by for one in made if one.bin is not Bin.EXCLUDED), "start"),
            [one.nth for one in made],
        )

    def tally(self, lies: Bin) -> int:
        """How many lie in a bin."""
        return self.bins.count(lies)

    def worked(self, lies: Bin) -> list[int]:
        """The working times of those in a bin, in microseconds, as far as they are known."""
        pairs = zip(self.times, self.bins, strict=True)
        return [time for time, each in pairs if each is lies and time is not None]

    def months(self, lies: Bin) -> int:
        """In how many months one lies in a bin."""
        return len({month_of(day) for day, each in zip(self.days(), self.bins, strict=True) if each is lies and day})

    @property
    def _dating(self) -> Sequence[int | None]:
        """The instants by which they belong to days."""
        return self.ends if self.dated_by == "stop" else self.begins

    def days(self) -> Iterator[date | None]:
        """The day of each; what is excluded has none."""
        for at, lies in zip(self._dating, self.bins, strict=True):
            yield None if self.clock is None or at is None or lies is Bin.EXCLUDED else self.clock.date_of(at)

    def by_month(self) -> dict[str, list[int]]:
        """The places of those of each month ("2019-11"); what is excluded belongs to no month."""
        if self.clock is None:
            return {}
        rows = enumerate(zip(self._dating, self.bins, strict=True))
        dated = [(at, n) for n, (at, lies) in rows if at is not None and lies is not Bin.EXCLUDED]
        if not dated:
            return {}
        # The months begin at a few instants: to look a moment up among them is faster than to tell its date.
        first, last = (month_of(self.clock.date_of(at)) for at in (min(dated)[0], max(dated)[0]))
        months = months_between(first, last)
        begins = [self.clock.day_begin(date.fromisoformat(f"{month}-01")) for month in months[1:]]
        places: list[list[int]] = [[] for _ in months]
        for at, n in dated:
            places[bisect_right(begins, at)].append(n)
        return {month: some for month, some in zip(months, places, strict=True) if some}

    def some(self, places: Sequence[int]) -> Observations:
        """The observations at some places."""

        def at(column: Sequence[T]) -> list[T]:
            return [column[n] for n in places]

        return evolve(
            self,
            records=at(self.records),
            starts=at(self.starts),
            stops=at(self.stops),
            begins=at(self.begins),
            ends=at(self.ends),
            pauses=at(self.pauses),
            bins=at(self.bins),
            reasons=at(self.reasons),
            dues=at(self.dues),
            times=at(self.times),
            nths=None if self.nths is None else at(self.nths),
        )

    def lying(self, lies: Bin) -> Iterator[Observation]:
        """The observations of one bin, one by one; the others are not made."""
        return (self[n] for n, each in enumerate(self.bins) if each is lies)

    def __len__(self) -> int:
        return len(self.bins)

    @overload
    def __getitem__(self, n: int) -> Observation: ...
    @overload
    def __getitem__(self, n: slice) -> Observations: ...
    def __getitem__(self, n: int | slice) -> Observation | Observations:
        if isinstance(n, slice):
            return self.some(range(len(self))[n])
        nth = 1 if self.nths is None else self.nths[n]
        if self.bins[n] is Bin.EXCLUDED:
            return Observation(self.records[n], Bin.EXCLUDED, self.reasons[n], nth=nth)
        return Observation(
            self.records[n],
            self.bins[n],
            self.reasons[n],
            self.starts[n],
            self.stops[n],
            self.begins[n],
            self.ends[n],
            self.dues[n],
            self.times[n],
            self.pauses[n],
            self.clock,
            self.limit_of,
            self.as_of,
            self.dated_by,
            nth,
        )

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Observations | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def said(self) -> str:
        """How many lie in each bin, in words."""
        return ", ".join(f"{lies} {n:,}" for lies, n in ((each, self.tally(each)) for each in Bin) if n) or "no records"

    def __repr__(self) -> str:
        return f"<Observations: {self.said()}>"
