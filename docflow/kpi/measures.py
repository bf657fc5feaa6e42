"""Measures: an indicator is a frozen sentence, and reading it over cases gives a result with its evidence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from docflow.kpi.evidence import Columns, Places, Verdict
from docflow.kpi.passages import Front, Passage, latest, passage
from docflow.kpi.places import Bin, Placed
from docflow.kpi.records import records
from docflow.kpi.windows import View, Window
from docflow.letters.collector import collector_at_rest
from docflow.worktime import instant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.kpi.records import Trace, Traced
    from docflow.kpi.results import Result
    from docflow.worktime import WorkClock

__all__ = ["Measure", "read"]


PLAIN: Verdict = (Bin.EXCLUDED, None, None)


class Measure(ABC):
    """What can be read of cases; subclasses say which span of a history they look at, and where it puts a case.

    A case belongs to the window in which its clock started. Steps after `as_of` are not seen; without it, the latest
    step among the cases is the moment. Moments are looked up each for itself. Every case given lies in exactly one bin
    of the result, among the excluded with the reason: its clock had not started, or started outside the window, it
    stops before it starts, it was void before it stopped, or the calendar does not hold its years.
    """

    __slots__ = ()

    name: str
    kind: ClassVar[type[Result]]
    timed: ClassVar[bool] = False
    """Whether it says how long cases took."""

    @property
    def clocked(self) -> bool:
        """Whether the working clock has a say in it."""
        return self.timed

    reads: ClassVar[type[Trace] | None] = None
    """The kind of records it must have; None is any."""
    months: bool = False
    """Whether it counts months, as only a `Count` may."""

    @property
    @abstractmethod
    def front(self) -> Front:
        """The span of a history that it looks at."""

    @abstractmethod
    def judge(self, one: Passage, view: View) -> Verdict:
        """What it says of a case whose clock started inside the window."""

    def read(
        self,
        cases: Iterable[Traced],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> Result:
        """The result over some cases.

        Raises `NaiveDatetimeError` for a moment without a zone, and `RecordError` for a record that it cannot read.
        """
        return read([self], cases, clock, window, as_of)[0]

    def settled(self, places: Places) -> Places:
        """The places of all cases, once they are seen together."""
        return places


def read(
    measures: Iterable[Measure],
    cases: Iterable[Traced],
    clock: WorkClock,
    window: Window | None,
    as_of: datetime | None,
) -> list[Result]:
    """Several measures in one pass over the cases: those that look at the same span share the looking."""
    measures = tuple(measures)
    cases = records(cases, *{measure.reads for measure in measures if measure.reads is not None})
    if window is not None and not isinstance(window, Window):
        raise TypeError(f"{window!r} is no window; give Window(date(2019, 10, 1), date(2020, 9, 30))")
    as_of = latest(cases) if as_of is None else as_of
    view = View(clock, window, None if as_of is None else instant(as_of))
    fronts: dict[Front, list[Measure]] = {}
    for measure in measures:
        fronts.setdefault(measure.front, []).append(measure)
    found: dict[Measure, Result] = {}
    for front, asking in fronts.items():
        spans: list[Passage | Placed] = []
        columns: list[Columns] = [([], [], []) for _ in asking]
        judges = [(measure.judge, *columns[n]) for n, measure in enumerate(asking)]
        with collector_at_rest():
            for case in cases:
                one = passage(front, case, view, as_of)
                spans.append(one)
                for judge, bins, numbers, whys in judges:
                    lies, number, why = PLAIN if isinstance(one, Placed) else judge(one, view)
                    bins.append(lies)
                    numbers.append(number)
                    whys.append(why)
        for measure, (bins, numbers, whys) in zip(asking, columns, strict=True):
            places = measure.settled(Places(spans, bins, numbers, whys, measure.timed))
            found[measure] = measure.kind(measure, clock, window, as_of, places)
    return [found[measure] for measure in measures]
