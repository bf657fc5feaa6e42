"""Measures that are no rate and no time: how often, what questionnaires say, and what others report."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.errors import RecordError
from docflow.kpi.bins import Bin, Cause, Reason
from docflow.kpi.dating import outside
from docflow.kpi.measures import Proportion
from docflow.kpi.milestones import Milestone, milestone
from docflow.kpi.observations import Observations
from docflow.kpi.observing import Measure
from docflow.kpi.records import Record, name
from docflow.kpi.results import Result, scores
from docflow.kpi.shares import Ratio
from docflow.kpi.spans import Span
from docflow.safe import visible
from docflow.text import of_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docflow.kpi.contexts import Context
    from docflow.kpi.observation import Finding, Observation
    from docflow.kpi.records import CaseOrRecord, Value
    from docflow.kpi.shares import Tallied

__all__ = ["Count", "Reported", "Score"]

NO_SCORE, OTHER_YEAR = Reason(Cause.NO_SCORE), Reason(Cause.OTHER_YEAR)
REPLACED: Final = Reason(Cause.REPLACED)
COUNTED: Final = (Bin.COUNTED, None, None, None)


@frozen
class Count(Measure[Result]):
    """How often something was done as a proportion asks for it, or in how many months.

    >>> from docflow.kpi import Proportion, reached
    >>> paid = Proportion("paid", start=reached("claimed"), stop=reached("reimbursed"))
    >>> print(Count(paid), Count(paid, months=True), sep="; ")
    times paid: from claimed to reimbursed; months with paid: from claimed to reimbursed

    The value is in times. Raises `TypeError` for what is no proportion.
    """

    kind = Result

    proportion: Proportion = field(
        validator=of_kind(Proportion, "proportion", "Proportion(...), or Duration(...).within(limit)")
    )
    months: bool = field(kw_only=True, default=False)

    @property
    def name(self) -> str:  # type: ignore[override]  # it has the proportion's
        """What the proportion is called."""
        return self.proportion.name

    @property
    def span(self) -> Span:
        """The proportion's."""
        return self.proportion.span

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The proportion's."""
        return self.proportion.milestones

    @property
    def clocked(self) -> bool:
        """Whether the working clock decides for the proportion."""
        return self.proportion.clocked

    def judge(self, seen: Observation, context: Context) -> Finding:
        """The bin in which the proportion puts it."""
        return self.proportion.judge(seen, context)

    def ratio(self, observations: Tallied) -> Ratio:
        """The records, or the months that have one; of no record at all nobody can say."""
        if observations.tally(Bin.EXCLUDED) == len(observations):
            return Ratio(None, 1, "times")
        times = observations.months(Bin.COUNTED) if self.months else observations.tally(Bin.COUNTED)
        return Ratio(Fraction(times), 1, "times")

    def __str__(self) -> str:
        return visible(f"{'months with' if self.months else 'times'} {self.proportion}")


@frozen
class Score(Measure[Result]):
    """What questionnaires say: each item's mean score, and the mean over the items.

    >>> from docflow.kpi import reached
    >>> print(Score("confidence", at=reached("answered")))
    confidence: the mean over the items of each item's mean score, of answered

    The value is in points. Raises `NameOfStateError` and `TypeError` for what is no name and no milestone; reading
    raises `RecordError` for a case, which has no scores.
    """

    kind = Result
    clocked = False

    name: str = field(validator=name)
    at: Milestone = field(kw_only=True, validator=milestone)

    @property
    def span(self) -> Span:
        """One moment: when the questionnaire was answered."""
        return Span(self.at, self.at)

    def judge(self, seen: Observation, context: Context) -> Finding:  # noqa: ARG002 - a questionnaire is answered once
        """Counted when it scores anything."""
        scored = isinstance(seen.record, Record) and seen.record.scores
        return COUNTED if scored else (Bin.EXCLUDED, None, None, NO_SCORE)

    def ask(self, records: Sequence[CaseOrRecord]) -> None:
        """See that none is a case, which has no scores. Raises `RecordError`."""
        for one in records:
            if not isinstance(one, Record):
                raise RecordError(one.number, "a case has no scores; give a Record(number, events, scores=...)")

    def ratio(self, observations: Observations) -> Ratio:
        """The sum of the items' mean scores, by the number of items."""
        items = scores(observations).values()
        means = (Fraction(sum(score * n for score, n in each.items()), each.total()) for each in items)
        return Ratio(sum(means, Fraction()), len(items), "points")

    def __str__(self) -> str:
        return visible(f"{self.name}: the mean over the items of each item's mean score, of {self.at}")


@frozen
class Reported(Measure[Result]):
    """A value that somebody else computes: the last one reported of the indicator so numbered.

    >>> from docflow.kpi import reached
    >>> print(Reported("2.1", at=reached("reported")))
    2.1: the value last reported

    The value is in the unit that was reported with it. Raises `NameOfStateError` and `TypeError` for what is no name
    and no milestone; reading raises `RecordError` for a record without a value.
    """

    kind = Result
    reports = True
    clocked = False

    name: str = field(validator=name)
    at: Milestone = field(kw_only=True, validator=milestone)

    @property
    def span(self) -> Span:
        """One moment: when it was reported, whenever that was."""
        return Span(self.at, self.at, windowed=False, number=self.name)

    def judge(self, seen: Observation, context: Context) -> Finding:
        """Counted when it is of the window's year."""
        covers, window = _value(seen.record).covers, context.window
        if covers is None and not context.holds(seen.begin):
            return Bin.EXCLUDED, None, None, outside(context.window)
        if covers and window and not (covers.first <= window.last and window.first <= covers.last):
            return Bin.EXCLUDED, None, None, OTHER_YEAR
        return COUNTED

    def ask(self, records: Sequence[CaseOrRecord]) -> None:
        """See that each has a value. Raises `RecordError`."""
        for one in records:
            _value(one)

    def settled(self, observations: Observations) -> Observations:
        """The last one counts; of two at one moment, the one given later."""
        made = list(observations)
        mine = [(one.begin, n) for n, one in enumerate(made) if one.bin is Bin.COUNTED]
        for _, n in sorted(mine)[:-1]:
            made[n] = made[n].excluded(REPLACED)
        return Observations.of(made)

    def ratio(self, observations: Observations) -> Ratio:
        """The value; somebody else has divided."""
        said = next((_value(one.record) for one in observations if one.bin is Bin.COUNTED), None)
        return Ratio(None, 1, "") if said is None else Ratio(said.amount, 1, said.unit)

    def __str__(self) -> str:
        return visible(f"{self.name}: the value last reported")


def _value(record: CaseOrRecord) -> Value:
    value = record.value if isinstance(record, Record) else None
    if value is None:
        raise RecordError(record.number, "has no value; give a Record(number, events, value=Value(...))")
    return value
