"""Hypothesis strategies for measures of every kind, and for small plans made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from docflow.kpi import (
    LAST_EVENT,
    WANTED,
    Count,
    Duration,
    Indicator,
    Plan,
    Proportion,
    Reported,
    Score,
    at_least,
    at_most,
    done,
    each_month,
    reached,
    since,
)
from docflow.testing.record_strategies import YEAR
from docflow.testing.strategies import clocks, limits
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from docflow.kpi import Measure
    from docflow.worktime import WorkClock

__all__ = ["measures", "plans"]

UNIT: Final = "registry"

_spans: Final = {
    "start": st.sampled_from(
        (
            reached("received"),
            reached("received", unit=UNIT),
            reached("received", last=True),
            reached("received", inside=True),
            reached("received", "returned"),
            since("received"),
        )
    ),
    "stop": st.sampled_from(
        (
            reached("answered"),
            reached("answered", last=True),
            reached("answered", nth=2),
            reached("answered", unit=UNIT, inside=True),
            reached("answered", "handled", "cancelled"),
            LAST_EVENT,
            each_month("handled", after="received", until="answered"),
        )
    ),
    "pausing": st.sampled_from(((), ("waiting",))),
    "withdrawn_in": st.sampled_from((None, (), ("cancelled",))),
    "every": st.sampled_from((False, False, True)),
    "dated_by": st.sampled_from(("start", "start", "stop")),
}
_durations: Final = st.builds(Duration, st.just("time taken"), **_spans)
_proportions: Final = st.builds(  # one with a limit never waits
    lambda waits, limit, **said: Proportion("in time", limit=limit, waits=waits and limit is None, **said),
    st.booleans(),
    start=_spans["start"],
    stop=_spans["stop"],
    limit=limits() | st.none() | st.just(WANTED),
    fails_if=st.sampled_from((None, reached("returned"), done("returned", last=True))),
    pausing=_spans["pausing"],
    withdrawn_in=_spans["withdrawn_in"],
    every=_spans["every"],
    dated_by=_spans["dated_by"],
)
_caps: Final = st.integers(0, 5_000).map(lambda minutes: WorkTime(minutes=minutes))
_of_histories: Final[st.SearchStrategy[Measure]] = st.one_of(
    _proportions,
    _durations,
    st.builds(lambda duration, cap: duration.capped(cap), _durations, _caps),
    st.builds(Count, _proportions, months=st.booleans()),
)
_alternatives: Final = st.lists(_of_histories, min_size=1, max_size=3, unique=True).map(
    lambda some: {f"reading {n}": one for n, one in enumerate(some, 1)}
)
_scores: Final = st.just(Score("confidence", at=reached("answered")))
_external: Final = st.just(Reported("2.1", at=reached("reported")))


def measures() -> st.SearchStrategy[Measure]:
    """Measures of every kind, such as durations, proportions, counts and scores.

    >>> from docflow.testing import measures
    >>> from hypothesis import find
    >>> from docflow import Duration
    >>> print(find(measures(), lambda measure: isinstance(measure, Duration)))
    time taken: from received to answered

    They speak of the states `received`, `waiting`, `handled`, `returned`, `answered` and `cancelled`, scores of what
    was `answered`, and values from outside of what was `reported`.
    """
    return _of_histories | _scores | _external


@st.composite
def plans(draw: st.DrawFn, clock: WorkClock | None = None) -> Plan:
    """Plans of one to four indicators, with parts, means of parts, alternatives, targets and windows of some months.

    >>> from docflow.bangkok import office_clock
    >>> from docflow.testing import plans
    >>> from hypothesis import find
    >>> print(*find(plans(office_clock()), lambda plan: len(plan.indicators) == 2), sep="; ")
    1 one of several; 2 one of several

    They are on the clock that is given, else on any, and for the fiscal year B.E. 2563.
    """
    return Plan(
        title="a plan drawn",
        year=YEAR,
        clock=draw(clocks()) if clock is None else clock,
        indicators=[_indicator(draw, str(n)) for n in range(1, draw(st.integers(1, 4)) + 1)],
    )


def _indicator(draw: st.DrawFn, number: str, *, parted: bool = True) -> Indicator:
    mean = parted and draw(st.sampled_from((False, False, True)))
    parts = draw(st.integers(int(mean), 2)) if parted else 0
    alternatives = {} if mean else draw(st.just({}) | _alternatives)
    measure = None if mean else alternatives["reading 1"] if alternatives else draw(measures())
    kinds = {Score: "questionnaires", Reported: "reported values", type(None): ""}
    return Indicator(
        number=number,
        title="one of several",
        of=kinds.get(type(measure), "letters"),
        measure=measure,
        alternatives=alternatives,
        parts=tuple(_indicator(draw, f"{number}.{n}", parted=False) for n in range(1, parts + 1)),
        target=draw(st.none() | st.builds(at_least, _targets) | st.builds(at_most, _targets)),
        months=draw(st.sampled_from((None, (11, 8), (10, 12), (1, 1)))),
    )


_targets: Final = st.fractions(0, 100, max_denominator=100)
