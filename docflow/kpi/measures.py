"""Measures: an indicator is a frozen sentence, and reading it over cases gives a result with its evidence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen
from attrs.converters import optional
from attrs.validators import instance_of

from docflow import worktime
from docflow.errors import OutsideCalendarError, UnknownReadingError
from docflow.kpi.evidence import Columns, Places, Verdict
from docflow.kpi.moments import View, Wanted, WindowClose, condition
from docflow.kpi.passages import Front, Passage, latest, passage
from docflow.kpi.places import Bin, Kind, Placed, Why
from docflow.kpi.results import Durations, Entered, Rate, Readings, Result, Scores, Tally
from docflow.worktime import Limit, WorkTime, instant, judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from docflow.kpi.moments import Condition, Traced, Window
    from docflow.worktime import WorkClock

__all__ = ["Capped", "Count", "External", "Measure", "Promise", "Proportion", "Score", "Stopwatch", "read"]

# Looked up once: they are asked for a million times.
WITHIN, OVERDUE = worktime.Verdict.WITHIN, worktime.Verdict.LATE
COUNTED, LATE, RUNNING = Bin.COUNTED, Bin.LATE, Bin.RUNNING
OTHER_YEAR, REPLACED = Why.of(Kind.OTHER_YEAR), Why.of(Kind.REPLACED)
PLAIN: Verdict = (Bin.EXCLUDED, None, None)


def _names(states: Iterable[str]) -> tuple[str, ...]:
    if isinstance(states, str):
        raise TypeError(f"{states!r} is one state; give several, such as ({states!r},)")
    return tuple(states)


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
        """The result over some cases. Raises `NaiveDatetimeError` for a moment without a zone."""
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
    cases = tuple(cases)
    as_of = latest(cases) if as_of is None else as_of
    view = View(clock, window, None if as_of is None else instant(as_of))
    measures = tuple(measures)
    fronts: dict[Front, list[Measure]] = {}
    for measure in measures:
        fronts.setdefault(measure.front, []).append(measure)
    found: dict[Measure, Result] = {}
    for front, asking in fronts.items():
        spans: list[Passage | Placed] = []
        columns: list[Columns] = [([], [], []) for _ in asking]
        judges = [(measure.judge, *columns[n]) for n, measure in enumerate(asking)]
        for case in cases:
            one = passage(front, case, view, as_of)
            spans.append(one)
            for judge, bins, numbers, whys in judges:
                lies, number, why = PLAIN if type(one) is Placed else judge(one, view)  # type: ignore[arg-type]  # passage
                bins.append(lies)
                numbers.append(number)
                whys.append(why)
        for measure, (bins, numbers, whys) in zip(asking, columns, strict=True):
            places = measure.settled(Places(spans, bins, numbers, whys, measure.timed))
            found[measure] = measure.kind(measure, clock, window, as_of, places)
    return [found[measure] for measure in measures]


@frozen
class Stopwatch(Measure):
    """A duration on the office clock: from one moment of a case's history to another.

    >>> from docflow.kpi import reached
    >>> screening = Stopwatch("screening", start=reached("taken_over"), stop=reached("submitted"))
    >>> print(screening)
    screening: from taken_over to submitted
    """

    kind = Durations
    timed = True

    name: str
    start: Condition = field(kw_only=True, converter=condition)
    stop: Condition = field(kw_only=True, converter=condition)
    pausing: tuple[str, ...] = field(kw_only=True, default=(), converter=_names)
    """The states in which it stands still, such as `workflow.waiting`; none unless they are named."""
    void: tuple[str, ...] = field(kw_only=True, default=(), converter=_names)
    """The states that take a case out while it is open, such as `workflow.cancelled`; none unless they are named."""

    @property
    def front(self) -> Front:
        """From its start to its stop."""
        return Front(self.start, self.stop, self.pausing, self.void)

    def read(
        self,
        cases: Iterable[Traced],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> Durations:
        """How long each case took on the clock; see `Measure`."""
        result = super().read(cases, clock, window=window, as_of=as_of)
        assert isinstance(result, Durations)  # noqa: S101 - for the type checker: it is of the measure's kind
        return result

    def judge(self, one: Passage, view: View) -> Verdict:
        """Measured when it has stopped, unfinished with what it has used up when it has not."""
        worked: int | None = None
        try:
            worked = one.pauses.worked(one.begin, (view.now or 0) if one.end is None else one.end, view.clock)
        except OutsideCalendarError as error:
            if one.end is not None:
                return Bin.EXCLUDED, None, Why.of(Kind.NO_CALENDAR, str(error))
        return Bin.UNFINISHED if one.end is None else COUNTED, worked, None

    def within(self, limit: Limit | Wanted | WindowClose, *, unless: Condition | None = None) -> Proportion:
        """The rate of cases that keep a limit. Raises `TypeError` for what is none, such as an amount of time."""
        return Proportion(
            self.name,
            of=self.start,
            hit=self.stop,
            limit=_checked(limit),
            unless=unless,
            pausing=self.pausing,
            void=self.void,
        )

    def capped(self, cap: WorkTime) -> Capped:
        """The rate of cases that took no longer than a cap of working time. Raises `TypeError` for what is none."""
        return Capped(self, cap)

    def under(self, limits: Mapping[str, Limit], *, official: str) -> Promise:
        """The same rate under every reading of a promise, the official one named. Raises `UnknownReadingError`."""
        return Promise.of({name: self.within(limit) for name, limit in limits.items()}, official=official)

    def __str__(self) -> str:
        still = f", standing still while {' or '.join(self.pausing)}" if self.pausing else ""
        return f"{self.name}: from {self.start} to {self.stop}{still}"


def _checked(limit: object) -> Limit | Wanted | WindowClose | None:
    if limit is not None and not isinstance(limit, Limit | Wanted | WindowClose):
        raise TypeError(f"{limit!r} is no limit; give one, such as OfficeTime(minutes=15)")
    return limit


@frozen
class Proportion(Measure):
    """The rate of cases that come from one moment to another, in time if there is a limit.

    >>> from docflow.kpi import reached
    >>> print(Proportion("resolved", of=reached("registered"), hit=reached("resolved")))
    resolved: from registered to resolved

    With a limit, a case that is still open is late from its due moment on, and running until then. Without one it has
    missed, or is running when it may `wait`. A case that reached `unless` has missed, whatever else it did. Raises
    `TypeError` for what is no limit.
    """

    kind = Rate

    name: str
    of: Condition = field(kw_only=True, converter=condition)
    hit: Condition = field(kw_only=True, converter=condition)
    limit: Limit | Wanted | WindowClose | None = field(kw_only=True, default=None, converter=_checked)
    unless: Condition | None = field(kw_only=True, default=None, converter=optional(condition))
    waits: bool = field(kw_only=True, default=False)
    pausing: tuple[str, ...] = field(kw_only=True, default=(), converter=_names)
    void: tuple[str, ...] = field(kw_only=True, default=(), converter=_names)
    """As for a `Stopwatch`. Limits that a case or the window brings along (`WANTED`, `WINDOW_CLOSE`) are not moved."""

    @property
    def front(self) -> Front:
        """From what it is a rate of, to what is asked for."""
        return Front(self.of, self.hit, self.pausing, self.void)

    def read(
        self,
        cases: Iterable[Traced],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> Rate:
        """Which cases did what is asked as things stood at `as_of`; see `Measure`."""
        result = super().read(cases, clock, window=window, as_of=as_of)
        assert isinstance(result, Rate)  # noqa: S101 - for the type checker: it is of the measure's kind
        return result

    def judge(self, one: Passage, view: View) -> Verdict:
        """The verdict on a case."""
        due = None if self.limit is None else self._due(one, view)
        if isinstance(due, Why):
            return Bin.EXCLUDED, None, due
        if self.unless is not None and self.unless.find(one.case, view, one.begin) is not None:
            return Bin.MISSED, due, Why.of(Kind.UNLESS, self.unless)
        if due is not None:
            verdict = judged(due, one.end, view.now or 0)
            return COUNTED if verdict is WITHIN else LATE if verdict is OVERDUE else RUNNING, due, None
        if one.end is not None:
            return COUNTED, None, None
        return (RUNNING, None, None) if self.waits else (Bin.MISSED, None, Why.of(Kind.NOT_REACHED, self.hit))

    def _due(self, one: Passage, view: View) -> int | Why:
        """The instant it is due, or why there is none."""
        limit = self.limit
        try:
            if type(limit) is Wanted or type(limit) is WindowClose:
                due = limit.due(one.case, view)
                return Why.of(Kind.NOT_WANTED) if due is None else due
            return limit.due_instant(one.begin, view.clock, one.pauses)  # type: ignore[union-attr]  # there is a limit
        except OutsideCalendarError as error:
            return Why.of(Kind.NO_CALENDAR, str(error))

    def __str__(self) -> str:
        kept = "by" if isinstance(self.limit, Wanted | WindowClose) else "within"
        limit = "" if self.limit is None else f", {kept} {self.limit}"
        unless = "" if self.unless is None else f", unless {self.unless}"
        return f"{self.name}: from {self.of} to {self.hit}{limit}{unless}"


@frozen
class Capped(Measure):
    """The rate of cases that took no longer than a cap; `Stopwatch.capped` makes it.

    >>> from docflow import WorkTime, reached
    >>> print(Stopwatch("1.5", start=reached("registered"), stop=reached("taken_over")).capped(WorkTime(minutes=15)))
    1.5: from registered to taken_over, in at most 15 min

    What was done while the office was closed took no more time than until it closed, though a due moment has passed.
    One that is still open has broken the cap once it has used it up. Raises `TypeError` for what is no working time.
    """

    kind = Rate
    timed = True

    stopwatch: Stopwatch
    cap: WorkTime

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.cap, WorkTime):  # a timedelta has microseconds too, of another kind
            raise TypeError(f"{self.cap!r} is not working time; give a WorkTime, such as WorkTime(minutes=15)")

    @property
    def name(self) -> str:  # type: ignore[override]  # it has the stopwatch's
        """What the stopwatch is called."""
        return self.stopwatch.name

    @property
    def front(self) -> Front:
        """The stopwatch's."""
        return self.stopwatch.front

    def judge(self, one: Passage, view: View) -> Verdict:
        """Counted up to the cap; open, running until it is used up."""
        lies, worked, why = self.stopwatch.judge(one, view)
        cap = self.cap.microseconds
        if lies is COUNTED and worked is not None:
            lies = COUNTED if worked <= cap else LATE
        elif lies is Bin.UNFINISHED:
            lies = LATE if worked is not None and worked >= cap else RUNNING
        return lies, worked, why

    def __str__(self) -> str:
        return f"{self.stopwatch}, in at most {self.cap}"


@frozen
class Count(Measure):
    """How often something was done as a rate asks for it, or in how many months.

    >>> from docflow.kpi import reached
    >>> paid = Proportion("paid", of=reached("claimed"), hit=reached("reimbursed"))
    >>> print(Count(paid), Count(paid, months=True), sep="; ")
    times paid: from claimed to reimbursed; months with paid: from claimed to reimbursed
    """

    kind = Tally

    proportion: Proportion = field(validator=instance_of(Proportion))
    months: bool = field(kw_only=True, default=False)

    @property
    def name(self) -> str:  # type: ignore[override]  # it has the rate's
        """What the rate is called."""
        return self.proportion.name

    @property
    def front(self) -> Front:
        """The rate's."""
        return self.proportion.front

    def judge(self, one: Passage, view: View) -> Verdict:
        """Where the rate puts it."""
        return self.proportion.judge(one, view)

    def __str__(self) -> str:
        return f"{'months with' if self.months else 'times'} {self.proportion}"


@frozen
class Score(Measure):
    """What questionnaires say on a five-step scale: each item's mean, and the mean over the items.

    >>> from docflow.kpi import reached
    >>> print(Score("confidence", of=reached("answered")))
    confidence: the mean over the items of each item's mean score, of answered
    """

    kind = Scores

    name: str
    of: Condition = field(kw_only=True, converter=condition)

    @property
    def front(self) -> Front:
        """One moment: when the questionnaire was answered."""
        return Front(self.of, self.of, (), ())

    def judge(self, one: Passage, view: View) -> Verdict:  # noqa: ARG002 - a questionnaire is answered once
        """Counted when it scores anything."""
        if not getattr(one.case, "scores", ()):
            return Bin.EXCLUDED, None, Why.of(Kind.NO_SCORE)
        return COUNTED, None, None

    def __str__(self) -> str:
        return f"{self.name}: the mean over the items of each item's mean score, of {self.of}"


@frozen
class External(Measure):
    """A value that somebody else computes: the last one reported of the indicator so numbered.

    >>> from docflow.kpi import reached
    >>> print(External("2.1", of=reached("reported")))
    2.1: the value last reported
    """

    kind = Entered

    name: str
    of: Condition = field(kw_only=True, converter=condition)

    @property
    def front(self) -> Front:
        """One moment: when it was reported."""
        return Front(self.of, self.of, (), (), windowed=False, number=self.name)

    def judge(self, one: Passage, view: View) -> Verdict:
        """Counted when it is of the window's year, whenever it was reported."""
        covers: Window | None = getattr(one.case, "covers", None)
        if covers is None and not view.holds(one.begin):
            return Bin.EXCLUDED, None, view.outside
        if covers is not None and view.window is not None and covers.first not in view.window:
            return Bin.EXCLUDED, None, OTHER_YEAR
        return COUNTED, None, None

    def settled(self, places: Places) -> Places:
        """The last one counts; of two at one moment, the one given later."""
        made = list(places)
        mine = [(instant(one.start), n) for n, one in enumerate(made) if one.bin is COUNTED and one.start]
        last = max(mine, default=(0, 0))
        for _, n in mine:
            if n != last[1]:
                made[n] = Placed(made[n].case, Bin.EXCLUDED, why=REPLACED)
        return Places.of(made)

    def __str__(self) -> str:
        return f"{self.name}: the value last reported"


@frozen
class Promise:
    """A sentence whose words can be read in several ways: a measure for each, the official one named.

    >>> from docflow import Hours, Stopwatch, WorkingDays, reached
    >>> watch = Stopwatch("1.1 A", start=reached("taken_over"), stop=reached("submitted"))
    >>> watch.under({"days": WorkingDays(2), "hours": Hours(48)}, official="days").official
    'days'

    Raises `UnknownReadingError` when the official reading is none of them.
    """

    measures: tuple[tuple[str, Measure], ...]
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
