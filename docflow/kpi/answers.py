"""Answers of others: what questionnaires score, and values that somebody else computes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import visible
from docflow.kpi.conditions import condition
from docflow.kpi.evidence import Places, Verdict
from docflow.kpi.figures import Entered, Scores
from docflow.kpi.measures import Measure
from docflow.kpi.names import name
from docflow.kpi.passages import Front, Passage
from docflow.kpi.places import Bin, Kind, Placed, Why
from docflow.kpi.records import Reported, Response, scores_of
from docflow.worktime import instant

if TYPE_CHECKING:
    from docflow.kpi.conditions import Condition
    from docflow.kpi.windows import View

__all__ = ["External", "Score"]


OTHER_YEAR, REPLACED = Why.of(Kind.OTHER_YEAR), Why.of(Kind.REPLACED)


@frozen
class Score(Measure):
    """What questionnaires say on a five-step scale: each item's mean, and the mean over the items.

    >>> from docflow.kpi import reached
    >>> print(Score("confidence", of=reached("answered")))
    confidence: the mean over the items of each item's mean score, of answered
    """

    kind = Scores
    reads = Response

    name: str = field(validator=name)
    of: Condition = field(kw_only=True, converter=condition)

    @property
    def front(self) -> Front:
        """One moment: when the questionnaire was answered."""
        return Front(self.of, self.of, (), ())

    def judge(self, one: Passage, view: View) -> Verdict:  # noqa: ARG002 - a questionnaire is answered once
        """Counted when it scores anything."""
        if not scores_of(one.case):
            return Bin.EXCLUDED, None, Why.of(Kind.NO_SCORE)
        return Bin.COUNTED, None, None

    def __str__(self) -> str:
        return visible(f"{self.name}: the mean over the items of each item's mean score, of {self.of}")


@frozen
class External(Measure):
    """A value that somebody else computes: the last one reported of the indicator so numbered.

    >>> from docflow.kpi import reached
    >>> print(External("2.1", of=reached("reported")))
    2.1: the value last reported
    """

    kind = Entered
    reads = Reported

    name: str = field(validator=name)
    of: Condition = field(kw_only=True, converter=condition)

    @property
    def front(self) -> Front:
        """One moment: when it was reported."""
        return Front(self.of, self.of, (), (), windowed=False, number=self.name)

    def judge(self, one: Passage, view: View) -> Verdict:
        """Counted when it is of the window's year, whenever it was reported."""
        covers = one.case.covers if isinstance(one.case, Reported) else None
        if covers is None and not view.holds(one.begin):
            return Bin.EXCLUDED, None, view.outside
        if (
            covers is not None
            and view.window is not None
            and not (covers.first <= view.window.last and view.window.first <= covers.last)
        ):
            return Bin.EXCLUDED, None, OTHER_YEAR
        return Bin.COUNTED, None, None

    def settled(self, places: Places) -> Places:
        """The last one counts; of two at one moment, the one given later."""
        made = list(places)
        mine = [(instant(one.start), n) for n, one in enumerate(made) if one.bin is Bin.COUNTED and one.start]
        last = max(mine, default=(0, 0))
        for _, n in mine:
            if n != last[1]:
                made[n] = Placed(made[n].case, Bin.EXCLUDED, why=REPLACED)
        return Places.of(made)

    def __str__(self) -> str:
        return visible(f"{self.name}: the value last reported")
