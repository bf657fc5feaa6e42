"""Histories: for each case of a table of events, when it came to the milestones of a measure, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from docflow.engines import nw
from docflow.kpi.milestones import Edge, Reached
from docflow.tables.days import within
from docflow.tables.refusing import refused
from docflow.worktime.lookups import own

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docflow.engines import Lazy
    from docflow.instants import Interval
    from docflow.kpi import Context, Milestone

__all__ = ["Histories", "Withdrawn", "any_of"]


def any_of(column: str, intervals: Sequence[Interval]) -> nw.Expr:
    """Whether an instant lies in any of some intervals."""
    lies = [(nw.col(column) >= since) & (nw.col(column) < until) for since, until in intervals]
    return nw.any_horizontal(*lies, ignore_nulls=False) if lies else nw.lit(value=False)


def _of_case(column: str, milestone: Milestone) -> nw.Expr:
    """Of the instants of a case, the one that counts: the last, or the first."""
    return nw.col(column).max() if getattr(milestone, "last", False) else nw.col(column).min()


def _is_after(milestone: Milestone) -> bool:
    """Whether it does not come before the clock started."""
    return isinstance(milestone, Reached) and milestone.after_start


@frozen
class Withdrawn(Reached):
    """When a case was last taken out."""

    besides: tuple[str, ...] = field(kw_only=True)
    """The steps that do not take it out, though they lead to its states."""


@frozen
class Histories:
    """What the columns of a table of events are called, and up to when it is seen."""

    case: str
    activity: str
    trigger: str | None
    unit: str | None
    context: Context
    cut: bool = field(kw_only=True)
    """Whether it holds events after the last moment that is seen."""
    cancelled: tuple[str, ...] = field(kw_only=True)
    """The activities that take a case out of a measure that names none itself."""

    def read(self, events: Lazy, milestones: Mapping[str, tuple[Milestone, str]], kept: Sequence[str]) -> Lazy:
        """A row for each case: when it came to each milestone, by the name of the new column, and what is kept of it.

        Each milestone is given with the name of the one before which it does not come, where it asks for that; the
        events have their instants in the column `own("at")`. Of a column that is kept, the least and the greatest value
        say whether it has one value in the whole case.
        """
        own_marks = {own(name): self._marked(milestone) for name, (milestone, _) in milestones.items()}
        events = events.with_columns(**own_marks)
        for name, (milestone, since) in milestones.items():
            begun = _of_case(own(since), milestones[since][0]) if since and _is_after(milestone) else None
            if isinstance(milestone, Reached) and not milestone.last:
                events = self._counted(events, own(name), milestone.nth, begun)
        columns = {name: _of_case(own(name), milestone) for name, (milestone, _) in milestones.items()}
        for column in kept:
            columns[own(f"least {column}")] = nw.col(column).min()
            columns[own(f"most {column}")] = nw.col(column).max()
        found = events.group_by(self.case).agg(**columns)
        after = {name: since for name, (milestone, since) in milestones.items() if since and _is_after(milestone)}
        late = {name: nw.when(nw.col(name) >= nw.col(since)).then(nw.col(name)) for name, since in after.items()}
        return found.with_columns(**late) if late else found

    def _marked(self, milestone: Milestone) -> nw.Expr:
        """The instant of an event that is the milestone, null for all others."""
        if type(milestone) is Edge and not milestone.over:
            asked: list[nw.Expr] = []
        elif isinstance(milestone, Reached) and type(milestone) in {Reached, Withdrawn}:
            asked = self._asked(milestone)
        else:
            raise refused(milestone, "tables of events have no milestone but reached, done, FIRST_EVENT and LAST_EVENT")
        at = nw.col(own("at"))
        if self.cut and self.context.now is not None:
            asked.append(at <= self.context.now)
        return nw.when(nw.all_horizontal(*asked, ignore_nulls=False)).then(at) if asked else at

    def _counted(self, events: Lazy, mark: str, nth: int, begun: nw.Expr | None) -> Lazy:
        """With the mark of the n-th event of each case alone, counted from the start of its clock, or the first."""
        this = nw.col(mark)
        if begun is not None:
            events = events.with_columns(begun.over(self.case).alias(own("begun")))
            events = events.with_columns(nw.when(this >= nw.col(own("begun"))).then(this).alias(mark))
        if nth > 1:
            events = events.with_columns(this.rank("ordinal").over(self.case).alias(own("rank")))
            events = events.with_columns(nw.when(nw.col(own("rank")) == nth).then(this).alias(mark))
        return events

    def _asked(self, milestone: Reached) -> list[nw.Expr]:
        said = done = nw.col(self.activity)
        if self.trigger is not None:  # an event without one is asked for its activity
            done = nw.coalesce(nw.col(self.trigger), said)
        asked: list[Any] = [(done if milestone.step else said).is_in(milestone.names)]
        if isinstance(milestone, Withdrawn) and milestone.besides:
            asked.append(~done.is_in(milestone.besides))
        if milestone.unit is not None:
            if self.unit is None:
                raise refused(milestone, "the table has no unit of its events; name the column: unit=")
            asked.append(nw.col(self.unit) == milestone.unit)
        intervals = within(self.context) if milestone.inside else None
        if intervals is not None:
            asked.append(any_of(own("at"), intervals))
        return asked
