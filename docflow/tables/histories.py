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

__all__ = ["Histories", "any_of"]


def any_of(column: str, intervals: Sequence[Interval]) -> nw.Expr:
    """Whether an instant lies in any of some intervals."""
    lies = [(nw.col(column) >= since) & (nw.col(column) < until) for since, until in intervals]
    return nw.any_horizontal(*lies, ignore_nulls=False) if lies else nw.lit(value=False)


def _of_case(column: str, milestone: Milestone) -> nw.Expr:
    """Of the instants of a case, the one that counts: the last, or the first."""
    return nw.col(column).max() if getattr(milestone, "last", False) else nw.col(column).min()


@frozen
class Histories:
    """What the columns of a table of events are called, and up to when it is seen."""

    case: str
    activity: str
    trigger: str
    unit: str | None
    context: Context
    cut: bool = field(kw_only=True)
    """Whether it holds events after the last moment that is seen."""

    def read(self, events: Lazy, milestones: Mapping[str, tuple[Milestone, str]], kept: Sequence[str]) -> Lazy:
        """A row for each case: when it came to each milestone, by the name of the new column, and what is kept of it.

        Each milestone is given with the name of the one before which it does not come, where it asks for that; the
        events have their instants in the column `own("at")`. Of a column that is kept, the least and the greatest value
        say whether it has one value in the whole case.
        """
        columns: dict[str, nw.Expr] = {}
        for name, (milestone, since) in milestones.items():
            begun = _of_case(own(since), milestones[since][0]) if since else None
            events = self._mark(events, milestone, name, begun)
            columns[name] = _of_case(own(name), milestone)
        for column in kept:
            columns[own(f"least {column}")] = nw.col(column).min()
            columns[own(f"most {column}")] = nw.col(column).max()
        found = events.group_by(self.case).agg(**columns)
        for name, (milestone, since) in milestones.items():
            if since and getattr(milestone, "after_start", False) and milestone.last:  # type: ignore[attr-defined]  # it is Reached
                found = found.with_columns(nw.when(nw.col(name) >= nw.col(since)).then(nw.col(name)).alias(name))
        return found

    def _mark(self, events: Lazy, milestone: Milestone, name: str, begun: nw.Expr | None) -> Lazy:
        """The instants of the events that are the milestone, null for all others; `begun` is when the clock started."""
        at = nw.col(own("at"))
        if type(milestone) is Edge and not milestone.over:
            asked: list[nw.Expr] = []
        elif type(milestone) is Reached:
            asked = self._asked(milestone)
        else:
            raise refused(milestone, "tables of events have no milestone but reached, done, FIRST_EVENT and LAST_EVENT")
        if self.cut and self.context.now is not None:
            asked.append(at <= self.context.now)
        once = isinstance(milestone, Reached) and not milestone.last
        if once and begun is not None and milestone.after_start:  # type: ignore[union-attr]  # then it is Reached
            events = events.with_columns(begun.over(self.case).alias(own("begun")))
            asked.append(at >= nw.col(own("begun")))
        marked = nw.when(nw.all_horizontal(*asked, ignore_nulls=False)).then(at) if asked else at
        events = events.with_columns(marked.alias(own(name)))
        if isinstance(milestone, Reached) and milestone.nth > 1:
            rank, this = own(f"rank {name}"), nw.col(own(name))
            events = events.with_columns(this.rank("ordinal").over(self.case).alias(rank))
            events = events.with_columns(nw.when(nw.col(rank) == milestone.nth).then(this).alias(own(name))).drop(rank)
        return events

    def _asked(self, milestone: Reached) -> list[nw.Expr]:
        column = self.trigger if milestone.step else self.activity
        asked: list[Any] = [nw.col(column).is_in(milestone.names)]
        if milestone.unit is not None:
            if self.unit is None:
                raise refused(milestone, "the table has no unit of its events; name the column: unit=")
            asked.append(nw.col(self.unit) == milestone.unit)
        intervals = within(self.context) if milestone.inside else None
        if intervals is not None:
            asked.append(any_of(own("at"), intervals))
        return asked
