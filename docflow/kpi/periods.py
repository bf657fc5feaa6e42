"""Periods: to which of several windows each record belongs, so that the parts of a result add up to the whole."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from docflow.errors import PlanError, RecordError
from docflow.kpi.contexts import A_WINDOW
from docflow.kpi.records import name
from docflow.text import expect

if TYPE_CHECKING:
    from docflow.kpi.contexts import Window
    from docflow.kpi.observations import Observations

__all__ = ["placed"]


def placed(observations: Observations, periods: Mapping[str, Window]) -> dict[str, list[int]]:
    """The places of the observations of each period, in the order of the periods given; what is excluded has none.

    Raises `PlanError` for periods that overlap, `RecordError` for a record of a day that none of them holds, and
    `TypeError` and `NameOfStateError` for what is no window or no name.
    """
    expect(periods, Mapping, "mapping of periods by name", "some, such as window.quarters()")
    for each, window in periods.items():
        name(None, None, each)
        expect(window, *A_WINDOW)
    ordered = sorted(periods.items(), key=lambda item: item[1].first)
    for (one, before), (other, after) in pairwise(ordered):
        if after.first <= before.last:
            problem = f"overlap on {after.first}, and its records would count twice; give periods that lie apart"
            raise PlanError(f"{one} and {other}", problem)
    firsts = [window.first for _, window in ordered]
    found: dict[str, list[int]] = {each: [] for each in periods}
    for n, day in enumerate(observations.days()):
        if day is None:
            continue
        at = bisect(firsts, day) - 1
        if at < 0 or day not in ordered[at][1]:
            problem = (
                f"belongs to {day}, which lies in none of {', '.join(periods) or 'no periods'}; give one that holds it"
            )
            raise RecordError(observations.records[n].number, problem)
        found[ordered[at][0]].append(n)
    return found
