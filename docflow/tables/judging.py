"""Judging: what a measure says of each case of a table, as the same measure says it of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docflow.engines import nw
from docflow.kpi import Count, Duration, Proportion
from docflow.kpi.bins import Bin, Cause
from docflow.kpi.case_limits import WINDOW_CLOSE
from docflow.tables.days import within
from docflow.tables.histories import Withdrawn, any_of
from docflow.tables.refusing import refused
from docflow.worktime import Limit
from docflow.worktime.due_lookups import due_ticks, is_read
from docflow.worktime.lookups import own

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeAlias

    from docflow.engines import Lazy
    from docflow.kpi import Context, Measure, Milestone
    from docflow.worktime.sheets import Sheet

    Rule: TypeAlias = tuple[nw.Expr, Bin, Cause | None]
    """When it holds, where the case lies, and why."""

__all__ = ["BEGIN", "BIN", "CAUSE", "DUE", "END", "WITHDRAWN", "WORKED", "asked_of", "judged", "timed"]

BEGIN, END, WITHDRAWN, FAILED = own("begin"), own("end"), own("withdrawn"), own("failed")
DUE, WORKED = own("due"), own("worked")
BIN, CAUSE = own("bin"), own("cause")
UNTIL, USED = own("up to"), own("used")


def timed(measure: Measure) -> Duration | Proportion:
    """The measure that times the cases. Raises `PlanError` for one that tables cannot compute, by name."""
    times = measure.proportion if type(measure) is Count else measure
    if not isinstance(times, Duration | Proportion) or type(times) not in {Duration, Proportion}:
        raise refused(measure, "tables have durations, proportions and counts of them")
    if times.every:
        raise refused(measure, "it measures every time that the clock ran, and tables the first alone")
    if times.pausing:
        raise refused(measure, "its clock stands still in some states")
    if isinstance(times, Proportion) and not (
        times.limit is None or times.limit is WINDOW_CLOSE or isinstance(times.limit, Limit)
    ):
        raise refused(measure, "its limit differs from case to case")
    if isinstance(times, Proportion) and isinstance(times.limit, Limit) and not is_read(times.limit):
        raise refused(measure, f"when {times.limit} is due, only the start itself can say")
    return times


def asked_of(measure: Duration | Proportion, cancelled: tuple[str, ...]) -> Mapping[str, tuple[Milestone, str]]:
    """The milestones of a measure by the column that each gives, with the column before which it does not come.

    `cancelled` are the states that take a case out of a measure that names none itself.
    """
    asked: dict[str, tuple[Milestone, str]] = {BEGIN: (measure.start, ""), END: (measure.stop, BEGIN)}
    out = measure.span.withdrawal(cancelled)
    if out.states:
        asked[WITHDRAWN] = Withdrawn(out.states, last=True, besides=out.besides), BEGIN
    if isinstance(measure, Proportion) and measure.fails_if is not None:
        asked[FAILED] = measure.fails_if, BEGIN
    return asked


def judged(
    cases: Lazy, measure: Duration | Proportion, context: Context, sheet: Sheet | None, *, withdrawn: bool
) -> Lazy:
    """The bin of each case, why it is left out or has missed, its due moment and its working time.

    `sheet` is None where no year of the cases is in the calendar, and `withdrawn` says whether there is a column of
    when they were withdrawn. What is excluded keeps no moment.
    """
    cases = _timed(cases, measure, context, sheet)
    rules = [*_left_out(measure, context, withdrawn=withdrawn), *_found(measure, context)]
    cases = cases.with_columns(
        _first_of([(rule, lies) for rule, lies, _ in rules]).alias(BIN),
        _first_of([(rule, "" if cause is None else cause.name.lower()) for rule, _, cause in rules]).alias(CAUSE),
    )
    said, missed = nw.col(BIN) != Bin.EXCLUDED, nw.col(BIN) == Bin.MISSED
    shown = {BEGIN: said, END: said, DUE: said, WORKED: said & ~missed}
    return cases.with_columns(*(nw.when(rule).then(nw.col(column)).alias(column) for column, rule in shown.items()))


def _timed(cases: Lazy, measure: Duration | Proportion, context: Context, sheet: Sheet | None) -> Lazy:
    """The due moment, and the working time up to the end or the last moment seen, where the measure asks for them."""
    limit, capped = getattr(measure, "limit", None), getattr(measure, "cap", None) is not None
    if limit is not None and not isinstance(limit, Limit):
        limit = limit.choose(None, context)  # the window decides, and no record is asked
    found = set[str]()
    if limit is not None:
        held, known = None if sheet is None else (sheet.lower, sheet.upper), limit.as_known_on(context.known_on)
        cases, found = due_ticks(cases, known, BEGIN, DUE, clock=context.clock, held=held), {DUE}
    elif sheet is not None and context.now is not None and (capped or isinstance(measure, Duration)):
        until = nw.when(nw.col(END).is_null()).then(nw.lit(context.now, nw.Int64)).otherwise(nw.col(END))
        cases = cases.with_columns(until.alias(UNTIL))
        cases, found = sheet.between(cases, BEGIN, UNTIL, WORKED), {WORKED}
        if capped:  # it may be used up before the calendar ends
            seen = int(sheet.table.worked(np.array([min(context.now, sheet.upper)]))[0])
            cases = sheet.worked(cases, {own("by begin"): BEGIN})
            cases, found = cases.with_columns((seen - nw.col(own("by begin"))).alias(USED)), {WORKED, USED}
    missing = (nw.lit(None, nw.Int64).alias(column) for column in (DUE, WORKED, USED) if column not in found)
    return cases.with_columns(*missing)


def _left_out(measure: Duration | Proportion, context: Context, *, withdrawn: bool) -> Iterator[Rule]:
    """Why a case is left out before it is judged: the rules of `docflow.kpi.spans`, in their order."""
    begin, end, by_stop = nw.col(BEGIN), nw.col(END), measure.dated_by == "stop"
    stopped, intervals = ~end.is_null(), within(context)
    yield begin.is_null(), Bin.EXCLUDED, Cause.NOT_REACHED
    if intervals is not None and not by_stop:
        yield ~any_of(BEGIN, intervals), Bin.EXCLUDED, Cause.OUTSIDE
    if intervals is not None and by_stop:
        yield stopped & ~any_of(END, intervals), Bin.EXCLUDED, Cause.STOPPED_OUTSIDE
    yield stopped & (end < begin), Bin.EXCLUDED, Cause.BACKWARDS
    if withdrawn:
        yield ~stopped & (nw.col(WITHDRAWN) >= begin), Bin.EXCLUDED, Cause.WITHDRAWN
    if by_stop:
        yield ~stopped, Bin.EXCLUDED, Cause.NOT_REACHED


def _found(measure: Duration | Proportion, context: Context) -> Iterator[Rule]:
    """Where a case lies that is not left out: the rules of `docflow.kpi.measures`, in their order."""
    opened, worked, always = nw.col(END).is_null(), nw.col(WORKED), nw.lit(value=True)
    if isinstance(measure, Duration):
        yield ~opened & worked.is_null(), Bin.EXCLUDED, Cause.NO_CALENDAR
        yield opened, Bin.UNFINISHED, None
        yield always, Bin.COUNTED, None
        return
    if measure.limit is not None:
        wanted = measure.limit is not WINDOW_CLOSE or context.window is not None
        yield nw.col(DUE).is_null(), Bin.EXCLUDED, Cause.NO_CALENDAR if wanted else Cause.NOT_WANTED
    if measure.fails_if is not None:
        yield ~nw.col(FAILED).is_null(), Bin.MISSED, Cause.FAILED
    if measure.cap is not None:
        cap = measure.cap.microseconds
        yield ~opened & worked.is_null(), Bin.EXCLUDED, Cause.NO_CALENDAR
        yield (~opened & (worked > cap)) | (opened & (nw.col(USED) >= cap)), Bin.LATE, None
        yield opened, Bin.RUNNING, None
    elif measure.limit is not None:
        yield (~opened & (nw.col(END) > nw.col(DUE))) | (opened & (nw.col(DUE) <= (context.now or 0))), Bin.LATE, None
        yield opened, Bin.RUNNING, None
    elif measure.waits:
        yield opened, Bin.RUNNING, None
    else:
        yield opened, Bin.MISSED, Cause.NOT_REACHED
    yield always, Bin.COUNTED, None


def _first_of(rules: Sequence[tuple[nw.Expr, str]]) -> nw.Expr:
    """What the first rule says that holds; the last one always does."""
    *others, (_, last) = rules
    said: nw.Expr = nw.lit(str(last))
    for rule, each in reversed(others):
        said = nw.when(rule).then(nw.lit(str(each))).otherwise(said)
    return said
