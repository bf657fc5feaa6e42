"""Measures: an indicator is a frozen sentence, and reading it over letters gives a result with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import OutsideCalendarError, UnknownReadingError
from docflow.kpi.results import Durations, Excluded, Judged, Rate, Readings, Timed, Unfinished
from docflow.letters import time_in
from docflow.worktime import Limit, Verdict, WorkTime, instant, judged
from docflow.worktime.pauses import NO_PAUSES, Pauses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from docflow.kpi.moments import Moment, Traced, Window
    from docflow.worktime import WorkClock

__all__ = ["Promise", "Stopwatch", "Within"]


@frozen
class _Passage:
    """A letter whose clock started inside the window, in moments and in integers."""

    case: Traced
    day: date
    start: datetime
    stop: datetime | None
    begin: int
    end: int | None
    pauses: Pauses


@frozen
class _Passages:
    as_of: datetime | None
    started: tuple[_Passage, ...]
    excluded: tuple[Excluded, ...]


def _names(states: Iterable[str]) -> tuple[str, ...]:
    if isinstance(states, str):
        raise TypeError(f"{states!r} is one state; give several, such as ({states!r},)")
    return tuple(states)


@frozen
class Stopwatch:
    """A duration on the office clock: from one moment of a letter's history to another.

    >>> from docflow.kpi import reached
    >>> screening = Stopwatch("screening", start=reached("taken_over"), stop=reached("submitted"))
    >>> print(screening)
    screening: from taken_over to submitted
    """

    name: str
    start: Moment = field(kw_only=True)
    stop: Moment = field(kw_only=True)
    pausing: tuple[str, ...] = field(kw_only=True, default=(), converter=_names)
    """The states in which it stands still, such as `workflow.waiting`; none unless they are named."""

    def read(
        self,
        cases: Iterable[Traced],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> Durations:
        """How long each letter took on the clock.

        A letter belongs to the window in which its clock started. Steps after `as_of` are not seen; without it, the
        latest step among the cases is the moment. The two moments are looked up each for itself. Every case given is
        measured, unfinished, or excluded with the reason: its clock had not started, or started outside the window,
        it stops before it starts, or the calendar does not hold its years. Raises `NaiveDatetimeError`.
        """
        found = _passages(self, cases, clock, window=window, as_of=as_of)
        measured, unfinished, excluded = [], [], list(found.excluded)
        now = 0 if found.as_of is None else instant(found.as_of)  # it is None only when nothing started
        for one in found.started:
            elapsed, problem = _elapsed(clock, one, now if one.end is None else one.end)
            if one.stop is None:
                unfinished.append(Unfinished(one.case, one.day, one.start, elapsed))
            elif elapsed is None:
                excluded.append(Excluded(one.case, problem))
            else:
                measured.append(Timed(one.case, one.day, one.start, one.stop, elapsed))
        return Durations(
            name=self.name,
            window=window,
            as_of=found.as_of,
            measured=tuple(measured),
            unfinished=tuple(unfinished),
            excluded=tuple(excluded),
        )

    def within(self, limit: Limit) -> Within:
        """The rate of letters that keep a limit. Raises `TypeError` for what is none, such as an amount of time."""
        return Within(self, limit)

    def under(self, limits: Mapping[str, Limit], *, official: str) -> Promise:
        """The same rate under every reading of a promise, the official one named. Raises `UnknownReadingError`."""
        return Promise(self, tuple(limits.items()), official)

    def __str__(self) -> str:
        still = f", standing still while {' or '.join(self.pausing)}" if self.pausing else ""
        return f"{self.name}: from {self.start} to {self.stop}{still}"


@frozen
class Within:
    """The rate of letters that keep a limit between two moments; `Stopwatch.within` makes it."""

    stopwatch: Stopwatch
    limit: Limit

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.limit, Limit):
            raise TypeError(f"{self.limit!r} is no limit; give one, such as OfficeTime(minutes=15)")

    def read(
        self,
        cases: Iterable[Traced],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> Rate:
        """Which letters kept the limit as things stood at `as_of`, as for `Stopwatch.read`.

        A letter still open is late from its due moment on, and running until then.
        """
        found = _passages(self.stopwatch, cases, clock, window=window, as_of=as_of)
        return _judged(self, found, clock, window)

    def __str__(self) -> str:
        return f"{self.stopwatch}, within {self.limit}"


@frozen
class Promise:
    """A promise whose words can be read in several ways; `Stopwatch.under` makes it."""

    stopwatch: Stopwatch
    limits: tuple[tuple[str, Limit], ...]
    official: str

    def __attrs_post_init__(self) -> None:
        if self.official not in dict(self.limits):
            raise UnknownReadingError(self.official, [name for name, _ in self.limits])

    def read(
        self,
        cases: Iterable[Traced],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> Readings:
        """The rate under every reading, in one pass over the letters, as for `Within.read`."""
        found = _passages(self.stopwatch, cases, clock, window=window, as_of=as_of)
        rates = {name: _judged(self.stopwatch.within(limit), found, clock, window) for name, limit in self.limits}
        return Readings(self.official, rates)


def _passages(
    watch: Stopwatch, cases: Iterable[Traced], clock: WorkClock, *, window: Window | None, as_of: datetime | None
) -> _Passages:
    cases = tuple(cases)
    if as_of is None:
        as_of = max((step.at for case in cases for step in case.history), key=instant, default=None)
    else:
        instant(as_of)  # a naive one is refused here, before it is compared with anything
    started, excluded = [], []
    for case in cases:
        start = watch.start.of(case, as_of)
        if start is None:
            excluded.append(Excluded(case, f"had not reached {watch.start}"))
            continue
        try:
            day = clock.day_of(start)
        except OutsideCalendarError as error:
            excluded.append(Excluded(case, str(error)))
            continue
        if window is not None and day not in window:
            excluded.append(Excluded(case, f"started outside {window}"))
            continue
        stop = watch.stop.of(case, as_of)
        begin, end = instant(start), None if stop is None else instant(stop)
        if end is not None and end < begin:
            excluded.append(Excluded(case, f"{watch.stop} before {watch.start}"))
            continue
        pauses = Pauses.of(time_in(watch.pausing, case.history, stop or as_of)) if watch.pausing else NO_PAUSES
        started.append(_Passage(case, day, start, stop, begin, end, pauses))
    return _Passages(as_of, tuple(started), tuple(excluded))


def _elapsed(clock: WorkClock, one: _Passage, end: int) -> tuple[WorkTime | None, str]:
    try:
        return WorkTime.of(one.pauses.worked(one.begin, end, clock)), ""
    except OutsideCalendarError as error:
        return None, str(error)


def _judged(promise: Within, found: _Passages, clock: WorkClock, window: Window | None) -> Rate:
    bins: dict[Verdict, list[Judged]] = {verdict: [] for verdict in Verdict}
    excluded = list(found.excluded)
    now = 0 if found.as_of is None else instant(found.as_of)  # it is None only when nothing started
    for one in found.started:
        try:
            due = promise.limit.due_instant(one.begin, clock, one.pauses)
        except OutsideCalendarError as error:
            excluded.append(Excluded(one.case, str(error)))
            continue
        bins[judged(due, one.end, now)].append(Judged(one.case, one.day, one.start, clock.datetime_of(due), one.stop))
    return Rate(
        name=promise.stopwatch.name,
        limit=promise.limit,
        window=window,
        as_of=found.as_of,
        within=tuple(bins[Verdict.WITHIN]),
        late=tuple(bins[Verdict.LATE]),
        running=tuple(bins[Verdict.RUNNING]),
        excluded=tuple(excluded),
    )
