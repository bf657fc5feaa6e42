"""Promises: a sentence whose words can be read in several ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import UnknownReadingError
from docflow.kpi.measures import Measure, read
from docflow.kpi.readings import Readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from docflow.kpi.records import Traced
    from docflow.kpi.windows import Window
    from docflow.worktime import WorkClock

__all__ = ["Promise"]


def _read(given: Iterable[tuple[str, Measure]]) -> tuple[tuple[str, Measure], ...]:
    readings = tuple((name, measure) for name, measure in given)
    for name, measure in readings:
        if not isinstance(measure, Measure):
            raise TypeError(f"{measure!r} is no measure, as the reading {name!r} needs one; give Proportion(...)")
    return readings


@frozen
class Promise:
    """A sentence whose words can be read in several ways: a measure for each, the official one named.

    >>> from docflow import Hours, Stopwatch, WorkingDays, reached
    >>> watch = Stopwatch("1.1 A", start=reached("taken_over"), stop=reached("submitted"))
    >>> watch.under({"days": WorkingDays(2), "hours": Hours(48)}, official="days").official
    'days'

    Raises `UnknownReadingError` when the official reading is none of them, and `TypeError` for what is no measure.
    """

    measures: tuple[tuple[str, Measure], ...] = field(converter=_read)
    official: str

    def __attrs_post_init__(self) -> None:
        if self.official not in dict(self.measures):
            raise UnknownReadingError(self.official, [name for name, _ in self.measures])

    @classmethod
    def of(cls, measures: Mapping[str, Measure], *, official: str) -> Promise:
        """The promise whose readings have these names."""
        return cls(tuple(measures.items()), official)

    @property
    def name(self) -> str:
        """What the official reading is called."""
        return dict(self.measures)[self.official].name

    def read(
        self,
        cases: Iterable[Traced],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> Readings:
        """The result under every reading, in one pass over the cases; see `Measure`."""
        results = read([measure for _, measure in self.measures], cases, clock, window, as_of)
        return Readings(self.official, dict(zip((name for name, _ in self.measures), results, strict=True)))
