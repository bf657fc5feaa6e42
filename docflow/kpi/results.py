"""Results that keep their evidence: every letter given lies in exactly one bin, and values are exact fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, frozen

from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from docflow.kpi.moments import Traced, Window
    from docflow.worktime import Limit

__all__ = ["Disputed", "Durations", "Excluded", "Judged", "Rate", "Readings", "Share", "Timed", "Unfinished"]


@frozen
class Timed:
    """A letter whose clock started and stopped."""

    case: Traced
    day: date
    """The office's date on which the clock started; the letter belongs to its month."""
    start: datetime
    stop: datetime
    elapsed: WorkTime


@frozen
class Unfinished:
    """A letter whose clock is still running."""

    case: Traced
    day: date
    start: datetime
    elapsed: WorkTime | None
    """How much working time it has used up as of the result's moment; None when the calendar ends before that."""


@frozen
class Judged:
    """A letter and the moment it was due; `stop` is None while it is open."""

    case: Traced
    day: date
    start: datetime
    due: datetime
    stop: datetime | None


@frozen
class Excluded:
    """A letter that an indicator does not speak of, and why not."""

    case: Traced
    reason: str


@frozen
class Disputed:
    """A letter and its verdict under each reading: within, late or running."""

    case: Traced
    verdicts: Mapping[str, str]


@frozen
class Share:
    """So many out of so many.

    >>> share = Share(2, 3)
    >>> share.fraction, str(share), str(Share(0, 0))
    (Fraction(2, 3), '66.67 %', '–')
    """

    hits: int
    total: int

    @property
    def fraction(self) -> Fraction | None:
        """The share, exactly; nothing out of nothing has no value."""
        return Fraction(self.hits, self.total) if self.total else None

    @property
    def percent(self) -> Fraction | None:
        """The share in percent, exactly."""
        return Fraction(100 * self.hits, self.total) if self.total else None

    def __str__(self) -> str:
        if self.percent is None:
            return "–"
        shown = round(self.percent, 2)  # but what is not all never rounds to all
        return f"{float(min(shown, Fraction(9999, 100)) if self.hits < self.total else shown):.2f} %"


@frozen
class Durations:
    """What a stopwatch read: how long each letter took, and those that are not done."""

    name: str
    window: Window | None
    as_of: datetime | None
    """The moment up to which steps were seen; None only when there were none."""
    measured: tuple[Timed, ...]
    unfinished: tuple[Unfinished, ...]
    excluded: tuple[Excluded, ...]

    @property
    def letters(self) -> int:
        """How many letters the result speaks of."""
        return len(self.measured) + len(self.unfinished)

    @property
    def total(self) -> WorkTime:
        """The working time of all measured letters together."""
        return WorkTime.of(sum(timed.elapsed.microseconds for timed in self.measured))

    @property
    def mean_minutes(self) -> Fraction | None:
        """Their mean in minutes: one sum of integers, divided once."""
        return self.total.minutes / len(self.measured) if self.measured else None

    @property
    def median_minutes(self) -> Fraction | None:
        """The minutes that half of them did not exceed; between two middle letters, their mean."""
        ordered = sorted(timed.elapsed.microseconds for timed in self.measured)
        middle = ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
        return WorkTime.of(sum(middle)).minutes / len(middle) if middle else None

    def share_within(self, cap: WorkTime) -> Share:
        """How many letters took no longer than `cap`, of all of which that is known.

        A letter still open has broken the cap once it has used it up; until then it is left out, like a running one.
        """
        if not isinstance(cap, WorkTime):  # a timedelta has microseconds too, of another kind
            raise TypeError(f"{cap!r} is not working time; give a WorkTime, such as WorkTime(minutes=15)")
        most = cap.microseconds
        kept = sum(timed.elapsed.microseconds <= most for timed in self.measured)
        late = sum(one.elapsed is not None and one.elapsed.microseconds >= most for one in self.unfinished)
        return Share(kept, len(self.measured) + late)

    def by_month(self) -> dict[str, Durations]:
        """The result month by month ("2019-11"), each letter in the month in which its clock started.

        Excluded letters belong to no month, and each part keeps the window of the whole.
        """
        measured, unfinished = _months(self.measured), _months(self.unfinished)
        return {
            month: evolve(
                self,
                measured=measured.get(month, ()),
                unfinished=unfinished.get(month, ()),
                excluded=(),
            )
            for month in sorted({*measured, *unfinished})
        }


@frozen
class Rate:
    """How many letters kept a limit: those that did, those that did not, and those that still can."""

    name: str
    limit: Limit
    window: Window | None
    as_of: datetime | None
    within: tuple[Judged, ...]
    late: tuple[Judged, ...]
    """Done after they were due, or open when they were due."""
    running: tuple[Judged, ...]
    """Open and not yet due: shown, and left out of the denominator."""
    excluded: tuple[Excluded, ...]

    @property
    def letters(self) -> int:
        """How many letters the result speaks of."""
        return len(self.within) + len(self.late) + len(self.running)

    @property
    def share(self) -> Share:
        """Those within the limit, of all whose verdict is known."""
        return Share(len(self.within), len(self.within) + len(self.late))

    def by_month(self) -> dict[str, Rate]:
        """The result month by month ("2019-11"), as `Durations.by_month`."""
        within, late, running = _months(self.within), _months(self.late), _months(self.running)
        return {
            month: evolve(
                self,
                within=within.get(month, ()),
                late=late.get(month, ()),
                running=running.get(month, ()),
                excluded=(),
            )
            for month in sorted({*within, *late, *running})
        }


@frozen
class Readings:
    """One promise under every reading of its words; the official one decides, the others show what hangs on it."""

    official: str
    rates: Mapping[str, Rate]

    @property
    def rate(self) -> Rate:
        """The rate under the official reading."""
        return self.rates[self.official]

    def changed(self) -> tuple[Disputed, ...]:
        """The letters on whose verdict the readings disagree."""
        cases: dict[int, Traced] = {}
        verdicts: dict[int, dict[str, str]] = {}
        for reading, rate in self.rates.items():
            for verdict, judged in (("within", rate.within), ("late", rate.late), ("running", rate.running)):
                for one in judged:  # told apart by identity: two letters may have one number
                    cases[id(one.case)] = one.case
                    verdicts.setdefault(id(one.case), {})[reading] = verdict
        return tuple(Disputed(cases[key], said) for key, said in verdicts.items() if len(set(said.values())) > 1)


Dated = TypeVar("Dated", Timed, Unfinished, Judged)


def _months(letters: Iterable[Dated]) -> dict[str, tuple[Dated, ...]]:
    found: dict[tuple[int, int], list[Dated]] = {}
    for letter in letters:
        found.setdefault((letter.day.year, letter.day.month), []).append(letter)
    return {f"{year:04}-{month:02}": tuple(group) for (year, month), group in sorted(found.items())}
